-- ALTER COLUMN TYPE of what foreign keys, expressions and conditions of indexes are made of.
create table p (a int primary key, b varchar(10) unique);
create table c (a int references p, b varchar(10) references p (b), d int);
insert into p values (1, 'x'), (2, 'y');
insert into c values (1, 'x'), (2, null);
alter table c alter a type bigint;
alter table p alter a type bigint;
alter table p alter a type text;
alter table p alter b type text, alter a type int;
alter table c alter b type text;
alter table c alter b type text using 'z';
alter table p alter b type text using b || 'z';
delete from p where a = 1;
insert into c values (7);
insert into c values (2, 'y');
\d p
\d c
select conname, conpfeqop::regoperator[], conppeqop::regoperator[], conffeqop::regoperator[], convalidated from pg_constraint where contype = 'f' order by 1;
create index on c ((a + 1));
create index on c (d) where a > 1;
create index on c (lower(b));
create unique index on c ((d * 2), a desc nulls last) include (b) where d is not null;
\d c
alter table c alter d type bigint;
alter table c alter a type int;
alter table c alter b type varchar(20);
alter table c alter d type text;
alter table c alter a type smallint using 1;
\d c
alter table c alter d type numeric(10,2);
\d c
select indexrelid::regclass::text, indkey, indclass, indcollation, indoption from pg_index where indrelid = 'c'::regclass order by indexrelid::regclass::text collate "C";
select attrelid::regclass::text, attname, atttypid::regtype from pg_attribute where attrelid in (select indexrelid from pg_index where indrelid = 'c'::regclass) order by 1 collate "C", attnum;
create table s (id int primary key, up int references s on delete cascade);
insert into s values (1, null), (2, 1);
alter table s alter id type bigint, alter up type bigint;
alter table s alter id type text;
alter table s alter id type text, alter up type text;
\d s
delete from s where id = '1';
table s;
create view cv as select a from c;
alter table c alter a type bigint;
create materialized view cm as select d from c;
alter table c alter d type text;
create table e (a int, b int, check (a + b > 0), check (b > 0));
create statistics es on a, b from e;
alter table e alter a type numeric;
\d e
alter table e alter b type text;
alter table e alter b type text using 'q';
create table tt (a timestamp, b int default 4, c text collate "C");
create index on tt (c);
insert into tt values ('2020-01-01', 1, 'x');
alter table tt alter a type timestamptz;
alter table tt alter c type varchar(5);
alter table tt alter c type varchar(5) collate "POSIX";
alter table tt alter c type int;
alter table tt alter b type text;
alter table tt alter b type date using null;
\d tt
alter table tt alter b drop default, alter b type date using null;
\d tt
drop table p, c, s, e, tt cascade;
create table u (a int, b text);
insert into u values (1, '2');
alter table u alter b type int using b::int + a;
alter table u alter a type int using (select 1);
alter table u alter a type int using count(a);
alter table u alter a type int using nope;
alter table u alter a type bigint using (u).b;
table u;
drop table u;

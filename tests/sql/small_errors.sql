-- What new names, missing schemas and languages, views with barriers and ON COMMIT say.
do language plperl 'x';
do language sql 'select 1';
do language nothing 'x';
create function fp() returns int language plperl as 'x';
create temp table tp (a int primary key) on commit delete rows;
create temp table tc (a int references tp);
begin; insert into tp values (1); insert into tc values (1); commit;
create temp table tc2 (a int references tp) on commit delete rows;
drop table tc;
begin; insert into tp values (1); insert into tc2 values (1); commit;
table tp;
truncate tp;
truncate tp, tc2;
truncate tp cascade;
create table nosuch.t (a int);
create view nosuch.v as select 1;
create table pg_temp.okay (a int);
create temp table public.nope (a int);
create temp view public.nope as select 1;
select * from nosuch.t;
create index on nosuch.t (a);
drop table nosuch.t;
drop table if exists nosuch.t;
alter table nosuch.t add a int;
insert into nosuch.t values (1);
select nosuch.f(1);
select 1::nosuch.t;
create type nosuch.ty as (a int);
create domain nosuch.d as int;
create function nosuch.f() returns int language sql as 'select 1';
create sequence nosuch.s;
comment on table nosuch.t is 'x';
grant select on nosuch.t to public;
copy nosuch.t to stdout;
create table xx as select 1 as a;
alter table xx set schema nosuch;
create table sx (a int, b text);
insert into sx values (1, 'x');
select (select * from (values (7)) v(q));
select (select * from (values (7)) v(q))::text, (select sx.* from sx limit 0);
create view subv as select (select v.* from (values (7)) v(q));
\d subv
create view sec with (security_barrier) as select * from sx where b = 'x';
select * from sec where a > 0;
explain (costs off) select * from sec where a::text like 'x';
select * from sec where a = 1 and a is not null;
create function leaky(text) returns bool language sql as 'select true';
select * from sec where leaky(b);
create function safe(int) returns bool language sql leakproof as 'select $1 > 0';
select * from sec where safe(a);
create view sec2 as select * from sec where a < 5;
select * from sec2 where a::text like '1';
drop view subv, sec cascade;
drop function leaky, safe;
drop table sx, xx;

-- types are told without their modifiers where a reference does not fit
create table referenced (a int primary key, b varchar(10) unique);
create table referring (x varchar(5) references referenced (a));
create table referring (x numeric(7, 3) references referenced (b));
drop table referenced;

-- The place of a tablespace that is not there.
select pg_tablespace_location(950);

-- What is immutable once it is planned; names that INCLUDE makes; letters of a database in locale C.
create table q(b int, c int, e int, unique(b,c) include(e), unique (e) include (b), primary key (b) include (c), constraint hh unique (c) include (b));
select relname from pg_class where relname like 'q%' order by 1;
create table g1(a int, b text generated always as ('x' || a) stored, c text generated always as (a || 'z') stored);
create table g2(a timestamptz, b text generated always as ('x' || a) stored);
insert into g1 values (1) returning *;
create index on g1 (('y'||a));
create index on g1 ((a::text));
create index on g1 ((case when false then now()::text else b end));
create domain dd as int check (value > 1);
create table g3(a int, b dd generated always as (a) stored);
insert into g3 values (1);
insert into g3 values (2);
create collation c1 from "C.utf8"; 
select collname, collprovider, collcollate from pg_collation where collname like 'C%' order by 1;
select lower('ÀÉ'), upper('àé'), initcap('àé è'), 'É' ilike 'é', 'é' ~ '\w', upper('àé' collate "default");

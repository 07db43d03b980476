-- SELECT INTO is CREATE TABLE AS.
create table z (a int, b text);
insert into z values (1, 'x'), (2, 'y');
select * into zz from z where a > 1;
select * from zz;
select a as n into temp zt from z union all select 7 order by 1;
select * from zt;
select 1 into zz;
select 1 as one into unlogged table zu;
select relpersistence from pg_class where relname in ('zt', 'zu') order by relname;
with w as (select 5 as five) select five into zw from w;
table zw;
explain (costs off) select * into zx from z;
prepare p as select 1 into zp;
select * from (select 1 into zs) s;
select (select 1 into zs);
insert into z select 1 into zs;
create view v as select 1 into zs;
create table zc as select 1 into zs;
select 1 union select 2 into zs;
begin;
declare c cursor for select 1 into zs;
rollback;
select a, a into zd from z;
select $1::int as i into zi \bind 5 \g
table zi;

-- where a schema denies its use, and names with too many parts; columns of COPY that are granted one by one
create schema dsh; create table dsh.t (a int); create type dsh.ty as enum ('a'); create function dsh.f() returns int language sql as 'select 1'; create role dshr; set role dshr;
select 1, a from dsh.t;
insert into dsh.t values (1);
select 'a'::dsh.ty;
select null::dsh.t;
create temp table dx (a dsh.ty);
select dsh.f();
drop table dsh.t;
alter table dsh.t add b int;
truncate dsh.t;
copy dsh.t to stdout;
lock table dsh.t;
create temp view dxv as select * from dsh.t;
reset role; drop role dshr; drop schema dsh cascade;
create table t1 (a int primary key, b text, v varchar(10));
drop table other.public.t1;
drop table if exists other.public.t1;
drop table a.b.c.d;
drop view other.public.t1;
drop index other.public.t1_pkey;
create role b1r; grant insert (a), select (a) on t1 to b1r; set role b1r;
copy t1 (a) from stdin;
77
\.
copy t1 from stdin;
copy t1 (a, b) from stdin;
copy t1 (a) to stdout;
reset role; drop table t1; drop role b1r;

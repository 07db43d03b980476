-- DROP INDEX CONCURRENTLY: what it refuses, and in which order (waiting: isolation/drop_index_beside).
create table dt (a int primary key, b int, c int); create index di on dt(b); create index di2 on dt(c); create view dv as select 1;
drop index concurrently di, di2; drop index concurrently di cascade; drop index concurrently dt_pkey; drop index concurrently nosuch; drop index concurrently if exists nosuch; drop index concurrently dt; drop index concurrently if exists nosuch, di;
drop index concurrently dv;
begin; drop index concurrently di; rollback; 
drop index concurrently di2;
create temp table tt (a int); create index ti on tt(a); begin; drop index concurrently ti; drop index concurrently if exists nosuch; rollback;
drop index concurrently if exists ti;
create index di on dt(b); create function cf() returns void language sql as 'drop index concurrently di'; select cf();
create unique index ui on dt(b); create table dr (x int references dt(b)); drop index concurrently ui; drop index concurrently ui cascade;
create role dq; set role dq; drop index concurrently di; reset role; drop role dq;
begin; drop index concurrently nosuch; rollback; begin; drop index concurrently if exists nosuch; rollback;
drop table dr; drop table dt; drop table tt; drop view dv;drop function cf;

-- What is said about which views can be changed.
create table g(a int, b int);
insert into g values(1,2),(2,3),(3,1),(4,null);
create view v1 as select a, b from g; create view v2 as select count(*) from g; create view v3 as select a, b+1 as c from g; create view v4 as select g.a from g, v1;
create view v5 as select a+1 as x from g; create view v6 as select * from v3 where a > 1; create materialized view mv as select 1; create view v7 as select distinct a from g;
select c.relname, pg_relation_is_updatable(c.oid, false), pg_relation_is_updatable(c.oid,true), pg_column_is_updatable(c.oid, 1::int2, false), pg_column_is_updatable(c.oid,2::int2,true), pg_column_is_updatable(c.oid,3::int2,true), pg_column_is_updatable(c.oid,-1::int2,true) from pg_class c where relnamespace='public'::regnamespace order by 1;
select pg_relation_is_updatable('pg_class'::regclass,false), pg_relation_is_updatable(0,false), pg_column_is_updatable(0,1::int2,false);
select table_name, is_updatable, is_insertable_into, is_trigger_updatable,is_trigger_deletable,is_trigger_insertable_into, check_option from information_schema.views where table_schema='public' order by 1;
select table_name, column_name, is_updatable from information_schema.columns where table_schema='public' order by 1,2;
select table_name, is_insertable_into from information_schema.tables where table_schema='public' order by 1;

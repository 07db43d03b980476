-- TABLESAMPLE: which rows come is each server's own affair, but not at 0 and 100 per cent, nor that a seed repeats them.
create table s (id int primary key, t text);
insert into s select g, 'x' || g from generate_series(1, 5000) g;
select count(*) from s tablesample system (100);
select count(*) from s tablesample bernoulli (100);
select count(*) from s tablesample system (0);
select count(*) from s tablesample bernoulli (0);
select count(*) between 1500 and 3500 as about_half, bool_and(t = 'x' || id) as whole from s tablesample bernoulli (50);
select count(*) between 300 and 700 as about_a_tenth from s tablesample bernoulli (10) repeatable (3);
select (select array_agg(id order by id) from s tablesample bernoulli (10) repeatable (3))
     = (select array_agg(id order by id) from s tablesample bernoulli (10) repeatable (3)) as same;
select (select array_agg(id order by id) from s tablesample bernoulli (10) repeatable (3))
     = (select array_agg(id order by id) from s tablesample bernoulli (10) repeatable (4)) as same;
select (select array_agg(id order by id) from s tablesample system (50) repeatable (0))
     is not distinct from (select array_agg(id order by id) from s tablesample system (50) repeatable (-0.0)) as same;
select count(*) from s tablesample bernoulli (100) where id < 10;
select p, (select count(*) from s tablesample bernoulli (p)) from (values (0), (100)) v (p);
select p, c from (values (0), (100)) v (p), lateral (select count(*) c from s tablesample bernoulli (p) repeatable (p)) x;
prepare q (real) as select count(*) from s tablesample system ($1);
execute q (100);
execute q (0);
execute q (null);
execute q (101);
-- what it refuses
select count(*) from s tablesample system (-1);
select count(*) from s tablesample bernoulli ('nan');
select count(*) from s tablesample bernoulli (50) repeatable (null);
select count(*) from s tablesample foo (1);
select count(*) from s tablesample bernoulli (1, 2);
select count(*) from s tablesample bernoulli (count(*));
select count(*) from s tablesample bernoulli ('a');
create view w as select q.id from s as q tablesample bernoulli (10) repeatable (3), s tablesample system (100);
select pg_get_viewdef('w');
select count(*) from w tablesample system (1);
-- EXPLAIN
explain (costs off, verbose) select * from s tablesample bernoulli (10) repeatable (3) where id > 5;
explain (costs off) select * from s x tablesample system (10 + 0.5);
explain (costs off, format yaml) select * from s x tablesample system (10 + 0.5) repeatable (1);
-- rows drawn can be locked and changed
begin;
select count(*) from (select * from s tablesample bernoulli (100) for update) x;
delete from s where id in (select id from s tablesample system (100));
select count(*) from s;
rollback;
drop view w;
drop table s;

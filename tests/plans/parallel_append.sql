-- UNION ALL, each part of which several tasks read.
set min_parallel_table_scan_size = 0;
set parallel_setup_cost = 0;
set parallel_tuple_cost = 0;
create table one (id int, k int);
create table two (id int, k bigint);
create table dims (k int primary key, s text);
insert into one select i, i % 100 from generate_series(1, 20000) i;
insert into two select i, i % 70 from generate_series(1, 10000) i;
insert into dims select i, 's' || i from generate_series(1, 100) i;
analyze;
-- shape: Aggregate; Gather; Aggregate; Parallel Append; Parallel Seq Scan on one; Parallel Seq Scan on two
select count(*), sum(k) from (select k from one union all select k from two) s;
-- shape: Gather; Parallel Append; Hash Join; Parallel Seq Scan on one; Parallel Seq Scan on two
select s, count(*) from (select s from one join dims using (k) union all select 's' || id % 9 from two) s group by s;
-- a part whose rows are not to be shared
-- shape: Append; no Parallel Append
select count(*) from (select k from one union all (select k from two order by id limit 5)) s;
set enable_parallel_append = off;
-- shape: no Parallel Append
select count(*) from (select k from one union all select k from two) s;

-- Sorts of which several tasks do a part each.
set min_parallel_table_scan_size = 0;
set parallel_setup_cost = 0;
set parallel_tuple_cost = 0;
create table t (id int, k int, s text);
insert into t select i, i % 1000, 's' || i from generate_series(1, 20000) i;
analyze t;
-- shape: Gather Merge; Workers Planned: 2; Sort; Sort Key: k, id; Parallel Seq Scan on t
select id, k, s from t order by k, id;
-- shape: WindowAgg; Gather Merge; Sort; Parallel Seq Scan
select id, row_number() over (partition by k order by id) from t;
-- shape: Unique; Gather Merge; Sort; Parallel Seq Scan
select distinct on (k) k, s from t order by k, id;
-- the first rows of each are few: they are sorted again
-- shape: Limit; Sort; Gather; Sort; Parallel Seq Scan; no Gather Merge
select id, k, s from t order by k, id limit 10;
-- shape: Sort; no Gather Merge; no Parallel
select id, random() from t order by k, id;
set enable_gathermerge = off;
-- shape: no Gather Merge
select id, k, s from t order by k, id;

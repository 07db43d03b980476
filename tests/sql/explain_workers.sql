-- What each worker did, as EXPLAIN (ANALYZE, VERBOSE) tells: of one worker, which does all.
set min_parallel_table_scan_size = 0;
set parallel_setup_cost = 0;
set parallel_tuple_cost = 0;
set max_parallel_workers_per_gather = 1;
set parallel_leader_participation = off;
create table t (i int, k int, n text);
insert into t select i, i % 7, 'n' || i from generate_series(1, 20000) i;
create table u (i int, k int);
insert into u select i, i % 5 from generate_series(1, 20000) i;
analyze;
explain (analyze, verbose, costs off, timing off, summary off, buffers off) select * from t where k + 0 = 3;
explain (analyze, costs off, timing off, summary off, buffers off) select i from t where k + 0 = 3;
explain (analyze, verbose, costs off, timing off, summary off, buffers off, format json) select i, n from t where k + 0 = 3;
explain (analyze, verbose, costs off, timing off, summary off, buffers off, format yaml) select i from t where k + 0 = 3;
explain (analyze, verbose, costs off, timing off, summary off, buffers off, format xml) select i from t where k + 0 = 3;
set debug_parallel_query = regress;
explain (analyze, verbose, costs off, timing off, summary off, buffers off) select 1;

-- Index scans that several tasks share.
set min_parallel_table_scan_size = 0;
set min_parallel_index_scan_size = 0;
set parallel_setup_cost = 0;
set parallel_tuple_cost = 0;
set enable_seqscan = off;
create table t (id int primary key, k int, name text);
insert into t select i, i * 7919 % 10007, 'name ' || i from generate_series(1, 20000) i;
create index on t (k);
analyze;
-- shape: Aggregate; Gather; Aggregate; Parallel Index Scan using t_k_idx
select sum(id) from t where k > 100;
-- shape: Gather; Parallel Index Only Scan using t_k_idx
select count(k) from t where k > 100;
-- shape: Gather; Hash Join; Parallel Index Only Scan using t_k_idx on t a; Parallel Hash; Parallel Index
select count(*) from t a join (select id from t where k < 5000) b on a.k = b.id where a.k > 100;
-- an order that is wanted is kept
-- shape: Index Scan using t_k_idx; no Gather
select id from t where k > 100 order by k;
-- shape: Aggregate; Index Scan using t_k_idx; no Gather
select string_agg(name, ',') from (select name from t where k > 100 order by k) s;
-- shape: Limit; Index; no Gather
select id from t where k > 100 limit 5;
set min_parallel_index_scan_size = '10MB';
-- shape: Index Scan; no Gather
select sum(id) from t where k > 100;

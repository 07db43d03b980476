-- Hash tables that several tasks build: where the inner side has a table of some size to read.
set enable_mergejoin = off;
set enable_nestloop = off;
set parallel_setup_cost = 0;
set parallel_tuple_cost = 0;
set min_parallel_table_scan_size = '64kB';
create table one (id int, k int);
create table two (id int, k bigint);
create table dims (k int primary key, s text);
insert into one select i, i % 100 from generate_series(1, 20000) i;
insert into two select i, i % 70 from generate_series(1, 10000) i;
insert into dims select i, 's' || i from generate_series(1, 100) i;
analyze;
-- shape: Gather; Parallel Hash Join; Parallel Seq Scan on one; Parallel Hash; Parallel Seq Scan on two
select count(*) from one join two using (id);
-- shape: Gather; Parallel Hash Full Join; Parallel Seq Scan on one; Parallel Hash; Parallel Seq Scan on two
select count(*) from one full join two using (id);
-- small ones are made by one, also below those that all make
-- shape: Gather; Hash Join; Parallel Seq Scan on one; Hash; Seq Scan on dims; no Parallel Hash
select count(*) from one join dims using (k);
-- shape: Gather; Parallel Hash Join; Parallel Seq Scan on one; Parallel Hash; Hash Join; Parallel Seq Scan on two; Hash; Seq Scan on dims
select count(*) from one join (two join dims d on d.k = two.k and d.s > 's5') on two.id = one.id;
set enable_parallel_hash = off;
-- shape: Gather; Hash Join; Hash; no Parallel Hash
select count(*) from one join two using (id);

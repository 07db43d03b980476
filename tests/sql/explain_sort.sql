-- How a sort was done, as EXPLAIN ANALYZE tells it. What memory it took is PostgreSQL's own.
\set mask '| sed -E "s/(Memory|Disk): [0-9]+kB/\\1: N/; s/(Space.Used[^0-9]*)[0-9]+/\\1N/"'
\pset format unaligned
create table s as select g, g * 7919 % 20000 as k from generate_series(1, 20000) g;
create table few as select g from generate_series(1, 5) g;
create table none (g int);
analyze s;
set max_parallel_workers_per_gather = 0;
explain (analyze, costs off, timing off, summary off, buffers off) select k from s order by k limit 3 \g :mask
explain (analyze, costs off, timing off, summary off, buffers off) select k from s order by k limit 3 offset 4 \g :mask
explain (analyze, costs off, timing off, summary off, buffers off) select g from few order by g desc limit 2 \g :mask
explain (analyze, costs off, timing off, summary off, buffers off) select g from few order by g desc limit 3 \g :mask
explain (analyze, costs off, timing off, summary off, buffers off) select g from few order by g desc \g :mask
explain (analyze, costs off, timing off, summary off, buffers off) select g from none order by g desc \g :mask
explain (analyze, costs off, timing off, summary off, buffers off) select k from s order by k limit 0 \g :mask
explain (analyze, costs off, timing off, summary off, buffers off, format json) select k from s order by k limit 3 \g :mask
explain (analyze, costs off, timing off, summary off, buffers off, format yaml) select k from s order by k limit 3 \g :mask
explain (analyze, costs off, timing off, summary off, buffers off, format xml) select k from s order by k limit 3 \g :mask
explain (costs off) select k from s order by k limit 3;
set work_mem = '64kB';
explain (analyze, costs off, timing off, summary off, buffers off) select k from s order by k \g :mask
explain (analyze, costs off, timing off, summary off, buffers off, format json) select k from s order by k \g :mask
explain (analyze, costs off, timing off, summary off, buffers off) select k from s order by k limit 3 \g :mask

-- EXPLAIN of changes: old and new rows, the proposed row of ON CONFLICT, and what came of the rows.
create table t(id int primary key, v int);
insert into t values (1, 1), (2, 2);
explain (costs off, verbose) insert into t values (1, 2) on conflict (id) do update set v = excluded.v + t.v where t.v > excluded.v returning old.v, t.id;
explain (costs off, verbose) delete from t where v > 0 returning new.v, id;
explain (analyze, costs off, timing off, summary off, buffers off) insert into t values (1, 1) on conflict do nothing;
explain (analyze, costs off, timing off, summary off, buffers off) insert into t values (1, 1), (7, 7) on conflict (id) do update set v = 1;
explain (analyze, costs off, timing off, summary off, buffers off)
insert into t values (1, 1), (8, 7), (2, 2) on conflict (id) do update set v = 1 where t.v > 1 returning *;
explain (analyze, costs off, timing off, summary off, buffers off, format json)
insert into t values (1, 1), (9, 7) on conflict (id) do update set v = 1 where t.v < 0;
explain (costs off, format json) insert into t values (1, 1), (9, 7) on conflict (id) do update set v = 1;
explain (analyze, costs off, timing off, summary off, buffers off) insert into t values (10, 1);

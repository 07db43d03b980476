-- Joins of sides in order.
create table a (id int primary key, k int, s text);
create table b (id bigint primary key, k bigint, s text);
insert into a select i, i % 100, 's' || i from generate_series(1, 3000) i;
insert into b select i, i % 150, 's' || i from generate_series(1, 5000) i;
create index b_k on b (k);
analyze a;
analyze b;
set enable_hashjoin = off;
set enable_nestloop = off;
-- shape: Merge Join; Merge Cond; Sort; Sort Key: a.k; Seq Scan on a; Sort; Sort Key: b.k
select count(*), max(b.s) from a join b on a.k = b.k;
-- shape: Merge Full Join; Merge Cond; Join Filter
select count(*) from a full join b on a.k = b.k and a.s < b.s;
-- shape: Merge Semi Join
select count(*) from a where exists (select from b where a.s = b.s);
-- shape: Merge Anti Join
select count(*) from a where not exists (select from b where a.s = b.s);
-- an index gives the order, and needs no row
set enable_sort = off;
-- shape: Merge Join; Index Only Scan using a_pkey; Index Only Scan using b_pkey; no Sort
select count(*) from a join b using (id);
reset enable_sort;
-- the result is in order already
-- shape: Merge Join; Sort Key: a.k; no Sort Key: a.k, b.k
select a.k from a join b on a.k = b.k order by a.k;
-- a join of joins by one key sorts each side once
-- shape: Merge Join; Merge Join; Sort; Sort; Sort; no Materialize
select count(*), max(x.s), max(y.s), max(z.s) from a x join a y on x.k = y.k join a z on z.k = x.k where x.id < 1000;
set enable_hashjoin = on;
-- shape: Hash Join
select count(*), max(b.s) from a join b on a.k = b.k;
set enable_mergejoin = off;
set enable_hashjoin = off;
-- shape: no Merge
select count(*) from a join b on a.k = b.k;

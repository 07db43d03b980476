-- The order of an index against a sort, by what reading the rows in that order costs.
create table r (id int primary key, k int, s text);
insert into r select i, i * 7919::bigint % 100003, 's' || i from generate_series(1, 100000) i;
create index r_k on r (k);
analyze r;
-- rows that stand in another order: all of them are sorted, a few of the first are read
-- shape: Sort; Sort Key: k; Seq Scan on r
select * from r order by k;
-- shape: Limit; Index Scan using r_k
select * from r order by k limit 10;
-- entries that have all need no row
-- shape: Index Only Scan using r_k; no Sort
select k from r order by k;
-- rows that stand as the index does
-- shape: Index Scan using r_pkey; no Sort
select * from r order by id;
set enable_indexscan = off;
-- shape: Sort; Seq Scan
select * from r order by id;

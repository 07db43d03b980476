-- What follows from conditions.
create table a (id int primary key, x int, s text);
create table b (id int primary key, a_id int, y bigint, s text);
create table c (id int primary key, b_id int, z smallint);
create index a_x on a (x);
create index b_y on b (y desc nulls last);
insert into a select i, i % 10, 's' || i % 7 from generate_series(1, 200) i;
insert into b select i, i % 50, i % 20, 's' || i % 5 from generate_series(1, 4000) i;
insert into c select i, i % 80, i % 15 from generate_series(1, 300) i;
analyze;
-- shape: id = 7; y = 7; z = 7; no Join Filter; no Hash Cond
select count(*) from a, b, c where a.id = b.y and b.y = c.z and a.id = 7;
-- shape: Hash Cond; a_id = 5
select count(*) from a left join b on b.a_id = a.id and b.s = a.s where a.id = 5;
-- shape: Anti Join; a_id = 5
select count(*) from a where x = 5 and not exists (select from b where b.a_id = a.x and b.s = 'a');
-- shape: Full Join; no a_id = 5
select count(*) from a full join b on a.id = b.a_id and a.id = 5;
-- shape: HashAggregate; Index Cond: (x = 3)
select * from (select x, count(*) n from a group by x) q where x = 3;
-- shape: Filter: (count(*) > 3)
select * from (select x, count(*) n from a group by x) q where n > 3;
-- shape: MixedAggregate; Filter: (a.x = 2)
select * from (select x, s, count(*) n from a group by rollup (x, s)) q where x = 2;
-- shape: WindowAgg; (x = 3); no q.x
select * from (select x, row_number() over (partition by x order by id) r from a) q where x = 3;
-- shape: Filter: (q.x = 3); WindowAgg; no Index Cond
select * from (select x, row_number() over (order by id) r from a) q where x = 3;
-- shape: Append; id = 7; a_id = 7
select * from (select id from a union select a_id from b) q where id = 7;
-- shape: Filter: (q.x = 2); Limit
select * from (select x from a limit 3) q where x = 2;
-- shape: InitPlan 1; Index Only Scan using a_pkey; InitPlan 2; Index Only Scan Backward using a_pkey; no Aggregate
select min(id), max(id) from a;
-- shape: Index Only Scan Backward using b_y; Index Only Scan using b_y; no Sort
select min(y), max(y) from b;
-- shape: Aggregate; no InitPlan
select max(y) from b where s = 'none';
-- shape: Aggregate; no Join
select count(*) from a left join b on b.id = a.x;
-- shape: Right Join
select count(*) from a left join b on b.a_id = a.x;
-- shape: Anti Join; no IS NULL
select count(*) from a left join b on b.id = a.x where b.id is null;
-- shape: IS NULL; Right Join
select count(*) from a left join b on b.id = a.x where b.a_id is null;
-- shape: IS NULL; Right Join
select count(b.s) from a left join b on b.id = a.x where b.id is null;
-- an entry of a numeric does not say its scale
create table n (n numeric);
create index n_n on n (n);
set enable_seqscan = off;
-- shape: Index Scan using n_n
select n from n where n < 20;

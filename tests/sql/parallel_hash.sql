-- A hash table that several tasks build: every kind of join, keys of every kind, in memory and in parts.
set min_parallel_table_scan_size = 0;
set parallel_setup_cost = 0;
set parallel_tuple_cost = 0;
set debug_parallel_query = regress;
set max_parallel_workers_per_gather = 3;
set enable_mergejoin = off;
set enable_nestloop = off;
create table big (id int, k int, g bigint, name text, amount numeric(12, 2), c char(8), long text);
insert into big
  select i, case when i % 13 = 0 then null else i * 7 % 20011 end, i % 300, 'n' || i % 5003, (i % 4001) * 0.25, 'c' || i % 97,
         case when i % 400 = 0 then repeat('x' || i, 300) end
  from generate_series(1, 30000) i;
create table mid (id int, k int, g bigint, name text, amount numeric(12, 2), c char(8), flag bool);
insert into mid
  select i, case when i % 17 = 0 then null else i * 3 % 15013 end, i % 40, 'n' || i % 7001, (i % 3001) * 0.25, 'c' || i % 11, i % 3 = 0
  from generate_series(1, 12000) i;
create table few (k int, v int);
insert into few select i, i * 2 from generate_series(1, 300) i;
create table nothing (k int, v text);
analyze;

-- kinds of joins, keys that are there once and many times
select count(*), sum(b.id), sum(m.id) from big b join mid m on b.k = m.k;
select count(*), sum(b.id), sum(m.id), max(length(b.long)) from big b join mid m on b.id = m.id;
select count(*), sum(b.id), sum(m.id) from big b join mid m on b.id = m.id and b.name < m.name;
select count(*), count(m.id), sum(b.id) from big b left join mid m on b.k = m.k;
select count(*), count(b.id), sum(m.id) from big b right join mid m on b.k = m.k;
select count(*), count(b.id), count(m.id) from big b full join mid m on b.k = m.k;
select count(*), count(b.id), count(m.id) from big b full join mid m on b.id = m.id + 25000;
select count(*), count(b.id), count(m.id) from big b right join mid m on b.k = m.k and b.id % 3 = 0 and m.flag;
select count(*), sum(b.id) from big b where exists (select from mid m where m.k = b.k);
select count(*), sum(b.id) from big b where not exists (select from mid m where m.k = b.k);
select count(*), sum(m.id) from mid m where exists (select from big b where m.k = b.k and b.id > 9 * m.id);
select count(*), sum(m.id) from mid m where not exists (select from big b where m.k = b.k);
select count(*), sum(b.id) from big b where b.id not in (select k from mid where k is not null);
select count(*), sum(b.id) from big b where b.id not in (select k from mid);
select count(*), sum(b.id) from big b where b.k in (select k from mid where flag);
select count(*) from big b join nothing n on n.k = b.k;
select count(*), count(n.v) from big b left join nothing n on n.k = b.k;
select count(*), count(n.k), count(b.id) from nothing n full join big b on n.k = b.k;

-- keys of other kinds
select count(*), sum(b.id), sum(m.id) from big b join mid m on b.name = m.name;
select count(*), sum(b.id), sum(m.id) from big b join mid m on b.amount = m.amount;
select count(*), sum(b.id), sum(m.id) from big b join mid m on b.g = m.g and b.c = m.c;
select count(*), sum(b.id), sum(m.id) from big b join mid m on b.g = m.g and b.k = m.k and b.name = m.name;
select count(*), count(b.id), count(m.id) from big b full join mid m on b.c = m.c and b.id = m.id;
select count(*), sum(m.id) from big b join mid m on (b.id % 5 = 0) = m.flag and b.id = m.id;

-- tables in tables
select count(*), sum(b.id), sum(m.id), sum(f.v) from big b join (mid m join few f on f.k = m.g) on b.id = m.id;
select count(*), sum(b.id), sum(o.id) from big b join (mid m join big o on o.id = m.k) on b.k = m.id;
select count(*), count(m.id), count(f.v) from big b left join mid m on b.id = m.id left join few f on f.k = m.g;
select f.k, count(*), sum(b.id) from big b join mid m on b.id = m.id join few f on f.k = m.g where f.k < 5 group by 1 order by 1;
select count(*) from (select b.id from big b join mid m using (id) union all select m.id from mid m join big b on b.k = m.k) u;

-- in order, and the first of them
select b.id, m.name from big b join mid m on b.id = m.id where m.flag order by b.name, b.id limit 4;
select b.id, m.id from big b join mid m on b.k = m.k where b.id % 999 = 0 order by 1, 2;

-- errors
select count(*) from big b join mid m on b.id = m.id and 1 / (m.id - 7000) = 0;
select count(*) from big b join (select id, 10 / (id - 11999) as d from mid) m on b.id = m.id where d <> 1;
select count(*) from big b left join mid m on b.id = 100 / (m.id - 5000);

-- more than memory holds
set work_mem = '64kB';
set hash_mem_multiplier = 1;
select count(*), sum(b.id), sum(m.id) from big b join mid m on b.k = m.k;
select count(*), sum(b.id), sum(m.id), max(length(b.long)) from big b join mid m on b.id = m.id;
select count(*), count(m.id), sum(b.id) from big b left join mid m on b.k = m.k;
select count(*), count(b.id), sum(m.id) from big b right join mid m on b.k = m.k;
select count(*), count(b.id), count(m.id) from big b full join mid m on b.k = m.k;
select count(*), sum(b.id) from big b where exists (select from mid m where m.k = b.k);
select count(*), sum(b.id) from big b where not exists (select from mid m where m.k = b.k);
select count(*), sum(m.id) from mid m where not exists (select from big b where m.k = b.k and b.g > 5);
select count(*), sum(b.id) from big b where b.id < 300 and b.id not in (select k from mid where k is not null);
select count(*), sum(b.id) from big b where b.id < 300 and b.id not in (select k from mid);
select count(*), sum(b.id), sum(m.id) from big b join mid m on b.g = m.g and b.k = m.k and b.name = m.name;
select count(*), sum(b.id), sum(m.id), sum(f.v) from big b join (mid m join few f on f.k = m.g) on b.id = m.id;
select count(*), sum(b.id), sum(o.id) from big b join (mid m join big o on o.id = m.k) on b.k = m.id;
-- all of one key
select count(*), sum(x.id) from big b join (select id, g * 0 as z from mid) x on b.id - 5 = x.z;
select count(*), count(x.z) from (select id, id * 0 as y from big where id <= 40) b full join (select id, g * 0 as z from mid) x on b.y = x.z;
select count(*) from big b join mid m on b.id = m.id and 1 / (m.id - 7000) = 0;
reset work_mem;
reset hash_mem_multiplier;

-- the session's task alone, and not at all
set max_parallel_workers = 0;
select count(*), count(b.id), count(m.id) from big b full join mid m on b.k = m.k;
reset max_parallel_workers;
set parallel_leader_participation = off;
select count(*), count(b.id), count(m.id) from big b full join mid m on b.k = m.k;
select count(*), sum(b.id), sum(m.id) from big b join mid m on b.name = m.name;
set enable_parallel_hash = off;
select count(*), count(b.id), count(m.id) from big b full join mid m on b.k = m.k;
select count(*), sum(b.id), sum(m.id) from big b join mid m on b.name = m.name;

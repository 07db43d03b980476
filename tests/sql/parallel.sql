-- What several tasks run at once gives what one would: forced by costs of nothing, over tables of many leaves.
set min_parallel_table_scan_size = 0;
set parallel_setup_cost = 0;
set parallel_tuple_cost = 0;
set debug_parallel_query = regress;
set max_parallel_workers_per_gather = 3;
create type mood as enum ('low', 'high', 'mid');
create domain small as int check (value < 1000000);
create table facts (id int, k int, name text, amount numeric(12, 2), r float8, m mood, at timestamptz, flag bool, long text);
insert into facts
  select i, case when i % 11 = 0 then null else i % 97 end, 'n' || i % 1003, i * 1.25, i, (array['low', 'high', 'mid']::mood[])[1 + i % 3],
         timestamptz '2020-01-01 00:00 UTC' + i * interval '1 minute', i % 7 = 0, case when i % 500 = 0 then repeat('x' || i, 800) end
  from generate_series(1, 30000) i;
create table dims (k int primary key, label text, parent int);
insert into dims select i, 'd' || i % 10, i / 10 from generate_series(0, 79) i;
create table holes (k int);
insert into holes values (1), (2), (3), (null);
create table empty (k int, v int);
analyze facts;
analyze dims;

-- aggregates of every kind of state
select count(*), count(k), sum(k), sum(id), avg(id), sum(amount), avg(amount), min(name), max(name), min(amount), max(at), bool_and(flag),
       bool_or(flag), bit_or(id), bit_xor(id), min(m), max(m), sum(r), avg(r) from facts;
select k % 5 g, count(*), sum(amount), round(stddev(id), 6), round(variance(amount), 6), min(m), max(name) from facts group by 1 order by 1;
select m, count(*), sum(k) filter (where flag), count(distinct k), max(name collate "C") from facts group by m order by m;
select cardinality(array_agg(id)), length(string_agg(name, ',')), count(*) from facts where flag;
select string_agg(id::text, ',' order by id) from facts where id % 5000 = 1;
select count(*), sum(k), max(id) from facts where id < 0;
select k, count(*) from facts where id < 0 group by k;
select flag, m, count(*) from facts group by rollup (flag, m) order by 1, 2;
select k, count(*) from facts group by k having count(*) > 281 order by k nulls first;
select percentile_disc(0.5) within group (order by id) from facts;
select count(*) from (select distinct k, m from facts) s;
select distinct m, flag from facts order by m, flag;
select distinct id % 3, 'n' || id % 2 from facts where k > 90 order by 1, 2;
select count(*) from (select id, name from facts group by id, name) s;
set work_mem = '64kB';
select count(*), sum(n), max(s) from (select id % 9001 g, count(*) n, sum(amount) s from facts group by 1) x;
reset work_mem;

-- joins that several probe
select d.label, count(*), sum(f.amount) from facts f join dims d on d.k = f.k group by d.label order by d.label;
select count(*), count(d.k) from facts f left join dims d on d.k = f.k;
select count(*) from facts f where exists (select from dims d where d.k = f.k and d.label <> 'd3');
select count(*) from facts f where not exists (select from dims d where d.k = f.k);
select count(*) from facts f where f.k not in (select k from holes where k is not null);
select count(*) from facts f where f.k not in (select k from holes);
select count(*) from facts f where f.k not in (select k from empty);
select count(*) from facts f full join dims d on d.k = f.k;
select count(*) from dims d right join facts f on d.k = f.k and f.flag;
select count(*), sum(f.id) from facts f join dims d on d.k = f.k join dims p on p.k = d.parent where p.label in ('d1', 'd2');
select count(*) from facts a join facts b on a.id = b.id and a.k = b.k;
select count(*) from facts f join dims d on d.label = 'd' || f.k % 10;
set work_mem = '64kB';
select count(*), sum(a.id), max(b.name) from facts a join facts b on a.id = b.id;
select count(*), count(b.id) from facts a left join facts b on a.id = b.id + 15000;
reset work_mem;
set enable_hashjoin = off;
select count(*), max(d.label) from facts f join dims d on d.k = f.k where f.id % 10 = 0;
select count(*) from facts f, holes h where f.k < h.k and f.id < 3000;
reset enable_hashjoin;

-- parts of a UNION ALL that several read
select count(*), sum(k), min(name) from (select k, name from facts union all select k, label from dims) u;
select g, count(*), sum(k) from (select id % 7 g, k from facts where flag union all select k % 5, id from facts union all select k, k from dims) u
  group by g order by g nulls first limit 12;
select count(*), count(label) from (select d.label from facts f join dims d on d.k = f.k union all select name from facts where k is null) u;
select p.k, (select count(*) from (select id from facts where k = 5 union all select k from dims) u where u.id > p.k) from dims p where p.k < 3 order by 1;
select count(*) from (select distinct k from (select k from facts union all select id from facts where id < 200) u) v;
select sum(1 / (k - 79)) from (select k from facts where k < 3 union all select k from dims) u;

-- rows
select id, name, m, length(long) from facts where id % 7500 = 0 order by id;
select id, k, amount from facts order by amount desc, id limit 3;
select id from facts order by name, id desc limit 4 offset 2;
select id from facts where k = 5 order by m desc, id fetch first 2 rows with ties;
select m, at, id::small, 'facts'::regclass, row(id, m) from facts where id = 12345;
select to_char(at at time zone 'America/New_York', 'YYYY-MM-DD HH24:MI TZ') from facts where id in (1, 30000) order by 1;
select count(*) from (select long from facts where long is not null limit 3) s;
select sum(length(long)) from facts;

-- what only the session's task may do
create function twice(int) returns int language sql parallel unsafe as 'select 2 * $1';
create function thrice(int) returns int language sql immutable parallel safe as 'select 3 * $1';
select sum(twice(id)), sum(thrice(id)) from facts;
select sum(thrice(id)) from facts where thrice(id) % 2 = 0;
select count(random()) from facts;
create sequence s;
select max(nextval('s')) > 0 from facts where id <= 10;
select count(*) from facts where pg_relation_size('facts') > 0 and has_table_privilege('facts', 'select');

-- sub-plans that run once, and those that run for rows
select count(*) from facts where id > (select avg(id) from facts);
select count(*) from facts where amount = (select max(amount) from facts) or id = (select min(k) from dims) + 1;
select sum(id) from facts f where k = (select max(parent) from dims d where d.k = f.k % 80);
with big as materialized (select * from facts where id > 29990) select count(*), min(id) from big;
select (select count(*) from facts) + (select count(*) from dims);
select count(*) from (select k from facts union all select k from dims) u;
select k from facts where id < 100 intersect select k from dims order by 1 limit 3;
select x.g, y.n from (select k % 3 g, count(*) c from facts group by 1) x join (select k % 3 g, count(*) n from dims group by 1) y using (g) order by 1;
select row_number() over (order by k), count(*) from facts where k < 3 group by k order by 1;

-- errors
select sum(1 / (id - 30000)) from facts;
select count(*) from facts where 100 / (id - 15000) > 5;
select sum(name::int) from facts where id = 7;
select count(*) from facts f join dims d on d.k = f.k and 1 / (f.id - 20000) = 0;
select 1;

-- a transaction sees what it has changed, and a snapshot what it saw
begin;
update facts set k = 1000 where id <= 10;
delete from facts where id > 29000;
insert into facts (id, k) values (-1, 1000);
select count(*), sum(id) filter (where k = 1000), max(id) from facts;
savepoint a;
delete from facts;
select count(*) from facts;
rollback to a;
select count(*), max(id) from facts;
declare c cursor for select id from facts where k = 1000 order by id;
fetch 2 from c;
update facts set k = 0 where k = 1000;
fetch 20 from c;
rollback;
select count(*), max(id) from facts;
begin isolation level serializable;
select count(*), sum(id) from facts;
commit;
create temp table own as select * from facts where id < 100;
select count(*), max(name) from own;
create table copied as select k, count(*) n from facts group by k;
select count(*), sum(n) from copied;
create materialized view mv as select m, sum(amount) from facts group by m;
select * from mv order by m;
prepare p(int) as select count(*), max(id) from facts where k = $1;
execute p(5);
execute p(6);
deallocate p;
copy (select m, count(*) from facts group by m order by m) to stdout;

-- nobody may help
set max_parallel_workers = 0;
select m, count(*) from facts group by m order by m;
set max_parallel_workers = 1;
set parallel_leader_participation = off;
select m, count(*) from facts group by m order by m;
alter table facts set (parallel_workers = 0);
select m, count(*) from facts group by m order by m;
drop table facts, dims, holes, empty, copied cascade;

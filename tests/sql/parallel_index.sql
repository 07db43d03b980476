-- Index scans whose entries several tasks take by turns.
set min_parallel_table_scan_size = 0;
set min_parallel_index_scan_size = 0;
set parallel_setup_cost = 0;
set parallel_tuple_cost = 0;
set debug_parallel_query = regress;
set max_parallel_workers_per_gather = 3;
set enable_seqscan = off;
set enable_bitmapscan = off;
create table t (id int primary key, k int, name text, amount numeric(10, 2), at date, long text);
insert into t
  select i, case when i % 50 = 0 then null else i * 7919 % 10007 end, 'name ' || i * 31 % 5003, (i % 977) * 0.25, date '2020-01-01' + i % 900,
         case when i % 300 = 0 then repeat('y' || i, 400) end
  from generate_series(1, 20000) i;
create index on t (k);
create index on t (name, k);
create index on t (amount desc, id);
create index on t (at) where k > 100;
create index on t ((id % 100));
create table d (k int primary key, s text);
insert into d select i, 's' || i % 10 from generate_series(1, 10007) i;
analyze;
select count(*), sum(id), min(name), max(length(long)) from t where k between 1000 and 8000;
select count(*), sum(k) from t where k > 3000;
select count(k), min(k), max(k) from t where k < 5000 and id % 3 = 0;
select count(*), sum(id) from t where k is null;
select count(*), sum(id) from t where k in (5, 77, 1234, 9999, 5, 10000000, null);
select count(*), sum(id), max(name) from t where name >= 'name 2' and name < 'name 4' and k > 500;
select count(*), sum(id) from t where name = 'name 31' or name = 'name 62';
select count(*), sum(id), sum(amount) from t where amount > 200 and id < 15000;
select count(*), sum(id) from t where at between '2020-06-01' and '2021-06-01' and k > 100;
select count(*), sum(k) from t where id % 100 in (3, 7) and id > 50;
select count(*) from t where id > 20000;
select k % 7 g, count(*), sum(amount) from t where k between 100 and 9000 group by 1 order by 1;
select distinct id % 4, name < 'name 3' from t where k > 7000 order by 1, 2;
select count(*), sum(t.id), max(d.s) from t join d on d.k = t.k where t.k between 2000 and 9000;
select count(*), sum(t.id), count(d.s) from t left join d on d.k = t.k + 5000 where t.k > 2000;
select d.s, count(*), sum(t.id) from t join d using (k) where t.id between 500 and 18000 and d.k < 4000 group by 1 order by 1;
select id, k from t where k between 9000 and 9010 order by name, id;
select id, name from t where k > 9900 order by amount, id limit 5;

-- in the index's order, which others read
select string_agg(id::text, ' ' order by k, id) from t where k between 40 and 60;
select string_agg(id::text, ' ') from (select id from t where k between 40 and 60 order by k, id) s;
select array_agg(k) from (select k from t where k between 9990 and 10020 order by k desc) s;
select id, k from t where k > 10000 order by k, id;
select row_number() over (order by k, id), id from t where k < 5 order by 1;
select min(k), max(k) from t;

-- what a transaction has changed, and errors
begin;
update t set k = k + 20000 where id % 10 = 0;
delete from t where id % 10 = 1;
insert into t select i, i, 'new' from generate_series(50001, 50100) i;
select count(*), sum(id), sum(k) from t where k > 5000;
select count(*), sum(id), max(name) from t where name >= 'n' and k > 100;
savepoint a;
update t set k = 1;
select count(*), sum(id) from t where k between 0 and 2;
rollback to a;
select count(*), sum(id), sum(k) from t where k > 5000;
rollback;
select count(*), sum(id), sum(k) from t where k > 5000;
select sum(1 / (k - 9000)) from t where k between 5000 and 9500;
select count(*) from t where k between 5000 and 9500 and 10 / (id - 1007) > 100;
prepare p(int, int) as select count(*), sum(id) from t where k between $1 and $2;
execute p(100, 9000);
execute p(9000, 100);
execute p(null, 100);
set work_mem = '64kB';
select count(*), sum(a.id), sum(b.id) from t a join t b on a.name = b.name where a.k > 1000 and b.k < 9000;
reset work_mem;
set parallel_leader_participation = off;
select count(*), sum(id), min(name), max(length(long)) from t where k between 1000 and 8000;
set max_parallel_workers = 0;
select count(*), sum(id), min(name), max(length(long)) from t where k between 1000 and 8000;

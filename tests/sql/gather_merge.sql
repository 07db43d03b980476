-- Sorts of which several tasks do a part each: forced by costs of nothing, over tables of many leaves.
set min_parallel_table_scan_size = 0;
set parallel_setup_cost = 0;
set parallel_tuple_cost = 0;
set debug_parallel_query = regress;
set max_parallel_workers_per_gather = 3;
create type mood as enum ('low', 'high', 'mid');
create table rows_of (id int, k int, name text, amount numeric(12, 2), r float8, m mood, long text);
insert into rows_of
  select i, case when i % 11 = 0 then null else i * 7919 % 997 end, 'n' || i * 31 % 1003, i * 7 % 1000 * 1.25, (i * 13 % 500) / 4.0,
         (array['low', 'high', 'mid']::mood[])[1 + i % 3], case when i % 400 = 0 then repeat('x', 900) || i % 5 end
  from generate_series(1, 12000) i;
create table dims (k int primary key, label text);
insert into dims select i, 'd' || i % 10 from generate_series(0, 899) i;
analyze rows_of;
analyze dims;
-- ORDER BY of keys of all kinds
select md5(string_agg(id || ':' || coalesce(k::text, '-'), ',')) from (select id, k from rows_of order by k, id) s;
select md5(string_agg(id || ':' || coalesce(k::text, '-'), ',')) from (select id, k from rows_of order by k desc, id desc) s;
select md5(string_agg(id || name, ',')) from (select id, name from rows_of order by name nulls first, id) s;
select md5(string_agg(id || amount::text, ',')) from (select id, amount from rows_of order by amount desc, id) s;
select md5(string_agg(id || m::text, ',')) from (select id, m from rows_of order by m, r desc, id) s;
select md5(string_agg(coalesce(right(long, 3), '-') || id, ',')) from (select id, long from rows_of order by long nulls first, id) s;
select md5(string_agg(id || label, ',')) from (select f.id, d.label from rows_of f join dims d using (k) where f.id % 3 = 0 order by d.label, f.id) s;
select md5(string_agg(id::text, ',')) from (select id from rows_of order by name collate "en-US-x-icu", id) s;
-- keys that are no columns of the result
select id from rows_of where id % 1000 = 1 order by -k, id;
select name from rows_of where id % 1000 = 3 order by r, id;
-- a cursor, LIMIT by a parameter, ties
begin;
declare c cursor for select id, k from rows_of where id % 100 = 5 order by k desc nulls last, id;
fetch 3 from c;
move 50 in c;
fetch 2 from c;
commit;
prepare first_rows(int) as select id, k from rows_of order by k, id limit $1;
execute first_rows(3);
execute first_rows(0);
select * from (select id, r from rows_of where id < 2100 order by r desc fetch first 3 rows with ties) s order by id;
-- windows, DISTINCT ON
select sum(n), max(n), sum(s) from (select row_number() over (partition by m order by id) n, sum(id) over (partition by k order by id) s from rows_of) w;
select m, id from (select m, id, rank() over (partition by m order by amount desc, id) from rows_of) w where rank <= 2 order by 1, 2;
select distinct on (m, k % 3) m, k % 3, id from rows_of where k is not null order by m, k % 3, id;
-- few rows, none
select id from rows_of where id = 77 order by name;
select id from rows_of where id < 0 order by name;
-- more than may be held
set work_mem = '64kB';
select md5(string_agg(id || name, ',')) from (select id, name, amount from rows_of order by name desc, id) s;
reset work_mem;
-- an error in one of the parts
select id, 1 / (id - 7000) from rows_of order by 2, 1;
select count(*) from (select id from rows_of order by name, id) s;
-- without
set enable_gathermerge = off;
select md5(string_agg(id || name, ',')) from (select id, name from rows_of order by name nulls first, id) s;
drop table rows_of, dims;
drop type mood;

-- Sub-queries that run for a row, asked again with the same values outside.
create table o (id int, k int, s text, d date);
create table i (k int, v int, s text);
insert into o select n, n % 7, case when n % 5 = 0 then null else 's' || n % 3 end, date '2020-01-01' + n % 4 from generate_series(1, 3000) n;
insert into i select n % 9, n, 's' || n % 4 from generate_series(1, 60) n;
insert into i values (null, 1000, null), (3, null, 's1');
select sum((select count(*) from i where i.k < o.k)) from o;
select sum((select sum(v) from i where i.k < o.k and i.s is distinct from o.s)), count((select max(v) from i where i.k > o.k + 3)) from o;
select k, (select max(v) from i where i.k <= o.k), (select string_agg(s, ',' order by v) from i where v < o.k) from o group by k order by k;
select count(*) from o where exists (select from i where i.v between o.k * 10 and o.k * 10 + 1) or k = 6;
select count(*) from o where (exists (select from i where i.k > o.k and i.s > o.s)) is not true;
select k, count(*) from o group by k having count(*) > (select sum(v) from i where i.k > o.k) or k = 0 order by k;
select count(*), sum(case when id % 7 = any (select v from i where i.k > o.k) then 1 else 0 end),
  sum(case when k > all (select i.k from i where i.v < o.k and i.k is not null) then 1 else 0 end) from o;
select s, id % 4 in (select v from i where i.s > o.s) as found, count(*) from o group by 1, 2 order by 1, 2;
select distinct k, s, array(select v from i where v < o.k and i.s <> o.s order by v) from o order by 1, 2;
select distinct k, (select s from i where v = o.k * 2), (select d - 1) from o order by 1, 2, 3;
select distinct s, (1, s) > (select v, i.s from i where v = 2 and o.s is not null) from o order by 1, 2;
-- a row too many, and an error for one value
select (select v from i where i.k = o.k and v < 20) from o where k = 2;
select sum((select 1 / (o.k - 3) from i where v = 1)) from o;
select (select 12 / (o.k - 3) from i where v = 1) from o where id < 3;
-- what is computed anew each time
create sequence q;
select count((select nextval('q') from i where v = 1 and o.k >= 0)) from o;
select last_value from q;
select count(distinct (select random() from i where v = 1 and o.k >= 0)) > 100 from o;
-- inside of each other
select sum((select count(*) from i where i.k < o.k and exists (select from i j where j.v < i.k + o.k and j.s > i.s))) from o;
with c as (select k, v from i) select sum((select count(*) from c where c.k < o.k)) from o;
select sum((with c as (select v from i where i.k < o.k) select max(v) from c)) from o;
-- rows that change under it
update o set id = (select count(*) from i where i.k < o.k);
select k, min(id), max(id) from o group by k order by k;
insert into i select 0, (select count(*) from i z where z.k < o.k) from o where k < 3;
select count(*), sum(v) from i;
begin;
declare c cursor for select k, (select count(*) from i where i.k < o.k) from o order by k desc, d, id;
fetch 2 from c;
delete from i where k < 3;
fetch 2 from c;
close c;
select k, (select count(*) from i where i.k < o.k) from o group by k order by k;
rollback;
create function f(int) returns bigint language sql stable as 'select (select count(*) from i where i.k < $1)';
select k, f(k) from o group by k order by k;
prepare p as select sum((select count(*) from i where i.k < o.k + $1)) from o;
execute p(0);
execute p(1);
set work_mem = '64kB';
select count(distinct x) from (select (select string_agg(repeat(s, 20), o.id::text) from i where i.k < o.k) x from o) y;
select sum(length((select string_agg(x || n, '-') from (values (1), (2), (3)) y(x) where x < n % 5))) from generate_series(1, 3000) n;
-- what is dear is computed for the rows that LIMIT leaves
reset work_mem;
create table few (id int, k int);
insert into few select n, n % 7 from generate_series(1, 50) n;
create function slow(int) returns int language sql immutable cost 1000 as 'select $1 / ($1 - 3) union all select 1 limit 1';
create function quick(int) returns int language sql immutable cost 2 as 'select $1 / ($1 - 3) union all select 1 limit 1';
select (select 12 / (few.k - 3) from i where v = 2) from few order by id limit 2;
select (select 12 / (few.k - 3) from i where v = 2) from few order by id;
select 12 / (k - 3) from few order by id limit 2;
select slow(k) from few order by id limit 2;
select quick(k) from few order by id limit 2;
select (select 12 / (few.k - 3) from i where v = 2) as x from few order by id offset 1 limit 1;
select (select 12 / (few.k - 3) from i where v = 2) as x from few order by x limit 2;
select distinct (select 12 / (few.k - 3) from i where v = 2) as x, id from few order by id limit 2;
select id, (select 12 / (few.k - 3) from i where v = 2) as x from few order by id fetch first 2 rows with ties;
select k, (select 12 / (few.k - 3) from i where v = 2) as x from few group by k order by k limit 2;
select id, row_number() over (order by id), (select 12 / (few.k - 3) from i where v = 2) as x from few order by id limit 2;
-- a test that reads what is further outside
create table far (a int);
insert into far values (1), (2), (3), (2);
create table near (b int, c int);
insert into near values (1, 1), (2, 1), (1, 1), (3, 2);
create table rows_of (x int, y int);
insert into rows_of values (2, 1), (4, 2), (3, 1);
select a, (select string_agg((near.b + far.a > all (select x from rows_of where y = near.c))::text, ',' order by b, c) from near) from far;
select a, (select string_agg((near.b + far.a < any (select x from rows_of where y <= near.c))::text, ',' order by b, c) from near) from far;
drop table far, near, rows_of;

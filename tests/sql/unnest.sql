-- Sub-queries that hang on the row: as joins they give what they give row by row; NOT IN with and without NULLs.
create table t (id int primary key, k int, g int not null, v numeric, s text);
create table u (id int primary key, tk int, y int, n int not null, v numeric, s text);
insert into t select i, case when i % 17 = 0 then null else i % 50 end, i % 7, i * 1.5, 's' || i % 10 from generate_series(1, 300) i;
insert into u select i, case when i % 13 = 0 then null else i % 40 end, case when i % 11 = 0 then null else i % 30 end, i % 23, i * 0.5, 's' || i % 12 from generate_series(1, 1000) i;
analyze t; analyze u;
select t.id, (select sum(u.v) from u where u.tk = t.k) from t order by id limit 400;
select t.id, (select count(*) from u where u.tk = t.k and u.y > 10) c, (select count(y) + max(y) from u where u.tk = t.k) d from t order by id;
select count(*) from t where v < (select avg(u.v) * 2 from u where u.tk = t.k);
select count(*) from t where 10 > (select count(*) from u where u.tk = t.k and u.s = t.s);
select count(*) from t where g = 3 or exists (select 1 from u where u.tk = t.k and u.y = t.g);
select count(*) from t where not (g = 3 or exists (select 1 from u where u.tk = t.k and u.y = t.g));
select id, exists (select from u where u.tk = t.k) e from t order by id;
select id, case when g > 3 then (select max(s) from u where tk = k) else 'none' end from t order by id;
select count(*) from t where k not in (select tk from u);
select count(*) from t where k not in (select tk from u where tk is not null);
select count(*) from t where k not in (select tk from u where tk > 1000);
select count(*) from t where g not in (select n from u where n > 3);
select count(*) from t where k not in (select n from u where n > 3);
select count(*) from t where (select max(id) from u) not in (select tk from u);
select count(*) from t left join u on u.id = t.id + 900 where u.n not in (select g from t where g > 2);
select t.id, (select u.s from u where u.id = t.k) from t order by id;
select t.id, (select u.s from u where u.id = t.k and u.y > 5) from t order by id;
select t.id, (select u.s from u where u.y = t.k) from t where t.k > 29 order by id;
select t.id, (select u.s from u where u.y = t.k) from t order by id;
select g, count(*), (select count(*) from u where u.y = t.g) from t group by g order by g;
select t.id, (select string_agg(s, ',' order by id) from u where u.tk = t.k and u.id < 100) from t where t.id < 60 order by id;
select id from t where k in (select tk from u where u.v > (select avg(v) from t t2 where t2.g = u.y)) order by id;
select id from t where exists (select from u where u.tk = t.k and u.v > (select avg(v) from t t2 where t2.g = u.y and t2.k = t.k)) order by id;
select id from t where v = (select max(v) from t x where x.g = t.g) order by id;
select (select count(*) from u where u.tk = t.k and u.y = t.g), count(*) from t group by 1 order by 1;
select id, (select sum(1 / (u.y - 5)) from u where u.tk = t.k) from t where k = 7 order by id;
select * from (select id, (select count(*) from u where u.tk = t.k) c from t) x where c > 24 order by id;
update t set v = (select sum(v) from u where u.tk = t.k) where id < 20;
select id, v from t where id < 20 order by id;
delete from t where k not in (select y from u where y is not null) and id > 250;
select count(*) from t;
-- statements that change rows
update t set v = (select sum(v) from u where u.tk = t.k), s = coalesce((select max(s) from u where u.tk = t.k), 'none') where g < 5;
select count(*), sum(v), count(v), min(s), max(s) from t;
update t set v = v + 1 where v > (select avg(u.v) from u where u.tk = t.k) or exists (select from u where u.tk = t.k and u.y = t.g);
select count(*), sum(v), count(v) from t;
with c as (update t set v = u.v from u where u.id = t.id and t.v < (select avg(x.v) from u x where x.tk = t.k)
    returning t.id, t.v = u.v as same, (select count(*) from t z where z.k = t.k) > 3 as many)
select * from c order by id;
select count(*), sum(v), count(v) from t;
with d as (delete from t where v > (select 1.5 * avg(u.v) from u where u.tk = t.k) returning id, (select min(y) from u where u.tk = t.k) m)
select * from d order by id;
select count(*), sum(v), count(v) from t;
update t set v = (select v from u where u.id = t.k) where k > 3;
select count(*), sum(v), count(v) from t;
begin;
update t set k = k + 1 where k < (select count(*) from t x where x.k = t.k) * 10;
select count(*), sum(k), count(k) from t;
rollback;
insert into u select id + 5000, k, g, g, (select avg(v) from u where u.tk = t.k), s from t;
select count(*), sum(v), count(v) from u;
-- aggregates that read the row outside
create table o (id int primary key, k int, y int);
create table i (k int, y int, n int);
insert into o select n, n % 7, n * 37 % 100 from generate_series(1, 400) n;
insert into i select n % 9, n * 53 % 100, n from generate_series(1, 300) n;
analyze o; analyze i;
select count(*) from o where (select bool_or(i.y < o.y) from i where i.k = o.k and i.n < 60);
select sum((select count(*) filter (where i.y < o.y) from i where i.k = o.k)), sum((select max(i.y) filter (where i.y < o.y) from i where i.k = o.k)) from o;
select id, (select string_agg(i.n::text, ',' order by (i.y < o.y), i.n) from i where i.k = o.k and i.n < 60) from o where id < 30 order by id;

-- Sub-queries that hang on groups, LATERAL groups and first rows: joined they give what they give one by one.
create table t (id int primary key, k int, g int not null, y int, v numeric, s text);
create table u (id int primary key, tk int, y int, n int not null, v numeric, s text);
insert into t select i, case when i % 17 = 0 then null else i % 50 end, i % 7, case when i % 19 = 0 then null else i * 37 % 100 end, i * 1.5, 's' || i % 10 from generate_series(1, 400) i;
insert into u select i, case when i % 13 = 0 then null else i % 40 end, case when i % 11 = 0 then null else i * 53 % 100 end, i % 23, i * 0.5, 's' || i % 12 from generate_series(1, 1000) i;
analyze t; analyze u;
-- HAVING
select k, count(*) from t group by k having count(*) * 3 > (select count(*) from u where u.tk = t.k) order by k;
select k, count(*) from t group by k having max(y) > (select avg(u.y) from u where u.tk = t.k) and min(y) < 50 order by k;
select k, g, count(*) from t group by k, g having max(y) in (select y from u where u.tk = t.k) or g = 3 order by k, g;
select k, g, count(*) from t group by k, g having max(y) in (select y from u where u.tk = t.k) order by k, g;
select k, g, count(*) from t group by k, g having max(y) not in (select y from u where u.tk = t.k) order by k, g;
select k, g from t group by k, g having exists (select from u where u.tk = t.k and u.n = t.g) order by k, g;
select k, g from t group by k, g having not exists (select from u where u.tk = t.k and u.y < max(t.y)) order by k, g;
select k, g, max(y) from t group by k, g having not exists (select from u where u.tk = t.k and u.y > max(t.y)) and count(*) > 1 order by k, g;
select g, max(y) from t group by g having max(y) in (select y from u) order by g;
select g, count(*) from t group by g having count(*) > (select count(*) from u where u.n = 3) order by g;
-- beside groups
select k, (select count(*) from u where u.tk = t.k), count(*), sum(y) from t group by k order by k;
select k, g, (select sum(u.n) from u where u.tk = t.k and u.n < t.g) s, (select sum(u.n) from u where u.tk = t.k and u.n < count(*)) c from t group by k, g order by k, g;
select k + 1 as j, exists (select from u where u.tk = k) from t group by k + 1, k order by 1;
select k + 1 as j, count(*) + (select count(*) from u where u.tk = max(t.k)) from t group by k + 1 order by 1;
select k, g, grouping(k, g), count(*), (select count(*) from u where u.tk = t.k), (select count(*) from u where u.n = t.g) from t where id < 100 group by rollup (k, g) order by k, g, 3;
select g, k, count(*), (select count(*) from u where u.tk = t.k) from t where id < 60 group by grouping sets ((g), (k), ()) order by g, k;
select g, k, 1 as one, (select count(*) from u where u.tk = t.k) from t where id < 60 group by cube (g, k, 1) order by g, k, one;
select t.id, t.s, count(u.id), (select max(z.y) from u z where z.tk = t.k), (select min(z.s) from u z where z.s > t.s and z.n = t.g) from t join u on u.id = t.id group by t.id having t.id < 30 order by t.id;
select distinct (select count(*) from u where u.tk = t.k) from t group by k order by 1;
select k, rank() over (order by count(*) desc, k), (select count(*) from u where u.tk = t.k) c, sum(count(*)) over (order by (select count(*) from u where u.tk = t.k), k) from t group by k order by k;
select k, count(*) from t group by k order by (select count(*) from u where u.tk = t.k) desc, k limit 5;
select k, string_agg(s, ',' order by s) filter (where exists (select from u where u.tk = t.k and u.y = t.y)), sum((select count(*) from u where u.tk = t.k and u.y < t.y)) from t group by k order by k;
select k, case when count(*) > 5 then (select max(s) from u where u.tk = t.k) end, generate_series(1, (select count(*)::int % 3 from u where u.tk = t.k)) from t where id < 100 group by k order by 1, 3;
select count(*), (select count(*) from u where u.n < max(t.g)) from t having count(*) > (select count(*) from u where u.n = max(t.g)) / 100;
with c as (select k, count(*) n from t group by k having count(*) > (select avg(n) from u where u.tk = t.k)) select sum(n), count(*) from c;
with c as (select * from u) select k, count(*) from t group by k having count(*) * 3 > (select count(*) from c where c.tk = t.k) order by k;
select s, id, k, count(*) from t group by id having (select count(*) from u where u.tk = t.k and u.s = t.s) > 2 order by id;
select k from t group by k having (select count(*) from u where u.tk = t.k) = all (select 25 union select 23 from u where u.tk = t.k) order by k;
select k, (select max(c) from (select count(*) c from u where u.tk = t.k group by n) z) from t group by k order by k;
insert into t select 1000 + k, k, count(*), (select max(y) from u where u.tk = t.k), sum(v), max(s) from t where k is not null group by k having exists (select from u where u.tk = t.k and u.y > 90);
select count(*), sum(y), sum(g) from t where id > 1000;
delete from t where id > 1000;
-- the first of several rows
select id, (select s from u where u.tk = t.k order by u.y desc nulls last, u.id limit 1), (select y from u where u.tk = t.k order by u.n, u.id limit 1) from t order by id;
select id, (select s from u where u.tk = t.k and u.y < t.y order by u.y desc, u.id limit 1) from t order by id;
select id, (select n from u where u.tk = t.k order by id offset 1 limit 1) from t where id < 30 order by id;
select id, (select distinct n from u where u.tk = t.k order by n limit 1) from t where id < 60 order by id;
select count(*) from t where (select y from u where u.tk = t.k order by u.n desc, u.id limit 1) > y;
select k, max((select u.id from u where u.tk = t.k order by u.y, u.id limit 1)) from t group by k order by k;
select id, (select u.v from u where u.tk = t.k and u.y is not null order by u.s, u.v limit 1) v from t where g = 2 order by v desc nulls last, id limit 7;
select id, exists (select from u where u.tk = t.k order by y limit 1) from t where id < 60 order by id;
-- LATERAL
select t.id, x.c, x.m from t, lateral (select count(*) c, max(y) m from u where u.tk = t.k) x order by t.id;
select t.id, x.c + 1, x.m from t cross join lateral (select count(*) c, max(y) m from u where u.tk = t.k and u.y < t.y) x where x.c > 3 order by t.id;
select t.id, x.* from t left join lateral (select count(*) c, max(y) m, coalesce(sum(n), -1) n from u where u.tk = t.k and u.n > t.g) x on true order by t.id;
select t.id, x.c from t left join lateral (select count(*) c from u where u.tk = t.k) x on x.c > 23 where t.id < 80 order by t.id;
select t.id, x.c from t join lateral (select count(*) c from u where u.tk = t.k) x on x.c > 23 where t.id < 80 order by t.id;
select t.id, x.c, z.d from t, lateral (select count(*) c from u where u.tk = t.k) x, lateral (select sum(n) d from u where u.n = x.c) z where t.id < 80 order by t.id;
select t.id, x.c, z.id, z.c from t, lateral (select count(*) c from u where u.tk = t.k) x, lateral (select u.id, x.c from u where u.id = t.id + x.c) z where t.id < 80 order by t.id;
select a.id, b.id, b.c from t a left join (select t.id, x.c from t cross join lateral (select count(*) c from u where u.tk = t.k) x) b on b.id = a.id + 350 where a.id % 10 = 0 order by a.id;
select t.id, x.s, x.y from t left join lateral (select s, y from u where u.tk = t.k order by u.y desc nulls last, u.id limit 1) x on true order by t.id;
select t.id, x.s, x.y from t, lateral (select s, y from u where u.tk = t.k order by u.y desc nulls last, u.id limit 1) x order by t.id;
select t.id, x.s, x.y from t join lateral (select s, y from u where u.tk = t.k and u.y < t.y order by u.y desc, u.id limit 1) x on x.y > 20 order by t.id;
select t.id, x from t, lateral (select count(*) c, max(y) m from u where u.tk = t.k) x where t.id < 20 order by t.id;
select sum(x.c) from t join u on u.id = t.id, lateral (select count(*) c from u z where z.tk = t.k and z.n = u.n) x;
select t.id, x.c from t, lateral (select 10 / (count(*) - 25) c, count(*) n from u where u.tk = t.k) x where t.id = 17;
select t.id, x.n from t, lateral (select 10 / (count(*) - 25) c, count(*) n from u where u.tk = t.k) x where t.id < 20 order by id;
select t.id, x.c from t, lateral (select count(*) c from u where u.tk = t.k having count(*) > 24) x where t.id < 30 order by id;
select t.id, x.n, x.c from t, lateral (select n, count(*) c from u where u.tk = t.k and u.y < t.y group by n) x where t.id < 30 order by 1, 2;
select id from t where exists (select from u, lateral (select count(*) c from t z where z.k = u.tk) x where u.tk = t.k and x.c > t.g) order by id;
update t set y = x.c from u, lateral (select count(*) c from u z where z.tk = u.tk) x where u.id = t.id and t.id < 20;
select id, y from t where id < 20 order by id;
select t.id, x.c from t, lateral (select count(*) c from u where u.tk = t.k) x where t.id < 5 order by t.id for update of t;
with c as (select * from t where id < 100), e as materialized (select * from u) select k, count(*), (select count(*) from e where e.tk = c.k) from c group by k
  having count(*) * 9 > (select count(*) from e where e.tk = c.k and e.n <> 5) and exists (select from c z where z.k = c.k + 1) order by k;
with recursive r(n) as (select 1 union all select n + 1 from r where n < 40) select n % 10 as m, count(*) from r group by n % 10, n having (select count(*) from u where u.tk = r.n) > 22 order by 1, 2;
with c as (select * from t where id < 100), e as materialized (select * from u) select k, sum((select count(*) from e where e.tk = t.k and e.n < t.g)), max(y) filter (where exists (select from c where c.id = t.id)),
  (select count(*) from c where c.k = t.k) from t group by k having exists (select from c where c.k = t.k + 1) order by k;

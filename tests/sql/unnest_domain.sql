-- Sub-queries that read the row otherwise than by equalities, and ANY and ALL inside of expressions: joined or run once they give what
-- they give row by row.
create table t (id int primary key, k int, g int not null, y int, v numeric, s varchar(10), d date, f float8);
create table u (id int primary key, tk int, y int, n int not null, v numeric, s text, d date, f float8);
insert into t select i, case when i % 17 = 0 then null else i % 50 end, i % 7, case when i % 19 = 0 then null else i * 37 % 100 end,
  case when i % 3 = 0 then i * 1.5 else (i % 10) * 1.00 end, 's' || i % 10, date '2020-01-01' + i % 30, case when i % 4 = 0 then 0.0 when i % 4 = 1 then '-0' else i end
  from generate_series(1, 400) i;
insert into u select i, case when i % 13 = 0 then null else i % 40 end, case when i % 11 = 0 then null else i * 53 % 100 end, i % 23, i % 20 * 0.5,
  's' || i % 12, date '2020-01-01' + i % 25, case when i % 5 = 0 then '-0' else i % 7 end from generate_series(1, 1000) i;
analyze t; analyze u;
-- comparisons beside equalities
select id, (select count(*) from u where u.tk = t.k and u.y < t.y) from t order by id;
select sum((select count(*) from u where u.tk = t.k and u.y < t.y)), sum((select max(y) from u where u.tk = t.k and u.y < t.y)) from t;
select count(*) from t where g = 3 or exists (select from u where u.tk = t.k and u.y between t.g and t.y);
select count(*) from t where not (g = 3 or exists (select from u where u.tk = t.k and u.y > t.y));
select id, (select sum(u.n) from u where u.tk = t.k and (u.y < t.y or u.n = t.g)) from t where id < 60 order by id;
select id, (select count(*) from u where u.tk = t.k and (t.y is null or u.y < t.y)) from t where id < 60 order by id;
select id, coalesce((select string_agg(s, ',' order by id) from u where u.tk = t.k and u.s <> t.s and u.n > t.g), 'none') from t where id < 60 order by id;
select count(*) from t where (select bool_or(u.y < t.y) from u where u.tk = t.k and u.n < 20);
select sum((select count(*) filter (where u.y < t.y) from u where u.tk = t.k)), sum((select count(*) filter (where u.y > t.y or t.y is null) from u where u.tk = t.k)) from t;
select id, (select count(*) + t.id from u where u.tk = t.k and u.d > t.d) c from t where id < 40 order by id;
-- equal values that are not the same
select id, (select string_agg(t.v::text || u.n, ' ' order by u.id) from u where u.tk = t.k and u.v = t.v and u.y > t.g) from t where id % 5 = 0 order by id;
select id, (select count(*) from u where u.tk = t.k and u.v = t.v and u.y > t.g) from t where id % 5 = 0 order by id;
select id, (select count(*) from u where u.tk = t.k and u.f = t.f and u.y > t.g) from t where id % 5 < 2 order by id;
select sum((select count(*) from u where u.tk = t.k and (u.f + 0) <= t.f and t.f::text = u.f::text)) from t;
-- what may raise, and what is not asked for
select count(*) from t where g = 3 or exists (select from u where u.tk = t.k and 10 / u.n > t.g and u.n > 0);
select id, case when g > 0 then (select sum(u.y / t.g) from u where u.tk = t.k and u.y > t.g) end from t where id < 30 order by id;
-- joins inside and outside
select count(*) from t join u x on x.id = t.id where t.g = 3 or exists (select from u join t z on z.id = u.n where u.tk = t.k and u.y < x.y and z.g > t.g);
select x.id, (select count(*) from u where u.tk = t.k and u.y < x.y) from t left join u x on x.id = t.id + 800 where t.id > 180 and t.id < 220 order by 1, 2;
select a.g, (select count(*) from u where u.tk = a.g and u.n < a.c) from (select g, count(*)::int c from t group by g) a order by 1;
select id, (select count(*) from u left join t z on z.id = u.n where u.tk = t.k and coalesce(z.g, 3) > t.g) from t where id < 60 order by id;
with c as (select * from t where id < 50) select id, (select count(*) from u where u.tk = c.k and u.y < c.y) from c order by id;
with c as materialized (select * from t where id < 50) select id, (select count(*) from u where u.tk = c.k and u.y < c.y) from c order by id;
select id, (select count(*) from t z where z.k = t.k and z.id < t.id) as place from t where id > 340 order by id;
select * from (select id, (select count(*) from u where u.tk = t.k and u.y < t.y) c from t) z where c > 12 order by id;
select id from t where v > (select avg(u.v) from u where u.tk = t.k and u.n <> t.g) and id < 80 order by id;
-- statements that change rows
begin;
update t set y = (select count(*) from u where u.tk = t.k and u.y < t.y) where g = 2;
select sum(y), count(y) from t;
delete from t where 5 < (select count(*) from u where u.tk = t.k and u.y < t.y);
select count(*) from t;
rollback;
select t.id, (select count(*) from u where u.tk = t.k and u.y < t.y) from t where id < 5 order by id for update of t;
-- IN and its kin that hang on the row
select id, y in (select y from u where u.tk = t.k), y not in (select y from u where u.tk = t.k), y in (select y from u where u.tk = t.k and u.y is not null) from t order by id;
select id, g in (select n from u where u.tk = t.k), g not in (select n from u where u.tk = t.k), g <> all (select n from u where u.tk = t.k) from t order by id;
select count(*) from t where g = 3 or y in (select y from u where u.tk = t.k);
select count(*) from t where g = 3 or y not in (select y from u where u.tk = t.k);
select count(*) from t where y not in (select y from u where u.tk = t.k);
select count(*) from t where not (g = 3 or y not in (select y from u where u.tk = t.k));
select count(*) from t where (y in (select y from u where u.tk = t.k)) is not true;
select count(*) from t where (y in (select y from u where u.tk = t.k)) is null;
select count(*) from t where (y not in (select y from u where u.tk = t.k)) is not false;
select count(*) from t where case when y in (select y from u where u.tk = t.k) then g > 2 else g < 2 end;
select case when y in (select y from u where u.tk = t.k) then 'in' when y not in (select y from u where u.tk = t.k) then 'out' end as w, count(*) from t group by 1 order by 1;
select count(*) from t where g = 3 or (y, g) in (select y, n from u where u.tk = t.k);
select id, (y, g) in (select y, n from u where u.tk = t.k) from t where id < 100 order by id;
select count(*) from t where g = 3 or y in (select distinct y from u where u.tk = t.k and u.n > t.g);
select count(*) from t where g = 3 or y in (select y from u where u.tk = t.k order by n, id limit 3);
select count(*) from t where g = 3 or s in (select s from u where u.tk = t.k);
-- other comparisons
select id, y < any (select y from u where u.tk = t.k), y <= all (select y from u where u.tk = t.k), y > any (select y from u where u.tk = t.k and y is not null),
  y >= all (select y from u where u.tk = t.k and y is not null), g > all (select n from u where u.tk = t.k) from t order by id;
select count(*) from t where g = 3 or y > all (select y from u where u.tk = t.k and y is not null);
select count(*) from t where y > all (select y from u where u.tk = t.k);
select count(*) from t where not (y > all (select y from u where u.tk = t.k and u.y is not null));
select count(*) from t where y <> any (select y from u where u.tk = t.k) and g = 1;
select id, s < any (select s from u where u.tk = t.k), v >= all (select v from u where u.tk = t.k), f < any (select f from u where u.tk = t.k), d > any (select d from u where u.tk = t.k) from t order by id;
-- rows that do not hang on the row
select id, y < any (select y from u), y < any (select y from u where y < 20), y >= all (select y from u where y < 20), y > all (select y from u where false), y < any (select y from u where false) from t where id < 60 order by id;
select count(*) from t where y < any (select y from u where y < 50);
select count(*) from t where y > all (select y from u where y < 50);
select count(*) from t where not (y > all (select y from u where y < 50));
select count(*) from t where g = 2 or not (y < any (select y from u where y < 50));
select count(*) from t where y <> all (select y from u where y > 50);
select count(*) from t where g = 2 or y <> all (select y from u where y > 50);
select count(*) from t where y <> all (select y from u);
select id, y <> all (select y from u where y > 50), y <> all (select y from u where n = 5), y <> any (select y from u where y > 97) from t where id < 60 order by id;
select count(*) from t where y < any (select y from u where y is not null order by n, id limit 5 offset 2) and g = 1;
select count(*) from t where y < all (select max(y) from u group by n);
select count(*) from t where y < any (select 10 union all select y from u where n = 3);
select count(*) from t where y < any (values (3), (17), (null));
select id, y < any (values (3), (17), (null)), y > all (values (3), (17), (null)), y > all (values (3), (17)) from t where id < 40 order by id;
select count(*) from t where s < any (select s from u where n = 3);
select count(*) from t where v > all (select v from u where n = 3), count(*) from t;
select count(*) from t where v > all (select v from u where n = 3);
select count(*) from t where id > any (select v from u where n = 3);
select g, max(y) > all (select y from u where y is not null and n < 5), min(y) < any (select y from u where n < 5) from t group by g order by g;
select g, count(*) from t group by g having min(y) < any (select y from u where n < 5) and max(y) > all (select y from u where y < 90) order by g;
select count(*) from t join u on t.id = u.id and t.y > all (select y from u where n = 3 and y is not null);
select 1 / (select count(*)::int from u where false) > any (select y from u where false);
select (select y from t where id = 3) < any (select y from u), (select y from t where id = 3) in (select y from u where u.n = 3);
create sequence q;
select count(*) from t where y < any (select nextval('q') from u where n < 3) and g = 1;
select last_value > 3 from q;
-- sub-queries inside of them
select id, (select count(*) from u where u.tk = t.k and exists (select from t z where z.k = u.n and z.g > t.g)) from t where id < 80 order by id;
select id, (select count(*) from u where u.tk = t.k and u.y > (select avg(z.y) from t z where z.g = u.n)) from t where id < 80 order by id;
select count(*) from t where g = 3 or exists (select from u where u.tk = t.k and u.n in (select z.g from t z where z.k = t.k and z.y < u.y));
select sum((select count(*) from u where u.tk = t.k and u.y not in (select z.y from t z where z.g = u.n) and u.v > t.v)) from t;
select id, (select max(x.c) from (select tk, n, count(*) c from u where exists (select from t z where z.k = u.tk) group by tk, n) x where x.tk = t.k and x.n > t.g) from t where id < 80 order by id;
select id, (select count(*) from u where u.tk = t.k and u.y > (select z.y from t z where z.g = u.n and z.id < 3)) from t where id < 80 order by id;
-- rows that are inserted
insert into t select id + 1000, k, g, (select count(*) from u where u.tk = t.k and u.y < t.y), v, s, d, f from t where g < 3;
select count(*), sum(y) from t where id > 1000;
insert into t select id, k, g, (select count(*) from u where u.tk = t.k and u.y > t.y), v, s, d, f from t where id > 1000
  on conflict (id) do update set y = excluded.y + t.g, k = (select count(*) from u where u.tk = t.k and u.y < t.y);
select count(*), sum(y), sum(k) from t where id > 1000;
with i as (insert into t select id + 5000, k, (select count(*) from u where u.tk = t.k and u.y < t.y), y, v, s, d, f from t where id < 20 returning *)
select id, g, (select count(*) from u where u.tk = i.k and u.y < i.y) from i order by id;

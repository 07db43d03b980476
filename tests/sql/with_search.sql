-- SEARCH and CYCLE of WITH RECURSIVE
create table graph (f int, t int, label text);
insert into graph values (1, 2, 'arc 1 -> 2'), (1, 3, 'arc 1 -> 3'), (2, 3, 'arc 2 -> 3'),
  (1, 4, 'arc 1 -> 4'), (4, 5, 'arc 4 -> 5'), (5, 1, 'arc 5 -> 1');
with recursive a(x) as (values (1) union all select x + 1 from a where x < 3)
  search depth first by x set s select * from a;
with recursive a(x) as (select 1 union all select x + 1 from a where x < 3)
  search breadth first by x set s select * from a;
with recursive g(f, t, label) as (
  select * from graph where f = 1
  union all
  select h.* from graph h, g where h.f = g.t and h.t <> 1
) search depth first by f, t set s select * from g order by s;
with recursive g(f, t, label) as (
  select * from graph where f = 1
  union all
  select h.* from graph h, g where h.f = g.t and h.t <> 1
) search breadth first by f, t set s select * from g order by s;
with recursive g(f, t, label) as (
  select * from graph h
  union all
  select h.* from graph h, g where h.f = g.t
) cycle f, t set is_cycle using p select * from g order by p;
with recursive g(f, t, label) as (
  select * from graph h
  union distinct
  select h.* from graph h, g where h.f = g.t
) cycle f, t set is_cycle to 'Y' default 'N' using p select f, t, is_cycle, array_length(p, 1) from g order by 1, 2, 3, 4;
with recursive g(f, t, label) as (
  select * from graph h where f = 1
  union all
  select h.* from graph h join g on h.f = g.t
) search depth first by f, t set s cycle f, t set c to 1 default 0 using p select f, t, s, c, p from g order by s;
with recursive g(f, t, label) as (
  select * from graph h where f = 1
  union all
  select h.* from graph h join g on h.f = g.t
) search breadth first by f, t set s cycle f set c to null::int default 2 using p select f, t, s, c, p from g order by s limit 5;
-- empty, nulls, inside of a sub-query, more than one reference
with recursive a(x) as (select 1 where false union all select x from a) search depth first by x set s select * from a;
with recursive a(x) as (select null::int union all select x from a) cycle x set c using p select * from a;
select (with recursive a(x) as (select o.v union all select x + 1 from a where x < o.v + 2)
  search depth first by x set s select max(s::text) from a) from (values (1), (10)) o(v);
with recursive a(x) as (select 1 union all select x + 1 from a where x < 3) search breadth first by x set s
  select b.x, c.s from a b join a c on b.s = c.s order by 1;
with recursive a(x, y) as (select 1, 'b' collate "C" union all select x + 1, y || 'c' from a where x < 3),
  b as (select * from a) search depth first by y, x set s select * from b;
-- written out
create view v as with recursive a(x, y) as (select 1, 2 union select x + 1, y from a where x < 3)
  search breadth first by x, y set s cycle x, y set m to 'a' default 'b' using p select x, m from a;
select pg_get_viewdef('v');
select * from v;
create view v2 as with recursive a(x, y) as (select 1, 2 union all select x + 1, y from a where x < 3)
  search depth first by "x" set "S t" cycle x set m using p select m, "S t"::text from a;
select pg_get_viewdef('v2');
select * from v2;
create view v3 as with recursive a(x, y) as (select 1, 2 union select x + 1, y from a where x < 3)
  cycle x set m to 1 default 2 using p, b as (select 1) select m from a, b;
select pg_get_viewdef('v3');
-- refused
with recursive a(x) as (select 1 union select 2 union all select x from a) search depth first by x set s select 1;
with recursive a(x) as ((select 1 union select 2) union all select x from a) search depth first by x set s select 1;
with recursive a(x) as (select 1 union all (select x from a union select 3)) search breadth first by x set s select * from a;
with recursive a(x) as (select 1 union all select x from (select * from a) b where x < 0)
  search breadth first by x set s select * from a;
with recursive a(x) as (select 1 union all values (3)) search breadth first by x set s select * from a;
with recursive a(x) as (select 1 union all select x from a) search depth first by y set s select * from a;
with recursive a(x) as (select 1 union all select x from a) search depth first by x, x set s select * from a;
with recursive a(x) as (select 1 union all select x from a) cycle y set s using p select * from a;
with recursive a(x) as (select 1 union all select x from a) cycle x set p using p select * from a;
with recursive a(x) as (select 1 union all select x from a) cycle x set c to 1 default 'x' using p select * from a;
with recursive a(x) as (select 1 union all select x from a) search depth first by x set s cycle x set s using p select * from a;
with recursive a(x) as (select 1 union all select x from a) search depth first by x set s cycle x set c using s select * from a;
with a(x) as (select 1) search depth first by x set s select * from a;
drop view v, v2, v3;
drop table graph;

-- The fields of the rows have the columns' names.
create table gf(a int, b int);
insert into gf values(1,2),(2,3),(3,1),(4,null);
with recursive s(a,b) as (select a,b from gf g where a=1 union all select g.a,g.b from gf g,s where g.a=s.b) search breadth first by a,b set o select *, to_json(o), row_to_json(o) from s limit 5;
with recursive s(a,b) as (select a,b from gf g where a=1 union all select g.a,g.b from gf g,s where g.a=s.b) cycle a,b set c using p select to_json(s.*), (p[1]) , pg_typeof(p) from s limit 5;

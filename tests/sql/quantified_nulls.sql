-- a comparison that is NULL whatever the sub-query gives
create temp table qa(a int, b bool);
insert into qa values (1, true), (2, false), (3, null);
select a, null::int = any (select r.a from qa r where r.a <= q.a) from qa q order by a;
select a from qa q where (null::int = all (select r.a from qa r where r.a <= q.a)) is null order by a;
select a, null::int <> all (select r.a from qa r where r.a + q.a > 2) from qa q order by a;
select a, not (null::int = any (select r.a from qa r where r.a < q.a)) from qa q order by a;
select a from qa q where true = any (select b from qa r where r.a <= q.a) order by a;
select a from qa q where b = all (select b from qa r where r.a = q.a) order by a;
select a from qa q where (b, a) = any (select b, a from qa r where r.a <= q.a) order by a;
select a, b = any (select b from qa r where r.a <> q.a) from qa q order by a;
select a, b = all (select true from qa r where r.a < q.a) from qa q order by a;
select a from qa q where false is distinct from all (select b from qa r where r.a <= q.a) order by a;

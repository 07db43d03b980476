-- Views written out: keys whose name alone would be an output's, system columns, and one of everything.
create table t(id int primary key, n int, s text);
create function f(a int, b int default 5, c text default 'x') returns int language sql as 'select a+b';
create view v1 as select f(1), f(1,2), f(1, c => 'q'), 5::oid as o, t.*, (t).n as nn, t as whole from t;
select pg_get_viewdef('v1'::regclass, true);
create view v2 as select count(*) filter (where n>1) c, sum(n) over w s, array_agg(distinct s order by s desc) from t group by n, s window w as (partition by n order by s rows between 1 preceding and current row exclude ties);
select pg_get_viewdef('v2'::regclass);
create view v3 as with recursive r(a) as (select 1 union select a+1 from r where a<3) search breadth first by a set o select * from r where a = any(array[1,2]) and a not in (select n from t) and exists(select 1 from t where t.n=r.a) order by o desc nulls last limit 5 offset 1;
select pg_get_viewdef('v3'::regclass);
create view v4 as select t.n, u.s, coalesce(t.n,0) x, case when t.n>1 then 'a' when t.n is null then 'b' else 'c' end y, t.s ilike '%x' z, (t.n between 1 and 3) b, t.s is distinct from u.s d, extract(year from now())::int e, substring(t.s from 1 for 2) su, trim(both 'x' from t.s) tr, position('a' in t.s) po, overlay(t.s placing 'b' from 1) ov, t.s collate "C" co, now() at time zone 'utc' tz, cast(t.n as numeric(5,2)) nu, nullif(t.n,1), greatest(1,t.n), t.n::text || 'q' ca, array[[1,2],[3,4]] ar, interval '1 day' iv, date '2020-01-01' da, '{"a":1}'::jsonb->'a' js, not (t.n=1) no, -t.n neg, @ t.n ab, current_user cu, localtime(0) lt, (select max(n) from t) m, array(select n from t order by 1) arr, (t.n, t.s) = (u.n, u.s) ro, (t.n,t.s) in (select n,s from t) ri, t.n = any (select n from t) an, t.xmin, u.ctid from t left join t u using (id) where (t.n > 1 or u.n is not null) and t.s like 'a\_%' escape '\';
select pg_get_viewdef('v4'::regclass, true);
create view v5 as select * from t tablesample bernoulli (10) repeatable (3), lateral generate_series(1,t.n) with ordinality g(a,b), rows from (generate_series(1,2), unnest(array['a'])) as q(x,y), (values (1,'a'),(2,'b')) v(i,j), json_to_record('{"a":1}') as jr(a int), unnest(array[1,2], array['x']) as un(p,q);
select pg_get_viewdef('v5'::regclass, true);
create view v6 as select n from t union all (select n from t order by 1 limit 1) except select 3 intersect select 4 order by 1;
select pg_get_viewdef('v6'::regclass, true);
create view v7 as select distinct on (n) n, s from t order by n, s using >;
select pg_get_viewdef('v7'::regclass, true);
create view v8 as select grouping(n,s), n, s from t group by grouping sets ((n,s), rollup(n), cube(s,n), ());
select pg_get_viewdef('v8'::regclass, true);
create view v9 as select a.*, b.n as bn from t a natural join t b cross join t c full join t d on a.id=d.id;
select pg_get_viewdef('v9'::regclass, true);
create index i1 on t (lower(s) desc nulls last, (n+1)) include (id) where n > 0 and s is not null;
select pg_get_indexdef('i1'::regclass), pg_get_indexdef('i1'::regclass,1,true);
alter table t add constraint ck check (n > 0 and (s = 'a' or s in ('b','c'))), add constraint uq unique nulls not distinct (n) deferrable initially deferred, add fk int references t on delete set null (fk) on update cascade match full not valid;
select conname, pg_get_constraintdef(oid, true) from pg_constraint where conrelid='t'::regclass order by 1;
\d t
\d+ v1
\df f
\sf f
\sv v7
create view v10 as select 5::oid a, 'x'::regclass::oid from pg_class limit 0;
create view v11 as select 5::oid a, '5'::xid, 5::"char", 3::regproc::oid, 1::regtype, 5::smallint, 5::bigint, -5::int2, 5::numeric, 5::float8, 5.0::float4, 'a'::char, 'abc'::varchar(2), b'101', x'1F', e'a\nb', true::bool, null::int, 1::money, -1, 2147483648, 1e10;
select pg_get_viewdef('v11'::regclass, true);
create function g() returns void language sql begin atomic insert into t(id,n) values (1,2); update t set (n,s) = row(1,'a') where id=1; update t set (n,s)=(select 1,'b'); delete from t where id=3 returning id; end;
create function g() returns void language sql begin atomic insert into t(id,n) values (1,2) on conflict (id) where true do update set n=excluded.n, s='a'; update t set (n,s) = row(1,'a') where id=1; update t set (n,s)=(select 1,'b'); delete from t where id=3; end;
select pg_get_functiondef('g'::regproc);
create function bad() returns int language sql as 'select nope';
create function bad() returns int language sql as 'select 1 from';
create function bad() returns int language sql begin atomic select nope; end;
create function bad() returns int language sql as $$select 'x'$$;
create function bad() returns int language sql return nope;
create view w1 as select n as s, s as q from t order by t.s || 'x', abs(n);
select pg_get_viewdef('w1'::regclass, true), pg_get_viewdef('w1'::regclass);
create view w2 as select n as s, array_agg(t.s order by t.s) from t group by n;
select pg_get_viewdef('w2'::regclass, true);
create view w3 as select n as s, percentile_cont(0.5) within group (order by t.n) as n, (select t.s from t x order by x.s limit 1) from t group by n, s, id;
select pg_get_viewdef('w3'::regclass, true);
create view w4 as select n+1 as n from t group by t.n having t.n>1 order by t.n;
select pg_get_viewdef('w4'::regclass, true);
create view w5 as select n as s from t union select id from t order by s;
select pg_get_viewdef('w5'::regclass, true);
create view w6 as select (select x.n as s from t x order by x.s limit 1) as n from t order by t.n;
select pg_get_viewdef('w6'::regclass, true);
create view w7 as select a.n as id from t a order by a.id;
select pg_get_viewdef('w7'::regclass, true);
create view w8 as select a.n as id from t a join t b using (id) order by id;
select pg_get_viewdef('w8'::regclass, true);
create view w9 as select t.xmin, t.ctid as c, t.tableoid from t;
select pg_get_viewdef('w9'::regclass, true);

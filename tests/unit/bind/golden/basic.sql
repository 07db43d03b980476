select 1
select 1 + 1.0, 2::int8, 'x', null, true, 1.5e3, 0xff, 99999999999, 99999999999999999999, b'101', x'1f'
select oid, relname from pg_class
select * from pg_class
select c.* from pg_class c
select c from pg_class c
select relname as "Name", c.oid + 1 from pg_class as c
select pg_class.relname from pg_class
select pg_catalog.pg_class.relname from pg_catalog.pg_class
select c.ctid, c.tableoid, xmin from pg_class c
select nosuch from pg_class
select relnam from pg_class
select c.relnam from pg_class c
select pg_class.relname from pg_class c
select x.relname from pg_class c
select oid from pg_class, pg_type
select * from nosuch
select * from nosuch.t
select nosuch(1)
select 1 + 'a'
select 1 + 'a'::text
select 1 ~~~ 2
select - 'a'::text
select 'a' || 'b', 'a' || 1, 1 || 'a'
select 1 where 1
select 1 where 'a'
select 1 where null
select case when true then 1 else 2.5 end, case 1 when 2 then 'a' end, case when 1=1 then 'x' else null end
select case when true then 1 else 'a' end
select case when true then 1 else 'a'::text end
select case when 1 then 2 end
select coalesce(1, 2.5), coalesce(null, 'a'), nullif(1, 2), greatest(1, 2.5, null), least('a', 'b')
select coalesce(1, true)
select array[1, 2], array[1, 2.5], array['a', 'b'], array[[1], [2]], array[]::int[]
select array[]
select array[1, 'a']
select array[1, true]
select (array[1,2])[1], (array[1,2])[1:2]
select row(1, 2), (1, 'a'), row()
select (row(1, 2)).f1
select 1 in (1, 2), 1 in (1.5, 2), relname in ('a', 'b') from pg_class
select 1 in ('a', 2)
select 1 = any(array[1, 2]), 1 = all('{1,2}')
select 1 = any(2)
select 1 between 0 and 2, 1 not between symmetric 3 and 2
select 'a' like 'b', 'a' ilike 'b', 'a' similar to 'b', 'a' like 'b' escape 'c'
select true and false or not true
select true and 1
select not 1
select 1 is null, 1 is not null, true is true, null is unknown
select 1 is true
select 1 is distinct from 2, null is distinct from 1
select cast('1' as int), '1'::numeric(5,2), 'abc'::varchar(2), 'abc'::char
select 'a'::int
select 1::bool, true::int
select 1::xml
select 1::nosuch
select 1::nosuch.t
select 1::numeric(1,2,3)
select 1::int4(3)
select (1, 2) = (3, 4), (1, 2) < (3, 4), (1,2) <> (3, 4)
select (1, 2) = (3, 4, 5)
select exists (select 1), (select 1), array(select 1), 1 in (select 2), 1 > all (select 3)
select (select 1, 2)
select 1 in (select 1, 2)
select (1, 2) in (select 1, 2), (1, 2) = (select 3, 4)
select (1, 2) in (select 1)
select current_date, current_user, localtime(3), current_timestamp
select length('abc'), lower('A'), abs(-1), round(1.5), round(1.5, 1)
select count(*), sum(oid::int8), max(relname), min(reltuples), avg(relpages) from pg_class
select relname, count(*) from pg_class
select relname, count(*) from pg_class group by relname
select relname, count(*) from pg_class group by 1 having count(*) > 1
select relname from pg_class group by relkind
select relname || 'x' from pg_class group by relname
select relname from pg_class having true
select sum(count(*)) from pg_class
select count(*) from pg_class where count(*) > 1
select count(*) from pg_class group by count(*)
select count(distinct relkind), string_agg(relname, ',' order by relname) from pg_class
select count() from pg_class
select sum(*) from pg_class
select count(*) filter (where relkind = 'r') from pg_class
select relname from pg_class order by 1
select relname from pg_class order by 2
select relname from pg_class order by oid desc nulls last
select relname as x from pg_class order by x
select relname from pg_class order by 'a'
select distinct relname from pg_class order by relkind
select distinct on (relkind) relkind, relname from pg_class order by relkind, relname
select distinct on (relkind) relkind, relname from pg_class order by relname
select 1 limit 1 offset 2
select 1 limit 'a'
select relname from pg_class limit relpages
select 1 limit true
select 1 union select 2
select 1 union select 2.5
select 1 union select 'a'
select 1 union select 'a'::text
select 1, 2 union select 3
select 'a' union all select null
select relname from pg_class union select typname from pg_type order by 1
select 1 as x union select 2 order by x + 1
select 1 intersect select 2 except select 3
values (1, 'a'), (2, 'b')
values (1), (2, 3)
values (1, 'a'), (2.5, null)
select * from (values (1, 'a'), (2, 'b')) v(x, y)
select * from (select 1) s
select * from (select 1 as a) as s(b, c)
select a.relname, b.typname from pg_class a join pg_type b on a.oid = b.typrelid
select * from pg_class a join pg_type b using (oid)
select oid from pg_class a join pg_type b using (oid)
select oid from pg_class a full join pg_type b using (oid)
select * from pg_class a join pg_type b using (nosuch)
select * from pg_class a natural join pg_type b
select * from pg_class a, pg_class a
select * from pg_class a join pg_type b on true join pg_proc c on a.oid = c.oid
select * from pg_class a join pg_type b on 1
select * from pg_class a join pg_type b on c.oid = 1 join pg_proc c on true
select * from pg_class a, (select a.oid) s
select * from pg_class a, lateral (select a.oid) s
select * from generate_series(1, 3)
select * from generate_series(1, 3) g
select * from generate_series(1, 3) as g(x)
select * from generate_series(1, 3) with ordinality
select generate_series(1, 3)
select 1 where generate_series(1, 3) = 1
select x from unnest(array[1,2]) x
select * from unnest(array[1,2], array['a','b']) u(a, b)
select * from rows from (generate_series(1,2), generate_series(3,4)) as r(a, b)
with a as (select 1 as x) select * from a
with a(y) as (select 1 as x) select y from a
with a as (select 1), a as (select 2) select 1
with a as (select * from b), b as (select 1) select * from a
with a(x, y) as (select 1) select * from a
with recursive t(n) as (values (1) union all select n + 1 from t where n < 10) select * from t
with recursive t(n) as (select 1 union all select n + 1.5 from t) select * from t
with recursive t as (select * from t) select 1
select $1
select $1 + 1
select $1::int, $2::text
select relname from pg_class where oid = $1 and relkind = $2
select $1 = $2
select $1 || 'a'
select coalesce($1, 2), array[$2, 'a'::text]
select $1 + 1, $1 || 'a'
select row_number() over (), rank() over (order by relname), sum(relpages) over (partition by relkind) from pg_class
select row_number() from pg_class
select rank() over w from pg_class window w as (order by oid)
select rank() over nosuch from pg_class
select relname from pg_class where row_number() over () = 1
select sum(relpages) over (order by oid rows between 1 preceding and current row) from pg_class
select sum(relpages) over (order by oid range between 1 preceding and current row) from pg_class
select sum(relpages) over (rows between unbounded preceding and 1 following) from pg_class
select percentile_cont(0.5) within group (order by relpages) from pg_class
select percentile_cont(0.5) from pg_class
select relname, grouping(relname) from pg_class group by rollup (relname)
select relkind, relname, count(*) from pg_class group by grouping sets ((relkind), (relname), ())
select grouping(oid) from pg_class group by relname
select relname from pg_class for update
select count(*) from pg_class for update
select relname from pg_class c for update of d
select concat(1, 'a', null), concat_ws(',', 1, 2), format('%s', 1)
select make_interval(days => 3), make_interval(nosuch => 3)
select json_build_object('a', 1), num_nulls(1, 2), greatest(1)
select jsonb_extract_path('{}', 'a', 'b'), jsonb_extract_path('{}', variadic array['a'])
select array_append(array[1], 2), array_append(array[1], 2.5), array_append(array[1], 'x')
select array_append(1, 2)
select upper(1)
select text(1), int4('1'), date('2020-01-01')
select relname.x from pg_class
select (relname).x from pg_class
select (c).relname, (c).* from pg_class c
select default
select a.* from pg_class
insert into pg_class (oid) values (1)
delete from pg_class where oid = 1
update pg_description set description = 'x' where objoid = 1 returning *
insert into pg_description values (1, 2, 3, 'a')
insert into pg_description values (1, 2, 3, 'a', 5)
insert into pg_description (objoid, nosuch) values (1, 2)
insert into pg_description (objoid, objoid) values (1, 2)
insert into pg_description (objoid, classoid) values (1)
insert into pg_description (objoid) values ('x'::text)
insert into pg_description (description) values (1)
insert into pg_description select 1, 2, 3, 'a'
insert into pg_description select 1, 2, 3, 4
insert into pg_description values (1, 2, 3, 'a'), (1, 2, 3, default)
insert into pg_description values ($1, $2, $3, $4) returning objoid, description as d
insert into pg_description default values
update pg_description set nosuch = 1
update pg_description set objoid = 'a'::text
update pg_description set objoid = 1, objoid = 2
update pg_description set (objoid, classoid) = (1, 2)
update pg_description set (objoid, classoid) = (select 1, 2)
update pg_description set (objoid, classoid) = (select 1)
update pg_description d set objoid = c.oid from pg_class c where c.oid = d.objoid
update pg_description d set d.objoid = 1
delete from pg_description d using pg_class c where d.objoid = c.oid returning d.*, c.relname
delete from pg_description returning old.objoid, new.description
insert into pg_description values (1,2,3,'a') on conflict (objoid, classoid, objsubid) do nothing
insert into pg_description values (1,2,3,'a') on conflict do update set objoid = 1
insert into pg_description values (1,2,3,'a') on conflict (objoid, classoid, objsubid) do update set description = excluded.description where pg_description.objoid > 1
insert into pg_description values (1,2,3,'a') on conflict (objoid) do nothing
update pg_class set relname = 'a' where count(*) > 1
select 'a' collate "C" < 'b', relname collate "C" from pg_class
select 1 collate "C"
select 'a' collate nosuch
select 'a' collate "C" < 'b' collate "POSIX"

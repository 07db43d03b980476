-- Where calls of aggregates, GROUPING, window functions and sets may not stand, and where the errors point.
create table s(a int, v int);
insert into s values (1, 2), (1, 3), (2, 4);
-- outputs that GROUP BY numbers or names
select sum(v) from s group by 1;
select sum(v) as x from s group by x;
select a + sum(v) from s group by 1;
select (select sum(s.v)) from s group by 1;
select grouping(a) from s group by 1;
select rank() over () from s group by 1;
select 1 + rank() over (order by a) as r, a from s group by r, a;
select sum(sum(v)) over () from s group by 1;
select sum(v) over () from s group by rollup(1);
select (select max(x) from (values (1)) v(x)) as m, count(*) from s group by 1;
select a, generate_series(1, 2) as g, count(*) from s group by 1, 2 order by 1, 2;
-- GROUPING is an aggregate to its neighbours
select sum(grouping(a)) from s group by a;
select grouping(sum(a)) from s group by a;
select sum(v) filter (where grouping(a) = 0) from s group by a;
select a, sum(v) over (order by grouping(a)) from s group by a, v order by 1, 2;
select a, (select sum(grouping(s.a)) from s inner_) from s group by rollup (a) order by 1;
-- ends of frames
select sum(v) over (rows between sum(v) over () preceding and 1 following) from s;
select sum(v) over (rows between sum(v) preceding and 1 following) from s;
select sum(v) over (rows between generate_series(1, 2) preceding and 1 following) from s;
-- sets that are to be conditions
select case when generate_series(1, 3) > 1 then 1 end;
select case 1 when generate_series(1, 3) then 1 end;
select case generate_series(1, 3) when 1 then 1 end;
select case when true then generate_series(1, 3) end;
select generate_series(1, 3) = 1 and true;
select generate_series(1, 3) between 1 and 2;
select not (generate_series(1, 3) = 1);
select (generate_series(1, 3) = 1) is true;
select generate_series(1, 3) in (1, 2);
-- USING points at the operator
select array_agg(v order by v using <>) from s;
select v from s order by v using ~~~;
select v from s order by a using >, v using operator(pg_catalog.+) nulls first;
select v from s order by a using >, v using operator(pg_catalog.<) nulls first;
-- assignments to parts point at the part
create type pair as (x int, y text);
create table parts(a int[], c text[], p pair);
update parts set a[1:2] = 5;
update parts set a[1] = true;
update parts set c[1:1] = 5;
insert into parts(a[1]) values (true);
insert into parts(p.x) values (true);
update parts set p.x = true;
update parts set p = 1;
-- the proposed row has no name in RETURNING
create table c(id int primary key, v int);
insert into c values (1, 1) on conflict (id) do update set v = excluded.v returning excluded.v;
insert into c values (1, 1) on conflict (id) do nothing returning excluded.v;
insert into c values (1, excluded.v) on conflict (id) do update set v = 1;
update c set v = 1 returning excluded.v;
-- the last statement of a function's body
create function no_columns() returns int language sql as 'select 1; select';
create function no_row() returns int language sql as 'select 1; insert into c values (5, 5)';
-- RETURNING of no columns, and a target of changes that LATERAL cannot see
create table empty();
insert into empty default values returning *;
delete from c using lateral (select max(s.a) m from s where s.a < c.id) z where z.m = 1;
select * from s right join lateral (select s.a) z on true;
-- of a conflict's two parts the assignments are looked at first
insert into c values (1, 1) on conflict (id) do update set v = 'x' || 1 where sum(c.v) > 0;
insert into c values (1, 1) on conflict (id) do update set nothing = 1 where nowhere;

-- What random queries found wrong, made small.
create table a (id int primary key, n int, t text default 'x', b bool);
create table c (id int8 primary key, n int, t text);
insert into a values (1, 1, 'a', true), (2, 2, 'b', false), (3, null, null, true);
insert into c values (1, 2, 'a'), (2, 3, 'b');

-- DO UPDATE reads the row in the way also without RETURNING
insert into a (id, t, n) values (1, default, 7), (2, default, 8) on conflict (id) do update set t = a.t, n = a.n + 1;
insert into a values (3, 9) on conflict (id) do update set n = excluded.n where a.b;
select * from a order by id;

-- DISTINCT over groups that are not shown
select distinct q.id from a q join c r on q.id = r.id group by q.id, q.n, q.t order by 1;
select distinct min(q.t) from a q join c r on true group by cube (q.id) order by 1;

-- Aggregates of an outer query inside one that groups
select (select 1 from a q2 group by q2.b having bool_or(q1.b) and q1.b limit 1) as x, count(*) from a q1 group by b order by 1, 2;
select (select max(q1.n) from a q2 where q2.id = 1 group by q2.b) from a q1;
select (select max(q1.n) filter (where q1.b) from a q2) from a q1;
select (select grouping(q1.b, q1.t) + q2.id from a q2 where q2.id = 1) as g from a q1 group by rollup (b, t) order by 1;

-- FULL JOIN on a constant
select a.id, c.id from a full join c on true order by 1, 2;
select a.id, c.id from a full join c on 1 = 2 order by 1, 2;
select a.id, c.id from a full join c on null order by 1, 2;
select a.id, c.id from a full join c on a.id = 1 order by 1, 2;

-- Two items that read the same column of their left side
select q.id, x, g from a q join lateral (select q.n union all select r.n from c r) l (x) on true join generate_series(0, abs(q.n) % 4) s (g) on true
    order by 1, 2, 3;
select q.id, x, g from a q join lateral (select q.n offset 0) l (x) on true left join generate_series(0, q.n % 4) s (g) on true order by 1, 2, 3;

-- Sub-queries in sub-queries that dissolve: conditions on the inner one's columns
create view v as select 2::int2 as n, false as no, substr(null::text, 2) as nothing from a q right join c r on q.id = r.id;
select x from (select 0 from v join a q on v.no) s (x) order by x limit 1;
select (select x from (select 0 from v join a q on v.no join a r on v.no) s (x) order by x limit 1) from c;
select q.id from a q join a r on true right join (select v.n from v where v.nothing ilike 'a') s on true;
select (select max(s.id) from (select q.id from a q cross join lateral (select o.t from c) l (t) join c r on l.t in (select l.t from a)) s) from a o
    order by 1;
drop view v;

-- Grouping sets tell columns apart that turn into the same expression
select x, y from (select 0 as x, 0 as y from a) q group by rollup (x, y) order by 1, 2;
select x, y from (select id as x, id as y from c) q group by grouping sets (x, y) order by 1, 2;
select 0 as x, 0 as y, count(*) from a group by rollup (1) order by 1, 2;

-- SET of several columns from one sub-query
update a set (n, t) = (select c.n * 10, c.t || '!' from c where c.id = a.id) where id < 3 returning id, n, t;
update a set (n, t) = (select 1, 'k' union select 2, 'k' limit 1), b = false where id = 3 returning *;
update a set (n, t) = (select n, t from c);
insert into a values (1) on conflict (id) do update set (n, t) = (select max(c.n), excluded.t from c) returning id, n, t;
merge into a using c on a.id = c.id when matched then update set (t, n) = (select 'm' || c.t, a.n + 1);
select * from a order by id;

-- An outer join in a LATERAL sub-query whose condition looks beside it
create table k as select g as id, g % 3 as n from generate_series(1, 30) g;
create view k4 as select id from k where id < 4;
alter table k add primary key (id);
analyze k;
select count(*), count(m.x), sum(m.id) from (select bool_and(p.id > 0) as all_of, max(0) as zero from k4 p join k r on p.id = r.n) q
    join k s on q.all_of join k t on true
    join lateral (select u.id, x.id as x from k u cross join k4 v join k4 w on u.id = w.id left join k x on v.id = x.n and q.all_of) m on q.all_of;
select count(*), count(m.x) from (select bool_and(p.id > 0) as all_of from k p cross join k r cross join k r2) q
    join lateral (select v.id, x.id as x from k4 v left join k x on v.id = x.n and q.all_of) m on true;
select count(*), count(m.x), sum(m.id) from (select bool_or(p.id > 9) as none_of, max(0) as zero from k4 p) q
    join lateral (select v.id, x.id as x from k4 v left join k x on v.id = x.n and q.none_of) m on true join k s on s.id = m.id;
drop view k4;
drop table k;

-- An index asked for a range and an equality of the same column
create table k as select g as id, g as n from generate_series(1, 2000) g;
create unique index on k (id);
analyze k;
select r.id from k r, k s where s.id < 4 and s.id = r.id and r.id = r.id and r.n < 9 order by 1;
select r.id from k r, k s where s.id = r.id and s.id < 4 and s.id > 2 and r.id = r.id and r.n < 9 order by 1;
select id from k where id < 4 and id = 5;
select id from k where id < 4 and id = any (array[2, 5]);
select id from k where id < 4 and id is null;
drop table k;

-- DEFAULT through views: INSERT looks at each view and at the table, UPDATE only at the view named
create domain lucky as int default 77;
create domain never_null as int not null;
create table e (id int primary key, n int default 4, l lucky default 5, s never_null default 6);
create view e1 as select * from e;
alter view e1 alter n set default 44;
create view e2 as select s as s2, l, n, id from e1;
alter view e2 alter l set default 555;
insert into e1 (id) values (1) returning *;
insert into e1 values (2, default, default, default), (3, 9, 9, default) returning *;
insert into e2 (id) values (4) returning *;
insert into e2 values (default, default, default, 5), (1, default, 2, 6) returning *;
merge into e1 using (values (7), (8)) v (x) on id = x when not matched and x = 7 then insert (id) values (x)
    when not matched then insert values (x, default, default, default) returning merge_action(), e1.*;
insert into e values (9, 0, 0, 0);
update e1 set n = default, l = default where id = 9 returning *;
update e2 set n = default, l = default where id = 9 returning *;
update e set n = default, l = default where id = 9 returning *;
update e2 set (n, l) = (default, default) where id = 9 returning *;
update e1 set s = default where id = 9;
merge into e2 using (values (9)) v (x) on id = x when matched then update set n = default, l = default returning e2.*;
insert into e1 values (9) on conflict (id) do update set n = default, l = default returning *;
insert into e2 (id) values (9) on conflict (id) do update set n = default, l = default returning *;
create table f (id int primary key generated by default as identity, k int generated always as identity, n int default 2,
    g int generated always as (n * 2) stored, t text generated always as (repeat('x', n)) stored);
create view f1 as select g, t, n, id, k from f;
insert into f1 values (default, default, default, default, default), (default, default, 5, default, default) returning *;
update f1 set g = default;
update f1 set k = default;
update f1 set id = default;
update f1 set n = default where id = 1 returning *;

-- EXCLUDED has what was generated
insert into f (id, n) values (1, 10), (2, 20), (3, 30) on conflict (id) do update set n = excluded.g + f.g where excluded.t <> 'xxxxxxxxxx' returning *;
insert into f (id, n) values (1, null), (2, 6) on conflict (id) do update set n = coalesce(excluded.g, -1) + length(excluded.t || '') returning *;
insert into f (id, n) values (2, 7) on conflict (id) do update set n = length(excluded::text) + (excluded).g returning *;
insert into f1 (id, n) values (1, 8), (2, 9) on conflict (id) do update set n = (select sum(excluded.g) from f) returning g, t, n, id;
insert into f1 (id, n) values (1, 8), (2, 9) on conflict (id) do update set n = (select sum(excluded.g + q.id) from f q) returning g, t, n, id;
drop view e2, e1, f1;
drop table e, f;
drop domain lucky, never_null;

-- Clients are told of a domain's base type
create domain small as int2 check (value < 100);
create domain smaller as small;
create table d (x smaller, y numeric(6, 2));
select x, x + 1 as y from d \gdesc
drop table a, c, d;
-- an aggregate of the query around the one it stands in, over columns of that and of one further out
select x.b, (select (select string_agg(x.b || i.c, ',' order by i.c)) from (values (1), (2)) i(c)) from (values ('a'), ('b')) x(b) order by 1;
select x.b, (select (select sum(i.c) + count(x.b) filter (where i.c > x.n)) from (values (1), (2)) i(c)) from (values ('a', 0), ('b', 1), (null, 0)) x(b, n) order by 1;
-- a column that only a sub-query inside of a dissolved LATERAL sub-query reads
create table outer_t (id int, f float8);
create table inner_t (id int, arr int[]);
insert into outer_t values (1, 1.0), (2, 0.5);
insert into inner_t values (1, '{1}');
select o.id from outer_t o join lateral (select 0 from inner_t i where (select true from outer_t c where c.id = i.arr[1] and c.id <= o.f limit 1)) q on true;
select o.id from outer_t o left join lateral (select 7 x from inner_t i where (select true from outer_t c where c.id = i.arr[1] and c.id <= o.f limit 1)) q on true where x is null;
drop table outer_t, inner_t;
-- MERGE: what is wrong in RETURNING is told before what is wrong in an action
create table merged (id int, b bool);
merge into merged using merged m on m.id = merged.id when not matched then insert (id) values (m.b + 200) returning (select max(merged.id) from merged q);
drop table merged;
-- FULL JOINs that are none, since what stands above refuses one side's NULLs
create table f (id int, b bool);
insert into f values (1, true), (2, false), (3, null), (null, true);
select x.id, y.id, z.id from f x full join f y on x.b join f z on y.id = z.id order by 1, 2, 3;
select x.id, y.id, z.id from f x full join f y on x.b join f z on x.id = z.id order by 1, 2, 3;
select x.id, y.id, z.id from f x full join f y on x.b join f z on x.id = z.id and y.id = z.id order by 1, 2, 3;
select x.id, y.id, z.id from f z left join (f x full join f y on x.b) on y.id = z.id order by 1, 2, 3;
select x.id, y.id, z.id from f z right join (f x full join f y on x.id = y.id) on y.id = z.id order by 1, 2, 3;
select x.id, y.id, z.id, w.id from f z left join f x on z.id = x.id full join f y on x.b join f w on w.id = z.id order by 1, 2, 3, 4;
select x.id, y.id, z.id from f x left join f y on x.id < y.id join f z on coalesce(y.id, z.id) = z.id order by 1, 2, 3;
select x.id, y.id, z.id from f x left join f y on x.id < y.id join f z on y.id = z.id order by 1, 2, 3;
select x.id, y.id, z.id from f z left join (f x left join f y on x.id < y.id) on y.id = z.id or x.id = z.id order by 1, 2, 3;
select x.id, y.id from f x full join f y on x.b order by 1, 2;
drop table f;

-- a LATERAL sub-query whose condition reads only what stands beside it
create table lat1 (id int primary key, x bool);
create table lat2 (id int, y bool);
insert into lat1 select i, i % 2 = 0 from generate_series(1, 6) i;
insert into lat2 select i, i % 3 = 0 from generate_series(1, 6) i;
analyze lat1, lat2;
select q1.id, q3.id, q4.id from lat1 q1 join lat2 q2 on q2.y join lat1 q3 on q2.y join lateral (select q5.id from lat1 q5 where q2.y) q4 on q2.y and q4.id = q1.id order by 1, 2, 3 limit 12;
select q2.id, q4.id from lat2 q2 left join lateral (select q5.id from lat1 q5 where q2.y) q4 on q4.id = q2.id order by 1, 2;
select q2.id, q4.id from lat2 q2 left join lateral (select q5.id from lat1 q5 join lat2 q6 on q6.id = q5.id where q2.y and q5.x) q4 on true order by 1, 2;
select q2.id, q4.id from lat2 q2, lateral (select q5.id from lat1 q5 left join lat2 q6 on q6.id = q5.id and q6.y where q2.y and q6.id is null) q4 order by 1, 2;
select q2.id, q4.id from lat2 q2, lateral (select q5.id from lat1 q5 where q2.y and random() >= 0) q4 where q4.id < 3 order by 1, 2;
select q2.id, q4.id from lat2 q2, lateral (select q5.id from lat1 q5 where q5.id = q2.id and (q2.y or q5.x)) q4 order by 1, 2;
drop table lat1, lat2;

-- a key of groups that is a conjunction, in HAVING and in outputs
create table conjunct (id int, gen int, b bool);
insert into conjunct values(1,1,true),(2,1,false),(3,null,true),(2,4,null);
select id from conjunct group by id, (id between id and gen) having (id between id and gen) order by 1;
select id from conjunct group by id, (id between 1 and gen) having (id between 1 and gen) and id > 0 order by 1;
select id from conjunct group by id, (id between 1 and gen) having id > 0 and ((id between 1 and gen) and id < 9) order by 1;
select id from conjunct group by id, (id > 1 or gen = 1) having (id > 1 or gen = 1) or id < 0 order by 1;
select id from conjunct group by id, (not (id > 1 or gen = 1)) having (not (id > 1 or gen = 1)) or id < 10 order by 1;
select id, (id > 1 and gen = 1) and id > 0 from conjunct group by id, (id > 1 and gen = 1) order by 1,2;
select id, not (id > 1 and gen = 1) from conjunct group by id, (id > 1 and gen = 1) order by 1,2;
select id, case when (b and gen = 1) and true then 1 else 2 end from conjunct group by id, (b and gen = 1) order by 1,2;
select (1 + 1 + gen) from conjunct group by (1 + 1 + gen) order by 1;
select count(*) from conjunct group by (gen + (1 + 1)) having (gen + (1+1)) > 2 order by 1;
select coalesce(null, gen, 1) from conjunct group by coalesce(null, gen, 1) order by 1;
select coalesce(null, gen, 1) + 1 from conjunct group by coalesce(gen, 1) order by 1;
select id from conjunct group by id, (id in (gen, 2)) having (id in (gen, 2)) and (id in (gen, 2) and id > 1) order by 1;
select (b = true) from conjunct group by (b = true) having (b = true) is not null order by 1;
select (b = true) from conjunct group by b order by 1;
select id from conjunct group by id, b, gen = 1 having b and gen = 1 order by 1;

-- what a sub-query's column is called, a cast of it too
select (select 1+1)::int8;
select (select 1+1);
select (select 1+1)::int8::text;
select (select max(1) - min(1))::int8;
select ((select max(1) - min(1))::int8);
create table h1(a int);
delete from h1 returning (select 1+1)::int8;
delete from h1 returning ((select (max(0) - min(0)) from h1)::int8);
select ((select ((max(0::int4) - min(0::int4))) from h1 q2)::int8);
insert into h1 values (1) returning (select 1+1)::int8;
select (select a from h1)::int8, (select a as zz from h1)::int8, (select 'x'::text)::varchar, (select count(*) from h1)::int2;
select coalesce((select 1+1), 2), array(select 1+1)::int8[], exists(select 1)::int, (array(select 1))::text, ((select 1+1), 2)::text, (select (1,2))::text;
select case when true then (select 1+1) end, case when true then 1 else (select a+1 from h1) end, (select 1+1) collate "C" from h1;
drop table h1;

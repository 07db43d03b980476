-- names of columns behind joins: of two that were merged, of joins with a name, of tables whose columns were renamed
create table t1 (a int primary key, b text, v varchar(10));
select x.a from t1 as x(q);
select (x).a from t1 as x(q);
select (x).q, x.b from t1 as x(q);
select x.q from t1 as x(q);
select s.a from (select a as q from t1) s;
create table dj1 (id int, p text); create table dj2 (id bigint, q text); create table dj3 (id int, r text);
create view dv1 as select * from dj1 full join dj2 using (id);
create view dv2 as select x.id, dj1.p, x.q from (dj1 join dj2 using (id)) as x, dj1;
create view dv4 as select y.id, y.r, y.p from ((dj1 join dj2 using (id)) as x join dj3 on dj3.id = x.id and x.p <> dj3.r) as y(id, p);
create view dv5 as select id, p, q, r from dj1 full join dj2 using (id) full join dj3 using (id) where id > 1 order by id;
create view dv6 as select (select max(x.q) from dj3 where dj3.id = x.id) from (dj1 left join dj2 on dj1.id = dj2.id) as x(a, b, id, q);
create view dv7 as select a.* from (dj1 a0 join lateral (select a0.p as pp) l on true) as a;
create view dv8 as select id from dj1 join dj2 using (id) group by id having count(*) > 1;
select relname, pg_get_viewdef(oid), pg_get_viewdef(oid, true) from pg_class where relname like 'dv_' order by relname;

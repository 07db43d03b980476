-- Views over JOIN ... USING, NATURAL and other columns that were renamed since: written out, they must mean what they meant.
create table a(id int primary key, k int, v text);
create table b(id int primary key, k int, w text);
create table c(k int, z text);
insert into a values (1, 1, 'a1'), (2, 2, 'a2');
insert into b values (1, 1, 'b1'), (3, 2, 'b3');
insert into c values (1, 'c1');
create view one as select id, a.k, b.k as bk, v from a join b using (id);
create view two as select * from a left join b using (id, k);
create view outer_ as select id, v, w from a full join b using (id);
create view natural_ as select * from a natural join c;
create view nested as select x.v, y.w, k from (a x join b y using (k)) join c using (k);
create view inside as select q.* from (select a.id, b.w from a join b using (k)) q;
create view merged as select j.*, v from a join b using (id) as j;
create view with_ as with t as (select id, v from a join b using (id)) select * from t;
create view beside as select * from a where exists (select 1 from b join c using (k) where b.id = a.id);
create view listed as select id, l.k, v from a as l(id, k) join b using (id);
create view plain as select v, id from a where v like 'a%' order by v;
create view united as select id from a union select id from b order by id;
create function body() returns setof text begin atomic; select v from a join b using (id); end;
alter table a rename id to ident;
alter table a rename k to kk;
alter table b rename id to bid;
alter table a rename v to "V v";
alter table a add column id int;
alter table b rename to bb;
select viewname, pg_get_viewdef(viewname::regclass) from pg_views where schemaname = 'public' order by 1;
select pg_get_functiondef('body'::regproc);
-- written out and read again
select format('create view again_%s as %s', viewname, definition)
from pg_views where schemaname = 'public' and viewname not like 'again%' order by 1 \gexec
select count(*) from pg_views v join pg_views w on w.viewname = 'again_' || v.viewname where w.definition = v.definition;
select * from again_one order by 1;
select * from again_two order by 1;
select * from again_outer_ order by 1;
select * from again_nested order by 1;
select * from again_merged order by 1;
select * from again_plain order by 1;
-- a view's column keeps its name
select column_name from information_schema.columns where table_name = 'again_plain' order by ordinal_position;
-- a field of a row that was made a composite
create type pair as (x int, y text);
create view field as select (row(1, 'x')::pair).x;
alter type pair rename attribute x to xx;
select pg_get_viewdef('field'::regclass);
-- the alias of USING names the merged columns alone
select j, j.*, to_jsonb(j), j is null from (values (1, 2)) l(id, x) join (values (1, 3)) r(id, y) using (id) as j;
select count(j), array_agg(j order by j) from (values (1, 2)) l(id, x) full join (values (1, 3), (2, 3)) r(id, y) using (id) as j;
select (j).id from (values (1, 2)) l(id, x) join (values (1, 3)) r(id, y) using (id) as j;
select (j).x from (values (1, 2)) l(id, x) join (values (1, 3)) r(id, y) using (id) as j;
select j.x from (values (1, 2)) l(id, x) join (values (1, 3)) r(id, y) using (id) as j;

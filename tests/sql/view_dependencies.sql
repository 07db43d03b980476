-- What views depend on, domains' defaults as text, sequences seen by whom.
create table a (id int, x int, y int); create table b (id int, x int, z int);
create view v1 as select a.y from a join b on a.id = b.id;
create view v2 as select y from a join b using (id);
create view v3 as select id from a left join b using (id);
create view v4 as select j.y from (a join b using (id)) j;
create view v5 as select * from (a natural full join b) as j(p, q, r, s);
create view v6 as select (select j.z from (select 1) q) from (a cross join b) j(a1,a2,a3,b1,b2,z);
create view v7 as select j from (a join b using (id)) as j;
create view v8 as select count(*) from a full join b using (id, x) group by id;
select c.relname, r.relname, a.attname from pg_rewrite w join pg_class c on c.oid = w.ev_class join pg_depend d on d.objid = w.oid and d.classid = 'pg_rewrite'::regclass and d.deptype='n' join pg_class r on r.oid = d.refobjid and d.refclassid='pg_class'::regclass left join pg_attribute a on a.attrelid = r.oid and a.attnum = d.refobjsubid where c.relname ~ '^v' order by 1, 2, 3;
drop view v7, v5; alter table a drop column x; alter table b drop column z;  alter table b drop column x;
drop view v8; alter table b drop column x; alter table a drop column y;
\d a
create domain d1 as text default upper('a'); create domain d2 as int default 1 + 1; create domain d3 as varchar(3) default 'x'; create domain d4 as timestamptz default now(); create domain d5 as text default null; create domain d6 as date default '2001-01-01'; create domain d7 as int[] default array[1,2]; create domain d8 as numeric(5,2) default 1; create domain d9 as bool default not true; create domain d10 as text default current_user; create domain d11 as d1 default 'q' collate "C"; create domain d12 as text default null::text;
\dD
select typname, typdefault from pg_type where typname ~ '^d[0-9]' order by 1;
alter domain d1 set default 'z' || 'y'; alter domain d2 drop default; alter domain d3 set default null; \dD d[123]
select domain_name, domain_default from information_schema.domains where domain_schema = 'public' order by 1;
create role view_dependencies_u; create sequence sq; set role c3_u; select count(*) from pg_sequences; select count(*) from information_schema.sequences; reset role; drop role c3_u;

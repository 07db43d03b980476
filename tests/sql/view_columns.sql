-- Views replaced by ones with more columns, recursive views, and what they depend on.
create table t(a int, b text, c numeric(5,2));
create view v as select a, b from t;
create or replace view v as select a, b, c from t;
\d+ v
create or replace view v as select a, b, c, a+1 as d, 'x' as e from t;
select * from v;
insert into t values(1,'a',2);
select * from v;
create or replace view v(a,b) as select a, b, c, a+1 as d, 'x' as e, 1 as f from t;
\d+ v
create or replace view v as select a, c as b, c, a+1 as d, 'x' as e, 1 as f from t;
create or replace view v as select a, b from t;
create or replace view v as select a, b, c::numeric(6,2), a+1 as d, 'x' as e, 1 as f from t;
create or replace view v as select a, b collate "C", c, a+1 as d, 'x' as e, 1 as f from t;
comment on column v.f is 'hi';
grant select (f) on v to public;
create view w as select * from v;
create or replace view v as select a, b, c, a+1 as d, 'x' as e, 1 as f, 2 as g from t;
select * from w;
select attname, attnum, atttypid::regtype, attacl from pg_attribute where attrelid='v'::regclass order by attnum;
create recursive view rv(n) as values(1) union all select n+1 from rv where n < 5;
select * from rv;
\d+ rv
create or replace recursive view rv(n, m) as values(1,2) union all select n+1,m from rv where n < 5;
create recursive view rw as select 1;
create recursive view public.rx(n) as select 1;
select * from rx;
create temp recursive view ry(n) as values(1) union all select n+1 from ry where n < 3;
select * from ry;
create table pk(id int primary key, x text);
create view gv as select id, x, count(*) from pk group by id;
create or replace view gv as select id, x, count(*), max(x) as m from pk group by id;
alter table pk drop constraint pk_pkey;
drop view gv;

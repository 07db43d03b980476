-- How often, when and in which order functions with effects are called (docs/traps.md C25).
create sequence a;
create sequence b;
create table t (id int, x int);
insert into t select g, 10 - g from generate_series(1, 9) g;

-- by rows, and within a row from left to right
select nextval('a'), nextval('b') * 100, nextval('a') from generate_series(1, 3);
select setval('a', 1, false), setval('b', 1, false);
insert into t select nextval('a') + 100, currval('a') from generate_series(1, 3) returning *;
select currval('a');
-- a limit's demand reaches down
select nextval('a') from generate_series(1, 100000) limit 3;
select currval('a');
select id from t where nextval('a') > 0 order by id limit 2;
select currval('a');
select id from (select id from t where nextval('a') > 0 offset 0) s limit 2;
select currval('a');
select id, nextval('a') from t order by id desc limit 2;
select currval('a');
-- once a statement, or once a row
select count(distinct n) from (select (select nextval('a')) as n from t) s;
select count(distinct n) from (select (select nextval('a') + 0 * t.id) as n from t) s;
select count(distinct n) from (select nextval('a') as n from t) s;
select count(distinct n) from (select now() as n from t) s;
select currval('a');
with w as (select nextval('a') as n) select w1.n = w2.n from w w1, w w2;
with w as not materialized (select nextval('a') as n) select w1.n = w2.n from w w1, w w2;
-- conditions are not moved past one that has effects
select id from (select id, nextval('a') as n from t) s where id < 3 order by id;
select currval('a');
select id from (select id from t where nextval('a') > 0) s where id < 3 order by id;
select currval('a');
-- what is not needed is not called
select coalesce(1, nextval('a')), case when true then 2 else nextval('a') end, 1 = 2 and nextval('a') > 0;
select currval('a');
select count(*) from (select nextval('a') from t) s;
select currval('a');
select exists (select nextval('a') from t);
select currval('a');

-- a volatile function sees what its statement has written so far, a stable one does not
create function rows_now() returns bigint language sql volatile as 'select count(*) from v';
create function rows_before() returns bigint language sql stable as 'select count(*) from v';
create table v (n bigint, m bigint);
insert into v select rows_now(), rows_before() from generate_series(1, 4) returning *;
update v set n = (select sum(n) from v), m = rows_now();
select * from v order by n, m;
create function bump(i int) returns int language sql volatile as 'update v set m = m + i returning m::int';
select bump(1), bump(10), rows_now() from generate_series(1, 2);
select * from v order by n, m;
delete from v where rows_now() > 2;
select count(*) from v;

-- errors come when their row does
select 10 / (id - 5) from t order by id;
select 10 / (id - 5) from t limit 2;
select nextval('a') / (id - 3) from t limit 1;
select currval('a');
insert into v select 1 / (g - 3), 0 from generate_series(1, 5) g returning n;
select count(*) from v;

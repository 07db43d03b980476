-- GROUP BY DISTINCT: sets of the same keys count once, in whatever order they are written.
create table t (a int, b int, c int);
insert into t values (1, 1, 1), (1, 2, 2), (2, 2, 3), (null, 1, 4);
select a, sum(c) from t group by distinct rollup (a, a) order by 1, 2;
select a, sum(c) from t group by rollup (a, a) order by 1, 2;
select a, b, sum(c), grouping(a, b) from t group by distinct rollup (a, b), rollup (a) order by 1, 2, 3, 4;
select a, b, sum(c), grouping(a, b) from t group by all rollup (a, b), rollup (a) order by 1, 2, 3, 4;
select a, b, count(*) from t group by distinct grouping sets ((a, b), (b, a), (), ()) order by 1, 2, 3;
select a + 0, count(*) from t group by distinct a + 0, cube (a, b) order by 1, 2;
select a, count(*) from t group by distinct a, a order by 1;
create view v as select a, b, sum(c) from t group by distinct cube (a, b), rollup (b);
select pg_get_viewdef('v'::regclass);
select * from v order by 1, 2, 3;
create table f (a text, b text);
copy f from stdin (format csv, force_null (a, b), force_not_null (b));
"",""
,
x,y
\.
select a is null, b is null, a, b from f;
copy f from stdin (format csv, force_null *, force_not_null *, null 'N');
"N",N
\.
select a is null, b is null, a, b from f;

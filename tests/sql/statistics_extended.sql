-- What ANALYZE gathers for statistics objects, and its forms.
create table t (a int, b int, c text, d numeric, e date, f bool);
insert into t select i % 10, (i % 10) * 2, 'x' || (i % 5), (i % 3)::numeric / 2, date '2020-01-01' + i % 4, i % 2 = 0
from generate_series(1, 1000) i;
insert into t values (null, 5, 'x"y', 7), (null, null, null, null);
create statistics s1 on a, b, c from t;
create statistics s2 on (a + b), c from t;
create statistics s3 on (a * 2) from t;
create statistics s4 (ndistinct) on d, e, f from t;
create statistics s5 (dependencies) on e, f, (upper(c)) from t;
create statistics s6 (mcv) on d, e, f from t;
analyze t (a);
analyze t (b, c);
select stxname, stxdndistinct from pg_statistic_ext e join pg_statistic_ext_data d on e.oid = stxoid order by 1;
analyze t;
select stxname, stxdinherit, stxdndistinct, stxddependencies, stxdmcv is null as no_mcv
from pg_statistic_ext_data d join pg_statistic_ext e on e.oid = stxoid order by 1;
select stxname, m.* from pg_statistic_ext_data d join pg_statistic_ext e on e.oid = stxoid, pg_mcv_list_items(stxdmcv) m
where stxname = 's1' order by 1, 2;
select stxname, m.values, m.nulls, m.frequency, m.base_frequency
from pg_statistic_ext_data d join pg_statistic_ext e on e.oid = stxoid, pg_mcv_list_items(stxdmcv) m
where stxname in ('s2', 's6') order by 1, 2, 3;
select stxname, length(stxdmcv::bytea), length(stxdmcv::text), stxdmcv::bytea
from pg_statistic_ext_data d join pg_statistic_ext e on e.oid = stxoid where stxname = 's1';
select stxname, stxdndistinct::bytea, stxddependencies::bytea, stxdndistinct::text, stxddependencies::text
from pg_statistic_ext_data d join pg_statistic_ext e on e.oid = stxoid order by 1;
select pg_ndistinct_send(stxdndistinct), pg_dependencies_send(stxddependencies)
from pg_statistic_ext_data d join pg_statistic_ext e on e.oid = stxoid where stxname = 's2';
select pg_mcv_list_send(stxdmcv) = stxdmcv::bytea
from pg_statistic_ext_data d join pg_statistic_ext e on e.oid = stxoid where stxname = 's1';
select schemaname, tablename, statistics_schemaname, statistics_name, statistics_owner = current_user, attnames, exprs, kinds,
       inherited, n_distinct, dependencies
from pg_stats_ext order by statistics_name;
select most_common_vals, most_common_val_nulls, most_common_freqs, most_common_base_freqs
from pg_stats_ext where statistics_name = 's1';
select statistics_name, expr, inherited, null_frac, avg_width, n_distinct, most_common_vals, most_common_freqs, histogram_bounds
from pg_stats_ext_exprs where expr <> 'upper(c)' order by 1, 2;
-- the object's own target
alter statistics s1 set statistics 0;
alter statistics s2 set statistics 3;
insert into t values (44, 44, 'z');
analyze t;
select stxname, stxdndistinct, stxddependencies, (select count(*) from pg_mcv_list_items(stxdmcv))
from pg_statistic_ext_data d join pg_statistic_ext e on e.oid = stxoid order by 1;
-- nothing is taken in
select 'a'::pg_ndistinct;
select '{}'::pg_dependencies;
select ''::pg_mcv_list;
select '\x1234'::bytea::pg_ndistinct;
select pg_mcv_list_items(null);
create table kept (x pg_ndistinct, y pg_dependencies, z pg_mcv_list);
insert into kept select stxdndistinct, stxddependencies, stxdmcv
from pg_statistic_ext_data d join pg_statistic_ext e on e.oid = stxoid where stxname = 's1';
select x, y, (select count(*) from pg_mcv_list_items(z)) from kept;
-- what changes with the columns
alter table t alter c type varchar(30);
select stxname, pg_get_statisticsobjdef(stxoid), stxdndistinct
from pg_statistic_ext_data d join pg_statistic_ext e on e.oid = stxoid order by 1;
alter table t alter b type bigint;
select pg_get_statisticsobjdef(oid) from pg_statistic_ext order by 1;
select stxname from pg_statistic_ext_data d join pg_statistic_ext e on e.oid = stxoid order by 1;
analyze t;
select statistics_name, n_distinct from pg_stats_ext order by 1;
alter table t drop column f;
select stxname from pg_statistic_ext order by 1;
drop statistics s2;
select count(*) from pg_statistic_ext_data;
drop table t;
select count(*) from pg_statistic_ext_data;
-- no rows, one row, long values, an error
create table u (a text, b int);
create statistics su on a, b from u;
create statistics sx on (10 / b) from u;
analyze u;
select count(*) from pg_statistic_ext_data;
insert into u select repeat('x', 2000), i from generate_series(1, 5) i;
insert into u select 'short', 1 from generate_series(1, 5);
analyze u;
select stxdndistinct, stxddependencies, (select count(*) from pg_mcv_list_items(stxdmcv))
from pg_statistic_ext_data join pg_statistic_ext e on e.oid = stxoid where stxname = 'su';
insert into u values ('', 0);
analyze u;
-- estimates do not change what is found
create table v (a int, b int, c int);
insert into v select i % 20, i % 20, i % 3 from generate_series(1, 2000) i;
create statistics sv on a, b, c from v;
create statistics sw on (a % 4) from v;
analyze v;
select count(*) from v where a = 1 and b = 1;
select count(*) from v where a = 1 and b = 2;
select count(*) from v where a in (1, 2) and b < 3 and c = 0;
select count(*) from v where (a = 1 or b = 2) and c > 0;
select count(*) from v where a % 4 = 3 and a + b > 20;
select a, b, count(*) from v where c = 1 group by a, b having count(*) > 33 order by a;
prepare p as select count(*) from v where a = $1 and b = $2;
set plan_cache_mode = force_generic_plan;
execute p(3, 3);
execute p(3, 4);

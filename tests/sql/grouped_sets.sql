-- GROUP BY functions that return sets, alone, inside of expressions, beside others; pg_get_expr of all that is stored.
create table t(s text, n int);
insert into t values('a b a', 1), ('c b', 2), ('', 3);
select regexp_split_to_table(s,'\W+') w, count(1) from t group by w order by 1;
select unnest(array[1,1,length(s)]) u, count(*), sum(length(s)) from t group by 1 order by 1;
select generate_series(1,2) g, s, count(*) from t group by g, s order by 1,2;
select generate_series(1,2) g from t group by g having count(*)>1 order by 1;
select generate_series(1,2) g, generate_series(1,3) h, count(*) from t group by 1,2 order by 1,2;
select generate_series(1,2), count(*) from t group by s order by 1,2;
select generate_series(1,count(*)) from t;
select distinct generate_series(1,2), s from t order by 1,2;
select generate_series(1,2)+1 as g, count(*) over () from t group by 1 order by 1;
select generate_series(1,2) g, count(*) from t group by grouping sets ((g),()) order by 1;
select generate_series(1,2) g, n, count(*), grouping(n) from t group by rollup (1, n) order by 1,2,3;
select upper(unnest(string_to_array(s,' '))) u, count(*) from t group by u order by 1;
select upper(unnest(string_to_array(s,' '))) u, count(*) from t group by unnest(string_to_array(s,' ')) order by 1;
select unnest(array[1,2]) u, n from t group by 1, 2 order by 1,2;
select count(*) from t group by unnest(array[1,2]);
select n from t group by n, unnest(array[n,n+5]) order by 1;
select unnest(array[n,7]) u, unnest(array[n,7]) v, count(*) from t group by 1 order by 1,2;
select unnest(array[n,7]) u, generate_series(1,n), count(*) from t group by 1, n order by 1,2,3;
select generate_series(1, unnest(array[1,2])) u, count(*) from t group by 1 order by 1;
select unnest(array[n,7]) u, string_agg(s, ',' order by s), count(distinct s) from t where n > 1 group by 1 order by 2, 1 limit 2;
select * from (select unnest(string_to_array(s,' ')) u, count(*) c from t group by u) x join t on t.n = x.c order by 1, 2;
select n, (select count(*) from (select unnest(array[t.n,2]) v group by 1) q) from t order by 1;
select unnest(array[n,7]) u, rank() over (order by count(*)) from t group by 1 order by 1;
select unnest(array[1,2]) u, count(*) from t where false group by 1;
create view vv as select unnest(string_to_array(s,' ')) u, count(*) from t group by u;
select pg_get_viewdef('vv');
select * from vv order by 1;
drop view vv;

create function f(x int default 3, y text default 'q', z int default 1+2) returns int language sql as 'select 1';
select proname, pg_get_expr(proargdefaults, 0) from pg_proc where proname='f';
select pg_get_expr(proargdefaults, 'pg_proc'::regclass) from pg_proc where proname='f';
drop function f;
select proname, pg_get_expr(proargdefaults, 0) from pg_proc
  where proname in ('parse_ident','jsonb_path_query','json_populate_record','make_interval','pg_terminate_backend','jsonb_set','random_normal')
  order by oid;
select count(pg_get_expr(proargdefaults, 0)) > 20 from pg_proc where pronamespace='pg_catalog'::regnamespace;
select pg_get_expr(ev_action,0) from pg_rewrite limit 1;
create index ti on t(lower(s), (s||'x')) where s<>'';
select pg_get_expr(indexprs,indrelid), pg_get_expr(indpred,indrelid), pg_get_expr(indexprs,indrelid,true) from pg_index where indrelid='t'::regclass;
select pg_get_expr(indpred,0) from pg_index where indrelid='t'::regclass;
create domain dd as int default 5+1;
select pg_get_expr(typdefaultbin,0) from pg_type where typname='dd';
drop domain dd;
drop table t;

select count(*), md5(string_agg(k::text, ',' order by word)) from pg_get_keywords() k;
select * from pg_get_keywords() where word in ('select', 'char', 'left', 'abort', 'year') order by 1;
select pg_typeof(catcode), pg_typeof(barelabel) from pg_get_keywords() limit 1;
select provolatile, proisstrict, procost, prorows, proretset, proallargtypes, proargmodes, proargnames, prorettype::regtype from pg_proc where proname = 'pg_get_keywords';

-- More members than a join may have tables.
\t on
select 'select count(*), sum(a) from (' || string_agg('select ' || i || ' as a', ' union all ' order by i) || ') q' from generate_series(1, 1000) i \gexec
select 'select count(*), sum(a) from (' || string_agg('select ' || i % 50 || ' as a', ' union ' order by i) || ') q' from generate_series(1, 700) i \gexec
select string_agg('select ' || i || ' as a', ' union all ' order by i) || ' order by a desc limit 2' from generate_series(1, 300) i \gexec
select 'select a from (' || string_agg('select ' || i || ' as a', ' union all ' order by i) || ') q where a > 398 order by a' from generate_series(1, 400) i \gexec

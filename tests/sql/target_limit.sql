-- More outputs than a row may have.
\t on
select 'select ' || string_agg(i::text, ',') || ' limit 0' from generate_series(1, 1664) i \gexec
select 'select ' || string_agg(i::text, ',') || ' limit 0' from generate_series(1, 1665) i \gexec
select 'select count(*) from (select ' || string_agg(i::text || ' as c' || i, ',') || ') s' from generate_series(1, 1665) i \gexec
select 'select ' || string_agg('1', ',') || ' union all select ' || string_agg('2', ',') from generate_series(1, 1665) i \gexec

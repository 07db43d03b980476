-- Every aggregate with an inverse, over frames that move: what leaves the frame is taken out of the state again, or the state is made
-- anew where it cannot be (numeric's scale, NaN). A line an aggregate and frame: the values in the order of the rows.
set timezone = 'UTC';
create table moving (part int, i int, small smallint, plain int, big bigint, exact numeric, span interval, cash money, flag bool);
insert into moving
  select 1 + i / 14, i, case when i % 5 = 3 then null else i * 7 % 11 - 5 end, case when i % 6 = 2 then null else i * 1000003 % 2147483647 end,
         case when i % 4 = 1 then null else (i - 9)::bigint * 922337203685477 end,
         case when i in (4, 5) then 'NaN' when i = 9 then 'Infinity' when i = 12 then null when i = 13 then '-Infinity' else round(i * 1.0 / 7, i % 5) end,
         case when i % 7 = 6 then null when i = 11 then interval 'infinity' else make_interval(months => i % 3, days => i - 8, secs => i * 0.25) end,
         case when i % 3 = 2 then null else (i * 1.25)::numeric::money end, case when i % 5 = 4 then null else i % 4 <> 1 end
  from generate_series(1, 26) i;
create table frames (number int, frame text);
insert into frames values (1, 'rows between 2 preceding and current row'), (2, 'rows between 1 preceding and 1 following'),
  (3, 'rows between current row and unbounded following'), (4, 'rows between 3 following and 5 following'),
  (5, 'rows between 4 preceding and 2 preceding'), (6, 'rows between 2 preceding and 2 following exclude current row'),
  (7, 'range between 3 preceding and 1 following exclude ties'), (8, 'groups between 1 preceding and 1 following exclude group');
\set ECHO none
\pset tuples_only on
\pset format unaligned
select format('select %L, string_agg(coalesce(x::text, ''-''), '' '' order by i) from (select i, %s over (partition by part order by i %s) x from moving) y', call || ' ' || number, call, frame)
  from (select p.oid, case when p.pronargs = 0 then 'count(*)' else format('%s(%s)', p.proname, column_name) end as call
        from pg_aggregate a join pg_proc p on p.oid = a.aggfnoid
          left join (values ('smallint'::regtype, 'small'), ('int', 'plain'), ('bigint', 'big'), ('numeric', 'exact'), ('interval', 'span'), ('money', 'cash'), ('boolean', 'flag'), ('"any"', 'small')) c(type, column_name)
            on c.type = p.proargtypes[0]
        where a.aggminvtransfn <> 0) aggregates, frames order by call, number \gexec
\echo -- with FILTER
select string_agg(coalesce(x::text, '-'), ' ' order by i) from (select i, sum(exact) filter (where i % 3 > 0) over (order by i rows between 3 preceding and current row) x from moving where i not in (4, 5, 9, 13)) y;
select string_agg(coalesce(x::text, '-'), ' ' order by i) from (select i, count(plain) filter (where flag) over (partition by part order by i desc rows between 1 preceding and 2 following) x from moving) y;
\echo -- display scales come and go with the rows that have them
select string_agg(x::text, ' ' order by i) from (select i, sum(v) over (order by i rows between 1 preceding and current row) x from (values (1, 1.5), (2, 2.250), (3, 3), (4, 4.0), (5, 5)) t(i, v)) y;
select string_agg(x::text, ' ' order by i) from (select i, avg(v) over (order by i rows between 1 preceding and current row) x from (values (1, 1.5), (2, 2.250), (3, 3), (4, 4.0), (5, 5)) t(i, v)) y;
\echo -- sums that are out of range only for a while
select string_agg(coalesce(x::text, '-'), ' ' order by i) from (select i, sum(v) over (order by i rows between 1 preceding and current row) x from (values (1, 9223372036854775807), (2, 9223372036854775807), (3, -9223372036854775808), (4, null), (5, null)) t(i, v)) y;
select sum(v) over (order by i rows between 1 preceding and current row) from (values (1, interval 'infinity'), (2, interval '-infinity'), (3, interval '1 day')) t(i, v);
select sum(v) over (order by i rows between 1 preceding and current row) from (values (1, '92233720368547758.07'::money), (2, '0.01'::money)) t(i, v);
\echo -- aggregates without an inverse
select string_agg(coalesce(x::text, '-'), ' ' order by i) from (select i, max(plain) over (order by i rows between 2 preceding and 1 preceding) x from moving) y;
select string_agg(coalesce(x::text, '-'), ' ' order by i) from (select i, array_agg(small) over (order by i rows between 1 preceding and 1 following) x from moving where part = 1) y;
select string_agg(coalesce(x::text, '-'), ' ' order by i) from (select i, string_agg(plain::text, ',') over (order by i rows between 1 following and 2 following) x from moving where part = 1) y;
select string_agg(coalesce(x::text, '-'), ' ' order by i) from (select i, sum(v) over (order by i rows between 1 preceding and current row) x from (values (1, float8 'infinity'), (2, 1), (3, 2.5), (4, 'NaN'), (5, 1), (6, 2)) t(i, v)) y;

-- Every aggregate that can combine states: groups made of parts by several tasks, and with little memory, are those made in one piece.
set timezone = 'UTC';
set min_parallel_table_scan_size = 0;
set parallel_setup_cost = 0;
set parallel_tuple_cost = 0;
set max_parallel_workers_per_gather = 3;
create type combined_mood as enum ('low', 'high', 'mid');
create type combined_pair as (a int, b text);
create table combined as
  select i as id, i % 7 as g, case when i % 5 > 0 then (i % 201 - 100)::smallint end as "smallint", case when i % 3 > 0 then i * 7 end as "integer", case when i % 4 > 0 then i * 1000000007::bigint end as "bigint",
    case when i % 6 > 0 then round(i / 7.0, i % 4) end as "numeric", case when i % 6 > 1 then (i % 64)::real / 4 end as "real", case when i % 6 > 2 then (i % 4096)::float8 / 8 end as "double precision",
    case when i % 4 > 1 then make_interval(days => i % 50, secs => i) end as "interval", case when i % 3 > 1 then i::money end as "money", case when i % 9 > 0 then i % 7 > 2 end as "boolean",
    case when i % 8 > 0 then ((i % 16)::bit(4)) end as "bit", case when i % 8 > 2 then ('\x' || to_hex(i % 200 + 16))::bytea end as "bytea", case when i % 8 > 3 then 'n' || i % 50 end as "text",
    case when i % 5 > 1 then ('n' || i % 50)::bpchar end as "character", date '2020-01-01' + i % 400 as "date", time '00:00' + i * interval '1 s' as "time without time zone", (time '00:00' + i * interval '1 s')::text::timetz as "time with time zone",
    timestamp '2020-01-01' + i * interval '1 h' as "timestamp without time zone", timestamptz '2020-01-01' - i * interval '1 h' as "timestamp with time zone",
    (10::text || '.0.' || i % 200 || '.1')::inet as "inet", i::oid as "oid", ('0/' || to_hex(i))::pg_lsn as "pg_lsn", format('(%s,1)', i)::tid as "tid", i::text::xid8 as "xid8",
    (array['low', 'high', 'mid']::combined_mood[])[1 + i % 3] as "anyenum", array[i % 5, i % 3] as "anyarray", row(i % 5, 'x' || i % 4)::combined_pair as "record",
    int4range(-i, 5000 + i) as "anyrange", int4multirange(int4range(-i, 10), int4range(20, 90 + i)) as "anymultirange", i % 100 as "anyelement", i % 99 as "anynonarray", i % 98 as "any"
  from generate_series(1, 6000) i;
analyze combined;
\set ECHO none
\pset tuples_only on
\pset format unaligned
-- The order of rows is not that of the parts: of what depends on it, the size is shown.
create temp table calls as
  select case when proname in ('array_agg', 'string_agg', 'any_value') then format(case proname when 'array_agg' then 'array_length(%s, 1)' when 'string_agg' then 'length(%s)' else '(%s) is not null' end, call)
              when p.prorettype = 'float8'::regtype then format('round((%s)::numeric, 6)', call) else call end as call
  from pg_aggregate a join pg_proc p on p.oid = a.aggfnoid,
    lateral (select format('%s(%s)', p.proname, case when p.pronargs = 0 then '*' else string_agg(case when position = 2 and p.proname = 'string_agg' then case type when 'text'::regtype then ''', ''' else '''\x2c''' end
               else quote_ident(case when position = 2 then 'real' when type = '"any"'::regtype then 'any' else type::regtype::text end) end, ', ' order by position) end) as call
             from unnest(p.proargtypes::oid[]) with ordinality t(type, position)) c
  where a.aggcombinefn <> 0;
select format('select %L, string_agg(coalesce(x::text, ''-''), '' '' order by g) from (select g, %s x from combined group by g) y', call, call) from calls order by call \gexec
\echo -- all rows, no rows
select format('select %L, %s, (select %s from combined where id < 0) is null from combined', call, call, call) from calls order by call \gexec
set work_mem = '64kB';
\echo -- many groups
select format('select %L, count(*), count(distinct x::text) from (select id %% 2500, %s x from combined group by 1) y', call, call) from calls where call not like '%any_value%' order by call \gexec
drop table combined;
drop type combined_mood, combined_pair;

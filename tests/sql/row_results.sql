-- Functions with OUT arguments give a row as a value too, with its names; pg_column_size; what collations the system has.
select pg_input_error_info('a', 'int4');
select (pg_input_error_info('a', 'int4')).*;
select (pg_input_error_info(v, 'int2')).message, (pg_input_error_info(v, 'int2')).sql_error_code from (values ('1'), ('x'), (null), ('70000')) t(v);
select pg_input_error_info('1', 'int4') is null, pg_input_error_info(null, 'int4') is null, pg_typeof(pg_input_error_info('1', 'int4'));
select row_to_json(pg_input_error_info('{1', 'int4[]')), to_jsonb(pg_input_error_info('a', 'bool')) -> 'message';
select count(*) from (values ('1'), ('x'), ('y')) t(v) where (pg_input_error_info(v, 'int4')).message is null;
create sequence row_results increment 5 cycle;
select pg_sequence_parameters('row_results'::regclass), (pg_sequence_parameters('row_results'::regclass)).increment;
select json_to_record('{"a":1}');
select jsonb_to_record(null);
drop sequence row_results;
select pg_column_size(1), pg_column_size(1::int8), pg_column_size('abc'::text), pg_column_size(null::int), pg_column_size('abc'), pg_column_size('{"a":1}'::json), pg_column_size(now()), pg_column_size('abc'::name),
    pg_column_size('a'::"char"), pg_column_size(true), pg_column_size(''::bytea), pg_column_size('1.2.3.4'::inet), pg_column_size('101'::bit(3));
select pg_import_system_collations('pg_catalog');
select pg_import_system_collations(12345);
begin;
create schema row_collations;
select pg_import_system_collations('row_collations') > 100, pg_import_system_collations('row_collations');
select collname, collowner::regrole, collisdeterministic, collencoding, colllocale, collversion is not null as v, obj_description(oid, 'pg_collation'), (select count(*) from pg_depend where objid = c.oid) as depends
  from pg_collation c where collnamespace = 'row_collations'::regnamespace and collname in ('de-DE-x-icu', 'und-x-icu') order by 1;
select 'a' < 'B' collate row_collations."de-DE-x-icu";
rollback;
create role row_reader;
set role row_reader;
select pg_import_system_collations('pg_catalog');
reset role;
drop role row_reader;

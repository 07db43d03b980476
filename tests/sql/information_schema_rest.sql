-- What information_schema has besides its views of tables: triggers, and what it says of the implementation.
select table_name, column_name, ordinal_position, data_type, domain_name, column_default, is_nullable
  from information_schema.columns where table_schema = 'information_schema'
  and table_name in ('triggers', 'triggered_update_columns', 'sql_sizing', 'sql_parts', 'sql_implementation_info')
  order by 1, 3;
select relname, relkind, relacl from pg_class where relnamespace = 'information_schema'::regnamespace
  and relname in ('triggers', 'triggered_update_columns', 'sql_sizing', 'sql_parts', 'sql_implementation_info') order by 1;
select count(*) from information_schema.triggers where trigger_schema = current_schema;
select count(*) from information_schema.triggered_update_columns where trigger_schema = current_schema;
table information_schema.sql_sizing;
table information_schema.sql_parts;
table information_schema.sql_implementation_info;
create role info_reader;
set role info_reader;
select count(*) from information_schema.sql_sizing;
select count(*) from information_schema.sql_parts;
select count(*) from information_schema.sql_implementation_info;
insert into information_schema.sql_sizing values (1);
reset role;
drop role info_reader;

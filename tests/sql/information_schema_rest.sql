-- What information_schema has besides its views of tables: triggers, and what it says of the implementation.
select table_name, column_name, ordinal_position, data_type, domain_name, column_default, is_nullable
  from information_schema.columns where table_schema = 'information_schema'
  and table_name in ('triggers', 'triggered_update_columns', 'sql_sizing', 'sql_parts', 'sql_implementation_info', 'sql_features')
  order by 1, 3;
select relname, relkind, relacl from pg_class where relnamespace = 'information_schema'::regnamespace
  and relname in ('triggers', 'triggered_update_columns', 'sql_sizing', 'sql_parts', 'sql_implementation_info', 'sql_features') order by 1;
select count(*) from information_schema.triggers where trigger_schema = current_schema;
select count(*) from information_schema.triggered_update_columns where trigger_schema = current_schema;
table information_schema.sql_sizing;
table information_schema.sql_parts;
table information_schema.sql_implementation_info;
-- What is claimed differs; what features the standard has does not.
select feature_id, feature_name, sub_feature_id, sub_feature_name, is_verified_by from information_schema.sql_features
  where feature_id like 'E0%' order by 1, 3;
select count(*), count(distinct feature_id), count(is_verified_by), count(comments),
  count(*) filter (where is_supported in ('YES', 'NO')) from information_schema.sql_features;
select left(feature_id, 1), count(*), min(feature_name), max(feature_name) from information_schema.sql_features group by 1 order by 1;
select is_supported from information_schema.sql_features where feature_id in ('F041', 'T131', 'T611', 'F312') order by 1;
create role info_reader;
set role info_reader;
select count(*) from information_schema.sql_sizing;
select count(*) from information_schema.sql_parts;
select count(*) from information_schema.sql_implementation_info;
select count(*) from information_schema.sql_features;
insert into information_schema.sql_sizing values (1);
reset role;
drop role info_reader;

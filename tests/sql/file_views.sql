-- views over the server's files and memory: their columns, who may read them, and what holds of any server
select c.relname, a.attname, format_type(a.atttypid, a.atttypmod) from pg_class c join pg_attribute a on a.attrelid = c.oid
where c.relnamespace = 'pg_catalog'::regnamespace and a.attnum > 0 and c.relname in
  ('pg_file_settings', 'pg_hba_file_rules', 'pg_ident_file_mappings', 'pg_config', 'pg_shmem_allocations', 'pg_shmem_allocations_numa',
   'pg_backend_memory_contexts', 'pg_aios', 'pg_stat_progress_create_index', 'pg_stat_progress_analyze', 'pg_stat_progress_cluster',
   'pg_stat_progress_copy', 'pg_stat_recovery_prefetch')
order by 1, a.attnum;
select relname, relacl from pg_class where relnamespace = 'pg_catalog'::regnamespace and relname in
  ('pg_file_settings', 'pg_hba_file_rules', 'pg_ident_file_mappings', 'pg_config', 'pg_shmem_allocations', 'pg_shmem_allocations_numa',
   'pg_backend_memory_contexts', 'pg_aios', 'pg_stat_progress_create_index', 'pg_stat_recovery_prefetch') order by 1;
select name from pg_config;
select setting like 'PostgreSQL 18%' from pg_config where name = 'VERSION';
select count(*) from pg_stat_progress_create_index, pg_stat_progress_analyze, pg_stat_progress_cluster, pg_stat_progress_copy;
select level, path, used_bytes > 0, total_bytes >= used_bytes from pg_backend_memory_contexts where level = 1;
select count(*), bool_and(stats_reset < now()) from pg_stat_recovery_prefetch;
select count(*) > 0 from pg_hba_file_rules where error is null;
select count(*) from pg_ident_file_mappings;
select count(*) > 0, bool_and(sourceline > 0), min(seqno) from pg_file_settings;
select count(*) from pg_file_settings f join pg_settings s using (name) where f.applied and f.error is not null;
create role file_views_u;
set role file_views_u;
select count(*) from pg_hba_file_rules;
select count(*) from pg_file_settings();
select count(*) from pg_show_all_file_settings();
select count(*) from pg_hba_file_rules();
select count(*) from pg_ident_file_mappings();
select count(*) from pg_config();
select count(*) from pg_aios;
select count(*) from pg_get_backend_memory_contexts();
select count(*) >= 0 from pg_stat_progress_copy;
reset role;
grant pg_read_all_stats to file_views_u;
set role file_views_u;
select count(*) > 0 from pg_backend_memory_contexts;
select count(*) >= 0 from pg_aios;
select count(*) from pg_hba_file_rules;
reset role;
drop role file_views_u;

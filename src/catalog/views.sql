-- The system views of pg_catalog and information_schema, and the tables of the latter, made in template1 when a cluster
-- is. Names, columns and types are PostgreSQL 18's; the definitions are our own. tools/gen_views.py makes catalog_views.c of this file: it leaves out a
-- view that calls a function not built yet, or reads a view left out, so that views come by themselves when functions do.
-- One statement ends with a semicolon at the end of a line. `-- secret`: PUBLIC may not read it.

CREATE VIEW pg_catalog.pg_roles AS
SELECT r.rolname, r.rolsuper, r.rolinherit, r.rolcreaterole, r.rolcreatedb, r.rolcanlogin, r.rolreplication,
       r.rolconnlimit, '********'::text AS rolpassword, r.rolvaliduntil, r.rolbypassrls, s.setconfig AS rolconfig, r.oid
FROM pg_catalog.pg_authid r
     LEFT JOIN pg_catalog.pg_db_role_setting s ON s.setrole = r.oid AND s.setdatabase = 0;

-- secret
CREATE VIEW pg_catalog.pg_shadow AS
SELECT r.rolname AS usename, r.oid AS usesysid, r.rolcreatedb AS usecreatedb, r.rolsuper AS usesuper,
       r.rolreplication AS userepl, r.rolbypassrls AS usebypassrls, r.rolpassword AS passwd,
       r.rolvaliduntil AS valuntil, s.setconfig AS useconfig
FROM pg_catalog.pg_authid r
     LEFT JOIN pg_catalog.pg_db_role_setting s ON s.setrole = r.oid AND s.setdatabase = 0
WHERE r.rolcanlogin;

CREATE VIEW pg_catalog.pg_group AS
SELECT r.rolname AS groname, r.oid AS grosysid,
       ARRAY(SELECT m.member FROM pg_catalog.pg_auth_members m WHERE m.roleid = r.oid) AS grolist
FROM pg_catalog.pg_authid r
WHERE NOT r.rolcanlogin;

CREATE VIEW pg_catalog.pg_user AS
SELECT usename, usesysid, usecreatedb, usesuper, userepl, usebypassrls, '********'::text AS passwd, valuntil, useconfig
FROM pg_catalog.pg_shadow;

CREATE VIEW pg_catalog.pg_tables AS
SELECT n.nspname AS schemaname, c.relname AS tablename, pg_catalog.pg_get_userbyid(c.relowner) AS tableowner,
       t.spcname AS tablespace, c.relhasindex AS hasindexes, c.relhasrules AS hasrules,
       c.relhastriggers AS hastriggers, c.relrowsecurity AS rowsecurity
FROM pg_catalog.pg_class c
     LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     LEFT JOIN pg_catalog.pg_tablespace t ON t.oid = c.reltablespace
WHERE c.relkind IN ('r', 'p');

CREATE VIEW pg_catalog.pg_views AS
SELECT n.nspname AS schemaname, c.relname AS viewname, pg_catalog.pg_get_userbyid(c.relowner) AS viewowner,
       pg_catalog.pg_get_viewdef(c.oid) AS definition
FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'v';

CREATE VIEW pg_catalog.pg_matviews AS
SELECT n.nspname AS schemaname, c.relname AS matviewname, pg_catalog.pg_get_userbyid(c.relowner) AS matviewowner,
       t.spcname AS tablespace, c.relhasindex AS hasindexes, c.relispopulated AS ispopulated,
       pg_catalog.pg_get_viewdef(c.oid) AS definition
FROM pg_catalog.pg_class c
     LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     LEFT JOIN pg_catalog.pg_tablespace t ON t.oid = c.reltablespace
WHERE c.relkind = 'm';

CREATE VIEW pg_catalog.pg_indexes AS
SELECT n.nspname AS schemaname, c.relname AS tablename, i.relname AS indexname, t.spcname AS tablespace,
       pg_catalog.pg_get_indexdef(i.oid) AS indexdef
FROM pg_catalog.pg_index x
     JOIN pg_catalog.pg_class c ON c.oid = x.indrelid
     JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid
     LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     LEFT JOIN pg_catalog.pg_tablespace t ON t.oid = i.reltablespace
WHERE c.relkind IN ('r', 'm', 'p') AND i.relkind IN ('i', 'I');

CREATE VIEW pg_catalog.pg_rules AS
SELECT n.nspname AS schemaname, c.relname AS tablename, r.rulename, pg_catalog.pg_get_ruledef(r.oid) AS definition
FROM pg_catalog.pg_rewrite r
     JOIN pg_catalog.pg_class c ON c.oid = r.ev_class
     LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE r.rulename <> '_RETURN';

CREATE VIEW pg_catalog.pg_policies AS
SELECT n.nspname AS schemaname, c.relname AS tablename, p.polname AS policyname,
       CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END AS permissive,
       CASE WHEN p.polroles = '{0}' THEN '{public}'::name[]
            ELSE ARRAY(SELECT a.rolname FROM pg_catalog.pg_authid a WHERE a.oid = ANY (p.polroles) ORDER BY a.rolname)
       END AS roles,
       CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE'
                     WHEN '*' THEN 'ALL' END AS cmd,
       pg_catalog.pg_get_expr(p.polqual, p.polrelid) AS qual,
       pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) AS with_check
FROM pg_catalog.pg_policy p
     JOIN pg_catalog.pg_class c ON c.oid = p.polrelid
     LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace;

CREATE VIEW pg_catalog.pg_sequences AS
SELECT n.nspname AS schemaname, c.relname AS sequencename, pg_catalog.pg_get_userbyid(c.relowner) AS sequenceowner,
       s.seqtypid::regtype AS data_type, s.seqstart AS start_value, s.seqmin AS min_value, s.seqmax AS max_value,
       s.seqincrement AS increment_by, s.seqcycle AS cycle, s.seqcache AS cache_size,
       pg_catalog.pg_sequence_last_value(c.oid) AS last_value
FROM pg_catalog.pg_sequence s
     JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid
     LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'S' AND NOT pg_catalog.pg_is_other_temp_schema(n.oid);

CREATE VIEW pg_catalog.pg_settings AS
SELECT s.name, s.setting, s.unit, s.category, s.short_desc, s.extra_desc, s.context, s.vartype, s.source, s.min_val,
       s.max_val, s.enumvals, s.boot_val, s.reset_val, s.sourcefile, s.sourceline, s.pending_restart
FROM pg_catalog.pg_show_all_settings() s;

CREATE VIEW pg_catalog.pg_locks AS
SELECT l.locktype, l.database, l.relation, l.page, l.tuple, l.virtualxid, l.transactionid, l.classid, l.objid, l.objsubid,
       l.virtualtransaction, l.pid, l.mode, l.granted, l.fastpath, l.waitstart
FROM pg_catalog.pg_lock_status() l;

CREATE VIEW pg_catalog.pg_cursors AS
SELECT c.name, c.statement, c.is_holdable, c.is_binary, c.is_scrollable, c.creation_time FROM pg_catalog.pg_cursor() c;

CREATE VIEW pg_catalog.pg_prepared_statements AS
SELECT p.name, p.statement, p.prepare_time, p.parameter_types, p.result_types, p.from_sql, p.generic_plans,
       p.custom_plans
FROM pg_catalog.pg_prepared_statement() p;

CREATE VIEW pg_catalog.pg_prepared_xacts AS
SELECT p.transaction, p.gid, p.prepared, r.rolname AS owner, d.datname AS database
FROM pg_catalog.pg_prepared_xact() p
     LEFT JOIN pg_catalog.pg_authid r ON r.oid = p.ownerid
     LEFT JOIN pg_catalog.pg_database d ON d.oid = p.dbid;

-- secret
CREATE VIEW pg_catalog.pg_file_settings AS
SELECT f.sourcefile, f.sourceline, f.seqno, f.name, f.setting, f.applied, f.error
FROM pg_catalog.pg_show_all_file_settings() f;

-- secret
CREATE VIEW pg_catalog.pg_hba_file_rules AS
SELECT h.rule_number, h.file_name, h.line_number, h.type, h.database, h.user_name, h.address, h.netmask, h.auth_method,
       h.options, h.error
FROM pg_catalog.pg_hba_file_rules() h;

-- secret
CREATE VIEW pg_catalog.pg_ident_file_mappings AS
SELECT m.map_number, m.file_name, m.line_number, m.map_name, m.sys_name, m.pg_username, m.error
FROM pg_catalog.pg_ident_file_mappings() m;

-- secret
CREATE VIEW pg_catalog.pg_config AS
SELECT c.name, c.setting FROM pg_catalog.pg_config() c;

-- secret
CREATE VIEW pg_catalog.pg_shmem_allocations AS
SELECT a.name, a.off, a.size, a.allocated_size FROM pg_catalog.pg_get_shmem_allocations() a;

-- secret
CREATE VIEW pg_catalog.pg_shmem_allocations_numa AS
SELECT a.name, a.numa_node, a.size FROM pg_catalog.pg_get_shmem_allocations_numa() a;

-- secret
CREATE VIEW pg_catalog.pg_backend_memory_contexts AS
SELECT m.name, m.ident, m.type, m.level, m.path, m.total_bytes, m.total_nblocks, m.free_bytes, m.free_chunks, m.used_bytes
FROM pg_catalog.pg_get_backend_memory_contexts() m;

-- secret
CREATE VIEW pg_catalog.pg_aios AS
SELECT a.pid, a.io_id, a.io_generation, a.state, a.operation, a.off, a.length, a.target, a.handle_data_len, a.raw_result,
       a.result, a.target_desc, a.f_sync, a.f_localmem, a.f_buffered
FROM pg_catalog.pg_get_aios() a;

CREATE VIEW pg_catalog.pg_stat_recovery_prefetch AS
SELECT r.stats_reset, r.prefetch, r.hit, r.skip_init, r.skip_new, r.skip_fpw, r.skip_rep, r.wal_distance, r.block_distance,
       r.io_depth
FROM pg_catalog.pg_stat_get_recovery_prefetch() r;

GRANT SELECT ON pg_catalog.pg_shmem_allocations TO pg_read_all_stats;
GRANT SELECT ON pg_catalog.pg_shmem_allocations_numa TO pg_read_all_stats;
GRANT SELECT ON pg_catalog.pg_backend_memory_contexts TO pg_read_all_stats;
GRANT SELECT ON pg_catalog.pg_aios TO pg_read_all_stats;

CREATE VIEW pg_catalog.pg_timezone_names AS
SELECT z.name, z.abbrev, z.utc_offset, z.is_dst FROM pg_catalog.pg_timezone_names() z;

-- What the zone in force says goes before the table.
CREATE VIEW pg_catalog.pg_timezone_abbrevs AS
SELECT z.abbrev, z.utc_offset, z.is_dst FROM pg_catalog.pg_timezone_abbrevs_zone() z
UNION ALL
SELECT a.abbrev, a.utc_offset, a.is_dst FROM pg_catalog.pg_timezone_abbrevs_abbrevs() a
WHERE NOT EXISTS (SELECT 1 FROM pg_catalog.pg_timezone_abbrevs_zone() z WHERE z.abbrev = a.abbrev)
ORDER BY 1;

CREATE VIEW pg_catalog.pg_available_extensions AS
SELECT a.name, a.default_version, e.extversion AS installed_version, a.comment
FROM pg_catalog.pg_available_extensions() a LEFT JOIN pg_catalog.pg_extension e ON e.extname = a.name;

CREATE VIEW pg_catalog.pg_available_extension_versions AS
SELECT a.name, a.version, e.extname IS NOT NULL AS installed, a.superuser, a.trusted, a.relocatable, a.schema,
       a.requires, a.comment
FROM pg_catalog.pg_available_extension_versions() a
     LEFT JOIN pg_catalog.pg_extension e ON e.extname = a.name AND e.extversion = a.version;

CREATE VIEW pg_catalog.pg_stat_activity AS
SELECT s.datid, d.datname, s.pid, s.leader_pid, s.usesysid, r.rolname AS usename, s.application_name, s.client_addr,
       s.client_hostname, s.client_port, s.backend_start, s.xact_start, s.query_start, s.state_change,
       s.wait_event_type, s.wait_event, s.state, s.backend_xid, s.backend_xmin, s.query_id, s.query, s.backend_type
FROM pg_catalog.pg_stat_get_activity(NULL) s
     LEFT JOIN pg_catalog.pg_database d ON d.oid = s.datid
     LEFT JOIN pg_catalog.pg_authid r ON r.oid = s.usesysid;

CREATE VIEW pg_catalog.pg_stat_ssl AS
SELECT s.pid, s.ssl, s.sslversion AS version, s.sslcipher AS cipher, s.sslbits AS bits, s.ssl_client_dn AS client_dn,
       s.ssl_client_serial AS client_serial, s.ssl_issuer_dn AS issuer_dn
FROM pg_catalog.pg_stat_get_activity(NULL) s
WHERE s.client_port IS NOT NULL;

CREATE VIEW pg_catalog.pg_stat_gssapi AS
SELECT s.pid, s.gss_auth AS gss_authenticated, s.gss_princ AS principal, s.gss_enc AS encrypted,
       s.gss_delegation AS credentials_delegated
FROM pg_catalog.pg_stat_get_activity(NULL) s
WHERE s.client_port IS NOT NULL;

CREATE VIEW pg_catalog.pg_stat_database AS
SELECT d.oid AS datid, d.datname, pg_catalog.pg_stat_get_db_numbackends(d.oid) AS numbackends,
       pg_catalog.pg_stat_get_db_xact_commit(d.oid) AS xact_commit,
       pg_catalog.pg_stat_get_db_xact_rollback(d.oid) AS xact_rollback,
       NULL::bigint AS blks_read, NULL::bigint AS blks_hit,
       pg_catalog.pg_stat_get_db_tuples_returned(d.oid) AS tup_returned,
       pg_catalog.pg_stat_get_db_tuples_fetched(d.oid) AS tup_fetched,
       pg_catalog.pg_stat_get_db_tuples_inserted(d.oid) AS tup_inserted,
       pg_catalog.pg_stat_get_db_tuples_updated(d.oid) AS tup_updated,
       pg_catalog.pg_stat_get_db_tuples_deleted(d.oid) AS tup_deleted, 0::bigint AS conflicts,
       NULL::bigint AS temp_files, NULL::bigint AS temp_bytes, NULL::bigint AS deadlocks,
       NULL::bigint AS checksum_failures, NULL::timestamp with time zone AS checksum_last_failure,
       NULL::double precision AS blk_read_time, NULL::double precision AS blk_write_time,
       pg_catalog.pg_stat_get_db_session_time(d.oid) AS session_time,
       pg_catalog.pg_stat_get_db_active_time(d.oid) AS active_time,
       pg_catalog.pg_stat_get_db_idle_in_transaction_time(d.oid) AS idle_in_transaction_time,
       pg_catalog.pg_stat_get_db_sessions(d.oid) AS sessions, NULL::bigint AS sessions_abandoned,
       NULL::bigint AS sessions_fatal, pg_catalog.pg_stat_get_db_sessions_killed(d.oid) AS sessions_killed,
       0::bigint AS parallel_workers_to_launch, 0::bigint AS parallel_workers_launched,
       pg_catalog.pg_stat_get_db_stat_reset_time(d.oid) AS stats_reset
FROM pg_catalog.pg_database d;

CREATE VIEW pg_catalog.pg_stat_database_conflicts AS
SELECT d.oid AS datid, d.datname, 0::bigint AS confl_tablespace, 0::bigint AS confl_lock, 0::bigint AS confl_snapshot,
       0::bigint AS confl_bufferpin, 0::bigint AS confl_deadlock, 0::bigint AS confl_active_logicalslot
FROM pg_catalog.pg_database d;

CREATE VIEW pg_catalog.pg_wait_events AS
SELECT type, name, description FROM pg_catalog.pg_get_wait_events();

CREATE VIEW pg_catalog.pg_replication_slots AS
SELECT s.slot_name, s.plugin, s.slot_type, s.datoid, d.datname AS database, s.temporary, s.active, s.active_pid, s.xmin,
       s.catalog_xmin, s.restart_lsn, s.confirmed_flush_lsn, s.wal_status, s.safe_wal_size, s.two_phase, s.two_phase_at,
       s.inactive_since, s.conflicting, s.invalidation_reason, s.failover, s.synced
FROM pg_catalog.pg_get_replication_slots() s LEFT JOIN pg_catalog.pg_database d ON d.oid = s.datoid;

-- Nothing is counted of slots, subscriptions and origins, since there can be none.
CREATE VIEW pg_catalog.pg_stat_replication_slots AS
SELECT s.slot_name::text, NULL::bigint AS spill_txns, NULL::bigint AS spill_count, NULL::bigint AS spill_bytes,
       NULL::bigint AS stream_txns, NULL::bigint AS stream_count, NULL::bigint AS stream_bytes,
       NULL::bigint AS total_txns, NULL::bigint AS total_bytes, NULL::timestamp with time zone AS stats_reset
FROM pg_catalog.pg_get_replication_slots() s;

-- secret
CREATE VIEW pg_catalog.pg_replication_origin_status AS
SELECT o.roident AS local_id, o.roname AS external_id, NULL::pg_lsn AS remote_lsn, NULL::pg_lsn AS local_lsn
FROM pg_catalog.pg_replication_origin o;

CREATE VIEW pg_catalog.pg_stat_subscription AS
SELECT s.oid AS subid, s.subname, NULL::text AS worker_type, NULL::integer AS pid, NULL::integer AS leader_pid,
       NULL::oid AS relid, NULL::pg_lsn AS received_lsn, NULL::timestamp with time zone AS last_msg_send_time,
       NULL::timestamp with time zone AS last_msg_receipt_time, NULL::pg_lsn AS latest_end_lsn,
       NULL::timestamp with time zone AS latest_end_time
FROM pg_catalog.pg_subscription s;

CREATE VIEW pg_catalog.pg_stat_subscription_stats AS
SELECT s.oid AS subid, s.subname, NULL::bigint AS apply_error_count, NULL::bigint AS sync_error_count,
       NULL::bigint AS confl_insert_exists, NULL::bigint AS confl_update_origin_differs,
       NULL::bigint AS confl_update_exists, NULL::bigint AS confl_update_missing,
       NULL::bigint AS confl_delete_origin_differs, NULL::bigint AS confl_delete_missing,
       NULL::bigint AS confl_multiple_unique_conflicts, NULL::timestamp with time zone AS stats_reset
FROM pg_catalog.pg_subscription s;

CREATE VIEW pg_catalog.pg_publication_tables AS
SELECT p.pubname, n.nspname AS schemaname, c.relname AS tablename,
       ARRAY(SELECT a.attname FROM pg_catalog.pg_attribute a
             WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                   AND (r.prattrs IS NULL OR a.attnum = ANY (r.prattrs)) ORDER BY a.attnum) AS attnames,
       pg_catalog.pg_get_expr(r.prqual, r.prrelid) AS rowfilter
FROM pg_catalog.pg_publication p
     JOIN pg_catalog.pg_publication_rel r ON r.prpubid = p.oid
     JOIN pg_catalog.pg_class c ON c.oid = r.prrelid
     JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace;

CREATE VIEW pg_catalog.pg_stat_progress_vacuum AS
SELECT s.pid, s.datid, d.datname, s.relid,
       CASE s.param1 WHEN 0 THEN 'initializing' WHEN 1 THEN 'scanning heap' WHEN 2 THEN 'vacuuming indexes'
                     WHEN 3 THEN 'vacuuming heap' WHEN 4 THEN 'cleaning up indexes' WHEN 5 THEN 'truncating heap'
                     WHEN 6 THEN 'performing final cleanup' END AS phase,
       s.param2 AS heap_blks_total, s.param3 AS heap_blks_scanned, s.param4 AS heap_blks_vacuumed,
       s.param5 AS index_vacuum_count, s.param6 AS max_dead_tuple_bytes, s.param7 AS dead_tuple_bytes,
       s.param8 AS num_dead_item_ids, s.param9 AS indexes_total, s.param10 AS indexes_processed,
       s.param11::double precision / 1000000 AS delay_time
FROM pg_catalog.pg_stat_get_progress_info('VACUUM') s LEFT JOIN pg_catalog.pg_database d ON d.oid = s.datid;

CREATE VIEW pg_catalog.pg_stat_progress_analyze AS
SELECT s.pid, s.datid, d.datname, s.relid,
       CASE s.param1 WHEN 0 THEN 'initializing' WHEN 1 THEN 'acquiring sample rows'
                     WHEN 2 THEN 'acquiring inherited sample rows' WHEN 3 THEN 'computing statistics'
                     WHEN 4 THEN 'computing extended statistics' WHEN 5 THEN 'finalizing analyze' END AS phase,
       s.param2 AS sample_blks_total, s.param3 AS sample_blks_scanned, s.param4 AS ext_stats_total,
       s.param5 AS ext_stats_computed, s.param6 AS child_tables_total, s.param7 AS child_tables_done,
       s.param8::oid AS current_child_table_relid, s.param9::double precision / 1000000 AS delay_time
FROM pg_catalog.pg_stat_get_progress_info('ANALYZE') s LEFT JOIN pg_catalog.pg_database d ON d.oid = s.datid;

CREATE VIEW pg_catalog.pg_stat_progress_cluster AS
SELECT s.pid, s.datid, d.datname, s.relid, CASE s.param1 WHEN 1 THEN 'CLUSTER' WHEN 2 THEN 'VACUUM FULL' END AS command,
       CASE s.param2 WHEN 0 THEN 'initializing' WHEN 1 THEN 'seq scanning heap' WHEN 2 THEN 'index scanning heap'
                     WHEN 3 THEN 'sorting tuples' WHEN 4 THEN 'writing new heap' WHEN 5 THEN 'swapping relation files'
                     WHEN 6 THEN 'rebuilding index' WHEN 7 THEN 'performing final cleanup' END AS phase,
       s.param3::oid AS cluster_index_relid, s.param4 AS heap_tuples_scanned, s.param5 AS heap_tuples_written,
       s.param6 AS heap_blks_total, s.param7 AS heap_blks_scanned, s.param8 AS index_rebuild_count
FROM pg_catalog.pg_stat_get_progress_info('CLUSTER') s LEFT JOIN pg_catalog.pg_database d ON d.oid = s.datid;

CREATE VIEW pg_catalog.pg_stat_progress_create_index AS
SELECT s.pid, s.datid, d.datname, s.relid, s.param7::oid AS index_relid,
       CASE s.param1 WHEN 1 THEN 'CREATE INDEX' WHEN 2 THEN 'CREATE INDEX CONCURRENTLY' WHEN 3 THEN 'REINDEX'
                     WHEN 4 THEN 'REINDEX CONCURRENTLY' END AS command,
       CASE s.param10 WHEN 0 THEN 'initializing' WHEN 1 THEN 'waiting for writers before build'
                      WHEN 2 THEN 'building index' WHEN 3 THEN 'waiting for writers before validation'
                      WHEN 4 THEN 'index validation: scanning index' WHEN 5 THEN 'index validation: sorting tuples'
                      WHEN 6 THEN 'index validation: scanning table' WHEN 7 THEN 'waiting for old snapshots'
                      WHEN 8 THEN 'waiting for readers before marking dead'
                      WHEN 9 THEN 'waiting for readers before dropping' END AS phase,
       s.param4 AS lockers_total, s.param5 AS lockers_done, s.param6 AS current_locker_pid, s.param16 AS blocks_total,
       s.param17 AS blocks_done, s.param12 AS tuples_total, s.param13 AS tuples_done, s.param14 AS partitions_total,
       s.param15 AS partitions_done
FROM pg_catalog.pg_stat_get_progress_info('CREATE INDEX') s LEFT JOIN pg_catalog.pg_database d ON d.oid = s.datid;

CREATE VIEW pg_catalog.pg_stat_progress_copy AS
SELECT s.pid, s.datid, d.datname, s.relid, CASE s.param5 WHEN 1 THEN 'COPY FROM' WHEN 2 THEN 'COPY TO' END AS command,
       CASE s.param6 WHEN 1 THEN 'FILE' WHEN 2 THEN 'PROGRAM' WHEN 3 THEN 'PIPE' WHEN 4 THEN 'CALLBACK' END AS type,
       s.param1 AS bytes_processed, s.param2 AS bytes_total, s.param3 AS tuples_processed, s.param4 AS tuples_excluded,
       s.param7 AS tuples_skipped
FROM pg_catalog.pg_stat_get_progress_info('COPY') s LEFT JOIN pg_catalog.pg_database d ON d.oid = s.datid;

CREATE VIEW pg_catalog.pg_stat_progress_basebackup AS
SELECT s.pid,
       CASE s.param1 WHEN 0 THEN 'initializing' WHEN 1 THEN 'waiting for checkpoint to finish'
                     WHEN 2 THEN 'estimating backup size' WHEN 3 THEN 'streaming database files'
                     WHEN 4 THEN 'waiting for wal archiving to finish' WHEN 5 THEN 'transferring wal files' END AS phase,
       s.param2 AS backup_total, s.param3 AS backup_streamed, s.param4 AS tablespaces_total,
       s.param5 AS tablespaces_streamed
FROM pg_catalog.pg_stat_get_progress_info('BASEBACKUP') s;

CREATE VIEW pg_catalog.pg_stat_all_tables AS
SELECT c.oid AS relid, n.nspname AS schemaname, c.relname,
       pg_catalog.pg_stat_get_numscans(c.oid) AS seq_scan, pg_catalog.pg_stat_get_lastscan(c.oid) AS last_seq_scan,
       pg_catalog.pg_stat_get_tuples_returned(c.oid) AS seq_tup_read,
       sum(pg_catalog.pg_stat_get_numscans(i.indexrelid))::bigint AS idx_scan,
       max(pg_catalog.pg_stat_get_lastscan(i.indexrelid)) AS last_idx_scan,
       sum(pg_catalog.pg_stat_get_tuples_fetched(i.indexrelid))::bigint + pg_catalog.pg_stat_get_tuples_fetched(c.oid) AS idx_tup_fetch,
       pg_catalog.pg_stat_get_tuples_inserted(c.oid) AS n_tup_ins,
       pg_catalog.pg_stat_get_tuples_updated(c.oid) AS n_tup_upd,
       pg_catalog.pg_stat_get_tuples_deleted(c.oid) AS n_tup_del,
       pg_catalog.pg_stat_get_tuples_hot_updated(c.oid) AS n_tup_hot_upd,
       pg_catalog.pg_stat_get_tuples_newpage_updated(c.oid) AS n_tup_newpage_upd,
       pg_catalog.pg_stat_get_live_tuples(c.oid) AS n_live_tup,
       pg_catalog.pg_stat_get_dead_tuples(c.oid) AS n_dead_tup,
       pg_catalog.pg_stat_get_mod_since_analyze(c.oid) AS n_mod_since_analyze,
       pg_catalog.pg_stat_get_ins_since_vacuum(c.oid) AS n_ins_since_vacuum,
       pg_catalog.pg_stat_get_last_vacuum_time(c.oid) AS last_vacuum,
       pg_catalog.pg_stat_get_last_autovacuum_time(c.oid) AS last_autovacuum,
       pg_catalog.pg_stat_get_last_analyze_time(c.oid) AS last_analyze,
       pg_catalog.pg_stat_get_last_autoanalyze_time(c.oid) AS last_autoanalyze,
       pg_catalog.pg_stat_get_vacuum_count(c.oid) AS vacuum_count,
       pg_catalog.pg_stat_get_autovacuum_count(c.oid) AS autovacuum_count,
       pg_catalog.pg_stat_get_analyze_count(c.oid) AS analyze_count,
       pg_catalog.pg_stat_get_autoanalyze_count(c.oid) AS autoanalyze_count,
       pg_catalog.pg_stat_get_total_vacuum_time(c.oid) AS total_vacuum_time,
       pg_catalog.pg_stat_get_total_autovacuum_time(c.oid) AS total_autovacuum_time,
       pg_catalog.pg_stat_get_total_analyze_time(c.oid) AS total_analyze_time,
       pg_catalog.pg_stat_get_total_autoanalyze_time(c.oid) AS total_autoanalyze_time
FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_index i ON c.oid = i.indrelid
     LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 't', 'm', 'p')
GROUP BY c.oid, n.nspname, c.relname;

CREATE VIEW pg_catalog.pg_stat_xact_all_tables AS
SELECT c.oid AS relid, n.nspname AS schemaname, c.relname,
       pg_catalog.pg_stat_get_xact_numscans(c.oid) AS seq_scan,
       pg_catalog.pg_stat_get_xact_tuples_returned(c.oid) AS seq_tup_read,
       sum(pg_catalog.pg_stat_get_xact_numscans(i.indexrelid))::bigint AS idx_scan,
       sum(pg_catalog.pg_stat_get_xact_tuples_fetched(i.indexrelid))::bigint + pg_catalog.pg_stat_get_xact_tuples_fetched(c.oid) AS idx_tup_fetch,
       pg_catalog.pg_stat_get_xact_tuples_inserted(c.oid) AS n_tup_ins,
       pg_catalog.pg_stat_get_xact_tuples_updated(c.oid) AS n_tup_upd,
       pg_catalog.pg_stat_get_xact_tuples_deleted(c.oid) AS n_tup_del,
       pg_catalog.pg_stat_get_xact_tuples_hot_updated(c.oid) AS n_tup_hot_upd,
       pg_catalog.pg_stat_get_xact_tuples_newpage_updated(c.oid) AS n_tup_newpage_upd
FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_index i ON c.oid = i.indrelid
     LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 't', 'm', 'p')
GROUP BY c.oid, n.nspname, c.relname;

CREATE VIEW pg_catalog.pg_stat_all_indexes AS
SELECT c.oid AS relid, i.oid AS indexrelid, n.nspname AS schemaname, c.relname, i.relname AS indexrelname,
       pg_catalog.pg_stat_get_numscans(i.oid) AS idx_scan, pg_catalog.pg_stat_get_lastscan(i.oid) AS last_idx_scan,
       pg_catalog.pg_stat_get_tuples_returned(i.oid) AS idx_tup_read,
       pg_catalog.pg_stat_get_tuples_fetched(i.oid) AS idx_tup_fetch
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_index x ON c.oid = x.indrelid
     JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid
     LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 't', 'm');

CREATE VIEW pg_catalog.pg_statio_all_tables AS
SELECT c.oid AS relid, n.nspname AS schemaname, c.relname,
       pg_catalog.pg_stat_get_blocks_fetched(c.oid) - pg_catalog.pg_stat_get_blocks_hit(c.oid) AS heap_blks_read,
       pg_catalog.pg_stat_get_blocks_hit(c.oid) AS heap_blks_hit, i.idx_blks_read, i.idx_blks_hit,
       NULL::bigint AS toast_blks_read, NULL::bigint AS toast_blks_hit, NULL::bigint AS tidx_blks_read,
       NULL::bigint AS tidx_blks_hit
FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     LEFT JOIN LATERAL (
         SELECT sum(pg_catalog.pg_stat_get_blocks_fetched(x.indexrelid)
                    - pg_catalog.pg_stat_get_blocks_hit(x.indexrelid))::bigint AS idx_blks_read,
                sum(pg_catalog.pg_stat_get_blocks_hit(x.indexrelid))::bigint AS idx_blks_hit
         FROM pg_catalog.pg_index x WHERE x.indrelid = c.oid) i ON true
WHERE c.relkind IN ('r', 't', 'm');

CREATE VIEW pg_catalog.pg_statio_all_indexes AS
SELECT c.oid AS relid, i.oid AS indexrelid, n.nspname AS schemaname, c.relname, i.relname AS indexrelname,
       pg_catalog.pg_stat_get_blocks_fetched(i.oid) - pg_catalog.pg_stat_get_blocks_hit(i.oid) AS idx_blks_read,
       pg_catalog.pg_stat_get_blocks_hit(i.oid) AS idx_blks_hit
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_index x ON c.oid = x.indrelid
     JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid
     LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 't', 'm');

CREATE VIEW pg_catalog.pg_statio_all_sequences AS
SELECT c.oid AS relid, n.nspname AS schemaname, c.relname,
       pg_catalog.pg_stat_get_blocks_fetched(c.oid) - pg_catalog.pg_stat_get_blocks_hit(c.oid) AS blks_read,
       pg_catalog.pg_stat_get_blocks_hit(c.oid) AS blks_hit
FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'S';

CREATE VIEW pg_catalog.pg_stat_sys_tables AS
SELECT * FROM pg_catalog.pg_stat_all_tables
WHERE schemaname IN ('pg_catalog', 'information_schema') OR schemaname ~ '^pg_toast';

CREATE VIEW pg_catalog.pg_stat_user_tables AS
SELECT * FROM pg_catalog.pg_stat_all_tables
WHERE schemaname NOT IN ('pg_catalog', 'information_schema') AND schemaname !~ '^pg_toast';

CREATE VIEW pg_catalog.pg_stat_xact_sys_tables AS
SELECT * FROM pg_catalog.pg_stat_xact_all_tables
WHERE schemaname IN ('pg_catalog', 'information_schema') OR schemaname ~ '^pg_toast';

CREATE VIEW pg_catalog.pg_stat_xact_user_tables AS
SELECT * FROM pg_catalog.pg_stat_xact_all_tables
WHERE schemaname NOT IN ('pg_catalog', 'information_schema') AND schemaname !~ '^pg_toast';

CREATE VIEW pg_catalog.pg_stat_sys_indexes AS
SELECT * FROM pg_catalog.pg_stat_all_indexes
WHERE schemaname IN ('pg_catalog', 'information_schema') OR schemaname ~ '^pg_toast';

CREATE VIEW pg_catalog.pg_stat_user_indexes AS
SELECT * FROM pg_catalog.pg_stat_all_indexes
WHERE schemaname NOT IN ('pg_catalog', 'information_schema') AND schemaname !~ '^pg_toast';

CREATE VIEW pg_catalog.pg_statio_sys_tables AS
SELECT * FROM pg_catalog.pg_statio_all_tables
WHERE schemaname IN ('pg_catalog', 'information_schema') OR schemaname ~ '^pg_toast';

CREATE VIEW pg_catalog.pg_statio_user_tables AS
SELECT * FROM pg_catalog.pg_statio_all_tables
WHERE schemaname NOT IN ('pg_catalog', 'information_schema') AND schemaname !~ '^pg_toast';

CREATE VIEW pg_catalog.pg_statio_sys_indexes AS
SELECT * FROM pg_catalog.pg_statio_all_indexes
WHERE schemaname IN ('pg_catalog', 'information_schema') OR schemaname ~ '^pg_toast';

CREATE VIEW pg_catalog.pg_statio_user_indexes AS
SELECT * FROM pg_catalog.pg_statio_all_indexes
WHERE schemaname NOT IN ('pg_catalog', 'information_schema') AND schemaname !~ '^pg_toast';

CREATE VIEW pg_catalog.pg_statio_sys_sequences AS
SELECT * FROM pg_catalog.pg_statio_all_sequences
WHERE schemaname IN ('pg_catalog', 'information_schema') OR schemaname ~ '^pg_toast';

CREATE VIEW pg_catalog.pg_statio_user_sequences AS
SELECT * FROM pg_catalog.pg_statio_all_sequences
WHERE schemaname NOT IN ('pg_catalog', 'information_schema') AND schemaname !~ '^pg_toast';

CREATE VIEW pg_catalog.pg_stat_bgwriter AS
SELECT pg_catalog.pg_stat_get_bgwriter_buf_written_clean() AS buffers_clean,
       pg_catalog.pg_stat_get_bgwriter_maxwritten_clean() AS maxwritten_clean,
       pg_catalog.pg_stat_get_buf_alloc() AS buffers_alloc,
       pg_catalog.pg_stat_get_bgwriter_stat_reset_time() AS stats_reset;

CREATE VIEW pg_catalog.pg_stat_checkpointer AS
SELECT pg_catalog.pg_stat_get_checkpointer_num_timed() AS num_timed,
       pg_catalog.pg_stat_get_checkpointer_num_requested() AS num_requested,
       pg_catalog.pg_stat_get_checkpointer_num_performed() AS num_done,
       pg_catalog.pg_stat_get_checkpointer_restartpoints_timed() AS restartpoints_timed,
       pg_catalog.pg_stat_get_checkpointer_restartpoints_requested() AS restartpoints_req,
       pg_catalog.pg_stat_get_checkpointer_restartpoints_performed() AS restartpoints_done,
       pg_catalog.pg_stat_get_checkpointer_write_time() AS write_time,
       pg_catalog.pg_stat_get_checkpointer_sync_time() AS sync_time,
       pg_catalog.pg_stat_get_checkpointer_buffers_written() AS buffers_written,
       pg_catalog.pg_stat_get_checkpointer_slru_written() AS slru_written,
       pg_catalog.pg_stat_get_checkpointer_stat_reset_time() AS stats_reset;

CREATE VIEW pg_catalog.pg_stat_wal AS
SELECT w.wal_records, w.wal_fpi, w.wal_bytes, w.wal_buffers_full, w.stats_reset FROM pg_catalog.pg_stat_get_wal() w;

CREATE VIEW pg_catalog.pg_stat_archiver AS
SELECT a.archived_count, a.last_archived_wal, a.last_archived_time, a.failed_count, a.last_failed_wal,
       a.last_failed_time, a.stats_reset
FROM pg_catalog.pg_stat_get_archiver() a;

CREATE VIEW pg_catalog.pg_stat_io AS
SELECT i.backend_type, i.object, i.context, i.reads, i.read_bytes, i.read_time, i.writes, i.write_bytes, i.write_time,
       i.writebacks, i.writeback_time, i.extends, i.extend_bytes, i.extend_time, i.hits, i.evictions, i.reuses,
       i.fsyncs, i.fsync_time, i.stats_reset
FROM pg_catalog.pg_stat_get_io() i;

CREATE VIEW pg_catalog.pg_stat_slru AS
SELECT s.name, s.blks_zeroed, s.blks_hit, s.blks_read, s.blks_written, s.blks_exists, s.flushes, s.truncates,
       s.stats_reset
FROM pg_catalog.pg_stat_get_slru() s;

CREATE VIEW pg_catalog.pg_stat_replication AS
SELECT s.pid, s.usesysid, r.rolname AS usename, s.application_name, s.client_addr, s.client_hostname, s.client_port,
       s.backend_start, s.backend_xmin, w.state, w.sent_lsn, w.write_lsn, w.flush_lsn, w.replay_lsn, w.write_lag,
       w.flush_lag, w.replay_lag, w.sync_priority, w.sync_state, w.reply_time
FROM pg_catalog.pg_stat_get_activity(NULL) s
     JOIN pg_catalog.pg_stat_get_wal_senders() w ON w.pid = s.pid
     LEFT JOIN pg_catalog.pg_authid r ON r.oid = s.usesysid;

CREATE VIEW pg_catalog.pg_stat_wal_receiver AS
SELECT r.pid, r.status, r.receive_start_lsn, r.receive_start_tli, r.written_lsn, r.flushed_lsn, r.received_tli,
       r.last_msg_send_time, r.last_msg_receipt_time, r.latest_end_lsn, r.latest_end_time, r.slot_name, r.sender_host,
       r.sender_port, r.conninfo
FROM pg_catalog.pg_stat_get_wal_receiver() r
WHERE r.pid IS NOT NULL;

CREATE VIEW pg_catalog.pg_stat_user_functions AS
SELECT p.oid AS funcid, n.nspname AS schemaname, p.proname AS funcname,
       pg_catalog.pg_stat_get_function_calls(p.oid) AS calls,
       pg_catalog.pg_stat_get_function_total_time(p.oid) AS total_time,
       pg_catalog.pg_stat_get_function_self_time(p.oid) AS self_time
FROM pg_catalog.pg_proc p LEFT JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
WHERE p.prolang <> 12 AND pg_catalog.pg_stat_get_function_calls(p.oid) IS NOT NULL;

CREATE VIEW pg_catalog.pg_stat_xact_user_functions AS
SELECT p.oid AS funcid, n.nspname AS schemaname, p.proname AS funcname,
       pg_catalog.pg_stat_get_xact_function_calls(p.oid) AS calls,
       pg_catalog.pg_stat_get_xact_function_total_time(p.oid) AS total_time,
       pg_catalog.pg_stat_get_xact_function_self_time(p.oid) AS self_time
FROM pg_catalog.pg_proc p LEFT JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
WHERE p.prolang <> 12 AND pg_catalog.pg_stat_get_xact_function_calls(p.oid) IS NOT NULL;

CREATE VIEW pg_catalog.pg_stats AS
SELECT n.nspname AS schemaname, c.relname AS tablename, a.attname, s.stainherit AS inherited,
       s.stanullfrac AS null_frac, s.stawidth AS avg_width, s.stadistinct AS n_distinct,
       CASE 1 WHEN s.stakind1 THEN s.stavalues1 WHEN s.stakind2 THEN s.stavalues2 WHEN s.stakind3 THEN s.stavalues3
              WHEN s.stakind4 THEN s.stavalues4 WHEN s.stakind5 THEN s.stavalues5 END AS most_common_vals,
       CASE 1 WHEN s.stakind1 THEN s.stanumbers1 WHEN s.stakind2 THEN s.stanumbers2 WHEN s.stakind3 THEN s.stanumbers3
              WHEN s.stakind4 THEN s.stanumbers4 WHEN s.stakind5 THEN s.stanumbers5 END AS most_common_freqs,
       CASE 2 WHEN s.stakind1 THEN s.stavalues1 WHEN s.stakind2 THEN s.stavalues2 WHEN s.stakind3 THEN s.stavalues3
              WHEN s.stakind4 THEN s.stavalues4 WHEN s.stakind5 THEN s.stavalues5 END AS histogram_bounds,
       CASE 3 WHEN s.stakind1 THEN s.stanumbers1[1] WHEN s.stakind2 THEN s.stanumbers2[1]
              WHEN s.stakind3 THEN s.stanumbers3[1] WHEN s.stakind4 THEN s.stanumbers4[1]
              WHEN s.stakind5 THEN s.stanumbers5[1] END AS correlation,
       CASE 4 WHEN s.stakind1 THEN s.stavalues1 WHEN s.stakind2 THEN s.stavalues2 WHEN s.stakind3 THEN s.stavalues3
              WHEN s.stakind4 THEN s.stavalues4 WHEN s.stakind5 THEN s.stavalues5 END AS most_common_elems,
       CASE 4 WHEN s.stakind1 THEN s.stanumbers1 WHEN s.stakind2 THEN s.stanumbers2 WHEN s.stakind3 THEN s.stanumbers3
              WHEN s.stakind4 THEN s.stanumbers4 WHEN s.stakind5 THEN s.stanumbers5 END AS most_common_elem_freqs,
       CASE 5 WHEN s.stakind1 THEN s.stanumbers1 WHEN s.stakind2 THEN s.stanumbers2 WHEN s.stakind3 THEN s.stanumbers3
              WHEN s.stakind4 THEN s.stanumbers4 WHEN s.stakind5 THEN s.stanumbers5 END AS elem_count_histogram,
       CASE 6 WHEN s.stakind1 THEN s.stavalues1 WHEN s.stakind2 THEN s.stavalues2 WHEN s.stakind3 THEN s.stavalues3
              WHEN s.stakind4 THEN s.stavalues4 WHEN s.stakind5 THEN s.stavalues5 END AS range_length_histogram,
       CASE 6 WHEN s.stakind1 THEN s.stanumbers1[1] WHEN s.stakind2 THEN s.stanumbers2[1]
              WHEN s.stakind3 THEN s.stanumbers3[1] WHEN s.stakind4 THEN s.stanumbers4[1]
              WHEN s.stakind5 THEN s.stanumbers5[1] END AS range_empty_frac,
       CASE 7 WHEN s.stakind1 THEN s.stavalues1 WHEN s.stakind2 THEN s.stavalues2 WHEN s.stakind3 THEN s.stavalues3
              WHEN s.stakind4 THEN s.stavalues4 WHEN s.stakind5 THEN s.stavalues5 END AS range_bounds_histogram
FROM pg_catalog.pg_statistic s
     JOIN pg_catalog.pg_class c ON c.oid = s.starelid
     JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = s.staattnum
     LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE NOT a.attisdropped AND pg_catalog.has_column_privilege(c.oid, a.attnum, 'SELECT') AND NOT c.relrowsecurity;

CREATE VIEW pg_catalog.pg_stats_ext AS
SELECT cn.nspname AS schemaname, c.relname AS tablename, sn.nspname AS statistics_schemaname, s.stxname AS statistics_name,
       pg_catalog.pg_get_userbyid(s.stxowner) AS statistics_owner,
       (SELECT pg_catalog.array_agg(a.attname ORDER BY a.attnum)
        FROM pg_catalog.unnest(s.stxkeys) k(k)
             JOIN pg_catalog.pg_attribute a ON a.attrelid = s.stxrelid AND a.attnum = k.k) AS attnames,
       pg_catalog.pg_get_statisticsobjdef_expressions(s.oid) AS exprs, s.stxkind AS kinds, sd.stxdinherit AS inherited,
       sd.stxdndistinct AS n_distinct, sd.stxddependencies AS dependencies,
       m.most_common_vals, m.most_common_val_nulls, m.most_common_freqs, m.most_common_base_freqs
FROM pg_catalog.pg_statistic_ext s
     JOIN pg_catalog.pg_class c ON c.oid = s.stxrelid
     JOIN pg_catalog.pg_statistic_ext_data sd ON s.oid = sd.stxoid
     LEFT JOIN pg_catalog.pg_namespace cn ON cn.oid = c.relnamespace
     LEFT JOIN pg_catalog.pg_namespace sn ON sn.oid = s.stxnamespace
     LEFT JOIN LATERAL (SELECT pg_catalog.array_agg("values") AS most_common_vals,
                               pg_catalog.array_agg(nulls) AS most_common_val_nulls,
                               pg_catalog.array_agg(frequency) AS most_common_freqs,
                               pg_catalog.array_agg(base_frequency) AS most_common_base_freqs
                        FROM pg_catalog.pg_mcv_list_items(sd.stxdmcv)) m ON sd.stxdmcv IS NOT NULL
WHERE pg_catalog.pg_has_role(c.relowner, 'USAGE')
      AND (c.relrowsecurity = false OR NOT pg_catalog.row_security_active(c.oid));

CREATE VIEW pg_catalog.pg_stats_ext_exprs AS
SELECT cn.nspname AS schemaname, c.relname AS tablename, sn.nspname AS statistics_schemaname, s.stxname AS statistics_name,
       pg_catalog.pg_get_userbyid(s.stxowner) AS statistics_owner, stat.expr, sd.stxdinherit AS inherited,
       (stat.a).stanullfrac AS null_frac, (stat.a).stawidth AS avg_width, (stat.a).stadistinct AS n_distinct,
       CASE WHEN (stat.a).stakind1 = 1 THEN (stat.a).stavalues1 WHEN (stat.a).stakind2 = 1 THEN (stat.a).stavalues2 WHEN (stat.a).stakind3 = 1 THEN (stat.a).stavalues3
            WHEN (stat.a).stakind4 = 1 THEN (stat.a).stavalues4 WHEN (stat.a).stakind5 = 1 THEN (stat.a).stavalues5 END AS most_common_vals,
       CASE WHEN (stat.a).stakind1 = 1 THEN (stat.a).stanumbers1 WHEN (stat.a).stakind2 = 1 THEN (stat.a).stanumbers2 WHEN (stat.a).stakind3 = 1 THEN (stat.a).stanumbers3
            WHEN (stat.a).stakind4 = 1 THEN (stat.a).stanumbers4 WHEN (stat.a).stakind5 = 1 THEN (stat.a).stanumbers5 END AS most_common_freqs,
       CASE WHEN (stat.a).stakind1 = 2 THEN (stat.a).stavalues1 WHEN (stat.a).stakind2 = 2 THEN (stat.a).stavalues2 WHEN (stat.a).stakind3 = 2 THEN (stat.a).stavalues3
            WHEN (stat.a).stakind4 = 2 THEN (stat.a).stavalues4 WHEN (stat.a).stakind5 = 2 THEN (stat.a).stavalues5 END AS histogram_bounds,
       CASE WHEN (stat.a).stakind1 = 3 THEN (stat.a).stanumbers1[1] WHEN (stat.a).stakind2 = 3 THEN (stat.a).stanumbers2[1] WHEN (stat.a).stakind3 = 3 THEN (stat.a).stanumbers3[1]
            WHEN (stat.a).stakind4 = 3 THEN (stat.a).stanumbers4[1] WHEN (stat.a).stakind5 = 3 THEN (stat.a).stanumbers5[1] END AS correlation,
       CASE WHEN (stat.a).stakind1 = 4 THEN (stat.a).stavalues1 WHEN (stat.a).stakind2 = 4 THEN (stat.a).stavalues2 WHEN (stat.a).stakind3 = 4 THEN (stat.a).stavalues3
            WHEN (stat.a).stakind4 = 4 THEN (stat.a).stavalues4 WHEN (stat.a).stakind5 = 4 THEN (stat.a).stavalues5 END AS most_common_elems,
       CASE WHEN (stat.a).stakind1 = 4 THEN (stat.a).stanumbers1 WHEN (stat.a).stakind2 = 4 THEN (stat.a).stanumbers2 WHEN (stat.a).stakind3 = 4 THEN (stat.a).stanumbers3
            WHEN (stat.a).stakind4 = 4 THEN (stat.a).stanumbers4 WHEN (stat.a).stakind5 = 4 THEN (stat.a).stanumbers5 END AS most_common_elem_freqs,
       CASE WHEN (stat.a).stakind1 = 5 THEN (stat.a).stanumbers1 WHEN (stat.a).stakind2 = 5 THEN (stat.a).stanumbers2 WHEN (stat.a).stakind3 = 5 THEN (stat.a).stanumbers3
            WHEN (stat.a).stakind4 = 5 THEN (stat.a).stanumbers4 WHEN (stat.a).stakind5 = 5 THEN (stat.a).stanumbers5 END AS elem_count_histogram
FROM pg_catalog.pg_statistic_ext s
     JOIN pg_catalog.pg_class c ON c.oid = s.stxrelid
     LEFT JOIN pg_catalog.pg_statistic_ext_data sd ON s.oid = sd.stxoid
     LEFT JOIN pg_catalog.pg_namespace cn ON cn.oid = c.relnamespace
     LEFT JOIN pg_catalog.pg_namespace sn ON sn.oid = s.stxnamespace
     JOIN LATERAL (SELECT pg_catalog.unnest(pg_catalog.pg_get_statisticsobjdef_expressions(s.oid)) AS expr,
                          pg_catalog.unnest(sd.stxdexpr) AS a) stat ON stat.expr IS NOT NULL
WHERE pg_catalog.pg_has_role(c.relowner, 'USAGE')
      AND (c.relrowsecurity = false OR NOT pg_catalog.row_security_active(c.oid));

CREATE VIEW pg_catalog.pg_seclabels AS
SELECT l.objoid, l.classoid, l.objsubid,
       CASE WHEN l.objsubid <> 0 THEN 'column'::text WHEN c.relkind IN ('r', 'p') THEN 'table'
            WHEN c.relkind = 'v' THEN 'view' WHEN c.relkind = 'm' THEN 'materialized view'
            WHEN c.relkind = 'S' THEN 'sequence' WHEN c.relkind = 'f' THEN 'foreign table' END AS objtype,
       c.relnamespace AS objnamespace,
       CASE WHEN pg_catalog.pg_table_is_visible(c.oid) THEN '' ELSE pg_catalog.quote_ident(n.nspname) || '.' END
       || pg_catalog.quote_ident(c.relname)
       || CASE WHEN l.objsubid <> 0 THEN '.' || a.attname::text ELSE '' END AS objname, l.provider, l.label
FROM pg_catalog.pg_seclabel l
     JOIN pg_catalog.pg_class c ON l.classoid = 'pg_catalog.pg_class'::regclass AND l.objoid = c.oid
     JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = l.objsubid
UNION ALL
SELECT l.objoid, l.classoid, l.objsubid,
       CASE p.prokind WHEN 'a' THEN 'aggregate' WHEN 'p' THEN 'procedure' WHEN 'w' THEN 'window' ELSE 'function' END,
       p.pronamespace, l.objoid::regprocedure::text, l.provider, l.label
FROM pg_catalog.pg_seclabel l
     JOIN pg_catalog.pg_proc p ON l.classoid = 'pg_catalog.pg_proc'::regclass AND l.objoid = p.oid
UNION ALL
SELECT l.objoid, l.classoid, l.objsubid, CASE t.typtype WHEN 'd' THEN 'domain' ELSE 'type' END, t.typnamespace,
       pg_catalog.format_type(t.oid, NULL), l.provider, l.label
FROM pg_catalog.pg_seclabel l
     JOIN pg_catalog.pg_type t ON l.classoid = 'pg_catalog.pg_type'::regclass AND l.objoid = t.oid
UNION ALL
SELECT l.objoid, l.classoid, l.objsubid, 'large object', NULL::oid, l.objoid::text, l.provider, l.label
FROM pg_catalog.pg_seclabel l
     JOIN pg_catalog.pg_largeobject_metadata m ON l.classoid = 'pg_catalog.pg_largeobject'::regclass AND l.objoid = m.oid
UNION ALL
SELECT l.objoid, l.classoid, l.objsubid, 'language', NULL::oid, pg_catalog.quote_ident(g.lanname), l.provider, l.label
FROM pg_catalog.pg_seclabel l
     JOIN pg_catalog.pg_language g ON l.classoid = 'pg_catalog.pg_language'::regclass AND l.objoid = g.oid
UNION ALL
SELECT l.objoid, l.classoid, l.objsubid, 'schema', n.oid, pg_catalog.quote_ident(n.nspname), l.provider, l.label
FROM pg_catalog.pg_seclabel l
     JOIN pg_catalog.pg_namespace n ON l.classoid = 'pg_catalog.pg_namespace'::regclass AND l.objoid = n.oid
UNION ALL
SELECT l.objoid, l.classoid, l.objsubid, 'event trigger', NULL::oid, pg_catalog.quote_ident(e.evtname), l.provider, l.label
FROM pg_catalog.pg_seclabel l
     JOIN pg_catalog.pg_event_trigger e ON l.classoid = 'pg_catalog.pg_event_trigger'::regclass AND l.objoid = e.oid
UNION ALL
SELECT l.objoid, l.classoid, l.objsubid, 'publication', NULL::oid, pg_catalog.quote_ident(p.pubname), l.provider, l.label
FROM pg_catalog.pg_seclabel l
     JOIN pg_catalog.pg_publication p ON l.classoid = 'pg_catalog.pg_publication'::regclass AND l.objoid = p.oid
UNION ALL
SELECT l.objoid, l.classoid, 0, 'subscription', NULL::oid, pg_catalog.quote_ident(u.subname), l.provider, l.label
FROM pg_catalog.pg_shseclabel l
     JOIN pg_catalog.pg_subscription u ON l.classoid = 'pg_catalog.pg_subscription'::regclass AND l.objoid = u.oid
UNION ALL
SELECT l.objoid, l.classoid, 0, 'database', NULL::oid, pg_catalog.quote_ident(d.datname), l.provider, l.label
FROM pg_catalog.pg_shseclabel l
     JOIN pg_catalog.pg_database d ON l.classoid = 'pg_catalog.pg_database'::regclass AND l.objoid = d.oid
UNION ALL
SELECT l.objoid, l.classoid, 0, 'tablespace', NULL::oid, pg_catalog.quote_ident(t.spcname), l.provider, l.label
FROM pg_catalog.pg_shseclabel l
     JOIN pg_catalog.pg_tablespace t ON l.classoid = 'pg_catalog.pg_tablespace'::regclass AND l.objoid = t.oid
UNION ALL
SELECT l.objoid, l.classoid, 0, 'role', NULL::oid, pg_catalog.quote_ident(r.rolname), l.provider, l.label
FROM pg_catalog.pg_shseclabel l
     JOIN pg_catalog.pg_authid r ON l.classoid = 'pg_catalog.pg_authid'::regclass AND l.objoid = r.oid;

CREATE VIEW pg_catalog.pg_user_mappings AS
SELECT u.oid AS umid, s.oid AS srvid, s.srvname, u.umuser,
       CASE WHEN u.umuser = 0 THEN 'public'::name ELSE r.rolname END AS usename,
       CASE WHEN (u.umuser <> 0 AND r.rolname = current_user
                  AND (pg_catalog.pg_has_role(s.srvowner, 'USAGE') OR pg_catalog.has_server_privilege(s.oid, 'USAGE')))
                 OR (u.umuser = 0 AND pg_catalog.pg_has_role(s.srvowner, 'USAGE'))
                 OR (SELECT me.rolsuper FROM pg_catalog.pg_authid me WHERE me.rolname = current_user)
            THEN u.umoptions END AS umoptions
FROM pg_catalog.pg_user_mapping u
     JOIN pg_catalog.pg_foreign_server s ON u.umserver = s.oid
     LEFT JOIN pg_catalog.pg_authid r ON r.oid = u.umuser;

-- information_schema

CREATE SCHEMA information_schema;
GRANT USAGE ON SCHEMA information_schema TO PUBLIC;
CREATE DOMAIN information_schema.cardinal_number AS integer
    CONSTRAINT cardinal_number_domain_check CHECK (VALUE >= 0);
CREATE DOMAIN information_schema.character_data AS character varying COLLATE "C";
CREATE DOMAIN information_schema.sql_identifier AS name;
CREATE DOMAIN information_schema.time_stamp AS timestamp(2) with time zone DEFAULT CURRENT_TIMESTAMP(2);
CREATE DOMAIN information_schema.yes_or_no AS character varying(3) COLLATE "C"
    CONSTRAINT yes_or_no_check CHECK (VALUE IN ('YES', 'NO'));

-- What drivers (JDBC's among them) call beside the views: elements with their places, and facts of a column's type.

CREATE FUNCTION information_schema._pg_expandarray(anyarray, OUT x anyelement, OUT n integer)
RETURNS SETOF record LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 100
AS 'SELECT u.element, u.place::integer FROM unnest($1) WITH ORDINALITY AS u (element, place)';

CREATE FUNCTION information_schema._pg_index_position(oid, smallint) RETURNS integer LANGUAGE sql STABLE STRICT
AS 'SELECT k.place::integer FROM pg_catalog.pg_index i, unnest(i.indkey) WITH ORDINALITY AS k (attnum, place)
    WHERE i.indexrelid = $1 AND k.attnum = $2';

CREATE FUNCTION information_schema._pg_truetypid(pg_catalog.pg_attribute, pg_catalog.pg_type)
RETURNS oid LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS 'SELECT CASE ($2).typtype WHEN ''d'' THEN ($2).typbasetype ELSE ($1).atttypid END';

CREATE FUNCTION information_schema._pg_truetypmod(pg_catalog.pg_attribute, pg_catalog.pg_type)
RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS 'SELECT CASE ($2).typtype WHEN ''d'' THEN ($2).typtypmod ELSE ($1).atttypmod END';

CREATE FUNCTION information_schema._pg_char_max_length(typid oid, typmod integer)
RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS 'SELECT CASE WHEN typmod = -1 THEN NULL WHEN typid IN (1042, 1043) THEN typmod - 4 WHEN typid IN (1560, 1562) THEN typmod END';

CREATE FUNCTION information_schema._pg_char_octet_length(typid oid, typmod integer)
RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS 'SELECT CASE WHEN typid IN (25, 1042, 1043)
            THEN CASE WHEN typmod = -1 THEN 1073741824 ELSE (typmod - 4) * 4 END END';

CREATE FUNCTION information_schema._pg_numeric_precision(typid oid, typmod integer)
RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS 'SELECT CASE typid WHEN 21 THEN 16 WHEN 23 THEN 32 WHEN 20 THEN 64 WHEN 700 THEN 24 WHEN 701 THEN 53
                      WHEN 1700 THEN CASE WHEN typmod <> -1 THEN (typmod - 4) >> 16 & 65535 END END';

CREATE FUNCTION information_schema._pg_numeric_precision_radix(typid oid, typmod integer)
RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS 'SELECT CASE WHEN typid IN (20, 21, 23, 700, 701) THEN 2 WHEN typid = 1700 THEN 10 END';

CREATE FUNCTION information_schema._pg_numeric_scale(typid oid, typmod integer)
RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS 'SELECT CASE WHEN typid IN (20, 21, 23) THEN 0 WHEN typid = 1700 AND typmod <> -1 THEN typmod - 4 & 65535 END';

CREATE FUNCTION information_schema._pg_datetime_precision(typid oid, typmod integer)
RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS 'SELECT CASE WHEN typid = 1082 THEN 0
                WHEN typid IN (1083, 1114, 1184, 1266) THEN CASE WHEN typmod < 0 THEN 6 ELSE typmod END
                WHEN typid = 1186 THEN CASE WHEN typmod < 0 OR typmod & 65535 = 65535 THEN 6
                                            ELSE typmod & 65535 END END';

CREATE FUNCTION information_schema._pg_interval_type(typid oid, mod integer)
RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS 'SELECT CASE WHEN typid = 1186
                THEN upper(substring(pg_catalog.format_type(typid, mod), ''interval[()0-9]* (.*)'')) END';

CREATE VIEW information_schema.information_schema_catalog_name AS
SELECT pg_catalog.current_database()::information_schema.sql_identifier AS catalog_name;

CREATE VIEW information_schema.schemata AS
SELECT pg_catalog.current_database()::information_schema.sql_identifier AS catalog_name,
       n.nspname::information_schema.sql_identifier AS schema_name,
       r.rolname::information_schema.sql_identifier AS schema_owner,
       NULL::information_schema.sql_identifier AS default_character_set_catalog,
       NULL::information_schema.sql_identifier AS default_character_set_schema,
       NULL::information_schema.sql_identifier AS default_character_set_name,
       NULL::information_schema.character_data AS sql_path
FROM pg_catalog.pg_namespace n JOIN pg_catalog.pg_authid r ON r.oid = n.nspowner
WHERE pg_catalog.pg_has_role(n.nspowner, 'USAGE') OR pg_catalog.has_schema_privilege(n.oid, 'CREATE, USAGE');

CREATE VIEW information_schema.tables AS
SELECT pg_catalog.current_database()::information_schema.sql_identifier AS table_catalog,
       n.nspname::information_schema.sql_identifier AS table_schema,
       c.relname::information_schema.sql_identifier AS table_name,
       CASE WHEN n.oid = pg_catalog.pg_my_temp_schema() THEN 'LOCAL TEMPORARY'
            WHEN c.relkind IN ('r', 'p') THEN 'BASE TABLE'
            WHEN c.relkind = 'v' THEN 'VIEW'
            WHEN c.relkind = 'f' THEN 'FOREIGN' END::information_schema.character_data AS table_type,
       NULL::information_schema.sql_identifier AS self_referencing_column_name,
       NULL::information_schema.character_data AS reference_generation,
       CASE WHEN t.typname IS NULL THEN NULL ELSE pg_catalog.current_database() END::information_schema.sql_identifier
           AS user_defined_type_catalog,
       tn.nspname::information_schema.sql_identifier AS user_defined_type_schema,
       t.typname::information_schema.sql_identifier AS user_defined_type_name,
       CASE WHEN c.relkind IN ('r', 'p') OR (c.relkind IN ('v', 'f')
                 AND pg_catalog.pg_relation_is_updatable(c.oid, false) & 8 = 8)
            THEN 'YES' ELSE 'NO' END::information_schema.yes_or_no AS is_insertable_into,
       CASE WHEN t.typname IS NOT NULL THEN 'YES' ELSE 'NO' END::information_schema.yes_or_no AS is_typed,
       NULL::information_schema.character_data AS commit_action
FROM pg_catalog.pg_class c
     JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     LEFT JOIN pg_catalog.pg_type t ON t.oid = c.reloftype
     LEFT JOIN pg_catalog.pg_namespace tn ON tn.oid = t.typnamespace
WHERE c.relkind IN ('r', 'v', 'f', 'p') AND NOT pg_catalog.pg_is_other_temp_schema(n.oid)
      AND (pg_catalog.pg_has_role(c.relowner, 'USAGE')
           OR pg_catalog.has_table_privilege(c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
           OR pg_catalog.has_any_column_privilege(c.oid, 'SELECT, INSERT, UPDATE, REFERENCES'));

CREATE VIEW information_schema.views AS
SELECT pg_catalog.current_database()::information_schema.sql_identifier AS table_catalog,
       n.nspname::information_schema.sql_identifier AS table_schema,
       c.relname::information_schema.sql_identifier AS table_name,
       CASE WHEN pg_catalog.pg_has_role(c.relowner, 'USAGE') THEN pg_catalog.pg_get_viewdef(c.oid) END
           ::information_schema.character_data AS view_definition,
       CASE WHEN 'check_option=cascaded' = ANY (c.reloptions) THEN 'CASCADED'
            WHEN 'check_option=local' = ANY (c.reloptions) THEN 'LOCAL'
            ELSE 'NONE' END::information_schema.character_data AS check_option,
       CASE WHEN pg_catalog.pg_relation_is_updatable(c.oid, false) & 20 = 20 THEN 'YES' ELSE 'NO' END
           ::information_schema.yes_or_no AS is_updatable,
       CASE WHEN pg_catalog.pg_relation_is_updatable(c.oid, false) & 8 = 8 THEN 'YES' ELSE 'NO' END
           ::information_schema.yes_or_no AS is_insertable_into,
       CASE WHEN EXISTS (SELECT 1 FROM pg_catalog.pg_trigger t WHERE t.tgrelid = c.oid AND t.tgtype & 81 = 81)
            THEN 'YES' ELSE 'NO' END::information_schema.yes_or_no AS is_trigger_updatable,
       CASE WHEN EXISTS (SELECT 1 FROM pg_catalog.pg_trigger t WHERE t.tgrelid = c.oid AND t.tgtype & 73 = 73)
            THEN 'YES' ELSE 'NO' END::information_schema.yes_or_no AS is_trigger_deletable,
       CASE WHEN EXISTS (SELECT 1 FROM pg_catalog.pg_trigger t WHERE t.tgrelid = c.oid AND t.tgtype & 69 = 69)
            THEN 'YES' ELSE 'NO' END::information_schema.yes_or_no AS is_trigger_insertable_into
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'v' AND NOT pg_catalog.pg_is_other_temp_schema(n.oid)
      AND (pg_catalog.pg_has_role(c.relowner, 'USAGE')
           OR pg_catalog.has_table_privilege(c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
           OR pg_catalog.has_any_column_privilege(c.oid, 'SELECT, INSERT, UPDATE, REFERENCES'));

CREATE VIEW information_schema.columns AS
SELECT pg_catalog.current_database()::information_schema.sql_identifier AS table_catalog,
       n.nspname::information_schema.sql_identifier AS table_schema,
       c.relname::information_schema.sql_identifier AS table_name,
       a.attname::information_schema.sql_identifier AS column_name,
       a.attnum::information_schema.cardinal_number AS ordinal_position,
       CASE WHEN a.attgenerated = '' THEN pg_catalog.pg_get_expr(d.adbin, d.adrelid) END
           ::information_schema.character_data AS column_default,
       CASE WHEN a.attnotnull OR (t.typtype = 'd' AND t.typnotnull) THEN 'NO' ELSE 'YES' END
           ::information_schema.yes_or_no AS is_nullable,
       CASE WHEN b.typelem <> 0 AND b.typlen = -1 AND b.typcategory = 'A' THEN 'ARRAY'
            WHEN bn.nspname = 'pg_catalog' THEN pg_catalog.format_type(b.oid, NULL)
            ELSE 'USER-DEFINED' END::information_schema.character_data AS data_type,
       CASE WHEN m.typmod = -1 THEN NULL WHEN b.oid IN (1042, 1043) THEN m.typmod - 4
            WHEN b.oid IN (1560, 1562) THEN m.typmod END
           ::information_schema.cardinal_number AS character_maximum_length,
       CASE WHEN b.oid IN (25, 1042, 1043)
            THEN CASE WHEN m.typmod = -1 OR b.oid = 25 THEN 1073741824
                      ELSE least((m.typmod - 4)::bigint * 4, 1073741824)::integer END END
           ::information_schema.cardinal_number AS character_octet_length,
       CASE b.oid WHEN 21 THEN 16 WHEN 23 THEN 32 WHEN 20 THEN 64
                  WHEN 1700 THEN CASE WHEN m.typmod = -1 THEN NULL ELSE (m.typmod - 4) >> 16 & 65535 END
                  WHEN 700 THEN 24 WHEN 701 THEN 53 END::information_schema.cardinal_number AS numeric_precision,
       CASE WHEN b.oid IN (21, 23, 20, 700, 701) THEN 2 WHEN b.oid = 1700 THEN 10 END
           ::information_schema.cardinal_number AS numeric_precision_radix,
       CASE WHEN b.oid IN (21, 23, 20) THEN 0
            WHEN b.oid = 1700 AND m.typmod <> -1 THEN (m.typmod - 4) & 2047 END
           ::information_schema.cardinal_number AS numeric_scale,
       CASE WHEN b.oid = 1082 THEN 0
            WHEN b.oid IN (1083, 1114, 1184, 1266) THEN CASE WHEN m.typmod < 0 THEN 6 ELSE m.typmod END
            WHEN b.oid = 1186 THEN CASE WHEN m.typmod < 0 OR m.typmod & 65535 = 65535 THEN 6
                                        ELSE m.typmod & 65535 END END
           ::information_schema.cardinal_number AS datetime_precision,
       CASE WHEN b.oid = 1186 AND pg_catalog.format_type(b.oid, m.typmod) LIKE 'interval %'
            THEN pg_catalog.upper(pg_catalog.substr(pg_catalog.format_type(b.oid, m.typmod), 10)) END
           ::information_schema.character_data AS interval_type,
       NULL::information_schema.cardinal_number AS interval_precision,
       NULL::information_schema.sql_identifier AS character_set_catalog,
       NULL::information_schema.sql_identifier AS character_set_schema,
       NULL::information_schema.sql_identifier AS character_set_name,
       CASE WHEN con.nspname IS NOT NULL THEN pg_catalog.current_database() END::information_schema.sql_identifier
           AS collation_catalog,
       con.nspname::information_schema.sql_identifier AS collation_schema,
       co.collname::information_schema.sql_identifier AS collation_name,
       CASE WHEN t.typtype = 'd' THEN pg_catalog.current_database() END::information_schema.sql_identifier
           AS domain_catalog,
       CASE WHEN t.typtype = 'd' THEN tn.nspname END::information_schema.sql_identifier AS domain_schema,
       CASE WHEN t.typtype = 'd' THEN t.typname END::information_schema.sql_identifier AS domain_name,
       pg_catalog.current_database()::information_schema.sql_identifier AS udt_catalog,
       bn.nspname::information_schema.sql_identifier AS udt_schema,
       b.typname::information_schema.sql_identifier AS udt_name,
       NULL::information_schema.sql_identifier AS scope_catalog,
       NULL::information_schema.sql_identifier AS scope_schema,
       NULL::information_schema.sql_identifier AS scope_name,
       NULL::information_schema.cardinal_number AS maximum_cardinality,
       a.attnum::information_schema.sql_identifier AS dtd_identifier,
       'NO'::information_schema.yes_or_no AS is_self_referencing,
       CASE WHEN a.attidentity IN ('a', 'd') THEN 'YES' ELSE 'NO' END::information_schema.yes_or_no AS is_identity,
       CASE a.attidentity WHEN 'a' THEN 'ALWAYS' WHEN 'd' THEN 'BY DEFAULT' END
           ::information_schema.character_data AS identity_generation,
       s.seqstart::information_schema.character_data AS identity_start,
       s.seqincrement::information_schema.character_data AS identity_increment,
       s.seqmax::information_schema.character_data AS identity_maximum,
       s.seqmin::information_schema.character_data AS identity_minimum,
       CASE WHEN s.seqcycle THEN 'YES' ELSE 'NO' END::information_schema.yes_or_no AS identity_cycle,
       CASE WHEN a.attgenerated <> '' THEN 'ALWAYS' ELSE 'NEVER' END
           ::information_schema.character_data AS is_generated,
       CASE WHEN a.attgenerated <> '' THEN pg_catalog.pg_get_expr(d.adbin, d.adrelid) END
           ::information_schema.character_data AS generation_expression,
       CASE WHEN c.relkind IN ('r', 'p') OR (c.relkind IN ('v', 'f')
                 AND pg_catalog.pg_column_is_updatable(c.oid, a.attnum, false))
            THEN 'YES' ELSE 'NO' END::information_schema.yes_or_no AS is_updatable
FROM pg_catalog.pg_attribute a
     JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
     JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
     JOIN pg_catalog.pg_namespace tn ON tn.oid = t.typnamespace
     JOIN pg_catalog.pg_type b ON b.oid = CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.oid END
     JOIN pg_catalog.pg_namespace bn ON bn.oid = b.typnamespace
     CROSS JOIN LATERAL (SELECT CASE WHEN t.typtype = 'd' THEN t.typtypmod ELSE a.atttypmod END AS typmod) m
     LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
     LEFT JOIN pg_catalog.pg_collation co ON co.oid = a.attcollation
          AND (co.collnamespace <> 11 OR co.collname <> 'default')
     LEFT JOIN pg_catalog.pg_namespace con ON con.oid = co.collnamespace
     LEFT JOIN pg_catalog.pg_depend dep ON dep.refclassid = 1259 AND dep.refobjid = a.attrelid
          AND dep.refobjsubid = a.attnum AND dep.classid = 1259 AND dep.deptype = 'i' AND a.attidentity <> ''
     LEFT JOIN pg_catalog.pg_sequence s ON s.seqrelid = dep.objid
WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'v', 'f', 'p')
      AND NOT pg_catalog.pg_is_other_temp_schema(n.oid)
      AND (pg_catalog.pg_has_role(c.relowner, 'USAGE')
           OR pg_catalog.has_column_privilege(c.oid, a.attnum, 'SELECT, INSERT, UPDATE, REFERENCES'));

CREATE VIEW information_schema.table_constraints AS
SELECT pg_catalog.current_database()::information_schema.sql_identifier AS constraint_catalog,
       cn.nspname::information_schema.sql_identifier AS constraint_schema,
       k.conname::information_schema.sql_identifier AS constraint_name,
       pg_catalog.current_database()::information_schema.sql_identifier AS table_catalog,
       n.nspname::information_schema.sql_identifier AS table_schema,
       c.relname::information_schema.sql_identifier AS table_name,
       CASE k.contype WHEN 'c' THEN 'CHECK' WHEN 'n' THEN 'CHECK' WHEN 'f' THEN 'FOREIGN KEY'
                      WHEN 'p' THEN 'PRIMARY KEY' WHEN 'u' THEN 'UNIQUE' END
           ::information_schema.character_data AS constraint_type,
       CASE WHEN k.condeferrable THEN 'YES' ELSE 'NO' END::information_schema.yes_or_no AS is_deferrable,
       CASE WHEN k.condeferred THEN 'YES' ELSE 'NO' END::information_schema.yes_or_no AS initially_deferred,
       CASE WHEN k.conenforced THEN 'YES' ELSE 'NO' END::information_schema.yes_or_no AS enforced,
       CASE WHEN k.contype = 'u'
            THEN CASE WHEN (SELECT i.indnullsnotdistinct FROM pg_catalog.pg_index i WHERE i.indexrelid = k.conindid)
                      THEN 'NO' ELSE 'YES' END END::information_schema.yes_or_no AS nulls_distinct
FROM pg_catalog.pg_constraint k
     JOIN pg_catalog.pg_namespace cn ON cn.oid = k.connamespace
     JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
     JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE k.contype IN ('c', 'n', 'f', 'p', 'u') AND c.relkind IN ('r', 'p')
      AND NOT pg_catalog.pg_is_other_temp_schema(n.oid)
      AND (pg_catalog.pg_has_role(c.relowner, 'USAGE')
           OR pg_catalog.has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
           OR pg_catalog.has_any_column_privilege(c.oid, 'INSERT, UPDATE, REFERENCES'));

CREATE VIEW information_schema.key_column_usage AS
SELECT pg_catalog.current_database()::information_schema.sql_identifier AS constraint_catalog,
       cn.nspname::information_schema.sql_identifier AS constraint_schema,
       k.conname::information_schema.sql_identifier AS constraint_name,
       pg_catalog.current_database()::information_schema.sql_identifier AS table_catalog,
       n.nspname::information_schema.sql_identifier AS table_schema,
       c.relname::information_schema.sql_identifier AS table_name,
       a.attname::information_schema.sql_identifier AS column_name,
       g.at::information_schema.cardinal_number AS ordinal_position,
       CASE WHEN k.contype = 'f'
            THEN (SELECT p FROM pg_catalog.generate_series(1, 32) p, pg_catalog.pg_constraint u
                  WHERE u.conindid = k.conindid AND u.contype IN ('p', 'u') AND u.conkey[p] = k.confkey[g.at]
                  LIMIT 1) END::information_schema.cardinal_number AS position_in_unique_constraint
FROM pg_catalog.pg_constraint k
     CROSS JOIN pg_catalog.generate_series(1, 32) g(at)
     JOIN pg_catalog.pg_namespace cn ON cn.oid = k.connamespace
     JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
     JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[g.at]
WHERE k.contype IN ('p', 'u', 'f') AND c.relkind IN ('r', 'p') AND NOT a.attisdropped
      AND NOT pg_catalog.pg_is_other_temp_schema(n.oid)
      AND (pg_catalog.pg_has_role(c.relowner, 'USAGE')
           OR pg_catalog.has_column_privilege(c.oid, a.attnum, 'SELECT, INSERT, UPDATE, REFERENCES'));

CREATE VIEW information_schema.referential_constraints AS
SELECT pg_catalog.current_database()::information_schema.sql_identifier AS constraint_catalog,
       n.nspname::information_schema.sql_identifier AS constraint_schema,
       k.conname::information_schema.sql_identifier AS constraint_name,
       CASE WHEN un.nspname IS NULL THEN NULL ELSE pg_catalog.current_database() END
           ::information_schema.sql_identifier AS unique_constraint_catalog,
       un.nspname::information_schema.sql_identifier AS unique_constraint_schema,
       u.conname::information_schema.sql_identifier AS unique_constraint_name,
       CASE k.confmatchtype WHEN 'f' THEN 'FULL' WHEN 'p' THEN 'PARTIAL' WHEN 's' THEN 'NONE' END
           ::information_schema.character_data AS match_option,
       CASE k.confupdtype WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' WHEN 'd' THEN 'SET DEFAULT'
                          WHEN 'r' THEN 'RESTRICT' WHEN 'a' THEN 'NO ACTION' END
           ::information_schema.character_data AS update_rule,
       CASE k.confdeltype WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' WHEN 'd' THEN 'SET DEFAULT'
                          WHEN 'r' THEN 'RESTRICT' WHEN 'a' THEN 'NO ACTION' END
           ::information_schema.character_data AS delete_rule
FROM pg_catalog.pg_constraint k
     JOIN pg_catalog.pg_namespace n ON n.oid = k.connamespace
     JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
     LEFT JOIN pg_catalog.pg_constraint u ON u.conindid = k.conindid AND u.contype IN ('p', 'u')
          AND u.conrelid = k.confrelid
     LEFT JOIN pg_catalog.pg_namespace un ON un.oid = u.connamespace
WHERE k.contype = 'f' AND c.relkind IN ('r', 'p')
      AND (pg_catalog.pg_has_role(c.relowner, 'USAGE')
           OR pg_catalog.has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
           OR pg_catalog.has_any_column_privilege(c.oid, 'INSERT, UPDATE, REFERENCES'));

CREATE VIEW information_schema.constraint_column_usage AS
SELECT pg_catalog.current_database()::information_schema.sql_identifier AS table_catalog,
       n.nspname::information_schema.sql_identifier AS table_schema,
       c.relname::information_schema.sql_identifier AS table_name,
       a.attname::information_schema.sql_identifier AS column_name,
       pg_catalog.current_database()::information_schema.sql_identifier AS constraint_catalog,
       cn.nspname::information_schema.sql_identifier AS constraint_schema,
       k.conname::information_schema.sql_identifier AS constraint_name
FROM pg_catalog.pg_constraint k
     JOIN pg_catalog.pg_namespace cn ON cn.oid = k.connamespace
     JOIN pg_catalog.pg_class c ON c.oid = CASE k.contype WHEN 'f' THEN k.confrelid ELSE k.conrelid END
     JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid
          AND a.attnum = ANY (CASE k.contype WHEN 'f' THEN k.confkey ELSE k.conkey END)
WHERE k.contype IN ('c', 'n', 'p', 'u', 'f') AND NOT a.attisdropped AND c.relkind IN ('r', 'p')
      AND pg_catalog.pg_has_role(c.relowner, 'USAGE');

CREATE VIEW information_schema.check_constraints AS
SELECT pg_catalog.current_database()::information_schema.sql_identifier AS constraint_catalog,
       n.nspname::information_schema.sql_identifier AS constraint_schema,
       k.conname::information_schema.sql_identifier AS constraint_name,
       CASE WHEN k.contype = 'n' THEN coalesce(a.attname::text, 'VALUE') || ' IS NOT NULL'
            ELSE pg_catalog.pg_get_expr(k.conbin, coalesce(c.oid, 0::oid)) END
           ::information_schema.character_data AS check_clause
FROM pg_catalog.pg_constraint k
     LEFT JOIN pg_catalog.pg_namespace n ON n.oid = k.connamespace
     LEFT JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
     LEFT JOIN pg_catalog.pg_type t ON t.oid = k.contypid
     LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[1]
WHERE k.contype IN ('c', 'n') AND pg_catalog.pg_has_role(coalesce(c.relowner, t.typowner), 'USAGE');

CREATE VIEW information_schema.sequences AS
SELECT pg_catalog.current_database()::information_schema.sql_identifier AS sequence_catalog,
       n.nspname::information_schema.sql_identifier AS sequence_schema,
       c.relname::information_schema.sql_identifier AS sequence_name,
       pg_catalog.format_type(s.seqtypid, NULL)::information_schema.character_data AS data_type,
       CASE s.seqtypid WHEN 21 THEN 16 WHEN 23 THEN 32 ELSE 64 END
           ::information_schema.cardinal_number AS numeric_precision,
       2::information_schema.cardinal_number AS numeric_precision_radix,
       0::information_schema.cardinal_number AS numeric_scale,
       s.seqstart::information_schema.character_data AS start_value,
       s.seqmin::information_schema.character_data AS minimum_value,
       s.seqmax::information_schema.character_data AS maximum_value,
       s.seqincrement::information_schema.character_data AS increment,
       CASE WHEN s.seqcycle THEN 'YES' ELSE 'NO' END::information_schema.yes_or_no AS cycle_option
FROM pg_catalog.pg_sequence s
     JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid
     JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE NOT pg_catalog.pg_is_other_temp_schema(n.oid)
      AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d
                      WHERE d.classid = 1259 AND d.objid = c.oid AND d.deptype = 'i')
      AND c.relkind = 'S' -- asked before the privilege, wherever the rows come from
      AND (pg_catalog.pg_has_role(c.relowner, 'USAGE')
           OR pg_catalog.has_sequence_privilege(c.oid, 'SELECT, UPDATE, USAGE'));

CREATE VIEW information_schema.enabled_roles AS
SELECT r.rolname::information_schema.sql_identifier AS role_name
FROM pg_catalog.pg_authid r
WHERE pg_catalog.pg_has_role(r.oid, 'USAGE');

CREATE VIEW information_schema.table_privileges AS
SELECT g.rolname::information_schema.sql_identifier AS grantor,
       e.rolname::information_schema.sql_identifier AS grantee,
       pg_catalog.current_database()::information_schema.sql_identifier AS table_catalog,
       n.nspname::information_schema.sql_identifier AS table_schema,
       c.relname::information_schema.sql_identifier AS table_name,
       x.privilege_type::information_schema.character_data AS privilege_type,
       CASE WHEN x.is_grantable OR pg_catalog.pg_has_role(x.grantee, c.relowner, 'USAGE') THEN 'YES' ELSE 'NO' END
           ::information_schema.yes_or_no AS is_grantable,
       CASE WHEN x.privilege_type = 'SELECT' THEN 'YES' ELSE 'NO' END
           ::information_schema.yes_or_no AS with_hierarchy
FROM pg_catalog.pg_class c
     JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     CROSS JOIN LATERAL pg_catalog.aclexplode(coalesce(c.relacl, pg_catalog.acldefault('r', c.relowner))) x
     JOIN pg_catalog.pg_authid g ON g.oid = x.grantor
     JOIN (SELECT oid, rolname FROM pg_catalog.pg_authid UNION ALL SELECT 0, 'PUBLIC') e ON e.oid = x.grantee
WHERE c.relkind IN ('r', 'v', 'f', 'p')
      AND x.privilege_type IN ('INSERT', 'SELECT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER')
      AND (pg_catalog.pg_has_role(g.oid, 'USAGE') OR pg_catalog.pg_has_role(e.oid, 'USAGE') OR e.rolname = 'PUBLIC');

CREATE VIEW information_schema.role_table_grants AS
SELECT p.grantor, p.grantee, p.table_catalog, p.table_schema, p.table_name, p.privilege_type, p.is_grantable,
       p.with_hierarchy
FROM information_schema.table_privileges p
WHERE p.grantor IN (SELECT e.role_name FROM information_schema.enabled_roles e)
      OR p.grantee IN (SELECT e.role_name FROM information_schema.enabled_roles e);

CREATE VIEW information_schema.applicable_roles AS
SELECT m.rolname::information_schema.sql_identifier AS grantee,
       r.rolname::information_schema.sql_identifier AS role_name,
       CASE WHEN a.admin THEN 'YES' ELSE 'NO' END::information_schema.yes_or_no AS is_grantable
FROM (SELECT k.member, k.roleid, pg_catalog.bool_or(k.admin_option) AS admin FROM pg_catalog.pg_auth_members k
      GROUP BY k.member, k.roleid
      UNION SELECT d.datdba, 6171, false
      FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database()) a
     JOIN pg_catalog.pg_authid m ON m.oid = a.member
     JOIN pg_catalog.pg_authid r ON r.oid = a.roleid
WHERE pg_catalog.pg_has_role(a.member, 'USAGE');

CREATE VIEW information_schema.administrable_role_authorizations AS
SELECT r.grantee,
       r.role_name,
       r.is_grantable
FROM information_schema.applicable_roles r WHERE r.is_grantable = 'YES';

CREATE VIEW information_schema.character_sets AS
SELECT NULL::information_schema.sql_identifier AS character_set_catalog,
       NULL::information_schema.sql_identifier AS character_set_schema,
       pg_catalog.getdatabaseencoding()::information_schema.sql_identifier AS character_set_name,
       CASE WHEN pg_catalog.getdatabaseencoding() = 'UTF8' THEN 'UCS' ELSE pg_catalog.getdatabaseencoding() END
           ::information_schema.sql_identifier AS character_repertoire,
       pg_catalog.getdatabaseencoding()::information_schema.sql_identifier AS form_of_use,
       pg_catalog.current_database()::information_schema.sql_identifier AS default_collate_catalog,
       c.nspname::information_schema.sql_identifier AS default_collate_schema,
       c.collname::information_schema.sql_identifier AS default_collate_name
FROM pg_catalog.pg_database d
     LEFT JOIN (SELECT co.collcollate, co.collctype, co.collname, n.nspname
                FROM pg_catalog.pg_collation co JOIN pg_catalog.pg_namespace n ON n.oid = co.collnamespace
                WHERE co.collprovider = 'c') c ON c.collcollate = d.datcollate AND c.collctype = d.datctype
WHERE d.datname = pg_catalog.current_database()
ORDER BY pg_catalog.char_length(c.collname::text) DESC, c.collname
LIMIT 1;

CREATE VIEW information_schema.collations AS
SELECT pg_catalog.current_database()::information_schema.sql_identifier AS collation_catalog,
       n.nspname::information_schema.sql_identifier AS collation_schema,
       co.collname::information_schema.sql_identifier AS collation_name,
       'NO PAD'::information_schema.character_data AS pad_attribute
FROM pg_catalog.pg_collation co JOIN pg_catalog.pg_namespace n ON n.oid = co.collnamespace
WHERE co.collencoding IN (-1, (SELECT d.encoding FROM pg_catalog.pg_database d
                               WHERE d.datname = pg_catalog.current_database()));

CREATE VIEW information_schema.collation_character_set_applicability AS
SELECT pg_catalog.current_database()::information_schema.sql_identifier AS collation_catalog,
       n.nspname::information_schema.sql_identifier AS collation_schema,
       co.collname::information_schema.sql_identifier AS collation_name,
       NULL::information_schema.sql_identifier AS character_set_catalog,
       NULL::information_schema.sql_identifier AS character_set_schema,
       pg_catalog.getdatabaseencoding()::information_schema.sql_identifier AS character_set_name
FROM pg_catalog.pg_collation co JOIN pg_catalog.pg_namespace n ON n.oid = co.collnamespace
WHERE co.collencoding IN (-1, (SELECT d.encoding FROM pg_catalog.pg_database d
                               WHERE d.datname = pg_catalog.current_database()));

CREATE VIEW information_schema.domains AS
SELECT pg_catalog.current_database()::information_schema.sql_identifier AS domain_catalog,
       n.nspname::information_schema.sql_identifier AS domain_schema,
       t.typname::information_schema.sql_identifier AS domain_name,
       CASE WHEN bn.nspname = 'pg_catalog' THEN pg_catalog.format_type(b.oid, NULL) ELSE 'USER-DEFINED' END
           ::information_schema.character_data AS data_type,
       CASE WHEN t.typtypmod = -1 THEN NULL WHEN t.typbasetype IN (1042, 1043) THEN t.typtypmod - 4
            WHEN t.typbasetype IN (1560, 1562) THEN t.typtypmod END
           ::information_schema.cardinal_number AS character_maximum_length,
       CASE WHEN t.typbasetype IN (25, 1042, 1043)
            THEN CASE WHEN t.typtypmod = -1 OR t.typbasetype = 25 THEN 1073741824
                      ELSE least((t.typtypmod - 4)::bigint * 4, 1073741824)::integer END END
           ::information_schema.cardinal_number AS character_octet_length,
       NULL::information_schema.sql_identifier AS character_set_catalog,
       NULL::information_schema.sql_identifier AS character_set_schema,
       NULL::information_schema.sql_identifier AS character_set_name,
       CASE WHEN con.nspname IS NOT NULL THEN pg_catalog.current_database() END
           ::information_schema.sql_identifier AS collation_catalog,
       con.nspname::information_schema.sql_identifier AS collation_schema,
       co.collname::information_schema.sql_identifier AS collation_name,
       CASE t.typbasetype WHEN 21 THEN 16 WHEN 23 THEN 32 WHEN 20 THEN 64
                  WHEN 1700 THEN CASE WHEN t.typtypmod = -1 THEN NULL ELSE (t.typtypmod - 4) >> 16 & 65535 END
                  WHEN 700 THEN 24 WHEN 701 THEN 53 END
           ::information_schema.cardinal_number AS numeric_precision,
       CASE WHEN t.typbasetype IN (21, 23, 20, 700, 701) THEN 2 WHEN t.typbasetype = 1700 THEN 10 END
           ::information_schema.cardinal_number AS numeric_precision_radix,
       CASE WHEN t.typbasetype IN (21, 23, 20) THEN 0
            WHEN t.typbasetype = 1700 AND t.typtypmod <> -1 THEN (t.typtypmod - 4) & 2047 END
           ::information_schema.cardinal_number AS numeric_scale,
       CASE WHEN t.typbasetype = 1082 THEN 0
            WHEN t.typbasetype IN (1083, 1114, 1184, 1266) THEN CASE WHEN t.typtypmod < 0 THEN 6 ELSE t.typtypmod END
            WHEN t.typbasetype = 1186 THEN CASE WHEN t.typtypmod < 0 OR t.typtypmod & 65535 = 65535 THEN 6
                               ELSE t.typtypmod & 65535 END END
           ::information_schema.cardinal_number AS datetime_precision,
       CASE WHEN t.typbasetype = 1186 AND pg_catalog.format_type(t.typbasetype, t.typtypmod) LIKE 'interval %'
            THEN pg_catalog.upper(pg_catalog.substr(pg_catalog.format_type(t.typbasetype, t.typtypmod), 10)) END
           ::information_schema.character_data AS interval_type,
       NULL::information_schema.cardinal_number AS interval_precision,
       t.typdefault::information_schema.character_data AS domain_default,
       pg_catalog.current_database()::information_schema.sql_identifier AS udt_catalog,
       bn.nspname::information_schema.sql_identifier AS udt_schema,
       b.typname::information_schema.sql_identifier AS udt_name,
       NULL::information_schema.sql_identifier AS scope_catalog,
       NULL::information_schema.sql_identifier AS scope_schema,
       NULL::information_schema.sql_identifier AS scope_name,
       NULL::information_schema.cardinal_number AS maximum_cardinality,
       1::information_schema.sql_identifier AS dtd_identifier
FROM pg_catalog.pg_type t
     JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
     JOIN pg_catalog.pg_type b ON b.oid = t.typbasetype
     JOIN pg_catalog.pg_namespace bn ON bn.oid = b.typnamespace
     LEFT JOIN pg_catalog.pg_collation co ON co.oid = t.typcollation
          AND (co.collnamespace <> 11 OR co.collname <> 'default')
     LEFT JOIN pg_catalog.pg_namespace con ON con.oid = co.collnamespace
WHERE t.typtype = 'd'
      AND (pg_catalog.pg_has_role(t.typowner, 'USAGE') OR pg_catalog.has_type_privilege(t.oid, 'USAGE'));

CREATE VIEW information_schema.domain_constraints AS
SELECT pg_catalog.current_database()::information_schema.sql_identifier AS constraint_catalog,
       kn.nspname::information_schema.sql_identifier AS constraint_schema,
       k.conname::information_schema.sql_identifier AS constraint_name,
       pg_catalog.current_database()::information_schema.sql_identifier AS domain_catalog,
       n.nspname::information_schema.sql_identifier AS domain_schema,
       t.typname::information_schema.sql_identifier AS domain_name,
       CASE WHEN k.condeferrable THEN 'YES' ELSE 'NO' END::information_schema.yes_or_no AS is_deferrable,
       CASE WHEN k.condeferred THEN 'YES' ELSE 'NO' END::information_schema.yes_or_no AS initially_deferred
FROM pg_catalog.pg_constraint k
     JOIN pg_catalog.pg_namespace kn ON kn.oid = k.connamespace
     JOIN pg_catalog.pg_type t ON t.oid = k.contypid
     JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
WHERE (pg_catalog.pg_has_role(t.typowner, 'USAGE') OR pg_catalog.has_type_privilege(t.oid, 'USAGE'));

CREATE VIEW information_schema.domain_udt_usage AS
SELECT pg_catalog.current_database()::information_schema.sql_identifier AS udt_catalog,
       bn.nspname::information_schema.sql_identifier AS udt_schema,
       b.typname::information_schema.sql_identifier AS udt_name,
       pg_catalog.current_database()::information_schema.sql_identifier AS domain_catalog,
       n.nspname::information_schema.sql_identifier AS domain_schema,
       t.typname::information_schema.sql_identifier AS domain_name
FROM pg_catalog.pg_type t
     JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
     JOIN pg_catalog.pg_type b ON b.oid = t.typbasetype
     JOIN pg_catalog.pg_namespace bn ON bn.oid = b.typnamespace
WHERE t.typtype = 'd' AND pg_catalog.pg_has_role(b.typowner, 'USAGE');

CREATE VIEW information_schema.column_domain_usage AS
SELECT pg_catalog.current_database()::information_schema.sql_identifier AS domain_catalog,
       tn.nspname::information_schema.sql_identifier AS domain_schema,
       t.typname::information_schema.sql_identifier AS domain_name,
       pg_catalog.current_database()::information_schema.sql_identifier AS table_catalog,
       n.nspname::information_schema.sql_identifier AS table_schema,
       c.relname::information_schema.sql_identifier AS table_name,
       a.attname::information_schema.sql_identifier AS column_name
FROM pg_catalog.pg_attribute a
     JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
     JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
     JOIN pg_catalog.pg_namespace tn ON tn.oid = t.typnamespace
WHERE t.typtype = 'd' AND c.relkind IN ('r', 'v', 'f', 'p') AND a.attnum > 0 AND NOT a.attisdropped
      AND pg_catalog.pg_has_role(t.typowner, 'USAGE');

CREATE VIEW information_schema.column_udt_usage AS
SELECT pg_catalog.current_database()::information_schema.sql_identifier AS udt_catalog,
       bn.nspname::information_schema.sql_identifier AS udt_schema,
       b.typname::information_schema.sql_identifier AS udt_name,
       pg_catalog.current_database()::information_schema.sql_identifier AS table_catalog,
       n.nspname::information_schema.sql_identifier AS table_schema,
       c.relname::information_schema.sql_identifier AS table_name,
       a.attname::information_schema.sql_identifier AS column_name
FROM pg_catalog.pg_attribute a
     JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
     JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
     JOIN pg_catalog.pg_type b ON b.oid = CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.oid END
     JOIN pg_catalog.pg_namespace bn ON bn.oid = b.typnamespace
WHERE c.relkind IN ('r', 'v', 'f', 'p') AND a.attnum > 0 AND NOT a.attisdropped
      AND pg_catalog.pg_has_role(b.typowner, 'USAGE');

CREATE VIEW information_schema.column_privileges AS
SELECT g.rolname::information_schema.sql_identifier AS grantor,
       e.rolname::information_schema.sql_identifier AS grantee,
       pg_catalog.current_database()::information_schema.sql_identifier AS table_catalog,
       n.nspname::information_schema.sql_identifier AS table_schema,
       x.relname::information_schema.sql_identifier AS table_name,
       x.attname::information_schema.sql_identifier AS column_name,
       x.privilege_type::information_schema.character_data AS privilege_type,
       CASE WHEN x.is_grantable OR pg_catalog.pg_has_role(x.grantee, x.relowner, 'USAGE') THEN 'YES' ELSE 'NO' END
           ::information_schema.yes_or_no AS is_grantable
FROM (SELECT p.grantor, p.grantee, a.attname, c.relname, c.relnamespace, p.privilege_type, p.is_grantable, c.relowner
      FROM pg_catalog.pg_class c
           CROSS JOIN LATERAL pg_catalog.aclexplode(coalesce(c.relacl, pg_catalog.acldefault('r', c.relowner))) p
           JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid
      WHERE c.relkind IN ('r', 'v', 'f', 'p') AND a.attnum > 0 AND NOT a.attisdropped
      UNION
      SELECT p.grantor, p.grantee, a.attname, c.relname, c.relnamespace, p.privilege_type, p.is_grantable, c.relowner
      FROM pg_catalog.pg_attribute a
           JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
           CROSS JOIN LATERAL pg_catalog.aclexplode(coalesce(a.attacl, pg_catalog.acldefault('c', c.relowner))) p
      WHERE c.relkind IN ('r', 'v', 'f', 'p') AND a.attnum > 0 AND NOT a.attisdropped) x
     JOIN pg_catalog.pg_namespace n ON n.oid = x.relnamespace
     JOIN pg_catalog.pg_authid g ON g.oid = x.grantor
     JOIN (SELECT oid, rolname FROM pg_catalog.pg_authid UNION ALL SELECT 0, 'PUBLIC') e ON e.oid = x.grantee
WHERE x.privilege_type IN ('INSERT', 'SELECT', 'UPDATE', 'REFERENCES')
      AND (pg_catalog.pg_has_role(g.oid, 'USAGE') OR pg_catalog.pg_has_role(e.oid, 'USAGE') OR e.rolname = 'PUBLIC');

CREATE VIEW information_schema.role_column_grants AS
SELECT p.grantor,
       p.grantee,
       p.table_catalog,
       p.table_schema,
       p.table_name,
       p.column_name,
       p.privilege_type,
       p.is_grantable
FROM information_schema.column_privileges p
WHERE p.grantor IN (SELECT e.role_name FROM information_schema.enabled_roles e)
      OR p.grantee IN (SELECT e.role_name FROM information_schema.enabled_roles e);

CREATE VIEW information_schema.routines AS
SELECT pg_catalog.current_database()::information_schema.sql_identifier AS specific_catalog,
       n.nspname::information_schema.sql_identifier AS specific_schema,
       pg_catalog.nameconcatoid(p.proname, p.oid)::information_schema.sql_identifier AS specific_name,
       pg_catalog.current_database()::information_schema.sql_identifier AS routine_catalog,
       n.nspname::information_schema.sql_identifier AS routine_schema,
       p.proname::information_schema.sql_identifier AS routine_name,
       CASE p.prokind WHEN 'f' THEN 'FUNCTION' WHEN 'p' THEN 'PROCEDURE' END
           ::information_schema.character_data AS routine_type,
       NULL::information_schema.sql_identifier AS module_catalog,
       NULL::information_schema.sql_identifier AS module_schema,
       NULL::information_schema.sql_identifier AS module_name,
       NULL::information_schema.sql_identifier AS udt_catalog,
       NULL::information_schema.sql_identifier AS udt_schema,
       NULL::information_schema.sql_identifier AS udt_name,
       CASE WHEN p.prokind = 'p' THEN NULL
            WHEN t.typelem <> 0 AND t.typlen = -1 AND t.typcategory = 'A' THEN 'ARRAY'
            WHEN tn.nspname = 'pg_catalog' THEN pg_catalog.format_type(t.oid, NULL)
            ELSE 'USER-DEFINED' END::information_schema.character_data AS data_type,
       NULL::information_schema.cardinal_number AS character_maximum_length,
       NULL::information_schema.cardinal_number AS character_octet_length,
       NULL::information_schema.sql_identifier AS character_set_catalog,
       NULL::information_schema.sql_identifier AS character_set_schema,
       NULL::information_schema.sql_identifier AS character_set_name,
       NULL::information_schema.sql_identifier AS collation_catalog,
       NULL::information_schema.sql_identifier AS collation_schema,
       NULL::information_schema.sql_identifier AS collation_name,
       NULL::information_schema.cardinal_number AS numeric_precision,
       NULL::information_schema.cardinal_number AS numeric_precision_radix,
       NULL::information_schema.cardinal_number AS numeric_scale,
       NULL::information_schema.cardinal_number AS datetime_precision,
       NULL::information_schema.character_data AS interval_type,
       NULL::information_schema.cardinal_number AS interval_precision,
       CASE WHEN tn.nspname IS NOT NULL THEN pg_catalog.current_database() END
           ::information_schema.sql_identifier AS type_udt_catalog,
       tn.nspname::information_schema.sql_identifier AS type_udt_schema,
       t.typname::information_schema.sql_identifier AS type_udt_name,
       NULL::information_schema.sql_identifier AS scope_catalog,
       NULL::information_schema.sql_identifier AS scope_schema,
       NULL::information_schema.sql_identifier AS scope_name,
       NULL::information_schema.cardinal_number AS maximum_cardinality,
       CASE WHEN p.prokind <> 'p' THEN 0 END::information_schema.sql_identifier AS dtd_identifier,
       CASE WHEN l.lanname = 'sql' THEN 'SQL' ELSE 'EXTERNAL' END
           ::information_schema.character_data AS routine_body,
       CASE WHEN pg_catalog.pg_has_role(p.proowner, 'USAGE') THEN p.prosrc END
           ::information_schema.character_data AS routine_definition,
       CASE WHEN l.lanname = 'c' THEN p.prosrc END::information_schema.character_data AS external_name,
       pg_catalog.upper(l.lanname::text)::information_schema.character_data AS external_language,
       'GENERAL'::information_schema.character_data AS parameter_style,
       CASE WHEN p.provolatile = 'i' THEN 'YES' ELSE 'NO' END::information_schema.yes_or_no AS is_deterministic,
       'MODIFIES'::information_schema.character_data AS sql_data_access,
       CASE WHEN p.prokind <> 'p' THEN CASE WHEN p.proisstrict THEN 'YES' ELSE 'NO' END END
           ::information_schema.yes_or_no AS is_null_call,
       NULL::information_schema.character_data AS sql_path,
       'YES'::information_schema.yes_or_no AS schema_level_routine,
       0::information_schema.cardinal_number AS max_dynamic_result_sets,
       NULL::information_schema.yes_or_no AS is_user_defined_cast,
       NULL::information_schema.yes_or_no AS is_implicitly_invocable,
       CASE WHEN p.prosecdef THEN 'DEFINER' ELSE 'INVOKER' END::information_schema.character_data AS security_type,
       NULL::information_schema.sql_identifier AS to_sql_specific_catalog,
       NULL::information_schema.sql_identifier AS to_sql_specific_schema,
       NULL::information_schema.sql_identifier AS to_sql_specific_name,
       'NO'::information_schema.yes_or_no AS as_locator,
       NULL::information_schema.time_stamp AS created,
       NULL::information_schema.time_stamp AS last_altered,
       NULL::information_schema.yes_or_no AS new_savepoint_level,
       'NO'::information_schema.yes_or_no AS is_udt_dependent,
       NULL::information_schema.character_data AS result_cast_from_data_type,
       NULL::information_schema.yes_or_no AS result_cast_as_locator,
       NULL::information_schema.cardinal_number AS result_cast_char_max_length,
       NULL::information_schema.cardinal_number AS result_cast_char_octet_length,
       NULL::information_schema.sql_identifier AS result_cast_char_set_catalog,
       NULL::information_schema.sql_identifier AS result_cast_char_set_schema,
       NULL::information_schema.sql_identifier AS result_cast_char_set_name,
       NULL::information_schema.sql_identifier AS result_cast_collation_catalog,
       NULL::information_schema.sql_identifier AS result_cast_collation_schema,
       NULL::information_schema.sql_identifier AS result_cast_collation_name,
       NULL::information_schema.cardinal_number AS result_cast_numeric_precision,
       NULL::information_schema.cardinal_number AS result_cast_numeric_precision_radix,
       NULL::information_schema.cardinal_number AS result_cast_numeric_scale,
       NULL::information_schema.cardinal_number AS result_cast_datetime_precision,
       NULL::information_schema.character_data AS result_cast_interval_type,
       NULL::information_schema.cardinal_number AS result_cast_interval_precision,
       NULL::information_schema.sql_identifier AS result_cast_type_udt_catalog,
       NULL::information_schema.sql_identifier AS result_cast_type_udt_schema,
       NULL::information_schema.sql_identifier AS result_cast_type_udt_name,
       NULL::information_schema.sql_identifier AS result_cast_scope_catalog,
       NULL::information_schema.sql_identifier AS result_cast_scope_schema,
       NULL::information_schema.sql_identifier AS result_cast_scope_name,
       NULL::information_schema.cardinal_number AS result_cast_maximum_cardinality,
       NULL::information_schema.sql_identifier AS result_cast_dtd_identifier
FROM pg_catalog.pg_proc p
     JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
     JOIN pg_catalog.pg_language l ON l.oid = p.prolang
     LEFT JOIN pg_catalog.pg_type t ON t.oid = p.prorettype AND p.prokind <> 'p'
     LEFT JOIN pg_catalog.pg_namespace tn ON tn.oid = t.typnamespace
WHERE (pg_catalog.pg_has_role(p.proowner, 'USAGE') OR pg_catalog.has_function_privilege(p.oid, 'EXECUTE'));

CREATE VIEW information_schema.parameters AS
SELECT pg_catalog.current_database()::information_schema.sql_identifier AS specific_catalog,
       n.nspname::information_schema.sql_identifier AS specific_schema,
       pg_catalog.nameconcatoid(p.proname, p.oid)::information_schema.sql_identifier AS specific_name,
       s.at::information_schema.cardinal_number AS ordinal_position,
       CASE coalesce(p.proargmodes[s.at], 'i') WHEN 'i' THEN 'IN' WHEN 'o' THEN 'OUT' WHEN 'b' THEN 'INOUT'
            WHEN 'v' THEN 'IN' WHEN 't' THEN 'OUT' END
           ::information_schema.character_data AS parameter_mode,
       'NO'::information_schema.yes_or_no AS is_result,
       'NO'::information_schema.yes_or_no AS as_locator,
       nullif(p.proargnames[s.at], '')::information_schema.sql_identifier AS parameter_name,
       CASE WHEN t.typelem <> 0 AND t.typlen = -1 AND t.typcategory = 'A' THEN 'ARRAY'
            WHEN tn.nspname = 'pg_catalog' THEN pg_catalog.format_type(t.oid, NULL)
            ELSE 'USER-DEFINED' END::information_schema.character_data AS data_type,
       NULL::information_schema.cardinal_number AS character_maximum_length,
       NULL::information_schema.cardinal_number AS character_octet_length,
       NULL::information_schema.sql_identifier AS character_set_catalog,
       NULL::information_schema.sql_identifier AS character_set_schema,
       NULL::information_schema.sql_identifier AS character_set_name,
       NULL::information_schema.sql_identifier AS collation_catalog,
       NULL::information_schema.sql_identifier AS collation_schema,
       NULL::information_schema.sql_identifier AS collation_name,
       NULL::information_schema.cardinal_number AS numeric_precision,
       NULL::information_schema.cardinal_number AS numeric_precision_radix,
       NULL::information_schema.cardinal_number AS numeric_scale,
       NULL::information_schema.cardinal_number AS datetime_precision,
       NULL::information_schema.character_data AS interval_type,
       NULL::information_schema.cardinal_number AS interval_precision,
       pg_catalog.current_database()::information_schema.sql_identifier AS udt_catalog,
       tn.nspname::information_schema.sql_identifier AS udt_schema,
       t.typname::information_schema.sql_identifier AS udt_name,
       NULL::information_schema.sql_identifier AS scope_catalog,
       NULL::information_schema.sql_identifier AS scope_schema,
       NULL::information_schema.sql_identifier AS scope_name,
       NULL::information_schema.cardinal_number AS maximum_cardinality,
       s.at::information_schema.sql_identifier AS dtd_identifier,
       CASE WHEN pg_catalog.pg_has_role(p.proowner, 'USAGE')
            THEN pg_catalog.pg_get_function_arg_default(p.oid, s.at) END
           ::information_schema.character_data AS parameter_default
FROM pg_catalog.pg_proc p
     JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
     CROSS JOIN LATERAL pg_catalog.generate_series(1,
             coalesce(pg_catalog.cardinality(p.proallargtypes), p.pronargs::integer)) s(at)
     JOIN pg_catalog.pg_type t ON t.oid = coalesce(p.proallargtypes[s.at], p.proargtypes[s.at - 1])
     JOIN pg_catalog.pg_namespace tn ON tn.oid = t.typnamespace
WHERE (pg_catalog.pg_has_role(p.proowner, 'USAGE') OR pg_catalog.has_function_privilege(p.oid, 'EXECUTE'));

CREATE VIEW information_schema.routine_privileges AS
SELECT g.rolname::information_schema.sql_identifier AS grantor,
       e.rolname::information_schema.sql_identifier AS grantee,
       pg_catalog.current_database()::information_schema.sql_identifier AS specific_catalog,
       n.nspname::information_schema.sql_identifier AS specific_schema,
       pg_catalog.nameconcatoid(p.proname, p.oid)::information_schema.sql_identifier AS specific_name,
       pg_catalog.current_database()::information_schema.sql_identifier AS routine_catalog,
       n.nspname::information_schema.sql_identifier AS routine_schema,
       p.proname::information_schema.sql_identifier AS routine_name,
       x.privilege_type::information_schema.character_data AS privilege_type,
       CASE WHEN x.is_grantable OR pg_catalog.pg_has_role(x.grantee, p.proowner, 'USAGE') THEN 'YES' ELSE 'NO' END
           ::information_schema.yes_or_no AS is_grantable
FROM pg_catalog.pg_proc p
     JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
     CROSS JOIN LATERAL pg_catalog.aclexplode(coalesce(p.proacl, pg_catalog.acldefault('f', p.proowner))) x
     JOIN pg_catalog.pg_authid g ON g.oid = x.grantor
     JOIN (SELECT oid, rolname FROM pg_catalog.pg_authid UNION ALL SELECT 0, 'PUBLIC') e ON e.oid = x.grantee
WHERE x.privilege_type = 'EXECUTE'
      AND (pg_catalog.pg_has_role(g.oid, 'USAGE') OR pg_catalog.pg_has_role(e.oid, 'USAGE') OR e.rolname = 'PUBLIC');

CREATE VIEW information_schema.role_routine_grants AS
SELECT p.grantor,
       p.grantee,
       p.specific_catalog,
       p.specific_schema,
       p.specific_name,
       p.routine_catalog,
       p.routine_schema,
       p.routine_name,
       p.privilege_type,
       p.is_grantable
FROM information_schema.routine_privileges p
WHERE p.grantor IN (SELECT e.role_name FROM information_schema.enabled_roles e)
      OR p.grantee IN (SELECT e.role_name FROM information_schema.enabled_roles e);

CREATE VIEW information_schema.constraint_table_usage AS
SELECT pg_catalog.current_database()::information_schema.sql_identifier AS table_catalog,
       n.nspname::information_schema.sql_identifier AS table_schema,
       c.relname::information_schema.sql_identifier AS table_name,
       pg_catalog.current_database()::information_schema.sql_identifier AS constraint_catalog,
       kn.nspname::information_schema.sql_identifier AS constraint_schema,
       k.conname::information_schema.sql_identifier AS constraint_name
FROM pg_catalog.pg_constraint k
     JOIN pg_catalog.pg_namespace kn ON kn.oid = k.connamespace
     JOIN pg_catalog.pg_class c ON c.oid = CASE k.contype WHEN 'f' THEN k.confrelid ELSE k.conrelid END
     JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE k.contype IN ('f', 'p', 'u') AND c.relkind IN ('r', 'p') AND pg_catalog.pg_has_role(c.relowner, 'USAGE');

CREATE VIEW information_schema.udt_privileges AS
SELECT g.rolname::information_schema.sql_identifier AS grantor,
       e.rolname::information_schema.sql_identifier AS grantee,
       pg_catalog.current_database()::information_schema.sql_identifier AS udt_catalog,
       n.nspname::information_schema.sql_identifier AS udt_schema,
       t.typname::information_schema.sql_identifier AS udt_name,
       'TYPE USAGE'::information_schema.character_data AS privilege_type,
       CASE WHEN x.is_grantable OR pg_catalog.pg_has_role(x.grantee, t.typowner, 'USAGE') THEN 'YES' ELSE 'NO' END
           ::information_schema.yes_or_no AS is_grantable
FROM pg_catalog.pg_type t
     JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
     CROSS JOIN LATERAL pg_catalog.aclexplode(coalesce(t.typacl, pg_catalog.acldefault('T', t.typowner))) x
     JOIN pg_catalog.pg_authid g ON g.oid = x.grantor
     JOIN (SELECT oid, rolname FROM pg_catalog.pg_authid UNION ALL SELECT 0, 'PUBLIC') e ON e.oid = x.grantee
WHERE t.typtype = 'c' AND x.privilege_type = 'USAGE'
      AND (pg_catalog.pg_has_role(g.oid, 'USAGE') OR pg_catalog.pg_has_role(e.oid, 'USAGE') OR e.rolname = 'PUBLIC');

CREATE VIEW information_schema.role_udt_grants AS
SELECT p.grantor,
       p.grantee,
       p.udt_catalog,
       p.udt_schema,
       p.udt_name,
       p.privilege_type,
       p.is_grantable
FROM information_schema.udt_privileges p
WHERE p.grantor IN (SELECT e.role_name FROM information_schema.enabled_roles e)
      OR p.grantee IN (SELECT e.role_name FROM information_schema.enabled_roles e);

CREATE VIEW information_schema.user_defined_types AS
SELECT pg_catalog.current_database()::information_schema.sql_identifier AS user_defined_type_catalog,
       n.nspname::information_schema.sql_identifier AS user_defined_type_schema,
       c.relname::information_schema.sql_identifier AS user_defined_type_name,
       'STRUCTURED'::information_schema.character_data AS user_defined_type_category,
       'YES'::information_schema.yes_or_no AS is_instantiable,
       NULL::information_schema.yes_or_no AS is_final,
       NULL::information_schema.character_data AS ordering_form,
       NULL::information_schema.character_data AS ordering_category,
       NULL::information_schema.sql_identifier AS ordering_routine_catalog,
       NULL::information_schema.sql_identifier AS ordering_routine_schema,
       NULL::information_schema.sql_identifier AS ordering_routine_name,
       NULL::information_schema.character_data AS reference_type,
       NULL::information_schema.character_data AS data_type,
       NULL::information_schema.cardinal_number AS character_maximum_length,
       NULL::information_schema.cardinal_number AS character_octet_length,
       NULL::information_schema.sql_identifier AS character_set_catalog,
       NULL::information_schema.sql_identifier AS character_set_schema,
       NULL::information_schema.sql_identifier AS character_set_name,
       NULL::information_schema.sql_identifier AS collation_catalog,
       NULL::information_schema.sql_identifier AS collation_schema,
       NULL::information_schema.sql_identifier AS collation_name,
       NULL::information_schema.cardinal_number AS numeric_precision,
       NULL::information_schema.cardinal_number AS numeric_precision_radix,
       NULL::information_schema.cardinal_number AS numeric_scale,
       NULL::information_schema.cardinal_number AS datetime_precision,
       NULL::information_schema.character_data AS interval_type,
       NULL::information_schema.cardinal_number AS interval_precision,
       NULL::information_schema.sql_identifier AS source_dtd_identifier,
       NULL::information_schema.sql_identifier AS ref_dtd_identifier
FROM pg_catalog.pg_class c
     JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     JOIN pg_catalog.pg_type t ON t.typrelid = c.oid
WHERE c.relkind = 'c'
      AND (pg_catalog.pg_has_role(t.typowner, 'USAGE') OR pg_catalog.has_type_privilege(t.oid, 'USAGE'));

CREATE VIEW information_schema.attributes AS
SELECT pg_catalog.current_database()::information_schema.sql_identifier AS udt_catalog,
       n.nspname::information_schema.sql_identifier AS udt_schema,
       c.relname::information_schema.sql_identifier AS udt_name,
       a.attname::information_schema.sql_identifier AS attribute_name,
       a.attnum::information_schema.cardinal_number AS ordinal_position,
       pg_catalog.pg_get_expr(d.adbin, d.adrelid)::information_schema.character_data AS attribute_default,
       CASE WHEN a.attnotnull OR (t.typtype = 'd' AND t.typnotnull) THEN 'NO' ELSE 'YES' END
           ::information_schema.yes_or_no AS is_nullable,
       CASE WHEN t.typelem <> 0 AND t.typlen = -1 AND t.typcategory = 'A' THEN 'ARRAY'
            WHEN tn.nspname = 'pg_catalog' THEN pg_catalog.format_type(t.oid, NULL)
            ELSE 'USER-DEFINED' END::information_schema.character_data AS data_type,
       CASE WHEN m.typmod = -1 THEN NULL WHEN m.oid IN (1042, 1043) THEN m.typmod - 4
            WHEN m.oid IN (1560, 1562) THEN m.typmod END
           ::information_schema.cardinal_number AS character_maximum_length,
       CASE WHEN m.oid IN (25, 1042, 1043)
            THEN CASE WHEN m.typmod = -1 OR m.oid = 25 THEN 1073741824
                      ELSE least((m.typmod - 4)::bigint * 4, 1073741824)::integer END END
           ::information_schema.cardinal_number AS character_octet_length,
       NULL::information_schema.sql_identifier AS character_set_catalog,
       NULL::information_schema.sql_identifier AS character_set_schema,
       NULL::information_schema.sql_identifier AS character_set_name,
       CASE WHEN con.nspname IS NOT NULL THEN pg_catalog.current_database() END
           ::information_schema.sql_identifier AS collation_catalog,
       con.nspname::information_schema.sql_identifier AS collation_schema,
       co.collname::information_schema.sql_identifier AS collation_name,
       CASE m.oid WHEN 21 THEN 16 WHEN 23 THEN 32 WHEN 20 THEN 64
                  WHEN 1700 THEN CASE WHEN m.typmod = -1 THEN NULL ELSE (m.typmod - 4) >> 16 & 65535 END
                  WHEN 700 THEN 24 WHEN 701 THEN 53 END
           ::information_schema.cardinal_number AS numeric_precision,
       CASE WHEN m.oid IN (21, 23, 20, 700, 701) THEN 2 WHEN m.oid = 1700 THEN 10 END
           ::information_schema.cardinal_number AS numeric_precision_radix,
       CASE WHEN m.oid IN (21, 23, 20) THEN 0
            WHEN m.oid = 1700 AND m.typmod <> -1 THEN (m.typmod - 4) & 2047 END
           ::information_schema.cardinal_number AS numeric_scale,
       CASE WHEN m.oid = 1082 THEN 0
            WHEN m.oid IN (1083, 1114, 1184, 1266) THEN CASE WHEN m.typmod < 0 THEN 6 ELSE m.typmod END
            WHEN m.oid = 1186 THEN CASE WHEN m.typmod < 0 OR m.typmod & 65535 = 65535 THEN 6
                               ELSE m.typmod & 65535 END END
           ::information_schema.cardinal_number AS datetime_precision,
       CASE WHEN m.oid = 1186 AND pg_catalog.format_type(m.oid, m.typmod) LIKE 'interval %'
            THEN pg_catalog.upper(pg_catalog.substr(pg_catalog.format_type(m.oid, m.typmod), 10)) END
           ::information_schema.character_data AS interval_type,
       NULL::information_schema.cardinal_number AS interval_precision,
       pg_catalog.current_database()::information_schema.sql_identifier AS attribute_udt_catalog,
       tn.nspname::information_schema.sql_identifier AS attribute_udt_schema,
       t.typname::information_schema.sql_identifier AS attribute_udt_name,
       NULL::information_schema.sql_identifier AS scope_catalog,
       NULL::information_schema.sql_identifier AS scope_schema,
       NULL::information_schema.sql_identifier AS scope_name,
       NULL::information_schema.cardinal_number AS maximum_cardinality,
       a.attnum::information_schema.sql_identifier AS dtd_identifier,
       'NO'::information_schema.yes_or_no AS is_derived_reference_attribute
FROM pg_catalog.pg_attribute a
     JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
     JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
     JOIN pg_catalog.pg_namespace tn ON tn.oid = t.typnamespace
     CROSS JOIN LATERAL (SELECT CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.oid END AS oid,
                                CASE WHEN t.typtype = 'd' THEN t.typtypmod ELSE a.atttypmod END AS typmod) m
     LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
     LEFT JOIN pg_catalog.pg_collation co ON co.oid = a.attcollation
          AND (co.collnamespace <> 11 OR co.collname <> 'default')
     LEFT JOIN pg_catalog.pg_namespace con ON con.oid = co.collnamespace
WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind = 'c'
      AND (pg_catalog.pg_has_role(c.relowner, 'USAGE') OR pg_catalog.has_type_privilege(c.reltype, 'USAGE'));

CREATE VIEW information_schema.view_table_usage AS
SELECT DISTINCT pg_catalog.current_database()::information_schema.sql_identifier AS view_catalog,
       vn.nspname::information_schema.sql_identifier AS view_schema,
       v.relname::information_schema.sql_identifier AS view_name,
       pg_catalog.current_database()::information_schema.sql_identifier AS table_catalog,
       n.nspname::information_schema.sql_identifier AS table_schema,
       c.relname::information_schema.sql_identifier AS table_name
FROM pg_catalog.pg_class v
     JOIN pg_catalog.pg_namespace vn ON vn.oid = v.relnamespace
     JOIN pg_catalog.pg_rewrite w ON w.ev_class = v.oid
     JOIN pg_catalog.pg_depend d ON d.classid = 2618 AND d.objid = w.oid
     JOIN pg_catalog.pg_class c ON c.oid = d.refobjid
     JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE v.relkind = 'v' AND d.refclassid = 1259 AND c.oid <> v.oid AND c.relkind IN ('r', 'v', 'f', 'p')
      AND pg_catalog.pg_has_role(c.relowner, 'USAGE');

CREATE VIEW information_schema.view_column_usage AS
SELECT DISTINCT pg_catalog.current_database()::information_schema.sql_identifier AS view_catalog,
       vn.nspname::information_schema.sql_identifier AS view_schema,
       v.relname::information_schema.sql_identifier AS view_name,
       pg_catalog.current_database()::information_schema.sql_identifier AS table_catalog,
       n.nspname::information_schema.sql_identifier AS table_schema,
       c.relname::information_schema.sql_identifier AS table_name,
       a.attname::information_schema.sql_identifier AS column_name
FROM pg_catalog.pg_class v
     JOIN pg_catalog.pg_namespace vn ON vn.oid = v.relnamespace
     JOIN pg_catalog.pg_rewrite w ON w.ev_class = v.oid
     JOIN pg_catalog.pg_depend d ON d.classid = 2618 AND d.objid = w.oid
     JOIN pg_catalog.pg_class c ON c.oid = d.refobjid
     JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid
WHERE v.relkind = 'v' AND d.refclassid = 1259 AND c.oid <> v.oid AND c.relkind IN ('r', 'v', 'f', 'p')
      AND pg_catalog.pg_has_role(c.relowner, 'USAGE');

CREATE VIEW information_schema.view_routine_usage AS
SELECT DISTINCT pg_catalog.current_database()::information_schema.sql_identifier AS table_catalog,
       vn.nspname::information_schema.sql_identifier AS table_schema,
       v.relname::information_schema.sql_identifier AS table_name,
       pg_catalog.current_database()::information_schema.sql_identifier AS specific_catalog,
       n.nspname::information_schema.sql_identifier AS specific_schema,
       pg_catalog.nameconcatoid(p.proname, p.oid)::information_schema.sql_identifier AS specific_name
FROM pg_catalog.pg_class v
     JOIN pg_catalog.pg_namespace vn ON vn.oid = v.relnamespace
     JOIN pg_catalog.pg_rewrite w ON w.ev_class = v.oid
     JOIN pg_catalog.pg_depend d ON d.classid = 2618 AND d.objid = w.oid
     JOIN pg_catalog.pg_proc p ON p.oid = d.refobjid
     JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
WHERE v.relkind = 'v' AND d.refclassid = 1255 AND pg_catalog.pg_has_role(p.proowner, 'USAGE');

CREATE VIEW information_schema.check_constraint_routine_usage AS
SELECT pg_catalog.current_database()::information_schema.sql_identifier AS constraint_catalog,
       kn.nspname::information_schema.sql_identifier AS constraint_schema,
       k.conname::information_schema.sql_identifier AS constraint_name,
       pg_catalog.current_database()::information_schema.sql_identifier AS specific_catalog,
       n.nspname::information_schema.sql_identifier AS specific_schema,
       pg_catalog.nameconcatoid(p.proname, p.oid)::information_schema.sql_identifier AS specific_name
FROM pg_catalog.pg_constraint k
     JOIN pg_catalog.pg_namespace kn ON kn.oid = k.connamespace
     JOIN pg_catalog.pg_depend d ON d.classid = 2606 AND d.objid = k.oid AND d.refclassid = 1255
     JOIN pg_catalog.pg_proc p ON p.oid = d.refobjid
     JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
WHERE k.contype = 'c' AND pg_catalog.pg_has_role(p.proowner, 'USAGE');

CREATE VIEW information_schema.column_column_usage AS
SELECT DISTINCT pg_catalog.current_database()::information_schema.sql_identifier AS table_catalog,
       n.nspname::information_schema.sql_identifier AS table_schema,
       c.relname::information_schema.sql_identifier AS table_name,
       a.attname::information_schema.sql_identifier AS column_name,
       g.attname::information_schema.sql_identifier AS dependent_column
FROM pg_catalog.pg_depend d
     JOIN pg_catalog.pg_class c ON c.oid = d.refobjid
     JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid
     JOIN pg_catalog.pg_attrdef x ON x.oid = d.objid AND x.adrelid = c.oid
     JOIN pg_catalog.pg_attribute g ON g.attrelid = c.oid AND g.attnum = x.adnum
WHERE d.classid = 2604 AND d.refclassid = 1259 AND g.attgenerated <> '' AND a.attnum <> g.attnum
      AND pg_catalog.pg_has_role(c.relowner, 'USAGE');

CREATE VIEW information_schema.routine_table_usage AS
SELECT DISTINCT pg_catalog.current_database()::information_schema.sql_identifier AS specific_catalog,
       n.nspname::information_schema.sql_identifier AS specific_schema,
       pg_catalog.nameconcatoid(p.proname, p.oid)::information_schema.sql_identifier AS specific_name,
       pg_catalog.current_database()::information_schema.sql_identifier AS routine_catalog,
       n.nspname::information_schema.sql_identifier AS routine_schema,
       p.proname::information_schema.sql_identifier AS routine_name,
       pg_catalog.current_database()::information_schema.sql_identifier AS table_catalog,
       cn.nspname::information_schema.sql_identifier AS table_schema,
       c.relname::information_schema.sql_identifier AS table_name
FROM pg_catalog.pg_proc p
     JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
     JOIN pg_catalog.pg_depend d ON d.classid = 1255 AND d.objid = p.oid
     JOIN pg_catalog.pg_class c ON c.oid = d.refobjid AND d.refclassid = 1259
     JOIN pg_catalog.pg_namespace cn ON cn.oid = c.relnamespace
WHERE c.relkind IN ('r', 'v', 'f', 'p') AND pg_catalog.pg_has_role(c.relowner, 'USAGE');

CREATE VIEW information_schema.routine_column_usage AS
SELECT DISTINCT pg_catalog.current_database()::information_schema.sql_identifier AS specific_catalog,
       n.nspname::information_schema.sql_identifier AS specific_schema,
       pg_catalog.nameconcatoid(p.proname, p.oid)::information_schema.sql_identifier AS specific_name,
       pg_catalog.current_database()::information_schema.sql_identifier AS routine_catalog,
       n.nspname::information_schema.sql_identifier AS routine_schema,
       p.proname::information_schema.sql_identifier AS routine_name,
       pg_catalog.current_database()::information_schema.sql_identifier AS table_catalog,
       cn.nspname::information_schema.sql_identifier AS table_schema,
       c.relname::information_schema.sql_identifier AS table_name,
       a.attname::information_schema.sql_identifier AS column_name
FROM pg_catalog.pg_proc p
     JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
     JOIN pg_catalog.pg_depend d ON d.classid = 1255 AND d.objid = p.oid
     JOIN pg_catalog.pg_class c ON c.oid = d.refobjid AND d.refclassid = 1259
     JOIN pg_catalog.pg_namespace cn ON cn.oid = c.relnamespace
     JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid
WHERE c.relkind IN ('r', 'v', 'f', 'p') AND pg_catalog.pg_has_role(c.relowner, 'USAGE');

CREATE VIEW information_schema.routine_sequence_usage AS
SELECT DISTINCT pg_catalog.current_database()::information_schema.sql_identifier AS specific_catalog,
       n.nspname::information_schema.sql_identifier AS specific_schema,
       pg_catalog.nameconcatoid(p.proname, p.oid)::information_schema.sql_identifier AS specific_name,
       pg_catalog.current_database()::information_schema.sql_identifier AS routine_catalog,
       n.nspname::information_schema.sql_identifier AS routine_schema,
       p.proname::information_schema.sql_identifier AS routine_name,
       pg_catalog.current_database()::information_schema.sql_identifier AS sequence_catalog,
       cn.nspname::information_schema.sql_identifier AS sequence_schema,
       c.relname::information_schema.sql_identifier AS sequence_name
FROM pg_catalog.pg_proc p
     JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
     JOIN pg_catalog.pg_depend d ON d.classid = 1255 AND d.objid = p.oid
     JOIN pg_catalog.pg_class c ON c.oid = d.refobjid AND d.refclassid = 1259
     JOIN pg_catalog.pg_namespace cn ON cn.oid = c.relnamespace
WHERE c.relkind = 'S' AND pg_catalog.pg_has_role(c.relowner, 'USAGE');

CREATE VIEW information_schema.routine_routine_usage AS
SELECT DISTINCT pg_catalog.current_database()::information_schema.sql_identifier AS specific_catalog,
       n.nspname::information_schema.sql_identifier AS specific_schema,
       pg_catalog.nameconcatoid(p.proname, p.oid)::information_schema.sql_identifier AS specific_name,
       pg_catalog.current_database()::information_schema.sql_identifier AS routine_catalog,
       qn.nspname::information_schema.sql_identifier AS routine_schema,
       pg_catalog.nameconcatoid(q.proname, q.oid)::information_schema.sql_identifier AS routine_name
FROM pg_catalog.pg_proc p
     JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
     JOIN pg_catalog.pg_depend d ON d.classid = 1255 AND d.objid = p.oid
     JOIN pg_catalog.pg_proc q ON q.oid = d.refobjid AND d.refclassid = 1255
     JOIN pg_catalog.pg_namespace qn ON qn.oid = q.pronamespace
WHERE pg_catalog.pg_has_role(q.proowner, 'USAGE');

CREATE VIEW information_schema.usage_privileges AS
SELECT g.rolname::information_schema.sql_identifier AS grantor, 'PUBLIC'::information_schema.sql_identifier AS grantee,
       pg_catalog.current_database()::information_schema.sql_identifier AS object_catalog,
       n.nspname::information_schema.sql_identifier AS object_schema,
       co.collname::information_schema.sql_identifier AS object_name,
       'COLLATION'::information_schema.character_data AS object_type,
       'USAGE'::information_schema.character_data AS privilege_type,
       'NO'::information_schema.yes_or_no AS is_grantable
FROM pg_catalog.pg_collation co
     JOIN pg_catalog.pg_namespace n ON n.oid = co.collnamespace
     JOIN pg_catalog.pg_authid g ON g.oid = co.collowner
WHERE co.collencoding IN (-1, (SELECT d.encoding FROM pg_catalog.pg_database d
                               WHERE d.datname = pg_catalog.current_database()))
UNION ALL
SELECT g.rolname::information_schema.sql_identifier AS grantor, e.rolname::information_schema.sql_identifier AS grantee,
       pg_catalog.current_database()::information_schema.sql_identifier AS object_catalog,
       n.nspname::information_schema.sql_identifier AS object_schema,
       t.typname::information_schema.sql_identifier AS object_name,
       'DOMAIN'::information_schema.character_data AS object_type,
       'USAGE'::information_schema.character_data AS privilege_type,
       CASE WHEN x.is_grantable OR pg_catalog.pg_has_role(x.grantee, t.typowner, 'USAGE') THEN 'YES' ELSE 'NO' END
           ::information_schema.yes_or_no AS is_grantable
FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
     CROSS JOIN LATERAL pg_catalog.aclexplode(coalesce(t.typacl, pg_catalog.acldefault('T', t.typowner))) x
     JOIN pg_catalog.pg_authid g ON g.oid = x.grantor
     JOIN (SELECT oid, rolname FROM pg_catalog.pg_authid UNION ALL SELECT 0, 'PUBLIC') e ON e.oid = x.grantee
WHERE t.typtype = 'd' AND x.privilege_type = 'USAGE'
      AND (pg_catalog.pg_has_role(g.oid, 'USAGE') OR pg_catalog.pg_has_role(e.oid, 'USAGE') OR e.rolname = 'PUBLIC')
UNION ALL
SELECT g.rolname::information_schema.sql_identifier AS grantor, e.rolname::information_schema.sql_identifier AS grantee,
       pg_catalog.current_database()::information_schema.sql_identifier AS object_catalog,
       ''::information_schema.sql_identifier AS object_schema,
       w.fdwname::information_schema.sql_identifier AS object_name,
       'FOREIGN DATA WRAPPER'::information_schema.character_data AS object_type,
       'USAGE'::information_schema.character_data AS privilege_type,
       CASE WHEN x.is_grantable OR pg_catalog.pg_has_role(x.grantee, w.fdwowner, 'USAGE') THEN 'YES' ELSE 'NO' END
           ::information_schema.yes_or_no AS is_grantable
FROM pg_catalog.pg_foreign_data_wrapper w
     CROSS JOIN LATERAL pg_catalog.aclexplode(coalesce(w.fdwacl, pg_catalog.acldefault('F', w.fdwowner))) x
     JOIN pg_catalog.pg_authid g ON g.oid = x.grantor
     JOIN (SELECT oid, rolname FROM pg_catalog.pg_authid UNION ALL SELECT 0, 'PUBLIC') e ON e.oid = x.grantee
WHERE x.privilege_type = 'USAGE'
      AND (pg_catalog.pg_has_role(g.oid, 'USAGE') OR pg_catalog.pg_has_role(e.oid, 'USAGE') OR e.rolname = 'PUBLIC')
UNION ALL
SELECT g.rolname::information_schema.sql_identifier AS grantor, e.rolname::information_schema.sql_identifier AS grantee,
       pg_catalog.current_database()::information_schema.sql_identifier AS object_catalog,
       ''::information_schema.sql_identifier AS object_schema,
       s.srvname::information_schema.sql_identifier AS object_name,
       'FOREIGN SERVER'::information_schema.character_data AS object_type,
       'USAGE'::information_schema.character_data AS privilege_type,
       CASE WHEN x.is_grantable OR pg_catalog.pg_has_role(x.grantee, s.srvowner, 'USAGE') THEN 'YES' ELSE 'NO' END
           ::information_schema.yes_or_no AS is_grantable
FROM pg_catalog.pg_foreign_server s
     CROSS JOIN LATERAL pg_catalog.aclexplode(coalesce(s.srvacl, pg_catalog.acldefault('S', s.srvowner))) x
     JOIN pg_catalog.pg_authid g ON g.oid = x.grantor
     JOIN (SELECT oid, rolname FROM pg_catalog.pg_authid UNION ALL SELECT 0, 'PUBLIC') e ON e.oid = x.grantee
WHERE x.privilege_type = 'USAGE'
      AND (pg_catalog.pg_has_role(g.oid, 'USAGE') OR pg_catalog.pg_has_role(e.oid, 'USAGE') OR e.rolname = 'PUBLIC')
UNION ALL
SELECT g.rolname::information_schema.sql_identifier AS grantor, e.rolname::information_schema.sql_identifier AS grantee,
       pg_catalog.current_database()::information_schema.sql_identifier AS object_catalog,
       n.nspname::information_schema.sql_identifier AS object_schema,
       c.relname::information_schema.sql_identifier AS object_name,
       'SEQUENCE'::information_schema.character_data AS object_type,
       'USAGE'::information_schema.character_data AS privilege_type,
       CASE WHEN x.is_grantable OR pg_catalog.pg_has_role(x.grantee, c.relowner, 'USAGE') THEN 'YES' ELSE 'NO' END
           ::information_schema.yes_or_no AS is_grantable
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     CROSS JOIN LATERAL pg_catalog.aclexplode(coalesce(c.relacl, pg_catalog.acldefault('r', c.relowner))) x
     JOIN pg_catalog.pg_authid g ON g.oid = x.grantor
     JOIN (SELECT oid, rolname FROM pg_catalog.pg_authid UNION ALL SELECT 0, 'PUBLIC') e ON e.oid = x.grantee
WHERE c.relkind = 'S' AND x.privilege_type = 'USAGE'
      AND (pg_catalog.pg_has_role(g.oid, 'USAGE') OR pg_catalog.pg_has_role(e.oid, 'USAGE') OR e.rolname = 'PUBLIC');

CREATE VIEW information_schema.role_usage_grants AS
SELECT p.grantor,
       p.grantee,
       p.object_catalog,
       p.object_schema,
       p.object_name,
       p.object_type,
       p.privilege_type,
       p.is_grantable
FROM information_schema.usage_privileges p
WHERE p.grantor IN (SELECT e.role_name FROM information_schema.enabled_roles e)
      OR p.grantee IN (SELECT e.role_name FROM information_schema.enabled_roles e);

CREATE VIEW information_schema.foreign_data_wrappers AS
SELECT pg_catalog.current_database()::information_schema.sql_identifier AS foreign_data_wrapper_catalog,
       w.fdwname::information_schema.sql_identifier AS foreign_data_wrapper_name,
       r.rolname::information_schema.sql_identifier AS authorization_identifier,
       NULL::information_schema.character_data AS library_name,
       'c'::information_schema.character_data AS foreign_data_wrapper_language
FROM pg_catalog.pg_foreign_data_wrapper w JOIN pg_catalog.pg_authid r ON r.oid = w.fdwowner
WHERE pg_catalog.pg_has_role(w.fdwowner, 'USAGE') OR pg_catalog.has_foreign_data_wrapper_privilege(w.oid, 'USAGE');

CREATE VIEW information_schema.foreign_servers AS
SELECT pg_catalog.current_database()::information_schema.sql_identifier AS foreign_server_catalog,
       s.srvname::information_schema.sql_identifier AS foreign_server_name,
       pg_catalog.current_database()::information_schema.sql_identifier AS foreign_data_wrapper_catalog,
       w.fdwname::information_schema.sql_identifier AS foreign_data_wrapper_name,
       s.srvtype::information_schema.character_data AS foreign_server_type,
       s.srvversion::information_schema.character_data AS foreign_server_version,
       r.rolname::information_schema.sql_identifier AS authorization_identifier
FROM pg_catalog.pg_foreign_server s
     JOIN pg_catalog.pg_foreign_data_wrapper w ON w.oid = s.srvfdw
     JOIN pg_catalog.pg_authid r ON r.oid = s.srvowner
WHERE pg_catalog.pg_has_role(s.srvowner, 'USAGE') OR pg_catalog.has_server_privilege(s.oid, 'USAGE');

CREATE VIEW information_schema.foreign_tables AS
SELECT pg_catalog.current_database()::information_schema.sql_identifier AS foreign_table_catalog,
       n.nspname::information_schema.sql_identifier AS foreign_table_schema,
       c.relname::information_schema.sql_identifier AS foreign_table_name,
       pg_catalog.current_database()::information_schema.sql_identifier AS foreign_server_catalog,
       s.srvname::information_schema.sql_identifier AS foreign_server_name
FROM pg_catalog.pg_foreign_table f
     JOIN pg_catalog.pg_class c ON c.oid = f.ftrelid
     JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     JOIN pg_catalog.pg_foreign_server s ON s.oid = f.ftserver
WHERE pg_catalog.pg_has_role(c.relowner, 'USAGE')
      OR pg_catalog.has_table_privilege(c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
      OR pg_catalog.has_any_column_privilege(c.oid, 'SELECT, INSERT, UPDATE, REFERENCES');

CREATE VIEW information_schema.column_options AS
SELECT pg_catalog.current_database()::information_schema.sql_identifier AS table_catalog,
       n.nspname::information_schema.sql_identifier AS table_schema,
       c.relname::information_schema.sql_identifier AS table_name,
       a.attname::information_schema.sql_identifier AS column_name,
       o.option_name::information_schema.sql_identifier AS option_name,
       o.option_value::information_schema.character_data AS option_value
FROM pg_catalog.pg_foreign_table f
     JOIN pg_catalog.pg_class c ON c.oid = f.ftrelid
     JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
     CROSS JOIN LATERAL pg_catalog.pg_options_to_table(a.attfdwoptions) o
WHERE pg_catalog.pg_has_role(c.relowner, 'USAGE')
      OR pg_catalog.has_column_privilege(c.oid, a.attnum, 'SELECT, INSERT, UPDATE, REFERENCES');

CREATE VIEW information_schema.foreign_data_wrapper_options AS
SELECT pg_catalog.current_database()::information_schema.sql_identifier AS foreign_data_wrapper_catalog,
       w.fdwname::information_schema.sql_identifier AS foreign_data_wrapper_name,
       o.option_name::information_schema.sql_identifier AS option_name,
       o.option_value::information_schema.character_data AS option_value
FROM pg_catalog.pg_foreign_data_wrapper w
     CROSS JOIN LATERAL pg_catalog.pg_options_to_table(w.fdwoptions) o
WHERE pg_catalog.pg_has_role(w.fdwowner, 'USAGE') OR pg_catalog.has_foreign_data_wrapper_privilege(w.oid, 'USAGE');

CREATE VIEW information_schema.foreign_server_options AS
SELECT pg_catalog.current_database()::information_schema.sql_identifier AS foreign_server_catalog,
       s.srvname::information_schema.sql_identifier AS foreign_server_name,
       o.option_name::information_schema.sql_identifier AS option_name,
       o.option_value::information_schema.character_data AS option_value
FROM pg_catalog.pg_foreign_server s
     CROSS JOIN LATERAL pg_catalog.pg_options_to_table(s.srvoptions) o
WHERE pg_catalog.pg_has_role(s.srvowner, 'USAGE') OR pg_catalog.has_server_privilege(s.oid, 'USAGE');

CREATE VIEW information_schema.foreign_table_options AS
SELECT pg_catalog.current_database()::information_schema.sql_identifier AS foreign_table_catalog,
       n.nspname::information_schema.sql_identifier AS foreign_table_schema,
       c.relname::information_schema.sql_identifier AS foreign_table_name,
       o.option_name::information_schema.sql_identifier AS option_name,
       o.option_value::information_schema.character_data AS option_value
FROM pg_catalog.pg_foreign_table f
     JOIN pg_catalog.pg_class c ON c.oid = f.ftrelid
     JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     CROSS JOIN LATERAL pg_catalog.pg_options_to_table(f.ftoptions) o
WHERE pg_catalog.pg_has_role(c.relowner, 'USAGE')
      OR pg_catalog.has_table_privilege(c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
      OR pg_catalog.has_any_column_privilege(c.oid, 'SELECT, INSERT, UPDATE, REFERENCES');

CREATE VIEW information_schema.user_mappings AS
SELECT coalesce(r.rolname, 'PUBLIC')::information_schema.sql_identifier AS authorization_identifier,
       pg_catalog.current_database()::information_schema.sql_identifier AS foreign_server_catalog,
       s.srvname::information_schema.sql_identifier AS foreign_server_name
FROM pg_catalog.pg_user_mapping m
     JOIN pg_catalog.pg_foreign_server s ON s.oid = m.umserver
     LEFT JOIN pg_catalog.pg_authid r ON r.oid = m.umuser
WHERE pg_catalog.pg_has_role(s.srvowner, 'USAGE') OR pg_catalog.has_server_privilege(s.oid, 'USAGE');

CREATE VIEW information_schema.user_mapping_options AS
SELECT coalesce(r.rolname, 'PUBLIC')::information_schema.sql_identifier AS authorization_identifier,
       pg_catalog.current_database()::information_schema.sql_identifier AS foreign_server_catalog,
       s.srvname::information_schema.sql_identifier AS foreign_server_name,
       o.option_name::information_schema.sql_identifier AS option_name,
       CASE WHEN (m.umuser <> 0 AND r.rolname = current_user)
                 OR (m.umuser = 0 AND pg_catalog.pg_has_role(s.srvowner, 'USAGE'))
                 OR (SELECT u.rolsuper FROM pg_catalog.pg_authid u WHERE u.rolname = current_user)
            THEN o.option_value END::information_schema.character_data AS option_value
FROM pg_catalog.pg_user_mapping m
     JOIN pg_catalog.pg_foreign_server s ON s.oid = m.umserver
     LEFT JOIN pg_catalog.pg_authid r ON r.oid = m.umuser
     CROSS JOIN LATERAL pg_catalog.pg_options_to_table(m.umoptions) o
WHERE pg_catalog.pg_has_role(s.srvowner, 'USAGE') OR pg_catalog.has_server_privilege(s.oid, 'USAGE');

-- secret
CREATE VIEW information_schema.transforms AS
SELECT pg_catalog.current_database()::information_schema.sql_identifier AS udt_catalog,
       tn.nspname::information_schema.sql_identifier AS udt_schema,
       t.typname::information_schema.sql_identifier AS udt_name,
       pg_catalog.current_database()::information_schema.sql_identifier AS specific_catalog,
       fn.nspname::information_schema.sql_identifier AS specific_schema,
       pg_catalog.nameconcatoid(p.proname, p.oid)::information_schema.sql_identifier AS specific_name,
       l.lanname::information_schema.sql_identifier AS group_name,
       w.word::information_schema.character_data AS transform_type
FROM pg_catalog.pg_transform x
     JOIN pg_catalog.pg_type t ON t.oid = x.trftype
     JOIN pg_catalog.pg_namespace tn ON tn.oid = t.typnamespace
     JOIN pg_catalog.pg_language l ON l.oid = x.trflang
     CROSS JOIN LATERAL (VALUES (x.trffromsql, 'FROM SQL'), (x.trftosql, 'TO SQL')) w(code, word)
     JOIN pg_catalog.pg_proc p ON p.oid = w.code
     JOIN pg_catalog.pg_namespace fn ON fn.oid = p.pronamespace;

CREATE VIEW information_schema.triggered_update_columns AS
SELECT pg_catalog.current_database()::information_schema.sql_identifier AS trigger_catalog,
       n.nspname::information_schema.sql_identifier AS trigger_schema,
       t.tgname::information_schema.sql_identifier AS trigger_name,
       pg_catalog.current_database()::information_schema.sql_identifier AS event_object_catalog,
       n.nspname::information_schema.sql_identifier AS event_object_schema,
       c.relname::information_schema.sql_identifier AS event_object_table,
       a.attname::information_schema.sql_identifier AS event_object_column
FROM pg_catalog.pg_trigger t
     JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
     JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (t.tgattr)
WHERE NOT t.tgisinternal AND NOT pg_catalog.pg_is_other_temp_schema(n.oid)
      AND (pg_catalog.pg_has_role(c.relowner, 'USAGE')
           OR pg_catalog.has_column_privilege(c.oid, a.attnum, 'INSERT, UPDATE, REFERENCES'));

CREATE VIEW information_schema.data_type_privileges AS
SELECT pg_catalog.current_database()::information_schema.sql_identifier AS object_catalog,
       x.schema::information_schema.sql_identifier AS object_schema,
       x.name::information_schema.sql_identifier AS object_name,
       x.kind::information_schema.character_data AS object_type,
       x.dtd::information_schema.sql_identifier AS dtd_identifier
FROM (SELECT udt_schema, udt_name, 'USER-DEFINED TYPE'::text, dtd_identifier FROM information_schema.attributes
      UNION ALL
      SELECT table_schema, table_name, 'TABLE', dtd_identifier FROM information_schema.columns
      UNION ALL
      SELECT domain_schema, domain_name, 'DOMAIN', dtd_identifier FROM information_schema.domains
      UNION ALL
      SELECT specific_schema, specific_name, 'ROUTINE', dtd_identifier FROM information_schema.parameters
      UNION ALL
      SELECT specific_schema, specific_name, 'ROUTINE', dtd_identifier FROM information_schema.routines)
     x(schema, name, kind, dtd);

CREATE VIEW information_schema.element_types AS
SELECT pg_catalog.current_database()::information_schema.sql_identifier AS object_catalog,
       n.nspname::information_schema.sql_identifier AS object_schema,
       x.name::information_schema.sql_identifier AS object_name,
       x.kind::information_schema.character_data AS object_type,
       x.dtd::information_schema.sql_identifier AS collection_type_identifier,
       CASE WHEN en.nspname = 'pg_catalog' THEN pg_catalog.format_type(e.oid, NULL) ELSE 'USER-DEFINED' END::information_schema.character_data AS data_type,
       NULL::information_schema.cardinal_number AS character_maximum_length,
       NULL::information_schema.cardinal_number AS character_octet_length,
       NULL::information_schema.sql_identifier AS character_set_catalog,
       NULL::information_schema.sql_identifier AS character_set_schema,
       NULL::information_schema.sql_identifier AS character_set_name,
       CASE WHEN con.nspname IS NOT NULL THEN pg_catalog.current_database() END::information_schema.sql_identifier AS collation_catalog,
       con.nspname::information_schema.sql_identifier AS collation_schema,
       co.collname::information_schema.sql_identifier AS collation_name,
       NULL::information_schema.cardinal_number AS numeric_precision,
       NULL::information_schema.cardinal_number AS numeric_precision_radix,
       NULL::information_schema.cardinal_number AS numeric_scale,
       NULL::information_schema.cardinal_number AS datetime_precision,
       NULL::information_schema.character_data AS interval_type,
       NULL::information_schema.cardinal_number AS interval_precision,
       pg_catalog.current_database()::information_schema.sql_identifier AS udt_catalog,
       en.nspname::information_schema.sql_identifier AS udt_schema,
       e.typname::information_schema.sql_identifier AS udt_name,
       NULL::information_schema.sql_identifier AS scope_catalog,
       NULL::information_schema.sql_identifier AS scope_schema,
       NULL::information_schema.sql_identifier AS scope_name,
       NULL::information_schema.cardinal_number AS maximum_cardinality,
       ('a' || x.dtd)::information_schema.sql_identifier AS dtd_identifier
FROM (SELECT c.relnamespace, c.relname, CASE WHEN c.relkind = 'c' THEN 'USER-DEFINED TYPE' ELSE 'TABLE' END,
             a.attnum::text, a.atttypid, a.attcollation
      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid
      WHERE c.relkind IN ('r', 'v', 'f', 'c', 'p') AND a.attnum > 0 AND NOT a.attisdropped
      UNION ALL
      SELECT typnamespace, typname, 'DOMAIN', '1', typbasetype, typcollation FROM pg_catalog.pg_type WHERE typtype = 'd'
      UNION ALL
      SELECT p.pronamespace, pg_catalog.nameconcatoid(p.proname, p.oid), 'ROUTINE', s.at::text,
             coalesce(p.proallargtypes[s.at], p.proargtypes[s.at - 1]), 0
      FROM pg_catalog.pg_proc p
           CROSS JOIN LATERAL pg_catalog.generate_series(1,
                   coalesce(pg_catalog.cardinality(p.proallargtypes), p.pronargs::integer)) s(at)
      UNION ALL
      SELECT pronamespace, pg_catalog.nameconcatoid(proname, oid), 'ROUTINE', '0', prorettype, 0 FROM pg_catalog.pg_proc)
     x(schema, name, kind, dtd, type, colloid)
     JOIN pg_catalog.pg_namespace n ON n.oid = x.schema
     JOIN pg_catalog.pg_type t ON t.oid = x.type AND t.typelem <> 0 AND t.typlen = -1 AND t.typcategory = 'A'
     JOIN pg_catalog.pg_type e ON e.oid = t.typelem
     JOIN pg_catalog.pg_namespace en ON en.oid = e.typnamespace
     LEFT JOIN (pg_catalog.pg_collation co JOIN pg_catalog.pg_namespace con ON con.oid = co.collnamespace)
          ON co.oid = x.colloid AND (con.nspname <> 'pg_catalog' OR co.collname <> 'default')
WHERE (n.nspname, x.name, x.kind, x.dtd) IN (SELECT object_schema, object_name, object_type, dtd_identifier
                                             FROM information_schema.data_type_privileges);

CREATE VIEW information_schema.triggers AS
SELECT pg_catalog.current_database()::information_schema.sql_identifier AS trigger_catalog,
       n.nspname::information_schema.sql_identifier AS trigger_schema,
       t.tgname::information_schema.sql_identifier AS trigger_name,
       e.word::information_schema.character_data AS event_manipulation,
       pg_catalog.current_database()::information_schema.sql_identifier AS event_object_catalog,
       n.nspname::information_schema.sql_identifier AS event_object_schema,
       c.relname::information_schema.sql_identifier AS event_object_table,
       pg_catalog.row_number() OVER (PARTITION BY t.tgrelid, e.bit, t.tgtype & 1, t.tgtype & 66 ORDER BY t.tgname)
           ::information_schema.cardinal_number AS action_order,
       CASE WHEN pg_catalog.pg_has_role(c.relowner, 'USAGE')
            THEN (pg_catalog.regexp_match(pg_catalog.pg_get_triggerdef(t.oid), ' WHEN \((.*)\) EXECUTE FUNCTION '))[1]
            END::information_schema.character_data AS action_condition,
       pg_catalog.substring(pg_catalog.pg_get_triggerdef(t.oid), 'EXECUTE FUNCTION .*')
           ::information_schema.character_data AS action_statement,
       CASE WHEN t.tgtype & 1 = 1 THEN 'ROW' ELSE 'STATEMENT' END::information_schema.character_data AS action_orientation,
       CASE t.tgtype & 66 WHEN 2 THEN 'BEFORE' WHEN 64 THEN 'INSTEAD OF' ELSE 'AFTER' END
           ::information_schema.character_data AS action_timing,
       t.tgoldtable::information_schema.sql_identifier AS action_reference_old_table,
       t.tgnewtable::information_schema.sql_identifier AS action_reference_new_table,
       NULL::information_schema.sql_identifier AS action_reference_old_row,
       NULL::information_schema.sql_identifier AS action_reference_new_row,
       NULL::information_schema.time_stamp AS created
FROM pg_catalog.pg_trigger t
     JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
     JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     JOIN (VALUES (4, 'INSERT'), (8, 'DELETE'), (16, 'UPDATE')) e(bit, word) ON t.tgtype & e.bit <> 0
WHERE NOT t.tgisinternal AND NOT pg_catalog.pg_is_other_temp_schema(n.oid)
      AND (pg_catalog.pg_has_role(c.relowner, 'USAGE')
           OR pg_catalog.has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
           OR pg_catalog.has_any_column_privilege(c.oid, 'INSERT, UPDATE, REFERENCES'));

CREATE TABLE information_schema.sql_implementation_info (
    implementation_info_id information_schema.character_data,
    implementation_info_name information_schema.character_data,
    integer_value information_schema.cardinal_number,
    character_value information_schema.character_data,
    comments information_schema.character_data);
GRANT SELECT ON information_schema.sql_implementation_info TO PUBLIC;
INSERT INTO information_schema.sql_implementation_info VALUES
    ('10003', 'CATALOG NAME', NULL, 'Y', NULL),
    ('10004', 'COLLATING SEQUENCE', NULL, 'C', NULL),
    ('23', 'CURSOR COMMIT BEHAVIOR', 1, NULL, 'close cursors and retain prepared statements'),
    ('2', 'DATA SOURCE NAME', NULL, '', NULL),
    ('17', 'DBMS NAME', NULL, 'PostgreSQL', NULL),
    ('26', 'DEFAULT TRANSACTION ISOLATION', 2, NULL, 'READ COMMITTED; user-settable'),
    ('28', 'IDENTIFIER CASE', 3, NULL, 'stored in mixed case - case sensitive'),
    ('85', 'NULL COLLATION', 0, NULL, 'nulls higher than non-nulls'),
    ('13', 'SERVER NAME', NULL, '', NULL),
    ('94', 'SPECIAL CHARACTERS', NULL, '', 'all non-ASCII characters allowed'),
    ('46', 'TRANSACTION CAPABLE', 2, NULL, 'both DML and DDL'),
    ('18', 'DBMS VERSION', NULL, pg_catalog.to_char(pg_catalog.current_setting('server_version_num')::integer / 10000, 'FM00') ||
        '.' || pg_catalog.to_char(pg_catalog.current_setting('server_version_num')::integer % 10000, 'FM00') || '.0000', NULL);

CREATE TABLE information_schema.sql_parts (
    feature_id information_schema.character_data,
    feature_name information_schema.character_data,
    is_supported information_schema.yes_or_no,
    is_verified_by information_schema.character_data,
    comments information_schema.character_data);
INSERT INTO information_schema.sql_parts VALUES
    ('1', 'Framework (SQL/Framework)', 'NO', NULL, ''),
    ('2', 'Foundation (SQL/Foundation)', 'NO', NULL, ''),
    ('3', 'Call-Level Interface (SQL/CLI)', 'NO', NULL, ''),
    ('4', 'Persistent Stored Modules (SQL/PSM)', 'NO', NULL, ''),
    ('9', 'Management of External Data (SQL/MED)', 'NO', NULL, ''),
    ('10', 'Object Language Bindings (SQL/OLB)', 'NO', NULL, ''),
    ('11', 'Information and Definition Schema (SQL/Schemata)', 'NO', NULL, ''),
    ('13', 'Routines and Types Using the Java Programming Language (SQL/JRT)', 'NO', NULL, ''),
    ('14', 'XML-Related Specifications (SQL/XML)', 'NO', NULL, ''),
    ('15', 'Multi-Dimensional Arrays (SQL/MDA)', 'NO', NULL, ''),
    ('16', 'Property Graph Queries (SQL/PGQ)', 'NO', NULL, '');

CREATE TABLE information_schema.sql_sizing (
    sizing_id information_schema.cardinal_number,
    sizing_name information_schema.character_data,
    supported_value information_schema.cardinal_number,
    comments information_schema.character_data);
GRANT SELECT ON information_schema.sql_sizing TO PUBLIC;
INSERT INTO information_schema.sql_sizing VALUES
    (97, 'MAXIMUM COLUMNS IN GROUP BY', 0, NULL),
    (99, 'MAXIMUM COLUMNS IN ORDER BY', 0, NULL),
    (100, 'MAXIMUM COLUMNS IN SELECT', 1664, NULL),
    (101, 'MAXIMUM COLUMNS IN TABLE', 1600, NULL),
    (1, 'MAXIMUM CONCURRENT ACTIVITIES', 0, NULL),
    (0, 'MAXIMUM DRIVER CONNECTIONS', NULL, NULL),
    (20000, 'MAXIMUM STATEMENT OCTETS', 0, NULL),
    (20001, 'MAXIMUM STATEMENT OCTETS DATA', 0, NULL),
    (20002, 'MAXIMUM STATEMENT OCTETS SCHEMA', 0, NULL),
    (106, 'MAXIMUM TABLES IN SELECT', 0, NULL),
    (25000, 'MAXIMUM CURRENT DEFAULT TRANSFORM GROUP LENGTH', NULL, NULL),
    (25001, 'MAXIMUM CURRENT TRANSFORM GROUP LENGTH', NULL, NULL),
    (25002, 'MAXIMUM CURRENT PATH LENGTH', 0, NULL),
    (25003, 'MAXIMUM CURRENT ROLE LENGTH', NULL, NULL),
    (34, 'MAXIMUM CATALOG NAME LENGTH', 63, 'Might be less, depending on character set.'),
    (30, 'MAXIMUM COLUMN NAME LENGTH', 63, 'Might be less, depending on character set.'),
    (31, 'MAXIMUM CURSOR NAME LENGTH', 63, 'Might be less, depending on character set.'),
    (10005, 'MAXIMUM IDENTIFIER LENGTH', 63, 'Might be less, depending on character set.'),
    (32, 'MAXIMUM SCHEMA NAME LENGTH', 63, 'Might be less, depending on character set.'),
    (35, 'MAXIMUM TABLE NAME LENGTH', 63, 'Might be less, depending on character set.'),
    (107, 'MAXIMUM USER NAME LENGTH', 63, 'Might be less, depending on character set.'),
    (25004, 'MAXIMUM SESSION USER LENGTH', 63, 'Might be less, depending on character set.'),
    (25005, 'MAXIMUM SYSTEM USER LENGTH', 63, 'Might be less, depending on character set.');

-- Views of the server as a whole: their columns, and what is so on every server that neither archives nor replicates.
SELECT c.relname, string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod), ', ' ORDER BY a.attnum) AS columns
FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0
WHERE c.relnamespace = 11 AND c.relname IN ('pg_stat_wal', 'pg_stat_archiver', 'pg_stat_io', 'pg_stat_slru', 'pg_stat_replication',
  'pg_stat_wal_receiver', 'pg_stat_user_functions', 'pg_stat_xact_user_functions', 'pg_available_extensions',
  'pg_available_extension_versions') GROUP BY c.relname ORDER BY c.relname;
SELECT p.proname, p.provolatile, p.proparallel, p.proisstrict, p.prorows, pg_get_function_result(p.oid) AS result, pg_get_function_arguments(p.oid) AS arguments
FROM pg_proc AS p WHERE p.oid IN (1136, 3195, 6214, 2306, 3318, 3099, 3317, 2978, 2979, 2980, 3046, 3047, 3048, 3082, 3083) ORDER BY p.oid;
BEGIN;
CREATE TEMP TABLE before AS SELECT wal_records, wal_bytes FROM pg_stat_wal;
COMMIT;
CREATE TABLE logged AS SELECT generate_series(1, 1000) AS a;
SELECT pg_stat_force_next_flush();
SELECT w.wal_records > b.wal_records AS records, w.wal_bytes > b.wal_bytes AS bytes, w.wal_fpi >= 0 AS images, w.wal_buffers_full >= 0 AS full, w.stats_reset < now() AS since
FROM pg_stat_wal AS w, before AS b;
SELECT archived_count, last_archived_wal, last_archived_time, failed_count, last_failed_wal, last_failed_time, stats_reset < now() AS since FROM pg_stat_archiver;
SELECT name, blks_zeroed >= 0 AS zeroed, stats_reset < now() AS since FROM pg_stat_slru;
SELECT object, hits > 0 AS hits, reads >= 0 AS reads, read_bytes >= reads AS bytes, evictions >= 0 AS evictions, stats_reset < now() AS since FROM pg_stat_io
WHERE backend_type = 'client backend' AND object = 'relation' AND context = 'normal';
SELECT writes > 0 AS writes, write_bytes >= writes AS bytes, fsyncs >= 0 AS fsyncs, hits FROM pg_stat_io
WHERE backend_type = 'client backend' AND object = 'wal' AND context = 'normal';
SELECT object, writes >= 0 AS writes, write_bytes >= writes AS bytes, reads, hits FROM pg_stat_io
WHERE backend_type = 'checkpointer' AND object = 'relation' AND context = 'normal';
SELECT * FROM pg_stat_replication;
SELECT * FROM pg_stat_wal_receiver;
SELECT * FROM pg_stat_get_wal_receiver();
SELECT * FROM pg_stat_user_functions;
SELECT * FROM pg_stat_xact_user_functions;
SELECT pid, param20 FROM pg_stat_get_progress_info('copy');
SELECT pid FROM pg_stat_get_progress_info(NULL);
SELECT pid FROM pg_stat_get_progress_info('x');
SELECT pid FROM pg_stat_get_progress_info('');

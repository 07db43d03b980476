-- What is counted for tables and indexes: pg_stat_user_tables and its kin.
CREATE TABLE tf (k int PRIMARY KEY, v int, t text);
CREATE INDEX tf_v ON tf (v);
SELECT pg_stat_force_next_flush();
INSERT INTO tf SELECT i, i % 10, 'x' || i FROM generate_series(1, 1000) i;
UPDATE tf SET t = 'y' WHERE k <= 10;
UPDATE tf SET v = 100 WHERE k <= 5;
DELETE FROM tf WHERE k > 990;
BEGIN; INSERT INTO tf VALUES (2000, 1, ''), (2001, 1, ''); DELETE FROM tf WHERE k = 2000; ROLLBACK;
SELECT pg_stat_force_next_flush();
SELECT n_tup_ins, n_tup_upd, n_tup_del, n_live_tup, n_mod_since_analyze, n_ins_since_vacuum, last_analyze, analyze_count
FROM pg_stat_user_tables WHERE relname = 'tf';
ANALYZE tf;
SELECT pg_stat_force_next_flush();
SELECT n_live_tup, n_mod_since_analyze, last_analyze IS NOT NULL AS analyzed, analyze_count, total_analyze_time > 0 AS took, vacuum_count, autoanalyze_count
FROM pg_stat_user_tables WHERE relname = 'tf';
-- within the transaction
BEGIN;
INSERT INTO tf VALUES (3000, 1, ''), (3001, 1, '');
UPDATE tf SET t = 'z' WHERE k = 3000;
SELECT n_tup_ins, n_tup_upd, n_tup_del, n_tup_newpage_upd FROM pg_stat_xact_user_tables WHERE relname = 'tf';
ANALYZE tf;
COMMIT;
SELECT pg_stat_force_next_flush();
SELECT n_live_tup, analyze_count FROM pg_stat_all_tables WHERE relname = 'tf';
-- scans
CREATE TABLE tf_scan (a int, b int);
INSERT INTO tf_scan SELECT i, i FROM generate_series(1, 5000) i;
SELECT count(*) FROM tf_scan;
SELECT count(*) FROM tf_scan WHERE b < 10;
SELECT count(*) FROM tf_scan WHERE b + 1 < 10;
SELECT pg_stat_force_next_flush();
SELECT seq_scan, seq_tup_read, last_seq_scan IS NOT NULL AS scanned, idx_scan, idx_tup_fetch FROM pg_stat_user_tables WHERE relname = 'tf_scan';
SET enable_seqscan = off;
SET enable_bitmapscan = off;
SELECT pg_stat_reset_single_table_counters('tf_pkey'::regclass);
SELECT t FROM tf WHERE k = 3;
SELECT t FROM tf WHERE k = 300000;
SELECT pg_stat_force_next_flush();
SELECT indexrelname, idx_scan, idx_tup_fetch FROM pg_stat_user_indexes WHERE indexrelname = 'tf_pkey';
RESET enable_seqscan;
RESET enable_bitmapscan;
-- TRUNCATE, CREATE TABLE AS, VACUUM
TRUNCATE tf;
SELECT pg_stat_force_next_flush();
SELECT n_live_tup FROM pg_stat_user_tables WHERE relname = 'tf';
CREATE TABLE tf_as AS SELECT i FROM generate_series(1, 77) i;
SELECT pg_stat_force_next_flush();
SELECT n_tup_ins, n_live_tup, n_mod_since_analyze FROM pg_stat_user_tables WHERE relname = 'tf_as';
VACUUM tf_as;
SELECT vacuum_count, n_ins_since_vacuum, n_dead_tup, last_vacuum IS NOT NULL AS vacuumed FROM pg_stat_user_tables WHERE relname = 'tf_as';
-- set back
SELECT pg_stat_reset_single_table_counters('tf_as'::regclass);
SELECT n_tup_ins, n_live_tup, vacuum_count FROM pg_stat_user_tables WHERE relname = 'tf_as';
SET track_counts = off;
INSERT INTO tf_as VALUES (1);
RESET track_counts;
SELECT pg_stat_force_next_flush();
SELECT n_tup_ins FROM pg_stat_user_tables WHERE relname = 'tf_as';
-- columns of the views, in order and type
SELECT attrelid::regclass AS view, string_agg(attname || ' ' || format_type(atttypid, atttypmod), ', ' ORDER BY attnum)
FROM pg_attribute WHERE attnum > 0 AND attrelid IN (SELECT oid FROM pg_class WHERE relname ~ '^pg_stat(io)?_((xact_)?(all|user|sys)_(tables|indexes|sequences)|bgwriter|checkpointer|database)$')
GROUP BY attrelid ORDER BY attrelid::regclass::text;
SELECT num_done >= 0, restartpoints_done, stats_reset IS NOT NULL FROM pg_stat_checkpointer;
SELECT tup_inserted > 0 FROM pg_stat_database WHERE datname = current_database();

-- Views that monitoring asks for: their columns, and that nothing is in those of what cannot be.
SELECT c.relname, string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod), ', ' ORDER BY a.attnum)
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE a.attnum > 0 AND c.relnamespace = 'pg_catalog'::regnamespace
      AND c.relname IN ('pg_publication_tables', 'pg_replication_origin_status', 'pg_replication_slots', 'pg_stat_database_conflicts',
                        'pg_stat_progress_basebackup', 'pg_stat_progress_vacuum', 'pg_stat_replication_slots', 'pg_stat_subscription',
                        'pg_stat_subscription_stats', 'pg_wait_events')
GROUP BY c.relname ORDER BY 1;
SELECT * FROM pg_publication_tables;
SELECT * FROM pg_replication_origin_status;
SELECT * FROM pg_replication_slots;
SELECT slot_name, active FROM pg_get_replication_slots();
SELECT confl_lock, confl_deadlock FROM pg_stat_database_conflicts WHERE datname = current_database();
SELECT * FROM pg_stat_progress_basebackup;
SELECT * FROM pg_stat_progress_vacuum;
SELECT * FROM pg_stat_replication_slots;
SELECT * FROM pg_stat_subscription;
SELECT * FROM pg_stat_subscription_stats;
SELECT name FROM pg_wait_events WHERE type = 'Lock' AND name IN ('relation', 'transactionid', 'tuple', 'advisory') ORDER BY 1;
SELECT type, name FROM pg_wait_events WHERE name IN ('ClientRead', 'PgSleep', 'CheckpointerMain', 'WalSync', 'DataFileRead') ORDER BY 2;
SELECT count(*) FROM pg_wait_events WHERE description LIKE 'Waiting %' AND type = '';

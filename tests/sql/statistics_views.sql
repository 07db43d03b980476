-- Views of figures: their columns, and what one session alone can tell of their rows.
SELECT c.relname, string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod), ', ' ORDER BY a.attnum) AS columns
FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0
WHERE c.relnamespace = 11 AND c.relname IN ('pg_stat_activity', 'pg_stat_ssl', 'pg_stat_gssapi', 'pg_stat_database', 'pg_stats', 'pg_locks', 'pg_cursors',
  'pg_prepared_statements', 'pg_prepared_xacts') GROUP BY c.relname ORDER BY c.relname;
SELECT ssl, version, cipher, bits, client_dn, client_serial, issuer_dn FROM pg_stat_ssl WHERE pid = pg_backend_pid();
SELECT gss_authenticated, principal, encrypted, credentials_delegated FROM pg_stat_gssapi WHERE pid = pg_backend_pid();
SELECT numbackends > 0 AS backends, sessions >= 0 AS sessions, conflicts, parallel_workers_launched, session_time >= 0 AS time, stats_reset IS NULL AS never
FROM pg_stat_database WHERE datname = current_database();
SELECT pg_stat_reset();
CREATE TABLE told AS SELECT g % 4 AS few, CASE WHEN g % 2 = 0 THEN g END AS half, 'text' AS same, g AS own FROM generate_series(1, 1000) AS g;
ANALYZE told;
SELECT attname, inherited, null_frac, avg_width, n_distinct, CASE WHEN attname IN ('few', 'same') THEN most_common_freqs END AS freqs,
  CASE WHEN attname = 'own' THEN correlation END AS correlation FROM pg_stats WHERE tablename = 'told' ORDER BY attname;
SELECT most_common_vals FROM pg_stats WHERE tablename = 'told' AND attname = 'same';
CREATE ROLE stats_stranger;
SET ROLE stats_stranger;
SELECT count(*) FROM pg_stats WHERE tablename = 'told';
SELECT pg_stat_reset();
RESET ROLE;
DROP ROLE stats_stranger;

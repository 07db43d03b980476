-- What a session shows of itself, and ending what others do, as far as one session alone can see it.
\set VERBOSITY verbose
SET application_name = 'activity test';
SELECT datname = current_database() AS here, usename = current_user AS me, application_name, state, query, backend_type, leader_pid,
  backend_start <= xact_start AS began, xact_start = now() AS transaction, query_start = statement_timestamp() AS statement,
  state_change >= query_start AS changed, client_hostname, backend_xid, query_id
FROM pg_stat_activity WHERE pid = pg_backend_pid();
BEGIN;
SELECT state, xact_start = now() AS transaction, query_start > xact_start AS later, backend_xid IS NULL AS no_xid
FROM pg_stat_activity WHERE pid = pg_backend_pid();
ROLLBACK;
BEGIN;
CREATE TABLE activity_xid (a int);
SELECT backend_xid::text::int8 = pg_current_xact_id()::text::int8 AS xid FROM pg_stat_activity WHERE pid = pg_backend_pid();
ROLLBACK;
SELECT count(*) FROM pg_stat_get_activity(pg_backend_pid()) WHERE query LIKE 'SELECT count%';
SELECT count(*) > 0 FROM pg_stat_get_activity(-1);
SELECT s.ssl, s.gss_auth, s.gss_enc, s.gss_delegation, s.sslbits FROM pg_stat_get_activity(pg_backend_pid()) AS s;
SELECT query = (SELECT pg_stat_get_backend_activity(b) FROM pg_stat_get_backend_idset() AS b WHERE pg_stat_get_backend_pid(b) = pg_backend_pid()) AS same,
  usesysid = (SELECT pg_stat_get_backend_userid(b) FROM pg_stat_get_backend_idset() AS b WHERE pg_stat_get_backend_pid(b) = pg_backend_pid()) AS who,
  datid = (SELECT pg_stat_get_backend_dbid(b) FROM pg_stat_get_backend_idset() AS b WHERE pg_stat_get_backend_pid(b) = pg_backend_pid()) AS "where"
FROM pg_stat_activity WHERE pid = pg_backend_pid();
SELECT pg_stat_get_backend_activity(-1), pg_stat_get_backend_pid(-1), pg_stat_get_backend_start(NULL), pg_stat_get_backend_wait_event(-1);
-- Long texts are cut before a character.
SELECT octet_length(query), right(query, 3) FROM pg_stat_activity WHERE pid = pg_backend_pid() AND 'äääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääää' <> '';
SET track_activities = off;
SELECT state, query FROM pg_stat_activity WHERE pid = pg_backend_pid();
RESET track_activities;
-- Ending others.
SELECT pg_cancel_backend(2000000000);
SELECT pg_terminate_backend(2000000000), pg_terminate_backend(NULL), pg_cancel_backend(NULL);
SELECT pg_terminate_backend(0, -1);
SELECT pg_cancel_backend(pg_backend_pid());
CREATE ROLE activity_one LOGIN;
CREATE ROLE activity_two LOGIN;
SELECT pg_backend_pid() AS me \gset
SET ROLE activity_one;
SELECT pg_cancel_backend(:me);
SELECT pg_terminate_backend(:me);
SELECT usename = session_user AS name, query, state, wait_event, wait_event_type, xact_start, backend_start, client_port, backend_type
FROM pg_stat_activity WHERE pid = :me;
SELECT pg_reload_conf();
SELECT pg_rotate_logfile();
SELECT pg_stat_get_backend_activity(b) FROM pg_stat_get_backend_idset() AS b WHERE pg_stat_get_backend_pid(b) = :me;
RESET ROLE;
DROP ROLE activity_one;
DROP ROLE activity_two;
SELECT pg_reload_conf();
SELECT pg_rotate_logfile();
SELECT pg_postmaster_start_time() <= now() AS started, pg_conf_load_time() <= clock_timestamp() AS loaded, pg_conf_load_time() >= pg_postmaster_start_time() AS since;
SELECT locktype, mode, granted FROM pg_locks WHERE pid = pg_backend_pid() AND relation = 'pg_locks'::regclass;
BEGIN;
LOCK TABLE pg_type IN SHARE MODE;
SELECT locktype, relation::regclass, mode, granted, waitstart FROM pg_locks WHERE pid = pg_backend_pid() AND relation = 'pg_type'::regclass AND mode = 'ShareLock';
SELECT pg_advisory_xact_lock(1, 2);
SELECT locktype, classid, objid, objsubid, mode, granted FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'advisory';
ROLLBACK;
SELECT pg_blocking_pids(pg_backend_pid()), pg_blocking_pids(-1);
-- the oldest transaction that a session's snapshots still ask for
select backend_xmin is not null, backend_xid is null from pg_stat_activity where pid = pg_backend_pid();
begin isolation level repeatable read;
select 1;
select backend_xmin = pg_snapshot_xmin(pg_current_snapshot())::text::xid, age(backend_xmin) >= 0 from pg_stat_activity where pid = pg_backend_pid();
commit;

-- The control file's functions, and the names of the log's files.
select oid, proname, provolatile, proparallel, proisstrict, pg_get_function_result(oid) as result, pg_get_function_arguments(oid) as arguments
from pg_proc where oid in (2230, 2850, 2851, 3441, 3442, 3443, 3444, 6213) order by 1;
select x, pg_walfile_name(x::pg_lsn), pg_walfile_name_offset(x::pg_lsn)
from unnest('{0/0,0/1,0/1000000,0/FFFFFF,1/1,12/ABCDEF01,FFFFFFFF/FFFFFFFF}'::text[]) x;
select * from pg_walfile_name_offset('1/23456789');
select * from pg_split_walfile_name('000000010000000200000071');
select * from pg_split_walfile_name('0000000a000000020000007F');
select * from pg_split_walfile_name('000000010000000200000171');
select * from pg_split_walfile_name('FFFFFFFFFFFFFFFFFFFFFFFF');
select * from pg_split_walfile_name('00000001000000020000007');
select * from pg_split_walfile_name('00000001000000020000007g');
select * from pg_split_walfile_name('');
select pg_walfile_name(null), pg_split_walfile_name(null);
select pg_control_version, catalog_version_no, system_identifier is not null as identifier, pg_control_last_modified <= now() as modified from pg_control_system();
select * from pg_control_init();
select * from pg_control_recovery();
checkpoint;
select redo_lsn <= checkpoint_lsn as redo, checkpoint_lsn <= pg_current_wal_lsn() as checkpoint, redo_wal_file = pg_walfile_name(redo_lsn) as file,
  timeline_id, prev_timeline_id, next_multixact_id, next_multi_offset, oldest_xid_dbid, oldest_multi_xid, oldest_multi_dbid, oldest_commit_ts_xid, newest_commit_ts_xid,
  checkpoint_time <= now() and checkpoint_time > now() - interval '1 hour' as time, next_oid > 0 as oid, split_part(next_xid, ':', 1) as epoch
from pg_control_checkpoint();
select pg_stat_clear_snapshot();

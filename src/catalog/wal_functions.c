/* SPDX-License-Identifier: Apache-2.0 */
/* wal_functions.c - functions that tell where the write-ahead log is, also as a standby would. */
#include "catalog/catalog_internal.h"

#include "store/store.h"
#include "store/wal.h"

static Wal *log_of(Fn *fn)
{
    return store_wal(fn_view(fn)->catalog->store);
}

static uint64_t insert_position(Fn *fn)
{
    return wal_insert_position(log_of(fn)).v;
}
SQL_FUNCTION(2852, "pg_current_wal_insert_lsn", pg_lsn, (), VOLATILE | STRICT, insert_position,
             "end of the log as it is filled in memory")

static uint64_t written_position(Fn *fn)
{
    return wal_written_position(log_of(fn)).v;
}
SQL_FUNCTION(2849, "pg_current_wal_lsn", pg_lsn, (), VOLATILE | STRICT, written_position,
             "end of the log as it was handed to the operating system")

static uint64_t synced_position(Fn *fn)
{
    return wal_synced_position(log_of(fn)).v;
}
SQL_FUNCTION(3330, "pg_current_wal_flush_lsn", pg_lsn, (), VOLATILE | STRICT, synced_position,
             "end of the log as it is on stable storage")

/* ---- of a standby, which no server is */

static uint64_t no_position(Fn *fn)
{
    return FN_NULL(fn, 0);
}
SQL_FUNCTION(3820, "pg_last_wal_receive_lsn", pg_lsn, (), VOLATILE | STRICT | NULLABLE, no_position,
             "end of the log as a primary server sent it")
SQL_FUNCTION(3821, "pg_last_wal_replay_lsn", pg_lsn, (), VOLATILE | STRICT | NULLABLE, no_position,
             "end of the log as it was played again")

static int64_t no_time(Fn *fn)
{
    return FN_NULL(fn, 0);
}
SQL_FUNCTION(3830, "pg_last_xact_replay_timestamp", timestamptz, (), VOLATILE | STRICT | NULLABLE,
             no_time, "when the transaction played again last was committed")

static _Noreturn void raise_no_recovery(void)
{
    Error *error = error_begin(SQLSTATE_OBJECT_NOT_IN_PREREQUISITE_STATE);
    error_message(error, "recovery is not in progress");
    error_hint(error, "Recovery control functions can only be executed during recovery.");
    error_raise(error);
}

static bool replay_is_paused(Fn *fn)
{
    (void)fn;
    raise_no_recovery();
}
SQL_FUNCTION(3073, "pg_is_wal_replay_paused", bool, (), VOLATILE | STRICT, replay_is_paused,
             "is the log not played again at present")

static Str replay_pause_state(Fn *fn)
{
    (void)fn;
    raise_no_recovery();
}
SQL_FUNCTION(1137, "pg_get_wal_replay_pause_state", text, (), VOLATILE | STRICT, replay_pause_state,
             "is the log not played again at present, or asked not to be")

/* SPDX-License-Identifier: Apache-2.0 */
/* wal_functions.c - functions that tell where the write-ahead log is. */
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

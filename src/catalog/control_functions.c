/* SPDX-License-Identifier: Apache-2.0 */
/* control_functions.c - what pg_controldata tells of a PostgreSQL cluster, as functions, out of the store's manifest;
 * and the names of the log's files.
 *
 * Versions and sizes of blocks are PostgreSQL 18's, whose catalogs and settings these are to a client. There are no
 * multixacts and no times of commits: their numbers are those of a new cluster. */
#include "catalog/catalog_internal.h"

#include "base/builtins.h"
#include "base/oids.h"
#include "catalog/datums.h"
#include "os/clock.h"
#include "store/store.h"
#include "store/tree.h"

enum {
    CONTROL_VERSION = 1800,
    CATALOG_VERSION = 202506291,
    BLOCK_BYTES = 8192,
    WAL_NAME_CHARS = 24, /* timeline, number by 4 GiB, number in them: 8 digits each */
};

/* Microseconds between the epochs of the system (1970) and of SQL (2000). */
static const int64_t epoch_us = INT64_C(946684800) * 1000000;

static Manifest manifest_of(Fn *fn)
{
    Manifest manifest;
    store_manifest(fn_view(fn)->catalog->store, &manifest);
    return manifest;
}

/* ---- names of the log's files ---- */

static Str wal_name(Arena *arena, uint32_t timeline, uint64_t lsn, uint32_t segment_bytes)
{
    const uint64_t segment = lsn / segment_bytes, a_part = (UINT64_C(1) << 32) / segment_bytes;
    return str_format(arena, "%08" PRIX32 "%08" PRIX64 "%08" PRIX64, timeline, segment / a_part,
                      segment % a_part);
}

static Str wal_file_name(Fn *fn, uint64_t lsn)
{
    const Manifest manifest = manifest_of(fn);
    return wal_name(fn->arena, manifest.timeline, lsn, manifest.wal_segment_bytes);
}
SQL_FUNCTION(2851, "pg_walfile_name", text, (pg_lsn), IMMUTABLE | STRICT, wal_file_name,
             "name of the log's file in which a position is")

static bool wal_file_place(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    const Manifest manifest = manifest_of(fn);
    const uint64_t lsn = args[0].value.u64;
    (void)set;
    columns[0] = datum_str(wal_name(fn->arena, manifest.timeline, lsn, manifest.wal_segment_bytes));
    columns[1] = datum_i32((int32_t)(lsn % manifest.wal_segment_bytes));
    return true;
}
SQL_FUNCTION_ROW(2850, "pg_walfile_name_offset", record, (pg_lsn), IMMUTABLE | STRICT,
                 wal_file_place, "the log's file in which a position is, and where in it")
SQL_FACTS(2850, .arguments = "lsn pg_lsn, OUT file_name text, OUT file_offset int4")

/* False: the digits are not all hexadecimal. */
static bool take_hex(const char *digits, uint64_t *number)
{
    enum { DIGITS = 8 };
    *number = 0;
    for (uint32_t i = 0; i < DIGITS; i++) {
        const char low = (char)(digits[i] | 32);
        const bool letter = low >= 'a' && low <= 'f';
        if (!letter && (digits[i] < '0' || digits[i] > '9')) return false;
        *number = *number << 4 | (uint32_t)(letter ? low - 'a' + 10 : digits[i] - '0');
    }
    return true;
}

static bool wal_name_parts(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    const Str name = strview_str(&args[0].value.str);
    const uint64_t a_part = (UINT64_C(1) << 32) / manifest_of(fn).wal_segment_bytes;
    uint64_t timeline, part, in_part;
    (void)set;
    if (name.bytes != WAL_NAME_CHARS || !take_hex(name.data, &timeline) ||
        !take_hex(name.data + 8, &part) || !take_hex(name.data + 16, &in_part))
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "invalid WAL file name \"%.*s\"",
                    STR_ARG(name));
    const TypeCall call = {.type = builtin_type(OID_NUMERIC)->type,
                           .env = fn->env,
                           .arena = fn->arena,
                           .typmod = -1};
    InputError error = {.arena = fn->arena};
    const Str number = str_format(fn->arena, "%" PRIu64, part * a_part + in_part);
    columns[0].null = !type_parse(&call, number, &columns[0].value, &error);
    columns[1] = datum_i64((int64_t)timeline);
    return true;
}
SQL_FUNCTION_ROW(6213, "pg_split_walfile_name", record, (text), STABLE | STRICT, wal_name_parts,
                 "number and timeline of one of the log's files, out of its name")
SQL_FACTS(6213, .arguments = "file_name text, OUT segment_number numeric, OUT timeline_id int8")

/* ---- the control file ---- */

static bool control_system(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    const Manifest manifest = manifest_of(fn);
    (void)set;
    (void)args;
    columns[0] = datum_i32(CONTROL_VERSION);
    columns[1] = datum_i32(CATALOG_VERSION);
    columns[2] = datum_i64((int64_t)manifest.system_id);
    columns[3] = datum_i64(manifest.written_us - epoch_us);
    return true;
}
SQL_FUNCTION_ROW(3441, "pg_control_system", record, (), VOLATILE | STRICT, control_system,
                 "whose cluster this is, and of which version")
SQL_FACTS(3441, .arguments = "OUT pg_control_version int4, OUT catalog_version_no int4, "
                             "OUT system_identifier int8, OUT pg_control_last_modified timestamptz")

/* The next that a session takes; those before it may have been handed out to memory and not used. */
static Oid next_oid(Catalog *catalog)
{
    int64_t beyond = 0;
    bool called;
    mutex_lock(&catalog->lock);
    const Oid oid = catalog->oids_left > 0 ? catalog->oid_next : 0;
    mutex_unlock(&catalog->lock);
    if (oid == 0) CHECK(sequence_read(catalog->store, cat__oid_cell(), &beyond, &called));
    return oid != 0 ? oid : (Oid)beyond;
}

static bool control_checkpoint(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    enum { NEXT_MULTIXACT = 1, TEMPLATE1 = 1, FIRST_NORMAL_XID = 3 };
    const Manifest manifest = manifest_of(fn);
    Catalog *catalog = fn_view(fn)->catalog;
    TxnFigures txns;
    txns_figures(catalog->txns, &txns);
    (void)set;
    (void)args;
    columns[0] = datum_i64((int64_t)manifest.checkpoint_end);
    columns[1] = datum_i64((int64_t)manifest.redo);
    columns[2] = datum_str(
        wal_name(fn->arena, manifest.timeline, manifest.redo, manifest.wal_segment_bytes));
    columns[3] = columns[4] = datum_i32((int32_t)manifest.timeline);
    columns[5] = datum_bool(false); /* pages are whole after a crash by the journal */
    columns[6] = datum_str(
        str_format(fn->arena, "%" PRIu64 ":%" PRIu32, txns.next.v >> 32, (uint32_t)txns.next.v));
    columns[7] = datum_oid(next_oid(catalog));
    columns[8] = datum_oid(NEXT_MULTIXACT);
    columns[9] = datum_oid(0);
    columns[10] = datum_oid(FIRST_NORMAL_XID); /* no number is ever used again */
    columns[11] = datum_oid(TEMPLATE1);
    columns[12] = datum_oid((Oid)txns.oldest_running.v);
    columns[13] = datum_oid(NEXT_MULTIXACT);
    columns[14] = datum_oid(TEMPLATE1);
    columns[15] = columns[16] = datum_oid(0);
    columns[17] = datum_i64(manifest.written_us - epoch_us);
    return true;
}
SQL_FUNCTION_ROW(3442, "pg_control_checkpoint", record, (), VOLATILE | STRICT, control_checkpoint,
                 "the last checkpoint, and what numbers come next")
SQL_FACTS(3442,
          .arguments =
              "OUT checkpoint_lsn pg_lsn, OUT redo_lsn pg_lsn, OUT redo_wal_file text, "
              "OUT timeline_id int4, OUT prev_timeline_id int4, OUT full_page_writes bool, "
              "OUT next_xid text, OUT next_oid oid, OUT next_multixact_id xid, "
              "OUT next_multi_offset xid, OUT oldest_xid xid, OUT oldest_xid_dbid oid, "
              "OUT oldest_active_xid xid, OUT oldest_multi_xid xid, OUT oldest_multi_dbid oid, "
              "OUT oldest_commit_ts_xid xid, OUT newest_commit_ts_xid xid, "
              "OUT checkpoint_time timestamptz")

/* No cluster is a standby, or a copy that a backup made. */
static bool control_recovery(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    (void)fn;
    (void)set;
    (void)args;
    columns[0] = columns[2] = columns[3] = datum_i64(0);
    columns[1] = datum_i32(0);
    columns[4] = datum_bool(false);
    return true;
}
SQL_FUNCTION_ROW(3443, "pg_control_recovery", record, (), VOLATILE | STRICT, control_recovery,
                 "how far a standby, or a backup's copy, is to be recovered")
SQL_FACTS(3443, .arguments = "OUT min_recovery_end_lsn pg_lsn, OUT min_recovery_end_timeline int4, "
                             "OUT backup_start_lsn pg_lsn, OUT backup_end_lsn pg_lsn, "
                             "OUT end_of_backup_record_required bool")

static bool control_init(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    enum { ALIGNMENT = 8, SEGMENT_BLOCKS = 131072, NAME_BYTES = 64, INDEX_COLUMNS = 32 };
    enum { TOAST_CHUNK_BYTES = 1996, LARGE_OBJECT_CHUNK_BYTES = 2048, CHECKSUMS = 1 };
    const int32_t sizes[] = {ALIGNMENT,
                             BLOCK_BYTES,
                             SEGMENT_BLOCKS,
                             BLOCK_BYTES,
                             (int32_t)manifest_of(fn).wal_segment_bytes,
                             NAME_BYTES,
                             INDEX_COLUMNS,
                             TOAST_CHUNK_BYTES,
                             LARGE_OBJECT_CHUNK_BYTES};
    (void)set;
    (void)args;
    for (uint32_t i = 0; i < ARRAY_LEN(sizes); i++) columns[i] = datum_i32(sizes[i]);
    columns[9] = datum_bool(true);
    columns[10] = datum_i32(CHECKSUMS);
    columns[11] = datum_bool(true);
    return true;
}
SQL_FUNCTION_ROW(3444, "pg_control_init", record, (), VOLATILE | STRICT, control_init,
                 "sizes that a cluster was made with")
SQL_FACTS(3444,
          .arguments = "OUT max_data_alignment int4, OUT database_block_size int4, "
                       "OUT blocks_per_segment int4, OUT wal_block_size int4, "
                       "OUT bytes_per_wal_segment int4, OUT max_identifier_length int4, "
                       "OUT max_index_columns int4, OUT max_toast_chunk_size int4, "
                       "OUT large_object_chunk_size int4, OUT float8_pass_by_value bool, "
                       "OUT data_page_checksum_version int4, OUT default_char_signedness bool")

/* SPDX-License-Identifier: Apache-2.0 */
/* server_views.c - figures of the server as a whole that views show by the row: the log, input and output, and what
 * this server does not do (archiving, replication, status logs, progress of commands): zeros, or no rows. */
#include "session/session_internal.h"

#include "base/builtins.h"
#include "base/oids.h"
#include "base/task.h"
#include "catalog/datums.h"
#include "store/page.h"
#include "type/array.h"

static Session *session_of(Fn *fn)
{
    return cat_view_owner(fn_view(fn));
}

static Datum numeric_datum(Fn *fn, uint64_t value)
{
    const TypeCall call = {.type = builtin_type(OID_NUMERIC)->type,
                           .env = fn->env,
                           .arena = fn->arena,
                           .typmod = -1};
    InputError error = {.arena = fn->arena};
    Datum datum = {0};
    datum.null = !type_parse(&call, str_format(fn->arena, "%" PRIu64, value), &datum.value, &error);
    return datum;
}

/* Which row of a fixed number comes next; false: that was the last. */
static bool next_row(FnSet *set, uint32_t count, uint32_t *row)
{
    uint32_t *at = set->state;
    if (!at) at = set->state = ARENA_NEW(set->arena, uint32_t);
    if (*at == count) return false;
    *row = (*at)++;
    return true;
}

/* ---- the log */

/* No image of a whole page is written but while a backup runs, and there are none. */
static bool wal_figures_row(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    const WalFigures wal = session__store_figures(session_of(fn), FIGURE_WAL).wal;
    (void)set;
    (void)args;
    columns[0] = datum_i64((int64_t)wal.records);
    columns[1] = datum_i64(0);
    columns[2] = numeric_datum(fn, wal.bytes);
    columns[3] = datum_i64((int64_t)wal.waits_for_room);
    columns[4] = session__figures_since(session_of(fn), FIGURE_WAL);
    return true;
}
SQL_FUNCTION_ROW(1136, "pg_stat_get_wal", record, (), STABLE | PARALLEL_RESTRICTED, wal_figures_row,
                 "what was written to the log")
SQL_FACTS(1136, .arguments = "OUT wal_records int8, OUT wal_fpi int8, OUT wal_bytes numeric, "
                             "OUT wal_buffers_full int8, OUT stats_reset timestamptz")

static bool archiver_row(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    (void)set;
    (void)args;
    columns[0] = columns[3] = datum_i64(0);
    columns[6] = session__figures_since(session_of(fn), FIGURE_ARCHIVER);
    return true;
}
SQL_FUNCTION_ROW(3195, "pg_stat_get_archiver", record, (), STABLE | PARALLEL_RESTRICTED,
                 archiver_row, "what was archived of the log: nothing, nobody archives")
SQL_FACTS(3195, .arguments = "OUT archived_count int8, OUT last_archived_wal text, "
                             "OUT last_archived_time timestamptz, OUT failed_count int8, "
                             "OUT last_failed_wal text, OUT last_failed_time timestamptz, "
                             "OUT stats_reset timestamptz")

/* ---- input and output */

/* Columns of pg_stat_get_io that are filled, from 0. */
enum {
    IO_BACKEND,
    IO_OBJECT,
    IO_CONTEXT,
    IO_READS,
    IO_READ_BYTES,
    IO_WRITES = 6,
    IO_WRITE_BYTES,
    IO_HITS = 14,
    IO_EVICTIONS,
    IO_FSYNCS = 17,
    IO_RESET = 19,
};

/* Sessions read pages; the checkpointer and the cleaner, which are counted together, write them; whoever commits first
 * writes the log for all who wait. Times are not taken, and the rest is NULL. */
static bool list_io(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    enum { SESSIONS_PAGES, SESSIONS_LOG, CHECKPOINTER_PAGES, ROWS };
    uint32_t row;
    const StoreFigures f = session__store_figures(session_of(fn), FIGURE_IO);
    (void)args;
    if (!next_row(set, ROWS, &row)) return false;
    columns[IO_BACKEND] = datum_str(row == CHECKPOINTER_PAGES ? STR("checkpointer")
                                                              : STR("client backend"));
    columns[IO_OBJECT] = datum_str(row == SESSIONS_LOG ? STR("wal") : STR("relation"));
    columns[IO_CONTEXT] = datum_str(STR("normal"));
    columns[IO_RESET] = session__figures_since(session_of(fn), FIGURE_IO);
    if (row == SESSIONS_PAGES) {
        columns[IO_READS] = datum_i64((int64_t)f.pool.reads);
        columns[IO_READ_BYTES] = numeric_datum(fn, f.pool.reads * PAGE_BYTES);
        columns[IO_HITS] = datum_i64((int64_t)f.pool.hits);
        columns[IO_EVICTIONS] = datum_i64((int64_t)f.pool.evictions);
        return true;
    }
    const bool log = row == SESSIONS_LOG;
    columns[IO_WRITES] = datum_i64((int64_t)(log ? f.wal.writes : f.pool.writes));
    columns[IO_WRITE_BYTES] = numeric_datum(fn, log ? f.wal.bytes : f.pool.writes * PAGE_BYTES);
    if (log) columns[IO_FSYNCS] = datum_i64((int64_t)f.wal.syncs);
    return true;
}
SQL_FUNCTION_SET(6214, "pg_stat_get_io", record, (), VOLATILE | STRICT | PARALLEL_RESTRICTED,
                 list_io, "pages and log read and written, as far as it is counted")
SQL_FACTS(6214, .rows = 30,
          .arguments =
              "OUT backend_type text, OUT object text, OUT context text, OUT reads int8, "
              "OUT read_bytes numeric, OUT read_time float8, OUT writes int8, "
              "OUT write_bytes numeric, OUT write_time float8, OUT writebacks int8, "
              "OUT writeback_time float8, OUT extends int8, OUT extend_bytes numeric, "
              "OUT extend_time float8, OUT hits int8, OUT evictions int8, OUT reuses int8, "
              "OUT fsyncs int8, OUT fsync_time float8, OUT stats_reset timestamptz")

/* The names are PostgreSQL's; there are no pages of status logs here. */
static bool list_status_logs(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    uint32_t row;
    (void)args;
    if (!next_row(set, STATUS_LOGS, &row)) return false;
    columns[0] = datum_str(str_from(session__status_logs[row]));
    for (uint32_t i = 1; i <= 7; i++) columns[i] = datum_i64(0);
    columns[8] = session__status_log_since(session_of(fn), row);
    return true;
}
SQL_FUNCTION_SET(2306, "pg_stat_get_slru", record, (), STABLE | PARALLEL_RESTRICTED,
                 list_status_logs, "pages of status logs: there are none")
SQL_FACTS(2306, .rows = 100,
          .arguments =
              "OUT name text, OUT blks_zeroed int8, OUT blks_hit int8, OUT blks_read int8, "
              "OUT blks_written int8, OUT blks_exists int8, OUT flushes int8, "
              "OUT truncates int8, OUT stats_reset timestamptz")

/* ---- commands and what replicates */

/* No command tells how far it is. */
static bool list_progress(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    static const char *const commands[] = {"VACUUM",       "ANALYZE", "CLUSTER",
                                           "CREATE INDEX", "COPY",    "BASEBACKUP"};
    const Str name = strview_str(&args[0].value.str);
    (void)fn;
    (void)set;
    (void)columns;
    for (size_t i = 0; i < ARRAY_LEN(commands); i++)
        if (str_equal_ascii_nocase(name, str_from(commands[i]))) return false;
    raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "invalid command name: \"%.*s\"", STR_ARG(name));
}
SQL_FUNCTION_SET(3318, "pg_stat_get_progress_info", record, (text),
                 STABLE | STRICT | PARALLEL_RESTRICTED, list_progress,
                 "how far commands of a kind are: nothing is known of that")
SQL_FACTS(3318, .rows = 100,
          .arguments = "cmdtype text, OUT pid int4, OUT datid oid, OUT relid oid, OUT param1 int8, "
                       "OUT param2 int8, OUT param3 int8, OUT param4 int8, OUT param5 int8, "
                       "OUT param6 int8, OUT param7 int8, OUT param8 int8, OUT param9 int8, "
                       "OUT param10 int8, OUT param11 int8, OUT param12 int8, OUT param13 int8, "
                       "OUT param14 int8, OUT param15 int8, OUT param16 int8, OUT param17 int8, "
                       "OUT param18 int8, OUT param19 int8, OUT param20 int8")

static bool no_rows(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    (void)fn;
    (void)set;
    (void)args;
    (void)columns;
    return false;
}
SQL_FUNCTION_SET(3099, "pg_stat_get_wal_senders", record, (), STABLE | PARALLEL_RESTRICTED, no_rows,
                 "standbys that read the log: there are none")
SQL_FACTS(3099, .rows = 10,
          .arguments = "OUT pid int4, OUT state text, OUT sent_lsn pg_lsn, OUT write_lsn pg_lsn, "
                       "OUT flush_lsn pg_lsn, OUT replay_lsn pg_lsn, OUT write_lag interval, "
                       "OUT flush_lag interval, OUT replay_lag interval, OUT sync_priority int4, "
                       "OUT sync_state text, OUT reply_time timestamptz")
SQL_FUNCTION_SET(3781, "pg_get_replication_slots", record, (), STABLE, no_rows,
                 "what keeps the log for those who read it: there are none")
SQL_FACTS(3781, .rows = 10,
          .arguments = "OUT slot_name name, OUT plugin name, OUT slot_type text, OUT datoid oid, "
                       "OUT temporary bool, OUT active bool, OUT active_pid int4, OUT xmin xid, "
                       "OUT catalog_xmin xid, OUT restart_lsn pg_lsn, "
                       "OUT confirmed_flush_lsn pg_lsn, OUT wal_status text, "
                       "OUT safe_wal_size int8, OUT two_phase bool, OUT two_phase_at pg_lsn, "
                       "OUT inactive_since timestamptz, OUT conflicting bool, "
                       "OUT invalidation_reason text, OUT failover bool, OUT synced bool")
SQL_FUNCTION_ROW(3317, "pg_stat_get_wal_receiver", record, (), STABLE | PARALLEL_RESTRICTED,
                 no_rows, "what receives the log of a primary: nothing does")
SQL_FACTS(3317, .arguments =
                    "OUT pid int4, OUT status text, OUT receive_start_lsn pg_lsn, "
                    "OUT receive_start_tli int4, OUT written_lsn pg_lsn, OUT flushed_lsn pg_lsn, "
                    "OUT received_tli int4, OUT last_msg_send_time timestamptz, "
                    "OUT last_msg_receipt_time timestamptz, OUT latest_end_lsn pg_lsn, "
                    "OUT latest_end_time timestamptz, OUT slot_name text, OUT sender_host text, "
                    "OUT sender_port int4, OUT conninfo text")

/* ---- what is waited for */

static bool list_wait_events(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    enum { NAMED = WAIT_EVENT_COUNT - 1 }; /* all but WAIT_NONE */
    uint32_t row;
    (void)args;
    if (!next_row(set, NAMED, &row)) return false;
    const WaitEvent event = (WaitEvent)(row + 1);
    columns[0] = datum_str(str_from(wait_event_type(event)));
    columns[1] = datum_str(str_from(wait_event_name(event)));
    columns[2] = datum_str(str_format(fn->arena, "Waiting %s", wait_event_reason(event)));
    return true;
}
SQL_FUNCTION_SET(6318, "pg_get_wait_events", record, (), VOLATILE | STRICT, list_wait_events,
                 "what sessions and background tasks wait for")
SQL_FACTS(6318, .rows = 250, .arguments = "OUT type text, OUT name text, OUT description text")

/* ---- functions: calls are not counted, whatever track_functions says */

SQL_EXPRESSION(2978, "pg_stat_get_function_calls", int8, (oid),
               STABLE | STRICT | NULLABLE | PARALLEL_RESTRICTED, ((void)a, FN_NULL(fn, INT64_C(0))),
               "calls of a function: not counted")
SQL_EXPRESSION(2979, "pg_stat_get_function_total_time", float8, (oid),
               STABLE | STRICT | NULLABLE | PARALLEL_RESTRICTED, ((void)a, FN_NULL(fn, 0.0)),
               "how long a function ran: not counted")
SQL_EXPRESSION(2980, "pg_stat_get_function_self_time", float8, (oid),
               STABLE | STRICT | NULLABLE | PARALLEL_RESTRICTED, ((void)a, FN_NULL(fn, 0.0)),
               "how long a function itself ran: not counted")
SQL_EXPRESSION(3046, "pg_stat_get_xact_function_calls", int8, (oid),
               VOLATILE | STRICT | NULLABLE | PARALLEL_RESTRICTED,
               ((void)a, FN_NULL(fn, INT64_C(0))),
               "calls of a function in this transaction: not counted")
SQL_EXPRESSION(3047, "pg_stat_get_xact_function_total_time", float8, (oid),
               VOLATILE | STRICT | NULLABLE | PARALLEL_RESTRICTED, ((void)a, FN_NULL(fn, 0.0)),
               "how long a function ran in this transaction: not counted")
SQL_EXPRESSION(3048, "pg_stat_get_xact_function_self_time", float8, (oid),
               VOLATILE | STRICT | NULLABLE | PARALLEL_RESTRICTED, ((void)a, FN_NULL(fn, 0.0)),
               "how long a function itself ran in this transaction: not counted")

/* ---- extensions: none is bundled */

SQL_FUNCTION_SET(3082, "pg_available_extensions", record, (), STABLE | STRICT, no_rows,
                 "extensions that CREATE EXTENSION could make: there are none")
SQL_FACTS(3082, .rows = 100,
          .arguments = "OUT name name, OUT default_version text, OUT comment text")
SQL_FUNCTION_SET(3083, "pg_available_extension_versions", record, (), STABLE | STRICT, no_rows,
                 "versions of extensions that CREATE EXTENSION could make: there are none")
SQL_FACTS(3083, .rows = 100,
          .arguments = "OUT name name, OUT version text, OUT superuser bool, OUT trusted bool, "
                       "OUT relocatable bool, OUT schema name, OUT requires _name, "
                       "OUT comment text")

/* ---- memory: one process of many threads shares all of it, and a session's is one account */

static bool list_contexts(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    enum { NAME, IDENT, TYPE, LEVEL, PATH, TOTAL, BLOCKS, FREE, FREE_CHUNKS, USED };
    uint32_t row;
    (void)args;
    if (!next_row(set, 1, &row)) return false;
    cat_fn_check_execute(fn);
    const Account *account = task_self()->account;
    const Datum one = datum_i32(1), bytes = datum_i64((int64_t)account_used(account));
    columns[NAME] = datum_str(str_from(account_name(account)));
    columns[TYPE] = datum_str(STR("Account"));
    columns[LEVEL] = one;
    columns[PATH] = datum_str(array_build(fn->arena, builtin_type(OID_INT4)->type, &one, 1));
    columns[TOTAL] = columns[USED] = bytes;
    columns[FREE] = columns[FREE_CHUNKS] = datum_i64(0);
    return true;
}
SQL_FUNCTION_SET(2282, "pg_get_backend_memory_contexts", record, (),
                 VOLATILE | STRICT | PARALLEL_RESTRICTED, list_contexts,
                 "memory of the session: one account")
SQL_FACTS(2282, .rows = 100,
          .arguments = "OUT name text, OUT ident text, OUT type text, OUT level int4, "
                       "OUT path _int4, OUT total_bytes int8, OUT total_nblocks int8, "
                       "OUT free_bytes int8, OUT free_chunks int8, OUT used_bytes int8")
SQL_FUNCTION_SET(5052, "pg_get_shmem_allocations", record, (), VOLATILE | STRICT, no_rows,
                 "parts of memory that processes share: there is one process")
SQL_FACTS(5052, .rows = 50,
          .arguments = "OUT name text, OUT off int8, OUT size int8, OUT allocated_size int8")
SQL_FUNCTION_SET(4100, "pg_get_shmem_allocations_numa", record, (), VOLATILE | STRICT, no_rows,
                 "where memory lies that processes share: there is one process")
SQL_FACTS(4100, .rows = 50, .arguments = "OUT name text, OUT numa_node int4, OUT size int8")
SQL_FUNCTION_SET(6399, "pg_get_aios", record, (), VOLATILE | STRICT | PARALLEL_RESTRICTED, no_rows,
                 "reads and writes under way: they are not listed")
SQL_FACTS(6399, .rows = 100,
          .arguments = "OUT pid int4, OUT io_id int4, OUT io_generation int8, OUT state text, "
                       "OUT operation text, OUT off int8, OUT length int8, OUT target text, "
                       "OUT handle_data_len int2, OUT raw_result int4, OUT result text, "
                       "OUT target_desc text, OUT f_sync bool, OUT f_localmem bool, "
                       "OUT f_buffered bool")

/* Recovery reads what it needs as it comes. */
static bool list_prefetch(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    enum { SINCE, COUNTS, DISTANCES = 7, COLUMNS = 10 };
    uint32_t row;
    (void)args;
    if (!next_row(set, 1, &row)) return false;
    columns[SINCE] = session__figures_since(session_of(fn), FIGURE_WAL);
    for (uint32_t i = COUNTS; i < DISTANCES; i++) columns[i] = datum_i64(0);
    for (uint32_t i = DISTANCES; i < COLUMNS; i++) columns[i] = datum_i32(0);
    return true;
}
SQL_FUNCTION_SET(6248, "pg_stat_get_recovery_prefetch", record, (), VOLATILE | STRICT,
                 list_prefetch, "pages read ahead of the log when it was replayed: none")
SQL_FACTS(6248, .rows = 1,
          .arguments = "OUT stats_reset timestamptz, OUT prefetch int8, OUT hit int8, "
                       "OUT skip_init int8, OUT skip_new int8, OUT skip_fpw int8, "
                       "OUT skip_rep int8, OUT wal_distance int4, OUT block_distance int4, "
                       "OUT io_depth int4")

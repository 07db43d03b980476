/* SPDX-License-Identifier: Apache-2.0 */
/* server_figures.c - what is counted of the pool, checkpoints and the log, and setting it back. What nobody counts is
 * NULL. */
#include "session/server_figures.h"

#include "catalog/datums.h"
#include "os/clock.h"
#include "session/session_internal.h"

/* Microseconds between the epochs of the system (1970) and of SQL (2000). */
static const int64_t epoch_us = INT64_C(946684800) * 1000000;

const char *const session__status_logs[STATUS_LOGS] = {"commit_timestamp", "multixact_member",
                                                       "multixact_offset", "notify",
                                                       "serializable",     "subtransaction",
                                                       "transaction",      "other"};

static Session *session_of(Fn *fn)
{
    return cat_view_owner(fn_view(fn));
}

/* ---- since when ---- */

static StoreFigures store_now(Session *session)
{
    StoreFigures figures;
    store_figures(engine_store(session->engine), &figures);
    return figures;
}

StoreFigures session__store_figures(Session *session, ServerFigure of)
{
    Databases *databases = engine__databases(session->engine);
    mutex_lock(&databases->lock);
    const StoreFigures base = databases->server.of[of].base;
    mutex_unlock(&databases->lock);
    StoreFigures now = store_now(session);
    now.pool.hits -= base.pool.hits;
    now.pool.reads -= base.pool.reads;
    now.pool.writes -= base.pool.writes;
    now.pool.evictions -= base.pool.evictions;
    now.wal.records -= base.wal.records;
    now.wal.bytes -= base.wal.bytes;
    now.wal.writes -= base.wal.writes;
    now.wal.syncs -= base.wal.syncs;
    now.wal.waits_for_room -= base.wal.waits_for_room;
    now.checkpoints -= base.checkpoints;
    return now;
}

static Datum since(Session *session, const int64_t *reset_at)
{
    Databases *databases = engine__databases(session->engine);
    mutex_lock(&databases->lock);
    const int64_t at = *reset_at;
    mutex_unlock(&databases->lock);
    if (at != 0) return datum_i64(at);
    const EngineHost host = engine_host(session->engine);
    return host.started_us ? datum_i64(host.started_us(host.arg) - epoch_us) : datum_null();
}

Datum session__figures_since(Session *session, ServerFigure of)
{
    return since(session, &engine__databases(session->engine)->server.of[of].reset_at);
}

Datum session__status_log_since(Session *session, uint32_t log)
{
    return since(session, &engine__databases(session->engine)->server.status_log_reset_at[log]);
}

/* ---- setting them back ---- */

static void reset_one(ServerFigures *figures, ServerFigure of, const StoreFigures *now, int64_t at)
{
    figures->of[of].base = *now;
    figures->of[of].reset_at = at;
    for (uint32_t i = 0; of == FIGURE_SLRU && i < STATUS_LOGS; i++)
        figures->status_log_reset_at[i] = at;
}

static void refuse_target(Str word)
{
    Error *error = error_begin(SQLSTATE_INVALID_PARAMETER_VALUE);
    error_message(error, "unrecognized reset target: \"%.*s\"", STR_ARG(word));
    error_hint(error, "Target must be \"archiver\", \"bgwriter\", \"checkpointer\", \"io\", "
                      "\"recovery_prefetch\", \"slru\", or \"wal\".");
    error_raise(error);
}

static Datum reset_shared(Fn *fn, const Datum *args)
{
    static const char *const words[] = {
#define SERVER_FIGURE_WORD(NAME, word) word,
        SERVER_FIGURES(SERVER_FIGURE_WORD)
#undef SERVER_FIGURE_WORD
    };
    cat_fn_check_execute(fn);
    const bool all = args[0].null;
    const Str word = all ? STR("") : strview_str(&args[0].value.str);
    Databases *databases = engine__databases(session_of(fn)->engine);
    const StoreFigures now = store_now(session_of(fn));
    const int64_t at = os_wall_us() - epoch_us;
    bool found = all;
    mutex_lock(&databases->lock);
    for (uint32_t i = 0; i < SERVER_FIGURE_COUNT; i++) {
        if (!all && !str_equal(word, str_from(words[i]))) continue;
        reset_one(&databases->server, (ServerFigure)i, &now, at);
        found = true;
    }
    mutex_unlock(&databases->lock);
    if (!found) refuse_target(word);
    return (Datum){0};
}
SQL_FUNCTION_DATUM(3775, "pg_stat_reset_shared", void, (text), VOLATILE, reset_shared,
                   "sets figures of the server as a whole back")
SQL_FACTS(3775, .arguments = "target text DEFAULT NULL::text")

/* A name that is none means the last of them. */
static Datum reset_status_log(Fn *fn, const Datum *args)
{
    cat_fn_check_execute(fn);
    const bool all = args[0].null;
    const Str word = all ? STR("") : strview_str(&args[0].value.str);
    Databases *databases = engine__databases(session_of(fn)->engine);
    const int64_t at = os_wall_us() - epoch_us;
    uint32_t one = 0;
    while (one + 1 < STATUS_LOGS && !str_equal(word, str_from(session__status_logs[one]))) one++;
    mutex_lock(&databases->lock);
    for (uint32_t i = 0; i < STATUS_LOGS; i++)
        if (all || i == one) databases->server.status_log_reset_at[i] = at;
    mutex_unlock(&databases->lock);
    return (Datum){0};
}
SQL_FUNCTION_DATUM(2307, "pg_stat_reset_slru", void, (text), VOLATILE, reset_status_log,
                   "sets figures of status logs back")
SQL_FACTS(2307, .arguments = "target text DEFAULT NULL::text")

/* ---- what is shown ---- */

static StoreFigures figures_of(Fn *fn, ServerFigure of)
{
    return session__store_figures(session_of(fn), of);
}

static int64_t since_or_null(Fn *fn, ServerFigure of)
{
    const Datum at = session__figures_since(session_of(fn), of);
    return at.null ? FN_NULL(fn, 0) : at.value.i64;
}

SQL_EXPRESSION(2772, "pg_stat_get_bgwriter_buf_written_clean", int8, (),
               STABLE | STRICT | NULLABLE | PARALLEL_RESTRICTED, FN_NULL(fn, INT64_C(0)),
               "pages that the cleaner wrote: counted among all")
SQL_EXPRESSION(2773, "pg_stat_get_bgwriter_maxwritten_clean", int8, (),
               STABLE | STRICT | NULLABLE | PARALLEL_RESTRICTED, FN_NULL(fn, INT64_C(0)),
               "how often the cleaner stopped for having written enough: it has no limit")
SQL_EXPRESSION(2859, "pg_stat_get_buf_alloc", int8, (), STABLE | STRICT | PARALLEL_RESTRICTED,
               (int64_t)figures_of(fn, FIGURE_BGWRITER).pool.reads, "pages read into the pool")
SQL_EXPRESSION(3075, "pg_stat_get_bgwriter_stat_reset_time", timestamptz, (),
               STABLE | STRICT | NULLABLE | PARALLEL_RESTRICTED, since_or_null(fn, FIGURE_BGWRITER),
               "since when figures of the pool are counted")
SQL_EXPRESSION(2769, "pg_stat_get_checkpointer_num_timed", int8, (),
               STABLE | STRICT | NULLABLE | PARALLEL_RESTRICTED, FN_NULL(fn, INT64_C(0)),
               "checkpoints made because it was time: counted among all")
SQL_EXPRESSION(2770, "pg_stat_get_checkpointer_num_requested", int8, (),
               STABLE | STRICT | NULLABLE | PARALLEL_RESTRICTED, FN_NULL(fn, INT64_C(0)),
               "checkpoints asked for: counted among all")
SQL_EXPRESSION(6377, "pg_stat_get_checkpointer_num_performed", int8, (),
               STABLE | STRICT | PARALLEL_RESTRICTED,
               (int64_t)figures_of(fn, FIGURE_CHECKPOINTER).checkpoints, "checkpoints made")
SQL_EXPRESSION(6327, "pg_stat_get_checkpointer_restartpoints_timed", int8, (),
               STABLE | STRICT | PARALLEL_RESTRICTED, ((void)fn, INT64_C(0)),
               "restart points of a standby made because it was time")
SQL_EXPRESSION(6328, "pg_stat_get_checkpointer_restartpoints_requested", int8, (),
               STABLE | STRICT | PARALLEL_RESTRICTED, ((void)fn, INT64_C(0)),
               "restart points of a standby asked for")
SQL_EXPRESSION(6329, "pg_stat_get_checkpointer_restartpoints_performed", int8, (),
               STABLE | STRICT | PARALLEL_RESTRICTED, ((void)fn, INT64_C(0)),
               "restart points of a standby made")
SQL_EXPRESSION(3160, "pg_stat_get_checkpointer_write_time", float8, (),
               STABLE | STRICT | NULLABLE | PARALLEL_RESTRICTED, FN_NULL(fn, 0.0),
               "how long checkpoints wrote: not counted")
SQL_EXPRESSION(3161, "pg_stat_get_checkpointer_sync_time", float8, (),
               STABLE | STRICT | NULLABLE | PARALLEL_RESTRICTED, FN_NULL(fn, 0.0),
               "how long checkpoints synced: not counted")
SQL_EXPRESSION(2771, "pg_stat_get_checkpointer_buffers_written", int8, (),
               STABLE | STRICT | PARALLEL_RESTRICTED,
               (int64_t)figures_of(fn, FIGURE_CHECKPOINTER).pool.writes,
               "pages written, by checkpoints and the cleaner")
SQL_EXPRESSION(6366, "pg_stat_get_checkpointer_slru_written", int8, (),
               STABLE | STRICT | PARALLEL_RESTRICTED, ((void)fn, INT64_C(0)),
               "pages of status logs that checkpoints wrote: there are no such pages")
SQL_EXPRESSION(6314, "pg_stat_get_checkpointer_stat_reset_time", timestamptz, (),
               STABLE | STRICT | NULLABLE | PARALLEL_RESTRICTED,
               since_or_null(fn, FIGURE_CHECKPOINTER), "since when checkpoints are counted")

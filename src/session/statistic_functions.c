/* SPDX-License-Identifier: Apache-2.0 */
/* statistic_functions.c - what is counted for each database (pg_stat_database). Figures that nobody counts are NULL:
 * that says more truth than 0. What only a standby or parallel workers would raise is 0. */
#include "session/session_internal.h"

#include "os/clock.h"

/* Microseconds between the epochs of the system (1970) and of SQL (2000). */
static const int64_t epoch_us = INT64_C(946684800) * 1000000;

static Session *session_of(Fn *fn)
{
    return cat_view_owner(fn_view(fn));
}

static DatabaseFigures *figures_of(Fn *fn, Oid database)
{
    return engine__figures(session_of(fn)->engine, database);
}

static int32_t session_count(Fn *fn, Oid database)
{
    return (int32_t)session_count_in(session_of(fn)->engine, database, NULL);
}
SQL_FUNCTION(1941, "pg_stat_get_db_numbackends", int4, (oid), STABLE | STRICT | PARALLEL_RESTRICTED,
             session_count, "sessions in a database")

static int64_t commit_count(Fn *fn, Oid database)
{
    return (int64_t)atomic_load(&figures_of(fn, database)->commits);
}
SQL_FUNCTION(1942, "pg_stat_get_db_xact_commit", int8, (oid), STABLE | STRICT | PARALLEL_RESTRICTED,
             commit_count, "transactions committed in a database")

static int64_t rollback_count(Fn *fn, Oid database)
{
    return (int64_t)atomic_load(&figures_of(fn, database)->rollbacks);
}
SQL_FUNCTION(1943, "pg_stat_get_db_xact_rollback", int8, (oid),
             STABLE | STRICT | PARALLEL_RESTRICTED, rollback_count,
             "transactions rolled back in a database")

static int64_t session_total(Fn *fn, Oid database)
{
    return (int64_t)atomic_load(&figures_of(fn, database)->sessions);
}
SQL_FUNCTION(6188, "pg_stat_get_db_sessions", int8, (oid), STABLE | STRICT | PARALLEL_RESTRICTED,
             session_total, "sessions that a database has had")

static int64_t killed_count(Fn *fn, Oid database)
{
    return (int64_t)atomic_load(&figures_of(fn, database)->killed);
}
SQL_FUNCTION(6191, "pg_stat_get_db_sessions_killed", int8, (oid),
             STABLE | STRICT | PARALLEL_RESTRICTED, killed_count,
             "sessions of a database that others ended")

/* Lengths in milliseconds. */
static double session_time(Fn *fn, Oid database)
{
    return (double)atomic_load(&figures_of(fn, database)->session_us) / 1000;
}
SQL_FUNCTION(6185, "pg_stat_get_db_session_time", float8, (oid),
             STABLE | STRICT | PARALLEL_RESTRICTED, session_time,
             "how long sessions of a database that have ended lasted")

static double active_time(Fn *fn, Oid database)
{
    return (double)atomic_load(&figures_of(fn, database)->active_us) / 1000;
}
SQL_FUNCTION(6186, "pg_stat_get_db_active_time", float8, (oid),
             STABLE | STRICT | PARALLEL_RESTRICTED, active_time,
             "how long sessions of a database worked")

static double idle_in_transaction_time(Fn *fn, Oid database)
{
    return (double)atomic_load(&figures_of(fn, database)->idle_in_transaction_us) / 1000;
}
SQL_FUNCTION(6187, "pg_stat_get_db_idle_in_transaction_time", float8, (oid),
             STABLE | STRICT | PARALLEL_RESTRICTED, idle_in_transaction_time,
             "how long sessions of a database waited for their clients inside transactions")

static int64_t reset_time(Fn *fn, Oid database)
{
    const int64_t at = atomic_load(&figures_of(fn, database)->reset_at);
    return at ? at : FN_NULL(fn, 0);
}
SQL_FUNCTION(3074, "pg_stat_get_db_stat_reset_time", timestamptz, (oid),
             STABLE | STRICT | NULLABLE | PARALLEL_RESTRICTED, reset_time,
             "when the figures of a database were set back")

static Datum reset_figures(Fn *fn, const Datum *args)
{
    (void)args;
    cat_fn_check_execute(fn);
    DatabaseFigures *f = figures_of(fn, session_of(fn)->env.database);
    _Atomic uint64_t *const counts[] = {&f->commits, &f->rollbacks, &f->sessions, &f->killed};
    _Atomic int64_t *const lengths[] = {&f->session_us, &f->active_us, &f->idle_in_transaction_us};
    for (size_t i = 0; i < ARRAY_LEN(counts); i++) atomic_store(counts[i], 0);
    for (size_t i = 0; i < ARRAY_LEN(lengths); i++) atomic_store(lengths[i], 0);
    table_counts_reset(engine__table_counts(session_of(fn)->engine), f->database, 0);
    atomic_store(&f->reset_at, os_wall_us() - epoch_us);
    return (Datum){0};
}
SQL_FUNCTION_DATUM(2274, "pg_stat_reset", void, (), VOLATILE, reset_figures,
                   "sets the figures of this database back")

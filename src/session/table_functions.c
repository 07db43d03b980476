/* SPDX-License-Identifier: Apache-2.0 */
/* table_functions.c - pg_stat_get_*: what is counted for tables, indexes and databases' rows. Dead rows go by purge
 * within moments and are no figure of a table: there are none to report. What nobody counts is NULL. */
#include "session/session_internal.h"

static Session *session_of(Fn *fn)
{
    return cat_view_owner(fn_view(fn));
}

static TableCounts *counts_of(Fn *fn)
{
    return engine__table_counts(session_of(fn)->engine);
}

/* Shared relations are counted in every database for itself. */
static TableFigures figures_of(Fn *fn, Oid relation)
{
    return table_counts_of(counts_of(fn), session_of(fn)->env.database, relation);
}

static int64_t time_or_null(Fn *fn, int64_t us)
{
    return us ? us : FN_NULL(fn, 0);
}

/* ---- tables and indexes ---- */

SQL_EXPRESSION(1928, "pg_stat_get_numscans", int8, (oid), STABLE | STRICT | PARALLEL_RESTRICTED,
               (int64_t)figures_of(fn, a).scans, "scans of a table or an index")
SQL_EXPRESSION(6310, "pg_stat_get_lastscan", timestamptz, (oid),
               STABLE | STRICT | NULLABLE | PARALLEL_RESTRICTED,
               time_or_null(fn, figures_of(fn, a).last_scan),
               "when a table or an index was scanned last")
SQL_EXPRESSION(1929, "pg_stat_get_tuples_returned", int8, (oid),
               STABLE | STRICT | PARALLEL_RESTRICTED, (int64_t)figures_of(fn, a).returned,
               "rows that scans of a table met, or entries of an index")
SQL_EXPRESSION(1930, "pg_stat_get_tuples_fetched", int8, (oid),
               STABLE | STRICT | PARALLEL_RESTRICTED, (int64_t)figures_of(fn, a).fetched,
               "rows fetched by an index")
SQL_EXPRESSION(1931, "pg_stat_get_tuples_inserted", int8, (oid),
               STABLE | STRICT | PARALLEL_RESTRICTED, (int64_t)figures_of(fn, a).inserted,
               "rows inserted into a table")
SQL_EXPRESSION(1932, "pg_stat_get_tuples_updated", int8, (oid),
               STABLE | STRICT | PARALLEL_RESTRICTED, (int64_t)figures_of(fn, a).updated,
               "rows of a table updated")
SQL_EXPRESSION(1933, "pg_stat_get_tuples_deleted", int8, (oid),
               STABLE | STRICT | PARALLEL_RESTRICTED, (int64_t)figures_of(fn, a).deleted,
               "rows of a table deleted")
SQL_EXPRESSION(1972, "pg_stat_get_tuples_hot_updated", int8, (oid),
               STABLE | STRICT | PARALLEL_RESTRICTED, (int64_t)figures_of(fn, a).updated_alone,
               "rows of a table updated without a change of its indexes")
SQL_EXPRESSION(6217, "pg_stat_get_tuples_newpage_updated", int8, (oid),
               STABLE | STRICT | PARALLEL_RESTRICTED, ((void)fn, (void)a, INT64_C(0)),
               "rows of a table that an update moved: none, updates are in place")
SQL_EXPRESSION(2878, "pg_stat_get_live_tuples", int8, (oid), STABLE | STRICT | PARALLEL_RESTRICTED,
               figures_of(fn, a).live, "rows of a table, as far as is known")
SQL_EXPRESSION(2879, "pg_stat_get_dead_tuples", int8, (oid), STABLE | STRICT | PARALLEL_RESTRICTED,
               ((void)fn, (void)a, INT64_C(0)), "dead rows of a table: purge leaves none")
SQL_EXPRESSION(3177, "pg_stat_get_mod_since_analyze", int8, (oid),
               STABLE | STRICT | PARALLEL_RESTRICTED, figures_of(fn, a).changed,
               "rows of a table changed since it was analyzed")
SQL_EXPRESSION(5053, "pg_stat_get_ins_since_vacuum", int8, (oid),
               STABLE | STRICT | PARALLEL_RESTRICTED, figures_of(fn, a).inserted_since_vacuum,
               "rows inserted into a table since VACUUM")

/* ---- maintenance ---- */

static double act_ms(Fn *fn, Oid relation, uint32_t act)
{
    return (double)figures_of(fn, relation).acts[act].total_us / 1000;
}

SQL_EXPRESSION(2781, "pg_stat_get_last_vacuum_time", timestamptz, (oid),
               STABLE | STRICT | NULLABLE | PARALLEL_RESTRICTED,
               time_or_null(fn, figures_of(fn, a).acts[FIGURES_VACUUM].last),
               "when a table was vacuumed last")
SQL_EXPRESSION(2782, "pg_stat_get_last_autovacuum_time", timestamptz, (oid),
               STABLE | STRICT | NULLABLE | PARALLEL_RESTRICTED, ((void)a, FN_NULL(fn, INT64_C(0))),
               "when a table was vacuumed by itself last: never, there is no need")
SQL_EXPRESSION(2783, "pg_stat_get_last_analyze_time", timestamptz, (oid),
               STABLE | STRICT | NULLABLE | PARALLEL_RESTRICTED,
               time_or_null(fn, figures_of(fn, a).acts[FIGURES_ANALYZE].last),
               "when a table was analyzed last")
SQL_EXPRESSION(2784, "pg_stat_get_last_autoanalyze_time", timestamptz, (oid),
               STABLE | STRICT | NULLABLE | PARALLEL_RESTRICTED,
               time_or_null(fn, figures_of(fn, a).acts[FIGURES_AUTOANALYZE].last),
               "when a table was analyzed by itself last")
SQL_EXPRESSION(3054, "pg_stat_get_vacuum_count", int8, (oid), STABLE | STRICT | PARALLEL_RESTRICTED,
               (int64_t)figures_of(fn, a).acts[FIGURES_VACUUM].count,
               "how often a table was vacuumed")
SQL_EXPRESSION(3055, "pg_stat_get_autovacuum_count", int8, (oid),
               STABLE | STRICT | PARALLEL_RESTRICTED, ((void)fn, (void)a, INT64_C(0)),
               "how often a table was vacuumed by itself: never, there is no need")
SQL_EXPRESSION(3056, "pg_stat_get_analyze_count", int8, (oid),
               STABLE | STRICT | PARALLEL_RESTRICTED,
               (int64_t)figures_of(fn, a).acts[FIGURES_ANALYZE].count,
               "how often a table was analyzed")
SQL_EXPRESSION(3057, "pg_stat_get_autoanalyze_count", int8, (oid),
               STABLE | STRICT | PARALLEL_RESTRICTED,
               (int64_t)figures_of(fn, a).acts[FIGURES_AUTOANALYZE].count,
               "how often a table was analyzed by itself")
SQL_EXPRESSION(6358, "pg_stat_get_total_vacuum_time", float8, (oid),
               STABLE | STRICT | PARALLEL_RESTRICTED, act_ms(fn, a, FIGURES_VACUUM),
               "how long VACUUM of a table took, in milliseconds")
SQL_EXPRESSION(6359, "pg_stat_get_total_autovacuum_time", float8, (oid),
               STABLE | STRICT | PARALLEL_RESTRICTED, ((void)fn, (void)a, 0.0),
               "how long vacuuming a table by itself took, in milliseconds")
SQL_EXPRESSION(6360, "pg_stat_get_total_analyze_time", float8, (oid),
               STABLE | STRICT | PARALLEL_RESTRICTED, act_ms(fn, a, FIGURES_ANALYZE),
               "how long ANALYZE of a table took, in milliseconds")
SQL_EXPRESSION(6361, "pg_stat_get_total_autoanalyze_time", float8, (oid),
               STABLE | STRICT | PARALLEL_RESTRICTED, act_ms(fn, a, FIGURES_AUTOANALYZE),
               "how long analyzing a table by itself took, in milliseconds")

/* Pages are counted for all relations together. */
SQL_EXPRESSION(1934, "pg_stat_get_blocks_fetched", int8, (oid),
               STABLE | STRICT | PARALLEL_RESTRICTED, ((void)a, INT64_C(0)),
               "pages of a relation asked for: not counted")
SQL_EXPRESSION(1935, "pg_stat_get_blocks_hit", int8, (oid), STABLE | STRICT | PARALLEL_RESTRICTED,
               ((void)a, INT64_C(0)), "pages of a relation found in memory: not counted")

/* ---- the transaction's own, so far ---- */

static const RelationFigures *own(Fn *fn, Oid relation)
{
    static const RelationFigures none;
    const RelationFigures *line = exec_figures_first(session_of(fn)->counted);
    while (line && line->relation != relation) line = line->next;
    return line ? line : &none;
}

SQL_EXPRESSION(3037, "pg_stat_get_xact_numscans", int8, (oid),
               VOLATILE | STRICT | PARALLEL_RESTRICTED, (int64_t)own(fn, a)->scans,
               "scans of a table or an index in this transaction")
SQL_EXPRESSION(3038, "pg_stat_get_xact_tuples_returned", int8, (oid),
               VOLATILE | STRICT | PARALLEL_RESTRICTED, (int64_t)own(fn, a)->returned,
               "rows that scans met in this transaction")
SQL_EXPRESSION(3039, "pg_stat_get_xact_tuples_fetched", int8, (oid),
               VOLATILE | STRICT | PARALLEL_RESTRICTED, (int64_t)own(fn, a)->fetched,
               "rows fetched by an index in this transaction")
SQL_EXPRESSION(3040, "pg_stat_get_xact_tuples_inserted", int8, (oid),
               VOLATILE | STRICT | PARALLEL_RESTRICTED, (int64_t)own(fn, a)->inserted,
               "rows inserted in this transaction")
SQL_EXPRESSION(3041, "pg_stat_get_xact_tuples_updated", int8, (oid),
               VOLATILE | STRICT | PARALLEL_RESTRICTED, (int64_t)own(fn, a)->updated,
               "rows updated in this transaction")
SQL_EXPRESSION(3042, "pg_stat_get_xact_tuples_deleted", int8, (oid),
               VOLATILE | STRICT | PARALLEL_RESTRICTED, (int64_t)own(fn, a)->deleted,
               "rows deleted in this transaction")
SQL_EXPRESSION(3043, "pg_stat_get_xact_tuples_hot_updated", int8, (oid),
               VOLATILE | STRICT | PARALLEL_RESTRICTED, (int64_t)own(fn, a)->updated_alone,
               "rows updated in this transaction without a change of indexes")
SQL_EXPRESSION(6218, "pg_stat_get_xact_tuples_newpage_updated", int8, (oid),
               VOLATILE | STRICT | PARALLEL_RESTRICTED, ((void)fn, (void)a, INT64_C(0)),
               "rows that updates of this transaction moved: none")

/* ---- rows of a database ---- */

typedef struct RowTotals {
    uint64_t returned, fetched, inserted, updated, deleted;
} RowTotals;

static RowTotals totals_of(Fn *fn, Oid database)
{
    RowTotals totals = {0};
    uint32_t count;
    const TableFigures *list = table_counts_list(counts_of(fn), database, fn->arena, &count);
    for (uint32_t i = 0; i < count && database != 0; i++) {
        totals.returned += list[i].returned;
        totals.fetched += list[i].fetched;
        totals.inserted += list[i].inserted;
        totals.updated += list[i].updated;
        totals.deleted += list[i].deleted;
    }
    return totals;
}

SQL_EXPRESSION(2758, "pg_stat_get_db_tuples_returned", int8, (oid),
               STABLE | STRICT | PARALLEL_RESTRICTED, (int64_t)totals_of(fn, a).returned,
               "rows and entries that scans in a database met")
SQL_EXPRESSION(2759, "pg_stat_get_db_tuples_fetched", int8, (oid),
               STABLE | STRICT | PARALLEL_RESTRICTED, (int64_t)totals_of(fn, a).fetched,
               "rows that indexes of a database fetched")
SQL_EXPRESSION(2760, "pg_stat_get_db_tuples_inserted", int8, (oid),
               STABLE | STRICT | PARALLEL_RESTRICTED, (int64_t)totals_of(fn, a).inserted,
               "rows inserted in a database")
SQL_EXPRESSION(2761, "pg_stat_get_db_tuples_updated", int8, (oid),
               STABLE | STRICT | PARALLEL_RESTRICTED, (int64_t)totals_of(fn, a).updated,
               "rows updated in a database")
SQL_EXPRESSION(2762, "pg_stat_get_db_tuples_deleted", int8, (oid),
               STABLE | STRICT | PARALLEL_RESTRICTED, (int64_t)totals_of(fn, a).deleted,
               "rows deleted in a database")

/* ---- setting them back ---- */

static Datum reset_table(Fn *fn, const Datum *args)
{
    cat_fn_check_execute(fn);
    table_counts_reset(counts_of(fn), session_of(fn)->env.database, args[0].value.u32);
    return (Datum){0};
}
SQL_FUNCTION_DATUM(3776, "pg_stat_reset_single_table_counters", void, (oid), VOLATILE | STRICT,
                   reset_table, "sets the figures of a table or an index back")

/* There is nothing to flush: figures are there when the transaction is over. Nor is anything kept of those looked
 * at. */
static Datum do_nothing(Fn *fn, const Datum *args)
{
    (void)fn;
    (void)args;
    return (Datum){0};
}
SQL_FUNCTION_DATUM(2137, "pg_stat_force_next_flush", void, (), VOLATILE | PARALLEL_RESTRICTED,
                   do_nothing, "has figures shown at the end of the transaction")
SQL_FUNCTION_DATUM(2230, "pg_stat_clear_snapshot", void, (), VOLATILE | PARALLEL_RESTRICTED,
                   do_nothing, "has figures looked at anew")

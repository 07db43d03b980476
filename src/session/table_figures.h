/* SPDX-License-Identifier: Apache-2.0 */
/* table_figures.h - what is counted for each table and index since the server started, or since it was set back:
 * pg_stat_user_tables and its kin, and what says when a table should be analyzed. Lines are copied in and out under one
 * lock. Lines of what was dropped go when the server looks for tables to analyze. */
#pragma once

#include "exec/figures.h"
#include "os/sync.h"

enum { FIGURES_ANALYZE, FIGURES_AUTOANALYZE, FIGURES_VACUUM, FIGURES_ACTS };

/* Times are microseconds since 2000, 0: never. */
typedef struct TableFigures {
    Oid database, relation;
    uint64_t scans, returned, fetched, inserted, updated, updated_alone, deleted;
    int64_t live;    /* rows, as far as is known */
    int64_t changed; /* since the last ANALYZE */
    int64_t inserted_since_vacuum;
    int64_t last_scan;
    struct {
        uint64_t count;
        int64_t last, total_us;
    } acts[FIGURES_ACTS];
} TableFigures;

typedef struct TableCounts TableCounts;

Status table_counts_new(Account *account, TableCounts **counts);
void table_counts_release(TableCounts *counts);
/* A transaction of this database ended. What there is no memory for is lost. */
void table_counts_add(TableCounts *counts, Oid database, const ExecFigures *figures, bool committed,
                      int64_t now);
/* A copy, of zeros where nothing was counted. */
TableFigures table_counts_of(TableCounts *counts, Oid database, Oid relation);
/* All lines of a database, or of all (0). Raises 53200. */
TableFigures *table_counts_list(TableCounts *counts, Oid database, Arena *arena, uint32_t *count);
/* An act of maintenance, with the rows that it found (-1: it did not count). */
void table_counts_act(TableCounts *counts, Oid database, Oid relation, uint32_t act, int64_t rows,
                      int64_t began, int64_t now);
/* Of a relation, or of all of the database (0). */
void table_counts_reset(TableCounts *counts, Oid database, Oid relation);

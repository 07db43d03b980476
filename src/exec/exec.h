/* SPDX-License-Identifier: Apache-2.0 */
/* exec.h - a Plan to rows: operators that pull batches. One operator is one file op_*.c with one constant Operator; the
 * table of operators is indexed by plan kind.
 *
 * pull(max_rows): a LIMIT's demand reaches the scan; a batch has at most BATCH_ROWS_MAX rows and at least one, unless
 * it is the end. A batch given out stays valid until the next pull of that operator. Errors at row i: rows before it
 * are given first (F16). */
#pragma once

#include "catalog/catalog.h"
#include "expr/expr.h"
#include "plan/plan_nodes.h"
#include "table/table.h"
#include "txn/txn.h"

typedef struct Exec Exec; /* one execution of a plan */

typedef struct ExecOptions {
    CatalogView *view;
    const FnEnv *env;
    const Settings *settings;
    Txn *txn;
    const Snapshot *snapshot; /* registered; own position set by session (command id) */
    bool read_committed;      /* re-check the newest version after a wait */
    const Datum *params;
    uint32_t param_count;
    Arena *query; /* lives as long as the execution */
    const RowWaitOptions *wait;
    bool instrument, timing, buffers; /* EXPLAIN ANALYZE */
    void (*notice)(void *arg, const Error *notice);
    void *notice_arg;
    void *session; /* whoever runs SQL for functions */
} ExecOptions;

Exec *exec_open(const PlanPlan *plan, const ExecOptions *options);
/* The next rows (columns as plan->columns), at most rows_max; false: no more. Raises. */
bool exec_next(Exec *exec, uint32_t rows_max, const Batch **batch);
void exec_rewind(Exec *exec);
/* Rows that INSERT, UPDATE, DELETE, MERGE touched (command tag). */
uint64_t exec_processed(const Exec *exec);
/* AFTER triggers and constraints of the statement (foreign keys), modifying CTEs that nobody pulled to their end. */
void exec_finish(Exec *exec);
/* Gives back scans and files; the memory is options->query's. Does not raise. */
void exec_close(Exec *exec);

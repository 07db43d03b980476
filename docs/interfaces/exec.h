/* SPDX-License-Identifier: Apache-2.0 */
/* exec.h - a Plan to rows: operators that pull batches. One operator is one file op_*.c with one constant Operator; the
 * table of operators is indexed by plan kind, and the build fails while a kind has none.
 *
 * pull(max_rows): a LIMIT's demand reaches the scan; a batch has at most BATCH_ROWS_MAX rows and at least one, unless it
 * is the end. A batch given out stays valid until the next pull of that operator. Errors at row i: rows before it are
 * given first (F16). */
#pragma once

#include "expr/expr.h"
#include "plan/plan_nodes.h"
#include "txn/txn.h"

typedef struct Exec Exec; /* one execution of a plan */

typedef struct ExecOptions {
    CatalogView *view;
    const FnEnv *env;
    const Settings *settings;
    Txn *txn;
    const Snapshot *snapshot;        /* registered; own position set by session (command id) */
    bool read_committed;             /* re-check the newest version after a wait */
    const Datum *params; uint32_t param_count;
    Arena *query;                    /* lives as long as the execution */
    const RowWaitOptions *wait;
    bool instrument, timing, buffers; /* EXPLAIN ANALYZE */
    bool read_only;                  /* 25006 for what writes is session's; this is for assertions */
    void (*notice)(void *arg, const Error *notice);
    void *notice_arg;
    /* Runs SQL-language functions and utility from functions: session's. */
    void *session;
} ExecOptions;

Exec *exec_open(PlanPlan *plan, const ExecOptions *options);
/* The next rows (columns as plan->columns), at most rows_max; false: no more. Raises. */
bool exec_next(Exec *exec, uint32_t rows_max, const Batch **batch);
void exec_rewind(Exec *exec);
/* Rows that INSERT, UPDATE, DELETE, MERGE touched (command tag). */
uint64_t exec_processed(const Exec *exec);
/* AFTER triggers and constraints of the statement (foreign keys), CTEs that nobody pulled to their end. */
void exec_finish(Exec *exec);
void exec_close(Exec *exec);

/* EXPLAIN's output: figures only after an instrumented run. Formats as PostgreSQL's: text, JSON, YAML, XML. */
typedef enum ExplainFormat { EXPLAIN_TEXT, EXPLAIN_JSON, EXPLAIN_YAML, EXPLAIN_XML } ExplainFormat;
typedef struct ExplainOptions { ExplainFormat format; bool analyze, verbose, costs, settings, buffers, wal, timing, summary, memory, serialize, generic_plan; } ExplainOptions;
void exec_explain(StrBuilder *out, const PlanPlan *plan, Exec *exec, const ExplainOptions *options, const ExecOptions *run,
                  double planning_ms, double execution_ms);

/* Rows written outside of a plan (COPY FROM, CREATE TABLE AS, REFRESH): the same defaults, generated columns, checks, index
 * entries, foreign keys, triggers. */
typedef struct ExecInsert ExecInsert;
ExecInsert *exec_insert_open(const CatRelation *relation, const ExecOptions *options, const int16_t *columns, uint32_t count);
/* columns as opened; others get their defaults. */
void exec_insert_rows(ExecInsert *insert, const Batch *rows);
void exec_insert_close(ExecInsert *insert); /* AFTER work done */

/* Index keys of a row, for building and checking. */
bool exec_index_key(const CatRelation *relation, const CatIndex *index, const Datum *columns, const ExecOptions *options, Arena *arena, IndexKey *key);
/* Builds an index over what is in its table (not CONCURRENTLY); verifies uniqueness: 23505 with PostgreSQL's detail. */
void exec_build_index(const CatRelation *relation, const CatIndex *index, const ExecOptions *options);
/* Does every row satisfy it (ADD CHECK, SET NOT NULL, VALIDATE)? Raises 23514, 23502, 23503. */
void exec_check_constraint(const CatRelation *relation, const CatConstraint *constraint, const ExecOptions *options);
/* Deferred constraints' queue: events gathered in the transaction, run at SET CONSTRAINTS IMMEDIATE and commit; cut at savepoints. */
typedef struct ExecDeferred ExecDeferred;
ExecDeferred *exec_deferred_new(Arena *transaction);
void exec_deferred_run(ExecDeferred *deferred, const ExecOptions *options);
void exec_deferred_rollback_to(ExecDeferred *deferred, const Savepoint *savepoint);

/* SPDX-License-Identifier: Apache-2.0 */
/* exec.h - a Plan to rows: operators that pull batches. One operator is one file op_*.c with one constant Operator; the
 * table of operators is indexed by plan kind.
 *
 * pull(max_rows): a LIMIT's demand reaches the scan; a batch has at most BATCH_ROWS_MAX rows and at least one, unless
 * it is the end. A batch given out stays valid until the next pull of that operator. Errors at row i: rows before it
 * are given first (F16). */
#pragma once

#include "catalog/catalog.h"
#include "exec/figures.h"
#include "expr/expr.h"
#include "os/file.h"
#include "plan/plan_nodes.h"
#include "table/table.h"
#include "txn/txn.h"

typedef struct Exec Exec; /* one execution of a plan */
typedef struct ExecDeferred ExecDeferred;

/* Tasks that run parts of statements, of all sessions together. */
typedef struct ExecWorkers {
    _Atomic uint32_t running;
} ExecWorkers;

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
    /* Where operators put what is more than work_mem, and whose quota it counts against; NULL: all stays in memory. */
    TempSpace *temp;
    TempQuota *temp_quota;
    /* Where a Gather's helpers are counted; NULL: it runs its child itself, as of an execution that may stop midway. */
    ExecWorkers *workers;
    ExecFigures *figures; /* of the transaction; NULL: nothing is counted */
    bool read_only;
    bool instrument, timing; /* EXPLAIN ANALYZE */
    ExecDeferred *deferred;  /* the transaction's; NULL: nothing is deferred */
    void (*notice)(void *arg, const Error *notice);
    void *notice_arg;
    void *session; /* whoever runs SQL for functions */
    /* WHERE CURRENT OF: the row of the relation that the session's cursor stands on, as ctid; false: none (the side of
     * an outer join that had no row). Raises 34000 and 24000. */
    bool (*current_of)(void *session, Str cursor, const CatRelation *relation, uint64_t *tid);
} ExecOptions;

Exec *exec_open(const PlanPlan *plan, const ExecOptions *options);
/* The next rows (columns as plan->columns), at most rows_max; false: no more. Raises. */
bool exec_next(Exec *exec, uint32_t rows_max, const Batch **batch);
void exec_rewind(Exec *exec);
/* The rows will be pulled to their end: others may help. Before the first exec_next. */
void exec_allow_workers(Exec *exec, ExecWorkers *workers);
/* Rows that INSERT, UPDATE, DELETE, MERGE touched (command tag). */
uint64_t exec_processed(const Exec *exec);
/* AFTER triggers and constraints of the statement (foreign keys), modifying CTEs that nobody pulled to their end. */
void exec_finish(Exec *exec);
/* Gives back scans and files; the memory is options->query's. Does not raise. */
void exec_close(Exec *exec);

/* An execution for a plan that runs again and again, with other parameters, in other transactions: what opening made is
 * kept and put back, which takes a fraction of the time. Its memory is an arena of its own, options->query, that is
 * dropped with it. NULL, and nothing in the arena is of use: the plan has operators or types for which that cannot be
 * done. What the plan is of (relations, indexes) must be held as it is by the caller. Raises. */
typedef struct ExecKept ExecKept;
ExecKept *exec_keep(const PlanPlan *plan, const ExecOptions *options);
/* To be used as one of exec_open, one at a time; options->query counts for nothing. It ends by exec_close_kept,
 * which frees what the run took and does not raise. */
Exec *exec_open_kept(ExecKept *kept, const ExecOptions *options);
void exec_close_kept(ExecKept *kept);

/* Rows written outside of a plan (COPY FROM, CREATE TABLE AS, REFRESH): the same defaults, generated columns, checks,
 * index entries, foreign keys. */
typedef struct ExecInsert ExecInsert;
/* `columns`: the attnums that rows bring, in their order; the others get their defaults. */
ExecInsert *exec_insert_open(const CatRelation *relation, const ExecOptions *options,
                             const int16_t *columns, uint32_t count);
/* The same for rows that a table already had and that are written anew into its empty tree: what violates a rule is
 * said of the table, not of a new row; foreign keys hold as they did, and indexes are built afterwards. */
ExecInsert *exec_rewrite_open(const CatRelation *relation, const ExecOptions *options,
                              const int16_t *columns, uint32_t count);
/* Rows must satisfy it (bound over the relation, of type bool; it is changed in place): the others are left out. */
void exec_insert_where(ExecInsert *insert, QExpr *condition);
/* The default of a column that rows bring, in the place of one value; false: it has none. */
bool exec_insert_default(ExecInsert *insert, int16_t column, Arena *arena, Datum *value);
/* How many of the rows were inserted. */
uint32_t exec_insert_rows(ExecInsert *insert, const Batch *rows);
/* Asks of rows what exec_insert_rows asks first: generated columns, NOT NULL, CHECK. */
void exec_insert_check(ExecInsert *insert, const Batch *rows);
/* The position in the selection of the row that raised in one of these; does it obey the rules that are asked first? */
uint32_t exec_insert_place(const ExecInsert *insert, bool *obeys_rules);
void exec_insert_close(
    ExecInsert *insert); /* what is checked at the end of a statement is checked */

/* Builds an index over what is in its table, that nobody writes; 23505 when a unique one cannot be. */
void exec_build_index(const CatRelation *relation, const CatIndex *index,
                      const ExecOptions *options);
/* The same beside writers, who write in it already: step 3 of table/index.h. Waits for some of them. */
void exec_build_index_beside(const CatRelation *relation, const CatIndex *index,
                             const ExecOptions *options);
/* Does every row satisfy it (ADD CHECK, SET NOT NULL, VALIDATE)? Raises 23514, 23502, 23503. */
void exec_check_constraint(const CatRelation *relation, const CatConstraint *constraint,
                           const ExecOptions *options);
/* May every value of the column stay in its domain, which gets a constraint? `check`: over VALUE; NULL: NOT NULL.
 * Raises 23514, 23502. */
void exec_check_domain(const CatRelation *relation, int16_t column, QExpr *check,
                       const ExecOptions *options);

/* An expression that was bound over the relation as one over a row of all its columns: column N becomes Slot(0, N - 1),
 * a virtual column what it is generated by. It is changed in place. */
QExpr *exec_over_row(Arena *arena, const CatRelation *relation, QExpr *expr);

/* Is the table whole, and has each of its valid indexes an entry for each row that the snapshot sees, and no other?
 * `begin` tells what the problems to come are of (`index` NULL: the table itself), `found` each problem; it must not
 * raise. Others may work meanwhile. */
typedef struct ExecCheck {
    void (*begin)(void *arg, const CatRelation *relation, const CatIndex *index);
    CheckFound found;
    void *arg;
} ExecCheck;
void exec_check_relation(const CatRelation *relation, const ExecOptions *options,
                         const ExecCheck *check);

/* Deferred constraints' queue: events gathered in the transaction, run at SET CONSTRAINTS IMMEDIATE and commit; cut at
 * savepoints. */
ExecDeferred *exec_deferred_new(Arena *transaction);
void exec_deferred_run(ExecDeferred *deferred, const ExecOptions *options);
/* SET CONSTRAINTS: of one, or of all (0); then the events that are due by that. */
void exec_deferred_set(ExecDeferred *deferred, Oid constraint, bool is_deferred);
void exec_deferred_run_due(ExecDeferred *deferred, const ExecOptions *options);
bool exec_deferred_waits(const ExecDeferred *deferred,
                         Oid relation); /* is there an event of its rows? */
/* How many times it was set: what a savepoint remembers. */
uint32_t exec_deferred_modes(const ExecDeferred *deferred);
void exec_deferred_rollback_to(ExecDeferred *deferred, const Savepoint *savepoint, uint32_t modes);

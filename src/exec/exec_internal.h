/* SPDX-License-Identifier: Apache-2.0 */
/* exec_internal.h - what operators are made of.
 *
 * An operator has a row of its own (the scanned columns, its child's batch, a pair of batches): rows go through its
 * tail, which applies the node's `conditions`, computes its `outputs`, cuts to the demand, and keeps errors until the
 * rows before them are given (docs/traps.md F16).
 *
 * (O1) a batch given out stays valid until the operator is pulled, rewound or closed
 * (O2) an operator does not pull a child while rows of the child's last batch wait in its tail
 * (O3) a raise leaves nothing behind that exec_close does not give back: files and scans are in the Exec's scope list
 * (O4) demand goes down: an operator asks its child for no more rows than it was asked for, except where asking for
 *      more has no effect but time, and then the rest waits in the tail */
#pragma once

#include "exec/exec.h"
#include "type/type.h"

typedef struct OpState OpState;

typedef struct Operator {
    uint8_t kind; /* PlanKind */
    const char *title;
    size_t state_bytes;
    void (*open)(OpState *op);
    /* Fills op->out with at least one row; false: no more. */
    bool (*next)(OpState *op, uint32_t rows_max);
    void (*rewind)(OpState *op);
    void (*close)(OpState *op); /* may be NULL; must not raise */
    /* May its state be kept over transactions, as `open` left it (kept.c)? That asks of it that it knows nothing of the
     * transaction or its snapshot but by exec->options, and allocates in no arena that it makes. */
    bool is_keepable;
    void (*reopen)(OpState *op); /* takes what `open` took of exec->options; may be NULL */
} Operator;

/* Rows that passed the conditions and wait to be given out. */
typedef struct Tail {
    ExprState *filter, *outputs; /* NULL: no conditions; outputs are the row itself */
    const Batch *inputs[EXPR_INPUTS_MAX];
    uint32_t input_count;
    uint16_t *rows; /* NULL: none was needed */
    Selection rest;
    bool filter_failed;
    ExprState *pending; /* to be raised by the next pull */
    bool one_row;       /* two or more volatile calls: row by row (docs/traps.md C25) */
    bool is_volatile, may_read_ahead;
} Tail;

/* Counted where EXPLAIN ANALYZE asks for it. */
typedef struct ExecFigures {
    uint64_t loops, rows, batches, removed;
    uint64_t searches; /* descents into an index */
    int64_t first_ns, total_ns;
    uint64_t memory_bytes, disk_bytes; /* the most that was held, and put into files */
    uint32_t passes;  /* parts a hash table was cut into, runs of a sort; 0: none */
    bool keeps_first; /* a sort that threw away what came behind its limit */
    uint32_t workers; /* that a Gather had, at the last run */
    /* ModifyTable: rows that MERGE or ON CONFLICT looked at, and what came of them */
    uint64_t considered, inserted, updated, deleted, conflicting;
    TaskUsage usage; /* by the node and its children */
    bool running, started;
} ExecFigures;

struct OpState {
    const Operator *code;
    const PlanOp *plan;
    Exec *exec;
    OpState *children[2];
    Tail tail;
    Batch out;
    ExecFigures figures;
    bool source_given;    /* in a re-check: its one row */
    OpState *next_open;   /* all operators of the execution, newest first */
    OpState *next_gather; /* of those that are one */
    void *state;          /* code->state_bytes, zeroed */
};

typedef struct CteRows CteRows;
typedef struct SubplanState {
    const PlanSubPlan *plan;
    OpState *root; /* opened at first use */
    CteRows *cte;
    struct SubplanTable *table; /* hashed */
    bool fresh;
} SubplanState;

/* While a row is looked at again (recheck.h): the one row that a source in FROM gives. */
typedef struct ExecSource {
    uint32_t table; /* in plan->tables */
    bool is_table;  /* by id and snapshot; else by its values */
    bool is_empty;  /* the side of an outer join that had no row: it gives none */
    RowId row;
    const Snapshot *snapshot;
    Batch values;
} ExecSource;

/* What a hash join tells of its keys (plan/runtime_filter.c). */
typedef struct RuntimeFilter {
    const uint64_t *words; /* NULL: not made, everything passes */
    uint32_t limit;        /* as of Predicate.filter_limit */
    uint8_t op, phys;      /* PREDICATE_HASH_FILTER or PREDICATE_MEMBER */
    int64_t low;           /* MEMBER */
} RuntimeFilter;

struct Exec {
    const PlanPlan *plan;
    ExecOptions options;
    Arena *arena;
    ExprRun run;
    ExprState *programs; /* all that were opened, newest first */
    ExprSubplans subplans_calls;
    SubplanState *subplans; /* [number - 1] */
    OpState *root, *opened;
    RuntimeFilter *filters; /* [plan->filter_count] */
    struct WorkTable *work_tables;
    struct SpillFile *spills;  /* all of the execution, newest first */
    const ExecSource *sources; /* of the re-check that is going on; none: there is none */
    uint32_t source_count;
    struct ConstraintQueue *constraints;
    struct ParallelGroup *group; /* it is one of those who run the child of a Gather; else NULL */
    OpState *gathers;            /* Gathers of the execution, by next_gather */
    uint64_t processed;
    bool closed;
};

/* These params have new values: CTEs that read them are computed anew. */
void exec__params_changed(Exec *exec, const NodeI32s *params);

/* ---- operators ---- */

/* An execution without a plan: for expressions and writers. */
Exec *exec__new(const ExecOptions *options);
/* exec_open without asking for privileges. */
Exec *exec__open(const PlanPlan *plan, const ExecOptions *options);
/* 42501 unless the role may do what the plan does with its tables. */
void exec__check_privileges(const PlanPlan *plan, CatalogView *view);
/* What the operators of that plan node have counted (several where it was opened again); NULL: there is none. */
const ExecFigures *exec__figures(const Exec *exec, uint32_t id);
/* The same of each task that runs the node below a Gather, the session's first, NULL where there is none of it; how
 * many: 0 without a Gather. */
uint32_t exec__shared_figures(const Exec *exec, uint32_t id, Arena *arena,
                              const ExecFigures ***figures);
OpState *exec__open_op(Exec *exec, const PlanOp *plan);
/* An exec param of a sub-plan that runs once, computed where it is not yet. */
void exec__need_param(Exec *exec, uint32_t number);
/* The next rows, at most rows_max; false: no more. */
bool op_pull(OpState *op, uint32_t rows_max, const Batch **batch);
void op_rewind(OpState *op);
/* The operator's state as its own struct. */
#define OP_STATE(Type, op) ((Type *)(op)->state)

/* ---- tails ---- */

/* Takes the rows of `inputs` that pass the conditions; they wait until tail_give. */
void tail_take(OpState *op, const Batch *const *inputs, uint32_t input_count, Selection selection);
/* Gives waiting rows as op->out; false: there are none. Raises what is pending. */
bool tail_give(OpState *op, uint32_t rows_max);
void tail_clear(OpState *op);
/* How many rows to ask a child for when rows_max are wanted; `tries` counts the pulls that gave nothing. */
uint32_t tail_demand(const OpState *op, uint32_t rows_max, uint32_t tries);

/* ---- expressions ---- */

/* The row and the snapshot that a scan of the table is narrowed to; NULL: it is not. */
const ExecSource *exec__source(const Exec *exec, uint32_t table);
/* The operator's `next` while a re-check is going on. */
bool exec__pull_source(OpState *op, uint32_t rows_max);
ExprState *exec__program(Exec *exec, QExpr *const *exprs, uint32_t count);
ExprState *exec__program_of_targets(Exec *exec, const QTargetList *targets);
ExprState *exec__filter(Exec *exec, const QExprList *conditions); /* NULL where there are none */
/* Types and kinds of a list of targets. */
typedef struct RowShape {
    uint32_t count;
    const Oid *types;
    const uint8_t *physes;
} RowShape;
RowShape exec__shape(Exec *exec, const QTargetList *targets);

static inline uint32_t sel_row(Selection selection, uint32_t at)
{
    return selection.rows ? selection.rows[at] : at;
}

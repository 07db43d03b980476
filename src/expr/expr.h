/* SPDX-License-Identifier: Apache-2.0 */
/* expr.h - expression programs: typed expressions compiled once to a linear program over vectors, then run over
 * batches.
 *
 * Expressions here are what the planner leaves: Vars are replaced by QSlot (plan.nodes: column of an operator's input),
 * correlated references and sub-plan results by QExecParam, aggregates and window calls by slots. Constants are folded
 * by the planner through expr_fold. Common parts are computed once. AND, OR, CASE, COALESCE narrow the selection, so
 * nothing is evaluated where PostgreSQL would not; only what cannot raise may run over rows that nobody asks for.
 *
 * Errors keep their row (docs/traps.md F16): an evaluation stops at the first row that raises, gives the rows before
 * it, and keeps the error; the operator hands those rows on and raises when more is asked for. Of several errors the
 * smallest row wins, then the first expression. Cancellation and the end of memory or stack are raised at once. */
#pragma once

#include "base/fn.h"
#include "bind/query.h"

typedef struct ExprProgram ExprProgram; /* immutable: may be shared by executions */
typedef struct ExprState ExprState;     /* one execution: call sites' states, temporaries */

enum { EXPR_INPUTS_MAX = 3 };

/* What a sub-plan or an outer row put there. */
typedef struct ExecParam {
    Datum value;
    bool set;
} ExecParam;

/* Equality of key columns with columns of a sub-plan. */
typedef struct ExprProbe {
    uint32_t count;
    const uint32_t *columns;
    const Oid *types, *collations;
} ExprProbe;

/* How expressions reach the sub-plans of their plan; exec hands it in. Each may raise. */
typedef struct ExprSubplans {
    void *arg;
    /* Fills exec param `number` by its sub-plan (initplans: at first use). */
    void (*param)(void *arg, uint32_t number);
    /* Starts sub-plan `plan` anew, with the exec params as they are now. */
    void (*start)(void *arg, uint32_t plan);
    /* Of a sub-plan whose rows are the same for all rows outside: answers[i] for the i-th selected row of the keys, 1
     * when the sub-plan has a row whose columns (`columns`, from 0) equal them, 0 when it has none, -1 when NULLs leave
     * that open. `again`: the exec params may have changed since the last call. */
    void (*probe)(void *arg, uint32_t plan, const ExprProbe *probe, const Vector *keys,
                  Selection rows, int8_t *answers, bool again);
    /* Its next rows, at most rows_max; false: no more. Valid until the next call for this plan. */
    bool (*next)(void *arg, uint32_t plan, uint32_t rows_max, const Batch **batch);
} ExprSubplans;

typedef struct ExprRun {
    const FnEnv *env;
    const Datum *params; /* $1.. */
    uint32_t param_count;
    ExecParam *exec_params; /* by number; their values live until they are set anew */
    const ExprSubplans *subplans;
    Arena *query; /* lives as long as the execution */
    ExprState *
        *opened; /* the newest of those opened for this run (expr_next_opened); NULL: nobody asks */
} ExprRun;

/* Compiles `count` expressions into one program; result i is expression i. Everything lies in `arena`, the trees must
 * live as long. Raises 0A000 for what cannot be evaluated yet. */
ExprProgram *expr_compile(Arena *arena, QExpr *const *exprs, uint32_t count, const FnEnv *env);
/* The conjunction of `count` conditions, for expr_filter: a row that one of them does not let pass is not shown to
 * those behind it. */
ExprProgram *expr_compile_filter(Arena *arena, QExpr *const *conditions, uint32_t count,
                                 const FnEnv *env);
/* How many volatile calls a run makes a row: two or more want batches of one row (docs/traps.md C25). */
uint32_t expr_volatile_calls(const ExprProgram *program);
bool expr_has_subplans(const ExprProgram *program);
/* Type and physical kind of a result. */
Oid expr_result_type(const ExprProgram *program, uint32_t result);
Phys expr_result_phys(const ExprProgram *program, uint32_t result);

ExprState *expr_open(const ExprProgram *program, const ExprRun *run);
ExprState *expr_next_opened(const ExprState *state);
/* Does it use only types and functions that are built in? What others are known by lives as long as a statement. */
bool expr_is_of_builtins(const ExprState *state);
bool expr_reads_params(const ExprState *state);
/* The run's parameters have other values now, at the same place. */
void expr_take_params(ExprState *state);

/* Inputs: up to EXPR_INPUTS_MAX batches whose rows go together (outer, inner, and a third for OLD/NEW or EXCLUDED).
 * Results go to vectors[] (memory of `state`, valid until its next evaluation; may be the inputs' own). Gives the
 * number of selected rows that are complete: selection.count, or fewer when a row raised: then the error is pending in
 * the state. */
uint32_t expr_eval(ExprState *state, const Batch *const *inputs, uint32_t input_count,
                   Selection selection, Vector *vectors);
/* Of a filter program: writes the rows of `selection` that pass to `out` (room for selection.count; may be
 * selection.rows) and returns how many; rows that raised and those behind them are not among them. */
uint32_t expr_filter(ExprState *state, const Batch *const *inputs, uint32_t input_count,
                     Selection selection, uint16_t *out);
bool expr_has_error(const ExprState *state);
_Noreturn void expr_raise(ExprState *state); /* the pending error */
/* A single row: `columns` stand for input 0; raises at once. Results as they lie in the state (valid until its next
 * evaluation). */
void expr_eval_row(ExprState *state, const Datum *columns, Datum *results);
/* Is every condition of a filter program true for this row? */
bool expr_filter_row(ExprState *state, const Datum *columns);

/* Constant folding as PostgreSQL folds: immutable calls on constants (their errors included, at plan time), stable ones
 * not; AND, OR, CASE, COALESCE and tests of constants made less. Parameters become constants where `params` are given.
 * Gives a new tree; what did not change is shared with the old one. */
QExpr *expr_fold(Arena *arena, QExpr *expr, const FnEnv *env, const Datum *params,
                 uint32_t param_count);
/* Value of an expression without inputs: LIMIT, EXECUTE's arguments, VALUES in utility statements. */
Datum expr_value(Arena *arena, QExpr *expr, const FnEnv *env);

/* Facts the planner asks for. */
bool expr_is_volatile(const QExpr *expr, const FnEnv *env);
bool expr_is_immutable(const QExpr *expr, const FnEnv *env);
/* Tells nobody what its arguments are, by errors or otherwise: every function in it says so of itself. */
bool expr_is_leakproof(const QExpr *expr, const FnEnv *env);
bool expr_is_total(const QExpr *expr, const FnEnv *env); /* cannot raise */
/* May it be evaluated by a task other than the session's, beside others? RESTRICTED: by the session's alone, though
 * others may run parts of the statement; UNSAFE: nobody else may run. Of the node and of all below it: an expression, a
 * query. */
typedef enum ExprHazard {
    EXPR_PARALLEL_SAFE,
    EXPR_PARALLEL_RESTRICTED,
    EXPR_PARALLEL_UNSAFE
} ExprHazard;
ExprHazard expr_parallel_hazard(const QNode *node, const FnEnv *env);
/* NULL or false whenever all columns of that range-table entry are NULL. */
bool expr_is_strict_on(const QExpr *expr, uint32_t table, const FnEnv *env);

/* A condition as a scan can apply it in place: slot OP constant, where the operator's order is that of the slots (or
 * it asks for equality of types whose equal values have equal slots), and slot IS [NOT] NULL. `column` becomes the
 * slot's. False: it is not so simple. A parameter's value comes from `run` (NULL: parameters do not count). */
bool expr_predicate(const QExpr *expr, const FnEnv *env, const ExprRun *run, Predicate *predicate);

/* SPDX-License-Identifier: Apache-2.0 */
/* expr.h - expression programs: typed expressions compiled once to a linear program over vectors, then run over batches.
 *
 * Expressions here are what the planner leaves: Vars are replaced by QSlot (plan.nodes: column of an operator's input),
 * correlated references and sub-plan results by QExecParam, aggregates and window calls by slots. Constants are folded by the
 * planner through expr_fold. Common parts are computed once. AND, OR, CASE, COALESCE narrow the selection, so nothing
 * is evaluated where PostgreSQL would not.
 *
 * Errors keep their row (docs/traps.md F16): expr_eval stops at the first row that raises, gives the rows before it,
 * and keeps the error; the operator hands those rows on and raises when more is asked for. */
#pragma once

#include "base/fn.h"
#include "bind/query.h"

typedef struct ExprProgram ExprProgram; /* immutable: shared by plan users */
typedef struct ExprState ExprState;     /* one execution: call sites' states, temporaries */

/* What a sub-plan or an outer row put there. */
typedef struct ExecParam { Datum value; bool set; } ExecParam;

typedef struct ExprRun {
    const FnEnv *env;
    const Datum *params;        /* $1.. */
    ExecParam *exec_params;     /* by number */
    /* Runs the sub-plan that gives exec param `number` (initplans at first use, correlated ones each time); handed in by exec. */
    void (*subplan)(void *arg, uint32_t number);
    void *subplan_arg;
    Arena *query;               /* lives as long as the execution */
} ExprRun;

/* Compiles `count` expressions into one program; result i is expression i. `input_types`: of the batch's columns. */
ExprProgram *expr_compile(Arena *arena, QExpr *const *exprs, uint32_t count, const FnEnv *env);
ExprState *expr_open(ExprProgram *program, const ExprRun *run);

/* Inputs: up to three batches whose rows go together (outer, inner, and a third for OLD/NEW or EXCLUDED); selection of the first counts.
 * Results go to vectors[] (temporary memory of `state`, valid until the next eval; may alias inputs). Gives the number of selected rows
 * that are complete: selection.count, or fewer when a row raised: then the error is pending in the state. */
uint32_t expr_eval(ExprState *state, const Batch *const *inputs, uint32_t input_count, Selection selection, Vector *vectors);
/* A boolean program of one result as a filter: writes the rows that are true to `out`, *done as above. */
uint32_t expr_filter(ExprState *state, const Batch *const *inputs, uint32_t input_count, Selection selection, uint16_t *out, uint32_t *done);
bool expr_has_error(const ExprState *state);
_Noreturn void expr_raise(ExprState *state); /* the pending error */
/* Single row: input datums instead of batches (constraints, triggers, defaults); raises at once. */
Datum expr_eval_row(ExprState *state, const Datum *columns, Arena *arena);

/* Constant folding as PostgreSQL folds: immutable calls on constants (their errors included, at plan time), stable ones not,
 * AND/OR/CASE/COALESCE/NULL reduced. Gives a new tree. */
QExpr *expr_fold(Arena *arena, QExpr *expr, const FnEnv *env, const Datum *params, uint32_t param_count);
/* Value of an expression without inputs: LIMIT, EXECUTE's arguments, VALUES in utility statements. */
Datum expr_value(Arena *arena, QExpr *expr, const FnEnv *env);

/* Facts the planner asks for. */
bool expr_is_volatile(const QExpr *expr, const FnEnv *env);
bool expr_is_total(const QExpr *expr, const FnEnv *env);   /* cannot raise */
bool expr_is_strict_on(const QExpr *expr, uint32_t table, const FnEnv *env); /* NULL or false if that table's columns are NULL */

/* SPDX-License-Identifier: Apache-2.0 */
/* expr_internal.h - programs and their execution, for expr_*.c alone.
 *
 * A program is one array of steps over registers; a register holds a Vector. Steps that narrow the selection own
 * blocks: ranges of the steps that directly follow them, each ending in a register. What stands in a block was computed
 * for that block's rows only, so common parts are shared downward, never across or upward.
 *
 * (X1) a step writes its own register only, over the selection it was given, and reads registers that are complete for
 *      at least these rows
 * (X2) a register whose spread is not ROWS holds a CONSTANT vector; its step is run over one imaginary row
 * (X3) rows at or above state->limit are nobody's any more: every selection is cut there before use
 * (X4) a step that is not total runs under error_catch; who raises row by row keeps state->row */
#pragma once

#include "base/builtins.h"
#include "expr/expr.h"
#include "type/type.h"

enum { EXPR_INPUT_SUBPLAN = EXPR_INPUTS_MAX }; /* in the test of a sub-plan's call: its row */

typedef enum ExprSpread { SPREAD_ROWS, SPREAD_BATCH, SPREAD_RUN } ExprSpread;
typedef enum ExprSource { SOURCE_STEP, SOURCE_INPUT, SOURCE_CONST, SOURCE_PARAM } ExprSource;

typedef struct ExprRegister {
    Oid type;
    uint8_t phys, source, spread;
    uint8_t input;
    uint32_t column; /* of the input; number of the parameter */
    Datum value;     /* SOURCE_CONST */
} ExprRegister;

typedef struct ExprBlock {
    uint32_t from, to; /* steps */
    uint32_t result;   /* register */
    bool total;        /* no step in it can raise, nor has it effects */
} ExprBlock;

typedef struct ExprStep ExprStep;
typedef void (*ExprStepRun)(ExprState *state, const ExprStep *step, Selection selection);

struct ExprStep {
    ExprStepRun run;
    bool total, is_call;
    uint32_t result;
    uint32_t next; /* the step behind it and its blocks */
    uint32_t site; /* calls: of state->sites; others: what they like */
    uint32_t arg_count, block_count;
    const uint32_t *args; /* registers */
    const ExprBlock *blocks;
    const QExpr *expr;
    const void *detail; /* the kind's own */
};

/* A call of a function with code in vectors. */
typedef struct ExprCall {
    const BuiltinFunction *function;
    FnVector vector;
    Oid oid, collation, result_type;
    int32_t typmod;
    const Oid *arg_types;
    uint32_t arg_count;
    bool variadic, strict;
    bool unasked; /* as Fn.unasked */
} ExprCall;

typedef struct ExprFilterItem {
    ExprBlock block;
    bool is_predicate;
    uint8_t input;
    Predicate predicate;
} ExprFilterItem;

struct ExprProgram {
    const FnEnv *env;
    const ExprStep *steps;
    const ExprRegister *registers;
    const uint32_t *results;
    const ExprFilterItem *items;  /* of a filter */
    const ExprCall *const *calls; /* by site */
    uint32_t step_count, register_count, result_count, item_count, call_count;
    uint32_t volatile_calls;
    bool has_subplans;
};

typedef struct ExprSite {
    Fn fn;
    Vector *args;
} ExprSite;

typedef struct ExprBuffer {
    void *data;
    uint32_t capacity;
} ExprBuffer;

struct ExprState {
    const ExprProgram *program;
    ExprRun run;
    Arena *temporary; /* reset with each evaluation */
    Vector *registers;
    ExprBuffer *buffers; /* by register: flat results, kept over evaluations */
    bool *ready;         /* by register: a SPREAD_RUN result is there */
    ExprSite *sites;
    ExprState *next_opened;
    const Batch *const *inputs;
    void **memory; /* by step: what steps keep over evaluations */
    Error *error;
    uint32_t limit; /* rows from here on are cut off by `error` */
    uint32_t row;   /* at work, for steps that go row by row */
    bool constant;  /* within a step of one imaginary row */
    uint64_t null_bit;
};

/* ---- compiling ---- */

typedef struct ExprCompiler ExprCompiler;
/* The register with the value of `expr` in the block being compiled. */
uint32_t expr__register(ExprCompiler *c, QExpr *expr);
uint32_t expr__constant(ExprCompiler *c, Oid type, const Datum *value);
/* A step that computes `expr`; its register is new. Returns the step's number; args are copied. */
uint32_t expr__step(ExprCompiler *c, QExpr *expr, ExprStepRun run, bool total, const uint32_t *args,
                    uint32_t arg_count, const void *detail);
/* Blocks of the newest open step: begun and ended in order. */
void expr__blocks_begin(ExprCompiler *c, uint32_t step, uint32_t count);
void expr__block(ExprCompiler *c, uint32_t step, uint32_t number, QExpr *expr);
void expr__blocks_end(ExprCompiler *c, uint32_t step);
uint32_t expr__step_result(const ExprCompiler *c, uint32_t step);
Arena *expr__arena(ExprCompiler *c);
const FnEnv *expr__env(const ExprCompiler *c);
/* The facts of a call by OID. */
const ExprCall *expr__call(ExprCompiler *c, Oid function, Oid collation, const QExpr *result,
                           const Oid *arg_types, uint32_t arg_count);
/* A step around a call site; gives its register. One whose value is the same for a whole batch but not longer. */
uint32_t expr__site_step(ExprCompiler *c, QExpr *expr, ExprStepRun run, bool total,
                         const uint32_t *args, uint32_t arg_count, const ExprCall *call);
uint32_t expr__last_step(const ExprCompiler *c); /* its number */
/* The same with a detail that is not the call itself. */
uint32_t expr__site_step_of(ExprCompiler *c, QExpr *expr, ExprStepRun run, const uint32_t *args,
                            uint32_t arg_count, const ExprCall *call, const void *detail);
/* A step around a call that gives a row; such have no code in vectors. */
uint32_t expr__row_call_step(ExprCompiler *c, QExpr *expr, const uint32_t *args, uint32_t arg_count,
                             const ExprCall *call);
uint32_t expr__batch_step(ExprCompiler *c, QExpr *expr, ExprStepRun run);
/* While compiling what contains CaseValue: the register it means. What is put away by `enter` is given
 * back to `leave`. */
typedef enum ExprHole { HOLE_CASE_VALUE, HOLE_COUNT } ExprHole;
typedef struct ExprHidden {
    uint32_t value, share_floor;
} ExprHidden;
ExprHidden expr__hole_enter(ExprCompiler *c, ExprHole hole, uint32_t value);
void expr__hole_leave(ExprCompiler *c, ExprHole hole, ExprHidden hidden);
Phys expr__phys(const FnEnv *env, Oid type);

/* By kind of expression: compiles it and gives the register. */
typedef uint32_t (*ExprCompile)(ExprCompiler *c, QExpr *expr);
/* Is it `container with a part replaced`? Then it has CaseValue for what the container was. */
bool expr__assigns_part(const QExpr *expr);
uint32_t expr__compile_func(ExprCompiler *c, QExpr *expr);
uint32_t expr__compile_op(ExprCompiler *c, QExpr *expr);
uint32_t expr__compile_bool(ExprCompiler *c, QExpr *expr);
uint32_t expr__compile_null_test(ExprCompiler *c, QExpr *expr);
uint32_t expr__compile_truth(ExprCompiler *c, QExpr *expr);
/* FnFlags of what a JsonExpr does itself. */
uint32_t expr__json_flags(const QExpr *expr, const FnEnv *env);
uint32_t expr__compile_json(ExprCompiler *c, QExpr *expr);
uint32_t expr__compile_case(ExprCompiler *c, QExpr *expr);
uint32_t expr__compile_coalesce(ExprCompiler *c, QExpr *expr);
uint32_t expr__compile_null_if(ExprCompiler *c, QExpr *expr);
uint32_t expr__compile_distinct(ExprCompiler *c, QExpr *expr);
uint32_t expr__compile_min_max(ExprCompiler *c, QExpr *expr);
uint32_t expr__compile_relabel(ExprCompiler *c, QExpr *expr);
uint32_t expr__compile_coerce_io(ExprCompiler *c, QExpr *expr);
/* Do the text forms between the two types depend on nothing but the value? */
bool expr__io_is_immutable(Oid from, Oid to);
uint32_t expr__compile_json_function(ExprCompiler *c, QExpr *expr);
uint32_t expr__compile_domain(ExprCompiler *c, QExpr *expr);
uint32_t expr__compile_value_function(ExprCompiler *c, QExpr *expr);
uint32_t expr__compile_exec_param(ExprCompiler *c, QExpr *expr);
uint32_t expr__compile_subplan(ExprCompiler *c, QExpr *expr);
/* A step that runs a sub-plan: row by row, never shared. */
uint32_t expr__subplan_step(ExprCompiler *c, QExpr *expr, ExprStepRun run, const uint32_t *args,
                            uint32_t arg_count, const void *detail);
uint32_t expr__compile_array_op(ExprCompiler *c, QExpr *expr);
uint32_t expr__compile_array(ExprCompiler *c, QExpr *expr);
uint32_t expr__compile_coerce_array(ExprCompiler *c, QExpr *expr);
uint32_t expr__compile_subscript(ExprCompiler *c, QExpr *expr);
uint32_t expr__compile_row(ExprCompiler *c, QExpr *expr);
uint32_t expr__compile_field_select(ExprCompiler *c, QExpr *expr);
uint32_t expr__compile_field_store(ExprCompiler *c, QExpr *expr);
uint32_t expr__compile_row_null_test(ExprCompiler *c, QExpr *expr);
uint32_t expr__compile_row_compare(ExprCompiler *c, QExpr *expr);
/* The element type of an array type; raises 42804 for others. */
Oid expr__element_type(const FnEnv *env, Oid array);
/* What an operator between two values of one type asks of their slots; false: slots do not tell. */
bool expr__slot_operator(const FnEnv *env, Oid op, Oid collation, PredicateOp *what);
/* Is it the "=" of its operand type's btree class? */
bool expr__is_equality(Oid op);
/* The values of a stored array, sorted by their slots, without NULLs. */
const Value *expr__array_values(Arena *arena, const FnEnv *env, Oid element, Str stored,
                                uint32_t *count, bool *any_null);
bool expr__is_volatile_call(const QExpr *expr, const FnEnv *env);
/* FnFlags of any function, a user's as well (never TOTAL). */
/* What takes the place of a function where no collation can be told; NULL: it asks for none. */
FnVector expr__without_collation(Oid function);
uint32_t expr__function_flags(const FnEnv *env, Oid function);
/* The slot of a condition that expr_predicate takes. */
const QExpr *expr__predicate_slot(const QExpr *condition);

/* ---- running ---- */

void expr__run_call(ExprState *state, const ExprStep *step, Selection selection);

static inline uint32_t selected(Selection selection, uint32_t at)
{
    return selection.rows ? selection.rows[at] : at;
}
/* One more than the highest selected row; 0 of an empty one. */
static inline uint32_t selection_end(Selection selection)
{
    if (selection.count == 0) return 0;
    return selected(selection, selection.count - 1) + 1u;
}
/* `selection` without the rows that an error cut off (X3). */
static inline Selection expr__cut(const ExprState *state, Selection selection)
{
    while (selection.count > 0 && selected(selection, selection.count - 1) >= state->limit)
        selection.count--;
    return selection;
}
static inline Vector *expr__arg(ExprState *state, const ExprStep *step, uint32_t i)
{
    return &state->registers[step->args[i]];
}
/* Runs a block over rows; its result register is then complete for those below the limit. */
void expr__run_block(ExprState *state, const ExprBlock *block, Selection selection);
/* The same for a block whose result is wanted for `narrow`, a part of `wide`: what cannot raise runs over all of `wide`
 * where that is quicker. */
void expr__run_block_within(ExprState *state, const ExprBlock *block, Selection narrow,
                            Selection wide);
/* The step's register as a flat vector with room for the selection's rows, no null bit set. */
Vector *expr__result(ExprState *state, const ExprStep *step, Selection selection);
/* Memory for what a step's result points to: as long as the batch, or the execution when the result is for all of
 * it. */
Arena *expr__result_arena(ExprState *state, const ExprStep *step);
/* Room for row numbers, until the next evaluation. */
uint16_t *expr__rows(ExprState *state, uint32_t count);
/* Runs a whole program over registers that are bound already, from a clean start. */
void expr__begin(ExprState *state);
void expr__run_all(ExprState *state, Selection selection);
/* Memory that a step keeps over evaluations, zeroed at first. */
void *expr__memory(ExprState *state, const ExprStep *step, size_t bytes);
/* Calls site `site` on vectors made by a step itself; the result vector is flat, with room for `selection`. */
void expr__call_site(ExprState *state, uint32_t site, const Vector *args, Selection selection,
                     Vector *result, Arena *arena);

/* Of a boolean vector: the rows of `in` that are true (false, not false, ...) to `out`; returns how many. */
typedef enum ExprPick {
    PICK_TRUE,
    PICK_FALSE,
    PICK_NULL,
    PICK_NOT_TRUE,
    PICK_NOT_FALSE,
    PICK_NOT_NULL
} ExprPick;
uint32_t expr__pick(const Vector *v, ExprPick pick, Selection in, uint16_t *out);
/* Copies the values of the selected rows, one slot to the same slot of a flat vector. */
void expr__copy_rows(Vector *to, Arena *arena, const Vector *from, Selection rows);

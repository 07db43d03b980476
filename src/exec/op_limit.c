/* SPDX-License-Identifier: Apache-2.0 */
/* op_limit.c - LIMIT, OFFSET, WITH TIES. The demand that it hands down is exact, so that nothing behind the last row is
 * computed. */
#include "exec/ops.h"

#include "base/oids.h"

typedef struct LimitState {
    ExprState *count, *offset;
    bool known, unlimited, tied;
    int64_t skip, left;
    ExprState *ties; /* keys of WITH TIES, or NULL */
    TypeCall *tie_types;
    Datum *last;
    Arena *last_arena;
} LimitState;

static void limit_open(OpState *op)
{
    const PlanLimit *plan = (const PlanLimit *)op->plan;
    LimitState *state = OP_STATE(LimitState, op);
    Exec *exec = op->exec;
    QExpr *count = plan->count, *offset = plan->offset;
    if (count) state->count = exec__program(exec, &count, 1);
    if (offset) state->offset = exec__program(exec, &offset, 1);
    op->children[0] = exec__open_op(exec, plan->child);
    if (!plan->with_ties) return;
    QExpr **keys = ARENA_ARRAY(exec->arena, QExpr *, plan->ties.count);
    state->tie_types = ARENA_ARRAY(exec->arena, TypeCall, plan->ties.count);
    for (uint32_t i = 0; i < plan->ties.count; i++) {
        keys[i] = plan->ties.items[i]->expr;
        state->tie_types[i] = (TypeCall){.type = type_get(exec->options.env, keys[i]->type),
                                         .env = exec->options.env,
                                         .typmod = -1,
                                         .collation = plan->ties.items[i]->collation};
    }
    state->ties = exec__program(exec, keys, plan->ties.count);
    state->last = ARENA_ARRAY(exec->arena, Datum, plan->ties.count);
    state->last_arena = arena_new_child(exec->arena, "ties");
}

/* The value of LIMIT or OFFSET (int8); false: NULL or absent. */
static bool bound(ExprState *program, int64_t *value)
{
    Datum datum;
    if (!program) return false;
    expr_eval_row(program, NULL, &datum);
    *value = datum.value.i64;
    return !datum.null;
}

static void find_bounds(LimitState *state)
{
    int64_t value;
    state->known = true;
    state->tied = false;
    state->skip = 0;
    if (bound(state->offset, &value)) {
        if (value < 0)
            raise_error(SQLSTATE_INVALID_ROW_COUNT_IN_RESULT_OFFSET_CLAUSE,
                        "OFFSET must not be negative");
        state->skip = value;
    }
    state->unlimited = !bound(state->count, &value);
    if (state->unlimited) return;
    if (value < 0)
        raise_error(SQLSTATE_INVALID_ROW_COUNT_IN_LIMIT_CLAUSE, "LIMIT must not be negative");
    state->left = value;
}

/* ---- ties ---- */

static void remember_last(OpState *op, LimitState *state, const Batch *batch)
{
    const uint32_t count = ((const PlanLimit *)op->plan)->ties.count;
    const uint16_t row = (uint16_t)sel_row(batch->selection, batch->selection.count - 1);
    Vector *keys = ARENA_ARRAY(state->last_arena, Vector, count);
    if (expr_eval(state->ties, &batch, 1, (Selection){&row, 1}, keys) == 0) expr_raise(state->ties);
    for (uint32_t i = 0; i < count; i++) {
        state->last[i] = vector_get(&keys[i], row);
        if (!state->last[i].null)
            state->last[i].value = value_copy(state->last_arena, (Phys)keys[i].phys,
                                              state->last[i].value);
    }
}

static bool is_tied(OpState *op, LimitState *state, const Batch *batch)
{
    const uint32_t count = ((const PlanLimit *)op->plan)->ties.count;
    const uint16_t row = (uint16_t)sel_row(batch->selection, 0);
    Vector *keys = ARENA_ARRAY(state->last_arena, Vector, count);
    if (expr_eval(state->ties, &batch, 1, (Selection){&row, 1}, keys) == 0) expr_raise(state->ties);
    for (uint32_t i = 0; i < count; i++) {
        TypeCall call = state->tie_types[i];
        Datum value = vector_get(&keys[i], row);
        call.arena = state->last_arena;
        if (value.null != state->last[i].null) return false;
        if (!value.null && type_compare(&call, &value.value, &state->last[i].value) != 0)
            return false;
    }
    return true;
}

/* ---- rows ---- */

static bool skip_rows(OpState *op, LimitState *state)
{
    const Batch *batch;
    while (state->skip > 0) {
        const uint32_t demand = (uint32_t)MIN(state->skip, (int64_t)BATCH_ROWS_MAX);
        if (!op_pull(op->children[0], demand, &batch)) return false;
        state->skip -= batch->selection.count;
    }
    return true;
}

static bool limit_next(OpState *op, uint32_t rows_max)
{
    LimitState *state = OP_STATE(LimitState, op);
    const Batch *batch;
    if (tail_give(op, rows_max)) return true;
    if (!state->known) find_bounds(state);
    if (!state->unlimited && state->left == 0 && !state->tied) return false;
    if (!skip_rows(op, state)) return false;
    uint32_t demand = rows_max;
    if (state->tied)
        demand = 1;
    else if (!state->unlimited)
        demand = (uint32_t)MIN(state->left, (int64_t)rows_max);
    if (!op_pull(op->children[0], demand, &batch)) return false;
    if (state->tied && !is_tied(op, state, batch)) {
        state->tied = false;
        return false;
    }
    if (!state->unlimited && !state->tied) {
        state->left -= batch->selection.count;
        if (state->left == 0 && state->ties) {
            state->tied = true;
            remember_last(op, state, batch);
        }
    }
    tail_take(op, &batch, 1, batch->selection);
    return tail_give(op, rows_max);
}

static void limit_rewind(OpState *op)
{
    OP_STATE(LimitState, op)->known = false;
    op_rewind(op->children[0]);
}

const Operator op_limit = {.kind = PLAN_LIMIT,
                           .title = "Limit",
                           .state_bytes = sizeof(LimitState),
                           .open = limit_open,
                           .next = limit_next,
                           .rewind = limit_rewind,
                           .is_keepable = true};

/* SPDX-License-Identifier: Apache-2.0 */
/* op_set_op.c - INTERSECT and EXCEPT, with and without ALL, by counting: how often each distinct row stands left and
 * right. The left side's distinct rows come out in the order in which they were first seen. (UNION is Append, and what
 * drops its duplicates.) */
#include "exec/ops.h"

#include "base/task.h"
#include "exec/keytable.h"

typedef struct SetOpState {
    KeyTable *table;
    uint64_t *counts[2]; /* left, right, by group */
    uint32_t capacity;
    Arena *arena;
    uint32_t groups[BATCH_ROWS_MAX];
    bool complete;
    uint32_t at;
    uint64_t repeats; /* of group `at`, still to be given */
    bool counted;
    uint16_t *rows;
    Batch view;
} SetOpState;

static void set_op_open(OpState *op)
{
    const PlanSetOp *plan = (const PlanSetOp *)op->plan;
    SetOpState *state = OP_STATE(SetOpState, op);
    Exec *exec = op->exec;
    if (plan->op == Q_SETOP_UNION) raise_error(SQLSTATE_INTERNAL_ERROR, "UNION is no SetOp");
    op->children[0] = exec__open_op(exec, plan->left);
    op->children[1] = exec__open_op(exec, plan->right);
    const RowShape shape = exec__shape(exec, &plan->left->outputs);
    KeyColumn *columns = ARENA_ARRAY(exec->arena, KeyColumn, shape.count);
    for (uint32_t i = 0; i < shape.count; i++)
        columns[i] = (KeyColumn){shape.types[i],
                                 i < plan->keys.count ? plan->keys.items[i]->collation : 0};
    state->table = keys_new(exec->arena, exec->options.env, columns, shape.count, true);
    state->arena = arena_new_child(exec->arena, "set operation");
    state->view.columns = ARENA_ARRAY(exec->arena, Vector, shape.count);
    state->view.column_count = shape.count;
    state->rows = arena_alloc_array(exec->arena, BATCH_ROWS_MAX, sizeof *state->rows);
}

static void need_counts(SetOpState *state, uint32_t count)
{
    if (count <= state->capacity) return;
    const uint32_t capacity = MAX(state->capacity * 2, MAX(count, 256u));
    for (int side = 0; side < 2; side++) {
        uint64_t *grown = ARENA_ARRAY(state->arena, uint64_t, capacity);
        if (state->capacity > 0)
            memcpy(grown, state->counts[side], sizeof *grown * state->capacity);
        state->counts[side] = grown;
    }
    state->capacity = capacity;
}

static void count_side(OpState *op, SetOpState *state, int side)
{
    const Batch *batch;
    while (op_pull(op->children[side], BATCH_ROWS_MAX, &batch)) {
        if (side == 0) {
            keys_add(state->table, batch->columns, batch->selection, state->groups);
            need_counts(state, keys_count(state->table));
        } else {
            keys_find(state->table, batch->columns, batch->selection, state->groups);
        }
        for (uint32_t i = 0; i < batch->selection.count; i++)
            if (state->groups[i] != KEY_NONE) state->counts[side][state->groups[i]]++;
    }
}

/* How often a row comes out. */
static uint64_t result_count(const PlanSetOp *plan, uint64_t left, uint64_t right)
{
    if (plan->op == Q_SETOP_INTERSECT) return plan->all ? MIN(left, right) : right > 0;
    return plan->all ? left - MIN(left, right) : right == 0;
}

/* A chunk's worth of groups, each as often as it comes out; false: no more. */
static bool fill_view(const PlanSetOp *plan, SetOpState *state, uint32_t demand)
{
    const uint32_t total = keys_count(state->table);
    if (state->at == total) return false;
    const Selection chunk = keys_view(state->table, state->at, BATCH_ROWS_MAX, state->view.columns);
    uint32_t count = 0;
    for (uint32_t i = 0; i < chunk.count && count < demand; i++) {
        if (!state->counted)
            state->repeats = result_count(plan, state->counts[0][state->at],
                                          state->counts[1][state->at]);
        state->counted = true;
        for (; state->repeats > 0 && count < demand; state->repeats--)
            state->rows[count++] = (uint16_t)sel_row(chunk, i);
        if (state->repeats > 0) break;
        state->counted = false;
        state->at++;
    }
    state->view.selection = (Selection){state->rows, count};
    return true;
}

static bool set_op_next(OpState *op, uint32_t rows_max)
{
    const PlanSetOp *plan = (const PlanSetOp *)op->plan;
    SetOpState *state = OP_STATE(SetOpState, op);
    const Batch *view = &state->view;
    if (!state->complete) {
        for (int side = 0; side < 2; side++) count_side(op, state, side);
        state->complete = true;
    }
    for (uint32_t tries = 0;; tries++) {
        task_check();
        if (tail_give(op, rows_max)) return true;
        if (!fill_view(plan, state, tail_demand(op, rows_max, tries))) return false;
        tail_take(op, &view, 1, state->view.selection);
    }
}

static void set_op_rewind(OpState *op)
{
    SetOpState *state = OP_STATE(SetOpState, op);
    keys_clear(state->table);
    arena_reset(state->arena);
    state->capacity = state->at = 0;
    state->complete = state->counted = false;
    op_rewind(op->children[0]);
    op_rewind(op->children[1]);
}

const Operator op_set_op = {.kind = PLAN_SET_OP,
                            .title = "SetOp",
                            .state_bytes = sizeof(SetOpState),
                            .open = set_op_open,
                            .next = set_op_next,
                            .rewind = set_op_rewind};

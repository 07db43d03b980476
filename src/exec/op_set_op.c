/* SPDX-License-Identifier: Apache-2.0 */
/* op_set_op.c - INTERSECT and EXCEPT, with and without ALL, by counting: how often each distinct row stands left and
 * right. The left side's distinct rows come out in the order in which they were first seen. (UNION is Append, and what
 * drops its duplicates.)
 *
 * When the distinct rows are more than may be held, rows that are not among them go to parts, of both sides, which are
 * counted by themselves afterwards. */
#include "exec/ops.h"

#include "base/task.h"
#include "exec/keytable.h"
#include "exec/spill.h"

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
    RowShape shape;
    uint64_t budget;
    SpillFile *file;
    Arena *parts_arena;
    bool is_full; /* new rows go to parts */
    SpillParts parts[2];
    SpillPair *waiting, *part; /* the second: at work; NULL: the children themselves */
} SetOpState;

static void set_op_open(OpState *op)
{
    const PlanSetOp *plan = (const PlanSetOp *)op->plan;
    SetOpState *state = OP_STATE(SetOpState, op);
    Exec *exec = op->exec;
    if (plan->op == Q_SETOP_UNION) raise_error(SQLSTATE_INTERNAL_ERROR, "UNION is no SetOp");
    op->children[0] = exec__open_op(exec, plan->left);
    op->children[1] = exec__open_op(exec, plan->right);
    const RowShape shape = state->shape = exec__shape(exec, &plan->left->outputs);
    KeyColumn *columns = ARENA_ARRAY(exec->arena, KeyColumn, shape.count);
    for (uint32_t i = 0; i < shape.count; i++)
        columns[i] = (KeyColumn){shape.types[i],
                                 i < plan->keys.count ? plan->keys.items[i]->collation : 0};
    state->table = keys_new(exec->arena, exec->options.env, columns, shape.count, true);
    state->arena = arena_new_child(exec->arena, "set operation");
    state->view.columns = ARENA_ARRAY(exec->arena, Vector, shape.count);
    state->view.column_count = shape.count;
    state->rows = arena_alloc_array(exec->arena, BATCH_ROWS_MAX, sizeof *state->rows);
    state->budget = spill_budget(exec, true);
    state->file = spill_open(exec);
    state->parts_arena = arena_new_child(exec->arena, "parts");
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

static bool pull_side(OpState *op, SetOpState *state, int side, const Batch **batch)
{
    if (!state->part) return op_pull(op->children[side], BATCH_ROWS_MAX, batch);
    SpillStream *stream = side == 0 ? state->part->left : state->part->right;
    return stream != NULL && stream_next(stream, batch);
}

/* The rows of the batch that have no group, to their parts; on the right side only where left rows wait. */
static void add_to_parts(SetOpState *state, int side, const Batch *batch)
{
    uint64_t hashes[BATCH_ROWS_MAX];
    uint16_t rows[BATCH_ROWS_MAX];
    uint32_t count = 0;
    for (uint32_t i = 0; i < batch->selection.count; i++) {
        rows[count] = (uint16_t)sel_row(batch->selection, i);
        count += state->groups[i] == KEY_NONE;
    }
    if (count == 0) return;
    keys_hashes(state->table, batch->columns, (Selection){rows, count}, hashes);
    if (side == 1) {
        uint32_t kept = 0;
        for (uint32_t i = 0; i < count; i++) {
            rows[kept] = rows[i];
            hashes[kept] = hashes[i];
            kept += state->parts[0].streams[spill_part(hashes[i], state->parts[0].level)] != NULL;
        }
        count = kept;
    }
    parts_add(&state->parts[side], batch->columns, (Selection){rows, count}, hashes);
}

static void note_full(SetOpState *state)
{
    const uint32_t level = state->part ? state->part->level : 0;
    if (state->is_full || level >= SPILL_LEVELS_MAX || state->budget == UINT64_MAX) return;
    if (keys_bytes(state->table) + arena_used(state->arena) <= state->budget) return;
    state->is_full = true;
    for (int side = 0; side < 2; side++)
        parts_init(&state->parts[side], state->file, state->parts_arena, &state->shape, level,
                   state->budget);
}

static void count_side(OpState *op, SetOpState *state, int side)
{
    const Batch *batch;
    while (pull_side(op, state, side, &batch)) {
        if (side == 0 && !state->is_full) {
            keys_add(state->table, batch->columns, batch->selection, state->groups);
            need_counts(state, keys_count(state->table));
        } else {
            keys_find(state->table, batch->columns, batch->selection, state->groups);
            if (state->is_full) add_to_parts(state, side, batch);
        }
        for (uint32_t i = 0; i < batch->selection.count; i++)
            if (state->groups[i] != KEY_NONE) state->counts[side][state->groups[i]]++;
        if (side == 0) note_full(state);
    }
}

static void count_both(OpState *op, SetOpState *state)
{
    ExecFigures *figures = &op->figures;
    for (int side = 0; side < 2; side++) count_side(op, state, side);
    figures->memory_bytes = MAX(figures->memory_bytes,
                                keys_bytes(state->table) + arena_used(state->arena));
    figures->disk_bytes = MAX(figures->disk_bytes, spill_bytes(state->file));
    figures->passes += state->part != NULL;
    if (state->is_full)
        state->waiting = pairs_push(state->waiting, &state->parts[0], &state->parts[1], true,
                                    false);
    state->is_full = false;
    state->complete = true;
}

static void forget_groups(SetOpState *state)
{
    keys_clear(state->table);
    arena_reset(state->arena);
    state->capacity = state->at = 0;
    state->complete = state->counted = state->is_full = false;
}

/* False: there are no more parts. */
static bool next_part(SetOpState *state)
{
    if (state->part) pair_drop(state->part);
    state->part = state->waiting;
    if (!state->part) return false;
    state->waiting = state->part->next;
    forget_groups(state);
    return true;
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
    for (uint32_t tries = 0;; tries++) {
        task_check();
        if (!state->complete) count_both(op, state);
        if (tail_give(op, rows_max)) return true;
        if (!fill_view(plan, state, tail_demand(op, rows_max, tries))) {
            if (!next_part(state)) return false;
            continue;
        }
        tail_take(op, &view, 1, state->view.selection);
    }
}

static void set_op_rewind(OpState *op)
{
    SetOpState *state = OP_STATE(SetOpState, op);
    forget_groups(state);
    state->waiting = state->part = NULL;
    arena_reset(state->parts_arena);
    spill_reset(state->file);
    op_rewind(op->children[0]);
    op_rewind(op->children[1]);
}

const Operator op_set_op = {.kind = PLAN_SET_OP,
                            .title = "SetOp",
                            .state_bytes = sizeof(SetOpState),
                            .open = set_op_open,
                            .next = set_op_next,
                            .rewind = set_op_rewind};

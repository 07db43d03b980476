/* SPDX-License-Identifier: Apache-2.0 */
/* op_sort.c - Sort, Unique, Materialize. */
#include "exec/ops.h"

#include "exec/keyruns.h"
#include "exec/rowstore.h"
#include "exec/sorter.h"
#include "exec/spill.h"

/* ---- Sort ---- */

typedef struct SortState {
    RowShape shape;
    SortColumn *columns;
    ExprState *keys;
    Vector *key_vectors;
    Sorter *sorter;
    Batch row;
    bool sorted;
} SortState;

static void sort_open(OpState *op)
{
    const PlanSort *plan = (const PlanSort *)op->plan;
    SortState *state = OP_STATE(SortState, op);
    Exec *exec = op->exec;
    op->children[0] = exec__open_op(exec, plan->child);
    state->shape = exec__shape(exec, &plan->child->outputs);
    state->columns = sort_columns(exec, &plan->keys, &state->keys);
    state->key_vectors = ARENA_ARRAY(exec->arena, Vector, plan->keys.count);
    const uint64_t limit = plan->limit > 0 && plan->limit < 1e9 ? (uint64_t)plan->limit : 0;
    state->sorter = sorter_new(exec, &state->shape, state->columns, plan->keys.count, limit);
    state->row.arena = arena_new_child(exec->arena, "sorted rows");
    state->row.columns = ARENA_ARRAY(exec->arena, Vector, state->shape.count);
    state->row.column_count = state->shape.count;
}

static void sort_all(OpState *op, SortState *state)
{
    const Batch *batch;
    while (op_pull(op->children[0], BATCH_ROWS_MAX, &batch)) {
        if (expr_eval(state->keys, &batch, 1, batch->selection, state->key_vectors) <
            batch->selection.count)
            expr_raise(state->keys);
        sorter_add(state->sorter, batch->columns, state->key_vectors, batch->selection);
    }
    sorter_finish(state->sorter);
    sorter_figures(state->sorter, &op->figures);
    state->sorted = true;
}

static bool sort_next(OpState *op, uint32_t rows_max)
{
    SortState *state = OP_STATE(SortState, op);
    const Batch *row = &state->row;
    if (!state->sorted) sort_all(op, state);
    for (uint32_t tries = 0;; tries++) {
        if (tail_give(op, rows_max)) return true;
        arena_reset(state->row.arena);
        const uint32_t count = sorter_next(state->sorter, tail_demand(op, rows_max, tries),
                                           state->row.columns, state->row.arena, NULL);
        if (count == 0) return false;
        state->row.row_count = count;
        state->row.selection = (Selection){.count = count};
        tail_take(op, &row, 1, state->row.selection);
    }
}

static void sort_rewind(OpState *op)
{
    SortState *state = OP_STATE(SortState, op);
    sorter_clear(state->sorter);
    state->sorted = false;
    op_rewind(op->children[0]);
}

const Operator op_sort = {.kind = PLAN_SORT,
                          .title = "Sort",
                          .state_bytes = sizeof(SortState),
                          .open = sort_open,
                          .next = sort_next,
                          .rewind = sort_rewind};

/* ---- Unique: rows of sorted input whose keys differ from the row before ---- */

typedef struct UniqueState {
    KeyRuns *runs;
    bool same[BATCH_ROWS_MAX];
    uint16_t rows[BATCH_ROWS_MAX];
} UniqueState;

static void unique_open(OpState *op)
{
    const PlanUnique *plan = (const PlanUnique *)op->plan;
    op->children[0] = exec__open_op(op->exec, plan->child);
    OP_STATE(UniqueState, op)->runs = runs_new(op->exec, &plan->keys);
}

static bool unique_next(OpState *op, uint32_t rows_max)
{
    UniqueState *state = OP_STATE(UniqueState, op);
    const Batch *batch;
    for (uint32_t tries = 0;; tries++) {
        if (tail_give(op, rows_max)) return true;
        if (!op_pull(op->children[0], tail_demand(op, rows_max, tries), &batch)) return false;
        uint32_t count = 0;
        runs_mark(state->runs, batch, state->same);
        for (uint32_t i = 0; i < batch->selection.count; i++)
            if (!state->same[i]) state->rows[count++] = (uint16_t)sel_row(batch->selection, i);
        tail_take(op, &batch, 1, (Selection){state->rows, count});
    }
}

static void unique_rewind(OpState *op)
{
    runs_reset(OP_STATE(UniqueState, op)->runs);
    op_rewind(op->children[0]);
}

const Operator op_unique = {.kind = PLAN_UNIQUE,
                            .title = "Unique",
                            .state_bytes = sizeof(UniqueState),
                            .open = unique_open,
                            .next = unique_next,
                            .rewind = unique_rewind};

/* ---- Materialize: keeps what the child gave for the next time round ---- */

typedef struct MaterializeState {
    RowStore *rows;
    RowReader *reader;
    uint32_t at;
    bool complete;
    Batch row;
} MaterializeState;

static void materialize_open(OpState *op)
{
    const PlanMaterialize *plan = (const PlanMaterialize *)op->plan;
    MaterializeState *state = OP_STATE(MaterializeState, op);
    op->children[0] = exec__open_op(op->exec, plan->child);
    const RowShape shape = exec__shape(op->exec, &plan->child->outputs);
    state->rows = rows_new(op->exec->arena, &shape);
    rows_spill_to(state->rows, spill_open(op->exec), spill_budget(op->exec, false));
    state->reader = reader_new(state->rows, op->exec->arena, 1);
    state->row.columns = ARENA_ARRAY(op->exec->arena, Vector, shape.count);
    state->row.column_count = shape.count;
}

static bool materialize_next(OpState *op, uint32_t rows_max)
{
    MaterializeState *state = OP_STATE(MaterializeState, op);
    const Batch *batch;
    for (uint32_t tries = 0;; tries++) {
        if (tail_give(op, rows_max)) return true;
        const uint32_t demand = tail_demand(op, rows_max, tries);
        if (state->at < rows_count(state->rows)) {
            state->row.selection = reader_view(state->reader, state->at, demand,
                                               state->row.columns);
            state->at += state->row.selection.count;
            batch = &state->row;
        } else {
            if (state->complete) return false;
            if (!op_pull(op->children[0], demand, &batch)) {
                state->complete = true;
                return false;
            }
            rows_append(state->rows, batch->columns, batch->selection);
            state->at += batch->selection.count;
        }
        tail_take(op, &batch, 1, batch->selection);
    }
}

/* What the child gives may hang on params that were set anew: only a child without any is kept. */
static void materialize_rewind(OpState *op)
{
    OP_STATE(MaterializeState, op)->at = 0;
}

const Operator op_materialize = {.kind = PLAN_MATERIALIZE,
                                 .title = "Materialize",
                                 .state_bytes = sizeof(MaterializeState),
                                 .open = materialize_open,
                                 .next = materialize_next,
                                 .rewind = materialize_rewind};

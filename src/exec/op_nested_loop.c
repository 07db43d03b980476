/* SPDX-License-Identifier: Apache-2.0 */
/* op_nested_loop.c - for each outer row, the inner side from its beginning (with params set from the outer row, if the
 * plan says so). Pairs gather until a batch's worth is there: the outer columns as dictionaries over the outer batch,
 * the inner rows copied. An inner side that hangs on no param is kept after its first run.
 *
 * Of a pair the join conditions are asked with the outer row as constants, a whole inner batch at a time. */
#include "exec/ops.h"

#include "base/bitset.h"
#include "base/task.h"
#include "exec/index_many.h"
#include "exec/rowstore.h"
#include "exec/spill.h"

typedef struct LoopState {
    const PlanNestedLoop *plan;
    ExprState *params;     /* values of set_params, over the outer row */
    ExprState *conditions; /* NULL: none */
    Vector *param_values;
    bool outer_only; /* SEMI, ANTI: the inner row is not shown */
    RowShape inner_shape;
    RowStore *kept; /* the inner rows; NULL: it is run each time */
    RowReader *kept_reader;
    bool kept_complete;
    /* the outer batch at hand */
    const Batch *outer;
    uint32_t at; /* row of its selection that is to come, or at work */
    bool in_row, matched;
    uint32_t kept_at;
    Batch outer_row; /* it as constants */
    uint64_t null_bit;
    /* pairs to be given */
    uint16_t
        *outer_rows; /* fewer than wanted, and then one inner batch more: twice a batch at most */
    uint32_t pair_count, given;
    RowStore *inner_rows;
    Batch pairs[2], inner_view;
    Vector *nulls;
    bool exhausted;
    uint32_t wanted;
} LoopState;

static void loop_open(OpState *op)
{
    const PlanNestedLoop *plan = (const PlanNestedLoop *)op->plan;
    LoopState *state = OP_STATE(LoopState, op);
    Exec *exec = op->exec;
    Arena *arena = exec->arena;
    if (plan->join != Q_JOIN_INNER && plan->join != Q_JOIN_LEFT && plan->join != Q_JOIN_SEMI &&
        plan->join != Q_JOIN_ANTI)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "nested loops of this kind of join are not supported");
    state->plan = plan;
    op->children[0] = exec__open_op(exec, plan->outer);
    op->children[1] = exec__open_op(exec, plan->inner);
    if (index_join_takes(op)) return;
    state->params = exec__program(exec, plan->param_values.items, plan->param_values.count);
    state->param_values = ARENA_ARRAY(arena, Vector, plan->param_values.count);
    state->conditions = exec__filter(exec, &plan->join_conditions);
    state->outer_only = plan->join == Q_JOIN_SEMI || plan->join == Q_JOIN_ANTI;
    state->inner_shape = exec__shape(exec, &plan->inner->outputs);
    if (plan->set_params.count == 0) {
        state->kept = rows_new(arena, &state->inner_shape);
        rows_spill_to(state->kept, spill_open(exec), spill_budget(exec, false));
        state->kept_reader = reader_new(state->kept, arena, 1);
    }
    state->inner_rows = rows_new(arena, &state->inner_shape);
    state->outer_rows = arena_alloc_array(arena, 2 * BATCH_ROWS_MAX, sizeof *state->outer_rows);
    const uint32_t outer = plan->outer->outputs.count, inner = state->inner_shape.count;
    state->outer_row = (Batch){.row_count = 1,
                               .column_count = outer,
                               .columns = ARENA_ARRAY(arena, Vector, outer)};
    state->inner_view = (Batch){.column_count = inner,
                                .columns = ARENA_ARRAY(arena, Vector, inner)};
    state->pairs[0] = (Batch){.column_count = outer,
                              .columns = ARENA_ARRAY(arena, Vector, outer),
                              .arena = arena_new_child(arena, "pairs")};
    state->pairs[1] = (Batch){.column_count = inner, .columns = ARENA_ARRAY(arena, Vector, inner)};
    state->nulls = ARENA_ARRAY(arena, Vector, inner);
    for (uint32_t i = 0; i < inner; i++)
        exec__null_column(&state->nulls[i], arena, state->inner_shape.types[i],
                          (Phys)state->inner_shape.physes[i]);
    state->null_bit = 1;
}

/* ---- the outer row ---- */

static bool begin_row(OpState *op, LoopState *state)
{
    if (!state->outer || state->at == state->outer->selection.count) {
        if (state->pair_count > 0) return false; /* they point into the batch at hand */
        if (!op_pull(op->children[0], state->wanted, &state->outer)) {
            state->outer = NULL;
            state->exhausted = true;
            return false;
        }
        state->at = 0;
    }
    const uint16_t row = (uint16_t)sel_row(state->outer->selection, state->at);
    for (uint32_t i = 0; i < state->outer_row.column_count; i++) {
        const Vector *from = &state->outer->columns[i];
        const uint32_t index = vector_index(from, row);
        const bool null = from->nulls && bits_get(from->nulls, index);
        state->outer_row.columns[i] = (Vector){
            .type = from->type,
            .phys = from->phys,
            .form = VECTOR_CONSTANT,
            .data = (char *)from->data + (size_t)index * phys_bytes((Phys)from->phys),
            .nulls = null ? &state->null_bit : NULL,
        };
    }
    state->in_row = true;
    state->matched = false;
    state->kept_at = 0;
    if (state->kept) return true;
    const NodeI32s *params = &state->plan->set_params;
    if (expr_eval(state->params, &state->outer, 1, (Selection){&row, 1}, state->param_values) == 0)
        expr_raise(state->params);
    for (uint32_t i = 0; i < params->count; i++)
        op->exec->run.exec_params[params->items[i]] =
            (ExecParam){vector_get(&state->param_values[i], row), true};
    exec__params_changed(op->exec, params);
    op_rewind(op->children[1]);
    return true;
}

/* Inner rows for the row at work: of what was kept, then of the child. */
static bool next_inner(OpState *op, LoopState *state, const Batch **batch)
{
    const uint32_t demand = state->outer_only && !state->conditions && !state->kept
                                ? 1
                                : BATCH_ROWS_MAX;
    if (!state->kept) return op_pull(op->children[1], demand, batch);
    if (state->kept_at < rows_count(state->kept)) {
        Batch *view = &state->inner_view;
        view->selection = reader_view(state->kept_reader, state->kept_at, BATCH_ROWS_MAX,
                                      view->columns);
        state->kept_at += view->selection.count;
        *batch = view;
        return true;
    }
    if (state->kept_complete) return false;
    if (!op_pull(op->children[1], demand, batch)) {
        state->kept_complete = true;
        return false;
    }
    rows_append(state->kept, (*batch)->columns, (*batch)->selection);
    state->kept_at += (*batch)->selection.count;
    return true;
}

/* ---- pairs ---- */

static void add_pairs(LoopState *state, const Vector *inner, Selection rows)
{
    const uint16_t row = (uint16_t)sel_row(state->outer->selection, state->at);
    for (uint32_t i = 0; i < rows.count; i++) state->outer_rows[state->pair_count++] = row;
    rows_append(state->inner_rows, inner, rows);
}

/* Goes on with the row at work; true when it is done with, false when enough pairs are there before its end. */
static bool run_row(OpState *op, LoopState *state)
{
    const Batch *batch;
    uint16_t passed[BATCH_ROWS_MAX];
    for (;;) {
        if (state->pair_count >= state->wanted) return false;
        if (!next_inner(op, state, &batch)) break;
        Selection rows = batch->selection;
        if (state->conditions) {
            const Batch *inputs[] = {&state->outer_row, batch};
            rows = (Selection){passed,
                               expr_filter(state->conditions, inputs, 2, batch->selection, passed)};
            if (expr_has_error(state->conditions)) expr_raise(state->conditions);
        }
        if (rows.count == 0) continue;
        state->matched = true;
        if (state->outer_only) break;
        add_pairs(state, batch->columns, rows);
        if (state->plan->inner_unique) break;
    }
    const QJoinKind join = state->plan->join;
    if (join == Q_JOIN_SEMI ? state->matched : join != Q_JOIN_INNER && !state->matched)
        add_pairs(state, state->nulls, (Selection){.count = 1});
    return true;
}

/* Gathers pairs of one outer batch, at least one unless the end has come. */
static void gather_pairs(OpState *op, LoopState *state)
{
    while (state->pair_count < state->wanted && !state->exhausted) {
        task_check();
        if (!state->in_row && !begin_row(op, state)) return;
        if (!run_row(op, state)) return;
        state->in_row = false;
        state->at++;
    }
}

/* Pairs of one chunk of the inner store, as two batches whose rows go together. */
static void take_pairs(OpState *op, LoopState *state)
{
    Batch *outer = &state->pairs[0], *inner = &state->pairs[1];
    const Batch *inputs[] = {outer, inner};
    inner->selection = rows_view(state->inner_rows, state->given, BATCH_ROWS_MAX, inner->columns);
    const uint32_t count = inner->selection.count;
    arena_reset(outer->arena);
    for (uint32_t i = 0; i < outer->column_count; i++)
        exec__pick_rows(&outer->columns[i], outer->arena, &state->outer->columns[i],
                        state->outer_rows + state->given, count);
    outer->selection = inner->selection;
    outer->row_count = inner->row_count = count;
    state->given += count;
    tail_take(op, inputs, 2, inner->selection);
}

static bool loop_next(OpState *op, uint32_t rows_max)
{
    LoopState *state = OP_STATE(LoopState, op);
    for (uint32_t tries = 0;; tries++) {
        if (tail_give(op, rows_max)) return true;
        if (state->given < state->pair_count) {
            take_pairs(op, state);
            continue;
        }
        if (state->pair_count > 0) rows_clear(state->inner_rows);
        state->pair_count = state->given = 0;
        state->wanted = tail_demand(op, rows_max, tries);
        gather_pairs(op, state);
        if (state->pair_count == 0 && state->exhausted) return false;
    }
}

static void loop_rewind(OpState *op)
{
    LoopState *state = OP_STATE(LoopState, op);
    rows_clear(state->inner_rows);
    state->pair_count = state->given = 0;
    state->outer = NULL;
    state->in_row = state->exhausted = false;
    op_rewind(op->children[0]);
    if (!state->kept) return; /* the other side is rewound for each row */
    rows_clear(state->kept);
    state->kept_complete = false;
    op_rewind(op->children[1]);
}

const Operator op_nested_loop = {.kind = PLAN_NESTED_LOOP,
                                 .title = "Nested Loop",
                                 .state_bytes = sizeof(LoopState),
                                 .open = loop_open,
                                 .next = loop_next,
                                 .rewind = loop_rewind};

/* SPDX-License-Identifier: Apache-2.0 */
/* op_simple.c - operators that are little more than their tail: Result, Filter, Project, SubqueryScan, Append. */
#include "exec/ops.h"

const Batch exec__one_row = {.row_count = 1, .selection = {.count = 1}};

void exec__pick_rows(Vector *to, Arena *arena, const Vector *from, const uint16_t *indexes,
                     uint32_t count)
{
    *to = *from;
    if (from->form == VECTOR_CONSTANT) return;
    to->form = VECTOR_DICTIONARY;
    to->indexes = indexes;
    if (from->form == VECTOR_FLAT) {
        to->value_count = UINT16_MAX; /* only those that indexes name are values */
        return;
    }
    uint16_t *composed = arena_alloc_array(arena, count, sizeof *composed);
    for (uint32_t i = 0; i < count; i++) composed[i] = from->indexes[indexes[i]];
    to->indexes = composed;
}

void exec__null_column(Vector *to, Arena *arena, Oid type, Phys phys)
{
    vector_init_constant(to, arena, type, phys, &(Datum){.null = true});
}

/* ---- Filter, Project, SubqueryScan ---- */

static void pass_open(OpState *op)
{
    /* the three begin alike but for the place of `child` */
    const PlanOp *child = op->plan->kind == PLAN_SUBQUERY_SCAN
                              ? ((const PlanSubqueryScan *)op->plan)->child
                          : op->plan->kind == PLAN_FILTER ? ((const PlanFilter *)op->plan)->child
                                                          : ((const PlanProject *)op->plan)->child;
    op->children[0] = exec__open_op(op->exec, child);
}

static bool pass_next(OpState *op, uint32_t rows_max)
{
    const Batch *batch;
    for (uint32_t tries = 0;; tries++) {
        if (tail_give(op, rows_max)) return true;
        if (!op_pull(op->children[0], tail_demand(op, rows_max, tries), &batch)) return false;
        tail_take(op, &batch, 1, batch->selection);
    }
}

static void pass_rewind(OpState *op)
{
    op_rewind(op->children[0]);
}

const Operator op_filter = {.kind = PLAN_FILTER,
                            .title = "Filter",
                            .open = pass_open,
                            .next = pass_next,
                            .rewind = pass_rewind,
                            .is_keepable = true};
const Operator op_project = {.kind = PLAN_PROJECT,
                             .title = "Result",
                             .open = pass_open,
                             .next = pass_next,
                             .rewind = pass_rewind,
                             .is_keepable = true};
const Operator op_subquery_scan = {.kind = PLAN_SUBQUERY_SCAN,
                                   .title = "Subquery Scan",
                                   .open = pass_open,
                                   .next = pass_next,
                                   .rewind = pass_rewind,
                                   .is_keepable = true};

/* ---- Result: one row, or a child behind a gate that is asked once ---- */

typedef struct ResultState {
    ExprState *gate; /* NULL: none */
    bool asked, done;
} ResultState;

static void result_open(OpState *op)
{
    const PlanResult *plan = (const PlanResult *)op->plan;
    OP_STATE(ResultState, op)->gate = op->tail.filter;
    op->tail.filter = NULL;
    if (plan->child) op->children[0] = exec__open_op(op->exec, plan->child);
}

/* The conditions name no column: they are asked once, before the first row. */
static bool gate_is_open(ExprState *filter)
{
    const Batch *none = &exec__one_row;
    uint16_t row;
    const bool open = expr_filter(filter, &none, 1, none->selection, &row) == 1;
    if (expr_has_error(filter)) expr_raise(filter);
    return open;
}

static bool result_next(OpState *op, uint32_t rows_max)
{
    ResultState *state = OP_STATE(ResultState, op);
    if (!state->asked) {
        state->asked = true;
        state->done = state->gate && !gate_is_open(state->gate);
    }
    if (state->done) return false;
    if (op->children[0]) return pass_next(op, rows_max);
    const Batch *none = &exec__one_row;
    state->done = true;
    tail_take(op, &none, 1, none->selection);
    return tail_give(op, rows_max);
}

static void result_rewind(OpState *op)
{
    OP_STATE(ResultState, op)->asked = OP_STATE(ResultState, op)->done = false;
    if (op->children[0]) op_rewind(op->children[0]);
}

const Operator op_result = {.kind = PLAN_RESULT,
                            .title = "Result",
                            .state_bytes = sizeof(ResultState),
                            .open = result_open,
                            .next = result_next,
                            .rewind = result_rewind,
                            .is_keepable = true};

/* ---- Append ---- */

typedef struct AppendState {
    OpState **children;
    uint32_t at;
} AppendState;

static void append_open(OpState *op)
{
    const PlanAppend *plan = (const PlanAppend *)op->plan;
    AppendState *state = OP_STATE(AppendState, op);
    state->children = ARENA_ARRAY(op->exec->arena, OpState *, plan->children.count);
    for (uint32_t i = 0; i < plan->children.count; i++)
        state->children[i] = exec__open_op(op->exec, plan->children.items[i]);
}

static bool append_next(OpState *op, uint32_t rows_max)
{
    const PlanAppend *plan = (const PlanAppend *)op->plan;
    AppendState *state = OP_STATE(AppendState, op);
    const Batch *batch;
    for (uint32_t tries = 0;;) {
        if (tail_give(op, rows_max)) return true;
        if (state->at == plan->children.count) return false;
        if (op_pull(state->children[state->at], tail_demand(op, rows_max, tries), &batch)) {
            tail_take(op, &batch, 1, batch->selection);
            tries++;
        } else {
            state->at++;
        }
    }
}

static void append_rewind(OpState *op)
{
    AppendState *state = OP_STATE(AppendState, op);
    for (uint32_t i = 0; i < ((const PlanAppend *)op->plan)->children.count; i++)
        op_rewind(state->children[i]);
    state->at = 0;
}

const Operator op_append = {.kind = PLAN_APPEND,
                            .title = "Append",
                            .state_bytes = sizeof(AppendState),
                            .open = append_open,
                            .next = append_next,
                            .rewind = append_rewind};

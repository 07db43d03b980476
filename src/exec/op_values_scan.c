/* SPDX-License-Identifier: Apache-2.0 */
/* op_values_scan.c - VALUES lists. Constants are copied straight into the vectors; only what is no constant gets a
 * program. */
#include "exec/ops.h"

#include "base/task.h"

typedef struct ValuesState {
    RowShape shape;
    ExprState **programs; /* row by row; NULL: a constant */
    Batch row;
    const Batch *input;
    uint32_t at;
} ValuesState;

static void values_open(OpState *op)
{
    const PlanValuesScan *plan = (const PlanValuesScan *)op->plan;
    ValuesState *state = OP_STATE(ValuesState, op);
    Exec *exec = op->exec;
    const uint32_t columns = plan->value_rows.items[0]->items.count;
    Oid *types = ARENA_ARRAY(exec->arena, Oid, columns);
    uint8_t *physes = ARENA_ARRAY(exec->arena, uint8_t, columns);
    for (uint32_t c = 0; c < columns; c++) {
        types[c] = plan->value_rows.items[0]->items.items[c]->type;
        physes[c] = (uint8_t)type_get(exec->options.env, types[c])->phys;
    }
    state->shape = (RowShape){columns, types, physes};
    state->programs = ARENA_ARRAY(exec->arena, ExprState *,
                                  (size_t)plan->value_rows.count * columns);
    for (uint32_t r = 0; r < plan->value_rows.count; r++)
        for (uint32_t c = 0; c < columns; c++) {
            QExpr *item = plan->value_rows.items[r]->items.items[c];
            if (item->kind != Q_CONST)
                state->programs[r * columns + c] = exec__program(exec, &item, 1);
        }
    state->row.arena = arena_new_child(exec->arena, "values");
    state->row.columns = ARENA_ARRAY(exec->arena, Vector, columns);
    state->row.column_count = columns;
    state->input = &state->row;
}

/* One row of the list at `to`; the program whose expression raised, or NULL. */
static ExprState *fill_row(ValuesState *state, const QValuesRow *row, uint32_t to)
{
    const Batch *none = &exec__one_row;
    for (uint32_t c = 0; c < state->shape.count; c++) {
        ExprState *program = state->programs[state->at * state->shape.count + c];
        Vector value;
        Datum datum;
        if (!program) {
            datum = Q_AS(Const, row->items.items[c])->value.datum;
        } else {
            if (expr_eval(program, &none, 1, none->selection, &value) == 0) return program;
            datum = vector_get(&value, 0);
            if (!datum.null)
                datum.value = value_copy(state->row.arena, (Phys)value.phys, datum.value);
        }
        vector_set(&state->row.columns[c], state->row.arena, to, &datum);
    }
    return NULL;
}

static bool values_next(OpState *op, uint32_t rows_max)
{
    const PlanValuesScan *plan = (const PlanValuesScan *)op->plan;
    ValuesState *state = OP_STATE(ValuesState, op);
    for (uint32_t tries = 0;; tries++) {
        if (tail_give(op, rows_max)) return true;
        const uint32_t left = plan->value_rows.count - state->at;
        if (left == 0) return false;
        const uint32_t count = MIN(left, tail_demand(op, rows_max, tries));
        uint32_t done = 0;
        ExprState *failed = NULL;
        arena_reset(state->row.arena);
        for (uint32_t c = 0; c < state->shape.count; c++)
            vector_init_flat(&state->row.columns[c], state->row.arena, state->shape.types[c],
                             (Phys)state->shape.physes[c], count);
        for (; done < count && !failed; done += !failed) {
            task_check();
            failed = fill_row(state, plan->value_rows.items[state->at], done);
            state->at += !failed;
        }
        if (failed && done == 0) expr_raise(failed);
        state->row.row_count = done;
        state->row.selection = (Selection){.count = done};
        tail_take(op, &state->input, 1, state->row.selection);
    }
}

static void values_rewind(OpState *op)
{
    OP_STATE(ValuesState, op)->at = 0;
}

const Operator op_values_scan = {.kind = PLAN_VALUES_SCAN,
                                 .title = "Values Scan",
                                 .state_bytes = sizeof(ValuesState),
                                 .open = values_open,
                                 .next = values_next,
                                 .rewind = values_rewind,
                                 .is_keepable = true};

/* SPDX-License-Identifier: Apache-2.0 */
/* op_cte.c - CteScan, RecursiveUnion and the WorkTableScan within it.
 *
 * A CTE's plan runs once, as far as its most demanding reader has got; its rows are kept and read by each CteScan from
 * the beginning. A recursion runs its second part on the rows of the round before until a round gives none; UNION drops
 * rows that were there before (seen_rows.h). */
#include "exec/cte.h"

#include "base/task.h"
#include "exec/ops.h"
#include "exec/seen_rows.h"
#include "exec/spill.h"

struct CteRows {
    OpState *root;
    RowStore *rows;
    bool complete;
};

OpState *cte_source(Exec *exec, uint32_t number)
{
    ASSERT(number >= 1 && number <= exec->plan->subplans.count);
    SubplanState *state = &exec->subplans[number - 1];
    if (!state->root) state->root = exec__open_op(exec, state->plan->root);
    return state->root;
}

static CteRows *cte_rows(Exec *exec, uint32_t number)
{
    OpState *root = cte_source(exec, number);
    SubplanState *state = &exec->subplans[number - 1];
    if (!state->cte) {
        const RowShape shape = exec__shape(exec, &root->plan->outputs);
        state->cte = ARENA_NEW(exec->arena, CteRows);
        state->cte->root = root;
        state->cte->rows = rows_new(exec->arena, &shape);
        rows_spill_to(state->cte->rows, spill_open(exec), spill_budget(exec, false));
    }
    return state->cte;
}

void cte_start_again(CteRows *cte)
{
    rows_clear(cte->rows);
    cte->complete = false;
    op_rewind(cte->root);
}

/* ---- CteScan ---- */

typedef struct CteScanState {
    CteRows *cte;
    RowReader *reader;
    uint32_t at;
    Batch view;
} CteScanState;

static void cte_scan_open(OpState *op)
{
    const PlanCteScan *plan = (const PlanCteScan *)op->plan;
    CteScanState *state = OP_STATE(CteScanState, op);
    const PlanOp *root = op->exec->plan->subplans.items[plan->cte_plan - 1]->root;
    state->view.column_count = root->outputs.count;
    state->view.columns = ARENA_ARRAY(op->exec->arena, Vector, root->outputs.count);
}

static bool read_further(CteRows *cte, uint32_t demand)
{
    const Batch *batch;
    if (cte->complete) return false;
    if (!op_pull(cte->root, demand, &batch)) {
        cte->complete = true;
        return false;
    }
    rows_append(cte->rows, batch->columns, batch->selection);
    return true;
}

static bool cte_scan_next(OpState *op, uint32_t rows_max)
{
    CteScanState *state = OP_STATE(CteScanState, op);
    const Batch *view = &state->view;
    if (!state->cte) {
        state->cte = cte_rows(op->exec, (uint32_t)((const PlanCteScan *)op->plan)->cte_plan);
        state->reader = reader_new(state->cte->rows, op->exec->arena, 1);
    }
    for (uint32_t tries = 0;; tries++) {
        if (tail_give(op, rows_max)) return true;
        const uint32_t demand = tail_demand(op, rows_max, tries);
        if (state->at == rows_count(state->cte->rows) && !read_further(state->cte, demand))
            return false;
        state->view.selection = reader_view(state->reader, state->at, demand, state->view.columns);
        state->at += state->view.selection.count;
        tail_take(op, &view, 1, state->view.selection);
    }
}

static void cte_scan_rewind(OpState *op)
{
    OP_STATE(CteScanState, op)->at = 0;
}

const Operator op_cte_scan = {.kind = PLAN_CTE_SCAN,
                              .title = "CTE Scan",
                              .state_bytes = sizeof(CteScanState),
                              .open = cte_scan_open,
                              .next = cte_scan_next,
                              .rewind = cte_scan_rewind};

/* ---- work tables ---- */

WorkTable *work_table(Exec *exec, uint32_t recursion)
{
    for (WorkTable *table = exec->work_tables; table; table = table->next)
        if (table->recursion == recursion) return table;
    WorkTable *table = ARENA_NEW(exec->arena, WorkTable);
    table->recursion = recursion;
    table->next = exec->work_tables;
    exec->work_tables = table;
    return table;
}

typedef struct WorkScanState {
    WorkTable *table;
    RowReader *readers[2]; /* the round before's store is one of two by turns */
    uint64_t generation;
    uint32_t at;
    Batch view;
} WorkScanState;

static void work_scan_open(OpState *op)
{
    WorkScanState *state = OP_STATE(WorkScanState, op);
    state->table = work_table(op->exec, ((const PlanWorkTableScan *)op->plan)->recursion);
    state->view.columns = ARENA_ARRAY(op->exec->arena, Vector, TABLE_COLUMNS_MAX);
}

static RowReader *work_reader(OpState *op, WorkScanState *state)
{
    RowReader **reader = &state->readers[0];
    if (*reader && reader_rows(*reader) != state->table->rows) reader = &state->readers[1];
    if (!*reader) *reader = reader_new(state->table->rows, op->exec->arena, 1);
    return *reader;
}

static bool work_scan_next(OpState *op, uint32_t rows_max)
{
    WorkScanState *state = OP_STATE(WorkScanState, op);
    const Batch *view = &state->view;
    if (state->generation != state->table->generation) {
        state->generation = state->table->generation;
        state->at = 0;
    }
    for (uint32_t tries = 0;; tries++) {
        if (tail_give(op, rows_max)) return true;
        if (state->at == rows_count(state->table->rows)) return false;
        const uint32_t demand = tail_demand(op, rows_max, tries);
        state->view.column_count = rows_columns(state->table->rows);
        state->view.selection = reader_view(work_reader(op, state), state->at, demand,
                                            state->view.columns);
        state->at += state->view.selection.count;
        tail_take(op, &view, 1, state->view.selection);
    }
}

static void work_scan_rewind(OpState *op)
{
    OP_STATE(WorkScanState, op)->at = 0;
}

const Operator op_work_table_scan = {.kind = PLAN_WORK_TABLE_SCAN,
                                     .title = "WorkTable Scan",
                                     .state_bytes = sizeof(WorkScanState),
                                     .open = work_scan_open,
                                     .next = work_scan_next,
                                     .rewind = work_scan_rewind};

/* ---- RecursiveUnion ---- */

typedef struct RecursionState {
    WorkTable *table;
    RowStore *stores[2]; /* the round before, and the one being made; they swap */
    int filling;
    SeenRows *seen; /* UNION; NULL: UNION ALL */
    uint16_t *rows;
    bool again;
    bool settling; /* the round is over but for rows that may have been there */
} RecursionState;

static void recursion_open(OpState *op)
{
    const PlanRecursiveUnion *plan = (const PlanRecursiveUnion *)op->plan;
    RecursionState *state = OP_STATE(RecursionState, op);
    Exec *exec = op->exec;
    const RowShape shape = exec__shape(exec, &plan->first->outputs);
    state->table = work_table(exec, plan->recursion);
    for (int i = 0; i < 2; i++) {
        state->stores[i] = rows_new(exec->arena, &shape);
        rows_spill_to(state->stores[i], spill_open(exec), spill_budget(exec, false));
    }
    state->table->rows = state->stores[1];
    op->children[0] = exec__open_op(exec, plan->first);
    op->children[1] = exec__open_op(exec, plan->again);
    state->rows = arena_alloc_array(exec->arena, BATCH_ROWS_MAX, sizeof *state->rows);
    if (plan->distinct_keys.count == 0) return;
    KeyColumn *columns = ARENA_ARRAY(exec->arena, KeyColumn, shape.count);
    for (uint32_t i = 0; i < shape.count; i++)
        columns[i] = (KeyColumn){shape.types[i], plan->distinct_keys.items[i]->collation};
    state->seen = seen_new(exec, columns, shape.count);
}

/* Rows of the round that were never seen before, perhaps none of a batch; false: no more. */
static bool round_rows(OpState *op, RecursionState *state, uint32_t demand, const Batch **batch,
                       Selection *rows)
{
    if (!state->settling) {
        if (op_pull(op->children[state->again], demand, batch)) {
            const Batch *given = *batch;
            *rows = state->seen
                        ? seen_add(state->seen, given->columns, given->selection, state->rows)
                        : given->selection;
            return true;
        }
        state->settling = state->seen != NULL;
    }
    if (!state->settling) return false;
    if (seen_settle(state->seen, batch)) {
        *rows = (*batch)->selection;
        return true;
    }
    state->settling = false;
    return false;
}

/* What was just made becomes the work table; false: it was empty. */
static bool next_round(OpState *op, RecursionState *state)
{
    if (rows_count(state->stores[state->filling]) == 0) return false;
    state->table->rows = state->stores[state->filling];
    state->table->generation++;
    state->filling ^= 1;
    rows_clear(state->stores[state->filling]);
    op_rewind(op->children[1]);
    state->again = true;
    return true;
}

static bool recursion_next(OpState *op, uint32_t rows_max)
{
    RecursionState *state = OP_STATE(RecursionState, op);
    const Batch *batch;
    Selection rows;
    for (uint32_t tries = 0;; tries++) {
        task_check();
        if (tail_give(op, rows_max)) return true;
        if (!round_rows(op, state, tail_demand(op, rows_max, tries), &batch, &rows)) {
            if (!next_round(op, state)) return false;
            continue;
        }
        if (rows.count == 0) continue;
        rows_append(state->stores[state->filling], batch->columns, rows);
        tail_take(op, &batch, 1, rows);
    }
}

static void recursion_rewind(OpState *op)
{
    RecursionState *state = OP_STATE(RecursionState, op);
    for (int i = 0; i < 2; i++) rows_clear(state->stores[i]);
    state->table->rows = state->stores[state->filling ^ 1];
    state->table->generation++;
    if (state->seen) seen_clear(state->seen);
    state->again = state->settling = false;
    op_rewind(op->children[0]);
}

const Operator op_recursive_union = {.kind = PLAN_RECURSIVE_UNION,
                                     .title = "Recursive Union",
                                     .state_bytes = sizeof(RecursionState),
                                     .open = recursion_open,
                                     .next = recursion_next,
                                     .rewind = recursion_rewind};

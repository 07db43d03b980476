/* SPDX-License-Identifier: Apache-2.0 */
/* recheck.c - does a row that changed while we waited for it still qualify, and what becomes of it now?
 *
 * The child's plan is run once more over exactly one row of each source in FROM: of the table whose row changed, its
 * newest version; of every other source, the row that the line at hand was made of. So a changed row is never joined
 * with rows that it was not joined with before, and nothing in FROM is computed a second time: sub-queries with
 * effects, rows that they locked. That is PostgreSQL's rule.
 *
 * Rows of tables are found again by their ids, which the child brings along; rows of other sources are kept as the
 * values that it gave. Sources inside of sub-queries that became semi joins bring nothing along: they are read anew,
 * under the statement's snapshot. While a re-check runs, exec->sources says what scans are narrowed to (op_pull). */
#include "exec/recheck.h"

#include "base/task.h"
#include "exec/ops.h"
#include "exec/scan_row.h"

struct Recheck {
    Exec *exec;
    const PlanOp *child;
    const PlanSourceList *plan;
    OpState *root; /* NULL: not yet opened */
    Arena *arena;  /* of the row at hand */
    ExecSource *sources;
    uint32_t count;
};

Recheck *recheck_new(Exec *exec, const PlanOp *child, const PlanSourceList *sources)
{
    Recheck *recheck = ARENA_NEW(exec->arena, Recheck);
    *recheck = (Recheck){.exec = exec, .child = child, .plan = sources};
    return recheck;
}

static void keep_values(Recheck *recheck, const PlanSource *plan, const Batch *batch, uint32_t row,
                        ExecSource *source)
{
    const uint32_t count = plan->columns.count;
    Vector *columns = ARENA_ARRAY(recheck->arena, Vector, count);
    bool all_null = true;
    for (uint32_t i = 0; i < count; i++) {
        const Vector *from = &batch->columns[plan->columns.items[i]];
        Datum value = vector_get(from, row);
        all_null &= value.null;
        if (!value.null) value.value = value_copy(recheck->arena, (Phys)from->phys, value.value);
        vector_init_constant(&columns[i], recheck->arena, from->type, (Phys)from->phys, &value);
    }
    source->is_empty = plan->nullable && all_null;
    source->values = (Batch){.columns = columns,
                             .column_count = count,
                             .row_count = 1,
                             .selection = {.count = 1}};
}

void recheck_begin(Recheck *recheck, const Batch *batch, uint32_t row)
{
    Exec *exec = recheck->exec;
    if (recheck->arena) arena_drop(recheck->arena);
    recheck->arena = arena_new_child(exec->arena, "looking again");
    /* The table whose row changed need not be among them. */
    recheck->sources = ARENA_ARRAY(recheck->arena, ExecSource, recheck->plan->count + 1);
    recheck->count = recheck->plan->count;
    for (uint32_t i = 0; i < recheck->plan->count; i++) {
        const PlanSource *plan = recheck->plan->items[i];
        ExecSource *source = &recheck->sources[i];
        source->table = plan->table;
        if (!plan->is_table) {
            keep_values(recheck, plan, batch, row, source);
            continue;
        }
        const Datum tid = vector_get(&batch->columns[plan->columns.items[0]], row);
        source->is_table = true;
        source->is_empty = tid.null;
        source->row = row_of_tid(tid.value.u64);
        source->snapshot = exec->options.snapshot;
    }
}

void recheck_set(Recheck *recheck, uint32_t table, RowId row, const Snapshot *snapshot)
{
    uint32_t at = 0;
    while (at < recheck->count && recheck->sources[at].table != table) at++;
    if (at == recheck->count) {
        ASSERT(recheck->count <= recheck->plan->count);
        recheck->count++;
    }
    recheck->sources[at] =
        (ExecSource){.table = table, .is_table = true, .row = row, .snapshot = snapshot};
}

bool recheck_run(Recheck *recheck, const Batch **batch)
{
    Exec *exec = recheck->exec;
    const ExecSource *former = exec->sources;
    const uint32_t former_count = exec->source_count;
    exec->sources = recheck->sources;
    exec->source_count = recheck->count;
    if (!recheck->root)
        recheck->root = exec__open_op(exec, recheck->child);
    else
        op_rewind(recheck->root);
    const bool found = op_pull(recheck->root, 1, batch);
    exec->sources = former;
    exec->source_count = former_count;
    return found;
}

void recheck_snapshot(Exec *exec, Snapshot *snapshot, bool *is_taken)
{
    const ExecOptions *options = &exec->options;
    if (*is_taken) txn_snapshot_release(snapshot);
    *is_taken = false;
    CHECK(txn_snapshot(options->txn, snapshot));
    *is_taken = true;
    memcpy(snapshot->own_position, options->snapshot->own_position, sizeof snapshot->own_position);
}

/* ---- what the operators of the second run do ---- */

/* The range-table entry whose rows it gives; 0: none. */
static uint32_t table_of(const PlanOp *op)
{
    switch (op->kind) {
    case PLAN_TABLE_SCAN:
    case PLAN_INDEX_SCAN:
    case PLAN_ROW_ID_SCAN: return ((const PlanScan *)op)->table;
    case PLAN_FUNCTION_SCAN: return PLAN_AS(FunctionScan, op)->table;
    case PLAN_TABLE_FUNCTION_SCAN: return PLAN_AS(TableFunctionScan, op)->table;
    case PLAN_VALUES_SCAN: return PLAN_AS(ValuesScan, op)->table;
    case PLAN_CTE_SCAN: return PLAN_AS(CteScan, op)->table;
    case PLAN_SUBQUERY_SCAN: return PLAN_AS(SubqueryScan, op)->table;
    default: return 0;
    }
}

const ExecSource *exec__source(const Exec *exec, uint32_t table)
{
    for (uint32_t i = 0; i < exec->source_count; i++)
        if (exec->sources[i].table == table) return &exec->sources[i];
    return NULL;
}

bool exec__pull_source(OpState *op, uint32_t rows_max)
{
    const uint32_t table = table_of(op->plan);
    const ExecSource *source = table ? exec__source(op->exec, table) : NULL;
    if (!source || (source->is_table && !source->is_empty)) return op->code->next(op, rows_max);
    if (source->is_empty) return false;
    if (tail_give(op, rows_max)) return true;
    if (op->source_given) return false;
    op->source_given = true;
    const Batch *row = &source->values;
    tail_take(op, &row, 1, row->selection);
    return tail_give(op, rows_max);
}

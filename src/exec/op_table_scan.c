/* SPDX-License-Identifier: Apache-2.0 */
/* op_table_scan.c - all rows of a table, in the order of their ids. Pushed conditions become predicates that the scan
 * applies on its pages; those whose constant is not known to be one (NULL, or of a type that is compared otherwise)
 * are asked behind it.
 *
 * System columns: tableoid is a constant, ctid comes from the row id, the others are fetched row by row. */
#include "exec/ops.h"

#include "base/oids.h"
#include "exec/relation.h"

enum {
    COLUMN_CTID = -1,
    COLUMN_XMIN = -2,
    COLUMN_CMIN = -3,
    COLUMN_XMAX = -4,
    COLUMN_CMAX = -5,
    COLUMN_TABLEOID = -6
};

typedef struct ScanState {
    const CatRelation *relation;
    uint16_t *numbers; /* physical, of the real columns */
    uint32_t number_count;
    uint32_t *place; /* of column i of the row: in the projection; UINT32_MAX: a system column */
    Predicate *predicates;
    ExprState *late; /* pushed conditions that are no predicates */
    TableScan *scan;
    const Snapshot *snapshot;
    Arena *scan_arena;
    Batch batch, row;
    RowId *ids;
    bool wants_ids;
    uint16_t *passed;
} ScanState;

static void scan_open(OpState *op)
{
    const PlanTableScan *plan = (const PlanTableScan *)op->plan;
    ScanState *state = OP_STATE(ScanState, op);
    Exec *exec = op->exec;
    Arena *arena = exec->arena;
    const uint32_t columns = plan->columns.count + plan->row_id;
    if (plan->sample) raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "TABLESAMPLE is not supported");
    state->relation = exec__relation(exec, plan->relation);
    state->numbers = ARENA_ARRAY(arena, uint16_t, columns);
    state->place = ARENA_ARRAY(arena, uint32_t, columns);
    for (uint32_t i = 0; i < plan->columns.count; i++) {
        const int32_t attnum = plan->columns.items[i];
        state->place[i] = UINT32_MAX;
        state->wants_ids |= attnum < 0 && attnum != COLUMN_TABLEOID;
        if (attnum < 0) continue;
        state->place[i] = state->number_count;
        state->numbers[state->number_count++] = state->relation->columns[attnum - 1].physical;
    }
    state->wants_ids |= plan->row_id;
    state->row = (Batch){.column_count = columns, .columns = ARENA_ARRAY(arena, Vector, columns)};
    state->batch.arena = arena_new_child(arena, "table scan");
    state->scan_arena = arena_new_child(arena, "table scan");
    state->ids = arena_alloc_array(arena, BATCH_ROWS_MAX, sizeof *state->ids);
    state->passed = arena_alloc_array(arena, BATCH_ROWS_MAX, sizeof *state->passed);
}

/* `slot`'s column of the row as a position of the projection; false: a system column. */
static bool scan_column(const ScanState *state, uint16_t *column)
{
    if (state->place[*column] == UINT32_MAX) return false;
    *column = (uint16_t)state->place[*column];
    return true;
}

static void start(OpState *op, ScanState *state)
{
    const PlanTableScan *plan = (const PlanTableScan *)op->plan;
    const QExprList *pushed = &plan->pushed;
    Exec *exec = op->exec;
    QExpr **late = ARENA_ARRAY(state->scan_arena, QExpr *, pushed->count);
    uint32_t late_count = 0, count = 0;
    state->predicates = ARENA_ARRAY(state->scan_arena, Predicate, pushed->count);
    for (uint32_t i = 0; i < pushed->count; i++) {
        Predicate *predicate = &state->predicates[count];
        if (expr_predicate(pushed->items[i], exec->options.env, &exec->run, predicate) &&
            scan_column(state, &predicate->column))
            count++;
        else
            late[late_count++] = pushed->items[i];
    }
    state->late = NULL;
    if (late_count > 0) {
        ExprRun run = exec->run;
        run.query = state->scan_arena;
        state->late = expr_open(expr_compile_filter(state->scan_arena, late, late_count,
                                                    exec->options.env),
                                &run);
    }
    const bool again = exec__is_again(exec, plan->table);
    const TableScanOptions options = {
        .projection = {state->numbers, state->number_count},
        .predicates = state->predicates,
        .predicate_count = count,
        .first = {again ? exec->again.row.v : 0},
        .last = {again ? exec->again.row.v : ROW_ID_MAX},
        .sample_fraction = 1,
    };
    state->snapshot = again ? exec->again.snapshot : exec->options.snapshot;
    CHECK(table_scan_open(state->relation->table, state->snapshot, &options, state->scan_arena,
                          &state->scan));
}

/* ---- the row ---- */

static void fill_system(ScanState *state, int32_t attnum, Vector *column)
{
    Arena *arena = state->batch.arena;
    const Selection rows = state->batch.selection;
    if (attnum == COLUMN_TABLEOID) {
        const Datum oid = {.value.u32 = state->relation->oid};
        vector_init_constant(column, arena, OID_OID, PHYS_I32, &oid);
        return;
    }
    if (attnum == COLUMN_CTID) {
        vector_init_flat(column, arena, OID_TID, PHYS_I64, state->batch.row_count);
        for (uint32_t i = 0; i < rows.count; i++) {
            const RowId id = state->ids[sel_row(rows, i)];
            ((uint64_t *)column->data)[sel_row(rows, i)] = (uint64_t)row_id_block(id) << 16 |
                                                           row_id_offset(id);
        }
        return;
    }
    vector_init_flat(column, arena,
                     attnum == COLUMN_XMIN || attnum == COLUMN_XMAX ? OID_XID : OID_CID, PHYS_I32,
                     state->batch.row_count);
    for (uint32_t i = 0; i < rows.count; i++) {
        RowSystem system;
        const uint32_t row = sel_row(rows, i);
        CHECK(
            table_fetch_system(state->relation->table, state->snapshot, state->ids[row], &system));
        ((uint32_t *)column->data)[row] = attnum == COLUMN_XMIN   ? (uint32_t)system.xmin.v
                                          : attnum == COLUMN_XMAX ? (uint32_t)system.xmax.v
                                                                  : system.cmin;
    }
}

static void fill_row(OpState *op, ScanState *state)
{
    const PlanTableScan *plan = (const PlanTableScan *)op->plan;
    for (uint32_t i = 0; i < plan->columns.count; i++) {
        Vector *column = &state->row.columns[i];
        if (state->place[i] == UINT32_MAX) {
            fill_system(state, plan->columns.items[i], column);
            continue;
        }
        *column = state->batch.columns[state->place[i]];
        column->type = state->relation->columns[plan->columns.items[i] - 1].type;
    }
    state->row.row_count = state->batch.row_count;
    if (!plan->row_id) return;
    static_assert(sizeof(RowId) == sizeof(int64_t), "row ids as int8");
    state->row.columns[plan->columns.count] =
        (Vector){.type = OID_INT8, .phys = PHYS_I64, .form = VECTOR_FLAT, .data = state->ids};
}

static bool scan_next(OpState *op, uint32_t rows_max)
{
    ScanState *state = OP_STATE(ScanState, op);
    const Batch *row = &state->row;
    if (!state->scan) start(op, state);
    for (uint32_t tries = 0;; tries++) {
        if (tail_give(op, rows_max)) return true;
        Status status = table_scan_next(state->scan, tail_demand(op, rows_max, tries),
                                        &state->batch, state->wants_ids ? state->ids : NULL);
        if (status == ST_END) return false;
        CHECK(status);
        fill_row(op, state);
        Selection rows = state->batch.selection;
        if (state->late) {
            rows = (Selection){state->passed,
                               expr_filter(state->late, &row, 1, rows, state->passed)};
            if (expr_has_error(state->late)) expr_raise(state->late);
        }
        tail_take(op, &row, 1, rows);
    }
}

static void scan_close(OpState *op)
{
    ScanState *state = OP_STATE(ScanState, op);
    if (state->scan) table_scan_close(state->scan);
    state->scan = NULL;
}

static void scan_rewind(OpState *op)
{
    ScanState *state = OP_STATE(ScanState, op);
    scan_close(op);
    arena_reset(state->scan_arena);
}

const Operator op_table_scan = {.kind = PLAN_TABLE_SCAN,
                                .title = "Seq Scan",
                                .state_bytes = sizeof(ScanState),
                                .open = scan_open,
                                .next = scan_next,
                                .rewind = scan_rewind,
                                .close = scan_close};

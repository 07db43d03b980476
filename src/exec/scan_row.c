/* SPDX-License-Identifier: Apache-2.0 */
/* scan_row.c - the row that scans of tables show. tableoid is a constant, ctid comes from the row id, other system
 * columns are fetched row by row. */
#include "exec/scan_row.h"

#include "base/oids.h"
#include "exec/relation.h"

enum {
    COLUMN_CTID = -1,
    COLUMN_XMIN = -2,
    COLUMN_CMIN = -3,
    COLUMN_XMAX = -4,
    COLUMN_TABLEOID = -6
};

void scan_row_open(ScanRow *row, Exec *exec, const PlanScan *plan, uint32_t rows_max)
{
    Arena *arena = exec->arena;
    const uint32_t columns = plan->columns.count + plan->row_id;
    uint16_t *numbers = ARENA_ARRAY(arena, uint16_t, columns);
    uint32_t *place = ARENA_ARRAY(arena, uint32_t, columns);
    *row = (ScanRow){.plan = plan, .relation = exec__relation(exec, plan->relation)};
    for (uint32_t i = 0; i < plan->columns.count; i++) {
        const int32_t attnum = plan->columns.items[i];
        place[i] = UINT32_MAX;
        row->wants_ids |= attnum < 0 && attnum != COLUMN_TABLEOID;
        if (attnum < 0) continue;
        place[i] = row->projection.count;
        numbers[row->projection.count++] = row->relation->columns[attnum - 1].physical;
    }
    row->projection.numbers = numbers;
    row->place = place;
    row->wants_ids |= plan->row_id;
    row->ids = arena_alloc_array(arena, rows_max, sizeof *row->ids);
    row->row = (Batch){.column_count = columns, .columns = ARENA_ARRAY(arena, Vector, columns)};
}

static void fill_system(ScanRow *row, const Batch *projected, const Snapshot *snapshot,
                        int32_t attnum, Vector *column)
{
    Arena *arena = projected->arena;
    const Selection rows = projected->selection;
    if (attnum == COLUMN_TABLEOID) {
        const Datum oid = {.value.u32 = row->relation->oid};
        vector_init_constant(column, arena, OID_OID, PHYS_I32, &oid);
        return;
    }
    if (attnum == COLUMN_CTID) {
        vector_init_flat(column, arena, OID_TID, PHYS_I64, projected->row_count);
        for (uint32_t i = 0; i < rows.count; i++) {
            const uint32_t at = sel_row(rows, i);
            ((uint64_t *)column->data)[at] = tid_of_row(row->ids[at]);
        }
        return;
    }
    const Oid type = attnum == COLUMN_XMIN || attnum == COLUMN_XMAX ? OID_XID : OID_CID;
    vector_init_flat(column, arena, type, PHYS_I32, projected->row_count);
    for (uint32_t i = 0; i < rows.count; i++) {
        RowSystem system;
        const uint32_t at = sel_row(rows, i);
        CHECK(table_fetch_system(row->relation->table, snapshot, row->ids[at], &system));
        ((uint32_t *)column->data)[at] = attnum == COLUMN_XMIN   ? (uint32_t)system.xmin.v
                                         : attnum == COLUMN_XMAX ? (uint32_t)system.xmax.v
                                                                 : system.cmin;
    }
}

void scan_row_fill(ScanRow *row, const Batch *projected, const Snapshot *snapshot)
{
    const PlanScan *plan = row->plan;
    for (uint32_t i = 0; i < plan->columns.count; i++) {
        Vector *column = &row->row.columns[i];
        if (row->place[i] == UINT32_MAX) {
            fill_system(row, projected, snapshot, plan->columns.items[i], column);
            continue;
        }
        *column = projected->columns[row->place[i]];
        column->type = row->relation->columns[plan->columns.items[i] - 1].type;
    }
    row->row.row_count = projected->row_count;
    row->row.selection = projected->selection;
    if (!plan->row_id) return;
    static_assert(sizeof(RowId) == sizeof(int64_t), "row ids as int8");
    row->row.columns[plan->columns.count] =
        (Vector){.type = OID_INT8, .phys = PHYS_I64, .form = VECTOR_FLAT, .data = row->ids};
}

void scan_row_begin(const ScanRow *row, Batch *projected, uint32_t rows)
{
    arena_reset(projected->arena);
    projected->columns = ARENA_ARRAY(projected->arena, Vector, row->projection.count);
    projected->column_count = row->projection.count;
    for (uint32_t i = 0; i < row->plan->columns.count; i++) {
        if (row->place[i] == UINT32_MAX) continue;
        const CatColumn *column = &row->relation->columns[row->plan->columns.items[i] - 1];
        vector_init_flat(&projected->columns[row->place[i]], projected->arena, column->type,
                         column->phys, rows);
    }
    projected->row_count = 0;
    projected->selection = (Selection){0};
}

void scan_row_put(const ScanRow *row, Batch *projected, uint32_t at, const Datum *datums)
{
    for (uint32_t i = 0; i < row->projection.count; i++)
        vector_set(&projected->columns[i], projected->arena, at, &datums[i]);
}

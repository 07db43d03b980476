/* SPDX-License-Identifier: Apache-2.0 */
/* scan_row.h - the row that scans of tables show: the columns wanted by attnum, system columns, the row id. */
#pragma once

#include "exec/exec_internal.h"

typedef struct ScanRow {
    const PlanScan *plan;
    const CatRelation *relation;
    Projection projection; /* physical columns, each wanted one once */
    const uint32_t
        *place; /* of column i of the row: in the projection; UINT32_MAX: a system column */
    bool wants_ids;
    RowId *ids; /* by row of the vectors; of as many rows as it was opened for */
    Batch row;
} ScanRow;

void scan_row_open(ScanRow *row, Exec *exec, const PlanScan *plan, uint32_t rows_max);
/* From the projection's vectors and row->ids. */
void scan_row_fill(ScanRow *row, const Batch *projected, const Snapshot *snapshot);
/* A fetched row (datums by projection) at row `at` of flat vectors made by scan_row_begin. */
void scan_row_begin(const ScanRow *row, Batch *projected, uint32_t rows);
void scan_row_put(const ScanRow *row, Batch *projected, uint32_t at, const Datum *datums);

/* ctid: block << 16 | offset. */
static inline uint64_t tid_of_row(RowId row)
{
    return (uint64_t)row_id_block(row) << 16 | row_id_offset(row);
}
/* Row id of a ctid; {0} where none can be meant. */
static inline RowId row_of_tid(uint64_t tid)
{
    return (tid & 0xffff) == 0 || (tid & 0xffff) > 32768
               ? (RowId){0}
               : (RowId){(tid >> 16) << 15 | ((tid & 0xffff) - 1)};
}

/* SPDX-License-Identifier: Apache-2.0 */
/* kept_rows.c - a row store (rowstore.h) with an arena and a file of its own. Its columns are those of the first batch,
 * so that what an execution gives behind its result (row ids) is kept too. */
#include "exec/kept_rows.h"

#include "base/task.h"
#include "exec/rowstore.h"
#include "exec/spill.h"

struct KeptRows {
    Arena *arena;
    SpillFile *file;
    uint64_t budget, read;
    RowStore *rows; /* NULL: no row came */
    RowReader *reader;
    bool complete;
    Batch out;
};

KeptRows *kept_rows_new(Account *account, const Exec *exec)
{
    Arena *arena = arena_new(account, "stored rows");
    KeptRows *kept = ARENA_NEW(arena, KeptRows);
    kept->arena = arena;
    kept->file = spill_new(arena, exec->options.temp, exec->options.temp_quota);
    kept->budget = spill_budget(exec, false);
    return kept;
}

void kept_rows_drop(KeptRows *kept)
{
    spill_reset(kept->file);
    arena_drop(kept->arena);
}

static void begin(KeptRows *kept, const Batch *batch)
{
    const uint32_t count = batch->column_count;
    Oid *types = ARENA_ARRAY(kept->arena, Oid, count);
    uint8_t *physes = ARENA_ARRAY(kept->arena, uint8_t, count);
    for (uint32_t i = 0; i < count; i++) {
        types[i] = batch->columns[i].type;
        physes[i] = batch->columns[i].phys;
    }
    kept->rows = rows_new(kept->arena, &(RowShape){count, types, physes});
    rows_spill_to(kept->rows, kept->file, kept->budget);
    kept->reader = reader_new(kept->rows, kept->arena, 1);
    kept->out = (Batch){.column_count = count, .columns = ARENA_ARRAY(kept->arena, Vector, count)};
}

void kept_rows_fill(KeptRows *kept, Exec *exec, uint64_t rows)
{
    while (!kept->complete && kept_rows_count(kept) < rows) {
        task_check();
        const Batch *batch;
        const uint64_t missing = rows - kept_rows_count(kept);
        if (!exec_next(exec, (uint32_t)MIN(missing, BATCH_ROWS_MAX), &batch)) {
            kept->complete = true;
        } else if (batch->selection.count > 0) {
            if (!kept->rows) begin(kept, batch);
            rows_append(kept->rows, batch->columns, batch->selection);
        }
    }
}

uint64_t kept_rows_count(const KeptRows *kept)
{
    return kept->rows ? rows_count(kept->rows) : 0;
}

bool kept_rows_next(KeptRows *kept, uint32_t rows_max, const Batch **batch)
{
    if (kept->read >= kept_rows_count(kept)) return false;
    *batch = kept_rows_from(kept, kept->read + 1, rows_max);
    kept->read += (*batch)->selection.count;
    return true;
}

const Batch *kept_rows_from(KeptRows *kept, uint64_t row, uint32_t rows_max)
{
    Batch *out = &kept->out;
    ASSERT(row >= 1 && row <= kept_rows_count(kept));
    out->selection = reader_view(kept->reader, (uint32_t)(row - 1), rows_max, out->columns);
    out->row_count = sel_row(out->selection, out->selection.count - 1) + 1;
    return out;
}

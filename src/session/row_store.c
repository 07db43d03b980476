/* SPDX-License-Identifier: Apache-2.0 */
/* row_store.c - batches copied flat, one after the other, in an arena of their own. A batch is found by its first row
 * (binary search); reading hands out slices of it through a selection. */
#include "session/row_store.h"

#include "base/array.h"

typedef struct StoredBatch {
    uint64_t first; /* number of its first row, from 0 */
    Batch batch;
} StoredBatch;

struct RowStore {
    Arena *arena;
    uint32_t column_count;
    ARRAY_OF(StoredBatch *) batches;
    uint64_t count, read;
    bool complete;
    Batch out;
    uint16_t rows[BATCH_ROWS_MAX];
};

RowStore *row_store_new(Account *account, const PlanPlan *plan)
{
    Arena *arena = arena_new(account, "stored rows");
    RowStore *store = ARENA_NEW(arena, RowStore);
    store->arena = arena;
    store->column_count = plan->columns.count;
    store->batches.arena = arena;
    return store;
}

void row_store_drop(RowStore *store)
{
    arena_drop(store->arena);
}

static void add(RowStore *store, const Batch *batch)
{
    StoredBatch *stored = ARENA_NEW(store->arena, StoredBatch);
    stored->first = store->count;
    stored->batch.row_count = batch->selection.count;
    stored->batch.column_count = batch->column_count;
    stored->batch.columns = ARENA_ARRAY(store->arena, Vector, batch->column_count);
    stored->batch.selection.count = batch->selection.count;
    for (uint32_t i = 0; i < batch->column_count; i++)
        vector_flatten(&stored->batch.columns[i], store->arena, &batch->columns[i],
                       batch->selection);
    array_push(&store->batches, stored);
    store->count += batch->selection.count;
}

void row_store_fill(RowStore *store, Exec *exec, uint64_t rows)
{
    while (!store->complete && store->count < rows) {
        task_check();
        const Batch *batch;
        uint64_t missing = rows - store->count;
        if (!exec_next(exec, (uint32_t)MIN(missing, BATCH_ROWS_MAX), &batch)) {
            store->complete = true;
        } else if (batch->selection.count > 0) {
            add(store, batch);
        }
    }
}

uint64_t row_store_count(const RowStore *store)
{
    return store->count;
}

/* Rows [from, from + count) of the batch that holds row `from`, cut at its end. */
static const Batch *slice(RowStore *store, uint64_t from, uint32_t count)
{
    uint32_t low = 0, high = store->batches.count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (store->batches.items[middle]->first <= from) {
            low = middle;
        } else {
            high = middle;
        }
    }
    const StoredBatch *stored = store->batches.items[low];
    uint32_t at = (uint32_t)(from - stored->first);
    store->out = stored->batch;
    store->out.selection.count = MIN(count, stored->batch.row_count - at);
    store->out.selection.rows = store->rows;
    for (uint32_t i = 0; i < store->out.selection.count; i++) store->rows[i] = (uint16_t)(at + i);
    return &store->out;
}

bool row_store_next(RowStore *store, uint32_t rows_max, const Batch **batch)
{
    if (store->read >= store->count) return false;
    *batch = slice(store, store->read, rows_max);
    store->read += (*batch)->selection.count;
    return true;
}

const Batch *row_store_rows(RowStore *store, uint64_t row, uint32_t rows_max)
{
    ASSERT(row >= 1 && row <= store->count);
    return slice(store, row - 1, (uint32_t)MIN(rows_max, store->count - row + 1));
}

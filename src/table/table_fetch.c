/* SPDX-License-Identifier: Apache-2.0 */
/* table_fetch.c - single rows by their ids. */
#include "table/table.h"

#include "base/error.h"
#include "table/row_version.h"
#include "txn/ssi.h"

enum { FETCH_COLUMNS_INLINE = 64 };

/* Pages are mostly laid out alike. Where they are not, few of those who come write it down: all others read it. */
static void note_arrays(Table *table, uint64_t before, const void *page, RowId row)
{
    enum { NOTED_ONE_IN = 16 };
    const uint64_t arrays = leaf_arrays(page);
    if (UNLIKELY(arrays != before && row.v % NOTED_ONE_IN == 0))
        atomic_store_explicit(&table->arrays, arrays, memory_order_relaxed);
}

Status table__latch_row(Table *table, RowId row, LatchMode mode, const uint16_t *numbers,
                        uint32_t count, PageRef *leaf)
{
    const uint64_t arrays = atomic_load_explicit(&table->arrays, memory_order_relaxed);
    TreeAsk ask;
    leaf_ask(arrays, &table__layout(table)->page, numbers, count, &ask);
    TRY(tree_latch_row(table->tree, row, mode, &ask, leaf));
    note_arrays(table, arrays, leaf->data, row);
    return OK;
}

/* The row as it stands, copied. ST_NOT_FOUND: no such row, not even a deleted one. */
static Status copy_row(Table *table, RowId row, RowVersion *version)
{
    PageRef leaf;
    uint32_t slot;
    TRY(table__latch_row(table, row, LATCH_SHARED, version->numbers, version->count, &leaf));
    Status status = leaf_find(leaf.data, row, &slot)
                        ? row_version_copy(table, leaf.data, slot, version)
                        : ST_NOT_FOUND;
    pool_unlatch(&leaf);
    return status;
}

/* Room for the values of a projection: `local` when they are few. */
static Status version_init(RowVersion *version, Projection projection, Arena *arena,
                           LeafValue local[FETCH_COLUMNS_INLINE])
{
    *version = (RowVersion){.numbers = projection.numbers,
                            .count = projection.count,
                            .values = local,
                            .arena = arena};
    if (projection.count <= FETCH_COLUMNS_INLINE) return OK;
    version->values = arena_try_alloc(arena, projection.count * sizeof *version->values);
    return version->values ? OK : ST_NO_MEMORY;
}

Status table_fetch(Table *table, const Snapshot *snapshot, RowId row, Projection projection,
                   Arena *arena, Datum *datums)
{
    LeafValue local[FETCH_COLUMNS_INLINE];
    RowVersion version;
    const RowView view = {.snapshot = snapshot};
    TRY(version_init(&version, projection, arena, local));
    TRY(ssi_read_row(snapshot->txn, table->id, row));
    TRY(copy_row(table, row, &version));
    TRY(row_version_rebuild(table, &view, &version));
    return row_version_datums(table, &version, datums);
}

Status table_fetch_newest(Table *table, Txn *txn, RowId row, Projection projection, Arena *arena,
                          Datum *datums, RowFate *fate)
{
    LeafValue local[FETCH_COLUMNS_INLINE];
    RowVersion version;
    const RowView view = {.txn = txn};
    TRY(version_init(&version, projection, arena, local));
    *fate = ROW_INVISIBLE;
    TRY(copy_row(table, row, &version));
    Status status = row_version_rebuild(table, &view, &version);
    bool own = version.head.xid.v == txn_xid(txn).v;
    if (status == ST_NOT_FOUND && version.head.flags & ROW_FLAG_DELETED)
        *fate = own ? ROW_SELF_DELETED : ROW_DELETED;
    TRY(status);
    *fate = own ? ROW_SELF_UPDATED : ROW_FINE;
    return row_version_datums(table, &version, datums);
}

Status table_fetch_system(Table *table, const Snapshot *snapshot, RowId row, RowSystem *system)
{
    RowVersion version = {.arena = NULL};
    const RowView view = {.snapshot = snapshot};
    Arena *arena = arena_try_new(store_account(table->store), "row version");
    if (!arena) return ST_NO_MEMORY;
    version.arena = arena;
    Status status = copy_row(table, row, &version);
    RowHead newest = version.head;
    if (status == OK) status = row_version_rebuild(table, &view, &version);
    arena_drop(arena);
    TRY(status);
    bool newer = newest.undo.v != version.head.undo.v;
    *system = (RowSystem){.xmin = version.head.xid, .xmax = newer ? newest.xid : XID_NONE};
    return OK;
}

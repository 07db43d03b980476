/* SPDX-License-Identifier: Apache-2.0 */
/* index_check.c - do an index and its table agree, as a snapshot sees them? Entries that say themselves that they are
 * visible are held against their rows, and visible rows against their entries; those on their way are nobody's
 * fault. */
#include "table/index.h"

#include "base/error.h"
#include "table/index_internal.h"

enum { CHECK_BATCH = 256 };

typedef struct IndexCheck {
    Index *index;
    const Snapshot *snapshot;
    const IndexRecheck *recheck;
    CheckFound found;
    void *arg;
    Arena *scan, *rows; /* for the whole check; for a batch */
    Datum *datums;
    RowId row_ids[CHECK_BATCH];
    Bytes keys[CHECK_BATCH];
    uint32_t count;
} IndexCheck;

static void tell(const IndexCheck *check, RowId row, const char *what)
{
    check->found(check->arg, PAGE_NONE, "index tree %" PRIu64 " of space %u: row %" PRIu64 " %s",
                 tree_number(check->index->id), tree_space(check->index->id).v, row.v, what);
}

/* ---- entries against rows ---- */

static Status check_hit(const IndexCheck *check, const IndexHit *hit)
{
    IndexKey made;
    if (!hit->decided) return OK;
    Status status = table_fetch(check->index->table, check->snapshot, hit->row,
                                check->recheck->projection, check->rows, check->datums);
    if (status == ST_NOT_FOUND) {
        tell(check, hit->row, "has a live entry and is not there");
        return OK;
    }
    TRY(status);
    if (!check->recheck->make(check->recheck->arg, check->datums, check->rows, &made))
        tell(check, hit->row, "has an entry that it should not have");
    else if (index__compare(made.key, hit->key) != 0)
        tell(check, hit->row, "has a live entry with another key");
    else if (index__compare(made.payload, hit->payload) != 0)
        tell(check, hit->row, "has an entry with another payload");
    return OK;
}

static Status check_entries(const IndexCheck *check)
{
    IndexScan *scan;
    IndexHit hits[CHECK_BATCH];
    uint32_t count;
    const IndexRange all = {0};
    TRY(index_scan_open(check->index, check->snapshot, &all, NULL, check->scan, &scan));
    Status status = OK;
    while (status == OK) {
        status = index_scan_next(scan, hits, CHECK_BATCH, &count);
        arena_reset(check->rows);
        for (uint32_t i = 0; i < count && status == OK; i++) status = check_hit(check, &hits[i]);
    }
    index_scan_close(scan);
    return status == ST_END ? OK : status;
}

/* ---- rows against entries ---- */

static Status check_batch(IndexCheck *check)
{
    IndexHit *hits;
    uint32_t *key_of, count;
    uint64_t seen[(CHECK_BATCH + 63) / 64] = {0};
    if (check->count == 0) return OK;
    TRY(index_lookup_batch(check->index, check->snapshot, check->keys, check->count, check->recheck,
                           check->rows, &hits, &key_of, &count));
    for (uint32_t i = 0; i < count; i++)
        if (hits[i].row.v == check->row_ids[key_of[i]].v)
            seen[key_of[i] / 64] |= UINT64_C(1) << key_of[i] % 64;
    for (uint32_t i = 0; i < check->count; i++)
        if (!(seen[i / 64] >> i % 64 & 1)) tell(check, check->row_ids[i], "has no entry");
    check->count = 0;
    arena_reset(check->rows);
    return OK;
}

static Status check_row(IndexCheck *check, RowId row)
{
    IndexKey made;
    Status status = table_fetch(check->index->table, check->snapshot, row,
                                check->recheck->projection, check->rows, check->datums);
    if (status == ST_NOT_FOUND) {
        tell(check, row, "is in a scan and not to be fetched");
        return OK;
    }
    TRY(status);
    if (!check->recheck->make(check->recheck->arg, check->datums, check->rows, &made)) return OK;
    check->row_ids[check->count] = row;
    check->keys[check->count++] = made.key;
    return check->count == CHECK_BATCH ? check_batch(check) : OK;
}

static Status check_rows(IndexCheck *check)
{
    TableScan *scan;
    RowId *ids = arena_try_alloc(check->scan, BATCH_ROWS_MAX * sizeof *ids);
    Batch batch = {.arena = arena_try_new_child(check->scan, "rows checked")};
    const TableScanOptions options = {.last = {ROW_ID_MAX}, .sample_fraction = 1};
    if (!ids || !batch.arena)
        return error_note(ST_NO_MEMORY, SQLSTATE_OUT_OF_MEMORY, "out of memory");
    TRY(table_scan_open(check->index->table, check->snapshot, &options, check->scan, &scan));
    Status status = OK;
    while (status == OK) {
        status = table_scan_next(scan, BATCH_ROWS_MAX, &batch, ids);
        for (uint32_t i = 0; status == OK && i < batch.selection.count; i++)
            status = check_row(check, ids[batch.selection.rows ? batch.selection.rows[i] : i]);
    }
    table_scan_close(scan);
    TRY(status == ST_END ? OK : status);
    return check_batch(check);
}

Status index_check(Index *index, const Snapshot *snapshot, const IndexRecheck *recheck,
                   CheckFound found, void *arg)
{
    IndexCheck check = {.index = index,
                        .snapshot = snapshot,
                        .recheck = recheck,
                        .found = found,
                        .arg = arg,
                        .scan = arena_try_new(store_account(index->store), "index check")};
    if (check.scan) {
        check.rows = arena_try_new_child(check.scan, "rows of an index check");
        check.datums = arena_try_alloc_zero(check.scan,
                                            (recheck->projection.count + 1) * sizeof(Datum));
    }
    Status status = check.rows && check.datums
                        ? tree_check(index->tree, found, arg)
                        : error_note(ST_NO_MEMORY, SQLSTATE_OUT_OF_MEMORY, "out of memory");
    if (status == OK) status = check_entries(&check);
    if (status == OK) status = check_rows(&check);
    if (check.scan) arena_drop(check.scan);
    return status;
}

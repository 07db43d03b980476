/* SPDX-License-Identifier: Apache-2.0 */
/* engine_tusk.c - Tusk's storage rooms, without SQL: a table of two columns and a unique index on the first, as CREATE
 * TABLE with a primary key makes them. Rows are found through the index and read in the table; "tusk-include" has the
 * value in the index as well (INCLUDE), so that reads look at one tree, and writes at two as before.
 *
 * Purge, checkpoints and the cleaner run beside the work, as in a server. */
#include "engine.h"

#include "base/account.h"
#include "table/index.h"
#include "table/row_order.h"
#include "tusk_parts.h"

enum { SCAN_HITS = 512 };

static struct {
    TuskParts parts;
    Table *table;
    Index *index;
    CommitSync sync;
    bool include;
} tusk;

typedef struct Handle {
    uint32_t slot;
    LockSession *locks;
    LockOptions lock;
    RowWaitOptions wait;
    Arena *arena, *rows;
    Txn *txn;
    Snapshot snapshot;
} Handle;

static const TableColumn columns[] = {{0, PHYS_STR, COLUMN_NOT_NULL, {.null = true}},
                                      {1, PHYS_STR, COLUMN_NOT_NULL, {.null = true}}};
static const uint16_t value_column = 1, both_columns[] = {0, 1};

static void must(Status status)
{
    if (status != OK) engine_fail("tusk", status_text(status));
}

static const char *version(void)
{
    return "0.1";
}

static void *attach(void);
static void detach(void *handle);

static void begin(Handle *handle)
{
    must(txn_begin(tusk.parts.txns,
                   &(TxnOptions){.space = tusk.parts.space, .session = handle->slot},
                   &handle->txn));
    must(txn_snapshot(handle->txn, &handle->snapshot));
}

static void end(Handle *handle)
{
    txn_snapshot_release(&handle->snapshot);
    must(txn_commit(handle->txn, &(CommitOptions){.sync = tusk.sync}));
}

static void make_table(void)
{
    TreeId table, index;
    Handle *handle = attach();
    begin(handle);
    must(table_create(handle->txn, tusk.parts.space, columns, ARRAY_LEN(columns), 0, &table));
    must(index_create(handle->txn, tusk.parts.space, &(IndexOptions){.unique = true}, &index));
    end(handle);
    must(table_open(tusk.parts.store, table, &tusk.table));
    must(index_open(tusk.parts.store, index, tusk.table, &tusk.index));
    detach(handle);
}

static void open_as(const EngineSetup *setup, bool include)
{
    const uint64_t redo = setup->redo_bytes ? setup->redo_bytes : UINT64_C(1) << 40;
    tusk_parts_open(&tusk.parts, &(TuskPartsOptions){.dir = setup->dir,
                                                     .create = true,
                                                     .frames = setup->cache_bytes / PAGE_BYTES,
                                                     .checkpoint_seconds = CHECKPOINT_SECONDS,
                                                     .checkpoint_wal_bytes = redo});
    tusk.sync = setup->sync ? COMMIT_SYNC_LOCAL : COMMIT_SYNC_OFF;
    tusk.include = include;
    make_table();
}

static void open_plain(const EngineSetup *setup)
{
    open_as(setup, false);
}

static void open_include(const EngineSetup *setup)
{
    open_as(setup, true);
}

static void close_store(void)
{
    index_close(tusk.index);
    table_close(tusk.table);
    tusk_parts_close(&tusk.parts, false);
}

static void *attach(void)
{
    Account *account = task_self()->account;
    Arena *arena = arena_new(account, "worker");
    Handle *handle = arena_alloc_zero(arena, sizeof *handle);
    handle->arena = arena;
    handle->rows = arena_new_child(arena, "rows");
    must(txn_session_open(tusk.parts.txns, &handle->slot));
    must(lock_session_open(tusk.parts.txns, handle->slot, handle->slot + 1, &handle->locks));
    handle->wait = (RowWaitOptions){handle->locks, ROW_WAIT, &handle->lock};
    return handle;
}

static void detach(void *arg)
{
    Handle *handle = arg;
    lock_session_close(handle->locks);
    txn_session_close(tusk.parts.txns, handle->slot);
    arena_drop(handle->arena);
}

static IndexKey index_key(const Key *key, const uint8_t *value)
{
    IndexKey made = {.key = {key->bytes, KEY_BYTES}};
    if (tusk.include) made.payload = (Bytes){value, VALUE_BYTES};
    return made;
}

static void insert(void *arg, const Key *key, const uint8_t *value)
{
    Handle *handle = arg;
    StrView views[] = {strview((Str){(const char *)key->bytes, KEY_BYTES}),
                       strview((Str){(const char *)value, VALUE_BYTES})};
    Vector vectors[] = {{.phys = PHYS_STR, .data = &views[0]},
                        {.phys = PHYS_STR, .data = &views[1]}};
    const Batch batch = {.columns = vectors,
                         .column_count = 2,
                         .row_count = 1,
                         .selection = {.count = 1}};
    const IndexKey entry = index_key(key, value);
    IndexOutcome outcome;
    RowId row;
    must(txn_begin(tusk.parts.txns,
                   &(TxnOptions){.space = tusk.parts.space, .session = handle->slot},
                   &handle->txn));
    must(table_insert(tusk.table, handle->txn, &batch, &row));
    must(index_insert(tusk.index, handle->txn, &entry, row, UNIQUE_NOW, &handle->wait, &outcome));
    must(txn_commit(handle->txn, &(CommitOptions){.sync = tusk.sync}));
}

/* The key of a row again, for entries that cannot answer alone. */
static bool make_key(void *arg, const Datum *datums, Arena *arena, IndexKey *key)
{
    (void)arg;
    (void)arena;
    Str text = strview_str(&datums[0].value.str);
    *key = (IndexKey){.key = {(const uint8_t *)text.data, text.bytes}};
    if (tusk.include) {
        Str value = strview_str(&datums[1].value.str);
        key->payload = (Bytes){(const uint8_t *)value.data, value.bytes};
    }
    return true;
}

static IndexHit find(Handle *handle, const Key *key)
{
    const IndexRecheck recheck = {{both_columns, tusk.include ? 2 : 1}, make_key, NULL};
    const Bytes bytes = {key->bytes, KEY_BYTES};
    IndexHit *hits;
    uint32_t *key_of, count;
    arena_reset(handle->rows);
    must(index_lookup_batch(tusk.index, &handle->snapshot, &bytes, 1, &recheck, handle->rows, &hits,
                            &key_of, &count));
    if (count != 1) engine_fail("tusk", "a row is missing, or there twice");
    return hits[0];
}

static void update(void *arg, const Key *key, const uint8_t *value)
{
    Handle *handle = arg;
    const Datum datum = {.value.str = strview((Str){(const char *)value, VALUE_BYTES})};
    RowOutcome outcome;
    begin(handle);
    const IndexHit hit = find(handle, key);
    must(table_update(tusk.table, handle->txn, &handle->snapshot, hit.row, &value_column, &datum, 1,
                      false, &handle->wait, &outcome));
    if (tusk.include) {
        const IndexKey entry = index_key(key, value);
        must(index_set_payload(tusk.index, handle->txn, &entry, hit.row));
    }
    end(handle);
}

static void read_row(void *arg, const Key *key, uint8_t *value)
{
    Handle *handle = arg;
    Datum datum;
    begin(handle);
    const IndexHit hit = find(handle, key);
    if (tusk.include) {
        memcpy(value, hit.payload.data, VALUE_BYTES);
    } else {
        must(table_fetch(tusk.table, &handle->snapshot, hit.row, (Projection){&value_column, 1},
                         handle->rows, &datum));
        memcpy(value, strview_str(&datum.value.str).data, VALUE_BYTES);
    }
    end(handle);
}

/* ---- scans ---- */

/* The rows of some hits, read in the order of rows, each leaf once. */
static uint64_t read_hits(TableScan *scan, Batch *batch, const IndexHit *hits, uint32_t count)
{
    RowPlace places[SCAN_HITS], spare[SCAN_HITS];
    RowId rows[SCAN_HITS];
    uint64_t sum = 0;
    uint32_t found = 0;
    for (uint32_t i = 0; i < count; i++) places[i] = row_place(hits[i].row, i);
    row_places_sort(places, spare, count);
    for (uint32_t i = 0; i < count; i++) rows[i] = row_place_row(places[i]);
    must(table_scan_rows(scan, rows, count));
    for (Status status; (status = table_scan_next(scan, SCAN_HITS, batch, NULL)) != ST_END;) {
        must(status);
        const StrView *views = batch->columns[0].data;
        for (uint32_t i = 0; i < batch->selection.count; i++)
            sum += (uint8_t)strview_str(
                       &views[batch->selection.rows ? batch->selection.rows[i] : i])
                       .data[0];
        found += batch->selection.count;
    }
    if (found != count) engine_fail("tusk", "rows are missing");
    return sum;
}

static uint64_t scan(void *arg, uint64_t *sum)
{
    Handle *handle = arg;
    const IndexRecheck recheck = {{both_columns, tusk.include ? 2 : 1}, make_key, NULL};
    const TableScanOptions options = {.projection = {&value_column, 1},
                                      .by_rows = true,
                                      .sample_fraction = 1};
    static _Thread_local IndexHit hits[SCAN_HITS];
    Arena *arena = arena_new_child(handle->arena, "scan");
    Batch batch = {.arena = arena_new_child(arena, "batch")};
    IndexScan *entries;
    TableScan *rows = NULL;
    uint64_t total = 0;
    uint32_t count;
    begin(handle);
    must(index_scan_open(tusk.index, &handle->snapshot, &(IndexRange){0}, &recheck, arena,
                         &entries));
    if (!tusk.include) must(table_scan_open(tusk.table, &handle->snapshot, &options, arena, &rows));
    for (Status status; (status = index_scan_next(entries, hits, SCAN_HITS, &count)) != ST_END;) {
        must(status);
        if (rows) *sum += read_hits(rows, &batch, hits, count);
        for (uint32_t i = 0; i < count && !rows; i++) *sum += hits[i].payload.data[0];
        total += count;
    }
    if (rows) table_scan_close(rows);
    index_scan_close(entries);
    end(handle);
    arena_drop(arena);
    return total;
}

const EngineOps engine_tusk = {"tusk", version, open_plain, close_store, attach,
                               detach, insert,  update,     read_row,    scan};
const EngineOps engine_tusk_include = {"tusk-include", version, open_include, close_store, attach,
                                       detach,         insert,  update,       read_row,    scan};

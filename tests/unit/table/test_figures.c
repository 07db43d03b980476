/* SPDX-License-Identifier: Apache-2.0 */
/* test_figures.c - the figures that monitoring reads: each changes with what it counts, and with nothing else. */
#include "engine.h"

#include "base/arena.h"
#include "store/store.h"

enum { ROWS = 400, TEXT_BYTES = 1000 };

typedef struct World {
    Engine engine;
    Session session;
    TreeId id;
    Table *table;
} World;

static const TableColumn columns[] = {{0, PHYS_STR, 0, {.null = true}}};

static StoreFigures of_store(const World *w)
{
    StoreFigures figures;
    store_figures(w->engine.store, &figures);
    return figures;
}

static TxnFigures of_txns(const World *w)
{
    TxnFigures figures;
    txns_figures(w->engine.txns, &figures);
    return figures;
}

static void open_world(World *w, bool create)
{
    if (create) engine_create();
    engine_open(&w->engine, 256);
    session_open(&w->session, &w->engine, 1);
    if (create) {
        Txn *txn = session_begin(&w->session);
        must_be_ok(table_create(txn, ENGINE_SPACE, columns, 1, 0, &w->id));
        must_be_ok(session_commit(txn));
    }
    must_be_ok(table_open(w->engine.store, w->id, &w->table));
}

static void close_world(World *w)
{
    table_close(w->table);
    session_close(&w->session);
    engine_close(&w->engine);
}

static void insert(World *w, Txn *txn)
{
    static RowId ids[ROWS];
    static char text[TEXT_BYTES];
    StrView texts[ROWS];
    Vector vector = {.phys = PHYS_STR, .data = texts};
    Batch batch = {.columns = &vector, .column_count = 1, .selection = {.count = ROWS}};
    for (uint32_t i = 0; i < ROWS; i++) texts[i] = strview((Str){text, TEXT_BYTES});
    must_be_ok(table_insert(w->table, txn, &batch, ids));
}

static uint64_t count_rows(World *w, Txn *txn)
{
    static const uint16_t numbers[] = {0};
    const TableScanOptions options = {.projection = {numbers, 1},
                                      .last = {ROW_ID_MAX},
                                      .sample_fraction = 1};
    Snapshot snapshot;
    TableScan *scan;
    Batch batch;
    Status status;
    uint64_t rows = 0;
    Arena *arena = arena_new(task_self()->account, "scan");
    Arena *rows_arena = arena_new_child(arena, "batch");
    must_be_ok(txn_snapshot(txn, &snapshot));
    must_be_ok(table_scan_open(w->table, &snapshot, &options, arena, &scan));
    batch = (Batch){.arena = rows_arena};
    while ((status = table_scan_next(scan, BATCH_ROWS_MAX, &batch, NULL)) == OK)
        rows += batch.selection.count;
    must_give(ST_END, status);
    table_scan_close(scan);
    txn_snapshot_release(&snapshot);
    arena_drop(arena);
    return rows;
}

/* ---- transactions, snapshots, locks ---- */

static void txns_main(void *arg)
{
    World *w = arg;
    Snapshot snapshot;
    const LockTag tag = {.kind = LOCK_ADVISORY, .sub = 1, .a = 7};
    open_world(w, true);
    const TxnFigures before = of_txns(w);
    CHECK_TRUE(before.oldest_snapshot.v == before.newest.v && before.active == 0);
    Txn *txn = session_begin(&w->session);
    must_be_ok(txn_snapshot(txn, &snapshot));
    must_be_ok(lock_take(w->session.locks, txn, &tag, LOCK_EXCLUSIVE, &w->session.lock));
    Session other;
    session_open(&other, &w->engine, 2);
    Txn *writer = session_begin(&other);
    insert(w, writer);
    TxnFigures now = of_txns(w);
    CHECK_TRUE(now.locks > before.locks && now.oldest_running.v == txn_xid(writer).v);
    must_be_ok(session_commit(writer));
    now = of_txns(w);
    CHECK_TRUE(now.commits == before.commits + 1 && now.aborts == before.aborts);
    CHECK_TRUE(now.newest.v == before.newest.v + 1 && now.next.v > before.next.v);
    CHECK_TRUE(now.oldest_snapshot.v == snapshot.number.v && now.oldest_snapshot.v < now.newest.v);
    txn_snapshot_release(&snapshot);
    must_be_ok(session_commit(txn));
    writer = session_begin(&other);
    insert(w, writer);
    txn_abort(writer);
    engine_settle(&w->engine);
    now = of_txns(w);
    CHECK_TRUE(now.aborts == before.aborts + 1 && now.oldest_snapshot.v == now.newest.v);
    CHECK_TRUE(now.locks == before.locks && now.active == 0 && now.aborting == 0);
    session_close(&other);
    close_world(w);
}

static void transactions_snapshots_and_locks(void **state)
{
    (void)state;
    World world = {0};
    on_machine(test_seed(1), txns_main, &world);
}

/* ---- pages, log, undo ---- */

static void store_main(void *arg)
{
    World *w = arg;
    PurgeFigures purged;
    open_world(w, true);
    must_be_ok(table_purge_now(w->engine.txns, w->engine.store, &purged));
    const StoreFigures before = of_store(w);
    CHECK_TRUE(before.undo_bytes == 0 && before.pool.corrupt == 0);
    Txn *txn = session_begin(&w->session);
    insert(w, txn);
    must_be_ok(session_commit(txn));
    StoreFigures now = of_store(w);
    const uint64_t least = (uint64_t)ROWS * TEXT_BYTES;
    CHECK_TRUE(now.wal.bytes - before.wal.bytes > least && now.wal.records > before.wal.records);
    CHECK_TRUE(now.insert.v - before.insert.v > least && now.synced.v > before.synced.v);
    CHECK_TRUE(now.wal.syncs > before.wal.syncs && now.undo_bytes > 0);
    CHECK_TRUE(now.pool.dirty > 0 && now.pool.frames == before.pool.frames);
    must_be_ok(table_purge_now(w->engine.txns, w->engine.store, &purged));
    CHECK_TRUE(of_store(w).undo_bytes == 0);
    must_be_ok(store_checkpoint(w->engine.store, true));
    now = of_store(w);
    CHECK_TRUE(now.checkpoints > before.checkpoints && now.redo.v > before.redo.v);
    CHECK_TRUE(now.pool.writes > before.pool.writes);
    close_world(w);
    open_world(w, false);
    txn = session_begin(&w->session);
    const StoreFigures cold = of_store(w);
    CHECK_TRUE(count_rows(w, txn) == ROWS);
    now = of_store(w);
    CHECK_TRUE(now.pool.reads >= cold.pool.reads + least / PAGE_BYTES);
    CHECK_TRUE(count_rows(w, txn) == ROWS);
    CHECK_TRUE(of_store(w).pool.reads == now.pool.reads);
    CHECK_TRUE(of_store(w).pool.hits > now.pool.hits);
    must_be_ok(session_commit(txn));
    close_world(w);
}

static void pages_log_and_undo(void **state)
{
    (void)state;
    World world = {0};
    on_machine(test_seed(1), store_main, &world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(transactions_snapshots_and_locks),
                                       cmocka_unit_test(pages_log_and_undo)};
    return cmocka_run_group_tests_name("figures", tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* test_rollback.c - a rollback comes to its end. The tree directory is not transactional, so undo may name a tree that
 * is no more (docs/traps.md F9): rollback and purge pass by what was written to it, whatever it was. On a full disk a
 * rollback has log of its own (F10). What a transaction has written into trees of its own goes with them. */
#include "engine.h"

#include "base/arena.h"
#include "store/store.h"

enum {
    ROWS = 5,
    TEXT_BYTES = 1000,
    LONG_BYTES = 20000,
    KEY_MADE = 100,
    FILL_BYTES = 1000,
    BATCHES_MADE = 40,
    MADE_LOG_BYTES_MAX = 2000, /* 41 leaves and a long value taken back singly are more */
};

/* What a transaction writes, and leaves to be undone. */
typedef enum Written {
    ROW_SHORTER,
    ONE_ROW,
    ROWS_TOGETHER,
    ENTRY_MARKED,
    ONE_ENTRY,
    ENTRIES_TOGETHER,
    LONG_VALUE,
    WRITTEN
} Written;

typedef struct World {
    Engine engine;
    Session session;
    Arena *arena;
    TreeId table_id, index_id;
    Table *table;
    Index *index;
    RowId rows[ROWS];
} World;

static const TableColumn columns[] = {{0, PHYS_STR, COLUMN_PLAIN, {.null = true}}};
static const uint16_t numbers[] = {0};

static IndexKey key_of(World *w, uint32_t i)
{
    uint8_t *bytes = arena_alloc(w->arena, 2);
    bytes[0] = 1;
    bytes[1] = (uint8_t)i;
    return (IndexKey){.key = {bytes, 2}};
}

/* In a transaction of its own, with rows that are there. */
static void trees_make(World *w)
{
    static char text[TEXT_BYTES];
    StrView texts[ROWS];
    Vector vector = {.phys = PHYS_STR, .data = texts};
    Batch batch = {.columns = &vector, .column_count = 1, .selection = {.count = ROWS}};
    const IndexKey key = key_of(w, KEY_MADE);
    Txn *txn = session_begin(&w->session);
    for (uint32_t i = 0; i < ROWS; i++) texts[i] = strview((Str){text, TEXT_BYTES});
    must_be_ok(table_create(txn, ENGINE_SPACE, columns, 1, 0, &w->table_id));
    must_be_ok(index_create(txn, ENGINE_SPACE, &(IndexOptions){0}, &w->index_id));
    must_be_ok(table_open(w->engine.store, w->table_id, &w->table));
    must_be_ok(index_open(w->engine.store, w->index_id, w->table, &w->index));
    must_be_ok(table_insert(w->table, txn, &batch, w->rows));
    must_be_ok(index_insert(w->index, txn, &key, w->rows[0], UNIQUE_NONE, &w->session.wait, NULL));
    must_be_ok(session_commit(txn));
}

static void trees_close(World *w)
{
    index_close(w->index);
    table_close(w->table);
}

/* As a rollback, or a purge, has done that a crash stopped before its end. */
static void trees_drop(World *w)
{
    trees_close(w);
    must_be_ok(tree_drop(w->engine.store, w->index_id));
    must_be_ok(tree_drop(w->engine.store, w->table_id));
}

static void rows_insert(World *w, Txn *txn, uint32_t count, Str text)
{
    RowId ids[ROWS];
    StrView texts[ROWS];
    Vector vector = {.phys = PHYS_STR, .data = texts};
    Batch batch = {.columns = &vector, .column_count = 1, .selection = {.count = count}};
    for (uint32_t i = 0; i < count; i++) texts[i] = strview(text);
    must_be_ok(table_insert(w->table, txn, &batch, ids));
}

static Str long_text(World *w)
{
    char *text = arena_alloc(w->arena, LONG_BYTES);
    random_bytes(&w->session.random, text, LONG_BYTES);
    return (Str){text, LONG_BYTES};
}

static void entries_insert(World *w, Txn *txn, uint32_t count)
{
    IndexKey keys[ROWS];
    uint64_t done[1] = {0};
    uint32_t waited;
    for (uint32_t i = 0; i < ROWS; i++) keys[i] = key_of(w, i);
    if (count == 1)
        must_be_ok(
            index_insert(w->index, txn, &keys[0], w->rows[0], UNIQUE_NONE, &w->session.wait, NULL));
    else
        must_be_ok(index_insert_batch(w->index, txn, keys, w->rows, count, UNIQUE_NONE,
                                      &w->session.wait, w->arena, done, &waited));
}

static void row_set(World *w, Txn *txn, RowId row, Str text)
{
    Snapshot snapshot;
    RowOutcome outcome;
    const Datum datum = {.value.str = strview(text)};
    must_be_ok(txn_snapshot(txn, &snapshot));
    must_be_ok(table_update(w->table, txn, &snapshot, row, numbers, &datum, 1, false,
                            &w->session.wait, &outcome));
    txn_snapshot_release(&snapshot);
}

static void write(World *w, Txn *txn, Written what)
{
    const IndexKey made = key_of(w, KEY_MADE);
    switch (what) {
    case ROW_SHORTER: row_set(w, txn, w->rows[0], STR("short")); return;
    case ENTRY_MARKED: must_be_ok(index_mark(w->index, txn, &made, w->rows[0])); return;
    case ONE_ROW: rows_insert(w, txn, 1, STR("short")); return;
    case ROWS_TOGETHER: rows_insert(w, txn, ROWS, STR("short")); return;
    case ONE_ENTRY: entries_insert(w, txn, 1); return;
    case ENTRIES_TOGETHER: entries_insert(w, txn, ROWS); return;
    default: rows_insert(w, txn, 1, long_text(w));
    }
}

/* Without tasks of the store's own: no checkpoint comes that nobody asks for. */
static void open_world(World *w)
{
    const DeviceLocalOptions device = test_device_options();
    const StoreOptions options = {.pool = {.frames = 128}, .wal_buffer_bytes = 1 << 17};
    engine_create();
    must_be_ok(engine_open_as(&w->engine, &device, &options));
    engine_start(&w->engine);
    w->arena = arena_new(task_self()->account, "world");
    session_open(&w->session, &w->engine, 1);
}

static void close_world(World *w)
{
    session_close(&w->session);
    arena_drop(w->arena);
    engine_close(&w->engine);
}

static void rollback_main(void *arg)
{
    World *w = arg;
    open_world(w);
    for (uint32_t what = 0; what < WRITTEN; what++) {
        trees_make(w);
        Txn *txn = session_begin(&w->session);
        write(w, txn, (Written)what);
        const Xid xid = txn_xid(txn);
        trees_drop(w);
        session_abort(w->engine.txns, txn);
        CHECK_TRUE(txn_xid_state(w->engine.txns, xid, NULL) == XID_ABORTED);
    }
    close_world(w);
}

static void rollback_passes_by(void **state)
{
    (void)state;
    World world = {0};
    on_machine(test_seed(1), rollback_main, &world);
}

/* Leaves an entry, a long value and a row dead, each in a transaction of its own. */
static void leave_dead(World *w)
{
    Snapshot snapshot;
    RowOutcome outcome;
    Txn *txn = session_begin(&w->session);
    write(w, txn, ENTRY_MARKED);
    must_be_ok(session_commit(txn));
    for (uint32_t i = 0; i < 2; i++) {
        txn = session_begin(&w->session);
        row_set(w, txn, w->rows[1], i == 0 ? long_text(w) : STR("short"));
        must_be_ok(session_commit(txn));
    }
    txn = session_begin(&w->session);
    must_be_ok(txn_snapshot(txn, &snapshot));
    must_be_ok(table_delete(w->table, txn, &snapshot, w->rows[0], &w->session.wait, &outcome));
    txn_snapshot_release(&snapshot);
    must_be_ok(session_commit(txn));
}

static void purge_main(void *arg)
{
    World *w = arg;
    PurgeFigures figures;
    open_world(w);
    trees_make(w);
    leave_dead(w);
    trees_drop(w);
    must_be_ok(table_purge_now(w->engine.txns, w->engine.store, &figures));
    CHECK_TRUE(figures.records >= 3 && figures.rows == 0 && figures.entries == 0);
    CHECK_TRUE(figures.undo_bytes_freed > 0);
    must_be_ok(table_purge_now(w->engine.txns, w->engine.store, &figures));
    CHECK_TRUE(figures.records == 0);
    close_world(w);
}

static void purge_passes_by(void **state)
{
    (void)state;
    World world = {0};
    on_machine(test_seed(1), purge_main, &world);
}

/* ---- trees that the transaction has made ---- */

/* A table with rows on many pages, some with a long value. */
static TreeId table_make_filled(World *w, Txn *txn)
{
    static char text[TEXT_BYTES];
    const World outer = *w;
    TreeId id;
    must_be_ok(table_create(txn, ENGINE_SPACE, columns, 1, 0, &id));
    must_be_ok(table_open(w->engine.store, id, &w->table));
    for (uint32_t i = 0; i < BATCHES_MADE; i++) rows_insert(w, txn, ROWS, (Str){text, TEXT_BYTES});
    rows_insert(w, txn, 1, long_text(w));
    table_close(w->table);
    w->table = outer.table;
    return id;
}

static void must_be_gone(const World *w, TreeId id)
{
    Tree *tree;
    must_give(ST_NOT_FOUND, tree_open(w->engine.store, id, &tree));
}

static void made_main(void *arg)
{
    World *w = arg;
    open_world(w);
    trees_make(w);
    const Wal *wal = store_wal(w->engine.store);
    Txn *txn = session_begin(&w->session);
    write(w, txn, ONE_ROW);
    const TreeId kept = table_make_filled(w, txn);
    const Savepoint savepoint = txn_savepoint(txn);
    write(w, txn, ONE_ENTRY);
    TreeId made = table_make_filled(w, txn);
    Lsn from = wal_insert_position(wal);
    must_be_ok(txn_rollback_to(txn, &savepoint));
    CHECK_TRUE(wal_insert_position(wal).v - from.v < MADE_LOG_BYTES_MAX);
    must_be_gone(w, made);
    made = table_make_filled(w, txn);
    from = wal_insert_position(wal);
    session_abort(w->engine.txns, txn);
    CHECK_TRUE(wal_insert_position(wal).v - from.v < MADE_LOG_BYTES_MAX);
    must_be_gone(w, kept);
    must_be_gone(w, made);
    trees_close(w);
    close_world(w);
}

static void rows_go_with_the_tree_made_for_them(void **state)
{
    (void)state;
    World world = {0};
    on_machine(test_seed(1), made_main, &world);
}

/* ---- a full disk ---- */

/* Until the log refuses whatever is no rollback and no checkpoint, however small, while no checkpoint gives back what
 * is behind it. */
static void log_fill(Wal *wal)
{
    static const uint32_t sizes[] = {FILL_BYTES, 0};
    static const char zeros[FILL_BYTES];
    Lsn end = {0};
    for (uint32_t i = 0, taken = 0; i < ARRAY_LEN(sizes); i += taken == 0) {
        const WalPart part = {zeros, sizes[i]};
        Status status;
        for (taken = 0; (status = wal_credit_take(wal, wal_record_bytes(0, sizes[i]),
                                                  WAL_CREDIT_CAN_DO_WITHOUT)) == OK;
             taken++)
            (void)wal_append(wal, WAL_NOTHING, XID_NONE, NULL, 0, &part, 1, &end);
        must_give(ST_FULL, status);
        error_clear();
        must_be_ok(wal_sync(wal, end, 0)); /* what was written has been spared some of its credit */
    }
}

static void full_main(void *arg)
{
    World *w = arg;
    Sim *sim = sim_self();
    open_world(w);
    Wal *wal = store_wal(w->engine.store);
    for (uint32_t what = 0; what < WRITTEN; what++) {
        trees_make(w);
        Txn *txn = session_begin(&w->session);
        write(w, txn, (Written)what);
        const Xid xid = txn_xid(txn);
        sim_disk_set_limit(sim, sim_disk_space_used(sim) + 4 * TEST_LOG_SEGMENT_BYTES);
        sim_pause_hold(sim, "checkpoint_before_manifest");
        log_fill(wal);
        session_abort(w->engine.txns, txn);
        CHECK_TRUE(txn_xid_state(w->engine.txns, xid, NULL) == XID_ABORTED);
        must_give(ST_FULL,
                  wal_credit_take(wal, wal_record_bytes(0, FILL_BYTES), WAL_CREDIT_CAN_DO_WITHOUT));
        error_clear();
        sim_disk_set_limit(sim, UINT64_MAX);
        sim_pause_release(sim, "checkpoint_before_manifest");
        must_be_ok(store_checkpoint(w->engine.store, true));
        trees_close(w);
    }
    close_world(w);
}

static void rollback_has_log_of_its_own(void **state)
{
    (void)state;
    World world = {0};
    on_machine(test_seed(1), full_main, &world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(rollback_passes_by),
                                       cmocka_unit_test(purge_passes_by),
                                       cmocka_unit_test(rows_go_with_the_tree_made_for_them),
                                       cmocka_unit_test(rollback_has_log_of_its_own)};
    return cmocka_run_group_tests_name("rollback", tests, NULL, NULL);
}

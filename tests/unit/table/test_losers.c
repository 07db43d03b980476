/* SPDX-License-Identifier: Apache-2.0 */
/* test_losers.c - what a crash left open (docs/traps.md F18): whoever wrote catalogs is undone before anybody is let
 * in; the others are undone in the background, and until then their rows are theirs: readers see what was before,
 * writers do not get them, and who locks a table they wrote to waits for them. */
#include "engine.h"

#include "base/arena.h"

typedef struct World {
    TreeId catalog, data, other;
    RowId kept; /* the row of `data` that the loser changed */
    Xid catalog_loser, data_loser;
} World;

static const TableColumn columns[] = {{0, PHYS_I32, COLUMN_NOT_NULL, {.null = true}}};
static const uint16_t numbers[] = {0};
static const Projection everything = {numbers, 1};
enum { BEFORE = 5, AFTER = 6 };

static RowId insert(Engine *engine, Txn *txn, TreeId tree, int32_t value)
{
    Table *table;
    RowId id;
    Vector vector = {.phys = PHYS_I32, .data = &value};
    Batch batch = {.columns = &vector,
                   .column_count = 1,
                   .row_count = 1,
                   .selection = {.count = 1}};
    must_be_ok(table_open(engine->store, tree, &table));
    must_be_ok(table_insert(table, txn, &batch, &id));
    table_close(table);
    return id;
}

static Status update(Session *session, TreeId tree, RowId row, Txn *txn, int32_t value)
{
    Table *table;
    Snapshot snapshot;
    RowOutcome outcome;
    Datum datum = {.value.i32 = value};
    RowWaitOptions wait = session->wait;
    wait.wait = ROW_NOWAIT;
    must_be_ok(table_open(session->engine->store, tree, &table));
    must_be_ok(txn_snapshot(txn, &snapshot));
    Status status = table_update(table, txn, &snapshot, row, numbers, &datum, 1, false, &wait,
                                 &outcome);
    txn_snapshot_release(&snapshot);
    table_close(table);
    return status;
}

static int32_t read_row(Session *session, TreeId tree, RowId row, Txn *txn)
{
    Table *table;
    Snapshot snapshot;
    Datum datum;
    Arena *arena = arena_new(task_self()->account, "read");
    must_be_ok(table_open(session->engine->store, tree, &table));
    must_be_ok(txn_snapshot(txn, &snapshot));
    must_be_ok(table_fetch(table, &snapshot, row, everything, arena, &datum));
    txn_snapshot_release(&snapshot);
    table_close(table);
    arena_drop(arena);
    return datum.value.i32;
}

/* As who locks the table against writers. */
static Status wait_losers(Session *session, Txn *txn, TreeId tree, LockWait wait)
{
    LockOptions options = session->lock;
    options.wait = wait;
    return table_wait_losers(txn, tree, session->locks, &options);
}

static void crash_main(void *arg)
{
    World *w = arg;
    Engine engine;
    Session one, two;
    engine_create();
    engine_open(&engine, 128);
    session_open(&one, &engine, 1);
    session_open(&two, &engine, 2);
    Txn *txn = session_begin(&one);
    must_be_ok(table_create(txn, ENGINE_SPACE, columns, 1, TREE_CATALOG, &w->catalog));
    must_be_ok(table_create(txn, ENGINE_SPACE, columns, 1, 0, &w->data));
    must_be_ok(table_create(txn, ENGINE_SPACE, columns, 1, 0, &w->other));
    w->kept = insert(&engine, txn, w->data, BEFORE);
    must_be_ok(session_commit(txn));
    Txn *first = session_begin(&one), *second = session_begin(&two);
    (void)insert(&engine, first, w->catalog, 1);
    must_be_ok(update(&two, w->data, w->kept, second, AFTER));
    w->catalog_loser = txn_xid(first);
    w->data_loser = txn_xid(second);
    Wal *wal = store_wal(engine.store);
    must_be_ok(wal_sync(wal, wal_insert_position(wal), 0));
    sim_crash_now(false);
}

static void recovered_main(void *arg)
{
    World *w = arg;
    Engine engine;
    Session session;
    engine_open_idle(&engine, 128);
    CHECK_TRUE(txn_xid_state(engine.txns, w->catalog_loser, NULL) == XID_ABORTED);
    CHECK_TRUE(txn_xid_state(engine.txns, w->data_loser, NULL) == XID_ABORTING);
    session_open(&session, &engine, 3);
    Txn *txn = session_begin(&session);
    CHECK_TRUE(read_row(&session, w->data, w->kept, txn) == BEFORE);
    must_give(ST_NOT_AVAILABLE, update(&session, w->data, w->kept, txn, 7));
    must_give(ST_NOT_AVAILABLE, wait_losers(&session, txn, w->data, LOCK_NOWAIT));
    must_be_ok(wait_losers(&session, txn, w->other, LOCK_NOWAIT));
    engine_start(&engine);
    must_be_ok(wait_losers(&session, txn, w->data, LOCK_WAIT));
    CHECK_TRUE(txn_xid_state(engine.txns, w->data_loser, NULL) == XID_ABORTED);
    CHECK_TRUE(read_row(&session, w->data, w->kept, txn) == BEFORE);
    CHECK_TRUE(!txns_have_losers(engine.txns));
    CHECK_TRUE(txn_xid_state(engine.txns, w->data_loser, NULL) == XID_ABORTED);
    must_be_ok(update(&session, w->data, w->kept, txn, 7));
    CHECK_TRUE(read_row(&session, w->data, w->kept, txn) == 7);
    must_be_ok(session_commit(txn));
    session_close(&session);
    engine_close(&engine);
}

static void f18_losers(void **state)
{
    (void)state;
    World w = {0};
    Sim *sim = new_sim(test_seed(1));
    assert_int_equal(sim_run(sim, crash_main, &w), SIM_CRASHED);
    SimEnd ended = sim_run(sim, recovered_main, &w);
    if (ended != SIM_DONE) fail_msg("ended with %d: %s", (int)ended, sim_report(sim));
    sim_release(sim);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(f18_losers)};
    return cmocka_run_group_tests_name("losers", tests, NULL, NULL);
}

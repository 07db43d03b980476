/* SPDX-License-Identifier: Apache-2.0 */
/* test_index_rules.c - what docs/traps.md says of index entries, each rule by the story that breaks it: F11 (a mark
 * that purge has passed by does not come back), F12 (equal keys in different leaves are still one key), and how
 * deferred and probing checks of uniqueness answer. */
#include "engine.h"

#include "base/arena.h"
#include "base/arith.h"
#include "table/index_leaf.h"
#include "table/table.h"

enum { PAYLOAD = 2600, CROWD = 40, RACERS = 4 };

typedef struct World {
    Sim *sim;
    Engine engine;
    Session session;
    TreeId table_id, index_id;
    Table *table;
    Index *index;
    RowId rows[CROWD];
    uint32_t won, lost, rounds, next;
    bool go;
} World;

static uint8_t payload[PAYLOAD];

static IndexKey key_of(uint32_t number, uint8_t *buffer)
{
    buffer[0] = 1;
    store_be32(buffer + 1, number);
    return (IndexKey){.key = {buffer, 5}, .payload = {payload, PAYLOAD}};
}

static RowId insert_row(World *w, Txn *txn)
{
    int32_t value = 1;
    RowId id;
    Vector vector = {.phys = PHYS_I32, .data = &value};
    Batch batch = {1, 1, &vector, {NULL, 1}, NULL};
    must_be_ok(table_insert(w->table, txn, &batch, &id));
    return id;
}

static Status insert(World *w, Session *session, Txn *txn, uint32_t number, RowId row,
                     UniqueCheck check, IndexOutcome *outcome)
{
    uint8_t buffer[8];
    IndexKey key = key_of(number, buffer);
    return index_insert(w->index, txn, &key, row, check, &session->wait, outcome);
}

static void mark(World *w, Txn *txn, uint32_t number, RowId row)
{
    uint8_t buffer[8];
    IndexKey key = key_of(number, buffer);
    must_be_ok(index_mark(w->index, txn, &key, row));
}

/* Live and marked entries of all the index, and its leaves. */
static void count_entries(World *w, uint32_t *live, uint32_t *marked, uint32_t *leaves)
{
    Tree *tree;
    uint8_t next[ENTRY_KEY_BYTES_MAX];
    TreeKey key = {.bytes = {next, 0}};
    *live = *marked = *leaves = 0;
    must_be_ok(tree_open(w->engine.store, w->index_id, &tree));
    do {
        PageRef leaf;
        Bytes low, high;
        must_be_ok(tree_latch_leaf(tree, &key, false, LATCH_SHARED, true, &leaf));
        (*leaves)++;
        *marked += index_leaf_marked_count(leaf.data);
        *live += index_leaf_count(leaf.data) - index_leaf_marked_count(leaf.data);
        index_leaf_fences(leaf.data, &low, &high);
        if (high.data) memcpy(next, high.data, high.bytes);
        key.bytes = high.data ? (Bytes){next, high.bytes} : (Bytes){0};
        pool_unlatch(&leaf);
    } while (key.bytes.data);
    tree_close(tree);
}

static void open_world(World *w)
{
    static const TableColumn column = {0, PHYS_I32, 0, {.null = true}};
    w->sim = sim_self();
    engine_create();
    engine_open(&w->engine, 256);
    session_open(&w->session, &w->engine, 1);
    Txn *txn = session_begin(&w->session);
    must_be_ok(table_create(txn, ENGINE_SPACE, &column, 1, 0, &w->table_id));
    must_be_ok(index_create(txn, ENGINE_SPACE, &(IndexOptions){.unique = true}, &w->index_id));
    must_be_ok(session_commit(txn));
    must_be_ok(table_open(w->engine.store, w->table_id, &w->table));
    must_be_ok(index_open(w->engine.store, w->index_id, w->table, &w->index));
}

static void close_world(World *w)
{
    index_close(w->index);
    table_close(w->table);
    session_close(&w->session);
    engine_close(&w->engine);
}

/* ---- F11 ---- */

static void leak_main(void *arg)
{
    World *w = arg;
    PurgeFigures figures;
    uint32_t live, marked, leaves;
    open_world(w);
    for (uint32_t late = 0; late < 2; late++) {
        Txn *txn = session_begin(&w->session);
        RowId row = insert_row(w, txn);
        must_be_ok(insert(w, &w->session, txn, late, row, UNIQUE_NOW, NULL));
        must_be_ok(session_commit(txn));
        txn = session_begin(&w->session);
        mark(w, txn, late, row);
        must_be_ok(session_commit(txn));
        txn = session_begin(&w->session);
        must_be_ok(insert(w, &w->session, txn, late, row, UNIQUE_NOW, NULL)); /* revives it */
        /* Early: purge meets the revived entry and passes by. Late: the rollback comes first. */
        if (!late) must_be_ok(table_purge_now(w->engine.txns, w->engine.store, &figures));
        txn_abort(txn);
        engine_settle(&w->engine);
        must_be_ok(table_purge_now(w->engine.txns, w->engine.store, &figures));
        count_entries(w, &live, &marked, &leaves);
        CHECK_TRUE(live == 0 && marked == 0);
    }
    close_world(w);
}

/* F11: A{T2 mark}; T3 revives A; purge reaches T2's undo and sees no mark; T3 aborts. */
static void test_mark_does_not_leak(void **state)
{
    (void)state;
    World world = {0};
    for (uint64_t n = 1; n <= 5; n++) on_machine(test_seed(n), leak_main, &world);
}

/* ---- F12 ---- */

static void racer_main(void *arg)
{
    World *w = arg;
    Session session;
    IndexOutcome outcome;
    session_open(&session, &w->engine, random_u64(sim_random(w->sim)));
    uint32_t part = CROWD / RACERS; /* each one a row of its own, in a leaf of its own mostly */
    RowId row = w->rows[part * w->next++ + random_below(sim_random(w->sim), part)];
    while (!w->go) must_be_ok(os_sleep_until(deadline_in_ms(1), WAIT_BACKGROUND));
    Txn *txn = session_begin(&session);
    Status status = insert(w, &session, txn, 7, row, UNIQUE_NOW, &outcome);
    if (status == OK) {
        must_be_ok(session_commit(txn));
        w->won++;
    } else {
        CHECK_TRUE(status == ST_DUPLICATE);
        txn_abort(txn);
        w->lost++;
    }
    session_close(&session);
}

static void race_main(void *arg)
{
    World *w = arg;
    Snapshot old;
    Session holder;
    uint32_t live, marked, leaves;
    Task *racers[RACERS];
    open_world(w);
    session_open(&holder, &w->engine, 2);
    Txn *holding = session_begin(&holder);
    must_be_ok(txn_snapshot(holding, &old)); /* keeps the marks from purge */
    for (uint32_t i = 0; i < CROWD; i++) {
        Txn *txn = session_begin(&w->session);
        w->rows[i] = insert_row(w, txn);
        must_be_ok(insert(w, &w->session, txn, 7, w->rows[i], UNIQUE_NOW, NULL));
        mark(w, txn, 7, w->rows[i]);
        must_be_ok(session_commit(txn));
    }
    count_entries(w, &live, &marked, &leaves);
    CHECK_TRUE(live == 0 && marked == CROWD && leaves >= 4);
    w->won = w->lost = w->next = 0;
    w->go = false;
    for (uint32_t i = 0; i < RACERS; i++) racers[i] = start_task("racer", racer_main, w);
    w->go = true;
    for (uint32_t i = 0; i < RACERS; i++) os_task_join(racers[i]);
    count_entries(w, &live, &marked, &leaves);
    CHECK_TRUE(live == 1 && w->won == 1 && w->lost == RACERS - 1);
    w->rounds++;
    txn_snapshot_release(&old);
    txn_abort(holding);
    session_close(&holder);
    close_world(w);
}

/* F12: entries of one key in many leaves, all marked; several revive one each, in leaves of their own. */
static void test_equal_keys_in_many_leaves(void **state)
{
    (void)state;
    World world = {0};
    for (uint64_t n = 1; n <= 25; n++) on_machine(test_seed(n), race_main, &world);
    assert_int_equal(world.rounds, 25);
}

/* ---- ways of asking ---- */

static void ways_main(void *arg)
{
    World *w = arg;
    IndexOutcome outcome;
    open_world(w);
    Txn *txn = session_begin(&w->session);
    RowId first = insert_row(w, txn), second = insert_row(w, txn);
    must_be_ok(insert(w, &w->session, txn, 1, first, UNIQUE_PROBE, &outcome));
    CHECK_TRUE(!outcome.duplicate);
    must_give(ST_DUPLICATE, insert(w, &w->session, txn, 1, second, UNIQUE_PROBE, &outcome));
    CHECK_TRUE(outcome.duplicate && outcome.other.v == first.v);
    must_be_ok(insert(w, &w->session, txn, 1, first, UNIQUE_EXISTING, &outcome));
    must_be_ok(insert(w, &w->session, txn, 1, second, UNIQUE_LATER, &outcome));
    CHECK_TRUE(outcome.duplicate && outcome.other.v == first.v);
    must_give(ST_DUPLICATE, insert(w, &w->session, txn, 1, second, UNIQUE_EXISTING, &outcome));
    must_give(ST_DUPLICATE, insert(w, &w->session, txn, 1, first, UNIQUE_EXISTING, &outcome));
    CHECK_TRUE(outcome.other.v == second.v);
    mark(w, txn, 1, first);
    must_be_ok(insert(w, &w->session, txn, 1, second, UNIQUE_EXISTING, &outcome));
    /* Keys with nulls that are distinct are no duplicates, nor in the way of others. */
    uint8_t buffer[8];
    IndexKey null = key_of(2, buffer);
    null.never_equal = true;
    must_be_ok(index_insert(w->index, txn, &null, first, UNIQUE_NOW, &w->session.wait, NULL));
    must_be_ok(index_insert(w->index, txn, &null, second, UNIQUE_NOW, &w->session.wait, NULL));
    null.key.bytes = INDEX_KEY_BYTES_MAX + 1;
    must_give(ST_FULL,
              index_insert(w->index, txn, &null, second, UNIQUE_NOW, &w->session.wait, NULL));
    must_give(ST_UNSUPPORTED,
              index_create(txn, ENGINE_SPACE, &(IndexOptions){.comparator = 1}, &(TreeId){0}));
    txn_abort(txn);
    close_world(w);
}

static void test_ways_of_asking(void **state)
{
    (void)state;
    World world = {0};
    on_machine(test_seed(1), ways_main, &world);
}

/* ---- batches ---- */

enum { BATCH = 9, LONG_KEY = 300 };

/* Keys of a batch: 5 and 7 alone; 6 twice; 1 is another row's, 2 of a row whose end is open; a null twice; one that is
 * too long. */
static void batch_keys(IndexKey keys[BATCH], uint8_t buffers[BATCH][LONG_KEY])
{
    static const uint32_t numbers[BATCH] = {7, 6, 1, 5, 6, 2, 8, 8, 9};
    for (uint32_t i = 0; i < BATCH; i++) {
        keys[i] = key_of(numbers[i], buffers[i]);
        keys[i].payload.bytes = i % 3 * 10;
    }
    keys[6].never_equal = keys[7].never_equal = true;
    memset(buffers[8] + 5, 1, LONG_KEY - 5);
    keys[8].key.bytes = LONG_KEY;
}

static void batch_main(void *arg)
{
    World *w = arg;
    Session other;
    uint8_t buffers[BATCH][LONG_KEY];
    IndexKey keys[BATCH];
    RowId rows[BATCH];
    uint32_t live, marked, leaves, waited = 0;
    uint64_t done = 0;
    open_world(w);
    session_open(&other, &w->engine, 2);
    Arena *arena = arena_new(store_account(w->engine.store), "batch");
    Txn *txn = session_begin(&w->session);
    must_be_ok(insert(w, &w->session, txn, 1, insert_row(w, txn), UNIQUE_NOW, NULL));
    must_be_ok(session_commit(txn));
    Txn *open = session_begin(&other);
    must_be_ok(insert(w, &other, open, 2, insert_row(w, open), UNIQUE_NOW, NULL));
    txn = session_begin(&w->session);
    for (uint32_t i = 0; i < BATCH; i++) rows[i] = insert_row(w, txn);
    batch_keys(keys, buffers);
    const Savepoint savepoint = txn_savepoint(txn);
    must_be_ok(index_insert_batch(w->index, txn, keys, rows, BATCH, UNIQUE_LATER, &w->session.wait,
                                  arena, &done, &waited));
    CHECK_TRUE(done == (1 << 0 | 1 << 1 | 1 << 3 | 1 << 6 | 1 << 7));
    count_entries(w, &live, &marked, &leaves);
    CHECK_TRUE(live == 7 && marked == 0);
    must_give(ST_DUPLICATE, insert(w, &w->session, txn, 6, rows[4], UNIQUE_NOW, NULL));
    must_be_ok(txn_rollback_to(txn, &savepoint));
    count_entries(w, &live, &marked, &leaves);
    CHECK_TRUE(live == 2 && marked == 0);
    RowWaitOptions nowait = w->session.wait;
    nowait.wait = ROW_NOWAIT;
    done = 0; /* nothing is put that stands behind what is waited for */
    must_give(ST_NOT_AVAILABLE, index_insert_batch(w->index, txn, keys, rows, BATCH, UNIQUE_NOW,
                                                   &nowait, arena, &done, &waited));
    CHECK_TRUE(done == 0 && waited == 5);
    done = 0; /* without the check only what is too long is left */
    must_be_ok(index_insert_batch(w->index, txn, keys, rows, BATCH, UNIQUE_NONE, &w->session.wait,
                                  arena, &done, &waited));
    CHECK_TRUE(done == (1 << 8) - 1);
    txn_abort(txn);
    txn_abort(open);
    engine_settle(&w->engine);
    count_entries(w, &live, &marked, &leaves);
    CHECK_TRUE(live == 1 && marked == 0);
    arena_drop(arena);
    session_close(&other);
    close_world(w);
}

static void test_batches_leave_what_is_to_be_told(void **state)
{
    (void)state;
    World world = {0};
    on_machine(test_seed(1), batch_main, &world);
}

/* ---- what purge has to read ---- */

static void set_payload(World *w, Txn *txn, RowId row, uint32_t bytes)
{
    uint8_t buffer[8];
    IndexKey key = key_of(3, buffer);
    key.payload.bytes = bytes;
    must_be_ok(index_set_payload(w->index, txn, &key, row));
}

/* Purges; how many records had to be read, and what room the row's entry has left over then. */
static uint64_t records_read(World *w, RowId row, uint32_t *slack)
{
    PurgeFigures figures;
    PageRef leaf;
    Tree *tree;
    uint8_t bytes[ENTRY_KEY_BYTES_MAX], buffer[8];
    uint32_t slot;
    const IndexKey key = key_of(3, buffer);
    memcpy(bytes, key.key.data, key.key.bytes);
    store_be16(bytes + key.key.bytes, (uint16_t)(row.v >> 32));
    store_be32(bytes + key.key.bytes + 2, (uint32_t)row.v);
    const TreeKey entry = {.bytes = {bytes, key.key.bytes + 6}};
    must_be_ok(table_purge_now(w->engine.txns, w->engine.store, &figures));
    CHECK_TRUE(undo_bytes(w->engine.store) == 0);
    must_be_ok(tree_open(w->engine.store, w->index_id, &tree));
    must_be_ok(tree_latch_leaf(tree, &entry, false, LATCH_SHARED, true, &leaf));
    CHECK_TRUE(index_leaf_find(leaf.data, entry.bytes, NULL, &slot));
    *slack = index_leaf_payload_slack(leaf.data, slot);
    pool_unlatch(&leaf);
    tree_close(tree);
    return figures.records;
}

/* Sets the payload's length in a transaction of its own. */
static uint64_t records_of(World *w, RowId row, uint32_t bytes)
{
    uint32_t slack;
    Txn *txn = session_begin(&w->session);
    set_payload(w, txn, row, bytes);
    must_be_ok(session_commit(txn));
    uint64_t records = records_read(w, row, &slack);
    CHECK_TRUE(slack == 0);
    return records;
}

static void unread_main(void *arg)
{
    World *w = arg;
    uint32_t slack;
    open_world(w);
    Txn *txn = session_begin(&w->session);
    const RowId row = insert_row(w, txn);
    must_be_ok(insert(w, &w->session, txn, 3, row, UNIQUE_NOW, NULL));
    must_be_ok(session_commit(txn));
    (void)records_read(w, row, &slack);
    CHECK_TRUE(records_of(w, row, PAYLOAD) == 0);
    CHECK_TRUE(records_of(w, row, 40) > 0); /* the room of the longer one is given up */
    CHECK_TRUE(records_of(w, row, 40) == 0);
    CHECK_TRUE(records_of(w, row, 90) > 0);
    CHECK_TRUE(records_of(w, row, 0) > 0);
    CHECK_TRUE(records_of(w, row, 90) == 0);
    /* Purge of the one that made it shorter meets another's entry, who has to give the room up then. */
    for (uint32_t i = 0; i < 2; i++) {
        txn = session_begin(&w->session);
        set_payload(w, txn, row, 40);
        must_be_ok(session_commit(txn));
    }
    CHECK_TRUE(records_read(w, row, &slack) > 0 && slack == 0);
    /* Of the same length, but the room of one that was longer and rolled back stands behind it. */
    txn = session_begin(&w->session);
    set_payload(w, txn, row, 40);
    const Savepoint savepoint = txn_savepoint(txn);
    set_payload(w, txn, row, 90);
    must_be_ok(txn_rollback_to(txn, &savepoint));
    must_be_ok(session_commit(txn));
    CHECK_TRUE(records_read(w, row, &slack) > 0 && slack == 0);
    close_world(w);
}

static void test_payload_of_the_same_length_is_not_purged(void **state)
{
    (void)state;
    World world = {0};
    on_machine(test_seed(1), unread_main, &world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_mark_does_not_leak),
        cmocka_unit_test(test_equal_keys_in_many_leaves),
        cmocka_unit_test(test_ways_of_asking),
        cmocka_unit_test(test_batches_leave_what_is_to_be_told),
        cmocka_unit_test(test_payload_of_the_same_length_is_not_purged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

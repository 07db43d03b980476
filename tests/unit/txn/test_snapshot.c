/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of snapshots, the ring, commit order, the purge horizon: transfers between accounts of a table of versions,
 * while a purge frees what the horizon allows and the ring is so small that it drops xids all the time. */
/* tsan: yes */
#include "fake_store.h"

#include <setjmp.h>

#include <cmocka.h>

enum { TELLERS = 4, READERS = 3, ACCOUNTS = 6, START = 100, TRANSFERS = 25 };

typedef struct Bank {
    Txns *txns;
    Store *store;
    uint64_t seed;
    uint32_t ring_bits, number;
    _Atomic uint32_t running;
    Mutex mutex;
    uint64_t purged, empty; /* empty: aborts that had written nothing */
} Bank;

static void bank_open(Bank *bank)
{
    TxnsOptions options = {.sessions_max = 16, .ring_bits = bank->ring_bits};
    EXPECT(txns_new(task_self()->account, &options, &bank->txns) == OK);
    bank->store = fake_new();
    bank->store->wal.sync_ns = 1000;
    EXPECT(txns_recover(bank->txns, bank->store, fake_apply, bank->store) == OK);
    for (uint32_t i = 0; i < ACCOUNTS; i++) bank->store->rows[i].value = START;
    mutex_init(&bank->mutex, RANK_NONE);
}

static uint32_t bank_number(Bank *bank)
{
    mutex_lock(&bank->mutex);
    uint32_t number = ++bank->number;
    mutex_unlock(&bank->mutex);
    return number;
}

static Status transfer(Client *client, Txn *txn)
{
    Snapshot snapshot;
    Store *store = client->store;
    uint32_t from = (uint32_t)random_below(&client->random, ACCOUNTS);
    uint32_t to = (from + 1 + (uint32_t)random_below(&client->random, ACCOUNTS - 1)) % ACCOUNTS;
    EXPECT(txn_snapshot(txn, &snapshot) == OK);
    int64_t a = fake_read(store, &snapshot, from), b = fake_read(store, &snapshot, to);
    Status status = fake_write(store, client, txn, &snapshot, from, a - 7);
    if (status == OK) {
        EXPECT(fake_read(store, &snapshot, from) ==
               a); /* F2: its own write is too new for this statement */
        txn_snapshot_refresh_own(txn, &snapshot);
        EXPECT(fake_read(store, &snapshot, from) == a - 7);
        status = fake_write(store, client, txn, &snapshot, to, b + 7);
    }
    txn_snapshot_release(&snapshot);
    return status;
}

static void teller_main(void *arg)
{
    Bank *bank = arg;
    Client client;
    uint32_t empty = 0;
    client_open(&client, bank->txns, bank->store, bank->seed + bank_number(bank));
    for (uint32_t i = 0; i < TRANSFERS; i++) {
        Txn *txn = client_begin(&client);
        Status status = transfer(&client, txn);
        if (status == OK && random_chance(&client.random, 5)) status = ST_CANCELLED;
        if (status == OK)
            EXPECT(txn_commit(txn, &(CommitOptions){.sync = random_chance(&client.random, 3)
                                                                ? COMMIT_SYNC_OFF
                                                                : COMMIT_SYNC_LOCAL}) == OK);
        if (status == OK) continue;
        empty += !txn_wrote(txn);
        txn_abort(txn);
    }
    client_close(&client);
    mutex_lock(&bank->mutex);
    bank->empty += empty;
    bank->running--;
    mutex_unlock(&bank->mutex);
}

static int64_t sum(Store *store, const Snapshot *snapshot)
{
    int64_t total = 0;
    for (uint32_t i = 0; i < ACCOUNTS; i++) total += fake_read(store, snapshot, i);
    return total;
}

static void look(Client *client, Txn *txn)
{
    Snapshot snapshot, copy;
    int64_t values[ACCOUNTS];
    EXPECT(txn_snapshot(txn, &snapshot) == OK);
    EXPECT(sum(client->store, &snapshot) == ACCOUNTS * START);
    for (uint32_t i = 0; i < ACCOUNTS; i++) values[i] = fake_read(client->store, &snapshot, i);
    EXPECT(txn_snapshot_copy(&copy, &snapshot) == OK);
    txn_snapshot_release(&snapshot);
    if (random_chance(&client->random, 3)) (void)os_sleep_until(deadline_in_ns(20000), WAIT_SLEEP);
    for (uint32_t i = 0; i < ACCOUNTS; i++) EXPECT(fake_read(client->store, &copy, i) == values[i]);
    txn_snapshot_release(&copy);
}

static void reader_main(void *arg)
{
    Bank *bank = arg;
    Client client;
    client_open(&client, bank->txns, bank->store, bank->seed + bank_number(bank));
    while (bank->running > 0) {
        Txn *txn = client_begin(&client);
        look(&client, txn);
        EXPECT(client_commit(txn) == OK);
        os_yield_point();
    }
    client_close(&client);
}

/* Frees the undo of everything at or below the horizon: a reader who follows a pointer into it stops the test. */
static void purge(Bank *bank)
{
    UndoRange range;
    CommitNumber horizon = txn_purge_horizon_advance(bank->txns, UNDO_DATA);
    while (txn_purge_next(bank->txns, UNDO_DATA, &range, 1) > 0) {
        EXPECT(range.number.v <= horizon.v);
        EXPECT(range.aborted || txn_is_visible_to_all(bank->txns, range.xid));
        mutex_lock(&bank->store->latch);
        FakeStream *stream = &bank->store->streams[UNDO_DATA][undo_ptr_stream(range.first)];
        for (uint32_t i = 0; i < stream->count; i++)
            if (stream->records[i].offset >= undo_ptr_offset(range.first) &&
                stream->records[i].offset < undo_ptr_offset(range.end)) {
                EXPECT(stream->records[i].xid.v == range.xid.v);
                stream->records[i].freed = true;
            }
        mutex_unlock(&bank->store->latch);
        bank->purged++;
        txn_purge_done(bank->txns, UNDO_DATA, 1);
    }
}

static void bank_main(void *arg)
{
    Bank *bank = arg;
    Task *tasks[TELLERS + READERS];
    bank_open(bank);
    bank->running = TELLERS;
    for (uint32_t i = 0; i < TELLERS + READERS; i++)
        tasks[i] = start("client", i < TELLERS ? teller_main : reader_main, bank);
    while (bank->running > 0) {
        purge(bank);
        os_yield_point();
    }
    for (uint32_t i = 0; i < TELLERS + READERS; i++) os_task_join(tasks[i]);
    purge(bank);
    TxnFigures figures;
    txns_figures(bank->txns, &figures);
    EXPECT(figures.active == 0 && figures.aborting == 0);
    EXPECT(figures.oldest_running.v == figures.next.v);
    EXPECT(bank->purged == figures.commits + figures.aborts - bank->empty);
    txns_release(bank->txns);
    fake_free(bank->store);
}

/* F2, F15, C2, C3: no snapshot sees half of a transfer or misses what purge took, whatever the ring has forgotten. */
static void test_bank(void **state)
{
    (void)state;
    for (uint64_t n = 0; n < 400; n++) {
        Bank bank = {.seed = seed_base() + n, .ring_bits = n % 2 ? 4 : 16};
        on_sim(seed_base() + n, bank_main, &bank);
    }
}

static void test_bank_on_threads(void **state)
{
    (void)state;
    for (uint64_t n = 0; n < 10; n++) {
        Bank bank = {.seed = seed_base() + n, .ring_bits = n % 2 ? 4 : 16};
        on_real(bank_main, &bank);
    }
}

/* ---- one client's view */

static void commit_value(Client *client, uint32_t row, int64_t value)
{
    Snapshot snapshot;
    Txn *txn = client_begin(client);
    EXPECT(txn_snapshot(txn, &snapshot) == OK);
    EXPECT(fake_write(client->store, client, txn, &snapshot, row, value) == OK);
    txn_snapshot_release(&snapshot);
    EXPECT(client_commit(txn) == OK);
}

/* C2: a snapshot and a writer from long before, with a ring of 16 xids. */
static void old_main(void *arg)
{
    Bank *bank = arg;
    Client old, slow, busy;
    Snapshot before, slow_view, after;
    bank_open(bank);
    client_open(&old, bank->txns, bank->store, 1);
    client_open(&slow, bank->txns, bank->store, 2);
    client_open(&busy, bank->txns, bank->store, 3);
    Txn *writer = client_begin(&slow), *reader = client_begin(&old);
    EXPECT(txn_snapshot(writer, &slow_view) == OK);
    EXPECT(fake_write(bank->store, &slow, writer, &slow_view, 1, 111) == OK);
    Xid slow_xid = txn_xid(writer);
    EXPECT(txn_snapshot(reader, &before) == OK);
    for (int64_t i = 0; i < 300; i++) {
        commit_value(&busy, 0, i);
        EXPECT(fake_read(bank->store, &before, 0) == START);
        EXPECT(fake_read(bank->store, &before, 1) == START);
        EXPECT(txn_xid_state(bank->txns, slow_xid, NULL) == XID_IN_PROGRESS);
    }
    Xid xmin, xmax, *running;
    uint32_t count;
    Arena *arena = arena_new(task_self()->account, "test");
    EXPECT(txn_snapshot_describe(&before, arena, &xmin, &xmax, &running, &count) == OK);
    EXPECT(count == 1 && running[0].v == slow_xid.v && xmin.v == slow_xid.v &&
           xmax.v == slow_xid.v + 1);
    arena_drop(arena);
    txn_snapshot_release(&slow_view);
    EXPECT(client_commit(writer) == OK);
    for (int64_t i = 0; i < 100; i++) commit_value(&busy, 0, i);
    EXPECT(fake_read(bank->store, &before, 1) == START);
    EXPECT(txn_purge_horizon_advance(bank->txns, UNDO_DATA).v == before.number.v);
    EXPECT(!txn_is_visible_to_all(bank->txns, slow_xid));
    txn_snapshot_release(&before);
    EXPECT(txn_snapshot(reader, &after) == OK);
    EXPECT(fake_read(bank->store, &after, 1) == 111 && fake_read(bank->store, &after, 0) == 99);
    txn_snapshot_release(&after);
    (void)txn_purge_horizon_advance(bank->txns, UNDO_DATA);
    EXPECT(txn_is_visible_to_all(bank->txns, slow_xid));
    EXPECT(client_commit(reader) == OK);
    client_close(&old);
    client_close(&slow);
    client_close(&busy);
    txns_release(bank->txns);
    fake_free(bank->store);
}

static void test_old_snapshot(void **state)
{
    (void)state;
    Bank bank = {.ring_bits = 4};
    on_sim(seed_base() + 1, old_main, &bank);
}

static void export_main(void *arg)
{
    Bank *bank = arg;
    Client one, two;
    Snapshot mine, theirs;
    Str text;
    bank_open(bank);
    client_open(&one, bank->txns, bank->store, 1);
    client_open(&two, bank->txns, bank->store, 2);
    Arena *arena = arena_new(task_self()->account, "test");
    Txn *exporter = client_begin(&one);
    EXPECT(txn_snapshot(exporter, &mine) == OK);
    EXPECT(txn_snapshot_export(&mine, arena, &text) == OK);
    commit_value(&two, 0, 5);
    Txn *importer = client_begin(&two);
    EXPECT(txn_snapshot_import(importer, text, &theirs) == OK);
    EXPECT(fake_read(bank->store, &theirs, 0) == START);
    txn_snapshot_release(&mine);
    EXPECT(client_commit(exporter) == OK);
    EXPECT(txn_purge_horizon_advance(bank->txns, UNDO_DATA).v == theirs.number.v);
    EXPECT(fake_read(bank->store, &theirs, 0) == START);
    txn_snapshot_release(&theirs);
    EXPECT(txn_snapshot_import(importer, text, &theirs) == ST_NOT_FOUND);
    EXPECT(txn_snapshot_import(importer, STR("nonsense"), &theirs) == ST_INVALID);
    EXPECT(txn_snapshot_import(importer, STR("00000001-0000000Z-1"), &theirs) == ST_INVALID);
    EXPECT(client_commit(importer) == OK);
    arena_drop(arena);
    client_close(&one);
    client_close(&two);
    txns_release(bank->txns);
    fake_free(bank->store);
}

static void test_export(void **state)
{
    (void)state;
    Bank bank = {0};
    on_sim(seed_base() + 1, export_main, &bank);
}

/* What pg_xact_status and max_undo_size ask. */
static void asked_main(void *arg)
{
    Bank *bank = arg;
    Client old, busy;
    Snapshot snapshot;
    XidState state;
    bank_open(bank);
    client_open(&old, bank->txns, bank->store, 1);
    client_open(&busy, bank->txns, bank->store, 2);
    Txn *txn = client_begin(&old);
    EXPECT(txn_system(txn) == bank->txns && txn_store(txn) == bank->store);
    EXPECT(txn_snapshot(txn, &snapshot) == OK);
    for (int64_t i = 0; i < 40; i++) commit_value(&busy, 0, i);
    EXPECT(txn_status_of(bank->txns, (Xid){XID_FIRST + 39}, &state) == OK &&
           state == XID_COMMITTED);
    EXPECT(txn_status_of(bank->txns, (Xid){XID_FIRST}, &state) ==
           ST_NOT_FOUND); /* the ring has forgotten it */
    EXPECT(txn_status_of(bank->txns, (Xid){XID_FIRST + 40}, &state) == ST_INVALID);
    EXPECT(txn_check_cancelled(txn) == OK);
    txn_cancel_oldest(bank->txns);
    EXPECT(txn_check_cancelled(txn) == ST_SNAPSHOT_TOO_OLD);
    EXPECT(error_current()->code == SQLSTATE_SNAPSHOT_TOO_OLD);
    txn_snapshot_release(&snapshot);
    txn_abort(txn);
    txn = client_begin(&old);
    EXPECT(txn_check_cancelled(txn) == OK);
    EXPECT(client_commit(txn) == OK);
    client_close(&old);
    client_close(&busy);
    txns_release(bank->txns);
    fake_free(bank->store);
}

static void test_asked(void **state)
{
    (void)state;
    Bank bank = {.ring_bits = 4};
    on_sim(seed_base() + 1, asked_main, &bank);
}

/* Many snapshots in one session: more than the cells in its slot. */
static void many_main(void *arg)
{
    enum { COUNT = 50 };
    Bank *bank = arg;
    Client one, two;
    static Snapshot snapshots[COUNT];
    bank_open(bank);
    client_open(&one, bank->txns, bank->store, 1);
    client_open(&two, bank->txns, bank->store, 2);
    Txn *txn = client_begin(&one);
    for (uint32_t i = 0; i < COUNT; i++) {
        EXPECT(txn_snapshot(txn, &snapshots[i]) == OK);
        commit_value(&two, 0, i);
    }
    for (uint32_t i = 0; i < COUNT; i++) {
        EXPECT(txn_purge_horizon_advance(bank->txns, UNDO_DATA).v == snapshots[i].number.v);
        EXPECT(fake_read(bank->store, &snapshots[i], 0) == (i ? (int64_t)i - 1 : START));
        txn_snapshot_release(&snapshots[i]);
    }
    EXPECT(client_commit(txn) == OK);
    client_close(&one);
    client_close(&two);
    txns_release(bank->txns);
    fake_free(bank->store);
}

static void test_many_snapshots(void **state)
{
    (void)state;
    Bank bank = {.ring_bits = 4};
    on_sim(seed_base() + 1, many_main, &bank);
}

/* max_undo_size costs the oldest snapshot, also when its session has had more of them than its slot has cells. */
static void oldest_of_many_main(void *arg)
{
    enum { COUNT = 50 };
    Bank *bank = arg;
    Client one, two;
    Snapshot young;
    static Snapshot snapshots[COUNT];
    bank_open(bank);
    client_open(&one, bank->txns, bank->store, 1);
    client_open(&two, bank->txns, bank->store, 2);
    Txn *old_one = client_begin(&one);
    for (uint32_t i = 0; i < COUNT; i++) EXPECT(txn_snapshot(old_one, &snapshots[i]) == OK);
    for (uint32_t i = 0; i < COUNT - 1; i++) txn_snapshot_release(&snapshots[i]);
    commit_value(&two, 0, 1);
    Txn *young_one = client_begin(&two);
    EXPECT(txn_snapshot(young_one, &young) == OK);
    txn_cancel_oldest(bank->txns);
    EXPECT(txn_check_cancelled(young_one) == OK);
    EXPECT(txn_check_cancelled(old_one) == ST_SNAPSHOT_TOO_OLD);
    txn_snapshot_release(&young);
    txn_snapshot_release(&snapshots[COUNT - 1]);
    EXPECT(client_commit(young_one) == OK);
    txn_abort(old_one);
    client_close(&one);
    client_close(&two);
    txns_release(bank->txns);
    fake_free(bank->store);
}

static void test_the_oldest_of_many_is_cancelled(void **state)
{
    (void)state;
    Bank bank = {.ring_bits = 4};
    on_sim(seed_base() + 1, oldest_of_many_main, &bank);
}

/* A transaction that rests loses its snapshots, all of them, when undo waits for the oldest: purge goes on at once, and
 * who is awake again is told before he looks. One that is awake keeps them until he looks. */
static void resting_main(void *arg)
{
    enum { COUNT = 7 };
    Bank *bank = arg;
    Client one, two;
    Snapshot snapshots[COUNT], copy;
    bank_open(bank);
    client_open(&one, bank->txns, bank->store, 1);
    client_open(&two, bank->txns, bank->store, 2);
    Txn *resting = client_begin(&one);
    for (uint32_t i = 0; i < COUNT; i++) EXPECT(txn_snapshot(resting, &snapshots[i]) == OK);
    txn_rest(resting);
    txn_cancel_oldest(bank->txns); /* nothing waits for them */
    txn_wake(resting);
    for (uint32_t i = 0; i < COUNT; i++) EXPECT(txn_snapshot_check(&snapshots[i]) == OK);
    commit_value(&two, 0, 1);
    const CommitNumber newest = txns_newest(bank->txns);
    txn_cancel_oldest(bank->txns); /* awake */
    EXPECT(txn_snapshot_check(&snapshots[0]) == OK);
    EXPECT(txn_purge_horizon_advance(bank->txns, UNDO_DATA).v < newest.v);
    txn_rest(resting);
    EXPECT(txn_purge_horizon_advance(bank->txns, UNDO_DATA).v < newest.v);
    txn_cancel_oldest(bank->txns);
    EXPECT(txn_purge_horizon_advance(bank->txns, UNDO_DATA).v == newest.v);
    EXPECT(txn_session_xmin(bank->txns, one.slot).v == 0);
    txn_wake(resting);
    for (uint32_t i = 0; i < COUNT; i++)
        EXPECT(txn_snapshot_check(&snapshots[i]) == ST_SNAPSHOT_TOO_OLD);
    EXPECT(txn_snapshot_copy(&copy, &snapshots[0]) == ST_SNAPSHOT_TOO_OLD);
    EXPECT(txn_snapshot(resting, &copy) == OK); /* a new one is as good as any */
    EXPECT(txn_snapshot_check(&copy) == OK);
    txn_snapshot_release(&copy);
    for (uint32_t i = 0; i < COUNT; i++) txn_snapshot_release(&snapshots[i]);
    txn_abort(resting);
    Txn *next = client_begin(&one);
    EXPECT(txn_snapshot(next, &copy) == OK && txn_snapshot_check(&copy) == OK);
    txn_snapshot_release(&copy);
    txn_abort(next);
    client_close(&one);
    client_close(&two);
    txns_release(bank->txns);
    fake_free(bank->store);
}

static void test_who_rests_loses_its_snapshots(void **state)
{
    (void)state;
    Bank bank = {0};
    on_sim(seed_base() + 1, resting_main, &bank);
}

/* ---- savepoints and aborts */

static void savepoint_main(void *arg)
{
    Bank *bank = arg;
    Client one;
    Snapshot snapshot;
    bank_open(bank);
    client_open(&one, bank->txns, bank->store, 1);
    Txn *txn = client_begin(&one);
    EXPECT(txn_snapshot(txn, &snapshot) == OK);
    Savepoint outer = txn_savepoint(txn);
    EXPECT(fake_write(bank->store, &one, txn, &snapshot, 0, 1) == OK);
    Savepoint inner = txn_savepoint(txn);
    EXPECT(fake_write(bank->store, &one, txn, &snapshot, 0, 2) == OK);
    EXPECT(fake_write(bank->store, &one, txn, &snapshot, 1, 2) == OK);
    EXPECT(txn_rollback_to(txn, &inner) == OK);
    txn_snapshot_refresh_own(txn, &snapshot);
    EXPECT(fake_read(bank->store, &snapshot, 0) == 1 &&
           fake_read(bank->store, &snapshot, 1) == START);
    EXPECT(bank->store->applied == 2);
    EXPECT(fake_write(bank->store, &one, txn, &snapshot, 1, 3) == OK);
    EXPECT(txn_rollback_to(txn, &inner) == OK);
    EXPECT(bank->store->applied == 3); /* what was undone before is jumped over */
    EXPECT(txn_rollback_to(txn, &outer) == OK);
    EXPECT(bank->store->applied == 4);
    txn_snapshot_refresh_own(txn, &snapshot);
    EXPECT(fake_read(bank->store, &snapshot, 0) == START);
    EXPECT(fake_write(bank->store, &one, txn, &snapshot, 2, 9) == OK);
    txn_snapshot_release(&snapshot);
    txn_abort(txn);
    EXPECT(bank->store->applied == 5);
    for (uint32_t i = 0; i < ACCOUNTS; i++) EXPECT(bank->store->rows[i].value == START);
    client_close(&one);
    txns_release(bank->txns);
    fake_free(bank->store);
}

static void test_savepoints(void **state)
{
    (void)state;
    Bank bank = {0};
    on_sim(seed_base() + 1, savepoint_main, &bank);
}

/* F3: whoever copied a head's pointer before the writer was undone may still follow it: the undo of an abort stays
 * until all snapshots of that moment are gone, and later ones do not keep it. */
static void aborted_main(void *arg)
{
    Bank *bank = arg;
    Client one, two;
    Snapshot view, before, after;
    UndoRange range;
    bank_open(bank);
    client_open(&one, bank->txns, bank->store, 1);
    client_open(&two, bank->txns, bank->store, 2);
    commit_value(&two, 1, 5);
    purge(bank);
    Txn *reader = client_begin(&two), *writer = client_begin(&one);
    EXPECT(txn_snapshot(writer, &view) == OK);
    EXPECT(fake_write(bank->store, &one, writer, &view, 0, 7) == OK);
    EXPECT(txn_snapshot(reader, &before) == OK);
    const Xid xid = txn_xid(writer);
    txn_snapshot_release(&view);
    txn_abort(writer);
    EXPECT(txn_snapshot(reader, &after) == OK);
    (void)txn_purge_horizon_advance(bank->txns, UNDO_DATA);
    EXPECT(txn_purge_next(bank->txns, UNDO_DATA, &range, 1) == 0);
    EXPECT(fake_read(bank->store, &before, 0) == START);
    txn_snapshot_release(&before);
    (void)txn_purge_horizon_advance(bank->txns, UNDO_DATA);
    EXPECT(txn_purge_next(bank->txns, UNDO_DATA, &range, 1) == 1);
    EXPECT(range.aborted && range.xid.v == xid.v);
    txn_purge_done(bank->txns, UNDO_DATA, 1);
    txn_snapshot_release(&after);
    EXPECT(client_commit(reader) == OK);
    client_close(&one);
    client_close(&two);
    txns_release(bank->txns);
    fake_free(bank->store);
}

static void test_undo_of_an_abort_outlives_its_readers(void **state)
{
    (void)state;
    Bank bank = {0};
    on_sim(seed_base() + 1, aborted_main, &bank);
}

static void rollback_main(void *arg)
{
    (void)txns_rollback_run(arg);
}

/* C8: a big abort frees its session at once; its rows and locks stand until the background has undone it. */
static void big_abort_main(void *arg)
{
    enum { WRITES = 12 };
    Bank *bank = arg;
    Client one, two;
    Snapshot snapshot;
    LockTag tag = {.kind = LOCK_RELATION, .database = 5, .a = 16384};
    LockOptions options = fake_lock_options();
    bank_open(bank);
    client_open(&one, bank->txns, bank->store, 1);
    client_open(&two, bank->txns, bank->store, 2);
    Txn *txn = client_begin(&one);
    EXPECT(lock_take(one.locks, txn, &tag, LOCK_ROW_EXCLUSIVE, &options) == OK);
    EXPECT(txn_snapshot(txn, &snapshot) == OK);
    for (uint32_t i = 0; i < WRITES; i++) {
        EXPECT(fake_write(bank->store, &one, txn, &snapshot, i % ACCOUNTS, i) == OK);
        txn_snapshot_refresh_own(txn, &snapshot);
    }
    txn_snapshot_release(&snapshot);
    bank->store->fail_undo = true;
    txn_abort(txn);
    /* the session goes on */
    txn = client_begin(&one);
    EXPECT(client_commit(txn) == OK);
    txn = client_begin(&two);
    options.wait = LOCK_NOWAIT;
    EXPECT(lock_take(two.locks, txn, &tag, LOCK_SHARE, &options) == ST_NOT_AVAILABLE);
    bank->store->fail_undo = false;
    Task *background = start("rollback", rollback_main, bank->txns);
    options.wait = LOCK_WAIT;
    EXPECT(lock_take(two.locks, txn, &tag, LOCK_SHARE, &options) == OK);
    for (uint32_t i = 0; i < ACCOUNTS; i++) EXPECT(bank->store->rows[i].value == START);
    EXPECT(bank->store->records[bank->store->record_count - 1].record.kind == WAL_ABORT);
    EXPECT(client_commit(txn) == OK);
    os_task_interrupt(background, TASK_TERMINATE);
    os_task_join(background);
    client_close(&one);
    client_close(&two);
    txns_release(bank->txns);
    fake_free(bank->store);
}

static void test_big_abort(void **state)
{
    (void)state;
    for (uint64_t n = 0; n < 50; n++) {
        Bank bank = {0};
        on_sim(seed_base() + n, big_abort_main, &bank);
    }
}

/* commit_delay waits only when commit_siblings others are writing. */
static void commit_delay_main(void *arg)
{
    Bank *bank = arg;
    Client clients[3];
    Txn *txns[3];
    const CommitOptions options = {.sync = COMMIT_SYNC_LOCAL, .delay_us = 700, .siblings = 2};
    bank_open(bank);
    for (uint32_t i = 0; i < 3; i++) {
        client_open(&clients[i], bank->txns, bank->store, i + 1);
        txns[i] = client_begin(&clients[i]);
        Snapshot snapshot;
        EXPECT(txn_snapshot(txns[i], &snapshot) == OK);
        EXPECT(fake_write(bank->store, &clients[i], txns[i], &snapshot, i, i) == OK);
        txn_snapshot_release(&snapshot);
    }
    Wal *wal = store_wal(bank->store);
    for (uint32_t i = 0; i < 3; i++) {
        EXPECT(txn_commit(txns[i], &options) == OK);
        EXPECT(wal->delay_us == (i == 0 ? 700 : 0));
        client_close(&clients[i]);
    }
    txns_release(bank->txns);
    fake_free(bank->store);
}

static void test_commit_delay(void **state)
{
    (void)state;
    Bank bank = {0};
    on_sim(seed_base() + 1, commit_delay_main, &bank);
}

/* ---- the speed of doing nothing */

static void speed_main(void *arg)
{
    enum { ROUNDS = 2000000 };
    Bank *bank = arg;
    Client one;
    bank_open(bank);
    client_open(&one, bank->txns, bank->store, 1);
    TxnOptions options = {.space = {SPACE_FIRST_USER}, .session = one.slot};
    int64_t from = os_monotonic_ns();
    for (uint32_t i = 0; i < ROUNDS; i++) {
        Txn *txn;
        Snapshot snapshot;
        EXPECT(txn_begin(bank->txns, &options, &txn) == OK);
        EXPECT(txn_snapshot(txn, &snapshot) == OK);
        txn_snapshot_release(&snapshot);
        EXPECT(txn_commit(txn, &(CommitOptions){.sync = COMMIT_SYNC_LOCAL}) == OK);
    }
    print_message("begin, snapshot, release, commit: %.1f ns\n",
                  (double)(os_monotonic_ns() - from) / ROUNDS);
    client_close(&one);
    txns_release(bank->txns);
    fake_free(bank->store);
}

static void test_speed(void **state)
{
    (void)state;
    Bank bank = {0};
    on_real(speed_main, &bank);
}

#ifdef __SANITIZE_THREAD__
enum { SHOWS_RACES = true };
#else
enum { SHOWS_RACES = false };
#endif

int main(void)
{
    const struct CMUnitTest on_threads[] = {cmocka_unit_test(test_bank_on_threads)};
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bank),
        cmocka_unit_test(test_bank_on_threads),
        cmocka_unit_test(test_old_snapshot),
        cmocka_unit_test(test_export),
        cmocka_unit_test(test_many_snapshots),
        cmocka_unit_test(test_savepoints),
        cmocka_unit_test(test_asked),
        cmocka_unit_test(test_big_abort),
        cmocka_unit_test(test_undo_of_an_abort_outlives_its_readers),
        cmocka_unit_test(test_the_oldest_of_many_is_cancelled),
        cmocka_unit_test(test_who_rests_loses_its_snapshots),
        cmocka_unit_test(test_commit_delay),
        cmocka_unit_test(test_speed),
    };
    /* The tasks of a simulation take turns: there TSan has nothing to find, and takes minutes. */
    return SHOWS_RACES ? cmocka_run_group_tests(on_threads, NULL, NULL)
                       : cmocka_run_group_tests(tests, NULL, NULL);
}

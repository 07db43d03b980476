/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of two-phase commit, checkpoints and recovery: random clients, a crash at any moment, and a comparison of the
 * rows with what had been acknowledged. */
#include "fake_store.h"

#include <setjmp.h>

#include <cmocka.h>

#include "base/random.h"
#include "txn/ssi.h"

enum { CLIENTS = 3, ROWS = 12, GIDS = 3 };

typedef struct World {
    Txns *txns;
    Store *store;
    uint64_t seed;
    uint32_t number, running, serial, many_reads;
    Mutex mutex;
    /* the last checkpoint that ended */
    Arena *arena;
    uint8_t *carried;
    size_t carried_bytes;
    uint32_t replay_from;
    /* what must be there: by row, the value acknowledged and, in doubt, another */
    int64_t sure[ROWS], maybe[ROWS];
    bool doubtful[ROWS];
    struct {
        bool prepared, doubtful;
        uint32_t row;
        int64_t value;
    } gids[GIDS];
} World;

static void world_open(World *world)
{
    TxnsOptions options = {.sessions_max = 16, .prepared_max = 10, .ring_bits = 5};
    StoreUpper upper = {0};
    EXPECT(txns_new(task_self()->account, &options, &world->txns) == OK);
    txns_fill_upper(world->txns, &upper);
    fake_replay(world->store, &upper, world->replay_from,
                (Bytes){world->carried, world->carried_bytes});
    EXPECT(txns_recover(world->txns, world->store, fake_apply, world->store) == OK);
    mutex_init(&world->mutex, RANK_NONE);
}

static Str gid_of(uint32_t number)
{
    static const char *const gids[GIDS] = {"one", "two", "three"};
    return str_from(gids[number]);
}

/* A client has its own rows: what they must hold is known. */
static void one_change(World *world, Client *client, uint32_t row)
{
    Snapshot snapshot;
    Txn *txn = client_begin(client);
    int64_t value = (int64_t)++world->serial;
    EXPECT(txn_snapshot(txn, &snapshot) == OK);
    Status status = fake_write(world->store, client, txn, &snapshot, row, value);
    EXPECT(status == OK || status == ST_CHANGED);
    txn_snapshot_release(&snapshot);
    if (status != OK || random_chance(&client->random, 4)) {
        txn_abort(txn);
        return;
    }
    world->maybe[row] = value;
    world->doubtful[row] = true;
    EXPECT(client_commit(txn) == OK);
    world->sure[row] = value;
    world->doubtful[row] = false;
}

static void one_prepare(World *world, Client *client, uint32_t gid, uint32_t row)
{
    Snapshot snapshot;
    Xid holder;
    LockOptions options = fake_lock_options();
    LockTag tag = {.kind = LOCK_RELATION, .database = 5, .a = 1000 + gid};
    Txn *txn = client_begin(client);
    int64_t value = (int64_t)++world->serial;
    EXPECT(lock_take(client->locks, txn, &tag, LOCK_ROW_EXCLUSIVE, &options) == OK);
    EXPECT(txn_snapshot(txn, &snapshot) == OK);
    EXPECT(fake_write(world->store, client, txn, &snapshot, row, value) == OK);
    EXPECT(row_lock_try(txn, tree_id(SPACE_SHARED, 3), (RowId){gid + 1}, ROW_KEY_SHARE, &holder) ==
           OK);
    txn_snapshot_release(&snapshot);
    world->gids[gid].row = row;
    world->gids[gid].value = value;
    world->gids[gid].doubtful = true;
    EXPECT(txn_prepare(txn, gid_of(gid), (Bytes){(const uint8_t *)"extra", 5}) == OK);
    world->gids[gid].prepared = true;
    world->gids[gid].doubtful = false;
}

static void count_end(void *count, Bytes extra)
{
    EXPECT(extra.bytes == 5 && memcmp(extra.data, "extra", 5) == 0);
    ++*(uint32_t *)count;
}

static Status refuse(void *count, Bytes extra)
{
    count_end(count, extra);
    return error_note(ST_INVALID, SQLSTATE_INSUFFICIENT_PRIVILEGE, "refused");
}

static void one_end(World *world, Client *client, uint32_t gid)
{
    uint32_t ended = 0, refused = 0;
    const PreparedEnd end = {.ended = count_end, .arg = &ended};
    const PreparedEnd refusal = {.check = refuse, .ended = count_end, .arg = &refused};
    uint32_t row = world->gids[gid].row;
    world->gids[gid].doubtful = true;
    if (random_chance(&client->random, 2)) {
        world->maybe[row] = world->gids[gid].value;
        world->doubtful[row] = true;
        EXPECT(txn_commit_prepared(world->txns, gid_of(gid), &refusal) == ST_INVALID);
        EXPECT(txn_commit_prepared(world->txns, gid_of(gid), &end) == OK);
        world->sure[row] = world->gids[gid].value;
        world->doubtful[row] = false;
    } else {
        EXPECT(txn_abort_prepared(world->txns, gid_of(gid), &refusal) == ST_INVALID);
        EXPECT(txn_abort_prepared(world->txns, gid_of(gid), &end) == OK);
    }
    world->gids[gid].prepared = world->gids[gid].doubtful = false;
    EXPECT(txn_commit_prepared(world->txns, gid_of(gid), &end) == ST_NOT_FOUND);
    EXPECT(ended == 1 && refused == 1);
}

static void client_main(void *arg)
{
    World *world = arg;
    Client client;
    mutex_lock(&world->mutex);
    uint32_t number = world->number++ % CLIENTS;
    mutex_unlock(&world->mutex);
    client_open(&client, world->txns, world->store, world->seed + number + world->serial);
    for (uint32_t i = 0; i < 30; i++) {
        uint32_t row = number * (ROWS / CLIENTS) +
                       (uint32_t)random_below(&client.random, ROWS / CLIENTS - 1);
        uint32_t gid_row = number * (ROWS / CLIENTS) + ROWS / CLIENTS - 1;
        if (!random_chance(&client.random, 4))
            one_change(world, &client, row);
        else if (world->gids[number].prepared)
            one_end(world, &client, number);
        else
            one_prepare(world, &client, number, gid_row);
    }
    client_close(&client);
    mutex_lock(&world->mutex);
    world->running--;
    mutex_unlock(&world->mutex);
}

static void rollback_main(void *arg)
{
    (void)txns_rollback_run(arg);
}

/* As the store does it: the begin record, what is open, and only when that is durable the checkpoint counts. */
static void checkpoint(World *world)
{
    StoreUpper upper = {0};
    Arena *arena = arena_new(task_self()->account, "checkpoint");
    txns_fill_upper(world->txns, &upper);
    uint32_t from = world->store->record_count;
    Lsn end, begin = wal_append(&world->store->wal, WAL_CHECKPOINT_BEGIN, XID_NONE, NULL, 0, NULL,
                                0, &end);
    os_yield_point();
    StrBuilder out = str_builder(arena, 100);
    EXPECT(upper.checkpoint_collect(upper.arg, begin, &out) == OK);
    EXPECT(wal_sync(&world->store->wal, (Lsn){world->store->wal.end}, 0) == OK);
    Str text = str_peek(&out);
    free(world->carried);
    world->carried = malloc(text.bytes + 1);
    memcpy(world->carried, text.data, text.bytes);
    world->carried_bytes = text.bytes;
    world->replay_from = from;
    arena_drop(arena);
}

static void live_main(void *arg)
{
    World *world = arg;
    Task *tasks[CLIENTS];
    world_open(world);
    Task *background = start("rollback", rollback_main, world->txns);
    world->running = CLIENTS;
    world->number = 0;
    Random random;
    random_seed(&random, world->seed);
    if (!random_chance(&random, 4)) sim_crash_at(sim_self(), 1 + random_below(&random, 6000), true);
    for (uint32_t i = 0; i < CLIENTS; i++) tasks[i] = start("client", client_main, world);
    while (world->running > 0) {
        checkpoint(world);
        (void)os_sleep_until(deadline_in_ns((int64_t)random_below(&random, 100000)), WAIT_SLEEP);
    }
    for (uint32_t i = 0; i < CLIENTS; i++) os_task_join(tasks[i]);
    sim_crash_at(sim_self(), 0, false);
    os_task_interrupt(background, TASK_TERMINATE);
    os_task_join(background);
    sim_crash_now(false);
}

/* F1: what was prepared comes back with its locks, and can be ended. */
static void check_gid(World *world, Client *client, uint32_t gid)
{
    Arena *arena = arena_new(task_self()->account, "test");
    PreparedInfo *list;
    uint32_t count, row = world->gids[gid].row;
    bool there = false;
    EXPECT(txn_prepared_list(world->txns, arena, &list, &count) == OK);
    for (uint32_t i = 0; i < count; i++) there = there || str_equal(list[i].gid, gid_of(gid));
    arena_drop(arena);
    EXPECT(world->gids[gid].doubtful || there == world->gids[gid].prepared);
    world->gids[gid].prepared = there;
    world->gids[gid].doubtful = false;
    if (!there) return;
    EXPECT(world->store->rows[row].value == world->gids[gid].value);
    LockOptions options = fake_lock_options();
    options.wait = LOCK_NOWAIT;
    LockTag tag = {.kind = LOCK_RELATION, .database = 5, .a = 1000 + gid};
    Txn *txn = client_begin(client);
    Xid holder;
    EXPECT(txn_need_xid(txn, NULL) == OK);
    EXPECT(lock_take(client->locks, txn, &tag, LOCK_SHARE, &options) == ST_NOT_AVAILABLE);
    EXPECT(
        row_lock_conflicts(txn, tree_id(SPACE_SHARED, 3), (RowId){gid + 1}, ROW_UPDATE, &holder));
    EXPECT(!row_lock_conflicts(txn, tree_id(SPACE_SHARED, 3), (RowId){gid + 1}, ROW_NO_KEY_UPDATE,
                               &holder));
    EXPECT(holder.v == world->store->rows[row].xid.v);
    EXPECT(client_commit(txn) == OK);
}

static void check_rows(World *world)
{
    Client client;
    Snapshot snapshot;
    client_open(&client, world->txns, world->store, 1);
    Txn *txn = client_begin(&client);
    EXPECT(txn_snapshot(txn, &snapshot) == OK);
    for (uint32_t row = 0; row < ROWS; row++) {
        int64_t value = fake_read(world->store, &snapshot, row);
        EXPECT(value == world->sure[row] || (world->doubtful[row] && value == world->maybe[row]));
        world->sure[row] = value;
        world->doubtful[row] = false;
    }
    txn_snapshot_release(&snapshot);
    EXPECT(client_commit(txn) == OK);
    for (uint32_t gid = 0; gid < GIDS; gid++) check_gid(world, &client, gid);
    client_close(&client);
}

static void check_main(void *arg)
{
    World *world = arg;
    world_open(world);
    check_rows(world); /* before the losers are undone: their rows are seen through */
    Task *background = start("rollback", rollback_main, world->txns);
    TxnFigures figures;
    do {
        (void)os_sleep_until(deadline_in_ms(1), WAIT_SLEEP);
        txns_figures(world->txns, &figures);
    } while (figures.aborting > 0);
    check_rows(world);
    for (uint32_t row = 0; row < ROWS; row++)
        if (row % (ROWS / CLIENTS) != ROWS / CLIENTS - 1)
            EXPECT(world->store->rows[row].value == world->sure[row]);
    EXPECT(wal_sync(&world->store->wal, (Lsn){world->store->wal.end}, 0) == OK);
    os_task_interrupt(background, TASK_TERMINATE);
    os_task_join(background);
}

static void crash_rounds(uint64_t seed)
{
    World world = {.store = fake_new(), .seed = seed};
    world.store->wal.sync_ns = 1000;
    SimOptions options = {.seed = seed, .steps_max = 5000000};
    Sim *sim = sim_new(&options);
    assert_non_null(sim);
    for (uint32_t round = 0; round < 4; round++) {
        world.seed = seed * 10 + round;
        SimEnd end = sim_run(sim, live_main, &world);
        if (end != SIM_CRASHED)
            fail_msg("seed %llu: %s", (unsigned long long)seed, sim_report(sim));
        fake_crash(world.store);
        end = sim_run(sim, check_main, &world);
        if (end != SIM_DONE) fail_msg("seed %llu: %s", (unsigned long long)seed, sim_report(sim));
        fake_crash(world.store);
    }
    sim_release(sim);
    fake_free(world.store);
    free(world.carried);
}

static void test_crashes(void **state)
{
    (void)state;
    for (uint64_t n = 0; n < 150; n++) crash_rounds(seed_base() + n);
}

/* ---- PREPARE's errors, as PostgreSQL words them */

static void errors_main(void *arg)
{
    World *world = arg;
    Client client;
    const PreparedEnd end = {0};
    Arena *arena = arena_new(task_self()->account, "test");
    world->store = fake_new();
    world_open(world);
    client_open(&client, world->txns, world->store, 1);
    Txn *txn = client_begin(&client);
    EXPECT(txn_prepare(txn, STR("a"), (Bytes){NULL, 0}) == OK);
    txn = client_begin(&client);
    EXPECT(txn_prepare(txn, STR("a"), (Bytes){NULL, 0}) == ST_EXISTS);
    EXPECT(
        str_equal(error_current()->message, STR("transaction identifier \"a\" is already in use")));
    txn_abort(txn);
    EXPECT(txn_abort_prepared(world->txns, STR("b"), &end) == ST_NOT_FOUND);
    EXPECT(str_equal(error_current()->message,
                     STR("prepared transaction with identifier \"b\" does not exist")));
    for (char name = 'c'; name < 'c' + 9; name++)
        EXPECT(txn_prepare(client_begin(&client), (Str){&name, 1}, (Bytes){NULL, 0}) == OK);
    txn = client_begin(&client);
    EXPECT(txn_prepare(txn, STR("z"), (Bytes){NULL, 0}) == ST_FULL);
    EXPECT(str_equal(error_current()->hint,
                     STR("Increase \"max_prepared_transactions\" (currently 10).")));
    txn_abort(txn);
    EXPECT(txn_abort_prepared(world->txns, STR("a"), &end) == OK);
    EXPECT(txn_commit_prepared(world->txns, STR("c"), &end) == OK);
    arena_drop(arena);
    client_close(&client);
    fake_free(world->store);
}

static void test_errors(void **state)
{
    (void)state;
    World world = {0};
    on_sim(seed_base() + 1, errors_main, &world);
}

/* ---- F1, SIREAD: what a prepared serializable transaction has read is still watched after a crash */

static Txn *begin_serializable(Client *client, Snapshot *snapshot)
{
    Txn *txn;
    TxnOptions options = {.space = {SPACE_FIRST_USER},
                          .session = client->slot,
                          .serializable = true};
    EXPECT(txn_begin(client->txns, &options, &txn) == OK);
    EXPECT(txn_snapshot(txn, snapshot) == OK);
    return txn;
}

enum { ROW_READ = 1, ROW_WRITTEN = 2, ROW_OTHER = 3, READS_TREE = 9 };

static void reads_prepare_main(void *arg)
{
    World *world = arg;
    Client client;
    Snapshot snapshot;
    int64_t value;
    world_open(world);
    client_open(&client, world->txns, world->store, 1);
    Txn *txn = begin_serializable(&client, &snapshot);
    for (uint32_t i = 0; i < world->many_reads; i++)
        EXPECT(ssi_read_keys(txn, tree_id(SPACE_SHARED, READS_TREE),
                             (Bytes){(const uint8_t *)"a", 1},
                             (Bytes){(const uint8_t *)"b", 1}) == OK);
    EXPECT(fake_read_tracked(world->store, txn, &snapshot, ROW_READ, &value) == OK);
    EXPECT(fake_write(world->store, &client, txn, &snapshot, ROW_WRITTEN, 77) == OK);
    txn_snapshot_release(&snapshot);
    EXPECT(txn_prepare(txn, STR("reads"), (Bytes){NULL, 0}) == OK);
    sim_crash_now(false);
}

/* What becomes of a transaction that changes this row, or (row 0) the key "aa". */
static Status change(World *world, Client *client, uint32_t row)
{
    Snapshot snapshot;
    Status status;
    Txn *txn = begin_serializable(client, &snapshot);
    if (row == 0) {
        Bytes key = {(const uint8_t *)"aa", 2};
        status = ssi_write_key(txn, tree_id(SPACE_SHARED, READS_TREE), key);
        if (status == OK) status = txn_need_xid(txn, NULL);
    } else {
        status = fake_write(world->store, client, txn, &snapshot, row, 78);
        if (status == OK) status = ssi_write_row(txn, tree_id(SPACE_SHARED, 1), (RowId){row + 1});
    }
    txn_snapshot_release(&snapshot);
    if (status == OK) status = client_commit(txn);
    if (status != OK) txn_abort(txn);
    return status;
}

static void reads_check_main(void *arg)
{
    World *world = arg;
    Client client;
    const PreparedEnd end = {0};
    Arena *arena = arena_new(task_self()->account, "test");
    world_open(world);
    client_open(&client, world->txns, world->store, 1);
    EXPECT(change(world, &client, ROW_READ) == ST_SERIALIZATION);
    EXPECT(str_equal(error_current()->detail,
                     STR("Reason code: Canceled on commit attempt with conflict in from prepared"
                         " pivot.")));
    /* too many reads for the record: the whole tree counts as read */
    EXPECT(change(world, &client, ROW_OTHER) == (world->many_reads > 100 ? ST_SERIALIZATION : OK));
    EXPECT(change(world, &client, 0) == (world->many_reads > 0 ? ST_SERIALIZATION : OK));
    EXPECT(txn_commit_prepared(world->txns, STR("reads"), &end) == OK);
    EXPECT(change(world, &client, ROW_READ) == OK); /* it has ended before */
    arena_drop(arena);
    client_close(&client);
}

static void test_reads_of_prepared(void **state)
{
    (void)state;
    static const uint32_t many[] = {0, 3, 10000};
    for (uint32_t i = 0; i < ARRAY_LEN(many); i++) {
        World world = {.store = fake_new(), .seed = 1, .many_reads = many[i]};
        Sim *sim = sim_new(&(SimOptions){.seed = seed_base() + 1, .steps_max = 5000000});
        assert_non_null(sim);
        assert_int_equal(sim_run(sim, reads_prepare_main, &world), SIM_CRASHED);
        fake_crash(world.store);
        SimEnd end = sim_run(sim, reads_check_main, &world);
        if (end != SIM_DONE) fail_msg("%s", sim_report(sim));
        sim_release(sim);
        fake_free(world.store);
        free(world.carried);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_errors),
                                       cmocka_unit_test(test_reads_of_prepared),
                                       cmocka_unit_test(test_crashes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

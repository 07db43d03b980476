/* SPDX-License-Identifier: Apache-2.0 */
/* test_rows_threads.c - eight threads of random transactions on a table and an index of it, on real threads and files,
 * with purge, checkpoints and rollback beside them. Amounts are moved between rows, some moves are taken back to a
 * savepoint, some transactions are given up; rows without an amount come and go. Whatever snapshot looks, through
 * the table or through the index, sees the same sum; and at the end each row holds what the threads remember. */
/* tsan: yes */
#include "engine.h"

#include "base/account.h"
#include "base/arith.h"
#include "store/store.h"

enum {
    THREADS = 8,
    ROWS = 120,
    AMOUNT = 1000,
    TRANSACTIONS = 250,
    OWN_ROWS_MAX = 16,
    KEY_BYTES = 9,
    TEXT_BYTES_MAX = 3000,
    FRAMES = 256
};

static const TableColumn columns[] = {{0, PHYS_I64, COLUMN_NOT_NULL, {.null = true}},
                                      {1, PHYS_STR, COLUMN_NOT_NULL, {.null = true}}};
static const uint16_t both[] = {0, 1};
static const Projection everything = {both, 2};

typedef struct World {
    Engine engine;
    Table *table;
    Index *index;
    RowId rows[ROWS];
    _Atomic uint32_t commits, deadlocks, looks;
} World;

/* A thread, and what it knows to be committed. */
typedef struct Client {
    World *world;
    Session session;
    Arena *arena, *batch_arena;
    Txn *txn;
    uint64_t seed;
    int64_t moved[ROWS]; /* by row: what committed transactions added */
    int64_t moving[ROWS];
    RowId own[OWN_ROWS_MAX]; /* committed, without an amount */
    uint32_t own_count;
} Client;

static uint64_t below(Client *c, uint64_t limit)
{
    return random_below(&c->session.random, limit);
}

/* ---- values and keys ---- */

/* A text that follows from the value. */
static Datum text_of(int64_t value, Arena *arena)
{
    uint64_t bits = hash_u64((uint64_t)value);
    uint32_t bytes = (uint32_t)(bits % 40 == 0 ? TEXT_BYTES_MAX : bits % 30);
    char *text = arena_alloc(arena, bytes + 1);
    for (uint32_t i = 0; i < bytes; i++) text[i] = (char)(bits >> (i % 56));
    return (Datum){.value.str = strview((Str){text, bytes})};
}

static IndexKey key_of(int64_t value, uint8_t buffer[KEY_BYTES])
{
    buffer[0] = 1;
    store_be64(buffer + 1, (uint64_t)value ^ UINT64_C(1) << 63);
    return (IndexKey){.key = {buffer, KEY_BYTES}};
}

static int64_t value_of_key(Bytes key)
{
    CHECK_TRUE(key.bytes == KEY_BYTES);
    return (int64_t)(load_be64(key.data + 1) ^ UINT64_C(1) << 63);
}

static bool make_key(void *arg, const Datum *datums, Arena *arena, IndexKey *key)
{
    (void)arg;
    *key = key_of(datums[0].value.i64, arena_alloc(arena, KEY_BYTES));
    return true;
}

static const IndexRecheck recheck = {{both, 1}, make_key, NULL};

/* ---- changes ---- */

static Status insert_row(Client *c, int64_t value, RowId *row)
{
    uint8_t buffer[KEY_BYTES];
    IndexOutcome outcome;
    Vector vectors[2];
    const Datum values[2] = {{.value.i64 = value}, text_of(value, c->arena)};
    for (uint32_t i = 0; i < 2; i++)
        vector_init_constant(&vectors[i], c->arena, 0, (Phys)columns[i].phys, &values[i]);
    const Batch batch = {1, 2, vectors, {NULL, 1}, NULL};
    const IndexKey key = key_of(value, buffer);
    TRY(table_insert(c->world->table, c->txn, &batch, row));
    return index_insert(c->world->index, c->txn, &key, *row, UNIQUE_NONE, &c->session.wait,
                        &outcome);
}

/* Adds to the row as READ COMMITTED does: after a wait it looks again. */
static Status add(Client *c, RowId row, int64_t amount)
{
    uint8_t old_key[KEY_BYTES], new_key[KEY_BYTES];
    Datum datums[2];
    Status status;
    do {
        Snapshot snapshot;
        RowOutcome outcome;
        must_be_ok(txn_snapshot(c->txn, &snapshot));
        must_be_ok(table_fetch(c->world->table, &snapshot, row, everything, c->arena, datums));
        const int64_t value = datums[0].value.i64 + amount;
        const Datum values[2] = {{.value.i64 = value}, text_of(value, c->arena)};
        status = table_update(c->world->table, c->txn, &snapshot, row, both, values, 2, true,
                              &c->session.wait, &outcome);
        txn_snapshot_release(&snapshot);
    } while (status == ST_CHANGED);
    if (status != OK || amount == 0) return status;
    const IndexKey before = key_of(datums[0].value.i64, old_key),
                   after = key_of(datums[0].value.i64 + amount, new_key);
    IndexOutcome outcome;
    TRY(index_mark(c->world->index, c->txn, &before, row));
    return index_insert(c->world->index, c->txn, &after, row, UNIQUE_NONE, &c->session.wait,
                        &outcome);
}

static Status move_amount(Client *c)
{
    const uint32_t from = (uint32_t)below(c, below(c, 2) ? ROWS : 4), to = (uint32_t)below(c, ROWS);
    const int64_t amount = 1 + (int64_t)below(c, 50);
    const bool back = below(c, 5) == 0;
    const Savepoint savepoint = txn_savepoint(c->txn);
    TRY(add(c, c->world->rows[from], -amount));
    TRY(add(c, c->world->rows[to], amount));
    if (back) return txn_rollback_to(c->txn, &savepoint);
    c->moving[from] -= amount;
    c->moving[to] += amount;
    return OK;
}

static Status delete_own(Client *c)
{
    uint8_t buffer[KEY_BYTES];
    RowOutcome outcome;
    Snapshot snapshot;
    const RowId row = c->own[c->own_count - 1];
    const IndexKey key = key_of(0, buffer);
    must_be_ok(txn_snapshot(c->txn, &snapshot));
    Status status = table_delete(c->world->table, c->txn, &snapshot, row, &c->session.wait,
                                 &outcome);
    txn_snapshot_release(&snapshot);
    must_be_ok(status); /* nobody else knows of it */
    return index_mark(c->world->index, c->txn, &key, row);
}

/* ---- looking ---- */

static int64_t sum_by_table(Client *c, const Snapshot *snapshot)
{
    const TableScanOptions options = {.projection = everything,
                                      .last = {ROW_ID_MAX},
                                      .sample_fraction = 1};
    Batch batch = {.arena = c->batch_arena};
    TableScan *scan;
    int64_t sum = 0;
    Status status;
    must_be_ok(table_scan_open(c->world->table, snapshot, &options, c->arena, &scan));
    while ((status = table_scan_next(scan, BATCH_ROWS_MAX, &batch, NULL)) == OK) {
        for (uint32_t i = 0; i < batch.selection.count; i++) {
            const uint32_t at = batch.selection.rows ? batch.selection.rows[i] : i;
            const Datum value = vector_get(&batch.columns[0], at),
                        text = vector_get(&batch.columns[1], at),
                        want = text_of(value.value.i64, c->arena);
            CHECK_TRUE(strview_equal(&text.value.str, &want.value.str));
            sum += value.value.i64;
        }
    }
    must_give(ST_END, status);
    table_scan_close(scan);
    return sum;
}

static int64_t sum_by_index(Client *c, const Snapshot *snapshot)
{
    const IndexRange all = {0};
    IndexScan *scan;
    IndexHit hits[64];
    uint32_t count;
    int64_t sum = 0, last = INT64_MIN;
    Status status;
    must_be_ok(index_scan_open(c->world->index, snapshot, &all, &recheck, c->arena, &scan));
    while ((status = index_scan_next(scan, hits, ARRAY_LEN(hits), &count)) == OK) {
        for (uint32_t i = 0; i < count; i++) {
            const int64_t value = value_of_key(hits[i].key);
            CHECK_TRUE(value >= last);
            last = value;
            sum += value;
        }
    }
    must_give(ST_END, status);
    index_scan_close(scan);
    return sum;
}

static void look(Client *c, const Snapshot *snapshot)
{
    const int64_t total = (int64_t)ROWS * AMOUNT;
    const bool by_index = below(c, 2) == 0;
    CHECK_TRUE((by_index ? sum_by_index(c, snapshot) : sum_by_table(c, snapshot)) == total);
    atomic_fetch_add(&c->world->looks, 1);
}

/* ---- transactions ---- */

static Status statements(Client *c, RowId *made, bool *deletes)
{
    Snapshot first; /* of the transaction's begin: it ages while others go on */
    Status status = OK;
    must_be_ok(txn_snapshot(c->txn, &first));
    for (uint64_t left = 1 + below(c, 5); left > 0 && status == OK; left--) {
        arena_reset(c->arena);
        status = move_amount(c);
        if (status == OK && below(c, 8) == 0) look(c, &first);
    }
    if (status == OK && below(c, 4) == 0 && c->own_count < OWN_ROWS_MAX)
        status = insert_row(c, 0, made);
    *deletes = status == OK && made->v == 0 && c->own_count > 0 && below(c, 3) == 0;
    if (*deletes) status = delete_own(c);
    txn_snapshot_release(&first);
    if (status == OK && below(c, 8) == 0) {
        Snapshot now; /* sees what this transaction moved */
        must_be_ok(txn_snapshot(c->txn, &now));
        look(c, &now);
        txn_snapshot_release(&now);
    }
    return status;
}

static void one_transaction(Client *c)
{
    RowId made = {0};
    bool deletes = false;
    memset(c->moving, 0, sizeof c->moving);
    c->txn = session_begin(&c->session);
    const Status status = statements(c, &made, &deletes);
    if (status != OK || below(c, 4) == 0) {
        if (status != OK) must_give(ST_DEADLOCK, status);
        atomic_fetch_add(&c->world->deadlocks, status != OK);
        txn_abort(c->txn);
        return;
    }
    must_be_ok(session_commit(c->txn));
    atomic_fetch_add(&c->world->commits, 1);
    for (uint32_t i = 0; i < ROWS; i++) c->moved[i] += c->moving[i];
    if (made.v != 0) c->own[c->own_count++] = made;
    c->own_count -= deletes;
}

static void client_open(Client *c, World *world, uint64_t seed)
{
    *c = (Client){.world = world, .seed = seed};
    c->arena = arena_new(task_self()->account, "client");
    c->batch_arena = arena_new(task_self()->account, "batch");
    session_open(&c->session, &world->engine, seed);
}

static void client_close(Client *c)
{
    session_close(&c->session);
    arena_drop(c->batch_arena);
    arena_drop(c->arena);
}

static void client_main(void *arg)
{
    Client *c = arg;
    client_open(c, c->world, c->seed);
    for (uint32_t i = 0; i < TRANSACTIONS; i++) one_transaction(c);
    client_close(c);
}

static void purge_main(void *arg)
{
    World *world = arg;
    must_give(ST_CANCELLED, table_purge_run(world->engine.txns, world->engine.store));
}

/* ---- the run ---- */

static void make_tables(World *world, TreeId *table, TreeId *index)
{
    Client c;
    client_open(&c, world, 1);
    c.txn = session_begin(&c.session);
    must_be_ok(table_create(c.txn, ENGINE_SPACE, columns, ARRAY_LEN(columns), 0, table));
    must_be_ok(index_create(c.txn, ENGINE_SPACE, &(IndexOptions){0}, index));
    must_be_ok(table_open(world->engine.store, *table, &world->table));
    must_be_ok(index_open(world->engine.store, *index, world->table, &world->index));
    for (uint32_t i = 0; i < ROWS; i++) must_be_ok(insert_row(&c, AMOUNT, &world->rows[i]));
    must_be_ok(session_commit(c.txn));
    client_close(&c);
}

static void problem(void *arg, PageId page, const char *format, ...) PRINTF_LIKE(3, 4);
static void problem(void *arg, PageId page, const char *format, ...)
{
    va_list args;
    (void)arg;
    va_start(args, format);
    (void)fprintf(stderr, "page %" PRIu64 ": ", page_number(page));
    (void)vfprintf(stderr, format, args);
    (void)fprintf(stderr, "\n");
    va_end(args);
    CHECK_TRUE(false);
}

static void check_end(World *world, const Client *clients)
{
    Client c;
    Snapshot snapshot;
    client_open(&c, world, 2);
    c.txn = session_begin(&c.session);
    must_be_ok(txn_snapshot(c.txn, &snapshot));
    for (uint32_t row = 0; row < ROWS; row++) {
        Datum datums[2];
        int64_t want = AMOUNT;
        for (uint32_t i = 0; i < THREADS; i++) want += clients[i].moved[row];
        must_be_ok(
            table_fetch(world->table, &snapshot, world->rows[row], everything, c.arena, datums));
        CHECK_TRUE(datums[0].value.i64 == want);
    }
    for (uint32_t i = 0; i < THREADS; i++) {
        for (uint32_t k = 0; k < clients[i].own_count; k++) {
            Datum datums[2];
            must_be_ok(table_fetch(world->table, &snapshot, clients[i].own[k], everything, c.arena,
                                   datums));
            CHECK_TRUE(datums[0].value.i64 == 0);
        }
    }
    must_be_ok(table_check(world->table, world->engine.txns, problem, NULL));
    must_be_ok(index_check(world->index, &snapshot, &recheck, problem, NULL));
    txn_snapshot_release(&snapshot);
    must_be_ok(session_commit(c.txn));
    client_close(&c);
}

static void run(World *world, Client *clients)
{
    Task *tasks[THREADS], *purge = start_task("purge", purge_main, world);
    for (uint32_t i = 0; i < THREADS; i++) {
        clients[i] = (Client){.world = world, .seed = test_seed(100 + i)};
        tasks[i] = start_task("client", client_main, &clients[i]);
    }
    for (uint32_t i = 0; i < THREADS; i++) os_task_join(tasks[i]);
    os_task_interrupt(purge, TASK_TERMINATE);
    os_task_join(purge);
    check_end(world, clients);
}

static void test_threads(void **state)
{
    static World world;
    static Client clients[THREADS];
    char folder[64];
    TreeId table, index;
    Os *os;
    Account *account = account_new(NULL, "test", 0);
    (void)state;
    must_be_ok(os_real_new(account, &os));
    (void)snprintf(folder, sizeof folder, "/tmp/tusk-rows-%" PRIu64,
                   test_seed(0) + (uint64_t)os_monotonic_ns());
    DeviceLocalOptions device = test_device_options();
    device.dir = folder;
    engine_create_in(&device);
    engine_open_in(&world.engine, &device, FRAMES);
    make_tables(&world, &table, &index);
    run(&world, clients);
    CHECK_TRUE(world.commits > THREADS * TRANSACTIONS / 3 && world.looks > THREADS);
    index_close(world.index);
    table_close(world.table);
    engine_close(&world.engine);
    must_be_ok(os_dir_remove_all(folder));
    os_real_release(os);
    account_drop(account);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_threads)};
    return cmocka_run_group_tests_name("rows on threads", tests, NULL, NULL);
}

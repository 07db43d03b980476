/* SPDX-License-Identifier: Apache-2.0 */
/* test_check_beside.c - whatever tasks do with rows, long values, indexes and trees, while purge and checkpoints run:
 * who looks beside them at who has which page, and at undo, finds nothing wrong. What is really wrong it finds among
 * all that (damage one by one: store/test_check). */
/* tsan: yes */
#include "engine.h"

#include "base/account.h"
#include "base/arena.h"
#include "base/arith.h"
#include "store/check.h"
#include "store/space.h"

enum {
    WRITERS = 3,
    ROUNDS = 12,
    ROWS = 20,
    TEXT_MAX = 40000,
    ENTRIES_MAX = 3000,
    SEEDS = 6,
    FRAMES = 256,
    LOOKS_LEAST = 3,
};

static const TableColumn columns[] = {{0, PHYS_I32, COLUMN_NOT_NULL, {.null = true}},
                                      {1, PHYS_STR, 0, {.null = true}}};

typedef struct World {
    Engine engine;
    uint64_t seed;
    _Atomic uint32_t left; /* writers that have not ended */
    uint32_t looks, told;
    PageId stray;
} World;

typedef struct Writer {
    World *world;
    uint32_t number;
    Session session;
    Arena *arena;
    TreeId table;
    RowId rows[ROWS];
    uint32_t row_count;
} Writer;

static uint64_t below(Writer *w, uint64_t limit)
{
    return random_below(&w->session.random, limit);
}

/* ---- what goes on ---- */

/* False: given up. */
static bool end(Writer *w, Txn *txn, bool give_up)
{
    if (give_up || below(w, 3) == 0) {
        session_abort(w->world->engine.txns, txn);
        return false;
    }
    must_be_ok(session_commit(txn));
    return true;
}

static void insert_rows(Writer *w)
{
    Table *table;
    RowId ids[ROWS];
    int32_t numbers[ROWS] = {0};
    StrView texts[ROWS];
    const uint32_t count = (uint32_t)below(w, ROWS) + 1;
    for (uint32_t i = 0; i < count; i++) {
        const size_t bytes = below(w, 3) ? below(w, TEXT_MAX) : below(w, 3000);
        char *text = arena_alloc(w->arena, bytes + 1);
        random_bytes(&w->session.random, text, bytes);
        texts[i] = strview((Str){text, bytes});
    }
    Vector vectors[] = {{.phys = PHYS_I32, .data = numbers}, {.phys = PHYS_STR, .data = texts}};
    Batch batch = {.columns = vectors, .column_count = 2, .selection = {.count = count}};
    Txn *txn = session_begin(&w->session);
    must_be_ok(table_open(w->world->engine.store, w->table, &table));
    const Savepoint savepoint = txn_savepoint(txn);
    must_be_ok(table_insert(table, txn, &batch, ids));
    const bool back = below(w, 5) == 0;
    if (back) must_be_ok(txn_rollback_to(txn, &savepoint));
    table_close(table);
    if (!end(w, txn, false) || back) return;
    memcpy(w->rows, ids, count * sizeof *ids);
    w->row_count = count;
}

static void delete_rows(Writer *w)
{
    Table *table;
    Snapshot snapshot;
    RowOutcome outcome;
    Txn *txn = session_begin(&w->session);
    must_be_ok(table_open(w->world->engine.store, w->table, &table));
    must_be_ok(txn_snapshot(txn, &snapshot));
    for (uint32_t i = 0; i < w->row_count; i++)
        must_be_ok(table_delete(table, txn, &snapshot, w->rows[i], &w->session.wait, &outcome));
    txn_snapshot_release(&snapshot);
    table_close(table);
    if (end(w, txn, false)) w->row_count = 0;
}

static void build(Writer *w, TreeId id, bool give_up)
{
    Index *index;
    IndexBuild *build;
    Table *none = NULL;
    must_be_ok(index_open(w->world->engine.store, id, none, &index));
    must_be_ok(index_build_begin(index, w->arena, &build));
    const uint32_t count = (uint32_t)below(w, ENTRIES_MAX);
    for (uint32_t i = 0; i < count; i++) {
        uint8_t key[400] = {1};
        store_be32(key + 1, i);
        memset(key + 5, 7, sizeof key - 5);
        must_be_ok(index_build_add(build, &(IndexKey){.key = {key, sizeof key}}, (RowId){i + 1},
                                   XID_NONE));
    }
    if (!give_up) must_be_ok(index_build_end(build));
    index_build_abandon(build);
    index_close(index);
}

static void make_index(Writer *w)
{
    TreeId id;
    Txn *txn = session_begin(&w->session);
    const bool give_up = below(w, 3) == 0;
    must_be_ok(index_create(txn, ENGINE_SPACE, &(IndexOptions){0}, &id));
    build(w, id, give_up);
    if (!end(w, txn, give_up)) return;
    txn = session_begin(&w->session);
    must_be_ok(table_drop_at_commit(txn, id));
    must_be_ok(session_commit(txn));
}

static void make_table(Writer *w)
{
    Txn *txn;
    if (w->table.v != 0) {
        txn = session_begin(&w->session);
        must_be_ok(table_drop_at_commit(txn, w->table));
        must_be_ok(session_commit(txn));
    }
    w->row_count = 0;
    txn = session_begin(&w->session);
    must_be_ok(table_create(txn, ENGINE_SPACE, columns, 2, 0, &w->table));
    must_be_ok(session_commit(txn));
}

static void writer_main(void *arg)
{
    Writer *w = arg;
    session_open(&w->session, &w->world->engine, w->world->seed + w->number);
    w->arena = arena_new(task_self()->account, "writer");
    make_table(w);
    for (uint32_t i = 0; i < ROUNDS; i++) {
        switch (below(w, 8)) {
        case 0: make_table(w); break;
        case 1: must_be_ok(store_checkpoint(w->world->engine.store, true)); break;
        case 2:
        case 3: make_index(w); break;
        case 4: delete_rows(w); break;
        default: insert_rows(w);
        }
        arena_reset(w->arena);
    }
    arena_drop(w->arena);
    session_close(&w->session);
    atomic_fetch_sub(&w->world->left, 1);
}

static void purge_main(void *arg)
{
    World *world = arg;
    must_give(ST_CANCELLED, table_purge_run(world->engine.txns, world->engine.store));
}

/* ---- looking ---- */

static void problem(void *arg, PageId page, const char *format, ...) PRINTF_LIKE(3, 4);
static void problem(void *arg, PageId page, const char *format, ...)
{
    World *world = arg;
    va_list args;
    world->told++;
    if (page.v == world->stray.v) return;
    va_start(args, format);
    (void)fprintf(stderr, "page %u/%" PRIu64 ": ", page_space(page).v, page_number(page));
    (void)vfprintf(stderr, format, args);
    (void)fprintf(stderr, "\n");
    va_end(args);
    CHECK_TRUE(false);
}

static void look(World *world)
{
    const StoreCheck check = {.found = problem, .arg = world};
    CheckFigures figures;
    world->told = 0;
    must_be_ok(store_check_beside(world->engine.store, ENGINE_SPACE, &check, &figures));
    CHECK_TRUE(figures.problems == world->told);
}

/* A page that nobody will ever link, as a fault of ours would leave it. */
static void stray_make(World *world)
{
    TreeId id;
    Session session;
    session_open(&session, &world->engine, 7);
    Txn *txn = session_begin(&session);
    must_be_ok(table_create(txn, ENGINE_SPACE, columns, 2, 0, &id));
    must_be_ok(session_commit(txn));
    must_be_ok(space_take_page(world->engine.store, id, PAGE_NONE, SPACE_TAKE_OWN, &world->stray));
    session_close(&session);
}

static void work(World *world)
{
    static Writer writers[WRITERS];
    Task *tasks[WRITERS], *purge = start_task("purge", purge_main, world);
    atomic_store(&world->left, WRITERS);
    for (uint32_t i = 0; i < WRITERS; i++) {
        writers[i] = (Writer){.world = world, .number = i};
        tasks[i] = start_task("writer", writer_main, &writers[i]);
    }
    for (; atomic_load(&world->left) > 0; world->looks++) look(world);
    for (uint32_t i = 0; i < WRITERS; i++) os_task_join(tasks[i]);
    look(world);
    CHECK_TRUE(world->told == (world->stray.v != 0));
    os_task_interrupt(purge, TASK_TERMINATE);
    os_task_join(purge);
}

static void check_whole(World *world)
{
    const StoreCheck check = {.found = problem, .arg = world, .tree = table_check_pages};
    CheckFigures figures;
    world->told = 0;
    must_be_ok(store_check(world->engine.store, &check, &figures));
    CHECK_TRUE(world->told == (world->stray.v != 0));
}

static void simulated_main(void *arg)
{
    World *world = arg;
    engine_create();
    engine_open(&world->engine, FRAMES);
    if (world->seed % 2) stray_make(world);
    work(world);
    check_whole(world);
    engine_close(&world->engine);
}

static void no_false_alarm(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        World world = {.seed = test_seed(seed)};
        on_machine(world.seed, simulated_main, &world);
        assert_true(world.looks >= LOOKS_LEAST);
    }
}

static void no_false_alarm_on_threads(void **state)
{
    static World world;
    char folder[64];
    Os *os;
    Account *account = account_new(NULL, "test", 0);
    (void)state;
    must_be_ok(os_real_new(account, &os));
    (void)snprintf(folder, sizeof folder, "/tmp/tusk-beside-%" PRIu64,
                   test_seed(0) + (uint64_t)os_monotonic_ns());
    DeviceLocalOptions device = test_device_options();
    device.dir = folder;
    engine_create_in(&device);
    engine_open_in(&world.engine, &device, FRAMES);
    work(&world);
    check_whole(&world);
    engine_close(&world.engine);
    must_be_ok(os_dir_remove_all(folder));
    os_real_release(os);
    account_drop(account);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(no_false_alarm),
                                       cmocka_unit_test(no_false_alarm_on_threads)};
    return cmocka_run_group_tests_name("check beside others", tests, NULL, NULL);
}

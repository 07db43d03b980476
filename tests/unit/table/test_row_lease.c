/* SPDX-License-Identifier: Apache-2.0 */
/* test_row_lease.c - several tasks insert at once, row by row and in runs, some of it taken back: no row id is given
 * out twice, a task's ids ascend, every row is there once and in order, and the table is sound; after a restart ids go
 * on behind all that there are. That tasks lease parts of the table is counted. */
#include "engine.h"

#include "base/arena.h"

#define WRAP_BY_HAND(type, name, parameters)              \
    type real_##name parameters __asm__("__real_" #name); \
    type wrap_##name parameters __asm__("__wrap_" #name); \
    type wrap_##name parameters

enum { TASKS = 4, TRIES = 250, RUN_MAX = 12, TEXT_BYTES = 200, ROWS_MAX = TASKS * TRIES * RUN_MAX };

static const TableColumn columns[] = {{0, PHYS_STR, COLUMN_PLAIN, {.null = true}}};

static uint32_t leases;

WRAP_BY_HAND(Status, tree_split_where,
             (Tree * tree, const TreeKey *key, TreeChoose choose, void *arg))
{
    leases++;
    return real_tree_split_where(tree, key, choose, arg);
}

typedef struct World {
    Engine engine;
    Table *table;
    TreeId tree;
    uint64_t seed;
    RowId given[ROWS_MAX]; /* all, also those taken back */
    RowId kept[ROWS_MAX];
    uint32_t given_count, kept_count;
} World;

typedef struct Client {
    World *world;
    uint32_t number;
} Client;

static void insert(Table *table, Txn *txn, uint32_t count, RowId *rows)
{
    static const char text[TEXT_BYTES];
    StrView texts[RUN_MAX];
    Vector vector = {.phys = PHYS_STR, .data = texts};
    const Batch batch = {.columns = &vector, .column_count = 1, .selection = {.count = count}};
    for (uint32_t i = 0; i < count; i++)
        texts[i] = strview((Str){text, TEXT_BYTES - (size_t)(i * 7)});
    must_be_ok(table_insert(table, txn, &batch, rows));
}

static void note(World *w, const RowId *rows, uint32_t count, bool kept)
{
    for (uint32_t i = 0; i < count; i++) {
        w->given[w->given_count++] = rows[i];
        if (kept) w->kept[w->kept_count++] = rows[i];
    }
}

static void insert_some(void *arg)
{
    const Client *c = arg;
    World *w = c->world;
    Session session;
    Table *table;
    RowId rows[RUN_MAX], last = {0};
    session_open(&session, &w->engine, w->seed + c->number);
    must_be_ok(table_open(w->engine.store, w->tree, &table));
    for (uint32_t i = 0; i < TRIES; i++) {
        const uint32_t count = random_below(&session.random, 4) == 0
                                   ? 1 + (uint32_t)random_below(&session.random, RUN_MAX)
                                   : 1;
        const bool kept = random_below(&session.random, 10) > 0;
        Txn *txn = session_begin(&session);
        insert(table, txn, count, rows);
        for (uint32_t k = 0; k < count; k++) {
            CHECK_TRUE(rows[k].v > last.v);
            last = rows[k];
        }
        if (kept)
            must_be_ok(session_commit(txn));
        else
            txn_abort(txn);
        note(w, rows, count, kept);
    }
    table_close(table);
    session_close(&session);
}

static int by_id(const void *a, const void *b)
{
    const uint64_t left = ((const RowId *)a)->v, right = ((const RowId *)b)->v;
    return (left > right) - (left < right);
}

static PRINTF_LIKE(3, 4) void found(void *arg, PageId page, const char *format, ...)
{
    (void)arg, (void)page;
    CHECK_TRUE(format == NULL); /* nothing is wrong */
}

static void look(World *w, Session *session)
{
    const TableScanOptions options = {.last = {ROW_ID_MAX}, .sample_fraction = 1};
    Arena *arena = arena_new(task_self()->account, "look");
    Batch batch = {.arena = arena_new_child(arena, "batch")};
    Snapshot snapshot;
    TableScan *scan;
    RowId ids[64];
    uint32_t at = 0;
    Txn *txn = session_begin(session);
    must_be_ok(txn_snapshot(txn, &snapshot));
    must_be_ok(table_scan_open(w->table, &snapshot, &options, arena, &scan));
    for (Status status; (status = table_scan_next(scan, 64, &batch, ids)) != ST_END;) {
        must_be_ok(status);
        for (uint32_t i = 0; i < batch.selection.count; i++) {
            const uint32_t row = batch.selection.rows ? batch.selection.rows[i] : i;
            CHECK_TRUE(at < w->kept_count && ids[row].v == w->kept[at].v);
            at++;
        }
    }
    CHECK_TRUE(at == w->kept_count);
    must_be_ok(table_check(w->table, w->engine.txns, found, NULL));
    table_scan_close(scan);
    txn_snapshot_release(&snapshot);
    must_be_ok(session_commit(txn));
    arena_drop(arena);
}

static void run_clients(World *w)
{
    Client clients[TASKS];
    Task *tasks[TASKS];
    for (uint32_t i = 0; i < TASKS; i++) {
        clients[i] = (Client){w, i};
        must_be_ok(
            os_task_start(&(TaskOptions){.name = "client"}, insert_some, &clients[i], &tasks[i]));
    }
    for (uint32_t i = 0; i < TASKS; i++) os_task_join(tasks[i]);
    qsort(w->given, w->given_count, sizeof *w->given, by_id);
    qsort(w->kept, w->kept_count, sizeof *w->kept, by_id);
    for (uint32_t i = 1; i < w->given_count; i++) CHECK_TRUE(w->given[i].v > w->given[i - 1].v);
}

static void lease_main(void *arg)
{
    World *w = arg;
    Session session;
    RowId row;
    engine_create();
    engine_open(&w->engine, 256);
    session_open(&session, &w->engine, w->seed);
    Txn *txn = session_begin(&session);
    must_be_ok(table_create(txn, ENGINE_SPACE, columns, 1, 0, &w->tree));
    must_be_ok(session_commit(txn));
    must_be_ok(table_open(w->engine.store, w->tree, &w->table));
    run_clients(w);
    CHECK_TRUE(leases > 0);
    look(w, &session);
    table_close(w->table);
    session_close(&session);
    engine_close(&w->engine);
    engine_open(&w->engine, 256);
    session_open(&session, &w->engine, w->seed);
    must_be_ok(table_open(w->engine.store, w->tree, &w->table));
    txn = session_begin(&session);
    insert(w->table, txn, 1, &row);
    must_be_ok(session_commit(txn));
    CHECK_TRUE(row.v > w->kept[w->kept_count - 1].v);
    note(w, &row, 1, true);
    look(w, &session);
    table_close(w->table);
    session_close(&session);
    engine_close(&w->engine);
}

static void tasks_fill_leaves_of_their_own(void **state)
{
    (void)state;
    static World world;
    for (uint64_t i = 0; i < 4; i++) {
        world = (World){.seed = test_seed(1) + i};
        leases = 0;
        on_machine(world.seed, lease_main, &world);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(tasks_fill_leaves_of_their_own)};
    return cmocka_run_group_tests_name("row_lease", tests, NULL, NULL);
}

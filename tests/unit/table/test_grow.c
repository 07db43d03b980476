/* SPDX-License-Identifier: Apache-2.0 */
/* test_grow.c - whoever takes a page for a table, which stands there with the bytes of other days until it is made, has
 * Table.grow: giving back a long value, repeated after a crash, asks under it whether its page is still one
 * (overflow.c, piece_free). So do splits by inserts and by updates, and pages for long values. */
#include "engine.h"

#include "base/arena.h"
#include "store/space.h"

#define WRAP_BY_HAND(type, name, parameters)              \
    type real_##name parameters __asm__("__real_" #name); \
    type wrap_##name parameters __asm__("__wrap_" #name); \
    type wrap_##name parameters

enum { ROWS = 600, SHORT_BYTES = 20, GROWN_BYTES = 1900, LONG_BYTES = 9000 };

static const TableColumn columns[] = {{0, PHYS_STR, COLUMN_PLAIN, {.null = true}}};
static const uint16_t numbers[] = {0};

typedef struct World {
    Engine engine;
    Session session;
    Table *table;
    RowId rows[ROWS];
    char text[LONG_BYTES];
} World;

static TreeId watched; /* 0: none */
static uint32_t taken;

static bool holds_grow(void)
{
    const Task *task = task_self();
    for (uint32_t i = 0; i < task->rank_count; i++)
        if (task->ranks[i] == RANK_TABLE_GROW) return true;
    return false;
}

WRAP_BY_HAND(Status, space_take_page,
             (Store * store, TreeId owner, PageId near, uint32_t flags, PageId *page))
{
    if (watched.v != 0 && owner.v == watched.v) {
        CHECK_TRUE(holds_grow());
        taken++;
    }
    return real_space_take_page(store, owner, near, flags, page);
}

static void insert(World *w, uint32_t count, size_t bytes)
{
    StrView texts[ROWS];
    Vector vector = {.phys = PHYS_STR, .data = texts};
    Batch batch = {.columns = &vector, .column_count = 1, .selection = {.count = count}};
    for (uint32_t i = 0; i < count; i++) texts[i] = strview((Str){w->text, bytes});
    Txn *txn = session_begin(&w->session);
    must_be_ok(table_insert(w->table, txn, &batch, w->rows));
    must_be_ok(session_commit(txn));
}

static void update(World *w, uint32_t row, size_t bytes)
{
    Snapshot snapshot;
    RowOutcome outcome;
    const Datum datum = {.value.str = strview((Str){w->text, bytes})};
    Txn *txn = session_begin(&w->session);
    must_be_ok(txn_snapshot(txn, &snapshot));
    must_be_ok(table_update(w->table, txn, &snapshot, w->rows[row], numbers, &datum, 1, false,
                            &w->session.wait, &outcome));
    txn_snapshot_release(&snapshot);
    must_be_ok(session_commit(txn));
}

/* How many pages were taken since it was asked last. */
static uint32_t taken_since(void)
{
    const uint32_t count = taken;
    taken = 0;
    return count;
}

static void grow_main(void *arg)
{
    World *w = arg;
    TreeId id;
    engine_create();
    engine_open(&w->engine, 256);
    session_open(&w->session, &w->engine, 1);
    Txn *txn = session_begin(&w->session);
    must_be_ok(table_create(txn, ENGINE_SPACE, columns, 1, 0, &id));
    must_be_ok(session_commit(txn));
    must_be_ok(table_open(w->engine.store, id, &w->table));
    watched = id;
    insert(w, ROWS, SHORT_BYTES);
    (void)taken_since();
    for (uint32_t i = 0; i < ROWS / 2; i++) update(w, i, GROWN_BYTES);
    CHECK_TRUE(taken_since() > 10); /* their leaves were split */
    insert(w, ROWS, GROWN_BYTES);
    CHECK_TRUE(taken_since() > 10);
    update(w, 0, LONG_BYTES);
    insert(w, 3, LONG_BYTES);
    CHECK_TRUE(taken_since() > 0);
    watched.v = 0;
    table_close(w->table);
    session_close(&w->session);
    engine_close(&w->engine);
}

static void pages_are_taken_under_grow(void **state)
{
    (void)state;
    static World world;
    on_machine(test_seed(1), grow_main, &world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(pages_are_taken_under_grow)};
    return cmocka_run_group_tests_name("grow", tests, NULL, NULL);
}

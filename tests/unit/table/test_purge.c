/* SPDX-License-Identifier: Apache-2.0 */
/* test_purge.c - long values under updates, deletes, savepoints, aborts and crashes, with purge beside them: what is
 * committed stays whole, also what only an old snapshot still sees, and what nobody sees makes room: the space does not
 * grow however long it goes on. */
#include "engine.h"

#include "base/arena.h"
#include "base/arith.h"
#include "base/log.h"
#include "store/space.h"
#include "table/leaf.h"
#include "table/table.h"

enum { ID, TEXT, COLUMNS };
enum { ROWS = 24, TEXT_MAX = 24000, DEPTH = 3, RUNS = 8, GROWTH_ROUNDS = 300 };

static const TableColumn columns[COLUMNS] = {
    {ID, PHYS_I32, COLUMN_NOT_NULL, {.null = true}},
    {TEXT, PHYS_STR, 0, {.null = true}},
};
static const uint16_t all_columns[COLUMNS] = {ID, TEXT};
static const Projection everything = {all_columns, COLUMNS};

/* Text 0: the row is not there. */
typedef struct RowState {
    RowId id;
    uint32_t text;
} RowState;
typedef struct Rows {
    RowState rows[ROWS];
} Rows;

typedef struct World {
    Sim *sim;
    Engine engine;
    TreeId tree;
    Table *table;
    Rows committed, wanted;
    bool made, committing;
    uint64_t commits, rollbacks, checked, recoveries;
    PageHeader *turned; /* a leaf whose kind is another than it was */
} World;

typedef struct Client {
    World *world;
    Session session;
    Arena *arena, *tmp;
    Txn *txn;
} Client;

static uint64_t below(Client *c, uint64_t limit)
{
    return random_below(&c->session.random, limit);
}

/* Bytes that follow from the number: short or long, compressible or not. */
static Str make_text(Arena *arena, uint32_t number)
{
    uint64_t bits = hash_u64(number);
    size_t bytes = bits % 3 == 0 ? bits / 3 % 60 : bits / 3 % TEXT_MAX;
    char *text = arena_alloc(arena, bytes + 1);
    for (size_t i = 0; i < bytes; i++)
        text[i] = (char)(bits & 64 ? hash_u64(bits + i) : bits >> i % 40);
    return (Str){text, bytes};
}

/* ---- looking ---- */

static bool row_is(Client *c, const Snapshot *snapshot, const RowState *state)
{
    Datum datums[COLUMNS];
    if (state->id.v == 0) return true;
    Status status = table_fetch(c->world->table, snapshot, state->id, everything, c->tmp, datums);
    if (status == ST_NOT_FOUND) return state->text == 0;
    must_be_ok(status);
    if (state->text == 0) return false;
    Str text = make_text(c->tmp, state->text), found = strview_str(&datums[TEXT].value.str);
    return text.bytes == found.bytes && memcmp(text.data, found.data, text.bytes) == 0;
}

static bool rows_are(Client *c, const Snapshot *snapshot, const Rows *rows)
{
    for (uint32_t i = 0; i < ROWS; i++)
        if (!row_is(c, snapshot, &rows->rows[i])) return false;
    c->world->checked++;
    return true;
}

static void look(Client *c, const Rows *rows)
{
    Snapshot snapshot;
    must_be_ok(txn_snapshot(c->txn, &snapshot));
    CHECK_TRUE(rows_are(c, &snapshot, rows));
    txn_snapshot_release(&snapshot);
}

/* ---- changing ---- */

/* The last rows of a table may leave it and their ids come again after a restart: what was is then nobody's. */
static void forget_id(Rows *rows, RowId id)
{
    for (uint32_t i = 0; i < ROWS; i++)
        if (rows->rows[i].id.v == id.v && rows->rows[i].text == 0) rows->rows[i].id.v = 0;
}

static void set_row(Client *c, const Snapshot *snapshot, uint32_t row, Rows *rows, uint32_t to)
{
    World *world = c->world;
    RowState *state = &rows->rows[row];
    int32_t id = (int32_t)row;
    RowOutcome outcome;
    StrView text = strview(make_text(c->tmp, to));
    const uint16_t number = TEXT;
    Datum datum = {.value.str = text};
    if (state->text == 0 && to == 0) return;
    if (state->text == 0) {
        Vector vectors[COLUMNS] = {{.phys = PHYS_I32, .data = &id},
                                   {.phys = PHYS_STR, .data = &text}};
        Batch batch = {1, COLUMNS, vectors, {NULL, 1}, c->tmp};
        RowId made;
        must_be_ok(table_insert(world->table, c->txn, &batch, &made));
        forget_id(rows, made);
        state->id = made;
    } else if (to == 0) {
        must_be_ok(
            table_delete(world->table, c->txn, snapshot, state->id, &c->session.wait, &outcome));
    } else {
        must_be_ok(table_update(world->table, c->txn, snapshot, state->id, &number, &datum, 1,
                                false, &c->session.wait, &outcome));
    }
    state->text = to;
}

static void change_some(Client *c, Rows *rows)
{
    for (uint64_t n = below(c, 4); n > 0; n--) {
        Snapshot snapshot;
        uint32_t row = (uint32_t)below(c, ROWS), to = (uint32_t)below(c, 100000);
        must_be_ok(txn_snapshot(c->txn, &snapshot));
        set_row(c, &snapshot, row, rows, below(c, 4) ? to + 1 : 0);
        txn_snapshot_release(&snapshot);
    }
}

static void transaction(Client *c)
{
    World *world = c->world;
    Rows rows[DEPTH + 1];
    Savepoint savepoints[DEPTH];
    uint32_t depth = 0;
    rows[0] = world->committed;
    c->txn = session_begin(&c->session);
    for (uint64_t steps = below(c, 6); steps > 0; steps--) {
        arena_reset(c->tmp);
        change_some(c, &rows[depth]);
        if (below(c, 3) == 0) look(c, &rows[depth]);
        if (below(c, 3) == 0 && depth < DEPTH) {
            savepoints[depth] = txn_savepoint(c->txn);
            rows[depth + 1] = rows[depth];
            depth++;
        } else if (below(c, 3) == 0 && depth > 0) {
            depth--;
            must_be_ok(txn_rollback_to(c->txn, &savepoints[depth]));
            world->rollbacks++;
        }
    }
    if (below(c, 3) == 0) {
        txn_abort(c->txn);
        world->rollbacks++;
        return;
    }
    world->wanted = rows[depth];
    world->committing = true;
    must_be_ok(session_commit(c->txn));
    world->committed = rows[depth];
    world->committing = false;
    world->commits++;
}

/* ---- tasks ---- */

static void client_open(Client *c, World *world)
{
    *c = (Client){.world = world};
    session_open(&c->session, &world->engine, random_u64(sim_random(world->sim)));
    c->arena = arena_new(task_self()->account, "client");
    c->tmp = arena_new_child(c->arena, "tmp");
}

static void client_close(Client *c)
{
    arena_drop(c->arena);
    session_close(&c->session);
}

static void writer_main(void *arg)
{
    Client c;
    client_open(&c, arg);
    for (uint64_t n = below(&c, 40); n > 0; n--) transaction(&c);
    client_close(&c);
}

/* Sees the same for as long as it looks. */
static void reader_main(void *arg)
{
    Client c;
    Snapshot snapshot;
    client_open(&c, arg);
    for (uint64_t n = below(&c, 6); n > 0; n--) {
        c.txn = session_begin(&c.session);
        /* Between a commit and its acknowledgement the model does not know. */
        while (c.world->committing) must_be_ok(os_sleep_until(deadline_in_ms(1), WAIT_BACKGROUND));
        Rows rows = c.world->committed;
        must_be_ok(txn_snapshot(c.txn, &snapshot));
        bool known = !c.world->committing && memcmp(&rows, &c.world->committed, sizeof rows) == 0;
        for (uint32_t i = 0; known && i < 4; i++) {
            arena_reset(c.tmp);
            CHECK_TRUE(rows_are(&c, &snapshot, &rows));
            must_be_ok(os_sleep_until(deadline_in_ms((int64_t)below(&c, 150)), WAIT_BACKGROUND));
        }
        txn_snapshot_release(&snapshot);
        txn_abort(c.txn);
    }
    client_close(&c);
}

static void purge_main(void *arg)
{
    World *world = arg;
    must_give(ST_CANCELLED, table_purge_run(world->engine.txns, world->engine.store));
}

static void fault(void *arg, PageId page, const char *format, ...)
{
    (void)arg, (void)page;
    (void)fprintf(stderr, "%s\n", format);
    CHECK_TRUE(!"table_check found something");
}

/* After a start: the transaction that a crash cut off is there or not. */
static void verify(World *world)
{
    Client c;
    Snapshot snapshot;
    client_open(&c, world);
    c.txn = session_begin(&c.session);
    must_be_ok(txn_snapshot(c.txn, &snapshot));
    if (world->committing && rows_are(&c, &snapshot, &world->wanted))
        world->committed = world->wanted;
    world->committing = false;
    CHECK_TRUE(rows_are(&c, &snapshot, &world->committed));
    txn_snapshot_release(&snapshot);
    txn_abort(c.txn);
    client_close(&c);
    must_be_ok(table_check(world->table, world->engine.txns, fault, NULL));
}

static void no_log(void *arg, const Error *record, Str line)
{
    (void)arg, (void)record, (void)line;
}

static void open_world(World *world)
{
    static const Log quiet = {.least = SEVERITY_ERROR, .prefix = "", .sink = no_log};
    task_self()->log = (Log *)(uintptr_t)&quiet;
    if (!world->made) engine_create();
    engine_open(&world->engine, 192);
    engine_settle(&world->engine);
    if (!world->made) {
        Session session;
        session_open(&session, &world->engine, 1);
        Txn *txn = session_begin(&session);
        must_be_ok(table_create(txn, ENGINE_SPACE, columns, COLUMNS, 0, &world->tree));
        must_be_ok(session_commit(txn));
        session_close(&session);
        world->made = true;
    }
    must_be_ok(table_open(world->engine.store, world->tree, &world->table));
    world->recoveries++;
    verify(world);
}

static void close_world(World *world)
{
    PurgeFigures figures;
    engine_settle(&world->engine);
    must_be_ok(table_purge_now(world->engine.txns, world->engine.store, &figures));
    CHECK_TRUE(undo_bytes(world->engine.store) == 0);
    verify(world);
    table_close(world->table);
    engine_close(&world->engine);
}

static void crashing_main(void *arg)
{
    World *world = arg;
    open_world(world);
    Task *purge = start_task("purge", purge_main, world);
    Task *writer = start_task("writer", writer_main, world);
    Task *reader = start_task("reader", reader_main, world);
    os_task_join(writer);
    os_task_join(reader);
    os_task_interrupt(purge, TASK_TERMINATE);
    os_task_join(purge);
    close_world(world);
}

static void test_long_values_survive(void **state)
{
    (void)state;
    uint64_t commits = 0, rollbacks = 0,
             checked = 0; /* of all seeds: one may crash early in every run */
    for (uint64_t n = 1; n <= 3; n++) {
        World world = {.sim = new_sim(test_seed(n))};
        for (uint32_t i = 0; i < RUNS; i++) {
            if (i % 3 != 0)
                sim_crash_at(world.sim, 1 + random_below(sim_random(world.sim), 30000), i % 3 == 1);
            SimEnd end = sim_run(world.sim, crashing_main, &world);
            if (end != SIM_DONE && end != SIM_CRASHED)
                fail_msg("seed %llu run %u ended with %d: %s", (unsigned long long)test_seed(n), i,
                         (int)end, sim_report(world.sim));
        }
        commits += world.commits;
        rollbacks += world.rollbacks;
        checked += world.checked;
        sim_release(world.sim);
    }
    assert_true(commits > 30 && rollbacks > 20 && checked > 50);
}

/* ---- room ---- */

static void growth_main(void *arg)
{
    World *world = arg;
    Client c;
    PurgeFigures figures;
    SpaceFigures before = {0}, after;
    open_world(world);
    client_open(&c, world);
    for (uint32_t round = 0; round < GROWTH_ROUNDS; round++) {
        transaction(&c);
        if (round % 5 == 0) {
            engine_settle(&world->engine);
            must_be_ok(table_purge_now(world->engine.txns, world->engine.store, &figures));
        }
        if (round == GROWTH_ROUNDS / 3)
            must_be_ok(space_figures(world->engine.store, ENGINE_SPACE, &before));
    }
    client_close(&c);
    must_be_ok(store_checkpoint(world->engine.store, true));
    must_be_ok(space_figures(world->engine.store, ENGINE_SPACE, &after));
    print_message("pages used %llu, then %llu; extents %llu, then %llu\n",
                  (unsigned long long)before.pages_used, (unsigned long long)after.pages_used,
                  (unsigned long long)(before.extents - before.extents_free),
                  (unsigned long long)(after.extents - after.extents_free));
    CHECK_TRUE(after.pages_used <= before.pages_used + 3 * EXTENT_PAGES);
    close_world(world);
}

/* On a machine of its own, to the end. */
static void simulate(void (*body)(void *world))
{
    World world = {.sim = new_sim(test_seed(1))};
    SimEnd end = sim_run(world.sim, body, &world);
    if (end != SIM_DONE) fail_msg("ended with %d: %s", (int)end, sim_report(world.sim));
    sim_release(world.sim);
}

static void test_space_does_not_grow(void **state)
{
    (void)state;
    simulate(growth_main);
}

/* ---- max_undo_size: more undo than that costs the oldest snapshot ---- */

enum { UNDO_MOST = 2 << 20, OVER_ROUNDS = 4000 };

/* Row 0 is set to another short text. */
static void set_again(Client *c, uint32_t to)
{
    Snapshot snapshot;
    arena_reset(c->tmp);
    c->txn = session_begin(&c->session);
    must_be_ok(txn_snapshot(c->txn, &snapshot));
    set_row(c, &snapshot, 0, &c->world->committed, to);
    txn_snapshot_release(&snapshot);
    must_be_ok(session_commit(c->txn));
}

static uint32_t short_text_behind(Client *c, uint32_t number)
{
    do number++;
    while (make_text(c->tmp, number).bytes > 4000 || make_text(c->tmp, number).bytes < 1000);
    return number;
}

static void over_main(void *arg)
{
    World *world = arg;
    Client writer, reader;
    Snapshot old;
    Datum datums[COLUMNS];
    uint32_t text = 0;
    open_world(world);
    client_open(&writer, world);
    client_open(&reader, world);
    Store *store = world->engine.store;
    store_set_undo_max(store, UNDO_MOST);
    set_again(&writer, text = short_text_behind(&writer, text));
    const Rows rows = world->committed;
    reader.txn = session_begin(&reader.session);
    must_be_ok(txn_snapshot(reader.txn, &old));
    Task *purge = start_task("purge", purge_main, world);
    for (uint32_t i = 0; i < OVER_ROUNDS && !store_undo_is_over(store); i++) {
        CHECK_TRUE(row_is(&reader, &old, &rows.rows[0]));
        set_again(&writer, text = short_text_behind(&writer, text));
    }
    CHECK_TRUE(store_undo_is_over(store));
    must_be_ok(os_sleep_until(deadline_in_ms(5000), WAIT_BACKGROUND));
    must_give(ST_SNAPSHOT_TOO_OLD,
              table_fetch(world->table, &old, rows.rows[0].id, everything, reader.tmp, datums));
    CHECK_TRUE(error_current()->code == SQLSTATE_SNAPSHOT_TOO_OLD);
    txn_snapshot_release(&old);
    txn_abort(reader.txn);
    must_be_ok(os_sleep_until(deadline_in_ms(5000), WAIT_BACKGROUND));
    CHECK_TRUE(!store_undo_is_over(store) && undo_bytes(store) < UNDO_MOST / 2);
    set_again(&writer, short_text_behind(&writer, text)); /* who came later goes on */
    os_task_interrupt(purge, TASK_TERMINATE);
    os_task_join(purge);
    client_close(&reader);
    client_close(&writer);
    close_world(world);
}

/* The same of a reader that rests: what it kept is given back while it does. */
static void over_resting_main(void *arg)
{
    World *world = arg;
    Client writer, reader;
    Snapshot old;
    uint32_t text = 0;
    open_world(world);
    client_open(&writer, world);
    client_open(&reader, world);
    Store *store = world->engine.store;
    store_set_undo_max(store, UNDO_MOST);
    set_again(&writer, text = short_text_behind(&writer, text));
    reader.txn = session_begin(&reader.session);
    must_be_ok(txn_snapshot(reader.txn, &old));
    txn_rest(reader.txn);
    Task *purge = start_task("purge", purge_main, world);
    for (uint32_t i = 0; i < OVER_ROUNDS && !store_undo_is_over(store); i++)
        set_again(&writer, text = short_text_behind(&writer, text));
    CHECK_TRUE(store_undo_is_over(store));
    must_be_ok(os_sleep_until(deadline_in_ms(5000), WAIT_BACKGROUND));
    CHECK_TRUE(!store_undo_is_over(store) && undo_bytes(store) < UNDO_MOST / 2);
    txn_wake(reader.txn);
    must_give(ST_SNAPSHOT_TOO_OLD, txn_snapshot_check(&old));
    CHECK_TRUE(error_current()->code == SQLSTATE_SNAPSHOT_TOO_OLD);
    txn_snapshot_release(&old);
    txn_abort(reader.txn);
    os_task_interrupt(purge, TASK_TERMINATE);
    os_task_join(purge);
    client_close(&reader);
    client_close(&writer);
    close_world(world);
}

static void test_too_much_undo_is_taken_from_who_rests(void **state)
{
    (void)state;
    simulate(over_resting_main);
}

static void test_too_much_undo_costs_the_oldest_snapshot(void **state)
{
    (void)state;
    simulate(over_main);
}

/* ---- what is read ---- */

static uint32_t number_of_text(Client *c, bool is_long)
{
    for (uint32_t number = 1;; number++)
        if ((make_text(c->tmp, number).bytes > 4000) == is_long) return number;
}

/* Sets row 0 in a transaction of its own and purges: how many records had to be read. */
static uint64_t records_read(Client *c, uint32_t to, PurgeFigures *figures)
{
    World *world = c->world;
    Snapshot snapshot;
    c->txn = session_begin(&c->session);
    must_be_ok(txn_snapshot(c->txn, &snapshot));
    set_row(c, &snapshot, 0, &world->committed, to);
    txn_snapshot_release(&snapshot);
    must_be_ok(session_commit(c->txn));
    must_be_ok(table_purge_now(world->engine.txns, world->engine.store, figures));
    CHECK_TRUE(undo_bytes(world->engine.store) == 0);
    return figures->records;
}

static void unread_main(void *arg)
{
    World *world = arg;
    Client c;
    PurgeFigures figures;
    open_world(world);
    client_open(&c, world);
    const uint32_t short_text = number_of_text(&c, false), long_text = number_of_text(&c, true);
    must_be_ok(table_purge_now(world->engine.txns, world->engine.store, &figures));
    CHECK_TRUE(records_read(&c, short_text, &figures) == 0);
    CHECK_TRUE(records_read(&c, short_text, &figures) == 0);
    CHECK_TRUE(records_read(&c, long_text, &figures) == 0);
    CHECK_TRUE(records_read(&c, short_text, &figures) > 0); /* the long value is given back */
    CHECK_TRUE(records_read(&c, 0, &figures) > 0 && figures.rows == 1);
    client_close(&c);
    close_world(world);
}

static void test_only_what_leaves_something_dead_is_read(void **state)
{
    (void)state;
    simulate(unread_main);
}

/* ---- a page that cannot be read ---- */

enum { MANY = 1000, OTHER_KIND = 0x80 };

/* Makes so many rows in one transaction and deletes them in the next. */
static void make_and_delete(Client *c, RowId *rows)
{
    Table *table = c->world->table;
    int32_t ids[MANY];
    StrView texts[MANY];
    Snapshot snapshot;
    RowOutcome outcome;
    Vector vectors[COLUMNS] = {{.phys = PHYS_I32, .data = ids}, {.phys = PHYS_STR, .data = texts}};
    Batch batch = {MANY, COLUMNS, vectors, {NULL, MANY}, c->tmp};
    for (uint32_t i = 0; i < MANY; i++) {
        ids[i] = (int32_t)i;
        texts[i] = strview(STR("some text of a row, long enough to fill leaves"));
    }
    c->txn = session_begin(&c->session);
    must_be_ok(table_insert(table, c->txn, &batch, rows));
    must_be_ok(session_commit(c->txn));
    c->txn = session_begin(&c->session);
    must_be_ok(txn_snapshot(c->txn, &snapshot));
    for (uint32_t i = 0; i < MANY; i++)
        must_be_ok(table_delete(table, c->txn, &snapshot, rows[i], &c->session.wait, &outcome));
    txn_snapshot_release(&snapshot);
    must_be_ok(session_commit(c->txn));
}

/* Gives the row's leaf another kind; how many of the rows stand there. */
static uint32_t leaf_turn(World *world, RowId row, const RowId *rows)
{
    const TreeKey key = {.row_id = row.v};
    Tree *tree;
    PageRef leaf;
    uint32_t inside = 0;
    must_be_ok(tree_open(world->engine.store, world->tree, &tree));
    must_be_ok(tree_latch_leaf(tree, &key, false, LATCH_EXCLUSIVE, false, &leaf));
    for (uint32_t i = 0; i < MANY; i++)
        inside += rows[i].v >= leaf_low(leaf.data) && rows[i].v < leaf_high(leaf.data);
    world->turned = leaf.data;
    world->turned->kind ^= OTHER_KIND;
    pool_unlatch(&leaf);
    tree_close(tree);
    return inside;
}

static void damaged_main(void *arg)
{
    World *world = arg;
    Client c;
    PurgeFigures figures;
    RowId rows[MANY];
    open_world(world);
    client_open(&c, world);
    make_and_delete(&c, rows);
    const uint32_t inside = leaf_turn(world, rows[MANY / 2], rows);
    CHECK_TRUE(inside > 0 && inside < MANY / 2);
    must_be_ok(table_purge_now(world->engine.txns, world->engine.store, &figures));
    CHECK_TRUE(figures.rows == MANY - inside);
    world->turned->kind ^= OTHER_KIND;
    client_close(&c);
    close_world(world);
}

static void test_rows_behind_a_damaged_leaf_go(void **state)
{
    (void)state;
    simulate(damaged_main);
}

/* ---- commits that leave nothing dead ---- */

static void joined_main(void *arg)
{
    World *world = arg;
    Client c;
    PurgeFigures figures;
    UndoRange ranges[4];
    open_world(world);
    client_open(&c, world);
    Txns *txns = world->engine.txns;
    must_be_ok(table_purge_now(txns, world->engine.store, &figures));
    const uint32_t short_text = number_of_text(&c, false);
    for (uint32_t i = 0; i < 3; i++) set_again(&c, short_text);
    (void)txn_purge_horizon_advance(txns, UNDO_DATA);
    CHECK_TRUE(txn_purge_next(txns, UNDO_DATA, ranges, 4) == 1);
    const UndoRange told = ranges[0];
    set_again(&c, short_text); /* what purge was told of stays as it is */
    (void)txn_purge_horizon_advance(txns, UNDO_DATA);
    CHECK_TRUE(txn_purge_next(txns, UNDO_DATA, ranges, 4) == 2);
    CHECK_TRUE(ranges[0].end.v == told.end.v && ranges[0].number.v == told.number.v);
    CHECK_TRUE(ranges[1].first.v >= told.end.v && ranges[1].number.v > told.number.v);
    client_close(&c);
    close_world(world);
}

static void test_commits_that_leave_nothing_dead_are_freed_together(void **state)
{
    (void)state;
    simulate(joined_main);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_long_values_survive),
        cmocka_unit_test(test_space_does_not_grow),
        cmocka_unit_test(test_too_much_undo_costs_the_oldest_snapshot),
        cmocka_unit_test(test_too_much_undo_is_taken_from_who_rests),
        cmocka_unit_test(test_only_what_leaves_something_dead_is_read),
        cmocka_unit_test(test_rows_behind_a_damaged_leaf_go),
        cmocka_unit_test(test_commits_that_leave_nothing_dead_are_freed_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* The machine crashes while sessions make and drop tables: afterwards every table whose transaction was acknowledged is
 * there with its index, none of the others is (but the one whose commit was under way may be), rows and index entries
 * of the catalogs agree, and OIDs given out are not given out again. What it cut off keeps its table until undone. */
#include "base/random.h"
#include "server.h"

enum { TABLES_MAX = 64, ROUNDS = 6 };

typedef struct Known {
    Oid oid;
    bool there, doubtful;
} Known;

/* Survives crashes. */
typedef struct World {
    Known tables[TABLES_MAX];
    uint32_t count, crashes;
    Oid highest; /* of the tables that are there: no new one is at or below */
} World;

static Oid make_table(Client *c, uint32_t number)
{
    static const CatNewColumn columns[] = {
        {.name = {"a", 1}, .type = OID_INT4, .typmod = -1},
        {.name = {"b", 1}, .type = OID_TEXT, .typmod = -1, .collation = 100}};
    static const CatIndexKey key = {.column = 1, .opclass = 1978, .type = OID_INT4};
    const Str column = STR("a");
    const CatNewRelation r = {.namespace_ = 2200,
                              .owner = 10,
                              .name = str_format(c->stmt, "t%u", (unsigned)number),
                              .kind = 'r',
                              .persistence = 'p',
                              .columns = columns,
                              .column_count = 2};
    const Oid oid = cat_create_relation(c->view, &r);
    const CatNewIndex index = {.relation = oid,
                               .method = 403,
                               .name = str_format(c->stmt, "t%u_a", (unsigned)number),
                               .keys = &key,
                               .names = &column,
                               .key_count = 1,
                               .column_count = 1};
    (void)cat_create_index(c->view, &index);
    return oid;
}

static void drop_object(CatalogView *view, CatObject object, void *arg)
{
    const bool relation = object.class_ == CLASS_PG_CLASS;
    const CatalogTable table = relation ? PG_CLASS : PG_TYPE;
    const Datum key = {.value.u32 = object.oid};
    (void)arg;
    CatScan *scan = cat_scan_open(view, table, relation ? PG_CLASS_OID_INDEX : PG_TYPE_OID_INDEX,
                                  &key, 1);
    CatRow row;
    CHECK_TRUE(cat_scan_next(scan, &row));
    if (relation)
        cat_drop_storage(view, (TreeId){(uint64_t)row.values[PG_CLASS_TREE].value.i64}, 'r');
    cat_delete(view, table, row.id);
    cat_scan_close(scan);
}

static void check_world(Client *c, World *world)
{
    for (uint32_t i = 0; i < world->count; i++) {
        Known *t = &world->tables[i];
        const Str name = str_format(c->stmt, "t%u", (unsigned)i);
        const CatRelation *r = cat_relation(c->view, t->oid);
        /* An OID that a crash took back may belong to a later table. */
        if (r && !str_equal(r->name, name)) r = NULL;
        if (t->doubtful) t->there = r != NULL;
        t->doubtful = false;
        CHECK_TRUE((r != NULL) == t->there);
        CHECK_TRUE((cat_relation_named(c->view, 2200, name) != 0) == t->there);
        if (!r) continue;
        world->highest = MAX(world->highest, t->oid);
        CHECK_TRUE(r->index_count == 1 && r->table != NULL && r->column_count == 2);
        CHECK_STR(cat_type(c->view, r->type)->name, str_copy_zero(c->stmt, name));
    }
}

/* One transaction: some tables made or one dropped, then the end. */
static void transact(Client *c, World *world, Random *random)
{
    uint32_t changed[4], count = 0;
    client_begin(c);
    const bool drop = random_chance(random, 3);
    if (drop && world->count) {
        const uint32_t i = (uint32_t)random_below(random, world->count);
        const CatObject object = {CLASS_PG_CLASS, world->tables[i].oid, 0};
        if (world->tables[i].there) {
            cat_drop(c->view, &object, 1, true, drop_object, NULL);
            changed[count++] = i;
        }
    } else {
        while (count < 1 + random_below(random, 3) && world->count < TABLES_MAX) {
            const uint32_t i = world->count;
            const Oid oid = make_table(c, i);
            CHECK_TRUE(oid > world->highest);
            world->tables[i] = (Known){.oid = oid};
            changed[count++] = world->count++;
        }
    }
    if (random_chance(random, 3)) {
        client_abort(c);
        return;
    }
    for (uint32_t i = 0; i < count; i++) world->tables[changed[i]].doubtful = true;
    client_commit(c);
    for (uint32_t i = 0; i < count; i++) {
        world->tables[changed[i]].there = !world->tables[changed[i]].there;
        world->tables[changed[i]].doubtful = false;
    }
}

typedef struct Run {
    World *world;
    Server *server;
    Random random;
    bool end; /* nothing but checks */
} Run;

static void run_body(void *arg)
{
    Run *run = arg;
    Client c;
    client_open(&c, run->server);
    client_begin(&c);
    check_world(&c, run->world);
    client_commit(&c);
    while (!run->end && run->world->count < TABLES_MAX) transact(&c, run->world, &run->random);
    client_close(&c);
}

static void in_scope(void (*body)(void *arg), void *arg)
{
    if (error_catch(body, arg, NULL, NULL)) return;
    const Error *e = error_current();
    (void)fprintf(stderr, "%.*s (%s:%d)\n", STR_ARG(e->message), e->file, e->line);
    assert_failed("raised", __FILE__, __LINE__);
}

static void run_main(void *arg)
{
    Run *run = arg;
    Server server;
    server_open(&server);
    run->server = &server;
    in_scope(run_body, run);
    server_close(&server);
}

static void create_main(void *arg)
{
    (void)arg;
    server_create();
}

static void test_crashes(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 3; seed++) {
        World world = {0};
        Run run = {.world = &world};
        Sim *sim = new_sim(test_seed(seed));
        random_seed(&run.random, test_seed(seed));
        SimEnd end = sim_run(sim, create_main, NULL);
        for (uint32_t i = 0; i < ROUNDS && (end == SIM_DONE || end == SIM_CRASHED); i++) {
            sim_crash_at(sim, 300 + random_below(sim_random(sim), 6000), i % 2 == 0);
            end = sim_run(sim, run_main, &run);
            world.crashes += end == SIM_CRASHED;
        }
        run.end = true;
        if (end == SIM_DONE || end == SIM_CRASHED) end = sim_run(sim, run_main, &run);
        if (end != SIM_DONE)
            fail_msg("seed %llu ended with %d: %s", (unsigned long long)seed, (int)end,
                     sim_report(sim));
        assert_true(world.crashes > 0);
        sim_release(sim);
    }
}

/* ---- what a crash left open keeps its table ---- */

enum { WAIT_MS = 2000 };

typedef struct Left {
    Server server;
    Oid oid;
    bool dropped;
} Left;

static void row_insert(Client *c, Oid oid)
{
    static int32_t number;
    static StrView text;
    Vector vectors[] = {{.phys = PHYS_I32, .data = &number}, {.phys = PHYS_STR, .data = &text}};
    Batch batch = {.columns = vectors, .column_count = 2, .selection = {.count = 1}};
    Table *table;
    RowId id;
    must_be_ok(table_open(c->server->store, cat_relation(c->view, oid)->tree, &table));
    must_be_ok(table_insert(table, c->txn, &batch, &id));
    table_close(table);
}

static void lose_body(void *arg)
{
    Left *left = arg;
    Client c;
    client_open(&c, &left->server);
    client_begin(&c);
    left->oid = make_table(&c, 1);
    client_commit(&c);
    client_begin(&c);
    row_insert(&c, left->oid);
    Wal *wal = store_wal(left->server.store);
    must_be_ok(wal_sync(wal, wal_insert_position(wal), 0));
    sim_crash_now(false);
}

static void lose_main(void *arg)
{
    Left *left = arg;
    server_open(&left->server);
    in_scope(lose_body, arg);
}

static void drop_body(void *arg)
{
    Left *left = arg;
    Client c;
    const CatObject object = {CLASS_PG_CLASS, left->oid, 0};
    client_open(&c, &left->server);
    client_begin(&c);
    CHECK_TRUE(cat_relation_open_oid(c.view, left->oid, LOCK_ACCESS_EXCLUSIVE) != NULL);
    cat_drop(c.view, &object, 1, true, drop_object, NULL);
    left->dropped = true;
    client_commit(&c);
    client_close(&c);
}

static void drop_main(void *arg)
{
    in_scope(drop_body, arg);
}

static void open_refused(void *arg)
{
    Client *c = arg;
    (void)cat_relation_open(c->view, (CatName){.name = STR("t1")}, LOCK_SHARE, CAT_NOWAIT);
}

static void look_body(void *arg)
{
    Left *left = arg;
    Client c;
    client_open(&c, &left->server);
    client_begin(&c);
    /* As a writer, who is not in its way; then as CREATE INDEX. */
    CHECK_TRUE(cat_relation_open(c.view, (CatName){.name = STR("t1")}, LOCK_ROW_EXCLUSIVE,
                                 CAT_NOWAIT) != NULL);
    CHECK_TRUE(!error_catch(open_refused, &c, NULL, NULL));
    CHECK_TRUE(error_current()->code == SQLSTATE_LOCK_NOT_AVAILABLE);
    client_close(&c);
}

static void lost_main(void *arg)
{
    Left *left = arg;
    server_open_idle(&left->server);
    CHECK_TRUE(txns_have_losers(left->server.txns));
    in_scope(look_body, arg);
    Task *dropping = start_task("drop", drop_main, left);
    must_be_ok(os_sleep_until(deadline_in_ms(WAIT_MS), WAIT_BACKGROUND));
    CHECK_TRUE(!left->dropped);
    server_start(&left->server);
    os_task_join(dropping);
    CHECK_TRUE(left->dropped && !txns_have_losers(left->server.txns));
    server_close(&left->server);
}

/* docs/traps.md F18: who locks a table against writers waits for a transaction that a crash left open and that wrote to
 * it, though nobody has put its lock back. */
static void test_a_loser_keeps_its_table(void **state)
{
    (void)state;
    static Left left;
    Sim *sim = new_sim(test_seed(1));
    assert_int_equal(sim_run(sim, create_main, NULL), SIM_DONE);
    assert_int_equal(sim_run(sim, lose_main, &left), SIM_CRASHED);
    const SimEnd end = sim_run(sim, lost_main, &left);
    if (end != SIM_DONE) fail_msg("ended with %d: %s", (int)end, sim_report(sim));
    sim_release(sim);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_crashes),
                                       cmocka_unit_test(test_a_loser_keeps_its_table)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

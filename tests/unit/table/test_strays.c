/* SPDX-License-Identifier: Apache-2.0 */
/* test_strays.c - no page is lost, whenever a crash comes: tables and indexes are made, filled with long values, built,
 * dropped and rolled back, with checkpoints in between, on a machine that crashes at any call. After each start every
 * page in use is part of something, and the directory has the trees that were committed, and no others (docs/traps.md
 * F9: a tree is known by its note in undo before it is made). */
#include "engine.h"

#include "base/arena.h"
#include "base/arith.h"
#include "store/check.h"
#include "store/space.h"

enum {
    TREES_MAX = 12,
    RUNS = 25,
    SEEDS = 6,
    ROWS = 20,
    TEXT_MAX = 40000,
    ENTRIES_MAX = 4000,
    FILL_BYTES = 1000,
};

typedef enum State { ABSENT, MAKING, COMMITTING, THERE, DROPPING } State;
typedef struct Known {
    TreeId id;
    State state;
    bool is_index;
} Known;

typedef struct World {
    Sim *sim;
    Engine engine;
    Session session;
    Arena *arena;
    Known trees[TREES_MAX];
    bool made;
    uint64_t recoveries, found;
} World;

static const TableColumn columns[] = {{0, PHYS_I32, COLUMN_NOT_NULL, {.null = true}},
                                      {1, PHYS_STR, 0, {.null = true}}};

static uint64_t below(World *w, uint64_t limit)
{
    return random_below(sim_random(w->sim), limit);
}

/* ---- looking ---- */

static void problem(void *arg, PageId page, const char *format, ...) PRINTF_LIKE(3, 4);
static void problem(void *arg, PageId page, const char *format, ...)
{
    va_list args;
    World *w = arg;
    va_start(args, format);
    (void)fprintf(stderr, "page %u/%" PRIu64 ": ", page_space(page).v, page_number(page));
    (void)vfprintf(stderr, format, args);
    (void)fprintf(stderr, "\n");
    va_end(args);
    w->found++;
}

static Known *known_tree(World *w, TreeId id)
{
    for (uint32_t i = 0; i < TREES_MAX; i++)
        if (w->trees[i].state != ABSENT && w->trees[i].id.v == id.v) return &w->trees[i];
    return NULL;
}

static Status visit_tree(void *arg, TreeId id, TreeKind kind, uint32_t flags)
{
    Known *known = known_tree(arg, id);
    (void)flags;
    CHECK_TRUE(known != NULL && known->state != MAKING);
    CHECK_TRUE(known->is_index == (kind == TREE_INDEX));
    known->state = THERE;
    return OK;
}

/* What was under way when the machine crashed is there or not; the rest is as it was. */
static void check_all(World *w)
{
    const StoreCheck check = {.found = problem, .arg = w, .tree = table_check_pages};
    CheckFigures figures;
    Known before[TREES_MAX];
    memcpy(before, w->trees, sizeof before);
    must_be_ok(store_check(w->engine.store, &check, &figures));
    CHECK_TRUE(w->found == 0);
    must_be_ok(tree_visit_all(w->engine.store, ENGINE_SPACE, visit_tree, w));
    for (uint32_t i = 0; i < TREES_MAX; i++) {
        Known *known = &w->trees[i];
        if (before[i].state != THERE) {
            if (known->state != THERE) known->state = ABSENT;
            continue;
        }
        Tree *tree;
        must_be_ok(tree_open(w->engine.store, known->id, &tree));
        tree_close(tree);
    }
    w->recoveries++;
}

/* ---- working ---- */

static Known *pick(World *w, bool there)
{
    Known *known = &w->trees[below(w, TREES_MAX)];
    return (known->state == THERE) == there ? known : NULL;
}

static void fill_table(World *w, Txn *txn, TreeId id)
{
    Table *table;
    RowId ids[ROWS];
    uint32_t count = (uint32_t)below(w, ROWS) + 1;
    int32_t *numbers = arena_alloc_zero(w->arena, ROWS * sizeof *numbers);
    StrView *texts = arena_alloc_zero(w->arena, ROWS * sizeof *texts);
    for (uint32_t i = 0; i < count; i++) {
        size_t bytes = below(w, 3) ? below(w, TEXT_MAX) : below(w, 3000);
        char *text = arena_alloc(w->arena, bytes + 1);
        random_bytes(sim_random(w->sim), text, bytes);
        texts[i] = strview((Str){text, bytes});
    }
    Vector vectors[] = {{.phys = PHYS_I32, .data = numbers}, {.phys = PHYS_STR, .data = texts}};
    Batch batch = {.columns = vectors, .column_count = 2, .selection = {.count = count}};
    must_be_ok(table_open(w->engine.store, id, &table));
    Savepoint savepoint = txn_savepoint(txn);
    must_be_ok(table_insert(table, txn, &batch, ids));
    if (below(w, 4) == 0) must_be_ok(txn_rollback_to(txn, &savepoint));
    table_close(table);
}

typedef enum BuildEnd {
    BUILD_WHOLE,
    BUILD_HALF, /* a checkpoint runs and the machine crashes before it is whole */
    BUILD_GIVEN_UP,
    BUILD_ON_FULL_DISK, /* given up, when there is no log even to give its pages back */
} BuildEnd;

/* Until the log refuses all but checkpoints, of which none gives anything back. */
static void log_fill(World *w)
{
    static const char zeros[FILL_BYTES];
    static const uint32_t sizes[] = {FILL_BYTES, 0};
    Wal *wal = store_wal(w->engine.store);
    sim_pause_hold(w->sim, "checkpoint_before_manifest");
    sim_disk_set_limit(w->sim, sim_disk_space_used(w->sim) + 4 * TEST_LOG_SEGMENT_BYTES);
    for (uint32_t i = 0; i < ARRAY_LEN(sizes); i++) {
        const WalPart part = {zeros, sizes[i]};
        const uint32_t bytes = wal_record_bytes(0, sizes[i]);
        Status status;
        while ((status = wal_credit_take(wal, bytes, WAL_CREDIT_RESERVE)) == OK)
            (void)wal_append(wal, WAL_NOTHING, XID_NONE, NULL, 0, &part, 1, NULL);
        must_give(ST_FULL, status);
        error_clear();
    }
}

static void space_again(World *w)
{
    sim_disk_set_limit(w->sim, UINT64_MAX);
    sim_pause_release(w->sim, "checkpoint_before_manifest");
}

static void build_index(World *w, TreeId id, uint32_t count, BuildEnd end)
{
    Index *index;
    IndexBuild *build;
    Table *none = NULL;
    must_be_ok(index_open(w->engine.store, id, none, &index));
    must_be_ok(index_build_begin(index, w->arena, &build));
    for (uint32_t i = 0; i < count; i++) {
        uint8_t key[120] = {1};
        store_be32(key + 1, i);
        memset(key + 5, 7, sizeof key - 5);
        must_be_ok(index_build_add(build, &(IndexKey){.key = {key, sizeof key}}, (RowId){i + 1},
                                   XID_NONE));
    }
    if (end == BUILD_HALF) must_be_ok(store_checkpoint(w->engine.store, true));
    if (end == BUILD_HALF) sim_crash_now(false);
    if (end == BUILD_ON_FULL_DISK) log_fill(w);
    if (end == BUILD_WHOLE) must_be_ok(index_build_end(build));
    index_build_abandon(build); /* of a whole one nothing */
    if (end == BUILD_ON_FULL_DISK) space_again(w);
    index_close(index);
}

static void end(World *w, Txn *txn, Known *known, State committed, bool abort)
{
    if (abort || below(w, 3) == 0) {
        txn_abort(txn);
        engine_settle(&w->engine);
        known->state = known->state == MAKING ? ABSENT : THERE;
        return;
    }
    known->state = committed == THERE ? COMMITTING : DROPPING;
    must_be_ok(session_commit(txn));
    known->state = committed;
}

static void make_tree(World *w, Known *known)
{
    Txn *txn = session_begin(&w->session);
    bool give_up = false;
    known->is_index = below(w, 2);
    known->state = MAKING;
    if (known->is_index) {
        must_be_ok(index_create(txn, ENGINE_SPACE, &(IndexOptions){0}, &known->id));
        give_up = below(w, 4) == 0;
        build_index(w, known->id, (uint32_t)below(w, ENTRIES_MAX),
                    give_up ? BUILD_GIVEN_UP : BUILD_WHOLE);
    } else {
        must_be_ok(table_create(txn, ENGINE_SPACE, columns, 2, 0, &known->id));
        fill_table(w, txn, known->id);
    }
    end(w, txn, known, THERE, give_up);
}

static void drop_tree(World *w, Known *known)
{
    Txn *txn = session_begin(&w->session);
    must_be_ok(table_drop_at_commit(txn, known->id));
    end(w, txn, known, ABSENT, false);
}

static void purge(World *w)
{
    PurgeFigures figures;
    must_be_ok(table_purge_now(w->engine.txns, w->engine.store, &figures));
}

static void work_main(void *arg)
{
    World *w = arg;
    if (!w->made) engine_create();
    w->made = true;
    bool tear = below(w, 2);
    if (below(w, 5) == 0) sim_crash_at(w->sim, 300 + below(w, 8000), tear); /* in recovery */
    engine_open(&w->engine, 128);
    engine_settle(&w->engine);
    session_open(&w->session, &w->engine, below(w, 1000));
    w->arena = arena_new(task_self()->account, "work");
    purge(w);
    check_all(w);
    sim_crash_at(w->sim, 1 + below(w, 12000), tear);
    for (;;) {
        Known *known;
        switch (below(w, 8)) {
        case 0: must_be_ok(store_checkpoint(w->engine.store, true)); break;
        case 1: purge(w); break;
        case 2:
            known = pick(w, true);
            if (known) drop_tree(w, known);
            break;
        case 3:
            known = pick(w, true);
            if (known && !known->is_index) {
                Txn *txn = session_begin(&w->session);
                fill_table(w, txn, known->id);
                if (below(w, 2))
                    must_be_ok(session_commit(txn));
                else
                    txn_abort(txn);
            }
            break;
        default:
            known = pick(w, false);
            if (known && known->state == ABSENT) make_tree(w, known);
        }
        arena_reset(w->arena);
    }
}

static void no_page_is_lost(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        World *w = calloc(1, sizeof *w);
        assert_non_null(w);
        w->sim = new_sim(test_seed(seed));
        for (uint32_t run = 0; run < RUNS; run++) {
            SimEnd ended = sim_run(w->sim, work_main, w);
            if (ended != SIM_CRASHED)
                fail_msg("seed %llu, run %u ended with %d: %s", (unsigned long long)seed, run,
                         (int)ended, sim_report(w->sim));
        }
        assert_true(w->recoveries > RUNS / 3);
        sim_release(w->sim);
        free(w);
    }
}

/* The checkpoint is behind the records that took the pages: its own list tells of them. */
static void half_main(void *arg)
{
    World *w = arg;
    TreeId id;
    engine_create();
    engine_open(&w->engine, 128);
    session_open(&w->session, &w->engine, 1);
    w->arena = arena_new(task_self()->account, "work");
    Txn *txn = session_begin(&w->session);
    must_be_ok(index_create(txn, ENGINE_SPACE, &(IndexOptions){0}, &id));
    build_index(w, id, ENTRIES_MAX, BUILD_HALF);
}

static void half_check_main(void *arg)
{
    World *w = arg;
    engine_open(&w->engine, 128);
    engine_settle(&w->engine);
    check_all(w);
    engine_close(&w->engine);
}

static void pages_on_their_way_at_a_checkpoint(void **state)
{
    (void)state;
    World w = {.sim = new_sim(test_seed(1))};
    assert_int_equal(sim_run(w.sim, half_main, &w), SIM_CRASHED);
    assert_int_equal(sim_run(w.sim, half_check_main, &w), SIM_DONE);
    sim_release(w.sim);
}

static void given_up_main(void *arg)
{
    World *w = arg;
    TreeId id;
    engine_create();
    engine_open(&w->engine, 128);
    session_open(&w->session, &w->engine, 1);
    w->arena = arena_new(task_self()->account, "work");
    for (BuildEnd how = BUILD_GIVEN_UP; how <= BUILD_ON_FULL_DISK; how++) {
        Txn *txn = session_begin(&w->session);
        must_be_ok(index_create(txn, ENGINE_SPACE, &(IndexOptions){0}, &id));
        build_index(w, id, ENTRIES_MAX, how);
        must_be_ok(store_checkpoint(w->engine.store, true));
        session_abort(w->engine.txns, txn);
        purge(w);
        if (how == BUILD_GIVEN_UP) check_all(w);
    }
    session_close(&w->session);
    engine_close(&w->engine);
}

/* In the session, or where even that finds the disk full by the next start, though it follows no crash. */
static void a_build_that_is_given_up_leaves_nothing(void **state)
{
    (void)state;
    World w = {.sim = new_sim(test_seed(1))};
    assert_int_equal(sim_run(w.sim, given_up_main, &w), SIM_DONE);
    assert_int_equal(sim_run(w.sim, half_check_main, &w), SIM_DONE);
    sim_release(w.sim);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(no_page_is_lost),
                                       cmocka_unit_test(pages_on_their_way_at_a_checkpoint),
                                       cmocka_unit_test(a_build_that_is_given_up_leaves_nothing)};
    return cmocka_run_group_tests_name("strays", tests, NULL, NULL);
}

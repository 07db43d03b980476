/* SPDX-License-Identifier: Apache-2.0 */
/* The pool on the simulated machine: many tasks over a pool far smaller than the data, against a model; crash and redo;
 * what it refuses, survives and leaves alone. */
#include "pool_model.h"

enum { FRAMES = 64, SEEDS = 8 };

typedef struct Run {
    Model model;
    Lsn redo; /* of the last completed checkpoint; survives a crash */
    void (*body)(Model *model);
} Run;

static void create_main(void *arg)
{
    (void)arg;
    test_device_create();
    Device *device = test_device_open();
    must_be_ok(device->ops->space_create(device, SPACE_TEMP));
    must_be_ok(device->ops->space_create(device, (SpaceId){2}));
    device->ops->close(device);
}

static void run_main(void *arg)
{
    Run *run = arg;
    model_open(&run->model, FRAMES, true);
    run->body(&run->model);
    model_close(&run->model);
}

/* Runs `body` on a fresh machine with an empty device. Returns what it left in model->sleeps. */
static uint64_t run_body_with(uint64_t seed, void (*body)(Model *model), bool unsynced)
{
    Run *run = calloc(1, sizeof *run);
    assert_non_null(run);
    run->body = body;
    run->model.seed = seed;
    run->model.unsynced = unsynced;
    Sim *sim = new_sim(seed);
    assert_int_equal(sim_run(sim, create_main, run), SIM_DONE);
    SimEnd end = sim_run(sim, run_main, run);
    if (end != SIM_DONE) fail_msg("run ended with %d: %s", (int)end, sim_report(sim));
    sim_release(sim);
    uint64_t sleeps = run->model.sleeps;
    free(run);
    return sleeps;
}

static uint64_t run_body(uint64_t seed, void (*body)(Model *model))
{
    return run_body_with(seed, body, false);
}

static void model_body(Model *model)
{
    model->changes = 40;
    model->ops_each = 400;
    model_run(model, 6, model->seed % 2 == 0);
    CHECK_TRUE(model->early_writes == 0);
    CHECK_TRUE(model->busy > 0);
    Lsn least;
    must_be_ok(pool_write_until(model->pool, wal_insert_position(model->wal), 0, &least));
    CHECK_TRUE(least.v == wal_insert_position(model->wal).v);
    PoolFigures figures;
    pool_figures(model->pool, &figures);
    CHECK_TRUE(figures.evictions > 0 && figures.reads > 0);
    model->sleeps = figures.latch_waits;
}

static void test_tasks_agree_with_the_model(void **state)
{
    (void)state;
    uint64_t sleeps = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        tunables_draw(test_seed(seed));
        sleeps += run_body(test_seed(seed), model_body);
    }
    tunables_draw(0);
    assert_true(sleeps > 0); /* some latches were waited for in earnest */
}

/* --- crash and redo --- */

static void checkpoint_main(void *arg)
{
    Run *run = arg;
    Lsn position = wal_insert_position(run->model.wal), least;
    must_be_ok(pool_write_until(run->model.pool, position, 0, &least));
    must_be_ok(wal_sync(run->model.wal, least, 0));
    run->redo = least;
}

static void work_main(void *arg)
{
    Run *run = arg;
    model_open(&run->model, FRAMES, true);
    run->model.changes = 60;
    run->model.ops_each = 60;
    for (uint32_t round = 0; round < 4; round++) {
        Task *checkpoint = start_task("checkpoint", checkpoint_main, run);
        model_run(&run->model, 4, true);
        os_task_join(checkpoint);
    }
    model_close(&run->model);
}

static void redo_main(void *arg)
{
    Run *run = arg;
    model_open(&run->model, FRAMES, false);
    model_redo(&run->model, run->redo);
    model_close(&run->model);
}

static uint32_t crash_and_redo(uint64_t seed, uint64_t at)
{
    Run *run = calloc(1, sizeof *run);
    assert_non_null(run);
    run->redo.v = 1;
    run->model.seed = seed;
    Sim *sim = new_sim(seed);
    assert_int_equal(sim_run(sim, create_main, run), SIM_DONE);
    sim_crash_at(sim, at, true);
    SimEnd end = sim_run(sim, work_main, run);
    assert_true(end == SIM_CRASHED || end == SIM_DONE);
    uint32_t early = run->model.early_writes;
    assert_int_equal(early, 0);
    sim_crash_at(sim, 0, false);
    end = sim_run(sim, redo_main, run);
    if (end != SIM_DONE) fail_msg("redo ended with %d: %s", (int)end, sim_report(sim));
    sim_release(sim);
    free(run);
    return end == SIM_DONE;
}

static void test_a_crash_loses_nothing_that_the_log_has(void **state)
{
    (void)state;
    Random random;
    random_seed(&random, test_seed(7));
    for (uint32_t n = 0; n < 40; n++) {
        crash_and_redo(test_seed(1000 + n), 200 + random_below(&random, 30000));
    }
}

/* F7: where the pool cannot sync the log, pages come before their records, and the model's device sees it. */
static void unsynced_body(Model *model)
{
    model->changes = 60;
    model->ops_each = 200;
    model_run(model, 4, true);
    CHECK_TRUE(model->early_writes > 0);
}

static void test_f7_the_log_is_synced_first(void **state)
{
    (void)state;
    run_body_with(test_seed(3), unsynced_body,
                  true); /* its counterpart: early_writes is 0 in every test above */
}

/* --- single properties --- */

static const LatchOptions shared = {.mode = LATCH_SHARED, .rank = RANK_LATCH};
static const LatchOptions exclusive = {.mode = LATCH_EXCLUSIVE, .rank = RANK_LATCH};

static void variants_body(Model *model)
{
    PageId page = model_page(30), other = model_page(31);
    PageRef ref, second;
    must_give(ST_BUSY, pool_latch_resident(model->pool, page, shared, &ref));
    must_give(ST_BUSY, pool_try_latch(model->pool, page, exclusive, &ref));
    must_be_ok(pool_fetch(model->pool, page));
    must_be_ok(pool_try_latch(model->pool, page, shared, &ref));
    must_be_ok(pool_try_latch(model->pool, page, shared, &second));
    pool_unlatch(&second);
    must_give(ST_BUSY, pool_try_latch(model->pool, page, exclusive, &second));
    uint32_t version = pool_version(&ref);
    pool_unlatch(&ref);
    must_be_ok(pool_latch(model->pool, page, exclusive, &ref));
    CHECK_TRUE(pool_version(&ref) == version);
    must_give(ST_BUSY, pool_try_latch(model->pool, page, shared, &second));
    must_give(ST_BUSY, pool_latch_resident(model->pool, other, shared, &second));
    pool_unlatch(&ref);
    must_be_ok(pool_latch(model->pool, page, shared, &ref));
    CHECK_TRUE(pool_version(&ref) == version + 1);
    pool_unlatch(&ref);
    pool_forget(model->pool, page, 1);
    must_give(ST_BUSY, pool_latch_resident(model->pool, page, shared, &ref));
    must_be_ok(pool_latch(model->pool, page, shared, &ref));
    CHECK_TRUE(pool_version(&ref) > version + 1);
    pool_unlatch(&ref);
    pool_forget_space(model->pool, (SpaceId){2});
    must_give(ST_BUSY, pool_latch_resident(model->pool, page, shared, &ref));
}

static void test_variants(void **state)
{
    (void)state;
    run_body(test_seed(1), variants_body);
}

/* A shared latch that its reader has announced, which comes after some that are in the word. */
static void latch_announced(Model *model, PageId page, PageRef *ref)
{
    for (uint32_t i = 0; i < 64; i++) {
        must_be_ok(pool_latch(model->pool, page, shared, ref));
        if (ref->place != 0) return;
        pool_unlatch(ref);
    }
    CHECK_TRUE(false);
}

typedef struct Writer {
    Model *model;
    PageId page;
    bool got;
} Writer;

static void writer_main(void *arg)
{
    Writer *writer = arg;
    PageRef ref;
    must_be_ok(pool_latch(writer->model->pool, writer->page, exclusive, &ref));
    writer->got = true;
    pool_unlatch(&ref);
}

static void sweeper_main(void *arg)
{
    Writer *sweeper = arg;
    for (uint32_t i = 0; i < 200; i++)
        must_be_ok(pool_fetch(sweeper->model->pool, model_page(100 + i)));
    sweeper->got = true;
}

static void announced_body(Model *model)
{
    Writer writer = {.model = model, .page = model_page(30)}, sweeper = {.model = model};
    PageRef ref, second;
    latch_announced(model, writer.page, &ref);
    must_be_ok(pool_try_latch(model->pool, writer.page, shared, &second));
    CHECK_TRUE(second.place != 0 && second.place != ref.place && second.frame == ref.frame);
    pool_unlatch(&second);
    Task *task = start_task("sweeper", sweeper_main, &sweeper);
    while (!sweeper.got) os_yield_point();
    must_be_ok(pool_try_latch(model->pool, writer.page, shared, &second)); /* is still there */
    CHECK_TRUE(second.frame == ref.frame);
    pool_unlatch(&second);
    must_give(ST_BUSY, pool_try_latch(model->pool, writer.page, exclusive, &second));
    pool_unlatch(&ref);
    must_be_ok(pool_try_latch(model->pool, writer.page, exclusive, &ref));
    pool_unlatch(&ref);
    os_task_join(task);
    latch_announced(model, writer.page, &ref);
    task = start_task("writer", writer_main, &writer);
    for (uint32_t i = 0; i < 100; i++) os_yield_point();
    CHECK_TRUE(!writer.got);
    pool_unlatch(&ref);
    os_task_join(task);
    CHECK_TRUE(writer.got);
    must_be_ok(pool_latch(model->pool, writer.page, shared, &ref));
    CHECK_TRUE(ref.place == 0); /* the writer took the mark off */
    pool_unlatch(&ref);
}

static void test_announced_readers_hold_writers_off(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) run_body(test_seed(seed), announced_body);
}

static void test_reserved_body(Model *model)
{
    PageRef refs[FRAMES / 2];
    must_be_ok(pool_reserve_frames(model->pool, FRAMES / 2));
    for (uint32_t i = 0; i < 200; i++) model_touch(model, 20 + i, exclusive);
    for (uint32_t i = 0; i < 20; i++) {
        must_be_ok(pool_latch_new(model->pool, model_page(300 + i), RANK_LATCH, &refs[i]));
    }
    for (uint32_t i = 0; i < 20; i++) pool_unlatch(&refs[i]);
    pool_unreserve_frames(model->pool, FRAMES / 2 - 20);
}

static void test_reserved_frames_are_there(void **state)
{
    (void)state;
    run_body(test_seed(1), test_reserved_body);
}

/* A writer asks while readers come and go without a gap: few may pass it. */
typedef struct Fair {
    Model *model;
    bool asked, got, stop;
    uint32_t passed;
} Fair;

static void reader_main(void *arg)
{
    Fair *fair = arg;
    while (!fair->stop) {
        PageRef ref;
        must_be_ok(pool_latch(fair->model->pool, model_page(30), shared, &ref));
        if (fair->asked && !fair->got) fair->passed++;
        for (uint32_t i = 0; i < 5; i++) os_yield_point();
        pool_unlatch(&ref);
    }
}

static void fair_body(Model *model)
{
    Fair fair = {.model = model};
    Task *readers[4];
    for (uint32_t i = 0; i < ARRAY_LEN(readers); i++) {
        readers[i] = start_task("reader", reader_main, &fair);
    }
    uint32_t passed = 0;
    for (uint32_t n = 0; n < 50; n++) {
        PageRef ref;
        for (uint32_t i = 0; i < 20; i++) os_yield_point();
        fair.passed = 0;
        fair.got = false;
        fair.asked = true;
        must_be_ok(pool_latch(model->pool, model_page(30), exclusive, &ref));
        fair.got = true;
        passed += fair.passed;
        pool_unlatch(&ref);
    }
    CHECK_TRUE(passed / 50 <= ARRAY_LEN(readers)); /* by far: one or none */
    fair.stop = true;
    for (uint32_t i = 0; i < ARRAY_LEN(readers); i++) os_task_join(readers[i]);
}

static void test_writers_do_not_starve(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) run_body(test_seed(seed), fair_body);
}

static void corrupt_reader_main(void *arg)
{
    Model *model = arg;
    PageRef ref;
    must_give(ST_CORRUPT, pool_latch(model->pool, model_page(40), shared, &ref));
    const Error *error = error_current();
    CHECK_TRUE(error != NULL && error->code == SQLSTATE_DATA_CORRUPTED);
    size_t at;
    CHECK_TRUE(str_find(error->message, STR("page 40 of space 2"), &at));
    error_clear();
}

static void corrupt_body(Model *model)
{
    Lsn least;
    for (uint32_t i = 30; i < 50; i++) model_touch(model, i, exclusive);
    must_be_ok(pool_write_until(model->pool, wal_insert_position(model->wal), 0, &least));
    pool_forget_space(model->pool, (SpaceId){2});
    CHECK_TRUE(sim_disk_flip_bit(sim_self(), TEST_DIR "/base/2/0", (40 * PAGE_BYTES + 5000) * 8));
    Task *tasks[3];
    for (uint32_t i = 0; i < ARRAY_LEN(tasks); i++) {
        tasks[i] = start_task("reader", corrupt_reader_main, model);
    }
    for (uint32_t i = 0; i < ARRAY_LEN(tasks); i++) os_task_join(tasks[i]);
    pool_read_ahead(model->pool, &(PageId){model_page(40).v}, 1);
    model_touch(model, 39, exclusive);
    model_touch(model, 41, exclusive);
    corrupt_reader_main(model);
    /* mended from outside, it is read again */
    CHECK_TRUE(sim_disk_flip_bit(sim_self(), TEST_DIR "/base/2/0", (40 * PAGE_BYTES + 5000) * 8));
    model_touch(model, 40, exclusive);
}

static void test_a_flipped_bit_is_found_and_named(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) run_body(test_seed(seed), corrupt_body);
}

static void scan_body(Model *model)
{
    for (uint32_t round = 0; round < 3; round++) {
        for (uint32_t i = 20; i < 50; i++) model_touch(model, i, shared);
    }
    LatchOptions scan = shared;
    scan.scan = true;
    for (uint32_t i = 60; i < MODEL_PAGES; i++) model_touch(model, i, scan);
    PoolFigures before, after;
    pool_figures(model->pool, &before);
    for (uint32_t i = 20; i < 50; i++) model_touch(model, i, shared);
    pool_figures(model->pool, &after);
    CHECK_TRUE(after.reads == before.reads); /* all still there */
    CHECK_TRUE(after.hits == before.hits + 30);
}

static void test_a_scan_leaves_the_rest_alone(void **state)
{
    (void)state;
    run_body(test_seed(1), scan_body);
}

static void failures_body(Model *model)
{
    Lsn least, all = {UINT64_MAX};
    for (uint32_t i = 30; i < 50; i++) model_touch(model, i, exclusive);
    sim_disk_set_limit(sim_self(), 1);
    must_give(ST_FULL, pool_write_until(model->pool, all, 0, &least));
    CHECK_TRUE(least.v < wal_insert_position(model->wal).v);
    sim_disk_set_limit(sim_self(), 0);
    must_be_ok(pool_write_until(model->pool, all, 0, &least));
    CHECK_TRUE(least.v == wal_insert_position(model->wal).v);
    for (uint32_t i = 30; i < 50; i++) model_touch(model, i, exclusive);
    sim_fail_at(sim_self(), SIM_FAIL_SYNC, 1, false);
    must_give(ST_IO, pool_write_until(model->pool, all, 0, &least));
    CHECK_TRUE(sim_disarm(sim_self()) == 1);
    CHECK_TRUE(least.v < wal_insert_position(model->wal).v);
    must_give(ST_IO, pool_write_until(model->pool, all, 0, &least)); /* and for good */
    PageRef ref;
    must_be_ok(
        pool_latch(model->pool, model_page(30), shared, &ref)); /* what is in memory still is */
    pool_unlatch(&ref);
}

static void test_failures_keep_pages_dirty(void **state)
{
    (void)state;
    run_body(test_seed(1), failures_body);
}

/* With storage gone and one clean frame left, two pages that are needed by turns do not drive each other out for
 * ever. */
static void by_turns_body(Model *model)
{
    Lsn least, all = {UINT64_MAX};
    for (uint32_t i = 0; i < FRAMES - 1; i++) model_touch(model, i, exclusive);
    sim_fail_at(sim_self(), SIM_FAIL_SYNC, 1, false);
    must_give(ST_IO, pool_write_until(model->pool, all, 0, &least));
    CHECK_TRUE(sim_disarm(sim_self()) == 1);
    Status status = OK;
    for (uint32_t turn = 0; turn < 100 && status == OK; turn++)
        status = pool_fetch(model->pool, model_page(MODEL_PAGES - 1 - turn % 2));
    CHECK_TRUE(status == ST_IO);
}

static void test_pages_needed_by_turns(void **state)
{
    (void)state;
    run_body(test_seed(1), by_turns_body);
}

/* A space of 100 GB of which single pages are read here and there. */
static void sparse_body(Model *model)
{
    PageRef ref;
    size_t before = account_used(task_self()->account);
    uint32_t version[3];
    for (uint64_t round = 0; round < 3; round++) {
        for (uint64_t i = 0; i < 3000; i++) {
            PageId page = page_id((SpaceId){2}, 100000 + i * 2111);
            must_be_ok(pool_latch(model->pool, page, exclusive, &ref));
            if (i == 5) version[round] = pool_version(&ref);
            pool_unlatch(&ref);
        }
    }
    CHECK_TRUE(version[0] < version[1] && version[1] < version[2]);
    CHECK_TRUE(account_used(task_self()->account) - before < 1 << 20);
}

static void test_a_sparse_space_costs_nothing(void **state)
{
    (void)state;
    run_body(test_seed(1), sparse_body);
}

static void too_large_body(Model *model)
{
    const PoolOptions options = {.frames = UINT64_C(1) << 25}; /* a word counts one less */
    Pool *pool;
    CHECK_TRUE(pool_open(task_self()->account, &model->watch, NULL, &options, &pool) ==
               ST_NO_MEMORY);
    CHECK_TRUE(pool == NULL);
}

static void test_a_pool_beyond_its_words_is_refused(void **state)
{
    (void)state;
    run_body(test_seed(1), too_large_body);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_variants),
        cmocka_unit_test(test_announced_readers_hold_writers_off),
        cmocka_unit_test(test_reserved_frames_are_there),
        cmocka_unit_test(test_a_pool_beyond_its_words_is_refused),
        cmocka_unit_test(test_tasks_agree_with_the_model),
        cmocka_unit_test(test_a_crash_loses_nothing_that_the_log_has),
        cmocka_unit_test(test_f7_the_log_is_synced_first),
        cmocka_unit_test(test_writers_do_not_starve),
        cmocka_unit_test(test_a_flipped_bit_is_found_and_named),
        cmocka_unit_test(test_a_scan_leaves_the_rest_alone),
        cmocka_unit_test(test_failures_keep_pages_dirty),
        cmocka_unit_test(test_pages_needed_by_turns),
        cmocka_unit_test(test_a_sparse_space_costs_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* test_checkpoint.c - when checkpoints come: the log that a start would redo stays below its limit whether or not the
 * disk keeps up, time brings one too, none comes without news, and the writes of one that nobody waits for are
 * spread. */
#include "tree_model.h"

enum {
    FRAMES = 256,
    VOLUME_MAX = 300000,
    SECONDS = 100,
    NUMBERS = 2000,
    CHANGES = 80000,
    PAUSE_EACH = 8, /* changes: so the disk keeps up with the log */
    SECOND_MS = 1000,
};

static const SpaceId user = {SPACE_FIRST_USER};

static void create_main(void *arg)
{
    (void)arg;
    tree_store_create();
}

static Store *open_store(void)
{
    Store *store;
    const StoreOptions options = {.pool = {.frames = FRAMES, .redo_bytes_max = VOLUME_MAX},
                                  .wal_buffer_bytes = 1 << 16,
                                  .checkpoint_wal_bytes = VOLUME_MAX,
                                  .checkpoint_seconds = SECONDS,
                                  .background = true};
    must_be_ok(store_open(task_self()->account, test_device_open(), &options, &tree_upper, &store));
    return store;
}

/* What a start would redo now. */
static uint64_t span(Store *store)
{
    Manifest manifest;
    store_manifest(store, &manifest);
    return wal_insert_position(store->wal).v - manifest.redo;
}

static uint64_t last_begin(Store *store)
{
    Manifest manifest;
    store_manifest(store, &manifest);
    return manifest.checkpoint_begin;
}

static void sleep_seconds(int64_t seconds)
{
    must_be_ok(os_sleep_until(deadline_in_ms(seconds * SECOND_MS), WAIT_BACKGROUND));
}

static void run(void (*main)(void *arg), bool pauses)
{
    number_leaf_fill = 30;
    for (uint64_t seed = 1; seed <= 3; seed++) {
        Sim *sim = new_sim(test_seed(seed));
        assert_int_equal(sim_run(sim, create_main, NULL), SIM_DONE);
        const SimEnd end = sim_run(sim, main, &pauses);
        if (end != SIM_DONE) fail_msg("ended with %d: %s", (int)end, sim_report(sim));
        sim_release(sim);
    }
}

/* --- volume --- */

/* Without pauses the log grows faster than pages are written: those who write must wait. */
static void volume_main(void *arg)
{
    const bool pauses = *(const bool *)arg;
    Store *store = open_store();
    TreeModel model = tree_model_create(store, user, SHAPE_TABLE, 0);
    const uint64_t begin = last_begin(store), from = wal_insert_position(store->wal).v;
    const int64_t start = os_monotonic_ns();
    uint64_t most = 0;
    for (uint64_t i = 0; i < CHANGES; i++) {
        (void)tree_model_put(&model, 1 + i * 7919 % NUMBERS, i);
        if (pauses && i % PAUSE_EACH == 0)
            must_be_ok(os_sleep_until(deadline_in_ms(1), WAIT_BACKGROUND));
        most = MAX(most, span(store));
    }
    CHECK_TRUE(wal_insert_position(store->wal).v - from > 4 * VOLUME_MAX);
    CHECK_TRUE(last_begin(store) > begin);
    CHECK_TRUE(most <= VOLUME_MAX);
    /* for the disk, not for the time over which writes are spread */
    CHECK_TRUE(pauses || os_monotonic_ns() - start < SECONDS / 10 * INT64_C(1000000000));
    tree_close(model.tree);
    must_be_ok(store_close(store, true));
}

static void the_span_to_redo_stays_below_its_limit(void **state)
{
    (void)state;
    run(volume_main, true);
    run(volume_main, false);
}

/* --- time --- */

static void time_main(void *arg)
{
    (void)arg;
    Store *store = open_store();
    TreeModel model = tree_model_create(store, user, SHAPE_TABLE, 0);
    sleep_seconds(3 * SECONDS);
    const uint64_t quiet = last_begin(store);
    sleep_seconds(3 * SECONDS);
    CHECK_TRUE(last_begin(store) == quiet); /* no news */
    (void)tree_model_put(&model, 1, 1);
    CHECK_TRUE(last_begin(store) == quiet);
    sleep_seconds(3 * SECONDS);
    CHECK_TRUE(last_begin(store) > quiet);
    tree_close(model.tree);
    must_be_ok(store_close(store, true));
}

static void time_brings_one_when_there_is_news(void **state)
{
    (void)state;
    run(time_main, false);
}

/* --- spreading --- */

static int64_t checkpoint_seconds(Store *store, bool fast)
{
    const int64_t from = os_monotonic_ns();
    must_be_ok(store_checkpoint(store, fast));
    return (os_monotonic_ns() - from) / SECOND_MS / 1000 / 1000;
}

static void spread_main(void *arg)
{
    (void)arg;
    Store *store = open_store();
    TreeModel model = tree_model_create(store, user, SHAPE_TABLE, 0);
    for (uint64_t i = 1; i < NUMBERS; i++) (void)tree_model_put(&model, i, i);
    CHECK_TRUE(checkpoint_seconds(store, false) > SECONDS / 2);
    for (uint64_t i = 1; i < NUMBERS; i++) (void)tree_model_put(&model, i, i + 1);
    CHECK_TRUE(checkpoint_seconds(store, true) < SECONDS / 10);
    tree_close(model.tree);
    must_be_ok(store_close(store, true));
}

static void its_writes_are_spread_unless_somebody_waits(void **state)
{
    (void)state;
    run(spread_main, false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_span_to_redo_stays_below_its_limit),
        cmocka_unit_test(time_brings_one_when_there_is_news),
        cmocka_unit_test(its_writes_are_spread_unless_somebody_waits),
    };
    return cmocka_run_group_tests_name("checkpoint", tests, NULL, NULL);
}

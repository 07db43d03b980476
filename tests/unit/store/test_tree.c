/* SPDX-License-Identifier: Apache-2.0 */
/* Trees on the simulated machine against a model: one task and many, on and on through crashes. */
#include "tree_model.h"

#include "base/arena.h"

enum { FRAMES = 256, NUMBERS_MAX = 6000 };
static const SpaceId user = {SPACE_FIRST_USER};

/* What the tree should hold: 0 is nothing. Outside of the machine, so that it survives its crash. */
typedef struct Outside {
    uint64_t seed;
    Shape shape;
    uint64_t values[NUMBERS_MAX];
    TreeId tree;
    void (*body)(struct Outside *outside, Store *store);
    uint32_t frames;
} Outside;

static void create_main(void *arg)
{
    (void)arg;
    tree_store_create();
}

static void body_main(void *arg)
{
    Outside *outside = arg;
    Store *store = tree_store_open(outside->frames, true);
    outside->body(outside, store);
    must_be_ok(store_close(store, true));
}

static void run_on(Sim *sim, Outside *outside, void (*main)(void *arg))
{
    SimEnd end = sim_run(sim, main, outside);
    if (end != SIM_DONE) fail_msg("run ended with %d: %s", (int)end, sim_report(sim));
}

static void draw_sizes(uint64_t seed)
{
    Random random;
    tunables_draw(test_seed(seed));
    random_seed(&random, test_seed(seed));
    number_leaf_fill = (uint32_t)random_i64_between(&random, 4, 40);
}

static void run_body(uint64_t seed, Shape shape, void (*body)(Outside *outside, Store *store))
{
    Outside *outside = calloc(1, sizeof *outside);
    assert_non_null(outside);
    draw_sizes(seed);
    *outside = (Outside){.seed = test_seed(seed), .shape = shape, .body = body, .frames = FRAMES};
    Sim *sim = new_sim(outside->seed);
    run_on(sim, outside, create_main);
    run_on(sim, outside, body_main);
    sim_release(sim);
    free(outside);
    tunables_draw(0);
}

static void compare(TreeModel *model, const uint64_t *values, uint32_t count)
{
    static uint64_t numbers[NUMBERS_MAX], found_values[NUMBERS_MAX];
    for (int backward = 0; backward <= 1; backward++) {
        uint32_t found = tree_model_scan(model, backward, numbers, found_values, NUMBERS_MAX);
        uint32_t at = 0;
        for (uint32_t i = 0; i < count; i++) {
            uint32_t number = backward ? count - 1 - i : i;
            if (values[number] == 0) continue;
            CHECK_TRUE(at < found && numbers[at] == number && found_values[at] == values[number]);
            at++;
        }
        CHECK_TRUE(at == found);
    }
}

static void random_work(TreeModel *model, Random *random, uint64_t *values, uint32_t count,
                        uint32_t rounds, uint32_t remove_in_10)
{
    for (uint32_t i = 0; i < rounds; i++) {
        uint64_t number = 1 + random_below(random, count - 1), value;
        if (random_below(random, 10) < remove_in_10) {
            CHECK_TRUE(tree_model_remove(model, number) == (values[number] != 0));
            values[number] = 0;
        } else {
            CHECK_TRUE(tree_model_put(model, number, i + 1) == (values[number] == 0));
            values[number] = i + 1;
        }
        number = random_below(random, count);
        CHECK_TRUE(tree_model_get(model, number, &value) == (values[number] != 0));
        CHECK_TRUE(values[number] == 0 || values[number] == value);
    }
}

static void random_body(Outside *outside, Store *store)
{
    Random random;
    random_seed(&random, outside->seed);
    TreeModel model = tree_model_create(store, user, outside->shape, 0);
    enum { COUNT = 3000 };
    random_work(&model, &random, outside->values, COUNT, 6000, 2);
    tree_model_check(&model);
    compare(&model, outside->values, COUNT);
    uint32_t height = tree_model_height(&model);
    CHECK_TRUE(height > 1);
    random_work(&model, &random, outside->values, COUNT, 6000, 8);
    tree_model_check(&model);
    compare(&model, outside->values, COUNT);
    for (uint64_t i = 1; i < COUNT; i++) (void)tree_model_remove(&model, i);
    tree_model_check(&model);
    CHECK_TRUE(tree_model_height(&model) <= height);
    tree_close(model.tree);
}

static void test_random_changes_agree_with_a_sorted_array(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 6; seed++) run_body(seed, (Shape)(seed % SHAPES), random_body);
}

/* --- building --- */

static void build(TreeModel *model, uint64_t *values, uint32_t count, uint32_t step,
                  uint32_t leaf_count)
{
    Arena *arena = arena_new(task_self()->account, "build");
    TreeBuilder *builder;
    const LeafOps *ops = model->tree->leaf;
    must_be_ok(tree_build_begin(model->tree, 90, arena, &builder));
    uint32_t number = step;
    do {
        void *page;
        TreeKey low;
        KeyCopy low_copy, high;
        uint32_t end = number + leaf_count * step;
        must_be_ok(tree_build_leaf(builder, &page, &low));
        tree__key_copy(&low_copy, &low);
        bool last = end >= count;
        if (!last) tree_model_key(model, end, &high);
        ops->init(page, &low_copy.key, last ? &TREE_KEY_HIGHEST : &high.key, 0);
        for (; number < end && number < count; number += step) {
            tree_model_fill(model, page, number, number);
            values[number] = number;
        }
        must_be_ok(tree_build_add(builder, last ? NULL : &high.key));
    } while (number < count);
    must_be_ok(tree_build_end(builder));
    arena_drop(arena);
}

static void build_body(Outside *outside, Store *store)
{
    Random random;
    random_seed(&random, outside->seed);
    const uint32_t leaf_counts[] = {3000, 4, 1 + (uint32_t)random_below(&random, 4)};
    for (uint32_t i = 0; i < ARRAY_LEN(leaf_counts); i++) {
        TreeModel model = tree_model_create(store, user, outside->shape, 0);
        uint32_t count = i == 0 ? 8 : 3000; /* one leaf only, and many */
        if (i == 0) model.pad_max = 20;
        memset(outside->values, 0, sizeof outside->values);
        build(&model, outside->values, count, 2, i == 0 ? 4 : leaf_counts[i]);
        tree_model_check(&model);
        compare(&model, outside->values, count);
        CHECK_TRUE((tree_model_height(&model) > 1) == (i != 0));
        random_work(&model, &random, outside->values, count, 1000, 4);
        tree_model_check(&model);
        compare(&model, outside->values, count);
        TreeId id = tree_number_of(model.tree);
        tree_close(model.tree);
        must_be_ok(tree_drop(store, id));
    }
    must_be_ok(tree_free_dropped(store, user));
}

static void test_a_tree_built_from_sorted_input_is_like_any(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 9; seed++) run_body(seed, (Shape)(seed % SHAPES), build_body);
}

/* --- many tasks --- */

/* Numbers divisible by STABLE_STEP stay; the others come and go, each worker's its own. */
enum { WORKERS = 4, STABLE_STEP = 7, SHARED_COUNT = 1500, WORKER_OPS = 500, SCANS = 12 };

typedef struct Crowd {
    TreeModel model;
    Outside *outside;
    _Atomic uint32_t running;
} Crowd;

typedef struct Worker {
    Crowd *crowd;
    uint32_t number;
} Worker;

static void worker_main(void *arg)
{
    Worker *worker = arg;
    Crowd *crowd = worker->crowd;
    Random random;
    random_seed(&random, crowd->outside->seed * 31 + worker->number);
    for (uint32_t i = 0; i < WORKER_OPS; i++) {
        uint64_t number = random_below(&random, SHARED_COUNT / WORKERS) * WORKERS + worker->number;
        uint64_t *value = &crowd->outside->values[number], seen;
        if (number == 0 || number % STABLE_STEP == 0) continue;
        bool grow = i / 100 % 2 == 0; /* waves, so that pages split and merge */
        CHECK_TRUE(tree_model_get(&crowd->model, number, &seen) == (*value != 0));
        CHECK_TRUE(*value == 0 || *value == seen);
        if (random_chance(&random, 5) != grow) {
            CHECK_TRUE(tree_model_put(&crowd->model, number, i + 1) == (*value == 0));
            *value = i + 1;
        } else {
            CHECK_TRUE(tree_model_remove(&crowd->model, number) == (*value != 0));
            *value = 0;
        }
    }
    atomic_fetch_sub(&crowd->running, 1);
}

/* Scans in both directions meet every number that stays exactly once and all in order (docs/traps.md C22). */
static void scanner_main(void *arg)
{
    Crowd *crowd = arg;
    uint64_t *numbers = calloc(SHARED_COUNT * 2, sizeof *numbers);
    for (uint32_t scan = 0; scan < SCANS || atomic_load(&crowd->running) > 0; scan++) {
        bool backward = scan % 2 == 1;
        uint32_t stable = 0;
        uint32_t found = tree_model_scan(&crowd->model, backward, numbers, NULL, SHARED_COUNT * 2);
        for (uint32_t i = 0; i < found; i++) {
            CHECK_TRUE(i == 0 ||
                       (backward ? numbers[i] < numbers[i - 1] : numbers[i] > numbers[i - 1]));
            if (numbers[i] % STABLE_STEP == 0) stable++;
        }
        CHECK_TRUE(stable == (SHARED_COUNT - 1) / STABLE_STEP);
    }
    free(numbers);
}

static void crowd_work(Crowd *crowd)
{
    Worker workers[WORKERS];
    Task *tasks[WORKERS + 1];
    atomic_store(&crowd->running, WORKERS);
    for (uint32_t i = 0; i < WORKERS; i++) {
        workers[i] = (Worker){crowd, i};
        tasks[i] = start_task("worker", worker_main, &workers[i]);
    }
    tasks[WORKERS] = start_task("scanner", scanner_main, crowd);
    for (uint32_t i = 0; i <= WORKERS; i++) os_task_join(tasks[i]);
}

static void crowd_body(Outside *outside, Store *store)
{
    Crowd crowd = {.model = tree_model_create(store, user, outside->shape, 0), .outside = outside};
    crowd.model.pad_max = 1000;
    for (uint64_t i = STABLE_STEP; i < SHARED_COUNT; i += STABLE_STEP) {
        outside->values[i] = i;
        CHECK_TRUE(tree_model_put(&crowd.model, i, i));
    }
    crowd_work(&crowd);
    tree_model_check(&crowd.model);
    compare(&crowd.model, outside->values, SHARED_COUNT);
    tree_close(crowd.model.tree);
}

static void test_scans_neither_miss_nor_repeat_while_pages_split_and_merge(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 6; seed++) run_body(seed, (Shape)(seed % SHAPES), crowd_body);
}

/* --- crashes --- */

enum { HISTORY_MAX = 4000, CRASH_NUMBERS = 900, CRASHES = 12 };

typedef struct Op {
    uint64_t number, value; /* value 0: removed */
} Op;

/* One task's changes in order, and how many were known durable. */
typedef struct History {
    Outside outside;
    uint64_t random;
    uint32_t count;
    uint32_t durable; /* of them */
    Op ops[HISTORY_MAX];
    uint64_t base[CRASH_NUMBERS]; /* before the first of them */
    bool created;
    uint64_t crash_at;
} History;

static TreeModel model_of(History *history, Store *store)
{
    TreeModel model = {.store = store, .shape = history->outside.shape, .pad_max = 200};
    must_be_ok(tree_open(store, history->outside.tree, &model.tree));
    return model;
}

/* What is found must be the state after some change, and that no earlier than the last durable one. */
static void recovered_check(History *history, TreeModel *model)
{
    static uint64_t found[CRASH_NUMBERS], state[CRASH_NUMBERS];
    uint32_t differences = 0;
    for (uint64_t i = 0; i < CRASH_NUMBERS; i++) {
        if (!tree_model_get(model, i, &found[i])) found[i] = 0;
        state[i] = history->base[i];
        differences += state[i] != found[i];
    }
    bool matched = differences == 0 && history->durable == 0;
    for (uint32_t i = 0; i < history->count && !matched; i++) {
        const Op *op = &history->ops[i];
        differences -= state[op->number] != found[op->number];
        state[op->number] = op->value;
        differences += state[op->number] != found[op->number];
        matched = differences == 0 && i + 1 >= history->durable;
    }
    CHECK_TRUE(matched);
    memcpy(history->base, found, sizeof found);
    memcpy(history->outside.values, found, sizeof found);
    history->count = history->durable = 0;
    tree_model_check(model);
    tree_model_check_store(model->store);
    compare(model, found, CRASH_NUMBERS);
}

static void history_op(History *history, TreeModel *model, Random *random)
{
    Op *op = &history->ops[history->count];
    *op = (Op){.number = 1 + random_below(random, CRASH_NUMBERS - 1)};
    bool grow = history->count / 300 % 2 == 0;
    if (random_chance(random, 6) != grow) op->value = random_u64(random) | 1;
    history->count++; /* counted before it is made: a crash may come in the middle */
    if (op->value != 0)
        (void)tree_model_put(model, op->number, op->value);
    else
        (void)tree_model_remove(model, op->number);
}

static void crash_main(void *arg)
{
    History *history = arg;
    Random random;
    random_seed(&random, history->random);
    sim_crash_at(sim_self(), history->crash_at, true);
    Store *store = tree_store_open(FRAMES, true);
    TreeModel model;
    if (!history->created) {
        model = tree_model_create(store, user, history->outside.shape, 0);
        must_be_ok(wal_sync(store->wal, wal_insert_position(store->wal), 0));
        history->outside.tree = tree_number_of(model.tree);
        history->created = true;
    } else {
        model = model_of(history, store);
        recovered_check(history, &model);
    }
    while (history->count < HISTORY_MAX) {
        history_op(history, &model, &random);
        uint32_t count = history->count;
        switch (random_below(&random, 60)) {
        case 0:
            must_be_ok(wal_sync(store->wal, wal_insert_position(store->wal), 0));
            history->durable = count;
            break;
        case 1: store_checkpoint_request(store); break;
        default: break;
        }
    }
    sim_crash_now(true);
}

/* Splits, merges and shrinking are redone from any place, whichever of their pages reached the disk (docs/traps.md
 * F4). */
static void test_a_crash_at_any_place_leaves_a_state_that_was(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 6; seed++) {
        History *history = calloc(1, sizeof *history);
        assert_non_null(history);
        draw_sizes(seed);
        history->outside.shape = (Shape)(seed % SHAPES);
        Sim *sim = new_sim(test_seed(seed));
        Random random;
        random_seed(&random, test_seed(seed));
        run_on(sim, &history->outside, create_main);
        for (uint32_t crash = 0; crash < CRASHES; crash++) {
            history->random = random_u64(&random);
            history->crash_at = 1 + random_below(&random, 60000);
            if (sim_run(sim, crash_main, history) != SIM_CRASHED)
                fail_msg("not crashed: %s", sim_report(sim));
        }
        assert_true(history->created);
        sim_release(sim);
        free(history);
    }
    tunables_draw(0);
}

/* --- the directory --- */

static bool sequence_next(void *arg, int64_t *value, bool *called)
{
    int64_t *given = arg;
    if (*called) ++*value;
    *called = true;
    *given = *value;
    return true;
}

typedef struct Kept {
    Outside outside;
    TreeId tree, sequence, unlogged, late, dropped;
    uint8_t long_layout[9000];
    int64_t last;
    uint64_t pages_used;
} Kept;

static uint64_t pages_used(Store *store)
{
    SpaceFigures figures;
    must_be_ok(space_figures(store, user, &figures));
    return figures.pages_used;
}

static void directory_make_main(void *arg)
{
    Kept *kept = arg;
    uint32_t number;
    Store *store = tree_store_open(FRAMES, true);
    TreeModel model = tree_model_create(store, user, SHAPE_BYTES, 0);
    kept->tree = tree_number_of(model.tree);
    must_be_ok(tree_add_layout(model.tree, (Bytes){kept->long_layout, 9000}, &number));
    CHECK_TRUE(number == 1);
    must_be_ok(sequence_create(store, user, 5, &kept->sequence));
    for (int64_t i = 5; i < 25; i++) {
        must_be_ok(sequence_change(store, kept->sequence, sequence_next, &kept->last));
        CHECK_TRUE(kept->last == i);
    }
    TreeModel unlogged = tree_model_create(store, user, SHAPE_TABLE, TREE_UNLOGGED);
    kept->unlogged = tree_number_of(unlogged.tree);
    for (uint64_t i = 1; i < 2000; i++) (void)tree_model_put(&unlogged, i, i);
    kept->pages_used = pages_used(store);
    TreeModel dropped = tree_model_create(store, user, SHAPE_TABLE, 0);
    kept->dropped = tree_number_of(dropped.tree);
    for (uint64_t i = 1; i < 2000; i++) (void)tree_model_put(&dropped, i, i);
    must_be_ok(tree_drop(store, kept->dropped));
    must_be_ok(tree_free_dropped(store, user)); /* still open: its pages stay */
    CHECK_TRUE(tree_model_get(&dropped, 77, NULL));
    tree_model_check(&dropped);
    /* The next start finds the root as it was, and is to know the tree by its new one afterwards. */
    TreeModel late = tree_model_create(store, user, SHAPE_TABLE, TREE_UNLOGGED);
    kept->late = tree_number_of(late.tree);
    for (uint64_t i = 1; i < 20; i++) (void)tree_model_put(&late, i, i);
    Lsn end = wal_insert_position(store->wal), least;
    must_be_ok(wal_sync(store->wal, end, 0));
    must_be_ok(pool_write_until(store->pool, (Lsn){end.v + 1}, 0, &least));
    sim_crash_now(true);
}

static Status count_tree(void *arg, TreeId id, TreeKind kind, uint32_t flags)
{
    (void)id, (void)kind, (void)flags;
    ++*(uint32_t *)arg;
    return OK;
}

static void directory_read_main(void *arg)
{
    Kept *kept = arg;
    Store *store = tree_store_open(FRAMES, true);
    Tree *tree;
    Bytes layout;
    int64_t value;
    bool called;
    uint32_t count = 0;
    tree_model_check_store(store);
    must_be_ok(tree_visit_all(store, user, count_tree, &count));
    CHECK_TRUE(count == 3);
    must_be_ok(tree_open(store, kept->tree, &tree));
    CHECK_TRUE(tree_layout_count(tree) == 2);
    must_be_ok(tree_layout(tree, 0, &layout));
    CHECK_TRUE(layout.bytes == 8 && memcmp(layout.data, "layout 0", 8) == 0);
    must_be_ok(tree_layout(tree, 1, &layout));
    CHECK_TRUE(layout.bytes == 9000 && memcmp(layout.data, kept->long_layout, 9000) == 0);
    must_give(ST_CORRUPT, tree_layout(tree, 2, &layout));
    tree_close(tree);
    must_be_ok(sequence_read(store, kept->sequence, &value, &called));
    CHECK_TRUE(value == kept->last && called);
    must_be_ok(sequence_drop(store, kept->sequence));
    must_give(ST_NOT_FOUND, sequence_read(store, kept->sequence, &value, &called));
    /* A tree that was dropped is not found; its pages come back, those of the emptied unlogged one have. */
    must_give(ST_NOT_FOUND, tree_open(store, kept->dropped, &tree));
    must_be_ok(tree_drop(store, kept->dropped));
    must_be_ok(tree_free_dropped(store, user));
    CHECK_TRUE(pages_used(store) < kept->pages_used);
    memset(kept->outside.values, 0, sizeof kept->outside.values);
    for (uint32_t i = 0; i < 2; i++) {
        TreeModel unlogged = {.store = store, .shape = SHAPE_TABLE};
        must_be_ok(tree_open(store, i == 0 ? kept->unlogged : kept->late, &unlogged.tree));
        compare(&unlogged, kept->outside.values, NUMBERS_MAX);
        CHECK_TRUE(tree_model_put(&unlogged, 3, 3));
        tree_close(unlogged.tree);
    }
    must_be_ok(store_close(store, true));
}

/* Trees, layouts and sequences are known again after a crash, without a catalog (docs/traps.md F9). */
static void test_the_directory_outlives_a_crash(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 4; seed++) {
        Kept *kept = calloc(1, sizeof *kept);
        assert_non_null(kept);
        draw_sizes(seed);
        for (uint32_t i = 0; i < 9000; i++) kept->long_layout[i] = (uint8_t)(i * 7);
        Sim *sim = new_sim(test_seed(seed));
        run_on(sim, &kept->outside, create_main);
        if (sim_run(sim, directory_make_main, kept) != SIM_CRASHED)
            fail_msg("not crashed: %s", sim_report(sim));
        SimEnd end = sim_run(sim, directory_read_main, kept);
        if (end != SIM_DONE) fail_msg("run ended with %d: %s", (int)end, sim_report(sim));
        sim_release(sim);
        free(kept);
    }
    tunables_draw(0);
}

static void attachment_release(void *attachment)
{
    ++*(uint32_t *)attachment;
}

static void attach_body(Outside *outside, Store *store)
{
    uint32_t first = 0, second = 0;
    TreeModel model = tree_model_create(store, user, outside->shape, TREE_CATALOG);
    CHECK_TRUE(tree_store(model.tree) == store && tree_flags(model.tree) == TREE_CATALOG);
    CHECK_TRUE(tree_kind(model.tree) == (outside->shape == SHAPE_TABLE ? TREE_TABLE : TREE_INDEX));
    CHECK_TRUE(tree_attachment(model.tree) == NULL);
    CHECK_TRUE(tree_attach(model.tree, &first, attachment_release) == &first);
    CHECK_TRUE(tree_attach(model.tree, &second, attachment_release) == &first);
    CHECK_TRUE(second == 1 && first == 0 && tree_attachment(model.tree) == &first);
    must_be_ok(tree_drop(store, tree_number_of(model.tree)));
    CHECK_TRUE(first == 0);
    tree_close(model.tree);
    CHECK_TRUE(first == 1);
}

static void test_an_attachment_lives_as_long_as_the_open_tree(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 3; seed++) run_body(seed, (Shape)(seed % SHAPES), attach_body);
}

static void partition_body(Outside *outside, Store *store)
{
    TreeModel model = tree_model_create(store, user, outside->shape, 0);
    Arena *arena = arena_new(task_self()->account, "keys");
    TreeKey *keys;
    uint32_t count;
    must_be_ok(tree_partition(model.tree, 8, arena, &keys, &count));
    CHECK_TRUE(count == 0);
    for (uint64_t i = 1; i < 3000; i++) (void)tree_model_put(&model, i, i);
    must_be_ok(tree_partition(model.tree, 8, arena, &keys, &count));
    CHECK_TRUE(count == 7);
    for (uint32_t i = 0; i + 1 < count; i++)
        CHECK_TRUE(tree__key_compare(model.tree, &keys[i], &keys[i + 1]) < 0);
    KeyCopy key;
    tree_model_key(&model, 1000, &key);
    must_be_ok(tree_read_ahead(model.tree, &key.key, 20));
    arena_drop(arena);
    tree_close(model.tree);
}

static void test_a_tree_is_cut_into_ranges(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 6; seed++)
        run_body(seed, (Shape)(seed % SHAPES), partition_body);
}

/* --- two leaves at once --- */

typedef struct Pairs {
    TreeModel *model;
    uint64_t busy, latched;
    uint64_t seed;
} Pairs;

/* Holds the leaf of a number exclusively and latches the one to its right, as unique inserts do;
 * all the while others split and
 * merge, who latch from above (docs/traps.md F12, T3). */
static void pair_main(void *arg)
{
    Pairs *pairs = arg;
    Tree *tree = pairs->model->tree;
    Random random;
    random_seed(&random, pairs->seed);
    for (uint32_t i = 0; i < 400; i++) {
        KeyCopy key, next;
        PageRef left, right;
        TreeKey low, high;
        tree_model_key(pairs->model, 1 + random_below(&random, SHARED_COUNT), &key);
        must_be_ok(tree_latch_leaf(tree, &key.key, false, LATCH_EXCLUSIVE, false, &left));
        tree->leaf->fences(left.data, &low, &high);
        tree__key_copy(&next, &high);
        if (tree__key_is_open(tree, &high)) {
            pool_unlatch(&left);
            continue;
        }
        Status status = tree_latch_leaf_resident(tree, &next.key, LATCH_EXCLUSIVE, &right);
        CHECK_TRUE(status == OK || status == ST_BUSY);
        if (status == OK) {
            tree->leaf->fences(right.data, &low, &high);
            CHECK_TRUE(tree__key_compare(tree, &low, &next.key) == 0);
            pairs->latched++;
            pool_unlatch(&right);
        } else {
            pairs->busy++;
        }
        pool_unlatch(&left);
    }
}

static void pairs_body(Outside *outside, Store *store)
{
    Crowd crowd = {.model = tree_model_create(store, user, outside->shape, 0), .outside = outside};
    Pairs pairs[2] = {{&crowd.model, 0, 0, outside->seed}, {&crowd.model, 0, 0, outside->seed + 1}};
    Task *tasks[2];
    for (uint64_t i = STABLE_STEP; i < SHARED_COUNT; i += STABLE_STEP) {
        outside->values[i] = i;
        CHECK_TRUE(tree_model_put(&crowd.model, i, i));
    }
    for (uint32_t i = 0; i < 2; i++) tasks[i] = start_task("pairs", pair_main, &pairs[i]);
    crowd_work(&crowd);
    for (uint32_t i = 0; i < 2; i++) {
        os_task_join(tasks[i]);
        CHECK_TRUE(pairs[i].latched > 0);
    }
    compare(&crowd.model, outside->values, SHARED_COUNT);
    tree_close(crowd.model.tree);
}

static void test_latching_to_the_right_never_waits_in_a_circle(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 6; seed++) run_body(seed, (Shape)(seed % SHAPES), pairs_body);
}

/* --- the longest keys --- */

static void long_body(Outside *outside, Store *store)
{
    Random random;
    random_seed(&random, outside->seed);
    TreeModel model = tree_model_create(store, user, SHAPE_BYTES, 0);
    model.pad_max = TREE_KEY_BYTES_MAX - 64;
    random_work(&model, &random, outside->values, 600, 1500, 3);
    tree_model_check(&model);
    compare(&model, outside->values, 600);
    random_work(&model, &random, outside->values, 600, 1500, 8);
    tree_model_check(&model);
    compare(&model, outside->values, 600);
    tree_close(model.tree);
}

static void test_the_longest_keys(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 4; seed++) run_body(seed, SHAPE_BYTES, long_body);
}

/* --- the last leaf --- */

static PageId last_leaf(TreeModel *model, const KeyCopy *key, bool by_tail)
{
    PageRef leaf;
    must_be_ok(by_tail
                   ? tree_latch_tail(model->tree, &key->key, &leaf)
                   : tree_latch_leaf(model->tree, &key->key, false, LATCH_EXCLUSIVE, false, &leaf));
    PageId page = leaf.id;
    pool_unlatch(&leaf);
    return page;
}

static void left_tail_body(Outside *outside, Store *store)
{
    TreeModel model = tree_model_create(store, user, outside->shape, 0);
    uint32_t count = 8 * number_leaf_fill;
    KeyCopy key;
    for (uint32_t i = 0; i < count; i++) CHECK_TRUE(tree_model_put(&model, i, 1));
    tree_model_key(&model, count, &key);
    PageId left = last_leaf(&model, &key, true), now = left;
    must_be_ok(store_checkpoint(store, true));
    while (now.v == left.v && count > 0) {
        CHECK_TRUE(tree_model_remove(&model, --count));
        now = last_leaf(&model, &key, false);
    }
    CHECK_TRUE(now.v != left.v);
    must_be_ok(pool_fetch(store->pool, left)); /* as a check of the file does, or a read ahead */
    CHECK_TRUE(last_leaf(&model, &key, true).v == now.v);
    tree_close(model.tree);
}

/* Merged away it stands on the disk as it was while it was the last one; read from there, it gets no entries. */
static void test_a_last_leaf_that_left_the_tree_is_not_the_last(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 4; seed++) run_body(seed, SHAPE_TABLE, left_tail_body);
}

/* --- pages that cannot be read --- */

enum { UNREAD_COUNT = 600 };

static struct {
    const DeviceOps *ops;
    PageId page;
    uint32_t bad, reads; /* so many reads of it, from now, give other bytes than were written */
} spoiled;

static Status spoiling_read(Device *device, PageId page, void *data)
{
    TRY(spoiled.ops->read(device, page, data));
    if (page.v != spoiled.page.v) return OK;
    spoiled.reads++;
    if (spoiled.bad == 0) return OK;
    spoiled.bad--;
    ((uint8_t *)data)[5000] ^= 1;
    return OK;
}

static void unread_make_body(Outside *outside, Store *store)
{
    TreeModel model = tree_model_create(store, user, outside->shape, 0);
    for (uint64_t i = 1; i < UNREAD_COUNT; i++) CHECK_TRUE(tree_model_put(&model, i, i));
    outside->tree = tree_number_of(model.tree);
    tree_close(model.tree);
}

/* Latches the leaf of a number, which nobody has read so far, while so many reads of it go wrong. */
static Status latch_spoiled(TreeModel *model, uint64_t number, bool scan, uint32_t bad)
{
    KeyCopy key;
    PageRef node, leaf;
    tree_model_key(model, number, &key);
    must_be_ok(tree__latch_node(model->tree, &key.key, 1, LATCH_SHARED, NULL, NULL, &node));
    const uint32_t at = tree__inner_find(model->tree, node.data, &key.key, false);
    spoiled.page = page_id(user, tree__inner_child(node.data, at));
    pool_unlatch(&node);
    spoiled.bad = bad;
    spoiled.reads = 0;
    const Status status = tree_latch_leaf(model->tree, &key.key, false, LATCH_SHARED, scan, &leaf);
    if (status == OK) {
        CHECK_TRUE(leaf.id.v == spoiled.page.v);
        pool_unlatch(&leaf);
    }
    return status;
}

static void unread_body(Outside *outside, Store *store)
{
    TreeModel model = {.store = store, .shape = outside->shape, .pad_max = 200};
    DeviceOps ops = *store->device->ops;
    spoiled.ops = store->device->ops;
    ops.read = spoiling_read;
    store->device->ops = &ops;
    must_be_ok(tree_open(store, outside->tree, &model.tree));
    for (uint64_t scan = 0; scan < 2; scan++) {
        must_be_ok(latch_spoiled(&model, 100 + 200 * scan, scan, 1));
        CHECK_TRUE(spoiled.reads == 2);
        must_give(ST_CORRUPT, latch_spoiled(&model, 200 + 200 * scan, scan, UINT32_MAX));
        CHECK_TRUE(error_current()->code == SQLSTATE_DATA_CORRUPTED);
        error_clear();
    }
    tree_close(model.tree);
    store->device->ops = spoiled.ops;
}

/* F8: what was read may be a hole that was another's when the tree led there; the tree is asked once more, and only a
 * page that it still leads to is told as damaged. */
static void test_damage_is_told_when_the_tree_still_leads_there(void **state)
{
    (void)state;
    for (uint32_t shape = 0; shape < SHAPES; shape++) {
        Outside *outside = calloc(1, sizeof *outside);
        assert_non_null(outside);
        number_leaf_fill = 10;
        *outside = (Outside){.shape = (Shape)shape, .body = unread_make_body, .frames = FRAMES};
        Sim *sim = new_sim(test_seed(1));
        run_on(sim, outside, create_main);
        run_on(sim, outside, body_main);
        outside->body = unread_body;
        run_on(sim, outside, body_main);
        sim_release(sim);
        free(outside);
    }
}

/* --- children --- */

/* From wherever a search begins that is not behind the row, it ends at the child that a search of all ends at. */
static void test_a_child_is_found_from_any_before_it(void **state)
{
    (void)state;
    static char page[PAGE_BYTES];
    const Tree tree = {.kind = TREE_TABLE};
    Random random;
    random_seed(&random, 1);
    for (uint32_t round = 0; round < 200; round++) {
        const uint64_t low = random_below(&random, 1000);
        const uint32_t count = 1 +
                               (uint32_t)random_below(&random, random_chance(&random, 3) ? 5 : 400);
        uint64_t end = low;
        page_format(page, PAGE_INNER_ROWID, 7, 5, 1);
        tree__inner_rowid.init(page, &(TreeKey){.row_id = low}, &(TreeKey){.row_id = UINT64_MAX},
                               0);
        for (uint32_t i = 0; i < count; i++) {
            tree__inner_add(page, &(TreeKey){.row_id = end}, i + 1);
            end += 1 + random_below(&random, 3);
        }
        for (uint64_t row = low; row <= end; row++) {
            const TreeKey key = {.row_id = row};
            const uint32_t at = tree__inner_find(&tree, page, &key, false);
            const uint32_t from = (uint32_t)random_below(&random, at + 1);
            assert_int_equal(tree__inner_find_row(page, row, from), at);
            assert_int_equal(tree__inner_find_row(page, row, 0), at);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random_changes_agree_with_a_sorted_array),
        cmocka_unit_test(test_a_tree_built_from_sorted_input_is_like_any),
        cmocka_unit_test(test_the_longest_keys),
        cmocka_unit_test(test_a_last_leaf_that_left_the_tree_is_not_the_last),
        cmocka_unit_test(test_the_directory_outlives_a_crash),
        cmocka_unit_test(test_an_attachment_lives_as_long_as_the_open_tree),
        cmocka_unit_test(test_a_tree_is_cut_into_ranges),
        cmocka_unit_test(test_a_child_is_found_from_any_before_it),
        cmocka_unit_test(test_damage_is_told_when_the_tree_still_leads_there),
        cmocka_unit_test(test_latching_to_the_right_never_waits_in_a_circle),
        cmocka_unit_test(test_a_crash_at_any_place_leaves_a_state_that_was),
        cmocka_unit_test(test_scans_neither_miss_nor_repeat_while_pages_split_and_merge),
    };
    return cmocka_run_group_tests_name("store/tree", tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* test_check.c - a store with some of everything is whole; then one thing is damaged, and that thing is named, with its
 * page, and nothing else. The bytes of pages, and who has what, are looked at beside others, who are no false alarm. */
#include <stdarg.h>

#include "tree_model.h"

#include "base/arena.h"
#include "store/check.h"
#include "store/space_internal.h"

enum { NUMBERS = 1500, LEAF_FILL = 10, TOLD_MAX = 12, TEXT_MAX = 300, JUMPS = 3000 };
static const SpaceId user = {SPACE_FIRST_USER};

typedef struct Told {
    PageId page;
    char text[TEXT_MAX];
} Told;

typedef struct Work {
    Store *store;
    TreeModel models[SHAPES];
    TreeId trees[SHAPES];
    UndoStreamFigures stream;
    PageId overflow; /* an extent of the first tree; PAGE_NONE: it has none */
    bool visits;
    Told told[TOLD_MAX];
    uint32_t told_count;
    CheckFigures figures;
} Work;

static void found(void *arg, PageId page, const char *format, ...) PRINTF_LIKE(3, 4);
static void found(void *arg, PageId page, const char *format, ...)
{
    Work *work = arg;
    if (work->told_count == TOLD_MAX) return;
    Told *told = &work->told[work->told_count++];
    told->page = page;
    va_list args;
    va_start(args, format);
    (void)vsnprintf(told->text, TEXT_MAX, format, args);
    va_end(args);
}

static Status visit(void *arg, Tree *tree, CheckPages *pages)
{
    const Work *work = arg;
    if (tree_number_of(tree).v == work->trees[0].v && work->overflow.v != PAGE_NONE.v)
        check_own(pages, work->trees[0], work->overflow, EXTENT_PAGES);
    return OK;
}

static void check(Work *work)
{
    StoreCheck how = {.found = found, .arg = work, .tree = work->visits ? visit : NULL};
    work->told_count = 0;
    must_be_ok(store_check(work->store, &how, &work->figures));
}

static void expect_whole(Work *work)
{
    check(work);
    if (work->told_count > 0) (void)fprintf(stderr, "told: %s\n", work->told[0].text);
    CHECK_TRUE(work->told_count == 0 && work->figures.problems == 0);
}

/* --- some of everything --- */

static void trees_make(Work *work)
{
    for (uint32_t shape = 0; shape < SHAPES; shape++) {
        TreeModel *model = &work->models[shape];
        *model = tree_model_create(work->store, user, (Shape)shape, 0);
        work->trees[shape] = tree_number_of(model->tree);
        for (uint64_t i = 1; i <= NUMBERS; i++) CHECK_TRUE(tree_model_put(model, i, i));
        for (uint64_t i = 1; i <= NUMBERS; i += 3) CHECK_TRUE(tree_model_remove(model, i));
    }
}

static void tree_make_and_drop(Work *work, bool free_it)
{
    TreeModel model = tree_model_create(work->store, user, SHAPE_TABLE, 0);
    TreeId id = tree_number_of(model.tree);
    for (uint64_t i = 1; i <= NUMBERS; i++) CHECK_TRUE(tree_model_put(&model, i, i));
    must_be_ok(tree_drop(work->store, id));
    tree_close(model.tree);
    if (free_it) must_be_ok(tree_free_dropped(work->store, user));
}

/* Jumps are records that need no room above the store. */
static void undo_make(Work *work)
{
    UndoChain *chain;
    UndoStreamFigures *streams;
    uint32_t count;
    must_be_ok(undo_attach(work->store, user, UNDO_DATA, 0, (Xid){77}, &chain));
    for (uint32_t i = 0; i < JUMPS; i++)
        must_be_ok(undo_chain_jump(chain, undo_chain_first(chain)));
    undo_detach(chain);
    Arena *arena = arena_new(task_self()->account, "streams");
    must_be_ok(undo_streams(work->store, user, arena, &streams, &count));
    CHECK_TRUE(count == 1);
    work->stream = streams[0];
    arena_drop(arena);
}

static void everything_make(Work *work)
{
    TreeId sequence;
    tree_make_and_drop(work, true);
    trees_make(work);
    must_be_ok(sequence_create(work->store, user, 5, &sequence));
    undo_make(work);
    tree_make_and_drop(work, false);
    work->overflow = PAGE_NONE;
    work->visits = true;
}

static void trees_close(Work *work)
{
    for (uint32_t i = 0; i < SHAPES; i++) {
        if (work->models[i].tree != NULL) tree_close(work->models[i].tree);
        work->models[i].tree = NULL;
    }
}

/* --- means of damage --- */

static PageRef change_begin(Work *work, PageId page)
{
    PageRef ref;
    Pool *pool = store_pool(work->store);
    must_be_ok(pool_latch(pool, page, (LatchOptions){LATCH_EXCLUSIVE, RANK_LATCH, false}, &ref));
    pool_mark_dirty(&ref, wal_insert_position(store_wal(work->store)));
    return ref;
}

static PageId leaf_of(Work *work, Shape shape, uint64_t number)
{
    KeyCopy key;
    PageRef leaf;
    Tree *tree = work->models[shape].tree;
    tree_model_key(&work->models[shape], number, &key);
    must_be_ok(tree_latch_leaf(tree, &key.key, false, LATCH_SHARED, false, &leaf));
    pool_unlatch(&leaf);
    return leaf.id;
}

static PageId inner_of(Work *work, Shape shape, uint64_t number)
{
    KeyCopy key;
    PageRef node;
    tree_model_key(&work->models[shape], number, &key);
    must_be_ok(
        tree__latch_node(work->models[shape].tree, &key.key, 1, LATCH_SHARED, NULL, NULL, &node));
    pool_unlatch(&node);
    return node.id;
}

/* On the disk, under the store's feet. */
static void disk_flip(PageId page)
{
    char path[100];
    File *file;
    uint8_t byte;
    size_t done;
    (void)snprintf(path, sizeof path, TEST_DIR "/base/%" PRIu32 "/%" PRIu64, page_space(page).v,
                   page_number(page) / TEST_SEGMENT_PAGES);
    uint64_t at = page_number(page) % TEST_SEGMENT_PAGES * PAGE_BYTES + 5000;
    must_be_ok(os_file_open(path, FILE_READ | FILE_WRITE, &file));
    must_be_ok(os_file_read(file, &byte, 1, at, &done));
    byte ^= 0x40;
    must_be_ok(os_file_write(file, &byte, 1, at));
    os_file_close(file);
}

/* The page is read anew. */
static void byte_flip(Work *work, PageId page)
{
    trees_close(work);
    must_be_ok(store_close(work->store, true));
    disk_flip(page);
    work->store = tree_store_open(256, false);
}

static MapEntry *entry_of(PageRef *map, PageId page)
{
    return &space__entries(map->data)[page_number(page) / EXTENT_PAGES % MAP_EXTENTS];
}

static PageId undo_page(Work *work, uint64_t index)
{
    PageId page;
    UndoPtr ptr = undo_ptr(work->stream.class_, work->stream.stream,
                           work->stream.head + index * UNDO_PAGE_PAYLOAD);
    must_be_ok(undo__page_of(work->store, user, ptr, &page));
    return page;
}

/* --- damage: each gives the page that must be named --- */

static PageId leaf_bytes(Work *work)
{
    PageId page = leaf_of(work, SHAPE_TABLE, 500);
    byte_flip(work, page);
    return page;
}

static PageId inner_bytes(Work *work)
{
    PageId page = inner_of(work, SHAPE_BYTES, 500);
    byte_flip(work, page);
    return page;
}

static PageId map_bytes(Work *work)
{
    PageId page = space__map_page(user, 0), taken;
    byte_flip(work, page);
    /* Whoever needs the map is told; a checkpoint, which gives back what is freed, lives. */
    must_give(ST_CORRUPT, space_take_page(work->store, work->trees[0], PAGE_NONE, 0, &taken));
    must_be_ok(store_checkpoint(work->store, true));
    return page;
}

static PageId header_bytes(Work *work)
{
    PageId page = page_id(user, 0);
    byte_flip(work, page);
    return page;
}

static PageId undo_bytes_of_page(Work *work)
{
    PageId page = undo_page(work, 1);
    byte_flip(work, page);
    return page;
}

/* A page of an extent that has a free one becomes taken, by nobody. */
static PageId page_lost(Work *work)
{
    PageRef map = change_begin(work, space__map_page(user, 0));
    MapEntry *entries = space__entries(map.data);
    uint64_t extent = 0, bit;
    while (map_state(entries[extent]) != MAP_TREE || entries[extent].used == UINT64_MAX) extent++;
    bit = (uint64_t)__builtin_ctzll(~entries[extent].used);
    entries[extent].used |= UINT64_C(1) << bit;
    pool_unlatch(&map);
    return page_id(user, extent * EXTENT_PAGES + bit);
}

static PageId page_freed(Work *work)
{
    PageId page = leaf_of(work, SHAPE_COMPARED, 500);
    PageRef map = change_begin(work, space__map_page(user, 0));
    entry_of(&map, page)->used &= ~(UINT64_C(1) << page_number(page) % EXTENT_PAGES);
    pool_unlatch(&map);
    return page;
}

/* The last page that was taken stands in an extent of the tree's own. */
static PageId owner_changed(Work *work)
{
    PageId page = leaf_of(work, SHAPE_TABLE, NUMBERS);
    PageRef map = change_begin(work, space__map_page(user, 0));
    MapEntry *entry = entry_of(&map, page);
    CHECK_TRUE(map_state(*entry) == MAP_TREE);
    *entry = map_entry(entry->used, tree_number(work->trees[SHAPE_BYTES]), MAP_TREE);
    pool_unlatch(&map);
    return page_id(user, page_number(page) / EXTENT_PAGES * EXTENT_PAGES);
}

static PageId state_unknown(Work *work)
{
    PageId page = space__map_page(user, 0);
    PageRef map = change_begin(work, page);
    space__entries(map.data)[MAP_EXTENTS - 1] = map_entry(0, 0, (MapState)9);
    pool_unlatch(&map);
    return page;
}

static PageId child_twice(Work *work)
{
    PageRef inner = change_begin(work, inner_of(work, SHAPE_TABLE, 500));
    uint64_t *children = (uint64_t *)(void *)((char *)inner.data + INNER_ROWID_CHILDREN_AT);
    children[1] = children[0];
    pool_unlatch(&inner);
    return page_id(user, children[0]);
}

static PageId child_outside(Work *work)
{
    PageRef inner = change_begin(work, inner_of(work, SHAPE_TABLE, 500));
    uint64_t *children = (uint64_t *)(void *)((char *)inner.data + INNER_ROWID_CHILDREN_AT);
    children[1] = UINT64_C(1) << 38;
    pool_unlatch(&inner);
    return page_id(user, UINT64_C(1) << 38);
}

static PageId fence_moved(Work *work)
{
    PageId page = leaf_of(work, SHAPE_TABLE, 500);
    PageRef leaf = change_begin(work, page);
    uint64_t *low = (uint64_t *)(void *)((char *)leaf.data + PAGE_HEADER_BYTES);
    (*low)--;
    pool_unlatch(&leaf);
    return page;
}

static PageId tree_changed(Work *work)
{
    PageId page = leaf_of(work, SHAPE_BYTES, 500);
    PageRef leaf = change_begin(work, page);
    ((PageHeader *)leaf.data)->tree_level ^= 1;
    pool_unlatch(&leaf);
    return page;
}

static PageId undo_way_back(Work *work)
{
    PageId page = undo_page(work, 0);
    PageRef undo = change_begin(work, page);
    char *first = (char *)undo.data + UNDO_PAGE_HEADER_BYTES;
    char *second = first + load_le16(first);
    store_le16(second + 2, (uint16_t)(load_le16(second + 2) - 2));
    pool_unlatch(&undo);
    return page;
}

static PageId undo_page_gone(Work *work)
{
    PageId page = undo_page(work, 1);
    PageRef undo = change_begin(work, page);
    page_format(undo.data, PAGE_FREE, page_number(page), 0, 0);
    pool_unlatch(&undo);
    return page;
}

static PageId directory_root(Work *work)
{
    SpaceHeader header;
    must_be_ok(space__header(work->store, user, &header));
    return page_id(user, header.directory_root);
}

static PageId entry_put(Work *work, const char *key)
{
    must_be_ok(directory__put(work->store, user, (Bytes){(const uint8_t *)key, 12},
                              (Bytes){(const uint8_t *)"value", 5}));
    return directory_root(work);
}

static PageId entry_unknown(Work *work)
{
    return entry_put(work, "x-----------");
}

static PageId layout_alone(Work *work)
{
    return entry_put(work, "l\0\0\0\377\377------");
}

static PageId sequence_short(Work *work)
{
    return entry_put(work, "s-----------");
}

static PageId overflow_untold(Work *work)
{
    PageId first;
    must_be_ok(space_take_extent(work->store, work->trees[0], false, &first));
    return first;
}

static PageId overflow_of_another(Work *work)
{
    must_be_ok(space_take_extent(work->store, work->trees[1], false, &work->overflow));
    return work->overflow;
}

static const struct Case {
    const char *name, *text;
    PageId (*damage)(Work *work);
    uint32_t problems;
    bool beside; /* the check beside others names it too */
} cases[] = {
    {"bytes of a leaf", "checksum", leaf_bytes, 1, false},
    {"bytes of an inner page", "checksum", inner_bytes, 1, false},
    {"bytes of a map", "checksum", map_bytes, 1, false},
    {"bytes of a header", "checksum", header_bytes, 1, false},
    {"bytes of undo", "checksum", undo_bytes_of_page, 1, false},
    {"a lost page", "part of nothing", page_lost, 1, true},
    {"a page in use that is free", "the map says it is free", page_freed, 1, true},
    {"an extent of another owner", "the map gives it to", owner_changed, 1, false},
    {"an extent of unknown state", "unknown state", state_unknown, 1, true},
    {"a child twice", "so has another", child_twice, 2, false},
    {"a child outside", "outside of the space", child_outside, 2, true},
    {"a fence", "low fence differs", fence_moved, 1, false},
    {"a leaf of another tree", "expects its page", tree_changed, 1, false},
    {"a broken chain of undo", "is not the record before", undo_way_back, 1, true},
    {"an undo page that is gone", "before its end", undo_page_gone, 1, true},
    {"an unknown entry", "unknown kind", entry_unknown, 1, false},
    {"a layout without a tree", "a tree that is not there", layout_alone, 1, false},
    {"a malformed sequence", "malformed", sequence_short, 1, false},
    {"overflow that nobody tells of", "part of nothing", overflow_untold, 1, true},
    {"overflow of another tree", "the map gives it to", overflow_of_another, 1, false},
};

static bool is_named(const Work *work, PageId page, const char *text)
{
    for (uint32_t i = 0; i < work->told_count; i++) {
        const Told *told = &work->told[i];
        if (told->page.v == page.v && strstr(told->text, text) != NULL) return true;
    }
    return false;
}

/* The check beside others: the page alone, and what is wrong with its bytes. */
static void check_disk(Work *work, uint32_t problems)
{
    uint64_t pages;
    work->told_count = 0;
    must_be_ok(store_check_disk(work->store, found, work, &pages));
    CHECK_TRUE(pages > 0 || problems > 0); /* a damaged header hides its space */
    if (work->told_count != problems && work->told_count > 0)
        (void)fprintf(stderr, "told: %s\n", work->told[0].text);
    CHECK_TRUE(work->told_count == problems);
}

/* Who has what, beside others. */
static void check_beside(Work *work)
{
    const StoreCheck how = {.found = found, .arg = work};
    CheckFigures figures;
    work->told_count = 0;
    must_be_ok(store_check_beside(work->store, user, &how, &figures));
    CHECK_TRUE(figures.problems == work->told_count || work->told_count == TOLD_MAX);
}

static void expect_nothing_beside(Work *work)
{
    check_beside(work);
    if (work->told_count > 0)
        (void)fprintf(stderr, "told: page %" PRIu64 ": %s\n", page_number(work->told[0].page),
                      work->told[0].text);
    CHECK_TRUE(work->told_count == 0);
}

static void case_main(void *arg)
{
    const struct Case *one = arg;
    static Work work; /* too large for a stack */
    memset(&work, 0, sizeof work);
    tree_store_create();
    work.store = tree_store_open(256, false);
    everything_make(&work);
    expect_whole(&work);
    expect_nothing_beside(&work);
    PageId page = one->damage(&work);
    if (one->beside) {
        check_beside(&work);
        if (!is_named(&work, page, one->text)) (void)fprintf(stderr, "%s: not beside\n", one->name);
        CHECK_TRUE(is_named(&work, page, one->text));
    }
    check(&work);
    bool named = is_named(&work, page, one->text);
    if (!named || work.figures.problems != one->problems) {
        (void)fprintf(stderr, "%s: page %" PRIu64 ", %" PRIu64 " problems\n", one->name,
                      page_number(page), work.figures.problems);
        for (uint32_t i = 0; i < work.told_count; i++)
            (void)fprintf(stderr, "  page %" PRIu64 ": %s\n", page_number(work.told[i].page),
                          work.told[i].text);
        CHECK_TRUE(false);
    }
    if (strcmp(one->text, "checksum") == 0) {
        check_disk(&work, 1);
        CHECK_TRUE(is_named(&work, page, one->text));
    }
    trees_close(&work);
    must_be_ok(store_close(work.store, false));
}

static void test_damage_is_named(void **state)
{
    (void)state;
    number_leaf_fill = LEAF_FILL;
    for (uint32_t i = 0; i < ARRAY_LEN(cases); i++) {
        Sim *sim = new_sim(test_seed(i));
        SimEnd end = sim_run(sim, case_main, (void *)(uintptr_t)&cases[i]);
        if (end != SIM_DONE) fail_msg("%s: %s", cases[i].name, sim_report(sim));
        sim_release(sim);
    }
}

static void whole_main(void *arg)
{
    static Work work;
    (void)arg;
    memset(&work, 0, sizeof work);
    tree_store_create();
    work.store = tree_store_open(256, false);
    expect_whole(&work); /* as made */
    everything_make(&work);
    must_be_ok(space_take_extent(work.store, work.trees[0], false, &work.overflow));
    expect_whole(&work);
    CHECK_TRUE(work.figures.spaces == 2 && work.figures.trees >= SHAPES + 2);
    CHECK_TRUE(work.figures.undo_records == JUMPS && work.figures.pages > 500);
    work.visits = false;
    expect_whole(&work);
    trees_close(&work);
    must_be_ok(store_close(work.store, true));
    work.store = tree_store_open(256, false);
    expect_whole(&work);
    must_be_ok(tree_free_dropped(work.store, user));
    expect_whole(&work);
    must_be_ok(store_close(work.store, true));
}

static void test_a_whole_store_is_whole(void **state)
{
    (void)state;
    number_leaf_fill = LEAF_FILL;
    Sim *sim = new_sim(test_seed(1));
    SimEnd end = sim_run(sim, whole_main, NULL);
    if (end != SIM_DONE) fail_msg("%s", sim_report(sim));
    sim_release(sim);
}

/* --- beside others --- */

/* What memory has does not hide what the disk has, unless the disk is about to get it. */
static void resident_main(void *arg)
{
    static Work work;
    (void)arg;
    memset(&work, 0, sizeof work);
    tree_store_create();
    work.store = tree_store_open(1024, false);
    everything_make(&work);
    must_be_ok(store_checkpoint(work.store, true));
    PageId page = leaf_of(&work, SHAPE_TABLE, 500);
    check_disk(&work, 0);
    disk_flip(page);
    check_disk(&work, 1);
    CHECK_TRUE(is_named(&work, page, "checksum"));
    PageRef ref = change_begin(&work, page);
    pool_unlatch(&ref);
    check_disk(&work, 0);
    must_be_ok(store_checkpoint(work.store, true));
    check_disk(&work, 0);
    trees_close(&work);
    must_be_ok(store_close(work.store, true));
}

typedef struct Busy {
    Work *work;
    uint64_t seed;
    bool frees;
    _Atomic uint32_t *left;
} Busy;

/* Trees come, change, and go: pages are taken, written, freed, given back and taken again. */
static void busy_main(void *arg)
{
    const Busy *busy = arg;
    Store *store = busy->work->store;
    Random random;
    random_seed(&random, busy->seed);
    for (uint32_t round = 0; round < 3; round++) {
        TreeModel model = tree_model_create(store, user, (Shape)(round % SHAPES), 0);
        TreeId id = tree_number_of(model.tree);
        for (uint32_t i = 0; i < 200; i++) {
            uint64_t number = 1 + random_below(&random, NUMBERS);
            if (random_chance(&random, 3))
                (void)tree_model_remove(&model, number);
            else
                (void)tree_model_put(&model, number, number);
        }
        must_be_ok(tree_drop(store, id));
        tree_close(model.tree);
        if (busy->frees)
            must_be_ok(tree_free_dropped(store, user)); /* as purge does: one at a time */
        must_be_ok(store_checkpoint(store, true));
    }
    atomic_fetch_sub(busy->left, 1);
}

static void beside_main(void *arg)
{
    enum { TASKS = 2 };
    static Work work;
    _Atomic uint32_t left = TASKS;
    uint32_t rounds = 0;
    Busy busy[TASKS];
    Task *tasks[TASKS];
    memset(&work, 0, sizeof work);
    tree_store_create();
    work.store = tree_store_open(96, false);
    for (uint32_t i = 0; i < TASKS; i++) {
        const TaskOptions options = {.name = "busy", .account = task_self()->account};
        busy[i] = (Busy){&work, *(uint64_t *)arg + i, i == 0, &left};
        must_be_ok(os_task_start(&options, busy_main, &busy[i], &tasks[i]));
    }
    while (atomic_load(&left) > 0) {
        check_disk(&work, 0);
        expect_nothing_beside(&work);
        rounds++;
    }
    for (uint32_t i = 0; i < TASKS; i++) os_task_join(tasks[i]);
    CHECK_TRUE(rounds > 1);
    expect_whole(&work);
    trees_close(&work);
    must_be_ok(store_close(work.store, true));
}

static void test_beside_others(void **state)
{
    enum { SEEDS = 4 };
    (void)state;
    number_leaf_fill = LEAF_FILL;
    for (uint32_t i = 0; i < SEEDS; i++) {
        uint64_t seed = test_seed(100 + i);
        Sim *sim = new_sim(seed);
        SimEnd end = sim_run(sim, i == 0 ? resident_main : beside_main, &seed);
        if (end != SIM_DONE) fail_msg("seed %" PRIu64 ": %s", seed, sim_report(sim));
        sim_release(sim);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_whole_store_is_whole),
        cmocka_unit_test(test_damage_is_named),
        cmocka_unit_test(test_beside_others),
    };
    return cmocka_run_group_tests_name("check", tests, NULL, NULL);
}

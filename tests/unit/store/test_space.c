/* SPDX-License-Identifier: Apache-2.0 */
/* Spaces on the simulated machine: no page is given to two, whoever takes and frees at the same time; after a crash the
 * log's records give maps and pages as they were; freed extents go back to the file system only when that is safe
 * (docs/traps.md F8). */
#include "pool_model.h"

#include "base/arena.h"
#include "store/space_internal.h"

enum {
    FRAMES = 96,
    SEEDS = 6,
    TREES = 5,
    PAGES_MAX = 313 * EXTENT_PAGES,
    EXTENTS = PAGES_MAX / EXTENT_PAGES
};

/* What outlives the machine. */
typedef struct Outside {
    uint64_t seed;
    bool eager;      /* gives extents back without waiting for a checkpoint */
    bool ungated;    /* pages are forgotten while a checkpoint is under way */
    uint32_t broken; /* pages that redo could not bring back */
    uint32_t ops_each;
    Lsn redo; /* of the last checkpoint, as the manifest would keep it */
    bool taken[PAGES_MAX];
    _Atomic uint32_t running;
    void (*body)(Store *store);
    /* the log, replayed from its beginning */
    MapEntry entries[EXTENTS];
    uint64_t version[PAGES_MAX];
    bool skipped[PAGES_MAX];
} Outside;

static const SpaceId user = {SPACE_FIRST_USER};

static void store_begin(Store *store, bool logged)
{
    *store = (Store){.account = task_self()->account, .device = test_device_open()};
    store->wal = logged ? test_wal_open(store->device) : NULL;
    atomic_init(&store->space_next, SPACE_FIRST_USER);
    PoolOptions options = {.frames = FRAMES};
    must_be_ok(pool_open(store->account, store->device, store->wal, &options, &store->pool));
    must_be_ok(space__open(store, &store->spaces));
}

static void store_end(Store *store)
{
    space__close(store->spaces);
    pool_check(store->pool);
    pool_close(store->pool);
    wal_close(store->wal);
    store->device->ops->close(store->device);
}

static void checkpoint(Store *store, Outside *outside)
{
    Lsn least, sync;
    if (!outside->ungated) pool_checkpoint_begin(store->pool);
    const Lsn begin = wal_insert_position(store->wal);
    if (!outside->ungated) pool_checkpoint_redo(store->pool, begin);
    must_be_ok(pool_write_until(store->pool, begin, 0, &least));
    sync = wal_insert_position(store->wal);
    must_be_ok(wal_sync(store->wal, sync, 0));
    if (!outside->ungated) pool_checkpoint_end(store->pool);
    outside->redo = outside->ungated ? least : begin;
    must_be_ok(space__checkpoint_done(store, outside->redo));
}

static void create_main(void *arg)
{
    Outside *outside = arg;
    Store store;
    SpaceId made;
    test_device_create();
    store_begin(&store, true);
    must_be_ok(space__create_at(&store, SPACE_SHARED));
    must_be_ok(space__reset_temp(&store));
    must_be_ok(space_create(&store, &made));
    CHECK_TRUE(made.v == user.v);
    checkpoint(&store, outside);
    outside->redo.v = TEST_FIRST_LSN;
    store_end(&store);
}

/* --- a tree's worth of pages, taken, changed and freed --- */

typedef struct Worker {
    Store *store;
    Outside *outside;
    uint64_t tree;
    PageId pages[300], extents[10];
    uint32_t page_count, extent_count;
    Random random;
} Worker;

static void take_flag(Outside *outside, PageId page, bool on)
{
    CHECK_TRUE(page_space(page).v == user.v && page_number(page) < PAGES_MAX);
    CHECK_TRUE(outside->taken[page_number(page)] == !on);
    outside->taken[page_number(page)] = on;
}

/* A record that makes the next version of a page: the first one formats it. */
static void page_change(Worker *worker, PageId page, bool format)
{
    Store *store = worker->store;
    PageRef ref;
    uint32_t bytes = wal_record_bytes(1, 8);
    LatchOptions options = {.mode = LATCH_EXCLUSIVE, .rank = RANK_LATCH};
    if (format) must_be_ok(pool_reserve_frames(store->pool, 1));
    must_be_ok(wal_credit_take(store->wal, bytes, 0));
    if (format) {
        must_be_ok(pool_latch_new(store->pool, page, RANK_LATCH, &ref));
    } else {
        must_be_ok(pool_latch(store->pool, page, options, &ref));
    }
    uint64_t version = page_expect(ref.data, page) + 1;
    CHECK_TRUE((version == 1) == format);
    page_make(ref.data, page, version);
    PoolChange change = {.page = &ref, .flags = format ? WAL_REF_FORMAT : 0};
    WalPart part = {&version, sizeof version};
    (void)pool_log(store->pool, WAL_PAGE_DELTA, XID_NONE, &change, 1, &part, 1, false);
    pool_unlatch(&ref);
}

static void page_take(Worker *worker)
{
    if (worker->page_count == ARRAY_LEN(worker->pages)) return;
    PageId near = PAGE_NONE, page;
    if (worker->page_count > 0 && random_chance(&worker->random, 2)) {
        near = worker->pages[random_below(&worker->random, worker->page_count)];
    }
    must_be_ok(space_take_page(worker->store, tree_id(user, worker->tree), near, 0, &page));
    take_flag(worker->outside, page, true);
    page_change(worker, page, true);
    worker->pages[worker->page_count++] = page;
}

static void page_free(Worker *worker)
{
    if (worker->page_count == 0) return;
    uint32_t at = (uint32_t)random_below(&worker->random, worker->page_count);
    PageId page = worker->pages[at];
    worker->pages[at] = worker->pages[--worker->page_count];
    take_flag(worker->outside, page, false);
    must_be_ok(space_free_page(worker->store, page));
}

static void extent_take(Worker *worker)
{
    if (worker->extent_count == ARRAY_LEN(worker->extents)) return;
    PageId first;
    bool undo = random_chance(&worker->random, 2);
    must_be_ok(space_take_extent(worker->store, tree_id(user, worker->tree), undo, &first));
    CHECK_TRUE(page_number(first) % EXTENT_PAGES == 0);
    for (uint32_t i = 0; i < EXTENT_PAGES; i++) {
        take_flag(worker->outside, (PageId){first.v + i}, true);
    }
    page_change(worker, first, true);
    page_change(worker, (PageId){first.v + 40}, true);
    worker->extents[worker->extent_count++] = first;
}

static void extent_free(Worker *worker)
{
    if (worker->extent_count == 0) return;
    PageId first = worker->extents[--worker->extent_count];
    for (uint32_t i = 0; i < EXTENT_PAGES; i++) {
        take_flag(worker->outside, (PageId){first.v + i}, false);
    }
    must_be_ok(space_free_extent(worker->store, first));
    if (worker->outside->eager) {
        must_be_ok(space__checkpoint_done(worker->store, (Lsn){UINT64_MAX}));
    }
}

static void work_one(Worker *worker, uint32_t step)
{
    bool grow = step / 60 % 2 == 0; /* waves of taking and freeing */
    switch (random_below(&worker->random, 8)) {
    case 0: extent_take(worker); break;
    case 1: extent_free(worker); break;
    case 2:
    case 3:
    case 4:
        if (worker->page_count > 0) {
            uint64_t at = random_below(&worker->random, worker->page_count);
            page_change(worker, worker->pages[at], false);
        }
        break;
    default:
        if (random_chance(&worker->random, 4) == grow)
            page_free(worker);
        else
            page_take(worker);
    }
}

static void worker_main(void *arg)
{
    Worker *worker = arg;
    random_seed(&worker->random, worker->outside->seed * 100 + worker->tree);
    for (uint32_t i = 0; i < worker->outside->ops_each; i++) work_one(worker, i);
    if (random_chance(&worker->random, 2)) {
        while (worker->page_count > 0) page_free(worker);
    }
    atomic_fetch_sub(&worker->outside->running, 1);
}

static void work(Store *store, Outside *outside, uint64_t first_tree)
{
    static Worker workers[TREES];
    Task *tasks[TREES];
    atomic_store(&outside->running, TREES);
    for (uint32_t i = 0; i < TREES; i++) {
        workers[i] = (Worker){.store = store, .outside = outside, .tree = first_tree + i};
        tasks[i] = start_task("worker", worker_main, &workers[i]);
    }
    while (atomic_load(&outside->running) > 0) {
        checkpoint(store, outside);
        for (uint32_t i = 0; i < 200; i++) os_yield_point();
    }
    for (uint32_t i = 0; i < TREES; i++) os_task_join(tasks[i]);
}

/* --- redo --- */

static void map_replay(Outside *outside, const WalRecord *record)
{
    uint64_t group = page_number(record->refs[0].page) / SPACE__GROUP_PAGES;
    for (size_t at = 0; at < record->payload.bytes; at += MAP_OP_BYTES) {
        uint16_t in_group;
        MapEntry entry;
        memcpy(&in_group, record->payload.data + at, 2);
        memcpy(&entry, record->payload.data + at + 2, sizeof entry);
        uint64_t extent = group * MAP_EXTENTS + in_group;
        CHECK_TRUE(extent < EXTENTS);
        outside->entries[extent] = entry;
        for (uint32_t i = 0; i < EXTENT_PAGES; i++) {
            if ((entry.used >> i & 1) != 0) continue;
            outside->version[extent * EXTENT_PAGES + i] = 0;
            outside->skipped[extent * EXTENT_PAGES + i] = false;
        }
    }
}

/* The page's own record: the version before must be there, for redo of a page may rest on its contents. */
static void delta_redo(Outside *outside, const WalRecord *record, PageRef *ref)
{
    uint64_t version, number = page_number(ref->id);
    memcpy(&version, record->payload.data, sizeof version);
    bool format = (record->refs[0].flags & WAL_REF_FORMAT) != 0;
    if (format) {
        outside->skipped[number] = false;
        memset(ref->data, 0, PAGE_BYTES);
    }
    if (page_expect(ref->data, ref->id) + 1 != version) outside->broken++;
    page_make(ref->data, ref->id, version);
}

static const RedoEntry *redo_entry(uint16_t kind)
{
    for (uint32_t i = 0; i < SPACE__REDO_COUNT; i++) {
        if (store__space_redo[i].kind == kind) return &store__space_redo[i];
    }
    return NULL;
}

static void record_redo(Store *store, Outside *outside, const WalRecord *record)
{
    PageRef ref;
    LatchOptions options = {.mode = LATCH_EXCLUSIVE, .rank = RANK_LATCH};
    const RedoEntry *entry = redo_entry(record->kind);
    if (entry != NULL && entry->redo == NULL) {
        must_be_ok(space__recover(store, record));
        return;
    }
    must_be_ok(pool_latch(store->pool, record->refs[0].page, options, &ref));
    PageHeader *page = ref.data;
    if (page->kind == PAGE_FREE && (record->refs[0].flags & WAL_REF_FORMAT) == 0) {
        outside->skipped[page_number(ref.id)] = true; /* it must be formatted or freed later */
    } else if (page->lsn < record->lsn.v) {
        pool_mark_dirty(&ref, record->lsn);
        if (entry != NULL) {
            if ((record->refs[0].flags & WAL_REF_FORMAT) != 0) memset(page, 0, PAGE_BYTES);
            must_be_ok(entry->redo(record, 0, page));
        } else {
            delta_redo(outside, record, &ref);
        }
        page->lsn = record->lsn.v;
    }
    pool_unlatch(&ref);
}

static void redo_all(Store *store, Outside *outside)
{
    Arena *arena = arena_new(store->account, "log reader");
    WalReaderOptions options = {.segment_bytes = TEST_LOG_SEGMENT_BYTES,
                                .timeline = 1,
                                .start = {TEST_FIRST_LSN}};
    WalReader *reader;
    WalRecord record;
    memset(outside->entries, 0, sizeof outside->entries);
    memset(outside->version, 0, sizeof outside->version);
    memset(outside->skipped, 0, sizeof outside->skipped);
    must_be_ok(wal_reader_open(arena, store->device, &options, &reader));
    while (wal_reader_next(reader, &record) == OK) {
        bool ours = record.ref_count > 0 && page_space(record.refs[0].page).v == user.v;
        if (ours && record.kind == WAL_MAP_CHANGE) map_replay(outside, &record);
        if (record.kind == WAL_PAGE_DELTA) {
            memcpy(&outside->version[page_number(record.refs[0].page)], record.payload.data, 8);
        }
        if (record.lsn.v >= outside->redo.v) record_redo(store, outside, &record);
        Str line;
        StrBuilder text = str_builder(arena, 64);
        const RedoEntry *entry = redo_entry(record.kind);
        if (entry != NULL) entry->print(&record, &text);
        line = str_peek(&text);
        CHECK_TRUE(entry == NULL || line.bytes > 0);
    }
    wal_reader_close(reader);
    arena_drop(arena);
    error_clear();
}

/* Maps and pages are as the log says. */
static void check_all(Store *store, Outside *outside)
{
    LatchOptions options = {.mode = LATCH_SHARED, .rank = RANK_LATCH};
    PageRef ref;
    must_be_ok(pool_latch(store->pool, space__map_page(user, 0), options, &ref));
    CHECK_TRUE(memcmp(space__entries(ref.data), outside->entries, sizeof outside->entries) == 0);
    pool_unlatch(&ref);
    for (uint32_t i = 2; i < PAGES_MAX; i++) {
        MapEntry entry = outside->entries[i / EXTENT_PAGES];
        outside->taken[i] = (entry.used >> i % EXTENT_PAGES & 1) != 0;
        if (outside->skipped[i]) outside->broken++;
        if (!outside->taken[i] || outside->version[i] == 0 || outside->skipped[i]) continue;
        must_be_ok(pool_latch(store->pool, page_id(user, i), options, &ref));
        uint64_t version = page_expect(ref.data, ref.id);
        if (version != outside->version[i]) outside->broken++;
        pool_unlatch(&ref);
    }
}

static void work_main(void *arg)
{
    Outside *outside = arg;
    Store store;
    store_begin(&store, true);
    work(&store, outside, 10);
    store_end(&store);
}

/* Redo without a log to append to, then everything written, then on with the log: new work finds only what is free. */
static void recover_main(void *arg)
{
    Outside *outside = arg;
    Store store;
    Lsn least;
    store_begin(&store, false);
    redo_all(&store, outside);
    check_all(&store, outside);
    must_be_ok(pool_write_until(store.pool, (Lsn){UINT64_MAX}, 0, &least));
    if (outside->broken == 0) {
        store.wal = test_wal_open(store.device);
        pool_set_wal(store.pool, store.wal);
        outside->redo = wal_insert_position(store.wal);
        work(&store, outside, 30);
    }
    store_end(&store);
}

static uint32_t crash_and_recover(uint64_t seed, uint64_t at, bool eager, bool ungated)
{
    Outside *outside = calloc(1, sizeof *outside);
    assert_non_null(outside);
    outside->seed = seed;
    outside->ops_each = 150;
    outside->eager = eager;
    outside->ungated = ungated;
    Sim *sim = new_sim(seed);
    assert_int_equal(sim_run(sim, create_main, outside), SIM_DONE);
    sim_crash_at(sim, at, true);
    SimEnd end = sim_run(sim, work_main, outside);
    assert_true(end == SIM_CRASHED || end == SIM_DONE);
    sim_crash_at(sim, 0, false);
    end = sim_run(sim, recover_main, outside);
    if (end != SIM_DONE) fail_msg("recovery ended with %d: %s", (int)end, sim_report(sim));
    uint32_t broken = outside->broken;
    sim_release(sim);
    free(outside);
    return broken;
}

static void test_f8_a_crash_loses_and_doubles_nothing(void **state)
{
    (void)state;
    Random random;
    random_seed(&random, test_seed(11));
    for (uint32_t n = 0; n < 30; n++) {
        uint64_t at = 500 + random_below(&random, 60000);
        assert_int_equal(crash_and_recover(test_seed(2000 + n), at, false, false), 0);
    }
}

static uint32_t broken_without(bool eager, bool ungated)
{
    Random random;
    random_seed(&random, test_seed(12));
    uint32_t broken = 0;
    for (uint32_t n = 0; n < 200 && broken == 0; n++) {
        uint64_t at = 500 + random_below(&random, 60000);
        broken += crash_and_recover(test_seed(3000 + n), at, eager, ungated);
    }
    return broken;
}

/* The same without the rule: extents given back before a checkpoint is past their free record. */
static void test_f8_without_its_rule_pages_are_lost(void **state)
{
    (void)state;
    assert_true(broken_without(true, false) > 0);
}

/* The same with pages forgotten while a checkpoint writes: redo finds their later records without the earlier ones. */
static void test_forgetting_during_a_checkpoint_breaks_redo(void **state)
{
    (void)state;
    assert_true(broken_without(false, true) > 0);
}

/* --- single properties --- */

static void body_main(void *arg)
{
    Outside *outside = arg;
    Store store;
    store_begin(&store, true);
    atomic_store(&store.space_next, user.v + 1); /* as the manifest would say */
    outside->body(&store);
    store_end(&store);
}

static void run_body(uint64_t seed, void (*body)(Store *store))
{
    Outside *outside = calloc(1, sizeof *outside);
    assert_non_null(outside);
    outside->body = body;
    Sim *sim = new_sim(seed);
    assert_int_equal(sim_run(sim, create_main, outside), SIM_DONE);
    SimEnd end = sim_run(sim, body_main, outside);
    if (end != SIM_DONE) fail_msg("run ended with %d: %s", (int)end, sim_report(sim));
    sim_release(sim);
    free(outside);
}

static MapEntry entry_of(Store *store, PageId page)
{
    PageRef map;
    uint64_t extent = page_number(page) / EXTENT_PAGES;
    must_be_ok(space__map_latch(store, page_space(page), extent / MAP_EXTENTS, LATCH_SHARED, &map));
    MapEntry entry = space__entries(map.data)[extent % MAP_EXTENTS];
    pool_unlatch(&map);
    return entry;
}

/* A small tree's pages stand in shared extents, a larger one's in its own, and freed pages are taken again. */
static void sizes_body(Store *store)
{
    TreeId small = tree_id(user, 50), large = tree_id(user, 51);
    PageId page, pages[200];
    must_be_ok(space_take_page(store, small, PAGE_NONE, 0, &page));
    CHECK_TRUE(page_number(page) == 2 && map_state(entry_of(store, page)) == MAP_SHARED);
    for (uint32_t i = 0; i < 200; i++) {
        PageId near = i > 0 ? pages[i - 1] : PAGE_NONE;
        must_be_ok(space_take_page(store, large, near, 0, &pages[i]));
        MapEntry entry = entry_of(store, pages[i]);
        CHECK_TRUE((map_state(entry) == MAP_SHARED) == (i < SPACE_SINGLE_PAGES));
        CHECK_TRUE(map_owner(entry) == (i < SPACE_SINGLE_PAGES ? 0 : 51));
        if (i > SPACE_SINGLE_PAGES && page_number(pages[i]) % EXTENT_PAGES != 0) {
            CHECK_TRUE(pages[i].v == near.v + 1);
        }
    }
    must_be_ok(space_free_page(store, pages[100]));
    must_give(ST_CORRUPT, space_free_page(store, pages[100]));
    must_be_ok(space_take_page(store, large, pages[99], 0, &page));
    CHECK_TRUE(page.v == pages[100].v);
    SpaceFigures before, after;
    must_be_ok(space_figures(store, user, &before));
    must_be_ok(space_free_tree(store, large));
    must_be_ok(space_free_tree(store, large));
    must_be_ok(space_figures(store, user, &after));
    CHECK_TRUE(after.pages_used == before.pages_used - (200 - SPACE_SINGLE_PAGES));
    CHECK_TRUE(before.extents == MAP_EXTENTS && after.extents_free > before.extents_free);
    SpaceHeader header;
    uint64_t root = 77;
    uint32_t offset = offsetof(SpaceHeader, directory_root);
    must_be_ok(space__header_change(store, user, offset, &root, sizeof root));
    must_be_ok(space__header(store, user, &header));
    CHECK_TRUE(header.directory_root == 77 && header.page_bytes == PAGE_BYTES);
    uint64_t first, second;
    must_be_ok(space__next_tree(store, user, &first));
    for (uint32_t i = 0; i < 100; i++) {
        must_be_ok(space__next_tree(store, user, &second));
        CHECK_TRUE(second == ++first);
    }
}

static void test_sizes(void **state)
{
    (void)state;
    run_body(test_seed(1), sizes_body);
}

/* Many groups: growing, a sparse space, hints read again after a new opening. */
static void groups_body(Store *store)
{
    PageId first = PAGE_NONE, last = PAGE_NONE;
    for (uint32_t i = 0; i < 2 * MAP_EXTENTS + 500; i++) {
        must_be_ok(space_take_extent(store, tree_id(user, 60), i % 2 == 0, &last));
        if (i == 0) first = last;
    }
    CHECK_TRUE(page_number(last) / SPACE__GROUP_PAGES == 2);
    CHECK_TRUE(page_number(first) / EXTENT_PAGES == 1);
    SpaceFigures figures;
    must_be_ok(space_figures(store, user, &figures));
    CHECK_TRUE(figures.extents == 3 * MAP_EXTENTS);
    uint64_t used;
    Lsn least;
    must_be_ok(pool_write_until(store->pool, wal_insert_position(store->wal), 0, &least));
    must_be_ok(store->device->ops->space_bytes(store->device, user, &used));
    const uint64_t taken = (uint64_t)(2 * MAP_EXTENTS + 500) * EXTENT_PAGES * PAGE_BYTES;
    CHECK_TRUE(used >= taken &&
               used < taken + (8 << 20)); /* 40 GB that have their room, and maps */
    /* as after a new opening: nothing is known, what was freed is found */
    PageId freed = page_id(user, (MAP_EXTENTS + 7) * EXTENT_PAGES), again;
    must_be_ok(space_free_extent(store, freed));
    space__close(store->spaces);
    must_be_ok(space__open(store, &store->spaces));
    must_be_ok(space_take_extent(store, tree_id(user, 61), false, &again));
    CHECK_TRUE(again.v == freed.v);
    /* the extent of a later group's map has a page that is as any other: only the first has a header there */
    const PageId other = page_id(user, SPACE__GROUP_PAGES);
    PageId page;
    must_be_ok(space_take_page(store, tree_id(user, 62), (PageId){other.v + 1}, 0, &page));
    must_be_ok(space_free_page(store, page));
    must_be_ok(space_take_page(store, tree_id(user, 62), other, 0, &page));
    CHECK_TRUE(page.v == other.v);
    must_be_ok(space_free_page(store, page));
}

static void test_groups(void **state)
{
    (void)state;
    run_body(test_seed(1), groups_body);
}

static void give_back_body(Store *store)
{
    PageId first;
    Worker worker = {.store = store};
    must_be_ok(space_take_extent(store, tree_id(user, 70), false, &first));
    for (uint32_t i = 0; i < EXTENT_PAGES; i++) page_change(&worker, (PageId){first.v + i}, true);
    Lsn least;
    uint64_t before, used;
    must_be_ok(pool_write_until(store->pool, wal_insert_position(store->wal), 0, &least));
    must_be_ok(store->device->ops->space_bytes(store->device, user, &before));
    Lsn position = wal_insert_position(store->wal);
    must_be_ok(space_free_extent(store, first));
    must_be_ok(space__checkpoint_done(store, position));
    CHECK_TRUE(map_state(entry_of(store, first)) == MAP_FREED);
    must_be_ok(store->device->ops->space_bytes(store->device, user, &used));
    CHECK_TRUE(used == before);
    must_be_ok(space__checkpoint_done(store, wal_insert_position(store->wal)));
    CHECK_TRUE(map_state(entry_of(store, first)) == MAP_FREE);
    must_be_ok(store->device->ops->space_bytes(store->device, user, &used));
    CHECK_TRUE(used <= before - EXTENT_PAGES * PAGE_BYTES);
}

static void test_freed_extents_are_given_back_after_a_checkpoint(void **state)
{
    (void)state;
    run_body(test_seed(1), give_back_body);
}

static void copy_body(Store *store)
{
    Worker worker = {.store = store};
    PageId pages[100];
    LatchOptions options = {.mode = LATCH_SHARED, .rank = RANK_LATCH};
    for (uint32_t i = 0; i < ARRAY_LEN(pages); i++) {
        must_be_ok(space_take_page(store, tree_id(user, 80), PAGE_NONE, 0, &pages[i]));
        if (i != 50) page_change(&worker, pages[i], true);
    }
    SpaceId copy;
    must_be_ok(space_copy(store, user, &copy));
    CHECK_TRUE(copy.v == user.v + 1);
    for (uint32_t i = 0; i < ARRAY_LEN(pages); i++) {
        PageRef ref;
        uint64_t words[4];
        must_be_ok(pool_latch(store->pool, pages[i], options, &ref));
        memcpy(words, (char *)ref.data + PAGE_HEADER_BYTES, sizeof words);
        pool_unlatch(&ref);
        PageId twin = page_id(copy, page_number(pages[i]));
        must_be_ok(pool_latch(store->pool, twin, options, &ref));
        CHECK_TRUE(memcmp((char *)ref.data + PAGE_HEADER_BYTES, words, sizeof words) == 0);
        CHECK_TRUE((((PageHeader *)ref.data)->kind == PAGE_FREE) == (i == 50));
        pool_unlatch(&ref);
    }
    SpaceHeader from, to;
    must_be_ok(space__header(store, user, &from));
    must_be_ok(space__header(store, copy, &to));
    CHECK_TRUE(memcmp(&from, &to, sizeof from) == 0);
    PageId page;
    must_be_ok(space_take_page(store, tree_id(copy, 80), PAGE_NONE, 0, &page));
    must_be_ok(space_drop(store, user));
    must_give(ST_NOT_FOUND, space_take_page(store, tree_id(user, 80), PAGE_NONE, 0, &page));
    must_be_ok(space_take_page(store, tree_id(copy, 80), PAGE_NONE, 0, &page));
}

static void test_copy_and_drop(void **state)
{
    (void)state;
    run_body(test_seed(1), copy_body);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sizes),
        cmocka_unit_test(test_groups),
        cmocka_unit_test(test_freed_extents_are_given_back_after_a_checkpoint),
        cmocka_unit_test(test_copy_and_drop),
        cmocka_unit_test(test_f8_a_crash_loses_and_doubles_nothing),
        cmocka_unit_test(test_f8_without_its_rule_pages_are_lost),
        cmocka_unit_test(test_forgetting_during_a_checkpoint_breaks_redo),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* test_redo_threads.c - redo by several tasks, on real threads and files: each page gets its records, once and in the
 * order of the log, also when the pool holds fewer pages than a batch has. */
/* tsan: yes */
#include "store_fixture.h"

#include "base/account.h"
#include "base/arith.h"
#include "store/space_internal.h"
#include "store/store_internal.h"

enum { PAGES = 300, CHANGES = 15000, EXTENTS = (PAGES + 63) / 64 };

static const WalKind cell_kind = WAL_ROW_INSERT, format_kind = WAL_OVERFLOW_WRITE;

typedef struct Cells {
    uint64_t count, chain; /* of changes; of their values, by order */
} Cells;

static Cells *page_cells(void *page)
{
    return (Cells *)(void *)((char *)page + PAGE_HEADER_BYTES);
}

static void cells_change(Cells *cells, uint64_t value)
{
    cells->count++;
    cells->chain = hash_u64(cells->chain ^ value);
}

static Status cells_redo(const WalRecord *record, uint32_t index, void *page)
{
    if (record->refs[index].flags & WAL_REF_FORMAT)
        page_format(page, PAGE_LEAF_TABLE, page_number(record->refs[index].page), 7, 0);
    cells_change(page_cells(page), load_le64(record->payload.data));
    return OK;
}

static const RedoEntry entries[] = {{WAL_ROW_INSERT, cells_redo, NULL},
                                    {WAL_OVERFLOW_WRITE, cells_redo, NULL}};
static const StoreUpper upper = {.redo_entries = entries, .redo_count = ARRAY_LEN(entries)};

static char folder[64];
static Cells model[PAGES];
static PageId pages[PAGES];

static DeviceLocalOptions device_options(void)
{
    DeviceLocalOptions options = test_device_options();
    options.dir = folder;
    options.log_segment_bytes = 4 << 20; /* each costs a sync */
    return options;
}

static Store *open_store(uint64_t frames)
{
    DeviceLocalOptions local = device_options();
    StoreOptions options = {.pool = {.frames = frames}, .wal_buffer_bytes = 1 << 16};
    Device *device;
    Store *store;
    must_be_ok(device_local_open(task_self()->account, &local, &device));
    must_be_ok(store_open(task_self()->account, device, &options, &upper, &store));
    return store;
}

static void change(Store *store, uint32_t at, uint64_t value, bool format)
{
    const LatchOptions exclusive = {.mode = LATCH_EXCLUSIVE, .rank = RANK_LATCH};
    PageRef ref;
    must_be_ok(wal_credit_take(store->wal, wal_record_bytes(1, sizeof value), 0));
    if (format) {
        must_be_ok(pool_reserve_frames(store->pool, 1));
        must_be_ok(pool_latch_new(store->pool, pages[at], RANK_LATCH, &ref));
        page_format(ref.data, PAGE_LEAF_TABLE, page_number(pages[at]), 7, 0);
        model[at] = (Cells){0};
    } else {
        must_be_ok(pool_latch(store->pool, pages[at], exclusive, &ref));
    }
    const PoolChange changed = {&ref, format ? WAL_REF_FORMAT : 0};
    const WalPart part = {&value, sizeof value};
    cells_change(page_cells(ref.data), value);
    cells_change(&model[at], value);
    (void)pool_log(store->pool, format ? format_kind : cell_kind, (Xid){5}, &changed, 1, &part, 1,
                   false);
    pool_unlatch(&ref);
}

static void fill(void)
{
    Store *store = open_store(512);
    SpaceId space;
    Random random;
    random_seed(&random, test_seed(7));
    must_be_ok(space_create(store, &space));
    for (uint32_t i = 0; i < EXTENTS; i++) {
        PageId first;
        must_be_ok(space_take_extent(store, tree_id(space, 9), false, &first));
        for (uint32_t n = 64 * i; n < 64 * (i + 1) && n < PAGES; n++)
            pages[n] = (PageId){first.v + n % 64};
    }
    for (uint32_t i = 0; i < PAGES; i++) change(store, i, i, true);
    for (uint32_t i = 0; i < CHANGES; i++)
        change(store, (uint32_t)random_below(&random, PAGES), i, random_below(&random, 500) == 0);
    must_be_ok(wal_sync(store->wal, wal_insert_position(store->wal), 0));
    must_be_ok(store_close(store, false));
}

static void verify(uint64_t frames)
{
    const LatchOptions shared = {.mode = LATCH_SHARED, .rank = RANK_LATCH};
    Store *store = open_store(frames);
    for (uint32_t i = 0; i < PAGES; i++) {
        PageRef ref;
        must_be_ok(pool_latch(store->pool, pages[i], shared, &ref));
        CHECK_TRUE(memcmp(page_cells(ref.data), &model[i], sizeof model[i]) == 0);
        pool_unlatch(&ref);
    }
    must_be_ok(store_close(store, false)); /* the next start has the same to do */
}

static void several_tasks_redo(void **state)
{
    (void)state;
    Account *account = account_new(NULL, "test", 0);
    Os *os;
    must_be_ok(os_real_new(account, &os));
    (void)snprintf(folder, sizeof folder, "/tmp/tusk-redo-%" PRIu64,
                   test_seed(0) + (uint64_t)os_monotonic_ns());
    DeviceLocalOptions local = device_options();
    must_be_ok(os_dir_make(folder));
    must_be_ok(store_create(account, &local, 4711));
    fill();
    verify(512);
    verify(128); /* fewer than the batch has pages */
    for (uint64_t seed = 1; seed <= 2; seed++) {
        tunables_draw(test_seed(seed));
        verify(seed == 2 ? 64 : 512);
    }
    tunables_draw(0);
    must_be_ok(os_dir_remove_all(folder));
    os_real_release(os);
    account_drop(account);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(several_tasks_redo)};
    return cmocka_run_group_tests_name("redo threads", tests, NULL, NULL);
}

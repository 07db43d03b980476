/* SPDX-License-Identifier: Apache-2.0 */
/* test_recovery.c - what a start refuses, what it forgives, what it says of the log; a disk that fills up. */
#include "store_fixture.h"

#include "base/arena.h"
#include "store/store_internal.h"

static const WalKind cell_kind = WAL_ROW_INSERT;

static Status cell_redo(const WalRecord *record, uint32_t index, void *page)
{
    const WalRef *ref = &record->refs[index];
    if (ref->flags & WAL_REF_FORMAT)
        page_format(page, PAGE_LEAF_TABLE, page_number(ref->page), 9, 0);
    CHECK_TRUE(((PageHeader *)page)->kind == PAGE_LEAF_TABLE);
    if (record->payload.bytes == 0) return OK;
    memcpy((char *)page + 64, record->payload.data, record->payload.bytes);
    return OK;
}

static void cell_print(const WalRecord *record, StrBuilder *out)
{
    str_add_format(out, "cell of %zu bytes", record->payload.bytes);
}

static const RedoEntry entries[] = {{WAL_ROW_INSERT, cell_redo, cell_print}};
static const StoreUpper upper = {.redo_entries = entries, .redo_count = ARRAY_LEN(entries)};

static void create(void)
{
    DeviceLocalOptions options = test_device_options();
    must_be_ok(os_dir_make(TEST_DIR));
    must_be_ok(os_dir_sync("/"));
    must_be_ok(store_create(task_self()->account, &options, 4711));
}

static Status open_again(Store **store)
{
    StoreOptions options = {.pool = {.frames = 64}, .wal_buffer_bytes = 1 << 16};
    Device *device = test_device_open();
    Status status = store_open(task_self()->account, device, &options, &upper, store);
    if (status != OK) device->ops->close(device);
    return status;
}

static void cell_append(Store *store, PageId page, Lsn *end)
{
    WalRef ref = {page, 0};
    WalPart part = {"12345678", 8};
    must_be_ok(wal_credit_take(store->wal, wal_record_bytes(1, 8), 0));
    (void)wal_append(store->wal, cell_kind, (Xid){5}, &ref, 1, &part, 1, end);
}

static void on_simulated_machine(void (*first)(void *arg), void (*second)(void *arg), void *arg)
{
    Sim *sim = new_sim(test_seed(1));
    SimEnd end = sim_run(sim, first, arg);
    if (end == SIM_STUCK || end == SIM_STEPS) fail_msg("%s", sim_report(sim));
    if (second != NULL) {
        end = sim_run(sim, second, arg);
        if (end != SIM_DONE) fail_msg("%s", sim_report(sim));
    }
    sim_release(sim);
}

static void make_page(Store *store, PageId id, PageKind kind, uint64_t tree, bool unlogged)
{
    PageRef page;
    must_be_ok(pool_reserve_frames(store->pool, 1));
    must_be_ok(pool_latch_new(store->pool, id, RANK_LATCH, &page));
    page_format(page.data, kind, page_number(id), tree, 0);
    const PoolChange change = {&page, WAL_REF_FORMAT};
    if (!unlogged) must_be_ok(wal_credit_take(store->wal, wal_record_bytes(1, 0), 0));
    (void)pool_log(store->pool, cell_kind, XID_NONE, &change, 1, NULL, 0, unlogged);
    pool_unlatch(&page);
}

/* --- traps F8: a page passed by must meet FORMAT or its freeing --- */

typedef enum Later { LATER_NOTHING, LATER_FREED, LATER_MADE } Later;

static void lost_page_first(void *arg)
{
    Store *store;
    SpaceId space;
    PageId page;
    Lsn end;
    const Later later = *(Later *)arg;
    create();
    must_be_ok(open_again(&store));
    must_be_ok(space_create(store, &space));
    must_be_ok(space_take_extent(store, tree_id(space, 9), false, &page));
    const PageId lost = {page.v + EXTENT_PAGES - 1};
    cell_append(store, lost, &end);
    if (later == LATER_FREED) must_be_ok(space_free_extent(store, page));
    /* So many pages come between that redo has passed it by when it meets the record that makes it. */
    for (uint64_t i = 0; later == LATER_MADE && i < EXTENT_PAGES; i++)
        make_page(store, (PageId){page.v + i}, PAGE_LEAF_TABLE, 9, false);
    must_be_ok(wal_sync(store->wal, wal_insert_position(store->wal), 0));
    sim_crash_now(false);
}

static void lost_page_second(void *arg)
{
    Store *store;
    const Later later = *(Later *)arg;
    must_give(later == LATER_NOTHING ? ST_CORRUPT : OK, open_again(&store));
    if (later != LATER_NOTHING) must_be_ok(store_close(store, true));
}

static void f8_a_lost_page_is_found_out(void **state)
{
    (void)state;
    Later later = LATER_NOTHING;
    on_simulated_machine(lost_page_first, lost_page_second, &later);
}

static void f8_a_freed_page_is_not_missed(void **state)
{
    (void)state;
    Later later = LATER_FREED;
    on_simulated_machine(lost_page_first, lost_page_second, &later);
}

static void f8_a_page_made_later_is_not_missed(void **state)
{
    (void)state;
    Later later = LATER_MADE;
    on_simulated_machine(lost_page_first, lost_page_second, &later);
}

/* --- a page of the log's becomes one of an unlogged tree's --- */

static void change_page(Store *store, PageId id)
{
    const WalPart part = {"12345678", 8};
    PageRef page;
    must_be_ok(wal_credit_take(store->wal, wal_record_bytes(1, 8), 0));
    must_be_ok(
        pool_latch(store->pool, id, (LatchOptions){LATCH_EXCLUSIVE, RANK_LATCH, false}, &page));
    memcpy((char *)page.data + 64, part.data, part.bytes);
    (void)pool_log(store->pool, cell_kind, XID_NONE, &(PoolChange){&page, 0}, 1, &part, 1, false);
    pool_unlatch(&page);
}

/* What the log still has of the page does not fit what stands there now, and is from before. */
static void unlogged_first(void *arg)
{
    Store *store;
    SpaceId space;
    PageId page, again;
    Lsn least;
    (void)arg;
    create();
    must_be_ok(open_again(&store));
    must_be_ok(space_create(store, &space));
    must_be_ok(space_take_extent(store, tree_id(space, 9), false, &page));
    make_page(store, page, PAGE_LEAF_TABLE, 9, false);
    must_be_ok(store_checkpoint(store, true));
    change_page(store, page);
    must_be_ok(space_free_extent(store, page));
    do {
        must_be_ok(space_take_extent(store, tree_id(space, 10), false, &again));
    } while (again.v != page.v);
    make_page(store, page, PAGE_OVERFLOW, 10, true);
    Lsn end = wal_insert_position(store->wal);
    must_be_ok(wal_sync(store->wal, end, 0));
    must_be_ok(pool_write_until(store->pool, (Lsn){end.v + 1}, 0, &least));
    sim_crash_now(false);
}

static void unlogged_second(void *arg)
{
    Store *store;
    (void)arg;
    must_be_ok(open_again(&store));
    must_be_ok(store_close(store, true));
}

static void f8_an_unlogged_page_has_no_past(void **state)
{
    (void)state;
    on_simulated_machine(unlogged_first, unlogged_second, NULL);
}

/* --- traps F17: a page's image in the log --- */

enum { IMAGE_MARK_AT = 9000 };

typedef struct Image {
    SpaceId space;
    PageId page;
    bool is_logged;
} Image;

/* Logs the page as it stands, as its first change during a file-level backup does. */
static void image_log(Store *store, PageId id)
{
    static _Alignas(FILE_DIRECT_ALIGNMENT) char copy[PAGE_BYTES];
    PageRef page;
    must_be_ok(wal_credit_take(store->wal, wal_record_bytes(1, PAGE_BYTES), 0));
    must_be_ok(
        pool_latch(store->pool, id, (LatchOptions){LATCH_EXCLUSIVE, RANK_LATCH, false}, &page));
    memcpy(copy, page.data, PAGE_BYTES);
    const WalPart part = {copy, PAGE_BYTES};
    const PoolChange change = {&page, WAL_REF_FORMAT};
    (void)pool_log(store->pool, WAL_FULL_PAGE, XID_NONE, &change, 1, &part, 1, false);
    pool_unlatch(&page);
}

/* The page is damaged on the disk, and no copy of it in the journal any more. */
static void image_first(void *arg)
{
    Image *image = arg;
    Store *store;
    PageRef page;
    Lsn least;
    char path[64];
    create();
    must_be_ok(open_again(&store));
    must_be_ok(space_create(store, &image->space));
    must_be_ok(space_take_extent(store, tree_id(image->space, 9), false, &image->page));
    make_page(store, image->page, PAGE_LEAF_TABLE, 9, false);
    must_be_ok(pool_latch(store->pool, image->page,
                          (LatchOptions){LATCH_EXCLUSIVE, RANK_LATCH, false}, &page));
    ((char *)page.data)[IMAGE_MARK_AT] = 'm'; /* the log has it by the image alone */
    pool_unlatch(&page);
    must_be_ok(store_checkpoint(store, true));
    make_page(store, (PageId){image->page.v + 1}, PAGE_LEAF_TABLE, 9, false);
    const Lsn end = wal_insert_position(store->wal);
    must_be_ok(pool_write_until(store->pool, (Lsn){end.v + 1}, 0, &least));
    if (image->is_logged) image_log(store, image->page);
    change_page(store, image->page);
    must_be_ok(wal_sync(store->wal, wal_insert_position(store->wal), 0));
    const uint64_t number = page_number(image->page);
    (void)snprintf(path, sizeof path, TEST_DIR "/base/%" PRIu32 "/%" PRIu64, image->space.v,
                   number / TEST_SEGMENT_PAGES);
    CHECK_TRUE(
        sim_disk_flip_bit(sim_self(), path, (number % TEST_SEGMENT_PAGES * PAGE_BYTES + 5000) * 8));
    sim_crash_now(false);
}

static void image_second(void *arg)
{
    const Image *image = arg;
    const LatchOptions shared = {LATCH_SHARED, RANK_LATCH, false};
    Store *store;
    PageRef page;
    must_be_ok(open_again(&store));
    must_give(image->is_logged ? OK : ST_CORRUPT,
              pool_latch(store->pool, image->page, shared, &page));
    if (image->is_logged) {
        CHECK_TRUE(((char *)page.data)[IMAGE_MARK_AT] == 'm' && ((char *)page.data)[5000] == 0);
        CHECK_TRUE(memcmp((char *)page.data + 64, "12345678", 8) == 0);
        pool_unlatch(&page);
    }
    must_be_ok(store_close(store, true));
}

static void f17_an_image_mends_a_damaged_page(void **state)
{
    (void)state;
    for (uint32_t logged = 0; logged < 2; logged++) {
        Image image = {.is_logged = logged};
        on_simulated_machine(image_first, image_second, &image);
    }
}

/* --- the manifest --- */

static void versions_body(void *arg)
{
    (void)arg;
    Manifest manifest, read;
    Bytes raw = {(const uint8_t *)&manifest, sizeof manifest};
    manifest__init(&manifest, 4711, 1 << 16, (Lsn){(1 << 16) + 40});
    must_be_ok(manifest__check(raw, &read));
    CHECK_TRUE(read.system_id == 4711);
    manifest.timeline++;
    must_give(ST_CORRUPT, manifest__check(raw, &read)); /* its checksum */
    manifest.format_version++;
    must_give(ST_UNSUPPORTED, manifest__check(raw, &read));
    CHECK_TRUE(
        str_equal(error_current()->message, STR("database files are incompatible with server")));
    CHECK_TRUE(error_current()->detail.bytes > 0);
    manifest__init(&manifest, 4711, 1 << 16, (Lsn){(1 << 16) + 40});
    manifest.page_bytes = 8192;
    manifest__seal(&manifest);
    must_give(ST_UNSUPPORTED, manifest__check(raw, &read));
    manifest.magic[0] = 'X';
    must_give(ST_CORRUPT, manifest__check(raw, &read));
    raw.bytes = 3;
    must_give(ST_CORRUPT, manifest__check(raw, &read));
}

static void foreign_versions_are_refused(void **state)
{
    (void)state;
    on_simulated_machine(versions_body, NULL, NULL);
}

/* --- a log that lost what was durable --- */

/* Closes without a checkpoint; the record that ended the last one is damaged then. */
static void close_damaged(Store *store)
{
    Manifest manifest;
    store_manifest(store, &manifest);
    must_be_ok(store_close(store, false));
    uint64_t segment = manifest.checkpoint_begin / TEST_LOG_SEGMENT_BYTES;
    char name[25], path[64];
    wal_segment_name(name, 1, segment, TEST_LOG_SEGMENT_BYTES);
    (void)snprintf(path, sizeof path, TEST_DIR "/pg_wal/%s", name);
    uint64_t byte = manifest.checkpoint_end % TEST_LOG_SEGMENT_BYTES + 20;
    CHECK_TRUE(sim_disk_flip_bit(sim_self(), path, byte * 8));
}

static void damage_first(void *arg)
{
    (void)arg;
    Store *store;
    create();
    must_be_ok(open_again(&store));
    must_be_ok(store_checkpoint(store, true));
    close_damaged(store);
}

static void damage_second(void *arg)
{
    (void)arg;
    Store *store;
    must_give(ST_CORRUPT, open_again(&store));
    CHECK_TRUE(
        str_starts(error_current()->message, STR("could not locate a valid checkpoint record")));
}

static void a_lost_checkpoint_is_refused(void **state)
{
    (void)state;
    on_simulated_machine(damage_first, damage_second, NULL);
}

/* --- a start that is refused leaves the pages as they are, also those that redo changed in memory --- */

enum { REFUSED_PAGES = 3 * EXTENT_PAGES }; /* more than the pool has */

typedef struct Refused {
    Store *store;
    SpaceId space;
    PageId extents[REFUSED_PAGES / EXTENT_PAGES];
} Refused;

static PageId refused_page(const Refused *refused, uint32_t i)
{
    return (PageId){refused->extents[i / EXTENT_PAGES].v + i % EXTENT_PAGES};
}

static void refused_checkpoint(void *arg)
{
    Refused *refused = arg;
    must_be_ok(checkpoint__run(refused->store, true, false));
}

typedef struct RefusedImage {
    _Alignas(FILE_DIRECT_ALIGNMENT) char page[REFUSED_PAGES][PAGE_BYTES];
} RefusedImage;

static void refused_read(const Refused *refused, RefusedImage *image)
{
    Device *device = test_device_open();
    for (uint32_t i = 0; i < REFUSED_PAGES; i++)
        must_be_ok(device->ops->read(device, refused_page(refused, i), image->page[i]));
    device->ops->close(device);
}

static void refused_write(const Refused *refused, RefusedImage *image)
{
    Device *device = test_device_open();
    for (uint32_t i = 0; i < REFUSED_PAGES; i++) {
        const DevicePage page = {.page = refused_page(refused, i), .data = image->page[i]};
        must_be_ok(device->ops->write_group(device, &page, 1));
    }
    device->ops->close(device);
}

static void refused_make(Refused *refused)
{
    Store *store;
    create();
    must_be_ok(open_again(&store));
    must_be_ok(space_create(store, &refused->space));
    for (uint32_t i = 0; i < ARRAY_LEN(refused->extents); i++)
        must_be_ok(
            space_take_extent(store, tree_id(refused->space, 9), false, &refused->extents[i]));
    for (uint32_t i = 0; i < REFUSED_PAGES; i++)
        make_page(store, refused_page(refused, i), PAGE_LEAF_TABLE, 9, false);
    must_be_ok(store_close(store, true));
}

/* Changes pages while a checkpoint runs, so that there are records between its begin and its end, and leaves them on
 * the disk as they were at its begin. */
static void refused_first(void *arg)
{
    static RefusedImage image;
    Refused *refused = arg;
    Store *store;
    refused_make(refused);
    refused_read(refused, &image);
    must_be_ok(open_again(&store));
    refused->store = store;
    store_set_checkpoints(store, 60, 1 << 20, 0);
    Task *task = start_task("checkpoint", refused_checkpoint, refused);
    must_be_ok(os_sleep_until(deadline_in_ms(1000), WAIT_BACKGROUND));
    for (uint32_t i = 0; i < REFUSED_PAGES; i++) change_page(store, refused_page(refused, i));
    os_task_join(task);
    close_damaged(store);
    refused_write(refused, &image);
}

static void refused_second(void *arg)
{
    static RefusedImage before, after;
    const Refused *refused = arg;
    Store *store;
    refused_read(refused, &before);
    must_give(ST_CORRUPT, open_again(&store));
    refused_read(refused, &after);
    CHECK_TRUE(memcmp(&before, &after, sizeof before) == 0);
}

static void a_refused_start_writes_no_page(void **state)
{
    Refused refused = {0};
    (void)state;
    on_simulated_machine(refused_first, refused_second, &refused);
}

/* --- the log in words --- */

typedef struct Lines {
    uint32_t count;
    bool cell, start, end;
} Lines;

static void line_take(void *arg, Str line)
{
    Lines *lines = arg;
    size_t at;
    lines->count++;
    lines->cell |= str_find(line, STR("ROW_INSERT xid 5"), &at) &&
                   str_find(line, STR(" page 2/71  cell of 8 bytes"), &at);
    lines->start |= str_find(line, STR(" START "), &at);
    lines->end |= str_find(line, STR("end of log: "), &at);
}

static void dump_body(void *arg)
{
    (void)arg;
    Store *store;
    Lsn end;
    create();
    must_be_ok(open_again(&store));
    cell_append(store, page_id((SpaceId){2}, 71), &end);
    must_be_ok(wal_sync(store->wal, end, 0));
    Lines lines = {0};
    must_be_ok(store_dump_log(store->device, &upper, (Lsn){0}, UINT64_MAX, line_take, &lines));
    CHECK_TRUE(lines.cell && lines.start && lines.end);
    Lines few = {0};
    must_be_ok(store_dump_log(store->device, &upper, (Lsn){0}, 2, line_take, &few));
    CHECK_TRUE(few.count == 2 && lines.count > 2);
    CHECK_TRUE(store_device(store) == store->device && store_account(store) == store->account);
    Arena *arena = arena_new(task_self()->account, "words");
    CHECK_TRUE(str_equal(lsn_print(arena, (Lsn){UINT64_C(0x1016B3748)}), STR("1/16B3748")));
    arena_drop(arena);
    must_be_ok(store_close(store, false));
}

static void the_log_is_told_in_words(void **state)
{
    (void)state;
    on_simulated_machine(dump_body, NULL, NULL);
}

/* --- a full disk --- */

static void full_body(void *arg)
{
    (void)arg;
    Store *store;
    Status status;
    Lsn end = {0};
    create();
    must_be_ok(open_again(&store));
    Sim *sim = sim_self();
    sim_disk_set_limit(sim, sim_disk_space_used(sim) + 5 * TEST_LOG_SEGMENT_BYTES);
    uint32_t bytes = wal_record_bytes(0, 1000), count = 0;
    char payload[1000] = {0};
    WalPart part = {payload, sizeof payload};
    while ((status = wal_credit_take(store->wal, bytes, 0)) == OK) {
        (void)wal_append(store->wal, WAL_NOTHING, XID_NONE, NULL, 0, &part, 1, &end);
        CHECK_TRUE(count++ < 10000);
    }
    must_give(ST_FULL, status);
    CHECK_TRUE(error_current()->code == SQLSTATE_DISK_FULL);
    must_be_ok(wal_sync(store->wal, end, 0));
    must_be_ok(wal_credit_take(store->wal, bytes, WAL_CREDIT_RESERVE));
    wal_credit_return(store->wal, bytes);
    CHECK_TRUE(!store_has_failed(store));
    /* a checkpoint works in the reserve, and makes space of what is no longer needed */
    must_be_ok(store_checkpoint(store, true));
    must_be_ok(wal_credit_take(store->wal, bytes, 0));
    wal_credit_return(store->wal, bytes);
    must_be_ok(store_close(store, true));
}

/* Two segments are all that the log has, and its redo position is in the first, whose end is where the reserve begins:
 * with somebody who makes checkpoints it goes on in those two for ever. */
static void goes_on_body(void *arg)
{
    (void)arg;
    enum { LAST_OF_CREATE = 8 };
    Store *store;
    create();
    for (uint64_t segment = 3; segment <= LAST_OF_CREATE; segment++) {
        char name[25], path[64];
        wal_segment_name(name, 1, segment, TEST_LOG_SEGMENT_BYTES);
        (void)snprintf(path, sizeof path, TEST_DIR "/pg_wal/%s", name);
        if (os_path_remove(path) != OK) error_clear();
    }
    Sim *sim = sim_self();
    sim_disk_set_limit(sim, sim_disk_space_used(sim));
    StoreOptions options = {.pool = {.frames = 128},
                            .wal_buffer_bytes = 1 << 16,
                            .background = true};
    must_be_ok(store_open(task_self()->account, test_device_open(), &options, &upper, &store));
    const uint32_t bytes = wal_record_bytes(0, 1000);
    char payload[1000] = {0};
    WalPart part = {payload, sizeof payload};
    for (uint32_t i = 0; i < 12 * TEST_LOG_SEGMENT_BYTES / sizeof payload; i++) {
        must_be_ok(wal_credit_take(store->wal, bytes, 0));
        (void)wal_append(store->wal, WAL_NOTHING, XID_NONE, NULL, 0, &part, 1, NULL);
    }
    sim_disk_set_limit(sim, UINT64_MAX);
    must_be_ok(store_close(store, true));
}

static void a_full_disk_lets_the_log_go_on(void **state)
{
    (void)state;
    on_simulated_machine(goes_on_body, NULL, NULL);
}

static void a_full_disk_is_no_failure(void **state)
{
    (void)state;
    on_simulated_machine(full_body, NULL, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(f8_a_lost_page_is_found_out),
        cmocka_unit_test(f8_a_freed_page_is_not_missed),
        cmocka_unit_test(f8_a_page_made_later_is_not_missed),
        cmocka_unit_test(f8_an_unlogged_page_has_no_past),
        cmocka_unit_test(f17_an_image_mends_a_damaged_page),
        cmocka_unit_test(foreign_versions_are_refused),
        cmocka_unit_test(a_lost_checkpoint_is_refused),
        cmocka_unit_test(a_refused_start_writes_no_page),
        cmocka_unit_test(the_log_is_told_in_words),
        cmocka_unit_test(a_full_disk_is_no_failure),
        cmocka_unit_test(a_full_disk_lets_the_log_go_on),
    };
    return cmocka_run_group_tests_name("recovery", tests, NULL, NULL);
}

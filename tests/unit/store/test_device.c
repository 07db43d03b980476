/* SPDX-License-Identifier: Apache-2.0 */
/* The local device on the simulated disk: whatever call a crash strikes, each page of a group is whole, old or new,
 * what was acknowledged is there, the manifest is one of the two, the log holds what was synced (docs/traps.md F7,
 * C30). */
#include "store_fixture.h"

#include "base/arena.h"

enum { PAGES = 24, ROUNDS = 5, GROUP_MAX = 9, SEEDS = 6 };

/* What must outlive the machine. */
typedef struct Outside {
    uint64_t seed;
    bool plain;                          /* writes without the journal */
    uint64_t acked[PAGES], tried[PAGES]; /* version of each page; 0: never written */
    uint64_t manifest_acked, manifest_tried;
    uint64_t log_acked, log_tried; /* bytes, all of one segment after another */
    uint32_t torn;                 /* pages found broken */
    bool created;
} Outside;

/* Pages of one extent, then some far away in another segment. */
static PageId page_of(uint32_t i)
{
    return page_id((SpaceId){2}, i < PAGES / 2 ? i : TEST_SEGMENT_PAGES - 3 + i);
}

static char *pages_map(uint32_t count)
{
    void *memory;
    must_be_ok(os_memory_map((size_t)count * PAGE_BYTES, false, &memory));
    return memory;
}

static void write_round(Outside *outside, Device *device, Random *random, char *memory)
{
    DevicePage group[GROUP_MAX];
    uint32_t picked[GROUP_MAX], count = 1 + (uint32_t)random_below(random, GROUP_MAX);
    uint32_t first = (uint32_t)random_below(random, PAGES);
    for (uint32_t i = 0; i < count; i++) {
        picked[i] = (first + i) % PAGES;
        PageId page = page_of(picked[i]);
        void *data = memory + (size_t)i * PAGE_BYTES;
        page_make(data, page, ++outside->tried[picked[i]]);
        page_set_crc(data);
        group[i] = (DevicePage){.page = page, .data = data};
    }
    if (outside->plain) {
        must_be_ok(device->ops->write_plain(device, group, count));
    } else {
        must_be_ok(device->ops->write_group(device, group, count));
    }
    for (uint32_t i = 0; i < count; i++) outside->acked[picked[i]] = outside->tried[picked[i]];
}

static void check_pages(Outside *outside, Device *device, char *memory)
{
    for (uint32_t i = 0; i < PAGES; i++) {
        PageId page = page_of(i);
        must_be_ok(device->ops->read(device, page, memory));
        if (page_check(memory, page) != OK) {
            error_clear();
            outside->torn++;
            continue;
        }
        uint64_t version = page_expect(memory, page);
        CHECK_TRUE(outside->plain || version >= outside->acked[i]);
        CHECK_TRUE(version <= outside->tried[i]);
        outside->acked[i] = outside->tried[i] = version;
    }
}

static void create_main(void *arg)
{
    Outside *outside = arg;
    test_device_create();
    Device *device = test_device_open();
    must_be_ok(device->ops->space_create(device, (SpaceId){2}));
    device->ops->close(device);
    outside->created = true;
}

static void pages_main(void *arg)
{
    Outside *outside = arg;
    Device *device = test_device_open();
    char *memory = pages_map(GROUP_MAX);
    Random random;
    random_seed(&random, outside->seed);
    check_pages(outside, device, memory);
    for (uint32_t i = 0; i < ROUNDS; i++) write_round(outside, device, &random, memory);
    os_memory_unmap(memory, (size_t)GROUP_MAX * PAGE_BYTES);
    device->ops->close(device);
}

static void check_main(void *arg)
{
    Device *device = test_device_open();
    char *memory = pages_map(1);
    check_pages(arg, device, memory);
    os_memory_unmap(memory, PAGE_BYTES);
    device->ops->close(device);
}

/* A restart without a power cut, and the power cut soon after it: what the restart saw must be there for good. */
static void restart_main(void *arg)
{
    check_main(arg);
    sim_crash_now(false);
}

/* Crashes at every call of the workload; returns how many pages were found broken. */
static uint32_t crash_everywhere(uint64_t seed, bool plain, void (*work)(void *arg),
                                 void (*check)(void *arg))
{
    uint32_t torn = 0;
    Outside outside = {.seed = seed, .plain = plain};
    Sim *sim = new_sim(seed);
    assert_int_equal(sim_run(sim, create_main, &outside), SIM_DONE);
    SimDisk *start = sim_disk_copy(sim);
    uint64_t step = 1;
    for (uint64_t n = 1;; n += step) {
        Outside run = outside;
        run.seed = seed + n;
        sim_disk_restore(sim, start);
        sim_crash_at(sim, n, true);
        SimEnd end = sim_run(sim, work, &run);
        if (end == SIM_DONE) break;
        assert_int_equal(end, SIM_CRASHED);
        sim_crash_at(sim, 0, false);
        assert_int_equal(sim_run(sim, check, &run), SIM_DONE);
        torn += run.torn;
        step = 1 + n / 40;
    }
    sim_disk_free_copy(start);
    sim_release(sim);
    return torn;
}

static void test_groups_are_whole_after_a_crash(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        assert_int_equal(crash_everywhere(test_seed(seed), false, pages_main, check_main), 0);
    }
}

/* The same without the journal: the test above can fail. */
static void test_plain_writes_are_torn_by_a_crash(void **state)
{
    (void)state;
    uint32_t torn = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        torn += crash_everywhere(test_seed(seed), true, pages_main, check_main);
    }
    assert_true(torn > 0);
}

static void manifest_main(void *arg)
{
    Outside *outside = arg;
    Device *device = test_device_open();
    uint8_t bytes[3000];
    for (uint32_t i = 0; i < ROUNDS; i++) {
        uint64_t version = outside->manifest_acked == 0 ? 1 : outside->manifest_acked;
        memset(bytes, (int)(version + 1), sizeof bytes);
        outside->manifest_tried = version + 1;
        must_give(ST_CHANGED,
                  device->ops->manifest_replace(device, version + 7, (Bytes){bytes, 10}));
        must_be_ok(
            device->ops->manifest_replace(device, version, (Bytes){bytes, 100 * version + 500}));
        outside->manifest_acked = version + 1;
    }
    device->ops->close(device);
}

static void manifest_check_main(void *arg)
{
    Outside *outside = arg;
    Device *device = test_device_open();
    Arena *arena = arena_new(task_self()->account, "test");
    Bytes manifest;
    uint64_t version;
    must_be_ok(device->ops->manifest_read(device, arena, &manifest, &version));
    CHECK_TRUE(version >= MAX(outside->manifest_acked, UINT64_C(1)));
    CHECK_TRUE(version <= MAX(outside->manifest_tried, UINT64_C(1)));
    if (version == 1) {
        CHECK_TRUE(manifest.bytes == 5 && memcmp(manifest.data, "first", 5) == 0);
    } else {
        CHECK_TRUE(manifest.bytes == 100 * (version - 1) + 500);
        for (size_t i = 0; i < manifest.bytes; i++) CHECK_TRUE(manifest.data[i] == version);
    }
    arena_drop(arena);
    device->ops->close(device);
}

static void test_manifest_is_old_or_new_after_a_crash(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        crash_everywhere(test_seed(100 + seed), false, manifest_main, manifest_check_main);
    }
}

enum { LOG_STEP = 6000, LOG_STEPS = 30 };

static uint8_t log_byte(uint64_t at)
{
    return (uint8_t)(hash_u64(at) | 1);
}

/* Segments are written one after the other, the older ones removed and used again. */
static void log_main(void *arg)
{
    Outside *outside = arg;
    Device *device = test_device_open();
    uint8_t bytes[LOG_STEP];
    for (uint32_t i = 0; i < LOG_STEPS; i++) {
        uint64_t from = outside->log_tried, segment = from / TEST_LOG_SEGMENT_BYTES;
        uint32_t offset = (uint32_t)(from % TEST_LOG_SEGMENT_BYTES);
        uint32_t count = MIN((uint32_t)LOG_STEP, TEST_LOG_SEGMENT_BYTES - offset);
        for (uint32_t k = 0; k < count; k++) bytes[k] = log_byte(from + k);
        outside->log_tried += count;
        must_be_ok(device->ops->log_write(device, 1, segment, offset, bytes, count));
        must_be_ok(device->ops->log_sync(device, 1, segment));
        outside->log_acked = outside->log_tried;
        if (offset == 0 && segment >= 1) {
            must_be_ok(device->ops->log_remove(device, 1, segment - 1));
        }
    }
    device->ops->close(device);
}

static void log_check_main(void *arg)
{
    Outside *outside = arg;
    Device *device = test_device_open();
    Arena *arena = arena_new(task_self()->account, "test");
    uint64_t *segments, acked = outside->log_acked;
    uint32_t count;
    must_be_ok(device->ops->log_list(device, 1, arena, &segments, &count));
    uint64_t last = (acked - (acked > 0)) / TEST_LOG_SEGMENT_BYTES;
    bool found = acked == 0;
    for (uint32_t i = 0; i < count; i++) found = found || segments[i] == last;
    CHECK_TRUE(found);
    uint8_t bytes[512];
    for (uint64_t at = last * TEST_LOG_SEGMENT_BYTES; at < acked; at += sizeof bytes) {
        uint32_t done;
        must_be_ok(device->ops->log_read(device, 1, last, (uint32_t)(at % TEST_LOG_SEGMENT_BYTES),
                                         bytes, sizeof bytes, &done));
        CHECK_TRUE(done == sizeof bytes);
        for (uint32_t k = 0; k < sizeof bytes && at + k < acked; k++) {
            CHECK_TRUE(bytes[k] == log_byte(at + k));
        }
    }
    arena_drop(arena);
    device->ops->close(device);
}

static void test_synced_log_survives_a_crash(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        crash_everywhere(test_seed(200 + seed), false, log_main, log_check_main);
    }
}

/* --- failures of the disk --- */

typedef struct FailRun {
    SimFailure kind;
    uint64_t n;
    uint64_t fired;
    uint32_t full_and_well; /* times a full disk was survived */
    Outside outside;
} FailRun;

static void fail_main(void *arg)
{
    FailRun *run = arg;
    Outside *outside = &run->outside;
    Device *device = test_device_open();
    char *memory = pages_map(1);
    PageId page = page_of(3);
    Status status = OK;
    sim_fail_at(sim_self(), (uint32_t)run->kind, run->n, false);
    for (uint32_t i = 0; i < ROUNDS && status == OK; i++) {
        page_make(memory, page, ++outside->tried[3]);
        page_set_crc(memory);
        DevicePage group = {.page = page, .data = memory};
        status = device->ops->write_group(device, &group, 1);
        if (status == OK) outside->acked[3] = outside->tried[3];
    }
    run->fired = sim_disarm(sim_self());
    CHECK_TRUE(status == OK || run->fired > 0);
    CHECK_TRUE(status == OK || status == (run->kind == SIM_FAIL_FULL ? ST_FULL : ST_IO));
    if (status == ST_IO && run->kind == SIM_FAIL_SYNC) {
        /* What a failed sync dropped is unknown: nothing is acknowledged any more. */
        DevicePage group = {.page = page, .data = memory};
        must_give(ST_IO, device->ops->write_group(device, &group, 1));
        must_give(ST_IO, device->ops->log_write(device, 1, 1, 0, "x", 1));
        must_give(ST_IO, device->ops->manifest_replace(device, 1, (Bytes){(uint8_t *)"x", 1}));
    }
    if (status == ST_FULL) {
        /* Found before anything was changed, the same write succeeds once there is room; later, the device has
         * failed. */
        DevicePage group = {.page = page, .data = memory};
        status = device->ops->write_group(device, &group, 1);
        CHECK_TRUE(status == OK || status == ST_IO);
        if (status == OK) outside->acked[3] = outside->tried[3];
        run->full_and_well += status == OK;
    }
    error_clear();
    os_memory_unmap(memory, PAGE_BYTES);
    device->ops->close(device);
}

/* F7 too: what a failed sync left in the cache only is written again. */
static void test_failures_are_told_and_nothing_is_lost(void **state)
{
    (void)state;
    const SimFailure kinds[] = {SIM_FAIL_WRITE, SIM_FAIL_SYNC, SIM_FAIL_FULL, SIM_FAIL_OPEN};
    for (uint32_t k = 0; k < ARRAY_LEN(kinds); k++) {
        uint64_t fired = 1;
        uint32_t full_and_well = 0;
        for (uint64_t n = 1; fired > 0; n++) {
            FailRun run = {.kind = kinds[k], .n = n};
            Sim *sim = new_sim(test_seed(300 + n));
            assert_int_equal(sim_run(sim, create_main, &run.outside), SIM_DONE);
            assert_int_equal(sim_run(sim, fail_main, &run), SIM_DONE);
            assert_int_equal(sim_run(sim, restart_main, &run.outside), SIM_CRASHED);
            assert_int_equal(sim_run(sim, check_main, &run.outside), SIM_DONE);
            assert_int_equal(run.outside.torn, 0);
            fired = run.fired;
            full_and_well += run.full_and_well;
            sim_release(sim);
        }
        assert_true((kinds[k] == SIM_FAIL_FULL) == (full_and_well > 0));
    }
}

/* --- names --- */

/* Makes files until a sync fails: a segment of pages, one of the log, the folder of a space. */
static void names_fail_main(void *arg)
{
    FailRun *run = arg;
    Device *device = test_device_open();
    char *memory = pages_map(1);
    sim_fail_at(sim_self(), SIM_FAIL_SYNC, run->n, false);
    page_make(memory, page_of(3), ++run->outside.tried[3]);
    page_set_crc(memory);
    DevicePage group = {.page = page_of(3), .data = memory};
    Status status = device->ops->write_group(device, &group, 1);
    if (status == OK) run->outside.acked[3] = run->outside.tried[3];
    if (status == OK) status = device->ops->log_prepare(device, 1, 0, true);
    if (status == OK) status = device->ops->space_create(device, (SpaceId){3});
    run->fired = sim_disarm(sim_self());
    CHECK_TRUE(status == (run->fired > 0 ? ST_IO : OK));
    error_clear();
    os_memory_unmap(memory, PAGE_BYTES);
    device->ops->close(device);
}

/* The next server, without a power cut before it: writes to the files it finds, and syncs; then the power fails. */
static void names_use_main(void *arg)
{
    Outside *outside = arg;
    Device *device = test_device_open();
    char *memory = pages_map(1);
    SpaceId other = {3};
    Status status = device->ops->space_open(device, other);
    if (status == ST_NOT_FOUND) status = device->ops->space_create(device, other);
    must_be_ok(status);
    error_clear();
    PageId pages[] = {page_of(3), page_id(other, 1)};
    for (uint32_t i = 0; i < ARRAY_LEN(pages); i++) {
        page_make(memory, pages[i], 70 + i);
        page_set_crc(memory);
        DevicePage group = {.page = pages[i], .data = memory};
        must_be_ok(device->ops->write_group(device, &group, 1));
    }
    outside->acked[3] = outside->tried[3] = 70;
    must_be_ok(device->ops->log_prepare(device, 1, 0, true));
    must_be_ok(device->ops->log_write(device, 1, 0, 0, "durable", 8));
    must_be_ok(device->ops->log_sync(device, 1, 0));
    sim_crash_now(false);
}

static void names_check_main(void *arg)
{
    Device *device = test_device_open();
    char *memory = pages_map(1);
    check_pages(arg, device, memory);
    PageId page = page_id((SpaceId){3}, 1);
    must_be_ok(device->ops->read(device, page, memory));
    CHECK_TRUE(page_expect(memory, page) == 71);
    uint32_t done;
    must_be_ok(device->ops->log_read(device, 1, 0, 0, memory, 8, &done));
    CHECK_TRUE(done == 8 && memcmp(memory, "durable", 8) == 0);
    os_memory_unmap(memory, PAGE_BYTES);
    device->ops->close(device);
}

/* F7: a file whose name was not durable yet when its maker failed is not trusted to stay. */
static void test_names_found_are_made_durable(void **state)
{
    (void)state;
    uint64_t fired = 1;
    for (uint64_t n = 1; fired > 0; n++) {
        FailRun run = {.n = n};
        Sim *sim = new_sim(test_seed(400 + n));
        assert_int_equal(sim_run(sim, create_main, &run.outside), SIM_DONE);
        assert_int_equal(sim_run(sim, names_fail_main, &run), SIM_DONE);
        assert_int_equal(sim_run(sim, names_use_main, &run.outside), SIM_CRASHED);
        assert_int_equal(sim_run(sim, names_check_main, &run.outside), SIM_DONE);
        assert_int_equal(run.outside.torn, 0);
        fired = run.fired;
        sim_release(sim);
    }
}

/* --- what is said and refused --- */

static void basics_main(void *arg)
{
    (void)arg;
    Device *device = test_device_open(), *second;
    DeviceLocalOptions options = test_device_options();
    must_give(ST_BUSY, device_local_open(task_self()->account, &options, &second));
    char *memory = pages_map(2);
    SpaceId absent = {77}, space = {2};
    must_give(ST_NOT_FOUND, device->ops->space_open(device, absent));
    must_give(ST_NOT_FOUND, device->ops->read(device, page_id(absent, 0), memory));
    must_give(ST_EXISTS, device->ops->space_create(device, space));
    memory[5] = 1;
    must_be_ok(device->ops->read(device, page_id(space, 1000000), memory));
    CHECK_TRUE(page_expect(memory, page_id(space, 1000000)) == 0);
    /* a sparse space costs what is written: one extent near its end */
    PageId far = page_id(space, 100 * TEST_SEGMENT_PAGES + 70);
    page_make(memory, far, 9);
    page_set_crc(memory);
    must_be_ok(device->ops->write_group(device, &(DevicePage){.page = far, .data = memory}, 1));
    uint64_t used;
    must_be_ok(device->ops->space_bytes(device, space, &used));
    CHECK_TRUE(used > 0 && used <= (uint64_t)EXTENT_PAGES * PAGE_BYTES);
    must_be_ok(device->ops->free_range(device, page_id(space, 100 * TEST_SEGMENT_PAGES + 64), 64));
    must_be_ok(device->ops->read(device, far, memory));
    CHECK_TRUE(page_expect(memory, far) == 0);
    must_be_ok(device->ops->space_bytes(device, space, &used));
    CHECK_TRUE(used == 0);
    must_be_ok(device->ops->space_remove(device, space));
    must_give(ST_NOT_FOUND, device->ops->read(device, far, memory));
    must_be_ok(device->ops->space_create(device, space));
    must_be_ok(device->ops->read(device, far, memory));
    uint64_t epoch = device->epoch;
    device->ops->close(device);
    device = test_device_open();
    CHECK_TRUE(device->epoch == epoch + 1);
    os_memory_unmap(memory, 2 * PAGE_BYTES);
    device->ops->close(device);
}

static void test_basics(void **state)
{
    (void)state;
    Sim *sim = new_sim(test_seed(1));
    Outside outside = {0};
    assert_int_equal(sim_run(sim, create_main, &outside), SIM_DONE);
    assert_int_equal(sim_run(sim, basics_main, &outside), SIM_DONE);
    sim_release(sim);
}

/* Spare segments of the log are room for data when the disk has no other, and are there again for the log. */
static void spares_main(void *arg)
{
    enum { PAGES = TEST_LOG_SEGMENT_BYTES / PAGE_BYTES };
    (void)arg;
    Device *device = test_device_open();
    const SpaceId space = {3};
    must_be_ok(device->ops->space_create(device, space));
    must_be_ok(device->ops->reserve(device, page_id(space, 0), 1));
    for (uint64_t i = 0; i < 3; i++) must_be_ok(device->ops->log_prepare(device, 1, i, i == 0));
    for (uint64_t i = 0; i < 2; i++) must_be_ok(device->ops->log_remove(device, 1, i));
    sim_disk_set_limit(sim_self(), sim_disk_space_used(sim_self()));
    must_be_ok(device->ops->reserve(device, page_id(space, 64), PAGES));
    must_be_ok(device->ops->log_prepare(device, 1, 3, true));
    must_give(ST_FULL, device->ops->reserve(device, page_id(space, 128), PAGES));
    must_give(ST_FULL, device->ops->log_prepare(device, 1, 4, false));
    must_give(ST_FULL, device->ops->log_prepare(device, 1, 4, true));
    sim_disk_set_limit(sim_self(), 0);
    must_be_ok(device->ops->reserve(device, page_id(space, 128), PAGES));
    must_be_ok(device->ops->log_prepare(device, 1, 4, false));
    device->ops->close(device);
}

static void test_spare_segments_give_way_to_data(void **state)
{
    (void)state;
    Sim *sim = new_sim(test_seed(1));
    Outside outside = {0};
    assert_int_equal(sim_run(sim, create_main, &outside), SIM_DONE);
    assert_int_equal(sim_run(sim, spares_main, &outside), SIM_DONE);
    sim_release(sim);
}

/* Another server was let in (its epoch is in the manifest): this one must not replace the manifest, nor write after. */
static void fence_main(void *arg)
{
    (void)arg;
    Device *device = test_device_open();
    Device *usurper;
    must_be_ok(os_path_rename(TEST_DIR "/lock", TEST_DIR "/lock.old"));
    File *file;
    must_be_ok(os_file_open(TEST_DIR "/lock", FILE_READ | FILE_WRITE | FILE_CREATE, &file));
    os_file_close(file);
    DeviceLocalOptions options = test_device_options();
    must_be_ok(device_local_open(task_self()->account, &options, &usurper));
    must_give(ST_CLOSED, device->ops->manifest_replace(device, 1, (Bytes){(uint8_t *)"x", 1}));
    must_give(ST_IO, device->ops->log_write(device, 1, 1, 0, "x", 1));
    must_be_ok(usurper->ops->manifest_replace(usurper, 1, (Bytes){(uint8_t *)"x", 1}));
    usurper->ops->close(usurper);
    device->ops->close(device);
}

static void test_an_older_epoch_is_refused(void **state)
{
    (void)state;
    Sim *sim = new_sim(test_seed(1));
    Outside outside = {0};
    assert_int_equal(sim_run(sim, create_main, &outside), SIM_DONE);
    assert_int_equal(sim_run(sim, fence_main, &outside), SIM_DONE);
    sim_release(sim);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_basics),
        cmocka_unit_test(test_spare_segments_give_way_to_data),
        cmocka_unit_test(test_groups_are_whole_after_a_crash),
        cmocka_unit_test(test_plain_writes_are_torn_by_a_crash),
        cmocka_unit_test(test_manifest_is_old_or_new_after_a_crash),
        cmocka_unit_test(test_synced_log_survives_a_crash),
        cmocka_unit_test(test_failures_are_told_and_nothing_is_lost),
        cmocka_unit_test(test_names_found_are_made_durable),
        cmocka_unit_test(test_an_older_epoch_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

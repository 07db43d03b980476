/* SPDX-License-Identifier: Apache-2.0 */
/* store_fixture.h - what the tests of the store share: checks that work inside a simulated run (cmocka's jump out of a
 * test would not survive a fiber's stack), pages that know what they should contain, seeds. */
#pragma once

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/base.h"

#include <cmocka.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/random.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/os.h"
#include "os/sim.h"
#include "os/wait.h"
#include "store/device.h"
#include "store/page.h"

#define CHECK_TRUE(x) ((x) ? (void)0 : assert_failed(#x, __FILE__, __LINE__))
#define must_be_ok(call) must_be((call), OK, #call, __FILE__, __LINE__)
#define must_give(status, call) must_be((call), (status), #call, __FILE__, __LINE__)

static inline void must_be(Status status, Status wanted, const char *call, const char *file,
                           int line)
{
    if (status == wanted) return;
    const Error *error = error_current();
    (void)fprintf(stderr, "%s gave: %s (%.*s)\n", call, status_text(status),
                  error != NULL ? (int)error->message.bytes : 0,
                  error != NULL ? error->message.data : "");
    assert_failed(call, file, line);
}

/* TUSK_SEED moves all seeds of a test. */
static inline uint64_t test_seed(uint64_t n)
{
    const char *text = getenv("TUSK_SEED");
    return n + (text != NULL ? strtoull(text, NULL, 10) * UINT64_C(1000003) : 0);
}

static inline Sim *new_sim(uint64_t seed)
{
    SimOptions options = {.seed = seed, .io_reorder = true};
    Sim *sim = sim_new(&options);
    assert_non_null(sim);
    return sim;
}

static inline Task *start_task(const char *name, void (*main)(void *arg), void *arg)
{
    TaskOptions options = {.name = name};
    Task *task;
    must_be_ok(os_task_start(&options, main, arg, &task));
    return task;
}

enum {
    TEST_SEGMENT_PAGES = 256,
    TEST_LOG_SEGMENT_BYTES = 64 << 10,
    TEST_FIRST_LSN = TEST_LOG_SEGMENT_BYTES + 40, /* behind the header of segment 1 */
};
#define TEST_DIR "/data"

static inline DeviceLocalOptions test_device_options(void)
{
    return (DeviceLocalOptions){.dir = TEST_DIR,
                                .segment_pages = TEST_SEGMENT_PAGES,
                                .log_segment_bytes = TEST_LOG_SEGMENT_BYTES,
                                .log_keep_segments = 2};
}

static inline void test_device_create(void)
{
    DeviceLocalOptions options = test_device_options();
    must_be_ok(os_dir_make(TEST_DIR));
    must_be_ok(os_dir_sync("/"));
    must_be_ok(device_local_create(&options, (Bytes){(const uint8_t *)"first", 5}));
}

static inline Device *test_device_open(void)
{
    DeviceLocalOptions options = test_device_options();
    Device *device;
    must_be_ok(device_local_open(task_self()->account, &options, &device));
    return device;
}

enum { PAGE_VERSION_WORD = PAGE_HEADER_BYTES / 8 };

/* Fills a page's body with bytes that follow from its number and `version`, and its header but for the lsn. */
static inline void page_make(void *page, PageId id, uint64_t version)
{
    PageHeader *header = (PageHeader *)page;
    uint64_t *words = (uint64_t *)page, lsn = header->lsn;
    page_format(page, PAGE_LEAF_TABLE, page_number(id), 7, 0);
    header->lsn = lsn;
    words[PAGE_VERSION_WORD] = version;
    for (uint32_t i = PAGE_VERSION_WORD + 1; i < PAGE_BYTES / 8; i++) {
        words[i] = hash_u64(id.v * 1000003 + version * 4096 + i);
    }
}

/* Its version, if it is whole; 0 for a page of zeros. */
static inline uint64_t page_expect(const void *page, PageId id)
{
    const uint64_t *words = (const uint64_t *)page;
    uint64_t version = words[PAGE_VERSION_WORD];
    if (((const PageHeader *)page)->kind == PAGE_FREE) {
        for (uint32_t i = 0; i < PAGE_BYTES / 8; i++) CHECK_TRUE(words[i] == 0);
        return 0;
    }
    for (uint32_t i = PAGE_VERSION_WORD + 1; i < PAGE_BYTES / 8; i++) {
        CHECK_TRUE(words[i] == hash_u64(id.v * 1000003 + version * 4096 + i));
    }
    return version;
}

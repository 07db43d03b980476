/* SPDX-License-Identifier: Apache-2.0 */
/* store_pool.c - what a cached page's latch costs, and how fast pages come in from a disk read past the system's cache,
 * against a plain loop of reads; groups of dirty pages written.
 *
 * usage: store_pool FOLDER [pages in the pool] [pages of data]     FOLDER: on the disk to measure; a folder is made in
 * it */
#include "store/pool.h"

#include "base/account.h"
#include "base/random.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/os.h"
#include "os/process.h"

#include <stdio.h>
#include <stdlib.h>

enum { LATCHES = 20000000, READS = 20000 };

typedef struct Bench {
    char dir[512];
    Device *device;
    Pool *pool;
    uint64_t frames, pages;
    Random random;
} Bench;

static const SpaceId space = {2};

static void must(Status status)
{
    if (status == OK) return;
    (void)fprintf(stderr, "%s\n", status_text(status));
    exit(1);
}

static double per(int64_t start, uint64_t count, double unit_ns)
{
    return (double)(os_monotonic_ns() - start) / unit_ns / (double)count;
}

static void fill(Bench *bench)
{
    void *memory;
    must(os_memory_map((size_t)DEVICE_GROUP_PAGES_MAX * PAGE_BYTES, false, &memory));
    DevicePage pages[DEVICE_GROUP_PAGES_MAX];
    int64_t start = os_monotonic_ns();
    for (uint64_t at = 0; at < bench->pages; at += DEVICE_GROUP_PAGES_MAX) {
        for (uint32_t i = 0; i < DEVICE_GROUP_PAGES_MAX; i++) {
            void *data = (char *)memory + (size_t)i * PAGE_BYTES;
            page_format(data, PAGE_LEAF_TABLE, at + i, 1, 0);
            random_bytes(&bench->random, (char *)data + PAGE_HEADER_BYTES, 4096);
            page_set_crc(data);
            pages[i] = (DevicePage){.page = page_id(space, at + i), .data = data};
        }
        must(bench->device->ops->write_group(bench->device, pages, DEVICE_GROUP_PAGES_MAX));
    }
    (void)printf("write_group, 128 pages: %.1f ms a group, %.0f MB/s\n",
                 per(start, bench->pages / DEVICE_GROUP_PAGES_MAX, 1e6),
                 (double)bench->pages * PAGE_BYTES / 1e6 / per(start, 1, 1e9));
    os_memory_unmap(memory, (size_t)DEVICE_GROUP_PAGES_MAX * PAGE_BYTES);
}

static void latches(Bench *bench, LatchMode mode, uint64_t pages, const char *what)
{
    PageRef ref;
    LatchOptions options = {.mode = mode, .rank = RANK_LATCH};
    for (uint64_t i = 0; i < pages; i++) must(pool_fetch(bench->pool, page_id(space, i)));
    int64_t start = os_process_cpu_us(); /* others may be using the processor */
    for (uint64_t i = 0; i < LATCHES; i++) {
        must(pool_latch(bench->pool, page_id(space, i % pages), options, &ref));
        pool_unlatch(&ref);
    }
    (void)printf("latch and unlatch, %s, %" PRIu64 " pages: %.1f ns\n", what, pages,
                 (double)(os_process_cpu_us() - start) * 1e3 / LATCHES);
}

static void reads_pool(Bench *bench)
{
    PageRef ref;
    LatchOptions options = {.mode = LATCH_SHARED, .rank = RANK_LATCH};
    int64_t start = os_monotonic_ns();
    for (uint32_t i = 0; i < READS; i++) {
        PageId page = page_id(space, random_below(&bench->random, bench->pages));
        must(pool_latch(bench->pool, page, options, &ref));
        pool_unlatch(&ref);
    }
    double seconds = per(start, 1, 1e9);
    PoolFigures figures;
    pool_figures(bench->pool, &figures);
    (void)printf("random pages through the pool: %.1f us each, %.0f %% read\n",
                 seconds * 1e6 / READS, 100.0 * (double)figures.reads / READS);
}

static void reads_plain(Bench *bench)
{
    char path[600];
    void *memory;
    File *file;
    (void)snprintf(path, sizeof path, "%s/base/2/0", bench->dir);
    must(os_memory_map(PAGE_BYTES, false, &memory));
    must(os_file_open(path, FILE_READ | FILE_DIRECT, &file));
    int64_t start = os_monotonic_ns();
    for (uint32_t i = 0; i < READS; i++) {
        size_t done;
        uint64_t page = random_below(&bench->random, bench->pages);
        must(os_file_read(file, memory, PAGE_BYTES, page * PAGE_BYTES, &done));
    }
    (void)printf("random pages by plain reads (%s): %.1f us each\n",
                 os_file_is_direct(file) ? "direct" : "cached", per(start, READS, 1e3));
    os_file_close(file);
    os_memory_unmap(memory, PAGE_BYTES);
}

static void pool_new(Bench *bench)
{
    PoolOptions options = {.frames = bench->frames, .huge_pages = true};
    must(pool_open(task_self()->account, bench->device, NULL, &options, &bench->pool));
}

static void run(Bench *bench)
{
    DeviceLocalOptions options = {.dir = bench->dir, .direct = true};
    must(os_dir_make(bench->dir));
    must(device_local_create(&options, (Bytes){(const uint8_t *)"", 0}));
    must(device_local_open(task_self()->account, &options, &bench->device));
    must(bench->device->ops->space_create(bench->device, space));
    fill(bench);
    pool_new(bench);
    latches(bench, LATCH_SHARED, 1, "shared");
    latches(bench, LATCH_SHARED, 100, "shared");
    latches(bench, LATCH_EXCLUSIVE, 1, "exclusive");
    pool_close(bench->pool);
    pool_new(bench);
    reads_pool(bench);
    pool_close(bench->pool);
    reads_plain(bench);
    bench->device->ops->close(bench->device);
    must(os_dir_remove_all(bench->dir));
}

int main(int argc, char **argv)
{
    if (argc < 2) return 2;
    Bench bench = {.frames = argc > 2 ? strtoull(argv[2], NULL, 10) : 8192};
    bench.pages = argc > 3 ? strtoull(argv[3], NULL, 10) : 4 * bench.frames;
    (void)snprintf(bench.dir, sizeof bench.dir, "%s/tusk-store-pool", argv[1]);
    random_seed(&bench.random, 1);
    Account *account = account_new(NULL, "bench", ACCOUNT_UNLIMITED);
    Os *os;
    if (account == NULL || os_real_new(account, &os) != OK) return 1;
    run(&bench);
    os_real_release(os);
    account_drop(account);
    return 0;
}

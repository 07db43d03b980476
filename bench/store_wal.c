/* SPDX-License-Identifier: Apache-2.0 */
/* store_wal.c - what the log costs: appending by one task and by several, commits that share syncs, reading, redoing.
 *
 * usage: store_wal [folder]     the folder (default: one in /tmp) is made, used and removed */
#include "base/arena.h"
#include "base/error.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/os.h"
#include "store/store.h"
#include "store/space.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    PAYLOAD = 57, /* with one reference: a record of 100 bytes */
    APPENDS = 1000000,
    TASKS_MAX = 4,
    COMMITS = 2000,
    REDO_PAGES = 2000,
    REDO_RECORDS = 1000000,
    SEGMENT_BYTES = 16 << 20,
};
#define BENCH_SPACE ((SpaceId){2})

static _Noreturn void fail(const char *what)
{
    const Error *error = error_current();
    fprintf(stderr, "%s failed: %.*s\n", what, error != NULL ? (int)error->message.bytes : 0,
            error != NULL ? error->message.data : "");
    exit(1);
}
#define MUST(call) ((call) == OK ? (void)0 : fail(#call))

static double seconds(void)
{
    return (double)os_monotonic_ns() / 1e9;
}

/* Processor time of all tasks: what counts on a machine that others use too. */
static double processor(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
    return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

/* --- appending, into a device that takes everything at once --- */

static Status null_write(Device *device, uint32_t timeline, uint64_t segment, uint32_t offset,
                         const void *data, uint32_t bytes)
{
    (void)device, (void)timeline, (void)segment, (void)offset, (void)data, (void)bytes;
    return OK;
}

static Status null_segment(Device *device, uint32_t timeline, uint64_t segment)
{
    (void)device, (void)timeline, (void)segment;
    return OK;
}

typedef struct Appender {
    Wal *wal;
    uint32_t count;
    bool sync;
} Appender;

static void appender_main(void *arg)
{
    Appender *a = arg;
    char payload[PAYLOAD] = {1};
    WalPart parts[2] = {{payload, 20}, {payload + 20, PAYLOAD - 20}};
    WalRef ref = {page_id(BENCH_SPACE, 17), 0};
    uint32_t bytes = wal_record_bytes(1, PAYLOAD);
    for (uint32_t i = 0; i < a->count; i++) {
        Lsn end;
        MUST(wal_credit_take(a->wal, bytes, 0));
        wal_append(a->wal, WAL_ROW_INSERT, (Xid){77}, &ref, 1, parts, 2, &end);
        if (a->sync) MUST(wal_sync(a->wal, end, 0));
    }
}

static double run_appenders(Wal *wal, uint32_t tasks, uint32_t count, bool sync)
{
    Task *task[16];
    Appender appender = {wal, count, sync};
    double begin = seconds();
    for (uint32_t i = 0; i < tasks; i++)
        MUST(os_task_start(&(TaskOptions){.name = "appender"}, appender_main, &appender, &task[i]));
    for (uint32_t i = 0; i < tasks; i++) os_task_join(task[i]);
    return seconds() - begin;
}

static WalOptions wal_options(void)
{
    return (WalOptions){
        .segment_bytes = SEGMENT_BYTES,
        .timeline = 1,
        .incarnation = 1,
        .end = {SEGMENT_BYTES + WAL_SEGMENT_HEADER_BYTES},
    };
}

static void bench_append(void)
{
    static const DeviceOps ops = {.log_write = null_write, .log_sync = null_segment};
    Device device = {.ops = &ops, .account = task_self()->account};
    for (uint32_t tasks = 1; tasks <= TASKS_MAX; tasks *= 2) {
        Wal *wal;
        WalOptions options = wal_options();
        MUST(wal_open(task_self()->account, &device, &options, &wal));
        (void)run_appenders(wal, tasks, APPENDS / 10, false);
        double cost = processor();
        double took = run_appenders(wal, tasks, APPENDS, false);
        cost = processor() - cost;
        printf("append 100 bytes, %u tasks  %6.1f ns of a processor, %.1f M records/s\n", tasks,
               cost / APPENDS / tasks * 1e9, (double)tasks * APPENDS / took / 1e6);
        wal_close(wal);
    }
}

/* --- commits, onto a real disk --- */

static void bench_commit(Device *device)
{
    uint64_t segment = 1;
    for (uint32_t tasks = 1; tasks <= 16; tasks *= 4) {
        Wal *wal;
        WalOptions options = wal_options();
        options.end.v = segment * SEGMENT_BYTES + WAL_SEGMENT_HEADER_BYTES;
        segment += 4;
        MUST(wal_open(task_self()->account, device, &options, &wal));
        double took = run_appenders(wal, tasks, COMMITS, true);
        WalFigures figures;
        wal_figures(wal, &figures);
        printf("commit, %2u tasks  %8.0f commits/s, %.2f commits a sync\n", tasks,
               tasks * COMMITS / took, (double)tasks * COMMITS / (double)figures.syncs);
        wal_close(wal);
    }
}

/* --- redo: the log of many small changes of cached pages --- */

static Status bench_redo_cells(const WalRecord *record, uint32_t index, void *page)
{
    (void)index;
    memcpy((char *)page + 64, record->payload.data, record->payload.bytes);
    return OK;
}

static Status bench_redo_format(const WalRecord *record, uint32_t index, void *page)
{
    page_format(page, PAGE_LEAF_TABLE, page_number(record->refs[index].page), 7, 0);
    return OK;
}

static const RedoEntry bench_entries[] = {
    {WAL_ROW_INSERT, bench_redo_cells, NULL},
    {WAL_OVERFLOW_WRITE, bench_redo_format, NULL},
};

static void fill_pages(Store *store)
{
    LatchOptions exclusive = {.mode = LATCH_EXCLUSIVE, .rank = RANK_LATCH};
    char payload[PAYLOAD] = {1};
    WalPart part = {payload, PAYLOAD};
    PageRef ref;
    PoolChange change = {&ref, WAL_REF_FORMAT};
    for (uint32_t i = 0; i < REDO_PAGES; i++) {
        MUST(pool_reserve_frames(store_pool(store), 1));
        MUST(wal_credit_take(store_wal(store), wal_record_bytes(1, 0), 0));
        MUST(pool_latch_new(store_pool(store), page_id(BENCH_SPACE, i), RANK_LATCH, &ref));
        page_format(ref.data, PAGE_LEAF_TABLE, i, 7, 0);
        (void)pool_log(store_pool(store), WAL_OVERFLOW_WRITE, XID_NONE, &change, 1, NULL, 0, false);
        pool_unlatch(&ref);
    }
    change.flags = 0;
    uint64_t at = 1;
    for (uint32_t i = 0; i < REDO_RECORDS; i++) {
        at = at * 6364136223846793005U + 1442695040888963407U;
        MUST(wal_credit_take(store_wal(store), wal_record_bytes(1, PAYLOAD), 0));
        MUST(pool_latch(store_pool(store), page_id(BENCH_SPACE, (at >> 33) % REDO_PAGES), exclusive,
                        &ref));
        (void)pool_log(store_pool(store), WAL_ROW_INSERT, XID_NONE, &change, 1, &part, 1, false);
        pool_unlatch(&ref);
    }
}

static Store *open_store(const DeviceLocalOptions *device_options)
{
    Device *device;
    Store *store;
    StoreOptions options = {.pool = {.frames = 16384, .redo_bytes_max = UINT64_C(1) << 40}};
    StoreUpper upper = {.redo_entries = bench_entries, .redo_count = ARRAY_LEN(bench_entries)};
    MUST(device_local_open(task_self()->account, device_options, &device));
    MUST(store_open(task_self()->account, device, &options, &upper, &store));
    return store;
}

static void bench_redo(const DeviceLocalOptions *device_options)
{
    Store *store = open_store(device_options);
    SpaceId space;
    MUST(space_create(store, &space));
    if (space.v != BENCH_SPACE.v) fail("the first space is not 2");
    double cost = processor();
    fill_pages(store);
    printf("latch, log, unlatch  %6.1f ns of a processor\n",
           (processor() - cost) / REDO_RECORDS * 1e9);
    MUST(store_close(store, false));
    cost = processor();
    store = open_store(device_options);
    cost = processor() - cost;
    StoreFigures figures;
    store_figures(store, &figures);
    printf("recovery  %.0f MB of log in %.0f ms, %.0f MB/s of a processor\n",
           (double)figures.redo_bytes / 1e6, (double)figures.recovery_us / 1e3,
           (double)figures.redo_bytes / 1e6 / cost);
    MUST(store_close(store, true));
    double begin = seconds();
    store = open_store(device_options);
    printf("clean start  %.1f ms\n", (seconds() - begin) * 1e3);
    MUST(store_close(store, true));
}

int main(int argc, char **argv)
{
    setvbuf(stdout, NULL, _IOLBF, 0);
    Account *account = account_new(NULL, "bench", 0);
    Os *os;
    MUST(os_real_new(account, &os));
    const char *dir = argc > 1 ? argv[1] : "/tmp/tusk_store_wal";
    DeviceLocalOptions options = {.dir = dir, .log_keep_segments = 4};
    bench_append();
    MUST(os_dir_make(dir));
    MUST(store_create(account, &options, 4711));
    bench_redo(&options);
    Device *device;
    MUST(device_local_open(account, &options, &device));
    bench_commit(device);
    device->ops->close(device);
    MUST(os_dir_remove_all(dir));
    os_real_release(os);
    account_drop(account);
    return 0;
}

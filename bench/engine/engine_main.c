/* SPDX-License-Identifier: Apache-2.0 */
/* engine_main.c - one storage engine through the workloads that all are put through: inserts in order and at random,
 * updates and reads of random rows, scans in order. bench/engines runs it for each engine in turn and compares.
 *
 * usage: engine_bench ENGINE DIR ROWS THREADS nosync|sync [CACHE_MB [REDO_MB [OPERATIONS [PARTS]]]]
 *        engine_bench version         names all engines with their versions
 *
 * Each workload comes in parts, the inserts' rows and the operations divided among them, a scan whole in each. A line a
 * part: the workload's name, operations, nanoseconds of wall clock and of processor (of all threads, the engine's own
 * among them) for one. */
#include "engine.h"

#include "base/account.h"
#include "base/arith.h"
#include "base/random.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/os.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static const EngineOps *const engines[] = {
    &engine_tusk,       &engine_tusk_include,
#ifdef HAVE_LMDB
    &engine_lmdb,
#endif
#ifdef HAVE_WIREDTIGER
    &engine_wiredtiger,
#endif
#ifdef HAVE_ROCKSDB
    &engine_rocksdb,
#endif
#ifdef HAVE_SQLITE
    &engine_sqlite,
#endif
};

_Noreturn void engine_fail(const char *what, const char *why)
{
    (void)fprintf(stderr, "%s: %s\n", what, why);
    exit(1);
}

typedef struct Load {
    const EngineOps *ops;
    uint64_t rows, operations;
    uint32_t threads, parts, part;
    bool scattered; /* keys are in no order */
} Load;

/* On cache lines of its own: what a thread counts here is not what is measured. */
typedef struct Worker {
    _Alignas(128) const Load *load;
    void (*run)(struct Worker *worker, void *handle);
    uint32_t number;
    uint64_t done, sum;
} Worker;

/* The i-th key: in order, or by a one-to-one map that leaves no order. */
static Key key_of(const Load *load, uint64_t i)
{
    Key key;
    store_be64(key.bytes, load->scattered ? i * UINT64_C(0x9e3779b97f4a7c15) : i);
    store_be64(key.bytes + 8, i);
    return key;
}

static void fill_value(uint8_t *value, uint64_t seed)
{
    for (uint32_t i = 0; i < VALUE_BYTES; i++) value[i] = (uint8_t)(seed + i * 7);
}

static void insert_rows(Worker *worker, void *handle)
{
    const Load *load = worker->load;
    uint8_t value[VALUE_BYTES];
    const uint64_t share = load->rows / load->threads; /* row i is of thread i % threads */
    const uint64_t end = share * (load->part + 1) / load->parts;
    for (uint64_t n = share * load->part / load->parts; n < end; n++) {
        const uint64_t i = n * load->threads + worker->number;
        Key key = key_of(load, i);
        fill_value(value, i);
        load->ops->insert(handle, &key, value);
        worker->done++;
    }
}

/* A thread's, in one part. */
static uint64_t operations_of(const Load *load)
{
    return load->operations / load->threads / load->parts;
}

static void update_rows(Worker *worker, void *handle)
{
    const Load *load = worker->load;
    uint8_t value[VALUE_BYTES];
    Random random;
    random_seed(&random, 100 + worker->number + THREADS_MAX * load->part);
    for (uint64_t i = 0; i < operations_of(load); i++) {
        /* Threads share no row: who would wait for whom is not what is measured. */
        uint64_t row = random_below(&random, load->rows / load->threads) * load->threads +
                       worker->number;
        Key key = key_of(load, row);
        fill_value(value, row + i + load->part + 1);
        load->ops->update(handle, &key, value);
        worker->done++;
    }
}

static void read_rows(Worker *worker, void *handle)
{
    const Load *load = worker->load;
    uint8_t value[VALUE_BYTES];
    Random random;
    random_seed(&random, 500 + worker->number + THREADS_MAX * load->part);
    for (uint64_t i = 0; i < operations_of(load); i++) {
        Key key = key_of(load, random_below(&random, load->rows));
        load->ops->read(handle, &key, value);
        if ((uint8_t)(value[0] + 7) != value[1])
            engine_fail("read", "another value than was written");
        worker->done++;
    }
}

static void scan_rows(Worker *worker, void *handle)
{
    worker->done = worker->load->ops->scan(handle, &worker->sum);
    if (worker->done != worker->load->rows) engine_fail("scan", "not all rows, or too many");
}

static void work(void *arg)
{
    Worker *worker = arg;
    void *handle = worker->load->ops->attach();
    worker->run(worker, handle);
    worker->load->ops->detach(handle);
}

static double cpu_ns(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

static void measure_part(const char *name, const Load *load, void (*run)(Worker *, void *))
{
    Worker workers[THREADS_MAX] = {0};
    Task *tasks[THREADS_MAX];
    uint64_t done = 0;
    double cpu = cpu_ns();
    int64_t start = os_monotonic_ns();
    for (uint32_t i = 0; i < load->threads; i++) {
        const TaskOptions options = {.name = "worker"};
        workers[i] = (Worker){.load = load, .run = run, .number = i};
        if (os_task_start(&options, work, &workers[i], &tasks[i]) != OK)
            engine_fail("thread", "cannot be started");
    }
    for (uint32_t i = 0; i < load->threads; i++) {
        os_task_join(tasks[i]);
        done += workers[i].done;
    }
    double wall = (double)(os_monotonic_ns() - start);
    (void)printf("%s %llu %.1f %.1f\n", name, (unsigned long long)done, wall / (double)done,
                 (cpu_ns() - cpu) / (double)done);
    (void)fflush(stdout);
}

static void measure(const char *name, Load *load, void (*run)(Worker *, void *))
{
    for (load->part = 0; load->part < load->parts; load->part++) measure_part(name, load, run);
}

static void fresh(const EngineSetup *setup, const char *name, EngineSetup *made, char *path,
                  size_t bytes)
{
    (void)snprintf(path, bytes, "%s/%s", setup->dir, name);
    if (os_dir_make(path) != OK) engine_fail(path, "cannot be made");
    *made = *setup;
    made->dir = path;
}

static void run_all(const EngineOps *ops, const EngineSetup *setup, Load load)
{
    char path[512];
    EngineSetup own;
    fresh(setup, "ordered", &own, path, sizeof path);
    ops->open(&own);
    measure("insert-sequential", &load, insert_rows);
    measure("scan-loaded-in-order", &load, scan_rows);
    ops->close();
    load.scattered = true;
    fresh(setup, "random", &own, path, sizeof path);
    ops->open(&own);
    measure("insert-random", &load, insert_rows);
    measure("read-random", &load, read_rows);
    measure("scan-ordered", &load, scan_rows);
    measure("update-random", &load, update_rows);
    measure("read-after-updates", &load, read_rows);
    ops->close();
}

static int usage(void)
{
    (void)fprintf(
        stderr,
        "usage: engine_bench ENGINE DIR ROWS THREADS nosync|sync [CACHE_MB [REDO_MB [OPERATIONS [PARTS]]]]\n");
    return 1;
}

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "version") == 0) {
        for (uint32_t i = 0; i < ARRAY_LEN(engines); i++)
            (void)printf("%s %s\n", engines[i]->name, engines[i]->version());
        return 0;
    }
    if (argc < 6) return usage();
    EngineSetup setup = {.dir = argv[2],
                         .threads = (uint32_t)strtoul(argv[4], NULL, 10),
                         .sync = strcmp(argv[5], "sync") == 0,
                         .cache_bytes = (argc > 6 ? strtoull(argv[6], NULL, 10) : 1024) << 20,
                         .redo_bytes = (argc > 7 ? strtoull(argv[7], NULL, 10) : 0) << 20};
    uint64_t rows = strtoull(argv[3], NULL, 10);
    const EngineOps *ops = NULL;
    for (uint32_t i = 0; i < ARRAY_LEN(engines); i++)
        if (strcmp(engines[i]->name, argv[1]) == 0) ops = engines[i];
    if (!ops || rows == 0 || setup.threads == 0 || setup.threads > THREADS_MAX) return usage();
    rows -= rows % setup.threads;
    const Load load = {.ops = ops,
                       .rows = rows,
                       .operations = argc > 8 ? strtoull(argv[8], NULL, 10) : rows,
                       .threads = setup.threads,
                       .parts = argc > 9 ? (uint32_t)strtoul(argv[9], NULL, 10) : 1};
    if (load.parts == 0) return usage();
    Account *account = account_new(NULL, "bench", ACCOUNT_UNLIMITED);
    Os *os;
    if (account == NULL || os_real_new(account, &os) != OK) return 1;
    run_all(ops, &setup, load);
    (void)fflush(stdout);
    os_real_release(os);
    account_drop(account);
    return 0;
}

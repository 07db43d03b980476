/* SPDX-License-Identifier: Apache-2.0 */
/* limits.c - what the storage rooms promise of themselves, a line each, with the figure that is wanted: a scan beside a
 * plain loop, redo, growth under updates, undo that is given back, reads of a table larger than the pool beside raw
 * reads of its device.
 *
 * usage: limits FOLDER [ROWS [MEASURE...]]     ROWS: default 1,000,000; MEASURE: scan growth redo cold sparse,
 * default all */
#include "engine.h"

#include "base/account.h"
#include "base/arith.h"
#include "base/random.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/os.h"
#include "os/process.h"
#include "store/device.h"
#include "store/space.h"
#include "tusk_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { ROWS_A_BATCH = 1000, UPDATES_A_ROW = 10, FEW = 1000, SPARSE_EXTENTS = 100000 };

typedef struct Bench {
    char dir[512];
    uint64_t rows;
    TuskParts parts;
    TreeId tree;
    Table *table;
    uint32_t slot, reader_slot;
    LockSession *locks;
    LockOptions lock;
    RowWaitOptions wait;
    Arena *arena, *batch_arena;
    Random random;
} Bench;

static const TableColumn columns[] = {{0, PHYS_I32, COLUMN_NOT_NULL, {.null = true}},
                                      {1, PHYS_STR, COLUMN_NOT_NULL, {.null = true}}};
static const uint16_t both[] = {0, 1};

_Noreturn void engine_fail(const char *what, const char *why)
{
    (void)fprintf(stderr, "%s: %s\n", what, why);
    exit(1);
}

static void must(Status status)
{
    if (status != OK) engine_fail("limits", status_text(status));
}

static Txn *begin(Bench *b, uint32_t slot, Snapshot *snapshot)
{
    Txn *txn;
    must(txn_begin(b->parts.txns, &(TxnOptions){.space = b->parts.space, .session = slot}, &txn));
    must(txn_snapshot(txn, snapshot));
    return txn;
}

static void end(Txn *txn, Snapshot *snapshot)
{
    txn_snapshot_release(snapshot);
    must(txn_commit(txn, &(CommitOptions){.sync = COMMIT_SYNC_OFF}));
}

static void open_parts(Bench *b, uint64_t frames, bool create, uint64_t checkpoint_wal_bytes)
{
    tusk_parts_open(&b->parts, &(TuskPartsOptions){.dir = b->dir,
                                                   .create = create,
                                                   .frames = frames,
                                                   .checkpoint_seconds = 600,
                                                   .checkpoint_wal_bytes = checkpoint_wal_bytes});
    must(txn_session_open(b->parts.txns, &b->slot));
    must(txn_session_open(b->parts.txns, &b->reader_slot));
    must(lock_session_open(b->parts.txns, b->slot, 1, &b->locks));
    b->wait = (RowWaitOptions){b->locks, ROW_WAIT, &b->lock};
    if (create) {
        Snapshot snapshot;
        Txn *txn = begin(b, b->slot, &snapshot);
        must(table_create(txn, b->parts.space, columns, ARRAY_LEN(columns), 0, &b->tree));
        end(txn, &snapshot);
    }
    must(table_open(b->parts.store, b->tree, &b->table));
}

static void close_parts(Bench *b, bool checkpoint)
{
    table_close(b->table);
    lock_session_close(b->locks);
    txn_session_close(b->parts.txns, b->slot);
    txn_session_close(b->parts.txns, b->reader_slot);
    tusk_parts_close(&b->parts, checkpoint);
}

static uint64_t space_bytes(Bench *b)
{
    uint64_t bytes;
    Device *device = store_device(b->parts.store);
    must(device->ops->space_bytes(device, b->parts.space, &bytes));
    return bytes;
}

static void fill(Bench *b)
{
    static char text[VALUE_BYTES];
    static RowId ids[ROWS_A_BATCH];
    Snapshot snapshot;
    Vector vectors[2];
    for (uint32_t i = 0; i < 2; i++)
        vector_init_flat(&vectors[i], b->arena, 0, (Phys)columns[i].phys, ROWS_A_BATCH);
    memset(text, 'x', sizeof text);
    for (uint64_t at = 0; at < b->rows; at += ROWS_A_BATCH) {
        const Batch batch = {ROWS_A_BATCH, 2, vectors, {NULL, ROWS_A_BATCH}, NULL};
        for (uint32_t i = 0; i < ROWS_A_BATCH; i++) {
            ((int32_t *)vectors[0].data)[i] = (int32_t)random_below(&b->random, 1u << 30);
            ((StrView *)vectors[1].data)[i] = strview((Str){text, VALUE_BYTES});
        }
        Txn *txn = begin(b, b->slot, &snapshot);
        must(table_insert(b->table, txn, &batch, ids));
        end(txn, &snapshot);
    }
}

/* ---- a scan ---- */

static uint64_t count_below(const int32_t *values, uint64_t count, int32_t limit, uint32_t *found)
{
    uint64_t passed = 0;
    for (uint64_t i = 0; i < count; i++) {
        found[passed % FEW] = (uint32_t)i;
        passed += values[i] < limit;
    }
    return passed;
}

static double plain_loop_ns(const Bench *b, int32_t limit)
{
    static uint32_t found[FEW];
    int32_t *values = arena_alloc(b->arena, b->rows * sizeof *values);
    Random random = b->random;
    for (uint64_t i = 0; i < b->rows; i++) values[i] = (int32_t)random_below(&random, 1u << 30);
    double best = 1e30;
    for (uint32_t round = 0; round < 7; round++) {
        int64_t start = os_process_cpu_us();
        for (uint32_t again = 0; again < 5; again++)
            if (count_below(values, b->rows, limit, found) > b->rows) exit(1);
        double ns = (double)(os_process_cpu_us() - start) * 200.0 / (double)b->rows;
        best = MIN(best, ns);
    }
    return best;
}

static double scan_ns(Bench *b, int32_t limit)
{
    const Predicate predicate = {.op = PREDICATE_LT, .phys = PHYS_I32, .low.i32 = limit};
    const TableScanOptions options = {.projection = {both, 1},
                                      .predicates = &predicate,
                                      .predicate_count = 1,
                                      .last = {ROW_ID_MAX},
                                      .sample_fraction = 1};
    Batch batch = {.arena = b->batch_arena};
    double best = 1e30;
    for (uint32_t round = 0; round < 7; round++) {
        Snapshot snapshot;
        TableScan *scan;
        Status status;
        Txn *txn = begin(b, b->slot, &snapshot);
        int64_t start = os_process_cpu_us();
        must(table_scan_open(b->table, &snapshot, &options, b->arena, &scan));
        while ((status = table_scan_next(scan, BATCH_ROWS_MAX, &batch, NULL)) == OK) continue;
        table_scan_close(scan);
        double ns = (double)(os_process_cpu_us() - start) * 1000.0 / (double)b->rows;
        best = MIN(best, ns);
        end(txn, &snapshot);
    }
    return best;
}

static void measure_scan(Bench *b)
{
    const int32_t limit = 1 << 20; /* one row in a thousand */
    double loop = plain_loop_ns(b, limit), scan = scan_ns(b, limit);
    (void)printf(
        "scan of cached integers, few pass: %.2f ns a row, plain loop %.2f: %.0f %% (at least 60)\n",
        scan, loop, 100 * loop / scan);
}

/* ---- updates ---- */

static void update_some(Bench *b, uint64_t count)
{
    for (uint64_t i = 0; i < count; i++) {
        const Datum datum = {.value.i32 = (int32_t)random_below(&b->random, 1u << 30)};
        const RowId row = {1 + random_below(&b->random, b->rows)};
        Snapshot snapshot;
        RowOutcome outcome;
        Txn *txn = begin(b, b->slot, &snapshot);
        must(table_update(b->table, txn, &snapshot, row, both, &datum, 1, false, &b->wait,
                          &outcome));
        end(txn, &snapshot);
    }
}

static double undo_mb(Bench *b)
{
    StoreFigures figures;
    store_figures(b->parts.store, &figures);
    return (double)figures.undo_bytes / 1e6;
}

static void measure_growth(Bench *b)
{
    Snapshot old;
    TreeFigures before, after;
    Tree *tree;
    uint64_t updates = b->rows * UPDATES_A_ROW;
    must(tree_open(b->parts.store, b->tree, &tree));
    must(tree_figures(tree, &before));
    Txn *reader = begin(b, b->reader_slot, &old);
    update_some(b, updates / 2);
    double held = undo_mb(b);
    end(reader, &old);
    update_some(b, updates / 2);
    int64_t waited = os_monotonic_ns();
    while (undo_mb(b) > held / 10 && os_monotonic_ns() - waited < INT64_C(60000000000))
        must(os_sleep_until(deadline_in_ms(100), WAIT_BACKGROUND));
    must(tree_figures(tree, &after));
    tree_close(tree);
    (void)printf(
        "%llu updates: the table grows by %.1f %% (under 5); undo %.1f MB with a snapshot held, %.1f when "
        "it is given back; space %.1f MB\n",
        (unsigned long long)updates,
        100.0 * ((double)after.leaf_pages / (double)before.leaf_pages - 1), held, undo_mb(b),
        (double)space_bytes(b) / 1e6);
}

/* ---- redo, cold reads ---- */

static void measure_redo(Bench *b)
{
    StoreFigures figures;
    close_parts(b, true);
    open_parts(b, 1 << 16, false, UINT64_C(8) << 30);
    update_some(b, b->rows * 2);
    store_figures(b->parts.store, &figures);
    must(wal_sync(store_wal(b->parts.store), figures.insert, 0));
    close_parts(b, false);
    int64_t cpu = os_process_cpu_us();
    open_parts(b, 1 << 16, false, UINT64_C(8) << 30);
    cpu = os_process_cpu_us() - cpu;
    store_figures(b->parts.store, &figures);
    const double bytes = (double)figures.redo_bytes;
    (void)printf("redo of %.1f MB of log: %.0f MB/s (over 300), %.0f MB a second of processor\n",
                 bytes / 1e6, bytes / (double)MAX(figures.recovery_us, 1),
                 bytes / (double)MAX(cpu, 1));
}

static double raw_reads_us(Bench *b, uint64_t pages, uint64_t reads)
{
    Device *device = store_device(b->parts.store);
    uintptr_t memory = (uintptr_t)arena_alloc(b->arena, PAGE_BYTES + FILE_DIRECT_ALIGNMENT);
    void *page = (void *)ALIGN_UP(memory, (uintptr_t)FILE_DIRECT_ALIGNMENT);
    int64_t start = os_monotonic_ns();
    for (uint64_t i = 0; i < reads; i++)
        must(device->ops->read(device,
                               page_id(b->parts.space, 64 + random_below(&b->random, pages)),
                               page));
    return (double)(os_monotonic_ns() - start) / 1000.0 / (double)reads;
}

static void measure_cold(Bench *b)
{
    TreeFigures tree_size;
    Snapshot snapshot;
    StoreFigures before, after;
    Tree *tree;
    must(tree_open(b->parts.store, b->tree, &tree));
    must(tree_figures(tree, &tree_size));
    tree_close(tree);
    close_parts(b, true);
    open_parts(b, MAX(tree_size.leaf_pages / 4, 64), false, UINT64_C(200) << 20);
    uint64_t reads = MIN(b->rows / 10, 20000);
    double raw = raw_reads_us(b, tree_size.leaf_pages, reads);
    Txn *txn = begin(b, b->slot, &snapshot);
    store_figures(b->parts.store, &before);
    int64_t start = os_monotonic_ns();
    for (uint64_t i = 0; i < reads; i++) {
        Datum datum;
        arena_reset(b->batch_arena);
        must(table_fetch(b->table, &snapshot, (RowId){1 + random_below(&b->random, b->rows)},
                         (Projection){both, 1}, b->batch_arena, &datum));
    }
    double us = (double)(os_monotonic_ns() - start) / 1000.0;
    store_figures(b->parts.store, &after);
    uint64_t pages = MAX(after.pool.reads - before.pool.reads, 1);
    end(txn, &snapshot);
    (void)printf(
        "random reads of a table 4 times the pool: %.1f us a page read, raw %.1f: %.2f times (at most 1.3)\n",
        us / (double)pages, raw, us / (double)pages / raw);
}

/* ---- a sparse space ---- */

typedef struct Start {
    double ms, page_ms, mb;
} Start;

static double ms_since(int64_t begun)
{
    return (double)(os_monotonic_ns() - begun) / 1e6;
}

/* From a folder to the first row; then the first page taken, which looks at every map for a free one; and the memory of
 * what is open then, beside the frames. */
static Start start_anew(Bench *b, size_t closed_bytes)
{
    Snapshot snapshot;
    Datum datum;
    PageId page;
    int64_t begun = os_monotonic_ns();
    open_parts(b, 1 << 12, false, UINT64_C(200) << 20);
    Txn *txn = begin(b, b->slot, &snapshot);
    must(table_fetch(b->table, &snapshot, (RowId){1}, (Projection){both, 1}, b->batch_arena,
                     &datum));
    end(txn, &snapshot);
    Start start = {.ms = ms_since(begun)};
    begun = os_monotonic_ns();
    must(space_take_page(b->parts.store, b->tree, PAGE_NONE, SPACE_TAKE_OWN, &page));
    start.page_ms = ms_since(begun);
    must(space_free_page(b->parts.store, page));
    start.mb = (double)(account_used(task_self()->account) - closed_bytes) / 1e6;
    return start;
}

static void measure_sparse(Bench *b)
{
    SpaceFigures figures;
    const uint64_t wanted = (uint64_t)SPARSE_EXTENTS * EXTENT_PAGES * PAGE_BYTES;
    uint64_t room;
    must(os_disk_free(b->dir, &room));
    if (room < wanted + wanted / 10) {
        (void)printf("start with a sparse space: not measured, %.0f GB of disk are wanted\n",
                     (double)(wanted + wanted / 10) / 1e9);
        return;
    }
    close_parts(b, true);
    size_t closed = account_used(task_self()->account);
    Start small = start_anew(b, closed), large;
    for (uint64_t i = 0; i < SPARSE_EXTENTS; i++) {
        PageId first;
        must(space_take_extent(b->parts.store, b->tree, false, &first));
    }
    close_parts(b, true);
    large = start_anew(b, closed);
    must(space_figures(b->parts.store, b->parts.space, &figures));
    (void)
        printf("start with a sparse space of %.0f GB: %.1f ms, first page taken %.1f ms, %.1f MB; "
               "with a small one %.1f ms, %.1f ms, %.1f MB (no more)\n",
               (double)figures.extents * EXTENT_PAGES * PAGE_BYTES / 1e9, large.ms, large.page_ms,
               large.mb, small.ms, small.page_ms, small.mb);
}

static const struct Measure {
    const char *name;
    void (*run)(Bench *b);
} measures[] = {
    {"scan", measure_scan}, {"growth", measure_growth}, {"redo", measure_redo},
    {"cold", measure_cold}, {"sparse", measure_sparse},
};

static bool is_asked_for(const char *name, char **names, int count)
{
    for (int i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0) return true;
    return count == 0;
}

int main(int argc, char **argv)
{
    Bench bench = {.rows = argc > 2 ? strtoull(argv[2], NULL, 10) : 1000000}, *b = &bench;
    Account *account = account_new(NULL, "bench", ACCOUNT_UNLIMITED);
    Os *os;
    if (argc < 2 || account == NULL || os_real_new(account, &os) != OK) return 1;
    bench.rows -= bench.rows % ROWS_A_BATCH;
    (void)snprintf(b->dir, sizeof b->dir, "%s/limits.%d", argv[1], (int)getpid());
    must(os_dir_make(b->dir));
    b->arena = arena_new(account, "bench");
    b->batch_arena = arena_new(account, "batch");
    random_seed(&b->random, 1);
    open_parts(b, 1 << 16, true, UINT64_C(200) << 20);
    fill(b);
    for (uint32_t i = 0; i < ARRAY_LEN(measures); i++) {
        if (!is_asked_for(measures[i].name, argv + MIN(argc, 3), MAX(argc - 3, 0))) continue;
        measures[i].run(b);
        (void)fflush(stdout);
    }
    close_parts(b, false);
    must(os_dir_remove_all(b->dir));
    return 0;
}

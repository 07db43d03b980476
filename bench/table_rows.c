/* SPDX-License-Identifier: Apache-2.0 */
/* table_rows.c - what a row costs on the real store: inserted one at a time and in batches, fetched, changed, deleted,
 * scanned, by processor time of one task; four columns (int4, text, int8, numeric).
 *
 * usage: table_rows FOLDER [rows]     FOLDER: a folder is made in it */
#include "base/account.h"
#include "base/random.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/os.h"
#include "os/process.h"
#include "store/space.h"
#include "table/table.h"
#include "table/upkeep.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { COLUMNS = 4, BATCH = 1000 };

typedef struct Bench {
    char dir[512];
    uint64_t rows;
    Store *store;
    Txns *txns;
    SpaceId space;
    uint32_t slot;
    LockSession *locks;
    RowWaitOptions wait;
    LockOptions lock;
    Arena *arena, *batch_arena;
    Table *table;
    RowId *ids;
    Random random;
} Bench;

static const TableColumn columns[COLUMNS] = {{0, PHYS_I32, COLUMN_NOT_NULL, {.null = true}},
                                             {1, PHYS_STR, 0, {.null = true}},
                                             {2, PHYS_I64, 0, {.null = true}},
                                             {3, PHYS_DECIMAL, 0, {.null = true}}};

static void must(Status status)
{
    if (status == OK) return;
    (void)fprintf(stderr, "%s\n", status_text(status));
    exit(1);
}

static void report(const char *what, int64_t start, uint64_t count)
{
    double us = (double)(os_process_cpu_us() - start) / (double)count;
    (void)printf("%-44s %8.3f us a row\n", what, us);
}

static void open_all(Bench *b)
{
    DeviceLocalOptions device_options = {.dir = b->dir};
    TxnsOptions txns_options = {.sessions_max = 4};
    StoreOptions options = {.pool = {.frames = 1 << 16}, .background = true};
    StoreUpper upper = {0};
    Device *device;
    TreeId id;
    Txn *txn;
    must(os_dir_make(b->dir));
    must(store_create(task_self()->account, &device_options, 1));
    must(txns_new(task_self()->account, &txns_options, &b->txns));
    txns_fill_upper(b->txns, &upper);
    table_fill_upper(&upper);
    must(device_local_open(task_self()->account, &device_options, &device));
    must(store_open(task_self()->account, device, &options, &upper, &b->store));
    must(txns_recover(b->txns, b->store, table_undo_apply, NULL));
    must(space_create(b->store, &b->space));
    must(txn_session_open(b->txns, &b->slot));
    must(lock_session_open(b->txns, b->slot, 1, &b->locks));
    b->lock = (LockOptions){0};
    b->wait = (RowWaitOptions){b->locks, ROW_WAIT, &b->lock};
    must(txn_begin(b->txns, &(TxnOptions){.space = b->space, .session = b->slot}, &txn));
    must(table_create(txn, b->space, columns, COLUMNS, 0, &id));
    must(txn_commit(txn, &(CommitOptions){.sync = COMMIT_SYNC_OFF}));
    must(table_open(b->store, id, &b->table));
}

static Txn *begin(Bench *b, Snapshot *snapshot)
{
    Txn *txn;
    must(txn_begin(b->txns, &(TxnOptions){.space = b->space, .session = b->slot}, &txn));
    must(txn_snapshot(txn, snapshot));
    return txn;
}

static void end(Txn *txn, Snapshot *snapshot)
{
    txn_snapshot_release(snapshot);
    must(txn_commit(txn, &(CommitOptions){.sync = COMMIT_SYNC_OFF}));
}

static void fill(Vector vectors[COLUMNS], uint64_t from, uint32_t count)
{
    for (uint32_t r = 0; r < count; r++) {
        ((int32_t *)vectors[0].data)[r] = (int32_t)(from + r);
        ((StrView *)vectors[1].data)[r] = strview(STR("a text of some length"));
        ((int64_t *)vectors[2].data)[r] = (int64_t)(from * 7 + r);
        ((Decimal *)vectors[3].data)[r] = (Decimal){DECIMAL_SMALL, 2, 0, {(int64_t)(from + r)}};
    }
}

static void insert(Bench *b, uint64_t from, uint64_t to, uint32_t batch_rows, const char *what)
{
    Vector vectors[COLUMNS];
    Snapshot snapshot;
    for (uint32_t i = 0; i < COLUMNS; i++)
        vector_init_flat(&vectors[i], b->arena, 0, (Phys)columns[i].phys, BATCH);
    Txn *txn = begin(b, &snapshot);
    int64_t start = os_process_cpu_us();
    for (uint64_t at = from; at < to; at += batch_rows) {
        Batch batch = {batch_rows, COLUMNS, vectors, {NULL, batch_rows}, NULL};
        fill(vectors, at, batch_rows);
        must(table_insert(b->table, txn, &batch, b->ids + at));
    }
    report(what, start, to - from);
    end(txn, &snapshot);
}

static void fetch(Bench *b)
{
    static const uint16_t all[] = {0, 1, 2, 3};
    Snapshot snapshot;
    Datum datums[COLUMNS];
    Txn *txn = begin(b, &snapshot);
    int64_t start = os_process_cpu_us();
    uint64_t count = b->rows;
    for (uint64_t i = 0; i < count; i++) {
        if (i % 1000 == 0) arena_reset(b->batch_arena);
        RowId row = b->ids[random_below(&b->random, b->rows)];
        must(table_fetch(b->table, &snapshot, row, (Projection){all, COLUMNS}, b->batch_arena,
                         datums));
    }
    report("fetch of four columns, at random", start, count);
    end(txn, &snapshot);
}

static void change(Bench *b, bool text)
{
    Snapshot snapshot;
    RowOutcome outcome;
    const uint16_t number = text ? 1 : 2;
    Datum datum = {.value.i64 = 5};
    if (text) datum.value.str = strview(STR("another text, a little longer"));
    Txn *txn = begin(b, &snapshot);
    int64_t start = os_process_cpu_us();
    for (uint64_t i = 0; i < b->rows; i += 2)
        must(table_update(b->table, txn, &snapshot, b->ids[i + text], &number, &datum, 1, false,
                          &b->wait, &outcome));
    report(text ? "update of the text" : "update of the int8", start, b->rows / 2);
    end(txn, &snapshot);
}

static void delete (Bench *b)
{
    Snapshot snapshot;
    RowOutcome outcome;
    Txn *txn = begin(b, &snapshot);
    int64_t start = os_process_cpu_us();
    for (uint64_t i = 0; i < b->rows; i += 10)
        must(table_delete(b->table, txn, &snapshot, b->ids[i], &b->wait, &outcome));
    report("delete", start, b->rows / 10);
    end(txn, &snapshot);
}

static void scan(Bench *b, uint32_t column_count, bool filter, const char *what)
{
    static const uint16_t all[] = {0, 2, 3, 1};
    Snapshot snapshot;
    TableScan *scan;
    Predicate predicate = {.op = PREDICATE_LT, .phys = PHYS_I32, .low.i32 = 1000};
    TableScanOptions options = {.projection = {all, column_count},
                                .predicates = &predicate,
                                .predicate_count = filter,
                                .last = {ROW_ID_MAX},
                                .sample_fraction = 1};
    Batch batch = {.arena = b->batch_arena};
    Txn *txn = begin(b, &snapshot);
    for (uint32_t round = 0; round < 2; round++) {
        int64_t start = os_process_cpu_us();
        must(table_scan_open(b->table, &snapshot, &options, b->arena, &scan));
        while (table_scan_next(scan, BATCH_ROWS_MAX, &batch, NULL) == OK) continue;
        table_scan_close(scan);
        if (round == 1) report(what, start, b->rows);
    }
    end(txn, &snapshot);
}

static void bench_main(void *arg)
{
    Bench *b = arg;
    b->arena = arena_new(task_self()->account, "bench");
    b->batch_arena = arena_new(task_self()->account, "batch");
    random_seed(&b->random, 1);
    open_all(b);
    b->ids = arena_alloc(b->arena, (b->rows + BATCH) * sizeof *b->ids);
    insert(b, 0, b->rows / 2, 1, "insert, one row a call");
    insert(b, b->rows / 2, b->rows, BATCH, "insert, batches of 1000");
    fetch(b);
    scan(b, 1, false, "scan of one column");
    scan(b, 3, false, "scan of three columns");
    scan(b, 4, false, "scan of four columns, one of them text");
    scan(b, 3, true, "scan of three columns, few pass");
    change(b, false);
    change(b, true);
    delete (b);
    scan(b, 3, false, "scan of three columns after changes");
    StoreFigures figures;
    store_figures(b->store, &figures);
    (void)printf("log: %.1f MB, undo: %.1f MB\n", (double)figures.wal.bytes / 1e6,
                 (double)figures.undo_bytes / 1e6);
    exit(0); /* without a checkpoint of all that */
}

int main(int argc, char **argv)
{
    Bench bench = {.rows = argc > 2 ? strtoull(argv[2], NULL, 10) : 1000000};
    if (argc < 2) return 1;
    bench.rows -= bench.rows % (2 * BATCH);
    (void)snprintf(bench.dir, sizeof bench.dir, "%s/table_rows.%d", argv[1], (int)getpid());
    Account *account = account_new(NULL, "bench", ACCOUNT_UNLIMITED);
    Os *os;
    if (account == NULL || os_real_new(account, &os) != OK) return 1;
    bench_main(&bench);
    return 0;
}

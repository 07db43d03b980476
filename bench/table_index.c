/* SPDX-License-Identifier: Apache-2.0 */
/* table_index.c - what an index entry costs on the real store: inserted (unique or not, ascending or at random), built
 * from sorted ones, looked up, scanned, marked, purged; by processor time of one task. Keys are int8 (9 bytes).
 *
 * usage: table_index FOLDER [entries]     FOLDER: a folder is made in it */
#include "base/account.h"
#include "base/arith.h"
#include "base/random.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/os.h"
#include "os/process.h"
#include "store/space.h"
#include "table/index.h"
#include "table/upkeep.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { KEY_BYTES = 9, HITS = 1000, LOOKUPS_AT_ONCE = 100 };

typedef struct Bench {
    char dir[512];
    uint64_t count;
    Store *store;
    Txns *txns;
    SpaceId space;
    uint32_t slot;
    LockSession *locks;
    RowWaitOptions wait;
    LockOptions lock;
    Arena *arena;
    Table *table;
    Index *index; /* of the newest index */
    Random random;
    Txn *txn;
} Bench;

static void must(Status status)
{
    if (status == OK) return;
    (void)fprintf(stderr, "%s\n", status_text(status));
    exit(1);
}

static void report(const char *what, int64_t start, uint64_t count)
{
    double us = (double)(os_process_cpu_us() - start) / (double)count;
    (void)printf("%-44s %8.3f us an entry\n", what, us);
}

static void begin(Bench *b)
{
    must(txn_begin(b->txns, &(TxnOptions){.space = b->space, .session = b->slot}, &b->txn));
}

static void commit(Bench *b)
{
    must(txn_commit(b->txn, &(CommitOptions){.sync = COMMIT_SYNC_OFF}));
}

static void open_all(Bench *b)
{
    static const TableColumn column = {0, PHYS_I64, COLUMN_NOT_NULL, {.null = true}};
    DeviceLocalOptions device_options = {.dir = b->dir};
    TxnsOptions txns_options = {.sessions_max = 4};
    StoreOptions options = {.pool = {.frames = 1 << 16}, .background = true};
    StoreUpper upper = {0};
    Device *device;
    TreeId id;
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
    begin(b);
    must(table_create(b->txn, b->space, &column, 1, 0, &id));
    commit(b);
    must(table_open(b->store, id, &b->table));
}

static void new_index(Bench *b, bool unique)
{
    TreeId id;
    if (b->index) index_close(b->index);
    begin(b);
    must(index_create(b->txn, b->space, &(IndexOptions){.unique = unique}, &id));
    commit(b);
    must(index_open(b->store, id, b->table, &b->index));
}

static Bytes make_key(uint64_t number, uint8_t *out)
{
    out[0] = 1;
    store_be64(out + 1, number ^ UINT64_C(1) << 63);
    return (Bytes){out, KEY_BYTES};
}

/* The numbers below count, each once, in no order. */
static uint64_t shuffled(const Bench *b, uint64_t i)
{
    return i * UINT64_C(2654435761) % b->count;
}

static void insert(Bench *b, bool unique, bool ascending, const char *what)
{
    uint8_t buffer[KEY_BYTES];
    new_index(b, unique);
    begin(b);
    int64_t start = os_process_cpu_us();
    for (uint64_t i = 0; i < b->count; i++) {
        uint64_t number = ascending ? i : shuffled(b, i);
        IndexKey key = {.key = make_key(number, buffer)};
        must(index_insert(b->index, b->txn, &key, (RowId){number + 1}, UNIQUE_NOW, &b->wait, NULL));
    }
    report(what, start, b->count);
    commit(b);
}

static void build(Bench *b)
{
    uint8_t buffer[KEY_BYTES];
    IndexBuild *build;
    new_index(b, true);
    int64_t start = os_process_cpu_us();
    must(index_build_begin(b->index, b->arena, &build));
    for (uint64_t i = 0; i < b->count; i++) {
        IndexKey key = {.key = make_key(i, buffer)};
        must(index_build_add(build, &key, (RowId){i + 1}, XID_NONE));
    }
    must(index_build_end(build));
    report("build from sorted entries", start, b->count);
}

static void look_up(Bench *b)
{
    uint8_t buffer[KEY_BYTES];
    Snapshot snapshot;
    IndexScan *scan = NULL;
    IndexHit hit;
    uint32_t got;
    begin(b);
    must(txn_snapshot(b->txn, &snapshot));
    int64_t start = os_process_cpu_us();
    for (uint64_t i = 0; i < b->count; i++) {
        Bytes key = make_key(random_below(&b->random, b->count), buffer);
        IndexRange range = {.low = key, .high = key};
        if (scan)
            must(index_scan_reset(scan, &range));
        else
            must(index_scan_open(b->index, &snapshot, &range, NULL, b->arena, &scan));
        must(index_scan_next(scan, &hit, 1, &got));
    }
    report("look-up of a unique key, at random", start, b->count);
    index_scan_close(scan);
    txn_snapshot_release(&snapshot);
    commit(b);
}

static void look_up_batches(Bench *b)
{
    uint8_t buffers[LOOKUPS_AT_ONCE][KEY_BYTES];
    Bytes keys[LOOKUPS_AT_ONCE];
    Snapshot snapshot;
    IndexHit *hits;
    uint32_t *key_of, got;
    Arena *tmp = arena_new_child(b->arena, "look-ups");
    begin(b);
    must(txn_snapshot(b->txn, &snapshot));
    int64_t start = os_process_cpu_us();
    for (uint64_t i = 0; i < b->count; i += LOOKUPS_AT_ONCE) {
        for (uint32_t k = 0; k < LOOKUPS_AT_ONCE; k++)
            keys[k] = make_key(random_below(&b->random, b->count), buffers[k]);
        arena_reset(tmp);
        must(index_lookup_batch(b->index, &snapshot, keys, LOOKUPS_AT_ONCE, NULL, tmp, &hits,
                                &key_of, &got));
    }
    report("the same, 100 at once", start, b->count);
    txn_snapshot_release(&snapshot);
    commit(b);
    arena_drop(tmp);
}

static void scan_all(Bench *b)
{
    Snapshot snapshot;
    IndexScan *scan;
    static IndexHit hits[HITS];
    uint32_t got;
    Status status;
    begin(b);
    must(txn_snapshot(b->txn, &snapshot));
    int64_t start = os_process_cpu_us();
    must(index_scan_open(b->index, &snapshot, &(IndexRange){0}, NULL, b->arena, &scan));
    while ((status = index_scan_next(scan, hits, HITS, &got)) == OK) continue;
    report("scan of all", start, b->count);
    index_scan_close(scan);
    txn_snapshot_release(&snapshot);
    commit(b);
}

static void mark_and_purge(Bench *b)
{
    uint8_t buffer[KEY_BYTES];
    PurgeFigures figures;
    begin(b);
    int64_t start = os_process_cpu_us();
    for (uint64_t i = 0; i < b->count; i++) {
        uint64_t number = shuffled(b, i);
        IndexKey key = {.key = make_key(number, buffer)};
        must(index_mark(b->index, b->txn, &key, (RowId){number + 1}));
    }
    report("mark, at random", start, b->count);
    commit(b);
    start = os_process_cpu_us();
    must(table_purge_now(b->txns, b->store, &figures));
    report("purge of all", start, b->count);
}

static void bench_main(void *arg)
{
    Bench *b = arg;
    b->arena = arena_new(task_self()->account, "bench");
    random_seed(&b->random, 1);
    open_all(b);
    insert(b, false, true, "insert, ascending");
    insert(b, false, false, "insert, at random");
    insert(b, true, true, "insert, unique, ascending");
    insert(b, true, false, "insert, unique, at random");
    look_up(b);
    look_up_batches(b);
    scan_all(b);
    mark_and_purge(b);
    build(b);
    look_up(b);
    index_close(b->index);
    table_close(b->table);
    arena_drop(b->arena);
    lock_session_close(b->locks);
    txn_session_close(b->txns, b->slot);
    must(store_close(b->store, false));
    txns_release(b->txns);
}

int main(int argc, char **argv)
{
    Bench bench = {.count = argc > 2 ? strtoull(argv[2], NULL, 10) : 1000000};
    Account *account = account_new(NULL, "bench", ACCOUNT_UNLIMITED);
    Os *os;
    if (argc < 2 || !account || os_real_new(account, &os) != OK) return 1;
    (void)snprintf(bench.dir, sizeof bench.dir, "%s/table_index.%d", argv[1], (int)getpid());
    bench_main(&bench);
    os_real_release(os);
    account_drop(account);
    return 0;
}

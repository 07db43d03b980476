/* SPDX-License-Identifier: Apache-2.0 */
/* test_store_crash.c - the store on a machine that crashes, tears, loses and fails, again and again.
 *
 * A small room above the store keeps numbers in the cells of pages. An operation adds to cells of one to three pages by
 * one record, or makes a page anew. Its number stands in its record, and what it does outside of the machine, where no
 * crash reaches. After every recovery the pages must be exactly what the operations up to the log's end make of them,
 * in the order of their records; and every operation that was acknowledged must be among them. */
#include "store_fixture.h"

#include "base/arena.h"
#include "base/arith.h"
#include "base/log.h"
#include "store/store.h"
#include "store/store_internal.h"

enum {
    PAGES = 90,
    CELLS = 16,
    OPS_MAX = 4000,
    TASKS = 3,
    OP_PAGES_MAX = 3,
    CELLS_AT = 64,
    CELL_PAGE_FIRST = 50000, /* behind what the space gives out */
    EXTENTS = 6,
    EXTENT_PAGES_USED = 3,
};
static const WalKind cell_kind = WAL_ROW_INSERT, format_kind = WAL_OVERFLOW_WRITE;
#define CELL_SPACE ((SpaceId){2})
#define NO_OP UINT32_MAX

static PageId cell_page(uint32_t i)
{
    return page_id(CELL_SPACE, CELL_PAGE_FIRST + i);
}

/* An extent that a task took, wrote to, and will free. */
typedef struct Extent {
    PageId first;
    uint64_t value; /* in cell 0 of its first pages, once synced; 0: not certain */
} Extent;

typedef struct Op {
    uint64_t lsn; /* 0: not known to be in the log */
    bool format, acknowledged, lost;
    uint8_t page_count;
    uint32_t analysis; /* the last one that met it */
    uint8_t pages[OP_PAGES_MAX], cells[OP_PAGES_MAX];
    uint64_t value;
} Op;

/* Survives crashes. */
typedef struct Outside {
    Sim *sim;
    uint32_t op_count;
    Op ops[OPS_MAX];
    uint32_t recoveries, analyses, clean, verified;
    bool made;
    Extent extents[EXTENTS];
    uint32_t extents_checked;
    /* of this run */
    Store *store;
    uint64_t begin, end; /* of the log as analysed */
    uint32_t collected;
    bool closing;
    /* how it runs */
    bool serial; /* one task, syncs after each */
    uint64_t cells[PAGES][CELLS];
    uint64_t lsns[PAGES]; /* of the page's last record; 0: not formatted */
} Outside;

/* --- the room above --- */

typedef struct CellPayload {
    uint32_t op, spare;
    uint64_t value;
    uint8_t cells[OP_PAGES_MAX + 5];
} CellPayload;

static uint64_t *page_cells(void *page)
{
    return (uint64_t *)(void *)((char *)page + CELLS_AT);
}

static Status cells_redo(const WalRecord *record, uint32_t index, void *page)
{
    CellPayload payload;
    CHECK_TRUE(record->payload.bytes == sizeof payload);
    memcpy(&payload, record->payload.data, sizeof payload);
    CHECK_TRUE(((PageHeader *)page)->kind == PAGE_LEAF_TABLE);
    page_cells(page)[payload.cells[index]] += payload.value; /* twice is not once */
    return OK;
}

static Status format_redo(const WalRecord *record, uint32_t index, void *page)
{
    page_format(page, PAGE_LEAF_TABLE, page_number(record->refs[index].page), 7, 0);
    return OK;
}

static const RedoEntry cell_entries[] = {
    {WAL_ROW_INSERT, cells_redo, NULL},
    {WAL_OVERFLOW_WRITE, format_redo, NULL},
};

static Status analysis_begin(void *arg, Bytes transactions)
{
    Outside *outside = arg;
    /* what collect wrote: enough for several parts */
    if (transactions.bytes > 0) {
        CHECK_TRUE(transactions.bytes % 8 == 0);
        for (size_t i = 0; i < transactions.bytes; i += 8)
            CHECK_TRUE(load_le64(transactions.data + i) == i);
    }
    outside->begin = outside->end = 0;
    outside->analyses++;
    return OK;
}

static Status analysis_record(void *arg, const WalRecord *record)
{
    Outside *outside = arg;
    CHECK_TRUE(record->lsn.v >= outside->end);
    outside->end = record->end.v;
    if (outside->begin == 0) outside->begin = record->lsn.v;
    if (record->kind != cell_kind && record->kind != format_kind) return OK;
    CellPayload payload;
    memcpy(&payload, record->payload.data, sizeof payload);
    if (payload.op == NO_OP) return OK;
    CHECK_TRUE(payload.op < outside->op_count);
    Op *op = &outside->ops[payload.op];
    CHECK_TRUE(!op->lost);
    CHECK_TRUE(op->lsn == 0 || op->lsn == record->lsn.v);
    op->lsn = record->lsn.v;
    op->analysis = outside->analyses;
    return OK;
}

static Status collect(void *arg, Lsn begin, StrBuilder *out)
{
    Outside *outside = arg;
    CHECK_TRUE(begin.v < wal_insert_position(store_wal(outside->store)).v);
    uint64_t bytes = random_below(sim_random(outside->sim), 4) == 0 ? 150000 : 80;
    for (uint64_t i = 0; i < bytes / 8; i++) store_le64(str_add_space(out, 8), i * 8);
    outside->collected++;
    return OK;
}

/* --- what must be there --- */

static int op_order(const void *a, const void *b)
{
    uint64_t x = (*(Op *const *)a)->lsn, y = (*(Op *const *)b)->lsn;
    return (x > y) - (x < y);
}

/* Its record is not where it was, or would have been. The log may go on behind that place: a start that failed after
 * its recovery has written there. */
static bool op_is_lost(const Outside *outside, const Op *op)
{
    return op->lsn == 0 || (op->lsn >= outside->begin && op->analysis != outside->analyses);
}

static void model_build(Outside *outside)
{
    static Op *order[OPS_MAX]; /* sorted anew each time */
    uint32_t count = 0;
    for (uint32_t i = 0; i < outside->op_count; i++) {
        Op *op = &outside->ops[i];
        if (!op->lost && op_is_lost(outside, op)) {
            CHECK_TRUE(!op->acknowledged);
            op->lost = true;
        }
        if (!op->lost) order[count++] = op;
    }
    qsort(order, count, sizeof *order, op_order);
    memset(outside->cells, 0, sizeof outside->cells);
    memset(outside->lsns, 0, sizeof outside->lsns);
    for (uint32_t i = 0; i < count; i++) {
        const Op *op = order[i];
        for (uint32_t n = 0; n < op->page_count; n++) {
            if (op->format)
                memset(outside->cells[op->pages[n]], 0, sizeof outside->cells[0]);
            else
                outside->cells[op->pages[n]][op->cells[n]] += op->value;
            outside->lsns[op->pages[n]] = op->lsn;
        }
    }
}

static void verify(Outside *outside)
{
    for (uint32_t i = 0; i < PAGES; i++) {
        PageRef ref;
        LatchOptions shared = {.mode = LATCH_SHARED, .rank = RANK_LATCH};
        Status status = pool_latch(store_pool(outside->store), cell_page(i), shared, &ref);
        if (status == ST_IO) return; /* an injected failure */
        must_be_ok(status);
        const PageHeader *header = ref.data;
        if (outside->lsns[i] == 0) {
            CHECK_TRUE(header->kind == PAGE_FREE);
        } else {
            CHECK_TRUE(header->kind == PAGE_LEAF_TABLE);
            CHECK_TRUE(header->lsn == outside->lsns[i]);
            for (uint32_t c = 0; c < CELLS; c++)
                CHECK_TRUE(page_cells(ref.data)[c] == outside->cells[i][c]);
        }
        pool_unlatch(&ref);
    }
    outside->verified++;
}

/* --- operations --- */

static Op *op_new(Outside *outside, bool format)
{
    if (outside->op_count == OPS_MAX) return NULL;
    Random *random = sim_random(outside->sim);
    Op *op = &outside->ops[outside->op_count++];
    *op = (Op){.format = format, .value = random_u64(random)};
    op->page_count = format ? 1 : (uint8_t)(1 + random_below(random, OP_PAGES_MAX));
    uint32_t page = (uint32_t)random_below(random, PAGES - OP_PAGES_MAX * 8);
    for (uint32_t i = 0; i < op->page_count; i++) {
        op->pages[i] = (uint8_t)page;
        op->cells[i] = (uint8_t)random_below(random, CELLS);
        page += 1 + (uint32_t)random_below(random, 8);
    }
    return op;
}

static void op_log(Outside *outside, Op *op, PageRef *refs)
{
    CellPayload payload = {.op = (uint32_t)(op - outside->ops), .value = op->value};
    memcpy(payload.cells, op->cells, sizeof op->cells);
    WalPart part = {&payload, sizeof payload};
    PoolChange changes[OP_PAGES_MAX];
    for (uint32_t i = 0; i < op->page_count; i++)
        changes[i] = (PoolChange){&refs[i], op->format ? WAL_REF_FORMAT : 0};
    op->lsn = pool_log(store_pool(outside->store), op->format ? format_kind : cell_kind, (Xid){77},
                       changes, op->page_count, &part, 1, false)
                  .v;
}

/* The pages stay latched until all are changed and logged. A page without format makes the operation give up. */
static Status op_cells(Outside *outside, Op *op)
{
    PageRef refs[OP_PAGES_MAX];
    Pool *pool = store_pool(outside->store);
    uint32_t held = 0;
    Status status = OK;
    for (uint32_t i = 0; i < op->page_count; i++) TRY(pool_fetch(pool, cell_page(op->pages[i])));
    LatchOptions exclusive = {.mode = LATCH_EXCLUSIVE, .rank = RANK_LATCH};
    for (; held < op->page_count && status == OK; held += status == OK) {
        PageId id = cell_page(op->pages[held]);
        status = pool_latch_resident(pool, id, exclusive, &refs[held]);
    }
    for (uint32_t i = 0; i < held && status == OK; i++)
        if (((PageHeader *)refs[i].data)->kind == PAGE_FREE) status = ST_BUSY;
    if (status == OK) {
        for (uint32_t i = 0; i < held; i++) page_cells(refs[i].data)[op->cells[i]] += op->value;
        op_log(outside, op, refs);
    }
    while (held > 0) pool_unlatch(&refs[--held]);
    return status;
}

static Status op_format(Outside *outside, Op *op)
{
    Pool *pool = store_pool(outside->store);
    PageRef ref;
    TRY(pool_reserve_frames(pool, 1));
    Status status = pool_latch_new(pool, cell_page(op->pages[0]), RANK_LATCH, &ref);
    if (status != OK) {
        pool_unreserve_frames(pool, 1);
        return status;
    }
    page_format(ref.data, PAGE_LEAF_TABLE, page_number(ref.id), 7, 0);
    op_log(outside, op, &ref);
    pool_unlatch(&ref);
    return OK;
}

/* Not OK: the store has failed. */
static Status op_run(Outside *outside)
{
    Random *random = sim_random(outside->sim);
    Wal *wal = store_wal(outside->store);
    Op *op = op_new(outside, random_chance(random, 4));
    if (op == NULL) return ST_END;
    uint32_t credit = wal_record_bytes(OP_PAGES_MAX, sizeof(CellPayload));
    TRY(wal_credit_take(wal, credit, 0));
    Status status = op->format ? op_format(outside, op) : op_cells(outside, op);
    uint32_t used = op->lsn != 0 ? wal_record_bytes(op->page_count, sizeof(CellPayload)) : 0;
    wal_credit_return(wal, credit - used);
    if (status == ST_BUSY) return OK;
    TRY(status);
    if (random_chance(random, 3)) {
        TRY(wal_sync(wal, (Lsn){op->lsn + 1}, 0));
        op->acknowledged = true;
    }
    return OK;
}

/* --- extents: taken, written, freed, given back, taken again (docs/traps.md F8) --- */

static Status extent_log(Outside *outside, WalKind kind, uint8_t flags, uint64_t value,
                         PageRef *ref)
{
    CellPayload payload = {.op = NO_OP, .value = value};
    WalPart part = {&payload, sizeof payload};
    PoolChange change = {ref, flags};
    (void)pool_log(store_pool(outside->store), kind, (Xid){78}, &change, 1, &part, 1, false);
    return OK;
}

static Status extent_page_make(Outside *outside, PageId page, uint64_t value)
{
    Pool *pool = store_pool(outside->store);
    PageRef ref;
    TRY(wal_credit_take(store_wal(outside->store), 2 * wal_record_bytes(1, sizeof(CellPayload)),
                        0));
    TRY(pool_reserve_frames(pool, 1));
    TRY(pool_latch_new(pool, page, RANK_LATCH, &ref));
    page_format(ref.data, PAGE_LEAF_TABLE, page_number(page), 7, 0);
    TRY(extent_log(outside, format_kind, WAL_REF_FORMAT, 0, &ref));
    page_cells(ref.data)[0] += value;
    TRY(extent_log(outside, cell_kind, 0, value, &ref));
    pool_unlatch(&ref);
    return OK;
}

static Status extent_take(Outside *outside, Extent *extent)
{
    Store *store = outside->store;
    uint64_t value = random_u64(sim_random(outside->sim)) | 1;
    extent->value = 0;
    TRY(space_take_extent(store, tree_id(CELL_SPACE, 9), false, &extent->first));
    for (uint64_t i = 0; i < EXTENT_PAGES_USED; i++)
        TRY(extent_page_make(outside, (PageId){extent->first.v + i}, value));
    TRY(wal_sync(store_wal(store), wal_insert_position(store_wal(store)), 0));
    extent->value = value;
    return OK;
}

static Status extent_change(Outside *outside, Extent *extent)
{
    Pool *pool = store_pool(outside->store);
    uint64_t value = random_u64(sim_random(outside->sim)) | 1, after = extent->value + value;
    LatchOptions exclusive = {.mode = LATCH_EXCLUSIVE, .rank = RANK_LATCH};
    extent->value = 0;
    for (uint64_t i = 0; i < EXTENT_PAGES_USED; i++) {
        PageRef ref;
        TRY(wal_credit_take(store_wal(outside->store), wal_record_bytes(1, sizeof(CellPayload)),
                            0));
        TRY(pool_latch(pool, (PageId){extent->first.v + i}, exclusive, &ref));
        page_cells(ref.data)[0] += value;
        TRY(extent_log(outside, cell_kind, 0, value, &ref));
        pool_unlatch(&ref);
    }
    TRY(wal_sync(store_wal(outside->store), wal_insert_position(store_wal(outside->store)), 0));
    extent->value = after;
    return OK;
}

static Status extent_step(Outside *outside)
{
    Extent *extent = &outside->extents[random_below(sim_random(outside->sim), EXTENTS)];
    if (extent->value == 0) return extent_take(outside, extent);
    if (random_chance(sim_random(outside->sim), 2)) return extent_change(outside, extent);
    extent->value = 0;
    return space_free_extent(outside->store, extent->first);
}

static void extents_verify(Outside *outside)
{
    for (uint32_t e = 0; e < EXTENTS; e++) {
        const Extent *extent = &outside->extents[e];
        if (extent->value == 0) continue;
        for (uint64_t i = 0; i < EXTENT_PAGES_USED; i++) {
            PageRef ref;
            PageId page = {extent->first.v + i};
            LatchOptions shared = {.mode = LATCH_SHARED, .rank = RANK_LATCH};
            Status status = pool_latch(store_pool(outside->store), page, shared, &ref);
            if (status == ST_IO) return; /* an injected failure */
            must_be_ok(status);
            CHECK_TRUE(((PageHeader *)ref.data)->kind == PAGE_LEAF_TABLE);
            CHECK_TRUE(page_cells(ref.data)[0] == extent->value);
            pool_unlatch(&ref);
            outside->extents_checked++;
        }
    }
}

static void extents_main(void *arg)
{
    Outside *outside = arg;
    uint64_t count = random_below(sim_random(outside->sim), 40);
    for (uint64_t i = 0; i < count; i++) {
        Status status = extent_step(outside);
        if (status == OK) continue;
        if (status != ST_IO && status != ST_CLOSED) must_give(ST_CLOSED, status);
        return;
    }
}

static void worker_main(void *arg)
{
    Outside *outside = arg;
    uint64_t count = random_below(sim_random(outside->sim), 80);
    for (uint64_t i = 0; i < count; i++) {
        Status status = op_run(outside);
        if (status == OK) continue;
        if (status != ST_IO && status != ST_CLOSED) must_give(ST_END, status);
        return;
    }
}

/* --- a run of the machine --- */

static void make_cluster(void)
{
    DeviceLocalOptions device_options = test_device_options();
    must_be_ok(os_dir_make(TEST_DIR));
    must_be_ok(os_dir_sync("/"));
    must_be_ok(store_create(task_self()->account, &device_options, 4711));
}

static void make_space(Outside *outside)
{
    SpaceId space;
    must_be_ok(space_create(outside->store, &space));
    CHECK_TRUE(space.v == CELL_SPACE.v);
    must_be_ok(store_checkpoint(outside->store, true));
    outside->made = true;
}

static void no_log(void *arg, const Error *record, Str line)
{
    (void)arg;
    (void)record;
    (void)line;
}

static Status open_store(Outside *outside, Device *device)
{
    StoreOptions options = {
        .pool = {.frames = 64, .redo_bytes_max = 60000},
        .wal_buffer_bytes = 1 << 16,
        .checkpoint_seconds = 3,
        .checkpoint_wal_bytes = 80000,
        .background = true,
    };
    StoreUpper upper = {
        .arg = outside,
        .redo_entries = cell_entries,
        .redo_count = ARRAY_LEN(cell_entries),
        .analysis_begin = analysis_begin,
        .analysis_record = analysis_record,
        .checkpoint_collect = collect,
    };
    return store_open(task_self()->account, device, &options, &upper, &outside->store);
}

static void work(Outside *outside)
{
    Task *tasks[TASKS], *extents = start_task("extents", extents_main, outside);
    uint32_t count = outside->serial ? 1 : TASKS;
    for (uint32_t i = 0; i < count; i++) tasks[i] = start_task("worker", worker_main, outside);
    if (random_chance(sim_random(outside->sim), 2)) {
        Status status = store_checkpoint(outside->store,
                                         random_chance(sim_random(outside->sim), 2));
        CHECK_TRUE(status == OK || store_has_failed(outside->store));
    }
    for (uint32_t i = 0; i < count; i++) os_task_join(tasks[i]);
    os_task_join(extents);
}

static void run_main(void *arg)
{
    Outside *outside = arg;
    static const Log quiet = {.least = SEVERITY_LOG, .prefix = "", .sink = no_log};
    task_self()->log = (Log *)&quiet;
    if (!outside->made) make_cluster();
    Device *device;
    DeviceLocalOptions device_options = test_device_options();
    Status status = device_local_open(task_self()->account, &device_options, &device);
    CHECK_TRUE(status == OK || status == ST_IO);
    if (status != OK) return;
    status = open_store(outside, device);
    if (status != OK) { /* an injected failure */
        if (status != ST_IO && status != ST_CLOSED) must_be_ok(status);
        device->ops->close(device);
        return;
    }
    outside->recoveries++;
    outside->clean += store_was_clean(outside->store);
    if (!outside->made) make_space(outside);
    model_build(outside);
    verify(outside);
    extents_verify(outside);
    work(outside);
    status = store_close(outside->store, random_chance(sim_random(outside->sim), 2));
    CHECK_TRUE(status == OK || status == ST_IO || status == ST_CLOSED);
}

/* The first run must make the cluster; then come crashes, failures, and orderly ends. */
static void one_machine(uint64_t seed, uint32_t runs)
{
    static Outside outside; /* too large for a stack */
    memset(&outside, 0, sizeof outside);
    Sim *sim = outside.sim = new_sim(seed);
    outside.serial = seed % 4 == 0;
    Random random;
    random_seed(&random, seed);
    bool failed = false; /* in the run before: what the system shows may not be on the disk */
    for (uint32_t i = 0; i < runs; i++) {
        uint64_t what = i == 0 ? 9 : random_below(&random, 10);
        bool failed_before = failed;
        failed = !failed_before && (what == 6 || what == 7);
        if (failed_before)
            sim_crash_at(sim, 3000 + random_below(&random, 12000), false);
        else if (what < 6)
            sim_crash_at(sim, 1 + random_below(&random, what % 3 == 2 ? 400 : 12000), what < 3);
        else if (what == 6)
            sim_fail_at(sim, SIM_FAIL_SYNC, 1 + random_below(&random, 150), false);
        else if (what == 7)
            sim_fail_at(sim, SIM_FAIL_SYNC | SIM_FAIL_WRITE | SIM_FAIL_READ,
                        1 + random_below(&random, 600), random_chance(&random, 2));
        SimEnd end = sim_run(sim, run_main, &outside);
        if (end != SIM_DONE && end != SIM_CRASHED) {
            (void)fprintf(stderr, "seed %" PRIu64 " run %u: %s\n", seed, i, sim_report(sim));
            assert_true(false);
        }
        (void)sim_disarm(sim);
    }
    sim_release(sim);
}

static void crashes(void **state)
{
    (void)state;
    uint64_t seeds = getenv("TUSK_SEEDS") != NULL ? strtoull(getenv("TUSK_SEEDS"), NULL, 10) : 25;
    for (uint64_t seed = 0; seed < seeds; seed++) one_machine(test_seed(seed), 25);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(crashes),
    };
    return cmocka_run_group_tests_name("store_crash", tests, NULL, NULL);
}

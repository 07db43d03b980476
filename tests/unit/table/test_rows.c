/* SPDX-License-Identifier: Apache-2.0 */
/* test_rows.c - rows on the real store under real transactions, on the simulated machine, against a model that
 * remembers every version of every row: what each snapshot must see follows from it. Several tasks insert, change,
 * delete, lock, read and scan, with savepoints, aborts, snapshots of different ages; the machine crashes, and what had
 * been acknowledged is there. */
#include "engine.h"

#include "base/arena.h"
#include "base/log.h"
#include "store/space.h"

enum {
    COLUMNS = 5,
    ROWS_MAX = 2000,
    VERSIONS_MAX = 40000,
    TASKS = 3,
    NO_VERSION = UINT32_MAX,
};

static const TableColumn columns[COLUMNS] = {
    {0, PHYS_I32, COLUMN_NOT_NULL, {.null = true}},
    {1, PHYS_STR, 0, {.null = true}},
    {2, PHYS_I64, 0, {.null = true}},
    {3, PHYS_DECIMAL, 0, {.null = true}},
    {4, PHYS_STR, COLUMN_NOT_NULL, {.null = true}},
};
static const uint16_t all_columns[COLUMNS] = {0, 1, 2, 3, 4};
static const Projection everything = {all_columns, COLUMNS};

/* ---- values that follow from a number ---- */

static uint64_t draw(uint64_t seed, uint32_t column)
{
    return hash_combine(seed, column + 1);
}

/* Long bytes in `arena`. */
static Datum value_of(uint64_t seed, uint32_t column, Arena *arena)
{
    uint64_t bits = draw(seed, column);
    Datum datum = {.null = !(columns[column].flags & COLUMN_NOT_NULL) && bits % 5 == 0};
    bits = hash_u64(bits);
    switch (columns[column].phys) {
    case PHYS_I32: datum.value.i32 = (int32_t)(bits & 1023); break;
    case PHYS_I64: datum.value.i64 = (int64_t)bits; break;
    case PHYS_DECIMAL:
        datum.value.decimal = (Decimal){DECIMAL_SMALL, 2, 0, {(int64_t)(bits >> 20)}};
        break;
    default: {
        /* Some are long, and some of these do not compress. */
        uint32_t limit = bits % 90 == 0 ? 70000 : bits % 15 == 0 ? 4000 : bits % 8 == 0 ? 600 : 40;
        uint32_t bytes = (uint32_t)(bits >> 8) % limit;
        char *text = arena_alloc(arena, bytes + 1);
        for (uint32_t i = 0; i < bytes; i++)
            text[i] = (char)(bits & 128 ? hash_u64(bits + i) : 'a' + (bits >> (i % 50)) % 26);
        datum.value.str = strview((Str){text, bytes});
    }
    }
    return datum;
}

static bool same_value(uint32_t column, const Datum *a, const Datum *b)
{
    if (a->null || b->null) return a->null == b->null;
    switch (columns[column].phys) {
    case PHYS_I32: return a->value.i32 == b->value.i32;
    case PHYS_I64: return a->value.i64 == b->value.i64;
    case PHYS_DECIMAL: return a->value.decimal.coefficient == b->value.decimal.coefficient;
    default: return strview_equal(&a->value.str, &b->value.str);
    }
}

/* ---- the model ---- */

typedef struct Version {
    Xid xid;
    uint64_t serial; /* of its transaction's writes */
    uint64_t seeds[COLUMNS];
    bool deleted, gone; /* gone: rolled back */
    bool sure;          /* its commit has been acknowledged */
    uint32_t older;     /* NO_VERSION: none */
} Version;

typedef struct ModelRow {
    RowId id;
    uint32_t newest;
} ModelRow;

typedef struct InDoubt {
    Xid xid; /* of a commit that has not been acknowledged; 0: none */
} InDoubt;

/* Survives crashes. */
typedef struct World {
    uint64_t seed;
    Engine engine;
    Table *table;
    TreeId tree;
    ModelRow rows[ROWS_MAX];
    uint32_t row_count;
    Version versions[VERSIONS_MAX];
    uint32_t version_count;
    uint32_t started, steps;
    InDoubt doubt[TASKS];
    uint32_t recoveries, doubts;
    SpaceId space; /* of the table */
    uint32_t flags;
    uint32_t frames;
    uint64_t checks, scanned, changed, kept_pages, freed_pages;
} World;

typedef struct Client {
    World *world;
    uint32_t number;
    Session session;
    Random random;
    Arena *arena, *batch_arena;
    Txn *txn;
    uint64_t serial; /* own writes so far */
} Client;

/* A snapshot and how many own writes it sees. */
typedef struct View {
    Snapshot snapshot;
    uint64_t serial;
} View;

static uint64_t below(Client *c, uint64_t limit)
{
    return random_below(&c->random, limit);
}

static bool world_is_full(const World *world)
{
    return world->version_count + 64 > VERSIONS_MAX;
}

static void add_version(Client *c, uint32_t row, const uint64_t *seeds, bool deleted)
{
    World *world = c->world;
    CHECK_TRUE(world->version_count < VERSIONS_MAX);
    Version *version = &world->versions[world->version_count];
    *version = (Version){.xid = txn_xid(c->txn),
                         .serial = c->serial++,
                         .deleted = deleted,
                         .older = world->rows[row].newest};
    memcpy(version->seeds, seeds, sizeof version->seeds);
    world->rows[row].newest = world->version_count++;
}

static bool is_visible(const View *view, const Version *version)
{
    if (version->gone) return false;
    if (version->xid.v == view->snapshot.own.v) return version->serial < view->serial;
    return txn_sees(&view->snapshot, version->xid);
}

/* What the view must see of the row; NULL: nothing. */
static const Version *expected(const World *world, const View *view, uint32_t row)
{
    uint32_t at = world->rows[row].newest;
    while (at != NO_VERSION && !is_visible(view, &world->versions[at]))
        at = world->versions[at].older;
    return at == NO_VERSION || world->versions[at].deleted ? NULL : &world->versions[at];
}

static void forget(World *world, Xid xid, uint64_t from)
{
    for (uint32_t i = 0; i < world->version_count; i++)
        if (world->versions[i].xid.v == xid.v && world->versions[i].serial >= from)
            world->versions[i].gone = true;
}

static void check_values(Client *c, const Version *version, const Datum *datums)
{
    for (uint32_t i = 0; i < COLUMNS; i++) {
        Datum wanted = value_of(version->seeds[i], i, c->arena);
        CHECK_TRUE(same_value(i, &wanted, &datums[i]));
    }
}

/* ---- steps ---- */

static void take_view(Client *c, View *view)
{
    must_be_ok(txn_snapshot(c->txn, &view->snapshot));
    view->serial = c->serial;
}

static Status insert_rows(Client *c)
{
    World *world = c->world;
    uint32_t count = 1 + (uint32_t)below(c, 12);
    Vector vectors[COLUMNS];
    RowId ids[64];
    uint64_t seed = random_u64(&c->random);
    Batch batch = {.row_count = count,
                   .column_count = COLUMNS,
                   .columns = vectors,
                   .selection = {NULL, count}};
    for (uint32_t i = 0; i < COLUMNS; i++) {
        vector_init_flat(&vectors[i], c->arena, 0, (Phys)columns[i].phys, count);
        for (uint32_t r = 0; r < count; r++) {
            Datum datum = value_of(seed + r, i, c->arena);
            vector_set(&vectors[i], c->arena, r, &datum);
        }
    }
    TRY(table_insert(world->table, c->txn, &batch, ids));
    for (uint32_t r = 0; r < count; r++) {
        uint64_t seeds[COLUMNS];
        for (uint32_t i = 0; i < COLUMNS; i++) seeds[i] = seed + r;
        CHECK_TRUE(ids[r].v >= 1 && (r == 0 || ids[r].v > ids[r - 1].v));
        world->rows[world->row_count] = (ModelRow){ids[r], NO_VERSION};
        add_version(c, world->row_count++, seeds, false);
    }
    return OK;
}

/* The newest version that is not rolled back. */
static const Version *newest(const World *world, uint32_t row)
{
    uint32_t at = world->rows[row].newest;
    while (at != NO_VERSION && world->versions[at].gone) at = world->versions[at].older;
    return at == NO_VERSION ? NULL : &world->versions[at];
}

static void check_refusal(Client *c, const View *view, uint32_t row, const RowOutcome *outcome)
{
    const Version *last = newest(c->world, row);
    const Version *seen = expected(c->world, view, row);
    switch (outcome->fate) {
    case ROW_FINE: CHECK_TRUE(false); break;
    case ROW_INVISIBLE: CHECK_TRUE(!seen); break;
    case ROW_SELF_UPDATED:
    case ROW_SELF_DELETED:
        CHECK_TRUE(last && last->xid.v == txn_xid(c->txn).v && last->serial >= view->serial);
        CHECK_TRUE(last->deleted == (outcome->fate == ROW_SELF_DELETED));
        break;
    case ROW_UPDATED:
    case ROW_DELETED: CHECK_TRUE(last && last != seen); break;
    }
    c->world->changed++;
}

/* What a change of the row gave. */
static Status changed(Client *c, const View *view, uint32_t row, Status status,
                      const RowOutcome *outcome)
{
    if (status == ST_CHANGED) {
        check_refusal(c, view, row, outcome);
        return OK;
    }
    if (status == ST_NOT_AVAILABLE) return OK;
    if (status == OK) {
        const Version *last = newest(c->world, row);
        CHECK_TRUE(last && last == expected(c->world, view, row));
    }
    return status;
}

static Status update_row(Client *c, const View *view, uint32_t row)
{
    World *world = c->world;
    uint16_t numbers[COLUMNS];
    Datum datums[COLUMNS];
    uint64_t seeds[COLUMNS], seed = random_u64(&c->random);
    uint32_t count = 0;
    RowOutcome outcome;
    bool touched[COLUMNS];
    for (uint32_t i = 0; i < COLUMNS; i++) {
        touched[i] = below(c, 2) == 0;
        if (!touched[i]) continue;
        numbers[count] = (uint16_t)i;
        datums[count++] = value_of(seed, i, c->arena);
    }
    RowWaitOptions wait = c->session.wait;
    if (below(c, 5) == 0) wait.wait = ROW_NOWAIT;
    Status status = table_update(world->table, c->txn, &view->snapshot, world->rows[row].id,
                                 numbers, datums, count, below(c, 3) == 0, &wait, &outcome);
    Status told = changed(c, view, row, status, &outcome);
    if (status != OK) return told;
    memcpy(seeds, newest(world, row)->seeds, sizeof seeds);
    for (uint32_t i = 0; i < COLUMNS; i++)
        if (touched[i]) seeds[i] = seed;
    add_version(c, row, seeds, false);
    return OK;
}

static Status delete_row(Client *c, const View *view, uint32_t row)
{
    World *world = c->world;
    RowOutcome outcome;
    Status status = table_delete(world->table, c->txn, &view->snapshot, world->rows[row].id,
                                 &c->session.wait, &outcome);
    Status told = changed(c, view, row, status, &outcome);
    if (status != OK) return told;
    add_version(c, row, newest(world, row)->seeds, true);
    return OK;
}

static Status lock_row(Client *c, const View *view, uint32_t row)
{
    RowOutcome outcome;
    RowWaitOptions wait = c->session.wait;
    if (below(c, 3) == 0) wait.wait = ROW_SKIP;
    RowStrength strength = (RowStrength)(1 + below(c, 4));
    Status status = table_lock_row(c->world->table, c->txn, &view->snapshot, c->world->rows[row].id,
                                   strength, &wait, &outcome);
    if (status == ST_CHANGED) check_refusal(c, view, row, &outcome);
    if (status == OK) CHECK_TRUE(expected(c->world, view, row) != NULL);
    return status == ST_CHANGED || status == ST_NOT_AVAILABLE ? OK : status;
}

static void fetch_row(Client *c, const View *view, uint32_t row)
{
    Datum datums[COLUMNS];
    Status status = table_fetch(c->world->table, &view->snapshot, c->world->rows[row].id,
                                everything, c->arena, datums);
    const Version *version = expected(c->world, view, row);
    CHECK_TRUE((status == OK) == (version != NULL));
    CHECK_TRUE(status == OK || status == ST_NOT_FOUND);
    if (version) check_values(c, version, datums);
    c->world->checks++;
}

/* What this transaction wrote last is the newest; who made what the view sees is told. */
static void fetch_newest(Client *c, const View *view, uint32_t row)
{
    Datum datums[COLUMNS];
    RowFate fate;
    RowSystem system;
    Table *table = c->world->table;
    const Version *last = newest(c->world, row), *seen = expected(c->world, view, row);
    Status status = table_fetch_system(table, &view->snapshot, c->world->rows[row].id, &system);
    CHECK_TRUE((status == OK) == (seen != NULL));
    CHECK_TRUE(status == OK || status == ST_NOT_FOUND);
    if (seen) CHECK_TRUE(system.xmin.v == seen->xid.v);
    status = table_fetch_newest(table, c->txn, c->world->rows[row].id, everything, c->arena, datums,
                                &fate);
    CHECK_TRUE(status == OK || status == ST_NOT_FOUND);
    if (!last || last->xid.v != txn_xid(c->txn).v) return;
    CHECK_TRUE((status == OK) == !last->deleted);
    CHECK_TRUE(fate == (last->deleted ? ROW_SELF_DELETED : ROW_SELF_UPDATED));
    if (status == OK) check_values(c, last, datums);
}

/* ---- scans ---- */

static int by_id(const void *a, const void *b)
{
    uint64_t x = ((const ModelRow *)a)->id.v, y = ((const ModelRow *)b)->id.v;
    return (x > y) - (x < y);
}

typedef struct Check {
    ModelRow *want; /* rows that must come, with their versions, by id */
    uint32_t count, at;
} Check;

/* Rows that the view must see and that pass, in order. */
static void check_init(Client *c, const View *view, const TableScanOptions *options, Check *check)
{
    World *world = c->world;
    *check = (Check){.want = arena_alloc(c->arena, (world->row_count + 1) * sizeof(ModelRow))};
    for (uint32_t row = 0; row < world->row_count; row++) {
        const Version *version = expected(world, view, row);
        RowId id = world->rows[row].id;
        if (!version || id.v < options->first.v || id.v > options->last.v) continue;
        if (options->predicate_count > 0) {
            int32_t value = value_of(version->seeds[0], 0, c->arena).value.i32;
            if (value < options->predicates[0].low.i32 || value > options->predicates[0].high.i32)
                continue;
        }
        check->want[check->count++] = (ModelRow){id, (uint32_t)(version - world->versions)};
    }
    qsort(check->want, check->count, sizeof *check->want, by_id);
    if (!options->backward) return;
    for (uint32_t i = 0; i < check->count / 2; i++) {
        ModelRow row = check->want[i];
        check->want[i] = check->want[check->count - 1 - i];
        check->want[check->count - 1 - i] = row;
    }
}

static void check_batch(Client *c, Check *check, const Batch *batch, const RowId *ids)
{
    for (uint32_t i = 0; i < batch->selection.count; i++) {
        uint32_t at = batch->selection.rows ? batch->selection.rows[i] : i;
        Datum datums[COLUMNS];
        CHECK_TRUE(check->at < check->count);
        const ModelRow *want = &check->want[check->at++];
        CHECK_TRUE(ids[at].v == want->id.v);
        for (uint32_t k = 0; k < COLUMNS; k++) datums[k] = vector_get(&batch->columns[k], at);
        check_values(c, &c->world->versions[want->newest], datums);
        c->world->scanned++;
    }
}

/* Some rows by name, some that never were; what must come is less by those not named. */
static const RowId *name_rows(Client *c, Check *check, uint32_t *count)
{
    const World *world = c->world;
    uint64_t one_in = 1 + below(c, 5), last = 0;
    uint32_t kept = 0, at = 0, named = 0;
    for (uint32_t i = 0; i < world->row_count; i++) last = MAX(last, world->rows[i].id.v);
    RowId *rows = arena_alloc(c->arena, (last + 4) * sizeof *rows);
    for (uint64_t id = 1; id <= last + 3; id++) {
        while (at < check->count && check->want[at].id.v < id) at++;
        if (below(c, one_in) != 0) continue;
        rows[named++].v = id;
        if (at < check->count && check->want[at].id.v == id) check->want[kept++] = check->want[at];
    }
    check->count = kept;
    *count = named;
    return rows;
}

static Status scan_rows(Client *c, const View *view)
{
    World *world = c->world;
    Predicate predicate = {.op = PREDICATE_BETWEEN, .phys = PHYS_I32};
    TableScanOptions options = {.projection = everything,
                                .predicates = &predicate,
                                .last = {ROW_ID_MAX},
                                .backward = below(c, 3) == 0,
                                .sample_fraction = 1};
    predicate.low.i32 = (int32_t)below(c, 1024);
    predicate.high.i32 = predicate.low.i32 + (int32_t)below(c, 500);
    options.predicate_count = (uint32_t)below(c, 2);
    options.by_rows = !options.backward && below(c, 3) == 0;
    if (!options.by_rows && below(c, 3) == 0 && world->row_count > 0) {
        options.first = world->rows[below(c, world->row_count)].id;
        options.last.v = options.first.v + below(c, 400);
    }
    TableScan *scan;
    Check check;
    RowId ids[BATCH_ROWS_MAX];
    Batch batch = {.arena = c->batch_arena};
    uint32_t rows_max = below(c, 3) == 0 ? 1 + (uint32_t)below(c, 20) : BATCH_ROWS_MAX;
    check_init(c, view, &options, &check);
    must_be_ok(table_scan_open(world->table, &view->snapshot, &options, c->arena, &scan));
    uint32_t named = 0;
    const RowId *rows = options.by_rows ? name_rows(c, &check, &named) : NULL;
    if (rows) must_be_ok(table_scan_rows(scan, rows, named));
    Status status;
    while ((status = table_scan_next(scan, rows_max, &batch, ids)) == OK) {
        CHECK_TRUE(batch.selection.count > 0 && batch.selection.count <= rows_max);
        check_batch(c, &check, &batch, ids);
    }
    must_give(ST_END, status);
    CHECK_TRUE(check.at == check.count);
    table_scan_close(scan);
    return OK;
}

/* ---- transactions ---- */

static Status one_step(Client *c, const View *view)
{
    World *world = c->world;
    world->steps++;
    arena_reset(c->arena);
    uint64_t what = below(c, 20);
    bool grows = world->row_count + 64 < ROWS_MAX && below(c, 1 + world->row_count / 200) == 0;
    if (world->row_count == 0 || (what < 3 && grows)) return insert_rows(c);
    /* Few rows are hot. */
    uint32_t row = (uint32_t)(below(c, 3) ? below(c, world->row_count)
                                          : below(c, MIN(world->row_count, 8)));
    if (what < 9) return world_is_full(world) ? OK : update_row(c, view, row);
    if (what < 11) return world_is_full(world) ? OK : delete_row(c, view, row);
    if (what < 13) return lock_row(c, view, row);
    if (what < 14) return scan_rows(c, view);
    if (what < 16) fetch_newest(c, view, row);
    fetch_row(c, view, row);
    return OK;
}

/* Statements of a transaction; a snapshot of its begin stays beside those of the statements. */
static Status statements(Client *c)
{
    View first;
    Status status = OK;
    take_view(c, &first);
    uint64_t count = 1 + below(c, 12);
    for (uint64_t i = 0; i < count && status == OK; i++) {
        View view;
        Savepoint savepoint = {0};
        uint64_t serial = c->serial;
        bool back = below(c, 5) == 0;
        if (back) savepoint = txn_savepoint(c->txn);
        take_view(c, &view);
        uint64_t steps = 1 + below(c, 4);
        for (uint64_t k = 0; k < steps && status == OK; k++)
            status = one_step(c, below(c, 4) ? &view : &first);
        txn_snapshot_release(&view.snapshot);
        if (status == OK && back) {
            /* First in the model: others may write to the rows before the call returns. */
            forget(c->world, txn_xid(c->txn), serial);
            must_be_ok(txn_rollback_to(c->txn, &savepoint));
        }
        if (c->world->row_count > 0) fetch_row(c, &first, (uint32_t)below(c, c->world->row_count));
    }
    txn_snapshot_release(&first.snapshot);
    return status;
}

static void one_transaction(Client *c)
{
    World *world = c->world;
    c->txn = session_begin(&c->session);
    c->serial = 0;
    Status status = statements(c);
    Xid xid = txn_xid(c->txn);
    if (status != OK || below(c, 4) == 0) {
        if (status != OK) must_give(ST_DEADLOCK, status);
        forget(world, xid, 0);
        txn_abort(c->txn);
        return;
    }
    world->doubt[c->number].xid = xid;
    must_be_ok(session_commit(c->txn));
    for (uint32_t i = 0; i < world->version_count; i++)
        if (world->versions[i].xid.v == xid.v) world->versions[i].sure = true;
    world->doubt[c->number].xid = XID_NONE;
}

static void client_main(void *arg)
{
    World *world = arg;
    Client c = {.world = world, .number = world->started++ % TASKS};
    c.arena = arena_new(task_self()->account, "client");
    c.batch_arena = arena_new(task_self()->account, "batch");
    random_seed(&c.random, hash_combine(world->seed + world->steps, c.number));
    session_open(&c.session, &world->engine, 100 + c.number);
    for (uint32_t i = 0; i < 30 && !world_is_full(world); i++) one_transaction(&c);
    session_close(&c.session);
    arena_drop(c.batch_arena);
    arena_drop(c.arena);
}

static void purge_main(void *arg)
{
    World *world = arg;
    must_give(ST_CANCELLED, table_purge_run(world->engine.txns, world->engine.store));
}

static void ignore_problem(void *arg, PageId page, const char *format, ...) PRINTF_LIKE(3, 4);
static void ignore_problem(void *arg, PageId page, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    (void)fprintf(stderr, "page %" PRIu64 ": ", page_number(page));
    (void)vfprintf(stderr, format, args);
    (void)fprintf(stderr, "\n");
    va_end(args);
    ++*(uint32_t *)arg;
}

static void check_table(World *world)
{
    uint32_t problems = 0;
    must_be_ok(table_check(world->table, world->engine.txns, ignore_problem, &problems));
    CHECK_TRUE(problems == 0);
}

static void all_clients(World *world)
{
    Task *tasks[TASKS], *purge = start_task("purge", purge_main, world);
    for (uint32_t i = 0; i < TASKS; i++) tasks[i] = start_task("client", client_main, world);
    for (uint32_t i = 0; i < TASKS; i++) os_task_join(tasks[i]);
    os_task_interrupt(purge, TASK_TERMINATE);
    os_task_join(purge);
    check_table(world);
}

/* ---- runs ---- */

static void create_table(World *world)
{
    Session session;
    session_open(&session, &world->engine, 1);
    Txn *txn = session_begin(&session);
    must_be_ok(table_create(txn, world->space, columns, COLUMNS, world->flags, &world->tree));
    must_be_ok(session_commit(txn));
    session_close(&session);
}

/* Scans that share a cursor give every row once, together. */
static void scan_together(Client *c, const View *view)
{
    enum { SCANS = 3 };
    TableScanOptions options = {.projection = everything,
                                .last = {ROW_ID_MAX},
                                .sample_fraction = 1};
    TableScan *scans[SCANS];
    RowId ids[BATCH_ROWS_MAX];
    Batch batch = {.arena = c->batch_arena};
    Check check;
    uint32_t left = SCANS, found = 0;
    ModelRow *rows = arena_alloc(c->arena, ROWS_MAX * sizeof *rows);
    must_be_ok(scan_cursor_open(c->world->table, c->arena, 10, &options.shared));
    check_init(c, view, &options, &check);
    for (uint32_t i = 0; i < SCANS; i++)
        must_be_ok(
            table_scan_open(c->world->table, &view->snapshot, &options, c->arena, &scans[i]));
    while (left > 0) {
        uint32_t i = (uint32_t)below(c, SCANS);
        if (!scans[i]) continue;
        Status status = table_scan_next(scans[i], 100, &batch, ids);
        if (status == ST_END) {
            table_scan_close(scans[i]);
            scans[i] = NULL;
            left--;
            continue;
        }
        must_be_ok(status);
        for (uint32_t k = 0; k < batch.selection.count; k++)
            rows[found++].id = ids[batch.selection.rows ? batch.selection.rows[k] : k];
    }
    CHECK_TRUE(found == check.count);
    qsort(rows, found, sizeof *rows, by_id);
    for (uint32_t i = 0; i < found; i++) CHECK_TRUE(rows[i].id.v == check.want[i].id.v);
}

/* Everything as a fresh snapshot sees it. */
static void check_all(World *world)
{
    Client c = {.world = world};
    View view;
    c.arena = arena_new(task_self()->account, "client");
    c.batch_arena = arena_new(task_self()->account, "batch");
    random_seed(&c.random, world->seed);
    session_open(&c.session, &world->engine, 99);
    c.txn = session_begin(&c.session);
    take_view(&c, &view);
    for (uint32_t row = 0; row < world->row_count; row++) fetch_row(&c, &view, row);
    for (uint32_t i = 0; i < 4; i++) must_be_ok(scan_rows(&c, &view));
    scan_together(&c, &view);
    txn_snapshot_release(&view.snapshot);
    must_be_ok(session_commit(c.txn));
    session_close(&c.session);
    arena_drop(c.batch_arena);
    arena_drop(c.arena);
}

/* When every row is deleted and purged, long values have gone too. */
static void delete_all(World *world)
{
    Client c = {.world = world};
    View view;
    PurgeFigures figures;
    SpaceFigures before, after;
    c.arena = arena_new(task_self()->account, "client");
    session_open(&c.session, &world->engine, 97);
    must_be_ok(space_figures(world->engine.store, ENGINE_SPACE, &before));
    c.txn = session_begin(&c.session);
    take_view(&c, &view);
    for (uint32_t row = 0; row < world->row_count; row++)
        if (expected(world, &view, row)) must_be_ok(delete_row(&c, &view, row));
    txn_snapshot_release(&view.snapshot);
    must_be_ok(session_commit(c.txn));
    must_be_ok(table_purge_now(world->engine.txns, world->engine.store, &figures));
    must_be_ok(space_figures(world->engine.store, ENGINE_SPACE, &after));
    world->kept_pages = after.pages_used;
    world->freed_pages = before.pages_used - after.pages_used;
    session_close(&c.session);
    arena_drop(c.arena);
}

static void rows_main(void *arg)
{
    World *world = arg;
    engine_create();
    engine_open(&world->engine, world->frames);
    create_table(world);
    must_be_ok(table_open(world->engine.store, world->tree, &world->table));
    all_clients(world);
    check_all(world);
    delete_all(world);
    table_close(world->table);
    engine_close(&world->engine);
}

/* ---- crashes ---- */

/* Is the row as it must be when those in doubt of `guess` have committed and the others not? */
static bool row_agrees(Client *c, const View *view, uint32_t row, uint32_t guess)
{
    World *world = c->world;
    Datum datums[COLUMNS];
    uint32_t at = world->rows[row].newest;
    for (; at != NO_VERSION; at = world->versions[at].older) {
        const Version *version = &world->versions[at];
        bool there = version->sure;
        for (uint32_t i = 0; i < TASKS; i++)
            there |= (guess >> i & 1) && world->doubt[i].xid.v == version->xid.v;
        if (there && !version->gone) break;
    }
    const Version *want = at == NO_VERSION || world->versions[at].deleted ? NULL
                                                                          : &world->versions[at];
    Status status = table_fetch(world->table, &view->snapshot, world->rows[row].id, everything,
                                c->arena, datums);
    CHECK_TRUE(status == OK || status == ST_NOT_FOUND);
    if ((status == OK) != (want != NULL)) return false;
    for (uint32_t i = 0; want && i < COLUMNS; i++) {
        Datum wanted = value_of(want->seeds[i], i, c->arena);
        if (!same_value(i, &wanted, &datums[i])) return false;
    }
    return true;
}

static bool all_agree(Client *c, const View *view, uint32_t guess)
{
    for (uint32_t row = 0; row < c->world->row_count; row++) {
        arena_reset(c->arena);
        if (!row_agrees(c, view, row, guess)) return false;
    }
    return true;
}

/* What had been acknowledged is there, what had not is not, and a commit in doubt is there whole or not at all. */
static void recover_model(World *world)
{
    Client c = {.world = world};
    View view;
    c.arena = arena_new(task_self()->account, "client");
    session_open(&c.session, &world->engine, 98);
    c.txn = session_begin(&c.session);
    take_view(&c, &view);
    uint32_t guess = (1u << TASKS) - 1;
    while (!all_agree(&c, &view, guess)) {
        CHECK_TRUE(guess > 0); /* nothing fits */
        guess--;
    }
    txn_snapshot_release(&view.snapshot);
    must_be_ok(session_commit(c.txn));
    session_close(&c.session);
    arena_drop(c.arena);
    for (uint32_t i = 0; i < world->version_count; i++) {
        Version *version = &world->versions[i];
        for (uint32_t k = 0; k < TASKS && !version->sure; k++)
            version->sure = (guess >> k & 1) && world->doubt[k].xid.v == version->xid.v;
        if (!version->sure) version->gone = true;
    }
    for (uint32_t k = 0; k < TASKS; k++) {
        world->doubts += world->doubt[k].xid.v != 0;
        world->doubt[k].xid = XID_NONE;
    }
    /* Ids of rows that nobody sees any more may be given out again. */
    for (uint32_t row = 0; row < world->row_count; row++)
        if (!newest(world, row) || newest(world, row)->deleted) world->rows[row].id = (RowId){0};
    world->recoveries++;
}

static void no_log(void *arg, const Error *record, Str line)
{
    (void)arg;
    (void)record;
    (void)line;
}

static void crash_main(void *arg)
{
    static const Log quiet = {.least = SEVERITY_LOG, .prefix = "", .sink = no_log};
    World *world = arg;
    task_self()->log = (Log *)&quiet;
    engine_open(&world->engine, world->frames);
    engine_settle(&world->engine);
    must_be_ok(table_open(world->engine.store, world->tree, &world->table));
    recover_model(world);
    all_clients(world);
    table_close(world->table);
    engine_close(&world->engine);
}

static void make_main(void *arg)
{
    World *world = arg;
    engine_create();
    engine_open(&world->engine, world->frames);
    create_table(world);
    engine_close(&world->engine);
}

static World *new_world(uint64_t seed)
{
    static World world; /* too large for a stack */
    memset(&world, 0, sizeof world);
    world.seed = seed;
    world.frames = 200;
    world.space = ENGINE_SPACE;
    return &world;
}

static void run_rows(World *world)
{
    Sim *sim = new_sim(world->seed);
    SimEnd end = sim_run(sim, rows_main, world);
    if (end != SIM_DONE)
        fail_msg("seed %" PRIu64 " ended with %d: %s", world->seed, (int)end, sim_report(sim));
    assert_true(world->checks > 0 && world->scanned > 0);
    if (getenv("TUSK_VERBOSE"))
        print_message("seed %" PRIu64 ": %" PRIu64 " refused, %" PRIu64 " pages freed, %" PRIu64
                      " kept\n",
                      world->seed, world->changed, world->freed_pages, world->kept_pages);
    sim_release(sim);
}

static void rows_against_model(void **state)
{
    (void)state;
    for (uint64_t n = 0; n < 12; n++) run_rows(new_world(test_seed(n)));
}

/* Temporary tables have undo of their own, unlogged ones that of logged ones. */
static void other_tables(void **state)
{
    (void)state;
    for (uint64_t n = 0; n < 4; n++) {
        World *world = new_world(test_seed(50 + n));
        world->space = n % 2 ? ENGINE_SPACE : SPACE_TEMP;
        world->flags = n % 2 ? TREE_UNLOGGED : TREE_TEMP;
        run_rows(world);
    }
}

/* After a crash an unlogged table is there and empty, whatever undo of its rows was left. */
static void empty_main(void *arg)
{
    static const Log quiet = {.least = SEVERITY_LOG, .prefix = "", .sink = no_log};
    World *world = arg;
    Client c = {.world = world};
    View view;
    PurgeFigures figures;
    task_self()->log = (Log *)&quiet;
    engine_open(&world->engine, world->frames);
    engine_settle(&world->engine);
    must_be_ok(table_purge_now(world->engine.txns, world->engine.store, &figures));
    must_be_ok(table_open(world->engine.store, world->tree, &world->table));
    c.arena = arena_new(task_self()->account, "client");
    c.batch_arena = arena_new(task_self()->account, "batch");
    random_seed(&c.random, world->seed);
    session_open(&c.session, &world->engine, 96);
    world->row_count = world->version_count = 0;
    c.txn = session_begin(&c.session);
    take_view(&c, &view);
    must_be_ok(scan_rows(&c, &view));
    must_be_ok(insert_rows(&c));
    txn_snapshot_release(&view.snapshot);
    take_view(&c, &view);
    must_be_ok(scan_rows(&c, &view));
    txn_snapshot_release(&view.snapshot);
    must_be_ok(session_commit(c.txn));
    session_close(&c.session);
    arena_drop(c.batch_arena);
    arena_drop(c.arena);
    check_table(world);
    table_close(world->table);
    engine_close(&world->engine);
}

static void unlogged_after_crash(void **state)
{
    (void)state;
    for (uint64_t n = 0; n < 6; n++) {
        World *world = new_world(test_seed(70 + n));
        world->flags = TREE_UNLOGGED;
        Sim *sim = new_sim(world->seed);
        SimEnd end = sim_run(sim, make_main, world);
        assert_true(end == SIM_DONE);
        sim_crash_at(sim, 8000 + random_below(sim_random(sim), 25000), true);
        end = sim_run(sim, crash_main, world);
        if (end == SIM_CRASHED) end = sim_run(sim, empty_main, world);
        if (end != SIM_DONE) fail_msg("ended with %d: %s", (int)end, sim_report(sim));
        sim_release(sim);
    }
}

/* Two SERIALIZABLE transactions read both rows and change one each: not both can commit. By fetches, by scans; and
 * under REPEATABLE READ both do. */
typedef struct Skew {
    Txn *txn;
    Snapshot snapshot;
} Skew;

static Status read_all(Client *c, const Skew *half)
{
    const TableScanOptions options = {.projection = everything,
                                      .last = {ROW_ID_MAX},
                                      .sample_fraction = 1};
    Batch batch = {.arena = c->batch_arena};
    TableScan *scan;
    TRY(table_scan_open(c->world->table, &half->snapshot, &options, c->arena, &scan));
    Status status = OK;
    while (status == OK) status = table_scan_next(scan, BATCH_ROWS_MAX, &batch, NULL);
    table_scan_close(scan);
    return status == ST_END ? OK : status;
}

static Status skew_half(World *world, Client *c, Skew *half, uint32_t row, bool scan)
{
    static const uint16_t number = 2;
    const Datum datum = {.value.i64 = 1};
    RowOutcome outcome;
    Datum datums[COLUMNS];
    c->txn = half->txn;
    if (scan) {
        TRY(read_all(c, half));
    } else {
        for (uint32_t i = 0; i < 2; i++)
            TRY(table_fetch(world->table, &half->snapshot, world->rows[i].id, everything, c->arena,
                            datums));
    }
    return table_update(world->table, half->txn, &half->snapshot, world->rows[row].id, &number,
                        &datum, 1, false, &c->session.wait, &outcome);
}

static uint32_t skew(World *world, bool serializable, bool scan)
{
    Client c = {.world = world};
    Session sessions[2];
    Skew halves[2];
    uint32_t committed = 0;
    Status statuses[2];
    c.arena = arena_new(task_self()->account, "client");
    c.batch_arena = arena_new(task_self()->account, "batch");
    random_seed(&c.random, 3);
    for (uint32_t i = 0; i < 2; i++) {
        session_open(&sessions[i], &world->engine, i);
        const TxnOptions options = {.space = ENGINE_SPACE,
                                    .session = sessions[i].slot,
                                    .serializable = serializable};
        must_be_ok(txn_begin(world->engine.txns, &options, &halves[i].txn));
        must_be_ok(txn_snapshot(halves[i].txn, &halves[i].snapshot));
    }
    for (uint32_t i = 0; i < 2; i++) {
        c.session = sessions[i];
        statuses[i] = skew_half(world, &c, &halves[i], i, scan);
    }
    for (uint32_t i = 0; i < 2; i++) {
        txn_snapshot_release(&halves[i].snapshot);
        if (statuses[i] == OK) statuses[i] = session_commit(halves[i].txn);
        CHECK_TRUE(statuses[i] == OK || statuses[i] == ST_SERIALIZATION);
        committed += statuses[i] == OK;
        if (statuses[i] != OK) txn_abort(halves[i].txn);
        session_close(&sessions[i]);
    }
    arena_drop(c.batch_arena);
    arena_drop(c.arena);
    return committed;
}

static void serializable_main(void *arg)
{
    World *world = arg;
    Client c = {.world = world};
    engine_create();
    engine_open(&world->engine, world->frames);
    create_table(world);
    must_be_ok(table_open(world->engine.store, world->tree, &world->table));
    c.arena = arena_new(task_self()->account, "client");
    random_seed(&c.random, 5);
    session_open(&c.session, &world->engine, 1);
    c.txn = session_begin(&c.session);
    while (world->row_count < 2) must_be_ok(insert_rows(&c));
    must_be_ok(session_commit(c.txn));
    session_close(&c.session);
    arena_drop(c.arena);
    CHECK_TRUE(skew(world, false, false) == 2);
    CHECK_TRUE(skew(world, true, false) == 1);
    CHECK_TRUE(skew(world, false, true) == 2);
    CHECK_TRUE(skew(world, true, true) == 1);
    table_close(world->table);
    engine_close(&world->engine);
}

static void serializable_rows(void **state)
{
    (void)state;
    on_machine(test_seed(1), serializable_main, new_world(test_seed(1)));
}

/* docs/traps.md F4, F9, F10: whatever the moment, redo and rollback give the rows back. */
static void crashes(void **state)
{
    (void)state;
    uint64_t seeds = getenv("TUSK_SEEDS") != NULL ? strtoull(getenv("TUSK_SEEDS"), NULL, 10) : 12;
    for (uint64_t n = 0; n < seeds; n++) {
        World *world = new_world(test_seed(100 + n));
        Sim *sim = new_sim(world->seed);
        SimEnd end = sim_run(sim, make_main, world);
        for (uint32_t i = 0; i < 8 && (end == SIM_DONE || end == SIM_CRASHED); i++) {
            uint64_t calls = 3000 + random_below(sim_random(sim), 25000);
            if (i != 7) sim_crash_at(sim, calls, random_chance(sim_random(sim), 2));
            end = sim_run(sim, crash_main, world);
        }
        if (end != SIM_DONE && end != SIM_CRASHED)
            fail_msg("seed %" PRIu64 " ended with %d: %s", world->seed, (int)end, sim_report(sim));
        assert_true(world->recoveries > 0);
        if (getenv("TUSK_VERBOSE"))
            print_message("seed %" PRIu64 ": %u recoveries, %u in doubt, %u rows, %u versions\n",
                          world->seed, world->recoveries, world->doubts, world->row_count,
                          world->version_count);
        sim_release(sim);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_against_model),
        cmocka_unit_test(other_tables),
        cmocka_unit_test(unlogged_after_crash),
        cmocka_unit_test(serializable_rows),
        cmocka_unit_test(crashes),
    };
    return cmocka_run_group_tests_name("rows", tests, NULL, NULL);
}

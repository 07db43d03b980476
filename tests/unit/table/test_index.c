/* SPDX-License-Identifier: Apache-2.0 */
/* test_index.c - indexes beside their table: whatever a snapshot sees by scanning the table it sees through the index,
 * in order, in both directions, through every way of asking; a unique key is one row's (docs/traps.md F12); with
 * savepoints, aborts, old snapshots and crashes, and with purge beside it all (F11, F15). A further index is built
 * while others write (C13), used, and dropped. */
#include "engine.h"

#include "base/arena.h"
#include "base/arith.h"
#include "base/log.h"
#include "table/index_leaf.h"
#include "table/table.h"

enum { K, U, V, COLUMNS };
enum {
    TASKS = 4,
    KEYS = 40,
    UNIQUE_KEYS = 60,
    KEY_BYTES_MAX = 9 + 260,
    U_PAYLOAD_MAX = 2700,
    ROWS_MAX = 4000,
    RUNS = 6,
    DEPTH = 3,
};

static const TableColumn columns[COLUMNS] = {
    {K, PHYS_I64, 0, {.null = true}},
    {U, PHYS_I64, COLUMN_NOT_NULL, {.null = true}},
    {V, PHYS_I64, COLUMN_NOT_NULL, {.null = true}},
};
static const uint16_t all_columns[COLUMNS] = {K, U, V};
static const Projection everything = {all_columns, COLUMNS};

typedef struct World {
    Sim *sim;
    Engine engine;
    TreeId table_id, k_id, u_id;
    Table *table;
    Index *k, *u; /* on K including V; unique on U */
    bool made;
    /* The index built beside writers: of kind K or U, used by snapshots from `usable` on. */
    TreeId built_id;
    Index *built;
    bool built_unique, valid;
    CommitNumber usable;
    uint32_t stage;      /* 1: transactions that begin mark in it; 2: they insert as well */
    uint32_t running[3]; /* transactions, by the stage at which they began */
    uint64_t builds;
    uint64_t compared, hits, undecided, duplicates, recoveries;
    uint64_t deadlocks, commits;
} World;

typedef struct Client {
    World *world;
    Session session;
    Arena *arena, *tmp;
    Txn *txn;
    uint32_t stage; /* of the index that is being built, when the transaction began */
} Client;

typedef struct Row {
    RowId id;
    int64_t k, u, v;
    bool k_null;
} Row;

/* ---- keys ---- */

/* Marker, number, and a length of padding that follows from it. */
static Bytes make_key(int64_t number, uint8_t *out)
{
    uint32_t pad = (uint32_t)(hash_u64((uint64_t)number) % (KEY_BYTES_MAX - 9));
    out[0] = 1;
    store_be64(out + 1, (uint64_t)number ^ UINT64_C(1) << 63);
    memset(out + 9, 'p', pad);
    return (Bytes){out, 9 + pad};
}

static Bytes in_arena(Arena *arena, Bytes bytes)
{
    uint8_t *copy = arena_alloc(arena, bytes.bytes + 1);
    memcpy(copy, bytes.data, bytes.bytes);
    return (Bytes){copy, bytes.bytes};
}

static IndexKey k_key(Arena *arena, const Row *row)
{
    uint8_t buffer[KEY_BYTES_MAX];
    IndexKey key = {.key = in_arena(arena, make_key(row->k, buffer))};
    store_be64(buffer, (uint64_t)row->v);
    key.payload = in_arena(arena, (Bytes){buffer, (size_t)(row->v % 9 + 9) % 9});
    return key;
}

/* Long payloads: few entries a leaf, so that those of one key span leaves. */
static IndexKey u_key(Arena *arena, const Row *row)
{
    uint8_t buffer[U_PAYLOAD_MAX];
    IndexKey key = {.key = in_arena(arena, make_key(row->u, buffer))};
    size_t bytes = hash_u64((uint64_t)row->u) % U_PAYLOAD_MAX;
    memset(buffer, (int)row->u, bytes);
    key.payload = in_arena(arena, (Bytes){buffer, bytes});
    return key;
}

static Row row_of(RowId id, const Datum *datums)
{
    return (Row){id, datums[K].value.i64, datums[U].value.i64, datums[V].value.i64, datums[K].null};
}

/* Rows without K have no entry: a partial index. */
static bool make_k(void *arg, const Datum *datums, Arena *arena, IndexKey *key)
{
    Row row = row_of((RowId){0}, datums);
    (void)arg;
    if (row.k_null) return false;
    *key = k_key(arena, &row);
    return true;
}

static bool make_u(void *arg, const Datum *datums, Arena *arena, IndexKey *key)
{
    Row row = row_of((RowId){0}, datums);
    (void)arg;
    *key = u_key(arena, &row);
    return true;
}

static const IndexRecheck k_recheck = {{all_columns, COLUMNS}, make_k, NULL};
static const IndexRecheck u_recheck = {{all_columns, COLUMNS}, make_u, NULL};

static uint64_t below(Client *c, uint64_t limit)
{
    return random_below(&c->session.random, limit);
}

/* ---- what the table says ---- */

static int order_rows(const void *a, const void *b)
{
    const Row *x = a, *y = b;
    if (x->k != y->k) return x->k < y->k ? -1 : 1;
    return (x->id.v > y->id.v) - (x->id.v < y->id.v);
}

/* All rows of the snapshot with low <= k <= high, ordered by k; `nulls`: those without as well. */
static uint32_t rows_by_scan(Client *c, const Snapshot *snapshot, int64_t low, int64_t high,
                             bool nulls, Row *rows)
{
    TableScan *scan;
    RowId *ids = arena_alloc(c->tmp, BATCH_ROWS_MAX * sizeof *ids);
    Batch batch = {.arena = arena_new_child(c->tmp, "batch")};
    const TableScanOptions options = {.projection = everything,
                                      .last = {ROW_ID_MAX},
                                      .sample_fraction = 1};
    uint32_t count = 0;
    Status status = table_scan_open(c->world->table, snapshot, &options, c->tmp, &scan);
    while (status == OK) {
        status = table_scan_next(scan, BATCH_ROWS_MAX, &batch, ids);
        for (uint32_t i = 0; status == OK && i < batch.selection.count; i++) {
            uint32_t at = batch.selection.rows ? batch.selection.rows[i] : i;
            Datum datums[COLUMNS];
            for (uint32_t n = 0; n < COLUMNS; n++) {
                const Vector *v = &batch.columns[n];
                datums[n].null = v->nulls && v->nulls[at / 64] >> at % 64 & 1;
                datums[n].value.i64 = ((const int64_t *)v->data)[at];
            }
            Row row = row_of(ids[at], datums);
            if (row.k_null ? !nulls : row.k < low || row.k > high) continue;
            CHECK_TRUE(count < ROWS_MAX);
            rows[count++] = row;
        }
    }
    must_give(ST_END, status);
    table_scan_close(scan);
    qsort(rows, count, sizeof *rows, order_rows);
    return count;
}

static void same_hit(Client *c, const IndexHit *hit, const Row *row)
{
    IndexKey key = k_key(c->tmp, row);
    CHECK_TRUE(hit->row.v == row->id.v);
    CHECK_TRUE(hit->key.bytes == key.key.bytes);
    CHECK_TRUE(memcmp(hit->key.data, key.key.data, key.key.bytes) == 0);
    CHECK_TRUE(hit->payload.bytes == key.payload.bytes);
    CHECK_TRUE(memcmp(hit->payload.data, key.payload.data, key.payload.bytes) == 0);
    c->world->hits++;
    c->world->undecided += !hit->decided;
}

/* ---- what the index says ---- */

static IndexRange range_of(Client *c, int64_t low, int64_t high, bool backward)
{
    uint8_t buffer[KEY_BYTES_MAX];
    IndexRange range = {.backward = backward};
    /* Inclusive: the bound's prefix; exclusive: the neighbour's. */
    range.low_exclusive = below(c, 2);
    range.high_exclusive = below(c, 2);
    Bytes from = make_key(range.low_exclusive ? low - 1 : low, buffer);
    if (below(c, 2)) from.bytes = 9;
    if (low > 0 || below(c, 2)) range.low = in_arena(c->tmp, from);
    Bytes to = make_key(range.high_exclusive ? high + 1 : high, buffer);
    if (below(c, 2)) to.bytes = 9;
    if (high < KEYS || below(c, 2)) range.high = in_arena(c->tmp, to);
    return range;
}

/* An index on K that the snapshot may use. */
static Index *index_for(Client *c, const Snapshot *snapshot)
{
    const World *world = c->world;
    bool usable = world->valid && !world->built_unique && snapshot->number.v >= world->usable.v;
    return usable && below(c, 2) ? world->built : world->k;
}

static void compare_range(Client *c, IndexScan **scan, const Snapshot *snapshot, int64_t low,
                          int64_t high, const Row *rows, uint32_t count)
{
    bool backward = below(c, 2);
    uint32_t most = 1 + (uint32_t)below(c, below(c, 2) ? 4 : 600), got, at = 0;
    IndexRange range = range_of(c, low, high, backward);
    IndexHit *hits = arena_alloc(c->tmp, most * sizeof *hits);
    if (*scan)
        must_be_ok(index_scan_reset(*scan, &range));
    else
        must_be_ok(
            index_scan_open(index_for(c, snapshot), snapshot, &range, &k_recheck, c->tmp, scan));
    bool broken_off = below(c, 10) == 0;
    for (;;) {
        Status status = index_scan_next(*scan, hits, most, &got);
        if (status == ST_END) break;
        must_be_ok(status);
        CHECK_TRUE(got > 0 && got <= most && at + got <= count);
        for (uint32_t i = 0; i < got; i++, at++)
            same_hit(c, &hits[i], &rows[backward ? count - 1 - at : at]);
        if (broken_off) return;
    }
    CHECK_TRUE(at == count);
}

static void compare_lookups(Client *c, const Snapshot *snapshot, const Row *rows, uint32_t count)
{
    enum { ASKED = 20 };
    uint8_t buffer[KEY_BYTES_MAX];
    Bytes keys[ASKED];
    IndexHit *hits;
    int64_t asked[ASKED];
    uint32_t *key_of, got, expected = 0;
    for (uint32_t i = 0; i < ASKED; i++) {
        asked[i] = (int64_t)below(c, KEYS + 2);
        keys[i] = in_arena(c->tmp, make_key(asked[i], buffer));
        for (uint32_t r = 0; r < count; r++) expected += rows[r].k == asked[i];
    }
    must_be_ok(index_lookup_batch(index_for(c, snapshot), snapshot, keys, ASKED, &k_recheck, c->tmp,
                                  &hits, &key_of, &got));
    CHECK_TRUE(got == expected);
    for (uint32_t i = 0; i < got; i++) {
        const Row *found = NULL;
        for (uint32_t r = 0; r < count; r++)
            if (rows[r].id.v == hits[i].row.v) found = &rows[r];
        CHECK_TRUE(found && found->k == asked[key_of[i]]);
        same_hit(c, &hits[i], found);
    }
}

/* Table and index agree for the snapshot. */
static void compare(Client *c, const Snapshot *snapshot)
{
    ArenaMark mark = arena_mark(c->tmp);
    Row *rows = arena_alloc(c->tmp, ROWS_MAX * sizeof *rows);
    IndexScan *scan = NULL;
    for (uint64_t n = 1 + below(c, 2); n > 0; n--) {
        int64_t low = (int64_t)below(c, KEYS), high = low + (int64_t)below(c, KEYS + 1 - low);
        uint32_t count = rows_by_scan(c, snapshot, low, high, false, rows);
        compare_range(c, &scan, snapshot, low, high, rows, count);
    }
    index_scan_close(scan);
    if (below(c, 3) == 0) {
        uint32_t count = rows_by_scan(c, snapshot, 0, KEYS + 2, false, rows);
        compare_lookups(c, snapshot, rows, count);
        for (uint32_t i = 0; i < count; i++)
            for (uint32_t j = 0; j < i; j++) CHECK_TRUE(rows[i].u != rows[j].u);
    }
    c->world->compared++;
    arena_rewind(c->tmp, mark);
}

/* ---- changing ---- */

static Status unique_insert(Client *c, const Row *row)
{
    IndexOutcome outcome;
    IndexKey key = u_key(c->tmp, row);
    UniqueCheck check = below(c, 3) == 0 ? UNIQUE_PROBE : UNIQUE_NOW;
    uint64_t done = 0;
    uint32_t waited;
    Status status = OK;
    if (below(c, 2))
        TRY(index_insert_batch(c->world->u, c->txn, &key, &row->id, 1,
                               check == UNIQUE_PROBE ? UNIQUE_LATER : UNIQUE_NOW, &c->session.wait,
                               c->tmp, &done, &waited));
    if (done)
        outcome = (IndexOutcome){0};
    else
        status = index_insert(c->world->u, c->txn, &key, row->id, check, &c->session.wait,
                              &outcome);
    CHECK_TRUE((status == ST_DUPLICATE) == outcome.duplicate);
    if (status == ST_DUPLICATE) {
        c->world->duplicates++;
        CHECK_TRUE(outcome.other.v != 0 && outcome.other.v != row->id.v);
    }
    TRY(status);
    if (c->stage < 2 || !c->world->built_unique) return OK;
    status = index_insert(c->world->built, c->txn, &key, row->id, UNIQUE_NOW, &c->session.wait,
                          NULL);
    CHECK_TRUE(status != ST_DUPLICATE);
    return status;
}

static Status u_mark(Client *c, const Row *row)
{
    IndexKey key = u_key(c->tmp, row);
    if (c->stage > 0 && c->world->built_unique)
        TRY(index_mark(c->world->built, c->txn, &key, row->id));
    return index_mark(c->world->u, c->txn, &key, row->id);
}

/* The indexes on K that a transaction of at least `stage` changes. */
static uint32_t k_indexes(const Client *c, uint32_t stage, Index *indexes[2])
{
    indexes[0] = c->world->k;
    if (c->stage < stage || c->world->built_unique) return 1;
    indexes[1] = c->world->built;
    return 2;
}

static Status k_insert(Client *c, const Row *row)
{
    Index *indexes[2];
    IndexKey key = k_key(c->tmp, row);
    if (row->k_null) return OK;
    for (uint32_t i = k_indexes(c, 2, indexes); i-- > 0;) {
        uint64_t done = 0;
        uint32_t waited;
        if (below(c, 2))
            TRY(index_insert_batch(indexes[i], c->txn, &key, &row->id, 1, UNIQUE_NONE,
                                   &c->session.wait, c->tmp, &done, &waited));
        if (!done)
            TRY(index_insert(indexes[i], c->txn, &key, row->id, UNIQUE_NONE, &c->session.wait,
                             NULL));
    }
    return OK;
}

static Status k_mark(Client *c, const Row *row)
{
    Index *indexes[2];
    IndexKey key = k_key(c->tmp, row);
    for (uint32_t i = k_indexes(c, 1, indexes); i-- > 0;)
        TRY(index_mark(indexes[i], c->txn, &key, row->id));
    return OK;
}

static Row random_row(Client *c)
{
    return (Row){.k = (int64_t)below(c, KEYS),
                 .u = (int64_t)below(c, UNIQUE_KEYS),
                 .v = (int64_t)below(c, 100000),
                 .k_null = below(c, 12) == 0};
}

static Status insert_row(Client *c)
{
    Row row = random_row(c);
    if (row.k_null) row.k = 0;
    uint64_t nulls = row.k_null;
    Vector vectors[COLUMNS] = {{.phys = PHYS_I64, .data = &row.k, .nulls = &nulls},
                               {.phys = PHYS_I64, .data = &row.u},
                               {.phys = PHYS_I64, .data = &row.v}};
    Batch batch = {1, COLUMNS, vectors, {NULL, 1}, c->tmp};
    TRY(table_insert(c->world->table, c->txn, &batch, &row.id));
    TRY(unique_insert(c, &row));
    return k_insert(c, &row);
}

/* Some row that the snapshot sees; false: there is none. */
static bool pick_row(Client *c, const Snapshot *snapshot, Row *row)
{
    Row *rows = arena_alloc(c->tmp, ROWS_MAX * sizeof *rows);
    uint32_t count = rows_by_scan(c, snapshot, 0, KEYS, false, rows);
    if (count == 0) return false;
    *row = rows[below(c, count)];
    return true;
}

static Status move_entry(Client *c, const Row *old, const Row *new)
{
    if (!new->k_null &&new->k == old->k &&new->v == old->v) return OK;
    /* A payload alone is set in place, but not where the entry may not be yet. */
    if (!new->k_null &&new->k == old->k && c->stage == 0) {
        IndexKey key = k_key(c->tmp, new);
        return index_set_payload(c->world->k, c->txn, &key, old->id);
    }
    TRY(k_mark(c, old));
    return k_insert(c, new);
}

static Status update_row(Client *c, const Snapshot *snapshot)
{
    Row old, new;
    RowOutcome outcome;
    if (!pick_row(c, snapshot, &old)) return OK;
    new = random_row(c);
    new.id = old.id;
    if (below(c, 2)) new.k = old.k;
    if (below(c, 2)) new.u = old.u;
    if (new.k_null) new.k = 0;
    Datum values[COLUMNS] = {{{.i64 = new.k}, new.k_null},
                             {{.i64 = new.u}, false},
                             {{.i64 = new.v}, false}};
    TRY(table_update(c->world->table, c->txn, snapshot, old.id, all_columns, values, COLUMNS,
                     new.u != old.u, &c->session.wait, &outcome));
    if (new.u != old.u) {
        TRY(u_mark(c, &old));
        TRY(unique_insert(c, &new));
    }
    return move_entry(c, &old, &new);
}

static Status delete_row(Client *c, const Snapshot *snapshot)
{
    Row old;
    RowOutcome outcome;
    if (!pick_row(c, snapshot, &old)) return OK;
    TRY(table_delete(c->world->table, c->txn, snapshot, old.id, &c->session.wait, &outcome));
    TRY(u_mark(c, &old));
    return k_mark(c, &old);
}

/* A statement with its own snapshot; what it did is rolled back when it failed. ST_DEADLOCK: the transaction ends. */
static Status statement(Client *c)
{
    Snapshot snapshot;
    Savepoint savepoint = txn_savepoint(c->txn);
    must_be_ok(txn_snapshot(c->txn, &snapshot));
    uint64_t what = below(c, 10);
    Status status = what < 4   ? insert_row(c)
                    : what < 8 ? update_row(c, &snapshot)
                               : delete_row(c, &snapshot);
    txn_snapshot_release(&snapshot);
    if (status == OK) return OK;
    if (status == ST_DEADLOCK) return status;
    CHECK_TRUE(status == ST_DUPLICATE || status == ST_CHANGED);
    must_be_ok(txn_rollback_to(c->txn, &savepoint));
    return OK;
}

static void compare_now(Client *c)
{
    Snapshot snapshot;
    must_be_ok(txn_snapshot(c->txn, &snapshot));
    compare(c, &snapshot);
    txn_snapshot_release(&snapshot);
}

static void transaction(Client *c)
{
    Snapshot old;
    Savepoint savepoints[DEPTH];
    uint32_t depth = 0;
    c->txn = session_begin(&c->session);
    c->stage = c->world->stage;
    c->world->running[c->stage]++;
    bool keeps = below(c, 3) == 0;
    if (keeps) must_be_ok(txn_snapshot(c->txn, &old));
    Status status = OK;
    for (uint64_t steps = below(c, 10); steps > 0 && status == OK; steps--) {
        arena_reset(c->tmp);
        if (below(c, 4) == 0) compare_now(c);
        if (below(c, 5) == 0 && depth < DEPTH) savepoints[depth++] = txn_savepoint(c->txn);
        if (below(c, 8) == 0 && depth > 0)
            must_be_ok(txn_rollback_to(c->txn, &savepoints[--depth]));
        status = statement(c);
    }
    c->world->deadlocks += status == ST_DEADLOCK;
    if (keeps) {
        compare(c, &old);
        txn_snapshot_release(&old);
    }
    if (status != OK || below(c, 4) == 0) {
        txn_abort(c->txn);
    } else {
        must_be_ok(session_commit(c->txn));
        c->world->commits++;
    }
    c->world->running[c->stage]--;
}

static void client_main(void *arg)
{
    World *world = arg;
    Client c = {.world = world};
    session_open(&c.session, &world->engine, random_u64(sim_random(world->sim)));
    c.arena = arena_new(task_self()->account, "client");
    c.tmp = arena_new_child(c.arena, "tmp");
    for (uint64_t n = 5 + below(&c, 15); n > 0; n--) transaction(&c);
    arena_drop(c.arena);
    session_close(&c.session);
}

/* ---- an index built beside writers ---- */

static void build_from(Client *c, const Snapshot *snapshot)
{
    World *world = c->world;
    Row *rows = arena_alloc(c->arena, ROWS_MAX * sizeof *rows);
    uint32_t count = rows_by_scan(c, snapshot, INT64_MIN, INT64_MAX, world->built_unique, rows);
    for (uint32_t i = 0; i < count; i++) {
        arena_reset(c->tmp);
        IndexKey key = world->built_unique ? u_key(c->tmp, &rows[i]) : k_key(c->tmp, &rows[i]);
        must_be_ok(
            index_build_concurrent_add(world->built, snapshot, &key, rows[i].id, &c->session.wait));
    }
}

static void build_main(void *arg)
{
    World *world = arg;
    Client c = {.world = world};
    Snapshot snapshot;
    session_open(&c.session, &world->engine, random_u64(sim_random(world->sim)));
    c.arena = arena_new(task_self()->account, "builder");
    c.tmp = arena_new_child(c.arena, "tmp");
    must_be_ok(os_sleep_until(deadline_in_ms((int64_t)below(&c, 30)), WAIT_BACKGROUND));
    world->built_unique = below(&c, 2);
    c.txn = session_begin(&c.session);
    must_be_ok(index_create(c.txn, ENGINE_SPACE, &(IndexOptions){.unique = world->built_unique},
                            &world->built_id));
    must_be_ok(session_commit(c.txn));
    must_be_ok(index_open(world->engine.store, world->built_id, world->table, &world->built));
    for (world->stage = 1; world->stage < 2; world->stage++)
        while (world->running[world->stage - 1] > 0)
            must_be_ok(os_sleep_until(deadline_in_ms(1), WAIT_BACKGROUND));
    while (world->running[1] > 0) must_be_ok(os_sleep_until(deadline_in_ms(1), WAIT_BACKGROUND));
    c.txn = session_begin(&c.session);
    must_be_ok(txn_snapshot(c.txn, &snapshot));
    build_from(&c, &snapshot);
    world->usable = snapshot.number;
    txn_snapshot_release(&snapshot);
    txn_abort(c.txn);
    world->valid = true;
    world->builds++;
    arena_drop(c.arena);
    session_close(&c.session);
}

/* Dropped for good only when the transaction commits and purge has seen that. */
static void drop_built(World *world)
{
    Session session;
    Tree *tree;
    PurgeFigures figures;
    session_open(&session, &world->engine, 1);
    index_close(world->built);
    Txn *txn = session_begin(&session);
    must_be_ok(table_drop_at_commit(txn, world->built_id));
    txn_abort(txn);
    txn = session_begin(&session);
    Savepoint savepoint = txn_savepoint(txn);
    must_be_ok(table_drop_at_commit(txn, world->built_id));
    must_be_ok(txn_rollback_to(txn, &savepoint));
    must_be_ok(session_commit(txn));
    must_be_ok(table_purge_now(world->engine.txns, world->engine.store, &figures));
    must_be_ok(tree_open(world->engine.store, world->built_id, &tree));
    tree_close(tree);
    txn = session_begin(&session);
    must_be_ok(table_drop_at_commit(txn, world->built_id));
    must_be_ok(session_commit(txn));
    must_be_ok(table_purge_now(world->engine.txns, world->engine.store, &figures));
    must_give(ST_NOT_FOUND, tree_open(world->engine.store, world->built_id, &tree));
    session_close(&session);
}

/* ---- a run of the machine ---- */

static void purge_main(void *arg)
{
    World *world = arg;
    must_give(ST_CANCELLED, table_purge_run(world->engine.txns, world->engine.store));
}

static void fault(void *arg, PageId page, const char *format, ...) PRINTF_LIKE(3, 4);
static void fault(void *arg, PageId page, const char *format, ...)
{
    va_list args;
    (void)arg, (void)page;
    va_start(args, format);
    (void)vfprintf(stderr, format, args);
    va_end(args);
    CHECK_TRUE(!"a check found something");
}

static void check_all(World *world)
{
    Client c = {.world = world};
    Snapshot snapshot;
    session_open(&c.session, &world->engine, 1);
    c.txn = session_begin(&c.session);
    must_be_ok(txn_snapshot(c.txn, &snapshot));
    must_be_ok(index_check(world->k, &snapshot, &k_recheck, fault, NULL));
    must_be_ok(index_check(world->u, &snapshot, &u_recheck, fault, NULL));
    if (world->valid)
        must_be_ok(index_check(world->built, &snapshot,
                               world->built_unique ? &u_recheck : &k_recheck, fault, NULL));
    must_be_ok(table_check(world->table, world->engine.txns, fault, NULL));
    txn_snapshot_release(&snapshot);
    txn_abort(c.txn);
    session_close(&c.session);
}

static void make_world(World *world)
{
    Session session;
    session_open(&session, &world->engine, 1);
    Txn *txn = session_begin(&session);
    must_be_ok(table_create(txn, ENGINE_SPACE, columns, COLUMNS, 0, &world->table_id));
    must_be_ok(index_create(txn, ENGINE_SPACE, &(IndexOptions){0}, &world->k_id));
    must_be_ok(index_create(txn, ENGINE_SPACE, &(IndexOptions){.unique = true}, &world->u_id));
    must_be_ok(session_commit(txn));
    session_close(&session);
    world->made = true;
}

static void open_world(World *world)
{
    Store *store = world->engine.store;
    must_be_ok(table_open(store, world->table_id, &world->table));
    must_be_ok(index_open(store, world->k_id, world->table, &world->k));
    must_be_ok(index_open(store, world->u_id, world->table, &world->u));
}

static void close_world(World *world)
{
    index_close(world->k);
    index_close(world->u);
    table_close(world->table);
}

static uint32_t marked_entries(World *world, TreeId id)
{
    Tree *tree;
    uint8_t next[ENTRY_KEY_BYTES_MAX];
    TreeKey key = {.bytes = {next, 0}};
    uint32_t marked = 0;
    must_be_ok(tree_open(world->engine.store, id, &tree));
    do {
        PageRef leaf;
        Bytes low, high;
        must_be_ok(tree_latch_leaf(tree, &key, false, LATCH_SHARED, true, &leaf));
        marked += index_leaf_marked_count(leaf.data);
        index_leaf_fences(leaf.data, &low, &high);
        if (high.data) memcpy(next, high.data, high.bytes);
        key.bytes = high.data ? (Bytes){next, high.bytes} : (Bytes){0};
        pool_unlatch(&leaf);
    } while (key.bytes.data);
    tree_close(tree);
    return marked;
}

/* With nobody left, everything dead goes, and all undo: no mark stays (docs/traps.md F11). */
static void purge_all(World *world)
{
    PurgeFigures figures;
    must_be_ok(table_purge_now(world->engine.txns, world->engine.store, &figures));
    CHECK_TRUE(undo_bytes(world->engine.store) == 0);
    must_be_ok(table_purge_now(world->engine.txns, world->engine.store, &figures));
    CHECK_TRUE(figures.records == 0);
    CHECK_TRUE(marked_entries(world, world->k_id) == 0);
    CHECK_TRUE(marked_entries(world, world->u_id) == 0);
}

static void no_log(void *arg, const Error *record, Str line)
{
    (void)arg, (void)record, (void)line;
}

static void run_main(void *arg)
{
    World *world = arg;
    Task *tasks[TASKS];
    static const Log quiet = {.least = SEVERITY_ERROR, .prefix = "", .sink = no_log};
    task_self()->log = (Log *)(uintptr_t)&quiet;
    world->valid = false; /* what a crash left of it is nobody's */
    world->stage = 0;
    memset(world->running, 0, sizeof world->running);
    if (!world->made) engine_create();
    engine_open(&world->engine, 128);
    world->recoveries++;
    if (!world->made) make_world(world);
    open_world(world);
    engine_settle(&world->engine);
    check_all(world);
    Task *purge = start_task("purge", purge_main, world);
    Task *build = start_task("build", build_main, world);
    for (uint32_t i = 0; i < TASKS; i++) tasks[i] = start_task("client", client_main, world);
    for (uint32_t i = 0; i < TASKS; i++) os_task_join(tasks[i]);
    os_task_join(build);
    os_task_interrupt(purge, TASK_TERMINATE);
    os_task_join(purge);
    engine_settle(&world->engine);
    check_all(world);
    purge_all(world);
    check_all(world);
    drop_built(world);
    close_world(world);
    engine_close(&world->engine);
}

static void one_machine(uint64_t seed)
{
    static World world;
    memset(&world, 0, sizeof world);
    Sim *sim = world.sim = new_sim(seed);
    for (uint32_t i = 0; i < RUNS; i++) {
        if (i % 2 == 1) sim_crash_at(sim, 1 + random_below(sim_random(sim), 100000), i % 4 == 1);
        SimEnd end = sim_run(sim, run_main, &world);
        if (end != SIM_DONE && end != SIM_CRASHED)
            fail_msg("seed %llu run %u ended with %d: %s", (unsigned long long)seed, i, (int)end,
                     sim_report(sim));
    }
    sim_release(sim);
    print_message(
        "seed %llu: compared %llu hits %llu undecided %llu duplicates %llu deadlocks %llu "
        "commits %llu\n",
        (unsigned long long)seed, (unsigned long long)world.compared,
        (unsigned long long)world.hits, (unsigned long long)world.undecided,
        (unsigned long long)world.duplicates, (unsigned long long)world.deadlocks,
        (unsigned long long)world.commits);
    assert_true(world.compared > 50 && world.hits > 300 && world.undecided > 50);
    assert_true(world.duplicates > 20 && world.commits > 50 && world.recoveries > 2);
    assert_true(world.builds > 0);
}

static void test_index_follows_table(void **state)
{
    (void)state;
    for (uint64_t n = 1; n <= 3; n++) one_machine(test_seed(n));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_index_follows_table)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

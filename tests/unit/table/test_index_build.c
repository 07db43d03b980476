/* SPDX-License-Identifier: Apache-2.0 */
/* test_index_build.c - an index from sorted entries: keys that share much and suddenly nothing, long ones, many rows of
 * one key; what a scan gives is what was put in, and the tree takes changes afterwards. */
#include "engine.h"

#include "base/arena.h"
#include "base/arith.h"
#include "table/table.h"

enum { ENTRIES_MAX = 6000, KEY_MAX = 1990, BATCH = 300 };

typedef struct Entry {
    IndexKey key;
    RowId row;
} Entry;

typedef struct World {
    Sim *sim;
    Engine engine;
    Session session;
    Arena *arena;
    Txn *txn;
    Table *table;
    Entry *entries;
    uint32_t count;
} World;

static uint64_t below(World *w, uint64_t limit)
{
    return random_below(sim_random(w->sim), limit);
}

/* Groups of keys with a beginning in common, of very different length; each ends with two zero bytes, as texts do. */
static Bytes random_key(World *w, uint32_t long_one_in)
{
    uint8_t *data = arena_alloc(w->arena, KEY_MAX);
    uint32_t group = (uint32_t)below(w, 12), bytes = 2;
    data[0] = 1;
    data[1] = (uint8_t)(1 + group * 20);
    uint32_t shared = group * 9;
    memset(data + bytes, (int)(1 + group), shared);
    bytes += shared;
    uint32_t more = (uint32_t)(below(w, long_one_in) ? below(w, 12) : below(w, KEY_MAX - 300));
    for (uint32_t i = 0; i < more; i++) data[bytes++] = (uint8_t)(1 + below(w, i < 3 ? 4 : 250));
    data[bytes++] = 0;
    data[bytes++] = 0;
    return (Bytes){data, bytes};
}

static int order(const void *a, const void *b)
{
    const Entry *x = a, *y = b;
    size_t both = MIN(x->key.key.bytes, y->key.key.bytes);
    int sign = memcmp(x->key.key.data, y->key.key.data, both);
    if (sign == 0)
        sign = (x->key.key.bytes > y->key.key.bytes) - (x->key.key.bytes < y->key.key.bytes);
    return sign ? sign : (x->row.v > y->row.v) - (x->row.v < y->row.v);
}

static void make_entries(World *w)
{
    uint32_t long_one_in = below(w, 3) ? 40 : 2, payload_max = below(w, 3) ? 30 : 2700;
    w->count = below(w, 5) ? (uint32_t)below(w, ENTRIES_MAX) : (uint32_t)below(w, 4);
    if (payload_max > 100 || long_one_in < 10) w->count /= 10;
    w->entries = arena_alloc(w->arena, (w->count + 1) * sizeof *w->entries);
    for (uint32_t i = 0; i < w->count; i++) {
        IndexKey key = {.key = random_key(w, long_one_in)};
        if (i > 0 && below(w, 3) == 0) key = w->entries[below(w, i)].key;
        uint8_t *payload = arena_alloc(w->arena, payload_max + 1);
        key.payload = (Bytes){payload, below(w, payload_max)};
        memset(payload, (int)i, key.payload.bytes);
        w->entries[i] = (Entry){key, {i + 1}};
    }
    qsort(w->entries, w->count, sizeof *w->entries, order);
}

static void fault(void *arg, PageId page, const char *format, ...)
{
    (void)arg, (void)page;
    (void)fprintf(stderr, "%s\n", format);
    CHECK_TRUE(!"tree_check found something");
}

static void check_index(World *w, Index *index, TreeId id)
{
    IndexScan *scan;
    IndexHit hits[BATCH];
    uint32_t got, at = 0;
    Snapshot snapshot;
    Tree *tree;
    must_be_ok(tree_open(w->engine.store, id, &tree));
    must_be_ok(tree_check(tree, fault, NULL));
    tree_close(tree);
    must_be_ok(txn_snapshot(w->txn, &snapshot));
    must_be_ok(index_scan_open(index, &snapshot, &(IndexRange){0}, NULL, w->arena, &scan));
    Status status;
    while ((status = index_scan_next(scan, hits, BATCH, &got)) == OK) {
        for (uint32_t i = 0; i < got; i++, at++) {
            const Entry *entry = &w->entries[at];
            CHECK_TRUE(at < w->count && hits[i].row.v == entry->row.v && hits[i].decided);
            CHECK_TRUE(hits[i].key.bytes == entry->key.key.bytes);
            CHECK_TRUE(memcmp(hits[i].key.data, entry->key.key.data, hits[i].key.bytes) == 0);
            CHECK_TRUE(hits[i].payload.bytes == entry->key.payload.bytes);
            CHECK_TRUE(
                memcmp(hits[i].payload.data, entry->key.payload.data, hits[i].payload.bytes) == 0);
        }
    }
    must_give(ST_END, status);
    CHECK_TRUE(at == w->count);
    index_scan_close(scan);
    txn_snapshot_release(&snapshot);
}

/* Marked and rolled back: the built pages are as good as others. */
static void change_and_undo(World *w, Index *index)
{
    Savepoint savepoint = txn_savepoint(w->txn);
    for (uint32_t i = 0; i < 40 && w->count > 0; i++) {
        const Entry *entry = &w->entries[below(w, w->count)];
        must_be_ok(index_mark(index, w->txn, &entry->key, entry->row));
        must_be_ok(index_insert(index, w->txn, &entry->key, (RowId){100000 + i}, UNIQUE_NONE,
                                &w->session.wait, NULL));
    }
    must_be_ok(txn_rollback_to(w->txn, &savepoint));
}

static void build_one(World *w, bool unique)
{
    TreeId id;
    Index *index;
    IndexBuild *build;
    bool twice = false;
    w->arena = arena_new(task_self()->account, "entries");
    make_entries(w);
    w->txn = session_begin(&w->session);
    must_be_ok(index_create(w->txn, ENGINE_SPACE, &(IndexOptions){.unique = unique}, &id));
    must_be_ok(index_open(w->engine.store, id, w->table, &index));
    must_be_ok(index_build_begin(index, w->arena, &build));
    for (uint32_t i = 0; i < w->count && !twice; i++) {
        Entry *entry = &w->entries[i];
        twice = unique && i > 0 && entry->key.key.bytes == entry[-1].key.key.bytes &&
                memcmp(entry->key.key.data, entry[-1].key.key.data, entry->key.key.bytes) == 0;
        Status status = index_build_add(build, &entry->key, entry->row, XID_NONE);
        must_give(twice ? ST_DUPLICATE : OK, status);
    }
    if (!twice) {
        must_be_ok(index_build_end(build));
        check_index(w, index, id);
        change_and_undo(w, index);
        check_index(w, index, id);
    }
    index_close(index);
    txn_abort(w->txn);
    Tree *tree;
    must_give(ST_NOT_FOUND, tree_open(w->engine.store, id, &tree));
    arena_drop(w->arena);
}

static void main_task(void *arg)
{
    World *w = arg;
    static const TableColumn column = {0, PHYS_I32, 0, {.null = true}};
    TreeId id;
    w->sim = sim_self();
    engine_create();
    engine_open(&w->engine, 256);
    session_open(&w->session, &w->engine, 1);
    w->txn = session_begin(&w->session);
    must_be_ok(table_create(w->txn, ENGINE_SPACE, &column, 1, 0, &id));
    must_be_ok(session_commit(w->txn));
    must_be_ok(table_open(w->engine.store, id, &w->table));
    for (uint32_t i = 0; i < 12; i++) build_one(w, i % 4 == 3);
    table_close(w->table);
    session_close(&w->session);
    engine_close(&w->engine);
}

static void test_built_from_sorted_entries(void **state)
{
    (void)state;
    World world = {0};
    for (uint64_t n = 1; n <= 3; n++) on_machine(test_seed(n), main_task, &world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_built_from_sorted_entries)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

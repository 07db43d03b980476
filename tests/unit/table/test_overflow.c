/* SPDX-License-Identifier: Apache-2.0 */
/* test_overflow.c - long values: every length around the size of a piece, compressed or not, given back by whoever
 * purges them and by rollback, whose pages are then taken again. */
#include "engine.h"

#include "base/arena.h"
#include "store/space.h"
#include "table/overflow.h"
#include "table/overflow_page.h"
#include "table/row_image.h"
#include "table/table_internal.h"

enum { VALUES = 40 };

typedef struct Bench {
    Engine engine;
    Session session;
    Arena *arena;
    Table *table;
} Bench;

static const TableColumn columns[] = {{0, PHYS_STR, 0, {.null = true}}};

static void bench_open(Bench *b)
{
    TreeId id;
    engine_create();
    engine_open(&b->engine, 256);
    b->arena = arena_new(task_self()->account, "bench");
    session_open(&b->session, &b->engine, test_seed(1));
    Txn *txn = session_begin(&b->session);
    must_be_ok(table_create(txn, ENGINE_SPACE, columns, 1, 0, &id));
    must_be_ok(session_commit(txn));
    must_be_ok(table_open(b->engine.store, id, &b->table));
}

static void bench_close(Bench *b)
{
    table_close(b->table);
    session_close(&b->session);
    arena_drop(b->arena);
    engine_close(&b->engine);
}

static Bytes make_value(Bench *b, size_t bytes, bool dense)
{
    uint8_t *data = arena_alloc(b->arena, bytes + 1);
    random_bytes(&b->session.random, data, bytes);
    for (size_t i = 0; !dense && i < bytes; i++) data[i] = (uint8_t)(data[i] % 3);
    return (Bytes){data, bytes};
}

static bool reads_as(Bench *b, const uint8_t *ref, Bytes value)
{
    Bytes found;
    Arena *arena = arena_new(task_self()->account, "read");
    Status status = overflow_read(b->table, (Bytes){ref, OVERFLOW_REF_BYTES}, arena, &found);
    bool same = status == OK && found.bytes == value.bytes &&
                memcmp(found.data, value.data, value.bytes) == 0;
    arena_drop(arena);
    return same;
}

/* Neither on its page, nor on one that is taken: a page that was given back may show what it held. */
static bool is_gone(Bench *b, const uint8_t *ref, Bytes value)
{
    bool taken;
    const PageId page = page_id(ENGINE_SPACE, load_le64(ref) & ((UINT64_C(1) << 40) - 1));
    must_be_ok(space_has_page(b->engine.store, tree_number_of(b->table->tree), page, &taken));
    return !taken || !reads_as(b, ref, value);
}

static uint64_t pages_used(Bench *b)
{
    SpaceFigures figures;
    must_be_ok(space_figures(b->engine.store, ENGINE_SPACE, &figures));
    return figures.pages_used;
}

static void lengths_main(void *arg)
{
    static const size_t lengths[] = {1,
                                     13,
                                     2001,
                                     OVERFLOW_PIECE_MAX - 1,
                                     OVERFLOW_PIECE_MAX,
                                     OVERFLOW_PIECE_MAX + 1,
                                     2 * OVERFLOW_PIECE_MAX,
                                     100000,
                                     3000000};
    Bench *b = arg;
    bench_open(b);
    for (uint32_t i = 0; i < ARRAY_LEN(lengths) * 6; i++) {
        uint8_t ref[OVERFLOW_REF_BYTES];
        Bytes value = make_value(b, lengths[i / 6], i % 2);
        Txn *txn = session_begin(&b->session);
        must_be_ok(overflow_write(b->table, txn, value, (OverflowMethod)(i / 2 % 3), ref));
        CHECK_TRUE(reads_as(b, ref, value));
        must_be_ok(session_commit(txn));
        CHECK_TRUE(reads_as(b, ref, value));
        arena_reset(b->arena);
    }
    bench_close(b);
}

/* As a purged UPDATE gives back what its before-image refers to; twice, as after a crash in between. */
static void free_by_image(Bench *b, const uint8_t *ref)
{
    RowColumn column = {0, PHYS_STR, {.overflow = true}};
    uint8_t bytes[100];
    column.value.value.str = strview((Str){(const char *)ref, OVERFLOW_REF_BYTES});
    Bytes image = {bytes, row_image_write(&column, 1, bytes)};
    must_be_ok(overflow_free_image(b->table->tree, image));
    must_be_ok(overflow_free_image(b->table->tree, image));
}

static void give_back_main(void *arg)
{
    Bench *b = arg;
    uint8_t refs[VALUES][OVERFLOW_REF_BYTES];
    Bytes values[VALUES];
    bench_open(b);
    uint64_t most = 0;
    for (uint32_t round = 0; round < 6; round++) {
        Txn *txn = session_begin(&b->session);
        for (uint32_t i = 0; i < VALUES; i++) {
            size_t bytes = random_below(&b->session.random, i % 4 ? 9000 : 90000) + 1;
            values[i] = make_value(b, bytes, i % 3);
            must_be_ok(overflow_write(b->table, txn, values[i], OVERFLOW_LZ4, refs[i]));
        }
        for (uint32_t i = 0; i < VALUES; i++) CHECK_TRUE(reads_as(b, refs[i], values[i]));
        if (round > 2) must_be_ok(store_checkpoint(b->engine.store, true)); /* all is on disk */
        if (round % 2 == 0) {
            session_abort(b->engine.txns, txn);
        } else {
            must_be_ok(session_commit(txn));
            for (uint32_t i = 0; i < VALUES; i++) free_by_image(b, refs[i]);
        }
        for (uint32_t i = 0; i < VALUES; i++) CHECK_TRUE(is_gone(b, refs[i], values[i]));
        if (round == 0) most = pages_used(b);
        arena_reset(b->arena);
    }
    /* Extents are taken anew while pages of older ones are free: not more than one a round. */
    CHECK_TRUE(pages_used(b) <= most + 6 * (EXTENT_PAGES + 8));
    bench_close(b);
}

static void run(void (*main)(void *arg))
{
    static Bench bench;
    memset(&bench, 0, sizeof bench);
    on_machine(test_seed(1), main, &bench);
}

static void lengths(void **state)
{
    (void)state;
    run(lengths_main);
}

static void given_back(void **state)
{
    (void)state;
    run(give_back_main);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(lengths), cmocka_unit_test(given_back)};
    return cmocka_run_group_tests_name("overflow", tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Arenas: what is handed out is apart and stays; marks, resets, children, growth; every allocation failing once. */
#include "base/arena.h"

#include "base/arena_internal.h"
#include "base/random.h"
#include "unit/fail_each.h"
#include "unit/unit.h"

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#endif

static void test_alignment_and_zero_bytes(void **state)
{
    Unit *unit = *state;
    char *first = arena_alloc(unit->arena, 0), *second = arena_alloc(unit->arena, 0);
    assert_non_null(first);
    assert_ptr_not_equal(first, second);
    for (size_t bytes = 1; bytes < 3000; bytes += 7) {
        unsigned char *p = arena_alloc_zero(unit->arena, bytes);
        assert_int_equal((uintptr_t)p % ARENA_ALIGNMENT, 0);
        for (size_t i = 0; i < bytes; i++) assert_int_equal(p[i], 0);
        memset(p, 1, bytes);
    }
    int *numbers = arena_alloc_array_zero(unit->arena, 10, sizeof *numbers);
    assert_int_equal(numbers[9], 0);
    assert_non_null(arena_alloc_array(unit->arena, 10, 10));
    assert_memory_equal(arena_copy(unit->arena, "abc", 4), "abc", 4);
    assert_non_null(arena_copy(unit->arena, NULL, 0));
    assert_true(*ARENA_NEW(unit->arena, int) == 0 && *ARENA_TRY_NEW(unit->arena, int) == 0);
    assert_string_equal(arena_name(unit->arena), "unit");
    assert_ptr_equal(arena_account(unit->arena), unit->account);
}

static void test_a_reset_arena_asks_for_nothing(void **state)
{
    Unit *unit = *state;
    Arena *arena = arena_new(unit->account, "reset");
    assert_int_equal(arena_used(arena), 0);
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 1000; i++) arena_alloc(arena, 100);
        arena_reset(arena);
    }
    size_t used = account_used(unit->account);
    account_fail_at(1, true); /* nothing more is needed from here on: one chunk is large enough */
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 400; i++) assert_non_null(arena_try_alloc(arena, 100));
        arena_reset(arena);
        assert_int_equal(arena_used(arena), 0);
    }
    assert_int_equal(account_fail_fired(), 0);
    account_fail_at(0, false);
    assert_int_equal(account_used(unit->account), used);
    arena_drop(arena);
}

/* A model of what should be where: random allocations, growths, marks and rewinds, contents checked. */
enum { MODEL_PIECES = 300 };
typedef struct Piece {
    unsigned char *at;
    size_t bytes;
    unsigned char fill;
} Piece;

static void check_pieces(const Piece *pieces, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        for (size_t k = 0; k < pieces[i].bytes; k += 1 + k / 8)
            assert_int_equal(pieces[i].at[k], pieces[i].fill);
}

static size_t random_size(Random *random)
{
    return random_below(random, UINT64_C(1) << random_below(random, 18));
}

static void model_round(Unit *unit, Random *random, Arena *arena)
{
    Piece pieces[MODEL_PIECES];
    uint32_t count = 0, marked_count = UINT32_MAX;
    ArenaMark mark = {0};
    size_t marked_used = 0;
    for (int step = 0; step < MODEL_PIECES; step++) {
        uint64_t what = random_below(random, 10);
        if (what == 0 && marked_count == UINT32_MAX) {
            mark = arena_mark(arena);
            marked_used = arena_used(arena);
            marked_count = count;
        } else if (what == 1 && marked_count != UINT32_MAX) {
            arena_rewind(arena, mark);
            assert_int_equal(arena_used(arena), marked_used);
            count = marked_count;
            marked_count = UINT32_MAX;
        } else if (what == 2 && count > 0 && (marked_count == UINT32_MAX || count > marked_count)) {
            Piece *piece = &pieces[count - 1];
            size_t bytes = piece->bytes + random_size(random);
            piece->at = arena_grow(arena, piece->at, piece->bytes, bytes);
            memset(piece->at + piece->bytes, piece->fill, bytes - piece->bytes);
            piece->bytes = bytes;
        } else {
            Piece piece = {.bytes = random_size(random), .fill = (unsigned char)step};
            piece.at = arena_alloc(arena, piece.bytes);
            memset(piece.at, piece.fill, piece.bytes);
            pieces[count++] = piece;
        }
        if (step % 50 == 0) check_pieces(pieces, count);
    }
    check_pieces(pieces, count);
    assert_true(arena_held(arena) >= arena_used(arena));
    assert_int_equal(arena_held(arena) + arena_held(unit->arena) + 2 * 4096,
                     account_used(unit->account));
}

static void test_against_a_model(void **state)
{
    Unit *unit = *state;
    Random random;
    random_seed(&random, unit_seed());
    Arena *arena = arena_new(unit->account, "model");
    for (int round = 0; round < 30; round++) {
        model_round(unit, &random, arena);
        arena_reset(arena);
    }
    arena_drop(arena);
}

static void test_growing(void **state)
{
    Unit *unit = *state;
    Arena *arena = arena_new(unit->account, "grow");
    char *p = arena_grow(arena, NULL, 0, 10);
    memcpy(p, "123456789", 10);
    assert_ptr_equal(arena_grow(arena, p, 10, 5), p);
    assert_ptr_equal(arena_grow(arena, p, 10, 400), p); /* in place: it was the last */
    char *other = arena_alloc(arena, 16);
    char *moved = arena_grow(arena, p, 400, 410);
    assert_ptr_not_equal(moved, p);
    assert_ptr_not_equal(moved, other);
    assert_string_equal(moved, "123456789");
    char *big = arena_grow(arena, moved, 410, 500000);
    big = arena_grow(arena, big, 500000, 5000000);
    assert_string_equal(big, "123456789");
    assert_null(arena_try_grow(arena, big, 5000000, SIZE_MAX));
    assert_null(arena_try_grow(arena, other, 16, SIZE_MAX - 8));
    assert_true(arena_held(arena) < 6000000); /* grown by realloc, not copied aside */
    arena_drop(arena);
}

static void count_arenas(void *arg, const Arena *arena, int depth)
{
    (void)arena;
    int *counts = arg;
    counts[depth]++;
}

static void test_children_go_with_their_parent(void **state)
{
    Unit *unit = *state;
    size_t before = account_used(unit->account);
    Arena *parent = arena_new(unit->account, "parent");
    Arena *old = arena_new_child(parent, "old");
    ArenaMark mark = arena_mark(parent);
    Arena *a = arena_new_child(parent, "a"), *b = arena_new_child(a, "b");
    Arena *c = arena_new_child(parent, "c");
    arena_alloc(b, 10000);
    int counts[3] = {0};
    arena_visit(parent, count_arenas, counts);
    assert_int_equal(counts[0], 1);
    assert_int_equal(counts[1], 3);
    assert_int_equal(counts[2], 1);
    assert_true(arena_used(parent) >= 10000);
    assert_true(arena_held(a) > arena_held(c));
    arena_drop(
        old); /* older than the mark, dropped after it: the rewind still takes a and c, and no other */
    Arena *kept = NULL;
    arena_drop(c);
    arena_rewind(parent, mark);
    memset(counts, 0, sizeof counts);
    arena_visit(parent, count_arenas, counts);
    assert_int_equal(counts[1], 0);
    kept = arena_new_child(parent, "kept");
    arena_new_child(kept, "grandchild");
    arena_reset(parent);
    arena_drop(parent);
    assert_int_equal(account_used(unit->account), before);
}

static void alloc_too_much(void *arg)
{
    arena_alloc(arg, 1 << 20);
}

static void alloc_array_overflow(void *arg)
{
    arena_alloc_array(arg, SIZE_MAX / 2, 4);
}

static void grow_too_much(void *arg)
{
    arena_grow(arg, NULL, 0, 1 << 20);
}

static void new_arena(void *arg)
{
    arena_new(arg, "one more");
}

static void new_child(void *arg)
{
    arena_new_child(arg, "one more");
}

static void test_limits_raise(void **state)
{
    Unit *unit = *state;
    Account *small = account_new(unit->account, "small", 4096);
    Arena *arena = arena_try_new_child_of(unit->arena, small, "small");
    assert_raises(SQLSTATE_OUT_OF_MEMORY, alloc_too_much, arena);
    assert_raises(SQLSTATE_OUT_OF_MEMORY, alloc_array_overflow, arena);
    assert_raises(SQLSTATE_OUT_OF_MEMORY, grow_too_much, arena);
    assert_null(arena_try_alloc_zero(arena, 1 << 20));
    assert_null(arena_try_alloc(arena, SIZE_MAX));
    Error *error;
    assert_false(error_catch(alloc_too_much, arena, unit->arena, &error));
    assert_true(str_equal(error->message, STR("out of memory")));
    assert_true(str_equal(error->detail,
                          STR("Failed on request of size 1048576 in memory context \"small\".")));
    /* The last bytes below the limit can be had, though the usual chunk would be larger. */
    size_t got = 0;
    while (arena_try_alloc(arena, 64)) got += 64;
    assert_true(got > 2500);
    assert_raises(SQLSTATE_OUT_OF_MEMORY, new_arena, small);
    assert_raises(SQLSTATE_OUT_OF_MEMORY, new_child, arena);
    account_drop(small);
}

static void workload(void *arg, bool failing)
{
    Unit *unit = arg;
    size_t before = account_used(unit->account);
    Arena *arena = arena_try_new(unit->account, "workload");
    char *p = NULL;
    for (size_t bytes = 0, more = 100; arena && more < 1000000; more *= 3) {
        char *grown = arena_try_grow(arena, p, bytes, bytes + more);
        if (!grown) {
            assert_true(failing);
            break;
        }
        for (size_t i = 0; i < bytes; i++) assert_int_equal(grown[i], 7);
        memset(grown, 7, bytes += more);
        p = grown;
    }
    Arena *child = arena ? arena_try_new_child(arena, "child") : NULL;
    for (int i = 0; child && i < 100; i++) (void)arena_try_alloc(child, 300);
    if (arena) arena_reset(arena);
    if (arena) arena_drop(arena);
    assert_int_equal(account_used(unit->account), before);
}

static void test_every_failure(void **state)
{
    assert_true(fail_each_allocation(workload, *state) > 10);
}

static void test_room(void **state)
{
    Unit *unit = *state;
    Arena *arena = arena__try_new_sized(unit->account, "sized", 4096);
    size_t room = arena__room(arena);
    assert_true(room > 3500 && room < 4096);
    account_fail_at(1, true);
    assert_null(arena_try_alloc(arena, room + 1));
    assert_non_null(arena_try_alloc(arena, room));
    account_fail_at(0, false);
    assert_int_equal(arena__room(arena), 0);
    arena_drop(arena);
}

static void test_released_memory_is_poisoned(void **state)
{
#if defined(__SANITIZE_ADDRESS__)
    Unit *unit = *state;
    ArenaMark mark = arena_mark(unit->arena);
    char *p = arena_alloc(unit->arena, 21);
    assert_false(__asan_address_is_poisoned(p + 20));
    assert_true(__asan_address_is_poisoned(p + 21));
    assert_true(__asan_address_is_poisoned(p + 32));
    arena_rewind(unit->arena, mark);
    assert_true(__asan_address_is_poisoned(p));
#else
    (void)state;
    skip(); /* needs ASan */
#endif
}

static Unit the_unit;

/* Pieces of all sizes stand as they were, at the same places, whatever was done with them and behind them. */
static void test_images(void **state)
{
    Unit *unit = *state;
    Random random;
    random_seed(&random, unit_seed());
    for (int round = 0; round < 30; round++) {
        Arena *arena = arena_new(unit->account, "imaged");
        Arena *child = arena_new_child(arena, "empty child");
        Piece pieces[40];
        const uint32_t count = 1 + (uint32_t)random_below(&random, ARRAY_LEN(pieces));
        for (uint32_t i = 0; i < count; i++) {
            pieces[i] = (Piece){.bytes = random_size(&random), .fill = (unsigned char)i};
            pieces[i].at = arena_alloc(arena, pieces[i].bytes);
            memset(pieces[i].at, pieces[i].fill, pieces[i].bytes);
        }
        ArenaImage *image = arena_image(arena);
        check_pieces(pieces, count);
        const size_t used = arena_used(arena);
        for (int run = 0; run < 4; run++) {
            Piece last = pieces[count - 1];
            (void)arena_alloc(child, random_size(&random));
            (void)arena_new_child(arena, "later child");
            unsigned char *grown = arena_grow(arena, last.at, last.bytes, last.bytes + 100000);
            grown[last.bytes + 99999] = 1;
            for (uint32_t i = 0; i < count; i++) memset(pieces[i].at, 0xff, pieces[i].bytes);
            for (int more = 0; more < 5; more++) (void)arena_alloc(arena, random_size(&random));
            arena_put_back(arena, image);
            check_pieces(pieces, count);
            assert_int_equal(arena_used(arena), used);
            assert_int_equal(arena_used(child), 0);
        }
        arena_drop(arena);
    }
}

static int setup(void **state)
{
    unit_open(&the_unit);
    *state = &the_unit;
    return 0;
}

static int teardown(void **state)
{
    unit_close(*state);
    return 0;
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_alignment_and_zero_bytes),
        TEST(test_a_reset_arena_asks_for_nothing),
        TEST(test_against_a_model),
        TEST(test_growing),
        TEST(test_children_go_with_their_parent),
        TEST(test_limits_raise),
        TEST(test_every_failure),
        TEST(test_room),
        TEST(test_images),
        TEST(test_released_memory_is_poisoned),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Maps against a linear list, bitsets against an array of bool, and both while memory fails. */
#include "base/map.h"

#include "base/arith.h"
#include "base/bitset.h"
#include "base/random.h"
#include "unit/fail_each.h"
#include "unit/unit.h"

enum { KEYS = 200 };

/* A hash that collides often. */
static uint64_t bad_hash(const void *key)
{
    return load_le32(key) % 3;
}

typedef struct ModelEntry {
    uint32_t key;
    i128 value;
} ModelEntry;

static void check_map(const Map *map, const ModelEntry *model, uint32_t count)
{
    uint32_t at = 0, i = 0;
    const void *key;
    void *value;
    assert_int_equal(map->count, count);
    while (map_next(map, &at, &key, &value)) { /* in the order of insertion */
        assert_true(i < count);
        assert_int_equal(load_le32(key), model[i].key);
        assert_int_equal((uintptr_t)value % 16, 0);
        assert_true(*(i128 *)value == model[i].value);
        i++;
    }
    assert_int_equal(i, count);
}

static void map_against_list(Unit *unit, Random *random, MapHash hash)
{
    Map map;
    ModelEntry model[KEYS];
    uint32_t count = 0;
    map_init(&map, unit->arena, sizeof(uint32_t), sizeof(i128), hash, map_equal_u32);
    for (int step = 0; step < 5000; step++) {
        uint32_t key = (uint32_t)random_below(random, KEYS), i = 0;
        while (i < count && model[i].key != key) i++;
        if (random_below(random, 100) == 0 && step > 4000) {
            map_clear(&map);
            count = 0;
        } else if (random_chance(random, 2)) {
            bool added;
            i128 *value = map_put(&map, &key, &added);
            assert_int_equal(added, i == count);
            if (added) {
                assert_true(*value == 0);
                model[count++] = (ModelEntry){key, 0};
            }
            *value = model[i].value = (i128)random_u64(random) << 20;
        } else {
            assert_int_equal(map_remove(&map, &key), i < count);
            if (i < count) memmove(&model[i], &model[i + 1], (--count - i) * sizeof model[0]);
        }
        key = (uint32_t)random_below(random, KEYS);
        for (i = 0; i < count && model[i].key != key;) i++;
        i128 *found = map_find(&map, &key);
        assert_true(i < count ? found && *found == model[i].value : !found);
        if (step % 50 == 0) check_map(&map, model, count);
    }
}

static void test_map_against_list(void **state)
{
    Random random;
    random_seed(&random, unit_seed());
    map_against_list(*state, &random, map_hash_u32);
    map_against_list(*state, &random, bad_hash);
}

static void test_map_keys(void **state)
{
    Unit *unit = *state;
    Map by_name, by_number;
    map_init_str(&by_name, unit->arena, sizeof(int));
    assert_null(map_find(&by_name, &STR("x")));
    assert_false(map_remove(&by_name, &STR("x")));
    map_clear(&by_name);
    *(int *)map_put(&by_name, &STR("x"), NULL) = 5;
    *(int *)map_put(&by_name, &STR(""), NULL) = 6;
    assert_int_equal(*(int *)map_find(&by_name, &STR("x")), 5);
    assert_int_equal(*(int *)map_find(&by_name, &(Str){0}), 6);
    map_init_u64(&by_number, unit->arena, 0);
    for (uint64_t i = 0; i < 100000; i++) map_put(&by_number, &i, NULL);
    uint32_t at = 0, count = 0;
    while (map_next(&by_number, &at, NULL, NULL)) count++;
    assert_int_equal(count, 100000);
    Map small;
    map_init_u32(&small, unit->arena, 4);
    uint32_t key = 7;
    assert_non_null(map_put(&small, &key, NULL));
}

/* ---- bitsets ---- */

enum { BITS = 500 };

static void random_range(Random *random, uint32_t *from, uint32_t *to)
{
    *from = (uint32_t)random_below(random, BITS + 1);
    *to = (uint32_t)random_below(random, BITS + 1);
}

static void check_bits(const uint64_t *words, const bool *model, uint32_t bits)
{
    uint32_t ones = 0, next_one = bits, next_zero = bits;
    for (uint32_t i = bits; i-- > 0;) {
        assert_int_equal(bits_get(words, i), model[i]);
        ones += model[i];
        if (model[i])
            next_one = i;
        else
            next_zero = i;
        assert_int_equal(bits_next_one(words, i, bits), next_one);
        assert_int_equal(bits_next_zero(words, i, bits), next_zero);
    }
    assert_int_equal(bits_count(words, bits), ones);
    assert_int_equal(bits_any(words, bits), ones > 0);
    assert_int_equal(bits_next_one(words, bits, bits), bits);
}

static void test_bits_against_bools(void **state)
{
    (void)state;
    Random random;
    random_seed(&random, unit_seed());
    uint64_t words[8] = {0};
    bool model[BITS] = {0};
    assert_int_equal(bits_words(BITS), 8);
    assert_int_equal(bits_words(UINT32_MAX), 1 << 26);
    for (int step = 0; step < 2000; step++) {
        uint32_t from, to, i = (uint32_t)random_below(&random, BITS);
        random_range(&random, &from, &to);
        switch (random_below(&random, 5)) {
        case 0:
            bits_set(words, i);
            model[i] = true;
            break;
        case 1:
            bits_clear(words, i);
            model[i] = false;
            break;
        case 2:
            bits_assign(words, i, step % 2);
            model[i] = step % 2;
            break;
        case 3:
            bits_set_range(words, from, to);
            for (uint32_t k = from; k < to; k++) model[k] = true;
            break;
        default:
            bits_clear_range(words, from, to);
            for (uint32_t k = from; k < to; k++) model[k] = false;
        }
        check_bits(words, model, (uint32_t)random_below(&random, BITS + 1));
    }
}

typedef struct Pair {
    Bitset set;
    bool model[BITS];
} Pair;

static void check_pair(const Pair *pair)
{
    uint32_t count = 0, m = 0;
    for (uint32_t i = 0; i < BITS; i++) {
        assert_int_equal(bitset_has(&pair->set, i), pair->model[i]);
        count += pair->model[i];
    }
    assert_int_equal(bitset_count(&pair->set), count);
    assert_int_equal(bitset_is_empty(&pair->set), count == 0);
    uint32_t seen = 0;
    for (; bitset_next(&pair->set, &m); m++, seen++) assert_true(pair->model[m]);
    assert_int_equal(seen, count);
}

static void combine(Random *random, Pair *a, const Pair *b)
{
    uint64_t what = random_below(random, 3);
    if (what == 0) bitset_union(&a->set, &b->set);
    if (what == 1) bitset_intersect(&a->set, &b->set);
    if (what == 2) bitset_subtract(&a->set, &b->set);
    for (uint32_t i = 0; i < BITS; i++) {
        bool x = a->model[i], y = b->model[i];
        a->model[i] = what == 0 ? x || y : what == 1 ? x && y : x && !y;
    }
}

static void test_sets_against_bools(void **state)
{
    Unit *unit = *state;
    Random random;
    random_seed(&random, unit_seed());
    Pair pairs[2] = {{.set.arena = unit->arena}, {.set.arena = unit->arena}};
    for (int step = 0; step < 3000; step++) {
        Pair *a = &pairs[step % 2], *b = &pairs[1 - step % 2];
        uint32_t from, to, i = (uint32_t)random_below(&random, 1 + random_below(&random, BITS));
        random_range(&random, &from, &to);
        switch (random_below(&random, 6)) {
        case 0:
        case 1:
            bitset_add(&a->set, i);
            a->model[i] = true;
            break;
        case 2:
            bitset_remove(&a->set, i);
            a->model[i] = false;
            break;
        case 3:
            to = MIN(to, from + 5);
            bitset_add_range(&a->set, from, to);
            for (uint32_t k = from; k < to; k++) a->model[k] = true;
            break;
        case 4: a->set = bitset_copy(unit->arena, &a->set); break;
        default: combine(&random, a, b);
        }
        check_pair(a);
        bool equal = memcmp(a->model, b->model, sizeof a->model) == 0, subset = true,
             overlaps = false;
        for (uint32_t k = 0; k < BITS; k++) {
            subset &= !a->model[k] || b->model[k];
            overlaps |= a->model[k] && b->model[k];
        }
        assert_int_equal(bitset_equal(&a->set, &b->set), equal);
        assert_int_equal(bitset_is_subset(&a->set, &b->set), subset);
        assert_int_equal(bitset_overlaps(&a->set, &b->set), overlaps);
    }
}

static void add_last(void *arg)
{
    bitset_add(arg, BITSET_MEMBER_MAX);
}

static void add_past(void *arg)
{
    bitset_add(arg, BITSET_MEMBER_MAX + 64);
}

static void test_bitset_limit(void **state)
{
    Unit *unit = *state;
    Bitset set = {.arena = unit->arena};
    bitset_remove(&set, 5);
    assert_raises(SQLSTATE_PROGRAM_LIMIT_EXCEEDED, add_past, &set);
    assert_raises(0, add_last, &set);
    assert_true(bitset_has(&set, BITSET_MEMBER_MAX));
    assert_false(bitset_has(&set, UINT32_MAX));
    bitset_add_range(&set, 5, 5);
    assert_int_equal(bitset_count(&set), 1);
}

/* ---- failures: what was put before stays ---- */

typedef struct Work {
    Map map;
    Bitset set;
} Work;

static void put_many(void *arg)
{
    Work *work = arg;
    for (uint64_t i = 0; i < 2000; i++) {
        *(uint64_t *)map_put(&work->map, &i, NULL) = i + 1;
        if (i % 3 == 0) map_remove(&work->map, &i);
        bitset_add(&work->set, (uint32_t)i);
    }
}

static void workload(void *arg, bool failing)
{
    Unit *unit = arg;
    Arena *arena = arena_try_new(unit->account, "workload");
    if (!arena) return;
    Work work = {.set.arena = arena};
    map_init_u64(&work.map, arena, sizeof(uint64_t));
    int raised = unit_raised(put_many, &work);
    assert_true(raised == 0 || (failing && raised == (int)SQLSTATE_OUT_OF_MEMORY));
    uint32_t at = 0, seen = 0;
    const void *key;
    void *value;
    for (; map_next(&work.map, &at, &key, &value); seen++) {
        assert_true(*(uint64_t *)value == load_le64(key) + 1);
        assert_ptr_equal(map_find(&work.map, key), value);
    }
    assert_int_equal(seen, work.map.count);
    if (!failing) assert_int_equal(bitset_count(&work.set), 2000);
    arena_drop(arena);
}

static void test_every_failure(void **state)
{
    assert_true(fail_each_allocation(workload, *state) > 10);
}

static Unit the_unit;

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
        TEST(test_map_against_list),   TEST(test_map_keys),     TEST(test_bits_against_bools),
        TEST(test_sets_against_bools), TEST(test_bitset_limit), TEST(test_every_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Strings, builders and arrays: empty ones without data, limits at and over, every allocation failing. */
#include "base/str.h"

#include "base/array.h"
#include "unit/fail_each.h"
#include "unit/unit.h"

static void test_views(void **state)
{
    Unit *unit = *state;
    Str empty = {0}, s = STR("hello");
    size_t at;
    assert_int_equal(str_from(NULL).bytes, 0);
    assert_true(str_equal(empty, STR("")) && str_equal(s, str_from("hello")) &&
                !str_equal(s, STR("hellO")));
    assert_true(str_equal_ascii_nocase(s, STR("hEllO")) &&
                !str_equal_ascii_nocase(s, STR("hella")));
    assert_false(str_equal_ascii_nocase(STR("\xc3\xa9"), STR("\xc3\x89")) ||
                 str_equal_ascii_nocase(s, empty));
    assert_int_equal(str_compare(s, STR("hellp")), -1);
    assert_int_equal(str_compare(STR("\xff"), STR("a")), 1);
    assert_int_equal(str_compare(s, STR("hell")), 1);
    assert_int_equal(str_compare(empty, empty), 0);
    assert_int_equal(str_compare(empty, s), -1);
    assert_true(str_starts(s, STR("he")) && str_starts(s, empty) && !str_starts(STR("h"), s));
    assert_true(str_ends(s, STR("lo")) && str_ends(empty, empty) && !str_ends(s, STR("x")) &&
                !str_ends(empty, s));
    assert_true(str_equal(str_slice(s, 1, 3), STR("el")) &&
                str_equal(str_slice(s, 3, 99), STR("lo")));
    assert_int_equal(str_slice(s, 4, 2).bytes, 0);
    assert_int_equal(str_slice(empty, 1, 2).bytes, 0);
    assert_true(str_equal(str_trim(STR(" \ta b\t "), " \t"), STR("a b")));
    assert_int_equal(str_trim(STR("   "), " ").bytes, 0);
    assert_true(str_find(s, STR("ll"), &at) && at == 2);
    assert_true(str_find(s, empty, &at) && at == 0);
    assert_false(str_find(s, STR("lll"), &at) || str_find(empty, s, &at));
    assert_true(str_find_char(s, 'o', &at) && at == 4);
    assert_false(str_find_char(s, 'x', &at) || str_find_char(empty, 'x', &at));
    assert_true(str_equal(str_copy(unit->arena, s), s) &&
                str_equal(str_copy(unit->arena, empty), empty));
    assert_string_equal(str_copy_zero(unit->arena, s), "hello");
    assert_string_equal(str_copy_zero(unit->arena, empty), "");
    assert_true(str_equal(str_concat(unit->arena, s, STR("!")), STR("hello!")));
    assert_int_equal(str_concat(unit->arena, empty, empty).bytes, 0);
    assert_true(str_equal(str_format(unit->arena, "%d %s", 5, "x"), STR("5 x")));
    assert_true(str_equal(str_upper_ascii(unit->arena, STR("aZ\xc3\xa9{")), STR("AZ\xc3\xa9{")));
    assert_true(str_equal(str_lower_ascii(unit->arena, STR("aZ[@")), STR("az[@")));
}

static void test_numbers(void **state)
{
    (void)state;
    int64_t i;
    uint64_t u;
    assert_true(str_to_i64(STR("-9223372036854775808"), &i) && i == INT64_MIN);
    assert_true(str_to_i64(STR("+9223372036854775807"), &i) && i == INT64_MAX);
    assert_false(str_to_i64(STR("9223372036854775808"), &i) ||
                 str_to_i64(STR("-9223372036854775809"), &i));
    assert_false(str_to_i64(STR(""), &i) || str_to_i64(STR("-"), &i) || str_to_i64(STR(" 1"), &i) ||
                 str_to_i64(STR("--1"), &i));
    assert_true(str_to_u64(STR("18446744073709551615"), 10, &u) && u == UINT64_MAX);
    assert_false(str_to_u64(STR("18446744073709551616"), 10, &u) ||
                 str_to_u64(STR("99999999999999999999"), 10, &u));
    assert_true(str_to_u64(STR("fF"), 16, &u) && u == 255);
    assert_true(str_to_u64(STR("zz"), 36, &u) && u == 35 * 36 + 35);
    assert_false(str_to_u64(STR("8"), 8, &u) || str_to_u64(STR("1_0"), 10, &u) ||
                 str_to_u64(STR(""), 2, &u));
}

static void test_builder(void **state)
{
    Unit *unit = *state;
    StrBuilder b = str_builder(unit->arena, 0);
    assert_int_equal(str_peek(&b).bytes, 0);
    assert_true(str_equal(str_done(&b), STR("")));
    str_add(&b, STR("abc"));
    str_add(&b, (Str){0});
    str_add_zero_terminated(&b, "def");
    str_add_char(&b, '-');
    str_add_repeat(&b, '=', 3);
    str_add_repeat(&b, '=', 0);
    str_add_i64(&b, INT64_MIN);
    str_add_u64(&b, UINT64_MAX);
    str_add_format(&b, "%0100d|", 7);
    memcpy(str_add_space(&b, 2), "xy", 2);
    Str s = str_done(&b);
    assert_int_equal(s.data[s.bytes], 0);
    assert_true(str_starts(s, STR("abcdef-===-922337203685477580818446744073709551615000")) &&
                str_ends(s, STR("07|xy")));
    str_truncate(&b, 3);
    assert_true(str_equal(str_done(&b), STR("abc")));
}

typedef struct Limit {
    Unit *unit;
    size_t bytes;
} Limit;

static void fill_limited(void *arg)
{
    Limit *limit = arg;
    StrBuilder b = str_builder_limited(limit->unit->arena, 1000, 100);
    for (size_t i = 0; i < limit->bytes; i++) str_add_char(&b, 'x');
    assert_int_equal(str_done(&b).bytes, limit->bytes);
}

static void format_limited(void *arg)
{
    Limit *limit = arg;
    StrBuilder b = str_builder_limited(limit->unit->arena, 0, 20);
    str_add_format(&b, "%*d", (int)limit->bytes, 1);
}

static void test_builder_limit(void **state)
{
    Limit limit = {*state, 100};
    assert_raises(0, fill_limited, &limit);
    limit.bytes = 101;
    assert_raises(SQLSTATE_PROGRAM_LIMIT_EXCEEDED, fill_limited, &limit);
    limit.bytes = 20;
    assert_raises(0, format_limited, &limit);
    limit.bytes = 21;
    assert_raises(SQLSTATE_PROGRAM_LIMIT_EXCEEDED, format_limited, &limit);
}

/* ---- arrays ---- */

static void test_arrays(void **state)
{
    Unit *unit = *state;
    ARRAY_OF(uint32_t) numbers = {.arena = unit->arena};
    for (uint32_t i = 0; i < 10000; i++) array_push(&numbers, i);
    for (uint32_t i = 0; i < 10000; i++) assert_int_equal(numbers.items[i], i);
    assert_int_equal(array_last(&numbers), 9999);
    assert_int_equal(array_pop(&numbers), 9999);
    assert_int_equal(numbers.count, 9999);
    array_reserve(&numbers, 5);
    *array_add(&numbers) += 1;
    assert_int_equal(array_last(&numbers), 1);
}

static void reserve_bytes(void *arg)
{
    Limit *limit = arg;
    uint32_t capacity;
    array_reserve_bytes(limit->unit->arena, NULL, 0, (uint32_t)limit->bytes, 1 << 20, &capacity);
}

static void test_array_limit(void **state)
{
    Limit limit = {*state, 1024}; /* 1023 MiB is the most */
    assert_raises(SQLSTATE_PROGRAM_LIMIT_EXCEEDED, reserve_bytes, &limit);
    account_set_limit(limit.unit->account, 100000);
    limit.bytes = 1023;
    assert_raises(SQLSTATE_OUT_OF_MEMORY, reserve_bytes, &limit);
    account_set_limit(limit.unit->account, ACCOUNT_UNLIMITED);
}

static void build(void *arg)
{
    Arena *arena = arg;
    StrBuilder b = str_builder(arena, 10);
    ARRAY_OF(uint64_t) array = {.arena = arena};
    for (uint64_t i = 0; i < 3000; i++) {
        str_add_format(&b, "%d,", 5);
        array_push(&array, i);
    }
    assert_int_equal(str_done(&b).bytes, 6000);
    assert_int_equal(array.items[2999], 2999);
}

static void workload(void *arg, bool failing)
{
    Unit *unit = arg;
    Arena *arena = arena_try_new(unit->account, "workload");
    int raised = arena ? unit_raised(build, arena) : (int)SQLSTATE_OUT_OF_MEMORY;
    assert_true(raised == 0 || (failing && raised == (int)SQLSTATE_OUT_OF_MEMORY));
    if (arena) arena_drop(arena);
}

static void test_every_failure(void **state)
{
    assert_true(fail_each_allocation(workload, *state) > 5);
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
        TEST(test_views),         TEST(test_numbers), TEST(test_builder),
        TEST(test_builder_limit), TEST(test_arrays),  TEST(test_array_limit),
        TEST(test_every_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

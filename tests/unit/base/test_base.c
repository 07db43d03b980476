/* SPDX-License-Identifier: Apache-2.0 */
/* The words of the house: assertions, marks, tunables, and the lock order. */
#include "base/base.h"

#include "base/lockrank.h"
#include "base/tunables.h"
#include "unit/unit.h"

static void assert_false_thing(void *arg)
{
    ASSERT(arg == NULL);
}

static void never_happens(void *arg)
{
    if (NEVER(arg != NULL)) abort();
}

static void reach_the_end(void *arg)
{
    (void)arg;
    UNREACHABLE();
}

static void test_checks(void **state)
{
    (void)state;
    ASSERT(1 + 1 == 2);
    if (NEVER(1 + 1 == 3)) fail();
    unit_assert_dies(assert_false_thing, &state, "assertion failed: arg == NULL");
    unit_assert_dies(never_happens, &state, "NEVER(arg != NULL)");
    unit_assert_dies(reach_the_end, NULL, "unreachable");
}

typedef struct Seen {
    const char *text;
    uint32_t hits, count;
} Seen;

static void see_mark(void *arg, const char *text, const char *file, int line, uint32_t hits)
{
    Seen *seen = arg;
    seen->count++;
    if (strcmp(text, seen->text) != 0) return;
    assert_non_null(strstr(file, "test_base.c"));
    assert_true(line > 0);
    seen->hits = hits;
}

static void test_marks(void **state)
{
    (void)state;
    for (int i = 0; i < 5; i++) {
        MARK("inside the loop");
        if (i > 10) MARK("never reached");
    }
    Seen seen = {.text = "inside the loop"};
    marks_visit(see_mark, &seen);
    assert_int_equal(seen.hits, 5);
    seen = (Seen){.text = "never reached", .hits = 99};
    marks_visit(see_mark, &seen);
    assert_int_equal(seen.hits, 0);
    assert_true(seen.count >= 2);
}

TUNABLE(unit_rows, 2048, 1, 4096)
TUNABLE(unit_fixed, 7, 7, 7)

static void see_tunable(void *arg, const char *name, uint32_t value)
{
    Seen *seen = arg;
    if (strcmp(name, seen->text) == 0) seen->hits = value;
}

static void test_tunables(void **state)
{
    (void)state;
    bool least = false, most = false, production = false, other = false;
    assert_int_equal(unit_rows(), 2048);
    for (uint64_t seed = 1; seed < 200; seed++) {
        tunables_draw(seed);
        uint32_t rows = unit_rows();
        assert_true(rows >= 1 && rows <= 4096 && unit_fixed() == 7);
        least |= rows == 1;
        most |= rows == 4096;
        production |= rows == 2048;
        other |= rows != 1 && rows != 4096 && rows != 2048;
        tunables_draw(seed);
        assert_int_equal(unit_rows(), rows); /* the seed decides */
        Seen seen = {.text = "unit_rows"};
        tunables_visit(see_tunable, &seen);
        assert_int_equal(seen.hits, rows);
    }
    assert_true(least && most && production && other);
    tunables_draw(0);
    assert_int_equal(unit_rows(), 2048);
}

static void test_setting_tunables(void **state)
{
    (void)state;
    assert_true(tunables_set(""));
    assert_true(tunables_set("unit_rows=1"));
    assert_int_equal(unit_rows(), 1);
    assert_true(tunables_set("unit_fixed=7,unit_rows=4096"));
    assert_int_equal(unit_rows(), 4096);
    static const char *const bad[] = {"unit_rows",    "unit_rows=",     "unit_rows=x",
                                      "unit_rows=0",  "unit_rows=4097", "unit_row=1",
                                      "unit_rowss=1", "unit_rows=2;",   "unit_fixed=7,x"};
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        if (tunables_set(bad[i])) fail_msg("accepted: %s", bad[i]);
    tunables_draw(0);
}

/* ---- lock order ---- */

static void enter_lower(void *arg)
{
    (void)arg;
    lock_rank_enter(RANK_LATCH, false);
    lock_rank_enter(RANK_CATALOG, false);
}

static void enter_same(void *arg)
{
    (void)arg;
    lock_rank_enter(RANK_LATCH, true);
    lock_rank_enter(RANK_LATCH, false);
}

static void leave_unheld(void *arg)
{
    (void)arg;
    lock_rank_leave(RANK_LATCH);
}

static void wait_holding(void *arg)
{
    (void)arg;
    lock_rank_enter(RANK_LATCH, false);
    lock_rank_check_below(RANK_LATCH);
}

static void enter_too_many(void *arg)
{
    (void)arg;
    for (int i = 0; i <= TASK_RANKS_MAX; i++) lock_rank_enter(RANK_LATCH, true);
}

static void test_lock_order(void **state)
{
    Unit unit;
    (void)state;
    lock_rank_enter(RANK_LATCH, false); /* no task: not checked */
    lock_rank_leave(RANK_CATALOG);
    unit_open(&unit);
    lock_rank_enter(RANK_CATALOG, false);
    lock_rank_enter(RANK_LATCH, false);
    lock_rank_enter(RANK_LATCH, true);
    lock_rank_enter(RANK_NONE, false);
    lock_rank_check_below(RANK_SSI);
    lock_rank_leave(RANK_CATALOG); /* in any order */
    lock_rank_leave(RANK_LATCH);
    lock_rank_leave(RANK_NONE);
    lock_rank_leave(RANK_LATCH);
    lock_rank_check_below(RANK_NONE);
    lock_rank_enter(RANK_SERVER, false);
    lock_rank_leave(RANK_SERVER);
    unit_assert_dies(enter_lower, NULL, "held < rank");
    unit_assert_dies(enter_same, NULL, "held < rank");
    unit_assert_dies(leave_unheld, NULL, "i > 0");
    unit_assert_dies(wait_holding, NULL, "highest(task) < least");
    unit_assert_dies(enter_too_many, NULL, "TASK_RANKS_MAX");
    unit_close(&unit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_checks),     cmocka_unit_test(test_marks),
        cmocka_unit_test(test_tunables),   cmocka_unit_test(test_setting_tunables),
        cmocka_unit_test(test_lock_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

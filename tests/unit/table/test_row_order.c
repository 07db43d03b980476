/* SPDX-License-Identifier: Apache-2.0 */
/* test_row_order.c - rows as an index names them come in the order of their ids, each with the number of where it came
 * from, and those of one row in the order they came in. */
#include "unit/unit.h"

#include "base/random.h"
#include "table/row_order.h"

enum { PLACES_MAX = 2048, ROUNDS = 2000 };

/* Ids in any order, one behind the other, or of a few rows; in a stretch of any length, anywhere. */
static void make(Random *random, RowPlace *places, uint32_t count)
{
    const uint32_t way = (uint32_t)random_below(random, 4);
    const uint64_t stretch = UINT64_C(1) << random_below(random, 47);
    const uint64_t first = random_below(random, ROW_ID_MAX - stretch - PLACES_MAX + 1);
    for (uint32_t i = 0; i < count; i++) {
        uint64_t row = first + random_below(random, stretch);
        if (way == 1) row = first + i;
        if (way == 2) row = first + count - i;
        if (way == 3) row = first + random_below(random, 5) * (stretch / 5);
        places[i] = row_place((RowId){row}, i);
        assert_true(row_place_row(places[i]).v == row && row_place_at(places[i]) == i);
    }
}

static int by_word(const void *a, const void *b)
{
    const uint64_t one = ((const RowPlace *)a)->v, other = ((const RowPlace *)b)->v;
    return (one > other) - (one < other);
}

static void test_places_are_sorted(void **state)
{
    (void)state;
    static RowPlace places[PLACES_MAX], spare[PLACES_MAX], want[PLACES_MAX];
    Random random;
    random_seed(&random, unit_seed());
    for (uint32_t round = 0; round < ROUNDS; round++) {
        const uint32_t most = random_chance(&random, 2) ? 60 : PLACES_MAX;
        const uint32_t count = (uint32_t)random_below(&random, most + 1);
        make(&random, places, count);
        memcpy(want, places, count * sizeof *want);
        qsort(want, count, sizeof *want, by_word);
        row_places_sort(places, spare, count);
        assert_memory_equal(places, want, count * sizeof *want);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_places_are_sorted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* test_row_image.c - images of rows: what is written is read again; bytes that are no image are refused, never read
 * beyond. */
#include "unit/unit.h"

#include "base/random.h"
#include "table/row_image.h"

enum { COLUMNS = 40, ROUNDS = 3000 };

static LeafValue random_value(Random *random, Arena *arena, uint8_t shape)
{
    LeafValue v = {.null = false};
    if (shape & LEAF_SHAPE_NULLABLE && random_below(random, 3) == 0) {
        v.null = true;
        return v;
    }
    uint32_t bytes = (uint32_t)random_below(random, random_chance(random, 20) ? 3000 : 20);
    char *text = arena_alloc(arena, bytes + 1);
    random_bytes(random, text, bytes);
    switch (shape & LEAF_SHAPE_PHYS) {
    case PHYS_BOOL: v.value.b = random_below(random, 2); break;
    case PHYS_STR:
        v.value.str = strview((Str){text, bytes});
        v.overflow = random_below(random, 2);
        break;
    case PHYS_DECIMAL:
        v.value.decimal = (Decimal){DECIMAL_SMALL,
                                    (uint16_t)random_below(random, 19),
                                    0,
                                    {(int64_t)(random_u64(random) >> random_below(random, 64))}};
        if (random_below(random, 2)) v.value.decimal.coefficient = -v.value.decimal.coefficient;
        if (random_below(random, 4)) break;
        v.value.decimal = (Decimal){DECIMAL_BIG, 0, bytes, {.big = (uint8_t *)text}};
        v.overflow = random_below(random, 2);
        break;
    default: random_bytes(random, &v.value, phys_bytes((Phys)(shape & LEAF_SHAPE_PHYS)));
    }
    return v;
}

static uint32_t random_columns(Random *random, Arena *arena, RowColumn *columns)
{
    uint32_t count = (uint32_t)random_below(random, COLUMNS), number = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint8_t shape = (uint8_t)random_below(random, PHYS_COUNT);
        if (random_below(random, 2)) shape |= LEAF_SHAPE_NULLABLE;
        number += (i > 0) + (uint32_t)random_below(random, random_chance(random, 5) ? 300 : 3);
        columns[i] = (RowColumn){(uint16_t)number, shape, random_value(random, arena, shape)};
    }
    return count;
}

static void expect_equal(const RowColumn *a, const RowColumn *b)
{
    assert_int_equal(a->number, b->number);
    assert_int_equal(a->shape, b->shape);
    assert_int_equal(a->value.null, b->value.null);
    if (a->value.null) return;
    assert_int_equal(a->value.overflow, b->value.overflow);
    const Decimal *x = &a->value.value.decimal, *y = &b->value.value.decimal;
    switch (a->shape & LEAF_SHAPE_PHYS) {
    case PHYS_STR: assert_true(strview_equal(&a->value.value.str, &b->value.value.str)); break;
    case PHYS_DECIMAL:
        assert_int_equal(x->kind, y->kind);
        if (x->kind == DECIMAL_SMALL) {
            assert_true(x->coefficient == y->coefficient && x->scale == y->scale);
        } else {
            assert_int_equal(x->bytes, y->bytes);
            assert_true(x->bytes == 0 || memcmp(x->big, y->big, x->bytes) == 0);
        }
        break;
    default:
        assert_memory_equal(&a->value.value, &b->value.value,
                            phys_bytes((Phys)(a->shape & LEAF_SHAPE_PHYS)));
    }
}

static void test_round_trip_and_damage(void **state)
{
    (void)state;
    Unit unit;
    Random random;
    RowColumn columns[COLUMNS], got[COLUMNS];
    unit_open(&unit);
    random_seed(&random, unit_seed());
    for (uint32_t round = 0; round < ROUNDS; round++) {
        uint32_t count = random_columns(&random, unit.arena, columns), got_count;
        size_t room = row_image_bytes(columns, count), used;
        uint8_t *image = arena_alloc(unit.arena, room + 1);
        size_t bytes = row_image_write(columns, count, image);
        assert_true(bytes <= room);
        image[bytes] = 0xff; /* what stands behind is not read */
        assert_true(row_image_read((Bytes){image, bytes + 1}, got, COLUMNS, &got_count, &used) ==
                    OK);
        assert_int_equal(used, bytes);
        assert_int_equal(got_count, count);
        for (uint32_t i = 0; i < count; i++) expect_equal(&columns[i], &got[i]);
        /* Every shorter piece is refused; in memory of its own, so that ASan sees a step too far. */
        size_t cut = (size_t)random_below(&random, bytes);
        uint8_t *part = arena_copy(unit.arena, image, cut);
        assert_true(row_image_read((Bytes){part, cut}, got, COLUMNS, &got_count, &used) ==
                    ST_CORRUPT);
        for (uint32_t n = 0; n < 10; n++) {
            uint8_t *other = arena_copy(unit.arena, image, bytes);
            other[random_below(&random, bytes)] ^= (uint8_t)(1 << random_below(&random, 8));
            Status status = row_image_read((Bytes){other, bytes}, got, COLUMNS, &got_count, &used);
            assert_true(status == ST_CORRUPT || status == ST_FULL || status == OK);
            if (status == OK) assert_true(used <= bytes);
        }
        if (count > 0)
            assert_true(row_image_read((Bytes){image, bytes}, got, count - 1, &got_count, &used) ==
                        ST_FULL);
        arena_reset(unit.arena);
    }
    unit_close(&unit);
}

/* What the log carries for an update of a few numbers. */
static void test_is_small(void **state)
{
    (void)state;
    uint8_t out[200];
    RowColumn columns[] = {
        {3, PHYS_I32, {.value.i32 = 7}},
        {4, PHYS_DECIMAL, {.value.decimal = {DECIMAL_SMALL, 2, 0, {-1250}}}},
        {9, PHYS_STR | LEAF_SHAPE_NULLABLE, {.null = true}},
    };
    assert_int_equal(row_image_write(columns, 3, out), 1 + 3 * 2 + 1 + 4 + 1 + 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip_and_damage),
        cmocka_unit_test(test_is_small),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

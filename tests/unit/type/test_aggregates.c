/* SPDX-License-Identifier: Apache-2.0 */
/* The loops of aggregates over whole batches: one state, a state a row, dictionaries and selections give what the
 * smallest steps give; sums that leave 64 and 128 bits are exact; a large state does not grow its arena. */
#include "base/builtins.h"

#include "base/bitset.h"
#include "base/oids.h"
#include "base/random.h"
#include "base/settings.h"
#include "type/numeric.h"
#include "unit/unit.h"

enum { ROWS = BATCH_ROWS_MAX, GROUPS = 7 };
enum { SUM_INT4 = 2108, SUM_INT8 = 2107, SUM_NUMERIC = 2114, MIN_INT4 = 2132 };
enum { MAX_TEXT = 2129, STDDEV_NUMERIC = 2159, MAX_FLOAT8 = 2120 };

typedef struct Fixture {
    Unit unit;
    FnEnv env;
    Fn fn;
    Oid type;
    const Aggregate *aggregate;
    Vector vector;
    Random random;
} Fixture;

static void fixture_open(Fixture *f, Oid function, Oid type, Phys phys)
{
    memset(f, 0, sizeof *f);
    unit_open(&f->unit);
    f->env = (FnEnv){.settings = &settings_boot, .stmt = f->unit.arena};
    f->type = type;
    const BuiltinFunction *found = builtin_function(function);
    f->aggregate = found->aggregate;
    f->fn = (Fn){.arena = f->unit.arena,
                 .site = f->unit.arena,
                 .env = &f->env,
                 .function = found,
                 .arg_types = &f->type,
                 .arg_count = 1,
                 .result_type = found->result,
                 .result_typmod = -1};
    vector_init_flat(&f->vector, f->unit.arena, type, phys, ROWS);
    random_seed(&f->random, unit_seed());
}

static Datum finish(Fixture *f, const void *state)
{
    return f->aggregate->finish(&f->fn, state, NULL);
}

static Datum over_batch(Fixture *f)
{
    void *state = arena_alloc_zero(f->unit.arena, f->aggregate->state_bytes);
    f->aggregate->update_one(&f->fn, state, &f->vector, (Selection){.count = ROWS});
    return finish(f, state);
}

static Datum row_by_row(Fixture *f)
{
    void *state = arena_alloc_zero(f->unit.arena, f->aggregate->state_bytes);
    for (uint16_t row = 0; row < ROWS; row++)
        f->aggregate->update(&f->fn, &state, &f->vector, (Selection){&row, 1});
    return finish(f, state);
}

/* By groups in one call, and the groups combined. */
static Datum grouped(Fixture *f)
{
    void *groups[GROUPS], *states[ROWS];
    for (int i = 0; i < GROUPS; i++)
        groups[i] = arena_alloc_zero(f->unit.arena, f->aggregate->state_bytes);
    for (int row = 0; row < ROWS; row++) states[row] = groups[random_below(&f->random, GROUPS)];
    f->aggregate->update(&f->fn, states, &f->vector, (Selection){.count = ROWS});
    for (int i = 1; i < GROUPS; i++) f->aggregate->combine(&f->fn, groups[0], groups[i]);
    return finish(f, groups[0]);
}

static void assert_same_decimal(Datum a, Datum b)
{
    assert_int_equal(a.null, b.null);
    assert_int_equal(decimal_compare(a.value.decimal, b.value.decimal), 0);
    if (a.value.decimal.kind == DECIMAL_SMALL && b.value.decimal.kind == DECIMAL_SMALL)
        assert_int_equal(a.value.decimal.scale, b.value.decimal.scale);
}

static void integer_sums_are_exact(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f, SUM_INT4, OID_INT4, PHYS_I32);
    int64_t expected = 0;
    for (int row = 0; row < ROWS; row++) {
        const int32_t v = (int32_t)random_u64(&f.random);
        ((int32_t *)f.vector.data)[row] = v;
        expected += v;
    }
    assert_int_equal(over_batch(&f).value.i64, expected);
    assert_int_equal(row_by_row(&f).value.i64, expected);
    assert_int_equal(grouped(&f).value.i64, expected);
    unit_close(&f.unit);
}

static void bigint_sums_leave_64_bits(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f, SUM_INT8, OID_INT8, PHYS_I64);
    i128 expected = 0;
    for (int row = 0; row < ROWS; row++) {
        const int64_t v = INT64_MIN + (int64_t)random_below(&f.random, 1000);
        ((int64_t *)f.vector.data)[row] = v;
        expected += v;
    }
    const Datum right = {.value.decimal = decimal_from_i128(f.unit.arena, expected, 0)};
    assert_same_decimal(over_batch(&f), right);
    assert_same_decimal(row_by_row(&f), right);
    assert_same_decimal(grouped(&f), right);
    unit_close(&f.unit);
}

/* Coefficients up to 10^18 at scales that change: every path of the sum. */
static void numeric_sums_agree(Oid function, uint32_t scales, int64_t coefficient_max)
{
    Fixture f;
    fixture_open(&f, function, OID_NUMERIC, PHYS_DECIMAL);
    for (int row = 0; row < ROWS; row++) {
        const int64_t v = random_i64_between(&f.random, -coefficient_max, coefficient_max);
        Decimal d = decimal_small(v, (uint32_t)random_below(&f.random, scales));
        if (scales > 10 && random_chance(&f.random, 20))
            d = decimal_from_i128(f.unit.arena, (i128)v * v, 30);
        ((Decimal *)f.vector.data)[row] = d;
    }
    Decimal sum = decimal_small(0, 0);
    for (int row = 0; row < ROWS; row++)
        sum = decimal_add(f.unit.arena, sum, ((Decimal *)f.vector.data)[row]);
    const Datum one = over_batch(&f);
    if (function == SUM_NUMERIC) assert_same_decimal(one, (Datum){.value.decimal = sum});
    assert_same_decimal(row_by_row(&f), one);
    assert_same_decimal(grouped(&f), one);
    unit_close(&f.unit);
}

static void numeric_sums_are_exact(void **state)
{
    (void)state;
    numeric_sums_agree(SUM_NUMERIC, 1, 1000);
    numeric_sums_agree(SUM_NUMERIC, 3, 1000000);
    numeric_sums_agree(SUM_NUMERIC, 19, NUMERIC_SMALL_MAX);
    numeric_sums_agree(STDDEV_NUMERIC, 1, 1000);
    numeric_sums_agree(STDDEV_NUMERIC, 19, NUMERIC_SMALL_MAX);
}

static void extremes_are_found(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f, MIN_INT4, OID_INT4, PHYS_I32);
    for (int row = 0; row < ROWS; row++)
        ((int32_t *)f.vector.data)[row] = 5 + (int32_t)random_below(&f.random, 1000);
    ((int32_t *)f.vector.data)[random_below(&f.random, ROWS)] = -3;
    assert_int_equal(over_batch(&f).value.i32, -3);
    assert_int_equal(row_by_row(&f).value.i32, -3);
    assert_int_equal(grouped(&f).value.i32, -3);
    unit_close(&f.unit);
    fixture_open(&f, MAX_FLOAT8, OID_FLOAT8, PHYS_F64);
    for (int row = 0; row < ROWS; row++) ((double *)f.vector.data)[row] = random_double(&f.random);
    ((double *)f.vector.data)[random_below(&f.random, ROWS)] = 2;
    assert_true(over_batch(&f).value.f64 == 2 && row_by_row(&f).value.f64 == 2);
    assert_true(grouped(&f).value.f64 == 2);
    unit_close(&f.unit);
}

/* Each row a longer and greater text: the state's buffer doubles, it does not keep all of them. */
static void kept_text_does_not_pile_up(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f, MAX_TEXT, OID_TEXT, PHYS_STR);
    static char text[ROWS + 100];
    memset(text, 'x', sizeof text);
    for (uint32_t row = 0; row < ROWS; row++)
        ((StrView *)f.vector.data)[row] = strview((Str){text, row + 20});
    const size_t before = arena_used(f.unit.arena);
    assert_int_equal(over_batch(&f).value.str.bytes, ROWS + 19);
    assert_true(arena_used(f.unit.arena) - before < (size_t)ROWS * 8);
    unit_close(&f.unit);
}

static void an_overflow_is_raised(void *arg)
{
    Fixture *f = arg;
    int64_t state[2] = {INT64_MAX - 5, 1};
    f->aggregate->update_one(&f->fn, state, &f->vector, (Selection){.count = ROWS});
}

static void sums_of_integers_overflow_with_an_error(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f, SUM_INT4, OID_INT4, PHYS_I32);
    for (int row = 0; row < ROWS; row++) ((int32_t *)f.vector.data)[row] = 1;
    assert_raises(SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE, an_overflow_is_raised, &f);
    unit_close(&f.unit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(integer_sums_are_exact),
        cmocka_unit_test(bigint_sums_leave_64_bits),
        cmocka_unit_test(numeric_sums_are_exact),
        cmocka_unit_test(extremes_are_found),
        cmocka_unit_test(kept_text_does_not_pile_up),
        cmocka_unit_test(sums_of_integers_overflow_with_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* The function loops: errors name their row and leave those before it done (docs/traps.md F16), NULLs, forms; and the
 * tables of built-in objects agree with themselves. */
#include "base/builtins.h"

#include "base/bitset.h"
#include "base/oids.h"
#include "base/random.h"
#include "base/settings.h"
#include "type/type.h"
#include "unit/unit.h"

#include <math.h>

enum { ROWS = 1000, BAD_ROW = 700 };
enum { INT4_ADD = 177, INT4_LESS = 66, INT4_DIVIDE = 154 };

typedef struct Fixture {
    Unit unit;
    FnEnv env;
    Fn fn;
    Oid types[2];
    Vector args[2], result;
    Selection selection;
} Fixture;

/* Arguments a = row, b = 1. */
static void fixture_open(Fixture *f, Oid function)
{
    memset(f, 0, sizeof *f);
    unit_open(&f->unit);
    f->env = (FnEnv){.settings = &settings_boot, .stmt = f->unit.arena};
    const BuiltinFunction *found = builtin_function(function);
    assert_non_null(found);
    f->types[0] = f->types[1] = OID_INT4;
    f->fn = (Fn){.arena = f->unit.arena,
                 .site = f->unit.arena,
                 .env = &f->env,
                 .function = found,
                 .arg_types = f->types,
                 .arg_count = 2,
                 .result_type = found->result,
                 .result_typmod = -1};
    for (int i = 0; i < 2; i++)
        vector_init_flat(&f->args[i], f->unit.arena, OID_INT4, PHYS_I32, ROWS);
    for (int32_t row = 0; row < ROWS; row++) {
        ((int32_t *)f->args[0].data)[row] = row;
        ((int32_t *)f->args[1].data)[row] = 1;
    }
    vector_init_flat(&f->result, f->unit.arena, found->result,
                     found->result == OID_BOOL ? PHYS_BOOL : PHYS_I32, ROWS);
    f->selection = (Selection){.count = ROWS};
}

static void call(void *arg)
{
    Fixture *f = arg;
    f->fn.function->vector(&f->fn, f->args, f->selection, &f->result);
}

static void check_rows_before(Fixture *f, uint32_t bad)
{
    assert_int_equal(f->fn.row, bad);
    for (uint32_t row = 0; row < bad; row++)
        assert_int_equal(((int32_t *)f->result.data)[row], (int32_t)row + 1);
}

static void error_names_its_row(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f, INT4_ADD);
    ((int32_t *)f.args[0].data)[BAD_ROW] = INT32_MAX;
    ((int32_t *)f.args[0].data)[BAD_ROW + 1] = INT32_MAX;
    assert_raises(SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE, call, &f);
    check_rows_before(&f, BAD_ROW);
    unit_close(&f.unit);
}

static void constant_argument_errs_at_its_row(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f, INT4_ADD);
    f.args[1].form = VECTOR_CONSTANT;
    ((int32_t *)f.args[0].data)[BAD_ROW] = INT32_MAX;
    assert_raises(SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE, call, &f);
    check_rows_before(&f, BAD_ROW);
    unit_close(&f.unit);
}

static void unselected_and_null_rows_cannot_err(void **state)
{
    (void)state;
    static const uint16_t rows[] = {1, 5, BAD_ROW + 1};
    Fixture f;
    fixture_open(&f, INT4_DIVIDE);
    ((int32_t *)f.args[1].data)[BAD_ROW] = 0;
    f.selection = (Selection){rows, ARRAY_LEN(rows)};
    call(&f);
    assert_int_equal(((int32_t *)f.result.data)[5], 5);
    f.selection = (Selection){.count = ROWS};
    vector_need_nulls(&f.args[1], f.unit.arena);
    bits_set(f.args[1].nulls, BAD_ROW);
    call(&f);
    assert_true(vector_is_null(&f.result, BAD_ROW));
    assert_false(vector_is_null(&f.result, BAD_ROW + 1));
    unit_close(&f.unit);
}

static void total_loops_unite_nulls(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f, INT4_LESS);
    for (int i = 0; i < 2; i++) {
        vector_need_nulls(&f.args[i], f.unit.arena);
        bits_set(f.args[i].nulls, 10 + (uint32_t)i);
    }
    call(&f);
    for (uint32_t row = 0; row < ROWS; row++) {
        assert_int_equal(vector_is_null(&f.result, row), row == 10 || row == 11);
        if (row > 11) assert_false(((bool *)f.result.data)[row]);
    }
    unit_close(&f.unit);
}

static void constant_null_makes_all_null(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f, INT4_LESS);
    const Datum null = {.null = true};
    vector_init_constant(&f.args[1], f.unit.arena, OID_INT4, PHYS_I32, &null);
    call(&f);
    for (uint32_t row = 0; row < ROWS; row++) assert_true(vector_is_null(&f.result, row));
    unit_close(&f.unit);
}

static void single_values(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f, INT4_ADD);
    const Phys physes[2] = {PHYS_I32, PHYS_I32};
    Datum args[2] = {{.value.i32 = 40}, {.value.i32 = 2}};
    Datum sum = fn_call_datum(&f.fn, f.fn.function->vector, true, f.types, physes, PHYS_I32, args);
    assert_int_equal(sum.value.i32, 42);
    args[1].null = true;
    sum = fn_call_datum(&f.fn, f.fn.function->vector, true, f.types, physes, PHYS_I32, args);
    assert_true(sum.null);
    unit_close(&f.unit);
}

static void internal_functions_refuse(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f, INT4_ADD);
    f.fn.function = builtin_function(101); /* eqsel(internal, oid, internal, int4) */
    assert_int_equal(f.fn.function->shape, FN_SHAPE_INTERNAL);
    assert_raises(SQLSTATE_FEATURE_NOT_SUPPORTED, call, &f);
    unit_close(&f.unit);
}

static void tables_find_what_they_hold(void **state)
{
    (void)state;
    uint32_t first;
    for (uint32_t i = 0; i < builtins.functions_count; i++) {
        const BuiltinFunction *f = &builtins.functions[i];
        assert_ptr_equal(builtin_function(f->oid), f);
        assert_ptr_equal(builtin_function_exact(str_from(f->name), f->args, f->arg_count), f);
        assert_true(builtin_functions_named(str_from(f->name), &first) > 0);
        assert_non_null(builtin_type(f->result));
    }
    for (uint32_t i = 0; i < builtins.operators_count; i++) {
        const BuiltinOperator *o = &builtins.operators[i];
        assert_ptr_equal(builtin_operator(o->oid), o);
        assert_true(builtin_operators_named(str_from(o->name), &first) > 0);
        assert_int_equal(builtin_function(o->function)->result, o->result);
    }
    for (uint32_t i = 0; i < builtins.casts_count; i++)
        assert_ptr_equal(builtin_cast(builtins.casts[i].source, builtins.casts[i].target),
                         &builtins.casts[i]);
    for (uint32_t i = 0; i < builtins.types_count; i++)
        assert_ptr_equal(builtin_type_named(str_from(builtins.types[i].name)), &builtins.types[i]);
    assert_null(builtin_function(4));
    assert_null(builtin_aggregate(INT4_ADD));
    assert_null(builtin_cast(OID_BOOL, OID_FLOAT8));
    assert_int_equal(builtin_functions_named(STR("no such function"), &first), 0);
}

/* ---- loops that are compiled twice (base/fn_loops.h): many rows take the wide one, few the other */

/* Their functions ask the surroundings for nothing, and any bits are a value. */
static bool is_number(Oid oid)
{
    static const Oid numbers[] = {OID_BOOL, OID_INT2,   OID_INT4,   OID_INT8,
                                  OID_OID,  OID_FLOAT4, OID_FLOAT8, OID_MONEY};
    for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
        if (numbers[i] == oid) return true;
    return false;
}

static bool is_over_numbers(const BuiltinFunction *f)
{
    bool numbers = f->shape == FN_SHAPE_VECTOR && (f->flags & IMMUTABLE) && f->arg_count >= 1 &&
                   f->arg_count <= 2 && is_number(f->result);
    for (uint32_t i = 0; i < f->arg_count; i++) numbers = numbers && is_number(f->args[i]);
    return numbers;
}

/* Small numbers, so that most rows do not err; `wild`: whatever bits there are, the ends and NaN among them. */
static void fill_numbers(Vector *v, Phys phys, bool wild, Random *random)
{
    static const double reals[] = {0, -0.0, NAN, INFINITY, -INFINITY, 1e308, 5e-324, 1e-30};
    for (uint32_t row = 0; row < ROWS; row++) {
        const int64_t n = wild ? (int64_t)random_u64(random) : random_i64_between(random, 1, 40);
        const double real = !wild          ? (double)n / 4
                            : row % 5 == 0 ? reals[(uint64_t)n % ARRAY_LEN(reals)]
                                           : (double)n;
        switch (phys) {
        case PHYS_BOOL: ((bool *)v->data)[row] = n & 1; break;
        case PHYS_I16: ((int16_t *)v->data)[row] = (int16_t)n; break;
        case PHYS_I32: ((int32_t *)v->data)[row] = (int32_t)n; break;
        case PHYS_I64: ((int64_t *)v->data)[row] = n; break;
        case PHYS_F32: ((float *)v->data)[row] = (float)real; break;
        default: ((double *)v->data)[row] = real; break;
        }
    }
}

typedef struct TwoWays {
    Fixture *f;
    Vector slice[2], result;
    uint32_t from, count;
} TwoWays;

static void call_slice(void *arg)
{
    TwoWays *w = arg;
    const BuiltinFunction *function = w->f->fn.function;
    w->result = w->f->result;
    w->result.data = (char *)w->result.data + (size_t)w->from * phys_bytes((Phys)w->result.phys);
    for (uint32_t i = 0; i < function->arg_count; i++) {
        w->slice[i] = w->f->args[i];
        if (w->slice[i].form == VECTOR_FLAT)
            w->slice[i].data = (char *)w->slice[i].data +
                               (size_t)w->from * phys_bytes((Phys)w->slice[i].phys);
    }
    w->f->fn.row = 0;
    function->vector(&w->f->fn, w->slice, (Selection){.count = w->count}, &w->result);
}

/* The row that raised, or ROWS. */
static uint32_t run_slices(Fixture *f, uint32_t rows_each)
{
    for (uint32_t from = 0; from < ROWS; from += rows_each) {
        TwoWays w = {.f = f, .from = from, .count = MIN(rows_each, ROWS - from)};
        Error *error = NULL;
        if (!error_catch(call_slice, &w, f->unit.arena, &error)) return from + f->fn.row;
    }
    return ROWS;
}

static void check_both_ways(Fixture *f, uint32_t constant)
{
    enum { FEW = 7 };
    const size_t width = phys_bytes((Phys)f->result.phys);
    char *wide = ARENA_ARRAY(f->unit.arena, char, ROWS *width);
    for (uint32_t i = 0; i < 2; i++)
        f->args[i].form = i == constant ? VECTOR_CONSTANT : VECTOR_FLAT;
    const uint32_t first = run_slices(f, ROWS);
    memcpy(wide, f->result.data, first * width);
    memset(f->result.data, 0, ROWS * width);
    const uint32_t again = run_slices(f, FEW);
    if (first != again || memcmp(wide, f->result.data, first * width) != 0)
        fail_msg("%s (%u) differs with argument %u constant", f->fn.function->name,
                 f->fn.function->oid, constant);
}

static void wide_loops_do_what_narrow_ones_do(void **state)
{
    (void)state;
    Random random;
    uint32_t functions = 0;
    random_seed(&random, 1);
    for (uint32_t i = 0; i < builtins.functions_count; i++) {
        const BuiltinFunction *function = &builtins.functions[i];
        if (!is_over_numbers(function)) continue;
        functions++;
        for (uint32_t round = 0; round < 6; round++) {
            Fixture f;
            fixture_open(&f, function->oid);
            f.fn.arg_types = function->args;
            f.fn.arg_count = function->arg_count;
            for (uint32_t a = 0; a < function->arg_count; a++) {
                const Phys phys = (Phys)type_find(NULL, function->args[a])->phys;
                vector_init_flat(&f.args[a], f.unit.arena, function->args[a], phys, ROWS);
                fill_numbers(&f.args[a], phys, round % 2, &random);
            }
            vector_init_flat(&f.result, f.unit.arena, function->result,
                             (Phys)type_find(NULL, function->result)->phys, ROWS);
            check_both_ways(&f, round / 2);
            unit_close(&f.unit);
        }
    }
    assert_true(functions > 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(error_names_its_row),
        cmocka_unit_test(constant_argument_errs_at_its_row),
        cmocka_unit_test(unselected_and_null_rows_cannot_err),
        cmocka_unit_test(total_loops_unite_nulls),
        cmocka_unit_test(wide_loops_do_what_narrow_ones_do),
        cmocka_unit_test(constant_null_makes_all_null),
        cmocka_unit_test(single_values),
        cmocka_unit_test(internal_functions_refuse),
        cmocka_unit_test(tables_find_what_they_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

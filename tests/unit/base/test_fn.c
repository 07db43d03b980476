/* SPDX-License-Identifier: Apache-2.0 */
/* How SQL functions are called: the loops that the macros of base/fn.h make, over every form of vector, with and
 * without NULLs and selections, against a plain model (F1 to F5); calls on single values; sets; the tables of what the
 * server is born with, here small ones of the test's own. */
#include "base/fn.h"

#include "base/builtins.h"
#include "base/random.h"
#include "unit/unit.h"

enum { INT4 = 23, INT8 = 20, TEXT = 25, BOOL = 16, ROWS = 600 };

/* ---- The functions under test */

static uint32_t body_calls;

SQL_EXPRESSION(1, "sum", int8, (int4, int4), IMMUTABLE | STRICT | TOTAL, (int64_t)a + b, "total")
SQL_EXPRESSION(2, "neg", int8, (int4), IMMUTABLE | STRICT | TOTAL, -(int64_t)a, "total")

static int64_t checked(int64_t v)
{
    body_calls++;
    if (v < 0) raise_error(SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE, "negative");
    return v;
}

SQL_FUNCTION(3, "checked_sum", int8, (int4, int4), IMMUTABLE | STRICT, checked_sum,
             "raises below zero")
static int64_t checked_sum(Fn *fn, int32_t a, int32_t b)
{
    (void)fn;
    return checked((int64_t)a + b);
}

SQL_FUNCTION(4, "even", int8, (int4), IMMUTABLE | STRICT | NULLABLE, even, "NULL for odd numbers")
static int64_t even(Fn *fn, int32_t a)
{
    return a % 2 ? FN_NULL(fn, 0) : a;
}

SQL_FUNCTION(5, "sum3", int8, (int4, int4, int4), IMMUTABLE | STRICT, sum3, "three arguments")
static int64_t sum3(Fn *fn, int32_t a, int32_t b, int32_t c)
{
    (void)fn;
    return (int64_t)a + b + c;
}

SQL_FUNCTION_BULK(6, "bulk_sum", int8, (int4, int4), IMMUTABLE | STRICT, checked_sum_too, bulk_sum,
                  "with a plain loop")
static int64_t checked_sum_too(Fn *fn, int32_t a, int32_t b)
{
    (void)fn;
    return checked((int64_t)a + b);
}
static bool bulk_sum(const int32_t *restrict a, const int32_t *restrict b, int64_t *restrict out,
                     uint32_t n)
{
    bool good = true;
    for (uint32_t i = 0; i < n; i++) {
        out[i] = (int64_t)a[i] + b[i];
        good &= out[i] >= 0;
    }
    return good;
}

SQL_FUNCTION_DATUM(7, "count_nulls", int8, (int4, int4), IMMUTABLE, count_nulls, "sees NULLs")
static Datum count_nulls(Fn *fn, const Datum *args)
{
    int64_t nulls = 0;
    for (uint32_t i = 0; i < fn->arg_count; i++) nulls += args[i].null;
    return (Datum){.value.i64 = nulls, .null = nulls == (int64_t)fn->arg_count};
}

SQL_FUNCTION_DATUM(8, "strict_sum", int8, (int4, int4), IMMUTABLE | STRICT, strict_sum,
                   "generic and strict")
static Datum strict_sum(Fn *fn, const Datum *args)
{
    (void)fn;
    return (Datum){.value.i64 = checked((int64_t)args[0].value.i32 + args[1].value.i32)};
}

/* Counts from the first argument to the second; raises at 13. */
SQL_FUNCTION_SET(9, "span", int8, (int4, int4), IMMUTABLE | STRICT, span, "a set")
static bool span(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    (void)fn;
    int32_t *next = set->state;
    if (!next) {
        next = set->state = ARENA_NEW(set->arena, int32_t);
        *next = args[0].value.i32;
    }
    if (*next > args[1].value.i32) return false;
    if (*next == 13) raise_error(SQLSTATE_DATA_EXCEPTION, "thirteen");
    columns[0] = (Datum){.value.i64 = *next};
    if (*next % 3) columns[1] = (Datum){.value.i64 = *next % 3};
    ++*next;
    return true;
}

SQL_EXPRESSION(10, "seven", int8, (), IMMUTABLE | TOTAL, 7, "no argument")
SQL_EXPRESSION(11, "same", text, (text), IMMUTABLE | STRICT | TOTAL, a, "texts")

/* ---- Vectors of every form, and what they hold */

typedef struct Column {
    Vector vector;
    int32_t values[ROWS];
    bool nulls[ROWS];
} Column;

static void column_make(Column *column, Arena *arena, Random *random, VectorForm form, bool nulls,
                        bool negatives)
{
    uint16_t *indexes = ARENA_ARRAY(arena, uint16_t, ROWS);
    Datum data[ROWS];
    const int32_t least = negatives ? -3 : 0;
    for (uint32_t i = 0; i < ROWS; i++) {
        data[i] = (Datum){.null = nulls && random_below(random, 4) == 0};
        if (!data[i].null) data[i].value.i32 = (int32_t)random_i64_between(random, least, 1000);
        indexes[i] = (uint16_t)random_below(random, ROWS);
    }
    Vector flat;
    vector_init_flat(&flat, arena, INT4, PHYS_I32, ROWS);
    for (uint32_t i = 0; i < ROWS; i++) vector_set(&flat, arena, i, &data[i]);
    if (form == VECTOR_FLAT) column->vector = flat;
    if (form == VECTOR_CONSTANT)
        vector_init_constant(&column->vector, arena, INT4, PHYS_I32, &data[0]);
    if (form == VECTOR_DICTIONARY) vector_init_dictionary(&column->vector, &flat, indexes, ROWS);
    for (uint32_t i = 0; i < ROWS; i++) {
        const Datum *d = &data[form == VECTOR_FLAT ? i : form == VECTOR_CONSTANT ? 0 : indexes[i]];
        column->values[i] = d->value.i32;
        column->nulls[i] = d->null;
    }
}

static void fn_init(Fn *fn, Arena *arena, uint32_t arg_count)
{
    static const Oid types[] = {INT4, INT4, INT4};
    *fn = (Fn){.arena = arena,
               .site = arena,
               .result_type = INT8,
               .arg_types = types,
               .arg_count = arg_count};
}

/* ---- What each function gives, said once more in a plain way */

typedef struct Wanted {
    int64_t value;
    bool null, raises;
} Wanted;

static Wanted wanted_of(uint32_t function, const Column *columns, uint32_t row)
{
    static const uint32_t counts[] = {0, 2, 1, 2, 1, 3, 2, 2, 2};
    int64_t sum = 0, nulls = 0;
    for (uint32_t i = 0; i < counts[function]; i++) {
        sum += columns[i].values[row];
        nulls += columns[i].nulls[row];
    }
    if (function == 7) return (Wanted){nulls, nulls == 2, false};
    if (nulls) return (Wanted){.null = true};
    if (function == 2) return (Wanted){-sum, false, false};
    if (function == 4) return (Wanted){sum, sum % 2 != 0, false};
    return (Wanted){sum, false, sum < 0 && (function == 3 || function == 6 || function == 8)};
}

typedef struct Call {
    FnVector vector;
    Fn *fn;
    Vector args[3], result;
    Selection selection;
} Call;

static void call_body(void *arg)
{
    Call *call = arg;
    call->vector(call->fn, call->args, call->selection, &call->result);
}

/* Up to the first row that raises, every selected row is as wanted and no other is written. */
static void check_call(Call *call, uint32_t function, const Column *columns)
{
    int code = unit_raised(call_body, call);
    const int64_t *out = call->result.data;
    bool selected[ROWS] = {false};
    for (uint32_t i = 0; i < call->selection.count; i++) {
        uint32_t row = fn_selected(call->selection, i);
        selected[row] = true;
        Wanted wanted = wanted_of(function, columns, row);
        if (wanted.raises) {
            assert_int_equal(code, SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE);
            assert_int_equal(call->fn->row, row);
            return;
        }
        assert_int_equal(fn_null_at(&call->result, row), wanted.null);
        if (!wanted.null) assert_int_equal(out[row], wanted.value);
    }
    assert_int_equal(code, 0);
    for (uint32_t row = 0; row < ROWS; row++)
        if (!selected[row]) assert_true(out[row] == 0 && !fn_null_at(&call->result, row));
}

static void test_loops(void **state)
{
    Unit *unit = *state;
    static const FnVector functions[] = {NULL,    sqlfn_1, sqlfn_2, sqlfn_3, sqlfn_4,
                                         sqlfn_5, sqlfn_6, sqlfn_7, sqlfn_8};
    static const uint32_t counts[] = {0, 2, 1, 2, 1, 3, 2, 2, 2};
    Random random;
    random_seed(&random, unit_seed());
    Arena *arena = arena_new(unit->account, "batch");
    Column *columns = ARENA_ARRAY(unit->arena, Column, 3);
    for (uint32_t round = 0; round < 4000; round++) {
        arena_reset(arena);
        uint32_t function = 1 + (uint32_t)random_below(&random, ARRAY_LEN(functions) - 1);
        bool negatives = random_below(&random, 2);
        Fn fn;
        fn_init(&fn, arena, counts[function]);
        Call call = {.vector = functions[function], .fn = &fn};
        for (uint32_t i = 0; i < counts[function]; i++) {
            column_make(&columns[i], arena, &random, (VectorForm)random_below(&random, 3),
                        random_below(&random, 3) == 0, negatives);
            call.args[i] = columns[i].vector;
        }
        vector_init_flat(&call.result, arena, INT8, PHYS_I64, ROWS);
        uint16_t rows[ROWS];
        call.selection.count = (uint32_t)random_below(&random, ROWS + 1);
        if (random_below(&random, 2)) {
            call.selection = (Selection){.rows = rows};
            for (uint16_t row = 0; row < ROWS; row++)
                if (random_below(&random, 3) == 0) rows[call.selection.count++] = row;
        }
        /* A total function may be called for rows that are not looked at: its arguments are all whole. */
        check_call(&call, function, columns);
    }
    arena_drop(arena);
}

static void test_no_arguments(void **state)
{
    Unit *unit = *state;
    Fn fn;
    fn_init(&fn, unit->arena, 0);
    Vector result;
    vector_init_flat(&result, unit->arena, INT8, PHYS_I64, 4);
    sqlfn_10(&fn, NULL, (Selection){.rows = (const uint16_t[]){1, 3}, .count = 2}, &result);
    assert_memory_equal(result.data, ((const int64_t[]){0, 7, 0, 7}), 4 * sizeof(int64_t));
}

static void test_single_values(void **state)
{
    Unit *unit = *state;
    Fn fn;
    static const Oid types[] = {INT4, INT4};
    static const Phys physes[] = {PHYS_I32, PHYS_I32}, texts[] = {PHYS_STR};
    fn_init(&fn, unit->arena, 2);
    Datum args[] = {{.value.i32 = 40}, {.value.i32 = 2}};
    assert_int_equal(fn_call_datum(&fn, sqlfn_1, true, types, physes, PHYS_I64, args).value.i64,
                     42);
    args[1].null = true;
    assert_true(fn_call_datum(&fn, sqlfn_1, true, types, physes, PHYS_I64, args).null);
    Datum one = fn_call_datum(&fn, sqlfn_7, false, types, physes, PHYS_I64, args);
    assert_true(!one.null && one.value.i64 == 1);
    fn_init(&fn, unit->arena, 1);
    fn.result_type = TEXT;
    args[0] = (Datum){.value.str = strview(STR("a text that is longer than a view"))};
    Datum text = fn_call_datum(&fn, sqlfn_11, true, &(Oid){TEXT}, texts, PHYS_STR, args);
    assert_true(str_equal(strview_str(&text.value.str), STR("a text that is longer than a view")));
}

/* A value of each kind goes into a vector and comes out again. */
static void test_every_kind(void **state)
{
    Unit *unit = *state;
    Fn fn;
    fn_init(&fn, unit->arena, 0);
    for (Phys phys = PHYS_BOOL; phys < PHYS_COUNT; phys++) {
        Vector vector;
        vector_init_flat(&vector, unit->arena, 0, phys, 8);
        Datum in = {0};
        memset(&in.value, phys == PHYS_BOOL ? 1 : 3, phys_bytes(phys));
        if (phys == PHYS_STR) in.value.str = strview(STR("three"));
        if (phys == PHYS_DECIMAL) in.value.decimal = (Decimal){.scale = 2, .coefficient = 314};
        fn_datum_put(&fn, &vector, 5, in);
        fn_datum_put(&fn, &vector, 6, (Datum){.null = true});
        Datum out = fn_datum_at(&vector, 5);
        assert_false(out.null);
        assert_memory_equal(&out.value, &in.value, phys_bytes(phys));
        assert_true(fn_datum_at(&vector, 6).null);
        assert_false(fn_datum_at(&vector, 7).null);
    }
}

typedef struct SetCall {
    Fn fn;
    FnSet set;
    Datum args[2];
    Vector columns[2];
    uint32_t rows_max, rows;
} SetCall;

static void set_body(void *arg)
{
    SetCall *call = arg;
    call->rows = sqlset_9(&call->fn, &call->set, call->args, call->columns, call->rows_max);
}

static void test_sets(void **state)
{
    Unit *unit = *state;
    for (uint32_t rows_max = 1; rows_max <= 20; rows_max++)
        for (int32_t last = 0; last <= 14; last++) {
            SetCall call = {.set = {.arena = unit->arena, .column_count = 2},
                            .args = {{.value.i32 = 1}, {.value.i32 = last}},
                            .rows_max = rows_max};
            fn_init(&call.fn, unit->arena, 2);
            int32_t next = 1;
            while (!call.set.done) {
                for (uint32_t i = 0; i < 2; i++)
                    vector_init_flat(&call.columns[i], unit->arena, INT8, PHYS_I64, 20);
                int code = unit_raised(set_body, &call);
                if (code) {
                    assert_int_equal(code, SQLSTATE_DATA_EXCEPTION);
                    call.rows = call.fn.row;
                }
                for (uint32_t row = 0; row < call.rows; row++, next++) {
                    assert_int_equal(((int64_t *)call.columns[0].data)[row], next);
                    assert_int_equal(fn_null_at(&call.columns[1], row), next % 3 == 0);
                }
                if (code) break;
                assert_true(call.set.done == (call.rows < rows_max));
            }
            assert_int_equal(next, last >= 13 ? 13 : last + 1);
        }
}

/* ---- The tables of what the server is born with */

static const BuiltinFunction functions[] = {
    {.oid = 10, .name = "beta", .arg_count = 1, .args = (const Oid[]){INT4}},
    {.oid = 20, .name = "alpha", .arg_count = 0},
    {.oid = 30, .name = "beta", .arg_count = 2, .args = (const Oid[]){INT4, TEXT}},
    {.oid = 40, .name = "gamma", .arg_count = 1, .args = (const Oid[]){BOOL}},
    {.oid = 50, .name = "beta", .arg_count = 1, .args = (const Oid[]){TEXT}}};
static const BuiltinType types[] = {{.oid = BOOL, .name = "bool"}, {.oid = INT4, .name = "int4"}};
static const BuiltinOperator operators[] = {{.oid = 5, .name = "="},
                                            {.oid = 6, .name = "<"},
                                            {.oid = 7, .name = "="}};
static const BuiltinCast casts[] = {{.source = BOOL, .target = INT4},
                                    {.source = INT8, .target = INT4},
                                    {.source = INT8, .target = TEXT},
                                    {.source = INT4, .target = BOOL}};
static const BuiltinAggregate aggregates[] = {{.function = 100}, {.function = 300}};
const Builtins builtins = {.functions = functions,
                           .functions_count = ARRAY_LEN(functions),
                           .functions_by_name = (const uint16_t[]){1, 0, 2, 4, 3},
                           .types = types,
                           .types_count = ARRAY_LEN(types),
                           .types_by_name = (const uint16_t[]){0, 1},
                           .operators = operators,
                           .operators_count = ARRAY_LEN(operators),
                           .operators_by_name = (const uint16_t[]){1, 0, 2},
                           .casts = casts,
                           .casts_count = ARRAY_LEN(casts),
                           .aggregates = aggregates,
                           .aggregates_count = ARRAY_LEN(aggregates)};

static void test_builtins_by_number(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(functions); i++)
        assert_ptr_equal(builtin_function(functions[i].oid), &functions[i]);
    static const Oid absent[] = {0, 9, 11, 35, 51, UINT32_MAX};
    for (size_t i = 0; i < ARRAY_LEN(absent); i++) assert_null(builtin_function(absent[i]));
    assert_ptr_equal(builtin_type(INT4), &types[1]);
    assert_ptr_equal(builtin_operator(6), &operators[1]);
    assert_ptr_equal(builtin_aggregate(300), &aggregates[1]);
    assert_null(builtin_type(INT8));
    assert_null(builtin_operator(8));
    assert_null(builtin_aggregate(200));
    /* casts are sorted by source and target: 16->23, 20->23, 20->25, 23->16 */
    for (size_t i = 0; i < ARRAY_LEN(casts); i++)
        assert_ptr_equal(builtin_cast(casts[i].source, casts[i].target), &casts[i]);
    assert_null(builtin_cast(INT8, BOOL));
    assert_null(builtin_cast(TEXT, INT4));
    assert_null(builtin_cast(INT4, INT4));
}

static void test_builtins_by_name(void **state)
{
    (void)state;
    uint32_t first;
    assert_int_equal(builtin_functions_named(STR("beta"), &first), 3);
    assert_int_equal(first, 1);
    assert_int_equal(builtin_functions_named(STR("alpha"), &first), 1);
    assert_int_equal(builtin_functions_named(STR("bet"), &first), 0);
    assert_int_equal(builtin_functions_named(STR("zeta"), &first), 0);
    assert_int_equal(builtin_operators_named(STR("="), &first), 2);
    assert_int_equal(first, 1);
    assert_ptr_equal(builtin_type_named(STR("int4")), &types[1]);
    assert_null(builtin_type_named(STR("int8")));
    assert_ptr_equal(builtin_function_exact(STR("alpha"), NULL, 0), &functions[1]);
    assert_ptr_equal(builtin_function_exact(STR("beta"), (const Oid[]){TEXT}, 1), &functions[4]);
    assert_ptr_equal(builtin_function_exact(STR("beta"), (const Oid[]){INT4, TEXT}, 2),
                     &functions[2]);
    assert_null(builtin_function_exact(STR("beta"), (const Oid[]){INT4, INT4}, 2));
    assert_null(builtin_function_exact(STR("gamma"), NULL, 0));
}

static void refuse_body(void *arg)
{
    fn_refuse(arg, NULL, (Selection){0}, NULL);
}

static void test_refusing(void **state)
{
    (void)state;
    Fn fn = {.function = &functions[1]};
    Error *error = NULL;
    assert_false(error_catch(refuse_body, &fn, NULL, &error));
    assert_int_equal(error->code, SQLSTATE_FEATURE_NOT_SUPPORTED);
    assert_true(str_equal(error->message, STR("function alpha cannot be called from SQL")));
    error_clear();
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
        TEST(test_loops),
        TEST(test_no_arguments),
        TEST(test_single_values),
        TEST(test_every_kind),
        TEST(test_sets),
        TEST(test_builtins_by_number),
        TEST(test_builtins_by_name),
        TEST(test_refusing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

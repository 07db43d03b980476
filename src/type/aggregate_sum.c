/* SPDX-License-Identifier: Apache-2.0 */
/* aggregate_sum.c - sum and avg of integers, and sum of floating-point numbers.
 *
 * A batch of 16- or 32-bit integers is summed in 64 bits, which it cannot overflow, and then added to the state; one of
 * 64-bit integers in two halves, so that the compiler makes vector code of it. Floating-point sums go in the order of
 * the rows, whatever that costs, since another order gives other results than PostgreSQL's. */
#include "type/aggregate.h"

#include "base/oids.h"
#include "type/array_type.h"
#include "type/float.h"
#include "type/numeric.h"

/* ---- smallint and integer */

typedef struct IntSum {
    int64_t sum, count;
} IntSum;

static void int_sum_add(IntSum *s, int64_t sum, int64_t count)
{
    if (UNLIKELY(add_overflows(s->sum, sum, &s->sum)))
        raise_error(SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE, "bigint out of range");
    s->count += count;
}

/* Of up to BATCH_ROWS_MAX values. */
#define BATCH_SUM(name, CType)                                                                  \
    static int64_t name##_batch_sum(const Vector *arg, Selection selection)                     \
    {                                                                                           \
        const CType *restrict data = arg->data;                                                 \
        int64_t sum = 0;                                                                        \
        if (aggregate_is_plain(arg, selection)) {                                               \
            for (uint32_t i = 0; i < selection.count; i++) sum += data[i];                      \
        } else {                                                                                \
            for (uint32_t i = 0; i < selection.count; i++)                                      \
                sum += data[vector_index(arg, fn_selected(selection, i))];                      \
        }                                                                                       \
        return sum;                                                                             \
    }                                                                                           \
    static inline void name##_step(Fn *fn, IntSum *s, CType v)                                  \
    {                                                                                           \
        (void)fn;                                                                               \
        int_sum_add(s, v, 1);                                                                   \
    }                                                                                           \
    AGGREGATE_UPDATE(name##_rows, IntSum, CType, name##_step)                                   \
    static void name##_update_one(Fn *fn, void *state, const Vector *args, Selection selection) \
    {                                                                                           \
        if (selection.count > BATCH_ROWS_MAX)                                                   \
            name##_rows_update_one(fn, state, args, selection);                                 \
        else                                                                                    \
            int_sum_add(state, name##_batch_sum(&args[0], selection), selection.count);         \
    }                                                                                           \
    static inline bool name##_step_back(Fn *fn, IntSum *s, CType v)                             \
    {                                                                                           \
        (void)fn;                                                                               \
        s->sum -= v;                                                                            \
        s->count--;                                                                             \
        return true;                                                                            \
    }                                                                                           \
    AGGREGATE_REMOVE(name, IntSum, CType, name##_step_back)
BATCH_SUM(int2_sum, int16_t)
BATCH_SUM(int4_sum, int32_t)

static void int_sum_combine(Fn *fn, void *into, const void *from)
{
    const IntSum *other = from;
    (void)fn;
    int_sum_add(into, other->sum, other->count);
}

static Datum int_sum_finish(Fn *fn, const void *state, const Datum *direct)
{
    const IntSum *s = state;
    (void)fn;
    (void)direct;
    return (Datum){.value.i64 = s->sum, .null = s->count == 0};
}

static Datum average(Fn *fn, i128 sum, int64_t count)
{
    if (!count) return datum_null();
    return (Datum){.value.decimal = decimal_divide(fn->arena, decimal_from_i128(fn->arena, sum, 0),
                                                   decimal_from_i64(fn->arena, count))};
}

static Datum int_avg_finish(Fn *fn, const void *state, const Datum *direct)
{
    const IntSum *s = state;
    (void)direct;
    return average(fn, s->sum, s->count);
}

#define INT_SUM_AGGREGATE(name, loops, finisher)                          \
    const Aggregate aggregate_##name = {.state_bytes = sizeof(IntSum),    \
                                        .skips_nulls = true,              \
                                        .update = loops##_rows_update,    \
                                        .update_one = loops##_update_one, \
                                        .combine = int_sum_combine,       \
                                        .remove = loops##_remove,         \
                                        .finish = finisher};
INT_SUM_AGGREGATE(sum_int2, int2_sum, int_sum_finish)
INT_SUM_AGGREGATE(sum_int4, int4_sum, int_sum_finish)
INT_SUM_AGGREGATE(avg_int2, int2_sum, int_avg_finish)
INT_SUM_AGGREGATE(avg_int4, int4_sum, int_avg_finish)

/* The transition functions that SQL can call. */
SQL_FUNCTION_DATUM(1840, "int2_sum", int8, (int8, int2), IMMUTABLE, int2_sum_next,
                   "adds a value, if it is not null, to a sum")
static Datum int2_sum_next(Fn *fn, const Datum *args)
{
    (void)fn;
    if (args[1].null) return args[0];
    return (Datum){.value.i64 = (args[0].null ? 0 : args[0].value.i64) + args[1].value.i16};
}
SQL_FUNCTION_DATUM(1841, "int4_sum", int8, (int8, int4), IMMUTABLE, int4_sum_next,
                   "adds a value, if it is not null, to a sum")
static Datum int4_sum_next(Fn *fn, const Datum *args)
{
    (void)fn;
    if (args[1].null) return args[0];
    return (Datum){.value.i64 = (int64_t)((uint64_t)(args[0].null ? 0 : args[0].value.i64) +
                                          (uint64_t)(int64_t)args[1].value.i32)};
}
SQL_FUNCTION_DATUM(1842, "int8_sum", numeric, (numeric, int8), IMMUTABLE, int8_sum_next,
                   "adds a value, if it is not null, to a sum")
static Datum int8_sum_next(Fn *fn, const Datum *args)
{
    if (args[1].null) return args[0];
    const Decimal v = decimal_from_i64(fn->arena, args[1].value.i64);
    if (args[0].null) return (Datum){.value.decimal = v};
    return (Datum){.value.decimal = decimal_add(fn->arena, args[0].value.decimal, v)};
}
/* The state as bigint[]: count and sum. */
static IntSum sum_read(Str array)
{
    const ArrayView view = array_view_or_raise(array);
    int64_t numbers[2];
    if (view.shape.dimensions != 1 || view.count != 2 || view.nulls || view.element != OID_INT8)
        raise_error(SQLSTATE_INTERNAL_ERROR, "expected 2-element int8 array");
    memcpy(numbers, view.elements, sizeof numbers);
    return (IntSum){.count = numbers[0], .sum = numbers[1]};
}

static Str sum_with(Fn *fn, Str array, int64_t v, int64_t count)
{
    const IntSum s = sum_read(array);
    const Datum numbers[2] = {
        {.value.i64 = (int64_t)((uint64_t)s.count + (uint64_t)count)},
        {.value.i64 = (int64_t)((uint64_t)s.sum + (uint64_t)v)},
    };
    return array_build(fn->arena, type_get(fn->env, OID_INT8), numbers, 2);
}

SQL_EXPRESSION(1962, "int2_avg_accum", _int8, (_int8, int2), IMMUTABLE | STRICT,
               sum_with(fn, a, b, 1), "count and sum with one value more")
SQL_EXPRESSION(1963, "int4_avg_accum", _int8, (_int8, int4), IMMUTABLE | STRICT,
               sum_with(fn, a, b, 1), "count and sum with one value more")
SQL_EXPRESSION(3570, "int2_avg_accum_inv", _int8, (_int8, int2), IMMUTABLE | STRICT,
               sum_with(fn, a, -(int64_t)b, -1), "count and sum with one value less")
SQL_EXPRESSION(3571, "int4_avg_accum_inv", _int8, (_int8, int4), IMMUTABLE | STRICT,
               sum_with(fn, a, -(int64_t)b, -1), "count and sum with one value less")
SQL_FUNCTION_INTERNAL(3324, "int4_avg_combine", _int8, (_int8, _int8), IMMUTABLE | STRICT, "")

static Datum avg_of_array(Fn *fn, const Datum *args)
{
    const IntSum s = sum_read(strview_str(&args[0].value.str));
    return int_avg_finish(fn, &s, NULL);
}
SQL_FUNCTION_DATUM(1964, "int8_avg", numeric, (_int8), IMMUTABLE | STRICT, avg_of_array,
                   "mean of count and sum")
static Datum sum_of_array(Fn *fn, const Datum *args)
{
    const IntSum s = sum_read(strview_str(&args[0].value.str));
    return int_sum_finish(fn, &s, NULL);
}
SQL_FUNCTION_DATUM(3572, "int2int4_sum", int8, (_int8), IMMUTABLE | STRICT, sum_of_array,
                   "sum of count and sum")

SQL_AGGREGATE(2109, "sum", int8, (int2), IMMUTABLE, aggregate_sum_int2,
              "sum of all values that are not null", .transition = 1840, .combine = 463,
              .moving_transition = 1962, .moving_inverse = 3570, .moving_final = 3572,
              .state = int8, .moving_state = _int8, .moving_initial = "{0,0}")
SQL_AGGREGATE(2108, "sum", int8, (int4), IMMUTABLE, aggregate_sum_int4,
              "sum of all values that are not null", .transition = 1841, .combine = 463,
              .moving_transition = 1963, .moving_inverse = 3571, .moving_final = 3572,
              .state = int8, .moving_state = _int8, .moving_initial = "{0,0}")
SQL_AGGREGATE(2102, "avg", numeric, (int2), IMMUTABLE, aggregate_avg_int2,
              "mean of all values that are not null", .transition = 1962, .final = 1964,
              .combine = 3324, .moving_transition = 1962, .moving_inverse = 3570,
              .moving_final = 1964, .state = _int8, .moving_state = _int8, .initial = "{0,0}",
              .moving_initial = "{0,0}")
SQL_AGGREGATE(2101, "avg", numeric, (int4), IMMUTABLE, aggregate_avg_int4,
              "mean of all values that are not null", .transition = 1963, .final = 1964,
              .combine = 3324, .moving_transition = 1963, .moving_inverse = 3571,
              .moving_final = 1964, .state = _int8, .moving_state = _int8, .initial = "{0,0}",
              .moving_initial = "{0,0}")

/* ---- bigint */

typedef struct WideSum {
    i128 sum;
    int64_t count;
} WideSum;

static inline void int8_step(Fn *fn, WideSum *s, int64_t v)
{
    (void)fn;
    s->sum += v;
    s->count++;
}
AGGREGATE_UPDATE(int8_rows, WideSum, int64_t, int8_step)

static void int8_update_one(Fn *fn, void *state, const Vector *args, Selection selection)
{
    const int64_t *restrict data = args[0].data;
    WideSum *s = state;
    if (!aggregate_is_plain(&args[0], selection) || selection.count > BATCH_ROWS_MAX) {
        int8_rows_update_one(fn, state, args, selection);
        return;
    }
    int64_t high = 0, low = 0;
    for (uint32_t i = 0; i < selection.count; i++) {
        high += data[i] >> 32;
        low += (uint32_t)data[i];
    }
    s->sum += (i128)high * ((int64_t)1 << 32) + low;
    s->count += selection.count;
}

static inline bool int8_step_back(Fn *fn, WideSum *s, int64_t v)
{
    (void)fn;
    s->sum -= v;
    s->count--;
    return true;
}
AGGREGATE_REMOVE(int8, WideSum, int64_t, int8_step_back)

static void int8_combine(Fn *fn, void *into, const void *from)
{
    (void)fn;
    ((WideSum *)into)->sum += ((const WideSum *)from)->sum;
    ((WideSum *)into)->count += ((const WideSum *)from)->count;
}

static Datum int8_sum_finish(Fn *fn, const void *state, const Datum *direct)
{
    const WideSum *s = state;
    (void)direct;
    if (!s->count) return datum_null();
    return (Datum){.value.decimal = decimal_from_i128(fn->arena, s->sum, 0)};
}

static Datum int8_avg_finish(Fn *fn, const void *state, const Datum *direct)
{
    const WideSum *s = state;
    (void)direct;
    return average(fn, s->sum, s->count);
}

#define WIDE_SUM_AGGREGATE(name, finisher)                              \
    const Aggregate aggregate_##name = {.state_bytes = sizeof(WideSum), \
                                        .skips_nulls = true,            \
                                        .update = int8_rows_update,     \
                                        .update_one = int8_update_one,  \
                                        .combine = int8_combine,        \
                                        .remove = int8_remove,          \
                                        .finish = finisher};
WIDE_SUM_AGGREGATE(sum_int8, int8_sum_finish)
WIDE_SUM_AGGREGATE(avg_int8, int8_avg_finish)

SQL_AGGREGATE(2107, "sum", numeric, (int8), IMMUTABLE, aggregate_sum_int8,
              "sum of all values that are not null", .transition = 2746, .final = 3388,
              .combine = 2785, .serial = 2786, .deserial = 2787, .moving_transition = 2746,
              .moving_inverse = 3387, .moving_final = 3388, .state = internal,
              .moving_state = internal, .state_bytes = 48, .moving_state_bytes = 48)
SQL_AGGREGATE(2100, "avg", numeric, (int8), IMMUTABLE, aggregate_avg_int8,
              "mean of all values that are not null", .transition = 2746, .final = 3389,
              .combine = 2785, .serial = 2786, .deserial = 2787, .moving_transition = 2746,
              .moving_inverse = 3387, .moving_final = 3389, .state = internal,
              .moving_state = internal, .state_bytes = 48, .moving_state_bytes = 48)

/* ---- Floating-point sums: a batch is summed without looking, and again with a look at each step if the result is not
 * finite. */

#define FLOAT_SUM(name, CType, member)                                                          \
    typedef struct name##_State {                                                               \
        CType sum;                                                                              \
        bool any;                                                                               \
    } name##_State;                                                                             \
    static inline void name##_step(Fn *fn, name##_State *s, CType v)                            \
    {                                                                                           \
        (void)fn;                                                                               \
        const CType sum = s->any ? (CType)(s->sum + v) : v;                                     \
        if (UNLIKELY(isinf(sum)) && !isinf(v) && !isinf(s->sum)) float_overflow();              \
        *s = (name##_State){sum, true};                                                         \
    }                                                                                           \
    AGGREGATE_UPDATE(name##_checked, name##_State, CType, name##_step)                          \
    static void name##_update_one(Fn *fn, void *state, const Vector *args, Selection selection) \
    {                                                                                           \
        const CType *restrict data = args[0].data;                                              \
        name##_State *s = state;                                                                \
        if (s->any && aggregate_is_plain(&args[0], selection)) {                                \
            CType sum = s->sum;                                                                 \
            for (uint32_t i = 0; i < selection.count; i++) sum = (CType)(sum + data[i]);        \
            if (LIKELY(isfinite(sum))) {                                                        \
                s->sum = sum;                                                                   \
                return;                                                                         \
            }                                                                                   \
        }                                                                                       \
        name##_checked_update_one(fn, state, args, selection);                                  \
    }                                                                                           \
    static void name##_combine(Fn *fn, void *into, const void *from)                            \
    {                                                                                           \
        const name##_State *other = from;                                                       \
        if (other->any) name##_step(fn, into, other->sum);                                      \
    }                                                                                           \
    static Datum name##_finish(Fn *fn, const void *state, const Datum *direct)                  \
    {                                                                                           \
        const name##_State *s = state;                                                          \
        (void)fn;                                                                               \
        (void)direct;                                                                           \
        return (Datum){.value.member = s->sum, .null = !s->any};                                \
    }                                                                                           \
    const Aggregate aggregate_##name = {.state_bytes = sizeof(name##_State),                    \
                                        .skips_nulls = true,                                    \
                                        .update = name##_checked_update,                        \
                                        .update_one = name##_update_one,                        \
                                        .combine = name##_combine,                              \
                                        .finish = name##_finish};
FLOAT_SUM(sum_float4, float, f32)
FLOAT_SUM(sum_float8, double, f64)

SQL_AGGREGATE(2110, "sum", float4, (float4), IMMUTABLE, aggregate_sum_float4,
              "sum of all values that are not null", .transition = 204, .combine = 204,
              .state = float4)
SQL_AGGREGATE(2111, "sum", float8, (float8), IMMUTABLE, aggregate_sum_float8,
              "sum of all values that are not null", .transition = 218, .combine = 218,
              .state = float8)

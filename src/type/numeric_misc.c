/* SPDX-License-Identifier: Apache-2.0 */
/* numeric_misc.c - conversions between numeric and binary numbers, series, buckets, window frame bounds, factorials,
 * random. */
#include "type/float.h"

#include <math.h>

#include "base/float_text.h"
#include "base/task.h"
#include "type/numeric.h"
#include "type/numeric_internal.h"
#include "type/random.h"

/* ---- Conversions */

static int64_t to_integer(Fn *fn, Decimal v, const char *type_name, int64_t least, int64_t most)
{
    int64_t whole;
    if (decimal_is_special(v))
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "cannot convert %s to %s",
                    decimal_is_nan(v) ? "NaN" : "infinity", type_name);
    if (!decimal_to_i64(fn->arena, v, &whole) || whole < least || whole > most)
        raise_error(SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE, "%s out of range", type_name);
    return whole;
}

static int16_t numeric_to_int2(Fn *fn, Decimal v)
{
    return (int16_t)to_integer(fn, v, "smallint", INT16_MIN, INT16_MAX);
}

static int32_t numeric_to_int4(Fn *fn, Decimal v)
{
    return (int32_t)to_integer(fn, v, "integer", INT32_MIN, INT32_MAX);
}

int64_t numeric__to_int8(Fn *fn, Decimal v)
{
    return to_integer(fn, v, "bigint", INT64_MIN, INT64_MAX);
}

static Str text_of(Fn *fn, Decimal v)
{
    StrBuilder text = str_builder(fn->arena, 32);
    decimal_print(v, fn->arena, &text);
    return str_done(&text);
}

static double numeric_to_float8(Fn *fn, Decimal v)
{
    double result;
    InputError err = {.arena = fn->arena};
    if (!float8_parse(text_of(fn, v), &result, &err)) input_error_raise(&err);
    return result;
}

static float numeric_to_float4(Fn *fn, Decimal v)
{
    float result;
    InputError err = {.arena = fn->arena};
    if (!float4_parse(text_of(fn, v), &result, &err)) input_error_raise(&err);
    return result;
}

static Decimal from_double(Fn *fn, double v, int digits)
{
    char text[FLOAT_TEXT_MAX];
    Decimal result;
    InputError err = {.arena = fn->arena};
    const size_t bytes = f64_print_digits(text, v, digits);
    if (!decimal_parse(fn->arena, (Str){text, bytes}, &result, &err)) input_error_raise(&err);
    return result;
}

static Decimal float8_to_numeric(Fn *fn, double v)
{
    return from_double(fn, v, 15);
}

static Decimal float4_to_numeric(Fn *fn, float v)
{
    return from_double(fn, (double)v, 6);
}

static Decimal numeric_to_typmod(Fn *fn, Decimal v, int32_t typmod)
{
    InputError err = {.arena = fn->arena};
    if (!decimal_fit(fn->arena, &v, typmod, &err)) input_error_raise(&err);
    return v;
}

SQL_EXPRESSION(1740, "numeric", numeric, (int4), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               decimal_from_i64(fn->arena, a), "conversion")
SQL_EXPRESSION(1782, "numeric", numeric, (int2), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               decimal_from_i64(fn->arena, a), "conversion")
SQL_EXPRESSION(1781, "numeric", numeric, (int8), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               decimal_from_i64(fn->arena, a), "conversion")
SQL_FUNCTION(1742, "numeric", numeric, (float4), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
             float4_to_numeric, "conversion, 6 significant digits")
SQL_FUNCTION(1743, "numeric", numeric, (float8), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
             float8_to_numeric, "conversion, 15 significant digits")
SQL_FUNCTION(1744, "int4", int4, (numeric), IMMUTABLE | STRICT, numeric_to_int4,
             "conversion, rounded")
SQL_EXPRESSION(1779, "int8", int8, (numeric), IMMUTABLE | STRICT, numeric__to_int8(fn, a),
               "conversion, rounded")
SQL_FUNCTION(1783, "int2", int2, (numeric), IMMUTABLE | STRICT, numeric_to_int2,
             "conversion, rounded")
SQL_FUNCTION(1745, "float4", float4, (numeric), IMMUTABLE | STRICT, numeric_to_float4,
             "conversion, rounded")
SQL_FUNCTION(1746, "float8", float8, (numeric), IMMUTABLE | STRICT, numeric_to_float8,
             "conversion, rounded")
SQL_FUNCTION(1703, "numeric", numeric, (numeric, int4), IMMUTABLE | STRICT, numeric_to_typmod,
             "fits a value to precision and scale")
SQL_FACTS(1703, .support = 3157)

/* ---- Factorials */

enum { FACTORIAL_MAX = 32177 };

static Decimal numeric_factorial(Fn *fn, int64_t n)
{
    if (n < 0)
        raise_error(SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE,
                    "factorial of a negative number is undefined");
    if (n > FACTORIAL_MAX) num__overflow();
    /* 64 bits hold the product of some factors: few multiplications by one limb. */
    mp_limb_t *limbs = arena_alloc_array(fn->arena, (size_t)n / 4 + 2, sizeof *limbs);
    uint32_t count = 1;
    uint64_t factor = 1;
    limbs[0] = 1;
    for (int64_t i = 2; i <= n + 1; i++) {
        uint64_t product;
        if (i <= n && !mul_overflows(factor, (uint64_t)i, &product)) {
            factor = product;
            continue;
        }
        task_check();
        const mp_limb_t carry = mpn_mul_1(limbs, limbs, count, factor);
        if (carry) limbs[count++] = carry;
        factor = (uint64_t)i;
    }
    const Num result = num__of_limbs(limbs, count);
    return num__decimal(fn->arena, &result);
}

/* ---- Buckets and frames */

static int32_t numeric_width_bucket(Fn *fn, Decimal v, Decimal low, Decimal high, int32_t count)
{
    Arena *arena = fn->arena;
    if (count <= 0)
        raise_error(SQLSTATE_INVALID_ARGUMENT_FOR_WIDTH_BUCKET_FUNCTION,
                    "count must be greater than zero");
    if (decimal_is_nan(v) || decimal_is_nan(low) || decimal_is_nan(high))
        raise_error(SQLSTATE_INVALID_ARGUMENT_FOR_WIDTH_BUCKET_FUNCTION,
                    "operand, lower bound, and upper bound cannot be NaN");
    if (decimal_is_infinite(low) || decimal_is_infinite(high))
        raise_error(SQLSTATE_INVALID_ARGUMENT_FOR_WIDTH_BUCKET_FUNCTION,
                    "lower and upper bounds must be finite");
    const int direction = decimal_compare(high, low);
    if (direction == 0)
        raise_error(SQLSTATE_INVALID_ARGUMENT_FOR_WIDTH_BUCKET_FUNCTION,
                    "lower bound cannot equal upper bound");
    if (decimal_compare(v, low) * direction < 0) return 0;
    if (decimal_compare(v, high) * direction >= 0) {
        if (count == INT32_MAX)
            raise_error(SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE, "integer out of range");
        return count + 1;
    }
    int64_t bucket = 0;
    const Decimal above = decimal_multiply(arena, decimal_subtract(arena, v, low),
                                           decimal_from_i64(arena, count));
    const Decimal part = decimal_quotient(arena, above, decimal_subtract(arena, high, low));
    return decimal_to_i64(arena, part, &bucket) ? (int32_t)bucket + 1 : 0;
}

static bool numeric_in_range(Fn *fn, Decimal value, Decimal base, Decimal offset, bool subtract,
                             bool less)
{
    if (decimal_is_nan(offset) || decimal_sign(offset) < 0)
        raise_error(SQLSTATE_INVALID_PRECEDING_OR_FOLLOWING_SIZE,
                    "invalid preceding or following size in window function");
    if (decimal_is_nan(value)) return decimal_is_nan(base) || !less;
    if (decimal_is_nan(base)) return less;
    if (decimal_is_infinite(offset) && decimal_is_infinite(base) &&
        (decimal_sign(base) > 0) == subtract)
        return true;
    const Decimal bound = subtract ? decimal_subtract(fn->arena, base, offset)
                                   : decimal_add(fn->arena, base, offset);
    const int order = decimal_compare(value, bound);
    return less ? order <= 0 : order >= 0;
}

SQL_FUNCTION(1376, "factorial", numeric, (int8), IMMUTABLE | STRICT, numeric_factorial, "factorial")
SQL_FUNCTION(2170, "width_bucket", int4, (numeric, numeric, numeric, int4), IMMUTABLE | STRICT,
             numeric_width_bucket, "number of the bucket, of equal width, that holds a value")
SQL_FUNCTION(4141, "in_range", bool, (numeric, numeric, numeric, bool, bool), IMMUTABLE | STRICT,
             numeric_in_range, "is the value within the offset of the frame's base")

/* ---- Series */

typedef struct Series {
    Decimal next, stop, step;
} Series;

static void check_series(Decimal v, const char *what)
{
    if (decimal_is_special(v))
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "%s cannot be %s", what,
                    decimal_is_nan(v) ? "NaN" : "infinity");
}

static bool numeric_series(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    Series *s = set->state;
    if (!s) {
        set->state = s = ARENA_NEW(set->arena, Series);
        *s = (Series){args[0].value.decimal, args[1].value.decimal, decimal_small(1, 0)};
        if (fn->arg_count == 3) s->step = args[2].value.decimal;
        check_series(s->next, "start value");
        check_series(s->stop, "stop value");
        check_series(s->step, "step size");
        if (decimal_sign(s->step) == 0)
            raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "step size cannot equal zero");
    }
    if (decimal_compare(s->next, s->stop) * decimal_sign(s->step) > 0) return false;
    columns[0] = (Datum){.value.decimal = s->next};
    s->next = decimal_add(set->arena, s->next, s->step);
    return true;
}

SQL_FUNCTION_SET(3259, "generate_series", numeric, (numeric, numeric, numeric), IMMUTABLE | STRICT,
                 numeric_series, "numbers from start to stop by step")
SQL_FUNCTION_SET(3260, "generate_series", numeric, (numeric, numeric), IMMUTABLE | STRICT,
                 numeric_series, "numbers from start to stop")
SQL_FACTS(3259, .support = 6357)
SQL_FACTS(3260, .support = 6357)

/* ---- Random */

/* The coefficient of a number in [0, span] of the same scale: by 64 bits, or limb after limb with the top one cut to
 * the size of the span's, drawn anew while it is beyond. */
static Num random_magnitude(Fn *fn, const Num *span)
{
    if (span->count <= 1) {
        const uint64_t most = span->count ? span->limbs[0] : 0;
        return num__of_u64(fn->arena, random_u64_upto(fn->env->random, most));
    }
    mp_limb_t *limbs = arena_alloc_array(fn->arena, span->count, sizeof *limbs);
    const int shift = __builtin_clzll(span->limbs[span->count - 1]);
    Num drawn;
    do {
        for (uint32_t i = 0; i < span->count; i++)
            limbs[i] = random_u64_upto(fn->env->random, UINT64_MAX);
        limbs[span->count - 1] >>= shift;
        drawn = num__of_limbs(limbs, span->count);
    } while (num__compare_magnitude(&drawn, span) > 0);
    return drawn;
}

static Decimal random_numeric(Fn *fn, Decimal least, Decimal most)
{
    const Decimal bounds[] = {least, most};
    for (int i = 0; i < 2; i++)
        if (decimal_is_special(bounds[i]))
            raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "%s bound cannot be %s",
                        i ? "upper" : "lower", decimal_is_nan(bounds[i]) ? "NaN" : "infinity");
    if (decimal_compare(least, most) > 0)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE,
                    "lower bound must be less than or equal to upper bound");
    const Num low = num__of(fn->arena, least), high = num__of(fn->arena, most);
    const Num span = num__subtract(fn->arena, &high, &low);
    Num drawn = random_magnitude(fn, &span);
    drawn.scale = span.scale;
    const Num result = num__add(fn->arena, &low, &drawn);
    return num__decimal(fn->arena, &result);
}

SQL_FUNCTION(6341, "random", numeric, (numeric, numeric), VOLATILE | STRICT | PARALLEL_RESTRICTED,
             random_numeric, "random number between two bounds, both included")
SQL_FACTS(6341, .arguments = "min numeric, max numeric")

SQL_CAST(10004, int8, numeric, 1781, IMPLICIT)
SQL_CAST(10009, int2, numeric, 1782, IMPLICIT)
SQL_CAST(10014, int4, numeric, 1740, IMPLICIT)
SQL_CAST(10019, float4, numeric, 1742, ASSIGNMENT)
SQL_CAST(10024, float8, numeric, 1743, ASSIGNMENT)
SQL_CAST(10025, numeric, int8, 1779, ASSIGNMENT)
SQL_CAST(10026, numeric, int2, 1783, ASSIGNMENT)
SQL_CAST(10027, numeric, int4, 1744, ASSIGNMENT)
SQL_CAST(10028, numeric, float4, 1745, IMPLICIT)
SQL_CAST(10029, numeric, float8, 1746, IMPLICIT)
SQL_CAST(10219, numeric, numeric, 1703, IMPLICIT)

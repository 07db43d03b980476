/* SPDX-License-Identifier: Apache-2.0 */
/* numeric_math.c - square roots, exponentials, logarithms and powers of numeric. Every result is rounded to a scale
 * found beforehand from an estimate of its size, so that it has 16 significant digits at least and no fewer decimals
 * than the arguments; the estimates are in double precision over groups of four digits, which fixes the scale
 * exactly. */
#include "type/numeric.h"

#include <math.h>

#include "type/numeric_internal.h"

#define LOG10_E 0.434294481903252
#define LN_10 2.302585092994046
enum { RESULT_DIGITS_MAX = 2000, WEIGHT_MAX = 32768 };

static int32_t clamp_scale(int32_t scale, int32_t at_least)
{
    return MIN(MAX(MAX(scale, at_least), 0), NUM_DISPLAY_SCALE_MAX);
}

/* A scratch arena that lives as long as the call site and is emptied at each call. */
static Arena *scratch_of(Fn *fn)
{
    if (!fn->state) fn->state = arena_new_child(fn->site, "numeric functions");
    arena_reset(fn->state);
    return fn->state;
}

/* ---- Square roots */

static Decimal numeric_sqrt(Fn *fn, Decimal v)
{
    if (decimal_is_nan(v) || (decimal_is_infinite(v) && decimal_sign(v) > 0)) return v;
    if (decimal_sign(v) < 0)
        raise_error(SQLSTATE_INVALID_ARGUMENT_FOR_POWER_FUNCTION,
                    "cannot take square root of a negative number");
    Arena *scratch = scratch_of(fn);
    const Num num = num__of(scratch, v);
    const int32_t weight = num__groups(scratch, &num).weight;
    const int32_t whole = weight >= 0 ? weight * 4 / 2 + 1 : 1 - (1 - weight * 4) / 2;
    const Num root = num__sqrt(scratch, &num, clamp_scale(NUM_SIGNIFICANT_MIN - whole, num.scale));
    return num__decimal(fn->arena, &root);
}

/* ---- Exponentials and logarithms */

static double to_double(Arena *scratch, const Num *v)
{
    const Decimal d = num__decimal(scratch, v);
    return decimal_to_double(scratch, d);
}

static Decimal numeric_exp(Fn *fn, Decimal v)
{
    if (decimal_is_nan(v)) return v;
    if (decimal_is_infinite(v)) return decimal_sign(v) > 0 ? v : decimal_small(0, 0);
    Arena *scratch = scratch_of(fn);
    const Num num = num__of(scratch, v);
    const double x = decimal_to_double(scratch, v);
    const double digits = fmax(fmin(x * LOG10_E, NUMERIC_SCALE_MAX), -NUMERIC_SCALE_MAX);
    const int32_t scale = clamp_scale(NUM_SIGNIFICANT_MIN - (int32_t)digits, num.scale);
    Num result = {.scale = scale};
    if (fabs(x) >= RESULT_DIGITS_MAX * 3) {
        if (x > 0) num__overflow();
    } else {
        result = num__exp(scratch, &num, scale);
    }
    return num__decimal(fn->arena, &result);
}

/* Decimal weight of ln(v), about; v > 0. */
static int32_t estimate_ln_weight(Arena *scratch, const Num *v)
{
    Num nine = num__of_u64(scratch, 9), eleven = num__of_u64(scratch, 11);
    const Num one = num__of_u64(scratch, 1);
    nine.scale = eleven.scale = 1;
    if (num__compare(scratch, v, &nine) >= 0 && num__compare(scratch, v, &eleven) <= 0) {
        /* ln(v) is close to v - 1. */
        const Num x = num__subtract(scratch, v, &one);
        if (!x.count) return 0;
        const NumGroups g = num__groups(scratch, &x);
        return g.weight * 4 + (int32_t)log10(g.groups[0]);
    }
    const NumGroups g = num__groups(scratch, v);
    if (!g.count) return 0;
    int64_t digits = g.groups[0], weight = (int64_t)g.weight * 4;
    if (g.count > 1) {
        digits = digits * 10000 + g.groups[1];
        weight -= 4;
    }
    return (int32_t)log10(fabs(log((double)digits) + (double)weight * LN_10));
}

static void check_logarithm(Decimal v)
{
    if (decimal_is_nan(v)) return;
    if (decimal_sign(v) < 0)
        raise_error(SQLSTATE_INVALID_ARGUMENT_FOR_LOGARITHM,
                    "cannot take logarithm of a negative number");
    if (decimal_sign(v) == 0)
        raise_error(SQLSTATE_INVALID_ARGUMENT_FOR_LOGARITHM, "cannot take logarithm of zero");
}

static Decimal numeric_ln(Fn *fn, Decimal v)
{
    check_logarithm(v);
    if (decimal_is_special(v)) return v;
    Arena *scratch = scratch_of(fn);
    const Num num = num__of(scratch, v);
    const int32_t scale = clamp_scale(NUM_SIGNIFICANT_MIN - estimate_ln_weight(scratch, &num),
                                      num.scale);
    const Num result = num__ln(scratch, &num, scale);
    return num__decimal(fn->arena, &result);
}

static Decimal numeric_log(Fn *fn, Decimal base, Decimal v)
{
    if (decimal_is_nan(base) || decimal_is_nan(v)) return decimal_nan(fn->arena);
    check_logarithm(base);
    check_logarithm(v);
    if (decimal_is_infinite(base))
        return decimal_is_infinite(v) ? decimal_nan(fn->arena) : decimal_small(0, 0);
    if (decimal_is_infinite(v)) return v;
    Arena *scratch = scratch_of(fn);
    const Num b = num__of(scratch, base), x = num__of(scratch, v);
    const int32_t weight = estimate_ln_weight(scratch, &x) - estimate_ln_weight(scratch, &b);
    const int32_t scale = clamp_scale(NUM_SIGNIFICANT_MIN - weight, MAX(b.scale, x.scale));
    const Num result = num__log(scratch, &b, &x, scale);
    return num__decimal(fn->arena, &result);
}

/* ---- Powers */

static bool is_whole(Arena *scratch, Decimal v)
{
    return !decimal_is_nan(v) &&
           (decimal_is_infinite(v) || decimal_compare(decimal_cut(scratch, v, 0), v) == 0);
}

static bool is_odd(Arena *scratch, const Num *whole)
{
    const Num cut = num__cut(scratch, whole, 0);
    return cut.count && (cut.limbs[0] & 1);
}

/* NaN or infinity among the arguments. */
static Decimal power_special(Fn *fn, Arena *scratch, Decimal a, Decimal b)
{
    const Decimal one = decimal_small(1, 0), zero = decimal_small(0, 0);
    if (decimal_is_nan(a)) return !decimal_is_special(b) && decimal_sign(b) == 0 ? one : a;
    if (decimal_is_nan(b)) return decimal_compare(a, one) == 0 ? one : b;
    const int sign = decimal_sign(a), exponent_sign = decimal_sign(b);
    if (decimal_compare(a, one) == 0 || exponent_sign == 0) return one;
    if (sign == 0) return zero;
    if (decimal_is_infinite(b)) {
        const int size = decimal_compare(sign < 0 ? decimal_negate(scratch, a) : a, one);
        return size == 0                           ? one
               : (size > 0) == (exponent_sign > 0) ? decimal_infinity(fn->arena, false)
                                                   : zero;
    }
    if (exponent_sign < 0) return zero;
    const Num exponent = num__of(scratch, b);
    return decimal_infinity(fn->arena, sign < 0 && is_odd(scratch, &exponent));
}

/* base^exponent by repeated squaring in binary floating point of so many bits: relative error below 2^(40 - bits). */
typedef struct BigFloat {
    Num mantissa;
    int64_t exponent; /* of two */
} BigFloat;

static BigFloat float_cut(Arena *scratch, BigFloat f, uint64_t bits)
{
    const uint64_t have = num__bits(&f.mantissa);
    if (have <= bits) return f;
    return (BigFloat){num__shift_right_rounded(scratch, &f.mantissa, have - bits),
                      f.exponent + (int64_t)(have - bits)};
}

static BigFloat float_of(Arena *scratch, const Num *v, uint64_t bits)
{
    Num coefficient = {.count = v->count, .limbs = v->limbs};
    const Num power = num__pow10(scratch, (uint32_t)v->scale);
    const int64_t shift = MAX((int64_t)(bits + num__bits(&power)) -
                                  (int64_t)num__bits(&coefficient),
                              0);
    const Num dividend = num__shift_left(scratch, &coefficient, (uint64_t)shift);
    BigFloat f = {.exponent = -shift};
    num__divide_magnitude(scratch, &dividend, &power, &f.mantissa, NULL);
    return float_cut(scratch, f, bits);
}

static BigFloat float_multiply(Arena *scratch, BigFloat a, BigFloat b, uint64_t bits)
{
    const BigFloat product = {num__multiply(scratch, &a.mantissa, &b.mantissa),
                              a.exponent + b.exponent};
    return float_cut(scratch, product, bits);
}

static Num power_rounded(Arena *scratch, const Num *base, uint32_t exponent, bool invert,
                         int32_t scale, int32_t digits)
{
    /* Digits before and behind the point, and room for the error of some thousand roundings. */
    const uint64_t bits = (uint64_t)MAX(digits + scale + 20, 30) * 10 / 3 + 64;
    BigFloat square = float_of(scratch, base, bits), result = {num__of_u64(scratch, 1), 0};
    for (uint32_t rest = exponent; rest; rest >>= 1) {
        if (rest & 1) result = float_multiply(scratch, result, square, bits);
        if (rest > 1) square = float_multiply(scratch, square, square, bits);
    }
    if (invert) {
        const Num one = num__of_u64(scratch, 1),
                  dividend = num__shift_left(scratch, &one, 2 * bits);
        num__divide_magnitude(scratch, &dividend, &result.mantissa, &result.mantissa, NULL);
        result.exponent = -result.exponent - (int64_t)(2 * bits);
    }
    Num scaled = num__scale_up(scratch, &result.mantissa, (uint32_t)scale);
    scaled = result.exponent >= 0
                 ? num__shift_left(scratch, &scaled, (uint64_t)result.exponent)
                 : num__shift_right_rounded(scratch, &scaled, (uint64_t)-result.exponent);
    scaled.scale = scale;
    return scaled;
}

/* Exactly, then rounded once. */
static Num power_exact(Arena *scratch, const Num *base, uint32_t exponent, bool invert,
                       int32_t scale)
{
    Num square = *base, result = num__of_u64(scratch, 1);
    for (uint32_t rest = exponent; rest; rest >>= 1) {
        if (rest & 1) result = num__multiply(scratch, &result, &square);
        if (rest > 1) square = num__multiply(scratch, &square, &square);
    }
    if (!invert) return num__round(scratch, &result, scale);
    const Num one = num__of_u64(scratch, 1);
    return num__divide(scratch, &one, &result, scale, true);
}

enum { EXACT_BITS_MAX = 1 << 16 };

static Num power_whole(Arena *scratch, const Num *base, int32_t exponent, int32_t exponent_scale)
{
    const NumGroups g = num__groups(scratch, base);
    double estimate = 0;
    if (g.count) {
        double digits = g.groups[0];
        int64_t weight = (int64_t)g.weight * 4;
        for (uint32_t i = 1; i < g.count && i * 4 < 16; i++) {
            digits = digits * 10000 + g.groups[i];
            weight -= 4;
        }
        estimate = exponent * (log10(digits) + (double)weight);
    }
    if (estimate > (double)WEIGHT_MAX * 4) num__overflow();
    if (estimate + 1 < -NUM_DISPLAY_SCALE_MAX) return (Num){.scale = NUM_DISPLAY_SCALE_MAX};
    const int32_t scale = clamp_scale(NUM_SIGNIFICANT_MIN - (int32_t)estimate,
                                      MAX(base->scale, exponent_scale));
    const uint32_t times = exponent < 0 ? 0 - (uint32_t)exponent : (uint32_t)exponent;
    if (!base->count && exponent < 0) num__division_by_zero();
    if (!base->count && exponent > 0) return (Num){.scale = scale};
    Num result = num__bits(base) * times <= EXACT_BITS_MAX
                     ? power_exact(scratch, base, times, exponent < 0, scale)
                     : power_rounded(scratch, base, times, exponent < 0, scale,
                                     (int32_t)fabs(estimate) + 10);
    result.negative = base->negative && (times & 1) && result.count;
    return result;
}

static Num power_real(Arena *scratch, Num base, const Num *exponent, bool whole)
{
    if (!base.count) return (Num){.scale = NUM_SIGNIFICANT_MIN};
    const bool negative = base.negative && whole && is_odd(scratch, exponent);
    base.negative = false;
    const int32_t ln_weight = estimate_ln_weight(scratch, &base);
    const Num ln = num__ln(scratch, &base, MAX(8 - ln_weight, 0));
    Num product = num__multiply(scratch, &ln, exponent);
    product = num__round(scratch, &product, MAX(8 - ln_weight, 0));
    const double estimate = to_double(scratch, &product);
    if (fabs(estimate) > RESULT_DIGITS_MAX * 3.01) {
        if (estimate > 0) num__overflow();
        return (Num){.scale = NUM_DISPLAY_SCALE_MAX};
    }
    const double digits = estimate * LOG10_E;
    const int32_t scale = clamp_scale(NUM_SIGNIFICANT_MIN - (int32_t)digits,
                                      MAX(base.scale, exponent->scale));
    Num result = num__power_real(scratch, &base, exponent, scale, (uint32_t)fmax(digits, 0) + 2);
    result.negative = negative && result.count;
    return result;
}

static Decimal numeric_power(Fn *fn, Decimal a, Decimal b)
{
    Arena *scratch = scratch_of(fn);
    int64_t exponent;
    const bool whole = is_whole(scratch, b);
    if (!decimal_is_nan(a) && !decimal_is_nan(b)) {
        if (decimal_sign(a) == 0 && decimal_sign(b) < 0)
            raise_error(SQLSTATE_INVALID_ARGUMENT_FOR_POWER_FUNCTION,
                        "zero raised to a negative power is undefined");
        if (decimal_sign(a) < 0 && !whole)
            raise_error(SQLSTATE_INVALID_ARGUMENT_FOR_POWER_FUNCTION,
                        "a negative number raised to a non-integer power yields a complex result");
    }
    if (decimal_is_special(a) || decimal_is_special(b)) return power_special(fn, scratch, a, b);
    const Num base = num__of(scratch, a), power = num__of(scratch, b);
    Num result;
    if (whole && decimal_to_i64(scratch, b, &exponent) && exponent >= INT32_MIN &&
        exponent <= INT32_MAX)
        result = power_whole(scratch, &base, (int32_t)exponent, power.scale);
    else
        result = power_real(scratch, base, &power, whole);
    return num__decimal(fn->arena, &result);
}

SQL_FUNCTION(1730, "sqrt", numeric, (numeric), IMMUTABLE | STRICT, numeric_sqrt, "square root")
SQL_FUNCTION(1731, "numeric_sqrt", numeric, (numeric), IMMUTABLE | STRICT, numeric_sqrt,
             "square root")
SQL_FUNCTION(1732, "exp", numeric, (numeric), IMMUTABLE | STRICT, numeric_exp,
             "e to the power of the value")
SQL_FUNCTION(1733, "numeric_exp", numeric, (numeric), IMMUTABLE | STRICT, numeric_exp,
             "e to the power of the value")
SQL_FUNCTION(1734, "ln", numeric, (numeric), IMMUTABLE | STRICT, numeric_ln, "natural logarithm")
SQL_FUNCTION(1735, "numeric_ln", numeric, (numeric), IMMUTABLE | STRICT, numeric_ln,
             "natural logarithm")
SQL_FUNCTION(1736, "log", numeric, (numeric, numeric), IMMUTABLE | STRICT, numeric_log,
             "logarithm of b to base a")
SQL_FUNCTION(1737, "numeric_log", numeric, (numeric, numeric), IMMUTABLE | STRICT, numeric_log,
             "logarithm of b to base a")
SQL_FUNCTION(1738, "pow", numeric, (numeric, numeric), IMMUTABLE | STRICT, numeric_power,
             "a to the power of b")
SQL_FUNCTION(1739, "numeric_power", numeric, (numeric, numeric), IMMUTABLE | STRICT, numeric_power,
             "a to the power of b")
SQL_FUNCTION(2169, "power", numeric, (numeric, numeric), IMMUTABLE | STRICT, numeric_power,
             "a to the power of b")
SQL_EXPRESSION(1481, "log10", numeric, (numeric), IMMUTABLE | IN_SQL | STRICT,
               numeric_log(fn, decimal_small(10, 0), a), "logarithm to base 10")
SQL_EXPRESSION(1741, "log", numeric, (numeric), IMMUTABLE | IN_SQL | STRICT,
               numeric_log(fn, decimal_small(10, 0), a), "logarithm to base 10")

/* SPDX-License-Identifier: Apache-2.0 */
/* float_math.c - mathematical functions of double precision. libm computes; SQL's errors stand around it: an argument
 * outside the domain, an infinite result of a finite argument, a zero that is none.
 *
 * Functions of degrees give exact results at multiples of 30 and 45: a quadrant is put together from sine on [0, 30]
 * and cosine on [0, 60], each scaled so that its end is exactly one half. */
#include "type/float.h"

#define RADIANS_PER_DEGREE 0.0174532925199432957692

_Noreturn static void out_of_domain(void)
{
    raise_error(SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE, "input is out of range");
}

static double check_logarithm(double v)
{
    if (v == 0)
        raise_error(SQLSTATE_INVALID_ARGUMENT_FOR_LOGARITHM, "cannot take logarithm of zero");
    if (v < 0)
        raise_error(SQLSTATE_INVALID_ARGUMENT_FOR_LOGARITHM,
                    "cannot take logarithm of a negative number");
    return v;
}

static double float8_sqrt(Fn *fn, double v)
{
    (void)fn;
    if (v < 0)
        raise_error(SQLSTATE_INVALID_ARGUMENT_FOR_POWER_FUNCTION,
                    "cannot take square root of a negative number");
    return float_check(sqrt(v), isinf(v), v == 0);
}

static double float8_exp(Fn *fn, double v)
{
    (void)fn;
    return float_check(exp(v), isinf(v), isinf(v));
}

static double float8_power(Fn *fn, double a, double b)
{
    (void)fn;
    if (a == 0 && b < 0)
        raise_error(SQLSTATE_INVALID_ARGUMENT_FOR_POWER_FUNCTION,
                    "zero raised to a negative power is undefined");
    if (a < 0 && floor(b) != b && !isnan(b))
        raise_error(SQLSTATE_INVALID_ARGUMENT_FOR_POWER_FUNCTION,
                    "a negative number raised to a non-integer power yields a complex result");
    return float_check(pow(a, b), isinf(a) || isinf(b), a == 0 || isinf(a) || isinf(b));
}

/* ---- Radians */

static double need_finite(double v)
{
    if (UNLIKELY(isinf(v))) out_of_domain();
    return v;
}

static double within(double v, double least, double most)
{
    if (UNLIKELY(v < least || v > most)) out_of_domain();
    return v;
}

#define MATH_FUNCTION(name, result)               \
    static double float8_##name(Fn *fn, double v) \
    {                                             \
        (void)fn;                                 \
        return result;                            \
    }
MATH_FUNCTION(sin, sin(need_finite(v)))
MATH_FUNCTION(cos, cos(need_finite(v)))
MATH_FUNCTION(tan, tan(need_finite(v)))
MATH_FUNCTION(cot, 1.0 / tan(need_finite(v)))
MATH_FUNCTION(asin, asin(within(v, -1, 1)))
MATH_FUNCTION(acos, acos(within(v, -1, 1)))
MATH_FUNCTION(atan, atan(v))
MATH_FUNCTION(sinh, sinh(v))
MATH_FUNCTION(cosh, cosh(v))
MATH_FUNCTION(tanh, tanh(v))
MATH_FUNCTION(asinh, asinh(v))
MATH_FUNCTION(acosh, acosh(within(v, 1, INFINITY)))
MATH_FUNCTION(atanh, atanh(within(v, -1, 1)))

static double float8_atan2(Fn *fn, double y, double x)
{
    (void)fn;
    return atan2(y, x);
}

/* ---- Degrees */

static double sine_to_30(double degrees)
{
    return sin(degrees * RADIANS_PER_DEGREE) / sin(30.0 * RADIANS_PER_DEGREE) / 2.0;
}

static double cosine_to_60(double degrees)
{
    const double complement = 1.0 - cos(degrees * RADIANS_PER_DEGREE);
    return 1.0 - complement / (1.0 - cos(60.0 * RADIANS_PER_DEGREE)) / 2.0;
}

/* First quadrant, 0 to 90 degrees. */
static double sine_of_quadrant(double degrees)
{
    return degrees <= 30.0 ? sine_to_30(degrees) : cosine_to_60(90.0 - degrees);
}

static double cosine_of_quadrant(double degrees)
{
    return degrees <= 60.0 ? cosine_to_60(degrees) : sine_to_30(90.0 - degrees);
}

static double asine_of_quadrant(double v)
{
    return v <= 0.5 ? asin(v) / asin(0.5) * 30.0 : 90.0 - acos(v) / acos(0.5) * 60.0;
}

static double acosine_of_quadrant(double v)
{
    return v <= 0.5 ? 90.0 - asin(v) / asin(0.5) * 30.0 : acos(v) / acos(0.5) * 60.0;
}

typedef struct Quadrant {
    double degrees, sine_sign, cosine_sign;
} Quadrant;

/* Folds an angle into the first quadrant. */
static Quadrant to_quadrant(double degrees)
{
    Quadrant q = {fmod(need_finite(degrees), 360.0), 1, 1};
    if (q.degrees < 0) q.degrees = -q.degrees, q.sine_sign = -q.sine_sign;
    if (q.degrees > 180) q.degrees = 360 - q.degrees, q.sine_sign = -q.sine_sign;
    if (q.degrees > 90) q.degrees = 180 - q.degrees, q.cosine_sign = -1;
    return q;
}

static double float8_sind(Fn *fn, double v)
{
    const Quadrant q = to_quadrant(v);
    (void)fn;
    return q.sine_sign * sine_of_quadrant(q.degrees);
}

static double float8_cosd(Fn *fn, double v)
{
    const Quadrant q = to_quadrant(v);
    (void)fn;
    return q.cosine_sign * cosine_of_quadrant(q.degrees);
}

static double float8_tand(Fn *fn, double v)
{
    const Quadrant q = to_quadrant(v);
    const double of_45 = sine_of_quadrant(45.0) / cosine_of_quadrant(45.0);
    (void)fn;
    const double result = q.sine_sign * q.cosine_sign *
                          (sine_of_quadrant(q.degrees) / cosine_of_quadrant(q.degrees) / of_45);
    return result == 0 ? 0 : result; /* never -0 */
}

static double float8_cotd(Fn *fn, double v)
{
    const Quadrant q = to_quadrant(v);
    const double of_45 = cosine_of_quadrant(45.0) / sine_of_quadrant(45.0);
    (void)fn;
    const double result = q.sine_sign * q.cosine_sign *
                          (cosine_of_quadrant(q.degrees) / sine_of_quadrant(q.degrees) / of_45);
    return result == 0 ? 0 : result;
}

MATH_FUNCTION(asind, within(v, -1, 1) >= 0 ? asine_of_quadrant(v) : -asine_of_quadrant(-v))
MATH_FUNCTION(acosd, within(v, -1, 1) >= 0 ? acosine_of_quadrant(v) : 90.0 + asine_of_quadrant(-v))
MATH_FUNCTION(atand, atan(v) / atan(1.0) * 45.0)

static double float8_atan2d(Fn *fn, double y, double x)
{
    (void)fn;
    return atan2(y, x) / atan(1.0) * 45.0;
}

/* ---- Others */

static double float8_gamma(Fn *fn, double v)
{
    (void)fn;
    if (v == -INFINITY) float_overflow();
    const double result = tgamma(v);
    if (isnan(result) && !isnan(v)) float_overflow();
    return float_check(result, isinf(v) && v > 0, false);
}

static double float8_lgamma(Fn *fn, double v)
{
    int sign;
    (void)fn;
    return float_check(lgamma_r(v, &sign), isinf(v), true);
}

static double float8_multiply(Fn *fn, double a, double b)
{
    (void)fn;
    return float_check(a * b, isinf(a), a == 0);
}

static double float8_divide(Fn *fn, double a, double b)
{
    (void)fn;
    return float_check(a / b, isinf(a), a == 0);
}

/* Bucket of `v` among `count` from `low` (inclusive) to `high`; 0 and count + 1 outside. `low` may be the larger
 * bound. */
static int32_t float8_width_bucket(Fn *fn, double v, double low, double high, int32_t count)
{
    (void)fn;
    if (count <= 0)
        raise_error(SQLSTATE_INVALID_ARGUMENT_FOR_WIDTH_BUCKET_FUNCTION,
                    "count must be greater than zero");
    if (isnan(v) || isnan(low) || isnan(high))
        raise_error(SQLSTATE_INVALID_ARGUMENT_FOR_WIDTH_BUCKET_FUNCTION,
                    "operand, lower bound, and upper bound cannot be NaN");
    if (isinf(low) || isinf(high))
        raise_error(SQLSTATE_INVALID_ARGUMENT_FOR_WIDTH_BUCKET_FUNCTION,
                    "lower and upper bounds must be finite");
    if (low == high)
        raise_error(SQLSTATE_INVALID_ARGUMENT_FOR_WIDTH_BUCKET_FUNCTION,
                    "lower bound cannot equal upper bound");
    const bool rising = low < high;
    if (rising ? v < low : v > low) return 0;
    if (rising ? v >= high : v <= high) {
        if (count == INT32_MAX)
            raise_error(SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE, "integer out of range");
        return count + 1;
    }
    const double width = high - low;
    const double part = isinf(width) ? (v / 2 - low / 2) / (high / 2 - low / 2) : (v - low) / width;
    const int32_t bucket = (int32_t)((double)count * part);
    return MIN(bucket, count - 1) + 1;
}

SQL_EXPRESSION(228, "dround", float8, (float8), IMMUTABLE | STRICT | TOTAL, rint(a),
               "nearest whole number, halves to even")
SQL_EXPRESSION(1342, "round", float8, (float8), IMMUTABLE | STRICT | TOTAL, rint(a),
               "nearest whole number, halves to even")
SQL_EXPRESSION(229, "dtrunc", float8, (float8), IMMUTABLE | STRICT | TOTAL, trunc(a), "whole part")
SQL_EXPRESSION(1343, "trunc", float8, (float8), IMMUTABLE | STRICT | TOTAL, trunc(a), "whole part")
SQL_EXPRESSION(2308, "ceil", float8, (float8), IMMUTABLE | STRICT | TOTAL, ceil(a),
               "least whole number not below the value")
SQL_EXPRESSION(2320, "ceiling", float8, (float8), IMMUTABLE | STRICT | TOTAL, ceil(a),
               "least whole number not below the value")
SQL_EXPRESSION(2309, "floor", float8, (float8), IMMUTABLE | STRICT | TOTAL, floor(a),
               "greatest whole number not above the value")
SQL_EXPRESSION(2310, "sign", float8, (float8), IMMUTABLE | STRICT | TOTAL,
               a > 0   ? 1
               : a < 0 ? -1
                       : 0,
               "sign: -1, 0 or 1")
SQL_FUNCTION(230, "dsqrt", float8, (float8), IMMUTABLE | STRICT, float8_sqrt, "square root")
SQL_FUNCTION(1344, "sqrt", float8, (float8), IMMUTABLE | STRICT, float8_sqrt, "square root")
SQL_EXPRESSION(231, "dcbrt", float8, (float8), IMMUTABLE | STRICT,
               float_check(cbrt(a), isinf(a), a == 0), "cube root")
SQL_EXPRESSION(1345, "cbrt", float8, (float8), IMMUTABLE | STRICT,
               float_check(cbrt(a), isinf(a), a == 0), "cube root")
SQL_FUNCTION(232, "dpow", float8, (float8, float8), IMMUTABLE | STRICT, float8_power,
             "a to the power of b")
SQL_FUNCTION(1346, "pow", float8, (float8, float8), IMMUTABLE | STRICT, float8_power,
             "a to the power of b")
SQL_FUNCTION(1368, "power", float8, (float8, float8), IMMUTABLE | STRICT, float8_power,
             "a to the power of b")
SQL_FUNCTION(233, "dexp", float8, (float8), IMMUTABLE | STRICT, float8_exp,
             "e to the power of the value")
SQL_FUNCTION(1347, "exp", float8, (float8), IMMUTABLE | STRICT, float8_exp,
             "e to the power of the value")
SQL_EXPRESSION(234, "dlog1", float8, (float8), IMMUTABLE | STRICT,
               float_check(log(check_logarithm(a)), isinf(a), a == 1), "natural logarithm")
SQL_EXPRESSION(1341, "ln", float8, (float8), IMMUTABLE | STRICT,
               float_check(log(check_logarithm(a)), isinf(a), a == 1), "natural logarithm")
SQL_EXPRESSION(1339, "dlog10", float8, (float8), IMMUTABLE | STRICT,
               float_check(log10(check_logarithm(a)), isinf(a), a == 1), "logarithm to base 10")
SQL_EXPRESSION(1194, "log10", float8, (float8), IMMUTABLE | STRICT,
               float_check(log10(check_logarithm(a)), isinf(a), a == 1), "logarithm to base 10")
SQL_EXPRESSION(1340, "log", float8, (float8), IMMUTABLE | STRICT,
               float_check(log10(check_logarithm(a)), isinf(a), a == 1), "logarithm to base 10")
SQL_FUNCTION(1604, "sin", float8, (float8), IMMUTABLE | STRICT, float8_sin, "sine")
SQL_FUNCTION(1605, "cos", float8, (float8), IMMUTABLE | STRICT, float8_cos, "cosine")
SQL_FUNCTION(1606, "tan", float8, (float8), IMMUTABLE | STRICT, float8_tan, "tangent")
SQL_FUNCTION(1600, "asin", float8, (float8), IMMUTABLE | STRICT, float8_asin, "inverse sine")
SQL_FUNCTION(1601, "acos", float8, (float8), IMMUTABLE | STRICT, float8_acos, "inverse cosine")
SQL_FUNCTION(1602, "atan", float8, (float8), IMMUTABLE | STRICT, float8_atan, "inverse tangent")
SQL_FUNCTION(2462, "sinh", float8, (float8), IMMUTABLE | STRICT, float8_sinh, "hyperbolic sine")
SQL_FUNCTION(2463, "cosh", float8, (float8), IMMUTABLE | STRICT, float8_cosh, "hyperbolic cosine")
SQL_FUNCTION(2464, "tanh", float8, (float8), IMMUTABLE | STRICT, float8_tanh, "hyperbolic tangent")
SQL_FUNCTION(2465, "asinh", float8, (float8), IMMUTABLE | STRICT, float8_asinh,
             "inverse hyperbolic sine")
SQL_FUNCTION(2466, "acosh", float8, (float8), IMMUTABLE | STRICT, float8_acosh,
             "inverse hyperbolic cosine")
SQL_FUNCTION(2467, "atanh", float8, (float8), IMMUTABLE | STRICT, float8_atanh,
             "inverse hyperbolic tangent")
SQL_FUNCTION(1607, "cot", float8, (float8), IMMUTABLE | STRICT, float8_cot, "cotangent")
SQL_FUNCTION(1603, "atan2", float8, (float8, float8), IMMUTABLE | STRICT, float8_atan2,
             "angle of the point (b, a)")
SQL_FUNCTION(2735, "sind", float8, (float8), IMMUTABLE | STRICT, float8_sind, "sine, degrees")
SQL_FUNCTION(2736, "cosd", float8, (float8), IMMUTABLE | STRICT, float8_cosd, "cosine, degrees")
SQL_FUNCTION(2737, "tand", float8, (float8), IMMUTABLE | STRICT, float8_tand, "tangent, degrees")
SQL_FUNCTION(2738, "cotd", float8, (float8), IMMUTABLE | STRICT, float8_cotd, "cotangent, degrees")
SQL_FUNCTION(2731, "asind", float8, (float8), IMMUTABLE | STRICT, float8_asind,
             "inverse sine, degrees")
SQL_FUNCTION(2732, "acosd", float8, (float8), IMMUTABLE | STRICT, float8_acosd,
             "inverse cosine, degrees")
SQL_FUNCTION(2733, "atand", float8, (float8), IMMUTABLE | STRICT, float8_atand,
             "inverse tangent, degrees")
SQL_FUNCTION(2734, "atan2d", float8, (float8, float8), IMMUTABLE | STRICT, float8_atan2d,
             "angle of the point (b, a), degrees")
SQL_EXPRESSION(1608, "degrees", float8, (float8), IMMUTABLE | STRICT,
               float8_divide(fn, a, RADIANS_PER_DEGREE), "radians to degrees")
SQL_EXPRESSION(1609, "radians", float8, (float8), IMMUTABLE | STRICT,
               float8_multiply(fn, a, RADIANS_PER_DEGREE), "degrees to radians")
SQL_EXPRESSION(1610, "pi", float8, (), IMMUTABLE | STRICT | TOTAL, 3.14159265358979323846,
               "the constant pi")
SQL_EXPRESSION(6219, "erf", float8, (float8), IMMUTABLE | STRICT, float_check(erf(a), false, true),
               "error function")
SQL_EXPRESSION(6220, "erfc", float8, (float8), IMMUTABLE | STRICT,
               float_check(erfc(a), false, true), "complement of the error function")
SQL_FUNCTION(6383, "gamma", float8, (float8), IMMUTABLE | STRICT, float8_gamma, "gamma function")
SQL_FUNCTION(6384, "lgamma", float8, (float8), IMMUTABLE | STRICT, float8_lgamma,
             "logarithm of the absolute value of the gamma function")
SQL_FUNCTION(320, "width_bucket", int4, (float8, float8, float8, int4), IMMUTABLE | STRICT,
             float8_width_bucket, "number of the bucket, of equal width, that holds a value")

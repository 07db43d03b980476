/* SPDX-License-Identifier: Apache-2.0 */
/* float_arith.c - arithmetic, comparison, conversion and index classes of real and double precision.
 *
 * An infinite result of finite operands is an overflow, a zero product of non-zero factors an underflow. The bulk forms
 * look for results that might be either and leave such blocks, and those with infinities, to the scalar bodies; those
 * of comparisons leave blocks with a NaN, which C orders otherwise. */
#include "type/float.h"

#include "type/hash_pg.h"

_Noreturn void float_overflow(void)
{
    raise_error(SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE, "value out of range: overflow");
}

_Noreturn void float_underflow(void)
{
    raise_error(SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE, "value out of range: underflow");
}

double float_check(double result, bool infinite_is_right, bool zero_is_right)
{
    if (UNLIKELY(isinf(result)) && !infinite_is_right) float_overflow();
    if (UNLIKELY(result == 0) && !zero_is_right) float_underflow();
    return result;
}

#define FLOAT_ARITHMETIC(name, CType)                                             \
    static CType name##_add(Fn *fn, CType a, CType b)                             \
    {                                                                             \
        (void)fn;                                                                 \
        return (CType)float_check(a + b, isinf(a) || isinf(b), true);             \
    }                                                                             \
    static CType name##_subtract(Fn *fn, CType a, CType b)                        \
    {                                                                             \
        (void)fn;                                                                 \
        return (CType)float_check(a - b, isinf(a) || isinf(b), true);             \
    }                                                                             \
    static CType name##_multiply(Fn *fn, CType a, CType b)                        \
    {                                                                             \
        (void)fn;                                                                 \
        return (CType)float_check(a * b, isinf(a) || isinf(b), a == 0 || b == 0); \
    }                                                                             \
    static CType name##_divide(Fn *fn, CType a, CType b)                          \
    {                                                                             \
        (void)fn;                                                                 \
        if (UNLIKELY(b == 0) && !isnan(a))                                        \
            raise_error(SQLSTATE_DIVISION_BY_ZERO, "division by zero");           \
        return (CType)float_check(a / b, isinf(a), a == 0 || isinf(b));           \
    }

/* `suspect` and `wrong` are asked of a row's operands x and y and its result r. A first loop collects what few rows
 * have, cheaply; where it found some, a second asks what only a row for the scalar body has. */
#define FLOAT_KERNEL(name, CType, UType, operation, suspect, wrong)                  \
    static ALWAYS_INLINE bool name(const CType *restrict a, const CType *restrict b, \
                                   CType *restrict out, uint32_t n)                  \
    {                                                                                \
        UType bad = 0;                                                               \
        for (uint32_t i = 0; i < n; i++) {                                           \
            const CType y = b[i], r = a[i] operation y;                              \
            out[i] = r;                                                              \
            bad |= suspect;                                                          \
            (void)y;                                                                 \
        }                                                                            \
        if (LIKELY(!bad)) return true;                                               \
        bad = 0;                                                                     \
        for (uint32_t i = 0; i < n; i++) {                                           \
            const CType x = a[i], y = b[i], r = out[i];                              \
            bad |= wrong;                                                            \
            (void)x;                                                                 \
            (void)y;                                                                 \
        }                                                                            \
        return !bad;                                                                 \
    }
/* A condition as a mask of the number's width, so that the compiler makes vector code of it. */
#define IF(UType, condition) (-(UType)(condition))
#define FLOAT_KERNELS(name, CType, UType, absolute)                                                \
    FLOAT_KERNEL(name##_add_bulk, CType, UType, +, IF(UType, absolute(r) == (CType)INFINITY),      \
                 IF(UType, absolute(r) == (CType)INFINITY))                                        \
    FLOAT_KERNEL(name##_subtract_bulk, CType, UType, -, IF(UType, absolute(r) == (CType)INFINITY), \
                 IF(UType, absolute(r) == (CType)INFINITY))                                        \
    FLOAT_KERNEL(name##_multiply_bulk, CType, UType, *,                                            \
                 IF(UType, absolute(r) == (CType)INFINITY) | IF(UType, r == 0),                    \
                 IF(UType, absolute(r) == (CType)INFINITY) |                                       \
                     (IF(UType, r == 0) & IF(UType, x != 0) & IF(UType, y != 0)))                  \
    FLOAT_KERNEL(name##_divide_bulk, CType, UType, /,                                              \
                 IF(UType, absolute(r) == (CType)INFINITY) | IF(UType, r == 0) |                   \
                     IF(UType, y == 0),                                                            \
                 IF(UType, absolute(r) == (CType)INFINITY) | IF(UType, y == 0) |                   \
                     (IF(UType, r == 0) & IF(UType, x != 0)))
FLOAT_ARITHMETIC(float4, float)
FLOAT_ARITHMETIC(float8, double)
FLOAT_KERNELS(float4, float, uint32_t, fabsf)
FLOAT_KERNELS(float8, double, uint64_t, fabs)

SQL_FUNCTION_BULK(202, "float4mul", float4, (float4, float4), IMMUTABLE | STRICT, float4_multiply,
                  float4_multiply_bulk, "product")
SQL_FUNCTION_BULK(203, "float4div", float4, (float4, float4), IMMUTABLE | STRICT, float4_divide,
                  float4_divide_bulk, "quotient")
SQL_FUNCTION_BULK(204, "float4pl", float4, (float4, float4), IMMUTABLE | STRICT, float4_add,
                  float4_add_bulk, "sum")
SQL_FUNCTION_BULK(205, "float4mi", float4, (float4, float4), IMMUTABLE | STRICT, float4_subtract,
                  float4_subtract_bulk, "difference")
SQL_EXPRESSION(206, "float4um", float4, (float4), IMMUTABLE | STRICT | TOTAL, -a,
               "the value with its sign changed")
SQL_EXPRESSION(207, "float4abs", float4, (float4), IMMUTABLE | STRICT | TOTAL, fabsf(a),
               "absolute value")
SQL_EXPRESSION(209, "float4larger", float4, (float4, float4), IMMUTABLE | STRICT | TOTAL,
               float_less(b, a) ? a : b, "the larger of two values")
SQL_EXPRESSION(211, "float4smaller", float4, (float4, float4), IMMUTABLE | STRICT | TOTAL,
               float_less(a, b) ? a : b, "the smaller of two values")
SQL_FUNCTION_BULK(216, "float8mul", float8, (float8, float8), IMMUTABLE | STRICT, float8_multiply,
                  float8_multiply_bulk, "product")
SQL_FUNCTION_BULK(217, "float8div", float8, (float8, float8), IMMUTABLE | STRICT, float8_divide,
                  float8_divide_bulk, "quotient")
SQL_FUNCTION_BULK(218, "float8pl", float8, (float8, float8), IMMUTABLE | STRICT, float8_add,
                  float8_add_bulk, "sum")
SQL_FUNCTION_BULK(219, "float8mi", float8, (float8, float8), IMMUTABLE | STRICT, float8_subtract,
                  float8_subtract_bulk, "difference")
SQL_EXPRESSION(220, "float8um", float8, (float8), IMMUTABLE | STRICT | TOTAL, -a,
               "the value with its sign changed")
SQL_EXPRESSION(221, "float8abs", float8, (float8), IMMUTABLE | STRICT | TOTAL, fabs(a),
               "absolute value")
SQL_EXPRESSION(223, "float8larger", float8, (float8, float8), IMMUTABLE | STRICT | TOTAL,
               float_less(b, a) ? a : b, "the larger of two values")
SQL_EXPRESSION(224, "float8smaller", float8, (float8, float8), IMMUTABLE | STRICT | TOTAL,
               float_less(a, b) ? a : b, "the smaller of two values")
SQL_EXPRESSION(279, "float48mul", float8, (float4, float8), IMMUTABLE | STRICT,
               float8_multiply(fn, a, b), "product")
SQL_EXPRESSION(280, "float48div", float8, (float4, float8), IMMUTABLE | STRICT,
               float8_divide(fn, a, b), "quotient")
SQL_EXPRESSION(281, "float48pl", float8, (float4, float8), IMMUTABLE | STRICT, float8_add(fn, a, b),
               "sum")
SQL_EXPRESSION(282, "float48mi", float8, (float4, float8), IMMUTABLE | STRICT,
               float8_subtract(fn, a, b), "difference")
SQL_EXPRESSION(283, "float84mul", float8, (float8, float4), IMMUTABLE | STRICT,
               float8_multiply(fn, a, b), "product")
SQL_EXPRESSION(284, "float84div", float8, (float8, float4), IMMUTABLE | STRICT,
               float8_divide(fn, a, b), "quotient")
SQL_EXPRESSION(285, "float84pl", float8, (float8, float4), IMMUTABLE | STRICT, float8_add(fn, a, b),
               "sum")
SQL_EXPRESSION(286, "float84mi", float8, (float8, float4), IMMUTABLE | STRICT,
               float8_subtract(fn, a, b), "difference")
SQL_EXPRESSION(1394, "abs", float4, (float4), IMMUTABLE | STRICT | TOTAL, fabsf(a),
               "absolute value")
SQL_EXPRESSION(1395, "abs", float8, (float8), IMMUTABLE | STRICT | TOTAL, fabs(a), "absolute value")
SQL_EXPRESSION(1913, "float4up", float4, (float4), IMMUTABLE | STRICT | TOTAL, a,
               "the value itself")
SQL_EXPRESSION(1914, "float8up", float8, (float8), IMMUTABLE | STRICT | TOTAL, a,
               "the value itself")

/* The order has NaN above all numbers. In C's comparisons, without a branch, so that the loops become vector code. */
#define EXACT_LT(a, b) ((bool)(!((b) <= (a)) & ((a) == (a))))
#define EXACT_GT(a, b) EXACT_LT(b, a)
#define EXACT_GE(a, b) ((bool)(((b) <= (a)) | ((a) != (a))))
#define EXACT_LE(a, b) EXACT_GE(b, a)
/* Equality has two kinds of NaN to think of: here a block that has any goes to the scalar body. */
#define FLOAT_EQUALITY(name, CType, UType, operation, exact)                                \
    static bool name(Fn *fn, CType a, CType b)                                              \
    {                                                                                       \
        (void)fn;                                                                           \
        return exact;                                                                       \
    }                                                                                       \
    static ALWAYS_INLINE bool name##_bulk(const CType *restrict a, const CType *restrict b, \
                                          bool *restrict out, uint32_t n)                   \
    {                                                                                       \
        UType bad = 0;                                                                      \
        for (uint32_t i = 0; i < n; i++) {                                                  \
            out[i] = a[i] operation b[i];                                                   \
            bad |= isunordered(a[i], b[i]) ? (UType)-1 : 0;                                 \
        }                                                                                   \
        return !bad;                                                                        \
    }
#define FLOAT_COMPARISONS(name, CType, UType)                      \
    FLOAT_EQUALITY(name##_eq, CType, UType, ==, float_equal(a, b)) \
    FLOAT_EQUALITY(name##_ne, CType, UType, !=, !float_equal(a, b))
FLOAT_COMPARISONS(float4, float, uint32_t)
FLOAT_COMPARISONS(float8, double, uint64_t)

SQL_FUNCTION_BULK(287, "float4eq", bool, (float4, float4), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
                  float4_eq, float4_eq_bulk, "equal")
SQL_FUNCTION_BULK(288, "float4ne", bool, (float4, float4), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
                  float4_ne, float4_ne_bulk, "not equal")
SQL_EXPRESSION(289, "float4lt", bool, (float4, float4), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               EXACT_LT(a, b), "less than")
SQL_EXPRESSION(290, "float4le", bool, (float4, float4), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               EXACT_LE(a, b), "less than or equal")
SQL_EXPRESSION(291, "float4gt", bool, (float4, float4), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               EXACT_GT(a, b), "greater than")
SQL_EXPRESSION(292, "float4ge", bool, (float4, float4), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               EXACT_GE(a, b), "greater than or equal")
SQL_FUNCTION_BULK(293, "float8eq", bool, (float8, float8), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
                  float8_eq, float8_eq_bulk, "equal")
SQL_FUNCTION_BULK(294, "float8ne", bool, (float8, float8), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
                  float8_ne, float8_ne_bulk, "not equal")
SQL_EXPRESSION(295, "float8lt", bool, (float8, float8), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               EXACT_LT(a, b), "less than")
SQL_EXPRESSION(296, "float8le", bool, (float8, float8), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               EXACT_LE(a, b), "less than or equal")
SQL_EXPRESSION(297, "float8gt", bool, (float8, float8), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               EXACT_GT(a, b), "greater than")
SQL_EXPRESSION(298, "float8ge", bool, (float8, float8), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               EXACT_GE(a, b), "greater than or equal")
SQL_EXPRESSION(299, "float48eq", bool, (float4, float8), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               float_equal(a, b), "equal")
SQL_EXPRESSION(300, "float48ne", bool, (float4, float8), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               !float_equal(a, b), "not equal")
SQL_EXPRESSION(301, "float48lt", bool, (float4, float8), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               float_less(a, b), "less than")
SQL_EXPRESSION(302, "float48le", bool, (float4, float8), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               !float_less(b, a), "less than or equal")
SQL_EXPRESSION(303, "float48gt", bool, (float4, float8), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               float_less(b, a), "greater than")
SQL_EXPRESSION(304, "float48ge", bool, (float4, float8), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               !float_less(a, b), "greater than or equal")
SQL_EXPRESSION(305, "float84eq", bool, (float8, float4), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               float_equal(a, b), "equal")
SQL_EXPRESSION(306, "float84ne", bool, (float8, float4), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               !float_equal(a, b), "not equal")
SQL_EXPRESSION(307, "float84lt", bool, (float8, float4), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               float_less(a, b), "less than")
SQL_EXPRESSION(308, "float84le", bool, (float8, float4), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               !float_less(b, a), "less than or equal")
SQL_EXPRESSION(309, "float84gt", bool, (float8, float4), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               float_less(b, a), "greater than")
SQL_EXPRESSION(310, "float84ge", bool, (float8, float4), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               !float_less(a, b), "greater than or equal")
SQL_EXPRESSION(354, "btfloat4cmp", int4, (float4, float4), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               float_compare(a, b), "order of two values, NaN the greatest")
SQL_EXPRESSION(355, "btfloat8cmp", int4, (float8, float8), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               float_compare(a, b), "order of two values, NaN the greatest")
SQL_EXPRESSION(2194, "btfloat48cmp", int4, (float4, float8), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               float_compare(a, b), "order of two values, NaN the greatest")
SQL_EXPRESSION(2195, "btfloat84cmp", int4, (float8, float4), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               float_compare(a, b), "order of two values, NaN the greatest")

/* Zero hashes as 0 whatever its sign, every NaN as one; a real as the double of the same value. */
static uint64_t hash_float_extended(double v, uint64_t seed)
{
    if (v == 0) return seed;
    if (isnan(v)) v = NAN;
    return hash_pg_bytes_extended((Str){(const char *)&v, sizeof v}, seed);
}

static uint32_t hash_float(double v)
{
    if (v == 0) return 0;
    if (isnan(v)) v = NAN;
    return hash_pg_bytes((Str){(const char *)&v, sizeof v});
}

SQL_EXPRESSION(451, "hashfloat4", int4, (float4), IMMUTABLE | STRICT | TOTAL,
               (int32_t)hash_float(a), "hash")
SQL_EXPRESSION(452, "hashfloat8", int4, (float8), IMMUTABLE | STRICT | TOTAL,
               (int32_t)hash_float(a), "hash")
SQL_EXPRESSION(443, "hashfloat4extended", int8, (float4, int8), IMMUTABLE | STRICT | TOTAL,
               (int64_t)hash_float_extended(a, (uint64_t)b), "64-bit hash with a seed")
SQL_EXPRESSION(444, "hashfloat8extended", int8, (float8, int8), IMMUTABLE | STRICT | TOTAL,
               (int64_t)hash_float_extended(a, (uint64_t)b), "64-bit hash with a seed")

/* Rounds to the nearest integer, halves to even, and checks [least, end). */
static double to_integer(double v, double least, double end, const char *message)
{
    const double rounded = rint(v);
    if (UNLIKELY(isnan(v) || rounded < least || rounded >= end))
        raise_error(SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE, "%s", message);
    return rounded;
}

static int16_t float8_to_int2(Fn *fn, double v)
{
    (void)fn;
    return (int16_t)to_integer(v, INT16_MIN, -(double)INT16_MIN, "smallint out of range");
}

static int32_t float8_to_int4(Fn *fn, double v)
{
    (void)fn;
    return (int32_t)to_integer(v, INT32_MIN, -(double)INT32_MIN, "integer out of range");
}

static int64_t float8_to_int8(Fn *fn, double v)
{
    (void)fn;
    return (int64_t)to_integer(v, (double)INT64_MIN, -(double)INT64_MIN, "bigint out of range");
}

static int64_t float4_to_int8(Fn *fn, float v)
{
    return float8_to_int8(fn, (double)v);
}

static float float8_to_float4(Fn *fn, double v)
{
    (void)fn;
    return (float)float_check((double)(float)v, isinf(v), v == 0);
}

SQL_FUNCTION(237, "int2", int2, (float8), IMMUTABLE | STRICT, float8_to_int2,
             "conversion, rounded to even halves")
SQL_EXPRESSION(238, "int2", int2, (float4), IMMUTABLE | STRICT, float8_to_int2(fn, a),
               "conversion, rounded to even halves")
SQL_FUNCTION(317, "int4", int4, (float8), IMMUTABLE | STRICT, float8_to_int4,
             "conversion, rounded to even halves")
SQL_EXPRESSION(319, "int4", int4, (float4), IMMUTABLE | STRICT, float8_to_int4(fn, a),
               "conversion, rounded to even halves")
SQL_FUNCTION(483, "int8", int8, (float8), IMMUTABLE | STRICT, float8_to_int8,
             "conversion, rounded to even halves")
SQL_FUNCTION(653, "int8", int8, (float4), IMMUTABLE | STRICT, float4_to_int8,
             "conversion, rounded to even halves")
SQL_EXPRESSION(311, "float8", float8, (float4), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a,
               "conversion")
SQL_FUNCTION(312, "float4", float4, (float8), IMMUTABLE | STRICT, float8_to_float4,
             "conversion, rounded")

/* RANGE frames: as if NaN were above infinity and equal to itself. */
static bool float8_in_range(Fn *fn, double value, double base, double offset, bool subtract,
                            bool less)
{
    (void)fn;
    if (isnan(offset) || offset < 0)
        raise_error(SQLSTATE_INVALID_PRECEDING_OR_FOLLOWING_SIZE,
                    "invalid preceding or following size in window function");
    if (isnan(value)) return isnan(base) || !less;
    if (isnan(base)) return less;
    if (isinf(offset) && isinf(base) && (subtract ? base > 0 : base < 0)) return true;
    const double bound = subtract ? base - offset : base + offset;
    return less ? value <= bound : value >= bound;
}

SQL_FUNCTION(4139, "in_range", bool, (float8, float8, float8, bool, bool), IMMUTABLE | STRICT,
             float8_in_range, "is the value within the offset of the frame's base")
SQL_EXPRESSION(4140, "in_range", bool, (float4, float4, float8, bool, bool), IMMUTABLE | STRICT,
               float8_in_range(fn, a, b, c, d, e),
               "is the value within the offset of the frame's base")

SQL_OPERATOR(584, "-", 0, float4, float4, float4um)
SQL_OPERATOR(585, "-", 0, float8, float8, float8um)
SQL_OPERATOR(586, "+", float4, float4, float4, float4pl, .commutator = 586)
SQL_OPERATOR(587, "-", float4, float4, float4, float4mi)
SQL_OPERATOR(588, "/", float4, float4, float4, float4div)
SQL_OPERATOR(589, "*", float4, float4, float4, float4mul, .commutator = 589)
SQL_OPERATOR(590, "@", 0, float4, float4, float4abs)
SQL_OPERATOR(591, "+", float8, float8, float8, float8pl, .commutator = 591)
SQL_OPERATOR(592, "-", float8, float8, float8, float8mi)
SQL_OPERATOR(593, "/", float8, float8, float8, float8div)
SQL_OPERATOR(594, "*", float8, float8, float8, float8mul, .commutator = 594)
SQL_OPERATOR(595, "@", 0, float8, float8, float8abs)
SQL_OPERATOR(596, "|/", 0, float8, float8, dsqrt)
SQL_OPERATOR(597, "||/", 0, float8, float8, dcbrt)
SQL_OPERATOR(965, "^", float8, float8, float8, dpow)
SQL_OPERATOR(1116, "+", float4, float8, float8, float48pl, .commutator = 1126)
SQL_OPERATOR(1117, "-", float4, float8, float8, float48mi)
SQL_OPERATOR(1118, "/", float4, float8, float8, float48div)
SQL_OPERATOR(1119, "*", float4, float8, float8, float48mul, .commutator = 1129)
SQL_OPERATOR(1126, "+", float8, float4, float8, float84pl, .commutator = 1116)
SQL_OPERATOR(1127, "-", float8, float4, float8, float84mi)
SQL_OPERATOR(1128, "/", float8, float4, float8, float84div)
SQL_OPERATOR(1129, "*", float8, float4, float8, float84mul, .commutator = 1119)
SQL_OPERATOR(1919, "+", 0, float4, float4, float4up)
SQL_OPERATOR(1920, "+", 0, float8, float8, float8up)
SQL_OPERATOR(620, "=", float4, float4, bool, float4eq, .commutator = 620, .negator = 621,
             .hash = true, .merge = true, .restrict_by = "eqsel", .join_by = "eqjoinsel")
SQL_OPERATOR(621, "<>", float4, float4, bool, float4ne, .commutator = 621, .negator = 620,
             .restrict_by = "neqsel", .join_by = "neqjoinsel")
SQL_OPERATOR(622, "<", float4, float4, bool, float4lt, .commutator = 623, .negator = 625,
             .restrict_by = "scalarltsel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(623, ">", float4, float4, bool, float4gt, .commutator = 622, .negator = 624,
             .restrict_by = "scalargtsel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(624, "<=", float4, float4, bool, float4le, .commutator = 625, .negator = 623,
             .restrict_by = "scalarlesel", .join_by = "scalarlejoinsel")
SQL_OPERATOR(625, ">=", float4, float4, bool, float4ge, .commutator = 624, .negator = 622,
             .restrict_by = "scalargesel", .join_by = "scalargejoinsel")
SQL_OPERATOR(670, "=", float8, float8, bool, float8eq, .commutator = 670, .negator = 671,
             .hash = true, .merge = true, .restrict_by = "eqsel", .join_by = "eqjoinsel")
SQL_OPERATOR(671, "<>", float8, float8, bool, float8ne, .commutator = 671, .negator = 670,
             .restrict_by = "neqsel", .join_by = "neqjoinsel")
SQL_OPERATOR(672, "<", float8, float8, bool, float8lt, .commutator = 674, .negator = 675,
             .restrict_by = "scalarltsel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(673, "<=", float8, float8, bool, float8le, .commutator = 675, .negator = 674,
             .restrict_by = "scalarlesel", .join_by = "scalarlejoinsel")
SQL_OPERATOR(674, ">", float8, float8, bool, float8gt, .commutator = 672, .negator = 673,
             .restrict_by = "scalargtsel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(675, ">=", float8, float8, bool, float8ge, .commutator = 673, .negator = 672,
             .restrict_by = "scalargesel", .join_by = "scalargejoinsel")
SQL_OPERATOR(1120, "=", float4, float8, bool, float48eq, .commutator = 1130, .negator = 1121,
             .hash = true, .merge = true, .restrict_by = "eqsel", .join_by = "eqjoinsel")
SQL_OPERATOR(1121, "<>", float4, float8, bool, float48ne, .commutator = 1131, .negator = 1120,
             .restrict_by = "neqsel", .join_by = "neqjoinsel")
SQL_OPERATOR(1122, "<", float4, float8, bool, float48lt, .commutator = 1133, .negator = 1125,
             .restrict_by = "scalarltsel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(1123, ">", float4, float8, bool, float48gt, .commutator = 1132, .negator = 1124,
             .restrict_by = "scalargtsel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(1124, "<=", float4, float8, bool, float48le, .commutator = 1135, .negator = 1123,
             .restrict_by = "scalarlesel", .join_by = "scalarlejoinsel")
SQL_OPERATOR(1125, ">=", float4, float8, bool, float48ge, .commutator = 1134, .negator = 1122,
             .restrict_by = "scalargesel", .join_by = "scalargejoinsel")
SQL_OPERATOR(1130, "=", float8, float4, bool, float84eq, .commutator = 1120, .negator = 1131,
             .hash = true, .merge = true, .restrict_by = "eqsel", .join_by = "eqjoinsel")
SQL_OPERATOR(1131, "<>", float8, float4, bool, float84ne, .commutator = 1121, .negator = 1130,
             .restrict_by = "neqsel", .join_by = "neqjoinsel")
SQL_OPERATOR(1132, "<", float8, float4, bool, float84lt, .commutator = 1123, .negator = 1135,
             .restrict_by = "scalarltsel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(1133, ">", float8, float4, bool, float84gt, .commutator = 1122, .negator = 1134,
             .restrict_by = "scalargtsel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(1134, "<=", float8, float4, bool, float84le, .commutator = 1125, .negator = 1133,
             .restrict_by = "scalarlesel", .join_by = "scalarlejoinsel")
SQL_OPERATOR(1135, ">=", float8, float4, bool, float84ge, .commutator = 1124, .negator = 1132,
             .restrict_by = "scalargesel", .join_by = "scalargejoinsel")

SQL_CAST(10002, int8, float4, 652, IMPLICIT)
SQL_CAST(10003, int8, float8, 482, IMPLICIT)
SQL_CAST(10007, int2, float4, 236, IMPLICIT)
SQL_CAST(10008, int2, float8, 235, IMPLICIT)
SQL_CAST(10012, int4, float4, 318, IMPLICIT)
SQL_CAST(10013, int4, float8, 316, IMPLICIT)
SQL_CAST(10015, float4, int8, 653, ASSIGNMENT)
SQL_CAST(10016, float4, int2, 238, ASSIGNMENT)
SQL_CAST(10017, float4, int4, 319, ASSIGNMENT)
SQL_CAST(10018, float4, float8, 311, IMPLICIT)
SQL_CAST(10020, float8, int8, 483, ASSIGNMENT)
SQL_CAST(10021, float8, int2, 237, ASSIGNMENT)
SQL_CAST(10022, float8, int4, 317, ASSIGNMENT)
SQL_CAST(10023, float8, float4, 312, ASSIGNMENT)

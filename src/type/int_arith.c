/* SPDX-License-Identifier: Apache-2.0 */
/* int_arith.c - arithmetic and bits of smallint, integer and bigint, conversions between them, series, window frame
 * bounds.
 *
 * Sums, differences and products have a bulk form: it computes a block with wrapping arithmetic and collects in one
 * word whether any row overflowed, so that the compiler makes vector code of it; a block that did is done again row by
 * row. */
#include "base/arith.h"
#include "base/fn.h"
#include "base/task.h"

#define RANGE_int16_t "smallint out of range"
#define RANGE_int32_t "integer out of range"
#define RANGE_int64_t "bigint out of range"

_Noreturn static void out_of_range(const char *message)
{
    raise_error(SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE, "%s", message);
}

_Noreturn static void division_by_zero(void)
{
    raise_error(SQLSTATE_DIVISION_BY_ZERO, "division by zero");
}

/* The scalar bodies of one width. */
#define ARITHMETIC(name, CType)                                                      \
    static CType name##_add(Fn *fn, CType a, CType b)                                \
    {                                                                                \
        CType sum;                                                                   \
        (void)fn;                                                                    \
        if (UNLIKELY(add_overflows(a, b, &sum))) out_of_range(RANGE_##CType);        \
        return sum;                                                                  \
    }                                                                                \
    static CType name##_subtract(Fn *fn, CType a, CType b)                           \
    {                                                                                \
        CType difference;                                                            \
        (void)fn;                                                                    \
        if (UNLIKELY(sub_overflows(a, b, &difference))) out_of_range(RANGE_##CType); \
        return difference;                                                           \
    }                                                                                \
    static CType name##_multiply(Fn *fn, CType a, CType b)                           \
    {                                                                                \
        CType product;                                                               \
        (void)fn;                                                                    \
        if (UNLIKELY(mul_overflows(a, b, &product))) out_of_range(RANGE_##CType);    \
        return product;                                                              \
    }                                                                                \
    static CType name##_negate(Fn *fn, CType a)                                      \
    {                                                                                \
        return name##_subtract(fn, 0, a);                                            \
    }                                                                                \
    static CType name##_absolute(Fn *fn, CType a)                                    \
    {                                                                                \
        return a < 0 ? name##_negate(fn, a) : a;                                     \
    }                                                                                \
    static CType name##_divide(Fn *fn, CType a, CType b)                             \
    {                                                                                \
        if (UNLIKELY(b == 0)) division_by_zero();                                    \
        return b == -1 ? name##_negate(fn, a) : (CType)(a / b);                      \
    }                                                                                \
    static CType name##_remainder(Fn *fn, CType a, CType b)                          \
    {                                                                                \
        (void)fn;                                                                    \
        if (UNLIKELY(b == 0)) division_by_zero();                                    \
        return b == -1 ? 0 : (CType)(a % b);                                         \
    }
ARITHMETIC(int2, int16_t)
ARITHMETIC(int4, int32_t)
ARITHMETIC(int8, int64_t)

/* So short are the loops that counting the rows costs as much as a sum. */
#define UNROLLED _Pragma("GCC unroll 4")

/* The sign bit of `bad` ends up set if a row overflowed: for a sum when it differs in sign from both operands. */
#define SUM_KERNELS(name, CType, UType)                                                          \
    static ALWAYS_INLINE bool name##_add_bulk(const CType *restrict a, const CType *restrict b,  \
                                              CType *restrict out, uint32_t n)                   \
    {                                                                                            \
        UType bad = 0;                                                                           \
        UNROLLED for (uint32_t i = 0; i < n; i++)                                                \
        {                                                                                        \
            const UType sum = (UType)((UType)a[i] + (UType)b[i]);                                \
            bad |= (UType)((sum ^ (UType)a[i]) & (sum ^ (UType)b[i]));                           \
            out[i] = (CType)sum;                                                                 \
        }                                                                                        \
        return (CType)bad >= 0;                                                                  \
    }                                                                                            \
    static ALWAYS_INLINE bool name##_subtract_bulk(const CType *restrict a,                      \
                                                   const CType *restrict b, CType *restrict out, \
                                                   uint32_t n)                                   \
    {                                                                                            \
        UType bad = 0;                                                                           \
        UNROLLED for (uint32_t i = 0; i < n; i++)                                                \
        {                                                                                        \
            const UType difference = (UType)((UType)a[i] - (UType)b[i]);                         \
            bad |= (UType)(((UType)a[i] ^ (UType)b[i]) & (difference ^ (UType)a[i]));            \
            out[i] = (CType)difference;                                                          \
        }                                                                                        \
        return (CType)bad >= 0;                                                                  \
    }
SUM_KERNELS(int2, int16_t, uint16_t)
SUM_KERNELS(int4, int32_t, uint32_t)
SUM_KERNELS(int8, int64_t, uint64_t)

/* With a constant an overflow goes one way: up, from no sign to a sign, or down. */
#define SHIFT_KERNEL(name, CType, UType, operation, up)                                 \
    static bool name(const CType *restrict a, CType b, CType *restrict out, uint32_t n) \
    {                                                                                   \
        UType bad = 0;                                                                  \
        if (up) UNROLLED for (uint32_t i = 0; i < n; i++)                               \
            {                                                                           \
                const UType v = (UType)((UType)a[i] operation(UType) b);                \
                bad |= (UType)(v & ~(UType)a[i]);                                       \
                out[i] = (CType)v;                                                      \
            }                                                                           \
        else                                                                            \
            UNROLLED for (uint32_t i = 0; i < n; i++)                                   \
            {                                                                           \
                const UType v = (UType)((UType)a[i] operation(UType) b);                \
                bad |= (UType)(~v & (UType)a[i]);                                       \
                out[i] = (CType)v;                                                      \
            }                                                                           \
        return (CType)bad >= 0;                                                         \
    }
SHIFT_KERNEL(int4_add_constant, int32_t, uint32_t, +, b >= 0)
SHIFT_KERNEL(int8_add_constant, int64_t, uint64_t, +, b >= 0)
SHIFT_KERNEL(int4_subtract_constant, int32_t, uint32_t, -, b < 0)
SHIFT_KERNEL(int8_subtract_constant, int64_t, uint64_t, -, b < 0)

/* No product overflows when none of the least and greatest operands does: two vector instructions a row and operand,
 * while an exact test would need products of twice the width. The start values 0 do no harm. */
#define PRODUCT_KERNEL(name, CType, UType)                                                       \
    static ALWAYS_INLINE bool name##_multiply_bulk(const CType *restrict a,                      \
                                                   const CType *restrict b, CType *restrict out, \
                                                   uint32_t n)                                   \
    {                                                                                            \
        CType least_a = 0, most_a = 0, least_b = 0, most_b = 0, product;                         \
        UNROLLED for (uint32_t i = 0; i < n; i++)                                                \
        {                                                                                        \
            least_a = MIN(least_a, a[i]);                                                        \
            most_a = MAX(most_a, a[i]);                                                          \
            least_b = MIN(least_b, b[i]);                                                        \
            most_b = MAX(most_b, b[i]);                                                          \
            out[i] = (CType)((UType)a[i] * (UType)b[i]);                                         \
        }                                                                                        \
        bool bad = mul_overflows(least_a, least_b, &product) ||                                  \
                   mul_overflows(least_a, most_b, &product) ||                                   \
                   mul_overflows(most_a, least_b, &product) ||                                   \
                   mul_overflows(most_a, most_b, &product);                                      \
        if (LIKELY(!bad)) return true;                                                           \
        bad = false;                                                                             \
        for (uint32_t i = 0; i < n; i++) bad |= mul_overflows(a[i], b[i], &out[i]);              \
        return !bad;                                                                             \
    }
PRODUCT_KERNEL(int2, int16_t, uint32_t)
PRODUCT_KERNEL(int4, int32_t, uint32_t)

/* Products of numbers that 32 bits hold, for which there is an instruction. False: some are longer. */
static ALWAYS_INLINE bool int8_multiply_short(const int64_t *restrict a, const int64_t *restrict b,
                                              int64_t *restrict out, uint32_t n)
{
    uint64_t high = 0;
    for (uint32_t i = 0; i < n; i++) {
        high |= ((uint64_t)a[i] + (UINT64_C(1) << 31)) | ((uint64_t)b[i] + (UINT64_C(1) << 31));
        out[i] = (int64_t)(int32_t)a[i] * (int32_t)b[i];
    }
    return high >> 32 == 0;
}

/* There is no such instruction for 64 bits: here the longest a and the longest b together have fewer bits than the
 * type, sign aside. */
static ALWAYS_INLINE bool int8_multiply_bulk(const int64_t *restrict a, const int64_t *restrict b,
                                             int64_t *restrict out, uint32_t n)
{
    enum { SIGN = 63 };
    uint64_t long_a = 0, long_b = 0;
    if (LIKELY(int8_multiply_short(a, b, out, n))) return true;
    for (uint32_t i = 0; i < n; i++) {
        long_a |= (uint64_t)(a[i] ^ (a[i] >> SIGN));
        long_b |= (uint64_t)(b[i] ^ (b[i] >> SIGN));
        out[i] = (int64_t)((uint64_t)a[i] * (uint64_t)b[i]);
    }
    if (LIKELY(u64_bit_length(long_a) + u64_bit_length(long_b) < SIGN)) return true;
    bool bad = false;
    for (uint32_t i = 0; i < n; i++) bad |= mul_overflows(a[i], b[i], &out[i]);
    return !bad;
}

SQL_FUNCTION_BULK(141, "int4mul", int4, (int4, int4), IMMUTABLE | STRICT, int4_multiply,
                  int4_multiply_bulk, "product")
SQL_FUNCTION_BULK(152, "int2mul", int2, (int2, int2), IMMUTABLE | STRICT, int2_multiply,
                  int2_multiply_bulk, "product")
SQL_FUNCTION(153, "int2div", int2, (int2, int2), IMMUTABLE | STRICT, int2_divide,
             "quotient, cut toward zero")
SQL_FUNCTION(154, "int4div", int4, (int4, int4), IMMUTABLE | STRICT, int4_divide,
             "quotient, cut toward zero")
SQL_FUNCTION(155, "int2mod", int2, (int2, int2), IMMUTABLE | STRICT, int2_remainder,
             "remainder, with the sign of the dividend")
SQL_FUNCTION(156, "int4mod", int4, (int4, int4), IMMUTABLE | STRICT, int4_remainder,
             "remainder, with the sign of the dividend")
SQL_EXPRESSION(170, "int24mul", int4, (int2, int4), IMMUTABLE | STRICT, int4_multiply(fn, a, b),
               "product")
SQL_EXPRESSION(171, "int42mul", int4, (int4, int2), IMMUTABLE | STRICT, int4_multiply(fn, a, b),
               "product")
SQL_EXPRESSION(172, "int24div", int4, (int2, int4), IMMUTABLE | STRICT, int4_divide(fn, a, b),
               "quotient, cut toward zero")
SQL_EXPRESSION(173, "int42div", int4, (int4, int2), IMMUTABLE | STRICT, int4_divide(fn, a, b),
               "quotient, cut toward zero")
SQL_FUNCTION_BULK(176, "int2pl", int2, (int2, int2), IMMUTABLE | STRICT, int2_add, int2_add_bulk,
                  "sum")
SQL_FUNCTION_BULK_CONSTANT(177, "int4pl", int4, (int4, int4), IMMUTABLE | STRICT, int4_add,
                           int4_add_bulk, int4_add_constant, "sum")
SQL_EXPRESSION(178, "int24pl", int4, (int2, int4), IMMUTABLE | STRICT, int4_add(fn, a, b), "sum")
SQL_EXPRESSION(179, "int42pl", int4, (int4, int2), IMMUTABLE | STRICT, int4_add(fn, a, b), "sum")
SQL_FUNCTION_BULK(180, "int2mi", int2, (int2, int2), IMMUTABLE | STRICT, int2_subtract,
                  int2_subtract_bulk, "difference")
SQL_FUNCTION_BULK_CONSTANT(181, "int4mi", int4, (int4, int4), IMMUTABLE | STRICT, int4_subtract,
                           int4_subtract_bulk, int4_subtract_constant, "difference")
SQL_EXPRESSION(182, "int24mi", int4, (int2, int4), IMMUTABLE | STRICT, int4_subtract(fn, a, b),
               "difference")
SQL_EXPRESSION(183, "int42mi", int4, (int4, int2), IMMUTABLE | STRICT, int4_subtract(fn, a, b),
               "difference")
SQL_FUNCTION_BULK_CONSTANT(463, "int8pl", int8, (int8, int8), IMMUTABLE | STRICT, int8_add,
                           int8_add_bulk, int8_add_constant, "sum")
SQL_FUNCTION_BULK_CONSTANT(464, "int8mi", int8, (int8, int8), IMMUTABLE | STRICT, int8_subtract,
                           int8_subtract_bulk, int8_subtract_constant, "difference")
SQL_FUNCTION_BULK(465, "int8mul", int8, (int8, int8), IMMUTABLE | STRICT, int8_multiply,
                  int8_multiply_bulk, "product")
SQL_FUNCTION(466, "int8div", int8, (int8, int8), IMMUTABLE | STRICT, int8_divide,
             "quotient, cut toward zero")
SQL_EXPRESSION(837, "int82pl", int8, (int8, int2), IMMUTABLE | STRICT, int8_add(fn, a, b), "sum")
SQL_EXPRESSION(838, "int82mi", int8, (int8, int2), IMMUTABLE | STRICT, int8_subtract(fn, a, b),
               "difference")
SQL_EXPRESSION(839, "int82mul", int8, (int8, int2), IMMUTABLE | STRICT, int8_multiply(fn, a, b),
               "product")
SQL_EXPRESSION(840, "int82div", int8, (int8, int2), IMMUTABLE | STRICT, int8_divide(fn, a, b),
               "quotient, cut toward zero")
SQL_EXPRESSION(841, "int28pl", int8, (int2, int8), IMMUTABLE | STRICT, int8_add(fn, a, b), "sum")
SQL_FUNCTION(940, "mod", int2, (int2, int2), IMMUTABLE | STRICT, int2_remainder,
             "remainder, with the sign of the dividend")
SQL_FUNCTION(941, "mod", int4, (int4, int4), IMMUTABLE | STRICT, int4_remainder,
             "remainder, with the sign of the dividend")
SQL_EXPRESSION(942, "int28mi", int8, (int2, int8), IMMUTABLE | STRICT, int8_subtract(fn, a, b),
               "difference")
SQL_EXPRESSION(943, "int28mul", int8, (int2, int8), IMMUTABLE | STRICT, int8_multiply(fn, a, b),
               "product")
SQL_FUNCTION(945, "int8mod", int8, (int8, int8), IMMUTABLE | STRICT, int8_remainder,
             "remainder, with the sign of the dividend")
SQL_FUNCTION(947, "mod", int8, (int8, int8), IMMUTABLE | STRICT, int8_remainder,
             "remainder, with the sign of the dividend")
SQL_EXPRESSION(948, "int28div", int8, (int2, int8), IMMUTABLE | STRICT, int8_divide(fn, a, b),
               "quotient, cut toward zero")
SQL_EXPRESSION(1274, "int84pl", int8, (int8, int4), IMMUTABLE | STRICT, int8_add(fn, a, b), "sum")
SQL_EXPRESSION(1275, "int84mi", int8, (int8, int4), IMMUTABLE | STRICT, int8_subtract(fn, a, b),
               "difference")
SQL_EXPRESSION(1276, "int84mul", int8, (int8, int4), IMMUTABLE | STRICT, int8_multiply(fn, a, b),
               "product")
SQL_EXPRESSION(1277, "int84div", int8, (int8, int4), IMMUTABLE | STRICT, int8_divide(fn, a, b),
               "quotient, cut toward zero")
SQL_EXPRESSION(1278, "int48pl", int8, (int4, int8), IMMUTABLE | STRICT, int8_add(fn, a, b), "sum")
SQL_EXPRESSION(1279, "int48mi", int8, (int4, int8), IMMUTABLE | STRICT, int8_subtract(fn, a, b),
               "difference")
SQL_EXPRESSION(1280, "int48mul", int8, (int4, int8), IMMUTABLE | STRICT, int8_multiply(fn, a, b),
               "product")
SQL_EXPRESSION(1281, "int48div", int8, (int4, int8), IMMUTABLE | STRICT, int8_divide(fn, a, b),
               "quotient, cut toward zero")
SQL_FUNCTION(212, "int4um", int4, (int4), IMMUTABLE | STRICT, int4_negate,
             "the value with its sign changed")
SQL_FUNCTION(213, "int2um", int2, (int2), IMMUTABLE | STRICT, int2_negate,
             "the value with its sign changed")
SQL_FUNCTION(462, "int8um", int8, (int8), IMMUTABLE | STRICT, int8_negate,
             "the value with its sign changed")
SQL_EXPRESSION(768, "int4larger", int4, (int4, int4), IMMUTABLE | STRICT | TOTAL, MAX(a, b),
               "the larger of two values")
SQL_EXPRESSION(769, "int4smaller", int4, (int4, int4), IMMUTABLE | STRICT | TOTAL, MIN(a, b),
               "the smaller of two values")
SQL_EXPRESSION(770, "int2larger", int2, (int2, int2), IMMUTABLE | STRICT | TOTAL,
               (int16_t)(MAX(a, b)), "the larger of two values")
SQL_EXPRESSION(771, "int2smaller", int2, (int2, int2), IMMUTABLE | STRICT | TOTAL,
               (int16_t)(MIN(a, b)), "the smaller of two values")
SQL_FUNCTION(1230, "int8abs", int8, (int8), IMMUTABLE | STRICT, int8_absolute, "absolute value")
SQL_EXPRESSION(1236, "int8larger", int8, (int8, int8), IMMUTABLE | STRICT | TOTAL, MAX(a, b),
               "the larger of two values")
SQL_EXPRESSION(1237, "int8smaller", int8, (int8, int8), IMMUTABLE | STRICT | TOTAL, MIN(a, b),
               "the smaller of two values")
SQL_FUNCTION(1251, "int4abs", int4, (int4), IMMUTABLE | STRICT, int4_absolute, "absolute value")
SQL_FUNCTION(1253, "int2abs", int2, (int2), IMMUTABLE | STRICT, int2_absolute, "absolute value")
SQL_FUNCTION(1396, "abs", int8, (int8), IMMUTABLE | STRICT, int8_absolute, "absolute value")
SQL_FUNCTION(1397, "abs", int4, (int4), IMMUTABLE | STRICT, int4_absolute, "absolute value")
SQL_FUNCTION(1398, "abs", int2, (int2), IMMUTABLE | STRICT, int2_absolute, "absolute value")
SQL_EXPRESSION(1892, "int2and", int2, (int2, int2), IMMUTABLE | STRICT | TOTAL, (int16_t)(a &b),
               "bitwise and")
SQL_EXPRESSION(1893, "int2or", int2, (int2, int2), IMMUTABLE | STRICT | TOTAL, (int16_t)(a | b),
               "bitwise or")
SQL_EXPRESSION(1894, "int2xor", int2, (int2, int2), IMMUTABLE | STRICT | TOTAL, (int16_t)(a ^ b),
               "bitwise exclusive or")
SQL_EXPRESSION(1895, "int2not", int2, (int2), IMMUTABLE | STRICT | TOTAL, (int16_t)(~a),
               "bitwise not")
SQL_EXPRESSION(1896, "int2shl", int2, (int2, int4), IMMUTABLE | STRICT | TOTAL,
               (int16_t)((uint32_t)a << (b & 31)), "bits shifted left")
SQL_EXPRESSION(1897, "int2shr", int2, (int2, int4), IMMUTABLE | STRICT | TOTAL,
               (int16_t)(a >> (b & 31)), "bits shifted right, the sign kept")
SQL_EXPRESSION(1898, "int4and", int4, (int4, int4), IMMUTABLE | STRICT | TOTAL, a &b, "bitwise and")
SQL_EXPRESSION(1899, "int4or", int4, (int4, int4), IMMUTABLE | STRICT | TOTAL, a | b, "bitwise or")
SQL_EXPRESSION(1900, "int4xor", int4, (int4, int4), IMMUTABLE | STRICT | TOTAL, a ^ b,
               "bitwise exclusive or")
SQL_EXPRESSION(1901, "int4not", int4, (int4), IMMUTABLE | STRICT | TOTAL, ~a, "bitwise not")
SQL_EXPRESSION(1902, "int4shl", int4, (int4, int4), IMMUTABLE | STRICT | TOTAL,
               (int32_t)((uint32_t)a << (b & 31)), "bits shifted left")
SQL_EXPRESSION(1903, "int4shr", int4, (int4, int4), IMMUTABLE | STRICT | TOTAL,
               (int32_t)(a >> (b & 31)), "bits shifted right, the sign kept")
SQL_EXPRESSION(1904, "int8and", int8, (int8, int8), IMMUTABLE | STRICT | TOTAL, a &b, "bitwise and")
SQL_EXPRESSION(1905, "int8or", int8, (int8, int8), IMMUTABLE | STRICT | TOTAL, a | b, "bitwise or")
SQL_EXPRESSION(1906, "int8xor", int8, (int8, int8), IMMUTABLE | STRICT | TOTAL, a ^ b,
               "bitwise exclusive or")
SQL_EXPRESSION(1907, "int8not", int8, (int8), IMMUTABLE | STRICT | TOTAL, ~a, "bitwise not")
SQL_EXPRESSION(1908, "int8shl", int8, (int8, int4), IMMUTABLE | STRICT | TOTAL,
               (int64_t)((uint64_t)a << (b & 63)), "bits shifted left")
SQL_EXPRESSION(1909, "int8shr", int8, (int8, int4), IMMUTABLE | STRICT | TOTAL,
               (int64_t)(a >> (b & 63)), "bits shifted right, the sign kept")
SQL_EXPRESSION(1910, "int8up", int8, (int8), IMMUTABLE | STRICT | TOTAL, a, "the value itself")
SQL_EXPRESSION(1911, "int2up", int2, (int2), IMMUTABLE | STRICT | TOTAL, a, "the value itself")
SQL_EXPRESSION(1912, "int4up", int4, (int4), IMMUTABLE | STRICT | TOTAL, a, "the value itself")
SQL_EXPRESSION(1965, "oidlarger", oid, (oid, oid), IMMUTABLE | STRICT | TOTAL, MAX(a, b),
               "the larger of two values")
SQL_EXPRESSION(1966, "oidsmaller", oid, (oid, oid), IMMUTABLE | STRICT | TOTAL, MIN(a, b),
               "the smaller of two values")

static int16_t int4_to_int2(Fn *fn, int32_t v)
{
    (void)fn;
    if (v < INT16_MIN || v > INT16_MAX) out_of_range(RANGE_int16_t);
    return (int16_t)v;
}

static int16_t int8_to_int2(Fn *fn, int64_t v)
{
    (void)fn;
    if (v < INT16_MIN || v > INT16_MAX) out_of_range(RANGE_int16_t);
    return (int16_t)v;
}

static int32_t int8_to_int4(Fn *fn, int64_t v)
{
    (void)fn;
    if (v < INT32_MIN || v > INT32_MAX) out_of_range(RANGE_int32_t);
    return (int32_t)v;
}

static uint32_t int8_to_oid(Fn *fn, int64_t v)
{
    (void)fn;
    if (v < 0 || v > UINT32_MAX) out_of_range("OID out of range");
    return (uint32_t)v;
}

SQL_EXPRESSION(313, "int4", int4, (int2), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a, "conversion")
SQL_EXPRESSION(754, "int8", int8, (int2), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a, "conversion")
SQL_EXPRESSION(481, "int8", int8, (int4), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a, "conversion")
SQL_EXPRESSION(235, "float8", float8, (int2), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a,
               "conversion")
SQL_EXPRESSION(236, "float4", float4, (int2), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a,
               "conversion")
SQL_EXPRESSION(316, "float8", float8, (int4), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a,
               "conversion")
SQL_EXPRESSION(318, "float4", float4, (int4), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, (float)a,
               "conversion")
SQL_EXPRESSION(482, "float8", float8, (int8), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, (double)a,
               "conversion")
SQL_EXPRESSION(652, "float4", float4, (int8), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, (float)a,
               "conversion")
SQL_EXPRESSION(1288, "int8", int8, (oid), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a, "conversion")
SQL_EXPRESSION(2557, "bool", bool, (int4), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a != 0,
               "true unless zero")
SQL_EXPRESSION(2558, "int4", int4, (bool), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a,
               "1 for true, 0 for false")
SQL_FUNCTION(314, "int2", int2, (int4), IMMUTABLE | STRICT, int4_to_int2,
             "conversion, an error when out of range")
SQL_FUNCTION(714, "int2", int2, (int8), IMMUTABLE | STRICT, int8_to_int2,
             "conversion, an error when out of range")
SQL_FUNCTION(480, "int4", int4, (int8), IMMUTABLE | STRICT, int8_to_int4,
             "conversion, an error when out of range")
SQL_FUNCTION(1287, "oid", oid, (int8), IMMUTABLE | STRICT, int8_to_oid,
             "conversion, an error when out of range")
SQL_EXPRESSION(766, "int4inc", int4, (int4), IMMUTABLE | STRICT, int4_add(fn, a, 1),
               "the value plus one")
SQL_EXPRESSION(1219, "int8inc", int8, (int8), IMMUTABLE | STRICT, int8_add(fn, a, 1),
               "the value plus one")
SQL_EXPRESSION(2804, "int8inc_any", int8, (int8, any), IMMUTABLE | STRICT,
               ((void)b, int8_add(fn, a, 1)), "the first value plus one")
SQL_EXPRESSION(3546, "int8dec", int8, (int8), IMMUTABLE | STRICT, int8_subtract(fn, a, 1),
               "the value less one")
SQL_EXPRESSION(3547, "int8dec_any", int8, (int8, any), IMMUTABLE | STRICT,
               ((void)b, int8_subtract(fn, a, 1)), "the first value less one")

/* Euclid on magnitudes; the only result that does not fit is that of two least values, or of one and zero. */
static uint64_t gcd_of_magnitudes(uint64_t a, uint64_t b)
{
    while (b) {
        const uint64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

static uint64_t magnitude(int64_t v)
{
    return v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
}

static int32_t int4_gcd(Fn *fn, int32_t a, int32_t b)
{
    (void)fn;
    const uint64_t gcd = gcd_of_magnitudes(magnitude(a), magnitude(b));
    if (gcd > INT32_MAX) out_of_range(RANGE_int32_t);
    return (int32_t)gcd;
}

static int64_t int8_gcd(Fn *fn, int64_t a, int64_t b)
{
    (void)fn;
    const uint64_t gcd = gcd_of_magnitudes(magnitude(a), magnitude(b));
    if (gcd > INT64_MAX) out_of_range(RANGE_int64_t);
    return (int64_t)gcd;
}

static int32_t int4_lcm(Fn *fn, int32_t a, int32_t b)
{
    if (a == 0 || b == 0) return 0;
    const int32_t gcd = int4_gcd(fn, a, b);
    return int4_absolute(fn, int4_multiply(fn, a / gcd, b));
}

static int64_t int8_lcm(Fn *fn, int64_t a, int64_t b)
{
    if (a == 0 || b == 0) return 0;
    const int64_t gcd = int8_gcd(fn, a, b);
    return int8_absolute(fn, int8_multiply(fn, a / gcd, b));
}

SQL_FUNCTION(5044, "gcd", int4, (int4, int4), IMMUTABLE | STRICT, int4_gcd,
             "greatest common divisor")
SQL_FUNCTION(5045, "gcd", int8, (int8, int8), IMMUTABLE | STRICT, int8_gcd,
             "greatest common divisor")
SQL_FUNCTION(5046, "lcm", int4, (int4, int4), IMMUTABLE | STRICT, int4_lcm, "least common multiple")
SQL_FUNCTION(5047, "lcm", int8, (int8, int8), IMMUTABLE | STRICT, int8_lcm, "least common multiple")

/* Digits of `bits_per_digit` bits each. */
static Str bits_text(Fn *fn, uint64_t v, uint32_t bits_per_digit)
{
    char digits[64];
    size_t at = sizeof digits;
    do {
        digits[--at] = "0123456789abcdef"[v & ((1u << bits_per_digit) - 1)];
        v >>= bits_per_digit;
    } while (v);
    return str_copy(fn->arena, (Str){&digits[at], sizeof digits - at});
}

SQL_EXPRESSION(2089, "to_hex", text, (int4), IMMUTABLE | STRICT, bits_text(fn, (uint32_t)a, 4),
               "hexadecimal text of the bits")
SQL_EXPRESSION(2090, "to_hex", text, (int8), IMMUTABLE | STRICT, bits_text(fn, (uint64_t)a, 4),
               "hexadecimal text of the bits")
SQL_EXPRESSION(6330, "to_bin", text, (int4), IMMUTABLE | STRICT, bits_text(fn, (uint32_t)a, 1),
               "binary text of the bits")
SQL_EXPRESSION(6331, "to_bin", text, (int8), IMMUTABLE | STRICT, bits_text(fn, (uint64_t)a, 1),
               "binary text of the bits")
SQL_EXPRESSION(6332, "to_oct", text, (int4), IMMUTABLE | STRICT, bits_text(fn, (uint32_t)a, 3),
               "octal text of the bits")
SQL_EXPRESSION(6333, "to_oct", text, (int8), IMMUTABLE | STRICT, bits_text(fn, (uint64_t)a, 3),
               "octal text of the bits")

/* RANGE frames: is `value` on the right side of base -/+ offset? An overflow means that no value can be beyond it. */
static bool in_range(Fn *fn, int64_t value, int64_t base, int64_t offset, bool subtract, bool less)
{
    int64_t bound;
    (void)fn;
    if (offset < 0)
        raise_error(SQLSTATE_INVALID_PRECEDING_OR_FOLLOWING_SIZE,
                    "invalid preceding or following size in window function");
    if (subtract ? sub_overflows(base, offset, &bound) : add_overflows(base, offset, &bound))
        return subtract ? !less : less;
    return less ? value <= bound : value >= bound;
}

SQL_EXPRESSION(4126, "in_range", bool, (int8, int8, int8, bool, bool), IMMUTABLE | STRICT,
               in_range(fn, a, b, c, d, e), "is the value within the offset of the frame's base")
SQL_EXPRESSION(4127, "in_range", bool, (int4, int4, int8, bool, bool), IMMUTABLE | STRICT,
               in_range(fn, a, b, c, d, e), "is the value within the offset of the frame's base")
SQL_EXPRESSION(4128, "in_range", bool, (int4, int4, int4, bool, bool), IMMUTABLE | STRICT,
               in_range(fn, a, b, c, d, e), "is the value within the offset of the frame's base")
SQL_EXPRESSION(4129, "in_range", bool, (int4, int4, int2, bool, bool), IMMUTABLE | STRICT,
               in_range(fn, a, b, c, d, e), "is the value within the offset of the frame's base")
SQL_EXPRESSION(4130, "in_range", bool, (int2, int2, int8, bool, bool), IMMUTABLE | STRICT,
               in_range(fn, a, b, c, d, e), "is the value within the offset of the frame's base")
SQL_EXPRESSION(4131, "in_range", bool, (int2, int2, int4, bool, bool), IMMUTABLE | STRICT,
               in_range(fn, a, b, c, d, e), "is the value within the offset of the frame's base")
SQL_EXPRESSION(4132, "in_range", bool, (int2, int2, int2, bool, bool), IMMUTABLE | STRICT,
               in_range(fn, a, b, c, d, e), "is the value within the offset of the frame's base")

/* generate_series: the state is the next value, and whether there is one. */
typedef struct Series {
    int64_t next, stop, step;
} Series;

static Series *series_state(FnSet *set, int64_t start, int64_t stop, int64_t step)
{
    Series *s = set->state;
    if (!s) {
        if (step == 0) raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "step size cannot equal zero");
        set->state = s = ARENA_NEW(set->arena, Series);
        *s = (Series){start, stop, step};
    }
    return s;
}

#define SERIES_ROWS(CType, column)                                                 \
    CType *out = (column)->data;                                                   \
    uint32_t rows = 0;                                                             \
    task_check();                                                                  \
    while (rows < rows_max) {                                                      \
        if (s->step > 0 ? s->next > s->stop : s->next < s->stop) set->done = true; \
        if (set->done) break;                                                      \
        out[rows++] = (CType)s->next;                                              \
        if (add_overflows(s->next, s->step, &s->next)) set->done = true;           \
    }                                                                              \
    return rows

static uint32_t int4_series(Fn *fn, FnSet *set, const Datum *args, Vector *columns,
                            uint32_t rows_max)
{
    Series *s = series_state(set, args[0].value.i32, args[1].value.i32,
                             fn->arg_count == 3 ? args[2].value.i32 : 1);
    SERIES_ROWS(int32_t, &columns[0]);
}

static uint32_t int8_series(Fn *fn, FnSet *set, const Datum *args, Vector *columns,
                            uint32_t rows_max)
{
    Series *s = series_state(set, args[0].value.i64, args[1].value.i64,
                             fn->arg_count == 3 ? args[2].value.i64 : 1);
    SERIES_ROWS(int64_t, &columns[0]);
}

SQL_FUNCTION_SET_VECTOR(1066, "generate_series", int4, (int4, int4, int4), IMMUTABLE | STRICT,
                        int4_series, "integers from start to stop by step")
SQL_FUNCTION_SET_VECTOR(1067, "generate_series", int4, (int4, int4), IMMUTABLE | STRICT,
                        int4_series, "integers from start to stop")
SQL_FUNCTION_SET_VECTOR(1068, "generate_series", int8, (int8, int8, int8), IMMUTABLE | STRICT,
                        int8_series, "integers from start to stop by step")
SQL_FUNCTION_SET_VECTOR(1069, "generate_series", int8, (int8, int8), IMMUTABLE | STRICT,
                        int8_series, "integers from start to stop")
SQL_FACTS(1066, .support = 3994)
SQL_FACTS(1067, .support = 3994)
SQL_FACTS(1068, .support = 3995)
SQL_FACTS(1069, .support = 3995)

SQL_OPERATOR(439, "%", int8, int8, int8, int8mod)
SQL_OPERATOR(473, "@", 0, int8, int8, int8abs)
SQL_OPERATOR(484, "-", 0, int8, int8, int8um)
SQL_OPERATOR(514, "*", int4, int4, int4, int4mul, .commutator = 514)
SQL_OPERATOR(526, "*", int2, int2, int2, int2mul, .commutator = 526)
SQL_OPERATOR(527, "/", int2, int2, int2, int2div)
SQL_OPERATOR(528, "/", int4, int4, int4, int4div)
SQL_OPERATOR(529, "%", int2, int2, int2, int2mod)
SQL_OPERATOR(530, "%", int4, int4, int4, int4mod)
SQL_OPERATOR(544, "*", int2, int4, int4, int24mul, .commutator = 545)
SQL_OPERATOR(545, "*", int4, int2, int4, int42mul, .commutator = 544)
SQL_OPERATOR(546, "/", int2, int4, int4, int24div)
SQL_OPERATOR(547, "/", int4, int2, int4, int42div)
SQL_OPERATOR(550, "+", int2, int2, int2, int2pl, .commutator = 550)
SQL_OPERATOR(551, "+", int4, int4, int4, int4pl, .commutator = 551)
SQL_OPERATOR(552, "+", int2, int4, int4, int24pl, .commutator = 553)
SQL_OPERATOR(553, "+", int4, int2, int4, int42pl, .commutator = 552)
SQL_OPERATOR(554, "-", int2, int2, int2, int2mi)
SQL_OPERATOR(555, "-", int4, int4, int4, int4mi)
SQL_OPERATOR(556, "-", int2, int4, int4, int24mi)
SQL_OPERATOR(557, "-", int4, int2, int4, int42mi)
SQL_OPERATOR(558, "-", 0, int4, int4, int4um)
SQL_OPERATOR(559, "-", 0, int2, int2, int2um)
SQL_OPERATOR(682, "@", 0, int2, int2, int2abs)
SQL_OPERATOR(684, "+", int8, int8, int8, int8pl, .commutator = 684)
SQL_OPERATOR(685, "-", int8, int8, int8, int8mi)
SQL_OPERATOR(686, "*", int8, int8, int8, int8mul, .commutator = 686)
SQL_OPERATOR(687, "/", int8, int8, int8, int8div)
SQL_OPERATOR(688, "+", int8, int4, int8, int84pl, .commutator = 692)
SQL_OPERATOR(689, "-", int8, int4, int8, int84mi)
SQL_OPERATOR(690, "*", int8, int4, int8, int84mul, .commutator = 694)
SQL_OPERATOR(691, "/", int8, int4, int8, int84div)
SQL_OPERATOR(692, "+", int4, int8, int8, int48pl, .commutator = 688)
SQL_OPERATOR(693, "-", int4, int8, int8, int48mi)
SQL_OPERATOR(694, "*", int4, int8, int8, int48mul, .commutator = 690)
SQL_OPERATOR(695, "/", int4, int8, int8, int48div)
SQL_OPERATOR(773, "@", 0, int4, int4, int4abs)
SQL_OPERATOR(818, "+", int8, int2, int8, int82pl, .commutator = 822)
SQL_OPERATOR(819, "-", int8, int2, int8, int82mi)
SQL_OPERATOR(820, "*", int8, int2, int8, int82mul, .commutator = 824)
SQL_OPERATOR(821, "/", int8, int2, int8, int82div)
SQL_OPERATOR(822, "+", int2, int8, int8, int28pl, .commutator = 818)
SQL_OPERATOR(823, "-", int2, int8, int8, int28mi)
SQL_OPERATOR(824, "*", int2, int8, int8, int28mul, .commutator = 820)
SQL_OPERATOR(825, "/", int2, int8, int8, int28div)
SQL_OPERATOR(1874, "&", int2, int2, int2, int2and, .commutator = 1874)
SQL_OPERATOR(1875, "|", int2, int2, int2, int2or, .commutator = 1875)
SQL_OPERATOR(1876, "#", int2, int2, int2, int2xor, .commutator = 1876)
SQL_OPERATOR(1877, "~", 0, int2, int2, int2not)
SQL_OPERATOR(1878, "<<", int2, int4, int2, int2shl)
SQL_OPERATOR(1879, ">>", int2, int4, int2, int2shr)
SQL_OPERATOR(1880, "&", int4, int4, int4, int4and, .commutator = 1880)
SQL_OPERATOR(1881, "|", int4, int4, int4, int4or, .commutator = 1881)
SQL_OPERATOR(1882, "#", int4, int4, int4, int4xor, .commutator = 1882)
SQL_OPERATOR(1883, "~", 0, int4, int4, int4not)
SQL_OPERATOR(1884, "<<", int4, int4, int4, int4shl)
SQL_OPERATOR(1885, ">>", int4, int4, int4, int4shr)
SQL_OPERATOR(1886, "&", int8, int8, int8, int8and, .commutator = 1886)
SQL_OPERATOR(1887, "|", int8, int8, int8, int8or, .commutator = 1887)
SQL_OPERATOR(1888, "#", int8, int8, int8, int8xor, .commutator = 1888)
SQL_OPERATOR(1889, "~", 0, int8, int8, int8not)
SQL_OPERATOR(1890, "<<", int8, int4, int8, int8shl)
SQL_OPERATOR(1891, ">>", int8, int4, int8, int8shr)
SQL_OPERATOR(1916, "+", 0, int8, int8, int8up)
SQL_OPERATOR(1917, "+", 0, int2, int2, int2up)
SQL_OPERATOR(1918, "+", 0, int4, int4, int4up)

SQL_CAST(10000, int8, int2, 714, ASSIGNMENT)
SQL_CAST(10001, int8, int4, 480, ASSIGNMENT)
SQL_CAST(10005, int2, int8, 754, IMPLICIT)
SQL_CAST(10006, int2, int4, 313, IMPLICIT)
SQL_CAST(10010, int4, int8, 481, IMPLICIT)
SQL_CAST(10011, int4, int2, 314, ASSIGNMENT)
SQL_CAST(10034, int4, bool, 2557, EXPLICIT)
SQL_CAST(10035, bool, int4, 2558, EXPLICIT)
SQL_CAST(10037, int8, oid, 1287, IMPLICIT)
SQL_CAST(10038, int2, oid, 313, IMPLICIT)
SQL_CAST(10039, int4, oid, BINARY, IMPLICIT)
SQL_CAST(10040, oid, int8, 1288, ASSIGNMENT)
SQL_CAST(10041, oid, int4, BINARY, ASSIGNMENT)

/* SPDX-License-Identifier: Apache-2.0 */
/* numeric_arith.c - arithmetic, rounding and comparison of numeric.
 *
 * Each operation first tries the small form: 64-bit coefficients, 128-bit intermediate results. What does not fit, and
 * infinities and NaN, goes to the same operation on limbs (numeric_num.c), which gives the same digits and scale. */
#include "type/numeric.h"

#include "type/hash_pg.h"
#include "type/numeric_internal.h"

static bool both_small(Decimal a, Decimal b)
{
    return a.kind == DECIMAL_SMALL && b.kind == DECIMAL_SMALL;
}

/* ---- Sums and products */

static Decimal add_slowly(Arena *arena, Decimal a, Decimal b)
{
    const Num x = num__of(arena, a), y = num__of(arena, b);
    if (x.kind == NUM_NAN || y.kind == NUM_NAN) return decimal_nan(arena);
    if (x.kind == NUM_INFINITE && y.kind == NUM_INFINITE && x.negative != y.negative)
        return decimal_nan(arena);
    if (x.kind == NUM_INFINITE) return a;
    if (y.kind == NUM_INFINITE) return b;
    const Num sum = num__add(arena, &x, &y);
    return num__decimal(arena, &sum);
}

static inline Decimal add_inline(Arena *arena, Decimal a, Decimal b)
{
    if (UNLIKELY(!both_small(a, b))) return add_slowly(arena, a, b);
    if (LIKELY(a.scale == b.scale)) {
        const int64_t sum = a.coefficient + b.coefficient; /* within +-2 * 10^18 */
        if (LIKELY(sum <= NUMERIC_SMALL_MAX && sum >= -NUMERIC_SMALL_MAX))
            return decimal_small(sum, a.scale);
        return decimal_from_i128(arena, sum, a.scale);
    }
    const uint32_t scale = MAX(a.scale, b.scale);
    const i128 x = (i128)a.coefficient * (int64_t)u64_pow10(scale - a.scale);
    const i128 y = (i128)b.coefficient * (int64_t)u64_pow10(scale - b.scale);
    return decimal_from_i128(arena, x + y, scale);
}

Decimal decimal_add(Arena *arena, Decimal a, Decimal b)
{
    return add_inline(arena, a, b);
}

Decimal decimal_negate(Arena *arena, Decimal v)
{
    if (v.kind == DECIMAL_SMALL) return decimal_small(-v.coefficient, v.scale);
    Num num = num__of(arena, v);
    num.negative = !num.negative && (num.count || num.kind == NUM_INFINITE);
    return num__decimal(arena, &num);
}

static inline Decimal subtract_inline(Arena *arena, Decimal a, Decimal b)
{
    if (LIKELY(b.kind == DECIMAL_SMALL)) {
        b.coefficient = -b.coefficient;
        return add_inline(arena, a, b);
    }
    return add_slowly(arena, a, decimal_negate(arena, b));
}

Decimal decimal_subtract(Arena *arena, Decimal a, Decimal b)
{
    return subtract_inline(arena, a, b);
}

static Decimal multiply_slowly(Arena *arena, Decimal a, Decimal b)
{
    const Num x = num__of(arena, a), y = num__of(arena, b);
    if (x.kind == NUM_NAN || y.kind == NUM_NAN) return decimal_nan(arena);
    if (x.kind == NUM_INFINITE || y.kind == NUM_INFINITE) {
        if (num__is_zero(&x) || num__is_zero(&y)) return decimal_nan(arena);
        return decimal_infinity(arena, x.negative != y.negative);
    }
    Num product = num__multiply(arena, &x, &y);
    if (product.scale > NUMERIC_SCALE_MAX) product = num__round(arena, &product, NUMERIC_SCALE_MAX);
    return num__decimal(arena, &product);
}

static inline Decimal multiply_inline(Arena *arena, Decimal a, Decimal b)
{
    if (UNLIKELY(!both_small(a, b))) return multiply_slowly(arena, a, b);
    return decimal_from_i128(arena, (i128)a.coefficient * b.coefficient,
                             (uint32_t)a.scale + b.scale);
}

Decimal decimal_multiply(Arena *arena, Decimal a, Decimal b)
{
    return multiply_inline(arena, a, b);
}

/* Blocks of small values whose results are small: the heads of the slots (kind, scale) and the coefficients as words.
 * Anything else makes the kernel give up on the block. */
static_assert(DECIMAL_SMALL == 0, "the kernels take kinds for flags");

static uint64_t slot_head(const Decimal *v)
{
    uint64_t head;
    memcpy(&head, v, sizeof head);
    return head;
}

#define SUM_KERNEL(name, operation)                                                      \
    static ALWAYS_INLINE bool name(const Decimal *restrict a, const Decimal *restrict b, \
                                   Decimal *restrict out, uint32_t n)                    \
    {                                                                                    \
        uint64_t bad = 0;                                                                \
        for (uint32_t i = 0; i < n; i++) {                                               \
            const uint64_t head = slot_head(&a[i]);                                      \
            const int64_t sum = a[i].coefficient operation b[i].coefficient;             \
            bad |= (head ^ slot_head(&b[i])) | (head & UINT16_MAX) |                     \
                   ((uint64_t)(sum + NUMERIC_SMALL_MAX) > 2 * NUMERIC_SMALL_MAX);        \
            memcpy(&out[i], &head, sizeof head);                                         \
            out[i].coefficient = sum;                                                    \
        }                                                                                \
        return bad == 0;                                                                 \
    }

static ALWAYS_INLINE bool multiply_bulk(const Decimal *restrict a, const Decimal *restrict b,
                                        Decimal *restrict out, uint32_t n)
{
    enum { PRODUCT_BITS_MAX = 59 }; /* 2^59 < 10^18 */
    uint64_t kinds = 0, long_a = 0, long_b = 0;
    uint32_t scales = 0;
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t scale = (uint32_t)a[i].scale + b[i].scale;
        kinds |= a[i].kind | b[i].kind;
        scales = MAX(scales, scale);
        long_a |= (uint64_t)(a[i].coefficient ^ (a[i].coefficient >> 63));
        long_b |= (uint64_t)(b[i].coefficient ^ (b[i].coefficient >> 63));
        out[i] = decimal_small((int64_t)((uint64_t)a[i].coefficient * (uint64_t)b[i].coefficient),
                               scale);
    }
    return kinds == DECIMAL_SMALL && scales <= NUMERIC_SMALL_SCALE_MAX &&
           u64_bit_length(long_a) + u64_bit_length(long_b) <= PRODUCT_BITS_MAX;
}

SUM_KERNEL(add_bulk, +)
SUM_KERNEL(subtract_bulk, -)

static Decimal numeric_add(Fn *fn, Decimal a, Decimal b)
{
    return add_inline(fn->arena, a, b);
}

static Decimal numeric_subtract(Fn *fn, Decimal a, Decimal b)
{
    return subtract_inline(fn->arena, a, b);
}

static Decimal numeric_multiply(Fn *fn, Decimal a, Decimal b)
{
    return multiply_inline(fn->arena, a, b);
}

/* ---- Division */

/* Weight of the first group of four digits, and that group (num__groups of a small value that is not zero). */
static int32_t small_weight(uint64_t magnitude, uint32_t scale, uint32_t *group)
{
    const int32_t first = (int32_t)u64_decimal_digits(magnitude) - 1 - (int32_t)scale;
    const int32_t weight = first >= 0 ? first / 4 : -((3 - first) / 4);
    const int32_t shift = (int32_t)scale + 4 * weight;
    *group = (uint32_t)(shift >= 0 ? magnitude / u64_pow10((uint32_t)shift)
                                   : magnitude * u64_pow10((uint32_t)-shift));
    return weight;
}

static uint64_t small_magnitude(Decimal v)
{
    return v.coefficient < 0 ? 0 - (uint64_t)v.coefficient : (uint64_t)v.coefficient;
}

/* False: does not fit 128 bits. `b` is not zero. */
static bool divide_small(Arena *arena, Decimal a, Decimal b, Decimal *result)
{
    const uint64_t x = small_magnitude(a), y = small_magnitude(b);
    uint32_t x_group = 0, y_group;
    int32_t weight = x ? small_weight(x, a.scale, &x_group) : 0;
    weight -= small_weight(y, b.scale, &y_group);
    if (x_group <= y_group) weight--;
    int32_t scale = MAX(NUM_SIGNIFICANT_MIN - weight * 4, MAX((int32_t)a.scale, (int32_t)b.scale));
    scale = MIN(MAX(scale, 0), NUM_DISPLAY_SCALE_MAX);
    const int32_t shift = scale + b.scale - a.scale;
    const uint32_t digits = shift < 0 ? (uint32_t)-shift : (uint32_t)shift;
    if (digits + u64_decimal_digits(shift < 0 ? y : x) > 37) return false;
    const u128 dividend = shift > 0 ? (u128)x * u128_pow10(digits) : x;
    const u128 divisor = shift < 0 ? (u128)y * u128_pow10(digits) : y;
    u128 quotient = dividend / divisor;
    const u128 rest = dividend - quotient * divisor;
    quotient += rest >= divisor - rest;
    const bool negative = (a.coefficient < 0) != (b.coefficient < 0);
    *result = decimal_from_i128(arena, negative ? -(i128)quotient : (i128)quotient,
                                (uint32_t)scale);
    return true;
}

/* What divisions share: NaN and infinities. True: *result is the answer; `finite_by_infinite` is that of x /
 * infinity. */
static bool divide_special(Arena *arena, const Num *x, const Num *y, Decimal finite_by_infinite,
                           bool rest, Decimal *result)
{
    if (x->kind == NUM_NAN || y->kind == NUM_NAN) {
        *result = decimal_nan(arena);
    } else if (x->kind == NUM_INFINITE) {
        if (num__is_zero(y)) num__division_by_zero();
        *result = rest || y->kind == NUM_INFINITE
                      ? decimal_nan(arena)
                      : decimal_infinity(arena, x->negative != y->negative);
    } else if (y->kind == NUM_INFINITE) {
        *result = finite_by_infinite;
    } else {
        if (num__is_zero(y)) num__division_by_zero();
        return false;
    }
    return true;
}

Decimal decimal_divide(Arena *arena, Decimal a, Decimal b)
{
    Decimal result;
    if (both_small(a, b) && b.coefficient != 0 && divide_small(arena, a, b, &result)) return result;
    const Num x = num__of(arena, a), y = num__of(arena, b);
    if (divide_special(arena, &x, &y, decimal_small(0, 0), false, &result)) return result;
    const Num quotient = num__divide(arena, &x, &y, num__divide_scale(arena, &x, &y), true);
    return num__decimal(arena, &quotient);
}

Decimal decimal_quotient(Arena *arena, Decimal a, Decimal b)
{
    Decimal result;
    const Num x = num__of(arena, a), y = num__of(arena, b);
    if (divide_special(arena, &x, &y, decimal_small(0, 0), false, &result)) return result;
    const Num quotient = num__divide(arena, &x, &y, 0, false);
    return num__decimal(arena, &quotient);
}

Decimal decimal_remainder(Arena *arena, Decimal a, Decimal b)
{
    Decimal result;
    if (both_small(a, b) && a.scale == b.scale && b.coefficient != 0)
        return decimal_small(a.coefficient % b.coefficient, a.scale);
    const Num x = num__of(arena, a), y = num__of(arena, b);
    if (divide_special(arena, &x, &y, a, true, &result)) return result;
    const int32_t scale = MAX(x.scale, y.scale);
    const Num m = num__cut(arena, &x, scale), n = num__cut(arena, &y, scale);
    Num rest;
    num__divide_magnitude(arena, &m, &n, NULL, &rest);
    rest.scale = scale;
    rest.negative = x.negative && rest.count;
    return num__decimal(arena, &rest);
}

/* ---- Rounding */

static Decimal to_scale(Arena *arena, Decimal v, int32_t scale, bool round)
{
    if (decimal_is_special(v)) return v;
    scale = MAX(MIN(scale, NUMERIC_SCALE_MAX), -NUMERIC_WHOLE_DIGITS_MAX - 1);
    if (v.kind == DECIMAL_SMALL && scale == v.scale) return v;
    if (v.kind == DECIMAL_SMALL && scale >= 0 && scale <= v.scale) {
        const int64_t power = (int64_t)u64_pow10((uint32_t)(v.scale - scale));
        int64_t quotient = v.coefficient / power;
        const int64_t rest = v.coefficient % power, size = rest < 0 ? -rest : rest;
        if (round && size != 0 && size >= power - size) quotient += v.coefficient < 0 ? -1 : 1;
        return decimal_small(quotient, (uint32_t)scale);
    }
    const Num num = num__of(arena, v);
    const Num result = round ? num__round(arena, &num, scale) : num__cut(arena, &num, scale);
    return num__decimal(arena, &result);
}

Decimal decimal_round(Arena *arena, Decimal v, int32_t scale)
{
    return to_scale(arena, v, scale, true);
}

Decimal decimal_cut(Arena *arena, Decimal v, int32_t scale)
{
    return to_scale(arena, v, scale, false);
}

/* To the whole number below (up: above). */
static Decimal to_whole(Arena *arena, Decimal v, bool up)
{
    const Decimal whole = decimal_cut(arena, v, 0);
    if (decimal_is_special(v) || decimal_compare(whole, v) == 0) return whole;
    if (up != (decimal_sign(v) > 0)) return whole;
    return decimal_add(arena, whole, decimal_small(up ? 1 : -1, 0));
}

bool decimal_to_i64(Arena *scratch, Decimal v, int64_t *value)
{
    if (decimal_is_special(v)) return false;
    const Decimal whole = decimal_round(scratch, v, 0);
    if (whole.kind == DECIMAL_SMALL) {
        *value = whole.coefficient;
        return true;
    }
    const Num num = num__of(scratch, whole);
    if (num.count > 1 || num.limbs[0] > (uint64_t)INT64_MAX + num.negative) return false;
    *value = num.negative ? (int64_t)(0 - num.limbs[0]) : (int64_t)num.limbs[0];
    return true;
}

/* Digits after the point that are needed; the last of them is not zero. */
static int32_t least_scale(Arena *arena, Decimal v)
{
    const Num num = num__of(arena, v);
    const Str digits = num__decimal_text(arena, &num);
    int32_t scale = num.scale;
    if (!num.count) return 0;
    for (size_t i = digits.bytes; scale > 0 && digits.data[i - 1] == '0'; i--) scale--;
    return scale;
}

/* ---- SQL */

static inline int compare_inline(Decimal a, Decimal b)
{
    if (LIKELY(both_small(a, b) && a.scale == b.scale))
        return (a.coefficient > b.coefficient) - (a.coefficient < b.coefficient);
    return decimal_compare(a, b);
}

static Decimal numeric_sign(Fn *fn, Decimal v)
{
    return decimal_is_nan(v) ? decimal_nan(fn->arena) : decimal_small(decimal_sign(v), 0);
}

static Decimal numeric_absolute(Fn *fn, Decimal v)
{
    return decimal_sign(v) < 0 ? decimal_negate(fn->arena, v) : v;
}

static int32_t numeric_scale(Fn *fn, Decimal v)
{
    if (decimal_is_special(v)) return FN_NULL(fn, 0);
    return v.kind == DECIMAL_SMALL ? v.scale : num__of(fn->arena, v).scale;
}

static int32_t numeric_min_scale(Fn *fn, Decimal v)
{
    return decimal_is_special(v) ? FN_NULL(fn, 0) : least_scale(fn->arena, v);
}

static Decimal numeric_trim_scale(Fn *fn, Decimal v)
{
    return decimal_is_special(v) ? v : decimal_cut(fn->arena, v, least_scale(fn->arena, v));
}

/* Euclid on coefficients of one scale. */
static Num gcd(Arena *arena, const Num *a, const Num *b)
{
    const int32_t scale = MAX(a->scale, b->scale);
    Num x = num__cut(arena, a, scale), y = num__cut(arena, b, scale);
    while (y.count) {
        Num rest;
        num__divide_magnitude(arena, &x, &y, NULL, &rest);
        x = y;
        y = rest;
    }
    x.negative = false;
    x.scale = scale;
    return x;
}

static Decimal numeric_gcd(Fn *fn, Decimal a, Decimal b)
{
    if (decimal_is_special(a) || decimal_is_special(b)) return decimal_nan(fn->arena);
    const Num x = num__of(fn->arena, a), y = num__of(fn->arena, b), result = gcd(fn->arena, &x, &y);
    return num__decimal(fn->arena, &result);
}

static Decimal numeric_lcm(Fn *fn, Decimal a, Decimal b)
{
    Arena *arena = fn->arena;
    if (decimal_is_special(a) || decimal_is_special(b)) return decimal_nan(arena);
    const Num x = num__of(arena, a), y = num__of(arena, b);
    const int32_t scale = MAX(x.scale, y.scale);
    Num result = {.scale = scale};
    if (x.count && y.count) {
        const Num divisor = gcd(arena, &x, &y), part = num__divide(arena, &x, &divisor, 0, false);
        const Num product = num__multiply(arena, &part, &y);
        result = num__cut(arena, &product, scale);
        result.negative = false;
    }
    return num__decimal(arena, &result);
}

SQL_FUNCTION(1704, "numeric_abs", numeric, (numeric), IMMUTABLE | STRICT, numeric_absolute,
             "absolute value")
SQL_FUNCTION(1705, "abs", numeric, (numeric), IMMUTABLE | STRICT, numeric_absolute,
             "absolute value")
SQL_FUNCTION(1706, "sign", numeric, (numeric), IMMUTABLE | STRICT, numeric_sign, "sign: -1, 0 or 1")
SQL_FUNCTION(3281, "scale", int4, (numeric), IMMUTABLE | STRICT | NULLABLE, numeric_scale,
             "digits after the point")
SQL_FUNCTION(5042, "min_scale", int4, (numeric), IMMUTABLE | STRICT | NULLABLE, numeric_min_scale,
             "digits after the point that are needed")
SQL_FUNCTION(5043, "trim_scale", numeric, (numeric), IMMUTABLE | STRICT, numeric_trim_scale,
             "the value without trailing zeros after the point")
SQL_FUNCTION(5048, "gcd", numeric, (numeric, numeric), IMMUTABLE | STRICT, numeric_gcd,
             "greatest common divisor")
SQL_FUNCTION(5049, "lcm", numeric, (numeric, numeric), IMMUTABLE | STRICT, numeric_lcm,
             "least common multiple")
SQL_EXPRESSION(1707, "round", numeric, (numeric, int4), IMMUTABLE | STRICT,
               decimal_round(fn->arena, a, b),
               "rounded to so many digits after the point, halves away from zero")
SQL_EXPRESSION(1708, "round", numeric, (numeric), IMMUTABLE | IN_SQL | STRICT,
               decimal_round(fn->arena, a, 0), "rounded to a whole number, halves away from zero")
SQL_EXPRESSION(1709, "trunc", numeric, (numeric, int4), IMMUTABLE | STRICT,
               decimal_cut(fn->arena, a, b), "cut to so many digits after the point")
SQL_EXPRESSION(1710, "trunc", numeric, (numeric), IMMUTABLE | IN_SQL | STRICT,
               decimal_cut(fn->arena, a, 0), "whole part")
SQL_EXPRESSION(1711, "ceil", numeric, (numeric), IMMUTABLE | STRICT, to_whole(fn->arena, a, true),
               "least whole number not below the value")
SQL_EXPRESSION(2167, "ceiling", numeric, (numeric), IMMUTABLE | STRICT,
               to_whole(fn->arena, a, true), "least whole number not below the value")
SQL_EXPRESSION(1712, "floor", numeric, (numeric), IMMUTABLE | STRICT, to_whole(fn->arena, a, false),
               "greatest whole number not above the value")
SQL_FUNCTION_BULK(1724, "numeric_add", numeric, (numeric, numeric), IMMUTABLE | STRICT, numeric_add,
                  add_bulk, "sum")
SQL_FUNCTION_BULK(1725, "numeric_sub", numeric, (numeric, numeric), IMMUTABLE | STRICT,
                  numeric_subtract, subtract_bulk, "difference")
SQL_FUNCTION_BULK(1726, "numeric_mul", numeric, (numeric, numeric), IMMUTABLE | STRICT,
                  numeric_multiply, multiply_bulk, "product")
SQL_EXPRESSION(1727, "numeric_div", numeric, (numeric, numeric), IMMUTABLE | STRICT,
               decimal_divide(fn->arena, a, b), "quotient, with 16 significant digits at least")
SQL_EXPRESSION(1728, "mod", numeric, (numeric, numeric), IMMUTABLE | STRICT,
               decimal_remainder(fn->arena, a, b), "remainder, with the sign of the dividend")
SQL_EXPRESSION(1729, "numeric_mod", numeric, (numeric, numeric), IMMUTABLE | STRICT,
               decimal_remainder(fn->arena, a, b), "remainder, with the sign of the dividend")
SQL_EXPRESSION(1973, "div", numeric, (numeric, numeric), IMMUTABLE | STRICT,
               decimal_quotient(fn->arena, a, b), "quotient cut to a whole number")
SQL_EXPRESSION(1980, "numeric_div_trunc", numeric, (numeric, numeric), IMMUTABLE | STRICT,
               decimal_quotient(fn->arena, a, b), "quotient cut to a whole number")
SQL_EXPRESSION(1764, "numeric_inc", numeric, (numeric), IMMUTABLE | STRICT,
               add_inline(fn->arena, a, decimal_small(1, 0)), "the value plus one")
SQL_EXPRESSION(1771, "numeric_uminus", numeric, (numeric), IMMUTABLE | STRICT,
               decimal_negate(fn->arena, a), "the value with its sign changed")
SQL_EXPRESSION(1915, "numeric_uplus", numeric, (numeric), IMMUTABLE | STRICT | TOTAL, a,
               "the value itself")
SQL_EXPRESSION(1718, "numeric_eq", bool, (numeric, numeric), IMMUTABLE | STRICT | TOTAL,
               decimal_compare(a, b) == 0, "equal")
SQL_EXPRESSION(1719, "numeric_ne", bool, (numeric, numeric), IMMUTABLE | STRICT | TOTAL,
               decimal_compare(a, b) != 0, "not equal")
SQL_EXPRESSION(1720, "numeric_gt", bool, (numeric, numeric), IMMUTABLE | STRICT | TOTAL,
               decimal_compare(a, b) > 0, "greater than")
SQL_EXPRESSION(1721, "numeric_ge", bool, (numeric, numeric), IMMUTABLE | STRICT | TOTAL,
               decimal_compare(a, b) >= 0, "greater than or equal")
SQL_EXPRESSION(1722, "numeric_lt", bool, (numeric, numeric), IMMUTABLE | STRICT | TOTAL,
               decimal_compare(a, b) < 0, "less than")
SQL_EXPRESSION(1723, "numeric_le", bool, (numeric, numeric), IMMUTABLE | STRICT | TOTAL,
               decimal_compare(a, b) <= 0, "less than or equal")
SQL_EXPRESSION(1769, "numeric_cmp", int4, (numeric, numeric), IMMUTABLE | STRICT | TOTAL,
               decimal_compare(a, b), "order of two values, NaN the greatest")
SQL_EXPRESSION(1766, "numeric_smaller", numeric, (numeric, numeric), IMMUTABLE | STRICT | TOTAL,
               compare_inline(a, b) < 0 ? a : b, "the smaller of two values")
SQL_EXPRESSION(1767, "numeric_larger", numeric, (numeric, numeric), IMMUTABLE | STRICT | TOTAL,
               compare_inline(a, b) > 0 ? a : b, "the larger of two values")

/* ---- Hashes that SQL sees: of the groups of four digits, as 16-bit words, combined with the weight */

uint64_t decimal_hash_pg(Arena *arena, Decimal v, bool extended, uint64_t seed)
{
    if (decimal_is_special(v)) return seed;
    const Num num = num__of(arena, v);
    const NumGroups g = num__groups(arena, &num);
    if (!g.count) return seed - 1;
    const Str bytes = {(const char *)g.groups, g.count * sizeof *g.groups};
    return (extended ? hash_pg_bytes_extended(bytes, seed) : hash_pg_bytes(bytes)) ^
           (uint64_t)(int64_t)g.weight;
}

SQL_EXPRESSION(432, "hash_numeric", int4, (numeric), IMMUTABLE | STRICT | TOTAL,
               (int32_t)(uint32_t)decimal_hash_pg(fn->arena, a, false, 0), "hash")
SQL_EXPRESSION(780, "hash_numeric_extended", int8, (numeric, int8), IMMUTABLE | STRICT | TOTAL,
               (int64_t)decimal_hash_pg(fn->arena, a, true, (uint64_t)b), "64-bit hash with a seed")

SQL_OPERATOR(1038, "^", numeric, numeric, numeric, numeric_power)
SQL_OPERATOR(1751, "-", 0, numeric, numeric, numeric_uminus)
SQL_OPERATOR(1752, "=", numeric, numeric, bool, numeric_eq, .commutator = 1752, .negator = 1753,
             .hash = true, .merge = true, .restrict_by = "eqsel", .join_by = "eqjoinsel")
SQL_OPERATOR(1753, "<>", numeric, numeric, bool, numeric_ne, .commutator = 1753, .negator = 1752,
             .restrict_by = "neqsel", .join_by = "neqjoinsel")
SQL_OPERATOR(1754, "<", numeric, numeric, bool, numeric_lt, .commutator = 1756, .negator = 1757,
             .restrict_by = "scalarltsel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(1755, "<=", numeric, numeric, bool, numeric_le, .commutator = 1757, .negator = 1756,
             .restrict_by = "scalarlesel", .join_by = "scalarlejoinsel")
SQL_OPERATOR(1756, ">", numeric, numeric, bool, numeric_gt, .commutator = 1754, .negator = 1755,
             .restrict_by = "scalargtsel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(1757, ">=", numeric, numeric, bool, numeric_ge, .commutator = 1755, .negator = 1754,
             .restrict_by = "scalargesel", .join_by = "scalargejoinsel")
SQL_OPERATOR(1758, "+", numeric, numeric, numeric, numeric_add, .commutator = 1758)
SQL_OPERATOR(1759, "-", numeric, numeric, numeric, numeric_sub)
SQL_OPERATOR(1760, "*", numeric, numeric, numeric, numeric_mul, .commutator = 1760)
SQL_OPERATOR(1761, "/", numeric, numeric, numeric, numeric_div)
SQL_OPERATOR(1762, "%", numeric, numeric, numeric, numeric_mod)
SQL_OPERATOR(1763, "@", 0, numeric, numeric, numeric_abs)
SQL_OPERATOR(1921, "+", 0, numeric, numeric, numeric_uplus)

SQL_OPFAMILY(1988, btree, "numeric_ops")
SQL_OPCLASS(3125, btree, "numeric_ops", 1988, numeric, .fallback = true)
SQL_FAMILY_OPERATOR(1988, numeric, numeric, 1, 1754)
SQL_FAMILY_OPERATOR(1988, numeric, numeric, 2, 1755)
SQL_FAMILY_OPERATOR(1988, numeric, numeric, 3, 1752)
SQL_FAMILY_OPERATOR(1988, numeric, numeric, 4, 1757)
SQL_FAMILY_OPERATOR(1988, numeric, numeric, 5, 1756)
SQL_FAMILY_FUNCTION(1988, numeric, numeric, 1, 1769)
SQL_FAMILY_FUNCTION(1988, numeric, numeric, 2, 3283)
SQL_FAMILY_FUNCTION(1988, numeric, numeric, 3, 4141)
SQL_OPFAMILY(1998, hash, "numeric_ops")
SQL_OPCLASS(10030, hash, "numeric_ops", 1998, numeric, .fallback = true)
SQL_FAMILY_OPERATOR(1998, numeric, numeric, 1, 1752)
SQL_FAMILY_FUNCTION(1998, numeric, numeric, 1, 432)
SQL_FAMILY_FUNCTION(1998, numeric, numeric, 2, 780)

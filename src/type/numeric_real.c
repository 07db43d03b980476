/* SPDX-License-Identifier: Apache-2.0 */
/* numeric_real.c - exponentials and logarithms to any number of digits, in binary fixed point.
 *
 * A real is a count of 2^-bits, kept as a Num with a sign. Precision: the decimals that are asked for, the digits
 * before the point, and GUARD_DIGITS more; the methods lose fewer. So a result is right unless the true value lies
 * within 10^-GUARD_DIGITS units of the last place of a tie.
 *   exp   x = k ln 2 + r; r is halved until it is small, summed as a power series, and squared back
 *   ln    v = m 2^e with m near 1; square roots bring m closer to 1; then ln m = 2 artanh((m - 1) / (m + 1))
 *   ln 2  by artanh of 1/26, 1/4801 and 1/8749, whose series need divisions by small numbers only */
#include "type/numeric_internal.h"

#include "base/task.h"

enum { GUARD_DIGITS = 16 };

/* Bits of so many decimal digits, and a limb for the error of the series. */
static uint64_t bits_for(uint64_t digits)
{
    return ((digits + GUARD_DIGITS) * 3322 / 1000 + 128) / 64 * 64;
}

static Num with_sign(Num v, bool negative)
{
    v.negative = negative && v.count;
    return v;
}

/* Numbers of the same fixed point; scales are 0 throughout. */
static Num real_multiply(Arena *arena, const Num *a, const Num *b, uint64_t bits)
{
    const Num product = num__multiply(arena, a, b);
    return num__shift_right_rounded(arena, &product, bits);
}

static Num divide_small(Arena *arena, const Num *v, uint64_t divisor)
{
    if (!v->count) return *v;
    mp_limb_t *limbs = arena_alloc_array(arena, v->count, sizeof *limbs);
    mpn_divrem_1(limbs, 0, v->limbs, v->count, divisor);
    return with_sign(num__of_limbs(limbs, v->count), v->negative);
}

static Num multiply_small(Arena *arena, const Num *v, uint64_t factor)
{
    const Num other = num__of_u64(arena, factor);
    Num product = num__multiply(arena, v, &other);
    return with_sign(product, v->negative);
}

/* v = coefficient / 10^scale as a real. */
static Num real_of(Arena *arena, const Num *v, uint64_t bits)
{
    Num coefficient = {.count = v->count, .limbs = v->limbs}, quotient;
    const Num shifted = num__shift_left(arena, &coefficient, bits),
              power = num__pow10(arena, (uint32_t)v->scale);
    num__divide_magnitude(arena, &shifted, &power, &quotient, NULL);
    return with_sign(quotient, v->negative);
}

/* A real as a decimal of that scale, rounded. */
static Num real_round(Arena *arena, const Num *real, uint64_t bits, int32_t scale)
{
    Num scaled = num__scale_up(arena, real, (uint32_t)scale);
    scaled = num__shift_right_rounded(arena, &scaled, bits);
    scaled.scale = scale;
    return with_sign(scaled, real->negative);
}

/* factor * artanh(1 / n) */
static Num artanh_inverse(Arena *arena, uint64_t n, uint64_t factor, uint64_t bits)
{
    const Num one = num__of_u64(arena, factor), first = num__shift_left(arena, &one, bits);
    Num term = divide_small(arena, &first, n), sum = term;
    for (uint64_t i = 3; term.count; i += 2) {
        term = divide_small(arena, &term, n * n);
        const Num part = divide_small(arena, &term, i);
        sum = num__add_magnitude(arena, &sum, &part);
    }
    return sum;
}

static Num ln_two(Arena *arena, uint64_t bits)
{
    const Num a = artanh_inverse(arena, 26, 18, bits), b = artanh_inverse(arena, 4801, 2, bits),
              c = artanh_inverse(arena, 8749, 8, bits);
    const Num sum = num__add_magnitude(arena, &a, &c);
    return num__subtract_magnitude(arena, &sum, &b);
}

/* e^x of a real; the result is *mantissa * 2^*power, the mantissa a real in [1, 2). */
static void real_exp(Arena *arena, const Num *x, uint64_t bits, Num *mantissa, int64_t *power)
{
    const uint32_t halvings = 8 + (uint32_t)(bits / 256);
    const uint64_t fine = bits + halvings + 64;
    const Num ln2 = ln_two(arena, fine), size = {.count = x->count, .limbs = x->limbs};
    const Num wide = num__shift_left(arena, &size, fine - bits);
    Num k, rest;
    num__divide_magnitude(arena, &wide, &ln2, &k, &rest);
    *power = k.count ? (int64_t)k.limbs[0] : 0;
    if (x->negative) {
        *power = -*power;
        if (rest.count) {
            rest = num__subtract_magnitude(arena, &ln2, &rest);
            --*power;
        }
    }
    const Num small = num__shift_right_rounded(arena, &rest, halvings), one = num__of_u64(arena, 1);
    Num sum = num__shift_left(arena, &one, fine), term = sum;
    for (uint64_t i = 1; term.count; i++) {
        task_check();
        term = real_multiply(arena, &term, &small, fine);
        term = divide_small(arena, &term, i);
        sum = num__add_magnitude(arena, &sum, &term);
    }
    for (uint32_t i = 0; i < halvings; i++) sum = real_multiply(arena, &sum, &sum, fine);
    *mantissa = num__shift_right_rounded(arena, &sum, fine - bits);
}

/* mantissa * 2^power as a decimal. */
static Num scaled_round(Arena *arena, const Num *mantissa, uint64_t bits, int64_t power,
                        int32_t scale)
{
    if (power < 0) return real_round(arena, mantissa, bits + (uint64_t)-power, scale);
    const Num whole = num__shift_left(arena, mantissa, (uint64_t)power);
    return real_round(arena, &whole, bits, scale);
}

Num num__exp(Arena *arena, const Num *v, int32_t scale)
{
    /* Below 2^13 in size: at most 2,606 digits before the point. */
    const Num whole = num__cut(arena, v, 0);
    const uint64_t digits = !v->negative && whole.count ? whole.limbs[0] * 1000 / 2302 + 2 : 2;
    const uint64_t bits = bits_for(digits + (uint64_t)scale + 4);
    const Num x = real_of(arena, v, bits);
    Num mantissa;
    int64_t power;
    real_exp(arena, &x, bits, &mantissa, &power);
    return scaled_round(arena, &mantissa, bits, power, scale);
}

/* ln of v > 0 as a real. */
static Num real_ln(Arena *arena, const Num *v, uint64_t bits)
{
    const uint32_t roots = 8 + (uint32_t)(bits / 512);
    const uint64_t fine = (bits + roots + 64 + 63) / 64 * 64;
    /* v = m * 2^e with m a real in [0.5, 2). */
    const Num coefficient = {.count = v->count, .limbs = v->limbs},
              power = num__pow10(arena, (uint32_t)v->scale);
    const int64_t e = (int64_t)num__bits(&coefficient) - (int64_t)num__bits(&power);
    const int64_t shift = (int64_t)fine - e;
    const Num dividend = shift > 0 ? num__shift_left(arena, &coefficient, (uint64_t)shift)
                                   : coefficient;
    const Num divisor = shift < 0 ? num__shift_left(arena, &power, (uint64_t)-shift) : power;
    Num m;
    num__divide_magnitude(arena, &dividend, &divisor, &m, NULL);
    for (uint32_t i = 0; i < roots; i++) {
        task_check();
        const Num square = num__shift_left(arena, &m, fine);
        mp_limb_t *root = arena_alloc_array(arena, (square.count + 1u) / 2, sizeof *root);
        mpn_sqrtrem(root, NULL, square.limbs, square.count);
        m = num__of_limbs(root, (square.count + 1) / 2);
    }
    const Num unit = num__of_u64(arena, 1), one = num__shift_left(arena, &unit, fine);
    const Num above = num__subtract(arena, &m, &one), below = num__add_magnitude(arena, &m, &one);
    const Num numerator = num__shift_left(arena, &above, fine);
    Num z;
    num__divide_magnitude(arena, &numerator, &below, &z, NULL);
    const Num square = real_multiply(arena, &z, &z, fine);
    Num term = z, sum = z;
    for (uint64_t i = 3; term.count; i += 2) {
        task_check();
        term = real_multiply(arena, &term, &square, fine);
        const Num part = divide_small(arena, &term, i);
        sum = num__add_magnitude(arena, &sum, &part);
    }
    sum = with_sign(num__shift_left(arena, &sum, roots + 1), above.negative);
    const Num ln2 = ln_two(arena, fine);
    const Num binary = with_sign(multiply_small(arena, &ln2, (uint64_t)(e < 0 ? -e : e)), e < 0);
    sum = num__add(arena, &sum, &binary);
    return num__shift_right_rounded(arena, &sum, fine - bits);
}

Num num__ln(Arena *arena, const Num *v, int32_t scale)
{
    const uint64_t bits = bits_for((uint64_t)scale + 8);
    const Num ln = real_ln(arena, v, bits);
    return real_round(arena, &ln, bits, scale);
}

Num num__log(Arena *arena, const Num *base, const Num *v, int32_t scale)
{
    /* A base close to 1 has a small logarithm, and the quotient as many more digits. */
    const uint64_t digits = (uint64_t)scale + 2 * (uint64_t)MAX(base->scale, v->scale) + 16;
    const uint64_t bits = bits_for(digits);
    Num divisor = real_ln(arena, base, bits), dividend = real_ln(arena, v, bits);
    if (!divisor.count || num__digits(arena, base) == 0) num__division_by_zero();
    return num__divide(arena, &dividend, &divisor, scale, true);
}

Num num__power_real(Arena *arena, const Num *v, const Num *exponent, int32_t scale, uint32_t digits)
{
    const uint64_t wanted = bits_for((uint64_t)scale + digits + 8);
    /* ln v is multiplied by the exponent, and so is its error. */
    const uint64_t bits = wanted + (num__bits(exponent) + 127) / 64 * 64;
    const Num ln = real_ln(arena, v, bits), power = num__pow10(arena, (uint32_t)exponent->scale);
    Num product = num__multiply(arena, &ln,
                                &(Num){.negative = exponent->negative,
                                       .count = exponent->count,
                                       .limbs = exponent->limbs});
    Num x, mantissa;
    int64_t binary;
    num__divide_magnitude(arena, &product, &power, &x, NULL);
    x = with_sign(x, product.negative);
    real_exp(arena, &x, bits, &mantissa, &binary);
    return scaled_round(arena, &mantissa, bits, binary, scale);
}

Num num__sqrt(Arena *arena, const Num *v, int32_t scale)
{
    /* The root of coefficient * 10^(2 scale - v.scale); an odd power of ten is taken in front. */
    const int32_t shift = 2 * scale - v->scale;
    Num radicand = shift >= 0 ? num__scale_up(arena, v, (uint32_t)shift)
                              : num__cut(arena, v, v->scale + shift);
    if (!radicand.count) return (Num){.scale = scale};
    mp_limb_t *root = arena_alloc_array(arena, (radicand.count + 1u) / 2, sizeof *root);
    mp_limb_t *rest = arena_alloc_array(arena, radicand.count, sizeof *rest);
    const uint32_t rest_count = (uint32_t)mpn_sqrtrem(root, rest, radicand.limbs, radicand.count);
    Num result = num__of_limbs(root, (radicand.count + 1) / 2);
    const Num left = num__of_limbs(rest, rest_count);
    /* (r + 1/2)^2 = r^2 + r + 1/4: above it when the rest is greater than r. */
    if (num__compare_magnitude(&left, &result) > 0) {
        const Num one = num__of_u64(arena, 1);
        result = num__add_magnitude(arena, &result, &one);
    }
    result.scale = scale;
    return result;
}

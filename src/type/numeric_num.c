/* SPDX-License-Identifier: Apache-2.0 */
/* numeric_num.c - arithmetic on coefficients: GMP's mpn functions on arena memory (mpz would abort when memory ends),
 * decimal scales around them. */
#include "type/numeric_internal.h"

#include "base/task.h"

_Noreturn void num__overflow(void)
{
    raise_error(SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE, "value overflows numeric format");
}

_Noreturn void num__division_by_zero(void)
{
    raise_error(SQLSTATE_DIVISION_BY_ZERO, "division by zero");
}

static mp_limb_t *new_limbs(Arena *arena, size_t count)
{
    return arena_alloc_array(arena, MAX(count, (size_t)1), sizeof(mp_limb_t));
}

Num num__of_limbs(mp_limb_t *limbs, uint32_t count)
{
    while (count && limbs[count - 1] == 0) count--;
    return (Num){.count = count, .limbs = limbs};
}

Num num__of_u128(Arena *arena, u128 v)
{
    mp_limb_t *limbs = new_limbs(arena, 2);
    limbs[0] = (uint64_t)v;
    limbs[1] = (uint64_t)(v >> 64);
    return num__of_limbs(limbs, 2);
}

Num num__of_u64(Arena *arena, uint64_t v)
{
    return num__of_u128(arena, v);
}

/* ---- Slots and stored forms (docs/formats.md, section 2) */

enum {
    HEAD_BYTES = 2,
    HEAD_NEGATIVE = 1 << 14,
    HEAD_SPECIAL = 1 << 15,
    HEAD_SCALE = NUMERIC_SCALE_MAX
};
enum { SPECIAL_NAN, SPECIAL_INFINITY, SPECIAL_MINUS_INFINITY };

Num num__of(Arena *arena, Decimal v)
{
    if (v.kind == DECIMAL_SMALL) {
        Num num = num__of_u64(arena, v.coefficient < 0 ? 0 - (uint64_t)v.coefficient
                                                       : (uint64_t)v.coefficient);
        num.negative = v.coefficient < 0;
        num.scale = v.scale;
        return num;
    }
    const uint32_t head = load_le16(v.big);
    if (head & HEAD_SPECIAL) {
        const uint32_t which = head & 3;
        return (Num){.kind = which == SPECIAL_NAN ? NUM_NAN : NUM_INFINITE,
                     .negative = which == SPECIAL_MINUS_INFINITY};
    }
    const uint32_t bytes = v.bytes - HEAD_BYTES, count = (bytes + 7) / 8;
    mp_limb_t *limbs = new_limbs(arena, count);
    if (count) limbs[count - 1] = 0;
    memcpy(limbs, v.big + HEAD_BYTES, bytes);
    Num num = num__of_limbs(limbs, count);
    num.negative = (head & HEAD_NEGATIVE) != 0;
    num.scale = (int32_t)(head & HEAD_SCALE);
    return num;
}

static Decimal big_of_head(Arena *arena, uint32_t head, const void *magnitude, uint32_t bytes)
{
    uint8_t *form = arena_alloc(arena, HEAD_BYTES + bytes);
    store_le16(form, (uint16_t)head);
    if (bytes) memcpy(form + HEAD_BYTES, magnitude, bytes);
    return (Decimal){.kind = DECIMAL_BIG, .bytes = HEAD_BYTES + bytes, .big = form};
}

Decimal decimal_nan(Arena *arena)
{
    return big_of_head(arena, HEAD_SPECIAL | SPECIAL_NAN, NULL, 0);
}

Decimal decimal_infinity(Arena *arena, bool negative)
{
    return big_of_head(arena, HEAD_SPECIAL | (negative ? SPECIAL_MINUS_INFINITY : SPECIAL_INFINITY),
                       NULL, 0);
}

bool decimal_is_special(Decimal v)
{
    return v.kind == DECIMAL_BIG && (load_le16(v.big) & HEAD_SPECIAL);
}

bool decimal_is_nan(Decimal v)
{
    return decimal_is_special(v) && (load_le16(v.big) & 3) == SPECIAL_NAN;
}

bool decimal_is_infinite(Decimal v)
{
    return decimal_is_special(v) && (load_le16(v.big) & 3) != SPECIAL_NAN;
}

int decimal_sign(Decimal v)
{
    if (v.kind == DECIMAL_SMALL) return (v.coefficient > 0) - (v.coefficient < 0);
    const uint32_t head = load_le16(v.big);
    if (head & HEAD_SPECIAL) return (head & 3) == SPECIAL_MINUS_INFINITY ? -1 : 1;
    return v.bytes == HEAD_BYTES ? 0 : head & HEAD_NEGATIVE ? -1 : 1;
}

Decimal num__decimal(Arena *arena, const Num *v)
{
    if (v->kind == NUM_NAN) return decimal_nan(arena);
    if (v->kind == NUM_INFINITE) return decimal_infinity(arena, v->negative);
    if (v->scale < 0) {
        const Num whole = num__scale_up(arena, v, (uint32_t)-v->scale);
        return num__decimal(arena, &whole);
    }
    if (v->count <= 1 && v->scale <= NUMERIC_SMALL_SCALE_MAX) {
        const uint64_t magnitude = v->count ? v->limbs[0] : 0;
        if (magnitude <= (uint64_t)NUMERIC_SMALL_MAX)
            return decimal_small(v->negative ? -(int64_t)magnitude : (int64_t)magnitude,
                                 (uint32_t)v->scale);
    }
    /* 3.32 bits a digit: most values are far from the limit, and only near it the digits are counted. */
    const uint64_t bits = num__bits(v);
    if (bits / 4 + bits / 12 > (uint64_t)NUMERIC_WHOLE_DIGITS_MAX + (uint64_t)v->scale ||
        bits > (uint64_t)NUMERIC_WHOLE_DIGITS_MAX * 3) {
        if (num__digits(arena, v) > (uint32_t)NUMERIC_WHOLE_DIGITS_MAX + (uint32_t)v->scale)
            num__overflow();
    }
    ASSERT(v->scale <= NUMERIC_SCALE_MAX);
    uint32_t bytes = (uint32_t)((bits + 7) / 8);
    return big_of_head(arena, (uint32_t)v->scale | (v->negative && v->count ? HEAD_NEGATIVE : 0),
                       v->limbs, bytes);
}

/* ---- Magnitudes */

uint64_t num__bits(const Num *v)
{
    return v->count ? (uint64_t)v->count * 64 - (uint64_t)__builtin_clzll(v->limbs[v->count - 1])
                    : 0;
}

int num__compare_magnitude(const Num *a, const Num *b)
{
    if (a->count != b->count) return a->count < b->count ? -1 : 1;
    return a->count ? mpn_cmp(a->limbs, b->limbs, a->count) : 0;
}

Num num__add_magnitude(Arena *arena, const Num *a, const Num *b)
{
    if (a->count < b->count) {
        const Num *swap = a;
        a = b;
        b = swap;
    }
    if (!b->count) return (Num){.count = a->count, .limbs = a->limbs};
    mp_limb_t *sum = new_limbs(arena, a->count + 1u);
    sum[a->count] = mpn_add(sum, a->limbs, a->count, b->limbs, b->count);
    return num__of_limbs(sum, a->count + 1);
}

Num num__subtract_magnitude(Arena *arena, const Num *a, const Num *b)
{
    if (!b->count) return (Num){.count = a->count, .limbs = a->limbs};
    mp_limb_t *difference = new_limbs(arena, a->count);
    mpn_sub(difference, a->limbs, a->count, b->limbs, b->count);
    return num__of_limbs(difference, a->count);
}

Num num__multiply(Arena *arena, const Num *a, const Num *b)
{
    Num product = {.scale = a->scale + b->scale};
    if (!a->count || !b->count) return product;
    task_check();
    const bool swap = a->count < b->count;
    const Num *longer = swap ? b : a, *shorter = swap ? a : b;
    mp_limb_t *limbs = new_limbs(arena, (size_t)a->count + b->count);
    if (a->limbs == b->limbs && a->count == b->count)
        mpn_sqr(limbs, a->limbs, a->count);
    else
        mpn_mul(limbs, longer->limbs, longer->count, shorter->limbs, shorter->count);
    product = num__of_limbs(limbs, a->count + b->count);
    product.scale = a->scale + b->scale;
    product.negative = a->negative != b->negative;
    return product;
}

void num__divide_magnitude(Arena *arena, const Num *a, const Num *b, Num *quotient, Num *rest)
{
    ASSERT(b->count > 0);
    if (a->count < b->count) {
        if (quotient) *quotient = (Num){0};
        if (rest) *rest = (Num){.count = a->count, .limbs = a->limbs};
        return;
    }
    task_check();
    mp_limb_t *q = new_limbs(arena, a->count - b->count + 1u), *r = new_limbs(arena, b->count);
    mpn_tdiv_qr(q, r, 0, a->limbs, a->count, b->limbs, b->count);
    if (quotient) *quotient = num__of_limbs(q, a->count - b->count + 1);
    if (rest) *rest = num__of_limbs(r, b->count);
}

Num num__shift_left(Arena *arena, const Num *v, uint64_t bits)
{
    const uint32_t whole = (uint32_t)(bits / 64), part = bits % 64;
    if (!v->count) return *v;
    mp_limb_t *limbs = new_limbs(arena, (size_t)v->count + whole + 1);
    memset(limbs, 0, whole * sizeof *limbs);
    if (part) {
        limbs[whole + v->count] = mpn_lshift(limbs + whole, v->limbs, v->count, part);
    } else {
        memcpy(limbs + whole, v->limbs, v->count * sizeof *limbs);
        limbs[whole + v->count] = 0;
    }
    Num shifted = num__of_limbs(limbs, v->count + whole + 1);
    shifted.negative = v->negative;
    shifted.scale = v->scale;
    return shifted;
}

Num num__shift_right_rounded(Arena *arena, const Num *v, uint64_t bits)
{
    if (bits == 0) return *v;
    const Num half = num__of_u64(arena, 1), added = num__shift_left(arena, &half, bits - 1);
    const Num sum = num__add_magnitude(arena, v, &added);
    const uint32_t whole = (uint32_t)(bits / 64), part = bits % 64;
    Num shifted = {.negative = v->negative, .scale = v->scale};
    if (sum.count <= whole) return shifted;
    mp_limb_t *limbs = new_limbs(arena, sum.count - whole);
    if (part)
        mpn_rshift(limbs, sum.limbs + whole, sum.count - whole, part);
    else
        memcpy(limbs, sum.limbs + whole, (sum.count - whole) * sizeof *limbs);
    shifted = num__of_limbs(limbs, sum.count - whole);
    shifted.negative = v->negative && shifted.count;
    shifted.scale = v->scale;
    return shifted;
}

Num num__pow10(Arena *arena, uint32_t n)
{
    if (n <= 38) return num__of_u128(arena, u128_pow10(n));
    Num power = num__of_u64(arena, 1);
    for (uint32_t bit = 1u << (31 - __builtin_clz(n)); bit; bit >>= 1) {
        power = num__multiply(arena, &power, &power);
        if (!(n & bit)) continue;
        mp_limb_t *limbs = new_limbs(arena, power.count + 1u);
        limbs[power.count] = mpn_mul_1(limbs, power.limbs, power.count, 10);
        power = num__of_limbs(limbs, power.count + 1);
    }
    return power;
}

/* ---- Scales */

Num num__scale_up(Arena *arena, const Num *v, uint32_t digits)
{
    Num scaled = *v;
    if (digits && v->count) {
        const Num power = num__pow10(arena, digits);
        scaled = num__multiply(arena, v, &power);
        scaled.negative = v->negative;
    }
    scaled.scale = v->scale + (int32_t)digits;
    return scaled;
}

static Num to_scale(Arena *arena, const Num *v, int32_t scale, bool round)
{
    if (scale >= v->scale) return num__scale_up(arena, v, (uint32_t)(scale - v->scale));
    Num quotient, rest;
    const Num power = num__pow10(arena, (uint32_t)(v->scale - scale));
    num__divide_magnitude(arena, v, &power, &quotient, &rest);
    const Num twice = num__add_magnitude(arena, &rest, &rest);
    if (round && num__compare_magnitude(&twice, &power) >= 0) {
        const Num one = num__of_u64(arena, 1);
        quotient = num__add_magnitude(arena, &quotient, &one);
    }
    quotient.negative = v->negative && quotient.count;
    quotient.scale = scale;
    return quotient;
}

Num num__round(Arena *arena, const Num *v, int32_t scale)
{
    return to_scale(arena, v, scale, true);
}

Num num__cut(Arena *arena, const Num *v, int32_t scale)
{
    return to_scale(arena, v, scale, false);
}

Num num__add(Arena *arena, const Num *a, const Num *b)
{
    const int32_t scale = MAX(a->scale, b->scale);
    const Num x = to_scale(arena, a, scale, false), y = to_scale(arena, b, scale, false);
    Num sum;
    if (x.negative == y.negative) {
        sum = num__add_magnitude(arena, &x, &y);
        sum.negative = x.negative;
    } else if (num__compare_magnitude(&x, &y) >= 0) {
        sum = num__subtract_magnitude(arena, &x, &y);
        sum.negative = x.negative && sum.count;
    } else {
        sum = num__subtract_magnitude(arena, &y, &x);
        sum.negative = y.negative;
    }
    sum.scale = scale;
    return sum;
}

Num num__subtract(Arena *arena, const Num *a, const Num *b)
{
    Num opposite = *b;
    opposite.negative = !b->negative && b->count;
    return num__add(arena, a, &opposite);
}

Num num__divide(Arena *arena, const Num *a, const Num *b, int32_t scale, bool round)
{
    /* a / b = (ca / cb) * 10^(sb - sa); wanted: times 10^scale. */
    const int32_t shift = scale + b->scale - a->scale;
    const Num dividend = shift > 0 ? num__scale_up(arena, a, (uint32_t)shift) : *a;
    const Num divisor = shift < 0 ? num__scale_up(arena, b, (uint32_t)-shift) : *b;
    Num quotient, rest;
    num__divide_magnitude(arena, &dividend, &divisor, &quotient, &rest);
    const Num twice = num__add_magnitude(arena, &rest, &rest);
    if (round && num__compare_magnitude(&twice, &divisor) >= 0) {
        const Num one = num__of_u64(arena, 1);
        quotient = num__add_magnitude(arena, &quotient, &one);
    }
    quotient.negative = a->negative != b->negative && quotient.count;
    quotient.scale = scale;
    return quotient;
}

int num__compare(Arena *arena, const Num *a, const Num *b)
{
    if (a->negative != b->negative) return a->negative ? -1 : 1;
    const int32_t scale = MAX(a->scale, b->scale);
    const Num x = to_scale(arena, a, scale, false), y = to_scale(arena, b, scale, false);
    const int order = num__compare_magnitude(&x, &y);
    return a->negative ? -order : order;
}

/* ---- Decimal digits */

Str num__decimal_text(Arena *arena, const Num *v)
{
    if (!v->count) return STR("0");
    const size_t room = (size_t)((double)num__bits(v) * 0.30103) + 3;
    unsigned char *digits = arena_alloc(arena, room);
    mp_limb_t *copy = arena_copy(arena, v->limbs,
                                 v->count * sizeof *v->limbs); /* mpn_get_str spoils its input */
    size_t bytes = mpn_get_str(digits, 10, copy, v->count);
    ASSERT(bytes <= room);
    size_t from = 0;
    while (from + 1 < bytes && digits[from] == 0) from++;
    for (size_t i = from; i < bytes; i++) digits[i] += '0';
    return (Str){(const char *)digits + from, bytes - from};
}

uint32_t num__digits(Arena *arena, const Num *v)
{
    if (v->count == 0) return 0;
    if (v->count <= 2)
        return u128_decimal_digits(v->count == 1 ? v->limbs[0]
                                                 : (u128)v->limbs[1] << 64 | v->limbs[0]);
    const uint32_t least = (uint32_t)((double)(num__bits(v) - 1) * 0.30102999566398119521);
    const Num power = num__pow10(arena, least + 1);
    return num__compare_magnitude(v, &power) >= 0 ? least + 2 : least + 1;
}

NumGroups num__groups(Arena *arena, const Num *v)
{
    if (!v->count) return (NumGroups){0};
    const Str digits = num__decimal_text(arena, v);
    /* Decimal exponent of the first digit, rounded down to groups. */
    const int32_t first = (int32_t)digits.bytes - 1 - v->scale;
    const int32_t weight = (int32_t)i64_div_floor(first, 4);
    const uint32_t lead = (uint32_t)(first - weight * 4) + 1; /* digits in the first group */
    NumGroups g = {.weight = weight,
                   .count = (uint32_t)((digits.bytes - MIN(lead, digits.bytes) + 3) / 4 + 1)};
    g.groups = arena_alloc_array_zero(arena, g.count, sizeof *g.groups);
    uint32_t group = 0, filled = 4 - lead;
    for (size_t i = 0; i < digits.bytes; i++) {
        g.groups[group] = (uint16_t)(g.groups[group] * 10 + (digits.data[i] - '0'));
        if (++filled == 4) {
            group++;
            filled = 0;
        }
    }
    for (; filled > 0 && filled < 4; filled++) g.groups[group] = (uint16_t)(g.groups[group] * 10);
    while (g.count && g.groups[g.count - 1] == 0) g.count--;
    return g;
}

int32_t num__divide_scale(Arena *arena, const Num *a, const Num *b)
{
    const NumGroups x = num__groups(arena, a), y = num__groups(arena, b);
    int32_t weight = (x.count ? x.weight : 0) - (y.count ? y.weight : 0);
    if ((x.count ? x.groups[0] : 0) <= (y.count ? y.groups[0] : 0)) weight--;
    const int32_t scale = MAX(NUM_SIGNIFICANT_MIN - weight * 4, MAX(a->scale, b->scale));
    return MIN(MAX(scale, 0), NUM_DISPLAY_SCALE_MAX);
}

/* ---- Between machine integers and slots */

Decimal decimal_from_i128(Arena *arena, i128 coefficient, uint32_t scale)
{
    if (LIKELY(decimal_fits_small(coefficient, scale)))
        return decimal_small((int64_t)coefficient, scale);
    const u128 magnitude = coefficient < 0 ? 0 - (u128)coefficient : (u128)coefficient;
    const uint64_t high = (uint64_t)(magnitude >> 64), low = (uint64_t)magnitude;
    const uint32_t bits = high ? 64 + u64_bit_length(high) : u64_bit_length(low);
    return big_of_head(arena, scale | (coefficient < 0 ? HEAD_NEGATIVE : 0), &magnitude,
                       (bits + 7) / 8);
}

Decimal decimal_from_i64(Arena *arena, int64_t value)
{
    return decimal_from_i128(arena, value, 0);
}

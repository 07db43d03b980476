/* SPDX-License-Identifier: Apache-2.0 */
/* numeric_internal.h - numeric taken apart for calculation: a sign, a scale and the coefficient as GMP limbs on arena
 * memory. */
#pragma once

#include <gmp.h>

#include "type/numeric.h"

static_assert(sizeof(mp_limb_t) == 8 && GMP_NAIL_BITS == 0, "limbs are 64-bit words");

typedef enum NumKind { NUM_FINITE, NUM_NAN, NUM_INFINITE } NumKind;

/* value = +-limbs / 10^scale. The top limb is not zero; no limbs: zero, which is never negative. The scale may be
 * negative within a calculation. Limbs are never changed once they stand in a Num, so Nums may share them. */
typedef struct Num {
    NumKind kind;
    bool negative;
    int32_t scale;
    uint32_t count;
    mp_limb_t *limbs;
} Num;

/* Rounded; raises 0A000 for NaN and infinity, 22003 beyond bigint. */
int64_t numeric__to_int8(Fn *fn, Decimal v);

Num num__of(Arena *arena, Decimal v);
/* Raises 22003 when it has too many digits before the point. */
Decimal num__decimal(Arena *arena, const Num *v);
Num num__of_u64(Arena *arena, uint64_t v);
Num num__of_u128(Arena *arena, u128 v);
Num num__of_limbs(mp_limb_t *limbs, uint32_t count); /* drops leading zero limbs */
Num num__pow10(Arena *arena, uint32_t n);

int num__compare_magnitude(const Num *a, const Num *b); /* of the coefficients alone */
Num num__add_magnitude(Arena *arena, const Num *a, const Num *b);
Num num__subtract_magnitude(Arena *arena, const Num *a, const Num *b); /* a at least b */
Num num__multiply(Arena *arena, const Num *a, const Num *b); /* scales add up, signs multiply */
/* Quotient and rest of the coefficients; either output may be NULL. */
void num__divide_magnitude(Arena *arena, const Num *a, const Num *b, Num *quotient, Num *rest);
Num num__shift_left(Arena *arena, const Num *v, uint64_t bits);
Num num__shift_right_rounded(Arena *arena, const Num *v, uint64_t bits); /* to nearest, halves up */
uint64_t num__bits(const Num *v);

/* Coefficient times 10^digits (scale grows), and to a given scale: exact, rounded half away from zero, or cut. */
Num num__scale_up(Arena *arena, const Num *v, uint32_t digits);
Num num__round(Arena *arena, const Num *v, int32_t scale);
Num num__cut(Arena *arena, const Num *v, int32_t scale);
Num num__add(Arena *arena, const Num *a, const Num *b);
Num num__subtract(Arena *arena, const Num *a, const Num *b);
/* a / b with `scale` digits after the point, rounded half away from zero or cut. b is not zero. */
Num num__divide(Arena *arena, const Num *a, const Num *b, int32_t scale, bool round);
int num__compare(Arena *arena, const Num *a, const Num *b); /* finite ones */

uint32_t num__digits(Arena *arena,
                     const Num *v); /* decimal digits of the coefficient; 0 for zero */
Str num__decimal_text(Arena *arena,
                      const Num *v); /* of the coefficient, without sign and point; "0" for zero */
/* The value in groups of four decimal digits aligned at the point, as PostgreSQL's scale rules and wire form count:
 * value = sum of groups[i] * 10000^(weight - i). Neither the first nor the last group is zero; count 0: zero. */
typedef struct NumGroups {
    int32_t weight;
    uint32_t count;
    uint16_t *groups;
} NumGroups;
NumGroups num__groups(Arena *arena, const Num *v);
/* The scale of a quotient: 16 significant digits at least, and no less than either operand has. */
int32_t num__divide_scale(Arena *arena, const Num *a, const Num *b);

static inline bool num__is_zero(const Num *v)
{
    return v->kind == NUM_FINITE && v->count == 0;
}
_Noreturn void num__overflow(void);
_Noreturn void num__division_by_zero(void);

enum { NUM_DISPLAY_SCALE_MAX = 1000, NUM_SIGNIFICANT_MIN = 16 };

/* numeric_real.c: to `scale` digits after the point. */
Num num__sqrt(Arena *arena, const Num *v, int32_t scale);
Num num__exp(Arena *arena, const Num *v, int32_t scale);
Num num__ln(Arena *arena, const Num *v, int32_t scale); /* v > 0 */
Num num__log(Arena *arena, const Num *base, const Num *v, int32_t scale);
/* v^exponent for v > 0, by exp(exponent * ln v); `digits` bounds the digits of the result before the point. */
Num num__power_real(Arena *arena, const Num *v, const Num *exponent, int32_t scale,
                    uint32_t digits);

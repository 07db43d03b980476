/* SPDX-License-Identifier: Apache-2.0 */
/* numeric.h - exact decimal numbers: what other types, functions and aggregates do with them. Slots and stored form:
 * base/vector.h (Decimal) and docs/formats.md, section 2. Results that do not fit the small form are made in
 * `arena`. */
#pragma once

#include "base/arith.h"
#include "type/type.h"

enum {
    NUMERIC_SCALE_MAX = 16383,         /* digits after the point that a value can have */
    NUMERIC_WHOLE_DIGITS_MAX = 131072, /* and before it */
    NUMERIC_SMALL_SCALE_MAX = 18,
};
#define NUMERIC_SMALL_MAX INT64_C(1000000000000000000)

static inline Decimal decimal_small(int64_t coefficient, uint32_t scale)
{
    return (Decimal){.kind = DECIMAL_SMALL, .scale = (uint16_t)scale, .coefficient = coefficient};
}
static inline bool decimal_fits_small(i128 coefficient, uint32_t scale)
{
    return scale <= NUMERIC_SMALL_SCALE_MAX && coefficient >= -NUMERIC_SMALL_MAX &&
           coefficient <= NUMERIC_SMALL_MAX;
}

Decimal decimal_from_i64(Arena *arena, int64_t value);
Decimal decimal_from_i128(Arena *arena, i128 coefficient, uint32_t scale);
Decimal decimal_nan(Arena *arena);
Decimal decimal_infinity(Arena *arena, bool negative);
bool decimal_is_nan(Decimal v);
bool decimal_is_infinite(Decimal v);
bool decimal_is_special(Decimal v); /* NaN or infinite */
int decimal_sign(Decimal v);        /* -1, 0, 1; NaN: 1 */

/* -infinity < numbers < infinity < NaN. */
int decimal_compare(Decimal a, Decimal b);
uint64_t decimal_hash(Decimal v); /* equal values at any scale alike */
/* As SQL sees it: 32 bits, or 64 with a seed. */
uint64_t decimal_hash_pg(Arena *arena, Decimal v, bool extended, uint64_t seed);

/* Raise 22003 when the result is too large, 22012 for a zero divisor. Scales as SQL has them. */
Decimal decimal_add(Arena *arena, Decimal a, Decimal b);
Decimal decimal_subtract(Arena *arena, Decimal a, Decimal b);
Decimal decimal_multiply(Arena *arena, Decimal a, Decimal b);
Decimal decimal_divide(Arena *arena, Decimal a, Decimal b);
Decimal decimal_remainder(Arena *arena, Decimal a, Decimal b);
Decimal decimal_quotient(Arena *arena, Decimal a, Decimal b); /* cut to a whole number */
Decimal decimal_negate(Arena *arena, Decimal v);
/* To `scale` digits after the point, halves away from zero (or cut); a negative scale rounds before the point. */
Decimal decimal_round(Arena *arena, Decimal v, int32_t scale);
Decimal decimal_cut(Arena *arena, Decimal v, int32_t scale);

/* False and *err filled when `text` is no number. The typmod forms round to precision and scale (22003 if they do not
 * fit). */
bool decimal_parse(Arena *arena, Str text, Decimal *value, InputError *err);
bool decimal_fit(Arena *arena, Decimal *value, int32_t typmod, InputError *err);
enum { DECIMAL_PRECISION_MAX = 1000 };
/* As numeric(precision, scale) keeps them; both at most DECIMAL_PRECISION_MAX. */
int32_t decimal_typmod(int32_t precision, int32_t scale);
void decimal_print(Decimal v, Arena *scratch, StrBuilder *out);
/* The stored form, for what holds numbers inside; as the type's own store and load. */
void numeric_store(const Value *value, StrBuilder *out);
bool numeric_load(Bytes bytes, Value *value);
double decimal_to_double(Arena *scratch, Decimal v);
/* Rounded to a whole number; false when it is NaN, infinite or does not fit. */
bool decimal_to_i64(Arena *scratch, Decimal v, int64_t *value);

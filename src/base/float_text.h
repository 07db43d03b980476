/* SPDX-License-Identifier: Apache-2.0 */
/* float_text.h - numbers with a binary point as text: reading, correctly rounded, and shortest exact printing. */
#pragma once

#include "base/base.h"

typedef enum FloatRead {
    FLOAT_READ_OK,
    FLOAT_READ_SYNTAX, /* no number, or something behind it */
    FLOAT_READ_RANGE,  /* overflows, or underflows to zero */
} FloatRead;

/* Decimal or 0x hexadecimal, inf, infinity, nan in any case, with a sign; no space around. Never raise. */
FloatRead f64_read(Str s, double *value);
FloatRead f32_read(Str s, float *value);

/* The shortest decimal digits that read back as |v|: value = digits * 10^*exponent. `v` is finite and not zero. */
uint64_t f64_shortest(double v, int32_t *exponent);
uint32_t f32_shortest(float v, int32_t *exponent);

enum { FLOAT_TEXT_MAX = 32 };
/* As SQL shows them; returns the length, no zero byte. Infinity, -Infinity, NaN. */
size_t f64_print_shortest(char out[FLOAT_TEXT_MAX], double v);
size_t f32_print_shortest(char out[FLOAT_TEXT_MAX], float v);
/* With `digits` significant digits, as printf's %g does. */
size_t f64_print_digits(char out[FLOAT_TEXT_MAX], double v, int digits);

/* SPDX-License-Identifier: Apache-2.0 */
/* float.h - order of floating-point numbers in SQL: NaN equals itself and is above all else, -0 equals 0. */
#pragma once

#include <math.h>

#include "base/fn.h"

/* Without branches, so that loops become vector code. */
static inline bool float_equal(double a, double b)
{
    return (a == b) | ((a != a) & (b != b));
}
static inline bool float_less(double a, double b)
{
    return (a < b) | ((b != b) & (a == a));
}
static inline int float_compare(double a, double b)
{
    return float_less(b, a) - float_less(a, b);
}

/* Raises 22003 when `result` is infinite though no input was, or zero though `zero_is_right` does not hold; else gives
 * it. */
double float_check(double result, bool infinite_is_right, bool zero_is_right);
_Noreturn void float_overflow(void);
_Noreturn void float_underflow(void);

/* Text, space around allowed. False and *err filled when it is no number or out of range. */
bool float8_parse(Str text, double *value, InputError *err);
bool float4_parse(Str text, float *value, InputError *err);
/* As extra_float_digits asks. */
void float8_print(const FnEnv *env, double v, StrBuilder *out);
void float4_print(const FnEnv *env, float v, StrBuilder *out);

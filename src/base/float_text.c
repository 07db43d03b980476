/* SPDX-License-Identifier: Apache-2.0 */
/* float_text.c - floating-point numbers as text.
 *
 * Printing is Schubfach [Raffaello Giulietti, "The Schubfach way to render doubles", 2020]: of the decimals within the
 * rounding interval of v the shortest, and of those the closest. Where we differ: the ends of the interval are never
 * accepted, so that readers which round halves otherwise get the same number back.
 *
 * Reading: up to 15 digits and a small power of ten are exact in one operation [William Clinger, "How to read floating
 * point numbers accurately", 1990]; everything else is libc's strtod, which rounds correctly. */
#include "base/float_text.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arith.h"
#include "base/pow10_fractions.h"

/* ---- Reading */

typedef struct Decimals {
    uint64_t digits; /* at most 19 of them; `plain` tells whether that was all */
    int32_t exponent;
    bool negative, plain;
} Decimals;

/* [+-]digits[.digits][e[+-]digits] and nothing else; false if it is something else, which may still be a number. */
static bool scan_decimal(Str s, Decimals *d)
{
    size_t i = 0;
    uint32_t digits = 0;
    bool point = false, any = false;
    *d = (Decimals){.plain = true};
    if (i < s.bytes && (s.data[i] == '-' || s.data[i] == '+')) d->negative = s.data[i++] == '-';
    for (; i < s.bytes; i++) {
        const char c = s.data[i];
        if (c == '.' && !point) {
            point = true;
            continue;
        }
        if (c < '0' || c > '9') break;
        any = true;
        if (digits == 19) d->plain = false;
        if (digits < 19) {
            d->digits = d->digits * 10 + (uint64_t)(c - '0');
            digits += d->digits != 0;
            d->exponent -= point;
        }
    }
    if (!any) return false;
    if (i == s.bytes) return true;
    if ((s.data[i] | 32) != 'e') return false;
    int64_t exponent;
    const Str rest = str_slice(s, i + 1, s.bytes);
    if (!rest.bytes || rest.bytes > 6 || !str_to_i64(rest, &exponent)) {
        d->plain = false;
        return true;
    }
    d->exponent += (int32_t)exponent;
    return true;
}

enum { TEXT_BYTES_MAX = 1024, DIGITS_MAX = 800, EXPONENT_MAX = 99999 };

/* Copies a number to `out` (TEXT_BYTES_MAX) for strtod, which wants a zero byte and would skip space. No double depends
 * on more than 767 digits but for whether the rest is zero: of a long decimal the first DIGITS_MAX stay, and a 1 for
 * the rest. */
static bool copy_number(Str s, char *out)
{
    if (!s.bytes || memchr(s.data, 0, s.bytes) || s.data[0] == ' ' ||
        (s.data[0] >= '\t' && s.data[0] <= '\r'))
        return false;
    if (s.bytes < TEXT_BYTES_MAX) {
        memcpy(out, s.data, s.bytes);
        out[s.bytes] = 0;
        return true;
    }
    size_t i = 0, count = 0, at = 0;
    int64_t exponent = 0, written = 0;
    bool point = false, rest = false;
    if (s.data[i] == '-' || s.data[i] == '+') out[at++] = s.data[i++];
    for (; i < s.bytes && ((s.data[i] >= '0' && s.data[i] <= '9') || (s.data[i] == '.' && !point));
         i++) {
        if (s.data[i] == '.') {
            point = true;
            continue;
        }
        exponent -= point;
        if (count == 0 && s.data[i] == '0') continue;
        if (count < DIGITS_MAX) {
            out[at++] = s.data[i];
            count++;
        } else {
            exponent++;
            rest |= s.data[i] != '0';
        }
    }
    if (i < s.bytes) {
        if ((s.data[i] | 32) != 'e' || !str_to_i64(str_slice(s, i + 1, s.bytes), &written))
            return false;
    }
    out[at++] = rest ? '1' : '0';
    exponent = MAX(MIN(exponent - 1 + written, EXPONENT_MAX), -EXPONENT_MAX);
    out[at++] = 'e';
    out[at + i64_print(out + at, exponent)] = 0;
    return true;
}

static FloatRead read_slowly(Str s, double *wide, float *narrow)
{
    char text[TEXT_BYTES_MAX], *end;
    if (!copy_number(s, text) || memchr(text, '(', strlen(text)))
        return FLOAT_READ_SYNTAX; /* nan(...) is C's alone */
    errno = 0;
    if (wide)
        *wide = strtod(text, &end);
    else
        *narrow = strtof(text, &end);
    const double got = wide ? *wide : (double)*narrow;
    if (*end || end == text) return FLOAT_READ_SYNTAX;
    return errno == ERANGE && (got == 0 || isinf(got)) ? FLOAT_READ_RANGE : FLOAT_READ_OK;
}

FloatRead f64_read(Str s, double *value)
{
    static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                    1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    Decimals d;
    if (!scan_decimal(s, &d) || !d.plain || d.digits > UINT64_C(1) << 53 || d.exponent < -22 ||
        d.exponent > 22)
        return read_slowly(s, value, NULL);
    double v = (double)d.digits;
    v = d.exponent < 0 ? v / powers[-d.exponent] : v * powers[d.exponent];
    *value = d.negative ? -v : v;
    return FLOAT_READ_OK;
}

FloatRead f32_read(Str s, float *value)
{
    static const float powers[] = {1e0f, 1e1f, 1e2f, 1e3f, 1e4f, 1e5f,
                                   1e6f, 1e7f, 1e8f, 1e9f, 1e10f};
    Decimals d;
    if (!scan_decimal(s, &d) || !d.plain || d.digits > UINT64_C(1) << 24 || d.exponent < -10 ||
        d.exponent > 10)
        return read_slowly(s, NULL, value);
    float v = (float)d.digits;
    v = d.exponent < 0 ? v / powers[-d.exponent] : v * powers[d.exponent];
    *value = d.negative ? -v : v;
    return FLOAT_READ_OK;
}

/* ---- Shortest digits */

/* The upper 64 bits of g * c / 2^64, the lowest of them set if anything was cut off. */
static uint64_t multiply_odd(uint64_t high, uint64_t low, uint64_t c)
{
    const u128 x = (u128)low * c;
    const u128 y = (u128)high * c + (uint64_t)(x >> 64);
    return (uint64_t)(y >> 64) | ((uint64_t)y > 1);
}

/* Digits of c * 2^q. `closer`: the neighbour below is half as far as the one above (c is the least of its binade). */
static uint64_t shortest(uint64_t c, int32_t q, bool closer, int32_t *exponent)
{
    const int32_t k = (int32_t)(((int64_t)q * 1262611 - (closer ? 524031 : 0)) >> 22);
    const int32_t h = q + (int32_t)(((int64_t)-k * 1741647) >> 19) + 1;
    const uint64_t high = pow10_fractions[-k - POW10_LEAST].high,
                   low = pow10_fractions[-k - POW10_LEAST].low;
    const uint64_t lower = multiply_odd(high, low, (4 * c - 2 + closer) << h) + 1;
    const uint64_t value = multiply_odd(high, low, (4 * c) << h);
    const uint64_t upper = multiply_odd(high, low, (4 * c + 2) << h) - 1;
    const uint64_t s = value / 4;
    if (s >= 10) {
        const uint64_t tens = s / 10;
        const bool down = lower <= 40 * tens, up = 40 * tens + 40 <= upper;
        if (down != up) {
            *exponent = k + 1;
            return tens + up;
        }
    }
    *exponent = k;
    const bool down = lower <= 4 * s, up = 4 * s + 4 <= upper;
    if (down != up) return s + up;
    const uint64_t middle = 4 * s + 2;
    return s + (value > middle || (value == middle && (s & 1)));
}

static uint64_t strip_zeros(uint64_t digits, int32_t *exponent)
{
    while (digits % 10 == 0) {
        digits /= 10;
        ++*exponent;
    }
    return digits;
}

uint64_t f64_shortest(double v, int32_t *exponent)
{
    uint64_t bits;
    memcpy(&bits, &v, sizeof bits);
    const uint64_t fraction = bits & ((UINT64_C(1) << 52) - 1);
    const int32_t biased = (int32_t)(bits >> 52 & 0x7ff);
    const uint64_t c = biased ? fraction | UINT64_C(1) << 52 : fraction;
    const int32_t q = (biased ? biased : 1) - 1075;
    *exponent = 0;
    if (q <= 0 && q > -53 && (c & ((UINT64_C(1) << -q) - 1)) == 0)
        return strip_zeros(c >> -q, exponent);
    const uint64_t digits = shortest(c, q, fraction == 0 && biased > 1, exponent);
    return strip_zeros(digits, exponent);
}

uint32_t f32_shortest(float v, int32_t *exponent)
{
    uint32_t bits;
    memcpy(&bits, &v, sizeof bits);
    const uint32_t fraction = bits & ((1u << 23) - 1);
    const int32_t biased = (int32_t)(bits >> 23 & 0xff);
    const uint64_t c = biased ? fraction | 1u << 23 : fraction;
    const int32_t q = (biased ? biased : 1) - 150;
    *exponent = 0;
    if (q <= 0 && q > -24 && (c & ((UINT64_C(1) << -q) - 1)) == 0)
        return (uint32_t)strip_zeros(c >> -q, exponent);
    const uint64_t digits = shortest(c, q, fraction == 0 && biased > 1, exponent);
    return (uint32_t)strip_zeros(digits, exponent);
}

/* ---- Printing */

static size_t put(char *out, size_t at, const char *text)
{
    const size_t bytes = strlen(text);
    memcpy(out + at, text, bytes);
    return at + bytes;
}

/* From 10^fixed_most on, and below 10^-4, in scientific notation. */
static size_t print_digits(char *out, bool negative, uint64_t digits, int32_t exponent,
                           int32_t fixed_most)
{
    char text[20];
    const int32_t count = (int32_t)u64_print(text, digits);
    const int32_t leading = count + exponent - 1; /* decimal exponent of the first digit */
    size_t at = 0;
    if (negative) out[at++] = '-';
    if (leading < -4 || leading >= fixed_most) {
        out[at++] = text[0];
        if (count > 1) out[at++] = '.';
        memcpy(out + at, text + 1, (size_t)count - 1);
        at += (size_t)count - 1;
        out[at++] = 'e';
        out[at++] = leading < 0 ? '-' : '+';
        const uint64_t size = (uint64_t)(leading < 0 ? -leading : leading);
        if (size < 10) out[at++] = '0';
        return at + u64_print(out + at, size);
    }
    if (leading < 0) {
        at = put(out, at, "0.");
        for (int32_t i = -1; i > leading; i--) out[at++] = '0';
    }
    for (int32_t i = 0; i < count || i <= leading; i++) {
        out[at++] = i < count ? text[i] : '0';
        if (i == leading && i + 1 < count) out[at++] = '.';
    }
    return at;
}

static size_t print_special(char *out, double v)
{
    return isnan(v)     ? put(out, 0, "NaN")
           : isinf(v)   ? put(out, 0, v < 0 ? "-Infinity" : "Infinity")
           : signbit(v) ? put(out, 0, "-0")
                        : put(out, 0, "0");
}

size_t f64_print_shortest(char out[FLOAT_TEXT_MAX], double v)
{
    int32_t exponent;
    if (!isfinite(v) || v == 0) return print_special(out, v);
    const uint64_t digits = f64_shortest(v, &exponent);
    return print_digits(out, v < 0, digits, exponent, 15);
}

size_t f32_print_shortest(char out[FLOAT_TEXT_MAX], float v)
{
    int32_t exponent;
    if (!isfinite(v) || v == 0) return print_special(out, v);
    const uint32_t digits = f32_shortest(v, &exponent);
    return print_digits(out, v < 0, digits, exponent, 6);
}

size_t f64_print_digits(char out[FLOAT_TEXT_MAX], double v, int digits)
{
    if (!isfinite(v)) return print_special(out, v);
    return (size_t)snprintf(out, FLOAT_TEXT_MAX, "%.*g", digits, v);
}

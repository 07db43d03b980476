/* SPDX-License-Identifier: Apache-2.0 */
/* arith.c - division, digits and decimal text of 64 and 128-bit integers. Text is made from the right, two digits a
 * step. */
#include "base/arith.h"

int64_t i64_div_floor(int64_t a, int64_t b)
{
    int64_t quotient = a / b;
    return a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient;
}

int64_t i64_mod_floor(int64_t a, int64_t b)
{
    int64_t remainder = a % b;
    return remainder != 0 && (remainder < 0) != (b < 0) ? remainder + b : remainder;
}

uint32_t u64_bit_length(uint64_t v)
{
    return v == 0 ? 0 : 64 - (uint32_t)__builtin_clzll(v);
}

static const uint64_t powers_of_ten[] = {
    UINT64_C(1),
    UINT64_C(10),
    UINT64_C(100),
    UINT64_C(1000),
    UINT64_C(10000),
    UINT64_C(100000),
    UINT64_C(1000000),
    UINT64_C(10000000),
    UINT64_C(100000000),
    UINT64_C(1000000000),
    UINT64_C(10000000000),
    UINT64_C(100000000000),
    UINT64_C(1000000000000),
    UINT64_C(10000000000000),
    UINT64_C(100000000000000),
    UINT64_C(1000000000000000),
    UINT64_C(10000000000000000),
    UINT64_C(100000000000000000),
    UINT64_C(1000000000000000000),
    UINT64_C(10000000000000000000),
};

enum { U64_POW10_MAX = ARRAY_LEN(powers_of_ten) - 1, U128_POW10_MAX = 38 };

uint64_t u64_pow10(uint32_t n)
{
    ASSERT(n <= U64_POW10_MAX);
    return powers_of_ten[n];
}

u128 u128_pow10(uint32_t n)
{
    ASSERT(n <= U128_POW10_MAX);
    return n <= U64_POW10_MAX
               ? powers_of_ten[n]
               : (u128)powers_of_ten[U64_POW10_MAX] * powers_of_ten[n - U64_POW10_MAX];
}

uint32_t u64_decimal_digits(uint64_t v)
{
    /* 1233 / 4096 is just above log10(2): an estimate that is right or one too small. */
    uint32_t estimate = u64_bit_length(v | 1) * 1233 >> 12;
    return estimate + (estimate <= U64_POW10_MAX && v >= powers_of_ten[estimate]) + (v == 0);
}

uint32_t u128_decimal_digits(u128 v)
{
    u128 split = u128_pow10(U64_POW10_MAX);
    if (v < split) return u64_decimal_digits((uint64_t)v);
    u128 high = v / split;
    if (high < split) return U64_POW10_MAX + u64_decimal_digits((uint64_t)high);
    return 2 * U64_POW10_MAX + u64_decimal_digits((uint64_t)(high / split));
}

/* Exactly `digits` digits of v, zeros in front. */
static void print_digits(char *out, uint64_t v, size_t digits)
{
    static const char pairs[] =
        "0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849"
        "5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899";
    while (digits >= 2) {
        memcpy(out + (digits -= 2), pairs + 2 * (v % 100), 2);
        v /= 100;
    }
    if (digits > 0) out[0] = (char)('0' + v % 10);
}

size_t u64_print(char *out, uint64_t v)
{
    size_t digits = u64_decimal_digits(v);
    print_digits(out, v, digits);
    return digits;
}

size_t i64_print(char *out, int64_t v)
{
    if (v >= 0) return u64_print(out, (uint64_t)v);
    *out = '-';
    return 1 + u64_print(out + 1, 0 - (uint64_t)v);
}

size_t u128_print(char *out, u128 v)
{
    size_t digits = u128_decimal_digits(v), left = digits;
    for (; left > U64_POW10_MAX; left -= U64_POW10_MAX) {
        print_digits(out + left - U64_POW10_MAX, (uint64_t)(v % u128_pow10(U64_POW10_MAX)),
                     U64_POW10_MAX);
        v /= u128_pow10(U64_POW10_MAX);
    }
    print_digits(out, (uint64_t)v, left);
    return digits;
}

size_t i128_print(char *out, i128 v)
{
    if (v >= 0) return u128_print(out, (u128)v);
    *out = '-';
    return 1 + u128_print(out + 1, 0 - (u128)v);
}

bool i128_parse(Str s, i128 *value)
{
    bool negative = s.bytes > 0 && s.data[0] == '-';
    size_t i = negative || (s.bytes > 0 && s.data[0] == '+');
    if (i == s.bytes) return false;
    /* Summed below zero, where there is room for one more than above. */
    i128 sum = 0;
    for (; i < s.bytes; i++) {
        char c = s.data[i];
        if (c < '0' || c > '9') return false;
        if (mul_overflows(sum, (i128)10, &sum) || sub_overflows(sum, (i128)(c - '0'), &sum))
            return false;
    }
    if (!negative && sum == I128_MIN) return false;
    *value = negative ? sum : -sum;
    return true;
}

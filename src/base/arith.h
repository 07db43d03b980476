/* SPDX-License-Identifier: Apache-2.0 */
/* arith.h - integers that say when they overflow, and 128-bit ones. */
#pragma once

#include "base/base.h"

typedef __int128 i128;
typedef unsigned __int128 u128;

#define I128_MAX ((i128)(((u128)1 << 127) - 1))
#define I128_MIN (-I128_MAX - 1)

/* True: overflow, *result is then not to be used. Work on any integer types. */
#define add_overflows(a, b, result) __builtin_add_overflow((a), (b), (result))
#define sub_overflows(a, b, result) __builtin_sub_overflow((a), (b), (result))
#define mul_overflows(a, b, result) __builtin_mul_overflow((a), (b), (result))

/* Saturating sums of sizes, for computing what to ask an arena for: SIZE_MAX is always refused. */
static inline size_t size_add(size_t a, size_t b)
{
    size_t sum;
    return add_overflows(a, b, &sum) ? SIZE_MAX : sum;
}
static inline size_t size_mul(size_t a, size_t b)
{
    size_t product;
    return mul_overflows(a, b, &product) ? SIZE_MAX : product;
}

/* Quotient rounded toward minus infinity, remainder with the divisor's sign. b is neither 0 nor, with a the least
 * value, -1. */
int64_t i64_div_floor(int64_t a, int64_t b);
int64_t i64_mod_floor(int64_t a, int64_t b);

uint32_t u64_bit_length(uint64_t v);     /* 0 for 0 */
uint32_t u64_decimal_digits(uint64_t v); /* 1 for 0 */
/* 10^n, n at most 19 (u64) or 38 (u128). */
uint64_t u64_pow10(uint32_t n);
u128 u128_pow10(uint32_t n);
uint32_t u128_decimal_digits(u128 v);

/* Decimal text without a zero byte; returns the length. `out` has room for 20 / 40 bytes. */
size_t u64_print(char *out, uint64_t v);
size_t i64_print(char *out, int64_t v);
size_t u128_print(char *out, u128 v);
size_t i128_print(char *out, i128 v);
bool i128_parse(Str s, i128 *value);

/* Unaligned little-endian and big-endian access: the disk's order is little, the wire's and sort keys' big. */
#define DEFINE_LOAD_STORE(bits, swap)                            \
    static inline uint##bits##_t load_le##bits(const void *p)    \
    {                                                            \
        uint##bits##_t v;                                        \
        memcpy(&v, p, sizeof v);                                 \
        return v;                                                \
    }                                                            \
    static inline void store_le##bits(void *p, uint##bits##_t v) \
    {                                                            \
        memcpy(p, &v, sizeof v);                                 \
    }                                                            \
    static inline uint##bits##_t load_be##bits(const void *p)    \
    {                                                            \
        return swap(load_le##bits(p));                           \
    }                                                            \
    static inline void store_be##bits(void *p, uint##bits##_t v) \
    {                                                            \
        store_le##bits(p, swap(v));                              \
    }
static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "the stored formats are little-endian");
DEFINE_LOAD_STORE(16, __builtin_bswap16)
DEFINE_LOAD_STORE(32, __builtin_bswap32)
DEFINE_LOAD_STORE(64, __builtin_bswap64)
#undef DEFINE_LOAD_STORE

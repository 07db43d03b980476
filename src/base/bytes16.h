/* SPDX-License-Identifier: Apache-2.0 */
/* bytes16.h - sixteen bytes at once, in a compiler's vector: comparisons (`v == x`, `v < x`) give a vector of bytes
 * that are all ones or all zeroes, and bytes16_bits makes a number of those. */
#pragma once

#include "base/base.h"

#if defined(__SSE4_1__)
#include <smmintrin.h>
#elif defined(__SSE2__)
#include <emmintrin.h>
#endif

typedef uint8_t Bytes16 __attribute__((vector_size(16)));

static inline Bytes16 bytes16_load(const void *from)
{
    Bytes16 v;
    memcpy(&v, from, sizeof v);
    return v;
}

/* Sixteen times the same byte. */
static inline Bytes16 bytes16_of(uint8_t byte)
{
    return (Bytes16){byte, byte, byte, byte, byte, byte, byte, byte,
                     byte, byte, byte, byte, byte, byte, byte, byte};
}

/* Which bytes lie in least .. most. */
static inline Bytes16 bytes16_between(Bytes16 v, uint8_t least, uint8_t most)
{
    return (Bytes16)(v - bytes16_of(least) <= bytes16_of((uint8_t)(most - least)));
}

/* Bit i is the highest bit of byte i. */
static inline uint32_t bytes16_bits(Bytes16 v)
{
#if defined(__SSE2__)
    return (uint32_t)_mm_movemask_epi8((__m128i)v);
#else
    uint64_t halves[2];
    memcpy(halves, &v, sizeof halves);
    uint32_t bits = 0;
    for (uint32_t i = 0; i < 2; i++) {
        uint64_t highest = halves[i] >> 7 & UINT64_C(0x0101010101010101);
        bits |= (uint32_t)(highest * UINT64_C(0x0102040810204080) >> 56) << (8 * i);
    }
    return bits;
#endif
}

/* Is any bit set? */
static inline bool bytes16_any(Bytes16 v)
{
#if defined(__SSE4_1__)
    return !_mm_testz_si128((__m128i)v, (__m128i)v);
#else
    uint64_t halves[2];
    memcpy(halves, &v, sizeof halves);
    return (halves[0] | halves[1]) != 0;
#endif
}

/* For each byte of `at` that of `table` at its low four bits; 0 where its highest bit is set. */
static inline Bytes16 bytes16_lookup(Bytes16 table, Bytes16 at)
{
#if defined(__SSE4_1__)
    return (Bytes16)_mm_shuffle_epi8((__m128i)table, (__m128i)at);
#else
    Bytes16 found;
    for (uint32_t i = 0; i < sizeof at; i++) found[i] = at[i] & 0x80 ? 0 : table[at[i] & 15];
    return found;
#endif
}

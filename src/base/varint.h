/* SPDX-License-Identifier: Apache-2.0 */
/* varint.h - unsigned numbers in as few bytes as they need, seven bits a byte, and reading what was so packed.
 *
 * The first byte tells the length: as many bytes as it has zero bits below its lowest one bit, and one more; the number
 * stands above that bit, the low bytes first. 0: eight bytes of number follow. So a number is written and read by one
 * access to eight bytes, without a loop.
 *
 *     bytes  1        2         3         ...  8         9
 *     bits   7        14        21             56        64
 *     first  xxxxxxx1 xxxxxx10  xxxxx100       10000000  00000000 */
#pragma once

#include "base/arith.h"
#include "base/base.h"
#include "base/str.h"

enum { VARINT_BYTES_MAX = 9 };

/* A number below 2^56 with the one bit below it, to be shifted to the left by the bytes it takes but one, which *more
 * says. */
static inline uint64_t varint_word(uint64_t v, uint32_t *more)
{
    const uint64_t word = 2 * v + 1;
    const uint32_t top = 63 - (uint32_t)__builtin_clzll(word); /* its highest bit: the bits of v */
    *more = top * 9 >> 6;                                      /* (top - 1) / 7, for all up to 57 */
    return word;
}

/* `out` has room for VARINT_BYTES_MAX, whatever the number: bytes behind it may be written. Returns its end. The first
 * is for numbers that are below 2^56 by what they mean. */
static inline uint8_t *varint_put_short(uint8_t *out, uint64_t v)
{
    uint32_t more;
    ASSERT(v >> 56 == 0);
    const uint64_t word = varint_word(v, &more);
    store_le64(out, word << more);
    return out + more + 1;
}
static inline uint8_t *varint_put(uint8_t *out, uint64_t v)
{
    if (LIKELY(v >> 56 == 0)) return varint_put_short(out, v);
    *out = 0;
    store_le64(out + 1, v);
    return out + VARINT_BYTES_MAX;
}

/* A signed number near 0 as an unsigned one near 0. */
static inline uint64_t varint_zigzag(int64_t v)
{
    return (uint64_t)v << 1 ^ (v < 0 ? UINT64_MAX : 0);
}
static inline int64_t varint_unzigzag(uint64_t v)
{
    return (int64_t)(v >> 1 ^ (0 - (v & 1)));
}

/* Reads packed bytes from the front. Once there were too few of them it is bad, all numbers are 0 and all bytes NULL;
 * so whoever reads several asks once, behind the last. */
typedef struct PackReader {
    const uint8_t *at, *end;
    bool bad;
} PackReader;

static inline PackReader pack_reader(Bytes bytes)
{
    return (PackReader){bytes.data, bytes.data + bytes.bytes, bytes.data == NULL};
}

static inline uint64_t pack_varint(PackReader *in)
{
    const size_t left = (size_t)(in->end - in->at);
    uint64_t word = 0;
    if (UNLIKELY(in->bad)) return 0;
    if (LIKELY(left >= sizeof word))
        word = load_le64(in->at);
    else
        for (size_t i = 0; i < left; i++) word |= (uint64_t)in->at[i] << 8 * i;
    if (UNLIKELY((word & 255) == 0)) {
        in->bad = left < VARINT_BYTES_MAX;
        if (in->bad) return 0;
        in->at += VARINT_BYTES_MAX;
        return load_le64(in->at - sizeof word);
    }
    const uint32_t bytes = (uint32_t)__builtin_ctzll(word) + 1, above = 64 - 8 * bytes;
    if (UNLIKELY(bytes > left)) {
        in->bad = true;
        return 0;
    }
    in->at += bytes;
    return word << above >> above >> bytes;
}

/* A number of at most so many; above that the bytes are bad. */
static inline uint64_t pack_varint_most(PackReader *in, uint64_t most)
{
    const uint64_t v = pack_varint(in);
    if (LIKELY(v <= most)) return v;
    in->bad = true;
    return 0;
}

/* NULL: there are not so many. */
static inline const uint8_t *pack_bytes(PackReader *in, uint64_t bytes)
{
    const uint8_t *at = in->at;
    if (in->bad || bytes > (uint64_t)(in->end - in->at)) {
        in->bad = true;
        return NULL;
    }
    in->at += bytes;
    return at;
}

/* What is left. */
static inline Bytes pack_rest(const PackReader *in)
{
    return (Bytes){in->at, in->bad ? 0 : (size_t)(in->end - in->at)};
}

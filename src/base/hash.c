/* SPDX-License-Identifier: Apache-2.0 */
/* hash.c - XXH3 by way of libxxhash's header, and CRC32C.
 *
 * The crc32 instruction takes three cycles and one can begin in each, so that long inputs run as three streams over
 * adjacent pieces of STREAM_BYTES. The pieces' sums are then joined: the sum of a, followed by n zero bytes, is a
 * linear function of the sum of a, applied byte by byte from a table (SHIFT_LONG, SHIFT_SHORT); zlib's crc32_combine
 * does the same with matrices. Without the instruction: slicing by 8 (Kounavis and Berry, "Novel table lookup-based
 * algorithms", IEEE ToC 2008). */
#include "base/hash.h"

#include "base/arith.h"
#include "base/crc32c_tables.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#if defined(__x86_64__)
#include <nmmintrin.h>
#elif defined(__ARM_FEATURE_CRC32)
#include <arm_acle.h>
#endif

uint64_t hash_bytes(const void *data, size_t bytes, uint64_t seed)
{
    return bytes > 0 ? XXH3_64bits_withSeed(data, bytes, seed) : XXH3_64bits_withSeed("", 0, seed);
}

uint64_t hash_str(Str s)
{
    return hash_bytes(s.data, s.bytes, 0);
}

/* ---- CRC32C ---- */

static inline uint32_t shift(const uint32_t tables[4][256], uint32_t crc)
{
    return tables[0][crc & 0xff] ^ tables[1][crc >> 8 & 0xff] ^ tables[2][crc >> 16 & 0xff] ^
           tables[3][crc >> 24];
}

uint32_t crc32c_portable(uint32_t crc, const void *data, size_t bytes)
{
    const uint8_t *p = data;
    crc = ~crc;
    for (; bytes >= 8; bytes -= 8, p += 8) {
        uint32_t low = load_le32(p) ^ crc, high = load_le32(p + 4);
        crc = crc32c_slices[7][low & 0xff] ^ crc32c_slices[6][low >> 8 & 0xff] ^
              crc32c_slices[5][low >> 16 & 0xff] ^ crc32c_slices[4][low >> 24] ^
              crc32c_slices[3][high & 0xff] ^ crc32c_slices[2][high >> 8 & 0xff] ^
              crc32c_slices[1][high >> 16 & 0xff] ^ crc32c_slices[0][high >> 24];
    }
    for (; bytes > 0; bytes--) crc = crc >> 8 ^ crc32c_slices[0][(crc ^ *p++) & 0xff];
    return ~crc;
}

#if defined(__x86_64__)
#define CRC_TARGET __attribute__((target("sse4.2")))
#define CRC_8(crc, v) ((uint32_t)_mm_crc32_u64((crc), (v)))
#define CRC_4(crc, v) _mm_crc32_u32((crc), (v))
#define CRC_2(crc, v) _mm_crc32_u16((crc), (v))
#define CRC_1(crc, v) _mm_crc32_u8((crc), (v))
#elif defined(__ARM_FEATURE_CRC32)
#define CRC_TARGET
#define CRC_8(crc, v) __crc32cd((crc), (v))
#define CRC_4(crc, v) __crc32cw((crc), (v))
#define CRC_2(crc, v) __crc32ch((crc), (v))
#define CRC_1(crc, v) __crc32cb((crc), (v))
#endif

#ifdef CRC_TARGET
/* Three streams of `stream` bytes from *p on, as often as they are there. */
static CRC_TARGET inline uint32_t three_streams(uint32_t crc, const uint8_t **p, size_t *bytes,
                                                size_t stream, const uint32_t tables[4][256])
{
    for (; *bytes >= 3 * stream; *bytes -= 3 * stream, *p += 3 * stream) {
        uint32_t second = 0, third = 0;
        for (size_t i = 0; i < stream; i += 8) {
            crc = CRC_8(crc, load_le64(*p + i));
            second = CRC_8(second, load_le64(*p + stream + i));
            third = CRC_8(third, load_le64(*p + 2 * stream + i));
        }
        crc = shift(tables, shift(tables, crc) ^ second) ^ third;
    }
    return crc;
}

static CRC_TARGET uint32_t crc32c_by_instruction(uint32_t crc, const void *data, size_t bytes)
{
    const uint8_t *p = data;
    crc = ~crc;
    if (bytes >= 3 * STREAM_SHORT) {
        crc = three_streams(crc, &p, &bytes, STREAM_LONG, crc32c_shift_long);
        crc = three_streams(crc, &p, &bytes, STREAM_SHORT, crc32c_shift_short);
    }
    for (; bytes >= 8; bytes -= 8, p += 8) crc = CRC_8(crc, load_le64(p));
    if (bytes & 4) {
        crc = CRC_4(crc, load_le32(p));
        p += 4;
    }
    if (bytes & 2) {
        crc = CRC_2(crc, load_le16(p));
        p += 2;
    }
    if (bytes & 1) crc = CRC_1(crc, *p);
    return ~crc;
}
#endif

uint32_t crc32c(uint32_t crc, const void *data, size_t bytes)
{
#if defined(__SSE4_2__) || defined(__ARM_FEATURE_CRC32)
    return crc32c_by_instruction(crc, data, bytes);
#else
#if defined(__x86_64__)
    if (LIKELY(__builtin_cpu_supports("sse4.2"))) return crc32c_by_instruction(crc, data, bytes);
#endif
    return crc32c_portable(crc, data, bytes);
#endif
}

/* SPDX-License-Identifier: Apache-2.0 */
/* hash.h - hashes. hash_bytes (XXH3) for tables in memory; CRC32C (Castagnoli) for what is on disk. */
#pragma once

#include "base/base.h"

uint64_t hash_bytes(const void *data, size_t bytes, uint64_t seed);
uint64_t hash_str(Str s);
/* A good mix of 64 bits to 64 bits (bijective): splitmix64's finaliser. */
static inline uint64_t hash_u64(uint64_t v)
{
    v = (v ^ (v >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    v = (v ^ (v >> 27)) * UINT64_C(0x94d049bb133111eb);
    return v ^ (v >> 31);
}
static inline uint64_t hash_combine(uint64_t a, uint64_t b)
{
    return hash_u64(a + UINT64_C(0x9e3779b97f4a7c15) + (b << 1 | b >> 63));
}

/* CRC32C of `bytes` bytes going on from `crc`, which is 0 at the start; crc32c(crc32c(0, a), b) is that of a followed
 * by b. By the processor's instruction where there is one (three streams at a time), else by tables. */
uint32_t crc32c(uint32_t crc, const void *data, size_t bytes);
/* The table version, always: for tests and comparison. */
uint32_t crc32c_portable(uint32_t crc, const void *data, size_t bytes);

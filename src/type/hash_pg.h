/* SPDX-License-Identifier: Apache-2.0 */
/* hash_pg.h - the hash values that SQL sees: hashint4(), hashtext() and so on, and through them hash partitions that a
 * PostgreSQL user has laid out. Bob Jenkins' lookup3 (2006, public domain) with a start value of its own, 32 bits, or
 * 64 with a seed. For hash tables in memory base/hash.h is faster. */
#pragma once

#include "base/base.h"

uint32_t hash_pg_bytes(Str bytes);
uint64_t hash_pg_bytes_extended(Str bytes, uint64_t seed);
uint32_t hash_pg_u32(uint32_t value);
uint64_t hash_pg_u32_extended(uint32_t value, uint64_t seed);

/* 64 bits as 32, such that an integer of any width folds to the same. */
static inline uint32_t hash_pg_fold(int64_t v)
{
    const uint32_t high = (uint32_t)((uint64_t)v >> 32);
    return (uint32_t)v ^ (v >= 0 ? high : ~high);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* bitset.h - sets of small numbers as 64-bit words: null bitmaps, column sets, relation sets. */
#pragma once

#include "base/arena.h"
#include "base/base.h"

/* Plain words, for bitmaps whose length the owner knows. */
static inline uint32_t bits_words(uint32_t bits)
{
    return bits / 64 + (bits % 64 != 0);
}
static inline bool bits_get(const uint64_t *words, uint32_t i)
{
    return (words[i / 64] >> (i % 64)) & 1;
}
static inline void bits_set(uint64_t *words, uint32_t i)
{
    words[i / 64] |= UINT64_C(1) << (i % 64);
}
static inline void bits_clear(uint64_t *words, uint32_t i)
{
    words[i / 64] &= ~(UINT64_C(1) << (i % 64));
}
static inline void bits_assign(uint64_t *words, uint32_t i, bool on)
{
    words[i / 64] = (words[i / 64] & ~(UINT64_C(1) << (i % 64))) | ((uint64_t)on << (i % 64));
}
void bits_set_range(uint64_t *words, uint32_t from, uint32_t to); /* [from, to) */
void bits_clear_range(uint64_t *words, uint32_t from, uint32_t to);
uint32_t bits_count(const uint64_t *words, uint32_t bits); /* ones among the first `bits` */
bool bits_any(const uint64_t *words, uint32_t bits);
/* The first one (zero) at or after `from` and below `bits`; `bits` when there is none. */
uint32_t bits_next_one(const uint64_t *words, uint32_t from, uint32_t bits);
uint32_t bits_next_zero(const uint64_t *words, uint32_t from, uint32_t bits);

/* A set that grows. {.arena = a} is an empty one. */
typedef struct Bitset {
    Arena *arena;
    uint64_t *words;
    uint32_t word_count;
} Bitset;
enum { BITSET_MEMBER_MAX = 1 << 26 };
void bitset_add(Bitset *set, uint32_t member); /* raises 53200, or 54000 past BITSET_MEMBER_MAX */
void bitset_add_range(Bitset *set, uint32_t from, uint32_t to);
void bitset_remove(Bitset *set, uint32_t member);
bool bitset_has(const Bitset *set, uint32_t member);
uint32_t bitset_count(const Bitset *set);
bool bitset_is_empty(const Bitset *set);
bool bitset_equal(const Bitset *a, const Bitset *b);
bool bitset_is_subset(const Bitset *part, const Bitset *whole);
bool bitset_overlaps(const Bitset *a, const Bitset *b);
void bitset_union(Bitset *into, const Bitset *other);
void bitset_intersect(Bitset *into, const Bitset *other);
void bitset_subtract(Bitset *from, const Bitset *other);
Bitset bitset_copy(Arena *arena, const Bitset *set);
/* The first member at or above *member; false when there is none.
 * for (uint32_t m = 0; bitset_next(&set, &m); m++) */
bool bitset_next(const Bitset *set, uint32_t *member);

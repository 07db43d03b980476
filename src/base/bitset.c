/* SPDX-License-Identifier: Apache-2.0 */
/* bitset.c - a word of 64 members a step. */
#include "base/bitset.h"

#include "base/error.h"

/* Ones from bit `from` up; from < 64. */
static inline uint64_t ones_from(uint32_t from)
{
    return UINT64_MAX << from;
}

/* Ones below bit `to`; 0 < to <= 64. */
static inline uint64_t ones_below(uint32_t to)
{
    return UINT64_MAX >> (64 - to);
}

void bits_set_range(uint64_t *words, uint32_t from, uint32_t to)
{
    if (from >= to) return;
    uint32_t first = from / 64, last = (to - 1) / 64;
    for (uint32_t w = first; w <= last; w++)
        words[w] |= (w == first ? ones_from(from % 64) : UINT64_MAX) &
                    (w == last ? ones_below((to - 1) % 64 + 1) : UINT64_MAX);
}

void bits_clear_range(uint64_t *words, uint32_t from, uint32_t to)
{
    if (from >= to) return;
    uint32_t first = from / 64, last = (to - 1) / 64;
    for (uint32_t w = first; w <= last; w++)
        words[w] &= ~((w == first ? ones_from(from % 64) : UINT64_MAX) &
                      (w == last ? ones_below((to - 1) % 64 + 1) : UINT64_MAX));
}

uint32_t bits_count(const uint64_t *words, uint32_t bits)
{
    uint32_t count = 0;
    for (uint32_t w = 0; w < bits / 64; w++) count += (uint32_t)__builtin_popcountll(words[w]);
    if (bits % 64 != 0)
        count += (uint32_t)__builtin_popcountll(words[bits / 64] & ones_below(bits % 64));
    return count;
}

bool bits_any(const uint64_t *words, uint32_t bits)
{
    for (uint32_t w = 0; w < bits / 64; w++)
        if (words[w] != 0) return true;
    return bits % 64 != 0 && (words[bits / 64] & ones_below(bits % 64)) != 0;
}

/* The next bit that differs from `flip`'s: 0 looks for ones, UINT64_MAX for zeros. */
static uint32_t next_bit(const uint64_t *words, uint32_t from, uint32_t bits, uint64_t flip)
{
    if (from >= bits) return bits;
    uint32_t w = from / 64, words_end = bits_words(bits);
    uint64_t word = (words[w] ^ flip) & ones_from(from % 64);
    while (word == 0) {
        if (++w == words_end) return bits;
        word = words[w] ^ flip;
    }
    return MIN(w * 64 + (uint32_t)__builtin_ctzll(word), bits);
}

uint32_t bits_next_one(const uint64_t *words, uint32_t from, uint32_t bits)
{
    return next_bit(words, from, bits, 0);
}

uint32_t bits_next_zero(const uint64_t *words, uint32_t from, uint32_t bits)
{
    return next_bit(words, from, bits, UINT64_MAX);
}

/* ---- sets ---- */

static void need_words(Bitset *set, uint32_t words)
{
    if (words <= set->word_count) return;
    if (words > bits_words(BITSET_MEMBER_MAX + 1))
        raise_error(SQLSTATE_PROGRAM_LIMIT_EXCEEDED, "set member exceeds the limit of %d",
                    BITSET_MEMBER_MAX);
    uint32_t count = MIN(MAX(words, 2 * set->word_count), bits_words(BITSET_MEMBER_MAX + 1));
    set->words = arena_grow(set->arena, set->words, set->word_count * sizeof(uint64_t),
                            count * sizeof(uint64_t));
    memset(set->words + set->word_count, 0, (count - set->word_count) * sizeof(uint64_t));
    set->word_count = count;
}

void bitset_add(Bitset *set, uint32_t member)
{
    need_words(set, member / 64 + 1);
    bits_set(set->words, member);
}

void bitset_add_range(Bitset *set, uint32_t from, uint32_t to)
{
    if (from >= to) return;
    need_words(set, (to - 1) / 64 + 1);
    bits_set_range(set->words, from, to);
}

void bitset_remove(Bitset *set, uint32_t member)
{
    if (member / 64 < set->word_count) bits_clear(set->words, member);
}

bool bitset_has(const Bitset *set, uint32_t member)
{
    return member / 64 < set->word_count && bits_get(set->words, member);
}

static inline uint64_t word_of(const Bitset *set, uint32_t w)
{
    return w < set->word_count ? set->words[w] : 0;
}

uint32_t bitset_count(const Bitset *set)
{
    return bits_count(set->words, set->word_count * 64);
}

bool bitset_is_empty(const Bitset *set)
{
    return !bits_any(set->words, set->word_count * 64);
}

bool bitset_equal(const Bitset *a, const Bitset *b)
{
    for (uint32_t w = 0; w < MAX(a->word_count, b->word_count); w++)
        if (word_of(a, w) != word_of(b, w)) return false;
    return true;
}

bool bitset_is_subset(const Bitset *part, const Bitset *whole)
{
    for (uint32_t w = 0; w < part->word_count; w++)
        if (part->words[w] & ~word_of(whole, w)) return false;
    return true;
}

bool bitset_overlaps(const Bitset *a, const Bitset *b)
{
    for (uint32_t w = 0; w < MIN(a->word_count, b->word_count); w++)
        if (a->words[w] & b->words[w]) return true;
    return false;
}

void bitset_union(Bitset *into, const Bitset *other)
{
    uint32_t words = other->word_count;
    while (words > into->word_count && other->words[words - 1] == 0) words--;
    need_words(into, words);
    for (uint32_t w = 0; w < words; w++) into->words[w] |= other->words[w];
}

void bitset_intersect(Bitset *into, const Bitset *other)
{
    for (uint32_t w = 0; w < into->word_count; w++) into->words[w] &= word_of(other, w);
}

void bitset_subtract(Bitset *from, const Bitset *other)
{
    for (uint32_t w = 0; w < from->word_count; w++) from->words[w] &= ~word_of(other, w);
}

Bitset bitset_copy(Arena *arena, const Bitset *set)
{
    return (Bitset){
        .arena = arena,
        .words = set->word_count > 0
                     ? arena_copy(arena, set->words, set->word_count * sizeof(uint64_t))
                     : NULL,
        .word_count = set->word_count,
    };
}

bool bitset_next(const Bitset *set, uint32_t *member)
{
    uint32_t bits = set->word_count * 64, next = bits_next_one(set->words, *member, bits);
    *member = next;
    return next < bits;
}

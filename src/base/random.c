/* SPDX-License-Identifier: Apache-2.0 */
/* random.c - xoshiro256** (Blackman and Vigna, "Scrambled linear pseudorandom number generators", TOMS 2021), its state
 * filled by splitmix64 as its authors advise. Bounded numbers by Lemire's multiplication ("Fast random integer
 * generation in an interval", TOMACS 2019). */
#include "base/random.h"

#include "base/arith.h"
#include "base/hash.h"

void random_seed(Random *random, uint64_t seed)
{
    for (uint32_t i = 0; i < ARRAY_LEN(random->state); i++) {
        seed += UINT64_C(0x9e3779b97f4a7c15);
        random->state[i] = hash_u64(seed);
    }
}

static inline uint64_t rotate(uint64_t v, uint32_t by)
{
    return v << by | v >> (64 - by);
}

uint64_t random_u64(Random *random)
{
    uint64_t *s = random->state;
    uint64_t result = rotate(s[1] * 5, 7) * 9, shifted = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = rotate(s[3], 45);
    return result;
}

uint64_t random_below(Random *random, uint64_t limit)
{
    ASSERT(limit > 0);
    u128 product = (u128)random_u64(random) * limit;
    if ((uint64_t)product < limit) {
        uint64_t least = (0 - limit) % limit;
        while ((uint64_t)product < least) product = (u128)random_u64(random) * limit;
    }
    return (uint64_t)(product >> 64);
}

int64_t random_i64_between(Random *random, int64_t least, int64_t most)
{
    ASSERT(least <= most);
    uint64_t span = (uint64_t)most - (uint64_t)least;
    uint64_t offset = span == UINT64_MAX ? random_u64(random) : random_below(random, span + 1);
    return (int64_t)((uint64_t)least + offset);
}

double random_double(Random *random)
{
    return (double)(random_u64(random) >> 11) * 0x1p-53;
}

bool random_chance(Random *random, uint32_t one_in)
{
    return random_below(random, one_in) == 0;
}

void random_bytes(Random *random, void *out, size_t bytes)
{
    char *to = out;
    for (; bytes >= 8; bytes -= 8, to += 8) store_le64(to, random_u64(random));
    if (bytes > 0) {
        char rest[8];
        store_le64(rest, random_u64(random));
        memcpy(to, rest, bytes);
    }
}

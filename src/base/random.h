/* SPDX-License-Identifier: Apache-2.0 */
/* random.h - random numbers that a seed repeats (xoshiro256**, Blackman and Vigna). Not for secrets: those come from
 * os. */
#pragma once

#include "base/base.h"

typedef struct Random {
    uint64_t state[4];
} Random;

void random_seed(Random *random, uint64_t seed);
uint64_t random_u64(Random *random);
uint64_t random_below(Random *random, uint64_t limit); /* [0, limit), unbiased; limit > 0 */
int64_t random_i64_between(Random *random, int64_t least, int64_t most); /* inclusive */
double random_double(Random *random);                                    /* [0, 1), 53 bits */
bool random_chance(Random *random, uint32_t one_in);
void random_bytes(Random *random, void *out, size_t bytes);

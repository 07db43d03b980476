/* SPDX-License-Identifier: Apache-2.0 */
/* random.c - random(), setseed() and kin: the session's generator, which gives after setseed() the very sequence that
 * PostgreSQL gives. It is xoroshiro128** [Blackman and Vigna, 2018], seeded by splitmix64, kept in the first two words
 * of the session's Random. Not for secrets. */
#include "type/random.h"

#include <math.h>

#include "base/float_text.h"
#include "base/fn.h"

static uint64_t rotate(uint64_t v, int bits)
{
    return v << bits | v >> (64 - bits);
}

static uint64_t next(Random *random)
{
    const uint64_t a = random->state[0], b = a ^ random->state[1];
    const uint64_t result = rotate(a * 5, 7) * 9;
    random->state[0] = rotate(a, 24) ^ b ^ (b << 16);
    random->state[1] = rotate(b, 37);
    return result;
}

static uint64_t split_mix(uint64_t *state)
{
    uint64_t v = *state += UINT64_C(0x9e3779b97f4a7c15);
    v = (v ^ (v >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    v = (v ^ (v >> 27)) * UINT64_C(0x94d049bb133111eb);
    return v ^ (v >> 31);
}

/* [0, 1), 52 or 53 bits. */
static double next_double(Random *random)
{
    return ldexp((double)(next(random) >> 12), -52);
}

static double random_float8(Fn *fn)
{
    return next_double(fn->env->random);
}

static FnVoid random_set_seed(Fn *fn, double seed)
{
    if (seed < -1 || seed > 1 || isnan(seed)) {
        char text[FLOAT_TEXT_MAX];
        const size_t bytes = f64_print_digits(text, seed, 6);
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE,
                    "setseed parameter %.*s is out of allowed range [-1,1]", (int)bytes, text);
    }
    uint64_t state = (uint64_t)(int64_t)((double)((INT64_C(1) << 52) - 1) * seed);
    fn->env->random->state[0] = split_mix(&state);
    fn->env->random->state[1] = split_mix(&state);
    return (FnVoid){0};
}

/* Draws as many high bits as the range has and throws away what is beyond it. */
uint64_t random_u64_upto(Random *random, uint64_t most)
{
    if (most == 0) return 0;
    const int shift = __builtin_clzll(most);
    uint64_t drawn;
    do drawn = next(random) >> shift;
    while (drawn > most);
    return drawn;
}

static int64_t next_between(Random *random, int64_t least, int64_t most)
{
    return (int64_t)((uint64_t)least + random_u64_upto(random, (uint64_t)most - (uint64_t)least));
}

static void check_bounds(bool ordered)
{
    if (!ordered)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE,
                    "lower bound must be less than or equal to upper bound");
}

static int32_t random_int4(Fn *fn, int32_t least, int32_t most)
{
    check_bounds(least <= most);
    return (int32_t)next_between(fn->env->random, least, most);
}

static int64_t random_int8(Fn *fn, int64_t least, int64_t most)
{
    check_bounds(least <= most);
    return next_between(fn->env->random, least, most);
}

/* Box and Muller, of two uniform numbers in (0, 1]. */
static double random_normal(Fn *fn, double mean, double deviation)
{
    const double u = 1.0 - next_double(fn->env->random), v = 1.0 - next_double(fn->env->random);
    return deviation * (sqrt(-2.0 * log(u)) * sin(2.0 * 3.14159265358979323846 * v)) + mean;
}

SQL_FUNCTION(1598, "random", float8, (), VOLATILE | STRICT | PARALLEL_RESTRICTED, random_float8,
             "random number from 0 up to but not 1")
SQL_FUNCTION(1599, "setseed", void, (float8), VOLATILE | STRICT | PARALLEL_RESTRICTED,
             random_set_seed, "sets the seed of the random functions")
SQL_FUNCTION(6339, "random", int4, (int4, int4), VOLATILE | STRICT | PARALLEL_RESTRICTED,
             random_int4, "random integer between two bounds, both included")
SQL_FACTS(6339, .arguments = "min int4, max int4")
SQL_FUNCTION(6340, "random", int8, (int8, int8), VOLATILE | STRICT | PARALLEL_RESTRICTED,
             random_int8, "random integer between two bounds, both included")
SQL_FACTS(6340, .arguments = "min int8, max int8")
SQL_FUNCTION(6212, "random_normal", float8, (float8, float8),
             VOLATILE | STRICT | PARALLEL_RESTRICTED, random_normal,
             "random number, normally distributed")
SQL_FACTS(6212, .arguments = "mean float8 DEFAULT 0, stddev float8 DEFAULT 1")

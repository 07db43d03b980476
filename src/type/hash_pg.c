/* SPDX-License-Identifier: Apache-2.0 */
/* hash_pg.c - lookup3 as SQL sees it. The input is taken in blocks of three little-endian words; in the last block the
 * lowest byte of the third word stays free. Checked against hashtext() and its kin of PostgreSQL 18 by the golden
 * calls. */
#include "type/hash_pg.h"

#include "base/arith.h"

enum { START = 3923095 };

typedef struct State {
    uint32_t a, b, c;
} State;

static uint32_t rotate(uint32_t v, int bits)
{
    return v << bits | v >> (32 - bits);
}

static void mix(State *s)
{
    s->a -= s->c, s->a ^= rotate(s->c, 4), s->c += s->b;
    s->b -= s->a, s->b ^= rotate(s->a, 6), s->a += s->c;
    s->c -= s->b, s->c ^= rotate(s->b, 8), s->b += s->a;
    s->a -= s->c, s->a ^= rotate(s->c, 16), s->c += s->b;
    s->b -= s->a, s->b ^= rotate(s->a, 19), s->a += s->c;
    s->c -= s->b, s->c ^= rotate(s->b, 4), s->b += s->a;
}

static void finish(State *s)
{
    s->c ^= s->b, s->c -= rotate(s->b, 14);
    s->a ^= s->c, s->a -= rotate(s->c, 11);
    s->b ^= s->a, s->b -= rotate(s->a, 25);
    s->c ^= s->b, s->c -= rotate(s->b, 16);
    s->a ^= s->c, s->a -= rotate(s->c, 4);
    s->b ^= s->a, s->b -= rotate(s->a, 14);
    s->c ^= s->b, s->c -= rotate(s->b, 24);
}

static State start(size_t bytes, uint64_t seed)
{
    const uint32_t first = UINT32_C(0x9e3779b9) + (uint32_t)bytes + START;
    State s = {first, first, first};
    if (seed) {
        s.a += (uint32_t)(seed >> 32);
        s.b += (uint32_t)seed;
        mix(&s);
    }
    return s;
}

static State hash(Str bytes, uint64_t seed)
{
    State s = start(bytes.bytes, seed);
    const char *p = bytes.data;
    size_t left = bytes.bytes;
    for (; left >= 12; p += 12, left -= 12) {
        s.a += load_le32(p);
        s.b += load_le32(p + 4);
        s.c += load_le32(p + 8);
        mix(&s);
    }
    char tail[12] = {0};
    if (left) memcpy(tail, p, MIN(left, 8u));
    if (left > 8) memcpy(tail + 9, p + 8, left - 8);
    s.a += load_le32(tail);
    s.b += load_le32(tail + 4);
    s.c += load_le32(tail + 8);
    finish(&s);
    return s;
}

static uint64_t wide(State s)
{
    return (uint64_t)s.b << 32 | s.c;
}

uint32_t hash_pg_bytes(Str bytes)
{
    return hash(bytes, 0).c;
}

uint64_t hash_pg_bytes_extended(Str bytes, uint64_t seed)
{
    return wide(hash(bytes, seed));
}

static State hash_word(uint32_t value, uint64_t seed)
{
    State s = start(sizeof value, seed);
    s.a += value;
    finish(&s);
    return s;
}

uint32_t hash_pg_u32(uint32_t value)
{
    return hash_word(value, 0).c;
}

uint64_t hash_pg_u32_extended(uint32_t value, uint64_t seed)
{
    return wide(hash_word(value, seed));
}

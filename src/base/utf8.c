/* SPDX-License-Identifier: Apache-2.0 */
/* utf8.c - checking, counting and cutting UTF-8. Runs of ASCII go 16 bytes a step; what else there is, a character a
 * step. */
#include "base/utf8.h"

#include "base/arith.h"
#include "base/utf8_widths.h"

static inline bool is_continuation(uint8_t c)
{
    return (c & 0xc0) == 0x80;
}

/* Length of the character at `s`, of which `left` (> 0) bytes are there; 0 when it is invalid or cut. */
static inline uint32_t character_bytes(const uint8_t *s, size_t left)
{
    uint8_t c = s[0];
    if (c < 0x80) return 1;
    if (c < 0xc2) return 0; /* a continuation, or an overlong form of ASCII */
    if (c < 0xe0) return left >= 2 && is_continuation(s[1]) ? 2 : 0;
    if (c < 0xf0) {
        if (left < 3 || !is_continuation(s[1]) || !is_continuation(s[2])) return 0;
        if (c == 0xe0 && s[1] < 0xa0) return 0; /* overlong */
        if (c == 0xed && s[1] > 0x9f) return 0; /* surrogate */
        return 3;
    }
    if (c > 0xf4) return 0;
    if (left < 4 || !is_continuation(s[1]) || !is_continuation(s[2]) || !is_continuation(s[3]))
        return 0;
    if (c == 0xf0 && s[1] < 0x90) return 0; /* overlong */
    if (c == 0xf4 && s[1] > 0x8f) return 0; /* above U+10FFFF */
    return 4;
}

size_t utf8_valid_prefix(Str s)
{
    const uint8_t *data = (const uint8_t *)s.data;
    size_t at = 0;
    while (at < s.bytes) {
        while (s.bytes - at >= 16) {
            uint64_t high_bits = (load_le64(data + at) | load_le64(data + at + 8)) &
                                 UINT64_C(0x8080808080808080);
            if (high_bits != 0) break;
            at += 16;
        }
        /* To the end of the next 16 bytes or a little over, before looking for ASCII again. */
        size_t stop = MIN(at + 16, s.bytes);
        while (at < stop) {
            uint32_t bytes = character_bytes(data + at, s.bytes - at);
            if (bytes == 0) return at;
            at += bytes;
        }
    }
    return at;
}

bool utf8_is_valid(Str s)
{
    return utf8_valid_prefix(s) == s.bytes;
}

bool utf8_next(Str s, size_t *at, uint32_t *codepoint)
{
    if (*at >= s.bytes) return false;
    const uint8_t *c = (const uint8_t *)s.data + *at;
    uint32_t bytes = character_bytes(c, s.bytes - *at);
    switch (bytes) {
    case 0: return false;
    case 1: *codepoint = c[0]; break;
    case 2: *codepoint = (c[0] & 0x1fu) << 6 | (c[1] & 0x3fu); break;
    case 3: *codepoint = (c[0] & 0x0fu) << 12 | (c[1] & 0x3fu) << 6 | (c[2] & 0x3fu); break;
    default:
        *codepoint = (c[0] & 0x07u) << 18 | (c[1] & 0x3fu) << 12 | (c[2] & 0x3fu) << 6 |
                     (c[3] & 0x3fu);
        break;
    }
    *at += bytes;
    return true;
}

size_t utf8_encode(uint32_t codepoint, char out[UTF8_BYTES_MAX])
{
    if (codepoint < 0x80) {
        out[0] = (char)codepoint;
        return 1;
    }
    if (codepoint < 0x800) {
        out[0] = (char)(0xc0 | codepoint >> 6);
        out[1] = (char)(0x80 | (codepoint & 0x3f));
        return 2;
    }
    if (codepoint < 0x10000) {
        if (codepoint >= 0xd800 && codepoint < 0xe000) return 0;
        out[0] = (char)(0xe0 | codepoint >> 12);
        out[1] = (char)(0x80 | (codepoint >> 6 & 0x3f));
        out[2] = (char)(0x80 | (codepoint & 0x3f));
        return 3;
    }
    if (codepoint > 0x10ffff) return 0;
    out[0] = (char)(0xf0 | codepoint >> 18);
    out[1] = (char)(0x80 | (codepoint >> 12 & 0x3f));
    out[2] = (char)(0x80 | (codepoint >> 6 & 0x3f));
    out[3] = (char)(0x80 | (codepoint & 0x3f));
    return 4;
}

size_t utf8_count(Str s)
{
    size_t continuations = 0;
    for (size_t i = 0; i < s.bytes; i++) continuations += is_continuation((uint8_t)s.data[i]);
    return s.bytes - continuations;
}

size_t utf8_prev(Str s, size_t end)
{
    ASSERT(end > 0 && end <= s.bytes);
    do end--;
    while (end > 0 && is_continuation((uint8_t)s.data[end]));
    return end;
}

size_t utf8_offset(Str s, size_t characters)
{
    size_t at = 0;
    for (; characters > 0 && at < s.bytes; characters--) at += utf8_length(s.data[at]);
    return MIN(at, s.bytes);
}

Str utf8_clip(Str s, size_t bytes_max)
{
    if (s.bytes <= bytes_max) return s;
    size_t bytes = bytes_max;
    while (bytes > 0 && is_continuation((uint8_t)s.data[bytes])) bytes--;
    return (Str){s.data, bytes};
}

typedef struct {
    uint32_t first, last;
} Range;

static bool is_in_ranges(const Range *ranges, size_t count, uint32_t codepoint)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (codepoint > ranges[middle].last)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && codepoint >= ranges[low].first;
}

uint32_t utf8_width(uint32_t codepoint)
{
#define RANGE(first, last) {first, last},
    static const Range zero[] = {UTF8_ZERO_WIDTH(RANGE)};
    static const Range two[] = {UTF8_DOUBLE_WIDTH(RANGE)};
#undef RANGE
    if (codepoint < 0x20 || codepoint == 0x7f) return 0;
    if (codepoint < 0x300)
        return codepoint >= 0x80 && codepoint < 0xa0 ? 0 : codepoint == 0xad ? 0 : 1;
    if (is_in_ranges(zero, ARRAY_LEN(zero), codepoint)) return 0;
    return is_in_ranges(two, ARRAY_LEN(two), codepoint) ? 2 : 1;
}

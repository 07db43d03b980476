/* SPDX-License-Identifier: Apache-2.0 */
/* utf8.h - UTF-8 by RFC 3629: no surrogates, nothing above U+10FFFF, no overlong forms. */
#pragma once

#include "base/base.h"

enum { UTF8_BYTES_MAX = 4 };

bool utf8_is_valid(Str s);
/* Length of the longest valid prefix; s.bytes when all is valid. */
size_t utf8_valid_prefix(Str s);
/* The character at `*at`, moving *at past it; false at the end or at an invalid byte (*at unmoved). */
bool utf8_next(Str s, size_t *at, uint32_t *codepoint);
/* Writes a code point; 1 to 4 bytes, 0 when it is not a Unicode scalar value. */
size_t utf8_encode(uint32_t codepoint, char out[UTF8_BYTES_MAX]);

/* For text known to be valid. */
static inline uint32_t utf8_length(char first)
{
    uint8_t c = (uint8_t)first;
    return c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
}
size_t utf8_count(Str s);            /* characters */
size_t utf8_prev(Str s, size_t end); /* start of the character that ends at `end` (> 0) */
size_t utf8_offset(Str s,
                   size_t characters); /* byte offset of that character; s.bytes when fewer */
Str utf8_clip(Str s,
              size_t bytes_max); /* the longest prefix of whole characters within bytes_max */
uint32_t utf8_width(uint32_t codepoint); /* columns on a terminal: 0, 1 or 2 */

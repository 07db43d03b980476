/* SPDX-License-Identifier: Apache-2.0 */
/* text.h - what other types and functions need of text: order by collation, lengths of varchar(n) and char(n),
 * encoding. */
#pragma once

#include "type/type.h"

/* Order of two texts under a collation (0: the default): below, at or above 0. Raises 0A000 for one that is not
 * there. */
int text_compare(Oid collation, Str a, Str b);
/* False and *err filled (22021) unless `text` is valid UTF-8 without zero bytes. */
bool text_check_encoding(Str text, InputError *err);

/* Cuts *text to the length of varchar(n)/char(n) `typmod` (below 4: none). What is cut off must be spaces unless the
 * cast is explicit; else false and *err filled (22001). */
bool text_fit(Str *text, int32_t typmod, bool explicit_cast, const char *type_name,
              InputError *err);
Str text_pad(Arena *arena, Str text, int32_t typmod); /* with spaces to the length of char(n) */
Str text_without_padding(Str text);
int16_t char_of(Str text);                   /* "char": the first byte, or of \ooo; 0 of nothing */
void char_print(int16_t c, StrBuilder *out); /* "char" */

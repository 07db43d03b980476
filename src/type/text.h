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
/* substring() and overlay() over characters, or over bytes. Raise 22011, 22003. */
Str text_part(Str s, int32_t start, int64_t length, bool bytes);
Str text_overlay(Arena *arena, Str s, Str with, int32_t start, int32_t length, bool bytes);
/* lower() and upper() under a collation. Raise 0A000 for one that is not there. */
Str text_lower(Arena *arena, Oid collation, Str s);
Str text_upper(Arena *arena, Oid collation, Str s);
/* A name, in quotes where SQL needs them; a text as a literal. */
void text_quote_name(Str name, StrBuilder *out);
void text_quote_literal(Str text, StrBuilder *out);
/* A value as its cast to text gives it, which is what its output function prints but for bool and char(n). */
Str text_of_datum(Fn *fn, Oid type, const Datum *datum);
/* bytea's two text forms, without \x. False: *err is filled. */
bool bytea_parse_hex(Arena *arena, Str text, Str *bytes, InputError *err);
bool bytea_parse_escape(Arena *arena, Str text, Str *bytes, InputError *err);
void bytea_print_hex(Str bytes, StrBuilder *out);

int16_t char_of(Str text);                   /* "char": the first byte, or of \ooo; 0 of nothing */
void char_print(int16_t c, StrBuilder *out); /* "char" */

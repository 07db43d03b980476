/* SPDX-License-Identifier: Apache-2.0 */
/* text.h - what other types and functions need of text: order by collation, lengths of varchar(n) and char(n),
 * encoding. */
#pragma once

#include "type/collation.h"

/* Order of two texts under a collation (0: the default): below, at or above 0. Raises what collation_get does. */
int text_compare(const FnEnv *env, Oid collation, Str a, Str b);
/* As memcmp and then by length: the difference of the first bytes that differ, else -1, 0 or 1. */
int bytes_distance(Str a, Str b);
/* Equality under a collation: that of the bytes unless it is nondeterministic. */
bool text_equal_collated(const FnEnv *env, Oid collation, Str a, Str b);
static inline bool text_equal(const FnEnv *env, Oid collation, Str a, Str b)
{
    return collation_is_plain(collation) ? str_equal(a, b)
                                         : text_equal_collated(env, collation, a, b);
}
/* What is hashed in place of the text, so that equal ones hash alike. */
Str text_hashed(const FnEnv *env, Arena *arena, Oid collation, Str s);
/* Raises 0A000 "nondeterministic collations are not supported for WHAT" where the collation is one. */
void text_need_deterministic(const FnEnv *env, Oid collation, const char *what);
/* False and *err filled (22021) unless `text` is valid UTF-8 without zero bytes. */
bool text_check_encoding(Str text, InputError *err);
/* The binary form of a text is in the client's encoding; its text form is converted where rows are sent. From it:
 * false and *err filled as above; raises what encoding_decode does. */
void text_send_to_client(const TypeCall *call, Str text, StrBuilder *out);
bool text_of_client(const TypeCall *call, Bytes wire, Str *text, InputError *err);

/* Cuts *text to the length of varchar(n)/char(n) `typmod` (below 4: none). What is cut off must be spaces unless the
 * cast is explicit; else false and *err filled (22001). */
bool text_fit(Str *text, int32_t typmod, bool explicit_cast, const char *type_name,
              InputError *err);
Str text_pad(Arena *arena, Str text, int32_t typmod); /* with spaces to the length of char(n) */
Str text_without_padding(Str text);
/* substring() and overlay() over characters, or over bytes. Raise 22011, 22003. */
Str text_part(Str s, int32_t start, int64_t length, bool bytes);
Str text_overlay(Arena *arena, Str s, Str with, int32_t start, int32_t length, bool bytes);
/* The first occurrence at or behind byte `from`, from byte `at` to `end`; false: none. Of the runs of characters that
 * start there and equal `what`, as a nondeterministic collation may have several, the longest. `what` is not empty. */
bool text_find(const Fn *fn, Str s, Str what, size_t from, size_t *at, size_t *end);
/* lower() under a collation. */
Str text_lower(const Fn *fn, Str s);
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

/* SPDX-License-Identifier: Apache-2.0 */
/* str.h - text and byte strings as (pointer, length) views that own nothing, and a builder that grows in an arena.
 *
 * A Str need not end in a zero byte and may contain any byte. Lengths are bytes; `data` may be NULL only when `bytes`
 * is 0. */
#pragma once

#include "base/base.h"

typedef struct Arena Arena;

typedef struct {
    const char *data;
    size_t bytes;
} Str;

typedef struct {
    const uint8_t *data;
    size_t bytes;
} Bytes;

/* A Str of a string literal; for printf: "%.*s" with STR_ARG(s) (cut at INT_MAX bytes). */
#define STR(literal) ((Str){"" literal, sizeof(literal) - 1})
#define STR_ARG(s) (int)MIN((s).bytes, (size_t)INT_MAX), (s).data

Str str_from(const char *zero_terminated); /* NULL gives the empty Str */
bool str_equal(Str a, Str b);
bool str_equal_ascii_nocase(Str a, Str b); /* folds A-Z only */
/* Any beginning of true, false, yes, no that is not ambiguous; on, off, 1, 0; in any case. False: none of them. */
bool str_to_bool(Str s, bool *value);
int str_compare(Str a, Str b); /* bytes, as memcmp, the shorter first: -1, 0, 1 */
bool str_starts(Str s, Str prefix);
bool str_ends(Str s, Str suffix);
Str str_slice(Str s, size_t from, size_t to); /* bytes [from, to), both clamped to the string */
Str str_trim(Str s, const char *set);         /* both ends, bytes of `set` */
bool str_find(Str haystack, Str needle, size_t *at);
bool str_find_char(Str s, char c, size_t *at);

/* Copies into `arena`; str_copy_zero's result also ends in a zero byte. Raise 53200. */
Str str_copy(Arena *arena, Str s);
char *str_copy_zero(Arena *arena, Str s);
Str str_concat(Arena *arena, Str a, Str b);
Str str_format(Arena *arena, const char *format, ...) PRINTF_LIKE(2, 3);
Str str_format_va(Arena *arena, const char *format, va_list args) PRINTF_LIKE(2, 0);
Str str_lower_ascii(Arena *arena, Str s);
Str str_upper_ascii(Arena *arena, Str s);

/* Whole text as a number, surrounding space not allowed; false when it is not one or does not fit. Never raise. */
bool str_to_i64(Str s, int64_t *value);
bool str_to_u64(Str s, int base, uint64_t *value);

/* The longest string a builder makes unless told otherwise; PostgreSQL's limit, error 54000. */
enum { STR_BYTES_MAX = 0x3fffffff };

typedef struct {
    Arena *arena;
    char *data;
    size_t bytes, capacity, bytes_max;
} StrBuilder;

/* An empty builder; `bytes_hint` is reserved at once. Every call may raise 53200, or 54000 past bytes_max. */
StrBuilder str_builder(Arena *arena, size_t bytes_hint);
StrBuilder str_builder_limited(Arena *arena, size_t bytes_hint, size_t bytes_max);
void str_add(StrBuilder *b, Str s);
void str_add_zero_terminated(StrBuilder *b, const char *s);
void str_add_char(StrBuilder *b, char c);
void str_add_repeat(StrBuilder *b, char c, size_t count);
void str_add_i64(StrBuilder *b, int64_t value);
void str_add_u64(StrBuilder *b, uint64_t value);
void str_add_format(StrBuilder *b, const char *format, ...) PRINTF_LIKE(2, 3);
void str_add_format_va(StrBuilder *b, const char *format, va_list args) PRINTF_LIKE(2, 0);
char *str_add_space(StrBuilder *b, size_t bytes); /* appends `bytes` to be filled by the caller */
void str_truncate(StrBuilder *b, size_t bytes);
/* What was built so far; stays valid until the next call on `b`. str_done also puts a zero byte behind it (not
 * counted). */
Str str_peek(const StrBuilder *b);
Str str_done(StrBuilder *b);

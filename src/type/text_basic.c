/* SPDX-License-Identifier: Apache-2.0 */
/* text_basic.c - what everybody does with text: parts of it, places in it, padding, trimming, replacing. Positions
 * count characters from 1; bytes are counted as little as possible, since a character is found by walking. */
#include "type/text.h"

#include "base/arith.h"
#include "base/task.h"
#include "base/utf8.h"

/* Raises unless a result of that many bytes may be made. */
static void check_length(uint64_t bytes)
{
    if (bytes > STR_BYTES_MAX)
        raise_error(SQLSTATE_PROGRAM_LIMIT_EXCEEDED, "requested length too large");
}

/* As str_find from there on, piece by piece. */
static bool find_bytes(Str s, Str what, size_t from, size_t *at)
{
    enum { PIECE_BYTES = 1 << 20 };
    for (;; from += PIECE_BYTES) {
        const size_t end = MIN(s.bytes, from + PIECE_BYTES + what.bytes);
        *at = 0;
        if (str_find(str_slice(s, from, end), what, at)) {
            *at += from;
            return true;
        }
        if (end == s.bytes) return false;
        task_check();
    }
}

/* As utf8_offset. */
static size_t offset_of(Str s, size_t characters)
{
    enum { PIECE_CHARACTERS = 1 << 16 };
    size_t at = 0;
    for (; characters > PIECE_CHARACTERS && at < s.bytes; characters -= PIECE_CHARACTERS) {
        task_check();
        at += utf8_offset(str_slice(s, at, s.bytes), PIECE_CHARACTERS);
    }
    return at + utf8_offset(str_slice(s, at, s.bytes), characters);
}

bool text_find(const Fn *fn, Str s, Str what, size_t from, size_t *at, size_t *end)
{
    size_t bytes = what.bytes;
    bool found = false;
    if (collation_is_plain(fn->collation) || collation_is_deterministic(fn->env, fn->collation)) {
        found = find_bytes(s, what, from, at);
    } else {
        const Collation *collation = collation_get(fn->env, fn->collation);
        for (*at = from; *at < s.bytes; *at += utf8_length(s.data[*at])) {
            found = collation_prefix(collation, str_slice(s, *at, s.bytes), what, &bytes) && bytes;
            if (found) break;
        }
    }
    *end = *at + bytes;
    return found;
}

/* ---- Parts */

Str text_part(Str s, int32_t start, int64_t length, bool bytes)
{
    const int64_t end = (int64_t)start + length;
    if (length < 0) raise_error(SQLSTATE_SUBSTRING_ERROR, "negative substring length not allowed");
    const int64_t from = MAX((int64_t)start, INT64_C(1));
    if (end <= from) return STR("");
    if (bytes) return str_slice(s, (size_t)(from - 1), (size_t)(end - 1));
    s = str_slice(s, offset_of(s, (size_t)(from - 1)), s.bytes);
    return str_slice(s, 0, offset_of(s, (size_t)(end - from)));
}

static Str substring(Fn *fn, Str s, int32_t start, int32_t length)
{
    (void)fn;
    return text_part(s, start, length, false);
}

static Str substring_rest(Fn *fn, Str s, int32_t start)
{
    (void)fn;
    return text_part(s, start, INT32_MAX + (start < 0 ? -(int64_t)start : 0), false);
}

Str text_overlay(Arena *arena, Str s, Str with, int32_t start, int32_t length, bool bytes)
{
    int32_t rest;
    if (start <= 0) raise_error(SQLSTATE_SUBSTRING_ERROR, "negative substring length not allowed");
    if (add_overflows(start, length, &rest))
        raise_error(SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE, "integer out of range");
    const Str head = text_part(s, 1, start - 1, bytes);
    const Str tail = text_part(s, rest, INT64_C(1) << 32, bytes);
    StrBuilder out = str_builder(arena, head.bytes + with.bytes + tail.bytes);
    str_add(&out, head);
    str_add(&out, with);
    str_add(&out, tail);
    return str_done(&out);
}

static Str overlay(Fn *fn, Str s, Str with, int32_t start, int32_t length)
{
    return text_overlay(fn->arena, s, with, start, length, false);
}

static Str overlay_as_long(Fn *fn, Str s, Str with, int32_t start)
{
    return text_overlay(fn->arena, s, with, start, (int32_t)utf8_count(with), false);
}

/* A negative count leaves that many out at the other end. */
static Str left(Fn *fn, Str s, int32_t count)
{
    (void)fn;
    if (count >= 0) return str_slice(s, 0, offset_of(s, (size_t)count));
    const int64_t kept = (int64_t)utf8_count(s) + count;
    return str_slice(s, 0, kept > 0 ? offset_of(s, (size_t)kept) : 0);
}

/* The least count leaves nothing out, as in PostgreSQL, where its negation overflows. */
static Str right(Fn *fn, Str s, int32_t count)
{
    (void)fn;
    if (count == INT32_MIN) return s;
    const int64_t dropped = count >= 0 ? (int64_t)utf8_count(s) - count : -(int64_t)count;
    return str_slice(s, dropped > 0 ? offset_of(s, (size_t)dropped) : 0, s.bytes);
}

/* Field `number`, from the end when negative. */
static Str split_part(Fn *fn, Str s, Str separator, int32_t number)
{
    size_t at, end, from = 0;
    if (number == 0)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "field position must not be zero");
    if (!s.bytes) return s;
    if (!separator.bytes) return number == 1 || number == -1 ? s : STR("");
    if (number < 0) {
        int64_t fields = 1;
        while (text_find(fn, s, separator, from, &at, &end)) fields++, from = end;
        if (fields + number < 0) return STR("");
        number = (int32_t)(fields + number + 1);
        from = 0;
    }
    while (--number > 0) {
        if (!text_find(fn, s, separator, from, &at, &end)) return STR("");
        from = end;
    }
    return text_find(fn, s, separator, from, &at, &end) ? str_slice(s, from, at)
                                                        : str_slice(s, from, s.bytes);
}

/* ---- Places */

static int32_t position(Fn *fn, Str s, Str what)
{
    size_t at, end;
    if (!what.bytes) return 1;
    if (!text_find(fn, s, what, 0, &at, &end)) return 0;
    return (int32_t)utf8_count(str_slice(s, 0, at)) + 1;
}

static bool starts_with(Fn *fn, Str s, Str what)
{
    text_need_deterministic(fn->env, fn->collation, "substring searches");
    return str_starts(s, what);
}

/* ---- Padding and trimming */

/* Appends characters of `fill`, over and over, until there are `count`. */
static void add_fill(StrBuilder *out, Str fill, uint64_t count)
{
    const size_t characters = utf8_count(fill);
    for (; count >= characters; count -= characters) {
        task_check();
        str_add(out, fill);
    }
    str_add(out, str_slice(fill, 0, utf8_offset(fill, (size_t)count)));
}

static Str pad(Fn *fn, Str s, int32_t length, Str fill, bool at_left)
{
    const size_t wanted = (size_t)MAX(length, 0), have = utf8_count(s);
    check_length((uint64_t)wanted * UTF8_BYTES_MAX);
    if (have >= wanted) return str_slice(s, 0, utf8_offset(s, wanted));
    if (!fill.bytes) return s;
    StrBuilder out = str_builder(fn->arena, s.bytes + (wanted - have) * utf8_length(fill.data[0]));
    if (at_left) add_fill(&out, fill, wanted - have);
    str_add(&out, s);
    if (!at_left) add_fill(&out, fill, wanted - have);
    return str_done(&out);
}

static bool has_character(Str set, Str character)
{
    for (size_t i = 0; i < set.bytes; i += utf8_length(set.data[i]))
        if (str_starts(str_slice(set, i, set.bytes), character)) return true;
    return false;
}

typedef enum TrimSide { TRIM_LEFT = 1, TRIM_RIGHT = 2, TRIM_BOTH = 3 } TrimSide;

static Str trim(Str s, Str set, TrimSide side)
{
    size_t from = 0, to = s.bytes;
    while (side & TRIM_LEFT && from < to) {
        const size_t next = from + utf8_length(s.data[from]);
        if (!has_character(set, str_slice(s, from, next))) break;
        from = next;
    }
    while (side & TRIM_RIGHT && to > from) {
        const size_t last = utf8_prev(s, to);
        if (!has_character(set, str_slice(s, last, to))) break;
        to = last;
    }
    return str_slice(s, from, to);
}

/* ---- Making new text of it */

static Str replace(Fn *fn, Str s, Str what, Str with)
{
    size_t at, end, from = 0;
    if (!what.bytes || !text_find(fn, s, what, 0, &at, &end)) return s;
    StrBuilder out = str_builder(fn->arena, s.bytes + with.bytes);
    do {
        task_check();
        str_add(&out, str_slice(s, from, at));
        str_add(&out, with);
        from = end;
    } while (text_find(fn, s, what, from, &at, &end));
    str_add(&out, str_slice(s, from, s.bytes));
    return str_done(&out);
}

/* Characters of `from` become those at the same place in `to`, or go where there is none. */
static Str translate(Fn *fn, Str s, Str from, Str to)
{
    if (!s.bytes) return s;
    StrBuilder out = str_builder(fn->arena, s.bytes);
    for (size_t i = 0; i < s.bytes;) {
        const Str character = str_slice(s, i, i + utf8_length(s.data[i]));
        size_t f = 0, t = 0;
        while (f < from.bytes && !str_starts(str_slice(from, f, from.bytes), character)) {
            f += utf8_length(from.data[f]);
            if (t < to.bytes) t += utf8_length(to.data[t]);
        }
        if (f >= from.bytes)
            str_add(&out, character);
        else if (t < to.bytes)
            str_add(&out, str_slice(to, t, t + utf8_length(to.data[t])));
        i += character.bytes;
        task_check();
    }
    return str_done(&out);
}

static Str repeat(Fn *fn, Str s, int32_t count)
{
    enum { PIECE_BYTES_MAX = 1 << 20 };
    const uint64_t times = (uint64_t)MAX(count, 0);
    check_length(s.bytes * times);
    if (s.bytes == 0) return s;
    const size_t bytes = (size_t)(s.bytes * times);
    StrBuilder out = str_builder(fn->arena, bytes);
    if (times > 0) str_add(&out, s);
    /* What is there is put behind itself: in pieces, so that it can be cancelled. A piece may end inside of `s`. */
    for (size_t have = s.bytes; have < bytes; have = str_peek(&out).bytes) {
        task_check();
        const size_t from = have % s.bytes;
        const size_t piece = MIN(MIN(have - from, PIECE_BYTES_MAX), bytes - have);
        str_add(&out, str_slice(str_peek(&out), from, from + piece));
    }
    return str_done(&out);
}

static Str reverse(Fn *fn, Str s)
{
    StrBuilder out = str_builder(fn->arena, s.bytes);
    for (size_t end = s.bytes; end > 0;) {
        const size_t start = utf8_prev(s, end);
        task_check();
        str_add(&out, str_slice(s, start, end));
        end = start;
    }
    return str_done(&out);
}

/* ---- Characters as numbers */

static int32_t ascii(Fn *fn, Str s)
{
    size_t at = 0;
    uint32_t codepoint = 0;
    (void)fn;
    (void)utf8_next(s, &at, &codepoint);
    return (int32_t)codepoint;
}

static Str chr(Fn *fn, int32_t codepoint)
{
    char bytes[UTF8_BYTES_MAX];
    if (codepoint < 0)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "character number must be positive");
    if (codepoint == 0)
        raise_error(SQLSTATE_PROGRAM_LIMIT_EXCEEDED, "null character not permitted");
    if (codepoint > 0x10ffff)
        raise_error(SQLSTATE_PROGRAM_LIMIT_EXCEEDED,
                    "requested character too large for encoding: %d", codepoint);
    const size_t length = utf8_encode((uint32_t)codepoint, bytes);
    if (!length)
        raise_error(SQLSTATE_PROGRAM_LIMIT_EXCEEDED,
                    "requested character not valid for encoding: %d", codepoint);
    return str_copy(fn->arena, (Str){bytes, length});
}

SQL_FUNCTION(936, "substring", text, (text, int4, int4), IMMUTABLE | STRICT, substring,
             "characters from a place on, so many")
SQL_FUNCTION(937, "substring", text, (text, int4), IMMUTABLE | STRICT, substring_rest,
             "characters from a place to the end")
SQL_FUNCTION(877, "substr", text, (text, int4, int4), IMMUTABLE | STRICT, substring,
             "characters from a place on, so many")
SQL_FUNCTION(883, "substr", text, (text, int4), IMMUTABLE | STRICT, substring_rest,
             "characters from a place to the end")
SQL_FUNCTION(1404, "overlay", text, (text, text, int4, int4), IMMUTABLE | STRICT, overlay,
             "puts a text in place of a part")
SQL_FUNCTION(1405, "overlay", text, (text, text, int4), IMMUTABLE | STRICT, overlay_as_long,
             "puts a text in place of as many characters")
SQL_FUNCTION(3060, "left", text, (text, int4), IMMUTABLE | STRICT | TOTAL, left,
             "the first characters")
SQL_FUNCTION(3061, "right", text, (text, int4), IMMUTABLE | STRICT | TOTAL, right,
             "the last characters")
SQL_FUNCTION(2088, "split_part", text, (text, text, int4), IMMUTABLE | STRICT, split_part,
             "a field between separators")
SQL_FUNCTION(849, "position", int4, (text, text), IMMUTABLE | STRICT | TOTAL, position,
             "where a text stands in another; 0: nowhere")
SQL_FUNCTION(868, "strpos", int4, (text, text), IMMUTABLE | STRICT | TOTAL, position,
             "where a text stands in another; 0: nowhere")
SQL_FUNCTION(3696, "starts_with", bool, (text, text), IMMUTABLE | STRICT | LEAKPROOF, starts_with,
             "is the second text the beginning of the first?")
SQL_FACTS(3696, .support = 6242)
SQL_OPERATOR(3877, "^@", text, text, bool, starts_with, .restrict_by = "prefixsel",
             .join_by = "prefixjoinsel")
SQL_EXPRESSION(873, "lpad", text, (text, int4, text), IMMUTABLE | STRICT, pad(fn, a, b, c, true),
               "fills up to a length at the left")
SQL_EXPRESSION(874, "rpad", text, (text, int4, text), IMMUTABLE | STRICT, pad(fn, a, b, c, false),
               "fills up to a length at the right")
SQL_EXPRESSION(879, "lpad", text, (text, int4), IMMUTABLE | IN_SQL | STRICT,
               pad(fn, a, b, STR(" "), true), "fills up to a length with spaces at the left")
SQL_EXPRESSION(880, "rpad", text, (text, int4), IMMUTABLE | IN_SQL | STRICT,
               pad(fn, a, b, STR(" "), false), "fills up to a length with spaces at the right")
SQL_EXPRESSION(875, "ltrim", text, (text, text), IMMUTABLE | STRICT | TOTAL, trim(a, b, TRIM_LEFT),
               "without the characters of a set at the left")
SQL_EXPRESSION(876, "rtrim", text, (text, text), IMMUTABLE | STRICT | TOTAL, trim(a, b, TRIM_RIGHT),
               "without the characters of a set at the right")
SQL_EXPRESSION(884, "btrim", text, (text, text), IMMUTABLE | STRICT | TOTAL, trim(a, b, TRIM_BOTH),
               "without the characters of a set at both ends")
SQL_EXPRESSION(881, "ltrim", text, (text), IMMUTABLE | STRICT | TOTAL, trim(a, STR(" "), TRIM_LEFT),
               "without spaces at the left")
SQL_EXPRESSION(882, "rtrim", text, (text), IMMUTABLE | STRICT | TOTAL,
               trim(a, STR(" "), TRIM_RIGHT), "without spaces at the right")
SQL_EXPRESSION(885, "btrim", text, (text), IMMUTABLE | STRICT | TOTAL, trim(a, STR(" "), TRIM_BOTH),
               "without spaces at both ends")
SQL_FUNCTION(2087, "replace", text, (text, text, text), IMMUTABLE | STRICT, replace,
             "every occurrence of a text replaced by another")
SQL_FUNCTION(878, "translate", text, (text, text, text), IMMUTABLE | STRICT, translate,
             "characters of a set replaced by those of another")
SQL_FUNCTION(1622, "repeat", text, (text, int4), IMMUTABLE | STRICT, repeat,
             "the text so many times")
SQL_FUNCTION(3062, "reverse", text, (text), IMMUTABLE | STRICT | TOTAL, reverse,
             "text with its characters reversed")
SQL_FUNCTION(1620, "ascii", int4, (text), IMMUTABLE | STRICT | TOTAL, ascii,
             "code point of the first character")
SQL_FUNCTION(1621, "chr", text, (int4), IMMUTABLE | STRICT, chr, "character of a code point")
SQL_EXPRESSION(1367, "character_length", int4, (bpchar), IMMUTABLE | STRICT | TOTAL,
               (int32_t)utf8_count(text_without_padding(a)), "characters without trailing spaces")
SQL_EXPRESSION(1369, "character_length", int4, (text), IMMUTABLE | STRICT | TOTAL,
               (int32_t)utf8_count(a), "characters")

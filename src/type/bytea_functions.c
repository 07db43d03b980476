/* SPDX-License-Identifier: Apache-2.0 */
/* bytea_functions.c - parts and bits of byte strings, and their text encodings: hex, base64, escape. */
#include "type/text.h"

#include "base/utf8.h"
#include "type/type_internal.h"

/* ---- Bytes and bits, counted from 0 */

static void check_index(int64_t index, int64_t count)
{
    if (index < 0 || index >= count)
        raise_error(SQLSTATE_ARRAY_SUBSCRIPT_ERROR,
                    "index %" PRId64 " out of valid range, 0..%" PRId64, index, count - 1);
}

static int32_t get_byte(Fn *fn, Str s, int32_t index)
{
    (void)fn;
    check_index(index, (int64_t)s.bytes);
    return (uint8_t)s.data[index];
}

static Str with_byte(Fn *fn, Str s, size_t index, uint8_t byte)
{
    char *copy = arena_copy(fn->arena, s.data, s.bytes);
    copy[index] = (char)byte;
    return (Str){copy, s.bytes};
}

static Str set_byte(Fn *fn, Str s, int32_t index, int32_t byte)
{
    check_index(index, (int64_t)s.bytes);
    return with_byte(fn, s, (size_t)index, (uint8_t)byte);
}

static int32_t get_bit(Fn *fn, Str s, int64_t index)
{
    (void)fn;
    check_index(index, (int64_t)s.bytes * 8);
    return (uint8_t)s.data[index / 8] >> index % 8 & 1;
}

static Str set_bit(Fn *fn, Str s, int64_t index, int32_t bit)
{
    check_index(index, (int64_t)s.bytes * 8);
    if (bit != 0 && bit != 1)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "new bit must be 0 or 1");
    const uint8_t mask = (uint8_t)(1 << index % 8), byte = (uint8_t)s.data[index / 8];
    return with_byte(fn, s, (size_t)(index / 8), (uint8_t)(bit ? byte | mask : byte & ~mask));
}

static int64_t bit_count(Fn *fn, Str s)
{
    int64_t count = 0;
    (void)fn;
    for (size_t i = 0; i < s.bytes; i++) count += __builtin_popcount((uint8_t)s.data[i]);
    return count;
}

/* ---- Parts */

static Str substring(Fn *fn, Str s, int32_t start, int32_t length)
{
    (void)fn;
    return text_part(s, start, length, true);
}

static Str substring_rest(Fn *fn, Str s, int32_t start)
{
    (void)fn;
    return text_part(s, start, INT64_C(1) << 32, true);
}

static Str overlay(Fn *fn, Str s, Str with, int32_t start, int32_t length)
{
    return text_overlay(fn->arena, s, with, start, length, true);
}

static Str overlay_as_long(Fn *fn, Str s, Str with, int32_t start)
{
    return text_overlay(fn->arena, s, with, start, (int32_t)with.bytes, true);
}

static int32_t position(Fn *fn, Str s, Str what)
{
    size_t at;
    (void)fn;
    return str_find(s, what, &at) ? (int32_t)at + 1 : 0;
}

static Str trim(Str s, Str set, bool at_left, bool at_right)
{
    size_t at;
    while (at_left && s.bytes && str_find_char(set, s.data[0], &at)) s = str_slice(s, 1, s.bytes);
    while (at_right && s.bytes && str_find_char(set, s.data[s.bytes - 1], &at)) s.bytes--;
    return s;
}

static Str reverse(Fn *fn, Str s)
{
    StrBuilder out = str_builder(fn->arena, s.bytes);
    for (size_t i = s.bytes; i > 0; i--) str_add_char(&out, s.data[i - 1]);
    return str_done(&out);
}

/* ---- encode and decode */

static void hex_encode(Str bytes, StrBuilder *out)
{
    bytea_print_hex(bytes, out);
}

static void escape_encode(Str bytes, StrBuilder *out)
{
    for (size_t i = 0; i < bytes.bytes; i++) {
        const uint8_t c = (uint8_t)bytes.data[i];
        if (c == 0 || c >= 0x80)
            str_add_format(out, "\\%03o", c);
        else if (c == '\\')
            str_add(out, STR("\\\\"));
        else
            str_add_char(out, (char)c);
    }
}

static const char base64_digits[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* A newline ends each line of 76 characters that has no padding. */
static void base64_encode(Str bytes, StrBuilder *out)
{
    enum { LINE_BYTES = 76 / 4 * 3 };
    for (size_t i = 0; i < bytes.bytes; i += 3) {
        const size_t n = MIN(bytes.bytes - i, (size_t)3);
        uint32_t group = 0;
        for (size_t k = 0; k < 3; k++)
            group = group << 8 | (k < n ? (uint8_t)bytes.data[i + k] : 0);
        for (size_t k = 0; k < 4; k++)
            str_add_char(out, k <= n ? base64_digits[group >> (18 - 6 * k) & 63] : '=');
        if (n == 3 && (i + 3) % LINE_BYTES == 0) str_add_char(out, '\n');
    }
}

static _Noreturn void raise_base64_symbol(Str rest)
{
    raise_error(SQLSTATE_INVALID_PARAMETER_VALUE,
                "invalid symbol \"%.*s\" found while decoding base64 sequence",
                STR_ARG(str_slice(rest, 0, utf8_length(rest.data[0]))));
}

/* Groups of four digits, white space anywhere; what stands behind an = counts as if it were padding too. */
static Str base64_decode(Arena *arena, Str text)
{
    StrBuilder out = str_builder(arena, text.bytes / 4 * 3 + 3);
    uint32_t group = 0, digits = 0, bytes_kept = 3;
    for (size_t i = 0; i < text.bytes; i++) {
        const char c = text.data[i];
        uint32_t digit = 0;
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r') continue;
        if (c == '=') {
            if (bytes_kept == 3 && digits < 2)
                raise_error(SQLSTATE_INVALID_PARAMETER_VALUE,
                            "unexpected \"=\" while decoding base64 sequence");
            if (bytes_kept == 3) bytes_kept = digits - 1;
        } else {
            const char *found = c ? strchr(base64_digits, c) : NULL;
            if (!found) raise_base64_symbol(str_slice(text, i, text.bytes));
            digit = (uint32_t)(found - base64_digits);
        }
        group = group << 6 | digit;
        if (++digits < 4) continue;
        for (uint32_t k = 0; k < bytes_kept; k++) str_add_char(&out, (char)(group >> (16 - 8 * k)));
        group = digits = 0;
    }
    if (digits) {
        Error *error = error_begin(SQLSTATE_INVALID_PARAMETER_VALUE);
        error_message(error, "invalid base64 end sequence");
        error_raise(
            error_hint(error,
                       "Input data is missing padding, is truncated, or is otherwise corrupted."));
    }
    return str_done(&out);
}

static Str hex_decode(Arena *arena, Str text)
{
    Str bytes;
    InputError err = {.arena = arena};
    if (!bytea_parse_hex(arena, text, &bytes, &err)) input_error_raise(&err);
    return bytes;
}

static Str escape_decode(Arena *arena, Str text)
{
    Str bytes;
    InputError err = {.arena = arena};
    if (!bytea_parse_escape(arena, text, &bytes, &err)) input_error_raise(&err);
    return bytes;
}

typedef struct Encoding {
    Str name;
    void (*encode)(Str bytes, StrBuilder *out);
    Str (*decode)(Arena *arena, Str text);
} Encoding;

static const Encoding *encoding_named(Str name)
{
    static const Encoding encodings[] = {
        {{"hex", 3}, hex_encode, hex_decode},
        {{"base64", 6}, base64_encode, base64_decode},
        {{"escape", 6}, escape_encode, escape_decode},
    };
    for (size_t i = 0; i < ARRAY_LEN(encodings); i++)
        if (str_equal_ascii_nocase(encodings[i].name, name)) return &encodings[i];
    raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "unrecognized encoding: \"%.*s\"", STR_ARG(name));
}

static Str encode(Fn *fn, Str bytes, Str name)
{
    StrBuilder out = str_builder(fn->arena, bytes.bytes * 2);
    encoding_named(name)->encode(bytes, &out);
    return str_done(&out);
}

static Str decode(Fn *fn, Str text, Str name)
{
    return encoding_named(name)->decode(fn->arena, text);
}

SQL_FUNCTION(721, "get_byte", int4, (bytea, int4), IMMUTABLE | STRICT, get_byte,
             "a byte, counted from 0")
SQL_FUNCTION(722, "set_byte", bytea, (bytea, int4, int4), IMMUTABLE | STRICT, set_byte,
             "a byte, counted from 0, changed")
SQL_FUNCTION(723, "get_bit", int4, (bytea, int8), IMMUTABLE | STRICT, get_bit,
             "a bit, counted from 0, the least of a byte first")
SQL_FUNCTION(724, "set_bit", bytea, (bytea, int8, int4), IMMUTABLE | STRICT, set_bit,
             "a bit, counted from 0, changed")
SQL_FUNCTION(6163, "bit_count", int8, (bytea), IMMUTABLE | STRICT | TOTAL, bit_count,
             "bits that are set")
SQL_EXPRESSION(1810, "bit_length", int4, (bytea), IMMUTABLE | STRICT, (int32_t)(a.bytes * 8),
               "length in bits")
SQL_EXPRESSION(1811, "bit_length", int4, (text), IMMUTABLE | STRICT, (int32_t)(a.bytes * 8),
               "length in bits")
SQL_FUNCTION(749, "overlay", bytea, (bytea, bytea, int4, int4), IMMUTABLE | STRICT, overlay,
             "puts bytes in place of a part")
SQL_FUNCTION(752, "overlay", bytea, (bytea, bytea, int4), IMMUTABLE | STRICT, overlay_as_long,
             "puts bytes in place of as many")
SQL_FUNCTION(2012, "substring", bytea, (bytea, int4, int4), IMMUTABLE | STRICT, substring,
             "bytes from a place on, so many")
SQL_FUNCTION(2013, "substring", bytea, (bytea, int4), IMMUTABLE | STRICT, substring_rest,
             "bytes from a place to the end")
SQL_FUNCTION(2085, "substr", bytea, (bytea, int4, int4), IMMUTABLE | STRICT, substring,
             "bytes from a place on, so many")
SQL_FUNCTION(2086, "substr", bytea, (bytea, int4), IMMUTABLE | STRICT, substring_rest,
             "bytes from a place to the end")
SQL_FUNCTION(2014, "position", int4, (bytea, bytea), IMMUTABLE | STRICT | TOTAL, position,
             "where bytes stand in others; 0: nowhere")
SQL_EXPRESSION(2015, "btrim", bytea, (bytea, bytea), IMMUTABLE | STRICT | TOTAL,
               trim(a, b, true, true), "without the bytes of a set at both ends")
SQL_EXPRESSION(6195, "ltrim", bytea, (bytea, bytea), IMMUTABLE | STRICT | TOTAL,
               trim(a, b, true, false), "without the bytes of a set at the left")
SQL_EXPRESSION(6196, "rtrim", bytea, (bytea, bytea), IMMUTABLE | STRICT | TOTAL,
               trim(a, b, false, true), "without the bytes of a set at the right")
SQL_FUNCTION(6382, "reverse", bytea, (bytea), IMMUTABLE | STRICT | TOTAL, reverse,
             "bytes in reverse order")
SQL_FUNCTION(1946, "encode", text, (bytea, text), IMMUTABLE | STRICT, encode,
             "bytes as hex, base64 or escape text")
SQL_FUNCTION(1947, "decode", bytea, (text, text), IMMUTABLE | STRICT, decode,
             "bytes of hex, base64 or escape text")

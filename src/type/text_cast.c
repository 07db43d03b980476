/* SPDX-License-Identifier: Apache-2.0 */
/* text_cast.c - conversions among text types, lengths, concatenation; bytes of integers. */
#include "type/text.h"

#include "base/utf8.h"

enum { NAME_BYTES_MAX = 63 };

static Str varchar_to_length(Fn *fn, Str s, int32_t typmod, bool explicit_cast)
{
    InputError err = {.arena = fn->arena};
    if (!text_fit(&s, typmod, explicit_cast, "character varying", &err)) input_error_raise(&err);
    return s;
}

static Str bpchar_to_length(Fn *fn, Str s, int32_t typmod, bool explicit_cast)
{
    InputError err = {.arena = fn->arena};
    if (!text_fit(&s, typmod, explicit_cast, "character", &err)) input_error_raise(&err);
    return text_pad(fn->arena, s, typmod);
}

static int16_t int4_to_char(Fn *fn, int32_t v)
{
    (void)fn;
    if (v < INT8_MIN || v > INT8_MAX)
        raise_error(SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE, "\"char\" out of range");
    return (uint8_t)v;
}

static int16_t text_to_char(Fn *fn, Str s)
{
    (void)fn;
    return char_of(s);
}

static Str char_to_text(Fn *fn, int16_t c)
{
    StrBuilder out = str_builder(fn->arena, 4);
    char_print(c, &out);
    return str_done(&out);
}

/* The byte itself: one that is no character makes no text. PostgreSQL refuses it as soon as the length is looked at. */
static Str char_to_bpchar(Fn *fn, int16_t c)
{
    const char byte = (char)c;
    const Str text = {&byte, byte != 0};
    InputError err = {.arena = fn->arena};
    if (!text_check_encoding(text, &err)) input_error_raise(&err);
    return str_copy(fn->arena, text);
}

static Str to_bytes(Fn *fn, uint64_t v, uint32_t bytes)
{
    StrBuilder out = str_builder(fn->arena, bytes);
    for (uint32_t i = bytes; i > 0; i--) str_add_char(&out, (char)(v >> (i - 1) * 8));
    return str_done(&out);
}

static uint64_t from_bytes(Str s, uint32_t bytes_max, const char *type_name)
{
    uint64_t v = 0;
    if (s.bytes > bytes_max)
        raise_error(SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE, "%s out of range", type_name);
    for (size_t i = 0; i < s.bytes; i++) v = v << 8 | (uint8_t)s.data[i];
    return v;
}

static Str name_with_oid(Fn *fn, Str name, uint32_t oid)
{
    const Str suffix = str_format(fn->arena, "_%u", oid);
    return str_concat(fn->arena, utf8_clip(name, NAME_BYTES_MAX - suffix.bytes), suffix);
}

SQL_EXPRESSION(401, "text", text, (bpchar), IMMUTABLE | STRICT | TOTAL, text_without_padding(a),
               "conversion, trailing spaces dropped")
SQL_EXPRESSION(406, "text", text, (name), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a, "conversion")
SQL_EXPRESSION(407, "name", name, (text), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               utf8_clip(a, NAME_BYTES_MAX), "conversion, cut to 63 bytes")
SQL_EXPRESSION(408, "bpchar", bpchar, (name), IMMUTABLE | STRICT | TOTAL, a, "conversion")
SQL_EXPRESSION(409, "name", name, (bpchar), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               utf8_clip(text_without_padding(a), NAME_BYTES_MAX), "conversion, cut to 63 bytes")
SQL_EXPRESSION(1400, "name", name, (varchar), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               utf8_clip(a, NAME_BYTES_MAX), "conversion, cut to 63 bytes")
SQL_EXPRESSION(1401, "varchar", varchar, (name), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a,
               "conversion")
SQL_FUNCTION(668, "bpchar", bpchar, (bpchar, int4, bool), IMMUTABLE | STRICT, bpchar_to_length,
             "fits to the length of a modifier")
SQL_FUNCTION(669, "varchar", varchar, (varchar, int4, bool), IMMUTABLE | STRICT, varchar_to_length,
             "fits to the length of a modifier")
SQL_FACTS(669, .support = 3097)
SQL_EXPRESSION(77, "int4", int4, (char), IMMUTABLE | STRICT | TOTAL, (int8_t)a,
               "the byte as a signed number")
SQL_FUNCTION(78, "char", char, (int4), IMMUTABLE | STRICT, int4_to_char,
             "the byte of a number from -128 to 127")
SQL_FUNCTION(944, "char", char, (text), IMMUTABLE | STRICT, text_to_char, "first byte of a text")
SQL_FUNCTION(946, "text", text, (char), IMMUTABLE | STRICT, char_to_text, "conversion")
SQL_FUNCTION(860, "bpchar", bpchar, (char), IMMUTABLE | STRICT, char_to_bpchar, "conversion")
SQL_EXPRESSION(6367, "bytea", bytea, (int2), IMMUTABLE | STRICT | LEAKPROOF,
               to_bytes(fn, (uint64_t)a, 2), "big-endian bytes of a number")
SQL_EXPRESSION(6368, "bytea", bytea, (int4), IMMUTABLE | STRICT | LEAKPROOF,
               to_bytes(fn, (uint64_t)a, 4), "big-endian bytes of a number")
SQL_EXPRESSION(6369, "bytea", bytea, (int8), IMMUTABLE | STRICT | LEAKPROOF,
               to_bytes(fn, (uint64_t)a, 8), "big-endian bytes of a number")
SQL_EXPRESSION(6370, "int2", int2, (bytea), IMMUTABLE | STRICT,
               (int16_t)from_bytes(a, 2, "smallint"), "number of big-endian bytes")
SQL_EXPRESSION(6371, "int4", int4, (bytea), IMMUTABLE | STRICT,
               (int32_t)from_bytes(a, 4, "integer"), "number of big-endian bytes")
SQL_EXPRESSION(6372, "int8", int8, (bytea), IMMUTABLE | STRICT, (int64_t)from_bytes(a, 8, "bigint"),
               "number of big-endian bytes")
SQL_EXPRESSION(1258, "textcat", text, (text, text), IMMUTABLE | STRICT, str_concat(fn->arena, a, b),
               "one text behind the other")
SQL_EXPRESSION(2011, "byteacat", bytea, (bytea, bytea), IMMUTABLE | STRICT,
               str_concat(fn->arena, a, b), "one byte string behind the other")
SQL_EXPRESSION(1257, "textlen", int4, (text), IMMUTABLE | STRICT | TOTAL, (int32_t)utf8_count(a),
               "characters")
SQL_EXPRESSION(1317, "length", int4, (text), IMMUTABLE | STRICT | TOTAL, (int32_t)utf8_count(a),
               "characters")
SQL_EXPRESSION(1381, "char_length", int4, (text), IMMUTABLE | STRICT | TOTAL,
               (int32_t)utf8_count(a), "characters")
SQL_EXPRESSION(1318, "length", int4, (bpchar), IMMUTABLE | STRICT | TOTAL,
               (int32_t)utf8_count(text_without_padding(a)), "characters without trailing spaces")
SQL_EXPRESSION(1372, "char_length", int4, (bpchar), IMMUTABLE | STRICT | TOTAL,
               (int32_t)utf8_count(text_without_padding(a)), "characters without trailing spaces")
SQL_EXPRESSION(720, "octet_length", int4, (bytea), IMMUTABLE | STRICT | TOTAL, (int32_t)a.bytes,
               "bytes")
SQL_EXPRESSION(1374, "octet_length", int4, (text), IMMUTABLE | STRICT | TOTAL, (int32_t)a.bytes,
               "bytes")
SQL_EXPRESSION(1375, "octet_length", int4, (bpchar), IMMUTABLE | STRICT | TOTAL, (int32_t)a.bytes,
               "bytes")
SQL_EXPRESSION(2010, "length", int4, (bytea), IMMUTABLE | STRICT | TOTAL, (int32_t)a.bytes, "bytes")
SQL_FUNCTION(266, "nameconcatoid", name, (name, oid), IMMUTABLE | STRICT, name_with_oid,
             "a name, an underscore and a number, cut to 63 bytes")

SQL_OPERATOR(654, "||", text, text, text, textcat)
SQL_OPERATOR(2018, "||", bytea, bytea, bytea, byteacat)

SQL_CAST(10125, text, bpchar, BINARY, IMPLICIT)
SQL_CAST(10126, text, varchar, BINARY, IMPLICIT)
SQL_CAST(10127, bpchar, text, 401, IMPLICIT)
SQL_CAST(10128, bpchar, varchar, 401, IMPLICIT)
SQL_CAST(10129, varchar, text, BINARY, IMPLICIT)
SQL_CAST(10130, varchar, bpchar, BINARY, IMPLICIT)
SQL_CAST(10131, char, text, 946, IMPLICIT)
SQL_CAST(10132, char, bpchar, 860, ASSIGNMENT)
SQL_CAST(10133, char, varchar, 946, ASSIGNMENT)
SQL_CAST(10134, name, text, 406, IMPLICIT)
SQL_CAST(10135, name, bpchar, 408, ASSIGNMENT)
SQL_CAST(10136, name, varchar, 1401, ASSIGNMENT)
SQL_CAST(10137, text, char, 944, ASSIGNMENT)
SQL_CAST(10138, bpchar, char, 944, ASSIGNMENT)
SQL_CAST(10139, varchar, char, 944, ASSIGNMENT)
SQL_CAST(10140, text, name, 407, IMPLICIT)
SQL_CAST(10141, bpchar, name, 409, IMPLICIT)
SQL_CAST(10142, varchar, name, 1400, IMPLICIT)
SQL_CAST(10143, int2, bytea, 6367, EXPLICIT)
SQL_CAST(10144, int4, bytea, 6368, EXPLICIT)
SQL_CAST(10145, int8, bytea, 6369, EXPLICIT)
SQL_CAST(10146, bytea, int2, 6370, EXPLICIT)
SQL_CAST(10147, bytea, int4, 6371, EXPLICIT)
SQL_CAST(10148, bytea, int8, 6372, EXPLICIT)
SQL_CAST(10149, char, int4, 77, EXPLICIT)
SQL_CAST(10150, int4, char, 78, EXPLICIT)
SQL_CAST(10197, bool, text, 2971, ASSIGNMENT)
SQL_CAST(10202, bool, varchar, 2971, ASSIGNMENT)
SQL_CAST(10207, bool, bpchar, 2971, ASSIGNMENT)
SQL_CAST(10210, bpchar, bpchar, 668, IMPLICIT)
SQL_CAST(10211, varchar, varchar, 669, IMPLICIT)

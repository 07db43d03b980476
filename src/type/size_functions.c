/* SPDX-License-Identifier: Apache-2.0 */
/* size_functions.c - numbers of bytes as people read and write them, and how much a value takes. */
#include "type/type.h"

#include "base/builtins.h"
#include "base/oids.h"
#include "base/task.h"
#include "type/array.h"
#include "type/numeric.h"

/* A unit is left for the next one when the number, in halves of the unit where `halves`, reaches `limit`. */
typedef struct SizeUnit {
    const char *name;
    int32_t limit;
    bool halves;
    uint8_t bits; /* its bytes are 1 << bits */
} SizeUnit;
static const SizeUnit units[] = {
    {"bytes", 10 * 1024, false, 0},  {"kB", 20 * 1024 - 1, true, 10},
    {"MB", 20 * 1024 - 1, true, 20}, {"GB", 20 * 1024 - 1, true, 30},
    {"TB", 20 * 1024 - 1, true, 40}, {"PB", 20 * 1024 - 1, true, 50},
};

/* How far the number is shifted from unit `i` to the next: one bit less where that one counts halves. */
static uint32_t shift_after(size_t i)
{
    return (uint32_t)(units[i + 1].bits - units[i].bits) - (units[i + 1].halves ? 1 : 0) +
           (units[i].halves ? 1 : 0);
}

static Str size_pretty(Fn *fn, int64_t size)
{
    size_t i = 0;
    for (; i + 1 < ARRAY_LEN(units); i++) {
        const uint64_t magnitude = size < 0 ? -(uint64_t)size : (uint64_t)size;
        if (magnitude < (uint64_t)units[i].limit) break;
        size /= INT64_C(1) << shift_after(i);
    }
    if (units[i].halves) size = (size + (size < 0 ? -1 : 1)) / 2;
    return str_format(fn->arena, "%" PRId64 " %s", size, units[i].name);
}
SQL_FUNCTION(2288, "pg_size_pretty", text, (int8), IMMUTABLE | STRICT, size_pretty,
             "a number of bytes in the unit that suits it")

static Decimal absolute(Arena *arena, Decimal v)
{
    return decimal_sign(v) < 0 ? decimal_negate(arena, v) : v;
}

static Str numeric_size_pretty(Fn *fn, Decimal size)
{
    Arena *arena = fn->arena;
    size_t i = 0;
    for (; i + 1 < ARRAY_LEN(units); i++) {
        if (decimal_compare(absolute(arena, size), decimal_small(units[i].limit, 0)) < 0) break;
        size = decimal_quotient(arena, size, decimal_small(INT64_C(1) << shift_after(i), 0));
    }
    if (units[i].halves) {
        const Decimal one = decimal_small(decimal_sign(size) < 0 ? -1 : 1, 0);
        size = decimal_quotient(arena, decimal_add(arena, size, one), decimal_small(2, 0));
    }
    StrBuilder out = str_builder(arena, 32);
    decimal_print(size, arena, &out);
    str_add_format(&out, " %s", units[i].name);
    return str_done(&out);
}
SQL_FUNCTION(3166, "pg_size_pretty", text, (numeric), IMMUTABLE | STRICT, numeric_size_pretty,
             "a number of bytes in the unit that suits it")

static bool is_digit(Str s, size_t at)
{
    return at < s.bytes && s.data[at] >= '0' && s.data[at] <= '9';
}

static size_t skip_digits(Str s, size_t at)
{
    while (is_digit(s, at)) at++;
    return at;
}

/* Where the number at the front ends; 0: there is none. An "e" without digits behind it is of the unit. */
static size_t number_end(Str s)
{
    size_t at = s.bytes && (s.data[0] == '-' || s.data[0] == '+') ? 1 : 0;
    const size_t whole = at;
    at = skip_digits(s, at);
    bool any = at > whole;
    if (at < s.bytes && s.data[at] == '.') {
        const size_t fraction = skip_digits(s, at + 1);
        any |= fraction > at + 1;
        at = fraction;
    }
    if (!any) return 0;
    if (at < s.bytes && (s.data[at] == 'e' || s.data[at] == 'E')) {
        size_t sign = at + 1;
        if (sign < s.bytes && (s.data[sign] == '-' || s.data[sign] == '+')) sign++;
        if (is_digit(s, sign)) at = skip_digits(s, sign);
    }
    return at;
}

static int unit_bits(Str name)
{
    if (!name.bytes || str_equal_ascii_nocase(name, STR("b"))) return 0;
    for (size_t i = 0; i < ARRAY_LEN(units); i++)
        if (str_equal_ascii_nocase(name, str_from(units[i].name))) return units[i].bits;
    return -1;
}

static int64_t size_bytes(Fn *fn, Str text)
{
    const Str trimmed = str_trim(text, " \t\r\n\v\f");
    const size_t end = number_end(trimmed);
    if (!end)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "invalid size: \"%.*s\"", STR_ARG(text));
    const Str unit = str_trim(str_slice(trimmed, end, trimmed.bytes), " \t\r\n\v\f");
    const int bits = unit_bits(unit);
    if (bits < 0) {
        Error *error = error_begin(SQLSTATE_INVALID_PARAMETER_VALUE);
        error_message(error, "invalid size: \"%.*s\"", STR_ARG(text));
        error_detail(error, "Invalid size unit: \"%.*s\".", STR_ARG(unit));
        error_hint(error,
                   "Valid units are \"bytes\", \"B\", \"kB\", \"MB\", \"GB\", \"TB\", and \"PB\".");
        error_raise(error);
    }
    InputError err = {.arena = fn->arena};
    Decimal number;
    int64_t bytes;
    if (!decimal_parse(fn->arena, str_slice(trimmed, 0, end), &number, &err))
        input_error_raise(&err);
    number = decimal_multiply(fn->arena, number, decimal_small(INT64_C(1) << bits, 0));
    if (!decimal_to_i64(fn->arena, number, &bytes))
        raise_error(SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE, "bigint out of range");
    return bytes;
}
SQL_FUNCTION(3334, "pg_size_bytes", int8, (text), IMMUTABLE | STRICT, size_bytes,
             "number of bytes that a text like 10 MB names")

static Datum type_of(Fn *fn, const Datum *args)
{
    (void)args;
    return (Datum){.value.u32 = fn->arg_types[0]};
}
SQL_FUNCTION_DATUM(1619, "pg_typeof", regtype, (any), STABLE, type_of, "type of the argument")

/* ---- How much a value takes in PostgreSQL's form, in front of which values of no fixed length have a word with their
 * length. Of numeric and of arrays, whose form here is another, it is computed; of other types Tusk's form counts. */

enum { LENGTH_WORD = 4 };

static size_t value_size(const Fn *fn, const Type *type, const Value *value);

/* A head of two bytes, or of four where the scale or the power of the first digit is large; two bytes a digit, which
 * stand for four decimal places from the point on, without zeros before the first and behind the last. */
static size_t numeric_size(Arena *arena, Decimal v)
{
    enum { PLACES = 4, SHORT_SCALE_MAX = 63, SHORT_WEIGHT_MAX = 63, SHORT_WEIGHT_MIN = -64 };
    StrBuilder out = str_builder(arena, 32);
    decimal_print(v, arena, &out);
    const Str text = str_done(&out);
    const size_t start = text.bytes && text.data[0] == '-';
    size_t point = start;
    while (is_digit(text, point)) point++;
    if (point == start) return LENGTH_WORD + 2; /* NaN and the infinities */
    const int64_t scale = point < text.bytes ? (int64_t)(text.bytes - point - 1) : 0;
    int64_t first = INT64_MIN, last = 0;
    for (size_t i = start; i < text.bytes; i++) {
        if (i == point || text.data[i] == '0') continue;
        /* which digit it is part of: 0 that before the point, 1 that before it, -1 that behind it */
        const int64_t place = i < point ? (int64_t)(point - 1 - i) / PLACES
                                        : -1 - (int64_t)(i - point - 1) / PLACES;
        if (first == INT64_MIN) first = place;
        last = place;
    }
    const size_t digits = first == INT64_MIN ? 0 : (size_t)(first - last + 1);
    const int64_t weight = digits ? first : 0;
    const bool is_short = scale <= SHORT_SCALE_MAX && weight <= SHORT_WEIGHT_MAX &&
                          weight >= SHORT_WEIGHT_MIN;
    return LENGTH_WORD + (is_short ? 2 : 4) + 2 * digits;
}

static size_t aligned(size_t bytes, char align)
{
    const size_t unit = align == 'd' ? 8 : align == 'i' ? 4 : align == 's' ? 2 : 1;
    return (bytes + unit - 1) / unit * unit;
}

/* A head of four words, two words a dimension, a bit a value where there are NULLs, and the values, each aligned. */
static size_t array_size(const Fn *fn, Str stored)
{
    enum { HEAD = 16, DIMENSION = 8 };
    ArrayView view;
    if (!array_view(stored, &view)) return LENGTH_WORD + stored.bytes;
    const Type *element = type_get(fn->env, view.element);
    bool nulls = view.shape.bitmap;
    size_t bytes = 0;
    for (uint32_t i = 0; i < view.count; i++) {
        task_check();
        const Datum item = array_get(&view, element, i);
        nulls |= item.null;
        if (!item.null)
            bytes = aligned(bytes + value_size(fn, element, &item.value), element->align);
    }
    const size_t head = HEAD + DIMENSION * (size_t)view.shape.dimensions;
    return (nulls ? aligned(head + (view.count + 7) / 8, 'd') : head) + bytes;
}

static size_t value_size(const Fn *fn, const Type *type, const Value *value)
{
    task_check_stack();
    if (type->bytes > 0) return (size_t)type->bytes;
    if (type->bytes == -2) return strview_str(&value->str).bytes + 1;
    if (type->oid == OID_NUMERIC) return numeric_size(fn->arena, value->decimal);
    if (type->category == 'A') return array_size(fn, strview_str(&value->str));
    StrBuilder out = str_builder(fn->arena, 64);
    type_store(type, value, &out);
    return str_done(&out).bytes + LENGTH_WORD;
}

static Datum column_size(Fn *fn, const Datum *args)
{
    const size_t bytes = value_size(fn, type_get(fn->env, fn->arg_types[0]), &args[0].value);
    return (Datum){.value.i32 = (int32_t)MIN(bytes, (size_t)INT32_MAX)};
}
SQL_FUNCTION_DATUM(1269, "pg_column_size", int4, (any), STABLE | STRICT, column_size,
                   "number of bytes that a value takes when it is stored")

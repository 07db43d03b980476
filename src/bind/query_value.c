/* SPDX-License-Identifier: Apache-2.0 */
/* query_value.c - constants inside query trees: copied by value_copy, compared by bytes, printed and read back. */
#include "bind/query_value.h"

static void value_copy_extern(Arena *arena, void *to, const void *from)
{
    const QueryValue *source = from;
    QueryValue *copy = to;
    *copy = *source;
    if (!source->datum.null)
        copy->datum.value = value_copy(arena, (Phys)source->phys, source->datum.value);
}

/* The bytes that are the value: of text and big decimals what is pointed to. */
static Bytes value_bytes(const QueryValue *value)
{
    const Value *v = &value->datum.value;
    if (value->phys == PHYS_STR) {
        Str s = strview_str(&v->str);
        return (Bytes){(const uint8_t *)s.data, s.bytes};
    }
    if (value->phys == PHYS_DECIMAL && v->decimal.kind == DECIMAL_BIG)
        return (Bytes){v->decimal.big, v->decimal.bytes};
    return (Bytes){(const uint8_t *)v, phys_bytes((Phys)value->phys)};
}

static bool is_big(const QueryValue *value)
{
    return value->phys == PHYS_DECIMAL && value->datum.value.decimal.kind == DECIMAL_BIG;
}

static bool value_equal(const void *a, const void *b)
{
    const QueryValue *x = a, *y = b;
    if (x->phys != y->phys || x->datum.null != y->datum.null) return false;
    if (x->datum.null) return true;
    if (is_big(x) != is_big(y)) return false;
    if (x->phys == PHYS_DECIMAL && !is_big(x))
        return x->datum.value.decimal.scale == y->datum.value.decimal.scale &&
               x->datum.value.decimal.coefficient == y->datum.value.decimal.coefficient;
    Bytes p = value_bytes(x), q = value_bytes(y);
    return p.bytes == q.bytes && memcmp(p.data, q.data, p.bytes) == 0;
}

static void print_hex(StrBuilder *out, Bytes bytes)
{
    static const char digits[] = "0123456789abcdef";
    char *to = str_add_space(out, 2 * bytes.bytes);
    for (size_t i = 0; i < bytes.bytes; i++) {
        to[2 * i] = digits[bytes.data[i] >> 4];
        to[2 * i + 1] = digits[bytes.data[i] & 15];
    }
}

static void value_print(StrBuilder *out, const void *value)
{
    const QueryValue *v = value;
    if (v->datum.null) {
        str_add_format(out, "null:%s", phys_name((Phys)v->phys));
        return;
    }
    str_add_zero_terminated(out, phys_name((Phys)v->phys));
    str_add_char(out, ':');
    switch ((Phys)v->phys) {
    case PHYS_BOOL: str_add(out, v->datum.value.b ? STR("true") : STR("false")); return;
    case PHYS_I16: str_add_i64(out, v->datum.value.i16); return;
    case PHYS_I32: str_add_i64(out, v->datum.value.i32); return;
    case PHYS_I64: str_add_i64(out, v->datum.value.i64); return;
    case PHYS_F32:
    case PHYS_F64:
    case PHYS_FIXED16:
    case PHYS_STR: print_hex(out, value_bytes(v)); return;
    case PHYS_DECIMAL:
        if (is_big(v))
            str_add(out, STR("big:")), print_hex(out, value_bytes(v));
        else
            str_add_format(out, "%lld/%d", (long long)v->datum.value.decimal.coefficient,
                           v->datum.value.decimal.scale);
        return;
    case PHYS_COUNT: break;
    }
    UNREACHABLE();
}

/* Reading back. */

static bool read_hex(Arena *arena, Str word, Bytes *bytes)
{
    if (word.bytes % 2) return false;
    uint8_t *data = arena_alloc(arena, word.bytes / 2);
    for (size_t i = 0; i < word.bytes / 2; i++) {
        uint64_t byte;
        if (!str_to_u64(str_slice(word, 2 * i, 2 * i + 2), 16, &byte)) return false;
        data[i] = (uint8_t)byte;
    }
    *bytes = (Bytes){data, word.bytes / 2};
    return true;
}

static bool read_decimal(Arena *arena, Str word, Decimal *decimal)
{
    if (str_starts(word, STR("big:"))) {
        Bytes bytes;
        if (!read_hex(arena, str_slice(word, 4, word.bytes), &bytes)) return false;
        *decimal = (Decimal){.kind = DECIMAL_BIG,
                             .bytes = (uint32_t)bytes.bytes,
                             .big = bytes.data};
        return true;
    }
    size_t slash;
    int64_t coefficient, scale;
    if (!str_find_char(word, '/', &slash) || !str_to_i64(str_slice(word, 0, slash), &coefficient) ||
        !str_to_i64(str_slice(word, slash + 1, word.bytes), &scale) || scale < 0 || scale > 18)
        return false;
    *decimal = (Decimal){.kind = DECIMAL_SMALL,
                         .scale = (uint16_t)scale,
                         .coefficient = coefficient};
    return true;
}

static bool read_integer(Str word, Phys phys, Value *value)
{
    int64_t number;
    if (!str_to_i64(word, &number)) return false;
    if (phys == PHYS_I16)
        value->i16 = (int16_t)number;
    else if (phys == PHYS_I32)
        value->i32 = (int32_t)number;
    else
        value->i64 = number;
    return true;
}

static bool read_bytes(Arena *arena, Str word, Phys phys, Value *value)
{
    Bytes bytes;
    if (!read_hex(arena, word, &bytes)) return false;
    if (phys == PHYS_STR) {
        value->str = strview((Str){(const char *)bytes.data, bytes.bytes});
        return true;
    }
    if (bytes.bytes != phys_bytes(phys)) return false;
    if (bytes.bytes) memcpy(value, bytes.data, bytes.bytes);
    return true;
}

static bool read_payload(Arena *arena, Str word, Phys phys, Value *value)
{
    switch (phys) {
    case PHYS_BOOL: value->b = str_equal(word, STR("true")); return true;
    case PHYS_I16:
    case PHYS_I32:
    case PHYS_I64: return read_integer(word, phys, value);
    case PHYS_F32:
    case PHYS_F64:
    case PHYS_FIXED16:
    case PHYS_STR: return read_bytes(arena, word, phys, value);
    case PHYS_DECIMAL: return read_decimal(arena, word, &value->decimal);
    case PHYS_COUNT: break;
    }
    return false;
}

static bool phys_named(Str name, uint8_t *phys)
{
    for (uint32_t i = 0; i < PHYS_COUNT; i++)
        if (str_equal(name, str_from(phys_name((Phys)i)))) {
            *phys = (uint8_t)i;
            return true;
        }
    return false;
}

static bool value_read(Arena *arena, Str word, void *value)
{
    QueryValue *v = value;
    size_t colon;
    *v = (QueryValue){0};
    if (!str_find_char(word, ':', &colon)) return false;
    Str head = str_slice(word, 0, colon), tail = str_slice(word, colon + 1, word.bytes);
    if (str_equal(head, STR("null"))) {
        v->datum.null = true;
        return phys_named(tail, &v->phys);
    }
    return phys_named(head, &v->phys) && read_payload(arena, tail, (Phys)v->phys, &v->datum.value);
}

const NodeExtern query_value_extern = {
    .bytes = sizeof(QueryValue),
    .copy = value_copy_extern,
    .equal = value_equal,
    .print = value_print,
    .read = value_read,
};

/* SPDX-License-Identifier: Apache-2.0 */
/* float.c - real and double precision as types: text, wire, order, keys. */
#include "type/float.h"

#include "base/float_text.h"
#include "base/hash.h"
#include "base/settings.h"
#include "type/type_internal.h"

/* The number that a text begins with, as far as it is one in decimal digits. */
static Str leading_number(Str s)
{
    size_t at = s.bytes && (s.data[0] == '-' || s.data[0] == '+');
    while (at < s.bytes && is_digit(s.data[at])) at++;
    if (at < s.bytes && s.data[at] == '.') at++;
    while (at < s.bytes && is_digit(s.data[at])) at++;
    if (at < s.bytes && (s.data[at] | 32) == 'e') {
        size_t digits = at + 1;
        if (digits < s.bytes && (s.data[digits] == '-' || s.data[digits] == '+')) digits++;
        if (digits < s.bytes && is_digit(s.data[digits])) at = digits;
        while (at < s.bytes && is_digit(s.data[at])) at++;
    }
    return str_slice(s, 0, at);
}

static bool read_failed(FloatRead how, const char *type_name, Str text, InputError *err)
{
    if (how == FLOAT_READ_SYNTAX) return type__bad_syntax(err, type_name, text);
    return input_error(err, SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE,
                       "\"%.*s\" is out of range for type %s", STR_ARG(text), type_name);
}

bool float8_parse(Str text, double *value, InputError *err)
{
    Str number = type__trim(text);
    FloatRead how = f64_read(number, value);
    if (how == FLOAT_READ_OK) return true;
    /* A number out of range is told before what stands behind it. */
    if (how == FLOAT_READ_SYNTAX) {
        number = leading_number(number);
        if (f64_read(number, value) == FLOAT_READ_RANGE) how = FLOAT_READ_RANGE;
    }
    return read_failed(how, "double precision", how == FLOAT_READ_RANGE ? number : text, err);
}

bool float4_parse(Str text, float *value, InputError *err)
{
    Str number = type__trim(text);
    FloatRead how = f32_read(number, value);
    if (how == FLOAT_READ_OK) return true;
    if (how == FLOAT_READ_SYNTAX) {
        number = leading_number(number);
        if (f32_read(number, value) == FLOAT_READ_RANGE) how = FLOAT_READ_RANGE;
    }
    return read_failed(how, "real", how == FLOAT_READ_RANGE ? number : text, err);
}

enum { FLOAT4_DIGITS = 6, FLOAT8_DIGITS = 15 };

void float8_print(const FnEnv *env, double v, StrBuilder *out)
{
    char text[FLOAT_TEXT_MAX];
    const int32_t extra = env ? env->settings->extra_float_digits : 1;
    const size_t bytes = extra > 0 ? f64_print_shortest(text, v)
                                   : f64_print_digits(text, v, MAX(FLOAT8_DIGITS + extra, 1));
    str_add(out, (Str){text, bytes});
}

void float4_print(const FnEnv *env, float v, StrBuilder *out)
{
    char text[FLOAT_TEXT_MAX];
    const int32_t extra = env ? env->settings->extra_float_digits : 1;
    const size_t bytes = extra > 0
                             ? f32_print_shortest(text, v)
                             : f64_print_digits(text, (double)v, MAX(FLOAT4_DIGITS + extra, 1));
    str_add(out, (Str){text, bytes});
}

/* Keys: negative numbers inverted, others with the sign bit flipped; -0 as 0 and every NaN as one. */
static uint64_t float8_key_bits(double v)
{
    uint64_t bits;
    if (v == 0) v = 0.0;
    if (isnan(v)) return UINT64_MAX;
    memcpy(&bits, &v, sizeof bits);
    return bits >> 63 ? ~bits : bits | UINT64_C(1) << 63;
}

static uint32_t float4_key_bits(float v)
{
    uint32_t bits;
    if (v == 0) v = 0.0f;
    if (isnan(v)) return UINT32_MAX;
    memcpy(&bits, &v, sizeof bits);
    return bits >> 31 ? ~bits : bits | 1u << 31;
}

#define FLOAT_TYPE(name, member, CType, bits)                                                     \
    static bool name##_parse_value(const TypeCall *call, Str text, Value *value, InputError *err) \
    {                                                                                             \
        (void)call;                                                                               \
        return name##_parse(text, &value->member, err);                                           \
    }                                                                                             \
    static void name##_print_value(const TypeCall *call, const Value *value, StrBuilder *out)     \
    {                                                                                             \
        name##_print(call->env, value->member, out);                                              \
    }                                                                                             \
    static bool name##_receive(const TypeCall *call, Bytes wire, Value *value, InputError *err)   \
    {                                                                                             \
        uint##bits##_t word;                                                                      \
        (void)call;                                                                               \
        if (!type__wire_expect(wire, sizeof word, err)) return false;                             \
        word = load_be##bits(wire.data);                                                          \
        memcpy(&value->member, &word, sizeof word);                                               \
        return true;                                                                              \
    }                                                                                             \
    static void name##_send(const TypeCall *call, const Value *value, StrBuilder *out)            \
    {                                                                                             \
        uint##bits##_t word;                                                                      \
        (void)call;                                                                               \
        memcpy(&word, &value->member, sizeof word);                                               \
        wire_put_u##bits(out, word);                                                              \
    }                                                                                             \
    static int name##_compare(const TypeCall *call, const Value *a, const Value *b)               \
    {                                                                                             \
        (void)call;                                                                               \
        return float_compare((double)a->member, (double)b->member);                               \
    }                                                                                             \
    static uint64_t name##_hash(const TypeCall *call, const Value *value)                         \
    {                                                                                             \
        (void)call;                                                                               \
        return hash_u64(float8_key_bits((double)value->member));                                  \
    }                                                                                             \
    static KeyExactness name##_key(const TypeCall *call, const Value *value, StrBuilder *out)     \
    {                                                                                             \
        (void)call;                                                                               \
        key_put_u##bits(out, name##_key_bits(value->member));                                     \
        return KEY_EXACT;                                                                         \
    }
FLOAT_TYPE(float4, f32, float, 32)
FLOAT_TYPE(float8, f64, double, 64)

SQL_TYPE(700, "float4", .phys = PHYS_F32, .category = 'N', .bytes = 4, .align = 'i', .storage = 'p',
         .by_value = true, .array = 1021, .text = "floating-point number of 32 bits",
         .parse = float4_parse_value, .print = float4_print_value, .receive = float4_receive,
         .send = float4_send, .compare = float4_compare, .hash = float4_hash,
         .sort_key = float4_key)
SQL_TYPE(701, "float8", .phys = PHYS_F64, .category = 'N', .bytes = 8, .align = 'd', .storage = 'p',
         .by_value = true, .preferred = true, .array = 1022,
         .text = "floating-point number of 64 bits", .parse = float8_parse_value,
         .print = float8_print_value, .receive = float8_receive, .send = float8_send,
         .compare = float8_compare, .hash = float8_hash, .sort_key = float8_key)

SQL_TYPE_FUNCTION(200, "float4in", float4, (cstring), IMMUTABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(201, "float4out", cstring, (float4), IMMUTABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(214, "float8in", float8, (cstring), IMMUTABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(215, "float8out", cstring, (float8), IMMUTABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(2425, "float4send", bytea, (float4), IMMUTABLE | STRICT, SEND, "")
SQL_TYPE_FUNCTION(2427, "float8send", bytea, (float8), IMMUTABLE | STRICT, SEND, "")
SQL_TYPE_FUNCTION(2424, "float4recv", float4, (internal), IMMUTABLE | STRICT, RECEIVE, "")
SQL_TYPE_FUNCTION(2426, "float8recv", float8, (internal), IMMUTABLE | STRICT, RECEIVE, "")

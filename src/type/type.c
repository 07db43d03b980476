/* SPDX-License-Identifier: Apache-2.0 */
/* type.c - the registry of types, and what is the same for all of them: stored forms of fixed kinds, key markers and
 * escapes, errors for what a type lacks. */
#include "type/type.h"

#include "base/arith.h"
#include "base/builtins.h"
#include "base/oids.h"
#include "type/type_internal.h"

const Type *type_find(const FnEnv *env, Oid oid)
{
    const BuiltinType *builtin = builtin_type(oid);
    if (builtin) return builtin->type;
    return env && env->calls && env->calls->type_find ? env->calls->type_find(env->calls_arg, oid)
                                                      : NULL;
}

const Type *type_get(const FnEnv *env, Oid oid)
{
    const Type *type = type_find(env, oid);
    if (!type) {
        const BuiltinType *row = builtin_type(oid);
        if (row) raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "type %s has no values", row->name);
        raise_error(SQLSTATE_INTERNAL_ERROR, "cache lookup failed for type %u", oid);
    }
    return type;
}

bool type_parse(const TypeCall *call, Str text, Value *value, InputError *err)
{
    if (!call->type->parse)
        return input_error(err, SQLSTATE_FEATURE_NOT_SUPPORTED, "cannot accept a value of type %s",
                           call->type->name);
    return call->type->parse(call, text, value, err);
}

void type_print_to(const TypeCall *call, const Value *value, StrBuilder *out)
{
    if (!call->type->print)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "cannot display a value of type %s",
                    call->type->name);
    call->type->print(call, value, out);
}

Str type_print(const TypeCall *call, const Value *value)
{
    StrBuilder out = str_builder(call->arena, 32);
    type_print_to(call, value, &out);
    return str_done(&out);
}

static const char *type_display_name(const TypeCall *call)
{
    const FnEnv *env = call->env;
    if (!env || !env->calls || !env->calls->type_name) return call->type->name;
    return str_copy_zero(call->arena,
                         env->calls->type_name(env->calls_arg, call->arena, call->type->oid, -1));
}

int type_compare(const TypeCall *call, const Value *a, const Value *b)
{
    if (!call->type->compare)
        raise_error(SQLSTATE_UNDEFINED_FUNCTION,
                    "could not identify a comparison function for type %s",
                    type_display_name(call));
    return call->type->compare(call, a, b);
}

bool type_equal(const TypeCall *call, const Value *a, const Value *b)
{
    if (call->type->equal) return call->type->equal(call, a, b);
    if (!call->type->compare)
        raise_error(SQLSTATE_UNDEFINED_FUNCTION,
                    "could not identify an equality operator for type %s", type_display_name(call));
    return call->type->compare(call, a, b) == 0;
}

uint64_t type_hash(const TypeCall *call, const Value *value)
{
    if (!call->type->hash)
        raise_error(SQLSTATE_UNDEFINED_FUNCTION, "could not identify a hash function for type %s",
                    type_display_name(call));
    return call->type->hash(call, value);
}

enum { KEY_NULL_FIRST = 0, KEY_VALUE = 1, KEY_NULL_LAST = 2 };

KeyExactness type_key(const TypeCall *call, const Datum *datum, KeyOrder order, StrBuilder *out)
{
    if (datum->null) {
        str_add_char(out, order & KEY_NULLS_FIRST ? KEY_NULL_FIRST : KEY_NULL_LAST);
        return KEY_EXACT;
    }
    str_add_char(out, KEY_VALUE);
    const size_t start = out->bytes;
    if (!call->type->sort_key)
        (void)type_compare(call, &datum->value, &datum->value); /* raises: no order */
    const KeyExactness exactness = call->type->sort_key(call, &datum->value, out);
    if (order & KEY_DESC)
        for (size_t i = start; i < out->bytes; i++) out->data[i] = (char)~out->data[i];
    return exactness;
}

KeyExactness type_key_bytes(Str bytes, StrBuilder *out)
{
    const size_t end = MIN(bytes.bytes, (size_t)TYPE_KEY_BYTES_MAX);
    size_t from = 0;
    for (size_t i = 0; i < end; i++) {
        if (bytes.data[i] != 0) continue;
        str_add(out, str_slice(bytes, from, i));
        str_add(out, (Str){"\0\377", 2});
        from = i + 1;
    }
    str_add(out, str_slice(bytes, from, end));
    str_add(out, (Str){"\0\0", 2});
    return bytes.bytes > end ? KEY_CUT : KEY_EXACT;
}

void type_store(const Type *type, const Value *value, StrBuilder *out)
{
    if (type->store) {
        type->store(value, out);
    } else if (type->phys == PHYS_STR) {
        str_add(out, strview_str(&value->str));
    } else {
        str_add(out, (Str){(const char *)value, phys_bytes(type->phys)});
    }
}

bool type_load(const Type *type, Bytes bytes, Value *value)
{
    *value = (Value){0};
    if (type->load) return type->load(bytes, value);
    if (type->phys == PHYS_STR) {
        if (bytes.bytes > STR_BYTES_MAX) return false;
        value->str = strview((Str){(const char *)bytes.data, bytes.bytes});
        return true;
    }
    if (bytes.bytes != phys_bytes(type->phys)) return false;
    memcpy(value, bytes.data, bytes.bytes);
    return true;
}

bool type__wire_expect(Bytes wire, size_t bytes, InputError *err)
{
    if (wire.bytes > bytes)
        return input_error(err, SQLSTATE_INVALID_BINARY_REPRESENTATION,
                           "incorrect binary data format");
    if (wire.bytes < bytes)
        return input_error(err, SQLSTATE_PROTOCOL_VIOLATION, "insufficient data left in message");
    return true;
}

Str type__text(const TypeCall *call, Oid type)
{
    const FnEnv *env = call->env;
    if (env && env->calls && env->calls->type_name)
        return env->calls->type_name(env->calls_arg, call->arena, type, -1);
    return str_from(type_get(env, type)->name);
}

Str type__trim(Str text)
{
    size_t from = 0, to = text.bytes;
    while (from < to && is_space(text.data[from])) from++;
    while (to > from && is_space(text.data[to - 1])) to--;
    return str_slice(text, from, to);
}

bool type__bad_syntax(InputError *err, const char *type_name, Str text)
{
    return input_error(err, SQLSTATE_INVALID_TEXT_REPRESENTATION,
                       "invalid input syntax for type %s: \"%.*s\"", type_name, STR_ARG(text));
}

static bool too_large(InputError *err, const char *type_name, Str text)
{
    return input_error(err, SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE,
                       "value \"%.*s\" is out of range for type %s", STR_ARG(text), type_name);
}

bool type__parse_integer(Str text, const char *type_name, int64_t least, int64_t most,
                         int64_t *value, InputError *err)
{
    Str s = type__trim(text);
    const bool negative = s.bytes && s.data[0] == '-';
    if (s.bytes && (s.data[0] == '-' || s.data[0] == '+')) s = str_slice(s, 1, s.bytes);
    uint32_t base = 10;
    bool after_prefix = false;
    if (s.bytes > 1 && s.data[0] == '0') {
        const char mark = s.data[1] | 32;
        base = mark == 'x' ? 16 : mark == 'o' ? 8 : mark == 'b' ? 2 : 10;
        after_prefix = base != 10;
        if (after_prefix) s = str_slice(s, 2, s.bytes);
    }
    const uint64_t limit = negative ? 0 - (uint64_t)least : (uint64_t)most;
    /* Above that a digit more is too much, whatever comes behind. */
    const uint64_t last_below = (0 - (uint64_t)least) / base;
    uint64_t magnitude = 0;
    bool over = false, digit_before = false;
    for (size_t i = 0; i < s.bytes; i++) {
        const char c = s.data[i];
        if (c == '_' && (digit_before || (i == 0 && after_prefix))) {
            digit_before = false;
            if (i + 1 == s.bytes) return type__bad_syntax(err, type_name, text);
            continue;
        }
        const uint32_t digit = is_digit(c) ? (uint32_t)(c - '0')
                               : (c | 32) >= 'a' && (c | 32) <= 'f'
                                   ? (uint32_t)((c | 32) - 'a' + 10)
                                   : 16;
        if (digit >= base) return type__bad_syntax(err, type_name, text);
        digit_before = true;
        if (least < 0 && magnitude > last_below) return too_large(err, type_name, text);
        over |= mul_overflows(magnitude, (uint64_t)base, &magnitude) ||
                add_overflows(magnitude, (uint64_t)digit, &magnitude);
    }
    if (!digit_before) return type__bad_syntax(err, type_name, text);
    if (over || magnitude > limit) return too_large(err, type_name, text);
    *value = negative ? (int64_t)(0 - magnitude) : (int64_t)magnitude;
    return true;
}

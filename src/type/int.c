/* SPDX-License-Identifier: Apache-2.0 */
/* int.c - smallint, integer and bigint as types: text, wire, order, hash and keys. What they share is written once
 * over int64; the three differ in width and name. */
#include "type/int.h"

#include "base/hash.h"
#include "type/type_internal.h"

bool int8_parse(Str text, int64_t *value, InputError *err)
{
    return type__parse_integer(text, "bigint", INT64_MIN, INT64_MAX, value, err);
}

bool int4_parse(Str text, int32_t *value, InputError *err)
{
    int64_t wide;
    if (!type__parse_integer(text, "integer", INT32_MIN, INT32_MAX, &wide, err)) return false;
    *value = (int32_t)wide;
    return true;
}

bool int2_parse(Str text, int16_t *value, InputError *err)
{
    int64_t wide;
    if (!type__parse_integer(text, "smallint", INT16_MIN, INT16_MAX, &wide, err)) return false;
    *value = (int16_t)wide;
    return true;
}

#define INTEGER_TYPE(name, member, CType, wire_bits)                                              \
    static bool name##_parse_value(const TypeCall *call, Str text, Value *value, InputError *err) \
    {                                                                                             \
        (void)call;                                                                               \
        return name##_parse(text, &value->member, err);                                           \
    }                                                                                             \
    static void name##_print(const TypeCall *call, const Value *value, StrBuilder *out)           \
    {                                                                                             \
        (void)call;                                                                               \
        str_add_i64(out, value->member);                                                          \
    }                                                                                             \
    static bool name##_receive(const TypeCall *call, Bytes wire, Value *value, InputError *err)   \
    {                                                                                             \
        (void)call;                                                                               \
        if (!type__wire_expect(wire, sizeof(CType), err)) return false;                           \
        value->member = (CType)load_be##wire_bits(wire.data);                                     \
        return true;                                                                              \
    }                                                                                             \
    static void name##_send(const TypeCall *call, const Value *value, StrBuilder *out)            \
    {                                                                                             \
        (void)call;                                                                               \
        wire_put_u##wire_bits(out, (uint##wire_bits##_t)value->member);                           \
    }                                                                                             \
    static int name##_compare(const TypeCall *call, const Value *a, const Value *b)               \
    {                                                                                             \
        (void)call;                                                                               \
        return (a->member > b->member) - (a->member < b->member);                                 \
    }                                                                                             \
    static uint64_t name##_hash(const TypeCall *call, const Value *value)                         \
    {                                                                                             \
        (void)call;                                                                               \
        return hash_u64((uint64_t)(int64_t)value->member);                                        \
    }                                                                                             \
    static KeyExactness name##_key(const TypeCall *call, const Value *value, StrBuilder *out)     \
    {                                                                                             \
        (void)call;                                                                               \
        key_put_i##wire_bits(out, value->member);                                                 \
        return KEY_EXACT;                                                                         \
    }
INTEGER_TYPE(int2, i16, int16_t, 16)
INTEGER_TYPE(int4, i32, int32_t, 32)
INTEGER_TYPE(int8, i64, int64_t, 64)

SQL_TYPE(21, "int2", .phys = PHYS_I16, .category = 'N', .bytes = 2, .align = 's', .storage = 'p',
         .by_value = true, .array = 1005, .text = "integer of 16 bits", .order_is_phys = true,
         .parse = int2_parse_value, .print = int2_print, .receive = int2_receive, .send = int2_send,
         .compare = int2_compare, .hash = int2_hash, .sort_key = int2_key)
SQL_TYPE(23, "int4", .phys = PHYS_I32, .category = 'N', .bytes = 4, .align = 'i', .storage = 'p',
         .by_value = true, .array = 1007, .text = "integer of 32 bits", .order_is_phys = true,
         .parse = int4_parse_value, .print = int4_print, .receive = int4_receive, .send = int4_send,
         .compare = int4_compare, .hash = int4_hash, .sort_key = int4_key)
SQL_TYPE(20, "int8", .phys = PHYS_I64, .category = 'N', .bytes = 8, .align = 'd', .storage = 'p',
         .by_value = true, .array = 1016, .text = "integer of 64 bits", .order_is_phys = true,
         .parse = int8_parse_value, .print = int8_print, .receive = int8_receive, .send = int8_send,
         .compare = int8_compare, .hash = int8_hash, .sort_key = int8_key)
SQL_TYPE_FUNCTION(38, "int2in", int2, (cstring), IMMUTABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(39, "int2out", cstring, (int2), IMMUTABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(42, "int4in", int4, (cstring), IMMUTABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(43, "int4out", cstring, (int4), IMMUTABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(460, "int8in", int8, (cstring), IMMUTABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(461, "int8out", cstring, (int8), IMMUTABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(2405, "int2send", bytea, (int2), IMMUTABLE | STRICT, SEND, "")
SQL_TYPE_FUNCTION(2409, "int8send", bytea, (int8), IMMUTABLE | STRICT, SEND, "")
SQL_TYPE_FUNCTION(2407, "int4send", bytea, (int4), IMMUTABLE | STRICT, SEND, "")
SQL_TYPE_FUNCTION(2404, "int2recv", int2, (internal), IMMUTABLE | STRICT, RECEIVE, "")
SQL_TYPE_FUNCTION(2406, "int4recv", int4, (internal), IMMUTABLE | STRICT, RECEIVE, "")
SQL_TYPE_FUNCTION(2408, "int8recv", int8, (internal), IMMUTABLE | STRICT, RECEIVE, "")

/* SPDX-License-Identifier: Apache-2.0 */
/* type_internal.h - small things that several types share: normalised keys of numbers, trimming, wire integers. */
#pragma once

#include "base/arith.h"
#include "type/type.h"

/* Keys: big-endian, the sign bit flipped, so that memcmp orders them. */
static inline void key_put_u32(StrBuilder *out, uint32_t v)
{
    store_be32(str_add_space(out, 4), v);
}
static inline void key_put_u64(StrBuilder *out, uint64_t v)
{
    store_be64(str_add_space(out, 8), v);
}
static inline void key_put_i16(StrBuilder *out, int16_t v)
{
    store_be16(str_add_space(out, 2), (uint16_t)v ^ 0x8000u);
}
static inline void key_put_i32(StrBuilder *out, int32_t v)
{
    key_put_u32(out, (uint32_t)v ^ UINT32_C(0x80000000));
}
static inline void key_put_i64(StrBuilder *out, int64_t v)
{
    key_put_u64(out, (uint64_t)v ^ UINT64_C(0x8000000000000000));
}

/* Wire values are big-endian as they are. */
static inline void wire_put_u16(StrBuilder *out, uint16_t v)
{
    store_be16(str_add_space(out, 2), v);
}
static inline void wire_put_u32(StrBuilder *out, uint32_t v)
{
    store_be32(str_add_space(out, 4), v);
}
static inline void wire_put_u64(StrBuilder *out, uint64_t v)
{
    store_be64(str_add_space(out, 8), v);
}
/* False and *err filled unless the message has exactly `bytes` bytes. */
bool type__wire_expect(Bytes wire, size_t bytes, InputError *err);

/* A pseudo-type whose output function refuses every value, as that of "any" does; not those that show values of the
 * actual type, as anyenum's. */
bool type__is_never_shown(const Type *type);

/* Space as isspace() has it in the C locale. */
static inline bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}
static inline bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}
Str type__trim(Str text);
/* The type as SQL writes it. */
Str type__text(const TypeCall *call, Oid type);

/* Hash of a value as SQL sees hashes (hash_array, hash_record): by its type's default hash class; 0 for NULL. */
uint64_t type__sql_hash(const Fn *fn, const Type *type, const Datum *value, int64_t seed,
                        bool extended);

/* `invalid input syntax for type NAME: "TEXT"` (22P02); always false. */
bool type__bad_syntax(InputError *err, const char *type_name, Str text);

/* Integers with a sign, 0x, 0o, 0b and underscores between digits, as SQL literals have them; `type_name` is for the
 * errors. */
bool type__parse_integer(Str text, const char *type_name, int64_t least, int64_t most,
                         int64_t *value, InputError *err);

/* parse and receive of types whose values only the server makes (pseudo_types.c). */
bool type__refuse_text(const TypeCall *call, Str text, Value *value, InputError *err);
bool type__refuse_wire(const TypeCall *call, Bytes wire, Value *value, InputError *err);

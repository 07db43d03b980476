/* SPDX-License-Identifier: Apache-2.0 */
/* unkey.c - values out of their normalised keys (docs/formats.md, section 7), for types whose key says all of the
 * value. Those are not: numeric (scale), floats (-0), bpchar (length), interval (fields). */
#include "type/type.h"

#include "base/oids.h"

enum { UNKEY_UUID_BYTES = sizeof(((Value *)NULL)->uuid.bytes) };

typedef enum UnkeyKind {
    UNKEY_BOOL,
    UNKEY_I16,
    UNKEY_I32,
    UNKEY_I64,
    UNKEY_U32,
    UNKEY_UUID,
    UNKEY_BYTES
} UnkeyKind;

static const struct {
    Oid type;
    UnkeyKind kind;
} kinds[] = {
    {OID_BOOL, UNKEY_BOOL},   {OID_INT2, UNKEY_I16},      {OID_INT4, UNKEY_I32},
    {OID_INT8, UNKEY_I64},    {OID_OID, UNKEY_U32},       {OID_DATE, UNKEY_I32},
    {OID_TIME, UNKEY_I64},    {OID_TIMESTAMP, UNKEY_I64}, {OID_TIMESTAMPTZ, UNKEY_I64},
    {OID_UUID, UNKEY_UUID},   {OID_TEXT, UNKEY_BYTES},    {OID_VARCHAR, UNKEY_BYTES},
    {OID_BYTEA, UNKEY_BYTES},
};

static int kind_of(Oid type)
{
    for (uint32_t i = 0; i < ARRAY_LEN(kinds); i++)
        if (kinds[i].type == type) return (int)kinds[i].kind;
    return -1;
}

bool type_can_unkey(Oid type)
{
    return kind_of(type) >= 0;
}

/* Bytes of a key of fixed length; 0: it has an end mark. */
static size_t fixed_bytes(UnkeyKind kind)
{
    switch (kind) {
    case UNKEY_BOOL: return 1;
    case UNKEY_I16: return 2;
    case UNKEY_I32:
    case UNKEY_U32: return 4;
    case UNKEY_I64: return 8;
    case UNKEY_UUID: return UNKEY_UUID_BYTES;
    case UNKEY_BYTES: break;
    }
    return 0;
}

static void fixed_value(UnkeyKind kind, const uint8_t *bytes, size_t count, Value *value)
{
    uint64_t bits = 0;
    if (kind == UNKEY_UUID) {
        memcpy(value->uuid.bytes, bytes, UNKEY_UUID_BYTES);
        return;
    }
    for (size_t i = 0; i < count; i++) bits = bits << 8 | bytes[i];
    switch (kind) {
    case UNKEY_BOOL: value->b = bits != 0; return;
    case UNKEY_I16: value->i16 = (int16_t)(uint16_t)(bits ^ 0x8000); return;
    case UNKEY_I32: value->i32 = (int32_t)(uint32_t)(bits ^ 0x80000000u); return;
    case UNKEY_U32: value->u32 = (uint32_t)bits; return;
    case UNKEY_I64: value->i64 = (int64_t)(bits ^ (UINT64_C(1) << 63)); return;
    case UNKEY_UUID:
    case UNKEY_BYTES: break;
    }
}

/* Up to the end mark 0 0, with 0 255 as 0; `flip` inverts each byte of the key. False: there is no mark. */
static bool bytes_value(Arena *arena, uint8_t flip, Bytes *key, Value *value)
{
    char *out = arena_alloc(arena, MAX(key->bytes, (size_t)1));
    size_t count = 0, at = 0;
    for (;; at++) {
        if (at + 1 >= key->bytes) return false;
        const uint8_t byte = key->data[at] ^ flip;
        if (byte == 0) {
            const uint8_t next = key->data[++at] ^ flip;
            if (next == 0) break;
        }
        out[count++] = (char)byte;
    }
    *key = (Bytes){key->data + at + 1, key->bytes - at - 1};
    value->str = strview((Str){out, count});
    return true;
}

bool type_unkey(Oid type, KeyOrder order, Arena *arena, Bytes *key, Datum *datum)
{
    enum { MARK_VALUE = 1, FIXED_MAX = 16 };
    const int found = kind_of(type);
    const uint8_t flip = order & KEY_DESC ? 0xff : 0;
    if (found < 0 || key->bytes == 0) return false;
    const UnkeyKind kind = (UnkeyKind)found;
    const uint8_t mark = key->data[0];
    *key = (Bytes){key->data + 1, key->bytes - 1};
    *datum = (Datum){.null = mark != MARK_VALUE};
    if (datum->null) return true;
    const size_t count = fixed_bytes(kind);
    if (count == 0) return bytes_value(arena, flip, key, &datum->value);
    uint8_t bytes[FIXED_MAX];
    if (key->bytes < count) return false;
    for (size_t i = 0; i < count; i++) bytes[i] = key->data[i] ^ flip;
    fixed_value(kind, bytes, count, &datum->value);
    *key = (Bytes){key->data + count, key->bytes - count};
    return true;
}

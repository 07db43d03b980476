/* SPDX-License-Identifier: Apache-2.0 */
/* type.h - a data type as one struct of functions, and the registry of types by OID.
 *
 * A value travels in the slot of its physical kind (base/vector.h): `Value`. For STR types the bytes of the view ARE
 * the stored form, so that scans and indexes need no conversion; docs/formats.md describes each.
 *
 *     SQL_TYPE(869, "inet", .phys = PHYS_STR, .category = 'I', .preferred = true, .bytes = -1, .align = 'i', .storage =
 * 'm',
 *              .array = 1041, .text = "IP address with its netmask", .parse = inet_parse, .print = inet_print, ...)
 *
 * The designators up to .text are facts of pg_type, copied by tools/gen_catalog.py; array types (.array) need no line
 * of their own. */
#pragma once

#include "base/fn.h"

/* What a type's functions are told besides the value. */
typedef struct TypeCall {
    const Type *type;
    const FnEnv *env;
    Arena *arena;   /* results and scratch */
    int32_t typmod; /* -1: none */
    Oid collation;  /* for compare, equal, hash, sort_key of collatable types; 0: the default one */
} TypeCall;

/* OIDs of the collations that are always there. */
enum { COLLATION_DEFAULT = 100, COLLATION_C = 950, COLLATION_POSIX = 951 };

/* How a sort key ended: a cut key orders correctly except among those that agree on all its bytes. */
typedef enum KeyExactness { KEY_EXACT, KEY_CUT } KeyExactness;
enum { TYPE_KEY_BYTES_MAX = 1024 }; /* one column's normalised key; longer ones are cut */

struct Type {
    Oid oid;
    const char *name, *text;
    Phys phys;
    int16_t bytes;                            /* typlen: what clients see; not our layout */
    char kind;                                /* typtype: b (0 means b), c, d, e, p, r, m */
    char category, align, storage, delimiter; /* delimiter 0: ',' */
    bool by_value, preferred;
    bool
        order_is_phys; /* the default btree order is that of the phys' C type, so scans may compare slots */
    Oid array, element, collation, subscript;
    Oid base, subtype;     /* domain: base type; range: subtype; multirange: its range type */
    Oid subtype_collation; /* range: what its bounds are ordered by */
    int32_t base_typmod;   /* domain: of its base */

    /* Text and wire to value. False: *err says why; they raise for nothing but memory and interrupts. */
    bool (*parse)(const TypeCall *call, Str text, Value *value, InputError *err);
    bool (*receive)(const TypeCall *call, Bytes wire, Value *value, InputError *err);
    /* Value to text and wire (network byte order). */
    void (*print)(const TypeCall *call, const Value *value, StrBuilder *out);
    void (*send)(const TypeCall *call, const Value *value, StrBuilder *out);
    /* Modifiers: from the words in parentheses, and back to "(10,2)". NULL: the type takes none. */
    bool (*typmod_parse)(const Str *words, uint32_t count, int32_t *typmod, InputError *err);
    void (*typmod_print)(int32_t typmod, StrBuilder *out);

    /* The default btree order and hash equality; NULL: the type has none. `hash` agrees with `equal` and, for
     * cross-type families (integers, floats), with the hash of equal values of the sister types. */
    int (*compare)(const TypeCall *call, const Value *a, const Value *b);
    bool (*equal)(const TypeCall *call, const Value *a, const Value *b);
    uint64_t (*hash)(const TypeCall *call, const Value *value);
    /* Appends the normalised key: memcmp order of keys = `compare` order, no key a prefix of another
     * (docs/formats.md). */
    KeyExactness (*sort_key)(const TypeCall *call, const Value *value, StrBuilder *out);

    /* Stored form where it is not the slot's (little-endian) bytes or the view's bytes. `load` may point into `bytes`.
     * False: the bytes are not a stored value (a corrupt page). */
    void (*store)(const Value *value, StrBuilder *out);
    bool (*load)(Bytes bytes, Value *value);
};

#define SQL_TYPE(oid_, name_, ...) \
    extern const Type type_##oid_; \
    const Type type_##oid_ = {.oid = oid_, .name = name_, __VA_ARGS__};

/* A row of pg_type without code: pseudo-types, and types that only catalogs name. Same designators. */
#define SQL_TYPE_ROW(oid_, name_, ...)

/* The type of an OID: built in, or known to `env` (NULL: only built-in ones). NULL: no such type. */
const Type *type_find(const FnEnv *env, Oid oid);
/* Raises XX000 where there is none. */
const Type *type_get(const FnEnv *env, Oid oid);

/* Text to value and back, with the name of the type in the error where there is no parse function. */
bool type_parse(const TypeCall *call, Str text, Value *value, InputError *err);
Str type_print(const TypeCall *call, const Value *value);
/* The same behind what `out` holds. */
void type_print_to(const TypeCall *call, const Value *value, StrBuilder *out);
/* Raise 42883 ("could not identify a comparison function for type x") where the type has no order. */
int type_compare(const TypeCall *call, const Value *a, const Value *b);
bool type_equal(const TypeCall *call, const Value *a, const Value *b);
uint64_t type_hash(const TypeCall *call, const Value *value);

/* A column of an index key or of a sort: a marker for NULLs and then the type's key, all bytes inverted for DESC, so
 * that keys of several columns are concatenated. */
typedef enum KeyOrder { KEY_ASC = 0, KEY_DESC = 1, KEY_NULLS_FIRST = 2 } KeyOrder;
KeyExactness type_key(const TypeCall *call, const Datum *datum, KeyOrder order, StrBuilder *out);
/* The other way: takes one column's part off the front of `key`. Only for types whose key says all of the value; bytes
 * may be put into `arena`. False: `key` does not begin with such a part; one that was cut has other bytes behind it. */
bool type_can_unkey(Oid type);
bool type_unkey(Oid type, KeyOrder order, Arena *arena, Bytes *key, Datum *datum);
/* Key of variable-length bytes: each 0 byte becomes 0 255, and 0 0 ends it; cut at TYPE_KEY_BYTES_MAX. */
KeyExactness type_key_bytes(Str bytes, StrBuilder *out);

/* Stored form of any value (docs/formats.md): fixed kinds as little-endian slots, STR as its bytes, or the type's
 * own. */
void type_store(const Type *type, const Value *value, StrBuilder *out);
bool type_load(const Type *type, Bytes bytes, Value *value);

static inline TypeCall type_call(const Fn *fn, const Type *type)
{
    return (TypeCall){
        .type = type, .env = fn->env, .arena = fn->arena, .typmod = -1, .collation = fn->collation};
}

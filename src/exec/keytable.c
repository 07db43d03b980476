/* SPDX-License-Identifier: Apache-2.0 */
/* keytable.c - key rows to groups. Open addressing with linear probing over words {hash tag:32, group + 1:32}; a tag
 * that agrees is confirmed by comparing the key columns. Grows at half full.
 *
 * Types whose equal values have equal slots are hashed and compared as slots; the others by their type's own
 * functions. Hashing is a loop a column over the batch; probing is one loop over the rows. */
#include "exec/keytable.h"

#include "base/bitset.h"
#include "base/hash.h"
#include "base/oids.h"
#include "base/task.h"
#include "exec/rowstore.h"

enum { SLOTS_FIRST = 64, PREFETCH = 8 };
static const uint64_t NULL_HASH = UINT64_C(0x9ae16a3b2f90404f);

typedef enum KeyMode {
    KEY_BY_TYPE,
    KEY_WORD1,
    KEY_WORD2,
    KEY_WORD4,
    KEY_WORD8,
    KEY_WORD16,
    KEY_STRING
} KeyMode;

typedef struct KeyPart {
    TypeCall call;
    KeyMode mode;
} KeyPart;

struct KeyTable {
    Arena *arena;
    KeyPart *parts;
    uint32_t part_count;
    bool nulls_equal;
    RowStore *rows;
    uint64_t *slots;
    uint32_t slot_mask;
    uint64_t hashes[BATCH_ROWS_MAX];
    bool skip[BATCH_ROWS_MAX]; /* a NULL in a key that must have none */
};

/* Floats, decimals, bpchar and whatever else may have equal values of different slots go by their type. */
static KeyMode mode_of(const Type *type, Oid collation)
{
    const bool integer = type->phys <= PHYS_I64;
    if (integer &&
        (type->order_is_phys || !type->equal || type->kind == 'e' || type->oid == OID_OID)) {
        static const uint8_t words[] = {[PHYS_BOOL] = KEY_WORD1,
                                        [PHYS_I16] = KEY_WORD2,
                                        [PHYS_I32] = KEY_WORD4,
                                        [PHYS_I64] = KEY_WORD8};
        return (KeyMode)words[type->phys];
    }
    if (type->oid == OID_UUID) return KEY_WORD16;
    const bool bytewise = collation == 0 || collation == COLLATION_DEFAULT ||
                          collation == COLLATION_C;
    if ((type->oid == OID_TEXT || type->oid == OID_VARCHAR) && bytewise) return KEY_STRING;
    if (type->oid == OID_BYTEA || type->oid == OID_NAME) return KEY_STRING;
    return KEY_BY_TYPE;
}

KeyTable *keys_new(Arena *parent, const FnEnv *env, const KeyColumn *columns, uint32_t count,
                   bool nulls_equal)
{
    KeyTable *keys = ARENA_NEW(parent, KeyTable);
    Oid *types = ARENA_ARRAY(parent, Oid, count);
    uint8_t *physes = ARENA_ARRAY(parent, uint8_t, count);
    keys->arena = arena_new_child(parent, "hash table");
    keys->parts = ARENA_ARRAY(parent, KeyPart, count);
    keys->part_count = count;
    keys->nulls_equal = nulls_equal;
    for (uint32_t i = 0; i < count; i++) {
        const Type *type = type_get(env, columns[i].type);
        types[i] = columns[i].type;
        physes[i] = (uint8_t)type->phys;
        keys->parts[i].call = (TypeCall){.type = type,
                                         .env = env,
                                         .arena = keys->arena,
                                         .typmod = -1,
                                         .collation = columns[i].collation};
        keys->parts[i].mode = mode_of(type, columns[i].collation);
    }
    keys->rows = rows_new(parent, &(RowShape){count, types, physes});
    keys_clear(keys);
    return keys;
}

uint32_t keys_count(const KeyTable *keys)
{
    return rows_count(keys->rows);
}
Datum keys_get(const KeyTable *keys, uint32_t group, uint32_t column)
{
    return rows_get(keys->rows, group, column);
}
Selection keys_view(KeyTable *keys, uint32_t from, uint32_t count, Vector *columns)
{
    return rows_view(keys->rows, from, count, columns);
}

void keys_clear(KeyTable *keys)
{
    arena_reset(keys->arena);
    rows_clear(keys->rows);
    keys->slot_mask = SLOTS_FIRST - 1;
    keys->slots = ARENA_ARRAY(keys->arena, uint64_t, SLOTS_FIRST);
}

/* ---- hashing ---- */

static inline uint64_t hash_slot(const KeyPart *part, const void *slot)
{
    switch (part->mode) {
    case KEY_WORD1: return *(const uint8_t *)slot;
    case KEY_WORD2: return (uint64_t)(int64_t) * (const int16_t *)slot;
    case KEY_WORD4: return (uint64_t)(int64_t) * (const int32_t *)slot;
    case KEY_WORD8: return *(const uint64_t *)slot;
    case KEY_WORD16: return hash_combine(((const uint64_t *)slot)[0], ((const uint64_t *)slot)[1]);
    case KEY_STRING: return hash_str(strview_str(slot));
    case KEY_BY_TYPE: break;
    }
    Value value = {0};
    memcpy(&value, slot, phys_bytes(part->call.type->phys));
    return type_hash(&part->call, &value);
}

static inline __attribute__((always_inline)) void hash_loop(KeyTable *keys, const KeyPart *part,
                                                            const Vector *v, Selection selection,
                                                            size_t bytes, bool first)
{
    for (uint32_t i = 0; i < selection.count; i++) {
        const uint32_t at = vector_index(v, sel_row(selection, i));
        uint64_t hash;
        if (v->nulls && bits_get(v->nulls, at)) {
            hash = NULL_HASH;
            keys->skip[i] |= !keys->nulls_equal;
        } else {
            hash = hash_slot(part, (const char *)v->data + at * bytes);
        }
        keys->hashes[i] = hash_u64(first ? hash : keys->hashes[i] + hash);
    }
}

static void hash_rows(KeyTable *keys, const Vector *columns, Selection selection)
{
    memset(keys->skip, 0, selection.count);
    if (keys->part_count == 0) memset(keys->hashes, 0, selection.count * sizeof *keys->hashes);
    for (uint32_t c = 0; c < keys->part_count; c++) {
        KeyPart part = keys->parts[c];
        const size_t bytes = phys_bytes((Phys)columns[c].phys);
        ASSERT(columns[c].phys == part.call.type->phys);
        switch (part.mode) { /* constants for the compiler: a loop each */
        case KEY_WORD4:
            part.mode = KEY_WORD4;
            hash_loop(keys, &part, &columns[c], selection, 4, c == 0);
            break;
        case KEY_WORD8:
            part.mode = KEY_WORD8;
            hash_loop(keys, &part, &columns[c], selection, 8, c == 0);
            break;
        case KEY_BY_TYPE:
        case KEY_WORD1:
        case KEY_WORD2:
        case KEY_WORD16:
        case KEY_STRING: hash_loop(keys, &part, &columns[c], selection, bytes, c == 0); break;
        }
    }
}

/* ---- comparing ---- */

static bool slot_equal(const KeyPart *part, const void *a, const void *b)
{
    switch (part->mode) {
    case KEY_WORD1: return *(const uint8_t *)a == *(const uint8_t *)b;
    case KEY_WORD2: return *(const uint16_t *)a == *(const uint16_t *)b;
    case KEY_WORD4: return *(const uint32_t *)a == *(const uint32_t *)b;
    case KEY_WORD8: return *(const uint64_t *)a == *(const uint64_t *)b;
    case KEY_WORD16: return memcmp(a, b, 16) == 0;
    case KEY_STRING: return strview_equal(a, b);
    case KEY_BY_TYPE: break;
    }
    Value left = {0}, right = {0};
    const uint32_t bytes = phys_bytes(part->call.type->phys);
    memcpy(&left, a, bytes);
    memcpy(&right, b, bytes);
    return type_equal(&part->call, &left, &right);
}

static bool group_is(const KeyTable *keys, uint32_t group, const Vector *columns, uint32_t row)
{
    for (uint32_t c = 0; c < keys->part_count; c++) {
        bool null;
        const void *mine = rows_slot(keys->rows, group, c, &null);
        const uint32_t at = vector_index(&columns[c], row);
        const bool other_null = columns[c].nulls && bits_get(columns[c].nulls, at);
        if (null != other_null) return false;
        if (null) continue;
        const void *other = (const char *)columns[c].data +
                            (size_t)at * phys_bytes((Phys)columns[c].phys);
        if (!slot_equal(&keys->parts[c], mine, other)) return false;
    }
    return true;
}

/* ---- the table ---- */

static inline uint64_t slot_word(uint64_t hash, uint32_t group)
{
    return (hash & ~(uint64_t)UINT32_MAX) | (group + 1);
}

/* The tag is the hash's upper half, so the place must come from it as well when the table grows. */
static inline uint32_t slot_home(const KeyTable *keys, uint64_t hash)
{
    return (uint32_t)(hash >> 32) & keys->slot_mask;
}

static void table_grow(KeyTable *keys)
{
    const uint64_t *old = keys->slots;
    const uint32_t old_count = keys->slot_mask + 1;
    if (old_count > UINT32_MAX / 4)
        raise_error(SQLSTATE_PROGRAM_LIMIT_EXCEEDED, "too many groups to be kept in memory");
    keys->slot_mask = old_count * 2 - 1;
    keys->slots = ARENA_ARRAY(keys->arena, uint64_t, (size_t)old_count * 2);
    for (uint32_t i = 0; i < old_count; i++) {
        if (old[i] == 0) continue;
        uint32_t at = slot_home(keys, old[i]);
        while (keys->slots[at] != 0) at = (at + 1) & keys->slot_mask;
        keys->slots[at] = old[i];
    }
}

/* The group of a row, or the free slot where it would stand. */
static inline uint32_t probe(const KeyTable *keys, uint64_t hash, const Vector *columns,
                             uint32_t row, uint32_t *slot)
{
    const uint32_t tag = (uint32_t)(hash >> 32);
    uint32_t at = slot_home(keys, hash);
    for (uint64_t word; (word = keys->slots[at]) != 0; at = (at + 1) & keys->slot_mask) {
        const uint32_t group = (uint32_t)word - 1;
        if ((uint32_t)(word >> 32) == tag && group_is(keys, group, columns, row)) return group;
    }
    *slot = at;
    return KEY_NONE;
}

void keys_add(KeyTable *keys, const Vector *columns, Selection selection, uint32_t *groups)
{
    task_check();
    hash_rows(keys, columns, selection);
    for (uint32_t i = 0; i < selection.count; i++) {
        uint32_t slot;
        if (keys->skip[i]) {
            groups[i] = KEY_NONE;
            continue;
        }
        uint16_t row = (uint16_t)sel_row(selection, i);
        groups[i] = probe(keys, keys->hashes[i], columns, row, &slot);
        if (groups[i] != KEY_NONE) continue;
        groups[i] = rows_count(keys->rows);
        rows_append(keys->rows, columns, (Selection){&row, 1});
        keys->slots[slot] = slot_word(keys->hashes[i], groups[i]);
        if (groups[i] >= keys->slot_mask / 2) table_grow(keys);
    }
}

void keys_find(KeyTable *keys, const Vector *columns, Selection selection, uint32_t *groups)
{
    task_check();
    hash_rows(keys, columns, selection);
    for (uint32_t i = 0; i < selection.count; i++) {
        uint32_t slot;
        if (i + PREFETCH < selection.count)
            __builtin_prefetch(&keys->slots[slot_home(keys, keys->hashes[i + PREFETCH])]);
        groups[i] = keys->skip[i]
                        ? (uint32_t)KEY_NONE
                        : probe(keys, keys->hashes[i], columns, sel_row(selection, i), &slot);
    }
}

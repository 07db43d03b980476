/* SPDX-License-Identifier: Apache-2.0 */
/* keytable.c - key rows to groups, by open addressing with linear probing. Grows at half full.
 *
 * A key of one column of up to 8 bytes stands in its slot, {key:64, group + 1:32}: one cache miss a look-up, asked for
 * some rows ahead. Other keys have slots {hash tag:32, group + 1:32}; a tag that agrees is confirmed by comparing the
 * key columns. New keys of a batch are appended together when the batch is done; until then they are found in the
 * batch's own vectors.
 *
 * Tables that several tasks have made, each of a part of the keys (told by the first bits of the hash, which then say
 * nothing of a place within the part), are found in as one.
 *
 * Types whose equal values have equal slots are hashed and compared as slots; the others by their type's own
 * functions. Hashing is a loop a column over the batch; probing is one loop over the rows. */
#include "exec/keytable.h"

#include "base/bitset.h"
#include "base/hash.h"
#include "base/oids.h"
#include "base/task.h"
#include "exec/rowstore.h"

enum { SLOTS_FIRST = 64, SLOTS_EXPECTED_MAX = 1 << 22, PREFETCH = 16, PART_BITS = 4 };
static_assert(KEY_PARTS == 1 << PART_BITS, "parts by bits of the hash");
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

typedef struct WordSlot {
    uint64_t key;
    uint32_t group; /* + 1; 0: free */
    uint32_t unused;
} WordSlot;

/* A part of a table that was made in parts. */
typedef struct KeyRegion {
    const RowStore *rows;
    const uint64_t *slots;
    const WordSlot *words;
    uint32_t slot_mask, shift;
    uint32_t base; /* the number of its first group */
} KeyRegion;

struct KeyTable {
    Arena *arena;
    KeyRegion *regions;   /* [KEY_PARTS]; NULL: it is not in parts */
    uint32_t count_apart; /* keys of all regions */
    uint32_t lead;        /* bits of a word's hash that are the same for all keys */
    KeyPart *parts;
    uint32_t part_count;
    bool nulls_equal;
    RowShape shape;
    RowStore *rows;
    uint64_t *slots; /* one of these two */
    WordSlot *words;
    uint32_t null_group; /* words: of the key that is NULL */
    uint32_t slot_mask, shift;
    /* new keys of the batch at hand: groups from `first_new` on, and their rows in its vectors */
    uint32_t first_new, new_count;
    uint16_t new_rows[BATCH_ROWS_MAX];
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

static bool is_word_table(const KeyTable *keys)
{
    return keys->part_count == 1 && keys->parts[0].mode >= KEY_WORD1 &&
           keys->parts[0].mode <= KEY_WORD8;
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
    keys->shape = (RowShape){count, types, physes};
    keys->rows = rows_new(parent, &keys->shape);
    keys_clear(keys);
    return keys;
}

KeyTable *keys_share(Arena *parent, const KeyTable *keys, const FnEnv *env)
{
    KeyTable *shared = arena_alloc(parent, sizeof *shared);
    *shared = *keys;
    shared->arena = arena_new_child(parent, "hash table");
    shared->parts = arena_copy(parent, keys->parts, keys->part_count * sizeof *keys->parts);
    for (uint32_t i = 0; i < keys->part_count; i++) {
        shared->parts[i].call.env = env;
        shared->parts[i].call.arena = shared->arena;
    }
    return shared;
}

KeyTable *keys_of_part(Arena *parent, const KeyTable *like)
{
    KeyTable *keys = keys_share(parent, like, like->parts->call.env);
    ASSERT(!like->nulls_equal && !like->regions);
    keys->lead = PART_BITS;
    keys->rows = rows_new(parent, &like->shape);
    keys_clear(keys);
    return keys;
}

void keys_unite(KeyTable *keys, KeyTable *const *parts, const uint32_t *bases)
{
    KeyRegion *regions = ARENA_ARRAY(keys->arena, KeyRegion, KEY_PARTS);
    ASSERT(keys_count(keys) == 0);
    for (uint32_t p = 0; p < KEY_PARTS; p++) {
        regions[p] = (KeyRegion){.rows = parts[p]->rows,
                                 .slots = parts[p]->slots,
                                 .words = parts[p]->words,
                                 .slot_mask = parts[p]->slot_mask,
                                 .shift = parts[p]->shift,
                                 .base = bases[p]};
        keys->count_apart += keys_count(parts[p]);
    }
    keys->regions = regions;
}

uint32_t keys_count(const KeyTable *keys)
{
    return keys->regions ? keys->count_apart : rows_count(keys->rows);
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
    keys->regions = NULL;
    keys->count_apart = 0;
    keys->slot_mask = SLOTS_FIRST - 1;
    keys->shift = 64 - 6;
    static_assert(SLOTS_FIRST == 1 << 6, "shift of the first size");
    keys->null_group = KEY_NONE;
    keys->slots = NULL;
    keys->words = NULL;
    if (is_word_table(keys))
        keys->words = ARENA_ARRAY(keys->arena, WordSlot, SLOTS_FIRST);
    else
        keys->slots = ARENA_ARRAY(keys->arena, uint64_t, SLOTS_FIRST);
}

void keys_expect(KeyTable *keys, double count, uint64_t bytes_max)
{
    const size_t slot_bytes = keys->words ? sizeof *keys->words : sizeof *keys->slots;
    uint32_t slots = SLOTS_FIRST;
    ASSERT(keys_count(keys) == 0);
    while (slots < SLOTS_EXPECTED_MAX && slots < 2 * count && slots * 2 * slot_bytes <= bytes_max)
        slots *= 2;
    if (slots <= keys->slot_mask + 1) return;
    keys->shift = 64 - (uint32_t)__builtin_ctz(slots);
    keys->slot_mask = slots - 1;
    if (keys->words)
        keys->words = ARENA_ARRAY(keys->arena, WordSlot, slots);
    else
        keys->slots = ARENA_ARRAY(keys->arena, uint64_t, slots);
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

void keys_hashes(KeyTable *keys, const Vector *columns, Selection selection, uint64_t *hashes)
{
    hash_rows(keys, columns, selection);
    memcpy(hashes, keys->hashes, selection.count * sizeof *hashes);
}

uint64_t keys_bytes(const KeyTable *keys)
{
    return arena_used(keys->arena) + arena_used(rows_arena(keys->rows));
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

static bool row_is(const KeyTable *keys, const Vector *columns, uint32_t a, uint32_t b)
{
    for (uint32_t c = 0; c < keys->part_count; c++) {
        const Vector *v = &columns[c];
        const uint32_t i = vector_index(v, a), k = vector_index(v, b);
        const bool null = v->nulls && bits_get(v->nulls, i),
                   other_null = v->nulls && bits_get(v->nulls, k);
        const size_t bytes = phys_bytes((Phys)v->phys);
        if (null != other_null) return false;
        if (!null && !slot_equal(&keys->parts[c], (const char *)v->data + i * bytes,
                                 (const char *)v->data + k * bytes))
            return false;
    }
    return true;
}

static bool kept_is(const KeyTable *keys, const RowStore *rows, uint32_t group,
                    const Vector *columns, uint32_t row)
{
    for (uint32_t c = 0; c < keys->part_count; c++) {
        bool null;
        const void *mine = rows_slot(rows, group, c, &null);
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

static bool group_is(const KeyTable *keys, uint32_t group, const Vector *columns, uint32_t row)
{
    if (group >= keys->first_new)
        return row_is(keys, columns, keys->new_rows[group - keys->first_new], row);
    return kept_is(keys, keys->rows, group, columns, row);
}

/* ---- new keys ---- */

static void begin_batch(KeyTable *keys)
{
    task_check();
    keys->first_new = rows_count(keys->rows);
    keys->new_count = 0;
}

static inline uint32_t new_group(KeyTable *keys, uint32_t row)
{
    keys->new_rows[keys->new_count] = (uint16_t)row;
    return keys->first_new + keys->new_count++;
}

static void end_batch(KeyTable *keys, const Vector *columns)
{
    if (keys->new_count > 0)
        rows_append(keys->rows, columns, (Selection){keys->new_rows, keys->new_count});
    keys->first_new = UINT32_MAX;
}

static uint32_t next_size(const KeyTable *keys)
{
    const uint32_t count = keys->slot_mask + 1;
    if (count > UINT32_MAX / 4)
        raise_error(SQLSTATE_PROGRAM_LIMIT_EXCEEDED, "too many groups to be kept in memory");
    return count * 2;
}

/* ---- keys of one word ---- */

static inline uint64_t word_hash(uint64_t key)
{
    return key * UINT64_C(0x9e3779b97f4a7c15);
}

static inline uint32_t word_home(const KeyTable *keys, uint64_t key)
{
    return (uint32_t)((word_hash(key) << keys->lead) >> keys->shift);
}

static void words_grow(KeyTable *keys)
{
    const WordSlot *old = keys->words;
    const uint32_t old_count = keys->slot_mask + 1, count = next_size(keys);
    keys->words = ARENA_ARRAY(keys->arena, WordSlot, count);
    keys->slot_mask = count - 1;
    keys->shift--;
    for (uint32_t i = 0; i < old_count; i++) {
        if (old[i].group == 0) continue;
        uint32_t at = word_home(keys, old[i].key);
        while (keys->words[at].group != 0) at = (at + 1) & keys->slot_mask;
        keys->words[at] = old[i];
    }
}

static inline __attribute__((always_inline)) void read_words(KeyTable *keys, const Vector *v,
                                                             Selection selection, size_t bytes)
{
    const char *data = v->data;
    for (uint32_t i = 0; i < selection.count; i++) {
        uint64_t word = 0;
        memcpy(&word, data + vector_index(v, sel_row(selection, i)) * bytes, bytes);
        keys->hashes[i] = word;
    }
    if (!v->nulls) return;
    for (uint32_t i = 0; i < selection.count; i++)
        keys->skip[i] = vector_is_null(v, sel_row(selection, i));
}

static void load_words(KeyTable *keys, const Vector *v, Selection selection)
{
    switch (phys_bytes((Phys)v->phys)) {
    case 1: read_words(keys, v, selection, 1); break;
    case 2: read_words(keys, v, selection, 2); break;
    case 4: read_words(keys, v, selection, 4); break;
    default: read_words(keys, v, selection, 8); break;
    }
}

static uint32_t null_group(KeyTable *keys, uint32_t row, bool add)
{
    if (!keys->nulls_equal) return KEY_NONE;
    if (keys->null_group == KEY_NONE && add) keys->null_group = new_group(keys, row);
    return keys->null_group;
}

static inline __attribute__((always_inline)) void probe_words(KeyTable *keys, const Vector *v,
                                                              Selection selection, uint32_t *groups,
                                                              bool add)
{
    load_words(keys, v, selection);
    for (uint32_t i = 0; i < selection.count; i++) {
        const uint64_t key = keys->hashes[i];
        if (i + PREFETCH < selection.count)
            __builtin_prefetch(&keys->words[word_home(keys, keys->hashes[i + PREFETCH])]);
        if (v->nulls && keys->skip[i]) {
            groups[i] = null_group(keys, sel_row(selection, i), add);
            continue;
        }
        uint32_t at = word_home(keys, key);
        while (keys->words[at].group != 0 && keys->words[at].key != key)
            at = (at + 1) & keys->slot_mask;
        if (keys->words[at].group != 0 || !add) {
            groups[i] = keys->words[at].group - 1; /* free: KEY_NONE */
            continue;
        }
        groups[i] = new_group(keys, sel_row(selection, i));
        keys->words[at] = (WordSlot){.key = key, .group = groups[i] + 1};
        if (groups[i] >= keys->slot_mask / 2) words_grow(keys);
    }
}
static_assert((uint32_t)0 - 1 == (uint32_t)KEY_NONE, "a free slot is no group");

/* ---- keys of any kind ---- */

static inline uint64_t slot_word(uint64_t hash, uint32_t group)
{
    return (hash & ~(uint64_t)UINT32_MAX) | (group + 1);
}

/* The tag is the hash's upper half, so the place must come from it as well when the table grows. */
static inline uint32_t slot_home(const KeyTable *keys, uint64_t hash)
{
    return (uint32_t)(hash >> 32) & keys->slot_mask;
}

static void slots_grow(KeyTable *keys)
{
    const uint64_t *old = keys->slots;
    const uint32_t old_count = keys->slot_mask + 1, count = next_size(keys);
    keys->slots = ARENA_ARRAY(keys->arena, uint64_t, count);
    keys->slot_mask = count - 1;
    for (uint32_t i = 0; i < old_count; i++) {
        if (old[i] == 0) continue;
        uint32_t at = slot_home(keys, old[i]);
        while (keys->slots[at] != 0) at = (at + 1) & keys->slot_mask;
        keys->slots[at] = old[i];
    }
}

static void probe_slots(KeyTable *keys, const Vector *columns, Selection selection,
                        uint32_t *groups, bool add)
{
    hash_rows(keys, columns, selection);
    for (uint32_t i = 0; i < selection.count; i++) {
        const uint64_t hash = keys->hashes[i];
        const uint32_t row = sel_row(selection, i), tag = (uint32_t)(hash >> 32);
        uint32_t at = slot_home(keys, hash);
        groups[i] = KEY_NONE;
        if (i + PREFETCH < selection.count)
            __builtin_prefetch(&keys->slots[slot_home(keys, keys->hashes[i + PREFETCH])]);
        if (keys->skip[i]) continue;
        for (uint64_t word; (word = keys->slots[at]) != 0; at = (at + 1) & keys->slot_mask) {
            if ((uint32_t)(word >> 32) != tag || !group_is(keys, (uint32_t)word - 1, columns, row))
                continue;
            groups[i] = (uint32_t)word - 1;
            break;
        }
        if (groups[i] != KEY_NONE || !add) continue;
        groups[i] = new_group(keys, row);
        keys->slots[at] = slot_word(hash, groups[i]);
        if (groups[i] >= keys->slot_mask / 2) slots_grow(keys);
    }
}

/* ---- tables in parts ---- */

static inline uint32_t part_of(uint64_t hash)
{
    return (uint32_t)(hash >> (64 - PART_BITS));
}

void keys_parts(KeyTable *keys, const Vector *columns, Selection selection, uint8_t *parts)
{
    ASSERT(!keys->nulls_equal);
    memset(keys->skip, 0, selection.count);
    if (keys->words)
        load_words(keys, columns, selection);
    else
        hash_rows(keys, columns, selection);
    for (uint32_t i = 0; i < selection.count; i++) {
        const uint64_t hash = keys->words ? word_hash(keys->hashes[i]) : keys->hashes[i];
        parts[i] = (uint8_t)(keys->skip[i] ? KEY_PARTS : part_of(hash));
    }
}

static inline const WordSlot *region_word(const KeyTable *keys, uint64_t hash, uint32_t *at)
{
    const KeyRegion *region = &keys->regions[part_of(hash)];
    *at = (uint32_t)((hash << PART_BITS) >> region->shift);
    return region->words;
}

static void find_words_apart(KeyTable *keys, const Vector *v, Selection selection, uint32_t *groups)
{
    uint32_t at;
    load_words(keys, v, selection);
    for (uint32_t i = 0; i < selection.count; i++) {
        const uint64_t key = keys->hashes[i], hash = word_hash(key);
        if (i + PREFETCH < selection.count) {
            const WordSlot *words = region_word(keys, word_hash(keys->hashes[i + PREFETCH]), &at);
            __builtin_prefetch(&words[at]);
        }
        groups[i] = KEY_NONE;
        if (v->nulls && keys->skip[i]) continue;
        const KeyRegion *region = &keys->regions[part_of(hash)];
        const WordSlot *words = region_word(keys, hash, &at);
        while (words[at].group != 0 && words[at].key != key) at = (at + 1) & region->slot_mask;
        if (words[at].group != 0) groups[i] = region->base + words[at].group - 1;
    }
}

static void find_slots_apart(KeyTable *keys, const Vector *columns, Selection selection,
                             uint32_t *groups)
{
    hash_rows(keys, columns, selection);
    for (uint32_t i = 0; i < selection.count; i++) {
        const uint64_t hash = keys->hashes[i];
        const uint32_t row = sel_row(selection, i), tag = (uint32_t)(hash >> 32);
        const KeyRegion *region = &keys->regions[part_of(hash)];
        uint32_t at = tag & region->slot_mask;
        groups[i] = KEY_NONE;
        if (i + PREFETCH < selection.count) {
            const uint64_t ahead = keys->hashes[i + PREFETCH];
            const KeyRegion *next = &keys->regions[part_of(ahead)];
            __builtin_prefetch(&next->slots[(uint32_t)(ahead >> 32) & next->slot_mask]);
        }
        if (keys->skip[i]) continue;
        for (uint64_t word; (word = region->slots[at]) != 0; at = (at + 1) & region->slot_mask) {
            if ((uint32_t)(word >> 32) != tag ||
                !kept_is(keys, region->rows, (uint32_t)word - 1, columns, row))
                continue;
            groups[i] = region->base + (uint32_t)word - 1;
            break;
        }
    }
}

/* ---- adding and finding ---- */

void keys_add(KeyTable *keys, const Vector *columns, Selection selection, uint32_t *groups)
{
    ASSERT(!keys->regions);
    begin_batch(keys);
    if (keys->words)
        probe_words(keys, columns, selection, groups, true);
    else
        probe_slots(keys, columns, selection, groups, true);
    end_batch(keys, columns);
}

void keys_find(KeyTable *keys, const Vector *columns, Selection selection, uint32_t *groups)
{
    begin_batch(keys);
    if (keys->regions && keys->words)
        find_words_apart(keys, columns, selection, groups);
    else if (keys->regions)
        find_slots_apart(keys, columns, selection, groups);
    else if (keys->words)
        probe_words(keys, columns, selection, groups, false);
    else
        probe_slots(keys, columns, selection, groups, false);
    end_batch(keys, columns);
}

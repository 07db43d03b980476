/* SPDX-License-Identifier: Apache-2.0 */
/* map.c - the hash map of map.h.
 *
 * (MA1) every live entry is named by exactly one slot; a removed entry by none, its slot says REMOVED
 * (MA2) entry_capacity is 3/4 of the slots, so a slot is always empty and every probe ends
 * (MA3) when memory is out in a put, the map is as it was */
#include "base/map.h"

#include "base/arith.h"
#include "base/error.h"
#include "base/hash.h"

enum { SLOT_EMPTY = 0, SLOT_REMOVED = 1, SLOT_ENTRY = 2, SLOTS_FIRST = 16, ENTRIES_MAX = 1 << 30 };

static inline char *entry_at(const Map *map, uint32_t entry)
{
    return map->entries + (size_t)entry * map->entry_bytes;
}

static inline uint64_t entry_hash(const char *entry)
{
    return load_le64(entry);
}

static inline char *entry_key(char *entry)
{
    return entry + sizeof(uint64_t);
}

void map_init(Map *map, Arena *arena, uint32_t key_bytes, uint32_t value_bytes, MapHash hash,
              MapEqual equal)
{
    /* A value of 16-byte alignment has a size that is a multiple of 16. */
    uint32_t alignment = value_bytes > 0 && value_bytes % 16 == 0 ? 16 : 8;
    uint32_t value_offset = ALIGN_UP((uint32_t)sizeof(uint64_t) + key_bytes, alignment);
    *map = (Map){
        .arena = arena,
        .hash = hash,
        .equal = equal,
        .key_bytes = key_bytes,
        .value_bytes = value_bytes,
        .value_offset = value_offset,
        .entry_bytes = ALIGN_UP(value_offset + value_bytes, alignment),
    };
}

void map_init_str(Map *map, Arena *arena, uint32_t value_bytes)
{
    map_init(map, arena, sizeof(Str), value_bytes, map_hash_str, map_equal_str);
}

void map_init_u64(Map *map, Arena *arena, uint32_t value_bytes)
{
    map_init(map, arena, sizeof(uint64_t), value_bytes, map_hash_u64, map_equal_u64);
}

void map_init_u32(Map *map, Arena *arena, uint32_t value_bytes)
{
    map_init(map, arena, sizeof(uint32_t), value_bytes, map_hash_u32, map_equal_u32);
}

static inline uint64_t hash_key(const Map *map, const void *key)
{
    uint64_t hash = map->hash(key);
    return hash != 0 ? hash : 1; /* 0 marks a removed entry */
}

/* The slot that names `key`, or the one where it belongs: the first removed one on the way, else the empty one at the
 * end. */
static uint32_t find_slot(const Map *map, const void *key, uint64_t hash, bool *found)
{
    uint32_t free_slot = UINT32_MAX;
    *found = false;
    for (uint32_t slot = (uint32_t)hash & map->slot_mask;; slot = (slot + 1) & map->slot_mask) {
        uint32_t content = map->slots[slot];
        if (content == SLOT_EMPTY) return free_slot != UINT32_MAX ? free_slot : slot;
        if (content == SLOT_REMOVED) {
            if (free_slot == UINT32_MAX) free_slot = slot;
            continue;
        }
        char *entry = entry_at(map, content - SLOT_ENTRY);
        if (entry_hash(entry) == hash && map->equal(entry_key(entry), key)) {
            *found = true;
            return slot;
        }
    }
}

void *map_find(const Map *map, const void *key)
{
    if (map->count == 0) return NULL;
    bool found;
    uint32_t slot = find_slot(map, key, hash_key(map, key), &found);
    return found ? entry_at(map, map->slots[slot] - SLOT_ENTRY) + map->value_offset : NULL;
}

/* Closes the gaps that removals left and makes the slots anew. */
static void rebuild(Map *map)
{
    memset(map->slots, 0, ((size_t)map->slot_mask + 1) * sizeof map->slots[0]);
    uint32_t live = 0;
    for (uint32_t i = 0; i < map->entry_count; i++) {
        char *from = entry_at(map, i), *to = entry_at(map, live);
        uint64_t hash = entry_hash(from);
        if (hash == 0) continue;
        if (from != to) memcpy(to, from, map->entry_bytes);
        uint32_t slot = (uint32_t)hash & map->slot_mask;
        while (map->slots[slot] != SLOT_EMPTY) slot = (slot + 1) & map->slot_mask;
        map->slots[slot] = SLOT_ENTRY + live++;
    }
    ASSERT(live == map->count);
    map->entry_count = live;
}

static void make_room(Map *map)
{
    /* Half of it gaps: closing them is room enough. */
    if (map->count <= map->entry_capacity / 2 && map->slots) {
        rebuild(map);
        return;
    }
    uint64_t slot_count = map->slots ? 2 * ((uint64_t)map->slot_mask + 1) : SLOTS_FIRST;
    if (slot_count > ENTRIES_MAX)
        raise_error(SQLSTATE_PROGRAM_LIMIT_EXCEEDED, "hash table exceeds %d entries", ENTRIES_MAX);
    uint32_t capacity = (uint32_t)(slot_count / 4 * 3);
    uint32_t *slots = arena_alloc_array(map->arena, slot_count, sizeof *slots);
    map->entries = arena_grow(map->arena, map->entries,
                              (size_t)map->entry_capacity * map->entry_bytes,
                              (size_t)capacity * map->entry_bytes);
    map->entry_capacity = capacity;
    map->slots = slots;
    map->slot_mask = (uint32_t)(slot_count - 1);
    rebuild(map);
}

void *map_put(Map *map, const void *key, bool *added)
{
    uint64_t hash = hash_key(map, key);
    bool found = false;
    uint32_t slot = map->slots ? find_slot(map, key, hash, &found) : 0;
    if (added) *added = !found;
    if (found) return entry_at(map, map->slots[slot] - SLOT_ENTRY) + map->value_offset;
    if (!map->slots || map->entry_count == map->entry_capacity) {
        make_room(map);
        slot = find_slot(map, key, hash, &found);
    }
    char *entry = entry_at(map, map->entry_count);
    memset(entry, 0, map->entry_bytes);
    store_le64(entry, hash);
    memcpy(entry_key(entry), key, map->key_bytes);
    map->slots[slot] = SLOT_ENTRY + map->entry_count++;
    map->count++;
    return entry + map->value_offset;
}

bool map_remove(Map *map, const void *key)
{
    if (map->count == 0) return false;
    bool found;
    uint32_t slot = find_slot(map, key, hash_key(map, key), &found);
    if (!found) return false;
    store_le64(entry_at(map, map->slots[slot] - SLOT_ENTRY), 0);
    map->slots[slot] = SLOT_REMOVED;
    map->count--;
    return true;
}

void map_clear(Map *map)
{
    map->count = map->entry_count = 0;
    if (map->slots) memset(map->slots, 0, ((size_t)map->slot_mask + 1) * sizeof map->slots[0]);
}

bool map_next(const Map *map, uint32_t *at, const void **key, void **value)
{
    while (*at < map->entry_count) {
        char *entry = entry_at(map, (*at)++);
        if (entry_hash(entry) == 0) continue;
        if (key) *key = entry_key(entry);
        if (value) *value = entry + map->value_offset;
        return true;
    }
    return false;
}

uint64_t map_hash_str(const void *key)
{
    return hash_str(*(const Str *)key);
}

bool map_equal_str(const void *a, const void *b)
{
    return str_equal(*(const Str *)a, *(const Str *)b);
}

uint64_t map_hash_u64(const void *key)
{
    return hash_u64(load_le64(key));
}

bool map_equal_u64(const void *a, const void *b)
{
    return load_le64(a) == load_le64(b);
}

uint64_t map_hash_u32(const void *key)
{
    return hash_u64(load_le32(key));
}

bool map_equal_u32(const void *a, const void *b)
{
    return load_le32(a) == load_le32(b);
}

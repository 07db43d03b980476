/* SPDX-License-Identifier: Apache-2.0 */
/* map.h - a hash map in an arena, iterated in the order of insertion so that the same run gives the same order.
 *
 * Idea: an index of 32-bit slots (open addressing, linear probing, at most 3/4 full) over a dense array of entries, as
 * in Python's dict. Removal leaves a gap in the entries that the next growth closes. One task at a time. */
#pragma once

#include "base/arena.h"
#include "base/base.h"

typedef uint64_t (*MapHash)(const void *key);
typedef bool (*MapEqual)(const void *a, const void *b);

typedef struct Map {
    Arena *arena;
    MapHash hash;
    MapEqual equal;
    uint32_t key_bytes, value_bytes, value_offset, entry_bytes;
    uint32_t count; /* live entries */
    uint32_t entry_count, entry_capacity;
    uint32_t slot_mask; /* slots - 1; 0 with slots NULL: empty */
    uint32_t *slots;    /* entry index + 2; 0 empty, 1 removed */
    char *entries;      /* {uint64 hash, key, value}; hash 0: removed */
} Map;

/* Keys and values are copied by size; keys are aligned to 8 bytes, values to 8, or to 16 where their size is a multiple
 * of 16. */
void map_init(Map *map, Arena *arena, uint32_t key_bytes, uint32_t value_bytes, MapHash hash,
              MapEqual equal);
/* Ready-made keys. */
void map_init_str(Map *map, Arena *arena, uint32_t value_bytes); /* key: Str, bytes not copied */
void map_init_u64(Map *map, Arena *arena, uint32_t value_bytes);
void map_init_u32(Map *map, Arena *arena, uint32_t value_bytes);

/* Pointer to the value, or NULL; valid until the next put. */
void *map_find(const Map *map, const void *key);
/* Pointer to the value of `key`, zeroed if it was new; *added (may be NULL) tells. Raises 53200 or 54000. */
void *map_put(Map *map, const void *key, bool *added);
bool map_remove(Map *map, const void *key);
void map_clear(Map *map);

/* for (uint32_t at = 0; map_next(&map, &at, &key, &value); ) - key and value may be NULL. */
bool map_next(const Map *map, uint32_t *at, const void **key, void **value);

uint64_t map_hash_str(const void *key);
bool map_equal_str(const void *a, const void *b);
uint64_t map_hash_u64(const void *key);
bool map_equal_u64(const void *a, const void *b);
uint64_t map_hash_u32(const void *key);
bool map_equal_u32(const void *a, const void *b);

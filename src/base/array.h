/* SPDX-License-Identifier: Apache-2.0 */
/* array.h - growable arrays in an arena.
 *
 *     ARRAY_OF(Column *) columns = {.arena = stmt};
 *     array_push(&columns, column);
 *     for (uint32_t i = 0; i < columns.count; i++) use(columns.items[i]);
 *
 * Items move when the array grows: keep indexes, not pointers. */
#pragma once

#include "base/arena.h"
#include "base/base.h"

#define ARRAY_OF(Type)            \
    struct {                      \
        Type *items;              \
        uint32_t count, capacity; \
        Arena *arena;             \
    }

/* The most bytes an array may have: error 54000 past it. */
enum { ARRAY_BYTES_MAX = 0x3fffffff };

/* Room for `count` items; returns the new item pointer. Raises 53200 or 54000. */
void *array_reserve_bytes(Arena *arena, void *items, uint32_t old_capacity, uint32_t needed,
                          size_t item_bytes, uint32_t *new_capacity);

#define array_reserve(array, needed)                                                              \
    ((void)((needed) <= (array)->capacity ||                                                      \
            ((array)->items = array_reserve_bytes((array)->arena, (array)->items,                 \
                                                  (array)->capacity, (needed),                    \
                                                  sizeof((array)->items[0]), &(array)->capacity), \
             true)))
#define array_push(array, item) \
    (array_reserve((array), (array)->count + 1), (void)((array)->items[(array)->count++] = (item)))
/* A new zeroed last item, by pointer. */
#define array_add(array)                                                    \
    (array_reserve((array), (array)->count + 1),                            \
     memset(&(array)->items[(array)->count], 0, sizeof((array)->items[0])), \
     &(array)->items[(array)->count++])
#define array_last(array) ((array)->items[(array)->count - 1])
#define array_pop(array) ((array)->items[--(array)->count])

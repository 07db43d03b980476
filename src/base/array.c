/* SPDX-License-Identifier: Apache-2.0 */
/* array.c - the growth of arrays: by doubling, from a cache line's worth. */
#include "base/array.h"

#include "base/error.h"

enum { FIRST_BYTES = 64 };

void *array_reserve_bytes(Arena *arena, void *items, uint32_t old_capacity, uint32_t needed,
                          size_t item_bytes, uint32_t *new_capacity)
{
    uint64_t most = ARRAY_BYTES_MAX / item_bytes;
    if (needed > most)
        raise_error(SQLSTATE_PROGRAM_LIMIT_EXCEEDED,
                    "array of %u items of %zu bytes exceeds the limit of %d bytes", needed,
                    item_bytes, ARRAY_BYTES_MAX);
    uint64_t least = MAX((uint64_t)1, FIRST_BYTES / item_bytes);
    uint64_t capacity = MIN(MAX(MAX(2 * (uint64_t)old_capacity, needed), least), most);
    void *grown = arena_grow(arena, items, old_capacity * item_bytes,
                             (size_t)(capacity * item_bytes));
    *new_capacity = (uint32_t)capacity;
    return grown;
}

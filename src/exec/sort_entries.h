/* SPDX-License-Identifier: Apache-2.0 */
/* sort_entries.h - putting keys of rows in order, in memory. */
#pragma once

#include "base/arena.h"

/* A row's key: eight bytes of it as a number, and all of it. Where keys are one number, `key` is NULL and `bytes` says
 * whether it is a value (1) or a NULL that comes before (0) or after (2) all of them. */
typedef struct SortEntry {
    uint64_t prefix;
    const uint8_t *key;
    uint32_t bytes;
    uint32_t row;
} SortEntry;

typedef struct SortOrder {
    bool prefix_only;
    /* Decides between rows whose keys agree as far as the shorter goes, where one is longer than `values_above` and so
     * may have been cut. NULL: none has been. */
    int (*compare_values)(const void *arg, uint32_t row, uint32_t other);
    const void *arg;
    uint32_t values_above;
} SortOrder;

/* Stable. Sorts in place, or into new memory of `arena`: the result is where the entries stand then. All keys' prefixes
 * must be of their first eight bytes; afterwards they may be of later ones. */
SortEntry *entries_sort(const SortOrder *order, SortEntry *entries, uint32_t count, Arena *arena);
/* Below 0: `a` comes first. */
int entries_compare(const SortOrder *order, const SortEntry *a, const SortEntry *b);
/* Are the keys of neighbours in order the same? */
bool entries_same(const SortOrder *order, const SortEntry *a, const SortEntry *b);
uint64_t entry_prefix(const uint8_t *key, uint32_t bytes);

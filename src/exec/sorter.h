/* SPDX-License-Identifier: Apache-2.0 */
/* sorter.h - rows in order: by normalised keys, of any number of columns. */
#pragma once

#include "exec/exec_internal.h"
#include "exec/rowstore.h"

typedef struct SortColumn {
    Oid type, collation;
    bool descending, nulls_first;
} SortColumn;

typedef struct Sorter Sorter;

/* `limit`: only the first so many rows are wanted; 0: all. In arenas below `parent`. */
Sorter *sorter_new(Arena *parent, const FnEnv *env, const RowShape *shape,
                   const SortColumn *columns, uint32_t count, uint64_t limit);
/* Rows and their keys: vectors of the same rows. */
void sorter_add(Sorter *sorter, const Vector *rows, const Vector *keys, Selection selection);
void sorter_finish(Sorter *sorter);
/* The next rows in order as flat vectors; how many, 0 at the end. `same` (may be NULL): for each row, whether its keys
 * equal those of the row before it. */
uint32_t sorter_next(Sorter *sorter, uint32_t rows_max, Vector *columns, Arena *arena, bool *same);
void sorter_clear(Sorter *sorter);

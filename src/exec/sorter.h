/* SPDX-License-Identifier: Apache-2.0 */
/* sorter.h - rows in order: by normalised keys, of any number of columns; in memory up to work_mem, then in runs that
 * stand in a temporary file. */
#pragma once

#include "exec/exec_internal.h"
#include "exec/rowstore.h"
#include "exec/sort_keys.h"

typedef struct Sorter Sorter;

/* `limit`: only the first so many rows are wanted; 0: all. In arenas below the execution's. */
Sorter *sorter_new(Exec *exec, const RowShape *shape, const SortColumn *columns, uint32_t count,
                   uint64_t limit);
/* Rows and their keys: vectors of the same rows. */
void sorter_add(Sorter *sorter, const Vector *rows, const Vector *keys, Selection selection);
void sorter_finish(Sorter *sorter);
/* The next rows in order as flat vectors; how many, 0 at the end (there may be fewer than are left). `same` (may be
 * NULL): for each row, whether its keys equal those of the row before it. What vectors point to stays valid until the
 * next call. */
uint32_t sorter_next(Sorter *sorter, uint32_t rows_max, Vector *columns, Arena *arena, bool *same);
void sorter_clear(Sorter *sorter);
/* What has been used: the most memory of all sorts, and the last one's runs. */
void sorter_figures(const Sorter *sorter, ExecFigures *figures);

/* SPDX-License-Identifier: Apache-2.0 */
/* rowstore.h - rows kept in columns: what sorts, hash tables, materialisations and windows hold. Rows are numbered from
 * 0 in the order in which they came, strings are copied, nothing moves once it is there. Row n stands at
 * n % BATCH_ROWS_MAX of the vectors that a view of it shows. */
#pragma once

#include "base/vector.h"
#include "exec/exec_internal.h"

typedef struct RowStore RowStore;
struct SpillFile;

/* In an arena of its own below `parent`. */
RowStore *rows_new(Arena *parent, const RowShape *shape);
uint32_t rows_count(const RowStore *rows);
uint32_t rows_columns(const RowStore *rows);
Arena *rows_arena(RowStore *rows);
/* Adds the selected rows of as many columns as the store has; the first gets number rows_count. Raises 54000 at 2^32
 * rows. */
void rows_append(RowStore *rows, const Vector *columns, Selection selection);
void rows_clear(RowStore *rows);
/* The rows of all of them, of one shape, in one store of their memory, which must not change any more: those of
 * stores[s] from firsts[s] on, a multiple of BATCH_ROWS_MAX. What numbers lie between belong to no row, are counted and
 * must not be asked for. Only for numbers: rows_gather, rows_get, rows_slot. */
RowStore *rows_unite(Arena *parent, RowStore *const *stores, uint32_t count, uint32_t *firsts);
/* From now on chunks of rows go to the file when more than bytes_max of memory are held. What this header says of rows
 * by number is then good for readers alone. */
void rows_spill_to(RowStore *rows, struct SpillFile *file, uint64_t bytes_max);
/* Rows from `from` on, at most `count`, as vectors of a whole chunk and a selection of it. Until the store is
 * cleared. */
Selection rows_view(RowStore *rows, uint32_t from, uint32_t count, Vector *columns);
/* The given rows, in that order, as flat vectors in `arena` (count <= BATCH_ROWS_MAX). UINT32_MAX: a row of NULLs. */
void rows_gather(const RowStore *rows, const uint32_t *numbers, uint32_t count, Vector *columns,
                 Arena *arena);
Datum rows_get(const RowStore *rows, uint32_t row, uint32_t column);
/* The slot of a value; `null` (may be NULL) tells. */
const void *rows_slot(const RowStore *rows, uint32_t row, uint32_t column, bool *null);

/* One who reads a store that may be in a file. What it gave stays valid, also when rows are appended meanwhile,
 * until it has been asked for rows of `chunks_kept` other chunks, or for more rows of the same chunk after an append;
 * not after rows_clear. */
typedef struct RowReader RowReader;
RowReader *reader_new(RowStore *rows, Arena *arena, uint32_t chunks_kept);
RowStore *reader_rows(const RowReader *reader);
/* As rows_view and rows_get. */
Selection reader_view(RowReader *reader, uint32_t from, uint32_t count, Vector *columns);
Datum reader_get(RowReader *reader, uint32_t row, uint32_t column);

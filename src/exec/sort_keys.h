/* SPDX-License-Identifier: Apache-2.0 */
/* sort_keys.h - what rows are ordered by, as entries: of key columns one byte string each row whose memcmp order is the
 * order wanted (docs/formats.md, section 7). A key of one column of a number is that number, and no bytes are made. */
#pragma once

#include "exec/exec_internal.h"
#include "exec/sort_entries.h"

typedef struct SortColumn {
    Oid type, collation;
    bool descending, nulls_first;
    bool one_shape; /* of records: the columns of all values have the same types */
} SortColumn;

typedef struct SortKeys {
    const SortColumn *columns;
    TypeCall *calls;
    uint32_t count;
    RowShape shape;
    bool prefix_only; /* keys of one number */
    bool all_fixed;   /* keys of numbers */
    bool may_be_cut;  /* by their types: at TYPE_KEY_BYTES_MAX */
    bool short_types; /* whether keys are cut can be told from the bytes of the values */
    bool any_cut;     /* of those made so far */
    /* A longer key may have been cut: then the values decide. 0: they always do, as records may be none that can be
     * compared. */
    uint32_t exact_bytes;
    uint32_t bytes; /* all_fixed */
} SortKeys;

/* Raises 42883 where a type has no order. `columns` live as long. */
void sort_keys_init(SortKeys *keys, Exec *exec, const SortColumn *columns, uint32_t count);
/* The columns of a plan's keys, and the program that computes them. */
SortColumn *sort_columns(Exec *exec, const PlanSortKeyList *keys, ExprState **program);
/* Entries of the selected rows, whose keys are these vectors; `row` is the place in the selection, bytes are in
 * `arena`. */
void sort_keys_make(SortKeys *keys, const Vector *vectors, Selection selection, SortEntry *out,
                    Arena *arena);
/* May a key of these be cut? Else none is longer than it may be. */
bool sort_keys_may_be_long(const SortKeys *keys, const Vector *vectors, Selection selection);
/* Which of two key values of a column comes first. */
int sort_keys_compare_value(const SortKeys *keys, uint32_t column, Datum left, Datum right);

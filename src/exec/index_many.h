/* SPDX-License-Identifier: Apache-2.0 */
/* index_many.h - an index scan asked for many keys at once: what nested loops do with an inner side that is one look-up
 * by equality a row. A leaf of the index, and one of the table, is latched once for all that it holds. */
#pragma once

#include "exec/exec_internal.h"

/* A row that one of the keys found. */
typedef struct IndexFound {
    RowId id;
    uint32_t key; /* its position among the keys asked for */
} IndexFound;

/* A nested loop with its children open becomes an index join; false: it has to go on as it is. */
bool index_join_takes(OpState *loop);

/* Can this scan answer many keys? Equalities alone, on the index's first columns, whose bytes say all. */
bool index_scan_takes_many(const OpState *scan);
/* What the entries of `keys.count` keys have, by key and in the index's order; keys[k] is the column of values of the
 * plan's k-th key. In `arena`. */
uint32_t index_scan_find(OpState *scan, const Vector *keys, Selection rows, Arena *arena,
                         IndexFound **found);
/* Fetches these rows (ascending, none twice; at most BATCH_ROWS_MAX) and gives what the scan shows of those that its
 * conditions pass, valid until the next call; places[i] becomes where the i-th stands in the batch's vectors,
 * UINT32_MAX: it is not there. */
const Batch *index_scan_show(OpState *scan, const RowId *ids, uint32_t count, uint32_t *places);

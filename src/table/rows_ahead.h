/* SPDX-License-Identifier: Apache-2.0 */
/* rows_ahead.h - what is asked of the device and of memory before named rows are read.
 *
 * Rows that an index names stand on a page each; reading one waits for memory some five times: the page's state, its
 * header, the row's id, its value's slot, the value. All but the last can be told beforehand: the parent names the leaf
 * and its lower fence, rows without holes stand at their distance from it, and pages are mostly laid out alike. So the
 * processor is asked for them some rows before it comes there, and some rows later for what the slots lead to. Idea:
 * "Improving Hash Join Performance through Prefetching" (ICDE 2004), software pipelines. Leaves that are not in memory
 * are on their way from the device many at a time. What is told wrongly costs time alone. */
#pragma once

#include "store/tree.h"
#include "table/leaf.h"

enum { AHEAD_COLUMNS_MAX = 4 };

typedef struct RowsAhead {
    Tree *tree;
    const RowId *rows;
    TreeLeaf *leaves; /* of the rows */
    uint32_t count, capacity;
    uint32_t read;            /* rows whose leaves are in memory, or on their way */
    uint32_t asked, followed; /* rows that were asked for; whose slots were followed */
    /* as the last page had them: where arrays stand on it */
    bool seen;                     /* there was one */
    uint32_t deltas, heads, undos; /* 0: they were not looked at */
    uint32_t column_count;
    struct AheadColumn {
        uint32_t nulls, data; /* nulls 0: none */
        uint16_t width;
        bool in_heap; /* strings, that is: few decimals keep bytes there */
    } columns[AHEAD_COLUMNS_MAX];
} RowsAhead;

/* Rows, ascending, that are read next; they stay the caller's. `arena` as long as `ahead`. Few: `count` is 0
 * then, and none is asked for. */
Status rows_ahead_name(RowsAhead *ahead, Arena *arena, const RowId *rows, uint32_t count);
/* The latched page as it is laid out; then the columns that are read of it. `heads`: these are looked at too. */
void rows_ahead_page(RowsAhead *ahead, const void *page, bool heads);
void rows_ahead_column(RowsAhead *ahead, const LeafPlace *place);
/* Row number `at` is read next: asks for those behind it. */
void rows_ahead_ask(RowsAhead *ahead, uint32_t at);

/* SPDX-License-Identifier: Apache-2.0 */
/* row_order.h - row ids as an index gives them, put into the order that table_scan_rows takes them in, each with the
 * number of where it came from. */
#pragma once

#include "base/base.h"
#include "table/table.h"

/* Row id and number in one word, so that they are ordered as words. */
typedef struct RowPlace {
    uint64_t v;
} RowPlace;
enum { ROW_PLACE_AT_BITS = 16 };
static inline RowPlace row_place(RowId row, uint32_t at)
{
    ASSERT(at < 1u << ROW_PLACE_AT_BITS);
    return (RowPlace){row.v << ROW_PLACE_AT_BITS | at};
}
static inline RowId row_place_row(RowPlace place)
{
    return (RowId){place.v >> ROW_PLACE_AT_BITS};
}
static inline uint32_t row_place_at(RowPlace place)
{
    return place.v & ((1u << ROW_PLACE_AT_BITS) - 1);
}

/* Sorts `places`, whose numbers ascend as they come; `spare` has room for as many. Those that ascend already cost one
 * look. */
void row_places_sort(RowPlace *places, RowPlace *spare, uint32_t count);

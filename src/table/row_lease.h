/* SPDX-License-Identifier: Apache-2.0 */
/* row_lease.h - where new rows go: to the end of the table, or to a leaf whose row ids one task has for itself. */
#pragma once

#include "table/table_internal.h"

typedef struct RowLease RowLease;

typedef struct RowPlace {
    PageRef leaf;     /* latched exclusively; let go of by the caller */
    uint64_t next;    /* the next row's id */
    uint64_t end;     /* the first that must not be given out here */
    RowLease *lease;  /* whose ids they are; NULL: those of the end of the table */
    bool waited, due; /* for the latch; a lease should be taken afterwards */
} RowPlace;

/* Latches the leaf of the task's next new row. The place is left by row_place_leave. */
Status row_place_latch(Table *table, RowPlace *place);
/* So many ids are given out, with the leaf latched. */
void row_place_use(Table *table, RowPlace *place, uint32_t count);
/* The leaf does not take the next row. True: its lease has ended, look for another place; false: room is to be made. */
bool row_place_is_full(RowPlace *place);
/* The leaf may be latched still, or not. */
void row_place_leave(RowPlace *place);
/* After row_place_leave of a place where one was due, with nothing latched or reserved: the rest of the last leaf
 * becomes the task's, and whoever else inserts goes on in a new one. */
Status row_lease_take(Table *table);
/* The id that the end of the table gives out next, on the latched last leaf. */
uint64_t row_lease_tail_next(Table *table, const void *page);

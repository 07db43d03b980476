/* SPDX-License-Identifier: Apache-2.0 */
/* redo_internal.h - a batch of log records, between redo.c, which collects it, and redo_apply.c, which applies it. */
#pragma once

#include "os/sync.h"
#include "store/store_internal.h"

/* A reference of a record. While collecting, `page` is its place in Redo.pages. */
typedef struct RedoItem {
    const WalRecord *record;
    uint32_t index, page;
} RedoItem;

typedef struct RedoPage {
    uint64_t page;
    uint32_t count, skip; /* its items, and how many of them its last FORMAT makes void */
    uint32_t begin;       /* of its items in Redo.sorted */
} RedoPage;

typedef struct RedoOrder {
    uint64_t page;
    uint32_t at; /* in Redo.pages */
} RedoOrder;

/* Pages by their id, each with the place in the log that it is marked for. Open addressing; never shrinks. */
typedef struct PageMarks {
    uint64_t *pages, *lsns; /* lsn 0: the place is empty, or the mark is gone */
    uint32_t capacity, used;
} PageMarks;

/* An extent of whose pages some are free from `lsn` on. */
typedef struct FreedExtent {
    uint64_t first, taken, lsn;
} FreedExtent;

struct Redo {
    Store *store;
    Arena *arena;
    char *bytes; /* copies of records */
    size_t bytes_used, bytes_max;
    RedoItem *items; /* in the order of the log */
    RedoItem *
        sorted; /* by page, each page's in the order of the log; filled when the batch is applied */
    uint32_t item_count, item_max;
    RedoPage *pages;
    RedoOrder *order; /* of pages, by number */
    uint32_t page_count, page_max;
    uint32_t *slots; /* index of page + 1 */
    uint32_t slot_mask;
    FreedExtent *freed; /* of this batch */
    uint32_t freed_count, freed_max;
    uint64_t lsn;  /* of the record being collected */
    Status status; /* of marking what it takes */

    Mutex mutex;       /* of the marks and the arena, while a batch is applied */
    PageMarks missing; /* passed by (R3); the lsn of the last record that was */
    PageMarks strays;  /* on their way (R5); the lsn is 1 more than that of SpaceWay */
};

/* lsn 0: the mark goes, or is not there. */
Status redo__mark_set(Arena *arena, PageMarks *marks, uint64_t page, uint64_t lsn);
uint64_t redo__mark_get(const PageMarks *marks, uint64_t page);

/* Gives each page of the batch its records. The batch stays as it was. */
Status redo__pages_apply(Redo *redo);

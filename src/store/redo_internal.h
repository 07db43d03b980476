/* SPDX-License-Identifier: Apache-2.0 */
/* redo_internal.h - a batch of log records, between redo.c, which collects it, and redo_apply.c, which applies it. */
#pragma once

#include "base/error.h"
#include "os/sync.h"
#include "store/store_internal.h"

/* A reference of a record. `page` is its place in RedoBatch.pages, or, before it is found, where that may be. */
typedef struct RedoItem {
    const WalRecord *record;
    uint32_t index, page;
} RedoItem;

typedef struct RedoPage {
    uint64_t page;
    uint32_t count,
        skip;       /* its items, 0: no page; and how many of them its last FORMAT makes void */
    uint32_t begin; /* of its items in Redo.sorted */
} RedoPage;

typedef struct RedoOrder {
    uint64_t page;
    uint32_t at; /* in RedoBatch.pages */
} RedoOrder;

/* Pages by their id, each with the place in the log that it is marked for. Open addressing; never shrinks. */
typedef struct PageMarks {
    uint64_t *pages, *lsns; /* lsn 0: the place is empty, or the mark is gone */
    uint32_t capacity, used;
} PageMarks;

/* An extent of whose pages some are free from `lsn` on; or the page `first`, which leaves what it is part of. */
typedef struct FreedExtent {
    uint64_t first, taken, lsn;
    bool leaves;
} FreedExtent;

/* Records being collected, or being applied while the next ones are collected. */
typedef struct RedoBatch {
    char *bytes; /* copies of records; from the system */
    size_t bytes_used;
    RedoItem *items;            /* in the order of the log */
    RedoItem *sorted;           /* by page, each page's in the order of the log: by redo__sort */
    uint32_t item_count, found; /* items whose pages have been found */
    RedoPage *pages;            /* by number: open addressing */
    RedoOrder *order, *order_spare; /* of pages: by number after redo__sort */
    uint32_t page_count;
    FreedExtent *freed;
    uint32_t freed_count;
} RedoBatch;

enum { REDO_TASKS_MAX = 8, REDO_WHY_BYTES = 256 };

/* What the tasks that apply a batch share. */
typedef struct RedoWork {
    Redo *redo;
    const RedoBatch *batch; /* NULL: nothing is being applied */
    Task *helpers[REDO_TASKS_MAX];
    uint32_t helper_count;
    uint32_t ahead; /* pages: at most the half of the pool's ring for pages read ahead */
    _Atomic uint32_t next;
    _Atomic bool failed;
    /* Of the first failure; under redo->mutex. */
    Status status;
    Sqlstate code;
    char why[REDO_WHY_BYTES];
} RedoWork;

struct Redo {
    Store *store;
    Arena *arena;
    RedoBatch batches[2], *batch; /* that is being collected; the other is applied, or empty */
    RedoWork work;
    size_t bytes_max;
    uint32_t item_max, page_max, freed_max, page_mask;
    uint64_t lsn;  /* of the record being collected */
    Status status; /* of marking what it takes */

    Mutex mutex;       /* of the marks and the arena, while a batch is applied */
    PageMarks missing; /* passed by (R3); the lsn of the last record that was */
    PageMarks strays;  /* on their way (R5); the lsn is 1 more than that of SpaceWay */
};

/* lsn 0: the mark goes, or is not there. redo->mutex is held where the marks are a Redo's. */
Status redo__mark_set(Arena *arena, PageMarks *marks, uint64_t page, uint64_t lsn);
uint64_t redo__mark_get(const PageMarks *marks, uint64_t page);

void redo__apply_init(Redo *redo, uint64_t frames); /* how many the pool has */
void redo__sort(RedoBatch *batch);
/* Helpers begin to give each page of the sorted batch its records; nothing else is being applied. */
void redo__apply_begin(Redo *redo, const RedoBatch *batch);
/* Takes part, until all is done. The batch stays as it was. */
Status redo__apply_end(Redo *redo);
/* Helpers end where they are. */
void redo__stop(Redo *redo);

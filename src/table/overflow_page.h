/* SPDX-License-Identifier: Apache-2.0 */
/* overflow_page.h - pages of long values: pieces of several values in slots. Pure functions of page bytes, which serve
 * running and redo alike. overflow_page.c has the format. */
#pragma once

#include "base/base.h"
#include "store/page.h"

/* Where a piece stands, and which it is: the undo record of its writing names it for good. 0: none. */
typedef struct OverflowPlace {
    uint64_t place; /* page number:40 | slot:16 */
    UndoPtr undo;
} OverflowPlace;
enum {
    OVERFLOW_PAGE_HEAD_BYTES = PAGE_HEADER_BYTES + 8,
    OVERFLOW_SLOT_BYTES = 4,
    OVERFLOW_PIECE_HEAD_BYTES = 24,
    OVERFLOW_PIECE_MAX = PAGE_BYTES - OVERFLOW_PAGE_HEAD_BYTES - OVERFLOW_SLOT_BYTES -
                         OVERFLOW_PIECE_HEAD_BYTES,
};
static inline uint64_t overflow_place(PageId page, uint32_t slot)
{
    return page_number(page) | (uint64_t)slot << 40;
}

typedef struct OverflowPiece {
    UndoPtr undo;
    OverflowPlace next;
    Bytes data; /* in the page */
} OverflowPiece;

void overflow_page_init(void *page); /* formatted */
bool overflow_page_fits(const void *page, uint32_t bytes);
uint32_t overflow_page_free_slot(const void *page);
/* Room has been asked for; slot as told by overflow_page_free_slot. */
void overflow_page_put(void *page, uint32_t slot, UndoPtr undo, OverflowPlace next, Bytes data);
/* False: there is no such piece. */
bool overflow_page_get(const void *page, uint32_t slot, UndoPtr undo, OverflowPiece *piece);
void overflow_page_remove(void *page, uint32_t slot);
uint32_t overflow_page_live(const void *page);
/* Do its numbers and slots agree, and no two pieces share bytes? */
bool overflow_page_is_sound(const void *page);
/* Of this kind, and no piece on it. */
bool overflow_page_is_idle(const void *page);

/* SPDX-License-Identifier: Apache-2.0 */
/* overflow_page.c - pieces of long values.
 *
 *   offset size  behind the page header
 *       32    2  slots
 *       34    2  pieces
 *       36    2  heap start: pieces fill the page from its end down to here
 *       38    2  bytes in the heap that no piece uses
 *       40  4*n  slots: offset:16, bytes of the piece:16; 0: free
 *
 *   offset size  piece
 *        0    8  position of the undo record of its writing
 *        8    8  the next piece: page number:40 | slot:16 | zero; 0: none
 *       16    8  that piece's undo record
 *       24       bytes of the value */
#include "table/overflow_page.h"

#include "base/arith.h"

typedef struct OverflowHeader {
    PageHeader page;
    uint16_t slots, live, heap_start, garbage;
} OverflowHeader;
static_assert(sizeof(OverflowHeader) == OVERFLOW_PAGE_HEAD_BYTES, "overflow page layout");

static char *slot_at(const void *page, uint32_t slot)
{
    return (char *)(uintptr_t)page + OVERFLOW_PAGE_HEAD_BYTES + (size_t)slot * OVERFLOW_SLOT_BYTES;
}

void overflow_page_init(void *page)
{
    OverflowHeader *header = page;
    header->slots = header->live = header->garbage = 0;
    header->heap_start = PAGE_BYTES;
}

static uint32_t room(const OverflowHeader *header)
{
    uint32_t end = OVERFLOW_PAGE_HEAD_BYTES + OVERFLOW_SLOT_BYTES * (uint32_t)header->slots;
    return header->heap_start - end + header->garbage;
}

bool overflow_page_fits(const void *page, uint32_t bytes)
{
    uint32_t need = bytes + OVERFLOW_PIECE_HEAD_BYTES + OVERFLOW_SLOT_BYTES;
    return need <= room(page);
}

uint32_t overflow_page_free_slot(const void *page)
{
    const OverflowHeader *header = page;
    for (uint32_t i = 0; header->live < header->slots && i < header->slots; i++)
        if (load_le32(slot_at(page, i)) == 0) return i;
    return header->slots;
}

/* Moves the pieces together at the page's end, in the order of their slots. */
static void compact(OverflowHeader *header)
{
    uint8_t aside[PAGE_BYTES];
    uint32_t start = PAGE_BYTES;
    memcpy(aside, header, PAGE_BYTES);
    for (uint32_t i = 0; i < header->slots; i++) {
        uint32_t word = load_le32(slot_at(header, i)), bytes = word >> 16;
        if (word == 0) continue;
        start -= bytes;
        memcpy((char *)header + start, aside + (word & 0xffff), bytes);
        store_le32(slot_at(header, i), start | bytes << 16);
    }
    header->heap_start = (uint16_t)start;
    header->garbage = 0;
}

void overflow_page_put(void *page, uint32_t slot, UndoPtr undo, OverflowPlace next, Bytes data)
{
    OverflowHeader *header = page;
    uint32_t bytes = (uint32_t)data.bytes + OVERFLOW_PIECE_HEAD_BYTES;
    ASSERT(overflow_page_fits(page, (uint32_t)data.bytes) && slot <= header->slots);
    uint32_t slots = MAX(header->slots, slot + 1);
    if (header->heap_start < OVERFLOW_PAGE_HEAD_BYTES + OVERFLOW_SLOT_BYTES * slots + bytes)
        compact(header);
    if (slot == header->slots) header->slots++;
    header->live++;
    header->heap_start = (uint16_t)(header->heap_start - bytes);
    char *piece = (char *)page + header->heap_start;
    store_le64(piece, undo.v);
    store_le64(piece + 8, next.place);
    store_le64(piece + 16, next.undo.v);
    memcpy(piece + OVERFLOW_PIECE_HEAD_BYTES, data.data, data.bytes);
    store_le32(slot_at(page, slot), header->heap_start | bytes << 16);
}

bool overflow_page_get(const void *page, uint32_t slot, UndoPtr undo, OverflowPiece *piece)
{
    const OverflowHeader *header = page;
    if (header->page.kind != PAGE_OVERFLOW || slot >= header->slots) return false;
    uint32_t word = load_le32(slot_at(page, slot)), at = word & 0xffff, bytes = word >> 16;
    if (bytes < OVERFLOW_PIECE_HEAD_BYTES || at < header->heap_start || at + bytes > PAGE_BYTES)
        return false;
    const char *from = (const char *)page + at;
    *piece = (OverflowPiece){.undo = {load_le64(from)},
                             .next = {load_le64(from + 8), {load_le64(from + 16)}},
                             .data = {(const uint8_t *)from + OVERFLOW_PIECE_HEAD_BYTES,
                                      bytes - OVERFLOW_PIECE_HEAD_BYTES}};
    return piece->undo.v == undo.v;
}

void overflow_page_remove(void *page, uint32_t slot)
{
    OverflowHeader *header = page;
    uint32_t word = load_le32(slot_at(page, slot));
    ASSERT(word != 0 && header->live > 0);
    header->garbage = (uint16_t)(header->garbage + (word >> 16));
    header->live--;
    store_le32(slot_at(page, slot), 0);
    if (header->live == 0) overflow_page_init(page);
}

uint32_t overflow_page_live(const void *page)
{
    return ((const OverflowHeader *)page)->live;
}

bool overflow_page_is_idle(const void *page)
{
    const PageHeader *header = page;
    return header->kind == PAGE_OVERFLOW && overflow_page_live(page) == 0;
}

bool overflow_page_is_sound(const void *page)
{
    const OverflowHeader *header = page;
    uint32_t end = OVERFLOW_PAGE_HEAD_BYTES + OVERFLOW_SLOT_BYTES * (uint32_t)header->slots;
    uint32_t live = 0, used = 0;
    if (header->heap_start > PAGE_BYTES || end > header->heap_start) return false;
    for (uint32_t i = 0; i < header->slots; i++) {
        uint32_t word = load_le32(slot_at(page, i)), at = word & 0xffff, bytes = word >> 16;
        if (word == 0) continue;
        if (bytes < OVERFLOW_PIECE_HEAD_BYTES || at < header->heap_start || at + bytes > PAGE_BYTES)
            return false;
        live++;
        used += bytes;
    }
    /* Pieces and what none uses fill the heap: with two that overlap the sum would be too large. */
    return live == header->live &&
           header->heap_start + used + header->garbage == (uint32_t)PAGE_BYTES;
}

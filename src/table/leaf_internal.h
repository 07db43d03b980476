/* SPDX-License-Identifier: Apache-2.0 */
/* leaf_internal.h - the page of a table leaf, for leaf*.c alone. The format stands in leaf.c. */
#pragma once

#include "base/arith.h"
#include "base/bitset.h"
#include "table/leaf.h"

typedef enum LeafFlags {
    LEAF_HAS_IMAGES = 1,
    LEAF_HAS_HEAP = 2, /* some column keeps bytes in the heap: rows have peaks */
} LeafFlags;

typedef struct LeafHeader {
    PageHeader page;
    uint64_t low, high;
    uint16_t row_count, capacity;
    uint32_t layout;
    uint16_t heap_start, garbage, promised, dead_count;
    uint64_t newest_xid;
    uint64_t newest_mark;
    uint16_t column_count;
    uint8_t flags; /* LeafFlags */
    uint8_t spare;
    uint16_t arrays_end; /* follows from the shapes: kept, since everybody asks */
    uint16_t spare_end;
    uint8_t shapes[];
} LeafHeader;
enum { LEAF_HEADER_BYTES = 88 };
static_assert(sizeof(LeafHeader) == LEAF_HEADER_BYTES, "leaf header layout");
static_assert(offsetof(LeafHeader, heap_start) == 56, "leaf header layout");
static_assert(offsetof(LeafHeader, shapes) == LEAF_HEADER_BYTES, "leaf header layout");

/* Walks the columns of a page; `index` is LEAF_IMAGE_COLUMN at the image column, which comes last. */
typedef struct LeafWalk {
    uint32_t index;
    uint8_t shape;
    uint32_t nulls, data, scales,
        end; /* offsets in the page; nulls, scales: 0 when there are none */
} LeafWalk;
bool leaf__walk_first(const LeafHeader *leaf, LeafWalk *walk);
bool leaf__walk_next(const LeafHeader *leaf, LeafWalk *walk);
bool leaf__walk_to(const LeafHeader *leaf, uint32_t column, LeafWalk *walk);

static inline const LeafHeader *leaf__at(const void *page)
{
    return page;
}
static inline Phys leaf__phys(uint8_t shape)
{
    return (Phys)(shape & LEAF_SHAPE_PHYS);
}
static inline bool leaf__in_heap(uint8_t shape)
{
    Phys phys = leaf__phys(shape);
    return !(shape & LEAF_SHAPE_ABSENT) && (phys == PHYS_STR || phys == PHYS_DECIMAL);
}

/* Where the fixed parts of the rows stand. */
typedef struct LeafRows {
    uint32_t *deltas;
    uint64_t *heads, *undos;
    uint16_t *peaks; /* NULL without LEAF_HAS_HEAP */
} LeafRows;
LeafRows leaf__rows(const LeafHeader *leaf);
/* Every id between the fences has its row, so that it says where that stands; the array of ids need not be read. Leaves
 * but the last are mostly like this. */
static inline bool leaf__is_dense(const LeafHeader *leaf)
{
    return leaf->high - leaf->low == leaf->row_count;
}
/* Offset behind all arrays: the heap may come down to it. */
uint32_t leaf__find_arrays_end(const LeafHeader *leaf);
static inline uint32_t leaf__arrays_end(const LeafHeader *leaf)
{
    return leaf->arrays_end;
}
/* Bytes a row in the main array; 0 also for a kind that there is not, on a damaged page. */
static inline uint32_t leaf__width(uint8_t shape)
{
    static const uint8_t widths[LEAF_SHAPE_PHYS + 1] = {
        [PHYS_BOOL] = 1, [PHYS_I16] = 2, [PHYS_I32] = 4,     [PHYS_I64] = 8,      [PHYS_F32] = 4,
        [PHYS_F64] = 8,  [PHYS_STR] = 4, [PHYS_DECIMAL] = 8, [PHYS_FIXED16] = 16,
    };
    static_assert(PHYS_COUNT == PHYS_STR + 1, "a width for each kind");
    return shape & LEAF_SHAPE_ABSENT ? 0 : widths[leaf__phys(shape)];
}

/* A STR slot: offset:16 | bytes:15 | overflow:1. A big decimal's 8 bytes hold the same in their low half. */
enum { LEAF_SCALE_BIG = 255, LEAF_SCALE_OVERFLOW = 254, LEAF_SLOT_OVERFLOW = 1u << 31 };
static inline uint32_t leaf__slot_offset(uint32_t slot)
{
    return slot & 0xffff;
}
static inline uint32_t leaf__slot_bytes(uint32_t slot)
{
    return slot >> 16 & 0x7fff;
}

/* The heap slot of a value, 0 when it keeps nothing in the heap. */
uint32_t leaf__heap_slot(const LeafHeader *leaf, const LeafWalk *walk, uint32_t row);
LeafValue leaf__get(const LeafHeader *leaf, const LeafWalk *walk, uint32_t row);
uint32_t leaf__row_heap_bytes(const LeafHeader *leaf, uint32_t row);
void leaf__put(LeafHeader *leaf, const LeafWalk *walk, uint32_t row, const LeafValue *value);

/* An empty page like `like` (page header, fences), laid out anew. */
void leaf__blank(void *page, const LeafHeader *like, const LeafLayout *layout, uint32_t capacity);
/* Appends rows [from, to) of `source` to `into`, whose low fence may differ and whose layout may be a later one. */
void leaf__copy_rows(LeafHeader *into, const LeafHeader *source, uint32_t from, uint32_t to,
                     const LeafValue *missing);
/* A number of one width in another; false: there is no way. */
bool leaf__widen(Phys from, Phys to, Value *value);
/* Drops the garbage of the heap. */
void leaf__compact(LeafHeader *leaf);

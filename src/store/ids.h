/* SPDX-License-Identifier: Apache-2.0 */
/* ids.h - the names of things in storage. Each is a struct of one number, so that one cannot be passed for another; the
 * numbers reach the disk and never change their meaning. */
#pragma once

#include "base/base.h"

/* A space: a database (or its part in one tablespace). 24 bits, never reused. Space 0: the shared catalogs. Space 1:
 * temporary trees and their undo; it is empty after every start. */
typedef struct SpaceId {
    uint32_t v;
} SpaceId;
#define SPACE_SHARED ((SpaceId){0})
#define SPACE_TEMP ((SpaceId){1})
enum { SPACE_FIRST_USER = 2, SPACE_BITS = 24 };

/* A page: space:24 | number:40. */
typedef struct PageId {
    uint64_t v;
} PageId;
#define PAGE_NONE ((PageId){UINT64_MAX})
static inline PageId page_id(SpaceId space, uint64_t number)
{
    return (PageId){(uint64_t)space.v << 40 | number};
}
static inline SpaceId page_space(PageId page)
{
    return (SpaceId){(uint32_t)(page.v >> 40)};
}
static inline uint64_t page_number(PageId page)
{
    return page.v & ((UINT64_C(1) << 40) - 1);
}

/* A tree: space:24 | number:40. Numbers are never reused within a space. A copied space keeps them. */
typedef struct TreeId {
    uint64_t v;
} TreeId;
#define TREE_NONE ((TreeId){0})
static inline TreeId tree_id(SpaceId space, uint64_t number)
{
    return (TreeId){(uint64_t)space.v << 40 | number};
}
static inline SpaceId tree_space(TreeId tree)
{
    return (SpaceId){(uint32_t)(tree.v >> 40)};
}
static inline uint64_t tree_number(TreeId tree)
{
    return tree.v & ((UINT64_C(1) << 40) - 1);
}

/* A position in the log: the byte of the endless sequence of 16 MiB segments, segment headers included. 0: none. */
typedef struct Lsn {
    uint64_t v;
} Lsn;

/* A transaction, 48 bits, ever growing; 0: none, 1: bootstrap and frozen ("visible to all"). */
typedef struct Xid {
    uint64_t v;
} Xid;
#define XID_NONE ((Xid){0})
#define XID_FROZEN ((Xid){1})
enum { XID_FIRST = 3, XID_BITS = 48 };

/* A row of a table: below 2^47, never reused. 0 is no row. */
typedef struct RowId {
    uint64_t v;
} RowId;
#define ROW_ID_MAX ((UINT64_C(1) << 47) - 1)

/* A place in an undo stream: class:2 | stream:14 | offset:48. The offset is a logical byte position that only grows. 0:
 * none. The space is that of the tree whose row or entry points here (SPACE_TEMP for UNDO_TEMP, SPACE_SHARED for
 * UNDO_SHARED). */
typedef struct UndoPtr {
    uint64_t v;
} UndoPtr;
#define UNDO_NONE ((UndoPtr){0})

/* A transaction writes one chain a class. Rolled back in the order SHARED, CATALOG, DATA, TEMP. */
typedef enum UndoClass {
    UNDO_DATA = 0,    /* tables and indexes of a database */
    UNDO_CATALOG = 1, /* system catalogs of a database: purged by a horizon of their own */
    UNDO_SHARED = 2,  /* shared catalogs, in space 0 */
    UNDO_TEMP = 3,    /* temporary and unlogged trees: in space 1, not logged */
} UndoClass;
enum { UNDO_CLASSES = 4, UNDO_STREAMS_MAX = 1 << 14, UNDO_OFFSET_BITS = 48 };

static inline UndoPtr undo_ptr(UndoClass class_, uint32_t stream, uint64_t offset)
{
    return (UndoPtr){(uint64_t)class_ << 62 | (uint64_t)stream << 48 | offset};
}
static inline UndoClass undo_ptr_class(UndoPtr p)
{
    return (UndoClass)(p.v >> 62);
}
static inline uint32_t undo_ptr_stream(UndoPtr p)
{
    return (uint32_t)(p.v >> 48) & (UNDO_STREAMS_MAX - 1);
}
static inline uint64_t undo_ptr_offset(UndoPtr p)
{
    return p.v & ((UINT64_C(1) << UNDO_OFFSET_BITS) - 1);
}

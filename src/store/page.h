/* SPDX-License-Identifier: Apache-2.0 */
/* page.h - what every page begins with. Pages are 16 KiB; numbers are little-endian.
 *
 *   offset size
 *        0    4  crc32c of bytes 4 .. 16383, computed when the page is written, checked when it is read
 *        4    1  kind (PageKind)
 *        5    1  format version of the kind
 *        6    2  flags, the kind's own
 *        8    8  lsn: start of the last log record that changed the page (pages that are not logged: a counter)
 *       16    5  page number (40 bits): a misdirected read is found out
 *       21    3  reserved, zero
 *       24    5  tree number, or stream number of an undo page, or 0
 *       29    1  level: 0 leaf, 1 .. inner
 *       30    2  reserved, zero
 *       32       the kind's own
 *
 * A page holds neither its space nor a file offset, so that a space can be copied or branched as it is. A page of zeros
 * is one that was never written, or was punched: reading it is fine (it is PAGE_FREE), using it is corruption. */
#pragma once

#include "base/arith.h"
#include "base/base.h"
#include "store/ids.h"

enum { PAGE_BYTES = 16384, PAGE_HEADER_BYTES = 32, EXTENT_PAGES = 64 };

typedef enum PageKind {
    PAGE_FREE = 0,
    PAGE_SPACE = 1,       /* number 0 of a space */
    PAGE_MAP = 2,         /* which extents and pages are taken */
    PAGE_INNER_BYTES = 3, /* inner page of a tree with byte-string keys */
    PAGE_INNER_ROWID = 4, /* inner page of a table's tree */
    PAGE_LEAF_INDEX = 5,
    PAGE_LEAF_TABLE = 6,
    PAGE_LEAF_DIRECTORY =
        7, /* leaves of the tree directory: byte-string keys and values, not versioned */
    PAGE_OVERFLOW = 8,
    PAGE_UNDO = 9,
    PAGE_UNDO_DIRECTORY = 10,
} PageKind;

typedef struct PageHeader {
    uint32_t crc;
    uint8_t kind, version;
    uint16_t flags;
    uint64_t lsn;
    uint64_t number;     /* 40 bits; the upper 24 are zero */
    uint64_t tree_level; /* tree number:40 | level:8 | zero:16 */
} PageHeader;
static_assert(sizeof(PageHeader) == PAGE_HEADER_BYTES, "page header layout");
static_assert(offsetof(PageHeader, lsn) == 8 && offsetof(PageHeader, number) == 16,
              "page header layout");

static inline uint64_t page_tree(const PageHeader *page)
{
    return page->tree_level & ((UINT64_C(1) << 40) - 1);
}
static inline uint32_t page_level(const PageHeader *page)
{
    return (uint32_t)(page->tree_level >> 40) & 0xff;
}
/* Zeroes the page and fills its header. */
void page_format(void *page, PageKind kind, uint64_t number, uint64_t tree, uint32_t level);
void page_set_crc(void *page);
/* ST_CORRUPT, noted with XX001 naming space and page, when crc or number is wrong; a page of zeros is OK. */
Status page_check(const void *page, PageId id);

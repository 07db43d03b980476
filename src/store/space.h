/* SPDX-License-Identifier: Apache-2.0 */
/* space.h - spaces, extents and free pages. A space's page 0 is its header. Extents are 64 pages; each group of
 * MAP_EXTENTS extents has a map page (page 1 of the group) with one 16-byte entry an extent:
 *
 *   offset size
 *        0    8  bitmap of its pages in use
 *        8    5  owner: tree number, or stream number for undo; 0 for a shared extent
 *       13    1  state: 0 free, 1 shared by small trees' single pages, 2 a tree's, 3 an undo stream's, 4 freed but not yet reusable
 *       14    2  reserved
 *
 * A freed page or extent may be reused at once by FORMAT; it is given back to the file system (free_range) only when a completed
 * checkpoint's redo lsn is past its free record (docs/traps.md F8). */
#pragma once

#include "base/base.h"
#include "store/ids.h"
#include "store/page.h"

typedef struct Store Store;

enum { MAP_EXTENTS = 1000, MAP_ENTRY_BYTES = 16 };

/* Page 0 behind the page header. */
typedef struct SpaceHeader {
    char magic[8];                  /* "TUSKSPC\n" */
    uint32_t format_version;        /* STORE_FORMAT_VERSION; another is refused in words */
    uint32_t page_bytes;
    uint8_t uuid[16];
    uint64_t next_tree;             /* tree numbers below are used up; moved on in steps, logged */
    uint64_t directory_root;        /* page number of the tree directory's root: never moves */
    uint64_t undo_directory;        /* page number of the first page listing undo streams */
    uint64_t extent_count;          /* extents that a map knows; the file may be shorter */
} SpaceHeader;
static_assert(sizeof(SpaceHeader) == 64, "space header layout");

Status space_create(Store *store, SpaceId *space);              /* empty, durable when the caller's transaction is */
Status space_copy(Store *store, SpaceId from, SpaceId *to);     /* no transaction may be open in `from`: the caller sees to it */
Status space_drop(Store *store, SpaceId space);                 /* after the durable commit; pages are forgotten first */

/* Pages for a tree: `near` is a page of it close to which the new one should stand (PAGE_NONE: none). Small trees get single
 * pages of shared extents; past SPACE_SINGLE_PAGES they get extents. Logged before it returns; a crash in between leaks nothing: a
 * page taken and never formatted is found free again by `tusk check` and by the space's next start. */
enum { SPACE_SINGLE_PAGES = 32 };
Status space_take_page(Store *store, TreeId owner, PageId near, PageId *page);
Status space_take_extent(Store *store, TreeId owner, bool undo, PageId *first);
Status space_free_page(Store *store, PageId page);
Status space_free_extent(Store *store, PageId first);
/* Everything the tree owns, in the background's time; `single_pages` are those that a walk of the tree found. */
Status space_free_tree(Store *store, TreeId tree);

typedef struct SpaceFigures {
    uint64_t extents, extents_free, pages_used;
} SpaceFigures;
Status space_figures(Store *store, SpaceId space, SpaceFigures *figures);

/* SPDX-License-Identifier: Apache-2.0 */
/* space.h - spaces, extents and free pages. A space's page 0 is its header. Extents are 64 pages; each group of
 * MAP_EXTENTS extents has a map page (page 1 of the group) with one 16-byte entry an extent:
 *
 *   offset size
 *        0    8  bitmap of its pages in use
 *        8    5  owner: tree number, or stream number for undo; 0 for a shared extent
 *       13    1  state (MapState): 0 free, 1 shared by small trees' single pages, 2 a tree's, 3 an undo stream's, 4
 * freed
 *       14    2  reserved
 *
 * A freed page or extent may be reused at once by FORMAT. A freed extent that nobody reuses is given back to the file
 * system (free_range) when a completed checkpoint's redo lsn is past its free record (docs/traps.md F8): only then it
 * is free again (0).
 *
 * All calls here take credit of the log and latches of their own: the caller holds neither. */
#pragma once

#include "base/base.h"
#include "store/ids.h"
#include "store/page.h"

typedef struct Store Store;

enum { MAP_EXTENTS = 1000, MAP_ENTRY_BYTES = 16 };
typedef enum MapState {
    MAP_FREE = 0,
    MAP_SHARED = 1,
    MAP_TREE = 2,
    MAP_UNDO = 3,
    MAP_FREED = 4
} MapState;

/* Page 0 behind the page header. */
typedef struct SpaceHeader {
    char magic[8];           /* "TUSKSPC\n" */
    uint32_t format_version; /* STORE_FORMAT_VERSION; another is refused in words */
    uint32_t page_bytes;
    uint8_t uuid[16];
    uint64_t next_tree;      /* tree numbers below are used up; moved on in steps, logged */
    uint64_t directory_root; /* page number of the tree directory's root: never moves */
    uint64_t undo_directory; /* page number of the first page listing undo streams */
    uint64_t extent_count;   /* extents that a map knows; the file may be shorter */
} SpaceHeader;
static_assert(sizeof(SpaceHeader) == 64, "space header layout");

/* A new empty space: durable when the caller's transaction is. */
Status space_create(Store *store, SpaceId *space);
/* A new space with all that `from` holds, durable at once; in the log as one record. No transaction may be open in
 * `from` and none may begin: the caller sees to it. */
Status space_copy(Store *store, SpaceId from, SpaceId *to);
/* After the durable commit, when nobody uses the space any more. */
Status space_drop(Store *store, SpaceId space);

/* A page for a tree: `near` is a page of it close to which the new one should stand (PAGE_NONE: none). Small trees get
 * single pages of shared extents; past SPACE_SINGLE_PAGES they get extents, which are theirs alone. Logged before it
 * returns. The page's first record carries WAL_REF_FORMAT. ST_FULL: the space has as many pages as a space can have. */
enum { SPACE_SINGLE_PAGES = 32 };
typedef enum SpaceTake {
    SPACE_TAKE_OWN = 1,     /* of an extent of the tree's own, however small the tree is */
    SPACE_TAKE_WATCHED = 2, /* on its way until space_page_settled: a crash before gives it back */
} SpaceTake;
Status space_take_page(Store *store, TreeId owner, PageId near, uint32_t flags, PageId *page);
/* A whole extent, all of its pages taken; with `undo` the owner is a stream's number in its space, and the extent is on
 * its way until its first page is settled. */
Status space_take_extent(Store *store, TreeId owner, bool undo, PageId *first);

/* Pages on their way. Between taking a page and the record that makes it part of something, and between the record that
 * takes it out and its freeing, a crash would leave it in use and part of nothing: what is on its way then, the next
 * start looks at, and frees what is not linked. Nothing here fails or waits; latches may be held. */
void space_page_settled(Store *store, PageId page);
/* The next record takes the page (or extent) out of what it is part of; space_free_page or space_free_extent follows,
 * which settles it. */
void space_page_leaves(Store *store, PageId page);
/* The same, said in the log too: for records that do not show by themselves which page they make free. Takes credit. */
Status space_page_leaves_logged(Store *store, PageId page);
/* The page is out of its tree, by a record that is in the log already: what it holds is forgotten, dirty or not.
 * ST_CORRUPT, noted: it is not taken. */
Status space_free_page(Store *store, PageId page);
/* Is the page taken, in an extent of this tree's own? */
Status space_has_page(Store *store, TreeId owner, PageId page, bool *has);
/* The same for all pages of an extent, of a tree or a stream. */
Status space_free_extent(Store *store, PageId first);
/* Every extent that the tree owns, in the background's time; repeating it is harmless. Its single pages are found by
 * walking the tree and freed one by one before. */
Status space_free_tree(Store *store, TreeId tree);

typedef struct SpaceFigures {
    uint64_t extents, extents_free, pages_used;
} SpaceFigures;
Status space_figures(Store *store, SpaceId space, SpaceFigures *figures);

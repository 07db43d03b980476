/* SPDX-License-Identifier: Apache-2.0 */
/* tree.h - the one tree: B+trees with fence keys, their directory, and sequence cells.
 *
 * Idea: Lehman and Yao's invariant kept by fences instead of links (Graefe, "A survey of B-tree locking
 * techniques", 2010): each page knows the half-open key interval [low, high) it is responsible for. A leaf
 * is read whole under one latch; a scan goes on with a fresh descent to the leaf's high fence, so splits
 * and merges can make it neither miss nor repeat an entry. Descents latch parent then child, shared; a
 * change that does not fit splits from the top down, letting go of every page that is safe.
 *
 * Trees with byte-string keys (indexes, the directory) compare by memcmp over the whole key, or by a
 * comparator of their own; index entries put the row id (6 bytes, big-endian) behind the normalised key,
 * so equal keys have an order. Tables' trees are keyed by row id and have fixed-width inner pages.
 *
 * What a leaf holds is the owner's business (LeafOps): index and table leaves are the table room's. */
#pragma once

#include "base/arena.h"
#include "base/base.h"
#include "store/ids.h"
#include "store/page.h"
#include "store/pool.h"

typedef struct Store Store;
/* an open tree: shared by all, lives while the store does or until dropped and unreferenced */
typedef struct Tree Tree;

typedef enum TreeKind { TREE_DIRECTORY = 1, TREE_TABLE = 2, TREE_INDEX = 3 } TreeKind;
typedef enum TreeFlags {
    TREE_TEMP = 1,     /* in SPACE_TEMP */
    TREE_UNLOGGED = 2, /* emptied by recovery */
    TREE_CATALOG = 4,  /* its undo is of class CATALOG (SHARED in space 0) */
} TreeFlags;

/* A key: bytes for byte-string trees, row_id for tables' trees. */
typedef struct TreeKey {
    Bytes bytes;
    uint64_t row_id;
} TreeKey;
enum {
    TREE_KEY_BYTES_MAX = 2048
}; /* normalised key cut to fit, with row id: at least four separators a page */

/* Comparators that need more than memcmp; number 0 is memcmp. Handed to store_open, by number, by the floors above. */
typedef int (*TreeCompare)(void *arg, Bytes a, Bytes b);

/* In the page header's flags, on every page of a tree that brings a comparator: its keys are not in memcmp's order. Set
 * before init and split_right are called; the other bits are the page kind's own. */
enum { TREE_PAGE_COMPARED = 1 << 15 };

/* What the tree must know of a leaf's contents. Pure functions of page bytes: the same ones serve redo. */
typedef struct LeafOps {
    uint8_t page_kind;
    /* An empty leaf in a freshly formatted page with these fences. `layout` is the tree's current one. */
    void (*init)(void *page, const TreeKey *low, const TreeKey *high, uint32_t layout);
    /* Fences as stored; high->bytes.data NULL (row_id UINT64_MAX) for none. Point into the page. */
    void (*fences)(const void *page, TreeKey *low, TreeKey *high);
    /* Where to split so that an entry of `need` bytes at `at` fits afterwards: the first key of the right
     * page, as short as may be, copied to `buffer`. `append`: the entry goes behind all others, or
     * nearly, and the tree seems to grow at its end: the right page may then begin at `at`, and be empty.
     * ST_END: it fits as it is, another was quicker. ST_NOT_FOUND: no place would do (and not ST_FULL: that is
     * the disk). */
    Status (*split_point)(const void *page, const TreeKey *at, uint32_t need, bool append,
                          uint8_t *buffer, TreeKey *separator);
    /* The contents at or above `separator` (a key that split_point gave, or the low fence: all), as bytes for the log
     * record and for split_right: at most PAGE_BYTES. */
    uint32_t (*moved)(const void *page, const TreeKey *separator, uint8_t *out);
    void (*split_left)(void *page, const TreeKey *separator); /* drops them, sets the high fence */
    /* into a formatted page, with the fences [low, high) */
    void (*split_right)(void *page, const TreeKey *low, const TreeKey *high, Bytes moved);
    /* Would both fit into one page with room to spare, and the merge itself (`moved` of the right page's low fence). */
    bool (*merge_fits)(const void *left, const void *right);
    void (*merge)(void *left, const TreeKey *high, Bytes moved);
    uint32_t (*entry_count)(const void *page);
    /* Of leaves that are searched by slots of 8 bytes in the order of keys: where they begin, and where their number
     * stands in 2 bytes. Memory is asked early for those where a key probably is. 0: others. */
    uint16_t slots_at, slot_count_at;
    Status (*check)(const void *page, PageId id); /* ST_CORRUPT, noted */
} LeafOps;

/* --- the directory: redo-only, not transactional (docs/traps.md F9) --- */

typedef struct TreeOptions {
    TreeKind kind;
    uint32_t flags; /* TreeFlags */
    uint32_t comparator;
    Bytes layout; /* layout 0's description, the owner's bytes (table/layout.h) */
} TreeOptions;
/* A number never given out before in this space. */
Status tree_number_take(Store *store, SpaceId space, TreeId *id);
/* A new empty tree with that number. Whoever makes it has it dropped if the transaction aborts: the table room keeps
 * that in undo, before it is made. */
Status tree_create(Store *store, TreeId id, const TreeOptions *options);
/* Forgets the tree now; its pages are freed by tree_free_dropped. After the durable commit only. Absent: OK
 * (rollback repeats). */
Status tree_drop(Store *store, TreeId id);
/* Background work: frees the pages of the space's dropped trees that nobody has open any more, also of those that an
 * earlier run of the server left. One task a space at a time. */
Status tree_free_dropped(Store *store, SpaceId space);
/* ST_NOT_FOUND: dropped, or never made: rollback and purge skip it. Counted: tree_close. */
Status tree_open(Store *store, TreeId id, Tree **tree);
void tree_close(Tree *tree);
TreeId tree_number_of(const Tree *tree);
TreeKind tree_kind(const Tree *tree);
uint32_t tree_flags(const Tree *tree);
Store *tree_store(const Tree *tree);
/* Layouts: append-only, numbered from 0. */
Status tree_add_layout(Tree *tree, Bytes layout, uint32_t *number);
Status tree_layout(Tree *tree, uint32_t number, Bytes *layout); /* valid while the tree is open */
uint32_t tree_layout_count(const Tree *tree);
/* Something of the owner's kept with the open tree (parsed layouts, row-id counter); released when the
 * tree is closed for good. tree_attach gives what is attached now: when another was quicker, its attachment, and the
 * caller's has been released. */
void *tree_attachment(Tree *tree);
void *tree_attach(Tree *tree, void *attachment, void (*release)(void *attachment));
typedef Status (*TreeVisit)(void *arg, TreeId id, TreeKind kind, uint32_t flags);
Status tree_visit_all(Store *store, SpaceId space, TreeVisit visit, void *arg);

/* --- finding a leaf --- */

enum { TREE_ASK_MAX = 6 };

/* Latches the leaf responsible for `key`; nothing else is latched on return. `for_upper`: the leaf whose
 * interval ends at or contains keys just below `key` (for going backward). */
Status tree_latch_leaf(Tree *tree, const TreeKey *key, bool for_upper, LatchMode mode, bool scan,
                       PageRef *leaf);
/* tree_latch_leaf of a table's tree, for one row. What is looked at first there is asked of memory before the leaf is
 * latched: in arrays that begin at `offset` what stands `width` bytes a row from there. A hint: it is right where
 * leaves are laid out alike, and no row ids are missing. */
typedef struct TreeArray {
    uint16_t offset, width;
} TreeArray;
typedef struct TreeAsk {
    uint32_t count;
    TreeArray arrays[TREE_ASK_MAX];
} TreeAsk;
Status tree_latch_row(Tree *tree, RowId row, LatchMode mode, const TreeAsk *ask, PageRef *leaf);
/* tree_latch_leaf, exclusively, for keys that are likely the last leaf's: where it was last is looked at first, which
 * spares the descent while entries come in order. */
Status tree_latch_tail(Tree *tree, const TreeKey *key, PageRef *leaf);
/* tree_latch_leaf while another leaf to its left is held (docs/traps.md F12): ST_BUSY when a page on the way is not in
 * memory or an inner one is latched by another. Then let go of everything, tree_latch_leaf the same key, let go of it,
 * and begin again. */
Status tree_latch_leaf_resident(Tree *tree, const TreeKey *key, LatchMode mode, PageRef *leaf);
/* The leaves of ascending row ids in a table's tree, as their parents name them now: to be asked for before they are
 * latched. `leaves` has room for `count`; page 0 where the tree is a single leaf. */
typedef struct TreeLeaf {
    PageId page;
    uint64_t low; /* its lower fence */
} TreeLeaf;
Status tree_find_leaves(Tree *tree, const RowId *rows, uint32_t count, TreeLeaf *leaves);
/* tree_latch_leaf, shared, for the row of such a leaf: without a descent while it is still the one. */
Status tree_latch_found(Tree *tree, const TreeLeaf *found, RowId row, PageRef *leaf);
/* Starts reading those of such leaves that are not in memory, as many as pool_read_ahead_max allows. Returns how many
 * of `leaves` that were. No latch is held. */
uint32_t tree_read_found(Tree *tree, const TreeLeaf *leaves, uint32_t count);
/* The processor is asked for bytes of a page, if that is in memory: those at `offset`; and those that the 32 bits at
 * `offset` lead to, an offset of 16 bits and, of 15, how many: no more than told. */
void tree_prefetch(const Tree *tree, PageId page, uint32_t offset, uint32_t bytes);
void tree_prefetch_behind(const Tree *tree, PageId page, uint32_t offset, uint32_t bytes);
/* A hint: scans of this tree read these bytes of each leaf first. The processor is asked for those of the next leaf
 * while a scan is at one (`scan` of tree_latch_leaf). Scans that differ overwrite each other's. */
void tree_scan_touches(Tree *tree, uint32_t offset, uint32_t bytes);
/* Makes room: splits the leaf responsible for `key` so that `need` more bytes fit at it. No latch, credit, frame or
 * undo room is held before or after; the caller looks again, since others may have been quicker. `append` as in
 * LeafOps. ST_NOT_FOUND: the page is as small as it gets. */
Status tree_split(Tree *tree, const TreeKey *key, uint32_t need, bool append);
/* tree_split of a table's leaf at the row id that `choose` names, which is called with the leaf latched exclusively,
 * and again when a parent had to be split first. It names one inside of the leaf's fences, and above the lower; or says
 * ST_END: nothing is split, OK. */
typedef Status (*TreeChoose)(void *arg, const void *page, TreeKey *separator);
Status tree_split_where(Tree *tree, const TreeKey *key, TreeChoose choose, void *arg);
/* The leaf responsible for `key` has become nearly empty: merges it with a neighbour under the same parent
 * if that fits. ST_FULL: not now, and nothing has come of it; on a full disk that is told at once. */
Status tree_try_merge(Tree *tree, const TreeKey *key);
/* Starts reading the leaves at and behind `key` (up to `count`), found in their parent. */
Status tree_read_ahead(Tree *tree, const TreeKey *key, uint32_t count);
/* About evenly spaced keys that cut the tree into at most `parts` ranges, for parallel scans and estimates. */
Status tree_partition(Tree *tree, uint32_t parts, Arena *arena, TreeKey **keys, uint32_t *count);
typedef struct TreeFigures {
    uint64_t leaf_pages, inner_pages,
        overflow_pages; /* from the map and one walk of the inner pages */
    uint32_t height;
} TreeFigures;
Status tree_figures(Tree *tree, TreeFigures *figures);

/* --- building from sorted input: pages are written once, full to `fill_percent` --- */

typedef struct TreeBuilder TreeBuilder;
/* the tree is empty and private */
Status tree_build_begin(Tree *tree, uint32_t fill_percent, Arena *arena, TreeBuilder **builder);
/* The next leaf: the owner fills `page` (formatted, fences as told) and calls add with the first key of
 * the leaf after it. */
Status tree_build_leaf(TreeBuilder *builder, void **page, TreeKey *low);
Status tree_build_add(TreeBuilder *builder, const TreeKey *high); /* NULL: that was the last one */
Status tree_build_end(TreeBuilder *builder);
/* A build that has failed, or is not to go on: gives back the pages that nothing but the builder knows. The others go
 * with the tree, which is to be dropped: it is as empty as it was. Where the disk is so full that giving back fails,
 * they stay on their way, for the next start to free. After tree_build_end said OK it does nothing. */
void tree_build_abandon(TreeBuilder *builder);

/* Every page reachable once, fences nest, levels agree, leaf contents check. `found` gets each problem; OK
 * when the walk could be made, whatever it found. */
typedef void (*CheckFound)(void *arg, PageId page, const char *format, ...) PRINTF_LIKE(3, 4);
Status tree_check(Tree *tree, CheckFound found, void *arg);

/* --- sequence cells: 64-bit counters, logged at each change, never undone --- */

Status sequence_create(Store *store, SpaceId space, int64_t start, TreeId *id);
Status sequence_drop(Store *store, TreeId id); /* absent: OK */
Status sequence_read(Store *store, TreeId id, int64_t *value, bool *called);
/* Sets the cell as one change decided by `step` (pure, quick: the leaf is latched): it returns false to leave it. The
 * change is in the log before this returns, hence durable before any commit that used it. ST_NOT_FOUND. */
Status sequence_change(Store *store, TreeId id,
                       bool (*step)(void *arg, int64_t *value, bool *called), void *arg);

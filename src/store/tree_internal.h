/* SPDX-License-Identifier: Apache-2.0 */
/* tree_internal.h - an open tree, its inner pages, and how one goes down it.
 *
 * Every page of a tree, inner or leaf, is a node: it has fences, can be cut at a key and put together again, by the
 * same table of functions (LeafOps). So split, merge and redo are written once for all levels and kinds.
 *
 *   offset size  inner page of a tree keyed by row id (PAGE_INNER_ROWID)
 *       32    8  low fence                 40    8  high fence, UINT64_MAX: none
 *       48    2  children                  50    6  zero
 *       56 8*1020  keys: child i is responsible for [key i, key i+1); key 0 is the low fence
 *     8216 8*1020  children
 *
 *   offset size  inner page of a tree keyed by byte strings (PAGE_INNER_BYTES)
 *       32    2  children                  34    2  bytes of the prefix that all keys share and none stores
 *       36    2  bytes of the low fence    38    2  bytes of the high fence, 0xffff: none
 *       40    2  lowest byte of the heap   42    2  bytes in the heap that nobody uses
 *       44    4  zero
 *       48  8*n  slots: first 4 bytes of the key behind the prefix (big-endian, zero-filled), offset:16, bytes:16.
 *                Slot 0's key is the low fence and is not stored
 *        ..      heap, growing down: child (8), key behind the prefix
 *        end     high fence, low fence
 *
 * A child is a word: page number:40 | zero:16 | kind:8, kind 0: a page of this tree. Others are corruption until they
 * have a meaning (docs/traps.md C30).
 *
 * (T1) a page's fences are the interval that its parent gives it; the root's are open
 * (T2) a page of level n has children of level n-1 of the same tree
 * (T3) latches are taken parent before child and left before right; who holds a leaf and goes down once more takes
 *      inner pages without waiting (tree_latch_leaf_resident), for the splitter above waits the other way round
 * (T4) the root never moves
 * (T5) keys in a tree with a comparator are not in memcmp's order: no prefix, heads unused (TREE_PAGE_COMPARED) */
#pragma once

#include "base/heap.h"
#include "os/sync.h"
#include "store/store_internal.h"
#include "store/tree.h"

enum {
    INNER_ROWID_MAX = 1020,
    INNER_SLOT_BYTES = 8,
    INNER_CHILD_BYTES = 8,
    INNER_SLOTS_AT = 48,
    INNER_BYTES_COUNT_AT = 32,
    INNER_BYTES_PREFIX_AT = 34,
    INNER_ROWID_COUNT_AT = 48,
    INNER_ROWID_KEYS_AT = 56,
    INNER_ROWID_CHILDREN_AT = INNER_ROWID_KEYS_AT + 8 * INNER_ROWID_MAX,
    KEY_NONE = 0xffff, /* bytes of a fence that is open */
    TREE_LEVELS_MAX = 16,
};

typedef struct LayoutList LayoutList;

struct Tree {
    Store *store;
    Pool *pool;
    TreeId id;
    PageId root;
    /* State words of the 4 GiB of pages that the root is among, which are there for good once they are (pool_words.c);
     * the first such page. NULL: not found yet. */
    _Atomic(_Atomic(uint64_t) *) words;
    uint64_t words_first;
    TreeKind kind;
    uint32_t flags, comparator;
    uint64_t tree_word;  /* page header's tree_level at level 0 */
    TreeCompare compare; /* NULL: memcmp */
    void *compare_arg;
    const LeafOps *leaf, *inner;
    /* As last seen: the mode in which the root is latched follows from it, and is mended when it was wrong. */
    _Atomic uint32_t root_level;
    _Atomic uint32_t scan_touch; /* tree_scan_touches: bytes, and above them where they begin */
    _Atomic uint64_t tail; /* page that was the last leaf when tree_latch_tail saw it; 0: none */
    /* From tree_build_begin until tree_build_end said OK, or the tree is gone: pages in its extents are not linked. */
    _Atomic bool building;

    /* guarded by the registry's lock */
    struct Tree *next;
    uint32_t uses;
    bool dropped;

    Mutex layouts_add; /* one adds at a time; held across the directory's change */
    _Atomic(LayoutList *) layouts;
    _Atomic(void *) attachment;
    void (*attachment_release)(void *attachment);
};

static inline bool tree__is_logged(const Tree *tree)
{
    return (tree->flags & (TREE_TEMP | TREE_UNLOGGED)) == 0 &&
           tree_space(tree->id).v != SPACE_TEMP.v;
}
static inline uint64_t tree__word(const Tree *tree, uint32_t level)
{
    return tree->tree_word | (uint64_t)level << 40;
}
static inline const LeafOps *tree__ops(const Tree *tree, uint32_t level)
{
    return level == 0 ? tree->leaf : tree->inner;
}

/* --- keys --- */

#define TREE_KEY_LOWEST ((TreeKey){{(const uint8_t *)"", 0}, 0})
#define TREE_KEY_HIGHEST ((TreeKey){{NULL, 0}, UINT64_MAX})
static inline bool tree__key_is_open(const Tree *tree, const TreeKey *key)
{
    return tree->kind == TREE_TABLE ? key->row_id == UINT64_MAX : key->bytes.data == NULL;
}
int tree__bytes_compare(Bytes a, Bytes b);
/* An open key is above all others. */
int tree__key_compare(const Tree *tree, const TreeKey *a, const TreeKey *b);
/* A key copied out of a page, to outlive its latch. */
typedef struct KeyCopy {
    TreeKey key;
    uint8_t bytes[TREE_KEY_BYTES_MAX];
} KeyCopy;
void tree__key_copy(KeyCopy *copy, const TreeKey *key);

/* --- tree_inner.c --- */

/* What a descent is to find. */
typedef enum Waiting { WAIT_FOR_ALL, WAIT_FOR_LAST } Waiting;
typedef struct Descent {
    const TreeKey *key;
    bool for_upper, scan;
    Waiting waiting;
    LatchMode mode;     /* of the node */
    uint32_t level;     /* of the node */
    bool want_parent;   /* latched in the same mode */
    const TreeAsk *ask; /* NULL: nothing is known of who comes */
} Descent;

/* tree_glimpse.c: the node, with no latch above it. ST_CHANGED: latches are wanted; ST_BUSY: *missing, the node, is not
 * in memory. */
Status tree__glimpse_down(Tree *tree, const Descent *descent, PageRef *node, PageId *missing);
/* What a scan will look at first in the page is on its way. */
void tree__prefetch(const Tree *tree, PageId page);

/* The first four bytes as a number that orders like them. */
static inline uint32_t tree__key_head(Bytes rest)
{
    if (LIKELY(rest.bytes >= 4)) return load_be32(rest.data);
    uint32_t head = 0;
    for (size_t i = 0; i < rest.bytes; i++) head |= (uint32_t)rest.data[i] << (24 - 8 * i);
    return head;
}

extern const LeafOps tree__inner_rowid, tree__inner_bytes;
uint32_t tree__inner_children_max(void); /* INNER_ROWID_MAX, or less in test runs */
uint32_t tree__inner_count(const void *page);
uint64_t tree__inner_child(const void *page, uint32_t at);
/* The key of child `at`, in pieces: the shared prefix and the rest; row_id in tables' trees. */
typedef struct InnerKey {
    Bytes prefix, rest;
    uint64_t row_id;
} InnerKey;
InnerKey tree__inner_key(const void *page, uint32_t at);
void tree__inner_key_copy(const void *page, uint32_t at, KeyCopy *copy);
/* The child whose interval contains `key`; with `for_upper` the one that contains keys just below it. The page's own
 * interval must contain it likewise. */
uint32_t tree__inner_find(const Tree *tree, const void *page, const TreeKey *key, bool for_upper);
/* The same for a row id in a table's tree, near the child `from`, whose interval does not begin behind it. */
uint32_t tree__inner_find_row(const void *page, uint64_t row, uint32_t from);
bool tree__inner_fits(const void *page, const TreeKey *key);
/* `at` > 0: the new child comes to stand there. It fits. */
void tree__inner_insert(void *page, uint32_t at, const TreeKey *key, uint64_t child);
void tree__inner_remove(void *page,
                        uint32_t at); /* `at` > 0: its interval goes to the one before */
/* Filled so little that it should be merged. */
bool tree__inner_is_sparse(const void *page);
/* For building: the bytes of `count` children whose keys have `key_bytes` in all, with fences of these lengths. */
uint32_t tree__inner_bytes_needed(uint32_t count, uint64_t key_bytes, uint32_t prefix_bytes,
                                  uint32_t low_bytes, uint32_t high_bytes);
uint32_t tree__prefix_bytes(Bytes low, Bytes high);
/* Behind init: adds a child at the end, in order. */
void tree__inner_add(void *page, const TreeKey *key, uint64_t child);

/* --- tree.c --- */

/* What a latched page of the tree must look like. ST_CORRUPT, noted. */
Status tree__node_corrupt(const Tree *tree, PageId page, const char *what);
/* Latches shared the page of `level` that is responsible for `key` and (unless NULL) its parent; `parent->word` is NULL
 * when the page is the root. ST_NOT_FOUND: the tree is not that high. */
Status tree__latch_node(Tree *tree, const TreeKey *key, uint32_t level, LatchMode mode,
                        PageRef *parent, uint32_t *at, PageRef *node);
/* The leaf, latched exclusively, leaves the tree: tree_latch_tail does not look there any more. What the disk has of it
 * may look like the last leaf for as long as the page is not taken again. */
void tree__tail_forget(Tree *tree, const PageRef *leaf);
/* After ST_BUSY of a descent: brings `missing` into memory. *suspect (PAGE_NONE at first) is a page that could not be
 * read: its corruption is told only when the tree still leads to it (docs/traps.md F8). */
Status tree__fetch(Tree *tree, PageId missing, PageId *suspect);

/* --- tree_directory.c, tree_directory_leaf.c --- */

extern const LeafOps tree__directory_leaf;
enum { DIRECTORY_KEY_BYTES_MAX = 64, DIRECTORY_VALUE_BYTES_MAX = 3000, TREE_SEQUENCE_BYTES = 9 };
/* False: absent. *at is where it stands or would. */
bool tree__directory_find(const void *page, Bytes key, uint32_t *at);
void tree__directory_entry(const void *page, uint32_t at, Bytes *key, Bytes *value);
bool tree__directory_fits(const void *page, Bytes key, Bytes value);
void tree__directory_set(void *page, Bytes key, Bytes value); /* it fits */
void tree__directory_unset(void *page, Bytes key);            /* absent: nothing */
Status tree__redo_directory_put(const WalRecord *record, uint32_t index, void *page);
Status tree__redo_directory_remove(const WalRecord *record, uint32_t index, void *page);
/* Changes the value of an entry in one step: false leaves it. ST_NOT_FOUND. `value` has the entry's length and keeps
 * it. */
Status tree__directory_change(Store *store, SpaceId space, Bytes key,
                              bool (*change)(void *arg, uint8_t *value, uint32_t bytes), void *arg);

/* --- tree_open.c --- */

/* Another Tree over what the members `id` .. `comparator` say; nobody else sees it. Freed by tree__free. */
Status tree__new(Store *store, TreeId id, PageId root, const TreeOptions *options, Tree **tree);
void tree__free(Tree *tree);
/* Formats `root`, freshly taken, as the tree's empty leaf, and logs it. */
Status tree__root_make(Tree *tree, uint32_t layout);
/* The space's directory as a tree; ST_NOT_FOUND: it has none yet, and `make` is false. */
Status tree__directory_of(Store *store, SpaceId space, bool make, Tree **tree);

/* --- tree_check.c --- */

/* A page of the tree (its kind and level are right) by itself and beside its parent, NULL for the root. Not sound: its
 * contents must not be looked at; that and fences that do not fit are told. */
Status tree__check_node(const Tree *tree, const PageRef *node, const PageRef *parent, uint32_t at,
                        CheckFound found, void *arg, bool *sound);

/* --- tree_split.c --- */

/* How pages of a tree are taken (SpaceTake): those of a logged one are on their way until space_page_settled; what a
 * crash leaves of an unlogged one is found by its number alone, so its pages stand in extents of its own. */
uint32_t tree__take_flags(TreeId id, uint32_t tree_flags);
Status tree__take_page(const Tree *tree, PageId near, PageId *page);
/* For a record of `bytes` of payload and room for its references. Nothing for trees that are not logged. */
Status tree__credit_take(const Tree *tree, uint32_t payload_bytes);
/* What the record (lsn as pool_log gave it) did not use of it. */
void tree__credit_return(const Tree *tree, uint32_t payload_bytes, Lsn lsn, uint32_t refs,
                         uint32_t used);

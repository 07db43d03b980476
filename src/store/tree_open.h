/* SPDX-License-Identifier: Apache-2.0 */
/* tree_open.h - the registry of open trees and the directory's entries about trees, for tree_open.c and tree_drop.c. */
#pragma once

#include "base/arith.h"
#include "store/tree_internal.h"

enum {
    TREE_BUCKETS = 1024,
    TREE_ENTRY_KEY_BYTES = 6,
    TREE_LAYOUT_KEY_BYTES = TREE_ENTRY_KEY_BYTES + 6,
    TREE_LAYOUT_BYTES_MAX = 16 << 20,
};

typedef struct Layout {
    uint32_t bytes;
    uint8_t data[];
} Layout;

/* Appended to in place while there is room, so that readers need no lock. */
struct LayoutList {
    LayoutList *older; /* outgrown by this one, perhaps still being read */
    uint32_t capacity;
    _Atomic uint32_t count;
    Layout *layouts[];
};

struct Trees {
    Heap *heap;
    Mutex mutex;           /* over the table: buckets, Tree.next, uses, dropped, drops */
    Mutex directory_mutex; /* making and listing directories: held while they are read */
    uint64_t drops;
    Tree *buckets[TREE_BUCKETS];
    _Atomic(Tree *) directories; /* one a space; listed for good */
};

/* Value of a 't' entry, and the beginning of a 'd' one's. */
typedef struct TreeEntry {
    uint8_t kind, zero[3];
    uint32_t flags, comparator, layout_count;
    uint64_t root;
} TreeEntry;
static_assert(sizeof(TreeEntry) == 24, "directory entry layout");

typedef struct TreeEntryKey {
    uint8_t bytes[TREE_LAYOUT_KEY_BYTES];
} TreeEntryKey;
/* The single pages that a dropped tree's entry may list. */
enum { TREE_SINGLES_MAX = (DIRECTORY_VALUE_BYTES_MAX - 2 * sizeof(TreeEntry)) / sizeof(uint64_t) };
/* A 'd' entry: what tree it was, and the single pages that are left to be freed, once they have been listed (`walked`);
 * before that, all are found from its root. */
Status tree__dropped_pages(TreeId id, Bytes value, TreeEntry *entry, bool *walked,
                           uint64_t *singles, uint32_t *count);
Bytes tree__entry_key(TreeEntryKey *key, DirectoryEntry entry, TreeId id);
TreeId tree__entry_id(SpaceId space, Bytes key);
Status tree__entry_read(SpaceId space, Bytes key, Bytes value, TreeEntry *entry);
/* The tree is dropped: it is not found any more, and freed when its last user closes it. */
void tree__forget(Trees *trees, TreeId id);
bool tree__is_open(Trees *trees, TreeId id);

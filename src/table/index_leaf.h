/* SPDX-License-Identifier: Apache-2.0 */
/* index_leaf.h - index leaves: slotted byte strings with a common prefix cut off. Pure functions of page bytes.
 * index_leaf.c has the format.
 *
 * An entry's key is the normalised key with the row id (6 bytes, big-endian) behind it. The caller holds the page's
 * latch: exclusive for what takes `void *page`, shared for `const void *page`. */
#pragma once

#include "base/base.h"
#include "store/tree.h"

typedef enum EntryFlags {
    ENTRY_MARKED = 1,      /* deleted by the entry's xid */
    ENTRY_INEXACT = 2,     /* the key was cut */
    ENTRY_NEVER_EQUAL = 4, /* has nulls that are distinct */
    ENTRY_TOMBSTONE =
        8, /* stands for an entry that a concurrent build shall not add (docs/traps.md C13) */
} EntryFlags;
typedef struct EntryHead {
    Xid xid;
    uint16_t flags; /* EntryFlags */
} EntryHead;
enum { ENTRY_KEY_BYTES_MAX = TREE_KEY_BYTES_MAX, ENTRY_PAYLOAD_BYTES_MAX = 2700 };
/* So many entries may stand behind one that comes in order: those of other tasks, which insert in that order too. */
enum { INDEX_APPEND_NEAR = 8 };

/* An order other than memcmp's; NULL: memcmp. */
typedef struct EntryOrder {
    TreeCompare compare;
    void *arg;
} EntryOrder;
/* high.data NULL: none. The page is formatted; with TREE_PAGE_COMPARED in its header's flags keys stand whole. */
void index_leaf_init(void *page, Bytes low, Bytes high);
uint32_t index_leaf_count(const void *page);
/* No entry bears a later xid; with that visible and nothing marked every entry is live. */
Xid index_leaf_newest_xid(const void *page);
uint32_t index_leaf_marked_count(const void *page);
void index_leaf_fences(const void *page, Bytes *low, Bytes *high);

/* The first entry at or above `key`; true when it is that key. */
bool index_leaf_find(const void *page, Bytes key, const EntryOrder *order, uint32_t *slot);
/* The end of the run of entries from `slot` on whose keys begin with `start`. Of the one behind them mostly the slot
 * alone is looked at. */
uint32_t index_leaf_run_end(const void *page, uint32_t slot, Bytes start);
/* The whole key, copied to `buffer` (ENTRY_KEY_BYTES_MAX). */
Bytes index_leaf_key(const void *page, uint32_t slot, uint8_t *buffer);
uint32_t index_leaf_key_bytes(const void *page, uint32_t slot);
EntryHead index_leaf_head(const void *page, uint32_t slot);
Bytes index_leaf_payload(const void *page, uint32_t slot); /* points into the page */

/* Room for one more entry; and for another payload in an entry. Else the leaf wants a split, with index_leaf_need
 * bytes. */
bool index_leaf_fits(const void *page, uint32_t key_bytes, uint32_t payload_bytes);
bool index_leaf_payload_fits(const void *page, uint32_t slot, uint32_t payload_bytes);
/* So little is left that it should be merged with a neighbour: asked after removals, true now and then only, since it
 * may be that no neighbour has room. */
bool index_leaf_is_sparse(const void *page);
uint32_t index_leaf_need(uint32_t key_bytes, uint32_t payload_bytes);

/* At the slot that index_leaf_find gave. */
void index_leaf_insert(void *page, uint32_t slot, Bytes key, EntryHead head, Bytes payload);
void index_leaf_set_head(void *page, uint32_t slot, EntryHead head);
/* The room of a longer payload stays with the entry, so that rollback always fits (docs/traps.md F10). */
void index_leaf_set_payload(void *page, uint32_t slot, EntryHead head, Bytes payload);
uint32_t index_leaf_payload_slack(const void *page, uint32_t slot); /* of that room */
/* Gives that room up: no undo wants it any more. */
void index_leaf_trim_payload(void *page, uint32_t slot);
void index_leaf_remove(void *page, uint32_t slot);

/* ST_CORRUPT, noted. Order is checked for pages ordered by memcmp. */
Status index_leaf_check(const void *page, PageId id);
extern const LeafOps index_leaf_ops;

/* SPDX-License-Identifier: Apache-2.0 */
/* index_unique.c - is a key the only one? (docs/traps.md F12)
 *
 * A marked entry (A, r1) may stand beside a live (A, r2), so equal keys may span leaves, and two who insert A may latch
 * different ones. The leaf responsible for (A, -inf) is latched exclusively by both, from looking to inserting: it is
 * the key's mutex. What the entries to the right say is then true for as long as it is held: nobody makes one live but
 * a rollback, and whose mark a rollback may take back, we wait for.
 *
 * A cut key has a digest of the whole behind its cut (index.h), so that equal bytes are equal keys here as well. */
#include "table/index_internal.h"

/* What an entry of the key says. */
static UniqueVerdict entry_verdict(const UniqueLook *look, EntryHead head)
{
    if (head.flags & ENTRY_NEVER_EQUAL) return VERDICT_FREE;
    bool marked = head.flags & ENTRY_MARKED;
    bool own = head.xid.v == txn_xid(look->txn).v;
    if (!own && table__is_open(txn_system(look->txn), head.xid)) return VERDICT_OPEN;
    return marked ? VERDICT_FREE : VERDICT_TAKEN;
}

/* Looks at the entries of the key in a leaf, until one is in the way. */
static void look_at_leaf(UniqueLook *look, const void *page)
{
    uint8_t buffer[ENTRY_KEY_BYTES_MAX];
    uint32_t slot, count = index_leaf_count(page);
    (void)index_leaf_find(page, look->key, NULL, &slot);
    for (; slot < count && look->verdict == VERDICT_FREE; slot++) {
        Bytes entry = index_leaf_key(page, slot, buffer);
        if (entry.bytes != look->key.bytes + ROW_SUFFIX_BYTES || !bytes_begin(entry, look->key))
            return;
        if (index__compare(entry, look->entry->bytes) == 0) continue;
        EntryHead head = index_leaf_head(page, slot);
        look->verdict = entry_verdict(look, head);
        look->other = index__key_row(entry);
        look->xid = head.xid;
    }
}

static bool leaf_covers(const void *page, Bytes entry)
{
    Bytes low, high;
    index_leaf_fences(page, &low, &high);
    return index__compare(low, entry) <= 0 &&
           (high.data == NULL || index__compare(entry, high) < 0);
}

static void release(PageRef *page)
{
    if (page->word) pool_unlatch(page);
    page->word = NULL;
}

void index__unique_release(UniqueLook *look)
{
    release(&look->target);
    release(&look->mutex);
}

/* The leaf at `fence` is not in memory, or the way to it is taken: with nothing latched it is waited for. */
static Status fetch_leaf(Index *index, Bytes fence)
{
    PageRef leaf;
    const TreeKey key = {.bytes = fence};
    TRY(tree_latch_leaf(index->tree, &key, false, LATCH_SHARED, false, &leaf));
    pool_unlatch(&leaf);
    return ST_BUSY;
}

/* Do entries of the key stand behind the leaf's upper fence, which is copied to `buffer`? */
static bool goes_on(const UniqueLook *look, const void *page, EntryKey *fence)
{
    Bytes low, high;
    index_leaf_fences(page, &low, &high);
    if (high.data == NULL || !bytes_begin(high, look->key)) return false;
    memcpy(fence->data, high.data, high.bytes);
    fence->bytes = (Bytes){fence->data, high.bytes};
    return true;
}

/* The leaves to the right of the mutex that have entries of the key; the target stays latched. */
static Status look_right(UniqueLook *look)
{
    EntryKey fence;
    const void *page = look->mutex.data;
    bool covered = leaf_covers(page, look->entry->bytes);
    PageRef here = {0};
    while (goes_on(look, page, &fence) && (look->verdict == VERDICT_FREE || !covered)) {
        MARK("a unique key spans leaves");
        const TreeKey key = {.bytes = fence.bytes};
        release(&here);
        Status status = tree_latch_leaf_resident(look->index->tree, &key, LATCH_EXCLUSIVE, &here);
        if (status != OK) {
            here.word = NULL;
            index__unique_release(look);
            return status == ST_BUSY ? fetch_leaf(look->index, fence.bytes) : status;
        }
        page = here.data;
        if (look->verdict == VERDICT_FREE) look_at_leaf(look, page);
        if (!leaf_covers(page, look->entry->bytes)) continue;
        covered = true;
        look->target = here;
        here.word = NULL;
    }
    release(&here);
    ASSERT(covered);
    return OK;
}

Status index__unique_look(UniqueLook *look)
{
    look->verdict = VERDICT_FREE;
    look->target.word = NULL;
    Status status = index__latch_leaf(look->index, look->key, &look->mutex);
    if (status != OK) {
        look->mutex.word = NULL;
        return status;
    }
    look_at_leaf(look, look->mutex.data);
    return look_right(look);
}

/* ---- in one leaf ---- */

bool index__leaf_covers(const void *page, Bytes entry, const Bytes *key)
{
    Bytes low, high;
    if (!leaf_covers(page, entry)) return false;
    if (!key) return true;
    index_leaf_fences(page, &low, &high);
    return index__compare(low, *key) <= 0 && (high.data == NULL || !bytes_begin(high, *key));
}

UniqueVerdict index__leaf_verdict(Index *index, Txn *txn, const void *page, Bytes key, Bytes entry,
                                  Xid *xid)
{
    EntryKey own;
    UniqueLook look = {.index = index, .txn = txn, .entry = &own, .key = key};
    own.bytes = entry;
    look_at_leaf(&look, page);
    *xid = look.xid;
    return look.verdict;
}

/* ---- at the row ---- */

Status index__row_verdict(Index *index, Txn *txn, RowId row, UniqueVerdict *verdict, Xid *xid)
{
    PageRef leaf;
    uint32_t slot;
    const TreeKey key = {.row_id = row.v};
    *verdict = VERDICT_TAKEN;
    TRY(tree_latch_leaf(index->table->tree, &key, false, LATCH_SHARED, false, &leaf));
    bool there = leaf_find(leaf.data, row, &slot);
    RowHead head = there ? leaf_head(leaf.data, slot) : (RowHead){0};
    pool_unlatch(&leaf);
    if (!there) {
        *verdict = VERDICT_FREE;
        return OK;
    }
    if (head.xid.v == txn_xid(txn).v || head.flags & ROW_FLAG_LOCK_ONLY) return OK;
    if (table__is_open(txn_system(txn), head.xid)) {
        *verdict = VERDICT_OPEN;
        *xid = head.xid;
    } else if (head.flags & ROW_FLAG_DELETED) {
        *verdict = VERDICT_FREE;
    }
    return OK;
}

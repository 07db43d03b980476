/* SPDX-License-Identifier: Apache-2.0 */
/* tree.c - going down a tree (tree.h has the idea, tree_internal.h the invariants).
 *
 * A descent latches the child while it holds the parent, so nobody can change what leads to the child in between;
 * splits and merges hold the parent exclusively. A child that is not in memory ends the descent: all is let go, the
 * child is read, and the descent begins again at the root, whose pages are then most likely all there. Most descents
 * latch the node alone, and read what is above by versions (tree_glimpse.c); what that cannot settle is done here. */
#include "store/tree.h"

#include "base/error.h"
#include "store/pool_internal.h"
#include "store/tree_internal.h"

enum { READ_AHEAD_MAX = 128, TREE_SCAN_HEADER_BYTES = 128 };

int tree__key_compare(const Tree *tree, const TreeKey *a, const TreeKey *b)
{
    if (tree->kind == TREE_TABLE) return (a->row_id > b->row_id) - (a->row_id < b->row_id);
    if (a->bytes.data == NULL || b->bytes.data == NULL)
        return (a->bytes.data == NULL) - (b->bytes.data == NULL);
    if (tree->compare != NULL) {
        /* The lowest fence is no key that a comparator knows. */
        if (a->bytes.bytes == 0 || b->bytes.bytes == 0)
            return (a->bytes.bytes != 0) - (b->bytes.bytes != 0);
        return tree->compare(tree->compare_arg, a->bytes, b->bytes);
    }
    return tree__bytes_compare(a->bytes, b->bytes);
}

void tree__key_copy(KeyCopy *copy, const TreeKey *key)
{
    ASSERT(key->bytes.bytes <= TREE_KEY_BYTES_MAX);
    copy->key = *key;
    if (key->bytes.data == NULL) return;
    if (key->bytes.bytes != 0) memcpy(copy->bytes, key->bytes.data, key->bytes.bytes);
    copy->key.bytes.data = copy->bytes;
}

Status tree__node_corrupt(const Tree *tree, PageId page, const char *what)
{
    return error_note(ST_CORRUPT, SQLSTATE_DATA_CORRUPTED,
                      "page %" PRIu64 " of space %" PRIu32 ", tree %" PRIu64 ": %s",
                      page_number(page), page_space(page).v, tree_number(tree->id), what);
}

/* Is the latched page of this tree and level, and of the kind that belongs there? One comparison covers tree and
 * level. */
static inline bool node_is_right(const Tree *tree, const PageRef *node, uint32_t level)
{
    const PageHeader *header = node->data;
    return header->tree_level == tree__word(tree, level) &&
           header->kind == tree__ops(tree, level)->page_kind;
}

/* The latched root's level. */
static inline Status root_check(Tree *tree, PageRef *root, uint32_t *level)
{
    *level = page_level(root->data);
    if (LIKELY(*level < TREE_LEVELS_MAX && node_is_right(tree, root, *level))) return OK;
    pool_unlatch(root);
    return tree__node_corrupt(tree, tree->root, "it is not the tree's root");
}

static inline LatchMode level_mode(const Descent *d, uint32_t level)
{
    return level <= d->level + (d->want_parent ? 1 : 0) ? d->mode : LATCH_SHARED;
}

/* Latches the root in the mode its level asks for. */
static inline Status root_latch(Tree *tree, const Descent *d, PageRef *root, uint32_t *level)
{
    for (;;) {
        uint32_t seen = atomic_load_explicit(&tree->root_level, memory_order_relaxed);
        LatchOptions options = {level_mode(d, seen), RANK_LATCH, false};
        if (LIKELY(d->waiting == WAIT_FOR_ALL))
            TRY(pool_latch(tree->pool, tree->root, options, root));
        else
            TRY(pool_try_latch(tree->pool, tree->root, options, root));
        TRY(root_check(tree, root, level));
        if (LIKELY(*level == seen)) return OK;
        atomic_store_explicit(&tree->root_level, *level, memory_order_relaxed);
        if (level_mode(d, *level) == options.mode) return OK;
        pool_unlatch(root);
    }
}

static inline Status child_latch(Tree *tree, const Descent *d, PageId child, uint32_t level,
                                 PageRef *ref)
{
    LatchOptions options = {level_mode(d, level), RANK_LATCH, d->scan && level == 0};
    if (UNLIKELY(d->waiting == WAIT_FOR_LAST && level != d->level))
        return pool_try_latch(tree->pool, child, options, ref);
    return pool_latch_resident(tree->pool, child, options, ref);
}

/* Where a scan goes next: what is looked at first there is on its way while this leaf is read. */
void tree__prefetch(const Tree *tree, PageId page)
{
    const uint32_t touch = atomic_load_explicit(&tree->scan_touch, memory_order_relaxed);
    pool__prefetch(tree->pool, page, 0, TREE_SCAN_HEADER_BYTES);
    pool__prefetch(tree->pool, page, touch >> 16, touch & UINT16_MAX);
}

static inline void prefetch_child(const Tree *tree, const void *parent, uint32_t at)
{
    if (at >= tree__inner_count(parent)) return;
    const uint64_t child = tree__inner_child(parent, at) & ((UINT64_C(1) << 40) - 1);
    tree__prefetch(tree, page_id(tree_space(tree->id), child));
}

static inline Status descend_latched(Tree *tree, const Descent *d, PageRef *parent, uint32_t *at,
                                     PageRef *node, PageId *missing)
{
    PageRef here, next;
    uint32_t level, found = 0;
    *missing = tree->root;
    TRY(root_latch(tree, d, &here, &level));
    if (parent != NULL) parent->word = NULL;
    if (UNLIKELY(level < d->level)) {
        pool_unlatch(&here);
        return ST_NOT_FOUND;
    }
    while (level > d->level) {
        found = tree__inner_find(tree, here.data, d->key, d->for_upper);
        uint64_t child = tree__inner_child(here.data, found);
        *missing = page_id(tree_space(tree->id), child & ((UINT64_C(1) << 40) - 1));
        level--;
        if (d->scan && level == 0) prefetch_child(tree, here.data, found + 1);
        Status status = child_latch(tree, d, *missing, level, &next);
        if (UNLIKELY(status != OK)) {
            pool_unlatch(&here);
            return status;
        }
        if (UNLIKELY(!node_is_right(tree, &next, level))) {
            pool_unlatch(&next);
            pool_unlatch(&here);
            return tree__node_corrupt(tree, *missing, "its parent expects another page");
        }
        if (parent != NULL && level == d->level)
            *parent = here;
        else
            pool_unlatch(&here);
        here = next;
    }
    *node = here;
    if (at != NULL) *at = found;
    return OK;
}

/* ST_BUSY: nothing is latched; *missing is not in memory (or, when only the last may be waited for, its latch is
 * taken). */
static inline Status descend(Tree *tree, const Descent *d, PageRef *parent, uint32_t *at,
                             PageRef *node, PageId *missing)
{
    if (LIKELY(parent == NULL && at == NULL)) {
        Status status = tree__glimpse_down(tree, d, node, missing);
        if (LIKELY(status != ST_CHANGED)) return status;
    }
    return descend_latched(tree, d, parent, at, node, missing);
}

Status tree__fetch(Tree *tree, PageId missing, PageId *suspect)
{
    Status status = pool_fetch(tree->pool, missing);
    if (status != ST_CORRUPT || suspect->v == missing.v) return status;
    MARK("a page that could not be read is asked for again by a fresh descent");
    *suspect = missing;
    return OK;
}

Status tree__latch_node(Tree *tree, const TreeKey *key, uint32_t level, LatchMode mode,
                        PageRef *parent, uint32_t *at, PageRef *node)
{
    const Descent d = {.key = key, .level = level, .mode = mode, .want_parent = parent != NULL};
    PageId missing, suspect = PAGE_NONE;
    for (;;) {
        Status status = descend(tree, &d, parent, at, node, &missing);
        if (status != ST_BUSY) return status;
        TRY(tree__fetch(tree, missing, &suspect));
    }
}

/* --- leaves --- */

/* Is the latched page a leaf of this tree, and its fences say that it is responsible for the key (T1)? */
static bool leaf_is_for(const Tree *tree, const PageRef *leaf, const TreeKey *key, bool for_upper)
{
    TreeKey low, high;
    if (!node_is_right(tree, leaf, 0)) return false;
    tree->leaf->fences(leaf->data, &low, &high);
    int from = tree__key_compare(tree, &low, key), to = tree__key_compare(tree, key, &high);
    return for_upper ? from < 0 && to <= 0 : from <= 0 && to < 0;
}

/* The leaf was not in memory. Read without its parent, it may be another's by the time it is latched: it is the right
 * one if it is a leaf of this tree whose fences say so (T1). ST_BUSY: it is not. */
static Status leaf_read(Tree *tree, const Descent *d, PageId page, PageRef *leaf)
{
    TRY(pool_latch(tree->pool, page, (LatchOptions){d->mode, RANK_LATCH, d->scan}, leaf));
    if (leaf_is_for(tree, leaf, d->key, d->for_upper)) return OK;
    pool_unlatch(leaf);
    return ST_BUSY;
}

static inline Status latch_leaf(Tree *tree, const Descent *d, PageRef *leaf)
{
    PageId missing, suspect = PAGE_NONE;
    for (;;) {
        Status status = descend(tree, d, NULL, NULL, leaf, &missing);
        if (LIKELY(status != ST_BUSY)) return status;
        status = d->scan ? leaf_read(tree, d, missing, leaf) : ST_BUSY;
        if (status == OK) return OK;
        if (status == ST_BUSY || status == ST_CORRUPT)
            status = tree__fetch(tree, missing, &suspect);
        if (status != OK) return status;
    }
}

Status tree_latch_leaf(Tree *tree, const TreeKey *key, bool for_upper, LatchMode mode, bool scan,
                       PageRef *leaf)
{
    const Descent d = {.key = key, .for_upper = for_upper, .mode = mode, .scan = scan};
    return latch_leaf(tree, &d, leaf);
}

Status tree_latch_row(Tree *tree, RowId row, LatchMode mode, const TreeAsk *ask, PageRef *leaf)
{
    const TreeKey key = {.row_id = row.v};
    const Descent d = {.key = &key, .mode = mode, .ask = ask};
    ASSERT(tree->kind == TREE_TABLE && ask->count <= TREE_ASK_MAX);
    return latch_leaf(tree, &d, leaf);
}

/* Is the latched leaf the last one? *covers: and responsible for the key? */
static bool is_tail(const Tree *tree, const PageRef *leaf, const TreeKey *key, bool *covers)
{
    TreeKey low, high;
    tree->leaf->fences(leaf->data, &low, &high);
    *covers = tree__key_compare(tree, &low, key) <= 0;
    return tree__key_is_open(tree, &high);
}

/* The page may be anything by now: a leaf of this tree without an upper fence is the last one (T1), if it has not left
 * the tree (tree__tail_forget). */
static bool tail_take(Tree *tree, const TreeKey *key, PageRef *leaf)
{
    const LatchOptions options = {LATCH_EXCLUSIVE, RANK_LATCH, false};
    const uint64_t number = atomic_load_explicit(&tree->tail, memory_order_relaxed);
    const PageId page = page_id(tree_space(tree->id), number);
    bool covers = false;
    if (number == 0 || pool_latch_resident(tree->pool, page, options, leaf) != OK) return false;
    /* Looked at again under the latch: a page that left the tree may have come back from disk as it was there. */
    bool still = atomic_load_explicit(&tree->tail, memory_order_relaxed) == number &&
                 node_is_right(tree, leaf, 0) && is_tail(tree, leaf, key, &covers);
    if (LIKELY(still && covers)) return true;
    pool_unlatch(leaf);
    if (!still) {
        MARK("the last leaf is another one now");
        atomic_store_explicit(&tree->tail, 0, memory_order_relaxed);
    }
    return false;
}

void tree__tail_forget(Tree *tree, const PageRef *leaf)
{
    uint64_t number = page_number(leaf->id);
    (void)atomic_compare_exchange_strong(&tree->tail, &number, 0);
}

Status tree_latch_tail(Tree *tree, const TreeKey *key, PageRef *leaf)
{
    bool covers;
    if (LIKELY(tail_take(tree, key, leaf))) return OK;
    TRY(tree_latch_leaf(tree, key, false, LATCH_EXCLUSIVE, false, leaf));
    if (is_tail(tree, leaf, key, &covers))
        atomic_store_explicit(&tree->tail, page_number(leaf->id), memory_order_relaxed);
    return OK;
}

/* The rows that the latched inner page above the leaves is responsible for: how many. */
static uint32_t find_in_parent(const Tree *tree, const PageRef *parent, const RowId *rows,
                               uint32_t count, TreeLeaf *leaves)
{
    TreeKey low, high;
    uint32_t found = 0, at = 0;
    uint64_t end = 0; /* of the leaf before */
    tree->inner->fences(parent->data, &low, &high);
    for (; found < count && (found == 0 || rows[found].v < high.row_id); found++) {
        if (found > 0 && rows[found].v < end) {
            leaves[found] = leaves[found - 1];
            continue;
        }
        at = tree__inner_find_row(parent->data, rows[found].v, at);
        const uint64_t child = tree__inner_child(parent->data, at) & ((UINT64_C(1) << 40) - 1);
        leaves[found] = (TreeLeaf){page_id(tree_space(tree->id), child),
                                   tree__inner_key(parent->data, at).row_id};
        end = at + 1 < tree__inner_count(parent->data)
                  ? tree__inner_key(parent->data, at + 1).row_id
                  : high.row_id;
    }
    return found;
}

Status tree_find_leaves(Tree *tree, const RowId *rows, uint32_t count, TreeLeaf *leaves)
{
    ASSERT(tree->kind == TREE_TABLE);
    for (uint32_t at = 0; at < count;) {
        PageRef parent;
        const TreeKey key = {.row_id = rows[at].v};
        Status status = tree__latch_node(tree, &key, 1, LATCH_SHARED, NULL, NULL, &parent);
        if (status == ST_NOT_FOUND) { /* the root is the only leaf */
            memset(leaves + at, 0, (count - at) * sizeof *leaves);
            return OK;
        }
        TRY(status);
        at += find_in_parent(tree, &parent, rows + at, count - at, leaves + at);
        pool_unlatch(&parent);
    }
    return OK;
}

Status tree_latch_found(Tree *tree, const TreeLeaf *found, RowId row, PageRef *leaf)
{
    const LatchOptions options = {LATCH_SHARED, RANK_LATCH, false};
    const TreeKey key = {.row_id = row.v};
    if (LIKELY(page_number(found->page) != 0 &&
               pool_latch_resident(tree->pool, found->page, options, leaf) == OK)) {
        if (LIKELY(leaf_is_for(tree, leaf, &key, false))) return OK;
        MARK("a leaf that was found is another one now");
        pool_unlatch(leaf);
    }
    return tree_latch_leaf(tree, &key, false, LATCH_SHARED, false, leaf);
}

uint32_t tree_read_found(Tree *tree, const TreeLeaf *leaves, uint32_t count)
{
    PageId pages[READ_AHEAD_MAX];
    uint32_t seen, found = 0;
    const uint32_t most = MIN(pool_read_ahead_max(tree->pool), (uint32_t)READ_AHEAD_MAX);
    for (seen = 0; seen < count; seen++) {
        const PageId page = leaves[seen].page;
        if (page_number(page) == 0 || (found > 0 && pages[found - 1].v == page.v)) continue;
        if (found == most) break;
        pages[found++] = page;
    }
    pool_read_ahead(tree->pool, pages, found);
    return seen;
}

void tree_prefetch(const Tree *tree, PageId page, uint32_t offset, uint32_t bytes)
{
    if (LIKELY(offset < PAGE_BYTES)) pool__prefetch(tree->pool, page, offset, bytes);
}

void tree_scan_touches(Tree *tree, uint32_t offset, uint32_t bytes)
{
    ASSERT(offset <= PAGE_BYTES && bytes <= PAGE_BYTES - offset);
    const uint32_t touch = offset << 16 | bytes;
    if (atomic_load_explicit(&tree->scan_touch, memory_order_relaxed) != touch)
        atomic_store_explicit(&tree->scan_touch, touch, memory_order_relaxed);
}

Status tree_latch_leaf_resident(Tree *tree, const TreeKey *key, LatchMode mode, PageRef *leaf)
{
    const Descent d = {.key = key, .mode = mode, .waiting = WAIT_FOR_LAST};
    PageId missing;
    return descend(tree, &d, NULL, NULL, leaf, &missing);
}

Status tree_read_ahead(Tree *tree, const TreeKey *key, uint32_t count)
{
    PageId pages[READ_AHEAD_MAX];
    PageRef node;
    uint32_t found = 0;
    Status status = tree__latch_node(tree, key, 1, LATCH_SHARED, NULL, NULL, &node);
    if (status == ST_NOT_FOUND) return OK; /* the root is the only leaf */
    TRY(status);
    uint32_t at = tree__inner_find(tree, node.data, key, false);
    const uint32_t most = MIN(pool_read_ahead_max(tree->pool), (uint32_t)READ_AHEAD_MAX);
    const uint32_t end = tree__inner_count(node.data);
    for (; at < end && found < MIN(count, most); at++)
        pages[found++] = page_id(tree_space(tree->id), tree__inner_child(node.data, at));
    pool_unlatch(&node);
    pool_read_ahead(tree->pool, pages, found);
    return OK;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* tree_check.c - walks over a tree that only read: checking, figures, cutting into ranges.
 *
 * A level is walked from left to right by descents to the next fence, like a scan, so others may change the tree
 * meanwhile. Each page is looked at together with its parent: its fences must be what the parent gives it (T1). Since
 * the intervals that parents give do not overlap, no page can be reached twice then. */
#include "store/tree_internal.h"

#include "base/error.h"

/* Looks at a latched page; `parent` is NULL at the root. */
typedef Status (*NodeVisit)(void *arg, const PageRef *node, const PageRef *parent, uint32_t at);

static Status root_height(Tree *tree, uint32_t *height)
{
    PageRef root;
    TRY(pool_latch(tree->pool, tree->root, (LatchOptions){LATCH_SHARED, RANK_LATCH, false}, &root));
    *height = page_level(root.data) + 1;
    pool_unlatch(&root);
    return OK;
}

/* ST_END from `visit` ends the walk, well. A level that is not there any more has no pages. */
static Status walk_level(Tree *tree, uint32_t level, NodeVisit visit, void *arg)
{
    KeyCopy position;
    tree__key_copy(&position, &TREE_KEY_LOWEST);
    for (bool last = false; !last;) {
        PageRef node, parent;
        TreeKey low, high;
        uint32_t at;
        Status status = task_try_check();
        if (status == OK)
            status = tree__latch_node(tree, &position.key, level, LATCH_SHARED, &parent, &at,
                                      &node);
        if (status != OK) return status == ST_NOT_FOUND ? OK : status;
        bool is_root = parent.word == NULL;
        status = visit(arg, &node, is_root ? NULL : &parent, at);
        tree__ops(tree, level)->fences(node.data, &low, &high);
        last = tree__key_is_open(tree, &high) || is_root;
        bool forward = last || tree__key_compare(tree, &position.key, &high) < 0;
        tree__key_copy(&position, &high);
        pool_unlatch(&node);
        if (!is_root) pool_unlatch(&parent);
        if (status != OK) return status == ST_END ? OK : status;
        if (!forward) return tree__node_corrupt(tree, tree->root, "fences do not lead onward");
    }
    return OK;
}

/* --- checking --- */

typedef struct Check {
    Tree *tree;
    CheckFound found;
    void *arg;
} Check;

static void fence_check(const Tree *tree, const PageRef *node, const PageRef *parent, uint32_t at,
                        CheckFound found, void *arg)
{
    TreeKey low, high, want_low = TREE_KEY_LOWEST, want_high = TREE_KEY_HIGHEST;
    KeyCopy low_copy, high_copy;
    tree__ops(tree, page_level(node->data))->fences(node->data, &low, &high);
    if (parent != NULL) {
        tree__inner_key_copy(parent->data, at, &low_copy);
        want_low = low_copy.key;
        if (at + 1 < tree__inner_count(parent->data)) {
            tree__inner_key_copy(parent->data, at + 1, &high_copy);
            want_high = high_copy.key;
        } else {
            TreeKey parent_low;
            tree->inner->fences(parent->data, &parent_low, &want_high);
        }
    }
    if (tree__key_compare(tree, &low, &want_low) != 0)
        found(arg, node->id, "low fence differs from the parent's");
    if (tree__key_compare(tree, &high, &want_high) != 0)
        found(arg, node->id, "high fence differs from the parent's");
}

Status tree__check_node(const Tree *tree, const PageRef *node, const PageRef *parent, uint32_t at,
                        CheckFound found, void *arg, bool *sound)
{
    Status status = tree__ops(tree, page_level(node->data))->check(node->data, node->id);
    *sound = status == OK;
    if (status == ST_CORRUPT) {
        const Error *error = error_current();
        found(arg, node->id, "%.*s", error != NULL ? (int)error->message.bytes : 0,
              error != NULL ? error->message.data : "");
        error_clear();
        return OK;
    }
    TRY(status);
    fence_check(tree, node, parent, at, found, arg);
    return OK;
}

static Status node_check(void *arg, const PageRef *node, const PageRef *parent, uint32_t at)
{
    const Check *check = arg;
    bool sound;
    return tree__check_node(check->tree, node, parent, at, check->found, check->arg, &sound);
}

Status tree_check(Tree *tree, CheckFound found, void *arg)
{
    Check check = {tree, found, arg};
    uint32_t height;
    TRY(root_height(tree, &height));
    for (uint32_t level = height; level-- > 0;) {
        Status status = walk_level(tree, level, node_check, &check);
        if (status != ST_CORRUPT) TRY(status);
        if (status == ST_CORRUPT)
            found(arg, tree->root, "level %" PRIu32 " cannot be walked", level);
    }
    return OK;
}

/* --- figures --- */

static Status node_count(void *arg, const PageRef *node, const PageRef *parent, uint32_t at)
{
    TreeFigures *figures = arg;
    (void)parent;
    (void)at;
    figures->inner_pages++;
    if (page_level(node->data) == 1) figures->leaf_pages += tree__inner_count(node->data);
    return OK;
}

Status tree_figures(Tree *tree, TreeFigures *figures)
{
    *figures = (TreeFigures){0};
    TRY(root_height(tree, &figures->height));
    for (uint32_t level = 1; level < figures->height; level++)
        TRY(walk_level(tree, level, node_count, figures));
    if (figures->height == 1) figures->leaf_pages = 1;
    return OK;
}

/* --- ranges --- */

typedef struct KeyList {
    Tree *tree;
    Arena *arena;
    TreeKey *keys;
    uint32_t count, capacity;
} KeyList;

static Status list_add(KeyList *list, const TreeKey *key)
{
    if (list->count == list->capacity) {
        uint32_t capacity = MAX(2 * list->capacity, 64u);
        TreeKey *grown = arena_try_grow(list->arena, list->keys, list->capacity * sizeof *grown,
                                        capacity * sizeof *grown);
        if (grown == NULL) return error_note(ST_NO_MEMORY, SQLSTATE_OUT_OF_MEMORY, "out of memory");
        list->keys = grown;
        list->capacity = capacity;
    }
    uint8_t *bytes = arena_try_alloc(list->arena, key->bytes.bytes);
    if (bytes == NULL) return error_note(ST_NO_MEMORY, SQLSTATE_OUT_OF_MEMORY, "out of memory");
    if (key->bytes.bytes != 0) memcpy(bytes, key->bytes.data, key->bytes.bytes);
    list->keys[list->count++] = (TreeKey){{bytes, key->bytes.bytes}, key->row_id};
    return OK;
}

static Status node_keys(void *arg, const PageRef *node, const PageRef *parent, uint32_t at)
{
    KeyList *list = arg;
    KeyCopy key;
    (void)parent;
    (void)at;
    for (uint32_t i = 0; i < tree__inner_count(node->data); i++) {
        tree__inner_key_copy(node->data, i, &key);
        /* The lowest fence cuts nothing off. */
        if (tree__key_compare(list->tree, &key.key, &TREE_KEY_LOWEST) != 0)
            TRY(list_add(list, &key.key));
    }
    return OK;
}

Status tree_partition(Tree *tree, uint32_t parts, Arena *arena, TreeKey **keys, uint32_t *count)
{
    KeyList list = {.tree = tree, .arena = arena};
    uint32_t height;
    ASSERT(parts > 0);
    TRY(root_height(tree, &height));
    /* The highest level whose pages have keys enough; each lower one has many times as many. */
    for (uint32_t level = height; level-- > 1 && list.count + 1 < parts;) {
        list.count = 0;
        TRY(walk_level(tree, level, node_keys, &list));
    }
    uint32_t cuts = MIN(parts - 1, list.count);
    for (uint32_t i = 0; i < cuts; i++) /* from left to right: what is taken lies at or behind i */
        list.keys[i] = list.keys[(uint64_t)(i + 1) * (list.count + 1) / (cuts + 1) - 1];
    *keys = list.keys;
    *count = cuts;
    return OK;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* check_tree.c - the check of a space's tree directory and of every tree, from the root down. Unlike tree_check it
 * needs nobody else to be there, and in return goes on beside a page that is damaged. */
#include "store/check_internal.h"
#include "store/tree_open.h"

#include "base/error.h"

typedef struct Walk {
    CheckPages *pages;
    Tree *tree;
    uint8_t *copies; /* a page a level */
    bool sound;      /* so far */
} Walk;

/* Copies the page; false: told, or its damage is known. */
static Status node_copy(Walk *walk, PageId id, uint32_t level, bool *got)
{
    PageRef page;
    uint8_t *copy = walk->copies + (size_t)level * PAGE_BYTES;
    Status status = pool_latch(walk->tree->pool, id, (LatchOptions){LATCH_SHARED, RANK_LATCH, true},
                               &page);
    *got = status == OK;
    if (status != OK) return check__told(walk->pages, id, status);
    memcpy(copy, page.data, PAGE_BYTES);
    pool_unlatch(&page);
    return OK;
}

/* Of the tree and level, whole, and in place under its parent? */
static Status node_check(Walk *walk, const PageRef *node, const PageRef *parent, uint32_t at,
                         uint32_t level, bool *sound)
{
    const PageHeader *header = node->data;
    *sound = header->tree_level == tree__word(walk->tree, level) &&
             header->kind == tree__ops(walk->tree, level)->page_kind;
    if (!*sound) {
        check__found(walk->pages, node->id,
                     "tree %" PRIu64 " expects its page of level %" PRIu32
                     " here, not one of kind %d, tree %" PRIu64 ", level %" PRIu32,
                     tree_number(walk->tree->id), level, header->kind, page_tree(header),
                     page_level(header));
        return OK;
    }
    return tree__check_node(walk->tree, node, parent, at, check__found, walk->pages, sound);
}

/* As deep as the level says, which goes down by one a step. */
static Status walk_down(Walk *walk, PageId id, const PageRef *parent, uint32_t at, uint32_t level)
{
    bool good;
    TRY(task_try_check());
    good = check__own(walk->pages, MAP_TREE, tree_number(walk->tree->id), id, 1);
    if (good) TRY(node_copy(walk, id, level, &good));
    PageRef node = {.id = id, .data = walk->copies + (size_t)level * PAGE_BYTES};
    if (good) TRY(node_check(walk, &node, parent, at, level, &good));
    walk->sound = walk->sound && good;
    if (!good && level > 0) walk->pages->incomplete = true;
    if (!good || level == 0) return OK;
    uint32_t count = tree__inner_count(node.data);
    for (uint32_t i = 0; i < count; i++) {
        uint64_t child = tree__inner_child(node.data, i);
        if (child >> 40 != 0) {
            check__found(walk->pages, id, "child %" PRIu32 " is of an unknown kind", i);
            walk->sound = false;
            walk->pages->incomplete = true;
            continue;
        }
        TRY(walk_down(walk, page_id(walk->pages->space, child), &node, i, level - 1));
    }
    return OK;
}

/* The root alone says how high the tree is. */
static Status root_level(Walk *walk, uint32_t *level)
{
    PageRef root;
    TRY(pool_latch(walk->tree->pool, walk->tree->root,
                   (LatchOptions){LATCH_SHARED, RANK_LATCH, true}, &root));
    *level = page_level(root.data);
    pool_unlatch(&root);
    return *level < TREE_LEVELS_MAX
               ? OK
               : tree__node_corrupt(walk->tree, walk->tree->root, "it is not the tree's root");
}

static Status tree_walk(CheckPages *pages, Tree *tree, bool *sound)
{
    uint32_t level;
    ArenaMark mark = arena_mark(pages->arena);
    Walk walk = {.pages = pages, .tree = tree, .sound = true};
    walk.copies = arena_try_alloc(pages->arena, (size_t)TREE_LEVELS_MAX * PAGE_BYTES);
    if (walk.copies == NULL)
        return error_note(ST_NO_MEMORY, SQLSTATE_OUT_OF_MEMORY, "out of memory");
    pages->figures->trees++;
    Status status = root_level(&walk, &level);
    if (status == OK) {
        status = walk_down(&walk, tree->root, NULL, 0, level);
    } else if (status == ST_CORRUPT) {
        walk.sound = false;
        pages->incomplete = true;
        status = check__told(pages, tree->root, status);
    }
    arena_rewind(pages->arena, mark);
    *sound = walk.sound;
    return status;
}

/* --- entries of the directory --- */

static void entry_bad(CheckPages *pages, Bytes key, const char *what)
{
    check__found(pages, page_id(pages->space, pages->header.directory_root),
                 "entry '%c' of the directory %s", key.bytes > 0 ? key.data[0] : '?', what);
}

static Status open_and_walk(CheckPages *pages, TreeId id)
{
    Tree *tree;
    bool sound = false;
    PageId directory = page_id(pages->space, pages->header.directory_root);
    Status status = tree_open(pages->store, id, &tree);
    if (status != OK) {
        pages->incomplete = true;
        return check__told(pages, directory, status);
    }
    status = tree_walk(pages, tree, &sound);
    if (status == OK && sound && pages->check->tree != NULL) {
        status = pages->check->tree(pages->check->arg, tree, pages);
        status = check__told(pages, tree->root, status);
    } else {
        check__own_the_rest(pages, id, true); /* what it has beside its nodes nobody tells */
    }
    tree_close(tree);
    return status;
}

static Status tree_entry(CheckPages *pages, Bytes key, Bytes value)
{
    TreeEntry entry;
    Status status = tree__entry_read(pages->space, key, value, &entry);
    if (status != OK) return check__told(pages, page_id(pages->space, 0), status);
    TreeId id = tree__entry_id(pages->space, key);
    if (tree_number(id) >= pages->header.next_tree)
        entry_bad(pages, key, "names a tree whose number was never given out");
    return open_and_walk(pages, id);
}

/* What waits to be freed: its extents as the map knows them, and single pages, listed or yet to be found. */
static Status dropped_entry(CheckPages *pages, Bytes key, Bytes value)
{
    TreeId id = tree__entry_id(pages->space, key);
    TreeEntry entry;
    bool walked, sound = true;
    uint64_t singles[TREE_SINGLES_MAX];
    uint32_t count;
    Tree *tree;
    Status status = tree__dropped_pages(id, value, &entry, &walked, singles, &count);
    if (status != OK) return check__told(pages, page_id(pages->space, 0), status);
    for (uint32_t i = 0; i < count; i++) check_own(pages, id, page_id(pages->space, singles[i]), 1);
    if (!walked) {
        const TreeOptions options = {.kind = (TreeKind)entry.kind,
                                     .flags = entry.flags,
                                     .comparator = entry.comparator};
        PageId root = page_id(pages->space, entry.root);
        status = tree__new(pages->store, id, root, &options, &tree);
        if (status != OK) return check__told(pages, root, status);
        status = tree_walk(pages, tree, &sound);
        tree__free(tree);
    }
    check__own_the_rest(pages, id, false);
    return status;
}

static Status layout_entry(CheckPages *pages, Bytes key)
{
    TreeEntryKey name;
    Bytes value;
    TreeId id = tree__entry_id(pages->space, key);
    const DirectoryEntry kinds[] = {DIRECTORY_TREE, DIRECTORY_DROPPED};
    ArenaMark mark = arena_mark(pages->arena);
    for (uint32_t i = 0; i < ARRAY_LEN(kinds); i++) {
        Status status = directory__get(pages->store, pages->space,
                                       tree__entry_key(&name, kinds[i], id), pages->arena, &value);
        arena_rewind(pages->arena, mark);
        if (status != ST_NOT_FOUND) return status;
    }
    entry_bad(pages, key, "is a layout of a tree that is not there");
    return OK;
}

static void undo_entry(CheckPages *pages, Bytes key, Bytes value)
{
    uint64_t stream, first;
    if (undo__directory_entry(key, value, &stream, &first)) {
        (void)check__own(pages, MAP_UNDO, stream, page_id(pages->space, first), EXTENT_PAGES);
    } else {
        entry_bad(pages, key, "is malformed");
        pages->incomplete = true;
    }
}

static Status entry_check(void *arg, Bytes key, Bytes value)
{
    CheckPages *pages = arg;
    if (key.bytes < TREE_ENTRY_KEY_BYTES) {
        entry_bad(pages, key, "has too short a key");
        return OK;
    }
    switch (key.data[0]) {
    case DIRECTORY_TREE: return tree_entry(pages, key, value);
    case DIRECTORY_DROPPED: return dropped_entry(pages, key, value);
    case DIRECTORY_LAYOUT: return layout_entry(pages, key);
    case DIRECTORY_UNDO: undo_entry(pages, key, value); return OK;
    case DIRECTORY_SEQUENCE:
        if (value.bytes != TREE_SEQUENCE_BYTES) entry_bad(pages, key, "is malformed");
        return OK;
    }
    entry_bad(pages, key, "is of an unknown kind");
    return OK;
}

Status check__trees(CheckPages *pages)
{
    Tree *directory;
    bool sound;
    PageId root = page_id(pages->space, pages->header.directory_root);
    if (pages->header.directory_root == 0) return OK;
    Status status = tree__directory_of(pages->store, pages->space, false, &directory);
    if (status != OK) {
        pages->incomplete = true;
        return check__told(pages, root, status);
    }
    TRY(tree_walk(pages, directory, &sound));
    if (!sound) {
        check__found(pages, root, "the directory is damaged: what it leads to is not checked");
        pages->incomplete = true;
        return OK;
    }
    return check__told(pages, root,
                       directory__scan(pages->store, pages->space, (Bytes){(const uint8_t *)"", 0},
                                       entry_check, pages));
}

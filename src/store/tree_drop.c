/* SPDX-License-Identifier: Apache-2.0 */
/* tree_drop.c - what is left of a tree that was dropped: its pages, freed in the background's time.
 *
 * A drop moves the tree's entry of the directory from 't' to 'd'; from then on nobody opens it. Where a crash or a full
 * disk leaves both, the next start, or who comes to free the pages, takes the 't' entry away: it must not outlive them,
 * since whoever decided on the drop may drop by that entry once more. When nobody has it open
 * any more, the pages that it took singly, few by their nature, are found by a walk and listed in the 'd' entry, which
 * makes the list durable; each leaves the list before it is freed, so that none is freed twice when another tree has it
 * already, and is on its way in between (space_way.c). Its extents are freed by their owner's number, which may be
 * repeated. */
#include "store/tree_open.h"

#include "base/error.h"
#include "store/space.h"
#include "store/space_internal.h"

enum {
    DROPPED_A_ROUND = 64,
    KEYS_A_ROUND = 64,
};

/* Value of a 'd' entry; as long as its list. */
typedef struct Dropped {
    TreeEntry entry;
    uint32_t walked, count; /* the singles have been found; how many are left */
    uint64_t pages[TREE_SINGLES_MAX];
} Dropped;
static_assert(offsetof(Dropped, pages) == 32, "directory entry layout");

static Status dropped_put(Store *store, TreeId id, const Dropped *dropped)
{
    TreeEntryKey key;
    size_t bytes = offsetof(Dropped, pages) + dropped->count * sizeof dropped->pages[0];
    return directory__put(store, tree_space(id), tree__entry_key(&key, DIRECTORY_DROPPED, id),
                          (Bytes){(const uint8_t *)dropped, bytes});
}

static Status dropped_malformed(TreeId id)
{
    return error_note(ST_CORRUPT, SQLSTATE_DATA_CORRUPTED,
                      "entry of dropped tree %" PRIu64 " of space %" PRIu32 " is malformed",
                      tree_number(id), tree_space(id).v);
}

static Status dropped_read(TreeId id, Bytes value, Dropped *dropped)
{
    *dropped = (Dropped){0};
    if (value.bytes < offsetof(Dropped, pages) || value.bytes > sizeof *dropped)
        return dropped_malformed(id);
    memcpy(dropped, value.data, value.bytes);
    size_t bytes = offsetof(Dropped, pages) + dropped->count * sizeof dropped->pages[0];
    return bytes == value.bytes ? OK : dropped_malformed(id);
}

Status tree__dropped_pages(TreeId id, Bytes value, TreeEntry *entry, bool *walked,
                           uint64_t *singles, uint32_t *count)
{
    Dropped dropped;
    TRY(dropped_read(id, value, &dropped));
    *entry = dropped.entry;
    *walked = dropped.walked != 0;
    *count = *walked ? dropped.count : 0;
    memcpy(singles, dropped.pages, *count * sizeof dropped.pages[0]);
    return OK;
}

Status tree_drop(Store *store, TreeId id)
{
    TreeEntryKey key;
    Bytes value;
    Dropped dropped = {0};
    Arena *arena = arena_try_new(store->account, "dropped tree");
    if (arena == NULL) return error_note(ST_NO_MEMORY, SQLSTATE_OUT_OF_MEMORY, "out of memory");
    Bytes name = tree__entry_key(&key, DIRECTORY_TREE, id);
    Status status = directory__get(store, tree_space(id), name, arena, &value);
    if (status == OK) status = tree__entry_read(tree_space(id), name, value, &dropped.entry);
    arena_drop(arena);
    if (status == ST_NOT_FOUND) return OK;
    TRY(status);
    /* An unlogged one has none but in extents of its own; after a crash a walk would meet pages of any age. */
    dropped.walked = (dropped.entry.flags & TREE_UNLOGGED) != 0;
    TRY(dropped_put(store, id, &dropped));
    TRY(directory__remove(store, tree_space(id), name));
    tree__forget(store->trees, id);
    return OK;
}

/* --- its single pages --- */

static Status is_single(Store *store, PageId page, bool *single)
{
    MapEntry entry;
    TRY(space__map_entry(store, page, &entry));
    *single = map_state(entry) == MAP_SHARED &&
              (entry.used >> page_number(page) % EXTENT_PAGES & 1) != 0;
    return OK;
}

/* Past the list's end pages are left taken: only a tree whose space was opened anew many times while it was small has
 * so many. */
static Status singles_add(Tree *tree, Dropped *dropped, PageId page)
{
    bool single;
    TRY(is_single(tree->store, page, &single));
    if (single && dropped->count < TREE_SINGLES_MAX)
        dropped->pages[dropped->count++] = page_number(page);
    return OK;
}

/* The children of the inner pages of one level. */
static Status singles_of_level(Tree *tree, uint32_t level, Dropped *dropped)
{
    uint8_t copy[PAGE_BYTES];
    KeyCopy position;
    tree__key_copy(&position, &TREE_KEY_LOWEST);
    do {
        PageRef node;
        TreeKey low, high;
        TRY(task_try_check());
        TRY(tree__latch_node(tree, &position.key, level, LATCH_SHARED, NULL, NULL, &node));
        memcpy(copy, node.data, PAGE_BYTES);
        pool_unlatch(&node);
        for (uint32_t i = 0; i < tree__inner_count(copy); i++)
            TRY(singles_add(tree, dropped,
                            page_id(tree_space(tree->id), tree__inner_child(copy, i))));
        tree->inner->fences(copy, &low, &high);
        tree__key_copy(&position, &high);
    } while (!tree__key_is_open(tree, &position.key));
    return OK;
}

static Status singles_find(Store *store, TreeId id, Dropped *dropped)
{
    const TreeOptions options = {.kind = (TreeKind)dropped->entry.kind,
                                 .flags = dropped->entry.flags,
                                 .comparator = dropped->entry.comparator};
    PageRef root;
    Tree *tree;
    PageId page = page_id(tree_space(id), dropped->entry.root);
    TRY(tree__new(store, id, page, &options, &tree));
    Status status = singles_add(tree, dropped, page);
    uint32_t level = 0;
    if (status == OK)
        status = pool_latch(store->pool, page, (LatchOptions){LATCH_SHARED, RANK_LATCH, false},
                            &root);
    if (status == OK) {
        level = page_level(root.data);
        pool_unlatch(&root);
    }
    for (; level > 0 && status == OK; level--) status = singles_of_level(tree, level, dropped);
    tree__free(tree);
    return status;
}

/* --- freeing --- */

typedef struct KeyBatch {
    uint32_t count;
    struct {
        uint32_t bytes;
        uint8_t data[DIRECTORY_KEY_BYTES_MAX];
    } keys[KEYS_A_ROUND];
} KeyBatch;

static Status batch_add(void *arg, Bytes key, Bytes value)
{
    KeyBatch *batch = arg;
    (void)value;
    if (batch->count == KEYS_A_ROUND || key.bytes > DIRECTORY_KEY_BYTES_MAX) return ST_END;
    batch->keys[batch->count].bytes = (uint32_t)key.bytes;
    memcpy(batch->keys[batch->count++].data, key.data, key.bytes);
    return OK;
}

static Status batch_scan(Store *store, SpaceId space, Bytes prefix, KeyBatch *batch)
{
    batch->count = 0;
    Status status = directory__scan(store, space, prefix, batch_add, batch);
    return status == ST_END ? OK : status;
}

Status trees__layouts_remove(Store *store, TreeId id)
{
    KeyBatch batch;
    TreeEntryKey key;
    Bytes prefix = tree__entry_key(&key, DIRECTORY_LAYOUT, id);
    do {
        TRY(batch_scan(store, tree_space(id), prefix, &batch));
        for (uint32_t i = 0; i < batch.count; i++)
            TRY(directory__remove(store, tree_space(id),
                                  (Bytes){batch.keys[i].data, batch.keys[i].bytes}));
    } while (batch.count == KEYS_A_ROUND);
    return OK;
}

static Status dropped_remove(Store *store, TreeId id)
{
    TreeEntryKey key;
    return directory__remove(store, tree_space(id), tree__entry_key(&key, DIRECTORY_DROPPED, id));
}

/* The single pages have been found. */
static Status pages_free(Store *store, TreeId id, Dropped *dropped)
{
    ASSERT(dropped->walked != 0);
    while (dropped->count > 0) {
        PageId page = page_id(tree_space(id), dropped->pages[--dropped->count]);
        TRY(task_try_check());
        TRY(space_page_leaves_logged(store, page));
        TRY(dropped_put(store, id, dropped));
        TRY(space_free_page(store, page));
    }
    return space_free_tree(store, id);
}

static Status dropped_free(Store *store, TreeId id, Dropped *dropped)
{
    if (dropped->walked == 0) {
        dropped->count = 0;
        TRY(singles_find(store, id, dropped));
        dropped->walked = 1;
        TRY(dropped_put(store, id, dropped));
    }
    TRY(pages_free(store, id, dropped));
    TRY(trees__layouts_remove(store, id));
    return dropped_remove(store, id);
}

typedef struct DroppedList {
    Store *store;
    SpaceId space;
    uint32_t count;
    TreeId ids[DROPPED_A_ROUND];
} DroppedList;

static Status list_add(void *arg, Bytes key, Bytes value)
{
    DroppedList *list = arg;
    (void)value;
    if (list->count == DROPPED_A_ROUND) return ST_END;
    if (key.bytes != TREE_ENTRY_KEY_BYTES) return dropped_malformed(tree_id(list->space, 0));
    TreeId id = tree__entry_id(list->space, key);
    if (!tree__is_open(list->store->trees, id)) list->ids[list->count++] = id;
    return OK;
}

static Status dropped_get(Store *store, TreeId id, Dropped *dropped)
{
    TreeEntryKey key;
    Bytes value;
    Arena *arena = arena_try_new(store->account, "dropped tree");
    if (arena == NULL) return error_note(ST_NO_MEMORY, SQLSTATE_OUT_OF_MEMORY, "out of memory");
    Bytes name = tree__entry_key(&key, DIRECTORY_DROPPED, id);
    Status status = directory__get(store, tree_space(id), name, arena, &value);
    if (status == OK) status = dropped_read(id, value, dropped);
    arena_drop(arena);
    return status;
}

/* The 'd' entry is there; the 't' one goes, if it stands beside. */
static Status drop_finish(Store *store, TreeId id)
{
    TreeEntryKey key;
    TRY(directory__remove(store, tree_space(id), tree__entry_key(&key, DIRECTORY_TREE, id)));
    tree__forget(store->trees, id);
    return OK;
}

static Status listed_free(Store *store, TreeId id)
{
    Dropped dropped;
    TRY(drop_finish(store, id));
    TRY(dropped_get(store, id, &dropped));
    return dropped_free(store, id, &dropped);
}

Status tree_free_dropped(Store *store, SpaceId space)
{
    const uint8_t prefix[] = {DIRECTORY_DROPPED};
    DroppedList list = {.store = store, .space = space};
    do {
        list.count = 0;
        Status status = directory__scan(store, space, (Bytes){prefix, sizeof prefix}, list_add,
                                        &list);
        if (status != ST_END) TRY(status);
        for (uint32_t i = 0; i < list.count; i++) TRY(listed_free(store, list.ids[i]));
    } while (list.count == DROPPED_A_ROUND);
    return OK;
}

/* --- drops that a crash interrupted --- */

typedef struct HalfDropped {
    SpaceId space;
    uint64_t above; /* trees up to this number are done */
    uint32_t count;
    TreeId ids[DROPPED_A_ROUND];
} HalfDropped;

/* Unlogged trees have their list from the beginning, and come next: the drop of one that is emptied comes again. */
static Status half_dropped_add(void *arg, Bytes key, Bytes value)
{
    HalfDropped *list = arg;
    Dropped dropped;
    TreeId id = tree__entry_id(list->space, key);
    TRY(dropped_read(id, value, &dropped));
    if (dropped.walked != 0 || tree_number(id) <= list->above) return OK;
    if (list->count == DROPPED_A_ROUND) return ST_END;
    list->ids[list->count++] = id;
    return OK;
}

Status trees__finish_drops(Store *store, SpaceId space)
{
    const uint8_t prefix[] = {DIRECTORY_DROPPED};
    HalfDropped list = {.space = space};
    do {
        list.count = 0;
        Status status = directory__scan(store, space, (Bytes){prefix, sizeof prefix},
                                        half_dropped_add, &list);
        if (status != ST_END) TRY(status);
        for (uint32_t i = 0; i < list.count; i++) {
            TRY(drop_finish(store, list.ids[i]));
            list.above = tree_number(list.ids[i]);
        }
    } while (list.count == DROPPED_A_ROUND);
    return OK;
}

/* --- emptying unlogged trees after a crash: the 'd' entry stands beside the 't' one until the new root is made --- */

static Status unlogged_reset(Store *store, TreeId id, const TreeEntry *entry)
{
    TreeEntryKey key;
    Dropped dropped;
    Status status = dropped_get(store, id, &dropped);
    if (status == ST_NOT_FOUND) { /* else an earlier start was interrupted */
        dropped = (Dropped){.entry = *entry, .walked = 1};
        status = dropped_put(store, id, &dropped);
    }
    TRY(status);
    TRY(pages_free(store, id, &dropped)); /* it has none but in extents of its own */
    const TreeOptions options = {.kind = (TreeKind)entry->kind,
                                 .flags = entry->flags,
                                 .comparator = entry->comparator};
    TreeEntry made = *entry;
    PageId root;
    Tree *tree;
    TRY(space_take_page(store, id, PAGE_NONE, tree__take_flags(id, entry->flags), &root));
    TRY(tree__new(store, id, root, &options, &tree));
    status = tree__root_make(tree, entry->layout_count - 1);
    tree__free(tree);
    TRY(status);
    made.root = page_number(root);
    TRY(directory__put(store, tree_space(id), tree__entry_key(&key, DIRECTORY_TREE, id),
                       (Bytes){(const uint8_t *)&made, sizeof made}));
    tree__forget(store->trees, id); /* who looked at its strays knows the root that it had */
    return dropped_remove(store, id);
}

typedef struct UnloggedList {
    SpaceId space;
    uint64_t above; /* trees up to this number are done */
    uint32_t count;
    struct {
        TreeId id;
        TreeEntry entry;
    } trees[DROPPED_A_ROUND];
} UnloggedList;

static Status unlogged_add(void *arg, Bytes key, Bytes value)
{
    UnloggedList *list = arg;
    TreeEntry entry;
    TRY(tree__entry_read(list->space, key, value, &entry));
    TreeId id = tree__entry_id(list->space, key);
    if ((entry.flags & TREE_UNLOGGED) == 0 || tree_number(id) <= list->above) return OK;
    if (list->count == DROPPED_A_ROUND) return ST_END;
    list->trees[list->count].id = id;
    list->trees[list->count++].entry = entry;
    return OK;
}

Status trees__reset_unlogged(Store *store, SpaceId space)
{
    const uint8_t prefix[] = {DIRECTORY_TREE};
    UnloggedList list = {.space = space};
    do {
        list.count = 0;
        Status status = directory__scan(store, space, (Bytes){prefix, sizeof prefix}, unlogged_add,
                                        &list);
        if (status != ST_END) TRY(status);
        for (uint32_t i = 0; i < list.count; i++) {
            TRY(unlogged_reset(store, list.trees[i].id, &list.trees[i].entry));
            list.above = tree_number(list.trees[i].id);
        }
    } while (list.count == DROPPED_A_ROUND);
    return OK;
}

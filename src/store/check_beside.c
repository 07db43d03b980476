/* SPDX-License-Identifier: Apache-2.0 */
/* check_beside.c - which page of a space belongs to what, and is its undo whole, beside others who take, link, move and
 * free pages meanwhile. No instant is stopped for it: first each side is read for itself, at its own pace,
 *
 *     maps        a group at a time, under the latch of its page
 *     the others  the directory, each tree's inner pages, a page at a time: what they lead to
 *
 * and where the two disagree, that page alone is asked for again, in a way that nobody's work can upset:
 *
 *     a tree has it, not so the map    The page that leads to it is latched once more, and the map's page under it: who
 *                                      frees a page has unlinked it before, and who links one has taken it before.
 *     a stream has it, not so the map  The same by the directory's entry, read before and behind the map.
 *     the map has it, none leads to it It is asked what it is, as a start asks (stray.c), and lost if it is on its way
 *                                      nowhere (space_way.c), and lost again after a pause, and once more: who frees it
 *                                      and who takes it anew are done with it in moments.
 *
 * So what is told is so. What is not seen: a page that two trees have, where the map gives it to either or to small
 * trees together (its header names one of them, and who checks the other meets that); pages of unlogged trees that
 * nothing leads to; long values that no row has. A server that stands still is asked for those (check.c). */
#include "store/check_internal.h"
#include "store/tree_open.h"

#include "base/error.h"
#include "os/clock.h"

enum { LOOKS = 3, LOOK_PAUSE_MS = 20 };

static uint64_t page_bit(PageId page)
{
    return UINT64_C(1) << page_number(page) % EXTENT_PAGES;
}

static bool gives(MapEntry entry, MapState state, uint64_t owner, PageId page)
{
    if ((entry.used & page_bit(page)) == 0) return false;
    if (state == MAP_TREE && map_state(entry) == MAP_SHARED) return true;
    return map_state(entry) == state && map_owner(entry) == owner;
}

/* Notes that something has the page; false: the map, as it was copied, did not give it. */
static bool note(CheckPages *pages, MapState state, uint64_t owner, PageId page)
{
    const uint64_t extent = page_number(page) / EXTENT_PAGES;
    if (extent >= pages->extent_count)
        return false; /* the space has grown since, or the page is none */
    pages->owned[extent] |= page_bit(page);
    return gives(pages->entries[extent], state, owner, page);
}

static void tell_owner(CheckPages *pages, const char *what, uint64_t number, PageId page,
                       MapEntry entry)
{
    if ((entry.used & page_bit(page)) == 0)
        check__found(pages, page, "%s %" PRIu64 " has the page, but the map says it is free", what,
                     number);
    else
        check__found(pages, page, "%s %" PRIu64 " has the page, but the map gives it to %" PRIu64,
                     what, number, map_owner(entry));
}

/* Could a map know of it? */
static bool is_inside(CheckPages *pages, PageId page, bool *inside)
{
    if (page_number(page) / EXTENT_PAGES >= pages->header.extent_count &&
        space__header(pages->store, pages->space, &pages->header) != OK)
        error_clear();
    *inside = page_number(page) / EXTENT_PAGES < pages->header.extent_count;
    return *inside;
}

/* --- trees --- */

static bool leads_to(const void *node, PageId child)
{
    for (uint32_t i = 0; i < tree__inner_count(node); i++)
        if (tree__inner_child(node, i) == page_number(child)) return true;
    return false;
}

/* With the page that leads to it latched. ST_BUSY: the map's page is not in memory. */
static Status look_below(CheckPages *pages, const PageRef *node, PageId child, MapEntry *entry,
                         bool *leads)
{
    PageRef map;
    const uint64_t extent = page_number(child) / EXTENT_PAGES;
    *leads = leads_to(node->data, child);
    if (!*leads) return OK;
    TRY(pool_latch_resident(pages->store->pool, space__map_page(pages->space, extent / MAP_EXTENTS),
                            (LatchOptions){LATCH_SHARED, RANK_SPACE_MAP, false}, &map));
    *entry = space__entries(map.data)[extent % MAP_EXTENTS];
    pool_unlatch(&map);
    return OK;
}

static Status child_look_again(CheckPages *pages, Tree *tree, const TreeKey *key, uint32_t level,
                               PageId child)
{
    const uint64_t group = page_number(child) / EXTENT_PAGES / MAP_EXTENTS;
    const uint64_t number = tree_number(tree->id);
    MapEntry entry = {0};
    bool leads, inside;
    if (!is_inside(pages, child, &inside)) {
        check__found(pages, child, "tree %" PRIu64 " leads outside of the space", number);
        return OK;
    }
    for (;;) {
        PageRef node;
        Status status = tree__latch_node(tree, key, level, LATCH_SHARED, NULL, NULL, &node);
        if (status == ST_NOT_FOUND) return OK; /* it has become lower */
        TRY(status);
        status = look_below(pages, &node, child, &entry, &leads);
        pool_unlatch(&node);
        if (status == OK) break;
        if (status != ST_BUSY) return status;
        TRY(pool_fetch(pages->store->pool, space__map_page(pages->space, group)));
    }
    if (leads && !gives(entry, MAP_TREE, number, child))
        tell_owner(pages, "tree", number, child, entry);
    return OK;
}

/* What the inner pages of a level lead to. */
static Status walk_level(CheckPages *pages, Tree *tree, uint32_t level)
{
    uint8_t copy[PAGE_BYTES];
    KeyCopy position;
    tree__key_copy(&position, &TREE_KEY_LOWEST);
    do {
        PageRef node;
        TreeKey low, high;
        TRY(task_try_check());
        Status status = tree__latch_node(tree, &position.key, level, LATCH_SHARED, NULL, NULL,
                                         &node);
        if (status == ST_NOT_FOUND) return OK;
        TRY(status);
        memcpy(copy, node.data, PAGE_BYTES);
        pool_unlatch(&node);
        for (uint32_t i = 0; i < tree__inner_count(copy); i++) {
            const uint64_t child = tree__inner_child(copy, i);
            const PageId page = page_id(pages->space, child & ((UINT64_C(1) << 40) - 1));
            if (child >> 40 != 0)
                check__found(pages, node.id, "child %" PRIu32 " is of an unknown kind", i);
            else if (!note(pages, MAP_TREE, tree_number(tree->id), page))
                TRY(child_look_again(pages, tree, &position.key, level, page));
        }
        tree->inner->fences(copy, &low, &high);
        tree__key_copy(&position, &high);
    } while (!tree__key_is_open(tree, &position.key));
    return OK;
}

/* The root stays where it is for as long as the tree is open. */
static Status root_look(CheckPages *pages, Tree *tree, uint32_t *level)
{
    PageRef root;
    MapEntry entry;
    const uint64_t number = tree_number(tree->id);
    TRY(pool_latch(tree->pool, tree->root, (LatchOptions){LATCH_SHARED, RANK_LATCH, false}, &root));
    *level = page_level(root.data);
    pool_unlatch(&root);
    if (note(pages, MAP_TREE, number, tree->root)) return OK;
    TRY(space__map_entry(pages->store, tree->root, &entry));
    if (!gives(entry, MAP_TREE, number, tree->root))
        tell_owner(pages, "tree", number, tree->root, entry);
    return OK;
}

/* Damage that is met on the way is told; then nobody says of pages that they are lost. */
static Status tree_look(CheckPages *pages, Tree *tree)
{
    uint32_t level = 0;
    pages->figures->trees++;
    Status status = root_look(pages, tree, &level);
    for (; level > 0 && status == OK; level--) status = walk_level(pages, tree, level);
    if (status == ST_CORRUPT) pages->incomplete = true;
    if (atomic_load(&tree->building)) check__own_the_rest(pages, tree->id, false);
    return check__told(pages, tree->root, status);
}

static Status tree_entry_look(CheckPages *pages, Bytes key)
{
    Tree *tree;
    const TreeId id = tree__entry_id(pages->space, key);
    Status status = tree_open(pages->store, id, &tree);
    if (status == ST_NOT_FOUND) { /* dropped meanwhile */
        error_clear();
        return OK;
    }
    if (status == ST_CORRUPT) pages->incomplete = true;
    if (status != OK)
        return check__told(pages, page_id(pages->space, pages->header.directory_root), status);
    status = tree_look(pages, tree);
    tree_close(tree);
    return status;
}

/* --- undo --- */

typedef struct ExtentLook {
    const void *key;
    size_t key_bytes;
    uint64_t first;
    bool there;
} ExtentLook;

static Status extent_find(void *arg, Bytes key, Bytes value)
{
    ExtentLook *look = arg;
    uint64_t stream, first;
    look->there = key.bytes == look->key_bytes && memcmp(key.data, look->key, key.bytes) == 0 &&
                  undo__directory_entry(key, value, &stream, &first) && first == look->first;
    return ST_END;
}

/* Is the extent in the directory still, behind what the map says now? Numbers of extents do not come again. */
static Status extent_look_again(CheckPages *pages, Bytes key, uint64_t stream, PageId first)
{
    MapEntry entry;
    bool inside;
    ExtentLook look = {key.data, key.bytes, page_number(first), false};
    if (is_inside(pages, first, &inside)) TRY(space__map_entry(pages->store, first, &entry));
    Status status = directory__scan(pages->store, pages->space, key, extent_find, &look);
    if (status != ST_END) TRY(status);
    if (!look.there) return OK;
    if (!inside)
        check__found(pages, first, "undo stream %" PRIu64 " leads outside of the space", stream);
    else if (!gives(entry, MAP_UNDO, stream, first) || entry.used != UINT64_MAX)
        tell_owner(pages, "undo stream", stream, first, entry);
    return OK;
}

static Status undo_entry_look(CheckPages *pages, Bytes key, Bytes value)
{
    uint64_t stream, first;
    if (!undo__directory_entry(key, value, &stream, &first)) {
        pages->incomplete = true; /* who opens the space tells */
        return OK;
    }
    bool agrees = true;
    for (uint64_t i = 0; i < EXTENT_PAGES; i++)
        agrees &= note(pages, MAP_UNDO, stream, page_id(pages->space, first + i));
    return agrees ? OK : extent_look_again(pages, key, stream, page_id(pages->space, first));
}

/* --- the directory --- */

static Status entry_look(void *arg, Bytes key, Bytes value)
{
    CheckPages *pages = arg;
    if (key.bytes < TREE_ENTRY_KEY_BYTES) return OK;
    switch (key.data[0]) {
    case DIRECTORY_TREE: return tree_entry_look(pages, key);
    case DIRECTORY_DROPPED:
        check__own_the_rest(pages, tree__entry_id(pages->space, key), false);
        return OK;
    case DIRECTORY_UNDO: return undo_entry_look(pages, key, value);
    }
    return OK;
}

static Status directory_look(CheckPages *pages)
{
    Tree *directory;
    if (pages->header.directory_root == 0) return OK;
    TRY(tree__directory_of(pages->store, pages->space, false, &directory));
    TRY(tree_look(pages, directory));
    return directory__scan(pages->store, pages->space, (Bytes){(const uint8_t *)"", 0}, entry_look,
                           pages);
}

/* --- lost pages --- */

/* Those of an extent's pages `left` that are lost now. */
static Status lost_now(CheckPages *pages, uint64_t extent, uint64_t left, uint64_t *lost_pages)
{
    *lost_pages = 0;
    for (; left != 0; left &= left - 1) {
        const uint64_t at = (uint64_t)__builtin_ctzll(left);
        bool lost;
        TRY(task_try_check());
        TRY(stray__is_lost(pages->store, page_id(pages->space, extent * EXTENT_PAGES + at), &lost));
        if (lost) *lost_pages |= UINT64_C(1) << at;
    }
    return OK;
}

static Status extent_lost_look(CheckPages *pages, uint64_t extent)
{
    const MapEntry entry = pages->entries[extent];
    const bool undo = map_state(entry) == MAP_UNDO;
    uint64_t all = entry.used & ~pages->owned[extent];
    if (undo && all != 0) all = 1; /* whole, by its first page */
    for (uint32_t look = 0; look < LOOKS && all != 0; look++) {
        if (look > 0) TRY(os_sleep_until(deadline_in_ms(LOOK_PAUSE_MS), WAIT_BACKGROUND));
        TRY(lost_now(pages, extent, all, &all));
    }
    if (all == 0) return OK;
    if (undo) all = entry.used;
    check__found(pages,
                 page_id(pages->space, extent * EXTENT_PAGES + (uint64_t)__builtin_ctzll(all)),
                 "%d pages of the extent are taken (owner %" PRIu64
                 "), but part of nothing: %016" PRIx64,
                 __builtin_popcountll(all), map_owner(entry), all);
    return OK;
}

static Status space_look(CheckPages *pages)
{
    Status status = check__maps(pages);
    if (status == ST_END) return OK;
    TRY(status);
    status = directory_look(pages);
    if (status == ST_CORRUPT) pages->incomplete = true;
    TRY(check__told(pages, page_id(pages->space, pages->header.directory_root), status));
    TRY(check__undo(pages));
    for (uint64_t i = 0; i < pages->extent_count && !pages->incomplete; i++)
        TRY(extent_lost_look(pages, i));
    return OK;
}

Status store_check_beside(Store *store, SpaceId space, const StoreCheck *check,
                          CheckFigures *figures)
{
    *figures = (CheckFigures){.spaces = 1};
    Arena *arena = arena_try_new(store->account, "check of a space");
    if (arena == NULL) return error_note(ST_NO_MEMORY, SQLSTATE_OUT_OF_MEMORY, "out of memory");
    CheckPages pages = {
        .store = store, .check = check, .figures = figures, .arena = arena, .space = space};
    Status status = space_look(&pages);
    arena_drop(arena);
    return status;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* stray.c - pages that were on their way when the log ended, by a crash or not (space_way.c): which of them is part of
 * nothing? Each is asked what it is now, after redo:
 *
 *     the map says it is free                       nothing to do
 *     not made since it was taken; free; idle       it is freed (unless a dropped tree's list will do it)
 *     a node of a tree                              freed, unless a descent of that tree comes to it
 *     of a tree that the directory does not know,   freed, with what the directory has of the tree's layouts
 *     by its header or by the map
 *     first page of an undo stream's extent         the extent is freed, unless the directory gives it to the stream
 *
 * A page that cannot be read, or whose tree cannot, stays: what is not certain is not freed. Where the disk is so full
 * that none can be freed, they stay on their way, and the next start looks at them again. */
#include "store/tree_open.h"

#include "base/error.h"
#include "base/log.h"
#include "store/space_internal.h"

typedef enum Verdict {
    VERDICT_KEEP,
    VERDICT_FREE,
    VERDICT_FREE_TREE, /* the tree was being made */
} Verdict;

/* --- undo --- */

typedef struct ExtentSought {
    uint64_t stream, first;
    bool found;
} ExtentSought;

static Status extent_compare(void *arg, Bytes key, Bytes value)
{
    ExtentSought *sought = arg;
    uint64_t stream, first;
    if (undo__directory_entry(key, value, &stream, &first) && stream == sought->stream &&
        first == sought->first)
        sought->found = true;
    return sought->found ? ST_END : OK;
}

static Status extent_judge(Store *store, PageId page, MapEntry entry, Verdict *verdict)
{
    const uint8_t prefix[] = {DIRECTORY_UNDO};
    ExtentSought sought = {map_owner(entry), page_number(page), false};
    Status status = directory__scan(store, page_space(page), (Bytes){prefix, sizeof prefix},
                                    extent_compare, &sought);
    if (status != ST_END && status != ST_NOT_FOUND) TRY(status);
    if (!sought.found) *verdict = VERDICT_FREE;
    return OK;
}

/* --- trees --- */

/* Does a descent by the page's own low fence come to it? */
static Status node_is_linked(Tree *tree, PageId page, const void *copy, bool *linked)
{
    TreeKey low, high;
    PageRef node;
    uint32_t level = page_level(copy);
    tree__ops(tree, level)->fences(copy, &low, &high);
    Status status = tree__latch_node(tree, &low, level, LATCH_SHARED, NULL, NULL, &node);
    *linked = status == OK && node.id.v == page.v;
    if (status == OK) pool_unlatch(&node);
    return status == ST_NOT_FOUND ? OK : status;
}

static Status node_judge(Tree *tree, PageId page, const void *copy, Verdict *verdict)
{
    const PageHeader *header = copy;
    bool linked = false;
    uint32_t level = page_level(header);
    if (level >= TREE_LEVELS_MAX || header->kind != tree__ops(tree, level)->page_kind) return OK;
    TRY(node_is_linked(tree, page, copy, &linked));
    if (!linked) *verdict = VERDICT_FREE;
    return OK;
}

/* Its list frees it, or what finds its single pages. */
static Status dropped_judge(Store *store, TreeId id, PageId page, Verdict *verdict)
{
    TreeEntryKey key;
    TreeEntry entry;
    Bytes value;
    bool walked;
    uint64_t singles[TREE_SINGLES_MAX];
    uint32_t count;
    Arena *arena = arena_try_new(store->account, "dropped tree");
    if (arena == NULL) return error_note(ST_NO_MEMORY, SQLSTATE_OUT_OF_MEMORY, "out of memory");
    Bytes name = tree__entry_key(&key, DIRECTORY_DROPPED, id);
    Status status = directory__get(store, tree_space(id), name, arena, &value);
    if (status == OK) status = tree__dropped_pages(id, value, &entry, &walked, singles, &count);
    arena_drop(arena);
    if (status == ST_NOT_FOUND) {
        *verdict = VERDICT_FREE_TREE;
        return OK;
    }
    TRY(status);
    bool listed = !walked;
    for (uint32_t i = 0; i < count; i++) listed |= singles[i] == page_number(page);
    if (!listed) *verdict = VERDICT_FREE;
    return OK;
}

static Status tree_judge(Store *store, PageId page, const void *copy, Verdict *verdict)
{
    const PageHeader *header = copy;
    TreeId id = tree_id(page_space(page), page_tree(header));
    Tree *tree;
    if (header->kind == PAGE_LEAF_DIRECTORY || header->kind == PAGE_INNER_BYTES) {
        Status status = tree__directory_of(store, page_space(page), false, &tree);
        if (status != OK && status != ST_NOT_FOUND) return status;
        if (status == OK && tree->id.v == id.v) return node_judge(tree, page, copy, verdict);
    }
    Status status = tree_open(store, id, &tree);
    if (status == ST_NOT_FOUND) return dropped_judge(store, id, page, verdict);
    TRY(status);
    /* An unlogged one is emptied next, which frees all that it has; until then its pages are of any age. */
    const bool judged = header->kind != PAGE_OVERFLOW && tree__is_logged(tree);
    status = judged ? node_judge(tree, page, copy, verdict) : OK;
    tree_close(tree);
    return status;
}

/* --- any --- */

static Status page_judge(Store *store, PageId page, uint64_t since, Verdict *verdict, TreeId *tree)
{
    uint64_t copy[PAGE_BYTES / sizeof(uint64_t)];
    const PageHeader *header = (const void *)copy;
    PageRef ref;
    Status status = pool_latch(store->pool, page, (LatchOptions){LATCH_SHARED, RANK_LATCH, true},
                               &ref);
    if (status == OK) {
        memcpy(copy, ref.data, PAGE_BYTES);
        pool_unlatch(&ref);
    }
    const StoreUpper *upper = &store->upper;
    bool unmade = status == ST_NOT_FOUND ||
                  (status == OK && (header->kind == PAGE_FREE || header->lsn < since));
    if (unmade || (status == OK && upper->page_is_idle != NULL && upper->page_is_idle(copy)))
        *verdict = VERDICT_FREE;
    if (unmade) return OK;
    TRY(status);
    if (*verdict == VERDICT_FREE) return OK;
    *tree = tree_id(page_space(page), page_tree(header));
    return tree_judge(store, page, copy, verdict);
}

/* The only page of an unlogged tree says nothing of the tree when a crash came while that was being made: the map knows
 * whose it was. */
static Status owner_judge(Store *store, PageId page, MapEntry entry, Verdict *verdict, TreeId *tree)
{
    static const DirectoryEntry kinds[] = {DIRECTORY_TREE, DIRECTORY_DROPPED};
    if (*verdict != VERDICT_FREE || map_state(entry) != MAP_TREE) return OK;
    Arena *arena = arena_try_new(store->account, "stray page");
    if (arena == NULL) return error_note(ST_NO_MEMORY, SQLSTATE_OUT_OF_MEMORY, "out of memory");
    *tree = tree_id(page_space(page), map_owner(entry));
    Status status = ST_NOT_FOUND;
    for (uint32_t i = 0; i < ARRAY_LEN(kinds) && status == ST_NOT_FOUND; i++) {
        TreeEntryKey key;
        Bytes value;
        status = directory__get(store, page_space(page), tree__entry_key(&key, kinds[i], *tree),
                                arena, &value);
    }
    arena_drop(arena);
    if (status == ST_NOT_FOUND) *verdict = VERDICT_FREE_TREE;
    return status == ST_NOT_FOUND ? OK : status;
}

static bool is_used(MapEntry entry, PageId page)
{
    return (entry.used >> page_number(page) % EXTENT_PAGES & 1) != 0;
}

/* Whose extents are given back by their owner's number, or hold pages that nothing leads to so far. ST_NOT_FOUND: there
 * is no such tree. */
static Status owner_keeps(Store *store, TreeId id, bool *keeps)
{
    TreeEntryKey key;
    Bytes value;
    Tree *tree;
    *keeps = true;
    Status status = tree_open(store, id, &tree);
    if (status == OK) {
        *keeps = atomic_load(&tree->building) || !tree__is_logged(tree);
        tree_close(tree);
        return OK;
    }
    if (status != ST_NOT_FOUND) return status;
    Arena *arena = arena_try_new(store->account, "dropped tree");
    if (arena == NULL) return error_note(ST_NO_MEMORY, SQLSTATE_OUT_OF_MEMORY, "out of memory");
    status = directory__get(store, tree_space(id), tree__entry_key(&key, DIRECTORY_DROPPED, id),
                            arena, &value);
    arena_drop(arena);
    return status;
}

/* In extents of a tree of its own. */
static Status owned_judge(Store *store, PageId page, MapEntry entry, Verdict *verdict)
{
    Tree *directory;
    bool keeps = true;
    TreeId id = tree_id(page_space(page), map_owner(entry)), other;
    Status status = tree__directory_of(store, page_space(page), false, &directory);
    if (status != OK || directory->id.v != id.v) {
        status = owner_keeps(store, id, &keeps);
        if (status == ST_NOT_FOUND) *verdict = VERDICT_FREE;
    } else {
        keeps = false;
    }
    if (status == ST_NOT_FOUND || keeps) return status == ST_NOT_FOUND ? OK : status;
    return page_judge(store, page, 0, verdict, &other);
}

/* What is told of it now, while it goes on being told. */
static Status lost_judge(Store *store, PageId page, Verdict *verdict)
{
    MapEntry entry;
    TreeId tree;
    TRY(space__map_entry(store, page, &entry));
    if (!is_used(entry, page) || space__is_on_its_way(store, page)) return OK;
    switch (map_state(entry)) {
    case MAP_UNDO: TRY(extent_judge(store, page, entry, verdict)); break;
    case MAP_TREE: TRY(owned_judge(store, page, entry, verdict)); break;
    case MAP_SHARED: TRY(page_judge(store, page, 0, verdict, &tree)); break;
    case MAP_FREE:
    case MAP_FREED: return OK;
    }
    if (*verdict == VERDICT_KEEP) return OK;
    TRY(space__map_entry(store, page, &entry));
    if (!is_used(entry, page) || space__is_on_its_way(store, page)) *verdict = VERDICT_KEEP;
    return OK;
}

Status stray__is_lost(Store *store, PageId page, bool *lost)
{
    Verdict verdict = VERDICT_KEEP;
    Status status = lost_judge(store, page, &verdict);
    *lost = status == OK && verdict != VERDICT_KEEP;
    if (status != ST_CORRUPT && status != ST_NOT_FOUND) return status;
    error_clear();
    return OK;
}

/* --- all --- */

static Status stray_free(Store *store, const SpaceWay *stray)
{
    PageId page = {stray->page};
    MapEntry entry;
    Verdict verdict = VERDICT_KEEP;
    TRY(space__map_entry(store, page, &entry));
    if (!is_used(entry, page)) return OK;
    if (map_state(entry) == MAP_UNDO) {
        TRY(extent_judge(store, page, entry, &verdict));
        if (verdict == VERDICT_KEEP) return OK;
        MARK("an undo extent that a crash left on its way is freed");
        return space_free_extent(store, page);
    }
    TreeId tree = tree_id(page_space(page), 0);
    TRY(page_judge(store, page, stray->lsn, &verdict, &tree));
    TRY(owner_judge(store, page, entry, &verdict, &tree));
    if (verdict == VERDICT_KEEP) return OK;
    MARK("a page that a crash left on its way is freed");
    TRY(space_free_page(store, page));
    return verdict == VERDICT_FREE_TREE ? trees__layouts_remove(store, tree) : OK;
}

Status strays__free(Store *store, const SpaceWay *strays, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        Status status = stray_free(store, &strays[i]);
        if (status == ST_CORRUPT || status == ST_NOT_FOUND) {
            error_clear(); /* it is told to whoever comes to the page */
            continue;
        }
        if (status == ST_FULL) {
            MARK("a full disk leaves what a crash left on its way there");
            error_clear();
            space__way_stays(store, &strays[i]);
            continue;
        }
        TRY(status);
    }
    return OK;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* tree_build.c - a tree from sorted input: pages are written once, from left to right, each full.
 *
 * A leaf is given to the pool and the log as soon as the key behind it is known; its lower fence and page number wait
 * at the level above until that level's page is full, and so on upward. What is left at the end is closed from the
 * bottom up; the highest page becomes the root, which keeps its place. The tree is nobody's until then: a crash before
 * leaves an empty one.
 *
 * Payload of BULK_PAGE: the page without its longest run of zeros. */
#include "store/tree_internal.h"

#include "base/arith.h"
#include "base/error.h"
#include "store/space.h"
#include "store/tree_redo.h"

enum { BULK_PAYLOAD_MAX = sizeof(BulkPayload) + PAGE_BYTES, HOLE_WORD = 8 };

/* Children of the page that is being filled at one level. */
typedef struct BuildLevel {
    uint32_t count;
    uint64_t written; /* pages of the level */
    uint64_t children[INNER_ROWID_MAX], rows[INNER_ROWID_MAX];
    uint32_t offsets[INNER_ROWID_MAX +
                     1]; /* of their lower fences in `bytes`; the last: where they end */
    uint8_t *bytes;
    size_t capacity;
} BuildLevel;

struct TreeBuilder {
    Tree *tree;
    Arena *arena;
    uint32_t fill_percent;
    void *page; /* the leaf being filled */
    PageId last;
    bool done;
    uint64_t leaves;
    /* The first pages taken stand in shared extents, where only the tree itself leads to them: they are on their way
     * until it does, or the build is given up. The others are given back by the tree's number. */
    uint32_t single_count;
    PageId singles[SPACE_SINGLE_PAGES];
    KeyCopy low;
    BuildLevel *levels[TREE_LEVELS_MAX]; /* [0] is unused */
};

static Status no_memory(void)
{
    return error_note(ST_NO_MEMORY, SQLSTATE_OUT_OF_MEMORY, "out of memory");
}

Status tree_build_begin(Tree *tree, uint32_t fill_percent, Arena *arena, TreeBuilder **result)
{
    ASSERT(fill_percent >= 10 && fill_percent <= 100);
    TreeBuilder *builder = ARENA_TRY_NEW(arena, TreeBuilder);
    void *page = arena_try_alloc_zero(arena, PAGE_BYTES);
    if (builder == NULL || page == NULL) return no_memory();
    builder->tree = tree;
    builder->arena = arena;
    builder->fill_percent = fill_percent;
    builder->page = page;
    builder->last = tree->root;
    atomic_store(&tree->building, true);
    tree__key_copy(&builder->low, &TREE_KEY_LOWEST);
    *result = builder;
    return OK;
}

static void node_format(const Tree *tree, void *page, PageId id, uint32_t level)
{
    page_format(page, (PageKind)tree__ops(tree, level)->page_kind, page_number(id),
                tree_number(tree->id), level);
    if (tree->compare != NULL) ((PageHeader *)page)->flags = TREE_PAGE_COMPARED;
}

/* The longest run of zero words behind the header. */
static BulkPayload find_hole(const void *page)
{
    const uint64_t *words = page;
    uint32_t best = 0, best_at = PAGE_BYTES / HOLE_WORD;
    for (uint32_t at = PAGE_HEADER_BYTES / HOLE_WORD, run = 0; at < PAGE_BYTES / HOLE_WORD; at++) {
        run = words[at] == 0 ? run + 1 : 0;
        if (run > best) {
            best = run;
            best_at = at + 1 - run;
        }
    }
    return (BulkPayload){(uint16_t)(best_at * HOLE_WORD), (uint16_t)(best * HOLE_WORD)};
}

/* Fills the latched page by `data` and logs it. */
static Lsn page_log(Tree *tree, PageRef *page, const void *data, uint32_t *used)
{
    memcpy(page->data, data, PAGE_BYTES);
    BulkPayload hole = find_hole(page->data);
    uint32_t behind = (uint32_t)hole.hole_at + hole.hole_bytes;
    const WalPart parts[] = {{&hole, sizeof hole},
                             {page->data, hole.hole_at},
                             {(char *)page->data + behind, PAGE_BYTES - behind}};
    const PoolChange change = {page, WAL_REF_FORMAT};
    *used = (uint32_t)sizeof hole + PAGE_BYTES - hole.hole_bytes;
    return pool_log(tree->pool, WAL_TREE_BULK_PAGE, XID_NONE, &change, 1, parts,
                    behind < PAGE_BYTES ? 3 : 2, !tree__is_logged(tree));
}

/* Puts the page that `data` is into the pool: its number stands in its header. */
static Status page_write(Tree *tree, const void *data)
{
    PageRef page;
    PageId id = page_id(tree_space(tree->id), ((const PageHeader *)data)->number);
    TRY(pool_reserve_frames(tree->pool, 1));
    Status status = tree__credit_take(tree, BULK_PAYLOAD_MAX);
    if (status == OK) {
        uint32_t used = 0;
        Lsn lsn = {0};
        status = pool_latch_new(tree->pool, id, RANK_LATCH, &page);
        if (status == OK) {
            lsn = page_log(tree, &page, data, &used);
            pool_unlatch(&page);
        }
        tree__credit_return(tree, BULK_PAYLOAD_MAX, lsn, 1, used);
    }
    if (status != OK) pool_unreserve_frames(tree->pool, 1);
    return status;
}

static Status page_take(TreeBuilder *builder, PageId *page)
{
    Tree *tree = builder->tree;
    TRY(task_try_check());
    TRY(tree__take_page(tree, builder->last, page));
    builder->last = *page;
    if (builder->single_count < SPACE_SINGLE_PAGES)
        builder->singles[builder->single_count++] = *page;
    else
        space_page_settled(tree->store, *page);
    return OK;
}

/* --- inner levels --- */

static TreeKey child_key(const Tree *tree, const BuildLevel *level, uint32_t at)
{
    if (tree->kind == TREE_TABLE) return (TreeKey){.row_id = level->rows[at]};
    return (TreeKey){
        .bytes = {level->bytes + level->offsets[at], level->offsets[at + 1] - level->offsets[at]}};
}

/* Do the first `count` children fit a page that ends at `high`? */
static bool children_fit(const TreeBuilder *builder, const BuildLevel *level, uint32_t count,
                         const TreeKey *high)
{
    const Tree *tree = builder->tree;
    if (count > tree__inner_children_max() * builder->fill_percent / 100 + 1) return false;
    if (count > tree__inner_children_max()) return false;
    if (tree->kind == TREE_TABLE) return true;
    TreeKey low = child_key(tree, level, 0);
    uint32_t prefix = tree->compare != NULL ? 0 : tree__prefix_bytes(low.bytes, high->bytes);
    uint32_t bytes = tree__inner_bytes_needed(count, level->offsets[count] - level->offsets[1],
                                              prefix, (uint32_t)low.bytes.bytes,
                                              (uint32_t)high->bytes.bytes);
    uint32_t limit = (PAGE_BYTES - INNER_SLOTS_AT) / 100 * builder->fill_percent;
    return bytes <= limit || (count <= 4 && bytes <= PAGE_BYTES - INNER_SLOTS_AT);
}

static Status level_add(TreeBuilder *builder, uint32_t level, const TreeKey *low, uint64_t child);

static void level_page_fill(const TreeBuilder *builder, uint32_t number, uint32_t count,
                            const TreeKey *high, PageId page, void *data)
{
    const Tree *tree = builder->tree;
    const BuildLevel *level = builder->levels[number];
    TreeKey low = child_key(tree, level, 0);
    node_format(tree, data, page, number);
    tree->inner->init(data, &low, high, 0);
    for (uint32_t i = 0; i < count; i++) {
        TreeKey key = child_key(tree, level, i);
        tree__inner_add(data, &key, level->children[i]);
    }
}

/* Writes a page of the level with as many of its children as fit; the others stay. `high`: the key of what comes behind
 * them. */
static Status level_flush(TreeBuilder *builder, uint32_t number, const TreeKey *high)
{
    uint64_t data[PAGE_BYTES / sizeof(uint64_t)];
    BuildLevel *level = builder->levels[number];
    Tree *tree = builder->tree;
    uint32_t count = level->count;
    TreeKey end = *high;
    while (count > 1 && !children_fit(builder, level, count, &end))
        end = child_key(tree, level, --count);
    PageId page;
    KeyCopy low;
    TRY(page_take(builder, &page));
    level_page_fill(builder, number, count, &end, page, data);
    TRY(page_write(tree, data));
    level->written++;
    TreeKey first = child_key(tree, level, 0);
    tree__key_copy(&low, &first);
    uint32_t left = level->count - count, gone = level->offsets[count];
    memmove(level->bytes, level->bytes + gone, level->offsets[level->count] - gone);
    memmove(level->children, level->children + count, left * sizeof level->children[0]);
    memmove(level->rows, level->rows + count, left * sizeof level->rows[0]);
    for (uint32_t i = 0; i <= left; i++) level->offsets[i] = level->offsets[count + i] - gone;
    level->count = left;
    return level_add(builder, number + 1, &low.key, page_number(page));
}

static Status level_make(TreeBuilder *builder, uint32_t number)
{
    if (number >= TREE_LEVELS_MAX)
        return error_note(ST_FULL, SQLSTATE_PROGRAM_LIMIT_EXCEEDED, "the tree would be too high");
    if (builder->levels[number] != NULL) return OK;
    builder->levels[number] = ARENA_TRY_NEW(builder->arena, BuildLevel);
    return builder->levels[number] != NULL ? OK : no_memory();
}

static Status level_add(TreeBuilder *builder, uint32_t number, const TreeKey *low, uint64_t child)
{
    TRY(level_make(builder, number));
    BuildLevel *level = builder->levels[number];
    while (level->count > 0 &&
           (level->count == INNER_ROWID_MAX || !children_fit(builder, level, level->count, low) ||
            level->count >= tree__inner_children_max() * builder->fill_percent / 100))
        TRY(level_flush(builder, number, low));
    uint32_t at = level->count, used = level->offsets[at];
    if (used + low->bytes.bytes > level->capacity || level->bytes == NULL) {
        size_t capacity = MAX(2 * level->capacity, used + low->bytes.bytes + PAGE_BYTES);
        uint8_t *grown = arena_try_grow(builder->arena, level->bytes, level->capacity, capacity);
        if (grown == NULL) return no_memory();
        level->bytes = grown;
        level->capacity = capacity;
    }
    if (low->bytes.bytes != 0) memcpy(level->bytes + used, low->bytes.data, low->bytes.bytes);
    level->offsets[at + 1] = used + (uint32_t)low->bytes.bytes;
    level->rows[at] = low->row_id;
    level->children[at] = child;
    level->count++;
    return OK;
}

/* --- leaves --- */

Status tree_build_leaf(TreeBuilder *builder, void **page, TreeKey *low)
{
    ASSERT(!builder->done);
    node_format(builder->tree, builder->page, builder->tree->root, 0);
    *page = builder->page;
    *low = builder->low.key;
    return OK;
}

Status tree_build_add(TreeBuilder *builder, const TreeKey *high)
{
    Tree *tree = builder->tree;
    TreeKey has_low, has_high;
    ASSERT(!builder->done);
    tree->leaf->fences(builder->page, &has_low, &has_high);
    ASSERT(tree__key_compare(tree, &has_low, &builder->low.key) == 0);
    ASSERT(tree__key_compare(tree, &has_high, high != NULL ? high : &TREE_KEY_HIGHEST) == 0);
    PageHeader *header = builder->page;
    PageId page = tree->root;
    builder->done = high == NULL;
    builder->leaves++;
    if (high == NULL && builder->leaves == 1) return page_write(tree, builder->page);
    TRY(page_take(builder, &page));
    header->number = page_number(page);
    TRY(page_write(tree, builder->page));
    TRY(level_add(builder, 1, &builder->low.key, page_number(page)));
    if (high != NULL) tree__key_copy(&builder->low, high);
    return OK;
}

static void singles_settle(TreeBuilder *builder)
{
    while (builder->single_count > 0)
        space_page_settled(builder->tree->store, builder->singles[--builder->single_count]);
}

void tree_build_abandon(TreeBuilder *builder)
{
    while (builder->single_count > 0) {
        PageId page = builder->singles[--builder->single_count];
        if (space_free_page(builder->tree->store, page) != OK)
            MARK("a page of a build that was given up stays on its way");
    }
}

Status tree_build_end(TreeBuilder *builder)
{
    uint64_t data[PAGE_BYTES / sizeof(uint64_t)];
    Tree *tree = builder->tree;
    ASSERT(builder->done);
    for (uint32_t number = 1; builder->leaves > 1; number++) {
        BuildLevel *level = builder->levels[number];
        bool fits = children_fit(builder, level, level->count, &TREE_KEY_HIGHEST);
        if (level->written == 0 && fits) {
            level_page_fill(builder, number, level->count, &TREE_KEY_HIGHEST, tree->root, data);
            TRY(page_write(tree, data));
            atomic_store_explicit(&tree->root_level, number, memory_order_relaxed);
            break;
        }
        while (level->count > 0) TRY(level_flush(builder, number, &TREE_KEY_HIGHEST));
    }
    singles_settle(builder);
    atomic_store(&tree->building, false);
    return OK;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* tree_split.c - making room and giving it back: splits, merges, the root's growing and shrinking, and their redo.
 *
 * One step changes one node, its new or vanishing neighbour and their parent, all latched exclusively, and is one log
 * record with the moved content inside (docs/traps.md F4); a parent without room is split first, by a step of its own,
 * and the lower one is tried again. What a step needs - pages, frames, credit - it has before it latches anything
 * (C15).
 *
 *     split       [ .. A .. ]      [ .. A  sep B .. ]        the root keeps its page: both halves go to new pages,
 *                      |      ->        |      |             and the root becomes their parent one level up
 *                      A                A      B
 *
 * Payload of SPLIT, SPLIT_ROOT, MERGE and SHRINK: StepPayload, separator, high fence, content (of the left page then of
 * the right one in SPLIT_ROOT).
 *
 *     record       refs                                     content
 *     SPLIT        left, right (FORMAT), parent             the right page's
 *     SPLIT_ROOT   root, left, right (all FORMAT)           left's, right's
 *     MERGE        left, right (FORMAT), parent             the right page's; its page becomes a free one
 *     SHRINK       root, child (both FORMAT)                the child's; its page becomes a free one */
#include "store/tree_internal.h"

#include "base/arith.h"
#include "base/error.h"
#include "store/space.h"
#include "store/tree_redo.h"

enum {
    STEP_PAYLOAD_MAX = sizeof(StepPayload) + 2 * TREE_KEY_BYTES_MAX + 2 * PAGE_BYTES,
    STEP_REFS = 3,
    PARTS_MAX = 5,
};

/* --- what a step needs --- */

uint32_t tree__take_flags(TreeId id, uint32_t tree_flags)
{
    if (tree_space(id).v == SPACE_TEMP.v) return 0;
    return (tree_flags & TREE_UNLOGGED) != 0 ? SPACE_TAKE_OWN : SPACE_TAKE_WATCHED;
}

Status tree__take_page(const Tree *tree, PageId near, PageId *page)
{
    uint32_t flags = tree__take_flags(tree->id, tree->flags);
    return space_take_page(tree->store, tree->id, near, flags, page);
}

Status tree__credit_take(const Tree *tree, uint32_t payload_bytes)
{
    if (!tree__is_logged(tree)) return OK;
    return wal_credit_take(tree->store->wal, wal_record_bytes(STEP_REFS, payload_bytes), 0);
}

void tree__credit_return(const Tree *tree, uint32_t payload_bytes, Lsn lsn, uint32_t refs,
                         uint32_t used)
{
    if (!tree__is_logged(tree)) return;
    uint32_t taken = wal_record_bytes(STEP_REFS, payload_bytes);
    uint32_t spent = lsn.v != 0 ? wal_record_bytes(refs, used) : 0;
    ASSERT(spent <= taken);
    if (taken != spent) wal_credit_return(tree->store->wal, taken - spent);
}

/* Pages stay in hand from try to try; frames and credit are taken for one. */
typedef struct Room {
    PageId pages[2];
    uint32_t count;
    uint32_t frames;
} Room;

static Status room_take(Tree *tree, Room *room, uint32_t pages)
{
    for (; room->count < pages; room->count++)
        TRY(tree__take_page(tree, tree->root, &room->pages[room->count]));
    TRY(pool_reserve_frames(tree->pool, pages));
    room->frames = pages;
    Status status = tree__credit_take(tree, STEP_PAYLOAD_MAX);
    if (status == OK) return OK;
    pool_unreserve_frames(tree->pool, room->frames);
    room->frames = 0;
    return status;
}

static void room_try_end(Tree *tree, Room *room, Lsn lsn, uint32_t refs, uint32_t used)
{
    if (room->frames != 0) pool_unreserve_frames(tree->pool, room->frames);
    room->frames = 0;
    tree__credit_return(tree, STEP_PAYLOAD_MAX, lsn, refs, used);
}

static Status room_new_page(Tree *tree, Room *room, PageRef *page)
{
    ASSERT(room->count > 0 && room->frames > 0);
    TRY(pool_latch_new(tree->pool, room->pages[room->count - 1], RANK_LATCH, page));
    room->count--;
    room->frames--;
    return OK;
}

/* Pages taken and not used: never formatted, so giving them back is all. What it says is told only if nothing else
 * is. */
static Status room_release(Tree *tree, Room *room, Status status)
{
    while (room->count > 0) {
        Status freed = space_free_page(tree->store, room->pages[--room->count]);
        if (status == OK) status = freed;
    }
    return status;
}

/* --- records --- */

typedef struct Step {
    StepPayload head;
    TreeKey separator, high;
    const uint8_t *left, *right;
    uint32_t bytes; /* of the whole payload, once logged */
} Step;

static void step_init(Step *step, const Tree *tree, const void *page, const TreeKey *separator,
                      const TreeKey *high)
{
    bool open = tree__key_is_open(tree, high);
    *step = (Step){.separator = *separator, .high = *high};
    step->head = (StepPayload){.tree_level = ((const PageHeader *)page)->tree_level,
                               .separator_row = separator->row_id,
                               .high_row = high->row_id,
                               .separator_bytes = (uint16_t)separator->bytes.bytes,
                               .high_bytes = open ? KEY_NONE : (uint16_t)high->bytes.bytes,
                               .kind = ((const PageHeader *)page)->kind,
                               .compared = tree->compare != NULL,
                               .parent_kind = tree->inner->page_kind};
}

static Lsn step_log(Tree *tree, WalKind kind, Step *step, const PoolChange *changes, uint32_t count)
{
    const WalPart all[PARTS_MAX] = {{&step->head, sizeof step->head},
                                    {step->separator.bytes.data,
                                     (uint32_t)step->separator.bytes.bytes},
                                    {step->high.bytes.data, (uint32_t)step->high.bytes.bytes},
                                    {step->left, step->head.left_bytes},
                                    {step->right, step->head.right_bytes}};
    WalPart parts[PARTS_MAX];
    uint32_t part_count = 0;
    for (uint32_t i = 0; i < PARTS_MAX; i++) {
        if (all[i].bytes != 0) parts[part_count++] = all[i];
        step->bytes += all[i].bytes;
    }
    return pool_log(tree->pool, kind, XID_NONE, changes, count, parts, part_count,
                    !tree__is_logged(tree));
}

/* An empty page of this level with the flags that its tree's pages carry. */
static void node_format(const Tree *tree, PageRef *page, uint32_t level)
{
    page_format(page->data, (PageKind)tree__ops(tree, level)->page_kind, page_number(page->id),
                tree_number(tree->id), level);
    if (tree->compare != NULL) ((PageHeader *)page->data)->flags = TREE_PAGE_COMPARED;
}

static void page_make_free(PageRef *page)
{
    page_format(page->data, PAGE_FREE, page_number(page->id), 0, 0);
}

/* --- splitting --- */

typedef enum Outcome {
    STEP_DONE,
    STEP_NEEDLESS,    /* another was quicker */
    STEP_TWO_PAGES,   /* it is the root: two new pages are wanted */
    STEP_PARENT_FULL, /* the separator does not fit there */
} Outcome;

/* The latched node is the root. */
static Status split_root(Tree *tree, PageRef *root, const TreeKey *separator, Room *room)
{
    uint8_t moved_left[PAGE_BYTES], moved_right[PAGE_BYTES];
    uint32_t level = page_level(root->data);
    const LeafOps *ops = tree__ops(tree, level);
    TreeKey low, high;
    Step step;
    PageRef left, right;
    TRY(room_new_page(tree, room, &left));
    Status status = room_new_page(tree, room, &right);
    if (status != OK) { /* the first is still in hand, unformatted */
        room->count++;
        pool_unlatch(&left);
        return status;
    }
    ops->fences(root->data, &low, &high);
    ASSERT(tree__key_is_open(tree, &high));
    step_init(&step, tree, root->data, separator, &TREE_KEY_HIGHEST);
    step.head.right_bytes = ops->moved(root->data, separator, moved_right);
    ops->split_left(root->data, separator);
    ops->fences(root->data, &low, &high);
    step.head.left_bytes = ops->moved(root->data, &low, moved_left);
    step.left = moved_left;
    step.right = moved_right;
    node_format(tree, &left, level);
    ops->split_right(left.data, &TREE_KEY_LOWEST, separator,
                     (Bytes){moved_left, step.head.left_bytes});
    node_format(tree, &right, level);
    ops->split_right(right.data, separator, &TREE_KEY_HIGHEST,
                     (Bytes){moved_right, step.head.right_bytes});
    node_format(tree, root, level + 1);
    tree->inner->init(root->data, &TREE_KEY_LOWEST, &TREE_KEY_HIGHEST, 0);
    tree__inner_add(root->data, &TREE_KEY_LOWEST, page_number(left.id));
    tree__inner_add(root->data, separator, page_number(right.id));
    const PoolChange changes[] = {{root, WAL_REF_FORMAT},
                                  {&left, WAL_REF_FORMAT},
                                  {&right, WAL_REF_FORMAT}};
    Lsn lsn = step_log(tree, WAL_TREE_SPLIT_ROOT, &step, changes, ARRAY_LEN(changes));
    atomic_store_explicit(&tree->root_level, level + 1, memory_order_relaxed);
    space_page_settled(tree->store, left.id);
    space_page_settled(tree->store, right.id);
    pool_unlatch(&right);
    pool_unlatch(&left);
    room_try_end(tree, room, lsn, ARRAY_LEN(changes), step.bytes);
    return OK;
}

/* The latched node is child `at` of the latched parent, which has room for the separator. */
static Status split_child(Tree *tree, PageRef *parent, uint32_t at, PageRef *left,
                          const TreeKey *separator, Room *room)
{
    uint8_t moved[PAGE_BYTES];
    KeyCopy high;
    uint32_t level = page_level(left->data);
    const LeafOps *ops = tree__ops(tree, level);
    TreeKey low, left_high;
    Step step;
    PageRef right;
    TRY(room_new_page(tree, room, &right));
    ops->fences(left->data, &low, &left_high);
    tree__key_copy(&high, &left_high);
    ASSERT(tree__key_compare(tree, &low, separator) < 0);
    ASSERT(tree__key_compare(tree, separator, &high.key) < 0);
    step_init(&step, tree, left->data, separator, &high.key);
    step.head.right_bytes = ops->moved(left->data, separator, moved);
    step.head.parent_at = (uint16_t)(at + 1);
    step.right = moved;
    node_format(tree, &right, level);
    ops->split_right(right.data, separator, &high.key, (Bytes){moved, step.head.right_bytes});
    ops->split_left(left->data, separator);
    tree__inner_insert(parent->data, at + 1, separator, page_number(right.id));
    const PoolChange changes[] = {{left, 0}, {&right, WAL_REF_FORMAT}, {parent, 0}};
    Lsn lsn = step_log(tree, WAL_TREE_SPLIT, &step, changes, ARRAY_LEN(changes));
    space_page_settled(tree->store, right.id);
    pool_unlatch(&right);
    room_try_end(tree, room, lsn, ARRAY_LEN(changes), step.bytes);
    return OK;
}

typedef struct Split {
    const TreeKey *key;
    uint32_t level, need;
    bool append;
    TreeChoose choose; /* NULL: the page's own split_point */
    void *arg;
} Split;

/* Where the latched node is split. ST_END: it is not. */
static Status split_choose(Tree *tree, const Split *split, const void *node, uint8_t *buffer,
                           TreeKey *separator)
{
    if (split->choose != NULL) return split->choose(split->arg, node, separator);
    return tree__ops(tree, split->level)
        ->split_point(node, split->key, split->need, split->append, buffer, separator);
}

/* One try. STEP_PARENT_FULL: *separator_bytes says how much is wanted there. Frames and credit are used up or given
 * back. */
static Status split_try(Tree *tree, const Split *split, Room *room, Outcome *outcome,
                        uint32_t *separator_bytes)
{
    uint8_t buffer[TREE_KEY_BYTES_MAX];
    TreeKey separator;
    PageRef parent, node;
    uint32_t at;
    Status status = tree__latch_node(tree, split->key, split->level, LATCH_EXCLUSIVE, &parent, &at,
                                     &node);
    if (status != OK) {
        room_try_end(tree, room, (Lsn){0}, 0, 0);
        return status;
    }
    bool is_root = parent.word == NULL;
    *outcome = STEP_DONE;
    status = split_choose(tree, split, node.data, buffer, &separator);
    if (status == ST_END) {
        *outcome = STEP_NEEDLESS;
        status = OK;
    } else if (status == OK && is_root && room->frames < 2) {
        *outcome = STEP_TWO_PAGES;
    } else if (status == OK && is_root) {
        status = split_root(tree, &node, &separator, room);
    } else if (status == OK && !tree__inner_fits(parent.data, &separator)) {
        *outcome = STEP_PARENT_FULL;
        *separator_bytes = (uint32_t)separator.bytes.bytes;
    } else if (status == OK) {
        status = split_child(tree, &parent, at, &node, &separator, room);
    }
    pool_unlatch(&node);
    if (!is_root) pool_unlatch(&parent);
    if (status != OK || *outcome != STEP_DONE) room_try_end(tree, room, (Lsn){0}, 0, 0);
    return status;
}

/* Splits the page of `level` that is responsible for the key; parents first where they are full. As deep as the tree is
 * high. */
static Status split_level(Tree *tree, const Split *split)
{
    Room room = {0};
    uint32_t pages = 1;
    Status status = split->level < TREE_LEVELS_MAX - 1 ? OK : ST_FULL;
    for (Outcome outcome = STEP_TWO_PAGES;
         status == OK && outcome != STEP_DONE && outcome != STEP_NEEDLESS;) {
        uint32_t need = 0;
        status = room_take(tree, &room, pages);
        if (status == OK) status = split_try(tree, split, &room, &outcome, &need);
        if (status == OK && outcome == STEP_TWO_PAGES) pages = 2;
        if (status == OK && outcome == STEP_PARENT_FULL) {
            const Split above = {.key = split->key,
                                 .level = split->level + 1,
                                 .need = need,
                                 .append = split->append};
            status = split_level(tree, &above);
        }
    }
    return room_release(tree, &room, status);
}

Status tree_split(Tree *tree, const TreeKey *key, uint32_t need, bool append)
{
    const Split split = {.key = key, .need = need, .append = append};
    return split_level(tree, &split);
}

Status tree_split_where(Tree *tree, const TreeKey *key, TreeChoose choose, void *arg)
{
    const Split split = {.key = key, .append = true, .choose = choose, .arg = arg};
    return split_level(tree, &split);
}

/* --- merging --- */

/* Children at - 1 and `at` of the parent become one; all are latched. */
static void merge_pair(Tree *tree, PageRef *parent, uint32_t at, PageRef *left, PageRef *right,
                       uint32_t *used, Lsn *lsn)
{
    uint8_t moved[PAGE_BYTES];
    const LeafOps *ops = tree__ops(tree, page_level(left->data));
    KeyCopy high;
    TreeKey right_low, right_high;
    Step step;
    ops->fences(right->data, &right_low, &right_high);
    tree__key_copy(&high, &right_high);
    step_init(&step, tree, left->data, &TREE_KEY_LOWEST, &high.key);
    step.head.right_bytes = ops->moved(right->data, &right_low, moved);
    step.head.parent_at = (uint16_t)at;
    step.right = moved;
    ops->merge(left->data, &high.key, (Bytes){moved, step.head.right_bytes});
    page_make_free(right);
    tree__tail_forget(tree, right);
    tree__inner_remove(parent->data, at);
    const PoolChange changes[] = {{left, 0}, {right, WAL_REF_FORMAT}, {parent, 0}};
    if (tree__is_logged(tree)) space_page_leaves(tree->store, right->id);
    *lsn = step_log(tree, WAL_TREE_MERGE, &step, changes, ARRAY_LEN(changes));
    *used = step.bytes;
}

/* Takes over the only child's content; both are latched. */
static void shrink_root(Tree *tree, PageRef *root, PageRef *child, uint32_t *used, Lsn *lsn)
{
    uint8_t moved[PAGE_BYTES];
    uint32_t level = page_level(child->data);
    const LeafOps *ops = tree__ops(tree, level);
    TreeKey low, high;
    Step step;
    ops->fences(child->data, &low, &high);
    step_init(&step, tree, child->data, &TREE_KEY_LOWEST, &TREE_KEY_HIGHEST);
    step.head.right_bytes = ops->moved(child->data, &low, moved);
    step.right = moved;
    node_format(tree, root, level);
    ops->split_right(root->data, &TREE_KEY_LOWEST, &TREE_KEY_HIGHEST,
                     (Bytes){moved, step.head.right_bytes});
    page_make_free(child);
    tree__tail_forget(tree, child);
    const PoolChange changes[] = {{root, WAL_REF_FORMAT}, {child, WAL_REF_FORMAT}};
    if (tree__is_logged(tree)) space_page_leaves(tree->store, child->id);
    *lsn = step_log(tree, WAL_TREE_SHRINK, &step, changes, ARRAY_LEN(changes));
    *used = step.bytes;
    atomic_store_explicit(&tree->root_level, level, memory_order_relaxed);
}

static PageId child_page(const Tree *tree, const PageRef *parent, uint32_t at)
{
    return page_id(tree_space(tree->id), tree__inner_child(parent->data, at));
}

/* Latches child `at` under its latched parent; what it is was checked when it was latched last or is now. */
static Status sibling_latch(Tree *tree, const PageRef *parent, uint32_t at, PageRef *ref,
                            PageId *missing)
{
    uint32_t level = page_level(parent->data) - 1;
    *missing = child_page(tree, parent, at);
    TRY(pool_latch_resident(tree->pool, *missing,
                            (LatchOptions){LATCH_EXCLUSIVE, RANK_LATCH, false}, ref));
    const PageHeader *header = ref->data;
    if (header->tree_level == tree__word(tree, level) &&
        header->kind == tree__ops(tree, level)->page_kind)
        return OK;
    pool_unlatch(ref);
    return tree__node_corrupt(tree, *missing, "its parent expects another page");
}

typedef struct Merge {
    bool done;
    PageId freed, missing;
    bool go_on; /* the parent has become so empty that it should be merged as well */
    Lsn lsn;
    uint32_t refs, used;
} Merge;

/* Children `at` and at + 1, if they fit together. */
static Status merge_two(Tree *tree, PageRef *parent, uint32_t at, Merge *merge)
{
    PageRef left, right;
    TRY(sibling_latch(tree, parent, at, &left, &merge->missing));
    Status status = sibling_latch(tree, parent, at + 1, &right, &merge->missing);
    if (status != OK) {
        pool_unlatch(&left);
        return status;
    }
    if (tree__ops(tree, page_level(left.data))->merge_fits(left.data, right.data)) {
        merge->freed = right.id;
        merge->refs = STEP_REFS;
        merge_pair(tree, parent, at + 1, &left, &right, &merge->used, &merge->lsn);
        merge->done = true;
    }
    pool_unlatch(&right);
    pool_unlatch(&left);
    return status;
}

/* Child `at` with a neighbour. The one before it first: what is emptied in order of keys has a full page behind it each
 * time, and before it the empty one that all before became. */
static Status merge_children(Tree *tree, PageRef *parent, uint32_t at, Merge *merge)
{
    if (at > 0) TRY(merge_two(tree, parent, at - 1, merge));
    if (merge->done || at + 1 == tree__inner_count(parent->data)) return OK;
    return merge_two(tree, parent, at, merge);
}

static Status merge_only_child(Tree *tree, PageRef *root, Merge *merge)
{
    PageRef child;
    TRY(sibling_latch(tree, root, 0, &child, &merge->missing));
    merge->freed = child.id;
    merge->refs = 2;
    shrink_root(tree, root, &child, &merge->used, &merge->lsn);
    merge->done = true;
    pool_unlatch(&child);
    return OK;
}

/* The children of the page of `level` that is responsible for the key: the one with the key and a neighbour; or the
 * root takes over its only child. ST_BUSY: merge->missing is not in memory. */
static Status merge_try(Tree *tree, const TreeKey *key, uint32_t level, Merge *merge)
{
    PageRef parent;
    TRY(tree__latch_node(tree, key, level, LATCH_EXCLUSIVE, NULL, NULL, &parent));
    uint32_t count = tree__inner_count(parent.data);
    bool is_root = parent.id.v == tree->root.v;
    Status status = OK;
    if (count > 1) {
        uint32_t at = tree__inner_find(tree, parent.data, key, false);
        status = merge_children(tree, &parent, at, merge);
        merge->go_on = is_root ? tree__inner_count(parent.data) == 1
                               : tree__inner_is_sparse(parent.data);
    } else if (is_root) {
        status = merge_only_child(tree, &parent, merge);
    }
    pool_unlatch(&parent);
    return status;
}

/* A rollback, which tries a merge for each leaf that it empties, would wait for each on a full disk. */
static Status merge_credit_take(const Tree *tree)
{
    if (!tree__is_logged(tree)) return OK;
    return wal_credit_take(tree->store->wal, wal_record_bytes(STEP_REFS, STEP_PAYLOAD_MAX),
                           WAL_CREDIT_CAN_DO_WITHOUT);
}

/* ST_NOT_FOUND: the tree is not that high. */
static Status merge_level(Tree *tree, const TreeKey *key, uint32_t level, bool *go_on)
{
    PageId suspect = PAGE_NONE;
    for (;;) {
        Merge merge = {0};
        TRY(merge_credit_take(tree));
        Status status = merge_try(tree, key, level, &merge);
        tree__credit_return(tree, STEP_PAYLOAD_MAX, merge.lsn, merge.refs, merge.used);
        if (status == ST_BUSY) {
            TRY(tree__fetch(tree, merge.missing, &suspect));
            continue;
        }
        TRY(status);
        *go_on = merge.done && merge.go_on;
        return merge.done ? space_free_page(tree->store, merge.freed) : OK;
    }
}

/* While the root has but one child, it takes over that one's content. */
static Status shrink_while_single(Tree *tree)
{
    for (bool shrunk = true; shrunk;) {
        PageRef root;
        TRY(pool_latch(tree->pool, tree->root, (LatchOptions){LATCH_SHARED, RANK_LATCH, false},
                       &root));
        uint32_t level = page_level(root.data);
        shrunk = level > 0 && tree__inner_count(root.data) == 1;
        pool_unlatch(&root);
        bool go_on;
        Status status = shrunk ? merge_level(tree, &TREE_KEY_LOWEST, level, &go_on) : OK;
        if (status != ST_NOT_FOUND) TRY(status); /* another shrank it */
    }
    return OK;
}

Status tree_try_merge(Tree *tree, const TreeKey *key)
{
    bool go_on = true;
    uint32_t level = 1;
    for (; go_on && level < TREE_LEVELS_MAX; level++) {
        Status status = merge_level(tree, key, level, &go_on);
        if (status == ST_NOT_FOUND) break;
        TRY(status);
    }
    return level > 1 && go_on ? shrink_while_single(tree) : OK;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* tree_glimpse.c - going down a tree without latching what is passed.   Idea: "The ART of Practical Synchronization"
 * (DaMoN 2016), optimistic lock coupling: an inner page is read as it stands, and what was read counts only if the
 * page's version is the same afterwards and nobody has it exclusively. So readers write to no memory that they share.
 * Where we differ: a state word is the version (pool_internal.h), the last page is latched as ever, and whoever finds
 * anything unusual goes down again with latches (tree.c), which also tells what is damaged.
 *
 *     version of parent ... search parent ... version of child ... parent's again ... search child ...
 *                                                                   ... latch node ... version of its parent again
 *
 * (G1) bytes of a page that may change meanwhile are read by peek_*() alone, each once, and any value of them is
 *      borne: counts and offsets are held within the page, loops end
 * (G2) a version read before the child's page was named is looked at again after the child is held, by its version or
 *      its latch: so at one moment the parent led there, and splits and merges, which have both exclusively, were not
 *      between
 *
 * What the next steps look at is asked of memory as soon as its place can be told: the lines among which a search will
 * end, a row's places in a leaf that is not latched yet, and the slots among which a key probably is.
 *
 * A build for the thread sanitizer, which cannot know that such reads are thrown away, latches everything. */
#include "store/tree_internal.h"

#include "base/arith.h"
#include "store/pool_internal.h"

#if defined(__SANITIZE_THREAD__)
#define GLIMPSES false
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define GLIMPSES false
#endif
#endif
#ifndef GLIMPSES
#define GLIMPSES true
#endif

/* --- reading what may change (G1) --- */

typedef uint64_t Peek64 __attribute__((aligned(1), may_alias));
typedef uint16_t Peek16 __attribute__((aligned(1), may_alias));

static inline uint64_t peek64(const void *page, uint32_t at)
{
    return *(const volatile Peek64 *)(const void *)((const char *)page + at);
}

static inline uint32_t peek16(const void *page, uint32_t at)
{
    return *(const volatile Peek16 *)(const void *)((const char *)page + at);
}

static inline uint8_t peek8(const void *page, uint32_t at)
{
    return *((const volatile uint8_t *)page + at);
}

/* --- searching: as tree__inner_find does --- */

/* Keys are mostly spread evenly over the children: where this one would stand then is looked at first, and a search of
 * all is made only when it does not stand near there. */
TUNABLE(glimpse_near, 16, 1, 16)

static inline bool is_worth_a_guess(uint32_t count)
{
    return count >= 4 * glimpse_near();
}

static inline uint32_t guess_at(uint64_t key, uint64_t first, uint64_t last, uint32_t count)
{
    return (uint32_t)MIN((key - first) * (count - 1) / (last - first), (uint64_t)count - 1);
}

/* All lines from one offset to another, which is a search's last: each step of it would wait for its own. */
static inline void lines_ask(const void *page, uint32_t from, uint32_t to)
{
    enum { LINE = 64 };
    for (uint32_t at = from; at < to; at += LINE) __builtin_prefetch((const char *)page + at);
    __builtin_prefetch((const char *)page + to);
}

static inline uint64_t peek_rowid_key(const void *page, uint32_t at)
{
    return peek64(page, INNER_ROWID_KEYS_AT + 8 * at);
}

static uint32_t peek_rowid_find(const void *page, uint32_t count, uint64_t limit)
{
    uint32_t low = 0, left = count;
    if (is_worth_a_guess(count)) {
        const uint64_t first = peek_rowid_key(page, 0), last = peek_rowid_key(page, count - 1);
        if (limit > last) return count - 1;
        if (limit <= first || first >= last) return 0;
        const uint32_t guess = guess_at(limit, first, last, count);
        const uint32_t near = glimpse_near();
        const uint32_t from = MAX(guess, near) - near, to = MIN(guess + near, count - 1);
        lines_ask(page, INNER_ROWID_KEYS_AT + 8 * from, INNER_ROWID_KEYS_AT + 8 * to);
        __builtin_prefetch((const char *)page + INNER_ROWID_CHILDREN_AT + 8 * guess);
        if (LIKELY(peek_rowid_key(page, from) < limit && peek_rowid_key(page, to) >= limit)) {
            low = from;
            left = to - from;
        }
    }
    while (left > 1) { /* without a branch that depends on the keys */
        const uint32_t half = left / 2;
        low += half & -(uint32_t)(peek_rowid_key(page, low + half) < limit);
        left -= half;
    }
    return low;
}

static uint32_t peek_rowid_child(const void *page, const Descent *d, uint64_t *child,
                                 uint64_t *next)
{
    const uint32_t count = MIN(peek16(page, INNER_ROWID_COUNT_AT), (uint32_t)INNER_ROWID_MAX);
    const uint64_t key = d->key->row_id;
    const uint64_t limit = !d->for_upper && key != UINT64_MAX ? key + 1 : key;
    const uint32_t low = peek_rowid_find(page, count, limit);
    *child = peek64(page, INNER_ROWID_CHILDREN_AT + 8 * low);
    *next = low + 1 < count ? peek64(page, INNER_ROWID_CHILDREN_AT + 8 * (low + 1)) : 0;
    return low;
}

typedef struct PeekSlot {
    uint32_t head, offset, bytes;
} PeekSlot;

static inline PeekSlot peek_slot(const void *page, uint32_t at)
{
    const uint64_t slot = peek64(page, INNER_SLOTS_AT + INNER_SLOT_BYTES * at);
    return (PeekSlot){(uint32_t)slot, (uint32_t)(slot >> 32) & UINT16_MAX, (uint32_t)(slot >> 48)};
}

/* The order of what the slot has of its key, and of `rest`. */
static int peek_compare(const void *page, PeekSlot slot, Bytes rest)
{
    uint32_t from = MIN(slot.offset + INNER_CHILD_BYTES, (uint32_t)PAGE_BYTES), at = 0;
    const uint32_t stored = MIN(slot.bytes, PAGE_BYTES - from);
    const uint32_t most = (uint32_t)MIN(stored, rest.bytes);
    for (; at + 8 <= most; at += 8) {
        uint64_t a = __builtin_bswap64(peek64(page, from + at)), b = load_be64(rest.data + at);
        if (a != b) return a < b ? -1 : 1;
    }
    for (; at < most; at++) {
        uint8_t a = peek8(page, from + at), b = rest.data[at];
        if (a != b) return a < b ? -1 : 1;
    }
    return (stored > rest.bytes) - (stored < rest.bytes);
}

static uint64_t peek_slot_child(const void *page, uint32_t at)
{
    return peek64(page, MIN(peek_slot(page, at).offset, (uint32_t)PAGE_BYTES - INNER_CHILD_BYTES));
}

/* The children among which the key's is, by the heads of their keys: [*low, *low + *left). The first child has none. */
static inline void peek_bytes_near(const void *page, uint32_t head, uint32_t *low, uint32_t *left)
{
    const uint32_t count = *left;
    const uint32_t first = peek_slot(page, 1).head, last = peek_slot(page, count - 1).head;
    if (head <= first || head >= last) return;
    const uint32_t guess = 1 + guess_at(head, first, last, count - 1);
    const uint32_t near = glimpse_near();
    const uint32_t from = MAX(guess, near + 1) - near, to = MIN(guess + near, count - 1);
    lines_ask(page, INNER_SLOTS_AT + INNER_SLOT_BYTES * from,
              INNER_SLOTS_AT + INNER_SLOT_BYTES * to);
    if (peek_slot(page, from).head >= head || peek_slot(page, to).head <= head) return;
    *low = from;
    *left = to - from;
}

static uint32_t peek_bytes_find(const void *page, uint32_t count, const Descent *d)
{
    const Bytes key = d->key->bytes;
    const size_t skip = MIN(peek16(page, INNER_BYTES_PREFIX_AT), key.bytes);
    const Bytes rest = {key.data + skip, key.bytes - skip};
    const uint32_t head = tree__key_head(rest);
    uint32_t low = 0, left = count;
    if (is_worth_a_guess(count)) peek_bytes_near(page, head, &low, &left);
    while (left > 1) { /* without a branch that depends on the heads */
        const uint32_t half = left / 2;
        const PeekSlot slot = peek_slot(page, low + half);
        bool above = slot.head > head;
        if (UNLIKELY(slot.head == head)) {
            int order = peek_compare(page, slot, rest);
            above = order > 0 || (d->for_upper && order == 0);
        }
        low += half & -(uint32_t)!above;
        left -= half;
    }
    return low;
}

static uint32_t peek_bytes_child(const void *page, const Descent *d, uint64_t *child,
                                 uint64_t *next)
{
    const uint32_t slots_max = (PAGE_BYTES - INNER_SLOTS_AT) / INNER_SLOT_BYTES;
    const uint32_t count = MAX(MIN(peek16(page, INNER_BYTES_COUNT_AT), slots_max), 1u);
    const uint32_t low = d->key->bytes.data != NULL ? peek_bytes_find(page, count, d) : count - 1;
    *child = peek_slot_child(page, low);
    *next = low + 1 < count ? peek_slot_child(page, low + 1) : 0;
    return low;
}

/* --- going down --- */

static Word *word_find(Tree *tree, PageId page)
{
    Word *word = pool__word_find(tree->pool, page);
    const uint64_t at = page.v - tree->words_first;
    if (word != NULL && at < POOL__LEAF_WORDS)
        atomic_store_explicit(&tree->words, word - at, memory_order_relaxed);
    return word;
}

/* The page's word, mostly without looking for it. NULL as pool__word_find. */
static inline Word *word_of(Tree *tree, PageId page)
{
    Word *words = atomic_load_explicit(&tree->words, memory_order_relaxed);
    const uint64_t at = page.v - tree->words_first;
    if (LIKELY(words != NULL && at < POOL__LEAF_WORDS)) return words + at;
    return word_find(tree, page);
}

void tree_prefetch_behind(const Tree *tree, PageId page, uint32_t offset, uint32_t bytes)
{
    const char *data = GLIMPSES ? pool__seen_data(tree->pool, page) : NULL;
    if (data == NULL || offset > PAGE_BYTES - 4) return;
    /* Also of a leaf, and whatever it is: nothing but what the processor is asked for depends on it. */
    const char *at = data + peek16(data, offset) % PAGE_BYTES;
    const uint32_t told = MIN(peek16(data, offset + 2) & INT16_MAX, bytes);
    for (uint32_t i = 0; i < told; i += 64) __builtin_prefetch(at + i);
    if (told > 0) __builtin_prefetch(at + told - 1);
}

/* The leaf that `at` of its parent leads to is latched next, for a row there. */
static void row_ask(const Tree *tree, const Descent *d, const void *parent, uint32_t at,
                    const Word *leaf)
{
    const char *data = pool__word_data(tree->pool, leaf);
    const uint64_t row = d->key->row_id - peek_rowid_key(parent, at);
    if (UNLIKELY(data == NULL || row >= PAGE_BYTES)) return;
    __builtin_prefetch(data);
    __builtin_prefetch(data + 64);
    for (uint32_t i = 0; i < d->ask->count; i++)
        __builtin_prefetch(data +
                           (d->ask->arrays[i].offset + d->ask->arrays[i].width * row) % PAGE_BYTES);
}

/* Where the key stands between the fences of the child at `at`, in parts of 65,536; 0: not told. */
static uint32_t peek_bytes_part(const void *page, const Descent *d, uint32_t at)
{
    const Bytes key = d->key->bytes;
    const size_t skip = MIN(peek16(page, INNER_BYTES_PREFIX_AT), key.bytes);
    const uint32_t head = tree__key_head((Bytes){key.data + skip, key.bytes - skip});
    const uint32_t low = peek_slot(page, at).head, high = peek_slot(page, at + 1).head;
    return head > low && head < high ? (uint32_t)((uint64_t)(head - low) * 0xffff / (high - low))
                                     : 0;
}

/* Around where the key would stand in the latched leaf, were keys spread evenly: where their search goes next, once it
 * has seen the first and the last. */
static void slots_ask(const Tree *tree, const void *leaf, uint32_t part)
{
    enum { AROUND = 64, LINE = 64, FEW = 32 };
    const LeafOps *ops = tree->leaf;
    const uint32_t count = load_le16((const char *)leaf + ops->slot_count_at);
    if (count < FEW) return;
    const uint32_t at = ops->slots_at + 8 * (part * count >> 16);
    for (uint32_t i = MAX(at, (uint32_t)AROUND) - AROUND; i <= at + AROUND; i += LINE)
        __builtin_prefetch((const char *)leaf + i % PAGE_BYTES);
}

static inline PageId page_of(const Tree *tree, uint64_t child)
{
    return page_id(tree_space(tree->id), child & ((UINT64_C(1) << 40) - 1));
}

static inline uint64_t peek_tree_level(const void *page)
{
    return peek64(page, offsetof(PageHeader, tree_level));
}

/* An inner page of the tree, with that level? Its root's is asked for. */
static inline bool is_right(const Tree *tree, const void *page, uint32_t level)
{
    return peek_tree_level(page) == tree__word(tree, level) &&
           peek8(page, offsetof(PageHeader, kind)) == tree__ops(tree, level)->page_kind;
}

/* Where the root leads: false: it is no inner page above the level, or changes. */
static bool root_glimpse(Tree *tree, const Descent *d, Glimpse *here, uint32_t *level)
{
    if (!pool__glimpse(tree->pool, word_of(tree, tree->root), here)) return false;
    *level = (uint32_t)(peek_tree_level(here->data) >> 40) & 0xff;
    return *level > d->level && *level < TREE_LEVELS_MAX && is_right(tree, here->data, *level);
}

static void leaf_assert(Tree *tree, const Descent *d, const PageRef *node, uint32_t level)
{
#ifdef TUSK_TEST
    TreeKey low, high;
    tree__ops(tree, level)->fences(node->data, &low, &high);
    int from = tree__key_compare(tree, &low, d->key), to = tree__key_compare(tree, d->key, &high);
    ASSERT(d->for_upper ? from < 0 && to <= 0 : from <= 0);
    ASSERT(d->for_upper || to < 0 || tree__key_is_open(tree, &high));
#else
    (void)tree, (void)d, (void)node, (void)level;
#endif
}

/* The node is named, after so many pages: latches it, while its parent still leads to it. */
static Status node_take(Tree *tree, const Descent *d, const Glimpse *parent, uint32_t passed,
                        PageId page, Word *word, PageRef *node)
{
    LatchOptions options = {d->mode, RANK_LATCH, d->scan && d->level == 0};
    Status status = pool__latch_below(tree->pool, page, word, options, passed, node);
    if (UNLIKELY(status != OK)) return pool__glimpse_holds(parent) ? status : ST_CHANGED;
    const PageHeader *header = node->data;
    if (LIKELY(pool__glimpse_holds(parent) && header->tree_level == tree__word(tree, d->level) &&
               header->kind == tree__ops(tree, d->level)->page_kind)) {
        leaf_assert(tree, d, node, d->level);
        return OK;
    }
    MARK("a node was no child any more when it was latched");
    pool_unlatch(node);
    return ST_CHANGED;
}

Status tree__glimpse_down(Tree *tree, const Descent *d, PageRef *node, PageId *missing)
{
    Glimpse here, below;
    uint32_t root, level;
    if (!GLIMPSES || tree->compare != NULL || !root_glimpse(tree, d, &here, &root))
        return ST_CHANGED;
    level = root;
    for (;;) {
        uint64_t child, next;
        const uint32_t at = tree->kind == TREE_TABLE
                                ? peek_rowid_child(here.data, d, &child, &next)
                                : peek_bytes_child(here.data, d, &child, &next);
        os_yield_point();
        if (--level == d->level) {
            if (UNLIKELY(!pool__glimpse_holds(&here))) return ST_CHANGED;
            *missing = page_of(tree, child);
            if (d->scan && level == 0 && next != 0) tree__prefetch(tree, page_of(tree, next));
            Word *word = word_of(tree, *missing);
            if (d->ask != NULL) row_ask(tree, d, here.data, at, word);
            const bool slots = level == 0 && tree->leaf->slots_at != 0 && at > 0 && next != 0;
            const uint32_t part = slots ? peek_bytes_part(here.data, d, at) : 0;
            const Status status = node_take(tree, d, &here, root - level, *missing, word, node);
            if (status == OK && part != 0) slots_ask(tree, node->data, part);
            return status;
        }
        if (!pool__glimpse(tree->pool, word_of(tree, page_of(tree, child)), &below) ||
            !is_right(tree, below.data, level) || !pool__glimpse_holds(&here))
            return ST_CHANGED;
        here = below;
    }
}

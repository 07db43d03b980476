/* SPDX-License-Identifier: Apache-2.0 */
/* index_leaf.c - the index leaf.
 *
 * Idea: slots with key heads and prefix truncation by fences (Graefe and Larson, "B-tree indexes and CPU caches", ICDE
 * 2001): all keys of a leaf begin with what its fences have in common, and the next four bytes of each stand in its
 * slot, so that a search looks at few entries.
 *
 *   offset size  behind the page header
 *       32    2  entries
 *       34    2  heap start: the heap fills the page from its end down to here
 *       36    2  garbage: bytes of the heap that nobody uses
 *       38    2  bytes of the common prefix, which are the first ones of the low fence
 *       40    4  low fence: offset, bytes
 *       44    4  high fence: offset, bytes; 0xffff bytes: none
 *       48    2  marked entries
 *       50    6  zero
 *       56    8  newest xid of any entry; never goes down but by a split
 *       64    8  newest xid of any mark, likewise
 *       72       slots: key head (4, as a number: first byte highest), offset (2), bytes of the key behind
 *                the prefix (2)
 *
 *   entry in the heap
 *        0    8  xid:48 | flags:16
 *        8    2  bytes of the payload
 *       10    2  room for the payload
 *       12       key behind the prefix, payload, rest of the room
 *
 * (I1) every change is a function of page and arguments, bytes of no use included: redo gives the same page
 * (I2) the room for a payload shrinks only when no undo can want it: so every rollback fits (docs/traps.md F10) */
#include "table/index_leaf.h"

#include "base/arith.h"
#include "base/error.h"
#include "store/page.h"

typedef struct IndexSlot {
    uint32_t head;
    uint16_t offset, bytes;
} IndexSlot;

typedef struct IndexLeaf {
    PageHeader page;
    uint16_t count, heap_start, garbage, prefix_bytes;
    uint16_t low_offset, low_bytes, high_offset, high_bytes;
    uint16_t marked;
    uint8_t spare[6];
    uint64_t newest_xid, newest_mark;
    IndexSlot slots[];
} IndexLeaf;
enum {
    INDEX_HEADER_BYTES = 72,
    ENTRY_HEADER_BYTES = 12,
    NO_FENCE = 0xffff,
    MOVED_HEADER_BYTES = 4,
    MOVED_ENTRY_BYTES = 14,
};
static_assert(sizeof(IndexLeaf) == INDEX_HEADER_BYTES && sizeof(IndexSlot) == 8,
              "index leaf layout");
static_assert(offsetof(IndexLeaf, newest_xid) == 56, "index leaf layout");

typedef struct Scratch {
    alignas(64) uint8_t bytes[PAGE_BYTES];
} Scratch;

/* ---- reading ---- */

/* Ordered by a comparator: what the fences have in common says nothing about the keys between them. */
static bool is_compared(const IndexLeaf *leaf)
{
    return leaf->page.flags & TREE_PAGE_COMPARED;
}

static const uint8_t *bytes_at(const IndexLeaf *leaf, uint32_t offset)
{
    return (const uint8_t *)leaf + offset;
}

static Bytes low_fence(const IndexLeaf *leaf)
{
    return (Bytes){bytes_at(leaf, leaf->low_offset), leaf->low_bytes};
}

static Bytes high_fence(const IndexLeaf *leaf)
{
    if (leaf->high_bytes == NO_FENCE) return (Bytes){0};
    return (Bytes){bytes_at(leaf, leaf->high_offset), leaf->high_bytes};
}

static Bytes prefix_of(const IndexLeaf *leaf)
{
    return (Bytes){bytes_at(leaf, leaf->low_offset), leaf->prefix_bytes};
}

static const uint8_t *entry_at(const IndexLeaf *leaf, uint32_t slot)
{
    return bytes_at(leaf, leaf->slots[slot].offset);
}

static uint32_t payload_bytes(const uint8_t *entry)
{
    return load_le16(entry + 8);
}

static uint32_t payload_room(const uint8_t *entry)
{
    return load_le16(entry + 10);
}

static Bytes suffix_of(const IndexLeaf *leaf, uint32_t slot)
{
    return (Bytes){entry_at(leaf, slot) + ENTRY_HEADER_BYTES, leaf->slots[slot].bytes};
}

static uint32_t entry_bytes(const IndexLeaf *leaf, uint32_t slot)
{
    return ENTRY_HEADER_BYTES + leaf->slots[slot].bytes + payload_room(entry_at(leaf, slot));
}

uint32_t index_leaf_count(const void *page)
{
    return ((const IndexLeaf *)page)->count;
}

uint32_t index_leaf_marked_count(const void *page)
{
    return ((const IndexLeaf *)page)->marked;
}

Xid index_leaf_newest_xid(const void *page)
{
    return (Xid){((const IndexLeaf *)page)->newest_xid};
}

void index_leaf_fences(const void *page, Bytes *low, Bytes *high)
{
    *low = low_fence(page);
    *high = high_fence(page);
}

EntryHead index_leaf_head(const void *page, uint32_t slot)
{
    ASSERT(slot < index_leaf_count(page));
    uint64_t word = load_le64(entry_at(page, slot));
    return (EntryHead){{word & ((UINT64_C(1) << XID_BITS) - 1)}, (uint16_t)(word >> XID_BITS)};
}

Bytes index_leaf_payload(const void *page, uint32_t slot)
{
    const IndexLeaf *leaf = page;
    ASSERT(slot < leaf->count);
    const uint8_t *entry = entry_at(leaf, slot);
    return (Bytes){entry + ENTRY_HEADER_BYTES + leaf->slots[slot].bytes, payload_bytes(entry)};
}

uint32_t index_leaf_key_bytes(const void *page, uint32_t slot)
{
    const IndexLeaf *leaf = page;
    ASSERT(slot < leaf->count);
    return leaf->prefix_bytes + leaf->slots[slot].bytes;
}

Bytes index_leaf_key(const void *page, uint32_t slot, uint8_t *buffer)
{
    const IndexLeaf *leaf = page;
    ASSERT(slot < leaf->count);
    Bytes prefix = prefix_of(leaf), suffix = suffix_of(leaf, slot);
    memcpy(buffer, prefix.data, prefix.bytes);
    memcpy(buffer + prefix.bytes, suffix.data, suffix.bytes);
    return (Bytes){buffer, prefix.bytes + suffix.bytes};
}

/* ---- search ---- */

static int compare_bytes(const uint8_t *a, size_t a_bytes, const uint8_t *b, size_t b_bytes)
{
    size_t both = MIN(a_bytes, b_bytes);
    int order = both ? memcmp(a, b, both) : 0;
    return order ? order : (a_bytes > b_bytes) - (a_bytes < b_bytes);
}

static uint32_t key_head(const uint8_t *suffix, size_t bytes)
{
    if (LIKELY(bytes >= 4)) return load_be32(suffix);
    uint8_t four[4] = {0};
    memcpy(four, suffix, bytes);
    return load_be32(four);
}

static bool find_ordered(const IndexLeaf *leaf, Bytes key, const EntryOrder *order, uint32_t *slot)
{
    uint8_t buffer[ENTRY_KEY_BYTES_MAX];
    uint32_t low = 0, high = leaf->count;
    bool found = false;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        int sign = order->compare(order->arg, index_leaf_key(leaf, middle, buffer), key);
        found |= sign == 0;
        if (sign < 0)
            low = middle + 1;
        else
            high = middle;
    }
    *slot = low;
    return found;
}

/* Slots below *low have lower heads than this, those from *high on higher ones. Heads are mostly spread evenly: where
 * this one would stand then is looked at first, and from there in steps that double. */
static void narrow(const IndexLeaf *leaf, uint32_t head, uint32_t *low, uint32_t *high)
{
    enum { WORTH_IT = 32, STEP = 8 };
    const IndexSlot *slots = leaf->slots;
    uint32_t count = leaf->count;
    if (count < WORTH_IT) return;
    uint32_t first = slots[0].head, last = slots[count - 1].head;
    if (head <= first || head >= last) return;
    uint32_t guess = (uint32_t)((uint64_t)(head - first) * (count - 1) / (last - first));
    uint32_t at = guess;
    for (uint32_t step = STEP; slots[at].head >= head; step *= 2) {
        if (slots[at].head > head) *high = at;
        at = at > step ? at - step : 0; /* where the head is lower: that of the first is */
    }
    *low = at + 1;
    at = guess;
    for (uint32_t step = STEP; at < *high && slots[at].head <= head; step *= 2) {
        if (slots[at].head < head) *low = at + 1;
        at += step;
    }
    *high = MIN(*high, at);
}

/* Keys that come in order are looked for behind the last one, where there may be no head to tell them apart. */
static bool is_behind_last(const IndexLeaf *leaf, uint32_t head, Bytes suffix)
{
    if (leaf->count == 0) return true;
    uint32_t last = leaf->count - 1u;
    if (leaf->slots[last].head != head) return leaf->slots[last].head < head;
    Bytes entry = suffix_of(leaf, last);
    return compare_bytes(entry.data, entry.bytes, suffix.data, suffix.bytes) < 0;
}

static bool find_suffix(const IndexLeaf *leaf, Bytes suffix, uint32_t *slot)
{
    uint32_t head = key_head(suffix.data, suffix.bytes), low = 0, high = leaf->count;
    bool found = false;
    *slot = high;
    if (is_behind_last(leaf, head, suffix)) return false;
    narrow(leaf, head, &low, &high);
    while (low < high) {
        uint32_t middle = (low + high) / 2, here = leaf->slots[middle].head;
        int less = here < head ? -1 : here > head;
        if (less == 0) {
            Bytes entry = suffix_of(leaf, middle);
            less = compare_bytes(entry.data, entry.bytes, suffix.data, suffix.bytes);
            found |= less == 0;
        }
        if (less < 0)
            low = middle + 1;
        else
            high = middle;
    }
    *slot = low;
    return found;
}

bool index_leaf_find(const void *page, Bytes key, const EntryOrder *order, uint32_t *slot)
{
    const IndexLeaf *leaf = page;
    if (order && order->compare) return find_ordered(leaf, key, order, slot);
    *slot = 0;
    if (key.bytes == 0) return false;
    Bytes prefix = prefix_of(leaf);
    int sign = memcmp(key.data, prefix.data, MIN(key.bytes, prefix.bytes));
    if (sign != 0 || key.bytes < prefix.bytes) {
        *slot = sign > 0 ? leaf->count : 0;
        return false;
    }
    return find_suffix(leaf, (Bytes){key.data + prefix.bytes, key.bytes - prefix.bytes}, slot);
}

uint32_t index_leaf_run_end(const void *page, uint32_t slot, Bytes start)
{
    const IndexLeaf *leaf = page;
    const Bytes prefix = prefix_of(leaf);
    const size_t both = MIN(prefix.bytes, start.bytes);
    ASSERT(slot <= leaf->count);
    if (slot == leaf->count) return slot;
    if (both > 0 && memcmp(prefix.data, start.data, both) != 0) return slot;
    if (start.bytes <= prefix.bytes) return leaf->count;
    const Bytes rest = {start.data + both, start.bytes - both};
    const uint32_t head = key_head(rest.data, rest.bytes);
    for (; slot < leaf->count; slot++) {
        const IndexSlot *at = &leaf->slots[slot];
        if (at->bytes < rest.bytes || (rest.bytes >= 4 && at->head != head)) break;
        if (memcmp(suffix_of(leaf, slot).data, rest.data, rest.bytes) != 0) break;
    }
    return slot;
}

/* ---- room ---- */

static uint32_t free_bytes(const IndexLeaf *leaf)
{
    return leaf->heap_start - INDEX_HEADER_BYTES - (uint32_t)sizeof(IndexSlot) * leaf->count;
}

uint32_t index_leaf_need(uint32_t key_bytes, uint32_t payload)
{
    return (uint32_t)sizeof(IndexSlot) + ENTRY_HEADER_BYTES + key_bytes + payload;
}

bool index_leaf_fits(const void *page, uint32_t key_bytes, uint32_t payload)
{
    const IndexLeaf *leaf = page;
    uint32_t suffix = key_bytes - MIN(key_bytes, leaf->prefix_bytes);
    return index_leaf_need(suffix, payload) <= free_bytes(leaf) + leaf->garbage;
}

bool index_leaf_is_sparse(const void *page)
{
    enum { EVERY = 16 };
    const IndexLeaf *leaf = page;
    return leaf->count % EVERY == 0 &&
           free_bytes(leaf) + leaf->garbage > (PAGE_BYTES - INDEX_HEADER_BYTES) * 3u / 4;
}

bool index_leaf_payload_fits(const void *page, uint32_t slot, uint32_t payload)
{
    const IndexLeaf *leaf = page;
    if (payload <= payload_room(entry_at(leaf, slot))) return true;
    uint32_t gone = entry_bytes(leaf, slot);
    return ENTRY_HEADER_BYTES + leaf->slots[slot].bytes + payload <=
           free_bytes(leaf) + leaf->garbage + gone;
}

/* ---- building ---- */

static uint32_t heap_take(IndexLeaf *leaf, uint32_t bytes)
{
    ASSERT(bytes <= free_bytes(leaf));
    leaf->heap_start = (uint16_t)(leaf->heap_start - bytes);
    return leaf->heap_start;
}

static uint32_t common_bytes(Bytes a, Bytes b)
{
    uint32_t n = 0;
    while (n < a.bytes && n < b.bytes && a.data[n] == b.data[n]) n++;
    return n;
}

static void set_fences(IndexLeaf *leaf, Bytes low, Bytes high)
{
    ASSERT(leaf->count == 0 && leaf->heap_start == PAGE_BYTES);
    ASSERT(low.bytes <= ENTRY_KEY_BYTES_MAX && high.bytes <= ENTRY_KEY_BYTES_MAX);
    leaf->low_bytes = (uint16_t)low.bytes;
    leaf->low_offset = (uint16_t)heap_take(leaf, leaf->low_bytes);
    if (low.bytes) memcpy((uint8_t *)leaf + leaf->low_offset, low.data, low.bytes);
    leaf->high_bytes = high.data ? (uint16_t)high.bytes : NO_FENCE;
    leaf->high_offset = 0;
    if (high.data) {
        leaf->high_offset = (uint16_t)heap_take(leaf, leaf->high_bytes);
        memcpy((uint8_t *)leaf + leaf->high_offset, high.data, high.bytes);
    }
    leaf->prefix_bytes = 0;
    if (high.data && !is_compared(leaf)) leaf->prefix_bytes = (uint16_t)common_bytes(low, high);
}

void index_leaf_init(void *page, Bytes low, Bytes high)
{
    IndexLeaf *leaf = page;
    leaf->heap_start = PAGE_BYTES;
    set_fences(leaf, low, high);
}

static void count_head(IndexLeaf *leaf, uint64_t word)
{
    uint64_t xid = word & ((UINT64_C(1) << XID_BITS) - 1);
    leaf->newest_xid = MAX(leaf->newest_xid, xid);
    if (word >> XID_BITS & ENTRY_MARKED) {
        leaf->marked++;
        leaf->newest_mark = MAX(leaf->newest_mark, xid);
    }
}

/* An entry's bytes in the heap, for a slot that exists; `room` is at least the payload. */
static void put_entry(IndexLeaf *leaf, uint32_t slot, Bytes suffix, uint64_t word, Bytes payload,
                      uint32_t room)
{
    uint32_t offset = heap_take(leaf, ENTRY_HEADER_BYTES + (uint32_t)suffix.bytes + room);
    uint8_t *entry = (uint8_t *)leaf + offset;
    store_le64(entry, word);
    store_le16(entry + 8, (uint16_t)payload.bytes);
    store_le16(entry + 10, (uint16_t)room);
    memcpy(entry + ENTRY_HEADER_BYTES, suffix.data, suffix.bytes);
    if (payload.bytes)
        memcpy(entry + ENTRY_HEADER_BYTES + suffix.bytes, payload.data, payload.bytes);
    memset(entry + ENTRY_HEADER_BYTES + suffix.bytes + payload.bytes, 0, room - payload.bytes);
    leaf->slots[slot] = (IndexSlot){key_head(suffix.data, suffix.bytes), (uint16_t)offset,
                                    (uint16_t)suffix.bytes};
}

/* Appends an entry whose key is two pieces, of which the page's prefix is cut off. */
static void append_entry(IndexLeaf *leaf, Bytes first, Bytes second, uint64_t word, Bytes payload,
                         uint32_t room)
{
    uint8_t key[ENTRY_KEY_BYTES_MAX];
    ASSERT(first.bytes + second.bytes <= sizeof key);
    memcpy(key, first.data, first.bytes);
    memcpy(key + first.bytes, second.data, second.bytes);
    Bytes suffix = {key + leaf->prefix_bytes, first.bytes + second.bytes - leaf->prefix_bytes};
    ASSERT(first.bytes + second.bytes >= leaf->prefix_bytes);
    leaf->count++;
    put_entry(leaf, leaf->count - 1u, suffix, word, payload, room);
    count_head(leaf, word);
}

static void append_entries(IndexLeaf *into, const IndexLeaf *source, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++)
        append_entry(into, prefix_of(source), suffix_of(source, i), load_le64(entry_at(source, i)),
                     index_leaf_payload(source, i), payload_room(entry_at(source, i)));
}

/* The page anew, with these fences and the entries [from, to). */
static void rebuild(IndexLeaf *leaf, Bytes low, Bytes high, uint32_t from, uint32_t to)
{
    Scratch scratch;
    IndexLeaf *aside = (IndexLeaf *)(void *)scratch.bytes;
    memset(&scratch, 0, sizeof scratch);
    aside->page = leaf->page;
    index_leaf_init(aside, low, high);
    append_entries(aside, leaf, from, to);
    memcpy(leaf, aside, PAGE_BYTES);
}

static void compact(IndexLeaf *leaf)
{
    rebuild(leaf, low_fence(leaf), high_fence(leaf), 0, leaf->count);
}

/* ---- changes ---- */

static uint64_t head_word(EntryHead head)
{
    ASSERT(head.xid.v >> XID_BITS == 0);
    return head.xid.v | (uint64_t)head.flags << XID_BITS;
}

static void open_slot(IndexLeaf *leaf, uint32_t slot)
{
    memmove(leaf->slots + slot + 1, leaf->slots + slot,
            (leaf->count - slot) * sizeof leaf->slots[0]);
    leaf->count++;
}

void index_leaf_insert(void *page, uint32_t slot, Bytes key, EntryHead head, Bytes payload)
{
    IndexLeaf *leaf = page;
    ASSERT(slot <= leaf->count && payload.bytes <= ENTRY_PAYLOAD_BYTES_MAX);
    ASSERT(index_leaf_fits(page, (uint32_t)key.bytes, (uint32_t)payload.bytes));
    ASSERT(key.bytes >= leaf->prefix_bytes);
    ASSERT(memcmp(key.data, prefix_of(leaf).data, leaf->prefix_bytes) == 0);
    Bytes suffix = {key.data + leaf->prefix_bytes, key.bytes - leaf->prefix_bytes};
    if (index_leaf_need((uint32_t)suffix.bytes, (uint32_t)payload.bytes) > free_bytes(leaf))
        compact(leaf);
    open_slot(leaf, slot);
    put_entry(leaf, slot, suffix, head_word(head), payload, (uint32_t)payload.bytes);
    count_head(leaf, head_word(head));
}

void index_leaf_set_head(void *page, uint32_t slot, EntryHead head)
{
    IndexLeaf *leaf = page;
    if (index_leaf_head(page, slot).flags & ENTRY_MARKED) leaf->marked--;
    store_le64((uint8_t *)page + leaf->slots[slot].offset, head_word(head));
    count_head(leaf, head_word(head));
}

void index_leaf_remove(void *page, uint32_t slot)
{
    IndexLeaf *leaf = page;
    if (index_leaf_head(page, slot).flags & ENTRY_MARKED) leaf->marked--;
    leaf->garbage = (uint16_t)(leaf->garbage + entry_bytes(leaf, slot));
    leaf->count--;
    memmove(leaf->slots + slot, leaf->slots + slot + 1,
            (leaf->count - slot) * sizeof leaf->slots[0]);
    memset(&leaf->slots[leaf->count], 0, sizeof leaf->slots[0]);
}

/* Another place in the heap for the entry, with that payload; when there is none, it leaves the page and comes back. */
static void move_entry(IndexLeaf *leaf, uint32_t slot, Bytes payload)
{
    uint8_t key[ENTRY_KEY_BYTES_MAX];
    Bytes suffix = suffix_of(leaf, slot);
    uint64_t word = load_le64(entry_at(leaf, slot));
    memcpy(key, suffix.data, suffix.bytes);
    suffix.data = key;
    if (ENTRY_HEADER_BYTES + suffix.bytes + payload.bytes <= free_bytes(leaf)) {
        leaf->garbage = (uint16_t)(leaf->garbage + entry_bytes(leaf, slot));
    } else {
        index_leaf_remove(leaf, slot);
        compact(leaf);
        open_slot(leaf, slot);
        count_head(leaf, word);
    }
    put_entry(leaf, slot, suffix, word, payload, (uint32_t)payload.bytes);
}

void index_leaf_set_payload(void *page, uint32_t slot, EntryHead head, Bytes payload)
{
    IndexLeaf *leaf = page;
    ASSERT(index_leaf_payload_fits(page, slot, (uint32_t)payload.bytes));
    uint8_t *entry = (uint8_t *)page + leaf->slots[slot].offset;
    uint32_t room = payload_room(entry);
    if (payload.bytes > room) {
        move_entry(leaf, slot, payload);
    } else {
        uint8_t *at = entry + ENTRY_HEADER_BYTES + leaf->slots[slot].bytes;
        store_le16(entry + 8, (uint16_t)payload.bytes);
        if (payload.bytes) memcpy(at, payload.data, payload.bytes);
        memset(at + payload.bytes, 0, room - payload.bytes);
    }
    index_leaf_set_head(page, slot, head);
}

uint32_t index_leaf_payload_slack(const void *page, uint32_t slot)
{
    const IndexLeaf *leaf = page;
    ASSERT(slot < leaf->count);
    const uint8_t *entry = entry_at(leaf, slot);
    return payload_room(entry) - payload_bytes(entry);
}

void index_leaf_trim_payload(void *page, uint32_t slot)
{
    IndexLeaf *leaf = page;
    uint8_t *entry = (uint8_t *)page + leaf->slots[slot].offset;
    leaf->garbage = (uint16_t)(leaf->garbage + payload_room(entry) - payload_bytes(entry));
    store_le16(entry + 10, (uint16_t)payload_bytes(entry));
}

/* ---- the tree's operations ---- */

static void op_init(void *page, const TreeKey *low, const TreeKey *high, uint32_t layout)
{
    (void)layout;
    index_leaf_init(page, low->bytes, high ? high->bytes : (Bytes){0});
}

static void op_fences(const void *page, TreeKey *low, TreeKey *high)
{
    *low = (TreeKey){.bytes = low_fence(page)};
    *high = (TreeKey){.bytes = high_fence(page)};
}

/* The entry before which about half of the bytes stand; never the first. */
static uint32_t middle_slot(const IndexLeaf *leaf)
{
    uint32_t all = 0, left = 0, slot = 0;
    for (uint32_t i = 0; i < leaf->count; i++) all += entry_bytes(leaf, i) + 8;
    while (slot < leaf->count && left < all / 2) left += entry_bytes(leaf, slot++) + 8;
    return MIN(MAX(slot, 1), leaf->count - 1u);
}

/* The shortest string above `left` and not above `right`. */
static Bytes shortest_between(const IndexLeaf *leaf, Bytes left, Bytes right, uint8_t *buffer)
{
    size_t bytes = right.bytes;
    if (!is_compared(leaf)) bytes = MIN(bytes, common_bytes(left, right) + (size_t)1);
    memmove(buffer, right.data, bytes);
    return (Bytes){buffer, bytes};
}

/* What the first `count` entries take once the prefix is `prefix_bytes` long. */
static uint32_t bytes_with_prefix(const IndexLeaf *leaf, uint32_t count, uint32_t prefix_bytes)
{
    uint32_t bytes = 0, more = leaf->prefix_bytes - prefix_bytes;
    for (uint32_t i = 0; i < count; i++)
        bytes += entry_bytes(leaf, i) + more + (uint32_t)sizeof(IndexSlot);
    return bytes;
}

/* Do the first `count` entries fit with this upper fence? It costs room, and may cost a longer prefix. */
static bool fits_below(const IndexLeaf *leaf, uint32_t count, Bytes high)
{
    Bytes low = low_fence(leaf);
    uint32_t prefix = is_compared(leaf) ? 0 : common_bytes(low, high);
    return INDEX_HEADER_BYTES + low.bytes + high.bytes + bytes_with_prefix(leaf, count, prefix) <=
           PAGE_BYTES;
}

/* The leaf stays as full as it can: what comes goes behind its first `place` entries, with the last of them when the
 * new fence wants their room. False: half of them would have to. */
static bool split_behind(const IndexLeaf *leaf, uint32_t place, Bytes at, uint8_t *buffer,
                         TreeKey *separator)
{
    uint8_t left[ENTRY_KEY_BYTES_MAX], right[ENTRY_KEY_BYTES_MAX];
    for (uint32_t slot = place; slot > leaf->count / 2; slot--) {
        Bytes behind = slot == place ? at : index_leaf_key(leaf, slot, right);
        separator->bytes = shortest_between(leaf, index_leaf_key(leaf, slot - 1, left), behind,
                                            buffer);
        if (fits_below(leaf, slot, separator->bytes)) return true;
    }
    return false;
}

/* With an order of its own `at` cannot be placed here: it is taken to be behind all others only when told so. */
static Status op_split_point(const void *page, const TreeKey *at, uint32_t need, bool append,
                             uint8_t *buffer, TreeKey *separator)
{
    const IndexLeaf *leaf = page;
    uint8_t left[ENTRY_KEY_BYTES_MAX], right[ENTRY_KEY_BYTES_MAX];
    uint32_t count = leaf->count, slot = 0;
    bool found = false;
    if (need <= free_bytes(leaf) + leaf->garbage + leaf->prefix_bytes) return ST_END;
    if (count == 0) return ST_NOT_FOUND;
    if (!is_compared(leaf)) found = index_leaf_find(page, at->bytes, NULL, &slot);
    if (append && is_compared(leaf)) slot = count;
    bool behind = slot == count ? append || count == 1
                                : append && slot + INDEX_APPEND_NEAR >= count;
    if (behind && !found && split_behind(leaf, slot, at->bytes, buffer, separator)) return OK;
    if (count == 1) {
        if (found || is_compared(leaf)) return ST_NOT_FOUND;
        separator->bytes = shortest_between(leaf, at->bytes, index_leaf_key(page, 0, right),
                                            buffer);
        return OK;
    }
    slot = middle_slot(leaf);
    separator->bytes = shortest_between(leaf, index_leaf_key(page, slot - 1, left),
                                        index_leaf_key(page, slot, right), buffer);
    return OK;
}

/* Where the separator cuts. Ordered by a comparator it is always the key of an entry, or behind all. */
static uint32_t split_slot(const IndexLeaf *leaf, Bytes separator)
{
    uint8_t buffer[ENTRY_KEY_BYTES_MAX];
    uint32_t slot;
    if (!is_compared(leaf)) {
        (void)index_leaf_find(leaf, separator, NULL, &slot);
        return slot;
    }
    Bytes low = low_fence(leaf);
    if (compare_bytes(low.data, low.bytes, separator.data, separator.bytes) == 0) return 0;
    for (slot = 0; slot < leaf->count; slot++) {
        Bytes key = index_leaf_key(leaf, slot, buffer);
        if (compare_bytes(key.data, key.bytes, separator.data, separator.bytes) == 0) break;
    }
    return slot;
}

/* Entries (2), bytes of their prefix (2), prefix; an entry: word (8), bytes of key, payload and room (2 each), key
 * behind the prefix, payload. */
static uint32_t op_moved(const void *page, const TreeKey *separator, uint8_t *out)
{
    const IndexLeaf *leaf = page;
    Bytes prefix = prefix_of(leaf);
    uint32_t from = split_slot(leaf, separator->bytes);
    uint8_t *at = out;
    store_le16(at, (uint16_t)(leaf->count - from));
    store_le16(at + 2, (uint16_t)prefix.bytes);
    at += 4;
    memcpy(at, prefix.data, prefix.bytes);
    at += prefix.bytes;
    for (uint32_t i = from; i < leaf->count; i++) {
        Bytes suffix = suffix_of(leaf, i), payload = index_leaf_payload(leaf, i);
        memcpy(at, entry_at(leaf, i), 8);
        store_le16(at + 8, (uint16_t)suffix.bytes);
        store_le16(at + 10, (uint16_t)payload.bytes);
        store_le16(at + 12, (uint16_t)payload_room(entry_at(leaf, i)));
        at += MOVED_ENTRY_BYTES;
        memcpy(at, suffix.data, suffix.bytes);
        memcpy(at + suffix.bytes, payload.data, payload.bytes);
        at += suffix.bytes + payload.bytes;
    }
    ASSERT(at - out <= PAGE_BYTES);
    return (uint32_t)(at - out);
}

static void append_moved(IndexLeaf *leaf, Bytes moved)
{
    const uint8_t *at = moved.data, *end = moved.data + moved.bytes;
    if (NEVER(moved.bytes < MOVED_HEADER_BYTES)) return;
    uint32_t count = load_le16(at);
    Bytes prefix = {at + MOVED_HEADER_BYTES, load_le16(at + 2)};
    if (NEVER(prefix.bytes > moved.bytes - MOVED_HEADER_BYTES)) return;
    at = prefix.data + prefix.bytes;
    for (uint32_t i = 0; i < count; i++) {
        if (NEVER(end - at < MOVED_ENTRY_BYTES)) return;
        uint32_t key = load_le16(at + 8), payload = load_le16(at + 10), room = load_le16(at + 12);
        const uint8_t *entry = at;
        at += MOVED_ENTRY_BYTES;
        if (NEVER((size_t)(end - at) < (size_t)key + payload)) return;
        append_entry(leaf, prefix, (Bytes){at, key}, load_le64(entry), (Bytes){at + key, payload},
                     room);
        at += key + payload;
    }
}

static void op_split_left(void *page, const TreeKey *separator)
{
    IndexLeaf *leaf = page;
    rebuild(leaf, low_fence(leaf), separator->bytes, 0, split_slot(leaf, separator->bytes));
}

static void op_split_right(void *page, const TreeKey *low, const TreeKey *high, Bytes moved)
{
    index_leaf_init(page, low->bytes, high ? high->bytes : (Bytes){0});
    append_moved(page, moved);
}

static bool op_merge_fits(const void *left, const void *right)
{
    const IndexLeaf *a = left, *b = right;
    Bytes low = low_fence(a), high = high_fence(b);
    uint32_t prefix = 0;
    ASSERT(is_compared(a) == is_compared(b));
    if (high.data && !is_compared(a)) prefix = common_bytes(low, high);
    uint32_t bytes = INDEX_HEADER_BYTES + (uint32_t)(low.bytes + high.bytes);
    bytes += bytes_with_prefix(a, a->count, prefix) + bytes_with_prefix(b, b->count, prefix);
    return bytes <= PAGE_BYTES * 3 / 4;
}

static void op_merge(void *page, const TreeKey *high, Bytes moved)
{
    IndexLeaf *leaf = page;
    rebuild(leaf, low_fence(leaf), high ? high->bytes : (Bytes){0}, 0, leaf->count);
    append_moved(leaf, moved);
}

/* ---- check ---- */

static const char *check_header(const IndexLeaf *leaf)
{
    if (leaf->heap_start > PAGE_BYTES || INDEX_HEADER_BYTES + 8u * leaf->count > leaf->heap_start)
        return "entry count";
    if (leaf->low_bytes > ENTRY_KEY_BYTES_MAX || leaf->low_offset < leaf->heap_start ||
        leaf->low_offset + leaf->low_bytes > PAGE_BYTES)
        return "low fence";
    if (leaf->high_bytes != NO_FENCE &&
        (leaf->high_bytes > ENTRY_KEY_BYTES_MAX || leaf->high_offset < leaf->heap_start ||
         leaf->high_offset + leaf->high_bytes > PAGE_BYTES))
        return "high fence";
    if (leaf->prefix_bytes > leaf->low_bytes) return "prefix";
    return NULL;
}

static const char *check_entry(const IndexLeaf *leaf, uint32_t i)
{
    const IndexSlot *slot = &leaf->slots[i];
    if (slot->offset < leaf->heap_start || slot->offset > PAGE_BYTES - ENTRY_HEADER_BYTES)
        return "entry offset";
    const uint8_t *entry = entry_at(leaf, i);
    if (payload_bytes(entry) > payload_room(entry)) return "payload";
    if (slot->offset + entry_bytes(leaf, i) > PAGE_BYTES ||
        slot->bytes + leaf->prefix_bytes > ENTRY_KEY_BYTES_MAX)
        return "entry length";
    Bytes key = suffix_of(leaf, i);
    if (slot->head != key_head(key.data, key.bytes)) return "key head";
    if (index_leaf_head(leaf, i).xid.v > leaf->newest_xid) return "newest xid";
    return NULL;
}

static const char *check_order(const IndexLeaf *leaf, uint32_t i)
{
    uint8_t a[ENTRY_KEY_BYTES_MAX], b[ENTRY_KEY_BYTES_MAX];
    Bytes key = index_leaf_key(leaf, i, a), low = low_fence(leaf), high = high_fence(leaf);
    if (compare_bytes(key.data, key.bytes, low.data, low.bytes) < 0) return "key below the fence";
    if (high.data && compare_bytes(key.data, key.bytes, high.data, high.bytes) >= 0)
        return "key beyond the fence";
    if (i == 0) return NULL;
    Bytes before = index_leaf_key(leaf, i - 1, b);
    return compare_bytes(before.data, before.bytes, key.data, key.bytes) < 0 ? NULL : "key order";
}

static const char *check_entries(const IndexLeaf *leaf)
{
    uint32_t marked = 0, heap = leaf->low_bytes;
    if (leaf->high_bytes != NO_FENCE) heap += leaf->high_bytes;
    for (uint32_t i = 0; i < leaf->count; i++) {
        const char *wrong = check_entry(leaf, i);
        if (!wrong && !is_compared(leaf)) wrong = check_order(leaf, i);
        if (wrong) return wrong;
        marked += index_leaf_head(leaf, i).flags & ENTRY_MARKED;
        heap += entry_bytes(leaf, i);
    }
    if (marked != leaf->marked) return "count of marks";
    if (heap + leaf->garbage + leaf->heap_start != PAGE_BYTES) return "heap garbage";
    return NULL;
}

Status index_leaf_check(const void *page, PageId id)
{
    const IndexLeaf *leaf = page;
    const char *wrong = check_header(leaf);
    if (!wrong) wrong = check_entries(leaf);
    if (!wrong) return OK;
    return error_note(ST_CORRUPT, SQLSTATE_DATA_CORRUPTED,
                      "index leaf %" PRIu64 " of space %u is damaged: %s", page_number(id),
                      page_space(id).v, wrong);
}

const LeafOps index_leaf_ops = {
    .page_kind = PAGE_LEAF_INDEX,
    .init = op_init,
    .fences = op_fences,
    .split_point = op_split_point,
    .moved = op_moved,
    .split_left = op_split_left,
    .split_right = op_split_right,
    .merge_fits = op_merge_fits,
    .merge = op_merge,
    .entry_count = index_leaf_count,
    .slots_at = INDEX_HEADER_BYTES,
    .slot_count_at = offsetof(IndexLeaf, count),
    .check = index_leaf_check,
};

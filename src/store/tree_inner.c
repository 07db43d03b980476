/* SPDX-License-Identifier: Apache-2.0 */
/* tree_inner.c - inner pages: searching, inserting, cutting and putting together (tree_internal.h has the formats).
 *
 * Idea of the byte-string kind: prefix truncation by fences and the first bytes of each key in its slot ("poor man's
 * normalised keys", Graefe and Larson, "B-tree indexes and CPU caches", ICDE 2001), so that a search touches the heap
 * once or twice. Everything here is a pure function of page bytes: redo calls the same ones. */
#include "store/tree_internal.h"

#include "base/arith.h"
#include "base/error.h"

/* Children of an inner page, at most; fewer in some test runs, so that small trees are high. */
TUNABLE(inner_children_max, INNER_ROWID_MAX, 4, 40)

enum {
    ROWID_LOW_AT = 32,
    ROWID_HIGH_AT = 40,
    /* of the row-id kind, in moved content */
    ROWID_MOVED_BYTES = 16,
    SPARSE_BYTES = PAGE_BYTES / 4,
    MERGED_BYTES_MAX = PAGE_BYTES / 4 * 3,
    /* the least a child takes: nothing is stored of its key */
    CHILDREN_MAX = (PAGE_BYTES - INNER_SLOTS_AT) / (INNER_SLOT_BYTES + INNER_CHILD_BYTES),
    MOVED_ENTRY_BYTES = 10,
};
static_assert(INNER_ROWID_CHILDREN_AT + 8 * INNER_ROWID_MAX <= PAGE_BYTES, "inner page layout");

typedef struct BytesHeader {
    uint16_t count, prefix_bytes, low_bytes, high_bytes, heap_start, dead_bytes;
    uint32_t zero;
} BytesHeader;
static_assert(PAGE_HEADER_BYTES + sizeof(BytesHeader) == INNER_SLOTS_AT, "inner page layout");
static_assert(PAGE_HEADER_BYTES + offsetof(BytesHeader, count) == INNER_BYTES_COUNT_AT &&
                  PAGE_HEADER_BYTES + offsetof(BytesHeader, prefix_bytes) == INNER_BYTES_PREFIX_AT,
              "inner page layout");

typedef struct Slot {
    uint32_t head;
    uint16_t offset, bytes;
} Slot;
static_assert(sizeof(Slot) == INNER_SLOT_BYTES, "inner page layout");

/* --- keyed by row id --- */

static uint64_t *rowid_keys(const void *page)
{
    return (uint64_t *)(void *)((char *)(uintptr_t)page + INNER_ROWID_KEYS_AT);
}

static uint64_t *rowid_children(const void *page)
{
    return (uint64_t *)(void *)((char *)(uintptr_t)page + INNER_ROWID_CHILDREN_AT);
}

static uint32_t rowid_count(const void *page)
{
    return load_le16((const char *)page + INNER_ROWID_COUNT_AT);
}

static void rowid_set_count(void *page, uint32_t count)
{
    ASSERT(count <= INNER_ROWID_MAX);
    store_le16((char *)page + INNER_ROWID_COUNT_AT, (uint16_t)count);
}

static void rowid_init(void *page, const TreeKey *low, const TreeKey *high, uint32_t layout)
{
    (void)layout;
    store_le64((char *)page + ROWID_LOW_AT, low->row_id);
    store_le64((char *)page + ROWID_HIGH_AT, high->row_id);
    rowid_set_count(page, 0);
}

static void rowid_fences(const void *page, TreeKey *low, TreeKey *high)
{
    *low = (TreeKey){.row_id = load_le64((const char *)page + ROWID_LOW_AT)};
    *high = (TreeKey){.row_id = load_le64((const char *)page + ROWID_HIGH_AT)};
}

/* The number of keys behind the first that are below `key`, or equal when `or_equal`. */
static uint32_t rowid_find(const void *page, uint64_t key, bool or_equal)
{
    const uint64_t *keys = rowid_keys(page) + 1;
    uint32_t low = 0, count = rowid_count(page) - 1;
    uint64_t limit = or_equal && key != UINT64_MAX ? key + 1 : key;
    while (count > 0) { /* keys[low + half] < limit, without a branch on it */
        uint32_t half = count / 2;
        bool below = keys[low + half] < limit;
        low = below ? low + half + 1 : low;
        count = below ? count - half - 1 : half;
    }
    return low;
}

static Status rowid_split_point(const void *page, const TreeKey *at, uint32_t need, bool append,
                                uint8_t *buffer, TreeKey *separator)
{
    (void)need;
    (void)buffer;
    uint32_t count = rowid_count(page);
    if (count < inner_children_max()) return ST_END;
    bool last = append && at->row_id >= rowid_keys(page)[count - 1];
    *separator = (TreeKey){.row_id = rowid_keys(page)[last ? count - 1 : count / 2]};
    return OK;
}

/* The first child at or above the key, which is the key of one, or the low fence. */
static uint32_t rowid_cut(const void *page, uint64_t separator)
{
    const uint64_t *keys = rowid_keys(page);
    uint32_t at = 0, count = rowid_count(page);
    while (at < count && keys[at] < separator) at++;
    return at;
}

static uint32_t rowid_moved(const void *page, const TreeKey *separator, uint8_t *out)
{
    uint32_t from = rowid_cut(page, separator->row_id), count = rowid_count(page) - from;
    memcpy(out, rowid_keys(page) + from, 8 * (size_t)count);
    memcpy(out + 8 * (size_t)count, rowid_children(page) + from, 8 * (size_t)count);
    return count * ROWID_MOVED_BYTES;
}

static void rowid_split_left(void *page, const TreeKey *separator)
{
    uint32_t count = rowid_count(page), from = rowid_cut(page, separator->row_id);
    ASSERT(from > 0);
    memset(rowid_keys(page) + from, 0, 8 * (size_t)(count - from));
    memset(rowid_children(page) + from, 0, 8 * (size_t)(count - from));
    rowid_set_count(page, from);
    store_le64((char *)page + ROWID_HIGH_AT, separator->row_id);
}

static void rowid_append_moved(void *page, Bytes moved)
{
    uint32_t old = rowid_count(page), count = (uint32_t)(moved.bytes / ROWID_MOVED_BYTES);
    ASSERT(old + count <= INNER_ROWID_MAX);
    memcpy(rowid_keys(page) + old, moved.data, 8 * (size_t)count);
    memcpy(rowid_children(page) + old, moved.data + 8 * (size_t)count, 8 * (size_t)count);
    rowid_set_count(page, old + count);
}

static void rowid_split_right(void *page, const TreeKey *low, const TreeKey *high, Bytes moved)
{
    rowid_init(page, low, high, 0);
    rowid_append_moved(page, moved);
}

static bool rowid_merge_fits(const void *left, const void *right)
{
    return rowid_count(left) + rowid_count(right) <= inner_children_max() / 4 * 3;
}

static void rowid_merge(void *left, const TreeKey *high, Bytes moved)
{
    rowid_append_moved(left, moved);
    store_le64((char *)left + ROWID_HIGH_AT, high->row_id);
}

static Status page_fault(PageId id, const char *what)
{
    return error_note(ST_CORRUPT, SQLSTATE_DATA_CORRUPTED,
                      "inner page %" PRIu64 " of space %" PRIu32 ": %s", page_number(id),
                      page_space(id).v, what);
}

static Status child_check(PageId id, uint64_t child)
{
    return child != 0 && child >> 40 == 0 ? OK : page_fault(id, "child is no page");
}

static Status rowid_check(const void *page, PageId id)
{
    uint32_t count = rowid_count(page);
    TreeKey low, high;
    rowid_fences(page, &low, &high);
    if (count == 0 || count > INNER_ROWID_MAX) return page_fault(id, "number of children");
    if (rowid_keys(page)[0] != low.row_id) return page_fault(id, "first key is not the low fence");
    for (uint32_t i = 0; i < count; i++) {
        uint64_t next = i + 1 < count ? rowid_keys(page)[i + 1] : high.row_id;
        if (rowid_keys(page)[i] >= next) return page_fault(id, "keys are not in order");
        TRY(child_check(id, rowid_children(page)[i]));
    }
    return OK;
}

const LeafOps tree__inner_rowid = {
    .page_kind = PAGE_INNER_ROWID,
    .init = rowid_init,
    .fences = rowid_fences,
    .split_point = rowid_split_point,
    .moved = rowid_moved,
    .split_left = rowid_split_left,
    .split_right = rowid_split_right,
    .merge_fits = rowid_merge_fits,
    .merge = rowid_merge,
    .entry_count = rowid_count,
    .check = rowid_check,
};

/* --- keyed by byte strings --- */

static BytesHeader *header_of(const void *page)
{
    return (BytesHeader *)(void *)((char *)(uintptr_t)page + PAGE_HEADER_BYTES);
}

static Slot *slots_of(const void *page)
{
    return (Slot *)(void *)((char *)(uintptr_t)page + INNER_SLOTS_AT);
}

static bool is_compared(const void *page)
{
    return (((const PageHeader *)page)->flags & TREE_PAGE_COMPARED) != 0;
}

static Bytes low_of(const void *page)
{
    const BytesHeader *header = header_of(page);
    return (Bytes){(const uint8_t *)page + PAGE_BYTES - header->low_bytes, header->low_bytes};
}

static uint32_t high_bytes(const BytesHeader *header)
{
    return header->high_bytes == KEY_NONE ? 0 : header->high_bytes;
}

static Bytes high_of(const void *page)
{
    const BytesHeader *header = header_of(page);
    if (header->high_bytes == KEY_NONE) return (Bytes){NULL, 0};
    const uint8_t *end = (const uint8_t *)page + PAGE_BYTES;
    return (Bytes){end - header->low_bytes - header->high_bytes, header->high_bytes};
}

static Bytes prefix_of(const void *page)
{
    return (Bytes){low_of(page).data, header_of(page)->prefix_bytes};
}

static Bytes slot_rest(const void *page, const Slot *slot)
{
    return (Bytes){(const uint8_t *)page + slot->offset + INNER_CHILD_BYTES, slot->bytes};
}

static uint32_t bytes_count(const void *page)
{
    return header_of(page)->count;
}

uint32_t tree__prefix_bytes(Bytes low, Bytes high)
{
    if (high.data == NULL) return 0;
    uint32_t most = (uint32_t)MIN(low.bytes, high.bytes), at = 0;
    while (at < most && low.data[at] == high.data[at]) at++;
    return at;
}

int tree__bytes_compare(Bytes a, Bytes b)
{
    size_t most = MIN(a.bytes, b.bytes);
    int order = most != 0 ? memcmp(a.data, b.data, most) : 0;
    if (order != 0) return order;
    return (a.bytes > b.bytes) - (a.bytes < b.bytes);
}

static void bytes_init(void *page, const TreeKey *low, const TreeKey *high, uint32_t layout)
{
    (void)layout;
    ASSERT(low->bytes.bytes <= TREE_KEY_BYTES_MAX && high->bytes.bytes <= TREE_KEY_BYTES_MAX);
    bool open = high->bytes.data == NULL;
    BytesHeader header = {.low_bytes = (uint16_t)low->bytes.bytes,
                          .high_bytes = open ? KEY_NONE : (uint16_t)high->bytes.bytes,
                          .prefix_bytes = is_compared(page)
                                              ? 0
                                              : (uint16_t)tree__prefix_bytes(low->bytes,
                                                                             high->bytes)};
    uint8_t *end = (uint8_t *)page + PAGE_BYTES - low->bytes.bytes;
    if (low->bytes.bytes != 0) memcpy(end, low->bytes.data, low->bytes.bytes);
    end -= high->bytes.bytes;
    if (high->bytes.bytes != 0) memcpy(end, high->bytes.data, high->bytes.bytes);
    header.heap_start = (uint16_t)(end - (uint8_t *)page);
    *header_of(page) = header;
}

static void bytes_fences(const void *page, TreeKey *low, TreeKey *high)
{
    *low = (TreeKey){.bytes = low_of(page)};
    *high = (TreeKey){.bytes = high_of(page)};
}

static uint32_t bytes_free(const void *page)
{
    const BytesHeader *header = header_of(page);
    return header->heap_start - (INNER_SLOTS_AT + INNER_SLOT_BYTES * header->count);
}

/* Live bytes of slots, heap and fences. */
static uint32_t bytes_used(const void *page)
{
    return PAGE_BYTES - INNER_SLOTS_AT - bytes_free(page) - header_of(page)->dead_bytes;
}

/* A slot with the key `prefix` followed by `rest`, of which the page's own prefix is left out. It fits. */
static void slot_put(void *page, uint32_t at, Bytes prefix, Bytes rest, uint64_t child)
{
    BytesHeader *header = header_of(page);
    uint32_t skip = at == 0 ? (uint32_t)(prefix.bytes + rest.bytes) : header->prefix_bytes;
    ASSERT(skip <= prefix.bytes + rest.bytes);
    uint32_t from_prefix = (uint32_t)prefix.bytes > skip ? (uint32_t)prefix.bytes - skip : 0;
    uint32_t rest_skip = skip > prefix.bytes ? skip - (uint32_t)prefix.bytes : 0;
    uint32_t bytes = from_prefix + (uint32_t)rest.bytes - rest_skip;
    header->heap_start = (uint16_t)(header->heap_start - (bytes + INNER_CHILD_BYTES));
    uint8_t *heap = (uint8_t *)page + header->heap_start;
    store_le64(heap, child);
    uint8_t *key = heap + INNER_CHILD_BYTES;
    if (from_prefix != 0) memcpy(key, prefix.data + skip, from_prefix);
    if (rest.bytes != rest_skip)
        memcpy(key + from_prefix, rest.data + rest_skip, rest.bytes - rest_skip);
    ASSERT(header->heap_start >= INNER_SLOTS_AT + INNER_SLOT_BYTES * (header->count + 1));
    Slot *slots = slots_of(page);
    memmove(slots + at + 1, slots + at, (size_t)(header->count - at) * INNER_SLOT_BYTES);
    slots[at] = (Slot){tree__key_head((Bytes){key, bytes}), header->heap_start, (uint16_t)bytes};
    header->count++;
}

static uint64_t slot_child(const void *page, const Slot *slot)
{
    return load_le64((const char *)page + slot->offset);
}

/* Children [from, to) of `source` go behind those of `page`. */
static void bytes_copy_children(void *page, const void *source, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++) {
        const Slot *slot = &slots_of(source)[i];
        Bytes prefix = prefix_of(source), rest = slot_rest(source, slot);
        if (i == 0) prefix = low_of(source); /* slot 0 stores nothing of its key */
        slot_put(page, bytes_count(page), prefix, rest, slot_child(source, slot));
    }
}

static void bytes_rebuild(void *page, const TreeKey *low, const TreeKey *high, uint32_t count)
{
    uint8_t old[PAGE_BYTES];
    memcpy(old, page, PAGE_BYTES);
    TreeKey own_low, own_high;
    bytes_fences(old, &own_low, &own_high);
    memset((char *)page + PAGE_HEADER_BYTES, 0, PAGE_BYTES - PAGE_HEADER_BYTES);
    bytes_init(page, low != NULL ? low : &own_low, high != NULL ? high : &own_high, 0);
    bytes_copy_children(page, old, 0, count);
}

/* The first child of 1 .. count-1 whose key is above `key`; with `or_equal`, or equal to it. */
static uint32_t bytes_find(const void *page, Bytes key, bool or_equal)
{
    const Slot *slots = slots_of(page);
    uint32_t skip = header_of(page)->prefix_bytes;
    ASSERT(key.bytes >= skip && memcmp(key.data, prefix_of(page).data, skip) == 0);
    Bytes rest = {key.data + skip, key.bytes - skip};
    uint32_t head = tree__key_head(rest);
    uint32_t low = 1, high = bytes_count(page);
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        const Slot *slot = &slots[middle];
        bool above;
        if (LIKELY(slot->head != head)) {
            above = slot->head > head;
        } else {
            int order = tree__bytes_compare(slot_rest(page, slot), rest);
            above = order > 0 || (or_equal && order == 0);
        }
        if (above)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

static uint32_t bytes_find_compared(const Tree *tree, const void *page, Bytes key, bool or_equal)
{
    uint32_t low = 1,
             high = key.bytes != 0 ? bytes_count(page) : 1; /* the lowest fence is no key */
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        int order = tree->compare(tree->compare_arg, slot_rest(page, &slots_of(page)[middle]), key);
        if (order > 0 || (or_equal && order == 0))
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* The child with exactly this key, or 0 for the low fence. */
static uint32_t bytes_cut(const void *page, Bytes separator)
{
    uint32_t count = bytes_count(page), skip = header_of(page)->prefix_bytes;
    if (tree__bytes_compare(separator, low_of(page)) == 0) return 0;
    if (!is_compared(page)) return bytes_find(page, separator, true);
    for (uint32_t i = 1; i < count; i++) {
        Bytes rest = slot_rest(page, &slots_of(page)[i]);
        if (rest.bytes + skip == separator.bytes &&
            tree__bytes_compare(rest, (Bytes){separator.data + skip, separator.bytes - skip}) == 0)
            return i;
    }
    return count;
}

static uint32_t slot_bytes(const Slot *slot)
{
    return INNER_SLOT_BYTES + INNER_CHILD_BYTES + slot->bytes;
}

static Status bytes_split_point(const void *page, const TreeKey *at, uint32_t need, bool append,
                                uint8_t *buffer, TreeKey *separator)
{
    uint32_t count = bytes_count(page), middle = 1;
    const Slot *slots = slots_of(page);
    if (count < inner_children_max() && bytes_free(page) + header_of(page)->dead_bytes >=
                                            need + INNER_SLOT_BYTES + INNER_CHILD_BYTES)
        return ST_END;
    ASSERT(count >= 4);
    if (append && !is_compared(page) && bytes_find(page, at->bytes, false) == count) {
        middle = count - 1;
    } else {
        uint32_t half = 0, total = 0;
        for (uint32_t i = 0; i < count; i++) total += slot_bytes(&slots[i]);
        while (middle < count - 1 && (half += slot_bytes(&slots[middle - 1])) < total / 2) middle++;
    }
    Bytes prefix = prefix_of(page), rest = slot_rest(page, &slots[middle]);
    if (prefix.bytes != 0) memcpy(buffer, prefix.data, prefix.bytes);
    if (rest.bytes != 0) memcpy(buffer + prefix.bytes, rest.data, rest.bytes);
    *separator = (TreeKey){.bytes = {buffer, prefix.bytes + rest.bytes}};
    return OK;
}

/* Moved content: bytes of a prefix (2), the prefix, then for each child: its word (8), bytes of the rest of its key
 * (2), the rest. The first child's key is the fence that goes with the content, and stored as none. */
static uint32_t bytes_moved(const void *page, const TreeKey *separator, uint8_t *out)
{
    uint32_t from = bytes_cut(page, separator->bytes), count = bytes_count(page);
    Bytes prefix = prefix_of(page);
    uint8_t *at = out;
    store_le16(at, (uint16_t)prefix.bytes);
    at += 2;
    if (prefix.bytes != 0) memcpy(at, prefix.data, prefix.bytes);
    at += prefix.bytes;
    for (uint32_t i = from; i < count; i++) {
        const Slot *slot = &slots_of(page)[i];
        Bytes rest = i == from ? (Bytes){NULL, 0} : slot_rest(page, slot);
        store_le64(at, slot_child(page, slot));
        store_le16(at + 8, (uint16_t)rest.bytes);
        if (rest.bytes != 0) memcpy(at + MOVED_ENTRY_BYTES, rest.data, rest.bytes);
        at += MOVED_ENTRY_BYTES + rest.bytes;
    }
    ASSERT(at - out <= PAGE_BYTES);
    return (uint32_t)(at - out);
}

/* `first`: the key of the first one. */
static void bytes_append_moved(void *page, Bytes first, Bytes moved)
{
    const uint8_t *at = moved.data, *end = moved.data + moved.bytes;
    Bytes prefix = {at + 2, load_le16(at)};
    at += 2 + prefix.bytes;
    for (bool is_first = true; at < end; is_first = false) {
        Bytes rest = {at + MOVED_ENTRY_BYTES, load_le16(at + 8)};
        slot_put(page, bytes_count(page), is_first ? first : prefix, rest, load_le64(at));
        at += MOVED_ENTRY_BYTES + rest.bytes;
    }
    ASSERT(at == end);
}

static void bytes_split_left(void *page, const TreeKey *separator)
{
    uint32_t from = bytes_cut(page, separator->bytes);
    ASSERT(from > 0);
    bytes_rebuild(page, NULL, separator, from);
}

static void bytes_split_right(void *page, const TreeKey *low, const TreeKey *high, Bytes moved)
{
    bytes_init(page, low, high, 0);
    bytes_append_moved(page, low->bytes, moved);
}

static uint64_t stored_bytes(const void *page)
{
    uint64_t bytes = 0;
    uint32_t prefix = header_of(page)->prefix_bytes;
    for (uint32_t i = 1; i < bytes_count(page); i++) bytes += slots_of(page)[i].bytes + prefix;
    return bytes;
}

uint32_t tree__inner_bytes_needed(uint32_t count, uint64_t key_bytes, uint32_t prefix_bytes,
                                  uint32_t low_bytes, uint32_t high_bytes)
{
    uint64_t rests = key_bytes - (uint64_t)(count - 1) * prefix_bytes;
    uint64_t bytes = rests + low_bytes + high_bytes +
                     (uint64_t)count * (INNER_SLOT_BYTES + INNER_CHILD_BYTES);
    return (uint32_t)MIN(bytes, (uint64_t)UINT32_MAX);
}

static bool bytes_merge_fits(const void *left, const void *right)
{
    Bytes low = low_of(left), between = low_of(right), high = high_of(right);
    uint32_t prefix = is_compared(left) ? 0 : tree__prefix_bytes(low, high);
    uint32_t count = bytes_count(left) + bytes_count(right);
    if (count > inner_children_max() / 4 * 3) return false;
    uint64_t keys = stored_bytes(left) + stored_bytes(right) + between.bytes;
    return tree__inner_bytes_needed(count, keys, prefix, (uint32_t)low.bytes,
                                    (uint32_t)high.bytes) <= MERGED_BYTES_MAX;
}

static void bytes_merge(void *left, const TreeKey *high, Bytes moved)
{
    uint8_t first[TREE_KEY_BYTES_MAX];
    Bytes between = high_of(left);
    ASSERT(between.data != NULL);
    memcpy(first, between.data, between.bytes);
    bytes_rebuild(left, NULL, high, bytes_count(left));
    bytes_append_moved(left, (Bytes){first, between.bytes}, moved);
}

static Status bytes_check_slot(const void *page, PageId id, uint32_t at, uint32_t *heap)
{
    const BytesHeader *header = header_of(page);
    const Slot *slot = &slots_of(page)[at];
    uint32_t end = PAGE_BYTES - header->low_bytes - high_bytes(header);
    uint32_t bytes = INNER_CHILD_BYTES + slot->bytes;
    if (slot->offset < header->heap_start || slot->offset + bytes > end)
        return page_fault(id, "key outside of the heap");
    *heap += bytes;
    TRY(child_check(id, slot_child(page, slot)));
    if (slot->head != tree__key_head(slot_rest(page, slot))) return page_fault(id, "head of a key");
    if (at == 0) return slot->bytes == 0 ? OK : page_fault(id, "first key is stored");
    if (is_compared(page)) return OK;
    if (at > 1 && tree__bytes_compare(slot_rest(page, slot - 1), slot_rest(page, slot)) >= 0)
        return page_fault(id, "keys are not in order");
    return OK;
}

static Status bytes_check(const void *page, PageId id)
{
    const BytesHeader *header = header_of(page);
    uint32_t count = header->count, heap = 0;
    uint32_t fences = header->low_bytes + high_bytes(header);
    if (count == 0 || count > CHILDREN_MAX) return page_fault(id, "number of children");
    if (header->low_bytes > TREE_KEY_BYTES_MAX || high_bytes(header) > TREE_KEY_BYTES_MAX ||
        header->prefix_bytes > header->low_bytes)
        return page_fault(id, "fences");
    if (header->heap_start < INNER_SLOTS_AT + INNER_SLOT_BYTES * count ||
        header->heap_start + fences > PAGE_BYTES)
        return page_fault(id, "heap");
    uint32_t prefix = is_compared(page) ? 0 : tree__prefix_bytes(low_of(page), high_of(page));
    if (header->prefix_bytes != prefix) return page_fault(id, "prefix");
    for (uint32_t i = 0; i < count; i++) TRY(bytes_check_slot(page, id, i, &heap));
    if (heap + header->dead_bytes + fences + header->heap_start != PAGE_BYTES)
        return page_fault(id, "bytes of the heap");
    return OK;
}

const LeafOps tree__inner_bytes = {
    .page_kind = PAGE_INNER_BYTES,
    .init = bytes_init,
    .fences = bytes_fences,
    .split_point = bytes_split_point,
    .moved = bytes_moved,
    .split_left = bytes_split_left,
    .split_right = bytes_split_right,
    .merge_fits = bytes_merge_fits,
    .merge = bytes_merge,
    .entry_count = bytes_count,
    .check = bytes_check,
};

/* --- both kinds --- */

static bool is_rowid(const void *page)
{
    return ((const PageHeader *)page)->kind == PAGE_INNER_ROWID;
}

uint32_t tree__inner_children_max(void)
{
    return inner_children_max();
}

uint32_t tree__inner_count(const void *page)
{
    return is_rowid(page) ? rowid_count(page) : bytes_count(page);
}

uint64_t tree__inner_child(const void *page, uint32_t at)
{
    ASSERT(at < tree__inner_count(page));
    return is_rowid(page) ? rowid_children(page)[at] : slot_child(page, &slots_of(page)[at]);
}

InnerKey tree__inner_key(const void *page, uint32_t at)
{
    ASSERT(at < tree__inner_count(page));
    if (is_rowid(page)) return (InnerKey){.row_id = rowid_keys(page)[at]};
    if (at == 0) return (InnerKey){.prefix = low_of(page)};
    return (InnerKey){.prefix = prefix_of(page), .rest = slot_rest(page, &slots_of(page)[at])};
}

void tree__inner_key_copy(const void *page, uint32_t at, KeyCopy *copy)
{
    InnerKey key = tree__inner_key(page, at);
    ASSERT(key.prefix.bytes + key.rest.bytes <= TREE_KEY_BYTES_MAX);
    if (key.prefix.bytes != 0) memcpy(copy->bytes, key.prefix.data, key.prefix.bytes);
    if (key.rest.bytes != 0) memcpy(copy->bytes + key.prefix.bytes, key.rest.data, key.rest.bytes);
    copy->key = (TreeKey){{copy->bytes, key.prefix.bytes + key.rest.bytes}, key.row_id};
}

uint32_t tree__inner_find(const Tree *tree, const void *page, const TreeKey *key, bool for_upper)
{
    if (tree->kind == TREE_TABLE) return rowid_find(page, key->row_id, !for_upper);
    if (key->bytes.data == NULL) return bytes_count(page) - 1;
    if (UNLIKELY(tree->compare != NULL))
        return bytes_find_compared(tree, page, key->bytes, for_upper) - 1;
    return bytes_find(page, key->bytes, for_upper) - 1;
}

uint32_t tree__inner_find_row(const void *page, uint64_t row, uint32_t from)
{
    const uint64_t *keys = rowid_keys(page);
    const uint32_t count = rowid_count(page);
    ASSERT(is_rowid(page) && from < count && (from == 0 || keys[from] <= row));
    uint32_t low = from,
             high = from + 1; /* keys[low] <= row, but for the first, which stands for the fence */
    for (uint32_t step = 1; high < count && keys[high] <= row; step *= 2) {
        low = high;
        high = MIN(high + 2 * step, count);
    }
    while (high - low > 1) {
        const uint32_t middle = low + (high - low) / 2;
        const bool below = keys[middle] <= row;
        low = below ? middle : low;
        high = below ? high : middle;
    }
    return low;
}

bool tree__inner_fits(const void *page, const TreeKey *key)
{
    if (tree__inner_count(page) >= inner_children_max()) return false;
    if (is_rowid(page)) return true;
    const BytesHeader *header = header_of(page);
    uint32_t bytes = (uint32_t)key->bytes.bytes - header->prefix_bytes;
    return bytes_free(page) + header->dead_bytes >= bytes + INNER_SLOT_BYTES + INNER_CHILD_BYTES;
}

static void rowid_insert(void *page, uint32_t at, uint64_t key, uint64_t child)
{
    uint32_t count = rowid_count(page);
    uint64_t *keys = rowid_keys(page) + at, *children = rowid_children(page) + at;
    ASSERT(at <= count && (at == 0 || keys[-1] < key));
    rowid_set_count(page, count + 1);
    memmove(keys + 1, keys, 8 * (size_t)(count - at));
    memmove(children + 1, children, 8 * (size_t)(count - at));
    *keys = key;
    *children = child;
}

void tree__inner_insert(void *page, uint32_t at, const TreeKey *key, uint64_t child)
{
    ASSERT(at > 0 && at <= tree__inner_count(page));
    ASSERT(tree__inner_count(page) < INNER_ROWID_MAX);
    if (is_rowid(page)) {
        rowid_insert(page, at, key->row_id, child);
        return;
    }
    uint32_t bytes = (uint32_t)key->bytes.bytes - header_of(page)->prefix_bytes;
    if (bytes_free(page) < bytes + INNER_SLOT_BYTES + INNER_CHILD_BYTES)
        bytes_rebuild(page, NULL, NULL, bytes_count(page));
    slot_put(page, at, (Bytes){NULL, 0}, key->bytes, child);
}

void tree__inner_remove(void *page, uint32_t at)
{
    uint32_t count = tree__inner_count(page);
    ASSERT(at > 0 && at < count);
    size_t behind = 8 * (size_t)(count - at - 1);
    if (is_rowid(page)) {
        memmove(rowid_keys(page) + at, rowid_keys(page) + at + 1, behind);
        memmove(rowid_children(page) + at, rowid_children(page) + at + 1, behind);
        rowid_set_count(page, count - 1);
        return;
    }
    BytesHeader *header = header_of(page);
    Slot *slots = slots_of(page);
    header->dead_bytes = (uint16_t)(header->dead_bytes + INNER_CHILD_BYTES + slots[at].bytes);
    memmove(slots + at, slots + at + 1, behind);
    header->count--;
}

void tree__inner_add(void *page, const TreeKey *key, uint64_t child)
{
    uint32_t count = tree__inner_count(page);
    if (is_rowid(page))
        rowid_insert(page, count, key->row_id, child);
    else
        slot_put(page, count, (Bytes){NULL, 0}, key->bytes, child);
}

bool tree__inner_is_sparse(const void *page)
{
    if (is_rowid(page)) return rowid_count(page) < inner_children_max() / 4;
    return bytes_used(page) < SPARSE_BYTES;
}

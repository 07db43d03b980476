/* SPDX-License-Identifier: Apache-2.0 */
/* tree_directory_leaf.c - leaves of a space's directory: byte strings with values, in the order of memcmp, one version
 * each.
 *
 *   offset size  behind the page header
 *       32    2  entries                   34    2  bytes of the low fence
 *       36    2  bytes of the high fence, 0xffff: none
 *       38    2  lowest byte of the heap   40    2  bytes in the heap that nobody uses
 *       42    6  zero
 *       48  8*n  slots in the order of keys: offset:16, bytes of the key:16, of the value:16, zero:16
 *        ..      heap, growing down: key, value
 *        end     high fence, low fence
 *
 * Moved content: for each entry bytes of key (2) and value (2), key, value. */
#include "store/tree_internal.h"

#include "base/arith.h"
#include "base/error.h"
#include "store/tree_redo.h"

enum { SLOTS_AT = 48, SLOT_BYTES = 8, MOVED_ENTRY_BYTES = 4, MERGED_BYTES_MAX = PAGE_BYTES / 2 };

typedef struct LeafHeader {
    uint16_t count, low_bytes, high_bytes, heap_start, dead_bytes, zero[3];
} LeafHeader;
static_assert(PAGE_HEADER_BYTES + sizeof(LeafHeader) == SLOTS_AT, "directory leaf layout");

typedef struct LeafSlot {
    uint16_t offset, key_bytes, value_bytes, zero;
} LeafSlot;
static_assert(sizeof(LeafSlot) == SLOT_BYTES, "directory leaf layout");

static LeafHeader *header_of(const void *page)
{
    return (LeafHeader *)(void *)((char *)(uintptr_t)page + PAGE_HEADER_BYTES);
}

static LeafSlot *slots_of(const void *page)
{
    return (LeafSlot *)(void *)((char *)(uintptr_t)page + SLOTS_AT);
}

static uint32_t fence_bytes(const LeafHeader *header)
{
    return header->low_bytes + (header->high_bytes == KEY_NONE ? 0u : header->high_bytes);
}

static void leaf_init(void *page, const TreeKey *low, const TreeKey *high, uint32_t layout)
{
    (void)layout;
    bool open = high->bytes.data == NULL;
    ASSERT(low->bytes.bytes <= TREE_KEY_BYTES_MAX);
    ASSERT(high->bytes.bytes <= TREE_KEY_BYTES_MAX);
    uint8_t *end = (uint8_t *)page + PAGE_BYTES - low->bytes.bytes;
    if (low->bytes.bytes != 0) memcpy(end, low->bytes.data, low->bytes.bytes);
    end -= high->bytes.bytes;
    if (high->bytes.bytes != 0) memcpy(end, high->bytes.data, high->bytes.bytes);
    *header_of(page) = (LeafHeader){.low_bytes = (uint16_t)low->bytes.bytes,
                                    .high_bytes = open ? KEY_NONE : (uint16_t)high->bytes.bytes,
                                    .heap_start = (uint16_t)(end - (uint8_t *)page)};
}

static void leaf_fences(const void *page, TreeKey *low, TreeKey *high)
{
    const LeafHeader *header = header_of(page);
    const uint8_t *end = (const uint8_t *)page + PAGE_BYTES;
    *low = (TreeKey){.bytes = {end - header->low_bytes, header->low_bytes}};
    *high = (TreeKey){.bytes = {NULL, 0}};
    if (header->high_bytes != KEY_NONE)
        high->bytes = (Bytes){end - header->low_bytes - header->high_bytes, header->high_bytes};
}

static Bytes slot_key(const void *page, uint32_t at)
{
    const LeafSlot *slot = &slots_of(page)[at];
    return (Bytes){(const uint8_t *)page + slot->offset, slot->key_bytes};
}

void tree__directory_entry(const void *page, uint32_t at, Bytes *key, Bytes *value)
{
    const LeafSlot *slot = &slots_of(page)[at];
    ASSERT(at < header_of(page)->count);
    *key = slot_key(page, at);
    *value = (Bytes){key->data + key->bytes, slot->value_bytes};
}

bool tree__directory_find(const void *page, Bytes key, uint32_t *at)
{
    uint32_t low = 0, high = header_of(page)->count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        int order = tree__bytes_compare(slot_key(page, middle), key);
        if (order == 0) {
            *at = middle;
            return true;
        }
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    *at = low;
    return false;
}

static uint32_t leaf_free(const void *page)
{
    const LeafHeader *header = header_of(page);
    return header->heap_start - (SLOTS_AT + SLOT_BYTES * header->count);
}

/* It does not stand there yet, and there is room behind the slots. */
static void entry_insert(void *page, uint32_t at, Bytes key, Bytes value)
{
    LeafHeader *header = header_of(page);
    uint32_t bytes = (uint32_t)(key.bytes + value.bytes);
    ASSERT(leaf_free(page) >= bytes + SLOT_BYTES);
    header->heap_start = (uint16_t)(header->heap_start - bytes);
    uint8_t *heap = (uint8_t *)page + header->heap_start;
    memcpy(heap, key.data, key.bytes);
    if (value.bytes != 0) memcpy(heap + key.bytes, value.data, value.bytes);
    LeafSlot *slots = slots_of(page);
    memmove(slots + at + 1, slots + at, (size_t)(header->count - at) * SLOT_BYTES);
    slots[at] = (LeafSlot){header->heap_start, (uint16_t)key.bytes, (uint16_t)value.bytes, 0};
    header->count++;
}

/* The first `count` entries only, without gaps, and with these fences. */
static void leaf_rebuild(void *page, const TreeKey *low, const TreeKey *high, uint32_t count)
{
    uint8_t old[PAGE_BYTES];
    Bytes key, value;
    memcpy(old, page, PAGE_BYTES);
    TreeKey own_low, own_high;
    leaf_fences(old, &own_low, &own_high);
    memset((char *)page + PAGE_HEADER_BYTES, 0, PAGE_BYTES - PAGE_HEADER_BYTES);
    leaf_init(page, low != NULL ? low : &own_low, high != NULL ? high : &own_high, 0);
    for (uint32_t i = 0; i < count; i++) {
        tree__directory_entry(old, i, &key, &value);
        entry_insert(page, i, key, value);
    }
}

bool tree__directory_fits(const void *page, Bytes key, Bytes value)
{
    uint32_t at, room = leaf_free(page) + header_of(page)->dead_bytes;
    if (tree__directory_find(page, key, &at))
        room += SLOT_BYTES + key.bytes + slots_of(page)[at].value_bytes;
    return room >= SLOT_BYTES + key.bytes + value.bytes;
}

static void entry_remove(void *page, uint32_t at)
{
    LeafHeader *header = header_of(page);
    LeafSlot *slots = slots_of(page);
    uint32_t bytes = slots[at].key_bytes + slots[at].value_bytes;
    header->dead_bytes = (uint16_t)(header->dead_bytes + bytes);
    memmove(slots + at, slots + at + 1, (size_t)(header->count - at - 1) * SLOT_BYTES);
    header->count--;
}

void tree__directory_set(void *page, Bytes key, Bytes value)
{
    uint32_t at;
    bool found = tree__directory_find(page, key, &at);
    LeafSlot *slot = &slots_of(page)[at];
    if (found && slot->value_bytes == value.bytes) {
        if (value.bytes != 0)
            memcpy((uint8_t *)page + slot->offset + key.bytes, value.data, value.bytes);
        return;
    }
    if (found) entry_remove(page, at);
    if (leaf_free(page) < SLOT_BYTES + key.bytes + value.bytes)
        leaf_rebuild(page, NULL, NULL, header_of(page)->count);
    entry_insert(page, at, key, value);
}

void tree__directory_unset(void *page, Bytes key)
{
    uint32_t at;
    if (tree__directory_find(page, key, &at)) entry_remove(page, at);
}

/* --- as a leaf of the tree --- */

static uint32_t leaf_count(const void *page)
{
    return header_of(page)->count;
}

static uint32_t entry_bytes(const void *page, uint32_t at)
{
    const LeafSlot *slot = &slots_of(page)[at];
    return SLOT_BYTES + slot->key_bytes + slot->value_bytes;
}

static Status leaf_split_point(const void *page, const TreeKey *at, uint32_t need, bool append,
                               uint8_t *buffer, TreeKey *separator)
{
    uint32_t count = leaf_count(page), position, half = 0, middle = 1;
    if (leaf_free(page) + header_of(page)->dead_bytes >= need) return ST_END;
    ASSERT(count >= 2);
    (void)tree__directory_find(page, at->bytes, &position);
    uint32_t total = PAGE_BYTES - SLOTS_AT - leaf_free(page) - header_of(page)->dead_bytes -
                     fence_bytes(header_of(page));
    while (middle < count - 1 && (half += entry_bytes(page, middle - 1)) < total / 2) middle++;
    Bytes key = slot_key(page, middle);
    if (append && position == count) /* the left one stays full, if its new fence fits */
        key = leaf_free(page) + header_of(page)->dead_bytes >= at->bytes.bytes
                  ? at->bytes
                  : slot_key(page, count - 1);
    memcpy(buffer, key.data, key.bytes);
    *separator = (TreeKey){.bytes = {buffer, key.bytes}};
    return OK;
}

static uint32_t leaf_moved(const void *page, const TreeKey *separator, uint8_t *out)
{
    uint32_t at;
    uint8_t *end = out;
    Bytes key, value;
    (void)tree__directory_find(page, separator->bytes, &at);
    for (; at < leaf_count(page); at++) {
        tree__directory_entry(page, at, &key, &value);
        store_le16(end, (uint16_t)key.bytes);
        store_le16(end + 2, (uint16_t)value.bytes);
        memcpy(end + MOVED_ENTRY_BYTES, key.data, key.bytes + value.bytes);
        end += MOVED_ENTRY_BYTES + key.bytes + value.bytes;
    }
    ASSERT(end - out <= PAGE_BYTES);
    return (uint32_t)(end - out);
}

static void append_moved(void *page, Bytes moved)
{
    const uint8_t *at = moved.data, *end = moved.data + moved.bytes;
    while (at < end) {
        Bytes key = {at + MOVED_ENTRY_BYTES, load_le16(at)};
        Bytes value = {key.data + key.bytes, load_le16(at + 2)};
        entry_insert(page, leaf_count(page), key, value);
        at = value.data + value.bytes;
    }
    ASSERT(at == end);
}

static void leaf_split_left(void *page, const TreeKey *separator)
{
    uint32_t at;
    (void)tree__directory_find(page, separator->bytes, &at);
    leaf_rebuild(page, NULL, separator, at);
}

static void leaf_split_right(void *page, const TreeKey *low, const TreeKey *high, Bytes moved)
{
    leaf_init(page, low, high, 0);
    append_moved(page, moved);
}

static uint32_t live_bytes(const void *page)
{
    return PAGE_BYTES - SLOTS_AT - leaf_free(page) - header_of(page)->dead_bytes;
}

static bool leaf_merge_fits(const void *left, const void *right)
{
    return live_bytes(left) + live_bytes(right) <= MERGED_BYTES_MAX;
}

static void leaf_merge(void *left, const TreeKey *high, Bytes moved)
{
    leaf_rebuild(left, NULL, high, leaf_count(left));
    append_moved(left, moved);
}

static Status leaf_fault(PageId id, const char *what)
{
    return error_note(ST_CORRUPT, SQLSTATE_DATA_CORRUPTED,
                      "directory page %" PRIu64 " of space %" PRIu32 ": %s", page_number(id),
                      page_space(id).v, what);
}

static Status leaf_check(const void *page, PageId id)
{
    const LeafHeader *header = header_of(page);
    uint32_t fences = fence_bytes(header), heap = 0;
    if (header->heap_start + fences > PAGE_BYTES ||
        SLOTS_AT + SLOT_BYTES * (uint32_t)header->count > header->heap_start)
        return leaf_fault(id, "heap");
    TreeKey low, high;
    leaf_fences(page, &low, &high);
    for (uint32_t i = 0; i < header->count; i++) {
        const LeafSlot *slot = &slots_of(page)[i];
        uint32_t bytes = (uint32_t)slot->key_bytes + slot->value_bytes;
        if (slot->offset < header->heap_start || slot->offset + bytes > PAGE_BYTES - fences)
            return leaf_fault(id, "entry outside of the heap");
        heap += bytes;
        Bytes key = slot_key(page, i);
        if (i > 0 && tree__bytes_compare(slot_key(page, i - 1), key) >= 0)
            return leaf_fault(id, "entries are not in order");
        if (tree__bytes_compare(key, low.bytes) < 0 ||
            (high.bytes.data != NULL && tree__bytes_compare(key, high.bytes) >= 0))
            return leaf_fault(id, "entry outside of the fences");
    }
    if (heap + header->dead_bytes + fences + header->heap_start != PAGE_BYTES)
        return leaf_fault(id, "bytes of the heap");
    return OK;
}

const LeafOps tree__directory_leaf = {
    .page_kind = PAGE_LEAF_DIRECTORY,
    .init = leaf_init,
    .fences = leaf_fences,
    .split_point = leaf_split_point,
    .moved = leaf_moved,
    .split_left = leaf_split_left,
    .split_right = leaf_split_right,
    .merge_fits = leaf_merge_fits,
    .merge = leaf_merge,
    .entry_count = leaf_count,
    .check = leaf_check,
};

/* --- redo --- */

static Status payload_read(const WalRecord *record, Bytes *key, Bytes *value)
{
    DirectoryPayload head = {0};
    if (record->payload.bytes >= sizeof head) memcpy(&head, record->payload.data, sizeof head);
    *key = (Bytes){record->payload.data + sizeof head, head.key_bytes};
    *value = (Bytes){key->data + key->bytes, head.value_bytes};
    if (key->bytes != 0 && record->payload.bytes == sizeof head + key->bytes + value->bytes)
        return OK;
    return error_note(ST_CORRUPT, SQLSTATE_DATA_CORRUPTED,
                      "log record at %" PRIX64 " of the directory is malformed", record->lsn.v);
}

Status tree__redo_directory_put(const WalRecord *record, uint32_t index, void *page)
{
    Bytes key, value;
    (void)index;
    TRY(payload_read(record, &key, &value));
    if (!tree__directory_fits(page, key, value))
        return leaf_fault(record->refs[0].page, "no room for what the log puts there");
    tree__directory_set(page, key, value);
    return OK;
}

Status tree__redo_directory_remove(const WalRecord *record, uint32_t index, void *page)
{
    Bytes key, value;
    (void)index;
    TRY(payload_read(record, &key, &value));
    tree__directory_unset(page, key);
    return OK;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* leaf.c - the table leaf: its format, single rows, room.
 *
 * Idea: PAX (Ailamaki et al., "Weaving Relations for Cache Performance", VLDB 2001): a page holds whole rows, but
 * column by column, so that a scan touches only the columns it needs. Where we differ: the offsets of the columns are
 * not stored, they follow from shapes and capacity; versions are not here but in undo.
 *
 *   offset size  behind the page header
 *       32    8  low fence: row ids of this leaf are low + delta
 *       40    8  high fence; UINT64_MAX: none
 *       48    2  rows
 *       50    2  capacity: rows that the arrays have room for
 *       52    4  layout of the tree that the shapes were taken from
 *       56    2  heap start: the heap fills the page from its end down to here
 *       58    2  garbage: bytes of the heap that no row uses
 *       60    2  promised: sum of the rows' peaks
 *       62    2  rows whose newest version is a delete
 *       64    8  newest xid of any head; never goes down but by re-layout
 *       72    8  newest xid of any deleted head, likewise
 *       80    2  columns
 *       82    1  flags (LeafFlags)
 *       84    2  end of the arrays, as it follows from shapes and capacity
 *       88       shapes, a byte a column; then, each part at a multiple of 8:
 *                deltas           u32 a row, ascending
 *                heads            u64 a row: xid:48 | flags:16
 *                undo pointers    u64 a row
 *                peaks            u16 a row, when a column uses the heap
 *                for each column that is there: null bits (if nullable), values, scales (DECIMAL)
 *                images           u32 a row, when the page has them
 *
 * STR values and images are slots {offset:16, bytes:15, overflow:1} into the heap. A decimal is a coefficient and a
 * scale; scale 255: big, the coefficient's low half is such a slot; 254: it is one of an overflow reference.
 *
 * A row's peak is the most bytes it has had in the heap since its last commit, as far as this page was told.
 *
 * (L1) the sum of peaks is never above the room between arrays and page end: so every rollback fits (docs/traps.md F10)
 * (L2) every change is a function of page and arguments, bytes beyond the rows included: redo gives the same page
 * (L3) arrays beyond the row count are zero */
#include "table/leaf.h"

#include "base/error.h"
#include "store/page.h"
#include "table/leaf_internal.h"

/* ---- the shape of a page ---- */

static inline void walk_set(uint32_t capacity, uint32_t at, uint8_t shape, LeafWalk *walk)
{
    walk->shape = shape;
    walk->nulls = walk->scales = 0;
    if (!(shape & LEAF_SHAPE_ABSENT)) {
        if (shape & LEAF_SHAPE_NULLABLE) {
            walk->nulls = at;
            at += bits_words(capacity) * 8;
        }
        walk->data = at;
        at += ALIGN_UP(capacity * leaf__width(shape), 8);
        if (leaf__phys(shape) == PHYS_DECIMAL) {
            walk->scales = at;
            at += ALIGN_UP(capacity, 8);
        }
    } else {
        walk->data = at;
    }
    walk->end = at;
}

static uint32_t rows_at(uint32_t column_count)
{
    return ALIGN_UP(LEAF_HEADER_BYTES + column_count, 8);
}

static uint32_t columns_at(uint32_t column_count, bool heap, uint32_t capacity)
{
    uint32_t at = rows_at(column_count) + ALIGN_UP(4 * capacity, 8) + 16 * capacity;
    return heap ? at + ALIGN_UP(2 * capacity, 8) : at;
}

/* The image column is walked like a string that cannot be null. */
static bool walk_image(const LeafHeader *leaf, uint32_t at, LeafWalk *walk)
{
    if (!(leaf->flags & LEAF_HAS_IMAGES)) return false;
    walk->index = LEAF_IMAGE_COLUMN;
    walk_set(leaf->capacity, at, PHYS_STR, walk);
    return true;
}

bool leaf__walk_first(const LeafHeader *leaf, LeafWalk *walk)
{
    uint32_t at = columns_at(leaf->column_count, leaf->flags & LEAF_HAS_HEAP, leaf->capacity);
    walk->end = at;
    if (leaf->column_count == 0) return walk_image(leaf, at, walk);
    walk->index = 0;
    walk_set(leaf->capacity, at, leaf->shapes[0], walk);
    return true;
}

bool leaf__walk_next(const LeafHeader *leaf, LeafWalk *walk)
{
    if (walk->index == LEAF_IMAGE_COLUMN) return false;
    uint32_t next = walk->index + 1;
    if (next == leaf->column_count) return walk_image(leaf, walk->end, walk);
    walk->index = next;
    walk_set(leaf->capacity, walk->end, leaf->shapes[next], walk);
    return true;
}

bool leaf__walk_to(const LeafHeader *leaf, uint32_t column, LeafWalk *walk)
{
    for (bool more = leaf__walk_first(leaf, walk); more; more = leaf__walk_next(leaf, walk))
        if (walk->index == column) return true;
    return false;
}

uint32_t leaf__find_arrays_end(const LeafHeader *leaf)
{
    LeafWalk walk;
    for (bool more = leaf__walk_first(leaf, &walk); more;) more = leaf__walk_next(leaf, &walk);
    return walk.end;
}

LeafRows leaf__rows(const LeafHeader *leaf)
{
    char *at = (char *)(uintptr_t)leaf + rows_at(leaf->column_count);
    LeafRows rows = {.deltas = (uint32_t *)(void *)at};
    at += ALIGN_UP(4 * (uint32_t)leaf->capacity, 8);
    rows.heads = (uint64_t *)(void *)at;
    rows.undos = rows.heads + leaf->capacity;
    if (leaf->flags & LEAF_HAS_HEAP) rows.peaks = (uint16_t *)(void *)(rows.undos + leaf->capacity);
    return rows;
}

static bool layout_has_heap(const LeafLayout *layout)
{
    if (layout->images) return true;
    for (uint32_t i = 0; i < layout->column_count; i++)
        if (leaf__in_heap(layout->shapes[i])) return true;
    return false;
}

uint32_t leaf_fixed_bytes(const LeafLayout *layout, uint32_t capacity)
{
    LeafWalk walk = {
        .end = columns_at(layout->column_count, layout_has_heap(layout), capacity),
    };
    for (uint32_t i = 0; i < layout->column_count; i++)
        walk_set(capacity, walk.end, layout->shapes[i], &walk);
    if (layout->images) walk_set(capacity, walk.end, PHYS_STR, &walk);
    return walk.end;
}

uint32_t leaf_capacity_max(const LeafLayout *layout)
{
    uint32_t low = 0, high = LEAF_ROWS_MAX;
    while (low < high) {
        uint32_t middle = (low + high + 1) / 2;
        if (leaf_fixed_bytes(layout, middle) <= PAGE_BYTES)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

/* ---- what a page is ---- */

void leaf_init(void *page, uint64_t low, uint64_t high)
{
    LeafHeader *leaf = page;
    ASSERT(low < high);
    ASSERT(leaf->row_count == 0 && leaf->column_count == 0);
    leaf->low = low;
    leaf->high = high;
    leaf->layout = LEAF_LAYOUT_NONE;
    leaf->heap_start = PAGE_BYTES;
    leaf->arrays_end = (uint16_t)leaf__find_arrays_end(leaf);
}

uint32_t leaf_row_count(const void *page)
{
    return leaf__at(page)->row_count;
}

uint32_t leaf_capacity(const void *page)
{
    return leaf__at(page)->capacity;
}

uint32_t leaf_column_count(const void *page)
{
    return leaf__at(page)->column_count;
}

uint32_t leaf_layout_number(const void *page)
{
    return leaf__at(page)->layout;
}

bool leaf_has_images(const void *page)
{
    return leaf__at(page)->flags & LEAF_HAS_IMAGES;
}

uint8_t leaf_shape(const void *page, uint32_t column)
{
    ASSERT(column < leaf__at(page)->column_count);
    return leaf__at(page)->shapes[column];
}

uint64_t leaf_low(const void *page)
{
    return leaf__at(page)->low;
}

uint64_t leaf_high(const void *page)
{
    return leaf__at(page)->high;
}

uint32_t leaf_dead_count(const void *page)
{
    return leaf__at(page)->dead_count;
}

Xid leaf_newest_xid(const void *page)
{
    return (Xid){leaf__at(page)->newest_xid};
}

LeafLayout leaf_layout(const void *page)
{
    const LeafHeader *leaf = page;
    return (LeafLayout){leaf->layout, leaf->column_count, leaf->flags & LEAF_HAS_IMAGES,
                        leaf->shapes};
}

/* ---- rows ---- */

static uint64_t head_word(RowHead head)
{
    ASSERT(head.xid.v >> XID_BITS == 0);
    return head.xid.v | (uint64_t)head.flags << XID_BITS;
}

RowHead leaf_head(const void *page, uint32_t slot)
{
    LeafRows rows = leaf__rows(page);
    ASSERT(slot < leaf__at(page)->row_count);
    uint64_t word = rows.heads[slot];
    return (RowHead){{word & ((UINT64_C(1) << XID_BITS) - 1)},
                     (uint16_t)(word >> XID_BITS),
                     {rows.undos[slot]}};
}

const uint64_t *leaf_heads(const void *page)
{
    return leaf__rows(page).heads;
}

const uint64_t *leaf_undos(const void *page)
{
    return leaf__rows(page).undos;
}

RowId leaf_row_id(const void *page, uint32_t slot)
{
    ASSERT(slot < leaf__at(page)->row_count);
    const LeafHeader *leaf = page;
    return (RowId){leaf->low + (leaf__is_dense(leaf) ? slot : leaf__rows(leaf).deltas[slot])};
}

bool leaf_find(const void *page, RowId row, uint32_t *slot)
{
    const LeafHeader *leaf = page;
    const LeafRows rows = leaf__rows(leaf);
    const uint32_t *deltas = rows.deltas;
    uint32_t count = leaf->row_count;
    ASSERT(row.v >= leaf->low && row.v < leaf->high);
    uint64_t delta = row.v - leaf->low;
    const bool dense = leaf__is_dense(leaf);
    if (delta < count) { /* where it stands when no id is missing */
        if (!dense) __builtin_prefetch(&deltas[delta]);
        __builtin_prefetch(&rows.heads[delta]);
        __builtin_prefetch(&rows.undos[delta]);
    }
    *slot = (uint32_t)delta;
    if (dense) return true;
    /* Most other pages hold a run of ids without holes. */
    if (count > 0 && delta >= deltas[0] && delta - deltas[0] < count &&
        deltas[delta - deltas[0]] == delta) {
        *slot = (uint32_t)(delta - deltas[0]);
        return true;
    }
    uint32_t low = 0;
    while (count > 0) {
        uint32_t half = count / 2;
        if (deltas[low + half] < delta) {
            low += half + 1;
            count -= half + 1;
        } else {
            count = half;
        }
    }
    *slot = low;
    return low < leaf->row_count && deltas[low] == delta;
}

void leaf_ask_row(const void *page, RowId row, const uint16_t *numbers, uint32_t count)
{
    enum { COLUMNS_WALKED = 16 };
    const LeafHeader *leaf = page;
    const uint64_t slot = row.v - leaf->low; /* where no id is missing */
    LeafWalk walk;
    uint32_t i = 0;
    if (slot >= leaf->row_count) return;
    const LeafRows rows = leaf__rows(leaf);
    __builtin_prefetch(&rows.heads[slot]);
    __builtin_prefetch(&rows.undos[slot]);
    if (rows.peaks) __builtin_prefetch(&rows.peaks[slot]);
    if (count == 0 || numbers[count - 1] >= COLUMNS_WALKED) return;
    for (bool more = leaf__walk_first(leaf, &walk); more && i < count;
         more = leaf__walk_next(leaf, &walk)) {
        if (numbers[i] != walk.index) continue;
        __builtin_prefetch((const char *)page + walk.data + slot * leaf__width(walk.shape));
        i++;
    }
}

uint64_t leaf_arrays(const void *page)
{
    const LeafHeader *leaf = page;
    const uint64_t heads = rows_at(leaf->column_count) + ALIGN_UP(4 * leaf->capacity, 8);
    return heads << 32 | leaf->capacity << 16 |
           columns_at(leaf->column_count, leaf->flags & LEAF_HAS_HEAP, leaf->capacity);
}

void leaf_ask(uint64_t arrays, const LeafLayout *layout, const uint16_t *numbers, uint32_t count,
              TreeAsk *ask)
{
    enum { COLUMNS_WALKED = 16 };
    const uint32_t capacity = (uint32_t)(arrays >> 16) & UINT16_MAX;
    const uint16_t heads = (uint16_t)(arrays >> 32);
    LeafWalk walk = {.end = (uint32_t)arrays & UINT16_MAX};
    ask->count = 0;
    if (arrays == 0) return;
    ask->arrays[ask->count++] = (TreeArray){heads, sizeof(uint64_t)};
    ask->arrays[ask->count++] = (TreeArray){(uint16_t)(heads + capacity * sizeof(uint64_t)),
                                            sizeof(uint64_t)};
    const uint32_t columns = MIN((uint32_t)layout->column_count, (uint32_t)COLUMNS_WALKED);
    for (uint32_t c = 0, i = 0; c < columns && i < count && ask->count < TREE_ASK_MAX; c++) {
        walk_set(capacity, walk.end, layout->shapes[c], &walk);
        if (numbers[i] != c) continue;
        ask->arrays[ask->count++] = (TreeArray){(uint16_t)walk.data,
                                                (uint16_t)leaf__width(walk.shape)};
        i++;
    }
}

uint32_t leaf_find_rows(const void *page, const RowId *rows, uint32_t count, uint16_t *slots)
{
    const LeafHeader *leaf = page;
    uint32_t found = 0, slot;
    if (leaf__is_dense(leaf)) {
        for (; found < count; found++) slots[found] = (uint16_t)(rows[found].v - leaf->low);
        return count;
    }
    const uint32_t *deltas = leaf__rows(leaf).deltas;
    const uint32_t first = leaf->row_count > 0 ? deltas[0] : 0;
    for (uint32_t i = 0; i < count; i++) {
        const uint64_t delta = rows[i].v - leaf->low, guess = delta - first;
        if (LIKELY(delta >= first && guess < leaf->row_count && deltas[guess] == delta))
            slots[found++] = (uint16_t)guess;
        else if (leaf_find(page, rows[i], &slot))
            slots[found++] = (uint16_t)slot;
    }
    return found;
}

uint32_t leaf__heap_slot(const LeafHeader *leaf, const LeafWalk *walk, uint32_t row)
{
    const char *base = (const char *)leaf;
    if (!leaf__in_heap(walk->shape)) return 0;
    if (leaf__phys(walk->shape) == PHYS_STR) return load_le32(base + walk->data + 4 * row);
    uint8_t scale = (uint8_t)base[walk->scales + row];
    return scale >= LEAF_SCALE_OVERFLOW ? load_le32(base + walk->data + 8 * row) : 0;
}

uint32_t leaf__row_heap_bytes(const LeafHeader *leaf, uint32_t row)
{
    LeafWalk walk;
    uint32_t bytes = 0;
    for (bool more = leaf__walk_first(leaf, &walk); more; more = leaf__walk_next(leaf, &walk))
        bytes += leaf__slot_bytes(leaf__heap_slot(leaf, &walk, row));
    return bytes;
}

static void get_decimal(const LeafHeader *leaf, const LeafWalk *walk, uint32_t row,
                        LeafValue *value)
{
    const char *base = (const char *)leaf;
    uint8_t scale = (uint8_t)base[walk->scales + row];
    if (scale < LEAF_SCALE_OVERFLOW) {
        value->value.decimal.kind = DECIMAL_SMALL;
        value->value.decimal.scale = scale;
        value->value.decimal.coefficient = (int64_t)load_le64(base + walk->data + 8 * row);
        return;
    }
    uint32_t slot = load_le32(base + walk->data + 8 * row);
    value->overflow = scale == LEAF_SCALE_OVERFLOW;
    value->value.decimal.kind = DECIMAL_BIG;
    value->value.decimal.bytes = leaf__slot_bytes(slot);
    value->value.decimal.big = (const uint8_t *)base + leaf__slot_offset(slot);
}

/* Whoever wants a value copies it whole: what stands behind its first bytes is asked for together with them. */
static void prefetch_rest(Str value)
{
    enum { LINE = 64, LINES = 4 };
    size_t end = MIN(value.bytes, (size_t)LINE * LINES);
    for (size_t at = LINE; at < end; at += LINE) __builtin_prefetch(value.data + at);
    if (end > LINE) __builtin_prefetch(value.data + end - 1);
}

LeafValue leaf__get(const LeafHeader *leaf, const LeafWalk *walk, uint32_t row)
{
    LeafValue value = {.null = false};
    const char *base = (const char *)leaf;
    if (walk->shape & LEAF_SHAPE_ABSENT ||
        (walk->nulls && bits_get((const uint64_t *)(const void *)(base + walk->nulls), row))) {
        value.null = true;
        return value;
    }
    switch (leaf__phys(walk->shape)) {
    case PHYS_STR: {
        uint32_t slot = load_le32(base + walk->data + 4 * row);
        Str bytes = {base + leaf__slot_offset(slot), leaf__slot_bytes(slot)};
        value.overflow = slot & LEAF_SLOT_OVERFLOW;
        prefetch_rest(bytes);
        value.value.str = strview(bytes);
        break;
    }
    case PHYS_DECIMAL: get_decimal(leaf, walk, row, &value); break;
    default: {
        uint32_t width = leaf__width(walk->shape);
        memcpy(&value.value, base + walk->data + width * row, width);
    }
    }
    return value;
}

LeafValue leaf_get(const void *page, uint32_t slot, uint32_t column)
{
    LeafWalk walk;
    ASSERT(slot < leaf__at(page)->row_count);
    if (!leaf__walk_to(page, column, &walk)) return (LeafValue){.null = true};
    return leaf__get(page, &walk, slot);
}

void leaf_get_columns(const void *page, uint32_t slot, const uint16_t *numbers, uint32_t count,
                      LeafValue *values)
{
    const LeafHeader *leaf = page;
    LeafWalk walk;
    uint32_t i = 0;
    ASSERT(slot < leaf->row_count);
    for (bool more = leaf__walk_first(leaf, &walk); more && i < count;
         more = leaf__walk_next(leaf, &walk))
        if (walk.index == numbers[i]) values[i++] = leaf__get(leaf, &walk, slot);
    while (i < count) values[i++] = (LeafValue){.null = true};
}

uint32_t leaf_value_bytes(uint8_t shape, const LeafValue *value)
{
    if (value->null || !leaf__in_heap(shape)) return 0;
    if (leaf__phys(shape) == PHYS_STR) return value->value.str.bytes;
    return value->value.decimal.kind == DECIMAL_BIG ? value->value.decimal.bytes : 0;
}

/* ---- room ---- */

static uint32_t area(const LeafHeader *leaf)
{
    return PAGE_BYTES - leaf__arrays_end(leaf);
}

enum { GROWTH_LEAST = 32 }; /* a page grows by more than this part of its rows, or is full */

/* The best capacity for one row more, when the rows to come are like those that are here. */
static LeafFit fit_grown(const LeafHeader *leaf, uint32_t heap_bytes, uint32_t *capacity)
{
    LeafLayout layout = leaf_layout(leaf);
    uint32_t rows = leaf->row_count, promised = leaf->promised + heap_bytes;
    uint32_t least = rows + 1, most = leaf_capacity_max(&layout);
    if (layout.number == LEAF_LAYOUT_NONE || least > most) return LEAF_FULL;
    if (!(leaf->flags & LEAF_HAS_HEAP)) {
        *capacity = most;
    } else {
        uint32_t each = leaf_fixed_bytes(&layout, 128) - leaf_fixed_bytes(&layout, 64);
        uint32_t row_bytes = each / 64 + promised / least;
        uint32_t fit = (PAGE_BYTES - leaf_fixed_bytes(&layout, 0)) / MAX(row_bytes, 1);
        uint32_t geometric = MAX(2 * rows, 8);
        *capacity = MIN(MAX(MIN(fit, geometric), least), most);
        while (*capacity > least && leaf_fixed_bytes(&layout, *capacity) + promised > PAGE_BYTES)
            *capacity = least + (*capacity - least) / 2;
    }
    /* Each growth copies the page: one that gives room to a row or two is not worth it. */
    if (*capacity == leaf->capacity || *capacity - rows <= rows / GROWTH_LEAST) return LEAF_FULL;
    return leaf_fixed_bytes(&layout, *capacity) + promised <= PAGE_BYTES ? LEAF_GROW : LEAF_FULL;
}

LeafFit leaf_fit_insert(const void *page, uint32_t heap_bytes, uint32_t *capacity)
{
    const LeafHeader *leaf = page;
    if (leaf->row_count < leaf->capacity && leaf->promised + heap_bytes <= area(leaf))
        return LEAF_FITS;
    return fit_grown(leaf, heap_bytes, capacity);
}

LeafFit leaf_fit_set(const void *page, uint32_t slot, Xid xid, int32_t more, uint32_t *capacity)
{
    const LeafHeader *leaf = page;
    if (!(leaf->flags & LEAF_HAS_HEAP)) return LEAF_FITS;
    int32_t bytes = (int32_t)leaf__row_heap_bytes(leaf, slot),
            before = leaf__rows(leaf).peaks[slot];
    int32_t kept = leaf_head(leaf, slot).xid.v == xid.v ? before : bytes;
    int32_t peak = MAX(kept, bytes + more);
    ASSERT(bytes + more >= 0);
    uint32_t promised = (uint32_t)((int32_t)leaf->promised - before + peak);
    if (promised <= area(leaf)) return LEAF_FITS;
    /* Arrays may be larger than the rows need. */
    LeafLayout layout = leaf_layout(leaf);
    *capacity = leaf->row_count;
    if (leaf->row_count < leaf->capacity &&
        leaf_fixed_bytes(&layout, leaf->row_count) + promised <= PAGE_BYTES)
        return LEAF_GROW;
    return LEAF_FULL;
}

/* ---- changes ---- */

static uint32_t heap_take(LeafHeader *leaf, uint32_t bytes)
{
    ASSERT(leaf->heap_start - bytes >= leaf__arrays_end(leaf));
    leaf->heap_start = (uint16_t)(leaf->heap_start - bytes);
    return leaf->heap_start;
}

static uint32_t put_bytes(LeafHeader *leaf, const void *data, uint32_t bytes, bool overflow)
{
    if (bytes == 0) return 0;
    ASSERT(bytes < 1 << 14);
    uint32_t at = heap_take(leaf, bytes);
    memcpy((char *)leaf + at, data, bytes);
    return at | bytes << 16 | (overflow ? LEAF_SLOT_OVERFLOW : 0);
}

/* Constant sizes, since a call of memcpy costs more than what it would do here. */
static inline void put_fixed(char *array, uint32_t width, uint32_t row, const Value *value)
{
    switch (width) {
    case 1: memcpy(array + row, value, 1); break;
    case 2: memcpy(array + (size_t)2 * row, value, 2); break;
    case 4: memcpy(array + (size_t)4 * row, value, 4); break;
    case 8: memcpy(array + (size_t)8 * row, value, 8); break;
    default: memcpy(array + (size_t)16 * row, value, 16); break;
    }
}

void leaf__put(LeafHeader *leaf, const LeafWalk *walk, uint32_t row, const LeafValue *value)
{
    char *base = (char *)leaf;
    if (walk->shape & LEAF_SHAPE_ABSENT) return;
    if (walk->nulls)
        bits_assign((uint64_t *)(void *)(base + walk->nulls), row, value->null);
    else
        ASSERT(!value->null);
    switch (leaf__phys(walk->shape)) {
    case PHYS_STR: {
        Str bytes = value->null ? (Str){0} : strview_str(&value->value.str);
        store_le32(base + walk->data + 4 * row,
                   put_bytes(leaf, bytes.data, (uint32_t)bytes.bytes, value->overflow));
        return;
    }
    case PHYS_DECIMAL: {
        const Decimal *d = &value->value.decimal;
        bool big = !value->null && d->kind == DECIMAL_BIG;
        uint64_t word = value->null ? 0 : (uint64_t)d->coefficient;
        if (big) word = put_bytes(leaf, d->big, d->bytes, value->overflow);
        store_le64(base + walk->data + 8 * row, word);
        base[walk->scales + row] = (char)(value->null       ? 0
                                          : !big            ? d->scale
                                          : value->overflow ? LEAF_SCALE_OVERFLOW
                                                            : LEAF_SCALE_BIG);
        return;
    }
    default: {
        static const Value zero;
        put_fixed(base + walk->data, leaf__width(walk->shape), row,
                  value->null ? &zero : &value->value);
    }
    }
}

/* Moves the entries of an array of `width` at `from` and behind it by one, up or down. */
static void shift_array(void *array, uint32_t width, uint32_t from, uint32_t count, bool up)
{
    char *at = (char *)array + (size_t)width * from;
    size_t bytes = (size_t)width * (count - from);
    if (up) {
        memmove(at + width, at, bytes);
        memset(at, 0, width);
    } else {
        memmove(at, at + width, bytes - width);
        memset(at + bytes - width, 0, width);
    }
}

static void shift_bits(uint64_t *words, uint32_t from, uint32_t count, bool up)
{
    if (up) {
        for (uint32_t i = count; i > from; i--) bits_assign(words, i, bits_get(words, i - 1));
        bits_clear(words, from);
    } else {
        for (uint32_t i = from; i + 1 < count; i++) bits_assign(words, i, bits_get(words, i + 1));
        bits_clear(words, count - 1);
    }
}

/* Makes room for a row at `slot`, or closes the room of the row there; all arrays. */
static void shift_rows(LeafHeader *leaf, uint32_t slot, bool up)
{
    LeafRows rows = leaf__rows(leaf);
    uint32_t count = leaf->row_count;
    LeafWalk walk;
    char *base = (char *)leaf;
    shift_array(rows.deltas, 4, slot, count, up);
    shift_array(rows.heads, 8, slot, count, up);
    shift_array(rows.undos, 8, slot, count, up);
    if (rows.peaks) shift_array(rows.peaks, 2, slot, count, up);
    for (bool more = leaf__walk_first(leaf, &walk); more; more = leaf__walk_next(leaf, &walk)) {
        if (walk.shape & LEAF_SHAPE_ABSENT) continue;
        if (walk.nulls) shift_bits((uint64_t *)(void *)(base + walk.nulls), slot, count, up);
        shift_array(base + walk.data, leaf__width(walk.shape), slot, count, up);
        if (walk.scales) shift_array(base + walk.scales, 1, slot, count, up);
    }
}

static void put_head(LeafHeader *leaf, const LeafRows *rows, uint32_t slot, RowHead head)
{
    rows->heads[slot] = head_word(head);
    rows->undos[slot] = head.undo.v;
    leaf->newest_xid = MAX(leaf->newest_xid, head.xid.v);
    if (head.flags & ROW_FLAG_DELETED) {
        leaf->dead_count++;
        leaf->newest_mark = MAX(leaf->newest_mark, head.xid.v);
    }
}

uint32_t leaf_insert(void *page, RowId row, RowHead head, const LeafValue *values,
                     const LeafValue *image)
{
    LeafHeader *leaf = page;
    uint32_t slot, bytes = 0;
    LeafWalk walk;
    bool found = leaf_find(page, row, &slot);
    ASSERT(!found);
    ASSERT(leaf->row_count < leaf->capacity && row.v - leaf->low <= UINT32_MAX);
    ASSERT((image != NULL) == ((head.flags & ROW_FLAG_IMAGE) != 0));
    static const LeafValue absent = {.null = true}, nothing = {.null = false};
    for (uint32_t i = 0; !image && i < leaf->column_count; i++)
        bytes += leaf_value_bytes(leaf->shapes[i], &values[i]);
    if (image) bytes = image->value.str.bytes;
    ASSERT(leaf->promised + bytes <= area(leaf));
    if (leaf->heap_start - leaf__arrays_end(leaf) < bytes) leaf__compact(leaf);
    if (slot < leaf->row_count) shift_rows(leaf, slot, true);
    LeafRows rows = leaf__rows(leaf);
    leaf->row_count++;
    rows.deltas[slot] = (uint32_t)(row.v - leaf->low);
    put_head(leaf, &rows, slot, head);
    for (bool more = leaf__walk_first(leaf, &walk); more; more = leaf__walk_next(leaf, &walk)) {
        const LeafValue *value;
        if (walk.index == LEAF_IMAGE_COLUMN)
            value = image ? image : &nothing;
        else
            value = !image ? &values[walk.index] : walk.nulls ? &absent : &nothing;
        leaf__put(leaf, &walk, slot, value);
    }
    if (rows.peaks) rows.peaks[slot] = (uint16_t)bytes;
    leaf->promised = (uint16_t)(leaf->promised + bytes);
    return slot;
}

/* The value's bytes over those that the column has in the heap already, if they are no more; false: they are, or there
 * are none. */
static bool put_over(LeafHeader *leaf, const LeafWalk *walk, uint32_t slot, const LeafValue *value)
{
    if (!leaf__in_heap(walk->shape) || leaf__phys(walk->shape) != PHYS_STR || value->null)
        return false;
    uint32_t at = walk->data + 4 * slot, old = load_le32((char *)leaf + at);
    uint32_t bytes = value->value.str.bytes;
    if (bytes == 0 || bytes > leaf__slot_bytes(old)) return false;
    memmove((char *)leaf + leaf__slot_offset(old), strview_str(&value->value.str).data, bytes);
    store_le32((char *)leaf + at,
               leaf__slot_offset(old) | bytes << 16 | (value->overflow ? LEAF_SLOT_OVERFLOW : 0));
    leaf->garbage = (uint16_t)(leaf->garbage + leaf__slot_bytes(old) - bytes);
    return true;
}

/* Takes what the column has in the heap away from the row. */
static uint32_t forget_bytes(LeafHeader *leaf, const LeafWalk *walk, uint32_t slot)
{
    uint32_t bytes = leaf__slot_bytes(leaf__heap_slot(leaf, walk, slot));
    if (bytes == 0) return 0;
    leaf->garbage = (uint16_t)(leaf->garbage + bytes);
    static const LeafValue absent = {.null = true}, nothing = {.null = false};
    leaf__put(leaf, walk, slot, walk->nulls ? &absent : &nothing);
    return bytes;
}

/* Old values go first, so that what the page promised is enough (L1); only then may the heap be compacted. What is not
 * longer than before stays where that was: a page whose rows keep their size never has to be compacted. By how much the
 * row grows in the heap. */
static int32_t set_columns(LeafHeader *leaf, uint32_t slot, const uint16_t *numbers,
                           const LeafValue *values, uint32_t count)
{
    LeafWalk walk;
    uint32_t i = 0, added = 0, left = 0;
    int32_t growth = 0;
    uint16_t places[LEAF_COLUMNS_MAX + 1]; /* of the columns that are still to be put */
    for (bool more = leaf__walk_first(leaf, &walk); more && i < count;
         more = leaf__walk_next(leaf, &walk)) {
        if (walk.index != numbers[i]) continue;
        const LeafValue *value = &values[i++];
        growth += (int32_t)leaf_value_bytes(walk.shape, value) -
                  (int32_t)leaf__slot_bytes(leaf__heap_slot(leaf, &walk, slot));
        if (put_over(leaf, &walk, slot, value)) continue;
        forget_bytes(leaf, &walk, slot);
        added += leaf_value_bytes(walk.shape, value);
        places[left++] = (uint16_t)(i - 1);
    }
    ASSERT(i == count);
    if (leaf->heap_start - leaf__arrays_end(leaf) < added) leaf__compact(leaf);
    i = 0;
    for (bool more = left > 0 && leaf__walk_first(leaf, &walk); more && i < left;
         more = leaf__walk_next(leaf, &walk))
        if (walk.index == numbers[places[i]]) leaf__put(leaf, &walk, slot, &values[places[i++]]);
    return growth;
}

void leaf_set(void *page, uint32_t slot, RowHead head, const uint16_t *numbers,
              const LeafValue *values, uint32_t count, bool back)
{
    LeafHeader *leaf = page;
    LeafRows rows = leaf__rows(leaf);
    RowHead before = leaf_head(page, slot);
    uint32_t old_bytes = 0, old_peak = 0, arrays_end = leaf__arrays_end(leaf);
    if (rows.peaks) {
        old_bytes = leaf__row_heap_bytes(leaf, slot);
        old_peak = rows.peaks[slot];
        /* A compaction on the way counts the promise as it is now. */
        ASSERT(old_peak >= old_bytes);
    }
    int32_t growth = count > 0 ? set_columns(leaf, slot, numbers, values, count) : 0;
    if (rows.peaks) {
        uint32_t bytes = (uint32_t)((int32_t)old_bytes + growth), peak;
        ASSERT(bytes == leaf__row_heap_bytes(leaf, slot));
        if (before.xid.v == head.xid.v)
            peak = MAX(old_peak, bytes);
        else
            peak = back ? bytes : MAX(old_bytes, bytes);
        rows.peaks[slot] = (uint16_t)peak;
        leaf->promised = (uint16_t)(leaf->promised - old_peak + peak);
        ASSERT(leaf->promised <= PAGE_BYTES - arrays_end);
    }
    if (before.flags & ROW_FLAG_DELETED) leaf->dead_count--;
    put_head(leaf, &rows, slot, head);
}

void leaf_remove(void *page, uint32_t slot)
{
    LeafHeader *leaf = page;
    LeafRows rows = leaf__rows(leaf);
    ASSERT(slot < leaf->row_count);
    if (leaf_head(page, slot).flags & ROW_FLAG_DELETED) leaf->dead_count--;
    if (rows.peaks) {
        leaf->garbage = (uint16_t)(leaf->garbage + leaf__row_heap_bytes(leaf, slot));
        leaf->promised = (uint16_t)(leaf->promised - rows.peaks[slot]);
    }
    shift_rows(leaf, slot, false);
    leaf->row_count--;
    if (leaf->row_count == 0) {
        leaf->heap_start = PAGE_BYTES;
        leaf->garbage = 0;
    }
}

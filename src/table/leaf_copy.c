/* SPDX-License-Identifier: Apache-2.0 */
/* leaf_copy.c - whatever moves many rows between leaves: re-layout, compaction, split, merge, and the check of a page.
 *
 * All of it is one action: append a run of rows of one leaf to another whose shape, capacity and low fence may differ.
 * Re-layout does it into a page aside and takes that page's bytes; a split writes the rows that move as a leaf of their
 * own without its hole, which is what goes to the log. */
#include "table/leaf.h"

#include "base/error.h"
#include "store/page.h"
#include "table/leaf_internal.h"

typedef struct Scratch {
    alignas(64) uint8_t bytes[PAGE_BYTES];
} Scratch;

void leaf__blank(void *page, const LeafHeader *like, const LeafLayout *layout, uint32_t capacity)
{
    LeafHeader *leaf = page;
    ASSERT((const void *)like != page && capacity <= LEAF_ROWS_MAX);
    memset(page, 0, PAGE_BYTES);
    leaf->page = like->page;
    leaf->low = like->low;
    leaf->high = like->high;
    leaf->layout = layout->number;
    leaf->capacity = (uint16_t)capacity;
    leaf->heap_start = PAGE_BYTES;
    leaf->column_count = layout->column_count;
    if (layout->images) leaf->flags |= LEAF_HAS_IMAGES | LEAF_HAS_HEAP;
    for (uint32_t i = 0; i < layout->column_count; i++) {
        leaf->shapes[i] = layout->shapes[i];
        if (leaf__in_heap(layout->shapes[i])) leaf->flags |= LEAF_HAS_HEAP;
    }
    uint32_t arrays_end = leaf__find_arrays_end(leaf);
    ASSERT(arrays_end <= PAGE_BYTES);
    leaf->arrays_end = (uint16_t)arrays_end;
}

/* ---- one column ---- */

static void copy_bits(uint64_t *into, uint32_t at, const uint64_t *source, uint32_t from,
                      uint32_t count)
{
    if (at % 64 == 0 && from % 64 == 0) {
        uint32_t words = count / 64;
        memcpy(into + at / 64, source + from / 64, words * 8);
        at += words * 64;
        from += words * 64;
        count -= words * 64;
    }
    for (uint32_t i = 0; i < count; i++) bits_assign(into, at + i, bits_get(source, from + i));
}

bool leaf__widen(Phys from, Phys to, Value *value)
{
    if (from == to) return true;
    if (from == PHYS_F32 && to == PHYS_F64)
        *value = (Value){.f64 = value->f32};
    else if (from == PHYS_I16 && to == PHYS_I32)
        *value = (Value){.i32 = value->i16};
    else if (from == PHYS_I16 && to == PHYS_I64)
        *value = (Value){.i64 = value->i16};
    else if (from == PHYS_I32 && to == PHYS_I64)
        *value = (Value){.i64 = value->i32};
    else
        return false;
    return true;
}

typedef struct CopyRun {
    LeafHeader *into;
    const LeafHeader *source;
    uint32_t at, from, count;
    bool heap_kept; /* the heap was copied as it stands: slots stay what they are */
} CopyRun;

/* Value by value: heap bytes, other widths, columns that the source lacks. */
static void copy_values(const CopyRun *run, const LeafWalk *into, const LeafWalk *source,
                        const LeafValue *missing)
{
    static const LeafValue absent = {.null = true}, nothing = {.null = false};
    for (uint32_t i = 0; i < run->count; i++) {
        LeafValue value = into->nulls ? absent : nothing;
        if (source)
            value = leaf__get(run->source, source, run->from + i);
        else if (missing && !(leaf_head(run->source, run->from + i).flags & ROW_FLAG_IMAGE))
            value = *missing;
        bool fits = !source || value.null ||
                    leaf__widen(leaf__phys(source->shape), leaf__phys(into->shape), &value.value);
        ASSERT(fits);
        if (value.null && !into->nulls) value = nothing; /* a dropped column's */
        leaf__put(run->into, into, run->at + i, &value);
    }
}

/* The bytes that a slot of the source points to, and the slot. */
static void copy_heap_bytes(const CopyRun *run, char *slot, const char *source)
{
    uint32_t old = load_le32(source), bytes = leaf__slot_bytes(old);
    if (bytes == 0) return;
    LeafHeader *leaf = run->into;
    ASSERT(leaf->heap_start - bytes >= leaf__arrays_end(leaf));
    leaf->heap_start = (uint16_t)(leaf->heap_start - bytes);
    memcpy((char *)leaf + leaf->heap_start, (const char *)run->source + leaf__slot_offset(old),
           bytes);
    store_le32(slot, (old & ~UINT32_C(0xffff)) | leaf->heap_start);
}

/* The arrays have been copied; now what their slots point to. */
static void copy_heap_column(const CopyRun *run, const LeafWalk *into, const LeafWalk *source)
{
    uint32_t width = leaf__width(into->shape);
    char *to = (char *)run->into + into->data + (size_t)width * run->at;
    const char *from = (const char *)run->source + source->data + (size_t)width * run->from;
    const uint8_t *scales = NULL;
    if (into->scales) {
        scales = (const uint8_t *)run->source + source->scales + run->from;
        memcpy((char *)run->into + into->scales + run->at, scales, run->count);
    }
    if (run->heap_kept) return;
    for (uint32_t i = 0; i < run->count; i++, to += width, from += width)
        if (!scales || scales[i] >= LEAF_SCALE_OVERFLOW) copy_heap_bytes(run, to, from);
}

static void copy_column(const CopyRun *run, const LeafWalk *into, const LeafWalk *source,
                        const LeafValue *missing)
{
    char *to = (char *)run->into;
    const char *from = (const char *)run->source;
    uint32_t width = leaf__width(into->shape);
    if (into->shape & LEAF_SHAPE_ABSENT) return;
    if (!source || source->shape & LEAF_SHAPE_ABSENT || (source->nulls && !into->nulls) ||
        leaf__phys(source->shape) != leaf__phys(into->shape)) {
        copy_values(run, into, source, missing);
        return;
    }
    memcpy(to + into->data + (size_t)width * run->at,
           from + source->data + (size_t)width * run->from, (size_t)width * run->count);
    if (into->nulls && source->nulls)
        copy_bits((uint64_t *)(void *)(to + into->nulls), run->at,
                  (const uint64_t *)(const void *)(from + source->nulls), run->from, run->count);
    if (leaf__in_heap(into->shape)) copy_heap_column(run, into, source);
}

static void copy_heads(const CopyRun *run)
{
    LeafHeader *leaf = run->into;
    LeafRows into = leaf__rows(leaf), source = leaf__rows(run->source);
    for (uint32_t i = 0; i < run->count; i++) {
        uint64_t row = run->source->low + source.deltas[run->from + i];
        uint64_t word = source.heads[run->from + i], xid = word & ((UINT64_C(1) << XID_BITS) - 1);
        ASSERT(row >= leaf->low && row - leaf->low <= UINT32_MAX);
        into.deltas[run->at + i] = (uint32_t)(row - leaf->low);
        into.heads[run->at + i] = word;
        into.undos[run->at + i] = source.undos[run->from + i];
        leaf->newest_xid = MAX(leaf->newest_xid, xid);
        if (word >> XID_BITS & ROW_FLAG_DELETED) {
            leaf->dead_count++;
            leaf->newest_mark = MAX(leaf->newest_mark, xid);
        }
    }
}

/* Do rows have the same bytes in the heap of both? (Filling a page lays it out anew some times, which must be
 * cheap.) */
static bool has_same_columns(const LeafHeader *into, const LeafHeader *source)
{
    return into->layout == source->layout && into->column_count == source->column_count &&
           ((into->flags ^ source->flags) & LEAF_HAS_IMAGES) == 0 &&
           memcmp(into->shapes, source->shapes, into->column_count * sizeof *into->shapes) == 0;
}

/* A row that gets a column with heap bytes may have them at a rollback too. */
static void copy_peaks(const CopyRun *run)
{
    LeafRows into = leaf__rows(run->into), source = leaf__rows(run->source);
    if (!into.peaks) return;
    if (source.peaks && has_same_columns(run->into, run->source)) {
        uint32_t promised = run->into->promised;
        for (uint32_t i = 0; i < run->count; i++) promised += source.peaks[run->from + i];
        memcpy(into.peaks + run->at, source.peaks + run->from, run->count * sizeof *into.peaks);
        run->into->promised = (uint16_t)promised;
        return;
    }
    for (uint32_t i = 0; i < run->count; i++) {
        uint32_t bytes = leaf__row_heap_bytes(run->into, run->at + i), peak = bytes;
        if (source.peaks) {
            uint32_t before = leaf__row_heap_bytes(run->source, run->from + i);
            peak = MAX(peak, bytes + source.peaks[run->from + i] - MIN(before, bytes));
            if (before <= bytes) peak = source.peaks[run->from + i] + (bytes - before);
        }
        into.peaks[run->at + i] = (uint16_t)peak;
        run->into->promised = (uint16_t)(run->into->promised + peak);
    }
}

/* All rows of a page without garbage go to an empty one: the heap as one piece. */
static bool copy_heap(LeafHeader *into, const LeafHeader *source, uint32_t rows)
{
    if (into->row_count > 0 || rows != source->row_count || source->garbage > 0 ||
        !has_same_columns(into, source))
        return false;
    ASSERT(source->heap_start >= leaf__arrays_end(into));
    memcpy((char *)into + source->heap_start, (const char *)source + source->heap_start,
           PAGE_BYTES - source->heap_start);
    into->heap_start = source->heap_start;
    return true;
}

void leaf__copy_rows(LeafHeader *into, const LeafHeader *source, uint32_t from, uint32_t to,
                     const LeafValue *missing)
{
    CopyRun run = {into, source, into->row_count, from, to - from, false};
    LeafWalk to_walk, from_walk;
    ASSERT(from <= to && to <= source->row_count && run.at + run.count <= into->capacity);
    run.heap_kept = copy_heap(into, source, to - from);
    copy_heads(&run);
    into->row_count = (uint16_t)(into->row_count + run.count);
    bool there = leaf__walk_first(source, &from_walk);
    for (bool more = leaf__walk_first(into, &to_walk); more;
         more = leaf__walk_next(into, &to_walk)) {
        /* The image column comes last in both, wherever that is. */
        while (there && from_walk.index < to_walk.index)
            there = leaf__walk_next(source, &from_walk);
        bool same = there && from_walk.index == to_walk.index;
        bool added = to_walk.index != LEAF_IMAGE_COLUMN && missing;
        copy_column(&run, &to_walk, same ? &from_walk : NULL,
                    added ? &missing[to_walk.index] : NULL);
    }
    copy_peaks(&run);
}

/* ---- in place ---- */

void leaf__compact(LeafHeader *leaf)
{
    Scratch scratch;
    LeafHeader *aside = (LeafHeader *)(void *)scratch.bytes;
    LeafLayout layout = leaf_layout(leaf);
    leaf__blank(aside, leaf, &layout, leaf->capacity);
    leaf__copy_rows(aside, leaf, 0, leaf->row_count, NULL);
    ASSERT(aside->promised == leaf->promised);
    memcpy(leaf, aside, PAGE_BYTES);
}

/* Bytes that `missing` adds to the heap, all rows together. */
static uint64_t missing_bytes(const LeafHeader *leaf, const LeafLayout *layout,
                              const LeafValue *missing)
{
    uint64_t bytes = 0;
    for (uint32_t i = leaf->column_count; missing && i < layout->column_count; i++)
        bytes += leaf_value_bytes(layout->shapes[i], &missing[i]);
    return bytes * leaf->row_count;
}

Status leaf_relayout(void *page, const LeafLayout *layout, uint32_t capacity,
                     const LeafValue *missing, const uint16_t *settled, uint32_t settled_count)
{
    Scratch scratch;
    LeafHeader *leaf = page, *aside = (LeafHeader *)(void *)scratch.bytes;
    LeafRows rows = leaf__rows(leaf);
    uint64_t promised = leaf->promised;
    ASSERT(capacity >= leaf->row_count && layout->number != LEAF_LAYOUT_NONE);
    ASSERT(layout->images || !(leaf->flags & LEAF_HAS_IMAGES));
    for (uint32_t i = 0; rows.peaks && i < settled_count; i++)
        promised -= rows.peaks[settled[i]] - leaf__row_heap_bytes(leaf, settled[i]);
    if (capacity > LEAF_ROWS_MAX ||
        leaf_fixed_bytes(layout, capacity) + promised + missing_bytes(leaf, layout, missing) >
            PAGE_BYTES)
        return ST_FULL;
    for (uint32_t i = 0; rows.peaks && i < settled_count; i++)
        rows.peaks[settled[i]] = (uint16_t)leaf__row_heap_bytes(leaf, settled[i]);
    leaf__blank(aside, leaf, layout, capacity);
    leaf__copy_rows(aside, leaf, 0, leaf->row_count, missing);
    memcpy(page, aside, PAGE_BYTES);
    return OK;
}

static const char *check_header(const LeafHeader *leaf)
{
    if (leaf->low >= leaf->high) return "fences";
    if (leaf->row_count > leaf->capacity || leaf->capacity > LEAF_ROWS_MAX) return "row count";
    if (LEAF_HEADER_BYTES + leaf->column_count > PAGE_BYTES / 2) return "column count";
    for (uint32_t i = 0; i < leaf->column_count; i++)
        if (leaf__phys(leaf->shapes[i]) >= PHYS_COUNT) return "column shape";
    uint32_t arrays_end = leaf->arrays_end;
    if (arrays_end != leaf__find_arrays_end(leaf)) return "end of the arrays";
    if (arrays_end > leaf->heap_start || leaf->heap_start > PAGE_BYTES) return "heap start";
    if (leaf->promised > PAGE_BYTES - arrays_end) return "promised room";
    return NULL;
}

/* ---- the tree's operations ---- */

static void op_init(void *page, const TreeKey *low, const TreeKey *high, uint32_t layout)
{
    (void)layout; /* the first writer lays the page out */
    leaf_init(page, low->row_id, high ? high->row_id : UINT64_MAX);
}

static void op_fences(const void *page, TreeKey *low, TreeKey *high)
{
    *low = (TreeKey){.row_id = leaf_low(page)};
    *high = (TreeKey){.row_id = leaf_high(page)};
}

static uint32_t op_entry_count(const void *page)
{
    return leaf_row_count(page);
}

/* The row at which about half of what the page must hold is to the left. */
static uint32_t middle_slot(const LeafHeader *leaf)
{
    LeafLayout layout = leaf_layout(leaf);
    LeafRows rows = leaf__rows(leaf);
    uint32_t each = leaf->row_count
                        ? (leaf_fixed_bytes(&layout, 128) - leaf_fixed_bytes(&layout, 64)) / 64
                        : 0;
    uint32_t all = each * leaf->row_count + leaf->promised, left = 0, slot = 0;
    while (slot < leaf->row_count && left < all / 2) {
        left += each + (rows.peaks ? rows.peaks[slot] : 0);
        slot++;
    }
    return slot;
}

static Status op_split_point(const void *page, const TreeKey *at, uint32_t need, bool append,
                             uint8_t *buffer, TreeKey *separator)
{
    const LeafHeader *leaf = page;
    uint32_t count = leaf->row_count, slot, capacity;
    (void)buffer;
    *separator = (TreeKey){0};
    ASSERT(at->row_id >= leaf->low && at->row_id < leaf->high);
    bool far = at->row_id - leaf->low > UINT32_MAX; /* rows are kept as 32-bit distances */
    if (count == 0) {
        if (!far) return ST_NOT_FOUND;
        separator->row_id = at->row_id;
        return OK;
    }
    bool found = leaf_find(page, (RowId){at->row_id}, &slot);
    if (!found && leaf->layout != LEAF_LAYOUT_NONE && !far &&
        leaf_fit_insert(page, need, &capacity) != LEAF_FULL)
        return ST_END;
    if (slot == count && (append || count == 1)) {
        separator->row_id = at->row_id;
    } else if (count == 1) {
        if (found) return ST_NOT_FOUND;
        separator->row_id = leaf_row_id(page, 0).v;
    } else {
        slot = middle_slot(leaf);
        separator->row_id = leaf_row_id(page, MIN(MAX(slot, 1), count - 1)).v;
    }
    return separator->row_id > leaf->low ? OK : ST_NOT_FOUND;
}

static uint32_t split_slot(const LeafHeader *leaf, uint64_t row)
{
    uint32_t slot;
    if (row <= leaf->low) return 0;
    (void)leaf_find(leaf, (RowId){row}, &slot);
    return slot;
}

/* Everything behind the page header but the hole between arrays and heap. */
static uint32_t op_moved(const void *page, const TreeKey *separator, uint8_t *out)
{
    Scratch scratch;
    const LeafHeader *leaf = page;
    LeafHeader *aside = (LeafHeader *)(void *)scratch.bytes;
    LeafLayout layout = leaf_layout(leaf);
    uint32_t from = split_slot(leaf, separator->row_id);
    leaf__blank(aside, leaf, &layout, leaf->row_count - from);
    leaf__copy_rows(aside, leaf, from, leaf->row_count, NULL);
    uint32_t head = leaf__arrays_end(aside) - PAGE_HEADER_BYTES;
    memcpy(out, scratch.bytes + PAGE_HEADER_BYTES, head);
    memcpy(out + head, scratch.bytes + aside->heap_start, PAGE_BYTES - aside->heap_start);
    return head + PAGE_BYTES - aside->heap_start;
}

/* The page that op_moved left the hole out of. False: bytes that make no sense. */
static bool unpack(Bytes moved, Scratch *scratch)
{
    LeafHeader *leaf = (LeafHeader *)(void *)scratch->bytes;
    uint32_t header = LEAF_HEADER_BYTES - PAGE_HEADER_BYTES;
    if (moved.bytes < header || moved.bytes > PAGE_BYTES - PAGE_HEADER_BYTES) return false;
    memset(scratch, 0, sizeof *scratch);
    memcpy(scratch->bytes + PAGE_HEADER_BYTES, moved.data, moved.bytes);
    uint32_t arrays_end = leaf->arrays_end, heap = PAGE_BYTES - leaf->heap_start;
    if (check_header(leaf) != NULL || arrays_end - PAGE_HEADER_BYTES + heap != moved.bytes)
        return false;
    memset(scratch->bytes + arrays_end, 0, PAGE_BYTES - arrays_end);
    memcpy(scratch->bytes + leaf->heap_start, moved.data + (moved.bytes - heap), heap);
    return true;
}

static void op_split_left(void *page, const TreeKey *separator)
{
    Scratch scratch;
    LeafHeader *leaf = page, *aside = (LeafHeader *)(void *)scratch.bytes;
    LeafLayout layout = leaf_layout(leaf);
    uint32_t keep = split_slot(leaf, separator->row_id);
    leaf->high = separator->row_id;
    if (keep == leaf->row_count) return;
    leaf__blank(aside, leaf, &layout, leaf->capacity);
    leaf__copy_rows(aside, leaf, 0, keep, NULL);
    memcpy(page, aside, PAGE_BYTES);
}

static void op_split_right(void *page, const TreeKey *low, const TreeKey *high, Bytes moved)
{
    Scratch source, target;
    LeafHeader *leaf = page, *from = (LeafHeader *)(void *)source.bytes;
    LeafHeader *into = (LeafHeader *)(void *)target.bytes;
    leaf_init(page, low->row_id, high ? high->row_id : UINT64_MAX);
    if (NEVER(!unpack(moved, &source)) || from->layout == LEAF_LAYOUT_NONE) return;
    LeafLayout layout = leaf_layout(from);
    leaf__blank(into, leaf, &layout, from->row_count);
    leaf__copy_rows(into, from, 0, from->row_count, NULL);
    memcpy(page, into, PAGE_BYTES);
}

/* Merged pages shall not be split again soon. */
static bool op_merge_fits(const void *left, const void *right)
{
    const LeafHeader *a = left, *b = right;
    LeafLayout layout = leaf_layout(a);
    if (b->row_count == 0) return true;
    if (a->layout != b->layout || a->column_count != b->column_count ||
        (a->flags & LEAF_HAS_IMAGES) != (b->flags & LEAF_HAS_IMAGES) ||
        memcmp(a->shapes, b->shapes, a->column_count) != 0)
        return false;
    uint64_t last = b->low + leaf__rows(b).deltas[b->row_count - 1];
    uint32_t rows = (uint32_t)a->row_count + b->row_count;
    return last - a->low <= UINT32_MAX && rows <= LEAF_ROWS_MAX &&
           leaf_fixed_bytes(&layout, rows) + a->promised + b->promised <= PAGE_BYTES * 3 / 4;
}

static void op_merge(void *page, const TreeKey *high, Bytes moved)
{
    Scratch source, target;
    LeafHeader *leaf = page, *from = (LeafHeader *)(void *)source.bytes;
    LeafHeader *into = (LeafHeader *)(void *)target.bytes;
    leaf->high = high ? high->row_id : UINT64_MAX;
    if (NEVER(!unpack(moved, &source)) || from->row_count == 0) return;
    LeafLayout layout = leaf_layout(leaf);
    uint32_t rows = (uint32_t)leaf->row_count + from->row_count;
    leaf__blank(into, leaf, &layout, MAX(rows, leaf->capacity));
    if (leaf__arrays_end(into) + leaf->promised + from->promised > PAGE_BYTES)
        leaf__blank(into, leaf, &layout, rows);
    leaf__copy_rows(into, leaf, 0, leaf->row_count, NULL);
    leaf__copy_rows(into, from, 0, from->row_count, NULL);
    memcpy(page, into, PAGE_BYTES);
}

/* ---- check ---- */

static const char *check_values(const LeafHeader *leaf, uint32_t *heap_bytes)
{
    LeafWalk walk;
    *heap_bytes = 0;
    for (bool more = leaf__walk_first(leaf, &walk); more; more = leaf__walk_next(leaf, &walk)) {
        if (!leaf__in_heap(walk.shape)) continue;
        for (uint32_t i = 0; i < leaf->row_count; i++) {
            uint32_t slot = leaf__heap_slot(leaf, &walk, i), bytes = leaf__slot_bytes(slot);
            if (bytes == 0) continue;
            if (leaf__slot_offset(slot) < leaf->heap_start ||
                leaf__slot_offset(slot) + bytes > PAGE_BYTES)
                return "heap slot";
            *heap_bytes += bytes;
        }
    }
    return NULL;
}

static const char *check_rows(const LeafHeader *leaf)
{
    LeafRows rows = leaf__rows(leaf);
    uint32_t dead = 0, promised = 0, heap_bytes;
    for (uint32_t i = 0; i < leaf->row_count; i++) {
        if (i > 0 && rows.deltas[i] <= rows.deltas[i - 1]) return "row order";
        if (leaf->low + rows.deltas[i] >= leaf->high) return "row beyond the fence";
        RowHead head = leaf_head(leaf, i);
        if (head.xid.v > leaf->newest_xid) return "newest xid";
        dead += head.flags & ROW_FLAG_DELETED;
    }
    const char *wrong = check_values(leaf, &heap_bytes);
    if (wrong) return wrong;
    for (uint32_t i = 0; rows.peaks && i < leaf->row_count; i++) {
        if (rows.peaks[i] < leaf__row_heap_bytes(leaf, i)) return "peak of a row";
        promised += rows.peaks[i];
    }
    if (dead != leaf->dead_count) return "count of dead rows";
    if (promised != leaf->promised) return "promised room";
    if (heap_bytes + leaf->garbage + leaf->heap_start != PAGE_BYTES) return "heap garbage";
    return NULL;
}

Status leaf_check(const void *page, PageId id)
{
    const LeafHeader *leaf = page;
    const char *wrong = check_header(leaf);
    if (!wrong) wrong = check_rows(leaf);
    if (!wrong) return OK;
    return error_note(ST_CORRUPT, SQLSTATE_DATA_CORRUPTED,
                      "table leaf %" PRIu64 " of space %u is damaged: %s", page_number(id),
                      page_space(id).v, wrong);
}

const LeafOps leaf_table_ops = {
    .page_kind = PAGE_LEAF_TABLE,
    .init = op_init,
    .fences = op_fences,
    .split_point = op_split_point,
    .moved = op_moved,
    .split_left = op_split_left,
    .split_right = op_split_right,
    .merge_fits = op_merge_fits,
    .merge = op_merge,
    .entry_count = op_entry_count,
    .check = leaf_check,
};

/* SPDX-License-Identifier: Apache-2.0 */
/* leaf_scan.c - columns of a table leaf for scans: predicates on page memory, copying out what survives.
 *
 * Kinds that lie on the page as in a vector are compared where they are, and copied by memcpy when a run of rows is
 * wanted. Strings and decimals are first turned into their vector form, pointing to the page while its latch is
 * held. */
#include "table/leaf.h"

#include "base/error.h"
#include "table/leaf_internal.h"

static LeafPlace place_of(const LeafWalk *walk)
{
    return (LeafPlace){walk->nulls, walk->data, walk->scales, walk->shape, true};
}

void leaf_places(const void *page, const uint16_t *numbers, uint32_t count, LeafPlace *places)
{
    LeafWalk walk;
    uint32_t i = 0;
    for (bool more = leaf__walk_first(page, &walk); more && i < count;
         more = leaf__walk_next(page, &walk))
        for (; i < count && numbers[i] == walk.index; i++) places[i] = place_of(&walk);
    for (; i < count; i++) places[i] = (LeafPlace){.there = false};
}

LeafColumn leaf_column_at(const void *page, const LeafPlace *place)
{
    const char *base = page;
    LeafColumn found = {.shape = place->shape, .data = base + place->data};
    if (place->nulls) {
        const uint64_t *nulls = (const uint64_t *)(const void *)(base + place->nulls);
        if (bits_any(nulls, leaf_row_count(page))) found.nulls = nulls;
    }
    if (place->scales) found.scales = (const uint8_t *)base + place->scales;
    return found;
}

bool leaf_column(const void *page, uint32_t column, LeafColumn *found)
{
    LeafWalk walk;
    if (!leaf__walk_to(page, column, &walk)) return false;
    const LeafPlace place = place_of(&walk);
    *found = leaf_column_at(page, &place);
    return true;
}

static inline uint32_t slot_of(const LeafGather *gather, uint32_t i)
{
    return gather->rows ? gather->rows[i] : gather->first + i;
}

/* ---- fixed widths ---- */

/* Pointers of its own: else each store might have changed what they were loaded from. */
#define GATHER(CType)                                               \
    do {                                                            \
        const CType *restrict from = column->data;                  \
        const uint16_t *restrict rows = gather->rows;               \
        CType *restrict to = (CType *)out->data + gather->at;       \
        uint32_t count = gather->count;                             \
        for (uint32_t i = 0; i < count; i++) to[i] = from[rows[i]]; \
    } while (0)

static void gather_fixed(const LeafColumn *column, const LeafGather *gather, Vector *out)
{
    uint32_t width = leaf__width(column->shape);
    if (!gather->rows) {
        memcpy((char *)out->data + (size_t)width * gather->at,
               (const char *)column->data + (size_t)width * gather->first,
               (size_t)width * gather->count);
        return;
    }
    switch (width) {
    case 1: GATHER(uint8_t); return;
    case 2: GATHER(uint16_t); return;
    case 4: GATHER(uint32_t); return;
    case 8: GATHER(uint64_t); return;
    default: GATHER(Uuid); return;
    }
}
#undef GATHER

#define WIDEN(From, To)                                                                \
    do {                                                                               \
        const From *from = column->data;                                               \
        To *to = (To *)out->data + gather->at;                                         \
        for (uint32_t i = 0; i < gather->count; i++) to[i] = from[slot_of(gather, i)]; \
    } while (0)

static Status gather_widened(const LeafColumn *column, const LeafGather *gather, Vector *out)
{
    Phys from_kind = leaf__phys(column->shape), to_kind = (Phys)out->phys;
    if (from_kind == PHYS_I16 && to_kind == PHYS_I32)
        WIDEN(int16_t, int32_t);
    else if (from_kind == PHYS_I16 && to_kind == PHYS_I64)
        WIDEN(int16_t, int64_t);
    else if (from_kind == PHYS_I32 && to_kind == PHYS_I64)
        WIDEN(int32_t, int64_t);
    else if (from_kind == PHYS_F32 && to_kind == PHYS_F64)
        WIDEN(float, double);
    else
        return error_note(ST_CORRUPT, SQLSTATE_DATA_CORRUPTED,
                          "column of kind %s was to be read as %s", phys_name(from_kind),
                          phys_name(to_kind));
    return OK;
}
#undef WIDEN

/* ---- nulls ---- */

static Status gather_nulls(const LeafColumn *column, const LeafGather *gather, Vector *out)
{
    if (!column->nulls) return OK;
    for (uint32_t i = 0; i < gather->count; i++) {
        if (!bits_get(column->nulls, slot_of(gather, i))) continue;
        if (!out->nulls) {
            out->nulls = arena_try_alloc_zero(gather->arena, BATCH_ROWS_MAX / 8);
            if (!out->nulls) return ST_NO_MEMORY;
        }
        bits_set(out->nulls, gather->at + i);
    }
    return OK;
}

static Status all_null(const LeafGather *gather, Vector *out)
{
    if (!out->nulls) out->nulls = arena_try_alloc_zero(gather->arena, BATCH_ROWS_MAX / 8);
    if (!out->nulls) return ST_NO_MEMORY;
    bits_set_range(out->nulls, gather->at, gather->at + gather->count);
    memset((char *)out->data + (size_t)phys_bytes((Phys)out->phys) * gather->at, 0,
           (size_t)phys_bytes((Phys)out->phys) * gather->count);
    return OK;
}

/* ---- kinds with bytes in the heap ---- */

static Status add_fixup(const LeafGather *gather, uint32_t i)
{
    LeafFixups *fixups = gather->fixups;
    if (fixups->count == fixups->capacity) {
        uint32_t capacity = MAX(2 * fixups->capacity, 16);
        LeafFixup *grown = arena_try_grow(fixups->arena, fixups->list,
                                          fixups->capacity * sizeof *grown,
                                          capacity * sizeof *grown);
        if (!grown) return ST_NO_MEMORY;
        fixups->list = grown;
        fixups->capacity = capacity;
    }
    fixups->list[fixups->count++] = (LeafFixup){(uint16_t)(gather->at + i), gather->column_tag};
    return OK;
}

/* What a gathering has of strings that are longer than a view. */
typedef struct LongStrings {
    uint32_t bytes, low, high; /* the stretch of the page in which they stand */
} LongStrings;

static LongStrings long_strings(const uint32_t *slots, const LeafGather *gather)
{
    LongStrings strings = {0, PAGE_BYTES, 0};
    for (uint32_t i = 0; i < gather->count; i++) {
        const uint32_t slot = slots[slot_of(gather, i)], n = leaf__slot_bytes(slot);
        if (n <= STRVIEW_INLINE_MAX) continue;
        strings.bytes += n;
        strings.low = MIN(strings.low, leaf__slot_offset(slot));
        strings.high = MAX(strings.high, leaf__slot_offset(slot) + n);
    }
    return strings;
}

static inline StrView long_view(const char *data, uint32_t bytes)
{
    StrView view = {.bytes = bytes, .data = data};
    memcpy(view.prefix, data, sizeof view.prefix);
    return view;
}

/* One allocation for the page's long strings; where they stand close together, as those of neighbours do that came
 * together, one copy too. */
static Status gather_strings(const void *page, const LeafColumn *column, const LeafGather *gather,
                             Vector *out)
{
    const uint32_t *slots = column->data;
    StrView *to = (StrView *)out->data + gather->at;
    const LongStrings strings = long_strings(slots, gather);
    const uint32_t stretch = strings.bytes > 0 ? strings.high - strings.low : 0;
    const bool together = stretch <= strings.bytes + strings.bytes / 4;
    const uint32_t bytes = together ? stretch : strings.bytes;
    char *copy = bytes ? arena_try_alloc(gather->arena, bytes) : NULL;
    if (bytes && !copy) return ST_NO_MEMORY;
    if (bytes && together) memcpy(copy, (const char *)page + strings.low, bytes);
    for (uint32_t i = 0; i < gather->count; i++) {
        const uint32_t slot = slots[slot_of(gather, i)], n = leaf__slot_bytes(slot);
        const char *from = (const char *)page + leaf__slot_offset(slot);
        if (n <= STRVIEW_INLINE_MAX) {
            to[i] = strview((Str){from, n});
        } else if (together) {
            to[i] = long_view(copy + (leaf__slot_offset(slot) - strings.low), n);
        } else {
            memcpy(copy, from, n);
            to[i] = long_view(copy, n);
            copy += n;
        }
        if (slot & LEAF_SLOT_OVERFLOW) TRY(add_fixup(gather, i));
    }
    return OK;
}

static Decimal decimal_at(const void *page, const LeafColumn *column, uint32_t row)
{
    const uint64_t *words = column->data;
    uint8_t scale = column->scales[row];
    if (LIKELY(scale < LEAF_SCALE_OVERFLOW))
        return (Decimal){DECIMAL_SMALL, scale, 0, {.coefficient = (int64_t)words[row]}};
    uint32_t slot = (uint32_t)words[row];
    return (Decimal){DECIMAL_BIG,
                     0,
                     leaf__slot_bytes(slot),
                     {.big = (const uint8_t *)page + leaf__slot_offset(slot)}};
}

static Status gather_decimals(const void *page, const LeafColumn *column, const LeafGather *gather,
                              Vector *out)
{
    Decimal *to = (Decimal *)out->data + gather->at;
    for (uint32_t i = 0; i < gather->count; i++) {
        uint32_t row = slot_of(gather, i);
        to[i] = decimal_at(page, column, row);
        if (LIKELY(to[i].kind == DECIMAL_SMALL)) continue;
        uint8_t *copy = arena_try_alloc(gather->arena, to[i].bytes);
        if (!copy) return ST_NO_MEMORY;
        memcpy(copy, to[i].big, to[i].bytes);
        to[i].big = copy;
        if (column->scales[row] == LEAF_SCALE_OVERFLOW) TRY(add_fixup(gather, i));
    }
    return OK;
}

Status leaf_gather(const void *page, const LeafColumn *column, const LeafGather *wanted,
                   Vector *out)
{
    LeafGather dense = *wanted, *gather = &dense;
    if (gather->rows && gather->count > 0 &&
        gather->rows[gather->count - 1] - gather->rows[0] + 1u == gather->count) {
        gather->first = gather->rows[0]; /* a run: copied at once */
        gather->rows = NULL;
    }
    ASSERT(out->form == VECTOR_FLAT && gather->at + gather->count <= BATCH_ROWS_MAX);
    if (column->shape & LEAF_SHAPE_ABSENT) return all_null(gather, out);
    TRY(gather_nulls(column, gather, out));
    Phys kind = leaf__phys(column->shape);
    if (kind != (Phys)out->phys) return gather_widened(column, gather, out);
    if (kind == PHYS_STR) return gather_strings(page, column, gather, out);
    if (kind == PHYS_DECIMAL) return gather_decimals(page, column, gather, out);
    gather_fixed(column, gather, out);
    return OK;
}

/* ---- predicates ---- */

/* Decides the rows that lie whole on the page; the others are merged in again, all of them. */
static uint32_t filter_with_overflow(const Predicate *predicate, const LeafColumn *column,
                                     const void *values, Selection in, uint16_t *out)
{
    uint16_t here[LEAF_ROWS_MAX];
    uint32_t here_count = 0, count = 0, at = 0;
    bool strings = leaf__phys(column->shape) == PHYS_STR;
    for (uint32_t i = 0; i < in.count; i++) {
        uint16_t row = in.rows ? in.rows[i] : (uint16_t)i;
        bool away = strings ? ((const uint32_t *)column->data)[row] & LEAF_SLOT_OVERFLOW
                            : column->scales[row] == LEAF_SCALE_OVERFLOW;
        if (!away) here[here_count++] = row;
    }
    here_count = predicate_filter_array(predicate, values, column->nulls,
                                        (Selection){here, here_count}, here);
    for (uint32_t i = 0; i < in.count; i++) {
        uint16_t row = in.rows ? in.rows[i] : (uint16_t)i;
        bool away = strings ? ((const uint32_t *)column->data)[row] & LEAF_SLOT_OVERFLOW
                            : column->scales[row] == LEAF_SCALE_OVERFLOW;
        bool passed = at < here_count && here[at] == row;
        at += passed;
        if (away || passed) out[count++] = row;
    }
    return count;
}

uint32_t leaf_filter(const void *page, const LeafColumn *column, const Predicate *predicate,
                     Selection in, uint16_t *out, void *scratch, bool *unsure)
{
    const void *values = column->data;
    bool away = false;
    ASSERT(!(column->shape & LEAF_SHAPE_ABSENT) && in.count <= LEAF_ROWS_MAX);
    ASSERT(leaf__phys(column->shape) == (Phys)predicate->phys);
    if (leaf__phys(column->shape) == PHYS_STR) {
        const uint32_t *slots = column->data;
        StrView *views = scratch;
        for (uint32_t i = 0; i < in.count; i++) {
            uint32_t row = in.rows ? in.rows[i] : i, slot = slots[row];
            views[row] = strview(
                (Str){(const char *)page + leaf__slot_offset(slot), leaf__slot_bytes(slot)});
            away |= (slot & LEAF_SLOT_OVERFLOW) != 0;
        }
        values = views;
    } else if (leaf__phys(column->shape) == PHYS_DECIMAL) {
        Decimal *decimals = scratch;
        for (uint32_t i = 0; i < in.count; i++) {
            uint32_t row = in.rows ? in.rows[i] : i;
            decimals[row] = decimal_at(page, column, row);
            away |= column->scales[row] == LEAF_SCALE_OVERFLOW;
        }
        values = decimals;
    }
    if (LIKELY(!away)) return predicate_filter_array(predicate, values, column->nulls, in, out);
    *unsure = true;
    return filter_with_overflow(predicate, column, values, in, out);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* rows_ahead.c - leaves of named rows, and the pipelines of what the device and memory are asked for. */
#include "table/rows_ahead.h"

#include "base/arith.h"
#include "table/leaf_internal.h"

enum {
    ROWS_MIN = 8,
    ASK_AHEAD = 12,   /* rows: what is told beforehand */
    FOLLOW_AHEAD = 5, /* rows: what their slots lead to */
    READ_AHEAD =
        48, /* rows: their leaves from the device; half of them again, when half are used up */
    HEADER_BYTES = 128,
    VALUE_BYTES = 160,
    NEIGHBOURS = 8, /* row ids */
};

Status rows_ahead_name(RowsAhead *ahead, Arena *arena, const RowId *rows, uint32_t count)
{
    ahead->rows = rows;
    ahead->count = 0;
    ahead->read = ahead->asked = ahead->followed = 0;
    if (count < ROWS_MIN) return OK;
    if (count > ahead->capacity) {
        ahead->leaves = arena_try_alloc(arena, count * sizeof *ahead->leaves);
        ahead->capacity = ahead->leaves != NULL ? count : 0;
        if (ahead->leaves == NULL) return ST_NO_MEMORY;
    }
    TRY(tree_find_leaves(ahead->tree, rows, count, ahead->leaves));
    ahead->count = count;
    return OK;
}

static uint32_t offset_in(const void *page, const void *at)
{
    return (uint32_t)((const char *)at - (const char *)page);
}

void rows_ahead_page(RowsAhead *ahead, const void *page, bool heads)
{
    const LeafRows rows = leaf__rows(page);
    ahead->seen = true;
    ahead->deltas = leaf__is_dense(page) ? 0 : offset_in(page, rows.deltas);
    ahead->heads = heads ? offset_in(page, rows.heads) : 0;
    ahead->undos = offset_in(page, rows.undos);
    ahead->column_count = 0;
}

void rows_ahead_column(RowsAhead *ahead, const LeafPlace *place)
{
    if (!place->there || ahead->column_count == AHEAD_COLUMNS_MAX) return;
    ahead->columns[ahead->column_count++] = (struct AheadColumn){
        .nulls = place->nulls,
        .data = place->data,
        .width = (uint16_t)leaf__width(place->shape),
        .in_heap = leaf__in_heap(place->shape) && leaf__phys(place->shape) == PHYS_STR};
}

static inline uint32_t slot_of(const RowsAhead *ahead, uint32_t i)
{
    return (uint32_t)MIN(ahead->rows[i].v - ahead->leaves[i].low, (uint64_t)PAGE_BYTES);
}

/* What stands beside the row before comes with that one. */
static inline bool is_neighbour(const RowsAhead *ahead, uint32_t i)
{
    return i > 0 && ahead->leaves[i].page.v == ahead->leaves[i - 1].page.v &&
           ahead->rows[i].v - ahead->rows[i - 1].v < NEIGHBOURS;
}

static void ask(const RowsAhead *ahead, uint32_t i)
{
    if (is_neighbour(ahead, i)) return;
    const PageId page = ahead->leaves[i].page;
    const uint32_t slot = slot_of(ahead, i);
    if (i == 0 || page.v != ahead->leaves[i - 1].page.v)
        tree_prefetch(ahead->tree, page, 0, HEADER_BYTES);
    if (!ahead->seen) return;
    if (ahead->deltas != 0)
        tree_prefetch(ahead->tree, page, ahead->deltas + slot * sizeof(uint32_t), 1);
    if (ahead->heads != 0) {
        tree_prefetch(ahead->tree, page, ahead->heads + slot * sizeof(uint64_t), 1);
        tree_prefetch(ahead->tree, page, ahead->undos + slot * sizeof(uint64_t), 1);
    }
    for (uint32_t c = 0; c < ahead->column_count; c++) {
        const struct AheadColumn *column = &ahead->columns[c];
        tree_prefetch(ahead->tree, page, column->data + slot * column->width, 1);
        if (column->nulls != 0) tree_prefetch(ahead->tree, page, column->nulls + slot / 8, 1);
    }
}

static void follow(const RowsAhead *ahead, uint32_t i)
{
    if (is_neighbour(ahead, i)) return;
    for (uint32_t c = 0; c < ahead->column_count; c++) {
        const struct AheadColumn *column = &ahead->columns[c];
        if (column->in_heap)
            tree_prefetch_behind(ahead->tree, ahead->leaves[i].page,
                                 column->data + slot_of(ahead, i) * column->width, VALUE_BYTES);
    }
}

static void read_leaves(RowsAhead *ahead, uint32_t at)
{
    const uint32_t from = MAX(ahead->read, at), to = MIN(at + READ_AHEAD, ahead->count);
    if (from >= to || from > at + READ_AHEAD / 2) return;
    ahead->read = from + tree_read_found(ahead->tree, ahead->leaves + from, to - from);
}

void rows_ahead_ask(RowsAhead *ahead, uint32_t at)
{
    read_leaves(ahead, at);
    const uint32_t to_ask = MIN(at + ASK_AHEAD, ahead->count);
    const uint32_t to_follow = MIN(at + FOLLOW_AHEAD, ahead->count);
    for (ahead->asked = MAX(ahead->asked, at); ahead->asked < to_ask; ahead->asked++)
        ask(ahead, ahead->asked);
    for (ahead->followed = MAX(ahead->followed, at); ahead->followed < to_follow; ahead->followed++)
        follow(ahead, ahead->followed);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* table_scan.c - many rows, in the order of their ids.
 *
 * A leaf is looked at whole under one shared latch: which rows are visible (one comparison when all are), which of
 * these pass the predicates, then their columns are copied out. A row that the snapshot may not see as it stands keeps
 * its place in the vectors: it is copied aside, taken back through undo when the latch is gone, and put in its place,
 * or its place is left out of the selection (docs/traps.md C22). The scan's position is a row id: a split can make it
 * neither miss nor repeat one.
 *
 * A scan of named rows (`by_rows`) looks at these alone; all else is the same. */
#include "table/table.h"

#include "base/bitset.h"
#include "base/error.h"
#include "base/hash.h"
#include "table/leaf_internal.h"
#include "table/row_version.h"
#include "table/rows_ahead.h"
#include "txn/ssi.h"

enum {
    READ_AHEAD_LEAVES = 128,
    SCAN_BIG_LEAVES = 512, /* from here on its pages leave the pool first */
    VECTOR_ALIGNMENT = 64,
};

/* A row copied aside. */
typedef struct AsideRow {
    RowVersion version;
    uint16_t at; /* in the vectors */
} AsideRow;

struct TableScan {
    Table *table;
    const TableLayout *layout;
    RowView view;
    TableScanOptions options;
    Arena *arena, *aside_arena; /* the second: of a batch */
    uint64_t next, last; /* row ids to come, inclusive; backward: from `last` down to `next` */
    bool done;
    uint64_t leaves, met;
    const RowId *rows; /* by_rows: those to come */
    uint32_t row_count;
    RowsAhead ahead; /* by_rows */
    uint16_t
        *ascending; /* the projection's numbers in order, and by its position the rank among them */
    uint16_t *ranks;
    /* of the leaf at hand */
    LeafPlace *places;   /* by rank */
    uint32_t aside_here; /* rows that want undo */
    bool unsure;         /* some predicate passed what it could not decide */
    uint32_t taken_count;
    uint16_t taken[LEAF_ROWS_MAX];               /* slots that go to the batch, in order */
    uint64_t aside_bits[LEAF_ROWS_MAX / 64 + 1]; /* of these, by slot: rows that want undo */
    uint16_t visible[LEAF_ROWS_MAX];
    /* of the batch at hand */
    AsideRow *aside;
    uint32_t aside_count, aside_capacity;
    LeafFixups fixups;
    Batch *batch;
    RowId *ids;
    uint32_t rows_max;
    uint64_t dropped[BATCH_ROWS_MAX / 64]; /* rows of the vectors that are not in the result */
    bool any_dropped;
    void *scratch;
};

/* ---- opening ---- */

static Status range_take(TableScan *scan);

static Status rank_columns(TableScan *scan)
{
    const Projection projection = scan->options.projection;
    const uint32_t count = projection.count;
    scan->ascending = arena_try_alloc(scan->arena, count * sizeof *scan->ascending);
    scan->ranks = arena_try_alloc(scan->arena, count * sizeof *scan->ranks);
    scan->places = arena_try_alloc(scan->arena, count * sizeof *scan->places);
    if (!scan->ascending || !scan->ranks || !scan->places) return ST_NO_MEMORY;
    uint16_t *order = arena_try_alloc(scan->arena, count * sizeof *order); /* positions by rank */
    if (!order) return ST_NO_MEMORY;
    for (uint32_t i = 0; i < count; i++) { /* they mostly come in order */
        uint32_t k = i;
        for (; k > 0 && projection.numbers[order[k - 1]] > projection.numbers[i]; k--)
            order[k] = order[k - 1];
        order[k] = (uint16_t)i;
    }
    for (uint32_t rank = 0; rank < count; rank++) {
        scan->ranks[order[rank]] = (uint16_t)rank;
        scan->ascending[rank] = projection.numbers[order[rank]];
    }
    return OK;
}

Status table_scan_open(Table *table, const Snapshot *snapshot, const TableScanOptions *options,
                       Arena *arena, TableScan **result)
{
    TableScan *scan = ARENA_TRY_NEW(arena, TableScan);
    if (!scan) return ST_NO_MEMORY;
    scan->table = table;
    scan->layout = table__layout(table);
    scan->view.snapshot = snapshot;
    scan->ahead.tree = table->tree;
    scan->options = *options;
    scan->arena = arena;
    scan->next = options->first.v;
    scan->last = MIN(options->last.v, (uint64_t)ROW_ID_MAX);
    scan->done = scan->next > scan->last || options->by_rows;
    ASSERT(!options->by_rows || (!options->shared && !options->backward));
    for (uint32_t i = 0; i < options->projection.count; i++)
        if (NEVER(options->projection.numbers[i] >= scan->layout->column_count)) return ST_INVALID;
    TRY(rank_columns(scan));
    scan->aside_arena = arena_try_new_child(arena, "rows aside");
    if (options->predicate_count > 0)
        scan->scratch = arena_try_alloc(arena, LEAF_ROWS_MAX * sizeof(Value));
    if (!scan->aside_arena || (options->predicate_count > 0 && !scan->scratch)) return ST_NO_MEMORY;
    if (!options->by_rows)
        TRY(ssi_read_rows(snapshot->txn, table->id, options->first, (RowId){scan->last}));
    if (options->shared) TRY(range_take(scan));
    *result = scan;
    return OK;
}

Status table_scan_rows(TableScan *scan, const RowId *rows, uint32_t count)
{
    ASSERT(scan->options.by_rows);
    for (uint32_t i = 0; i < count; i++) {
        ASSERT(i == 0 || rows[i].v > rows[i - 1].v);
        TRY(ssi_read_row(scan->view.snapshot->txn, scan->table->id, rows[i]));
    }
    scan->rows = rows;
    scan->row_count = count;
    scan->done = count == 0;
    return rows_ahead_name(&scan->ahead, scan->arena, rows, count);
}

uint64_t table_scan_met(const TableScan *scan)
{
    return scan->met;
}

void table_scan_close(TableScan *scan)
{
    arena_drop(scan->aside_arena);
}

/* ---- ranges for several scans ---- */

struct ScanCursor {
    _Atomic uint32_t next;
    uint32_t count;
    uint64_t *bounds; /* count + 1: range i is [bounds[i], bounds[i + 1]) */
};

Status scan_cursor_open(Table *table, Arena *arena, uint32_t ranges, ScanCursor **result)
{
    TreeKey *keys;
    uint32_t count;
    TRY(tree_partition(table->tree, ranges, arena, &keys, &count));
    ScanCursor *cursor = ARENA_TRY_NEW(arena, ScanCursor);
    uint64_t *bounds = arena_try_alloc(arena, (count + 2) * sizeof *bounds);
    if (!cursor || !bounds) return ST_NO_MEMORY;
    bounds[0] = 0;
    for (uint32_t i = 0; i < count; i++) bounds[i + 1] = keys[i].row_id;
    bounds[count + 1] = ROW_ID_MAX + 1;
    cursor->count = count + 1;
    cursor->bounds = bounds;
    *result = cursor;
    return OK;
}

/* The next range that is not empty within the scan's own. */
static Status range_take(TableScan *scan)
{
    ScanCursor *cursor = scan->options.shared;
    uint64_t first = scan->options.first.v, last = MIN(scan->options.last.v, (uint64_t)ROW_ID_MAX);
    scan->done = true;
    while (scan->done) {
        uint32_t i = atomic_fetch_add(&cursor->next, 1);
        if (i >= cursor->count) {
            atomic_store(&cursor->next, cursor->count); /* it shall not run over */
            return OK;
        }
        scan->next = MAX(first, cursor->bounds[i]);
        scan->last = MIN(last, cursor->bounds[i + 1] - 1);
        scan->done = scan->next > scan->last;
    }
    return OK;
}

/* ---- a batch ---- */

static Status batch_begin(TableScan *scan, uint32_t rows_max, Batch *batch, RowId *ids)
{
    Arena *arena = batch->arena;
    Projection projection = scan->options.projection;
    arena_reset(arena);
    arena_reset(scan->aside_arena);
    scan->batch = batch;
    scan->ids = ids;
    scan->rows_max = MIN(rows_max, (uint32_t)BATCH_ROWS_MAX);
    scan->aside = NULL;
    scan->aside_count = scan->aside_capacity = 0;
    scan->fixups = (LeafFixups){.arena = scan->aside_arena};
    if (scan->any_dropped) memset(scan->dropped, 0, sizeof scan->dropped);
    scan->any_dropped = false;
    Vector *columns = arena_try_alloc_zero(arena, projection.count * sizeof *columns);
    if (!columns) return ST_NO_MEMORY;
    *batch = (Batch){.column_count = projection.count, .columns = columns, .arena = arena};
    for (uint32_t i = 0; i < projection.count; i++) {
        Phys phys = (Phys)scan->layout->columns[projection.numbers[i]].phys;
        size_t bytes = (size_t)scan->rows_max * phys_bytes(phys);
        char *data = arena_try_alloc(arena, bytes + VECTOR_ALIGNMENT - ARENA_ALIGNMENT);
        if (!data) return ST_NO_MEMORY;
        columns[i].phys = (uint8_t)phys;
        columns[i].form = VECTOR_FLAT;
        columns[i].data = (void *)ALIGN_UP((uintptr_t)data, (uintptr_t)VECTOR_ALIGNMENT);
    }
    return OK;
}

static Status vector_put(Vector *vector, Arena *arena, uint32_t at, const Datum *datum)
{
    static const Value zero;
    uint32_t bytes = phys_bytes((Phys)vector->phys);
    if (datum->null) {
        if (!vector->nulls) vector->nulls = arena_try_alloc_zero(arena, BATCH_ROWS_MAX / 8);
        if (!vector->nulls) return ST_NO_MEMORY;
        bits_set(vector->nulls, at);
    }
    memcpy((char *)vector->data + (size_t)bytes * at, datum->null ? &zero : &datum->value, bytes);
    return OK;
}

static void drop_row(TableScan *scan, uint32_t at)
{
    bits_set(scan->dropped, at);
    scan->any_dropped = true;
}

/* ---- which rows of a leaf ---- */

/* Of the slots in `visible`, those that the snapshot sees as they stand stay; those that want undo are marked. */
static Status look(TableScan *scan, const void *page, uint32_t *count)
{
    const Snapshot *snapshot = scan->view.snapshot;
    const uint64_t *heads = leaf_heads(page), *undos = leaf_undos(page);
    uint32_t n = 0;
    for (uint32_t at = 0; at < *count; at++) {
        uint32_t i = scan->visible[at];
        RowHead head = {{heads[i] & ((UINT64_C(1) << XID_BITS) - 1)},
                        (uint16_t)(heads[i] >> XID_BITS),
                        {undos[i]}};
        bool seen = head.xid.v < snapshot->xmin.v || table__sees(snapshot, head);
        if (LIKELY(seen && !(head.flags & (ROW_FLAG_DELETED | ROW_FLAG_IMAGE)))) {
            scan->visible[n++] = (uint16_t)i;
        } else if (!seen && head.flags & ROW_FLAG_BORN) {
            if (head.xid.v != snapshot->own.v) TRY(ssi_read_overwritten(snapshot->txn, head.xid));
        } else if (!seen || !(head.flags & ROW_FLAG_DELETED)) {
            bits_set(scan->aside_bits, i);
            scan->aside_here++;
        }
    }
    *count = n;
    return OK;
}

static Status filter_missing(TableScan *scan, const Predicate *predicate, uint32_t number,
                             uint32_t *count)
{
    const LeafValue *missing = &scan->layout->missing[number];
    Datum datum = {missing->value, missing->null};
    Vector vector = {.phys = predicate->phys,
                     .form = VECTOR_CONSTANT,
                     .data = &datum.value,
                     .nulls = NULL};
    uint64_t null = 1;
    uint16_t first = 0, out;
    if (datum.null) vector.nulls = &null;
    if (predicate_filter(predicate, &vector, (Selection){&first, 1}, &out) == 0) *count = 0;
    return OK;
}

/* The next leaf is mostly laid out as this one: the column's beginning there may come near the processor now. */
static void touch_next(const TableScan *scan, const void *page, const LeafColumn *column)
{
    enum { TOUCH_BYTES_MAX = 512 }; /* what follows the processor asks for by itself */
    const uint32_t bytes = leaf_row_count(page) * leaf__width(column->shape);
    const uint32_t offset = (uint32_t)((const char *)column->data - (const char *)page);
    tree_scan_touches(scan->table->tree, offset, MIN(bytes, (uint32_t)TOUCH_BYTES_MAX));
}

/* Narrows the slots that came in by one predicate, to `visible`; without rows: as many from the leaf's first on, which
 * stand in `visible` as well. */
static Status filter(TableScan *scan, const void *page, const Predicate *predicate, Selection in,
                     uint32_t *count)
{
    uint32_t number = scan->options.projection.numbers[predicate->column];
    const LeafPlace *place = &scan->places[scan->ranks[predicate->column]];
    *count = in.count;
    if (!place->there) return filter_missing(scan, predicate, number, count);
    const LeafColumn column = leaf_column_at(page, place);
    bool absent = column.shape & LEAF_SHAPE_ABSENT;
    if (absent || leaf__phys(column.shape) != (Phys)predicate->phys) {
        scan->unsure = true; /* widened or dropped: asked on the vectors */
        return OK;
    }
    if (predicate == scan->options.predicates) touch_next(scan, page, &column);
    *count = leaf_filter(page, &column, predicate, in, scan->visible, scan->scratch, &scan->unsure);
    return OK;
}

/* Merges visible slots and those aside, both ascending, into `taken`; the first `room` of them in the scan's
 * direction. */
static void take(TableScan *scan, uint32_t visible, uint32_t from, uint32_t to, uint32_t room)
{
    uint32_t n = 0, at = 0;
    if (scan->aside_here == 0) {
        n = visible;
        memcpy(scan->taken, scan->visible, visible * sizeof *scan->taken);
    } else {
        for (uint32_t i = from; i < to; i++) {
            bool here = at < visible && scan->visible[at] == i;
            at += here;
            if (here || bits_get(scan->aside_bits, i)) scan->taken[n++] = (uint16_t)i;
        }
    }
    if (scan->options.backward)
        for (uint32_t i = 0; i < n / 2; i++) {
            uint16_t slot = scan->taken[i];
            scan->taken[i] = scan->taken[n - 1 - i];
            scan->taken[n - 1 - i] = slot;
        }
    scan->taken_count = MIN(n, room);
}

/* Slots to look at, to `visible`: those from..to, or of them the named ones. */
static uint32_t candidates(TableScan *scan, const void *page, uint32_t from, uint32_t to)
{
    uint32_t count = 0;
    if (scan->options.by_rows) {
        const uint64_t high = leaf_high(page);
        while (count < scan->row_count && scan->rows[count].v < high) count++;
        return leaf_find_rows(page, scan->rows, count, scan->visible);
    }
    for (uint32_t i = from; i < to; i++) scan->visible[count++] = (uint16_t)i;
    return count;
}

/* Where the batch has no room for all that passed, the rest of the leaf is looked at again: only what lies before it
 * counts. `seen`: rows of the leaf that are visible; `passed`: of these, by the predicates. */
static void count_met(TableScan *scan, uint32_t seen, uint32_t passed, uint32_t from, uint32_t to)
{
    if (passed > scan->taken_count) {
        const uint32_t last = scan->taken_count > 0 ? scan->taken[scan->taken_count - 1] : from;
        seen = MIN(seen, scan->options.backward ? to - last : last + 1 - from);
    }
    scan->met += seen;
}

/* Finds the leaf's columns, and asks memory for those that are read in any case, all at once. */
static void find_columns(TableScan *scan, const void *page)
{
    const Projection projection = scan->options.projection;
    const uint32_t predicates = scan->options.predicate_count;
    leaf_places(page, scan->ascending, projection.count, scan->places);
    for (uint32_t i = 0; i < (predicates > 0 ? predicates : projection.count); i++) {
        const uint32_t column = predicates > 0 ? scan->options.predicates[i].column : i;
        const LeafPlace *place = &scan->places[scan->ranks[column]];
        if (scan->options.by_rows) rows_ahead_column(&scan->ahead, place);
        if (!place->there || scan->ahead.count > 0) continue;
        __builtin_prefetch((const char *)page + place->nulls);
        __builtin_prefetch((const char *)page + place->data);
    }
}

static Status choose(TableScan *scan, const void *page, uint32_t from, uint32_t to, uint32_t room)
{
    const Snapshot *snapshot = scan->view.snapshot;
    bool whole = leaf_newest_xid(page).v < snapshot->xmin.v && leaf_dead_count(page) == 0 &&
                 !leaf_has_images(page);
    if (scan->options.by_rows) rows_ahead_page(&scan->ahead, page, !whole);
    find_columns(scan, page);
    uint32_t count = candidates(scan, page, from, to);
    scan->unsure = false;
    scan->aside_here = 0;
    if (!whole) {
        memset(scan->aside_bits, 0, sizeof scan->aside_bits);
        TRY(look(scan, page, &count));
    }
    const uint32_t seen = count + scan->aside_here;
    /* All of the leaf, in order: the first predicate goes through arrays, without numbers of rows. */
    bool dense = whole && from == 0 && !scan->options.by_rows;
    for (uint32_t i = 0; i < scan->options.predicate_count && count > 0; i++) {
        const Selection in = {dense ? NULL : scan->visible, count};
        TRY(filter(scan, page, &scan->options.predicates[i], in, &count));
        dense = false;
    }
    take(scan, count, from, to, room);
    count_met(scan, seen, count + scan->aside_here, from, to);
    return OK;
}

/* ---- copying out ---- */

static Status put_aside(TableScan *scan, const void *page, uint32_t slot, uint32_t at)
{
    Projection projection = scan->options.projection;
    if (scan->aside_count == scan->aside_capacity) {
        uint32_t capacity = MAX(2 * scan->aside_capacity, 16);
        AsideRow *grown = arena_try_grow(scan->aside_arena, scan->aside,
                                         scan->aside_capacity * sizeof *grown,
                                         capacity * sizeof *grown);
        if (!grown) return ST_NO_MEMORY;
        scan->aside = grown;
        scan->aside_capacity = capacity;
    }
    AsideRow *row = &scan->aside[scan->aside_count++];
    row->at = (uint16_t)at;
    row->version = (RowVersion){.numbers = projection.numbers,
                                .count = projection.count,
                                .arena = scan->aside_arena};
    row->version.values = arena_try_alloc(scan->aside_arena,
                                          MAX(projection.count, 1) * sizeof(LeafValue));
    if (!row->version.values) return ST_NO_MEMORY;
    return row_version_copy(scan->table, page, slot, &row->version);
}

/* One column of taken rows [from, to), to the vector at `at`. */
static Status copy_column(TableScan *scan, const void *page, uint32_t column, uint32_t from,
                          uint32_t to, uint32_t at)
{
    uint32_t number = scan->options.projection.numbers[column];
    Vector *vector = &scan->batch->columns[column];
    const LeafPlace *place = &scan->places[scan->ranks[column]];
    if (place->there) {
        const LeafColumn found = leaf_column_at(page, place);
        const LeafGather gather = {.rows = scan->taken + from,
                                   .count = to - from,
                                   .at = at,
                                   .column_tag = (uint16_t)column,
                                   .arena = scan->batch->arena,
                                   .fixups = &scan->fixups};
        return leaf_gather(page, &found, &gather, vector);
    }
    const LeafValue *missing = &scan->layout->missing[number];
    const Datum datum = {missing->value, missing->null};
    for (uint32_t i = 0; i < to - from; i++)
        TRY(vector_put(vector, scan->batch->arena, at + i, &datum));
    return OK;
}

static Status copy_run(TableScan *scan, const void *page, uint32_t from, uint32_t to, uint32_t at)
{
    if (from == to) return OK;
    for (uint32_t c = 0; c < scan->options.projection.count; c++)
        TRY(copy_column(scan, page, c, from, to, at));
    return OK;
}

/* The taken rows, run by run between those that go aside. */
static Status copy_out(TableScan *scan, const void *page)
{
    uint32_t base = scan->batch->row_count, run = 0, count = scan->taken_count;
    for (uint32_t i = 0; scan->aside_here > 0 && i < count; i++) {
        if (!bits_get(scan->aside_bits, scan->taken[i])) continue;
        TRY(copy_run(scan, page, run, i, base + run));
        TRY(put_aside(scan, page, scan->taken[i], base + i));
        run = i + 1;
    }
    TRY(copy_run(scan, page, run, count, base + run));
    for (uint32_t i = 0; scan->ids && i < count; i++)
        scan->ids[base + i] = leaf_row_id(page, scan->taken[i]);
    scan->batch->row_count += count;
    return OK;
}

/* ---- leaves ---- */

static bool sampled(const TableScan *scan, const void *page)
{
    const TableScanOptions *options = &scan->options;
    if (options->sample_fraction >= 1) return true;
    uint64_t hash = hash_combine(options->sample_seed, hash_u64(leaf_low(page)));
    return (double)(hash >> 11) * 0x1p-53 < options->sample_fraction;
}

/* The slots of the leaf that the scan has still to look at. */
static void bounds(const TableScan *scan, const void *page, uint32_t *from, uint32_t *to)
{
    *from = 0;
    *to = leaf_row_count(page);
    if (scan->options.by_rows) return;
    if (scan->next > leaf_low(page)) (void)leaf_find(page, (RowId){scan->next}, from);
    if (scan->last + 1 < leaf_high(page)) (void)leaf_find(page, (RowId){scan->last + 1}, to);
}

/* Past the named rows below `end`. */
static void rows_move_on(TableScan *scan, uint64_t end)
{
    uint32_t gone = 0;
    while (gone < scan->row_count && scan->rows[gone].v < end) gone++;
    scan->rows += gone;
    scan->row_count -= gone;
    scan->done = scan->row_count == 0;
    scan->leaves++;
}

/* Moves on: behind the last row taken when the batch is full, else behind the leaf. */
static void move_on(TableScan *scan, const void *page, bool full)
{
    uint64_t low = leaf_low(page), high = leaf_high(page);
    if (scan->options.by_rows) {
        uint64_t end = full && scan->taken_count > 0
                           ? leaf_row_id(page, scan->taken[scan->taken_count - 1]).v + 1
                           : high;
        rows_move_on(scan, end);
        return;
    }
    if (full && scan->taken_count > 0) {
        uint64_t row = leaf_row_id(page, scan->taken[scan->taken_count - 1]).v;
        if (scan->options.backward) {
            scan->done = row == 0 || row - 1 < scan->next;
            scan->last = row - 1;
        } else {
            scan->next = row + 1;
            scan->done = scan->next > scan->last;
        }
        return;
    }
    if (scan->options.backward) {
        scan->done = low == 0 || low - 1 < scan->next;
        scan->last = low - 1;
    } else {
        scan->done = high > scan->last;
        scan->next = high;
    }
    scan->leaves++;
}

/* The leaf of the next named row. */
static Status latch_named(TableScan *scan, PageRef *leaf)
{
    RowsAhead *ahead = &scan->ahead;
    const uint32_t at = (uint32_t)(scan->rows - ahead->rows);
    const TreeKey key = {.row_id = scan->rows[0].v};
    if (ahead->count == 0)
        return tree_latch_leaf(scan->table->tree, &key, false, LATCH_SHARED, false, leaf);
    rows_ahead_ask(ahead, at);
    return tree_latch_found(scan->table->tree, &ahead->leaves[at], scan->rows[0], leaf);
}

static Status latch_next(TableScan *scan, PageRef *leaf)
{
    if (scan->options.by_rows) return latch_named(scan, leaf);
    const TreeKey key = {.row_id = scan->options.backward ? scan->last : scan->next};
    bool big = scan->leaves >= SCAN_BIG_LEAVES;
    if (!scan->options.backward && scan->leaves % (READ_AHEAD_LEAVES / 2) == 1)
        TRY(tree_read_ahead(scan->table->tree, &key, READ_AHEAD_LEAVES));
    return tree_latch_leaf(scan->table->tree, &key, false, LATCH_SHARED, big, leaf);
}

/* *full: no room for another leaf's rows. */
static Status read_leaf(TableScan *scan, bool *full)
{
    PageRef leaf;
    uint32_t from, to, have = scan->batch->row_count, room = scan->rows_max - have;
    TRY(latch_next(scan, &leaf));
    bounds(scan, leaf.data, &from, &to);
    uint32_t to_look = to - from;
    Status status = OK;
    *full = false;
    if (scan->options.by_rows && scan->row_count < to) to_look = scan->row_count;
    if (have > 0 && to_look > room) {
        *full = true; /* the next batch begins with this leaf */
    } else if (sampled(scan, leaf.data)) {
        status = choose(scan, leaf.data, from, to, room);
        if (status == OK) status = copy_out(scan, leaf.data);
        *full = scan->batch->row_count == scan->rows_max;
        if (status == OK) move_on(scan, leaf.data, *full);
    } else {
        scan->taken_count = 0;
        move_on(scan, leaf.data, false);
    }
    pool_unlatch(&leaf);
    return status;
}

/* ---- after the latch ---- */

static bool passes(const TableScan *scan, const Datum *datums)
{
    for (uint32_t i = 0; i < scan->options.predicate_count; i++) {
        const Predicate *predicate = &scan->options.predicates[i];
        uint64_t null = 1;
        uint16_t first = 0, out;
        Datum datum = datums[predicate->column];
        Vector vector = {.phys = scan->batch->columns[predicate->column].phys,
                         .form = VECTOR_CONSTANT,
                         .data = &datum.value,
                         .nulls = datum.null ? &null : NULL};
        if (predicate_filter(predicate, &vector, (Selection){&first, 1}, &out) == 0) return false;
    }
    return true;
}

/* Puts a row that was copied aside in its place. */
static Status settle(TableScan *scan, AsideRow *row, Datum *datums)
{
    Arena *arena = scan->batch->arena;
    const Datum nothing = {.null = true};
    Status status = row_version_rebuild(scan->table, &scan->view, &row->version);
    bool there = status == OK;
    if (there) status = row_version_datums(scan->table, &row->version, datums);
    if (status != OK && status != ST_NOT_FOUND) return status;
    if (!there || !passes(scan, datums)) {
        there = false;
        drop_row(scan, row->at);
    }
    for (uint32_t i = 0; i < scan->options.projection.count; i++) {
        Datum datum = there ? datums[i] : nothing;
        Vector *vector = &scan->batch->columns[i];
        if (there && !datum.null) TRY(row_version_keep(arena, (Phys)vector->phys, &datum.value));
        TRY(vector_put(vector, arena, row->at, &datum));
    }
    return OK;
}

static Status settle_all(TableScan *scan, uint32_t from)
{
    if (scan->aside_count == from) return OK;
    uint32_t count = MAX(scan->options.projection.count, 1);
    Datum *datums = arena_try_alloc(scan->aside_arena, count * sizeof *datums);
    if (!datums) return ST_NO_MEMORY;
    for (uint32_t i = from; i < scan->aside_count; i++) TRY(settle(scan, &scan->aside[i], datums));
    return OK;
}

/* Long values in place of the references that were copied. */
static Status resolve(TableScan *scan, uint32_t from)
{
    for (uint32_t i = from; i < scan->fixups.count; i++) {
        LeafFixup fixup = scan->fixups.list[i];
        Vector *vector = &scan->batch->columns[fixup.column];
        Value value = {.b = false};
        uint32_t bytes = phys_bytes((Phys)vector->phys);
        char *at = (char *)vector->data + (size_t)bytes * fixup.at;
        memcpy(&value, at, bytes);
        TRY(row_version_resolve(scan->table, scan->batch->arena, (Phys)vector->phys, &value));
        memcpy(at, &value, bytes);
    }
    return OK;
}

/* What the page could not decide is asked again of the vectors' rows [from, row_count). */
static Status filter_again(TableScan *scan, uint32_t from)
{
    uint32_t count = scan->batch->row_count - from;
    uint16_t *rows = arena_try_alloc(scan->aside_arena, MAX(count, 1) * sizeof *rows);
    if (!rows) return ST_NO_MEMORY;
    for (uint32_t i = 0; i < count; i++) rows[i] = (uint16_t)(from + i);
    uint32_t kept = count;
    for (uint32_t i = 0; i < scan->options.predicate_count; i++) {
        const Predicate *predicate = &scan->options.predicates[i];
        kept = predicate_filter(predicate, &scan->batch->columns[predicate->column],
                                (Selection){rows, kept}, rows);
    }
    for (uint32_t at = from, k = 0; at < from + count; at++) {
        if (k < kept && rows[k] == at)
            k++;
        else
            drop_row(scan, at);
    }
    return OK;
}

static Status batch_end(TableScan *scan)
{
    Batch *batch = scan->batch;
    batch->selection = (Selection){NULL, batch->row_count};
    if (!scan->any_dropped) return OK;
    uint16_t *rows = arena_try_alloc(batch->arena, MAX(batch->row_count, 1) * sizeof *rows);
    if (!rows) return ST_NO_MEMORY;
    uint32_t count = 0;
    for (uint32_t i = 0; i < batch->row_count; i++)
        if (!bits_get(scan->dropped, i)) rows[count++] = (uint16_t)i;
    batch->selection = (Selection){rows, count};
    return OK;
}

Status table_scan_next(TableScan *scan, uint32_t rows_max, Batch *batch, RowId *ids)
{
    ASSERT(rows_max > 0);
    for (;;) {
        TRY(batch_begin(scan, rows_max, batch, ids));
        bool full = false;
        while (!full && !scan->done) {
            uint32_t from = batch->row_count, aside = scan->aside_count;
            uint32_t fixups = scan->fixups.count;
            TRY(read_leaf(scan, &full));
            TRY(resolve(scan, fixups));
            TRY(settle_all(scan, aside));
            if (scan->unsure && batch->row_count > from) TRY(filter_again(scan, from));
            if (scan->done && scan->options.shared) TRY(range_take(scan));
            TRY(task_try_check());
        }
        TRY(batch_end(scan));
        if (batch->selection.count > 0) return OK;
        if (scan->done) return ST_END;
    }
}

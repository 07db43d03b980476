/* SPDX-License-Identifier: Apache-2.0 */
/* op_index_scan.c - rows by an index, in its order; and rows by their ids (RowIdScan).
 *
 * The conditions on the key's columns become ranges of key bytes: equalities and IS NULL make a common beginning, the
 * first column with an inequality bounds it, NULLs stay outside by their marker. `= ANY (array)` makes a range an
 * element, sorted and without repeats, so that the order stays the index's. Where bytes cannot say all (a value of
 * another type than the column's, a cut key) the range is wider and the original conditions are asked of the row.
 *
 * The rows of a handful of entries are fetched together, in the order of their ids (a leaf is latched once for all that
 * it holds), and shown in the index's.
 *
 * Below a Gather entries are read by turns: who needs some takes the next handful of them, in the index's order, and
 * finds the rows by itself, which is what costs. Each thus gives its rows in that order.
 *
 * An index-only scan takes the values out of the entries' keys; of a key that was cut it fetches the row. That the rows
 * are visible the entries tell (table/index.h). */
#include "exec/ops.h"

#include "base/array.h"
#include "base/bitset.h"
#include "base/oids.h"
#include "base/task.h"
#include "exec/index_many.h"
#include "exec/parallel.h"
#include "exec/relation.h"
#include "exec/scan_row.h"
#include "table/row_order.h"
#include "type/array.h"

enum { HITS_MAX = 256, INDEX_COLUMNS_MAX = 32, FETCH_TOGETHER = 4 };
enum { MARK_VALUE = 1 }; /* docs/formats.md, section 7 */

typedef struct KeyRange {
    Bytes low, high;
    bool low_exclusive, high_exclusive;
} KeyRange;

/* Where the reading of entries has come to. */
typedef struct EntryCursor {
    Arena *arena;
    const IndexMaker *maker;
    const KeyRange *ranges;
    uint32_t range_count, range_at;
    IndexScan *scan;
} EntryCursor;

/* Below a Gather: whose turn it is, and what is read by turns. */
typedef struct SharedEntries {
    ParallelTurn turn;
    bool opened;
    EntryCursor cursor;
} SharedEntries;

typedef struct IndexState {
    ScanRow row;
    IndexMaker *maker;
    ExprState *values; /* of the keys, in order; NULLs where they have none */
    ExprState *
        original; /* asked where ranges are not exact; NULL: never were, or there is nothing to ask */
    Arena *arena; /* of a run: ranges, the scan */
    ARRAY_OF(KeyRange) ranges;
    bool started, inexact, again_given;
    EntryCursor cursor;
    SharedEntries *shared;    /* NULL: it reads all entries itself */
    RelationFigures *figures; /* of the index; NULL: nothing is counted */
    const Snapshot *snapshot;
    Batch batch;
    Datum *datums;
    TableScan *fetch; /* of many rows by id; NULL: none was needed */
    Batch fetched;    /* its rows, in the order of their ids */
    RowId *fetched_ids;
    uint32_t capacity;  /* of row.ids and `passed` */
    uint32_t rows_most; /* at a time: what the ranges may give, up to HITS_MAX */
    uint32_t *
        columns_of; /* index-only: the projection's column of each key column; UINT32_MAX: not wanted */
    uint16_t *passed;
} IndexState;

/* ---- opening ---- */

static const CatIndex *find_index(const CatRelation *relation, Oid oid)
{
    for (uint32_t i = 0; i < relation->index_count; i++)
        if (relation->indexes[i]->oid == oid) return relation->indexes[i];
    raise_error(SQLSTATE_INTERNAL_ERROR, "could not open relation with OID %u", oid);
}

static void open_index_only(IndexState *state, const PlanIndexScan *plan, Arena *arena)
{
    const CatIndex *index = state->maker->index;
    state->columns_of = ARENA_ARRAY(arena, uint32_t, index->key_count);
    for (uint32_t k = 0; k < index->key_count; k++) {
        state->columns_of[k] = UINT32_MAX;
        for (uint32_t i = 0; i < plan->base.columns.count; i++)
            if (plan->base.columns.items[i] == index->keys[k].column)
                state->columns_of[k] = state->row.place[i];
    }
}

static void index_scan_op_reopen(OpState *op)
{
    const PlanIndexScan *plan = (const PlanIndexScan *)op->plan;
    OP_STATE(IndexState, op)->figures = exec_figures_of(op->exec->options.figures, plan->index);
}

static void index_scan_op_open(OpState *op)
{
    const PlanIndexScan *plan = (const PlanIndexScan *)op->plan;
    IndexState *state = OP_STATE(IndexState, op);
    Exec *exec = op->exec;
    Arena *arena = exec->arena;
    scan_row_open(&state->row, exec, &plan->base, 0);
    state->maker = index_maker_open(exec, state->row.relation,
                                    find_index(state->row.relation, plan->index));
    index_scan_op_reopen(op);
    QConst *none = Q_NEW(arena, Const);
    none->type = OID_INT4;
    none->value = (QueryValue){{.null = true}, PHYS_I32};
    QExpr **values = ARENA_ARRAY(arena, QExpr *, plan->keys.count);
    for (uint32_t i = 0; i < plan->keys.count; i++)
        values[i] = plan->keys.items[i]->value ? plan->keys.items[i]->value : &none->base;
    state->values = exec__program(exec, values, plan->keys.count);
    state->arena = arena_new_child(arena, "index scan");
    state->batch.arena = arena_new_child(arena, "index scan");
    state->datums = ARENA_ARRAY(arena, Datum, state->row.projection.count);
    if (plan->index_only) open_index_only(state, plan, arena);
    if (!plan->base.base.parallel || !exec->group) return;
    state->shared = parallel_shared(exec, op->plan->id, sizeof *state->shared);
    if (!state->shared->cursor.arena)
        state->shared->cursor.arena = arena_new_child(exec->group->arena, "shared index scan");
}

/* Most scans by a key give a row or none. */
static void reserve(Exec *exec, IndexState *state, uint32_t rows)
{
    enum { CAPACITY_LEAST = 8 };
    if (rows <= state->capacity) return;
    state->capacity = MAX(rows, (uint32_t)CAPACITY_LEAST);
    state->row.ids = arena_alloc_array(exec->arena, state->capacity, sizeof *state->row.ids);
    state->passed = arena_alloc_array(exec->arena, state->capacity, sizeof *state->passed);
}

/* ---- ranges ---- */

/* A value as one of the column's type. Integers of other widths are brought to it; what lies outside is told by `side`
 * (-1 below all, 1 above all). False: not comparable by bytes. */
static bool to_column_type(const IndexMaker *maker, uint32_t column, Oid type, Datum *value,
                           int *side)
{
    const Type *want = maker->calls[column].type;
    *side = 0;
    if (type == want->oid) return true;
    const Type *have = type_get(maker->env, type);
    const bool integers = (type == OID_INT2 || type == OID_INT4 || type == OID_INT8) &&
                          (want->oid == OID_INT2 || want->oid == OID_INT4 || want->oid == OID_INT8);
    if (!integers) /* binary-coercible types have the same slots and order */
        return have->phys == want->phys && have->phys == PHYS_STR &&
               have->category == want->category;
    const int64_t v = type == OID_INT2   ? value->value.i16
                      : type == OID_INT4 ? value->value.i32
                                         : value->value.i64;
    const int64_t most = want->oid == OID_INT2   ? INT16_MAX
                         : want->oid == OID_INT4 ? INT32_MAX
                                                 : INT64_MAX;
    *side = v > most ? 1 : v < -most - 1 ? -1 : 0;
    if (*side != 0) return true;
    *value = (Datum){0};
    if (want->oid == OID_INT2)
        value->value.i16 = (int16_t)v;
    else if (want->oid == OID_INT4)
        value->value.i32 = (int32_t)v;
    else
        value->value.i64 = v;
    return true;
}

typedef struct RangeWork {
    IndexState *state;
    const PlanIndexScan *plan;
    const Datum *values;
} RangeWork;

static Bytes with_suffix(Arena *arena, Bytes prefix, const StrBuilder *suffix)
{
    const Str tail = str_peek(suffix);
    uint8_t *bytes = arena_alloc(arena, prefix.bytes + tail.bytes);
    if (prefix.bytes > 0) memcpy(bytes, prefix.data, prefix.bytes);
    if (tail.bytes > 0) memcpy(bytes + prefix.bytes, tail.data, tail.bytes);
    return (Bytes){bytes, prefix.bytes + tail.bytes};
}

static Bytes with_value_mark(Arena *arena, Bytes prefix)
{
    StrBuilder mark = str_builder(arena, 8);
    str_add_char(&mark, MARK_VALUE);
    return with_suffix(arena, prefix, &mark);
}

static void add_range(IndexState *state, const KeyRange *range)
{
    array_push(&state->ranges, *range);
}

/* The inequalities and IS NOT NULL of one column close the range. */
static void add_bounds(RangeWork *work, uint32_t column, Bytes prefix)
{
    IndexState *state = work->state;
    Arena *arena = state->arena;
    KeyRange range = {.low = prefix, .high = prefix};
    const bool descending = state->maker->index->keys[column].options & KEY_DESC;
    for (uint32_t i = 0; i < work->plan->keys.count; i++) {
        const PlanIndexKey *key = work->plan->keys.items[i];
        if ((uint32_t)key->column != column) continue;
        if (range.low.bytes == prefix.bytes) range.low = with_value_mark(arena, prefix);
        if (range.high.bytes == prefix.bytes) range.high = with_value_mark(arena, prefix);
        if (key->is_not_null) continue;
        Datum value = work->values[i];
        StrBuilder bytes = str_builder(arena, 32);
        int side;
        if (value.null) return; /* compares to nothing */
        if (!to_column_type(state->maker, column, key->value->type, &value, &side)) {
            state->inexact = true;
            continue;
        }
        const bool above = key->strategy >= 4; /* column > value */
        if (side != 0) {
            if ((side > 0) == above) return; /* nothing is there */
            continue;
        }
        const bool cut = index_maker_column(state->maker, column, &value, arena, &bytes) == KEY_CUT;
        const bool exclusive = (key->strategy == 1 || key->strategy == 5) && !cut;
        state->inexact |= cut || i > 0;
        if (above != descending) {
            range.low = with_suffix(arena, prefix, &bytes);
            range.low_exclusive = exclusive;
        } else {
            range.high = with_suffix(arena, prefix, &bytes);
            range.high_exclusive = exclusive;
        }
    }
    add_range(state, &range);
}

static void add_ranges(RangeWork *work, uint32_t column, Bytes prefix);

/* Goes on behind an equality with `value`. */
static void add_equal(RangeWork *work, uint32_t column, Bytes prefix, Oid type, Datum value)
{
    IndexState *state = work->state;
    StrBuilder bytes = str_builder(state->arena, 32);
    int side;
    if (!value.null || type != 0) {
        if (value.null) return;
        if (!to_column_type(state->maker, column, type, &value, &side)) {
            state->inexact = true;
            const KeyRange all = {.low = with_value_mark(state->arena, prefix),
                                  .high = with_value_mark(state->arena, prefix)};
            add_range(state, &all);
            return;
        }
        if (side != 0) return;
    }
    const bool cut = index_maker_column(state->maker, column, &value, state->arena, &bytes) ==
                     KEY_CUT;
    const Bytes longer = with_suffix(state->arena, prefix, &bytes);
    if (!cut) {
        add_ranges(work, column + 1, longer);
        return;
    }
    state->inexact = true;
    add_range(state, &(KeyRange){.low = longer, .high = longer});
}

static int order_bytes(const Bytes *a, const Bytes *b)
{
    return str_compare((Str){(const char *)a->data, a->bytes},
                       (Str){(const char *)b->data, b->bytes});
}

static void add_array(RangeWork *work, uint32_t column, Bytes prefix, const PlanIndexKey *key,
                      const Datum *array)
{
    const FnEnv *env = work->state->maker->env;
    const Type *type = type_get(env, key->value->type);
    ArrayView view;
    if (array->null || !array_view(strview_str(&array->value.str), &view)) return;
    const Type *element = type_get(env, type->element);
    for (uint32_t i = 0; i < view.count; i++) {
        task_check();
        add_equal(work, column, prefix, element->oid, array_get(&view, element, i));
    }
}

static void add_ranges(RangeWork *work, uint32_t column, Bytes prefix)
{
    task_check();
    for (uint32_t i = 0; i < work->plan->keys.count; i++) {
        const PlanIndexKey *key = work->plan->keys.items[i];
        if ((uint32_t)key->column != column || key->is_not_null) continue;
        if (key->is_null) {
            add_equal(work, column, prefix, 0, (Datum){.null = true});
            return;
        }
        if (key->strategy != 3) continue;
        if (key->is_array)
            add_array(work, column, prefix, key, &work->values[i]);
        else
            add_equal(work, column, prefix, key->value->type, work->values[i]);
        return;
    }
    for (uint32_t i = 0; i < work->plan->keys.count; i++)
        if ((uint32_t)work->plan->keys.items[i]->column == column) {
            add_bounds(work, column, prefix);
            return;
        }
    /* Conditions on later columns do not bound the range. */
    for (uint32_t i = 0; i < work->plan->keys.count; i++)
        if ((uint32_t)work->plan->keys.items[i]->column > column) work->state->inexact = true;
    add_range(work->state, &(KeyRange){.low = prefix, .high = prefix});
}

/* By their lower ends, equal ones once. Ranges of different elements do not overlap. */
static void sort_ranges(IndexState *state)
{
    KeyRange *ranges = state->ranges.items;
    for (uint32_t i = 1; i < state->ranges.count; i++) {
        const KeyRange range = ranges[i];
        uint32_t at = i;
        for (; at > 0 && order_bytes(&range.low, &ranges[at - 1].low) < 0; at--)
            ranges[at] = ranges[at - 1];
        ranges[at] = range;
    }
    uint32_t kept = 0;
    for (uint32_t i = 0; i < state->ranges.count; i++)
        if (kept == 0 || order_bytes(&ranges[i].low, &ranges[kept - 1].low) != 0)
            ranges[kept++] = ranges[i];
    state->ranges.count = kept;
}

/* Is there an equality for each column of a unique key? Then a range has one row. */
static bool is_of_single_rows(const IndexState *state, const PlanIndexScan *plan)
{
    const CatIndex *index = state->maker->index;
    if (!index->unique || !index->immediate || !index->valid) return false;
    for (uint32_t column = 0; column < index->key_count; column++) {
        bool found = false;
        for (uint32_t i = 0; i < plan->keys.count; i++) {
            const PlanIndexKey *key = plan->keys.items[i];
            found |= (uint32_t)key->column == column && key->strategy == 3 && !key->is_null &&
                     !key->is_not_null;
        }
        if (!found) return false;
    }
    return true;
}

static void start(OpState *op, IndexState *state)
{
    const PlanIndexScan *plan = (const PlanIndexScan *)op->plan;
    Exec *exec = op->exec;
    Datum *values = ARENA_ARRAY(state->arena, Datum, plan->keys.count);
    state->started = true;
    state->inexact = state->again_given = false;
    state->ranges.items = NULL;
    state->ranges.count = state->ranges.capacity = 0;
    state->ranges.arena = state->arena;
    state->snapshot = exec->options.snapshot;
    state->rows_most = 1;
    const ExecSource *again = exec__source(exec, plan->table);
    if (again) {
        state->snapshot = again->snapshot;
        return;
    }
    expr_eval_row(state->values, NULL, values);
    RangeWork work = {state, plan, values};
    add_ranges(&work, 0, (Bytes){(const uint8_t *)"", 0});
    sort_ranges(state);
    state->cursor = (EntryCursor){.arena = state->arena,
                                  .maker = state->maker,
                                  .ranges = state->ranges.items,
                                  .range_count = state->ranges.count};
    if (!is_of_single_rows(state, plan))
        state->rows_most = HITS_MAX;
    else
        state->rows_most = MAX(MIN(state->ranges.count, (uint32_t)HITS_MAX), 1u);
}

/* ---- rows ---- */

static bool next_range(OpState *op, IndexState *state, EntryCursor *cursor, bool backward)
{
    if (cursor->range_at == cursor->range_count) return false;
    op->figures.searches++;
    const uint32_t at = backward ? cursor->range_count - 1 - cursor->range_at : cursor->range_at;
    const KeyRange *from = &cursor->ranges[at];
    const IndexRange range = {.low = from->low,
                              .high = from->high,
                              .low_exclusive = from->low_exclusive,
                              .high_exclusive = from->high_exclusive,
                              .backward = backward};
    cursor->range_at++;
    if (state->figures) figures_add(&state->figures->scans, 1);
    if (cursor->scan)
        CHECK(index_scan_reset(cursor->scan, &range));
    else
        CHECK(index_scan_open(cursor->maker->open, state->snapshot, &range, &cursor->maker->recheck,
                              cursor->arena, &cursor->scan));
    return true;
}

/* The next entries; 0: there are no more. */
static uint32_t next_entries(OpState *op, IndexState *state, EntryCursor *cursor, IndexHit *hits,
                             uint32_t hits_max)
{
    const bool backward = ((const PlanIndexScan *)op->plan)->backward;
    uint32_t count = 0;
    if (!cursor->scan && !next_range(op, state, cursor, backward)) return 0;
    for (;;) {
        task_check();
        Status status = index_scan_next(cursor->scan, hits, hits_max, &count);
        if (status == OK && count > 0) return count;
        if (status != OK && status != ST_END) raise_status(status);
        if (!next_range(op, state, cursor, backward)) return 0;
    }
}

/* The same when it is this one's turn. The keys are then its own. A raise ends the turns of all. */
static uint32_t next_shared_entries(OpState *op, IndexState *state, IndexHit *hits,
                                    uint32_t hits_max)
{
    SharedEntries *shared = state->shared;
    ParallelGroup *group = op->exec->group;
    parallel_take_turn(group, &shared->turn);
    if (!shared->opened) {
        Arena *arena = shared->cursor.arena;
        shared->cursor = state->cursor;
        shared->cursor.arena = arena;
        shared->opened = true;
    }
    const uint32_t count = next_entries(op, state, &shared->cursor, hits, hits_max);
    for (uint32_t i = 0; state->columns_of && i < count; i++)
        hits[i].key.data = arena_copy(state->batch.arena, hits[i].key.data, hits[i].key.bytes);
    parallel_end_turn(group, &shared->turn);
    return count;
}

/* Adds the row that has this id, if the snapshot sees one. */
static void add_row(IndexState *state, RowId id)
{
    Batch *batch = &state->batch;
    Status status = table_fetch(state->row.relation->table, state->snapshot, id,
                                state->row.projection, batch->arena, state->datums);
    if (status == ST_NOT_FOUND) return;
    CHECK(status);
    scan_row_put(&state->row, batch, batch->row_count, state->datums);
    state->row.ids[batch->row_count++] = id;
}

static void fetch_open(Exec *exec, IndexState *state)
{
    const TableScanOptions options = {.projection = state->row.projection,
                                      .last = {ROW_ID_MAX},
                                      .by_rows = true,
                                      .sample_fraction = 1};
    if (state->fetch) return;
    if (!state->fetched.arena) {
        state->fetched.arena = arena_new_child(exec->arena, "rows of entries");
        state->fetched_ids = arena_alloc_array(exec->arena, BATCH_ROWS_MAX, sizeof(RowId));
    }
    CHECK(table_scan_open(state->row.relation->table, state->snapshot, &options, state->arena,
                          &state->fetch));
}

/* The rows of all these entries that the snapshot sees, in their order: dictionaries over what a scan by ids gives. */
static void add_rows(Exec *exec, IndexState *state, const IndexHit *hits, uint32_t count)
{
    Batch *batch = &state->batch, *fetched = &state->fetched;
    RowPlace wanted[HITS_MAX], spare[HITS_MAX];
    RowId ids[HITS_MAX];
    uint32_t place[HITS_MAX], n = 0;
    for (uint32_t i = 0; i < count; i++) wanted[i] = row_place(hits[i].row, i);
    row_places_sort(wanted, spare, count);
    for (uint32_t i = 0; i < count; i++) {
        place[i] = UINT32_MAX;
        ids[i] = row_place_row(wanted[i]);
    }
    fetch_open(exec, state);
    CHECK(table_scan_rows(state->fetch, ids, count));
    Status status = table_scan_next(state->fetch, count, fetched, state->fetched_ids);
    if (status == ST_END) return;
    CHECK(status);
    for (uint32_t i = 0, at = 0; i < fetched->selection.count; i++, at++) {
        const uint32_t row = sel_row(fetched->selection, i);
        while (ids[at].v != state->fetched_ids[row].v) at++;
        place[row_place_at(wanted[at])] = row;
    }
    uint16_t *rows = arena_alloc_array(batch->arena, count, sizeof *rows);
    for (uint32_t i = 0; i < count; i++) {
        if (place[i] == UINT32_MAX) continue;
        state->row.ids[n] = hits[i].row;
        rows[n++] = (uint16_t)place[i];
    }
    for (uint32_t c = 0; c < batch->column_count; c++)
        exec__pick_rows(&batch->columns[c], batch->arena, &fetched->columns[c], rows, n);
    batch->row_count = n;
}

/* Adds a row out of an entry's key. */
static void add_entry(IndexState *state, const IndexHit *hit)
{
    const IndexMaker *maker = state->maker;
    Batch *batch = &state->batch;
    Bytes key = hit->key;
    for (uint32_t k = 0; k < maker->index->key_count; k++) {
        Datum value;
        if (!type_unkey(maker->calls[k].type->oid,
                        (KeyOrder)(maker->index->keys[k].options & KEY_DESC), batch->arena, &key,
                        &value)) {
            add_row(state, hit->row);
            return;
        }
        if (state->columns_of[k] != UINT32_MAX) state->datums[state->columns_of[k]] = value;
    }
    if (key.bytes > 0) {
        add_row(state, hit->row);
        return;
    }
    scan_row_put(&state->row, batch, batch->row_count, state->datums);
    state->row.ids[batch->row_count++] = hit->row;
}

static bool read_hits(OpState *op, IndexState *state, uint32_t demand)
{
    IndexHit hits[HITS_MAX];
    const uint32_t most = MIN(demand, (uint32_t)HITS_MAX);
    const uint32_t count = state->shared ? next_shared_entries(op, state, hits, most)
                                         : next_entries(op, state, &state->cursor, hits, most);
    if (count == 0) return false;
    if (state->figures) {
        figures_add(&state->figures->returned, count);
        if (!state->columns_of) figures_add(&state->figures->fetched, count);
    }
    if (!state->columns_of && count >= FETCH_TOGETHER) {
        add_rows(op->exec, state, hits, count);
        return true;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (state->columns_of)
            add_entry(state, &hits[i]);
        else
            add_row(state, hits[i].row);
    }
    return true;
}

/* Those of the rows that satisfy the conditions themselves. */
static Selection ask_original(OpState *op, IndexState *state, Selection rows)
{
    const PlanIndexScan *plan = (const PlanIndexScan *)op->plan;
    const Batch *row = &state->row.row;
    if (!state->original) state->original = exec__filter(op->exec, &plan->original);
    if (!state->original) return rows;
    const uint32_t count = expr_filter(state->original, &row, 1, rows, state->passed);
    if (expr_has_error(state->original)) expr_raise(state->original);
    return (Selection){state->passed, count};
}

static bool index_scan_op_next(OpState *op, uint32_t rows_max)
{
    const PlanIndexScan *plan = (const PlanIndexScan *)op->plan;
    IndexState *state = OP_STATE(IndexState, op);
    const Batch *row = &state->row.row;
    if (!state->started) start(op, state);
    const ExecSource *again = exec__source(op->exec, plan->table);
    for (uint32_t tries = 0;; tries++) {
        if (tail_give(op, rows_max)) return true;
        const uint32_t demand = MIN(tail_demand(op, rows_max, tries), state->rows_most);
        reserve(op->exec, state, demand);
        scan_row_begin(&state->row, &state->batch, demand);
        if (again) {
            if (state->again_given) return false;
            state->again_given = true;
            add_row(state, again->row);
        } else if (!read_hits(op, state, demand)) {
            return false;
        }
        state->batch.selection = (Selection){.count = state->batch.row_count};
        if (state->batch.row_count == 0) continue;
        scan_row_fill(&state->row, &state->batch, state->snapshot);
        Selection rows = row->selection;
        if (state->inexact || again) rows = ask_original(op, state, rows);
        tail_take(op, &row, 1, rows);
    }
}

static void close_scan(IndexState *state)
{
    if (state->cursor.scan) index_scan_close(state->cursor.scan);
    if (state->shared && state->shared->cursor.scan) {
        index_scan_close(state->shared->cursor.scan);
        state->shared->cursor.scan = NULL;
    }
    if (state->fetch) table_scan_close(state->fetch);
    state->cursor.scan = NULL;
    state->fetch = NULL;
}

static void index_scan_op_rewind(OpState *op)
{
    IndexState *state = OP_STATE(IndexState, op);
    close_scan(state);
    arena_reset(state->arena);
    state->started = false;
}

static void index_scan_op_close(OpState *op)
{
    close_scan(OP_STATE(IndexState, op));
}

const Operator op_index_scan = {.kind = PLAN_INDEX_SCAN,
                                .title = "Index Scan",
                                .state_bytes = sizeof(IndexState),
                                .open = index_scan_op_open,
                                .next = index_scan_op_next,
                                .rewind = index_scan_op_rewind,
                                .close = index_scan_op_close,
                                .is_keepable = true,
                                .reopen = index_scan_op_reopen};

/* ---- many keys at once ---- */

/* Of these a key is never cut. */
static bool has_plain_key(const Type *type)
{
    return type->phys != PHYS_STR && type->phys != PHYS_DECIMAL && type->bytes > 0;
}

bool index_scan_takes_many(const OpState *scan)
{
    const PlanIndexScan *plan = (const PlanIndexScan *)scan->plan;
    const IndexState *state = OP_STATE(IndexState, scan);
    if (plan->index_only || plan->keys.count == 0) return false;
    for (uint32_t i = 0; i < plan->keys.count; i++) {
        const PlanIndexKey *key = plan->keys.items[i];
        const Type *column = state->maker->calls[i].type;
        if ((uint32_t)key->column != i || key->strategy != 3 || key->is_array || !key->value ||
            key->value->type != column->oid || !has_plain_key(column))
            return false;
    }
    return !scan->tail.one_row && !scan->tail.is_volatile;
}

/* The bytes of the keys that have no NULL; which ones, to `of`. */
static uint32_t make_keys(const IndexState *state, uint32_t columns, const Vector *keys,
                          Selection rows, Arena *arena, Bytes *bytes, uint32_t *of)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < rows.count; i++) {
        StrBuilder key = str_builder(arena, 16 * columns);
        bool any_null = false;
        for (uint32_t k = 0; k < columns && !any_null; k++) {
            const Datum value = vector_get(&keys[k], sel_row(rows, i));
            any_null = value.null;
            if (!any_null) (void)index_maker_column(state->maker, k, &value, arena, &key);
        }
        if (any_null) continue;
        const Str made = str_done(&key);
        bytes[count] = (Bytes){(const uint8_t *)made.data, made.bytes};
        of[count++] = i;
    }
    return count;
}

static int by_key(const void *a, const void *b)
{
    const IndexFound *one = a, *other = b;
    if (one->key != other->key) return one->key < other->key ? -1 : 1;
    return (one->id.v > other->id.v) - (one->id.v < other->id.v);
}

uint32_t index_scan_find(OpState *scan, const Vector *keys, Selection rows, Arena *arena,
                         IndexFound **found)
{
    const PlanIndexScan *plan = (const PlanIndexScan *)scan->plan;
    IndexState *state = OP_STATE(IndexState, scan);
    Bytes *bytes = arena_alloc_array(arena, rows.count, sizeof *bytes);
    uint32_t *of = arena_alloc_array(arena, rows.count, sizeof *of), *key_of, hit_count;
    IndexHit *hits;
    const uint32_t count = make_keys(state, plan->keys.count, keys, rows, arena, bytes, of);
    scan->figures.searches += count;
    CHECK(index_lookup_batch(state->maker->open, scan->exec->options.snapshot, bytes, count,
                             &state->maker->recheck, arena, &hits, &key_of, &hit_count));
    *found = arena_alloc_array(arena, hit_count, sizeof **found);
    for (uint32_t i = 0; i < hit_count; i++) (*found)[i] = (IndexFound){hits[i].row, of[key_of[i]]};
    if (hit_count > 1) qsort(*found, hit_count, sizeof **found, by_key);
    return hit_count;
}

const Batch *index_scan_show(OpState *scan, const RowId *ids, uint32_t count, uint32_t *places)
{
    IndexState *state = OP_STATE(IndexState, scan);
    Batch *fetched = &state->fetched;
    const Batch *row = &state->row.row;
    for (uint32_t i = 0; i < count; i++) places[i] = UINT32_MAX;
    state->snapshot = scan->exec->options.snapshot;
    tail_clear(scan);
    scan->out.selection.count = 0;
    reserve(scan->exec, state, BATCH_ROWS_MAX);
    fetch_open(scan->exec, state);
    CHECK(table_scan_rows(state->fetch, ids, count));
    Status status = table_scan_next(state->fetch, count, fetched, state->row.ids);
    if (status == ST_END) return &scan->out;
    CHECK(status);
    scan_row_fill(&state->row, fetched, state->snapshot);
    tail_take(scan, &row, 1, row->selection);
    if (!tail_give(scan, BATCH_ROWS_MAX)) return &scan->out;
    if (scan->tail.pending) expr_raise(scan->tail.pending);
    if (scan->tail.filter_failed) expr_raise(scan->tail.filter);
    scan->figures.rows += scan->out.selection.count;
    for (uint32_t i = 0, at = 0; i < scan->out.selection.count; i++, at++) {
        const uint32_t place = sel_row(scan->out.selection, i);
        while (ids[at].v != state->row.ids[place].v) at++;
        places[at] = place;
    }
    return &scan->out;
}

/* ---- RowIdScan ---- */

typedef struct RowIdState {
    ScanRow row;
    const QCurrentOf *current; /* of a cursor; NULL: `ids` are computed */
    ExprState *ids;
    Datum *values;
    uint32_t at;
    bool started;
    Batch batch;
    Datum *datums;
} RowIdState;

static void row_id_open(OpState *op)
{
    const PlanRowIdScan *plan = (const PlanRowIdScan *)op->plan;
    RowIdState *state = OP_STATE(RowIdState, op);
    scan_row_open(&state->row, op->exec, &plan->base, 1);
    state->current = Q_IF(CurrentOf, plan->row_ids.items[0]);
    if (!state->current)
        state->ids = exec__program(op->exec, plan->row_ids.items, plan->row_ids.count);
    state->values = ARENA_ARRAY(op->exec->arena, Datum, plan->row_ids.count);
    state->datums = ARENA_ARRAY(op->exec->arena, Datum, state->row.projection.count);
    state->batch.arena = arena_new_child(op->exec->arena, "rows by id");
}

static bool is_repeated(const RowIdState *state, uint32_t at)
{
    for (uint32_t i = 0; i < at; i++)
        if (!state->values[i].null && state->values[i].value.u64 == state->values[at].value.u64)
            return true;
    return false;
}

static void find_ids(OpState *op, RowIdState *state)
{
    const ExecOptions *options = &op->exec->options;
    state->started = true;
    if (!state->current) {
        expr_eval_row(state->ids, NULL, state->values);
        return;
    }
    Datum *id = &state->values[0];
    id->null = !options->current_of(options->session, state->current->cursor, state->row.relation,
                                    &id->value.u64);
}

static bool row_id_next(OpState *op, uint32_t rows_max)
{
    const PlanRowIdScan *plan = (const PlanRowIdScan *)op->plan;
    RowIdState *state = OP_STATE(RowIdState, op);
    const ExecSource *again = exec__source(op->exec, plan->table);
    const Snapshot *snapshot = again ? again->snapshot : op->exec->options.snapshot;
    const Batch *row = &state->row.row;
    if (!state->started) find_ids(op, state);
    for (;;) {
        task_check();
        if (tail_give(op, rows_max)) return true;
        if (state->at == plan->row_ids.count) return false;
        const Datum *value = &state->values[state->at++];
        if (value->null || is_repeated(state, state->at - 1)) continue;
        const RowId id = row_of_tid(value->value.u64);
        if (id.v == 0 || id.v > ROW_ID_MAX || (again && id.v != again->row.v)) continue;
        scan_row_begin(&state->row, &state->batch, 1);
        Status status = table_fetch(state->row.relation->table, snapshot, id, state->row.projection,
                                    state->batch.arena, state->datums);
        if (status == ST_NOT_FOUND) continue;
        CHECK(status);
        scan_row_put(&state->row, &state->batch, 0, state->datums);
        state->row.ids[0] = id;
        state->batch.row_count = 1;
        state->batch.selection = (Selection){.count = 1};
        scan_row_fill(&state->row, &state->batch, snapshot);
        tail_take(op, &row, 1, row->selection);
    }
}

static void row_id_rewind(OpState *op)
{
    OP_STATE(RowIdState, op)->at = 0;
    OP_STATE(RowIdState, op)->started = false;
}

const Operator op_row_id_scan = {.kind = PLAN_ROW_ID_SCAN,
                                 .title = "Tid Scan",
                                 .state_bytes = sizeof(RowIdState),
                                 .open = row_id_open,
                                 .next = row_id_next,
                                 .rewind = row_id_rewind};

/* SPDX-License-Identifier: Apache-2.0 */
/* sorter.c - sorting by normalised keys (sort_keys.h); rows themselves are never moved.
 *
 * What is more than work_mem is sorted and written as a run; at the end runs are merged. A run has the rows' columns,
 * the key (a byte string, or a number and its marker), and where keys may be cut at TYPE_KEY_BYTES_MAX the values that
 * then decide.
 *
 * With a limit, what cannot be among the first is thrown away whenever twice the limit has gathered, and from then on
 * rows that come behind the last of those are not even taken. */
#include "exec/sorter.h"

#include "base/array.h"
#include "base/oids.h"
#include "base/task.h"
#include "exec/ops.h"
#include "exec/sort_merge.h"
#include "exec/spill.h"

enum { TOP_SLACK_LEAST = 4096 };

struct Sorter {
    Exec *exec;
    Arena *parent, *arena; /* the second: keys and entries */
    RowShape shape;
    SortKeys keys;
    uint64_t limit, budget;
    uint64_t seen; /* rows given to it since it was empty */
    RowStore *rows;
    RowStore *key_rows; /* values of the keys of rows from key_rows_from on, once keys may be cut */
    uint32_t key_rows_from;
    ARRAY_OF(SortEntry) entries;
    bool has_bound;
    SortEntry bound; /* with a limit: later rows that are not before it are not wanted */
    uint32_t next;
    SortEntry *batch; /* keys of the rows at hand; `row` is their place in the selection */
    Merge *merge;     /* NULL: none needed yet */
    RowShape run_shape;
    uint64_t memory_most;
};

/* ---- opening ---- */

/* The columns of runs: the rows', the key's one or two, the values of keys. */
static void open_run_shape(Sorter *sorter)
{
    const RowShape *rows = &sorter->shape, *keys = &sorter->keys.shape;
    const uint32_t most = rows->count + 2 + keys->count;
    Oid *types = ARENA_ARRAY(sorter->parent, Oid, most);
    uint8_t *physes = ARENA_ARRAY(sorter->parent, uint8_t, most);
    uint32_t count = rows->count;
    memcpy(types, rows->types, count * sizeof *types);
    memcpy(physes, rows->physes, count);
    types[count] = sorter->keys.prefix_only ? OID_INT8 : OID_BYTEA;
    physes[count++] = sorter->keys.prefix_only ? PHYS_I64 : PHYS_STR;
    if (sorter->keys.prefix_only) {
        types[count] = OID_INT4;
        physes[count++] = PHYS_I32;
    }
    for (uint32_t i = 0; sorter->keys.may_be_cut && i < keys->count; i++) {
        types[count] = keys->types[i];
        physes[count++] = keys->physes[i];
    }
    sorter->run_shape = (RowShape){count, types, physes};
}

Sorter *sorter_new(Exec *exec, const RowShape *shape, const SortColumn *columns, uint32_t count,
                   uint64_t limit)
{
    Arena *parent = exec->arena;
    Sorter *sorter = ARENA_NEW(parent, Sorter);
    *sorter = (Sorter){.exec = exec,
                       .parent = parent,
                       .shape = *shape,
                       .limit = limit,
                       .budget = spill_budget(exec, false)};
    sort_keys_init(&sorter->keys, exec, columns, count);
    sorter->arena = arena_new_child(parent, "sort");
    sorter->entries.arena = sorter->arena;
    sorter->rows = rows_new(parent, shape);
    sorter->batch = arena_alloc_array(parent, BATCH_ROWS_MAX, sizeof *sorter->batch);
    open_run_shape(sorter);
    return sorter;
}

static void forget_rows(Sorter *sorter)
{
    arena_reset(sorter->arena);
    rows_clear(sorter->rows);
    if (sorter->key_rows) rows_clear(sorter->key_rows);
    sorter->key_rows_from = 0;
    sorter->entries.items = NULL;
    sorter->entries.count = sorter->entries.capacity = 0;
    sorter->next = 0;
    if (!sorter->keys.prefix_only) sorter->has_bound = false; /* its bytes are gone */
}

void sorter_clear(Sorter *sorter)
{
    forget_rows(sorter);
    sorter->has_bound = sorter->keys.any_cut = false;
    sorter->seen = 0;
    if (sorter->merge) merge_clear(sorter->merge);
}

/* ---- order ---- */

static int compare_values(const void *arg, uint32_t row, uint32_t other)
{
    const Sorter *sorter = arg;
    const uint32_t from = sorter->key_rows_from;
    if (row < from || other < from) return 0; /* not cut */
    for (uint32_t c = 0; c < sorter->keys.count; c++) {
        const int order = sort_keys_compare_value(&sorter->keys, c,
                                                  rows_get(sorter->key_rows, row - from, c),
                                                  rows_get(sorter->key_rows, other - from, c));
        if (order != 0) return order;
    }
    return 0;
}

static SortOrder sort_order(const Sorter *sorter)
{
    return (SortOrder){.prefix_only = sorter->keys.prefix_only,
                       .compare_values = sorter->keys.any_cut ? compare_values : NULL,
                       .arg = sorter,
                       .values_above = sorter->keys.exact_bytes};
}

static void sort_entries(Sorter *sorter)
{
    const SortOrder order = sort_order(sorter);
    const uint32_t count = sorter->entries.count;
    sorter->entries.items = entries_sort(&order, sorter->entries.items, count, sorter->arena);
    sorter->entries.capacity = count;
    if (sorter->limit > 0) sorter->entries.count = (uint32_t)MIN(sorter->limit, (uint64_t)count);
}

/* Of two rows in runs. */
static int compare_run_rows(const void *arg, const Vector *a, uint32_t row, const Vector *b,
                            uint32_t other)
{
    const Sorter *sorter = arg;
    uint32_t c = sorter->shape.count;
    if (sorter->keys.prefix_only) {
        const int32_t marker = ((const int32_t *)a[c + 1].data)[row],
                      other_marker = ((const int32_t *)b[c + 1].data)[other];
        const uint64_t key = ((const uint64_t *)a[c].data)[row],
                       other_key = ((const uint64_t *)b[c].data)[other];
        if (marker != other_marker) return marker < other_marker ? -1 : 1;
        return key == other_key ? 0 : key < other_key ? -1 : 1;
    }
    const StrView *key = (const StrView *)a[c].data + row,
                  *other_key = (const StrView *)b[c].data + other;
    const uint32_t bytes = MIN(key->bytes, other_key->bytes);
    const int order = memcmp(strview_str(key).data, strview_str(other_key).data, bytes);
    if (order != 0) return order;
    if (!sorter->keys.any_cut || MAX(key->bytes, other_key->bytes) <= sorter->keys.exact_bytes)
        return key->bytes == other_key->bytes ? 0 : key->bytes < other_key->bytes ? -1 : 1;
    for (uint32_t i = 0; i < sorter->keys.count; i++) {
        c++;
        const int value_order = sort_keys_compare_value(&sorter->keys, i, vector_get(&a[c], row),
                                                        vector_get(&b[c], other));
        if (value_order != 0) return value_order;
    }
    return 0;
}

/* ---- gathering the sorted rows ---- */

/* Rows of entries [at, at + count), and the columns of runs behind them if `whole`. */
static void gather(const Sorter *sorter, uint32_t at, uint32_t count, Vector *columns, bool whole,
                   Arena *arena)
{
    const SortEntry *entries = sorter->entries.items + at;
    uint32_t *numbers = arena_alloc_array(arena, count, sizeof *numbers);
    for (uint32_t i = 0; i < count; i++) numbers[i] = entries[i].row;
    rows_gather(sorter->rows, numbers, count, columns, arena);
    if (!whole) return;
    Vector *key = &columns[sorter->shape.count];
    if (sorter->keys.prefix_only) {
        vector_init_flat(&key[0], arena, OID_INT8, PHYS_I64, count);
        vector_init_flat(&key[1], arena, OID_INT4, PHYS_I32, count);
        for (uint32_t i = 0; i < count; i++) {
            ((uint64_t *)key[0].data)[i] = entries[i].prefix;
            ((int32_t *)key[1].data)[i] = (int32_t)entries[i].bytes;
        }
        return;
    }
    vector_init_flat(&key[0], arena, OID_BYTEA, PHYS_STR, count);
    for (uint32_t i = 0; i < count; i++)
        ((StrView *)key[0].data)[i] = strview(
            (Str){(const char *)entries[i].key, entries[i].bytes});
    if (!sorter->keys.may_be_cut) return;
    for (uint32_t i = 0; i < count; i++)
        numbers[i] = sorter->key_rows && numbers[i] >= sorter->key_rows_from
                         ? numbers[i] - sorter->key_rows_from
                         : UINT32_MAX;
    if (sorter->key_rows) {
        rows_gather(sorter->key_rows, numbers, count, &key[1], arena);
        return;
    }
    for (uint32_t c = 0; c < sorter->keys.count; c++)
        exec__null_column(&key[1 + c], arena, sorter->keys.shape.types[c],
                          (Phys)sorter->keys.shape.physes[c]);
}

/* ---- runs ---- */

static uint64_t memory_used(const Sorter *sorter)
{
    return arena_used(sorter->arena) + arena_used(rows_arena(sorter->rows)) +
           (sorter->key_rows ? arena_used(rows_arena(sorter->key_rows)) : 0) +
           sorter->entries.count * sizeof(SortEntry); /* what sorting takes besides */
}

static void write_run(Sorter *sorter)
{
    const uint64_t row_bytes = memory_used(sorter) / MAX(sorter->entries.count, 1u);
    if (!sorter->merge) {
        const MergeOptions options = {.shape = sorter->run_shape,
                                      .bytes_max = sorter->budget,
                                      .rows_max = sorter->limit,
                                      .compare = compare_run_rows,
                                      .arg = sorter};
        sorter->merge = merge_new(sorter->exec, sorter->parent, &options);
    }
    sort_entries(sorter);
    merge_begin_run(sorter->merge, row_bytes);
    Arena *scratch = arena_new_child(sorter->arena, "run");
    for (uint32_t at = 0; at < sorter->entries.count; at += BATCH_ROWS_MAX) {
        const uint32_t count = MIN(sorter->entries.count - at, (uint32_t)BATCH_ROWS_MAX);
        Vector *columns = ARENA_ARRAY(scratch, Vector, sorter->run_shape.count);
        gather(sorter, at, count, columns, true, scratch);
        merge_add(sorter->merge, columns, count);
        arena_reset(scratch);
    }
    forget_rows(sorter);
}

/* ---- rows ---- */

/* Sorts what is there and goes on with the first `limit` rows alone, in new memory. */
static void keep_first(Sorter *sorter)
{
    sort_entries(sorter);
    Sorter old = *sorter;
    sorter->arena = arena_new_child(sorter->parent, "sort");
    sorter->rows = rows_new(sorter->parent, &sorter->shape);
    sorter->key_rows = NULL;
    sorter->entries.arena = sorter->arena;
    sorter->entries.items = NULL;
    sorter->entries.count = sorter->entries.capacity = 0;
    if (old.key_rows) sorter->key_rows = rows_new(sorter->parent, &sorter->keys.shape);
    sorter->key_rows_from = 0;
    SCOPED(scope);
    Arena *scratch = scope_arena(scope, arena_account(sorter->parent), "sort");
    for (uint32_t at = 0; at < old.entries.count; at += BATCH_ROWS_MAX) {
        const uint32_t count = MIN(old.entries.count - at, (uint32_t)BATCH_ROWS_MAX);
        Vector *columns = ARENA_ARRAY(scratch, Vector, sorter->run_shape.count);
        gather(&old, at, count, columns, true, scratch);
        rows_append(sorter->rows, columns, (Selection){.count = count});
        if (sorter->key_rows)
            rows_append(sorter->key_rows, columns + sorter->shape.count + 1,
                        (Selection){.count = count});
        for (uint32_t i = 0; i < count; i++) {
            SortEntry entry = old.entries.items[at + i];
            if (entry.key) {
                entry.key = arena_copy(sorter->arena, entry.key, entry.bytes);
                entry.prefix = entry_prefix(entry.key, entry.bytes);
            }
            entry.row = at + i;
            array_push(&sorter->entries, entry);
        }
        arena_reset(scratch);
    }
    arena_drop(rows_arena(old.rows));
    if (old.key_rows) arena_drop(rows_arena(old.key_rows));
    arena_drop(old.arena);
    sorter->has_bound = sorter->entries.count == sorter->limit;
    if (sorter->has_bound) sorter->bound = array_last(&sorter->entries);
}

/* Is it surely not among the first? */
static bool is_behind_bound(const Sorter *sorter, const SortEntry *entry)
{
    const SortEntry *bound = &sorter->bound;
    if (sorter->keys.prefix_only)
        return entry->bytes != bound->bytes ? entry->bytes > bound->bytes
                                            : entry->prefix >= bound->prefix;
    if (entry->prefix != bound->prefix) return entry->prefix > bound->prefix;
    const int order = memcmp(entry->key, bound->key, MIN(entry->bytes, bound->bytes));
    if (order != 0) return order > 0;
    if (sorter->keys.any_cut && MAX(entry->bytes, bound->bytes) > sorter->keys.exact_bytes)
        return false;
    return entry->bytes >= bound->bytes;
}

/* The rows that may be wanted; their entries are moved together. */
static Selection only_wanted(Sorter *sorter, Selection selection, uint16_t *rows)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < selection.count; i++) {
        if (is_behind_bound(sorter, &sorter->batch[i])) continue;
        sorter->batch[count] = sorter->batch[i];
        rows[count++] = (uint16_t)sel_row(selection, i);
    }
    return (Selection){rows, count};
}

static void add_key_rows(Sorter *sorter, const Vector *keys, Selection selection,
                         uint32_t first_row)
{
    if (!sorter->key_rows && !sort_keys_may_be_long(&sorter->keys, keys, selection)) return;
    if (!sorter->key_rows) sorter->key_rows = rows_new(sorter->parent, &sorter->keys.shape);
    if (rows_count(sorter->key_rows) == 0) sorter->key_rows_from = first_row;
    rows_append(sorter->key_rows, keys, selection);
}

void sorter_add(Sorter *sorter, const Vector *rows, const Vector *keys, Selection selection)
{
    uint16_t wanted[BATCH_ROWS_MAX];
    const uint32_t first_row = rows_count(sorter->rows);
    const ArenaMark mark = arena_mark(sorter->arena);
    task_check();
    sorter->seen += selection.count;
    sort_keys_make(&sorter->keys, keys, selection, sorter->batch, sorter->arena);
    if (sorter->has_bound) selection = only_wanted(sorter, selection, wanted);
    if (selection.count == 0) {
        arena_rewind(sorter->arena, mark);
        return;
    }
    rows_append(sorter->rows, rows, selection);
    add_key_rows(sorter, keys, selection, first_row);
    array_reserve(&sorter->entries, sorter->entries.count + selection.count);
    SortEntry *out = sorter->entries.items + sorter->entries.count;
    for (uint32_t i = 0; i < selection.count; i++) {
        out[i] = sorter->batch[i];
        out[i].row = first_row + i;
    }
    sorter->entries.count += selection.count;
    const uint64_t slack = MAX(sorter->limit, (uint64_t)TOP_SLACK_LEAST);
    if (sorter->limit > 0 && sorter->entries.count >= sorter->limit + slack) keep_first(sorter);
    uint64_t used = memory_used(sorter);
    if (used > sorter->budget && sorter->limit > 0 && sorter->entries.count > 2 * sorter->limit) {
        keep_first(sorter);
        used = memory_used(sorter);
    }
    sorter->memory_most = MAX(sorter->memory_most, used);
    if (used > sorter->budget) write_run(sorter);
}

void sorter_finish(Sorter *sorter)
{
    sorter->next = 0;
    if (!sorter->merge || merge_runs_count(sorter->merge) == 0) {
        sort_entries(sorter);
        return;
    }
    if (sorter->entries.count > 0) write_run(sorter);
    merge_finish(sorter->merge);
}

uint32_t sorter_next(Sorter *sorter, uint32_t rows_max, Vector *columns, Arena *arena, bool *same)
{
    if (sorter->merge && merge_runs_count(sorter->merge) > 0)
        return merge_next(sorter->merge, rows_max, columns, sorter->shape.count, arena, same);
    const uint32_t count = MIN(rows_max, sorter->entries.count - sorter->next);
    if (count == 0) return 0;
    const SortOrder order = sort_order(sorter);
    const SortEntry *entries = sorter->entries.items + sorter->next;
    for (uint32_t i = 0; same && i < count; i++)
        same[i] = sorter->next + i > 0 && entries_same(&order, &entries[i] - 1, &entries[i]);
    gather(sorter, sorter->next, count, columns, false, arena);
    sorter->next += count;
    return count;
}

void sorter_figures(const Sorter *sorter, ExecFigures *figures)
{
    /* What PostgreSQL calls so: it begins to throw away at twice the limit. */
    figures->keeps_first = sorter->limit > 0 && sorter->seen > 2 * sorter->limit;
    const bool merged = sorter->merge && merge_runs_count(sorter->merge) > 0;
    figures->memory_bytes = sorter->memory_most;
    figures->disk_bytes = merged ? merge_disk_bytes(sorter->merge) : 0;
    figures->passes = merged ? merge_runs_count(sorter->merge) : 0;
}

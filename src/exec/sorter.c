/* SPDX-License-Identifier: Apache-2.0 */
/* sorter.c - sorting by normalised keys: each row's key columns become one byte string whose memcmp order is the order
 * wanted (docs/formats.md, section 7), and rows themselves are never moved. A key of one column of a number is that
 * number, and no bytes are made.
 *
 * What is more than work_mem is sorted and written as a run; at the end runs are merged. A run has the rows' columns,
 * the key (a byte string, or a number and its marker), and where keys may be cut at TYPE_KEY_BYTES_MAX the values that
 * then decide.
 *
 * With a limit, what cannot be among the first is thrown away whenever twice the limit has gathered, and from then on
 * rows that come behind the last of those are not even taken. */
#include "exec/sorter.h"

#include "base/array.h"
#include "base/arith.h"
#include "base/bitset.h"
#include "base/oids.h"
#include "base/task.h"
#include "exec/ops.h"
#include "exec/sort_entries.h"
#include "exec/sort_merge.h"
#include "exec/spill.h"
#include "type/collation.h"

enum { TOP_SLACK_LEAST = 4096, SHORT_VALUE_BYTES = 48, SHORT_COLUMNS = 8 };

struct Sorter {
    Exec *exec;
    Arena *parent, *arena; /* the second: keys and entries */
    RowShape shape, key_shape;
    const SortColumn *columns;
    TypeCall *calls;
    uint32_t column_count;
    uint64_t limit, budget;
    RowStore *rows;
    RowStore *key_rows; /* values of the keys of rows from key_rows_from on, once keys may be cut */
    uint32_t key_rows_from;
    ARRAY_OF(SortEntry) entries;
    bool prefix_only; /* keys of one number */
    bool all_fixed;   /* keys of numbers */
    bool may_be_cut;  /* by their types */
    bool short_types; /* whether keys are cut can be told from the bytes of the values */
    bool any_cut;
    uint32_t key_bytes; /* all_fixed */
    bool has_bound;
    SortEntry bound; /* with a limit: later rows that are not before it are not wanted */
    uint32_t next;
    SortEntry *batch; /* keys of the rows at hand; `row` is their place in the selection */
    Merge *merge;     /* NULL: none needed yet */
    RowShape run_shape;
    uint64_t memory_most;
};

/* ---- opening ---- */

static bool is_number(const Type *type)
{
    const bool is_float = type->oid == OID_FLOAT4 || type->oid == OID_FLOAT8;
    return is_float || (type->order_is_phys && type->phys >= PHYS_I16 && type->phys <= PHYS_I64);
}

static void open_column(Sorter *sorter, uint32_t i, Oid *types, uint8_t *physes)
{
    const SortColumn *column = &sorter->columns[i];
    const Type *type = type_get(sorter->exec->options.env, column->type);
    types[i] = type->oid;
    physes[i] = (uint8_t)type->phys;
    sorter->calls[i] = (TypeCall){.type = type,
                                  .env = sorter->exec->options.env,
                                  .arena = sorter->arena,
                                  .typmod = -1,
                                  .collation = column->collation};
    sorter->may_be_cut |= type->phys == PHYS_STR || type->phys == PHYS_DECIMAL;
    sorter->all_fixed &= is_number(type);
    sorter->key_bytes += 1 + phys_bytes(type->phys);
    /* Of these a key is hardly longer than the value; ICU's keys are several times as long. */
    sorter->short_types &= type->phys != PHYS_STR ||
                           ((type->oid == OID_TEXT || type->oid == OID_VARCHAR ||
                             type->oid == OID_BYTEA || type->oid == OID_NAME) &&
                            collation_is_plain(column->collation));
    if (!type->sort_key && !type->compare)
        raise_error(SQLSTATE_UNDEFINED_FUNCTION,
                    "could not identify an ordering operator for type %s", type->name);
}

/* The columns of runs: the rows', the key's one or two, the values of keys. */
static void open_run_shape(Sorter *sorter)
{
    const RowShape *rows = &sorter->shape, *keys = &sorter->key_shape;
    const uint32_t most = rows->count + 2 + keys->count;
    Oid *types = ARENA_ARRAY(sorter->parent, Oid, most);
    uint8_t *physes = ARENA_ARRAY(sorter->parent, uint8_t, most);
    uint32_t count = rows->count;
    memcpy(types, rows->types, count * sizeof *types);
    memcpy(physes, rows->physes, count);
    types[count] = sorter->prefix_only ? OID_INT8 : OID_BYTEA;
    physes[count++] = sorter->prefix_only ? PHYS_I64 : PHYS_STR;
    if (sorter->prefix_only) {
        types[count] = OID_INT4;
        physes[count++] = PHYS_I32;
    }
    for (uint32_t i = 0; sorter->may_be_cut && i < keys->count; i++) {
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
    Oid *types = ARENA_ARRAY(parent, Oid, count);
    uint8_t *physes = ARENA_ARRAY(parent, uint8_t, count);
    *sorter = (Sorter){.exec = exec,
                       .parent = parent,
                       .shape = *shape,
                       .columns = columns,
                       .column_count = count,
                       .limit = limit,
                       .budget = spill_budget(exec, false),
                       .all_fixed = true,
                       .short_types = count <= SHORT_COLUMNS};
    sorter->arena = arena_new_child(parent, "sort");
    sorter->calls = ARENA_ARRAY(parent, TypeCall, count);
    sorter->entries.arena = sorter->arena;
    for (uint32_t i = 0; i < count; i++) open_column(sorter, i, types, physes);
    sorter->prefix_only = count == 1 && sorter->all_fixed;
    sorter->key_shape = (RowShape){count, types, physes};
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
    if (!sorter->prefix_only) sorter->has_bound = false; /* its bytes are gone */
}

void sorter_clear(Sorter *sorter)
{
    forget_rows(sorter);
    sorter->has_bound = sorter->any_cut = false;
    if (sorter->merge) merge_clear(sorter->merge);
}

/* ---- keys ---- */

/* A number whose order is that of the values, in as many bytes as the slot. */
static inline uint64_t number_key(Phys phys, const void *slot)
{
    if (phys == PHYS_I64) return *(const uint64_t *)slot ^ (UINT64_C(1) << 63);
    if (phys == PHYS_I32) return *(const uint32_t *)slot ^ (UINT32_C(1) << 31);
    if (phys == PHYS_I16) return *(const uint16_t *)slot ^ UINT16_C(0x8000);
    if (phys == PHYS_F32) {
        const float value = *(const float *)slot + 0.0f; /* -0 is 0 */
        uint32_t bits;
        memcpy(&bits, &value, sizeof bits);
        if (value != value) return UINT32_MAX;
        return (uint32_t)(bits >> 31 ? ~bits : bits | UINT32_C(1) << 31);
    }
    const double value = *(const double *)slot + 0.0;
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    if (value != value) return UINT64_MAX;
    return bits >> 63 ? ~bits : bits | UINT64_C(1) << 63;
}

static inline __attribute__((always_inline)) void number_loop(const SortColumn *column,
                                                              const Vector *key,
                                                              Selection selection, SortEntry *out,
                                                              Phys phys)
{
    const size_t bytes = phys_bytes(phys);
    for (uint32_t i = 0; i < selection.count; i++) {
        const uint32_t at = vector_index(key, sel_row(selection, i));
        uint64_t number = number_key(phys, (const char *)key->data + at * bytes);
        uint32_t marker = 1;
        if (column->descending) number = ~number;
        if (key->nulls && bits_get(key->nulls, at)) {
            marker = column->nulls_first ? 0 : 2;
            number = 0;
        }
        out[i] = (SortEntry){number, NULL, marker, i};
    }
}

static void number_entries(const SortColumn *column, const Vector *key, Selection selection,
                           SortEntry *out)
{
    switch ((Phys)key->phys) { /* constants for the compiler: a loop each */
    case PHYS_I16: number_loop(column, key, selection, out, PHYS_I16); break;
    case PHYS_I32: number_loop(column, key, selection, out, PHYS_I32); break;
    case PHYS_I64: number_loop(column, key, selection, out, PHYS_I64); break;
    case PHYS_F32: number_loop(column, key, selection, out, PHYS_F32); break;
    case PHYS_F64: number_loop(column, key, selection, out, PHYS_F64); break;
    case PHYS_BOOL:
    case PHYS_FIXED16:
    case PHYS_DECIMAL:
    case PHYS_STR:
    case PHYS_COUNT: (void)NEVER(true);
    }
}

/* Keys of one length, a column after the other. A NULL's bytes are zero behind its marker. */
static void fixed_entries(Sorter *sorter, const Vector *keys, Selection selection, SortEntry *out)
{
    const uint32_t stride = sorter->key_bytes;
    uint8_t *bytes = arena_alloc(sorter->arena, (size_t)stride * selection.count + 8);
    uint32_t offset = 0;
    for (uint32_t c = 0; c < sorter->column_count; c++) {
        const uint32_t width = phys_bytes((Phys)keys[c].phys);
        number_entries(&sorter->columns[c], &keys[c], selection, out);
        for (uint32_t i = 0; i < selection.count; i++) {
            uint8_t *to = bytes + (size_t)i * stride + offset;
            const uint64_t number = out[i].prefix << (64 - 8 * width);
            to[0] = (uint8_t)out[i].bytes;
            for (uint32_t b = 0; b < width; b++) to[1 + b] = (uint8_t)(number >> (56 - 8 * b));
        }
        offset += 1 + width;
    }
    for (uint32_t i = 0; i < selection.count; i++) {
        const uint8_t *key = bytes + (size_t)i * stride;
        out[i] = (SortEntry){entry_prefix(key, stride), key, stride, i};
    }
}

/* A part that may have been cut ends its key: what comes behind must not decide before the values do. */
static void byte_entries(Sorter *sorter, const Vector *keys, Selection selection, SortEntry *out)
{
    StrBuilder builder = str_builder(sorter->arena, 64);
    for (uint32_t i = 0; i < selection.count; i++) {
        const uint32_t row = sel_row(selection, i);
        const size_t start = str_peek(&builder).bytes;
        for (uint32_t c = 0; c < sorter->column_count; c++) {
            const SortColumn *column = &sorter->columns[c];
            const Datum value = vector_get(&keys[c], row);
            const KeyOrder order = (KeyOrder)((column->descending ? KEY_DESC : 0) |
                                              (column->nulls_first ? KEY_NULLS_FIRST : 0));
            const size_t before = str_peek(&builder).bytes;
            if (type_key(&sorter->calls[c], &value, order, &builder) == KEY_CUT)
                sorter->any_cut = true;
            if (str_peek(&builder).bytes - before > TYPE_KEY_BYTES_MAX) break;
        }
        out[i].bytes = (uint32_t)(str_peek(&builder).bytes - start);
        out[i].row = i;
    }
    const uint8_t *key = (const uint8_t *)str_peek(&builder).data;
    for (uint32_t i = 0; i < selection.count; key += out[i++].bytes) {
        out[i].key = key;
        out[i].prefix = entry_prefix(key, out[i].bytes);
    }
}

/* May a key of these be cut? Else none is longer than it may be. */
static bool keys_may_be_long(const Sorter *sorter, const Vector *keys, Selection selection)
{
    if (!sorter->may_be_cut) return false;
    if (!sorter->short_types) return true;
    for (uint32_t c = 0; c < sorter->column_count; c++) {
        const Vector *v = &keys[c];
        if (v->phys != PHYS_STR && v->phys != PHYS_DECIMAL) continue;
        for (uint32_t i = 0; i < selection.count; i++) {
            const void *slot = (const char *)v->data +
                               (size_t)vector_index(v, sel_row(selection, i)) * sizeof(Value);
            if (v->phys == PHYS_STR ? ((const StrView *)slot)->bytes > SHORT_VALUE_BYTES
                                    : ((const Decimal *)slot)->kind != DECIMAL_SMALL)
                return true;
        }
    }
    return false;
}

/* ---- order ---- */

/* Which of two key values of a column comes first. */
static int compare_value(const Sorter *sorter, uint32_t c, Datum left, Datum right)
{
    const SortColumn *column = &sorter->columns[c];
    if (left.null || right.null) {
        if (left.null == right.null) return 0;
        return left.null == column->nulls_first ? -1 : 1;
    }
    const int order = type_compare(&sorter->calls[c], &left.value, &right.value);
    return column->descending ? -order : order;
}

static int compare_values(const void *arg, uint32_t row, uint32_t other)
{
    const Sorter *sorter = arg;
    const uint32_t from = sorter->key_rows_from;
    if (row < from || other < from) return 0; /* not cut */
    for (uint32_t c = 0; c < sorter->column_count; c++) {
        const int order = compare_value(sorter, c, rows_get(sorter->key_rows, row - from, c),
                                        rows_get(sorter->key_rows, other - from, c));
        if (order != 0) return order;
    }
    return 0;
}

static SortOrder sort_order(const Sorter *sorter)
{
    return (SortOrder){.prefix_only = sorter->prefix_only,
                       .compare_values = sorter->any_cut ? compare_values : NULL,
                       .arg = sorter,
                       .values_above = TYPE_KEY_BYTES_MAX};
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
    if (sorter->prefix_only) {
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
    if (!sorter->any_cut || MAX(key->bytes, other_key->bytes) <= TYPE_KEY_BYTES_MAX)
        return key->bytes == other_key->bytes ? 0 : key->bytes < other_key->bytes ? -1 : 1;
    for (uint32_t i = 0; i < sorter->column_count; i++) {
        c++;
        const int value_order = compare_value(sorter, i, vector_get(&a[c], row),
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
    if (sorter->prefix_only) {
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
    if (!sorter->may_be_cut) return;
    for (uint32_t i = 0; i < count; i++)
        numbers[i] = sorter->key_rows && numbers[i] >= sorter->key_rows_from
                         ? numbers[i] - sorter->key_rows_from
                         : UINT32_MAX;
    if (sorter->key_rows) {
        rows_gather(sorter->key_rows, numbers, count, &key[1], arena);
        return;
    }
    for (uint32_t c = 0; c < sorter->column_count; c++)
        exec__null_column(&key[1 + c], arena, sorter->key_shape.types[c],
                          (Phys)sorter->key_shape.physes[c]);
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
    for (uint32_t i = 0; i < sorter->column_count; i++) sorter->calls[i].arena = sorter->arena;
    sorter->rows = rows_new(sorter->parent, &sorter->shape);
    sorter->key_rows = NULL;
    sorter->entries.arena = sorter->arena;
    sorter->entries.items = NULL;
    sorter->entries.count = sorter->entries.capacity = 0;
    if (old.key_rows) sorter->key_rows = rows_new(sorter->parent, &sorter->key_shape);
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
    if (sorter->prefix_only)
        return entry->bytes != bound->bytes ? entry->bytes > bound->bytes
                                            : entry->prefix >= bound->prefix;
    if (entry->prefix != bound->prefix) return entry->prefix > bound->prefix;
    const int order = memcmp(entry->key, bound->key, MIN(entry->bytes, bound->bytes));
    if (order != 0) return order > 0;
    if (sorter->any_cut && MAX(entry->bytes, bound->bytes) > TYPE_KEY_BYTES_MAX) return false;
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
    if (!sorter->key_rows && !keys_may_be_long(sorter, keys, selection)) return;
    if (!sorter->key_rows) sorter->key_rows = rows_new(sorter->parent, &sorter->key_shape);
    if (rows_count(sorter->key_rows) == 0) sorter->key_rows_from = first_row;
    rows_append(sorter->key_rows, keys, selection);
}

void sorter_add(Sorter *sorter, const Vector *rows, const Vector *keys, Selection selection)
{
    uint16_t wanted[BATCH_ROWS_MAX];
    const uint32_t first_row = rows_count(sorter->rows);
    const ArenaMark mark = arena_mark(sorter->arena);
    task_check();
    if (sorter->prefix_only)
        number_entries(&sorter->columns[0], &keys[0], selection, sorter->batch);
    else if (sorter->all_fixed)
        fixed_entries(sorter, keys, selection, sorter->batch);
    else
        byte_entries(sorter, keys, selection, sorter->batch);
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
    const uint64_t used = memory_used(sorter);
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
    figures->memory_bytes += sorter->memory_most;
    if (!sorter->merge || merge_runs_count(sorter->merge) == 0) return;
    figures->disk_bytes += merge_disk_bytes(sorter->merge);
    figures->passes += merge_runs_count(sorter->merge);
}

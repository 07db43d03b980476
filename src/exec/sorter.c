/* SPDX-License-Identifier: Apache-2.0 */
/* sorter.c - sorting by normalised keys: each row's key columns become one byte string whose memcmp order is the order
 * wanted (docs/formats.md, section 7), its first eight bytes stand as a number in the entry that is moved about, and
 * rows themselves are never moved. Entries are sorted by merging, so equal keys keep their order.
 *
 * A key of one integer column is the number itself: no bytes are made. Keys cut at TYPE_KEY_BYTES_MAX that agree are
 * decided by the values. With a limit, what cannot be among the first is thrown away whenever twice the limit has
 * gathered. */
#include "exec/sorter.h"

#include "base/array.h"
#include "base/arith.h"
#include "base/bitset.h"
#include "base/task.h"

enum { TOP_SLACK_LEAST = 4096, MERGE_SMALL = 16 };

typedef struct Entry {
    uint64_t prefix; /* first bytes of the key, big-endian */
    const uint8_t *key;
    uint32_t bytes;
    uint32_t row;
} Entry;

struct Sorter {
    Arena *parent, *arena; /* the second: keys and entries */
    const FnEnv *env;
    RowShape shape;
    const SortColumn *columns;
    TypeCall *calls;
    uint32_t column_count;
    uint64_t limit;
    RowStore *rows, *key_rows; /* the second: values of the keys, only where some may be cut */
    ARRAY_OF(Entry) entries;
    bool prefix_only; /* keys of one small column: the prefix is all */
    bool may_be_cut, any_cut;
    uint32_t next;
};

static bool is_word_key(const Type *type)
{
    return type->order_is_phys && type->phys >= PHYS_I16 && type->phys <= PHYS_I64;
}

Sorter *sorter_new(Arena *parent, const FnEnv *env, const RowShape *shape,
                   const SortColumn *columns, uint32_t count, uint64_t limit)
{
    Sorter *sorter = ARENA_NEW(parent, Sorter);
    Oid *types = ARENA_ARRAY(parent, Oid, count);
    uint8_t *physes = ARENA_ARRAY(parent, uint8_t, count);
    *sorter = (Sorter){.parent = parent,
                       .env = env,
                       .shape = *shape,
                       .columns = columns,
                       .column_count = count,
                       .limit = limit};
    sorter->arena = arena_new_child(parent, "sort");
    sorter->calls = ARENA_ARRAY(parent, TypeCall, count);
    sorter->entries.arena = sorter->arena;
    for (uint32_t i = 0; i < count; i++) {
        const Type *type = type_get(env, columns[i].type);
        types[i] = type->oid;
        physes[i] = (uint8_t)type->phys;
        sorter->calls[i] = (TypeCall){.type = type,
                                      .env = env,
                                      .arena = sorter->arena,
                                      .typmod = -1,
                                      .collation = columns[i].collation};
        sorter->may_be_cut |= type->phys == PHYS_STR || type->phys == PHYS_DECIMAL;
        if (!type->sort_key && !type->compare)
            raise_error(SQLSTATE_UNDEFINED_FUNCTION,
                        "could not identify an ordering operator for type %s", type->name);
    }
    sorter->prefix_only = count == 1 && is_word_key(sorter->calls[0].type);
    sorter->rows = rows_new(parent, shape);
    if (sorter->may_be_cut) sorter->key_rows = rows_new(parent, &(RowShape){count, types, physes});
    return sorter;
}

void sorter_clear(Sorter *sorter)
{
    arena_reset(sorter->arena);
    rows_clear(sorter->rows);
    if (sorter->key_rows) rows_clear(sorter->key_rows);
    sorter->entries.items = NULL;
    sorter->entries.count = sorter->entries.capacity = 0;
    sorter->next = 0;
    sorter->any_cut = false;
}

/* ---- keys ---- */

static uint64_t prefix_of(const uint8_t *key, uint32_t bytes)
{
    uint8_t padded[8] = {0};
    memcpy(padded, key, MIN(bytes, 8u));
    return load_be64(padded);
}

/* A whole column of one small integer type: the value with its sign flipped, shifted so that NULLs find room at either
 * end. int8 uses all 64 bits: its NULLs and extremes are told apart by `bytes`, which stands for the marker. */
static void add_word_keys(Sorter *sorter, const Vector *key, Selection selection,
                          uint32_t first_row)
{
    const SortColumn *column = &sorter->columns[0];
    array_reserve(&sorter->entries, sorter->entries.count + selection.count);
    Entry *out = sorter->entries.items + sorter->entries.count;
    for (uint32_t i = 0; i < selection.count; i++) {
        const uint32_t at = vector_index(key, sel_row(selection, i));
        int64_t value = 0;
        uint32_t marker = 1;
        if (key->nulls && bits_get(key->nulls, at))
            marker = column->nulls_first ? 0 : 2;
        else if (key->phys == PHYS_I64)
            value = ((const int64_t *)key->data)[at];
        else
            value = key->phys == PHYS_I32 ? ((const int32_t *)key->data)[at]
                                          : ((const int16_t *)key->data)[at];
        uint64_t prefix = (uint64_t)value ^ (UINT64_C(1) << 63);
        if (marker == 1 && column->descending) prefix = ~prefix;
        out[i] = (Entry){prefix, NULL, marker, first_row + i};
    }
    sorter->entries.count += selection.count;
}

static void add_byte_keys(Sorter *sorter, const Vector *keys, Selection selection,
                          uint32_t first_row)
{
    StrBuilder builder = str_builder(sorter->arena, 64);
    for (uint32_t i = 0; i < selection.count; i++) {
        const uint32_t row = sel_row(selection, i);
        str_truncate(&builder, 0);
        for (uint32_t c = 0; c < sorter->column_count; c++) {
            const SortColumn *column = &sorter->columns[c];
            const Datum value = vector_get(&keys[c], row);
            const KeyOrder order = (KeyOrder)((column->descending ? KEY_DESC : 0) |
                                              (column->nulls_first ? KEY_NULLS_FIRST : 0));
            if (type_key(&sorter->calls[c], &value, order, &builder) == KEY_CUT)
                sorter->any_cut = true;
        }
        const Str key = str_peek(&builder);
        const uint8_t *copy = arena_copy(sorter->arena, key.data, key.bytes);
        const Entry entry = {prefix_of(copy, (uint32_t)key.bytes), copy, (uint32_t)key.bytes,
                             first_row + i};
        array_push(&sorter->entries, entry);
    }
}

/* ---- order ---- */

static int compare_values(const Sorter *sorter, uint32_t a, uint32_t b)
{
    for (uint32_t c = 0; c < sorter->column_count; c++) {
        const SortColumn *column = &sorter->columns[c];
        const Datum left = rows_get(sorter->key_rows, a, c),
                    right = rows_get(sorter->key_rows, b, c);
        if (left.null || right.null) {
            if (left.null == right.null) continue;
            return left.null == column->nulls_first ? -1 : 1;
        }
        int order = type_compare(&sorter->calls[c], &left.value, &right.value);
        if (order != 0) return column->descending ? -order : order;
    }
    return 0;
}

static int compare_entries(const Sorter *sorter, const Entry *a, const Entry *b)
{
    if (sorter->prefix_only) {
        if (a->bytes != b->bytes) return a->bytes < b->bytes ? -1 : 1;
        return a->prefix == b->prefix ? 0 : a->prefix < b->prefix ? -1 : 1;
    }
    if (a->prefix != b->prefix) return a->prefix < b->prefix ? -1 : 1;
    const uint32_t bytes = MIN(a->bytes, b->bytes);
    int order = bytes > 8 ? memcmp(a->key + 8, b->key + 8, bytes - 8) : 0;
    if (order == 0 && a->bytes != b->bytes) order = a->bytes < b->bytes ? -1 : 1;
    if (order != 0 || !sorter->any_cut) return order;
    return compare_values(sorter, a->row, b->row);
}

static void insertion_sort(const Sorter *sorter, Entry *entries, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        const Entry entry = entries[i];
        uint32_t at = i;
        for (; at > 0 && compare_entries(sorter, &entry, &entries[at - 1]) < 0; at--)
            entries[at] = entries[at - 1];
        entries[at] = entry;
    }
}

/* Merges of runs of doubling length, from one array to the other; runs that are in order already are copied. */
static void merge_runs(const Sorter *sorter, const Entry *from, Entry *to, uint32_t count,
                       uint32_t run)
{
    for (uint64_t start = 0; start < count; start += 2ull * run) {
        const uint32_t middle = (uint32_t)MIN((uint64_t)count, start + run);
        const uint32_t end = (uint32_t)MIN((uint64_t)count, start + 2ull * run);
        uint32_t a = (uint32_t)start, b = middle, out = (uint32_t)start;
        task_check();
        if (b >= end || compare_entries(sorter, &from[b - 1], &from[b]) <= 0) {
            memcpy(&to[start], &from[start], (end - start) * sizeof *to);
            continue;
        }
        while (a < middle && b < end)
            to[out++] = compare_entries(sorter, &from[b], &from[a]) < 0 ? from[b++] : from[a++];
        memcpy(&to[out], &from[a], (middle - a) * sizeof *to);
        out += middle - a;
        memcpy(&to[out], &from[b], (end - b) * sizeof *to);
    }
}

static void sort_entries(Sorter *sorter)
{
    const uint32_t count = sorter->entries.count;
    Entry *entries = sorter->entries.items;
    for (uint32_t at = 0; at < count; at += MERGE_SMALL)
        insertion_sort(sorter, entries + at, MIN(count - at, (uint32_t)MERGE_SMALL));
    if (count <= MERGE_SMALL) return;
    Entry *other = arena_alloc_array(sorter->arena, count, sizeof *other);
    for (uint64_t run = MERGE_SMALL; run < count; run *= 2) {
        merge_runs(sorter, entries, other, count, (uint32_t)run);
        Entry *swap = entries;
        entries = other;
        other = swap;
    }
    sorter->entries.items = entries;
    sorter->entries.capacity = count;
}

/* ---- rows ---- */

static void keep_first(Sorter *sorter);

void sorter_add(Sorter *sorter, const Vector *rows, const Vector *keys, Selection selection)
{
    const uint32_t first_row = rows_count(sorter->rows);
    task_check();
    rows_append(sorter->rows, rows, selection);
    if (sorter->key_rows) rows_append(sorter->key_rows, keys, selection);
    if (sorter->prefix_only)
        add_word_keys(sorter, &keys[0], selection, first_row);
    else
        add_byte_keys(sorter, keys, selection, first_row);
    const uint64_t slack = MAX(sorter->limit, (uint64_t)TOP_SLACK_LEAST);
    if (sorter->limit > 0 && sorter->entries.count >= sorter->limit + slack) keep_first(sorter);
}

/* Sorts what is there and goes on with the first `limit` rows alone, in new memory. */
static void keep_first(Sorter *sorter)
{
    sort_entries(sorter);
    Sorter old = *sorter;
    const uint32_t count = (uint32_t)MIN(sorter->limit, (uint64_t)sorter->entries.count);
    Oid *types = ARENA_ARRAY(sorter->parent, Oid, sorter->column_count);
    uint8_t *physes = ARENA_ARRAY(sorter->parent, uint8_t, sorter->column_count);
    for (uint32_t i = 0; i < sorter->column_count; i++) {
        types[i] = sorter->calls[i].type->oid;
        physes[i] = (uint8_t)sorter->calls[i].type->phys;
    }
    sorter->arena = arena_new_child(sorter->parent, "sort");
    for (uint32_t i = 0; i < sorter->column_count; i++) sorter->calls[i].arena = sorter->arena;
    sorter->rows = rows_new(sorter->parent, &sorter->shape);
    if (sorter->key_rows)
        sorter->key_rows = rows_new(sorter->parent,
                                    &(RowShape){sorter->column_count, types, physes});
    sorter->entries.arena = sorter->arena;
    sorter->entries.items = NULL;
    sorter->entries.count = sorter->entries.capacity = 0;
    array_reserve(&sorter->entries, count);
    for (uint32_t at = 0; at < count; at++) {
        Entry entry = old.entries.items[at];
        if (entry.key) entry.key = arena_copy(sorter->arena, entry.key, entry.bytes);
        array_push(&sorter->entries, entry);
    }
    SCOPED(scope);
    Arena *scratch = scope_arena(scope, arena_account(sorter->parent), "sort");
    Vector *columns = ARENA_ARRAY(scratch, Vector, MAX(sorter->shape.count, sorter->column_count));
    uint32_t *numbers = arena_alloc_array(scratch, BATCH_ROWS_MAX, sizeof *numbers);
    for (uint32_t at = 0; at < count; at += BATCH_ROWS_MAX) {
        const uint32_t here = MIN(count - at, (uint32_t)BATCH_ROWS_MAX);
        const ArenaMark mark = arena_mark(scratch);
        for (uint32_t i = 0; i < here; i++) numbers[i] = sorter->entries.items[at + i].row;
        rows_gather(old.rows, numbers, here, columns, scratch);
        rows_append(sorter->rows, columns, (Selection){.count = here});
        if (old.key_rows) {
            rows_gather(old.key_rows, numbers, here, columns, scratch);
            rows_append(sorter->key_rows, columns, (Selection){.count = here});
        }
        arena_rewind(scratch, mark);
    }
    for (uint32_t at = 0; at < count; at++) sorter->entries.items[at].row = at;
    arena_drop(rows_arena(old.rows));
    if (old.key_rows) arena_drop(rows_arena(old.key_rows));
    arena_drop(old.arena);
}

void sorter_finish(Sorter *sorter)
{
    sort_entries(sorter);
    if (sorter->limit > 0)
        sorter->entries.count = (uint32_t)MIN(sorter->limit, (uint64_t)sorter->entries.count);
    sorter->next = 0;
}

uint32_t sorter_next(Sorter *sorter, uint32_t rows_max, Vector *columns, Arena *arena, bool *same)
{
    const uint32_t count = MIN(rows_max, sorter->entries.count - sorter->next);
    if (count == 0) return 0;
    uint32_t *numbers = arena_alloc_array(arena, count, sizeof *numbers);
    const Entry *entries = sorter->entries.items + sorter->next;
    for (uint32_t i = 0; i < count; i++) numbers[i] = entries[i].row;
    for (uint32_t i = 0; same && i < count; i++)
        same[i] = sorter->next + i > 0 &&
                  compare_entries(sorter, &entries[i] - 1, &entries[i]) == 0;
    rows_gather(sorter->rows, numbers, count, columns, arena);
    sorter->next += count;
    return count;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* row_merge.c - a few streams, so the least row is looked for among them all; then rows of its stream follow as long
 * as they are not above the least of the others. A batch ends where a stream has to be asked for more, so that all its
 * rows stand in batches at hand when they are copied, column by column. */
#include "exec/row_merge.h"

#include "base/bitset.h"
#include "base/task.h"
#include "exec/sort_keys.h"

typedef struct Stream {
    ExprState *program;
    Vector *vectors;
    SortKeys keys;
    SortEntry *entries; /* by place in the selection */
    Arena *arena;
    const Batch *batch; /* NULL: it is to be asked */
    uint32_t at;
    bool ended;
} Stream;

struct RowMerge {
    RowShape shape;
    Stream *streams;
    uint32_t count;
    const Stream **from; /* of each row of the batch */
    uint16_t *rows;
    Batch out;
};

RowMerge *row_merge_new(Exec *exec, const RowShape *shape, const PlanSortKeyList *keys,
                        uint32_t streams)
{
    Arena *arena = exec->arena;
    RowMerge *merge = ARENA_NEW(arena, RowMerge);
    merge->shape = *shape;
    merge->count = streams;
    merge->streams = ARENA_ARRAY(arena, Stream, streams);
    for (uint32_t i = 0; i < streams; i++) {
        Stream *stream = &merge->streams[i];
        const SortColumn *columns = sort_columns(exec, keys, &stream->program);
        sort_keys_init(&stream->keys, exec, columns, keys->count);
        stream->vectors = ARENA_ARRAY(arena, Vector, keys->count);
        stream->entries = arena_alloc_array(arena, BATCH_ROWS_MAX, sizeof *stream->entries);
        stream->arena = arena_new_child(arena, "merged keys");
    }
    merge->from = arena_alloc_array(arena, BATCH_ROWS_MAX, sizeof *merge->from);
    merge->rows = arena_alloc_array(arena, BATCH_ROWS_MAX, sizeof *merge->rows);
    merge->out = (Batch){.column_count = shape->count,
                         .columns = ARENA_ARRAY(arena, Vector, shape->count),
                         .arena = arena_new_child(arena, "merged rows")};
    return merge;
}

static void refill(Stream *stream, uint32_t number, RowMergeSource source, void *arg)
{
    if (stream->batch || stream->ended) return;
    if (!source(arg, number, &stream->batch)) {
        stream->ended = true;
        return;
    }
    const Selection rows = stream->batch->selection;
    if (expr_eval(stream->program, &stream->batch, 1, rows, stream->vectors) < rows.count)
        expr_raise(stream->program);
    arena_reset(stream->arena);
    sort_keys_make(&stream->keys, stream->vectors, rows, stream->entries, stream->arena);
    stream->at = 0;
}

/* ---- order ---- */

static int compare_values(const Stream *a, const Stream *b)
{
    const uint32_t row = sel_row(a->batch->selection, a->at),
                   other = sel_row(b->batch->selection, b->at);
    for (uint32_t c = 0; c < a->keys.count; c++) {
        const int order = sort_keys_compare_value(&a->keys, c, vector_get(&a->vectors[c], row),
                                                  vector_get(&b->vectors[c], other));
        if (order != 0) return order;
    }
    return 0;
}

static int compare_rows(const Stream *a, const Stream *b)
{
    const SortEntry *key = &a->entries[a->at], *other = &b->entries[b->at];
    const SortOrder order = {.prefix_only = a->keys.prefix_only};
    const bool cut = (a->keys.any_cut || b->keys.any_cut) &&
                     MAX(key->bytes, other->bytes) > a->keys.exact_bytes;
    return cut ? compare_values(a, b) : entries_compare(&order, key, other);
}

static bool comes_before(const Stream *a, const Stream *b)
{
    const int order = compare_rows(a, b);
    return order != 0 ? order < 0 : a < b;
}

/* The stream, but for `except`, whose row comes first; NULL: there is none. */
static Stream *least(const RowMerge *merge, const Stream *except)
{
    Stream *found = NULL;
    for (uint32_t i = 0; i < merge->count; i++) {
        Stream *stream = &merge->streams[i];
        if (stream->batch && stream != except && (!found || comes_before(stream, found)))
            found = stream;
    }
    return found;
}

/* ---- rows ---- */

/* Rows of the stream that come before those of all others; their number then. It is asked for more when it is empty. */
static uint32_t take_run(RowMerge *merge, Stream *stream, uint32_t count, uint32_t rows_max)
{
    const Stream *next = least(merge, stream);
    const Selection rows = stream->batch->selection;
    do {
        merge->from[count] = stream;
        merge->rows[count++] = (uint16_t)sel_row(rows, stream->at++);
    } while (count < rows_max && stream->at < rows.count && (!next || comes_before(stream, next)));
    return count;
}

static void copy_column(const RowMerge *merge, uint32_t column, uint32_t count, Vector *to)
{
    const RowShape *shape = &merge->shape;
    Arena *arena = merge->out.arena;
    vector_init_flat(to, arena, shape->types[column], (Phys)shape->physes[column], count);
    const size_t bytes = phys_bytes((Phys)to->phys);
    for (uint32_t i = 0; i < count; i++) {
        const Vector *from = &merge->from[i]->batch->columns[column];
        const uint32_t index = vector_index(from, merge->rows[i]);
        memcpy((char *)to->data + i * bytes, (const char *)from->data + index * bytes, bytes);
        if (!from->nulls || !bits_get(from->nulls, index)) continue;
        vector_need_nulls(to, arena);
        bits_set(to->nulls, i);
    }
}

bool row_merge_next(RowMerge *merge, uint32_t rows_max, RowMergeSource source, void *arg,
                    const Batch **batch)
{
    uint32_t count = 0;
    task_check();
    for (uint32_t i = 0; i < merge->count; i++) {
        Stream *stream = &merge->streams[i];
        if (stream->batch && stream->at == stream->batch->selection.count) stream->batch = NULL;
        refill(stream, i, source, arg);
    }
    for (Stream *stream; count < rows_max && (stream = least(merge, NULL)) != NULL;) {
        count = take_run(merge, stream, count, rows_max);
        if (stream->at == stream->batch->selection.count) break;
    }
    if (count == 0) return false;
    Batch *out = &merge->out;
    arena_reset(out->arena);
    for (uint32_t c = 0; c < out->column_count; c++) copy_column(merge, c, count, &out->columns[c]);
    out->row_count = count;
    out->selection = (Selection){.count = count};
    *batch = out;
    return true;
}

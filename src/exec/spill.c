/* SPDX-License-Identifier: Apache-2.0 */
/* spill.c - rows in temporary files.
 *
 * A block, column by column, each part filled up to 16 bytes:
 *     8   has null bits            as a number
 *     8n  null bits                where there are some
 *     ..  slots                    as vectors have them; 0 where null
 *     8   bytes of the heap        strings and decimals only
 *     ..  heap                     what slots point to; there the pointer is the offset in the heap
 * It is read in one piece, and the vectors point into that. Files are of one process and one run of it, so slots stand
 * as they are in memory. */
#include "exec/spill.h"

#include "base/array.h"
#include "base/bitset.h"
#include "base/settings.h"
#include "base/task.h"
#include "exec/rowstore.h"

enum { PART_ALIGNMENT = 16, BLOCK_BYTES_LEAST = 4096, BLOCK_BYTES_MOST = 128 << 10 };

struct SpillFile {
    TempSpace *temp;
    TempQuota *quota;
    TempFile *file;
    uint64_t end;
    Arena *scratch;
    SpillFile *next; /* of the execution */
};

uint64_t spill_budget(const Exec *exec, bool hash)
{
    const Settings *settings = exec->options.settings;
    if (exec->options.temp == NULL || settings == NULL) return UINT64_MAX;
    const double bytes = (double)settings->work_mem * 1024;
    return (uint64_t)(hash ? bytes * settings->hash_mem_multiplier : bytes);
}

SpillFile *spill_new(Arena *arena, TempSpace *temp, TempQuota *quota)
{
    SpillFile *file = ARENA_NEW(arena, SpillFile);
    file->temp = temp;
    file->quota = quota;
    file->scratch = arena_new_child(arena, "spill");
    return file;
}

SpillFile *spill_open(Exec *exec)
{
    SpillFile *file = spill_new(exec->arena, exec->options.temp, exec->options.temp_quota);
    file->next = exec->spills;
    exec->spills = file;
    return file;
}

void spill_reset(SpillFile *file)
{
    if (file->file != NULL) os_temp_close(file->file);
    file->file = NULL;
    file->end = 0;
}

uint64_t spill_bytes(const SpillFile *file)
{
    return file->end;
}

void spill_close_all(Exec *exec)
{
    for (SpillFile *file = exec->spills; file != NULL; file = file->next) spill_reset(file);
}

/* ---- blocks ---- */

static bool has_heap(Phys phys)
{
    return phys == PHYS_STR || phys == PHYS_DECIMAL;
}

/* What a slot points to; empty where it points nowhere. */
static Bytes slot_heap(Phys phys, const void *slot)
{
    if (phys == PHYS_STR) {
        const StrView *view = slot;
        if (view->bytes <= STRVIEW_INLINE_MAX) return (Bytes){0};
        return (Bytes){(const uint8_t *)view->data, view->bytes};
    }
    const Decimal *decimal = slot;
    if (decimal->kind == DECIMAL_SMALL) return (Bytes){0};
    return (Bytes){decimal->big, decimal->bytes};
}

static void slot_point(Phys phys, void *slot, const uint8_t *data)
{
    if (phys == PHYS_STR)
        ((StrView *)slot)->data = (const char *)data;
    else
        ((Decimal *)slot)->big = data;
}

static uint64_t column_bytes(const Vector *v, Selection selection)
{
    const size_t bytes = phys_bytes((Phys)v->phys);
    uint64_t total = PART_ALIGNMENT + ALIGN_UP(selection.count * bytes, (size_t)PART_ALIGNMENT);
    if (v->nulls != NULL)
        total += ALIGN_UP(bits_words(selection.count) * 8, (size_t)PART_ALIGNMENT);
    if (!has_heap((Phys)v->phys)) return total;
    uint64_t heap = 0;
    for (uint32_t i = 0; i < selection.count; i++) {
        const uint32_t row = sel_row(selection, i);
        if (vector_is_null(v, row)) continue;
        heap +=
            slot_heap((Phys)v->phys, (const char *)v->data + vector_index(v, row) * bytes).bytes;
    }
    return total + PART_ALIGNMENT + ALIGN_UP(heap, (uint64_t)PART_ALIGNMENT);
}

static char *write_heap(char *at, const Vector *v, char *slots, uint32_t count)
{
    char *heap = at + PART_ALIGNMENT;
    uint64_t used = 0;
    for (uint32_t i = 0; i < count; i++) {
        void *slot = slots + (size_t)i * 16;
        const Bytes from = slot_heap((Phys)v->phys, slot);
        if (from.bytes == 0) continue;
        memcpy(heap + used, from.data, from.bytes);
        slot_point((Phys)v->phys, slot, (const uint8_t *)(uintptr_t)used);
        used += from.bytes;
    }
    memcpy(at, &used, sizeof used);
    return heap + ALIGN_UP(used, (uint64_t)PART_ALIGNMENT);
}

static char *write_column(char *at, const Vector *v, Selection selection)
{
    const size_t bytes = phys_bytes((Phys)v->phys);
    const uint64_t has_nulls = v->nulls != NULL;
    memcpy(at, &has_nulls, sizeof has_nulls);
    at += PART_ALIGNMENT;
    uint64_t *nulls = (uint64_t *)(void *)at;
    if (has_nulls) at += ALIGN_UP(bits_words(selection.count) * 8, (size_t)PART_ALIGNMENT);
    for (uint32_t i = 0; i < selection.count; i++) {
        const uint32_t row = sel_row(selection, i);
        if (vector_is_null(v, row))
            bits_set(nulls, i); /* the slot stays zero */
        else
            memcpy(at + i * bytes, (const char *)v->data + vector_index(v, row) * bytes, bytes);
    }
    char *slots = at;
    at += ALIGN_UP(selection.count * bytes, (size_t)PART_ALIGNMENT);
    return has_heap((Phys)v->phys) ? write_heap(at, v, slots, selection.count) : at;
}

SpillBlock spill_write(SpillFile *file, const RowShape *shape, const Vector *columns,
                       Selection selection)
{
    uint64_t bytes = 0;
    task_check();
    for (uint32_t i = 0; i < shape->count; i++) bytes += column_bytes(&columns[i], selection);
    char *block = arena_alloc_zero(file->scratch, bytes), *at = block;
    for (uint32_t i = 0; i < shape->count; i++) at = write_column(at, &columns[i], selection);
    ASSERT(at == block + bytes);
    if (file->file == NULL) CHECK(os_temp_open(file->temp, file->quota, &file->file));
    CHECK(os_temp_write(file->file, block, bytes, file->end));
    const SpillBlock written = {file->end, bytes, selection.count};
    file->end += bytes;
    arena_reset(file->scratch);
    return written;
}

static char *read_column(char *at, Vector *v, uint32_t rows)
{
    uint64_t has_nulls;
    memcpy(&has_nulls, at, sizeof has_nulls);
    at += PART_ALIGNMENT;
    if (has_nulls) {
        v->nulls = (uint64_t *)(void *)at;
        at += ALIGN_UP(bits_words(rows) * 8, (size_t)PART_ALIGNMENT);
    }
    v->data = at;
    at += ALIGN_UP((size_t)rows * phys_bytes((Phys)v->phys), (size_t)PART_ALIGNMENT);
    if (!has_heap((Phys)v->phys)) return at;
    uint64_t heap_bytes;
    memcpy(&heap_bytes, at, sizeof heap_bytes);
    const uint8_t *heap = (uint8_t *)at + PART_ALIGNMENT;
    for (uint32_t i = 0; i < rows; i++) {
        void *slot = (char *)v->data + (size_t)i * 16;
        const Bytes from = slot_heap((Phys)v->phys, slot);
        if (from.bytes > 0) slot_point((Phys)v->phys, slot, heap + (uintptr_t)from.data);
    }
    return at + PART_ALIGNMENT + ALIGN_UP(heap_bytes, (uint64_t)PART_ALIGNMENT);
}

void spill_read(SpillFile *file, const RowShape *shape, const SpillBlock *block, Vector *columns,
                Arena *arena)
{
    size_t done;
    task_check();
    char *at = arena_alloc(arena, block->bytes);
    CHECK(os_temp_read(file->file, at, block->bytes, block->offset, &done));
    if (done < block->bytes)
        raise_error(SQLSTATE_IO_ERROR,
                    "could not read from temporary file: read only %zu of %" PRIu64 " bytes", done,
                    block->bytes);
    for (uint32_t i = 0; i < shape->count; i++) {
        columns[i] = (Vector){.type = shape->types[i],
                              .phys = shape->physes[i],
                              .form = VECTOR_FLAT};
        at = read_column(at, &columns[i], block->rows);
    }
}

/* ---- streams ---- */

struct SpillStream {
    SpillFile *file;
    Arena *arena, *read_arena; /* the second: below the first */
    const RowShape *shape;
    RowStore *rows; /* not written yet */
    size_t block_bytes;
    ARRAY_OF(SpillBlock) blocks;
    uint64_t row_count;
    uint32_t next;
    bool ended;
    Batch batch;
    SpillStream **members; /* of a chain: what it gives; NULL: it has its rows itself */
    uint32_t member_count;
};

SpillStream *stream_new(SpillFile *file, Arena *parent, const RowShape *shape, size_t block_bytes)
{
    Arena *arena = arena_new_child(parent, "spilled rows");
    SpillStream *stream = ARENA_NEW(arena, SpillStream);
    *stream =
        (SpillStream){.file = file, .arena = arena, .shape = shape, .block_bytes = block_bytes};
    stream->rows = rows_new(arena, shape);
    stream->blocks.arena = arena;
    return stream;
}

static void flush(SpillStream *stream)
{
    Vector *columns = stream->batch.columns;
    if (columns == NULL)
        stream->batch.columns = columns = ARENA_ARRAY(stream->arena, Vector, stream->shape->count);
    for (uint32_t at = 0; at < rows_count(stream->rows);) {
        const Selection part = rows_view(stream->rows, at, BATCH_ROWS_MAX, columns);
        array_push(&stream->blocks, spill_write(stream->file, stream->shape, columns, part));
        at += part.count;
    }
    rows_clear(stream->rows);
}

void stream_add(SpillStream *stream, const Vector *columns, Selection selection)
{
    rows_append(stream->rows, columns, selection);
    stream->row_count += selection.count;
    if (rows_count(stream->rows) >= BATCH_ROWS_MAX ||
        arena_used(rows_arena(stream->rows)) >= stream->block_bytes)
        flush(stream);
}

uint64_t stream_rows(const SpillStream *stream)
{
    return stream->row_count;
}

void stream_end(SpillStream *stream)
{
    if (stream->ended) return;
    stream->ended = true;
    flush(stream);
    arena_drop(rows_arena(stream->rows));
}

SpillStream *stream_chain(Arena *parent, SpillStream *const *streams, uint32_t count)
{
    Arena *arena = arena_new_child(parent, "spilled rows");
    SpillStream *chain = ARENA_NEW(arena, SpillStream);
    *chain = (SpillStream){.arena = arena, .ended = true, .member_count = count};
    chain->members = arena_copy(arena, streams, count * sizeof(SpillStream *));
    for (uint32_t i = 0; i < count; i++) {
        ASSERT(streams[i]->ended);
        chain->row_count += streams[i]->row_count;
    }
    return chain;
}

static bool next_of_chain(SpillStream *chain, const Batch **batch)
{
    for (; chain->next < chain->member_count; chain->next++) {
        SpillStream *member = chain->members[chain->next];
        if (stream_next(member, batch)) return true;
        arena_drop(member->read_arena); /* the rest is its owner's */
        member->read_arena = NULL;
    }
    return false;
}

bool stream_next(SpillStream *stream, const Batch **batch)
{
    if (stream->members != NULL) return next_of_chain(stream, batch);
    stream_end(stream);
    if (stream->read_arena == NULL)
        stream->read_arena = arena_new_child(stream->arena, "spilled rows");
    arena_reset(stream->read_arena);
    if (stream->next == stream->blocks.count) return false;
    const SpillBlock *block = &stream->blocks.items[stream->next++];
    spill_read(stream->file, stream->shape, block, stream->batch.columns, stream->read_arena);
    stream->batch.column_count = stream->shape->count;
    stream->batch.row_count = block->rows;
    stream->batch.selection = (Selection){.count = block->rows};
    *batch = &stream->batch;
    return true;
}

void stream_drop(SpillStream *stream)
{
    arena_drop(stream->arena);
}

/* ---- parts ---- */

void parts_init(SpillParts *parts, SpillFile *file, Arena *parent, const RowShape *shape,
                uint32_t level, uint64_t budget)
{
    const uint64_t share = budget / (SPILL_PARTS * 2);
    ASSERT(level < SPILL_LEVELS_MAX);
    *parts = (SpillParts){.file = file, .parent = parent, .shape = shape, .level = level};
    parts->block_bytes = MIN(MAX(share, (uint64_t)BLOCK_BYTES_LEAST), (uint64_t)BLOCK_BYTES_MOST);
}

void parts_add(SpillParts *parts, const Vector *columns, Selection selection,
               const uint64_t *hashes)
{
    uint16_t rows[BATCH_ROWS_MAX], order[BATCH_ROWS_MAX];
    uint32_t starts[SPILL_PARTS + 1] = {0};
    for (uint32_t i = 0; i < selection.count; i++)
        starts[spill_part(hashes[i], parts->level) + 1]++;
    for (uint32_t p = 0; p < SPILL_PARTS; p++) starts[p + 1] += starts[p];
    uint32_t next[SPILL_PARTS];
    memcpy(next, starts, sizeof next);
    for (uint32_t i = 0; i < selection.count; i++)
        order[next[spill_part(hashes[i], parts->level)]++] = (uint16_t)sel_row(selection, i);
    for (uint32_t p = 0; p < SPILL_PARTS; p++) {
        const uint32_t count = starts[p + 1] - starts[p];
        if (count == 0) continue;
        if (parts->streams[p] == NULL)
            parts->streams[p] = stream_new(parts->file, parts->parent, parts->shape,
                                           parts->block_bytes);
        memcpy(rows, order + starts[p], count * sizeof *rows);
        stream_add(parts->streams[p], columns, (Selection){rows, count});
    }
}

SpillPair *pairs_push(SpillPair *waiting, const SpillParts *left, const SpillParts *right,
                      bool left_needed, bool right_needed)
{
    for (uint32_t p = 0; p < SPILL_PARTS; p++) {
        SpillPair found = {left->streams[p], right->streams[p], left->level + 1, waiting};
        if ((left_needed && !found.left) || (right_needed && !found.right)) {
            pair_drop(&found);
            continue;
        }
        if (found.left == NULL && found.right == NULL) continue;
        waiting = arena_copy(left->parent, &found, sizeof found);
    }
    return waiting;
}

void pair_drop(SpillPair *pair)
{
    if (pair->left != NULL) stream_drop(pair->left);
    if (pair->right != NULL) stream_drop(pair->right);
    pair->left = pair->right = NULL;
}

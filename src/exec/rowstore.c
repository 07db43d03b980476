/* SPDX-License-Identifier: Apache-2.0 */
/* rowstore.c - rows kept in columns, in chunks of BATCH_ROWS_MAX: row n stands in chunk n / 2048 at n % 2048, so that a
 * whole chunk is a batch without copying. The first chunk starts small and doubles, since most stores hold few rows.
 *
 * A store that may spill keeps the memory of its chunks in segments. When the last chunk is full and the segment at
 * hand is over the budget, its chunks are written to the file and the segment goes, or waits until no reader stands in
 * one of its chunks any more. Readers load chunks from the file into slots of their own. */
#include "exec/rowstore.h"

#include "base/array.h"
#include "base/bitset.h"
#include "exec/spill.h"

enum {
    CHUNK_ROWS = BATCH_ROWS_MAX,
    CHUNK_SHIFT = 11,
    FIRST_ROWS = 16,
    PREFETCH = 24,
    DATA_ALIGNMENT = 64
};
static_assert(1 << CHUNK_SHIFT == CHUNK_ROWS, "rows by shift");

typedef struct Chunk {
    uint32_t capacity;
    Vector *columns; /* flat; NULL: in the file alone */
    SpillBlock block;
} Chunk;

/* Chunks [first, end), written and waiting for their readers. */
typedef struct Segment {
    Arena *arena;
    uint32_t first, end;
} Segment;

typedef struct ReaderSlot {
    uint32_t chunk; /* UINT32_MAX: none */
    uint64_t used;
    Vector *columns;
    Arena *arena; /* of a chunk that was loaded */
} ReaderSlot;

struct RowReader {
    RowStore *rows;
    RowReader *next; /* of the store */
    Arena *arena;
    ReaderSlot *slots;
    uint32_t slot_count;
    uint64_t clock, generation;
};

struct RowStore {
    Arena *parent, *arena;
    uint16_t *numbers; /* 0, 1, ...: selections of views */
    RowShape shape;
    bool *has_nulls; /* by column */
    uint32_t count;
    ARRAY_OF(Chunk) chunks;
    /* spilling */
    struct SpillFile *file; /* NULL: it does not */
    uint64_t bytes_max;
    uint32_t in_memory_from; /* chunks before it are in the file */
    ARRAY_OF(Segment) waiting;
    RowReader *readers;
    uint64_t generation; /* of clearing */
};

RowStore *rows_new(Arena *parent, const RowShape *shape)
{
    RowStore *rows = ARENA_NEW(parent, RowStore);
    rows->parent = parent;
    rows->arena = arena_new_child(parent, "rows");
    rows->shape = *shape;
    rows->chunks.arena = rows->arena;
    rows->has_nulls = ARENA_ARRAY(parent, bool, shape->count);
    return rows;
}

uint32_t rows_count(const RowStore *rows)
{
    return rows->count;
}
uint32_t rows_columns(const RowStore *rows)
{
    return rows->shape.count;
}
Arena *rows_arena(RowStore *rows)
{
    return rows->arena;
}

void rows_clear(RowStore *rows)
{
    arena_reset(rows->arena);
    rows->count = 0;
    rows->chunks.count = 0;
    rows->generation++;
    if (!rows->file) {
        rows->chunks.items = NULL;
        rows->chunks.capacity = 0;
        return;
    }
    for (uint32_t i = 0; i < rows->waiting.count; i++) arena_drop(rows->waiting.items[i].arena);
    rows->waiting.count = rows->in_memory_from = 0;
    spill_reset(rows->file);
}

RowStore *rows_unite(Arena *parent, RowStore *const *stores, uint32_t count, uint32_t *firsts)
{
    RowStore *rows = rows_new(parent, &stores[0]->shape);
    for (uint32_t s = 0; s < count; s++) {
        const RowStore *from = stores[s];
        ASSERT(!from->file && from->shape.count == rows->shape.count);
        if (from->chunks.count >= UINT32_MAX / CHUNK_ROWS - rows->chunks.count)
            raise_error(SQLSTATE_PROGRAM_LIMIT_EXCEEDED, "too many rows to be kept in memory");
        firsts[s] = rows->chunks.count * CHUNK_ROWS;
        for (uint32_t i = 0; i < from->chunks.count; i++)
            array_push(&rows->chunks, from->chunks.items[i]);
        for (uint32_t i = 0; i < rows->shape.count; i++) rows->has_nulls[i] |= from->has_nulls[i];
    }
    rows->count = rows->chunks.count * CHUNK_ROWS;
    return rows;
}

void rows_spill_to(RowStore *rows, SpillFile *file, uint64_t bytes_max)
{
    ASSERT(rows->count == 0 && !rows->file);
    if (bytes_max == UINT64_MAX) return;
    rows->file = file;
    rows->bytes_max = bytes_max;
    rows->chunks.items = NULL;
    rows->chunks.count = rows->chunks.capacity = 0;
    rows->chunks.arena = rows->waiting.arena = rows->parent;
}

/* ---- growing ---- */

static void *aligned_data(Arena *arena, size_t bytes)
{
    uintptr_t data = (uintptr_t)arena_alloc(arena, bytes + DATA_ALIGNMENT - ARENA_ALIGNMENT);
    return (void *)ALIGN_UP(data, (uintptr_t)DATA_ALIGNMENT);
}

static void chunk_grow(RowStore *rows, Chunk *chunk, uint32_t used, uint32_t capacity)
{
    for (uint32_t i = 0; i < rows->shape.count; i++) {
        Vector *column = &chunk->columns[i];
        const uint32_t bytes = phys_bytes((Phys)column->phys);
        void *data = aligned_data(rows->arena, (size_t)capacity * bytes);
        if (used > 0) memcpy(data, column->data, (size_t)used * bytes);
        column->data = data;
    }
    chunk->capacity = capacity;
}

static bool is_read(const RowStore *rows, const Segment *segment)
{
    for (const RowReader *reader = rows->readers; reader; reader = reader->next)
        for (uint32_t i = 0; reader->generation == rows->generation && i < reader->slot_count; i++)
            if (!reader->slots[i].arena && reader->slots[i].chunk >= segment->first &&
                reader->slots[i].chunk < segment->end)
                return true;
    return false;
}

/* All chunks are full: those in memory go to the file when they are too much. */
static void write_chunks(RowStore *rows)
{
    const Segment segment = {rows->arena, rows->in_memory_from, rows->chunks.count};
    if (segment.first == segment.end || arena_used(rows->arena) <= rows->bytes_max) return;
    for (uint32_t i = segment.first; i < segment.end; i++) {
        Chunk *chunk = &rows->chunks.items[i];
        chunk->block = spill_write(rows->file, &rows->shape, chunk->columns,
                                   (Selection){.count = CHUNK_ROWS});
    }
    array_push(&rows->waiting, segment);
    rows->arena = arena_new_child(rows->parent, "rows");
    for (uint32_t i = segment.first; i < segment.end; i++) rows->chunks.items[i].columns = NULL;
    rows->in_memory_from = segment.end;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < rows->waiting.count; i++) {
        const Segment old = rows->waiting.items[i];
        if (is_read(rows, &old))
            rows->waiting.items[kept++] = old;
        else
            arena_drop(old.arena);
    }
    rows->waiting.count = kept;
}

/* The last chunk, with room for at least one more row, and for `wanted` where a chunk can have them. */
static Chunk *chunk_with_room(RowStore *rows, uint32_t wanted)
{
    const uint32_t used = rows->count % CHUNK_ROWS;
    if (used == 0) {
        if (rows->file) write_chunks(rows);
        Chunk *chunk = array_add(&rows->chunks);
        chunk->columns = ARENA_ARRAY(rows->arena, Vector, rows->shape.count);
        for (uint32_t i = 0; i < rows->shape.count; i++)
            chunk->columns[i] = (Vector){.type = rows->shape.types[i],
                                         .phys = rows->shape.physes[i],
                                         .form = VECTOR_FLAT};
    }
    Chunk *chunk = &array_last(&rows->chunks);
    uint32_t capacity = MAX(chunk->capacity,
                            rows->chunks.count > 1 ? (uint32_t)CHUNK_ROWS : (uint32_t)FIRST_ROWS);
    while (capacity < used + wanted && capacity < CHUNK_ROWS) capacity *= 2;
    if (capacity > chunk->capacity) chunk_grow(rows, chunk, used, capacity);
    return chunk;
}

/* ---- appending ---- */

static inline __attribute__((always_inline)) void copy_slots(char *to, const Vector *from,
                                                             Selection selection, size_t bytes)
{
    const char *data = from->data;
    if (from->form == VECTOR_FLAT && !selection.rows) {
        memcpy(to, data, selection.count * bytes);
        return;
    }
    for (uint32_t i = 0; i < selection.count; i++)
        memcpy(to + i * bytes, data + vector_index(from, sel_row(selection, i)) * bytes, bytes);
}

static void copy_column(Vector *to, uint32_t at, Arena *arena, const Vector *from,
                        Selection selection)
{
    const uint32_t bytes = phys_bytes((Phys)to->phys);
    char *data = (char *)to->data + (size_t)at * bytes;
    switch (bytes) {
    case 1: copy_slots(data, from, selection, 1); break;
    case 2: copy_slots(data, from, selection, 2); break;
    case 4: copy_slots(data, from, selection, 4); break;
    case 8: copy_slots(data, from, selection, 8); break;
    default: copy_slots(data, from, selection, 16); break;
    }
    for (uint32_t i = 0; from->nulls && i < selection.count; i++) {
        if (!vector_is_null(from, sel_row(selection, i))) continue;
        vector_need_nulls(to, arena);
        bits_set(to->nulls, at + i);
        memset(data + (size_t)i * bytes, 0, bytes);
    }
    if (to->phys != PHYS_STR && to->phys != PHYS_DECIMAL) return;
    Value *values = (Value *)(void *)data;
    for (uint32_t i = 0; i < selection.count; i++)
        values[i] = value_copy(arena, (Phys)to->phys, values[i]);
}

static Selection selection_part(Selection selection, uint32_t from, uint32_t count,
                                uint16_t *scratch)
{
    if (selection.rows) return (Selection){selection.rows + from, count};
    if (from == 0) return (Selection){.count = count};
    for (uint32_t i = 0; i < count; i++) scratch[i] = (uint16_t)(from + i);
    return (Selection){scratch, count};
}

void rows_append(RowStore *rows, const Vector *columns, Selection selection)
{
    uint16_t scratch[CHUNK_ROWS];
    if (selection.count > UINT32_MAX - 1 - rows->count)
        raise_error(SQLSTATE_PROGRAM_LIMIT_EXCEEDED, "too many rows to be kept in memory");
    for (uint32_t done = 0; done < selection.count;) {
        Chunk *chunk = chunk_with_room(rows, selection.count - done);
        const uint32_t at = rows->count % CHUNK_ROWS;
        const uint32_t count = MIN(selection.count - done, chunk->capacity - at);
        const Selection part = selection_part(selection, done, count, scratch);
        for (uint32_t i = 0; i < rows->shape.count; i++) {
            copy_column(&chunk->columns[i], at, rows->arena, &columns[i], part);
            rows->has_nulls[i] |= columns[i].nulls != NULL;
        }
        rows->count += count;
        done += count;
    }
}

/* ---- reading ---- */

static Selection view_chunk(RowStore *rows, const Vector *chunk, uint32_t from, uint32_t count,
                            Vector *columns)
{
    const uint32_t at = from % CHUNK_ROWS;
    const uint32_t here = MIN(rows->count - (from - at), (uint32_t)CHUNK_ROWS) - at;
    memcpy(columns, chunk, sizeof *columns * rows->shape.count);
    count = MIN(count, here);
    if (at == 0) return (Selection){.count = count};
    if (!rows->numbers) {
        rows->numbers = arena_alloc_array(rows->parent, CHUNK_ROWS, sizeof *rows->numbers);
        for (uint32_t i = 0; i < CHUNK_ROWS; i++) rows->numbers[i] = (uint16_t)i;
    }
    return (Selection){rows->numbers + at, count};
}

Selection rows_view(RowStore *rows, uint32_t from, uint32_t count, Vector *columns)
{
    const uint32_t chunk = from >> CHUNK_SHIFT;
    ASSERT(from < rows->count && chunk >= rows->in_memory_from);
    return view_chunk(rows, rows->chunks.items[chunk].columns, from, count, columns);
}

const void *rows_slot(const RowStore *rows, uint32_t row, uint32_t column, bool *null)
{
    const Vector *v = &rows->chunks.items[row >> CHUNK_SHIFT].columns[column];
    const uint32_t at = row % CHUNK_ROWS;
    if (null) *null = v->nulls && bits_get(v->nulls, at);
    return (const char *)v->data + (size_t)at * phys_bytes((Phys)v->phys);
}

Datum rows_get(const RowStore *rows, uint32_t row, uint32_t column)
{
    return vector_get(&rows->chunks.items[row >> CHUNK_SHIFT].columns[column], row % CHUNK_ROWS);
}

static inline const char *slot_address(const RowStore *rows, uint32_t column, uint32_t row,
                                       size_t bytes)
{
    const Vector *v = &rows->chunks.items[row >> CHUNK_SHIFT].columns[column];
    return (const char *)v->data + (row % CHUNK_ROWS) * bytes;
}

/* Rows may lie anywhere: the slots to come are asked for ahead. */
static inline __attribute__((always_inline)) void gather_slots(const RowStore *rows,
                                                               uint32_t column,
                                                               const uint32_t *numbers,
                                                               uint32_t count, char *to,
                                                               size_t bytes)
{
    for (uint32_t i = 0; i < count; i++) {
        if (i + PREFETCH < count && numbers[i + PREFETCH] != UINT32_MAX)
            __builtin_prefetch(slot_address(rows, column, numbers[i + PREFETCH], bytes));
        if (numbers[i] == UINT32_MAX) continue; /* zero already */
        memcpy(to + i * bytes, slot_address(rows, column, numbers[i], bytes), bytes);
    }
}

static void gather_nulls(const RowStore *rows, uint32_t column, const uint32_t *numbers,
                         uint32_t count, Vector *to, Arena *arena)
{
    for (uint32_t i = 0; i < count; i++) {
        bool null = numbers[i] == UINT32_MAX;
        if (!null && rows->has_nulls[column]) {
            const Vector *v = &rows->chunks.items[numbers[i] >> CHUNK_SHIFT].columns[column];
            null = v->nulls && bits_get(v->nulls, numbers[i] % CHUNK_ROWS);
        }
        if (!null) continue;
        vector_need_nulls(to, arena);
        bits_set(to->nulls, i);
    }
}

void rows_gather(const RowStore *rows, const uint32_t *numbers, uint32_t count, Vector *columns,
                 Arena *arena)
{
    for (uint32_t c = 0; c < rows->shape.count; c++) {
        Vector *to = &columns[c];
        vector_init_flat(to, arena, rows->shape.types[c], (Phys)rows->shape.physes[c], count);
        switch (phys_bytes((Phys)to->phys)) {
        case 1: gather_slots(rows, c, numbers, count, to->data, 1); break;
        case 2: gather_slots(rows, c, numbers, count, to->data, 2); break;
        case 4: gather_slots(rows, c, numbers, count, to->data, 4); break;
        case 8: gather_slots(rows, c, numbers, count, to->data, 8); break;
        default: gather_slots(rows, c, numbers, count, to->data, 16); break;
        }
        gather_nulls(rows, c, numbers, count, to, arena);
    }
}

/* ---- reading what may be in a file ---- */

RowReader *reader_new(RowStore *rows, Arena *arena, uint32_t chunks_kept)
{
    RowReader *reader = ARENA_NEW(arena, RowReader);
    reader->rows = rows;
    reader->arena = arena;
    reader->slots = ARENA_ARRAY(arena, ReaderSlot, chunks_kept + 1);
    reader->slot_count = chunks_kept + 1;
    for (uint32_t i = 0; i < reader->slot_count; i++) reader->slots[i].chunk = UINT32_MAX;
    reader->generation = rows->generation;
    reader->next = rows->readers;
    rows->readers = reader;
    return reader;
}

RowStore *reader_rows(const RowReader *reader)
{
    return reader->rows;
}

static void forget_slots(RowReader *reader)
{
    for (uint32_t i = 0; i < reader->slot_count; i++) {
        if (reader->slots[i].arena) arena_drop(reader->slots[i].arena);
        reader->slots[i] = (ReaderSlot){.chunk = UINT32_MAX};
    }
    reader->generation = reader->rows->generation;
}

static void load_slot(RowReader *reader, ReaderSlot *slot, uint32_t number)
{
    RowStore *rows = reader->rows;
    const Chunk *chunk = &rows->chunks.items[number];
    if (slot->arena) arena_drop(slot->arena);
    *slot = (ReaderSlot){.chunk = UINT32_MAX};
    if (chunk
            ->columns) { /* more rows may come to it, and then more memory: looked at anew each time */
        *slot = (ReaderSlot){.chunk = number};
        return;
    }
    Arena *arena = arena_new_child(reader->arena, "loaded rows");
    slot->arena = arena;
    Vector *columns = ARENA_ARRAY(arena, Vector, rows->shape.count);
    spill_read(rows->file, &rows->shape, &chunk->block, columns, arena);
    *slot = (ReaderSlot){.chunk = number, .columns = columns, .arena = arena};
}

/* The columns of the chunk that the row stands in. */
static const Vector *reader_chunk(RowReader *reader, uint32_t row)
{
    RowStore *rows = reader->rows;
    const uint32_t number = row >> CHUNK_SHIFT;
    if (!rows->file) return rows->chunks.items[number].columns;
    if (reader->generation != rows->generation) forget_slots(reader);
    ReaderSlot *oldest = &reader->slots[0], *found = NULL;
    for (uint32_t i = 0; i < reader->slot_count && !found; i++) {
        ReaderSlot *slot = &reader->slots[i];
        if (slot->chunk == number) found = slot;
        if (slot->used < oldest->used) oldest = slot;
    }
    if (!found || (!found->columns && !rows->chunks.items[number].columns)) {
        found = found ? found : oldest;
        load_slot(reader, found, number);
    }
    found->used = ++reader->clock;
    return found->columns ? found->columns : rows->chunks.items[number].columns;
}

Selection reader_view(RowReader *reader, uint32_t from, uint32_t count, Vector *columns)
{
    ASSERT(from < reader->rows->count);
    return view_chunk(reader->rows, reader_chunk(reader, from), from, count, columns);
}

Datum reader_get(RowReader *reader, uint32_t row, uint32_t column)
{
    return vector_get(&reader_chunk(reader, row)[column], row % CHUNK_ROWS);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* entry_runs.c - index entries in runs: an external merge sort (Knuth, TAOCP 3, 5.4) of byte strings, each the key with
 * the row id behind it, most significant byte first, as in the index: so no two are the same, and which of two equal
 * keys comes first does not hang on who read the row.
 *
 * A run in the file is its entries one behind the other, in the order of keys:
 *     2  bytes of the string     1  marks     n  the string
 * All runs are merged at once, with a buffer for each and a heap of them by their next entry. */
#include "exec/entry_runs.h"

#include "base/arith.h"
#include "base/array.h"
#include "base/task.h"
#include "exec/sort_entries.h"

enum {
    ROW_BYTES = 8,
    RECORD_HEAD_BYTES = 3,
    RECORD_BYTES_MAX = RECORD_HEAD_BYTES + INDEX_KEY_BYTES_MAX + ROW_BYTES,
    CAPACITY_LEAST = 1024,
    CAPACITY_MOST = 1 << 30,
    WRITE_BYTES = 256 << 10,
    READ_BYTES_LEAST = 16 << 10, /* of the buffer of a run */
    READ_BYTES_MOST = 256 << 10,
};

typedef struct FileRun {
    uint64_t offset, bytes;
} FileRun;

struct EntryRuns {
    const ExecOptions *options;
    Arena *arena, *keys;
    uint64_t budget;
    SortEntry *entries; /* the run in memory: `row` holds the marks */
    uint32_t count, capacity;
    TempFile *file;
    uint64_t file_bytes;
    ARRAY_OF(FileRun) file_runs;
};

/* ---- gathering ---- */

EntryRuns *entry_runs_new(Arena *parent, const ExecOptions *options, uint64_t expected,
                          uint64_t budget)
{
    Arena *arena = arena_new_child(parent, "index entries");
    EntryRuns *runs = ARENA_NEW(arena, EntryRuns);
    const uint64_t fit = options->temp == NULL ? CAPACITY_MOST : budget / sizeof(SortEntry);
    *runs = (EntryRuns){.options = options, .arena = arena, .budget = budget};
    runs->keys = arena_new_child(arena, "keys");
    runs->capacity = (uint32_t)MAX(MIN(MIN(expected, fit), (uint64_t)CAPACITY_MOST),
                                   (uint64_t)CAPACITY_LEAST);
    runs->entries = arena_alloc_array(arena, runs->capacity, sizeof *runs->entries);
    runs->file_runs.arena = arena;
    return runs;
}

static void put_record(uint8_t *at, const SortEntry *entry)
{
    const uint16_t bytes = (uint16_t)entry->bytes;
    memcpy(at, &bytes, sizeof bytes);
    at[2] = (uint8_t)entry->row;
    memcpy(at + RECORD_HEAD_BYTES, entry->key, entry->bytes);
}

static void write_out(EntryRuns *runs, const uint8_t *data, size_t bytes)
{
    task_check();
    CHECK(os_temp_write(runs->file, data, bytes, runs->file_bytes));
    runs->file_bytes += bytes;
}

/* The run in memory becomes one of the file. */
static void spill(EntryRuns *runs)
{
    const ExecOptions *options = runs->options;
    Arena *scratch = arena_new_child(runs->arena, "run");
    uint8_t *buffer = arena_alloc(scratch, WRITE_BYTES);
    size_t used = 0;
    entry_runs_sort(runs);
    if (runs->file == NULL) CHECK(os_temp_open(options->temp, options->temp_quota, &runs->file));
    const uint64_t offset = runs->file_bytes;
    for (uint32_t i = 0; i < runs->count; i++) {
        enum { AHEAD = 8 };
        if (i + AHEAD < runs->count) __builtin_prefetch(runs->entries[i + AHEAD].key);
        if (used + RECORD_BYTES_MAX > WRITE_BYTES) {
            write_out(runs, buffer, used);
            used = 0;
        }
        put_record(buffer + used, &runs->entries[i]);
        used += RECORD_HEAD_BYTES + runs->entries[i].bytes;
    }
    write_out(runs, buffer, used);
    const FileRun run = {offset, runs->file_bytes - offset};
    array_push(&runs->file_runs, run);
    arena_drop(scratch);
    arena_reset(runs->keys);
    runs->count = 0;
}

/* Sorting takes the array's room once more. */
static bool is_full(const EntryRuns *runs)
{
    return runs->options->temp != NULL &&
           2 * sizeof *runs->entries * (uint64_t)runs->count + arena_used(runs->keys) >=
               runs->budget;
}

static void make_room(EntryRuns *runs)
{
    const uint64_t wanted = MIN(runs->capacity + runs->capacity / 2ull, (uint64_t)CAPACITY_MOST);
    if (runs->capacity == CAPACITY_MOST)
        raise_error(SQLSTATE_PROGRAM_LIMIT_EXCEEDED,
                    "too many entries for an index that is built in memory");
    runs->entries = arena_grow(runs->arena, runs->entries,
                               sizeof *runs->entries * (size_t)runs->capacity,
                               sizeof *runs->entries * (size_t)wanted);
    runs->capacity = (uint32_t)wanted;
}

void entry_runs_add(EntryRuns *runs, const IndexEntry *entry)
{
    enum { LOOK_EVERY = 64 };
    if (runs->count % LOOK_EVERY == LOOK_EVERY - 1 && is_full(runs)) spill(runs);
    if (runs->count == runs->capacity) make_room(runs);
    const uint32_t bytes = (uint32_t)entry->key.bytes + ROW_BYTES;
    uint8_t *key = arena_alloc(runs->keys, bytes);
    if (entry->key.bytes > 0) memcpy(key, entry->key.data, entry->key.bytes);
    store_be64(key + entry->key.bytes, entry->row.v);
    runs->entries[runs->count++] = (SortEntry){entry_prefix(key, bytes), key, bytes, entry->marks};
}

void entry_runs_sort(EntryRuns *runs)
{
    const SortOrder by_bytes = {0};
    Arena *scratch = arena_new_child(runs->arena, "sort");
    SortEntry *sorted = entries_sort(&by_bytes, runs->entries, runs->count, scratch);
    if (sorted != runs->entries) memcpy(runs->entries, sorted, sizeof *sorted * runs->count);
    arena_drop(scratch);
}

void entry_runs_close(void *arg)
{
    EntryRuns *runs = arg;
    if (runs->file != NULL) os_temp_close(runs->file);
    runs->file = NULL;
}

/* ---- merging ---- */

/* Where one run is read: in memory, or by way of a buffer. */
typedef struct RunReader {
    uint64_t prefix; /* of the entry at hand, as its bytes and marks */
    Bytes key;
    uint8_t marks;
    const SortEntry *next, *end; /* in memory */
    TempFile *file;              /* NULL: in memory */
    uint64_t offset, rest;       /* not yet in the buffer */
    uint8_t *buffer;
    size_t buffer_bytes, at, filled;
} RunReader;

struct EntryMerge {
    RunReader **heap; /* the smallest stands first */
    uint32_t count;
    bool begun; /* the first one's entry has been given out */
};

static void fill_buffer(RunReader *reader)
{
    const size_t kept = reader->filled - reader->at;
    const size_t wanted = (size_t)MIN(reader->rest, (uint64_t)(reader->buffer_bytes - kept));
    size_t done = 0;
    memmove(reader->buffer, reader->buffer + reader->at, kept);
    task_check();
    CHECK(os_temp_read(reader->file, reader->buffer + kept, wanted, reader->offset, &done));
    if (done < wanted)
        raise_error(SQLSTATE_IO_ERROR,
                    "could not read from temporary file: read only %zu of %zu bytes", done, wanted);
    reader->offset += wanted;
    reader->rest -= wanted;
    reader->at = 0;
    reader->filled = kept + wanted;
}

static bool read_file(RunReader *reader)
{
    if (reader->filled - reader->at < RECORD_BYTES_MAX && reader->rest > 0) fill_buffer(reader);
    if (reader->at == reader->filled) return false;
    const uint8_t *record = reader->buffer + reader->at;
    uint16_t bytes;
    memcpy(&bytes, record, sizeof bytes);
    reader->marks = record[2];
    reader->key = (Bytes){record + RECORD_HEAD_BYTES, bytes};
    reader->at += RECORD_HEAD_BYTES + (size_t)bytes;
    ASSERT(reader->at <= reader->filled);
    return true;
}

static bool read_memory(RunReader *reader)
{
    enum { AHEAD = 12 };
    if (reader->next == reader->end) return false;
    const SortEntry *entry = reader->next++;
    if (reader->end - reader->next > AHEAD) __builtin_prefetch(reader->next[AHEAD].key);
    reader->key = (Bytes){entry->key, entry->bytes};
    reader->marks = (uint8_t)entry->row;
    return true;
}

/* False: the run has ended. */
static bool advance(RunReader *reader)
{
    if (!(reader->file != NULL ? read_file(reader) : read_memory(reader))) return false;
    reader->prefix = entry_prefix(reader->key.data, (uint32_t)reader->key.bytes);
    return true;
}

static bool comes_before(const RunReader *a, const RunReader *b)
{
    if (a->prefix != b->prefix) return a->prefix < b->prefix;
    const int order = memcmp(a->key.data, b->key.data, MIN(a->key.bytes, b->key.bytes));
    return order != 0 ? order < 0 : a->key.bytes < b->key.bytes;
}

static void sink(EntryMerge *merge, uint32_t at)
{
    RunReader *reader = merge->heap[at];
    for (uint32_t child; (child = 2 * at + 1) < merge->count; at = child) {
        if (child + 1 < merge->count && comes_before(merge->heap[child + 1], merge->heap[child]))
            child++;
        if (!comes_before(merge->heap[child], reader)) break;
        merge->heap[at] = merge->heap[child];
    }
    merge->heap[at] = reader;
}

static void add_reader(EntryMerge *merge, RunReader *reader)
{
    if (advance(reader)) merge->heap[merge->count++] = reader;
}

static void add_file_runs(EntryMerge *merge, Arena *arena, const EntryRuns *part, size_t buffer)
{
    for (uint32_t i = 0; i < part->file_runs.count; i++) {
        const FileRun *run = &part->file_runs.items[i];
        RunReader *reader = ARENA_NEW(arena, RunReader);
        *reader = (RunReader){.file = part->file,
                              .offset = run->offset,
                              .rest = run->bytes,
                              .buffer = arena_alloc(arena, buffer),
                              .buffer_bytes = buffer};
        add_reader(merge, reader);
    }
}

EntryMerge *entry_merge_new(Arena *arena, EntryRuns *const *parts, uint32_t count)
{
    EntryMerge *merge = ARENA_NEW(arena, EntryMerge);
    uint32_t runs = count, file_runs = 0;
    uint64_t budget = 0;
    for (uint32_t i = 0; i < count; i++) {
        file_runs += parts[i]->file_runs.count;
        budget += parts[i]->budget;
    }
    merge->heap = ARENA_ARRAY(arena, RunReader *, runs + file_runs);
    const size_t share = (size_t)(budget / 2 / MAX(file_runs, 1u));
    const size_t buffer = MIN(MAX(share, (size_t)READ_BYTES_LEAST), (size_t)READ_BYTES_MOST);
    for (uint32_t i = 0; i < count; i++) {
        RunReader *reader = ARENA_NEW(arena, RunReader);
        reader->next = parts[i]->entries;
        reader->end = parts[i]->entries + parts[i]->count;
        add_reader(merge, reader);
        add_file_runs(merge, arena, parts[i], buffer);
    }
    for (uint32_t at = merge->count / 2; at-- > 0;) sink(merge, at);
    return merge;
}

bool entry_merge_next(EntryMerge *merge, IndexEntry *entry)
{
    if (merge->begun) {
        if (!advance(merge->heap[0])) merge->heap[0] = merge->heap[--merge->count];
        if (merge->count > 0) sink(merge, 0);
    }
    merge->begun = merge->count > 0;
    if (!merge->begun) return false;
    const RunReader *first = merge->heap[0];
    const size_t bytes = first->key.bytes - ROW_BYTES;
    *entry = (IndexEntry){{first->key.data, bytes},
                          {load_be64(first->key.data + bytes)},
                          first->marks};
    return true;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* sort_merge.c - external merging (Knuth, TAOCP 3, 5.4). A run is a list of blocks; merging holds one block of each run
 * and a heap of the runs by their next row, ties going to the earlier run. More runs than have room for a block each
 * are first merged to fewer, neighbours with neighbours, so that the order of equal rows stands.
 *
 * A result batch is a list of (block, row) that is copied column by column at its end; blocks that were read to their
 * end wait until then. */
#include "exec/sort_merge.h"

#include "base/array.h"
#include "base/bitset.h"
#include "base/task.h"
#include "exec/spill.h"

enum { FAN_IN_LEAST = 4, FAN_IN_MOST = 128, BLOCK_BYTES_LEAST = 8 << 10, BLOCK_ROWS_LEAST = 16 };

typedef struct RunBlock {
    Arena *arena;
    Vector *columns;
    struct RunBlock *next; /* spent ones */
} RunBlock;

typedef struct Run {
    ARRAY_OF(SpillBlock) blocks;
    uint32_t next; /* block to be read */
    RunBlock *block;
    uint32_t at, rows; /* in the block at hand */
    uint32_t place;    /* among those merged */
} Run;

struct Merge {
    Exec *exec;
    Arena *parent, *arena;
    MergeOptions options;
    SpillFile *file;
    ARRAY_OF(Run *) runs;
    Run *writing;
    uint64_t written;
    uint32_t fan_in, block_rows;
    Vector *part;
    /* merging */
    Run **heap;
    uint32_t heap_count;
    uint64_t given;
    RunBlock *spent, *last_block;
    uint32_t last_row;
    const RunBlock **blocks; /* of the rows of a batch */
    uint32_t *rows;
};

Merge *merge_new(Exec *exec, Arena *parent, const MergeOptions *options)
{
    Merge *merge = ARENA_NEW(parent, Merge);
    merge->exec = exec;
    merge->parent = parent;
    merge->options = *options;
    merge->file = spill_open(exec);
    merge->arena = arena_new_child(parent, "merge");
    const uint64_t blocks = options->bytes_max / (2 * BLOCK_BYTES_LEAST);
    merge->fan_in = (uint32_t)MIN(MAX(blocks, (uint64_t)FAN_IN_LEAST), (uint64_t)FAN_IN_MOST);
    merge_clear(merge);
    return merge;
}

void merge_clear(Merge *merge)
{
    spill_reset(merge->file);
    arena_reset(merge->arena);
    merge->runs.arena = merge->arena;
    merge->runs.items = NULL;
    merge->runs.count = merge->runs.capacity = 0;
    merge->writing = NULL;
    merge->heap = NULL;
    merge->heap_count = 0;
    merge->given = 0;
    merge->spent = merge->last_block = NULL;
    merge->part = ARENA_ARRAY(merge->arena, Vector, merge->options.shape.count);
    merge->blocks = arena_alloc_array(merge->arena, BATCH_ROWS_MAX, sizeof *merge->blocks);
    merge->rows = arena_alloc_array(merge->arena, BATCH_ROWS_MAX, sizeof *merge->rows);
}

uint32_t merge_runs_count(const Merge *merge)
{
    return merge->runs.count;
}

uint64_t merge_disk_bytes(const Merge *merge)
{
    return spill_bytes(merge->file);
}

/* ---- writing ---- */

static Run *run_new(Merge *merge)
{
    Run *run = ARENA_NEW(merge->arena, Run);
    run->blocks.arena = merge->arena;
    merge->written = 0;
    return run;
}

void merge_begin_run(Merge *merge, uint64_t row_bytes)
{
    const uint64_t block_bytes = MAX(merge->options.bytes_max / (2 * merge->fan_in),
                                     (uint64_t)BLOCK_BYTES_LEAST);
    const uint64_t rows = block_bytes / MAX(row_bytes, 1u);
    merge->block_rows = (uint32_t)MIN(MAX(rows, (uint64_t)BLOCK_ROWS_LEAST),
                                      (uint64_t)BATCH_ROWS_MAX);
    merge->writing = run_new(merge);
    array_push(&merge->runs, merge->writing);
}

void merge_add(Merge *merge, const Vector *columns, uint32_t count)
{
    uint16_t numbers[BATCH_ROWS_MAX];
    if (merge->options.rows_max > 0)
        count = (uint32_t)MIN((uint64_t)count, merge->options.rows_max - merge->written);
    for (uint32_t i = 0; i < count; i++) numbers[i] = (uint16_t)i;
    for (uint32_t at = 0; at < count; at += merge->block_rows) {
        const Selection part = {numbers + at, MIN(count - at, merge->block_rows)};
        array_push(&merge->writing->blocks,
                   spill_write(merge->file, &merge->options.shape, columns, part));
    }
    merge->written += count;
}

/* ---- merging ---- */

/* The run's next block; false: it is at its end. */
static bool load_block(Merge *merge, Run *run)
{
    if (run->next == run->blocks.count) return false;
    const SpillBlock *block = &run->blocks.items[run->next++];
    Arena *arena = arena_new_child(merge->arena, "block of a run");
    run->block = ARENA_NEW(arena, RunBlock);
    run->block->arena = arena;
    run->block->columns = ARENA_ARRAY(arena, Vector, merge->options.shape.count);
    spill_read(merge->file, &merge->options.shape, block, run->block->columns, arena);
    run->rows = block->rows;
    run->at = 0;
    return true;
}

static bool comes_before(const Merge *merge, const Run *a, const Run *b)
{
    const int order = merge->options.compare(merge->options.arg, a->block->columns, a->at,
                                             b->block->columns, b->at);
    if (order != 0) return order < 0;
    return a->place < b->place;
}

static void sift_down(Merge *merge, uint32_t at)
{
    Run **heap = merge->heap, *run = heap[at];
    for (uint32_t child; (child = 2 * at + 1) < merge->heap_count; at = child) {
        if (child + 1 < merge->heap_count && comes_before(merge, heap[child + 1], heap[child]))
            child++;
        if (comes_before(merge, run, heap[child])) break;
        heap[at] = heap[child];
    }
    heap[at] = run;
}

static void start_merge(Merge *merge, Run **runs, uint32_t count)
{
    merge->heap = arena_alloc_array(merge->arena, count, sizeof(Run *));
    merge->heap_count = 0;
    merge->given = 0;
    merge->last_block = NULL;
    for (uint32_t i = 0; i < count; i++) {
        runs[i]->place = i;
        if (load_block(merge, runs[i])) merge->heap[merge->heap_count++] = runs[i];
    }
    for (uint32_t i = merge->heap_count / 2; i > 0; i--) sift_down(merge, i - 1);
}

/* Drops the blocks that were read to their end, but for that of the last row given. */
static void drop_spent(Merge *merge)
{
    RunBlock *kept = NULL;
    for (RunBlock *block = merge->spent, *next; block; block = next) {
        next = block->next;
        if (block == merge->last_block) {
            block->next = NULL;
            kept = block;
        } else {
            arena_drop(block->arena);
        }
    }
    merge->spent = kept;
}

/* Takes the least row off the heap. */
static void pop_row(Merge *merge)
{
    Run *run = merge->heap[0];
    merge->last_block = run->block;
    merge->last_row = run->at;
    if (++run->at == run->rows) {
        run->block->next = merge->spent;
        merge->spent = run->block;
        if (!load_block(merge, run)) merge->heap[0] = merge->heap[--merge->heap_count];
    }
    if (merge->heap_count > 1) sift_down(merge, 0);
}

static void copy_column(const Merge *merge, uint32_t column, uint32_t count, Vector *to,
                        Arena *arena)
{
    const RowShape *shape = &merge->options.shape;
    vector_init_flat(to, arena, shape->types[column], (Phys)shape->physes[column], count);
    const size_t bytes = phys_bytes((Phys)to->phys);
    for (uint32_t i = 0; i < count; i++) {
        const Vector *from = &merge->blocks[i]->columns[column];
        memcpy((char *)to->data + i * bytes, (const char *)from->data + merge->rows[i] * bytes,
               bytes);
        if (!from->nulls || !bits_get(from->nulls, merge->rows[i])) continue;
        vector_need_nulls(to, arena);
        bits_set(to->nulls, i);
    }
}

static uint32_t merge_some(Merge *merge, uint32_t rows_max, Vector *columns, uint32_t column_count,
                           Arena *arena, bool *same)
{
    const MergeOptions *options = &merge->options;
    uint32_t count = 0;
    task_check();
    drop_spent(merge);
    if (options->rows_max > 0)
        rows_max = (uint32_t)MIN((uint64_t)rows_max, options->rows_max - merge->given);
    for (; count < rows_max && merge->heap_count > 0; count++) {
        const Run *run = merge->heap[0];
        if (same)
            same[count] = merge->last_block &&
                          options->compare(options->arg, merge->last_block->columns,
                                           merge->last_row, run->block->columns, run->at) == 0;
        merge->blocks[count] = run->block;
        merge->rows[count] = run->at;
        pop_row(merge);
    }
    for (uint32_t c = 0; c < column_count; c++) copy_column(merge, c, count, &columns[c], arena);
    merge->given += count;
    return count;
}

/* Some neighbouring runs to one. */
static Run *merge_to_run(Merge *merge, Run **runs, uint32_t count)
{
    const uint32_t column_count = merge->options.shape.count;
    Arena *scratch = arena_new_child(merge->arena, "merge batch");
    if (count == 1) return runs[0];
    start_merge(merge, runs, count);
    Run *run = run_new(merge);
    merge->writing = run;
    for (uint32_t rows; (rows = merge_some(merge, BATCH_ROWS_MAX, merge->part, column_count,
                                           scratch, NULL)) > 0;) {
        merge_add(merge, merge->part, rows);
        arena_reset(scratch);
    }
    merge->last_block = NULL;
    drop_spent(merge);
    arena_drop(scratch);
    return run;
}

void merge_finish(Merge *merge)
{
    while (merge->runs.count > merge->fan_in) {
        uint32_t made = 0;
        for (uint32_t at = 0; at < merge->runs.count; at += merge->fan_in) {
            const uint32_t count = MIN(merge->runs.count - at, merge->fan_in);
            merge->runs.items[made++] = merge_to_run(merge, merge->runs.items + at, count);
        }
        merge->runs.count = made;
    }
    start_merge(merge, merge->runs.items, merge->runs.count);
}

uint32_t merge_next(Merge *merge, uint32_t rows_max, Vector *columns, uint32_t column_count,
                    Arena *arena, bool *same)
{
    return merge_some(merge, rows_max, columns, column_count, arena, same);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* sort_merge.h - sorted runs of rows in a temporary file, and the merging of them. */
#pragma once

#include "exec/exec_internal.h"

typedef struct Merge Merge;

typedef struct MergeOptions {
    RowShape shape;     /* of the rows with all that comparing them needs */
    uint64_t bytes_max; /* of blocks in memory while merging */
    uint64_t rows_max;  /* 0: all rows are wanted */
    int (*compare)(const void *arg, const Vector *a, uint32_t row, const Vector *b, uint32_t other);
    const void *arg;
} MergeOptions;

Merge *merge_new(Exec *exec, Arena *parent, const MergeOptions *options);
uint32_t merge_runs_count(const Merge *merge);
uint64_t merge_disk_bytes(const Merge *merge);
void merge_begin_run(Merge *merge, uint64_t row_bytes); /* about so many bytes a row has */
/* The next rows of the run, in order. */
void merge_add(Merge *merge, const Vector *columns, uint32_t count);
/* No more runs come. */
void merge_finish(Merge *merge);
/* As sorter_next; the first `column_count` columns. Equal rows come in the order of their runs. */
uint32_t merge_next(Merge *merge, uint32_t rows_max, Vector *columns, uint32_t column_count,
                    Arena *arena, bool *same);
/* Runs again from none. */
void merge_clear(Merge *merge);

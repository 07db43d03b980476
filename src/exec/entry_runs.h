/* SPDX-License-Identifier: Apache-2.0 */
/* entry_runs.h - index entries on their way into a new index: gathered in the order of rows, given out in that of keys.
 * What is more than a budget goes to a temporary file in sorted runs. */
#pragma once

#include "base/arena.h"
#include "exec/exec.h"
#include "table/index.h"

typedef struct IndexEntry {
    Bytes key; /* without the row id */
    RowId row;
    uint8_t marks; /* the gatherer's own */
} IndexEntry;

typedef struct EntryRuns EntryRuns;
/* In a child of `parent`. `expected`: entries, about; budget: bytes. */
EntryRuns *entry_runs_new(Arena *parent, const ExecOptions *options, uint64_t expected,
                          uint64_t budget);
void entry_runs_add(EntryRuns *runs, const IndexEntry *entry);
/* No more come. */
void entry_runs_sort(EntryRuns *runs);
/* Closes the file; does not raise. */
void entry_runs_close(void *runs);

typedef struct EntryMerge EntryMerge;
/* Of what several have gathered and sorted. */
EntryMerge *entry_merge_new(Arena *arena, EntryRuns *const *parts, uint32_t count);
/* The next by key and row; its bytes are valid until the next call. False: no more. */
bool entry_merge_next(EntryMerge *merge, IndexEntry *entry);

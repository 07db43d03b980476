/* SPDX-License-Identifier: Apache-2.0 */
/* tree_redo.h - payloads of the tree's log records, for those who write, read and print them. Little-endian. */
#pragma once

#include "base/base.h"

/* TREE_ROOT: an empty leaf, the whole of a new tree. */
typedef struct RootPayload {
    uint64_t tree_level; /* the page header's word */
    uint32_t layout;
    uint8_t kind, compared; /* page kind; whether the tree brings a comparator */
    uint16_t zero;
} RootPayload;
static_assert(sizeof(RootPayload) == 16, "record layout");

/* TREE_SPLIT, TREE_SPLIT_ROOT, TREE_MERGE, TREE_SHRINK: followed by separator, high fence, left's and right's
 * content. */
typedef struct StepPayload {
    uint64_t tree_level; /* of the pages that are split or merged */
    uint64_t separator_row, high_row;
    uint32_t left_bytes, right_bytes;
    uint16_t separator_bytes,
        high_bytes;     /* high: KEY_NONE if open (in trees of row ids high_row says so) */
    uint16_t parent_at; /* which child comes, or goes */
    uint8_t kind, parent_kind, compared, zero[7];
} StepPayload;
static_assert(sizeof(StepPayload) == 48, "record layout");

/* TREE_BULK_PAGE: the page's bytes but for a run of zeros. */
typedef struct BulkPayload {
    uint16_t hole_at, hole_bytes;
} BulkPayload;
static_assert(sizeof(BulkPayload) == 4, "record layout");

/* DIRECTORY_PUT, DIRECTORY_REMOVE (no value): followed by key and value. */
typedef struct DirectoryPayload {
    uint16_t key_bytes, value_bytes;
} DirectoryPayload;
static_assert(sizeof(DirectoryPayload) == 4, "record layout");

/* SPDX-License-Identifier: Apache-2.0 */
/* store_redo.h - the payloads of the log's own records, for those who write, read and print them. Little-endian, as all
 * that is on disk. */
#pragma once

#include "base/base.h"

/* START: the first record of an incarnation. */
typedef struct StartPayload {
    uint32_t incarnation; /* the one before */
    uint32_t clean;
    uint64_t checkpoint; /* begin of the checkpoint it started from; 0: none */
    int64_t wall_us;
} StartPayload;
static_assert(sizeof(StartPayload) == 24, "record layout");

/* CHECKPOINT_TRANSACTIONS: followed by the bytes of this part. */
typedef struct CheckpointPartPayload {
    uint64_t begin; /* lsn of the CHECKPOINT_BEGIN */
    uint32_t part, parts;
} CheckpointPartPayload;
static_assert(sizeof(CheckpointPartPayload) == 16, "record layout");

/* CHECKPOINT_PAGES: followed by SpaceWay again and again. */
typedef struct CheckpointPagesPayload {
    uint64_t begin;
} CheckpointPagesPayload;

typedef struct CheckpointEndPayload {
    uint64_t begin, redo;
    uint64_t xid_next, commit_next;
    uint32_t space_next, shutdown;
} CheckpointEndPayload;
static_assert(sizeof(CheckpointEndPayload) == 40, "record layout");

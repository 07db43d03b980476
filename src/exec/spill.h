/* SPDX-License-Identifier: Apache-2.0 */
/* spill.h - rows in temporary files: what is more than an operator may hold in memory. An operator has one file; its
 * rows go to the end of it in blocks, and are read back by block or as streams. */
#pragma once

#include "exec/exec_internal.h"

enum { SPILL_PARTS = 16, SPILL_LEVELS_MAX = 12 };

/* How much an operator may hold: work_mem, or for hash tables that times hash_mem_multiplier. UINT64_MAX where nothing
 * can be put into files. */
uint64_t spill_budget(const Exec *exec, bool hash);

typedef struct SpillFile SpillFile;
/* Made on disk by the first write, closed with the execution at the latest. */
SpillFile *spill_open(Exec *exec);
/* One that lives as long as the arena; spill_reset must come before its end. */
SpillFile *spill_new(Arena *arena, TempSpace *temp, TempQuota *quota);
/* Forgets all blocks and gives the disk space back. */
void spill_reset(SpillFile *file);
/* Of an execution; does not raise. */
void spill_close_all(Exec *exec);
uint64_t spill_bytes(const SpillFile *file);

typedef struct SpillBlock {
    uint64_t offset, bytes;
    uint32_t rows;
} SpillBlock;
/* The selected rows of as many columns as the shape has; at most BATCH_ROWS_MAX. Raises 53400, 53100, 58030. */
SpillBlock spill_write(SpillFile *file, const RowShape *shape, const Vector *columns,
                       Selection selection);
/* As flat vectors in `arena`. */
void spill_read(SpillFile *file, const RowShape *shape, const SpillBlock *block, Vector *columns,
                Arena *arena);

/* Rows in the order in which they came, gathered into blocks of `block_bytes` or so. */
typedef struct SpillStream SpillStream;
SpillStream *stream_new(SpillFile *file, Arena *parent, const RowShape *shape, size_t block_bytes);
void stream_add(SpillStream *stream, const Vector *columns, Selection selection);
uint64_t stream_rows(const SpillStream *stream);
/* The next rows; valid until the call after it. The first call ends the writing. False: no more. */
bool stream_next(SpillStream *stream, const Batch **batch);
/* No more rows come, and none are in memory: another task may read them now, and it alone. */
void stream_end(SpillStream *stream);
/* The rows of several streams that were ended, one after another. To drop it drops none of them. */
SpillStream *stream_chain(Arena *parent, SpillStream *const *streams, uint32_t count);
/* Gives the memory back. */
void stream_drop(SpillStream *stream);

/* Which of SPILL_PARTS a key of this hash goes to when parts are cut for the level-th time. */
static inline uint32_t spill_part(uint64_t hash, uint32_t level)
{
    return (uint32_t)(hash >> (60 - 4 * level)) & (SPILL_PARTS - 1);
}
/* A stream for each part. */
typedef struct SpillParts {
    SpillStream *streams[SPILL_PARTS]; /* NULL: nothing came */
    SpillFile *file;
    Arena *parent;
    const RowShape *shape;
    uint32_t level;
    size_t block_bytes;
} SpillParts;
void parts_init(SpillParts *parts, SpillFile *file, Arena *parent, const RowShape *shape,
                uint32_t level, uint64_t budget);
/* hashes[i] is of the i-th selected row. */
void parts_add(SpillParts *parts, const Vector *columns, Selection selection,
               const uint64_t *hashes);

/* Parts of two sides whose keys belong together and that wait for their turn. */
typedef struct SpillPair {
    SpillStream *left, *right; /* NULL: nothing came */
    uint32_t level;            /* at which it may be cut again */
    struct SpillPair *next;
} SpillPair;
/* Those of which at least the sides asked for are there, before what waits already. */
SpillPair *pairs_push(SpillPair *waiting, const SpillParts *left, const SpillParts *right,
                      bool left_needed, bool right_needed);
void pair_drop(SpillPair *pair);

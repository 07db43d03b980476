/* SPDX-License-Identifier: Apache-2.0 */
/* lockrank.h - the order in which locks are taken, as code. A task takes locks of rising rank only; ranks marked "same
 * allowed" may be taken several times (leaves left to right). Test builds check every acquisition, in every task, also
 * against what the task still holds when it does I/O or waits.
 *
 * Adding a lock: one line in its place below, with the reason when it is not obvious. */
#pragma once

#include "base/base.h"

typedef enum LockRank {
    RANK_NONE = 0, /* not checked: test fixtures only */
    /* server and session */
    RANK_NOTIFY = 3, /* queue of notifications; who sends wakes others' connections under it */
    RANK_SERVER = 5, /* list of sessions, listener state */
    RANK_SESSION = 10,
    RANK_ACTIVITY = 12, /* what one session shows of itself, read by others under the list of all */
    RANK_PLAN_CACHE = 14,
    RANK_PARALLEL = 16, /* what those who run one statement share */
    /* catalog */
    RANK_CATALOG = 20, /* shared cache buckets */
    RANK_CATALOG_NAMES = 22,
    /* transactions: heavy locks and the graph of who waits for whom */
    RANK_LOCK_TABLE = 30,
    RANK_LOCK_SESSION = 32, /* the fast path of one session */
    RANK_TXN_TABLE = 36,
    /* pages */
    RANK_TABLE_GROW =
        37, /* one makes room at a table's end at a time; latches and space are taken under it */
    RANK_UNDO_SPACES = 38,  /* opening a space's undo reads its directory */
    RANK_TREE_LAYOUTS = 39, /* one adds a layout at a time; the directory is changed under it */
    RANK_TREE_DIRECTORY = 40,
    RANK_UNDO_STREAMS = 46, /* which streams there are and where their pages stand */
    RANK_REDO = 48,         /* which pages redo has met; its tasks hold no latch then */
    RANK_LATCH = 50,        /* page latches; same allowed: left to right, parent before child */
    RANK_ROW_LOCKS = 56,    /* bucket of row locks, under the leaf latch */
    RANK_SSI = 58,
    RANK_UNDO_TAIL = 60, /* same allowed: the pages of a stream */
    RANK_SPACE_MAP = 66, /* free pages; same allowed */
    RANK_SPACE_HINTS =
        68,               /* what a space's maps are known to hold: changed under the map's latch */
    RANK_CHECKPOINT = 69, /* whose turn a checkpoint is, the manifest */
    RANK_FRAME_POOL = 70,
    RANK_WAL_INSERT = 80,
    RANK_WAL_FLUSH = 84,
    RANK_SNAPSHOTS = 86, /* one scan of all registered snapshots at a time */
    RANK_XID_TABLE = 87, /* xids older than the ring; read under leaf latches */
    RANK_DEVICE = 88,    /* tables of open files, whose turn the journal is */
    /* leaves: held for moments, nothing taken under them */
    RANK_OS = 90,
    RANK_HEAP = 94,
    RANK_LOG = 96,
} LockRank;

/* Called by every lock. `again` allows the rank just held once more. A release build compiles them to nothing. */
#ifdef TUSK_TEST
void lock_rank_enter(LockRank rank, bool again);
void lock_rank_leave(LockRank rank);
/* Stops unless nothing of `least` or above is held: before I/O, waiting, or a return to the floors above. */
void lock_rank_check_below(LockRank least);
#else
static inline void lock_rank_enter(LockRank rank, bool again)
{
    (void)rank;
    (void)again;
}
static inline void lock_rank_leave(LockRank rank)
{
    (void)rank;
}
static inline void lock_rank_check_below(LockRank least)
{
    (void)least;
}
#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* pool.h - pages in memory. Every page has one 64-bit state word in a two-level array of its space (docs/traps.md C1):
 *
 *     version:26 | latch:8 | flags:4 | frame:26
 *
 * so that finding a page is arithmetic, not hashing. Frames are one big mapping; clock eviction takes clean ones, a
 * background cleaner keeps enough of them clean. There are no pins: a latch keeps a page in memory, and nobody holds
 * one for longer than microseconds. Words of pages far from any resident page are given back (a sparse space costs
 * nothing).
 *
 * Latch order: parent before child, leaves left to right, undo tail, space map (base/lockrank.h: RANK_LATCH may be
 * taken again, pages of undo and maps have their own ranks). Never across I/O: to latch a page while holding another
 * use pool_try_latch, which says ST_BUSY when the page is not in memory; then let go of everything, pool_fetch it, and
 * start again.
 *
 * Every read checks crc and page number: a bad page gives ST_CORRUPT (XX001 noted, naming the page) to whoever asks;
 * the server lives on. */
#pragma once

#include "base/account.h"
#include "base/base.h"
#include "store/device.h"
#include "store/ids.h"
#include "store/page.h"
#include "store/wal.h"

typedef struct Pool Pool;

typedef struct PoolOptions {
    uint64_t frames; /* at least 64 */
    bool huge_pages;
    uint32_t cleaner_group;  /* pages written together; 0: DEVICE_GROUP_PAGES_MAX */
    uint64_t redo_bytes_max; /* the cleaner keeps the span of log to redo below it; 0: 200 MB */
} PoolOptions;

Status pool_open(Account *account, Device *device, Wal *wal, const PoolOptions *options,
                 Pool **pool);
void pool_close(Pool *pool); /* nothing is written: checkpoint first */
/* The log is opened after recovery has read it. Until then a dirty page may be written without syncing anything:
 * recovery makes durable what it redoes, and holds writes until it has. */
void pool_set_wal(Pool *pool, Wal *wal);
/* While they are held no more frames may be taken than pool_free_frames says. */
void pool_hold_writes(Pool *pool, bool hold);
uint64_t pool_free_frames(Pool *pool);

typedef enum LatchMode { LATCH_SHARED, LATCH_EXCLUSIVE } LatchMode;

/* A latched page. `data` is PAGE_BYTES long. */
typedef struct PageRef {
    PageId id;
    void *data;
    Pool *pool;
    _Atomic uint64_t *word; /* the page's state word */
    uint32_t frame;
    uint8_t mode;   /* LatchMode */
    uint8_t rank;   /* LockRank it was taken with */
    uint16_t place; /* where its reader is announced; 0: the latch is in the word */
} PageRef;

typedef struct LatchOptions {
    LatchMode mode;
    LockRank rank; /* RANK_LATCH, RANK_UNDO_TAIL or RANK_SPACE_MAP */
    bool scan;     /* page of a big scan: leaves the pool first */
} LatchOptions;

/* Latches the page, reading it when it is not in memory; the caller holds no other latch. */
Status pool_latch(Pool *pool, PageId page, LatchOptions options, PageRef *ref);
/* ST_BUSY at once when the page is not in memory; waits for the latch otherwise (rank order forbids cycles). */
Status pool_latch_resident(Pool *pool, PageId page, LatchOptions options, PageRef *ref);
/* ST_BUSY when the page is not in memory or its latch is taken. */
Status pool_try_latch(Pool *pool, PageId page, LatchOptions options, PageRef *ref);
/* Exclusive, without reading: the caller formats and logs it, its bytes are zeros. Other latches may be held. Uses up
 * one frame of pool_reserve_frames, also when the page turns out to be in memory. ST_NO_MEMORY: nothing is latched or
 * used up. */
Status pool_latch_new(Pool *pool, PageId page, LockRank rank, PageRef *ref);
void pool_unlatch(PageRef *ref);
Status pool_fetch(Pool *pool, PageId page); /* into memory, no latch */
/* Is what stands on the disk whole, whatever memory has? A page that is dirty or being written counts as whole: the
 * disk gets another. Reads into `buffer`, a page on its own. ST_CORRUPT as when reading. No latch is held. */
Status pool_check_disk(Pool *pool, PageId page, void *buffer);
void pool_read_ahead(Pool *pool, const PageId *pages, uint32_t count);
/* So many pages may be on their way ahead of one reader without driving out each other before they are used. */
uint32_t pool_read_ahead_max(const Pool *pool);
/* Makes sure that `count` pool_latch_new calls will find frames; pool_unreserve_frames gives back what they did not
 * use. No latch is held; one reservation a task at a time, of at most half the pool. */
Status pool_reserve_frames(Pool *pool, uint32_t count);
void pool_unreserve_frames(Pool *pool, uint32_t count);

/* The page is about to be changed by a record at `rec_lsn` or later (wal_insert_position before wal_append). */
void pool_mark_dirty(PageRef *ref, Lsn rec_lsn);
/* Raised whenever an exclusive latch on the page is given back and when the page leaves memory: the same version means
 * the same contents, for cursors that come back (26 bits: 67 million changes later it is there again). */
uint32_t pool_version(const PageRef *ref);

/* Appends one record for the latched pages: marks them dirty, appends, stamps their lsn, and notes how far the log must
 * be synced before they are written. Pages of SPACE_TEMP, and all with `unlogged`, are only marked, their lsn counted
 * up from the log's position when they were made; with none left to log nothing is appended, no credit used, and the
 * result is 0. */
typedef struct PoolChange {
    PageRef *page;
    uint8_t flags; /* WalRefFlags */
} PoolChange;
Lsn pool_log(Pool *pool, WalKind kind, Xid xid, const PoolChange *changes, uint32_t change_count,
             const WalPart *parts, uint32_t part_count, bool unlogged);
/* The same in two steps, as wal_append_begin: the pages may be unlatched between the two, when no part stands on
 * one. */
typedef struct PoolLog {
    bool appends;
    WalAppend append;
} PoolLog;
Lsn pool_log_begin(Pool *pool, WalKind kind, Xid xid, const PoolChange *changes,
                   uint32_t change_count, uint32_t payload_bytes, bool unlogged, PoolLog *log);
void pool_log_fill(Pool *pool, PoolLog *log, const WalPart *parts, uint32_t part_count);

/* Forgets pages without writing them (freed extents, dropped spaces): nothing reaches them any more, by a record that
 * is in the log. Waits for writes of them that are under way. While a checkpoint is, pool_forget leaves those in place
 * that were dirty before it, and pool_forget_space waits. No latch is held. */
void pool_forget(Pool *pool, PageId first, uint64_t count);
void pool_forget_space(Pool *pool, SpaceId space);

/* Background cleaner's body, until interrupted. ST_IO stops the server. */
Status pool_cleaner_run(Pool *pool);
/* Around a checkpoint: from before its begin record is appended until its pages are written (or it has failed). Else a
 * page forgotten meanwhile would leave a hole in its history: its records before the redo position neither written nor
 * redone, those behind it redone upon nothing. Once the redo position is told, a page all of whose unwritten changes
 * are behind it may go: redo makes them again. */
void pool_checkpoint_begin(Pool *pool);
void pool_checkpoint_redo(Pool *pool, Lsn redo);
void pool_checkpoint_end(Pool *pool);
/* Writes every page that was dirty with rec_lsn below `until`, spread over `seconds` (0: at once); then *least is the
 * least rec_lsn of any page still dirty, or the insert position. */
Status pool_write_until(Pool *pool, Lsn until, uint32_t seconds, Lsn *least);

typedef struct PoolFigures {
    uint64_t frames, free, dirty, hits, reads, writes, evictions, latch_waits, corrupt;
} PoolFigures;
void pool_figures(const Pool *pool, PoolFigures *figures);
/* Test builds: nothing latched, words and frames agree. */
void pool_check(Pool *pool);

/* SPDX-License-Identifier: Apache-2.0 */
/* pool_internal.h - state words, frames, and the order in which they change.
 *
 *   bits   state word of a page
 *   63-38  version: raised when an exclusive latch is given back
 *   37-30  latch: 0 free, 1 .. 254 readers, 255 a writer
 *      29  referenced: used since the clock's hand last passed
 *      28  loading: being read; the latch is 255 and belongs to the read
 *      27  a writer waits: no new readers
 *      26  somebody waits: whoever frees the latch wakes
 *      25  favoured: readers may announce themselves instead of counting up the latch (pool_readers.c)
 *   24-0   frame + 1; 0: the page is not in memory ("absent"), and all bits but the version are 0
 *
 * Giving an exclusive latch back is one addition: 255 + 1 carries into the version.
 *
 * (P1) an absent word changes only under the gate of its chunk, and becomes absent only under it; so a chunk of absent
 * words,
 *      its gate held, can be given back to the system as zeros
 * (P2) frame.page and frame.word change only by whoever holds the page's word exclusively, and while a frame belongs to
 *      nobody by whoever took it
 * (P3) rec_lsn goes from 0 to a value only under the exclusive latch; a copy for writing moves it to writing_lsn under
 * a
 *      shared one, so that a change after the copy sets rec_lsn anew. A page is clean when both are 0, and only clean
 * pages are evicted (P4) at most one write of a page is under way: writing_lsn is set by compare-and-swap from 0, and
 * no page is absent while it is set (P5) a task that waits for I/O, for a frame or for a load holds no latch (but
 * pool_latch_new: a load of that very page, which
 *      needs no latch to end)
 *
 * Versions survive eviction: the word keeps its own, a chunk given back keeps the highest of its pages. */
#pragma once

#include "base/counters.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/heap.h"
#include "os/clock.h"
#include "os/os.h"
#include "os/sync.h"
#include "store/pool.h"

#define WORD_FRAME_MASK ((UINT64_C(1) << 25) - 1)
#define WORD_FAVOURED (UINT64_C(1) << 25)
#define WORD_WAITED (UINT64_C(1) << 26)
#define WORD_WRITER_WAITS (UINT64_C(1) << 27)
#define WORD_LOADING (UINT64_C(1) << 28)
#define WORD_REFERENCED (UINT64_C(1) << 29)
#define WORD_LATCH_ONE (UINT64_C(1) << 30)
#define WORD_LATCH_MASK (UINT64_C(0xff) << 30)
#define WORD_VERSION_ONE (UINT64_C(1) << 38)
#define WORD_VERSION_MASK (~(WORD_VERSION_ONE - 1))
/* One less than the writer's 255, and room for readers that pass at the same moment. */
#define WORD_READERS_MAX (UINT64_C(254) << 30)

enum {
    POOL__FRAMES_MIN = 64,
    POOL__CHUNK_WORDS = 512, /* 4 KiB of words: what the system takes back */
    POOL__LEAF_CHUNKS = 512, /* words of 4 GiB of pages */
    POOL__LEAF_WORDS = POOL__CHUNK_WORDS * POOL__LEAF_CHUNKS,
    POOL__SLAB_LEAVES = 64, /* leaves reserved at once */
    POOL__SPACE_FAN = 4096, /* 24 bits of space number in two steps */
    POOL__BUCKETS = 1024,
    POOL__GATES = 64,
    POOL__GROUPS = 2, /* groups being written at one time */
    POOL__SCAN_RING_MAX = 1024,
    POOL__FRAME_WAITS_MAX = 10000,
    POOL__READER_LINES = 16,
    POOL__READERS_A_LINE = 7,
};

typedef _Atomic uint64_t Word;

typedef struct WordChunk {
    uint32_t resident;     /* words that are not absent; under the gate */
    uint32_t version_base; /* where versions of zero words begin */
    bool touched;          /* its 4 KiB may be in memory */
} WordChunk;

typedef struct WordLeaf {
    Word *words;
    WordChunk chunks[POOL__LEAF_CHUNKS];
} WordLeaf;

/* Leaves of a space by page number. Replaced by a longer one when it must grow; the old one stays readable until the
 * pool is closed. */
typedef struct WordRoot {
    uint32_t count;
    _Atomic(WordLeaf *) leaves[];
} WordRoot;

typedef struct SpaceWords {
    _Atomic(WordRoot *) root;
} SpaceWords;

typedef struct SpaceFan {
    _Atomic(SpaceWords *) spaces[POOL__SPACE_FAN];
} SpaceFan;

/* On a line of its own: pages that are written at the same time were mostly made at the same time, in frames side by
 * side. */
typedef struct Frame {
    _Alignas(64) _Atomic uint64_t page; /* PAGE_NONE.v: belongs to no page */
    _Atomic(Word *) word;
    _Atomic uint64_t rec_lsn;     /* 0: not changed since it was read or copied */
    _Atomic uint64_t writing_lsn; /* rec_lsn of the copy being written; 0: none */
    _Atomic uint64_t
        end_lsn; /* end of the newest record of the page: how far the log must be synced first */
} Frame;

/* Who waits for a latch sleeps on `turn`, without hooks: latches are held for moments. Who waits for a read is in
 * `loads`. */
typedef struct WaitBucket {
    _Alignas(64) _Atomic uint32_t turn;
    Mutex mutex;
    WaitList loads;
} WaitBucket;

/* Where tasks announce what they read, by their number. Two cache lines, which a processor fetches together: of them a
 * writer looks at the first alone. */
typedef struct ReaderLine {
    _Alignas(128) _Atomic(Word *) words[POOL__READERS_A_LINE];
    _Atomic uint64_t latched;                    /* in words, by these tasks: about */
    _Atomic uint64_t hits[POOL__READERS_A_LINE]; /* (E2) pages found, by who had the place */
} ReaderLine;
static_assert(offsetof(ReaderLine, hits) == 64 && sizeof(ReaderLine) == 128, "reader line");

/* Pages copied to be written together. */
typedef struct WriteGroup {
    bool taken;
    uint32_t count;
    uint64_t end_lsn; /* how far the log must be synced before they are written */
    char *copies;
    uint32_t frames[DEVICE_GROUP_PAGES_MAX];
    DevicePage pages[DEVICE_GROUP_PAGES_MAX];
} WriteGroup;

struct Pool {
    Account *account;
    Device *device;
    _Atomic(Wal *) wal;
    Heap *heap;
    char *memory; /* frame i at i * PAGE_BYTES */
    Frame *frames;
    uint64_t frame_count;
    _Atomic(SpaceFan *) spaces[POOL__SPACE_FAN];
    WaitBucket *buckets;
    Mutex gates[POOL__GATES];

    Mutex words_mutex; /* making leaves, roots and spaces */
    Word *slab;
    uint32_t slab_left;
    struct SlabRecord *slabs;
    _Atomic uint64_t chunks_touched;

    Mutex free_mutex; /* the free list, reservations, the ring of scanned frames */
    uint32_t *free;
    uint64_t free_count, reserved;
    uint64_t
        populated; /* frames that have memory, or are being given it by the cleaner: the first so many */
    bool populate_due;     /* the cleaner was kicked for more */
    _Atomic uint64_t used; /* (F2) no frame from here on was ever taken; grows under the mutex */
    uint32_t *scanned;
    uint32_t scanned_max, scanned_count, scanned_first;
    _Atomic uint64_t hand;

    Mutex group_mutex;
    Condition group_free;
    WriteGroup groups[POOL__GROUPS];
    char *group_memory;
    uint32_t group_pages;

    Mutex
        forget_mutex; /* a dirty page is forgotten before a checkpoint begins, or after it has written its pages */
    uint32_t checkpoints;     /* under way */
    uint64_t checkpoint_redo; /* where redo will begin; UINT64_MAX: not known yet */
    Mutex cleaner_mutex;
    Condition cleaner_wake;
    bool cleaner_kicked;
    uint64_t redo_bytes_max, free_target;

    _Atomic uint32_t reads_running;
    _Atomic bool failed, held;   /* storage has failed; nothing may be written yet */
    _Atomic uint32_t scarcities; /* in a row, that writing did not end */
    _Atomic uint64_t reads, writes, evictions, latch_waits, corrupt;
    Counter hits; /* but for those of announced readers */
    ReaderLine readers[POOL__READER_LINES];
};

static inline void *pool__data(const Pool *pool, uint32_t frame)
{
    return pool->memory + (size_t)frame * PAGE_BYTES;
}
static inline bool pool__frame_is_clean(const Frame *frame)
{
    return atomic_load(&frame->rec_lsn) == 0 && atomic_load(&frame->writing_lsn) == 0;
}
static inline _Atomic uint64_t *pool__place_hits(Pool *pool, uint16_t place)
{
    const uint32_t at = place - 1u;
    return &pool->readers[at / POOL__READERS_A_LINE].hits[at % POOL__READERS_A_LINE];
}
static inline bool word_is_absent(uint64_t word)
{
    return (word & WORD_FRAME_MASK) == 0;
}
static inline uint32_t word_frame(uint64_t word)
{
    return (uint32_t)(word & WORD_FRAME_MASK) - 1;
}
static inline WaitBucket *pool__bucket(const Pool *pool, PageId page)
{
    return &pool->buckets[hash_u64(page.v) % POOL__BUCKETS];
}

/* --- pool_words.c --- */

/* NULL: no page near it was ever in memory. */
static inline Word *pool__word_find(const Pool *pool, PageId page)
{
    uint32_t space = page_space(page).v;
    SpaceFan *fan = atomic_load_explicit(&pool->spaces[space / POOL__SPACE_FAN],
                                         memory_order_acquire);
    if (UNLIKELY(fan == NULL)) return NULL;
    SpaceWords *words = atomic_load_explicit(&fan->spaces[space % POOL__SPACE_FAN],
                                             memory_order_acquire);
    if (UNLIKELY(words == NULL)) return NULL;
    WordRoot *root = atomic_load_explicit(&words->root, memory_order_acquire);
    uint64_t number = page_number(page);
    if (UNLIKELY(number / POOL__LEAF_WORDS >= root->count)) return NULL;
    WordLeaf *leaf = atomic_load_explicit(&root->leaves[number / POOL__LEAF_WORDS],
                                          memory_order_acquire);
    return LIKELY(leaf != NULL) ? &leaf->words[number % POOL__LEAF_WORDS] : NULL;
}
/* The page's bytes, if it is in memory; for hints alone: nothing is latched or looked at. `word` may be NULL. */
static inline const char *pool__word_data(const Pool *pool, const Word *word)
{
    const uint64_t seen = word != NULL ? atomic_load_explicit(word, memory_order_relaxed) : 0;
    return word_is_absent(seen) ? NULL : pool__data(pool, word_frame(seen));
}
static inline const char *pool__seen_data(const Pool *pool, PageId page)
{
    return pool__word_data(pool, pool__word_find(pool, page));
}
/* A hint to the processor, if the page is in memory: these bytes will be read. */
static inline void pool__prefetch(const Pool *pool, PageId page, uint32_t offset, uint32_t bytes)
{
    const char *data = pool__seen_data(pool, page);
    for (uint32_t at = 0; data != NULL && at < bytes; at += 64)
        __builtin_prefetch(data + offset + at);
}
/* By who has just latched the page: a place is nobody else's meanwhile. */
static inline void pool__count_hits(Pool *pool, const PageRef *ref, uint32_t pages)
{
    Task *task = task_self();
    if (LIKELY(task != NULL)) task->usage.pages_hit += pages;
    if (LIKELY(ref->place != 0)) {
        _Atomic uint64_t *hits = pool__place_hits(pool, ref->place);
        atomic_store_explicit(hits, atomic_load_explicit(hits, memory_order_relaxed) + pages,
                              memory_order_relaxed);
    } else {
        counter_add(&pool->hits, pages);
    }
}

/* A page in memory that is read without a latch: its bytes may change at any time, and the frame may become another
 * page's. What was read counts if pool__glimpse_holds says so afterwards: the version goes up when an exclusive latch
 * is given back and when the page leaves its frame. */
typedef struct Glimpse {
    const Word *word;
    const void *data;
    uint64_t seen; /* version and frame */
} Glimpse;
#define WORD_SEEN_MASK (WORD_VERSION_MASK | WORD_FRAME_MASK)

/* TSan knows no fences; nothing is glimpsed in its builds (tree_glimpse.c). */
#ifdef __SANITIZE_THREAD__
#define GLIMPSE_FENCE(order) ((void)0)
#else
#define GLIMPSE_FENCE(order) atomic_thread_fence(order)
#endif

/* By a page's word, which may be NULL. False: it is not in memory, is being changed, or looks unused since the clock's
 * hand passed: a latch is wanted. Not counted as a hit: that is left to pool__latch_below. */
static inline bool pool__glimpse(const Pool *pool, const Word *word, Glimpse *glimpse)
{
    if (UNLIKELY(word == NULL)) return false;
    const uint64_t seen = atomic_load_explicit(word, memory_order_acquire);
    if (UNLIKELY(word_is_absent(seen) || (seen & WORD_REFERENCED) == 0 ||
                 (seen & WORD_LATCH_MASK) == WORD_LATCH_MASK))
        return false;
    *glimpse = (Glimpse){word, pool__data(pool, word_frame(seen)), seen & WORD_SEEN_MASK};
    return true;
}

static inline bool pool__glimpse_holds(const Glimpse *glimpse)
{
    os_yield_point();
    GLIMPSE_FENCE(memory_order_acquire);
    const uint64_t now = atomic_load_explicit(glimpse->word, memory_order_relaxed);
    return (now & WORD_SEEN_MASK) == glimpse->seen && (now & WORD_LATCH_MASK) != WORD_LATCH_MASK;
}

/* As pool_latch_resident, of a page whose word is found (or NULL); so many pages were glimpsed on the way. */
Status pool__latch_below(Pool *pool, PageId page, Word *word, LatchOptions options,
                         uint32_t glimpsed, PageRef *ref);

Status pool__words_open(Pool *pool);
void pool__words_close(Pool *pool);
Status pool__word_make(Pool *pool, PageId page, Word **word);
/* Gives an absent page the frame, its word exclusive, with `flags` (WORD_LOADING or 0): false when it is not absent any
 * more. */
bool pool__word_claim(Pool *pool, PageId page, Word *word, uint32_t frame, uint64_t flags);
/* The reverse, by the holder of the exclusive latch; the frame is the caller's then. Waiters look again. `changed`: the
 * version moves on. */
void pool__word_drop(Pool *pool, PageId page, Word *word, bool changed);

/* --- pool_latch.c --- */

/* OK: latched. ST_BUSY: absent or loading. ST_TIMEOUT: taken, and not to be waited for. Ranks are the caller's
 * business. */
Status pool__word_latch(Pool *pool, PageId page, Word *word, LatchMode mode, bool referenced,
                        bool wait, uint32_t *frame);
void pool__word_unlatch(Pool *pool, PageId page, Word *word, LatchMode mode);
/* Takes the latch exclusively only if nobody has it, wants it, or reads it in. *favoured: announced readers may be
 * there, who are not waited for. */
bool pool__word_seize(Word *word, uint32_t frame, bool *favoured);
/* Gives an exclusive latch back, nothing changed. `favoured`: as it was before, since announced readers are there. */
void pool__word_release(Pool *pool, PageId page, Word *word, bool favoured);
/* Ends loading: the latch is then held in `mode` (readers: 0 none, 1, or 255 exclusive). */
void pool__word_loaded(Pool *pool, PageId page, Word *word, uint64_t latch, bool referenced);
void pool__wake(Pool *pool, PageId page, bool loads);
/* Until the page is not loading any more. */
void pool__load_wait(Pool *pool, PageId page, Word *word);
/* The same while holding latches: nobody needs them to end a load. */
void pool__load_wait_latched(Pool *pool, PageId page, Word *word);

/* --- pool_readers.c --- */

/* Shared, of a favoured word; false: by the word, then. *place is for pool__reader_leave, and not 0. */
bool pool__reader_enter(Pool *pool, Word *word, bool referenced, uint32_t *frame, uint16_t *place);
void pool__reader_leave(Pool *pool, uint16_t place);
/* By who has the word exclusively: until no announced reader has it. False: some do, and are not to be waited for. */
bool pool__readers_wait(Pool *pool, const Word *word, bool wait);
/* Should this reader, who latches the word, favour it? */
bool pool__reader_favours(Pool *pool);

/* --- pool_frames.c --- */

Status pool__frames_open(Pool *pool, const PoolOptions *options);
void pool__frames_close(Pool *pool);
/* A frame that belongs to nobody; writes dirty pages when it must. ST_NO_MEMORY: all are latched for long. ST_IO,
 * ST_FULL. */
Status pool__frame_take(Pool *pool, uint32_t *frame);
/* Without waiting or writing. */
bool pool__frame_try_take(Pool *pool, uint32_t *frame);
/* One of the reserved, which it uses up; and back again. */
uint32_t pool__frame_take_reserved(Pool *pool);
void pool__frame_return_reserved(Pool *pool, uint32_t frame);
void pool__frame_give(Pool *pool, uint32_t frame);
void pool__frame_own(Pool *pool, uint32_t frame, PageId page, Word *word);
void pool__frame_disown(Pool *pool, uint32_t frame);
void pool__frame_scanned(Pool *pool, uint32_t frame);
/* Evicts pages into the free list until it holds `target` more than is reserved; false: too few are clean. */
bool pool__frames_refill(Pool *pool, uint64_t target);
/* Gives memory to frames that will be taken soon for the first time. */
void pool__frames_populate(Pool *pool);

/* --- pool_read.c --- */

/* Reads an absent page; latched in `mode` on OK. ST_CHANGED: another was quicker, look again. */
Status pool__read(Pool *pool, PageId page, LatchOptions options, PageRef *ref);

/* --- pool_write.c --- */

Status pool__write_open(Pool *pool, const PoolOptions *options);
void pool__write_close(Pool *pool);
/* Writes a group of dirty pages that the clock will come to next; *written counts them. */
Status pool__write_some(Pool *pool, uint32_t *written);
/* Writes all pages whose rec_lsn is below `until`, in the order of their ids, evenly over the time up to `end`. */
Status pool__write_below(Pool *pool, uint64_t until, Deadline end, uint32_t *written);
/* The least rec_lsn of all dirty pages, those being written included; UINT64_MAX: none. */
uint64_t pool__least_rec_lsn(const Pool *pool);
/* Room is needed: the cleaner need not sleep on. */
void pool__kick_cleaner(Pool *pool);

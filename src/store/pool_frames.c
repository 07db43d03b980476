/* SPDX-License-Identifier: Apache-2.0 */
/* pool_frames.c - where frames come from: the free list, pages of scans, the clock.
 *
 * The clock's hand goes round the frames: a page used since the hand last passed loses its mark and stays, another
 * leaves if it is clean. Pages that a big scan brought in come without the mark and stand in a ring of their own, which
 * is emptied from its old end before the hand moves: a scan lives in its ring and leaves the rest alone.
 *
 * Reserved frames stay in the free list: (F1) free_count >= reserved. At most half of all frames may be reserved, so
 * that loads find frames whatever is reserved.
 * (F2) frames from `used` on were never taken: who looks at all dirty pages looks at those before it, and sees every
 * page that became dirty before what else it has seen.
 *
 * Memory that was never touched costs its first user a fault that clears it, 2 MB at a time where pages are huge, and a
 * split has leaves latched then. So the cleaner touches frames some way ahead of their first use. */
#include "store/pool_internal.h"

enum {
    SWEEP_MAX = 4096,      /* frames the hand passes before the caller is told that few are clean */
    POPULATE_AHEAD = 2048, /* frames with memory before they are taken: 16 MiB */
    ORDER_GROUP = 64,      /* frames that are first taken in another order than memory's */
};

/* Frames are first taken in this order: pages made one after the other, as the tails of trees and of undo streams are,
 * which several tasks change at once, have their frames' state on lines of their own. */
static uint64_t frame_in_order(uint64_t at, uint64_t frames)
{
    enum { APART = 8 };
    uint64_t first = at - at % ORDER_GROUP, in_group = at % ORDER_GROUP;
    if (first + ORDER_GROUP > frames) return at;
    return first + in_group % (ORDER_GROUP / APART) * APART + in_group / (ORDER_GROUP / APART);
}

Status pool__frames_open(Pool *pool, const PoolOptions *options)
{
    void *memory;
    pool->frame_count = options->frames;
    mutex_init(&pool->free_mutex, RANK_FRAME_POOL);
    TRY(os_memory_map(options->frames * PAGE_BYTES, options->huge_pages, &memory));
    pool->memory = memory;
    TRY(os_memory_map(options->frames * sizeof(Frame), false, &memory));
    pool->frames = memory;
    pool->scanned_max = (uint32_t)MIN(options->frames / 4, (uint64_t)POOL__SCAN_RING_MAX);
    pool->free = heap_try_alloc(pool->heap, options->frames * sizeof(uint32_t));
    pool->scanned = heap_try_alloc(pool->heap, pool->scanned_max * sizeof(uint32_t));
    if (pool->free == NULL || pool->scanned == NULL) return ST_NO_MEMORY;
    for (uint64_t i = 0; i < options->frames; i++) {
        atomic_init(&pool->frames[i].page, PAGE_NONE.v);
        pool->free[i] = (uint32_t)frame_in_order(options->frames - 1 - i, options->frames);
    }
    pool->free_count = options->frames;
    pool->free_target = MIN(MAX(options->frames / 64, UINT64_C(4)), UINT64_C(1024));
    return OK;
}

void pool__frames_close(Pool *pool)
{
    if (pool->memory != NULL) os_memory_unmap(pool->memory, pool->frame_count * PAGE_BYTES);
    if (pool->frames != NULL) os_memory_unmap(pool->frames, pool->frame_count * sizeof(Frame));
}

void pool__frame_own(Pool *pool, uint32_t frame, PageId page, Word *word)
{
    Frame *f = &pool->frames[frame];
    ASSERT(atomic_load(&f->page) == PAGE_NONE.v && pool__frame_is_clean(f));
    atomic_store(&f->word, word);
    atomic_store(&f->page, page.v);
}

void pool__frame_disown(Pool *pool, uint32_t frame)
{
    Frame *f = &pool->frames[frame];
    ASSERT(pool__frame_is_clean(f));
    atomic_store(&f->end_lsn, 0);
    atomic_store(&f->page, PAGE_NONE.v);
    atomic_store(&f->word, NULL);
}

void pool__frame_give(Pool *pool, uint32_t frame)
{
    ASSERT(atomic_load(&pool->frames[frame].page) == PAGE_NONE.v);
    mutex_lock(&pool->free_mutex);
    pool->free[pool->free_count++] = frame;
    mutex_unlock(&pool->free_mutex);
}

/* The page leaves memory if nobody uses it, it is clean, and it was not used since the hand last passed. */
static bool frame_evict(Pool *pool, uint32_t frame)
{
    Frame *f = &pool->frames[frame];
    Word *word = atomic_load(&f->word);
    bool favoured;
    if (word == NULL || !pool__frame_is_clean(f) || !pool__word_seize(word, frame, &favoured))
        return false;
    PageId page = {atomic_load(&f->page)}; /* (P2): stands still now, and so does the word */
    ASSERT(page.v != PAGE_NONE.v && atomic_load(&f->word) == word);
    if (!pool__frame_is_clean(f) || (favoured && !pool__readers_wait(pool, word, false))) {
        pool__word_release(pool, page, word, favoured);
        return false;
    }
    pool__word_drop(pool, page, word, true); /* the frame will be another page's */
    pool__frame_disown(pool, frame);
    atomic_fetch_add_explicit(&pool->evictions, 1, memory_order_relaxed);
    return true;
}

/* True when the page was marked as used, and is so no more. */
static bool mark_take(Pool *pool, uint32_t frame)
{
    Word *word = atomic_load(&pool->frames[frame].word);
    if (word == NULL) return false;
    uint64_t seen = atomic_load_explicit(word, memory_order_relaxed);
    if ((seen & WORD_REFERENCED) == 0 || (seen & WORD_FRAME_MASK) != (uint64_t)frame + 1)
        return false;
    atomic_fetch_and(word, ~WORD_REFERENCED);
    return true;
}

void pool__frame_scanned(Pool *pool, uint32_t frame)
{
    mutex_lock(&pool->free_mutex);
    uint32_t at = (pool->scanned_first + pool->scanned_count) % pool->scanned_max;
    pool->scanned[at] = frame;
    if (pool->scanned_count < pool->scanned_max) {
        pool->scanned_count++;
    } else {
        pool->scanned_first = (pool->scanned_first + 1) % pool->scanned_max;
    }
    mutex_unlock(&pool->free_mutex);
}

/* The oldest of the ring, when the ring is half full: its younger half may still be wanted by the scan. */
static bool scanned_take(Pool *pool, uint32_t *frame)
{
    mutex_lock(&pool->free_mutex);
    bool some = pool->scanned_count > pool->scanned_max / 2;
    if (some) {
        *frame = pool->scanned[pool->scanned_first];
        pool->scanned_first = (pool->scanned_first + 1) % pool->scanned_max;
        pool->scanned_count--;
    }
    mutex_unlock(&pool->free_mutex);
    return some;
}

/* *scarce (may be NULL): the hand came around before it found one, so that what goes was used a moment ago. */
static bool evict_one(Pool *pool, uint32_t *frame, bool *scarce)
{
    while (scanned_take(pool, frame)) {
        if (frame_evict(pool, *frame)) return true;
    }
    uint64_t steps = MIN(2 * pool->frame_count, (uint64_t)SWEEP_MAX);
    for (uint64_t i = 0; i < steps; i++) {
        uint64_t hand = atomic_fetch_add_explicit(&pool->hand, 1, memory_order_relaxed);
        *frame = (uint32_t)(hand % pool->frame_count);
        if (mark_take(pool, *frame) || !frame_evict(pool, *frame)) continue;
        if (scarce) *scarce = i >= pool->frame_count;
        return true;
    }
    return false;
}

/* With the mutex. Frames come off the free list in the order of memory when they are taken for the first time. */
static uint64_t populated_wanted(const Pool *pool, uint64_t ahead)
{
    return MIN(pool->frame_count - pool->free_count + pool->reserved + ahead, pool->frame_count);
}

/* With the mutex. */
static bool populate_must(Pool *pool)
{
    if (LIKELY(populated_wanted(pool, POPULATE_AHEAD / 2) <= pool->populated)) return false;
    if (pool->populate_due) return false;
    pool->populate_due = true;
    return true;
}

void pool__frames_populate(Pool *pool)
{
    mutex_lock(&pool->free_mutex);
    const uint64_t from = pool->populated, to = populated_wanted(pool, POPULATE_AHEAD);
    const bool due = pool->populate_due && from < to;
    if (due) pool->populated = to;
    pool->populate_due = false;
    mutex_unlock(&pool->free_mutex);
    if (due) os_memory_populate(pool->memory + from * PAGE_BYTES, (to - from) * PAGE_BYTES);
}

/* With the mutex. */
static uint32_t free_pop(Pool *pool)
{
    const uint32_t frame = pool->free[--pool->free_count];
    if (UNLIKELY(frame >= atomic_load(&pool->used)))
        atomic_store(&pool->used,
                     MIN(ALIGN_UP((uint64_t)frame + 1, (uint64_t)ORDER_GROUP), pool->frame_count));
    return frame;
}

static bool free_take(Pool *pool, uint32_t *frame)
{
    mutex_lock(&pool->free_mutex);
    bool some = pool->free_count > pool->reserved;
    if (some) *frame = free_pop(pool);
    bool populate = populate_must(pool);
    mutex_unlock(&pool->free_mutex);
    if (populate) pool__kick_cleaner(pool);
    return some;
}

static bool try_take(Pool *pool, uint32_t *frame, bool *scarce)
{
    if (free_take(pool, frame)) return true;
    pool__kick_cleaner(pool);
    return evict_one(pool, frame, scarce);
}

bool pool__frame_try_take(Pool *pool, uint32_t *frame)
{
    return try_take(pool, frame, NULL);
}

/* Few pages are clean: writes some, or waits a moment for those who hold or write them. */
static Status make_room(Pool *pool, uint32_t *waits)
{
    uint32_t written = 0;
    TRY(pool__write_some(pool, &written));
    if (written > 0) return OK;
    if (++*waits > POOL__FRAME_WAITS_MAX) {
        return error_note(ST_NO_MEMORY, SQLSTATE_INSUFFICIENT_RESOURCES,
                          "no page of the buffer pool can be freed");
    }
    /* A moment, whatever ends it. */
    IGNORE_STATUS(os_wait_through(WAIT_FREE_FRAME, deadline_in_ms(1)));
    return OK;
}

/* Where all other pages are dirty and nobody writes them, two that a task needs by turns would drive each other out for
 * ever. When they cannot be written, there is a frame still: it is refused when storage has failed, or where that was
 * so many times in a row. */
static Status end_scarcity(Pool *pool, uint32_t frame)
{
    uint32_t written;
    Status status = pool__write_some(pool, &written);
    if (status == OK) {
        atomic_store_explicit(&pool->scarcities, 0, memory_order_relaxed);
        return OK;
    }
    uint32_t times = atomic_fetch_add_explicit(&pool->scarcities, 1, memory_order_relaxed);
    if (atomic_load(&pool->failed) || times >= POOL__FRAME_WAITS_MAX) {
        pool__frame_give(pool, frame);
        return status;
    }
    error_clear();
    return OK;
}

Status pool__frame_take(Pool *pool, uint32_t *frame)
{
    lock_rank_check_below(RANK_LATCH);
    bool scarce = false;
    for (uint32_t waits = 0; !try_take(pool, frame, &scarce);) TRY(make_room(pool, &waits));
    return LIKELY(!scarce) ? OK : end_scarcity(pool, *frame);
}

bool pool__frames_refill(Pool *pool, uint64_t target)
{
    for (;;) {
        uint32_t frame;
        mutex_lock(&pool->free_mutex);
        bool enough = pool->free_count >= pool->reserved + target;
        mutex_unlock(&pool->free_mutex);
        if (enough) return true;
        if (!evict_one(pool, &frame, NULL)) return false;
        pool__frame_give(pool, frame);
    }
}

uint64_t pool_free_frames(Pool *pool)
{
    mutex_lock(&pool->free_mutex);
    const uint64_t count = pool->free_count - pool->reserved;
    mutex_unlock(&pool->free_mutex);
    return count;
}

static bool reserve_try(Pool *pool, uint32_t count, bool *allowed)
{
    mutex_lock(&pool->free_mutex);
    *allowed = pool->reserved + count <= pool->frame_count / 2;
    bool done = *allowed && pool->free_count >= pool->reserved + count;
    if (done) pool->reserved += count;
    bool populate = populate_must(pool);
    mutex_unlock(&pool->free_mutex);
    if (populate) pool__kick_cleaner(pool);
    return done;
}

Status pool_reserve_frames(Pool *pool, uint32_t count)
{
    lock_rank_check_below(RANK_LATCH);
    ASSERT(count <= pool->frame_count / 2);
    bool allowed;
    for (uint32_t waits = 0; !reserve_try(pool, count, &allowed);) {
        if (!allowed || !pool__frames_refill(pool, count)) TRY(make_room(pool, &waits));
    }
    return OK;
}

void pool_unreserve_frames(Pool *pool, uint32_t count)
{
    mutex_lock(&pool->free_mutex);
    ASSERT(pool->reserved >= count);
    pool->reserved -= count;
    mutex_unlock(&pool->free_mutex);
}

uint32_t pool__frame_take_reserved(Pool *pool)
{
    mutex_lock(&pool->free_mutex);
    ASSERT(pool->reserved > 0 && pool->free_count >= pool->reserved);
    pool->reserved--;
    uint32_t frame = free_pop(pool);
    mutex_unlock(&pool->free_mutex);
    return frame;
}

void pool__frame_return_reserved(Pool *pool, uint32_t frame)
{
    mutex_lock(&pool->free_mutex);
    pool->free[pool->free_count++] = frame;
    pool->reserved++;
    mutex_unlock(&pool->free_mutex);
}

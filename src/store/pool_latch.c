/* SPDX-License-Identifier: Apache-2.0 */
/* pool_latch.c - the latch inside a state word.
 *
 * Who finds it taken spins a little, then marks the word "somebody waits" and sleeps on the turn of the page's bucket.
 * No wake is lost: the waiter reads the turn, then marks the word or sees it marked, then sleeps while the turn is the
 * same; whoever frees the latch takes the mark off first and moves the turn after. A waiter that marked before the mark
 * was taken off read the turn before it moved.
 *
 * Fairness: a writer first of all marks "a writer waits", which holds new readers off. The last reader leaves the mark
 * standing, so that the writer is next; a writer takes the marks off, so that readers who waited have their chance
 * before the next writer marks again. */
#include "store/pool_internal.h"
#include "store/prefetch.h"

/* Rounds of looking again before a sleep: a latch is held for about a microsecond, while a page is split for ten. In
 * each turn of so many rounds the processor pauses first and is offered to others then. */
TUNABLE(latch_spins, 96, 0, 2)
enum { SPIN_TURN = 24 };

static inline bool is_blocked(uint64_t word, LatchMode mode)
{
    if (mode == LATCH_EXCLUSIVE) return (word & WORD_LATCH_MASK) != 0;
    return (word & WORD_WRITER_WAITS) != 0 || (word & WORD_LATCH_MASK) >= WORD_READERS_MAX;
}

static inline bool is_out_of_reach(uint64_t word)
{
    return word_is_absent(word) || (word & WORD_LOADING) != 0;
}

static void turn_sleep(WaitBucket *bucket, uint32_t turn)
{
    Task *self = task_self();
    uint32_t before = atomic_load_explicit(&self->wait_event, memory_order_relaxed);
    atomic_store_explicit(&self->wait_event, WAIT_PAGE_LATCH, memory_order_relaxed);
    os_word_wait(&bucket->turn, turn, DEADLINE_NEVER);
    atomic_store_explicit(&self->wait_event, before, memory_order_relaxed);
}

/* Sets the marks on a latch that is taken; false: it is not, or the page is out of reach. */
static bool word_mark(Word *word, LatchMode mode, uint64_t marks)
{
    uint64_t seen = atomic_load(word);
    do {
        if (is_out_of_reach(seen) || !is_blocked(seen, mode)) return false;
        os_yield_point();
    } while ((seen & marks) != marks && !atomic_compare_exchange_weak(word, &seen, seen | marks));
    return true;
}

/* Returns when it is worth looking again. */
static void latch_sleep(Pool *pool, PageId page, Word *word, LatchMode mode)
{
    WaitBucket *bucket = pool__bucket(pool, page);
    uint64_t marks = WORD_WAITED | (mode == LATCH_EXCLUSIVE ? WORD_WRITER_WAITS : 0);
    uint32_t turn = atomic_load(&bucket->turn);
    if (!word_mark(word, mode, marks)) return;
    atomic_fetch_add_explicit(&pool->latch_waits, 1, memory_order_relaxed);
    turn_sleep(bucket, turn);
}

static void latch_wait(Pool *pool, PageId page, Word *word, LatchMode mode)
{
    uint32_t round = 0;
    Task *task = task_self();
    if (LIKELY(task != NULL)) task->latch_waits++;
    if (mode == LATCH_EXCLUSIVE && !word_mark(word, mode, WORD_WRITER_WAITS)) return;
    for (uint32_t i = 0; i < latch_spins(); i++) {
        uint64_t seen = atomic_load_explicit(word, memory_order_relaxed);
        if (is_out_of_reach(seen) || !is_blocked(seen, mode)) return;
        if (round == SPIN_TURN) round = 0;
        os_spin_wait(&round);
    }
    latch_sleep(pool, page, word, mode);
}

static inline uint64_t word_exclusive(uint64_t seen)
{
    return (seen | WORD_LATCH_MASK) & ~(WORD_WRITER_WAITS | WORD_FAVOURED);
}

/* The word, as it was `seen`, has been taken. */
static inline Status exclusive_begin(Pool *pool, PageId page, Word *word, uint64_t seen, bool wait)
{
    if (UNLIKELY((seen & WORD_FAVOURED) != 0) && !pool__readers_wait(pool, word, wait)) {
        pool__word_release(pool, page, word, true);
        return ST_TIMEOUT;
    }
    /* Whoever glimpses a change of the page sees the latch too. */
    GLIMPSE_FENCE(memory_order_release);
    return OK;
}

/* What is looked at first in every page, and changed by most writers, with what a change notes of its frame: on its way
 * while the word is taken. */
static inline void head_prefetch(const Pool *pool, uint32_t frame, LatchMode mode)
{
    const char *page = pool__data(pool, frame);
    if (mode == LATCH_SHARED) {
        __builtin_prefetch(page);
        __builtin_prefetch(page + 64);
        return;
    }
    prefetch_to_write(page);
    prefetch_to_write(page + 64);
    prefetch_to_write(&pool->frames[frame].rec_lsn);
    prefetch_to_write(&pool->frames[frame].end_lsn);
}

Status pool__word_latch(Pool *pool, PageId page, Word *word, LatchMode mode, bool referenced,
                        bool wait, uint32_t *frame)
{
    prefetch_to_write(word);
    uint64_t seen = atomic_load_explicit(word, memory_order_relaxed);
    for (;;) {
        if (UNLIKELY(is_out_of_reach(seen))) return ST_BUSY;
        if (UNLIKELY(is_blocked(seen, mode))) {
            if (!wait) return ST_TIMEOUT;
            latch_wait(pool, page, word, mode);
            seen = atomic_load_explicit(word, memory_order_relaxed);
            continue;
        }
        uint64_t taken = mode == LATCH_SHARED ? seen + WORD_LATCH_ONE : word_exclusive(seen);
        if (referenced) taken |= WORD_REFERENCED;
        if (referenced && mode == LATCH_SHARED && (seen & WORD_FAVOURED) == 0 &&
            pool__reader_favours(pool))
            taken |= WORD_FAVOURED;
        head_prefetch(pool, word_frame(seen), mode);
        os_yield_point();
        if (LIKELY(atomic_compare_exchange_weak_explicit(word, &seen, taken, memory_order_seq_cst,
                                                         memory_order_relaxed))) {
            *frame = word_frame(taken);
            return mode == LATCH_SHARED ? OK : exclusive_begin(pool, page, word, seen, wait);
        }
    }
}

/* The latch is free, or its last reader has just left, and somebody sleeps for it. The page may have left memory since,
 * and be coming back: then the mark is that of those who wait for the load. */
static void marks_clear(Pool *pool, PageId page, Word *word, uint64_t marks)
{
    os_yield_point();
    uint64_t seen = atomic_fetch_and(word, ~marks);
    pool__wake(pool, page, (seen & WORD_LOADING) != 0);
}

void pool__word_unlatch(Pool *pool, PageId page, Word *word, LatchMode mode)
{
    os_yield_point();
    if (mode == LATCH_SHARED) {
        uint64_t before = atomic_fetch_sub(word, WORD_LATCH_ONE);
        ASSERT((before & WORD_LATCH_MASK) != 0 && (before & WORD_LATCH_MASK) != WORD_LATCH_MASK);
        if (UNLIKELY((before & WORD_WAITED) != 0 && (before & WORD_LATCH_MASK) == WORD_LATCH_ONE)) {
            marks_clear(pool, page, word, WORD_WAITED);
        }
    } else {
        uint64_t before = atomic_fetch_add(word, WORD_LATCH_ONE); /* into the version */
        ASSERT((before & WORD_LATCH_MASK) == WORD_LATCH_MASK);
        if (UNLIKELY((before & WORD_WAITED) != 0)) {
            marks_clear(pool, page, word, WORD_WAITED | WORD_WRITER_WAITS);
        }
    }
}

bool pool__word_seize(Word *word, uint32_t frame, bool *favoured)
{
    uint64_t seen = atomic_load(word);
    const uint64_t wanted = WORD_LATCH_MASK | WORD_LOADING | WORD_WAITED | WORD_WRITER_WAITS |
                            WORD_REFERENCED;
    if ((seen & wanted) != 0 || (seen & WORD_FRAME_MASK) != (uint64_t)frame + 1) return false;
    os_yield_point();
    *favoured = (seen & WORD_FAVOURED) != 0;
    return atomic_compare_exchange_strong(word, &seen, word_exclusive(seen));
}

void pool__word_release(Pool *pool, PageId page, Word *word, bool favoured)
{
    uint64_t before = atomic_fetch_sub(word, WORD_LATCH_MASK - (favoured ? WORD_FAVOURED : 0));
    ASSERT((before & WORD_FAVOURED) == 0);
    if ((before & WORD_WAITED) != 0) {
        marks_clear(pool, page, word, WORD_WAITED | WORD_WRITER_WAITS);
    }
}

void pool__word_loaded(Pool *pool, PageId page, Word *word, uint64_t latch, bool referenced)
{
    uint64_t seen = atomic_load(word), done;
    do {
        ASSERT((seen & WORD_LOADING) != 0);
        const uint64_t ends = WORD_LOADING | WORD_WAITED | WORD_WRITER_WAITS | WORD_LATCH_MASK;
        done = (seen & ~ends) | latch | (referenced ? WORD_REFERENCED : 0);
        os_yield_point();
    } while (!atomic_compare_exchange_weak(word, &seen, done));
    if ((seen & WORD_WAITED) != 0) pool__wake(pool, page, true);
}

void pool__wake(Pool *pool, PageId page, bool loads)
{
    WaitBucket *bucket = pool__bucket(pool, page);
    atomic_fetch_add(&bucket->turn, 1);
    os_word_wake(&bucket->turn, UINT32_MAX);
    if (!loads) return;
    mutex_lock(&bucket->mutex);
    wait_list_wake_all(&bucket->loads);
    mutex_unlock(&bucket->mutex);
}

/* Marks a word that is loading; false: it is loading no more. */
static bool load_mark(Word *word)
{
    uint64_t seen = atomic_load(word);
    do {
        if ((seen & WORD_LOADING) == 0) return false;
        os_yield_point();
    } while ((seen & WORD_WAITED) == 0 &&
             !atomic_compare_exchange_weak(word, &seen, seen | WORD_WAITED));
    return true;
}

void pool__load_wait(Pool *pool, PageId page, Word *word)
{
    WaitBucket *bucket = pool__bucket(pool, page);
    Waiter waiter = {0};
    mutex_lock(&bucket->mutex);
    while (load_mark(word)) {
        wait_list_add(&bucket->loads, &waiter);
        mutex_unlock(&bucket->mutex);
        /* No deadline and no interrupt: always OK. */
        IGNORE_STATUS(os_wait_through(WAIT_DATA_FILE_READ, DEADLINE_NEVER));
        mutex_lock(&bucket->mutex);
        wait_list_remove(&bucket->loads, &waiter);
    }
    mutex_unlock(&bucket->mutex);
}

void pool__load_wait_latched(Pool *pool, PageId page, Word *word)
{
    WaitBucket *bucket = pool__bucket(pool, page);
    uint32_t turn = atomic_load(&bucket->turn);
    if (load_mark(word)) turn_sleep(bucket, turn);
}

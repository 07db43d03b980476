/* SPDX-License-Identifier: Apache-2.0 */
/* pool_readers.c - shared latches that write to no memory that others write to.   Idea: "BRAVO - Biased Locking for
 * Reader-Writer Locks" (USENIX ATC 2019). While a page's word is marked as favoured, a reader announces itself: it
 * writes the word's address into a place among those of its task, then looks whether the mark still stands. A writer
 * takes the mark off with the latch, then waits until no place names the word. Each writes before it looks, in one
 * order that all agree on, so that one of the two sees the other.
 *
 *     reader    place = word ... word: favoured? yes: it has the latch ......... place = none
 *     writer                                       word: exclusive, not favoured ... places: none? it has the latch
 *
 * Where we differ: the mark is a bit of the state word, and no time is kept. One in some of the readers who latch the
 * word as ever sets it, so that a page which is written as often as it is read bears it seldom.
 *
 * (E1) the mark is set by a reader that has the latch in the word, and taken off by who takes the word exclusively:
 *      so a marked word is neither absent nor loading nor a writer's; who meets readers and does not wait for them
 *      sets it again
 * (E2) a place is written by the task that took it, alone, until it gives it back, and so is its count of hits */
#include "store/pool_internal.h"

/* Of the latches taken in words. A mark that is taken off costs a look at all places. */
TUNABLE(latch_favours_one_in, 4, 1, 16)

static inline ReaderLine *line_of(Pool *pool, const Task *task)
{
    return &pool->readers[task->number % POOL__READER_LINES];
}

static inline bool is_open(uint64_t seen, bool referenced)
{
    const uint64_t wanted = WORD_FAVOURED | (referenced ? WORD_REFERENCED : 0);
    return (seen & (wanted | WORD_WRITER_WAITS)) == wanted;
}

bool pool__reader_enter(Pool *pool, Word *word, bool referenced, uint32_t *frame, uint16_t *place)
{
    uint64_t seen = atomic_load_explicit(word, memory_order_relaxed);
    const Task *task = task_self();
    if (!is_open(seen, referenced) || UNLIKELY(task == NULL)) return false;
    __builtin_prefetch(pool__data(pool, word_frame(seen)));
    __builtin_prefetch((char *)pool__data(pool, word_frame(seen)) + 64);
    ReaderLine *line = line_of(pool, task);
    for (uint32_t i = 0; i < POOL__READERS_A_LINE; i++) {
        Word *none = NULL;
        if (!atomic_compare_exchange_strong(&line->words[i], &none, word)) continue;
        os_yield_point();
        seen = atomic_load(word);
        if (LIKELY(is_open(seen, referenced))) {
            ASSERT(!word_is_absent(seen) && (seen & WORD_LOADING) == 0 &&
                   (seen & WORD_LATCH_MASK) != WORD_LATCH_MASK); /* E1 */
            *frame = word_frame(seen);
            *place = (uint16_t)(task->number % POOL__READER_LINES * POOL__READERS_A_LINE + i + 1);
            return true;
        }
        MARK("a page was favoured no more when its reader had announced itself");
        atomic_store(&line->words[i], NULL);
        return false;
    }
    return false;
}

void pool__reader_leave(Pool *pool, uint16_t place)
{
    const uint32_t at = place - 1u;
    os_yield_point();
    atomic_store_explicit(
        &pool->readers[at / POOL__READERS_A_LINE].words[at % POOL__READERS_A_LINE], NULL,
        memory_order_release);
}

bool pool__readers_wait(Pool *pool, const Word *word, bool wait)
{
    for (uint32_t line = 0; line < POOL__READER_LINES; line++) {
        for (uint32_t i = 0; i < POOL__READERS_A_LINE; i++) {
            uint32_t round = 0;
            while (UNLIKELY(atomic_load(&pool->readers[line].words[i]) == word)) {
                if (!wait) return false;
                MARK("a writer waits for announced readers");
                os_spin_wait(&round);
            }
        }
    }
    return true;
}

bool pool__reader_favours(Pool *pool)
{
    const Task *task = task_self();
    if (UNLIKELY(task == NULL)) return false;
    _Atomic uint64_t *latched = &line_of(pool, task)->latched;
    const uint64_t count = atomic_load_explicit(latched, memory_order_relaxed) + 1;
    atomic_store_explicit(latched, count, memory_order_relaxed);
    return count % latch_favours_one_in() == 0;
}

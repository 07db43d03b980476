/* SPDX-License-Identifier: Apache-2.0 */
/* os_sync.c - mutex, shared/exclusive lock and condition, over wait words and the task's token.
 *
 * The mutex is the three-state futex lock of Ulrich Drepper's "Futexes Are Tricky" (2011): a free one costs one
 * compare-and-swap to take and one exchange to give back, no system call. After the exchange the mutex is not read
 * again, so its next owner may free it.
 *
 * The shared/exclusive lock keeps its sleepers on `turn`, not on `word`, which changes with every reader. No wake is
 * lost:
 *     waiter     W1 waiters += 1    W2 t = turn      W3 look at word; blocked: sleep while turn == t
 *     releaser   R1 change word     R2 waiters > 0?  R3 turn += 1, wake all
 * All of these are sequentially consistent. If R2 reads 0, then W1 comes after R2, W3 after R1, and the waiter sees the
 * release. Otherwise R3 runs: if W2 read the turn before R3, the sleep ends by it; if after, W3 comes after R1
 * again. */
#include "os/sync.h"

#include "os/os_internal.h"

enum {
    MUTEX_FREE = 0,
    MUTEX_HELD = 1,
    MUTEX_WAITED = 2,
};
#define RWLOCK_WRITER (UINT32_C(1) << 31)
#define RWLOCK_WRITER_WAITS (UINT32_C(1) << 30)
#define RWLOCK_READERS (RWLOCK_WRITER_WAITS - 1)

/* Rounds of looking again before a sleep: about as long as a short critical section on another processor. */
enum { MUTEX_SPINS = 24 };

/* A wait for a lock shows in the task's wait event, without hooks: it takes microseconds. */
static void word_sleep(_Atomic uint32_t *word, uint32_t seen)
{
    Task *self = task_self();
    uint32_t before = atomic_load_explicit(&self->wait_event, memory_order_relaxed);
    atomic_store_explicit(&self->wait_event, WAIT_MUTEX, memory_order_relaxed);
    os_word_wait(word, seen, DEADLINE_NEVER);
    atomic_store_explicit(&self->wait_event, before, memory_order_relaxed);
}

void mutex_init(Mutex *mutex, LockRank rank)
{
    atomic_init(&mutex->word, MUTEX_FREE);
    mutex->rank = (uint8_t)rank;
}

static bool mutex_take_free(Mutex *mutex)
{
    uint32_t free = MUTEX_FREE;
    return atomic_compare_exchange_strong_explicit(&mutex->word, &free, MUTEX_HELD,
                                                   memory_order_acquire, memory_order_relaxed);
}

static void mutex_lock_slow(Mutex *mutex)
{
    uint32_t round = 0;
    for (uint32_t i = 0; i < MUTEX_SPINS; i++) {
        uint32_t word = atomic_load_explicit(&mutex->word, memory_order_relaxed);
        if (word == MUTEX_FREE && mutex_take_free(mutex)) return;
        if (word == MUTEX_WAITED) break;
        os_spin_wait(&round);
    }
    while (atomic_exchange_explicit(&mutex->word, MUTEX_WAITED, memory_order_acquire) != MUTEX_FREE)
        word_sleep(&mutex->word, MUTEX_WAITED);
}

void mutex_lock(Mutex *mutex)
{
    lock_rank_enter((LockRank)mutex->rank, false);
    os_yield_point();
    if (UNLIKELY(!mutex_take_free(mutex))) mutex_lock_slow(mutex);
}

bool mutex_try_lock(Mutex *mutex)
{
    os_yield_point();
    if (!mutex_take_free(mutex)) return false;
    lock_rank_enter((LockRank)mutex->rank, false);
    return true;
}

void mutex_unlock(Mutex *mutex)
{
    lock_rank_leave((LockRank)mutex->rank);
    uint32_t word = atomic_exchange_explicit(&mutex->word, MUTEX_FREE, memory_order_release);
    ASSERT(word != MUTEX_FREE);
    if (UNLIKELY(word == MUTEX_WAITED)) os_word_wake(&mutex->word, 1);
}

void rwlock_init(RwLock *lock, LockRank rank)
{
    atomic_init(&lock->word, 0);
    atomic_init(&lock->turn, 0);
    atomic_init(&lock->waiters, 0);
    lock->rank = (uint8_t)rank;
}

/* Sleeps while any bit of `blockers` stands in the word; may return early. */
static void rwlock_wait(RwLock *lock, uint32_t blockers)
{
    atomic_fetch_add(&lock->waiters, 1);
    uint32_t turn = atomic_load(&lock->turn);
    if ((atomic_load(&lock->word) & blockers) != 0) word_sleep(&lock->turn, turn);
    atomic_fetch_sub(&lock->waiters, 1);
}

static void rwlock_wake(RwLock *lock)
{
    if (UNLIKELY(atomic_load(&lock->waiters) != 0)) {
        atomic_fetch_add(&lock->turn, 1);
        os_word_wake(&lock->turn, UINT32_MAX);
    }
}

void rwlock_lock_shared(RwLock *lock)
{
    lock_rank_enter((LockRank)lock->rank, false);
    os_yield_point();
    uint32_t word = atomic_load_explicit(&lock->word, memory_order_relaxed);
    for (;;) {
        if ((word & (RWLOCK_WRITER | RWLOCK_WRITER_WAITS)) != 0) {
            rwlock_wait(lock, RWLOCK_WRITER | RWLOCK_WRITER_WAITS);
            word = atomic_load_explicit(&lock->word, memory_order_relaxed);
            continue;
        }
        ASSERT((word & RWLOCK_READERS) != RWLOCK_READERS);
        if (atomic_compare_exchange_weak_explicit(&lock->word, &word, word + 1,
                                                  memory_order_acquire, memory_order_relaxed))
            return;
    }
}

void rwlock_unlock_shared(RwLock *lock)
{
    lock_rank_leave((LockRank)lock->rank);
    uint32_t word = atomic_fetch_sub(&lock->word, 1);
    ASSERT((word & RWLOCK_READERS) != 0);
    if ((word & RWLOCK_READERS) == 1) rwlock_wake(lock);
}

/* Taking the lock clears RWLOCK_WRITER_WAITS also for other writers: each of them wakes at the release and sets it
 * again. */
void rwlock_lock_exclusive(RwLock *lock)
{
    lock_rank_enter((LockRank)lock->rank, false);
    os_yield_point();
    uint32_t word = atomic_load_explicit(&lock->word, memory_order_relaxed);
    for (;;) {
        if ((word & ~RWLOCK_WRITER_WAITS) == 0) {
            if (atomic_compare_exchange_weak_explicit(&lock->word, &word, RWLOCK_WRITER,
                                                      memory_order_acquire, memory_order_relaxed))
                return;
            continue;
        }
        if ((word & RWLOCK_WRITER_WAITS) == 0 &&
            !atomic_compare_exchange_weak_explicit(&lock->word, &word, word | RWLOCK_WRITER_WAITS,
                                                   memory_order_relaxed, memory_order_relaxed))
            continue;
        rwlock_wait(lock, RWLOCK_WRITER | RWLOCK_READERS);
        word = atomic_load_explicit(&lock->word, memory_order_relaxed);
    }
}

bool rwlock_try_lock_exclusive(RwLock *lock)
{
    os_yield_point();
    uint32_t word = 0;
    if (!atomic_compare_exchange_strong_explicit(&lock->word, &word, RWLOCK_WRITER,
                                                 memory_order_acquire, memory_order_relaxed))
        return false;
    lock_rank_enter((LockRank)lock->rank, false);
    return true;
}

void rwlock_unlock_exclusive(RwLock *lock)
{
    lock_rank_leave((LockRank)lock->rank);
    uint32_t word = atomic_fetch_and(&lock->word, ~RWLOCK_WRITER);
    ASSERT((word & RWLOCK_WRITER) != 0);
    rwlock_wake(lock);
}

/* Whoever was taken off the list was signalled, and must say so whatever ended its sleep: the signal was for one waiter
 * only, and as ST_TIMEOUT or ST_CANCELLED it would be lost to the others. The interrupt stays pending. */
static Status condition_sleep(Condition *condition, Mutex *mutex, WaitEvent event,
                              Deadline deadline, bool interruptible)
{
    Waiter waiter = {0};
    wait_list_add(&condition->waiters, &waiter);
    mutex_unlock(mutex);
    Status status = interruptible ? os_wait(event, deadline) : os_wait_through(event, deadline);
    mutex_lock(mutex);
    if (!waiter.listed) return OK;
    wait_list_remove(&condition->waiters, &waiter);
    return status;
}

Status condition_wait(Condition *condition, Mutex *mutex, WaitEvent event, Deadline deadline)
{
    return condition_sleep(condition, mutex, event, deadline, true);
}

Status condition_wait_through(Condition *condition, Mutex *mutex, WaitEvent event,
                              Deadline deadline)
{
    return condition_sleep(condition, mutex, event, deadline, false);
}

void condition_signal(Condition *condition)
{
    wait_list_wake_first(&condition->waiters);
}

void condition_broadcast(Condition *condition)
{
    wait_list_wake_all(&condition->waiters);
}

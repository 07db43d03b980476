/* SPDX-License-Identifier: Apache-2.0 */
/* both_sync.c - mutex, shared/exclusive lock, condition. */
#include "both.h"

enum { WORKERS = 4, TURNS = 2000 };

typedef struct Shared {
    Mutex mutex;
    RwLock lock;
    Condition filled, emptied;
    uint64_t a, b;
    uint32_t queued;
    uint64_t sum;
    bool finished;
} Shared;

static void mutex_main(void *arg)
{
    Shared *shared = arg;
    for (uint32_t i = 0; i < TURNS; i++) {
        if (i % 7 == 0) {
            if (!mutex_try_lock(&shared->mutex)) mutex_lock(&shared->mutex);
        } else {
            mutex_lock(&shared->mutex);
        }
        shared->a++;
        os_yield_point();
        shared->b++;
        EXPECT(shared->a == shared->b);
        mutex_unlock(&shared->mutex);
    }
}

static void run_workers(void (*main)(void *), Shared *shared)
{
    Task *tasks[WORKERS];
    for (uint32_t i = 0; i < WORKERS; i++) tasks[i] = both_start(main, shared);
    for (uint32_t i = 0; i < WORKERS; i++) os_task_join(tasks[i]);
}

static void mutexes(void *arg)
{
    (void)arg;
    Shared shared = {.mutex = MUTEX(RANK_OS)};
    mutex_init(&shared.mutex, RANK_OS);
    run_workers(mutex_main, &shared);
    EXPECT(shared.a == (uint64_t)WORKERS * TURNS);
    EXPECT(mutex_try_lock(&shared.mutex));
    EXPECT(!mutex_try_lock(&shared.mutex));
    mutex_unlock(&shared.mutex);
}

static void rwlock_main(void *arg)
{
    Shared *shared = arg;
    for (uint32_t i = 0; i < TURNS; i++) {
        if (i % 8 == 0) {
            if (i % 16 == 0 || !rwlock_try_lock_exclusive(&shared->lock))
                rwlock_lock_exclusive(&shared->lock);
            shared->a++;
            os_yield_point();
            shared->b++;
            rwlock_unlock_exclusive(&shared->lock);
        } else {
            rwlock_lock_shared(&shared->lock);
            EXPECT(shared->a == shared->b);
            os_yield_point();
            EXPECT(shared->a == shared->b);
            rwlock_unlock_shared(&shared->lock);
        }
    }
}

static void rwlocks(void *arg)
{
    (void)arg;
    Shared shared = {0};
    rwlock_init(&shared.lock, RANK_OS);
    run_workers(rwlock_main, &shared);
    EXPECT(shared.a == (uint64_t)WORKERS * TURNS / 8);
    rwlock_lock_shared(&shared.lock);
    EXPECT(!rwlock_try_lock_exclusive(&shared.lock));
    rwlock_unlock_shared(&shared.lock);
    EXPECT(rwlock_try_lock_exclusive(&shared.lock));
    EXPECT(!rwlock_try_lock_exclusive(&shared.lock));
    rwlock_unlock_exclusive(&shared.lock);
}

typedef struct Turns {
    RwLock lock;
    _Atomic uint32_t trace; /* a decimal digit an arrival */
} Turns;

static void turns_add(Turns *turns, uint32_t digit)
{
    uint32_t trace = atomic_load(&turns->trace);
    while (!atomic_compare_exchange_weak(&turns->trace, &trace, trace * 10 + digit)) {}
}

static void writer_main(void *arg)
{
    Turns *turns = arg;
    rwlock_lock_exclusive(&turns->lock);
    turns_add(turns, 1);
    rwlock_unlock_exclusive(&turns->lock);
}

static void reader_main(void *arg)
{
    Turns *turns = arg;
    rwlock_lock_shared(&turns->lock);
    turns_add(turns, 2);
    rwlock_unlock_shared(&turns->lock);
}

static void writer_goes_first(void *arg)
{
    (void)arg;
    Turns turns = {0};
    rwlock_init(&turns.lock, RANK_OS);
    rwlock_lock_shared(&turns.lock);
    Task *writer = both_start(writer_main, &turns);
    both_await_event(writer, WAIT_MUTEX);
    Task *reader = both_start(reader_main, &turns);
    both_await_event(reader, WAIT_MUTEX);
    EXPECT(atomic_load(&turns.trace) == 0);
    rwlock_unlock_shared(&turns.lock);
    os_task_join(writer);
    os_task_join(reader);
    EXPECT(atomic_load(&turns.trace) == 12);
}

enum { QUEUE_MAX = 4 };

static void consumer_main(void *arg)
{
    Shared *shared = arg;
    mutex_lock(&shared->mutex);
    for (;;) {
        while (shared->queued == 0 && !shared->finished)
            EXPECT(condition_wait(&shared->filled, &shared->mutex, WAIT_DELAY, DEADLINE_NEVER) ==
                   OK);
        if (shared->queued == 0) break;
        shared->queued--;
        shared->sum++;
        condition_signal(&shared->emptied);
    }
    mutex_unlock(&shared->mutex);
}

static void conditions(void *arg)
{
    (void)arg;
    Shared shared = {0};
    Task *tasks[WORKERS];
    mutex_init(&shared.mutex, RANK_SERVER);
    for (uint32_t i = 0; i < WORKERS; i++) tasks[i] = both_start(consumer_main, &shared);
    mutex_lock(&shared.mutex);
    for (uint32_t i = 0; i < TURNS; i++) {
        while (shared.queued == QUEUE_MAX)
            EXPECT(condition_wait_through(&shared.emptied, &shared.mutex, WAIT_DELAY,
                                          DEADLINE_NEVER) == OK);
        shared.queued++;
        condition_signal(&shared.filled);
    }
    shared.finished = true;
    condition_broadcast(&shared.filled);
    mutex_unlock(&shared.mutex);
    for (uint32_t i = 0; i < WORKERS; i++) os_task_join(tasks[i]);
    EXPECT(shared.sum == TURNS && shared.queued == 0 && shared.filled.waiters.first == NULL);
}

static void condition_ends(void *arg)
{
    (void)arg;
    Mutex mutex = MUTEX(RANK_SERVER);
    Condition condition = {0};
    mutex_lock(&mutex);
    EXPECT(condition_wait(&condition, &mutex, WAIT_DELAY, deadline_in_ms(1)) == ST_TIMEOUT);
    os_task_interrupt(task_self(), TASK_CANCEL);
    EXPECT(condition_wait(&condition, &mutex, WAIT_DELAY, DEADLINE_NEVER) == ST_CANCELLED);
    EXPECT(condition_wait_through(&condition, &mutex, WAIT_DELAY, DEADLINE_NEVER) == OK);
    EXPECT(condition_wait_through(&condition, &mutex, WAIT_DELAY, deadline_in_ms(1)) == ST_TIMEOUT);
    EXPECT(condition.waiters.first == NULL && !mutex_try_lock(&mutex));
    (void)task_take_interrupts(task_self(), TASK_CANCEL);
    condition_signal(&condition);
    condition_broadcast(&condition);
    mutex_unlock(&mutex);
}

typedef struct Signalled {
    Mutex mutex;
    Condition condition;
    bool given;
    _Atomic uint32_t waiting;
} Signalled;

/* Ends with the thing in hand, or cancelled without it; whoever was signalled may not leave it behind. */
static void taker_main(void *arg)
{
    Signalled *shared = arg;
    Status status = OK;
    mutex_lock(&shared->mutex);
    atomic_fetch_add(&shared->waiting, 1);
    while (!shared->given && status == OK)
        status = condition_wait(&shared->condition, &shared->mutex, WAIT_DELAY, DEADLINE_NEVER);
    if (shared->given) {
        shared->given = false;
        atomic_fetch_add(&shared->waiting, 100);
    }
    mutex_unlock(&shared->mutex);
}

static void signal_races_cancel(void *arg)
{
    (void)arg;
    for (uint32_t round = 0; round < 50; round++) {
        Signalled shared = {.mutex = MUTEX(RANK_SERVER)};
        Task *first = both_start(taker_main, &shared);
        both_await(&shared.waiting, 1);
        Task *second = both_start(taker_main, &shared);
        both_await(&shared.waiting, 2);
        mutex_lock(&shared.mutex);
        shared.given = true;
        condition_signal(&shared.condition);
        os_task_interrupt(first, TASK_CANCEL);
        mutex_unlock(&shared.mutex);
        /* One of them takes it: were the signal lost with the cancelled one, the second would sleep for ever. */
        both_await(&shared.waiting, 102);
        os_task_interrupt(second, TASK_CANCEL);
        os_task_join(first);
        os_task_join(second);
    }
}

const BothTest both_sync_tests[] = {
    {"mutexes", mutexes},
    {"rwlocks", rwlocks},
    {"writer_goes_first", writer_goes_first},
    {"conditions", conditions},
    {"condition_ends", condition_ends},
    {"signal_races_cancel", signal_races_cancel},
    {NULL, NULL},
};

/* SPDX-License-Identifier: Apache-2.0 */
/* sync.h - locks for memory shared by tasks: mutex, shared/exclusive lock, condition. All check their rank in test
 * builds (base/lockrank.h). They are for critical sections of microseconds: waiting for one is not interrupted and
 * keeps the permit. */
#pragma once

#include "base/base.h"
#include "base/lockrank.h"
#include "os/wait.h"

typedef struct Mutex {
    _Atomic uint32_t word; /* 0 free, 1 held, 2 held and waited for */
    uint8_t rank;
} Mutex;
#define MUTEX(rank_) ((Mutex){.rank = (rank_)})
void mutex_init(Mutex *mutex, LockRank rank);
void mutex_lock(Mutex *mutex);
bool mutex_try_lock(Mutex *mutex);
void mutex_unlock(Mutex *mutex);

/* Many readers or one writer; a waiting writer holds new readers off. Unlike a mutex it must not be freed right after
 * it was taken exclusively: who released it before may still look for waiters. */
typedef struct RwLock {
    _Atomic uint32_t word; /* bit 31 writer, bit 30 writer waits, rest: readers */
    _Atomic uint32_t turn; /* moves at each release that somebody waits for */
    _Atomic uint32_t waiters;
    uint8_t rank;
} RwLock;
void rwlock_init(RwLock *lock, LockRank rank);
void rwlock_lock_shared(RwLock *lock);
void rwlock_unlock_shared(RwLock *lock);
void rwlock_lock_exclusive(RwLock *lock);
bool rwlock_try_lock_exclusive(RwLock *lock);
void rwlock_unlock_exclusive(RwLock *lock);

/* A condition over data guarded by one mutex. */
typedef struct Condition {
    WaitList waiters;
} Condition;
/* Releases the mutex while waiting and holds it again on return, whatever the status: OK (test your condition again),
 * ST_TIMEOUT, ST_CANCELLED (also for the through form: never). */
Status condition_wait(Condition *condition, Mutex *mutex, WaitEvent event, Deadline deadline);
Status condition_wait_through(Condition *condition, Mutex *mutex, WaitEvent event,
                              Deadline deadline);
void condition_signal(Condition *condition);    /* the mutex is held */
void condition_broadcast(Condition *condition); /* the mutex is held */

/* SPDX-License-Identifier: Apache-2.0 */
/* permits.c - how many workers run at a time. A permit is held while a worker computes and given back around every
 * sleep of os_wait, through the machine's wait hooks; so whoever waits for a lock, the disk or the client never keeps
 * out the one he waits for (docs/traps.md F13). A worker back from a sleep takes a permit again before it goes on:
 * first come, first served, before the listener starts anything new, since it may hold what others wait for.
 *
 * The hooks run anywhere, with any lock of low rank held, so they take none: counters, a wait word, and a wake of the
 * listener, who starts workers for what is queued. */
#include "server/server_internal.h"

void permits__take(Server *server, Worker *worker)
{
    ASSERT(!worker->has_permit);
    for (;;) {
        int32_t free = atomic_load(&server->permits);
        while (free > 0)
            if (atomic_compare_exchange_weak(&server->permits, &free, free - 1)) {
                worker->has_permit = true;
                return;
            }
        uint32_t seen = atomic_load(&server->permit_word);
        atomic_fetch_add(&server->permit_waiters, 1);
        if (atomic_load(&server->permits) <= 0)
            os_word_wait(&server->permit_word, seen, DEADLINE_NEVER);
        atomic_fetch_sub(&server->permit_waiters, 1);
    }
}

void permits__give(Server *server, Worker *worker)
{
    ASSERT(worker->has_permit);
    worker->has_permit = false;
    atomic_fetch_add(&server->permits, 1);
    if (atomic_load(&server->permit_waiters) > 0) {
        atomic_fetch_add(&server->permit_word, 1);
        os_word_wake(&server->permit_word, 1);
    } else if (atomic_load(&server->queued) > 0) {
        os_poller_wake(server->poller);
    }
}

static Worker *worker_of(void *server, Task *task)
{
    Worker *worker = workers__of(task);
    return worker && worker->server == server ? worker : NULL;
}

static void before_sleep(void *arg, Task *task, WaitEvent event)
{
    (void)event;
    Worker *worker = worker_of(arg, task);
    if (!worker || !worker->has_permit) return;
    worker->gave_permit = true;
    permits__give(arg, worker);
}

static void after_sleep(void *arg, Task *task, WaitEvent event)
{
    (void)event;
    Worker *worker = worker_of(arg, task);
    if (!worker || !worker->gave_permit) return;
    worker->gave_permit = false;
    permits__take(arg, worker);
}

WaitHooks permits__hooks(Server *server)
{
    return (WaitHooks){before_sleep, after_sleep, server};
}

/* SPDX-License-Identifier: Apache-2.0 */
/* permits.c - how many workers run at a time. A permit is held while a worker computes and given back around every
 * sleep of os_wait, through the machine's wait hooks; so whoever waits for a lock, the disk or the client never keeps
 * out the one he waits for (docs/traps.md F13). A worker back from a sleep takes a permit again before it goes on.
 *
 * Permits are handed out in order, as at a counter with tickets: ticket n may run once n is below `granted`, which
 * begins at the number of permits and goes up by one with each that is given back. So nobody who came later is served
 * first. A worker that is done with a statement leaves its permit to those who wait in the middle of one
 * (workers.c).
 *
 * The hooks run anywhere, with any lock of low rank held, so they take none: counters, wait words, and a wake of an
 * idle worker, or else of the listener, who starts workers for what is queued and watches the sockets when nobody else
 * is awake to do it. */
#include "server/server_internal.h"

void permits__init(Server *server, uint32_t count)
{
    server->permits = (int32_t)count;
    atomic_store(&server->tickets, 0);
    atomic_store(&server->granted, count);
    gate__init(server);
}

int32_t permits__free(const Server *server)
{
    uint32_t tickets = atomic_load(&server->tickets);
    return (int32_t)(atomic_load(&server->granted) - tickets);
}

void permits__take(Server *server, Worker *worker)
{
    ASSERT(!worker->has_permit);
    uint32_t ticket = atomic_fetch_add(&server->tickets, 1);
    _Atomic uint32_t *word = &server->permit_words[ticket % PERMIT_WORDS];
    for (;;) {
        uint32_t seen = atomic_load(word);
        if ((int32_t)(atomic_load(&server->granted) - ticket) > 0) break;
        os_word_wait(word, seen, DEADLINE_NEVER);
    }
    worker->has_permit = true;
}

/* Whoever holds the next ticket may run. He either sees so himself, or sleeps on its word and is woken. */
void permits__give(Server *server, Worker *worker)
{
    ASSERT(worker->has_permit);
    worker->has_permit = false;
    uint32_t next = atomic_fetch_add(&server->granted, 1);
    if ((int32_t)(atomic_load(&server->tickets) - next) > 0) {
        _Atomic uint32_t *word = &server->permit_words[next % PERMIT_WORDS];
        atomic_fetch_add(word, 1);
        os_word_wake(word, UINT32_MAX); /* others of the same remainder look, and sleep again */
    } else {
        watch__fell_asleep(server);
    }
}

static Worker *worker_of(void *server, Task *task)
{
    Worker *worker = workers__of(task);
    return worker && worker->server == server ? worker : NULL;
}

static void before_sleep(void *arg, Task *task, WaitEvent event)
{
    Worker *worker = worker_of(arg, task);
    if (!worker || !worker->has_permit) return;
    gate__wait_begins(arg, worker, event);
    worker->gave_permit = true;
    permits__give(arg, worker);
}

static void after_sleep(void *arg, Task *task, WaitEvent event)
{
    Worker *worker = worker_of(arg, task);
    if (!worker || !worker->gave_permit) return;
    gate__wait_ends(arg, worker, event);
    worker->gave_permit = false;
    permits__take(arg, worker);
}

WaitHooks permits__hooks(Server *server)
{
    return (WaitHooks){before_sleep, after_sleep, server};
}

/* SPDX-License-Identifier: Apache-2.0 */
/* watch.c - who waits on the sockets. One task at a time, the watcher, sleeps in the poller for all connections that
 * nobody works on. While statements are short it is a worker: done with one connection it looks for the next that is
 * ready, so that under load it goes from statement to statement without sleeping, and with no other task woken
 * (the followers of Schmidt et al., Leader/Followers, PLoP 2000, but called only when one cannot keep up).
 *
 * The listener stands in when no worker does: when none had reason to, and when those awake are all in statements that
 * last. It sees that by looking every millisecond, as long as workers watch; so a connection waits for it at most that
 * long, and then only behind statements that are longer. A worker that falls asleep while something is queued, or while
 * no other is awake, wakes an idle one at once, or else the listener, from the hook in permits.c.
 *
 * Connections that were just served keep their buffers for a while: they are warm. The listener takes them back. */
#include "server/server_internal.h"

enum {
    WORKER_WATCH_MS = 5, /* how long a worker watches in vain */
    LOOK_MS = 1,         /* how often the listener looks while workers watch */
    WARM_MS = 20,
    EVENTS_MAX = 128,
    QUEUED_PER_WORKER = 2, /* more than so many for each that is awake: another is called */
};

/* ---- warm connections; the lock is held */

void watch__keep_warm(Server *server, Connection *c)
{
    ASSERT(!c->warm);
    c->warm = true;
    c->rested_ns = os_monotonic_ns();
    list__add(&server->warm, c);
}

void watch__not_warm(Server *server, Connection *c)
{
    if (!c->warm) return;
    c->warm = false;
    list__remove(&server->warm, c);
}

static void cool_down(Server *server)
{
    int64_t before = os_monotonic_ns() - (int64_t)WARM_MS * 1000000;
    Connection *c;
    while ((c = server->warm.first) != NULL && c->rested_ns <= before) {
        watch__not_warm(server, c);
        connection__shrink(c);
    }
}

/* ---- events */

static bool is_listener(const Server *server, const void *cookie, uint32_t *n)
{
    Socket *const *at = cookie;
    for (*n = 0; *n < server->listener_count; ++*n)
        if (at == &server->listeners[*n]) return true;
    return false;
}

/* A connection in the queue is read when its turn comes. The end of a stream is not to be missed by who reads no
 * further than to the last byte: it is told again. The lock is held. */
static void take_event(Server *server, Connection *c, uint32_t ready)
{
    if (c->state == CONNECTION_RUNNING && c->armed)
        IGNORE_STATUS(os_poller_arm(server->poller, c->wire.socket, 0, c->cookie));
    if (c->state == CONNECTION_RUNNING || (ready & SOCKET_FINISHED)) c->armed = false;
    if (c->state == CONNECTION_WAITING) workers__add(server, c);
}

/* Queues what is ready. Clients that connect are left to the listener. The lock is held. */
static void take_events(Server *server, const PollerEvent *events, uint32_t count)
{
    bool connects = false;
    uint32_t n;
    for (uint32_t i = 0; i < count; i++) {
        if (is_listener(server, events[i].cookie, &n)) {
            server->accepts_due |= UINT64_C(1) << n;
            connects = true;
            continue;
        }
        Connection *c = server__find(server, events[i].cookie);
        if (c) take_event(server, c, events[i].ready);
    }
    if (connects) watch__wake_listener(server);
}

/* ---- a worker watches */

/* The lock is held, and let go meanwhile. False: there is a watcher already, or nothing came. */
bool watch__by_worker(Server *server, Worker *worker)
{
    PollerEvent events[EVENTS_MAX];
    uint32_t count;
    if (atomic_load(&server->watched) || server->workers_stop) return false;
    atomic_store(&server->watched, true);
    server->watcher = worker;
    server->watches++;
    mutex_unlock(&server->lock);
    Deadline until = deadline_in_ms(WORKER_WATCH_MS);
    Status status = os_poller_wait(server->poller, events, EVENTS_MAX, &count, WAIT_CLIENT_READ,
                                   until);
    if (status != OK) count = 0; /* a cancel that came too late */
    bool vain = count == 0 && deadline_is_past(until);
    mutex_lock(&server->lock);
    atomic_store(&server->watched, false);
    server->watcher = NULL;
    server->watcher_called = false;
    (void)task_take_interrupts(worker->task, TASK_CANCEL | TASK_TERMINATE);
    take_events(server, events, count);
    uint32_t awake = (uint32_t)MAX(server->permits - permits__free(server), 1);
    if (workers__queued(server) > awake * QUEUED_PER_WORKER) workers__call(server);
    return !vain;
}

/* ---- the listener watches */

void watch__wake_listener(Server *server)
{
    Task *listener = atomic_load(&server->listener);
    if (listener) os_wake(listener);
}

void watch__fell_asleep(Server *server)
{
    bool last = permits__free(server) >= server->permits;
    bool queued = atomic_load(&server->queued) > 0 || gate__passing(server) > 0;
    if (!queued && (!last || atomic_load(&server->watched))) return;
    if (workers__wake_standby(server)) return;
    atomic_store(&server->called, true);
    watch__wake_listener(server);
}

/* Nobody watches, and no worker is about to. The lock is held. */
static bool is_needed(Server *server, bool called)
{
    bool quiet = server->watches == server->watches_seen;
    server->watches_seen = server->watches;
    return (quiet || called) && !atomic_load(&server->watched);
}

/* What is queued and was not taken since the last look is behind statements that last. The lock is held. */
static void help_queue(Server *server, bool called)
{
    if (called || server->taken == server->taken_seen) workers__call(server);
    server->taken_seen = server->taken;
}

bool watch__by_listener(Server *server, uint64_t *accepts)
{
    PollerEvent events[EVENTS_MAX];
    uint32_t count = 0;
    Status status = OK;
    mutex_lock(&server->lock);
    cool_down(server);
    bool called = atomic_exchange(&server->called, false);
    help_queue(server, called);
    bool watches = server->accepts_due == 0 && is_needed(server, called);
    Deadline until = server->accepts_due                  ? DEADLINE_PAST
                     : !watches || server->held.count > 0 ? deadline_in_ms(LOOK_MS)
                     : server->warm.count                 ? deadline_in_ms(WARM_MS)
                                                          : DEADLINE_NEVER;
    if (watches) atomic_store(&server->watched, true);
    mutex_unlock(&server->lock);
    if (watches)
        status = os_poller_wait(server->poller, events, EVENTS_MAX, &count, WAIT_LISTENER, until);
    else
        status = os_wait(WAIT_LISTENER, until);
    mutex_lock(&server->lock);
    if (watches) {
        atomic_store(&server->watched, false);
        take_events(server, events, status == OK ? count : 0);
        workers__call(server);
        /* Those now called are likely to watch afterwards: as if one had. */
        if (count > 0) server->watches_seen = server->watches - 1;
    }
    *accepts = server->accepts_due;
    server->accepts_due = 0;
    mutex_unlock(&server->lock);
    return status != ST_CANCELLED;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* alarm.c - timeouts. Setting one is a store; a heap of connections ordered by their next alarm is touched only when an
 * alarm comes before the one the heap knows of. Taking one back is a store too: the heap's entry comes up in vain and
 * is put back by what is then due.
 *
 * (A1) heap_ns <= every alarm of the connection, while it is in the heap. */
#include "server/server_internal.h"

static int64_t next_alarm(Connection *c)
{
    int64_t next = INT64_MAX;
    for (int kind = 0; kind < ALARM_KINDS; kind++) next = MIN(next, atomic_load(&c->alarms[kind]));
    return next;
}

/* ---- the heap; alarm_lock is held */

static void heap_place(Server *s, uint32_t at, Connection *c)
{
    s->alarm_heap[at] = c;
    c->heap_at = (int32_t)at;
}

static void heap_up(Server *s, uint32_t at)
{
    Connection *c = s->alarm_heap[at];
    for (; at > 0; at = (at - 1) / 2) {
        Connection *above = s->alarm_heap[(at - 1) / 2];
        if (atomic_load(&above->heap_ns) <= atomic_load(&c->heap_ns)) break;
        heap_place(s, at, above);
    }
    heap_place(s, at, c);
}

static void heap_down(Server *s, uint32_t at)
{
    Connection *c = s->alarm_heap[at];
    for (;;) {
        uint32_t below = 2 * at + 1;
        if (below >= s->alarm_count) break;
        if (below + 1 < s->alarm_count && atomic_load(&s->alarm_heap[below + 1]->heap_ns) <
                                              atomic_load(&s->alarm_heap[below]->heap_ns))
            below++;
        if (atomic_load(&c->heap_ns) <= atomic_load(&s->alarm_heap[below]->heap_ns)) break;
        heap_place(s, at, s->alarm_heap[below]);
        at = below;
    }
    heap_place(s, at, c);
}

static void heap_remove(Server *s, Connection *c)
{
    uint32_t at = (uint32_t)c->heap_at;
    Connection *last = s->alarm_heap[--s->alarm_count];
    c->heap_at = -1;
    atomic_store(&c->heap_ns, INT64_MAX);
    if (last == c) return;
    heap_place(s, at, last);
    heap_up(s, at);
    heap_down(s, (uint32_t)last->heap_at);
}

static void heap_put(Server *s, Connection *c, int64_t ns)
{
    atomic_store(&c->heap_ns, ns);
    if (c->heap_at < 0) heap_place(s, s->alarm_count++, c);
    ASSERT(s->alarm_count <= s->connections_max);
    heap_up(s, (uint32_t)c->heap_at);
    heap_down(s, (uint32_t)c->heap_at);
}

/* ---- setting and taking back */

void alarm__set(Connection *connection, AlarmKind kind, int64_t milliseconds)
{
    Server *s = connection->server;
    int64_t ns = deadline_in_ms(milliseconds).ns;
    atomic_store(&connection->alarms[kind], ns);
    if (atomic_load(&connection->heap_ns) <= ns) return;
    mutex_lock(&s->alarm_lock);
    if (atomic_load(&connection->heap_ns) > ns) {
        heap_put(s, connection, ns);
        if (s->alarm_heap[0] == connection && s->alarm_task) os_wake(s->alarm_task);
    }
    mutex_unlock(&s->alarm_lock);
}

void alarm__clear(Connection *connection, AlarmKind kind)
{
    atomic_store(&connection->alarms[kind], INT64_MAX);
}

void alarm__forget(Connection *connection)
{
    Server *s = connection->server;
    mutex_lock(&s->alarm_lock);
    if (connection->heap_at >= 0) heap_remove(s, connection);
    mutex_unlock(&s->alarm_lock);
}

/* ---- ringing; server->lock is held */

static void ring(Connection *c, AlarmKind kind)
{
    static const Sqlstate codes[ALARM_KINDS] = {
        [ALARM_AUTHENTICATION] = SQLSTATE_QUERY_CANCELED,
        [ALARM_TRANSACTION] = SQLSTATE_TRANSACTION_TIMEOUT,
        [ALARM_IDLE] = SQLSTATE_IDLE_SESSION_TIMEOUT,
        [ALARM_IDLE_IN_TRANSACTION] = SQLSTATE_IDLE_IN_TRANSACTION_SESSION_TIMEOUT,
    };
    if (kind != ALARM_STATEMENT) {
        workers__end(c, codes[kind]);
    } else if (c->state == CONNECTION_RUNNING) {
        atomic_store(&c->fired, ALARM_STATEMENT);
        os_task_interrupt(c->worker->task, TASK_CANCEL);
    }
}

/* Rings what is due of the heap's first and puts it back by the rest. False: nothing is due. */
static bool ring_first(Server *s, int64_t now)
{
    mutex_lock(&s->alarm_lock);
    Connection *c = s->alarm_count ? s->alarm_heap[0] : NULL;
    if (!c || atomic_load(&c->heap_ns) > now) {
        mutex_unlock(&s->alarm_lock);
        return false;
    }
    bool due[ALARM_KINDS];
    for (int kind = 0; kind < ALARM_KINDS; kind++) {
        int64_t ns = atomic_load(&c->alarms[kind]);
        due[kind] = ns <= now && atomic_compare_exchange_strong(&c->alarms[kind], &ns, INT64_MAX);
    }
    int64_t next = next_alarm(c);
    if (next == INT64_MAX)
        heap_remove(s, c);
    else
        heap_put(s, c, next);
    mutex_unlock(&s->alarm_lock);
    for (int kind = 0; kind < ALARM_KINDS; kind++)
        if (due[kind]) ring(c, (AlarmKind)kind);
    return true;
}

void alarm__main(void *arg)
{
    Server *s = arg;
    for (;;) {
        int64_t now = os_monotonic_ns();
        mutex_lock(&s->lock); /* a connection is freed under it */
        while (ring_first(s, now)) {}
        mutex_unlock(&s->lock);
        mutex_lock(&s->alarm_lock);
        bool stop = s->alarm_stop;
        Deadline next = {s->alarm_count ? atomic_load(&s->alarm_heap[0]->heap_ns) : INT64_MAX};
        mutex_unlock(&s->alarm_lock);
        if (stop) return;
        IGNORE_STATUS(
            os_wait(WAIT_LISTENER, next)); /* whatever woke us, the heap says what is due */
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
/* gate.c - who begins while many wait for rows. Where hundreds of clients change the same few rows, each transaction
 * that begins soon stands in a row's queue, and until its turn comes the server has been through all others: what it
 * touched has left the processor's caches, and it was put to sleep and woken for each row. So where rows are waited for
 * all the time, no more transactions are let begin than can make progress: those that have asked for nothing yet (BEGIN
 * was answered, no query was run: they hold no snapshot and no row) are held back, the first first, until others are
 * through. Single statements, and transactions that have begun, never wait here.
 *
 * How many can make progress is found by trying: each that is through lets one more be under way, or, when more than a
 * part of those wait for rows, one less. This is the "half-and-half" rule of Carey, Krishnamurthi and Livny, Load
 * Control for Locking (PODS 1990), with a quarter for the half, and slower steps since who begins comes to wait later.
 *
 * What begins, and what waits, counts for half a second only. So transactions whose clients think, or that wait for a
 * row of a session that sleeps, hold back nobody, and the gate opens by itself when nothing goes on.
 *
 * What begins within the same span of time is counted in one cell, an atomic word of that span and of how much of it
 * lasts. A cell whose span is long over serves a later one; what ends then finds that its cell is gone. */
#include "server/server_internal.h"

enum {
    SPAN_MS = 64,
    BEGUN_PER_PERMIT = 4, /* under way: so many are never too many */
    WAITS_PER_PERMIT = 8, /* begun lately: fewer are none */
    BEGUN_PER_WAITER = 4, /* fewer under way for each that waits: too many */
};

/* ---- what began a moment ago and lasts */

static uint32_t span_now(void)
{
    return (uint32_t)(os_monotonic_ns() / ((int64_t)SPAN_MS * 1000000));
}

static uint32_t recent_add(Recent *recent)
{
    uint32_t span = span_now();
    _Atomic uint64_t *cell = &recent->cells[span % RECENT_SPANS];
    uint64_t seen = atomic_load(cell), next;
    do {
        next = seen >> 32 == span ? seen + 1 : ((uint64_t)span << 32) + 1;
    } while (!atomic_compare_exchange_weak(cell, &seen, next));
    return span;
}

static void recent_remove(Recent *recent, uint32_t span)
{
    _Atomic uint64_t *cell = &recent->cells[span % RECENT_SPANS];
    uint64_t seen = atomic_load(cell);
    while (seen >> 32 == span && !atomic_compare_exchange_weak(cell, &seen, seen - 1)) {}
}

static uint32_t recent_count(const Recent *recent)
{
    uint32_t now = span_now(), count = 0;
    for (uint32_t i = 0; i < RECENT_SPANS; i++) {
        uint64_t cell = atomic_load(&recent->cells[i]);
        if (now - (uint32_t)(cell >> 32) < RECENT_SPANS) count += (uint32_t)cell;
    }
    return count;
}

/* ---- the hooks of sleeps */

static bool is_for_row(WaitEvent event)
{
    return event == WAIT_ROW_LOCK || event == WAIT_TRANSACTION_LOCK;
}

void gate__wait_begins(Server *server, Worker *worker, WaitEvent event)
{
    if (!is_for_row(event)) return;
    worker->row_wait_span = recent_add(&server->row_waiters);
    (void)recent_add(&server->row_waits);
}

void gate__wait_ends(Server *server, const Worker *worker, WaitEvent event)
{
    if (is_for_row(event)) recent_remove(&server->row_waiters, worker->row_wait_span);
}

/* ---- the gate */

void gate__init(Server *server)
{
    atomic_store(&server->begun_limit, (uint32_t)server->permits * BEGUN_PER_PERMIT);
}

static bool is_open(const Server *server)
{
    return recent_count(&server->begun) < atomic_load(&server->begun_limit) ||
           recent_count(&server->row_waits) < (uint32_t)server->permits * WAITS_PER_PERMIT;
}

bool gate__admit(Server *server, Connection *c)
{
    if (c->begun || !server->ops->is_fresh(c->session)) return true;
    if (!is_open(server)) return false;
    c->begun_span = recent_add(&server->begun);
    c->begun = true;
    return true;
}

/* Of two that end at once one may go uncounted. */
static void adapt(Server *server)
{
    uint32_t begun = recent_count(&server->begun), limit = atomic_load(&server->begun_limit);
    if (recent_count(&server->row_waiters) * BEGUN_PER_WAITER > begun)
        limit = MAX(limit - 1, (uint32_t)server->permits * BEGUN_PER_PERMIT);
    else if (begun >= limit)
        limit++;
    atomic_store(&server->begun_limit, limit);
}

void gate__ended(Server *server, Connection *c)
{
    if (!c->begun) return;
    adapt(server);
    recent_remove(&server->begun, c->begun_span);
    c->begun = false;
}

uint32_t gate__passing(const Server *server)
{
    uint32_t held = atomic_load(&server->held_count);
    return held > 0 && is_open(server) ? held : 0;
}

void gate__hold(Server *server, Connection *c)
{
    list__add(&server->held, c);
    atomic_store(&server->held_count, server->held.count);
}

Connection *gate__take(Server *server)
{
    if (gate__passing(server) == 0) return NULL;
    Connection *c = server->held.first;
    list__remove(&server->held, c);
    atomic_store(&server->held_count, server->held.count);
    return c;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* sim_net.c - a loopback network. A connection is two sockets, each with a ring of bytes that came for it, of a size
 * drawn by the seed: from one that is full after a few hundred bytes to one that takes a whole answer. Reads and writes
 * may do less than they could, as the kernel's do.
 *
 *                accept                 peer closed, everything read       either side closed with unread bytes, or
 * injected
 *   in a backlog --------> connected ------------------------------> at the end --------------------------------> reset
 *
 * (N1) a socket and its peer name each other until one is closed
 * (N2) a socket stands in at most one poller */
#include "os/sim_internal.h"

#include <errno.h>

#include "base/arena.h"
#include "base/error.h"

enum {
    RING_LEAST_LOG2 = 8,
    RING_MOST_LOG2 = 16,
    PARTIAL_ONE_IN = 4,
    PARTIAL_BYTES_LEAST = 64,
    PORT_FIRST = 49152,
    DESCRIPTOR_FIRST = 1000
};

struct Socket {
    Socket *next, *previous; /* all of the machine */
    SocketAddress local, remote;
    int descriptor;
    /* a listener */
    bool listening;
    uint32_t backlog, backlog_max;
    Socket *queue_first, *queue_last; /* connected, not accepted */
    Socket *queue_next;
    /* a connection */
    Socket *peer; /* NULL: closed */
    char *ring;
    uint32_t ring_bytes, ring_start, ring_used;
    bool peer_finished; /* no more will come */
    bool finished;      /* we write no more */
    bool reset;
    /* in a poller */
    Poller *poller;
    uint32_t poll_ready; /* wanted; 0: silent until armed */
    bool poll_news;      /* something has come since it was reported */
    void *cookie;
};

struct Poller {
    Poller *next, *previous;
    uint32_t next_socket; /* where the next search begins, so that none is always last */
    bool woken;
};

/* ---- readiness */

static uint32_t socket_ready(const Socket *socket)
{
    if (socket->listening) return socket->queue_first ? SOCKET_READABLE : 0;
    if (socket->reset) return SOCKET_READABLE | SOCKET_WRITABLE;
    uint32_t ready = socket->ring_used > 0 || socket->peer_finished || !socket->peer
                         ? SOCKET_READABLE
                         : 0;
    if (!socket->peer || socket->peer->ring_used < socket->peer->ring_bytes)
        ready |= SOCKET_WRITABLE;
    return ready;
}

/* Called after whatever may have made the socket ready. */
static void socket_changed(Sim *sim, Socket *socket)
{
    uint32_t ready = socket_ready(socket);
    if (ready == 0) return;
    for (uint32_t i = 0; i < sim->fiber_count; i++) {
        SimFiber *fiber = sim->fibers[i];
        if (fiber->state == SIM_ON_SOCKET && !fiber->ended && fiber->what == socket &&
            (fiber->ready & ready))
            sim__ready(sim, fiber);
    }
    if (socket->poller && (socket->poll_ready & ready)) {
        socket->poll_news = true;
        sim__ready_waiters(sim, SIM_ON_POLLER, socket->poller, 1);
    }
}

static Socket *socket_new(Sim *sim)
{
    Socket *socket = sim__alloc(&sim->heap, sizeof *socket);
    socket->descriptor = DESCRIPTOR_FIRST + sim->descriptor_next++;
    socket->next = sim->sockets;
    if (sim->sockets) sim->sockets->previous = socket;
    sim->sockets = socket;
    return socket;
}

static void socket_free(Sim *sim, Socket *socket)
{
    if (socket->next) socket->next->previous = socket->previous;
    if (socket->previous)
        socket->previous->next = socket->next;
    else
        sim->sockets = socket->next;
    sim__free(&sim->heap, socket->ring);
    sim__free(&sim->heap, socket);
}

static void reset_both(Sim *sim, Socket *socket)
{
    Socket *peer = socket->peer;
    socket->reset = true;
    socket->ring_used = 0;
    socket_changed(sim, socket);
    if (!peer) return;
    peer->reset = true;
    peer->ring_used = 0;
    socket_changed(sim, peer);
}

static Status closed_error(const char *what)
{
    return os__error_text(ECONNRESET, "could not %s", what);
}

/* ---- listening and connecting */

static bool address_covers(const SocketAddress *listening, const SocketAddress *wanted)
{
    static const uint8_t any[16];
    if (listening->kind != wanted->kind) return false;
    if (listening->kind == SOCKET_UNIX) return strcmp(listening->path, wanted->path) == 0;
    size_t bytes = listening->kind == SOCKET_IPV4 ? 4 : 16;
    if (listening->port != wanted->port) return false;
    return memcmp(listening->ip, any, bytes) == 0 || memcmp(listening->ip, wanted->ip, bytes) == 0;
}

static Socket *find_listener(const Sim *sim, const SocketAddress *address)
{
    for (Socket *socket = sim->sockets; socket; socket = socket->next)
        if (socket->listening &&
            (address_covers(&socket->local, address) || address_covers(address, &socket->local)))
            return socket;
    return NULL;
}

/* Numeric addresses, "*" and "localhost": there is no network to ask for other names. */
Status sim__socket_resolve(Arena *arena, const char *host, uint16_t port, SocketAddress **addresses,
                           uint32_t *count)
{
    sim__step(SIM_STEP_SOCKET);
    SocketAddress found = {.kind = SOCKET_IPV4, .port = port};
    static const uint8_t loopback[4] = {127, 0, 0, 1};
    if (strcmp(host, "localhost") == 0)
        memcpy(found.ip, loopback, sizeof loopback);
    else if (strcmp(host, "*") != 0 && !socket_address_parse(str_from(host), port, &found))
        return error_note(ST_NOT_FOUND, SQLSTATE_CONNECTION_FAILURE,
                          "could not translate host name \"%s\" to address: unknown", host);
    *addresses = arena_try_alloc(arena, sizeof found);
    if (!*addresses) return error_note(ST_NO_MEMORY, SQLSTATE_OUT_OF_MEMORY, "out of memory");
    **addresses = found;
    *count = 1;
    return OK;
}

Status sim__socket_listen(const SocketAddress *address, uint32_t backlog, uint32_t unix_mode,
                          Socket **listener)
{
    Sim *sim = sim__step(SIM_STEP_SOCKET);
    (void)unix_mode;
    SocketAddress local = *address;
    if (local.kind != SOCKET_UNIX && local.port == 0)
        local.port = (uint16_t)(PORT_FIRST + sim->port_next++ % 16384);
    if (find_listener(sim, &local))
        return os__error_text(EADDRINUSE, "could not bind to port %u", local.port);
    Socket *socket = socket_new(sim);
    socket->listening = true;
    socket->local = local;
    socket->backlog_max = MAX(backlog, 1U);
    *listener = socket;
    return OK;
}

Status sim__socket_accept(Socket *listener, Socket **socket, SocketAddress *peer)
{
    Sim *sim = sim__step(SIM_STEP_SOCKET);
    ASSERT(listener->listening);
    if (sim__fails(sim, SIM_FAIL_FULL))
        return os__error_text(EMFILE, "could not accept a connection");
    Socket *first = listener->queue_first;
    if (!first) return ST_BUSY;
    listener->queue_first = first->queue_next;
    if (!listener->queue_first) listener->queue_last = NULL;
    listener->backlog--;
    sim__ready_waiters(sim, SIM_ON_CONNECT, listener, 1);
    *socket = first;
    *peer = first->remote;
    return OK;
}

static void ring_new(Sim *sim, Socket *socket)
{
    uint32_t log2 = RING_LEAST_LOG2 +
                    (uint32_t)random_below(&sim->random, RING_MOST_LOG2 - RING_LEAST_LOG2 + 1);
    socket->ring_bytes = UINT32_C(1) << log2;
    socket->ring = sim__alloc_raw(&sim->heap, socket->ring_bytes);
}

/* Waits for room in the backlog; the listener may go away meanwhile. */
static Status connect_wait(Sim *sim, const SocketAddress *address, Deadline deadline,
                           Socket **listener)
{
    for (;;) {
        Socket *found = find_listener(sim, address);
        if (!found) return os__error_text(ECONNREFUSED, "could not connect");
        *listener = found;
        if (found->backlog < found->backlog_max) return OK;
        if (sim__is_cancelled(task_self())) return ST_CANCELLED;
        if (deadline.ns <= sim->now_ns) return os__error_text(ETIMEDOUT, "could not connect");
        sim__block(sim, SIM_ON_CONNECT, found, deadline.ns);
    }
}

Status sim__socket_connect(const SocketAddress *address, Deadline deadline, Socket **socket)
{
    Sim *sim = sim__step(SIM_STEP_SOCKET);
    Socket *listener = NULL;
    if (sim__fails(sim, SIM_FAIL_SOCKET)) return os__error_text(ECONNREFUSED, "could not connect");
    TRY(connect_wait(sim, address, deadline, &listener));
    ASSERT(listener != NULL);
    Socket *ours = socket_new(sim), *theirs = socket_new(sim);
    ring_new(sim, ours);
    ring_new(sim, theirs);
    ours->peer = theirs;
    theirs->peer = ours;
    ours->remote = theirs->local = *address;
    ours->local = theirs->remote = *address;
    if (address->kind == SOCKET_UNIX)
        ours->local.path[0] = theirs->remote.path[0] = 0;
    else
        ours->local.port = theirs->remote.port = (uint16_t)(PORT_FIRST + sim->port_next++ % 16384);
    if (listener->queue_last)
        listener->queue_last->queue_next = theirs;
    else
        listener->queue_first = theirs;
    listener->queue_last = theirs;
    listener->backlog++;
    socket_changed(sim, listener);
    *socket = ours;
    return OK;
}

static void close_connection(Sim *sim, Socket *socket)
{
    Socket *peer = socket->peer;
    if (peer) {
        if (socket->ring_used > 0) reset_both(sim, socket);
        peer->peer_finished = true;
        peer->peer = NULL;
        socket_changed(sim, peer);
    }
    socket_free(sim, socket);
}

void sim__socket_close(Socket *socket)
{
    Sim *sim = sim__step(SIM_STEP_SOCKET);
    while (socket->queue_first) {
        Socket *waiting = socket->queue_first;
        socket->queue_first = waiting->queue_next;
        reset_both(sim, waiting);
        close_connection(sim, waiting);
    }
    if (socket->listening) sim__ready_waiters(sim, SIM_ON_CONNECT, socket, UINT32_MAX);
    close_connection(sim, socket);
}

Status sim__socket_local(Socket *socket, SocketAddress *address)
{
    sim__step(SIM_STEP_SOCKET);
    *address = socket->local;
    return OK;
}

/* ---- streams */

/* How much of `bytes` one call moves. The first few dozen always go, as on any real network stack. */
static size_t draw_part(Sim *sim, size_t bytes)
{
    if (bytes <= PARTIAL_BYTES_LEAST || !random_chance(&sim->random, PARTIAL_ONE_IN)) return bytes;
    return PARTIAL_BYTES_LEAST + (size_t)random_below(&sim->random, bytes - PARTIAL_BYTES_LEAST);
}

Status sim__socket_read(Socket *socket, void *data, size_t bytes, size_t *done)
{
    Sim *sim = sim__step(SIM_STEP_SOCKET);
    *done = 0;
    if (sim__fails(sim, SIM_FAIL_SOCKET)) reset_both(sim, socket);
    if (socket->reset) return closed_error("receive data from client");
    if (socket->ring_used == 0) return socket->peer_finished || !socket->peer ? ST_CLOSED : ST_BUSY;
    /* All there is, as the contract says; writes are what comes in pieces. */
    size_t part = MIN(bytes, (size_t)socket->ring_used);
    for (size_t at = 0; at < part;) {
        size_t run = MIN(part - at, (size_t)(socket->ring_bytes - socket->ring_start));
        memcpy((char *)data + at, socket->ring + socket->ring_start, run);
        socket->ring_start = (uint32_t)((socket->ring_start + run) % socket->ring_bytes);
        at += run;
    }
    socket->ring_used -= (uint32_t)part;
    if (socket->peer) socket_changed(sim, socket->peer);
    *done = part;
    return OK;
}

Status sim__socket_write(Socket *socket, const void *data, size_t bytes, size_t *done)
{
    Sim *sim = sim__step(SIM_STEP_SOCKET);
    *done = 0;
    if (sim__fails(sim, SIM_FAIL_SOCKET)) reset_both(sim, socket);
    Socket *peer = socket->peer;
    if (socket->reset || socket->finished || !peer) return closed_error("send data to client");
    size_t room = peer->ring_bytes - peer->ring_used;
    if (room == 0) return ST_BUSY;
    size_t part = draw_part(sim, MIN(bytes, room));
    sim__trace_bytes(sim, data, part);
    for (size_t at = 0; at < part;) {
        size_t end = (peer->ring_start + peer->ring_used) % peer->ring_bytes;
        size_t run = MIN(part - at, (size_t)peer->ring_bytes - end);
        memcpy(peer->ring + end, (const char *)data + at, run);
        peer->ring_used += (uint32_t)run;
        at += run;
    }
    socket_changed(sim, peer);
    *done = part;
    return OK;
}

Status sim__socket_shutdown_write(Socket *socket)
{
    Sim *sim = sim__step(SIM_STEP_SOCKET);
    socket->finished = true;
    if (socket->peer) {
        socket->peer->peer_finished = true;
        socket_changed(sim, socket->peer);
    }
    return OK;
}

Status sim__socket_wait(Socket *socket, uint32_t ready, Deadline deadline)
{
    Sim *sim = sim__step(SIM_STEP_SOCKET);
    SimFiber *self = sim->current;
    for (;;) {
        if (sim__is_cancelled(&self->task)) return ST_CANCELLED;
        if (socket_ready(socket) & ready) return OK;
        if (self->token) {
            self->token = false;
            return ST_BUSY;
        }
        if (deadline.ns <= sim->now_ns) return ST_TIMEOUT;
        self->ready = ready;
        sim__block(sim, SIM_ON_SOCKET, socket, deadline.ns);
    }
}

void sim__socket_set_keepalive(Socket *socket, int idle_s, int interval_s, int count,
                               int user_timeout_ms)
{
    sim__step(SIM_STEP_SOCKET);
    (void)socket, (void)idle_s, (void)interval_s, (void)count,
        (void)user_timeout_ms; /* this network loses nobody */
}

Status sim__socket_peer_user(Arena *arena, Socket *socket, Str *user)
{
    static const char name[] = "tusk";
    sim__step(SIM_STEP_SOCKET);
    if (socket->local.kind != SOCKET_UNIX)
        return os__error_text(EOPNOTSUPP, "could not get peer credentials");
    char *copy = arena_try_alloc(arena, sizeof name);
    if (!copy) return error_note(ST_NO_MEMORY, SQLSTATE_OUT_OF_MEMORY, "out of memory");
    memcpy(copy, name, sizeof name);
    *user = (Str){copy, sizeof name - 1};
    return OK;
}

Status sim__socket_adopt(int descriptor, Socket **socket)
{
    sim__step(SIM_STEP_SOCKET);
    (void)descriptor, (void)socket;
    return error_note(ST_UNSUPPORTED, SQLSTATE_FEATURE_NOT_SUPPORTED,
                      "a simulated machine inherits no sockets");
}

int sim__socket_descriptor(const Socket *socket)
{
    return socket->descriptor;
}

/* ---- pollers */

Status sim__poller_new(Account *account, Poller **poller)
{
    Sim *sim = sim__step(SIM_STEP_POLLER);
    (void)account;
    if (sim__fails(sim, SIM_FAIL_FULL)) return os__error_text(EMFILE, "could not create a poller");
    Poller *made = sim__alloc(&sim->heap, sizeof *made);
    made->next = sim->pollers;
    if (sim->pollers) sim->pollers->previous = made;
    sim->pollers = made;
    *poller = made;
    return OK;
}

void sim__poller_release(Poller *poller)
{
    Sim *sim = sim__step(SIM_STEP_POLLER);
    for (Socket *socket = sim->sockets; socket; socket = socket->next)
        if (socket->poller == poller) socket->poller = NULL;
    if (poller->next) poller->next->previous = poller->previous;
    if (poller->previous)
        poller->previous->next = poller->next;
    else
        sim->pollers = poller->next;
    sim__free(&sim->heap, poller);
}

Status sim__poller_set(Poller *poller, Socket *socket, uint32_t ready, void *cookie, bool add)
{
    Sim *sim = sim__step(SIM_STEP_POLLER);
    ASSERT(add ? socket->poller == NULL : socket->poller == poller);
    (void)add;
    socket->poller = poller;
    socket->poll_ready = ready;
    socket->poll_news = false;
    socket->cookie = cookie;
    socket_changed(sim, socket);
    return OK;
}

void sim__poller_remove(Poller *poller, Socket *socket)
{
    sim__step(SIM_STEP_POLLER);
    ASSERT(socket->poller == poller);
    (void)poller;
    socket->poller = NULL;
    socket->poll_ready = 0;
}

/* Reports sockets that have become ready, from a place that moves on. */
static uint32_t take_events(Sim *sim, Poller *poller, PollerEvent *events, uint32_t events_max)
{
    uint32_t total = 0, at = 0, count = 0;
    for (Socket *socket = sim->sockets; socket; socket = socket->next)
        total += socket->poller == poller;
    if (total == 0) return 0;
    uint32_t start = poller->next_socket++ % total;
    for (uint32_t round = 0; round < 2; round++) {
        at = 0;
        for (Socket *socket = sim->sockets; socket; socket = socket->next) {
            if (socket->poller != poller) continue;
            bool turn = round == 0 ? at >= start : at < start;
            at++;
            uint32_t ready = socket_ready(socket) & socket->poll_ready;
            if (!turn || !socket->poll_news || ready == 0 || count == events_max) continue;
            if (socket->peer_finished) ready |= SOCKET_FINISHED;
            if (socket->reset || (!socket->listening && !socket->peer))
                ready = SOCKET_READABLE | SOCKET_WRITABLE | SOCKET_FINISHED;
            events[count++] = (PollerEvent){.cookie = socket->cookie, .ready = ready};
            socket->poll_news = false;
        }
    }
    return count;
}

Status sim__poller_wait(Poller *poller, PollerEvent *events, uint32_t events_max, uint32_t *count,
                        Deadline deadline)
{
    Sim *sim = sim__step(SIM_STEP_POLLER);
    for (;;) {
        *count = 0;
        if (sim__is_cancelled(task_self())) return ST_CANCELLED;
        if (sim->current->token) {
            sim->current->token = false;
            return OK;
        }
        *count = take_events(sim, poller, events, events_max);
        bool woken = poller->woken;
        poller->woken = false;
        if (*count > 0 || woken) return OK;
        if (deadline.ns <= sim->now_ns) return ST_TIMEOUT;
        sim__block(sim, SIM_ON_POLLER, poller, deadline.ns);
    }
}

void sim__poller_wake(Poller *poller)
{
    Sim *sim = sim__step(SIM_STEP_POLLER);
    poller->woken = true;
    sim__ready_waiters(sim, SIM_ON_POLLER, poller, 1);
}

void sim__net_drop(Sim *sim)
{
    while (sim->sockets) socket_free(sim, sim->sockets);
    for (Poller *poller = sim->pollers, *next; poller; poller = next) {
        next = poller->next;
        sim__free(&sim->heap, poller);
    }
    sim->pollers = NULL;
}

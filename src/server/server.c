/* SPDX-License-Identifier: Apache-2.0 */
/* server.c - the listener: accepts, watches the connections nobody works on, hands over those that have something to
 * say, and winds everything down at the end. */
#include "server/server.h"

#include "server/server_internal.h"

enum { ACCEPTS_AT_ONCE = 64, PERMITS_MIN = 4, ACCEPT_PAUSE_MS = 100, LISTENERS_MAX = 64 };

/* ---- slots: a cookie is slot and generation, so an event for a connection that is gone finds nothing */

static void *make_cookie(Server *server, uint32_t slot)
{
    return (void *)(uintptr_t)((uint64_t)server->generations[slot] << 32 | (slot + 1));
}

Connection *server__find(Server *server, const void *cookie)
{
    uint64_t value = (uint64_t)(uintptr_t)cookie;
    uint32_t slot = (uint32_t)value - 1, generation = (uint32_t)(value >> 32);
    bool known = slot < server->connections_max && server->generations[slot] == generation;
    return known ? server->slots[slot] : NULL;
}

/* ---- connections come and go */

static void init_connection(Server *server, Connection *c, Socket *socket,
                            const SocketAddress *peer)
{
    c->server = server;
    c->peer = *peer;
    c->state = CONNECTION_WAITING;
    c->phase = PHASE_STARTUP;
    c->heap_at = -1;
    atomic_store(&c->heap_ns, INT64_MAX);
    atomic_store(&c->fired, ALARM_NONE);
    for (int kind = 0; kind < ALARM_KINDS; kind++) atomic_store(&c->alarms[kind], INT64_MAX);
    c->accepted_us = os_wall_us();
    c->process = atomic_fetch_add(&server->next_process, 1) & INT32_MAX;
    wire_init(&c->wire, c->account, socket);
    protocol__init_sink(c);
}

static Connection *make_connection(Server *server, Socket *socket, const SocketAddress *peer)
{
    Connection *c = heap_try_alloc(server->heap, sizeof(Connection));
    if (!c) return NULL;
    c->account = account_new(server->account, "session", ACCOUNT_UNLIMITED);
    c->arena = c->account ? arena_try_new(c->account, "connection") : NULL;
    if (c->arena) {
        init_connection(server, c, socket, peer);
        return c;
    }
    if (c->account) account_drop(c->account);
    heap_free(server->heap, c);
    return NULL;
}

static void link_connection(Server *server, Connection *c)
{
    uint32_t slot = server->free_slots[--server->free_count];
    server->slots[slot] = c;
    c->slot = slot;
    c->cookie = make_cookie(server, slot);
    c->all = (Link){NULL, server->all.first};
    if (server->all.first) server->all.first->all.previous = c;
    server->all.first = c;
    server->all.count++;
}

void server__forget(Server *server, Connection *connection)
{
    Link link = connection->all;
    if (link.previous)
        link.previous->all.next = link.next;
    else
        server->all.first = link.next;
    if (link.next) link.next->all.previous = link.previous;
    server->all.count--;
    server->slots[connection->slot] = NULL;
    server->generations[connection->slot]++;
    server->free_slots[server->free_count++] = connection->slot;
    account_drop(connection->account);
    heap_free(server->heap, connection);
}

/* One byte string for those for whom there is not even a connection; whoever does not read it now, misses it. */
static void refuse(Socket *socket)
{
    static const char text[] = "SFATAL\0VFATAL\0C53300\0Msorry, too many clients already\0";
    uint8_t message[5 + sizeof text] = {'E', 0, 0, 0, 4 + sizeof text};
    size_t done;
    memcpy(message + 5, text, sizeof text);
    IGNORE_STATUS(os_socket_write(socket, message, sizeof message, &done));
    os_socket_close(socket);
}

void server_adopt(Server *server, Socket *socket, const SocketAddress *peer)
{
    Connection *c = NULL;
    mutex_lock(&server->lock);
    bool room = server->free_count > 0;
    mutex_unlock(&server->lock);
    if (room) c = make_connection(server, socket, peer);
    if (!c) {
        refuse(socket);
        return;
    }
    mutex_lock(&server->lock);
    const Settings *settings = server_settings_values(server->settings);
    int32_t timeout = settings->authentication_timeout;
    if (peer->kind != SOCKET_UNIX)
        os_socket_set_keepalive(socket, settings->tcp_keepalives_idle,
                                settings->tcp_keepalives_interval, settings->tcp_keepalives_count,
                                settings->tcp_user_timeout);
    if (server->free_count == 0) { /* another took the last one */
        mutex_unlock(&server->lock);
        account_drop(c->account);
        heap_free(server->heap, c);
        refuse(socket);
        return;
    }
    link_connection(server, c);
    Status status = os_poller_add(server->poller, socket, SOCKET_READABLE, c->cookie);
    if (status == OK) {
        c->armed = true;
        alarm__set(c, ALARM_AUTHENTICATION, (int64_t)timeout * 1000);
        mutex_unlock(&server->lock);
        return;
    }
    server__forget(server, c);
    mutex_unlock(&server->lock);
    refuse(socket);
}

static void accept_some(Server *server, uint32_t n)
{
    for (int i = 0; i < ACCEPTS_AT_ONCE; i++) {
        Socket *socket;
        SocketAddress peer;
        Status status = os_socket_accept(server->listeners[n], &socket, &peer);
        if (status == ST_BUSY) break;
        if (status != OK) { /* no descriptors left: others must end first */
            log_write(SEVERITY_LOG, "could not accept new connection: %s", status_text(status));
            IGNORE_STATUS(os_sleep_until(deadline_in_ms(ACCEPT_PAUSE_MS), WAIT_LISTENER));
            break;
        }
        server_adopt(server, socket, &peer);
    }
    CHECK(os_poller_arm(server->poller, server->listeners[n], SOCKET_READABLE,
                        (void *)&server->listeners[n]));
}

/* ---- the loop */

static void end_all(Server *server)
{
    for (Connection *c = server->all.first; c; c = c->all.next)
        workers__end(c, SQLSTATE_ADMIN_SHUTDOWN);
}

/* True when there is nothing more to do. Looked at after every round. */
static bool is_over(Server *server)
{
    mutex_lock(&server->lock);
    workers__reap(server);
    uint8_t stop = server->stop;
    bool empty = stop == SERVER_STOPS_SMART ? server->session_count == 0 : server->all.count == 0;
    if (stop == SERVER_STOPS_FAST || (stop == SERVER_STOPS_SMART && empty)) end_all(server);
    empty = server->all.count == 0;
    mutex_unlock(&server->lock);
    return stop == SERVER_STOPS_IMMEDIATE || (stop != SERVER_RUNS && empty);
}

static void watch_listeners(Server *server)
{
    for (uint32_t n = 0; n < server->listener_count; n++)
        CHECK(os_poller_add(server->poller, server->listeners[n], SOCKET_READABLE,
                            (void *)&server->listeners[n]));
}

/* Workers end when they have nothing to do any more. */
static void wait_for_workers(Server *server)
{
    mutex_lock(&server->lock);
    server->workers_stop = true;
    for (;;) {
        workers__reap(server);
        if (server->worker_count == 0) break;
        for (Worker *worker = server->idle; worker; worker = worker->next_idle)
            os_wake(worker->task);
        if (server->watcher) os_wake(server->watcher->task);
        mutex_unlock(&server->lock);
        IGNORE_STATUS(os_wait(WAIT_LISTENER, deadline_in_ms(1000))); /* looked again anyway */
        mutex_lock(&server->lock);
    }
    mutex_unlock(&server->lock);
}

static void stop_alarms(Server *server)
{
    mutex_lock(&server->alarm_lock);
    server->alarm_stop = true;
    mutex_unlock(&server->alarm_lock);
    os_wake(server->alarm_task);
    os_task_join(server->alarm_task);
    server->alarm_task = NULL;
}

void server_run(Server *server)
{
    TaskOptions options = {.name = "alarms",
                           .account = server->account,
                           .log = atomic_load(&server->log)};
    atomic_store(&server->listener, task_self());
    watch_listeners(server);
    CHECK(os_task_start(&options, alarm__main, server, &server->alarm_task));
    maintenance__start(server);
    uint64_t accepts;
    while (!is_over(server) && watch__by_listener(server, &accepts)) {
        for (uint32_t n = 0; n < server->listener_count; n++)
            if ((accepts >> n & 1) != 0) accept_some(server, n);
    }
    for (uint32_t n = 0; n < server->listener_count; n++)
        os_poller_remove(server->poller, server->listeners[n]);
    maintenance__stop(server);
    wait_for_workers(server);
    atomic_store(&server->listener, NULL);
    stop_alarms(server);
}

void server_stop(Server *server, ServerStop how)
{
    mutex_lock(&server->lock);
    if ((uint8_t)how > server->stop) server->stop = (uint8_t)how;
    watch__wake_listener(server);
    mutex_unlock(&server->lock);
}

/* ---- making and releasing */

static TlsContext *make_tls(Server *server, const Settings *settings)
{
    return settings->ssl ? tls_context_new(server->account, settings, server->data_directory)
                         : NULL;
}

static void make_tables(Server *server, const Settings *settings)
{
    uint32_t most = 2 * ((uint32_t)settings->max_connections + 16);
    server->connections_max = most;
    server->worker_max = (uint32_t)settings->max_connections + 16;
    server->slots = ARENA_ARRAY(server->arena, Connection *, most);
    server->generations = ARENA_ARRAY(server->arena, uint32_t, most);
    server->free_slots = ARENA_ARRAY(server->arena, uint32_t, most);
    server->alarm_heap = ARENA_ARRAY(server->arena, Connection *, most);
    for (uint32_t i = 0; i < most; i++) server->free_slots[i] = most - 1 - i;
    server->free_count = most;
}

typedef struct NewCall {
    const ServerOptions *options;
    Arena *arena;
    Server *server;
} NewCall;

static void make_server(void *arg)
{
    NewCall *call = arg;
    const ServerOptions *options = call->options;
    const Settings *settings = server_settings_values(options->settings);
    Server *server = call->server;
    uint32_t permits = options->workers_at_once;
    *server = (Server){.account = options->account,
                       .arena = call->arena,
                       .ops = options->ops,
                       .engine = options->engine,
                       .listeners = options->listeners,
                       .listener_count = options->listener_count};
    atomic_store(&server->log, options->log ? options->log : task_self()->log);
    ASSERT(options->listener_count <= LISTENERS_MAX); /* bits of accepts_due */
    server->data_directory = str_copy(server->arena, options->data_directory);
    mutex_init(&server->lock, RANK_SERVER);
    mutex_init(&server->alarm_lock, RANK_SESSION);
    permits__init(server, permits ? permits : MAX(2 * os_cpu_count(), PERMITS_MIN));
    atomic_store(&server->next_process, engine_process(ENGINE_PROCESS_COUNT));
    os_random_bytes(server->mock_secret, sizeof server->mock_secret);
    make_tables(server, settings);
    server->tls = make_tls(server, settings);
    server->heap = heap_try_new(server->account, "connections");
    if (!server->heap) raise_status(ST_NO_MEMORY);
    CHECK(os_poller_new(server->account, &server->poller));
    server->settings = server_settings_hold(options->settings);
    server->access = access_hold(options->access);
    os_set_wait_hooks(task_self()->os, permits__hooks(server));
}

static void drop_server(Server *server)
{
    os_set_wait_hooks(task_self()->os, (WaitHooks){0});
    if (server->poller) os_poller_release(server->poller);
    if (server->heap) heap_drop(server->heap);
    if (server->tls) tls_context_release(server->tls);
    if (server->settings) server_settings_release(server->settings);
    if (server->access) access_release(server->access);
    arena_drop(server->arena);
}

Server *server_new(const ServerOptions *options)
{
    NewCall call = {.options = options, .arena = arena_new(options->account, "server")};
    Error *error = NULL;
    call.server = arena_try_alloc_zero(call.arena, sizeof(Server));
    if (call.server && error_catch(make_server, &call, NULL, &error)) return call.server;
    if (call.server && call.server->arena)
        drop_server(call.server);
    else
        arena_drop(call.arena);
    if (error) error_raise_again(error);
    raise_status(ST_NO_MEMORY);
}

void server_release(Server *server)
{
    ASSERT(server->all.count == 0 && server->worker_count == 0);
    drop_server(server);
}

/* ---- from outside */

typedef struct TlsCall {
    Server *server;
    const Settings *settings;
    TlsContext *context;
} TlsCall;

static void load_tls(void *arg)
{
    TlsCall *call = arg;
    call->context = make_tls(call->server, call->settings);
}

void server_reload(Server *server, ServerSettings *settings, Access *access, Log *log)
{
    TlsCall call = {server, server_settings_values(settings), NULL};
    Error *error;
    bool loaded = error_catch(load_tls, &call, NULL, &error);
    if (!loaded) {
        log_error(error);
        log_write(SEVERITY_LOG, "SSL configuration was not reloaded");
        error_clear();
    }
    mutex_lock(&server->lock);
    ServerSettings *old_settings = server->settings;
    Access *old_access = access ? server->access : NULL;
    TlsContext *old_tls = loaded ? server->tls : NULL;
    server->settings = server_settings_hold(settings);
    if (log) atomic_store(&server->log, log);
    atomic_fetch_add(&server->settings_version, 1);
    if (access) server->access = access_hold(access);
    if (loaded) server->tls = call.context;
    mutex_unlock(&server->lock);
    maintenance__wake(server);
    server_settings_release(old_settings);
    access_release(old_access);
    if (old_tls) tls_context_release(old_tls);
}

static Connection *find_session(Server *server, uint32_t process)
{
    for (Connection *c = server->all.first; c; c = c->all.next)
        if (c->process == process && c->phase == PHASE_SESSION) return c;
    return NULL;
}

bool server_cancel(Server *server, uint32_t process)
{
    mutex_lock(&server->lock);
    Connection *c = find_session(server, process);
    if (c && c->state == CONNECTION_RUNNING) os_task_interrupt(c->worker->task, TASK_CANCEL);
    mutex_unlock(&server->lock);
    return c != NULL;
}

bool server_terminate(Server *server, uint32_t process)
{
    mutex_lock(&server->lock);
    Connection *c = find_session(server, process);
    if (c) workers__end(c, SQLSTATE_ADMIN_SHUTDOWN);
    mutex_unlock(&server->lock);
    return c != NULL;
}

uint32_t server_session_count(Server *server)
{
    mutex_lock(&server->lock);
    uint32_t count = server->session_count;
    mutex_unlock(&server->lock);
    return count;
}

uint32_t server_working(Server *server, Arena *arena, HostWork **work)
{
    uint32_t count = 0;
    mutex_lock(&server->lock);
    const uint32_t room = server->worker_count + 2;
    mutex_unlock(&server->lock);
    *work = ARENA_ARRAY(arena, HostWork, room); /* who came since is left out */
    mutex_lock(&server->lock);
    if (server->maintenance_task)
        (*work)[count++] = (HostWork){engine_process(ENGINE_LAUNCHER),
                                      atomic_load(&server->maintenance_task->wait_event)};
    for (const Connection *c = server->all.first; c && count < room; c = c->all.next)
        if (c->state == CONNECTION_RUNNING && c->phase == PHASE_SESSION)
            (*work)[count++] = (HostWork){c->process, atomic_load(&c->worker->task->wait_event)};
    mutex_unlock(&server->lock);
    return count;
}

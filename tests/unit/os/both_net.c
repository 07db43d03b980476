/* SPDX-License-Identifier: Apache-2.0 */
/* both_net.c - sockets on the loopback, waiting for them, pollers, addresses as text. */
#include "both.h"

#include "base/arena.h"

typedef struct Pair {
    Socket *listener, *client, *server;
    SocketAddress address;
} Pair;

static void pair_open(const BothPlace *place, Pair *pair)
{
    SocketAddress peer;
    EXPECT(os_socket_listen(&place->address, 10, 0600, &pair->listener) == OK);
    EXPECT(os_socket_local(pair->listener, &pair->address) == OK &&
           pair->address.kind == place->address.kind);
    EXPECT(os_socket_accept(pair->listener, &pair->server, &peer) == ST_BUSY);
    EXPECT(os_socket_connect(&pair->address, deadline_in_ms(5000), &pair->client) == OK);
    EXPECT(os_socket_wait(pair->listener, SOCKET_READABLE, WAIT_LISTENER, deadline_in_ms(5000)) ==
           OK);
    EXPECT(os_socket_accept(pair->listener, &pair->server, &peer) == OK &&
           peer.kind == place->address.kind);
}

static void pair_close(Pair *pair)
{
    os_socket_close(pair->client);
    os_socket_close(pair->server);
    os_socket_close(pair->listener);
    os_socket_close(NULL);
}

static void conversation(void *arg)
{
    Pair pair;
    char data[16];
    size_t done;
    pair_open(arg, &pair);
    EXPECT(os_socket_read(pair.server, data, sizeof data, &done) == ST_BUSY);
    EXPECT(os_socket_wait(pair.server, SOCKET_READABLE, WAIT_CLIENT_READ, DEADLINE_PAST) ==
           ST_TIMEOUT);
    EXPECT(os_socket_wait(pair.server, SOCKET_READABLE, WAIT_CLIENT_READ, deadline_in_ms(2)) ==
           ST_TIMEOUT);
    EXPECT(os_socket_write(pair.client, "hello", 5, &done) == OK && done == 5);
    EXPECT(os_socket_wait(pair.server, SOCKET_READABLE, WAIT_CLIENT_READ, deadline_in_ms(5000)) ==
           OK);
    EXPECT(os_socket_wait(pair.server, SOCKET_READABLE, WAIT_CLIENT_READ, DEADLINE_PAST) == OK);
    EXPECT(os_socket_read(pair.server, data, sizeof data, &done) == OK && done == 5 &&
           memcmp(data, "hello", 5) == 0);
    EXPECT(os_socket_wait(pair.server, SOCKET_WRITABLE, WAIT_CLIENT_WRITE, DEADLINE_NEVER) == OK);
    os_socket_set_keepalive(pair.server, 60, 10, 5, 1000);
    EXPECT(os_socket_shutdown_write(pair.client) == OK);
    EXPECT(os_socket_wait(pair.server, SOCKET_READABLE, WAIT_CLIENT_READ, deadline_in_ms(5000)) ==
           OK);
    EXPECT(os_socket_read(pair.server, data, sizeof data, &done) == ST_CLOSED);
    EXPECT(os_socket_write(pair.server, "back", 4, &done) == OK && done == 4);
    EXPECT(os_socket_wait(pair.client, SOCKET_READABLE, WAIT_CLIENT_READ, deadline_in_ms(5000)) ==
           OK);
    EXPECT(os_socket_read(pair.client, data, sizeof data, &done) == OK && done == 4);
    pair_close(&pair);
}

typedef struct Stream {
    Socket *socket;
    uint64_t bytes;
} Stream;

enum { STREAM_BYTES = 4 * 1024 * 1024 };

static void reader_main(void *arg)
{
    Stream *stream = arg;
    char data[8192];
    for (;;) {
        size_t done;
        Status status = os_socket_read(stream->socket, data, sizeof data, &done);
        if (status == ST_CLOSED) return;
        if (status == ST_BUSY) {
            EXPECT(os_socket_wait(stream->socket, SOCKET_READABLE, WAIT_CLIENT_READ,
                                  DEADLINE_NEVER) == OK);
            continue;
        }
        EXPECT(status == OK && done > 0);
        for (size_t i = 0; i < done; i++) EXPECT(data[i] == (char)((stream->bytes + i) % 251));
        stream->bytes += done;
    }
}

static void back_pressure(void *arg)
{
    Pair pair;
    char data[10000];
    size_t done;
    uint64_t sent = 0;
    uint32_t busy = 0;
    pair_open(arg, &pair);
    Stream stream = {.socket = pair.server};
    Task *task = NULL;
    while (sent < STREAM_BYTES) {
        size_t bytes = MIN(sizeof data, (size_t)(STREAM_BYTES - sent));
        for (size_t i = 0; i < bytes; i++) data[i] = (char)((sent + i) % 251);
        Status status = os_socket_write(pair.client, data, bytes, &done);
        if (status == ST_BUSY) {
            busy++;
            if (task == NULL) task = both_start(reader_main, &stream);
            EXPECT(os_socket_wait(pair.client, SOCKET_WRITABLE, WAIT_CLIENT_WRITE,
                                  deadline_in_ms(20000)) == OK);
            continue;
        }
        EXPECT(status == OK && done > 0);
        sent += done;
    }
    if (task == NULL) task = both_start(reader_main, &stream);
    EXPECT(os_socket_shutdown_write(pair.client) == OK);
    os_task_join(task);
    EXPECT(stream.bytes == STREAM_BYTES);
    (void)busy;
    pair_close(&pair);
}

static void peer_gone(void *arg)
{
    Pair pair;
    char data[16];
    size_t done;
    pair_open(arg, &pair);
    os_socket_close(pair.client);
    pair.client = NULL;
    EXPECT(os_socket_wait(pair.server, SOCKET_READABLE, WAIT_CLIENT_READ, deadline_in_ms(5000)) ==
           OK);
    EXPECT(os_socket_read(pair.server, data, sizeof data, &done) == ST_CLOSED);
    Status status = OK;
    for (uint32_t i = 0; i < 1000 && status == OK; i++) {
        status = os_socket_write(pair.server, "x", 1, &done);
        EXPECT(os_sleep_until(deadline_in_ms(1), WAIT_SLEEP) == OK);
    }
    EXPECT(status == ST_CLOSED);
    pair_close(&pair);
}

typedef struct Waiting {
    Socket *socket;
    Status status;
} Waiting;

static void waiting_main(void *arg)
{
    Waiting *waiting = arg;
    waiting->status = os_socket_wait(waiting->socket, SOCKET_READABLE, WAIT_CLIENT_READ,
                                     DEADLINE_NEVER);
}

static void waits_end(void *arg)
{
    Pair pair;
    size_t done;
    pair_open(arg, &pair);
    for (uint32_t round = 0; round < 30; round++) {
        Waiting waiting = {.socket = pair.server};
        Task *task = both_start(waiting_main, &waiting);
        if (round % 2 == 0) both_await_event(task, WAIT_CLIENT_READ);
        if (round % 3 == 0)
            os_task_interrupt(task, TASK_CANCEL);
        else
            os_wake(task);
        os_task_join(task);
        EXPECT(waiting.status == (round % 3 == 0 ? ST_CANCELLED : ST_BUSY));
    }
    os_wake(task_self());
    EXPECT(os_socket_wait(pair.server, SOCKET_READABLE, WAIT_CLIENT_READ, DEADLINE_PAST) ==
           ST_BUSY);
    os_task_interrupt(task_self(), TASK_CANCEL);
    EXPECT(os_socket_wait(pair.server, SOCKET_READABLE, WAIT_CLIENT_READ, DEADLINE_NEVER) ==
           ST_CANCELLED);
    (void)task_take_interrupts(task_self(), TASK_CANCEL);
    EXPECT(os_wait(WAIT_DELAY, DEADLINE_PAST) == OK);
    Waiting waiting = {.socket = pair.server};
    Task *task = both_start(waiting_main, &waiting);
    both_await_event(task, WAIT_CLIENT_READ);
    EXPECT(os_socket_write(pair.client, "x", 1, &done) == OK);
    os_task_join(task);
    EXPECT(waiting.status == OK);
    pair_close(&pair);
}

static void listen_errors(void *arg)
{
    const BothPlace *place = arg;
    Socket *listener, *other;
    SocketAddress address;
    EXPECT(os_socket_listen(&place->address, 10, 0600, &listener) == OK);
    EXPECT(os_socket_local(listener, &address) == OK);
    EXPECT(os_socket_listen(&address, 10, 0600, &other) == ST_EXISTS);
    EXPECT(str_starts(error_current()->message, STR("could not bind ")));
    os_socket_close(listener);
    EXPECT(os_socket_connect(&address, deadline_in_ms(5000), &other) == ST_CLOSED);
}

typedef struct Polling {
    Poller *poller;
    Status status;
    uint32_t count;
    PollerEvent event;
} Polling;

static void polling_main(void *arg)
{
    Polling *polling = arg;
    polling->status = os_poller_wait(polling->poller, &polling->event, 1, &polling->count,
                                     WAIT_LISTENER, DEADLINE_NEVER);
}

static void pollers(void *arg)
{
    Pair pair;
    Poller *poller;
    PollerEvent events[4];
    uint32_t count;
    size_t done;
    int server = 1, client = 2;
    char data[16];
    pair_open(arg, &pair);
    EXPECT(os_poller_new(task_self()->account, &poller) == OK);
    EXPECT(os_poller_add(poller, pair.server, SOCKET_READABLE, &server) == OK);
    EXPECT(os_poller_wait(poller, events, 4, &count, WAIT_LISTENER, DEADLINE_PAST) == OK &&
           count == 0);
    EXPECT(os_poller_wait(poller, events, 4, &count, WAIT_LISTENER, deadline_in_ms(2)) == OK &&
           count == 0);
    EXPECT(os_poller_add(poller, pair.client, SOCKET_READABLE | SOCKET_WRITABLE, &client) == OK);
    EXPECT(os_poller_wait(poller, events, 4, &count, WAIT_LISTENER, DEADLINE_NEVER) == OK &&
           count == 1);
    EXPECT(events[0].cookie == &client && events[0].ready == SOCKET_WRITABLE);
    os_poller_remove(poller, pair.client);
    EXPECT(os_socket_write(pair.client, "x", 1, &done) == OK);
    EXPECT(os_poller_wait(poller, events, 4, &count, WAIT_LISTENER, DEADLINE_NEVER) == OK &&
           count == 1);
    EXPECT(events[0].cookie == &server && events[0].ready == SOCKET_READABLE);
    /* Reported once, and again when more comes, or as it is armed, since the bytes are still there. */
    EXPECT(os_poller_wait(poller, events, 4, &count, WAIT_LISTENER, deadline_in_ms(2)) == OK &&
           count == 0);
    EXPECT(os_socket_write(pair.client, "y", 1, &done) == OK);
    EXPECT(os_poller_wait(poller, events, 4, &count, WAIT_LISTENER, DEADLINE_NEVER) == OK &&
           count == 1 && events[0].cookie == &server);
    EXPECT(os_poller_arm(poller, pair.server, SOCKET_READABLE, &server) == OK);
    EXPECT(os_poller_wait(poller, events, 4, &count, WAIT_LISTENER, DEADLINE_NEVER) == OK &&
           count == 1);
    /* Armed for nothing it is silent whatever comes, until it is armed again. */
    EXPECT(os_poller_arm(poller, pair.server, 0, &server) == OK);
    EXPECT(os_socket_write(pair.client, "z", 1, &done) == OK);
    EXPECT(os_poller_wait(poller, events, 4, &count, WAIT_LISTENER, deadline_in_ms(2)) == OK &&
           count == 0);
    EXPECT(os_poller_arm(poller, pair.server, SOCKET_READABLE, &server) == OK);
    EXPECT(os_poller_wait(poller, events, 4, &count, WAIT_LISTENER, DEADLINE_NEVER) == OK &&
           count == 1);
    EXPECT(os_socket_read(pair.server, data, sizeof data, &done) == OK);
    os_poller_wake(poller);
    os_poller_wake(poller);
    EXPECT(os_poller_wait(poller, events, 4, &count, WAIT_LISTENER, DEADLINE_NEVER) == OK &&
           count == 0);
    EXPECT(os_poller_arm(poller, pair.server, SOCKET_READABLE, &server) == OK);
    os_socket_close(pair.client);
    pair.client = NULL;
    EXPECT(os_poller_wait(poller, events, 4, &count, WAIT_LISTENER, DEADLINE_NEVER) == OK &&
           count == 1);
    EXPECT((events[0].ready & SOCKET_READABLE) != 0);
    EXPECT((events[0].ready & SOCKET_FINISHED) != 0);
    os_poller_release(poller);
    pair_close(&pair);
}

static void poller_waits_end(void *arg)
{
    (void)arg;
    Poller *poller;
    EXPECT(os_poller_new(task_self()->account, &poller) == OK);
    for (uint32_t round = 0; round < 60; round++) {
        Polling polling = {.poller = poller, .count = 77};
        Task *task = both_start(polling_main, &polling);
        if (round % 2 == 0) both_await_event(task, WAIT_LISTENER);
        if (round % 3 == 0)
            os_task_interrupt(task, TASK_TERMINATE);
        else if (round % 3 == 1)
            os_wake(task);
        else
            os_poller_wake(poller);
        os_task_join(task);
        EXPECT(polling.count == 0 && polling.status == (round % 3 == 0 ? ST_CANCELLED : OK));
    }
    os_poller_release(poller);
}

static void addresses(void *arg)
{
    (void)arg;
    Arena *arena = arena_new(task_self()->account, "test");
    static const char *const good[] = {"127.0.0.1", "0.0.0.0", "::1", "2001:db8::7"};
    static const char *const bad[] = {"", "localhost", "1.2.3", "1.2.3.4.5", "::g", "256.1.1.1"};
    SocketAddress address;
    for (size_t i = 0; i < ARRAY_LEN(good); i++) {
        EXPECT(socket_address_parse(str_from(good[i]), 5432, &address) && address.port == 5432);
        EXPECT(str_equal(socket_address_print(arena, &address), str_from(good[i])));
    }
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        EXPECT(!socket_address_parse(str_from(bad[i]), 1, &address));
    EXPECT(!socket_address_parse((Str){"127.0.0.1\0x", 11}, 1, &address));
    char long_host[100];
    memset(long_host, '1', sizeof long_host);
    EXPECT(!socket_address_parse((Str){long_host, sizeof long_host}, 1, &address));
    address = (SocketAddress){.kind = SOCKET_UNIX, .path = "/tmp/x"};
    EXPECT(str_equal(socket_address_print(arena, &address), STR("[local]")));
    SocketAddress *found;
    uint32_t count;
    EXPECT(os_socket_resolve(arena, "127.0.0.1", 99, &found, &count) == OK && count == 1);
    EXPECT(found[0].kind == SOCKET_IPV4 && found[0].port == 99 && found[0].ip[0] == 127);
    arena_drop(arena);
}

const BothTest both_net_tests[] = {
    {"conversation", conversation},
    {"back_pressure", back_pressure},
    {"peer_gone", peer_gone},
    {"waits_end", waits_end},
    {"listen_errors", listen_errors},
    {"pollers", pollers},
    {"poller_waits_end", poller_waits_end},
    {"addresses", addresses},
    {NULL, NULL},
};

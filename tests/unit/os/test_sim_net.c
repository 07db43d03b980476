/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of the simulated network beyond what holds on both machines: resets on demand, full backlogs, refusals, what it
 * cannot do. */
#include "sim_fixture.h"

#include "base/arena.h"
#include "os/net.h"

static SocketAddress loopback(uint16_t port)
{
    return (SocketAddress){.kind = SOCKET_IPV4, .port = port, .ip = {127, 0, 0, 1}};
}

/* ---- every call's reset, one after another: no end hangs, both learn of it */

static Status exchange(Socket *socket, bool first)
{
    char data[100] = {0};
    for (int i = 0; i < 6; i++) {
        bool writes = (i % 2 == 0) == first;
        size_t done = 0;
        for (size_t moved = 0; moved < sizeof data; moved += done) {
            Status status = writes ? os_socket_write(socket, data, sizeof data - moved, &done)
                                   : os_socket_read(socket, data, sizeof data - moved, &done);
            if (status == ST_BUSY) {
                done = 0;
                status = os_socket_wait(socket, writes ? SOCKET_WRITABLE : SOCKET_READABLE,
                                        WAIT_CLIENT_READ, DEADLINE_NEVER);
            }
            if (status != OK) return status;
        }
    }
    return OK;
}

static void peer_main(void *arg)
{
    Status *ended = arg;
    SocketAddress address = loopback(5432);
    Socket *socket;
    *ended = os_socket_connect(&address, DEADLINE_NEVER, &socket);
    if (*ended != OK) return;
    *ended = exchange(socket, true);
    os_socket_close(socket);
}

static void reset_main(void *arg)
{
    Status *ended = arg, peer_ended;
    SocketAddress address = loopback(5432), peer;
    Socket *listener, *socket;
    must_be_ok(os_socket_listen(&address, 5, 0, &listener));
    Task *task = start_task("peer", peer_main, &peer_ended);
    Status status = os_socket_wait(listener, SOCKET_READABLE, WAIT_LISTENER, deadline_in_ms(1000));
    if (status == OK) {
        must_be_ok(os_socket_accept(listener, &socket, &peer));
        CHECK_TRUE(peer.port >= 49152);
        status = exchange(socket, false);
        os_socket_close(socket);
    }
    os_task_join(task);
    os_socket_close(listener);
    *ended = status != OK ? status : peer_ended;
}

static void test_every_reset(void **state)
{
    (void)state;
    uint64_t places = 0;
    for (uint64_t n = 1, fired = 1; fired > 0; n++) {
        Status ended = OK;
        Sim *sim = new_sim(test_seed(n));
        sim_fail_at(sim, SIM_FAIL_SOCKET, n, false);
        assert_int_equal(sim_run(sim, reset_main, &ended), SIM_DONE);
        fired = sim_disarm(sim);
        places += fired;
        assert_true(fired ? ended == ST_CLOSED || ended == ST_TIMEOUT : ended == OK);
        sim_release(sim);
    }
    assert_true(places >= 13);
}

/* ---- connecting */

static void connect_main(void *arg)
{
    Status *status = arg;
    SocketAddress address = loopback(5432);
    Socket *socket;
    *status = os_socket_connect(&address, DEADLINE_NEVER, &socket);
    if (*status == OK) os_socket_close(socket);
}

static void backlog_main(void *arg)
{
    (void)arg;
    SocketAddress address = loopback(5432), any = {.kind = SOCKET_IPV4, .port = 5432}, peer, local;
    Socket *listener, *first, *second, *accepted;
    must_give(ST_CLOSED, os_socket_connect(&address, DEADLINE_NEVER, &first));
    must_be_ok(os_socket_listen(&any, 1, 0, &listener));
    must_give(ST_EXISTS, os_socket_listen(&address, 1, 0, &second));
    must_be_ok(os_socket_connect(&address, DEADLINE_NEVER, &first));
    CHECK_TRUE(os_socket_descriptor(first) != os_socket_descriptor(listener));
    must_be_ok(os_socket_local(first, &local));
    CHECK_TRUE(local.port >= 49152);
    must_give(ST_TIMEOUT,
              os_socket_connect(&address, deadline_in_ms(5), &second)); /* the backlog is full */
    Status statuses[3];
    Task *tasks[3];
    for (int i = 0; i < 3; i++) tasks[i] = start_task("connecting", connect_main, &statuses[i]);
    must_be_ok(os_sleep_until(deadline_in_ms(10), WAIT_SLEEP));
    os_task_interrupt(tasks[2], TASK_CANCEL);
    os_task_join(tasks[2]);
    CHECK_TRUE(statuses[2] == ST_CANCELLED);
    must_be_ok(os_socket_accept(listener, &accepted, &peer));
    os_socket_close(accepted);
    must_be_ok(os_sleep_until(deadline_in_ms(10), WAIT_SLEEP));
    os_socket_close(listener); /* one waits in the backlog, one before it */
    for (int i = 0; i < 2; i++) os_task_join(tasks[i]);
    CHECK_TRUE((statuses[0] == OK) != (statuses[1] == OK));
    size_t done;
    must_give(ST_CLOSED, os_socket_read(first, &done, 1, &done));
    must_give(ST_CLOSED, os_socket_write(first, "x", 1, &done));
    os_socket_close(first);
}

static void test_backlog(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 30; seed++) {
        Sim *sim = new_sim(test_seed(seed));
        assert_int_equal(sim_run(sim, backlog_main, NULL), SIM_DONE);
        sim_release(sim);
    }
}

/* ---- what stands for a machine's surroundings */

static void others_main(void *arg)
{
    (void)arg;
    Arena *arena = arena_new(task_self()->account, "net");
    SocketAddress *found, unix_address = {.kind = SOCKET_UNIX, .path = "/socket"}, peer;
    uint32_t count;
    Socket *listener, *client, *server, *socket;
    Str user;
    must_be_ok(os_socket_resolve(arena, "localhost", 1, &found, &count));
    CHECK_TRUE(count == 1 && found->ip[0] == 127);
    must_be_ok(os_socket_resolve(arena, "*", 1, &found, &count));
    CHECK_TRUE(found->ip[0] == 0);
    must_give(ST_NOT_FOUND, os_socket_resolve(arena, "example.com", 1, &found, &count));
    must_give(ST_UNSUPPORTED, os_socket_adopt(3, &socket));
    must_be_ok(os_socket_listen(&unix_address, 5, 0700, &listener));
    must_be_ok(os_socket_connect(&unix_address, DEADLINE_NEVER, &client));
    sim_fail_at(sim_self(), SIM_FAIL_FULL, 1, false);
    must_give(ST_FULL, os_socket_accept(listener, &server, &peer));
    must_be_ok(os_socket_accept(listener, &server, &peer));
    must_be_ok(os_socket_peer_user(arena, server, &user));
    CHECK_TRUE(user.bytes > 0);
    SocketAddress address = loopback(0);
    must_be_ok(os_socket_listen(&address, 5, 0, &socket));
    must_give(ST_UNSUPPORTED, os_socket_peer_user(arena, socket, &user));
    sim_fail_at(sim_self(), SIM_FAIL_FULL, 1, false);
    Poller *poller;
    must_give(ST_FULL, os_poller_new(task_self()->account, &poller));
    must_be_ok(os_poller_new(task_self()->account, &poller));
    int cookies[2];
    must_be_ok(os_poller_add(poller, server, SOCKET_READABLE, &cookies[0]));
    must_be_ok(os_poller_add(poller, client, SOCKET_READABLE, &cookies[1]));
    size_t done;
    must_be_ok(os_socket_write(client, "abc", 3, &done));
    os_socket_close(server); /* with bytes unread: a reset */
    PollerEvent events[2];
    must_be_ok(os_poller_wait(poller, events, 2, &count, WAIT_LISTENER, DEADLINE_NEVER));
    CHECK_TRUE(count == 1 && events[0].cookie == &cookies[1]);
    CHECK_TRUE(events[0].ready == (SOCKET_READABLE | SOCKET_WRITABLE | SOCKET_FINISHED));
    os_poller_release(poller);
    must_be_ok(os_poller_new(task_self()->account, &poller));
    arena_drop(arena);
    /* Sockets, a poller and the listener are left to the machine. */
}

static void test_surroundings(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 10; seed++) {
        Sim *sim = new_sim(test_seed(seed));
        assert_int_equal(sim_run(sim, others_main, NULL), SIM_DONE);
        sim_release(sim);
    }
}

static void stuck_main(void *arg)
{
    (void)arg;
    SocketAddress address = loopback(5432);
    Socket *listener, *first;
    must_be_ok(os_socket_listen(&address, 1, 0, &listener));
    must_be_ok(os_socket_connect(&address, DEADLINE_NEVER, &first));
    Status status;
    start_task("connecting", connect_main, &status);
    IGNORE_STATUS(os_socket_wait(first, SOCKET_READABLE, WAIT_CLIENT_READ,
                                 DEADLINE_NEVER)); /* nobody writes */
}

static void test_stuck_sockets_are_named(void **state)
{
    (void)state;
    Sim *sim = new_sim(test_seed(1));
    assert_int_equal(sim_run(sim, stuck_main, NULL), SIM_STUCK);
    assert_non_null(
        strstr(sim_report(sim), "\"main\" waits for a socket, wait event Client/ClientRead"));
    assert_non_null(strstr(sim_report(sim), "\"connecting\" waits to connect"));
    sim_release(sim);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_reset),
        cmocka_unit_test(test_backlog),
        cmocka_unit_test(test_surroundings),
        cmocka_unit_test(test_stuck_sockets_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* tsan: yes */
/* test_machine.c - what only the real machine has: its errors, its choices, memory that ends, wakes and cancels in
 * every kind of sleep under load. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"
#include "os/process.h"
#include "real.h"
#include "uses.h"

static void run(void (*body)(void *arg))
{
    assert_true(real_run(&(RealRun){.body = body}));
}

static void errors_body(void *arg)
{
    (void)arg;
    static const struct {
        int number;
        Status status;
        Sqlstate code;
    } cases[] = {{ENOENT, ST_NOT_FOUND, SQLSTATE_UNDEFINED_FILE},
                 {ENOSPC, ST_FULL, SQLSTATE_DISK_FULL},
                 {EACCES, ST_DENIED, SQLSTATE_INSUFFICIENT_PRIVILEGE},
                 {EIO, ST_IO, SQLSTATE_IO_ERROR},
                 {EMFILE, ST_FULL, SQLSTATE_INSUFFICIENT_RESOURCES},
                 {ENOMEM, ST_NO_MEMORY, SQLSTATE_OUT_OF_MEMORY},
                 {ENAMETOOLONG, ST_INVALID, SQLSTATE_FILE_NAME_TOO_LONG},
                 {EOPNOTSUPP, ST_UNSUPPORTED, SQLSTATE_FEATURE_NOT_SUPPORTED},
                 {EISDIR, ST_INVALID, SQLSTATE_WRONG_OBJECT_TYPE},
                 {EL2HLT, ST_IO, SQLSTATE_INTERNAL_ERROR}};
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        EXPECT(os__error_status(cases[i].number) == cases[i].status);
        EXPECT(os__error(cases[i].number, "open file", "x") == cases[i].status);
        EXPECT(error_current()->code == cases[i].code);
    }
    EXPECT(os__error(EIO, "read file", "base/1") == ST_IO);
    EXPECT_NOTED(SQLSTATE_IO_ERROR, "could not read file \"base/1\": Input/output error");
    EXPECT(os__error_text(ENOSPC, "could not %s", "sing") == ST_FULL);
    EXPECT_NOTED(SQLSTATE_DISK_FULL, "could not sing: No space left on device");
    EXPECT(os__no_memory() == ST_NO_MEMORY);
    EXPECT_NOTED(SQLSTATE_OUT_OF_MEMORY, "out of memory");
}

static void test_errors(void **state)
{
    (void)state;
    run(errors_body);
    assert_int_equal(os__no_memory(), ST_NO_MEMORY);
}

static void methods_body(void *arg)
{
    (void)arg;
    EXPECT(strcmp(os_io_method(), "threads") == 0 || strcmp(os_io_method(), "io_uring") == 0);
    EXPECT(!os_is_simulated());
}

static void test_methods(void **state)
{
    (void)state;
    Account *account = account_new(NULL, "test", 0);
    Os *os;
    run(methods_body);
    assert_int_equal(os__real_new(account, &(RealOptions){.io_method = "pigeons"}, &os),
                     ST_UNSUPPORTED);
    assert_int_equal(account_used(account), 0);
    assert_int_equal(os_real_new(account, &os), OK);
    os_real_release(os);
    account_drop(account);
}

static void fail_each(Work *work, Status (*use)(Work *work))
{
    uint64_t fired = 1;
    for (uint64_t n = 1; fired != 0; n++) {
        work->arena = arena_new(task_self()->account, "test");
        account_fail_at(n, false);
        Status status = use(work);
        fired = account_fail_fired();
        account_fail_at(0, false);
        EXPECT(status == OK || (status == ST_NO_MEMORY && fired != 0));
        EXPECT(work->io_status == OK);
        EXPECT(n < 1000);
        arena_drop(work->arena);
    }
}

static void fails_body(void *arg)
{
    Work work = {.place = arg};
    for (const Use *use = uses; use->body; use++) fail_each(&work, use->body);
}

/* Call `number` % 32 fails, from 32 on for ever. The first request of a machine starts what does the work; whatever of
 * that fails, the work is done. */
static void first_io_body(void *arg)
{
    Work work = {.place = arg};
    const uint32_t n = work.place->number;
    account_fail_at(n % 32, n >= 32);
    Status status = use_io(&work);
    account_fail_at(0, false);
    EXPECT((status == OK || status == ST_NO_MEMORY) && work.io_status == OK);
    EXPECT(use_io(&work) == OK);
}

static void test_memory_ends(void **state)
{
    (void)state;
    run(fails_body);
    Account *account = account_new(NULL, "test", 0);
    uint64_t fired = 1;
    for (uint64_t n = 1; fired != 0; n++) {
        Os *os;
        account_fail_at(n, false);
        Status status = os_real_new(account, &os);
        fired = account_fail_fired();
        account_fail_at(0, false);
        assert_true(status == OK || (status == ST_NO_MEMORY && fired != 0));
        if (status == OK) os_real_release(os);
        assert_int_equal(account_used(account), 0);
    }
    account_drop(account);
    static const char *const methods[] = {"threads", "io_uring"};
    for (uint32_t n = 1; n < 64; n++) {
        for (uint32_t i = 0; i < 2; i++) {
            RealRun first = {.body = first_io_body,
                             .number = n,
                             .options = {.io_method = methods[i]}};
            first.may_be_unsupported = true;
            (void)real_run(&first);
        }
    }
}

static void limits_body(void *arg)
{
    (void)arg;
    void *memory;
    Task *task;
    EXPECT(os_memory_map((size_t)1 << 60, false, &memory) == ST_NO_MEMORY);
    EXPECT(str_starts(error_current()->message, STR("could not map ")));
    EXPECT(os_task_start(&(TaskOptions){.name = "big", .stack_bytes = (size_t)1 << 60}, use_nothing,
                         NULL, &task) != OK);
    EXPECT(str_starts(error_current()->message, STR("could not start task \"big\": ")));
}

static void test_limits(void **state)
{
    (void)state;
    run(limits_body);
}

/* Every call that makes a descriptor, with none left. */
static void descriptors_body(void *arg)
{
    BothPlace *place = arg;
    struct rlimit before, none;
    Arena *arena = arena_new(task_self()->account, "test");
    const char *path = both_path(arena, place, "a");
    Socket *listener, *client, *server, *other;
    SocketAddress address, peer;
    Poller *poller;
    File *file;
    size_t done;
    EXPECT(os_socket_listen(&place->address, 1, 0, &listener) == OK &&
           os_socket_local(listener, &address) == OK);
    EXPECT(os_socket_connect(&address, DEADLINE_NEVER, &client) == OK);
    EXPECT(os_socket_wait(listener, SOCKET_READABLE, WAIT_LISTENER, DEADLINE_PAST) == OK);
    EXPECT(getrlimit(RLIMIT_NOFILE, &before) == 0);
    none = before;
    none.rlim_cur = 0;
    EXPECT(setrlimit(RLIMIT_NOFILE, &none) == 0);
    EXPECT(os_file_open(path, FILE_WRITE | FILE_CREATE, &file) == ST_FULL);
    EXPECT(error_current()->code == SQLSTATE_INSUFFICIENT_RESOURCES);
    EXPECT(os_socket_accept(listener, &server, &peer) == ST_FULL);
    EXPECT(os_socket_connect(&address, DEADLINE_NEVER, &other) == ST_FULL);
    EXPECT(os_socket_listen(&place->address, 1, 0, &other) == ST_FULL);
    EXPECT(os_poller_new(task_self()->account, &poller) == ST_FULL);
    EXPECT(os_dir_sync(place->dir) == ST_FULL && os_process_memory_bytes() == 0);
    EXPECT(setrlimit(RLIMIT_NOFILE, &before) == 0);
    EXPECT(os_socket_accept(listener, &server, &peer) == OK);
    EXPECT(os_poller_new(task_self()->account, &poller) == OK);
    EXPECT(os_poller_arm(poller, server, SOCKET_READABLE, NULL) == ST_NOT_FOUND);
    EXPECT(os_poller_add(poller, server, SOCKET_READABLE, NULL) == OK);
    EXPECT(os_poller_add(poller, server, SOCKET_READABLE, NULL) == ST_EXISTS);
    os_poller_release(poller);
    (void)os_socket_read(server, &done, 1, &done);
    os_socket_close(client);
    os_socket_close(server);
    os_socket_close(listener);
    arena_drop(arena);
}

static void test_descriptors(void **state)
{
    (void)state;
    run(descriptors_body);
}

static void names_body(void *arg)
{
    BothPlace *place = arg;
    Arena *arena = arena_new(task_self()->account, "test");
    SocketAddress *found, address, peer,
        nowhere = {.kind = SOCKET_IPV4, .port = 1, .ip = {255, 255, 255, 255}};
    uint32_t count;
    Str user, mine;
    EXPECT(os_socket_resolve(arena, "*", 5432, &found, &count) == OK && count >= 1);
    for (uint32_t i = 0; i < count; i++)
        EXPECT(found[i].port == 5432 && found[i].ip[0] == 0 && found[i].ip[15] == 0);
    EXPECT(os_socket_resolve(arena, "no.such.host.invalid", 1, &found, &count) == ST_NOT_FOUND);
    EXPECT(str_starts(error_current()->message,
                      STR("could not translate host name \"no.such.host.invalid\" to address: ")));
    Socket *listener, *client, *server, *adopted;
    EXPECT(os_socket_listen(&place->address, 4, 0700, &listener) == OK);
    PathInfo info;
    EXPECT(os_path_info(place->address.path, &info) == OK && info.kind == PATH_OTHER &&
           info.mode == 0700);
    EXPECT(os_socket_local(listener, &address) == OK &&
           strcmp(address.path, place->address.path) == 0);
    EXPECT(os_socket_connect(&address, DEADLINE_NEVER, &client) == OK);
    EXPECT(os_socket_accept(listener, &server, &peer) == OK);
    EXPECT(os_user_name(arena, &mine) == OK && mine.bytes > 0);
    EXPECT(os_socket_peer_user(arena, server, &user) == OK && str_equal(user, mine));
    os_socket_close(server);
    int copy = dup(os_socket_descriptor(listener));
    EXPECT(os_socket_adopt(copy, &adopted) == OK &&
           os_socket_accept(adopted, &server, &peer) == ST_BUSY);
    EXPECT(os_socket_adopt(-1, &server) != OK);
    os_socket_set_keepalive(client, 1, 1, 1, 1);
    os_socket_close(adopted);
    os_socket_close(client);
    EXPECT(os_socket_connect(&nowhere, deadline_in_ms(1000), &client) != OK);
    EXPECT(str_starts(error_current()->message,
                      STR("could not connect to IPv4 address \"255.255.255.255\": ")));
    os_socket_close(listener);
    arena_drop(arena);
}

static void test_names(void **state)
{
    (void)state;
    assert_true(real_run(&(RealRun){.body = names_body, .kind = SOCKET_UNIX}));
}

/* A full backlog keeps a connection waiting; an interrupt, a wake and a deadline meet it there. */
static void connecting_main(void *arg)
{
    const SocketAddress *address = arg;
    Socket *sockets[8] = {0};
    Status status = OK;
    uint32_t count = 0;
    while (status == OK && count < 8) {
        status = os_socket_connect(address, DEADLINE_NEVER, &sockets[count]);
        count += status == OK;
    }
    EXPECT(status == ST_CANCELLED);
    /* The wake that came meanwhile was kept for the next wait. */
    task_take_interrupts(task_self(), TASK_CANCEL);
    EXPECT(os_wait(WAIT_DELAY, DEADLINE_PAST) == OK);
    for (uint32_t i = 0; i < count; i++) os_socket_close(sockets[i]);
}

static void connecting_body(void *arg)
{
    BothPlace *place = arg;
    Socket *listener;
    SocketAddress address;
    EXPECT(os_socket_listen(&place->address, 0, 0, &listener) == OK &&
           os_socket_local(listener, &address) == OK);
    Task *task = both_start(connecting_main, &address);
    both_await_event(task, WAIT_CLIENT_WRITE);
    EXPECT(os_sleep_until(deadline_in_ms(20), WAIT_SLEEP) == OK);
    both_await_event(task, WAIT_CLIENT_WRITE);
    os_wake(task);
    os_task_interrupt(task, TASK_CANCEL);
    os_task_join(task);
    os_socket_close(listener);
}

static void test_connecting(void **state)
{
    (void)state;
    run(connecting_body);
}

/* Each kind of sleep, met by wakes and interrupts at every moment of its beginning and end. */
enum { STORM_ROUNDS = 3000, STORM_KINDS = 4 };

typedef struct Storm {
    Socket *socket;
    Poller *poller;
    _Atomic uint32_t passed;
    uint32_t kind;
} Storm;

static Status storm_sleep(Storm *storm)
{
    PollerEvent event;
    uint32_t count;
    switch (storm->kind) {
    case 0: return os_wait(WAIT_DELAY, DEADLINE_NEVER);
    case 1: return os_socket_wait(storm->socket, SOCKET_READABLE, WAIT_DELAY, DEADLINE_NEVER);
    case 2: return os_poller_wait(storm->poller, &event, 1, &count, WAIT_DELAY, DEADLINE_NEVER);
    default: return os_wait(WAIT_DELAY, deadline_in_ns(20000));
    }
}

static void storm_main(void *arg)
{
    Storm *storm = arg;
    for (uint32_t i = 0; i < STORM_ROUNDS; i++) {
        Status status = storm_sleep(storm);
        EXPECT(status == OK || status == ST_BUSY || (status == ST_TIMEOUT && storm->kind == 3));
        atomic_store(&storm->passed, i + 1);
    }
    while (storm_sleep(storm) != ST_CANCELLED) {}
}

static void storm_body(void *arg)
{
    BothPlace *place = arg;
    Storm storm = {0};
    EXPECT(os_socket_listen(&place->address, 1, 0, &storm.socket) == OK);
    EXPECT(os_poller_new(task_self()->account, &storm.poller) == OK);
    for (storm.kind = 0; storm.kind < STORM_KINDS; storm.kind++) {
        atomic_store(&storm.passed, 0);
        Task *task = both_start(storm_main, &storm);
        uint32_t seen = 0, round = 0;
        while (seen < STORM_ROUNDS) {
            os_wake(task);
            /* Each wake is seen: the sleeper passes, or this loop would not end. */
            for (round = 0; atomic_load(&storm.passed) == seen;) os_spin_wait(&round);
            seen = atomic_load(&storm.passed);
            if (seen % 4 == 0) os_wake(task);
        }
        os_task_interrupt(task, TASK_CANCEL);
        os_task_join(task);
    }
    os_poller_release(storm.poller);
    os_socket_close(storm.socket);
}

static void test_storm(void **state)
{
    (void)state;
    run(storm_body);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_errors),      cmocka_unit_test(test_methods),
        cmocka_unit_test(test_memory_ends), cmocka_unit_test(test_limits),
        cmocka_unit_test(test_names),       cmocka_unit_test(test_descriptors),
        cmocka_unit_test(test_connecting),  cmocka_unit_test(test_storm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

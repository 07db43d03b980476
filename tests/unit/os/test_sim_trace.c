/* SPDX-License-Identifier: Apache-2.0 */
/* Is the simulation deterministic? A busy workload (tasks, locks, files, background requests, sockets, timers, crashes)
 * gives the same trace for the same seed, in one process and in others with other addresses; and another one for
 * another seed. */
#include "sim_fixture.h"

#include <unistd.h>

#include "base/arena.h"
#include "os/io.h"
#include "os/net.h"
#include "os/sync.h"

enum { SEEDS = 200, WORKERS = 4, CHILD_SEEDS = 30 };

typedef struct Busy {
    Mutex mutex;
    Condition turn;
    uint64_t shared;
    SocketAddress address;
} Busy;

static void write_main(void *arg)
{
    Busy *busy = arg;
    Arena *arena = arena_new(task_self()->account, "writer");
    char *data = arena_alloc(arena, 8192);
    char path[32];
    (void)snprintf(path, sizeof path, "/w%" PRIu64, task_self()->number);
    File *file = open_file(path, FILE_READ | FILE_WRITE | FILE_CREATE);
    for (uint32_t i = 0; i < 10; i++) {
        mutex_lock(&busy->mutex);
        uint64_t mine = busy->shared++;
        condition_signal(&busy->turn);
        mutex_unlock(&busy->mutex);
        memset(data, (int)mine, 8192);
        IoRequest requests[2] =
            {
                {.file = file,
                 .op = IO_WRITE,
                 .data = data,
                 .bytes = 4096,
                 .offset = mine % 8 * 4096},
                {.file = file,
                 .op = IO_WRITE,
                 .data = data + 4096,
                 .bytes = 4096,
                 .offset = mine % 8 * 4096 + 4096},
            },
                  *pointers[2] = {&requests[0], &requests[1]};
        IoBatch batch = {0};
        os_io_submit(&batch, pointers, 2);
        must_be_ok(os_io_wait(&batch, WAIT_DATA_FILE_WRITE, pointers, 2));
        if (i % 3 == 0) must_be_ok(os_file_sync(file));
        must_be_ok(os_sleep_until(deadline_in_ns((int64_t)(mine * 1000)), WAIT_SLEEP));
    }
    must_be_ok(os_dir_sync("/"));
    os_file_close(file);
    arena_drop(arena);
}

static void send_all(Socket *socket, const char *data, size_t bytes)
{
    while (bytes > 0) {
        size_t done;
        Status status = os_socket_write(socket, data, bytes, &done);
        if (status == ST_BUSY)
            status = os_socket_wait(socket, SOCKET_WRITABLE, WAIT_CLIENT_WRITE, DEADLINE_NEVER);
        must_be_ok(status);
        data += done;
        bytes -= done;
    }
}

static void client_main(void *arg)
{
    Busy *busy = arg;
    Socket *socket;
    char data[3000];
    memset(data, 'x', sizeof data);
    must_be_ok(os_socket_connect(&busy->address, DEADLINE_NEVER, &socket));
    send_all(socket, data, sizeof data);
    must_be_ok(os_socket_shutdown_write(socket));
    os_socket_close(socket);
}

static void serve(Busy *busy, Socket *listener, uint32_t clients)
{
    (void)busy;
    for (uint32_t served = 0; served < clients; served++) {
        Socket *socket;
        SocketAddress peer;
        Status status;
        while ((status = os_socket_accept(listener, &socket, &peer)) == ST_BUSY)
            must_be_ok(os_socket_wait(listener, SOCKET_READABLE, WAIT_LISTENER, DEADLINE_NEVER));
        must_be_ok(status);
        size_t total = 0;
        for (;;) {
            char data[500];
            size_t done;
            status = os_socket_read(socket, data, sizeof data, &done);
            if (status == ST_BUSY)
                must_be_ok(
                    os_socket_wait(socket, SOCKET_READABLE, WAIT_CLIENT_READ, DEADLINE_NEVER));
            else if (status != OK)
                break;
            total += done;
        }
        CHECK_TRUE(status == ST_CLOSED && total == 3000);
        os_socket_close(socket);
    }
}

static void busy_main(void *arg)
{
    (void)arg;
    Busy busy = {.mutex = MUTEX(RANK_NONE)};
    static const uint8_t loopback[] = {127, 0, 0, 1};
    memcpy(busy.address.ip, loopback, sizeof loopback);
    Socket *listener;
    must_be_ok(os_socket_listen(&busy.address, 2, 0, &listener));
    must_be_ok(os_socket_local(listener, &busy.address));
    Task *tasks[2 * WORKERS];
    for (int i = 0; i < WORKERS; i++) {
        tasks[2 * i] = start_task("writer", write_main, &busy);
        tasks[2 * i + 1] = start_task("client", client_main, &busy);
    }
    serve(&busy, listener, WORKERS);
    mutex_lock(&busy.mutex);
    while (busy.shared < WORKERS * 10)
        must_be_ok(condition_wait(&busy.turn, &busy.mutex, WAIT_PARALLEL, DEADLINE_NEVER));
    mutex_unlock(&busy.mutex);
    for (int i = 0; i < 2 * WORKERS; i++) os_task_join(tasks[i]);
    os_socket_close(listener);
}

static uint64_t trace_of(uint64_t seed)
{
    SimOptions options = {.seed = seed, .io_reorder = seed % 2};
    Sim *sim = sim_new(&options);
    for (int run = 0; run < 3; run++) {
        if (run < 2) sim_crash_at(sim, 1 + random_below(sim_random(sim), 600), true);
        SimEnd end = sim_run(sim, busy_main, NULL);
        CHECK_TRUE(end == SIM_DONE || end == SIM_CRASHED);
        CHECK_TRUE(run < 2 || end == SIM_DONE);
    }
    uint64_t trace = sim_trace_hash(sim);
    sim_release(sim);
    return trace;
}

static void test_same_seed_same_trace(void **state)
{
    (void)state;
    uint64_t traces[SEEDS];
    for (uint64_t seed = 0; seed < SEEDS; seed++) traces[seed] = trace_of(test_seed(seed));
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        void *shift = test_malloc(1 + seed * 1000); /* other addresses */
        assert_true(trace_of(test_seed(seed)) == traces[seed]);
        test_free(shift);
        for (uint64_t other = 0; other < seed; other++) assert_true(traces[other] != traces[seed]);
    }
}

static uint64_t trace_of_many(void)
{
    uint64_t trace = 0;
    for (uint64_t seed = 0; seed < CHILD_SEEDS; seed++)
        trace = trace * 31 + trace_of(test_seed(seed));
    return trace;
}

static void test_same_trace_in_other_processes(void **state)
{
    (void)state;
    char path[1024], command[1100];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    assert_true(length > 0);
    path[length] = 0;
    (void)snprintf(command, sizeof command, "'%s' trace", path);
    uint64_t wanted = trace_of_many();
    for (int i = 0; i < 3; i++) {
        FILE *child = popen(command, "r");
        uint64_t trace = 0;
        assert_non_null(child);
        assert_int_equal(fscanf(child, "%" SCNu64, &trace), 1);
        assert_int_equal(pclose(child), 0);
        assert_true(trace == wanted);
    }
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "trace") == 0) {
        printf("%" PRIu64 "\n", trace_of_many());
        return 0;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_seed_same_trace),
        cmocka_unit_test(test_same_trace_in_other_processes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

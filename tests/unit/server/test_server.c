/* SPDX-License-Identifier: Apache-2.0 */
/* Many connections: cancel, timeouts, limits, floods, clients that do not read, and that waiting never starves the one
 * who would end it (docs/traps.md F13). */
#include "harness.h"

static void ask(Harness *h, Socket *client, const char *sql)
{
    Bytestring b = bytes_new(h);
    bytes_query(&b, sql);
    bytes_send(client, &b);
}

static void pass(int64_t milliseconds)
{
    must_be_ok(os_sleep_until(deadline_in_ms(milliseconds), WAIT_SLEEP));
}

/* ---- cancel requests */

/* Process and key stand in the K message. */
static Socket *start_with_key(Harness *h, uint32_t version, uint8_t key[64], size_t *bytes)
{
    Socket *client = client_open(h);
    Bytestring b = bytes_new(h);
    bytes_startup(&b, version, "user\0u\0", 7);
    bytes_send(client, &b);
    for (;;) {
        uint8_t head[5], body[256];
        for (size_t at = 0, done = 0; at < 5; at += done) {
            Status status = os_socket_read(client, head + at, 5 - at, &done);
            if (status != OK) {
                done = 0;
                must_be_ok(os_socket_wait(client, SOCKET_READABLE, WAIT_CLIENT_READ,
                                          deadline_in_ms(1000)));
            }
        }
        size_t length = ((size_t)head[3] << 8 | head[4]) - 4;
        for (size_t at = 0, done = 0; at < length; at += done) {
            Status status = os_socket_read(client, body + at, length - at, &done);
            if (status != OK) {
                done = 0;
                must_be_ok(os_socket_wait(client, SOCKET_READABLE, WAIT_CLIENT_READ,
                                          deadline_in_ms(1000)));
            }
        }
        if (head[0] == 'Z') return client;
        if (head[0] != 'K') continue;
        *bytes = length;
        memcpy(key, body, length);
    }
}

static void send_cancel(Harness *h, const uint8_t *key, size_t bytes)
{
    Socket *client = client_open(h);
    Bytestring b = bytes_new(h);
    bytes_u32(&b, (uint32_t)bytes + 8);
    bytes_u32(&b, 80877102);
    str_add(&b.out, (Str){(const char *)key, bytes});
    bytes_send(client, &b);
    must_read(h, client, 'Z', 1, "EOF\n", "cancel request");
    os_socket_close(client);
}

#define CANCELED(why) "E SERROR\\0VERROR\\0C57014\\0Mcanceling statement due to " why "\\0\nZ I\n"

static void cancel_body(Harness *h)
{
    for (uint32_t minor = 0; minor <= 2; minor += 2) {
        uint8_t key[64];
        size_t bytes;
        Socket *client = start_with_key(h, 3 << 16 | minor, key, &bytes);
        CHECK_TRUE(bytes == (minor == 2 ? 36 : 8));
        ask(h, client, "sleep 100000");
        pass(50);
        key[5] ^= 1; /* the wrong key does nothing */
        send_cancel(h, key, bytes);
        key[5] ^= 1;
        CHECK_TRUE(str_equal(client_read(h, client, 'Z', 1), STR("...\n")));
        int64_t began = os_monotonic_ns();
        send_cancel(h, key, bytes);
        must_read(h, client, 'Z', 1, CANCELED("user request"), "canceled");
        CHECK_TRUE(os_monotonic_ns() - began < 50 * 1000000);
        send_cancel(h, key, bytes); /* nothing runs: forgotten */
        ask(h, client, "sleep 20");
        must_read(h, client, 'Z', 1, "C SLEEP\\0\nZ I\n", "after it");
        os_socket_close(client);
    }
}

static void test_cancel(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 5; seed++) {
        Harness h = {.body = cancel_body};
        harness_run(&h, test_seed(seed));
    }
}

/* ---- timeouts */

static void statement_timeout_body(Harness *h)
{
    Socket *client = client_start(h);
    ask(h, client, "sleep 100000");
    must_read(h, client, 'Z', 1, CANCELED("statement timeout"), "over it");
    ask(h, client, "sleep 90;sleep 90;sleep 90"); /* each statement by itself */
    must_read(h, client, 'Z', 1, "C SLEEP\\0\nC SLEEP\\0\nC SLEEP\\0\nZ I\n", "under it");
    pass(500);
    ask(h, client, "sleep 90");
    must_read(h, client, 'Z', 1, "C SLEEP\\0\nZ I\n", "idle time does not count");
    os_socket_close(client);
}

static void idle_body(Harness *h)
{
    Socket *client = client_start(h), *other = client_start(h);
    for (int i = 0; i < 5; i++) {
        pass(90);
        ask(h, other, "begin");
        must_read(h, other, 'Z', 1, "C BEGIN\\0\nZ T\n", "awake");
    }
    must_read(
        h, client, 'Z', 1,
        "E SFATAL\\0VFATAL\\0C57P05\\0Mterminating connection due to idle-session timeout\\0\nEOF\n",
        "idle");
    must_read(
        h, other, 'Z', 1,
        "E SFATAL\\0VFATAL\\0C25P03\\0Mterminating connection due to idle-in-transaction timeout\\0\nEOF\n",
        "idle in transaction");
    os_socket_close(client);
    os_socket_close(other);
}

/* Who says nothing, or half a packet, is dropped. */
static void authentication_body(Harness *h)
{
    Socket *silent = client_open(h), *half = client_open(h);
    client_send(half, "\0\0\0\x10\0\3", 6);
    pass(1500);
    Str end = client_read(h, silent, 'Z', 1);
    CHECK_TRUE(str_ends(end, STR("EOF\n")));
    end = client_read(h, half, 'Z', 1);
    CHECK_TRUE(str_ends(end, STR("EOF\n")));
    os_socket_close(silent);
    os_socket_close(half);
}

static void test_timeouts(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 3; seed++) {
        Harness h = {.body = statement_timeout_body, .engine = {.statement_timeout = 120}};
        harness_run(&h, test_seed(seed));
        Harness i = {.body = idle_body,
                     .engine = {.idle_timeout = 200, .idle_in_transaction_timeout = 150}};
        harness_run(&i, test_seed(seed));
        Harness a = {
            .body = authentication_body,
            .settings = {{STR("authentication_timeout"), STR("1"), SETTING_FROM_FILE, {0}, 0}},
            .setting_count = 1};
        harness_run(&a, test_seed(seed));
    }
}

/* ---- F13: one permit, everybody waits for a lock, the holder's COMMIT must get through */

static void waiting_body(Harness *h)
{
    enum { WAITERS = 7 };
    Socket *holder = client_start(h), *waiters[WAITERS];
    ask(h, holder, "begin;lock");
    must_read(h, holder, 'Z', 1, "C BEGIN\\0\nC LOCK\\0\nZ T\n", "holder");
    for (int i = 0; i < WAITERS; i++) {
        waiters[i] = client_start(h);
        ask(h, waiters[i], "begin;lock;commit");
    }
    pass(100);
    ask(h, holder, "commit");
    must_read(h, holder, 'Z', 1, "C COMMIT\\0\nZ I\n", "commit");
    for (int i = 0; i < WAITERS; i++) {
        must_read(h, waiters[i], 'Z', 1, "C BEGIN\\0\nC LOCK\\0\nC COMMIT\\0\nZ I\n", "waiter");
        os_socket_close(waiters[i]);
    }
    os_socket_close(holder);
}

static void test_waiting_gives_the_permit_back(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 10; seed++) {
        Harness h = {.body = waiting_body, .workers_at_once = 1};
        harness_run(&h, test_seed(seed));
    }
}

/* ---- who may begin while others wait for rows: see gate.c */

static Socket *begin(Harness *h)
{
    Socket *client = client_start(h);
    ask(h, client, "begin");
    must_read(h, client, 'Z', 1, "C BEGIN\\0\nZ T\n", "begin");
    return client;
}

static bool answers_within(Socket *client, int64_t milliseconds)
{
    Status status = os_socket_wait(client, SOCKET_READABLE, WAIT_CLIENT_READ,
                                   deadline_in_ms(milliseconds));
    CHECK_TRUE(status == OK || status == ST_TIMEOUT);
    return status == OK;
}

/* Has one of those that asked for the lock got it? It commits. */
static bool one_commits(Harness *h, Socket *begun[], int count)
{
    for (int i = 0; i < count; i++) {
        if (!begun[i] || !answers_within(begun[i], 1)) continue;
        must_read(h, begun[i], 'Z', 1, "C LOCK\\0\nZ T\n", "lock");
        ask(h, begun[i], "commit");
        must_read(h, begun[i], 'Z', 1, "C COMMIT\\0\nZ I\n", "commit");
        os_socket_close(begun[i]);
        begun[i] = NULL;
        return true;
    }
    return false;
}

/* With one permit four transactions may be under way when eight have waited, and until then as many as like. */
static void gate_body(Harness *h)
{
    enum { BEGUN = 9, LIMIT = 4 };
    Socket *begun[BEGUN], *held, *other, *single = client_start(h);
    for (int i = 0; i < BEGUN; i++) begun[i] = begin(h);
    for (int i = 0; i < BEGUN; i++) ask(h, begun[i], "lock");
    pass(1);
    held = begin(h);
    other = begin(h);
    ask(h, held, "sleep 0");
    CHECK_TRUE(!answers_within(held, 20));
    ask(h, single, "sleep 0"); /* no transaction: at once */
    CHECK_TRUE(answers_within(single, 5));
    for (int left = BEGUN; left >= LIMIT; left--) {
        CHECK_TRUE(!answers_within(held, 1));
        CHECK_TRUE(one_commits(h, begun, BEGUN));
    }
    must_read(h, held, 'Z', 1, "C SLEEP\\0\nZ T\n", "held back");

    ask(h, other, "sleep 0"); /* as many again; in a while they have lasted for too long to count */
    CHECK_TRUE(!answers_within(other, 20));
    CHECK_TRUE(answers_within(other, 600));
    must_read(h, other, 'Z', 1, "C SLEEP\\0\nZ T\n", "held back, and those before it stay");
    for (int i = 0; i < BEGUN; i++)
        if (begun[i]) os_socket_close(begun[i]);
    os_socket_close(held);
    os_socket_close(other);
    os_socket_close(single);
}

static void test_transactions_are_held_back(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 10; seed++) {
        Harness h = {.body = gate_body, .workers_at_once = 1};
        harness_run(&h, test_seed(seed));
    }
}

/* ---- workers come and go */

/* Clients in lock step and out of it: workers watch, rest, sleep within statements and are called in all orders. */
static void crowd_body(Harness *h)
{
    enum { CROWD = 12, ROUNDS = 400 };
    static const char *const statements[] = {"begin;lock;commit", "stray"};
    static const char *const answers[] = {"C BEGIN\\0\nC LOCK\\0\nC COMMIT\\0\nZ I\n",
                                          "C STRAY\\0\nZ I\n"};
    Socket *clients[CROWD];
    Random *random = sim_random(sim_self());
    for (int i = 0; i < CROWD; i++) clients[i] = client_start(h);
    for (int round = 0; round < ROUNDS; round++) {
        bool asked[CROWD];
        for (int i = 0; i < CROWD; i++) {
            asked[i] = random_below(random, 4) > 0;
            if (asked[i]) ask(h, clients[i], statements[i % 2]);
            if (random_below(random, 8) == 0) pass(1);
        }
        for (int i = 0; i < CROWD; i++)
            if (asked[i]) must_read(h, clients[i], 'Z', 1, answers[i % 2], "one of a crowd");
        if (random_below(random, 6) == 0) pass(10);
    }
    for (int i = 0; i < CROWD; i++) os_socket_close(clients[i]);
}

static void test_crowd(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 10; seed++) {
        Harness h = {.body = crowd_body, .workers_at_once = 1 + (uint32_t)(seed % 5)};
        harness_run(&h, test_seed(seed));
    }
}

/* ---- clients that do not read */

static void slow_reader_body(Harness *h)
{
    Socket *slow = client_start(h), *other = client_start(h), *gone = client_start(h);
    ask(h, slow, "rows 200000");
    ask(h, gone, "rows 200000");
    for (int i = 0; i < 20; i++) {
        ask(h, other, "notice");
        must_read(h, other, 'C', 1, "N SNOTICE\\0VNOTICE\\0C00000\\0Mhello\\0\nC NOTICE\\0\n",
                  "not held up");
        must_read(h, other, 'Z', 1, "Z I\n", "not held up");
        pass(10);
    }
    os_socket_close(gone); /* in the midst of its rows */
    SCOPED(scope);
    (void)scope;
    uint64_t bytes = 0;
    char last[6] = {0}; /* of all bytes so far */
    for (bool ready = false; !ready;) {
        char data[8192];
        size_t done;
        Status status = os_socket_read(slow, data, sizeof data, &done);
        if (status == ST_BUSY) {
            must_be_ok(
                os_socket_wait(slow, SOCKET_READABLE, WAIT_CLIENT_READ, deadline_in_ms(10000)));
            continue;
        }
        must_be_ok(status);
        bytes += done;
        for (size_t i = done > 6 ? done - 6 : 0; i < done; i++) {
            memmove(last, last + 1, 5);
            last[5] = data[i];
        }
        ready = last[0] == 'Z' && last[5] == 'I';
    }
    CHECK_TRUE(bytes > 200000 * 20);
    os_socket_close(slow);
    os_socket_close(other);
}

static void test_slow_readers(void **state)
{
    (void)state;
    Harness h = {.body = slow_reader_body};
    harness_run(&h, test_seed(1));
}

static void wide_body(Harness *h)
{
    Socket *client = client_start(h);
    ask(h, client, "wide 3000000");
    Str answer = client_read(h, client, 'Z', 1);
    CHECK_TRUE(str_ends(answer, STR("C SELECT 1\\0\nZ I\n")));
    char *sql = arena_alloc(h->arena, 1000001);
    memset(sql, ' ', 1000000);
    sql[1000000] = 0;
    memcpy(sql, "notice", 6);
    ask(h, client, sql);
    must_read(h, client, 'Z', 1, "N SNOTICE\\0VNOTICE\\0C00000\\0Mhello\\0\nC NOTICE\\0\nZ I\n",
              "a long query");
    os_socket_close(client);
}

static void test_wide_messages(void **state)
{
    (void)state;
    Harness h = {.body = wide_body};
    harness_run(&h, test_seed(1));
}

/* ---- limits and floods */

static void limit_body(Harness *h)
{
    enum { MOST = 10, KEPT = 3 };
    Socket *clients[MOST + 1];
    Bytestring b = bytes_new(h);
    for (int i = 0; i < MOST - KEPT; i++) clients[i] = client_start(h);
    Socket *plain = client_open(h);
    bytes_startup(&b, 3 << 16, "user\0plain\0", 11);
    bytes_send(plain, &b);
    must_read(
        h, plain, 'Z', 1,
        "R \\0\\0\\0\\0\nE SFATAL\\0VFATAL\\0C53300\\0Mremaining connection slots are reserved for roles with the "
        "SUPERUSER attribute\\0\nEOF\n",
        "the last are kept");
    os_socket_close(plain);
    for (int i = MOST - KEPT; i < MOST; i++) clients[i] = client_start(h);
    Socket *over = client_open(h);
    bytes_startup(&b, 3 << 16, "user\0u\0", 7);
    bytes_send(over, &b);
    must_read(
        h, over, 'Z', 1,
        "R \\0\\0\\0\\0\nE SFATAL\\0VFATAL\\0C53300\\0Msorry, too many clients already\\0\nEOF\n",
        "full");
    os_socket_close(over);
    os_socket_close(clients[0]);
    pass(50);
    clients[0] = client_start(h);
    for (int i = 0; i < MOST; i++) os_socket_close(clients[i]);
}

static void flood_body(Harness *h)
{
    enum { MANY = 300 };
    Socket *clients[MANY];
    Random *random = sim_random(sim_self());
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < MANY; i++) {
            clients[i] = client_open(h);
            char garbage[64];
            random_bytes(random, garbage, sizeof garbage);
            garbage[0] = garbage[1] = garbage[2] = 0; /* some look like a packet */
            client_send(clients[i], garbage, random_below(random, sizeof garbage));
        }
        for (int i = 0; i < MANY; i++) os_socket_close(clients[i]);
    }
    pass(100);
    Socket *client = client_start(h);
    os_socket_close(client);
}

static void test_limits(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 3; seed++) {
        Harness h = {.body = limit_body,
                     .settings = {{STR("max_connections"), STR("10"), SETTING_FROM_FILE, {0}, 0}},
                     .setting_count = 1};
        harness_run(&h, test_seed(seed));
    }
    Harness h = {.body = flood_body};
    harness_run(&h, test_seed(1));
}

/* ---- many idle sessions cost little */

static void idle_memory_body(Harness *h)
{
    enum { MANY = 90 };
    Socket *clients[MANY];
    for (int i = 0; i < MANY; i++) clients[i] = client_start(h);
    for (int i = 0; i < MANY; i++) {
        ask(h, clients[i], "rows 100");
        (void)client_read(h, clients[i], 'Z', 1);
    }
    size_t mine = arena_held(h->arena);
    pass(20000); /* workers end, buffers are given back */
    size_t each = (account_used(h->account) - mine) / MANY;
    if (each >= 24 << 10) (void)fprintf(stderr, "%zu bytes a session\n", each);
    CHECK_TRUE(each < 24 << 10);
    for (int i = 0; i < MANY; i++) os_socket_close(clients[i]);
}

static void test_idle_sessions_are_small(void **state)
{
    (void)state;
    Harness h = {.body = idle_memory_body};
    harness_run(&h, test_seed(1));
}

/* ---- from outside */

static void terminate_body(Harness *h)
{
    uint8_t key[64];
    size_t bytes;
    Socket *idle = start_with_key(h, 3 << 16, key, &bytes);
    uint32_t idle_process = (uint32_t)key[0] << 24 | (uint32_t)key[1] << 16 |
                            (uint32_t)key[2] << 8 | key[3];
    Socket *busy = start_with_key(h, 3 << 16, key, &bytes);
    uint32_t busy_process = (uint32_t)key[0] << 24 | (uint32_t)key[1] << 16 |
                            (uint32_t)key[2] << 8 | key[3];
    ask(h, busy, "sleep 100000");
    pass(50);
    CHECK_TRUE(server_cancel(h->server, busy_process));
    must_read(h, busy, 'Z', 1, CANCELED("user request"), "canceled");
    ask(h, busy, "sleep 100000");
    pass(50);
    CHECK_TRUE(server_terminate(h->server, idle_process) &&
               server_terminate(h->server, busy_process));
    CHECK_TRUE(!server_terminate(h->server, 1) && !server_cancel(h->server, 1));
    static const char told[] =
        "E SFATAL\\0VFATAL\\0C57P01\\0Mterminating connection due to administrator command\\0\nEOF\n";
    must_read(h, idle, 'Z', 1, told, "idle");
    must_read(h, busy, 'Z', 1, told, "busy");
    os_socket_close(idle);
    os_socket_close(busy);
    /* a smart stop waits for the last session and lets nobody in */
    Socket *last = client_start(h);
    server_stop(h->server, SERVER_STOPS_SMART);
    Socket *late = client_open(h);
    Bytestring b = bytes_new(h);
    bytes_startup(&b, 3 << 16, "user\0u\0", 7);
    bytes_send(late, &b);
    must_read(
        h, late, 'Z', 1,
        "R \\0\\0\\0\\0\nE SFATAL\\0VFATAL\\0C57P03\\0Mthe database system is shutting down\\0\nEOF\n",
        "late");
    ask(h, last, "");
    must_read(h, last, 'Z', 1, "I\nZ I\n", "last");
    os_socket_close(last);
    os_socket_close(late);
}

static void reload_body(Harness *h)
{
    Socket *client = client_start(h);
    SettingAssignment all = {STR("log_statement"), STR("all"), SETTING_FROM_FILE, {0}, 0};
    ServerSettings *settings = server_settings_new(h->account, &all, 1, NULL, NULL, NULL);
    Access *access = access_parse(h->account, STR("host all all all reject\n"), (Str){0}, NULL,
                                  NULL);
    server_reload(h->server, settings, access, NULL);
    server_settings_release(settings);
    access_release(access);
    uint32_t lines = h->log_lines;
    ask(h, client, "");
    must_read(h, client, 'Z', 1, "I\nZ I\n", "an old session goes on");
    CHECK_TRUE(h->log_lines == lines + 1);
    CHECK_TRUE(strcmp(h->log_last, "u@d 127.0.0.1 client backend: LOG:  statement: \n") == 0);
    Socket *other = client_open(h);
    Bytestring b = bytes_new(h);
    bytes_startup(&b, 3 << 16, "user\0u\0database\0d\0", 18);
    bytes_send(other, &b);
    must_read(
        h, other, 'Z', 1,
        "E SFATAL\\0VFATAL\\0C28000\\0Mpg_hba.conf rejects connection for host \"127.0.0.1\", user \"u\", "
        "database \"d\", no encryption\\0\nEOF\n",
        "a new one is refused");
    os_socket_close(other);
    os_socket_close(client);
}

static void test_from_outside(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 3; seed++) {
        Harness h = {.body = terminate_body};
        harness_run(&h, test_seed(seed));
        Harness r = {.body = reload_body};
        harness_run(&r, test_seed(seed));
    }
}

/* ---- random bytes behind a good start: no crash, and the server goes on */

static void garbage_body(Harness *h)
{
    static const char types[] = "QPBDECHSFdcfXp";
    Random *random = sim_random(sim_self());
    for (int round = 0; round < 60; round++) {
        Socket *client = client_start(h);
        Bytestring b = bytes_new(h);
        for (int i = 0; i < 20; i++) {
            char body[40];
            size_t bytes = random_below(random, sizeof body);
            for (size_t at = 0; at < bytes; at++)
                body[at] = (char)(random_below(random, 3) ? 0 : random_u64(random));
            bytes_message(&b, types[random_below(random, sizeof types - 1)], body, bytes);
        }
        (void)client_try_send(client, str_peek(&b.out).data, str_peek(&b.out).bytes);
        pass(20);
        os_socket_close(client);
    }
    Socket *client = client_start(h);
    os_socket_close(client);
}

static void test_garbage(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 4; seed++) {
        Harness h = {.body = garbage_body};
        harness_run(&h, test_seed(seed));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cancel),
        cmocka_unit_test(test_timeouts),
        cmocka_unit_test(test_slow_readers),
        cmocka_unit_test(test_waiting_gives_the_permit_back),
        cmocka_unit_test(test_transactions_are_held_back),
        cmocka_unit_test(test_crowd),
        cmocka_unit_test(test_wide_messages),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_garbage),
        cmocka_unit_test(test_idle_sessions_are_small),
        cmocka_unit_test(test_from_outside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

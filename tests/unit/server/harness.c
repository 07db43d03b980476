/* SPDX-License-Identifier: Apache-2.0 */
/* harness.c - see harness.h. */
#include "harness.h"

#include "base/log.h"

enum { PORT = 5432 };

static SocketAddress loopback(void)
{
    return (SocketAddress){.kind = SOCKET_IPV4, .port = PORT, .ip = {127, 0, 0, 1}};
}

/* ---- the server */

static void server_main(void *arg)
{
    Harness *h = arg;
    server_run(h->server);
}

static void count_line(void *arg, const Error *record, Str line)
{
    Harness *h = arg;
    (void)record;
    h->log_lines++;
    (void)snprintf(h->log_last, sizeof h->log_last, "%.*s", STR_ARG(line));
    if (getenv("TUSK_SHOW_LOG")) (void)fprintf(stderr, "%.*s", STR_ARG(line));
}

static void complain(void *arg, const char *file, int line, Str message)
{
    (void)arg;
    (void)fprintf(stderr, "%s:%d: %.*s\n", file, line, STR_ARG(message));
}

void harness_main(void *arg)
{
    Harness *h = arg;
    SocketAddress address = loopback();
    Socket *listener;
    h->account = account_new(task_self()->account, "server", ACCOUNT_UNLIMITED);
    h->arena = arena_new(h->account, "harness");
    h->log = (Log){.least = SEVERITY_LOG,
                   .prefix = "%u@%d %h %a%b: ",
                   .escape = server_log_escape,
                   .about = server_log_about,
                   .sink = count_line,
                   .sink_arg = h};
    ServerSettings *settings = server_settings_new(h->account, h->settings, h->setting_count, NULL,
                                                   NULL, NULL);
    Access *access = access_parse(h->account,
                                  str_from(h->hba ? h->hba : "host all all all trust\n"),
                                  str_from(h->ident ? h->ident : ""), complain, NULL);
    CHECK_TRUE(access != NULL);
    must_be_ok(os_socket_listen(&address, 512, 0, &listener));
    ServerOptions options = {
        .account = h->account,
        .engine = (Engine *)(void *)&h->engine,
        .ops = &double_ops,
        .settings = settings,
        .access = access,
        .listeners = &listener,
        .listener_count = 1,
        .log = &h->log,
        .workers_at_once = h->workers_at_once,
    };
    h->server = server_new(&options);
    Task *task = start_task("listener", server_main, h);
    h->body(h);
    server_stop(h->server, SERVER_STOPS_FAST);
    os_task_join(task);
    CHECK_TRUE(server_session_count(h->server) == 0);
    CHECK_TRUE(h->engine.opened == h->engine.closed);
    server_release(h->server);
    os_socket_close(listener);
    access_release(access);
    server_settings_release(settings);
    arena_drop(h->arena);
    CHECK_TRUE(account_used(h->account) == 0);
    account_drop(h->account);
}

void harness_run(Harness *h, uint64_t seed)
{
    static const DoubleRole roles[] = {
        {"u", "", "readers", true, false},
        {"plain", "", "", false, false},
        {"nologin", "", "", false, true},
    };
    if (!h->engine.roles) {
        h->engine.roles = roles;
        h->engine.role_count = ARRAY_LEN(roles);
    }
    Sim *sim = new_sim(seed);
    SimEnd end = sim_run(sim, harness_main, h);
    if (end != SIM_DONE) fail_msg("seed %d: %s", (int)seed, sim_report(sim));
    assert_int_equal(sim_leftovers(sim), 0);
    sim_release(sim);
}

/* ---- clients */

Socket *client_open(Harness *h)
{
    (void)h;
    SocketAddress address = loopback();
    Socket *client;
    must_be_ok(os_socket_connect(&address, deadline_in_ms(60000), &client));
    return client;
}

static Status send_until(Socket *client, const char *at, size_t bytes, int64_t patience_ms)
{
    while (bytes > 0) {
        size_t done = 0;
        Status status = os_socket_write(client, at, bytes, &done);
        if (status == ST_BUSY)
            status = os_socket_wait(client, SOCKET_WRITABLE, WAIT_CLIENT_WRITE,
                                    deadline_in_ms(patience_ms));
        if (status != OK) return status;
        at += done;
        bytes -= done;
    }
    return OK;
}

void client_send(Socket *client, const void *data, size_t bytes)
{
    Status status = send_until(client, data, bytes, 600000);
    CHECK_TRUE(status == OK || status == ST_CLOSED); /* the answer tells why it is closed */
}

bool client_try_send(Socket *client, const void *data, size_t bytes)
{
    Status status = send_until(client, data, bytes, 100);
    CHECK_TRUE(status == OK || status == ST_CLOSED || status == ST_TIMEOUT);
    return status == OK;
}

static bool read_bytes(Socket *client, void *data, size_t bytes, const char **end)
{
    char *at = data;
    while (bytes > 0) {
        size_t done = 0;
        Status status = os_socket_read(client, at, bytes, &done);
        if (status == ST_BUSY)
            status = os_socket_wait(client, SOCKET_READABLE, WAIT_CLIENT_READ,
                                    deadline_in_ms(1000));
        if (status != OK) {
            *end = status == ST_TIMEOUT ? "..." : "EOF";
            return false;
        }
        at += done;
        bytes -= done;
    }
    return true;
}

static void print_bytes(StrBuilder *out, const uint8_t *data, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++) {
        if (data[i] == 0)
            str_add(out, STR("\\0"));
        else if (data[i] >= 32 && data[i] < 127)
            str_add_char(out, (char)data[i]);
        else
            str_add_format(out, "\\%02x", data[i]);
    }
}

/* Without file, line and routine. */
static size_t cut_place(const uint8_t *body, size_t bytes)
{
    for (size_t at = 0; at < bytes && body[at];) {
        if (body[at] == 'F') return at;
        at += strlen((const char *)body + at) + 1;
    }
    return bytes;
}

Str client_read(Harness *h, Socket *client, char until, uint32_t count)
{
    StrBuilder out = str_builder(h->arena, 128);
    const char *end = NULL;
    while (count > 0) {
        uint8_t head[5];
        if (!read_bytes(client, head, 1, &end)) break;
        if (!until) { /* one byte: an answer to a request for encryption */
            str_add_char(&out, (char)head[0]);
            return str_done(&out);
        }
        if (!read_bytes(client, head + 1, 4, &end)) break;
        size_t bytes = ((size_t)head[1] << 24 | (size_t)head[2] << 16 | (size_t)head[3] << 8 |
                        head[4]) -
                       4;
        uint8_t *body = arena_alloc(h->arena, bytes + 1);
        body[bytes] = 0;
        if (!read_bytes(client, body, bytes, &end)) break;
        size_t shown = bytes;
        if (head[0] == 'E' || head[0] == 'N') shown = cut_place(body, bytes);
        if (head[0] == 'K') shown = 0;
        str_add_char(&out, (char)head[0]);
        if (shown) str_add_char(&out, ' ');
        print_bytes(&out, body, MIN(shown, (size_t)200));
        str_add_char(&out, '\n');
        if ((char)head[0] == until) count--;
    }
    if (end) str_add_format(&out, "%s\n", end);
    return str_done(&out);
}

void must_read(Harness *h, Socket *client, char until, uint32_t count, const char *wanted,
               const char *what)
{
    Str got = client_read(h, client, until, count);
    if (str_equal(got, str_from(wanted))) return;
    (void)fprintf(stderr, "%s\n--- got\n%.*s--- wanted\n%s", what, STR_ARG(got), wanted);
    assert_failed("answer", __FILE__, __LINE__);
}

Socket *client_start(Harness *h)
{
    Socket *client = client_open(h);
    Bytestring b = bytes_new(h);
    bytes_startup(&b, 3 << 16, "user\0u\0database\0d\0", 18);
    bytes_send(client, &b);
    must_read(h, client, 'Z', 1, "R \\0\\0\\0\\0\nS server_version\\018.4\\0\nK\nZ I\n", "start");
    return client;
}

/* ---- bytes */

Bytestring bytes_new(Harness *h)
{
    return (Bytestring){str_builder(h->arena, 64)};
}

void bytes_u16(Bytestring *b, uint16_t value)
{
    str_add_char(&b->out, (char)(value >> 8));
    str_add_char(&b->out, (char)value);
}

void bytes_u32(Bytestring *b, uint32_t value)
{
    bytes_u16(b, (uint16_t)(value >> 16));
    bytes_u16(b, (uint16_t)value);
}

void bytes_message(Bytestring *b, char type, const void *body, size_t bytes)
{
    str_add_char(&b->out, type);
    bytes_u32(b, (uint32_t)bytes + 4);
    str_add(&b->out, (Str){body, bytes});
}

void bytes_query(Bytestring *b, const char *sql)
{
    bytes_message(b, 'Q', sql, strlen(sql) + 1);
}

void bytes_startup(Bytestring *b, uint32_t version, const char *pairs, size_t bytes)
{
    bytes_u32(b, (uint32_t)bytes + 9);
    bytes_u32(b, version);
    str_add(&b->out, (Str){pairs, bytes});
    str_add_char(&b->out, 0);
}

void bytes_send(Socket *client, Bytestring *b)
{
    Str all = str_peek(&b->out);
    client_send(client, all.data, all.bytes);
    str_truncate(&b->out, 0);
}

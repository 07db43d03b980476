/* SPDX-License-Identifier: Apache-2.0 */
/* startup.c - from the first byte to the first ReadyForQuery: requests for encryption, cancel requests, the startup
 * packet with its protocol version and options, authentication, the session's opening. */
#include "server/server_internal.h"

enum {
    STARTUP_BYTES_MIN = 8,
    STARTUP_BYTES_MAX = 10004, /* of the packet, its length included */
    STARTUP_OPTIONS_MAX = 1000,
    CODE_CANCEL = 80877102,
    CODE_SSL = 80877103,
    CODE_GSS = 80877104,
    NAME_BYTES_MAX = 63,
    TLS_HANDSHAKE_BYTE = 0x16,
};

typedef struct Options {
    Connection *connection;
    Str pairs[2 * STARTUP_OPTIONS_MAX];
    uint32_t count;
    Str unknown[STARTUP_OPTIONS_MAX]; /* of the protocol: _pq_.something */
    uint32_t unknown_count;
} Options;

static uint32_t get_u32(const uint8_t *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* ---- encryption */

static TlsContext *hold_tls(Server *server)
{
    mutex_lock(&server->lock);
    TlsContext *context = server->tls ? tls_context_hold(server->tls) : NULL;
    mutex_unlock(&server->lock);
    return context;
}

/* What was read already belongs to TLS. */
static StartupStep begin_tls(Connection *c, TlsContext *context, bool direct)
{
    c->tls_context = context;
    Tls *tls = tls_new(c->account, context, c->wire.socket);
    tls_feed(tls, wire_peek(&c->wire), wire_available(&c->wire));
    wire_consume(&c->wire, wire_available(&c->wire));
    c->wire.tls = tls;
    Status status = tls_accept(tls, DEADLINE_NEVER);
    if (status == ST_CANCELLED) task_check();
    if (status == OK && (!direct || tls_agreed_postgresql(tls))) return STARTUP_MORE;
    if (status == OK)
        log_write(SEVERITY_LOG, "received direct SSL connection request without ALPN protocol "
                                "negotiation extension");
    c->wire.lost = true; /* nothing more can be said over it */
    return STARTUP_CLOSE;
}

static void refuse_early_data(Connection *c, const char *what)
{
    if (wire_available(&c->wire) == 0) return;
    error_raise(error_severity(
        error_detail(error_message(error_begin(SQLSTATE_PROTOCOL_VIOLATION),
                                   "received unencrypted data after %s request", what),
                     "This could be either a client-software bug or evidence of an attempted "
                     "man-in-the-middle attack."),
        SEVERITY_FATAL));
}

static StartupStep answer_ssl(Connection *c)
{
    TlsContext *context = c->peer.kind == SOCKET_UNIX || c->wire.tls ? NULL : hold_tls(c->server);
    c->tls_refused = context == NULL;
    wire_answer(&c->wire, context ? 'S' : 'N');
    if (wire_available(&c->wire) > 0 && context) tls_context_release(context);
    refuse_early_data(c, "SSL");
    return context ? begin_tls(c, context, false) : STARTUP_MORE;
}

static StartupStep answer_gss(Connection *c)
{
    c->gss_refused = true;
    wire_answer(&c->wire, 'N');
    refuse_early_data(c, "GSSAPI encryption");
    return STARTUP_MORE;
}

/* ---- the packet */

static void bad_layout(void)
{
    connection__fatal(SQLSTATE_PROTOCOL_VIOLATION,
                      "invalid startup packet layout: expected terminator as last byte");
}

static Str cut_name(Connection *c, Str name)
{
    return str_copy(c->arena, str_slice(name, 0, NAME_BYTES_MAX));
}

static void add_option(Options *o, Str name, Str value)
{
    if (o->count == STARTUP_OPTIONS_MAX)
        connection__fatal(SQLSTATE_PROTOCOL_VIOLATION, "too many startup options");
    Arena *arena = o->connection->arena;
    o->pairs[2 * o->count] = str_copy(arena, name);
    o->pairs[2 * o->count + 1] = str_copy(arena, value);
    o->count++;
}

/* ---- "options": words as a command line, a backslash before a space keeps it */

static bool next_word(Arena *arena, Str *rest, Str *word)
{
    StrBuilder out = str_builder(arena, 32);
    size_t at = 0;
    while (at < rest->bytes && rest->data[at] == ' ') at++;
    if (at == rest->bytes) return false;
    for (; at < rest->bytes && rest->data[at] != ' '; at++) {
        if (rest->data[at] == '\\' && at + 1 < rest->bytes) at++;
        str_add_char(&out, rest->data[at]);
    }
    *word = str_done(&out);
    *rest = str_slice(*rest, at, rest->bytes);
    return true;
}

static void add_assignment(Options *o, Str text, const char *flag)
{
    size_t equals;
    if (!str_find_char(text, '=', &equals))
        connection__fatal(SQLSTATE_SYNTAX_ERROR, "%s%.*s requires a value", flag, STR_ARG(text));
    char *name = str_copy_zero(o->connection->arena, str_slice(text, 0, equals));
    for (char *at = name; *at; at++)
        if (*at == '-') *at = '_';
    add_option(o, str_from(name), str_slice(text, equals + 1, text.bytes));
}

static void read_command_line(Options *o, Str rest)
{
    Arena *arena = o->connection->arena;
    Str word;
    while (next_word(arena, &rest, &word)) {
        if (str_equal(word, STR("-c"))) {
            if (!next_word(arena, &rest, &word)) word = (Str){0};
            add_assignment(o, word, "-c ");
        } else if (str_starts(word, STR("-c"))) {
            add_assignment(o, str_slice(word, 2, word.bytes), "-c ");
        } else if (str_starts(word, STR("--"))) {
            add_assignment(o, str_slice(word, 2, word.bytes), "--");
        } else {
            error_raise(error_severity(
                error_hint(error_message(error_begin(SQLSTATE_SYNTAX_ERROR),
                                         "invalid command-line argument for server process: %.*s",
                                         STR_ARG(word)),
                           "Try \"postgres --help\" for more information."),
                SEVERITY_FATAL));
        }
    }
}

static void read_replication(Connection *c, Str value)
{
    static const char *const words[] = {"false", "off", "no", "0",       "true",
                                        "on",    "yes", "1",  "database"};
    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        if (!str_equal_ascii_nocase(value, str_from(words[i]))) continue;
        if (i >= 4) c->replication = str_from(words[i]);
        return;
    }
    error_raise(error_severity(
        error_hint(error_message(error_begin(SQLSTATE_INVALID_PARAMETER_VALUE),
                                 "invalid value for parameter \"replication\": \"%.*s\"",
                                 STR_ARG(value)),
                   "Valid values are: \"false\", 0, \"true\", 1, \"database\"."),
        SEVERITY_FATAL));
}

static void read_pair(Options *o, Str name, Str value)
{
    Connection *c = o->connection;
    if (str_equal(name, STR("user")))
        c->user = cut_name(c, value);
    else if (str_equal(name, STR("database")))
        c->database = cut_name(c, value);
    else if (str_equal(name, STR("options")))
        read_command_line(o, value);
    else if (str_equal(name, STR("replication")))
        read_replication(c, value);
    else if (str_starts(name, STR("_pq_."))) {
        if (o->unknown_count < STARTUP_OPTIONS_MAX)
            o->unknown[o->unknown_count++] = str_copy(c->arena, name);
    } else {
        if (str_equal(name, STR("application_name")))
            c->application_name = str_copy(c->arena, value);
        add_option(o, name, value);
    }
}

static Str packet_text(const uint8_t **at, const uint8_t *end)
{
    const uint8_t *from = *at, *zero = memchr(from, 0, (size_t)(end - from));
    if (!zero) bad_layout();
    *at = zero + 1;
    return (Str){(const char *)from, (size_t)(zero - from)};
}

static void read_packet(Options *o, const uint8_t *at, const uint8_t *end)
{
    while (at < end && *at != 0) {
        Str name = packet_text(&at, end);
        if (at >= end) bad_layout();
        Str value = packet_text(&at, end);
        read_pair(o, name, value);
    }
    if (at != end - 1) bad_layout();
}

/* A client of a later minor version, or with options of the protocol that are not known, is told what there is. */
static void negotiate(Connection *c, const Options *o, uint32_t minor)
{
    c->protocol_minor = (uint16_t)MIN(minor, (uint32_t)PROTOCOL_MINOR_MAX);
    if (minor <= PROTOCOL_MINOR_MAX && o->unknown_count == 0) return;
    wire_begin(&c->wire, 'v');
    wire_i32(&c->wire, 3 << 16 | c->protocol_minor);
    wire_i32(&c->wire, (int32_t)o->unknown_count);
    for (uint32_t i = 0; i < o->unknown_count; i++) wire_text(&c->wire, o->unknown[i]);
    wire_end(&c->wire);
}

/* ---- opening the session */

static void check_slots(Connection *c, const SessionRole *role)
{
    Server *server = c->server;
    mutex_lock(&server->lock);
    const Settings *settings = server_settings_values(server->settings);
    uint32_t most = (uint32_t)settings->max_connections;
    uint32_t kept = (uint32_t)(settings->superuser_reserved_connections +
                               settings->reserved_connections);
    uint32_t others = server->session_count++;
    bool stopping = server->stop != SERVER_RUNS;
    bool may_use_kept = role->superuser;
    bool full = others >= most, reserved = !may_use_kept && others + kept >= most;
    if (stopping || full || reserved) server->session_count--;
    mutex_unlock(&server->lock);
    if (stopping)
        connection__fatal(SQLSTATE_CANNOT_CONNECT_NOW, "the database system is shutting down");
    if (full) connection__fatal(SQLSTATE_TOO_MANY_CONNECTIONS, "sorry, too many clients already");
    if (reserved)
        connection__fatal(SQLSTATE_TOO_MANY_CONNECTIONS,
                          "remaining connection slots are reserved for roles with the SUPERUSER "
                          "attribute");
    c->counted = true;
}

/* Texts live as long as the connection. */
static ClientAddress client_address(Connection *c)
{
    SocketAddress local;
    ClientAddress address = {.port = -1, .server_port = -1};
    if (c->peer.kind == SOCKET_UNIX) return address;
    address.host = socket_address_print(c->arena, &c->peer);
    address.port = c->peer.port;
    if (os_socket_local(c->wire.socket, &local) == OK) {
        address.server_host = socket_address_print(c->arena, &local);
        address.server_port = local.port;
    }
    if (!c->wire.tls) return address;
    address.tls_version = str_from(tls_protocol(c->wire.tls));
    address.tls_cipher = str_from(tls_cipher(c->wire.tls));
    address.tls_bits = tls_bits(c->wire.tls);
    address.client_dn = tls_peer_text(c->arena, c->wire.tls, TLS_PEER_SUBJECT);
    address.client_serial = tls_peer_text(c->arena, c->wire.tls, TLS_PEER_SERIAL);
    address.issuer_dn = tls_peer_text(c->arena, c->wire.tls, TLS_PEER_ISSUER);
    return address;
}

static void open_session(Connection *c, const Options *o)
{
    Server *server = c->server;
    mutex_lock(&server->lock);
    c->settings = server_settings_hold(server->settings);
    c->settings_version = atomic_load(&server->settings_version);
    mutex_unlock(&server->lock);
    SessionOptions options = {
        .engine = server->engine,
        .account = c->account,
        .process = c->process,
        .user = c->user,
        .database = c->database,
        .application_name = c->application_name,
        .options = o->pairs,
        .option_count = o->count,
        .settings = c->settings,
        .sink = &c->sink,
        .address = client_address(c),
        .system_user = c->system_user,
        .authenticated = true,
    };
    c->session = server->ops->open(&options);
    server->ops->report_settings(c->session);
}

static void send_key(Connection *c)
{
    c->cancel_key_bytes = c->protocol_minor >= 2 ? CANCEL_KEY_BYTES_MAX : 4;
    os_random_bytes(c->cancel_key, c->cancel_key_bytes);
    wire_begin(&c->wire, 'K');
    wire_i32(&c->wire, (int32_t)c->process);
    wire_bytes(&c->wire, c->cancel_key, c->cancel_key_bytes);
    wire_end(&c->wire);
}

/* log_connections: a boolean, or a list of what to log. */
static bool logs(const Connection *c, const char *what)
{
    Str value = server_settings_values(c->settings)->log_connections;
    static const char *const all[] = {"on", "true", "yes", "1", "all"};
    size_t at;
    for (size_t i = 0; i < ARRAY_LEN(all); i++)
        if (str_equal_ascii_nocase(value, str_from(all[i]))) return true;
    return str_find(value, str_from(what), &at);
}

static void log_authorized(Connection *c)
{
    if (!logs(c, "authorization")) return;
    StrBuilder line = str_builder(c->scratch, 128);
    str_add_format(&line, "connection authorized: user=%.*s database=%.*s", STR_ARG(c->user),
                   STR_ARG(c->database));
    if (c->application_name.bytes)
        str_add_format(&line, " application_name=%.*s", STR_ARG(c->application_name));
    if (c->wire.tls)
        str_add_format(&line, " SSL enabled (protocol=%s, cipher=%s)", tls_protocol(c->wire.tls),
                       tls_cipher(c->wire.tls));
    log_write(SEVERITY_LOG, "%.*s", STR_ARG(str_peek(&line)));
}

static void start_session(Connection *c, Options *o)
{
    SessionRole role;
    if (c->user.bytes == 0)
        connection__fatal(SQLSTATE_INVALID_AUTHORIZATION_SPECIFICATION,
                          "no PostgreSQL user name specified in startup packet");
    if (c->database.bytes == 0) c->database = c->user;
    if (c->replication.bytes)
        connection__fatal(SQLSTATE_FEATURE_NOT_SUPPORTED,
                          "replication connections are not supported");
    auth__check(c);
    if (!c->server->ops->role_find(c->server->engine, c->scratch, c->user, &role))
        connection__fatal(SQLSTATE_INVALID_AUTHORIZATION_SPECIFICATION,
                          "role \"%.*s\" does not exist", STR_ARG(c->user));
    if (!role.login)
        connection__fatal(SQLSTATE_INVALID_AUTHORIZATION_SPECIFICATION,
                          "role \"%.*s\" is not permitted to log in", STR_ARG(c->user));
    check_slots(c, &role);
    open_session(c, o);
    log_authorized(c);
    send_key(c);
    alarm__clear(c, ALARM_AUTHENTICATION);
}

static StartupStep read_startup(Connection *c, const uint8_t *packet, size_t bytes,
                                uint32_t version)
{
    SCOPED(scope);
    Options *o = arena_alloc_zero(scope_arena(scope, c->account, "startup options"),
                                  sizeof(Options));
    o->connection = c;
    uint32_t major = version >> 16, minor = version & 0xffff;
    if (major != 3)
        connection__fatal(SQLSTATE_FEATURE_NOT_SUPPORTED,
                          "unsupported frontend protocol %u.%u: server supports 3.0 to 3.%d", major,
                          minor, PROTOCOL_MINOR_MAX);
    if (bytes == STARTUP_BYTES_MIN) bad_layout();
    read_packet(o, packet + 8, packet + bytes);
    wire_consume(&c->wire, bytes); /* its texts are copied */
    negotiate(c, o, minor);
    start_session(c, o);
    return STARTUP_DONE;
}

static StartupStep cancel(Connection *c, const uint8_t *packet, size_t bytes)
{
    Bytes key = {packet + 12, bytes - 12};
    if (bytes >= 12 && key.bytes >= 1)
        workers__cancel(c->server, get_u32(packet + 8), key);
    else
        log_write(SEVERITY_LOG, "invalid length of cancel request packet");
    c->wire.lost = true;
    return STARTUP_CLOSE;
}

/* One packet, if it is whole. */
static StartupStep read_one(Connection *c, bool *whole)
{
    size_t available = wire_available(&c->wire);
    const uint8_t *packet = wire_peek(&c->wire);
    *whole = false;
    if (available > 0 && packet[0] == TLS_HANDSHAKE_BYTE && !c->wire.tls) {
        TlsContext *context = c->peer.kind == SOCKET_UNIX ? NULL : hold_tls(c->server);
        *whole = true;
        c->wire.lost = context == NULL;
        return context ? begin_tls(c, context, true) : STARTUP_CLOSE;
    }
    if (available < 4) return STARTUP_MORE;
    size_t bytes = get_u32(packet);
    if (bytes < STARTUP_BYTES_MIN || bytes > STARTUP_BYTES_MAX) {
        log_write(SEVERITY_LOG, "invalid length of startup packet");
        c->wire.lost = true;
        return STARTUP_CLOSE;
    }
    if (available < bytes) return STARTUP_MORE;
    *whole = true;
    uint32_t code = get_u32(packet + 4);
    if (code == CODE_CANCEL) return cancel(c, packet, bytes);
    bool first_ssl = code == CODE_SSL && !c->tls_refused,
         first_gss = code == CODE_GSS && !c->gss_refused;
    if (!first_ssl && !first_gss) return read_startup(c, packet, bytes, code);
    wire_consume(&c->wire, bytes);
    return first_ssl ? answer_ssl(c) : answer_gss(c);
}

StartupStep startup__step(Connection *connection)
{
    for (;;) {
        bool whole = false;
        StartupStep step = read_one(connection, &whole);
        if (step != STARTUP_MORE) return step;
        if (whole) continue;
        Status status = wire_fill(&connection->wire);
        if (status == ST_BUSY) return STARTUP_MORE;
        if (status == ST_NO_MEMORY) raise_status(status);
        if (status == OK) continue;
        connection->wire.lost = true;
        return STARTUP_CLOSE;
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
/* protocol.c - the messages of a session, by a table: what each does, how long it may be, whether it belongs to the
 * extended protocol. Results come back through the sink. */
#include "server/server_internal.h"

#include "type/encoding.h"
#include "type/text.h"

typedef struct MessageKind {
    void (*handle)(Connection *c, Message *message);
    bool extended, small;
} MessageKind;

static Session *session_of(Connection *c)
{
    return c->session;
}

/* ---- texts */

/* What the client's texts are in now. */
static void take_encoding(Connection *c)
{
    const Str name = c->server->ops->settings(c->session)->client_encoding;
    c->wire.encoding = str_equal(name, STR("UTF8")) ? NULL : encoding_of_client_named(name);
}

/* A text of the client as UTF-8. */
static Str check_text(Connection *c, Str text)
{
    InputError err = {.arena = c->scratch};
    if (c->wire.encoding && !encoding_is_ascii(text))
        return encoding_decode(c->scratch, c->wire.encoding, text);
    if (!text_check_encoding(text, &err)) input_error_raise(&err);
    return text;
}

/* ---- statement timeout: set where a statement begins, anew for each statement of a simple query */

static void time_statement(Connection *c)
{
    int32_t timeout = c->server->ops->settings(c->session)->statement_timeout;
    if (timeout <= 0 && !c->statement_timed) return;
    c->statement_timed = timeout > 0;
    if (timeout > 0)
        alarm__set(c, ALARM_STATEMENT, timeout);
    else
        alarm__clear(c, ALARM_STATEMENT);
}

static void untime_statement(Connection *c)
{
    if (c->statement_timed) alarm__clear(c, ALARM_STATEMENT);
    c->statement_timed = false;
}

/* ---- transaction timeout: from a transaction's first message on, or from where it is set */

static void time_transaction(Connection *c)
{
    const SessionOps *ops = c->server->ops;
    const int32_t timeout = MAX(ops->settings(c->session)->transaction_timeout, 0);
    const bool in_block = ops->block(c->session) != SESSION_IDLE;
    const bool another = c->timed_block && !in_block; /* a block has ended within the query */
    c->timed_block = in_block;
    /* Another time that is set meanwhile holds for the next transaction. */
    if ((timeout > 0) == c->transaction_timed && !(another && timeout > 0)) return;
    c->transaction_timed = timeout > 0;
    if (timeout > 0)
        alarm__set(c, ALARM_TRANSACTION, timeout);
    else
        alarm__clear(c, ALARM_TRANSACTION);
}

static void untime_transaction(Connection *c)
{
    if (c->transaction_timed) alarm__clear(c, ALARM_TRANSACTION);
    c->transaction_timed = false;
    c->timed_block = false;
}

/* ---- simple query */

static void handle_query(Connection *c, Message *m)
{
    Str sql = message_text(m);
    message_end(m);
    /* COPY IN reads on, and the message's place in the buffer with it. */
    sql = str_copy(c->scratch, check_text(c, sql));
    time_statement(c);
    c->server->ops->run(session_of(c), sql);
    untime_statement(c);
    c->ready_due = true;
}

/* ---- extended query */

static void handle_parse(Connection *c, Message *m)
{
    Str name = message_text(m), sql = message_text(m);
    uint32_t count = (uint16_t)message_i16(m);
    Oid *types = ARENA_ARRAY(c->scratch, Oid, count);
    for (uint32_t i = 0; i < count; i++) types[i] = (Oid)message_i32(m);
    message_end(m);
    if (!c->statement_timed) time_statement(c);
    c->server->ops->parse(session_of(c), check_text(c, name), check_text(c, sql), types, count);
    wire_begin(&c->wire, '1');
    wire_end(&c->wire);
}

static const int16_t *read_formats(Connection *c, Message *m, uint32_t *count)
{
    *count = (uint16_t)message_i16(m);
    int16_t *formats = ARENA_ARRAY(c->scratch, int16_t, *count);
    for (uint32_t i = 0; i < *count; i++) formats[i] = message_i16(m);
    return formats;
}

static BindValue *read_values(Connection *c, Message *m, BindRequest *request)
{
    request->value_count = (uint16_t)message_i16(m);
    BindValue *values = ARENA_ARRAY(c->scratch, BindValue, request->value_count);
    for (uint32_t i = 0; i < request->value_count; i++) {
        int32_t bytes = message_i32(m);
        values[i].null = bytes == -1;
        if (bytes != -1) values[i].data = message_bytes(m, (size_t)(uint32_t)bytes);
    }
    request->values = values;
    return values;
}

/* Values in text form; those in binary form are the types' own to convert. */
static void convert_values(Connection *c, const BindRequest *request, BindValue *values)
{
    for (uint32_t i = 0; c->wire.encoding && i < request->value_count; i++) {
        const uint32_t format = request->format_count == 1 ? 0 : i;
        if (values[i].null || (request->format_count && request->formats[format] != 0)) continue;
        const Str text = check_text(c,
                                    (Str){(const char *)values[i].data.data, values[i].data.bytes});
        values[i].data = (Bytes){(const uint8_t *)text.data, text.bytes};
    }
}

static void handle_bind(Connection *c, Message *m)
{
    BindRequest request = {0};
    request.portal = check_text(c, message_text(m));
    request.statement = check_text(c, message_text(m));
    request.formats = read_formats(c, m, &request.format_count);
    BindValue *values = read_values(c, m, &request);
    if (request.format_count > 1 && request.format_count != request.value_count)
        raise_error(SQLSTATE_PROTOCOL_VIOLATION,
                    "bind message has %u parameter formats but %u parameters", request.format_count,
                    request.value_count);
    request.result_formats = read_formats(c, m, &request.result_format_count);
    message_end(m);
    convert_values(c, &request, values);
    if (!c->statement_timed) time_statement(c);
    c->server->ops->bind(session_of(c), &request);
    wire_begin(&c->wire, '2');
    wire_end(&c->wire);
}

static void describe_result(Connection *c, const Description *description)
{
    if (description->returns_rows) {
        rows__describe(&c->wire, description->columns, description->column_count);
        return;
    }
    wire_begin(&c->wire, 'n');
    wire_end(&c->wire);
}

static void handle_describe(Connection *c, Message *m)
{
    uint8_t what = message_u8(m);
    Str name = check_text(c, message_text(m));
    message_end(m);
    Description description = {0};
    if (what == 'P') {
        c->server->ops->describe_portal(session_of(c), name, c->scratch, &description);
    } else if (what == 'S') {
        c->server->ops->describe_statement(session_of(c), name, c->scratch, &description);
        wire_begin(&c->wire, 't');
        wire_i16(&c->wire, (int16_t)description.parameter_count);
        for (uint32_t i = 0; i < description.parameter_count; i++)
            wire_i32(&c->wire, (int32_t)description.parameters[i]);
        wire_end(&c->wire);
    } else {
        raise_error(SQLSTATE_PROTOCOL_VIOLATION, "invalid DESCRIBE message subtype %d", what);
    }
    describe_result(c, &description);
}

static void handle_execute(Connection *c, Message *m)
{
    Str portal = message_text(m);
    int32_t rows_max = message_i32(m);
    message_end(m);
    portal = str_copy(c->scratch, check_text(c, portal)); /* COPY IN reads on */
    if (!c->statement_timed) time_statement(c);
    if (!c->server->ops->execute(session_of(c), portal, rows_max > 0 ? (uint64_t)rows_max : 0)) {
        wire_begin(&c->wire, 's');
        wire_end(&c->wire);
    }
    untime_statement(c);
}

static void handle_close(Connection *c, Message *m)
{
    uint8_t what = message_u8(m);
    Str name = message_text(m);
    message_end(m);
    if (what == 'S')
        c->server->ops->close_statement(session_of(c), name);
    else if (what == 'P')
        c->server->ops->close_portal(session_of(c), name);
    else
        raise_error(SQLSTATE_PROTOCOL_VIOLATION, "invalid CLOSE message subtype %d", what);
    wire_begin(&c->wire, '3');
    wire_end(&c->wire);
}

static void handle_flush(Connection *c, Message *m)
{
    message_end(m);
    wire_flush(&c->wire);
}

static void handle_sync(Connection *c, Message *m)
{
    c->ready_due = true;
    c->skip_to_sync = false;
    message_end(m);
    c->server->ops->sync(session_of(c));
    untime_statement(c);
}

/* ---- the rest */

/* A call by number is a query of one value, under a name that no client chooses; its row goes out as what the function
 * gives. */
static void handle_function_call(Connection *c, Message *m)
{
    static const Str name = {"\1function call", sizeof "\1function call" - 1};
    const SessionOps *ops = c->server->ops;
    BindRequest request = {.portal = name, .statement = name, .result_format_count = 1};
    c->ready_due = true;
    const Oid function = (Oid)message_i32(m);
    request.formats = read_formats(c, m, &request.format_count);
    BindValue *values = read_values(c, m, &request);
    if (request.format_count > 1 && request.format_count != request.value_count)
        raise_error(SQLSTATE_PROTOCOL_VIOLATION,
                    "function call message contains %u argument formats but %u arguments",
                    request.format_count, request.value_count);
    const int16_t result_format = message_i16(m);
    request.result_formats = &result_format;
    message_end(m);
    convert_values(c, &request, values);
    time_statement(c);
    ops->close_statement(session_of(c), name); /* of a call that failed */
    ops->close_portal(session_of(c), name);
    const Oid *types;
    const Str sql = ops->call_text(session_of(c), c->scratch, function, request.value_count,
                                   &types);
    ops->parse(session_of(c), name, sql, types, request.value_count);
    ops->bind(session_of(c), &request);
    c->calls_function = true;
    (void)ops->execute(session_of(c), name, 0);
    c->calls_function = false;
    ops->close_portal(session_of(c), name);
    ops->close_statement(session_of(c), name);
    ops->sync(session_of(c));
    untime_statement(c);
}

/* What a client still sends of a COPY that has failed. */
static void handle_stray_copy(Connection *c, Message *m)
{
    (void)c;
    (void)m;
}

static const MessageKind *find_kind(char type)
{
    static const MessageKind kinds[] = {
        ['Q'] = {handle_query, false, false},         ['P'] = {handle_parse, true, false},
        ['B'] = {handle_bind, true, false},           ['D'] = {handle_describe, true, true},
        ['E'] = {handle_execute, true, true},         ['C'] = {handle_close, true, true},
        ['H'] = {handle_flush, true, true},           ['S'] = {handle_sync, false, true},
        ['F'] = {handle_function_call, false, false}, ['d'] = {handle_stray_copy, false, false},
        ['c'] = {handle_stray_copy, false, true},     ['f'] = {handle_stray_copy, false, true},
    };
    uint8_t index = (uint8_t)type;
    return index < ARRAY_LEN(kinds) && kinds[index].handle ? &kinds[index] : NULL;
}

size_t protocol__bytes_max(char type)
{
    const MessageKind *kind = find_kind(type);
    if (type == 'X') return WIRE_SMALL_MESSAGE_BYTES_MAX;
    return !kind || kind->small ? WIRE_SMALL_MESSAGE_BYTES_MAX : WIRE_MESSAGE_BYTES_MAX;
}

bool protocol__is_extended(char type)
{
    const MessageKind *kind = find_kind(type);
    return kind && kind->extended;
}

bool protocol__runs(char type)
{
    return type == 'Q' || type == 'B' || type == 'E' || type == 'F';
}

void protocol__handle(Connection *connection, Message message)
{
    const MessageKind *kind = find_kind(message.type);
    if (!kind)
        connection__fatal(SQLSTATE_PROTOCOL_VIOLATION, "invalid frontend message type %d",
                          (uint8_t)message.type);
    connection->server->ops->begin(session_of(connection));
    connection->server->ops->wake(session_of(connection));
    arena_reset(connection->scratch);
    take_encoding(connection);
    connection->calls_function = false;
    if (message.type == 'Q' || message.type == 'F') connection->skip_to_sync = false;
    if (strchr("QPBEF", message.type) != NULL) time_transaction(connection);
    kind->handle(connection, &message);
}

void protocol__ready(Connection *connection)
{
    Session *session = session_of(connection);
    const SessionOps *ops = connection->server->ops;
    untime_statement(connection);
    take_encoding(connection);
    ops->send_notifies(session);
    ops->report_settings(session);
    ops->rest(session);
    SessionBlock block = ops->block(session);
    wire_begin(&connection->wire, 'Z');
    wire_u8(&connection->wire, (uint8_t)block);
    wire_end(&connection->wire);
    bool in_transaction = block != SESSION_IDLE;
    if (in_transaction)
        time_transaction(connection);
    else
        untime_transaction(connection);
    if (!in_transaction) gate__ended(connection->server, connection);
    connection->in_transaction = in_transaction;
    connection->ready_due = false;
}

/* ---- the sink */

static void sink_describe(void *arg, const ResultColumn *columns, uint32_t count)
{
    Connection *c = arg;
    take_encoding(c);
    rows__describe(&c->wire, columns, count);
}

static void sink_rows(void *arg, const FnEnv *env, const ResultColumn *columns, const Batch *batch)
{
    rows__send(arg, env, columns, batch);
}

static void sink_complete(void *arg, Str tag)
{
    Connection *c = arg;
    if (c->calls_function) return;
    wire_begin(&c->wire, 'C');
    wire_text(&c->wire, tag);
    wire_end(&c->wire);
    time_transaction(c);
    if (c->statement_timed) time_statement(c); /* the next one of this query */
}

static void sink_empty(void *arg)
{
    Connection *c = arg;
    wire_begin(&c->wire, 'I');
    wire_end(&c->wire);
}

/* client_min_messages counts from the least severe; INFO always goes out. */
static bool client_wants(Connection *c, Severity severity)
{
    static const Severity least[] = {
        SEVERITY_DEBUG5, SEVERITY_DEBUG4, SEVERITY_DEBUG3,  SEVERITY_DEBUG2, SEVERITY_DEBUG1,
        SEVERITY_LOG,    SEVERITY_NOTICE, SEVERITY_WARNING, SEVERITY_ERROR,
    };
    if (severity == SEVERITY_INFO || !c->session) return true;
    return severity >= least[c->server->ops->settings(c->session)->client_min_messages];
}

static void sink_notice(void *arg, const Error *notice)
{
    Connection *c = arg;
    if (client_wants(c, notice->severity)) connection__send_error(c, notice, 'N');
    connection__log_error(c, notice);
}

static void sink_copy_begin(void *arg, bool in, bool binary, uint32_t columns)
{
    Connection *c = arg;
    wire_begin(&c->wire, in ? 'G' : 'H');
    wire_u8(&c->wire, binary);
    wire_i16(&c->wire, (int16_t)columns);
    for (uint32_t i = 0; i < columns; i++) wire_i16(&c->wire, binary);
    wire_end(&c->wire);
    c->copying_in = in;
}

static void sink_copy_data(void *arg, Str data)
{
    Connection *c = arg;
    wire_begin(&c->wire, 'd');
    wire_bytes(&c->wire, data.data, data.bytes);
    wire_end(&c->wire);
}

/* The next message that counts in COPY IN; Flush and Sync do not. */
static Message next_copy_message(Connection *c)
{
    for (;;) {
        Message message;
        Status status = wire_next(&c->wire, protocol__bytes_max, &message);
        if (status == OK && message.type != 'H' && message.type != 'S') return message;
        if (status == ST_BUSY) status = wire_fill_wait(&c->wire, DEADLINE_NEVER);
        if (status == OK) continue;
        if (status == ST_CANCELLED) {
            task_check();
            continue;
        }
        if (status == ST_NO_MEMORY) raise_status(status);
        c->wire.lost = true;
        connection__fatal(SQLSTATE_CONNECTION_FAILURE,
                          "unexpected EOF on client connection with an open transaction");
    }
}

static bool sink_copy_next(void *arg, Arena *arena, Str *data)
{
    Connection *c = arg;
    (void)arena;
    Message message = next_copy_message(c);
    switch (message.type) {
    case 'd':
        *data = (Str){(const char *)message.at, (size_t)(message.end - message.at)};
        return true;
    case 'c': return false;
    case 'f': {
        Str reason = message_text(&message);
        c->copying_in = false;
        raise_error(SQLSTATE_QUERY_CANCELED, "COPY from stdin failed: %.*s", STR_ARG(reason));
    }
    default:
        c->sync_lost = true;
        raise_error(SQLSTATE_PROTOCOL_VIOLATION,
                    "unexpected message type 0x%02X during COPY from stdin", (uint8_t)message.type);
    }
}

static void sink_copy_end(void *arg)
{
    Connection *c = arg;
    if (!c->copying_in) {
        wire_begin(&c->wire, 'c');
        wire_end(&c->wire);
    }
    c->copying_in = false;
}

static void sink_parameter_status(void *arg, Str name, Str value)
{
    Connection *c = arg;
    wire_begin(&c->wire, 'S');
    wire_text(&c->wire, name);
    wire_text(&c->wire, value);
    wire_end(&c->wire);
}

static void sink_notify(void *arg, uint32_t process, Str channel, Str payload)
{
    Connection *c = arg;
    wire_begin(&c->wire, 'A');
    wire_i32(&c->wire, (int32_t)process);
    wire_text(&c->wire, channel);
    wire_text(&c->wire, payload);
    wire_end(&c->wire);
}

static void sink_wake(void *arg)
{
    workers__notify(arg);
}

void protocol__init_sink(Connection *connection)
{
    connection->sink = (ResultSink){
        connection,
        sink_describe,
        sink_rows,
        sink_complete,
        sink_empty,
        sink_notice,
        sink_copy_begin,
        sink_copy_data,
        sink_copy_next,
        sink_copy_end,
        sink_parameter_status,
        sink_notify,
        sink_wake,
    };
}

/* SPDX-License-Identifier: Apache-2.0 */
/* connection.c - what a worker does with a connection: takes message after message until there is none, and turns what
 * they raise into ErrorResponse. An ERROR ends a message (in the extended protocol all up to Sync), a FATAL the
 * connection; nothing ends more than that. */
#include "server/server_internal.h"

typedef struct StepCall {
    Connection *connection;
    Step step;
    char type; /* of the message at work; 0: none */
} StepCall;

/* ---- errors on the wire */

static void put_field(Wire *wire, char field, Str text)
{
    if (text.bytes == 0) return;
    wire_u8(wire, (uint8_t)field);
    wire_text(wire, text);
}

static void put_number(Wire *wire, char field, int number)
{
    char text[16];
    if (number <= 0) return;
    (void)snprintf(text, sizeof text, "%d", number);
    put_field(wire, field, str_from(text));
}

void connection__send_error(Connection *connection, const Error *error, char type)
{
    Wire *wire = &connection->wire;
    Str severity = str_from(severity_text(error->severity));
    char code[6];
    sqlstate_print(error->code, code);
    wire_begin(wire, type);
    put_field(wire, 'S', severity);
    put_field(wire, 'V', severity);
    put_field(wire, 'C', str_from(code));
    put_field(wire, 'M', error->message.bytes ? error->message : STR("missing error text"));
    put_field(wire, 'D', error->detail);
    put_field(wire, 'H', error->hint);
    put_number(wire, 'P', error->position);
    put_number(wire, 'p', error->internal_position);
    put_field(wire, 'q', error->internal_query);
    put_field(wire, 'W', error->context);
    put_field(wire, 's', error->schema);
    put_field(wire, 't', error->table);
    put_field(wire, 'c', error->column);
    put_field(wire, 'd', error->type);
    put_field(wire, 'n', error->constraint);
    put_field(wire, 'F', str_from(log_file_name(error->file)));
    put_number(wire, 'L', error->line);
    put_field(wire, 'R', str_from(error->function ? error->function : ""));
    wire_u8(wire, 0);
    wire_end(wire);
}

void connection__log_error(Connection *connection, const Error *error)
{
    (void)connection;
    if (log_wants(error->severity)) log_error(error);
}

void connection__fatal(Sqlstate code, const char *format, ...)
{
    char text[512];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    error_raise(error_severity(error_message(error_begin(code), "%s", text), SEVERITY_FATAL));
}

typedef struct ErrorCall {
    Connection *connection;
    const Error *error;
} ErrorCall;

static void send_error(void *arg)
{
    ErrorCall *call = arg;
    connection__send_error(call->connection, call->error, 'E');
}

/* False: the client cannot be told, for want of memory or of a client. */
static bool try_send_error(Connection *c, const Error *error)
{
    ErrorCall call = {c, error};
    bool sent = !c->wire.lost && error_catch(send_error, &call, NULL, NULL);
    if (!sent) wire_abandon(&c->wire);
    return sent;
}

/* ---- after a raise */

static void fail_session(void *arg)
{
    const ErrorCall *call = arg;
    Connection *c = call->connection;
    c->server->ops->fail(c->session, call->error);
}

/* The session forgets what the message began. STEP_END: it cannot even do that, or the error was fatal. */
static Step recover(StepCall *call, Error *error)
{
    Connection *c = call->connection;
    if (!c->session) error->severity = MAX(error->severity, SEVERITY_FATAL);
    bool fatal = error->severity >= SEVERITY_FATAL;
    wire_abandon(&c->wire);
    if (!c->wire.lost) connection__log_error(c, error);
    if (!try_send_error(c, error) || fatal) return STEP_END;
    alarm__clear(c, ALARM_STATEMENT);
    c->statement_timed = false;
    c->copying_in = false;
    if (!error_catch(fail_session, &(ErrorCall){c, error}, NULL, NULL)) {
        log_write(SEVERITY_FATAL,
                  "terminating connection because a failed transaction could not be ended");
        return STEP_END;
    }
    if (protocol__is_extended(call->type))
        c->skip_to_sync = true;
    else
        c->ready_due = true;
    if (!c->sync_lost) return STEP_READ;
    Error lost = {.code = SQLSTATE_PROTOCOL_VIOLATION,
                  .severity = SEVERITY_FATAL,
                  .file = __FILE__,
                  .line = __LINE__,
                  .function = __func__,
                  .message = STR(
                      "terminating connection because protocol synchronization was lost")};
    (void)try_send_error(c, &lost);
    return STEP_END;
}

/* ---- messages */

static Step end_of_input(Connection *c)
{
    if (c->in_transaction)
        log_write(SEVERITY_LOG, "unexpected EOF on client connection with an open transaction");
    c->wire.lost = true;
    return STEP_END;
}

/* Nothing whole is there: what is owed to the client goes out first. */
static bool rest(StepCall *call)
{
    Connection *c = call->connection;
    Status status = c->wire.drained ? ST_BUSY : wire_fill(&c->wire);
    if (status == OK) return false;
    c->wire.drained = false;
    if (status == ST_BUSY) {
        Status flushed = wire_flush_some(&c->wire);
        call->step = flushed == OK ? STEP_READ : flushed == ST_BUSY ? STEP_WRITE : STEP_END;
        return true;
    }
    if (status == ST_NO_MEMORY) raise_status(status);
    call->step = end_of_input(c);
    return true;
}

/* A cancel request that came after the statement it was meant for is forgotten. */
static void begin_message(StepCall *call, const Message *message)
{
    call->type = message->type;
    if (!protocol__is_extended(message->type)) (void)task_take_interrupts(task_self(), TASK_CANCEL);
}

static void take_settings(Connection *c)
{
    Server *server = c->server;
    uint32_t version = atomic_load(&server->settings_version);
    if (c->settings_version == version) return;
    c->settings_version = version;
    task_self()->log = atomic_load(&server->log);
    mutex_lock(&server->lock);
    ServerSettings *settings = server_settings_hold(server->settings);
    mutex_unlock(&server->lock);
    server_settings_release(c->settings);
    c->settings = settings;
    server->ops->reload(c->session, settings);
}

static void need_scratch(Connection *c)
{
    if (!c->scratch) c->scratch = arena_new(c->account, "message");
}

static void run_messages(void *arg)
{
    StepCall *call = arg;
    Connection *c = call->connection;
    need_scratch(c);
    if (c->session && !c->in_transaction && atomic_exchange(&c->notified, false))
        c->server->ops->send_notifies(c->session);
    for (;;) {
        Message message;
        call->type = 0;
        if (c->ready_due) protocol__ready(c);
        Status status = wire_next(&c->wire, protocol__bytes_max, &message);
        if (status == ST_BUSY) {
            if (rest(call)) return;
            continue;
        }
        if (status == ST_INVALID) {
            log_write(SEVERITY_LOG, "invalid message length");
            c->wire.lost = true;
            call->step = STEP_END;
            return;
        }
        if (message.type == 'X') {
            call->step = STEP_END;
            return;
        }
        if (c->skip_to_sync && protocol__is_extended(message.type)) continue;
        if (protocol__runs(message.type) && !gate__admit(c->server, c)) {
            wire_put_back(&c->wire, &message);
            IGNORE_STATUS(wire_flush_some(&c->wire)); /* what is answered is not to wait with it */
            call->step = STEP_HOLD;
            return;
        }
        begin_message(call, &message);
        take_settings(c);
        protocol__handle(c, message);
    }
}

static void run_startup(void *arg)
{
    StepCall *call = arg;
    Connection *c = call->connection;
    need_scratch(c);
    StartupStep step = startup__step(c);
    if (step == STARTUP_DONE) {
        c->phase = PHASE_SESSION;
        c->ready_due = true;
    }
    call->step = step == STARTUP_CLOSE ? STEP_END : STEP_READ;
}

Step connection__step(Connection *connection)
{
    StepCall call = {.connection = connection};
    Error *error;
    /* What was left when the client did not read. */
    Status status = wire_flush_some(&connection->wire);
    if (status == ST_BUSY) return STEP_WRITE;
    for (;;) {
        bool starting = connection->phase == PHASE_STARTUP;
        bool good = error_catch(starting ? run_startup : run_messages, &call, NULL, &error);
        if (!good) {
            Step step = recover(&call, error);
            error_clear();
            if (step == STEP_END) return step;
            continue;
        }
        if (call.step == STEP_END || connection->wire.lost) return STEP_END;
        if (!starting) return call.step;
        if (connection->phase == PHASE_STARTUP)
            return wire_pending(&connection->wire) ? STEP_WRITE : STEP_READ;
    }
}

void connection__shrink(Connection *connection)
{
    wire_shrink(&connection->wire);
    if (connection->scratch && connection->session)
        connection->server->ops->begin(connection->session); /* its text may stand there */
    if (connection->scratch) arena_drop(connection->scratch);
    connection->scratch = NULL;
}

/* ---- the end */

static void close_session(void *arg)
{
    Connection *c = arg;
    c->server->ops->close(c->session);
}

static const char *ending_text(Sqlstate code)
{
    static const struct {
        Sqlstate code;
        const char *text;
    } texts[] = {
        {SQLSTATE_ADMIN_SHUTDOWN, "terminating connection due to administrator command"},
        {SQLSTATE_IDLE_IN_TRANSACTION_SESSION_TIMEOUT,
         "terminating connection due to idle-in-transaction timeout"},
        {SQLSTATE_IDLE_SESSION_TIMEOUT, "terminating connection due to idle-session timeout"},
        {SQLSTATE_TRANSACTION_TIMEOUT, "terminating connection due to transaction timeout"},
        {SQLSTATE_QUERY_CANCELED, "canceling authentication due to timeout"},
    };
    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        if (texts[i].code == code) return texts[i].text;
    return "terminating connection";
}

Error connection__ending(Sqlstate code)
{
    return (Error){.code = code,
                   .severity = SEVERITY_FATAL,
                   .message = str_from(ending_text(code)),
                   .file = __FILE__,
                   .line = __LINE__,
                   .function = __func__};
}

void connection__end(Connection *connection, Sqlstate code)
{
    Connection *c = connection;
    (void)task_take_interrupts(task_self(), TASK_CANCEL | TASK_TERMINATE);
    if (code != SQLSTATE_SUCCESSFUL_COMPLETION && !c->wire.lost) {
        Error error = connection__ending(code);
        connection__log_error(c, &error);
        (void)try_send_error(c, &error);
    }
    IGNORE_STATUS(wire_flush_some(&c->wire)); /* whoever does not read now, misses it */
    Task *task = task_self();
    task->interrupts_held++;
    if (c->session && !error_catch(close_session, c, NULL, NULL))
        log_write(SEVERITY_WARNING, "a session could not be closed");
    c->session = NULL;
    task->interrupts_held--;
    if (c->wire.tls) tls_release(c->wire.tls);
    if (c->tls_context) tls_context_release(c->tls_context);
    c->wire.tls = NULL;
    wire_release(&c->wire);
    if (c->settings) server_settings_release(c->settings);
    c->settings = NULL;
}

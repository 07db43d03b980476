/* SPDX-License-Identifier: Apache-2.0 */
/* double.c - see double.h. */
#include "double.h"

#include <signal.h>

#include "base/scope.h"
#include "base/task.h"
#include "os/clock.h"
#include "os/wait.h"
#include "session/statement_log.h"

enum { PREPARED_MAX = 8, DOUBLE_BYTES_MAX = 10000000, DOUBLE_ROWS_MAX = 1000000 };

typedef struct Prepared {
    bool used;
    char name[16], text[64];
    uint64_t at, rows; /* portals: rows given, rows in all */
    int16_t format;
    char value[64];
    size_t value_bytes;
    bool null;
} Prepared;

struct Session {
    Double *engine;
    Arena *arena;
    const ResultSink *sink;
    Settings settings;
    SessionBlock block;
    Str query;
    bool described, deferred, notify, holds_lock, fresh;
    uint32_t reports;
    Prepared statements[PREPARED_MAX], portals[PREPARED_MAX];
};

static Double *double_of(Engine *engine)
{
    return (Double *)(void *)engine;
}

static const ResultColumn columns[] = {
    {.name = {"n", 1}, .type = 23, .typmod = -1, .type_bytes = 4},
    {.name = {"t", 1}, .relation = 16384, .column = 2, .type = 25, .typmod = -1, .type_bytes = -1},
    {.name = {"b", 1}, .type = 16, .typmod = -1, .type_bytes = 1},
};

/* ---- results */

static void send_rows(Session *s, uint64_t from, uint64_t count, int16_t format)
{
    ResultColumn described[3];
    for (int i = 0; i < 3; i++) {
        described[i] = columns[i];
        described[i].format = (uint8_t)format;
    }
    for (uint64_t done = 0; done < count;) {
        SCOPED(scope);
        Arena *arena = scope_arena(scope, arena_account(s->arena), "batch");
        uint32_t rows = (uint32_t)MIN(count - done, (uint64_t)BATCH_ROWS_MAX);
        Vector vectors[3];
        vector_init_flat(&vectors[0], arena, 23, PHYS_I32, rows);
        vector_init_flat(&vectors[1], arena, 25, PHYS_STR, rows);
        vector_init_flat(&vectors[2], arena, 16, PHYS_BOOL, rows);
        for (uint32_t i = 0; i < rows; i++) {
            int32_t n = (int32_t)(from + done + i + 1);
            ((int32_t *)vectors[0].data)[i] = n % 2 ? n : -n;
            Datum text = {.value.str = strview(str_format(arena, "row number %d", n)),
                          .null = n % 3 == 0};
            vector_set(&vectors[1], arena, i, &text);
            ((bool *)vectors[2].data)[i] = n % 2;
        }
        Batch batch = {rows, 3, vectors, {NULL, rows}, arena};
        FnEnv env = {.settings = &s->settings};
        s->sink->rows(s->sink->arg, &env, described, &batch);
        done += rows;
    }
}

static void send_text(Session *s, Str text, bool null, int16_t format)
{
    SCOPED(scope);
    Arena *arena = scope_arena(scope, arena_account(s->arena), "batch");
    ResultColumn column = columns[1];
    Vector vector;
    Datum datum = {.value.str = strview(text), .null = null};
    column.format = (uint8_t)format;
    vector_init_constant(&vector, arena, 25, PHYS_STR, &datum);
    Batch batch = {1, 1, &vector, {NULL, 1}, arena};
    FnEnv env = {.settings = &s->settings};
    s->sink->rows(s->sink->arg, &env, &column, &batch);
}

static void complete(Session *s, const char *tag)
{
    s->sink->complete(s->sink->arg, str_from(tag));
}

static _Noreturn void fail_with_everything(Severity severity)
{
    Error *e = error_begin(SQLSTATE_DIVISION_BY_ZERO);
    error_message(e, "message");
    error_detail(e, "detail");
    error_hint(e, "hint");
    error_context(e, "context");
    error_position(e, 7);
    error_internal_query(e, STR("internal"), 3);
    error_object(e, STR("s"), STR("t"), STR("c"), STR("d"), STR("n"));
    error_raise(error_severity(e, severity));
}

/* ---- statements */

static void wake_one_waiter(Double *engine)
{
    if (engine->lock_waiter_count > 0) os_wake(engine->lock_waiters[--engine->lock_waiter_count]);
}

static void leave_waiters(Double *engine)
{
    uint32_t at = 0;
    while (at < engine->lock_waiter_count && engine->lock_waiters[at] != task_self()) at++;
    if (at == engine->lock_waiter_count)
        wake_one_waiter(engine); /* this one was woken, and has no use for it */
    else
        engine->lock_waiters[at] = engine->lock_waiters[--engine->lock_waiter_count];
}

static void take_lock(Session *s)
{
    Double *engine = s->engine;
    while (engine->locked) {
        ASSERT(engine->lock_waiter_count < ARRAY_LEN(engine->lock_waiters));
        engine->lock_waiters[engine->lock_waiter_count++] = task_self();
        if (os_wait(WAIT_ROW_LOCK, DEADLINE_NEVER) != ST_CANCELLED) continue;
        leave_waiters(engine);
        task_check();
    }
    engine->locked = s->holds_lock = true;
}

static void leave_lock(Session *s)
{
    if (!s->holds_lock) return;
    s->holds_lock = s->engine->locked = false;
    wake_one_waiter(s->engine);
}

static void copy_in(Session *s)
{
    Str data;
    uint64_t bytes = 0;
    char tag[32];
    s->sink->copy_begin(s->sink->arg, true, false, 2);
    while (s->sink->copy_next(s->sink->arg, s->arena, &data)) {
        if (data.bytes && data.data[0] == '!') fail_with_everything(SEVERITY_ERROR);
        bytes += data.bytes;
    }
    s->sink->copy_end(s->sink->arg);
    (void)snprintf(tag, sizeof tag, "COPY %d", (int)bytes);
    complete(s, tag);
}

static void copy_out(Session *s, uint64_t count)
{
    s->sink->copy_begin(s->sink->arg, false, true, 2);
    for (uint64_t i = 0; i < count; i++) s->sink->copy_data(s->sink->arg, STR("data\n"));
    s->sink->copy_end(s->sink->arg);
    complete(s, "COPY 1");
}

static void notice(Session *s)
{
    Error e = {.code = SQLSTATE_SUCCESSFUL_COMPLETION,
               .severity = SEVERITY_NOTICE,
               .message = STR("hello"),
               .file = "dir/x.c",
               .line = 1,
               .function = "f"};
    s->sink->notice(s->sink->arg, &e);
    complete(s, "NOTICE");
}

static bool is_verb(Str sql, const char *verb, uint64_t *number)
{
    Str word = str_from(verb);
    if (!str_starts(sql, word)) return false;
    Str rest = str_trim(str_slice(sql, word.bytes, sql.bytes), " \n;");
    *number = 0;
    return rest.bytes == 0 || str_to_u64(rest, 10, number);
}

static void run_rows(Session *s, uint64_t count, bool describe)
{
    char tag[32];
    if (describe) s->sink->describe(s->sink->arg, columns, 3);
    send_rows(s, 0, count, 0);
    (void)snprintf(tag, sizeof tag, "SELECT %d", (int)count);
    complete(s, tag);
}

static void run_one(Session *s, Str sql, bool describe)
{
    uint64_t n;
    s->engine->statements++;
    s->fresh = false;
    if ((is_verb(sql, "wide", &n) && n > DOUBLE_BYTES_MAX) ||
        (is_verb(sql, "rows", &n) && n > DOUBLE_ROWS_MAX) ||
        (is_verb(sql, "copyout", &n) && n > DOUBLE_ROWS_MAX))
        raise_error(SQLSTATE_PROGRAM_LIMIT_EXCEEDED, "too much for a double");
    if (s->block == SESSION_FAILED && !str_equal(sql, STR("rollback")))
        raise_error(
            SQLSTATE_IN_FAILED_SQL_TRANSACTION,
            "current transaction is aborted, commands ignored until end of transaction block");
    if (is_verb(sql, "rows", &n))
        run_rows(s, n, describe);
    else if (is_verb(sql, "fail", &n))
        fail_with_everything(SEVERITY_ERROR);
    else if (is_verb(sql, "fatal", &n))
        fail_with_everything(SEVERITY_FATAL);
    else if (s->engine->may_crash && is_verb(sql, "crash", &n))
        (void)raise(SIGSEGV);
    else if (is_verb(sql, "notice", &n))
        notice(s);
    else if (is_verb(sql, "copyin", &n))
        copy_in(s);
    else if (is_verb(sql, "copyout", &n))
        copy_out(s, n);
    else if (is_verb(sql, "sleep", &n)) {
        Status status = os_sleep_until(deadline_in_ms((int64_t)n), WAIT_SLEEP);
        if (status == ST_CANCELLED) s->engine->cancelled++;
        if (status == ST_CANCELLED) task_check();
        complete(s, "SLEEP");
    } else if (is_verb(sql, "wide", &n)) {
        SCOPED(scope);
        Arena *arena = scope_arena(scope, arena_account(s->arena), "wide");
        char *text = arena_alloc(arena, n + 1);
        memset(text, 'x', n);
        if (describe) s->sink->describe(s->sink->arg, columns + 1, 1);
        send_text(s, (Str){text, n}, false, 0);
        complete(s, "SELECT 1");
    } else if (is_verb(sql, "begin", &n)) {
        s->block = SESSION_IN_BLOCK;
        s->fresh = true;
        complete(s, "BEGIN");
    } else if (is_verb(sql, "commit", &n) || is_verb(sql, "rollback", &n)) {
        s->block = SESSION_IDLE;
        leave_lock(s);
        complete(s, "COMMIT");
    } else if (is_verb(sql, "deferred", &n)) {
        s->deferred = true;
        complete(s, "DEFERRED");
    } else if (is_verb(sql, "report", &n)) {
        s->reports++;
        complete(s, "SET");
    } else if (is_verb(sql, "notify", &n)) {
        s->notify = true;
        complete(s, "NOTIFY");
    } else if (is_verb(sql, "stray", &n)) {
        os_wake(task_self());
        complete(s, "STRAY");
    } else if (is_verb(sql, "lock", &n)) {
        take_lock(s);
        complete(s, "LOCK");
    } else {
        raise_error(SQLSTATE_SYNTAX_ERROR, "syntax error at or near \"%.*s\"", STR_ARG(sql));
    }
}

static void double_run(Session *s, Str sql)
{
    StatementLog log;
    s->query = sql;
    statement_log_begin(&log, &s->settings, os_wall_us(), "statement", (Str){0}, sql);
    statement_log_text(&log, STATEMENT_OTHER);
    if (str_trim(sql, " ;\n").bytes == 0) {
        s->sink->empty(s->sink->arg);
        return;
    }
    while (sql.bytes) {
        size_t end = sql.bytes;
        (void)str_find_char(sql, ';', &end);
        run_one(s, str_trim(str_slice(sql, 0, end), " "), true);
        sql = str_slice(sql, end + 1, sql.bytes);
    }
    statement_log_end(&log);
}

/* ---- prepared statements and portals */

static Prepared *find(Prepared *list, Str name, bool make)
{
    for (int i = 0; i < PREPARED_MAX; i++)
        if (list[i].used && str_equal(str_from(list[i].name), name)) return &list[i];
    for (int i = 0; make && i < PREPARED_MAX; i++) {
        if (list[i].used || name.bytes >= sizeof list[i].name) continue;
        list[i] = (Prepared){.used = true};
        memcpy(list[i].name, name.data, name.bytes);
        return &list[i];
    }
    return NULL;
}

static Prepared *get(Prepared *list, Str name, bool portal)
{
    Prepared *found = find(list, name, false);
    if (found) return found;
    if (portal)
        raise_error(SQLSTATE_INVALID_CURSOR_NAME, "portal \"%.*s\" does not exist", STR_ARG(name));
    raise_error(SQLSTATE_INVALID_SQL_STATEMENT_NAME, "prepared statement \"%.*s\" does not exist",
                STR_ARG(name));
}

static void double_parse(Session *s, Str name, Str sql, const Oid *types, uint32_t type_count)
{
    (void)types;
    (void)type_count;
    s->query = sql;
    if (str_starts(sql, STR("selec")))
        raise_error(SQLSTATE_SYNTAX_ERROR, "syntax error at or near \"selec\"");
    Prepared *p = find(s->statements, name, true);
    if (!p || sql.bytes >= sizeof p->text)
        raise_error(SQLSTATE_PROGRAM_LIMIT_EXCEEDED, "too much for a double");
    memset(p->text, 0, sizeof p->text);
    memcpy(p->text, sql.data, sql.bytes);
}

/* Of functions there is one, which gives its argument. */
static Str double_call_text(Session *s, Arena *arena, Oid function, uint32_t arg_count,
                            const Oid **types)
{
    static const Oid text_type = 25;
    (void)s;
    (void)arena;
    if (function != 1 || arg_count != 1)
        raise_error(SQLSTATE_UNDEFINED_FUNCTION, "function with OID %u does not exist", function);
    *types = &text_type;
    return STR("$1");
}

static void double_bind(Session *s, const BindRequest *request)
{
    Prepared *statement = get(s->statements, request->statement, false);
    uint32_t wanted = strstr(statement->text, "$1") ? 1 : 0;
    if (request->value_count != wanted)
        raise_error(
            SQLSTATE_PROTOCOL_VIOLATION,
            "bind message supplies %u parameters, but prepared statement \"%s\" requires %u",
            request->value_count, statement->name, wanted);
    Prepared *p = find(s->portals, request->portal, true);
    if (!p) raise_error(SQLSTATE_PROGRAM_LIMIT_EXCEEDED, "too many for a double");
    memcpy(p->text, statement->text, sizeof p->text);
    p->at = 0;
    uint64_t n;
    p->rows = is_verb(str_from(p->text), "rows", &n) ? n : 1;
    p->format = request->result_format_count ? request->result_formats[0] : 0;
    if (wanted) {
        p->null = request->values[0].null;
        p->value_bytes = MIN(request->values[0].data.bytes, sizeof p->value);
        if (!p->null) memcpy(p->value, request->values[0].data.data, p->value_bytes);
    }
}

static void fill_description(Description *d, const Prepared *p)
{
    uint64_t n;
    d->returns_rows = strstr(p->text, "$1") || is_verb(str_from(p->text), "rows", &n);
    d->columns = strstr(p->text, "$1") ? columns + 1 : columns;
    d->column_count = strstr(p->text, "$1") ? 1 : 3;
}

static void double_describe_statement(Session *s, Str name, Arena *arena, Description *d)
{
    static const Oid text_type = 25;
    (void)arena;
    const Prepared *p = get(s->statements, name, false);
    fill_description(d, p);
    d->parameters = &text_type;
    d->parameter_count = strstr(p->text, "$1") ? 1 : 0;
}

static void double_describe_portal(Session *s, Str name, Arena *arena, Description *d)
{
    (void)arena;
    fill_description(d, get(s->portals, name, true));
}

static bool double_execute(Session *s, Str portal, uint64_t rows_max)
{
    Prepared *p = get(s->portals, portal, true);
    uint64_t n;
    char tag[32];
    if (p->text[0] == 0) {
        s->sink->empty(s->sink->arg);
        return true;
    }
    if (strstr(p->text, "$1")) {
        send_text(s, (Str){p->value, p->value_bytes}, p->null, p->format);
        complete(s, "SELECT 1");
        return true;
    }
    if (!is_verb(str_from(p->text), "rows", &n)) {
        run_one(s, str_from(p->text), false);
        return true;
    }
    uint64_t count = p->rows - p->at;
    if (rows_max && count > rows_max) count = rows_max;
    send_rows(s, p->at, count, p->format);
    p->at += count;
    if (rows_max && count == rows_max) return false;
    (void)snprintf(tag, sizeof tag, "SELECT %d", (int)count);
    complete(s, tag);
    return true;
}

static void double_close_statement(Session *s, Str name)
{
    Prepared *p = find(s->statements, name, false);
    if (p) p->used = false;
}

static void double_close_portal(Session *s, Str name)
{
    Prepared *p = find(s->portals, name, false);
    if (p) p->used = false;
}

static void double_sync(Session *s)
{
    if (!s->deferred) return;
    s->deferred = false;
    raise_error(SQLSTATE_FOREIGN_KEY_VIOLATION, "deferred constraint");
}

static void double_fail(Session *s, const Error *error)
{
    (void)error;
    if (s->block == SESSION_IN_BLOCK) s->block = SESSION_FAILED;
    leave_lock(s);
}

/* ---- the session */

static Session *double_open(const SessionOptions *options)
{
    Double *engine = double_of(options->engine);
    for (uint32_t i = 0; i < options->option_count; i++)
        if (setting_find(options->options[2 * i]) < 0)
            raise_error(SQLSTATE_UNDEFINED_OBJECT, "unrecognized configuration parameter \"%.*s\"",
                        STR_ARG(options->options[2 * i]));
    if (str_equal(options->database, STR("nosuch")))
        raise_error(SQLSTATE_INVALID_CATALOG_NAME, "database \"nosuch\" does not exist");
    Arena *arena = arena_new(options->account, "double session");
    Session *s = ARENA_NEW(arena, Session);
    s->engine = engine;
    s->arena = arena;
    s->sink = options->sink;
    s->settings = *server_settings_values(options->settings);
    s->settings.statement_timeout = engine->statement_timeout;
    s->settings.idle_session_timeout = engine->idle_timeout;
    s->settings.idle_in_transaction_session_timeout = engine->idle_in_transaction_timeout;
    s->block = SESSION_IDLE;
    s->reports = 1;
    engine->opened++;
    return s;
}

static void double_close(Session *s)
{
    leave_lock(s);
    s->engine->closed++;
    arena_drop(s->arena);
}

static SessionBlock double_block(const Session *s)
{
    return s->block;
}

static bool double_is_fresh(const Session *s)
{
    return s->block == SESSION_IN_BLOCK && s->fresh;
}

static void double_begin(Session *s)
{
    s->query = (Str){0};
}

static void double_rest(Session *s)
{
    (void)s;
}

static Str double_query(const Session *s)
{
    return s->query;
}

static const Settings *double_settings(const Session *s)
{
    return &s->settings;
}

static void double_report_settings(Session *s)
{
    for (; s->reports > 0; s->reports--)
        s->sink->parameter_status(s->sink->arg, STR("server_version"), STR("18.4"));
}

static void double_send_notifies(Session *s)
{
    if (s->notify) s->sink->notify(s->sink->arg, 7, STR("channel"), STR("payload"));
    s->notify = false;
}

static void double_reload(Session *s, ServerSettings *settings)
{
    s->settings.log_statement = server_settings_values(settings)->log_statement;
    s->settings.log_min_duration_statement =
        server_settings_values(settings)->log_min_duration_statement;
}

static bool double_role_find(Engine *engine, Arena *arena, Str name, SessionRole *role)
{
    Double *d = double_of(engine);
    (void)arena;
    for (uint32_t i = 0; i < d->role_count; i++) {
        if (!str_equal(str_from(d->roles[i].name), name)) continue;
        *role = (SessionRole){.oid = i + 1,
                              .login = !d->roles[i].no_login,
                              .superuser = d->roles[i].superuser,
                              .password = str_from(d->roles[i].password),
                              .connection_limit = -1};
        return true;
    }
    return false;
}

static bool double_role_is_member(Engine *engine, Oid role, Str of)
{
    return str_equal(str_from(double_of(engine)->roles[role - 1].member_of), of);
}

static const char *double_display(const Session *s)
{
    return s->query.bytes ? "DOUBLE" : "idle";
}

static SessionTransaction double_transaction(const Session *s)
{
    return (SessionTransaction){.slot = 2, .local = s->query.bytes ? 17 : 0, .xid = 4711};
}

const SessionOps double_ops = {
    double_role_find,
    double_role_is_member,
    double_open,
    double_close,
    double_run,
    double_parse,
    double_bind,
    double_call_text,
    double_describe_statement,
    double_describe_portal,
    double_execute,
    double_close_statement,
    double_close_portal,
    double_sync,
    double_fail,
    double_block,
    double_is_fresh,
    double_settings,
    double_begin,
    double_rest,
    double_rest, /* awake, it is no different */
    double_query,
    double_transaction,
    double_display,
    double_report_settings,
    double_send_notifies,
    double_reload,
    NULL, /* no tables to analyze */
};

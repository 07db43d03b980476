/* SPDX-License-Identifier: Apache-2.0 */
/* activity_functions.c - who is connected and does what (pg_stat_activity, pg_stat_ssl), ending what others do, and
 * when the server started. */
#include "session/session_internal.h"

#include "base/builtins.h"
#include "base/map.h"
#include "base/oids.h"
#include "catalog/datums.h"
#include "os/clock.h"
#include "os/os.h"
#include "type/type.h"

/* Microseconds between the epochs of the system (1970) and of SQL (2000). */
static const int64_t epoch_us = INT64_C(946684800) * 1000000;
enum { ROLE_READ_ALL_STATS = 3375, ROLE_SIGNAL_BACKEND = 4200, TERMINATE_LOOK_MS = 10 };

static Session *session_of(Fn *fn)
{
    return cat_view_owner(fn_view(fn));
}

/* An empty text is NULL. */
static Datum text_or_null(Str text)
{
    return text.bytes ? datum_str(text) : datum_null();
}

static Datum time_or_null(int64_t us)
{
    return us ? datum_i64(us) : datum_null();
}

/* An address by the type's own input; NULL where there is none, and while the type has no input. */
static Datum inet_datum(Fn *fn, Str host)
{
    const Type *type = builtin_type(OID_INET)->type;
    const TypeCall call = {.type = type, .env = fn->env, .arena = fn->arena, .typmod = -1};
    InputError error = {.arena = fn->arena};
    Datum datum = {0};
    /* A zone ("fe80::1%eth0") is no part of an inet. */
    size_t zone = host.bytes;
    (void)str_find_char(host, '%', &zone);
    if (!host.bytes || !type || !type->parse ||
        !type_parse(&call, str_slice(host, 0, zone), &datum.value, &error))
        return datum_null();
    return datum;
}

/* ---- pg_stat_activity */

/* Columns of pg_stat_get_activity, from 0. */
enum {
    COLUMN_DATABASE,
    COLUMN_PID,
    COLUMN_ROLE,
    COLUMN_APPLICATION,
    COLUMN_STATE,
    COLUMN_QUERY,
    COLUMN_WAIT_TYPE,
    COLUMN_WAIT,
    COLUMN_TRANSACTION_START,
    COLUMN_QUERY_START,
    COLUMN_START,
    COLUMN_STATE_CHANGE,
    COLUMN_ADDRESS,
    COLUMN_HOST,
    COLUMN_PORT,
    COLUMN_XID,
    COLUMN_XMIN,
    COLUMN_KIND,
    COLUMN_TLS,
    COLUMN_TLS_VERSION,
    COLUMN_TLS_CIPHER,
    COLUMN_TLS_BITS,
    COLUMN_CLIENT_DN,
    COLUMN_CLIENT_SERIAL,
    COLUMN_ISSUER_DN,
    COLUMN_GSS,
    COLUMN_GSS_PRINCIPAL,
    COLUMN_GSS_ENCRYPTED,
    COLUMN_GSS_DELEGATION,
};

typedef struct ActivitySet {
    ActivityCopy *list;
    uint32_t count, at;
    Map waits;        /* process -> WaitEvent of those that a task works on */
    RunningTxn *txns; /* those that have a number, by slot of their session */
    uint32_t txn_count;
} ActivitySet;

static void note_wait(ActivitySet *s, uint32_t process, uint32_t wait_event)
{
    const uint64_t key = process;
    *(uint32_t *)map_put(&s->waits, &key, NULL) = wait_event;
}

static void note_store_tasks(Session *session, ActivitySet *s)
{
    static const struct {
        StoreTask task;
        EngineProcess process;
    } tasks[] = {{STORE_CHECKPOINTER, ENGINE_CHECKPOINTER},
                 {STORE_CLEANER, ENGINE_BACKGROUND_WRITER},
                 {STORE_LOG_WRITER, ENGINE_WAL_WRITER}};
    uint32_t wait_event;
    for (size_t i = 0; i < ARRAY_LEN(tasks); i++)
        if (store_task_wait(engine_store(session->engine), tasks[i].task, &wait_event))
            note_wait(s, engine_process(tasks[i].process), wait_event);
}

/* Behind the sessions stand those of the server's own tasks that are there. */
static void add_background(Session *session, Arena *arena, ActivitySet *s)
{
    ActivityCopy *all = ARENA_ARRAY(arena, ActivityCopy, s->count + ENGINE_PROCESS_COUNT);
    if (s->count) memcpy(all, s->list, s->count * sizeof *all);
    for (uint32_t i = 0; i < ENGINE_PROCESS_COUNT; i++) {
        const uint64_t key = engine_process((EngineProcess)i);
        if (map_find(&s->waits, &key))
            all[s->count++] = activity_background(session->engine, (EngineProcess)i);
    }
    s->list = all;
}

static ActivitySet *read_activity(Fn *fn, Arena *arena)
{
    Session *session = session_of(fn);
    ActivitySet *s = ARENA_NEW(arena, ActivitySet);
    const EngineHost host = engine_host(session->engine);
    map_init_u64(&s->waits, arena, sizeof(uint32_t));
    s->count = activity_list(session->engine, arena, &s->list);
    CHECK(txns_running(engine_txns(session->engine), arena, &s->txns, &s->txn_count));
    HostWork *work;
    const uint32_t count = host.working ? host.working(host.arg, arena, &work) : 0;
    for (uint32_t i = 0; i < count; i++) note_wait(s, work[i].process, work[i].wait_event);
    note_store_tasks(session, s);
    add_background(session, arena, s);
    return s;
}

/* A session that no task works on waits for its client. */
static WaitEvent wait_of(const ActivitySet *s, uint32_t process)
{
    const uint64_t key = process;
    const uint32_t *event = map_find(&s->waits, &key);
    return event ? (WaitEvent)*event : WAIT_CLIENT_READ;
}

/* May the role see what the other session does? */
static bool sees(Session *session, const ActivityCopy *a)
{
    const Oid role = session->env.role;
    return cat_role_is_member(session->view, role, ROLE_READ_ALL_STATS) ||
           (!a->background && cat_role_is_member(session->view, role, a->role));
}

static void fill_tls(Fn *fn, const ClientAddress *address, Datum *columns)
{
    columns[COLUMN_TLS] = datum_bool(address->tls_version.bytes > 0);
    columns[COLUMN_GSS] = columns[COLUMN_GSS_ENCRYPTED] = datum_bool(false);
    columns[COLUMN_GSS_DELEGATION] = datum_bool(false);
    if (!address->tls_version.bytes) return;
    columns[COLUMN_TLS_VERSION] = datum_str(address->tls_version);
    columns[COLUMN_TLS_CIPHER] = datum_str(address->tls_cipher);
    columns[COLUMN_TLS_BITS] = datum_i32(address->tls_bits);
    columns[COLUMN_CLIENT_DN] = text_or_null(address->client_dn);
    columns[COLUMN_ISSUER_DN] = text_or_null(address->issuer_dn);
    if (!address->client_serial.bytes) return;
    const TypeCall call = {.type = builtin_type(OID_NUMERIC)->type,
                           .env = fn->env,
                           .arena = fn->arena,
                           .typmod = -1};
    InputError error = {.arena = fn->arena};
    columns[COLUMN_CLIENT_SERIAL].null = !type_parse(&call, address->client_serial,
                                                     &columns[COLUMN_CLIENT_SERIAL].value, &error);
}

/* Of a task of the server's own. */
static void fill_background(Fn *fn, const ActivityCopy *a, WaitEvent wait, Datum *columns)
{
    columns[COLUMN_QUERY] = datum_str(STR(""));
    columns[COLUMN_KIND] = datum_str(str_from(a->background));
    columns[COLUMN_START] = time_or_null(a->began);
    if (wait != WAIT_NONE) {
        columns[COLUMN_WAIT_TYPE] = datum_str(str_from(wait_event_type(wait)));
        columns[COLUMN_WAIT] = datum_str(str_from(wait_event_name(wait)));
    }
    fill_tls(fn, &a->address, columns);
}

static void fill_work(Fn *fn, const ActivitySet *s, const ActivityCopy *a, Datum *columns)
{
    const WaitEvent wait = a->maintenance ? WAIT_NONE : wait_of(s, a->process);
    if (a->background) {
        fill_background(fn, a, wait, columns);
        return;
    }
    columns[COLUMN_STATE] = datum_str(str_from(activity_state_text(a->state)));
    columns[COLUMN_QUERY] = datum_str(a->query);
    if (wait != WAIT_NONE) {
        columns[COLUMN_WAIT_TYPE] = datum_str(str_from(wait_event_type(wait)));
        columns[COLUMN_WAIT] = datum_str(str_from(wait_event_name(wait)));
    }
    columns[COLUMN_TRANSACTION_START] = time_or_null(a->transaction);
    columns[COLUMN_QUERY_START] = time_or_null(a->query_began);
    columns[COLUMN_START] = datum_i64(a->began);
    columns[COLUMN_STATE_CHANGE] = time_or_null(a->changed);
    columns[COLUMN_ADDRESS] = inet_datum(fn, a->address.host);
    if (!a->maintenance) columns[COLUMN_PORT] = datum_i32(a->address.port);
    columns[COLUMN_KIND] = datum_str(a->maintenance ? STR("autovacuum worker")
                                                    : STR("client backend"));
    for (uint32_t i = 0; i < s->txn_count; i++)
        if (s->txns[i].session == a->slot) columns[COLUMN_XID] = datum_oid((Oid)s->txns[i].xid.v);
    const Xid xmin = txn_session_xmin(engine_txns(session_of(fn)->engine), a->slot);
    if (xmin.v) columns[COLUMN_XMIN] = datum_oid((Oid)xmin.v);
    fill_tls(fn, &a->address, columns);
}

static bool list_activity(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    ActivitySet *s = set->state;
    const int32_t wanted = args[0].null ? -1 : args[0].value.i32;
    if (!s) s = set->state = read_activity(fn, set->arena);
    while (s->at < s->count) {
        const ActivityCopy *a = &s->list[s->at++];
        if (wanted >= 0 && (uint32_t)wanted != a->process) continue;
        if (!a->background) columns[COLUMN_DATABASE] = datum_oid(a->database);
        columns[COLUMN_PID] = datum_i32((int32_t)a->process);
        if (!a->maintenance && !a->background) columns[COLUMN_ROLE] = datum_oid(a->role);
        columns[COLUMN_APPLICATION] = datum_str(a->name);
        if (sees(session_of(fn), a))
            fill_work(fn, s, a, columns);
        else
            columns[COLUMN_QUERY] = datum_str(STR("<insufficient privilege>"));
        return true;
    }
    return false;
}
SQL_FUNCTION_SET(2022, "pg_stat_get_activity", record, (int4), STABLE | PARALLEL_RESTRICTED,
                 list_activity, "what one session does, or every session")
SQL_FACTS(2022, .rows = 100,
          .arguments =
              "pid int4, OUT datid oid, OUT pid int4, OUT usesysid oid, OUT application_name text, "
              "OUT state text, OUT query text, OUT wait_event_type text, OUT wait_event text, "
              "OUT xact_start timestamptz, OUT query_start timestamptz, "
              "OUT backend_start timestamptz, OUT state_change timestamptz, OUT client_addr inet, "
              "OUT client_hostname text, OUT client_port int4, OUT backend_xid xid, "
              "OUT backend_xmin xid, OUT backend_type text, OUT ssl bool, OUT sslversion text, "
              "OUT sslcipher text, OUT sslbits int4, OUT ssl_client_dn text, "
              "OUT ssl_client_serial numeric, OUT ssl_issuer_dn text, OUT gss_auth bool, "
              "OUT gss_princ text, OUT gss_enc bool, OUT gss_delegation bool, "
              "OUT leader_pid int4, OUT query_id int8")

/* ---- one session by its number in pg_stat_get_backend_idset: its slot, from 1 */

static bool list_backends(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    ActivitySet *s = set->state;
    (void)args;
    if (!s) s = set->state = read_activity(fn, set->arena);
    if (s->at == s->count) return false;
    columns[0] = datum_i32((int32_t)s->list[s->at++].slot + 1);
    return true;
}
SQL_FUNCTION_SET(1936, "pg_stat_get_backend_idset", int4, (), STABLE | STRICT | PARALLEL_RESTRICTED,
                 list_backends, "numbers of the sessions that are connected")
SQL_FACTS(1936, .rows = 100)

typedef enum Detail {
    DETAIL_START,
    DETAIL_ADDRESS,
    DETAIL_PORT,
    DETAIL_PROCESS,
    DETAIL_DATABASE,
    DETAIL_ROLE,
    DETAIL_QUERY,
    DETAIL_QUERY_START,
    DETAIL_WAIT_TYPE,
    DETAIL_WAIT,
    DETAIL_TRANSACTION_START
} Detail;

/* The column of pg_stat_get_activity that says it, and whether everybody may see it. */
static Datum backend_detail(Fn *fn, const Datum *args, Detail detail)
{
    static const struct {
        uint8_t column;
        bool open;
    } columns_of[] = {
        [DETAIL_START] = {COLUMN_START, false},
        [DETAIL_ADDRESS] = {COLUMN_ADDRESS, false},
        [DETAIL_PORT] = {COLUMN_PORT, false},
        [DETAIL_PROCESS] = {COLUMN_PID, true},
        [DETAIL_DATABASE] = {COLUMN_DATABASE, true},
        [DETAIL_ROLE] = {COLUMN_ROLE, true},
        [DETAIL_QUERY] = {COLUMN_QUERY, false},
        [DETAIL_QUERY_START] = {COLUMN_QUERY_START, false},
        [DETAIL_WAIT_TYPE] = {COLUMN_WAIT_TYPE, false},
        [DETAIL_WAIT] = {COLUMN_WAIT, false},
        [DETAIL_TRANSACTION_START] = {COLUMN_TRANSACTION_START, false},
    };
    const bool is_text = detail == DETAIL_QUERY || detail == DETAIL_WAIT_TYPE ||
                         detail == DETAIL_WAIT;
    const ActivitySet *s = read_activity(fn, fn->arena);
    Datum columns[COLUMN_GSS_DELEGATION + 1];
    for (uint32_t i = 0; i < s->count; i++) {
        const ActivityCopy *a = &s->list[i];
        if ((int64_t)a->slot + 1 != args[0].value.i32) continue;
        for (size_t c = 0; c < ARRAY_LEN(columns); c++) columns[c] = datum_null();
        columns[COLUMN_DATABASE] = datum_oid(a->database);
        columns[COLUMN_PID] = datum_i32((int32_t)a->process);
        columns[COLUMN_ROLE] = datum_oid(a->role);
        if (columns_of[detail].open) return columns[columns_of[detail].column];
        if (!sees(session_of(fn), a))
            return is_text ? datum_str(STR("<insufficient privilege>")) : datum_null();
        fill_work(fn, s, a, columns);
        if (a->background && detail == DETAIL_QUERY)
            return datum_str(STR("<command string not enabled>"));
        return columns[columns_of[detail].column];
    }
    return is_text ? datum_str(STR("<backend information not available>")) : datum_null();
}

#define BACKEND_DETAIL(name_, detail_)                     \
    static Datum name_(Fn *fn, const Datum *args)          \
    {                                                      \
        return backend_detail(fn, args, DETAIL_##detail_); \
    }
BACKEND_DETAIL(backend_start, START)
BACKEND_DETAIL(backend_address, ADDRESS)
BACKEND_DETAIL(backend_port, PORT)
BACKEND_DETAIL(backend_process, PROCESS)
BACKEND_DETAIL(backend_database, DATABASE)
BACKEND_DETAIL(backend_role, ROLE)
BACKEND_DETAIL(backend_query, QUERY)
BACKEND_DETAIL(backend_query_start, QUERY_START)
BACKEND_DETAIL(backend_wait_type, WAIT_TYPE)
BACKEND_DETAIL(backend_wait, WAIT)
BACKEND_DETAIL(backend_transaction_start, TRANSACTION_START)
SQL_FUNCTION_DATUM(1391, "pg_stat_get_backend_start", timestamptz, (int4),
                   STABLE | STRICT | PARALLEL_RESTRICTED, backend_start, "when a session began")
SQL_FUNCTION_DATUM(1392, "pg_stat_get_backend_client_addr", inet, (int4),
                   STABLE | STRICT | PARALLEL_RESTRICTED, backend_address,
                   "address of a session's client")
SQL_FUNCTION_DATUM(1393, "pg_stat_get_backend_client_port", int4, (int4),
                   STABLE | STRICT | PARALLEL_RESTRICTED, backend_port,
                   "port of a session's client")
SQL_FUNCTION_DATUM(1937, "pg_stat_get_backend_pid", int4, (int4),
                   STABLE | STRICT | PARALLEL_RESTRICTED, backend_process,
                   "process number of a session")
SQL_FUNCTION_DATUM(1938, "pg_stat_get_backend_dbid", oid, (int4),
                   STABLE | STRICT | PARALLEL_RESTRICTED, backend_database, "database of a session")
SQL_FUNCTION_DATUM(1939, "pg_stat_get_backend_userid", oid, (int4),
                   STABLE | STRICT | PARALLEL_RESTRICTED, backend_role, "role of a session")
SQL_FUNCTION_DATUM(1940, "pg_stat_get_backend_activity", text, (int4),
                   STABLE | STRICT | PARALLEL_RESTRICTED, backend_query,
                   "last text that a session was sent")
SQL_FUNCTION_DATUM(2094, "pg_stat_get_backend_activity_start", timestamptz, (int4),
                   STABLE | STRICT | PARALLEL_RESTRICTED, backend_query_start,
                   "when a session's last statement began")
SQL_FUNCTION_DATUM(2788, "pg_stat_get_backend_wait_event_type", text, (int4),
                   STABLE | STRICT | PARALLEL_RESTRICTED, backend_wait_type,
                   "kind of what a session waits for")
SQL_FUNCTION_DATUM(2853, "pg_stat_get_backend_wait_event", text, (int4),
                   STABLE | STRICT | PARALLEL_RESTRICTED, backend_wait, "what a session waits for")
SQL_FUNCTION_DATUM(2857, "pg_stat_get_backend_xact_start", timestamptz, (int4),
                   STABLE | STRICT | PARALLEL_RESTRICTED, backend_transaction_start,
                   "when a session's transaction began")

/* ---- ending what others do */

static void warn(Fn *fn, const char *format, ...) PRINTF_LIKE(2, 3);
static void warn(Fn *fn, const char *format, ...)
{
    char text[160];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    const Error *error = error_severity(error_message(error_begin(SQLSTATE_WARNING), "%s", text),
                                        SEVERITY_WARNING);
    fn->env->calls->notice(fn->env->calls_arg, error);
}

typedef struct SignalWords {
    const char *what, *plural, *verb, *passive;
} SignalWords;
static const SignalWords cancel_words = {"cancel query", "queries", "cancel",
                                         "query is being canceled"};
static const SignalWords terminate_words = {"terminate process", "processes", "terminate",
                                            "process is being terminated"};

/* Whose rights it takes; a session that is gone is nobody's. */
static bool find_target(Fn *fn, int32_t pid, ActivityCopy *target)
{
    ActivityCopy *list;
    const uint32_t count = activity_list(session_of(fn)->engine, fn->arena, &list);
    for (uint32_t i = 0; i < count; i++) {
        if (list[i].process != (uint32_t)pid) continue;
        *target = list[i];
        return true;
    }
    return false;
}

static void check_may_signal(Fn *fn, const ActivityCopy *target, const SignalWords *words)
{
    Session *session = session_of(fn);
    const bool superuser = cat_role_in_force(session->view)->superuser;
    const bool may = target->superuser
                         ? superuser
                         : cat_role_is_member(session->view, session->env.role, target->role) ||
                               cat_role_is_member(session->view, session->env.role,
                                                  ROLE_SIGNAL_BACKEND);
    if (may) return;
    Error *error = error_begin(SQLSTATE_INSUFFICIENT_PRIVILEGE);
    error_message(error, "permission denied to %s", words->what);
    if (target->superuser)
        error_detail(error,
                     "Only roles with the %s attribute may %s %s of roles with the %s attribute.",
                     "SUPERUSER", words->verb, words->plural, "SUPERUSER");
    else
        error_detail(error,
                     "Only roles with privileges of the role whose %s or with privileges of the "
                     "\"%s\" role may %s this %s.",
                     words->passive, "pg_signal_backend", words->verb,
                     words == &cancel_words ? "query" : "process");
    error_raise(error);
}

static bool signal_session(Fn *fn, int32_t pid, const SignalWords *words)
{
    const EngineHost host = engine_host(session_of(fn)->engine);
    ActivityCopy target;
    const bool cancels = words == &cancel_words;
    bool (*const act)(void *, uint32_t) = cancels ? host.cancel : host.terminate;
    if (find_target(fn, pid, &target)) {
        check_may_signal(fn, &target, words);
        if (act && act(host.arg, (uint32_t)pid)) {
            if (!cancels)
                atomic_fetch_add(&engine__figures(session_of(fn)->engine, target.database)->killed,
                                 1);
            return true;
        }
    }
    warn(fn, "PID %d is not a PostgreSQL backend process", pid);
    return false;
}

static bool cancel_backend(Fn *fn, int32_t pid)
{
    const bool sent = signal_session(fn, pid, &cancel_words);
    task_check(); /* it may have been its own */
    return sent;
}
SQL_FUNCTION(2171, "pg_cancel_backend", bool, (int4), VOLATILE | STRICT, cancel_backend,
             "ends the statement that another session runs")

static bool terminate_backend(Fn *fn, int32_t pid, int64_t timeout)
{
    ActivityCopy target;
    if (timeout < 0)
        raise_error(SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE, "\"timeout\" must not be negative");
    if (!signal_session(fn, pid, &terminate_words)) return false;
    task_check();
    if (!timeout) return true;
    const Deadline until = deadline_in_ms(timeout);
    while (find_target(fn, pid, &target)) {
        if (deadline_is_past(until)) {
            warn(fn, "backend with PID %d did not terminate within %" PRId64 " milliseconds", pid,
                 timeout);
            return false;
        }
        const Status status = os_sleep_until(deadline_in_ms(TERMINATE_LOOK_MS), WAIT_TASK_END);
        task_check();
        CHECK(status);
    }
    return true;
}
SQL_FUNCTION(2096, "pg_terminate_backend", bool, (int4, int8), VOLATILE | STRICT, terminate_backend,
             "ends another session, and waits for its end up to so many milliseconds")
SQL_FACTS(2096, .arguments = "pid int4, timeout int8 DEFAULT 0")

/* ---- the server */

static bool reload_configuration(Fn *fn)
{
    cat_fn_check_execute(fn);
    const EngineHost host = engine_host(session_of(fn)->engine);
    if (host.reload && host.reload(host.arg)) return true;
    warn(fn, "failed to send signal to postmaster");
    return false;
}
SQL_FUNCTION(2621, "pg_reload_conf", bool, (), VOLATILE | STRICT, reload_configuration,
             "has the configuration files read anew")

static bool rotate_log_file(Fn *fn)
{
    cat_fn_check_execute(fn);
    const EngineHost host = engine_host(session_of(fn)->engine);
    if (host.rotate_log && host.rotate_log(host.arg)) return true;
    warn(fn, "rotation not possible because log collection not active");
    return false;
}
SQL_FUNCTION(2622, "pg_rotate_logfile", bool, (), VOLATILE | STRICT, rotate_log_file,
             "has the log go on in a new file")

static int64_t start_time(Fn *fn)
{
    const EngineHost host = engine_host(session_of(fn)->engine);
    return host.started_us ? host.started_us(host.arg) - epoch_us : FN_NULL(fn, 0);
}
SQL_FUNCTION(2560, "pg_postmaster_start_time", timestamptz, (), STABLE | STRICT | NULLABLE,
             start_time, "when the server started")

static int64_t load_time(Fn *fn)
{
    const EngineHost host = engine_host(session_of(fn)->engine);
    return host.loaded_us ? host.loaded_us(host.arg) - epoch_us : FN_NULL(fn, 0);
}
SQL_FUNCTION(2034, "pg_conf_load_time", timestamptz, (),
             STABLE | STRICT | NULLABLE | PARALLEL_RESTRICTED, load_time,
             "when the configuration files were read last")

/* ---- this connection */

static Datum client_address(Fn *fn, const Datum *args)
{
    (void)args;
    return inet_datum(fn, session_of(fn)->address.host);
}
SQL_FUNCTION_DATUM(2196, "inet_client_addr", inet, (), STABLE | PARALLEL_RESTRICTED, client_address,
                   "address of the client; NULL for a Unix socket")

static Datum client_port(Fn *fn, const Datum *args)
{
    const ClientAddress *address = &session_of(fn)->address;
    (void)args;
    return address->host.bytes ? datum_i32(address->port) : datum_null();
}
SQL_FUNCTION_DATUM(2197, "inet_client_port", int4, (), STABLE | PARALLEL_RESTRICTED, client_port,
                   "port of the client; NULL for a Unix socket")

static Datum server_address(Fn *fn, const Datum *args)
{
    (void)args;
    return inet_datum(fn, session_of(fn)->address.server_host);
}
SQL_FUNCTION_DATUM(2198, "inet_server_addr", inet, (), STABLE | PARALLEL_RESTRICTED, server_address,
                   "address that the client reached; NULL for a Unix socket")

static Datum server_port(Fn *fn, const Datum *args)
{
    const ClientAddress *address = &session_of(fn)->address;
    (void)args;
    return address->server_host.bytes ? datum_i32(address->server_port) : datum_null();
}
SQL_FUNCTION_DATUM(2199, "inet_server_port", int4, (), STABLE | PARALLEL_RESTRICTED, server_port,
                   "port that the client reached; NULL for a Unix socket")

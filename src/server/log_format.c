/* SPDX-License-Identifier: Apache-2.0 */
/* log_format.c - what a log line says of the session it belongs to: escapes of log_line_prefix, and whole records as
 * CSV and JSON with PostgreSQL's columns. */
#include "server/server_internal.h"

#include "type/timezone.h"

/* ---- times */

/* Days since 1970-01-01 to a date of the Gregorian calendar: Hinnant, "chrono-compatible low-level date algorithms". */
static void civil_date(int64_t days, int *year, int *month, int *day)
{
    int64_t z = days + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    int64_t doe = z - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153;
    *day = (int)(doy - (153 * mp + 2) / 5 + 1);
    *month = (int)(mp < 10 ? mp + 3 : mp - 9);
    *year = (int)(yoe + era * 400 + (*month <= 2));
}

/* Microseconds between the epochs of the system (1970) and of SQL (2000). */
static const int64_t epoch_us = INT64_C(946684800) * 1000000;

static Str print_time(Arena *arena, const TimeZone *zone, int64_t us, bool milliseconds)
{
    const ZoneOffset offset = time_zone_offset(zone ? zone : time_zone_utc(), us - epoch_us);
    const Str name = zone ? offset.abbreviation : STR("UTC");
    int64_t seconds = us / 1000000 + offset.seconds, in_day = seconds % 86400;
    int year, month, day;
    civil_date(seconds / 86400, &year, &month, &day);
    Str time = str_format(arena, "%04d-%02d-%02d %02d:%02d:%02d", year, month, day,
                          (int)(in_day / 3600), (int)(in_day / 60 % 60), (int)(in_day % 60));
    if (!milliseconds) return str_format(arena, "%.*s %.*s", STR_ARG(time), STR_ARG(name));
    return str_format(arena, "%.*s.%03d %.*s", STR_ARG(time), (int)(us / 1000 % 1000),
                      STR_ARG(name));
}

Str server_log_time(Arena *arena, const TimeZone *zone)
{
    return print_time(arena, zone, os_wall_us(), false);
}

/* ---- the session */

static Connection *connection_of_task(void)
{
    const Worker *worker = workers__self();
    return worker ? worker->connection : NULL;
}

/* As ps would show it; while somebody logs in, that. */
static Str display(const Connection *c)
{
    return c->session ? str_from(c->server->ops->display(c->session)) : STR("authentication");
}

static Str session_id(Arena *arena, const Connection *c)
{
    return str_format(arena, "%llx.%x", (unsigned long long)(c->accepted_us / 1000000), c->process);
}

static Str remote(Arena *arena, const Connection *c, const char *form)
{
    Str host = socket_address_print(arena, &c->peer);
    if (c->peer.kind == SOCKET_UNIX) return host;
    return form[0] == '(' ? str_format(arena, "%.*s(%u)", STR_ARG(host), c->peer.port)
                          : str_format(arena, "%.*s:%u", STR_ARG(host), c->peer.port);
}

static SessionTransaction transaction_of(const Connection *c)
{
    return c && c->session ? c->server->ops->transaction(c->session) : (SessionTransaction){0};
}

/* "3/17": the session's slot, from 1, and which of its transactions. */
static Str virtual_transaction(Arena *arena, const Connection *c)
{
    const SessionTransaction transaction = transaction_of(c);
    return c && c->session ? str_format(arena, "%u/%llu", transaction.slot + 1,
                                        (unsigned long long)transaction.local)
                           : (Str){"", 0};
}

/* The server's own end of the connection. */
static Str local_address(Arena *arena, const Connection *c)
{
    SocketAddress local;
    if (c->peer.kind == SOCKET_UNIX || os_socket_local(c->wire.socket, &local) != OK)
        return STR("[local]");
    return socket_address_print(arena, &local);
}

static Str escape_of_connection(Connection *c, char escape, const TimeZone *zone, Arena *arena)
{
    switch (escape) {
    case 'a': return c->application_name;
    case 'u': return c->user.bytes ? c->user : STR("[unknown]");
    case 'd': return c->database.bytes ? c->database : STR("[unknown]");
    case 'p': return str_format(arena, "%u", c->process);
    case 'h': return socket_address_print(arena, &c->peer);
    case 'L': return local_address(arena, c);
    case 'v': return virtual_transaction(arena, c);
    case 'r': return remote(arena, c, "(");
    case 'b': return STR("client backend");
    case 'c': return session_id(arena, c);
    case 's': return print_time(arena, zone, c->accepted_us, false);
    case 'i': return display(c);
    case 'l': return str_format(arena, "%llu", (unsigned long long)++c->log_lines[LOG_LINES_TEXT]);
    default: return (Str){"", 0};
    }
}

static Str sqlstate_text(Arena *arena, const Error *record)
{
    char code[6];
    sqlstate_print(record->code, code);
    return str_copy(arena, str_from(code));
}

LogAbout server_log_about(const Error *record)
{
    static const LogVerbosity verbosities[] = {[SETTING_LOG_ERROR_VERBOSITY_TERSE] = LOG_TERSE,
                                               [SETTING_LOG_ERROR_VERBOSITY_DEFAULT] = LOG_DEFAULT,
                                               [SETTING_LOG_ERROR_VERBOSITY_VERBOSE] = LOG_VERBOSE};
    const Connection *c = connection_of_task();
    LogAbout about = {LOG_DEFAULT, {0}};
    if (!c || !c->session) return about;
    const Settings *settings = c->server->ops->settings(c->session);
    about.verbosity = verbosities[settings->log_error_verbosity];
    /* The setting's values stand in the order of log_rank. */
    if (!record->hides_statement && log_rank(record->severity) >= settings->log_min_error_statement)
        about.statement = c->server->ops->query(c->session);
    return about;
}

Str server_log_escape(void *zone, char escape, const Error *record, Arena *arena)
{
    Connection *c = connection_of_task();
    int64_t now = os_wall_us();
    switch (escape) {
    case 'm': return print_time(arena, zone, now, true);
    case 't': return print_time(arena, zone, now, false);
    case 'n':
        return str_format(arena, "%lld.%03d", (long long)(now / 1000000), (int)(now / 1000 % 1000));
    case 'e': return record ? sqlstate_text(arena, record) : (Str){0};
    case 'x': return str_format(arena, "%llu", (unsigned long long)transaction_of(c).xid);
    case 'Q': return STR("0"); /* the query's number: there are none */
    default: break;
    }
    if (c) return escape_of_connection(c, escape, zone, arena);
    if (escape == 'p') return str_format(arena, "%d", os_process_id());
    if (escape == 'b') return STR("postmaster");
    if (escape == 'L') return STR("[none]");
    return (Str){0};
}

/* ---- CSV */

static Str print_place(Arena *arena, const Error *record, LogVerbosity verbosity)
{
    if (verbosity != LOG_VERBOSE || !record->file) return (Str){0};
    return str_format(arena, "%s, %s:%d", record->function ? record->function : "",
                      log_file_name(record->file), record->line);
}

static Str print_number(Arena *arena, int64_t number)
{
    return number > 0 ? str_format(arena, "%lld", (long long)number) : (Str){0};
}

/* Texts stand in quotes, numbers, times and codes do not. */
typedef enum CsvForm { CSV_PLAIN, CSV_TEXT, CSV_TEXT_ALWAYS } CsvForm;

typedef struct CsvColumn {
    CsvForm form;
    Str text;
} CsvColumn;

static void csv_column(StrBuilder *out, const CsvColumn *column)
{
    const Str text = column->text;
    str_add_char(out, ',');
    if (column->form == CSV_PLAIN) str_add(out, text);
    if (column->form == CSV_PLAIN || (column->form == CSV_TEXT && text.bytes == 0)) return;
    str_add_char(out, '"');
    for (size_t i = 0; i < text.bytes; i++) {
        if (text.data[i] == '"') str_add_char(out, '"');
        str_add_char(out, text.data[i]);
    }
    str_add_char(out, '"');
}

Str server_log_csv(Arena *arena, const Error *record, const TimeZone *zone)
{
    Connection *c = connection_of_task();
    const LogAbout about = server_log_about(record);
    const int64_t now = os_wall_us();
    const Str nothing = {0},
              detail = record->detail_log.bytes ? record->detail_log : record->detail;
    const CsvColumn columns[] = {
        {CSV_TEXT, c ? c->user : nothing},
        {CSV_TEXT, c ? c->database : nothing},
        {CSV_PLAIN, print_number(arena, c ? (int64_t)c->process : os_process_id())},
        {CSV_TEXT, c ? remote(arena, c, ":") : nothing},
        {CSV_PLAIN, c ? session_id(arena, c) : nothing},
        {CSV_PLAIN, print_number(arena, c ? (int64_t)++c->log_lines[LOG_LINES_CSV] : 0)},
        {CSV_TEXT, c ? display(c) : nothing},
        {CSV_PLAIN, print_time(arena, zone, c ? c->accepted_us : now, false)},
        {CSV_PLAIN, virtual_transaction(arena, c)},
        {CSV_PLAIN, str_format(arena, "%llu", (unsigned long long)transaction_of(c).xid)},
        {CSV_PLAIN, str_from(severity_text(record->severity))},
        {CSV_PLAIN, sqlstate_text(arena, record)},
        {CSV_TEXT, record->message},
        {CSV_TEXT, detail},
        {CSV_TEXT, record->hint},
        {CSV_TEXT, record->internal_query},
        {CSV_PLAIN,
         record->internal_query.bytes ? print_number(arena, record->internal_position) : nothing},
        {CSV_TEXT, record->context},
        {CSV_TEXT, about.statement},
        {CSV_PLAIN, about.statement.bytes ? print_number(arena, record->position) : nothing},
        {CSV_TEXT, print_place(arena, record, about.verbosity)},
        {CSV_TEXT_ALWAYS, c ? c->application_name : nothing},
        {CSV_TEXT, c ? STR("client backend") : STR("postmaster")},
        {CSV_PLAIN, nothing}, /* leader */
        {CSV_PLAIN, STR("0")},
    };
    StrBuilder out = str_builder(arena, 256);
    str_add(&out, print_time(arena, zone, now, true));
    for (size_t i = 0; i < ARRAY_LEN(columns); i++) csv_column(&out, &columns[i]);
    str_add_char(&out, '\n');
    return str_done(&out);
}

/* ---- JSON */

static void json_text(StrBuilder *out, const char *key, Str text)
{
    if (text.bytes == 0) return;
    str_add_format(out, "%s\"%s\":\"", str_peek(out).bytes > 1 ? "," : "", key);
    for (size_t i = 0; i < text.bytes; i++) {
        uint8_t c = (uint8_t)text.data[i];
        if (c == '"' || c == '\\')
            str_add_format(out, "\\%c", c);
        else if (c == '\n')
            str_add(out, STR("\\n"));
        else if (c < 32)
            str_add_format(out, "\\u%04x", c);
        else
            str_add_char(out, (char)c);
    }
    str_add_char(out, '"');
}

static void json_any_number(StrBuilder *out, const char *key, int64_t number)
{
    str_add_format(out, "%s\"%s\":%lld", str_peek(out).bytes > 1 ? "," : "", key,
                   (long long)number);
}

static void json_number(StrBuilder *out, const char *key, int64_t number)
{
    if (number > 0) json_any_number(out, key, number);
}

static void json_session(StrBuilder *out, Arena *arena, Connection *c, const TimeZone *zone)
{
    json_text(out, "user", c->user);
    json_text(out, "dbname", c->database);
    json_number(out, "pid", c->process);
    json_text(out, "remote_host", socket_address_print(arena, &c->peer));
    json_number(out, "remote_port", c->peer.kind == SOCKET_UNIX ? 0 : c->peer.port);
    json_text(out, "session_id", session_id(arena, c));
    json_number(out, "line_num", (int64_t)++c->log_lines[LOG_LINES_JSON]);
    json_text(out, "ps", display(c));
    json_text(out, "session_start", print_time(arena, zone, c->accepted_us, false));
    json_text(out, "vxid", virtual_transaction(arena, c));
}

static void json_place(StrBuilder *out, const Error *record)
{
    json_text(out, "func_name", str_from(record->function ? record->function : ""));
    json_text(out, "file_name", str_from(log_file_name(record->file)));
    json_number(out, "file_line_num", record->line);
}

static void json_record(StrBuilder *out, const Error *record, const LogAbout *about)
{
    char code[6];
    sqlstate_print(record->code, code);
    json_text(out, "error_severity", str_from(severity_text(record->severity)));
    if (record->code != SQLSTATE_SUCCESSFUL_COMPLETION)
        json_text(out, "state_code", str_from(code));
    json_text(out, "message", record->message);
    json_text(out, "detail", record->detail_log.bytes ? record->detail_log : record->detail);
    json_text(out, "hint", record->hint);
    json_text(out, "internal_query", record->internal_query);
    if (record->internal_query.bytes)
        json_number(out, "internal_position", record->internal_position);
    json_text(out, "context", record->context);
    json_text(out, "statement", about->statement);
    if (about->statement.bytes) json_number(out, "cursor_position", record->position);
    if (about->verbosity == LOG_VERBOSE) json_place(out, record);
}

Str server_log_json(Arena *arena, const Error *record, const TimeZone *zone)
{
    Connection *c = connection_of_task();
    const LogAbout about = server_log_about(record);
    StrBuilder out = str_builder(arena, 512);
    str_add_char(&out, '{');
    json_text(&out, "timestamp", print_time(arena, zone, os_wall_us(), true));
    if (c)
        json_session(&out, arena, c, zone);
    else
        json_number(&out, "pid", os_process_id());
    json_any_number(&out, "txid", (int64_t)transaction_of(c).xid);
    json_record(&out, record, &about);
    json_text(&out, "application_name", c ? c->application_name : (Str){0});
    json_text(&out, "backend_type", c ? STR("client backend") : STR("postmaster"));
    json_any_number(&out, "query_id", 0);
    str_add(&out, STR("}\n"));
    return str_done(&out);
}

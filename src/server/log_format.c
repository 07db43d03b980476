/* SPDX-License-Identifier: Apache-2.0 */
/* log_format.c - what a log line says of the session it belongs to: escapes of log_line_prefix, and whole records as
 * CSV and JSON with PostgreSQL's columns. Times are those of UTC. */
#include "server/server_internal.h"

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

static Str print_time(Arena *arena, int64_t us, bool milliseconds)
{
    int64_t seconds = us / 1000000, in_day = seconds % 86400;
    int year, month, day;
    civil_date(seconds / 86400, &year, &month, &day);
    Str time = str_format(arena, "%04d-%02d-%02d %02d:%02d:%02d", year, month, day,
                          (int)(in_day / 3600), (int)(in_day / 60 % 60), (int)(in_day % 60));
    if (!milliseconds) return str_format(arena, "%.*s UTC", STR_ARG(time));
    return str_format(arena, "%.*s.%03d UTC", STR_ARG(time), (int)(us / 1000 % 1000));
}

/* ---- the session */

static Connection *connection_of_task(void)
{
    const Worker *worker = workers__self();
    return worker ? worker->connection : NULL;
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

static Str escape_of_connection(Connection *c, char escape, Arena *arena)
{
    switch (escape) {
    case 'a': return c->application_name;
    case 'u': return c->user.bytes ? c->user : STR("[unknown]");
    case 'd': return c->database.bytes ? c->database : STR("[unknown]");
    case 'p': return str_format(arena, "%u", c->process);
    case 'h': return socket_address_print(arena, &c->peer);
    case 'r': return remote(arena, c, "(");
    case 'b': return STR("client backend");
    case 'c': return session_id(arena, c);
    case 's': return print_time(arena, c->accepted_us, false);
    case 'l': return str_format(arena, "%llu", (unsigned long long)++c->log_lines);
    default: return (Str){"", 0};
    }
}

Str server_log_escape(void *arg, char escape, Arena *arena)
{
    (void)arg;
    Connection *c = connection_of_task();
    int64_t now = os_wall_us();
    switch (escape) {
    case 'm': return print_time(arena, now, true);
    case 't': return print_time(arena, now, false);
    case 'n':
        return str_format(arena, "%lld.%03d", (long long)(now / 1000000), (int)(now / 1000 % 1000));
    default: break;
    }
    if (c) return escape_of_connection(c, escape, arena);
    if (escape == 'p') return str_format(arena, "%d", os_process_id());
    if (escape == 'b') return STR("postmaster");
    return (Str){0};
}

/* ---- CSV */

static void csv_text(StrBuilder *out, Str text)
{
    if (text.bytes == 0) return;
    str_add_char(out, '"');
    for (size_t i = 0; i < text.bytes; i++) {
        if (text.data[i] == '"') str_add_char(out, '"');
        str_add_char(out, text.data[i]);
    }
    str_add_char(out, '"');
}

static Str print_place(Arena *arena, const Error *record)
{
    return record->file
               ? str_format(arena, "%s, %s:%d", record->function, record->file, record->line)
               : (Str){0};
}

static Str print_number(Arena *arena, int64_t number)
{
    return number > 0 ? str_format(arena, "%lld", (long long)number) : (Str){0};
}

Str server_log_csv(Arena *arena, const Error *record)
{
    Connection *c = connection_of_task();
    char code[6];
    sqlstate_print(record->code, code);
    int64_t now = os_wall_us();
    Str detail = record->detail_log.bytes ? record->detail_log : record->detail;
    const Str columns[] = {
        c ? c->user : (Str){0},
        c ? c->database : (Str){0},
        print_number(arena, c ? (int64_t)c->process : os_process_id()),
        c ? remote(arena, c, ":") : (Str){0},
        c ? session_id(arena, c) : (Str){0},
        print_number(arena, c ? (int64_t)++c->log_lines : 0),
        {0}, /* command tag */
        print_time(arena, c ? c->accepted_us : now, false),
        {0}, /* virtual transaction */
        STR("0"),
        str_from(severity_text(record->severity)),
        str_from(code),
        record->message,
        detail,
        record->hint,
        record->internal_query,
        print_number(arena, record->internal_position),
        record->context,
        record->statement,
        record->statement.bytes ? print_number(arena, record->position) : (Str){0},
        print_place(arena, record),
        c ? c->application_name : (Str){0},
        c ? STR("client backend") : STR("postmaster"),
        {0}, /* leader */
        STR("0"),
    };
    StrBuilder out = str_builder(arena, 256);
    str_add(&out, print_time(arena, now, true));
    for (size_t i = 0; i < ARRAY_LEN(columns); i++) {
        str_add_char(&out, ',');
        csv_text(&out, columns[i]);
    }
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

static void json_number(StrBuilder *out, const char *key, int64_t number)
{
    if (number <= 0) return;
    str_add_format(out, "%s\"%s\":%lld", str_peek(out).bytes > 1 ? "," : "", key,
                   (long long)number);
}

static void json_session(StrBuilder *out, Arena *arena, Connection *c)
{
    json_text(out, "user", c->user);
    json_text(out, "dbname", c->database);
    json_number(out, "pid", c->process);
    json_text(out, "remote_host", socket_address_print(arena, &c->peer));
    json_number(out, "remote_port", c->peer.kind == SOCKET_UNIX ? 0 : c->peer.port);
    json_text(out, "session_id", session_id(arena, c));
    json_number(out, "line_num", (int64_t)++c->log_lines);
    json_text(out, "session_start", print_time(arena, c->accepted_us, false));
}

Str server_log_json(Arena *arena, const Error *record)
{
    Connection *c = connection_of_task();
    StrBuilder out = str_builder(arena, 512);
    char code[6];
    sqlstate_print(record->code, code);
    str_add_char(&out, '{');
    json_text(&out, "timestamp", print_time(arena, os_wall_us(), true));
    if (c)
        json_session(&out, arena, c);
    else
        json_number(&out, "pid", os_process_id());
    json_text(&out, "error_severity", str_from(severity_text(record->severity)));
    if (record->severity >= SEVERITY_WARNING) json_text(&out, "state_code", str_from(code));
    json_text(&out, "message", record->message);
    json_text(&out, "detail", record->detail_log.bytes ? record->detail_log : record->detail);
    json_text(&out, "hint", record->hint);
    json_text(&out, "internal_query", record->internal_query);
    json_number(&out, "internal_position", record->internal_position);
    json_text(&out, "context", record->context);
    json_text(&out, "statement", record->statement);
    if (record->statement.bytes) json_number(&out, "cursor_position", record->position);
    json_text(&out, "func_name", str_from(record->function ? record->function : ""));
    json_text(&out, "file_name", str_from(record->file ? record->file : ""));
    json_number(&out, "file_line_num", record->line);
    json_text(&out, "application_name", c ? c->application_name : (Str){0});
    json_text(&out, "backend_type", c ? STR("client backend") : STR("postmaster"));
    str_add(&out, STR("}\n"));
    return str_done(&out);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* log.c - a record becomes text in an arena of its own, made with a chunk that holds an ordinary record. What does not
 * fit when memory is out is cut; when there is no arena at all, the bare message goes out of a buffer on the stack.
 * Escapes are answered by others and may raise: they run under a catch, with the task's current error kept
 * (task->error_hold). */
#include "base/log.h"

#include "base/arena.h"
#include "base/arena_internal.h"
#include "base/task.h"

enum { RECORD_CHUNK_BYTES = 4096, LAST_RESORT_BYTES = 512 };

int log_rank(Severity severity)
{
    static const Severity order[] = {
        SEVERITY_DEBUG5, SEVERITY_DEBUG4, SEVERITY_DEBUG3, SEVERITY_DEBUG2,
        SEVERITY_DEBUG1, SEVERITY_INFO,   SEVERITY_NOTICE, SEVERITY_WARNING,
        SEVERITY_ERROR,  SEVERITY_LOG,    SEVERITY_FATAL,  SEVERITY_PANIC,
    };
    int rank = 0;
    while (order[rank] != severity) rank++;
    return rank;
}

static const Log *task_log(void)
{
    const Task *task = task_self();
    return task ? task->log : NULL;
}

bool log_wants(Severity severity)
{
    const Log *log = task_log();
    return log_rank(severity) >= log_rank(log ? log->least : SEVERITY_WARNING);
}

Str log_expand_prefix(Arena *arena, const char *prefix, LogEscape escape, void *arg,
                      const Error *record)
{
    StrBuilder b = str_builder(arena, 64);
    for (const char *p = prefix; *p; p++) {
        if (*p != '%') {
            str_add_char(&b, *p);
            continue;
        }
        bool left = *++p == '-';
        if (left) p++;
        size_t width = 0;
        for (; *p >= '0' && *p <= '9'; p++)
            width = MIN(10 * width + (size_t)(*p - '0'), (size_t)LOG_PADDING_MAX);
        if (*p == 0) break; /* a lone % at the end is dropped */
        if (*p == '%') {
            str_add_char(&b, '%');
            continue;
        }
        Str text = escape ? escape(arg, *p, record, arena) : (Str){0};
        if (*p == 'q') {
            if (!text.data) break;
            continue;
        }
        size_t padding = width > text.bytes ? width - text.bytes : 0;
        if (!left) str_add_repeat(&b, ' ', padding);
        str_add(&b, text);
        if (left) str_add_repeat(&b, ' ', padding);
    }
    return str_done(&b);
}

/* ---- a record as text ---- */

typedef struct Record {
    const Error *error;
    const Log *log;
    Arena *arena;
    bool with_prefix;
    Str lines; /* the outcome */
} Record;

const char *log_file_name(const char *path)
{
    const char *slash = path ? strrchr(path, '/') : NULL;
    return slash ? slash + 1 : path ? path : "";
}

/* The prefix is expanded for every line: %l counts lines. */
static void begin_line(const Record *record, StrBuilder *b, const char *label)
{
    const Log *log = record->log;
    if (record->with_prefix)
        str_add(b, log_expand_prefix(record->arena, log->prefix, log->escape, log->escape_arg,
                                     record->error));
    str_add_zero_terminated(b, label);
    str_add(b, STR(":  "));
}

/* A tab stands before each further line of the text. */
static void add_text(StrBuilder *b, Str text)
{
    for (size_t i = 0; i < text.bytes; i++) {
        str_add_char(b, text.data[i]);
        if (text.data[i] == '\n') str_add_char(b, '\t');
    }
}

static void add_field(const Record *record, StrBuilder *b, const char *label, Str text)
{
    if (text.bytes == 0) return;
    begin_line(record, b, label);
    add_text(b, text);
    str_add_char(b, '\n');
}

static void add_message(const Record *record, StrBuilder *b, LogVerbosity verbosity)
{
    const Error *error = record->error;
    int32_t position = error->position > 0 ? error->position : error->internal_position;
    begin_line(record, b, severity_text(error->severity));
    if (verbosity == LOG_VERBOSE) {
        char code[6];
        sqlstate_print(error->code, code);
        str_add_format(b, "%s: ", code);
    }
    add_text(b, error->message.bytes > 0 ? error->message : STR("missing error text"));
    if (position > 0) str_add_format(b, " at character %d", position);
    str_add_char(b, '\n');
}

static void format_record(void *arg)
{
    Record *record = arg;
    const Error *error = record->error;
    const Log *log = record->log;
    StrBuilder b = str_builder(record->arena, 512);
    LogAbout about = log && log->about ? log->about(error) : (LogAbout){LOG_DEFAULT, {0}};
    add_message(record, &b, about.verbosity);
    if (about.verbosity >= LOG_DEFAULT) {
        add_field(record, &b, "DETAIL",
                  error->detail_log.bytes > 0 ? error->detail_log : error->detail);
        add_field(record, &b, "HINT", error->hint);
        add_field(record, &b, "QUERY", error->internal_query);
        add_field(record, &b, "CONTEXT", error->context);
    }
    if (about.verbosity == LOG_VERBOSE && error->file)
        add_field(record, &b, "LOCATION",
                  str_format(record->arena, "%s, %s:%d", error->function ? error->function : "",
                             log_file_name(error->file), error->line));
    add_field(record, &b, "STATEMENT", about.statement);
    record->lines = str_done(&b);
}

/* Severity and message alone, in `buffer`. */
static Str format_cut(const Error *error, char *buffer, size_t bytes)
{
    int length = snprintf(buffer, bytes, "%s:  %.*s", severity_text(error->severity),
                          STR_ARG(error->message));
    size_t used = MIN((size_t)MAX(length, 0), bytes - 2);
    buffer[used] = '\n';
    buffer[used + 1] = 0;
    return (Str){buffer, used + 1};
}

static void sink_to_stderr(Str line)
{
    fprintf(stderr, "%.*s", STR_ARG(line));
}

/* Runs body(record) where a raise does no harm to the task's current error. */
static bool try_format(Task *task, void (*body)(void *arg), Record *record)
{
    Error *current = task->error;
    Status noted = task->noted;
    task->error_hold++;
    task->interrupts_held++;
    bool done = error_catch(body, record, NULL, NULL);
    task->interrupts_held--;
    task->error_hold--;
    task->error = current;
    task->noted = noted;
    return done;
}

void log_error(const Error *error)
{
    Task *task = task_self();
    const Log *log = task_log();
    if (!log_wants(error->severity)) return;
    char last_resort[LAST_RESORT_BYTES];
    /* In a critical section nothing may raise, not even under a catch. */
    bool may_format = task && task->critical_depth == 0;
    Arena *arena = may_format
                       ? arena__try_new_sized(task->account, "log record", RECORD_CHUNK_BYTES)
                       : NULL;
    Record record = {.error = error, .log = log, .arena = arena};
    record.with_prefix = log && log->prefix && log->prefix[0];
    bool formatted = arena && try_format(task, format_record, &record);
    if (arena && !formatted && record.with_prefix) { /* better without than not at all */
        record.with_prefix = false;
        formatted = try_format(task, format_record, &record);
    }
    if (!formatted) record.lines = format_cut(error, last_resort, sizeof last_resort);
    if (log && log->sink)
        log->sink(log->sink_arg, error, record.lines);
    else
        sink_to_stderr(record.lines);
    if (arena) arena_drop(arena);
}

void log_write_at(Severity severity, const char *file, int line, const char *function,
                  const char *format, ...)
{
    if (!log_wants(severity)) return;
    char buffer[LAST_RESORT_BYTES];
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int length = vsnprintf(buffer, sizeof buffer, format, args);
    size_t bytes = (size_t)MAX(length, 0);
    Str message = {buffer, MIN(bytes, sizeof buffer - 1)};
    const Task *task = task_self();
    Arena *arena = bytes > message.bytes && task ? arena_try_new(task->account, "log message")
                                                 : NULL;
    char *whole = arena ? arena_try_alloc(arena, bytes + 1) : NULL;
    if (whole) {
        vsnprintf(whole, bytes + 1, format, again);
        message = (Str){whole, bytes};
    }
    va_end(again);
    va_end(args);
    Error error = {
        .code = severity >= SEVERITY_ERROR     ? SQLSTATE_INTERNAL_ERROR
                : severity == SEVERITY_WARNING ? SQLSTATE_WARNING
                                               : SQLSTATE_SUCCESSFUL_COMPLETION,
        .severity = severity,
        .message = message,
        .file = file,
        .function = function,
        .line = line,
    };
    log_error(&error);
    if (arena) arena_drop(arena);
}

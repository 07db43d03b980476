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

Str log_expand_prefix(Arena *arena, const char *prefix, LogEscape escape, void *arg)
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
        Str text = escape ? escape(arg, *p, arena) : (Str){0};
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
    Str prefix;
    Str lines; /* the outcome */
} Record;

static void expand_prefix(void *arg)
{
    Record *record = arg;
    record->prefix = log_expand_prefix(record->arena, record->log->prefix, record->log->escape,
                                       record->log->escape_arg);
}

/* "prefix LABEL:  text", and a tab before each further line of the text. */
static void add_field(StrBuilder *b, Str prefix, const char *label, Str text, int32_t position)
{
    if (text.bytes == 0) return;
    str_add(b, prefix);
    str_add_zero_terminated(b, label);
    str_add(b, STR(":  "));
    for (size_t i = 0; i < text.bytes; i++) {
        str_add_char(b, text.data[i]);
        if (text.data[i] == '\n') str_add_char(b, '\t');
    }
    if (position > 0) str_add_format(b, " at character %d", position);
    str_add_char(b, '\n');
}

static void format_record(void *arg)
{
    Record *record = arg;
    const Error *error = record->error;
    StrBuilder b = str_builder(record->arena, 512);
    int32_t position = error->position > 0 ? error->position : error->internal_position;
    add_field(&b, record->prefix, severity_text(error->severity),
              error->message.bytes > 0 ? error->message : STR("missing error text"), position);
    add_field(&b, record->prefix, "DETAIL",
              error->detail_log.bytes > 0 ? error->detail_log : error->detail, 0);
    add_field(&b, record->prefix, "HINT", error->hint, 0);
    add_field(&b, record->prefix, "QUERY", error->internal_query, 0);
    add_field(&b, record->prefix, "CONTEXT", error->context, 0);
    add_field(&b, record->prefix, "STATEMENT", error->statement, 0);
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
    if (arena && log && log->prefix && log->prefix[0]) try_format(task, expand_prefix, &record);
    if (!arena || !try_format(task, format_record, &record))
        record.lines = format_cut(error, last_resort, sizeof last_resort);
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

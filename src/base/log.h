/* SPDX-License-Identifier: Apache-2.0 */
/* log.h - the server's log: levels, where lines go, and what stands before them (log_line_prefix). */
#pragma once

#include "base/base.h"
#include "base/error.h"

/* What a %-escape of log_line_prefix stands for; the owner answers for its session. Escapes it does not answer are
 * empty. Of 'q' only whether the answer's data is NULL counts: it is outside of sessions, and the prefix ends there.
 * `record`: what is written, for %e; may be NULL. May raise. */
typedef Str (*LogEscape)(void *arg, char escape, const Error *record, Arena *arena);

typedef enum LogVerbosity { LOG_TERSE, LOG_DEFAULT, LOG_VERBOSE } LogVerbosity;
/* How much of a record is written, and with which statement of the client (empty: none). */
typedef struct LogAbout {
    LogVerbosity verbosity;
    Str statement;
} LogAbout;

struct Log {
    Severity least;     /* lines below it are dropped */
    const char *prefix; /* log_line_prefix; "" for none */
    LogEscape escape;
    LogAbout (*about)(const Error *record); /* NULL: LOG_DEFAULT, no statement. Does not raise. */
    void *escape_arg;
    /* Takes one finished record, in any task; must not raise. `line` ends in a newline and includes the prefix. */
    void (*sink)(void *arg, const Error *record, Str line);
    void *sink_arg;
};
typedef struct Log Log;

/* Writes a line to the task's log, or to standard error when it has none. Never raises, leaves the current error alone,
 * and cuts when memory is out. */
void log_write_at(Severity severity, const char *file, int line, const char *function,
                  const char *format, ...) PRINTF_LIKE(5, 6);
#define log_write(severity, ...) log_write_at((severity), __FILE__, __LINE__, __func__, __VA_ARGS__)
/* Writes a whole error as PostgreSQL does: with its position, and unless terse its detail (or detail_log), hint,
 * internal query and context, when verbose its code and place, then the statement, each on a line with the prefix;
 * further lines of a text are indented by a tab. */
void log_error(const Error *error);
/* Would a line of this severity be written? */
bool log_wants(Severity severity);
/* Expands a log_line_prefix with the padding rule (%-10u); `escape` answers each letter. Padding stops at
 * LOG_PADDING_MAX. */
enum { LOG_PADDING_MAX = 1000 };
Str log_expand_prefix(Arena *arena, const char *prefix, LogEscape escape, void *arg,
                      const Error *record);
/* The name without its folders. */
const char *log_file_name(const char *path);
/* PostgreSQL's order of levels for log_min_messages: LOG stands above ERROR there. */
int log_rank(Severity severity);

/* SPDX-License-Identifier: Apache-2.0 */
/* statement_log.c - see statement_log.h. A line that holds the statement's text is not followed by STATEMENT. */
#include "session/statement_log.h"

#include "base/log.h"
#include "base/scope.h"
#include "base/task.h"
#include "os/clock.h"

enum { LINE_BYTES_LEAST = 256 };

void statement_log_begin(StatementLog *log, const Settings *settings, int64_t began_us,
                         const char *what, Str name, Str sql)
{
    *log = (StatementLog){.settings = settings,
                          .what = what,
                          .name = name.bytes ? name : STR("<unnamed>"),
                          .sql = sql,
                          .began_us = began_us};
}

static bool is_simple(const StatementLog *log)
{
    return strcmp(log->what, "statement") == 0;
}

/* "before" and "statement: SQL", or "execute NAME: SQL". */
static void write_line(const StatementLog *log, const char *before, bool with_text)
{
    SCOPED(scope);
    Arena *arena = scope_arena(scope, task_self()->account, "statement's log line");
    StrBuilder line = str_builder(arena, LINE_BYTES_LEAST + (with_text ? log->sql.bytes : 0));
    str_add_zero_terminated(&line, before);
    if (with_text && is_simple(log))
        str_add_format(&line, "statement: %.*s", STR_ARG(log->sql));
    else if (with_text)
        str_add_format(&line, "%s %.*s: %.*s", log->what, STR_ARG(log->name), STR_ARG(log->sql));
    const Error record = {.code = SQLSTATE_SUCCESSFUL_COMPLETION,
                          .severity = SEVERITY_LOG,
                          .message = str_done(&line),
                          .detail = with_text && log->detail ? log->detail(log->arg) : (Str){0},
                          .hides_statement = true,
                          .file = __FILE__,
                          .function = __func__,
                          .line = __LINE__};
    log_error(&record);
}

void statement_log_text(StatementLog *log, StatementClass class)
{
    static const int32_t least[] = {[STATEMENT_DDL] = SETTING_LOG_STATEMENT_DDL,
                                    [STATEMENT_MOD] = SETTING_LOG_STATEMENT_MOD,
                                    [STATEMENT_OTHER] = SETTING_LOG_STATEMENT_ALL};
    if (log->settings->log_statement < least[class]) return;
    write_line(log, "", true);
    log->told = true;
}

void statement_log_end(StatementLog *log)
{
    const int32_t least_ms = log->settings->log_min_duration_statement;
    if (!log->settings->log_duration && least_ms < 0) return;
    const int64_t us = MAX(os_wall_us() - log->began_us, (int64_t)0);
    const bool slow = least_ms >= 0 && us >= (int64_t)least_ms * 1000;
    const bool with_text = slow && !log->told;
    if (!slow && !log->settings->log_duration) return;
    char before[64];
    (void)snprintf(before, sizeof before, "duration: %lld.%03d ms%s", (long long)(us / 1000),
                   (int)(us % 1000), with_text ? "  " : "");
    write_line(log, before, with_text);
}

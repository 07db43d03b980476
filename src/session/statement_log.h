/* SPDX-License-Identifier: Apache-2.0 */
/* statement_log.h - what the server's log tells of statements: their texts (log_statement) and how long they took
 * (log_duration, log_min_duration_statement). */
#pragma once

#include "base/base.h"
#include "session/settings.h"

/* As log_statement counts them. */
typedef enum StatementClass { STATEMENT_DDL, STATEMENT_MOD, STATEMENT_OTHER } StatementClass;

/* One message that is timed. `what` and `name` as they are written: "statement", or "parse", "bind", "execute" of a
 * statement's name. */
typedef struct StatementLog {
    const Settings *settings;
    const char *what;
    Str name, sql;
    Str (*detail)(void *arg); /* asked when a line is written; NULL: none. May raise. */
    void *arg;
    int64_t began_us;
    bool told; /* the text is in the log already */
} StatementLog;

/* The time runs from `began_us` (os_wall_us), when the message came. */
void statement_log_begin(StatementLog *log, const Settings *settings, int64_t began_us,
                         const char *what, Str name, Str sql);
/* Writes the text when log_statement wants statements of this class. */
void statement_log_text(StatementLog *log, StatementClass class);
/* Writes how long it took, and the text when it was not told before and took too long. */
void statement_log_end(StatementLog *log);

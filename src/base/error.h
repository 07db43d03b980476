/* SPDX-License-Identifier: Apache-2.0 */
/* error.h - errors as the client sees them, and how they travel.
 *
 * Floors that return Status leave detail here with error_note. Everything above raises: the stack unwinds (longjmp) to
 * the innermost error_catch, giving back on the way whatever the scopes in between own (base/scope.h). Never raise over
 * foreign frames (a library's callback), nor with a latch held or WAL reserved: that stops the process
 * (task_critical_enter).
 *
 * Bad user input to a type is a value, not a raise: InputError below. */
#pragma once

#include "base/base.h"
#include "base/sqlstate.h"

typedef enum Severity {
    SEVERITY_DEBUG5,
    SEVERITY_DEBUG4,
    SEVERITY_DEBUG3,
    SEVERITY_DEBUG2,
    SEVERITY_DEBUG1,
    SEVERITY_LOG,
    SEVERITY_INFO,
    SEVERITY_NOTICE,
    SEVERITY_WARNING,
    SEVERITY_ERROR,
    SEVERITY_FATAL,
    SEVERITY_PANIC,
} Severity;

/* Every field of an error or notice. Texts are Str with bytes 0 where absent. */
typedef struct Error {
    Sqlstate code;
    Severity severity;
    Str message, detail, hint, context;
    Str detail_log; /* for the server's log only */
    Str schema, table, column, type, constraint;
    Str internal_query;
    bool
        hides_statement; /* the log does not add the statement at work: the message says it, or that is too much */
    int32_t position, internal_position; /* in characters, from 1; 0: none */
    const char *file, *function;         /* where it was raised; static text */
    int line;
} Error;

/* Starts the error of this task, which becomes the current one; the setters fill it. The texts live in the task's error
 * buffer, until the error after the next begins: they may be used in the next. When memory is out they are cut, never
 * refused. */
Error *error_begin_at(Sqlstate code, const char *file, int line, const char *function);
#define error_begin(code) error_begin_at((code), __FILE__, __LINE__, __func__)
Error *error_message(Error *error, const char *format, ...) PRINTF_LIKE(2, 3);
Error *error_detail(Error *error, const char *format, ...) PRINTF_LIKE(2, 3);
Error *error_detail_log(Error *error, const char *format, ...) PRINTF_LIKE(2, 3);
Error *error_hint(Error *error, const char *format, ...) PRINTF_LIKE(2, 3);
Error *error_context(Error *error, const char *format, ...) PRINTF_LIKE(2, 3); /* adds a line */
Error *error_position(Error *error, int32_t position);
Error *error_internal_query(Error *error, Str query, int32_t position);
Error *error_severity(Error *error, Severity severity); /* ERROR unless set */
Error *error_object(Error *error, Str schema, Str table, Str column, Str type, Str constraint);
_Noreturn void error_raise(Error *error);

/* The short form: begin, message, raise. */
_Noreturn void raise_error_at(Sqlstate code, const char *file, int line, const char *function,
                              const char *format, ...) PRINTF_LIKE(5, 6);
#define raise_error(code, ...) raise_error_at((code), __FILE__, __LINE__, __func__, __VA_ARGS__)

/* For the floors that return Status: leaves the error in the task's buffer and gives `status` back, so that
 * `return error_note(ST_CORRUPT, SQLSTATE_DATA_CORRUPTED, "...")` is one line. */
Status error_note_at(Status status, Sqlstate code, const char *file, int line, const char *function,
                     const char *format, ...) PRINTF_LIKE(6, 7);
#define error_note(status, code, ...) \
    error_note_at((status), (code), __FILE__, __LINE__, __func__, __VA_ARGS__)
/* Raises what a lower floor reported: the current error if it was noted with this status, else one made from
 * `status`. */
_Noreturn void raise_status(Status status);
#define CHECK(call)                                 \
    do {                                            \
        Status st_ = (call);                        \
        if (UNLIKELY(st_ != OK)) raise_status(st_); \
    } while (0)

/* Runs body(arg). True when it returned. When it raised: false, every scope entered inside is left, interrupts_held is
 * as before, and *error holds a copy of the error in `arena`, or, when there was no memory for one, the error in the
 * task's buffer itself. The arena must be older than the call (never one that a scope inside drops). `arena` and
 * `error` may be NULL. */
bool error_catch(void (*body)(void *arg), void *arg, Arena *arena, Error **error);
/* The error that this task last began; NULL when none since error_clear. */
Error *error_current(void);
void error_clear(void);
Error *error_copy(Arena *arena, const Error *error);
/* Raises a copy of an error that was caught before, with its place kept. */
_Noreturn void error_raise_again(const Error *error);
const char *severity_text(Severity severity); /* "ERROR", "NOTICE", ... as clients see them */

/* What a type's input, a cast or a path found wrong with a value. The first report wins. */
typedef struct InputError {
    bool failed;
    bool insisted;    /* input_error_insist */
    int32_t position; /* in the text, in characters from 1; 0: none is shown */
    Sqlstate code;
    Arena *arena; /* where the texts go; they raise 53200 when memory is out */
    Str message, detail, hint, context;
    Str schema, type, constraint; /* of a domain's constraint */
    const char *file, *function;
    int line;
} InputError;

/* Fills *err unless it is filled already; always false, so that a parser can `return input_error(...)`. `err` may be
 * NULL: the caller wants only to know whether the input is good. */
bool input_error_at(InputError *err, Sqlstate code, const char *file, int line,
                    const char *function, const char *format, ...) PRINTF_LIKE(6, 7);
#define input_error(err, code, ...) \
    input_error_at((err), (code), __FILE__, __LINE__, __func__, __VA_ARGS__)
bool input_error_detail(InputError *err, const char *format, ...)
    PRINTF_LIKE(2, 3); /* always false */
bool input_error_hint(InputError *err, const char *format, ...)
    PRINTF_LIKE(2, 3); /* always false */
bool input_error_context(InputError *err, const char *format, ...)
    PRINTF_LIKE(2, 3); /* always false */
/* What was just reported is to be raised also where bad input is no error (pg_input_is_valid, to_regtype, COPY's
 * ON_ERROR): a name that nothing could have. Always false. */
bool input_error_insist(InputError *err, int32_t position);
/* What was reported, as the task's current error: to be completed and raised. */
Error *input_error_begin(const InputError *err);
/* Names what was violated, unless a report before did; always false. */
bool input_error_object(InputError *err, Str schema, Str type, Str constraint);
_Noreturn void input_error_raise(const InputError *err);

/* SPDX-License-Identifier: Apache-2.0 */
/* error.c - the error buffer of a task, and the raise.
 *
 * A task has two error arenas. Beginning an error resets the one that the current error does not stand in, so that a
 * text of the current error may be used in the next one, and a release function that notes an error of its own while a
 * raise passes does not overwrite what is being raised (`error_hold`). The first chunk of an error arena is never given
 * back: when memory is out, texts are cut to what is left of it, and so an error can always be made and raised.
 *
 * error_catch calls its body by a function pointer after _setjmp: no local of the caller is changed between the two, so
 * nothing needs `volatile`. The raise itself leaves the scopes, while the frames that hold them are still on the stack,
 * then jumps.
 *
 * (ER1) task->error is NULL or stands in error_arenas[error_at], or in the other one while error_hold > 0
 * (ER2) task->noted is OK or the status that the current error was noted with */
#include "base/error.h"

#include <setjmp.h>

#include "base/arena.h"
#include "base/arena_internal.h"
#include "base/error_internal.h"
#include "base/scope.h"
#include "base/task.h"
#include "base/utf8.h"

struct CatchFrame {
    jmp_buf place;
    CatchFrame *outer;
    Scope *scopes;
    uint32_t interrupts_held, error_hold, scope_releasing;
    Arena *arena;
    Error **error;
};

/* ---- the buffer ---- */

enum { ERROR_CHUNK_BYTES = 4096 };

Status error__init_task(Task *task)
{
    for (uint32_t i = 0; i < ARRAY_LEN(task->error_arenas); i++) {
        task->error_arenas[i] = arena__try_new_sized(task->account, "error", ERROR_CHUNK_BYTES);
        if (!task->error_arenas[i]) {
            error__release_task(task);
            return ST_NO_MEMORY;
        }
    }
    return OK;
}

void error__release_task(Task *task)
{
    for (uint32_t i = 0; i < ARRAY_LEN(task->error_arenas); i++) {
        if (task->error_arenas[i]) arena_drop(task->error_arenas[i]);
        task->error_arenas[i] = NULL;
    }
    task->error = NULL;
}

static _Noreturn void stop_process(const Error *error, const char *why, const char *what)
{
    char code[6];
    sqlstate_print(error->code, code);
    fprintf(stderr, "%s:%d: %s: error %s raised %s%s: %.*s\n", error->file, error->line,
            error->function, code, why, what, STR_ARG(error->message));
    abort();
}

Error *error_begin_at(Sqlstate code, const char *file, int line, const char *function)
{
    Task *task = task_self();
    if (!task) {
        Error error = {.code = code, .file = file, .line = line, .function = function};
        stop_process(&error, "on a thread without a task", "");
    }
    uint8_t at = !task->error_at;
    Arena *arena = task->error_arenas[at];
    arena_reset(arena);
    Error *error = arena_try_alloc_zero(arena, sizeof *error);
    ASSERT(error != NULL); /* its first chunk has room for it */
    error->code = code;
    error->severity = SEVERITY_ERROR;
    error->file = file;
    error->line = line;
    error->function = function;
    if (task->error_hold == 0) task->error_at = at;
    task->error = error;
    task->noted = OK;
    return error;
}

/* Where the current error's texts go. */
static Arena *text_arena(void)
{
    const Task *task = task_self();
    return task->error_arenas[task->error_hold == 0 ? task->error_at : !task->error_at];
}

/* `bytes` of memory, or what can be had: at most half of what is left, so that later texts find some. */
static char *text_space(Arena *arena, size_t *bytes)
{
    char *space = arena_try_alloc(arena, *bytes);
    if (space) return space;
    *bytes = MIN(*bytes, arena__room(arena) / 2);
    return arena_try_alloc(arena, *bytes);
}

/* Of a text that was cut: without the last character if that is not whole. */
static Str drop_broken_end(Str text)
{
    size_t last = utf8_prev(text, text.bytes);
    if (last + utf8_length(text.data[last]) > text.bytes) text.bytes = last;
    return text;
}

static PRINTF_LIKE(2, 0) Str text_format(Arena *arena, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    size_t space_bytes = length < 0 ? 1 : (size_t)length + 1;
    char *space = text_space(arena, &space_bytes);
    Str text = {0};
    if (space && space_bytes > 1) {
        vsnprintf(space, space_bytes, format, again);
        text = (Str){space, space_bytes - 1};
        if (space_bytes <= (size_t)length) text = drop_broken_end(text);
    }
    va_end(again);
    return text;
}

static Str text_copy(Arena *arena, Str s)
{
    size_t bytes = s.bytes;
    char *space = bytes > 0 ? text_space(arena, &bytes) : NULL;
    if (!space) return (Str){0};
    s = utf8_clip(s, bytes);
    memcpy(space, s.data, s.bytes);
    return (Str){space, s.bytes};
}

Error *error_message(Error *error, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    error->message = text_format(text_arena(), format, args);
    va_end(args);
    return error;
}

Error *error_detail(Error *error, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    error->detail = text_format(text_arena(), format, args);
    va_end(args);
    return error;
}

Error *error_detail_log(Error *error, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    error->detail_log = text_format(text_arena(), format, args);
    va_end(args);
    return error;
}

Error *error_hint(Error *error, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    error->hint = text_format(text_arena(), format, args);
    va_end(args);
    return error;
}

Error *error_context(Error *error, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    Str line = text_format(text_arena(), format, args);
    va_end(args);
    if (error->context.bytes == 0) {
        error->context = line;
        return error;
    }
    size_t bytes = error->context.bytes + 1 + line.bytes;
    char *space = text_space(text_arena(), &bytes);
    if (!space || bytes <= error->context.bytes)
        return error; /* no room for more: the inner lines stay */
    memcpy(space, error->context.data, error->context.bytes);
    space[error->context.bytes] = '\n';
    line = utf8_clip(line, bytes - error->context.bytes - 1);
    if (line.bytes > 0) memcpy(space + error->context.bytes + 1, line.data, line.bytes);
    error->context = (Str){space, error->context.bytes + 1 + line.bytes};
    return error;
}

Error *error_position(Error *error, int32_t position)
{
    error->position = position;
    return error;
}

Error *error_internal_query(Error *error, Str query, int32_t position)
{
    error->internal_query = text_copy(text_arena(), query);
    error->internal_position = position;
    return error;
}

Error *error_severity(Error *error, Severity severity)
{
    error->severity = severity;
    return error;
}

Error *error_object(Error *error, Str schema, Str table, Str column, Str type, Str constraint)
{
    Arena *arena = text_arena();
    error->schema = text_copy(arena, schema);
    error->table = text_copy(arena, table);
    error->column = text_copy(arena, column);
    error->type = text_copy(arena, type);
    error->constraint = text_copy(arena, constraint);
    return error;
}

Error *error_current(void)
{
    return task_self()->error;
}

void error_clear(void)
{
    Task *task = task_self();
    task->error = NULL;
    task->noted = OK;
}

/* Every text of an error, for copying. */
static const size_t text_offsets[] = {
    offsetof(Error, message),    offsetof(Error, detail),         offsetof(Error, hint),
    offsetof(Error, context),    offsetof(Error, schema),         offsetof(Error, table),
    offsetof(Error, detail_log), offsetof(Error, column),         offsetof(Error, type),
    offsetof(Error, constraint), offsetof(Error, internal_query),
};

static Error *try_copy(Arena *arena, const Error *error)
{
    Error *copy = arena_try_alloc(arena, sizeof *copy);
    if (!copy) return NULL;
    *copy = *error;
    for (size_t i = 0; i < ARRAY_LEN(text_offsets); i++) {
        Str *text = (Str *)(void *)((char *)copy + text_offsets[i]);
        if (text->bytes == 0) continue;
        char *space = arena_try_alloc(arena, text->bytes);
        if (!space) return NULL;
        text->data = memcpy(space, text->data, text->bytes);
    }
    return copy;
}

Error *error_copy(Arena *arena, const Error *error)
{
    Error *copy = try_copy(arena, error);
    if (!copy) raise_error(SQLSTATE_OUT_OF_MEMORY, "out of memory");
    return copy;
}

/* ---- raise and catch ---- */

bool error_catch(void (*body)(void *arg), void *arg, Arena *arena, Error **error)
{
    Task *task = task_self();
    CatchFrame frame;
    /* Field by field: an initializer would also clear `place`, which costs more than all the rest. */
    frame.outer = task->catches;
    frame.scopes = task->scopes;
    frame.interrupts_held = task->interrupts_held;
    frame.error_hold = task->error_hold;
    frame.scope_releasing = task->scope_releasing;
    frame.arena = arena;
    frame.error = error;
    task->catches = &frame;
    task->scope_releasing = 0;
    if (_setjmp(frame.place) != 0) return false;
    body(arg);
    ASSERT(task->catches == &frame && task->scopes == frame.scopes);
    task->catches = frame.outer;
    task->scope_releasing = frame.scope_releasing;
    return true;
}

_Noreturn void error_raise(Error *error)
{
    Task *task = task_self();
    CatchFrame *frame = task->catches;
    if (task->critical_depth > 0)
        stop_process(error, "in a critical section: ",
                     task->critical_what ? task->critical_what : "unnamed");
    if (!frame) stop_process(error, "with nobody to catch it", "");
    if (task->scope_releasing) stop_process(error, "by the release of a scope's item", "");
    /* Copied first: the scopes may note errors of their own. */
    Error *copy = frame->error && frame->arena ? try_copy(frame->arena, error) : NULL;
    task->catches = frame->outer;
    task->error_hold++;
    while (task->scopes != frame->scopes) scope_leave(task->scopes);
    task->interrupts_held = frame->interrupts_held;
    task->error_hold = frame->error_hold;
    task->scope_releasing = frame->scope_releasing;
    task->error = error;
    task->noted = OK;
    if (frame->error) *frame->error = copy ? copy : error;
    _longjmp(frame->place, 1);
}

_Noreturn void raise_error_at(Sqlstate code, const char *file, int line, const char *function,
                              const char *format, ...)
{
    Error *error = error_begin_at(code, file, line, function);
    va_list args;
    va_start(args, format);
    error->message = text_format(text_arena(), format, args);
    va_end(args);
    error_raise(error);
}

_Noreturn void error_raise_again(const Error *error)
{
    Task *task = task_self();
    if (error == task->error) error_raise(task->error);
    Error *again = error_begin_at(error->code, error->file, error->line, error->function);
    Arena *arena = text_arena();
    *again = *error;
    for (size_t i = 0; i < ARRAY_LEN(text_offsets); i++) {
        Str *text = (Str *)(void *)((char *)again + text_offsets[i]);
        *text = text_copy(arena, *text);
    }
    error_raise(again);
}

/* ---- statuses ---- */

Status error_note_at(Status status, Sqlstate code, const char *file, int line, const char *function,
                     const char *format, ...)
{
    Error *error = error_begin_at(code, file, line, function);
    va_list args;
    va_start(args, format);
    error->message = text_format(text_arena(), format, args);
    va_end(args);
    task_self()->noted = status;
    return status;
}

/* What a status says when the floor that reported it noted nothing. */
static const struct {
    Sqlstate code;
    const char *message;
} status_errors[] = {
    [OK] = {SQLSTATE_INTERNAL_ERROR, "success raised as an error"},
    [ST_END] = {SQLSTATE_INTERNAL_ERROR, "unexpected end"},
    [ST_NOT_FOUND] = {SQLSTATE_UNDEFINED_OBJECT, "object does not exist"},
    [ST_EXISTS] = {SQLSTATE_DUPLICATE_OBJECT, "object already exists"},
    [ST_BUSY] = {SQLSTATE_OBJECT_IN_USE, "object is in use"},
    [ST_TIMEOUT] = {SQLSTATE_QUERY_CANCELED, "canceling statement due to statement timeout"},
    [ST_CANCELLED] = {SQLSTATE_QUERY_CANCELED, "canceling statement due to user request"},
    [ST_CLOSED] = {SQLSTATE_CONNECTION_FAILURE, "connection closed"},
    [ST_DUPLICATE] = {SQLSTATE_UNIQUE_VIOLATION, "duplicate key value violates unique constraint"},
    [ST_CHANGED] = {SQLSTATE_SERIALIZATION_FAILURE,
                    "could not serialize access due to concurrent update"},
    [ST_SERIALIZATION] = {SQLSTATE_SERIALIZATION_FAILURE,
                          "could not serialize access due to concurrent update"},
    [ST_DEADLOCK] = {SQLSTATE_DEADLOCK_DETECTED, "deadlock detected"},
    [ST_NOT_AVAILABLE] = {SQLSTATE_LOCK_NOT_AVAILABLE, "could not obtain lock"},
    [ST_SNAPSHOT_TOO_OLD] = {SQLSTATE_SNAPSHOT_TOO_OLD, "snapshot too old"},
    [ST_NO_MEMORY] = {SQLSTATE_OUT_OF_MEMORY, "out of memory"},
    [ST_FULL] = {SQLSTATE_DISK_FULL, "no space left"},
    [ST_IO] = {SQLSTATE_IO_ERROR, "input/output error"},
    [ST_CORRUPT] = {SQLSTATE_DATA_CORRUPTED, "data corrupted"},
    [ST_DENIED] = {SQLSTATE_INSUFFICIENT_PRIVILEGE, "permission denied"},
    [ST_INVALID] = {SQLSTATE_INVALID_PARAMETER_VALUE, "invalid argument"},
    [ST_UNSUPPORTED] = {SQLSTATE_FEATURE_NOT_SUPPORTED, "not supported"},
};
#define STATUS_ONE(name, text) +1
static_assert(ARRAY_LEN(status_errors) == 0 STATUSES(STATUS_ONE), "a row for each status");
#undef STATUS_ONE

_Noreturn void raise_status(Status status)
{
    Task *task = task_self();
    if (task && task->error && task->noted == status && status != OK) error_raise(task->error);
    /* Whoever asked for the cancel knows the right words. */
    if (status == ST_CANCELLED && task &&
        atomic_load_explicit(&task->interrupts, memory_order_relaxed) != 0)
        task_check_slow(task);
    raise_error(status_errors[status].code, "%s", status_errors[status].message);
}

const char *severity_text(Severity severity)
{
    switch (severity) {
    case SEVERITY_DEBUG5:
    case SEVERITY_DEBUG4:
    case SEVERITY_DEBUG3:
    case SEVERITY_DEBUG2:
    case SEVERITY_DEBUG1: return "DEBUG";
    case SEVERITY_LOG: return "LOG";
    case SEVERITY_INFO: return "INFO";
    case SEVERITY_NOTICE: return "NOTICE";
    case SEVERITY_WARNING: return "WARNING";
    case SEVERITY_ERROR: return "ERROR";
    case SEVERITY_FATAL: return "FATAL";
    case SEVERITY_PANIC: return "PANIC";
    }
    UNREACHABLE();
}

/* ---- bad input ---- */

bool input_error_at(InputError *err, Sqlstate code, const char *file, int line,
                    const char *function, const char *format, ...)
{
    if (!err || err->failed) return false;
    err->failed = true;
    err->code = code;
    err->file = file;
    err->line = line;
    err->function = function;
    va_list args;
    va_start(args, format);
    if (err->arena) err->message = str_format_va(err->arena, format, args);
    va_end(args);
    return false;
}

/* Of the report just made only: `text` is what it has so far. */
static PRINTF_LIKE(3, 0) bool add_to_report(InputError *err, Str *text, const char *format,
                                            va_list args)
{
    if (err->arena && text->bytes == 0) *text = str_format_va(err->arena, format, args);
    return false;
}

bool input_error_detail(InputError *err, const char *format, ...)
{
    if (!err) return false;
    va_list args;
    va_start(args, format);
    add_to_report(err, &err->detail, format, args);
    va_end(args);
    return false;
}

bool input_error_hint(InputError *err, const char *format, ...)
{
    if (!err) return false;
    va_list args;
    va_start(args, format);
    add_to_report(err, &err->hint, format, args);
    va_end(args);
    return false;
}

bool input_error_context(InputError *err, const char *format, ...)
{
    if (!err) return false;
    va_list args;
    va_start(args, format);
    add_to_report(err, &err->context, format, args);
    va_end(args);
    return false;
}

bool input_error_object(InputError *err, Str schema, Str type, Str constraint)
{
    if (!err || err->type.bytes) return false;
    err->schema = text_copy(err->arena, schema);
    err->type = text_copy(err->arena, type);
    err->constraint = text_copy(err->arena, constraint);
    return false;
}

bool input_error_insist(InputError *err, int32_t position)
{
    if (err) {
        err->insisted = true;
        err->position = position;
    }
    return false;
}

Error *input_error_begin(const InputError *err)
{
    ASSERT(err->failed);
    Error *error = error_begin_at(err->code, err->file, err->line, err->function);
    Arena *arena = text_arena();
    error->message = text_copy(arena, err->message);
    error->detail = text_copy(arena, err->detail);
    error->hint = text_copy(arena, err->hint);
    error->context = text_copy(arena, err->context);
    error->position = err->position;
    if (err->type.bytes)
        error_object(error, err->schema, (Str){0}, (Str){0}, err->type, err->constraint);
    return error;
}

_Noreturn void input_error_raise(const InputError *err)
{
    error_raise(input_error_begin(err));
}

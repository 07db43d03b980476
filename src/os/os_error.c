/* SPDX-License-Identifier: Apache-2.0 */
/* os_error.c - the one place that knows what an errno value means: a status, an SQLSTATE, the system's text. */
#include "os/os_internal.h"

#include <errno.h>
#include <stdio.h>

#include "base/error.h"
#include "os/file.h"

static const struct {
    int number;
    Status status;
    Sqlstate code;
} errors[] = {
    {ENOENT, ST_NOT_FOUND, SQLSTATE_UNDEFINED_FILE},
    {EEXIST, ST_EXISTS, SQLSTATE_DUPLICATE_FILE},
    {EACCES, ST_DENIED, SQLSTATE_INSUFFICIENT_PRIVILEGE},
    {EPERM, ST_DENIED, SQLSTATE_INSUFFICIENT_PRIVILEGE},
    {EROFS, ST_DENIED, SQLSTATE_INSUFFICIENT_PRIVILEGE},
    {ENOSPC, ST_FULL, SQLSTATE_DISK_FULL},
    {EDQUOT, ST_FULL, SQLSTATE_DISK_FULL},
    {EFBIG, ST_FULL, SQLSTATE_PROGRAM_LIMIT_EXCEEDED},
    {EMFILE, ST_FULL, SQLSTATE_INSUFFICIENT_RESOURCES},
    {ENFILE, ST_FULL, SQLSTATE_INSUFFICIENT_RESOURCES},
    {EAGAIN, ST_BUSY, SQLSTATE_INSUFFICIENT_RESOURCES},
    {ENOMEM, ST_NO_MEMORY, SQLSTATE_OUT_OF_MEMORY},
    {ENOBUFS, ST_NO_MEMORY, SQLSTATE_OUT_OF_MEMORY},
    {EIO, ST_IO, SQLSTATE_IO_ERROR},
    {EISDIR, ST_INVALID, SQLSTATE_WRONG_OBJECT_TYPE},
    {ENOTDIR, ST_INVALID, SQLSTATE_WRONG_OBJECT_TYPE},
    {ENOTEMPTY, ST_BUSY, SQLSTATE_WRONG_OBJECT_TYPE},
    {EINVAL, ST_INVALID, SQLSTATE_INTERNAL_ERROR},
    {ENAMETOOLONG, ST_INVALID, SQLSTATE_FILE_NAME_TOO_LONG},
    {EOPNOTSUPP, ST_UNSUPPORTED, SQLSTATE_FEATURE_NOT_SUPPORTED},
    {ENOSYS, ST_UNSUPPORTED, SQLSTATE_FEATURE_NOT_SUPPORTED},
    {EAFNOSUPPORT, ST_UNSUPPORTED, SQLSTATE_FEATURE_NOT_SUPPORTED},
    {ESRCH, ST_NOT_FOUND, SQLSTATE_UNDEFINED_OBJECT},
    {ECHILD, ST_NOT_FOUND, SQLSTATE_UNDEFINED_OBJECT},
    {EADDRINUSE, ST_EXISTS, SQLSTATE_INTERNAL_ERROR},
    {ETIMEDOUT, ST_TIMEOUT, SQLSTATE_CONNECTION_FAILURE},
    {EPIPE, ST_CLOSED, SQLSTATE_CONNECTION_FAILURE},
    {ECONNRESET, ST_CLOSED, SQLSTATE_CONNECTION_FAILURE},
    {ECONNABORTED, ST_CLOSED, SQLSTATE_CONNECTION_FAILURE},
    {ECONNREFUSED, ST_CLOSED, SQLSTATE_CONNECTION_FAILURE},
    {ENETUNREACH, ST_CLOSED, SQLSTATE_CONNECTION_FAILURE},
    {EHOSTUNREACH, ST_CLOSED, SQLSTATE_CONNECTION_FAILURE},
};

static Sqlstate error_code(int error_number)
{
    for (size_t i = 0; i < ARRAY_LEN(errors); i++) {
        if (errors[i].number == error_number) return errors[i].code;
    }
    return SQLSTATE_INTERNAL_ERROR;
}

Status os__error_status(int error_number)
{
    for (size_t i = 0; i < ARRAY_LEN(errors); i++) {
        if (errors[i].number == error_number) return errors[i].status;
    }
    return ST_IO;
}

/* The GNU form returns the text, in `buffer` only when the number is unknown. */
#define ERROR_TEXT(number) strerror_r((number), (char[64]){0}, 64)

Status os__error(int error_number, const char *what, const char *path)
{
    return error_note(os__error_status(error_number), error_code(error_number),
                      "could not %s \"%s\": %s", what, path, ERROR_TEXT(error_number));
}

/* The texts above end with it, and it has no colon. */
Str os_error_reason(void)
{
    const Error *error = error_current();
    Str reason = error == NULL ? (Str){0} : error->message;
    for (size_t colon; str_find_char(reason, ':', &colon);)
        reason = str_trim(str_slice(reason, colon + 1, reason.bytes), " ");
    return reason;
}

Status os__error_two(int error_number, const char *what, const char *from, const char *to)
{
    return error_note(os__error_status(error_number), error_code(error_number),
                      "could not %s \"%s\" to \"%s\": %s", what, from, to,
                      ERROR_TEXT(error_number));
}

Status os__error_text(int error_number, const char *format, ...)
{
    char text[512];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return error_note(os__error_status(error_number), error_code(error_number), "%s: %s", text,
                      ERROR_TEXT(error_number));
}

Status os__no_memory(void)
{
    return task_self() == NULL ? ST_NO_MEMORY
                               : error_note(ST_NO_MEMORY, SQLSTATE_OUT_OF_MEMORY, "out of memory");
}

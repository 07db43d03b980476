/* SPDX-License-Identifier: Apache-2.0 */
/* status.h - how the floors below the SQL world (os, store, txn, table) report: a must-use code. Detail, where there is
 * any, stands in the task's error buffer (error_note in base/error.h); the floor above turns both into a raise. */
#pragma once

#define STATUSES(X)                                     \
    X(OK, "ok")                                         \
    X(ST_END, "end of range, file or stream")           \
    X(ST_NOT_FOUND, "no such object")                   \
    X(ST_EXISTS, "object exists")                       \
    X(ST_BUSY, "would block, or in use by another")     \
    X(ST_TIMEOUT, "deadline passed")                    \
    X(ST_CANCELLED, "task was cancelled")               \
    X(ST_CLOSED, "peer or object closed")               \
    X(ST_DUPLICATE, "duplicate key")                    \
    X(ST_CHANGED, "row changed by another transaction") \
    X(ST_SERIALIZATION, "serialization failure")        \
    X(ST_DEADLOCK, "deadlock detected")                 \
    X(ST_NOT_AVAILABLE, "lock not available")           \
    X(ST_SNAPSHOT_TOO_OLD, "snapshot too old")          \
    X(ST_NO_MEMORY, "out of memory")                    \
    X(ST_FULL, "no space left, or a limit reached")     \
    X(ST_IO, "input/output error")                      \
    X(ST_CORRUPT, "data corrupted")                     \
    X(ST_DENIED, "permission denied by the machine")    \
    X(ST_INVALID, "invalid argument or format")         \
    X(ST_UNSUPPORTED, "not supported here")

typedef enum
#ifdef __clang__
    __attribute__((warn_unused_result))
#else
    [[nodiscard]]
#endif
    Status {
#define STATUS_ENUM(name, text) name,
        STATUSES(STATUS_ENUM)
#undef STATUS_ENUM
    } Status;

/* Static text of a status, for logs and tests. */
const char *status_text(Status status);

/* The one macro that may return. */
#define TRY(call)                  \
    do {                           \
        Status st_ = (call);       \
        if (st_ != OK) return st_; \
    } while (0)

/* Drops a status on purpose: the reason stands in a comment beside the call. */
#define IGNORE_STATUS(call)  \
    do {                     \
        Status st_ = (call); \
        (void)st_;           \
    } while (0)

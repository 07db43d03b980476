/* SPDX-License-Identifier: Apache-2.0 */
/* double.h - a session that answers a few made-up statements, so that the protocol can be tested without an engine. A
 * query is a list of statements apart by ';':
 *
 *     rows N        N rows of (n int4, t text, b bool), t NULL in each third row
 *     wide N        a row with a text of N bytes
 *     fail          raises 22012 with every field set        fatal     the same as FATAL
 *     notice        a NOTICE                                  sleep N   N milliseconds, interruptible
 *     begin, commit, rollback                                 deferred  makes the next sync raise 23503
 *     copyin, copyout N                                       report    a setting changes
 *     notify        a notification waits                      lock      one lock for all sessions, up to the block's
 * end
 *     stray         a wake that nobody waited for is left    crash     the process gets SIGSEGV, where that is allowed
 *
 * "$1" in a prepared text makes it take a parameter and give it back as a row. */
#pragma once

#include "base/arena.h"
#include "base/task.h"
#include "server/ops.h"

typedef struct DoubleRole {
    const char *name, *password, *member_of;
    bool superuser, no_login;
} DoubleRole;

/* Stands in for the engine. */
typedef struct Double {
    const DoubleRole *roles;
    uint32_t role_count;
    Arena *arena; /* what it stands in, if the owner keeps it there */
    uint32_t opened, closed, statements, cancelled;
    Task *lock_waiters[16];
    uint32_t lock_waiter_count;
    bool locked, may_crash;
    int32_t statement_timeout, idle_timeout, idle_in_transaction_timeout;
} Double;

extern const SessionOps double_ops;

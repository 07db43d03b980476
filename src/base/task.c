/* SPDX-License-Identifier: Apache-2.0 */
/* task.c - the task that runs now, and what others ask of it. */
#include "base/task.h"

#include "base/account_internal.h"
#include "base/error.h"
#include "base/error_internal.h"

_Thread_local Task *task_current;

Status task_init(Task *task, Account *account, const char *name)
{
    task->account = account;
    task->name = name;
    return error__init_task(task);
}

void task_release(Task *task)
{
    ASSERT(task->scopes == NULL && task->catches == NULL && task->critical_depth == 0);
    error__release_task(task);
    account__end_keeping(task);
}

Task *task_switch(Task *task)
{
    Task *former = task_current;
    task_current = task;
    return former;
}

static bool stack_is_used_up(const Task *task)
{
    return (char *)__builtin_frame_address(0) < task->stack_low;
}

static Error *begin_stack_error(const Task *task)
{
    Error *error = error_message(error_begin(SQLSTATE_STATEMENT_TOO_COMPLEX),
                                 "stack depth limit exceeded");
    return error_hint(
        error,
        "Increase the configuration parameter \"max_stack_depth\" (currently %ukB), after ensuring the "
        "platform's stack depth limit is adequate.",
        task->stack_kilobytes);
}

void task_check_slow(Task *task)
{
    if (stack_is_used_up(task)) error_raise(begin_stack_error(task));
    if (task->interrupts_held > 0) return;
    uint32_t interrupts = atomic_load_explicit(&task->interrupts, memory_order_acquire);
    if (interrupts == 0) return;
    if (task->on_interrupt) {
        task->on_interrupt(task, interrupts);
        return;
    }
    uint32_t taken = task_take_interrupts(task, TASK_CANCEL | TASK_TERMINATE);
    if (taken & TASK_TERMINATE)
        error_raise(
            error_severity(error_message(error_begin(SQLSTATE_ADMIN_SHUTDOWN),
                                         "terminating connection due to administrator command"),
                           SEVERITY_FATAL));
    if (taken & TASK_CANCEL)
        raise_error(SQLSTATE_QUERY_CANCELED, "canceling statement due to user request");
}

Status task_try_check(void)
{
    Task *task = task_self();
    if (UNLIKELY(stack_is_used_up(task))) {
        begin_stack_error(task);
        task->noted = ST_FULL;
        return ST_FULL;
    }
    if (LIKELY(atomic_load_explicit(&task->interrupts, memory_order_relaxed) == 0) ||
        task->interrupts_held > 0)
        return OK;
    uint32_t interrupts = atomic_load_explicit(&task->interrupts, memory_order_acquire);
    return interrupts & (TASK_CANCEL | TASK_TERMINATE) ? ST_CANCELLED : OK;
}

void task_check_stack(void)
{
    Task *task = task_self();
    if (UNLIKELY(stack_is_used_up(task))) error_raise(begin_stack_error(task));
}

void task_interrupt(Task *task, uint32_t interrupts)
{
    atomic_fetch_or_explicit(&task->interrupts, interrupts, memory_order_release);
}

uint32_t task_take_interrupts(Task *task, uint32_t mask)
{
    return atomic_fetch_and_explicit(&task->interrupts, ~mask, memory_order_acq_rel) & mask;
}

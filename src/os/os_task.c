/* SPDX-License-Identifier: Apache-2.0 */
/* os_task.c - tasks, memory blocks and the rest of os.h: what both machines share of it, and the way to the machine. */
#include "os/os.h"

#include "os/os_internal.h"

Status os_task_start(const TaskOptions *options, void (*main)(void *arg), void *arg, Task **task)
{
    ASSERT(options->name != NULL);
    return os__ops()->task_start(task_self()->os, options, main, arg, task);
}

void os_task_join(Task *task)
{
    ASSERT(task != task_self());
    lock_rank_check_below(RANK_LATCH);
    task->os->ops->task_join(task);
}

void os_task_detach(Task *task)
{
    task->os->ops->task_detach(task);
}

/* The bits first, then the token: whoever takes the token, or sleeps on its absence, sees the bits (real_task.c,
 * T2). */
void os_task_interrupt(Task *task, uint32_t interrupts)
{
    task_interrupt(task, interrupts);
    task->os->ops->unpark(task);
}

Status os__task_init(Os *os, OsTask *os_task, const TaskOptions *options, Task *task)
{
    Task *starter = task_self();
    memset(task, 0, sizeof *task);
    Account *account = account_new(options->account != NULL ? options->account : os->account,
                                   options->name, options->memory_max);
    if (account == NULL) return os__no_memory();
    Status status = task_init(task, account, options->name);
    if (status != OK) {
        account_drop(account);
        return status;
    }
    task->os = os;
    task->os_task = os_task;
    task->number = atomic_fetch_add_explicit(&os->tasks_started, 1, memory_order_relaxed) + 1;
    task->context = options->context;
    task->log = options->log != NULL || starter == NULL ? options->log : starter->log;
    task->on_interrupt = options->on_interrupt != NULL || starter == NULL ? options->on_interrupt
                                                                          : starter->on_interrupt;
    return OK;
}

void os__task_release(Task *task)
{
    Account *account = task->account;
    task_release(task);
    task->account = NULL;
    account_drop(account);
}

bool os_is_simulated(void)
{
    return os__ops()->simulated;
}

uint32_t os_cpu_count(void)
{
    return os__ops()->cpu_count();
}

Status os_memory_map(size_t bytes, bool huge, void **memory)
{
    ASSERT(bytes > 0);
    return os__ops()->memory_map(bytes, huge, false, memory);
}

void os_memory_unmap(void *memory, size_t bytes)
{
    os__ops()->memory_unmap(memory, bytes);
}

Status os_memory_reserve(size_t bytes, void **memory)
{
    ASSERT(bytes > 0);
    return os__ops()->memory_map(bytes, false, true, memory);
}

void os_memory_discard(void *memory, size_t bytes)
{
    os__ops()->memory_discard(memory, bytes);
}

void os_memory_populate(void *memory, size_t bytes)
{
    os__ops()->memory_populate(memory, bytes);
}

void os_random_bytes(void *out, size_t bytes)
{
    os__ops()->random_bytes(out, bytes);
}

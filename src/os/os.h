/* SPDX-License-Identifier: Apache-2.0 */
/* os.h - the machine as Tusk sees it. An Os is either the real one (threads, the kernel's files and sockets) or a
 * simulated one (fibers under a seeded scheduler, a disk and a network in memory: os/sim.h). Every call of this room
 * works on the Os of the running task, so the code above is the same for both.
 *
 * Everything that blocks for longer than a latch goes through os_wait (os/wait.h). */
#pragma once

#include "base/account.h"
#include "base/base.h"
#include "base/task.h"

typedef struct TaskOptions {
    const char *name;   /* static text, shown in logs and views */
    Account *account;   /* parent of the task's own account; NULL: the Os's */
    size_t memory_max;  /* limit of the task's account; 0: none of its own */
    size_t stack_bytes; /* 0: 1 MiB */
    Log *log;           /* NULL: inherited from the starting task */
    void *context;
    void (*on_interrupt)(Task *task, uint32_t interrupts); /* NULL: inherited */
} TaskOptions;

/* The real machine. The calling thread becomes its first task (name "main"). One Os may serve many servers. */
Status os_real_new(Account *account, Os **os);
/* All other tasks must have ended. The calling thread is a task no longer. */
void os_real_release(Os *os);

/* Starts a task that runs main(arg). On OK *task stays valid until os_task_join, or until it ends after
 * os_task_detach. */
Status os_task_start(const TaskOptions *options, void (*main)(void *arg), void *arg, Task **task);
/* Waits until `task` has ended and frees it. Not cancellable. */
void os_task_join(Task *task);
/* Nobody will join it: it frees itself at its end. The pointer must not be used afterwards. */
void os_task_detach(Task *task);
/* Sets interrupt bits (task_interrupt) and ends the wait the task is in, if it may be interrupted. The caller must know
 * that the task lives. */
void os_task_interrupt(Task *task, uint32_t interrupts);

bool os_is_simulated(void);
uint32_t os_cpu_count(void); /* those this process may use; the simulation says 2 */

/* Big blocks straight from the system, zeroed, page-aligned: frame pools. They are not charged to an account. `huge`:
 * ask for huge pages (best effort). ST_NO_MEMORY. */
Status os_memory_map(size_t bytes, bool huge, void **memory);
void os_memory_unmap(void *memory, size_t bytes);
/* Reserves address space that costs nothing until touched (sparse tables of state words). Unmap as above. */
Status os_memory_reserve(size_t bytes, void **memory);
/* Gives the pages inside [memory, memory + bytes) back; they read as zeros afterwards. */
void os_memory_discard(void *memory, size_t bytes);
/* Has the system give memory to the pages of [memory, memory + bytes) now, not when they are first touched; what they
 * hold stays. A hint: where the system cannot, they come when touched. */
void os_memory_populate(void *memory, size_t bytes);

/* Secrets: never predictable on the real machine; from the seed on the simulated one. */
void os_random_bytes(void *out, size_t bytes);

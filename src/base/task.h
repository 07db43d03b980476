/* SPDX-License-Identifier: Apache-2.0 */
/* task.h - the Task: one flow of control and all that belongs to it and to nobody else: its scopes, its error buffer,
 * its interrupt flags, the end of its stack, its memory account, what it waits for. `os` runs tasks on threads, or on
 * fibers when simulated, and switches the one thread-local of Tusk: the pointer to the task that runs now. */
#pragma once

#include "base/base.h"
#include "base/lockrank.h"

typedef struct Account Account;
typedef struct Task Task;
typedef struct Scope Scope;
typedef struct Log Log;
typedef struct Os Os;         /* the machine: os/os.h */
typedef struct OsTask OsTask; /* its thread or fiber: os_internal.h */
typedef struct CatchFrame CatchFrame;
typedef struct Error Error;

/* Asked of a task by others; seen by task_check and by os_wait. */
typedef enum TaskInterrupt {
    TASK_CANCEL = 1,    /* end this statement (57014 unless the reason says otherwise) */
    TASK_TERMINATE = 2, /* end this session (57P01) */
    TASK_NOTIFY = 4,    /* something to look at between statements; never fails one */
} TaskInterrupt;

enum { TASK_RANKS_MAX = 24 };

/* Freed chunks of memory that a task keeps for its next arenas: base/account.c. By size: 1, 2, 4, 8, 16 KiB. */
enum { TASK_KEPT_SIZES = 5 };
typedef struct KeptChunk KeptChunk;
typedef struct KeptChunks {
    KeptChunk *chunks[TASK_KEPT_SIZES];
    uint8_t count[TASK_KEPT_SIZES];
} KeptChunks;

/* What the task has used so far; EXPLAIN (BUFFERS, WAL) takes differences. */
typedef struct TaskUsage {
    uint64_t pages_hit, pages_read;  /* latched and found in the pool, and read for it */
    uint64_t wal_records, wal_bytes; /* appended to the log */
} TaskUsage;

struct Task {
    Os *os;
    OsTask *os_task;
    const char *name; /* static text or memory that outlives the task */
    uint64_t number;  /* unique within its Os, from 1: order of creation */

    Account *account;
    Scope *scopes;       /* innermost */
    CatchFrame *catches; /* innermost */
    uint32_t
        scope_releasing; /* > 0: a scope's release runs: a raise that leaves it is a bug that stops the process */
    Error *error;           /* current, or NULL */
    Arena *error_arenas[2]; /* of the current error and of the next: base/error.c */
    uint8_t error_at;
    uint32_t error_hold; /* > 0: new errors leave error_arenas[error_at] alone */
    Status noted;        /* what the current error was noted with, or OK */
    Log *log;            /* where this task's log lines go; NULL: standard error */
    void *context; /* the owner's (a session); set and read only by the floor that made the task */

    /* task_check raises 54001 below it; NULL: not checked. Raising needs 64 KiB below it itself. */
    char *stack_low;
    uint32_t stack_kilobytes;    /* max_stack_depth as set, for the error's hint */
    _Atomic uint32_t interrupts; /* TaskInterrupt bits */
    uint32_t interrupts_held;    /* > 0: task_check and os_wait look away (commit, rollback) */
    /* Takes the pending interrupts and raises their error, or returns when they want none. NULL: 57014 and 57P01
     * plain. */
    void (*on_interrupt)(Task *task, uint32_t interrupts);

    uint32_t
        critical_depth; /* > 0: latch held or WAL reserved: a raise is a bug that stops the process */
    const char *critical_what;

    KeptChunks kept;

    TaskUsage usage;
    uint64_t latch_waits; /* page latches that it found taken */

    /* What the task waits for, for pg_stat_activity: WaitEvent number of os/wait.h, 0 when it runs. */
    _Atomic uint32_t wait_event;

    /* Lock ranks now held, for lock_rank_check (test builds). */
    uint32_t rank_count;
    uint8_t ranks[TASK_RANKS_MAX];
};

static inline void task_usage_add(TaskUsage *sum, const TaskUsage *usage)
{
    sum->pages_hit += usage->pages_hit;
    sum->pages_read += usage->pages_read;
    sum->wal_records += usage->wal_records;
    sum->wal_bytes += usage->wal_bytes;
}

/* What `task` used since `before`. */
static inline void task_usage_add_since(TaskUsage *sum, const Task *task, const TaskUsage *before)
{
    sum->pages_hit += task->usage.pages_hit - before->pages_hit;
    sum->pages_read += task->usage.pages_read - before->pages_read;
    sum->wal_records += task->usage.wal_records - before->wal_records;
    sum->wal_bytes += task->usage.wal_bytes - before->wal_bytes;
}

/* The running task; NULL on a thread that is none. Only `os` sets it. */
extern _Thread_local Task *task_current;
static inline Task *task_self(void)
{
    return task_current;
}

/* Prepares a task's own state (error buffer and so on) in memory of the caller, zeroed before. ST_NO_MEMORY possible.
 * `account` must outlive the task; task_release before account_drop. */
Status task_init(Task *task, Account *account, const char *name);
void task_release(Task *task);
/* For programs and tests without an Os: makes `task` the current one of this thread (NULL: none). Returns the
 * former. */
Task *task_switch(Task *task);

/* Cheap; stands in every loop and recursion above the Status floors. Raises 57014 and its kin when an interrupt is
 * pending, 54001 when the stack is nearly used up. */
void task_check_slow(Task *task);
static inline void task_check(void)
{
    Task *task = task_current;
    if (UNLIKELY(atomic_load_explicit(&task->interrupts, memory_order_relaxed) != 0 ||
                 (char *)__builtin_frame_address(0) < task->stack_low))
        task_check_slow(task);
}
/* The same for the Status floors: OK, ST_CANCELLED, or ST_FULL with 54001 noted. */
Status task_try_check(void);
/* Only the stack, for recursive code that must not be interrupted. Raises 54001. */
void task_check_stack(void);

/* Sets interrupt bits of another task. To also wake it from a wait use os_task_interrupt, which calls this. */
void task_interrupt(Task *task, uint32_t interrupts);
/* Clears and returns the bits among `mask`. */
uint32_t task_take_interrupts(Task *task, uint32_t mask);

/* Around latches and WAL reservations. */
static inline void task_critical_enter(const char *what)
{
    Task *task = task_current;
    task->critical_depth++;
    task->critical_what = what;
}
static inline void task_critical_leave(void)
{
    ASSERT(task_current->critical_depth > 0);
    task_current->critical_depth--;
}

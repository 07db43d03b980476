/* SPDX-License-Identifier: Apache-2.0 */
/* wait.h - the one way to block. A task has a token: os_wake gives it, os_wait takes it, sleeping until it is there,
 * the deadline passes, or the task is interrupted. So a wake before the wait is not lost, and two wakes are one:
 * callers test their own condition in a loop. Wait lists, conditions, heavy locks, I/O completion and sockets all stand
 * on this pair.
 *
 * Around every sleep the Os calls its wait hooks, by which the server takes back the permit to run (docs/traps.md
 * F13). */
#pragma once

#include "base/base.h"
#include "base/task.h"

/* What a task waits for, as pg_stat_activity shows it: (constant, wait_event_type, wait_event, and in words, behind
 * "Waiting"). Names are PostgreSQL's where it has the same wait. Numbers do not reach disk. */
#define WAIT_EVENTS(X)                                                                             \
    X(NONE, "", "", "")                                                                            \
    X(CLIENT_READ, "Client", "ClientRead", "to read data from the client")                         \
    X(CLIENT_WRITE, "Client", "ClientWrite", "to write data to the client")                        \
    X(RELATION_LOCK, "Lock", "relation", "for a lock on a table or index")                         \
    X(TRANSACTION_LOCK, "Lock", "transactionid", "for a transaction to end")                       \
    X(ROW_LOCK, "Lock", "tuple", "for a lock on a row")                                            \
    X(ADVISORY_LOCK, "Lock", "advisory", "for an advisory lock")                                   \
    X(OBJECT_LOCK, "Lock", "object", "for a lock on another object of the database")               \
    X(MUTEX, "LWLock", "Mutex", "for a lock inside of the server")                                 \
    X(PAGE_LATCH, "LWLock", "PageLatch", "for a page that another task reads or changes")          \
    X(DATA_FILE_READ, "IO", "DataFileRead", "to read pages")                                       \
    X(DATA_FILE_WRITE, "IO", "DataFileWrite", "to write pages")                                    \
    X(DATA_FILE_SYNC, "IO", "DataFileSync", "for pages to reach the disk")                         \
    X(JOURNAL_WRITE, "IO", "DoubleWrite", "for copies of pages to reach the double-write journal") \
    X(WAL_WRITE, "IO", "WalWrite", "to write the log")                                             \
    X(WAL_SYNC, "IO", "WalSync", "for the log to reach the disk")                                  \
    X(WAL_READ, "IO", "WalRead", "to read the log")                                                \
    X(CONTROL_FILE, "IO", "ControlFileWriteUpdate", "to write the control file")                   \
    X(TEMP_FILE, "IO", "BufFileWrite", "to read or write a temporary file")                        \
    X(COPY_FILE, "IO", "CopyFileRead", "to read or write a file of COPY")                          \
    X(COMMIT, "IPC", "GroupCommit", "for another session to sync the log")                         \
    X(WAL_ROOM, "IPC", "WalBufferRoom", "for room in the log's buffer")                            \
    X(FREE_FRAME, "IPC", "FreeFrame", "for a free frame of the pool")                              \
    X(CHECKPOINT, "IPC", "CheckpointDone", "for a checkpoint to end")                              \
    X(ROLLBACK, "IPC", "Rollback", "for a transaction to be rolled back")                          \
    X(PARALLEL, "IPC", "ParallelFinish", "for other tasks of a query")                             \
    X(PERMIT, "IPC", "WorkerPermit", "to be allowed to run")                                       \
    X(SAFE_SNAPSHOT, "IPC", "SafeSnapshot",                                                        \
      "for a snapshot without conflicts (READ ONLY DEFERRABLE)")                                   \
    X(NOTIFY, "IPC", "NotifyQueue", "for room in the queue of notifications")                      \
    X(TASK_END, "IPC", "TaskEnd", "for a task to end")                                             \
    X(SLEEP, "Timeout", "PgSleep", "in pg_sleep")                                                  \
    X(DELAY, "Timeout", "CommitDelay", "for commit_delay")                                         \
    X(CHECKPOINT_DELAY, "Timeout", "CheckpointWriteDelay", "between the writes of a checkpoint")   \
    X(CHECKPOINTER, "Activity", "CheckpointerMain", "for the next checkpoint")                     \
    X(CLEANER, "Activity", "BgwriterMain", "for pages to clean")                                   \
    X(LOG_WRITER, "Activity", "WalWriterMain", "for log to write")                                 \
    X(AUTOVACUUM, "Activity", "AutovacuumMain", "for the next round of ANALYZE")                   \
    X(BACKGROUND, "Activity", "BackgroundMain", "for work in the background")                      \
    X(LISTENER, "Activity", "ListenerMain", "for connections")

typedef enum WaitEvent {
#define WAIT_EVENT_ENUM(NAME, type, event, reason) WAIT_##NAME,
    WAIT_EVENTS(WAIT_EVENT_ENUM)
#undef WAIT_EVENT_ENUM
        WAIT_EVENT_COUNT
} WaitEvent;
const char *wait_event_type(WaitEvent event);
const char *wait_event_name(WaitEvent event);
const char *wait_event_reason(WaitEvent event);

/* On the monotonic clock. */
typedef struct Deadline {
    int64_t ns;
} Deadline;
#define DEADLINE_NEVER ((Deadline){INT64_MAX})
#define DEADLINE_PAST ((Deadline){0})

/* OK: the token was taken. ST_TIMEOUT. ST_CANCELLED: TASK_CANCEL or TASK_TERMINATE is pending and not held. Nothing of
 * rank RANK_LATCH or above may be held. */
Status os_wait(WaitEvent event, Deadline deadline);
/* The same, but interrupts do not end it: for waits whose memory others still use. OK or ST_TIMEOUT. */
Status os_wait_through(WaitEvent event, Deadline deadline);
/* Gives `task` its token. The caller must know that the task lives (it stands in a list under a lock the caller
 * holds). */
void os_wake(Task *task);

/* Called by the waiting task right before and after it sleeps. */
typedef struct WaitHooks {
    void (*before)(void *arg, Task *task, WaitEvent event);
    void (*after)(void *arg, Task *task, WaitEvent event);
    void *arg;
} WaitHooks;
void os_set_wait_hooks(Os *os, WaitHooks hooks);

/* Tasks waiting for a thing, oldest first. The list is guarded by whatever guards the thing. */
typedef struct Waiter {
    struct Waiter *previous, *next;
    Task *task;
    bool listed;
    void *what; /* the owner's: what this waiter wants */
} Waiter;
typedef struct WaitList {
    Waiter *first, *last;
} WaitList;
void wait_list_add(WaitList *list, Waiter *waiter);    /* sets waiter->task to the running task */
void wait_list_remove(WaitList *list, Waiter *waiter); /* allowed when it is not listed any more */
bool wait_list_wake_first(WaitList *list);             /* takes it off the list; false when empty */
void wait_list_wake_all(WaitList *list);

/* Wait words: blocks while *word == seen, at most until `deadline`; may return early for no reason. For locks held for
 * moments only: no interrupt ends it and no hook is called. os_word_wake wakes at most `count` of those who wait on the
 * word. */
void os_word_wait(_Atomic uint32_t *word, uint32_t seen, Deadline deadline);
void os_word_wake(_Atomic uint32_t *word, uint32_t count);

/* One round of a loop that waits for another task's few instructions: a processor pause, later a yield. Start with
 * *round 0. */
void os_spin_wait(uint32_t *round);

/* A place where the simulation may switch to another task: in latches, compare-and-swap loops, WAL slots. Costs nothing
 * in a release build. */
#ifdef TUSK_TEST
void os_yield_point(void);
/* A named place where a test may hold a task (tests/pause_points.txt lists the names). */
void os_pause_point(const char *name);
#define PAUSE_POINT(name) os_pause_point(#name)
#else
static inline void os_yield_point(void)
{
}
#define PAUSE_POINT(name) ((void)0)
#endif

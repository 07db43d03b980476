/* SPDX-License-Identifier: Apache-2.0 */
/* parallel.h - what those share who run the child of a Gather at once: each is an execution of its own (operators,
 * arena, FnEnv), and all are one group.
 *
 * (G1) Nothing that a participant touches belongs to another, but for what stands in the group under its lock, and for
 *      what was finished before it was shown (a hash table, a cursor).
 * (G2) The session's catalog view is one task's at a time. The session's own task has it, but while it is inside of
 *      the Gather; participants borrow it for a call upward (FnCalls), and wait where another has it.
 * (G3) Participants are opened by the session's task, before any of them runs. */
#pragma once

#include "exec/exec_internal.h"
#include "os/sync.h"

typedef struct ParallelItem ParallelItem;
typedef struct ParallelTask ParallelTask;

typedef struct ParallelGroup {
    Mutex lock; /* RANK_PARALLEL, over all here */
    Condition changed;
    bool view_taken;
    ParallelTask *tasks; /* that were started */
    uint32_t running;    /* of them, those that have not ended */
    bool failed;         /* a worker has raised: nobody needs to go on */
    Error *error;        /* what it raised */
    bool is_quiet;       /* of whom the error is, is not said */
    const Task *owner;   /* the session's */
    uint32_t stack_kilobytes;
    uint32_t participants;
    Arena *arena; /* the session's task's, before the others run */
    ParallelItem *items;
    const FnEnv *env; /* the session's */
} ParallelGroup;

void parallel_init(ParallelGroup *group, const Exec *exec, Arena *arena);
/* Waits for a change. The lock is held before and after, but not when it raises: a worker has failed, or an
 * interrupt. */
void parallel_wait(ParallelGroup *group);

/* So many of those wanted may run now, and are counted until they are given back. */
uint32_t parallel_reserve(const ExecOptions *options, uint32_t wanted);
void parallel_give_back(const ExecOptions *options, uint32_t reserved);

/* A task that does part of the group's work. */
struct ParallelTask {
    ParallelTask *next;
    ParallelGroup *group;
    void (*body)(void *arg);
    void *arg;
    Arena *arena; /* for the error that it may raise */
    Task *task;
    bool ended; /* or it never ran; under the group's lock */
};
/* False: there is no task to be had; the others do its part. */
bool parallel_start(ParallelTask *worker, const Exec *exec);
/* Interrupts those that run and waits for their end, a matter of a batch. */
void parallel_stop(ParallelGroup *group);

/* (G2) for the session's task. */
void parallel_lend_view(ParallelGroup *group);
void parallel_take_view(void *group); /* does not raise: a scope's release */

/* The environment of a participant: to be opened with; then, before it runs, its calls upward are put behind (G2). */
void parallel_env(FnEnv *env, const ParallelGroup *group, Arena *arena);
void parallel_guard_env(FnEnv *env, ParallelGroup *group);

/* The same zeroed memory for the operator of that plan node in every participant; while opening. */
void *parallel_shared(Exec *exec, uint32_t op, size_t bytes);

/* Something that one participant does for all. */
typedef struct ParallelOnce {
    bool begun, done;
} ParallelOnce;
/* True: the caller is to do it and to call parallel_done. False: it has been done. May wait, and raise. */
bool parallel_begin(ParallelGroup *group, ParallelOnce *once);
void parallel_done(ParallelGroup *group, ParallelOnce *once);

/* Something that all do who come while it goes on, and whose result the last of them to go puts together. */
typedef struct ParallelStep {
    uint32_t working; /* that have come and not gone */
    bool is_over, done;
} ParallelStep;
/* True: the caller takes part, until it calls parallel_go. False: it has come too late. */
bool parallel_come(ParallelGroup *group, ParallelStep *step);
/* True: the caller is the last, and is to call parallel_end when the result is there. */
bool parallel_go(ParallelGroup *group, ParallelStep *step);
void parallel_end(ParallelGroup *group, ParallelStep *step);
/* Waits for the end; may raise. */
void parallel_await(ParallelGroup *group, const ParallelStep *step);

/* What one at a time may do. A raise within a turn ends the group's work: nobody waits for the next one then. */
typedef struct ParallelTurn {
    bool taken;
} ParallelTurn;
void parallel_take_turn(ParallelGroup *group, ParallelTurn *turn); /* may raise */
void parallel_end_turn(ParallelGroup *group, ParallelTurn *turn);

/* SPDX-License-Identifier: Apache-2.0 */
/* real_task.c - tasks as threads: starting, ending, joining, detaching.
 *
 * Every thread is joined by somebody: a detached task puts itself on a list at its end, and whoever ends, starts or
 * detaches next joins and frees it, so that at most a few stand there and the Os can be released with no thread left
 * behind.
 *
 *     RUNNING --main returns--> ended --os_task_join--> freed
 *        |                        |
 *        +--detach--> detached --main returns--> on the list --real__tasks_reap--> freed */
#include "os/real_internal.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <unistd.h>

enum {
    STACK_DEFAULT = 1024 * 1024,
    STACK_LEAST = 256 * 1024,
    STACK_PAGE = 4096,
    /* What may still be used below stack_low: error handling, the C library, leaves that do not check. */
    STACK_MARGIN = 64 * 1024,
    /* Of the first thread's, which may have no limit. */
    STACK_MAIN_MAX = 8 * 1024 * 1024,
};

void real__task_prepare(RealTask *task)
{
    atomic_init(&task->token, TOKEN_NONE);
    atomic_init(&task->wake_fd, -1);
    task->event_fd = -1;
}

static char *stack_low(void)
{
    pthread_attr_t attributes;
    void *lowest;
    size_t bytes;
    if (pthread_getattr_np(pthread_self(), &attributes) != 0)
        return (char *)__builtin_frame_address(0) - (STACK_LEAST - STACK_MARGIN);
    (void)pthread_attr_getstack(&attributes, &lowest, &bytes);
    (void)pthread_attr_destroy(&attributes);
    char *top = (char *)lowest + bytes;
    return top - MIN(bytes, (size_t)STACK_MAIN_MAX) + STACK_MARGIN;
}

void real__task_enter(RealTask *task)
{
    Task *before = task_switch(&task->task);
    ASSERT(before == NULL);
    task->task.stack_low = stack_low();
}

static void task_free(RealOs *os, RealTask *task)
{
    int error = pthread_join(task->thread, NULL);
    ASSERT(error == 0);
    heap_free(os->heap, task);
}

void real__tasks_reap(RealOs *os)
{
    (void)pthread_mutex_lock(&os->lock);
    RealTask *ended = os->ended_detached;
    os->ended_detached = NULL;
    (void)pthread_mutex_unlock(&os->lock);
    while (ended != NULL) {
        RealTask *next = ended->next_ended;
        task_free(os, ended);
        ended = next;
    }
}

/* The last thing a thread does with the Os is to unlock it: once `running` is 0, the Os may go. */
static void task_end(RealOs *os, RealTask *task)
{
    ASSERT(task->task.scopes == NULL);
    os__task_release(&task->task);
    if (task->event_fd >= 0) (void)close(task->event_fd);
    real__tasks_reap(os);
    (void)task_switch(NULL);
    (void)pthread_mutex_lock(&os->lock);
    task->ended = true;
    if (task->detached) {
        task->next_ended = os->ended_detached;
        os->ended_detached = task;
    }
    if (task->joiner != NULL) real__unpark(task->joiner);
    if (--os->running == 0) (void)pthread_cond_signal(&os->task_ended);
    (void)pthread_mutex_unlock(&os->lock);
}

static void *thread_main(void *arg)
{
    RealTask *task = arg;
    RealOs *os = real__os(&task->task);
    real__task_enter(task);
    task->main(task->arg);
    task_end(os, task);
    return NULL;
}

static int thread_start(RealTask *task, size_t stack_bytes)
{
    pthread_attr_t attributes;
    sigset_t all, before;
    int error = pthread_attr_init(&attributes);
    if (error == 0)
        error = pthread_attr_setstacksize(&attributes,
                                          ALIGN_UP(MAX(stack_bytes, (size_t)STACK_LEAST),
                                                   (size_t)STACK_PAGE));
    if (error != 0) return error;
    real__signals_all(&all);
    (void)pthread_sigmask(SIG_BLOCK, &all, &before);
    error = pthread_create(&task->thread, &attributes, thread_main, task);
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    (void)pthread_attr_destroy(&attributes);
    return error;
}

static void running_add(RealOs *os, int count)
{
    (void)pthread_mutex_lock(&os->lock);
    os->running += (uint32_t)count;
    (void)pthread_mutex_unlock(&os->lock);
}

Status real__task_start(Os *base, const TaskOptions *options, void (*main)(void *), void *arg,
                        Task **started)
{
    RealOs *os = CONTAINER_OF(base, RealOs, os);
    real__tasks_reap(os);
    RealTask *task = heap_try_alloc(os->heap, sizeof *task);
    if (task == NULL) return os__no_memory();
    real__task_prepare(task);
    task->main = main;
    task->arg = arg;
    Status status = os__task_init(base, &task->head, options, &task->task);
    if (status != OK) {
        heap_free(os->heap, task);
        return status;
    }
    /* Before the thread runs: it may end, be reaped and be freed before this function goes on. */
    *started = &task->task;
    running_add(os, 1);
    int error = thread_start(task,
                             options->stack_bytes != 0 ? options->stack_bytes : STACK_DEFAULT);
    if (error != 0) {
        running_add(os, -1);
        os__task_release(&task->task);
        heap_free(os->heap, task);
        return os__error_text(error, "could not start task \"%s\"", options->name);
    }
    return OK;
}

void real__task_join(Task *target)
{
    RealTask *task = real__task(target);
    RealOs *os = real__os(target);
    for (;;) {
        (void)pthread_mutex_lock(&os->lock);
        ASSERT(!task->detached && (task->joiner == NULL || task->joiner == task_self()));
        task->joiner = task_self();
        bool ended = task->ended;
        (void)pthread_mutex_unlock(&os->lock);
        if (ended) break;
        /* No deadline and no interrupt: it is OK, and the loop looks again. */
        IGNORE_STATUS(os_wait_through(WAIT_TASK_END, DEADLINE_NEVER));
    }
    task_free(os, task);
}

void real__task_detach(Task *target)
{
    RealTask *task = real__task(target);
    RealOs *os = real__os(target);
    (void)pthread_mutex_lock(&os->lock);
    bool ended = task->ended;
    task->detached = true;
    (void)pthread_mutex_unlock(&os->lock);
    if (ended) task_free(os, task);
}

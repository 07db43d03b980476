/* SPDX-License-Identifier: Apache-2.0 */
/* real_io.c - background requests by a pool of threads: one queue, first in first out; threads are started as requests
 * meet no idle one, up to a limit, and stay until the Os is released. They are tasks, so that `complete` may take locks
 * and wake tasks; they sleep on the queue's own condition, not by os_wait, since they hold no permit that a wait hook
 * could give back.
 *
 * Where not even one thread can be started, the submitting task does the work itself. */
#include "os/real_internal.h"

#include <errno.h>

#include "base/error.h"

void real__io_execute(IoRequest *request)
{
    int fd = real__file(request->file)->fd;
    int error = 0;
    size_t done = 0;
    switch (request->op) {
    case IO_READ:
        error = real__read_all(fd, request->data, request->bytes, request->offset, &done);
        break;
    case IO_WRITE:
        error = real__write_all(fd, request->data, request->bytes, request->offset);
        done = error == 0 ? request->bytes : 0;
        break;
    case IO_SYNC: error = real__sync(fd); break;
    }
    request->done = (uint32_t)done;
    request->error_number = error;
    request->status = error != 0 ? os__error_status(error) : OK;
    if (error == 0 && request->op == IO_READ && done < request->bytes) request->status = ST_END;
    os__io_done(request);
}

/* The lock is held. */
static IoRequest *queue_take(RealIo *io)
{
    IoRequest *request = io->first;
    if (request != NULL) {
        io->first = request->next;
        if (io->first == NULL) io->last = NULL;
        io->queued--;
    }
    return request;
}

static void worker_main(void *arg)
{
    RealIo *io = arg;
    (void)pthread_mutex_lock(&io->lock);
    for (;;) {
        IoRequest *request = queue_take(io);
        if (request != NULL) {
            (void)pthread_mutex_unlock(&io->lock);
            real__io_execute(request);
            (void)pthread_mutex_lock(&io->lock);
        } else if (io->stopping) {
            break;
        } else {
            io->idle++;
            (void)pthread_cond_wait(&io->work, &io->lock);
            io->idle--;
        }
    }
    (void)pthread_mutex_unlock(&io->lock);
}

/* Starts a thread whose place in `threads` is taken already. */
static void worker_start(RealOs *os)
{
    RealIo *io = &os->io;
    Task *task;
    Status status = os_task_start(&(TaskOptions){.name = "io worker", .log = os->main.task.log},
                                  worker_main, io, &task);
    if (status != OK) error_clear();
    (void)pthread_mutex_lock(&io->lock);
    if (status == OK)
        io->workers[io->worker_count++] = task;
    else
        io->threads--;
    (void)pthread_mutex_unlock(&io->lock);
}

/* When no thread is there or coming, the queue is emptied here. */
static void queue_run_here(RealIo *io)
{
    for (;;) {
        (void)pthread_mutex_lock(&io->lock);
        IoRequest *request = io->threads == 0 ? queue_take(io) : NULL;
        (void)pthread_mutex_unlock(&io->lock);
        if (request == NULL) return;
        real__io_execute(request);
    }
}

static void threads_submit(RealOs *os, IoRequest *const *requests, uint32_t count)
{
    RealIo *io = &os->io;
    (void)pthread_mutex_lock(&io->lock);
    for (uint32_t i = 0; i < count; i++) {
        if (io->last != NULL)
            io->last->next = requests[i];
        else
            io->first = requests[i];
        io->last = requests[i];
    }
    io->queued += count;
    uint32_t lacking = io->queued > io->idle ? io->queued - io->idle : 0;
    uint32_t starting = MIN(lacking, io->threads_max - io->threads);
    io->threads += starting;
    for (uint32_t i = 0; i < MIN(count, io->idle); i++) (void)pthread_cond_signal(&io->work);
    (void)pthread_mutex_unlock(&io->lock);
    for (uint32_t i = 0; i < starting; i++) worker_start(os);
    queue_run_here(io);
}

/* `batch` stands in each request. */
void real__io_submit(IoBatch *batch, IoRequest *const *requests, uint32_t count)
{
    (void)batch;
    RealOs *os = real__os(task_self());
    if (os->io.uring == NULL || !real__uring_submit(os->io.uring, requests, count))
        threads_submit(os, requests, count);
}

Status real__io_start(RealOs *os, const RealOptions *options)
{
    RealIo *io = &os->io;
    (void)pthread_mutex_init(&io->lock, NULL);
    (void)pthread_cond_init(&io->work, NULL);
    io->threads_max = options->io_threads_max != 0
                          ? MIN(options->io_threads_max, (uint32_t)IO_THREADS_MAX)
                          : IO_THREADS_MAX;
    bool threads_wanted = options->io_method != NULL && strcmp(options->io_method, "threads") == 0;
    io->uring = threads_wanted ? NULL : real__uring_new(os);
    os->os.io_method = io->uring != NULL ? "io_uring" : "threads";
    if (options->io_method != NULL && strcmp(options->io_method, os->os.io_method) != 0)
        return ST_UNSUPPORTED;
    return OK;
}

void real__io_stop(RealOs *os)
{
    RealIo *io = &os->io;
    if (io->uring != NULL) real__uring_release(os, io->uring);
    (void)pthread_mutex_lock(&io->lock);
    ASSERT(io->first == NULL);
    io->stopping = true;
    (void)pthread_cond_broadcast(&io->work);
    (void)pthread_mutex_unlock(&io->lock);
    for (uint32_t i = 0; i < io->worker_count; i++) os_task_join(io->workers[i]);
    (void)pthread_mutex_destroy(&io->lock);
    (void)pthread_cond_destroy(&io->work);
}

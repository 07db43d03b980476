/* SPDX-License-Identifier: Apache-2.0 */
/* real_uring.c - background requests by io_uring: any task submits under a lock, one task reaps.
 *
 * (U1) Not more requests are in flight than the completion queue has entries, so it never overflows and a submission
 *      is never refused for it. What is over goes to the pool of threads.
 * (U2) The reaper blocks only in the kernel, so that completions always go on. It does the rest of a short transfer
 *      itself, which is rare: regular files transfer short only at their end or when a signal strikes.
 * (U3) The kernel orders a submission before its completion, but no checker knows: `flushes` is raised with release
 *      before each submission and read with acquire after each completion. */
#include "os/real_internal.h"

#include <errno.h>
#include <liburing.h>
#include <sched.h>

#include "base/error.h"

enum { SUBMISSIONS = 128, IN_FLIGHT_MAX = 1024 };

struct RealUring {
    struct io_uring ring;
    RealOs *os;
    pthread_mutex_t lock; /* the submission side */
    _Atomic uint32_t in_flight, flushes;
    Task *reaper; /* NULL: not started yet, or it could not be */
    bool reaper_failed;
};

static bool ring_open(struct io_uring *ring)
{
    struct io_uring_params params = {.flags = IORING_SETUP_CQSIZE, .cq_entries = IN_FLIGHT_MAX};
    if (io_uring_queue_init_params(SUBMISSIONS, ring, &params) != 0) return false;
    struct io_uring_probe *probe = io_uring_get_probe_ring(ring);
    bool able = probe != NULL && io_uring_opcode_supported(probe, IORING_OP_READ) &&
                io_uring_opcode_supported(probe, IORING_OP_WRITE) &&
                io_uring_opcode_supported(probe, IORING_OP_FSYNC);
    io_uring_free_probe(probe);
    if (!able) io_uring_queue_exit(ring);
    return able;
}

RealUring *real__uring_new(RealOs *os)
{
    RealUring *uring = heap_try_alloc(os->heap, sizeof *uring);
    if (uring == NULL) return NULL;
    if (!ring_open(&uring->ring)) {
        heap_free(os->heap, uring);
        return NULL;
    }
    uring->os = os;
    (void)pthread_mutex_init(&uring->lock, NULL);
    return uring;
}

/* The system took `result` bytes, or failed with -result. */
static void request_end(IoRequest *request, int result)
{
    uint32_t whole = request->op == IO_SYNC ? 0 : request->bytes;
    if (result == -EINTR || result == -EAGAIN || (result > 0 && (uint32_t)result < whole)) {
        real__io_execute(request);
        return;
    }
    request->done = result > 0 ? (uint32_t)result : 0;
    if (result < 0 || (result == 0 && request->op == IO_WRITE && whole > 0)) {
        request->error_number = result < 0 ? -result : ENOSPC;
        request->status = os__error_status(request->error_number);
    } else if (request->op == IO_READ && request->done < whole) {
        request->status = ST_END;
    }
    os__io_done(request);
}

/* Ends with a completion that belongs to no request. */
static void reaper_main(void *arg)
{
    RealUring *uring = arg;
    for (;;) {
        struct io_uring_cqe *completion;
        if (io_uring_wait_cqes(&uring->ring, &completion, 1, NULL, NULL) != 0) continue;
        IoRequest *request = io_uring_cqe_get_data(completion);
        int result = completion->res;
        io_uring_cqe_seen(&uring->ring, completion);
        uint32_t in_flight = atomic_fetch_sub_explicit(&uring->in_flight, 1, memory_order_relaxed);
        ASSERT(in_flight > 0);
        (void)atomic_load_explicit(&uring->flushes, memory_order_acquire);
        if (request == NULL) return;
        request_end(request, result);
    }
}

/* The lock is held. */
static bool reaper_start(RealUring *uring)
{
    if (uring->reaper == NULL && !uring->reaper_failed) {
        if (os_task_start(&(TaskOptions){.name = "io reaper", .log = uring->os->main.task.log},
                          reaper_main, uring, &uring->reaper) != OK) {
            error_clear();
            uring->reaper = NULL;
            uring->reaper_failed = true;
        }
    }
    return uring->reaper != NULL;
}

static void entry_fill(struct io_uring_sqe *entry, IoRequest *request)
{
    int fd = request == NULL ? -1 : real__file(request->file)->fd;
    if (request == NULL) {
        io_uring_prep_nop(entry);
    } else {
        switch (request->op) {
        case IO_READ:
            io_uring_prep_read(entry, fd, request->data, request->bytes, request->offset);
            break;
        case IO_WRITE:
            io_uring_prep_write(entry, fd, request->data, request->bytes, request->offset);
            break;
        case IO_SYNC: io_uring_prep_fsync(entry, fd, IORING_FSYNC_DATASYNC); break;
        }
    }
    io_uring_sqe_set_data(entry, request);
}

/* The lock is held. The kernel may be short of memory for a moment: then again. */
static void ring_flush(RealUring *uring)
{
    (void)atomic_fetch_add_explicit(&uring->flushes, 1, memory_order_release);
    while (io_uring_sq_ready(&uring->ring) > 0) {
        if (io_uring_submit(&uring->ring) < 0) (void)sched_yield();
    }
}

/* The lock is held. */
static void entry_add(RealUring *uring, IoRequest *request)
{
    struct io_uring_sqe *entry = io_uring_get_sqe(&uring->ring);
    if (entry == NULL) {
        ring_flush(uring);
        entry = io_uring_get_sqe(&uring->ring);
    }
    entry_fill(entry, request);
}

bool real__uring_submit(RealUring *uring, IoRequest *const *requests, uint32_t count)
{
    (void)pthread_mutex_lock(&uring->lock);
    bool taken = reaper_start(uring) &&
                 count <= IN_FLIGHT_MAX - 1 -
                              MIN(atomic_load_explicit(&uring->in_flight, memory_order_relaxed),
                                  (uint32_t)IN_FLIGHT_MAX - 1);
    if (taken) {
        (void)atomic_fetch_add_explicit(&uring->in_flight, count, memory_order_relaxed);
        for (uint32_t i = 0; i < count; i++) entry_add(uring, requests[i]);
        ring_flush(uring);
    }
    (void)pthread_mutex_unlock(&uring->lock);
    return taken;
}

void real__uring_release(RealOs *os, RealUring *uring)
{
    if (uring->reaper != NULL) {
        (void)pthread_mutex_lock(&uring->lock);
        (void)atomic_fetch_add_explicit(&uring->in_flight, 1, memory_order_relaxed);
        entry_add(uring, NULL);
        ring_flush(uring);
        (void)pthread_mutex_unlock(&uring->lock);
        os_task_join(uring->reaper);
    }
    ASSERT(atomic_load_explicit(&uring->in_flight, memory_order_relaxed) == 0);
    io_uring_queue_exit(&uring->ring);
    (void)pthread_mutex_destroy(&uring->lock);
    heap_free(os->heap, uring);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* os_io.c - batches of background requests: starting them, counting their ends, waiting for the last.
 *
 * A batch usually stands on its waiter's stack, so nobody may touch it, or the waiter's Task, once the waiter can see
 * that all is done. Hence `pending` has two halves: requests not yet counted (low), and tasks that are just counting
 * one (high). The waiter goes on only when the whole word is 0, and the last access of a counting task is the one that
 * takes it out of the high half.
 *
 * (I1) os_wake of the waiter happens only while the high half is not 0, so the waiter lives. */
#include "os/io.h"

#include "os/os_internal.h"

enum { BATCH_REQUESTS_MAX = 0xffff };
#define BATCH_COUNTING (UINT32_C(1) << 16)

void os_io_submit(IoBatch *batch, IoRequest *const *requests, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        ASSERT(batch != NULL || requests[i]->complete != NULL);
        requests[i]->status = OK;
        requests[i]->done = 0;
        requests[i]->error_number = 0;
        requests[i]->batch = batch;
        requests[i]->next = NULL;
    }
    if (count == 0) return;
    if (batch != NULL) {
        /* Who counts the last of the requests so far may be reading it. */
        if (batch->waiter != task_self()) batch->waiter = task_self();
        uint32_t pending = atomic_fetch_add_explicit(&batch->pending, count, memory_order_relaxed);
        ASSERT(count <= BATCH_REQUESTS_MAX &&
               (pending & BATCH_REQUESTS_MAX) + count <= BATCH_REQUESTS_MAX);
    }
    os__ops()->io_submit(batch, requests, count);
}

/* `complete` may free or reuse a request without a batch: it is not read after the call then. */
void os__io_done(IoRequest *request)
{
    IoBatch *batch = request->batch;
    if (request->complete != NULL) request->complete(request);
    if (batch == NULL) return;
    uint32_t before = atomic_fetch_add_explicit(&batch->pending, BATCH_COUNTING - 1,
                                                memory_order_acq_rel);
    ASSERT((before & BATCH_REQUESTS_MAX) != 0);
    if ((before & BATCH_REQUESTS_MAX) == 1) os_wake(batch->waiter);
    atomic_fetch_sub_explicit(&batch->pending, BATCH_COUNTING, memory_order_release);
}

/* Who did the work noted nothing: the error belongs to the waiter's task. */
static Status request_status(const IoRequest *request)
{
    static const char *const what[] = {
        [IO_READ] = "read file", [IO_WRITE] = "write file", [IO_SYNC] = "fsync file"};
    if (request->error_number == 0) return request->status;
    return os__error(request->error_number, what[request->op], os_file_path(request->file));
}

Status os_io_wait(IoBatch *batch, WaitEvent event, IoRequest *const *requests, uint32_t count)
{
    uint32_t round = 0, pending;
    while ((pending = atomic_load_explicit(&batch->pending, memory_order_acquire)) != 0) {
        ASSERT(batch->waiter == task_self());
        if ((pending & BATCH_REQUESTS_MAX) != 0) {
            /* No deadline and no interrupt: it is OK, and the loop looks again. */
            IGNORE_STATUS(os_wait_through(event, DEADLINE_NEVER));
        } else {
            os_spin_wait(&round);
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        if (requests[i]->status != OK) return request_status(requests[i]);
    }
    return OK;
}

const char *os_io_method(void)
{
    return task_self()->os->io_method;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* io.h - reads and writes in batches, done in the background: by a pool of threads, or by io_uring where the kernel
 * lets us; the calls are the same. The simulation completes them in any order, at any later moment. */
#pragma once

#include "base/base.h"
#include "os/file.h"
#include "os/wait.h"

typedef enum IoOp { IO_READ, IO_WRITE, IO_SYNC } IoOp;

typedef struct IoBatch IoBatch;
typedef struct IoRequest {
    /* filled by the caller */
    File *file;
    IoOp op;
    void *data;
    uint32_t bytes;
    uint64_t offset;
    void *arg; /* the caller's */
    /* Called once when it is done, in some thread, before the batch counts it: it must not block, raise or touch a
     * task's arenas. NULL: nothing. May free or reuse the request when it belongs to no batch. */
    void (*complete)(struct IoRequest *request);
    /* filled when done */
    Status status; /* ST_END: a read past the end of the file; `done` tells how much there was */
    uint32_t done;
    /* the room's own */
    int error_number; /* errno of a failure, for os_io_wait to note; 0: none */
    IoBatch *batch;
    struct IoRequest *next;
} IoRequest;

/* Requests that one task waits for together. {0} is an empty one. */
struct IoBatch {
    Task *waiter;
    _Atomic uint32_t pending;
};

/* Starts `count` requests; the memory must stay until each is done. `batch` may be NULL when all have `complete`. */
void os_io_submit(IoBatch *batch, IoRequest *const *requests, uint32_t count);
/* Until all of the batch are done; not interrupted. OK, or the status of the first of `requests` that failed, noted for
 * the caller's task. */
Status os_io_wait(IoBatch *batch, WaitEvent event, IoRequest *const *requests, uint32_t count);
/* What does the work: "io_uring", "threads" or "simulation". */
const char *os_io_method(void);

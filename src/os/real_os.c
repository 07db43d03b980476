/* SPDX-License-Identifier: Apache-2.0 */
/* real_os.c - the real machine: its making and end, its table of calls, clocks, randomness, memory from the system. */
#include "os/real_internal.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

const OsOps real__ops = {
    .simulated = false,
    .task_start = real__task_start,
    .task_join = real__task_join,
    .task_detach = real__task_detach,
    .park = real__park,
    .unpark = real__unpark,
    .word_wait = real__word_wait,
    .word_wake = real__word_wake,
    .spin = real__spin,
    .monotonic_ns = real__monotonic_ns,
    .wall_us = real__wall_us,
    .random_bytes = real__random_bytes,
    .cpu_count = real__cpu_count,
    .memory_map = real__memory_map,
    .memory_unmap = real__memory_unmap,
    .memory_discard = real__memory_discard,
    .memory_populate = real__memory_populate,
    .file_open = real__file_open,
    .file_close = real__file_close,
    .file_read = real__file_read,
    .file_write = real__file_write,
    .file_append = real__file_append,
    .file_sync = real__file_sync,
    .file_hint = real__file_hint,
    .file_size = real__file_size,
    .file_set_size = real__file_set_size,
    .file_allocate = real__file_allocate,
    .file_punch = real__file_punch,
    .file_space_used = real__file_space_used,
    .file_lock = real__file_lock,
    .path_rename = real__path_rename,
    .path_link = real__path_link,
    .path_read_link = real__path_read_link,
    .path_remove = real__path_remove,
    .path_info = real__path_info,
    .path_set_mode = real__path_set_mode,
    .path_absolute = real__path_absolute,
    .dir_make = real__dir_make,
    .dir_remove = real__dir_remove,
    .dir_sync = real__dir_sync,
    .dir_list = real__dir_list,
    .disk_free = real__disk_free,
    .io_submit = real__io_submit,
    .socket_resolve = real__socket_resolve,
    .socket_listen = real__socket_listen,
    .socket_accept = real__socket_accept,
    .socket_connect = real__socket_connect,
    .socket_close = real__socket_close,
    .socket_local = real__socket_local,
    .socket_read = real__socket_read,
    .socket_write = real__socket_write,
    .socket_shutdown_write = real__socket_shutdown_write,
    .socket_wait = real__socket_wait,
    .socket_set_keepalive = real__socket_set_keepalive,
    .socket_peer_user = real__socket_peer_user,
    .socket_adopt = real__socket_adopt,
    .socket_descriptor = real__socket_descriptor,
    .poller_new = real__poller_new,
    .poller_release = real__poller_release,
    .poller_set = real__poller_set,
    .poller_remove = real__poller_remove,
    .poller_wait = real__poller_wait,
    .poller_wake = real__poller_wake,
};

static void account_yield(void)
{
    (void)sched_yield();
}

static Status os_fill(RealOs *os, Account *account, const RealOptions *options)
{
    os->os.ops = &real__ops;
    os->os.account = account;
    os->signal_fd = -1;
    account_set_yield(account, account_yield);
    (void)pthread_mutex_init(&os->lock, NULL);
    (void)pthread_cond_init(&os->task_ended, NULL);
    real__task_prepare(&os->main);
    TRY(os__task_init(&os->os, &os->main.head, &(TaskOptions){.name = "main"}, &os->main.task));
    real__task_enter(&os->main);
    Status status = real__io_start(os, options);
    if (status != OK) {
        os__task_release(&os->main.task);
        (void)task_switch(NULL);
    }
    return status;
}

/* A peer that went away is an error of the write that meets it, never a signal. */
static void sigpipe_ignore(void)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    (void)sigaction(SIGPIPE, &ignore, NULL);
}

Status os__real_new(Account *account, const RealOptions *options, Os **os)
{
    ASSERT(task_self() == NULL);
    Heap *heap = heap_try_new(account, "os");
    if (heap == NULL) return ST_NO_MEMORY;
    RealOs *made = heap_try_alloc(heap, sizeof *made);
    Status status = ST_NO_MEMORY;
    if (made != NULL) {
        made->heap = heap;
        sigpipe_ignore();
        status = os_fill(made, account, options);
    }
    if (status != OK) {
        heap_drop(heap);
        return status;
    }
    *os = &made->os;
    return OK;
}

Status os_real_new(Account *account, Os **os)
{
    return os__real_new(account, &(RealOptions){0}, os);
}

/* A task that nobody joined is a bug of the caller's: it would use the Os after its end. */
void os_real_release(Os *base)
{
    RealOs *os = CONTAINER_OF(base, RealOs, os);
    ASSERT(task_self() == &os->main.task);
    atomic_store(&os->os.hooks_set, false);
    real__io_stop(os);
    (void)pthread_mutex_lock(&os->lock);
    while (os->running != 0) (void)pthread_cond_wait(&os->task_ended, &os->lock);
    (void)pthread_mutex_unlock(&os->lock);
    real__tasks_reap(os);
    if (os->signal_fd >= 0) (void)close(os->signal_fd);
    if (os->main.event_fd >= 0) (void)close(os->main.event_fd);
    os__task_release(&os->main.task);
    (void)task_switch(NULL);
    ASSERT(heap_piece_count(os->heap) ==
           1); /* the Os: every task, file and socket was given back */
    (void)pthread_mutex_destroy(&os->lock);
    (void)pthread_cond_destroy(&os->task_ended);
    heap_drop(os->heap);
}

int64_t real__monotonic_ns(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

int64_t real__wall_us(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* Without randomness nothing secret can be made: the process stops rather than go on with something guessable. */
void real__random_bytes(void *out, size_t bytes)
{
    for (size_t at = 0; at < bytes;) {
        ssize_t done = getrandom((char *)out + at, bytes - at, 0);
        if (done > 0)
            at += (size_t)done;
        else if (errno != EINTR)
            UNREACHABLE();
    }
}

uint32_t real__cpu_count(void)
{
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) == 0) return (uint32_t)MAX(CPU_COUNT(&set), 1);
    return (uint32_t)MAX(sysconf(_SC_NPROCESSORS_ONLN), 1L);
}

Status real__memory_map(size_t bytes, bool huge, bool reserve_only, void **memory)
{
    void *mapped = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | (reserve_only ? MAP_NORESERVE : 0), -1, 0);
    if (mapped == MAP_FAILED)
        return os__error_text(errno, "could not map %zu bytes of memory", bytes);
    if (huge) (void)madvise(mapped, bytes, MADV_HUGEPAGE);
    *memory = mapped;
    return OK;
}

void real__memory_unmap(void *memory, size_t bytes)
{
    int result = munmap(memory, bytes);
    ASSERT(result == 0);
}

void real__memory_discard(void *memory, size_t bytes)
{
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    uintptr_t from = ALIGN_UP((uintptr_t)memory, page),
              to = ((uintptr_t)memory + bytes) & ~(page - 1);
    if (from < to) (void)madvise((void *)from, to - from, MADV_DONTNEED);
}

void real__memory_populate(void *memory, size_t bytes)
{
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    uintptr_t from = (uintptr_t)memory & ~(page - 1);
    (void)madvise((void *)from, (uintptr_t)memory + bytes - from, MADV_POPULATE_WRITE);
}

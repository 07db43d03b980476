/* SPDX-License-Identifier: Apache-2.0 */
/* real_internal.h - what the files of the real machine share: its Os, task, file and socket, and the functions its
 * table names. */
#pragma once

#include <pthread.h>

#include "base/heap.h"
#include "os/os_internal.h"

/* The value of a task's token word. Only its own task takes it from TOKEN_GIVEN; whoever gives it puts TOKEN_GIVEN. */
typedef enum RealToken {
    TOKEN_NONE,
    TOKEN_GIVEN,
    TOKEN_ASLEEP,  /* the task sleeps on the word */
    TOKEN_POLLING, /* the task sleeps on descriptors, one of which is wake_fd */
} RealToken;

typedef struct RealTask {
    OsTask head;
    Task task;
    pthread_t thread;
    void (*main)(void *arg);
    void *arg;
    _Atomic uint32_t token;
    _Atomic int wake_fd;
    int event_fd; /* the task's own, made when first needed; -1: none */
    /* guarded by RealOs.lock */
    bool ended, detached;
    Task *joiner;
    struct RealTask *next_ended;
} RealTask;

typedef struct RealFile {
    File head;
    int fd;
} RealFile;

typedef struct RealSocket {
    int fd;
    SocketKind kind;
} RealSocket;

enum { IO_THREADS_MAX = 16 };

typedef struct RealUring RealUring;

/* Requests wait in one queue, first in, first out. */
typedef struct RealIo {
    pthread_mutex_t lock;
    pthread_cond_t work;
    IoRequest *first, *last;
    uint32_t queued, idle;
    uint32_t threads, threads_max; /* those running or just being started */
    Task *workers[IO_THREADS_MAX];
    uint32_t worker_count;
    bool stopping;
    RealUring *uring; /* NULL: threads do the work */
} RealIo;

typedef struct RealOs {
    Os os;
    Heap *heap;
    /* Lets tasks end, be joined and be detached. Taken under any lock but a Heap's; held for moments. */
    pthread_mutex_t lock;
    pthread_cond_t task_ended;
    uint32_t running;         /* tasks whose thread may still use the Os, but the first */
    RealTask *ended_detached; /* to be joined and freed by whoever comes by next */
    RealTask main;
    RealIo io;
    int signal_fd; /* -1: none */
} RealOs;

static inline RealOs *real__os(Task *task)
{
    return CONTAINER_OF(task->os, RealOs, os);
}
static inline RealTask *real__task(Task *task)
{
    return CONTAINER_OF(task, RealTask, task);
}
static inline RealFile *real__file(File *file)
{
    return CONTAINER_OF(file, RealFile, head);
}

extern const OsOps real__ops;

/* The calling thread becomes the task: its pointer, the end of its stack. */
void real__task_enter(RealTask *task);
void real__task_prepare(RealTask *task);
/* Joins and frees detached tasks that have ended. */
void real__tasks_reap(RealOs *os);
/* Signals of process.h are blocked in every task but the first. */
void real__signals_all(void *signal_set);

/* For sleeps on descriptors; real_wait.c tells how. Begin: false when the token is there already. `wake_fd` is a
 * blocking event descriptor. End: adds what its read gave to *drained; afterwards nobody will write to wake_fd for this
 * sleep. */
bool real__poll_begin(RealTask *task, int wake_fd);
void real__poll_end(RealTask *task, int wake_fd, uint64_t *drained);
bool real__token_take(RealTask *task);
/* As socket_wait of the table, on any descriptor; `events` as of poll(). */
Status real__fd_wait(Task *self, int fd, short events, Deadline deadline);
/* What a wake of the task adds to an event descriptor; whoever shares the descriptor adds less. */
#define REAL_WAKE (UINT64_C(1) << 32)
struct timespec real__timespec(int64_t ns);

/* Without notes; 0 or an errno value. Short transfers are gone on with. */
int real__read_all(int fd, void *data, size_t bytes, uint64_t offset, size_t *done);
int real__write_all(int fd, const void *data, size_t bytes, uint64_t offset);
int real__sync(int fd);

Status real__io_start(RealOs *os, const RealOptions *options);
void real__io_stop(RealOs *os);
/* Does one request in the calling task and ends it. */
void real__io_execute(IoRequest *request);
/* NULL: the kernel has none for us. */
RealUring *real__uring_new(RealOs *os);
void real__uring_release(RealOs *os, RealUring *uring);
/* False: not taken, no room or no task to reap it. */
bool real__uring_submit(RealUring *uring, IoRequest *const *requests, uint32_t count);

/* The system's name of a user; its number when it has none. */
Status real__user_name(Arena *arena, uint32_t user, Str *name);

Status real__task_start(Os *os, const TaskOptions *options, void (*main)(void *), void *arg,
                        Task **task);
void real__task_join(Task *task);
void real__task_detach(Task *task);
Status real__park(Task *self, bool interruptible, Deadline deadline);
void real__unpark(Task *task);
void real__word_wait(_Atomic uint32_t *word, uint32_t seen, Deadline deadline);
void real__word_wake(_Atomic uint32_t *word, uint32_t count);
void real__spin(uint32_t *round);
int64_t real__monotonic_ns(void);
int64_t real__wall_us(void);
void real__random_bytes(void *out, size_t bytes);
uint32_t real__cpu_count(void);
Status real__memory_map(size_t bytes, bool huge, bool reserve_only, void **memory);
void real__memory_unmap(void *memory, size_t bytes);
void real__memory_discard(void *memory, size_t bytes);
void real__memory_populate(void *memory, size_t bytes);
Status real__file_open(const char *path, uint32_t flags, File **file);
void real__file_close(File *file);
Status real__file_read(File *file, void *data, size_t bytes, uint64_t offset, size_t *done);
Status real__file_write(File *file, const void *data, size_t bytes, uint64_t offset);
Status real__file_append(File *file, const void *data, size_t bytes);
Status real__file_sync(File *file);
void real__file_hint(File *file, bool write, uint64_t offset, uint64_t bytes);
Status real__file_size(File *file, uint64_t *bytes);
Status real__file_set_size(File *file, uint64_t bytes);
Status real__file_allocate(File *file, uint64_t offset, uint64_t bytes);
Status real__file_punch(File *file, uint64_t offset, uint64_t bytes);
Status real__file_space_used(File *file, uint64_t *bytes);
Status real__file_lock(File *file);
Status real__path_rename(const char *from, const char *to);
Status real__path_link(const char *from, const char *to, bool symbolic);
Status real__path_read_link(Arena *arena, const char *path, Str *target);
Status real__path_remove(const char *path);
Status real__path_info(const char *path, PathInfo *info);
Status real__path_set_mode(const char *path, uint32_t mode);
Status real__path_absolute(Arena *arena, const char *path, Str *absolute);
Status real__dir_make(const char *path);
Status real__dir_remove(const char *path);
Status real__dir_sync(const char *path);
Status real__dir_list(Arena *arena, const char *path, Str **names, uint32_t *count);
Status real__disk_free(const char *path, uint64_t *bytes_free);
void real__io_submit(IoBatch *batch, IoRequest *const *requests, uint32_t count);
Status real__socket_resolve(Arena *arena, const char *host, uint16_t port,
                            SocketAddress **addresses, uint32_t *count);
Status real__socket_listen(const SocketAddress *address, uint32_t backlog, uint32_t unix_mode,
                           Socket **listener);
Status real__socket_accept(Socket *listener, Socket **socket, SocketAddress *peer);
Status real__socket_connect(const SocketAddress *address, Deadline deadline, Socket **socket);
void real__socket_close(Socket *socket);
Status real__socket_local(Socket *socket, SocketAddress *address);
Status real__socket_read(Socket *socket, void *data, size_t bytes, size_t *done);
Status real__socket_write(Socket *socket, const void *data, size_t bytes, size_t *done);
Status real__socket_shutdown_write(Socket *socket);
Status real__socket_wait(Socket *socket, uint32_t ready, Deadline deadline);
void real__socket_set_keepalive(Socket *socket, int idle_s, int interval_s, int count,
                                int user_timeout_ms);
Status real__socket_peer_user(Arena *arena, Socket *socket, Str *user);
Status real__socket_adopt(int descriptor, Socket **socket);
int real__socket_descriptor(const Socket *socket);
Status real__poller_new(Account *account, Poller **poller);
void real__poller_release(Poller *poller);
Status real__poller_set(Poller *poller, Socket *socket, uint32_t ready, void *cookie, bool add);
void real__poller_remove(Poller *poller, Socket *socket);
Status real__poller_wait(Poller *poller, PollerEvent *events, uint32_t events_max, uint32_t *count,
                         Deadline deadline);
void real__poller_wake(Poller *poller);

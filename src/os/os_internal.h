/* SPDX-License-Identifier: Apache-2.0 */
/* os_internal.h - the table of calls behind the seam. os_*.c hold what both machines share and dispatch the rest
 * through the running task's Os; real_*.c and sim_*.c fill one table each.
 *
 * The shared structs below are heads: each machine's own task, file and socket begins with one. */
#pragma once

#include "os/clock.h"
#include "os/file.h"
#include "os/io.h"
#include "os/net.h"
#include "os/os.h"
#include "os/process.h"
#include "os/sync.h"
#include "os/wait.h"

typedef struct OsOps {
    bool simulated;
    /* tasks and waiting */
    Status (*task_start)(Os *os, const TaskOptions *options, void (*main)(void *), void *arg,
                         Task **task);
    void (*task_join)(Task *task);
    void (*task_detach)(Task *task);
    /* Sleeps until the running task's token is there or the deadline; `interruptible`: or an interrupt. A deadline that
     * is not above 0 (DEADLINE_PAST) only asks and never sleeps. An interrupt (os__interrupted) goes before the token,
     * which then stays; the token goes before the deadline. */
    Status (*park)(Task *self, bool interruptible, Deadline deadline);
    /* Gives the token and ends the sleep of park, socket_wait or poller_wait that it is in. */
    void (*unpark)(Task *task);
    void (*word_wait)(_Atomic uint32_t *word, uint32_t seen, Deadline deadline);
    void (*word_wake)(_Atomic uint32_t *word, uint32_t count);
    void (*spin)(uint32_t *round);
    void (*yield)(void);             /* NULL: nothing */
    void (*pause)(const char *name); /* NULL: nothing */
    int64_t (*monotonic_ns)(void);
    int64_t (*wall_us)(void);
    void (*random_bytes)(void *out, size_t bytes);
    uint32_t (*cpu_count)(void);
    Status (*memory_map)(size_t bytes, bool huge, bool reserve_only, void **memory);
    void (*memory_unmap)(void *memory, size_t bytes);
    void (*memory_discard)(void *memory, size_t bytes);
    void (*memory_populate)(void *memory, size_t bytes);
    /* files */
    Status (*file_open)(const char *path, uint32_t flags, File **file);
    void (*file_close)(File *file);
    Status (*file_read)(File *file, void *data, size_t bytes, uint64_t offset, size_t *done);
    Status (*file_write)(File *file, const void *data, size_t bytes, uint64_t offset);
    Status (*file_append)(File *file, const void *data, size_t bytes);
    Status (*file_sync)(File *file);
    void (*file_hint)(File *file, bool write, uint64_t offset, uint64_t bytes);
    Status (*file_size)(File *file, uint64_t *bytes);
    Status (*file_set_size)(File *file, uint64_t bytes);
    Status (*file_allocate)(File *file, uint64_t offset, uint64_t bytes);
    Status (*file_punch)(File *file, uint64_t offset, uint64_t bytes);
    Status (*file_space_used)(File *file, uint64_t *bytes);
    Status (*file_lock)(File *file);
    Status (*path_rename)(const char *from, const char *to);
    Status (*path_link)(const char *from, const char *to, bool symbolic);
    Status (*path_read_link)(Arena *arena, const char *path, Str *target);
    Status (*path_remove)(const char *path);
    Status (*path_info)(const char *path, PathInfo *info);
    Status (*path_set_mode)(const char *path, uint32_t mode);
    Status (*path_absolute)(Arena *arena, const char *path, Str *absolute);
    Status (*dir_make)(const char *path);
    Status (*dir_remove)(const char *path);
    Status (*dir_sync)(const char *path);
    Status (*dir_list)(Arena *arena, const char *path, Str **names, uint32_t *count);
    Status (*disk_free)(const char *path, uint64_t *bytes_free);
    /* Background I/O. Ends each request by os__io_done. */
    void (*io_submit)(IoBatch *batch, IoRequest *const *requests, uint32_t count);
    /* sockets */
    Status (*socket_resolve)(Arena *arena, const char *host, uint16_t port,
                             SocketAddress **addresses, uint32_t *count);
    Status (*socket_listen)(const SocketAddress *address, uint32_t backlog, uint32_t unix_mode,
                            Socket **listener);
    Status (*socket_accept)(Socket *listener, Socket **socket, SocketAddress *peer);
    Status (*socket_connect)(const SocketAddress *address, Deadline deadline, Socket **socket);
    void (*socket_close)(Socket *socket);
    Status (*socket_local)(Socket *socket, SocketAddress *address);
    Status (*socket_read)(Socket *socket, void *data, size_t bytes, size_t *done);
    Status (*socket_write)(Socket *socket, const void *data, size_t bytes, size_t *done);
    Status (*socket_shutdown_write)(Socket *socket);
    /* As os_socket_wait. Interrupt, token, readiness, deadline: the first of them that is there counts. The token is
     * taken. */
    Status (*socket_wait)(Socket *socket, uint32_t ready, Deadline deadline);
    void (*socket_set_keepalive)(Socket *socket, int idle_s, int interval_s, int count,
                                 int user_timeout_ms);
    Status (*socket_peer_user)(Arena *arena, Socket *socket, Str *user);
    Status (*socket_adopt)(int descriptor, Socket **socket);
    int (*socket_descriptor)(const Socket *socket);
    Status (*poller_new)(Account *account, Poller **poller);
    void (*poller_release)(Poller *poller);
    Status (*poller_set)(Poller *poller, Socket *socket, uint32_t ready, void *cookie, bool add);
    void (*poller_remove)(Poller *poller, Socket *socket);
    /* ST_TIMEOUT, with *count 0, at the deadline; a wake of the poller or of the task ends it with OK and *count 0.
     * Events that were taken are returned with OK whatever else came. A deadline not above 0 only asks. */
    Status (*poller_wait)(Poller *poller, PollerEvent *events, uint32_t events_max, uint32_t *count,
                          Deadline deadline);
    void (*poller_wake)(Poller *poller);
} OsOps;

/* Both machines' Os begin with this. */
struct Os {
    const OsOps *ops;
    const char *io_method; /* static text */
    Account *account;
    WaitHooks hooks; /* valid while hooks_set */
    _Atomic bool hooks_set;
    _Atomic uint64_t tasks_started;
};

struct OsTask {
    bool in_hook; /* a wait hook runs: what it waits for itself calls no hooks */
};

struct File {
    const char *path;
    bool direct;
};

static inline const OsOps *os__ops(void)
{
    return task_self()->os->ops;
}

/* An interrupt is pending that ends waits, and the task (the running one) does not hold interrupts off. */
static inline bool os__interrupted(Task *self)
{
    return (atomic_load_explicit(&self->interrupts, memory_order_acquire) &
            (TASK_CANCEL | TASK_TERMINATE)) != 0 &&
           self->interrupts_held == 0;
}

/* What both machines do for a new task: number, account, task_init, and what it inherits from the running task. On
 * failure nothing is left. os__task_release gives it back: no raise, log or allocation of this task's may follow. */
Status os__task_init(Os *os, OsTask *os_task, const TaskOptions *options, Task *task);
void os__task_release(Task *task);

/* Ends one request whose status and done are set: calls its `complete`, then counts its batch. In any task. */
void os__io_done(IoRequest *request);

/* Calls the hooks around a sleep of the running task and sets what it waits for. */
typedef struct WaitState {
    uint32_t event_before;
    bool hooked;
} WaitState;
WaitState os__wait_begin(Task *self, WaitEvent event);
void os__wait_end(Task *self, WaitEvent event, WaitState state);

/* Turns an errno value into a status and notes SQLSTATE, path and the system's text, in PostgreSQL's form:
 * could not open file "x": No such file or directory. `what` is "open file" and so on. */
Status os__error(int error_number, const char *what, const char *path);
/* The same for two paths: could not rename file "a" to "b": ... */
Status os__error_two(int error_number, const char *what, const char *from, const char *to);
/* The same with a text of the caller's: "<text>: No such file or directory". */
Status os__error_text(int error_number, const char *format, ...) PRINTF_LIKE(2, 3);
/* "out of memory"; works without a running task. */
Status os__no_memory(void);
/* The status alone, nothing noted. */
Status os__error_status(int error_number);

/* Removes all that is in a folder, but not the folder. */
Status os__dir_remove_contents(const char *path);
/* `path` made absolute against `folder` (absolute) and freed of ".", ".." and doubled slashes, by the text alone. */
Status os__path_absolute(Arena *arena, Str folder, const char *path, Str *absolute);
/* Sorts names by bytes. */
void os__names_sort(Str *names, uint32_t count);

/* The real machine with its choices: `io_method` "io_uring" or "threads" (ST_UNSUPPORTED when the kernel has no
 * io_uring for us), or NULL, which takes io_uring where it works; `io_threads_max` 0: 16. os_real_new takes NULL and
 * 0. */
typedef struct RealOptions {
    const char *io_method;
    uint32_t io_threads_max;
} RealOptions;
Status os__real_new(Account *account, const RealOptions *options, Os **os);

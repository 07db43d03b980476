/* SPDX-License-Identifier: Apache-2.0 */
/* os_internal.h - the table of calls behind the seam. os_*.c hold what both machines share and dispatch the rest through the
 * running task's Os; real_*.c and sim_*.c fill one table each. */
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
    const char *io_method;
    /* tasks and waiting */
    Status (*task_start)(Os *os, const TaskOptions *options, void (*main)(void *), void *arg, Task **task);
    void (*task_join)(Task *task);
    void (*task_detach)(Task *task);
    /* Sleeps until the running task's token is there or the deadline; `interruptible`: or an interrupt. */
    Status (*park)(Task *self, bool interruptible, Deadline deadline);
    void (*unpark)(Task *task);
    void (*word_wait)(_Atomic uint32_t *word, uint32_t seen, Deadline deadline);
    void (*word_wake)(_Atomic uint32_t *word, uint32_t count);
    void (*spin)(uint32_t *round);
    void (*yield)(void);
    void (*pause)(const char *name);
    int64_t (*monotonic_ns)(void);
    int64_t (*wall_us)(void);
    void (*random_bytes)(void *out, size_t bytes);
    uint32_t (*cpu_count)(void);
    Status (*memory_map)(size_t bytes, bool huge, bool reserve_only, void **memory);
    void (*memory_unmap)(void *memory, size_t bytes);
    void (*memory_discard)(void *memory, size_t bytes);
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
    /* background I/O */
    void (*io_submit)(IoBatch *batch, IoRequest *const *requests, uint32_t count);
    /* sockets */
    Status (*socket_listen)(const SocketAddress *address, uint32_t backlog, uint32_t unix_mode, Socket **listener);
    Status (*socket_accept)(Socket *listener, Socket **socket, SocketAddress *peer);
    Status (*socket_connect)(const SocketAddress *address, Deadline deadline, Socket **socket);
    void (*socket_close)(Socket *socket);
    Status (*socket_local)(Socket *socket, SocketAddress *address);
    Status (*socket_read)(Socket *socket, void *data, size_t bytes, size_t *done);
    Status (*socket_write)(Socket *socket, const void *data, size_t bytes, size_t *done);
    Status (*socket_shutdown_write)(Socket *socket);
    Status (*socket_wait)(Socket *socket, uint32_t ready, Deadline deadline);
    void (*socket_set_keepalive)(Socket *socket, int idle_s, int interval_s, int count, int user_timeout_ms);
    Status (*socket_peer_user)(Arena *arena, Socket *socket, Str *user);
    Status (*socket_adopt)(int descriptor, Socket **socket);
    int (*socket_descriptor)(const Socket *socket);
    Status (*poller_new)(Account *account, Poller **poller);
    void (*poller_release)(Poller *poller);
    Status (*poller_set)(Poller *poller, Socket *socket, uint32_t ready, void *cookie, bool add);
    void (*poller_remove)(Poller *poller, Socket *socket);
    Status (*poller_wait)(Poller *poller, PollerEvent *events, uint32_t events_max, uint32_t *count, Deadline deadline);
    void (*poller_wake)(Poller *poller);
} OsOps;

/* Both machines' Os begin with this. */
struct Os {
    const OsOps *ops;
    Account *account;
    WaitHooks hooks;
    _Atomic uint64_t tasks_started;
};

static inline const OsOps *os__ops(void)
{
    return task_self()->os->ops;
}
/* Turns an errno value into a status and notes SQLSTATE, path and the system's text, in PostgreSQL's form:
 * could not open file "x": No such file or directory. `what` is "open file" and so on. */
Status os__error(int error_number, const char *what, const char *path);

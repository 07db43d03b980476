/* SPDX-License-Identifier: Apache-2.0 */
/* test_real_faults.c - the real machine when the kernel says no: every system call of every piece of work (uses.h)
 * fails once, from making the machine to giving it back. Whatever fails, the work ends, its status says so, and no
 * memory, no descriptor and no child is left. Calls that a signal interrupted are made again and nobody notices.
 *
 * The linker leads the calls below to this file (tools/list_tests.py). What cannot fail is not among them: futexes,
 * reading and writing an eventfd, closing (whose error is of no use: it did close). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <errno.h>
#include <liburing.h>
#include <poll.h>
#include <pthread.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "real.h"
#include "uses.h"

/* ---- The n-th call from now fails */

static struct {
    _Atomic uint64_t countdown, fired;
    int error;
    const char *_Atomic name; /* of the call that failed */
} faults;

static void faults_arm(uint64_t n, int error)
{
    faults.error = error;
    atomic_store(&faults.fired, 0);
    atomic_store(&faults.countdown, n);
}

static uint64_t faults_disarm(void)
{
    atomic_store(&faults.countdown, 0);
    return atomic_load(&faults.fired);
}

static bool strikes(const char *name)
{
    uint64_t left = atomic_load(&faults.countdown);
    while (left > 0)
        if (atomic_compare_exchange_weak(&faults.countdown, &left, left - 1)) break;
    if (left != 1) return false;
    atomic_store(&faults.name, name);
    atomic_fetch_add(&faults.fired, 1);
    errno = faults.error;
    return true;
}

#define WRAP(type, name, failed, parameters, arguments)   \
    type real_##name parameters __asm__("__real_" #name); \
    type wrap_##name parameters __asm__("__wrap_" #name); \
    type wrap_##name parameters                           \
    {                                                     \
        if (strikes(#name)) return failed;                \
        return real_##name arguments;                     \
    }

WRAP(int, open64, -1, (const char *path, int flags, mode_t mode), (path, flags, mode))
WRAP(ssize_t, pread64, -1, (int fd, void *data, size_t bytes, off_t at), (fd, data, bytes, at))
WRAP(ssize_t, pwrite64, -1, (int fd, const void *data, size_t bytes, off_t at),
     (fd, data, bytes, at))
WRAP(int, fdatasync, -1, (int fd), (fd))
WRAP(int, fsync, -1, (int fd), (fd))
WRAP(int, ftruncate64, -1, (int fd, off_t bytes), (fd, bytes))
WRAP(int, fallocate64, -1, (int fd, int mode, off_t at, off_t bytes), (fd, mode, at, bytes))
WRAP(int, posix_fallocate64, faults.error, (int fd, off_t at, off_t bytes), (fd, at, bytes))
WRAP(int, fstat64, -1, (int fd, struct stat *info), (fd, info))
WRAP(int, lstat64, -1, (const char *path, struct stat *info), (path, info))
WRAP(int, statvfs64, -1, (const char *path, struct statvfs *info), (path, info))
WRAP(int, flock, -1, (int fd, int how), (fd, how))
WRAP(int, fcntl64, -1, (int fd, int what, long value), (fd, what, value))
WRAP(int, rename, -1, (const char *from, const char *to), (from, to))
WRAP(int, link, -1, (const char *from, const char *to), (from, to))
WRAP(int, symlink, -1, (const char *target, const char *path), (target, path))
WRAP(int, unlink, -1, (const char *path), (path))
WRAP(int, mkdir, -1, (const char *path, mode_t mode), (path, mode))
WRAP(int, rmdir, -1, (const char *path), (path))
WRAP(int, chmod, -1, (const char *path, mode_t mode), (path, mode))
WRAP(ssize_t, readlink, -1, (const char *path, char *target, size_t bytes), (path, target, bytes))
WRAP(char *, getcwd, NULL, (char *path, size_t bytes), (path, bytes))
WRAP(void *, mmap64, MAP_FAILED,
     (void *at, size_t bytes, int protect, int flags, int fd, off_t offset),
     (at, bytes, protect, flags, fd, offset))
WRAP(int, socket, -1, (int family, int type, int protocol), (family, type, protocol))
WRAP(int, bind, -1, (int fd, const struct sockaddr *address, socklen_t bytes), (fd, address, bytes))
WRAP(int, listen, -1, (int fd, int backlog), (fd, backlog))
WRAP(int, accept4, -1, (int fd, struct sockaddr *peer, socklen_t *bytes, int flags),
     (fd, peer, bytes, flags))
WRAP(int, getsockname, -1, (int fd, struct sockaddr *address, socklen_t *bytes),
     (fd, address, bytes))
WRAP(int, getsockopt, -1, (int fd, int level, int name, void *value, socklen_t *bytes),
     (fd, level, name, value, bytes))
WRAP(int, setsockopt, -1, (int fd, int level, int name, const void *value, socklen_t bytes),
     (fd, level, name, value, bytes))
WRAP(ssize_t, send, -1, (int fd, const void *data, size_t bytes, int flags),
     (fd, data, bytes, flags))
WRAP(ssize_t, recv, -1, (int fd, void *data, size_t bytes, int flags), (fd, data, bytes, flags))
WRAP(int, shutdown, -1, (int fd, int how), (fd, how))
WRAP(int, epoll_create1, -1, (int flags), (flags))
WRAP(int, epoll_ctl, -1, (int poller, int what, int fd, struct epoll_event *event),
     (poller, what, fd, event))
WRAP(int, epoll_wait, -1, (int poller, struct epoll_event *events, int count, int wait_ms),
     (poller, events, count, wait_ms))
WRAP(int, eventfd, -1, (unsigned count, int flags), (count, flags))
WRAP(int, pipe2, -1, (int ends[2], int flags), (ends, flags))
WRAP(pid_t, fork, -1, (void), ())
WRAP(pid_t, waitpid, -1, (pid_t child, int *status, int flags), (child, status, flags))
WRAP(int, pthread_create, faults.error,
     (pthread_t * thread, const pthread_attr_t *how, void *(*body)(void *), void *arg),
     (thread, how, body, arg))

/* ---- Calls that fail only sometimes: the lines tell the linker of them */

#define WRAP_BY_HAND(type, name, parameters)              \
    type real_##name parameters __asm__("__real_" #name); \
    type wrap_##name parameters __asm__("__wrap_" #name); \
    type wrap_##name parameters

/* An interrupted connection goes on by itself. */
WRAP_BY_HAND(int, connect, (int fd, const struct sockaddr *address, socklen_t bytes))
{
    if (!strikes("connect")) return real_connect(fd, address, bytes);
    if (faults.error == EINTR) (void)real_connect(fd, address, bytes);
    errno = faults.error;
    return -1;
}

/* A file or a pipe, not an eventfd. */
static bool may_fail(int fd)
{
    struct stat info;
    return real_fstat64(fd, &info) == 0 && (S_ISREG(info.st_mode) || S_ISFIFO(info.st_mode));
}

WRAP_BY_HAND(ssize_t, read, (int fd, void *data, size_t bytes))
{
    if (may_fail(fd) && strikes("read")) return -1;
    return real_read(fd, data, bytes);
}

WRAP_BY_HAND(ssize_t, write, (int fd, const void *data, size_t bytes))
{
    if (may_fail(fd) && strikes("write")) return -1;
    return real_write(fd, data, bytes);
}

WRAP_BY_HAND(long, syscall, (long number, long a, long b, long c, long d, long e, long f))
{
    if (number == SYS_getdents64 && strikes("getdents64")) return -1;
    return real_syscall(number, a, b, c, d, e, f);
}

/* A request of the ring fails, not the wait for it. */
WRAP_BY_HAND(int, io_uring_wait_cqes,
             (struct io_uring * ring, struct io_uring_cqe **completion, unsigned count,
              struct __kernel_timespec *timeout, sigset_t *mask))
{
    int status = real_io_uring_wait_cqes(ring, completion, count, timeout, mask);
    if (status == 0 && io_uring_cqe_get_data(*completion) != NULL && strikes("io_uring_wait_cqes"))
        (*completion)->res = -faults.error;
    return status;
}

/* ---- One run of one piece of work */

static uint32_t descriptors_open(void)
{
    uint32_t count = 0;
    DIR *dir = opendir("/proc/self/fd");
    assert_non_null(dir);
    while (readdir(dir)) count++;
    closedir(dir);
    return count;
}

typedef struct Run {
    const Use *use;
    RealOptions options;
    int error;
} Run;

/* Of the run: its status, and whether the machine itself could be made. */
static Status run_once(const Run *run, uint64_t n, uint64_t *fired)
{
    char dir[64];
    BothPlace place = {.dir = real_dir_make(dir)};
    Account *account = account_new(NULL, "test", 0);
    const uint32_t descriptors = descriptors_open();
    Os *os;
    faults_arm(n, run->error);
    Status status = os__real_new(account, &run->options, &os);
    if (status == OK) {
        Work work = {.place = &place, .arena = arena_new(task_self()->account, "test")};
        status = run->use->body(&work);
        *fired = faults_disarm();
        EXPECT(status != ST_IO || error_current() != NULL);
        arena_drop(work.arena);
        os_real_release(os);
    } else {
        *fired = faults_disarm();
    }
    EXPECT(account_used(account) == 0);
    account_drop(account);
    EXPECT(descriptors_open() == descriptors);
    if (*fired)
        while (waitpid(-1, NULL, 0) > 0) {} /* a child whose end could not be asked for */
    EXPECT(waitpid(-1, NULL, WNOHANG) == -1 && errno == ECHILD);
    real_dir_remove(dir);
    return status;
}

static uint64_t run_each(const Run *run)
{
    uint64_t fired = 1, n = 0;
    while (fired) {
        Status status = run_once(run, ++n, &fired);
        if (status != OK && !fired)
            fail_msg("%s: status %d without a failure", run->use->name, (int)status);
        if (n > 2000) fail_msg("%s: does not end", run->use->name);
    }
    return n - 1;
}

static const char *const methods[] = {"threads", "io_uring"};

static bool is_there(const char *method)
{
    Account *account = account_new(NULL, "test", 0);
    Os *os;
    Status status = os__real_new(account, &(RealOptions){.io_method = method}, &os);
    if (status == OK) os_real_release(os);
    account_drop(account);
    return status == OK;
}

static void test_every_call_fails(void **state)
{
    (void)state;
    static const int errors[] = {EIO, ENOSPC, ENOMEM};
    for (size_t m = 0; m < ARRAY_LEN(methods); m++) {
        if (!is_there(methods[m])) continue;
        for (size_t e = 0; e < ARRAY_LEN(errors); e++)
            for (const Use *use = uses; use->body; use++) {
                Run run = {.use = use, .options = {.io_method = methods[m]}, .error = errors[e]};
                uint64_t calls = run_each(&run);
                assert_true(calls > 0);
                if (e == 0)
                    print_message("%s, %s: %" PRIu64 " calls failed once each\n", methods[m],
                                  use->name, calls);
            }
    }
}

static void test_interrupted_calls_are_made_again(void **state)
{
    (void)state;
    static const char *const again[] = {
        "open64",  "pread64", "pwrite64", "ftruncate64", "fallocate64",       "posix_fallocate64",
        "accept4", "send",    "recv",     "waitpid",     "io_uring_wait_cqes"};
    bool struck = !is_there("io_uring");
    for (const Use *use = uses; use->body; use++) {
        for (size_t m = 0; m < ARRAY_LEN(methods); m++) {
            if (!is_there(methods[m])) continue;
            Run run = {.use = use, .options = {.io_method = methods[m]}, .error = EINTR};
            uint64_t fired = 1;
            for (uint64_t n = 1; fired; n++) {
                Status status = run_once(&run, n, &fired);
                if (!fired) break;
                const char *name = atomic_load(&faults.name);
                struck |= strcmp(name, "io_uring_wait_cqes") == 0;
                for (size_t i = 0; i < ARRAY_LEN(again); i++)
                    if (strcmp(name, again[i]) == 0 && status != OK)
                        fail_msg("%s: %s was not made again: status %d", use->name, name,
                                 (int)status);
            }
        }
    }
    assert_true(struck);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_call_fails),
        cmocka_unit_test(test_interrupted_calls_are_made_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

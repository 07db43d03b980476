/* SPDX-License-Identifier: Apache-2.0 */
/* real_process.c - the process: signals, children, users, standard streams.
 *
 * Signals come by a signalfd, so that waiting for them is like waiting for a socket, and no handler and no global is
 * needed. For that they are blocked in every thread: tasks are started with them blocked, the first thread blocks them
 * in os_signals_listen. */
#include "os/process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/error.h"
#include "os/real_internal.h"

static const struct {
    ProcessSignal ours;
    int number;
} signals_known[] = {
    {SIGNAL_HANGUP, SIGHUP}, {SIGNAL_INTERRUPT, SIGINT}, {SIGNAL_TERMINATE, SIGTERM},
    {SIGNAL_QUIT, SIGQUIT},  {SIGNAL_CHILD, SIGCHLD},    {SIGNAL_USER1, SIGUSR1},
};

static void signals_fill(uint32_t signals, sigset_t *set)
{
    (void)sigemptyset(set);
    for (size_t i = 0; i < ARRAY_LEN(signals_known); i++) {
        if ((signals & signals_known[i].ours) != 0) (void)sigaddset(set, signals_known[i].number);
    }
}

void real__signals_all(void *signal_set)
{
    signals_fill(UINT32_MAX, signal_set);
}

/* Nothing outside a simulated machine may be touched from inside. */
static Status refuse_simulated(void)
{
    if (task_self() == NULL || !os_is_simulated()) return OK;
    return error_note(ST_UNSUPPORTED, SQLSTATE_FEATURE_NOT_SUPPORTED,
                      "a simulated machine has no processes");
}

int32_t os_process_id(void)
{
    return task_self() != NULL && os_is_simulated() ? 1 : (int32_t)getpid();
}

bool os_process_is_root(void)
{
    return geteuid() == 0;
}

Status real__user_name(Arena *arena, uint32_t user, Str *name)
{
    for (size_t bytes = 1024;; bytes *= 2) {
        struct passwd entry, *found;
        char *buffer = arena_try_alloc(arena, bytes);
        if (buffer == NULL) return os__no_memory();
        int error = getpwuid_r(user, &entry, buffer, bytes, &found);
        if (error == ERANGE) continue;
        if (found != NULL) {
            *name = str_from(entry.pw_name);
        } else {
            int length = snprintf(buffer, bytes, "%u", user);
            *name = (Str){buffer, (size_t)length};
        }
        return OK;
    }
}

Status os_user_name(Arena *arena, Str *name)
{
    return real__user_name(arena, geteuid(), name);
}

const char *os_environment(const char *name)
{
    return getenv(name);
}

Status os_executable_path(Arena *arena, Str *path)
{
    return real__path_read_link(arena, "/proc/self/exe", path);
}

Status os_signals_listen(uint32_t signals)
{
    TRY(refuse_simulated());
    RealOs *os = real__os(task_self());
    sigset_t set;
    ASSERT(task_self() == &os->main.task);
    signals_fill(signals, &set);
    int fd = signalfd(os->signal_fd, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    if (fd < 0) return os__error_text(errno, "could not listen for signals");
    os->signal_fd = fd;
    (void)pthread_sigmask(SIG_BLOCK, &set, NULL);
    return OK;
}

/* All that came since the last time, as a set. */
static uint32_t signals_take(int fd)
{
    struct signalfd_siginfo info;
    uint32_t signals = 0;
    while (read(fd, &info, sizeof info) == (ssize_t)sizeof info) {
        for (size_t i = 0; i < ARRAY_LEN(signals_known); i++) {
            if (info.ssi_signo == (uint32_t)signals_known[i].number)
                signals |= signals_known[i].ours;
        }
    }
    return signals;
}

Status os_signals_wait(Deadline deadline, uint32_t *signals)
{
    TRY(refuse_simulated());
    Task *self = task_self();
    int fd = real__os(self)->signal_fd;
    ASSERT(fd >= 0);
    lock_rank_check_below(RANK_LATCH);
    while ((*signals = signals_take(fd)) == 0) {
        WaitState state = os__wait_begin(self, WAIT_BACKGROUND);
        Status status = real__fd_wait(self, fd, POLLIN, deadline);
        os__wait_end(self, WAIT_BACKGROUND, state);
        if (status != OK) return status;
    }
    return OK;
}

Status os_signal_send(int32_t process_id, ProcessSignal signal)
{
    TRY(refuse_simulated());
    for (size_t i = 0; i < ARRAY_LEN(signals_known); i++) {
        if (signals_known[i].ours != signal) continue;
        return kill(process_id, signals_known[i].number) == 0
                   ? OK
                   : os__error_text(errno, "could not send signal to process %d", process_id);
    }
    return ST_INVALID;
}

/* It has ended, and its parent has not asked how: "pid (name) Z ...". */
static bool has_ended(int32_t process_id)
{
    char path[32], text[256];
    (void)snprintf(path, sizeof path, "/proc/%d/stat", process_id);
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return false;
    const ssize_t bytes = read(fd, text, sizeof text);
    (void)close(fd);
    const char *end = bytes > 0 ? memrchr(text, ')', (size_t)bytes) : NULL;
    return end != NULL && end + 2 < text + bytes && (end[2] == 'Z' || end[2] == 'X');
}

bool os_process_is_alive(int32_t process_id)
{
    if (os_is_simulated() || process_id <= 0) return false;
    return (kill(process_id, 0) == 0 || errno == EPERM) && !has_ended(process_id);
}

int32_t os_parent_process_id(void)
{
    return os_is_simulated() ? 0 : (int32_t)getppid();
}

/* What the child does between fork and exec: only calls that are safe there. Returns an errno value. */
static int child_exec(const char *program, const char *const *args, const int *descriptors,
                      uint32_t count)
{
    sigset_t none;
    struct sigaction plain = {.sa_handler = SIG_DFL};
    (void)sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
    (void)sigaction(SIGPIPE, &plain, NULL);
    /* Libraries may have left descriptors of their own open on exec. */
    if (syscall(SYS_close_range, 3U, ~0U, 4U /* CLOSE_RANGE_CLOEXEC */) != 0) return errno;
    for (uint32_t i = 0; i < count; i++) {
        if (fcntl(descriptors[i], F_SETFD, 0) != 0) return errno;
    }
    (void)execv(program, (char *const *)(uintptr_t)args);
    return errno;
}

/* The pipe closes on a good exec; else the child writes what went wrong into it. */
Status os_process_start(const char *program, const char *const *args, const int *descriptors,
                        uint32_t descriptor_count, int32_t *process_id)
{
    TRY(refuse_simulated());
    int ends[2], error = 0;
    if (pipe2(ends, O_CLOEXEC) != 0) return os__error_text(errno, "could not create pipe");
    pid_t child = fork();
    if (child == 0) {
        error = child_exec(program, args, descriptors, descriptor_count);
        ssize_t written = write(ends[1], &error, sizeof error);
        _exit(written == (ssize_t)sizeof error ? 127 : 126);
    }
    if (child < 0) error = errno;
    (void)close(ends[1]);
    ssize_t done = 0;
    if (child > 0) {
        do {
            done = read(ends[0], &error, sizeof error);
        } while (done < 0 && errno == EINTR);
        if (done > 0) (void)waitpid(child, NULL, 0);
    }
    (void)close(ends[0]);
    if (child < 0) return os__error_text(error, "could not fork new process");
    if (done > 0) return os__error(error, "execute program", program);
    *process_id = child;
    return OK;
}

Status os_process_reap(ProcessEnd *end)
{
    TRY(refuse_simulated());
    int how;
    pid_t child;
    do {
        child = waitpid(-1, &how, WNOHANG);
    } while (child < 0 && errno == EINTR);
    if (child <= 0) return child == 0 ? ST_BUSY : ST_NOT_FOUND;
    *end = (ProcessEnd){.process_id = child, .by_signal = WIFSIGNALED(how)};
    end->code = end->by_signal ? WTERMSIG(how) : WEXITSTATUS(how);
    return OK;
}

/* The process stays who it is, so that whoever started it learns of its end. */
Status os_process_detach(const char *log_path)
{
    ASSERT(task_self() == NULL);
    int log = open(log_path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (log < 0 || nothing < 0) {
        Status status = os__error_status(errno);
        if (log >= 0) (void)close(log);
        if (nothing >= 0) (void)close(nothing);
        return status;
    }
    (void)setsid();
    (void)dup2(nothing, STDIN_FILENO);
    (void)dup2(log, STDOUT_FILENO);
    (void)dup2(log, STDERR_FILENO);
    (void)close(log);
    (void)close(nothing);
    return OK;
}

void os_process_exit(int code)
{
    _exit(code);
}

/* What cannot be written, cannot be reported either. */
static void stream_write(int fd, Str text)
{
    for (size_t at = 0; at < text.bytes;) {
        ssize_t done = write(fd, text.data + at, text.bytes - at);
        if (done > 0)
            at += (size_t)done;
        else if (done == 0 || errno != EINTR)
            return;
    }
}

void os_print(Str text)
{
    stream_write(STDOUT_FILENO, text);
}

void os_print_error(Str text)
{
    stream_write(STDERR_FILENO, text);
}

enum { LINE_BYTES_MAX = 64 * 1024 };

/* One byte at a time: what follows the line belongs to whoever reads next. */
static Status line_read(Arena *arena, Str *line)
{
    char *text = NULL;
    size_t bytes = 0, capacity = 0;
    for (;;) {
        char c;
        ssize_t done = read(STDIN_FILENO, &c, 1);
        if (done < 0 && errno == EINTR) continue;
        if (done < 0) return os__error_text(errno, "could not read from standard input");
        if (done == 0 && bytes == 0) return ST_END;
        if (done == 0 || c == '\n') break;
        if (bytes == LINE_BYTES_MAX) return ST_FULL;
        if (bytes == capacity) {
            size_t grown = MAX(capacity * 2, (size_t)128);
            text = arena_try_grow(arena, text, capacity, grown);
            if (text == NULL) return os__no_memory();
            capacity = grown;
        }
        text[bytes++] = c;
    }
    *line = (Str){text, bytes};
    return OK;
}

Status os_read_line(Arena *arena, Str prompt, bool hidden, Str *line)
{
    struct termios before, silent;
    bool silenced = hidden && tcgetattr(STDIN_FILENO, &before) == 0;
    stream_write(STDOUT_FILENO, prompt);
    if (silenced) {
        silent = before;
        silent.c_lflag &= ~(tcflag_t)ECHO;
        (void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    Status status = line_read(arena, line);
    if (silenced) {
        (void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
        stream_write(STDOUT_FILENO, STR("\n"));
    }
    return status;
}

static int64_t time_us(const struct timeval *time)
{
    return (int64_t)time->tv_sec * 1000000 + time->tv_usec;
}

int64_t os_process_cpu_us(void)
{
    struct rusage use;
    (void)getrusage(RUSAGE_SELF, &use);
    return time_us(&use.ru_utime) + time_us(&use.ru_stime);
}

void os_thread_cpu_us(int64_t *user, int64_t *system)
{
    struct rusage use;
    (void)getrusage(RUSAGE_THREAD, &use);
    *user = time_us(&use.ru_utime);
    *system = time_us(&use.ru_stime);
}

/* The second number of /proc/self/statm, in pages. */
uint64_t os_process_memory_bytes(void)
{
    char text[128] = "";
    int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    if (fd < 0) return 0;
    ssize_t done = read(fd, text, sizeof text - 1);
    (void)close(fd);
    const char *second = done > 0 ? strchr(text, ' ') : NULL;
    return second == NULL ? 0 : strtoull(second, NULL, 10) * (uint64_t)sysconf(_SC_PAGESIZE);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* real_program.c - commands of the shell behind a pipe.
 *
 * The pipe's end here never blocks, and the program's end is a descriptor (pidfd_open), so that both are waited for as
 * sockets are. Each program is a process group of its own: who abandons it reaches what the shell started, too. */
#include "os/program.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "os/real_internal.h"

enum { PATIENCE_MS = 1000 };

struct Program {
    pid_t process;
    int pipe; /* -1: closed */
    int end;  /* readable when the process has ended */
};

/* Between fork and exec: only calls that are safe there. Returns an errno value. */
static int child_exec(const char *command, const char *folder, int from, int to)
{
    sigset_t none;
    struct sigaction plain = {.sa_handler = SIG_DFL};
    (void)sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
    (void)sigaction(SIGPIPE, &plain, NULL);
    (void)setpgid(0, 0);
    if (chdir(folder) != 0 || dup2(from, to) < 0) return errno;
    if (from == to && fcntl(to, F_SETFD, 0) != 0)
        return errno; /* a server without standard files */
    if (syscall(SYS_close_range, 3U, ~0U, 4U /* CLOSE_RANGE_CLOEXEC */) != 0) return errno;
    (void)execl("/bin/sh", "sh", "-c", command, (char *)NULL);
    return errno;
}

/* Of the pipe `ends` the program has one, which is closed here. */
static Status program_fork(const char *command, const char *folder, ProgramPipe direction,
                           const int *ends, Program *program)
{
    const bool reads = direction == PROGRAM_READS;
    const int theirs = ends[reads ? 0 : 1];
    program->pipe = ends[reads ? 1 : 0];
    program->process = fork();
    if (program->process == 0) {
        (void)child_exec(command, folder, theirs, reads ? STDIN_FILENO : STDOUT_FILENO);
        _exit(127);
    }
    const int error = errno;
    (void)close(theirs);
    if (program->process < 0)
        return os__error_text(error, "could not execute command \"%s\"", command);
    (void)setpgid(program->process, program->process);
    (void)fcntl(program->pipe, F_SETFL, fcntl(program->pipe, F_GETFL) | O_NONBLOCK);
    program->end = (int)syscall(SYS_pidfd_open, program->process, 0);
    return program->end >= 0 ? OK : os__error_text(errno, "could not watch process");
}

static void program_free(Program *program)
{
    if (program->pipe >= 0) (void)close(program->pipe);
    if (program->end >= 0) (void)close(program->end);
    heap_free(real__os(task_self())->heap, program);
}

Status os_program_start(const char *command, const char *folder, ProgramPipe direction,
                        Program **program)
{
    int ends[2];
    if (os_is_simulated())
        return error_note(ST_UNSUPPORTED, SQLSTATE_FEATURE_NOT_SUPPORTED,
                          "a simulated machine has no processes");
    Program *made = heap_try_alloc(real__os(task_self())->heap, sizeof *made);
    if (made == NULL) return os__no_memory();
    *made = (Program){.pipe = -1, .end = -1};
    if (pipe2(ends, O_CLOEXEC) != 0) {
        const int error = errno;
        program_free(made);
        return os__error_text(error, "could not create pipe");
    }
    Status status = program_fork(command, folder, direction, ends, made);
    if (status == OK) {
        *program = made;
    } else if (made->process > 0) {
        os_program_abandon(made);
    } else {
        program_free(made);
    }
    return status;
}

/* OK: look again. */
static Status pipe_wait(const Program *program, short events)
{
    Task *self = task_self();
    WaitState state = os__wait_begin(self, WAIT_COPY_FILE);
    Status status = real__fd_wait(self, program->pipe, events, DEADLINE_NEVER);
    os__wait_end(self, WAIT_COPY_FILE, state);
    return status == ST_BUSY ? OK : status;
}

Status os_program_read(Program *program, void *data, size_t bytes, size_t *done)
{
    for (;;) {
        const ssize_t n = read(program->pipe, data, bytes);
        *done = n > 0 ? (size_t)n : 0;
        if (n >= 0) return OK;
        if (errno != EAGAIN && errno != EINTR) return os__error_text(errno, "could not read");
        TRY(pipe_wait(program, POLLIN));
    }
}

Status os_program_write(Program *program, const void *data, size_t bytes)
{
    for (size_t at = 0; at < bytes;) {
        const ssize_t n = write(program->pipe, (const char *)data + at, bytes - at);
        if (n > 0) at += (size_t)n;
        if (n >= 0) continue;
        if (errno != EAGAIN && errno != EINTR) return os__error_text(errno, "could not write");
        TRY(pipe_wait(program, POLLOUT));
    }
    return OK;
}

static void pipe_close(Program *program)
{
    if (program->pipe >= 0) (void)close(program->pipe);
    program->pipe = -1;
}

/* Until the process has ended: OK, else what ended the wait. */
static Status end_wait(const Program *program, Deadline deadline)
{
    Task *self = task_self();
    Status status;
    do {
        WaitState state = os__wait_begin(self, WAIT_COPY_FILE);
        status = real__fd_wait(self, program->end, POLLIN, deadline);
        os__wait_end(self, WAIT_COPY_FILE, state);
    } while (status == ST_BUSY);
    return status;
}

/* How it ended: it has, or is about to. */
static int program_reap(const Program *program)
{
    int how = 0;
    while (waitpid(program->process, &how, 0) < 0 && errno == EINTR) {}
    return how;
}

Status os_program_end(Program *program, ProgramEnd *end)
{
    pipe_close(program);
    TRY(end_wait(program, DEADLINE_NEVER));
    const int how = program_reap(program);
    *end = (ProgramEnd){.by_signal = WIFSIGNALED(how)};
    end->code = end->by_signal ? WTERMSIG(how) : WEXITSTATUS(how);
    if (end->by_signal) end->text = sigdescr_np(end->code);
    program_free(program);
    return OK;
}

/* The task may be interrupted already, which ends its own waits: the process's end is waited for by the system's
 * call. */
void os_program_abandon(Program *program)
{
    pipe_close(program);
    (void)kill(-program->process, SIGINT);
    struct pollfd ended = {.fd = program->end, .events = POLLIN};
    if (program->end < 0 || poll(&ended, 1, PATIENCE_MS) != 1)
        (void)kill(-program->process, SIGKILL);
    (void)program_reap(program);
    program_free(program);
}

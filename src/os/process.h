/* SPDX-License-Identifier: Apache-2.0 */
/* process.h - the process and its surroundings: signals as flags a task waits for, children, users, environment. Only
 * the real machine has these; the simulation answers with constants and refuses to fork. */
#pragma once

#include "base/base.h"
#include "os/wait.h"

int32_t os_process_id(void);
int32_t os_parent_process_id(void);
bool os_process_is_root(void);
Status os_user_name(Arena *arena, Str *name); /* of the process's effective user */
const char *os_environment(const char *name); /* NULL when absent; valid until the process ends */
Status os_executable_path(Arena *arena, Str *path);

/* Signals the process wants to hear of; from then on they do nothing by themselves. SIGPIPE is always ignored. */
typedef enum ProcessSignal {
    SIGNAL_HANGUP = 1,    /* reload */
    SIGNAL_INTERRUPT = 2, /* fast shutdown */
    SIGNAL_TERMINATE = 4, /* smart shutdown */
    SIGNAL_QUIT = 8,      /* immediate shutdown */
    SIGNAL_CHILD = 16,
    SIGNAL_USER1 = 32,
} ProcessSignal;
/* By the Os's first task. */
Status os_signals_listen(uint32_t signals);
/* Waits for any of them and takes all that came: OK with *signals != 0, ST_TIMEOUT, ST_CANCELLED, or ST_BUSY when
 * os_wake woke this task. */
Status os_signals_wait(Deadline deadline, uint32_t *signals);
Status os_signal_send(int32_t process_id, ProcessSignal signal); /* ST_NOT_FOUND: no such process */
/* There is such a process, whoever's it is, and it has not ended. */
bool os_process_is_alive(int32_t process_id);

/* Starts a child that runs `program` (args end in NULL); descriptors listed are inherited, all others are not. */
Status os_process_start(const char *program, const char *const *args, const int *descriptors,
                        uint32_t descriptor_count, int32_t *process_id);
typedef struct ProcessEnd {
    int32_t process_id;
    bool by_signal;
    int code; /* exit code, or signal number */
} ProcessEnd;
Status os_process_reap(ProcessEnd *end); /* ST_BUSY: none has ended; ST_NOT_FOUND: no children */
/* Goes on in the background, as the same process: own session, standard streams to the log. Before any Os is made. */
Status os_process_detach(const char *log_path);
_Noreturn void os_process_exit(int code); /* at once, no clean-up */

/* Standard streams, for the command line and the default log. */
void os_print(Str text);
void os_print_error(Str text);
/* A line of standard input without its newline; `hidden`: a terminal does not show it. ST_END: there is none; ST_FULL:
 * over 64 kB. */
Status os_read_line(Arena *arena, Str prompt, bool hidden, Str *line);
/* User + system time of this process so far, microseconds. */
int64_t os_process_cpu_us(void);
void os_thread_cpu_us(int64_t *user, int64_t *system); /* of the calling thread, microseconds */
uint64_t os_process_memory_bytes(void);                /* resident */

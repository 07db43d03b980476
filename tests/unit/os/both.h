/* SPDX-License-Identifier: Apache-2.0 */
/* both.h - tests that hold on both machines. A body runs as the first task of a fresh machine, real or simulated, and
 * assumes no more than the headers of src/os promise. It checks with EXPECT, since cmocka's own jumps do not leave a
 * task. */
#pragma once

#include "base/account.h"
#include "base/error.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/io.h"
#include "os/net.h"
#include "os/os.h"
#include "os/sync.h"
#include "os/wait.h"

_Noreturn void expect_failed(const char *expression, const char *file, int line);
#define EXPECT(x) ((x) ? (void)0 : expect_failed(#x, __FILE__, __LINE__))
/* The current error's message and SQLSTATE. */
#define EXPECT_NOTED(code_, message_) EXPECT(noted((code_), (message_)))
bool noted(Sqlstate code, const char *message);

typedef struct BothTest {
    const char *name;
    void (*body)(void *arg);
} BothTest;

/* The argument of every body. */
typedef struct BothPlace {
    const char *dir;       /* an existing, empty folder for the test's files */
    SocketAddress address; /* to listen on; port 0: any */
    uint32_t number;       /* the test's own */
} BothPlace;
/* Each ends with a row whose body is NULL. */
extern const BothTest both_wait_tests[], both_sync_tests[], both_file_tests[], both_io_tests[],
    both_net_tests[];

/* `dir`/`name`, in a buffer of the caller's task: an arena. */
const char *both_path(Arena *arena, const BothPlace *place, const char *name);
/* os_task_start with a name alone. */
Task *both_start(void (*main)(void *arg), void *arg);
/* Until *word has that value, for tests that need a task to have got somewhere. */
void both_await(_Atomic uint32_t *word, uint32_t value);
/* Until `task` shows that it waits for `event`. */
void both_await_event(Task *task, WaitEvent event);

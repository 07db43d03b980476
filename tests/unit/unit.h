/* SPDX-License-Identifier: Apache-2.0 */
/* unit.h - what unit tests share: a task with an account and an arena, expected raises, expected
 * ends of the process, the seed. */
#pragma once

#include "base/base.h"

#include <setjmp.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/account.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/task.h"

typedef struct Unit {
    Account *account;
    Task task;
    Arena *arena;
} Unit;

/* Makes `unit`'s task the running one. */
static inline void unit_open(Unit *unit)
{
    *unit = (Unit){.account = account_new(NULL, "unit", ACCOUNT_UNLIMITED)};
    assert_non_null(unit->account);
    assert_true(task_init(&unit->task, unit->account, "unit") == OK);
    unit->task.number = 1;
    task_switch(&unit->task);
    unit->arena = arena_try_new(unit->account, "unit");
    assert_non_null(unit->arena);
}

/* Everything must have been given back but the unit's own. */
static inline void unit_close(Unit *unit)
{
    arena_drop(unit->arena);
    task_switch(NULL);
    task_release(&unit->task);
    assert_int_equal(account_used(unit->account), 0);
    account_drop(unit->account);
}

/* The SQLSTATE that body(arg) raises; 0 when it returns. */
static inline int unit_raised(void (*body)(void *arg), void *arg)
{
    Error *error = NULL;
    bool returned = error_catch(body, arg, NULL, &error);
    int code = returned ? 0 : (int)error->code;
    if (!returned) error_clear();
    return code;
}
#define assert_raises(code_, body, arg) assert_int_equal(unit_raised((body), (arg)), (int)(code_))

/* body(arg), in a process of its own, must end by SIGABRT and print `text` to standard error. */
static inline void unit_assert_dies(void (*body)(void *arg), void *arg, const char *text)
{
    int ends[2];
    char output[1024];
    fflush(stdout);
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        signal(SIGABRT, SIG_DFL);
        dup2(ends[1], 2);
        body(arg);
        _exit(0);
    }
    close(ends[1]);
    size_t got = 0;
    for (ssize_t n; (n = read(ends[0], output + got, sizeof output - 1 - got)) > 0;)
        got += (size_t)n;
    output[got] = 0;
    close(ends[0]);
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGABRT || !strstr(output, text))
        fail_msg("status %x, wanted an abort with \"%s\", got \"%s\"", (unsigned)status, text,
                 output);
}

/* The run's seed, printed. */
static inline uint64_t unit_seed(void)
{
    const char *text = getenv("TUSK_SEED");
    uint64_t seed = text ? strtoull(text, NULL, 10) : 1;
    print_message("TUSK_SEED=%llu\n", (unsigned long long)seed);
    return seed;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* sim_fixture.h - what the tests of the simulated machine share. Inside a run, checks are CHECK_TRUE and must_be_ok:
 * cmocka's jump out of the test, which a fiber's stack does not survive. */
#pragma once

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/base.h"

#include <cmocka.h>

#include "os/clock.h"
#include "os/file.h"
#include "os/os.h"
#include "os/sim.h"
#include "os/wait.h"

#define CHECK_TRUE(x) ((x) ? (void)0 : assert_failed(#x, __FILE__, __LINE__))
#define must_be_ok(call) must_be((call), OK, #call, __FILE__, __LINE__)
#define must_give(status, call) must_be((call), (status), #call, __FILE__, __LINE__)

static inline void must_be(Status status, Status wanted, const char *call, const char *file,
                           int line)
{
    if (status == wanted) return;
    (void)fprintf(stderr, "%s gave: %s\n", call, status_text(status));
    assert_failed(call, file, line);
}

/* TUSK_SEED moves all seeds of a test. */
static inline uint64_t test_seed(uint64_t n)
{
    const char *text = getenv("TUSK_SEED");
    return n + (text ? strtoull(text, NULL, 10) * UINT64_C(1000003) : 0);
}

static inline Sim *new_sim(uint64_t seed)
{
    SimOptions options = {.seed = seed};
    Sim *sim = sim_new(&options);
    assert_non_null(sim);
    return sim;
}

static inline Task *start_task(const char *name, void (*main)(void *arg), void *arg)
{
    TaskOptions options = {.name = name};
    Task *task;
    must_be_ok(os_task_start(&options, main, arg, &task));
    return task;
}

static inline File *open_file(const char *path, uint32_t flags)
{
    File *file;
    must_be_ok(os_file_open(path, flags, &file));
    return file;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* both.c - what the bodies of both.h share. */
#include "both.h"

#include "base/arena.h"

void expect_failed(const char *expression, const char *file, int line)
{
    const Error *error = error_current();
    fprintf(stderr, "%s:%d: expected %s; current error: %.*s\n", file, line, expression,
            error != NULL ? (int)error->message.bytes : 4,
            error != NULL ? error->message.data : "none");
    abort();
}

bool noted(Sqlstate code, const char *message)
{
    const Error *error = error_current();
    return error != NULL && error->code == code && str_equal(error->message, str_from(message));
}

const char *both_path(Arena *arena, const BothPlace *place, const char *name)
{
    return str_format(arena, "%s/%s", place->dir, name).data;
}

Task *both_start(void (*main)(void *arg), void *arg)
{
    Task *task;
    EXPECT(os_task_start(&(TaskOptions){.name = "test"}, main, arg, &task) == OK);
    return task;
}

void both_await(_Atomic uint32_t *word, uint32_t value)
{
    uint32_t round = 0;
    while (atomic_load(word) != value) os_spin_wait(&round);
}

void both_await_event(Task *task, WaitEvent event)
{
    uint32_t round = 0;
    while (atomic_load(&task->wait_event) != (uint32_t)event) os_spin_wait(&round);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* lockrank.c - the check of the lock order, in test builds. Locks may be given back in any order, so what counts is the
 * highest rank held, not the newest. Threads without a task are not checked. */
#include "base/lockrank.h"

#ifdef TUSK_TEST
#include "base/task.h"

static uint32_t highest(const Task *task)
{
    uint32_t rank = RANK_NONE;
    for (uint32_t i = 0; i < task->rank_count; i++) rank = MAX(rank, task->ranks[i]);
    return rank;
}

void lock_rank_enter(LockRank rank, bool again)
{
    Task *task = task_self();
    if (!task || rank == RANK_NONE) return;
    uint32_t held = highest(task);
    ASSERT(held < rank || (again && held == rank));
    ASSERT(task->rank_count < TASK_RANKS_MAX);
    task->ranks[task->rank_count++] = (uint8_t)rank;
}

void lock_rank_leave(LockRank rank)
{
    Task *task = task_self();
    if (!task || rank == RANK_NONE) return;
    uint32_t i = task->rank_count;
    while (i > 0 && task->ranks[i - 1] != rank) i--;
    ASSERT(i > 0); /* else it was never entered by this task */
    memmove(&task->ranks[i - 1], &task->ranks[i], task->rank_count - i);
    task->rank_count--;
}

void lock_rank_check_below(LockRank least)
{
    const Task *task = task_self();
    ASSERT(!task || highest(task) < least || task->rank_count == 0);
}
#endif

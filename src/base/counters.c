/* SPDX-License-Identifier: Apache-2.0 */
/* counters.c - counting without sharing: a task adds to the line of its number. */
#include "base/counters.h"

#include "base/task.h"

void counter_add(Counter *counter, uint64_t n)
{
    const Task *task = task_self();
    uint64_t line = task ? task->number % COUNTER_LINES : 0;
    atomic_fetch_add_explicit(&counter->lines[line].value, n, memory_order_relaxed);
}

uint64_t counter_read(const Counter *counter)
{
    uint64_t sum = 0;
    for (uint32_t i = 0; i < COUNTER_LINES; i++)
        sum += atomic_load_explicit(&counter->lines[i].value, memory_order_relaxed);
    return sum;
}

void counter_reset(Counter *counter)
{
    for (uint32_t i = 0; i < COUNTER_LINES; i++)
        atomic_store_explicit(&counter->lines[i].value, 0, memory_order_relaxed);
}

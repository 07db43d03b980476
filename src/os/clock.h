/* SPDX-License-Identifier: Apache-2.0 */
/* clock.h - time. The monotonic clock counts nanoseconds from an arbitrary start and never goes back; the wall clock
 * counts microseconds since 1970-01-01 UTC. Both are virtual in the simulation, where waiting makes them jump. */
#pragma once

#include "base/base.h"
#include "os/wait.h"

int64_t os_monotonic_ns(void);
int64_t os_wall_us(void);

/* A moment of the monotonic clock until which to wait. */
static inline Deadline deadline_in_ns(int64_t ns)
{
    int64_t now = os_monotonic_ns();
    return (Deadline){ns > INT64_MAX - now ? INT64_MAX : now + ns};
}
static inline Deadline deadline_in_ms(int64_t ms)
{
    return ms > INT64_MAX / 1000000 ? DEADLINE_NEVER : deadline_in_ns(ms * 1000000);
}
static inline bool deadline_is_past(Deadline deadline)
{
    return deadline.ns != INT64_MAX && os_monotonic_ns() >= deadline.ns;
}
static inline Deadline deadline_earlier(Deadline a, Deadline b)
{
    return a.ns < b.ns ? a : b;
}

/* Sleeps until then: OK, or ST_CANCELLED. */
Status os_sleep_until(Deadline deadline, WaitEvent event);

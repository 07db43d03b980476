/* SPDX-License-Identifier: Apache-2.0 */
/* fail_each.h - makes every allocation of a workload fail, one run each: once, and from then on for ever. */
#pragma once

#include "base/account.h"
#include "base/base.h"

/* workload(arg, failing) must stand any failure while `failing`, check that what it built is whole, and give everything
 * back; a last run without failures must succeed. Returns how many places there are to fail. */
static inline uint64_t fail_each_allocation(void (*workload)(void *arg, bool failing), void *arg)
{
    uint64_t places = 0;
    for (int for_ever = 0; for_ever <= 1; for_ever++) {
        for (uint64_t n = 1, fired = 1; fired > 0; n++) {
            account_fail_at(n, for_ever);
            workload(arg, true);
            fired = account_fail_fired();
            account_fail_at(0, false);
            if (fired > 0 && !for_ever) places = n;
        }
    }
    workload(arg, false);
    return places;
}

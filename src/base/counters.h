/* SPDX-License-Identifier: Apache-2.0 */
/* counters.h - figures that many tasks raise and few read: a counter is spread over cache lines by task number, so that
 * counting costs no sharing; reading sums the lines. They stand two lines apart: processors fetch lines in pairs. */
#pragma once

#include "base/base.h"

enum { COUNTER_LINES = 16 };

typedef struct Counter {
    struct {
        _Alignas(128) _Atomic uint64_t value;
    } lines[COUNTER_LINES];
} Counter;

void counter_add(Counter *counter, uint64_t n); /* by the running task */
uint64_t counter_read(const Counter *counter);
void counter_reset(Counter *counter);

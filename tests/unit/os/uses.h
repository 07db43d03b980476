/* SPDX-License-Identifier: Apache-2.0 */
/* uses.h - short pieces of work that go through every call of the real machine, for tests in which one allocation or
 * one system call fails: whatever fails, a piece says so by its status and leaves nothing behind. */
#pragma once

#include "both.h"

typedef struct Work {
    const BothPlace *place;
    Arena *arena;
    Status io_status; /* what use_io's requests said */
} Work;

typedef struct Use {
    const char *name;
    Status (*body)(Work *work);
} Use;
extern const Use uses[]; /* the last has no body */

Status use_io(Work *work);
void use_nothing(void *arg); /* a task's main */

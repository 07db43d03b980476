/* SPDX-License-Identifier: Apache-2.0 */
/* real.h - runs a body on a fresh real machine, in a fresh folder, and checks that nothing is left of its memory. */
#pragma once

#include "both.h"
#include "os/os_internal.h"

/* Which sockets BothPlace.address makes. */
typedef struct RealRun {
    void (*body)(void *arg);
    RealOptions options;
    SocketKind kind;
    uint32_t number;
    bool may_be_unsupported; /* io_uring: skipped where the kernel has none */
} RealRun;
/* False: the machine could not be made with these options. */
bool real_run(const RealRun *run);
/* A new empty folder; removed with all in it by real_dir_remove. */
const char *real_dir_make(char path[static 64]);
void real_dir_remove(const char *path);

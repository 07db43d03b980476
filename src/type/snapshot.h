/* SPDX-License-Identifier: Apache-2.0 */
/* snapshot.h - values of pg_snapshot, made by who takes snapshots. */
#pragma once

#include "type/type.h"

/* The stored form; `running` ascends, from xmin up to below xmax. */
Str snapshot_build(Arena *arena, uint64_t xmin, uint64_t xmax, const uint64_t *running,
                   uint32_t count);

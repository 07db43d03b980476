/* SPDX-License-Identifier: Apache-2.0 */
/* tusk_parts.h - the storage rooms opened as a server does, with purge, checkpoints and the cleaner beside the work. */
#pragma once

#include "table/table.h"

typedef struct TuskParts {
    Store *store;
    Txns *txns;
    SpaceId space;
    Task *purge;
} TuskParts;

/* Of a folder: `create` makes the cluster and a space in it first; else `space` is told. */
void tusk_parts_open(TuskParts *parts, const char *dir, uint64_t frames, bool create,
                     uint64_t checkpoint_wal_bytes);
void tusk_parts_close(TuskParts *parts, bool checkpoint);

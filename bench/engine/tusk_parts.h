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

typedef struct TuskPartsOptions {
    const char *dir;
    bool create; /* makes the cluster and a space in it first; else `space` of the parts is told */
    uint64_t frames;
    uint32_t checkpoint_seconds;
    uint64_t checkpoint_wal_bytes;
} TuskPartsOptions;

void tusk_parts_open(TuskParts *parts, const TuskPartsOptions *options);
void tusk_parts_close(TuskParts *parts, bool checkpoint);

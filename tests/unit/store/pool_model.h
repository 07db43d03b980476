/* SPDX-License-Identifier: Apache-2.0 */
/* pool_model.h - pages that tasks latch, check and change, beside a model of what each must hold; on either machine.
 * The device is watched: no page may be written before the log is synced past its lsn (docs/traps.md F7). */
#pragma once

#include "store/pool.h"
#include "store/wal.h"
#include "store_fixture.h"

enum { MODEL_PAGES = 400, MODEL_TASKS_MAX = 8 };

typedef struct Model {
    Device watch; /* what the pool is given */
    Device *device;
    Wal *wal;
    Pool *pool;
    uint32_t changes, ops_each; /* in a hundred operations; operations a task */
    uint64_t seed;
    bool unsynced; /* the pool does not know of the log, so it cannot sync it first */
    _Atomic uint32_t running, early_writes; /* tasks; pages written before the log */
    /* Under the page's latch. */
    uint64_t version[MODEL_PAGES];
    uint32_t seen_pool_version[MODEL_PAGES];
    uint64_t seen_version[MODEL_PAGES];
    bool seen[MODEL_PAGES];
    _Atomic uint64_t busy; /* times try or resident said so */
    uint64_t sleeps;       /* waits for latches */
} Model;

/* The device must exist, with spaces 1 and 2. Before recovery `logged` is false: the pool has no log then. */
void model_open(Model *model, uint32_t frames, bool logged);
void model_open_on(Model *model, Device *device, uint32_t frames, bool logged);
void model_close(Model *model);
PageId model_page(uint32_t i);
/* One page: latched, checked against the model, changed when `mode` is exclusive. */
void model_touch(Model *model, uint32_t i, LatchOptions options);
/* Tasks that do random operations until they have done theirs. */
void model_run(Model *model, uint32_t tasks, bool cleaner);
/* Redoes the log from `from` on; then each page must be as the newest record says. */
void model_redo(Model *model, Lsn from);
Wal *test_wal_open(Device *device);

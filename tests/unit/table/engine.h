/* SPDX-License-Identifier: Apache-2.0 */
/* engine.h - store and transactions with the table room on top, on the simulated machine; sessions; what a crash leaves
 * to those who look from outside. */
#pragma once

#include "table/index.h"
#include "table/upkeep.h"
#include "txn/lock.h"
#include "txn/txn.h"
#include "unit/store/store_fixture.h"

typedef struct Engine {
    Store *store;
    Txns *txns;
    Task *rollback; /* background, while open */
} Engine;

enum { ENGINE_SESSIONS = 16, ENGINE_PREPARED = 8 };
#define ENGINE_SPACE ((SpaceId){SPACE_FIRST_USER})

/* A cluster with ENGINE_SPACE. */
void engine_create(void);
/* The same elsewhere, as on the real machine. */
void engine_create_in(const DeviceLocalOptions *device);
void engine_open_in(Engine *engine, const DeviceLocalOptions *device, uint32_t frames);
/* The store opened as `options` says; nothing is undone in the background before engine_start.
 * Whoever makes calls of the machine fail looks at the status; of a start that failed all stays as it stands. */
Status engine_open_as(Engine *engine, const DeviceLocalOptions *device,
                      const StoreOptions *options);
/* What a crash left open is undone in the background. */
void engine_open(Engine *engine, uint32_t frames);
/* The same as it is before anything is undone in the background: engine_start does that. */
void engine_open_idle(Engine *engine, uint32_t frames);
void engine_start(Engine *engine);
/* Waits until nothing is being undone. */
void engine_settle(const Engine *engine);
void engine_close(Engine *engine);

typedef struct Session {
    Engine *engine;
    uint32_t slot;
    LockSession *locks;
    LockOptions lock;
    RowWaitOptions wait;
    Random random;
} Session;
void session_open(Session *session, Engine *engine, uint64_t seed);
void session_close(Session *session);
Txn *session_begin(Session *session);
Status session_commit(Txn *txn);
/* Until all is undone, also what went to the background because it took long. */
void session_abort(Txns *txns, Txn *txn);

/* Runs main(arg) on a machine made from the seed; it must end. */
void on_machine(uint64_t seed, void (*main)(void *arg), void *arg);

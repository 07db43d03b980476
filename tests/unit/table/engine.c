/* SPDX-License-Identifier: Apache-2.0 */
#include "engine.h"

#include "store/space.h"
#include "store/store.h"

enum { TEST_SYSTEM_ID = 4711, RING_BITS = 6 };

void engine_create(void)
{
    const DeviceLocalOptions device = test_device_options();
    engine_create_in(&device);
}

void engine_create_in(const DeviceLocalOptions *device)
{
    Engine engine;
    SpaceId space;
    must_be_ok(os_dir_make(device->dir));
    must_be_ok(os_dir_sync("/"));
    must_be_ok(store_create(task_self()->account, device, TEST_SYSTEM_ID));
    engine_open_in(&engine, device, 128);
    must_be_ok(space_create(engine.store, &space));
    CHECK_TRUE(space.v == ENGINE_SPACE.v);
    must_be_ok(store_checkpoint(engine.store, true));
    engine_close(&engine);
}

static void rollback_main(void *arg)
{
    Engine *engine = arg;
    must_give(ST_CANCELLED, txns_rollback_run(engine->txns));
}

Status engine_open_as(Engine *engine, const DeviceLocalOptions *local, const StoreOptions *options)
{
    Device *device;
    TxnsOptions txns_options = {.sessions_max = ENGINE_SESSIONS,
                                .ring_bits = RING_BITS,
                                .prepared_max = ENGINE_PREPARED};
    StoreUpper upper = {0};
    *engine = (Engine){0};
    must_be_ok(txns_new(task_self()->account, &txns_options, &engine->txns));
    txns_fill_upper(engine->txns, &upper);
    table_fill_upper(&upper);
    TRY(device_local_open(task_self()->account, local, &device));
    TRY(store_open(task_self()->account, device, options, &upper, &engine->store));
    return txns_recover(engine->txns, engine->store, table_undo_apply, NULL);
}

static void open_idle(Engine *engine, const DeviceLocalOptions *local, uint32_t frames)
{
    const StoreOptions options = {.pool = {.frames = frames, .redo_bytes_max = 400000},
                                  .wal_buffer_bytes = 1 << 17,
                                  .checkpoint_seconds = 5,
                                  .checkpoint_wal_bytes = 300000,
                                  .background = true};
    must_be_ok(engine_open_as(engine, local, &options));
}

void engine_open_idle(Engine *engine, uint32_t frames)
{
    const DeviceLocalOptions device = test_device_options();
    open_idle(engine, &device, frames);
}

void engine_open_in(Engine *engine, const DeviceLocalOptions *device, uint32_t frames)
{
    open_idle(engine, device, frames);
    engine_start(engine);
}

void engine_start(Engine *engine)
{
    engine->rollback = start_task("rollback", rollback_main, engine);
}

void engine_open(Engine *engine, uint32_t frames)
{
    engine_open_idle(engine, frames);
    engine_start(engine);
}

void engine_settle(const Engine *engine)
{
    TxnFigures figures;
    txns_figures(engine->txns, &figures);
    while (figures.aborting > 0) {
        must_be_ok(os_sleep_until(deadline_in_ms(20), WAIT_BACKGROUND));
        txns_figures(engine->txns, &figures);
    }
}

void engine_close(Engine *engine)
{
    engine_settle(engine);
    os_task_interrupt(engine->rollback, TASK_TERMINATE);
    os_task_join(engine->rollback);
    must_be_ok(store_close(engine->store, true));
    txns_release(engine->txns);
}

void session_open(Session *session, Engine *engine, uint64_t seed)
{
    *session = (Session){.engine = engine,
                         .lock = {.owner = LOCK_TRANSACTION,
                                  .wait = LOCK_WAIT,
                                  .deadlock_timeout_us = 10000}};
    random_seed(&session->random, seed);
    must_be_ok(txn_session_open(engine->txns, &session->slot));
    must_be_ok(lock_session_open(engine->txns, session->slot, session->slot + 1, &session->locks));
    session->wait = (RowWaitOptions){session->locks, ROW_WAIT, &session->lock};
}

void session_close(Session *session)
{
    lock_session_close(session->locks);
    txn_session_close(session->engine->txns, session->slot);
}

Txn *session_begin(Session *session)
{
    Txn *txn;
    TxnOptions options = {.space = ENGINE_SPACE, .session = session->slot};
    must_be_ok(txn_begin(session->engine->txns, &options, &txn));
    return txn;
}

Status session_commit(Txn *txn)
{
    CommitOptions options = {.sync = COMMIT_SYNC_LOCAL};
    return txn_commit(txn, &options);
}

void session_abort(Txns *txns, Txn *txn)
{
    const Xid xid = txn_xid(txn);
    txn_abort(txn);
    while (xid.v != 0 && txn_xid_state(txns, xid, NULL) != XID_ABORTED)
        must_be_ok(os_sleep_until(deadline_in_ms(1), WAIT_BACKGROUND));
}

void on_machine(uint64_t seed, void (*main)(void *arg), void *arg)
{
    Sim *sim = new_sim(seed);
    SimEnd end = sim_run(sim, main, arg);
    if (end != SIM_DONE)
        fail_msg("seed %llu ended with %d: %s", (unsigned long long)seed, (int)end,
                 sim_report(sim));
    sim_release(sim);
}

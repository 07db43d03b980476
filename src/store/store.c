/* SPDX-License-Identifier: Apache-2.0 */
/* store.c - the storage engine as one thing: made, opened, closed, failed.
 *
 *      store_create           store_open                              store_close
 *   () ------------> CLEAN ------------------> RUNNING ------------------------> CLEAN (checkpoint) or RUNNING
 *                                                 |  store_fail: nothing is acknowledged or written any more;
 *                                                 +--------> close, open again: recovery
 *
 * Opening, in this order, since each step rests on the one before:
 *     manifest read; pool without a log; log analysed, its tail made durable, redone; manifest with the next
 * incarnation
 *     (before the first append: docs/traps.md F5); log opened at its end, START appended; spaces, undo; pages that a
 *     crash left on their way freed, unlogged trees emptied; background tasks */
#include "store/store.h"

#include "base/error.h"
#include "base/log.h"
#include "os/clock.h"
#include "os/os.h"
#include "store/space.h"
#include "store/store_internal.h"
#include "store/store_redo.h"

/* For the few pages and records of an empty cluster: a larger ring would have more segments prepared. */
enum { CREATE_FRAMES = 1024, CREATE_WAL_BYTES = 256 << 10 };

/* --- failure --- */

void store_fail(Store *store, Status status)
{
    ASSERT(status != OK);
    uint32_t alive = OK;
    if (!atomic_compare_exchange_strong(&store->failed, &alive, (uint32_t)status)) return;
    const Error *error = error_current();
    log_write(SEVERITY_PANIC, "storage has failed, the server must recover: %s%s%.*s",
              status_text(status), error != NULL ? ": " : "",
              error != NULL ? (int)error->message.bytes : 0,
              error != NULL ? error->message.data : "");
    if (store->options.on_failure != NULL)
        store->options.on_failure(store->options.on_failure_arg, status);
}

bool store_has_failed(Store *store)
{
    return atomic_load(&store->failed) != OK;
}

static void wal_failed(void *arg, Status status)
{
    store_fail(arg, status);
}

/* A complete segment may be what makes a checkpoint due, or hurries one. */
static void segment_done(void *arg, uint32_t timeline, uint64_t segment)
{
    Store *store = arg;
    if (store->options.segment_done != NULL)
        store->options.segment_done(store->options.segment_done_arg, timeline, segment);
    mutex_lock(&store->checkpoint_mutex);
    condition_broadcast(&store->checkpoint_change);
    mutex_unlock(&store->checkpoint_mutex);
}

/* --- background tasks --- */

/* A task that has failed stays until it is told to end, since only a living one may be told. */
static void task_end(Store *store, Status status)
{
    if (status != OK && status != ST_CANCELLED) store_fail(store, status);
    while (os_wait(WAIT_BACKGROUND, DEADLINE_NEVER) != ST_CANCELLED) continue;
}

static void writer_main(void *arg)
{
    Store *store = arg;
    task_end(store, wal_writer_run(store->wal));
}

static void cleaner_main(void *arg)
{
    Store *store = arg;
    task_end(store, pool_cleaner_run(store->pool));
}

static void checkpointer_main(void *arg)
{
    Store *store = arg;
    task_end(store, checkpoint__task(store));
}

static Status task_start(Store *store, const char *name, void (*main)(void *arg), Task **task)
{
    TaskOptions options = {.name = name, .account = store->account};
    return os_task_start(&options, main, store, task);
}

static Status tasks_start(Store *store)
{
    if (!store->options.background) return OK;
    TRY(task_start(store, "log writer", writer_main, &store->writer));
    TRY(task_start(store, "page cleaner", cleaner_main, &store->cleaner));
    return task_start(store, "checkpointer", checkpointer_main, &store->checkpointer);
}

bool store_task_wait(Store *store, StoreTask which, uint32_t *wait_event)
{
    const Task *tasks[] = {[STORE_CHECKPOINTER] = store->checkpointer,
                           [STORE_CLEANER] = store->cleaner,
                           [STORE_LOG_WRITER] = store->writer};
    if (tasks[which] == NULL) return false;
    *wait_event = atomic_load_explicit(&tasks[which]->wait_event, memory_order_relaxed);
    return true;
}

static void task_stop(Task **task)
{
    if (*task == NULL) return;
    os_task_interrupt(*task, TASK_TERMINATE);
    os_task_join(*task);
    *task = NULL;
}

static void tasks_stop(Store *store)
{
    task_stop(&store->checkpointer);
    task_stop(&store->cleaner);
    task_stop(&store->writer);
}

/* --- opening --- */

static Status store_new(Account *account, Device *device, const StoreOptions *options,
                        const StoreUpper *upper, Store **out)
{
    Arena *arena = arena_try_new(account, "store");
    Store *store = arena != NULL ? ARENA_TRY_NEW(arena, Store) : NULL;
    if (store == NULL) {
        if (arena != NULL) arena_drop(arena);
        return error_note(ST_NO_MEMORY, SQLSTATE_OUT_OF_MEMORY, "out of memory");
    }
    store->arena = arena;
    store->account = account;
    store->device = device;
    store->options = *options;
    atomic_init(&store->checkpoint_seconds, options->checkpoint_seconds);
    atomic_init(&store->checkpoint_spread_percent, options->checkpoint_spread_percent);
    atomic_init(&store->checkpoint_wal_bytes, options->checkpoint_wal_bytes);
    atomic_init(&store->undo_bytes_max, options->undo_bytes_max);
    if (upper != NULL) store->upper = *upper;
    redo__table_fill(store->redo, upper);
    mutex_init(&store->manifest_mutex, RANK_CHECKPOINT);
    mutex_init(&store->checkpoint_mutex, RANK_CHECKPOINT);
    *out = store;
    return OK;
}

/* In the reverse order of opening, however far that came. The device is the caller's. */
static void store_give_back(Store *store)
{
    tasks_stop(store);
    if (store->undo != NULL) undo__close(store->undo);
    trees__close(store->trees);
    if (store->spaces != NULL) space__close(store->spaces);
    wal_close(store->wal);
    if (store->pool != NULL) pool_close(store->pool);
    arena_drop(store->arena);
}

static Status log_open(Store *store, Lsn end)
{
    Manifest manifest = store->manifest;
    uint32_t before = manifest.incarnation++;
    manifest.state = store->manifest.state == MANIFEST_NEW ? MANIFEST_NEW : MANIFEST_RUNNING;
    TRY(manifest__replace(store, &manifest));
    WalOptions options = {
        .buffer_bytes = store->options.wal_buffer_bytes,
        .segment_bytes = manifest.wal_segment_bytes,
        .timeline = manifest.timeline,
        .incarnation = manifest.incarnation,
        .system_id = manifest.system_id,
        .end = end,
        .segment_done = segment_done,
        .segment_done_arg = store,
        .failed = wal_failed,
        .failed_arg = store,
        .full = checkpoint__log_is_full,
        .full_arg = store,
    };
    TRY(wal_open(store->account, store->device, &options, &store->wal));
    pool_set_wal(store->pool, store->wal);
    StartPayload start = {
        .incarnation = before,
        .clean = store->was_clean,
        .checkpoint = manifest.checkpoint_begin,
        .wall_us = os_wall_us(),
    };
    WalPart part = {&start, sizeof start};
    TRY(wal_credit_take(store->wal, wal_record_bytes(0, sizeof start), WAL_CREDIT_CHECKPOINT));
    wal_append(store->wal, WAL_START, XID_NONE, NULL, 0, &part, 1, NULL);
    return OK;
}

/* A new cluster's log is empty, and begins where its manifest says. */
static Status store_start(Store *store, bool creating)
{
    TRY(manifest__read(store));
    if ((store->manifest.state == MANIFEST_NEW) != creating)
        return error_note(ST_CORRUPT, SQLSTATE_OBJECT_NOT_IN_PREREQUISITE_STATE,
                          "the database cluster was not completely created");
    store->was_clean = store->manifest.state != MANIFEST_RUNNING;
    atomic_store(&store->space_next, store->manifest.space_next);
    TRY(pool_open(store->account, store->device, NULL, &store->options.pool, &store->pool));
    Lsn end = {store->manifest.redo};
    if (!creating) TRY(recovery__run(store, &end));
    TRY(log_open(store, end));
    TRY(space__open(store, &store->spaces));
    if (creating) TRY(space__create_at(store, SPACE_SHARED));
    TRY(trees__open(store, &store->trees));
    TRY(undo__open(store, &store->undo));
    return space__reset_temp(store);
}

static Status trees_recover(Store *store, SpaceId space)
{
    TRY(trees__finish_drops(store, space));
    return trees__reset_unlogged(store, space);
}

/* Drops may be half done after a crash, and unlogged trees are of any age. */
static Status all_trees_recover(Store *store)
{
    SpaceId *spaces;
    uint32_t count = 0;
    if (store->was_clean) return OK;
    Arena *arena = arena_try_new(store->account, "spaces");
    if (arena == NULL) return error_note(ST_NO_MEMORY, SQLSTATE_OUT_OF_MEMORY, "out of memory");
    Status status = store->device->ops->space_list(store->device, arena, &spaces, &count);
    for (uint32_t i = 0; i < count && status == OK; i++)
        if (spaces[i].v != SPACE_TEMP.v) status = trees_recover(store, spaces[i]);
    arena_drop(arena);
    return status;
}

Status store_open(Account *account, Device *device, const StoreOptions *options,
                  const StoreUpper *upper, Store **out)
{
    Store *store;
    TRY(store_new(account, device, options, upper, &store));
    *out = store; /* a background task may call the upper rooms at once */
    Status status = store_start(store, false);
    if (status == OK) status = strays__free(store, store->strays, store->stray_count);
    if (status == OK) status = all_trees_recover(store);
    if (status == OK) status = tasks_start(store);
    if (status != OK) {
        *out = NULL;
        store_give_back(store);
        return status;
    }
    if (!store->was_clean && store->options.background) store_checkpoint_request(store);
    return OK;
}

Status store_close(Store *store, bool checkpoint)
{
    tasks_stop(store);
    Status status = OK;
    if (checkpoint && !store_has_failed(store)) status = checkpoint__run(store, false, true);
    Device *device = store->device;
    store_give_back(store);
    device->ops->close(device);
    return status;
}

Status store_create(Account *account, const DeviceLocalOptions *device_options, uint64_t system_id)
{
    uint32_t segment_bytes = device_options->log_segment_bytes != 0
                                 ? device_options->log_segment_bytes
                                 : (uint32_t)WAL_SEGMENT_BYTES;
    Manifest manifest;
    /* as PostgreSQL's, the log begins with segment 1: position 0 is none */
    manifest__init(&manifest, system_id, segment_bytes,
                   (Lsn){(uint64_t)segment_bytes + WAL_SEGMENT_HEADER_BYTES});
    TRY(device_local_create(device_options, (Bytes){(const uint8_t *)&manifest, sizeof manifest}));
    Device *device;
    TRY(device_local_open(account, device_options, &device));
    StoreOptions options = {.pool = {.frames = CREATE_FRAMES},
                            .wal_buffer_bytes = CREATE_WAL_BYTES};
    Store *store;
    Status status = store_new(account, device, &options, NULL, &store);
    if (status == OK) {
        status = store_start(store, true);
        if (status == OK) return store_close(store, true);
        store_give_back(store);
    }
    device->ops->close(device);
    return status;
}

/* --- what it consists of --- */

Pool *store_pool(Store *store)
{
    return store->pool;
}

Wal *store_wal(Store *store)
{
    return store->wal;
}

Device *store_device(Store *store)
{
    return store->device;
}

Account *store_account(Store *store)
{
    return store->account;
}

const StoreUpper *store_upper(Store *store)
{
    return &store->upper;
}

bool store_was_clean(Store *store)
{
    return store->was_clean;
}

void store_set_undo_max(Store *store, uint64_t bytes)
{
    atomic_store(&store->undo_bytes_max, bytes);
}

bool store_undo_is_over(Store *store)
{
    const uint64_t most = atomic_load_explicit(&store->undo_bytes_max, memory_order_relaxed);
    return most != 0 && undo_bytes(store) > most;
}

void store_figures(Store *store, StoreFigures *figures)
{
    *figures = (StoreFigures){
        .undo_bytes = undo_bytes(store),
        .redo_bytes = store->redo_bytes,
        .recovery_us = store->recovery_us,
        .insert = wal_insert_position(store->wal),
        .synced = wal_synced_position(store->wal),
    };
    pool_figures(store->pool, &figures->pool);
    wal_figures(store->wal, &figures->wal);
    mutex_lock(&store->checkpoint_mutex);
    figures->checkpoints = store->checkpoints;
    mutex_unlock(&store->checkpoint_mutex);
    Manifest manifest;
    store_manifest(store, &manifest);
    figures->redo = (Lsn){manifest.redo};
}

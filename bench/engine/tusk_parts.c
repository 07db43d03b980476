/* SPDX-License-Identifier: Apache-2.0 */
/* tusk_parts.c - opening and closing. */
#include "tusk_parts.h"

#include "engine.h"
#include "os/os.h"
#include "store/space.h"
#include "table/upkeep.h"

enum { SESSIONS_MAX = 2 * THREADS_MAX };

static void must(Status status)
{
    if (status != OK) engine_fail("tusk", status_text(status));
}

static void purge_main(void *arg)
{
    const TuskParts *parts = arg;
    (void)table_purge_run(parts->txns, parts->store);
}

void tusk_parts_open(TuskParts *parts, const TuskPartsOptions *options)
{
    const DeviceLocalOptions local = {.dir = options->dir, .direct = true, .log_keep_segments = 14};
    const StoreOptions store = {.pool = {.frames = options->frames,
                                         .huge_pages = true,
                                         .redo_bytes_max = options->checkpoint_wal_bytes},
                                .wal_buffer_bytes = 16 << 20,
                                .checkpoint_seconds = options->checkpoint_seconds,
                                .checkpoint_wal_bytes = options->checkpoint_wal_bytes,
                                .background = true};
    const TaskOptions purge = {.name = "purge"};
    StoreUpper upper = {0};
    Device *device;
    Account *account = task_self()->account;
    if (options->create) must(store_create(account, &local, 1));
    must(txns_new(account, &(TxnsOptions){.sessions_max = SESSIONS_MAX}, &parts->txns));
    txns_fill_upper(parts->txns, &upper);
    table_fill_upper(&upper);
    must(device_local_open(account, &local, &device));
    must(store_open(account, device, &store, &upper, &parts->store));
    must(txns_recover(parts->txns, parts->store, table_undo_apply, NULL));
    if (options->create) must(space_create(parts->store, &parts->space));
    must(os_task_start(&purge, purge_main, parts, &parts->purge));
}

void tusk_parts_close(TuskParts *parts, bool checkpoint)
{
    os_task_interrupt(parts->purge, TASK_TERMINATE);
    os_task_join(parts->purge);
    must(store_close(parts->store, checkpoint));
    txns_release(parts->txns);
}

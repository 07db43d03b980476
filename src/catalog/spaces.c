/* SPDX-License-Identifier: Apache-2.0 */
/* spaces.c - the storage of databases: copied, dropped, and looked for after a crash.
 *
 * Purge reads and changes every space there is, so it is kept out while one is copied or dropped. A space that has been
 * copied is durable at once, its row in pg_database only at the commit; a space that is dropped goes after the commit.
 * Between the two a crash leaves a space that nothing names: the next start drops it. */
#include "catalog/catalog_internal.h"

#include "base/log.h"
#include "base/scope.h"
#include "os/clock.h"
#include "store/device.h"
#include "store/space.h"
#include "store/store.h"
#include "table/upkeep.h"

enum { PURGE_WAIT_MS = 10 };

void cat_lock_database(CatalogView *view, Oid database, LockMode mode)
{
    LockTag tag = {.kind = LOCK_OBJECT, .a = CLASS_PG_DATABASE, .b = database};
    LockOptions options = {.owner = LOCK_TRANSACTION, .wait = LOCK_WAIT};
    if (view->options.lock_options) view->options.lock_options(view->options.owner, &options);
    CHECK(lock_take(view->options.locks, view->txn, &tag, mode, &options));
}

static Status keep_purge_out(Catalog *catalog)
{
    while (!txn_purge_enter(catalog->txns))
        TRY(os_sleep_until(deadline_in_ms(PURGE_WAIT_MS), WAIT_BACKGROUND));
    return OK;
}

static void let_purge_in(void *catalog)
{
    txn_purge_leave(((Catalog *)catalog)->txns);
}

static Status drop_space(Catalog *catalog, SpaceId space)
{
    TRY(keep_purge_out(catalog));
    const Status status = space_drop(catalog->store, space);
    let_purge_in(catalog);
    return status;
}

/* ---- copying */

typedef struct SpaceCopy {
    Catalog *catalog;
    SpaceId space;
} SpaceCopy;

static void drop_copy(void *object)
{
    const SpaceCopy *copy = object;
    IGNORE_STATUS(drop_space(copy->catalog, copy->space)); /* else the next start finds it */
}

/* What purge would do next in the space it does before the copy, as far as it may. */
static void purge_first(Catalog *catalog)
{
    PurgeFigures figures;
    const Status status = table_purge_now(catalog->txns, catalog->store, &figures);
    if (status != ST_BUSY) CHECK(status);
}

SpaceId cat_space_copy(CatalogView *view, Scope *scope, SpaceId from)
{
    Catalog *catalog = view->catalog;
    SpaceCopy *copy = ARENA_NEW(view->stmt, SpaceCopy);
    copy->catalog = catalog;
    purge_first(catalog);
    {
        SCOPED(inner);
        CHECK(keep_purge_out(catalog));
        scope_add(inner, let_purge_in, catalog);
        CHECK(space_copy(catalog->store, from, &copy->space));
    }
    scope_add(scope, drop_copy, copy);
    view->copy = copy;
    return copy->space;
}

void cat_space_keep(CatalogView *view, Scope *scope)
{
    (void)scope_forget(scope, view->copy);
    view->copy = NULL;
}

/* ---- dropping */

void cat_database_drop_at_commit(CatalogView *view, Oid database, SpaceId space)
{
    CatDroppedSpace *dropped = ARENA_NEW(view->options.session, CatDroppedSpace);
    *dropped = (CatDroppedSpace){view->dropped_spaces, database, space};
    view->dropped_spaces = dropped;
}

void cat_view_drop_spaces(CatalogView *view)
{
    for (; view->dropped_spaces; view->dropped_spaces = view->dropped_spaces->next) {
        const CatDroppedSpace *dropped = view->dropped_spaces;
        cat_database_forget(view->catalog, dropped->database);
        if (drop_space(view->catalog, dropped->space) != OK)
            log_write(SEVERITY_WARNING, "the storage of database %u could not be removed",
                      dropped->database);
    }
}

/* ---- after a crash */

void cat__drop_unnamed_spaces(CatalogView *view, Arena *arena)
{
    Catalog *catalog = view->catalog;
    Device *device = store_device(catalog->store);
    SpaceId *spaces;
    uint32_t count;
    CHECK(device->ops->space_list(device, arena, &spaces, &count));
    bool *named = ARENA_ARRAY(arena, bool, count);
    CatScan *scan = cat_scan_open(view, PG_DATABASE, CAT_INDEX_NONE, NULL, 0);
    for (CatRow row; cat_scan_next(scan, &row);)
        for (uint32_t i = 0; i < count; i++)
            named[i] |= spaces[i].v == (uint32_t)row.values[PG_DATABASE_SPACE].value.i32;
    cat_scan_close(scan);
    for (uint32_t i = 0; i < count; i++) {
        if (named[i] || spaces[i].v == SPACE_SHARED.v || spaces[i].v == SPACE_TEMP.v) continue;
        log_write(SEVERITY_LOG, "space %u belongs to no database: it is removed", spaces[i].v);
        CHECK(drop_space(catalog, spaces[i]));
    }
}

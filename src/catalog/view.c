/* SPDX-License-Identifier: Apache-2.0 */
/* view.c - a session's eyes: what a statement holds, what a transaction wrote, and what becomes of both when they end.
 *
 *     statement   scans, snapshots, entries held, what was given   until cat_view_release
 *     transaction keys written, entries as it sees them (K3)       until cat_view_commit or cat_view_abort */
#include "catalog/catalog_internal.h"

#include "base/hash.h"

typedef struct ViewSnapshot {
    struct ViewSnapshot *next;
    Snapshot snapshot;
} ViewSnapshot;

static void begin_statement(CatalogView *view)
{
    map_init_u64(&view->given, view->statement, sizeof(CatEntry *));
    memset(&view->held, 0, sizeof view->held);
    view->held.arena = view->statement;
}

static void begin_transaction(CatalogView *view)
{
    map_init_u64(&view->written, view->transaction, 0);
    map_init_u64(&view->overlay, view->transaction, sizeof(CatEntry *));
    view->dropped_cells = NULL;
    memset(&view->new_enums, 0, sizeof view->new_enums);
    memset(&view->unsafe_labels, 0, sizeof view->unsafe_labels);
    view->new_enums.arena = view->unsafe_labels.arena = view->transaction;
    view->wrote = view->used_temporary = false;
}

CatalogView *cat_view_new(Catalog *catalog, const CatalogViewOptions *options)
{
    CatalogView *view = ARENA_NEW(options->session, CatalogView);
    view->catalog = catalog;
    view->options = *options;
    view->statement = arena_new_child(options->session, "catalog statement");
    view->transaction = arena_new_child(options->session, "catalog transaction");
    for (size_t i = 0; i < ARRAY_LEN(view->path_arenas); i++)
        view->path_arenas[i] = arena_new_child(options->session, "search path");
    view->search_path_setting = STR("\"$user\", public");
    view->db = &catalog->builtin_db;
    view->role = view->session_role = ROLE_BOOTSTRAP;
    begin_statement(view);
    begin_transaction(view);
    if (catalog->store && catalog->initialised) view->db = cat__db(catalog, 0, SPACE_SHARED);
    return view;
}

void cat_view_drop(CatalogView *view)
{
    cat_view_abort(view);
    while (view->free_scans) {
        CatScan *scan = view->free_scans;
        cat__scan_free(view, scan);
    }
    for (size_t i = 0; i < ARRAY_LEN(view->path_arenas); i++) arena_drop(view->path_arenas[i]);
    arena_drop(view->transaction);
    arena_drop(view->statement);
}

void cat_view_connect(CatalogView *view, Oid database, Oid role)
{
    const CatDatabase *d = cat_database(view, database);
    if (!d) raise_error(SQLSTATE_INVALID_CATALOG_NAME, "database %u does not exist", database);
    view->db = cat__db(view->catalog, database, d->space);
    cat_view_set_role(view, role, role);
    cat_view_release(view);
}

void cat_view_set_txn(CatalogView *view, Txn *txn, Arena *stmt)
{
    view->txn = txn;
    view->stmt = stmt;
}

void cat_view_set_role(CatalogView *view, Oid current, Oid session)
{
    view->role = current;
    view->session_role = session;
    view->path_known = false;
}

void cat_view_release(CatalogView *view)
{
    cat__scans_close(view);
    for (; view->snapshots; view->snapshots = view->snapshots->next)
        txn_snapshot_release(&view->snapshots->snapshot);
    for (uint32_t i = 0; i < view->held.count; i++) cat_entry_let_go(view->held.items[i]);
    arena_reset(view->statement);
    begin_statement(view);
}

/* Own entries are read anew at the next look-up. */
static void forget_overlay(CatalogView *view)
{
    void *value;
    for (uint32_t at = 0; map_next(&view->overlay, &at, NULL, &value);)
        cat_entry_let_go(*(CatEntry **)value);
    map_clear(&view->overlay);
    map_clear(&view->given);
    view->path_known = view->changed = false;
}

static void end_transaction(CatalogView *view)
{
    const void *key;
    forget_overlay(view);
    for (uint32_t at = 0; map_next(&view->written, &at, &key, NULL);)
        cat__cache_invalidate(view->catalog->cache, *(const uint64_t *)key);
    arena_reset(view->transaction);
    begin_transaction(view);
    cat_view_release(view);
}

/* A cell that cannot be dropped now stays, unused: nothing names it any more. */
void cat_view_commit(void *arg)
{
    CatalogView *view = arg;
    for (const CatCell *cell = view->dropped_cells; cell; cell = cell->next)
        IGNORE_STATUS(sequence_drop(view->catalog->store, cell->tree));
    end_transaction(view);
}

/* ---- two-phase commit
 *
 * What was written is forgotten by all when the end comes, whole as the cache is: that may be in another run of the
 * server, and DDL in two phases is rare. Kept is nothing when nothing was written, else a number and so many trees of
 * sequences' cells, which go at the commit; 8 bytes each. */

Bytes cat_view_prepare(CatalogView *view, Arena *arena)
{
    if (view->used_temporary)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "cannot PREPARE a transaction that has operated on temporary objects");
    if (!view->wrote) return (Bytes){NULL, 0};
    uint64_t count = 0, at = 1;
    for (const CatCell *cell = view->dropped_cells; cell; cell = cell->next) count++;
    uint64_t *kept = ARENA_ARRAY(arena, uint64_t, count + 1);
    kept[0] = count;
    for (const CatCell *cell = view->dropped_cells; cell; cell = cell->next)
        kept[at++] = cell->tree.v;
    return (Bytes){(const uint8_t *)kept, at * sizeof *kept};
}

void cat_view_prepared(CatalogView *view)
{
    end_transaction(view);
}

void cat_prepared_end(Catalog *catalog, Bytes kept, bool committed)
{
    if (kept.bytes == 0) return;
    const uint64_t count = load_le64(kept.data);
    for (uint64_t i = 1; committed && i <= count && (i + 1) * 8 <= kept.bytes; i++)
        IGNORE_STATUS(sequence_drop(catalog->store, (TreeId){load_le64(kept.data + i * 8)}));
    cat__cache_invalidate_all(catalog->cache);
}

void cat_view_abort(CatalogView *view)
{
    view->dropped_spaces = NULL;
    cat_doubt_temporary(view);
    end_transaction(view);
}

void cat_view_savepoint_rolled_back(CatalogView *view, const Savepoint *savepoint)
{
    (void)savepoint; /* what was written since stays in `written`: that costs looks, not answers */
    cat_doubt_temporary(view);
    forget_overlay(view);
}

void cat_view_next_command(CatalogView *view)
{
    forget_overlay(view);
}

void cat_view_next_step(CatalogView *view)
{
    if (view->changed) forget_overlay(view);
}

bool cat_view_used_temporary(const CatalogView *view)
{
    return view->used_temporary;
}

bool cat_view_wrote(const CatalogView *view)
{
    return view->wrote;
}

const Snapshot *cat_view_snapshot(CatalogView *view)
{
    ViewSnapshot *made = ARENA_NEW(view->statement, ViewSnapshot);
    CHECK(txn_snapshot(view->txn, &made->snapshot));
    made->next = view->snapshots;
    view->snapshots = made;
    return &made->snapshot;
}

Catalog *cat_view_catalog(const CatalogView *view)
{
    return view->catalog;
}

Txn *cat_view_txn(const CatalogView *view)
{
    return view->txn;
}

void *cat_view_owner(const CatalogView *view)
{
    return view->options.owner;
}

Oid cat_view_database(const CatalogView *view)
{
    return view->db->oid;
}

SpaceId cat_view_space(const CatalogView *view)
{
    return view->db->space;
}

Oid cat_view_role(const CatalogView *view)
{
    return view->role;
}

LockSession *cat_view_locks(const CatalogView *view)
{
    return view->options.locks;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* catalog.c - a server's catalog: made and released. */
#include "catalog/catalog.h"

#include "catalog/catalog_internal.h"

/* Has somebody made catalogs in this store? */
static Status find_catalogs(Catalog *catalog)
{
    Table *table;
    const Status status = table_open(catalog->store, cat__table_tree(SPACE_SHARED, PG_DATABASE),
                                     &table);
    if (status == ST_NOT_FOUND) return OK;
    if (status == OK) table_close(table);
    catalog->initialised = status == OK;
    return status;
}

Status catalog_new(Account *account, Store *store, Txns *txns, Catalog **catalog)
{
    Arena *arena = arena_new(account, "catalog");
    Catalog *made = ARENA_NEW(arena, Catalog);
    made->account = account;
    made->arena = arena;
    made->store = store;
    made->txns = txns;
    made->cache = ARENA_NEW(arena, CatCache);
    mutex_init(&made->lock, RANK_CATALOG);
    cat__cache_init(made->cache);
    cat__builtins_init(&made->builtin, arena);
    cat__catalog_relations_init(&made->builtin_db, arena);
    *catalog = made;
    return store ? find_catalogs(made) : OK;
}

void catalog_release(Catalog *catalog)
{
    cat__cache_clear(catalog->cache);
    cat__dbs_close(catalog);
    arena_drop(catalog->arena);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* catalog.c - a server's catalog: made, released, and asked by OID. What is built in answers without storage. */
#include "catalog/catalog.h"

#include "catalog/catalog_internal.h"

Status catalog_new(Account *account, Store *store, Txns *txns, Catalog **catalog)
{
    Arena *arena = arena_new(account, "catalog");
    Catalog *made = ARENA_NEW(arena, Catalog);
    made->account = account;
    made->arena = arena;
    made->store = store;
    made->txns = txns;
    cat__builtins_init(&made->builtin, arena);
    cat__catalog_relations_init(&made->builtin_db, arena);
    *catalog = made;
    return OK;
}

void catalog_release(Catalog *catalog)
{
    arena_drop(catalog->arena);
}

/* ---- views */

CatalogView *cat_view_new(Catalog *catalog, const CatalogViewOptions *options)
{
    CatalogView *view = ARENA_NEW(options->session, CatalogView);
    view->catalog = catalog;
    view->options = *options;
    view->db = &catalog->builtin_db;
    view->role = view->session_role = ROLE_BOOTSTRAP;
    return view;
}

void cat_view_drop(CatalogView *view)
{
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
}

void cat_view_release(CatalogView *view)
{
    (void)view;
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

/* ---- by OID */

const CatType *cat_type(CatalogView *view, Oid oid)
{
    return cat__builtin_type(&view->catalog->builtin, oid);
}

const CatFunction *cat_function(CatalogView *view, Oid oid)
{
    return cat__builtin_function(&view->catalog->builtin, oid);
}

const CatOperator *cat_operator(CatalogView *view, Oid oid)
{
    return cat__builtin_operator(&view->catalog->builtin, oid);
}

const CatRelation *cat_relation(CatalogView *view, Oid oid)
{
    const CatalogTable table = cat__table_of(oid);
    return table == CATALOG_TABLE_COUNT ? NULL : &view->db->relations[table];
}

const CatNamespace *cat_namespace(CatalogView *view, Oid oid)
{
    static const CatNamespace pg_catalog = {
        .entry = {.class_ = CLASS_PG_NAMESPACE, .oid = NAMESPACE_PG_CATALOG},
        .oid = NAMESPACE_PG_CATALOG,
        .owner = ROLE_BOOTSTRAP,
        .name = {"pg_catalog", 10},
    };
    (void)view;
    return oid == NAMESPACE_PG_CATALOG ? &pg_catalog : NULL;
}

const CatCollation *cat_collation(CatalogView *view, Oid oid)
{
    for (uint32_t i = 0; i < builtins.collations_count; i++)
        if (builtins.collations[i].oid == oid) return &view->catalog->builtin.collations[i];
    return NULL;
}

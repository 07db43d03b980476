/* SPDX-License-Identifier: Apache-2.0 */
/* database.c - where the catalogs of a database lie, and the trees of those that somebody has connected to.
 *
 * In every space the trees are numbered as they were made: tables in the order of catalog_tables.h, then their
 * indexes; in space 0 the shared ones. Before them stand a cell (in space 0 it counts OIDs, elsewhere it is spare) and
 * the directory, which the store makes with the first thing of a space. So nothing must be read to read pg_class. */
#include "catalog/catalog_internal.h"

enum { NUMBER_CELL = 1, NUMBER_FIRST_TABLE = 3 };

static uint64_t rank_of_table(bool shared, uint32_t table)
{
    uint64_t rank = 0;
    for (uint32_t i = 0; i < table; i++) rank += catalog_tables[i].shared == shared;
    return rank;
}

static uint64_t rank_of_index(bool shared, uint32_t index)
{
    uint64_t rank = 0;
    for (uint32_t i = CAT_INDEX_NONE + 1; i < index; i++)
        rank += catalog_tables[catalog_indexes[i].table].shared == shared;
    return rank;
}

TreeId cat__table_tree(SpaceId space, CatalogTable table)
{
    const bool shared = catalog_tables[table].shared;
    return tree_id(shared ? SPACE_SHARED : space,
                   NUMBER_FIRST_TABLE + rank_of_table(shared, table));
}

TreeId cat__index_tree(SpaceId space, CatalogIndex index)
{
    const bool shared = catalog_tables[catalog_indexes[index].table].shared;
    return tree_id(shared ? SPACE_SHARED : space, NUMBER_FIRST_TABLE +
                                                      rank_of_table(shared, CATALOG_TABLE_COUNT) +
                                                      rank_of_index(shared, index));
}

TreeId cat__oid_cell(void)
{
    return tree_id(SPACE_SHARED, NUMBER_CELL);
}

static void db_close(CatDb *db)
{
    for (uint32_t i = 0; i < CATALOG_INDEX_COUNT; i++)
        if (db->indexes[i]) index_close(db->indexes[i]);
    for (uint32_t i = 0; i < CATALOG_TABLE_COUNT; i++)
        if (db->tables[i]) table_close(db->tables[i]);
}

static void db_close_object(void *db)
{
    db_close(db);
}

/* Without a database (space 0) the shared ones alone. */
static bool has_catalog(const CatDb *db, CatalogTable table)
{
    return db->space.v != SPACE_SHARED.v || catalog_tables[table].shared;
}

static void db_open_trees(Catalog *catalog, CatDb *db)
{
    for (uint32_t i = 0; i < CATALOG_TABLE_COUNT; i++) {
        if (!has_catalog(db, (CatalogTable)i)) continue;
        const TreeId tree = cat__table_tree(db->space, (CatalogTable)i);
        CHECK(table_open(catalog->store, tree, &db->tables[i]));
        db->relations[i].tree = tree;
        db->relations[i].table = db->tables[i];
    }
    for (uint32_t i = CAT_INDEX_NONE + 1; i < CATALOG_INDEX_COUNT; i++) {
        const CatalogTable table = catalog_indexes[i].table;
        if (!has_catalog(db, table)) continue;
        const TreeId tree = cat__index_tree(db->space, (CatalogIndex)i);
        CHECK(index_open(catalog->store, tree, db->tables[table], &db->indexes[i]));
        CatIndex *index = (CatIndex *)db->relations[table]
                              .indexes[i - (uint32_t)catalog_tables[table].first_index];
        index->tree = tree;
        index->handle = db->indexes[i];
    }
}

static CatDb *find_db(Catalog *catalog, Oid oid, SpaceId space)
{
    for (CatDb *db = catalog->databases; db; db = db->next)
        if (db->oid == oid && db->space.v == space.v) return db;
    return NULL;
}

CatDb *cat__db(Catalog *catalog, Oid oid, SpaceId space)
{
    mutex_lock(&catalog->lock);
    CatDb *found = find_db(catalog, oid, space);
    mutex_unlock(&catalog->lock);
    if (found) return found;
    /* Its memory is an arena of its own, dropped when another was quicker. */
    SCOPED(scope);
    Arena *arena = scope_arena(scope, catalog->account, "catalog database");
    CatDb *made = ARENA_NEW(arena, CatDb);
    made->oid = oid;
    made->space = space;
    made->arena = arena;
    cat__catalog_relations_init(made, arena);
    scope_add(scope, db_close_object, made);
    db_open_trees(catalog, made);
    mutex_lock(&catalog->lock);
    found = find_db(catalog, oid, space);
    if (!found) {
        made->next = catalog->databases;
        catalog->databases = made;
    }
    mutex_unlock(&catalog->lock);
    if (found) return found;
    (void)scope_forget(scope, made);
    (void)scope_forget(scope, arena);
    return made;
}

void cat_database_forget(Catalog *catalog, Oid database)
{
    mutex_lock(&catalog->lock);
    CatDb **at = &catalog->databases;
    while (*at && (*at)->oid != database) at = &(*at)->next;
    CatDb *db = *at;
    if (db) *at = db->next;
    mutex_unlock(&catalog->lock);
    cat__cache_forget_database(catalog->cache, database);
    if (!db) return;
    db_close(db);
    arena_drop(db->arena);
}

void cat__dbs_close(Catalog *catalog)
{
    while (catalog->databases) {
        CatDb *db = catalog->databases;
        catalog->databases = db->next;
        db_close(db);
        arena_drop(db->arena);
    }
}

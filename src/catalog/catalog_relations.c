/* SPDX-License-Identifier: Apache-2.0 */
/* catalog_relations.c - the catalogs themselves as relations, made of catalog_tables.h. */
#include "catalog/catalog_internal.h"

CatalogTable cat__table_of(Oid oid)
{
    if (oid >= OID_FIRST_USER) return CATALOG_TABLE_COUNT;
    for (uint32_t i = 0; i < CATALOG_TABLE_COUNT; i++)
        if (catalog_tables[i].oid == oid) return (CatalogTable)i;
    return CATALOG_TABLE_COUNT;
}

static const CatColumn *columns_of(Arena *arena, const CatalogTableInfo *table)
{
    CatColumn *columns = ARENA_ARRAY(arena, CatColumn, table->visible_count);
    for (uint32_t i = 0; i < table->visible_count; i++) {
        const CatalogColumn *c = &table->columns[i];
        columns[i] = (CatColumn){
            .number = (int16_t)(i + 1),
            .physical = (uint16_t)i,
            .name = str_from(c->name),
            .type = c->type,
            .collation = c->collation,
            .typmod = -1,
            .phys = (Phys)c->phys,
            .not_null = c->not_null,
        };
    }
    return columns;
}

static const CatIndex *index_of(Arena *arena, const CatalogTableInfo *table, CatalogIndex number)
{
    const CatalogIndexInfo *info = &catalog_indexes[number];
    CatIndexKey *keys = ARENA_ARRAY(arena, CatIndexKey, info->column_count);
    for (uint32_t i = 0; i < info->column_count; i++) {
        const CatalogColumn *c = &table->columns[info->columns[i]];
        keys[i] = (CatIndexKey){
            .column = (int16_t)(info->columns[i] + 1),
            .collation = c->collation,
            .type = c->type,
            .key_type = c->type,
        };
    }
    CatIndex *index = ARENA_NEW(arena, CatIndex);
    *index = (CatIndex){
        .oid = info->oid,
        .relation = table->oid,
        .name = str_from(info->name),
        .constraint = info->constraint,
        .method = METHOD_BTREE,
        .unique = info->unique,
        .primary = info->primary,
        .immediate = true,
        .valid = true,
        .ready = true,
        .live = true,
        .key_count = info->column_count,
        .column_count = info->column_count,
        .keys = keys,
    };
    return index;
}

static CatRelation relation_of(Arena *arena, const CatalogTableInfo *table)
{
    const CatIndex **indexes = ARENA_ARRAY(arena, const CatIndex *, table->index_count + 1u);
    for (uint32_t i = 0; i < table->index_count; i++)
        indexes[i] = index_of(arena, table, (CatalogIndex)(table->first_index + i));
    return (CatRelation){
        .entry = {.class_ = CLASS_PG_CLASS, .oid = table->oid},
        .oid = table->oid,
        .namespace_ = NAMESPACE_PG_CATALOG,
        .owner = ROLE_BOOTSTRAP,
        .type = table->row_type,
        .method = METHOD_HEAP,
        .tablespace = table->shared ? TABLESPACE_GLOBAL : 0,
        .name = str_from(table->name),
        .schema_name = STR("pg_catalog"),
        .kind = 'r',
        .persistence = 'p',
        .shared = table->shared,
        .populated = true,
        .replica_identity = 'n',
        .column_count = table->visible_count,
        .columns = columns_of(arena, table),
        .indexes = indexes,
        .index_count = table->index_count,
        .rows = -1,
    };
}

void cat__catalog_relations_init(CatDb *db, Arena *arena)
{
    db->relations = ARENA_ARRAY(arena, CatRelation, CATALOG_TABLE_COUNT);
    for (uint32_t i = 0; i < CATALOG_TABLE_COUNT; i++)
        db->relations[i] = relation_of(arena, &catalog_tables[i]);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* column_statistics.c - what ANALYZE left of a column, and of the statistics objects over a relation, kept as entries:
 * planning asks for them with every statement. That there is nothing is kept too. */
#include "catalog/catalog_internal.h"

typedef struct CatColumnStatistics {
    CatEntry entry;
    const Datum *row; /* of pg_statistic; NULL: there is none */
} CatColumnStatistics;

enum { COLUMN_KEY_BYTES = 2 };

/* The column's number stands as the key's name, in `bytes`. */
static CatKey key_of(CatalogView *view, Oid relation, int16_t column, char bytes[COLUMN_KEY_BYTES])
{
    store_be16(bytes, (uint16_t)column);
    return (CatKey){view->db->oid,
                    catalog_tables[PG_STATISTIC].oid,
                    relation,
                    {bytes, COLUMN_KEY_BYTES}};
}

static CatEntry *load(CatalogView *view, Arena *arena, const CatKey *key)
{
    CatColumnStatistics *statistics = ARENA_NEW(arena, CatColumnStatistics);
    const Datum keys[3] = {datum_oid(key->oid), datum_i16((int16_t)load_be16(key->name.data)),
                           datum_bool(false)};
    statistics->row = cat_row_find(view, PG_STATISTIC_RELID_ATT_INH_INDEX, keys, ARRAY_LEN(keys),
                                   arena);
    return &statistics->entry;
}

const Datum *cat_column_statistics(CatalogView *view, Oid relation, int16_t column)
{
    char bytes[COLUMN_KEY_BYTES];
    const CatKey key = key_of(view, relation, column, bytes);
    return ((const CatColumnStatistics *)cat__entry(view, &key, load))->row;
}

void cat__note_column_statistics(CatalogView *view, const Datum *row)
{
    char bytes[COLUMN_KEY_BYTES];
    const CatKey key = key_of(view, row[PG_STATISTIC_STARELID].value.u32,
                              row[PG_STATISTIC_STAATTNUM].value.i16, bytes);
    cat__note_key(view, &key);
}

/* ---- of several columns ---- */

typedef struct CatRelationStatistics {
    CatEntry entry;
    CatStatisticsObject *objects;
    uint32_t count;
} CatRelationStatistics;

static CatKey objects_key(CatalogView *view, Oid relation)
{
    return (CatKey){view->db->oid, catalog_tables[PG_STATISTIC_EXT_DATA].oid, relation, {0}};
}

static CatEntry *load_objects(CatalogView *view, Arena *arena, const CatKey *key)
{
    CatRelationStatistics *statistics = ARENA_NEW(arena, CatRelationStatistics);
    ARRAY_OF(Oid) oids = {.arena = view->stmt};
    const Datum relation = datum_oid(key->oid);
    CatScan *scan = cat_scan_open(view, PG_STATISTIC_EXT, PG_STATISTIC_EXT_RELID_INDEX, &relation,
                                  1);
    for (CatRow row; cat_scan_next(scan, &row);)
        array_push(&oids, row.values[PG_STATISTIC_EXT_OID].value.u32);
    cat_scan_close(scan);
    statistics->objects = ARENA_ARRAY(arena, CatStatisticsObject, oids.count);
    for (uint32_t i = 0; i < oids.count; i++) {
        const Datum keys[2] = {datum_oid(oids.items[i]), datum_bool(false)};
        const CatStatisticsObject one = {cat_row_find(view, PG_STATISTIC_EXT_OID_INDEX, keys, 1,
                                                      arena),
                                         cat_row_find(view, PG_STATISTIC_EXT_DATA_STXOID_INH_INDEX,
                                                      keys, 2, arena)};
        if (one.object && one.data) statistics->objects[statistics->count++] = one;
    }
    return &statistics->entry;
}

uint32_t cat_statistics_objects(CatalogView *view, Oid relation,
                                const CatStatisticsObject **objects)
{
    const CatKey key = objects_key(view, relation);
    const CatRelationStatistics *found = (const CatRelationStatistics *)cat__entry(view, &key,
                                                                                   load_objects);
    *objects = found->objects;
    return found->count;
}

void cat__note_statistics_object(CatalogView *view, CatalogTable table, const Datum *row)
{
    const Datum *object = row;
    if (table == PG_STATISTIC_EXT_DATA)
        object = cat_row_find(view, PG_STATISTIC_EXT_OID_INDEX, &row[PG_STATISTIC_EXT_DATA_STXOID],
                              1, view->stmt);
    if (!object) return; /* it went first, and was noted then */
    const CatKey key = objects_key(view, object[PG_STATISTIC_EXT_STXRELID].value.u32);
    cat__note_key(view, &key);
}

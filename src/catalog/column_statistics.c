/* SPDX-License-Identifier: Apache-2.0 */
/* column_statistics.c - what ANALYZE left of a column, kept as an entry: planning asks for it with every statement.
 * That there is nothing is kept too. */
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

/* SPDX-License-Identifier: Apache-2.0 */
/* invalidate.c - what a changed row of a catalog stands for: a table of rules tells which entries are made of it. */
#include "catalog/catalog_internal.h"

#include "base/hash.h"

enum { NO_COLUMN = 255 };

/* A row of `table` is part of the entry of `class_` whose OID stands in column `oid`; NO_COLUMN: of all that is kept
 * about the class as a whole. */
static const struct ObjectRule {
    CatalogTable table;
    Oid class_;
    uint8_t oid;
} object_rules[] = {
    {PG_CLASS, CLASS_PG_CLASS, PG_CLASS_OID},
    {PG_ATTRIBUTE, CLASS_PG_CLASS, PG_ATTRIBUTE_ATTRELID},
    {PG_ATTRDEF, CLASS_PG_CLASS, PG_ATTRDEF_ADRELID},
    {PG_INDEX, CLASS_PG_CLASS, PG_INDEX_INDRELID},
    {PG_INDEX, CLASS_PG_CLASS, PG_INDEX_INDEXRELID},
    {PG_CONSTRAINT, CLASS_PG_CLASS, PG_CONSTRAINT_CONRELID},
    {PG_CONSTRAINT, CLASS_PG_CLASS, PG_CONSTRAINT_CONFRELID},
    {PG_CONSTRAINT, CLASS_PG_TYPE, PG_CONSTRAINT_CONTYPID},
    {PG_REWRITE, CLASS_PG_CLASS, PG_REWRITE_EV_CLASS},
    {PG_TRIGGER, CLASS_PG_CLASS, PG_TRIGGER_TGRELID},
    {PG_POLICY, CLASS_PG_CLASS, PG_POLICY_POLRELID},
    {PG_INHERITS, CLASS_PG_CLASS, PG_INHERITS_INHRELID},
    {PG_INHERITS, CLASS_PG_CLASS, PG_INHERITS_INHPARENT},
    {PG_PARTITIONED_TABLE, CLASS_PG_CLASS, PG_PARTITIONED_TABLE_PARTRELID},
    {PG_SEQUENCE, CLASS_PG_CLASS, PG_SEQUENCE_SEQRELID},
    {PG_STATISTIC_EXT, CLASS_PG_CLASS, PG_STATISTIC_EXT_STXRELID},
    {PG_FOREIGN_TABLE, CLASS_PG_CLASS, PG_FOREIGN_TABLE_FTRELID},
    {PG_TYPE, CLASS_PG_TYPE, PG_TYPE_OID},
    {PG_ENUM, CLASS_PG_TYPE, PG_ENUM_ENUMTYPID},
    {PG_RANGE, CLASS_PG_TYPE, PG_RANGE_RNGTYPID},
    {PG_PROC, CLASS_PG_PROC, PG_PROC_OID},
    {PG_AGGREGATE, CLASS_PG_PROC, PG_AGGREGATE_AGGFNOID},
    {PG_OPERATOR, CLASS_PG_OPERATOR, PG_OPERATOR_OID},
    {PG_COLLATION, CLASS_PG_COLLATION, PG_COLLATION_OID},
    {PG_NAMESPACE, CLASS_PG_NAMESPACE, PG_NAMESPACE_OID},
    {PG_NAMESPACE, CLASS_PG_NAMESPACE, NO_COLUMN},
    {PG_LANGUAGE, CLASS_PG_LANGUAGE, PG_LANGUAGE_OID},
    {PG_AUTHID, CLASS_PG_AUTHID, PG_AUTHID_OID},
    {PG_AUTHID, CLASS_PG_AUTHID, NO_COLUMN},
    {PG_AUTH_MEMBERS, CLASS_PG_AUTHID, NO_COLUMN},
    {PG_DATABASE, CLASS_PG_DATABASE, PG_DATABASE_OID},
    {PG_DATABASE, CLASS_PG_AUTHID, NO_COLUMN}, /* who is in pg_database_owner */
    {PG_TABLESPACE, CLASS_PG_TABLESPACE, PG_TABLESPACE_OID},
    {PG_CAST, CLASS_PG_CAST, NO_COLUMN},
    {PG_OPCLASS, CLASS_PG_OPCLASS, NO_COLUMN},
    {PG_OPFAMILY, CLASS_PG_OPCLASS, NO_COLUMN},
    {PG_AMOP, CLASS_PG_OPCLASS, NO_COLUMN},
    {PG_AMPROC, CLASS_PG_OPCLASS, NO_COLUMN},
    {PG_FOREIGN_SERVER, CLASS_PG_FOREIGN_SERVER, PG_FOREIGN_SERVER_OID},
    {PG_FOREIGN_DATA_WRAPPER, CLASS_PG_FOREIGN_DATA_WRAPPER, PG_FOREIGN_DATA_WRAPPER_OID},
    {PG_TS_CONFIG, CLASS_PG_TS_CONFIG, PG_TS_CONFIG_OID},
    {PG_TS_CONFIG_MAP, CLASS_PG_TS_CONFIG, PG_TS_CONFIG_MAP_MAPCFG},
    {PG_TS_DICT, CLASS_PG_TS_DICT, PG_TS_DICT_OID},
    {PG_LARGEOBJECT_METADATA, CLASS_PG_LARGEOBJECT_METADATA, PG_LARGEOBJECT_METADATA_OID},
    {PG_PARAMETER_ACL, CLASS_PG_PARAMETER_ACL, PG_PARAMETER_ACL_OID},
};

/* Who can be looked up by name; schema NO_COLUMN: names without one. */
static const CatNameRule name_rules[] = {
    {PG_CLASS, PG_CLASS_RELNAME_NSP_INDEX, PG_CLASS_OID, PG_CLASS_RELNAME, PG_CLASS_RELNAMESPACE},
    {PG_TYPE, PG_TYPE_TYPNAME_NSP_INDEX, PG_TYPE_OID, PG_TYPE_TYPNAME, PG_TYPE_TYPNAMESPACE},
    {PG_PROC, PG_PROC_PRONAME_ARGS_NSP_INDEX, PG_PROC_OID, PG_PROC_PRONAME, NO_COLUMN},
    {PG_OPERATOR, PG_OPERATOR_OPRNAME_L_R_N_INDEX, PG_OPERATOR_OID, PG_OPERATOR_OPRNAME, NO_COLUMN},
    {PG_NAMESPACE, PG_NAMESPACE_NSPNAME_INDEX, PG_NAMESPACE_OID, PG_NAMESPACE_NSPNAME, NO_COLUMN},
    {PG_AUTHID, PG_AUTHID_ROLNAME_INDEX, PG_AUTHID_OID, PG_AUTHID_ROLNAME, NO_COLUMN},
    {PG_DATABASE, PG_DATABASE_DATNAME_INDEX, PG_DATABASE_OID, PG_DATABASE_DATNAME, NO_COLUMN},
    {PG_COLLATION, PG_COLLATION_NAME_ENC_NSP_INDEX, PG_COLLATION_OID, PG_COLLATION_COLLNAME,
     PG_COLLATION_COLLNAMESPACE},
};

const CatNameRule *cat__name_rule(Oid class_)
{
    for (size_t i = 0; i < ARRAY_LEN(name_rules); i++)
        if (catalog_tables[name_rules[i].table].oid == class_) return &name_rules[i];
    return NULL;
}

void cat__note_key(CatalogView *view, const CatKey *key)
{
    const uint64_t hash = cat__key_hash(key);
    bool added;
    (void)map_put(&view->written, &hash, &added);
    CatEntry **known = map_find(&view->overlay, &hash);
    if (known) {
        CatEntry *entry = *known;
        (void)map_remove(&view->overlay, &hash);
        cat_entry_let_go(entry);
    }
    (void)map_remove(&view->given, &hash);
}

static Oid database_of(const CatalogView *view, CatalogTable table)
{
    return catalog_tables[table].shared ? 0 : view->db->oid;
}

static void note_name(CatalogView *view, const CatNameRule *rule, const Datum *values)
{
    const Oid class_ = catalog_tables[rule->table].oid | CAT_KEY_NAMES;
    const CatKey key = {database_of(view, rule->table), class_,
                        rule->schema == NO_COLUMN ? 0 : values[rule->schema].value.u32,
                        datum_text(&values[rule->name])};
    cat__note_key(view, &key);
}

/* An index's row is part of its table's entry too. */
static void note_table_of_index(CatalogView *view, const Datum *values)
{
    const int16_t kind = values[PG_CLASS_RELKIND].value.i16;
    if (kind != 'i' && kind != 'I') return;
    const Datum *row = cat__row(view, PG_INDEX_INDEXRELID_INDEX, &values[PG_CLASS_OID], 1,
                                view->stmt, NULL);
    if (row) cat_invalidate(view, CLASS_PG_CLASS, row[PG_INDEX_INDRELID].value.u32);
}

void cat__note_row(CatalogView *view, CatalogTable table, const Datum *values)
{
    view->wrote = view->changed = true;
    if (table == PG_CLASS) note_table_of_index(view, values);
    if (table == PG_STATISTIC) cat__note_column_statistics(view, values);
    if (table == PG_STATISTIC_EXT || table == PG_STATISTIC_EXT_DATA)
        cat__note_statistics_object(view, table, values);
    for (size_t i = 0; i < ARRAY_LEN(object_rules); i++) {
        const struct ObjectRule *rule = &object_rules[i];
        if (rule->table != table) continue;
        const bool whole = rule->oid == NO_COLUMN;
        const Oid oid = whole ? 0 : values[rule->oid].value.u32;
        if (!whole && !oid) continue;
        CatKey key = {database_of(view, table),
                      whole ? rule->class_ | CAT_KEY_WHOLE : rule->class_,
                      oid,
                      {0}};
        /* What is kept about a shared class is shared, whichever catalog the row is of. */
        if (catalog_tables[cat__table_of(rule->class_)].shared) key.database = 0;
        cat__note_key(view, &key);
        if (whole) continue;
        key.class_ |= CAT_KEY_ACL;
        cat__note_key(view, &key);
    }
    for (size_t i = 0; i < ARRAY_LEN(name_rules); i++)
        if (name_rules[i].table == table) note_name(view, &name_rules[i], values);
}

void cat_invalidate(CatalogView *view, Oid class_, Oid oid)
{
    const CatalogTable table = cat__table_of(class_);
    CatKey key = {table == CATALOG_TABLE_COUNT ? view->db->oid : database_of(view, table),
                  class_,
                  oid,
                  {0}};
    view->wrote = view->changed = true;
    cat__note_key(view, &key);
    key.class_ |= CAT_KEY_ACL;
    cat__note_key(view, &key);
}

/* ---- names */

static CatEntry *load_names(CatalogView *view, Arena *arena, const CatKey *key)
{
    const CatNameRule *rule = cat__name_rule(key->class_ & ~(Oid)CAT_KEY_NAMES);
    ARRAY_OF(Oid) oids = {.arena = arena};
    Datum keys[2] = {datum_str(key->name)};
    /* A collation's encoding stands between name and schema: there the schema is compared here. */
    const CatalogIndexInfo *index = &catalog_indexes[rule->index];
    const bool schema_in_key = rule->schema != NO_COLUMN && index->column_count > 1 &&
                               index->columns[1] == rule->schema;
    if (schema_in_key) keys[1] = datum_oid(key->oid);
    CatScan *scan = cat_scan_open(view, rule->table, rule->index, keys, schema_in_key ? 2 : 1);
    for (CatRow row; cat_scan_next(scan, &row);)
        if (rule->schema == NO_COLUMN || row.values[rule->schema].value.u32 == key->oid)
            array_push(&oids, row.values[rule->oid].value.u32);
    cat_scan_close(scan);
    CatNames *names = ARENA_NEW(arena, CatNames);
    names->oids = oids.items;
    names->count = oids.count;
    return &names->entry;
}

const CatNames *cat__names(CatalogView *view, Oid class_, Oid schema, Str name)
{
    const CatNameRule *rule = cat__name_rule(class_);
    const CatKey key = {database_of(view, rule->table), class_ | CAT_KEY_NAMES, schema, name};
    return (const CatNames *)cat__entry(view, &key, load_names);
}

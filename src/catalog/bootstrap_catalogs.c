/* SPDX-License-Identifier: Apache-2.0 */
/* bootstrap_catalogs.c - the catalogs' own rows in pg_class, pg_attribute, pg_index and pg_constraint, made of
 * catalog_tables.h. */
#include "catalog/bootstrap_internal.h"

#include "base/oids.h"

typedef struct CatalogRows {
    BootRows classes, attributes, indexes, constraints, init;
} CatalogRows;

/* What only superusers may read. */
static bool is_secret(CatalogTable table)
{
    return table == PG_AUTHID || table == PG_STATISTIC || table == PG_STATISTIC_EXT_DATA ||
           table == PG_USER_MAPPING || table == PG_SUBSCRIPTION || table == PG_LARGEOBJECT;
}

Datum cat__relfilenode(TreeId tree)
{
    return datum_oid((uint32_t)tree_number(tree));
}

static Datum *class_row(CatalogRows *rows, Oid oid, const char *name, bool shared, TreeId tree,
                        char kind)
{
    Datum *row = boot__row(&rows->classes);
    row[PG_CLASS_OID] = datum_oid(oid);
    row[PG_CLASS_RELNAME] = datum_str(str_from(name));
    row[PG_CLASS_RELNAMESPACE] = datum_oid(NAMESPACE_PG_CATALOG);
    row[PG_CLASS_RELOWNER] = datum_oid(ROLE_BOOTSTRAP);
    row[PG_CLASS_RELFILENODE] = cat__relfilenode(tree);
    row[PG_CLASS_RELTABLESPACE] = datum_oid(shared ? TABLESPACE_GLOBAL : 0);
    row[PG_CLASS_RELTUPLES] = datum_f32(-1);
    row[PG_CLASS_RELISSHARED] = datum_bool(shared);
    row[PG_CLASS_RELPERSISTENCE] = datum_char('p');
    row[PG_CLASS_RELKIND] = datum_char(kind);
    row[PG_CLASS_RELISPOPULATED] = datum_bool(true);
    row[PG_CLASS_RELREPLIDENT] = datum_char('n');
    row[PG_CLASS_TREE] = datum_i64((int64_t)tree.v);
    return row;
}

/* Length, alignment and storage are the type's. */
Datum *cat__attribute_row(Datum *row, Oid relation, int16_t number, Str name, const CatType *type,
                          Oid collation, bool not_null)
{
    const BuiltinType *builtin = builtin_type(type->oid);
    const Type *code = type->type;
    row[PG_ATTRIBUTE_ATTRELID] = datum_oid(relation);
    row[PG_ATTRIBUTE_ATTNAME] = datum_str(name);
    row[PG_ATTRIBUTE_ATTTYPID] = datum_oid(type->oid);
    row[PG_ATTRIBUTE_ATTLEN] = datum_i16(builtin ? builtin->bytes : code ? code->bytes : -1);
    row[PG_ATTRIBUTE_ATTNUM] = datum_i16(number);
    row[PG_ATTRIBUTE_ATTTYPMOD] = datum_i32(-1);
    row[PG_ATTRIBUTE_ATTNDIMS] = datum_i16(type->category == 'A');
    row[PG_ATTRIBUTE_ATTBYVAL] = datum_bool(builtin ? builtin->by_value : code && code->by_value);
    row[PG_ATTRIBUTE_ATTALIGN] = datum_char(builtin ? builtin->align : code ? code->align : 'i');
    row[PG_ATTRIBUTE_ATTSTORAGE] = datum_char(builtin ? builtin->storage
                                              : code  ? code->storage
                                                      : 'x');
    row[PG_ATTRIBUTE_ATTNOTNULL] = datum_bool(not_null);
    row[PG_ATTRIBUTE_ATTISLOCAL] = datum_bool(true);
    row[PG_ATTRIBUTE_ATTCOLLATION] = datum_oid(collation);
    row[PG_ATTRIBUTE_SLOT] = datum_i16((int16_t)(number > 0 ? number - 1 : 0));
    return row;
}

const CatSystemColumn cat__system_columns[6] = {
    {-1, "ctid", OID_TID}, {-2, "xmin", OID_XID}, {-3, "cmin", OID_CID},
    {-4, "xmax", OID_XID}, {-5, "cmax", OID_CID}, {-6, "tableoid", OID_OID},
};

static void add_attributes(CatalogRows *rows, const CatalogTableInfo *table)
{
    CatalogView *view = rows->classes.boot->view;
    for (uint32_t i = 0; i < table->visible_count; i++) {
        const CatalogColumn *c = &table->columns[i];
        (void)cat__attribute_row(boot__row(&rows->attributes), table->oid, (int16_t)(i + 1),
                                 str_from(c->name), cat_type(view, c->type), c->collation,
                                 c->not_null);
    }
    for (size_t i = 0; i < ARRAY_LEN(cat__system_columns); i++) {
        const CatSystemColumn *c = &cat__system_columns[i];
        (void)cat__attribute_row(boot__row(&rows->attributes), table->oid, c->number,
                                 str_from(c->name), cat_type(view, c->type), 0, true);
    }
}

static void add_table(CatalogRows *rows, CatalogTable number)
{
    Boot *boot = rows->classes.boot;
    const CatalogTableInfo *table = &catalog_tables[number];
    const AclItem acl[] = {{ROLE_BOOTSTRAP, ROLE_BOOTSTRAP,
                            cat_privileges_of_class(CLASS_PG_CLASS, 'r'), 0},
                           {0, ROLE_BOOTSTRAP, PRIV_SELECT, 0}};
    Datum *row = class_row(rows, table->oid, table->name, table->shared,
                           cat__table_tree(boot->view->db->space, number), 'r');
    row[PG_CLASS_RELTYPE] = datum_oid(table->row_type);
    row[PG_CLASS_RELAM] = datum_oid(METHOD_HEAP);
    row[PG_CLASS_RELHASINDEX] = datum_bool(table->index_count != 0);
    row[PG_CLASS_RELNATTS] = datum_i16(table->visible_count);
    row[PG_CLASS_RELFROZENXID] = datum_oid(3);
    row[PG_CLASS_RELMINMXID] = datum_oid(1);
    row[PG_CLASS_RELACL] = cat_acl_build(boot->arena, acl,
                                         is_secret(number) ? 1 : (uint32_t)ARRAY_LEN(acl));
    boot__init_privilege(&rows->init, CLASS_PG_CLASS, table->oid, row[PG_CLASS_RELACL]);
    add_attributes(rows, table);
}

static void add_constraint(CatalogRows *rows, const CatalogIndexInfo *index)
{
    Boot *boot = rows->classes.boot;
    int16_t columns[CATALOG_INDEX_COLUMNS_MAX];
    for (uint32_t i = 0; i < index->column_count; i++)
        columns[i] = (int16_t)(index->columns[i] + 1);
    Datum *row = boot__row(&rows->constraints);
    row[PG_CONSTRAINT_OID] = datum_oid(index->constraint);
    row[PG_CONSTRAINT_CONNAME] = datum_str(str_from(index->name));
    row[PG_CONSTRAINT_CONNAMESPACE] = datum_oid(NAMESPACE_PG_CATALOG);
    row[PG_CONSTRAINT_CONTYPE] = datum_char(index->primary ? 'p' : 'u');
    row[PG_CONSTRAINT_CONENFORCED] = datum_bool(true);
    row[PG_CONSTRAINT_CONVALIDATED] = datum_bool(true);
    row[PG_CONSTRAINT_CONRELID] = datum_oid(catalog_tables[index->table].oid);
    row[PG_CONSTRAINT_CONINDID] = datum_oid(index->oid);
    row[PG_CONSTRAINT_CONFUPDTYPE] = datum_char(' ');
    row[PG_CONSTRAINT_CONFDELTYPE] = datum_char(' ');
    row[PG_CONSTRAINT_CONFMATCHTYPE] = datum_char(' ');
    row[PG_CONSTRAINT_CONISLOCAL] = datum_bool(true);
    row[PG_CONSTRAINT_CONNOINHERIT] = datum_bool(true);
    row[PG_CONSTRAINT_CONKEY] = boot__i16s(boot, columns, index->column_count);
}

static void add_index(CatalogRows *rows, CatalogIndex number)
{
    Boot *boot = rows->classes.boot;
    CatalogView *view = boot->view;
    const CatalogIndexInfo *index = &catalog_indexes[number];
    const CatalogTableInfo *table = &catalog_tables[index->table];
    Datum *row = class_row(rows, index->oid, index->name, table->shared,
                           cat__index_tree(view->db->space, number), 'i');
    row[PG_CLASS_RELAM] = datum_oid(METHOD_BTREE);
    row[PG_CLASS_RELNATTS] = datum_i16(index->column_count);
    int16_t columns[CATALOG_INDEX_COLUMNS_MAX], options[CATALOG_INDEX_COLUMNS_MAX] = {0};
    Oid classes[CATALOG_INDEX_COLUMNS_MAX], collations[CATALOG_INDEX_COLUMNS_MAX];
    for (uint32_t i = 0; i < index->column_count; i++) {
        const CatalogColumn *c = &table->columns[index->columns[i]];
        const CatOpclass *opclass = cat_opclass_default(view, METHOD_BTREE, c->type);
        const Oid stored = opclass && opclass->key_type ? opclass->key_type : c->type;
        columns[i] = (int16_t)(index->columns[i] + 1);
        classes[i] = opclass ? opclass->oid : 0;
        collations[i] = c->collation;
        (void)cat__attribute_row(boot__row(&rows->attributes), index->oid, (int16_t)(i + 1),
                                 str_from(c->name), cat_type(view, stored), c->collation, false);
    }
    row = boot__row(&rows->indexes);
    row[PG_INDEX_INDEXRELID] = datum_oid(index->oid);
    row[PG_INDEX_INDRELID] = datum_oid(table->oid);
    row[PG_INDEX_INDNATTS] = row[PG_INDEX_INDNKEYATTS] = datum_i16(index->column_count);
    row[PG_INDEX_INDISUNIQUE] = datum_bool(index->unique);
    row[PG_INDEX_INDISPRIMARY] = datum_bool(index->primary);
    static const uint8_t truths[] = {PG_INDEX_INDIMMEDIATE, PG_INDEX_INDISVALID,
                                     PG_INDEX_INDISREADY, PG_INDEX_INDISLIVE};
    for (size_t i = 0; i < ARRAY_LEN(truths); i++) row[truths[i]] = datum_bool(true);
    row[PG_INDEX_INDKEY] = boot__int2vector(boot, columns, index->column_count);
    row[PG_INDEX_INDCOLLATION] = boot__oidvector(boot, collations, index->column_count);
    row[PG_INDEX_INDCLASS] = boot__oidvector(boot, classes, index->column_count);
    row[PG_INDEX_INDOPTION] = boot__int2vector(boot, options, index->column_count);
    if (index->constraint) add_constraint(rows, index);
}

void boot__catalogs(Boot *boot)
{
    CatalogRows rows = {boot__rows(boot, PG_CLASS), boot__rows(boot, PG_ATTRIBUTE),
                        boot__rows(boot, PG_INDEX), boot__rows(boot, PG_CONSTRAINT),
                        boot__rows(boot, PG_INIT_PRIVS)};
    for (uint32_t i = 0; i < CATALOG_TABLE_COUNT; i++) add_table(&rows, (CatalogTable)i);
    for (uint32_t i = CAT_INDEX_NONE + 1; i < CATALOG_INDEX_COUNT; i++)
        add_index(&rows, (CatalogIndex)i);
    boot__rows_end(&rows.classes);
    boot__rows_end(&rows.attributes);
    boot__rows_end(&rows.indexes);
    boot__rows_end(&rows.constraints);
    boot__rows_end(&rows.init);
}

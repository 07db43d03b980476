/* SPDX-License-Identifier: Apache-2.0 */
/* collation_import.c - the collations of ICU's locales that a cluster lacks: those of a newer ICU than the one that it
 * was made with. Locales of libc are names of ICU's here (type/collation.h): there is nothing else to import. */
#include "catalog/catalog_internal.h"

#include "base/oids.h"
#include "base/task.h"
#include "type/collation.h"

static void import(CatalogView *view, Oid schema, Str name, Str tag, Str title, Str version)
{
    const CatObject self = {CLASS_PG_COLLATION, cat_new_oid(view, PG_COLLATION), 0};
    Datum row[PG_COLLATION_COLUMNS];
    for (uint32_t i = 0; i < PG_COLLATION_COLUMNS; i++) row[i] = datum_null();
    row[PG_COLLATION_OID] = datum_oid(self.oid);
    row[PG_COLLATION_COLLNAME] = datum_str(name);
    row[PG_COLLATION_COLLNAMESPACE] = datum_oid(schema);
    row[PG_COLLATION_COLLOWNER] = datum_oid(view->role);
    row[PG_COLLATION_COLLPROVIDER] = datum_char('i');
    row[PG_COLLATION_COLLISDETERMINISTIC] = datum_bool(true);
    row[PG_COLLATION_COLLENCODING] = datum_i32(-1);
    row[PG_COLLATION_COLLLOCALE] = datum_str(tag);
    if (version.bytes) row[PG_COLLATION_COLLVERSION] = datum_str(version);
    (void)cat_insert(view, PG_COLLATION, row);
    const Datum comment[] = {datum_oid(self.oid), datum_oid(self.class_), datum_i32(0),
                             datum_str(title)};
    (void)cat_insert(view, PG_DESCRIPTION, comment);
    cat_depend_add(view, self, (CatObject){CLASS_PG_NAMESPACE, schema, 0}, 'n');
    cat_depend_owner(view, self, view->role);
    cat_invalidate(view, CLASS_PG_COLLATION, self.oid);
}

static int32_t import_collations(Fn *fn, Oid schema)
{
    CatalogView *view = fn_view(fn);
    Str tag, title, version;
    int32_t imported = 0;
    if (!cat__is_superuser(view, view->role))
        raise_error(SQLSTATE_INSUFFICIENT_PRIVILEGE,
                    "must be superuser to import system collations");
    if (!cat_namespace(view, schema))
        raise_error(SQLSTATE_INVALID_SCHEMA_NAME, "schema with OID %u does not exist", schema);
    for (uint32_t i = 0; collation_icu_locale(fn->arena, i, &tag, &title, &version); i++) {
        if (!tag.bytes) tag = STR("und");
        const Str name = str_format(fn->arena, "%.*s-x-icu", STR_ARG(tag));
        task_check();
        if (cat_collation_named(view, schema, name)) continue;
        import(view, schema, name, tag, title, version);
        imported++;
    }
    cat_view_next_command(view);
    return imported;
}
SQL_FUNCTION(3445, "pg_import_system_collations", int4, (regnamespace),
             VOLATILE | STRICT | PARALLEL_UNSAFE, import_collations,
             "adds the collations of locales that the system knows and the catalog lacks")
SQL_FACTS(3445, .cost = 100)

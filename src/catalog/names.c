/* SPDX-License-Identifier: Apache-2.0 */
/* names.c - from names to things: within a schema, and along the search path. */
#include "catalog/catalog_internal.h"

Oid cat_namespace_named(CatalogView *view, Str name)
{
    (void)view;
    return str_equal(name, STR("pg_catalog")) ? NAMESPACE_PG_CATALOG : 0;
}

Oid cat_relation_named(CatalogView *view, Oid schema, Str name)
{
    (void)view;
    if (schema != NAMESPACE_PG_CATALOG) return 0;
    for (uint32_t i = 0; i < CATALOG_TABLE_COUNT; i++)
        if (str_equal(str_from(catalog_tables[i].name), name)) return catalog_tables[i].oid;
    return 0;
}

Oid cat_type_named(CatalogView *view, Oid schema, Str name)
{
    if (schema != NAMESPACE_PG_CATALOG) return 0;
    return cat__builtin_type_named(&view->catalog->builtin, name);
}

Oid cat_collation_named(CatalogView *view, Oid schema, Str name)
{
    (void)view;
    if (schema != NAMESPACE_PG_CATALOG) return 0;
    for (uint32_t i = 0; i < builtins.collations_count; i++)
        if (str_equal(str_from(builtins.collations[i].name), name))
            return builtins.collations[i].oid;
    return 0;
}

const CatFunction **cat_functions_named(CatalogView *view, Str name, uint32_t *count)
{
    uint32_t first;
    *count = builtin_functions_named(name, &first);
    const CatFunction **found = ARENA_ARRAY(view->stmt, const CatFunction *, *count + 1);
    for (uint32_t i = 0; i < *count; i++)
        found[i] = &view->catalog->builtin.functions[builtins.functions_by_name[first + i]];
    return found;
}

const CatOperator **cat_operators_named(CatalogView *view, Str name, uint32_t *count)
{
    uint32_t first;
    *count = builtin_operators_named(name, &first);
    const CatOperator **found = ARENA_ARRAY(view->stmt, const CatOperator *, *count + 1);
    for (uint32_t i = 0; i < *count; i++)
        found[i] = &view->catalog->builtin.operators[builtins.operators_by_name[first + i]];
    return found;
}

const SearchPath *cat_search_path(CatalogView *view)
{
    static const Oid schemas[] = {NAMESPACE_PG_CATALOG};
    static const SearchPath path = {.schemas = schemas, .count = 1};
    (void)view;
    return &path;
}

static Oid search(CatalogView *view, CatName name,
                  Oid (*named)(CatalogView *view, Oid schema, Str name))
{
    if (name.schema.bytes) {
        const Oid schema = cat_namespace_named(view, name.schema);
        return schema ? named(view, schema, name.name) : 0;
    }
    const SearchPath *path = cat_search_path(view);
    for (uint32_t i = 0; i < path->count; i++) {
        const Oid found = named(view, path->schemas[i], name.name);
        if (found) return found;
    }
    return 0;
}

Oid cat_relation_search(CatalogView *view, CatName name)
{
    return search(view, name, cat_relation_named);
}

Oid cat_type_search(CatalogView *view, CatName name)
{
    return search(view, name, cat_type_named);
}

bool cat_type_is_visible(CatalogView *view, Oid oid)
{
    const CatType *type = cat_type(view, oid);
    return type && cat_type_search(view, (CatName){.name = type->name}) == oid;
}

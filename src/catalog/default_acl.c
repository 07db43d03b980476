/* SPDX-License-Identifier: Apache-2.0 */
/* default_acl.c - the privileges that a new object begins with: pg_default_acl. A role's row without a schema takes the
 * place of the built-in default, the row of a schema is added. */
#include "catalog/catalog_internal.h"

#include "base/array.h"

typedef ARRAY_OF(AclItem) AclItems;

static char kind_of(Oid class_, char relkind)
{
    switch (class_) {
    case CLASS_PG_CLASS: return relkind == 'S' ? 'S' : strchr("rvmpf", relkind) ? 'r' : 0;
    case CLASS_PG_PROC: return 'f';
    case CLASS_PG_TYPE: return 'T';
    case CLASS_PG_NAMESPACE: return 'n';
    default: return 0;
    }
}

/* False: there is no such row. */
static bool read_row(CatalogView *view, Oid owner, Oid schema, char kind, AclItem **items,
                     uint32_t *count)
{
    const Datum keys[] = {datum_oid(owner), datum_oid(schema), datum_char(kind)};
    const Datum *row = cat__row(view, PG_DEFAULT_ACL_ROLE_NSP_OBJ_INDEX, keys, 3, view->stmt, NULL);
    if (!row) return false;
    *count = cat_acl_read(view->stmt, datum_text(&row[PG_DEFAULT_ACL_DEFACLACL]), items);
    return true;
}

static void merge(AclItems *into, const AclItem *items, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        AclItem *same = NULL;
        for (uint32_t j = 0; j < into->count; j++)
            if (into->items[j].grantee == items[i].grantee &&
                into->items[j].grantor == items[i].grantor)
                same = &into->items[j];
        if (!same) {
            array_push(into, items[i]);
            continue;
        }
        same->privileges |= items[i].privileges;
        same->grantable |= items[i].grantable;
    }
}

Datum cat_new_acl(CatalogView *view, Oid class_, char relkind, Oid owner, Oid schema)
{
    const char kind = kind_of(class_, relkind);
    AclItem builtin[2], *global = builtin, *local = NULL;
    uint32_t global_count, local_count = 0;
    if (!kind || !view->db->tables[PG_DEFAULT_ACL]) return datum_null();
    const uint32_t builtin_count = cat_acl_default(class_, relkind, owner, builtin);
    global_count = builtin_count;
    const bool has_global = read_row(view, owner, 0, kind, &global, &global_count);
    const bool has_local = schema && read_row(view, owner, schema, kind, &local, &local_count);
    if (!has_global && !has_local) return datum_null();
    AclItems items = {.arena = view->stmt};
    merge(&items, global, global_count);
    merge(&items, local, local_count);
    return cat_acl_build(view->stmt, items.items, items.count);
}

void cat_depend_on_acl(CatalogView *view, CatObject object, Oid owner, const Datum *acl)
{
    AclItem *items;
    const uint32_t count = acl->null ? 0 : cat_acl_read(view->stmt, datum_text(acl), &items);
    for (uint32_t i = 0; i < count; i++) {
        const Oid role = items[i].grantee;
        bool seen = !role || role == owner;
        for (uint32_t j = 0; j < i && !seen; j++) seen = items[j].grantee == role;
        if (!seen) cat_depend_add(view, object, (CatObject){CLASS_PG_AUTHID, role, 0}, 'a');
    }
}

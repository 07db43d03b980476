/* SPDX-License-Identifier: Apache-2.0 */
/* type_users.c - where values of a type are stored: columns of that type, and those of what is made of it: its array, a
 * composite type with such an attribute, a domain over it. */
#include "ddl/ddl_internal.h"

CatObject *ddl__type_users(Ddl *ddl, Oid type, uint32_t *count)
{
    Datum keys[3] = {datum_oid(CLASS_TYPE), datum_oid(type), datum_i32(0)};
    ARRAY_OF(CatObject) users = {.arena = ddl->arena};
    CatScan *scan = cat_scan_open(ddl->view, PG_DEPEND, PG_DEPEND_REFERENCE_INDEX, keys, 3);
    for (CatRow row; cat_scan_next(scan, &row);) {
        CatObject user = ddl__object(row.values[PG_DEPEND_CLASSID].value.u32,
                                     row.values[PG_DEPEND_OBJID].value.u32,
                                     row.values[PG_DEPEND_OBJSUBID].value.i32);
        array_push(&users, user);
    }
    cat_scan_close(scan);
    *count = users.count;
    return users.items;
}

/* One that depends on the type: a column of a table, a composite type, a domain, the array type. */
static void check_user(Ddl *ddl, const TypeInUse *use, Oid type, CatObject user)
{
    if (user.class_ == CLASS_TYPE) {
        const CatType *other = cat_type(ddl->view, user.oid);
        if (other != NULL && (other->kind == 'd' || other->element == type))
            ddl__forbid_stored_type(ddl, use, user.oid);
        return;
    }
    if (user.class_ != CLASS_RELATION || user.sub <= 0) return;
    const CatRelation *table = cat_relation(ddl->view, user.oid);
    if (table == NULL || table->columns[user.sub - 1].type != type) return;
    if (table->kind == 'c') ddl__forbid_stored_type(ddl, use, table->type);
    if (strchr("rmp", table->kind) == NULL) return;
    raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                "cannot alter %s \"%.*s\" because column \"%.*s.%.*s\" uses %s", use->noun,
                STR_ARG(use->name), STR_ARG(table->name),
                STR_ARG(table->columns[user.sub - 1].name), use->used);
}

void ddl__forbid_stored_type(Ddl *ddl, const TypeInUse *use, Oid type)
{
    task_check_stack();
    uint32_t count;
    const CatObject *users = ddl__type_users(ddl, type, &count);
    for (uint32_t i = 0; i < count; i++) check_user(ddl, use, type, users[i]);
}

void ddl__forbid_used_row_type(Ddl *ddl, const CatRelation *relation)
{
    const bool composite = relation->kind == 'c';
    const TypeInUse use = {relation->name, composite ? "type" : "table",
                           composite ? "it" : "its row type"};
    if (relation->type != 0) ddl__forbid_stored_type(ddl, &use, relation->type);
}

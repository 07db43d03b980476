/* SPDX-License-Identifier: Apache-2.0 */
/* owned.c - REASSIGN OWNED and DROP OWNED: everything that pg_shdepend knows of a role in this database, and what it
 * owns of what is shared. */
#include "ddl/acl.h"

typedef struct Owned {
    CatObject object;
    char kind; /* of pg_shdepend: 'o' owner, 'a' named in a list of privileges */
} Owned;
typedef struct OwnedList {
    Owned *items;
    uint32_t count, capacity;
    Arena *arena;
} OwnedList;

static OwnedList owned_by(Ddl *ddl, Oid role)
{
    const Datum keys[2] = {datum_oid(CLASS_AUTHID), datum_oid(role)};
    OwnedList list = {.arena = ddl->arena};
    CatScan *scan = cat_scan_open(ddl->view, PG_SHDEPEND, PG_SHDEPEND_REFERENCE_INDEX, keys, 2);
    for (CatRow row; cat_scan_next(scan, &row);) {
        const Oid database = row.values[PG_SHDEPEND_DBID].value.u32;
        Owned owned = {ddl__object(row.values[PG_SHDEPEND_CLASSID].value.u32,
                                   row.values[PG_SHDEPEND_OBJID].value.u32,
                                   row.values[PG_SHDEPEND_OBJSUBID].value.i32),
                       (char)row.values[PG_SHDEPEND_DEPTYPE].value.i16};
        if (database == 0 || database == cat_view_database(ddl->view)) array_push(&list, owned);
    }
    cat_scan_close(scan);
    return list;
}

static const Oid *roles_of(Ddl *ddl, const AstRoleSpecList *specs, bool drop)
{
    Oid *roles = ARENA_ARRAY(ddl->arena, Oid, specs->count);
    for (uint32_t i = 0; i < specs->count; i++) {
        roles[i] = ddl__role_of(ddl, specs->items[i]);
        if (cat_role_has_rights(ddl->view, cat_view_role(ddl->view), roles[i])) continue;
        Error *error = error_begin(SQLSTATE_INSUFFICIENT_PRIVILEGE);
        error_message(error, "permission denied to %s objects", drop ? "drop" : "reassign");
        error_detail(error,
                     "Only roles with privileges of role \"%.*s\" may %s objects owned by it.",
                     STR_ARG(cat_role(ddl->view, roles[i])->name), drop ? "drop" : "reassign");
        error_raise(error);
    }
    return roles;
}

static void forbid_pinned(Ddl *ddl, Oid role, const char *what)
{
    if (role >= OID_FIRST_USER) return;
    raise_error(SQLSTATE_DEPENDENT_OBJECTS_STILL_EXIST,
                "cannot %s objects owned by role %.*s because they are required by the database "
                "system",
                what, STR_ARG(cat_role(ddl->view, role)->name));
}

/* ---- REASSIGN OWNED ---- */

void ddl__reassign_owned(UtilityCall *call)
{
    Ddl ddl = ddl__begin(call);
    const AstReassignOwned *ast = AST_AS(ReassignOwned, call->tree);
    const Oid *roles = roles_of(&ddl, &ast->roles, false);
    const Oid to = ddl__role_of(&ddl, ast->new_role);
    if (!cat_role_has_rights(ddl.view, cat_view_role(ddl.view), to)) {
        Error *error = error_begin(SQLSTATE_INSUFFICIENT_PRIVILEGE);
        error_message(error, "permission denied to reassign objects");
        error_detail(error,
                     "Only roles with privileges of role \"%.*s\" may reassign objects to it.",
                     STR_ARG(cat_role(ddl.view, to)->name));
        error_raise(error);
    }
    for (uint32_t i = 0; i < ast->roles.count; i++) {
        forbid_pinned(&ddl, roles[i], "reassign ownership of");
        const OwnedList list = owned_by(&ddl, roles[i]);
        for (uint32_t k = 0; k < list.count; k++) {
            task_check();
            if (list.items[k].kind != 'o' || list.items[k].object.class_ == CLASS_DEFAULT_ACL)
                continue;
            ddl__give_object(&ddl, list.items[k].object, to);
            cat_view_next_command(ddl.view);
        }
    }
}

/* ---- DROP OWNED ---- */

/* The role goes out of an object's list of privileges. */
typedef struct Leaving {
    Ddl *ddl;
    CatObject object;
    Oid role, owner;
    int column; /* the list's */
} Leaving;

static void put_without(void *arg, Datum *values)
{
    const Leaving *leaving = arg;
    Ddl *ddl = leaving->ddl;
    const AclList before = ddl__acl_read(ddl, &values[leaving->column], NULL, 0);
    AclList after = {.arena = ddl->arena};
    for (uint32_t i = 0; i < before.count; i++) {
        const AclItem item = before.items[i];
        if (item.grantee != leaving->role && item.grantor != leaving->role)
            array_push(&after, item);
    }
    values[leaving->column] = cat_acl_build(ddl->arena, after.items, after.count);
    if (after.count == 0 && leaving->column == PG_ATTRIBUTE_ATTACL && leaving->object.sub != 0)
        values[leaving->column] = datum_null();
}

static void leave(Ddl *ddl, CatObject object, Oid role)
{
    const CatClass *class_ = cat_class(object.class_);
    Leaving leaving = {ddl, object, role, 0, PG_ATTRIBUTE_ATTACL};
    if (object.sub != 0) {
        ddl__update_attribute(ddl, object.oid, (int16_t)object.sub, put_without, &leaving);
    } else {
        leaving.column = object.class_ == CLASS_DEFAULT_ACL ? (int)PG_DEFAULT_ACL_DEFACLACL
                                                            : (int)class_->acl;
        ddl__update_object(ddl, object, put_without, &leaving);
    }
    cat_depend_forget_role(ddl->view, object, role, 'a');
    cat_view_next_command(ddl->view);
}

/* Databases, tablespaces: they outlive their owner's going. */
static bool is_shared(Oid class_)
{
    return class_ == CLASS_DATABASE || class_ == CLASS_TABLESPACE || class_ == CLASS_AUTHID;
}

void ddl__drop_owned(UtilityCall *call)
{
    Ddl ddl = ddl__begin(call);
    const AstDropOwned *ast = AST_AS(DropOwned, call->tree);
    const Oid *roles = roles_of(&ddl, &ast->roles, true);
    ARRAY_OF(CatObject) going = {.arena = call->arena};
    for (uint32_t i = 0; i < ast->roles.count; i++) {
        forbid_pinned(&ddl, roles[i], "drop");
        const OwnedList list = owned_by(&ddl, roles[i]);
        ddl__members_drop_by(&ddl, roles[i]);
        for (uint32_t k = 0; k < list.count; k++) {
            task_check();
            const CatObject object = list.items[k].object;
            if (list.items[k].kind == 'a')
                leave(&ddl, object, roles[i]);
            else if (list.items[k].kind == 'o' && !is_shared(object.class_))
                array_push(&going, object);
        }
    }
    if (going.count > 0)
        cat_drop(ddl.view, going.items, going.count, ast->behavior == AST_DROP_CASCADE,
                 ddl__drop_object, &ddl);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* default_acl.c - ALTER DEFAULT PRIVILEGES: rows of pg_default_acl, by role, schema and kind of object. A role's own
 * row without a schema takes the place of the built-in default; one of a schema is added to it (cat_new_acl). */
#include "ddl/acl.h"

typedef struct DefaultKind {
    AstObjectType object;
    char kind; /* defaclobjtype */
    Oid class_;
    char relkind;
    const char *word;
} DefaultKind;
static const DefaultKind kinds[] = {
    {AST_OBJECT_TABLE, 'r', CLASS_RELATION, 'r', "relation"},
    {AST_OBJECT_SEQUENCE, 'S', CLASS_RELATION, 'S', "sequence"},
    {AST_OBJECT_FUNCTION, 'f', CLASS_PROC, 0, "function"},
    {AST_OBJECT_ROUTINE, 'f', CLASS_PROC, 0, "function"},
    {AST_OBJECT_TYPE, 'T', CLASS_TYPE, 0, "type"},
    {AST_OBJECT_SCHEMA, 'n', CLASS_NAMESPACE, 0, "schema"},
};

typedef struct DefaultWork {
    Ddl *ddl;
    const AstGrant *ast;
    const DefaultKind *kind;
    AclChange change;
} DefaultWork;

static uint32_t bits_wanted(const DefaultWork *work)
{
    const uint32_t possible = cat_privileges_of_class(work->kind->class_, work->kind->relkind);
    uint32_t bits = 0;
    for (uint32_t i = 0; i < work->ast->privileges.count; i++) {
        const AstPrivilege *privilege = work->ast->privileges.items[i];
        if (privilege->columns.count > 0)
            raise_error(SQLSTATE_INVALID_GRANT_OPERATION,
                        "default privileges cannot be set for columns");
        const uint32_t bit = ddl__privilege_bit(privilege->name);
        if (bit & ~possible)
            raise_error(SQLSTATE_INVALID_GRANT_OPERATION, "invalid privilege type %.*s for %s",
                        STR_ARG(ddl__privilege_name(work->ddl, bit)), work->kind->word);
        bits |= bit;
    }
    return bits != 0 ? bits : possible;
}

static bool same_list(const AclList *a, const AclItem *items, uint32_t count)
{
    if (a->count != count) return false;
    for (uint32_t i = 0; i < count; i++) {
        bool found = false;
        for (uint32_t j = 0; j < count; j++)
            found |= memcmp(&a->items[i], &items[j], sizeof(AclItem)) == 0;
        if (!found) return false;
    }
    return true;
}

typedef struct DefaultRow {
    Oid oid;
    RowId id;
    Datum acl;
    bool there;
} DefaultRow;

static DefaultRow find_row(Ddl *ddl, const Datum *keys)
{
    DefaultRow found = {.acl = datum_null()};
    CatScan *scan = cat_scan_open(ddl->view, PG_DEFAULT_ACL, PG_DEFAULT_ACL_ROLE_NSP_OBJ_INDEX,
                                  keys, 3);
    CatRow row;
    if (cat_scan_next(scan, &row)) {
        const Datum *copy = ddl__copy_values(ddl->arena, PG_DEFAULT_ACL, row.values);
        found = (DefaultRow){copy[PG_DEFAULT_ACL_OID].value.u32, row.id,
                             copy[PG_DEFAULT_ACL_DEFACLACL], true};
    }
    cat_scan_close(scan);
    return found;
}

static void store(DefaultWork *work, const Datum *keys, DefaultRow *row, const AclList *before,
                  const AclList *after)
{
    Ddl *ddl = work->ddl;
    const Oid role = keys[0].value.u32, schema = keys[1].value.u32;
    if (!row->there) row->oid = cat_new_oid(ddl->view, PG_DEFAULT_ACL);
    const CatObject self = ddl__object(CLASS_DEFAULT_ACL, row->oid, 0);
    Datum v[PG_DEFAULT_ACL_COLUMNS];
    v[PG_DEFAULT_ACL_OID] = datum_oid(row->oid);
    v[PG_DEFAULT_ACL_DEFACLROLE] = keys[0];
    v[PG_DEFAULT_ACL_DEFACLNAMESPACE] = keys[1];
    v[PG_DEFAULT_ACL_DEFACLOBJTYPE] = keys[2];
    v[PG_DEFAULT_ACL_DEFACLACL] = cat_acl_build(ddl->arena, after->items, after->count);
    if (row->there) {
        cat_update(ddl->view, PG_DEFAULT_ACL, row->id, v);
    } else {
        (void)cat_insert(ddl->view, PG_DEFAULT_ACL, v);
        cat_depend_owner(ddl->view, self, role);
        if (schema != 0)
            cat_depend_add(ddl->view, self, ddl__object(CLASS_NAMESPACE, schema, 0), 'a');
    }
    ddl__acl_note_roles(ddl, self, role, before, after);
}

static void change_defaults(DefaultWork *work, Oid role, Oid schema)
{
    Ddl *ddl = work->ddl;
    const DefaultKind *kind = work->kind;
    const Datum keys[] = {datum_oid(role), datum_oid(schema), datum_char(kind->kind)};
    AclItem builtin[2];
    uint32_t count = schema == 0 ? cat_acl_default(kind->class_, kind->relkind, role, builtin) : 0;
    DefaultRow row = find_row(ddl, keys);
    const AclList none = {0};
    const AclList before = row.there ? ddl__acl_read(ddl, &row.acl, NULL, 0) : none;
    AclList after = ddl__acl_read(ddl, &row.acl, builtin, count);
    work->change.owner = work->change.grantor = role;
    ddl__acl_change(&after, &work->change);
    if (!same_list(&after, builtin, count)) {
        store(work, keys, &row, &before, &after);
    } else if (row.there) {
        cat_delete(ddl->view, PG_DEFAULT_ACL, row.id);
        cat_forget_object(ddl->view, ddl__object(CLASS_DEFAULT_ACL, row.oid, 0));
    }
    cat_view_next_command(ddl->view);
}

static const AstNode *value_of(const AstAlterDefaultPrivileges *ast, const char *name)
{
    for (uint32_t i = 0; i < ast->options.count; i++) {
        if (str_equal(ast->options.items[i]->name, str_from(name)))
            return ast->options.items[i]->value;
    }
    return NULL;
}

static void change_of_role(DefaultWork *work, const AstName *schemas, Oid role)
{
    Ddl *ddl = work->ddl;
    if (!cat_role_has_rights(ddl->view, cat_view_role(ddl->view), role))
        raise_error(SQLSTATE_INSUFFICIENT_PRIVILEGE,
                    "permission denied to change default privileges");
    if (schemas == NULL) {
        change_defaults(work, role, 0);
        return;
    }
    if (work->kind->kind == 'n')
        raise_error(SQLSTATE_INVALID_GRANT_OPERATION,
                    "cannot use IN SCHEMA clause when using GRANT/REVOKE ON SCHEMAS");
    for (uint32_t i = 0; i < schemas->parts.count; i++) {
        const Str name = schemas->parts.items[i];
        const Oid schema = cat_namespace_named(ddl->view, name);
        if (schema == 0)
            raise_error(SQLSTATE_INVALID_SCHEMA_NAME, "schema \"%.*s\" does not exist",
                        STR_ARG(name));
        change_defaults(work, role, schema);
    }
}

void ddl__alter_default_privileges(UtilityCall *call)
{
    Ddl ddl = ddl__begin(call);
    const AstAlterDefaultPrivileges *ast = AST_AS(AlterDefaultPrivileges, call->tree);
    const AstGrant *grant = ast->grant;
    DefaultWork work = {.ddl = &ddl,
                        .ast = grant,
                        .change = {.revoke = grant->revoke,
                                   .grant_option = grant->grant_option,
                                   .cascade = grant->behavior == AST_DROP_CASCADE,
                                   .grantee_count = grant->grantees.count}};
    for (uint32_t i = 0; i < ARRAY_LEN(kinds); i++) {
        if (kinds[i].object == grant->object) work.kind = &kinds[i];
    }
    if (work.kind == NULL)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "default privileges of this kind of object are not supported");
    work.change.grantees = ddl__grantees(&ddl, grant);
    work.change.bits = bits_wanted(&work);
    const AstNode *named = value_of(ast, "roles"), *in = value_of(ast, "schemas");
    const AstNodeGroup *roles = named != NULL ? AST_AS(NodeGroup, named) : NULL;
    const AstName *schemas = in != NULL ? AST_AS(Name, in) : NULL;
    if (roles == NULL) change_of_role(&work, schemas, cat_view_role(ddl.view));
    for (uint32_t i = 0; roles != NULL && i < roles->items.count; i++)
        change_of_role(&work, schemas, ddl__role_of(&ddl, AST_AS(RoleSpec, roles->items.items[i])));
}

/* SPDX-License-Identifier: Apache-2.0 */
/* grant.c - GRANT and REVOKE on objects: their acl column read, changed, written. */
#include "ddl/ddl_internal.h"

/* Kinds of objects with an acl of their own. */
typedef struct AclKind {
    AstObjectType object;
    Oid class_;
    CatalogTable table;
    CatalogIndex index;
    int column, columns;
    const char *word;
} AclKind;
static const AclKind kinds[] = {
    {AST_OBJECT_TABLE, CLASS_RELATION, PG_CLASS, PG_CLASS_OID_INDEX, PG_CLASS_RELACL,
     PG_CLASS_COLUMNS, "table"},
    {AST_OBJECT_SEQUENCE, CLASS_RELATION, PG_CLASS, PG_CLASS_OID_INDEX, PG_CLASS_RELACL,
     PG_CLASS_COLUMNS, "sequence"},
    {AST_OBJECT_SCHEMA, CLASS_NAMESPACE, PG_NAMESPACE, PG_NAMESPACE_OID_INDEX, PG_NAMESPACE_NSPACL,
     PG_NAMESPACE_COLUMNS, "schema"},
    {AST_OBJECT_DATABASE, CLASS_DATABASE, PG_DATABASE, PG_DATABASE_OID_INDEX, PG_DATABASE_DATACL,
     PG_DATABASE_COLUMNS, "database"},
    {AST_OBJECT_FUNCTION, CLASS_PROC, PG_PROC, PG_PROC_OID_INDEX, PG_PROC_PROACL, PG_PROC_COLUMNS,
     "function"},
    {AST_OBJECT_PROCEDURE, CLASS_PROC, PG_PROC, PG_PROC_OID_INDEX, PG_PROC_PROACL, PG_PROC_COLUMNS,
     "procedure"},
    {AST_OBJECT_ROUTINE, CLASS_PROC, PG_PROC, PG_PROC_OID_INDEX, PG_PROC_PROACL, PG_PROC_COLUMNS,
     "routine"},
    {AST_OBJECT_TYPE, CLASS_TYPE, PG_TYPE, PG_TYPE_OID_INDEX, PG_TYPE_TYPACL, PG_TYPE_COLUMNS,
     "type"},
    {AST_OBJECT_DOMAIN, CLASS_TYPE, PG_TYPE, PG_TYPE_OID_INDEX, PG_TYPE_TYPACL, PG_TYPE_COLUMNS,
     "domain"},
};

static const struct {
    const char *name;
    uint32_t bit;
} privileges[] = {
    {"insert", PRIV_INSERT},   {"select", PRIV_SELECT},       {"update", PRIV_UPDATE},
    {"delete", PRIV_DELETE},   {"truncate", PRIV_TRUNCATE},   {"references", PRIV_REFERENCES},
    {"trigger", PRIV_TRIGGER}, {"execute", PRIV_EXECUTE},     {"usage", PRIV_USAGE},
    {"create", PRIV_CREATE},   {"temporary", PRIV_TEMPORARY}, {"temp", PRIV_TEMPORARY},
    {"connect", PRIV_CONNECT}, {"maintain", PRIV_MAINTAIN},
};

static const AclKind *kind_of(AstObjectType object)
{
    for (uint32_t i = 0; i < ARRAY_LEN(kinds); i++) {
        if (kinds[i].object == object) return &kinds[i];
    }
    raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "GRANT on this kind of object is not supported");
}

typedef struct GrantWork {
    Ddl *ddl;
    const AstGrant *ast;
    const AclKind *kind;
    uint32_t wanted; /* 0: all that the kind has */
    Oid grantees[128];
    uint32_t grantee_count;
} GrantWork;

static uint32_t bits_of(const GrantWork *work)
{
    uint32_t bits = 0;
    for (uint32_t i = 0; i < work->ast->privileges.count; i++) {
        const AstPrivilege *privilege = work->ast->privileges.items[i];
        if (privilege->columns.count > 0)
            raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "privileges on columns are not supported");
        uint32_t bit = 0;
        for (uint32_t j = 0; j < ARRAY_LEN(privileges); j++) {
            if (str_equal(privilege->name, str_from(privileges[j].name))) bit = privileges[j].bit;
        }
        if (bit == 0)
            raise_error(SQLSTATE_SYNTAX_ERROR, "unrecognized privilege type \"%.*s\"",
                        STR_ARG(privilege->name));
        bits |= bit;
    }
    return bits;
}

static void take_grantees(GrantWork *work)
{
    for (uint32_t i = 0; i < work->ast->grantees.count; i++) {
        if (work->grantee_count == ARRAY_LEN(work->grantees))
            raise_error(SQLSTATE_PROGRAM_LIMIT_EXCEEDED, "too many grantees");
        const AstRoleSpec *spec = work->ast->grantees.items[i];
        work->grantees[work->grantee_count++] = spec->role == AST_ROLE_PUBLIC
                                                    ? 0
                                                    : ddl__role_of(work->ddl, spec);
        if (spec->role == AST_ROLE_PUBLIC && work->ast->grant_option && !work->ast->revoke)
            raise_error(SQLSTATE_INVALID_GRANT_OPERATION,
                        "grant options can only be granted to roles");
    }
}

static AclItem *find_item(AclItem *items, uint32_t *count, Oid grantee, Oid grantor)
{
    for (uint32_t i = 0; i < *count; i++) {
        if (items[i].grantee == grantee && items[i].grantor == grantor) return &items[i];
    }
    items[*count] = (AclItem){.grantee = grantee, .grantor = grantor};
    return &items[(*count)++];
}

static void change(GrantWork *work, AclItem *item, uint32_t bits)
{
    bool option = work->ast->grant_option;
    if (!work->ast->revoke) {
        item->privileges |= bits;
        if (option) item->grantable |= bits;
        return;
    }
    item->grantable &= ~bits;
    if (!option) item->privileges &= ~bits;
}

static Oid owner_of(const GrantWork *work, const Datum *values)
{
    switch (work->kind->table) {
    case PG_CLASS: return values[PG_CLASS_RELOWNER].value.u32;
    case PG_NAMESPACE: return values[PG_NAMESPACE_NSPOWNER].value.u32;
    case PG_DATABASE: return values[PG_DATABASE_DATDBA].value.u32;
    case PG_PROC: return values[PG_PROC_PROOWNER].value.u32;
    default: return values[PG_TYPE_TYPOWNER].value.u32;
    }
}

static void grant_on(GrantWork *work, Oid oid)
{
    Ddl *ddl = work->ddl;
    const AclKind *kind = work->kind;
    Datum key = datum_oid(oid);
    CatScan *scan = cat_scan_open(ddl->view, kind->table, kind->index, &key, 1);
    CatRow row;
    if (!cat_scan_next(scan, &row))
        raise_error(SQLSTATE_UNDEFINED_OBJECT, "%s does not exist", kind->word);
    Datum *values = arena_copy(ddl->arena, row.values, (size_t)kind->columns * sizeof(Datum));
    RowId id = row.id;
    char relkind = kind->table == PG_CLASS ? (char)values[PG_CLASS_RELKIND].value.i16 : 0;
    Oid owner = owner_of(work, values);
    uint32_t possible = cat_privileges_of_class(kind->class_, relkind);
    uint32_t bits = work->wanted == 0 ? possible : work->wanted;
    if (bits & ~possible) {
        for (uint32_t i = 0; i < ARRAY_LEN(privileges); i++) {
            if (bits & ~possible & privileges[i].bit) {
                StrBuilder name = str_builder(ddl->arena, 16);
                for (const char *c = privileges[i].name; *c != 0; c++)
                    str_add_char(&name, (char)(*c - 32));
                raise_error(SQLSTATE_INVALID_GRANT_OPERATION, "invalid privilege type %.*s for %s",
                            STR_ARG(str_done(&name)), kind->word);
            }
        }
    }
    CatObject object = ddl__object(kind->class_, oid, 0);
    Oid me = cat_view_role(ddl->view);
    if (!cat_is_owner(ddl->view, me, object) && cat_privileges(ddl->view, me, object, bits) == 0)
        cat_check_owner(ddl->view, object);
    AclItem *stored, *items;
    uint32_t count;
    if (values[kind->column].null) {
        AclItem defaults[2];
        count = cat_acl_default(kind->class_, relkind, owner, defaults);
        items = ARENA_ARRAY(ddl->arena, AclItem, count + work->grantee_count);
        memcpy(items, defaults, count * sizeof(AclItem));
    } else {
        count = cat_acl_read(ddl->arena, strview_str(&values[kind->column].value.str), &stored);
        items = ARENA_ARRAY(ddl->arena, AclItem, count + work->grantee_count);
        memcpy(items, stored, count * sizeof(AclItem));
    }
    for (uint32_t i = 0; i < work->grantee_count; i++)
        change(work, find_item(items, &count, work->grantees[i], owner), bits);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (items[i].privileges != 0) items[kept++] = items[i];
    }
    values[kind->column] = cat_acl_build(ddl->arena, items, kept);
    cat_update(ddl->view, kind->table, id, values);
    cat_scan_close(scan);
}

static Oid object_of(GrantWork *work, const AstNode *node)
{
    Ddl *ddl = work->ddl;
    const AstRangeVar *var = AST_IF(RangeVar, node);
    if (var != NULL)
        return cat_relation_open(ddl->view, ddl__name(ddl, var), LOCK_ACCESS_SHARE, 0)->oid;
    const AstObjectRef *ref = AST_AS(ObjectRef, node);
    if (ref->routine != NULL) return bind_routine(ref->routine, &ddl->bind, false);
    Str name = ref->names.items[0];
    Oid oid = 0;
    if (work->kind->class_ == CLASS_NAMESPACE) oid = cat_namespace_named(ddl->view, name);
    if (work->kind->class_ == CLASS_DATABASE) oid = cat_database_named(ddl->view, name);
    if (work->kind->class_ == CLASS_TYPE)
        oid = cat_type_search(ddl->view, ddl__name_of(ddl, node, &ref->names));
    if (oid == 0)
        raise_error(work->kind->class_ == CLASS_NAMESPACE  ? SQLSTATE_INVALID_SCHEMA_NAME
                    : work->kind->class_ == CLASS_DATABASE ? SQLSTATE_INVALID_CATALOG_NAME
                                                           : SQLSTATE_UNDEFINED_OBJECT,
                    "%s \"%.*s\" does not exist", work->kind->word, STR_ARG(name));
    return oid;
}

/* ALL TABLES IN SCHEMA and its like. */
static void grant_in_schema(GrantWork *work, const AstNode *node)
{
    Ddl *ddl = work->ddl;
    Str name = AST_AS(Name, node)->parts.items[0];
    Oid schema = cat_namespace_named(ddl->view, name);
    if (schema == 0)
        raise_error(SQLSTATE_INVALID_SCHEMA_NAME, "schema \"%.*s\" does not exist", STR_ARG(name));
    if (work->kind->table != PG_CLASS)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "GRANT ON ALL of this kind IN SCHEMA is not supported");
    ARRAY_OF(Oid) oids = {.arena = ddl->arena};
    CatScan *scan = cat_scan_open(ddl->view, PG_CLASS, CAT_INDEX_NONE, NULL, 0);
    CatRow row;
    while (cat_scan_next(scan, &row)) {
        char relkind = (char)row.values[PG_CLASS_RELKIND].value.i16;
        bool wanted = work->kind->object == AST_OBJECT_SEQUENCE ? relkind == 'S'
                                                                : strchr("rvmpf", relkind) != NULL;
        if (wanted && row.values[PG_CLASS_RELNAMESPACE].value.u32 == schema)
            array_push(&oids, row.values[PG_CLASS_OID].value.u32);
    }
    cat_scan_close(scan);
    for (uint32_t i = 0; i < oids.count; i++) grant_on(work, oids.items[i]);
}

void ddl__grant(UtilityCall *call)
{
    Ddl ddl = ddl__begin(call);
    GrantWork work = {.ddl = &ddl, .ast = AST_AS(Grant, call->tree)};
    if (work.ast->target == AST_GRANT_DEFAULTS)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "ALTER DEFAULT PRIVILEGES is not supported");
    work.kind = kind_of(work.ast->object);
    work.wanted = bits_of(&work);
    take_grantees(&work);
    for (uint32_t i = 0; i < work.ast->objects.count; i++) {
        if (work.ast->target == AST_GRANT_ALL_IN_SCHEMA) {
            grant_in_schema(&work, work.ast->objects.items[i]);
        } else {
            grant_on(&work, object_of(&work, work.ast->objects.items[i]));
        }
        cat_view_next_command(ddl.view);
    }
}

const char *ddl__grant_tag(const AstNode *tree)
{
    return AST_AS(Grant, tree)->revoke ? "REVOKE" : "GRANT";
}

/* SPDX-License-Identifier: Apache-2.0 */
/* comment.c - COMMENT ON: finds the object by the rules of its kind and keeps the text, for what all databases share in
 * a catalog that they share. */
#include "ddl/function.h"

#include "catalog/datums.h"

static Oid named_in(Ddl *ddl, CatalogIndex index, Str name)
{
    const Datum key = datum_str(name);
    const Datum *row = cat_row_find(ddl->view, index, &key, 1, ddl->arena);
    return row != NULL ? row[0].value.u32 : 0;
}

/* ---- relations and what belongs to them ---- */

static const CatRelation *open_relation(Ddl *ddl, const AstObjectRef *ref, const NodeStrs *parts)
{
    CatName name = ddl__name_of(ddl, (const AstNode *)ref, parts);
    name.location = 0; /* errors of COMMENT have no position */
    return cat_relation_open(ddl->view, name, LOCK_SHARE_UPDATE_EXCLUSIVE, 0);
}

static CatObject find_relation(Ddl *ddl, const AstObjectRef *ref)
{
    static const struct {
        AstObjectType object;
        const char *relkinds, *what;
    } kinds[] = {{AST_OBJECT_TABLE, "rp", "a table"},
                 {AST_OBJECT_VIEW, "v", "a view"},
                 {AST_OBJECT_MATERIALIZED_VIEW, "m", "a materialized view"},
                 {AST_OBJECT_INDEX, "iI", "an index"},
                 {AST_OBJECT_SEQUENCE, "S", "a sequence"},
                 {AST_OBJECT_FOREIGN_TABLE, "f", "a foreign table"}};
    const CatRelation *relation = open_relation(ddl, ref, &ref->names);
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        if (kinds[i].object == ref->object && strchr(kinds[i].relkinds, relation->kind) == NULL)
            raise_error(SQLSTATE_WRONG_OBJECT_TYPE, "\"%.*s\" is not %s", STR_ARG(relation->name),
                        kinds[i].what);
    }
    return ddl__object(CLASS_RELATION, relation->oid, 0);
}

static CatObject find_column(Ddl *ddl, const AstObjectRef *ref)
{
    const NodeStrs table = {.items = ref->names.items, .count = ref->names.count - 1};
    const CatRelation *relation = open_relation(ddl, ref, &table);
    Str column = ref->names.items[ref->names.count - 1];
    int16_t number = ddl__find_column(relation, column);
    if (number == 0)
        raise_error(SQLSTATE_UNDEFINED_COLUMN,
                    "column \"%.*s\" of relation \"%.*s\" does not exist", STR_ARG(column),
                    STR_ARG(relation->name));
    return ddl__object(CLASS_RELATION, relation->oid, number);
}

static CatObject find_constraint(Ddl *ddl, const AstObjectRef *ref)
{
    const CatRelation *relation = open_relation(ddl, ref, &ref->on);
    for (uint32_t i = 0; i < relation->constraint_count; i++) {
        if (str_equal(relation->constraints[i].name, ref->names.items[0]))
            return ddl__object(CLASS_CONSTRAINT, relation->constraints[i].oid, 0);
    }
    raise_error(SQLSTATE_UNDEFINED_OBJECT, "constraint \"%.*s\" for table \"%.*s\" does not exist",
                STR_ARG(ref->names.items[0]), STR_ARG(relation->name));
}

/* Triggers, rules and policies: named within a table. */
static CatObject find_on_table(Ddl *ddl, const AstObjectRef *ref)
{
    static const struct {
        AstObjectType object;
        CatalogIndex index;
        Oid class_;
        const char *what, *of;
    } kinds[] = {{AST_OBJECT_TRIGGER, PG_TRIGGER_TGRELID_TGNAME_INDEX, 2620, "trigger", "table"},
                 {AST_OBJECT_RULE, PG_REWRITE_REL_RULENAME_INDEX, CLASS_REWRITE, "rule",
                  "relation"},
                 {AST_OBJECT_POLICY, PG_POLICY_POLRELID_POLNAME_INDEX, 3256, "policy", "table"}};
    const CatRelation *relation = open_relation(ddl, ref, &ref->on);
    const Str name = ref->names.items[ref->names.count - 1];
    const Datum keys[2] = {datum_oid(relation->oid), datum_str(name)};
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        if (kinds[i].object != ref->object) continue;
        const Datum *row = cat_row_find(ddl->view, kinds[i].index, keys, 2, ddl->arena);
        if (row != NULL) return ddl__object(kinds[i].class_, row[0].value.u32, 0);
        raise_error(SQLSTATE_UNDEFINED_OBJECT, "%s \"%.*s\" for %s \"%.*s\" does not exist",
                    kinds[i].what, STR_ARG(name), kinds[i].of, STR_ARG(relation->name));
    }
    UNREACHABLE();
}

/* ---- types and functions ---- */

static Oid type_oid(Ddl *ddl, const AstObjectRef *ref)
{
    return ddl__type_of_name(ddl, ref->type);
}

static CatObject find_type(Ddl *ddl, const AstObjectRef *ref)
{
    Oid oid = type_oid(ddl, ref);
    if (ref->object == AST_OBJECT_DOMAIN && cat_type(ddl->view, oid)->kind != 'd')
        raise_error(SQLSTATE_WRONG_OBJECT_TYPE, "\"%.*s\" is not a domain",
                    STR_ARG(cat_type(ddl->view, oid)->name));
    return ddl__object(CLASS_TYPE, oid, 0);
}

static CatObject find_domain_constraint(Ddl *ddl, const AstObjectRef *ref)
{
    Oid oid = type_oid(ddl, ref);
    const CatType *domain = cat_type(ddl->view, oid);
    for (uint32_t i = 0; i < domain->constraint_count; i++) {
        if (str_equal(domain->constraints[i].name, ref->names.items[0]))
            return ddl__object(CLASS_CONSTRAINT, domain->constraints[i].oid, 0);
    }
    raise_error(SQLSTATE_UNDEFINED_OBJECT, "constraint \"%.*s\" for domain %.*s does not exist",
                STR_ARG(ref->names.items[0]),
                STR_ARG(cat_type_name(ddl->view, ddl->arena, oid, -1)));
}

static CatObject find_routine(Ddl *ddl, const AstObjectRef *ref)
{
    const Oid oid = bind_routine(ref->routine, ref->object, &ddl->bind, false);
    const CatFunction *function = cat_function(ddl->view, oid);
    const CatObject object = ddl__object(CLASS_PROC, oid, 0);
    const Str text = cat_describe_object(ddl->view, ddl->arena, object);
    if (ref->object == AST_OBJECT_AGGREGATE && function->kind != 'a')
        raise_error(SQLSTATE_WRONG_OBJECT_TYPE, "%.*s is not an aggregate", STR_ARG(text));
    size_t at = 0;
    (void)str_find_char(text, ' ', &at);
    if (ref->object == AST_OBJECT_PROCEDURE && function->kind != 'p')
        raise_error(SQLSTATE_WRONG_OBJECT_TYPE, "%.*s is not a procedure",
                    STR_ARG(str_slice(text, at + 1, text.bytes)));
    return object;
}

/* ---- what has one name and no schema ---- */

typedef struct NamedKind {
    AstObjectType object;
    Oid class_;
    CatalogIndex index;
    Sqlstate missing;
    const char *what;
} NamedKind;
static const NamedKind named_kinds[] = {
    {AST_OBJECT_SCHEMA, CLASS_NAMESPACE, PG_NAMESPACE_NSPNAME_INDEX, SQLSTATE_INVALID_SCHEMA_NAME,
     "schema"},
    {AST_OBJECT_ROLE, CLASS_AUTHID, PG_AUTHID_ROLNAME_INDEX, SQLSTATE_UNDEFINED_OBJECT, "role"},
    {AST_OBJECT_DATABASE, CLASS_DATABASE, PG_DATABASE_DATNAME_INDEX, SQLSTATE_INVALID_CATALOG_NAME,
     "database"},
    {AST_OBJECT_TABLESPACE, 1213, PG_TABLESPACE_SPCNAME_INDEX, SQLSTATE_UNDEFINED_OBJECT,
     "tablespace"},
    {AST_OBJECT_EXTENSION, 3079, PG_EXTENSION_NAME_INDEX, SQLSTATE_UNDEFINED_OBJECT, "extension"},
    {AST_OBJECT_LANGUAGE, 2612, PG_LANGUAGE_NAME_INDEX, SQLSTATE_UNDEFINED_OBJECT, "language"},
    {AST_OBJECT_ACCESS_METHOD, CLASS_ACCESS_METHOD, PG_AM_NAME_INDEX, SQLSTATE_UNDEFINED_OBJECT,
     "access method"},
};

static const NamedKind *named_kind(AstObjectType object)
{
    for (size_t i = 0; i < ARRAY_LEN(named_kinds); i++)
        if (named_kinds[i].object == object) return &named_kinds[i];
    return NULL;
}

/* A dump may be restored into a database of another name: the comment on the old one is passed over. */
static bool find_named(Ddl *ddl, const NamedKind *kind, Str name, CatObject *object)
{
    *object = ddl__object(kind->class_, named_in(ddl, kind->index, name), 0);
    if (object->oid != 0) return true;
    if (kind->object != AST_OBJECT_DATABASE)
        raise_error(kind->missing, "%s \"%.*s\" does not exist", kind->what, STR_ARG(name));
    ddl__notice(ddl, SEVERITY_WARNING, kind->missing, "%s \"%.*s\" does not exist", kind->what,
                STR_ARG(name));
    return false;
}

static CatObject find_large_object(Ddl *ddl, const AstObjectRef *ref)
{
    StrBuilder text = str_builder(ddl->arena, 16);
    uint64_t oid;
    parse_deparse(&text, (const AstNode *)ref->number);
    if (!str_to_u64(str_peek(&text), 10, &oid) || oid > UINT32_MAX)
        raise_error(SQLSTATE_INVALID_TEXT_REPRESENTATION,
                    "invalid input syntax for type oid: \"%.*s\"", STR_ARG(str_peek(&text)));
    if (!cat_large_object_exists(ddl->view, (Oid)oid))
        raise_error(SQLSTATE_UNDEFINED_OBJECT, "large object %u does not exist", (Oid)oid);
    return ddl__object(CLASS_PG_LARGEOBJECT, (Oid)oid, 0);
}

static bool find_object(Ddl *ddl, const AstObjectRef *ref, CatObject *object)
{
    const NamedKind *named = named_kind(ref->object);
    if (named != NULL) return find_named(ddl, named, ref->names.items[0], object);
    switch (ref->object) {
    case AST_OBJECT_TABLE:
    case AST_OBJECT_VIEW:
    case AST_OBJECT_MATERIALIZED_VIEW:
    case AST_OBJECT_FOREIGN_TABLE:
    case AST_OBJECT_INDEX:
    case AST_OBJECT_SEQUENCE: *object = find_relation(ddl, ref); return true;
    case AST_OBJECT_COLUMN: *object = find_column(ddl, ref); return true;
    case AST_OBJECT_CONSTRAINT: *object = find_constraint(ddl, ref); return true;
    case AST_OBJECT_DOMAIN_CONSTRAINT: *object = find_domain_constraint(ddl, ref); return true;
    case AST_OBJECT_TYPE:
    case AST_OBJECT_DOMAIN: *object = find_type(ddl, ref); return true;
    case AST_OBJECT_FUNCTION:
    case AST_OBJECT_PROCEDURE:
    case AST_OBJECT_ROUTINE:
    case AST_OBJECT_AGGREGATE: *object = find_routine(ddl, ref); return true;
    case AST_OBJECT_COLLATION:
        *object = ddl__object(CLASS_COLLATION,
                              ddl__collation(ddl, (const AstNode *)ref, &ref->names, false), 0);
        return true;
    case AST_OBJECT_STATISTICS:
        *object = ddl__object(CLASS_STATISTICS,
                              ddl__statistics(ddl, (const AstNode *)ref, &ref->names, false), 0);
        return true;
    case AST_OBJECT_CAST:
        *object = ddl__object(CLASS_CAST, ddl__cast(ddl, ref, false), 0);
        return true;
    case AST_OBJECT_OPERATOR:
        *object = ddl__object(CLASS_OPERATOR, ddl__operator(ddl, ref->operator, false), 0);
        return true;
    case AST_OBJECT_LARGE_OBJECT: *object = find_large_object(ddl, ref); return true;
    case AST_OBJECT_TRIGGER:
    case AST_OBJECT_RULE:
    case AST_OBJECT_POLICY: *object = find_on_table(ddl, ref); return true;
    default:
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "COMMENT on this kind of object is not supported");
    }
}

CatObject ddl__find_object(Ddl *ddl, const AstObjectRef *ref)
{
    CatObject object;
    if (ref->object == AST_OBJECT_DATABASE &&
        named_in(ddl, PG_DATABASE_DATNAME_INDEX, ref->names.items[0]) == 0)
        raise_error(SQLSTATE_INVALID_CATALOG_NAME, "database \"%.*s\" does not exist",
                    STR_ARG(ref->names.items[0]));
    (void)find_object(ddl, ref, &object);
    return object;
}

/* ---- who may, and the text ---- */

/* Who comments on a role must be able to change it. */
static void check_role(Ddl *ddl, Oid oid)
{
    const CatRole *self = cat_role_in_force(ddl->view);
    const CatRole *role = cat_role(ddl->view, oid);
    if (self->superuser) return;
    if (!role->superuser && self->create_role && ddl__is_admin(ddl, oid)) return;
    Error *error = error_begin(SQLSTATE_INSUFFICIENT_PRIVILEGE);
    error_message(error, "permission denied");
    if (role->superuser || !self->create_role)
        error_detail(error, "The current user must have the %s attribute.",
                     role->superuser ? "SUPERUSER" : "CREATEROLE");
    else
        error_detail(error, "The current user must have the %s option on role \"%.*s\".", "ADMIN",
                     STR_ARG(role->name));
    error_raise(error);
}

/* Constraints, triggers, rules and policies belong to whoever owns what they are on. */
static void check_may(Ddl *ddl, const AstObjectRef *ref, CatObject object)
{
    if (object.class_ == CLASS_AUTHID) {
        check_role(ddl, object.oid);
        return;
    }
    if (object.class_ == CLASS_CAST) return; /* asked when it was found */
    if (object.class_ == CLASS_ACCESS_METHOD && !cat_role_in_force(ddl->view)->superuser)
        raise_error(SQLSTATE_INSUFFICIENT_PRIVILEGE, "must be superuser");
    if (ref->on.count > 0) {
        const CatName name = ddl__name_of(ddl, (const AstNode *)ref, &ref->on);
        const Oid table = cat_relation_search(ddl->view, name);
        cat_check_owner(ddl->view, ddl__object(CLASS_RELATION, table, 0));
    } else if (ref->object == AST_OBJECT_DOMAIN_CONSTRAINT) {
        cat_check_owner(ddl->view, ddl__object(CLASS_TYPE, type_oid(ddl, ref), 0));
    } else if (object.class_ == CLASS_RELATION && object.sub != 0) {
        if (!cat_is_owner(ddl->view, cat_view_role(ddl->view), object))
            raise_error(SQLSTATE_INSUFFICIENT_PRIVILEGE, "must be owner of relation %.*s",
                        STR_ARG(cat_relation(ddl->view, object.oid)->name));
    } else {
        cat_check_owner(ddl->view, ddl__object(object.class_, object.oid, 0));
    }
}

static bool is_shared(Oid class_)
{
    return class_ == CLASS_AUTHID || class_ == CLASS_DATABASE || class_ == 1213;
}

void ddl__set_comment(Ddl *ddl, CatObject object, Str comment)
{
    const bool shared = is_shared(object.class_);
    const CatalogTable table = shared ? PG_SHDESCRIPTION : PG_DESCRIPTION;
    const Datum keys[3] = {datum_oid(object.oid), datum_oid(object.class_), datum_i32(object.sub)};
    CatScan *scan = cat_scan_open(ddl->view, table,
                                  shared ? PG_SHDESCRIPTION_O_C_INDEX : PG_DESCRIPTION_O_C_O_INDEX,
                                  keys, shared ? 2 : 3);
    CatRow row;
    if (cat_scan_next(scan, &row)) cat_delete(ddl->view, table, row.id);
    cat_scan_close(scan);
    if (comment.bytes == 0) return;
    cat_view_next_command(ddl->view);
    const Datum text = datum_str(comment);
    const Datum own[4] = {keys[0], keys[1], keys[2], text};
    const Datum common[3] = {keys[0], keys[1], text};
    (void)cat_insert(ddl->view, table, shared ? common : own);
}

Str ddl__comment_of(Ddl *ddl, CatObject object)
{
    const Datum keys[3] = {datum_oid(object.oid), datum_oid(object.class_), datum_i32(object.sub)};
    const Datum *row = cat_row_find(ddl->view, PG_DESCRIPTION_O_C_O_INDEX, keys, 3, ddl->arena);
    return row != NULL ? strview_str(&row[PG_DESCRIPTION_DESCRIPTION].value.str) : (Str){0};
}

void ddl__comment(UtilityCall *call)
{
    Ddl ddl = ddl__begin(call);
    const AstComment *ast = AST_AS(Comment, call->tree);
    CatObject object;
    if (!find_object(&ddl, ast->object, &object)) return;
    check_may(&ddl, ast->object, object);
    ddl__set_comment(&ddl, object, ast->comment);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* rename.c - ALTER ... RENAME: a function a kind of object. What refers to a thing refers to its OID, so a name stands
 * in one row; but a table's row type, an array type and a constraint's index are called after others. */
#include "ddl/ddl_internal.h"

/* ---- one row's name ---- */

typedef struct NewName {
    int column;
    Str name;
} NewName;

static void put_name(void *arg, Datum *values)
{
    const NewName *new = arg;
    values[new->column] = datum_str(new->name);
}

static void set_name(Ddl *ddl, CatObject object, Str name)
{
    NewName new = {cat_class(object.class_)->name, name};
    ddl__update_object(ddl, object, put_name, &new);
}

/* ---- types ---- */

/* The type, and its array type, whose name is made of its own. */
static void set_type_name(Ddl *ddl, Oid oid, Str name)
{
    const CatType *type = cat_type(ddl->view, oid);
    Oid array = type->array, schema = type->namespace_;
    set_name(ddl, ddl__object(CLASS_TYPE, oid, 0), name);
    cat_view_next_command(ddl->view);
    if (array == 0) return;
    set_name(ddl, ddl__object(CLASS_TYPE, array, 0), cat_array_type_name(ddl->view, schema, name));
    cat_view_next_command(ddl->view);
}

static void forbid_type(Ddl *ddl, Oid schema, Str name)
{
    if (cat_type_named(ddl->view, schema, name) != 0)
        raise_error(SQLSTATE_DUPLICATE_OBJECT, "type \"%.*s\" already exists", STR_ARG(name));
}

static void rename_type(Ddl *ddl, const AstRename *ast)
{
    cat_check_owner(ddl->view, ddl__object(CLASS_TYPE, ddl__type_named(ddl, ast->object), 0));
    Oid oid = ddl__alterable_type(ddl, ast->object);
    const CatType *type = cat_type(ddl->view, oid);
    Oid relation = type->kind == 'c' ? type->relation : 0;
    if (relation == 0) {
        forbid_type(ddl, type->namespace_, ast->new_name);
        set_type_name(ddl, oid, ast->new_name);
        return;
    }
    ddl__rename_relation(ddl, relation, ast->new_name);
}

/* ---- relations ---- */

void ddl__rename_relation(Ddl *ddl, Oid oid, Str name)
{
    const CatRelation *relation = cat_relation(ddl->view, oid);
    Oid type = relation->type, schema = relation->namespace_;
    Oid constraint = ddl__index_constraint(ddl, oid);
    if (relation->kind == 'c') forbid_type(ddl, schema, name);
    if (cat_relation_named(ddl->view, schema, name) != 0)
        raise_error(SQLSTATE_DUPLICATE_TABLE, "relation \"%.*s\" already exists", STR_ARG(name));
    if (type != 0) forbid_type(ddl, schema, name);
    set_name(ddl, ddl__object(CLASS_RELATION, oid, 0), name);
    cat_view_next_command(ddl->view);
    if (type != 0) set_type_name(ddl, type, name);
    if (constraint == 0) return;
    set_name(ddl, ddl__object(CLASS_CONSTRAINT, constraint, 0), name);
    cat_view_next_command(ddl->view);
}

/* Who gives a name makes something of that name in the schema. */
static void check_schema(Ddl *ddl, Oid schema)
{
    cat_check_privilege(ddl->view, ddl__object(CLASS_NAMESPACE, schema, 0), PRIV_CREATE);
}

/* Locked and checked; 0: missing, and that was said. */
static Oid open_relation(Ddl *ddl, const AstRename *ast, AstObjectType kind)
{
    LockMode mode = kind == AST_OBJECT_INDEX ? LOCK_SHARE_UPDATE_EXCLUSIVE : LOCK_ACCESS_EXCLUSIVE;
    const CatRelation *relation = ddl__open_to_alter(ddl, ast->relation, kind, mode,
                                                     ast->if_exists);
    return relation != NULL ? relation->oid : 0;
}

static void rename_relation(Ddl *ddl, const AstRename *ast)
{
    Oid oid = open_relation(ddl, ast, ast->rename);
    if (oid == 0) return;
    if (ast->rename == AST_OBJECT_TABLE && cat_relation(ddl->view, oid)->kind == 'c') {
        Error *error = error_begin(SQLSTATE_WRONG_OBJECT_TYPE);
        error_message(error, "\"%.*s\" is a composite type", STR_ARG(ast->relation->name));
        error_hint(error, "Use ALTER TYPE instead.");
        error_raise(error);
    }
    const CatRelation *relation = cat_relation(ddl->view, oid);
    if (relation->persistence != 't') check_schema(ddl, relation->namespace_);
    ddl__rename_relation(ddl, oid, ast->new_name);
}

/* ---- columns and attributes ---- */

static void put_column_name(void *arg, Datum *values)
{
    values[PG_ATTRIBUTE_ATTNAME] = datum_str(*(const Str *)arg);
}

static void rename_column(Ddl *ddl, const AstRename *ast)
{
    AstObjectType kind = ast->rename == AST_OBJECT_ATTRIBUTE ? AST_OBJECT_NONE : ast->of;
    Oid oid = open_relation(ddl, ast, kind);
    if (oid == 0) return;
    const CatRelation *relation = cat_relation(ddl->view, oid);
    if (strchr("rvmcpfiI", relation->kind) == NULL) {
        Error *error = error_begin(SQLSTATE_WRONG_OBJECT_TYPE);
        error_message(error, "cannot rename columns of relation \"%.*s\"", STR_ARG(relation->name));
        error_detail(error, "This operation is not supported for %s.",
                     ddl__relation_kinds(relation->kind));
        error_raise(error);
    }
    int16_t column = ddl__find_column(relation, ast->part);
    if (column == 0 && cat_system_column(ast->part) != 0)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "cannot rename system column \"%.*s\"",
                    STR_ARG(ast->part));
    if (column == 0)
        raise_error(SQLSTATE_UNDEFINED_COLUMN, "column \"%.*s\" does not exist",
                    STR_ARG(ast->part));
    ddl__forbid_column(relation, ast->new_name);
    Str name = ast->new_name;
    ddl__update_attribute(ddl, oid, column, put_column_name, &name);
    cat_invalidate(ddl->view, CLASS_RELATION, oid);
    if (relation->type != 0) cat_invalidate(ddl->view, CLASS_TYPE, relation->type);
}

/* ---- constraints ---- */

static void rename_constraint(Ddl *ddl, const AstRename *ast)
{
    Oid oid = open_relation(ddl, ast, AST_OBJECT_NONE);
    if (oid == 0) return;
    const CatRelation *relation = cat_relation(ddl->view, oid);
    const CatConstraint *found = NULL;
    for (uint32_t i = 0; i < relation->constraint_count && found == NULL; i++) {
        if (str_equal(relation->constraints[i].name, ast->part)) found = &relation->constraints[i];
    }
    if (found == NULL)
        raise_error(SQLSTATE_UNDEFINED_OBJECT,
                    "constraint \"%.*s\" for table \"%.*s\" does not exist", STR_ARG(ast->part),
                    STR_ARG(relation->name));
    if (found->index != 0 && found->type != 'f') {
        ddl__rename_relation(ddl, found->index, ast->new_name);
        return;
    }
    if (ddl__constraint_exists(ddl, oid, ast->new_name))
        raise_error(SQLSTATE_DUPLICATE_OBJECT,
                    "constraint \"%.*s\" for relation \"%.*s\" already exists",
                    STR_ARG(ast->new_name), STR_ARG(relation->name));
    set_name(ddl, ddl__object(CLASS_CONSTRAINT, found->oid, 0), ast->new_name);
}

static void rename_domain_constraint(Ddl *ddl, const AstRename *ast)
{
    Oid oid = ddl__alterable_type(ddl, ast->object);
    const CatConstraint *constraint = ddl__domain_constraint(ddl, oid, ast->part);
    const CatType *domain = cat_type(ddl->view, oid);
    for (uint32_t i = 0; i < domain->constraint_count; i++) {
        if (str_equal(domain->constraints[i].name, ast->new_name))
            raise_error(SQLSTATE_DUPLICATE_OBJECT,
                        "constraint \"%.*s\" for domain %.*s already exists",
                        STR_ARG(ast->new_name),
                        STR_ARG(cat_type_name(ddl->view, ddl->arena, oid, -1)));
    }
    set_name(ddl, ddl__object(CLASS_CONSTRAINT, constraint->oid, 0), ast->new_name);
    cat_invalidate(ddl->view, CLASS_TYPE, oid);
}

/* ---- what has a name alone ---- */

static void forbid_reserved(Str name, const char *what, const char *detail)
{
    if (!str_starts(name, STR("pg_"))) return;
    Error *error = error_begin(SQLSTATE_RESERVED_NAME);
    if (str_equal(str_from(what), STR("role")))
        error_message(error, "role name \"%.*s\" is reserved", STR_ARG(name));
    else
        error_message(error, "unacceptable %s name \"%.*s\"", what, STR_ARG(name));
    error_detail(error, "%s", detail);
    error_raise(error);
}

static void rename_schema(Ddl *ddl, const AstRename *ast)
{
    CatObject object = ddl__find_object(ddl, ast->object);
    cat_check_owner(ddl->view, object);
    cat_check_privilege(ddl->view, ddl__object(CLASS_DATABASE, cat_view_database(ddl->view), 0),
                        PRIV_CREATE);
    if (cat_namespace_named(ddl->view, ast->new_name) != 0)
        raise_error(SQLSTATE_DUPLICATE_SCHEMA, "schema \"%.*s\" already exists",
                    STR_ARG(ast->new_name));
    forbid_reserved(ast->new_name, "schema", "The prefix \"pg_\" is reserved for system schemas.");
    set_name(ddl, object, ast->new_name);
}

static void rename_role(Ddl *ddl, const AstRename *ast)
{
    CatObject object = ddl__find_object(ddl, ast->object);
    if (object.oid == ddl->bind.env->session_role)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "session user cannot be renamed");
    if (object.oid == ddl->bind.env->role)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "current user cannot be renamed");
    forbid_reserved(cat_role(ddl->view, object.oid)->name, "role",
                    "Role names starting with \"pg_\" are reserved.");
    forbid_reserved(ast->new_name, "role", "Role names starting with \"pg_\" are reserved.");
    if (cat_role_named(ddl->view, ast->new_name) != 0)
        raise_error(SQLSTATE_DUPLICATE_OBJECT, "role \"%.*s\" already exists",
                    STR_ARG(ast->new_name));
    ddl__may_rename_role(ddl, object.oid);
    set_name(ddl, object, ast->new_name);
    ddl__forget_md5_password(ddl, object.oid);
}

static void rename_database(Ddl *ddl, const AstRename *ast)
{
    ddl__rename_database(ddl, ast->object->names.items[0], ast->new_name);
}

static void rename_tablespace(Ddl *ddl, const AstRename *ast)
{
    CatObject object = ddl__find_object(ddl, ast->object);
    cat_check_owner(ddl->view, object);
    forbid_reserved(ast->new_name, "tablespace",
                    "The prefix \"pg_\" is reserved for system tablespaces.");
    Datum key = datum_str(ast->new_name);
    if (cat_row_find(ddl->view, PG_TABLESPACE_SPCNAME_INDEX, &key, 1, ddl->arena) != NULL)
        raise_error(SQLSTATE_DUPLICATE_OBJECT, "tablespace \"%.*s\" already exists",
                    STR_ARG(ast->new_name));
    set_name(ddl, object, ast->new_name);
}

/* ---- functions, rules, triggers ---- */

static void rename_routine(Ddl *ddl, const AstRename *ast)
{
    CatObject object = ddl__find_object(ddl, ast->object);
    cat_check_owner(ddl->view, object);
    const Oid schema = cat_function(ddl->view, object.oid)->namespace_;
    check_schema(ddl, schema);
    ddl__forbid_routine(ddl, object.oid, ast->new_name, schema);
    set_name(ddl, object, ast->new_name);
}

static void rename_collation(Ddl *ddl, const AstRename *ast)
{
    CatObject object = ddl__find_object(ddl, ast->object);
    cat_check_owner(ddl->view, object);
    const Oid schema = cat_collation(ddl->view, object.oid)->namespace_;
    check_schema(ddl, schema);
    ddl__forbid_collation(ddl, schema, ast->new_name);
    set_name(ddl, object, ast->new_name);
}

static void rename_on_table(Ddl *ddl, const AstRename *ast)
{
    AstObjectRef ref = {.base = {.kind = AST_OBJECT_REF, .location = ast->relation->base.location},
                        .object = ast->rename,
                        .names = {.items = (Str *)&ast->part, .count = 1},
                        .on = ddl__range_var_names(ddl, ast->relation)};
    CatObject object = ddl__find_object(ddl, &ref);
    if (object.class_ == CLASS_REWRITE && str_equal(ast->part, STR("_RETURN")))
        raise_error(SQLSTATE_INVALID_OBJECT_DEFINITION,
                    "renaming an ON SELECT rule is not allowed");
    raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "ALTER %s ... RENAME is not supported",
                ast->rename == AST_OBJECT_TRIGGER ? "TRIGGER"
                : ast->rename == AST_OBJECT_RULE  ? "RULE"
                                                  : "POLICY");
}

/* ---- the statement ---- */

static const struct {
    AstObjectType object;
    const char *tag; /* NULL: of the relation's kind */
    void (*run)(Ddl *ddl, const AstRename *ast);
} renames[] = {
    {AST_OBJECT_TABLE, "ALTER TABLE", rename_relation},
    {AST_OBJECT_VIEW, "ALTER VIEW", rename_relation},
    {AST_OBJECT_MATERIALIZED_VIEW, "ALTER MATERIALIZED VIEW", rename_relation},
    {AST_OBJECT_FOREIGN_TABLE, "ALTER FOREIGN TABLE", rename_relation},
    {AST_OBJECT_INDEX, "ALTER INDEX", rename_relation},
    {AST_OBJECT_SEQUENCE, "ALTER SEQUENCE", rename_relation},
    {AST_OBJECT_COLUMN, NULL, rename_column},
    {AST_OBJECT_CONSTRAINT, "ALTER TABLE", rename_constraint},
    {AST_OBJECT_ATTRIBUTE, "ALTER TYPE", rename_column},
    {AST_OBJECT_TYPE, "ALTER TYPE", rename_type},
    {AST_OBJECT_DOMAIN, "ALTER DOMAIN", rename_type},
    {AST_OBJECT_DOMAIN_CONSTRAINT, "ALTER DOMAIN", rename_domain_constraint},
    {AST_OBJECT_SCHEMA, "ALTER SCHEMA", rename_schema},
    {AST_OBJECT_ROLE, "ALTER ROLE", rename_role},
    {AST_OBJECT_DATABASE, "ALTER DATABASE", rename_database},
    {AST_OBJECT_TABLESPACE, "ALTER TABLESPACE", rename_tablespace},
    {AST_OBJECT_FUNCTION, "ALTER FUNCTION", rename_routine},
    {AST_OBJECT_PROCEDURE, "ALTER PROCEDURE", rename_routine},
    {AST_OBJECT_ROUTINE, "ALTER ROUTINE", rename_routine},
    {AST_OBJECT_AGGREGATE, "ALTER AGGREGATE", rename_routine},
    {AST_OBJECT_COLLATION, "ALTER COLLATION", rename_collation},
    {AST_OBJECT_TRIGGER, "ALTER TRIGGER", rename_on_table},
    {AST_OBJECT_RULE, "ALTER RULE", rename_on_table},
    {AST_OBJECT_POLICY, "ALTER POLICY", rename_on_table},
};

const char *ddl__rename_tag(const AstNode *tree)
{
    const AstRename *ast = AST_AS(Rename, tree);
    AstObjectType kind = ast->rename == AST_OBJECT_COLUMN ? ast->of : ast->rename;
    for (uint32_t i = 0; i < ARRAY_LEN(renames); i++) {
        if (renames[i].object == kind && renames[i].tag != NULL) return renames[i].tag;
    }
    raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "renaming this kind of object is not supported");
}

void ddl__rename(UtilityCall *call)
{
    Ddl ddl = ddl__begin(call);
    const AstRename *ast = AST_AS(Rename, call->tree);
    for (uint32_t i = 0; i < ARRAY_LEN(renames); i++) {
        if (renames[i].object == ast->rename) renames[i].run(&ddl, ast);
    }
}

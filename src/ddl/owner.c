/* SPDX-License-Identifier: Apache-2.0 */
/* owner.c - ALTER ... OWNER TO and SET SCHEMA: the object's own row, and those of what goes with it: a relation's row
 * type, its indexes, sequences of its columns, its constraints; a type's array. */
#include "ddl/ddl_internal.h"

/* ---- OWNER TO ---- */

typedef struct NewOwner {
    Ddl *ddl;
    const CatClass *class_;
    Oid owner;
} NewOwner;

/* Privileges that the old owner gave or had become the new owner's. */
static Datum acl_for(NewOwner *new, const Datum *acl, Oid former)
{
    AclItem *items;
    uint32_t count = cat_acl_read(new->ddl->arena, strview_str(&acl->value.str), &items), kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (items[i].grantor == former) items[i].grantor = new->owner;
        if (items[i].grantee == former) items[i].grantee = new->owner;
        uint32_t same = 0;
        while (same < kept &&
               (items[same].grantee != items[i].grantee || items[same].grantor != items[i].grantor))
            same++;
        if (same == kept) {
            items[kept++] = items[i];
            continue;
        }
        items[same].privileges |= items[i].privileges;
        items[same].grantable |= items[i].grantable;
    }
    return cat_acl_build(new->ddl->arena, items, kept);
}

static void put_owner(void *arg, Datum *values)
{
    NewOwner *new = arg;
    const CatClass *class_ = new->class_;
    Oid former = values[class_->owner].value.u32;
    values[class_->owner] = datum_oid(new->owner);
    if (class_->acl != CAT_NO_COLUMN && !values[class_->acl].null)
        values[class_->acl] = acl_for(new, &values[class_->acl], former);
}

static void give(Ddl *ddl, CatObject object, Oid owner, bool depends)
{
    NewOwner new = {ddl, cat_class(object.class_), owner};
    ddl__update_object(ddl, object, put_owner, &new);
    if (depends) ddl__change_owner_dependency(ddl, object, owner);
    cat_invalidate(ddl->view, object.class_, object.oid);
}

static void give_type(Ddl *ddl, Oid oid, Oid owner, bool depends)
{
    const CatType *type = cat_type(ddl->view, oid);
    Oid array = type->array;
    give(ddl, ddl__object(CLASS_TYPE, oid, 0), owner, depends);
    if (array != 0) give(ddl, ddl__object(CLASS_TYPE, array, 0), owner, false);
}

/* Sequences that columns own: serial and identity. */
Oid *ddl__owned_sequences(Ddl *ddl, Oid relation, uint32_t *count)
{
    Datum keys[2] = {datum_oid(CLASS_RELATION), datum_oid(relation)};
    ARRAY_OF(Oid) found = {.arena = ddl->arena};
    CatScan *scan = cat_scan_open(ddl->view, PG_DEPEND, PG_DEPEND_REFERENCE_INDEX, keys, 2);
    for (CatRow row; cat_scan_next(scan, &row);) {
        char type = (char)row.values[PG_DEPEND_DEPTYPE].value.i16;
        if (row.values[PG_DEPEND_REFOBJSUBID].value.i32 <= 0 || (type != 'a' && type != 'i') ||
            row.values[PG_DEPEND_CLASSID].value.u32 != CLASS_RELATION)
            continue;
        Oid oid = row.values[PG_DEPEND_OBJID].value.u32;
        const CatRelation *other = cat_relation(ddl->view, oid);
        if (other != NULL && other->kind == 'S') array_push(&found, oid);
    }
    cat_scan_close(scan);
    *count = found.count;
    return found.items;
}

void ddl__give_relation(Ddl *ddl, Oid oid, Oid owner)
{
    const CatRelation *relation = ddl__reopen(ddl, oid);
    if (relation->owner == owner) return;
    uint32_t index_count = relation->index_count, sequence_count;
    Oid type = relation->type;
    Oid *indexes = ARENA_ARRAY(ddl->arena, Oid, index_count);
    for (uint32_t i = 0; i < index_count; i++) indexes[i] = relation->indexes[i]->oid;
    Oid *sequences = ddl__owned_sequences(ddl, oid, &sequence_count);
    bool composite = relation->kind == 'c';
    give(ddl, ddl__object(CLASS_RELATION, oid, 0), owner, !composite);
    if (type != 0) give_type(ddl, type, owner, composite);
    for (uint32_t i = 0; i < index_count; i++)
        give(ddl, ddl__object(CLASS_RELATION, indexes[i], 0), owner, false);
    for (uint32_t i = 0; i < sequence_count; i++)
        give(ddl, ddl__object(CLASS_RELATION, sequences[i], 0), owner, true);
    cat_view_next_command(ddl->view);
}

void ddl__give_object(Ddl *ddl, CatObject object, Oid owner)
{
    if (object.class_ == CLASS_RELATION) {
        ddl__give_relation(ddl, object.oid, owner);
        return;
    }
    if (object.class_ != CLASS_TYPE) {
        give(ddl, object, owner, true);
        return;
    }
    const CatType *type = cat_type(ddl->view, object.oid);
    if (type->relation != 0)
        ddl__give_relation(ddl, type->relation, owner);
    else
        give_type(ddl, object.oid, owner, true);
}

/* A role may be given what the role in force could have made for it. */
static void check_receiver(Ddl *ddl, Oid owner, Oid schema)
{
    if (cat_role_in_force(ddl->view)->superuser) return;
    ddl__check_can_set_role(ddl, owner);
    if (schema == 0) return;
    CatObject object = ddl__object(CLASS_NAMESPACE, schema, 0);
    if (!cat_privileges(ddl->view, owner, object, PRIV_CREATE))
        raise_error(SQLSTATE_INSUFFICIENT_PRIVILEGE, "permission denied for schema %.*s",
                    STR_ARG(cat_namespace(ddl->view, schema)->name));
}

void ddl__relation_owner(Ddl *ddl, Oid oid, const AstRoleSpec *spec)
{
    const CatRelation *relation = cat_relation(ddl->view, oid);
    Oid owner = ddl__role_of(ddl, spec);
    if (relation->kind == 'i' || relation->kind == 'I') {
        Error *error = error_begin(SQLSTATE_WRONG_OBJECT_TYPE);
        error_severity(error, SEVERITY_WARNING);
        error_message(error, "cannot change owner of index \"%.*s\"", STR_ARG(relation->name));
        error_hint(error, "Change the ownership of the index's table instead.");
        session_notice(ddl->session, error);
        return;
    }
    Oid table = relation->kind == 'S' ? ddl__sequence_owner(ddl, oid) : 0;
    if (table != 0 && relation->owner != owner) {
        Error *error = error_begin(SQLSTATE_FEATURE_NOT_SUPPORTED);
        error_message(error, "cannot change owner of sequence \"%.*s\"", STR_ARG(relation->name));
        error_detail(error, "Sequence \"%.*s\" is linked to table \"%.*s\".",
                     STR_ARG(relation->name), STR_ARG(cat_relation(ddl->view, table)->name));
        error_raise(error);
    }
    if (relation->kind == 'c') {
        Error *error = error_begin(SQLSTATE_WRONG_OBJECT_TYPE);
        error_message(error, "\"%.*s\" is a composite type", STR_ARG(relation->name));
        error_hint(error, "Use ALTER TYPE instead.");
        error_raise(error);
    }
    if (relation->owner != owner) check_receiver(ddl, owner, relation->namespace_);
    ddl__give_relation(ddl, oid, owner);
}

static void own_type(Ddl *ddl, const AstObjectRef *ref, Oid owner)
{
    const Oid oid = ddl__type_to_alter(ddl, ref);
    const CatType *type = cat_type(ddl->view, oid);
    ddl__forbid_dependent_type(ddl, oid);
    if (type->kind == 'm') {
        Error *error = error_begin(SQLSTATE_WRONG_OBJECT_TYPE);
        error_message(error, "cannot alter multirange type %.*s",
                      STR_ARG(cat_type_name(ddl->view, ddl->arena, oid, -1)));
        error_hint(error, "You can alter type %.*s, which will alter the multirange type as well.",
                   STR_ARG(cat_type_name(ddl->view, ddl->arena, type->range_subtype, -1)));
        error_raise(error);
    }
    if (type->owner == owner) return;
    cat_check_owner(ddl->view, ddl__object(CLASS_TYPE, oid, 0));
    check_receiver(ddl, owner, type->namespace_);
    if (type->relation != 0)
        ddl__give_relation(ddl, type->relation, owner);
    else
        give_type(ddl, oid, owner, true);
}

static void own_other(Ddl *ddl, const AstObjectRef *ref, Oid owner)
{
    CatObject object = ddl__find_object(ddl, ref);
    cat_check_owner(ddl->view, object);
    const CatClass *class_ = cat_class(object.class_);
    if (class_ == NULL || class_->owner == CAT_NO_COLUMN)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "ALTER of this kind of object is not supported");
    Datum key = datum_oid(object.oid);
    const Datum *row = cat_row_find(ddl->view, class_->oid_index, &key, 1, ddl->arena);
    if (row[class_->owner].value.u32 == owner) return;
    Oid schema = class_->schema != CAT_NO_COLUMN ? row[class_->schema].value.u32 : 0;
    check_receiver(ddl, owner, schema);
    if (object.class_ == CLASS_NAMESPACE)
        cat_check_privilege(ddl->view, ddl__object(CLASS_DATABASE, cat_view_database(ddl->view), 0),
                            PRIV_CREATE);
    if (object.class_ == CLASS_DATABASE) ddl__may_own_database(ddl);
    give(ddl, object, owner, true);
}

/* ---- SET SCHEMA ---- */

typedef struct NewSchema {
    const CatClass *class_;
    Oid schema;
} NewSchema;

static void put_schema(void *arg, Datum *values)
{
    const NewSchema *new = arg;
    values[new->class_->schema] = datum_oid(new->schema);
}

static void put_constraint_schema(void *arg, Datum *values)
{
    values[PG_CONSTRAINT_CONNAMESPACE] = datum_oid(*(const Oid *)arg);
}

static bool is_temporary(Ddl *ddl, Oid schema)
{
    const CatNamespace *namespace_ = cat_namespace(ddl->view, schema);
    return str_starts(namespace_->name, STR("pg_temp_"));
}

static void check_schemas(Ddl *ddl, Oid from, Oid to)
{
    const CatNamespace *target = cat_namespace(ddl->view, to);
    if (is_temporary(ddl, from) || is_temporary(ddl, to))
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "cannot move objects into or out of temporary schemas");
    if (str_equal(target->name, STR("pg_toast")) || from == NAMESPACE_PG_TOAST)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "cannot move objects into or out of TOAST schema");
}

static Oid find_schema(Ddl *ddl, Str name)
{
    Oid oid = str_equal(name, STR("pg_temp")) ? cat_temporary_schema(ddl->view)
                                              : cat_namespace_named(ddl->view, name);
    if (oid == 0)
        raise_error(SQLSTATE_INVALID_SCHEMA_NAME, "schema \"%.*s\" does not exist", STR_ARG(name));
    cat_check_privilege(ddl->view, ddl__object(CLASS_NAMESPACE, oid, 0), PRIV_CREATE);
    return oid;
}

/* The object's dependency on its schema. */
static void change_dependency(Ddl *ddl, CatObject object, Oid to)
{
    Datum keys[3] = {datum_oid(object.class_), datum_oid(object.oid), datum_i32(0)};
    CatScan *scan = cat_scan_open(ddl->view, PG_DEPEND, PG_DEPEND_DEPENDER_INDEX, keys, 3);
    for (CatRow row; cat_scan_next(scan, &row);) {
        if (row.values[PG_DEPEND_REFCLASSID].value.u32 == CLASS_NAMESPACE)
            cat_delete(ddl->view, PG_DEPEND, row.id);
    }
    cat_scan_close(scan);
    cat_depend_add(ddl->view, object, ddl__object(CLASS_NAMESPACE, to, 0), 'n');
}

static void move(Ddl *ddl, CatObject object, Oid schema, bool depends)
{
    NewSchema new = {cat_class(object.class_), schema};
    ddl__update_object(ddl, object, put_schema, &new);
    if (depends) change_dependency(ddl, object, schema);
    cat_invalidate(ddl->view, object.class_, object.oid);
}

static void move_type(Ddl *ddl, Oid oid, Oid schema, bool depends)
{
    Oid array = cat_type(ddl->view, oid)->array;
    move(ddl, ddl__object(CLASS_TYPE, oid, 0), schema, depends);
    if (array != 0) move(ddl, ddl__object(CLASS_TYPE, array, 0), schema, false);
}

static void forbid_relation(Ddl *ddl, Str name, Oid schema)
{
    if (cat_relation_named(ddl->view, schema, name) != 0)
        raise_error(SQLSTATE_DUPLICATE_TABLE, "relation \"%.*s\" already exists in schema \"%.*s\"",
                    STR_ARG(name), STR_ARG(cat_namespace(ddl->view, schema)->name));
}

static void move_constraints(Ddl *ddl, CatalogIndex index, Oid of, Oid schema)
{
    Datum key = datum_oid(of);
    CatScan *scan = cat_scan_open(ddl->view, PG_CONSTRAINT, index, &key, 1);
    ARRAY_OF(Oid) oids = {.arena = ddl->arena};
    for (CatRow row; cat_scan_next(scan, &row);)
        array_push(&oids, row.values[PG_CONSTRAINT_OID].value.u32);
    cat_scan_close(scan);
    for (uint32_t i = 0; i < oids.count; i++)
        ddl__update_object(ddl, ddl__object(CLASS_CONSTRAINT, oids.items[i], 0),
                           put_constraint_schema, &schema);
}

static void move_relation(Ddl *ddl, Oid oid, Oid schema)
{
    const CatRelation *relation = ddl__reopen(ddl, oid);
    uint32_t index_count = relation->index_count, sequence_count;
    Oid type = relation->type;
    bool composite = relation->kind == 'c';
    Oid *indexes = ARENA_ARRAY(ddl->arena, Oid, index_count);
    for (uint32_t i = 0; i < index_count; i++) indexes[i] = relation->indexes[i]->oid;
    Oid *sequences = ddl__owned_sequences(ddl, oid, &sequence_count);
    forbid_relation(ddl, relation->name, schema);
    move(ddl, ddl__object(CLASS_RELATION, oid, 0), schema, !composite);
    if (type != 0) move_type(ddl, type, schema, composite);
    for (uint32_t i = 0; i < index_count; i++) {
        forbid_relation(ddl, cat_relation(ddl->view, indexes[i])->name, schema);
        move(ddl, ddl__object(CLASS_RELATION, indexes[i], 0), schema, false);
    }
    for (uint32_t i = 0; i < sequence_count; i++) {
        forbid_relation(ddl, cat_relation(ddl->view, sequences[i])->name, schema);
        move(ddl, ddl__object(CLASS_RELATION, sequences[i], 0), schema, true);
    }
    move_constraints(ddl, PG_CONSTRAINT_CONRELID_CONTYPID_CONNAME_INDEX, oid, schema);
    cat_view_next_command(ddl->view);
}

static void schema_of_relation(Ddl *ddl, const AstAlterSchema *ast)
{
    const CatRelation *relation = ddl__open_to_alter(ddl, ast->relation, ast->kind_of,
                                                     LOCK_ACCESS_EXCLUSIVE, ast->if_exists);
    if (relation == NULL) return;
    Oid oid = relation->oid, from = relation->namespace_;
    Oid table = relation->kind == 'S' ? ddl__sequence_owner(ddl, oid) : 0;
    if (table != 0) {
        Error *error = error_begin(SQLSTATE_FEATURE_NOT_SUPPORTED);
        error_message(error, "cannot move an owned sequence into another schema");
        error_detail(error, "Sequence \"%.*s\" is linked to table \"%.*s\".",
                     STR_ARG(relation->name), STR_ARG(cat_relation(ddl->view, table)->name));
        error_raise(error);
    }
    if (relation->kind == 'c') {
        Error *error = error_begin(SQLSTATE_WRONG_OBJECT_TYPE);
        error_message(error, "\"%.*s\" is a composite type", STR_ARG(relation->name));
        error_hint(error, "Use ALTER TYPE instead.");
        error_raise(error);
    }
    Oid schema = find_schema(ddl, ast->schema);
    check_schemas(ddl, from, schema);
    if (from != schema) move_relation(ddl, oid, schema);
}

static void schema_of_type(Ddl *ddl, const AstAlterSchema *ast)
{
    const Oid oid = ddl__type_to_alter(ddl, ast->object), schema = find_schema(ddl, ast->schema);
    const CatType *type = cat_type(ddl->view, oid);
    const Oid from = type->namespace_;
    cat_check_owner(ddl->view, ddl__object(CLASS_TYPE, oid, 0));
    ddl__forbid_dependent_type(ddl, oid);
    check_schemas(ddl, from, schema);
    if (from == schema) return;
    if (cat_type_named(ddl->view, schema, type->name) != 0)
        raise_error(SQLSTATE_DUPLICATE_OBJECT, "type \"%.*s\" already exists in schema \"%.*s\"",
                    STR_ARG(type->name), STR_ARG(cat_namespace(ddl->view, schema)->name));
    if (type->relation != 0) {
        move_relation(ddl, type->relation, schema);
        return;
    }
    move_type(ddl, oid, schema, true);
    cat_view_next_command(ddl->view);
}

/* Raises where the schema has one of that name. */
static void forbid_other(Ddl *ddl, CatObject object, Str name, Oid schema)
{
    switch (object.class_) {
    case CLASS_PROC: ddl__forbid_routine(ddl, object.oid, name, schema); return;
    case CLASS_COLLATION: ddl__forbid_collation(ddl, schema, name); return;
    case CLASS_STATISTICS: ddl__forbid_statistics(ddl, schema, name); return;
    default: return; /* what has a unique index alone */
    }
}

static void schema_of_other(Ddl *ddl, const AstAlterSchema *ast)
{
    const CatObject object = ddl__find_object(ddl, ast->object);
    const CatClass *class_ = cat_class(object.class_);
    const Oid schema = find_schema(ddl, ast->schema);
    const Datum key = datum_oid(object.oid);
    const Datum *row = cat_row_find(ddl->view, class_->oid_index, &key, 1, ddl->arena);
    const Oid from = row[class_->schema].value.u32;
    check_schemas(ddl, from, schema);
    cat_check_owner(ddl->view, object);
    if (from == schema) return;
    forbid_other(ddl, object, strview_str(&row[class_->name].value.str), schema);
    move(ddl, object, schema, true);
}

/* ---- the statements ---- */

static const struct {
    AstObjectType object;
    const char *tag;
    void (*move)(Ddl *ddl, const AstAlterSchema *ast);
    void (*own)(Ddl *ddl, const AstObjectRef *ref, Oid owner);
} kinds[] = {
    {AST_OBJECT_TABLE, "ALTER TABLE", schema_of_relation, NULL},
    {AST_OBJECT_VIEW, "ALTER VIEW", schema_of_relation, NULL},
    {AST_OBJECT_MATERIALIZED_VIEW, "ALTER MATERIALIZED VIEW", schema_of_relation, NULL},
    {AST_OBJECT_FOREIGN_TABLE, "ALTER FOREIGN TABLE", schema_of_relation, NULL},
    {AST_OBJECT_SEQUENCE, "ALTER SEQUENCE", schema_of_relation, NULL},
    {AST_OBJECT_TYPE, "ALTER TYPE", schema_of_type, own_type},
    {AST_OBJECT_DOMAIN, "ALTER DOMAIN", schema_of_type, own_type},
    {AST_OBJECT_FUNCTION, "ALTER FUNCTION", schema_of_other, own_other},
    {AST_OBJECT_PROCEDURE, "ALTER PROCEDURE", schema_of_other, own_other},
    {AST_OBJECT_ROUTINE, "ALTER ROUTINE", schema_of_other, own_other},
    {AST_OBJECT_AGGREGATE, "ALTER AGGREGATE", schema_of_other, own_other},
    {AST_OBJECT_COLLATION, "ALTER COLLATION", schema_of_other, own_other},
    {AST_OBJECT_SCHEMA, "ALTER SCHEMA", NULL, own_other},
    {AST_OBJECT_DATABASE, "ALTER DATABASE", NULL, own_other},
    {AST_OBJECT_TABLESPACE, "ALTER TABLESPACE", NULL, own_other},
    {AST_OBJECT_LANGUAGE, "ALTER LANGUAGE", NULL, own_other},
    {AST_OBJECT_OPERATOR, "ALTER OPERATOR", schema_of_other, own_other},
    {AST_OBJECT_STATISTICS, "ALTER STATISTICS", schema_of_other, own_other},
    {AST_OBJECT_LARGE_OBJECT, "ALTER LARGE OBJECT", NULL, own_other},
};

static const char *tag_of(AstObjectType object)
{
    for (uint32_t i = 0; i < ARRAY_LEN(kinds); i++) {
        if (kinds[i].object == object) return kinds[i].tag;
    }
    raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "ALTER of this kind of object is not supported");
}

const char *ddl__alter_owner_tag(const AstNode *tree)
{
    return tag_of(AST_AS(AlterOwner, tree)->object->object);
}

const char *ddl__alter_schema_tag(const AstNode *tree)
{
    return tag_of(AST_AS(AlterSchema, tree)->kind_of);
}

void ddl__alter_owner(UtilityCall *call)
{
    Ddl ddl = ddl__begin(call);
    const AstAlterOwner *ast = AST_AS(AlterOwner, call->tree);
    Oid owner = ddl__role_of(&ddl, ast->owner);
    for (uint32_t i = 0; i < ARRAY_LEN(kinds); i++) {
        if (kinds[i].object == ast->object->object && kinds[i].own != NULL)
            kinds[i].own(&ddl, ast->object, owner);
    }
}

void ddl__alter_schema(UtilityCall *call)
{
    Ddl ddl = ddl__begin(call);
    const AstAlterSchema *ast = AST_AS(AlterSchema, call->tree);
    for (uint32_t i = 0; i < ARRAY_LEN(kinds); i++) {
        if (kinds[i].object == ast->kind_of && kinds[i].move != NULL) kinds[i].move(&ddl, ast);
    }
}

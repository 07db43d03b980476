/* SPDX-License-Identifier: Apache-2.0 */
/* object.c - what ALTER statements of all kinds ask before they change something: is it there, is it of the kind that
 * was written, may it be changed by this role. */
#include "ddl/ddl_internal.h"

/* ---- one row ---- */

void ddl__update_object(Ddl *ddl, CatObject object, void (*change)(void *arg, Datum *values),
                        void *arg)
{
    const CatClass *class_ = cat_class(object.class_);
    Datum key = datum_oid(object.oid);
    CatScan *scan = cat_scan_open(ddl->view, class_->table, class_->oid_index, &key, 1);
    CatRow row;
    if (!cat_scan_next(scan, &row))
        raise_error(SQLSTATE_INTERNAL_ERROR, "cache lookup failed for object %u", object.oid);
    Datum *values = ddl__copy_values(ddl->arena, class_->table, row.values);
    RowId id = row.id;
    cat_scan_close(scan);
    change(arg, values);
    cat_update(ddl->view, class_->table, id, values);
}

/* ---- relations ---- */

typedef struct RelationKind {
    AstObjectType object;
    const char *relkinds, *what;
} RelationKind;
static const RelationKind relation_kinds[] = {
    {AST_OBJECT_VIEW, "v", "a view"},
    {AST_OBJECT_MATERIALIZED_VIEW, "m", "a materialized view"},
    {AST_OBJECT_SEQUENCE, "S", "a sequence"},
    {AST_OBJECT_FOREIGN_TABLE, "f", "a foreign table"},
};

const char *ddl__relation_kinds(char relkind)
{
    switch (relkind) {
    case 'S': return "sequences";
    case 'i': return "indexes";
    case 'v': return "views";
    case 'm': return "materialized views";
    case 'c': return "composite types";
    case 't': return "TOAST tables";
    case 'f': return "foreign tables";
    case 'p': return "partitioned tables";
    case 'I': return "partitioned indexes";
    default: return "tables";
    }
}

void ddl__forbid_catalog(const CatRelation *relation)
{
    if (relation->oid < OID_FIRST_USER)
        raise_error(SQLSTATE_INSUFFICIENT_PRIVILEGE,
                    "permission denied: \"%.*s\" is a system catalog", STR_ARG(relation->name));
}

const CatRelation *ddl__open_to_alter(Ddl *ddl, const AstRangeVar *var, AstObjectType kind,
                                      LockMode mode, bool if_exists)
{
    CatName name = ddl__name(ddl, var);
    name.location = 0; /* errors of ALTER have no position */
    const CatRelation *relation = cat_relation_open(ddl->view, name, mode,
                                                    if_exists ? CAT_MISSING_OK : 0);
    if (relation == NULL) {
        ddl__notice(ddl, SEVERITY_NOTICE, SQLSTATE_SUCCESSFUL_COMPLETION,
                    "relation \"%.*s\" does not exist, skipping", STR_ARG(var->name));
        return NULL;
    }
    /* An index is changed with its table kept as it is. */
    cat_check_owner(ddl->view, ddl__object(CLASS_RELATION, relation->oid, 0));
    ddl__forbid_catalog(relation);
    for (uint32_t i = 0; i < ARRAY_LEN(relation_kinds); i++) {
        if (relation_kinds[i].object == kind &&
            strchr(relation_kinds[i].relkinds, relation->kind) == NULL)
            raise_error(SQLSTATE_WRONG_OBJECT_TYPE, "\"%.*s\" is not %s", STR_ARG(relation->name),
                        relation_kinds[i].what);
    }
    return relation;
}

Oid ddl__index_constraint(Ddl *ddl, Oid index)
{
    Datum keys[3] = {datum_oid(CLASS_RELATION), datum_oid(index), datum_i32(0)};
    CatScan *scan = cat_scan_open(ddl->view, PG_DEPEND, PG_DEPEND_DEPENDER_INDEX, keys, 3);
    Oid constraint = 0;
    for (CatRow row; cat_scan_next(scan, &row);) {
        if ((char)row.values[PG_DEPEND_DEPTYPE].value.i16 == 'i' &&
            row.values[PG_DEPEND_REFCLASSID].value.u32 == CLASS_CONSTRAINT)
            constraint = row.values[PG_DEPEND_REFOBJID].value.u32;
    }
    cat_scan_close(scan);
    return constraint;
}

void ddl__forbid_column(const CatRelation *relation, Str name)
{
    if (cat_system_column(name) != 0)
        raise_error(SQLSTATE_DUPLICATE_COLUMN,
                    "column name \"%.*s\" conflicts with a system column name", STR_ARG(name));
    if (ddl__find_column(relation, name) != 0)
        raise_error(SQLSTATE_DUPLICATE_COLUMN,
                    "column \"%.*s\" of relation \"%.*s\" already exists", STR_ARG(name),
                    STR_ARG(relation->name));
}

NodeStrs ddl__range_var_names(Ddl *ddl, const AstRangeVar *var)
{
    const Str parts[3] = {var->catalog, var->schema, var->name};
    NodeStrs names = {.items = ARENA_ARRAY(ddl->arena, Str, 3)};
    for (uint32_t i = 0; i < ARRAY_LEN(parts); i++) {
        if (parts[i].data != NULL) names.items[names.count++] = parts[i];
    }
    return names;
}

Str ddl__names_text(Ddl *ddl, const NodeStrs *names)
{
    StrBuilder text = str_builder(ddl->arena, 64);
    for (uint32_t i = 0; i < names->count; i++) {
        if (i > 0) str_add_char(&text, '.');
        str_add(&text, names->items[i]);
    }
    return str_done(&text);
}

/* ---- types ---- */

Oid ddl__type_named(Ddl *ddl, const AstObjectRef *ref)
{
    const NodeStrs *parts = ref->type != NULL ? &ref->type->names : &ref->names;
    CatName name = ddl__name_of(ddl, (const AstNode *)ref, parts);
    name.location = 0; /* PostgreSQL's errors say no place here */
    const Oid oid = cat_type_search(ddl->view, name);
    const bool array = ref->type != NULL && ref->type->bounds.count > 0;
    if (oid != 0) return array ? cat_type(ddl->view, oid)->array : oid;
    raise_error(SQLSTATE_UNDEFINED_OBJECT, "type \"%.*s\" does not exist",
                STR_ARG(ddl__names_text(ddl, parts)));
}

Oid ddl__type_to_alter(Ddl *ddl, const AstObjectRef *ref)
{
    const Oid oid = ddl__type_named(ddl, ref);
    if (ref->object == AST_OBJECT_DOMAIN && cat_type(ddl->view, oid)->kind != 'd')
        raise_error(SQLSTATE_WRONG_OBJECT_TYPE, "%.*s is not a domain",
                    STR_ARG(cat_type_name(ddl->view, ddl->arena, oid, -1)));
    return oid;
}

void ddl__forbid_dependent_type(Ddl *ddl, Oid oid)
{
    const CatType *type = cat_type(ddl->view, oid);
    const Str name = cat_type_name(ddl->view, ddl->arena, oid, -1);
    const CatRelation *relation = type->relation != 0 ? cat_relation(ddl->view, type->relation)
                                                      : NULL;
    Error *error = NULL;
    if (relation != NULL && relation->kind != 'c') {
        error = error_begin(SQLSTATE_WRONG_OBJECT_TYPE);
        error_message(error, "%.*s is a table's row type", STR_ARG(name));
        error_hint(error, "Use ALTER TABLE instead.");
    } else if (type->element != 0 && cat_type(ddl->view, type->element)->array == oid) {
        error = error_begin(SQLSTATE_WRONG_OBJECT_TYPE);
        error_message(error, "cannot alter array type %.*s", STR_ARG(name));
        error_hint(error, "You can alter type %.*s, which will alter the array type as well.",
                   STR_ARG(cat_type_name(ddl->view, ddl->arena, type->element, -1)));
    }
    if (error != NULL) error_raise(error);
}

Oid ddl__alterable_type(Ddl *ddl, const AstObjectRef *ref)
{
    const Oid oid = ddl__type_to_alter(ddl, ref);
    cat_check_owner(ddl->view, ddl__object(CLASS_TYPE, oid, 0));
    ddl__forbid_dependent_type(ddl, oid);
    return oid;
}

const CatConstraint *ddl__domain_constraint(Ddl *ddl, Oid oid, Str name)
{
    const CatType *domain = cat_type(ddl->view, oid);
    for (uint32_t i = 0; i < domain->constraint_count; i++) {
        if (str_equal(domain->constraints[i].name, name)) return &domain->constraints[i];
    }
    raise_error(SQLSTATE_UNDEFINED_OBJECT, "constraint \"%.*s\" for domain %.*s does not exist",
                STR_ARG(name), STR_ARG(cat_type_name(ddl->view, ddl->arena, oid, -1)));
}

/* ---- functions ---- */

void ddl__forbid_routine(Ddl *ddl, Oid oid, Str name, Oid schema)
{
    const CatFunction *own = cat_function(ddl->view, oid);
    uint32_t count;
    const CatFunction **others = cat_functions_named(ddl->view, name, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (others[i]->namespace_ != schema || others[i]->arg_count != own->arg_count ||
            !oids_equal(others[i]->args, own->args, own->arg_count))
            continue;
        StrBuilder text = str_builder(ddl->arena, 64);
        for (uint32_t a = 0; a < own->arg_count; a++) {
            if (a > 0) str_add(&text, STR(", "));
            str_add(&text, cat_type_name(ddl->view, ddl->arena, own->args[a], -1));
        }
        raise_error(SQLSTATE_DUPLICATE_FUNCTION,
                    "function %.*s(%.*s) already exists in schema \"%.*s\"", STR_ARG(name),
                    STR_ARG(str_done(&text)), STR_ARG(cat_namespace(ddl->view, schema)->name));
    }
}

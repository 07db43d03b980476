/* SPDX-License-Identifier: Apache-2.0 */
/* type.c - CREATE TYPE of enums and composites, CREATE DOMAIN. */
#include "ddl/column.h"

void ddl__forbid_type(const Ddl *ddl, Oid schema, Str name)
{
    if (cat_type_named(ddl->view, schema, name) != 0)
        raise_error(SQLSTATE_DUPLICATE_OBJECT, "type \"%.*s\" already exists", STR_ARG(name));
}

Oid ddl__insert_type(Ddl *ddl, Oid schema, Str name, Oid like,
                     void (*change)(void *arg, Datum *values), void *arg)
{
    Datum key = datum_oid(like);
    CatScan *scan = cat_scan_open(ddl->view, PG_TYPE, PG_TYPE_OID_INDEX, &key, 1);
    CatRow row;
    if (!cat_scan_next(scan, &row))
        raise_error(SQLSTATE_UNDEFINED_OBJECT, "type with OID %u does not exist", like);
    Datum v[PG_TYPE_COLUMNS];
    memcpy(v, row.values, sizeof(v));
    Oid oid = cat_new_oid(ddl->view, PG_TYPE), array = cat_new_oid(ddl->view, PG_TYPE);
    Oid owner = cat_view_role(ddl->view);
    v[PG_TYPE_OID] = datum_oid(oid);
    v[PG_TYPE_TYPNAME] = datum_str(name);
    v[PG_TYPE_TYPNAMESPACE] = datum_oid(schema);
    v[PG_TYPE_TYPOWNER] = datum_oid(owner);
    v[PG_TYPE_TYPARRAY] = datum_oid(array);
    v[PG_TYPE_TYPISPREFERRED] = datum_bool(false);
    v[PG_TYPE_TYPELEM] = datum_oid(0);
    v[PG_TYPE_TYPSUBSCRIPT] = datum_oid(0);
    v[PG_TYPE_TYPRELID] = datum_oid(0);
    v[PG_TYPE_TYPACL] = cat_new_acl(ddl->view, CLASS_TYPE, 0, owner, schema);
    change(arg, v);
    char align = (char)v[PG_TYPE_TYPALIGN].value.i16;
    Oid collation = v[PG_TYPE_TYPCOLLATION].value.u32;
    (void)cat_insert(ddl->view, PG_TYPE, v);
    cat_scan_close(scan);
    CatObject self = ddl__object(CLASS_TYPE, oid, 0);
    if (schema >= 16384 || schema == 2200)
        cat_depend_add(ddl->view, self, ddl__object(CLASS_NAMESPACE, schema, 0), 'n');
    /* A multirange goes wherever its range goes. */
    if ((char)v[PG_TYPE_TYPTYPE].value.i16 != 'm') cat_depend_owner(ddl->view, self, owner);
    cat_depend_on_acl(ddl->view, self, owner, &v[PG_TYPE_TYPACL]);
    cat_view_next_command(ddl->view);
    (void)cat_create_array_type(ddl->view, array, schema, owner, name, oid, align, ',', collation);
    return oid;
}

/* ---- enums ---- */

static void enum_row(void *arg, Datum *v)
{
    (void)arg;
    v[PG_TYPE_TYPLEN] = datum_i16(4);
    v[PG_TYPE_TYPBYVAL] = datum_bool(true);
    v[PG_TYPE_TYPTYPE] = datum_char('e');
    v[PG_TYPE_TYPCATEGORY] = datum_char('E');
    v[PG_TYPE_TYPALIGN] = datum_char('i');
    v[PG_TYPE_TYPSTORAGE] = datum_char('p');
    v[PG_TYPE_TYPINPUT] = datum_oid(3506);
    v[PG_TYPE_TYPOUTPUT] = datum_oid(3507);
    v[PG_TYPE_TYPRECEIVE] = datum_oid(3532);
    v[PG_TYPE_TYPSEND] = datum_oid(3533);
    v[PG_TYPE_TYPCOLLATION] = datum_oid(0);
}

static void check_label(Str label)
{
    if (label.bytes <= IDENTIFIER_BYTES_MAX) return;
    Error *error = error_begin(SQLSTATE_INVALID_NAME);
    error_message(error, "invalid enum label \"%.*s\"", STR_ARG(label));
    error_detail(error, "Labels must be %d bytes or less.", IDENTIFIER_BYTES_MAX);
    error_raise(error);
}

static Oid insert_label(Ddl *ddl, Oid type, float order, Str label)
{
    Datum v[PG_ENUM_COLUMNS];
    const Oid oid = cat_new_oid(ddl->view, PG_ENUM);
    v[PG_ENUM_OID] = datum_oid(oid);
    v[PG_ENUM_ENUMTYPID] = datum_oid(type);
    v[PG_ENUM_ENUMSORTORDER] = datum_f32(order);
    v[PG_ENUM_ENUMLABEL] = datum_str(label);
    (void)cat_insert(ddl->view, PG_ENUM, v);
    return oid;
}

/* PostgreSQL leaves it to the catalog's index to find them. */
static void forbid_same_labels(Oid type, const NodeStrs *labels)
{
    for (uint32_t i = 1; i < labels->count; i++) {
        for (uint32_t j = 0; j < i; j++) {
            if (!str_equal(labels->items[j], labels->items[i])) continue;
            Error *error = error_begin(SQLSTATE_UNIQUE_VIOLATION);
            error_message(error, "duplicate key value violates unique constraint "
                                 "\"pg_enum_typid_label_index\"");
            error_detail(error, "Key (enumtypid, enumlabel)=(%u, %.*s) already exists.", type,
                         STR_ARG(labels->items[i]));
            error_object(error, STR("pg_catalog"), STR("pg_enum"), (Str){0}, (Str){0},
                         STR("pg_enum_typid_label_index"));
            error_raise(error);
        }
    }
}

void ddl__create_enum(UtilityCall *call)
{
    Ddl ddl = ddl__begin(call);
    const AstCreateEnum *ast = AST_AS(CreateEnum, call->tree);
    CatName name = ddl__name_of(&ddl, call->tree, &ast->names);
    Oid schema = ddl__schema_for(&ddl, name, false);
    ddl__forbid_type(&ddl, schema, name.name);
    for (uint32_t i = 0; i < ast->labels.count; i++) check_label(ast->labels.items[i]);
    Oid oid = ddl__insert_type(&ddl, schema, name.name, 23, enum_row, NULL);
    if (!session_in_savepoint(ddl.session)) cat_note_new_enum(ddl.view, oid);
    forbid_same_labels(oid, &ast->labels);
    for (uint32_t i = 0; i < ast->labels.count; i++)
        (void)insert_label(&ddl, oid, (float)(i + 1), ast->labels.items[i]);
    cat_invalidate(ddl.view, CLASS_TYPE, oid);
}

static const FnEnumLabel *find_label(const CatType *type, Str label)
{
    for (uint32_t i = 0; i < type->label_count; i++) {
        if (str_equal(type->labels[i].label, label)) return &type->labels[i];
    }
    return NULL;
}

static const FnEnumLabel *get_label(const CatType *type, Str label)
{
    const FnEnumLabel *found = find_label(type, label);
    if (found == NULL)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "\"%.*s\" is not an existing enum label",
                    STR_ARG(label));
    return found;
}

/* Between a neighbour and whoever stands on its other side. Labels keep their numbers for ever, since keys of indexes
 * are made of them: where no number is left between two, none can be put there. */
static float order_beside(const CatType *type, const FnEnumLabel *neighbor, bool after)
{
    const FnEnumLabel *other = NULL;
    for (uint32_t i = 0; i < type->label_count; i++) {
        const FnEnumLabel *label = &type->labels[i];
        if (after ? label->order <= neighbor->order : label->order >= neighbor->order) continue;
        if (other == NULL || (after ? label->order < other->order : label->order > other->order))
            other = label;
    }
    if (other == NULL) return neighbor->order + (after ? 1 : -1);
    float order = (neighbor->order + other->order) / 2;
    if (order == neighbor->order || order == other->order)
        raise_error(SQLSTATE_PROGRAM_LIMIT_EXCEEDED,
                    "there is no room for another label between \"%.*s\" and \"%.*s\"",
                    STR_ARG(neighbor->label), STR_ARG(other->label));
    return order;
}

static float order_at_end(const CatType *type)
{
    float most = 0;
    for (uint32_t i = 0; i < type->label_count; i++) {
        if (i == 0 || type->labels[i].order > most) most = type->labels[i].order;
    }
    return most + 1;
}

static void rename_label(Ddl *ddl, const CatType *type, Str from, Str to)
{
    Oid oid = type->oid;
    (void)get_label(type, from);
    if (find_label(type, to) != NULL)
        raise_error(SQLSTATE_DUPLICATE_OBJECT, "enum label \"%.*s\" already exists", STR_ARG(to));
    Datum keys[2] = {datum_oid(oid), datum_str(from)};
    CatScan *scan = cat_scan_open(ddl->view, PG_ENUM, PG_ENUM_TYPID_LABEL_INDEX, keys, 2);
    CatRow row;
    bool there = cat_scan_next(scan, &row);
    ASSERT(there);
    (void)there;
    Datum *values = ddl__copy_values(ddl->arena, PG_ENUM, row.values);
    RowId id = row.id;
    cat_scan_close(scan);
    values[PG_ENUM_ENUMLABEL] = datum_str(to);
    cat_update(ddl->view, PG_ENUM, id, values);
}

void ddl__alter_enum(UtilityCall *call)
{
    Ddl ddl = ddl__begin(call);
    const AstAlterEnum *ast = AST_AS(AlterEnum, call->tree);
    AstObjectRef ref = {.names = ast->names};
    const CatType *type = cat_type(ddl.view, ddl__type_named(&ddl, &ref));
    if (type->kind != 'e')
        raise_error(SQLSTATE_WRONG_OBJECT_TYPE, "%.*s is not an enum",
                    STR_ARG(cat_type_name(ddl.view, ddl.arena, type->oid, -1)));
    cat_check_owner(ddl.view, ddl__object(CLASS_TYPE, type->oid, 0));
    check_label(ast->new_label);
    if (ast->old_label.data != NULL) {
        rename_label(&ddl, type, ast->old_label, ast->new_label);
        return;
    }
    if (find_label(type, ast->new_label) != NULL) {
        if (!ast->if_not_exists)
            raise_error(SQLSTATE_DUPLICATE_OBJECT, "enum label \"%.*s\" already exists",
                        STR_ARG(ast->new_label));
        ddl__notice(&ddl, SEVERITY_NOTICE, SQLSTATE_DUPLICATE_OBJECT,
                    "enum label \"%.*s\" already exists, skipping", STR_ARG(ast->new_label));
        return;
    }
    float order = ast->neighbor.data != NULL
                      ? order_beside(type, get_label(type, ast->neighbor), ast->after)
                      : order_at_end(type);
    const Oid label = insert_label(&ddl, type->oid, order, ast->new_label);
    cat_note_new_label(ddl.view, type->oid, label, session_in_savepoint(ddl.session));
}

/* ---- domains ---- */

typedef struct DomainWork {
    Oid base, collation;
    int32_t typmod;
    bool not_null;
    DomainDefault default_;
} DomainWork;

static void domain_row(void *arg, Datum *v)
{
    const DomainWork *work = arg;
    v[PG_TYPE_TYPTYPE] = datum_char('d');
    v[PG_TYPE_TYPNOTNULL] = datum_bool(work->not_null);
    v[PG_TYPE_TYPBASETYPE] = datum_oid(work->base);
    v[PG_TYPE_TYPTYPMOD] = datum_i32(work->typmod);
    v[PG_TYPE_TYPCOLLATION] = datum_oid(work->collation);
    v[PG_TYPE_TYPINPUT] = datum_oid(2597);
    v[PG_TYPE_TYPRECEIVE] = datum_oid(2598);
    v[PG_TYPE_TYPDEFAULTBIN] = work->default_.stored.data != NULL ? datum_str(work->default_.stored)
                                                                  : datum_null();
    v[PG_TYPE_TYPDEFAULT] = work->default_.text.data != NULL ? datum_str(work->default_.text)
                                                             : datum_null();
}

DomainDefault ddl__domain_default(Ddl *ddl, Oid base, int32_t typmod, Str domain,
                                  const AstNode *expr)
{
    QExpr *bound = bind_expression(ddl->arena, expr, &ddl->bind, NULL, BIND_DEFAULT, base, typmod,
                                   domain);
    StrBuilder text = str_builder(ddl->arena, 64);
    const DeparseOptions options = {.view = ddl->view, .env = ddl->bind.env};
    const QConst *constant = Q_IF(Const, (QNode *)bound);
    if (constant != NULL && constant->value.datum.null) return (DomainDefault){0};
    expr_deparse(&text, bound, NULL, &options);
    return (DomainDefault){bind_store(ddl->arena, (QNode *)bound), str_done(&text)};
}

static _Noreturn void forbid_base(Ddl *ddl, const AstTypeName *type)
{
    Error *error = error_begin(SQLSTATE_DATATYPE_MISMATCH);
    error_message(error, "\"%.*s%s\" is not a valid base type for a domain",
                  STR_ARG(ddl__names_text(ddl, &type->names)), type->bounds.count > 0 ? "[]" : "");
    error_position(error, ddl__position(ddl, type));
    error_raise(error);
}

#define NO_DEFERRING                                                        \
    {                                                                       \
        SQLSTATE_FEATURE_NOT_SUPPORTED,                                     \
            "specifying constraint deferrability not supported for domains" \
    }
#define NO_ENFORCING                                                         \
    {                                                                        \
        SQLSTATE_INVALID_OBJECT_DEFINITION,                                  \
            "specifying constraint enforceability not supported for domains" \
    }

/* What columns may have and domains not. */
static const struct {
    Sqlstate code;
    const char *message; /* NULL: a domain may have it */
} refused_clauses[] = {
    [AST_CONSTRAINT_GENERATED] = {SQLSTATE_FEATURE_NOT_SUPPORTED,
                                  "specifying GENERATED not supported for domains"},
    [AST_CONSTRAINT_IDENTITY] = {SQLSTATE_FEATURE_NOT_SUPPORTED,
                                 "specifying GENERATED not supported for domains"},
    [AST_CONSTRAINT_PRIMARY_KEY] = {SQLSTATE_SYNTAX_ERROR,
                                    "primary key constraints not possible for domains"},
    [AST_CONSTRAINT_UNIQUE] = {SQLSTATE_SYNTAX_ERROR,
                               "unique constraints not possible for domains"},
    [AST_CONSTRAINT_EXCLUSION] = {SQLSTATE_SYNTAX_ERROR,
                                  "exclusion constraints not possible for domains"},
    [AST_CONSTRAINT_FOREIGN_KEY] = {SQLSTATE_SYNTAX_ERROR,
                                    "foreign key constraints not possible for domains"},
    [AST_CONSTRAINT_ATTR_DEFERRABLE] = NO_DEFERRING,
    [AST_CONSTRAINT_ATTR_NOT_DEFERRABLE] = NO_DEFERRING,
    [AST_CONSTRAINT_ATTR_DEFERRED] = NO_DEFERRING,
    [AST_CONSTRAINT_ATTR_IMMEDIATE] = NO_DEFERRING,
    [AST_CONSTRAINT_ATTR_ENFORCED] = NO_ENFORCING,
    [AST_CONSTRAINT_ATTR_NOT_ENFORCED] = NO_ENFORCING,
};

static void check_domain_clauses(const Ddl *ddl, const AstConstraintList *clauses)
{
    bool null = false, not_null = false, has_default = false;
    for (uint32_t i = 0; i < clauses->count; i++) {
        const AstConstraint *clause = clauses->items[i];
        const AstConstraintKind kind = clause->constraint;
        Sqlstate code = refused_clauses[kind].code;
        const char *message = refused_clauses[kind].message;
        if (kind == AST_CONSTRAINT_CHECK && clause->no_inherit) {
            code = SQLSTATE_INVALID_OBJECT_DEFINITION;
            message = "check constraints for domains cannot be marked NO INHERIT";
        } else if (kind == AST_CONSTRAINT_DEFAULT && has_default) {
            code = SQLSTATE_SYNTAX_ERROR;
            message = "multiple default expressions";
        } else if (kind == AST_CONSTRAINT_NOT_NULL && not_null) {
            code = SQLSTATE_INVALID_OBJECT_DEFINITION;
            message = "redundant NOT NULL constraint definition";
        } else if ((kind == AST_CONSTRAINT_NOT_NULL && null) ||
                   (kind == AST_CONSTRAINT_NULL && not_null)) {
            code = SQLSTATE_SYNTAX_ERROR;
            message = "conflicting NULL/NOT NULL constraints";
        }
        null |= kind == AST_CONSTRAINT_NULL;
        not_null |= kind == AST_CONSTRAINT_NOT_NULL;
        has_default |= kind == AST_CONSTRAINT_DEFAULT;
        if (message == NULL) continue;
        Error *error = error_begin(code);
        error_message(error, "%s", message);
        error_raise(error_position(error, ddl__position(ddl, clause)));
    }
}

static Oid domain_collation(Ddl *ddl, const AstCreateDomain *ast, const CatType *base)
{
    if (ast->collation.count == 0) return base->collation;
    const Oid found = ddl__collation(ddl, (const AstNode *)ast, &ast->collation, false);
    if (base->collation != 0) return found;
    Error *error = error_begin(SQLSTATE_DATATYPE_MISMATCH);
    error_message(error, "collations are not supported by type %.*s",
                  STR_ARG(cat_type_name(ddl->view, ddl->arena, base->oid, -1)));
    error_raise(error_position(error, ddl__position(ddl, ast->type)));
}

void ddl__create_domain(UtilityCall *call)
{
    Ddl ddl = ddl__begin(call);
    const AstCreateDomain *ast = AST_AS(CreateDomain, call->tree);
    CatName name = ddl__name_of(&ddl, call->tree, &ast->names);
    Oid schema = ddl__schema_for(&ddl, name, false);
    ddl__forbid_type(&ddl, schema, name.name);
    DomainWork work = {.base = 0};
    work.base = bind_type_name(call->arena, ast->type, &ddl.bind, &work.typmod);
    cat_check_type_usage(ddl.view, work.base);
    const CatType *base = cat_type(ddl.view, work.base);
    if (base->kind == 'p') forbid_base(&ddl, ast->type);
    work.collation = domain_collation(&ddl, ast, base);
    check_domain_clauses(&ddl, &ast->constraints);
    for (uint32_t i = 0; i < ast->constraints.count; i++) {
        const AstConstraint *constraint = ast->constraints.items[i];
        if (constraint->constraint == AST_CONSTRAINT_NOT_NULL) work.not_null = true;
        if (constraint->constraint != AST_CONSTRAINT_DEFAULT) continue;
        work.default_ = ddl__domain_default(&ddl, work.base, work.typmod, name.name,
                                            constraint->expr);
    }
    Oid oid = ddl__insert_type(&ddl, schema, name.name, work.base, domain_row, &work);
    cat_view_next_command(ddl.view);
    ddl__depend_on_type(&ddl, ddl__object(CLASS_TYPE, oid, 0), work.base, 'n');
    if (work.collation != base->collation)
        cat_depend_add(ddl.view, ddl__object(CLASS_TYPE, oid, 0),
                       ddl__object(CLASS_COLLATION, work.collation, 0), 'n');
    ddl.bind.sql = (Str){0}; /* PostgreSQL tells no place in what CHECK says */
    for (uint32_t i = 0; i < ast->constraints.count; i++) {
        const AstConstraint *constraint = ast->constraints.items[i];
        if (constraint->constraint == AST_CONSTRAINT_NOT_NULL ||
            constraint->constraint == AST_CONSTRAINT_CHECK)
            (void)ddl__add_domain_constraint(&ddl, oid, constraint);
    }
    cat_invalidate(ddl.view, CLASS_TYPE, oid);
}

/* ---- composites ---- */

void ddl__create_composite(UtilityCall *call)
{
    Ddl ddl = ddl__begin(call);
    const AstCreateCompositeType *ast = AST_AS(CreateCompositeType, call->tree);
    CatName name = ddl__name(&ddl, ast->type_name);
    Oid schema = ddl__schema_for(&ddl, name, false);
    ddl__forbid_type(&ddl, schema, name.name);
    CatNewColumn *columns = ARENA_ARRAY(call->arena, CatNewColumn, ast->columns.count);
    ddl.bind.sql = (Str){0}; /* PostgreSQL's errors say no place here */
    for (uint32_t i = 0; i < ast->columns.count; i++) {
        AstColumnDef *column = ast->columns.items[i];
        column->base.location = NODE_NO_LOCATION;
        for (uint32_t j = 0; j < i; j++) {
            if (str_equal(columns[j].name, column->name))
                raise_error(SQLSTATE_DUPLICATE_COLUMN, "column \"%.*s\" specified more than once",
                            STR_ARG(column->name));
        }
        columns[i].name = column->name;
        columns[i].type = bind_type_name(call->arena, column->type, &ddl.bind, &columns[i].typmod);
        ddl__check_column_type(&ddl, column->name, columns[i].type);
        columns[i].dimensions = (uint16_t)column->type->bounds.count;
        columns[i].collation = ddl__column_collation(&ddl, column, columns[i].type);
    }
    CatNewRelation relation = {.namespace_ = schema,
                               .owner = cat_view_role(ddl.view),
                               .name = name.name,
                               .kind = 'c',
                               .persistence = 'p',
                               .columns = columns,
                               .column_count = ast->columns.count};
    (void)cat_create_relation(ddl.view, &relation);
}

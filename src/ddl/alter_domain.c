/* SPDX-License-Identifier: Apache-2.0 */
/* alter_domain.c - ALTER DOMAIN: its default, and constraints that come and go. One that comes is checked against all
 * values that tables hold: those of the domain and of domains over it. Where a value stands deeper, in an array or a
 * composite, PostgreSQL refuses, and so does this. */
#include "ddl/ddl_internal.h"

/* ---- the default ---- */

static void put_default(void *arg, Datum *values)
{
    const DomainDefault *new = arg;
    const bool none = new->stored.data == NULL;
    values[PG_TYPE_TYPDEFAULTBIN] = none ? datum_null() : datum_str(new->stored);
    values[PG_TYPE_TYPDEFAULT] = none ? datum_null() : datum_str(new->text);
}

static void change_default(Ddl *ddl, const CatType *domain, const AstExpr *expr)
{
    DomainDefault new = {0};
    ddl->bind.sql = (Str){0}; /* PostgreSQL's errors say no place here */
    if (expr != NULL)
        new = ddl__domain_default(ddl, domain->base, domain->typmod, domain->name, expr);
    ddl__update_object(ddl, ddl__object(CLASS_TYPE, domain->oid, 0), put_default, &new);
}

/* ---- constraints ---- */

static void clear_not_null(void *arg, Datum *values)
{
    (void)arg;
    values[PG_TYPE_TYPNOTNULL] = datum_bool(false);
}

static void drop_constraint(Ddl *ddl, const CatType *domain, const CatConstraint *constraint,
                            AstDropBehavior behavior)
{
    if (constraint->type == 'n')
        ddl__update_object(ddl, ddl__object(CLASS_TYPE, domain->oid, 0), clear_not_null, NULL);
    CatObject object = ddl__object(CLASS_CONSTRAINT, constraint->oid, 0);
    cat_drop(ddl->view, &object, 1, behavior == AST_DROP_CASCADE, ddl__drop_object, ddl);
}

static void drop_named(Ddl *ddl, const CatType *domain, const AstAlterDomain *ast)
{
    for (uint32_t i = 0; i < domain->constraint_count; i++) {
        if (!str_equal(domain->constraints[i].name, ast->name)) continue;
        drop_constraint(ddl, domain, &domain->constraints[i], ast->behavior);
        return;
    }
    if (!ast->if_exists)
        raise_error(SQLSTATE_UNDEFINED_OBJECT,
                    "constraint \"%.*s\" of domain \"%.*s\" does not exist", STR_ARG(ast->name),
                    STR_ARG(domain->name));
    ddl__notice(ddl, SEVERITY_NOTICE, SQLSTATE_SUCCESSFUL_COMPLETION,
                "constraint \"%.*s\" of domain \"%.*s\" does not exist, skipping",
                STR_ARG(ast->name), STR_ARG(domain->name));
}

static void drop_not_null(Ddl *ddl, const CatType *domain)
{
    for (uint32_t i = 0; i < domain->constraint_count; i++) {
        if (domain->constraints[i].type != 'n') continue;
        drop_constraint(ddl, domain, &domain->constraints[i], AST_DROP_RESTRICT);
        return;
    }
}

/* ---- a constraint that comes ---- */

static Str constraint_name(Ddl *ddl, const CatType *domain, Str given, const char *label)
{
    if (given.data == NULL)
        return ddl__choose_domain_constraint_name(ddl, domain->name, label, domain->oid);
    if (ddl__domain_constraint_exists(ddl, domain->oid, given))
        raise_error(SQLSTATE_DUPLICATE_OBJECT,
                    "constraint \"%.*s\" for domain \"%.*s\" already exists", STR_ARG(given),
                    STR_ARG(domain->name));
    return given;
}

QExpr *ddl__add_domain_constraint(Ddl *ddl, Oid oid, const AstConstraint *constraint)
{
    const CatType *domain = cat_type(ddl->view, oid);
    ConstraintRow row = {.domain = oid, .not_valid = constraint->not_valid};
    const bool check = constraint->constraint == AST_CONSTRAINT_CHECK;
    row.type = check ? 'c' : 'n';
    row.name = constraint_name(ddl, domain, constraint->name, check ? "check" : "not_null");
    QExpr *expr = NULL;
    if (check) {
        BindOptions options = ddl->bind;
        options.domain_value = domain->base;
        options.domain_typmod = domain->typmod;
        expr = bind_expression(ddl->arena, constraint->expr, &options, NULL, BIND_DOMAIN_CHECK, 16,
                               -1, STR("CHECK"));
        row.check = bind_store(ddl->arena, (QNode *)expr);
    }
    const CatObject self = ddl__object(CLASS_CONSTRAINT, ddl__insert_constraint(ddl, &row), 0);
    if (check) ddl__depend_on_expr(ddl, self, (QNode *)expr, 0, 'n');
    cat_view_next_command(ddl->view);
    return expr;
}

static void check_columns(Ddl *ddl, Oid type, const TypeInUse *use, QExpr *check);

static void check_user(Ddl *ddl, Oid type, const TypeInUse *use, CatObject user, QExpr *check)
{
    if (user.class_ == CLASS_TYPE) {
        const CatType *other = cat_type(ddl->view, user.oid);
        if (other != NULL && other->kind == 'd' && other->base == type)
            check_columns(ddl, user.oid, use, check);
        else if (other != NULL && other->element == type)
            ddl__forbid_stored_type(ddl, use, user.oid);
        return;
    }
    if (user.class_ != CLASS_RELATION || user.sub <= 0) return;
    const CatRelation *table = cat_relation(ddl->view, user.oid);
    if (table == NULL || strchr("rmc", table->kind) == NULL) return;
    if (table->kind != 'c') table = cat_relation_open_oid(ddl->view, user.oid, LOCK_SHARE);
    if (table == NULL || user.sub > table->column_count) return; /* gone meanwhile */
    const CatColumn *column = &table->columns[user.sub - 1];
    if (column->dropped || column->type != type) return;
    if (table->type != 0) ddl__forbid_stored_type(ddl, use, table->type);
    if (table->kind == 'c') return;
    SCOPED(scope);
    ExecOptions options = ddl__exec_options(ddl, scope);
    exec_check_domain(table, column->number, check, &options);
}

static void check_columns(Ddl *ddl, Oid type, const TypeInUse *use, QExpr *check)
{
    task_check_stack();
    uint32_t count;
    const CatObject *users = ddl__type_users(ddl, type, &count);
    for (uint32_t i = 0; i < count; i++) check_user(ddl, type, use, users[i], check);
}

/* Do the values that are there obey it? `check` NULL: NOT NULL. */
static void check_values(Ddl *ddl, const CatType *domain, QExpr *check)
{
    const TypeInUse use = {domain->name, "type", "it"};
    check_columns(ddl, domain->oid, &use, check);
}

static void set_not_null(void *arg, Datum *values)
{
    (void)arg;
    values[PG_TYPE_TYPNOTNULL] = datum_bool(true);
}

static void add_constraint(Ddl *ddl, const CatType *domain, const AstConstraint *constraint)
{
    const bool check = constraint->constraint == AST_CONSTRAINT_CHECK;
    if (!check && domain->not_null) return;
    ddl->bind.sql = (Str){0}; /* PostgreSQL's errors say no place here */
    QExpr *expr = ddl__add_domain_constraint(ddl, domain->oid, constraint);
    if (!check)
        ddl__update_object(ddl, ddl__object(CLASS_TYPE, domain->oid, 0), set_not_null, NULL);
    if (!constraint->not_valid) check_values(ddl, domain, expr);
}

static void put_validated(void *arg, Datum *values)
{
    (void)arg;
    values[PG_CONSTRAINT_CONVALIDATED] = datum_bool(true);
}

static void validate(Ddl *ddl, const CatType *domain, Str name)
{
    for (uint32_t i = 0; i < domain->constraint_count; i++) {
        const CatConstraint *constraint = &domain->constraints[i];
        if (!str_equal(constraint->name, name)) continue;
        if (constraint->type != 'c')
            raise_error(SQLSTATE_WRONG_OBJECT_TYPE,
                        "constraint \"%.*s\" of domain \"%.*s\" is not a check constraint",
                        STR_ARG(name), STR_ARG(domain->name));
        check_values(ddl, domain, (QExpr *)bind_load(ddl->arena, constraint->check->stored));
        ddl__update_object(ddl, ddl__object(CLASS_CONSTRAINT, constraint->oid, 0), put_validated,
                           NULL);
        return;
    }
    raise_error(SQLSTATE_UNDEFINED_OBJECT, "constraint \"%.*s\" of domain \"%.*s\" does not exist",
                STR_ARG(name), STR_ARG(domain->name));
}

/* ---- the statement ---- */

void ddl__alter_domain(UtilityCall *call)
{
    Ddl ddl = ddl__begin(call);
    const AstAlterDomain *ast = AST_AS(AlterDomain, call->tree);
    AstObjectRef ref = {.object = AST_OBJECT_DOMAIN, .names = ast->names};
    const Oid oid = ddl__alterable_type(&ddl, &ref);
    const CatType *domain = cat_type(ddl.view, oid);
    switch (ast->action) {
    case AST_DOMAIN_SET_DEFAULT: change_default(&ddl, domain, ast->expr); break;
    case AST_DOMAIN_DROP_DEFAULT: change_default(&ddl, domain, NULL); break;
    case AST_DOMAIN_DROP_NOT_NULL: drop_not_null(&ddl, domain); break;
    case AST_DOMAIN_DROP_CONSTRAINT: drop_named(&ddl, domain, ast); break;
    case AST_DOMAIN_SET_NOT_NULL: {
        const AstConstraint not_null = {.kind = AST_CONSTRAINT,
                                        .constraint = AST_CONSTRAINT_NOT_NULL};
        add_constraint(&ddl, domain, &not_null);
        break;
    }
    case AST_DOMAIN_ADD_CONSTRAINT: add_constraint(&ddl, domain, ast->constraint); break;
    case AST_DOMAIN_VALIDATE_CONSTRAINT: validate(&ddl, domain, ast->name); break;
    }
    cat_invalidate(ddl.view, CLASS_TYPE, oid);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* alter_domain.c - ALTER DOMAIN: its default, and constraints that go. Nothing of this asks for the values that tables
 * hold. */
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
    if (expr != NULL && expr->kind != AST_NULL_CONST)
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
    case AST_DOMAIN_SET_NOT_NULL:
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "ALTER DOMAIN SET NOT NULL is not supported");
    case AST_DOMAIN_ADD_CONSTRAINT:
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "ALTER DOMAIN ADD CONSTRAINT is not supported");
    case AST_DOMAIN_VALIDATE_CONSTRAINT:
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "ALTER DOMAIN VALIDATE CONSTRAINT is not supported");
    }
    cat_invalidate(ddl.view, CLASS_TYPE, oid);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* alter_constraint.c - ADD, ALTER, VALIDATE and DROP CONSTRAINT. How a constraint is made stands in constraint.c. */
#include "ddl/alter.h"

static const CatConstraint *constraint_named(const CatRelation *relation, Str name)
{
    for (uint32_t i = 0; i < relation->constraint_count; i++) {
        if (str_equal(relation->constraints[i].name, name)) return &relation->constraints[i];
    }
    return NULL;
}

static const CatConstraint *constraint_get(const CatRelation *relation, Str name)
{
    const CatConstraint *found = constraint_named(relation, name);
    if (found != NULL) return found;
    raise_error(SQLSTATE_UNDEFINED_OBJECT,
                "constraint \"%.*s\" of relation \"%.*s\" does not exist", STR_ARG(name),
                STR_ARG(relation->name));
}

void ddl__add_constraint(Alter *alter, const AstAlterCommand *command)
{
    NewConstraints constraints = {.arena = alter->ddl.arena};
    NewConstraint new = {.ast = command->constraint};
    array_push(&constraints, new);
    ddl__add_constraints(&alter->ddl, alter->oid, &constraints, true);
}

/* ---- VALIDATE ---- */

static void put_validated(void *arg, Datum *values)
{
    (void)arg;
    values[PG_CONSTRAINT_CONVALIDATED] = datum_bool(true);
}

static void check_rows(Alter *alter, const CatConstraint *constraint)
{
    SCOPED(scope);
    const CatRelation *relation = ddl__alter_relation(alter);
    ExecOptions options = ddl__exec_options(&alter->ddl, scope);
    exec_check_constraint(relation, constraint_get(relation, constraint->name), &options);
}

static void change(Alter *alter, const CatConstraint *constraint,
                   void (*put)(void *arg, Datum *values), void *arg)
{
    Ddl *ddl = &alter->ddl;
    ddl__update_object(ddl, ddl__object(CLASS_CONSTRAINT, constraint->oid, 0), put, arg);
    cat_invalidate(ddl->view, CLASS_RELATION, alter->oid);
    if (constraint->foreign_relation != 0)
        cat_invalidate(ddl->view, CLASS_RELATION, constraint->foreign_relation);
}

void ddl__validate_constraint(Alter *alter, const AstAlterCommand *command)
{
    const CatRelation *relation = ddl__alter_relation(alter);
    const CatConstraint *found = constraint_get(relation, command->name);
    if (found->type != 'c' && found->type != 'f' && found->type != 'n') {
        Error *error = error_begin(SQLSTATE_WRONG_OBJECT_TYPE);
        error_message(error, "cannot validate constraint \"%.*s\" of relation \"%.*s\"",
                      STR_ARG(command->name), STR_ARG(relation->name));
        error_detail(error, "This operation is not supported for this type of constraint.");
        error_raise(error);
    }
    if (!found->enforced)
        raise_error(SQLSTATE_OBJECT_NOT_IN_PREREQUISITE_STATE,
                    "cannot validate NOT ENFORCED constraint");
    if (found->validated) return;
    check_rows(alter, found);
    change(alter, found, put_validated, NULL);
}

/* ---- ALTER ---- */

static void put_deferrable(void *arg, Datum *values)
{
    const AstConstraint *ast = arg;
    values[PG_CONSTRAINT_CONDEFERRABLE] = datum_bool(ast->deferrable);
    values[PG_CONSTRAINT_CONDEFERRED] = datum_bool(ast->deferred);
}

static void put_enforced(void *arg, Datum *values)
{
    const bool enforced = *(const bool *)arg;
    values[PG_CONSTRAINT_CONENFORCED] = datum_bool(enforced);
    values[PG_CONSTRAINT_CONVALIDATED] = datum_bool(enforced);
}

static void put_no_inherit(void *arg, Datum *values)
{
    values[PG_CONSTRAINT_CONNOINHERIT] = datum_bool(*(const bool *)arg);
}

static void check_kind(const CatRelation *relation, const CatConstraint *constraint,
                       const AstAlterCommand *command)
{
    const char *wrong = NULL;
    if (command->alter_deferrable && constraint->type != 'f') wrong = "foreign key";
    if (command->alter_inherit && constraint->type != 'n') wrong = "not-null";
    if (wrong != NULL)
        raise_error(SQLSTATE_WRONG_OBJECT_TYPE,
                    "constraint \"%.*s\" of relation \"%.*s\" is not a %s constraint",
                    STR_ARG(constraint->name), STR_ARG(relation->name), wrong);
    if (command->alter_enforced && constraint->type != 'f')
        raise_error(SQLSTATE_WRONG_OBJECT_TYPE,
                    "cannot alter enforceability of constraint \"%.*s\" of relation \"%.*s\"",
                    STR_ARG(constraint->name), STR_ARG(relation->name));
}

void ddl__alter_constraint(Alter *alter, const AstAlterCommand *command)
{
    AstConstraint *ast = command->constraint;
    const CatRelation *relation = ddl__alter_relation(alter);
    const CatConstraint *constraint = constraint_get(relation, ast->name);
    check_kind(relation, constraint, command);
    if (command->alter_deferrable) change(alter, constraint, put_deferrable, ast);
    if (command->alter_inherit) change(alter, constraint, put_no_inherit, &ast->no_inherit);
    bool enforced = !ast->not_enforced;
    if (!command->alter_enforced || constraint->enforced == enforced) return;
    if (enforced) check_rows(alter, constraint);
    cat_view_next_command(alter->ddl.view);
    change(alter, constraint, put_enforced, &enforced);
}

/* ---- DROP ---- */

static void clear_not_null(void *arg, Datum *values)
{
    (void)arg;
    values[PG_ATTRIBUTE_ATTNOTNULL] = datum_bool(false);
}

void ddl__drop_constraint_object(Alter *alter, const CatConstraint *constraint, bool cascade)
{
    Ddl *ddl = &alter->ddl;
    if (constraint->type == 'n')
        ddl__update_attribute(ddl, alter->oid, constraint->columns[0], clear_not_null, NULL);
    CatObject object = ddl__object(CLASS_CONSTRAINT, constraint->oid, 0);
    cat_drop(ddl->view, &object, 1, cascade, ddl__drop_object, ddl);
    cat_invalidate(ddl->view, CLASS_RELATION, alter->oid);
}

void ddl__drop_constraint(Alter *alter, const AstAlterCommand *command)
{
    const CatRelation *relation = ddl__alter_relation(alter);
    const CatConstraint *found = command->if_exists ? constraint_named(relation, command->name)
                                                    : constraint_get(relation, command->name);
    if (found != NULL) {
        ddl__drop_constraint_object(alter, found, command->behavior == AST_DROP_CASCADE);
        return;
    }
    ddl__notice(&alter->ddl, SEVERITY_NOTICE, SQLSTATE_SUCCESSFUL_COMPLETION,
                "constraint \"%.*s\" of relation \"%.*s\" does not exist, skipping",
                STR_ARG(command->name), STR_ARG(relation->name));
}

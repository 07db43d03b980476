/* SPDX-License-Identifier: Apache-2.0 */
/* identity.c - ALTER COLUMN ... ADD GENERATED AS IDENTITY, SET GENERATED and sequence options, DROP IDENTITY. An
 * identity column is a mark in pg_attribute and a sequence that depends on the column as a part of it. */
#include "ddl/alter.h"

static void put_identity(void *arg, Datum *values)
{
    values[PG_ATTRIBUTE_ATTIDENTITY] = datum_char(*(const char *)arg);
}

static void mark(Alter *alter, int16_t column, char identity)
{
    ddl__update_attribute(&alter->ddl, alter->oid, column, put_identity, &identity);
    cat_invalidate(alter->ddl.view, CLASS_RELATION, alter->oid);
}

static _Noreturn void raise_state(const CatRelation *relation, Str column, const char *what)
{
    raise_error(SQLSTATE_OBJECT_NOT_IN_PREREQUISITE_STATE,
                "column \"%.*s\" of relation \"%.*s\" %s", STR_ARG(column), STR_ARG(relation->name),
                what);
}

void ddl__add_identity(Alter *alter, const AstAlterCommand *command)
{
    Ddl *ddl = &alter->ddl;
    const CatRelation *relation = ddl__alter_relation(alter);
    const int16_t number = ddl__alter_column(relation, command->name);
    const CatColumn *column = &relation->columns[number - 1];
    const AstConstraint *ast = command->constraint;
    NewSequence place = {.schema = relation->namespace_,
                         .owner = relation->owner,
                         .table = relation->name,
                         .column = column->name,
                         .persistence = relation->persistence,
                         .type = column->type,
                         .identity = true,
                         .options = &ast->options};
    const Oid sequence = ddl__create_owned_sequence(ddl, &place);
    relation = ddl__alter_relation(alter);
    column = &relation->columns[number - 1];
    if (!column->not_null)
        raise_state(relation, command->name,
                    "must be declared NOT NULL before identity can be added");
    if (column->identity != 0)
        raise_state(relation, command->name, "is already an identity column");
    if (column->default_ != NULL)
        raise_state(relation, command->name, "already has a default value");
    mark(alter, number, ast->by_default ? 'd' : 'a');
    ddl__own_sequence(ddl, sequence, alter->oid, number, 'i');
}

/* The options but for GENERATED, which is the column's; '\0': that was not given. */
static char take_generated(Alter *alter, const AstOptionList *options, AstOptionList *rest)
{
    Ddl *ddl = &alter->ddl;
    char generated = 0;
    rest->items = ARENA_ARRAY(ddl->arena, AstOption *, options->count);
    for (uint32_t i = 0; i < options->count; i++) {
        AstOption *option = options->items[i];
        if (!str_equal(option->name, STR("generated"))) {
            rest->items[rest->count++] = option;
            continue;
        }
        if (generated != 0) raise_error(SQLSTATE_SYNTAX_ERROR, "conflicting or redundant options");
        generated = str_equal(AST_AS(StringConst, option->value)->value, STR("always")) ? 'a' : 'd';
    }
    return generated;
}

void ddl__set_identity(Alter *alter, const AstAlterCommand *command)
{
    const CatRelation *relation = ddl__alter_relation(alter);
    const int16_t number = ddl__alter_column(relation, command->name);
    AstOptionList rest = {0};
    const char generated = take_generated(alter, &command->options, &rest);
    if (relation->columns[number - 1].identity == 0)
        raise_state(relation, command->name, "is not an identity column");
    if (generated != 0) mark(alter, number, generated);
    if (rest.count == 0) return;
    const Oid sequence = cat_identity_sequence(alter->ddl.view, alter->oid, number);
    ddl__alter_sequence_options(&alter->ddl, sequence, &rest, true);
}

void ddl__drop_identity(Alter *alter, const AstAlterCommand *command)
{
    Ddl *ddl = &alter->ddl;
    const CatRelation *relation = ddl__alter_relation(alter);
    const int16_t number = ddl__alter_column(relation, command->name);
    if (relation->columns[number - 1].identity == 0) {
        if (!command->if_exists) raise_state(relation, command->name, "is not an identity column");
        ddl__notice(ddl, SEVERITY_NOTICE, SQLSTATE_SUCCESSFUL_COMPLETION,
                    "column \"%.*s\" of relation \"%.*s\" is not an identity column, skipping",
                    STR_ARG(command->name), STR_ARG(relation->name));
        return;
    }
    const CatObject object = ddl__object(CLASS_RELATION,
                                         cat_identity_sequence(ddl->view, alter->oid, number), 0);
    mark(alter, number, 0);
    cat_depend_remove_between(ddl->view, object, ddl__object(CLASS_RELATION, alter->oid, number));
    cat_view_next_command(ddl->view);
    cat_drop(ddl->view, &object, 1, false, ddl__drop_object, ddl);
}

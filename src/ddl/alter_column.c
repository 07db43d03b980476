/* SPDX-License-Identifier: Apache-2.0 */
/* alter_column.c - ALTER COLUMN: default, generation expression, NOT NULL, and what the catalogs keep of a column for
 * planner and storage. */
#include "ddl/alter.h"
#include "ddl/column.h"
#include "ddl/virtual.h"

/* ---- defaults and generation expressions ---- */

static _Noreturn void raise_generated(const CatRelation *relation, Str column, const char *what,
                                      const char *instead)
{
    Error *error = error_begin(SQLSTATE_SYNTAX_ERROR);
    error_message(error, "column \"%.*s\" of relation \"%.*s\" is %s", STR_ARG(column),
                  STR_ARG(relation->name), what);
    if (instead != NULL)
        error_hint(error, "Use ALTER TABLE ... ALTER COLUMN ... %s instead.", instead);
    error_raise(error);
}

void ddl__column_default(Alter *alter, const AstAlterCommand *command)
{
    const CatRelation *relation = ddl__alter_relation(alter);
    const int16_t number = ddl__alter_column(relation, command->name);
    const CatColumn *column = &relation->columns[number - 1];
    const bool set = command->expr != NULL;
    if (column->identity != 0)
        raise_generated(relation, command->name, "an identity column",
                        set ? NULL : "DROP IDENTITY");
    if (column->generated != 0)
        raise_generated(relation, command->name, "a generated column",
                        set                        ? "SET EXPRESSION"
                        : column->generated == 'v' ? NULL
                                                   : "DROP EXPRESSION");
    ddl__drop_default(&alter->ddl, alter->oid, number);
    if (set)
        ddl__add_default(&alter->ddl, ddl__alter_relation(alter), number,
                         (const AstNode *)command->expr, false);
}

/* False: it is no generated column, and that was said. */
static bool need_generated(Alter *alter, const CatRelation *relation, int16_t number,
                           const AstAlterCommand *command)
{
    if (relation->columns[number - 1].generated != 0) return true;
    if (!command->if_exists)
        raise_error(SQLSTATE_OBJECT_NOT_IN_PREREQUISITE_STATE,
                    "column \"%.*s\" of relation \"%.*s\" is not a generated column",
                    STR_ARG(command->name), STR_ARG(relation->name));
    ddl__notice(&alter->ddl, SEVERITY_NOTICE, SQLSTATE_SUCCESSFUL_COMPLETION,
                "column \"%.*s\" of relation \"%.*s\" is not a generated column, skipping",
                STR_ARG(command->name), STR_ARG(relation->name));
    return false;
}

static void put_stored(void *arg, Datum *values)
{
    (void)arg;
    values[PG_ATTRIBUTE_ATTGENERATED] = datum_char(0);
}

void ddl__drop_expression(Alter *alter, const AstAlterCommand *command)
{
    const CatRelation *relation = ddl__alter_relation(alter);
    const int16_t number = ddl__alter_column(relation, command->name);
    if (!need_generated(alter, relation, number, command)) return;
    if (relation->columns[number - 1].generated == 'v')
        ddl__raise_virtual(relation, command->name, "DROP EXPRESSION");
    ddl__drop_default(&alter->ddl, alter->oid, number);
    cat_view_next_command(alter->ddl.view);
    ddl__update_attribute(&alter->ddl, alter->oid, number, put_stored, NULL);
    cat_invalidate(alter->ddl.view, CLASS_RELATION, alter->oid);
}

typedef struct NewExpression {
    Alter *alter;
    int16_t column;
    const AstNode *expr;
} NewExpression;

static void change_expression(void *arg)
{
    const NewExpression *new = arg;
    Ddl *ddl = &new->alter->ddl;
    ddl__drop_default(ddl, new->alter->oid, new->column);
    ddl__add_default(ddl, ddl__alter_relation(new->alter), new->column, new->expr, true);
}

static void set_virtual_expression(const CatRelation *relation, NewExpression *new)
{
    Ddl *ddl = &new->alter->ddl;
    for (uint32_t i = 0; i < relation->constraint_count; i++)
        if (relation->constraints[i].type == 'c')
            ddl__raise_virtual(relation, relation->columns[new->column - 1].name, "SET EXPRESSION");
    change_expression(new);
    relation = ddl__alter_relation(new->alter);
    if (!relation->columns[new->column - 1].not_null) return;
    SCOPED(scope);
    ExecOptions options = ddl__exec_options(ddl, scope);
    const CatConstraint check = {.type = 'n',
                                 .relation = relation->oid,
                                 .columns = &new->column,
                                 .column_count = 1};
    exec_check_constraint(relation, &check, &options);
}

void ddl__set_expression(Alter *alter, const AstAlterCommand *command)
{
    Ddl *ddl = &alter->ddl;
    const CatRelation *relation = ddl__alter_relation(alter);
    NewExpression new = {alter, ddl__alter_column(relation, command->name),
                         (const AstNode *)command->expr};
    (void)need_generated(alter, relation, new.column, command);
    if (relation->columns[new.column - 1].generated == 'v') {
        set_virtual_expression(relation, &new);
        return;
    }
    const AstNode *select = (const AstNode *)ddl__whole_table(ddl, relation);
    QQuery *query = bind_statement(ddl->arena, select, &ddl->bind);
    ddl__rewrite(ddl, relation, query, change_expression, &new);
}

/* ---- NOT NULL ---- */

void ddl__set_not_null(Alter *alter, const AstAlterCommand *command)
{
    const CatRelation *relation = ddl__alter_relation(alter);
    const int16_t column = ddl__alter_column(relation, command->name);
    if (relation->columns[column - 1].not_null) return;
    AstConstraint *ast = AST_NEW(alter->ddl.arena, Constraint);
    ast->constraint = AST_CONSTRAINT_NOT_NULL;
    ast->columns.items = arena_copy(alter->ddl.arena, &command->name, sizeof(Str));
    ast->columns.count = 1;
    NewConstraints constraints = {.arena = alter->ddl.arena};
    NewConstraint new = {.ast = ast};
    array_push(&constraints, new);
    ddl__add_constraints(&alter->ddl, alter->oid, &constraints, true);
}

void ddl__drop_not_null(Alter *alter, const AstAlterCommand *command)
{
    const CatRelation *relation = ddl__alter_relation(alter);
    const int16_t column = ddl__alter_column(relation, command->name);
    if (!relation->columns[column - 1].not_null) return;
    if (relation->columns[column - 1].identity != 0)
        raise_generated(relation, command->name, "an identity column", NULL);
    for (uint32_t i = 0; i < relation->index_count; i++) {
        const CatIndex *index = relation->indexes[i];
        for (uint32_t k = 0; index->primary && k < index->key_count; k++) {
            if (index->keys[k].column == column)
                raise_error(SQLSTATE_INVALID_TABLE_DEFINITION,
                            "column \"%.*s\" is in a primary key", STR_ARG(command->name));
        }
    }
    for (uint32_t i = 0; i < relation->constraint_count; i++) {
        const CatConstraint *constraint = &relation->constraints[i];
        if (constraint->type != 'n' || constraint->columns[0] != column) continue;
        ddl__drop_constraint_object(alter, constraint, false);
        return;
    }
}

/* ---- statistics, storage, compression ---- */

static void put_target(void *arg, Datum *values)
{
    values[PG_ATTRIBUTE_ATTSTATTARGET] = *(const Datum *)arg;
}

/* The column by name or, of an index, by number. */
static int16_t column_for_statistics(const CatRelation *relation, const AstAlterCommand *command)
{
    const bool index = relation->kind == 'i' || relation->kind == 'I';
    if (command->number == 0) return ddl__alter_column(relation, command->name);
    if (!index)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "cannot refer to non-index column by number");
    if (command->number > relation->column_count)
        raise_error(SQLSTATE_UNDEFINED_COLUMN,
                    "column number %d of relation \"%.*s\" does not exist", command->number,
                    STR_ARG(relation->name));
    return (int16_t)command->number;
}

/* Of an index, only expressions have statistics of their own. */
static void need_expression(Ddl *ddl, const CatRelation *index, int16_t number)
{
    Datum key = datum_oid(index->oid);
    const Datum *row = cat_row_find(ddl->view, PG_INDEX_INDEXRELID_INDEX, &key, 1, ddl->arena);
    const CatRelation *table = cat_relation(ddl->view, row[PG_INDEX_INDRELID].value.u32);
    for (uint32_t i = 0; i < table->index_count; i++) {
        const CatIndex *one = table->indexes[i];
        if (one->oid != index->oid) continue;
        const bool included = number > (int16_t)one->key_count;
        if (!included && one->keys[number - 1].column == 0) return;
        Error *error = error_begin(SQLSTATE_FEATURE_NOT_SUPPORTED);
        error_message(error, "cannot alter statistics on %s column \"%.*s\" of index \"%.*s\"",
                      included ? "included" : "non-expression",
                      STR_ARG(index->columns[number - 1].name), STR_ARG(index->name));
        if (!included) error_hint(error, "Alter statistics on table column instead.");
        error_raise(error);
    }
}

int32_t ddl__statistics_target(Ddl *ddl, const AstNode *expr)
{
    enum { TARGET_MAX = 10000 };
    const AstIntConst *number = AST_IF(IntConst, expr);
    const int32_t target = number != NULL ? number->value : -1;
    if (target < -1)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "statistics target %d is too low", target);
    if (target <= TARGET_MAX) return target;
    ddl__notice(ddl, SEVERITY_WARNING, SQLSTATE_INVALID_PARAMETER_VALUE,
                "lowering statistics target to %d", TARGET_MAX);
    return TARGET_MAX;
}

void ddl__set_statistics(Alter *alter, const AstAlterCommand *command)
{
    Ddl *ddl = &alter->ddl;
    const CatRelation *relation = ddl__alter_relation(alter);
    if (command->number != 0) (void)column_for_statistics(relation, command);
    const int32_t target = ddl__statistics_target(ddl, (const AstNode *)command->expr);
    const int16_t number = column_for_statistics(relation, command);
    if (relation->kind == 'i') need_expression(ddl, relation, number);
    if (relation->columns[number - 1].generated == 'v')
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "cannot alter statistics on virtual generated column \"%.*s\"",
                    STR_ARG(relation->columns[number - 1].name));
    Datum value = target < 0 ? datum_null() : datum_i16((int16_t)target);
    ddl__update_attribute(ddl, alter->oid, number, put_target, &value);
}

static void put_storage(void *arg, Datum *values)
{
    values[PG_ATTRIBUTE_ATTSTORAGE] = datum_char(*(const char *)arg);
}

void ddl__set_storage(Alter *alter, const AstAlterCommand *command)
{
    const CatRelation *relation = ddl__alter_relation(alter);
    const int16_t number = ddl__alter_column(relation, command->name);
    char storage = ddl__storage_of(&alter->ddl, command->word, relation->columns[number - 1].type);
    ddl__update_attribute(&alter->ddl, alter->oid, number, put_storage, &storage);
}

static void put_compression(void *arg, Datum *values)
{
    values[PG_ATTRIBUTE_ATTCOMPRESSION] = datum_char(*(const char *)arg);
}

void ddl__set_compression(Alter *alter, const AstAlterCommand *command)
{
    const CatRelation *relation = ddl__alter_relation(alter);
    const int16_t number = ddl__alter_column(relation, command->name);
    char compression = ddl__compression_of(&alter->ddl, command->word,
                                           relation->columns[number - 1].type);
    ddl__update_attribute(&alter->ddl, alter->oid, number, put_compression, &compression);
}

/* ---- options ---- */

static void put_options(void *arg, Datum *values)
{
    values[PG_ATTRIBUTE_ATTOPTIONS] = *(const Datum *)arg;
}

void ddl__set_column_options(Alter *alter, const AstAlterCommand *command)
{
    Ddl *ddl = &alter->ddl;
    const CatRelation *relation = ddl__alter_relation(alter);
    const int16_t number = ddl__alter_column(relation, command->name);
    Datum keys[2] = {datum_oid(alter->oid), datum_i16(number)};
    const Datum *row = cat_row_find(ddl->view, PG_ATTRIBUTE_RELID_ATTNUM_INDEX, keys, 2,
                                    ddl->arena);
    const bool reset = command->action == AST_ALTER_TABLE_RESET_COLUMN_OPTIONS;
    Datum options = ddl__change_options(ddl, OPTIONS_OF_COLUMN, row[PG_ATTRIBUTE_ATTOPTIONS],
                                        &command->options, reset);
    ddl__update_attribute(ddl, alter->oid, number, put_options, &options);
}

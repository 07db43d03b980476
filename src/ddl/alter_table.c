/* SPDX-License-Identifier: Apache-2.0 */
/* alter_table.c - ALTER TABLE: each action a function, in a table by action. Few actions rewrite the table (rewrite.c):
 * a new column's default is kept with the layout (docs/design.md section 3), a dropped column stays in old rows
 * unseen. */
#include "ddl/ddl_internal.h"

#include "expr/expr.h"
#include "table/table.h"
#include "type/array.h"

typedef struct Alter {
    Ddl ddl;
    const AstAlterTable *ast;
    Oid oid;
} Alter;

static const CatRelation *relation_of(Alter *alter)
{
    return ddl__reopen(&alter->ddl, alter->oid);
}

static int16_t column_of(Alter *alter, const CatRelation *relation, Str name)
{
    int16_t column = ddl__find_column(relation, name);
    if (column != 0) return column;
    if (cat_system_column(name) != 0)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "cannot alter system column \"%.*s\"",
                    STR_ARG(name));
    (void)alter;
    raise_error(SQLSTATE_UNDEFINED_COLUMN, "column \"%.*s\" of relation \"%.*s\" does not exist",
                STR_ARG(name), STR_ARG(relation->name));
}

/* ---- ADD COLUMN ---- */

/* The value that rows older than the column show. False: it differs from row to row, and rows are there. */
static bool missing_value(Alter *alter, const CatRelation *relation, const CatNewColumn *column,
                          const AstNode *expr, Datum *missing)
{
    Ddl *ddl = &alter->ddl;
    *missing = datum_null();
    if (expr == NULL) return true;
    QExpr *bound = bind_expression(ddl->arena, expr, &ddl->bind, relation, BIND_DEFAULT,
                                   column->type, column->typmod, column->name);
    if (expr_is_volatile(bound, ddl->bind.env)) return table_row_bound(relation->table) == 0;
    *missing = expr_value(ddl->arena, bound, ddl->bind.env);
    return true;
}

typedef struct Missing {
    Datum array;
} Missing;

static void set_missing(void *arg, Datum *values)
{
    values[PG_ATTRIBUTE_ATTHASMISSING] = datum_bool(true);
    values[PG_ATTRIBUTE_ATTMISSINGVAL] = ((const Missing *)arg)->array;
}

static void set_column_count(void *arg, Datum *values)
{
    values[PG_CLASS_RELNATTS] = datum_i16(*(const int16_t *)arg);
}

/* The further layout, and the column's rows of the catalogs. */
static void append_column(Alter *alter, const CatRelation *relation, const CatNewColumn *column,
                          Datum missing)
{
    Ddl *ddl = &alter->ddl;
    Table *table = relation->table;
    uint32_t count = table_column_count(table);
    TableColumn *columns = ARENA_ARRAY(ddl->arena, TableColumn, count + 1);
    memcpy(columns, table_columns(table), count * sizeof(TableColumn));
    const Type *type = type_get(ddl->bind.env, column->type);
    columns[count] = (TableColumn){.number = (uint16_t)count,
                                   .phys = (uint8_t)type->phys,
                                   .missing = missing};
    Status status = table_change_columns(table, columns, count + 1);
    if (status == ST_UNSUPPORTED)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "ADD COLUMN with a default of more than 2000 bytes is not supported");
    CHECK(status);
    int16_t number = (int16_t)(relation->column_count + 1);
    cat_create_column(ddl->view, alter->oid, relation->kind, number, (uint16_t)count, column);
    ddl__update_class(ddl, alter->oid, set_column_count, &number);
    cat_invalidate(ddl->view, CLASS_RELATION, alter->oid);
    if (missing.null) return;
    cat_view_next_command(ddl->view);
    Missing value = {datum_str(array_build(ddl->arena, type, &missing, 1))};
    ddl__update_attribute(ddl, alter->oid, number, set_missing, &value);
}

/* A column whose default differs from row to row: each row gets its own when it is written anew. */
typedef struct AddedColumn {
    Alter *alter;
    const CatNewColumn *column;
    const AstNode *default_;
} AddedColumn;

static void append_with_default(void *arg)
{
    const AddedColumn *added = arg;
    append_column(added->alter, relation_of(added->alter), added->column, datum_null());
    const CatRelation *relation = relation_of(added->alter);
    ddl__add_default(&added->alter->ddl, relation, relation->column_count, added->default_, false);
}

static void add_column(Alter *alter, const AstAlterCommand *command)
{
    Ddl *ddl = &alter->ddl;
    AstColumnDef *ast = command->column;
    const CatRelation *relation = relation_of(alter);
    if (ddl__find_column(relation, ast->name) != 0) {
        if (!command->if_not_exists)
            raise_error(SQLSTATE_DUPLICATE_COLUMN,
                        "column \"%.*s\" of relation \"%.*s\" already exists", STR_ARG(ast->name),
                        STR_ARG(relation->name));
        ddl__notice(ddl, SEVERITY_NOTICE, SQLSTATE_DUPLICATE_COLUMN,
                    "column \"%.*s\" of relation \"%.*s\" already exists, skipping",
                    STR_ARG(ast->name), STR_ARG(relation->name));
        return;
    }
    if (cat_system_column(ast->name) != 0)
        raise_error(SQLSTATE_DUPLICATE_COLUMN,
                    "column name \"%.*s\" conflicts with a system column name", STR_ARG(ast->name));
    CatNewColumn column = {.name = ast->name};
    column.type = bind_type_name(ddl->arena, ast->type, &ddl->bind, &column.typmod);
    column.collation = cat_type(ddl->view, column.type)->collation;
    ddl__take_attributes(ddl, &ast->constraints);
    const AstNode *default_ = NULL;
    bool not_null = false;
    NewConstraints constraints = {.arena = ddl->arena};
    for (uint32_t i = 0; i < ast->constraints.count; i++) {
        const AstConstraint *constraint = ast->constraints.items[i];
        if (constraint->constraint == AST_CONSTRAINT_GENERATED ||
            constraint->constraint == AST_CONSTRAINT_IDENTITY)
            raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                        "ADD COLUMN of a generated or identity column is not supported");
        if (constraint->constraint == AST_CONSTRAINT_NULL) continue;
        if (constraint->constraint == AST_CONSTRAINT_DEFAULT) {
            default_ = constraint->expr;
            continue;
        }
        not_null |= constraint->constraint == AST_CONSTRAINT_NOT_NULL;
        NewConstraint new = {.ast = constraint, .column = ast};
        array_push(&constraints, new);
    }
    Datum missing;
    if (!missing_value(alter, relation, &column, default_, &missing)) {
        AddedColumn added = {alter, &column, default_};
        const AstNode *select = (const AstNode *)ddl__whole_table(ddl, relation);
        QQuery *query = bind_statement(ddl->arena, select, &ddl->bind);
        ddl__rewrite(ddl, relation, query, append_with_default, &added);
        ddl__add_constraints(ddl, alter->oid, &constraints, true);
        return;
    }
    if (not_null && missing.null && table_row_bound(relation->table) > 0) {
        /* Said before anything is changed; the check of the constraint would say it too. */
        Error *error = error_begin(SQLSTATE_NOT_NULL_VIOLATION);
        error_message(error, "column \"%.*s\" of relation \"%.*s\" contains null values",
                      STR_ARG(ast->name), STR_ARG(relation->name));
        error_object(error, relation->schema_name, relation->name, ast->name, (Str){0}, (Str){0});
        error_raise(error);
    }
    append_column(alter, relation, &column, missing);
    relation = relation_of(alter);
    if (default_ != NULL) ddl__add_default(ddl, relation, relation->column_count, default_, false);
    ddl__add_constraints(ddl, alter->oid, &constraints, true);
}

/* ---- DROP COLUMN, DROP CONSTRAINT ---- */

static void drop_column(Alter *alter, const AstAlterCommand *command)
{
    Ddl *ddl = &alter->ddl;
    const CatRelation *relation = relation_of(alter);
    int16_t column = ddl__find_column(relation, command->name);
    if (column == 0 && command->if_exists) {
        ddl__notice(ddl, SEVERITY_NOTICE, SQLSTATE_SUCCESSFUL_COMPLETION,
                    "column \"%.*s\" of relation \"%.*s\" does not exist, skipping",
                    STR_ARG(command->name), STR_ARG(relation->name));
        return;
    }
    if (column == 0) (void)column_of(alter, relation, command->name);
    CatObject object = ddl__object(CLASS_RELATION, alter->oid, column);
    cat_drop(ddl->view, &object, 1, command->behavior == AST_DROP_CASCADE, ddl__drop_object, ddl);
}

static void clear_not_null(void *arg, Datum *values)
{
    (void)arg;
    values[PG_ATTRIBUTE_ATTNOTNULL] = datum_bool(false);
}

static void drop_constraint_object(Alter *alter, const CatConstraint *constraint, bool cascade)
{
    Ddl *ddl = &alter->ddl;
    if (constraint->type == 'n')
        ddl__update_attribute(ddl, alter->oid, constraint->columns[0], clear_not_null, NULL);
    CatObject object = ddl__object(CLASS_CONSTRAINT, constraint->oid, 0);
    cat_drop(ddl->view, &object, 1, cascade, ddl__drop_object, ddl);
    cat_invalidate(ddl->view, CLASS_RELATION, alter->oid);
}

static void drop_constraint(Alter *alter, const AstAlterCommand *command)
{
    const CatRelation *relation = relation_of(alter);
    for (uint32_t i = 0; i < relation->constraint_count; i++) {
        if (!str_equal(relation->constraints[i].name, command->name)) continue;
        drop_constraint_object(alter, &relation->constraints[i],
                               command->behavior == AST_DROP_CASCADE);
        return;
    }
    if (!command->if_exists)
        raise_error(SQLSTATE_UNDEFINED_OBJECT,
                    "constraint \"%.*s\" of relation \"%.*s\" does not exist",
                    STR_ARG(command->name), STR_ARG(relation->name));
    ddl__notice(&alter->ddl, SEVERITY_NOTICE, SQLSTATE_SUCCESSFUL_COMPLETION,
                "constraint \"%.*s\" of relation \"%.*s\" does not exist, skipping",
                STR_ARG(command->name), STR_ARG(relation->name));
}

/* ---- columns' defaults and NOT NULL ---- */

static void column_default(Alter *alter, const AstAlterCommand *command)
{
    const CatRelation *relation = relation_of(alter);
    int16_t column = column_of(alter, relation, command->name);
    ddl__drop_default(&alter->ddl, alter->oid, column);
    if (command->expr != NULL)
        ddl__add_default(&alter->ddl, relation_of(alter), column, (const AstNode *)command->expr,
                         false);
}

static void column_type(Alter *alter, const AstAlterCommand *command)
{
    const CatRelation *relation = relation_of(alter);
    int16_t column = column_of(alter, relation, command->name);
    ddl__alter_column_type(&alter->ddl, alter->oid, column, command);
}

static void set_not_null(Alter *alter, const AstAlterCommand *command)
{
    const CatRelation *relation = relation_of(alter);
    int16_t column = column_of(alter, relation, command->name);
    AstConstraint *ast = AST_NEW(alter->ddl.arena, Constraint);
    ast->constraint = AST_CONSTRAINT_NOT_NULL;
    ast->columns.items = arena_copy(alter->ddl.arena, &command->name, sizeof(Str));
    ast->columns.count = 1;
    NewConstraints constraints = {.arena = alter->ddl.arena};
    NewConstraint new = {.ast = ast};
    array_push(&constraints, new);
    if (!relation->columns[column - 1].not_null)
        ddl__add_constraints(&alter->ddl, alter->oid, &constraints, true);
}

static void drop_not_null(Alter *alter, const AstAlterCommand *command)
{
    const CatRelation *relation = relation_of(alter);
    int16_t column = column_of(alter, relation, command->name);
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
        drop_constraint_object(alter, constraint, false);
        return;
    }
}

static void add_constraint(Alter *alter, const AstAlterCommand *command)
{
    NewConstraints constraints = {.arena = alter->ddl.arena};
    NewConstraint new = {.ast = command->constraint};
    array_push(&constraints, new);
    ddl__add_constraints(&alter->ddl, alter->oid, &constraints, true);
}

static void put_validated(void *arg, Datum *values)
{
    (void)arg;
    values[PG_CONSTRAINT_CONVALIDATED] = datum_bool(true);
}

static void validate_constraint(Alter *alter, const AstAlterCommand *command)
{
    Ddl *ddl = &alter->ddl;
    const CatRelation *relation = relation_of(alter);
    const CatConstraint *found = NULL;
    for (uint32_t i = 0; i < relation->constraint_count; i++) {
        if (str_equal(relation->constraints[i].name, command->name))
            found = &relation->constraints[i];
    }
    if (found == NULL)
        raise_error(SQLSTATE_UNDEFINED_OBJECT,
                    "constraint \"%.*s\" of relation \"%.*s\" does not exist",
                    STR_ARG(command->name), STR_ARG(relation->name));
    if (found->type != 'c' && found->type != 'f' && found->type != 'n') {
        Error *error = error_begin(SQLSTATE_WRONG_OBJECT_TYPE);
        error_message(error, "cannot validate constraint \"%.*s\" of relation \"%.*s\"",
                      STR_ARG(command->name), STR_ARG(relation->name));
        error_detail(error, "This operation is not supported for this type of constraint.");
        error_raise(error);
    }
    if (!found->enforced)
        raise_error(SQLSTATE_WRONG_OBJECT_TYPE, "cannot validate NOT ENFORCED constraint");
    if (found->validated) return;
    SCOPED(scope);
    ExecOptions options = ddl__exec_options(ddl, scope);
    exec_check_constraint(relation, found, &options);
    ddl__update_object(ddl, ddl__object(CLASS_CONSTRAINT, found->oid, 0), put_validated, NULL);
    cat_invalidate(ddl->view, CLASS_RELATION, alter->oid);
}

/* ---- the rest ---- */

static void owner(Alter *alter, const AstAlterCommand *command)
{
    (void)relation_of(alter);
    ddl__relation_owner(&alter->ddl, alter->oid, command->owner);
}

/* Hints for the planner or for storage that this engine does not need: they are accepted. */
static void accept(Alter *alter, const AstAlterCommand *command)
{
    (void)alter;
    (void)command;
}

static const struct {
    AstAlterAction action;
    void (*run)(Alter *alter, const AstAlterCommand *command);
} actions[] = {
    {AST_ALTER_TABLE_ADD_COLUMN, add_column},
    {AST_ALTER_TABLE_DROP_COLUMN, drop_column},
    {AST_ALTER_TABLE_COLUMN_DEFAULT, column_default},
    {AST_ALTER_TABLE_SET_NOT_NULL, set_not_null},
    {AST_ALTER_TABLE_DROP_NOT_NULL, drop_not_null},
    {AST_ALTER_TABLE_COLUMN_TYPE, column_type},
    {AST_ALTER_TABLE_ADD_CONSTRAINT, add_constraint},
    {AST_ALTER_TABLE_VALIDATE_CONSTRAINT, validate_constraint},
    {AST_ALTER_TABLE_DROP_CONSTRAINT, drop_constraint},
    {AST_ALTER_TABLE_OWNER, owner},
    {AST_ALTER_TABLE_SET_STATISTICS, accept},
    {AST_ALTER_TABLE_SET_STORAGE, accept},
    {AST_ALTER_TABLE_SET_OPTIONS, accept},
    {AST_ALTER_TABLE_RESET_OPTIONS, accept},
    {AST_ALTER_TABLE_CLUSTER_ON, accept},
    {AST_ALTER_TABLE_SET_WITHOUT_CLUSTER, accept},
};

const char *ddl__alter_table_tag(const AstNode *tree)
{
    switch (AST_AS(AlterTable, tree)->object) {
    case AST_OBJECT_INDEX: return "ALTER INDEX";
    case AST_OBJECT_VIEW: return "ALTER VIEW";
    case AST_OBJECT_SEQUENCE: return "ALTER SEQUENCE";
    case AST_OBJECT_MATERIALIZED_VIEW: return "ALTER MATERIALIZED VIEW";
    case AST_OBJECT_TYPE: return "ALTER TYPE";
    default: return "ALTER TABLE";
    }
}

void ddl__alter_table(UtilityCall *call)
{
    Alter alter = {.ddl = ddl__begin(call), .ast = AST_AS(AlterTable, call->tree)};
    Ddl *ddl = &alter.ddl;
    const CatRelation *relation = ddl__open_to_alter(ddl, alter.ast->relation, alter.ast->object,
                                                     LOCK_ACCESS_EXCLUSIVE, alter.ast->if_exists);
    if (relation == NULL) return;
    alter.oid = relation->oid;
    for (uint32_t i = 0; i < alter.ast->commands.count; i++) {
        const AstAlterCommand *command = alter.ast->commands.items[i];
        bool done = false;
        for (uint32_t j = 0; j < ARRAY_LEN(actions) && !done; j++) {
            if (actions[j].action != command->action) continue;
            actions[j].run(&alter, command);
            done = true;
        }
        if (!done)
            raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "this form of %s is not supported",
                        ddl__alter_table_tag(call->tree));
    }
}

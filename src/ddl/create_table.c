/* SPDX-License-Identifier: Apache-2.0 */
/* create_table.c - CREATE TABLE: columns first, as one new relation; then defaults and constraints, each as ALTER TABLE
 * would add it. So both statements share all the code behind a constraint. */
#include "ddl/column.h"

typedef struct NewLike {
    const AstTableLike *ast;
    Oid source;
} NewLike;

typedef struct NewTable {
    Ddl *ddl;
    const AstCreateTable *ast;
    Oid schema;
    Str name;
    char persistence;
    NewColumns columns;
    NewConstraints constraints, references; /* references: to keys that LIKE may make */
    ARRAY_OF(NewLike) likes;
} NewTable;

/* ---- columns ---- */

void ddl__push_column(NewColumns *columns, const NewColumn *column)
{
    for (uint32_t i = 0; i < columns->count; i++) {
        if (str_equal(columns->items[i].column.name, column->column.name))
            raise_error(SQLSTATE_DUPLICATE_COLUMN, "column \"%.*s\" specified more than once",
                        STR_ARG(column->column.name));
    }
    array_push(columns, *column);
}

static void add_column(NewTable *table, AstColumnDef *ast)
{
    NewColumn column;
    ddl__read_column(table->ddl, table->name, ast, &table->constraints, &column);
    ddl__push_column(&table->columns, &column);
}

static void add_like(NewTable *table, const AstTableLike *ast)
{
    NewLike like = {ast, ddl__take_like(table->ddl, ast, &table->columns, &table->constraints)};
    array_push(&table->likes, like);
}

/* ---- what stands behind columns ---- */

static void make_sequences(NewTable *table)
{
    NewSequence place = {.schema = table->schema,
                         .table = table->name,
                         .persistence = table->persistence};
    for (uint32_t i = 0; i < table->columns.count; i++)
        ddl__make_column_sequence(table->ddl, &place, &table->columns.items[i]);
}

static bool states_not_null(const NewTable *table, const NewColumn *column)
{
    for (uint32_t i = 0; i < table->constraints.count; i++) {
        const NewConstraint *constraint = &table->constraints.items[i];
        if (constraint->ast->constraint != AST_CONSTRAINT_NOT_NULL) continue;
        const bool here = constraint->column != NULL
                              ? constraint->column == column->ast
                              : str_equal(constraint->ast->columns.items[0], column->column.name);
        if (here) return true;
    }
    return false;
}

static void finish_columns(NewTable *table, Oid oid)
{
    const CatRelation *relation = ddl__reopen(table->ddl, oid);
    for (uint32_t i = 0; i < table->columns.count; i++) {
        const NewColumn *column = &table->columns.items[i];
        const int16_t number = (int16_t)(i + 1);
        ddl__finish_column(table->ddl, relation, number, column);
        if ((column->serial || column->identity != NULL) && !states_not_null(table, column))
            ddl__add_not_null(table->ddl, oid, (Str){0}, number, false);
    }
}

/* ---- the statement ---- */

static void refuse(const AstCreateTable *ast)
{
    const char *what = ast->inherits.count > 0     ? "inherited tables"
                       : ast->partition_by != NULL ? "partitioned tables"
                       : ast->partition_of != NULL ? "partitions"
                       : ast->of_type != NULL      ? "typed tables"
                       : ast->server.data != NULL  ? "foreign tables"
                                                   : NULL;
    if (what != NULL) raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "%s are not supported", what);
    if (ast->method.data != NULL && !str_equal(ast->method, STR("heap")))
        raise_error(SQLSTATE_UNDEFINED_OBJECT, "access method \"%.*s\" does not exist",
                    STR_ARG(ast->method));
}

static bool is_there(const NewTable *table)
{
    return cat_relation_named(table->ddl->view, table->schema, table->name) != 0;
}

static void split_references(NewTable *table)
{
    NewConstraints *all = &table->constraints;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < all->count; i++) {
        if (all->items[i].ast->constraint == AST_CONSTRAINT_FOREIGN_KEY)
            array_push(&table->references, all->items[i]);
        else
            all->items[kept++] = all->items[i];
    }
    all->count = kept;
}

static void add_elements(NewTable *table)
{
    for (uint32_t i = 0; i < table->ast->elements.count; i++) {
        const AstColumnDef *column = AST_IF(ColumnDef, table->ast->elements.items[i]);
        if (column != NULL) ddl__warn_of_type(table->ddl, column);
    }
    for (uint32_t i = 0; i < table->ast->elements.count; i++) {
        AstNode *element = table->ast->elements.items[i];
        if (element->kind == AST_COLUMN_DEF) {
            add_column(table, AST_AS(ColumnDef, element));
        } else if (element->kind == AST_TABLE_LIKE) {
            add_like(table, AST_AS(TableLike, element));
        } else {
            NewConstraint constraint = {.ast = AST_AS(Constraint, element)};
            array_push(&table->constraints, constraint);
        }
    }
    split_references(table);
    if (table->columns.count > TABLE_COLUMNS_MAX)
        raise_error(SQLSTATE_TOO_MANY_COLUMNS, "tables can have at most %d columns",
                    TABLE_COLUMNS_MAX);
}

static void forbid_system_schema(Ddl *ddl, Oid schema, Str name)
{
    if (schema != cat_namespace_named(ddl->view, STR("pg_catalog")) ||
        session_settings(ddl->session)->allow_system_table_mods)
        return;
    Error *error = error_begin(SQLSTATE_INSUFFICIENT_PRIVILEGE);
    error_message(error, "permission denied to create \"pg_catalog.%.*s\"", STR_ARG(name));
    error_detail(error, "System catalog modifications are currently disallowed.");
    error_raise(error);
}

void ddl__create_table(UtilityCall *call)
{
    Ddl ddl = ddl__begin(call);
    const AstCreateTable *ast = AST_AS(CreateTable, call->tree);
    refuse(ast);
    bool temporary = ast->relation->persistence == AST_PERSISTENCE_TEMPORARY;
    NewTable table = {.ddl = &ddl,
                      .ast = ast,
                      .name = ast->relation->name,
                      .columns = {.arena = call->arena},
                      .constraints = {.arena = call->arena},
                      .references = {.arena = call->arena},
                      .likes = {.arena = call->arena}};
    if (ast->tablespace.data != NULL) ddl__tablespace_named(ast->tablespace);
    table.schema = cat_namespace_for_creation(ddl.view, ddl__name(&ddl, ast->relation), temporary);
    table.persistence = ddl__persistence(&ddl, ast->relation, table.schema,
                                         ddl__position(&ddl, ast->relation));
    if (ast->if_not_exists && is_there(&table)) {
        ddl__notice(&ddl, SEVERITY_NOTICE, SQLSTATE_DUPLICATE_TABLE,
                    "relation \"%.*s\" already exists, skipping", STR_ARG(table.name));
        return;
    }
    forbid_system_schema(&ddl, table.schema, table.name);
    add_elements(&table);
    if (is_there(&table))
        raise_error(SQLSTATE_DUPLICATE_TABLE, "relation \"%.*s\" already exists",
                    STR_ARG(table.name));
    make_sequences(&table);

    CatNewColumn *columns = ARENA_ARRAY(call->arena, CatNewColumn, table.columns.count);
    for (uint32_t i = 0; i < table.columns.count; i++) columns[i] = table.columns.items[i].column;
    CatNewRelation relation = {.namespace_ = table.schema,
                               .owner = cat_view_role(ddl.view),
                               .name = table.name,
                               .kind = 'r',
                               .persistence = table.persistence,
                               .columns = columns,
                               .column_count = table.columns.count};
    relation.options = ddl__new_options(&ddl, OPTIONS_OF_TABLE, &ast->options,
                                        &relation.option_count);
    Oid oid = cat_create_relation(ddl.view, &relation);
    ddl__on_commit(&ddl, oid, table.persistence, ast->on_commit);
    finish_columns(&table, oid);
    ddl__add_constraints(&ddl, oid, &table.constraints, false);
    for (uint32_t i = 0; i < table.likes.count; i++)
        ddl__finish_like(&ddl, table.likes.items[i].ast, table.likes.items[i].source, oid);
    ddl__add_constraints(&ddl, oid, &table.references, false);
}

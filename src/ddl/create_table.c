/* SPDX-License-Identifier: Apache-2.0 */
/* create_table.c - CREATE TABLE: columns first, as one new relation; then defaults and constraints, each as ALTER TABLE
 * would add it. So both statements share all the code behind a constraint. */
#include "ddl/ddl_internal.h"

/* ---- columns ---- */

typedef struct NewColumn {
    const AstColumnDef *ast;
    CatNewColumn column;
    const AstConstraint *identity, *generated, *default_;
    bool serial;
    Oid sequence;
} NewColumn;
typedef struct NewTable {
    Ddl *ddl;
    const AstCreateTable *ast;
    Oid schema;
    Str name;
    char persistence;
    ARRAY_OF(NewColumn) columns;
    NewConstraints constraints;
} NewTable;

/* serial types are no types: an integer, NOT NULL, with a sequence behind its default. */
static Oid serial_type(const AstTypeName *type)
{
    static const struct {
        const char *name;
        Oid type;
    } serials[] = {{"smallserial", 21}, {"serial2", 21},   {"serial", 23},
                   {"serial4", 23},     {"bigserial", 20}, {"serial8", 20}};
    if (type->names.count != 1 || type->percent_type) return 0;
    for (uint32_t i = 0; i < ARRAY_LEN(serials); i++) {
        if (str_equal(type->names.items[0], str_from(serials[i].name))) return serials[i].type;
    }
    return 0;
}

static Oid column_collation(Ddl *ddl, const AstColumnDef *ast, Oid type)
{
    const CatType *known = cat_type(ddl->view, type);
    if (ast->collation.count == 0) return known->collation;
    if (known->collation == 0) {
        Error *error = error_begin(SQLSTATE_DATATYPE_MISMATCH);
        error_message(error, "collations are not supported by type %.*s",
                      STR_ARG(cat_type_name(ddl->view, ddl->arena, type, -1)));
        error_position(error, ddl__position(ddl, ast));
        error_raise(error);
    }
    CatName name = ddl__name_of(ddl, (const AstNode *)ast, &ast->collation);
    return cat_collation_search(ddl->view, name);
}

static void check_type(Ddl *ddl, const AstColumnDef *ast, Oid type)
{
    const CatType *known = cat_type(ddl->view, type);
    if (known->kind != 'p') return;
    raise_error(SQLSTATE_INVALID_TABLE_DEFINITION, "column \"%.*s\" has pseudo-type %.*s",
                STR_ARG(ast->name), STR_ARG(cat_type_name(ddl->view, ddl->arena, type, -1)));
}

static void note_constraint(NewTable *table, NewColumn *column, const AstConstraint *constraint)
{
    switch (constraint->constraint) {
    case AST_CONSTRAINT_DEFAULT: column->default_ = constraint; return;
    case AST_CONSTRAINT_GENERATED:
        if (constraint->virtual)
            raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                        "virtual generated columns are not supported");
        column->generated = constraint;
        column->column.generated = 's';
        return;
    case AST_CONSTRAINT_IDENTITY:
        column->identity = constraint;
        column->column.identity = constraint->by_default ? 'd' : 'a';
        column->column.not_null = true;
        break;
    case AST_CONSTRAINT_NOT_NULL: column->column.not_null = true; break;
    default: break;
    }
    if (constraint->constraint == AST_CONSTRAINT_NULL ||
        constraint->constraint == AST_CONSTRAINT_IDENTITY)
        return;
    NewConstraint new = {.ast = constraint, .column = column->ast};
    array_push(&table->constraints, new);
}

static void add_column(NewTable *table, AstColumnDef *ast)
{
    Ddl *ddl = table->ddl;
    for (uint32_t i = 0; i < table->columns.count; i++) {
        if (str_equal(table->columns.items[i].column.name, ast->name))
            raise_error(SQLSTATE_DUPLICATE_COLUMN, "column \"%.*s\" specified more than once",
                        STR_ARG(ast->name));
    }
    if (cat_system_column(ast->name) != 0)
        raise_error(SQLSTATE_DUPLICATE_COLUMN,
                    "column name \"%.*s\" conflicts with a system column name", STR_ARG(ast->name));
    NewColumn column = {.ast = ast, .column = {.name = ast->name, .typmod = -1}};
    Oid serial = serial_type(ast->type);
    if (serial != 0) {
        column.serial = true;
        column.column.type = serial;
        column.column.not_null = true;
    } else {
        column.column.type = bind_type_name(ddl->arena, ast->type, &ddl->bind,
                                            &column.column.typmod);
        check_type(ddl, ast, column.column.type);
        column.column.collation = column_collation(ddl, ast, column.column.type);
    }
    ddl__take_attributes(ddl, &ast->constraints);
    for (uint32_t i = 0; i < ast->constraints.count; i++)
        note_constraint(table, &column, ast->constraints.items[i]);
    if ((column.default_ != NULL) + (column.generated != NULL) + (column.identity != NULL) +
            column.serial >
        1) {
        const char *what = column.identity != NULL && column.generated != NULL
                               ? "both identity and generation expression"
                           : column.generated != NULL ? "both default and generation expression"
                           : column.identity != NULL  ? "both default and identity"
                                                      : "multiple default values";
        Error *error = error_begin(SQLSTATE_SYNTAX_ERROR);
        error_message(error, "%s specified for column \"%.*s\" of table \"%.*s\"", what,
                      STR_ARG(ast->name), STR_ARG(table->name));
        error_raise(error);
    }
    array_push(&table->columns, column);
}

/* ---- LIKE ---- */

static void add_like(NewTable *table, const AstTableLike *like)
{
    Ddl *ddl = table->ddl;
    const CatRelation *source = cat_relation_open(ddl->view, ddl__name(ddl, like->relation),
                                                  LOCK_ACCESS_SHARE, 0);
    uint32_t known = 1u << AST_LIKE_OPTION_DEFAULTS | 1u << AST_LIKE_OPTION_CONSTRAINTS;
    if (like->included & ~known)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "LIKE INCLUDING other than DEFAULTS and CONSTRAINTS is not supported");
    if (like->included != 0)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "LIKE ... INCLUDING is not supported");
    for (int16_t i = 0; i < source->column_count; i++) {
        const CatColumn *from = &source->columns[i];
        if (from->dropped) continue;
        NewColumn column = {.column = {.name = str_copy(ddl->arena, from->name),
                                       .type = from->type,
                                       .collation = from->collation,
                                       .typmod = from->typmod,
                                       .not_null = from->not_null}};
        AstColumnDef *ast = AST_NEW(ddl->arena, ColumnDef);
        ast->name = column.column.name;
        column.ast = ast;
        array_push(&table->columns, column);
        if (!from->not_null) continue;
        AstConstraint *not_null = AST_NEW(ddl->arena, Constraint);
        not_null->constraint = AST_CONSTRAINT_NOT_NULL;
        NewConstraint new = {.ast = not_null, .column = ast};
        array_push(&table->constraints, new);
    }
}

/* ---- sequences of columns ---- */

static void make_sequence(NewTable *table, NewColumn *column)
{
    if (!column->serial && column->identity == NULL) return;
    Ddl *ddl = table->ddl;
    Str name = ddl__choose_relation_name(ddl, table->name, column->column.name, "seq",
                                         table->schema);
    column->sequence = ddl__create_owned_sequence(ddl, table->schema, name, column->column.type,
                                                  column->identity != NULL
                                                      ? &column->identity->options
                                                      : NULL,
                                                  table->persistence);
}

/* DEFAULT nextval('schema.name'::regclass) */
static void serial_default(NewTable *table, const CatRelation *relation, const NewColumn *column,
                           int16_t number)
{
    Ddl *ddl = table->ddl;
    Str qualified = cat_relation_name_qualified(ddl->view, ddl->arena, column->sequence);
    StrBuilder text = str_builder(ddl->arena, 64);
    str_add_zero_terminated(&text, "SELECT pg_catalog.nextval(");
    parse_quote_literal(&text, qualified);
    str_add_zero_terminated(&text, "::pg_catalog.regclass)");
    ParseResult *parsed = parse_sql(ddl->arena, str_done(&text), NULL);
    const AstSelect *select = AST_AS(Select, parsed->statements[0].tree);
    ddl__add_default(ddl, relation, number, select->targets.items[0]->expr, false);
}

static void finish_columns(NewTable *table, Oid oid)
{
    Ddl *ddl = table->ddl;
    for (uint32_t i = 0; i < table->columns.count; i++) {
        const NewColumn *column = &table->columns.items[i];
        int16_t number = (int16_t)(i + 1);
        const CatRelation *relation = ddl__reopen(ddl, oid);
        if (column->sequence != 0)
            ddl__own_sequence(ddl, column->sequence, oid, number, column->serial ? 'a' : 'i');
        if (column->serial) serial_default(table, relation, column, number);
        if (column->default_ != NULL)
            ddl__add_default(ddl, relation, number, column->default_->expr, false);
        if (column->generated != NULL)
            ddl__add_default(ddl, relation, number, column->generated->expr, true);
        if (column->serial || column->identity != NULL) {
            bool stated = false;
            for (uint32_t j = 0; j < table->constraints.count; j++)
                stated |= table->constraints.items[j].column == column->ast &&
                          table->constraints.items[j].ast->constraint == AST_CONSTRAINT_NOT_NULL;
            if (!stated) ddl__add_not_null(ddl, oid, (Str){0}, number, false);
        }
    }
}

/* ---- the statement ---- */

static void refuse(const AstCreateTable *ast)
{
    const char *what = ast->inherits.count > 0     ? "table inheritance"
                       : ast->partition_by != NULL ? "partitioned tables"
                       : ast->partition_of != NULL ? "partitions"
                       : ast->of_type != NULL      ? "typed tables"
                       : ast->server.data != NULL  ? "foreign tables"
                       : ast->on_commit != AST_ON_COMMIT_NOTHING &&
                               ast->on_commit != AST_ON_COMMIT_PRESERVE
                           ? "ON COMMIT DELETE ROWS and DROP"
                           : NULL;
    if (what != NULL) raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "%s are not supported", what);
    if (ast->method.data != NULL && !str_equal(ast->method, STR("heap")))
        raise_error(SQLSTATE_UNDEFINED_OBJECT, "access method \"%.*s\" does not exist",
                    STR_ARG(ast->method));
}

static bool already_there(NewTable *table)
{
    Ddl *ddl = table->ddl;
    if (cat_relation_named(ddl->view, table->schema, table->name) == 0) return false;
    if (table->ast->if_not_exists) {
        ddl__notice(ddl, SEVERITY_NOTICE, SQLSTATE_DUPLICATE_TABLE,
                    "relation \"%.*s\" already exists, skipping", STR_ARG(table->name));
        return true;
    }
    raise_error(SQLSTATE_DUPLICATE_TABLE, "relation \"%.*s\" already exists", STR_ARG(table->name));
}

static void add_elements(NewTable *table)
{
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
    if (table->columns.count > TABLE_COLUMNS_MAX)
        raise_error(SQLSTATE_TOO_MANY_COLUMNS, "tables can have at most %d columns",
                    TABLE_COLUMNS_MAX);
}

static const Str *option_texts(Ddl *ddl, const AstOptionList *options, uint32_t *count)
{
    Str *texts = ARENA_ARRAY(ddl->arena, Str, options->count);
    for (uint32_t i = 0; i < options->count; i++) {
        const AstOption *option = options->items[i];
        StrBuilder out = str_builder(ddl->arena, 32);
        str_add(&out, option->name);
        str_add_char(&out, '=');
        const AstStringConst *text = AST_IF(StringConst, option->value);
        if (text != NULL) {
            str_add(&out, text->value);
        } else if (option->value != NULL) {
            parse_deparse(&out, option->value);
        } else {
            str_add_zero_terminated(&out, "true");
        }
        texts[i] = str_done(&out);
    }
    *count = options->count;
    return texts;
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
                      .persistence = temporary                                                ? 't'
                                     : ast->relation->persistence == AST_PERSISTENCE_UNLOGGED ? 'u'
                                                                                              : 'p',
                      .columns = {.arena = call->arena},
                      .constraints = {.arena = call->arena}};
    table.schema = cat_namespace_for_creation(ddl.view, ddl__name(&ddl, ast->relation), temporary);
    if (already_there(&table)) return;
    add_elements(&table);
    for (uint32_t i = 0; i < table.columns.count; i++)
        make_sequence(&table, &table.columns.items[i]);

    CatNewColumn *columns = ARENA_ARRAY(call->arena, CatNewColumn, table.columns.count);
    for (uint32_t i = 0; i < table.columns.count; i++) columns[i] = table.columns.items[i].column;
    CatNewRelation relation = {.namespace_ = table.schema,
                               .owner = cat_view_role(ddl.view),
                               .name = table.name,
                               .kind = 'r',
                               .persistence = table.persistence,
                               .columns = columns,
                               .column_count = table.columns.count};
    relation.options = option_texts(&ddl, &ast->options, &relation.option_count);
    Oid oid = cat_create_relation(ddl.view, &relation);
    finish_columns(&table, oid);
    ddl__add_constraints(&ddl, oid, &table.constraints, false);
}

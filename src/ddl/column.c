/* SPDX-License-Identifier: Apache-2.0 */
/* column.c - the columns of CREATE TABLE and ADD COLUMN: their clauses read, their sequences and defaults made. */
#include "ddl/column.h"

#include "base/oids.h"
#include "ddl/virtual.h"

/* ---- types ---- */

/* serial types are no types: an integer, NOT NULL, with a sequence behind its default. */
static Oid serial_type(Ddl *ddl, const AstTypeName *type)
{
    static const struct {
        const char *name;
        Oid type;
    } serials[] = {{"smallserial", 21}, {"serial2", 21},   {"serial", 23},
                   {"serial4", 23},     {"bigserial", 20}, {"serial8", 20}};
    if (type->names.count != 1 || type->percent_type) return 0;
    for (uint32_t i = 0; i < ARRAY_LEN(serials); i++) {
        if (!str_equal(type->names.items[0], str_from(serials[i].name))) continue;
        if (type->bounds.count == 0 && type->modifiers.count == 0) return serials[i].type;
        Error *error = error_begin(type->bounds.count > 0 ? SQLSTATE_FEATURE_NOT_SUPPORTED
                                                          : SQLSTATE_SYNTAX_ERROR);
        if (type->bounds.count > 0)
            error_message(error, "array of serial is not implemented");
        else
            error_message(error, "type modifier is not allowed for type \"%.*s\"",
                          STR_ARG(cat_type_name(ddl->view, ddl->arena, serials[i].type, -1)));
        error_raise(error_position(error, ddl__position(ddl, type)));
    }
    return 0;
}

Oid ddl__column_collation(Ddl *ddl, const AstColumnDef *ast, Oid type)
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
    return ddl__collation(ddl, (const AstNode *)ast, &ast->collation, false);
}

void ddl__check_column_type(Ddl *ddl, Str column, Oid type)
{
    cat_check_type_usage(ddl->view, type);
    ddl__forbid_pseudo_type(ddl, column, type);
}

void ddl__forbid_pseudo_type(Ddl *ddl, Str column, Oid type)
{
    const CatType *known = cat_type(ddl->view, type);
    if (known->kind != 'p') return;
    /* pg_stats shows values of any type. */
    if (type == OID_ANYARRAY && session_settings(ddl->session)->allow_system_table_mods) return;
    raise_error(SQLSTATE_INVALID_TABLE_DEFINITION, "column \"%.*s\" has pseudo-type %.*s",
                STR_ARG(column), STR_ARG(cat_type_name(ddl->view, ddl->arena, type, -1)));
}

/* Do values of the type hold values of the row type? */
static bool holds(Ddl *ddl, Oid type, Oid row)
{
    task_check_stack();
    if (type == row) return true;
    const CatType *known = cat_type(ddl->view, type);
    const Oid parts[] = {known->base, known->element, known->range_subtype};
    for (uint32_t i = 0; i < ARRAY_LEN(parts); i++)
        if (parts[i] != 0 && holds(ddl, parts[i], row)) return true;
    const CatRelation *relation = known->relation != 0 ? cat_relation(ddl->view, known->relation)
                                                       : NULL;
    for (int16_t i = 0; relation != NULL && i < relation->column_count; i++)
        if (!relation->columns[i].dropped && holds(ddl, relation->columns[i].type, row))
            return true;
    return false;
}

void ddl__forbid_row_in_itself(Ddl *ddl, const CatRelation *relation, Oid type)
{
    if (relation->type != 0 && holds(ddl, type, relation->type))
        raise_error(SQLSTATE_INVALID_TABLE_DEFINITION,
                    "composite type %.*s cannot be made a member of itself",
                    STR_ARG(cat_type_name(ddl->view, ddl->arena, relation->type, -1)));
}

/* ---- clauses ---- */

typedef struct Reading {
    Ddl *ddl;
    Str table;
    NewColumn *column;
    bool nullable, not_null; /* NULL, NOT NULL was said or implied */
} Reading;

/* `at`: the clause; NULL: one that nobody wrote. */
static _Noreturn void conflict(const Reading *reading, const char *what, const AstConstraint *at)
{
    Error *error = error_begin(SQLSTATE_SYNTAX_ERROR);
    error_message(error, "%s for column \"%.*s\" of table \"%.*s\"", what,
                  STR_ARG(reading->column->column.name), STR_ARG(reading->table));
    if (at != NULL) error_position(error, ddl__position(reading->ddl, at));
    error_raise(error);
}

static void check_clauses(const Reading *reading, const AstConstraint *at)
{
    const NewColumn *column = reading->column;
    const bool default_ = column->default_ != NULL || (at == NULL && column->serial);
    if (at == NULL && column->serial && column->default_ != NULL)
        conflict(reading, "multiple default values specified", at);
    if (default_ && column->identity != NULL)
        conflict(reading, "both default and identity specified", at);
    if (default_ && column->generated != NULL)
        conflict(reading, "both default and generation expression specified", at);
    if (column->identity != NULL && column->generated != NULL)
        conflict(reading, "both identity and generation expression specified", at);
    if (reading->nullable && reading->not_null)
        conflict(reading, "conflicting NULL/NOT NULL declarations", at);
}

/* False: the clause is a constraint, to be added as such. */
static bool take_clause(Reading *reading, const AstConstraint *clause)
{
    NewColumn *column = reading->column;
    switch (clause->constraint) {
    case AST_CONSTRAINT_DEFAULT:
        if (column->default_ != NULL)
            conflict(reading, "multiple default values specified", clause);
        column->default_ = clause->expr;
        return true;
    case AST_CONSTRAINT_GENERATED:
        if (column->generated != NULL)
            conflict(reading, "multiple generation clauses specified", clause);
        column->generated = clause;
        column->column.generated = clause->virtual ? 'v' : 's';
        return true;
    case AST_CONSTRAINT_IDENTITY:
        if (column->identity != NULL) conflict(reading, "multiple identity specifications", clause);
        column->identity = clause;
        column->column.identity = clause->by_default ? 'd' : 'a';
        reading->not_null = true;
        return true;
    case AST_CONSTRAINT_NULL: reading->nullable = true; return true;
    case AST_CONSTRAINT_NOT_NULL:
    case AST_CONSTRAINT_PRIMARY_KEY: reading->not_null = true; return false;
    default: return false;
    }
}

static void read_clauses(Reading *reading, AstColumnDef *ast, NewConstraints *constraints)
{
    bool stated = false;
    ddl__take_attributes(reading->ddl, &ast->constraints);
    for (uint32_t i = 0; i < ast->constraints.count; i++) {
        const AstConstraint *clause = ast->constraints.items[i];
        const bool taken = take_clause(reading, clause);
        check_clauses(reading, clause);
        const bool not_null = clause->constraint == AST_CONSTRAINT_NOT_NULL;
        if (taken || (not_null && stated)) continue; /* said twice is said once */
        stated |= not_null;
        NewConstraint new = {.ast = clause, .column = ast};
        array_push(constraints, new);
    }
    check_clauses(reading, NULL);
    reading->column->column.not_null = stated || reading->column->serial ||
                                       reading->column->identity != NULL;
}

void ddl__warn_of_type(Ddl *ddl, const AstColumnDef *ast)
{
    int32_t typmod;
    const BindOptions bind = ddl__bind_with_places(ddl);
    if (!serial_type(ddl, ast->type)) (void)bind_type_name(ddl->arena, ast->type, &bind, &typmod);
}

void ddl__read_column(Ddl *ddl, Str table, AstColumnDef *ast, NewConstraints *constraints,
                      NewColumn *column)
{
    if (cat_system_column(ast->name) != 0)
        raise_error(SQLSTATE_DUPLICATE_COLUMN,
                    "column name \"%.*s\" conflicts with a system column name", STR_ARG(ast->name));
    *column = (NewColumn){.ast = ast, .column = {.name = ast->name, .typmod = -1}};
    CatNewColumn *new = &column->column;
    const Oid serial = serial_type(ddl, ast->type);
    column->serial = serial != 0;
    if (serial != 0) {
        new->type = serial;
    } else {
        BindOptions bind = ddl->bind;
        bind.sql = (Str){0};
        new->type = bind_type_name(ddl->arena, ast->type, &bind, &new->typmod);
        new->dimensions = (uint16_t)ast->type->bounds.count;
        ddl__check_column_type(ddl, ast->name, new->type);
        new->collation = ddl__column_collation(ddl, ast, new->type);
    }
    if (ast->storage.data != NULL) (void)ddl__storage_of(ddl, ast->storage, new->type);
    if (ast->compression.data != NULL) (void)ddl__compression_of(ddl, ast->compression, new->type);
    Reading reading = {.ddl = ddl, .table = table, .column = column, .not_null = serial != 0};
    read_clauses(&reading, ast, constraints);
    if (new->generated == 'v') ddl__check_virtual_type(ddl, new->name, new->type);
}

/* ---- sequences and defaults ---- */

void ddl__make_column_sequence(Ddl *ddl, const NewSequence *place, NewColumn *column)
{
    if (!column->serial && column->identity == NULL) return;
    NewSequence new = *place;
    new.column = column->column.name;
    new.type = column->column.type;
    new.identity = column->identity != NULL;
    new.options = column->identity != NULL ? &column->identity->options : NULL;
    column->sequence = ddl__create_owned_sequence(ddl, &new);
}

/* DEFAULT nextval('schema.name'::regclass) */
static void serial_default(Ddl *ddl, const CatRelation *relation, int16_t number, Oid sequence)
{
    Str qualified = cat_relation_name_qualified(ddl->view, ddl->arena, sequence);
    StrBuilder text = str_builder(ddl->arena, 64);
    str_add_zero_terminated(&text, "SELECT pg_catalog.nextval(");
    parse_quote_literal(&text, qualified);
    str_add_zero_terminated(&text, "::pg_catalog.regclass)");
    ParseResult *parsed = parse_sql(ddl->arena, str_done(&text), NULL);
    const AstSelect *select = AST_AS(Select, parsed->statements[0].tree);
    ddl__add_default(ddl, relation, number, select->targets.items[0]->expr, false);
}

typedef struct Kept {
    char storage, compression; /* 0: the type's */
} Kept;

static void put_kept(void *arg, Datum *values)
{
    const Kept *kept = arg;
    if (kept->storage != 0) values[PG_ATTRIBUTE_ATTSTORAGE] = datum_char(kept->storage);
    if (kept->compression != 0) values[PG_ATTRIBUTE_ATTCOMPRESSION] = datum_char(kept->compression);
}

void ddl__finish_column(Ddl *ddl, const CatRelation *relation, int16_t number,
                        const NewColumn *column)
{
    const Oid oid = relation->oid;
    const AstColumnDef *ast = column->ast;
    if (column->sequence != 0)
        ddl__own_sequence(ddl, column->sequence, oid, number, column->serial ? 'a' : 'i');
    if (column->serial) serial_default(ddl, relation, number, column->sequence);
    if (column->default_ != NULL) ddl__add_default(ddl, relation, number, column->default_, false);
    if (column->generated != NULL)
        ddl__add_default(ddl, relation, number, column->generated->expr, true);
    if (column->bound != NULL)
        ddl__store_default(ddl, oid, number, column->bound, column->column.generated != 0);
    Kept kept = {0};
    if (ast != NULL && ast->storage.data != NULL)
        kept.storage = ddl__storage_of(ddl, ast->storage, column->column.type);
    if (ast != NULL && ast->compression.data != NULL)
        kept.compression = ddl__compression_of(ddl, ast->compression, column->column.type);
    if (kept.storage != 0 || kept.compression != 0) {
        cat_view_next_command(ddl->view);
        ddl__update_attribute(ddl, oid, number, put_kept, &kept);
    }
}

/* ---- storage and compression ---- */

static const Datum *type_row(Ddl *ddl, Oid type)
{
    Datum key = datum_oid(type);
    return cat_row_find(ddl->view, PG_TYPE_OID_INDEX, &key, 1, ddl->arena);
}

char ddl__storage_of(Ddl *ddl, Str word, Oid type)
{
    static const struct {
        const char *word;
        char kept;
    } words[] = {{"plain", 'p'}, {"external", 'e'}, {"extended", 'x'}, {"main", 'm'}};
    const char own = (char)type_row(ddl, type)[PG_TYPE_TYPSTORAGE].value.i16;
    if (str_equal_ascii_nocase(word, STR("default"))) return own;
    for (uint32_t i = 0; i < ARRAY_LEN(words); i++) {
        if (!str_equal_ascii_nocase(word, str_from(words[i].word))) continue;
        if (own == 'p' && words[i].kept != 'p')
            raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                        "column data type %.*s can only have storage PLAIN",
                        STR_ARG(cat_type_name(ddl->view, ddl->arena, type, -1)));
        return words[i].kept;
    }
    raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "invalid storage type \"%.*s\"", STR_ARG(word));
}

char ddl__compression_of(Ddl *ddl, Str word, Oid type)
{
    if (str_equal(word, STR("default"))) return 0;
    if ((char)type_row(ddl, type)[PG_TYPE_TYPSTORAGE].value.i16 == 'p')
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "column data type %.*s does not support compression",
                    STR_ARG(cat_type_name(ddl->view, ddl->arena, type, -1)));
    if (str_equal(word, STR("pglz"))) return 'p';
    if (str_equal(word, STR("lz4"))) return 'l';
    raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "invalid compression method \"%.*s\"",
                STR_ARG(word));
}

/* SPDX-License-Identifier: Apache-2.0 */
/* json_table.c - JSON_TABLE: a tree of paths, each with its columns. A column's value is what JSON_VALUE, JSON_QUERY or
 * JSON_EXISTS makes of the item at hand, which stands in its expression as JsonItem 0; what PASSING gives follows, so
 * that it is computed once a document and not once a column. */
#include "bind/json_internal.h"

#include "base/oids.h"
#include "type/json.h"

typedef struct JsonTableWork {
    Level *level;
    const Bind *bind;
    QExprList passed;   /* as columns see it */
    NodeStrs names;     /* of what is passed */
    ARRAY_OF(Str) used; /* names of columns and paths */
    uint32_t paths;     /* named here */
    /* The columns of the table. */
    ARRAY_OF(Str) column_names;
    ARRAY_OF(int32_t) types, typmods, collations;
} JsonTableWork;

static bool is_used(const JsonTableWork *work, Str name)
{
    for (uint32_t i = 0; i < work->used.count; i++)
        if (str_equal(work->used.items[i], name)) return true;
    return false;
}

static void use_name(JsonTableWork *work, Str name, int32_t location)
{
    if (is_used(work, name))
        bind__raise(work->bind, DUPLICATE_ALIAS, location,
                    "duplicate JSON_TABLE column or path name: %.*s", STR_ARG(name));
    array_push(&work->used, name);
}

/* Names are told apart before any is made up. */
static void use_names(JsonTableWork *work, const AstJsonTableColumnList *columns)
{
    task_check_stack();
    for (uint32_t i = 0; i < columns->count; i++) {
        const AstJsonTableColumn *column = columns->items[i];
        if (column->column != AST_JSON_COLUMN_NESTED)
            use_name(work, column->name, column->location);
        else if (column->path_name.data)
            use_name(work, column->path_name, column->word_location);
        use_names(work, &column->columns);
    }
}

static Str new_path_name(JsonTableWork *work)
{
    Str name;
    do name = str_format(work->bind->arena, "json_table_path_%u", work->paths++);
    while (is_used(work, name));
    array_push(&work->used, name);
    return name;
}

/* ---- columns ---- */

static QExpr *item(const Bind *bind, int32_t number, Oid type, int32_t typmod, Oid collation)
{
    QJsonItem *made = Q_NEW(bind->arena, JsonItem);
    made->location = NODE_NO_LOCATION;
    made->number = number;
    made->type = type;
    made->typmod = typmod;
    made->collation = collation;
    return &made->base;
}

static bool is_structured(const Bind *bind, Oid type)
{
    const Oid base = bind__base_type(bind, type, NULL);
    const CatType *known = bind__type(bind, base);
    return base == OID_JSON || base == OID_JSONB || base == OID_RECORD || known->kind == 'c' ||
           bind__array_element(bind, base) != 0;
}

/* JSON_EXISTS as the column's type: by a cast, or by its text. */
static QExpr *exists_as(const Bind *bind, QExpr *exists, Oid type, int32_t typmod)
{
    QExpr *made = bind__coerce(bind, exists, type, typmod, 'e', Q_CALL_IMPLICIT_CAST,
                               exists->location);
    if (made) return made;
    Error *error = error_begin(SQLSTATE_DATATYPE_MISMATCH);
    error_message(error, "could not coerce ON ERROR expression (FALSE) to the RETURNING type");
    error_detail(error, "invalid input syntax for type %.*s: \"false\"",
                 STR_ARG(bind__type_text(bind, type)));
    error_raise(error);
}

/* A path that was not written is the column's name. */
static QExpr *column_path(const JsonTableWork *work, const AstJsonTableColumn *column)
{
    const Bind *bind = work->bind;
    Str text = column->path;
    if (!text.data) {
        StrBuilder out = str_builder(bind->arena, column->name.bytes + 8);
        str_add(&out, STR("$."));
        json_write_string(column->name, &out);
        text = str_done(&out);
    }
    QExpr *constant = bind__const_unknown(bind, text, column->path_location);
    return bind__coerce_type(bind, constant, OID_JSONPATH, -1, 'i', Q_CALL_IMPLICIT_CAST,
                             column->path_location);
}

static QExpr *column_value(JsonTableWork *work, const AstJsonTableColumn *column, Oid type,
                           int32_t typmod)
{
    const Bind *bind = work->bind;
    const bool exists = column->column == AST_JSON_COLUMN_EXISTS;
    const bool query = column->column == AST_JSON_COLUMN_FORMATTED || is_structured(bind, type) ||
                       column->wrapper != AST_WRAPPER_UNSPEC || column->quotes != AST_QUOTES_UNSPEC;
    AstJsonReturning *returning = AST_NEW(bind->arena, JsonReturning);
    AstJsonFunction *call = AST_NEW(bind->arena, JsonFunction);
    returning->location = column->word_location;
    returning->type = column->type;
    returning->format_json = column->column == AST_JSON_COLUMN_FORMATTED;
    returning->encoding = column->encoding;
    call->location = column->location;
    call->op = exists ? AST_JSON_OP_EXISTS : query ? AST_JSON_OP_QUERY : AST_JSON_OP_VALUE;
    call->returning = exists ? NULL : returning;
    call->on_empty = column->on_empty;
    call->on_error = column->on_error;
    call->wrapper = column->wrapper;
    call->quotes = column->quotes;
    const JsonFunctionParts parts = {.document = item(bind, 0, OID_JSONB, -1, 0),
                                     .path = column_path(work, column),
                                     .passed = work->passed,
                                     .names = work->names,
                                     .column = column->name};
    QExpr *value = bind__json_function_of(work->level, call, &parts);
    return exists ? exists_as(bind, value, type, typmod) : value;
}

static QJsonTableColumn *make_column(JsonTableWork *work, const AstJsonTableColumn *column)
{
    const Bind *bind = work->bind;
    QJsonTableColumn *made = Q_NEW(bind->arena, JsonTableColumn);
    int32_t typmod = -1;
    Oid type = OID_INT4;
    made->name = column->name;
    if (column->column != AST_JSON_COLUMN_ORDINALITY) {
        type = bind__type_name(bind, column->type, &typmod);
        made->expr = column_value(work, column, type, typmod);
    }
    made->type = (int32_t)type;
    made->typmod = typmod;
    array_push(&work->column_names, column->name);
    array_push(&work->types, (int32_t)type);
    array_push(&work->typmods, typmod);
    array_push(&work->collations, (int32_t)bind__type_collation(bind, type));
    return made;
}

/* ---- paths ---- */

/* Own columns come before those of nested paths, wherever they are written. */
static QJsonTablePath *make_path(JsonTableWork *work, Str name, QExpr *path,
                                 const AstJsonTableColumnList *columns)
{
    const Bind *bind = work->bind;
    QJsonTablePath *made = Q_NEW(bind->arena, JsonTablePath);
    ARRAY_OF(QJsonTableColumn *) own = {.arena = bind->arena};
    ARRAY_OF(QJsonTablePath *) nested = {.arena = bind->arena};
    task_check_stack();
    made->name = name.data ? name : new_path_name(work);
    made->path = path;
    for (uint32_t i = 0; i < columns->count; i++)
        if (columns->items[i]->column != AST_JSON_COLUMN_NESTED)
            array_push(&own, make_column(work, columns->items[i]));
    for (uint32_t i = 0; i < columns->count; i++) {
        const AstJsonTableColumn *column = columns->items[i];
        if (column->column != AST_JSON_COLUMN_NESTED) continue;
        array_push(&nested,
                   make_path(work, column->path_name, column_path(work, column), &column->columns));
    }
    made->columns = BIND_LIST(bind, QJsonTableColumnList, own);
    made->nested = BIND_LIST(bind, QJsonTablePathList, nested);
    return made;
}

static QExpr *root_path(const Bind *bind, const AstNode *node)
{
    const AstStringConst *constant = AST_IF(StringConst, node);
    if (!constant)
        bind__raise(bind, FEATURE_NOT_SUPPORTED, node->location,
                    "only string constants are supported in JSON_TABLE path specification");
    QExpr *text = bind__const_unknown(bind, constant->value, node->location);
    return bind__coerce_type(bind, text, OID_JSONPATH, -1, 'i', Q_CALL_IMPLICIT_CAST,
                             node->location);
}

static void check_on_error(const Bind *bind, const AstJsonBehavior *on_error)
{
    if (!on_error || on_error->behavior == AST_JSON_ON_ERROR ||
        on_error->behavior == AST_JSON_ON_EMPTY || on_error->behavior == AST_JSON_ON_EMPTY_ARRAY)
        return;
    Error *error = bind__error(bind, SYNTAX_ERROR, on_error->location);
    error_message(error, "invalid ON ERROR behavior");
    error_raise(error_detail(error, "Only EMPTY [ ARRAY ] or ERROR is allowed in the top-level ON "
                                    "ERROR clause."));
}

/* What PASSING gives, and as what columns see it. */
static void take_passing(JsonTableWork *work, const AstJsonArgumentList *passing, QJsonTable *made)
{
    const Bind *bind = work->bind;
    QExpr **given = ARENA_ARRAY(bind->arena, QExpr *, passing->count + 1),
          **seen = ARENA_ARRAY(bind->arena, QExpr *, passing->count + 1);
    Str *names = ARENA_ARRAY(bind->arena, Str, passing->count + 1);
    for (uint32_t i = 0; i < passing->count; i++) {
        QExpr *value = bind__json_value(work->level, &passing->items[i]->value->base);
        given[i] = value;
        names[i] = passing->items[i]->name;
        seen[i] = item(bind, (int32_t)i + 1, value->type, value->typmod, value->collation);
    }
    made->passing = bind__exprs(bind, given, passing->count);
    made->names = work->names = bind__strs(bind, names, passing->count);
    work->passed = bind__exprs(bind, seen, passing->count);
}

QTable *bind__json_table(Level *level, const AstJsonTable *node)
{
    const Bind *bind = level->bind;
    JsonTableWork work = {.level = level,
                          .bind = bind,
                          .used = {.arena = bind->arena},
                          .column_names = {.arena = bind->arena},
                          .types = {.arena = bind->arena},
                          .typmods = {.arena = bind->arena},
                          .collations = {.arena = bind->arena}};
    check_on_error(bind, node->on_error);
    if (node->path_name.data) use_name(&work, node->path_name, node->location);
    use_names(&work, &node->columns);
    QJsonTable *made = Q_NEW(bind->arena, JsonTable);
    made->type = OID_RECORD;
    made->typmod = -1;
    made->location = node->location;
    made->document = bind__json_document(level, node->context);
    QExpr *path = root_path(bind, (const AstNode *)node->path);
    take_passing(&work, &node->passing, made);
    made->root = make_path(&work, node->path_name, path, &node->columns);
    made->error_on_error = node->on_error && node->on_error->behavior == AST_JSON_ON_ERROR;
    bind__collate(bind, &made->base);
    QTable *table = Q_NEW(bind->arena, Table);
    table->table = Q_RTE_TABLE_FUNCTION;
    table->json_table = made;
    table->in_from = true;
    table->lateral = node->lateral;
    table->names = BIND_LIST(bind, NodeStrs, work.column_names);
    table->types = BIND_LIST(bind, NodeI32s, work.types);
    table->typmods = BIND_LIST(bind, NodeI32s, work.typmods);
    table->collations = BIND_LIST(bind, NodeI32s, work.collations);
    return table;
}

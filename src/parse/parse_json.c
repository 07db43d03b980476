/* SPDX-License-Identifier: Apache-2.0 */
/* parse_json.c - SQL/JSON: constructors, query functions, aggregates and JSON_TABLE. */
#include "parse/parse_internal.h"

/* Passes the word and the parenthesis behind it. */
static void open(Parser *p)
{
    parse__next(p);
    parse__expect(p, '(');
}

/* ---- values, formats, RETURNING ---- */

static AstJsonEncoding encoding(Parser *p)
{
    uint32_t start = p->tok->start;
    Str name = parse__name(p);
    if (str_equal_ascii_nocase(name, STR("utf8"))) return AST_JSON_ENCODING_UTF8;
    if (str_equal_ascii_nocase(name, STR("utf16"))) return AST_JSON_ENCODING_UTF16;
    if (str_equal_ascii_nocase(name, STR("utf32"))) return AST_JSON_ENCODING_UTF32;
    parse__error(p, SQLSTATE_INVALID_PARAMETER_VALUE, (int32_t)start,
                 "unrecognized JSON encoding: %.*s", STR_ARG(name));
}

/* FORMAT JSON [ENCODING name], or nothing. */
static bool optional_format(Parser *p, AstJsonEncoding *into)
{
    if (!parse__accept2(p, KW_FORMAT, KW_JSON)) return false;
    if (parse__accept(p, KW_ENCODING)) *into = encoding(p);
    return true;
}

static AstJsonValue *value_of(Parser *p, AstExpr *expr)
{
    const bool plain = !parse__is(p, KW_FORMAT); /* else what is said of FORMAT is said there */
    AstJsonValue *value = NEW(p, JsonValue, plain ? expr->location : (int32_t)p->tok->start);
    value->expr = expr;
    value->format_json = optional_format(p, &value->encoding);
    return value;
}

static AstJsonValue *json_value(Parser *p)
{
    return value_of(p, parse__expr(p));
}

static AstJsonReturning *optional_returning(Parser *p)
{
    if (!parse__is(p, KW_RETURNING)) return NULL;
    AstJsonReturning *returning = NEW(p, JsonReturning, p->tok->start);
    parse__next(p);
    returning->type = parse__type_name(p);
    if (parse__is(p, KW_FORMAT)) returning->location = (int32_t)p->tok->start;
    returning->format_json = optional_format(p, &returning->encoding);
    return returning;
}

bool parse__unique_keys(Parser *p)
{
    if (!parse__is_free(p, KW_WITH) && !parse__is_free(p, KW_WITHOUT)) return false;
    bool with = parse__is(p, KW_WITH);
    parse__next(p);
    parse__expect(p, KW_UNIQUE);
    parse__accept(p, KW_KEYS);
    return with;
}

/* NULL ON NULL or ABSENT ON NULL; `absent` when neither is written. */
static bool absent_on_null(Parser *p, bool absent)
{
    if (!parse__is(p, KW_NULL) && !parse__is(p, KW_ABSENT)) return absent;
    absent = parse__is(p, KW_ABSENT);
    parse__next(p);
    parse__expect2(p, KW_ON, KW_NULL);
    return absent;
}

/* ---- JSON(), JSON_SCALAR, JSON_SERIALIZE ---- */

AstExpr *parse__json_parse(Parser *p)
{
    AstJsonParse *expr = NEW(p, JsonParse, p->tok->start);
    open(p);
    expr->value = json_value(p);
    expr->unique = parse__unique_keys(p);
    parse__expect(p, ')');
    return &expr->base;
}

AstExpr *parse__json_scalar(Parser *p)
{
    AstJsonScalar *expr = NEW(p, JsonScalar, p->tok->start);
    open(p);
    expr->arg = parse__expr(p);
    parse__expect(p, ')');
    return &expr->base;
}

AstExpr *parse__json_serialize(Parser *p)
{
    AstJsonSerialize *expr = NEW(p, JsonSerialize, p->tok->start);
    open(p);
    expr->value = json_value(p);
    expr->returning = optional_returning(p);
    parse__expect(p, ')');
    return &expr->base;
}

/* ---- JSON_OBJECT ---- */

/* An expression that may be a key: only a bare operand can stand before VALUE. */
static AstExpr *key_expr(Parser *p, bool *operand)
{
    switch (p->tok->type) {
    case KW_NOT:
    case KW_DEFAULT:
    case KW_UNIQUE:
    case KW_OPERATOR:
    case TOKEN_OPERATOR:
    case '+':
    case '-': *operand = false; return parse__expr(p);
    default: break;
    }
    AstExpr *expr = parse__c_expr(p);
    *operand = parse__is(p, KW_VALUE);
    return *operand ? expr : parse__expr_from(p, expr);
}

static AstJsonKeyValue *key_value_from(Parser *p, AstExpr *key, bool operand)
{
    AstJsonKeyValue *item = NEW(p, JsonKeyValue, key->location);
    item->key = key;
    if (!operand || !parse__accept(p, KW_VALUE)) parse__expect(p, ':');
    item->value = json_value(p);
    return item;
}

static AstJsonKeyValue *key_value(Parser *p)
{
    bool operand;
    AstExpr *key = key_expr(p, &operand);
    return key_value_from(p, key, operand);
}

/* json_object(a, b): the ordinary function, its first argument perhaps read. */
static AstExpr *plain_json_object(Parser *p, uint32_t start, AstExpr *first)
{
    AstFuncCall *call = NEW(p, FuncCall, start);
    call->names = parse__system_name(p, STR("json_object"));
    uint32_t mark = parse__mark(p);
    parse__push(p, first ? first : parse__func_arg(p));
    while (parse__accept(p, ',')) parse__push(p, parse__func_arg(p));
    TAKE(p, mark, &call->args);
    parse__expect(p, ')');
    return &call->base;
}

static void object_tail(Parser *p, AstJsonObject *object)
{
    object->absent_on_null = absent_on_null(p, false);
    object->unique = parse__unique_keys(p);
    object->returning = optional_returning(p);
    parse__expect(p, ')');
}

AstExpr *parse__json_object(Parser *p)
{
    AstJsonObject *object = NEW(p, JsonObject, p->tok->start);
    uint32_t start = p->tok->start;
    open(p);
    if (parse__is(p, ')') || parse__is(p, KW_RETURNING)) {
        object->returning = optional_returning(p);
        parse__expect(p, ')');
        return &object->base;
    }
    if (parse__is_type_function_name(p->tok)) {
        uint16_t next = parse__peek_type(p, 1);
        if (next == TOKEN_ASSIGN || next == TOKEN_ARROW) return plain_json_object(p, start, NULL);
    }
    bool operand;
    AstExpr *first = key_expr(p, &operand);
    if (parse__is(p, ',') || parse__is(p, ')')) return plain_json_object(p, start, first);
    uint32_t mark = parse__mark(p);
    parse__push(p, key_value_from(p, first, operand));
    while (parse__accept(p, ',')) parse__push(p, key_value(p));
    TAKE(p, mark, &object->items);
    object_tail(p, object);
    return &object->base;
}

AstExpr *parse__json_object_agg(Parser *p)
{
    AstJsonObjectAgg *expr = NEW(p, JsonObjectAgg, p->tok->start);
    open(p);
    expr->item = key_value(p);
    expr->absent_on_null = absent_on_null(p, false);
    expr->unique = parse__unique_keys(p);
    expr->returning = optional_returning(p);
    parse__expect(p, ')');
    expr->filter = parse__optional_filter(p);
    expr->over = parse__optional_over(p);
    return &expr->base;
}

/* ---- JSON_ARRAY ---- */

static AstExpr *array_of_query(Parser *p, AstSelectBase *select, uint32_t start)
{
    AstJsonArrayQuery *expr = NEW(p, JsonArrayQuery, start);
    expr->select = &select->base;
    expr->absent_on_null = true;
    expr->format_json = optional_format(p, &expr->encoding);
    expr->returning = optional_returning(p);
    parse__expect(p, ')');
    return &expr->base;
}

AstExpr *parse__json_array(Parser *p)
{
    uint32_t start = p->tok->start;
    AstJsonArray *array = NEW(p, JsonArray, start);
    open(p);
    if (parse__is(p, ')') || parse__is(p, KW_RETURNING)) {
        array->absent_on_null = true;
        array->returning = optional_returning(p);
        parse__expect(p, ')');
        return &array->base;
    }
    AstSelectBase *select;
    AstExpr *first = parse__expr_or_select(p, &select);
    if (select) return array_of_query(p, select, start);
    uint32_t mark = parse__mark(p);
    parse__push(p, value_of(p, first));
    while (parse__accept(p, ',')) parse__push(p, json_value(p));
    TAKE(p, mark, &array->items);
    array->absent_on_null = absent_on_null(p, true);
    array->returning = optional_returning(p);
    parse__expect(p, ')');
    return &array->base;
}

AstExpr *parse__json_array_agg(Parser *p)
{
    AstJsonArrayAgg *expr = NEW(p, JsonArrayAgg, p->tok->start);
    open(p);
    expr->value = json_value(p);
    parse__optional_order_by(p, &expr->order_by);
    expr->absent_on_null = absent_on_null(p, true);
    expr->returning = optional_returning(p);
    parse__expect(p, ')');
    expr->filter = parse__optional_filter(p);
    expr->over = parse__optional_over(p);
    return &expr->base;
}

/* ---- JSON_EXISTS, JSON_VALUE, JSON_QUERY ---- */

static void optional_passing(Parser *p, AstJsonArgumentList *list)
{
    if (!parse__accept(p, KW_PASSING)) return;
    uint32_t mark = parse__mark(p);
    do {
        AstJsonArgument *argument = NEW(p, JsonArgument, p->tok->start);
        argument->value = json_value(p);
        parse__expect(p, KW_AS);
        argument->name = parse__label(p);
        parse__push(p, argument);
    } while (parse__accept(p, ','));
    TAKE(p, mark, list);
}

static AstJsonWrapper optional_wrapper(Parser *p)
{
    AstJsonWrapper wrapper;
    if (parse__accept(p, KW_WITHOUT)) {
        wrapper = AST_WRAPPER_NONE;
    } else if (parse__accept(p, KW_WITH)) {
        wrapper = AST_WRAPPER_UNCONDITIONAL;
        if (parse__accept(p, KW_CONDITIONAL))
            wrapper = AST_WRAPPER_CONDITIONAL;
        else
            parse__accept(p, KW_UNCONDITIONAL);
    } else {
        return AST_WRAPPER_UNSPEC;
    }
    parse__accept(p, KW_ARRAY);
    parse__expect(p, KW_WRAPPER);
    return wrapper;
}

static AstJsonQuotes optional_quotes(Parser *p)
{
    AstJsonQuotes quotes = parse__is(p, KW_KEEP)   ? AST_QUOTES_KEEP
                           : parse__is(p, KW_OMIT) ? AST_QUOTES_OMIT
                                                   : AST_QUOTES_UNSPEC;
    if (quotes == AST_QUOTES_UNSPEC) return quotes;
    parse__next(p);
    parse__expect(p, KW_QUOTES);
    if (parse__accept(p, KW_ON)) parse__expect2(p, KW_SCALAR, KW_STRING);
    return quotes;
}

/* NULL, ERROR, DEFAULT expr ...; NULL when none of them is here. */
static AstJsonBehavior *optional_behavior(Parser *p)
{
    AstJsonBehaviorKind kind;
    switch (p->tok->type) {
    case KW_ERROR: kind = AST_JSON_ON_ERROR; break;
    case KW_NULL: kind = AST_JSON_ON_NULL; break;
    case KW_TRUE: kind = AST_JSON_ON_TRUE; break;
    case KW_FALSE: kind = AST_JSON_ON_FALSE; break;
    case KW_UNKNOWN: kind = AST_JSON_ON_UNKNOWN; break;
    case KW_EMPTY: kind = AST_JSON_ON_EMPTY_ARRAY; break;
    case KW_DEFAULT: kind = AST_JSON_ON_DEFAULT; break;
    default: return NULL;
    }
    AstJsonBehavior *behavior = NEW(p, JsonBehavior, p->tok->start);
    parse__next(p);
    if (kind == AST_JSON_ON_EMPTY_ARRAY && !parse__accept(p, KW_ARRAY) &&
        parse__accept(p, KW_OBJECT))
        kind = AST_JSON_ON_EMPTY_OBJECT;
    if (kind == AST_JSON_ON_DEFAULT) behavior->expr = parse__expr(p);
    behavior->behavior = kind;
    return behavior;
}

/* behavior ON EMPTY, behavior ON ERROR, both in this order, or nothing. */
static void optional_behaviors(Parser *p, AstJsonBehavior **on_empty, AstJsonBehavior **on_error)
{
    AstJsonBehavior *behavior = optional_behavior(p);
    if (!behavior) return;
    parse__expect(p, KW_ON);
    if (parse__accept(p, KW_EMPTY)) {
        *on_empty = behavior;
        behavior = optional_behavior(p);
        if (!behavior) return;
        parse__expect(p, KW_ON);
    }
    parse__expect(p, KW_ERROR);
    *on_error = behavior;
}

static AstJsonBehavior *optional_on_error(Parser *p)
{
    AstJsonBehavior *behavior = optional_behavior(p);
    if (behavior) parse__expect2(p, KW_ON, KW_ERROR);
    return behavior;
}

AstExpr *parse__json_function(Parser *p)
{
    AstJsonFunction *expr = NEW(p, JsonFunction, p->tok->start);
    expr->op = parse__is(p, KW_JSON_EXISTS)  ? AST_JSON_OP_EXISTS
               : parse__is(p, KW_JSON_VALUE) ? AST_JSON_OP_VALUE
                                             : AST_JSON_OP_QUERY;
    open(p);
    expr->context = json_value(p);
    parse__expect(p, ',');
    expr->path = parse__expr(p);
    optional_passing(p, &expr->passing);
    if (expr->op == AST_JSON_OP_EXISTS) {
        expr->on_error = optional_on_error(p);
    } else {
        expr->returning = optional_returning(p);
        if (expr->op == AST_JSON_OP_QUERY) {
            expr->wrapper = optional_wrapper(p);
            expr->quotes = optional_quotes(p);
        }
        optional_behaviors(p, &expr->on_empty, &expr->on_error);
    }
    parse__expect(p, ')');
    return &expr->base;
}

/* ---- JSON_TABLE ---- */

static void table_columns(Parser *p, AstJsonTableColumnList *list);

static AstJsonTableColumn *nested_columns(Parser *p)
{
    AstJsonTableColumn *column = NEW(p, JsonTableColumn, p->tok->start);
    column->column = AST_JSON_COLUMN_NESTED;
    parse__next(p);
    parse__accept(p, KW_PATH);
    column->path_location = (int32_t)p->tok->start;
    column->path = parse__string(p);
    if (parse__accept(p, KW_AS)) {
        column->word_location = (int32_t)p->tok->start;
        column->path_name = parse__name(p);
    }
    table_columns(p, &column->columns);
    return column;
}

static void optional_column_path(Parser *p, AstJsonTableColumn *column)
{
    if (!parse__accept(p, KW_PATH)) return;
    column->path_location = (int32_t)p->tok->start;
    column->path = parse__string(p);
}

static AstJsonTableColumn *table_column(Parser *p)
{
    task_check();
    if (parse__is(p, KW_NESTED)) {
        uint16_t next = parse__peek_type(p, 1);
        if (next == KW_PATH || next == TOKEN_STRING) return nested_columns(p);
    }
    AstJsonTableColumn *column = NEW(p, JsonTableColumn, p->tok->start);
    column->name = parse__name(p);
    if (parse__accept(p, KW_FOR)) {
        parse__expect(p, KW_ORDINALITY);
        column->column = AST_JSON_COLUMN_ORDINALITY;
        return column;
    }
    column->type = parse__type_name(p);
    if (parse__accept(p, KW_EXISTS)) {
        column->column = AST_JSON_COLUMN_EXISTS;
        optional_column_path(p, column);
        column->on_error = optional_on_error(p);
        return column;
    }
    column->word_location = (int32_t)p->tok->start;
    bool formatted = optional_format(p, &column->encoding);
    column->column = formatted ? AST_JSON_COLUMN_FORMATTED : AST_JSON_COLUMN_REGULAR;
    optional_column_path(p, column);
    column->wrapper = optional_wrapper(p);
    column->quotes = optional_quotes(p);
    optional_behaviors(p, &column->on_empty, &column->on_error);
    return column;
}

static void table_columns(Parser *p, AstJsonTableColumnList *list)
{
    parse__expect2(p, KW_COLUMNS, '(');
    uint32_t mark = parse__mark(p);
    do parse__push(p, table_column(p));
    while (parse__accept(p, ','));
    TAKE(p, mark, list);
    parse__expect(p, ')');
}

AstJsonTable *parse__json_table(Parser *p)
{
    AstJsonTable *table = NEW(p, JsonTable, p->tok->start);
    open(p);
    table->context = json_value(p);
    parse__expect(p, ',');
    int32_t path_start = p->tok->start; /* the expression's own location may be an operator's */
    table->path = parse__expr(p);
    if (parse__accept(p, KW_AS)) table->path_name = parse__name(p);
    optional_passing(p, &table->passing);
    table_columns(p, &table->columns);
    table->on_error = optional_on_error(p);
    parse__expect(p, ')');
    if (table->path->kind != AST_STRING_CONST)
        parse__error(p, SQLSTATE_FEATURE_NOT_SUPPORTED, path_start,
                     "only string constants are supported in JSON_TABLE path specification");
    return table;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* parse_from.c - what stands in FROM: tables, functions, subqueries, joins, and their aliases. */
#include "parse/parse_internal.h"

static AstFromItem *table_ref(Parser *p);
static AstFromItem *join_from(Parser *p, AstFromItem *left);

/* ---- aliases ---- */

/* name [(columns)], with or without AS; NULL when none is here. */
AstAlias *parse__optional_alias(Parser *p)
{
    bool as = parse__is(p, KW_AS);
    if (!as && !parse__is_col_id(p->tok)) return NULL;
    if (as) parse__next(p);
    AstAlias *alias = NEW(p, Alias, p->tok->start);
    alias->name = parse__name(p);
    alias->columns = parse__optional_column_list(p);
    return alias;
}

/* name type [COLLATE c] */
static AstColumnDef *function_column(Parser *p, Str name, uint32_t start)
{
    AstColumnDef *column = NEW(p, ColumnDef, start);
    column->name = name;
    column->type = parse__type_name(p);
    column->collation = parse__optional_collate(p);
    return column;
}

/* Column definitions behind one whose name has been read, and the closing parenthesis. */
static void column_definitions(Parser *p, AstColumnDefList *list, Str name, uint32_t start)
{
    uint32_t mark = parse__mark(p);
    parse__push(p, function_column(p, name, start));
    while (parse__accept(p, ',')) {
        start = p->tok->start;
        name = parse__name(p);
        parse__push(p, function_column(p, name, start));
    }
    TAKE(p, mark, list);
    parse__expect(p, ')');
}

/* ( name type, ... ) */
static void column_definition_list(Parser *p, AstColumnDefList *list)
{
    parse__expect(p, '(');
    uint32_t start = p->tok->start;
    Str name = parse__name(p);
    column_definitions(p, list, name, start);
}

/* (a, b) or (a int, b text) behind a function's alias. */
static void alias_columns(Parser *p, AstAlias *alias, AstColumnDefList *definitions)
{
    parse__expect(p, '(');
    uint32_t start = p->tok->start;
    Str first = parse__name(p);
    if (!parse__is(p, ',') && !parse__is(p, ')')) {
        column_definitions(p, definitions, first, start);
        return;
    }
    uint32_t mark = parse__mark_names(p);
    parse__push_name(p, first);
    while (parse__accept(p, ',')) parse__push_name(p, parse__name(p));
    alias->columns = parse__take_names(p, mark);
    parse__expect(p, ')');
}

static void function_alias(Parser *p, AstRangeFunction *item)
{
    bool as = parse__is(p, KW_AS);
    if (!as && !parse__is_col_id(p->tok)) return;
    if (as) parse__next(p);
    if (as && parse__is(p, '(')) {
        column_definition_list(p, &item->columns);
        return;
    }
    item->alias = NEW(p, Alias, p->tok->start);
    item->alias->name = parse__name(p);
    if (parse__is(p, '(')) alias_columns(p, item->alias, &item->columns);
}

/* ---- functions ---- */

static bool with_ordinality(Parser *p)
{
    if (!parse__is(p, KW_WITH)) return false;
    uint16_t next = parse__peek_type(p, 1);
    if (next != KW_ORDINALITY && next != KW_TIME) return false;
    parse__next(p);
    parse__expect(p, KW_ORDINALITY);
    return true;
}

static AstFromItem *finish_function(Parser *p, AstRangeFunction *item)
{
    item->ordinality = with_ordinality(p);
    function_alias(p, item);
    return &item->base;
}

static AstFromItem *one_function(Parser *p, AstExpr *call, uint32_t start)
{
    AstRangeFunction *item = NEW(p, RangeFunction, start);
    AstRangeFunctionItem *function = NEW(p, RangeFunctionItem, start);
    function->call = call;
    LIST_OF_ONE(p, &item->functions, function);
    return finish_function(p, item);
}

/* A function without FILTER, WITHIN GROUP and OVER. */
AstExpr *parse__windowless_function(Parser *p)
{
    AstExpr *special = parse__special_function(p);
    return special ? special : &parse__func_application(p)->base;
}

static AstFromItem *rows_from(Parser *p)
{
    AstRangeFunction *item = NEW(p, RangeFunction, p->tok->start);
    item->rows_from = true;
    parse__next(p);
    parse__next(p);
    parse__expect(p, '(');
    uint32_t mark = parse__mark(p);
    do {
        AstRangeFunctionItem *function = NEW(p, RangeFunctionItem, p->tok->start);
        function->call = parse__windowless_function(p);
        if (parse__accept(p, KW_AS)) column_definition_list(p, &function->columns);
        parse__push(p, function);
    } while (parse__accept(p, ','));
    TAKE(p, mark, &item->functions);
    parse__expect(p, ')');
    return finish_function(p, item);
}

/* ---- tables ---- */

static AstFromItem *table_sample(Parser *p, AstFromItem *relation)
{
    parse__next(p);
    AstTableSample *sample = NEW(p, TableSample, p->tok->start); /* the method's place */
    sample->relation = relation;
    sample->method = parse__function_name(p);
    parse__expect(p, '(');
    parse__expr_list(p, &sample->args);
    parse__expect(p, ')');
    if (parse__accept(p, KW_REPEATABLE)) {
        parse__expect(p, '(');
        sample->repeatable = parse__expr(p);
        parse__expect(p, ')');
    }
    return &sample->base;
}

static AstFromItem *finish_table(Parser *p, AstRangeVar *relation)
{
    relation->alias = parse__optional_alias(p);
    return parse__is(p, KW_TABLESAMPLE) ? table_sample(p, &relation->base) : &relation->base;
}

/* A table or a function, both of which begin with a name. */
static AstFromItem *named_item(Parser *p, bool function_only)
{
    uint32_t start = p->tok->start;
    bool column_name = parse__is_col_id(p->tok),
         function_name = parse__is_type_function_name(p->tok);
    if (!column_name && !function_name) parse__syntax_error(p);
    Str first = parse__token_name(p, p->tok);
    parse__next(p);
    NodeStrs names;
    if (parse__is(p, '(') && function_name) {
        names = parse__names_of_one(p, first);
    } else {
        if (!column_name) parse__syntax_error(p);
        names = parse__dotted_from(p, first);
    }
    if (parse__is(p, '(') && (function_name || names.count > 1)) {
        CallShape shape;
        return one_function(p, &parse__function_call(p, names, start, &shape)->base, start);
    }
    if (function_only) parse__syntax_error(p);
    AstRangeVar *relation = parse__range_var_from(p, names, start);
    parse__accept(p, '*');
    return finish_table(p, relation);
}

/* ---- subqueries and joins in parentheses ---- */

static AstFromItem *subselect(Parser *p, AstSelectBase *select, uint32_t start, bool lateral)
{
    AstRangeSubselect *item = NEW(p, RangeSubselect, start);
    item->select = &select->base;
    item->lateral = lateral;
    item->alias = parse__optional_alias(p);
    return &item->base;
}

/* An alias behind a join in parentheses. */
static AstFromItem *alias_join(Parser *p, AstFromItem *join)
{
    AstAlias *alias = parse__optional_alias(p);
    if (alias) AST_AS(Join, join)->alias = alias;
    return join;
}

/* At a parenthesis: a query (then *select is set), or a join, both without what follows them. */
static AstFromItem *paren_item(Parser *p, AstSelectBase **select)
{
    task_check();
    *select = NULL;
    parse__expect(p, '(');
    AstFromItem *item = NULL;
    if (parse__starts_select(p)) {
        *select = parse__select_no_parens(p);
    } else if (parse__is(p, '(')) {
        uint32_t start = p->tok->start;
        AstSelectBase *inner;
        item = paren_item(p, &inner);
        if (inner && parse__is(p, ')'))
            *select = inner;
        else if (inner && parse__continues_select(p))
            *select = parse__select_from(p, inner);
        else
            item = join_from(p, inner ? subselect(p, inner, start, false) : alias_join(p, item));
    } else {
        item = table_ref(p);
    }
    /* Only a join may stand in parentheses, and one that has its alias inside is none. */
    if (!*select && (item->kind != AST_JOIN || AST_AS(Join, item)->alias)) parse__syntax_error(p);
    parse__expect(p, ')');
    return item;
}

/* ---- one item ---- */

static AstFromItem *xml_or_json_table(Parser *p, bool lateral)
{
    if (parse__is(p, KW_XMLTABLE)) {
        AstXmlTable *table = parse__xml_table(p);
        table->lateral = lateral;
        table->alias = parse__optional_alias(p);
        return &table->base;
    }
    AstJsonTable *table = parse__json_table(p);
    table->lateral = lateral;
    table->alias = parse__optional_alias(p);
    return &table->base;
}

/* Functions that SQL gives a syntax, tables made of XML and JSON, ROWS FROM; NULL: none of them. */
static AstFromItem *special_item(Parser *p, bool lateral)
{
    if (!parse__is_keyword(p->tok)) return NULL;
    uint32_t start = p->tok->start;
    if (parse__peek_type(p, 1) == '(' && (parse__is(p, KW_XMLTABLE) || parse__is(p, KW_JSON_TABLE)))
        return xml_or_json_table(p, lateral);
    if (parse__is(p, KW_ROWS) && parse__peek_type(p, 1) == KW_FROM) return rows_from(p);
    AstExpr *call = parse__special_function(p);
    return call ? one_function(p, call, start) : NULL;
}

static AstFromItem *lateral_item(Parser *p)
{
    uint32_t start = p->tok->start;
    parse__next(p);
    if (parse__is(p, '(')) {
        AstSelectBase *select = parse__select_with_parens(p);
        return subselect(p, select, start, true);
    }
    AstFromItem *item = special_item(p, true);
    if (!item) item = named_item(p, true);
    if (item->kind == AST_RANGE_FUNCTION) AST_AS(RangeFunction, item)->lateral = true;
    return item;
}

static AstFromItem *table_primary(Parser *p)
{
    if (parse__is(p, '(')) {
        uint32_t start = p->tok->start;
        AstSelectBase *select;
        AstFromItem *item = paren_item(p, &select);
        return select ? subselect(p, select, start, false) : alias_join(p, item);
    }
    if (parse__is(p, KW_ONLY)) return finish_table(p, parse__relation_expr(p));
    if (parse__is(p, KW_LATERAL)) return lateral_item(p);
    AstFromItem *special = special_item(p, false);
    return special ? special : named_item(p, false);
}

/* ---- joins ---- */

static bool join_kind(Parser *p, AstJoinKind *kind)
{
    switch (p->tok->type) {
    case KW_JOIN: *kind = AST_JOIN_INNER; return true;
    case KW_INNER: *kind = AST_JOIN_INNER; break;
    case KW_LEFT: *kind = AST_JOIN_LEFT; break;
    case KW_RIGHT: *kind = AST_JOIN_RIGHT; break;
    case KW_FULL: *kind = AST_JOIN_FULL; break;
    default: return false;
    }
    bool outer = *kind != AST_JOIN_INNER;
    parse__next(p);
    if (outer) parse__accept(p, KW_OUTER);
    return true;
}

static void join_condition(Parser *p, AstJoin *join)
{
    if (parse__accept(p, KW_ON)) {
        join->on = parse__expr(p);
        return;
    }
    parse__expect(p, KW_USING);
    join->using = parse__column_list(p);
    if (!parse__accept(p, KW_AS)) return;
    join->using_alias = NEW(p, Alias, p->tok->start);
    join->using_alias->name = parse__name(p);
}

/* JOIN chains to the left; only a join that waits for its condition lets the next one go first. */
static AstFromItem *join_from(Parser *p, AstFromItem *left)
{
    for (;;) {
        bool natural = false;
        uint32_t start = p->tok->start;
        AstJoinKind kind;
        if (parse__accept(p, KW_CROSS)) {
            kind = AST_JOIN_CROSS;
        } else {
            natural = parse__accept(p, KW_NATURAL);
            if (!join_kind(p, &kind)) {
                if (natural) parse__syntax_error(p);
                return left;
            }
        }
        parse__expect(p, KW_JOIN);
        AstJoin *join = NEW(p, Join, start);
        join->join = kind;
        join->natural = natural;
        join->left = left;
        if (kind == AST_JOIN_CROSS || join->natural) {
            join->right = table_primary(p);
        } else {
            join->right = table_ref(p);
            join_condition(p, join);
        }
        left = &join->base;
    }
}

static AstFromItem *table_ref(Parser *p)
{
    task_check();
    return join_from(p, table_primary(p));
}

AstFromItem *parse__table_ref(Parser *p)
{
    return table_ref(p);
}

void parse__from_list(Parser *p, AstFromItemList *list)
{
    uint32_t mark = parse__mark(p);
    do parse__push(p, table_ref(p));
    while (parse__accept(p, ','));
    TAKE(p, mark, list);
}

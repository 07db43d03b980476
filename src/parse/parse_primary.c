/* SPDX-License-Identifier: Apache-2.0 */
/* parse_primary.c - the operands of expressions: constants, columns, function calls, parentheses and all that begins
 * with a word of its own. Words that SQL gives a syntax (CASE, TRIM, XMLPARSE, ...) have a row in a table; many of them
 * are plain column names when no parenthesis follows.
 *
 * A parenthesis may open a query or an expression, and ((SELECT 1) UNION SELECT 2) is known from ((SELECT 1) + 2) only
 * behind the inner one. So parse__paren returns whichever it was, and its caller, itself perhaps inside a parenthesis,
 * goes on. */
#include "parse/parse_internal.h"

/* ---- parentheses ---- */

/* WITH, SELECT, VALUES (, TABLE: a query begins. */
bool parse__starts_select(Parser *p)
{
    switch (p->tok->type) {
    case KW_SELECT:
    case KW_WITH:
    case KW_TABLE: return true;
    case KW_VALUES: return parse__peek_type(p, 1) == '(';
    default: return false;
    }
}

/* Can a query in parentheses go on here, other than as an expression? */
bool parse__continues_select(const Parser *p)
{
    switch (p->tok->type) {
    case KW_UNION:
    case KW_INTERSECT:
    case KW_EXCEPT:
    case KW_ORDER:
    case KW_LIMIT:
    case KW_OFFSET:
    case KW_FETCH:
    case KW_FOR: return true;
    default: return false;
    }
}

static AstExpr *scalar_sublink(Parser *p, AstSelectBase *select, uint32_t location)
{
    AstSublink *link = NEW(p, Sublink, location);
    link->sublink = AST_SUBLINK_SCALAR;
    link->select = &select->base;
    return &link->base;
}

/* The operand that `paren` was: a subquery, a row, or an expression in parentheses. */
static AstExpr *paren_operand(Parser *p, const Paren *paren)
{
    if (paren->select)
        return parse__indirection(p, scalar_sublink(p, paren->select, paren->location));
    if (paren->items.count == 1) return parse__indirection(p, paren->items.items[0]);
    AstRowExpr *row = NEW(p, RowExpr, paren->location);
    row->items = paren->items;
    return &row->base;
}

/* `wrapped`: a query in parentheses is one too when the next token is a closing parenthesis. */
static AstExpr *expr_or_select(Parser *p, AstSelectBase **select, bool wrapped)
{
    *select = NULL;
    if (parse__starts_select(p)) {
        *select = parse__select_no_parens(p);
        return NULL;
    }
    if (!parse__is(p, '(')) return parse__expr(p);
    Paren paren;
    parse__paren(p, &paren, true);
    if (paren.select && wrapped && parse__is(p, ')')) {
        *select = paren.select;
        return NULL;
    }
    if (paren.select && parse__continues_select(p)) {
        *select = parse__select_from(p, paren.select);
        return NULL;
    }
    return parse__expr_from(p, paren_operand(p, &paren));
}

AstExpr *parse__expr_or_select(Parser *p, AstSelectBase **select)
{
    return expr_or_select(p, select, false);
}

void parse__paren(Parser *p, Paren *paren, bool list)
{
    task_check();
    *paren = (Paren){.location = p->tok->start};
    parse__expect(p, '(');
    AstExpr *first = expr_or_select(p, &paren->select, true);
    if (!paren->select) {
        uint32_t mark = parse__mark(p);
        parse__push(p, first);
        while (list && parse__accept(p, ',')) parse__push(p, parse__expr(p));
        TAKE(p, mark, &paren->items);
    }
    parse__expect(p, ')');
}

AstSelectBase *parse__select_with_parens(Parser *p)
{
    task_check();
    parse__expect(p, '(');
    AstSelectBase *select;
    if (parse__is(p, '(')) {
        select = parse__select_with_parens(p);
        if (!parse__is(p, ')')) {
            if (!parse__continues_select(p)) parse__syntax_error(p);
            select = parse__select_from(p, select);
        }
    } else {
        select = parse__select_no_parens(p);
    }
    parse__expect(p, ')');
    return select;
}

static AstExpr *explicit_row(Parser *p)
{
    AstRowExpr *row = NEW(p, RowExpr, p->tok->start);
    row->explicit = true;
    parse__expect2(p, KW_ROW, '(');
    if (!parse__is(p, ')')) parse__expr_list(p, &row->items);
    parse__expect(p, ')');
    return &row->base;
}

AstRowExpr *parse__row(Parser *p)
{
    if (parse__is(p, KW_ROW)) return AST_AS(RowExpr, explicit_row(p));
    AstRowExpr *row = NEW(p, RowExpr, p->tok->start);
    uint32_t mark = parse__mark(p);
    parse__expect(p, '(');
    parse__push(p, parse__expr(p));
    parse__expect(p, ',');
    do parse__push(p, parse__expr(p));
    while (parse__accept(p, ','));
    parse__expect(p, ')');
    TAKE(p, mark, &row->items);
    return row;
}

/* ---- indirection ---- */

static AstNode *subscript(Parser *p)
{
    AstSubscript *part = NEW(p, Subscript, p->tok->start);
    parse__expect(p, TOKEN_LEFT_BRACKET);
    if (!parse__is(p, ':')) part->upper = parse__expr(p);
    if (parse__accept(p, ':')) {
        part->slice = true;
        part->lower = part->upper;
        part->upper = parse__is(p, TOKEN_RIGHT_BRACKET) ? NULL : parse__expr(p);
    }
    parse__expect(p, TOKEN_RIGHT_BRACKET);
    return &part->base;
}

static AstFieldAccess *field_access(Parser *p)
{
    AstFieldAccess *part = NEW(p, FieldAccess, p->tok->start);
    parse__expect(p, '.');
    if (parse__accept(p, '*'))
        part->star = true;
    else
        part->name = parse__label(p);
    return part;
}

static bool is_star(const AstNode *part)
{
    const AstFieldAccess *field = AST_IF(FieldAccess, part);
    return field && field->star;
}

void parse__indirection_parts(Parser *p, AstNodeList *parts)
{
    uint32_t mark = parse__mark(p);
    while (parse__is(p, '.') || parse__is(p, TOKEN_LEFT_BRACKET))
        parse__push(p, parse__is(p, '.') ? &field_access(p)->base : subscript(p));
    TAKE(p, mark, parts);
    for (uint32_t i = 0; i + 1 < parts->count; i++)
        if (is_star(parts->items[i]))
            parse__error_near(p, SQLSTATE_SYNTAX_ERROR, p->tok, "improper use of \"*\"");
}

AstExpr *parse__indirection(Parser *p, AstExpr *arg)
{
    if (!parse__is(p, '.') && !parse__is(p, TOKEN_LEFT_BRACKET)) return arg;
    AstIndirection *expr = NEW(p, Indirection, p->tok->start);
    expr->arg = arg;
    parse__indirection_parts(p, &expr->parts);
    return &expr->base;
}

/* ---- constants ---- */

static AstExpr *string_const(Parser *p)
{
    AstStringConst *string = NEW(p, StringConst, p->tok->start);
    string->value = parse__string(p);
    return &string->base;
}

static AstExpr *literal_cast(Parser *p, AstTypeName *type, AstExpr *string)
{
    AstCastExpr *expr = NEW(p, CastExpr, NODE_NO_LOCATION);
    expr->arg = string;
    expr->type = type;
    return &expr->base;
}

/* DATE 'x' and its kin, at a type that SQL spells with words of its own. */
static AstExpr *typed_literal(Parser *p)
{
    bool interval = parse__is(p, KW_INTERVAL);
    AstTypeName *type = parse__sql_type(p, true);
    AstExpr *string = string_const(p);
    if (interval && type->fields == AST_INTERVAL_NONE) parse__interval_fields(p, type);
    return literal_cast(p, type, string);
}

static AstExpr *number_const(Parser *p)
{
    AstExpr *expr;
    if (parse__is(p, TOKEN_INTEGER)) {
        AstIntConst *number = NEW(p, IntConst, p->tok->start);
        number->value = p->tok->number;
        expr = &number->base;
    } else {
        AstFloatConst *number = NEW(p, FloatConst, p->tok->start);
        number->text = p->tok->text;
        expr = &number->base;
    }
    parse__next(p);
    return expr;
}

static AstExpr *bit_const(Parser *p)
{
    AstBitConst *bits = NEW(p, BitConst, p->tok->start);
    bits->digits = p->tok->text;
    bits->hex = parse__is(p, TOKEN_HEX_BITS);
    parse__next(p);
    return &bits->base;
}

static AstExpr *bool_const(Parser *p, bool value)
{
    AstBoolConst *expr = NEW(p, BoolConst, p->tok->start);
    parse__next(p);
    expr->value = value;
    return &expr->base;
}

static AstExpr *param(Parser *p)
{
    AstParam *expr = NEW(p, Param, p->tok->start);
    expr->number = p->tok->number;
    parse__next(p);
    return parse__indirection(p, &expr->base);
}

/* ---- columns, calls, and literals of types by name ---- */

/* name (args) 'string': the arguments are the type's modifiers. */
static AstExpr *call_or_literal(Parser *p, NodeStrs names, uint32_t start)
{
    CallShape shape;
    AstFuncCall *call = parse__function_call(p, names, start, &shape);
    if (!shape.modifiers || !parse__is(p, TOKEN_STRING)) return parse__call_tail(p, call);
    AstTypeName *type = NEW(p, TypeName, start);
    type->names = names;
    type->modifiers = call->args;
    AstExpr *string = string_const(p);
    for (uint32_t i = 0; i < call->args.count; i++)
        if (call->args.items[i]->kind == AST_NAMED_ARG)
            parse__error(p, SQLSTATE_SYNTAX_ERROR, call->args.items[i]->location,
                         "type modifier cannot have parameter name");
    if (call->order_by.count)
        parse__error(p, SQLSTATE_SYNTAX_ERROR, (int32_t)shape.order_at,
                     "type modifier cannot have ORDER BY");
    return literal_cast(p, type, string);
}

static AstExpr *named_type_literal(Parser *p, NodeStrs names, uint32_t start)
{
    AstTypeName *type = NEW(p, TypeName, start);
    type->names = names;
    return literal_cast(p, type, string_const(p));
}

/* first.b.c...: a column, or a function's or type's qualified name. At the dot. */
static AstExpr *dotted(Parser *p, Str first, uint32_t start)
{
    AstColumnRef *column = NEW(p, ColumnRef, start);
    uint32_t mark = parse__mark_names(p);
    parse__push_name(p, first);
    while (!column->star && parse__accept(p, '.')) {
        if (parse__accept(p, '*'))
            column->star = true;
        else
            parse__push_name(p, parse__label(p));
    }
    column->names = parse__take_names(p, mark);
    if (!column->star && parse__is(p, '(')) return call_or_literal(p, column->names, start);
    if (!column->star && parse__is(p, TOKEN_STRING))
        return named_type_literal(p, column->names, start);
    bool more = parse__is(p, '.') || parse__is(p, TOKEN_LEFT_BRACKET);
    if (!more) return &column->base;
    if (!column->star) return parse__indirection(p, &column->base);
    AstNodeList rest;
    parse__indirection_parts(p, &rest);
    parse__error_near(p, SQLSTATE_SYNTAX_ERROR, p->tok, "improper use of \"*\"");
}

/* At a name that can be that of a column or of a function, or of both. */
static inline AstExpr *name_operand(Parser *p, bool column_name, bool function_name)
{
    uint32_t start = p->tok->start;
    Str name = parse__token_name(p, p->tok);
    parse__next(p);
    if (function_name) {
        if (parse__is(p, '(')) return call_or_literal(p, parse__names_of_one(p, name), start);
        if (parse__is(p, TOKEN_STRING))
            return named_type_literal(p, parse__names_of_one(p, name), start);
        if (!column_name) parse__syntax_error(p);
    }
    if (parse__is(p, '.')) return dotted(p, name, start);
    AstColumnRef *column = NEW(p, ColumnRef, start);
    column->names = parse__names_of_one(p, name);
    return parse__indirection(p, &column->base);
}

AstExpr *parse__identifier_operand(Parser *p)
{
    return name_operand(p, true, true);
}

static AstExpr *word_operand(Parser *p)
{
    bool column_name = parse__is_col_id(p->tok);
    bool function_name = parse__is_type_function_name(p->tok);
    if (!column_name && !function_name) parse__syntax_error(p);
    return name_operand(p, column_name, function_name);
}

/* ---- words of their own ---- */

static AstExpr *case_expr(Parser *p)
{
    AstCaseExpr *expr = NEW(p, CaseExpr, p->tok->start);
    parse__next(p);
    if (!parse__is(p, KW_WHEN)) expr->arg = parse__expr(p);
    uint32_t mark = parse__mark(p);
    do {
        AstCaseWhen *when = NEW(p, CaseWhen, p->tok->start);
        parse__expect(p, KW_WHEN);
        when->condition = parse__expr(p);
        parse__expect(p, KW_THEN);
        when->result = parse__expr(p);
        parse__push(p, when);
    } while (parse__is(p, KW_WHEN));
    TAKE(p, mark, &expr->whens);
    if (parse__accept(p, KW_ELSE)) expr->otherwise = parse__expr(p);
    parse__expect(p, KW_END);
    return &expr->base;
}

/* [ ... ] with nested brackets. */
static AstExpr *array_items(Parser *p, uint32_t start)
{
    task_check();
    AstArrayExpr *array = NEW(p, ArrayExpr, start);
    parse__expect(p, TOKEN_LEFT_BRACKET);
    uint32_t mark = parse__mark(p);
    if (parse__is(p, TOKEN_LEFT_BRACKET)) {
        do parse__push(p, array_items(p, p->tok->start));
        while (parse__accept(p, ','));
    } else if (!parse__is(p, TOKEN_RIGHT_BRACKET)) {
        do parse__push(p, parse__expr(p));
        while (parse__accept(p, ','));
    }
    TAKE(p, mark, &array->items);
    parse__expect(p, TOKEN_RIGHT_BRACKET);
    return &array->base;
}

static AstExpr *array(Parser *p)
{
    uint32_t start = p->tok->start;
    parse__next(p);
    if (!parse__is(p, '(')) return array_items(p, start);
    AstSublink *link = NEW(p, Sublink, start);
    link->sublink = AST_SUBLINK_ARRAY;
    link->select = &parse__select_with_parens(p)->base;
    return &link->base;
}

static AstExpr *exists(Parser *p)
{
    AstSublink *link = NEW(p, Sublink, p->tok->start);
    parse__next(p);
    link->sublink = AST_SUBLINK_EXISTS;
    link->select = &parse__select_with_parens(p)->base;
    return &link->base;
}

static AstExpr *grouping(Parser *p)
{
    AstGroupingFunc *expr = NEW(p, GroupingFunc, p->tok->start);
    parse__next(p);
    parse__expect(p, '(');
    parse__expr_list(p, &expr->args);
    parse__expect(p, ')');
    return &expr->base;
}

AstExpr *parse__c_expr(Parser *p)
{
    switch (p->tok->type) {
    case TOKEN_IDENTIFIER: return parse__identifier_operand(p);
    case TOKEN_INTEGER:
    case TOKEN_FLOAT: return number_const(p);
    case TOKEN_STRING: return string_const(p);
    case TOKEN_BITS:
    case TOKEN_HEX_BITS: return bit_const(p);
    case TOKEN_PARAM: return param(p);
    case '(': {
        Paren paren;
        parse__paren(p, &paren, true);
        return paren_operand(p, &paren);
    }
    case KW_TRUE: return bool_const(p, true);
    case KW_FALSE: return bool_const(p, false);
    case KW_NULL: {
        AstNullConst *null = NEW(p, NullConst, p->tok->start);
        parse__next(p);
        return &null->base;
    }
    case KW_CASE: return case_expr(p);
    case KW_ARRAY: return array(p);
    default: break;
    }
    if (!parse__is_keyword(p->tok)) parse__syntax_error(p);
    if (parse__peek_type(p, 1) == '(') {
        if (parse__is(p, KW_EXISTS)) return exists(p);
        if (parse__is(p, KW_ROW)) return explicit_row(p);
        if (parse__is(p, KW_GROUPING)) return grouping(p);
    }
    AstExpr *special = parse__special_function(p);
    if (special) return special;
    if (parse__starts_sql_type(p, true)) return typed_literal(p);
    return word_operand(p);
}

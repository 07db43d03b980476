/* SPDX-License-Identifier: Apache-2.0 */
/* parse_expr.c - expressions, by precedence climbing over PostgreSQL's table of precedences.
 *
 * PostgreSQL has two kinds of expression, a_expr and the smaller b_expr (no AND, OR, NOT, IN, LIKE, BETWEEN, IS NULL at
 * its top). Both are climbed here, told apart by a flag. A non-associative operator may not follow an expression of its
 * own level: that is checked only where such an expression ends in an operand, as in PostgreSQL's grammar, so that 1 IN
 * (1) IN (true) is accepted and 1 < 2 < 3 is not.
 *
 * (X1) climb(p, level) returns at the first token that binds looser than `level`, with nothing of it read */
#include "parse/parse_internal.h"

enum {
    LEVEL_LOWEST,
    LEVEL_OR,
    LEVEL_AND,
    LEVEL_NOT,
    LEVEL_IS,         /* not associative */
    LEVEL_COMPARISON, /* not associative */
    LEVEL_LIKE,       /* BETWEEN, IN, LIKE, ILIKE, SIMILAR: not associative */
    LEVEL_ESCAPE,
    LEVEL_OPERATOR, /* all other operators */
    LEVEL_SUM,
    LEVEL_PRODUCT,
    LEVEL_POWER,
    LEVEL_AT,
    LEVEL_COLLATE,
    LEVEL_SIGN,
    LEVEL_CAST,
};

typedef enum ExprFlags {
    EXPR_A = 0,
    EXPR_B = 1,
    EXPR_TARGET =
        4, /* of a SELECT list: an operator's word with nothing behind it is a label; not for operands */
    EXPR_SIMILAR_ENDS =
        2, /* SIMILAR without TO ends the expression: SUBSTRING(a SIMILAR b ESCAPE c) */
} ExprFlags;

static AstExpr *climb(Parser *p, uint32_t level, ExprFlags flags);
static AstExpr *climb_from(Parser *p, AstExpr *left, uint32_t level, ExprFlags flags);

/* ---- building ---- */

static AstExpr *make_operator(Parser *p, Str op, AstExpr *left, AstExpr *right, uint32_t location)
{
    AstOpExpr *expr = NEW(p, OpExpr, location);
    expr->op = op;
    expr->left = left;
    expr->right = right;
    return &expr->base;
}

static AstExpr *make_not(Parser *p, AstExpr *arg, uint32_t location)
{
    AstNotExpr *expr = NEW(p, NotExpr, location);
    expr->arg = arg;
    return &expr->base;
}

/* Minus before a number is part of it, as in PostgreSQL's tree. */
static AstExpr *negate(Parser *p, AstExpr *arg, uint32_t location)
{
    if (arg->kind == AST_INT_CONST) {
        AstIntConst *number = AST_AS(IntConst, arg);
        number->value = -number->value;
        number->location = (int32_t)location;
        return arg;
    }
    if (arg->kind == AST_FLOAT_CONST) {
        AstFloatConst *number = AST_AS(FloatConst, arg);
        bool negative = number->text.data[0] == '-';
        number->text = negative ? str_slice(number->text, 1, number->text.bytes)
                                : str_concat(p->arena, STR("-"), number->text);
        number->location = (int32_t)location;
        return arg;
    }
    return make_operator(p, STR("-"), NULL, arg, location);
}

AstFuncCall *parse__system_call(Parser *p, Str name, uint32_t location)
{
    AstFuncCall *call = NEW(p, FuncCall, location);
    call->names = parse__system_name(p, name);
    call->sql_syntax = true;
    return call;
}

void parse__call_args(Parser *p, AstFuncCall *call, uint32_t count, AstExpr *const *args)
{
    uint32_t mark = parse__mark(p);
    for (uint32_t i = 0; i < count; i++)
        if (args[i]) parse__push(p, args[i]);
    TAKE(p, mark, &call->args);
}

/* ---- what follows an operand ---- */

/* SELECT a AND FROM t: the word is a label when what follows it can follow a label and begins no operand. */
static bool is_operator_word_as_label(Parser *p)
{
    switch (p->tok->type) {
    case KW_OPERATOR:
    case KW_IS:
    case KW_OR:
    case KW_AND:
    case KW_BETWEEN:
    case KW_IN:
    case KW_LIKE:
    case KW_ILIKE:
    case KW_SIMILAR:
    case KW_AT:
    case KW_COLLATE: {
        const Token *next = parse__peek(p, 1);
        return next->type == ',' || parse__ends_target_list(next);
    }
    default: return false;
    }
}

/* The level of each token as something that goes on an expression; 0 is LEVEL_LOWEST. Of words there is more to ask. */
enum { LEVEL_BITS = 0x1f, LEVEL_NOT_B = 0x40, LEVEL_WORD = 0x80 };
static const uint8_t levels[KEYWORD_LAST_PLUS_1] = {
    [TOKEN_CAST] = LEVEL_CAST,
    [TOKEN_CARET] = LEVEL_POWER,
    ['*'] = LEVEL_PRODUCT,
    ['/'] = LEVEL_PRODUCT,
    ['%'] = LEVEL_PRODUCT,
    ['+'] = LEVEL_SUM,
    ['-'] = LEVEL_SUM,
    [TOKEN_OPERATOR] = LEVEL_OPERATOR,
    ['<'] = LEVEL_COMPARISON,
    ['>'] = LEVEL_COMPARISON,
    ['='] = LEVEL_COMPARISON,
    [TOKEN_LESS_EQUAL] = LEVEL_COMPARISON,
    [TOKEN_GREATER_EQUAL] = LEVEL_COMPARISON,
    [TOKEN_NOT_EQUAL] = LEVEL_COMPARISON,
    [KW_OPERATOR] = LEVEL_WORD | LEVEL_OPERATOR,
    [KW_IS] = LEVEL_WORD | LEVEL_IS,
    [KW_OR] = LEVEL_WORD | LEVEL_NOT_B | LEVEL_OR,
    [KW_AND] = LEVEL_WORD | LEVEL_NOT_B | LEVEL_AND,
    [KW_ISNULL] = LEVEL_WORD | LEVEL_NOT_B | LEVEL_IS,
    [KW_NOTNULL] = LEVEL_WORD | LEVEL_NOT_B | LEVEL_IS,
    [KW_BETWEEN] = LEVEL_WORD | LEVEL_NOT_B | LEVEL_LIKE,
    [KW_IN] = LEVEL_WORD | LEVEL_NOT_B | LEVEL_LIKE,
    [KW_LIKE] = LEVEL_WORD | LEVEL_NOT_B | LEVEL_LIKE,
    [KW_ILIKE] = LEVEL_WORD | LEVEL_NOT_B | LEVEL_LIKE,
    [KW_SIMILAR] = LEVEL_WORD | LEVEL_NOT_B | LEVEL_LIKE,
    [KW_NOT] = LEVEL_WORD | LEVEL_NOT_B | LEVEL_LIKE,
    [KW_AT] = LEVEL_WORD | LEVEL_NOT_B | LEVEL_AT,
    [KW_COLLATE] = LEVEL_WORD | LEVEL_NOT_B | LEVEL_COLLATE,
};

static uint32_t level_of_word(Parser *p, uint32_t level, ExprFlags flags)
{
    if ((flags & EXPR_TARGET) && is_operator_word_as_label(p)) return LEVEL_LOWEST;
    if ((level & LEVEL_NOT_B) && (flags & EXPR_B)) return LEVEL_LOWEST;
    if (parse__is(p, KW_SIMILAR) && (flags & EXPR_SIMILAR_ENDS) && parse__peek_type(p, 1) != KW_TO)
        return LEVEL_LOWEST;
    if (parse__is(p, KW_NOT) && !p->tok->bound) return LEVEL_LOWEST;
    return level & LEVEL_BITS;
}

/* The level of the current token, or LEVEL_LOWEST. */
static inline uint32_t level_of(Parser *p, ExprFlags flags)
{
    uint32_t level = levels[p->tok->type];
    return level & LEVEL_WORD ? level_of_word(p, level, flags) : level;
}

/* A non-associative operator's expression has just ended in an operand: its word is then no label either. */
static void check_not_associative(Parser *p, uint32_t level, ExprFlags flags)
{
    flags &= ~(ExprFlags)EXPR_TARGET;
    if (UNLIKELY(level_of(p, flags) == level)) parse__syntax_error(p);
}

/* ---- ANY, ALL, SOME ---- */

static bool is_any_all(uint16_t type)
{
    return type == KW_ANY || type == KW_ALL || type == KW_SOME;
}

/* At ANY, ALL or SOME behind an operator. */
static AstExpr *any_all(Parser *p, AstExpr *left, NodeStrs schema, Str op, uint32_t location)
{
    bool all = parse__is(p, KW_ALL);
    parse__next(p);
    Paren paren;
    parse__paren(p, &paren, false);
    if (paren.select) {
        AstSublink *link = NEW(p, Sublink, location);
        link->sublink = all ? AST_SUBLINK_ALL : AST_SUBLINK_ANY;
        link->test = left;
        link->schema = schema;
        link->op = op;
        link->select = &paren.select->base;
        return &link->base;
    }
    AstOpAnyExpr *expr = NEW(p, OpAnyExpr, location);
    expr->left = left;
    expr->schema = schema;
    expr->op = op;
    expr->all = all;
    expr->right = paren.items.items[0];
    return &expr->base;
}

/* ---- operators ---- */

/* OPERATOR ( [schema .] op ) */
static Str qualified_operator(Parser *p, NodeStrs *schema)
{
    parse__expect2(p, KW_OPERATOR, '(');
    NodeStrs names = parse__any_operator(p);
    parse__expect(p, ')');
    schema->items = names.items;
    schema->count = names.count - 1;
    return names.items[names.count - 1];
}

static AstExpr *binary_operator(Parser *p, AstExpr *left, uint32_t level, ExprFlags flags)
{
    uint32_t start = p->tok->start;
    NodeStrs schema = {0};
    Str op;
    if (parse__is(p, KW_OPERATOR)) {
        op = qualified_operator(p, &schema);
    } else {
        op = p->tok->text;
        parse__next(p);
    }
    if (!(flags & EXPR_B) && is_any_all(p->tok->type)) return any_all(p, left, schema, op, start);
    AstExpr *expr = make_operator(p, op, left, climb(p, level + 1, flags), start);
    AST_AS(OpExpr, expr)->schema = schema;
    if (level == LEVEL_COMPARISON) check_not_associative(p, level, flags);
    return expr;
}

static AstExpr *bool_operator(Parser *p, AstExpr *left, uint32_t level, ExprFlags flags)
{
    AstBoolExpr *expr = NEW(p, BoolExpr, p->tok->start);
    expr->op = level == LEVEL_OR ? AST_BOOL_OR : AST_BOOL_AND;
    uint32_t mark = parse__mark(p);
    AstBoolExpr *same = AST_IF(BoolExpr, left);
    if (same && same->op == expr->op) {
        expr->location = same->location;
        for (uint32_t i = 0; i < same->args.count; i++) parse__push(p, same->args.items[i]);
    } else {
        parse__push(p, left);
    }
    do {
        parse__next(p);
        parse__push(p, climb(p, level + 1, flags));
    } while (level_of(p, flags) == level);
    TAKE(p, mark, &expr->args);
    return &expr->base;
}

static AstExpr *cast(Parser *p, AstExpr *arg)
{
    AstCastExpr *expr = NEW(p, CastExpr, p->tok->start);
    parse__next(p);
    expr->arg = arg;
    expr->type = parse__type_name(p);
    return &expr->base;
}

static AstExpr *collate(Parser *p, AstExpr *arg)
{
    AstCollateExpr *expr = NEW(p, CollateExpr, p->tok->start);
    parse__next(p);
    expr->arg = arg;
    expr->collation = parse__any_name(p);
    return &expr->base;
}

static AstExpr *at_time_zone(Parser *p, AstExpr *arg, ExprFlags flags)
{
    AstFuncCall *call = parse__system_call(p, STR("timezone"), p->tok->start);
    parse__next(p);
    AstExpr *zone = NULL;
    if (!parse__accept(p, KW_LOCAL)) {
        parse__expect2(p, KW_TIME, KW_ZONE);
        zone = climb(p, LEVEL_AT + 1, flags);
    }
    parse__call_args(p, call, 2, (AstExpr *[]){zone, arg});
    return &call->base;
}

/* ---- IS ---- */

static AstExpr *truth_test(Parser *p, AstExpr *arg, AstTruthTest test, uint32_t start)
{
    parse__next(p);
    AstTruthExpr *expr = NEW(p, TruthExpr, start);
    expr->arg = arg;
    expr->test = test;
    return &expr->base;
}

static AstExpr *distinct_from(Parser *p, AstExpr *left, bool negated, uint32_t start,
                              ExprFlags flags)
{
    parse__next(p);
    parse__expect(p, KW_FROM);
    AstDistinctExpr *expr = NEW(p, DistinctExpr, start);
    expr->left = left;
    expr->right = climb(p, LEVEL_IS + 1, flags);
    expr->negated = negated;
    check_not_associative(p, LEVEL_IS, flags);
    return &expr->base;
}

static AstExpr *is_json(Parser *p, AstExpr *arg, uint32_t start)
{
    parse__next(p);
    AstJsonIs *expr = NEW(p, JsonIs, start);
    expr->arg = arg;
    if (parse__accept(p, KW_OBJECT))
        expr->type = AST_JSON_TYPE_OBJECT;
    else if (parse__accept(p, KW_ARRAY))
        expr->type = AST_JSON_TYPE_ARRAY;
    else if (parse__accept(p, KW_SCALAR))
        expr->type = AST_JSON_TYPE_SCALAR;
    else
        parse__accept(p, KW_VALUE);
    expr->unique = parse__unique_keys(p);
    return &expr->base;
}

static AstExpr *is_normalized(Parser *p, AstExpr *arg, uint32_t start)
{
    AstExpr *form = parse__is(p, KW_NORMALIZED) ? NULL : parse__normal_form(p);
    parse__expect(p, KW_NORMALIZED);
    AstFuncCall *call = parse__system_call(p, STR("is_normalized"), start);
    parse__call_args(p, call, 2, (AstExpr *[]){arg, form});
    return &call->base;
}

static AstExpr *null_test(Parser *p, AstExpr *arg, bool negated, uint32_t start)
{
    parse__next(p);
    AstNullTest *expr = NEW(p, NullTest, start);
    expr->arg = arg;
    expr->negated = negated;
    return &expr->base;
}

static AstExpr *is_document(Parser *p, AstExpr *arg, uint32_t start)
{
    parse__next(p);
    AstXmlIsDocument *expr = NEW(p, XmlIsDocument, start);
    expr->arg = arg;
    return &expr->base;
}

static AstExpr *negate_if(Parser *p, bool negated, AstExpr *expr, uint32_t start)
{
    return negated ? make_not(p, expr, start) : expr;
}

static AstExpr *is_test(Parser *p, AstExpr *arg, ExprFlags flags)
{
    uint32_t start = p->tok->start;
    if (parse__is(p, KW_ISNULL)) return null_test(p, arg, false, start);
    if (parse__is(p, KW_NOTNULL)) return null_test(p, arg, true, start);
    parse__next(p);
    bool negated = parse__accept(p, KW_NOT);
    if (parse__is(p, KW_DISTINCT)) return distinct_from(p, arg, negated, start, flags);
    if (parse__is(p, KW_DOCUMENT)) return negate_if(p, negated, is_document(p, arg, start), start);
    if (flags & EXPR_B) parse__syntax_error(p);
    switch (p->tok->type) {
    case KW_NULL: return null_test(p, arg, negated, start);
    case KW_TRUE: return truth_test(p, arg, negated ? AST_IS_NOT_TRUE : AST_IS_TRUE, start);
    case KW_FALSE: return truth_test(p, arg, negated ? AST_IS_NOT_FALSE : AST_IS_FALSE, start);
    case KW_UNKNOWN:
        return truth_test(p, arg, negated ? AST_IS_NOT_UNKNOWN : AST_IS_UNKNOWN, start);
    case KW_JSON: return negate_if(p, negated, is_json(p, arg, start), start);
    case KW_NORMALIZED:
    case KW_NFC:
    case KW_NFD:
    case KW_NFKC:
    case KW_NFKD: return negate_if(p, negated, is_normalized(p, arg, start), start);
    default: parse__syntax_error(p);
    }
}

/* ---- BETWEEN, IN, LIKE ---- */

static AstExpr *between(Parser *p, AstExpr *arg, bool negated, uint32_t start, ExprFlags flags)
{
    parse__next(p);
    AstBetweenExpr *expr = NEW(p, BetweenExpr, start);
    expr->arg = arg;
    expr->negated = negated;
    expr->symmetric = parse__accept(p, KW_SYMMETRIC);
    if (!expr->symmetric) parse__accept(p, KW_ASYMMETRIC);
    expr->low = climb(p, LEVEL_LOWEST + 1, EXPR_B);
    parse__expect(p, KW_AND);
    expr->high = climb(p, LEVEL_LIKE + 1, flags);
    check_not_associative(p, LEVEL_LIKE, flags);
    return &expr->base;
}

static AstExpr *in_list(Parser *p, AstExpr *arg, bool negated, uint32_t start)
{
    parse__next(p);
    Paren paren;
    parse__paren(p, &paren, true);
    if (paren.select) {
        AstSublink *link = NEW(p, Sublink, start);
        link->sublink = AST_SUBLINK_IN;
        link->test = arg;
        link->select = &paren.select->base;
        return negate_if(p, negated, &link->base, start);
    }
    AstInExpr *expr = NEW(p, InExpr, start);
    expr->arg = arg;
    expr->items = paren.items;
    expr->negated = negated;
    return &expr->base;
}

static AstExpr *like(Parser *p, AstExpr *arg, bool negated, uint32_t start, ExprFlags flags)
{
    AstLikeKind kind = parse__is(p, KW_LIKE)    ? AST_LIKE_LIKE
                       : parse__is(p, KW_ILIKE) ? AST_LIKE_ILIKE
                                                : AST_LIKE_SIMILAR;
    parse__next(p);
    if (kind == AST_LIKE_SIMILAR)
        parse__expect(p, KW_TO);
    else if (is_any_all(p->tok->type)) {
        static const char *const names[2][2] = {{"~~", "!~~"}, {"~~*", "!~~*"}};
        return any_all(p, arg, (NodeStrs){0}, str_from(names[kind == AST_LIKE_ILIKE][negated]),
                       start);
    }
    AstLikeExpr *expr = NEW(p, LikeExpr, start);
    expr->arg = arg;
    expr->like = kind;
    expr->negated = negated;
    expr->pattern = climb(p, LEVEL_LIKE + 1, flags);
    if (parse__accept(p, KW_ESCAPE)) expr->escape = climb(p, LEVEL_LIKE + 1, flags);
    check_not_associative(p, LEVEL_LIKE, flags);
    return &expr->base;
}

static AstExpr *like_level(Parser *p, AstExpr *left, ExprFlags flags)
{
    uint32_t start = p->tok->start;
    bool negated = parse__is(p, KW_NOT);
    if (negated) parse__next(p);
    if (parse__is(p, KW_BETWEEN)) return between(p, left, negated, start, flags);
    if (parse__is(p, KW_IN)) return in_list(p, left, negated, start);
    return like(p, left, negated, start, flags);
}

/* ---- climbing ---- */

static AstExpr *climb_from(Parser *p, AstExpr *left, uint32_t level, ExprFlags flags)
{
    for (;;) {
        uint32_t found = level_of(p, flags);
        if (found < level || found == LEVEL_LOWEST) return left;
        switch (found) {
        case LEVEL_OR:
        case LEVEL_AND: left = bool_operator(p, left, found, flags); break;
        case LEVEL_IS: left = is_test(p, left, flags); break;
        case LEVEL_LIKE: left = like_level(p, left, flags); break;
        case LEVEL_AT: left = at_time_zone(p, left, flags); break;
        case LEVEL_COLLATE: left = collate(p, left); break;
        case LEVEL_CAST: left = cast(p, left); break;
        default: left = binary_operator(p, left, found, flags); break;
        }
    }
}

/* NOT, signs and operators before an operand. */
static AstExpr *prefixed(Parser *p, ExprFlags flags)
{
    uint32_t start = p->tok->start;
    switch (p->tok->type) {
    case KW_NOT:
        if (flags & EXPR_B) parse__syntax_error(p);
        parse__next(p);
        return make_not(p, climb(p, LEVEL_NOT, flags), start);
    case '+':
        parse__next(p);
        return make_operator(p, STR("+"), NULL, climb(p, LEVEL_SIGN + 1, flags), start);
    case '-': parse__next(p); return negate(p, climb(p, LEVEL_SIGN + 1, flags), start);
    case TOKEN_OPERATOR: {
        Str op = p->tok->text;
        parse__next(p);
        return make_operator(p, op, NULL, climb(p, LEVEL_OPERATOR + 1, flags), start);
    }
    case KW_OPERATOR: {
        if (parse__peek_type(p, 1) != '(') return NULL; /* a column of that name */
        NodeStrs schema = {0};
        Str op = qualified_operator(p, &schema);
        AstExpr *expr = make_operator(p, op, NULL, climb(p, LEVEL_OPERATOR + 1, flags), start);
        AST_AS(OpExpr, expr)->schema = schema;
        return expr;
    }
    default: return NULL;
    }
}

static AstExpr *overlaps(Parser *p, AstExpr *left)
{
    AstRowExpr *rows[2] = {AST_AS(RowExpr, left), NULL};
    uint32_t start = p->tok->start;
    parse__next(p);
    rows[1] = parse__row(p);
    for (int i = 0; i < 2; i++)
        if (rows[i]->items.count != 2)
            parse__error(p, SQLSTATE_SYNTAX_ERROR, rows[i]->location,
                         "wrong number of parameters on %s side of OVERLAPS expression",
                         i ? "right" : "left");
    AstFuncCall *call = parse__system_call(p, STR("overlaps"), start);
    AstExpr *args[] = {rows[0]->items.items[0], rows[0]->items.items[1], rows[1]->items.items[0],
                       rows[1]->items.items[1]};
    parse__call_args(p, call, 4, args);
    return &call->base;
}

static AstExpr *operand(Parser *p, ExprFlags flags)
{
    static_assert(TOKEN_PARAM - TOKEN_STRING == 5, "all constants that are no words");
    uint32_t type = p->tok->type;
    if (type == TOKEN_IDENTIFIER) return parse__identifier_operand(p);
    if (type >= TOKEN_STRING && type <= TOKEN_PARAM) return parse__c_expr(p);
    AstExpr *expr = prefixed(p, flags);
    if (expr) return expr;
    if (flags & EXPR_B) return parse__c_expr(p);
    if (parse__is(p, KW_DEFAULT)) {
        AstExpr *value = &NEW(p, Default, p->tok->start)->base;
        parse__next(p);
        return value;
    }
    if (parse__is(p, KW_UNIQUE)) {
        uint32_t start = p->tok->start;
        parse__next(p);
        if (parse__accept(p, KW_NULLS)) {
            parse__accept(p, KW_NOT);
            parse__expect(p, KW_DISTINCT);
        }
        parse__select_with_parens(p);
        parse__error(p, SQLSTATE_FEATURE_NOT_SUPPORTED, (int32_t)start,
                     "UNIQUE predicate is not yet "
                     "implemented");
    }
    const int32_t start = (int32_t)p->tok->start;
    expr = parse__c_expr(p);
    const bool row = expr->kind == AST_ROW_EXPR && expr->location == start; /* not in parentheses */
    return UNLIKELY(parse__is(p, KW_OVERLAPS)) && row ? overlaps(p, expr) : expr;
}

static AstExpr *climb(Parser *p, uint32_t level, ExprFlags flags)
{
    task_check();
    flags &= ~(ExprFlags)EXPR_TARGET;
    return climb_from(p, operand(p, flags), level, flags);
}

AstExpr *parse__expr(Parser *p)
{
    return climb(p, LEVEL_LOWEST + 1, EXPR_A);
}

AstExpr *parse__b_expr(Parser *p)
{
    return climb(p, LEVEL_LOWEST + 1, EXPR_B);
}

AstExpr *parse__target_expr(Parser *p)
{
    task_check();
    return climb_from(p, operand(p, EXPR_A), LEVEL_LOWEST + 1, EXPR_TARGET);
}

AstExpr *parse__substring_expr(Parser *p)
{
    return climb(p, LEVEL_LOWEST + 1, EXPR_SIMILAR_ENDS);
}

AstExpr *parse__expr_from(Parser *p, AstExpr *left)
{
    if (UNLIKELY(parse__is(p, KW_OVERLAPS)) && left->kind == AST_ROW_EXPR) left = overlaps(p, left);
    return climb_from(p, left, LEVEL_LOWEST + 1, EXPR_A);
}

void parse__expr_list(Parser *p, AstExprList *list)
{
    uint32_t mark = parse__mark(p);
    do parse__push(p, parse__expr(p));
    while (parse__accept(p, ','));
    TAKE(p, mark, list);
}

/* ---- clauses made of expressions ---- */

AstExpr *parse__optional_where(Parser *p)
{
    return parse__accept(p, KW_WHERE) ? parse__expr(p) : NULL;
}

NodeStrs parse__optional_collate(Parser *p)
{
    return parse__accept(p, KW_COLLATE) ? parse__any_name(p) : (NodeStrs){0};
}

AstSortOrder parse__sort_order(Parser *p)
{
    if (parse__accept(p, KW_ASC)) return AST_SORT_ASC;
    if (parse__accept(p, KW_DESC)) return AST_SORT_DESC;
    return AST_SORT_DEFAULT;
}

AstNullsOrder parse__nulls_order(Parser *p)
{
    if (!parse__is(p, KW_NULLS)) return AST_NULLS_DEFAULT;
    uint16_t next = parse__peek_type(p, 1);
    if (next != KW_FIRST && next != KW_LAST) return AST_NULLS_DEFAULT;
    parse__next(p);
    parse__next(p);
    return next == KW_FIRST ? AST_NULLS_FIRST : AST_NULLS_LAST;
}

static AstSortItem *sort_item(Parser *p)
{
    AstSortItem *item = NEW(p, SortItem, p->tok->start);
    item->expr = parse__expr(p);
    if (parse__accept(p, KW_USING)) {
        item->order = AST_SORT_USING;
        item->location = p->tok->start; /* the operator's */
        if (parse__is(p, KW_OPERATOR)) {
            parse__next(p);
            parse__expect(p, '(');
            item->operator= parse__any_operator(p);
            parse__expect(p, ')');
        } else {
            item->operator= parse__names_of_one(p, parse__operator(p));
        }
    } else {
        item->order = parse__sort_order(p);
    }
    item->nulls = parse__nulls_order(p);
    return item;
}

void parse__optional_order_by(Parser *p, AstSortItemList *list)
{
    if (!parse__is(p, KW_ORDER)) return;
    parse__next(p);
    parse__expect(p, KW_BY);
    uint32_t mark = parse__mark(p);
    do parse__push(p, sort_item(p));
    while (parse__accept(p, ','));
    TAKE(p, mark, list);
}

/* ---- where an expression begins ---- */

/* The operand that stands first in the text, before the node's own location; NULL: none does. */
static const AstExpr *first_operand(const AstExpr *expr)
{
    switch (expr->kind) {
    case AST_OP_EXPR: return AST_AS(OpExpr, expr)->left;
    case AST_OP_ANY_EXPR: return AST_AS(OpAnyExpr, expr)->left;
    case AST_BOOL_EXPR: return AST_AS(BoolExpr, expr)->args.items[0];
    case AST_NULL_TEST: return AST_AS(NullTest, expr)->arg;
    case AST_TRUTH_EXPR: return AST_AS(TruthExpr, expr)->arg;
    case AST_DISTINCT_EXPR: return AST_AS(DistinctExpr, expr)->left;
    case AST_IN_EXPR: return AST_AS(InExpr, expr)->arg;
    case AST_BETWEEN_EXPR: return AST_AS(BetweenExpr, expr)->arg;
    case AST_LIKE_EXPR: return AST_AS(LikeExpr, expr)->arg;
    case AST_COLLATE_EXPR: return AST_AS(CollateExpr, expr)->arg;
    case AST_CAST_EXPR: return AST_AS(CastExpr, expr)->arg;
    case AST_INDIRECTION: return AST_AS(Indirection, expr)->arg;
    case AST_SUBLINK: return AST_AS(Sublink, expr)->test;
    default: return NULL;
    }
}

int32_t parse__leftmost(const AstExpr *expr)
{
    int32_t leftmost = expr->location;
    while ((expr = first_operand(expr)) != NULL)
        if (expr->location >= 0 && (leftmost < 0 || expr->location < leftmost))
            leftmost = expr->location;
    return leftmost;
}

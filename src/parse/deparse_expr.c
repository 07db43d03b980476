/* SPDX-License-Identifier: Apache-2.0 */
/* deparse_expr.c - expressions: constants, references, operators, constructors. What is written like a call stands in
 * deparse_call.c. */
#include "parse/deparse_internal.h"

#include "base/arith.h"

/* ---- levels ---- */

static bool is_one_of(Str text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(text, str_from(words[i]))) return true;
    return false;
}

static DeparseLevel operator_level(NodeStrs schema, Str op)
{
    static const char *const compare[] = {"<", ">", "=", "<=", ">=", "<>"};
    static const char *const multiply[] = {"*", "/", "%"};
    static const char *const add[] = {"+", "-"};
    if (schema.count) return BINDS_OPERATOR;
    if (is_one_of(op, compare, ARRAY_LEN(compare))) return BINDS_COMPARE;
    if (is_one_of(op, add, ARRAY_LEN(add))) return BINDS_ADD;
    if (is_one_of(op, multiply, ARRAY_LEN(multiply))) return BINDS_MULTIPLY;
    if (str_equal(op, STR("^"))) return BINDS_POWER;
    return BINDS_OPERATOR;
}

/* Before an operand: * / % ^ < > = and such can stand there only in OPERATOR(), and a minus before a number would
 * become part of it. */
static bool needs_operator_word(const AstOpExpr *expr)
{
    bool minus = str_equal(expr->op, STR("-"));
    if (expr->schema.count || str_equal(expr->op, STR("+"))) return false;
    if (minus) return expr->right->kind == AST_INT_CONST || expr->right->kind == AST_FLOAT_CONST;
    return operator_level(expr->schema, expr->op) != BINDS_OPERATOR;
}

static DeparseLevel prefix_level(const AstOpExpr *expr)
{
    bool sign = !expr->schema.count && !needs_operator_word(expr) &&
                (str_equal(expr->op, STR("+")) || str_equal(expr->op, STR("-")));
    return sign ? BINDS_SIGN : BINDS_OPERATOR;
}

static bool is_call_to(const AstFuncCall *call, const char *name)
{
    return call->sql_syntax && str_equal(call->names.items[call->names.count - 1], str_from(name));
}

static DeparseLevel call_level(const AstFuncCall *call)
{
    if (is_call_to(call, "timezone")) return BINDS_AT;
    if (is_call_to(call, "is_normalized")) return BINDS_IS;
    /* (a, b) OVERLAPS (c, d): its own rule, best left in parentheses */
    if (is_call_to(call, "overlaps")) return BINDS_OR;
    return BINDS_ATOM;
}

static DeparseLevel sublink_level(const AstSublink *link)
{
    switch (link->sublink) {
    case AST_SUBLINK_EXISTS:
    case AST_SUBLINK_SCALAR:
    case AST_SUBLINK_ARRAY: return BINDS_ATOM;
    case AST_SUBLINK_ANY:
    case AST_SUBLINK_ALL: return BINDS_COMPARE;
    case AST_SUBLINK_IN: return BINDS_LIKE;
    }
    UNREACHABLE();
}

/* A constant that begins with a minus binds like a sign: -1::int4 and -1 ^ 2 mean something else. */
static bool starts_minus(Str text)
{
    return text.bytes > 0 && text.data[0] == '-';
}

DeparseLevel deparse__level(const void *node)
{
    const AstNode *expr = node;
    switch ((int)expr->kind) {
    case AST_INT_CONST: return AST_AS(IntConst, node)->value < 0 ? BINDS_SIGN : BINDS_ATOM;
    case AST_FLOAT_CONST:
        return starts_minus(AST_AS(FloatConst, node)->text) ? BINDS_SIGN : BINDS_ATOM;
    case AST_OP_EXPR: {
        const AstOpExpr *op = node;
        return op->left ? operator_level(op->schema, op->op) : prefix_level(op);
    }
    case AST_OP_ANY_EXPR: return BINDS_COMPARE;
    case AST_BOOL_EXPR: return AST_AS(BoolExpr, node)->op == AST_BOOL_AND ? BINDS_AND : BINDS_OR;
    case AST_NOT_EXPR: return BINDS_NOT;
    case AST_NULL_TEST:
    case AST_TRUTH_EXPR:
    case AST_DISTINCT_EXPR:
    case AST_XML_IS_DOCUMENT:
    case AST_JSON_IS: return BINDS_IS;
    case AST_IN_EXPR:
    case AST_BETWEEN_EXPR:
    case AST_LIKE_EXPR: return BINDS_LIKE;
    case AST_COLLATE_EXPR: return BINDS_COLLATE;
    case AST_CAST_EXPR: return BINDS_CAST;
    case AST_FUNC_CALL: return call_level(node);
    case AST_SUBLINK: return sublink_level(node);
    case AST_NAMED_ARG:
    case AST_CURRENT_OF: return BINDS_ANY;
    default: return BINDS_ATOM;
    }
}

void deparse__operand(StrBuilder *out, const void *expr, DeparseLevel least)
{
    bool bare = deparse__level(expr) >= least;
    deparse__if(out, !bare, "(");
    deparse__node(out, expr);
    deparse__if(out, !bare, ")");
}

/* ---- constants and references ---- */

static void null_const(StrBuilder *out, const void *node)
{
    (void)node;
    deparse__text(out, "NULL");
}

static void bool_const(StrBuilder *out, const void *node)
{
    deparse__text(out, ((const AstBoolConst *)node)->value ? "TRUE" : "FALSE");
}

static void int_const(StrBuilder *out, const void *node)
{
    str_add_i64(out, ((const AstIntConst *)node)->value);
}

static void float_const(StrBuilder *out, const void *node)
{
    str_add(out, ((const AstFloatConst *)node)->text);
}

static void string_const(StrBuilder *out, const void *node)
{
    parse_quote_literal(out, ((const AstStringConst *)node)->value);
}

static void bit_const(StrBuilder *out, const void *node)
{
    const AstBitConst *bits = node;
    deparse__text(out, bits->hex ? "X'" : "B'");
    str_add(out, bits->digits); /* which hold no quote, and nothing that would be an escape */
    str_add_char(out, '\'');
}

static void column_ref(StrBuilder *out, const void *node)
{
    const AstColumnRef *ref = node;
    deparse__name(out, ref->names);
    deparse__if(out, ref->star, ref->names.count ? ".*" : "*");
}

static void param(StrBuilder *out, const void *node)
{
    deparse__text(out, "$");
    str_add_i64(out, ((const AstParam *)node)->number);
}

static void default_node(StrBuilder *out, const void *node)
{
    (void)node;
    deparse__text(out, "DEFAULT");
}

static void star(StrBuilder *out, const void *node)
{
    (void)node;
    deparse__text(out, "*");
}

static void field_access(StrBuilder *out, const void *node)
{
    const AstFieldAccess *field = node;
    deparse__text(out, field->star ? ".*" : ".");
    if (!field->star) parse_quote_identifier(out, field->name);
}

static void subscript(StrBuilder *out, const void *node)
{
    const AstSubscript *part = node;
    deparse__text(out, "[");
    deparse__node(out, part->lower);
    deparse__if(out, part->slice, part->lower ? " : " : ": ");
    deparse__node(out, part->upper);
    deparse__text(out, "]");
}

static void indirection(StrBuilder *out, const void *node)
{
    const AstIndirection *expr = node;
    const AstNode *arg = expr->arg, *first = expr->parts.items[0];
    bool bare = arg->kind == AST_PARAM ||
                (arg->kind == AST_COLUMN_REF && first->kind == AST_SUBSCRIPT);
    deparse__if(out, !bare, "(");
    deparse__node(out, arg);
    deparse__if(out, !bare, ")");
    deparse__items(out, (void *const *)expr->parts.items, expr->parts.count, "");
}

static void current_of(StrBuilder *out, const void *node)
{
    deparse__with_name(out, "CURRENT OF ", ((const AstCurrentOf *)node)->cursor);
}

/* ---- operators ---- */

static void op_expr(StrBuilder *out, const void *node)
{
    const AstOpExpr *expr = node;
    if (!expr->left) {
        bool word = needs_operator_word(expr);
        deparse__if(out, word, "OPERATOR(");
        deparse__operator(out, expr->schema, expr->op);
        deparse__text(out, word ? ") " : " ");
        deparse__operand(out, expr->right, prefix_level(expr));
        return;
    }
    DeparseLevel level = operator_level(expr->schema, expr->op);
    deparse__operand(out, expr->left, level == BINDS_COMPARE ? level + 1 : level);
    deparse__text(out, " ");
    deparse__operator(out, expr->schema, expr->op);
    deparse__text(out, " ");
    deparse__operand(out, expr->right, level + 1);
}

static void op_any_expr(StrBuilder *out, const void *node)
{
    const AstOpAnyExpr *expr = node;
    deparse__operand(out, expr->left, BINDS_OPERATOR + 1);
    deparse__text(out, " ");
    deparse__operator(out, expr->schema, expr->op);
    deparse__text(out, expr->all ? " ALL (" : " ANY (");
    /* A query in parentheses of its own would be read as the sublink's. */
    deparse__node(out, expr->right);
    deparse__text(out, ")");
}

/* Flat to the left: only the first operand may be a bare chain of the same kind, and it never is, being merged. */
static void bool_expr(StrBuilder *out, const void *node)
{
    const AstBoolExpr *expr = node;
    DeparseLevel level = expr->op == AST_BOOL_AND ? BINDS_AND : BINDS_OR;
    for (uint32_t i = 0; i < expr->args.count; i++) {
        if (i) deparse__text(out, expr->op == AST_BOOL_AND ? " AND " : " OR ");
        deparse__operand(out, expr->args.items[i], level + 1);
    }
}

static void not_expr(StrBuilder *out, const void *node)
{
    deparse__text(out, "NOT ");
    deparse__operand(out, ((const AstNotExpr *)node)->arg, BINDS_NOT);
}

static void null_test(StrBuilder *out, const void *node)
{
    const AstNullTest *test = node;
    deparse__operand(out, test->arg, BINDS_IS + 1);
    deparse__text(out, test->negated ? " IS NOT NULL" : " IS NULL");
}

static void truth_expr(StrBuilder *out, const void *node)
{
    const AstTruthExpr *expr = node;
    deparse__operand(out, expr->arg, BINDS_IS + 1);
    switch (expr->test) {
    case AST_IS_TRUE: deparse__text(out, " IS TRUE"); break;
    case AST_IS_NOT_TRUE: deparse__text(out, " IS NOT TRUE"); break;
    case AST_IS_FALSE: deparse__text(out, " IS FALSE"); break;
    case AST_IS_NOT_FALSE: deparse__text(out, " IS NOT FALSE"); break;
    case AST_IS_UNKNOWN: deparse__text(out, " IS UNKNOWN"); break;
    case AST_IS_NOT_UNKNOWN: deparse__text(out, " IS NOT UNKNOWN"); break;
    }
}

static void distinct_expr(StrBuilder *out, const void *node)
{
    const AstDistinctExpr *expr = node;
    deparse__operand(out, expr->left, BINDS_IS + 1);
    deparse__text(out, expr->negated ? " IS NOT DISTINCT FROM " : " IS DISTINCT FROM ");
    deparse__operand(out, expr->right, BINDS_IS + 1);
}

static void null_if(StrBuilder *out, const void *node)
{
    const AstNullIfExpr *expr = node;
    deparse__with(out, "NULLIF(", expr->left);
    deparse__with(out, ", ", expr->right);
    deparse__text(out, ")");
}

static void in_expr(StrBuilder *out, const void *node)
{
    const AstInExpr *expr = node;
    deparse__operand(out, expr->arg, BINDS_LIKE + 1);
    deparse__text(out, expr->negated ? " NOT IN (" : " IN (");
    deparse__list(out, &expr->items);
    deparse__text(out, ")");
}

static void between_expr(StrBuilder *out, const void *node)
{
    const AstBetweenExpr *expr = node;
    deparse__operand(out, expr->arg, BINDS_LIKE + 1);
    deparse__text(out, expr->negated ? " NOT BETWEEN " : " BETWEEN ");
    deparse__if(out, expr->symmetric, "SYMMETRIC ");
    deparse__operand(out, expr->low, BINDS_CAST);
    deparse__text(out, " AND ");
    deparse__operand(out, expr->high, BINDS_LIKE + 1);
}

static void like_expr(StrBuilder *out, const void *node)
{
    static const char *const words[] = {
        [AST_LIKE_LIKE] = "LIKE ", [AST_LIKE_ILIKE] = "ILIKE ", [AST_LIKE_SIMILAR] = "SIMILAR TO "};
    const AstLikeExpr *expr = node;
    deparse__operand(out, expr->arg, BINDS_LIKE + 1);
    deparse__text(out, expr->negated ? " NOT " : " ");
    deparse__text(out, words[expr->like]);
    deparse__operand(out, expr->pattern, BINDS_LIKE + 1);
    if (!expr->escape) return;
    deparse__text(out, " ESCAPE ");
    deparse__operand(out, expr->escape, BINDS_LIKE + 1);
}

static void collate_expr(StrBuilder *out, const void *node)
{
    const AstCollateExpr *expr = node;
    deparse__operand(out, expr->arg, BINDS_COLLATE);
    deparse__text(out, " COLLATE ");
    deparse__name(out, expr->collation);
}

static void cast_expr(StrBuilder *out, const void *node)
{
    const AstCastExpr *expr = node;
    deparse__operand(out, expr->arg, BINDS_CAST);
    deparse__with(out, "::", expr->type);
}

void deparse__function_form(StrBuilder *out, const AstExpr *expr)
{
    if (expr->kind != AST_CAST_EXPR) {
        deparse__node(out, expr);
        return;
    }
    const AstCastExpr *cast = AST_AS(CastExpr, expr);
    deparse__with(out, "CAST(", cast->arg);
    deparse__with(out, " AS ", cast->type);
    deparse__text(out, ")");
}

void deparse__constant(StrBuilder *out, const AstExpr *expr)
{
    if (expr->kind != AST_CAST_EXPR) {
        deparse__node(out, expr);
        return;
    }
    const AstCastExpr *cast = AST_AS(CastExpr, expr);
    const AstTypeName *type = cast->type;
    if (type->fields == AST_INTERVAL_NONE || type->fields == AST_INTERVAL_FULL) {
        deparse__node(out, type);
        deparse__with(out, " ", cast->arg);
        return;
    }
    StrBuilder text = str_builder(out->arena, 32);
    deparse__node(&text, type);
    deparse__with(out, "interval ", cast->arg);
    str_add(out, str_slice(str_peek(&text), strlen("interval"), text.bytes));
}

/* ---- constructors ---- */

static void case_expr(StrBuilder *out, const void *node)
{
    const AstCaseExpr *expr = node;
    deparse__text(out, "CASE ");
    if (expr->arg) {
        deparse__node(out, expr->arg);
        deparse__text(out, " ");
    }
    deparse__items(out, (void *const *)expr->whens.items, expr->whens.count, " ");
    deparse__with(out, " ELSE ", expr->otherwise);
    deparse__text(out, " END");
}

static void case_when(StrBuilder *out, const void *node)
{
    const AstCaseWhen *when = node;
    deparse__with(out, "WHEN ", when->condition);
    deparse__with(out, " THEN ", when->result);
}

static void coalesce_expr(StrBuilder *out, const void *node)
{
    deparse__text(out, "COALESCE(");
    deparse__list(out, &((const AstCoalesceExpr *)node)->args);
    deparse__text(out, ")");
}

static void min_max_expr(StrBuilder *out, const void *node)
{
    const AstMinMaxExpr *expr = node;
    deparse__text(out, expr->op == AST_MINMAX_GREATEST ? "GREATEST(" : "LEAST(");
    deparse__list(out, &expr->args);
    deparse__text(out, ")");
}

static void row_expr(StrBuilder *out, const void *node)
{
    const AstRowExpr *row = node;
    deparse__text(out, row->explicit ? "ROW(" : "(");
    deparse__list(out, &row->items);
    deparse__text(out, ")");
}

static void array_expr(StrBuilder *out, const void *node)
{
    deparse__text(out, "ARRAY[");
    deparse__list(out, &((const AstArrayExpr *)node)->items);
    deparse__text(out, "]");
}

static void sublink(StrBuilder *out, const void *node)
{
    const AstSublink *link = node;
    if (link->test) {
        deparse__operand(out, link->test, BINDS_OPERATOR + 1);
        deparse__text(out, " ");
    }
    switch (link->sublink) {
    case AST_SUBLINK_EXISTS: deparse__text(out, "EXISTS "); break;
    case AST_SUBLINK_SCALAR: break;
    case AST_SUBLINK_ARRAY: deparse__text(out, "ARRAY"); break;
    case AST_SUBLINK_ANY:
    case AST_SUBLINK_ALL:
        deparse__operator(out, link->schema, link->op);
        deparse__text(out, link->sublink == AST_SUBLINK_ANY ? " ANY " : " ALL ");
        break;
    case AST_SUBLINK_IN: deparse__text(out, "IN "); break;
    }
    deparse__with(out, "(", link->select);
    deparse__text(out, ")");
}

static void grouping_func(StrBuilder *out, const void *node)
{
    deparse__text(out, "GROUPING(");
    deparse__list(out, &((const AstGroupingFunc *)node)->args);
    deparse__text(out, ")");
}

static void merge_action(StrBuilder *out, const void *node)
{
    (void)node;
    deparse__text(out, "MERGE_ACTION()");
}

static const char *value_function_word(AstValueFunctionOp op)
{
    switch (op) {
    case AST_VALUE_CURRENT_DATE: return "CURRENT_DATE";
    case AST_VALUE_CURRENT_TIME: return "CURRENT_TIME";
    case AST_VALUE_CURRENT_TIMESTAMP: return "CURRENT_TIMESTAMP";
    case AST_VALUE_LOCALTIME: return "LOCALTIME";
    case AST_VALUE_LOCALTIMESTAMP: return "LOCALTIMESTAMP";
    case AST_VALUE_CURRENT_ROLE: return "CURRENT_ROLE";
    case AST_VALUE_CURRENT_USER: return "CURRENT_USER";
    case AST_VALUE_USER: return "USER";
    case AST_VALUE_SESSION_USER: return "SESSION_USER";
    case AST_VALUE_CURRENT_CATALOG: return "CURRENT_CATALOG";
    case AST_VALUE_CURRENT_SCHEMA: return "CURRENT_SCHEMA";
    }
    UNREACHABLE();
}

static void value_function(StrBuilder *out, const void *node)
{
    const AstValueFunction *value = node;
    deparse__text(out, value_function_word((AstValueFunctionOp)value->op));
    if (value->precision < 0) return;
    deparse__text(out, "(");
    str_add_i64(out, value->precision);
    deparse__text(out, ")");
}

const DeparseEntry deparse__expressions[] = {
    {AST_NULL_CONST, null_const},
    {AST_BOOL_CONST, bool_const},
    {AST_INT_CONST, int_const},
    {AST_FLOAT_CONST, float_const},
    {AST_STRING_CONST, string_const},
    {AST_BIT_CONST, bit_const},
    {AST_COLUMN_REF, column_ref},
    {AST_PARAM, param},
    {AST_DEFAULT, default_node},
    {AST_STAR, star},
    {AST_INDIRECTION, indirection},
    {AST_FIELD_ACCESS, field_access},
    {AST_SUBSCRIPT, subscript},
    {AST_CURRENT_OF, current_of},
    {AST_OP_EXPR, op_expr},
    {AST_OP_ANY_EXPR, op_any_expr},
    {AST_BOOL_EXPR, bool_expr},
    {AST_NOT_EXPR, not_expr},
    {AST_NULL_TEST, null_test},
    {AST_TRUTH_EXPR, truth_expr},
    {AST_DISTINCT_EXPR, distinct_expr},
    {AST_NULL_IF_EXPR, null_if},
    {AST_IN_EXPR, in_expr},
    {AST_BETWEEN_EXPR, between_expr},
    {AST_LIKE_EXPR, like_expr},
    {AST_COLLATE_EXPR, collate_expr},
    {AST_CAST_EXPR, cast_expr},
    {AST_CASE_EXPR, case_expr},
    {AST_CASE_WHEN, case_when},
    {AST_COALESCE_EXPR, coalesce_expr},
    {AST_MIN_MAX_EXPR, min_max_expr},
    {AST_ROW_EXPR, row_expr},
    {AST_ARRAY_EXPR, array_expr},
    {AST_SUBLINK, sublink},
    {AST_GROUPING_FUNC, grouping_func},
    {AST_MERGE_ACTION, merge_action},
    {AST_VALUE_FUNCTION, value_function},
    {0, NULL},
};

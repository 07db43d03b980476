/* SPDX-License-Identifier: Apache-2.0 */
/* expr.c - expressions: one function a kind of syntax node, found in a table. */
#include "bind/json_internal.h"

/* ---- constants */

static QExpr *bind_null(Level *level, const AstNode *node)
{
    return bind__const_unknown(level->bind, (Str){0}, node->location);
}

static QExpr *bind_bool(Level *level, const AstNode *node)
{
    return bind__const_bool(level->bind, AST_AS(BoolConst, node)->value, node->location);
}

static QExpr *bind_int(Level *level, const AstNode *node)
{
    Datum datum = {.value.i32 = AST_AS(IntConst, node)->value};
    return &bind__const(level->bind, OID_INT4, -1, datum, node->location)->base;
}

static QExpr *parse_literal(const Bind *bind, Oid type, Str text, int32_t location)
{
    Datum datum = {.value = bind__input(bind, type, -1, text, location)};
    return &bind__const(bind, type, -1, datum, location)->base;
}

/* Digits without the underscores between them. */
static Str plain_digits(Arena *arena, Str text)
{
    StrBuilder out = str_builder(arena, text.bytes);
    for (size_t i = 0; i < text.bytes; i++)
        if (text.data[i] != '_') str_add_char(&out, text.data[i]);
    return str_done(&out);
}

static QExpr *bind_float(Level *level, const AstNode *node)
{
    const Bind *bind = level->bind;
    Str text = plain_digits(bind->arena, AST_AS(FloatConst, node)->text), digits = text;
    int base = 10;
    if (text.bytes > 2 && text.data[0] == '0') {
        char mark = (char)(text.data[1] | 0x20);
        base = mark == 'x' ? 16 : mark == 'o' ? 8 : mark == 'b' ? 2 : 10;
        if (base != 10) digits = str_slice(text, 2, text.bytes);
    }
    /* The parser puts a minus into the text: only so can the least integers be written. */
    const bool negative = str_starts(digits, STR("-"));
    uint64_t value;
    if (str_to_u64(str_slice(digits, negative, digits.bytes), base, &value) &&
        value <= (uint64_t)INT64_MAX + negative) {
        const int64_t number = (int64_t)(negative ? 0 - value : value);
        Datum datum = {.value.i64 = number};
        if (number == INT32_MIN) datum = (Datum){.value.i32 = INT32_MIN};
        return &bind__const(bind, number == INT32_MIN ? OID_INT4 : OID_INT8, -1, datum,
                            node->location)
                    ->base;
    }
    return parse_literal(bind, OID_NUMERIC, text, node->location);
}

static QExpr *bind_string(Level *level, const AstNode *node)
{
    Str text = AST_AS(StringConst, node)->value;
    if (!text.data) text = STR("");
    return bind__const_unknown(level->bind, text, node->location);
}

static QExpr *bind_bits(Level *level, const AstNode *node)
{
    const AstBitConst *bits = AST_AS(BitConst, node);
    Str text = str_concat(level->bind->arena, bits->hex ? STR("x") : STR("b"), bits->digits);
    return parse_literal(level->bind, OID_BIT, text, node->location);
}

static QExpr *bind_default(Level *level, const AstNode *node)
{
    bind__raise(level->bind, SYNTAX_ERROR, node->location,
                "DEFAULT is not allowed in this context");
}

/* ---- operators */

static QExpr *row_or_operator(Level *level, NodeStrs schema, Str op, QExpr *left, QExpr *right,
                              int32_t location)
{
    if (left && left->kind == Q_ROW && right->kind == Q_ROW) {
        QRow *a = Q_AS(Row, left), *b = Q_AS(Row, right);
        if (a->items.count != b->items.count)
            bind__raise(level->bind, SYNTAX_ERROR, location,
                        "unequal number of entries in row expressions");
        return bind__row_compare(level, schema, op, a->items.items, b->items.items, a->items.count,
                                 location);
    }
    return bind__operator(level, schema, op, left, right, location);
}

static QExpr *bind_operator(Level *level, const AstNode *node)
{
    const AstOpExpr *op = AST_AS(OpExpr, node);
    const AstSublink *link = AST_IF(Sublink, op->right);
    if (op->left && op->left->kind == AST_ROW_EXPR && link && link->sublink == AST_SUBLINK_SCALAR) {
        AstSublink compare = *link; /* (a, b) op (SELECT ...) */
        compare.test = op->left;
        compare.schema = op->schema;
        compare.op = op->op;
        compare.location = op->location;
        return bind__sublink(level, &compare);
    }
    bool rows = op->left && op->left->kind == AST_ROW_EXPR && op->right->kind == AST_ROW_EXPR;
    QExpr *left = op->left ? bind__expr_in(level, op->left) : NULL;
    QExpr *right = bind__expr_in(level, op->right);
    return rows ? row_or_operator(level, op->schema, op->op, left, right, node->location)
                : bind__operator(level, op->schema, op->op, left, right, node->location);
}

static QExpr *bind_operator_any(Level *level, const AstNode *node)
{
    const AstOpAnyExpr *op = AST_AS(OpAnyExpr, node);
    QExpr *left = bind__expr_in(level, op->left), *right = bind__expr_in(level, op->right);
    return bind__operator_any(level, op->schema, op->op, left, right, op->all, node->location);
}

static QExpr *bind_and_or(Level *level, const AstNode *node)
{
    const AstBoolExpr *expr = AST_AS(BoolExpr, node);
    bool is_and = expr->op == AST_BOOL_AND;
    ARRAY_OF(QExpr *) args = {.arena = level->bind->arena};
    for (uint32_t i = 0; i < expr->args.count; i++) {
        QExpr *arg = bind__expr_in(level, expr->args.items[i]);
        array_push(&args, bind__coerce_boolean(level->bind, arg, is_and ? "AND" : "OR"));
    }
    return bind__bool(level->bind, is_and ? Q_BOOL_AND : Q_BOOL_OR, args.items, args.count,
                      node->location);
}

static QExpr *negate(Level *level, QExpr *arg, int32_t location)
{
    arg = bind__coerce_boolean(level->bind, arg, "NOT");
    return bind__bool(level->bind, Q_BOOL_NOT, &arg, 1, location);
}

static QExpr *bind_not(Level *level, const AstNode *node)
{
    return negate(level, bind__expr_in(level, AST_AS(NotExpr, node)->arg), node->location);
}

static QExpr *make_null_test(Level *level, QExpr *arg, bool negated, int32_t location)
{
    QNullTest *test = Q_NEW(level->bind->arena, NullTest);
    test->location = location;
    test->type = OID_BOOL;
    test->typmod = -1;
    test->arg = arg;
    test->negated = negated;
    test->row = arg->type == OID_RECORD ||
                (arg->type != OID_UNKNOWN && bind__is_complex(level->bind, arg->type));
    return &test->base;
}

static QExpr *bind_null_test(Level *level, const AstNode *node)
{
    const AstNullTest *test = AST_AS(NullTest, node);
    return make_null_test(level, bind__expr_in(level, test->arg), test->negated, node->location);
}

static QExpr *bind_truth(Level *level, const AstNode *node)
{
    static const char *const names[] = {"IS TRUE",      "IS NOT TRUE", "IS FALSE",
                                        "IS NOT FALSE", "IS UNKNOWN",  "IS NOT UNKNOWN"};
    const AstTruthExpr *truth = AST_AS(TruthExpr, node);
    QTruth *made = Q_NEW(level->bind->arena, Truth);
    made->location = node->location;
    made->type = OID_BOOL;
    made->typmod = -1;
    made->arg = bind__coerce_boolean(level->bind, bind__expr_in(level, truth->arg),
                                     names[truth->test]);
    made->test = (QTruthTest)truth->test;
    return &made->base;
}

/* The two sides of =, for what is built on it; `construct` names it in the error. */
static QOpCall *equality(Level *level, QExpr *left, QExpr *right, const char *construct,
                         int32_t location)
{
    QExpr *made = bind__operator(level, (NodeStrs){0}, STR("="), left, right, location);
    QOpCall *call = Q_AS(OpCall, made);
    if (call->type != OID_BOOL)
        bind__raise(level->bind, DATATYPE_MISMATCH, location,
                    "%s requires = operator to yield boolean", construct);
    if (call->returns_set)
        bind__raise(level->bind, DATATYPE_MISMATCH, location, "%s must not return a set",
                    construct);
    return call;
}

static QExpr *make_distinct(Level *level, QExpr *left, QExpr *right, int32_t location)
{
    QOpCall *call = equality(level, left, right, "IS DISTINCT FROM", location);
    QDistinctFrom *made = Q_NEW(level->bind->arena, DistinctFrom);
    made->location = location;
    made->type = OID_BOOL;
    made->typmod = -1;
    made->left = call->args.items[0];
    made->right = call->args.items[1];
    made->op = call->op;
    made->function = call->function;
    return &made->base;
}

static QExpr *distinct_rows(Level *level, QRow *left, QRow *right, int32_t location)
{
    const Bind *bind = level->bind;
    if (left->items.count != right->items.count)
        bind__raise(bind, SYNTAX_ERROR, location, "unequal number of entries in row expressions");
    if (left->items.count == 0) return bind__const_bool(bind, false, location);
    QExpr *result = NULL;
    for (uint32_t i = 0; i < left->items.count; i++) {
        QExpr *pair[2] = {result, make_distinct(level, left->items.items[i], right->items.items[i],
                                                location)};
        result = result ? bind__bool(bind, Q_BOOL_OR, pair, 2, location) : pair[1];
    }
    return result;
}

static QExpr *bind_distinct(Level *level, const AstNode *node)
{
    const AstDistinctExpr *expr = AST_AS(DistinctExpr, node);
    if (expr->right->kind == AST_NULL_CONST)
        return make_null_test(level, bind__expr_in(level, expr->left), !expr->negated,
                              node->location);
    if (expr->left->kind == AST_NULL_CONST)
        return make_null_test(level, bind__expr_in(level, expr->right), !expr->negated,
                              node->location);
    QExpr *left = bind__expr_in(level, expr->left), *right = bind__expr_in(level, expr->right);
    QExpr *made = left->kind == Q_ROW && right->kind == Q_ROW
                      ? distinct_rows(level, Q_AS(Row, left), Q_AS(Row, right), node->location)
                      : make_distinct(level, left, right, node->location);
    return expr->negated ? bind__bool(level->bind, Q_BOOL_NOT, &made, 1, node->location) : made;
}

static QExpr *bind_null_if(Level *level, const AstNode *node)
{
    const AstNullIfExpr *expr = AST_AS(NullIfExpr, node);
    QExpr *left = bind__expr_in(level, expr->left), *right = bind__expr_in(level, expr->right);
    QOpCall *call = equality(level, left, right, "NULLIF", node->location);
    QNullIf *made = Q_NEW(level->bind->arena, NullIf);
    made->location = node->location;
    made->left = call->args.items[0];
    made->right = call->args.items[1];
    made->type = made->left->type;
    made->typmod = made->left->typmod;
    made->op = call->op;
    made->function = call->function;
    return &made->base;
}

/* ---- IN, BETWEEN, LIKE */

static bool visit_var(void *arg, void *child)
{
    QNode *node = child;
    task_check();
    if (node->kind == Q_VAR) return true;
    if (node->kind == Q_SUB_LINK) return query_walk(Q_AS(SubLink, node)->test, visit_var, arg);
    return query_walk(node, visit_var, arg);
}

static bool has_var(QExpr *expr)
{
    return visit_var(NULL, expr);
}

/* arg = ANY (ARRAY[...]) over the items without columns; NULL when they have no type in common. */
static QExpr *in_array(Level *level, QExpr *arg, QExpr **items, uint32_t count, bool negated,
                       int32_t location)
{
    const Bind *bind = level->bind;
    QExpr **all = ARENA_ARRAY(bind->arena, QExpr *, count + 1);
    all[0] = arg;
    if (count) memcpy(all + 1, items, count * sizeof(*items));
    Oid element = bind__common_type(bind, all, count + 1, NULL, NULL);
    if (!element || element == OID_RECORD) return NULL;
    for (uint32_t i = 0; i <= count; i++)
        if (!bind__can_coerce(bind, 1, &all[i]->type, &element, 'i')) return NULL;
    Oid array_type = bind__array_type(bind, element);
    if (!array_type) return NULL;
    QArray *array = Q_NEW(bind->arena, Array);
    array->location = NODE_NO_LOCATION;
    array->type = array_type;
    array->typmod = -1;
    array->element = element;
    array->items = bind__exprs(bind, items, count);
    for (uint32_t i = 0; i < count; i++)
        array->items.items[i] = bind__coerce_common(bind, items[i], element, "IN");
    return bind__operator_any(level, (NodeStrs){0}, negated ? STR("<>") : STR("="), arg,
                              &array->base, negated, location);
}

static QExpr *bind_in(Level *level, const AstNode *node)
{
    const AstInExpr *in = AST_AS(InExpr, node);
    const Bind *bind = level->bind;
    QExpr *arg = bind__expr_in(level, in->arg), *parts[2], *result = NULL;
    ARRAY_OF(QExpr *) with_vars = {.arena = bind->arena};
    ARRAY_OF(QExpr *) without = {.arena = bind->arena};
    ARRAY_OF(QExpr *) all = {.arena = bind->arena};
    for (uint32_t i = 0; i < in->items.count; i++) {
        QExpr *item = bind__expr_in(level, in->items.items[i]);
        array_push(&all, item);
        if (has_var(item))
            array_push(&with_vars, item);
        else
            array_push(&without, item);
    }
    ARRAY_OF(QExpr *) results = {.arena = bind->arena};
    if (without.count > 1) {
        result = in_array(level, arg, without.items, without.count, in->negated, node->location);
        if (result) array_push(&results, result);
    }
    uint32_t rest = results.count ? with_vars.count : all.count;
    for (uint32_t i = 0; i < rest; i++) {
        QExpr *item = results.count && without.count > 1 && result ? with_vars.items[i]
                                                                   : all.items[i];
        QExpr *one = row_or_operator(level, (NodeStrs){0}, in->negated ? STR("<>") : STR("="),
                                     i ? query_copy(bind->arena, arg) : arg, item, node->location);
        array_push(&results, bind__coerce_boolean(bind, one, "IN"));
    }
    (void)parts;
    if (results.count == 1) return results.items[0];
    return bind__bool(bind, in->negated ? Q_BOOL_AND : Q_BOOL_OR, results.items, results.count,
                      node->location);
}

static QExpr *compare(Level *level, const AstNode *left, Str op, const AstNode *right,
                      int32_t location)
{
    AstOpExpr expr = {.kind = AST_OP_EXPR,
                      .location = location,
                      .op = op,
                      .left = (AstNode *)left,
                      .right = (AstNode *)right};
    return bind_operator(level, (const AstNode *)&expr);
}

static QExpr *between(Level *level, const AstBetweenExpr *node, const AstNode *low,
                      const AstNode *high)
{
    QExpr *pair[2];
    pair[0] = compare(level, node->arg, node->negated ? STR("<") : STR(">="), low, node->location);
    pair[1] = compare(level, node->arg, node->negated ? STR(">") : STR("<="), high, node->location);
    for (int i = 0; i < 2; i++)
        pair[i] = bind__coerce_boolean(level->bind, pair[i], node->negated ? "OR" : "AND");
    return bind__bool(level->bind, node->negated ? Q_BOOL_OR : Q_BOOL_AND, pair, 2, node->location);
}

static QExpr *bind_between(Level *level, const AstNode *node)
{
    const AstBetweenExpr *expr = AST_AS(BetweenExpr, node);
    QExpr *first = between(level, expr, expr->low, expr->high);
    if (!expr->symmetric) return first;
    QExpr *pair[2] = {first, between(level, expr, expr->high, expr->low)};
    return bind__bool(level->bind, expr->negated ? Q_BOOL_AND : Q_BOOL_OR, pair, 2, node->location);
}

static QExpr *bind_like(Level *level, const AstNode *node)
{
    const AstLikeExpr *like = AST_AS(LikeExpr, node);
    static const char *const operators[3][2] = {{"~~", "!~~"}, {"~~*", "!~~*"}, {"~", "!~"}};
    AstNode *items[2] = {(AstNode *)like->pattern, (AstNode *)like->escape};
    Str names[2] = {STR("pg_catalog"),
                    like->like == AST_LIKE_SIMILAR ? STR("similar_to_escape") : STR("like_escape")};
    AstFuncCall call = {.kind = AST_FUNC_CALL,
                        .location = node->location,
                        .names = {names, 2},
                        .args = {items, like->escape ? 2 : 1}};
    bool wrap = like->escape || like->like == AST_LIKE_SIMILAR;
    const AstNode *pattern = wrap ? (const AstNode *)&call : (const AstNode *)like->pattern;
    return compare(level, like->arg, str_from(operators[like->like][like->negated]), pattern,
                   node->location);
}

static QExpr *bind_collate(Level *level, const AstNode *node)
{
    const AstCollateExpr *expr = AST_AS(CollateExpr, node);
    const Bind *bind = level->bind;
    QCollate *made = Q_NEW(bind->arena, Collate);
    made->arg = bind__expr_in(level, expr->arg);
    Oid type = made->arg->type;
    if (type != OID_UNKNOWN && !bind__type_collation(bind, type))
        bind__raise(bind, DATATYPE_MISMATCH, node->location,
                    "collations are not supported by type %.*s",
                    STR_ARG(bind__type_text(bind, type)));
    made->location = node->location;
    made->type = type;
    made->typmod = made->arg->typmod;
    made->collation = bind__collation(bind, expr->collation, node->location);
    return &made->base;
}

/* ---- conditional expressions */

static const char *forbid_sets(Level *level, const char *construct)
{
    const char *before = level->set_forbidden;
    level->set_forbidden = construct;
    return before;
}

static QExpr *case_condition(Level *level, const AstCaseWhen *when, QExpr *arg)
{
    const Bind *bind = level->bind;
    /* A set here is refused as what a condition cannot be, before CASE refuses sets. */
    const char *before = forbid_sets(level, NULL);
    QExpr *condition = bind__expr_in(level, when->condition);
    level->set_forbidden = before;
    if (arg) {
        QCaseValue *value = Q_NEW(bind->arena, CaseValue);
        value->location = NODE_NO_LOCATION; /* errors point at the WHEN */
        value->type = arg->type;
        value->typmod = arg->typmod;
        value->collation = arg->collation;
        condition = bind__operator(level, (NodeStrs){0}, STR("="), &value->base, condition,
                                   when->location);
    }
    return bind__coerce_boolean(bind, condition, "CASE/WHEN");
}

static QExpr *bind_case(Level *level, const AstNode *node)
{
    const AstCaseExpr *expr = AST_AS(CaseExpr, node);
    const Bind *bind = level->bind;
    QExpr *set_before = level->last_set;
    (void)set_before;
    const char *before = forbid_sets(level, "CASE");
    QCase *made = Q_NEW(bind->arena, Case);
    made->location = node->location;
    if (expr->arg) {
        made->arg = bind__expr_in(level, expr->arg);
        if (made->arg->type == OID_UNKNOWN)
            made->arg = bind__coerce_common(bind, made->arg, OID_TEXT, "CASE");
    }
    ARRAY_OF(QExpr *) results = {.arena = bind->arena};
    ARRAY_OF(QWhen *) whens = {.arena = bind->arena};
    array_push(&results, NULL);
    for (uint32_t i = 0; i < expr->whens.count; i++) {
        QWhen *when = Q_NEW(bind->arena, When);
        when->location = expr->whens.items[i]->location;
        when->condition = case_condition(level, expr->whens.items[i], made->arg);
        when->result = bind__expr_in(level, expr->whens.items[i]->result);
        array_push(&whens, when);
        array_push(&results, when->result);
    }
    QExpr *otherwise = expr->otherwise ? bind__expr_in(level, expr->otherwise)
                                       : bind__const_unknown(bind, (Str){0}, NODE_NO_LOCATION);
    results.items[0] = otherwise;
    made->type = bind__common_type(bind, results.items, results.count, "CASE", NULL);
    made->otherwise = bind__coerce_common(bind, otherwise, made->type, "CASE/ELSE");
    results.items[0] = made->otherwise;
    for (uint32_t i = 0; i < whens.count; i++) {
        whens.items[i]->result = bind__coerce_common(bind, whens.items[i]->result, made->type,
                                                     "CASE/WHEN");
        results.items[i + 1] = whens.items[i]->result;
    }
    made->typmod = bind__common_typmod(results.items, results.count, made->type);
    if (!expr->otherwise)
        made->otherwise = bind__null(bind, made->type, -1, bind__type_collation(bind, made->type));
    made->whens = BIND_LIST(bind, QWhenList, whens);
    level->set_forbidden = before;
    return &made->base;
}

static QExprList common_list(Level *level, const AstExprList *items, const char *construct,
                             Oid *type)
{
    const Bind *bind = level->bind;
    ARRAY_OF(QExpr *) args = {.arena = bind->arena};
    for (uint32_t i = 0; i < items->count; i++)
        array_push(&args, bind__expr_in(level, items->items[i]));
    *type = bind__common_type(bind, args.items, args.count, construct, NULL);
    for (uint32_t i = 0; i < args.count; i++)
        args.items[i] = bind__coerce_common(bind, args.items[i], *type, construct);
    return BIND_LIST(bind, QExprList, args);
}

static QExpr *bind_coalesce(Level *level, const AstNode *node)
{
    const char *before = forbid_sets(level, "COALESCE");
    QCoalesce *made = Q_NEW(level->bind->arena, Coalesce);
    made->location = node->location;
    made->args = common_list(level, &AST_AS(CoalesceExpr, node)->args, "COALESCE", &made->type);
    made->typmod = bind__common_typmod(made->args.items, made->args.count, made->type);
    level->set_forbidden = before;
    return &made->base;
}

static QExpr *bind_min_max(Level *level, const AstNode *node)
{
    const AstMinMaxExpr *expr = AST_AS(MinMaxExpr, node);
    QMinMax *made = Q_NEW(level->bind->arena, MinMax);
    made->location = node->location;
    made->greatest = expr->op == AST_MINMAX_GREATEST;
    made->args = common_list(level, &expr->args, made->greatest ? "GREATEST" : "LEAST",
                             &made->type);
    made->typmod = bind__common_typmod(made->args.items, made->args.count, made->type);
    return &made->base;
}

/* ---- values of the session and the clock */

static QExpr *bind_value_function(Level *level, const AstNode *node)
{
    static const Oid types[] = {[AST_VALUE_CURRENT_DATE] = OID_DATE,
                                [AST_VALUE_CURRENT_TIME] = OID_TIMETZ,
                                [AST_VALUE_CURRENT_TIMESTAMP] = OID_TIMESTAMPTZ,
                                [AST_VALUE_LOCALTIME] = OID_TIME,
                                [AST_VALUE_LOCALTIMESTAMP] = OID_TIMESTAMP,
                                [AST_VALUE_CURRENT_ROLE] = OID_NAME,
                                [AST_VALUE_CURRENT_USER] = OID_NAME,
                                [AST_VALUE_USER] = OID_NAME,
                                [AST_VALUE_SESSION_USER] = OID_NAME,
                                [AST_VALUE_CURRENT_CATALOG] = OID_NAME,
                                [AST_VALUE_CURRENT_SCHEMA] = OID_NAME};
    static const char *const names[] = {[AST_VALUE_CURRENT_TIME] = "TIME(%d) WITH TIME ZONE",
                                        [AST_VALUE_CURRENT_TIMESTAMP] =
                                            "TIMESTAMP(%d) WITH TIME ZONE",
                                        [AST_VALUE_LOCALTIME] = "TIME(%d)",
                                        [AST_VALUE_LOCALTIMESTAMP] = "TIMESTAMP(%d)"};
    enum { PRECISION_MAX = 6 };
    const AstValueFunction *value = AST_AS(ValueFunction, node);
    const BindOptions *options = level->bind->options;
    QValueFunction *made = Q_NEW(level->bind->arena, ValueFunction);
    made->location = node->location;
    made->type = types[value->op];
    made->typmod = value->precision;
    made->op = value->op;
    made->precision = value->precision;
    if (value->precision > PRECISION_MAX) {
        Str written = str_format(level->bind->arena, "%d", value->precision),
            text = str_from(names[value->op]);
        size_t at = 0;
        str_find(text, STR("%d"), &at);
        Error *notice = error_severity(error_begin(SQLSTATE_INVALID_PARAMETER_VALUE),
                                       SEVERITY_WARNING);
        error_message(notice, "%.*s%.*s%.*s precision reduced to maximum allowed, %d", (int)at,
                      text.data, STR_ARG(written), STR_ARG(str_slice(text, at + 2, text.bytes)),
                      PRECISION_MAX);
        if (options->notice) options->notice(options->notice_arg, notice);
        made->typmod = made->precision = PRECISION_MAX;
    }
    return &made->base;
}

/* ---- rows and arrays */

static QExpr *bind_row(Level *level, const AstNode *node)
{
    enum { ROW_ITEMS_MAX = 1664 };
    const AstRowExpr *expr = AST_AS(RowExpr, node);
    const Bind *bind = level->bind;
    QRow *row = Q_NEW(bind->arena, Row);
    row->location = node->location;
    row->items = bind__expr_list(level, (AstNode *const *)expr->items.items, expr->items.count,
                                 level->place, false);
    if (row->items.count > ROW_ITEMS_MAX)
        bind__raise(bind, TOO_MANY_COLUMNS, node->location,
                    "ROW expressions can have at most %d entries", ROW_ITEMS_MAX);
    row->type = OID_RECORD;
    row->typmod = -1;
    row->explicit = expr->explicit;
    ARRAY_OF(Str) names = {.arena = bind->arena};
    for (uint32_t i = 0; i < row->items.count; i++)
        array_push(&names, str_format(bind->arena, "f%u", i + 1));
    row->names = BIND_LIST(bind, NodeStrs, names);
    return &row->base;
}

static QExpr *bind_array(Level *level, const AstNode *node)
{
    return bind__array(level, AST_AS(ArrayExpr, node), 0, 0, -1);
}

static void array_items(Level *level, const AstArrayExpr *node, Oid array_type, Oid element,
                        int32_t typmod, QArray *made)
{
    ARRAY_OF(QExpr *) items = {.arena = level->bind->arena};
    for (uint32_t i = 0; i < node->items.count; i++) {
        const AstNode *item = node->items.items[i];
        const AstArrayExpr *inner = AST_IF(ArrayExpr, item);
        QExpr *expr = inner ? bind__array(level, inner, array_type, element, typmod)
                            : bind__expr_in(level, item);
        made->nested |= inner != NULL;
        array_push(&items, expr);
        /* A column of an array type makes it an array of arrays too. */
        if (!inner && expr->type != OID_UNKNOWN && array_type == 0 &&
            bind__array_element(level->bind, expr->type) && !bind__is_vector(expr->type))
            made->nested = true;
    }
    made->items = BIND_LIST(level->bind, QExprList, items);
}

QExpr *bind__array(Level *level, const AstArrayExpr *node, Oid array_type, Oid element,
                   int32_t typmod)
{
    const Bind *bind = level->bind;
    QArray *made = Q_NEW(bind->arena, Array);
    made->location = node->location;
    made->typmod = -1;
    array_items(level, node, array_type, element, typmod, made);
    bool cast = array_type != 0;
    if (!cast && made->items.count == 0) {
        Error *error = bind__error(bind, INDETERMINATE_DATATYPE, node->location);
        error_message(error, "cannot determine type of empty array");
        error_raise(error_hint(error, "Explicitly cast to the desired type, for example "
                                      "ARRAY[]::integer[]."));
    }
    Oid target; /* what the items become */
    if (cast) {
        target = made->nested ? array_type : element;
    } else {
        target = bind__common_type(bind, made->items.items, made->items.count, "ARRAY", NULL);
        if (made->nested) {
            array_type = target;
            element = bind__array_element(bind, target);
            if (!element)
                bind__raise(bind, UNDEFINED_OBJECT, node->location,
                            "could not find element type for data type %.*s",
                            STR_ARG(bind__type_text(bind, array_type)));
        } else {
            element = target;
            array_type = bind__array_type(bind, element);
            if (!array_type)
                bind__raise(bind, UNDEFINED_OBJECT, node->location,
                            "could not find array type for data type %.*s",
                            STR_ARG(bind__type_text(bind, element)));
        }
    }
    for (uint32_t i = 0; i < made->items.count; i++) {
        QExpr **item = &made->items.items[i];
        Oid from = (*item)->type;
        if (!cast) {
            *item = bind__coerce_common(bind, *item, target, "ARRAY");
            continue;
        }
        QExpr *coerced = bind__coerce(bind, *item, target, typmod, 'e', Q_CALL_EXPLICIT_CAST,
                                      NODE_NO_LOCATION);
        if (!coerced)
            bind__raise(bind, CANNOT_COERCE, bind__location(*item), "cannot cast type %.*s to %.*s",
                        STR_ARG(bind__type_text(bind, from)),
                        STR_ARG(bind__type_text(bind, target)));
        *item = coerced;
    }
    made->type = array_type;
    made->element = element;
    return &made->base;
}

/* ---- casts */

QExpr *bind__cast(Level *level, const AstCastExpr *node)
{
    const Bind *bind = level->bind;
    int32_t typmod;
    Oid type = bind__type_name(bind, node->type, &typmod);
    const AstArrayExpr *array = AST_IF(ArrayExpr, node->arg);
    QExpr *arg = NULL;
    if (array) {
        int32_t base_typmod = typmod;
        Oid base = bind__base_type(bind, type, &base_typmod),
            element = bind__array_element(bind, base);
        arg = element ? bind__array(level, array, base, element, base_typmod)
                      : bind__expr_in(level, node->arg);
    } else {
        arg = bind__expr_in(level, node->arg);
    }
    int32_t location = node->location >= 0 ? node->location : node->type->location;
    QExpr *made = bind__coerce(bind, arg, type, typmod, 'e', Q_CALL_EXPLICIT_CAST, location);
    if (!made)
        bind__raise(bind, CANNOT_COERCE, location, "cannot cast type %.*s to %.*s",
                    STR_ARG(bind__type_text(bind, arg->type)),
                    STR_ARG(bind__type_text(bind, type)));
    return made;
}

static QExpr *bind_cast(Level *level, const AstNode *node)
{
    return bind__cast(level, AST_AS(CastExpr, node));
}

/* ---- by kind */

static QExpr *bind_column(Level *level, const AstNode *node)
{
    return bind__column_ref(level, AST_AS(ColumnRef, node));
}
static QExpr *bind_param(Level *level, const AstNode *node)
{
    return bind__param(level, AST_AS(Param, node)->number, node->location);
}
static QExpr *bind_parts(Level *level, const AstNode *node)
{
    return bind__indirection(level, AST_AS(Indirection, node));
}
static QExpr *bind_call(Level *level, const AstNode *node)
{
    return bind__func_call(level, AST_AS(FuncCall, node));
}
static QExpr *bind_sublink(Level *level, const AstNode *node)
{
    return bind__sublink(level, AST_AS(Sublink, node));
}
static QExpr *bind_grouping(Level *level, const AstNode *node)
{
    return bind__grouping(level, AST_AS(GroupingFunc, node));
}

static QExpr *bind_merge_action(Level *level, const AstNode *node)
{
    if (level->place != PLACE_MERGE_RETURNING)
        bind__raise(level->bind, SYNTAX_ERROR, node->location,
                    "MERGE_ACTION() can only be used in the RETURNING list of a MERGE command");
    QMergeAction *made = Q_NEW(level->bind->arena, MergeAction);
    made->location = node->location;
    made->type = OID_TEXT;
    made->typmod = -1;
    return &made->base;
}

static QExpr *bind_current_of(Level *level, const AstNode *node)
{
    QCurrentOf *made = Q_NEW(level->bind->arena, CurrentOf);
    made->location = node->location;
    made->type = OID_BOOL;
    made->typmod = -1;
    made->table = level->target_item ? level->target_item->index : 0;
    made->cursor = AST_AS(CurrentOf, node)->cursor;
    return &made->base;
}

typedef QExpr *(*ExprBinder)(Level *level, const AstNode *node);
static const ExprBinder binders[] = {
    [AST_NULL_CONST] = bind_null,
    [AST_BOOL_CONST] = bind_bool,
    [AST_INT_CONST] = bind_int,
    [AST_FLOAT_CONST] = bind_float,
    [AST_STRING_CONST] = bind_string,
    [AST_BIT_CONST] = bind_bits,
    [AST_COLUMN_REF] = bind_column,
    [AST_PARAM] = bind_param,
    [AST_DEFAULT] = bind_default,
    [AST_INDIRECTION] = bind_parts,
    [AST_CURRENT_OF] = bind_current_of,
    [AST_OP_EXPR] = bind_operator,
    [AST_OP_ANY_EXPR] = bind_operator_any,
    [AST_BOOL_EXPR] = bind_and_or,
    [AST_NOT_EXPR] = bind_not,
    [AST_NULL_TEST] = bind_null_test,
    [AST_TRUTH_EXPR] = bind_truth,
    [AST_DISTINCT_EXPR] = bind_distinct,
    [AST_NULL_IF_EXPR] = bind_null_if,
    [AST_IN_EXPR] = bind_in,
    [AST_BETWEEN_EXPR] = bind_between,
    [AST_LIKE_EXPR] = bind_like,
    [AST_COLLATE_EXPR] = bind_collate,
    [AST_CAST_EXPR] = bind_cast,
    [AST_FUNC_CALL] = bind_call,
    [AST_CASE_EXPR] = bind_case,
    [AST_COALESCE_EXPR] = bind_coalesce,
    [AST_MIN_MAX_EXPR] = bind_min_max,
    [AST_VALUE_FUNCTION] = bind_value_function,
    [AST_ROW_EXPR] = bind_row,
    [AST_ARRAY_EXPR] = bind_array,
    [AST_GROUPING_FUNC] = bind_grouping,
    [AST_MERGE_ACTION] = bind_merge_action,
    [AST_SUBLINK] = bind_sublink,
    [AST_JSON_FUNCTION] = bind__json_function,
    [AST_JSON_IS] = bind__json_is,
    [AST_JSON_VALUE] = bind__json_value,
    [AST_JSON_PARSE] = bind__json_parse,
    [AST_JSON_SCALAR] = bind__json_scalar,
    [AST_JSON_SERIALIZE] = bind__json_serialize,
    [AST_JSON_OBJECT] = bind__json_object,
    [AST_JSON_ARRAY] = bind__json_array,
    [AST_JSON_ARRAY_QUERY] = bind__json_array_query,
    [AST_JSON_OBJECT_AGG] = bind__json_object_agg,
    [AST_JSON_ARRAY_AGG] = bind__json_array_agg,
};

/* SQL's name of a construct that is not built: XMLELEMENT, JSON_OBJECT, ... */
static const char *construct_name(const Bind *bind, const AstNode *node)
{
    Str name = str_upper_ascii(bind->arena, str_from(ast_kind_name(node->kind)));
    return str_copy_zero(bind->arena, name);
}

QExpr *bind__expr_in(Level *level, const AstNode *node)
{
    task_check();
    if (node->kind < sizeof(binders) / sizeof(*binders) && binders[node->kind])
        return binders[node->kind](level, node);
    bind__not_yet(level->bind, node->location, construct_name(level->bind, node));
}

QExpr *bind__expr(Level *level, const AstNode *node, Place place)
{
    Place before = level->place;
    level->place = place;
    QExpr *expr = bind__expr_in(level, node);
    level->place = before;
    return expr;
}

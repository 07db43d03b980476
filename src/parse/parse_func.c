/* SPDX-License-Identifier: Apache-2.0 */
/* parse_func.c - function calls: the ordinary ones with all that may stand in and behind their parentheses, and those
 * that SQL gives a syntax of their own, by a table of their words. */
#include "parse/parse_internal.h"

/* ---- arguments ---- */

/* expr, name := expr or name => expr. */
AstExpr *parse__func_arg(Parser *p)
{
    if (parse__is_type_function_name(p->tok)) {
        uint16_t next = parse__peek_type(p, 1);
        if (next == TOKEN_ASSIGN || next == TOKEN_ARROW) {
            AstNamedArg *arg = NEW(p, NamedArg, p->tok->start);
            arg->name = parse__type_function_name(p);
            parse__next(p);
            arg->value = parse__expr(p);
            return &arg->base;
        }
    }
    return parse__expr(p);
}

/* Arguments up to a parenthesis or ORDER BY; sets `variadic` when the last is. */
static void func_args(Parser *p, AstFuncCall *call)
{
    uint32_t mark = parse__mark(p);
    do {
        if (parse__accept(p, KW_VARIADIC)) {
            call->variadic = true;
            parse__push(p, parse__func_arg(p));
            break;
        }
        parse__push(p, parse__func_arg(p));
    } while (parse__accept(p, ','));
    TAKE(p, mark, &call->args);
}

AstFuncCall *parse__function_call(Parser *p, NodeStrs names, uint32_t start, CallShape *shape)
{
    AstFuncCall *call = NEW(p, FuncCall, start);
    call->names = names;
    *shape = (CallShape){0};
    parse__expect(p, '(');
    if (parse__accept(p, ')')) return call;
    if (parse__accept(p, '*')) {
        call->star = true;
        parse__expect(p, ')');
        return call;
    }
    bool all = parse__accept(p, KW_ALL);
    call->distinct = !all && parse__accept(p, KW_DISTINCT);
    if ((all || call->distinct) && parse__is(p, KW_VARIADIC)) parse__syntax_error(p);
    func_args(p, call);
    if ((all || call->distinct) && call->variadic) parse__syntax_error(p);
    shape->modifiers = !all && !call->distinct && !call->variadic;
    shape->order_at = p->tok->start;
    parse__optional_order_by(p, &call->order_by);
    parse__expect(p, ')');
    return call;
}

AstFuncCall *parse__func_application(Parser *p)
{
    CallShape shape;
    uint32_t start = p->tok->start;
    NodeStrs names = parse__function_name(p);
    return parse__function_call(p, names, start, &shape);
}

/* ---- WITHIN GROUP, FILTER, OVER ---- */

static void within_group(Parser *p, AstSortItemList *order_by)
{
    parse__next(p);
    parse__expect2(p, KW_GROUP, '(');
    if (!parse__is(p, KW_ORDER)) parse__syntax_error(p);
    parse__optional_order_by(p, order_by);
    parse__expect(p, ')');
}

/* At `start`: the whole call has been read when it is refused. */
static void take_within_group(Parser *p, AstFuncCall *call, uint32_t start,
                              AstSortItemList order_by)
{
    if (call->order_by.count)
        parse__error(p, SQLSTATE_SYNTAX_ERROR, (int32_t)start,
                     "cannot use multiple ORDER BY clauses with WITHIN GROUP");
    if (call->distinct)
        parse__error(p, SQLSTATE_SYNTAX_ERROR, (int32_t)start,
                     "cannot use DISTINCT with WITHIN GROUP");
    if (call->variadic)
        parse__error(p, SQLSTATE_SYNTAX_ERROR, (int32_t)start,
                     "cannot use VARIADIC with WITHIN GROUP");
    call->order_by = order_by;
    call->within_group = true;
}

AstExpr *parse__optional_filter(Parser *p)
{
    if (!parse__is(p, KW_FILTER)) return NULL;
    parse__next(p);
    parse__expect2(p, '(', KW_WHERE);
    AstExpr *filter = parse__expr(p);
    parse__expect(p, ')');
    return filter;
}

/* UNBOUNDED x, CURRENT ROW, or expr x; PRECEDING and FOLLOWING tell the bound. */
static AstFrameBound frame_bound(Parser *p, AstExpr **offset)
{
    if (parse__is(p, KW_UNBOUNDED)) {
        uint16_t next = parse__peek_type(p, 1);
        if (next == KW_PRECEDING || next == KW_FOLLOWING) {
            parse__next(p);
            parse__next(p);
            return next == KW_PRECEDING ? AST_BOUND_UNBOUNDED_PRECEDING
                                        : AST_BOUND_UNBOUNDED_FOLLOWING;
        }
    }
    if (parse__is(p, KW_CURRENT) && parse__peek_type(p, 1) == KW_ROW) {
        parse__next(p);
        parse__next(p);
        return AST_BOUND_CURRENT_ROW;
    }
    *offset = parse__expr(p);
    if (parse__accept(p, KW_PRECEDING)) return AST_BOUND_PRECEDING;
    parse__expect(p, KW_FOLLOWING);
    return AST_BOUND_FOLLOWING;
}

static _Noreturn void frame_error(Parser *p, uint32_t location, const char *message)
{
    parse__error(p, SQLSTATE_WINDOWING_ERROR, (int32_t)location, "%s", message);
}

static void check_frame_between(Parser *p, const AstWindowDef *window, uint32_t start_at,
                                uint32_t end_at)
{
    if (window->start == AST_BOUND_UNBOUNDED_FOLLOWING)
        frame_error(p, start_at, "frame start cannot be UNBOUNDED FOLLOWING");
    if (window->end == AST_BOUND_UNBOUNDED_PRECEDING)
        frame_error(p, end_at, "frame end cannot be UNBOUNDED PRECEDING");
    if (window->start == AST_BOUND_CURRENT_ROW && window->end == AST_BOUND_PRECEDING)
        frame_error(p, end_at, "frame starting from current row cannot have preceding rows");
    if (window->start == AST_BOUND_FOLLOWING && window->end == AST_BOUND_PRECEDING)
        frame_error(p, end_at, "frame starting from following row cannot have preceding rows");
    if (window->start == AST_BOUND_FOLLOWING && window->end == AST_BOUND_CURRENT_ROW)
        frame_error(p, end_at, "frame starting from following row cannot have preceding rows");
}

/* BETWEEN is a column's name before what no expression begins with, or binds looser than BETWEEN. */
static bool between_is_column(Parser *p)
{
    switch (parse__peek_type(p, 1)) {
    case '*':
    case '/':
    case '%':
    case '<':
    case '>':
    case '=':
    case '.':
    case TOKEN_CARET:
    case TOKEN_CAST:
    case TOKEN_LESS_EQUAL:
    case TOKEN_GREATER_EQUAL:
    case TOKEN_NOT_EQUAL:
    case TOKEN_LEFT_BRACKET:
    case KW_AND:
    case KW_COLLATE:
    case KW_IN:
    case KW_IS:
    case KW_ISNULL:
    case KW_NOTNULL:
    case KW_OR: return true;
    default: return false;
    }
}

/* Words that bind as tightly as BETWEEN: behind it precedence rules them out, also where they would be names. */
static bool binds_like_between(const Token *tok)
{
    return tok->bound || tok->type == KW_BETWEEN || tok->type == KW_LIKE || tok->type == KW_ILIKE ||
           tok->type == KW_SIMILAR;
}

static void frame_extent(Parser *p, AstWindowDef *window)
{
    uint32_t start_at = p->tok->start;
    if (parse__is(p, KW_BETWEEN) && !between_is_column(p)) {
        parse__next(p);
        if (binds_like_between(p->tok)) parse__syntax_error(p);
        start_at = p->tok->start;
        window->between = true;
        window->start = frame_bound(p, &window->start_offset);
        parse__expect(p, KW_AND);
        uint32_t end_at = p->tok->start;
        window->end = frame_bound(p, &window->end_offset);
        check_frame_between(p, window, start_at, end_at);
        return;
    }
    window->start = frame_bound(p, &window->start_offset);
    window->end = AST_BOUND_CURRENT_ROW;
    if (window->start == AST_BOUND_UNBOUNDED_FOLLOWING)
        frame_error(p, start_at, "frame start cannot be UNBOUNDED FOLLOWING");
    if (window->start == AST_BOUND_FOLLOWING)
        frame_error(p, start_at, "frame starting from following row cannot end with current row");
}

static void frame(Parser *p, AstWindowDef *window)
{
    window->frame = parse__is(p, KW_RANGE)  ? AST_FRAME_RANGE
                    : parse__is(p, KW_ROWS) ? AST_FRAME_ROWS
                                            : AST_FRAME_GROUPS;
    parse__next(p);
    frame_extent(p, window);
    if (!parse__accept(p, KW_EXCLUDE)) return;
    if (parse__accept(p, KW_CURRENT)) {
        parse__expect(p, KW_ROW);
        window->exclusion = AST_EXCLUDE_CURRENT_ROW;
    } else if (parse__accept(p, KW_GROUP)) {
        window->exclusion = AST_EXCLUDE_GROUP;
    } else if (parse__accept(p, KW_TIES)) {
        window->exclusion = AST_EXCLUDE_TIES;
    } else {
        parse__expect2(p, KW_NO, KW_OTHERS);
    }
}

static bool starts_frame(const Parser *p)
{
    return parse__is(p, KW_RANGE) || parse__is(p, KW_ROWS) || parse__is(p, KW_GROUPS);
}

AstWindowDef *parse__window_specification(Parser *p)
{
    AstWindowDef *window = NEW(p, WindowDef, p->tok->start);
    parse__expect(p, '(');
    /* PARTITION, RANGE, ROWS and GROUPS begin their clauses here, though they are names elsewhere. */
    if (parse__is_col_id(p->tok) && !parse__is(p, KW_PARTITION) && !starts_frame(p))
        window->parent = parse__name(p);
    if (parse__accept(p, KW_PARTITION)) {
        parse__expect(p, KW_BY);
        parse__expr_list(p, &window->partition_by);
    }
    parse__optional_order_by(p, &window->order_by);
    if (starts_frame(p)) frame(p, window);
    parse__expect(p, ')');
    return window;
}

AstWindowDef *parse__optional_over(Parser *p)
{
    if (!parse__accept(p, KW_OVER)) return NULL;
    if (parse__is(p, '(')) return parse__window_specification(p);
    AstWindowDef *window = NEW(p, WindowDef, p->tok->start);
    window->name = parse__name(p);
    window->reference = true;
    return window;
}

AstExpr *parse__call_tail(Parser *p, AstFuncCall *call)
{
    if (!parse__is_keyword(p->tok)) return &call->base;
    AstSortItemList order_by = {0};
    uint32_t start = p->tok->start;
    if (parse__is(p, KW_WITHIN)) within_group(p, &order_by);
    call->filter = parse__optional_filter(p);
    call->over = parse__optional_over(p);
    if (order_by.count) take_within_group(p, call, start, order_by);
    return &call->base;
}

/* ---- functions with a syntax of their own; each at its word ---- */

/* Passes the word and the parenthesis behind it. */
static void open(Parser *p)
{
    parse__next(p);
    parse__expect(p, '(');
}

static AstExpr *cast_function(Parser *p)
{
    AstCastExpr *expr = NEW(p, CastExpr, p->tok->start);
    open(p);
    expr->arg = parse__expr(p);
    parse__expect(p, KW_AS);
    expr->type = parse__type_name(p);
    parse__expect(p, ')');
    return &expr->base;
}

static AstExpr *collation_for(Parser *p)
{
    if (parse__peek_type(p, 1) != KW_FOR) return NULL;
    AstFuncCall *call = parse__system_call(p, STR("pg_collation_for"), p->tok->start);
    parse__next(p);
    open(p);
    parse__call_args(p, call, 1, (AstExpr *[]){parse__expr(p)});
    parse__expect(p, ')');
    return &call->base;
}

static AstExpr *string_node(Parser *p, Str text, uint32_t location)
{
    AstStringConst *string = NEW(p, StringConst, location);
    string->value = text;
    return &string->base;
}

static AstExpr *extract(Parser *p)
{
    AstFuncCall *call = parse__system_call(p, STR("extract"), p->tok->start);
    open(p);
    uint32_t start = p->tok->start;
    Str field;
    switch (p->tok->type) {
    case TOKEN_STRING: field = parse__string(p); break;
    case TOKEN_IDENTIFIER:
    case KW_YEAR:
    case KW_MONTH:
    case KW_DAY:
    case KW_HOUR:
    case KW_MINUTE:
    case KW_SECOND: field = parse__label(p); break;
    default: parse__syntax_error(p);
    }
    AstExpr *name = string_node(p, field, start);
    parse__expect(p, KW_FROM);
    parse__call_args(p, call, 2, (AstExpr *[]){name, parse__expr(p)});
    parse__expect(p, ')');
    return &call->base;
}

AstExpr *parse__normal_form(Parser *p)
{
    uint32_t start = p->tok->start;
    Str name;
    switch (p->tok->type) {
    case KW_NFC: name = STR("NFC"); break;
    case KW_NFD: name = STR("NFD"); break;
    case KW_NFKC: name = STR("NFKC"); break;
    case KW_NFKD: name = STR("NFKD"); break;
    default: parse__syntax_error(p);
    }
    parse__next(p);
    return string_node(p, name, start);
}

static AstExpr *normalize(Parser *p)
{
    AstFuncCall *call = parse__system_call(p, STR("normalize"), p->tok->start);
    open(p);
    AstExpr *arg = parse__expr(p);
    AstExpr *form = parse__accept(p, ',') ? parse__normal_form(p) : NULL;
    parse__call_args(p, call, 2, (AstExpr *[]){arg, form});
    parse__expect(p, ')');
    return &call->base;
}

/* The plain call behind OVERLAY and SUBSTRING, whose first argument has perhaps been read. */
static AstExpr *plain_call(Parser *p, Str name, uint32_t start, AstExpr *first)
{
    AstFuncCall *call = NEW(p, FuncCall, start);
    call->names = parse__names_of_one(p, name);
    uint32_t mark = parse__mark(p);
    if (first) parse__push(p, first);
    bool more = first ? parse__accept(p, ',') : !parse__is(p, ')');
    while (more) {
        parse__push(p, parse__func_arg(p));
        more = parse__accept(p, ',');
    }
    TAKE(p, mark, &call->args);
    parse__expect(p, ')');
    return &call->base;
}

/* Is here an argument that only an ordinary call can have: none, or one with a name? */
static bool is_plain_call(Parser *p)
{
    if (parse__is(p, ')')) return true;
    if (!parse__is_type_function_name(p->tok)) return false;
    uint16_t next = parse__peek_type(p, 1);
    return next == TOKEN_ASSIGN || next == TOKEN_ARROW;
}

static AstExpr *overlay(Parser *p)
{
    uint32_t start = p->tok->start;
    open(p);
    if (is_plain_call(p)) return plain_call(p, STR("overlay"), start, NULL);
    AstExpr *args[4] = {parse__expr(p)};
    if (!parse__accept(p, KW_PLACING)) return plain_call(p, STR("overlay"), start, args[0]);
    args[1] = parse__expr(p);
    parse__expect(p, KW_FROM);
    args[2] = parse__expr(p);
    if (parse__accept(p, KW_FOR)) args[3] = parse__expr(p);
    parse__expect(p, ')');
    AstFuncCall *call = parse__system_call(p, STR("overlay"), start);
    parse__call_args(p, call, 4, args);
    return &call->base;
}

static AstExpr *position(Parser *p)
{
    AstFuncCall *call = parse__system_call(p, STR("position"), p->tok->start);
    open(p);
    AstExpr *part = parse__b_expr(p);
    parse__expect(p, KW_IN);
    AstExpr *whole = parse__b_expr(p);
    parse__expect(p, ')');
    parse__call_args(p, call, 2, (AstExpr *[]){whole, part});
    return &call->base;
}

/* SUBSTRING(x FOR n) counts from 1. */
static void substring_for_only(Parser *p, AstExpr *args[3])
{
    AstIntConst *one = NEW(p, IntConst, NODE_NO_LOCATION);
    one->value = 1;
    args[1] = &one->base;
    AstCastExpr *length = NEW(p, CastExpr, NODE_NO_LOCATION);
    length->arg = args[2];
    length->type = NEW(p, TypeName, NODE_NO_LOCATION);
    length->type->names = parse__system_name(p, STR("int4"));
    args[2] = &length->base;
}

static AstExpr *substring(Parser *p)
{
    uint32_t start = p->tok->start;
    open(p);
    if (is_plain_call(p)) return plain_call(p, STR("substring"), start, NULL);
    AstExpr *args[3] = {parse__substring_expr(p)};
    if (parse__accept(p, KW_FROM)) {
        args[1] = parse__expr(p);
        if (parse__accept(p, KW_FOR)) args[2] = parse__expr(p);
    } else if (parse__accept(p, KW_FOR)) {
        args[2] = parse__expr(p);
        if (parse__accept(p, KW_FROM))
            args[1] = parse__expr(p);
        else
            substring_for_only(p, args);
    } else if (parse__accept(p, KW_SIMILAR)) {
        args[1] = parse__expr(p);
        parse__expect(p, KW_ESCAPE);
        args[2] = parse__expr(p);
    } else {
        return plain_call(p, STR("substring"), start, args[0]);
    }
    parse__expect(p, ')');
    AstFuncCall *call = parse__system_call(p, STR("substring"), start);
    parse__call_args(p, call, 3, args);
    return &call->base;
}

static AstExpr *treat(Parser *p)
{
    AstFuncCall *call = NEW(p, FuncCall, p->tok->start);
    open(p);
    AstExpr *arg = parse__expr(p);
    parse__expect(p, KW_AS);
    AstTypeName *type = parse__type_name(p);
    parse__expect(p, ')');
    call->names = parse__system_name(p, type->names.items[type->names.count - 1]);
    parse__call_args(p, call, 1, &arg);
    return &call->base;
}

static AstExpr *trim(Parser *p)
{
    uint32_t start = p->tok->start;
    open(p);
    Str name = STR("btrim");
    if (parse__accept(p, KW_LEADING))
        name = STR("ltrim");
    else if (parse__accept(p, KW_TRAILING))
        name = STR("rtrim");
    else
        parse__accept(p, KW_BOTH);
    AstFuncCall *call = parse__system_call(p, name, start);
    AstExpr *characters = NULL;
    uint32_t mark = parse__mark(p);
    if (!parse__accept(p, KW_FROM)) {
        AstExpr *first = parse__expr(p);
        if (parse__accept(p, KW_FROM)) {
            characters = first;
        } else {
            parse__push(p, first);
            if (!parse__accept(p, ',')) goto done;
        }
    }
    do parse__push(p, parse__expr(p));
    while (parse__accept(p, ','));
    if (characters) parse__push(p, characters);
done:
    TAKE(p, mark, &call->args);
    parse__expect(p, ')');
    return &call->base;
}

static AstExpr *null_if(Parser *p)
{
    AstNullIfExpr *expr = NEW(p, NullIfExpr, p->tok->start);
    open(p);
    expr->left = parse__expr(p);
    parse__expect(p, ',');
    expr->right = parse__expr(p);
    parse__expect(p, ')');
    return &expr->base;
}

static AstExpr *coalesce(Parser *p)
{
    AstCoalesceExpr *expr = NEW(p, CoalesceExpr, p->tok->start);
    open(p);
    parse__expr_list(p, &expr->args);
    parse__expect(p, ')');
    return &expr->base;
}

static AstExpr *min_max(Parser *p)
{
    AstMinMaxExpr *expr = NEW(p, MinMaxExpr, p->tok->start);
    expr->op = parse__is(p, KW_GREATEST) ? AST_MINMAX_GREATEST : AST_MINMAX_LEAST;
    open(p);
    parse__expr_list(p, &expr->args);
    parse__expect(p, ')');
    return &expr->base;
}

static AstExpr *merge_action(Parser *p)
{
    AstMergeAction *expr = NEW(p, MergeAction, p->tok->start);
    open(p);
    parse__expect(p, ')');
    return &expr->base;
}

/* ---- values without parentheses ---- */

static AstExpr *value_function(Parser *p, AstValueFunctionOp op, bool precision)
{
    AstValueFunction *expr = NEW(p, ValueFunction, p->tok->start);
    expr->op = op;
    expr->precision = -1;
    parse__next(p);
    if (precision && parse__accept(p, '(')) {
        expr->precision = parse__integer(p);
        parse__expect(p, ')');
    }
    return &expr->base;
}

static AstExpr *system_user(Parser *p)
{
    AstFuncCall *call = parse__system_call(p, STR("system_user"), p->tok->start);
    parse__next(p);
    return &call->base;
}

static AstExpr *value_word(Parser *p)
{
    switch (p->tok->type) {
    case KW_CURRENT_DATE: return value_function(p, AST_VALUE_CURRENT_DATE, false);
    case KW_CURRENT_TIME: return value_function(p, AST_VALUE_CURRENT_TIME, true);
    case KW_CURRENT_TIMESTAMP: return value_function(p, AST_VALUE_CURRENT_TIMESTAMP, true);
    case KW_LOCALTIME: return value_function(p, AST_VALUE_LOCALTIME, true);
    case KW_LOCALTIMESTAMP: return value_function(p, AST_VALUE_LOCALTIMESTAMP, true);
    case KW_CURRENT_ROLE: return value_function(p, AST_VALUE_CURRENT_ROLE, false);
    case KW_CURRENT_USER: return value_function(p, AST_VALUE_CURRENT_USER, false);
    case KW_USER: return value_function(p, AST_VALUE_USER, false);
    case KW_SESSION_USER: return value_function(p, AST_VALUE_SESSION_USER, false);
    case KW_CURRENT_CATALOG: return value_function(p, AST_VALUE_CURRENT_CATALOG, false);
    case KW_CURRENT_SCHEMA:
        /* Also an ordinary function's name. */
        if (parse__peek_type(p, 1) == '(' || parse__peek_type(p, 1) == TOKEN_STRING) return NULL;
        return value_function(p, AST_VALUE_CURRENT_SCHEMA, false);
    case KW_SYSTEM_USER: return system_user(p);
    default: return NULL;
    }
}

/* ---- the table ---- */

typedef AstExpr *(*SpecialParser)(Parser *p);

#define ROW(word) [KW_##word - KEYWORD_FIRST]

/* Those that have their syntax only when a parenthesis follows; a NULL result says that it is none of it after all. */
static const SpecialParser special_calls[KEYWORD_COUNT] = {
    ROW(CAST) = cast_function,
    ROW(COALESCE) = coalesce,
    ROW(EXTRACT) = extract,
    ROW(GREATEST) = min_max,
    ROW(JSON) = parse__json_parse,
    ROW(JSON_ARRAY) = parse__json_array,
    ROW(JSON_ARRAYAGG) = parse__json_array_agg,
    ROW(JSON_EXISTS) = parse__json_function,
    ROW(JSON_OBJECT) = parse__json_object,
    ROW(JSON_OBJECTAGG) = parse__json_object_agg,
    ROW(JSON_QUERY) = parse__json_function,
    ROW(JSON_SCALAR) = parse__json_scalar,
    ROW(JSON_SERIALIZE) = parse__json_serialize,
    ROW(JSON_VALUE) = parse__json_function,
    ROW(LEAST) = min_max,
    ROW(MERGE_ACTION) = merge_action,
    ROW(NORMALIZE) = normalize,
    ROW(NULLIF) = null_if,
    ROW(OVERLAY) = overlay,
    ROW(POSITION) = position,
    ROW(SUBSTRING) = substring,
    ROW(TREAT) = treat,
    ROW(TRIM) = trim,
    ROW(XMLCONCAT) = parse__xml_concat,
    ROW(XMLELEMENT) = parse__xml_element,
    ROW(XMLEXISTS) = parse__xml_exists,
    ROW(XMLFOREST) = parse__xml_forest,
    ROW(XMLPARSE) = parse__xml_parse,
    ROW(XMLPI) = parse__xml_pi,
    ROW(XMLROOT) = parse__xml_root,
    ROW(XMLSERIALIZE) = parse__xml_serialize,
};

AstExpr *parse__special_function(Parser *p)
{
    if (!parse__is_keyword(p->tok)) return NULL;
    SpecialParser parser = special_calls[p->tok->type - KEYWORD_FIRST];
    /* CAST is reserved: without its parenthesis the error is behind it. */
    if (parser && (parse__is(p, KW_CAST) || parse__peek_type(p, 1) == '(')) return parser(p);
    if (parse__is(p, KW_COLLATION)) return collation_for(p);
    return value_word(p);
}

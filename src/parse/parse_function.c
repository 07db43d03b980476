/* SPDX-License-Identifier: Apache-2.0 */
/* parse_function.c - functions and procedures: parameters, attributes, bodies in SQL; ALTER FUNCTION, CALL and DO. */
#include "parse/parse_internal.h"

/* ---- parameters ---- */

static AstParamMode param_mode(Parser *p)
{
    if (parse__accept(p, KW_IN)) return parse__accept(p, KW_OUT) ? AST_PARAM_INOUT : AST_PARAM_IN;
    if (parse__accept(p, KW_OUT)) return AST_PARAM_OUT;
    if (parse__accept(p, KW_INOUT)) return AST_PARAM_INOUT;
    if (parse__accept(p, KW_VARIADIC)) return AST_PARAM_VARIADIC;
    return AST_PARAM_DEFAULT;
}

static bool starts_mode(const Token *tok)
{
    return tok->type == KW_IN || tok->type == KW_OUT || tok->type == KW_INOUT ||
           tok->type == KW_VARIADIC;
}

/* A token that begins a type, wherever a name may also be read as one. */
static bool starts_type(const Token *tok)
{
    switch (tok->type) {
    case KW_SETOF:
    case KW_INT:
    case KW_INTEGER:
    case KW_SMALLINT:
    case KW_BIGINT:
    case KW_REAL:
    case KW_BOOLEAN:
    case KW_JSON:
    case KW_FLOAT:
    case KW_DECIMAL:
    case KW_DEC:
    case KW_NUMERIC:
    case KW_BIT:
    case KW_CHARACTER:
    case KW_CHAR:
    case KW_VARCHAR:
    case KW_NATIONAL:
    case KW_NCHAR:
    case KW_TIMESTAMP:
    case KW_TIME:
    case KW_INTERVAL: return true;
    default: return parse__is_type_function_name(tok);
    }
}

/* The mode may stand before the name or behind it; the name may be absent. */
AstFuncParam *parse__func_param(Parser *p)
{
    AstFuncParam *param = NEW(p, FuncParam, p->tok->start);
    bool moded = starts_mode(p->tok);
    param->mode = param_mode(p);
    if (parse__is_type_function_name(p->tok)) {
        const Token *next = parse__peek(p, 1);
        if (starts_type(next) || (!moded && starts_mode(next)))
            param->name = parse__type_function_name(p);
    }
    if (!moded && param->name.data) param->mode = param_mode(p);
    param->type = parse__func_type(p);
    return param;
}

static AstFuncParam *param_with_default(Parser *p)
{
    AstFuncParam *param = parse__func_param(p);
    if (parse__accept(p, KW_DEFAULT) || parse__accept(p, '=')) param->fallback = parse__expr(p);
    return param;
}

/* RETURNS TABLE (name type, ...): parameters pushed behind the others. */
static void table_columns(Parser *p)
{
    parse__expect(p, '(');
    do {
        AstFuncParam *column = NEW(p, FuncParam, p->tok->start);
        column->mode = AST_PARAM_TABLE;
        column->name = parse__type_function_name(p);
        column->type = parse__func_type(p);
        parse__push(p, column);
    } while (parse__accept(p, ','));
    parse__expect(p, ')');
}

/* ---- attributes ---- */

/* SET of a function, as the rest of SET that may stand there: transactions have no part in it. */
static AstSetVariable *function_set(Parser *p)
{
    uint32_t start = p->tok->start;
    if (parse__is(p, KW_RESET)) return parse__reset(p);
    parse__expect(p, KW_SET);
    uint16_t next = parse__peek_type(p, 1);
    bool transaction = parse__is(p, KW_TRANSACTION) && next != KW_TO && next != '=' &&
                       next != '.' && next != KW_FROM;
    bool session = parse__is(p, KW_SESSION) && next == KW_CHARACTERISTICS;
    if (transaction || session) {
        parse__next(p);
        parse__syntax_error(p);
    }
    AstSetVariable *set = parse__set_rest(p);
    set->location = (int32_t)start;
    return set;
}

static AstOption *bool_attribute(Parser *p, Str name, bool value, uint32_t start)
{
    return parse__option(p, name, parse__bool_const(p, value, start), start);
}

static AstOption *word_attribute(Parser *p, Str name, Str value, uint32_t start)
{
    return parse__option(p, name, parse__string_const(p, value, start), start);
}

static AstOption *security_attribute(Parser *p, uint32_t start)
{
    bool definer = parse__accept(p, KW_DEFINER);
    if (!definer) parse__expect(p, KW_INVOKER);
    return bool_attribute(p, STR("security"), definer, start);
}

/* What CREATE FUNCTION and ALTER FUNCTION both take; NULL: none begins here. */
static AstOption *common_attribute(Parser *p)
{
    uint32_t start = p->tok->start, at;
    uint16_t word = p->tok->type;
    switch (word) {
    case KW_SET:
    case KW_RESET: return parse__option(p, STR("set"), function_set(p), start);
    case KW_NOT:
        if (!parse__is_free(p, KW_NOT)) return NULL;
        break;
    case KW_CALLED:
    case KW_RETURNS:
    case KW_STRICT:
    case KW_IMMUTABLE:
    case KW_STABLE:
    case KW_VOLATILE:
    case KW_EXTERNAL:
    case KW_SECURITY:
    case KW_LEAKPROOF:
    case KW_COST:
    case KW_ROWS:
    case KW_SUPPORT:
    case KW_PARALLEL: break;
    default: return NULL;
    }
    parse__next(p);
    at = p->tok->start;
    switch (word) {
    case KW_NOT:
        parse__expect(p, KW_LEAKPROOF);
        return bool_attribute(p, STR("leakproof"), false, start);
    case KW_RETURNS: parse__expect(p, KW_NULL); __attribute__((fallthrough));
    case KW_CALLED:
        parse__expect2(p, KW_ON, KW_NULL);
        parse__expect(p, KW_INPUT);
        return bool_attribute(p, STR("strict"), word == KW_RETURNS, start);
    case KW_STRICT: return bool_attribute(p, STR("strict"), true, start);
    case KW_IMMUTABLE: return word_attribute(p, STR("volatility"), STR("immutable"), start);
    case KW_STABLE: return word_attribute(p, STR("volatility"), STR("stable"), start);
    case KW_VOLATILE: return word_attribute(p, STR("volatility"), STR("volatile"), start);
    case KW_EXTERNAL: parse__expect(p, KW_SECURITY); return security_attribute(p, start);
    case KW_SECURITY: return security_attribute(p, start);
    case KW_LEAKPROOF: return bool_attribute(p, STR("leakproof"), true, start);
    case KW_COST: return parse__option(p, STR("cost"), parse__numeric_only(p), start);
    case KW_ROWS: return parse__option(p, STR("rows"), parse__numeric_only(p), start);
    case KW_SUPPORT:
        return parse__option(p, STR("support"), parse__name_node(p, parse__any_name(p), at), start);
    default: return word_attribute(p, STR("parallel"), parse__name(p), start);
    }
}

/* AS 'body', or AS 'file', 'symbol'. */
static AstOption *as_attribute(Parser *p, uint32_t start)
{
    AstNodeGroup *group = NEW(p, NodeGroup, p->tok->start);
    uint32_t mark = parse__mark(p), at = p->tok->start;
    parse__push(p, parse__string_const(p, parse__string(p), at));
    if (parse__accept(p, ',')) {
        at = p->tok->start;
        parse__push(p, parse__string_const(p, parse__string(p), at));
    }
    TAKE(p, mark, &group->items);
    return parse__option(p, STR("as"), group, start);
}

static AstOption *transform_attribute(Parser *p, uint32_t start)
{
    AstNodeGroup *group = NEW(p, NodeGroup, p->tok->start);
    uint32_t mark = parse__mark(p);
    do {
        parse__expect2(p, KW_FOR, KW_TYPE);
        parse__push(p, parse__type_name(p));
    } while (parse__accept(p, ','));
    TAKE(p, mark, &group->items);
    return parse__option(p, STR("transform"), group, start);
}

/* An attribute of CREATE FUNCTION; NULL: none begins here. */
static AstOption *create_attribute(Parser *p)
{
    uint32_t start = p->tok->start;
    if (parse__accept(p, KW_AS)) return as_attribute(p, start);
    if (parse__accept(p, KW_LANGUAGE))
        return word_attribute(p, STR("language"), parse__word_or_string(p), start);
    if (parse__accept(p, KW_TRANSFORM)) return transform_attribute(p, start);
    if (parse__accept(p, KW_WINDOW)) return bool_attribute(p, STR("window"), true, start);
    return common_attribute(p);
}

/* ---- bodies ---- */

static AstStmt *return_statement(Parser *p)
{
    AstReturn *stmt = NEW(p, Return, p->tok->start);
    parse__expect(p, KW_RETURN);
    stmt->value = parse__expr(p);
    return &stmt->base;
}

/* BEGIN ATOMIC statement; ... END. Statements may be empty; BEGIN and END of transactions are none. */
static AstStmt *atomic_block(Parser *p)
{
    AstAtomicBlock *block = NEW(p, AtomicBlock, p->tok->start);
    parse__expect2(p, KW_BEGIN, KW_ATOMIC);
    uint32_t mark = parse__mark(p);
    while (!parse__accept(p, KW_END)) {
        if (parse__is(p, KW_BEGIN)) parse__syntax_error(p);
        AstStmt *stmt = parse__is(p, KW_RETURN) ? return_statement(p) : parse__statement(p);
        if (stmt) parse__push(p, stmt);
        parse__expect(p, ';');
        task_check();
    }
    TAKE(p, mark, &block->statements);
    return &block->base;
}

/* ---- CREATE FUNCTION, CREATE PROCEDURE ---- */

/* Parameters, and RETURNS of a function. */
static void signature(Parser *p, AstCreateFunction *function)
{
    uint32_t mark = parse__mark(p);
    parse__expect(p, '(');
    if (!parse__is(p, ')')) {
        do parse__push(p, param_with_default(p));
        while (parse__accept(p, ','));
    }
    parse__expect(p, ')');
    if (!function->procedure && parse__is(p, KW_RETURNS) && parse__peek_type(p, 1) != KW_NULL) {
        parse__next(p);
        if (parse__accept(p, KW_TABLE))
            table_columns(p);
        else
            function->returns = parse__func_type(p);
    }
    TAKE(p, mark, &function->params);
}

/* RETURNS TABLE's columns are the only results there may be. */
static void check_table_columns(Parser *p, const AstCreateFunction *function)
{
    const AstFuncParamList *params = &function->params;
    if (params->count == 0 || params->items[params->count - 1]->mode != AST_PARAM_TABLE) return;
    for (uint32_t i = 0; i < params->count; i++) {
        if (params->items[i]->mode == AST_PARAM_OUT || params->items[i]->mode == AST_PARAM_INOUT)
            parse__error(p, SQLSTATE_SYNTAX_ERROR, params->items[i]->location,
                         "OUT and INOUT arguments aren't allowed in TABLE functions");
    }
}

static AstStmt *create_routine(Parser *p, const Create *create, bool procedure)
{
    AstCreateFunction *function = NEW(p, CreateFunction, create->start);
    function->replace = create->replace;
    function->procedure = procedure;
    function->names = parse__function_name(p);
    signature(p, function);
    uint32_t mark = parse__mark(p);
    for (AstOption *option; (option = create_attribute(p)) != NULL;) parse__push(p, option);
    TAKE(p, mark, &function->options);
    if (parse__is(p, KW_RETURN))
        function->body = return_statement(p);
    else if (parse__is(p, KW_BEGIN))
        function->body = atomic_block(p);
    check_table_columns(p, function);
    return &function->base;
}

AstStmt *parse__create_function(Parser *p, const Create *create)
{
    return create_routine(p, create, false);
}

AstStmt *parse__create_procedure(Parser *p, const Create *create)
{
    return create_routine(p, create, true);
}

/* ---- ALTER FUNCTION, CALL, DO ---- */

AstStmt *parse__alter_function(Parser *p, const Alter *alter)
{
    AstAlterFunction *function = NEW(p, AlterFunction, alter->start);
    function->object = alter->object;
    function->routine = alter->ref->routine;
    uint32_t mark = parse__mark(p);
    for (AstOption *option; (option = common_attribute(p)) != NULL;) parse__push(p, option);
    TAKE(p, mark, &function->options);
    if (function->options.count == 0) parse__syntax_error(p);
    parse__accept(p, KW_RESTRICT);
    return &function->base;
}

AstStmt *parse__call(Parser *p)
{
    AstCall *call = NEW(p, Call, p->tok->start);
    parse__next(p);
    call->call = parse__func_application(p);
    return &call->base;
}

AstStmt *parse__do(Parser *p)
{
    AstDo *stmt = NEW(p, Do, p->tok->start);
    parse__next(p);
    uint32_t mark = parse__mark(p);
    do {
        uint32_t start = p->tok->start;
        if (parse__accept(p, KW_LANGUAGE))
            parse__push(p, word_attribute(p, STR("language"), parse__word_or_string(p), start));
        else
            parse__push(p, word_attribute(p, STR("as"), parse__string(p), start));
    } while (parse__is(p, KW_LANGUAGE) || parse__is(p, TOKEN_STRING));
    TAKE(p, mark, &stmt->options);
    return &stmt->base;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* json_function.c - JSON_EXISTS, JSON_VALUE and JSON_QUERY: a path run over a document, and what is to become of
 * nothing found and of errors. */
#include "bind/json_internal.h"

#include "base/oids.h"

typedef struct FunctionFacts {
    const char *name; /* as errors call it */
    uint32_t op;
    Oid type;           /* without RETURNING */
    uint32_t behaviors; /* bits by JsonOn: what ON ERROR may be; ON EMPTY too, where there is one */
    const char *allowed;
    const char *columns; /* of JSON_TABLE that it makes */
} FunctionFacts;

#define BIT(on) (1u << JSON_ON_##on)
static const FunctionFacts functions[] = {
    [AST_JSON_OP_EXISTS] = {"JSON_EXISTS", JSON_EXPR_EXISTS, OID_BOOL,
                            BIT(ERROR) | BIT(TRUE) | BIT(FALSE) | BIT(UNKNOWN),
                            "ERROR, TRUE, FALSE, or UNKNOWN", "EXISTS"},
    [AST_JSON_OP_VALUE] = {"JSON_VALUE", JSON_EXPR_ITEM, OID_TEXT,
                           BIT(ERROR) | BIT(NULL) | BIT(DEFAULT),
                           "ERROR, NULL, or DEFAULT expression", "scalar"},
    [AST_JSON_OP_QUERY] = {"JSON_QUERY", JSON_EXPR_QUERY, OID_JSONB,
                           BIT(ERROR) | BIT(NULL) | BIT(EMPTY_ARRAY) | BIT(EMPTY_OBJECT) |
                               BIT(DEFAULT),
                           "ERROR, NULL, EMPTY ARRAY, EMPTY OBJECT, or DEFAULT expression",
                           "formatted"},
};

static const uint32_t kinds[] = {
    [AST_JSON_ON_NULL] = JSON_ON_NULL,
    [AST_JSON_ON_ERROR] = JSON_ON_ERROR,
    [AST_JSON_ON_EMPTY] = JSON_ON_EMPTY_ARRAY,
    [AST_JSON_ON_TRUE] = JSON_ON_TRUE,
    [AST_JSON_ON_FALSE] = JSON_ON_FALSE,
    [AST_JSON_ON_UNKNOWN] = JSON_ON_UNKNOWN,
    [AST_JSON_ON_EMPTY_ARRAY] = JSON_ON_EMPTY_ARRAY,
    [AST_JSON_ON_EMPTY_OBJECT] = JSON_ON_EMPTY_OBJECT,
    [AST_JSON_ON_DEFAULT] = JSON_ON_DEFAULT,
};

/* ---- what the path is run over */

QExpr *bind__json_document(Level *level, const AstJsonValue *value)
{
    const Bind *bind = level->bind;
    QExpr *arg = bind__json_value(level, &value->base);
    const Oid base = bind__base_type(bind, arg->type, NULL);
    if (base == OID_JSONB) return arg;
    if (base == OID_JSON || bind__category(bind, base) == 'S')
        return bind__coerce(bind, arg, OID_JSONB, -1, 'e', Q_CALL_IMPLICIT_CAST, arg->location);
    bind__raise(bind, CANNOT_COERCE, bind__location(arg), "cannot cast type %.*s to jsonb",
                STR_ARG(bind__type_text(bind, arg->type)));
}

static QExpr *path_of(Level *level, const AstNode *node)
{
    const Bind *bind = level->bind;
    QExpr *path = bind__expr_in(level, node);
    if (path->type == OID_UNKNOWN)
        return bind__coerce_type(bind, path, OID_JSONPATH, -1, 'i', Q_CALL_IMPLICIT_CAST,
                                 path->location);
    if (bind__base_type(bind, path->type, NULL) != OID_JSONPATH)
        bind__raise(bind, DATATYPE_MISMATCH, bind__location(path),
                    "JSON path expression must be of type jsonpath, not of type %.*s",
                    STR_ARG(bind__type_text(bind, path->type)));
    return path;
}

/* ---- what is made of it */

typedef struct Made {
    Oid type;
    int32_t typmod;
} Made;

static Made made_type(Level *level, const AstJsonFunction *call, const FunctionFacts *facts)
{
    const Bind *bind = level->bind;
    Made made = {facts->type, -1};
    if (!call->returning) return made;
    made.type = bind__type_name(bind, call->returning->type, &made.typmod);
    bind__json_check_returning(bind, call->returning, made.type);
    if (call->returning->format_json && facts->op == JSON_EXPR_ITEM)
        bind__raise(bind, SYNTAX_ERROR, call->returning->location,
                    "cannot specify FORMAT JSON in RETURNING clause of %s()", facts->name);
    if (bind__type(bind, made.type)->kind == 'p')
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "returning pseudo-types is not supported in SQL/JSON functions");
    return made;
}

/* ---- ON EMPTY, ON ERROR */

static bool is_plain(const QExpr *expr)
{
    switch (expr->kind) {
    case Q_CONST:
    case Q_FUNC_CALL:
    case Q_OP_CALL: return true;
    case Q_RELABEL: return is_plain(Q_AS(Relabel, expr)->arg);
    case Q_COERCE_IO: return is_plain(Q_AS(CoerceIo, expr)->arg);
    case Q_COERCE_ARRAY: return is_plain(Q_AS(CoerceArray, expr)->arg);
    case Q_COERCE_DOMAIN: return is_plain(Q_AS(CoerceDomain, expr)->arg);
    case Q_COLLATE: return is_plain(Q_AS(Collate, expr)->arg);
    default: return false;
    }
}

static bool has_column(void *arg, void *child)
{
    task_check_stack();
    return ((QNode *)child)->kind == Q_VAR || query_walk(child, has_column, arg);
}

static bool has_set(void *arg, void *child)
{
    task_check_stack();
    const QFuncCall *call = Q_IF(FuncCall, (QNode *)child);
    const QOpCall *op = Q_IF(OpCall, (QNode *)child);
    return (call && call->returns_set) || (op && op->returns_set) ||
           query_walk(child, has_set, arg);
}

static QExpr *fallback(Level *level, const AstNode *node, Made made)
{
    const Bind *bind = level->bind;
    QExpr *expr = bind__expr_in(level, node);
    const int32_t location = bind__location(expr);
    if (!is_plain(expr))
        bind__raise(bind, DATATYPE_MISMATCH, location,
                    "can only specify a constant, non-aggregate function, or operator expression "
                    "for DEFAULT");
    if (has_column(NULL, expr))
        bind__raise(bind, DATATYPE_MISMATCH, location,
                    "DEFAULT expression must not contain column references");
    if (has_set(NULL, expr))
        bind__raise(bind, DATATYPE_MISMATCH, location, "DEFAULT expression must not return a set");
    QExpr *as = bind__coerce(bind, expr, made.type, made.typmod, 'e', Q_CALL_IMPLICIT_CAST,
                             location);
    if (as) return as;
    Error *error = bind__error(bind, CANNOT_COERCE, location);
    error_message(error, "cannot cast behavior expression of type %.*s to %.*s",
                  STR_ARG(bind__type_text(bind, expr->type)),
                  STR_ARG(bind__type_text(bind, made.type)));
    error_raise(error_hint(error, "You will need to explicitly cast the expression to type %.*s.",
                           STR_ARG(bind__type_text(bind, made.type))));
}

static uint32_t behavior(const Bind *bind, const AstJsonBehavior *asked, const FunctionFacts *facts,
                         const char *clause, Str column)
{
    if (!asked) return JSON_ON_UNSAID;
    const uint32_t kind = kinds[asked->behavior];
    if (facts->behaviors & 1u << kind) return kind;
    Error *error = bind__error(bind, SYNTAX_ERROR, asked->location);
    if (column.data) {
        error_message(error, "invalid %s behavior for column \"%.*s\"", clause, STR_ARG(column));
        error_raise(error_detail(error, "Only %s is allowed in %s for %s columns.", facts->allowed,
                                 clause, facts->columns));
    }
    error_message(error, "invalid %s behavior", clause);
    error_raise(error_detail(error, "Only %s is allowed in %s for %s().", facts->allowed, clause,
                             facts->name));
}

/* ---- the whole */

static uint32_t item_flags(const Bind *bind, const AstJsonFunction *call)
{
    if (call->quotes == AST_QUOTES_OMIT &&
        (call->wrapper == AST_WRAPPER_CONDITIONAL || call->wrapper == AST_WRAPPER_UNCONDITIONAL))
        bind__raise(bind, SYNTAX_ERROR, call->location,
                    "SQL/JSON QUOTES behavior must not be specified when WITH WRAPPER is used");
    uint32_t flags = call->quotes == AST_QUOTES_OMIT ? JSON_OMIT_QUOTES : 0;
    if (call->wrapper == AST_WRAPPER_CONDITIONAL) flags |= JSON_WRAP_SEVERAL;
    if (call->wrapper == AST_WRAPPER_UNCONDITIONAL) flags |= JSON_WRAP;
    return flags;
}

QExpr *bind__json_function_of(Level *level, const AstJsonFunction *call,
                              const JsonFunctionParts *parts)
{
    const Bind *bind = level->bind;
    const FunctionFacts *facts = &functions[call->op];
    const uint32_t passed = parts->passed.count;
    QExpr **args = ARENA_ARRAY(bind->arena, QExpr *, (size_t)passed + 4);
    uint32_t count = 0, flags = item_flags(bind, call);
    args[count++] = parts->document;
    args[count++] = parts->path;
    for (uint32_t i = 0; i < passed; i++) args[count++] = parts->passed.items[i];
    const Made made = made_type(level, call, facts);
    const uint32_t on_empty = behavior(bind, call->on_empty, facts, "ON EMPTY", parts->column);
    const uint32_t on_error = behavior(bind, call->on_error, facts, "ON ERROR", parts->column);
    flags |= on_empty << JSON_ON_EMPTY_SHIFT | on_error << JSON_ON_ERROR_SHIFT;
    if (on_empty == JSON_ON_DEFAULT)
        args[count++] = fallback(level, (const AstNode *)call->on_empty->expr, made);
    if (on_error == JSON_ON_DEFAULT)
        args[count++] = fallback(level, (const AstNode *)call->on_error->expr, made);
    QJsonExpr *expr = Q_NEW(bind->arena, JsonExpr);
    expr->location = call->location;
    expr->type = made.type;
    expr->typmod = made.typmod;
    expr->collation = bind__type_collation(bind, made.type);
    expr->op = facts->op;
    expr->flags = flags;
    expr->column = parts->column;
    expr->args = bind__exprs(bind, args, count);
    expr->names = parts->names;
    return &expr->base;
}

QExpr *bind__json_function(Level *level, const AstNode *node)
{
    const Bind *bind = level->bind;
    const AstJsonFunction *call = AST_AS(JsonFunction, node);
    const uint32_t passed = call->passing.count;
    QExpr **values = ARENA_ARRAY(bind->arena, QExpr *, (size_t)passed + 1);
    Str *names = ARENA_ARRAY(bind->arena, Str, (size_t)passed + 1);
    JsonFunctionParts parts = {.document = bind__json_document(level, call->context)};
    parts.path = path_of(level, (const AstNode *)call->path);
    for (uint32_t i = 0; i < passed; i++) {
        names[i] = call->passing.items[i]->name;
        values[i] = bind__json_value(level, &call->passing.items[i]->value->base);
    }
    parts.passed = bind__exprs(bind, values, passed);
    parts.names = bind__strs(bind, names, passed);
    return bind__json_function_of(level, call, &parts);
}

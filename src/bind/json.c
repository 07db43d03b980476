/* SPDX-License-Identifier: Apache-2.0 */
/* json.c - SQL/JSON's constructs: syntax to JsonExpr, whose meaning stands in json_ops.h. */
#include "bind/json_internal.h"

#include "base/builtins.h"
#include "base/oids.h"

/* What IS JSON can look into: text of any kind as text, bytes, json and jsonb as they are. */
static QExpr *json_text(const Bind *bind, QExpr *arg)
{
    Oid base = bind__base_type(bind, arg->type, NULL);
    if (base == OID_BYTEA || base == OID_JSON || base == OID_JSONB)
        return bind__coerce_type(bind, arg, base, -1, 'i', Q_CALL_IMPLICIT_CAST, arg->location);
    if (base != OID_UNKNOWN && bind__category(bind, base) != 'S') {
        Error *error = error_begin(SQLSTATE_DATATYPE_MISMATCH);
        error_raise(error_message(error, "cannot use type %.*s in IS JSON predicate",
                                  STR_ARG(bind__type_text(bind, arg->type))));
    }
    return bind__coerce_type(bind, arg, OID_TEXT, -1, 'i', Q_CALL_EXPLICIT_CAST, arg->location);
}

QExpr *bind__json_is(Level *level, const AstNode *node)
{
    static const uint32_t kinds[] = {
        [AST_JSON_TYPE_ANY] = JSON_IS_ANY,
        [AST_JSON_TYPE_OBJECT] = JSON_IS_OBJECT,
        [AST_JSON_TYPE_ARRAY] = JSON_IS_ARRAY,
        [AST_JSON_TYPE_SCALAR] = JSON_IS_SCALAR,
    };
    const Bind *bind = level->bind;
    const AstJsonIs *test = AST_AS(JsonIs, node);
    QJsonExpr *made = Q_NEW(bind->arena, JsonExpr);
    QExpr *arg = json_text(bind, bind__expr_in(level, test->arg));
    made->location = node->location;
    made->type = OID_BOOL;
    made->typmod = -1;
    made->args = bind__exprs(bind, &arg, 1);
    made->op = JSON_EXPR_IS;
    made->flags = kinds[test->type] | (test->unique ? JSON_IS_UNIQUE : 0);
    return &made->base;
}

/* ---- arguments and what is made of them */

static QJsonExpr *make(const Bind *bind, uint32_t op, uint32_t flags, Oid type, QExpr *const *args,
                       uint32_t count, int32_t location)
{
    QJsonExpr *made = Q_NEW(bind->arena, JsonExpr);
    made->location = location;
    made->type = type;
    made->typmod = -1;
    made->op = op;
    made->flags = flags;
    made->args = bind__exprs(bind, args, count);
    return made;
}

static QExpr *implicit_text(const Bind *bind, QExpr *arg)
{
    return bind__coerce_type(bind, arg, OID_TEXT, -1, 'i', Q_CALL_IMPLICIT_CAST, arg->location);
}

/* An argument as it stands: what has no type is text. */
static QExpr *raw_value(Level *level, const AstNode *node)
{
    QExpr *arg = bind__expr_in(level, node);
    return arg->type == OID_UNKNOWN ? implicit_text(level->bind, arg) : arg;
}

static uint32_t format_flags(const AstJsonValue *value)
{
    if (!value->format_json) return 0;
    return value->encoding == AST_JSON_ENCODING_UTF8 ? JSON_FORMAT | JSON_FORMAT_UTF8 : JSON_FORMAT;
}

/* Whether the value is text of any kind, bytes or JSON: *arg is made text, bytea, json or jsonb. */
static bool holds_json(const Bind *bind, const AstJsonValue *value, QExpr **arg)
{
    static const char *const names[] = {
        [AST_JSON_ENCODING_UTF16] = "UTF16", [AST_JSON_ENCODING_UTF32] = "UTF32"};
    const Oid base = bind__base_type(bind, (*arg)->type, NULL);
    if (value->encoding != AST_JSON_ENCODING_DEFAULT && base != OID_BYTEA)
        bind__raise(bind, DATATYPE_MISMATCH, value->location,
                    "JSON ENCODING clause is only allowed for bytea input type");
    if (value->encoding > AST_JSON_ENCODING_UTF8)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "invalid source encoding name \"%s\"",
                    names[value->encoding]);
    const bool as_is = base == OID_BYTEA || base == OID_JSON || base == OID_JSONB ||
                       base == OID_VARCHAR || base == OID_BPCHAR;
    if (!as_is && bind__category(bind, base) != 'S') return false;
    *arg = bind__coerce_type(bind, *arg, as_is ? base : OID_TEXT, -1, 'i', Q_CALL_IMPLICIT_CAST,
                             (*arg)->location);
    return true;
}

static _Noreturn void no_string(const Bind *bind, const AstJsonValue *value, const QExpr *arg)
{
    bind__raise(bind, DATATYPE_MISMATCH, value->format_json ? value->location : bind__location(arg),
                "cannot use non-string types with %s FORMAT JSON clause",
                value->format_json ? "explicit" : "implicit");
}

QExpr *bind__json_value(Level *level, const AstNode *node)
{
    const Bind *bind = level->bind;
    const AstJsonValue *value = AST_AS(JsonValue, node);
    QExpr *arg = raw_value(level, value->expr);
    if (!value->format_json) return arg;
    if (!holds_json(bind, value, &arg)) no_string(bind, value, arg);
    if (arg->type == OID_JSON || arg->type == OID_JSONB) return arg;
    return &make(bind, JSON_EXPR_VALUE, format_flags(value), OID_JSON, &arg, 1, arg->location)
                ->base;
}

/* ---- RETURNING */

void bind__json_check_returning(const Bind *bind, const AstJsonReturning *returning, Oid type)
{
    if (returning->type->setof)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "returning SETOF types is not supported in SQL/JSON functions");
    const Oid base = bind__base_type(bind, type, NULL);
    if (returning->format_json && base != OID_BYTEA && base != OID_JSON && base != OID_JSONB &&
        bind__category(bind, base) != 'S')
        bind__raise(bind, FEATURE_NOT_SUPPORTED, returning->location,
                    "cannot use JSON format with non-string output types");
    if (returning->encoding == AST_JSON_ENCODING_DEFAULT) return;
    if (type != OID_BYTEA)
        bind__raise(bind, FEATURE_NOT_SUPPORTED, returning->location,
                    "cannot set JSON encoding for non-bytea output types");
    if (returning->encoding == AST_JSON_ENCODING_UTF8) return;
    Error *error = bind__error(bind, FEATURE_NOT_SUPPORTED, returning->location);
    error_message(error, "unsupported JSON encoding");
    error_raise(error_hint(error, "Only UTF8 JSON encoding is supported."));
}

/* What is made, as RETURNING's type: text may be too long for it; bytea is the text's bytes. */
static QExpr *returned(const Bind *bind, QExpr *made, Oid type, int32_t typmod)
{
    const Oid base = bind__base_type(bind, type, NULL);
    if (base == OID_BYTEA || bind__category(bind, base) == 'S')
        made = bind__coerce(bind, made, OID_TEXT, -1, 'e', Q_CALL_IMPLICIT_CAST, made->location);
    if (type == OID_BYTEA) {
        QRelabel *bytes = Q_NEW(bind->arena, Relabel);
        bytes->location = made->location;
        bytes->type = type;
        bytes->typmod = -1;
        bytes->arg = made;
        bytes->form = Q_CALL_IMPLICIT_CAST;
        return &bytes->base;
    }
    const char context = made->type == OID_TEXT ? 'a' : 'e';
    QExpr *as = bind__coerce(bind, made, type, typmod, context, Q_CALL_IMPLICIT_CAST,
                             made->location);
    if (as) return as;
    raise_error(SQLSTATE_CANNOT_COERCE, "cannot cast type %.*s to %.*s",
                STR_ARG(bind__type_text(bind, made->type)), STR_ARG(bind__type_text(bind, type)));
}

/* Gives `made`, of type json or jsonb, the type asked for. */
static QExpr *finish(const Bind *bind, QJsonExpr *made, Oid type, int32_t typmod)
{
    if (type == made->type) return &made->base;
    QCaseValue *value = Q_NEW(bind->arena, CaseValue);
    value->location = made->location;
    value->type = made->type;
    value->typmod = -1;
    QExpr **args = ARENA_ARRAY(bind->arena, QExpr *, made->args.count + 1);
    if (made->args.count) memcpy(args, made->args.items, made->args.count * sizeof(*args));
    args[made->args.count] = returned(bind, &value->base, type, typmod);
    made->args = (QExprList){args, made->args.count + 1};
    made->flags |= JSON_COERCED;
    made->type = type;
    made->typmod = typmod;
    made->collation = bind__type_collation(bind, type);
    return &made->base;
}

/* What is made is jsonb if that is asked for, or, without RETURNING, if any value is. */
static QExpr *finish_returning(const Bind *bind, QJsonExpr *made, const AstJsonReturning *returning,
                               bool any_jsonb)
{
    int32_t typmod = -1;
    Oid type = any_jsonb ? OID_JSONB : OID_JSON;
    if (returning) {
        type = bind__type_name(bind, returning->type, &typmod);
        bind__json_check_returning(bind, returning, type);
        if (returning->format_json && type == OID_JSONB) made->flags |= JSON_RETURNING_FORMAT;
    }
    made->type = type == OID_JSONB ? OID_JSONB : OID_JSON;
    if (type == OID_JSONB) made->flags |= JSON_MAKES_JSONB;
    return finish(bind, made, type, typmod);
}

/* ---- JSON(), JSON_SCALAR, JSON_SERIALIZE */

QExpr *bind__json_parse(Level *level, const AstNode *node)
{
    const Bind *bind = level->bind;
    const AstJsonParse *parse = AST_AS(JsonParse, node);
    QExpr *arg = raw_value(level, parse->value->expr);
    if (!holds_json(bind, parse->value, &arg)) {
        if (parse->value->format_json) no_string(bind, parse->value, arg);
        bind__raise(bind, CANNOT_COERCE, bind__location(arg), "cannot cast type %.*s to json",
                    STR_ARG(bind__type_text(bind, arg->type)));
    }
    if (parse->unique && (arg->type == OID_JSON || arg->type == OID_JSONB))
        bind__raise(bind, DATATYPE_MISMATCH, node->location,
                    "cannot use non-string types with WITH UNIQUE KEYS clause");
    const uint32_t flags = format_flags(parse->value) | (parse->unique ? JSON_UNIQUE_KEYS : 0);
    return &make(bind, JSON_EXPR_PARSE, flags, OID_JSON, &arg, 1, node->location)->base;
}

QExpr *bind__json_scalar(Level *level, const AstNode *node)
{
    QExpr *arg = raw_value(level, AST_AS(JsonScalar, node)->arg);
    return &make(level->bind, JSON_EXPR_SCALAR, 0, OID_JSON, &arg, 1, node->location)->base;
}

QExpr *bind__json_serialize(Level *level, const AstNode *node)
{
    const Bind *bind = level->bind;
    const AstJsonSerialize *serialize = AST_AS(JsonSerialize, node);
    QExpr *arg = raw_value(level, serialize->value->expr);
    Oid type = OID_TEXT;
    int32_t typmod = -1;
    if (!holds_json(bind, serialize->value, &arg)) no_string(bind, serialize->value, arg);
    if (serialize->returning) {
        type = bind__type_name(bind, serialize->returning->type, &typmod);
        bind__json_check_returning(bind, serialize->returning, type);
        if (type != OID_BYTEA && bind__category(bind, type) != 'S') {
            Error *error = error_begin(SQLSTATE_DATATYPE_MISMATCH);
            error_message(error, "cannot use type %.*s in RETURNING clause of JSON_SERIALIZE()",
                          STR_ARG(bind__type_text(bind, type)));
            error_raise(error_hint(error, "Try returning a string type or bytea."));
        }
    }
    QJsonExpr *made = make(bind, JSON_EXPR_SERIALIZE, format_flags(serialize->value), OID_JSON,
                           &arg, 1, node->location);
    return finish(bind, made, type, typmod);
}

/* ---- JSON_OBJECT, JSON_ARRAY of values */

static uint32_t null_flags(bool absent, bool unique)
{
    return (absent ? JSON_ABSENT_ON_NULL : 0) | (unique ? JSON_UNIQUE_KEYS : 0);
}

QExpr *bind__json_object(Level *level, const AstNode *node)
{
    const Bind *bind = level->bind;
    const AstJsonObject *object = AST_AS(JsonObject, node);
    QExpr **args = ARENA_ARRAY(bind->arena, QExpr *, 2 * (size_t)object->items.count + 1);
    bool any_jsonb = false;
    for (uint32_t i = 0; i < object->items.count; i++) {
        args[2 * i] = bind__expr_in(level, object->items.items[i]->key);
        args[2 * i + 1] = bind__json_value(level, &object->items.items[i]->value->base);
        any_jsonb |= args[2 * i + 1]->type == OID_JSONB;
    }
    QJsonExpr *made = make(bind, JSON_EXPR_OBJECT,
                           null_flags(object->absent_on_null, object->unique), OID_JSON, args,
                           2 * object->items.count, node->location);
    return finish_returning(bind, made, object->returning, any_jsonb);
}

QExpr *bind__json_array(Level *level, const AstNode *node)
{
    const Bind *bind = level->bind;
    const AstJsonArray *array = AST_AS(JsonArray, node);
    QExpr **args = ARENA_ARRAY(bind->arena, QExpr *, (size_t)array->items.count + 1);
    bool any_jsonb = false;
    for (uint32_t i = 0; i < array->items.count; i++) {
        args[i] = bind__json_value(level, &array->items.items[i]->base);
        any_jsonb |= args[i]->type == OID_JSONB;
    }
    QJsonExpr *made = make(bind, JSON_EXPR_ARRAY, null_flags(array->absent_on_null, false),
                           OID_JSON, args, array->items.count, node->location);
    return finish_returning(bind, made, array->returning, any_jsonb);
}

/* ---- aggregates: calls of the functions that do the work */

/* By object, then JSON_MAKES_JSONB, JSON_ABSENT_ON_NULL and JSON_UNIQUE_KEYS as they are set. */
static const Oid aggregates[2][8] = {
    {3175, 3267, 6276, 6284, 3175, 3267, 6276, 6284},
    {3197, 3270, 6280, 6288, 6281, 6289, 6282, 6290},
};

typedef struct Aggregation {
    const AstNode *node;
    const AstNode *args[2];
    uint32_t arg_count, flags;
    const AstSortItemList *order_by;
    const AstJsonReturning *returning;
    AstExpr *filter;
    AstWindowDef *over;
} Aggregation;

/* Bound as the plain function, which becomes the one that is meant once the types are known. */
static QExpr *aggregate(Level *level, const Aggregation *what)
{
    const Bind *bind = level->bind;
    const bool object = what->arg_count == 2;
    Str names[2] = {STR("pg_catalog"), object ? STR("json_object_agg") : STR("json_agg")};
    AstFuncCall call = {.kind = AST_FUNC_CALL,
                        .location = what->node->location,
                        .names = bind__strs(bind, names, 2),
                        .args = {(AstExpr **)what->args, what->arg_count},
                        .filter = what->filter,
                        .over = what->over};
    if (what->order_by) call.order_by = *what->order_by;
    QExpr *made = bind__func_call(level, &call);
    QAggregate *plain = Q_IF(Aggregate, made);
    const QExpr *value = plain ? plain->args.items[what->arg_count - 1]->expr
                               : Q_AS(WindowCall, made)->args.items[what->arg_count - 1];
    const bool any_jsonb = value->type == OID_JSONB;
    QJsonExpr *json = make(bind, object ? JSON_EXPR_OBJECT_AGG : JSON_EXPR_ARRAY_AGG, what->flags,
                           OID_JSON, &made, 1, what->node->location);
    QExpr *result = finish_returning(bind, json, what->returning, any_jsonb);
    const Oid function = aggregates[object][json->flags & (JSON_MAKES_JSONB | JSON_ABSENT_ON_NULL |
                                                           JSON_UNIQUE_KEYS)];
    if (plain) {
        plain->function = function;
        plain->state_type = builtin_aggregate(function)->state;
    } else {
        Q_AS(WindowCall, made)->function = function;
    }
    made->type = json->flags & JSON_MAKES_JSONB ? OID_JSONB : OID_JSON;
    return result;
}

QExpr *bind__json_object_agg(Level *level, const AstNode *node)
{
    const AstJsonObjectAgg *agg = AST_AS(JsonObjectAgg, node);
    return aggregate(level, &(Aggregation){.node = node,
                                           .args = {agg->item->key, &agg->item->value->base},
                                           .arg_count = 2,
                                           .flags = null_flags(agg->absent_on_null, agg->unique),
                                           .returning = agg->returning,
                                           .filter = agg->filter,
                                           .over = agg->over});
}

QExpr *bind__json_array_agg(Level *level, const AstNode *node)
{
    const AstJsonArrayAgg *agg = AST_AS(JsonArrayAgg, node);
    return aggregate(level, &(Aggregation){.node = node,
                                           .args = {&agg->value->base},
                                           .arg_count = 1,
                                           .flags = null_flags(agg->absent_on_null, false),
                                           .order_by = &agg->order_by,
                                           .returning = agg->returning,
                                           .filter = agg->filter,
                                           .over = agg->over});
}

/* ---- JSON_ARRAY of a query: (SELECT JSON_ARRAYAGG(a) FROM (query) q(a)) */

static AstNode *array_select(const Bind *bind, const AstJsonArrayQuery *array)
{
    Arena *arena = bind->arena;
    Str column = STR("a"), names[2] = {STR("q"), column};
    AstAlias *alias = AST_NEW(arena, Alias);
    alias->name = names[0];
    alias->columns = bind__strs(bind, &column, 1);
    AstRangeSubselect *from = AST_NEW(arena, RangeSubselect);
    from->select = array->select;
    from->alias = alias;
    AstColumnRef *ref = AST_NEW(arena, ColumnRef);
    ref->names = bind__strs(bind, names, 2);
    AstJsonValue *value = AST_NEW(arena, JsonValue);
    value->location = array->location;
    value->expr = &ref->base;
    value->format_json = array->format_json;
    value->encoding = array->encoding;
    AstJsonArrayAgg *agg = AST_NEW(arena, JsonArrayAgg);
    agg->location = array->location;
    agg->value = value;
    agg->returning = array->returning;
    agg->absent_on_null = array->absent_on_null;
    AstTarget *target = AST_NEW(arena, Target);
    target->expr = &agg->base;
    AstSelect *select = AST_NEW(arena, Select);
    select->targets.items = arena_copy(arena, &target, sizeof target);
    select->from.items = arena_copy(arena, &from, sizeof from);
    select->targets.count = select->from.count = 1;
    return (AstNode *)select;
}

QExpr *bind__json_array_query(Level *level, const AstNode *node)
{
    const Bind *bind = level->bind;
    AstSublink *link = AST_NEW(bind->arena, Sublink);
    link->location = node->location;
    link->select = array_select(bind, AST_AS(JsonArrayQuery, node));
    link->sublink = AST_SUBLINK_SCALAR;
    QExpr *made = bind__sublink(level, link);
    const QQuery *query = Q_AS(SubLink, made)->query;
    uint32_t columns = 0;
    const QTargetList *targets = &query->tables.items[0]->query->targets;
    for (uint32_t i = 0; i < targets->count; i++) columns += !targets->items[i]->junk;
    if (columns != 1)
        bind__raise(bind, SYNTAX_ERROR, node->location, "subquery must return only one column");
    return made;
}

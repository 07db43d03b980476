/* SPDX-License-Identifier: Apache-2.0 */
/* expr_json.c - SQL/JSON's constructs (JsonExpr; bind/json_ops.h). */
#include "expr/expr_internal.h"

#include "base/oids.h"
#include "base/task.h"
#include "bind/json_ops.h"
#include "type/json.h"
#include "type/text.h"

/* ---- IS JSON ---- */

/* Whether a document whose text begins so is of the kind asked for. */
static bool is_kind(uint32_t asked, JsonKind kind)
{
    switch (asked) {
    case JSON_IS_OBJECT: return kind == JSON_OBJECT;
    case JSON_IS_ARRAY: return kind == JSON_ARRAY;
    case JSON_IS_SCALAR: return kind != JSON_OBJECT && kind != JSON_ARRAY;
    default: return true;
    }
}

/* Of text that is JSON: the first character tells. Any scalar is JSON_NULL. */
static JsonKind kind_of_text(Str text)
{
    for (size_t i = 0; i < text.bytes; i++) {
        char c = text.data[i];
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r') continue;
        return c == '{' ? JSON_OBJECT : c == '[' ? JSON_ARRAY : JSON_NULL;
    }
    return JSON_NULL;
}

/* Keys are compared without their escapes, which may then be wrong as well. */
static bool is_json_text(Arena *arena, Str text, uint32_t flags)
{
    InputError error = {.arena = arena};
    JsonNode node;
    bool unique = (flags & JSON_IS_UNIQUE) != 0;
    if (!is_kind(flags & JSON_IS_KIND, kind_of_text(text))) return false;
    JsonRead what = unique ? (JsonRead)(JSON_READ_TREE | JSON_READ_UNIQUE) : JSON_READ_CHECK;
    return json_read(arena, text, what, &node, &error);
}

static bool is_json(ExprState *state, Oid type, Str stored, uint32_t flags)
{
    if (type == OID_JSONB) {
        JsonNode node = jsonb_node(stored);
        return is_kind(flags & JSON_IS_KIND, json_kind(&node));
    }
    if (type == OID_JSON && !(flags & JSON_IS_UNIQUE))
        return is_kind(flags & JSON_IS_KIND, kind_of_text(stored));
    InputError error = {.arena = state->temporary};
    if (type == OID_BYTEA && !text_check_encoding(stored, &error)) input_error_raise(&error);
    return is_json_text(state->temporary, stored, flags);
}

/* The one argument's value, never NULL, becomes the result. */
typedef void (*OfValue)(ExprState *state, const ExprStep *step, const QJsonExpr *json,
                        Value *value);

static void run_each(ExprState *state, const ExprStep *step, Selection selection, OfValue of)
{
    const QJsonExpr *json = Q_AS(JsonExpr, step->expr);
    const Vector *arg = expr__arg(state, step, 0);
    Vector *result = expr__result(state, step, selection);
    for (uint32_t i = 0; i < selection.count; i++) {
        const uint32_t row = selected(selection, i);
        state->row = row;
        task_check();
        Datum value = vector_get(arg, row);
        if (!value.null) of(state, step, json, &value.value);
        vector_set(result, expr__result_arena(state, step), row, &value);
    }
}

static void is_json_value(ExprState *state, const ExprStep *step, const QJsonExpr *json,
                          Value *value)
{
    (void)step;
    value->b = is_json(state, json->args.items[0]->type, strview_str(&value->str), json->flags);
}

static void run_is_json(ExprState *state, const ExprStep *step, Selection selection)
{
    run_each(state, step, selection, is_json_value);
}

/* ---- constructors */

/* Text, bytes or JSON as a value of type json; `unique`: no object has a key twice. */
static Str json_of(ExprState *state, const ExprStep *step, Oid type, Str stored, bool unique)
{
    Arena *arena = expr__result_arena(state, step);
    InputError error = {.arena = state->temporary};
    JsonNode node;
    if (type == OID_JSON) return stored;
    if (type == OID_JSONB) {
        StrBuilder out = str_builder(arena, 32);
        node = jsonb_node(stored);
        jsonb_print_node(&node, &out);
        return str_done(&out);
    }
    const JsonRead what = unique ? (JsonRead)(JSON_READ_TREE | JSON_READ_UNIQUE) : JSON_READ_CHECK;
    if ((type == OID_BYTEA && !text_check_encoding(stored, &error)) ||
        !json_read(state->temporary, stored, what, &node, &error))
        input_error_raise(&error);
    return stored;
}

static void parse_value(ExprState *state, const ExprStep *step, const QJsonExpr *json, Value *value)
{
    value->str = strview(json_of(state, step, json->args.items[0]->type, strview_str(&value->str),
                                 json->flags & JSON_UNIQUE_KEYS));
}

/* JSON(), JSON_SERIALIZE before it is made text, and values with FORMAT JSON. */
static void run_parse(ExprState *state, const ExprStep *step, Selection selection)
{
    run_each(state, step, selection, parse_value);
}

static uint32_t compile_parse(ExprCompiler *c, QExpr *expr)
{
    const uint32_t arg = expr__register(c, Q_AS(JsonExpr, expr)->args.items[0]);
    return expr__step_result(c, expr__step(c, expr, run_parse, false, &arg, 1, NULL));
}

/* JSON_SCALAR, JSON_OBJECT and JSON_ARRAY: values of any type. */
static void run_build(ExprState *state, const ExprStep *step, Selection selection)
{
    const QJsonExpr *json = Q_AS(JsonExpr, step->expr);
    const JsonBuild how = {.object = json->op == JSON_EXPR_OBJECT,
                           .binary = json->flags & JSON_MAKES_JSONB,
                           .absent_on_null = json->flags & JSON_ABSENT_ON_NULL,
                           .unique_keys = json->flags & JSON_UNIQUE_KEYS};
    Fn *fn = &state->sites[step->site].fn;
    Datum *values = ARENA_ARRAY(state->temporary, Datum, step->arg_count + 1);
    Arena *arena = expr__result_arena(state, step);
    Vector *result = expr__result(state, step, selection);
    fn->arena = arena;
    for (uint32_t i = 0; i < selection.count; i++) {
        const uint32_t row = selected(selection, i);
        fn->row = state->row = row;
        task_check();
        for (uint32_t a = 0; a < step->arg_count; a++)
            values[a] = vector_get(expr__arg(state, step, a), row);
        Datum made = {.null = json->op == JSON_EXPR_SCALAR && values[0].null};
        if (json->op != JSON_EXPR_SCALAR) {
            made.value.str = strview(json_build(fn, how, values, fn->arg_types, step->arg_count));
        } else if (!made.null) {
            StrBuilder out = str_builder(arena, 32);
            json_write_datum(fn, fn->arg_types[0], &values[0], false, &out);
            made.value.str = strview(str_done(&out));
        }
        vector_set(result, arena, row, &made);
    }
}

static uint32_t compile_build(ExprCompiler *c, QExpr *expr)
{
    /* Whose facts the call goes by: they make the same of any values. */
    enum { JSON_BUILD_ARRAY = 3198 };
    const QJsonExpr *json = Q_AS(JsonExpr, expr);
    const uint32_t count = json->args.count;
    uint32_t *args = ARENA_ARRAY(expr__arena(c), uint32_t, count + 1);
    Oid *types = ARENA_ARRAY(expr__arena(c), Oid, count + 1);
    for (uint32_t i = 0; i < count; i++) {
        args[i] = expr__register(c, json->args.items[i]);
        types[i] = json->args.items[i]->type;
    }
    const ExprCall *call = expr__call(c, JSON_BUILD_ARRAY, 0, expr, types, count);
    return expr__site_step(c, expr, run_build, false, args, count, call);
}

/* What RETURNING asks for: the same node without that, then its last part with it as CaseValue. */
static uint32_t compile_coerced(ExprCompiler *c, const QJsonExpr *json)
{
    QJsonExpr *bare = arena_copy(expr__arena(c), json, sizeof *json);
    bare->args.count--;
    bare->flags &= ~(uint32_t)JSON_COERCED;
    bare->type = json->flags & JSON_MAKES_JSONB ? OID_JSONB : OID_JSON;
    bare->typmod = -1;
    bare->collation = 0;
    const uint32_t made = expr__register(c, &bare->base);
    const ExprHidden hidden = expr__hole_enter(c, HOLE_CASE_VALUE, made);
    const uint32_t result = expr__register(c, json->args.items[bare->args.count]);
    expr__hole_leave(c, HOLE_CASE_VALUE, hidden);
    return result;
}

uint32_t expr__compile_json(ExprCompiler *c, QExpr *expr)
{
    const QJsonExpr *json = Q_AS(JsonExpr, expr);
    if (json->op >= JSON_EXPR_EXISTS) return expr__compile_json_function(c, expr);
    if (json->flags & JSON_COERCED && json->op != JSON_EXPR_IS) return compile_coerced(c, json);
    switch (json->op) {
    case JSON_EXPR_PARSE:
    case JSON_EXPR_SERIALIZE:
    case JSON_EXPR_VALUE: return compile_parse(c, expr);
    case JSON_EXPR_SCALAR:
    case JSON_EXPR_OBJECT:
    case JSON_EXPR_ARRAY: return compile_build(c, expr);
    case JSON_EXPR_OBJECT_AGG:
    case JSON_EXPR_ARRAY_AGG: return expr__register(c, json->args.items[0]);
    default: break;
    }
    ASSERT(json->op == JSON_EXPR_IS);
    uint32_t arg = expr__register(c, json->args.items[0]);
    return expr__step_result(c, expr__step(c, expr, run_is_json, false, &arg, 1, NULL));
}

/* Settings decide how the values of some types are written. */
uint32_t expr__json_flags(const QExpr *expr, const FnEnv *env)
{
    const QJsonExpr *json = Q_AS(JsonExpr, expr);
    if (json->op != JSON_EXPR_SCALAR && json->op != JSON_EXPR_OBJECT && json->op != JSON_EXPR_ARRAY)
        return IMMUTABLE;
    for (uint32_t i = 0; i < JSON_ARG_COUNT(json); i++) {
        const Oid type = json->args.items[i]->type;
        if (json_type_is_nested(env, type) || !expr__io_is_immutable(type, OID_TEXT)) return STABLE;
    }
    return IMMUTABLE;
}

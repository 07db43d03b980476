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

static void run_is_json(ExprState *state, const ExprStep *step, Selection selection)
{
    const QJsonExpr *test = Q_AS(JsonExpr, step->expr);
    const Oid type = test->args.items[0]->type;
    const Vector *arg = expr__arg(state, step, 0);
    Vector *result = expr__result(state, step, selection);
    for (uint32_t i = 0; i < selection.count; i++) {
        const uint32_t row = selected(selection, i);
        state->row = row;
        task_check();
        Datum value = vector_get(arg, row);
        if (!value.null)
            value.value.b = is_json(state, type, strview_str(&value.value.str), test->flags);
        vector_set(result, expr__result_arena(state, step), row, &value);
    }
}

uint32_t expr__compile_json(ExprCompiler *c, QExpr *expr)
{
    const QJsonExpr *json = Q_AS(JsonExpr, expr);
    ASSERT(json->op == JSON_EXPR_IS);
    uint32_t arg = expr__register(c, json->args.items[0]);
    return expr__step_result(c, expr__step(c, expr, run_is_json, false, &arg, 1, NULL));
}

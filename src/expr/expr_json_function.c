/* SPDX-License-Identifier: Apache-2.0 */
/* expr_json_function.c - JSON_EXISTS, JSON_VALUE and JSON_QUERY. A path is run over each row's document; rows where it
 * found nothing, or where there was an error, are put aside, and what is behind DEFAULT is computed for them alone. */
#include "expr/expr_internal.h"

#include "base/oids.h"
#include "base/task.h"
#include "bind/json_ops.h"
#include "type/jsonpath.h"

/* A path that found nothing, or met an error; blocks of the step: what is behind DEFAULT for the first, the second. */
typedef enum Outcome { FOUND, NOTHING, FAILED } Outcome;

typedef struct Work {
    ExprState *state;
    const QJsonExpr *json;
    Fn *fn;
    TypeCall call; /* of the result */
    JsonOn on_empty, on_error;
    Oid *var_types; /* names and values in turn, as json_build takes them */
    Datum *vars;
} Work;

static JsonOn behavior(const QJsonExpr *json, uint32_t shift)
{
    return (JsonOn)(json->flags >> shift & JSON_ON_MASK);
}

static Work begin(ExprState *state, const ExprStep *step)
{
    const QJsonExpr *json = Q_AS(JsonExpr, step->expr);
    const uint32_t count = json->names.count;
    Fn *fn = &state->sites[step->site].fn;
    Work work = {.state = state,
                 .json = json,
                 .fn = fn,
                 .call = {.type = type_get(fn->env, json->type),
                          .env = fn->env,
                          .arena = expr__result_arena(state, step),
                          .typmod = json->typmod},
                 .on_empty = behavior(json, JSON_ON_EMPTY_SHIFT),
                 .on_error = behavior(json, JSON_ON_ERROR_SHIFT),
                 .var_types = ARENA_ARRAY(state->temporary, Oid, 2 * (size_t)count + 1),
                 .vars = ARENA_ARRAY(state->temporary, Datum, 2 * (size_t)count + 1)};
    for (uint32_t i = 0; i < count; i++) {
        work.var_types[2 * i] = OID_TEXT;
        work.var_types[2 * i + 1] = json->args.items[2 + i]->type;
        work.vars[2 * i] = (Datum){.value.str = strview(json->names.items[i])};
    }
    fn->arena = work.call.arena;
    return work;
}

/* ---- one row */

/* `message` says what is wrong with the path expression. */
static Outcome failed(const Work *work, Sqlstate code, const char *message, const char *hint)
{
    if (work->on_error != JSON_ON_ERROR) return FAILED;
    Error *error = error_begin(code);
    const Str column = work->json->column;
    if (column.data)
        error_message(error, "JSON path expression for column \"%.*s\" %s", STR_ARG(column),
                      message);
    else
        error_message(error, "JSON path expression in %s %s",
                      work->json->op == JSON_EXPR_ITEM ? "JSON_VALUE" : "JSON_QUERY", message);
    if (hint) error_hint(error, "%s", hint);
    error_raise(error);
}

static Outcome as_type(const Work *work, JsonForm form, const JsonNode *node, Datum *value)
{
    InputError error = {.arena = work->state->temporary};
    if (json_as_type(&work->call, form, node, value, &error)) return FOUND;
    if (work->on_error == JSON_ON_ERROR) input_error_raise(&error);
    return FAILED;
}

static Outcome single_item(const Work *work, const PathItems *found, Datum *value)
{
    static const char message[] = "must return single scalar item";
    if (found->items.count > 1)
        return failed(work, SQLSTATE_MORE_THAN_ONE_SQL_JSON_ITEM, message, NULL);
    const JsonKind kind = json_kind(&found->items.items[0]);
    if (kind == JSON_ARRAY || kind == JSON_OBJECT)
        return failed(work, SQLSTATE_SQL_JSON_SCALAR_REQUIRED, message, NULL);
    return as_type(work, JSON_FORM_SCALAR, &found->items.items[0], value);
}

static Outcome any_item(const Work *work, const PathItems *found, Datum *value)
{
    const uint32_t flags = work->json->flags, count = found->items.count;
    const JsonForm form = flags & JSON_OMIT_QUOTES ? JSON_FORM_UNQUOTED : JSON_FORM_QUOTED;
    if (!(flags & JSON_WRAP) && !(flags & JSON_WRAP_SEVERAL && count > 1)) {
        if (count == 1) return as_type(work, form, &found->items.items[0], value);
        return failed(work, SQLSTATE_MORE_THAN_ONE_SQL_JSON_ITEM,
                      "must return single item when no wrapper is requested",
                      "Use the WITH WRAPPER clause to wrap SQL/JSON items into an array.");
    }
    JsonMembers items = {.arena = work->state->temporary};
    for (uint32_t i = 0; i < count; i++) json_push(&items, STR(""), found->items.items[i]);
    const JsonNode array = json_of_members(JSON_ARRAY, &items);
    return as_type(work, form, &array, value);
}

static Outcome run_path(const Work *work, const PathRun *run, Datum *value)
{
    if (work->json->op == JSON_EXPR_EXISTS) {
        const int exists = path_exists(run);
        *value = (Datum){.value.b = exists > 0};
        return exists < 0 ? FAILED : FOUND;
    }
    PathItems found;
    if (!path_run(run, &found)) return FAILED;
    if (found.items.count == 0) return NOTHING;
    return work->json->op == JSON_EXPR_ITEM ? single_item(work, &found, value)
                                            : any_item(work, &found, value);
}

static Outcome run_row(Work *work, const ExprStep *step, uint32_t row, Datum *value)
{
    const Datum document = vector_get(expr__arg(work->state, step, 0), row);
    const Datum path = vector_get(expr__arg(work->state, step, 1), row);
    const uint32_t count = work->json->names.count;
    *value = (Datum){.null = true};
    if (document.null || path.null) return FOUND;
    for (uint32_t i = 0; i < count; i++)
        work->vars[2 * i + 1] = vector_get(expr__arg(work->state, step, 2 + i), row);
    JsonNode vars;
    JsonMembers members = {.arena = work->state->temporary};
    for (uint32_t i = 0; i < count; i++)
        json_push(&members, strview_str(&work->vars[2 * i].value.str),
                  path_variable(work->fn, work->var_types[2 * i + 1], &work->vars[2 * i + 1]));
    vars = json_of_members(JSON_OBJECT, &members);
    const PathRun run = {.fn = work->fn,
                         .path = path_at(work->fn, strview_str(&path.value.str)),
                         .document = jsonb_node(strview_str(&document.value.str)),
                         .vars = count > 0 ? &vars : NULL,
                         .silent = work->on_error != JSON_ON_ERROR,
                         .zones = true};
    return run_path(work, &run, value);
}

/* ---- what becomes of the others */

static const char *const behavior_names[] = {
    [JSON_ON_EMPTY_ARRAY] = "EMPTY ARRAY", [JSON_ON_EMPTY_OBJECT] = "EMPTY OBJECT"};

static void empty_value(const Work *work, bool on_error, JsonOn on, Datum *value)
{
    const JsonNode node = {.kind = on == JSON_ON_EMPTY_ARRAY ? JSON_ARRAY : JSON_OBJECT};
    InputError error = {.arena = work->state->temporary};
    if (json_as_type(&work->call, JSON_FORM_QUOTED, &node, value, &error)) return;
    if (work->on_error == JSON_ON_ERROR) input_error_raise(&error);
    Error *raised = error_begin(SQLSTATE_DATATYPE_MISMATCH);
    error_message(raised, "could not coerce %s expression (%s) to the RETURNING type",
                  on_error ? "ON ERROR" : "ON EMPTY", behavior_names[on]);
    error_detail(raised, "%.*s", STR_ARG(error.message));
    error_raise(raised);
}

/* True: it is behind DEFAULT, and computed later. */
static bool otherwise(const Work *work, Outcome outcome, Datum *value)
{
    const JsonOn on = outcome == NOTHING ? work->on_empty : work->on_error;
    *value = (Datum){.null = true};
    switch (on) {
    case JSON_ON_UNSAID:
        value->null = work->json->op != JSON_EXPR_EXISTS; /* else false */
        return false;
    case JSON_ON_ERROR:
        if (work->json->column.data)
            raise_error(SQLSTATE_NO_SQL_JSON_ITEM,
                        "no SQL/JSON item found for specified path of column \"%.*s\"",
                        STR_ARG(work->json->column));
        raise_error(SQLSTATE_NO_SQL_JSON_ITEM, "no SQL/JSON item found for specified path");
    case JSON_ON_TRUE:
    case JSON_ON_FALSE: *value = (Datum){.value.b = on == JSON_ON_TRUE}; return false;
    case JSON_ON_EMPTY_ARRAY:
    case JSON_ON_EMPTY_OBJECT: empty_value(work, outcome == FAILED, on, value); return false;
    case JSON_ON_DEFAULT: return true;
    case JSON_ON_NULL:
    case JSON_ON_UNKNOWN: return false;
    }
    UNREACHABLE();
    return false;
}

/* ---- all rows */

static void run_defaults(ExprState *state, const ExprStep *step, uint32_t block, Selection rows)
{
    if (rows.count == 0) return;
    Vector *result = &state->registers[step->result];
    expr__run_block(state, &step->blocks[block], rows);
    rows = expr__cut(state, rows);
    expr__copy_rows(result, expr__result_arena(state, step),
                    &state->registers[step->blocks[block].result], rows);
}

static void run_function(ExprState *state, const ExprStep *step, Selection selection)
{
    Vector *result = expr__result(state, step, selection);
    Work work = begin(state, step);
    uint16_t *empty = expr__rows(state, selection.count), *bad = expr__rows(state, selection.count);
    uint32_t empty_count = 0, bad_count = 0;
    for (uint32_t i = 0; i < selection.count; i++) {
        const uint32_t row = selected(selection, i);
        Datum value;
        work.fn->row = state->row = row;
        task_check();
        const Outcome outcome = run_row(&work, step, row, &value);
        if (outcome == FOUND || !otherwise(&work, outcome, &value))
            vector_set(result, work.call.arena, row, &value);
        else if (outcome == NOTHING)
            empty[empty_count++] = (uint16_t)row;
        else
            bad[bad_count++] = (uint16_t)row;
    }
    const uint32_t second = work.on_empty == JSON_ON_DEFAULT;
    run_defaults(state, step, 0, (Selection){empty, empty_count});
    run_defaults(state, step, second, (Selection){bad, bad_count});
}

uint32_t expr__compile_json_function(ExprCompiler *c, QExpr *expr)
{
    /* Whose facts the call goes by: they make the same of any values. */
    enum { JSONB_BUILD_ARRAY = 3271 };
    const QJsonExpr *json = Q_AS(JsonExpr, expr);
    const uint32_t count = 2 + json->names.count, blocks = json->args.count - count;
    uint32_t *args = ARENA_ARRAY(expr__arena(c), uint32_t, count);
    Oid *types = ARENA_ARRAY(expr__arena(c), Oid, count);
    for (uint32_t i = 0; i < count; i++) {
        args[i] = expr__register(c, json->args.items[i]);
        types[i] = json->args.items[i]->type;
    }
    const ExprCall *call = expr__call(c, JSONB_BUILD_ARRAY, 0, expr, types, count);
    const uint32_t result = expr__site_step(c, expr, run_function, false, args, count, call);
    if (blocks == 0) return result;
    const uint32_t step = expr__last_step(c);
    expr__blocks_begin(c, step, blocks);
    for (uint32_t i = 0; i < blocks; i++) expr__block(c, step, i, json->args.items[count + i]);
    expr__blocks_end(c, step);
    return result;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* jsonpath_functions.c - jsonb_path_exists and its kin, @? and @@. The call site keeps the path that it has read. */
#include "type/jsonpath.h"

#include "base/builtins.h"
#include "base/task.h"

typedef struct PathSite {
    Str stored;
    Path path;
} PathSite;

const Path *path_at(Fn *fn, Str stored)
{
    PathSite *site = fn->state;
    if (site && site->stored.data && str_equal(site->stored, stored)) return &site->path;
    if (!site) fn->state = site = ARENA_NEW(fn->site, PathSite);
    InputError err = {.arena = fn->arena};
    const Str kept = str_copy(fn->site, stored);
    site->stored = (Str){0};
    if (!path_read(fn->site, path_text(kept), &site->path, &err)) input_error_raise(&err);
    site->stored = kept;
    return &site->path;
}

/* The functions that end in _tz are those that depend on settings. */
static bool may_use_zones(const Fn *fn)
{
    return fn->function->flags & STABLE;
}

static PathRun run_of(Fn *fn, Str document, Str path, const JsonNode *vars, bool silent)
{
    return (PathRun){.fn = fn,
                     .path = path_at(fn, path),
                     .document = jsonb_node(document),
                     .vars = vars,
                     .silent = silent,
                     .zones = may_use_zones(fn)};
}

static bool exists(Fn *fn, Str document, Str path, Str vars, bool silent)
{
    const JsonNode variables = jsonb_node(vars);
    const PathRun run = run_of(fn, document, path, &variables, silent);
    const int found = path_exists(&run);
    return found < 0 ? FN_NULL(fn, false) : found > 0;
}

static bool exists_silently(Fn *fn, Str document, Str path)
{
    const PathRun run = run_of(fn, document, path, NULL, true);
    const int found = path_exists(&run);
    return found < 0 ? FN_NULL(fn, false) : found > 0;
}

/* The single boolean that a predicate gives; anything else is an error, or NULL. */
static bool match_of(Fn *fn, const PathRun *run)
{
    PathItems found;
    const bool good = path_run(run, &found);
    if (good && found.items.count == 1) {
        const JsonKind kind = json_kind(&found.items.items[0]);
        if (kind == JSON_TRUE || kind == JSON_FALSE) return kind == JSON_TRUE;
        if (kind == JSON_NULL) return FN_NULL(fn, false);
    }
    if (!run->silent)
        raise_error(SQLSTATE_SINGLETON_SQL_JSON_ITEM_REQUIRED, "single boolean result is expected");
    return FN_NULL(fn, false);
}

static bool match(Fn *fn, Str document, Str path, Str vars, bool silent)
{
    const JsonNode variables = jsonb_node(vars);
    const PathRun run = run_of(fn, document, path, &variables, silent);
    return match_of(fn, &run);
}

static bool match_silently(Fn *fn, Str document, Str path)
{
    const PathRun run = run_of(fn, document, path, NULL, true);
    return match_of(fn, &run);
}

static PathItems query_items(Fn *fn, Str document, Str path, Str vars, bool silent)
{
    const JsonNode variables = jsonb_node(vars);
    const PathRun run = run_of(fn, document, path, &variables, silent);
    PathItems found;
    (void)path_run(&run, &found);
    return found;
}

static Str query_array(Fn *fn, Str document, Str path, Str vars, bool silent)
{
    const PathItems found = query_items(fn, document, path, vars, silent);
    JsonMembers items = {.arena = fn->arena};
    for (uint32_t i = 0; i < found.items.count; i++)
        json_push(&items, STR(""), found.items.items[i]);
    const JsonNode array = json_of_members(JSON_ARRAY, &items);
    return jsonb_store(fn->arena, &array);
}

static Str query_first(Fn *fn, Str document, Str path, Str vars, bool silent)
{
    const PathItems found = query_items(fn, document, path, vars, silent);
    if (!found.items.count) return FN_NULL(fn, STR(""));
    return jsonb_store(fn->arena, &found.items.items[0]);
}

typedef struct QueryRows {
    PathItems found;
    uint32_t next;
} QueryRows;

static bool query_rows(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    QueryRows *rows = set->state;
    if (!rows) {
        set->state = rows = ARENA_NEW(set->arena, QueryRows);
        Fn lasting = *fn; /* items live as long as the set */
        lasting.arena = set->arena;
        const Str document = str_copy(set->arena, strview_str(&args[0].value.str));
        const Str vars = str_copy(set->arena, strview_str(&args[2].value.str));
        rows->found = query_items(&lasting, document, strview_str(&args[1].value.str), vars,
                                  args[3].value.b);
        fn->state = lasting.state;
    }
    if (rows->next == rows->found.items.count) return false;
    const JsonNode *item = &rows->found.items.items[rows->next++];
    columns[0] = (Datum){.value.str = strview(jsonb_store(fn->arena, item))};
    return true;
}

SQL_FUNCTION(4005, "jsonb_path_exists", bool, (jsonb, jsonpath, jsonb, bool),
             IMMUTABLE | STRICT | NULLABLE, exists, "whether a path finds anything")
SQL_FACTS(
    4005,
    .arguments =
        "target jsonb, path jsonpath, vars jsonb DEFAULT '{}'::jsonb, silent bool DEFAULT false")
SQL_FUNCTION(1177, "jsonb_path_exists_tz", bool, (jsonb, jsonpath, jsonb, bool),
             STABLE | STRICT | NULLABLE, exists, "whether a path finds anything")
SQL_FACTS(
    1177,
    .arguments =
        "target jsonb, path jsonpath, vars jsonb DEFAULT '{}'::jsonb, silent bool DEFAULT false")
SQL_FUNCTION(4009, "jsonb_path_match", bool, (jsonb, jsonpath, jsonb, bool),
             IMMUTABLE | STRICT | NULLABLE, match, "the boolean that a predicate path gives")
SQL_FACTS(
    4009,
    .arguments =
        "target jsonb, path jsonpath, vars jsonb DEFAULT '{}'::jsonb, silent bool DEFAULT false")
SQL_FUNCTION(2030, "jsonb_path_match_tz", bool, (jsonb, jsonpath, jsonb, bool),
             STABLE | STRICT | NULLABLE, match, "the boolean that a predicate path gives")
SQL_FACTS(
    2030,
    .arguments =
        "target jsonb, path jsonpath, vars jsonb DEFAULT '{}'::jsonb, silent bool DEFAULT false")
SQL_FUNCTION(4007, "jsonb_path_query_array", jsonb, (jsonb, jsonpath, jsonb, bool),
             IMMUTABLE | STRICT, query_array, "what a path finds, as an array")
SQL_FACTS(
    4007,
    .arguments =
        "target jsonb, path jsonpath, vars jsonb DEFAULT '{}'::jsonb, silent bool DEFAULT false")
SQL_FUNCTION(1180, "jsonb_path_query_array_tz", jsonb, (jsonb, jsonpath, jsonb, bool),
             STABLE | STRICT, query_array, "what a path finds, as an array")
SQL_FACTS(
    1180,
    .arguments =
        "target jsonb, path jsonpath, vars jsonb DEFAULT '{}'::jsonb, silent bool DEFAULT false")
SQL_FUNCTION(4008, "jsonb_path_query_first", jsonb, (jsonb, jsonpath, jsonb, bool),
             IMMUTABLE | STRICT | NULLABLE, query_first, "the first that a path finds")
SQL_FACTS(
    4008,
    .arguments =
        "target jsonb, path jsonpath, vars jsonb DEFAULT '{}'::jsonb, silent bool DEFAULT false")
SQL_FUNCTION(2023, "jsonb_path_query_first_tz", jsonb, (jsonb, jsonpath, jsonb, bool),
             STABLE | STRICT | NULLABLE, query_first, "the first that a path finds")
SQL_FACTS(
    2023,
    .arguments =
        "target jsonb, path jsonpath, vars jsonb DEFAULT '{}'::jsonb, silent bool DEFAULT false")
SQL_FUNCTION_SET(4006, "jsonb_path_query", jsonb, (jsonb, jsonpath, jsonb, bool),
                 IMMUTABLE | STRICT, query_rows, "what a path finds, as rows")
SQL_FACTS(
    4006,
    .arguments =
        "target jsonb, path jsonpath, vars jsonb DEFAULT '{}'::jsonb, silent bool DEFAULT false")
SQL_FUNCTION_SET(1179, "jsonb_path_query_tz", jsonb, (jsonb, jsonpath, jsonb, bool),
                 STABLE | STRICT, query_rows, "what a path finds, as rows")
SQL_FACTS(
    1179,
    .arguments =
        "target jsonb, path jsonpath, vars jsonb DEFAULT '{}'::jsonb, silent bool DEFAULT false")
SQL_FUNCTION(4010, "jsonb_path_exists_opr", bool, (jsonb, jsonpath), IMMUTABLE | STRICT | NULLABLE,
             exists_silently, "whether a path finds anything; NULL for errors")
SQL_FUNCTION(4011, "jsonb_path_match_opr", bool, (jsonb, jsonpath), IMMUTABLE | STRICT | NULLABLE,
             match_silently, "the boolean that a predicate path gives; NULL for errors")
SQL_OPERATOR(4012, "@?", jsonb, jsonpath, bool, jsonb_path_exists_opr, .restrict_by = "matchingsel",
             .join_by = "matchingjoinsel")
SQL_OPERATOR(4013, "@@", jsonb, jsonpath, bool, jsonb_path_match_opr, .restrict_by = "matchingsel",
             .join_by = "matchingjoinsel")

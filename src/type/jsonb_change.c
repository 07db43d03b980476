/* SPDX-License-Identifier: Apache-2.0 */
/* jsonb_change.c - jsonb changed: joined, cut, set at a path, stripped of nulls; json stripped of nulls. A change makes
 * nodes for the containers on its way; what it leaves alone stays as it is stored and is copied whole. */
#include "type/jsonb_internal.h"

#include "base/oids.h"
#include "base/task.h"
#include "type/array_type.h"

static Str stored(Fn *fn, JsonNode node)
{
    return jsonb_store(fn->arena, &node);
}

/* ---- Joining */

static void add_items(JsonMembers *to, const JsonNode *node)
{
    const bool object = json_kind(node) == JSON_OBJECT;
    const uint32_t count = json_count(node);
    for (uint32_t i = 0; i < count; i++)
        json_push(to, object ? json_key(node, i) : STR(""), json_item(node, i));
}

/* What is no array joins an array as an element of it. */
static void add_as_elements(JsonMembers *to, const JsonNode *node)
{
    if (json_kind(node) == JSON_ARRAY)
        add_items(to, node);
    else
        json_push(to, STR(""), *node);
}

static Str jsonb_concat(Fn *fn, Str a, Str b)
{
    const JsonNode x = jsonb_node(a), y = jsonb_node(b);
    JsonMembers items = {.arena = fn->arena};
    if (json_kind(&x) == JSON_OBJECT && json_kind(&y) == JSON_OBJECT) {
        add_items(&items, &x);
        add_items(&items, &y);
        return stored(fn, json_of_members(JSON_OBJECT, &items));
    }
    add_as_elements(&items, &x);
    add_as_elements(&items, &y);
    return stored(fn, json_of_members(JSON_ARRAY, &items));
}

/* ---- Cutting */

static JsonNode container_to_cut(Str value)
{
    const JsonNode node = jsonb_node(value);
    if (!json_is_container(&node))
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "cannot delete from scalar");
    return node;
}

/* Without these keys of an object, or these strings of an array. */
static Str without(Fn *fn, Str value, const Str *names, uint32_t count)
{
    const JsonNode node = container_to_cut(value);
    const bool object = json_kind(&node) == JSON_OBJECT;
    const uint32_t items = json_count(&node);
    JsonMembers kept = {.arena = fn->arena};
    for (uint32_t i = 0; i < items; i++) {
        const JsonNode item = json_item(&node, i);
        const bool named = object || json_kind(&item) == JSON_STRING;
        const Str name = object ? json_key(&node, i) : named ? json_string(&item) : STR("");
        bool found = false;
        task_check();
        for (uint32_t k = 0; named && !found && k < count; k++) found = str_equal(names[k], name);
        if (!found) json_push(&kept, object ? name : STR(""), item);
    }
    return stored(fn, json_of_members(object ? JSON_OBJECT : JSON_ARRAY, &kept));
}

static Str delete_name(Fn *fn, Str value, Str name)
{
    return without(fn, value, &name, 1);
}

static void check_path_shape(const ArrayView *view)
{
    if (view->shape.dimensions > 1)
        raise_error(SQLSTATE_ARRAY_SUBSCRIPT_ERROR, "wrong number of array subscripts");
}

static Datum delete_names(Fn *fn, const Datum *args)
{
    const ArrayView view = array_view_or_raise(strview_str(&args[1].value.str));
    check_path_shape(&view);
    const Datum *values = array_values(fn->arena, &view, type_get(NULL, OID_TEXT));
    Str *names = ARENA_ARRAY(fn->arena, Str, view.count);
    uint32_t count = 0;
    for (uint32_t i = 0; i < view.count; i++)
        if (!values[i].null) names[count++] = strview_str(&values[i].value.str);
    return (Datum){
        .value.str = strview(without(fn, strview_str(&args[0].value.str), names, count))};
}

static Str delete_index(Fn *fn, Str value, int32_t index)
{
    const JsonNode node = container_to_cut(value);
    if (json_kind(&node) == JSON_OBJECT)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE,
                    "cannot delete from object using integer index");
    const int64_t count = json_count(&node), at = index < 0 ? index + count : index;
    JsonMembers kept = {.arena = fn->arena};
    for (int64_t i = 0; i < count; i++)
        if (i != at) json_push(&kept, STR(""), json_item(&node, (uint32_t)i));
    return stored(fn, json_of_members(JSON_ARRAY, &kept));
}

/* ---- Changing at a path */

typedef enum PathOp { PATH_DELETE, PATH_SET, PATH_INSERT_BEFORE, PATH_INSERT_AFTER } PathOp;

typedef struct PathChange {
    Arena *arena;
    PathOp op;
    bool create; /* PATH_SET: what is missing at the end of the path is made */
    bool fill;   /* and what is missing before it, as subscripts in assignments do */
    const Datum *parts;
    uint32_t count;
    JsonNode value;
} PathChange;

static JsonNode change_at(const PathChange *c, const JsonNode *node, uint32_t level);

static Str part_at(const PathChange *c, uint32_t level)
{
    if (c->parts[level].null)
        raise_error(SQLSTATE_NULL_VALUE_NOT_ALLOWED, "path element at position %u is null",
                    level + 1);
    return strview_str(&c->parts[level].value.str);
}

static void fill_nulls(JsonMembers *items, int64_t count)
{
    for (int64_t i = 0; i < count; i++) {
        task_check();
        json_push(items, STR(""), (JsonNode){.kind = JSON_NULL});
    }
}

/* The containers that the path still asks for below `level`, around the value. */
static JsonNode made_below(const PathChange *c, uint32_t level)
{
    JsonNode node = c->value;
    for (uint32_t i = c->count; i-- > level + 1;) {
        const Str part = part_at(c, i);
        JsonMembers items = {.arena = c->arena};
        int32_t index;
        const bool array = json_path_index(part, &index);
        if (array && index < 0)
            raise_error(SQLSTATE_INVALID_PARAMETER_VALUE,
                        "path element at position %u is out of range: %d", i + 1, index);
        if (array) fill_nulls(&items, index);
        json_push(&items, array ? STR("") : part, node);
        node = json_of_members(array ? JSON_ARRAY : JSON_OBJECT, &items);
    }
    return node;
}

static _Noreturn void raise_existing(const char *detail, const char *hint)
{
    Error *error = error_begin(SQLSTATE_INVALID_PARAMETER_VALUE);
    error_message(error, "cannot replace existing key");
    if (detail) error_detail(error, "%s", detail);
    if (hint) error_hint(error, "%s", hint);
    error_raise(error);
}

static bool makes_missing(const PathChange *c, uint32_t level)
{
    if (level + 1 < c->count) return c->fill;
    return c->op != PATH_DELETE && (c->op != PATH_SET || c->create);
}

static JsonNode change_object(const PathChange *c, const JsonNode *node, uint32_t level)
{
    const Str key = part_at(c, level);
    const bool last = level + 1 == c->count;
    const uint32_t count = json_count(node);
    JsonMembers members = {.arena = c->arena};
    bool found = false;
    for (uint32_t i = 0; i < count; i++) {
        const Str name = json_key(node, i);
        JsonNode item = json_item(node, i);
        if (str_equal(name, key)) {
            found = true;
            if (last && c->op == PATH_DELETE) continue;
            if (last && c->op != PATH_SET)
                raise_existing(NULL, "Try using the function jsonb_set to replace key value.");
            item = last ? c->value : change_at(c, &item, level + 1);
        }
        json_push(&members, name, item);
    }
    if (!found && makes_missing(c, level)) json_push(&members, key, made_below(c, level));
    return json_of_members(JSON_OBJECT, &members);
}

/* The index that a part of the path means, from 0; below 0: before the first element. */
static int64_t index_at(const PathChange *c, uint32_t level, uint32_t count)
{
    const Str part = part_at(c, level);
    int32_t index;
    if (!json_path_index(part, &index))
        raise_error(SQLSTATE_INVALID_TEXT_REPRESENTATION,
                    "path element at position %u is not an integer: \"%.*s\"", level + 1,
                    STR_ARG(part));
    if (index >= 0) return index;
    if (c->fill && -(int64_t)index > count)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE,
                    "path element at position %u is out of range: %d", level + 1, index);
    return (int64_t)index + count;
}

static JsonNode change_array(const PathChange *c, const JsonNode *node, uint32_t level)
{
    const uint32_t count = json_count(node);
    const int64_t at = index_at(c, level, count);
    const bool last = level + 1 == c->count;
    JsonMembers items = {.arena = c->arena};
    if (at < 0 && makes_missing(c, level)) json_push(&items, STR(""), made_below(c, level));
    for (uint32_t i = 0; i < count; i++) {
        JsonNode item = json_item(node, i);
        if (i != at) {
            json_push(&items, STR(""), item);
        } else if (!last) {
            json_push(&items, STR(""), change_at(c, &item, level + 1));
        } else {
            if (c->op == PATH_INSERT_AFTER) json_push(&items, STR(""), item);
            if (c->op != PATH_DELETE) json_push(&items, STR(""), c->value);
            if (c->op == PATH_INSERT_BEFORE) json_push(&items, STR(""), item);
        }
    }
    if (at >= count && makes_missing(c, level)) {
        if (c->fill) fill_nulls(&items, at - count);
        json_push(&items, STR(""), made_below(c, level));
    }
    return json_of_members(JSON_ARRAY, &items);
}

static JsonNode change_at(const PathChange *c, const JsonNode *node, uint32_t level)
{
    task_check();
    (void)part_at(c, level); /* a NULL is refused also where the path has left the document */
    switch (json_kind(node)) {
    case JSON_OBJECT: return change_object(c, node, level);
    case JSON_ARRAY: return change_array(c, node, level);
    default: break;
    }
    if (c->fill)
        raise_existing("The path assumes key is a composite object, but it is a scalar value.",
                       NULL);
    return *node;
}

static Str change_path(Fn *fn, Str value, Str path, PathChange c)
{
    const ArrayView view = array_view_or_raise(path);
    check_path_shape(&view);
    const JsonNode node = jsonb_node(value);
    if (!json_is_container(&node))
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "cannot %s path in scalar",
                    c.op == PATH_DELETE ? "delete" : "set");
    const bool removes = c.op == PATH_DELETE || (c.op == PATH_SET && !c.create);
    if (!view.count || (removes && json_count(&node) == 0)) return value;
    c.arena = fn->arena;
    c.parts = array_values(fn->arena, &view, type_get(NULL, OID_TEXT));
    c.count = view.count;
    return stored(fn, change_at(&c, &node, 0));
}

static Str delete_path(Fn *fn, Str value, Str path)
{
    return change_path(fn, value, path, (PathChange){.op = PATH_DELETE});
}

static Str jsonb_set(Fn *fn, Str value, Str path, Str replacement, bool create)
{
    return change_path(fn, value, path,
                       (PathChange){.op = PATH_SET,
                                    .create = create,
                                    .value = jsonb_node(replacement)});
}

static Str jsonb_insert(Fn *fn, Str value, Str path, Str inserted, bool after)
{
    return change_path(fn, value, path,
                       (PathChange){.op = after ? PATH_INSERT_AFTER : PATH_INSERT_BEFORE,
                                    .value = jsonb_node(inserted)});
}

Str jsonb_assign(Arena *arena, const JsonNode *old, const Datum *path, uint32_t count,
                 const JsonNode *value)
{
    const PathChange c = {.arena = arena,
                          .op = PATH_SET,
                          .create = true,
                          .fill = true,
                          .parts = path,
                          .count = count,
                          .value = *value};
    int32_t index;
    JsonNode root = {.kind = json_path_index(part_at(&c, 0), &index) ? JSON_ARRAY : JSON_OBJECT};
    root = change_at(&c, old ? old : &root, 0);
    return jsonb_store(arena, &root);
}

static Datum jsonb_set_lax(Fn *fn, const Datum *args)
{
    if (args[0].null || args[1].null || args[3].null) return (Datum){.null = true};
    const Str value = strview_str(&args[0].value.str), path = strview_str(&args[1].value.str);
    PathChange c = {.op = PATH_SET, .create = args[3].value.b, .value.kind = JSON_NULL};
    if (!args[2].null &&
        !args[4].null) { /* how NULL is treated may be any word where there is none */
        c.value = jsonb_node(strview_str(&args[2].value.str));
        return (Datum){.value.str = strview(change_path(fn, value, path, c))};
    }
    const Str treatment = args[4].null ? STR("") : strview_str(&args[4].value.str);
    const bool raises = str_equal(treatment, STR("raise_exception"));
    const bool uses_null = str_equal(treatment, STR("use_json_null"));
    const bool deletes = str_equal(treatment, STR("delete_key"));
    if (!raises && !uses_null && !deletes && !str_equal(treatment, STR("return_target")))
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE,
                    "null_value_treatment must be \"delete_key\", \"return_target\", "
                    "\"use_json_null\", or \"raise_exception\"");
    if (raises) {
        Error *error = error_begin(SQLSTATE_NULL_VALUE_NOT_ALLOWED);
        error_message(error, "JSON value must not be null");
        error_detail(error,
                     "Exception was raised because null_value_treatment is \"raise_exception\".");
        error_raise(error_hint(error, "To avoid, either change the null_value_treatment argument "
                                      "or ensure that an SQL NULL is not passed."));
    } else if (deletes) {
        c.op = PATH_DELETE;
    } else if (!uses_null) {
        return args[0];
    }
    return (Datum){.value.str = strview(change_path(fn, value, path, c))};
}

/* ---- Without nulls */

static JsonNode stripped(Arena *arena, const JsonNode *node, bool in_arrays)
{
    const JsonKind kind = json_kind(node);
    const uint32_t count = json_count(node);
    JsonMembers items = {.arena = arena};
    task_check();
    if (!json_is_container(node)) return *node;
    for (uint32_t i = 0; i < count; i++) {
        const JsonNode item = json_item(node, i);
        if (json_kind(&item) == JSON_NULL && (kind == JSON_OBJECT || in_arrays)) continue;
        json_push(&items, kind == JSON_OBJECT ? json_key(node, i) : STR(""),
                  stripped(arena, &item, in_arrays));
    }
    return json_of_members(kind, &items);
}

/* Without spaces; numbers as they were written. */
static void write_compact(const JsonNode *node, StrBuilder *out)
{
    const JsonKind kind = json_kind(node);
    task_check();
    if (kind == JSON_STRING) {
        json_write_string(json_string(node), out);
    } else if (!json_is_container(node)) {
        str_add(out, json_value_text(out->arena, node));
    } else {
        const bool object = kind == JSON_OBJECT;
        str_add_char(out, object ? '{' : '[');
        for (uint32_t i = 0; i < node->count; i++) {
            if (i) str_add_char(out, ',');
            if (object) json_write_string(node->items[i].key, out);
            if (object) str_add_char(out, ':');
            write_compact(&node->items[i].value, out);
        }
        str_add_char(out, object ? '}' : ']');
    }
}

static Str json_strip_nulls(Fn *fn, Str value, bool in_arrays)
{
    const JsonNode node = json_read_or_raise(fn->arena, value);
    const JsonNode kept = stripped(fn->arena, &node, in_arrays);
    StrBuilder out = str_builder(fn->arena, value.bytes);
    write_compact(&kept, &out);
    return str_done(&out);
}

static Str jsonb_strip_nulls(Fn *fn, Str value, bool in_arrays)
{
    const JsonNode node = jsonb_node(value);
    return stored(fn, stripped(fn->arena, &node, in_arrays));
}

static Str jsonb_pretty(Fn *fn, Str value)
{
    const JsonNode node = jsonb_node(value);
    StrBuilder out = str_builder(fn->arena, value.bytes);
    jsonb_print_pretty(&node, &out);
    return str_done(&out);
}

SQL_FUNCTION(3301, "jsonb_concat", jsonb, (jsonb, jsonb), IMMUTABLE | STRICT, jsonb_concat,
             "objects united, or all elements in one array")
SQL_FUNCTION(3302, "jsonb_delete", jsonb, (jsonb, text), IMMUTABLE | STRICT, delete_name,
             "without a key or string")
SQL_FUNCTION(3303, "jsonb_delete", jsonb, (jsonb, int4), IMMUTABLE | STRICT, delete_index,
             "without an element")
SQL_FUNCTION_DATUM(3343, "jsonb_delete", jsonb, (jsonb, _text), IMMUTABLE | STRICT | VARIADIC_LAST,
                   delete_names, "without several keys or strings")
SQL_FACTS(3343, .arguments = "from_json jsonb, VARIADIC path_elems _text")
SQL_FUNCTION(3304, "jsonb_delete_path", jsonb, (jsonb, _text), IMMUTABLE | STRICT, delete_path,
             "without what is at the end of a path")
SQL_FUNCTION(3305, "jsonb_set", jsonb, (jsonb, _text, jsonb, bool), IMMUTABLE | STRICT, jsonb_set,
             "with another value at the end of a path")
SQL_FACTS(3305,
          .arguments =
              "jsonb_in jsonb, path _text, replacement jsonb, create_if_missing bool DEFAULT true")
SQL_FUNCTION_DATUM(5054, "jsonb_set_lax", jsonb, (jsonb, _text, jsonb, bool, text), IMMUTABLE,
                   jsonb_set_lax, "as jsonb_set, with a choice for NULL")
SQL_FACTS(5054, .arguments = "jsonb_in jsonb, path _text, replacement jsonb, "
                             "create_if_missing bool DEFAULT true, "
                             "null_value_treatment text DEFAULT 'use_json_null'::text")
SQL_FUNCTION(3579, "jsonb_insert", jsonb, (jsonb, _text, jsonb, bool), IMMUTABLE | STRICT,
             jsonb_insert, "with a value more")
SQL_FACTS(
    3579,
    .arguments = "jsonb_in jsonb, path _text, replacement jsonb, insert_after bool DEFAULT false")
SQL_FUNCTION(3261, "json_strip_nulls", json, (json, bool), IMMUTABLE | STRICT, json_strip_nulls,
             "without fields that are null")
SQL_FACTS(3261, .arguments = "target json, strip_in_arrays bool DEFAULT false")
SQL_FUNCTION(3262, "jsonb_strip_nulls", jsonb, (jsonb, bool), IMMUTABLE | STRICT, jsonb_strip_nulls,
             "without fields that are null")
SQL_FACTS(3262, .arguments = "target jsonb, strip_in_arrays bool DEFAULT false")
SQL_FUNCTION(3306, "jsonb_pretty", text, (jsonb), IMMUTABLE | STRICT, jsonb_pretty,
             "on lines, indented")
SQL_OPERATOR(3284, "||", jsonb, jsonb, jsonb, jsonb_concat)
SQL_OPERATOR(3285, "-", jsonb, text, jsonb, jsonb_delete)
SQL_OPERATOR(3286, "-", jsonb, int4, jsonb, jsonb_delete)
SQL_OPERATOR(3287, "#-", jsonb, _text, jsonb, jsonb_delete_path)
SQL_OPERATOR(3398, "-", jsonb, _text, jsonb, jsonb_delete)

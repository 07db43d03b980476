/* SPDX-License-Identifier: Apache-2.0 */
/* json_build.c - JSON made of SQL values: to_json and its kin, objects and arrays of arguments, objects of text
 * arrays. */
#include "type/json.h"

#include "base/builtins.h"
#include "base/map.h"
#include "base/oids.h"
#include "base/task.h"
#include "type/array_type.h"

static bool makes_jsonb(const Fn *fn)
{
    return fn->result_type == OID_JSONB;
}

static Datum str_datum(Str s)
{
    return (Datum){.value.str = strview(s)};
}

/* ---- One value */

static Datum to_json(Fn *fn, const Datum *args)
{
    const Oid type = fn->arg_types[0];
    if (makes_jsonb(fn)) {
        const JsonNode node = json_of_datum(fn, type, &args[0]);
        return str_datum(jsonb_store(fn->arena, &node));
    }
    StrBuilder out = str_builder(fn->arena, 32);
    const bool indent = fn->arg_count > 1 && args[1].value.b;
    json_write_datum(fn, type, &args[0], indent, &out);
    return str_datum(str_done(&out));
}

/* ---- Arguments */

/* The values of a call with VARIADIC "any": its arguments, or the elements of its array. */
typedef struct Arguments {
    const Datum *values;
    const Oid *types;
    uint32_t count;
} Arguments;

/* False: the array is NULL, and so is the result. */
static bool arguments_of(Fn *fn, const Datum *args, Arguments *arguments)
{
    *arguments = (Arguments){.values = args, .types = fn->arg_types, .count = fn->arg_count};
    if (!fn->variadic) return true;
    if (args[0].null) return false;
    const ArrayView view = array_view_or_raise(strview_str(&args[0].value.str));
    const Type *element = type_get(fn->env, view.element);
    Oid *types = ARENA_ARRAY(fn->arena, Oid, (size_t)view.count + 1);
    for (uint32_t i = 0; i < view.count; i++) types[i] = view.element;
    *arguments = (Arguments){.values = array_values(fn->arena, &view, element),
                             .types = types,
                             .count = view.count};
    return true;
}

_Noreturn void json_duplicate_key(Arena *arena, Str key, bool binary)
{
    StrBuilder quoted = str_builder(arena, key.bytes + 2);
    json_write_string(key, &quoted);
    if (binary)
        raise_error(SQLSTATE_DUPLICATE_JSON_OBJECT_KEY_VALUE, "duplicate JSON object key value");
    raise_error(SQLSTATE_DUPLICATE_JSON_OBJECT_KEY_VALUE, "duplicate JSON object key value: %.*s",
                STR_ARG(str_peek(&quoted)));
}

/* An array or object in the making: nodes for jsonb, text for json. */
typedef struct Building {
    Fn *fn;
    JsonBuild how;
    JsonMembers members;
    StrBuilder out;
    Map keys; /* Str to nothing, of unique_keys alone */
    bool any;
} Building;

static Str key_of(const Building *b, Oid type, const Datum *key, uint32_t at)
{
    if (!key->null) return json_key_of_datum(b->fn, type, key);
    if (b->how.binary)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "argument %u: key must not be null", at + 1);
    raise_error(SQLSTATE_NULL_VALUE_NOT_ALLOWED, "null value not allowed for object key");
}

static void check_unique(Building *b, Str key)
{
    bool added;
    map_put(&b->keys, &key, &added);
    if (!added) json_duplicate_key(b->fn->arena, key, b->how.binary);
}

static void add_item(Building *b, Str key, Oid type, const Datum *value)
{
    if (b->how.binary) {
        json_push(&b->members, key, json_of_datum(b->fn, type, value));
        return;
    }
    if (b->any) str_add(&b->out, STR(", "));
    b->any = true;
    if (b->how.object) {
        json_write_string(key, &b->out);
        str_add(&b->out, STR(" : "));
    }
    json_write_datum(b->fn, type, value, false, &b->out);
}

/* A value that is left out may have any key, unless keys have to differ. */
Str json_build(Fn *fn, JsonBuild how, const Datum *values, const Oid *types, uint32_t count)
{
    Building b = {.fn = fn, .how = how, .members = {.arena = fn->arena}};
    const uint32_t step = how.object ? 2 : 1;
    b.out = str_builder(fn->arena, 32);
    if (how.unique_keys) map_init_str(&b.keys, fn->arena, 0);
    if (!how.binary) str_add_char(&b.out, how.object ? '{' : '[');
    for (uint32_t i = 0; i < count; i += step) {
        const uint32_t at = i + step - 1;
        const bool left_out = how.absent_on_null && values[at].null;
        Str key = STR("");
        if (left_out && !how.unique_keys) continue;
        if (how.object) key = key_of(&b, types[i], &values[i], i);
        if (how.unique_keys) check_unique(&b, key);
        if (!left_out) add_item(&b, key, types[at], &values[at]);
    }
    if (!how.binary) {
        str_add_char(&b.out, how.object ? '}' : ']');
        return str_done(&b.out);
    }
    const JsonNode node = json_of_members(how.object ? JSON_OBJECT : JSON_ARRAY, &b.members);
    return jsonb_store(fn->arena, &node);
}

static Datum build_array(Fn *fn, const Datum *args)
{
    Arguments arguments;
    if (!arguments_of(fn, args, &arguments)) return (Datum){.null = true};
    const JsonBuild how = {.binary = makes_jsonb(fn)};
    return str_datum(json_build(fn, how, arguments.values, arguments.types, arguments.count));
}

static Datum build_object(Fn *fn, const Datum *args)
{
    Arguments arguments;
    if (!arguments_of(fn, args, &arguments)) return (Datum){.null = true};
    if (arguments.count % 2) {
        Error *error = error_begin(SQLSTATE_INVALID_PARAMETER_VALUE);
        error_message(error, "argument list must have even number of elements");
        error_raise(error_hint(error,
                               "The arguments of %s() must consist of alternating keys and values.",
                               fn->function->name));
    }
    const JsonBuild how = {.object = true, .binary = makes_jsonb(fn)};
    return str_datum(json_build(fn, how, arguments.values, arguments.types, arguments.count));
}

/* ---- Objects of texts */

static _Noreturn void bad_subscripts(const char *message)
{
    raise_error(SQLSTATE_ARRAY_SUBSCRIPT_ERROR, "%s", message);
}

/* The object of `count` keys and values, which stand `step` apart. */
static Str object_of_texts(Fn *fn, const Datum *keys, const Datum *values, uint32_t count,
                           uint32_t step)
{
    JsonMembers members = {.arena = fn->arena};
    StrBuilder out = str_builder(fn->arena, 32);
    str_add_char(&out, '{');
    for (uint32_t i = 0; i < count; i++) {
        const Datum *key = &keys[(size_t)i * step], *value = &values[(size_t)i * step];
        task_check();
        if (key->null)
            raise_error(SQLSTATE_NULL_VALUE_NOT_ALLOWED, "null value not allowed for object key");
        const JsonNode node = value->null ? (JsonNode){.kind = JSON_NULL}
                                          : json_of_string(strview_str(&value->value.str));
        if (makes_jsonb(fn)) {
            json_push(&members, strview_str(&key->value.str), node);
            continue;
        }
        if (i) str_add(&out, STR(", "));
        json_write_string(strview_str(&key->value.str), &out);
        str_add(&out, STR(" : "));
        jsonb_print_node(&node, &out);
    }
    str_add_char(&out, '}');
    if (!makes_jsonb(fn)) return str_done(&out);
    const JsonNode node = json_of_members(JSON_OBJECT, &members);
    return jsonb_store(fn->arena, &node);
}

static Str object_of_array(Fn *fn, Str array)
{
    const ArrayView view = array_view_or_raise(array);
    if (view.shape.dimensions > 2) bad_subscripts("wrong number of array subscripts");
    if (view.shape.dimensions == 1 && view.count % 2)
        bad_subscripts("array must have even number of elements");
    if (view.shape.dimensions == 2 && view.shape.lengths[1] != 2)
        bad_subscripts("array must have two columns");
    const Datum *values = array_values(fn->arena, &view, type_get(NULL, OID_TEXT));
    return object_of_texts(fn, values, values + 1, view.count / 2, 2);
}

static Str object_of_two_arrays(Fn *fn, Str keys, Str values)
{
    const ArrayView k = array_view_or_raise(keys), v = array_view_or_raise(values);
    const Type *text = type_get(NULL, OID_TEXT);
    if (k.shape.dimensions > 1 || k.shape.dimensions != v.shape.dimensions)
        bad_subscripts("wrong number of array subscripts");
    if (k.count != v.count) bad_subscripts("mismatched array dimensions");
    return object_of_texts(fn, array_values(fn->arena, &k, text), array_values(fn->arena, &v, text),
                           k.count, 1);
}

SQL_FUNCTION_DATUM(3176, "to_json", json, (anyelement), STABLE | STRICT, to_json,
                   "the value as JSON")
SQL_FUNCTION_DATUM(3787, "to_jsonb", jsonb, (anyelement), STABLE | STRICT, to_json,
                   "the value as JSON")
SQL_FUNCTION_DATUM(3153, "array_to_json", json, (anyarray), STABLE | STRICT, to_json,
                   "array as JSON")
SQL_FUNCTION_DATUM(3154, "array_to_json", json, (anyarray, bool), STABLE | STRICT, to_json,
                   "array as JSON, perhaps on lines")
SQL_FUNCTION_DATUM(3155, "row_to_json", json, (record), STABLE | STRICT, to_json, "row as JSON")
SQL_FUNCTION_DATUM(3156, "row_to_json", json, (record, bool), STABLE | STRICT, to_json,
                   "row as JSON, perhaps on lines")
SQL_FUNCTION(3202, "json_object", json, (_text), IMMUTABLE | STRICT, object_of_array,
             "object of keys and values in turn")
SQL_FUNCTION(3203, "json_object", json, (_text, _text), IMMUTABLE | STRICT, object_of_two_arrays,
             "object of keys and values")
SQL_FUNCTION(3263, "jsonb_object", jsonb, (_text), IMMUTABLE | STRICT, object_of_array,
             "object of keys and values in turn")
SQL_FUNCTION(3264, "jsonb_object", jsonb, (_text, _text), IMMUTABLE | STRICT, object_of_two_arrays,
             "object of keys and values")
SQL_FUNCTION_DATUM(3198, "json_build_array", json, (any), STABLE | VARIADIC_LAST, build_array,
                   "array of the arguments")
SQL_FACTS(3198, .arguments = "VARIADIC any")
SQL_FUNCTION_DATUM(3199, "json_build_array", json, (), STABLE, build_array, "empty array")
SQL_FUNCTION_DATUM(3200, "json_build_object", json, (any), STABLE | VARIADIC_LAST, build_object,
                   "object of keys and values in turn")
SQL_FACTS(3200, .arguments = "VARIADIC any")
SQL_FUNCTION_DATUM(3201, "json_build_object", json, (), STABLE, build_object, "empty object")
SQL_FUNCTION_DATUM(3271, "jsonb_build_array", jsonb, (any), STABLE | VARIADIC_LAST, build_array,
                   "array of the arguments")
SQL_FACTS(3271, .arguments = "VARIADIC any")
SQL_FUNCTION_DATUM(3272, "jsonb_build_array", jsonb, (), STABLE, build_array, "empty array")
SQL_FUNCTION_DATUM(3273, "jsonb_build_object", jsonb, (any), STABLE | VARIADIC_LAST, build_object,
                   "object of keys and values in turn")
SQL_FACTS(3273, .arguments = "VARIADIC any")
SQL_FUNCTION_DATUM(3274, "jsonb_build_object", jsonb, (), STABLE, build_object, "empty object")

/* SPDX-License-Identifier: Apache-2.0 */
/* json_get.c - what is taken out of JSON: fields, elements, paths, rows; and jsonb's casts to numbers. json's text is
 * read whole into nodes, jsonb is looked at in place; past that both are one code. */
#include "type/json.h"

#include "base/builtins.h"
#include "base/oids.h"
#include "base/task.h"
#include "type/array_type.h"

static JsonNode node_of(Fn *fn, Str value, bool binary)
{
    return binary ? jsonb_node(value) : json_read_or_raise(fn->arena, value);
}

static bool is_jsonb(const Fn *fn, uint32_t arg)
{
    return fn->arg_types[arg] == OID_JSONB;
}

static Str value_or_null(Fn *fn, bool found, const JsonNode *node)
{
    return found ? json_value(fn->arena, node) : FN_NULL(fn, STR(""));
}

static Str text_or_null(Fn *fn, bool found, const JsonNode *node)
{
    Str text;
    return found && json_text(fn->arena, node, &text) ? text : FN_NULL(fn, STR(""));
}

/* ---- Fields and elements */

static bool field(Fn *fn, Str value, Str key, JsonNode *found)
{
    const JsonNode node = node_of(fn, value, is_jsonb(fn, 0));
    return json_find(&node, key, found);
}

static Str field_value(Fn *fn, Str value, Str key)
{
    JsonNode found;
    return value_or_null(fn, field(fn, value, key, &found), &found);
}

static Str field_text(Fn *fn, Str value, Str key)
{
    JsonNode found;
    return text_or_null(fn, field(fn, value, key, &found), &found);
}

/* An outermost scalar of jsonb is an array of itself, for historical reasons. */
static bool element(Fn *fn, Str value, int32_t i, JsonNode *found)
{
    const bool binary = is_jsonb(fn, 0);
    const JsonNode node = node_of(fn, value, binary);
    if (!binary || json_is_container(&node)) return json_element(&node, i, found);
    *found = node;
    return i == 0 || i == -1;
}

static Str element_value(Fn *fn, Str value, int32_t i)
{
    JsonNode found;
    return value_or_null(fn, element(fn, value, i, &found), &found);
}

static Str element_text(Fn *fn, Str value, int32_t i)
{
    JsonNode found;
    return text_or_null(fn, element(fn, value, i, &found), &found);
}

/* ---- Paths */

bool json_path_index(Str text, int32_t *index)
{
    int64_t value;
    Str digits = text;
    while (digits.bytes && (digits.data[0] == ' ' || (digits.data[0] >= 9 && digits.data[0] <= 13)))
        digits = str_slice(digits, 1, digits.bytes);
    const bool plus = digits.bytes > 1 && digits.data[0] == '+' && digits.data[1] != '-';
    if (plus) digits = str_slice(digits, 1, digits.bytes);
    if (!str_to_i64(digits, &value) || value < INT32_MIN || value > INT32_MAX) return false;
    *index = (int32_t)value;
    return true;
}

/* The value at the end of a path; false: a part of it is not there. A NULL in the path leads nowhere. */
static bool walk(Fn *fn, Str value, Str path, JsonNode *node)
{
    const ArrayView view = array_view_or_raise(path);
    const Type *text = type_get(NULL, OID_TEXT);
    *node = node_of(fn, value, is_jsonb(fn, 0));
    for (uint32_t i = 0; i < view.count; i++) {
        const Datum part = array_get(&view, text, i);
        const Str key = part.null ? STR("") : strview_str(&part.value.str);
        JsonNode next;
        int32_t index;
        task_check();
        if (part.null) return false;
        if (json_kind(node) == JSON_ARRAY) {
            if (!json_path_index(key, &index) || !json_element(node, index, &next)) return false;
        } else if (!json_find(node, key, &next)) {
            return false;
        }
        *node = next;
    }
    return true;
}

static Datum path_value(Fn *fn, const Datum *args)
{
    JsonNode node;
    if (!walk(fn, strview_str(&args[0].value.str), strview_str(&args[1].value.str), &node))
        return (Datum){.null = true};
    return (Datum){.value.str = strview(json_value(fn->arena, &node))};
}

static Datum path_text(Fn *fn, const Datum *args)
{
    JsonNode node;
    Str text;
    if (!walk(fn, strview_str(&args[0].value.str), strview_str(&args[1].value.str), &node) ||
        !json_text(fn->arena, &node, &text))
        return (Datum){.null = true};
    return (Datum){.value.str = strview(text)};
}

/* ---- Measures */

static Str kind_text(Fn *fn, Str value)
{
    const JsonNode node = node_of(fn, value, is_jsonb(fn, 0));
    return json_kind_name(json_kind(&node));
}

static int32_t array_length(Fn *fn, Str value)
{
    const JsonNode node = node_of(fn, value, is_jsonb(fn, 0));
    if (json_kind(&node) == JSON_ARRAY) return (int32_t)json_count(&node);
    raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "cannot get array length of a %s",
                json_is_container(&node) ? "non-array" : "scalar");
}

/* ---- Rows */

typedef struct Items {
    JsonNode node;
    uint32_t next, count;
} Items;

/* The items of the set's argument, which is checked at the first row by `check`. */
static Items *items_of(Fn *fn, FnSet *set, const Datum *args,
                       void (*check)(const Fn *fn, const JsonNode *node, bool binary))
{
    if (set->state) return set->state;
    const bool binary = is_jsonb(fn, 0);
    const Str value = str_copy(set->arena, strview_str(&args[0].value.str));
    Items *items = ARENA_NEW(set->arena, Items);
    items->node = binary ? jsonb_node(value) : json_read_or_raise(set->arena, value);
    check(fn, &items->node, binary);
    items->count = json_count(&items->node);
    set->state = items;
    return items;
}

static Datum item_datum(Fn *fn, const JsonNode *item, bool as_text)
{
    Str text;
    if (!as_text) return (Datum){.value.str = strview(json_value(fn->arena, item))};
    if (!json_text(fn->arena, item, &text)) return (Datum){.null = true};
    return (Datum){.value.str = strview(text)};
}

static void check_each(const Fn *fn, const JsonNode *node, bool binary)
{
    if (json_kind(node) == JSON_OBJECT) return;
    if (binary)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "cannot call %s on a non-object",
                    fn->function->name);
    raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, json_is_container(node)
                                                      ? "cannot deconstruct an array as an object"
                                                      : "cannot deconstruct a scalar");
}

static bool each(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    Items *items = items_of(fn, set, args, check_each);
    if (items->next == items->count) return false;
    const JsonNode item = json_item(&items->node, items->next);
    columns[0] = (Datum){.value.str = strview(json_key(&items->node, items->next++))};
    columns[1] = item_datum(fn, &item, set->column_types[1] == OID_TEXT);
    return true;
}

static void check_elements(const Fn *fn, const JsonNode *node, bool binary)
{
    if (json_kind(node) == JSON_ARRAY) return;
    const bool object = json_is_container(node);
    if (binary)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "cannot extract elements from %s",
                    object ? "an object" : "a scalar");
    raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "cannot call %s on a %s", fn->function->name,
                object ? "non-array" : "scalar");
}

static bool elements(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    Items *items = items_of(fn, set, args, check_elements);
    if (items->next == items->count) return false;
    const JsonNode item = json_item(&items->node, items->next++);
    columns[0] = item_datum(fn, &item, set->column_types[0] == OID_TEXT);
    return true;
}

static void check_keys(const Fn *fn, const JsonNode *node, bool binary)
{
    (void)binary;
    if (json_kind(node) != JSON_OBJECT)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "cannot call %s on %s", fn->function->name,
                    json_is_container(node) ? "an array" : "a scalar");
}

static bool object_keys(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    Items *items = items_of(fn, set, args, check_keys);
    if (items->next == items->count) return false;
    columns[0] = (Datum){.value.str = strview(json_key(&items->node, items->next++))};
    return true;
}

/* ---- jsonb to SQL's scalars; JSON's null is SQL's */

/* False: it is null. Raises 22023 unless it is a number (or a boolean, where that is wanted). */
static bool scalar_of(Str value, bool wants_bool, const char *type_name, JsonNode *node)
{
    *node = jsonb_node(value);
    const JsonKind kind = json_kind(node);
    const bool is_bool = kind == JSON_TRUE || kind == JSON_FALSE;
    if (kind == JSON_NULL) return false;
    if (wants_bool ? is_bool : kind == JSON_NUMBER) return true;
    raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "cannot cast jsonb %s to type %s",
                kind == JSON_NUMBER ? "numeric" : json_kind_name(kind).data, type_name);
}

static bool jsonb_to_bool(Fn *fn, Str value)
{
    JsonNode node;
    if (!scalar_of(value, true, "boolean", &node)) return FN_NULL(fn, false);
    return json_kind(&node) == JSON_TRUE;
}

static Decimal jsonb_to_numeric(Fn *fn, Str value)
{
    JsonNode node;
    if (!scalar_of(value, false, "numeric", &node)) return FN_NULL(fn, (Decimal){0});
    return json_number(fn->arena, &node);
}

static int64_t to_integer(Fn *fn, Str value, int64_t least, int64_t most, const char *type_name)
{
    JsonNode node;
    int64_t integer;
    if (!scalar_of(value, false, type_name, &node)) return FN_NULL(fn, 0);
    if (!decimal_to_i64(fn->arena, json_number(fn->arena, &node), &integer) || integer < least ||
        integer > most)
        raise_error(SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE, "%s out of range", type_name);
    return integer;
}

/* By way of the number's text, which tells of what is out of range. */
static Value to_float(Fn *fn, Str value, Oid oid, const char *type_name)
{
    JsonNode node;
    Value result = {0};
    InputError err = {.arena = fn->arena};
    StrBuilder text = str_builder(fn->arena, 32);
    if (!scalar_of(value, false, type_name, &node)) return FN_NULL(fn, result);
    decimal_print(json_number(fn->arena, &node), fn->arena, &text);
    const TypeCall call = type_call(fn, type_get(NULL, oid));
    if (!type_parse(&call, str_done(&text), &result, &err)) input_error_raise(&err);
    return result;
}

SQL_FUNCTION(3947, "json_object_field", json, (json, text), IMMUTABLE | STRICT | NULLABLE,
             field_value, "value of a key")
SQL_FACTS(3947, .arguments = "from_json json, field_name text")
SQL_FUNCTION(3478, "jsonb_object_field", jsonb, (jsonb, text), IMMUTABLE | STRICT | NULLABLE,
             field_value, "value of a key")
SQL_FACTS(3478, .arguments = "from_json jsonb, field_name text")
SQL_FUNCTION(3948, "json_object_field_text", text, (json, text), IMMUTABLE | STRICT | NULLABLE,
             field_text, "value of a key as text")
SQL_FACTS(3948, .arguments = "from_json json, field_name text")
SQL_FUNCTION(3214, "jsonb_object_field_text", text, (jsonb, text), IMMUTABLE | STRICT | NULLABLE,
             field_text, "value of a key as text")
SQL_FACTS(3214, .arguments = "from_json jsonb, field_name text")
SQL_FUNCTION(3949, "json_array_element", json, (json, int4), IMMUTABLE | STRICT | NULLABLE,
             element_value, "element of an array, from its end if negative")
SQL_FACTS(3949, .arguments = "from_json json, element_index int4")
SQL_FUNCTION(3215, "jsonb_array_element", jsonb, (jsonb, int4), IMMUTABLE | STRICT | NULLABLE,
             element_value, "element of an array, from its end if negative")
SQL_FACTS(3215, .arguments = "from_json jsonb, element_index int4")
SQL_FUNCTION(3950, "json_array_element_text", text, (json, int4), IMMUTABLE | STRICT | NULLABLE,
             element_text, "element of an array as text")
SQL_FACTS(3950, .arguments = "from_json json, element_index int4")
SQL_FUNCTION(3216, "jsonb_array_element_text", text, (jsonb, int4), IMMUTABLE | STRICT | NULLABLE,
             element_text, "element of an array as text")
SQL_FACTS(3216, .arguments = "from_json jsonb, element_index int4")
SQL_FUNCTION_DATUM(3951, "json_extract_path", json, (json, _text),
                   IMMUTABLE | STRICT | VARIADIC_LAST, path_value, "value at the end of a path")
SQL_FACTS(3951, .arguments = "from_json json, VARIADIC path_elems _text")
SQL_FUNCTION_DATUM(3217, "jsonb_extract_path", jsonb, (jsonb, _text),
                   IMMUTABLE | STRICT | VARIADIC_LAST, path_value, "value at the end of a path")
SQL_FACTS(3217, .arguments = "from_json jsonb, VARIADIC path_elems _text")
SQL_FUNCTION_DATUM(3953, "json_extract_path_text", text, (json, _text),
                   IMMUTABLE | STRICT | VARIADIC_LAST, path_text,
                   "value at the end of a path as text")
SQL_FACTS(3953, .arguments = "from_json json, VARIADIC path_elems _text")
SQL_FUNCTION_DATUM(3940, "jsonb_extract_path_text", text, (jsonb, _text),
                   IMMUTABLE | STRICT | VARIADIC_LAST, path_text,
                   "value at the end of a path as text")
SQL_FACTS(3940, .arguments = "from_json jsonb, VARIADIC path_elems _text")
SQL_FUNCTION(3968, "json_typeof", text, (json), IMMUTABLE | STRICT, kind_text, "kind of the value")
SQL_FUNCTION(3210, "jsonb_typeof", text, (jsonb), IMMUTABLE | STRICT, kind_text,
             "kind of the value")
SQL_FUNCTION(3956, "json_array_length", int4, (json), IMMUTABLE | STRICT, array_length,
             "number of elements")
SQL_FUNCTION(3207, "jsonb_array_length", int4, (jsonb), IMMUTABLE | STRICT, array_length,
             "number of elements")
SQL_FUNCTION_SET(3958, "json_each", record, (json), IMMUTABLE | STRICT, each,
                 "keys and values as rows")
SQL_FACTS(3958, .rows = 100, .arguments = "from_json json, OUT key text, OUT value json")
SQL_FUNCTION_SET(3208, "jsonb_each", record, (jsonb), IMMUTABLE | STRICT, each,
                 "keys and values as rows")
SQL_FACTS(3208, .rows = 100, .arguments = "from_json jsonb, OUT key text, OUT value jsonb")
SQL_FUNCTION_SET(3959, "json_each_text", record, (json), IMMUTABLE | STRICT, each,
                 "keys and values, as text, as rows")
SQL_FACTS(3959, .rows = 100, .arguments = "from_json json, OUT key text, OUT value text")
SQL_FUNCTION_SET(3932, "jsonb_each_text", record, (jsonb), IMMUTABLE | STRICT, each,
                 "keys and values, as text, as rows")
SQL_FACTS(3932, .rows = 100, .arguments = "from_json jsonb, OUT key text, OUT value text")
SQL_FUNCTION_SET(3955, "json_array_elements", json, (json), IMMUTABLE | STRICT, elements,
                 "elements as rows")
SQL_FACTS(3955, .rows = 100, .arguments = "from_json json, OUT value json")
SQL_FUNCTION_SET(3219, "jsonb_array_elements", jsonb, (jsonb), IMMUTABLE | STRICT, elements,
                 "elements as rows")
SQL_FACTS(3219, .rows = 100, .arguments = "from_json jsonb, OUT value jsonb")
SQL_FUNCTION_SET(3969, "json_array_elements_text", text, (json), IMMUTABLE | STRICT, elements,
                 "elements as text as rows")
SQL_FACTS(3969, .rows = 100, .arguments = "from_json json, OUT value text")
SQL_FUNCTION_SET(3465, "jsonb_array_elements_text", text, (jsonb), IMMUTABLE | STRICT, elements,
                 "elements as text as rows")
SQL_FACTS(3465, .rows = 100, .arguments = "from_json jsonb, OUT value text")
SQL_FUNCTION_SET(3957, "json_object_keys", text, (json), IMMUTABLE | STRICT, object_keys,
                 "keys as rows")
SQL_FACTS(3957, .rows = 100)
SQL_FUNCTION_SET(3931, "jsonb_object_keys", text, (jsonb), IMMUTABLE | STRICT, object_keys,
                 "keys as rows")
SQL_FACTS(3931, .rows = 100)
SQL_FUNCTION(3556, "bool", bool, (jsonb), IMMUTABLE | STRICT | NULLABLE, jsonb_to_bool,
             "the boolean in it")
SQL_FUNCTION(3449, "numeric", numeric, (jsonb), IMMUTABLE | STRICT | NULLABLE, jsonb_to_numeric,
             "the number in it")
SQL_EXPRESSION(3450, "int2", int2, (jsonb), IMMUTABLE | STRICT | NULLABLE,
               (int16_t)to_integer(fn, a, INT16_MIN, INT16_MAX, "smallint"), "the number in it")
SQL_EXPRESSION(3451, "int4", int4, (jsonb), IMMUTABLE | STRICT | NULLABLE,
               (int32_t)to_integer(fn, a, INT32_MIN, INT32_MAX, "integer"), "the number in it")
SQL_EXPRESSION(3452, "int8", int8, (jsonb), IMMUTABLE | STRICT | NULLABLE,
               to_integer(fn, a, INT64_MIN, INT64_MAX, "bigint"), "the number in it")
SQL_EXPRESSION(3453, "float4", float4, (jsonb), IMMUTABLE | STRICT | NULLABLE,
               to_float(fn, a, OID_FLOAT4, "real").f32, "the number in it")
SQL_EXPRESSION(2580, "float8", float8, (jsonb), IMMUTABLE | STRICT | NULLABLE,
               to_float(fn, a, OID_FLOAT8, "double precision").f64, "the number in it")
SQL_OPERATOR(3206, "#>>", jsonb, _text, text, jsonb_extract_path_text)
SQL_OPERATOR(3211, "->", jsonb, text, jsonb, jsonb_object_field)
SQL_OPERATOR(3212, "->", jsonb, int4, jsonb, jsonb_array_element)
SQL_OPERATOR(3213, "#>", jsonb, _text, jsonb, jsonb_extract_path)
SQL_OPERATOR(3477, "->>", jsonb, text, text, jsonb_object_field_text)
SQL_OPERATOR(3481, "->>", jsonb, int4, text, jsonb_array_element_text)
SQL_OPERATOR(3962, "->", json, text, json, json_object_field)
SQL_OPERATOR(3963, "->>", json, text, text, json_object_field_text)
SQL_OPERATOR(3964, "->", json, int4, json, json_array_element)
SQL_OPERATOR(3965, "->>", json, int4, text, json_array_element_text)
SQL_OPERATOR(3966, "#>", json, _text, json, json_extract_path)
SQL_OPERATOR(3967, "#>>", json, _text, text, json_extract_path_text)
SQL_CAST(10222, jsonb, bool, 3556, EXPLICIT)
SQL_CAST(10223, jsonb, numeric, 3449, EXPLICIT)
SQL_CAST(10224, jsonb, int2, 3450, EXPLICIT)
SQL_CAST(10225, jsonb, int4, 3451, EXPLICIT)
SQL_CAST(10226, jsonb, int8, 3452, EXPLICIT)
SQL_CAST(10227, jsonb, float4, 3453, EXPLICIT)
SQL_CAST(10228, jsonb, float8, 2580, EXPLICIT)

/* SPDX-License-Identifier: Apache-2.0 */
/* json_write.c - SQL values as JSON: booleans and numbers as such, dates as ISO 8601 has them, arrays and composites as
 * arrays and objects, json as it is, and all else as strings of what the type prints.
 *
 * A value becomes text for json, whose spaces a user sees, and nodes for jsonb. */
#include "type/json.h"

#include "base/oids.h"
#include "base/task.h"
#include "type/array_type.h"
#include "type/record.h"
#include "type/text.h"
#include "type/time_text.h"

typedef enum Category {
    CATEGORY_TEXT,
    CATEGORY_BOOL,
    CATEGORY_NUMBER,
    CATEGORY_DATE,
    CATEGORY_TIMESTAMP,
    CATEGORY_TIMESTAMPTZ,
    CATEGORY_JSON,
    CATEGORY_JSONB,
    CATEGORY_ARRAY,
    CATEGORY_COMPOSITE,
} Category;

static Category category_of(const FnEnv *env, Oid oid)
{
    const Type *type = type_get(env, oid);
    for (; type->kind == 'd'; type = type_get(env, type->base)) {}
    switch (type->oid) {
    case OID_BOOL: return CATEGORY_BOOL;
    case OID_INT2:
    case OID_INT4:
    case OID_INT8:
    case OID_FLOAT4:
    case OID_FLOAT8:
    case OID_NUMERIC: return CATEGORY_NUMBER;
    case OID_DATE: return CATEGORY_DATE;
    case OID_TIMESTAMP: return CATEGORY_TIMESTAMP;
    case OID_TIMESTAMPTZ: return CATEGORY_TIMESTAMPTZ;
    case OID_JSON: return CATEGORY_JSON;
    case OID_JSONB: return CATEGORY_JSONB;
    case OID_RECORD: return CATEGORY_COMPOSITE;
    default: break;
    }
    if (type->kind == 'c') return CATEGORY_COMPOSITE;
    return type->category == 'A' ? CATEGORY_ARRAY : CATEGORY_TEXT;
}

bool json_type_is_nested(const FnEnv *env, Oid type)
{
    return category_of(env, type) >= CATEGORY_ARRAY;
}

/* ---- Strings */

void json_write_string(Str s, StrBuilder *out)
{
    size_t plain = 0;
    str_add_char(out, '"');
    for (size_t i = 0; i < s.bytes; i++) {
        const uint8_t c = (uint8_t)s.data[i];
        if (c >= ' ' && c != '"' && c != '\\') continue;
        static const char letters[] = "btn\0fr"; /* of the control characters from 8 on */
        const char letter = c >= 8 && c <= 13 ? letters[c - 8] : 0;
        str_add(out, str_slice(s, plain, i));
        plain = i + 1;
        if (c == '"' || c == '\\')
            str_add_format(out, "\\%c", c);
        else if (letter)
            str_add_format(out, "\\%c", letter);
        else
            str_add_format(out, "\\u%04x", c);
    }
    str_add(out, str_slice(s, plain, s.bytes));
    str_add_char(out, '"');
}

/* ---- Scalars */

/* As ISO 8601 has it: a T between date and time, minutes in every zone. */
static Str moment_text(Fn *fn, Category category, const Value *value)
{
    FnEnv iso = *fn->env;
    StrBuilder printed = str_builder(fn->arena, 40), out = str_builder(fn->arena, 40);
    iso.date_style = DATE_STYLE_ISO;
    if (category == CATEGORY_DATE)
        date_print_text(&iso, value->i32, &printed);
    else if (category == CATEGORY_TIMESTAMP)
        timestamp_print_text(&iso, value->i64, &printed);
    else
        timestamptz_print_text(&iso, value->i64, &printed);
    const Str text = str_peek(&printed);
    size_t space, era = text.bytes;
    if (str_ends(text, STR(" BC"))) era -= 3;
    if (category == CATEGORY_DATE || !str_find_char(str_slice(text, 0, era), ' ', &space))
        return text;
    str_add(&out, str_slice(text, 0, space));
    str_add_char(&out, 'T');
    str_add(&out, str_slice(text, space + 1, era));
    const char sign = era >= 3 ? text.data[era - 3] : 0;
    if (category == CATEGORY_TIMESTAMPTZ && (sign == '+' || sign == '-')) str_add(&out, STR(":00"));
    str_add(&out, str_slice(text, era, text.bytes));
    return str_done(&out);
}

static Str printed_text(Fn *fn, Oid type, const Datum *datum)
{
    const TypeCall call = type_call(fn, type_get(fn->env, type));
    return type_print(&call, &datum->value);
}

/* What a number prints is JSON unless it is infinite or none. */
static bool is_json_number(Str text)
{
    const char last = text.bytes ? text.data[text.bytes - 1] : 0;
    return last >= '0' && last <= '9';
}

static Str scalar_text(Fn *fn, Category category, Oid type, const Datum *datum)
{
    switch (category) {
    case CATEGORY_BOOL: return datum->value.b ? STR("true") : STR("false");
    case CATEGORY_DATE:
    case CATEGORY_TIMESTAMP:
    case CATEGORY_TIMESTAMPTZ: return moment_text(fn, category, &datum->value);
    default: return printed_text(fn, type, datum);
    }
}

Str json_key_of_datum(Fn *fn, Oid type, const Datum *datum)
{
    const Category category = category_of(fn->env, type);
    if (category >= CATEGORY_JSON)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE,
                    "key value must be scalar, not array, composite, or json");
    return scalar_text(fn, category, type, datum);
}

/* ---- Text */

/* The name of the column that record_next gave: its type's, or f1, f2, ... */
static Str column_name(Fn *fn, const RecordColumns *columns, uint32_t number)
{
    if (columns->attributes) return columns->attributes[columns->at - 1].name;
    return str_format(fn->arena, "f%u", number);
}

static void write_composite(Fn *fn, Oid type, const Datum *datum, bool indent, StrBuilder *out)
{
    const TypeCall call = type_call(fn, type_get(fn->env, type));
    RecordColumns columns = record_columns(&call, strview_str(&datum->value.str));
    str_add_char(out, '{');
    for (uint32_t number = 0; record_next(&columns, &number);) {
        if (number > 1) str_add(out, indent ? STR(",\n ") : STR(","));
        json_write_string(column_name(fn, &columns, number), out);
        str_add_char(out, ':');
        json_write_datum(fn, columns.column.type->oid, &columns.value, false, out);
    }
    str_add_char(out, '}');
}

/* The items of one dimension, from element *at on. */
static void write_dimension(Fn *fn, const ArrayView *view, uint32_t dimension, uint32_t *at,
                            bool indent, StrBuilder *out)
{
    const bool last = dimension + 1 == view->shape.dimensions;
    const Type *element = type_get(fn->env, view->element);
    str_add_char(out, '[');
    for (int32_t i = 0; i < view->shape.lengths[dimension]; i++) {
        task_check();
        if (i) str_add(out, indent ? STR(",\n ") : STR(","));
        if (last) {
            const Datum item = array_get(view, element, (*at)++);
            json_write_datum(fn, view->element, &item, false, out);
        } else {
            write_dimension(fn, view, dimension + 1, at, false, out);
        }
    }
    str_add_char(out, ']');
}

static void write_array(Fn *fn, const Datum *datum, bool indent, StrBuilder *out)
{
    const ArrayView view = array_view_or_raise(strview_str(&datum->value.str));
    uint32_t at = 0;
    if (!view.count)
        str_add(out, STR("[]"));
    else
        write_dimension(fn, &view, 0, &at, indent, out);
}

void json_write_datum(Fn *fn, Oid type, const Datum *datum, bool indent, StrBuilder *out)
{
    task_check();
    if (datum->null) {
        str_add(out, STR("null"));
        return;
    }
    const Category category = category_of(fn->env, type);
    switch (category) {
    case CATEGORY_ARRAY: write_array(fn, datum, indent, out); return;
    case CATEGORY_COMPOSITE: write_composite(fn, type, datum, indent, out); return;
    default: break;
    }
    const Str text = scalar_text(fn, category, type, datum);
    if (category == CATEGORY_BOOL || category == CATEGORY_JSON || category == CATEGORY_JSONB ||
        (category == CATEGORY_NUMBER && is_json_number(text)))
        str_add(out, text);
    else
        json_write_string(text, out);
}

/* ---- Nodes */

static JsonNode dimension_node(Fn *fn, const ArrayView *view, uint32_t dimension, uint32_t *at)
{
    const bool last = dimension + 1 == view->shape.dimensions;
    const Type *element = type_get(fn->env, view->element);
    JsonMembers items = {.arena = fn->arena};
    for (int32_t i = 0; i < view->shape.lengths[dimension]; i++) {
        task_check();
        if (!last) {
            json_push(&items, STR(""), dimension_node(fn, view, dimension + 1, at));
            continue;
        }
        const Datum *item = ARENA_NEW(fn->arena, Datum);
        *(Datum *)item = array_get(view, element, (*at)++);
        json_push(&items, STR(""), json_of_datum(fn, view->element, item));
    }
    return json_of_members(JSON_ARRAY, &items);
}

static JsonNode json_text_node(Fn *fn, Str text)
{
    JsonNode node;
    InputError err = {.arena = fn->arena};
    if (!json_read(fn->arena, text, JSON_READ_TREE | JSON_READ_NUMBERS, &node, &err))
        input_error_raise(&err);
    node.source = (Str){0};
    return node;
}

static JsonNode number_node(Fn *fn, Oid type, const Datum *datum)
{
    const Str text = printed_text(fn, type, datum);
    InputError err = {.arena = fn->arena};
    Decimal number;
    if (!is_json_number(text)) return json_of_string(text);
    if (!decimal_parse(fn->arena, text, &number, &err)) input_error_raise(&err);
    return json_of_number(number);
}

static JsonNode composite_node(Fn *fn, Oid type, Str stored)
{
    const TypeCall call = type_call(fn, type_get(fn->env, type));
    RecordColumns columns = record_columns(&call, stored);
    JsonMembers members = {.arena = fn->arena};
    for (uint32_t number = 0; record_next(&columns, &number);) {
        /* Short bytes stand inside of the value: it has to stay where it is. */
        Datum *value = arena_copy(fn->arena, &columns.value, sizeof columns.value);
        json_push(&members, column_name(fn, &columns, number),
                  json_of_datum(fn, columns.column.type->oid, value));
    }
    return json_of_members(JSON_OBJECT, &members);
}

JsonNode json_of_datum(Fn *fn, Oid type, const Datum *datum)
{
    task_check();
    if (datum->null) return (JsonNode){.kind = JSON_NULL};
    const Category category = category_of(fn->env, type);
    const Str bytes = category >= CATEGORY_JSON
                          ? str_copy(fn->arena, strview_str(&datum->value.str))
                          : (Str){0};
    switch (category) {
    case CATEGORY_BOOL: return json_of_bool(datum->value.b);
    case CATEGORY_NUMBER: return number_node(fn, type, datum);
    case CATEGORY_JSON: return json_text_node(fn, bytes);
    case CATEGORY_JSONB: return jsonb_node(bytes);
    case CATEGORY_COMPOSITE: return composite_node(fn, type, bytes);
    case CATEGORY_ARRAY: break;
    case CATEGORY_TEXT:
    case CATEGORY_DATE:
    case CATEGORY_TIMESTAMP:
    case CATEGORY_TIMESTAMPTZ: return json_of_string(scalar_text(fn, category, type, datum));
    }
    const ArrayView view = array_view_or_raise(bytes);
    uint32_t at = 0;
    return view.count ? dimension_node(fn, &view, 0, &at) : (JsonNode){.kind = JSON_ARRAY};
}

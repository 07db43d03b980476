/* SPDX-License-Identifier: Apache-2.0 */
/* json_populate.c - rows out of JSON objects: json_populate_record and its kin. A column takes the value of its name's
 * key: containers become arrays, rows or JSON by the column's type, all else goes through the text that ->> gives and
 * the type's input. What does not fit is an InputError, so that jsonb_populate_record_valid is the same code. */
#include "type/json.h"

#include "base/array.h"
#include "base/builtins.h"
#include "base/oids.h"
#include "base/task.h"
#include "type/array_type.h"
#include "type/record.h"

typedef ARRAY_OF(Datum) Datums;

/* A value to be made: of which type, for which key of its object. */
typedef struct Wanted {
    TypeCall call;
    Str key;
    InputError *err;
} Wanted;

static bool populate(const Wanted *wanted, const JsonNode *node, const Datum *base, Datum *value);
static bool populate_row(const Wanted *wanted, const JsonNode *node, const Datum *base,
                         Datum *value);

/* ---- Arrays: the first element of each level tells whether the level below is one of elements */

typedef struct ArrayFill {
    const Wanted *array;
    Wanted element;
    ArrayShape shape;
    uint32_t depth; /* 0: not known */
    uint32_t at[ARRAY_DIMENSIONS_MAX];
    Datums values;
} ArrayFill;

static bool expected_array(const ArrayFill *fill, uint32_t level)
{
    InputError *err = fill->array->err;
    const Str key = fill->array->key;
    input_error(err, SQLSTATE_INVALID_TEXT_REPRESENTATION, "expected JSON array");
    if (level == 1) return input_error_hint(err, "See the value of key \"%.*s\".", STR_ARG(key));
    StrBuilder place = str_builder(fill->array->call.arena, 32);
    for (uint32_t i = 0; i + 1 < level; i++) str_add_format(&place, "[%u]", fill->at[i]);
    const Str text = str_done(&place);
    return input_error_hint(err, "See the array element %.*s of key \"%.*s\".", STR_ARG(text),
                            STR_ARG(key));
}

static bool close_level(ArrayFill *fill, uint32_t level, uint32_t count)
{
    int32_t *length = &fill->shape.lengths[level - 1];
    if (!fill->depth) fill->depth = fill->shape.dimensions = level;
    if (*length < 0) *length = (int32_t)count;
    if (*length == (int32_t)count) return true;
    input_error(fill->array->err, SQLSTATE_INVALID_TEXT_REPRESENTATION, "malformed JSON array");
    return input_error_detail(fill->array->err, "Multidimensional arrays must have sub-arrays with "
                                                "matching dimensions.");
}

/* Recursion is at most ARRAY_DIMENSIONS_MAX deep. */
static bool fill_level(ArrayFill *fill, const JsonNode *node, uint32_t level)
{
    if (level > ARRAY_DIMENSIONS_MAX)
        return input_error(fill->array->err, SQLSTATE_PROGRAM_LIMIT_EXCEEDED,
                           "number of array dimensions (%u) exceeds the maximum allowed (%d)",
                           level, ARRAY_DIMENSIONS_MAX);
    if (json_kind(node) != JSON_ARRAY) return expected_array(fill, level);
    const uint32_t count = json_count(node);
    for (uint32_t i = 0; i < count; i++) {
        const JsonNode item = json_item(node, i);
        task_check();
        fill->at[level - 1] = i;
        if (!fill->depth && json_kind(&item) != JSON_ARRAY)
            fill->depth = fill->shape.dimensions = level;
        if (fill->depth != level) {
            if (!fill_level(fill, &item, level + 1)) return false;
            continue;
        }
        Datum value;
        if (!populate(&fill->element, &item, NULL, &value)) return false;
        array_push(&fill->values, value);
    }
    return close_level(fill, level, count);
}

static bool populate_array(const Wanted *wanted, const JsonNode *node, Datum *value)
{
    const TypeCall *call = &wanted->call;
    ArrayFill fill = {.array = wanted, .element = *wanted, .values.arena = call->arena};
    fill.element.call = array_element_call(call, call->type->element);
    fill.element.call.typmod = call->typmod;
    for (int i = 0; i < ARRAY_DIMENSIONS_MAX; i++) {
        fill.shape.lengths[i] = -1;
        fill.shape.lowers[i] = 1;
    }
    if (!fill_level(&fill, node, 1)) return false;
    if (!fill.values.count) fill.shape.dimensions = 0;
    const Type *element = fill.element.call.type;
    const bool vector = call->type->oid == OID_INT2VECTOR || call->type->oid == OID_OIDVECTOR;
    const Str made = vector
                         ? array_build_vector(call->arena, element, fill.values.items,
                                              fill.values.count)
                         : array_build_shaped(call->arena, element, fill.values.items, &fill.shape);
    *value = (Datum){.value.str = strview(made)};
    return true;
}

/* ---- Values */

static bool check_domain(const Wanted *wanted, const Datum *value)
{
    const FnEnv *env = wanted->call.env;
    return !env || !env->calls || !env->calls->domain_check ||
           env->calls->domain_check(env->calls_arg, wanted->call.type->oid, value, wanted->err);
}

static bool populate_domain(const Wanted *wanted, const JsonNode *node, const Datum *base,
                            Datum *value)
{
    Wanted below = *wanted; /* all domains, which the check of the outermost asks too */
    while (below.call.type->kind == 'd') {
        const Type *domain = below.call.type;
        below.call.type = type_get(wanted->call.env, domain->base);
        below.call.typmod = domain->base_typmod;
    }
    return populate(&below, node, base, value) && check_domain(wanted, value);
}

/* By way of the text. A stored or written form of JSON stays as it is. */
static bool populate_scalar(const Wanted *wanted, const JsonNode *node, Datum *value)
{
    const TypeCall *call = &wanted->call;
    Str text = STR("");
    value->null = false;
    if (call->type->oid == OID_JSONB) {
        value->value.str = strview(jsonb_store(call->arena, node));
        return true;
    }
    if (call->type->oid == OID_JSON)
        text = json_value_text(call->arena, node);
    else
        value->null = !json_text(call->arena, node, &text);
    return value->null || type_parse(call, text, &value->value, wanted->err);
}

/* `node` NULL: the object has no such key. `base`: what the column was, if it was anything. */
static bool populate(const Wanted *wanted, const JsonNode *node, const Datum *base, Datum *value)
{
    const Type *type = wanted->call.type;
    const JsonKind kind = node ? json_kind(node) : JSON_NULL;
    task_check_stack();
    *value = (Datum){.null = true};
    if (type->kind == 'd') return populate_domain(wanted, node, base, value);
    if (!node && base) *value = *base;
    if (kind == JSON_NULL) return true;
    if (kind != JSON_STRING) {
        if (type->kind == 'c') return populate_row(wanted, node, base, value);
        if (type->element && type->category == 'A') return populate_array(wanted, node, value);
    }
    return populate_scalar(wanted, node, value);
}

/* ---- Items of paths */

static Str item_text(const TypeCall *call, JsonForm form, const JsonNode *node)
{
    const JsonKind kind = json_kind(node);
    const bool unquoted = form == JSON_FORM_UNQUOTED ||
                          (form == JSON_FORM_SCALAR && call->type->oid != OID_JSON);
    if (unquoted && kind == JSON_STRING) return json_string(node);
    if (form == JSON_FORM_SCALAR && (kind == JSON_TRUE || kind == JSON_FALSE))
        return kind == JSON_TRUE ? STR("t") : STR("f"); /* as type bool prints them */
    return json_value_text(call->arena, node);
}

bool json_as_type(const TypeCall *call, JsonForm form, const JsonNode *node, Datum *value,
                  InputError *err)
{
    const Type *type = call->type;
    const Wanted wanted = {.call = *call, .key = STR(""), .err = err};
    const JsonKind kind = json_kind(node);
    task_check_stack();
    *value = (Datum){.null = true};
    if (type->kind == 'd') {
        TypeCall below = *call;
        below.type = type_get(call->env, type->base);
        below.typmod = type->base_typmod;
        return json_as_type(&below, form, node, value, err) && check_domain(&wanted, value);
    }
    if (form == JSON_FORM_SCALAR && kind == JSON_NULL) return true;
    if (type->oid == OID_JSONB && !(form == JSON_FORM_UNQUOTED && kind == JSON_STRING)) {
        *value = (Datum){.value.str = strview(jsonb_store(call->arena, node))};
        return true;
    }
    if (kind != JSON_STRING && (type->kind == 'c' || (type->element && type->category == 'A')))
        return populate(&wanted, node, NULL, value);
    value->null = false;
    return type_parse(call, item_text(call, form, node), &value->value, err);
}

/* ---- Rows */

/* The columns of a row to be made, with what they are before it is. */
typedef struct Columns {
    Oid type;
    int32_t typmod; /* of an anonymous row with names */
    uint32_t count;
    const FnAttribute *attributes;
    const Type **types;
    Datum *values;
} Columns;

static bool columns_known(const FnEnv *env, Columns *columns)
{
    return env && env->calls && env->calls->attributes &&
           env->calls->attributes(env->calls_arg, columns->type, columns->typmod,
                                  &columns->attributes, &columns->count);
}

/* An anonymous row whose columns have no names of their own: f1, f2 and so on. */
static void name_columns(Arena *arena, Columns *columns, const RecordView *view)
{
    FnAttribute *attributes = ARENA_ARRAY(arena, FnAttribute, view->count + 1);
    for (uint32_t i = 0; i < view->count; i++)
        attributes[i] = (FnAttribute){.name = str_format(arena, "f%u", i + 1),
                                      .type = record_column_type(view, i),
                                      .typmod = -1};
    columns->attributes = attributes;
    columns->count = view->count;
}

/* False: nothing tells the columns. */
static bool columns_of(const TypeCall *call, Oid type, int32_t typmod, const Datum *base,
                       Columns *columns)
{
    RecordView view;
    const bool given = base && !base->null;
    if (given) view = record_view_or_raise(strview_str(&base->value.str));
    *columns = (Columns){.type = type,
                         .typmod = given && type == OID_RECORD ? view.typmod : typmod};
    const bool nameless = type == OID_RECORD && columns->typmod < 0;
    if (nameless || !columns_known(call->env, columns)) {
        if (!given) return false;
        name_columns(call->arena, columns, &view);
    }
    columns->types = ARENA_ARRAY(call->arena, const Type *, columns->count + 1);
    columns->values = ARENA_ARRAY(call->arena, Datum, columns->count + 1);
    for (uint32_t i = 0; i < columns->count; i++) {
        columns->values[i].null = true;
        if (columns->attributes[i].dropped) continue;
        columns->types[i] = type_get(call->env, columns->attributes[i].type);
        if (given && record_column_type(&view, i))
            columns->values[i] = record_get(&view, columns->types[i], i);
    }
    return true;
}

static bool populate_columns(const TypeCall *call, InputError *err, Columns *columns,
                             const JsonNode *node)
{
    if (json_kind(node) != JSON_OBJECT)
        return input_error(err, SQLSTATE_INVALID_PARAMETER_VALUE,
                           "cannot call populate_composite on %s",
                           json_kind(node) == JSON_ARRAY ? "an array" : "a scalar");
    for (uint32_t i = 0; i < columns->count; i++) {
        const FnAttribute *attribute = &columns->attributes[i];
        if (!columns->types[i]) continue;
        JsonNode item;
        Wanted wanted = {.call = *call, .key = attribute->name, .err = err};
        wanted.call.type = columns->types[i];
        wanted.call.typmod = attribute->typmod;
        wanted.call.collation = attribute->collation;
        const Datum base = columns->values[i];
        const bool found = json_find(node, attribute->name, &item);
        if (!populate(&wanted, found ? &item : NULL, &base, &columns->values[i])) return false;
    }
    return true;
}

static Datum row_of(Arena *arena, const Columns *columns)
{
    const Str row = record_build(arena, columns->type, columns->types, columns->values,
                                 columns->count);
    return (Datum){.value.str = strview(record_with_names(row, columns->typmod))};
}

static bool populate_row(const Wanted *wanted, const JsonNode *node, const Datum *base,
                         Datum *value)
{
    const TypeCall *call = &wanted->call;
    Columns columns;
    if (!columns_of(call, call->type->oid, -1, base, &columns))
        raise_error(SQLSTATE_INTERNAL_ERROR, "type %s has no columns", call->type->name);
    if (!populate_columns(call, wanted->err, &columns, node)) return false;
    *value = row_of(call->arena, &columns);
    return true;
}

/* ---- Functions. The row's type is that of the first argument, or of the column definition list */

/* The functions that end in _valid report errors of the row by the name of those that do not. */
static Str populating_name(const Fn *fn)
{
    Str name = str_from(fn->function->name);
    if (str_ends(name, STR("_valid"))) name.bytes -= strlen("_valid");
    return name;
}

static _Noreturn void refuse_unknown_row(const Fn *fn)
{
    Error *error = error_begin(SQLSTATE_FEATURE_NOT_SUPPORTED);
    error_message(error, "could not determine row type for result of %.*s",
                  STR_ARG(populating_name(fn)));
    error_raise(error_hint(error, "Provide a non-null record argument, or call the function in the "
                                  "FROM clause using a column definition list."));
}

static JsonNode node_of(Arena *arena, Oid type, const Datum *value)
{
    const Str text = strview_str(&value->value.str);
    return type == OID_JSONB ? jsonb_node(text) : json_read_or_raise(arena, text);
}

/* The row type behind the domains; raises where the first argument is no row. */
static const Type *row_type_of(const Fn *fn)
{
    const Type *type = type_get(fn->env, fn->arg_types[0]);
    while (type->kind == 'd') type = type_get(fn->env, type->base);
    if (type->kind != 'c' && type->oid != OID_RECORD)
        raise_error(SQLSTATE_DATATYPE_MISMATCH, "first argument of %.*s must be a row type",
                    STR_ARG(populating_name(fn)));
    return type;
}

/* One row; false: *err is filled. */
static bool make_row(Fn *fn, const Datum *base, const JsonNode *node, InputError *err, Datum *row)
{
    const Type *given = type_get(fn->env, fn->arg_types[0]);
    const Type *type = row_type_of(fn);
    const TypeCall call = type_call(fn, type);
    Columns columns;
    if (!columns_of(&call, type->oid, fn->result_typmod, base, &columns)) refuse_unknown_row(fn);
    if (json_kind(node) == JSON_OBJECT && !json_count(node) && !base->null) {
        *row = *base;
        return true;
    }
    if (!populate_columns(&call, err, &columns, node)) return false;
    *row = row_of(fn->arena, &columns);
    const Wanted wanted = {.call = type_call(fn, given), .err = err};
    return given->kind != 'd' || check_domain(&wanted, row);
}

static Datum populate_record(Fn *fn, const Datum *args)
{
    InputError err = {.arena = fn->arena};
    Datum row;
    const Type *type = row_type_of(fn);
    if (args[1].null) {
        if (args[0].null && type->oid == OID_RECORD) refuse_unknown_row(fn);
        return args[0];
    }
    const JsonNode node = node_of(fn->arena, fn->arg_types[1], &args[1]);
    if (!make_row(fn, &args[0], &node, &err, &row)) input_error_raise(&err);
    return row;
}

static Datum populate_record_valid(Fn *fn, const Datum *args)
{
    InputError err = {.arena = fn->arena};
    Datum row;
    (void)row_type_of(fn);
    if (args[1].null) return (Datum){.null = true};
    const JsonNode node = node_of(fn->arena, fn->arg_types[1], &args[1]);
    return (Datum){.value.b = make_row(fn, &args[0], &node, &err, &row)};
}

/* The column definition list's columns, filled from an object. */
static void fill_columns(Fn *fn, FnSet *set, const JsonNode *node, Datum *out)
{
    const TypeCall call = type_call(fn, type_get(fn->env, OID_RECORD));
    InputError err = {.arena = fn->arena};
    Columns columns;
    if (!columns_of(&call, OID_RECORD, fn->result_typmod, NULL, &columns)) refuse_unknown_row(fn);
    if (!populate_columns(&call, &err, &columns, node)) input_error_raise(&err);
    for (uint32_t i = 0; i < MIN(set->column_count, columns.count); i++) out[i] = columns.values[i];
}

static bool to_record(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    const JsonNode node = node_of(fn->arena, fn->arg_types[0], &args[0]);
    fill_columns(fn, set, &node, columns);
    return true;
}

/* The array that rows are made of. */
typedef struct Rows {
    JsonNode array;
    uint32_t at;
} Rows;

static void check_array(const Fn *fn, const JsonNode *node, bool binary)
{
    const JsonKind kind = json_kind(node);
    if (kind == JSON_ARRAY) return;
    raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "cannot call %s on %s", fn->function->name,
                binary                ? "a non-array"
                : kind == JSON_OBJECT ? "an object"
                                      : "a scalar");
}

/* The next object; false: there is none. */
static bool next_object(Fn *fn, FnSet *set, Oid type, const Datum *array, JsonNode *object)
{
    Rows *rows = set->state;
    if (!rows) {
        set->state = rows = ARENA_NEW(set->arena, Rows);
        rows->array = node_of(set->arena, type, array);
        check_array(fn, &rows->array, type == OID_JSONB);
    }
    if (rows->at == json_count(&rows->array)) return false;
    *object = json_item(&rows->array, rows->at++);
    if (json_kind(object) != JSON_OBJECT)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "argument of %s must be an array of objects",
                    fn->function->name);
    return true;
}

static bool to_recordset(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    JsonNode object;
    if (fn->result_typmod < 0) refuse_unknown_row(fn);
    if (args[0].null || !next_object(fn, set, fn->arg_types[0], &args[0], &object)) return false;
    fill_columns(fn, set, &object, columns);
    return true;
}

static bool populate_recordset(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    InputError err = {.arena = fn->arena};
    JsonNode object;
    const Type *type = row_type_of(fn);
    if (type->oid == OID_RECORD && args[0].null && fn->result_typmod < 0) refuse_unknown_row(fn);
    if (args[1].null || !next_object(fn, set, fn->arg_types[1], &args[1], &object)) return false;
    if (!make_row(fn, &args[0], &object, &err, &columns[0])) input_error_raise(&err);
    return true;
}

SQL_FUNCTION_DATUM(3960, "json_populate_record", anyelement, (anyelement, json, bool), STABLE,
                   populate_record, "row with the values of an object's keys")
SQL_FACTS(3960, .arguments = "base anyelement, from_json json, use_json_as_text bool DEFAULT false")
SQL_FUNCTION_DATUM(3209, "jsonb_populate_record", anyelement, (anyelement, jsonb), STABLE,
                   populate_record, "row with the values of an object's keys")
SQL_FUNCTION_DATUM(6338, "jsonb_populate_record_valid", bool, (anyelement, jsonb), STABLE,
                   populate_record_valid, "would jsonb_populate_record give a row?")
SQL_FUNCTION_SET(3961, "json_populate_recordset", anyelement, (anyelement, json, bool), STABLE,
                 populate_recordset, "rows with the values of objects' keys")
SQL_FACTS(3961, .rows = 100,
          .arguments = "base anyelement, from_json json, use_json_as_text bool DEFAULT false")
SQL_FUNCTION_SET(3475, "jsonb_populate_recordset", anyelement, (anyelement, jsonb), STABLE,
                 populate_recordset, "rows with the values of objects' keys")
SQL_FACTS(3475, .rows = 100)
SQL_FUNCTION_ROW(3204, "json_to_record", record, (json), STABLE | STRICT, to_record,
                 "columns with the values of an object's keys")
SQL_FUNCTION_ROW(3490, "jsonb_to_record", record, (jsonb), STABLE | STRICT, to_record,
                 "columns with the values of an object's keys")
SQL_FUNCTION_SET(3205, "json_to_recordset", record, (json), STABLE, to_recordset,
                 "columns with the values of objects' keys")
SQL_FACTS(3205, .rows = 100)
SQL_FUNCTION_SET(3491, "jsonb_to_recordset", record, (jsonb), STABLE, to_recordset,
                 "columns with the values of objects' keys")
SQL_FACTS(3491, .rows = 100)

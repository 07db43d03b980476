/* SPDX-License-Identifier: Apache-2.0 */
/* jsonpath_run.c - running a jsonpath over JSON nodes.
 *
 * An accessor maps one item to a list, and hands each of its results to the accessor behind it. Lax mode unwraps arrays
 * where an item of one is wanted, wraps what is wanted as an array, and finds nothing where strict mode finds an error.
 * Within predicates an error is the value unknown; elsewhere it raises, unless the caller asked for silence: then it
 * ends the run. */
#include "type/jsonpath.h"

#include "base/arith.h"
#include "base/oids.h"
#include "base/task.h"
#include "type/jsonpath_ids.h"

typedef struct Exec {
    const PathRun *run;
    Arena *arena;
    const JsonNode *current; /* @ */
    PathBase *base;          /* what the items at work lie in, as ids of .keyvalue() count */
    PathBase document;
    int64_t bases;      /* the number of the last base that has one */
    int64_t array_size; /* for `last`; -1: no array is open */
    bool strict;        /* structural errors count */
    bool raises;
} Exec;

typedef enum Truth { FALSE_, TRUE_, UNKNOWN_ } Truth;

static bool run_item(Exec *e, const PathNode *node, const JsonNode *item, PathItems *out,
                     bool unwrap);
static Truth run_predicate(Exec *e, const PathNode *node, const JsonNode *item);

/* ---- Errors */

static PRINTF_LIKE(3, 4) bool failed(const Exec *e, Sqlstate code, const char *format, ...)
{
    if (!e->raises) return false;
    va_list args;
    va_start(args, format);
    const Str message = str_format_va(e->arena, format, args);
    va_end(args);
    raise_error(code, "%.*s", STR_ARG(message));
}

/* ---- Lists */

static void add(PathItems *out, JsonNode item)
{
    array_push(&out->items, item);
}

static PathItems no_items(const Exec *e)
{
    return (PathItems){.items.arena = e->arena};
}

static bool is_enough(const PathItems *out)
{
    return out->one_is_enough && out->items.count > 0;
}

/* Hands a result on. */
static bool pass(Exec *e, const PathNode *node, JsonNode item, PathItems *out)
{
    task_check();
    if (node->next) return run_item(e, node->next, &item, out, !e->run->path->strict);
    add(out, item);
    return true;
}

static bool run_each(Exec *e, const PathNode *node, const JsonNode *array, PathItems *out)
{
    const uint32_t count = json_count(array);
    for (uint32_t i = 0; i < count && !is_enough(out); i++) {
        const JsonNode item = json_item(array, i);
        if (!run_item(e, node, &item, out, false)) return false;
    }
    return true;
}

/* The items of an operand, arrays unwrapped in lax mode. */
static bool operand(Exec *e, const PathNode *node, const JsonNode *item, PathItems *out)
{
    PathItems found = no_items(e);
    if (!run_item(e, node, item, &found, !e->run->path->strict)) return false;
    for (uint32_t i = 0; i < found.items.count; i++) {
        const JsonNode *one = &found.items.items[i];
        if (e->run->path->strict || json_kind(one) != JSON_ARRAY) {
            add(out, *one);
            continue;
        }
        const uint32_t count = json_count(one);
        for (uint32_t k = 0; k < count; k++) add(out, json_item(one, k));
    }
    return true;
}

/* ---- Accessors */

static bool run_key(Exec *e, const PathNode *node, const JsonNode *item, PathItems *out)
{
    JsonNode value;
    if (json_kind(item) != JSON_OBJECT)
        return !e->strict || failed(e, SQLSTATE_SQL_JSON_MEMBER_NOT_FOUND,
                                    "jsonpath member accessor can only be applied to an object");
    if (json_find(item, node->text, &value)) return pass(e, node, value, out);
    return !e->strict || failed(e, SQLSTATE_SQL_JSON_MEMBER_NOT_FOUND,
                                "JSON object does not contain key \"%.*s\"", STR_ARG(node->text));
}

static bool run_any_key(Exec *e, const PathNode *node, const JsonNode *item, PathItems *out)
{
    const uint32_t count = json_count(item);
    if (json_kind(item) != JSON_OBJECT)
        return !e->strict ||
               failed(e, SQLSTATE_SQL_JSON_OBJECT_NOT_FOUND,
                      "jsonpath wildcard member accessor can only be applied to an object");
    for (uint32_t i = 0; i < count && !is_enough(out); i++)
        if (!pass(e, node, json_item(item, i), out)) return false;
    return true;
}

static bool run_any_array(Exec *e, const PathNode *node, const JsonNode *item, PathItems *out)
{
    const uint32_t count = json_count(item);
    if (json_kind(item) != JSON_ARRAY) {
        if (!e->run->path->strict) return pass(e, node, *item, out);
        return !e->strict ||
               failed(e, SQLSTATE_SQL_JSON_ARRAY_NOT_FOUND,
                      "jsonpath wildcard array accessor can only be applied to an array");
    }
    for (uint32_t i = 0; i < count && !is_enough(out); i++)
        if (!pass(e, node, json_item(item, i), out)) return false;
    return true;
}

static bool subscript(Exec *e, const PathNode *node, const JsonNode *item, int64_t *index)
{
    PathItems found = no_items(e);
    if (!run_item(e, node, item, &found, !e->run->path->strict)) return false;
    if (found.items.count != 1 || json_kind(&found.items.items[0]) != JSON_NUMBER)
        return failed(e, SQLSTATE_INVALID_SQL_JSON_SUBSCRIPT,
                      "jsonpath array subscript is not a single numeric value");
    const Decimal number = decimal_cut(e->arena, json_number(e->arena, &found.items.items[0]), 0);
    if (!decimal_to_i64(e->arena, number, index) || *index < INT32_MIN || *index > INT32_MAX)
        return failed(e, SQLSTATE_INVALID_SQL_JSON_SUBSCRIPT,
                      "jsonpath array subscript is out of integer range");
    return true;
}

static bool run_range(Exec *e, const PathNode *node, uint32_t i, const JsonNode *item,
                      PathItems *out)
{
    const bool array = json_kind(item) == JSON_ARRAY;
    const int64_t size = array ? json_count(item) : 1, outer = e->array_size;
    int64_t from, to;
    e->array_size = size;
    const bool good = subscript(e, node->from[i], item, &from) &&
                      (node->to[i] ? subscript(e, node->to[i], item, &to) : (to = from, true));
    e->array_size = outer;
    if (!good) return false;
    if (e->strict && (from < 0 || from > to || to >= size))
        return failed(e, SQLSTATE_INVALID_SQL_JSON_SUBSCRIPT,
                      "jsonpath array subscript is out of bounds");
    for (int64_t at = MAX(from, 0); at <= MIN(to, size - 1) && !is_enough(out); at++)
        if (!pass(e, node, array ? json_item(item, (uint32_t)at) : *item, out)) return false;
    return true;
}

static bool run_index(Exec *e, const PathNode *node, const JsonNode *item, PathItems *out)
{
    if (json_kind(item) != JSON_ARRAY && e->run->path->strict)
        return !e->strict || failed(e, SQLSTATE_SQL_JSON_ARRAY_NOT_FOUND,
                                    "jsonpath array accessor can only be applied to an array");
    for (uint32_t i = 0; i < node->count && !is_enough(out); i++)
        if (!run_range(e, node, i, item, out)) return false;
    return true;
}

/* Items below, at the levels asked for; structural errors behind are of no interest. */
static bool run_levels(Exec *e, const PathNode *node, const JsonNode *item, int64_t level,
                       PathItems *out)
{
    const bool leaves = node->first == PATH_LEVEL_LAST;
    const uint32_t count = json_count(item);
    task_check();
    if (leaves ? !json_is_container(item) : level >= node->first) {
        const bool strict = e->strict;
        e->strict = false;
        const bool good = pass(e, node, *item, out);
        e->strict = strict;
        if (!good) return false;
    }
    if (node->last != PATH_LEVEL_LAST && level >= node->last) return true;
    for (uint32_t i = 0; i < count && !is_enough(out); i++) {
        const JsonNode below = json_item(item, i);
        if (!run_levels(e, node, &below, level + 1, out)) return false;
    }
    return true;
}

static bool run_filter(Exec *e, const PathNode *node, const JsonNode *item, PathItems *out)
{
    const JsonNode *outer = e->current;
    e->current = item;
    const Truth truth = run_predicate(e, node->left, item);
    e->current = outer;
    return truth != TRUE_ || pass(e, node, *item, out);
}

/* ---- Methods */

/* A date or time is no string to them. */
static JsonKind item_kind(const JsonNode *item)
{
    return item->kind == JSON_MOMENT ? JSON_MOMENT : json_kind(item);
}

static const char *method_name(const PathNode *node)
{
    return path_method_name(node->method).data;
}

static bool applies_to(const Exec *e, const PathNode *node, const char *what)
{
    return failed(e, SQLSTATE_NON_NUMERIC_SQL_JSON_ITEM,
                  "jsonpath item method .%s() can only be applied to a %s", method_name(node),
                  what);
}

static bool bad_argument(const Exec *e, const PathNode *node, Str text, const char *type_name)
{
    return failed(e, SQLSTATE_NON_NUMERIC_SQL_JSON_ITEM,
                  "argument \"%.*s\" of jsonpath item method .%s() is invalid for type %s",
                  STR_ARG(text), method_name(node), type_name);
}

static Str scalar_text(const Exec *e, const JsonNode *item)
{
    Str text = STR("");
    (void)json_text(e->arena, item, &text);
    return text;
}

static bool run_rounding(Exec *e, const PathNode *node, const JsonNode *item, PathItems *out)
{
    if (json_kind(item) != JSON_NUMBER) return applies_to(e, node, "numeric value");
    const Decimal v = json_number(e->arena, item);
    Decimal result = v;
    if (node->method == PATH_METHOD_ABS) {
        if (decimal_sign(v) < 0) result = decimal_negate(e->arena, v);
    } else {
        const int direction = node->method == PATH_METHOD_FLOOR ? -1 : 1;
        result = decimal_cut(e->arena, v, 0);
        if (decimal_compare(v, result) == direction)
            result = decimal_add(e->arena, result, decimal_small(direction, 0));
    }
    return pass(e, node, json_of_number(result), out);
}

/* A text as a value of a type; false: it is none. */
static bool parsed(const Exec *e, Oid type, Str text, Value *value)
{
    const TypeCall call = {.type = type_get(NULL, type),
                           .env = e->run->fn->env,
                           .arena = e->arena,
                           .typmod = -1};
    return type_parse(&call, text, value, NULL);
}

static bool run_integer(Exec *e, const PathNode *node, const JsonNode *item, PathItems *out)
{
    const bool big = node->method == PATH_METHOD_BIGINT;
    const char *type_name = big ? "bigint" : "integer";
    const JsonKind kind = item_kind(item);
    if (kind != JSON_NUMBER && kind != JSON_STRING)
        return applies_to(e, node, "string or numeric value");
    Value value;
    int64_t integer = 0;
    bool good;
    if (kind == JSON_NUMBER) {
        good = decimal_to_i64(e->arena, json_number(e->arena, item), &integer);
    } else {
        good = parsed(e, OID_INT8, json_string(item), &value);
        if (good) integer = value.i64;
    }
    if (!good || (!big && (integer < INT32_MIN || integer > INT32_MAX)))
        return bad_argument(e, node, scalar_text(e, item), type_name);
    return pass(e, node, json_of_number(decimal_from_i64(e->arena, integer)), out);
}

static bool run_boolean(Exec *e, const PathNode *node, const JsonNode *item, PathItems *out)
{
    const JsonKind kind = item_kind(item);
    Value value = {.b = kind == JSON_TRUE};
    if (kind == JSON_TRUE || kind == JSON_FALSE) return pass(e, node, *item, out);
    if (kind != JSON_NUMBER && kind != JSON_STRING)
        return applies_to(e, node, "boolean, string, or numeric value");
    const Str text = scalar_text(e, item);
    const bool good = parsed(e, kind == JSON_NUMBER ? OID_INT4 : OID_BOOL, text, &value);
    if (!good) return bad_argument(e, node, text, "boolean");
    return pass(e, node, json_of_bool(kind == JSON_NUMBER ? value.i32 != 0 : value.b), out);
}

static bool run_double(Exec *e, const PathNode *node, const JsonNode *item, PathItems *out)
{
    const JsonKind kind = item_kind(item);
    Value value, number;
    if (kind != JSON_NUMBER && kind != JSON_STRING)
        return applies_to(e, node, "string or numeric value");
    const Str text = scalar_text(e, item);
    if (!parsed(e, OID_FLOAT8, text, &value))
        return bad_argument(e, node, text, "double precision");
    const TypeCall call = {.type = type_get(NULL, OID_FLOAT8),
                           .env = e->run->fn->env,
                           .arena = e->arena,
                           .typmod = -1};
    const Str printed = type_print(&call, &value);
    if (!parsed(e, OID_NUMERIC, printed, &number) || decimal_is_special(number.decimal))
        return failed(e, SQLSTATE_NON_NUMERIC_SQL_JSON_ITEM,
                      "NaN or Infinity is not allowed for jsonpath item method .%s()",
                      method_name(node));
    return pass(e, node, kind == JSON_NUMBER ? *item : json_of_number(number.decimal), out);
}

static int32_t path_decimal_typmod(Arena *arena, const PathNode *node)
{
    if (node->first < 1 || node->first > 1000)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE,
                    "NUMERIC precision %lld must be between 1 and 1000", (long long)node->first);
    const int64_t scale = node->last == INT64_MIN ? 0 : node->last;
    if (scale < -1000 || scale > 1000)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE,
                    "NUMERIC scale %lld must be between -1000 and 1000", (long long)scale);
    int32_t typmod = -1;
    const Str words[] = {str_format(arena, "%lld", (long long)node->first),
                         str_format(arena, "%lld", (long long)scale)};
    (void)type_get(NULL, OID_NUMERIC)->typmod_parse(words, 2, &typmod, NULL);
    return typmod;
}

static bool run_number(Exec *e, const PathNode *node, const JsonNode *item, PathItems *out)
{
    const JsonKind kind = item_kind(item);
    Value value;
    if (kind != JSON_NUMBER && kind != JSON_STRING)
        return applies_to(e, node, "string or numeric value");
    const Str text = scalar_text(e, item);
    if (!parsed(e, OID_NUMERIC, text, &value)) return bad_argument(e, node, text, "numeric");
    if (decimal_is_special(value.decimal))
        return failed(e, SQLSTATE_NON_NUMERIC_SQL_JSON_ITEM,
                      "NaN or Infinity is not allowed for jsonpath item method .%s()",
                      method_name(node));
    if (node->first != INT64_MIN &&
        !decimal_fit(e->arena, &value.decimal, path_decimal_typmod(e->arena, node), NULL))
        return bad_argument(e, node, text, "numeric");
    return pass(e, node, json_of_number(value.decimal), out);
}

static bool run_string(Exec *e, const PathNode *node, const JsonNode *item, PathItems *out)
{
    if (json_is_container(item) || json_kind(item) == JSON_NULL)
        return applies_to(e, node, "boolean, string, numeric, or datetime value");
    return pass(e, node, json_of_string(scalar_text(e, item)), out);
}

static bool run_size(Exec *e, const PathNode *node, const JsonNode *item, PathItems *out)
{
    const bool array = json_kind(item) == JSON_ARRAY;
    if (!array && e->strict)
        return failed(e, SQLSTATE_SQL_JSON_ARRAY_NOT_FOUND,
                      "jsonpath item method .size() can only be applied to an array");
    return pass(e, node, json_of_number(decimal_small(array ? json_count(item) : 1, 0)), out);
}

/* Hands a result on that is, or lies in, another base than the items before it. */
static bool pass_of_base(Exec *e, const PathNode *node, JsonNode item, PathBase *base,
                         PathItems *out)
{
    PathBase *former = e->base;
    e->base = base;
    const bool good = pass(e, node, item, out);
    e->base = former;
    return good;
}

/* {"id": ..., "key": ..., "value": ...} of each member; each is a base of its own to what follows. */
static bool run_keyvalue(Exec *e, const PathNode *node, const JsonNode *item, PathItems *out)
{
    if (json_kind(item) != JSON_OBJECT)
        return failed(e, SQLSTATE_SQL_JSON_OBJECT_NOT_FOUND,
                      "jsonpath item method .keyvalue() can only be applied to an object");
    const uint32_t count = json_count(item);
    if (count == 0) return true;
    const int64_t id = path_object_id(e->base, item);
    for (uint32_t i = 0; i < count && !is_enough(out); i++) {
        JsonMembers members = {.arena = e->arena};
        json_push(&members, STR("id"), json_of_number(decimal_from_i64(e->arena, id)));
        json_push(&members, STR("key"), json_of_string(json_key(item, i)));
        json_push(&members, STR("value"), json_item(item, i));
        const JsonNode pair = json_of_members(JSON_OBJECT, &members);
        if (node->next || !out->one_is_enough) e->bases++; /* else nobody sees the pair */
        PathBase base = {&pair, e->bases, {.arena = e->arena}};
        if (!pass_of_base(e, node, pair, &base, out)) return false;
    }
    return true;
}

/* .datetime() and kin */
static bool run_moment(Exec *e, const PathNode *node, const JsonNode *item, PathItems *out)
{
    if (item_kind(item) != JSON_STRING)
        return failed(e, SQLSTATE_INVALID_ARGUMENT_FOR_SQL_JSON_DATETIME_FUNCTION,
                      "jsonpath item method .%s() can only be applied to a string",
                      method_name(node));
    JsonMoment *moment = ARENA_NEW(e->arena, JsonMoment);
    InputError err = {.arena = e->arena};
    const bool templated = node->text.data != NULL;
    if (!path_moment_read(e->run->fn, node, json_string(item), e->run->zones, moment,
                          templated && e->raises ? NULL : &err)) {
        if (e->raises) input_error_raise(&err);
        return false;
    }
    return pass(e, node, (JsonNode){.kind = JSON_MOMENT, .moment = moment}, out);
}

static Str type_text(const JsonNode *item)
{
    return item->kind == JSON_MOMENT ? path_moment_type(item->moment)
                                     : json_kind_name(json_kind(item));
}

static bool run_method(Exec *e, const PathNode *node, const JsonNode *item, PathItems *out)
{
    switch (node->method) {
    case PATH_METHOD_TYPE: return pass(e, node, json_of_string(type_text(item)), out);
    case PATH_METHOD_SIZE: return run_size(e, node, item, out);
    case PATH_METHOD_ABS:
    case PATH_METHOD_FLOOR:
    case PATH_METHOD_CEILING: return run_rounding(e, node, item, out);
    case PATH_METHOD_DOUBLE: return run_double(e, node, item, out);
    case PATH_METHOD_KEYVALUE: return run_keyvalue(e, node, item, out);
    case PATH_METHOD_BIGINT:
    case PATH_METHOD_INTEGER: return run_integer(e, node, item, out);
    case PATH_METHOD_BOOLEAN: return run_boolean(e, node, item, out);
    case PATH_METHOD_DECIMAL:
    case PATH_METHOD_NUMBER: return run_number(e, node, item, out);
    case PATH_METHOD_STRING: return run_string(e, node, item, out);
    case PATH_METHOD_DATE:
    case PATH_METHOD_DATETIME:
    case PATH_METHOD_TIME:
    case PATH_METHOD_TIME_TZ:
    case PATH_METHOD_TIMESTAMP:
    case PATH_METHOD_TIMESTAMP_TZ: return run_moment(e, node, item, out);
    case PATH_METHOD_COUNT: break;
    }
    UNREACHABLE();
    return false;
}

/* ---- Arithmetic */

static bool single_number(Exec *e, const PathNode *node, const PathNode *of, const JsonNode *item,
                          const char *side, Decimal *number)
{
    PathItems found = no_items(e);
    if (!operand(e, node, item, &found)) return false;
    if (found.items.count != 1 || json_kind(&found.items.items[0]) != JSON_NUMBER)
        return failed(e, SQLSTATE_SINGLETON_SQL_JSON_ITEM_REQUIRED,
                      "%s operand of jsonpath operator %.*s is not a single numeric value", side,
                      STR_ARG(path_operator(of->kind)));
    *number = json_number(e->arena, &found.items.items[0]);
    return true;
}

static bool run_arithmetic(Exec *e, const PathNode *node, const JsonNode *item, PathItems *out)
{
    Decimal a, b, result;
    if (!single_number(e, node->left, node, item, "left", &a) ||
        !single_number(e, node->right, node, item, "right", &b))
        return false;
    if ((node->kind == PATH_DIVIDE || node->kind == PATH_MODULO) && decimal_sign(b) == 0)
        return failed(e, SQLSTATE_DIVISION_BY_ZERO, "division by zero");
    switch (node->kind) {
    case PATH_ADD: result = decimal_add(e->arena, a, b); break;
    case PATH_SUBTRACT: result = decimal_subtract(e->arena, a, b); break;
    case PATH_MULTIPLY: result = decimal_multiply(e->arena, a, b); break;
    case PATH_DIVIDE: result = decimal_divide(e->arena, a, b); break;
    default: result = decimal_remainder(e->arena, a, b); break;
    }
    return pass(e, node, json_of_number(result), out);
}

static bool run_sign(Exec *e, const PathNode *node, const JsonNode *item, PathItems *out)
{
    PathItems found = no_items(e);
    if (!operand(e, node->left, item, &found)) return false;
    for (uint32_t i = 0; i < found.items.count && !is_enough(out); i++) {
        const JsonNode *one = &found.items.items[i];
        if (json_kind(one) != JSON_NUMBER && out->one_is_enough && !node->next) continue;
        if (json_kind(one) != JSON_NUMBER)
            return failed(e, SQLSTATE_SQL_JSON_NUMBER_NOT_FOUND,
                          "operand of unary jsonpath operator %.*s is not a numeric value",
                          STR_ARG(path_operator(node->kind)));
        const Decimal v = json_number(e->arena, one);
        const Decimal result = node->kind == PATH_MINUS ? decimal_negate(e->arena, v) : v;
        if (!pass(e, node, json_of_number(result), out)) return false;
    }
    return true;
}

/* ---- Predicates */

static Truth truth_of(bool value)
{
    return value ? TRUE_ : FALSE_;
}

static Truth ordered(JsonPathKind op, int order)
{
    switch (op) {
    case PATH_EQ: return truth_of(order == 0);
    case PATH_NE: return truth_of(order != 0);
    case PATH_LT: return truth_of(order < 0);
    case PATH_GT: return truth_of(order > 0);
    case PATH_LE: return truth_of(order <= 0);
    default: return truth_of(order >= 0);
    }
}

static Truth compare_items(const Exec *e, JsonPathKind op, const JsonNode *a, const JsonNode *b)
{
    JsonKind x = item_kind(a), y = item_kind(b);
    const bool x_true = x == JSON_TRUE, y_true = y == JSON_TRUE;
    if (x_true) x = JSON_FALSE;
    if (y_true) y = JSON_FALSE;
    if (x != y) {
        if (x == JSON_NULL || y == JSON_NULL) return truth_of(op == PATH_NE);
        return UNKNOWN_;
    }
    switch (x) {
    case JSON_NULL: return ordered(op, 0);
    case JSON_FALSE: return ordered(op, x_true - y_true);
    case JSON_NUMBER:
        return ordered(op, decimal_compare(json_number(e->arena, a), json_number(e->arena, b)));
    case JSON_STRING: return ordered(op, str_compare(json_string(a), json_string(b)));
    case JSON_MOMENT: {
        int order;
        const bool both = path_moment_compare(e->run->fn, a->moment, b->moment, e->run->zones,
                                              &order);
        return both ? ordered(op, order) : UNKNOWN_;
    }
    default: return UNKNOWN_;
    }
}

static Truth match_item(Exec *e, const PathNode *node, const JsonNode *item)
{
    if (item_kind(item) != JSON_STRING) return UNKNOWN_;
    const RegexOptions options = path_regex_options(node);
    /* The site of regular expressions is not the site of paths. */
    Fn inner = *e->run->fn;
    inner.state = NULL;
    inner.site = e->arena;
    return truth_of(regex_matches(regex_get(&inner, node->text, options), json_string(item)));
}

static Truth test_pair(Exec *e, const PathNode *node, const JsonNode *a, const JsonNode *b)
{
    if (node->kind == PATH_LIKE_REGEX) return match_item(e, node, a);
    if (node->kind != PATH_STARTS_WITH) return compare_items(e, node->kind, a, b);
    if (item_kind(a) != JSON_STRING || item_kind(b) != JSON_STRING) return UNKNOWN_;
    return truth_of(str_starts(json_string(a), json_string(b)));
}

/* Any pair that fits makes it true; in strict mode no pair may be unknown. */
static Truth test_pairs(Exec *e, const PathNode *node, const JsonNode *item)
{
    PathItems left = no_items(e), right = no_items(e);
    const bool strict = e->run->path->strict;
    Truth answer = FALSE_;
    bool unknown = false;
    if (!operand(e, node->left, item, &left)) return UNKNOWN_;
    if (node->right && !operand(e, node->right, item, &right)) return UNKNOWN_;
    if (!node->right) add(&right, (JsonNode){.kind = JSON_NULL});
    for (uint32_t i = 0; i < left.items.count; i++)
        for (uint32_t k = 0; k < right.items.count; k++) {
            const Truth one = test_pair(e, node, &left.items.items[i], &right.items.items[k]);
            task_check();
            if (one == UNKNOWN_) {
                if (strict) return UNKNOWN_;
                unknown = true;
            } else if (one == TRUE_) {
                if (!strict) return TRUE_;
                answer = TRUE_;
            }
        }
    return answer == FALSE_ && unknown ? UNKNOWN_ : answer;
}

static Truth test_exists(Exec *e, const PathNode *node, const JsonNode *item)
{
    PathItems found = no_items(e);
    found.one_is_enough = !e->run->path->strict;
    const bool good = run_item(e, node->left, item, &found, !e->run->path->strict);
    if (!good && (e->run->path->strict || !found.items.count)) return UNKNOWN_;
    return truth_of(found.items.count > 0);
}

static Truth test_logic(Exec *e, const PathNode *node, const JsonNode *item)
{
    const Truth decisive = node->kind == PATH_AND ? FALSE_ : TRUE_;
    const Truth left = run_predicate(e, node->left, item);
    if (left == decisive) return left;
    const Truth right = run_predicate(e, node->right, item);
    return right == decisive ? right : left == UNKNOWN_ ? left : right;
}

static Truth run_predicate(Exec *e, const PathNode *node, const JsonNode *item)
{
    const bool raises = e->raises;
    Truth truth;
    task_check();
    e->raises = false;
    switch (node->kind) {
    case PATH_AND:
    case PATH_OR: truth = test_logic(e, node, item); break;
    case PATH_NOT: {
        const Truth inner = run_predicate(e, node->left, item);
        truth = inner == UNKNOWN_ ? UNKNOWN_ : truth_of(inner == FALSE_);
        break;
    }
    case PATH_IS_UNKNOWN: truth = truth_of(run_predicate(e, node->left, item) == UNKNOWN_); break;
    case PATH_EXISTS: truth = test_exists(e, node, item); break;
    default: truth = test_pairs(e, node, item); break;
    }
    e->raises = raises;
    return truth;
}

/* ---- Items */

/* Variables out of one jsonb lie in that, others are bases of their own. */
static bool run_variable(Exec *e, const PathNode *node, PathItems *out)
{
    const JsonNode *vars = e->run->vars;
    JsonNode value;
    if (!vars || !json_find(vars, node->text, &value))
        raise_error(SQLSTATE_UNDEFINED_OBJECT, "could not find jsonpath variable \"%.*s\"",
                    STR_ARG(node->text));
    PathBase base = {vars, 1, {.arena = e->arena}};
    if (vars->kind != JSON_STORED) {
        if (value.kind == JSON_ARRAY || value.kind == JSON_OBJECT)
            value = jsonb_node(jsonb_store(e->arena, &value));
        base.document = &value;
        while (!str_equal(json_key(vars, (uint32_t)base.number - 1), node->text)) base.number++;
    }
    return pass_of_base(e, node, value, &base, out);
}

static bool unwraps(const PathNode *node)
{
    return node->kind == PATH_KEY || node->kind == PATH_ANY_KEY || node->kind == PATH_FILTER ||
           (node->kind == PATH_METHOD && node->method != PATH_METHOD_TYPE &&
            node->method != PATH_METHOD_SIZE);
}

static bool run_head(Exec *e, const PathNode *node, const JsonNode *item, PathItems *out)
{
    switch (node->kind) {
    case PATH_ROOT: return pass_of_base(e, node, e->run->document, &e->document, out);
    case PATH_CURRENT: return pass(e, node, *e->current, out);
    case PATH_LAST: return pass(e, node, json_of_number(decimal_small(e->array_size - 1, 0)), out);
    case PATH_VARIABLE: return run_variable(e, node, out);
    case PATH_NULL: return pass(e, node, (JsonNode){.kind = JSON_NULL}, out);
    case PATH_FALSE:
    case PATH_TRUE: return pass(e, node, json_of_bool(node->kind == PATH_TRUE), out);
    case PATH_NUMBER: return pass(e, node, json_of_number(node->number), out);
    case PATH_STRING: return pass(e, node, json_of_string(node->text), out);
    case PATH_PLUS:
    case PATH_MINUS: return run_sign(e, node, item, out);
    case PATH_ADD:
    case PATH_SUBTRACT:
    case PATH_MULTIPLY:
    case PATH_DIVIDE:
    case PATH_MODULO: return run_arithmetic(e, node, item, out);
    default: break;
    }
    const Truth truth = run_predicate(e, node, item);
    return pass(e, node,
                truth == UNKNOWN_ ? (JsonNode){.kind = JSON_NULL} : json_of_bool(truth == TRUE_),
                out);
}

static bool run_item(Exec *e, const PathNode *node, const JsonNode *item, PathItems *out,
                     bool unwrap)
{
    task_check();
    if (unwrap && unwraps(node) && json_kind(item) == JSON_ARRAY)
        return run_each(e, node, item, out);
    switch (node->kind) {
    case PATH_KEY: return run_key(e, node, item, out);
    case PATH_ANY_KEY: return run_any_key(e, node, item, out);
    case PATH_ANY_ARRAY: return run_any_array(e, node, item, out);
    case PATH_INDEX: return run_index(e, node, item, out);
    case PATH_ANY: return run_levels(e, node, item, 0, out);
    case PATH_FILTER: return run_filter(e, node, item, out);
    case PATH_METHOD: return run_method(e, node, item, out);
    default: return run_head(e, node, item, out);
    }
}

/* As bases: those in one jsonb are one. */
static int64_t number_of_variables(const JsonNode *vars)
{
    if (!vars) return 0;
    return vars->kind == JSON_STORED ? 1 : (int64_t)vars->count;
}

static Exec exec_of(const PathRun *run)
{
    if (run->vars && json_kind(run->vars) != JSON_OBJECT) {
        Error *error = error_begin(SQLSTATE_INVALID_PARAMETER_VALUE);
        error_message(error, "\"vars\" argument is not an object");
        error_raise(error_detail(
            error, "Jsonpath parameters should be encoded as key-value pairs of \"vars\" object."));
    }
    return (Exec){.run = run,
                  .arena = run->fn->arena,
                  .document = {&run->document, 0, {.arena = run->fn->arena}},
                  .bases = number_of_variables(run->vars),
                  .array_size = -1,
                  .strict = run->path->strict,
                  .raises = !run->silent};
}

static bool run_path(const PathRun *run, PathItems *found, bool one_is_enough)
{
    Exec e = exec_of(run);
    e.current = &run->document;
    e.base = &e.document;
    *found = no_items(&e);
    found->one_is_enough = one_is_enough;
    const bool good = run_item(&e, run->path->root, &run->document, found, !run->path->strict);
    /* Outside of paths a moment is the text that it is written as. */
    for (uint32_t i = 0; i < found->items.count; i++) {
        JsonNode *item = &found->items.items[i];
        if (item->kind == JSON_MOMENT) *item = json_of_string(item->moment->text);
    }
    return good;
}

bool path_run(const PathRun *run, PathItems *found)
{
    return run_path(run, found, false);
}

int path_exists(const PathRun *run)
{
    PathItems found;
    const bool good = run_path(run, &found, !run->path->strict);
    if (!good && (run->path->strict || !found.items.count)) return -1;
    return found.items.count > 0;
}

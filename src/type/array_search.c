/* SPDX-License-Identifier: Apache-2.0 */
/* array_search.c - elements looked for in arrays, taken out, replaced; arrays as sets; arrays from text and back; their
 * elements as rows. NULL is found by array_position, array_remove and array_replace, and by nothing that takes arrays
 * as sets. */
#include "type/array_type.h"
#include "type/text.h"

#include "base/array.h"
#include "base/oids.h"
#include "base/task.h"
#include "base/utf8.h"

static TypeCall call_of(const Fn *fn, Oid type)
{
    return type_call(fn, type_get(fn->env, type));
}

static Datum str_datum(Str s)
{
    return (Datum){.value.str = strview(s)};
}

static Str datum_str(const Datum *datum)
{
    return strview_str(&datum->value.str);
}

typedef ARRAY_OF(Datum) DatumList;

/* ---- Single elements */

static bool matches(const TypeCall *call, const Datum *a, const Datum *b)
{
    if (a->null || b->null) return a->null && b->null;
    return type_equal(call, &a->value, &b->value);
}

static void check_flat(const ArrayView *view, const char *what)
{
    if (view->shape.dimensions > 1)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "%s multidimensional arrays is not supported",
                    what);
}

/* (array, value[, where to begin]) */
static Datum array_position(Fn *fn, const Datum *args)
{
    if (args[0].null) return (Datum){.null = true};
    const ArrayView view = array_view_or_raise(datum_str(&args[0]));
    check_flat(&view, "searching for elements in");
    if (view.count == 0) return (Datum){.null = true};
    if (fn->arg_count == 3 && args[2].null)
        raise_error(SQLSTATE_NULL_VALUE_NOT_ALLOWED, "initial position must not be null");
    const TypeCall call = call_of(fn, view.element);
    for (uint32_t i = 0; i < view.count; i++) {
        const int32_t place = view.shape.lowers[0] + (int32_t)i;
        task_check();
        if (fn->arg_count == 3 && place < args[2].value.i32) continue;
        const Datum item = array_get(&view, call.type, i);
        if (matches(&call, &args[1], &item)) return (Datum){.value.i32 = place};
    }
    return (Datum){.null = true};
}

static Datum array_positions(Fn *fn, const Datum *args)
{
    if (args[0].null) return (Datum){.null = true};
    const ArrayView view = array_view_or_raise(datum_str(&args[0]));
    check_flat(&view, "searching for elements in");
    const TypeCall call = call_of(fn, view.element);
    DatumList places = {.arena = fn->arena};
    for (uint32_t i = 0; i < view.count; i++) {
        const Datum item = array_get(&view, call.type, i);
        task_check();
        if (matches(&call, &args[1], &item))
            array_push(&places, ((Datum){.value.i32 = view.shape.lowers[0] + (int32_t)i}));
    }
    return str_datum(
        array_build(fn->arena, type_get(fn->env, OID_INT4), places.items, places.count));
}

static Datum array_remove(Fn *fn, const Datum *args)
{
    if (args[0].null) return args[0];
    const ArrayView view = array_view_or_raise(datum_str(&args[0]));
    check_flat(&view, "removing elements from");
    const TypeCall call = call_of(fn, view.element);
    DatumList kept = {.arena = fn->arena};
    for (uint32_t i = 0; i < view.count; i++) {
        const Datum item = array_get(&view, call.type, i);
        task_check();
        if (!matches(&call, &item, &args[1])) array_push(&kept, item);
    }
    if (kept.count == view.count) return args[0];
    ArrayShape shape = view.shape;
    shape.bitmap = false;
    shape.dimensions = kept.count != 0;
    shape.lengths[0] = (int32_t)kept.count;
    return str_datum(array_build_shaped(fn->arena, call.type, kept.items, &shape));
}

static Datum array_replace(Fn *fn, const Datum *args)
{
    if (args[0].null) return args[0];
    ArrayView view = array_view_or_raise(datum_str(&args[0]));
    const TypeCall call = call_of(fn, view.element);
    Datum *values = array_values(fn->arena, &view, call.type);
    bool any = false;
    for (uint32_t i = 0; i < view.count; i++) {
        task_check();
        if (!matches(&call, &values[i], &args[1])) continue;
        values[i] = args[2];
        any = true;
    }
    if (!any) return args[0];
    view.shape.bitmap = false;
    return str_datum(array_build_shaped(fn->arena, call.type, values, &view.shape));
}

/* ---- Sets */

static bool has_value(const TypeCall *call, const Datum *values, uint32_t count, const Datum *value,
                      bool all)
{
    for (uint32_t i = 0; i < count; i++) {
        task_check();
        if (values[i].null) continue;
        /* Errors of rows that cannot be compared name the sides in this order. */
        if (all ? type_equal(call, &value->value, &values[i].value)
                : type_equal(call, &values[i].value, &value->value))
            return true;
    }
    return false;
}

/* Is every element of `b` in `a` (all), or is one (not all)? */
static bool compare_sets(Fn *fn, Str a, Str b, bool all)
{
    const ArrayView left = array_view_or_raise(a), right = array_view_or_raise(b);
    const TypeCall call = call_of(fn, left.element);
    const Datum *values = array_values(fn->arena, &left, call.type);
    for (uint32_t i = 0; i < right.count; i++) {
        const Datum item = array_get(&right, call.type, i);
        const bool found = !item.null && has_value(&call, values, left.count, &item, all);
        if (found != all) return found;
    }
    return all;
}

static bool contains(Fn *fn, Str a, Str b)
{
    return compare_sets(fn, a, b, true);
}

static bool overlaps(Fn *fn, Str a, Str b)
{
    return compare_sets(fn, a, b, false);
}

static bool has_null(const ArrayView *view)
{
    for (uint32_t i = 0; view->nulls && i < view->count; i++)
        if (!array_element(view, i).data) return true;
    return false;
}

/* How many of the ascending thresholds are at or below the value. */
static Datum width_bucket(Fn *fn, const Datum *args)
{
    const ArrayView view = array_view_or_raise(datum_str(&args[1]));
    const TypeCall call = call_of(fn, view.element);
    if (view.shape.dimensions > 1)
        raise_error(SQLSTATE_ARRAY_SUBSCRIPT_ERROR, "thresholds must be one-dimensional array");
    if (has_null(&view))
        raise_error(SQLSTATE_NULL_VALUE_NOT_ALLOWED, "thresholds array must not contain NULLs");
    uint32_t from = 0, to = view.count;
    while (from < to) {
        const uint32_t middle = from + (to - from) / 2;
        const Datum threshold = array_get(&view, call.type, middle);
        if (type_compare(&call, &args[0].value, &threshold.value) < 0)
            to = middle;
        else
            from = middle + 1;
    }
    return (Datum){.value.i32 = (int32_t)from};
}

/* ---- Text */

/* (array, separator[, text of NULLs]) */
static Datum array_to_string(Fn *fn, const Datum *args)
{
    if (args[0].null || args[1].null) return (Datum){.null = true};
    const ArrayView view = array_view_or_raise(datum_str(&args[0]));
    const TypeCall call = call_of(fn, view.element);
    const bool shows_nulls = fn->arg_count == 3 && !args[2].null;
    StrBuilder out = str_builder(fn->arena, 64);
    bool first = true;
    for (uint32_t i = 0; i < view.count; i++) {
        const Datum item = array_get(&view, call.type, i);
        task_check();
        if (item.null && !shows_nulls) continue;
        if (!first) str_add(&out, datum_str(&args[1]));
        first = false;
        str_add(&out, item.null ? datum_str(&args[2]) : type_print(&call, &item.value));
    }
    return str_datum(str_done(&out));
}

/* The next field of a text, from *at on; false: there are no more. Separator NULL: each character is a field. */
static bool next_field(const Fn *fn, Str s, const Datum *separator, size_t *at, Str *field)
{
    if (*at > s.bytes || !s.bytes) return false;
    size_t end = s.bytes, next = s.bytes + 1;
    if (separator->null) {
        if (*at == s.bytes) return false;
        end = next = *at + utf8_length(s.data[*at]);
    } else if (separator->value.str.bytes == 0 ||
               !text_find(fn, s, datum_str(separator), *at, &end, &next)) {
        end = s.bytes;
        next = s.bytes + 1;
    }
    *field = str_slice(s, *at, end);
    *at = next;
    return true;
}

static Datum field_datum(const Fn *fn, Str field, const Datum *null_text)
{
    if (null_text && !null_text->null &&
        text_equal(fn->env, fn->collation, field, datum_str(null_text)))
        return (Datum){.null = true};
    return str_datum(field);
}

/* (text, separator[, text that stands for NULL]) */
static Datum string_to_array(Fn *fn, const Datum *args)
{
    if (args[0].null) return (Datum){.null = true};
    DatumList fields = {.arena = fn->arena};
    Str field;
    for (size_t at = 0; next_field(fn, datum_str(&args[0]), &args[1], &at, &field);) {
        task_check();
        array_push(&fields, field_datum(fn, field, fn->arg_count == 3 ? &args[2] : NULL));
    }
    return str_datum(
        array_build(fn->arena, type_get(fn->env, OID_TEXT), fields.items, fields.count));
}

typedef struct FieldState {
    size_t at;
} FieldState;

static bool string_to_table(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    Str field;
    if (args[0].null) return false;
    if (!set->state) set->state = ARENA_NEW(set->arena, FieldState);
    FieldState *state = set->state;
    if (!next_field(fn, datum_str(&args[0]), &args[1], &state->at, &field)) return false;
    columns[0] = field_datum(fn, field, fn->arg_count == 3 ? &args[2] : NULL);
    return true;
}

/* ---- Rows */

typedef struct ElementState {
    ArrayView view;
    const Type *element;
    uint32_t next;
} ElementState;

static bool unnest(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    ElementState *state = set->state;
    if (!state) {
        set->state = state = ARENA_NEW(set->arena, ElementState);
        state->view = array_view_or_raise(str_copy(set->arena, datum_str(&args[0])));
        state->element = type_get(fn->env, state->view.element);
    }
    if (state->next >= state->view.count) return false;
    columns[0] = array_get(&state->view, state->element, state->next++);
    return true;
}

typedef struct SubscriptState {
    int32_t next, step;
    uint32_t left;
} SubscriptState;

/* (array, dimension[, downward]) */
static bool generate_subscripts(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    SubscriptState *state = set->state;
    if (!state) {
        const ArrayShape shape = array_view_or_raise(datum_str(&args[0])).shape;
        const int32_t dimension = args[1].value.i32;
        set->state = state = ARENA_NEW(set->arena, SubscriptState);
        if (dimension >= 1 && (uint32_t)dimension <= shape.dimensions) {
            const bool down = fn->arg_count == 3 && args[2].value.b;
            state->left = (uint32_t)shape.lengths[dimension - 1];
            state->step = down ? -1 : 1;
            state->next = shape.lowers[dimension - 1] + (down ? (int32_t)state->left - 1 : 0);
        }
    }
    if (!state->left) return false;
    columns[0].null = false;
    columns[0].value.i32 = state->next;
    if (--state->left) state->next += state->step;
    return true;
}

SQL_FUNCTION_DATUM(3277, "array_position", int4, (anycompatiblearray, anycompatible), IMMUTABLE,
                   array_position, "where a value stands first in an array")
SQL_FUNCTION_DATUM(3278, "array_position", int4, (anycompatiblearray, anycompatible, int4),
                   IMMUTABLE, array_position, "where a value stands first from a place on")
SQL_FUNCTION_DATUM(3279, "array_positions", _int4, (anycompatiblearray, anycompatible), IMMUTABLE,
                   array_positions, "where a value stands in an array")
SQL_FUNCTION_DATUM(3167, "array_remove", anycompatiblearray, (anycompatiblearray, anycompatible),
                   IMMUTABLE, array_remove, "the array without a value")
SQL_FUNCTION_DATUM(3168, "array_replace", anycompatiblearray,
                   (anycompatiblearray, anycompatible, anycompatible), IMMUTABLE, array_replace,
                   "the array with a value replaced by another")
SQL_FUNCTION(2747, "arrayoverlap", bool, (anyarray, anyarray), IMMUTABLE | STRICT, overlaps,
             "do they have an element in common?")
SQL_FUNCTION(2748, "arraycontains", bool, (anyarray, anyarray), IMMUTABLE | STRICT, contains,
             "are all elements of the second in the first?")
SQL_EXPRESSION(2749, "arraycontained", bool, (anyarray, anyarray), IMMUTABLE | STRICT,
               contains(fn, b, a), "are all elements of the first in the second?")
SQL_FUNCTION_DATUM(3218, "width_bucket", int4, (anycompatible, anycompatiblearray),
                   IMMUTABLE | STRICT, width_bucket, "bucket of a value between thresholds")
SQL_FUNCTION_DATUM(384, "array_to_string", text, (anyarray, text, text), STABLE, array_to_string,
                   "elements as text with separators between, NULLs as a text")
SQL_FUNCTION_DATUM(395, "array_to_string", text, (anyarray, text), STABLE | STRICT, array_to_string,
                   "elements as text with separators between")
SQL_FUNCTION_DATUM(376, "string_to_array", _text, (text, text, text), IMMUTABLE, string_to_array,
                   "fields of a text, one of them NULL")
SQL_FUNCTION_DATUM(394, "string_to_array", _text, (text, text), IMMUTABLE, string_to_array,
                   "fields of a text")
SQL_FUNCTION_SET(6160, "string_to_table", text, (text, text), IMMUTABLE, string_to_table,
                 "fields of a text as rows")
SQL_FUNCTION_SET(6161, "string_to_table", text, (text, text, text), IMMUTABLE, string_to_table,
                 "fields of a text as rows, one of them NULL")
SQL_FUNCTION_SET(2331, "unnest", anyelement, (anyarray), IMMUTABLE | STRICT, unnest,
                 "elements as rows")
SQL_FACTS(2331, .rows = 100, .support = 3996)
SQL_FUNCTION_SET(1191, "generate_subscripts", int4, (anyarray, int4, bool), IMMUTABLE | STRICT,
                 generate_subscripts, "subscripts of a dimension, perhaps downward")
SQL_FUNCTION_SET(1192, "generate_subscripts", int4, (anyarray, int4), IMMUTABLE | STRICT,
                 generate_subscripts, "subscripts of a dimension")
SQL_OPERATOR(2750, "&&", anyarray, anyarray, bool, arrayoverlap, .commutator = 2750,
             .restrict_by = "arraycontsel", .join_by = "arraycontjoinsel")
SQL_OPERATOR(2751, "@>", anyarray, anyarray, bool, arraycontains, .commutator = 2752,
             .restrict_by = "arraycontsel", .join_by = "arraycontjoinsel")
SQL_OPERATOR(2752, "<@", anyarray, anyarray, bool, arraycontained, .commutator = 2751,
             .restrict_by = "arraycontsel", .join_by = "arraycontjoinsel")

/* SPDX-License-Identifier: Apache-2.0 */
/* array_type.c - what every array type has: wire form, order, equality, hash, normalised key, all by the functions of
 * the element's type. Text is in array_text.c. */
#include "type/array_type.h"

#include "base/hash.h"
#include "base/oids.h"
#include "base/task.h"
#include "type/type_internal.h"

ArrayView array_view_or_raise(Str stored)
{
    ArrayView view;
    if (!array_view(stored, &view))
        raise_error(SQLSTATE_DATA_CORRUPTED, "a value is no stored array");
    return view;
}

TypeCall array_element_call(const TypeCall *call, Oid element)
{
    TypeCall of_element = *call;
    of_element.type = type_get(call->env, element);
    of_element.typmod = -1;
    return of_element;
}

Datum *array_values(Arena *arena, const ArrayView *view, const Type *element)
{
    Datum *values = ARENA_ARRAY(arena, Datum, view->count);
    for (uint32_t i = 0; i < view->count; i++) {
        task_check();
        values[i] = array_get(view, element, i);
    }
    return values;
}

/* ---- Order, equality, hash */

static int compare_numbers(const int32_t *a, const int32_t *b, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
    return 0;
}

static int compare_shapes(const ArrayShape *a, const ArrayShape *b)
{
    if (a->dimensions != b->dimensions) return a->dimensions < b->dimensions ? -1 : 1;
    const int order = compare_numbers(a->lengths, b->lengths, a->dimensions);
    return order ? order : compare_numbers(a->lowers, b->lowers, a->dimensions);
}

int array_compare(const TypeCall *call, Str a, Str b)
{
    const ArrayView left = array_view_or_raise(a), right = array_view_or_raise(b);
    const TypeCall element = array_element_call(call, left.element);
    const uint32_t both = MIN(left.count, right.count);
    if (!element.type->compare) (void)type_compare(&element, NULL, NULL); /* raises */
    for (uint32_t i = 0; i < both; i++) {
        task_check();
        const Datum x = array_get(&left, element.type, i), y = array_get(&right, element.type, i);
        if (x.null != y.null) return x.null ? 1 : -1;
        if (x.null) continue;
        const int order = element.type->compare(&element, &x.value, &y.value);
        if (order) return order < 0 ? -1 : 1;
    }
    if (left.count != right.count) return left.count < right.count ? -1 : 1;
    return compare_shapes(&left.shape, &right.shape);
}

bool array_equal(const TypeCall *call, Str a, Str b)
{
    const ArrayView left = array_view_or_raise(a), right = array_view_or_raise(b);
    const TypeCall element = array_element_call(call, left.element);
    if (compare_shapes(&left.shape, &right.shape) != 0) return false;
    for (uint32_t i = 0; i < left.count; i++) {
        task_check();
        const Datum x = array_get(&left, element.type, i), y = array_get(&right, element.type, i);
        if (x.null != y.null) return false;
        if (!x.null && !type_equal(&element, &x.value, &y.value)) return false;
    }
    return true;
}

int array_type_compare(const TypeCall *call, const Value *a, const Value *b)
{
    return array_compare(call, strview_str(&a->str), strview_str(&b->str));
}

bool array_type_equal(const TypeCall *call, const Value *a, const Value *b)
{
    return array_equal(call, strview_str(&a->str), strview_str(&b->str));
}

uint64_t array_type_hash(const TypeCall *call, const Value *value)
{
    const ArrayView view = array_view_or_raise(strview_str(&value->str));
    const TypeCall element = array_element_call(call, view.element);
    uint64_t hash = view.count;
    for (uint32_t i = 0; i < view.count; i++) {
        task_check();
        const Datum item = array_get(&view, element.type, i);
        hash = hash_combine(hash, item.null ? 0 : type_hash(&element, &item.value));
    }
    return hash;
}

/* Elements, each after 1, then 0 and the shape. A key that is cut ends in the 1 of an element that is left out, or in
 * an element's own cut key: all arrays that agree up to there end so, and shorter ones have their 0 before. */
KeyExactness array_type_key(const TypeCall *call, const Value *value, StrBuilder *out)
{
    const ArrayView view = array_view_or_raise(strview_str(&value->str));
    const TypeCall element = array_element_call(call, view.element);
    const size_t start = out->bytes;
    for (uint32_t i = 0; i < view.count; i++) {
        str_add_char(out, 1);
        if (out->bytes - start > TYPE_KEY_BYTES_MAX) return KEY_CUT;
        const Datum item = array_get(&view, element.type, i);
        if (type_key(&element, &item, KEY_ASC, out) == KEY_CUT) return KEY_CUT;
    }
    str_add_char(out, 0);
    str_add_char(out, (char)view.shape.dimensions);
    for (uint32_t i = 0; i < view.shape.dimensions; i++) key_put_i32(out, view.shape.lengths[i]);
    for (uint32_t i = 0; i < view.shape.dimensions; i++) key_put_i32(out, view.shape.lowers[i]);
    return KEY_EXACT;
}

/* ---- Wire: dimensions, whether there are NULLs, element type; length and lower bound of each dimension; each element
 * after its length, -1 for NULL */

void array_type_send(const TypeCall *call, const Value *value, StrBuilder *out)
{
    const ArrayView view = array_view_or_raise(strview_str(&value->str));
    const TypeCall element = array_element_call(call, view.element);
    if (!element.type->send)
        raise_error(SQLSTATE_UNDEFINED_FUNCTION, "no binary output function available for type %s",
                    element.type->name);
    wire_put_u32(out, view.shape.dimensions);
    wire_put_u32(out, view.nulls != NULL);
    wire_put_u32(out, view.element);
    for (uint32_t i = 0; i < view.shape.dimensions; i++) {
        wire_put_u32(out, (uint32_t)view.shape.lengths[i]);
        wire_put_u32(out, (uint32_t)view.shape.lowers[i]);
    }
    for (uint32_t i = 0; i < view.count; i++) {
        task_check();
        const Datum item = array_get(&view, element.type, i);
        const size_t at = out->bytes;
        wire_put_u32(out, UINT32_MAX);
        if (item.null) continue;
        element.type->send(&element, &item.value, out);
        store_be32(out->data + at, (uint32_t)(out->bytes - at - 4));
    }
}

typedef struct WireReader {
    Bytes wire;
    size_t at;
    InputError *err;
} WireReader;

static bool take_u32(WireReader *r, uint32_t *v)
{
    if (r->wire.bytes - r->at < 4)
        return input_error(r->err, SQLSTATE_PROTOCOL_VIOLATION,
                           "insufficient data left in message");
    *v = load_be32(r->wire.data + r->at);
    r->at += 4;
    return true;
}

static bool take_shape(WireReader *r, uint32_t dimensions, ArrayShape *shape)
{
    shape->dimensions = dimensions;
    for (uint32_t i = 0; i < dimensions; i++) {
        uint32_t length = 0, lower = 0;
        if (!take_u32(r, &length) || !take_u32(r, &lower)) return false;
        shape->lengths[i] = (int32_t)length;
        shape->lowers[i] = (int32_t)lower;
    }
    return array_shape_check(shape, r->err);
}

static bool take_item(WireReader *r, const TypeCall *element, uint32_t number, Datum *item)
{
    uint32_t bytes = 0;
    if (!take_u32(r, &bytes)) return false;
    item->null = bytes == UINT32_MAX;
    if (item->null) return true;
    if (bytes > r->wire.bytes - r->at)
        return input_error(r->err, SQLSTATE_PROTOCOL_VIOLATION,
                           "insufficient data left in message");
    if (!element->type->receive)
        return input_error(r->err, SQLSTATE_UNDEFINED_FUNCTION,
                           "no binary input function available for type %s", element->type->name);
    (void)number;
    const Bytes part = {r->wire.data + r->at, bytes};
    r->at += bytes;
    return element->type->receive(element, part, &item->value, r->err);
}

static bool check_element(WireReader *r, Oid sent, const TypeCall *element)
{
    const Oid wanted = element->type->oid;
    if (sent == wanted) return true;
    return input_error(r->err, SQLSTATE_DATATYPE_MISMATCH,
                       "binary data has array element type %u (%.*s) instead of expected %u (%.*s)",
                       sent, STR_ARG(type__text(element, sent)), wanted,
                       STR_ARG(type__text(element, wanted)));
}

bool array_type_receive(const TypeCall *call, Bytes wire, Value *value, InputError *err)
{
    WireReader r = {wire, 0, err};
    uint32_t dimensions = 0, flags = 0, sent = 0, count;
    ArrayShape shape = {0};
    TypeCall element = array_element_call(call, call->type->element);
    element.typmod = call->typmod;
    if (!take_u32(&r, &dimensions)) return false;
    if ((int32_t)dimensions < 0)
        return input_error(err, SQLSTATE_INVALID_BINARY_REPRESENTATION,
                           "invalid number of dimensions: %d", (int32_t)dimensions);
    if (dimensions > ARRAY_DIMENSIONS_MAX)
        return input_error(err, SQLSTATE_PROGRAM_LIMIT_EXCEEDED,
                           "number of array dimensions (%d) exceeds the maximum allowed (%d)",
                           (int32_t)dimensions, ARRAY_DIMENSIONS_MAX);
    if (!take_u32(&r, &flags)) return false;
    if (flags > 1)
        return input_error(err, SQLSTATE_INVALID_BINARY_REPRESENTATION, "invalid array flags");
    if (!take_u32(&r, &sent) || !check_element(&r, sent, &element) ||
        !take_shape(&r, dimensions, &shape))
        return false;
    count = array_shape_count(&shape);
    if (!count) shape.dimensions = 0;
    if ((wire.bytes - r.at) / 4 < count)
        return input_error(err, SQLSTATE_PROTOCOL_VIOLATION, "insufficient data left in message");
    Datum *values = ARENA_ARRAY(call->arena, Datum, count);
    for (uint32_t i = 0; i < count; i++) {
        task_check();
        if (!take_item(&r, &element, i + 1, &values[i])) return false;
    }
    if (r.at < wire.bytes) return type__wire_expect(wire, r.at, err);
    value->str = strview(array_build_shaped(call->arena, element.type, values, &shape));
    return true;
}

/* ---- The pseudo-types: any array, of which values are read by what stands in them */

static bool any_array_parse(const TypeCall *call, Str text, Value *value, InputError *err)
{
    (void)text;
    (void)value;
    return input_error(err, SQLSTATE_FEATURE_NOT_SUPPORTED, "cannot accept a value of type %s",
                       call->type->name);
}

SQL_TYPE(2277, "anyarray", .phys = PHYS_STR, .category = 'P', .bytes = -1, .align = 'd',
         .storage = 'x', .kind = 'p', .text = "array of any element type", .parse = any_array_parse,
         .print = array_type_print, .send = array_type_send, .compare = array_type_compare,
         .equal = array_type_equal, .hash = array_type_hash, .sort_key = array_type_key)
SQL_TYPE(5078, "anycompatiblearray", .phys = PHYS_STR, .category = 'P', .bytes = -1, .align = 'd',
         .storage = 'x', .kind = 'p', .text = "array of elements with a common type",
         .parse = any_array_parse, .print = array_type_print, .send = array_type_send,
         .compare = array_type_compare, .equal = array_type_equal, .hash = array_type_hash,
         .sort_key = array_type_key)

SQL_TYPE_FUNCTION(750, "array_in", anyarray, (cstring, oid, int4), STABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(751, "array_out", cstring, (anyarray), STABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(2296, "anyarray_in", anyarray, (cstring), IMMUTABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(2297, "anyarray_out", cstring, (anyarray), STABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(2401, "array_send", bytea, (anyarray), STABLE | STRICT, SEND, "")
SQL_TYPE_FUNCTION(2503, "anyarray_send", bytea, (anyarray), STABLE | STRICT, SEND, "")
SQL_TYPE_FUNCTION(5088, "anycompatiblearray_in", anycompatiblearray, (cstring), IMMUTABLE | STRICT,
                  INPUT, "")
SQL_TYPE_FUNCTION(5089, "anycompatiblearray_out", cstring, (anycompatiblearray), STABLE | STRICT,
                  OUTPUT, "")
SQL_TYPE_FUNCTION(5091, "anycompatiblearray_send", bytea, (anycompatiblearray), STABLE | STRICT,
                  SEND, "")
SQL_TYPE_FUNCTION(2400, "array_recv", anyarray, (internal, oid, int4), STABLE | STRICT, RECEIVE, "")
SQL_TYPE_FUNCTION(2502, "anyarray_recv", anyarray, (internal), STABLE | STRICT, RECEIVE, "")
SQL_TYPE_FUNCTION(5090, "anycompatiblearray_recv", anycompatiblearray, (internal), STABLE | STRICT,
                  RECEIVE, "")

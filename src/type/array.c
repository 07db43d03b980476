/* SPDX-License-Identifier: Apache-2.0 */
/* array.c - stored arrays: header, null bitmap, then elements at multiples of their width, or behind a table of
 * offsets. */
#include "type/array.h"

#include "base/arith.h"
#include "base/task.h"

enum {
    DIMENSIONS = 15,
    HAS_NULLS = 1 << 4,
    IS_FIXED = 1 << 5,
    WIDTH_SHIFT = 8,
    HEAD_BYTES = 8,
    DIMENSION_BYTES = 8,
};
#define KNOWN_BITS (DIMENSIONS | HAS_NULLS | IS_FIXED | 0xffffu << WIDTH_SHIFT)

static size_t padding(size_t bytes, size_t alignment)
{
    return (alignment - bytes % alignment) % alignment;
}

static size_t width_alignment(uint32_t width)
{
    return width >= 8 ? 8 : width ? width : 1;
}

static bool shape_count(const ArrayShape *shape, uint32_t *count)
{
    uint64_t product = shape->dimensions ? 1 : 0;
    for (uint32_t i = 0; i < shape->dimensions; i++) {
        if (shape->lengths[i] < 0) return false;
        product *= (uint64_t)shape->lengths[i];
        if (product > ARRAY_ELEMENTS_MAX) return false;
    }
    *count = (uint32_t)product;
    return true;
}

uint32_t array_shape_count(const ArrayShape *shape)
{
    uint32_t count;
    return shape_count(shape, &count) ? count : 0;
}

bool array_shape_equal(const ArrayShape *a, const ArrayShape *b)
{
    bool same = a->dimensions == b->dimensions;
    for (uint32_t i = 0; same && i < a->dimensions; i++)
        same = a->lengths[i] == b->lengths[i] && a->lowers[i] == b->lowers[i];
    return same;
}

bool array_shape_check(const ArrayShape *shape, InputError *err)
{
    uint32_t count;
    if (!shape_count(shape, &count))
        return input_error(err, SQLSTATE_PROGRAM_LIMIT_EXCEEDED,
                           "array size exceeds the maximum allowed (%d)", ARRAY_ELEMENTS_MAX);
    for (uint32_t i = 0; i < shape->dimensions; i++)
        if ((int64_t)shape->lowers[i] + shape->lengths[i] > INT32_MAX)
            return input_error(err, SQLSTATE_PROGRAM_LIMIT_EXCEEDED,
                               "array lower bound is too large: %d", shape->lowers[i]);
    return true;
}

static bool view_elements(ArrayView *view, const uint8_t *data, size_t at, size_t bytes)
{
    if (view->width) {
        at += padding(at, width_alignment(view->width));
        view->elements = data + at;
        return at + (size_t)view->count * view->width <= bytes;
    }
    const size_t offset_bytes = ((size_t)view->count + 1) * 4;
    if (at + offset_bytes > bytes) return false;
    view->offsets = data + at;
    view->elements = data + at + offset_bytes;
    uint32_t before = 0;
    for (uint32_t i = 0; i <= view->count; i++) {
        const uint32_t offset = load_le32(view->offsets + 4 * (size_t)i);
        if (offset < before) return false;
        before = offset;
    }
    return before <= bytes - at - offset_bytes;
}

bool array_view(Str stored, ArrayView *view)
{
    const uint8_t *data = (const uint8_t *)stored.data;
    *view = (ArrayView){0};
    if (stored.bytes < HEAD_BYTES) return false;
    const uint32_t head = load_le32(data);
    view->shape.dimensions = head & DIMENSIONS;
    view->element = load_le32(data + 4);
    if (head & ~KNOWN_BITS || view->shape.dimensions > ARRAY_DIMENSIONS_MAX) return false;
    size_t at = HEAD_BYTES + view->shape.dimensions * DIMENSION_BYTES;
    if (at > stored.bytes) return false;
    for (uint32_t i = 0; i < view->shape.dimensions; i++) {
        view->shape.lengths[i] = (int32_t)load_le32(data + HEAD_BYTES + i * DIMENSION_BYTES);
        view->shape.lowers[i] = (int32_t)load_le32(data + HEAD_BYTES + i * DIMENSION_BYTES + 4);
    }
    if (!shape_count(&view->shape, &view->count)) return false;
    if (!view->shape.dimensions) return true;
    if (head & HAS_NULLS) {
        view->shape.bitmap = true;
        view->nulls = data + at;
        at += (view->count + 7) / 8;
        at += padding(at, 4);
    }
    if (at > stored.bytes) return false;
    view->width = head & IS_FIXED ? head >> WIDTH_SHIFT & 0xffff : 0;
    if (head & IS_FIXED && !view->width) return false;
    return view_elements(view, data, at, stored.bytes);
}

Bytes array_element(const ArrayView *view, uint32_t i)
{
    ASSERT(i < view->count);
    if (view->nulls && view->nulls[i / 8] >> (i % 8) & 1) return (Bytes){0};
    if (!view->offsets) return (Bytes){view->elements + (size_t)i * view->width, view->width};
    const uint32_t from = load_le32(view->offsets + 4 * (size_t)i);
    const uint32_t to = load_le32(view->offsets + 4 * ((size_t)i + 1));
    return (Bytes){view->elements + from, to - from};
}

Datum array_get(const ArrayView *view, const Type *element, uint32_t i)
{
    const Bytes bytes = array_element(view, i);
    Datum datum = {.null = !bytes.data};
    if (bytes.data && !type_load(element, bytes, &datum.value)) datum.null = true;
    return datum;
}

/* Bytes that every element takes, or 0. */
static uint32_t fixed_width(Arena *arena, const Type *element)
{
    if (element->phys == PHYS_STR || element->phys == PHYS_DECIMAL) return 0;
    if (!element->store) return phys_bytes(element->phys);
    StrBuilder one = str_builder(arena, 16);
    type_store(element, &(Value){0}, &one);
    return (uint32_t)one.bytes;
}

static void add_le32(StrBuilder *out, uint32_t v)
{
    store_le32(str_add_space(out, 4), v);
}

static bool add_nulls(StrBuilder *out, const Datum *values, uint32_t count, bool wanted)
{
    bool any = wanted;
    for (uint32_t i = 0; i < count; i++) any |= values[i].null;
    if (!any) return false;
    const size_t start = out->bytes;
    str_add_repeat(out, 0, (count + 7) / 8);
    for (uint32_t i = 0; i < count; i++)
        if (values[i].null) out->data[start + i / 8] |= (char)(1 << (i % 8));
    str_add_repeat(out, 0, padding(out->bytes, 4));
    return true;
}

static void add_elements(StrBuilder *out, const Type *element, uint32_t width, const Datum *values,
                         uint32_t count)
{
    if (width) {
        str_add_repeat(out, 0, padding(out->bytes, width_alignment(width)));
        for (uint32_t i = 0; i < count; i++)
            if (values[i].null)
                str_add_repeat(out, 0, width);
            else
                type_store(element, &values[i].value, out);
        return;
    }
    const size_t offsets = out->bytes;
    str_add_repeat(out, 0, ((size_t)count + 1) * 4);
    const size_t start = out->bytes;
    for (uint32_t i = 0; i < count; i++) {
        task_check();
        store_le32(out->data + offsets + 4 * (size_t)i, (uint32_t)(out->bytes - start));
        if (!values[i].null) type_store(element, &values[i].value, out);
    }
    store_le32(out->data + offsets + 4 * (size_t)count, (uint32_t)(out->bytes - start));
}

Str array_build_shaped(Arena *arena, const Type *element, const Datum *values,
                       const ArrayShape *shape)
{
    InputError err = {.arena = arena};
    ASSERT(shape->dimensions <= ARRAY_DIMENSIONS_MAX);
    if (!array_shape_check(shape, &err)) input_error_raise(&err);
    const uint32_t count = array_shape_count(shape);
    const uint32_t width = fixed_width(arena, element);
    StrBuilder out = str_builder(arena, 64 + (size_t)count * 16);
    add_le32(&out, 0);
    add_le32(&out, element->oid);
    for (uint32_t i = 0; i < shape->dimensions; i++) {
        add_le32(&out, (uint32_t)shape->lengths[i]);
        add_le32(&out, (uint32_t)shape->lowers[i]);
    }
    uint32_t head = shape->dimensions | (width ? IS_FIXED | width << WIDTH_SHIFT : 0);
    if (shape->dimensions) {
        if (add_nulls(&out, values, count, shape->bitmap)) head |= HAS_NULLS;
        add_elements(&out, element, width, values, count);
    }
    store_le32(out.data, head);
    return str_done(&out);
}

Str array_build(Arena *arena, const Type *element, const Datum *values, uint32_t count)
{
    const ArrayShape shape = {.dimensions = count != 0, .lengths = {(int32_t)count}, .lowers = {1}};
    return array_build_shaped(arena, element, values, &shape);
}

Str array_build_vector(Arena *arena, const Type *element, const Datum *values, uint32_t count)
{
    const ArrayShape shape = {.dimensions = 1, .lengths = {(int32_t)count}};
    return array_build_shaped(arena, element, values, &shape);
}

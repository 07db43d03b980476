/* SPDX-License-Identifier: Apache-2.0 */
/* array_gather.c - arrays out of values that come one by one, for array_agg and ARRAY(SELECT ...): of values, or of
 * arrays of one shape, which become the slices of an array of one dimension more. */
#include "type/array.h"

#include "base/arith.h"
#include "base/task.h"

static void reserve(Arena *arena, ArrayGather *g, uint32_t more)
{
    if ((uint64_t)g->count + more > ARRAY_ELEMENTS_MAX)
        raise_error(SQLSTATE_PROGRAM_LIMIT_EXCEEDED, "array size exceeds the maximum allowed (%d)",
                    ARRAY_ELEMENTS_MAX);
    if (g->count + more <= g->capacity) return;
    const uint32_t capacity = MAX(MAX(g->capacity * 2, 8u), g->count + more);
    g->values = arena_grow(arena, g->values, size_mul(g->capacity, sizeof(Datum)),
                           size_mul(capacity, sizeof(Datum)));
    g->capacity = capacity;
}

void array_gather_value(Arena *arena, ArrayGather *g, Phys phys, Datum value)
{
    reserve(arena, g, 1);
    if (!value.null) value.value = value_copy(arena, phys, value.value);
    g->values[g->count++] = value;
}

void array_gather_array(Arena *arena, const FnEnv *env, ArrayGather *g, const Datum *array)
{
    ArrayView view;
    if (array->null) raise_error(SQLSTATE_NULL_VALUE_NOT_ALLOWED, "cannot accumulate null arrays");
    if (!array_view(strview_str(&array->value.str), &view))
        raise_error(SQLSTATE_DATA_CORRUPTED, "a value is no stored array");
    if (!view.count) raise_error(SQLSTATE_ARRAY_SUBSCRIPT_ERROR, "cannot accumulate empty arrays");
    if (view.shape.dimensions == ARRAY_DIMENSIONS_MAX)
        raise_error(SQLSTATE_PROGRAM_LIMIT_EXCEEDED,
                    "number of array dimensions (%d) exceeds the maximum allowed (%d)",
                    ARRAY_DIMENSIONS_MAX + 1, ARRAY_DIMENSIONS_MAX);
    if (g->slices && !array_shape_equal(&g->shape, &view.shape))
        raise_error(SQLSTATE_ARRAY_SUBSCRIPT_ERROR,
                    "cannot accumulate arrays of different dimensionality");
    const Type *element = type_get(env, view.element);
    view.shape.bitmap |= g->shape.bitmap;
    g->shape = view.shape;
    g->slices++;
    reserve(arena, g, view.count);
    for (uint32_t i = 0; i < view.count; i++)
        array_gather_value(arena, g, element->phys, array_get(&view, element, i));
}

Str array_gather_slices(Arena *arena, const Type *element, const ArrayGather *g)
{
    if (!g->slices) return array_build(arena, element, NULL, 0);
    ArrayShape shape = {.dimensions = g->shape.dimensions + 1,
                        .lengths = {(int32_t)g->slices},
                        .bitmap = g->shape.bitmap};
    shape.lowers[0] = 1;
    for (uint32_t i = 0; i < g->shape.dimensions; i++) {
        shape.lengths[i + 1] = g->shape.lengths[i];
        shape.lowers[i + 1] = g->shape.lowers[i];
    }
    return array_build_shaped(arena, element, g->values, &shape);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* array_assign.c - arrays with an element or a slice assigned. The new array is made whole: what stood is laid into the
 * new bounds, then what is assigned over it. */
#include "type/array_type.h"

#include "base/arith.h"
#include "base/task.h"

static _Noreturn void subscript_error(const char *message)
{
    raise_error(SQLSTATE_ARRAY_SUBSCRIPT_ERROR, "%s", message);
}

/* The bounds that the place asks for, per dimension; those of a slice that are left open are the array's. */
static void bounds_of(const ArrayView *old, const ArrayPlace *place, bool slice, int64_t *from,
                      int64_t *to)
{
    const ArrayShape *shape = &old->shape;
    for (uint32_t d = 0; d < place->count; d++) {
        from[d] = place->lower[d];
        to[d] = place->upper[d];
        if (!slice) continue;
        if (!shape->dimensions && (!place->upper_given[d] || !place->lower_given[d])) {
            Error *error = error_begin(SQLSTATE_ARRAY_SUBSCRIPT_ERROR);
            error_message(error, "array slice subscript must provide both boundaries");
            error_raise(error_detail(error, "When assigning to a slice of an empty array value, "
                                            "slice boundaries must be fully specified."));
        }
        if (!place->lower_given[d]) from[d] = shape->lowers[d];
        if (!place->upper_given[d]) to[d] = (int64_t)shape->lowers[d] + shape->lengths[d] - 1;
        if (from[d] > to[d]) {
            if (from[d] == to[d] + 1 && shape->dimensions > 1) continue;
            subscript_error("upper bound cannot be less than lower bound");
        }
    }
}

/* The array's shape with room for the place. */
static ArrayShape grown_shape(Arena *arena, const ArrayView *old, const ArrayPlace *place,
                              const int64_t *from, const int64_t *to)
{
    ArrayShape shape = old->shape;
    InputError err = {.arena = arena};
    if (shape.dimensions == 0) {
        shape.dimensions = place->count;
        for (uint32_t d = 0; d < place->count; d++) {
            shape.lowers[d] = (int32_t)from[d];
            shape.lengths[d] = (int32_t)MIN(to[d] - from[d] + 1, (int64_t)INT32_MAX);
        }
    } else if (shape.dimensions == 1) {
        const int64_t low = MIN(from[0], (int64_t)shape.lowers[0]);
        const int64_t high = MAX(to[0], (int64_t)shape.lowers[0] + shape.lengths[0] - 1);
        shape.lowers[0] = (int32_t)low;
        shape.lengths[0] = (int32_t)MIN(high - low + 1, (int64_t)INT32_MAX);
    } else {
        for (uint32_t d = 0; d < place->count; d++)
            if (from[d] < shape.lowers[d] || to[d] >= (int64_t)shape.lowers[d] + shape.lengths[d])
                subscript_error("array subscript out of range");
    }
    if (!array_shape_check(&shape, &err)) input_error_raise(&err);
    return shape;
}

/* The old elements in the new shape. */
static Datum *laid_out(Arena *arena, const Type *element, const ArrayView *old,
                       const ArrayShape *shape, uint32_t *count)
{
    *count = array_shape_count(shape);
    Datum *values = ARENA_ARRAY(arena, Datum, *count);
    const uint32_t before = old->shape.dimensions == 1
                                ? (uint32_t)(old->shape.lowers[0] - shape->lowers[0])
                                : 0;
    if (old->count != *count)
        for (uint32_t i = 0; i < *count; i++) values[i].null = true;
    for (uint32_t i = 0; i < old->count; i++) values[before + i] = array_get(old, element, i);
    return values;
}

/* Where the element with these subscripts stands. */
static uint32_t place_of(const ArrayShape *shape, const int64_t *at)
{
    uint32_t place = 0;
    for (uint32_t d = 0; d < shape->dimensions; d++)
        place = place * (uint32_t)shape->lengths[d] + (uint32_t)(at[d] - shape->lowers[d]);
    return place;
}

Str array_with_element(Arena *arena, const Type *element, const ArrayView *old,
                       const ArrayPlace *place, const Datum *value)
{
    int64_t from[ARRAY_DIMENSIONS_MAX], to[ARRAY_DIMENSIONS_MAX];
    uint32_t count;
    if (old->shape.dimensions && old->shape.dimensions != place->count)
        subscript_error("wrong number of array subscripts");
    bounds_of(old, place, false, from, to);
    const ArrayShape shape = grown_shape(arena, old, place, from, to);
    Datum *values = laid_out(arena, element, old, &shape, &count);
    values[place_of(&shape, from)] = *value;
    return array_build_shaped(arena, element, values, &shape);
}

/* Where a slice makes room for several elements at an end, PostgreSQL expects NULLs between, though all are given. */
static bool skips_room(const ArrayView *old, const ArrayShape *shape)
{
    if (old->shape.dimensions != 1) return false;
    const int64_t before = (int64_t)old->shape.lowers[0] - shape->lowers[0];
    return before > 1 || (int64_t)shape->lengths[0] - old->shape.lengths[0] - before > 1;
}

Str array_with_slice(Arena *arena, const Type *element, const ArrayView *old,
                     const ArrayPlace *place, Str source)
{
    const ArrayView from_view = array_view_or_raise(source);
    int64_t from[ARRAY_DIMENSIONS_MAX], to[ARRAY_DIMENSIONS_MAX], at[ARRAY_DIMENSIONS_MAX];
    uint32_t count;
    uint64_t wanted = 1;
    if (old->shape.dimensions && old->shape.dimensions < place->count)
        subscript_error("wrong number of array subscripts");
    bounds_of(old, place, true, from, to);
    ArrayShape shape = grown_shape(arena, old, place, from, to);
    for (uint32_t d = place->count; d < shape.dimensions; d++) {
        from[d] = shape.lowers[d];
        to[d] = (int64_t)shape.lowers[d] + shape.lengths[d] - 1;
    }
    for (uint32_t d = 0; d < shape.dimensions; d++) wanted *= (uint64_t)(to[d] - from[d] + 1);
    if (from_view.count < wanted) subscript_error("source array too small");
    shape.bitmap |= from_view.shape.bitmap || skips_room(old, &shape);
    Datum *values = laid_out(arena, element, old, &shape, &count);
    memcpy(at, from, sizeof at);
    for (uint32_t i = 0; i < wanted; i++) {
        task_check();
        values[place_of(&shape, at)] = array_get(&from_view, element, i);
        for (uint32_t d = shape.dimensions; d-- > 0;) {
            if (++at[d] <= to[d]) break;
            at[d] = from[d];
        }
    }
    return array_build_shaped(arena, element, values, &shape);
}

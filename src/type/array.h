/* SPDX-License-Identifier: Apache-2.0 */
/* array.h - the stored form of arrays (docs/formats.md, section 3): built from elements, and read without unpacking. */
#pragma once

#include "type/type.h"

enum { ARRAY_DIMENSIONS_MAX = 6, ARRAY_ELEMENTS_MAX = STR_BYTES_MAX / 8 };

typedef struct ArrayShape {
    uint32_t dimensions; /* 0: the empty array */
    int32_t lengths[ARRAY_DIMENSIONS_MAX], lowers[ARRAY_DIMENSIONS_MAX];
    bool bitmap; /* of NULLs, even if none is: one was, and the wire form tells */
} ArrayShape;

/* The same dimensions and bounds. */
bool array_shape_equal(const ArrayShape *a, const ArrayShape *b);

/* The number of elements; 0: too many, or none. */
uint32_t array_shape_count(const ArrayShape *shape);
/* False and *err filled (54000): too many elements, or an upper bound past int4. */
bool array_shape_check(const ArrayShape *shape, InputError *err);

/* A stored array, looked at; points into `stored`. */
typedef struct ArrayView {
    ArrayShape shape;
    Oid element;
    uint32_t count;                            /* elements in all */
    uint32_t width;                            /* bytes an element; 0: of any length */
    const uint8_t *nulls, *offsets, *elements; /* nulls NULL: none is; offsets NULL: fixed width */
} ArrayView;

/* False: the bytes are no stored array. */
bool array_view(Str stored, ArrayView *view);
/* Stored form of element i, counted through all dimensions; data NULL for a NULL element. */
Bytes array_element(const ArrayView *view, uint32_t i);
/* Its value; NULL also where the bytes are none of the type. May point into the array. */
Datum array_get(const ArrayView *view, const Type *element, uint32_t i);

/* One-dimensional from 1, as ARRAY[...] makes it; the empty array when count is 0. Raises 53200 and 54000. */
Str array_build(Arena *arena, const Type *element, const Datum *values, uint32_t count);
/* The product of the lengths tells how many values there are; the shape's bitmap is kept. */
Str array_build_shaped(Arena *arena, const Type *element, const Datum *values,
                       const ArrayShape *shape);
/* int2vector and oidvector: one-dimensional from 0, also when empty. */
Str array_build_vector(Arena *arena, const Type *element, const Datum *values, uint32_t count);

/* An array that is gathered; begins as zeros. Its values lie in the arena given to each call. */
typedef struct ArrayGather {
    Datum *values;
    uint32_t count, capacity;
    uint32_t slices;  /* arrays put in */
    ArrayShape shape; /* of each of them */
} ArrayGather;

/* A copy of `value` is the next element. Raises 54000, as the next does. */
void array_gather_value(Arena *arena, ArrayGather *g, Phys phys, Datum value);
/* The next slice. Raises 22004 for NULL, 2202E where it is empty or of another shape than those before. */
void array_gather_array(Arena *arena, const FnEnv *env, ArrayGather *g, const Datum *array);
/* The slices as one array, empty if there are none. */
Str array_gather_slices(Arena *arena, const Type *element, const ArrayGather *g);

/* The subscripts of an assignment, one a dimension; `lower` is `upper` where one element is assigned. */
typedef struct ArrayPlace {
    uint32_t count;
    const int32_t *upper, *lower;
    const bool *upper_given, *lower_given; /* of slices */
} ArrayPlace;
/* The array with an element, or the elements of a slice from those of `source` in their order, replaced. An array of
 * one dimension grows as it needs to, NULLs between; an empty one (no dimensions) takes the shape of the place. Raise
 * 2202E, 54000. */
Str array_with_element(Arena *arena, const Type *element, const ArrayView *old,
                       const ArrayPlace *place, const Datum *value);
Str array_with_slice(Arena *arena, const Type *element, const ArrayView *old,
                     const ArrayPlace *place, Str source);

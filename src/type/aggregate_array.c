/* SPDX-License-Identifier: Apache-2.0 */
/* aggregate_array.c - array_agg of values, and of arrays of one shape, which become slices of an array of one dimension
 * more. A state keeps values; spilled it is the stored array of them, behind the shape of the slices. */
#include "type/aggregate.h"
#include "type/array_type.h"

#include "base/arith.h"
#include "base/task.h"

typedef struct ArrayState {
    Datum *values;
    uint32_t count, capacity;
    uint32_t slices; /* arrays put in; of array_agg(anyarray) */
    ArrayShape shape;
} ArrayState;

static void reserve(Fn *fn, ArrayState *s, uint32_t more)
{
    if ((uint64_t)s->count + more > ARRAY_ELEMENTS_MAX)
        raise_error(SQLSTATE_PROGRAM_LIMIT_EXCEEDED, "array size exceeds the maximum allowed (%d)",
                    ARRAY_ELEMENTS_MAX);
    if (s->count + more <= s->capacity) return;
    const uint32_t capacity = MAX(MAX(s->capacity * 2, 8u), s->count + more);
    s->values = arena_grow(fn->arena, s->values, size_mul(s->capacity, sizeof(Datum)),
                           size_mul(capacity, sizeof(Datum)));
    s->capacity = capacity;
}

static void add_value(Fn *fn, ArrayState *s, Phys phys, Datum value)
{
    reserve(fn, s, 1);
    if (!value.null) value.value = value_copy(fn->arena, phys, value.value);
    s->values[s->count++] = value;
}

static void add_row(Fn *fn, ArrayState *s, const Vector *arg, uint32_t row)
{
    add_value(fn, s, (Phys)arg->phys, fn_datum_at(arg, vector_index(arg, row)));
}

static void values_update(Fn *fn, void *const *states, const Vector *args, Selection selection)
{
    for (uint32_t i = 0; i < selection.count; i++)
        add_row(fn, states[i], &args[0], fn_selected(selection, i));
}

static void values_update_one(Fn *fn, void *state, const Vector *args, Selection selection)
{
    for (uint32_t i = 0; i < selection.count; i++)
        add_row(fn, state, &args[0], fn_selected(selection, i));
}

static const Type *element_of(const Fn *fn)
{
    const Type *type = type_get(fn->env, fn->arg_types[0]);
    return fn->result_type == fn->arg_types[0] ? type_get(fn->env, type->element) : type;
}

static void state_combine(Fn *fn, void *into, const void *from)
{
    ArrayState *s = into;
    const ArrayState *other = from;
    const Phys phys = element_of(fn)->phys;
    if (!s->slices) s->shape = other->shape;
    s->slices += other->slices;
    reserve(fn, s, other->count);
    for (uint32_t i = 0; i < other->count; i++) add_value(fn, s, phys, other->values[i]);
}

static Datum values_finish(Fn *fn, const void *state, const Datum *direct)
{
    const ArrayState *s = state;
    (void)direct;
    if (!s->count) return datum_null();
    return (Datum){
        .value.str = strview(array_build(fn->arena, element_of(fn), s->values, s->count))};
}

static void state_store(Fn *fn, const void *state, StrBuilder *out)
{
    const ArrayState *s = state;
    str_add(out, (Str){(const char *)&s->slices, sizeof s->slices});
    str_add(out, (Str){(const char *)&s->shape, sizeof s->shape});
    str_add(out, array_build(fn->arena, element_of(fn), s->values, s->count));
}

static void state_load(Fn *fn, void *state, Str bytes)
{
    ArrayState *s = state;
    ArrayView view;
    const size_t head = sizeof s->slices + sizeof s->shape;
    *s = (ArrayState){0};
    if (bytes.bytes < head || !array_view(str_slice(bytes, head, bytes.bytes), &view))
        raise_error(SQLSTATE_INTERNAL_ERROR, "a spilled state of array_agg is damaged");
    memcpy(&s->slices, bytes.data, sizeof s->slices);
    memcpy(&s->shape, bytes.data + sizeof s->slices, sizeof s->shape);
    const Type *element = element_of(fn);
    reserve(fn, s, view.count);
    for (uint32_t i = 0; i < view.count; i++)
        add_value(fn, s, element->phys, array_get(&view, element, i));
}

/* ---- Arrays */

static bool same_shape(const ArrayShape *a, const ArrayShape *b)
{
    bool same = a->dimensions == b->dimensions;
    for (uint32_t i = 0; same && i < a->dimensions; i++)
        same = a->lengths[i] == b->lengths[i] && a->lowers[i] == b->lowers[i];
    return same;
}

static void add_array(Fn *fn, ArrayState *s, const Vector *arg, uint32_t row)
{
    const Datum datum = fn_datum_at(arg, vector_index(arg, row));
    if (datum.null) raise_error(SQLSTATE_NULL_VALUE_NOT_ALLOWED, "cannot accumulate null arrays");
    const ArrayView view = array_view_or_raise(strview_str(&datum.value.str));
    if (!view.count) raise_error(SQLSTATE_ARRAY_SUBSCRIPT_ERROR, "cannot accumulate empty arrays");
    if (view.shape.dimensions == ARRAY_DIMENSIONS_MAX)
        raise_error(SQLSTATE_PROGRAM_LIMIT_EXCEEDED,
                    "number of array dimensions (%d) exceeds the maximum allowed (%d)",
                    ARRAY_DIMENSIONS_MAX + 1, ARRAY_DIMENSIONS_MAX);
    if (s->slices && !same_shape(&s->shape, &view.shape))
        raise_error(SQLSTATE_ARRAY_SUBSCRIPT_ERROR,
                    "cannot accumulate arrays of different dimensionality");
    const Type *element = type_get(fn->env, view.element);
    s->shape = view.shape;
    s->slices++;
    reserve(fn, s, view.count);
    for (uint32_t i = 0; i < view.count; i++)
        add_value(fn, s, element->phys, array_get(&view, element, i));
}

static void arrays_update(Fn *fn, void *const *states, const Vector *args, Selection selection)
{
    for (uint32_t i = 0; i < selection.count; i++)
        add_array(fn, states[i], &args[0], fn_selected(selection, i));
}

static void arrays_update_one(Fn *fn, void *state, const Vector *args, Selection selection)
{
    for (uint32_t i = 0; i < selection.count; i++)
        add_array(fn, state, &args[0], fn_selected(selection, i));
}

static Datum arrays_finish(Fn *fn, const void *state, const Datum *direct)
{
    const ArrayState *s = state;
    (void)direct;
    if (!s->slices) return datum_null();
    ArrayShape shape = {.dimensions = s->shape.dimensions + 1, .lengths = {(int32_t)s->slices}};
    shape.lowers[0] = 1;
    for (uint32_t i = 0; i < s->shape.dimensions; i++) {
        shape.lengths[i + 1] = s->shape.lengths[i];
        shape.lowers[i + 1] = s->shape.lowers[i];
    }
    return (Datum){
        .value.str = strview(array_build_shaped(fn->arena, element_of(fn), s->values, &shape))};
}

const Aggregate aggregate_array_agg = {.state_bytes = sizeof(ArrayState),
                                       .update = values_update,
                                       .update_one = values_update_one,
                                       .combine = state_combine,
                                       .finish = values_finish,
                                       .store = state_store,
                                       .load = state_load};
const Aggregate aggregate_array_agg_arrays = {.state_bytes = sizeof(ArrayState),
                                              .update = arrays_update,
                                              .update_one = arrays_update_one,
                                              .combine = state_combine,
                                              .finish = arrays_finish,
                                              .store = state_store,
                                              .load = state_load};

SQL_AGGREGATE(2335, "array_agg", anyarray, (anynonarray), IMMUTABLE, aggregate_array_agg,
              "all values, NULLs included, as an array", .transition = 2333, .final = 2334,
              .combine = 6293, .serial = 6294, .deserial = 6295, .final_extra = true,
              .state = internal)
SQL_AGGREGATE(4053, "array_agg", anyarray, (anyarray), IMMUTABLE, aggregate_array_agg_arrays,
              "all arrays as slices of one", .transition = 4051, .final = 4052, .combine = 6296,
              .serial = 6297, .deserial = 6298, .final_extra = true, .state = internal)
SQL_AGGREGATE(2050, "max", anyarray, (anyarray), IMMUTABLE, aggregate_max_any, "the greatest array",
              .transition = 515, .combine = 515, .sort_operator = 1073, .state = anyarray)
SQL_AGGREGATE(2051, "min", anyarray, (anyarray), IMMUTABLE, aggregate_min_any, "the least array",
              .transition = 516, .combine = 516, .sort_operator = 1072, .state = anyarray)

/* SPDX-License-Identifier: Apache-2.0 */
/* aggregate_array.c - array_agg of values, and of arrays of one shape, which become slices of an array of one dimension
 * more. A state is an ArrayGather; spilled it is the stored array of its values, behind the shape of the slices. */
#include "type/aggregate.h"
#include "type/array_type.h"

#include "base/arith.h"

typedef ArrayGather ArrayState;

static void add_row(Fn *fn, ArrayState *s, const Vector *arg, uint32_t row)
{
    array_gather_value(fn->arena, s, (Phys)arg->phys, fn_datum_at(arg, vector_index(arg, row)));
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
    for (uint32_t i = 0; i < other->count; i++)
        array_gather_value(fn->arena, s, phys, other->values[i]);
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
    for (uint32_t i = 0; i < view.count; i++)
        array_gather_value(fn->arena, s, element->phys, array_get(&view, element, i));
}

/* ---- Arrays */

static void add_array(Fn *fn, ArrayState *s, const Vector *arg, uint32_t row)
{
    const Datum array = fn_datum_at(arg, vector_index(arg, row));
    array_gather_array(fn->arena, fn->env, s, &array);
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
    return (Datum){.value.str = strview(array_gather_slices(fn->arena, element_of(fn), s))};
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

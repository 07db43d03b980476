/* SPDX-License-Identifier: Apache-2.0 */
/* aggregate.h - what the aggregates share: the loops around a step of one value, and the keeping of one value.
 *
 * The loops have two paths: straight where a batch is flat, without selection (rows with a NULL are not selected, so
 * then there is none), and one with an index a row. `update_one` works on a copy of the state, so that a plain step
 * stays in registers. */
#pragma once

#include "base/fn.h"
#include "base/fn_aggregate.h"
#include "type/type.h"

/* Is argument 0 a straight array of selection.count values? */
static inline bool aggregate_is_plain(const Vector *arg, Selection selection)
{
    return !selection.rows && arg->form == VECTOR_FLAT;
}

/* name_update and name_update_one around `static inline void step(Fn *fn, State *state, CType value)`. */
#define AGGREGATE_UPDATE(name, State, CType, step)                                                 \
    static void name##_update(Fn *fn, void *const *states, const Vector *args,                     \
                              Selection selection)                                                 \
    {                                                                                              \
        const CType *restrict data = args[0].data;                                                 \
        if (aggregate_is_plain(&args[0], selection)) {                                             \
            for (uint32_t i = 0; i < selection.count; i++) step(fn, (State *)states[i], data[i]);  \
            return;                                                                                \
        }                                                                                          \
        for (uint32_t i = 0; i < selection.count; i++)                                             \
            step(fn, (State *)states[i], data[vector_index(&args[0], fn_selected(selection, i))]); \
    }                                                                                              \
    static void name##_update_one(Fn *fn, void *state, const Vector *args, Selection selection)    \
    {                                                                                              \
        const CType *restrict data = args[0].data;                                                 \
        State local = *(State *)state;                                                             \
        if (aggregate_is_plain(&args[0], selection)) {                                             \
            for (uint32_t i = 0; i < selection.count; i++) step(fn, &local, data[i]);              \
        } else {                                                                                   \
            for (uint32_t i = 0; i < selection.count; i++)                                         \
                step(fn, &local, data[vector_index(&args[0], fn_selected(selection, i))]);         \
        }                                                                                          \
        *(State *)state = local;                                                                   \
    }

/* name_remove around `static inline bool step(Fn *fn, State *state, CType value)`. */
#define AGGREGATE_REMOVE(name, State, CType, step)                                          \
    static bool name##_remove(Fn *fn, void *state, const Vector *args, Selection selection) \
    {                                                                                       \
        const CType *data = args[0].data;                                                   \
        for (uint32_t i = 0; i < selection.count; i++)                                      \
            if (!step(fn, state, data[vector_index(&args[0], fn_selected(selection, i))]))  \
                return false;                                                               \
        return true;                                                                        \
    }

static inline Datum datum_null(void)
{
    return (Datum){.null = true};
}

/* One value whose bytes, if it points to any, stand in a buffer of the state: it may be replaced for every row without
 * the arena growing. */
typedef struct KeptValue {
    Value value;
    char *buffer;
    uint32_t capacity;
    bool any;
} KeptValue;
/* Bytes are copied into the buffer, which grows in fn->arena. */
void kept_value_set(Fn *fn, KeptValue *kept, Phys phys, Value value);

/* The least and the greatest of any type that has an order, by the type's own compare. Of equal ones the last is kept,
 * as PostgreSQL's two-argument functions do. */
extern const Aggregate aggregate_min_any, aggregate_max_any;

/* ---- Ordered-set aggregates that keep all values (aggregate_ordered.c) */

typedef struct OrderedState {
    Value *values;
    size_t count, capacity;
    uint8_t phys;
} OrderedState;

void aggregate_ordered_update(Fn *fn, void *const *states, const Vector *args, Selection selection);
void aggregate_ordered_update_one(Fn *fn, void *state, const Vector *args, Selection selection);
/* The value at a percentile from 0 to 1; there is at least one. */
typedef Value (*PercentileBody)(const OrderedState *s, double percentile);
/* Results for one percentile and for an array of them, whose shape the result has. NULL: no percentile, or no values.
 * Raise 22003 for one that is not within 0 and 1. */
Datum aggregate_percentile(const OrderedState *s, const Datum *direct, PercentileBody body);
Datum aggregate_percentiles(Fn *fn, const OrderedState *s, const Datum *direct,
                            PercentileBody body);
/* The values around the place of a percentile; how far it is from the first to the second. */
double aggregate_percentile_ends(const OrderedState *s, double percentile, Value *low, Value *high);

/* aggregate_NAME and aggregate_NAME_array around a PercentileBody. */
#define AGGREGATE_PERCENTILE(name, body)                                             \
    static Datum name##_finish(Fn *fn, const void *state, const Datum *direct)       \
    {                                                                                \
        (void)fn;                                                                    \
        return aggregate_percentile(state, direct, body);                            \
    }                                                                                \
    static Datum name##_array_finish(Fn *fn, const void *state, const Datum *direct) \
    {                                                                                \
        return aggregate_percentiles(fn, state, direct, body);                       \
    }                                                                                \
    AGGREGATE_ORDERED(name)                                                          \
    AGGREGATE_ORDERED(name##_array)
#define AGGREGATE_ORDERED(name)                                                     \
    const Aggregate aggregate_##name = {.state_bytes = sizeof(OrderedState),        \
                                        .skips_nulls = true,                        \
                                        .update = aggregate_ordered_update,         \
                                        .update_one = aggregate_ordered_update_one, \
                                        .finish = name##_finish};

/* SPDX-License-Identifier: Apache-2.0 */
/* aggregate_count.c - aggregates that count or combine bits: count, bool_and, bool_or, every, bit_and, bit_or, bit_xor,
 * any_value. */
#include "type/aggregate.h"

/* ---- count */

static void count_update(Fn *fn, void *const *states, const Vector *args, Selection selection)
{
    (void)fn;
    (void)args;
    for (uint32_t i = 0; i < selection.count; i++) ++*(int64_t *)states[i];
}

static void count_update_one(Fn *fn, void *state, const Vector *args, Selection selection)
{
    (void)fn;
    (void)args;
    *(int64_t *)state += selection.count;
}

static bool count_remove(Fn *fn, void *state, const Vector *args, Selection selection)
{
    (void)fn;
    (void)args;
    *(int64_t *)state -= selection.count;
    return true;
}

static void count_combine(Fn *fn, void *into, const void *from)
{
    (void)fn;
    *(int64_t *)into += *(const int64_t *)from;
}

static Datum count_finish(Fn *fn, const void *state, const Datum *direct)
{
    (void)fn;
    (void)direct;
    return (Datum){.value.i64 = *(const int64_t *)state};
}

const Aggregate aggregate_count = {.state_bytes = sizeof(int64_t),
                                   .update = count_update,
                                   .update_one = count_update_one,
                                   .combine = count_combine,
                                   .remove = count_remove,
                                   .finish = count_finish};
const Aggregate aggregate_count_nonnull = {.state_bytes = sizeof(int64_t),
                                           .skips_nulls = true,
                                           .update = count_update,
                                           .update_one = count_update_one,
                                           .combine = count_combine,
                                           .remove = count_remove,
                                           .finish = count_finish};

SQL_AGGREGATE(2803, "count", int8, (), IMMUTABLE, aggregate_count, "number of rows",
              .transition = 1219, .combine = 463, .moving_transition = 1219, .moving_inverse = 3546,
              .state = int8, .moving_state = int8)
SQL_FACTS(2803, .support = 6236)
SQL_AGGREGATE(2147, "count", int8, (any), IMMUTABLE, aggregate_count_nonnull,
              "number of rows whose value is not null", .transition = 2804, .combine = 463,
              .moving_transition = 2804, .moving_inverse = 3547, .state = int8,
              .moving_state = int8)
SQL_FACTS(2147, .support = 6236)
SQL_AGGREGATE(2818, "regr_count", int8, (float8, float8), IMMUTABLE, aggregate_count_nonnull,
              "number of pairs without a null", .transition = 2805, .combine = 463, .state = int8)

/* ---- bool_and, bool_or */

typedef struct BoolState {
    int64_t count, true_count;
} BoolState;

static inline void bool_step(Fn *fn, BoolState *s, bool v)
{
    (void)fn;
    s->count++;
    s->true_count += v;
}
AGGREGATE_UPDATE(bool, BoolState, bool, bool_step)

static inline bool bool_step_back(Fn *fn, BoolState *s, bool v)
{
    (void)fn;
    s->count--;
    s->true_count -= v;
    return true;
}
AGGREGATE_REMOVE(bool, BoolState, bool, bool_step_back)

static void bool_combine(Fn *fn, void *into, const void *from)
{
    (void)fn;
    ((BoolState *)into)->count += ((const BoolState *)from)->count;
    ((BoolState *)into)->true_count += ((const BoolState *)from)->true_count;
}

static Datum bool_and_finish(Fn *fn, const void *state, const Datum *direct)
{
    const BoolState *s = state;
    (void)fn;
    (void)direct;
    return (Datum){.value.b = s->true_count == s->count, .null = s->count == 0};
}

static Datum bool_or_finish(Fn *fn, const void *state, const Datum *direct)
{
    const BoolState *s = state;
    (void)fn;
    (void)direct;
    return (Datum){.value.b = s->true_count > 0, .null = s->count == 0};
}

#define BOOL_AGGREGATE(name)                                              \
    const Aggregate aggregate_##name = {.state_bytes = sizeof(BoolState), \
                                        .skips_nulls = true,              \
                                        .update = bool_update,            \
                                        .update_one = bool_update_one,    \
                                        .combine = bool_combine,          \
                                        .remove = bool_remove,            \
                                        .finish = name##_finish};
BOOL_AGGREGATE(bool_and)
BOOL_AGGREGATE(bool_or)

SQL_AGGREGATE(2517, "bool_and", bool, (bool), IMMUTABLE, aggregate_bool_and,
              "whether all values that are not null are true", .transition = 2515, .combine = 2515,
              .moving_transition = 3496, .moving_inverse = 3497, .moving_final = 3498,
              .sort_operator = 58, .state = bool, .moving_state = internal,
              .moving_state_bytes = 16)
SQL_AGGREGATE(2519, "every", bool, (bool), IMMUTABLE, aggregate_bool_and,
              "whether all values that are not null are true", .transition = 2515, .combine = 2515,
              .moving_transition = 3496, .moving_inverse = 3497, .moving_final = 3498,
              .sort_operator = 58, .state = bool, .moving_state = internal,
              .moving_state_bytes = 16)
SQL_AGGREGATE(2518, "bool_or", bool, (bool), IMMUTABLE, aggregate_bool_or,
              "whether any value is true", .transition = 2516, .combine = 2516,
              .moving_transition = 3496, .moving_inverse = 3497, .moving_final = 3499,
              .sort_operator = 59, .state = bool, .moving_state = internal,
              .moving_state_bytes = 16)

/* ---- bit_and, bit_or, bit_xor */

typedef struct BitState {
    uint64_t bits;
    bool any;
} BitState;

#define BIT_AGGREGATE(name, CType, member, initial, op)                        \
    static inline void name##_step(Fn *fn, BitState *s, CType v)               \
    {                                                                          \
        (void)fn;                                                              \
        s->bits = (s->any ? s->bits : (initial))op(uint64_t)(int64_t) v;       \
        s->any = true;                                                         \
    }                                                                          \
    AGGREGATE_UPDATE(name, BitState, CType, name##_step)                       \
    static void name##_combine(Fn *fn, void *into, const void *from)           \
    {                                                                          \
        const BitState *other = from;                                          \
        if (other->any) name##_step(fn, into, (CType)other->bits);             \
    }                                                                          \
    static Datum name##_finish(Fn *fn, const void *state, const Datum *direct) \
    {                                                                          \
        const BitState *s = state;                                             \
        (void)fn;                                                              \
        (void)direct;                                                          \
        return (Datum){.value.member = (CType)s->bits, .null = !s->any};       \
    }                                                                          \
    const Aggregate aggregate_##name = {.state_bytes = sizeof(BitState),       \
                                        .skips_nulls = true,                   \
                                        .update = name##_update,               \
                                        .update_one = name##_update_one,       \
                                        .combine = name##_combine,             \
                                        .finish = name##_finish};
BIT_AGGREGATE(bit_and_int2, int16_t, i16, UINT64_MAX, &)
BIT_AGGREGATE(bit_and_int4, int32_t, i32, UINT64_MAX, &)
BIT_AGGREGATE(bit_and_int8, int64_t, i64, UINT64_MAX, &)
BIT_AGGREGATE(bit_or_int2, int16_t, i16, 0, |)
BIT_AGGREGATE(bit_or_int4, int32_t, i32, 0, |)
BIT_AGGREGATE(bit_or_int8, int64_t, i64, 0, |)
BIT_AGGREGATE(bit_xor_int2, int16_t, i16, 0, ^)
BIT_AGGREGATE(bit_xor_int4, int32_t, i32, 0, ^)
BIT_AGGREGATE(bit_xor_int8, int64_t, i64, 0, ^)

SQL_AGGREGATE(2236, "bit_and", int2, (int2), IMMUTABLE, aggregate_bit_and_int2,
              "bits that all values have", .transition = 1892, .combine = 1892, .state = int2)
SQL_AGGREGATE(2238, "bit_and", int4, (int4), IMMUTABLE, aggregate_bit_and_int4,
              "bits that all values have", .transition = 1898, .combine = 1898, .state = int4)
SQL_AGGREGATE(2240, "bit_and", int8, (int8), IMMUTABLE, aggregate_bit_and_int8,
              "bits that all values have", .transition = 1904, .combine = 1904, .state = int8)
SQL_AGGREGATE(2237, "bit_or", int2, (int2), IMMUTABLE, aggregate_bit_or_int2,
              "bits that any value has", .transition = 1893, .combine = 1893, .state = int2)
SQL_AGGREGATE(2239, "bit_or", int4, (int4), IMMUTABLE, aggregate_bit_or_int4,
              "bits that any value has", .transition = 1899, .combine = 1899, .state = int4)
SQL_AGGREGATE(2241, "bit_or", int8, (int8), IMMUTABLE, aggregate_bit_or_int8,
              "bits that any value has", .transition = 1905, .combine = 1905, .state = int8)
SQL_AGGREGATE(6164, "bit_xor", int2, (int2), IMMUTABLE, aggregate_bit_xor_int2,
              "bits that an odd number of values have", .transition = 1894, .combine = 1894,
              .state = int2)
SQL_AGGREGATE(6165, "bit_xor", int4, (int4), IMMUTABLE, aggregate_bit_xor_int4,
              "bits that an odd number of values have", .transition = 1900, .combine = 1900,
              .state = int4)
SQL_AGGREGATE(6166, "bit_xor", int8, (int8), IMMUTABLE, aggregate_bit_xor_int8,
              "bits that an odd number of values have", .transition = 1906, .combine = 1906,
              .state = int8)

/* ---- any_value: the first that is not null */

static void any_value_take(Fn *fn, KeptValue *kept, const Vector *arg, uint32_t row)
{
    if (!kept->any)
        kept_value_set(fn, kept, (Phys)arg->phys, fn_datum_at(arg, vector_index(arg, row)).value);
}

static void any_value_update(Fn *fn, void *const *states, const Vector *args, Selection selection)
{
    for (uint32_t i = 0; i < selection.count; i++)
        any_value_take(fn, states[i], &args[0], fn_selected(selection, i));
}

static void any_value_update_one(Fn *fn, void *state, const Vector *args, Selection selection)
{
    if (selection.count) any_value_take(fn, state, &args[0], fn_selected(selection, 0));
}

static void any_value_combine(Fn *fn, void *into, const void *from)
{
    const KeptValue *other = from;
    (void)fn;
    if (!((KeptValue *)into)->any && other->any) *(KeptValue *)into = *other;
}

static Datum any_value_finish(Fn *fn, const void *state, const Datum *direct)
{
    const KeptValue *kept = state;
    (void)fn;
    (void)direct;
    return (Datum){.value = kept->value, .null = !kept->any};
}

const Aggregate aggregate_any_value = {.state_bytes = sizeof(KeptValue),
                                       .skips_nulls = true,
                                       .update = any_value_update,
                                       .update_one = any_value_update_one,
                                       .combine = any_value_combine,
                                       .finish = any_value_finish};
SQL_FUNCTION_DATUM(6292, "any_value_transfn", anyelement, (anyelement, anyelement),
                   IMMUTABLE | STRICT, any_value_keep, "the first of two values")
static Datum any_value_keep(Fn *fn, const Datum *args)
{
    (void)fn;
    return args[0];
}
SQL_AGGREGATE(6291, "any_value", anyelement, (anyelement), IMMUTABLE, aggregate_any_value,
              "some value that is not null", .transition = 6292, .combine = 6292,
              .state = anyelement)

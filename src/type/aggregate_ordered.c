/* SPDX-License-Identifier: Apache-2.0 */
/* aggregate_ordered.c - ordered-set aggregates (percentile_disc, percentile_cont, mode) and hypothetical-set ones
 * (rank, dense_rank, percent_rank, cume_dist). The caller sorts: base/fn_aggregate.h says what comes in. */
#include "type/aggregate.h"

#include <math.h>

#include "base/arith.h"
#include "base/oids.h"
#include "base/task.h"
#include "type/array_type.h"

/* ---- All values, in their order */

static void ordered_add(Fn *fn, OrderedState *s, Phys phys, Value value)
{
    if (s->count == s->capacity) {
        const size_t capacity = MAX(s->capacity * 2, (size_t)16);
        s->values = arena_grow(fn->arena, s->values, size_mul(s->capacity, sizeof(Value)),
                               size_mul(capacity, sizeof(Value)));
        s->capacity = capacity;
    }
    s->phys = (uint8_t)phys;
    s->values[s->count++] = value_copy(fn->arena, phys, value);
}

static void ordered_add_row(Fn *fn, OrderedState *s, const Vector *arg, uint32_t row)
{
    ordered_add(fn, s, (Phys)arg->phys, fn_datum_at(arg, vector_index(arg, row)).value);
}

void aggregate_ordered_update(Fn *fn, void *const *states, const Vector *args, Selection selection)
{
    for (uint32_t i = 0; i < selection.count; i++)
        ordered_add_row(fn, states[i], &args[0], fn_selected(selection, i));
}

void aggregate_ordered_update_one(Fn *fn, void *state, const Vector *args, Selection selection)
{
    for (uint32_t i = 0; i < selection.count; i++)
        ordered_add_row(fn, state, &args[0], fn_selected(selection, i));
}

static void check_percentile(double percentile)
{
    if (percentile >= 0 && percentile <= 1) return;
    if (isnan(percentile))
        raise_error(SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE,
                    "percentile value NaN is not between 0 and 1");
    raise_error(SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE, "percentile value %g is not between 0 and 1",
                percentile);
}

Datum aggregate_percentile(const OrderedState *s, const Datum *direct, PercentileBody body)
{
    if (direct[0].null) return datum_null();
    check_percentile(direct[0].value.f64);
    return s->count ? (Datum){.value = body(s, direct[0].value.f64)} : datum_null();
}

Datum aggregate_percentiles(Fn *fn, const OrderedState *s, const Datum *direct, PercentileBody body)
{
    if (direct[0].null || !s->count) return datum_null();
    ArrayView view = array_view_or_raise(strview_str(&direct[0].value.str));
    const Type *type = type_get(fn->env, fn->arg_types[0]);
    Datum *values = array_values(fn->arena, &view, type_get(NULL, OID_FLOAT8));
    for (uint32_t i = 0; i < view.count; i++) {
        task_check();
        if (values[i].null) continue;
        check_percentile(values[i].value.f64);
        values[i].value = body(s, values[i].value.f64);
    }
    view.shape.bitmap = false;
    const Str made = array_build_shaped(fn->arena, type, values, &view.shape);
    return (Datum){.value.str = strview(made)};
}

double aggregate_percentile_ends(const OrderedState *s, double percentile, Value *low, Value *high)
{
    const double place = percentile * (double)(s->count - 1);
    *low = s->values[(size_t)floor(place)];
    *high = s->values[(size_t)ceil(place)];
    return place - floor(place);
}

static Value disc(const OrderedState *s, double percentile)
{
    const double place = ceil(percentile * (double)s->count);
    return s->values[place <= 1 ? 0 : (size_t)place - 1];
}

static Value cont_float8(const OrderedState *s, double percentile)
{
    Value low, high;
    const double part = aggregate_percentile_ends(s, percentile, &low, &high);
    return part == 0 ? low : (Value){.f64 = low.f64 + part * (high.f64 - low.f64)};
}

AGGREGATE_PERCENTILE(percentile_disc, disc)
AGGREGATE_PERCENTILE(percentile_cont_float8, cont_float8)

SQL_AGGREGATE(3972, "percentile_disc", anyelement, (float8, anyelement), IMMUTABLE,
              aggregate_percentile_disc,
              "the first value at or above a share of the ordered values", .kind = 'o',
              .direct_count = 1, .transition = 3970, .final = 3973, .final_extra = true,
              .final_modify = 's', .moving_final_modify = 's', .state = internal)
SQL_AGGREGATE(3974, "percentile_cont", float8, (float8, float8), IMMUTABLE,
              aggregate_percentile_cont_float8,
              "the value at a share of the ordered values, between two of them if need be",
              .kind = 'o', .direct_count = 1, .transition = 3970, .final = 3975,
              .final_modify = 's', .moving_final_modify = 's', .state = internal)
SQL_AGGREGATE(3978, "percentile_disc", anyarray, (_float8, anyelement), IMMUTABLE,
              aggregate_percentile_disc_array,
              "the first values at or above shares of the ordered values", .kind = 'o',
              .direct_count = 1, .transition = 3970, .final = 3979, .final_extra = true,
              .final_modify = 's', .moving_final_modify = 's', .state = internal)
SQL_AGGREGATE(3980, "percentile_cont", _float8, (_float8, float8), IMMUTABLE,
              aggregate_percentile_cont_float8_array,
              "the values at shares of the ordered values, between two of them if need be",
              .kind = 'o', .direct_count = 1, .transition = 3970, .final = 3981,
              .final_modify = 's', .moving_final_modify = 's', .state = internal)

/* ---- mode: the longest run of equal values, the first of several */

typedef struct ModeState {
    KeptValue best, run;
    int64_t best_count, run_count;
} ModeState;

static void mode_add(Fn *fn, ModeState *s, Phys phys, Value value)
{
    if (!fn->state) fn->state = (void *)(uintptr_t)type_get(fn->env, fn->arg_types[0]);
    const TypeCall call = type_call(fn, fn->state);
    if (s->run.any && type_equal(&call, &s->run.value, &value)) {
        s->run_count++;
    } else {
        kept_value_set(fn, &s->run, phys, value);
        s->run_count = 1;
    }
    if (s->run_count <= s->best_count) return;
    if (s->run_count == 1 || !type_equal(&call, &s->best.value, &value))
        kept_value_set(fn, &s->best, phys, s->run.value);
    s->best_count = s->run_count;
}

static void mode_update_one(Fn *fn, void *state, const Vector *args, Selection selection)
{
    for (uint32_t i = 0; i < selection.count; i++) {
        const uint32_t at = vector_index(&args[0], fn_selected(selection, i));
        mode_add(fn, state, (Phys)args[0].phys, fn_datum_at(&args[0], at).value);
    }
}

static void mode_update(Fn *fn, void *const *states, const Vector *args, Selection selection)
{
    for (uint32_t i = 0; i < selection.count; i++) {
        const uint32_t at = vector_index(&args[0], fn_selected(selection, i));
        mode_add(fn, states[i], (Phys)args[0].phys, fn_datum_at(&args[0], at).value);
    }
}

static Datum mode_finish(Fn *fn, const void *state, const Datum *direct)
{
    const ModeState *s = state;
    (void)fn;
    (void)direct;
    return (Datum){.value = s->best.value, .null = !s->best.any};
}

const Aggregate aggregate_mode = {.state_bytes = sizeof(ModeState),
                                  .skips_nulls = true,
                                  .update = mode_update,
                                  .update_one = mode_update_one,
                                  .finish = mode_finish};
SQL_AGGREGATE(3984, "mode", anyelement, (anyelement), IMMUTABLE, aggregate_mode,
              "the most frequent value", .kind = 'o', .transition = 3970, .final = 3985,
              .final_extra = true, .final_modify = 's', .moving_final_modify = 's',
              .state = internal)

/* ---- Hypothetical rows: args are the row's values, then an int2 that says how it stands to the hypothetical row */

typedef struct RankState {
    int64_t below, equal, count; /* rows before the hypothetical one, peers of it, all */
    int64_t groups_below;        /* distinct rows before it */
    Datum *last;                 /* the last row before it */
} RankState;

static bool same_row(Fn *fn, const RankState *s, const Datum *row, uint32_t columns)
{
    for (uint32_t i = 0; s->last && i < columns; i++) {
        if (s->last[i].null != row[i].null) return false;
        if (row[i].null) continue;
        const TypeCall call = type_call(fn, type_get(fn->env, fn->arg_types[i]));
        if (!type_equal(&call, &s->last[i].value, &row[i].value)) return false;
    }
    return s->last != NULL;
}

static void count_group(Fn *fn, RankState *s, const Vector *args, uint32_t row)
{
    const uint32_t columns = fn->arg_count;
    Datum values[FN_ARGS_MAX];
    for (uint32_t i = 0; i < columns; i++)
        values[i] = fn_datum_at(&args[i], vector_index(&args[i], row));
    if (same_row(fn, s, values, columns)) return;
    s->groups_below++;
    if (!s->last) s->last = ARENA_ARRAY(fn->arena, Datum, columns);
    for (uint32_t i = 0; i < columns; i++) {
        s->last[i].null = values[i].null;
        if (!values[i].null)
            s->last[i].value = value_copy(fn->arena, (Phys)args[i].phys, values[i].value);
    }
}

static int rank_add(Fn *fn, RankState *s, const Vector *args, uint32_t row)
{
    const Vector *sign = &args[fn->arg_count];
    const int16_t order = ((const int16_t *)sign->data)[vector_index(sign, row)];
    s->count++;
    s->below += order < 0;
    s->equal += order == 0;
    return order;
}

static void rank_update_one(Fn *fn, void *state, const Vector *args, Selection selection)
{
    for (uint32_t i = 0; i < selection.count; i++)
        rank_add(fn, state, args, fn_selected(selection, i));
}

static void rank_update(Fn *fn, void *const *states, const Vector *args, Selection selection)
{
    for (uint32_t i = 0; i < selection.count; i++)
        rank_add(fn, states[i], args, fn_selected(selection, i));
}

static void dense_rank_update_one(Fn *fn, void *state, const Vector *args, Selection selection)
{
    for (uint32_t i = 0; i < selection.count; i++) {
        const uint32_t row = fn_selected(selection, i);
        if (rank_add(fn, state, args, row) < 0) count_group(fn, state, args, row);
    }
}

static void dense_rank_update(Fn *fn, void *const *states, const Vector *args, Selection selection)
{
    for (uint32_t i = 0; i < selection.count; i++) {
        const uint32_t row = fn_selected(selection, i);
        if (rank_add(fn, states[i], args, row) < 0) count_group(fn, states[i], args, row);
    }
}

#define RANK_RESULT(name, member, expression)                                  \
    static Datum name##_finish(Fn *fn, const void *state, const Datum *direct) \
    {                                                                          \
        const RankState *s = state;                                            \
        (void)fn;                                                              \
        (void)direct;                                                          \
        return (Datum){.value.member = (expression)};                          \
    }
RANK_RESULT(rank, i64, s->below + 1)
RANK_RESULT(dense_rank, i64, s->groups_below + 1)
RANK_RESULT(percent_rank, f64, s->count ? (double)s->below / (double)s->count : 0)
RANK_RESULT(cume_dist, f64, (double)(s->below + s->equal + 1) / (double)(s->count + 1))

#define RANK_AGGREGATE(name, loops)                                       \
    const Aggregate aggregate_##name = {.state_bytes = sizeof(RankState), \
                                        .update = loops##_update,         \
                                        .update_one = loops##_update_one, \
                                        .finish = name##_finish};
RANK_AGGREGATE(rank, rank)
RANK_AGGREGATE(percent_rank, rank)
RANK_AGGREGATE(cume_dist, rank)
RANK_AGGREGATE(dense_rank, dense_rank)

SQL_AGGREGATE(3986, "rank", int8, (any), IMMUTABLE | VARIADIC_LAST, aggregate_rank,
              "rank that a row would have, with gaps", .kind = 'h', .direct_count = 1,
              .transition = 3971, .final = 3987, .final_extra = true, .final_modify = 'w',
              .moving_final_modify = 'w', .state = internal)
SQL_FACTS(3986, .arguments = "VARIADIC any")
SQL_AGGREGATE(3988, "percent_rank", float8, (any), IMMUTABLE | VARIADIC_LAST,
              aggregate_percent_rank, "rank that a row would have, as a share", .kind = 'h',
              .direct_count = 1, .transition = 3971, .final = 3989, .final_extra = true,
              .final_modify = 'w', .moving_final_modify = 'w', .state = internal)
SQL_FACTS(3988, .arguments = "VARIADIC any")
SQL_AGGREGATE(3990, "cume_dist", float8, (any), IMMUTABLE | VARIADIC_LAST, aggregate_cume_dist,
              "share of the rows before a row and its peers", .kind = 'h', .direct_count = 1,
              .transition = 3971, .final = 3991, .final_extra = true, .final_modify = 'w',
              .moving_final_modify = 'w', .state = internal)
SQL_FACTS(3990, .arguments = "VARIADIC any")
SQL_AGGREGATE(3992, "dense_rank", int8, (any), IMMUTABLE | VARIADIC_LAST, aggregate_dense_rank,
              "rank that a row would have, without gaps", .kind = 'h', .direct_count = 1,
              .transition = 3971, .final = 3993, .final_extra = true, .final_modify = 'w',
              .moving_final_modify = 'w', .state = internal)
SQL_FACTS(3992, .arguments = "VARIADIC any")

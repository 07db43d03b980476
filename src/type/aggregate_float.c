/* SPDX-License-Identifier: Apache-2.0 */
/* aggregate_float.c - avg and the variance family of floating-point numbers, and regression over pairs of them.
 *
 * Sums of squared differences from the mean are kept as Youngs and Cramer do ("Some results relevant to choice of sum
 * and sum-of-product algorithms", Technometrics 13, 1971): they do not cancel as sums of squares would. The steps are
 * taken in the order of the rows and with the operations in PostgreSQL's order, so that results agree to the last
 * digit. */
#include "type/aggregate.h"

#include "base/builtins.h"
#include "base/oids.h"
#include "type/array_type.h"
#include "type/float.h"

/* ---- One variable */

typedef struct FloatState {
    double n, sum, squares; /* squares: of the differences from the mean */
} FloatState;

static inline void float_step(Fn *fn, FloatState *s, double v)
{
    (void)fn;
    const double old_n = s->n, old_sum = s->sum;
    s->n = old_n + 1;
    s->sum = old_sum + v;
    if (old_n > 0) {
        const double d = v * s->n - s->sum;
        s->squares += d * d / (s->n * old_n);
        if (UNLIKELY(isinf(s->sum) || isinf(s->squares))) {
            if (!isinf(old_sum) && !isinf(v)) float_overflow();
            s->squares = NAN;
        }
    } else if (!isfinite(v)) {
        s->squares = NAN;
    }
}
static inline void float4_step(Fn *fn, FloatState *s, float v)
{
    float_step(fn, s, (double)v);
}
AGGREGATE_UPDATE(float8, FloatState, double, float_step)
AGGREGATE_UPDATE(float4, FloatState, float, float4_step)

static void float_combine(Fn *fn, void *into, const void *from)
{
    FloatState *a = into;
    const FloatState *b = from;
    (void)fn;
    if (b->n == 0) return;
    if (a->n == 0) {
        *a = *b;
        return;
    }
    const double n = a->n + b->n,
                 sum = float_check(a->sum + b->sum, isinf(a->sum) || isinf(b->sum), true);
    const double d = a->sum / a->n - b->sum / b->n;
    const double squares = a->squares + b->squares + a->n * b->n * d * d / n;
    if (isinf(squares) && !isinf(a->squares) && !isinf(b->squares)) float_overflow();
    *a = (FloatState){n, sum, squares};
}

/* `result` of the state s, NULL below `least` rows. */
#define FLOAT_RESULT(name, State, least, result)                               \
    static Datum name##_finish(Fn *fn, const void *state, const Datum *direct) \
    {                                                                          \
        const State *s = state;                                                \
        (void)fn;                                                              \
        (void)direct;                                                          \
        if (s->n < (least)) return datum_null();                               \
        return (Datum){.value.f64 = (result)};                                 \
    }
FLOAT_RESULT(avg, FloatState, 1, s->sum / s->n)
FLOAT_RESULT(var_pop, FloatState, 1, s->squares / s->n)
FLOAT_RESULT(var_samp, FloatState, 2, s->squares / (s->n - 1))
FLOAT_RESULT(stddev_pop, FloatState, 1, sqrt(s->squares / s->n))
FLOAT_RESULT(stddev_samp, FloatState, 2, sqrt(s->squares / (s->n - 1)))

#define FLOAT_AGGREGATE(name, type)                                                 \
    const Aggregate aggregate_##name##_##type = {.state_bytes = sizeof(FloatState), \
                                                 .skips_nulls = true,               \
                                                 .update = type##_update,           \
                                                 .update_one = type##_update_one,   \
                                                 .combine = float_combine,          \
                                                 .finish = name##_finish};
#define FLOAT_AGGREGATES(type)        \
    FLOAT_AGGREGATE(avg, type)        \
    FLOAT_AGGREGATE(var_pop, type)    \
    FLOAT_AGGREGATE(var_samp, type)   \
    FLOAT_AGGREGATE(stddev_pop, type) \
    FLOAT_AGGREGATE(stddev_samp, type)
FLOAT_AGGREGATES(float4)
FLOAT_AGGREGATES(float8)

SQL_AGGREGATE(2104, "avg", float8, (float4), IMMUTABLE, aggregate_avg_float4,
              "mean of all values that are not null", .transition = 208, .final = 1830,
              .combine = 276, .state = _float8, .initial = "{0,0,0}")
SQL_AGGREGATE(2105, "avg", float8, (float8), IMMUTABLE, aggregate_avg_float8,
              "mean of all values that are not null", .transition = 222, .final = 1830,
              .combine = 276, .state = _float8, .initial = "{0,0,0}")
SQL_AGGREGATE(2721, "var_pop", float8, (float4), IMMUTABLE, aggregate_var_pop_float4,
              "variance of a population", .transition = 208, .final = 2512, .combine = 276,
              .state = _float8, .initial = "{0,0,0}")
SQL_AGGREGATE(2644, "var_samp", float8, (float4), IMMUTABLE, aggregate_var_samp_float4,
              "variance of a sample", .transition = 208, .final = 1831, .combine = 276,
              .state = _float8, .initial = "{0,0,0}")
SQL_AGGREGATE(2151, "variance", float8, (float4), IMMUTABLE, aggregate_var_samp_float4,
              "variance of a sample", .transition = 208, .final = 1831, .combine = 276,
              .state = _float8, .initial = "{0,0,0}")
SQL_AGGREGATE(2727, "stddev_pop", float8, (float4), IMMUTABLE, aggregate_stddev_pop_float4,
              "standard deviation of a population", .transition = 208, .final = 2513,
              .combine = 276, .state = _float8, .initial = "{0,0,0}")
SQL_AGGREGATE(2715, "stddev_samp", float8, (float4), IMMUTABLE, aggregate_stddev_samp_float4,
              "standard deviation of a sample", .transition = 208, .final = 1832, .combine = 276,
              .state = _float8, .initial = "{0,0,0}")
SQL_AGGREGATE(2157, "stddev", float8, (float4), IMMUTABLE, aggregate_stddev_samp_float4,
              "standard deviation of a sample", .transition = 208, .final = 1832, .combine = 276,
              .state = _float8, .initial = "{0,0,0}")
SQL_AGGREGATE(2722, "var_pop", float8, (float8), IMMUTABLE, aggregate_var_pop_float8,
              "variance of a population", .transition = 222, .final = 2512, .combine = 276,
              .state = _float8, .initial = "{0,0,0}")
SQL_AGGREGATE(2645, "var_samp", float8, (float8), IMMUTABLE, aggregate_var_samp_float8,
              "variance of a sample", .transition = 222, .final = 1831, .combine = 276,
              .state = _float8, .initial = "{0,0,0}")
SQL_AGGREGATE(2152, "variance", float8, (float8), IMMUTABLE, aggregate_var_samp_float8,
              "variance of a sample", .transition = 222, .final = 1831, .combine = 276,
              .state = _float8, .initial = "{0,0,0}")
SQL_AGGREGATE(2728, "stddev_pop", float8, (float8), IMMUTABLE, aggregate_stddev_pop_float8,
              "standard deviation of a population", .transition = 222, .final = 2513,
              .combine = 276, .state = _float8, .initial = "{0,0,0}")
SQL_AGGREGATE(2716, "stddev_samp", float8, (float8), IMMUTABLE, aggregate_stddev_samp_float8,
              "standard deviation of a sample", .transition = 222, .final = 1832, .combine = 276,
              .state = _float8, .initial = "{0,0,0}")
SQL_AGGREGATE(2158, "stddev", float8, (float8), IMMUTABLE, aggregate_stddev_samp_float8,
              "standard deviation of a sample", .transition = 222, .final = 1832, .combine = 276,
              .state = _float8, .initial = "{0,0,0}")

/* The same states as float8[]: what users make aggregates of their own of. */

enum { STATE_NUMBERS_MAX = 6 };

static void state_read(Fn *fn, Str array, double *numbers, uint32_t count)
{
    const ArrayView view = array_view_or_raise(array);
    if (view.shape.dimensions != 1 || view.count != count || view.nulls ||
        view.element != OID_FLOAT8)
        raise_error(SQLSTATE_INTERNAL_ERROR, "%s: expected %u-element float8 array",
                    fn->function->name, count);
    memcpy(numbers, view.elements, count * sizeof *numbers);
}

static Str state_write(Fn *fn, const double *numbers, uint32_t count)
{
    Datum values[STATE_NUMBERS_MAX] = {0};
    for (uint32_t i = 0; i < count; i++) values[i].value.f64 = numbers[i];
    return array_build(fn->arena, type_get(fn->env, OID_FLOAT8), values, count);
}

enum { FLOAT_NUMBERS = sizeof(FloatState) / sizeof(double) };

static FloatState float_state(Fn *fn, Str array)
{
    FloatState s;
    state_read(fn, array, (double *)&s, FLOAT_NUMBERS);
    return s;
}

static Str float8_accumulate(Fn *fn, Str array, double v)
{
    FloatState s = float_state(fn, array);
    float_step(fn, &s, v);
    return state_write(fn, (double *)&s, FLOAT_NUMBERS);
}

static Str float8_unite(Fn *fn, Str a, Str b)
{
    FloatState into = float_state(fn, a);
    const FloatState from = float_state(fn, b);
    float_combine(fn, &into, &from);
    return state_write(fn, (double *)&into, FLOAT_NUMBERS);
}

SQL_EXPRESSION(208, "float4_accum", _float8, (_float8, float4), IMMUTABLE | STRICT,
               float8_accumulate(fn, a, (double)b), "count, sum and squares with one value more")
SQL_EXPRESSION(222, "float8_accum", _float8, (_float8, float8), IMMUTABLE | STRICT,
               float8_accumulate(fn, a, b), "count, sum and squares with one value more")
SQL_EXPRESSION(276, "float8_combine", _float8, (_float8, _float8), IMMUTABLE | STRICT,
               float8_unite(fn, a, b), "two counts, sums and squares as one")

/* A finishing function over such an array. */
#define STATE_FINISH(name, State, state_of)                            \
    static Datum name##_of_array(Fn *fn, const Datum *args)            \
    {                                                                  \
        const State s = state_of(fn, strview_str(&args[0].value.str)); \
        return name##_finish(fn, &s, NULL);                            \
    }
STATE_FINISH(avg, FloatState, float_state)
STATE_FINISH(var_samp, FloatState, float_state)
STATE_FINISH(stddev_samp, FloatState, float_state)
STATE_FINISH(var_pop, FloatState, float_state)
STATE_FINISH(stddev_pop, FloatState, float_state)
SQL_FUNCTION_DATUM(1830, "float8_avg", float8, (_float8), IMMUTABLE | STRICT, avg_of_array,
                   "mean of count, sum and squares")
SQL_FUNCTION_DATUM(1831, "float8_var_samp", float8, (_float8), IMMUTABLE | STRICT,
                   var_samp_of_array, "variance of a sample of count, sum and squares")
SQL_FUNCTION_DATUM(1832, "float8_stddev_samp", float8, (_float8), IMMUTABLE | STRICT,
                   stddev_samp_of_array, "standard deviation of a sample of count, sum and squares")
SQL_FUNCTION_DATUM(2512, "float8_var_pop", float8, (_float8), IMMUTABLE | STRICT, var_pop_of_array,
                   "variance of a population of count, sum and squares")
SQL_FUNCTION_DATUM(2513, "float8_stddev_pop", float8, (_float8), IMMUTABLE | STRICT,
                   stddev_pop_of_array,
                   "standard deviation of a population of count, sum and squares")

/* ---- Pairs (y, x) */

typedef struct PairState {
    double n, sum_x, xx, sum_y, yy, xy; /* xx, yy, xy: of the differences from the means */
} PairState;

static void pair_step(PairState *s, double y, double x)
{
    const PairState old = *s;
    s->n += 1;
    s->sum_x += x;
    s->sum_y += y;
    if (old.n == 0) {
        if (!isfinite(x)) s->xx = s->xy = NAN;
        if (!isfinite(y)) s->yy = s->xy = NAN;
        return;
    }
    const double dx = x * s->n - s->sum_x, dy = y * s->n - s->sum_y;
    const double scale = 1.0 / (s->n * old.n);
    s->xx += dx * dx * scale;
    s->yy += dy * dy * scale;
    s->xy += dx * dy * scale;
    if (isinf(s->sum_x) || isinf(s->xx) || isinf(s->sum_y) || isinf(s->yy) || isinf(s->xy)) {
        const bool x_finite = !isinf(old.sum_x) && !isinf(x),
                   y_finite = !isinf(old.sum_y) && !isinf(y);
        if (((isinf(s->sum_x) || isinf(s->xx)) && x_finite) ||
            ((isinf(s->sum_y) || isinf(s->yy)) && y_finite) ||
            (isinf(s->xy) && x_finite && y_finite))
            float_overflow();
        if (isinf(s->xx)) s->xx = NAN;
        if (isinf(s->yy)) s->yy = NAN;
        if (isinf(s->xy)) s->xy = NAN;
    }
}

static void pair_add(PairState *s, const Vector *args, uint32_t row)
{
    const double *y = args[0].data, *x = args[1].data;
    pair_step(s, y[vector_index(&args[0], row)], x[vector_index(&args[1], row)]);
}

static void pair_update(Fn *fn, void *const *states, const Vector *args, Selection selection)
{
    (void)fn;
    for (uint32_t i = 0; i < selection.count; i++)
        pair_add(states[i], args, fn_selected(selection, i));
}

static void pair_update_one(Fn *fn, void *state, const Vector *args, Selection selection)
{
    (void)fn;
    for (uint32_t i = 0; i < selection.count; i++) pair_add(state, args, fn_selected(selection, i));
}

static void pair_combine(Fn *fn, void *into, const void *from)
{
    PairState *a = into;
    const PairState *b = from;
    (void)fn;
    if (b->n == 0) return;
    if (a->n == 0) {
        *a = *b;
        return;
    }
    const double n = a->n + b->n, weight = a->n * b->n / n;
    const double dx = a->sum_x / a->n - b->sum_x / b->n, dy = a->sum_y / a->n - b->sum_y / b->n;
    *a = (PairState){n,
                     a->sum_x + b->sum_x,
                     a->xx + b->xx + weight * dx * dx,
                     a->sum_y + b->sum_y,
                     a->yy + b->yy + weight * dy * dy,
                     a->xy + b->xy + weight * dx * dy};
    if (isinf(a->sum_x) || isinf(a->xx) || isinf(a->sum_y) || isinf(a->yy) || isinf(a->xy))
        float_overflow();
}

FLOAT_RESULT(regr_sxx, PairState, 1, s->xx)
FLOAT_RESULT(regr_syy, PairState, 1, s->yy)
FLOAT_RESULT(regr_sxy, PairState, 1, s->xy)
FLOAT_RESULT(regr_avgx, PairState, 1, s->sum_x / s->n)
FLOAT_RESULT(regr_avgy, PairState, 1, s->sum_y / s->n)
FLOAT_RESULT(covar_pop, PairState, 1, s->xy / s->n)
FLOAT_RESULT(covar_samp, PairState, 2, s->xy / (s->n - 1))

static Datum corr_finish(Fn *fn, const void *state, const Datum *direct)
{
    const PairState *s = state;
    (void)fn;
    (void)direct;
    if (s->n < 1 || s->xx == 0 || s->yy == 0) return datum_null();
    return (Datum){.value.f64 = s->xy / sqrt(s->xx * s->yy)};
}

static Datum regr_r2_finish(Fn *fn, const void *state, const Datum *direct)
{
    const PairState *s = state;
    (void)fn;
    (void)direct;
    if (s->n < 1 || s->xx == 0) return datum_null();
    if (s->yy == 0) return (Datum){.value.f64 = 1};
    return (Datum){.value.f64 = (s->xy * s->xy) / (s->xx * s->yy)};
}

static Datum regr_slope_finish(Fn *fn, const void *state, const Datum *direct)
{
    const PairState *s = state;
    (void)fn;
    (void)direct;
    if (s->n < 1 || s->xx == 0) return datum_null();
    return (Datum){.value.f64 = s->xy / s->xx};
}

static Datum regr_intercept_finish(Fn *fn, const void *state, const Datum *direct)
{
    const PairState *s = state;
    (void)fn;
    (void)direct;
    if (s->n < 1 || s->xx == 0) return datum_null();
    return (Datum){.value.f64 = (s->sum_y - s->sum_x * s->xy / s->xx) / s->n};
}

#define PAIR_AGGREGATE(name)                                              \
    const Aggregate aggregate_##name = {.state_bytes = sizeof(PairState), \
                                        .skips_nulls = true,              \
                                        .update = pair_update,            \
                                        .update_one = pair_update_one,    \
                                        .combine = pair_combine,          \
                                        .finish = name##_finish};
PAIR_AGGREGATE(regr_sxx)
PAIR_AGGREGATE(regr_syy)
PAIR_AGGREGATE(regr_sxy)
PAIR_AGGREGATE(regr_avgx)
PAIR_AGGREGATE(regr_avgy)
PAIR_AGGREGATE(regr_r2)
PAIR_AGGREGATE(regr_slope)
PAIR_AGGREGATE(regr_intercept)
PAIR_AGGREGATE(covar_pop)
PAIR_AGGREGATE(covar_samp)
PAIR_AGGREGATE(corr)

SQL_AGGREGATE(2819, "regr_sxx", float8, (float8, float8), IMMUTABLE, aggregate_regr_sxx,
              "sum of squared differences of x from its mean", .transition = 2806, .final = 2807,
              .combine = 3342, .state = _float8, .initial = "{0,0,0,0,0,0}")
SQL_AGGREGATE(2820, "regr_syy", float8, (float8, float8), IMMUTABLE, aggregate_regr_syy,
              "sum of squared differences of y from its mean", .transition = 2806, .final = 2808,
              .combine = 3342, .state = _float8, .initial = "{0,0,0,0,0,0}")
SQL_AGGREGATE(2821, "regr_sxy", float8, (float8, float8), IMMUTABLE, aggregate_regr_sxy,
              "sum of products of the differences of x and y from their means", .transition = 2806,
              .final = 2809, .combine = 3342, .state = _float8, .initial = "{0,0,0,0,0,0}")
SQL_AGGREGATE(2822, "regr_avgx", float8, (float8, float8), IMMUTABLE, aggregate_regr_avgx,
              "mean of x", .transition = 2806, .final = 2810, .combine = 3342, .state = _float8,
              .initial = "{0,0,0,0,0,0}")
SQL_AGGREGATE(2823, "regr_avgy", float8, (float8, float8), IMMUTABLE, aggregate_regr_avgy,
              "mean of y", .transition = 2806, .final = 2811, .combine = 3342, .state = _float8,
              .initial = "{0,0,0,0,0,0}")
SQL_AGGREGATE(2824, "regr_r2", float8, (float8, float8), IMMUTABLE, aggregate_regr_r2,
              "square of the correlation", .transition = 2806, .final = 2812, .combine = 3342,
              .state = _float8, .initial = "{0,0,0,0,0,0}")
SQL_AGGREGATE(2825, "regr_slope", float8, (float8, float8), IMMUTABLE, aggregate_regr_slope,
              "slope of the least-squares line", .transition = 2806, .final = 2813, .combine = 3342,
              .state = _float8, .initial = "{0,0,0,0,0,0}")
SQL_AGGREGATE(2826, "regr_intercept", float8, (float8, float8), IMMUTABLE, aggregate_regr_intercept,
              "where the least-squares line cuts the y axis", .transition = 2806, .final = 2814,
              .combine = 3342, .state = _float8, .initial = "{0,0,0,0,0,0}")
SQL_AGGREGATE(2827, "covar_pop", float8, (float8, float8), IMMUTABLE, aggregate_covar_pop,
              "covariance of a population", .transition = 2806, .final = 2815, .combine = 3342,
              .state = _float8, .initial = "{0,0,0,0,0,0}")
SQL_AGGREGATE(2828, "covar_samp", float8, (float8, float8), IMMUTABLE, aggregate_covar_samp,
              "covariance of a sample", .transition = 2806, .final = 2816, .combine = 3342,
              .state = _float8, .initial = "{0,0,0,0,0,0}")
SQL_AGGREGATE(2829, "corr", float8, (float8, float8), IMMUTABLE, aggregate_corr, "correlation",
              .transition = 2806, .final = 2817, .combine = 3342, .state = _float8,
              .initial = "{0,0,0,0,0,0}")

static int64_t pair_count_next(int64_t count)
{
    if (count == INT64_MAX) raise_error(SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE, "bigint out of range");
    return count + 1;
}
SQL_EXPRESSION(2805, "int8inc_float8_float8", int8, (int8, float8, float8), IMMUTABLE | STRICT,
               ((void)b, (void)c, pair_count_next(a)), "one more, for each pair without a null")
enum { PAIR_NUMBERS = sizeof(PairState) / sizeof(double) };

static PairState pair_state(Fn *fn, Str array)
{
    PairState s;
    state_read(fn, array, (double *)&s, PAIR_NUMBERS);
    return s;
}

static Str pair_accumulate(Fn *fn, Str array, double y, double x)
{
    PairState s = pair_state(fn, array);
    pair_step(&s, y, x);
    return state_write(fn, (double *)&s, PAIR_NUMBERS);
}

static Str pair_unite(Fn *fn, Str a, Str b)
{
    PairState into = pair_state(fn, a);
    const PairState from = pair_state(fn, b);
    pair_combine(fn, &into, &from);
    return state_write(fn, (double *)&into, PAIR_NUMBERS);
}

SQL_EXPRESSION(2806, "float8_regr_accum", _float8, (_float8, float8, float8), IMMUTABLE | STRICT,
               pair_accumulate(fn, a, b, c), "regression's sums with one pair more")
SQL_EXPRESSION(3342, "float8_regr_combine", _float8, (_float8, _float8), IMMUTABLE | STRICT,
               pair_unite(fn, a, b), "two of regression's sums as one")
STATE_FINISH(regr_sxx, PairState, pair_state)
STATE_FINISH(regr_syy, PairState, pair_state)
STATE_FINISH(regr_sxy, PairState, pair_state)
STATE_FINISH(regr_avgx, PairState, pair_state)
STATE_FINISH(regr_avgy, PairState, pair_state)
STATE_FINISH(regr_r2, PairState, pair_state)
STATE_FINISH(regr_slope, PairState, pair_state)
STATE_FINISH(regr_intercept, PairState, pair_state)
STATE_FINISH(covar_pop, PairState, pair_state)
STATE_FINISH(covar_samp, PairState, pair_state)
STATE_FINISH(corr, PairState, pair_state)
SQL_FUNCTION_DATUM(2807, "float8_regr_sxx", float8, (_float8), IMMUTABLE | STRICT,
                   regr_sxx_of_array, "sum of squared differences of x from its mean")
SQL_FUNCTION_DATUM(2808, "float8_regr_syy", float8, (_float8), IMMUTABLE | STRICT,
                   regr_syy_of_array, "sum of squared differences of y from its mean")
SQL_FUNCTION_DATUM(2809, "float8_regr_sxy", float8, (_float8), IMMUTABLE | STRICT,
                   regr_sxy_of_array, "sum of products of the differences from the means")
SQL_FUNCTION_DATUM(2810, "float8_regr_avgx", float8, (_float8), IMMUTABLE | STRICT,
                   regr_avgx_of_array, "mean of x")
SQL_FUNCTION_DATUM(2811, "float8_regr_avgy", float8, (_float8), IMMUTABLE | STRICT,
                   regr_avgy_of_array, "mean of y")
SQL_FUNCTION_DATUM(2812, "float8_regr_r2", float8, (_float8), IMMUTABLE | STRICT, regr_r2_of_array,
                   "square of the correlation")
SQL_FUNCTION_DATUM(2813, "float8_regr_slope", float8, (_float8), IMMUTABLE | STRICT,
                   regr_slope_of_array, "slope of the least-squares line")
SQL_FUNCTION_DATUM(2814, "float8_regr_intercept", float8, (_float8), IMMUTABLE | STRICT,
                   regr_intercept_of_array, "where the least-squares line cuts the y axis")
SQL_FUNCTION_DATUM(2815, "float8_covar_pop", float8, (_float8), IMMUTABLE | STRICT,
                   covar_pop_of_array, "covariance of a population")
SQL_FUNCTION_DATUM(2816, "float8_covar_samp", float8, (_float8), IMMUTABLE | STRICT,
                   covar_samp_of_array, "covariance of a sample")
SQL_FUNCTION_DATUM(2817, "float8_corr", float8, (_float8), IMMUTABLE | STRICT, corr_of_array,
                   "correlation")

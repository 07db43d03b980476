/* SPDX-License-Identifier: Apache-2.0 */
/* aggregate_numeric.c - sum, avg and the variance family of numeric, and the variance family of integers.
 *
 * A sum is a 128-bit coefficient at the greatest scale seen, which is also the scale of the result. Small values of one
 * scale, as a column of numeric(p,s) or a product of two has them, are summed as 64-bit integers in two halves; a value
 * of a smaller scale is multiplied up, one of a greater scale multiplies the sum up. What 128 bits cannot hold moves to
 * a big decimal beside it, so that the coefficient starts again at 0. Exact throughout: the order of rows does not
 * matter, and rows can be taken out again. */
#include "type/aggregate.h"
#include "type/numeric_internal.h"

typedef struct NumericSum {
    i128 sum;            /* coefficient at `scale`; the value is this plus `big` */
    Decimal big;         /* what did not fit; bytes in `buffer` */
    uint8_t *buffer;     /* in the arena of the aggregation */
    uint32_t capacity;   /* of `buffer` */
    uint32_t scale;      /* greatest so far */
    int64_t scale_count; /* finite values of that scale */
    int64_t count;       /* all values */
    int64_t nan_count, plus_count, minus_count;
} NumericSum;

typedef struct NumericVariance {
    NumericSum values, squares;
} NumericVariance;

enum { I128_DIGITS_SAFE = 38 };

/* Emptied by each use. */
static Arena *scratch_of(Fn *fn)
{
    if (!fn->state) fn->state = arena_new_child(fn->site, "numeric aggregates");
    arena_reset(fn->state);
    return fn->state;
}

static void sum_set_big(Fn *fn, NumericSum *s, Decimal big)
{
    s->big = big;
    if (big.kind == DECIMAL_SMALL) return;
    if (big.bytes > s->capacity) {
        s->capacity = big.bytes * 2;
        s->buffer = arena_alloc(fn->arena, s->capacity);
    }
    memmove(s->buffer, big.big, big.bytes);
    s->big.big = s->buffer;
}

/* `v` is not in the scratch arena. */
static void sum_add_big(Fn *fn, NumericSum *s, Decimal v)
{
    sum_set_big(fn, s, decimal_add(scratch_of(fn), s->big, v));
}

static void sum_add_wide(Fn *fn, NumericSum *s, i128 coefficient, uint32_t scale)
{
    Arena *scratch = scratch_of(fn);
    sum_set_big(fn, s,
                decimal_add(scratch, s->big, decimal_from_i128(scratch, coefficient, scale)));
}

/* Moves the coefficient to the big part. */
static void sum_flush(Fn *fn, NumericSum *s)
{
    sum_add_wide(fn, s, s->sum, s->scale);
    s->sum = 0;
}

static bool scale_up(i128 *coefficient, uint32_t digits)
{
    if (digits > I128_DIGITS_SAFE) return *coefficient == 0;
    return !mul_overflows(*coefficient, (i128)u128_pow10(digits), coefficient);
}

static void sum_raise_scale(Fn *fn, NumericSum *s, uint32_t scale)
{
    i128 sum = s->sum;
    if (scale_up(&sum, scale - s->scale))
        s->sum = sum;
    else
        sum_flush(fn, s);
    s->scale = scale;
    s->scale_count = 0;
}

/* Adds coefficient / 10^scale without counting it. */
static void sum_add_coefficient(Fn *fn, NumericSum *s, i128 coefficient, uint32_t scale)
{
    if (UNLIKELY(scale > s->scale)) sum_raise_scale(fn, s, scale);
    i128 scaled = coefficient;
    if (UNLIKELY(scale < s->scale) && !scale_up(&scaled, s->scale - scale)) {
        sum_add_wide(fn, s, coefficient, scale);
        return;
    }
    if (UNLIKELY(add_overflows(s->sum, scaled, &scaled))) {
        sum_flush(fn, s);
        sum_add_coefficient(fn, s, coefficient, scale);
        return;
    }
    s->sum = scaled;
}

static void sum_count_scale(NumericSum *s, uint32_t scale, int64_t count)
{
    s->count += count;
    if (scale == s->scale) s->scale_count += count;
}

static uint32_t scale_of_big(Decimal v)
{
    return load_le16(v.big) & 0x3fffu;
}

static void sum_count_special(NumericSum *s, Decimal v, int64_t count)
{
    s->count += count;
    if (decimal_is_nan(v))
        s->nan_count += count;
    else if (decimal_sign(v) > 0)
        s->plus_count += count;
    else
        s->minus_count += count;
}

static void sum_add(Fn *fn, NumericSum *s, Decimal v)
{
    if (LIKELY(v.kind == DECIMAL_SMALL)) {
        sum_add_coefficient(fn, s, v.coefficient, v.scale);
        sum_count_scale(s, v.scale, 1);
    } else if (decimal_is_special(v)) {
        sum_count_special(s, v, 1);
    } else {
        const uint32_t scale = scale_of_big(v);
        if (scale > s->scale) sum_raise_scale(fn, s, scale);
        sum_add_big(fn, s, v);
        sum_count_scale(s, scale, 1);
    }
}

/* False when the result's scale would not be known any more: the last value of the greatest scale goes. */
static bool sum_remove(Fn *fn, NumericSum *s, Decimal v)
{
    if (decimal_is_special(v)) {
        sum_count_special(s, v, -1);
        return true;
    }
    const uint32_t scale = v.kind == DECIMAL_SMALL ? v.scale : scale_of_big(v);
    if (scale == s->scale && scale > 0 && s->scale_count <= 1) return false;
    if (v.kind == DECIMAL_SMALL)
        sum_add_coefficient(fn, s, -(i128)v.coefficient, scale);
    else
        sum_set_big(fn, s, decimal_subtract(scratch_of(fn), s->big, v));
    sum_count_scale(s, scale, -1);
    return true;
}

static void sum_combine(Fn *fn, NumericSum *into, const NumericSum *from)
{
    const int64_t same = from->scale == into->scale ? into->scale_count : 0;
    if (from->scale > into->scale) sum_raise_scale(fn, into, from->scale);
    sum_add_coefficient(fn, into, from->sum, from->scale);
    if (decimal_sign(from->big)) sum_add_big(fn, into, from->big);
    if (from->scale == into->scale) into->scale_count = same + from->scale_count;
    into->count += from->count;
    into->nan_count += from->nan_count;
    into->plus_count += from->plus_count;
    into->minus_count += from->minus_count;
}

/* The finite part. */
static Num sum_num(Arena *arena, const NumericSum *s)
{
    const Num big = num__of(arena, s->big);
    Num small = num__of_u128(arena, s->sum < 0 ? -(u128)s->sum : (u128)s->sum);
    small.negative = s->sum < 0;
    small.scale = (int32_t)s->scale;
    return num__add(arena, &small, &big);
}

/* NaN or an infinity if the values hold one. */
static bool sum_special(Fn *fn, const NumericSum *s, Decimal *result)
{
    const bool nan = s->nan_count || (s->plus_count && s->minus_count);
    if (!nan && !s->plus_count && !s->minus_count) return false;
    *result = nan ? decimal_nan(fn->arena) : decimal_infinity(fn->arena, s->minus_count > 0);
    return true;
}

static Decimal sum_total(Fn *fn, const NumericSum *s)
{
    Decimal special;
    if (sum_special(fn, s, &special)) return special;
    if (s->big.kind == DECIMAL_SMALL && s->big.coefficient == 0)
        return decimal_from_i128(fn->arena, s->sum, s->scale);
    const Num total = sum_num(fn->arena, s);
    return num__decimal(fn->arena, &total);
}

/* ---- sum and avg */

/* The straight sum of a batch of small values of one scale; false when it is not that. */
static bool sum_batch(NumericSum *s, const Decimal *restrict data, uint32_t count)
{
    uint64_t head, other = 0;
    int64_t high = 0, low = 0;
    memcpy(&head, &data[0], sizeof head);
    if (data[0].kind != DECIMAL_SMALL || data[0].scale != s->scale) return false;
    for (uint32_t i = 0; i < count; i++) {
        uint64_t this_head;
        memcpy(&this_head, &data[i], sizeof this_head);
        other |= this_head ^ head;
        high += data[i].coefficient >> 32;
        low += (uint32_t)data[i].coefficient;
    }
    if (other) return false;
    i128 sum;
    if (add_overflows(s->sum, (i128)high * ((int64_t)1 << 32) + low, &sum)) return false;
    s->sum = sum;
    sum_count_scale(s, s->scale, count);
    return true;
}

static void numeric_sum_update(Fn *fn, void *const *states, const Vector *args, Selection selection)
{
    const Decimal *data = args[0].data;
    for (uint32_t i = 0; i < selection.count; i++) {
        NumericSum *s = states[i];
        const Decimal v = data[vector_index(&args[0], fn_selected(selection, i))];
        i128 sum;
        if (LIKELY(v.kind == DECIMAL_SMALL && v.scale == s->scale) &&
            LIKELY(!add_overflows(s->sum, (i128)v.coefficient, &sum))) {
            s->sum = sum;
            s->count++;
            s->scale_count++;
        } else {
            sum_add(fn, s, v);
        }
    }
}

static void numeric_sum_update_one(Fn *fn, void *state, const Vector *args, Selection selection)
{
    const Decimal *data = args[0].data;
    NumericSum *s = state;
    if (!selection.count) return;
    if (aggregate_is_plain(&args[0], selection) && selection.count <= BATCH_ROWS_MAX) {
        if (data[0].kind == DECIMAL_SMALL && data[0].scale > s->scale)
            sum_raise_scale(fn, s, data[0].scale);
        if (sum_batch(s, data, selection.count)) return;
    }
    for (uint32_t i = 0; i < selection.count; i++)
        sum_add(fn, s, data[vector_index(&args[0], fn_selected(selection, i))]);
}

static bool numeric_sum_remove(Fn *fn, void *state, const Vector *args, Selection selection)
{
    const Decimal *data = args[0].data;
    for (uint32_t i = 0; i < selection.count; i++)
        if (!sum_remove(fn, state, data[vector_index(&args[0], fn_selected(selection, i))]))
            return false;
    return true;
}

static void numeric_sum_combine(Fn *fn, void *into, const void *from)
{
    sum_combine(fn, into, from);
}

static Datum numeric_sum_finish(Fn *fn, const void *state, const Datum *direct)
{
    const NumericSum *s = state;
    (void)direct;
    if (!s->count) return datum_null();
    return (Datum){.value.decimal = sum_total(fn, s)};
}

static Datum numeric_avg_finish(Fn *fn, const void *state, const Datum *direct)
{
    const NumericSum *s = state;
    (void)direct;
    if (!s->count) return datum_null();
    return (Datum){.value.decimal = decimal_divide(fn->arena, sum_total(fn, s),
                                                   decimal_from_i64(fn->arena, s->count))};
}

/* Spilled: the struct, then the bytes of the big part. */
static void sum_store(const NumericSum *s, StrBuilder *out)
{
    str_add(out, (Str){(const char *)s, sizeof *s});
    if (s->big.kind == DECIMAL_BIG) str_add(out, (Str){(const char *)s->big.big, s->big.bytes});
}

static Str sum_load(Fn *fn, NumericSum *s, Str bytes)
{
    if (bytes.bytes < sizeof *s)
        raise_error(SQLSTATE_INTERNAL_ERROR, "a spilled state of a sum is damaged");
    memcpy(s, bytes.data, sizeof *s);
    bytes = str_slice(bytes, sizeof *s, bytes.bytes);
    s->buffer = NULL;
    s->capacity = 0;
    if (s->big.kind == DECIMAL_SMALL) return bytes;
    Decimal big = s->big;
    big.big = (const uint8_t *)bytes.data;
    if (bytes.bytes < big.bytes)
        raise_error(SQLSTATE_INTERNAL_ERROR, "a spilled state of a sum is damaged");
    sum_set_big(fn, s, big);
    return str_slice(bytes, big.bytes, bytes.bytes);
}

static void numeric_sum_store(Fn *fn, const void *state, StrBuilder *out)
{
    (void)fn;
    sum_store(state, out);
}

static void numeric_sum_load(Fn *fn, void *state, Str bytes)
{
    sum_load(fn, state, bytes);
}

#define NUMERIC_SUM_AGGREGATE(name, finisher)                                 \
    const Aggregate aggregate_##name = {.state_bytes = sizeof(NumericSum),    \
                                        .skips_nulls = true,                  \
                                        .update = numeric_sum_update,         \
                                        .update_one = numeric_sum_update_one, \
                                        .combine = numeric_sum_combine,       \
                                        .remove = numeric_sum_remove,         \
                                        .finish = finisher,                   \
                                        .store = numeric_sum_store,           \
                                        .load = numeric_sum_load};
NUMERIC_SUM_AGGREGATE(sum_numeric, numeric_sum_finish)
NUMERIC_SUM_AGGREGATE(avg_numeric, numeric_avg_finish)

SQL_AGGREGATE(2114, "sum", numeric, (numeric), IMMUTABLE, aggregate_sum_numeric,
              "sum of all values that are not null", .transition = 2858, .final = 3178,
              .combine = 3337, .serial = 2740, .deserial = 2741, .moving_transition = 2858,
              .moving_inverse = 3548, .moving_final = 3178, .state = internal,
              .moving_state = internal, .state_bytes = 128, .moving_state_bytes = 128)
SQL_AGGREGATE(2103, "avg", numeric, (numeric), IMMUTABLE, aggregate_avg_numeric,
              "mean of all values that are not null", .transition = 2858, .final = 1837,
              .combine = 3337, .serial = 2740, .deserial = 2741, .moving_transition = 2858,
              .moving_inverse = 3548, .moving_final = 1837, .state = internal,
              .moving_state = internal, .state_bytes = 128, .moving_state_bytes = 128)

/* ---- Variances and standard deviations: exact sums of the values and of their squares */

static void variance_add_integer(Fn *fn, NumericVariance *s, int64_t v)
{
    sum_add_coefficient(fn, &s->values, v, 0);
    sum_add_coefficient(fn, &s->squares, (i128)v * v, 0);
    s->values.count++;
}

static void variance_add(Fn *fn, NumericVariance *s, Decimal v)
{
    sum_add(fn, &s->values, v);
    if (v.kind == DECIMAL_SMALL) {
        sum_add_coefficient(fn, &s->squares, (i128)v.coefficient * v.coefficient, v.scale * 2u);
    } else if (!decimal_is_special(v)) {
        const uint32_t scale = scale_of_big(v) * 2;
        if (scale > s->squares.scale) sum_raise_scale(fn, &s->squares, scale);
        Arena *scratch = scratch_of(fn);
        const Num num = num__of(scratch, v);
        const Num square = num__multiply(scratch, &num, &num);
        sum_set_big(fn, &s->squares,
                    decimal_add(scratch, s->squares.big, num__decimal(scratch, &square)));
    }
}

typedef enum { VARIANCE_SAMPLE = 1, VARIANCE_ROOT = 2 } VarianceKind;

static Datum variance_result(Fn *fn, const NumericVariance *s, int kind)
{
    const uint64_t n = (uint64_t)s->values.count;
    Decimal special;
    if (n == 0 || (n == 1 && (kind & VARIANCE_SAMPLE))) return datum_null();
    if (sum_special(fn, &s->values, &special))
        return (Datum){.value.decimal = decimal_nan(fn->arena)};
    Arena *arena = scratch_of(fn);
    const Num sum = sum_num(arena, &s->values), squares = sum_num(arena, &s->squares);
    const Num count = num__of_u64(arena, n);
    const Num square_of_sum = num__multiply(arena, &sum, &sum);
    const Num scaled = num__multiply(arena, &squares, &count);
    const Num spread = num__subtract(arena, &scaled, &square_of_sum);
    if (num__is_zero(&spread) || spread.negative)
        return (Datum){.value.decimal = decimal_small(0, 0)};
    const u128 pairs = (u128)n * (kind & VARIANCE_SAMPLE ? n - 1 : n);
    const Num divisor = num__of_u128(arena, pairs);
    const int32_t scale = num__divide_scale(arena, &spread, &divisor);
    Num result = num__divide(arena, &spread, &divisor, scale, true);
    if (kind & VARIANCE_ROOT) result = num__sqrt(arena, &result, scale);
    return (Datum){.value.decimal = num__decimal(fn->arena, &result)};
}

/* Loops of one argument type, `add(fn, state, value)`. */
#define VARIANCE_LOOPS(name, CType, add, back)                          \
    static inline void name##_step(Fn *fn, NumericVariance *s, CType v) \
    {                                                                   \
        add(fn, s, v);                                                  \
    }                                                                   \
    AGGREGATE_UPDATE(name, NumericVariance, CType, name##_step)         \
    AGGREGATE_REMOVE(name, NumericVariance, CType, back)

static bool variance_remove_integer(Fn *fn, NumericVariance *s, int64_t v)
{
    sum_add_coefficient(fn, &s->values, -(i128)v, 0);
    sum_add_coefficient(fn, &s->squares, -((i128)v * v), 0);
    s->values.count--;
    return true;
}

/* Rows of numeric are not taken out: the scale of the squares would have to be found anew. */
static bool variance_remove_none(Fn *fn, NumericVariance *s, Decimal v)
{
    (void)fn;
    (void)s;
    (void)v;
    return false;
}
VARIANCE_LOOPS(variance_int2, int16_t, variance_add_integer, variance_remove_integer)
VARIANCE_LOOPS(variance_int4, int32_t, variance_add_integer, variance_remove_integer)
VARIANCE_LOOPS(variance_int8, int64_t, variance_add_integer, variance_remove_integer)
VARIANCE_LOOPS(variance_numeric, Decimal, variance_add, variance_remove_none)

static void variance_combine(Fn *fn, void *into, const void *from)
{
    NumericVariance *s = into;
    const NumericVariance *other = from;
    sum_combine(fn, &s->values, &other->values);
    sum_combine(fn, &s->squares, &other->squares);
}

static void variance_store(Fn *fn, const void *state, StrBuilder *out)
{
    const NumericVariance *s = state;
    (void)fn;
    sum_store(&s->values, out);
    sum_store(&s->squares, out);
}

static void variance_load(Fn *fn, void *state, Str bytes)
{
    NumericVariance *s = state;
    bytes = sum_load(fn, &s->values, bytes);
    sum_load(fn, &s->squares, bytes);
}

#define VARIANCE_FINISH(name, kind)                                            \
    static Datum name##_finish(Fn *fn, const void *state, const Datum *direct) \
    {                                                                          \
        (void)direct;                                                          \
        return variance_result(fn, state, kind);                               \
    }
VARIANCE_FINISH(var_pop, 0)
VARIANCE_FINISH(var_samp, VARIANCE_SAMPLE)
VARIANCE_FINISH(stddev_pop, VARIANCE_ROOT)
VARIANCE_FINISH(stddev_samp, VARIANCE_ROOT | VARIANCE_SAMPLE)

#define VARIANCE_AGGREGATE(name, type)                                                       \
    const Aggregate aggregate_##name##_##type = {.state_bytes = sizeof(NumericVariance),     \
                                                 .skips_nulls = true,                        \
                                                 .update = variance_##type##_update,         \
                                                 .update_one = variance_##type##_update_one, \
                                                 .combine = variance_combine,                \
                                                 .remove = variance_##type##_remove,         \
                                                 .finish = name##_finish,                    \
                                                 .store = variance_store,                    \
                                                 .load = variance_load};
#define VARIANCE_AGGREGATES(type)        \
    VARIANCE_AGGREGATE(var_pop, type)    \
    VARIANCE_AGGREGATE(var_samp, type)   \
    VARIANCE_AGGREGATE(stddev_pop, type) \
    VARIANCE_AGGREGATE(stddev_samp, type)
VARIANCE_AGGREGATES(int2)
VARIANCE_AGGREGATES(int4)
VARIANCE_AGGREGATES(int8)
VARIANCE_AGGREGATES(numeric)

SQL_AGGREGATE(2720, "var_pop", numeric, (int2), IMMUTABLE, aggregate_var_pop_int2,
              "variance of a population", .transition = 1834, .final = 3390, .combine = 3338,
              .serial = 3339, .deserial = 3340, .moving_transition = 1834, .moving_inverse = 3567,
              .moving_final = 3390, .state = internal, .moving_state = internal, .state_bytes = 48,
              .moving_state_bytes = 48)
SQL_AGGREGATE(2643, "var_samp", numeric, (int2), IMMUTABLE, aggregate_var_samp_int2,
              "variance of a sample", .transition = 1834, .final = 3391, .combine = 3338,
              .serial = 3339, .deserial = 3340, .moving_transition = 1834, .moving_inverse = 3567,
              .moving_final = 3391, .state = internal, .moving_state = internal, .state_bytes = 48,
              .moving_state_bytes = 48)
SQL_AGGREGATE(2150, "variance", numeric, (int2), IMMUTABLE, aggregate_var_samp_int2,
              "variance of a sample", .transition = 1834, .final = 3391, .combine = 3338,
              .serial = 3339, .deserial = 3340, .moving_transition = 1834, .moving_inverse = 3567,
              .moving_final = 3391, .state = internal, .moving_state = internal, .state_bytes = 48,
              .moving_state_bytes = 48)
SQL_AGGREGATE(2726, "stddev_pop", numeric, (int2), IMMUTABLE, aggregate_stddev_pop_int2,
              "standard deviation of a population", .transition = 1834, .final = 3392,
              .combine = 3338, .serial = 3339, .deserial = 3340, .moving_transition = 1834,
              .moving_inverse = 3567, .moving_final = 3392, .state = internal,
              .moving_state = internal, .state_bytes = 48, .moving_state_bytes = 48)
SQL_AGGREGATE(2714, "stddev_samp", numeric, (int2), IMMUTABLE, aggregate_stddev_samp_int2,
              "standard deviation of a sample", .transition = 1834, .final = 3393, .combine = 3338,
              .serial = 3339, .deserial = 3340, .moving_transition = 1834, .moving_inverse = 3567,
              .moving_final = 3393, .state = internal, .moving_state = internal, .state_bytes = 48,
              .moving_state_bytes = 48)
SQL_AGGREGATE(2156, "stddev", numeric, (int2), IMMUTABLE, aggregate_stddev_samp_int2,
              "standard deviation of a sample", .transition = 1834, .final = 3393, .combine = 3338,
              .serial = 3339, .deserial = 3340, .moving_transition = 1834, .moving_inverse = 3567,
              .moving_final = 3393, .state = internal, .moving_state = internal, .state_bytes = 48,
              .moving_state_bytes = 48)
SQL_AGGREGATE(2719, "var_pop", numeric, (int4), IMMUTABLE, aggregate_var_pop_int4,
              "variance of a population", .transition = 1835, .final = 3390, .combine = 3338,
              .serial = 3339, .deserial = 3340, .moving_transition = 1835, .moving_inverse = 3568,
              .moving_final = 3390, .state = internal, .moving_state = internal, .state_bytes = 48,
              .moving_state_bytes = 48)
SQL_AGGREGATE(2642, "var_samp", numeric, (int4), IMMUTABLE, aggregate_var_samp_int4,
              "variance of a sample", .transition = 1835, .final = 3391, .combine = 3338,
              .serial = 3339, .deserial = 3340, .moving_transition = 1835, .moving_inverse = 3568,
              .moving_final = 3391, .state = internal, .moving_state = internal, .state_bytes = 48,
              .moving_state_bytes = 48)
SQL_AGGREGATE(2149, "variance", numeric, (int4), IMMUTABLE, aggregate_var_samp_int4,
              "variance of a sample", .transition = 1835, .final = 3391, .combine = 3338,
              .serial = 3339, .deserial = 3340, .moving_transition = 1835, .moving_inverse = 3568,
              .moving_final = 3391, .state = internal, .moving_state = internal, .state_bytes = 48,
              .moving_state_bytes = 48)
SQL_AGGREGATE(2725, "stddev_pop", numeric, (int4), IMMUTABLE, aggregate_stddev_pop_int4,
              "standard deviation of a population", .transition = 1835, .final = 3392,
              .combine = 3338, .serial = 3339, .deserial = 3340, .moving_transition = 1835,
              .moving_inverse = 3568, .moving_final = 3392, .state = internal,
              .moving_state = internal, .state_bytes = 48, .moving_state_bytes = 48)
SQL_AGGREGATE(2713, "stddev_samp", numeric, (int4), IMMUTABLE, aggregate_stddev_samp_int4,
              "standard deviation of a sample", .transition = 1835, .final = 3393, .combine = 3338,
              .serial = 3339, .deserial = 3340, .moving_transition = 1835, .moving_inverse = 3568,
              .moving_final = 3393, .state = internal, .moving_state = internal, .state_bytes = 48,
              .moving_state_bytes = 48)
SQL_AGGREGATE(2155, "stddev", numeric, (int4), IMMUTABLE, aggregate_stddev_samp_int4,
              "standard deviation of a sample", .transition = 1835, .final = 3393, .combine = 3338,
              .serial = 3339, .deserial = 3340, .moving_transition = 1835, .moving_inverse = 3568,
              .moving_final = 3393, .state = internal, .moving_state = internal, .state_bytes = 48,
              .moving_state_bytes = 48)
SQL_AGGREGATE(2718, "var_pop", numeric, (int8), IMMUTABLE, aggregate_var_pop_int8,
              "variance of a population", .transition = 1836, .final = 2514, .combine = 3341,
              .serial = 3335, .deserial = 3336, .moving_transition = 1836, .moving_inverse = 3569,
              .moving_final = 2514, .state = internal, .moving_state = internal, .state_bytes = 128,
              .moving_state_bytes = 128)
SQL_AGGREGATE(2641, "var_samp", numeric, (int8), IMMUTABLE, aggregate_var_samp_int8,
              "variance of a sample", .transition = 1836, .final = 1838, .combine = 3341,
              .serial = 3335, .deserial = 3336, .moving_transition = 1836, .moving_inverse = 3569,
              .moving_final = 1838, .state = internal, .moving_state = internal, .state_bytes = 128,
              .moving_state_bytes = 128)
SQL_AGGREGATE(2148, "variance", numeric, (int8), IMMUTABLE, aggregate_var_samp_int8,
              "variance of a sample", .transition = 1836, .final = 1838, .combine = 3341,
              .serial = 3335, .deserial = 3336, .moving_transition = 1836, .moving_inverse = 3569,
              .moving_final = 1838, .state = internal, .moving_state = internal, .state_bytes = 128,
              .moving_state_bytes = 128)
SQL_AGGREGATE(2724, "stddev_pop", numeric, (int8), IMMUTABLE, aggregate_stddev_pop_int8,
              "standard deviation of a population", .transition = 1836, .final = 2596,
              .combine = 3341, .serial = 3335, .deserial = 3336, .moving_transition = 1836,
              .moving_inverse = 3569, .moving_final = 2596, .state = internal,
              .moving_state = internal, .state_bytes = 128, .moving_state_bytes = 128)
SQL_AGGREGATE(2712, "stddev_samp", numeric, (int8), IMMUTABLE, aggregate_stddev_samp_int8,
              "standard deviation of a sample", .transition = 1836, .final = 1839, .combine = 3341,
              .serial = 3335, .deserial = 3336, .moving_transition = 1836, .moving_inverse = 3569,
              .moving_final = 1839, .state = internal, .moving_state = internal, .state_bytes = 128,
              .moving_state_bytes = 128)
SQL_AGGREGATE(2154, "stddev", numeric, (int8), IMMUTABLE, aggregate_stddev_samp_int8,
              "standard deviation of a sample", .transition = 1836, .final = 1839, .combine = 3341,
              .serial = 3335, .deserial = 3336, .moving_transition = 1836, .moving_inverse = 3569,
              .moving_final = 1839, .state = internal, .moving_state = internal, .state_bytes = 128,
              .moving_state_bytes = 128)
SQL_AGGREGATE(2723, "var_pop", numeric, (numeric), IMMUTABLE, aggregate_var_pop_numeric,
              "variance of a population", .transition = 1833, .final = 2514, .combine = 3341,
              .serial = 3335, .deserial = 3336, .moving_transition = 1833, .moving_inverse = 3548,
              .moving_final = 2514, .state = internal, .moving_state = internal, .state_bytes = 128,
              .moving_state_bytes = 128)
SQL_AGGREGATE(2646, "var_samp", numeric, (numeric), IMMUTABLE, aggregate_var_samp_numeric,
              "variance of a sample", .transition = 1833, .final = 1838, .combine = 3341,
              .serial = 3335, .deserial = 3336, .moving_transition = 1833, .moving_inverse = 3548,
              .moving_final = 1838, .state = internal, .moving_state = internal, .state_bytes = 128,
              .moving_state_bytes = 128)
SQL_AGGREGATE(2153, "variance", numeric, (numeric), IMMUTABLE, aggregate_var_samp_numeric,
              "variance of a sample", .transition = 1833, .final = 1838, .combine = 3341,
              .serial = 3335, .deserial = 3336, .moving_transition = 1833, .moving_inverse = 3548,
              .moving_final = 1838, .state = internal, .moving_state = internal, .state_bytes = 128,
              .moving_state_bytes = 128)
SQL_AGGREGATE(2729, "stddev_pop", numeric, (numeric), IMMUTABLE, aggregate_stddev_pop_numeric,
              "standard deviation of a population", .transition = 1833, .final = 2596,
              .combine = 3341, .serial = 3335, .deserial = 3336, .moving_transition = 1833,
              .moving_inverse = 3548, .moving_final = 2596, .state = internal,
              .moving_state = internal, .state_bytes = 128, .moving_state_bytes = 128)
SQL_AGGREGATE(2717, "stddev_samp", numeric, (numeric), IMMUTABLE, aggregate_stddev_samp_numeric,
              "standard deviation of a sample", .transition = 1833, .final = 1839, .combine = 3341,
              .serial = 3335, .deserial = 3336, .moving_transition = 1833, .moving_inverse = 3548,
              .moving_final = 1839, .state = internal, .moving_state = internal, .state_bytes = 128,
              .moving_state_bytes = 128)
SQL_AGGREGATE(2159, "stddev", numeric, (numeric), IMMUTABLE, aggregate_stddev_samp_numeric,
              "standard deviation of a sample", .transition = 1833, .final = 1839, .combine = 3341,
              .serial = 3335, .deserial = 3336, .moving_transition = 1833, .moving_inverse = 3548,
              .moving_final = 1839, .state = internal, .moving_state = internal, .state_bytes = 128,
              .moving_state_bytes = 128)

/* SPDX-License-Identifier: Apache-2.0 */
/* window_functions.c - row_number, rank and their kin, lag and lead, first_value, last_value, nth_value. What a
 * function needs of the partition is in the frame it is given: positions, peers, and the values of arguments at other
 * rows. */
#include "type/aggregate.h"

#include "base/task.h"

typedef struct {
    int64_t value;
} CounterState;

static Datum window_int8(int64_t v)
{
    return (Datum){.value.i64 = v};
}

static Datum row_number(Fn *fn, void *state, WindowFrame *frame, const Datum *args)
{
    (void)fn;
    (void)state;
    (void)args;
    return window_int8(frame->row + 1);
}

static Datum rank(Fn *fn, void *state, WindowFrame *frame, const Datum *args)
{
    (void)fn;
    (void)state;
    (void)args;
    return window_int8(frame->peers_from + 1);
}

static Datum dense_rank(Fn *fn, void *state, WindowFrame *frame, const Datum *args)
{
    CounterState *groups = state;
    (void)fn;
    (void)args;
    if (frame->first) groups->value = 0;
    if (frame->row == frame->peers_from) groups->value++;
    return window_int8(groups->value);
}

static Datum percent_rank(Fn *fn, void *state, WindowFrame *frame, const Datum *args)
{
    (void)fn;
    (void)state;
    (void)args;
    if (frame->row_count <= 1) return (Datum){.value.f64 = 0};
    return (Datum){.value.f64 = (double)frame->peers_from / (double)(frame->row_count - 1)};
}

static Datum cume_dist(Fn *fn, void *state, WindowFrame *frame, const Datum *args)
{
    (void)fn;
    (void)state;
    (void)args;
    return (Datum){.value.f64 = (double)frame->peers_to / (double)frame->row_count};
}

/* The first row of a partition says how many tiles; the first row_count % tiles of them have a row more. */
static Datum ntile(Fn *fn, void *state, WindowFrame *frame, const Datum *args)
{
    CounterState *tiles = state;
    (void)fn;
    if (frame->first || tiles->value == 0) {
        if (args[0].null) return datum_null();
        if (args[0].value.i32 <= 0)
            raise_error(SQLSTATE_INVALID_ARGUMENT_FOR_NTILE_FUNCTION,
                        "argument of ntile must be greater than zero");
        tiles->value = args[0].value.i32;
    }
    const int64_t small = frame->row_count / tiles->value, larger = frame->row_count % tiles->value;
    const int64_t in_larger = larger * (small + 1);
    const int64_t tile = frame->row < in_larger ? frame->row / (small + 1)
                                                : larger + (frame->row - in_larger) / small;
    return (Datum){.value.i32 = (int32_t)tile + 1};
}

/* Argument 0 at `sign` times the offset (argument 1, else 1) away; argument 2, else NULL, where there is no such
 * row. */
static Datum at_offset(Fn *fn, WindowFrame *frame, const Datum *args, int64_t sign)
{
    if (fn->arg_count > 1 && args[1].null) return datum_null();
    const int64_t offset = fn->arg_count > 1 ? args[1].value.i32 : 1;
    const int64_t row = frame->row + sign * offset;
    if (row >= 0 && row < frame->row_count) return frame->value(frame, 0, row);
    return fn->arg_count > 2 ? args[2] : datum_null();
}

static Datum lag(Fn *fn, void *state, WindowFrame *frame, const Datum *args)
{
    (void)state;
    return at_offset(fn, frame, args, -1);
}

static Datum lead(Fn *fn, void *state, WindowFrame *frame, const Datum *args)
{
    (void)state;
    return at_offset(fn, frame, args, 1);
}

static bool is_excluded(WindowFrame *frame, int64_t row)
{
    return frame->excluded && frame->excluded(frame, row);
}

static Datum first_value(Fn *fn, void *state, WindowFrame *frame, const Datum *args)
{
    (void)fn;
    (void)state;
    (void)args;
    for (int64_t row = frame->from; row < frame->to; row++) {
        task_check();
        if (!is_excluded(frame, row)) return frame->value(frame, 0, row);
    }
    return datum_null();
}

static Datum last_value(Fn *fn, void *state, WindowFrame *frame, const Datum *args)
{
    (void)fn;
    (void)state;
    (void)args;
    for (int64_t row = frame->to - 1; row >= frame->from; row--) {
        task_check();
        if (!is_excluded(frame, row)) return frame->value(frame, 0, row);
    }
    return datum_null();
}

static Datum nth_value(Fn *fn, void *state, WindowFrame *frame, const Datum *args)
{
    (void)fn;
    (void)state;
    if (args[1].null) return datum_null();
    int64_t left = args[1].value.i32;
    if (left <= 0)
        raise_error(SQLSTATE_INVALID_ARGUMENT_FOR_NTH_VALUE_FUNCTION,
                    "argument of nth_value must be greater than zero");
    if (!frame->excluded)
        return left <= frame->to - frame->from ? frame->value(frame, 0, frame->from + left - 1)
                                               : datum_null();
    for (int64_t row = frame->from; row < frame->to; row++) {
        task_check();
        if (!is_excluded(frame, row) && --left == 0) return frame->value(frame, 0, row);
    }
    return datum_null();
}

const WindowFunction window_row_number = {.call = row_number};
const WindowFunction window_rank = {.call = rank};
const WindowFunction window_dense_rank = {.state_bytes = sizeof(CounterState), .call = dense_rank};
const WindowFunction window_percent_rank = {.call = percent_rank};
const WindowFunction window_cume_dist = {.call = cume_dist};
const WindowFunction window_ntile = {.state_bytes = sizeof(CounterState), .call = ntile};
const WindowFunction window_lag = {.call = lag};
const WindowFunction window_lead = {.call = lead};
const WindowFunction window_first_value = {.call = first_value};
const WindowFunction window_last_value = {.call = last_value};
const WindowFunction window_nth_value = {.call = nth_value};

SQL_WINDOW_FUNCTION(3100, "row_number", int8, (), IMMUTABLE, window_row_number,
                    "number of the row in its partition")
SQL_FACTS(3100, .support = 6233)
SQL_WINDOW_FUNCTION(3101, "rank", int8, (), IMMUTABLE, window_rank, "rank with gaps")
SQL_FACTS(3101, .support = 6234)
SQL_WINDOW_FUNCTION(3102, "dense_rank", int8, (), IMMUTABLE, window_dense_rank, "rank without gaps")
SQL_FACTS(3102, .support = 6235)
SQL_WINDOW_FUNCTION(3103, "percent_rank", float8, (), IMMUTABLE, window_percent_rank,
                    "rank as a share of the partition")
SQL_FACTS(3103, .support = 6306)
SQL_WINDOW_FUNCTION(3104, "cume_dist", float8, (), IMMUTABLE, window_cume_dist,
                    "share of the rows before this one and its peers")
SQL_FACTS(3104, .support = 6307)
SQL_WINDOW_FUNCTION(3105, "ntile", int4, (int4), IMMUTABLE | STRICT, window_ntile,
                    "number of the part, of so many equal ones")
SQL_FACTS(3105, .support = 6308)
SQL_WINDOW_FUNCTION(3106, "lag", anyelement, (anyelement), IMMUTABLE | STRICT, window_lag,
                    "value at an earlier row")
SQL_WINDOW_FUNCTION(3107, "lag", anyelement, (anyelement, int4), IMMUTABLE | STRICT, window_lag,
                    "value at an earlier row")
SQL_WINDOW_FUNCTION(3108, "lag", anycompatible, (anycompatible, int4, anycompatible),
                    IMMUTABLE | STRICT, window_lag, "value at an earlier row")
SQL_WINDOW_FUNCTION(3109, "lead", anyelement, (anyelement), IMMUTABLE | STRICT, window_lead,
                    "value at a later row")
SQL_WINDOW_FUNCTION(3110, "lead", anyelement, (anyelement, int4), IMMUTABLE | STRICT, window_lead,
                    "value at a later row")
SQL_WINDOW_FUNCTION(3111, "lead", anycompatible, (anycompatible, int4, anycompatible),
                    IMMUTABLE | STRICT, window_lead, "value at a later row")
SQL_WINDOW_FUNCTION(3112, "first_value", anyelement, (anyelement), IMMUTABLE | STRICT,
                    window_first_value, "value at the first row of the frame")
SQL_WINDOW_FUNCTION(3113, "last_value", anyelement, (anyelement), IMMUTABLE | STRICT,
                    window_last_value, "value at the last row of the frame")
SQL_WINDOW_FUNCTION(3114, "nth_value", anyelement, (anyelement, int4), IMMUTABLE | STRICT,
                    window_nth_value, "value at a row of the frame by number")

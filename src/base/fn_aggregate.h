/* SPDX-License-Identifier: Apache-2.0 */
/* fn_aggregate.h - how aggregates and window functions are written.
 *
 * An aggregate is one constant struct of functions over a state of fixed size: the grouping operator lays the states of
 * all groups out as it likes, and calls `update` once a batch with a pointer to each row's state. What a state points
 * to lives in fn->arena of the aggregation, which is dropped whole; states may be copied bytewise, but not shared.
 *
 *     SQL_AGGREGATE(2108, "sum", int8, (int4), IMMUTABLE, aggregate_sum_int4, "sum of all non-null values",
 *                   .transition = 1841, .state = int8, .moving_transition = ...)
 *     const Aggregate aggregate_sum_int4 = {.state_bytes = sizeof(SumState), .skips_nulls = true, .update = ..., ...};
 *
 * The designators behind the description are columns of pg_aggregate (OIDs of functions, type names, texts); the
 * functions that they name are SQL_FUNCTIONs, or SQL_FUNCTION_INTERNALs where their state is `internal`.
 *
 * Ordered-set aggregates (.kind 'o') get the aggregated arguments alone, in the order that WITHIN GROUP asks for, and
 * their direct arguments at `finish`. Hypothetical-set ones (.kind 'h') get the aggregated arguments and behind them
 * one int2 vector, args[fn->arg_count], that says how each row stands to the hypothetical one in that order: below 0
 * before it, 0 its peer, above 0 after it; its rows come in that order too. For both fn->arg_count and fn->arg_types
 * tell of the aggregated arguments alone. */
#pragma once

#include "base/fn.h"

typedef struct Aggregate {
    uint32_t state_bytes; /* zeroed by the caller, 16-byte aligned; zero bytes are an empty state */
    bool skips_nulls;     /* the caller leaves out rows with a NULL argument */
    /* Adds selected row i of `args` to states[i] (one pointer a selected row, in their order). */
    void (*update)(Fn *fn, void *const *states, const Vector *args, Selection selection);
    /* The same when all rows belong to one state; NULL: `update` is used. */
    void (*update_one)(Fn *fn, void *state, const Vector *args, Selection selection);
    /* Adds `from` to `into`; `from` is not used again but for its memory. NULL: the aggregate is not split over
     * workers. */
    void (*combine)(Fn *fn, void *into, const void *from);
    /* Takes rows out again that went in before, oldest first, for moving window frames; false: it cannot, start
     * anew. */
    bool (*remove)(Fn *fn, void *state, const Vector *args, Selection selection);
    /* The result of a state, which may be asked again after further updates. `direct` are the direct arguments of
     * ordered-set aggregates. */
    Datum (*finish)(Fn *fn, const void *state, const Datum *direct);
    /* A state as bytes and back, for spilling. NULL: the state holds no pointer and is its own bytes. */
    void (*store)(Fn *fn, const void *state, StrBuilder *out);
    void (*load)(Fn *fn, void *state, Str bytes);
} Aggregate;

/* What a window function sees of its partition: positions count from 0 within it. */
typedef struct WindowFrame {
    int64_t row;                  /* the current row */
    int64_t row_count;            /* of the partition */
    int64_t peers_from, peers_to; /* [from, to): rows equal to the current one in ORDER BY */
    int64_t from, to; /* [from, to): the frame; exclusion is applied by `value` and `excluded` */
    bool first;       /* first row of a partition: states start anew */
    /* The value of argument `arg` at a row of the partition. */
    Datum (*value)(struct WindowFrame *frame, uint32_t arg, int64_t row);
    bool (*excluded)(struct WindowFrame *frame, int64_t row); /* NULL: no exclusion */
    void *arg;
} WindowFrame;

typedef struct WindowFunction {
    uint32_t state_bytes; /* one a partition, zeroed at its first row */
    Datum (*call)(Fn *fn, void *state, WindowFrame *frame, const Datum *args);
} WindowFunction;

#define SQL_AGGREGATE(oid_, name_, result_, args_, flags_, aggregate_, text_, ...) \
    SQLF_QUIET(extern const Aggregate aggregate_;)
#define SQL_WINDOW_FUNCTION(oid_, name_, result_, args_, flags_, function_, text_) \
    SQLF_QUIET(extern const WindowFunction function_;)

/* SPDX-License-Identifier: Apache-2.0 */
/* op_window.c - window functions over sorted input, a partition at a time.
 *
 * A partition's rows are kept with the values of all arguments. For each row the frame is worked out as a range of
 * positions; aggregates go on from the frame before: rows that came in are added, rows that went out are taken out
 * where the aggregate can do that, else it starts anew. Frames that are the same give the same result, which is kept.
 *
 * The row given on is the child's, then one column a call. */
#include "exec/ops.h"

#include "base/array.h"
#include "base/builtins.h"
#include "base/oids.h"
#include "base/task.h"
#include "exec/user_aggregate.h"
#include "exec/keyruns.h"
#include "exec/rowstore.h"
#include "exec/spill.h"

/* Chunks of a partition in a file that frames look at by turns: the row's own, both ends of the frame, and a little. */
enum { FRAME_CHUNKS = 6 };

typedef struct FrameRange {
    int64_t from, to;
} FrameRange;

typedef struct WindowCallState {
    const QWindowCall *expr;
    const Aggregate *aggregate; /* one of these two */
    const WindowFunction *function;
    Fn fn;
    void *state;
    uint32_t state_bytes;
    uint32_t first_arg, arg_count; /* columns of the store */
    uint32_t filter;               /* likewise; UINT32_MAX: none */
    Arena *arena;                  /* of the aggregate's state */
    FrameRange covered;            /* rows that the state holds */
    bool has_result;
    Datum result;
    Arena *result_arena;
    Datum *args;
} WindowCallState;

typedef struct WindowState {
    const PlanWindowAggregate *plan;
    const QWindow *window;
    WindowCallState *calls;
    uint32_t call_count, child_columns;
    ExprState *program; /* arguments, filters, the first order key */
    Vector *values;
    KeyRuns *partitions, *peers;
    RowStore *rows;
    RowReader *reader, *giving; /* for frames; for the rows that are given out */
    Vector *view;
    uint32_t order_column;     /* of the store: what RANGE with offset compares; UINT32_MAX: none */
    ARRAY_OF(uint32_t) groups; /* first rows of groups of peers */
    ARRAY_OF(uint32_t) group_of; /* by row */
    /* the child's batch at hand */
    const Batch *batch;
    uint32_t at;
    bool same_partition[BATCH_ROWS_MAX], same_peers[BATCH_ROWS_MAX];
    bool ended, started;
    uint32_t given; /* rows of the partition */
    Datum start_offset, end_offset;
    Fn in_range[2]; /* start, end */
    Batch row;
    WindowFrame frame;
    WindowCallState *calling;
} WindowState;

/* ---- opening ---- */

static void open_call(WindowCallState *call, const QWindowCall *expr, Exec *exec)
{
    Arena *arena = exec->arena;
    const BuiltinFunction *found = builtin_function(expr->function);
    Oid *types = ARENA_ARRAY(arena, Oid, expr->args.count);
    for (uint32_t i = 0; i < expr->args.count; i++) types[i] = expr->args.items[i]->type;
    call->expr = expr;
    call->arena = arena_new_child(arena, "window state");
    call->result_arena = arena_new_child(arena, "window result");
    call->arg_count = expr->args.count;
    call->args = ARENA_ARRAY(arena, Datum, call->arg_count);
    call->fn = (Fn){.arena = call->arena,
                    .site = arena,
                    .env = exec->options.env,
                    .function = found,
                    .collation = expr->input_collation,
                    .result_type = expr->type,
                    .result_typmod = expr->typmod,
                    .arg_types = types,
                    .arg_count = call->arg_count};
    if (found && found->shape == FN_SHAPE_AGGREGATE)
        call->aggregate = found->aggregate;
    else if (found && found->shape == FN_SHAPE_WINDOW)
        call->function = found->window;
    else
        call->aggregate = user_aggregate_open(exec, expr->function, &call->fn);
    call->state_bytes = call->aggregate ? call->aggregate->state_bytes
                                        : call->function->state_bytes;
    call->state = arena_alloc_zero(arena, MAX(call->state_bytes, 1u));
}

/* The store's columns: the child's, then what is computed of each row. */
static void open_store(WindowState *state, Exec *exec)
{
    const PlanWindowAggregate *plan = state->plan;
    Arena *arena = exec->arena;
    const RowShape child = exec__shape(exec, &plan->child->outputs);
    uint32_t computed = 1;
    for (uint32_t i = 0; i < state->call_count; i++)
        computed += plan->calls.items[i]->args.count + 1;
    QExpr **exprs = ARENA_ARRAY(arena, QExpr *, computed);
    uint32_t count = 0;
    state->child_columns = child.count;
    for (uint32_t i = 0; i < state->call_count; i++) {
        WindowCallState *call = &state->calls[i];
        call->first_arg = child.count + count;
        for (uint32_t a = 0; a < call->arg_count; a++) exprs[count++] = call->expr->args.items[a];
        call->filter = call->expr->filter ? child.count + count : UINT32_MAX;
        if (call->expr->filter) exprs[count++] = call->expr->filter;
    }
    state->order_column = plan->order_by.count > 0 ? child.count + count : UINT32_MAX;
    if (plan->order_by.count > 0) exprs[count++] = plan->order_by.items[0]->expr;
    Oid *types = ARENA_ARRAY(arena, Oid, child.count + count);
    uint8_t *physes = ARENA_ARRAY(arena, uint8_t, child.count + count);
    for (uint32_t i = 0; i < child.count + count; i++) {
        types[i] = i < child.count ? child.types[i] : exprs[i - child.count]->type;
        physes[i] = (uint8_t)type_get(exec->options.env, types[i])->phys;
    }
    state->program = exec__program(exec, exprs, count);
    state->values = ARENA_ARRAY(arena, Vector, child.count + count);
    state->view = ARENA_ARRAY(arena, Vector, child.count + count);
    state->rows = rows_new(arena, &(RowShape){child.count + count, types, physes});
    rows_spill_to(state->rows, spill_open(exec), spill_budget(exec, false));
    state->reader = reader_new(state->rows, arena, FRAME_CHUNKS);
    state->giving = reader_new(state->rows, arena, 1);
}

static Datum frame_value(WindowFrame *frame, uint32_t arg, int64_t row);
static bool frame_excluded(WindowFrame *frame, int64_t row);

static void window_open(OpState *op)
{
    const PlanWindowAggregate *plan = (const PlanWindowAggregate *)op->plan;
    WindowState *state = OP_STATE(WindowState, op);
    Exec *exec = op->exec;
    Arena *arena = exec->arena;
    state->plan = plan;
    state->window = plan->window;
    op->children[0] = exec__open_op(exec, plan->child);
    state->call_count = plan->calls.count;
    state->calls = ARENA_ARRAY(arena, WindowCallState, state->call_count);
    for (uint32_t i = 0; i < state->call_count; i++)
        open_call(&state->calls[i], plan->calls.items[i], exec);
    open_store(state, exec);
    state->partitions = runs_new(exec, &plan->partition_by);
    state->peers = runs_new(exec, &plan->order_by);
    state->groups.arena = state->group_of.arena = arena;
    const uint32_t columns = state->child_columns + state->call_count;
    state->row = (Batch){.column_count = columns,
                         .columns = ARENA_ARRAY(arena, Vector, columns),
                         .arena = arena_new_child(arena, "window rows")};
    state->frame = (WindowFrame){.value = frame_value, .excluded = frame_excluded, .arg = state};
}

/* ---- reading a partition ---- */

static bool fill_batch(OpState *op, WindowState *state)
{
    if (state->batch && state->at < state->batch->selection.count) return true;
    if (state->ended || !op_pull(op->children[0], BATCH_ROWS_MAX, &state->batch)) {
        state->ended = true;
        state->batch = NULL;
        return false;
    }
    state->at = 0;
    runs_mark(state->partitions, state->batch, state->same_partition);
    runs_mark(state->peers, state->batch, state->same_peers);
    Vector *values = state->values;
    memcpy(values, state->batch->columns, sizeof *values * state->child_columns);
    if (expr_eval(state->program, &state->batch, 1, state->batch->selection,
                  values + state->child_columns) < state->batch->selection.count)
        expr_raise(state->program);
    return true;
}

static void add_rows(WindowState *state, uint32_t count)
{
    const uint32_t first = rows_count(state->rows);
    uint16_t rows[BATCH_ROWS_MAX];
    for (uint32_t i = 0; i < count; i++) {
        rows[i] = (uint16_t)sel_row(state->batch->selection, state->at + i);
        if (first + i == 0 || !state->same_peers[state->at + i])
            array_push(&state->groups, first + i);
        array_push(&state->group_of, state->groups.count - 1);
    }
    rows_append(state->rows, state->values, (Selection){rows, count});
    state->at += count;
}

static void begin_partition(WindowState *state)
{
    rows_clear(state->rows);
    state->groups.count = state->group_of.count = 0;
    state->given = 0;
    for (uint32_t i = 0; i < state->call_count; i++) {
        WindowCallState *call = &state->calls[i];
        memset(call->state, 0, call->state_bytes);
        arena_reset(call->arena);
        call->covered = (FrameRange){0};
        call->has_result = false;
    }
}

static bool read_partition(OpState *op, WindowState *state)
{
    begin_partition(state);
    while (fill_batch(op, state)) {
        const uint32_t rows = state->batch->selection.count;
        uint32_t end = state->at;
        task_check();
        if (rows_count(state->rows) > 0 && !state->same_partition[end]) break;
        for (end++; end < rows && state->same_partition[end]; end++) {}
        add_rows(state, end - state->at);
        if (end < rows) break;
    }
    return rows_count(state->rows) > 0;
}

/* ---- frames ---- */

static bool is_offset(uint32_t bound)
{
    return bound == AST_BOUND_PRECEDING || bound == AST_BOUND_FOLLOWING;
}

static Datum read_offset(Exec *exec, QExpr *expr, const WindowState *state, const char *which)
{
    Datum value;
    ExprState *program = exec__program(exec, &expr, 1);
    expr_eval_row(program, NULL, &value);
    if (value.null)
        raise_error(SQLSTATE_NULL_VALUE_NOT_ALLOWED, "frame %s offset must not be null", which);
    if (!value.null)
        value.value = value_copy(exec->arena, type_get(exec->options.env, expr->type)->phys,
                                 value.value);
    if (state->window->frame != AST_FRAME_RANGE && value.value.i64 < 0)
        raise_error(SQLSTATE_INVALID_PRECEDING_OR_FOLLOWING_SIZE,
                    "frame %s offset must not be negative", which);
    return value;
}

static void open_in_range(WindowState *state, Exec *exec, int which, Oid function,
                          const QExpr *offset)
{
    const BuiltinFunction *found = builtin_function(function);
    Oid *types = ARENA_ARRAY(exec->arena, Oid, 5);
    const Oid order = state->plan->order_by.items[0]->expr->type;
    memcpy(types, (Oid[]){order, order, offset->type, OID_BOOL, OID_BOOL}, sizeof(Oid[5]));
    if (!found || found->shape != FN_SHAPE_VECTOR)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "RANGE with offset PRECEDING/FOLLOWING is not supported for this type");
    state->in_range[which] = (Fn){.arena = state->row.arena,
                                  .site = exec->arena,
                                  .env = exec->options.env,
                                  .function = found,
                                  .collation = state->window->in_range_collation,
                                  .result_type = OID_BOOL,
                                  .result_typmod = -1,
                                  .arg_types = types,
                                  .arg_count = 5};
}

static void start_window(Exec *exec, WindowState *state)
{
    const QWindow *window = state->window;
    state->started = true;
    if (is_offset(window->start)) {
        state->start_offset = read_offset(exec, state->plan->start_offset, state, "starting");
        if (window->frame == AST_FRAME_RANGE)
            open_in_range(state, exec, 0, window->start_in_range, state->plan->start_offset);
    }
    if (is_offset(window->end)) {
        state->end_offset = read_offset(exec, state->plan->end_offset, state, "ending");
        if (window->frame == AST_FRAME_RANGE)
            open_in_range(state, exec, 1, window->end_in_range, state->plan->end_offset);
    }
}

static int64_t group_start(const WindowState *state, int64_t group)
{
    if (group < 0) return 0;
    return group >= state->groups.count ? rows_count(state->rows) : state->groups.items[group];
}

/* Is `row`'s order value on the right side of the current one's, moved by the offset? */
static bool in_range(WindowState *state, int which, int64_t row, int64_t current, bool preceding,
                     bool less)
{
    Fn *fn = &state->in_range[which];
    const bool ascending = state->window->in_range_asc;
    const Datum args[5] = {
        reader_get(state->reader, (uint32_t)row, state->order_column),
        reader_get(state->reader, (uint32_t)current, state->order_column),
        which == 0 ? state->start_offset : state->end_offset,
        {.value.b = ascending ? preceding : !preceding},
        {.value.b = ascending ? less : !less},
    };
    Phys physes[5];
    for (int i = 0; i < 5; i++) physes[i] = type_get(fn->env, fn->arg_types[i])->phys;
    return fn_call_datum(fn, fn->function->vector, false, fn->arg_types, physes, PHYS_BOOL, args)
        .value.b;
}

/* The rows that are not NULL in the order column, which NULLs stand beside. */
static FrameRange present_rows(const WindowState *state)
{
    FrameRange range = {0, rows_count(state->rows)};
    while (range.from < range.to &&
           reader_get(state->reader, (uint32_t)range.from, state->order_column).null)
        range.from++;
    while (range.to > range.from &&
           reader_get(state->reader, (uint32_t)range.to - 1, state->order_column).null)
        range.to--;
    return range;
}

/* By bisection: the first row that is in range (start), or the first behind those that are (end). */
static int64_t range_bound(WindowState *state, int which, int64_t row, bool preceding)
{
    FrameRange rows = present_rows(state);
    while (rows.from < rows.to) {
        const int64_t middle = rows.from + (rows.to - rows.from) / 2;
        task_check();
        const bool inside = in_range(state, which, middle, row, preceding, which == 1);
        if (inside == (which == 0))
            rows.to = middle;
        else
            rows.from = middle + 1;
    }
    return rows.from;
}

static int64_t clamp(int64_t value, int64_t most)
{
    return value < 0 ? 0 : MIN(value, most);
}

static int64_t offset_of(Datum offset, int64_t most)
{
    return MIN(offset.value.i64, most);
}

/* One bound of the frame of a row: where it starts (which 0), or where it has ended (which 1). */
static int64_t frame_bound(WindowState *state, int which, int64_t row)
{
    const QWindow *window = state->window;
    const int64_t count = rows_count(state->rows), group = state->group_of.items[row];
    const uint32_t bound = which == 0 ? window->start : window->end;
    const Datum offset = which == 0 ? state->start_offset : state->end_offset;
    const bool preceding = bound == AST_BOUND_PRECEDING;
    switch (bound) {
    case AST_BOUND_UNBOUNDED_PRECEDING: return 0;
    case AST_BOUND_UNBOUNDED_FOLLOWING: return count;
    case AST_BOUND_CURRENT_ROW:
        return window->frame == AST_FRAME_ROWS ? row + which : group_start(state, group + which);
    default: break;
    }
    if (window->frame == AST_FRAME_ROWS) {
        const int64_t by = offset_of(offset, count + 1);
        return clamp(row + (preceding ? -by : by) + which, count);
    }
    if (window->frame == AST_FRAME_GROUPS) {
        const int64_t by = offset_of(offset, count + 1);
        return group_start(state, group + (preceding ? -by : by) + which);
    }
    if (reader_get(state->reader, (uint32_t)row, state->order_column).null)
        return group_start(state, group + which);
    return range_bound(state, which, row, preceding);
}

static void set_frame(WindowState *state, int64_t row)
{
    WindowFrame *frame = &state->frame;
    const int64_t group = state->group_of.items[row];
    frame->row = row;
    frame->row_count = rows_count(state->rows);
    frame->peers_from = group_start(state, group);
    frame->peers_to = group_start(state, group + 1);
    frame->from = frame_bound(state, 0, row);
    frame->to = MAX(frame->from, frame_bound(state, 1, row));
    frame->first = row == 0;
}

static Datum frame_value(WindowFrame *frame, uint32_t arg, int64_t row)
{
    const WindowState *state = frame->arg;
    ASSERT(row >= 0 && row < frame->row_count && arg < state->calling->arg_count);
    return reader_get(state->reader, (uint32_t)row, state->calling->first_arg + arg);
}

static bool frame_excluded(WindowFrame *frame, int64_t row)
{
    const WindowState *state = frame->arg;
    const bool peer = row >= frame->peers_from && row < frame->peers_to;
    switch (state->window->exclusion) {
    case AST_EXCLUDE_CURRENT_ROW: return row == frame->row;
    case AST_EXCLUDE_GROUP: return peer;
    case AST_EXCLUDE_TIES: return peer && row != frame->row;
    default: return false;
    }
}

/* ---- aggregates over frames ---- */

typedef void (*TakeRows)(WindowCallState *call, const Vector *args, Selection rows, bool *could);

static void take_in(WindowCallState *call, const Vector *args, Selection rows, bool *could)
{
    const Aggregate *code = call->aggregate;
    (void)could;
    if (code->update_one) {
        code->update_one(&call->fn, call->state, args, rows);
        return;
    }
    void *states[BATCH_ROWS_MAX];
    for (uint32_t i = 0; i < rows.count; i++) states[i] = call->state;
    code->update(&call->fn, states, args, rows);
}

static void take_out(WindowCallState *call, const Vector *args, Selection rows, bool *could)
{
    *could = *could && call->aggregate->remove(&call->fn, call->state, args, rows);
}

/* The rows [from, to) of the partition that the call wants, chunk by chunk. */
static bool each_part(WindowState *state, WindowCallState *call, int64_t from, int64_t to,
                      bool exclude, TakeRows take)
{
    uint16_t wanted[BATCH_ROWS_MAX];
    bool could = true;
    while (from < to) {
        const Selection part = reader_view(state->reader, (uint32_t)from,
                                           (uint32_t)MIN(to - from, (int64_t)BATCH_ROWS_MAX),
                                           state->view);
        uint32_t count = 0;
        task_check();
        for (uint32_t i = 0; i < part.count; i++) {
            const uint32_t row = sel_row(part, i);
            if (exclude && frame_excluded(&state->frame, from + i)) continue;
            if (call->filter != UINT32_MAX) {
                const Datum passes = vector_get(&state->view[call->filter], row);
                if (passes.null || !passes.value.b) continue;
            }
            bool null = false;
            for (uint32_t a = 0; call->aggregate->skips_nulls && a < call->arg_count; a++)
                null |= vector_is_null(&state->view[call->first_arg + a], row);
            if (!null) wanted[count++] = (uint16_t)row;
        }
        if (count > 0)
            take(call, &state->view[call->first_arg], (Selection){wanted, count}, &could);
        from += part.count;
    }
    return could;
}

static void start_anew(WindowState *state, WindowCallState *call)
{
    memset(call->state, 0, call->state_bytes);
    arena_reset(call->arena);
    call->covered = (FrameRange){state->frame.from, state->frame.from};
}

static Datum aggregate_frame(WindowState *state, WindowCallState *call)
{
    const WindowFrame *frame = &state->frame;
    const bool exclude = state->window->exclusion != AST_EXCLUDE_NONE;
    FrameRange *covered = &call->covered;
    if (call->has_result && !exclude && covered->from == frame->from && covered->to == frame->to)
        return call->result;
    const bool goes_on = !exclude && frame->from >= covered->from && frame->from <= covered->to &&
                         frame->to >= covered->to;
    if (!goes_on || (frame->from > covered->from && !call->aggregate->remove)) {
        start_anew(state, call);
    } else if (frame->from > covered->from) {
        if (each_part(state, call, covered->from, frame->from, false, take_out))
            covered->from = frame->from;
        else
            start_anew(state, call);
    }
    (void)each_part(state, call, covered->to, frame->to, exclude, take_in);
    covered->to = frame->to;
    const Datum value = call->aggregate->finish(&call->fn, call->state, NULL);
    arena_reset(call->result_arena);
    call->result = value;
    if (!value.null) {
        const Phys phys = type_get(call->fn.env, call->expr->type)->phys;
        call->result.value = value_copy(call->result_arena, phys, value.value);
    }
    call->has_result = true;
    return call->result;
}

static Datum call_function(WindowState *state, WindowCallState *call)
{
    for (uint32_t a = 0; a < call->arg_count; a++)
        call->args[a] = reader_get(state->reader, (uint32_t)state->frame.row, call->first_arg + a);
    state->calling = call;
    call->fn.arena = state->row.arena;
    return call->function->call(&call->fn, call->state, &state->frame, call->args);
}

/* ---- giving rows ---- */

static void fill_rows(WindowState *state, uint32_t demand, const FnEnv *env)
{
    Batch *row = &state->row;
    Vector *view = ARENA_ARRAY(row->arena, Vector, rows_columns(state->rows));
    row->selection = reader_view(state->giving, state->given, demand, view);
    memcpy(row->columns, view, sizeof *view * state->child_columns);
    row->row_count = sel_row(row->selection, row->selection.count - 1) + 1u;
    for (uint32_t c = 0; c < state->call_count; c++) {
        const Oid type = state->calls[c].expr->type;
        vector_init_flat(&row->columns[state->child_columns + c], row->arena, type,
                         type_get(env, type)->phys, row->row_count);
    }
    for (uint32_t i = 0; i < row->selection.count; i++) {
        set_frame(state, state->given + i);
        for (uint32_t c = 0; c < state->call_count; c++) {
            WindowCallState *call = &state->calls[c];
            Vector *column = &row->columns[state->child_columns + c];
            Datum value = call->aggregate ? aggregate_frame(state, call)
                                          : call_function(state, call);
            if (!value.null) value.value = value_copy(row->arena, (Phys)column->phys, value.value);
            vector_set(column, row->arena, sel_row(row->selection, i), &value);
        }
    }
    state->given += row->selection.count;
}

static bool window_next(OpState *op, uint32_t rows_max)
{
    WindowState *state = OP_STATE(WindowState, op);
    const Batch *row = &state->row;
    if (!state->started) start_window(op->exec, state);
    for (uint32_t tries = 0;; tries++) {
        task_check();
        if (tail_give(op, rows_max)) return true;
        if (state->given == rows_count(state->rows) && !read_partition(op, state)) return false;
        arena_reset(state->row.arena);
        fill_rows(state, tail_demand(op, rows_max, tries), op->exec->options.env);
        tail_take(op, &row, 1, state->row.selection);
    }
}

static void window_rewind(OpState *op)
{
    WindowState *state = OP_STATE(WindowState, op);
    begin_partition(state);
    runs_reset(state->partitions);
    runs_reset(state->peers);
    state->batch = NULL;
    state->ended = state->started = false;
    op_rewind(op->children[0]);
}

const Operator op_window_aggregate = {.kind = PLAN_WINDOW_AGGREGATE,
                                      .title = "WindowAgg",
                                      .state_bytes = sizeof(WindowState),
                                      .open = window_open,
                                      .next = window_next,
                                      .rewind = window_rewind};

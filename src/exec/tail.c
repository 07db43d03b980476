/* SPDX-License-Identifier: Apache-2.0 */
/* tail.c - what every operator does with the rows it has found: conditions, outputs, demand, errors; and the figures
 * that EXPLAIN ANALYZE shows. */
#include "exec/exec_internal.h"

#include "exec/ops.h"
#include "os/clock.h"

enum { READ_AHEAD_TRIES = 1 };

void tail_open(OpState *op)
{
    Exec *exec = op->exec;
    Tail *tail = &op->tail;
    const PlanOp *plan = op->plan;
    uint32_t volatile_calls = 0;
    tail->may_read_ahead = true;
    if (plan->conditions.count > 0) {
        const ExprProgram *program = expr_compile_filter(exec->arena, plan->conditions.items,
                                                         plan->conditions.count, exec->options.env);
        tail->filter = expr_open(program, &exec->run);
        volatile_calls += expr_volatile_calls(program);
        tail->may_read_ahead &= !expr_has_subplans(program);
    }
    if (plan->kind != PLAN_PROJECT_SET && plan->kind != PLAN_MODIFY_TABLE) {
        QExpr **exprs = ARENA_ARRAY(exec->arena, QExpr *, plan->outputs.count);
        for (uint32_t i = 0; i < plan->outputs.count; i++) exprs[i] = plan->outputs.items[i]->expr;
        const ExprProgram *program = expr_compile(exec->arena, exprs, plan->outputs.count,
                                                  exec->options.env);
        tail->outputs = expr_open(program, &exec->run);
        volatile_calls += expr_volatile_calls(program);
    }
    tail->one_row = volatile_calls > 1;
    tail->is_volatile = volatile_calls > 0;
    op->out.columns = ARENA_ARRAY(exec->arena, Vector, plan->outputs.count);
    op->out.column_count = plan->outputs.count;
}

void tail_clear(OpState *op)
{
    op->tail.rest.count = 0;
    op->tail.filter_failed = false;
    op->tail.pending = NULL;
}

uint32_t tail_demand(const OpState *op, uint32_t rows_max, uint32_t tries)
{
    const Tail *tail = &op->tail;
    if (tail->one_row || (tail->is_volatile && rows_max < BATCH_ROWS_MAX)) return 1;
    if (!tail->may_read_ahead || tries < READ_AHEAD_TRIES) return rows_max;
    return tries >= 8 ? BATCH_ROWS_MAX : MIN((uint32_t)BATCH_ROWS_MAX, rows_max << tries);
}

/* Room for the numbers of a batch's rows: most scans by a key need none. */
static uint16_t *rows_of(const OpState *op, Tail *tail)
{
    if (!tail->rows)
        tail->rows = arena_alloc_array(op->exec->arena, BATCH_ROWS_MAX, sizeof *tail->rows);
    return tail->rows;
}

void tail_take(OpState *op, const Batch *const *inputs, uint32_t input_count, Selection selection)
{
    Tail *tail = &op->tail;
    ASSERT(tail->rest.count == 0 && !tail->filter_failed && input_count <= EXPR_INPUTS_MAX);
    for (uint32_t i = 0; i < input_count; i++) tail->inputs[i] = inputs[i];
    tail->input_count = input_count;
    tail->rest = selection;
    if (!tail->filter || selection.count == 0) return;
    uint16_t *rows = rows_of(op, tail);
    const uint32_t count = expr_filter(tail->filter, inputs, input_count, selection, rows);
    op->figures.removed += selection.count - count;
    tail->rest = (Selection){rows, count};
    tail->filter_failed = expr_has_error(tail->filter);
}

/* Part of the waiting rows; a dense selection becomes row numbers when it is split. */
static Selection take_rest(const OpState *op, Tail *tail, uint32_t rows_max)
{
    Selection part = tail->rest;
    if (part.count <= rows_max) {
        tail->rest.count = 0;
        return part;
    }
    if (!part.rows) {
        uint16_t *rows = rows_of(op, tail);
        for (uint32_t i = 0; i < part.count; i++) rows[i] = (uint16_t)i;
        tail->rest.rows = part.rows = rows;
    }
    part.count = rows_max;
    tail->rest.rows += rows_max;
    tail->rest.count -= rows_max;
    return part;
}

bool tail_give(OpState *op, uint32_t rows_max)
{
    Tail *tail = &op->tail;
    if (tail->rest.count == 0) {
        if (tail->filter_failed) expr_raise(tail->filter);
        return false;
    }
    Selection part = take_rest(op, tail, tail->one_row ? 1 : rows_max);
    Batch *out = &op->out;
    const uint32_t done = expr_eval(tail->outputs, tail->inputs, tail->input_count, part,
                                    out->columns);
    if (done < part.count) {
        if (done == 0) expr_raise(tail->outputs);
        tail->pending = tail->outputs;
        part.count = done;
    }
    out->selection = part;
    out->row_count = sel_row(part, part.count - 1) + 1u;
    return true;
}

/* ---- figures ---- */

bool figures_pull(OpState *op, uint32_t rows_max)
{
    ExecFigures *figures = &op->figures;
    const bool timing = op->exec->options.timing;
    const Task *task = task_self();
    const TaskUsage usage = task->usage;
    const int64_t before = timing ? os_monotonic_ns() : 0;
    if (!figures->running) {
        figures->running = true;
        figures->loops++;
    }
    const bool found = op->exec->source_count > 0 ? exec__pull_source(op, rows_max)
                                                  : op->code->next(op, rows_max);
    if (timing) {
        const int64_t spent = os_monotonic_ns() - before;
        figures->total_ns += spent;
        if (!figures->started) figures->first_ns += figures->total_ns;
    }
    figures->started = true;
    task_usage_add_since(&figures->usage, task, &usage);
    if (found) figures->rows += op->out.selection.count;
    return found;
}

void figures_rewind(OpState *op)
{
    op->figures.running = false;
}

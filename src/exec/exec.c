/* SPDX-License-Identifier: Apache-2.0 */
/* exec.c - executions: opening a plan's operators, pulling them, their tails, and the sub-plans that expressions ask
 * for. */
#include "exec/exec.h"

#include "base/task.h"
#include "exec/cte.h"
#include "exec/constraint_queue.h"
#include "exec/ops.h"
#include "exec/spill.h"
#include "exec/subplan_table.h"

/* ---- the table of operators ---- */

static const Operator *const operators[PLAN_KIND_COUNT] = {
#define OPERATOR_ROW(KIND, name) [PLAN_##KIND] = &op_##name,
    OPERATORS(OPERATOR_ROW)
#undef OPERATOR_ROW
};

OpState *exec__open_op(Exec *exec, const PlanOp *plan)
{
    task_check();
    const Operator *code = (uint32_t)plan->kind < PLAN_KIND_COUNT ? operators[plan->kind] : NULL;
    if (!code)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "plan nodes of kind %s are not supported",
                    plan_kind_name(plan->kind));
    OpState *op = ARENA_NEW(exec->arena, OpState);
    op->code = code;
    op->plan = plan;
    op->exec = exec;
    op->state = arena_alloc_zero(exec->arena, code->state_bytes);
    op->next_open = exec->opened;
    exec->opened = op;
    tail_open(op);
    code->open(op);
    return op;
}

/* Demands are cut to it, so that tests see batches of a few rows everywhere. */
TUNABLE(batch_rows, BATCH_ROWS_MAX, 1, BATCH_ROWS_MAX)

bool op_pull(OpState *op, uint32_t rows_max, const Batch **batch)
{
    task_check();
    ASSERT(rows_max > 0 && rows_max <= BATCH_ROWS_MAX);
    rows_max = MIN(rows_max, batch_rows());
    if (UNLIKELY(op->tail.pending != NULL)) expr_raise(op->tail.pending);
    if (UNLIKELY(op->exec->options.instrument)) {
        if (!figures_pull(op, rows_max)) return false;
    } else if (!(op->exec->source_count > 0 ? exec__pull_source(op, rows_max)
                                            : op->code->next(op, rows_max))) {
        return false;
    }
    ASSERT(op->out.selection.count > 0 && op->out.selection.count <= rows_max);
    *batch = &op->out;
    return true;
}

void op_rewind(OpState *op)
{
    task_check();
    tail_clear(op);
    op->source_given = false;
    figures_rewind(op);
    op->code->rewind(op);
}

/* ---- figures ---- */

typedef struct FiguresSum {
    uint32_t id;
    bool any;
    ExecFigures sum;
} FiguresSum;

static void add_figures(void *arg, const Exec *exec)
{
    FiguresSum *found = arg;
    const ExecFigures *figures = exec__figures(exec, found->id);
    ExecFigures *sum = &found->sum;
    if (!figures) return;
    found->any = true;
    sum->loops += figures->loops;
    sum->rows += figures->rows;
    sum->removed += figures->removed;
    sum->searches += figures->searches;
    sum->first_ns += figures->first_ns;
    sum->total_ns += figures->total_ns;
    sum->memory_bytes += figures->memory_bytes;
    sum->disk_bytes += figures->disk_bytes;
    sum->passes += figures->passes;
    sum->keeps_first |= figures->keeps_first;
    task_usage_add(&sum->usage, &figures->usage);
}

const ExecFigures *exec__figures(const Exec *exec, uint32_t id)
{
    const ExecFigures *found = NULL;
    for (const OpState *op = exec->opened; op; op = op->next_open)
        if (op->plan->id == id) found = &op->figures; /* the last in the list was opened first */
    if (found) return found;
    FiguresSum sum = {.id = id};
    for (const OpState *op = exec->gathers; op; op = op->next_gather)
        gather__visit(op, add_figures, &sum);
    return sum.any ? arena_copy(exec->arena, &sum.sum, sizeof sum.sum) : NULL;
}

typedef struct WorkerFigures {
    uint32_t id, count; /* participants */
    const ExecFigures **items;
    bool any;
} WorkerFigures;

static void count_participant(void *arg, const Exec *exec)
{
    (void)exec;
    ((WorkerFigures *)arg)->count++;
}

static void find_figures(void *arg, const Exec *exec)
{
    WorkerFigures *found = arg;
    found->items[found->count] = exec__figures(exec, found->id);
    found->any |= found->items[found->count++] != NULL;
}

uint32_t exec__shared_figures(const Exec *exec, uint32_t id, Arena *arena,
                              const ExecFigures ***figures)
{
    for (const OpState *op = exec->gathers; op; op = op->next_gather) {
        WorkerFigures found = {.id = id};
        gather__visit(op, count_participant, &found);
        found.items = ARENA_ARRAY(arena, const ExecFigures *, found.count);
        found.count = 0;
        gather__visit(op, find_figures, &found);
        if (!found.any) continue;
        *figures = found.items;
        return found.count;
    }
    return 0;
}

/* ---- expressions of nodes ---- */

ExprState *exec__program(Exec *exec, QExpr *const *exprs, uint32_t count)
{
    return expr_open(expr_compile(exec->arena, exprs, count, exec->options.env), &exec->run);
}

ExprState *exec__program_of_targets(Exec *exec, const QTargetList *targets)
{
    QExpr **exprs = ARENA_ARRAY(exec->arena, QExpr *, targets->count);
    for (uint32_t i = 0; i < targets->count; i++) exprs[i] = targets->items[i]->expr;
    return exec__program(exec, exprs, targets->count);
}

ExprState *exec__filter(Exec *exec, const QExprList *conditions)
{
    if (conditions->count == 0) return NULL;
    const ExprProgram *program = expr_compile_filter(exec->arena, conditions->items,
                                                     conditions->count, exec->options.env);
    return expr_open(program, &exec->run);
}

RowShape exec__shape(Exec *exec, const QTargetList *targets)
{
    Oid *types = ARENA_ARRAY(exec->arena, Oid, targets->count);
    uint8_t *physes = ARENA_ARRAY(exec->arena, uint8_t, targets->count);
    for (uint32_t i = 0; i < targets->count; i++) {
        types[i] = targets->items[i]->expr->type;
        physes[i] = (uint8_t)type_get(exec->options.env, types[i])->phys;
    }
    return (RowShape){targets->count, types, physes};
}

/* ---- sub-plans ---- */

static SubplanState *subplan(Exec *exec, uint32_t number)
{
    ASSERT(number >= 1 && number <= exec->plan->subplans.count);
    SubplanState *state = &exec->subplans[number - 1];
    if (!state->root) state->root = exec__open_op(exec, state->plan->root);
    return state;
}

static bool shares_param(const NodeI32s *a, const NodeI32s *b)
{
    for (uint32_t i = 0; i < a->count; i++)
        for (uint32_t k = 0; k < b->count; k++)
            if (a->items[i] == b->items[k]) return true;
    return false;
}

void exec__params_changed(Exec *exec, const NodeI32s *params)
{
    for (uint32_t i = 0; i < exec->plan->subplans.count; i++)
        if (exec->subplans[i].cte && shares_param(&exec->subplans[i].plan->params, params))
            cte_start_again(exec->subplans[i].cte);
}

static void subplan_start(void *arg, uint32_t number)
{
    SubplanState *state = subplan(arg, number);
    exec__params_changed(arg, &state->plan->params);
    if (state->fresh) op_rewind(state->root);
    state->fresh = true;
}

static bool subplan_next(void *arg, uint32_t number, uint32_t rows_max, const Batch **batch)
{
    return op_pull(subplan(arg, number)->root, rows_max, batch);
}

static void subplan_probe(void *arg, uint32_t number, const ExprProbe *probe, const Vector *keys,
                          Selection rows, int8_t *answers, bool again)
{
    SubplanState *state = subplan(arg, number);
    if (!state->table || again) {
        if (state->fresh) op_rewind(state->root);
        state->fresh = true;
        state->table = subplan_table_build(arg, state->root, probe, state->table);
    }
    subplan_table_probe(state->table, keys, rows, answers);
}

/* The first row's columns go to the sub-plan's params; NULLs when there is no row. Two rows: 21000. */
static void init_from_rows(Exec *exec, SubplanState *state)
{
    const Batch *batch;
    const NodeI32s *params = &state->plan->params;
    const bool found = op_pull(state->root, 2, &batch);
    const bool again = found && (batch->selection.count > 1);
    for (uint32_t i = 0; i < params->count; i++) {
        Datum value = {.null = true};
        if (found) {
            const Vector *column = &batch->columns[i];
            value = vector_get(column, sel_row(batch->selection, 0));
            if (!value.null) value.value = value_copy(exec->arena, (Phys)column->phys, value.value);
        }
        exec->run.exec_params[params->items[i]] = (ExecParam){value, true};
    }
    if (again || (found && op_pull(state->root, 1, &batch)))
        raise_error(SQLSTATE_CARDINALITY_VIOLATION,
                    "more than one row returned by a subquery used as an expression");
}

static void init_param(void *arg, uint32_t number)
{
    Exec *exec = arg;
    for (uint32_t i = 0; i < exec->plan->subplans.count; i++) {
        const PlanSubPlan *plan = exec->plan->subplans.items[i];
        bool mine = false;
        for (uint32_t p = 0; p < plan->params.count; p++)
            mine |= plan->params.items[p] == (int32_t)number;
        if (!plan->is_init || !mine) continue;
        SubplanState *state = subplan(exec, i + 1);
        const Batch *batch;
        switch (plan->sublink) {
        case Q_SUBLINK_EXISTS: {
            const Datum found = {.value.b = op_pull(state->root, 1, &batch)};
            exec->run.exec_params[number] = (ExecParam){found, true};
            return;
        }
        case Q_SUBLINK_SCALAR:
        case Q_SUBLINK_MULTI: init_from_rows(exec, state); return;
        case Q_SUBLINK_ALL:
        case Q_SUBLINK_ANY:
        case Q_SUBLINK_ROW_COMPARE:
        case Q_SUBLINK_ARRAY:
        case Q_SUBLINK_CTE: break;
        }
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "sub-queries of this kind are not supported");
    }
    raise_error(SQLSTATE_INTERNAL_ERROR, "parameter %u of the plan has no value", number);
}

void exec__need_param(Exec *exec, uint32_t number)
{
    if (!exec->run.exec_params[number].set) init_param(exec, number);
}

/* ---- executions ---- */

Exec *exec__new(const ExecOptions *options)
{
    Exec *exec = ARENA_NEW(options->query, Exec);
    exec->options = *options;
    exec->arena = options->query;
    exec->run = (ExprRun){.env = options->env,
                          .params = options->params,
                          .param_count = options->param_count,
                          .query = exec->arena,
                          .opened = &exec->programs};
    return exec;
}

Exec *exec_open(const PlanPlan *plan, const ExecOptions *options)
{
    if (options->view) exec__check_privileges(plan, options->view);
    return exec__open(plan, options);
}

Exec *exec__open(const PlanPlan *plan, const ExecOptions *options)
{
    Exec *exec = exec__new(options);
    exec->plan = plan;
    exec->subplans = ARENA_ARRAY(exec->arena, SubplanState, plan->subplans.count);
    for (uint32_t i = 0; i < plan->subplans.count; i++)
        exec->subplans[i].plan = plan->subplans.items[i];
    exec->subplans_calls = (ExprSubplans){.arg = exec,
                                          .param = init_param,
                                          .start = subplan_start,
                                          .probe = subplan_probe,
                                          .next = subplan_next};
    exec->run.exec_params = ARENA_ARRAY(exec->arena, ExecParam, plan->param_count + 1);
    exec->run.subplans = &exec->subplans_calls;
    exec->filters = ARENA_ARRAY(exec->arena, RuntimeFilter, plan->filter_count);
    exec->root = exec__open_op(exec, plan->root);
    return exec;
}

void exec_allow_workers(Exec *exec, ExecWorkers *workers)
{
    exec->options.workers = workers;
}

bool exec_next(Exec *exec, uint32_t rows_max, const Batch **batch)
{
    return op_pull(exec->root, MIN(rows_max, (uint32_t)BATCH_ROWS_MAX), batch);
}

void exec_rewind(Exec *exec)
{
    op_rewind(exec->root);
}

uint64_t exec_processed(const Exec *exec)
{
    return exec->processed;
}

void exec_finish(Exec *exec)
{
    for (uint32_t i = 0; i < exec->plan->subplans.count; i++) {
        const Batch *batch;
        if (exec->plan->subplans.items[i]->root->kind != PLAN_MODIFY_TABLE) continue;
        OpState *root = cte_source(exec, i + 1);
        while (op_pull(root, BATCH_ROWS_MAX, &batch)) {}
    }
    for (OpState *op = exec->gathers; op; op = op->next_gather) gather__stop(op);
    constraint_queue_run(exec);
}

void exec_close(Exec *exec)
{
    if (exec->closed) return;
    exec->closed = true;
    for (OpState *op = exec->opened; op; op = op->next_open)
        if (op->code->close) op->code->close(op);
    spill_close_all(exec);
}

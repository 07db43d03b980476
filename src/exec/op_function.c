/* SPDX-License-Identifier: Apache-2.0 */
/* op_function.c - FunctionScan (functions in FROM, beside each other, with ordinality) and ProjectSet (set-returning
 * calls in a select list). Rows are made as they are asked for; a function that ends before its neighbours gives
 * NULLs. */
#include "exec/ops.h"

#include "base/oids.h"
#include "base/task.h"
#include "exec/setcall.h"

static void flat_columns(Vector *columns, Arena *arena, const RowShape *shape, uint32_t rows)
{
    for (uint32_t i = 0; i < shape->count; i++)
        vector_init_flat(&columns[i], arena, shape->types[i], (Phys)shape->physes[i], rows);
}

/* Rows of a call to [0, rows_max) of its columns; NULLs where it has ended. */
static uint32_t fill_call(SetCall *call, Vector *columns, const RowShape *shape, Arena *arena,
                          uint32_t rows_max, bool *done)
{
    const Datum null = {.null = true};
    uint32_t count = 0;
    flat_columns(columns, arena, shape, rows_max);
    if (!*done) count = set_call_next(call, columns, arena, rows_max, done);
    for (uint32_t c = 0; c < shape->count; c++)
        for (uint32_t row = count; row < rows_max; row++)
            vector_set(&columns[c], arena, row, &null);
    return count;
}

/* ---- FunctionScan ---- */

typedef struct FunctionState {
    SetCall **calls;
    RowShape *shapes;
    bool *done;
    uint32_t call_count;
    bool started;
    int64_t ordinal;
    Batch row;
} FunctionState;

static RowShape function_shape(Exec *exec, const QTableFunction *function)
{
    Oid *types = ARENA_ARRAY(exec->arena, Oid, function->types.count);
    uint8_t *physes = ARENA_ARRAY(exec->arena, uint8_t, function->types.count);
    for (uint32_t i = 0; i < function->types.count; i++) {
        types[i] = (Oid)function->types.items[i]; /* 0: a dropped column */
        physes[i] = types[i] ? (uint8_t)type_get(exec->options.env, types[i])->phys
                             : (uint8_t)PHYS_BOOL;
    }
    return (RowShape){function->types.count, types, physes};
}

/* The call, told of the columns that the query's column definition list asks for: as the names of its rows. */
static QExpr *defined_call(Exec *exec, const QTableFunction *function)
{
    const FnEnv *env = exec->options.env;
    const QFuncCall *call = Q_IF(FuncCall, function->call);
    const uint32_t count = function->types.count;
    if (!call || call->base.type != OID_RECORD || !env->calls || !env->calls->record_typmod)
        return function->call;
    FnAttribute *attributes = ARENA_ARRAY(exec->arena, FnAttribute, count + 1);
    for (uint32_t i = 0; i < count; i++)
        attributes[i] = (FnAttribute){.name = function->names.items[i],
                                      .type = (Oid)function->types.items[i],
                                      .typmod = function->typmods.items[i],
                                      .collation = (Oid)function->collations.items[i]};
    QFuncCall *made = arena_copy(exec->arena, call, sizeof *call);
    made->base.typmod = env->calls->record_typmod(env->calls_arg, attributes, count);
    return &made->base;
}

static void function_open(OpState *op)
{
    const PlanFunctionScan *plan = (const PlanFunctionScan *)op->plan;
    FunctionState *state = OP_STATE(FunctionState, op);
    Arena *arena = op->exec->arena;
    state->call_count = plan->functions.count;
    state->calls = ARENA_ARRAY(arena, SetCall *, state->call_count);
    state->shapes = ARENA_ARRAY(arena, RowShape, state->call_count);
    state->done = ARENA_ARRAY(arena, bool, state->call_count);
    state->row.column_count = plan->ordinality;
    for (uint32_t i = 0; i < state->call_count; i++) {
        state->shapes[i] = function_shape(op->exec, plan->functions.items[i]);
        state->calls[i] = set_call_open(op->exec, defined_call(op->exec, plan->functions.items[i]),
                                        &state->shapes[i]);
        state->row.column_count += state->shapes[i].count;
    }
    state->row.columns = ARENA_ARRAY(arena, Vector, state->row.column_count);
    state->row.arena = arena_new_child(arena, "function rows");
}

static uint32_t fill_functions(FunctionState *state, uint32_t demand)
{
    uint32_t most = 0, column = 0;
    arena_reset(state->row.arena);
    for (uint32_t i = 0; i < state->call_count; i++) {
        const uint32_t count = fill_call(state->calls[i], &state->row.columns[column],
                                         &state->shapes[i], state->row.arena, demand,
                                         &state->done[i]);
        column += state->shapes[i].count;
        most = MAX(most, count);
    }
    if (column < state->row.column_count) {
        vector_init_flat(&state->row.columns[column], state->row.arena, OID_INT8, PHYS_I64, demand);
        for (uint32_t i = 0; i < most; i++)
            ((int64_t *)state->row.columns[column].data)[i] = ++state->ordinal;
    }
    state->row.row_count = most;
    state->row.selection = (Selection){.count = most};
    return most;
}

static bool function_next(OpState *op, uint32_t rows_max)
{
    FunctionState *state = OP_STATE(FunctionState, op);
    const Batch *row = &state->row;
    for (uint32_t i = 0; !state->started && i < state->call_count; i++) {
        set_call_start(state->calls[i], NULL, 0);
        state->done[i] = false;
    }
    state->started = true;
    for (uint32_t tries = 0;; tries++) {
        if (tail_give(op, rows_max)) return true;
        if (fill_functions(state, tail_demand(op, rows_max, tries)) == 0) return false;
        tail_take(op, &row, 1, state->row.selection);
    }
}

static void function_rewind(OpState *op)
{
    OP_STATE(FunctionState, op)->started = false;
    OP_STATE(FunctionState, op)->ordinal = 0;
}

const Operator op_function_scan = {.kind = PLAN_FUNCTION_SCAN,
                                   .title = "Function Scan",
                                   .state_bytes = sizeof(FunctionState),
                                   .open = function_open,
                                   .next = function_next,
                                   .rewind = function_rewind};

/* ---- ProjectSet ---- */

typedef struct SetColumn {
    SetCall *call; /* NULL: a plain expression */
    RowShape shape;
    ExprState *program;
    bool done;
} SetColumn;

typedef struct ProjectSetState {
    SetColumn *columns;
    uint32_t count;
    const Batch *batch;
    uint32_t at;
    bool in_row;
    Arena *arena;
} ProjectSetState;

static bool returns_set(const QExpr *expr)
{
    return (expr->kind == Q_FUNC_CALL && Q_AS(FuncCall, expr)->returns_set) ||
           (expr->kind == Q_OP_CALL && Q_AS(OpCall, expr)->returns_set);
}

static void project_set_open(OpState *op)
{
    const PlanProjectSet *plan = (const PlanProjectSet *)op->plan;
    ProjectSetState *state = OP_STATE(ProjectSetState, op);
    Exec *exec = op->exec;
    op->children[0] = exec__open_op(exec, plan->child);
    state->count = plan->outputs.count;
    state->columns = ARENA_ARRAY(exec->arena, SetColumn, state->count);
    state->arena = arena_new_child(exec->arena, "set rows");
    const RowShape shape = exec__shape(exec, &plan->outputs);
    for (uint32_t i = 0; i < state->count; i++) {
        QExpr *expr = plan->outputs.items[i]->expr;
        SetColumn *column = &state->columns[i];
        column->shape = (RowShape){1, &shape.types[i], &shape.physes[i]};
        if (returns_set(expr))
            column->call = set_call_open(exec, expr, &column->shape);
        else
            column->program = exec__program(exec, &expr, 1);
    }
}

/* Rows of the input row at work; 0 when its sets have ended. */
static uint32_t fill_row(OpState *op, ProjectSetState *state, uint32_t demand)
{
    const uint16_t row = (uint16_t)sel_row(state->batch->selection, state->at);
    uint32_t most = 0;
    arena_reset(state->arena);
    for (uint32_t i = 0; i < state->count; i++) {
        SetColumn *column = &state->columns[i];
        if (!column->call) continue;
        const uint32_t count = fill_call(column->call, &op->out.columns[i], &column->shape,
                                         state->arena, demand, &column->done);
        most = MAX(most, count);
    }
    for (uint32_t i = 0; i < state->count && most > 0; i++) {
        SetColumn *column = &state->columns[i];
        if (column->call) continue;
        Vector value;
        if (expr_eval(column->program, &state->batch, 1, (Selection){&row, 1}, &value) == 0)
            expr_raise(column->program);
        Datum datum = vector_get(&value, row);
        if (!datum.null) datum.value = value_copy(state->arena, (Phys)value.phys, datum.value);
        vector_init_constant(&op->out.columns[i], state->arena, value.type, (Phys)value.phys,
                             &datum);
    }
    return most;
}

static bool project_set_next(OpState *op, uint32_t rows_max)
{
    ProjectSetState *state = OP_STATE(ProjectSetState, op);
    for (;;) {
        task_check();
        if (!state->batch || state->at == state->batch->selection.count) {
            if (!op_pull(op->children[0], rows_max, &state->batch)) {
                state->batch = NULL;
                return false;
            }
            state->at = 0;
        }
        if (!state->in_row) {
            const uint32_t row = sel_row(state->batch->selection, state->at);
            for (uint32_t i = 0; i < state->count; i++) {
                state->columns[i].done = false;
                if (state->columns[i].call)
                    set_call_start(state->columns[i].call, state->batch, row);
            }
            state->in_row = true;
        }
        const uint32_t count = fill_row(op, state, rows_max);
        if (count > 0) {
            op->out.row_count = count;
            op->out.selection = (Selection){.count = count};
            return true;
        }
        state->in_row = false;
        state->at++;
    }
}

static void project_set_rewind(OpState *op)
{
    ProjectSetState *state = OP_STATE(ProjectSetState, op);
    state->batch = NULL;
    state->in_row = false;
    op_rewind(op->children[0]);
}

const Operator op_project_set = {.kind = PLAN_PROJECT_SET,
                                 .title = "ProjectSet",
                                 .state_bytes = sizeof(ProjectSetState),
                                 .open = project_set_open,
                                 .next = project_set_next,
                                 .rewind = project_set_rewind};

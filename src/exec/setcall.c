/* SPDX-License-Identifier: Apache-2.0 */
/* setcall.c - the run-time side of FnSet (base/fn.h). */
#include "exec/setcall.h"

#include "base/builtins.h"
#include "base/task.h"
#include "exec/ops.h"

struct SetCall {
    Exec *exec;
    const BuiltinFunction *function; /* NULL: `single` is evaluated */
    ExprState *args, *single;
    uint32_t arg_count;
    Vector *arg_vectors;
    Datum *values;
    Arena *arena; /* the arguments and the set */
    Fn fn;
    FnSet set;
    RowShape columns;
    bool none; /* STRICT with a NULL: no rows */
    bool given;
};

static const QExprList *call_args(const QExpr *call, Oid *function, Oid *collation, bool *variadic)
{
    if (call->kind == Q_OP_CALL) {
        const QOpCall *op = Q_AS(OpCall, call);
        *function = op->function;
        *collation = op->input_collation;
        *variadic = false;
        return &op->args;
    }
    const QFuncCall *func = Q_AS(FuncCall, call);
    *function = func->function;
    *collation = func->input_collation;
    *variadic = func->variadic;
    return &func->args;
}

SetCall *set_call_open(Exec *exec, QExpr *expr, const RowShape *columns)
{
    SetCall *call = ARENA_NEW(exec->arena, SetCall);
    Oid function = 0, collation = 0;
    bool variadic = false;
    call->exec = exec;
    call->columns = *columns;
    call->arena = arena_new_child(exec->arena, "set-returning function");
    const bool is_call = expr->kind == Q_FUNC_CALL || expr->kind == Q_OP_CALL;
    const QExprList *args = is_call ? call_args(expr, &function, &collation, &variadic) : NULL;
    call->function = is_call ? builtin_function(function) : NULL;
    if (is_call && (!call->function || call->function->shape == FN_SHAPE_SQL)) {
        const bool set = expr->kind == Q_FUNC_CALL && Q_AS(FuncCall, expr)->returns_set;
        if (set)
            raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                        "set-returning functions in SQL and other languages are not supported");
    }
    if (!call->function || call->function->shape != FN_SHAPE_SET) {
        if (columns->count != 1)
            raise_error(
                SQLSTATE_FEATURE_NOT_SUPPORTED,
                "functions in FROM that return one row of several columns are not supported");
        call->function = NULL;
        call->single = exec__program(exec, &expr, 1);
        return call;
    }
    Oid *types = ARENA_ARRAY(exec->arena, Oid, args->count);
    for (uint32_t i = 0; i < args->count; i++) types[i] = args->items[i]->type;
    call->args = exec__program(exec, args->items, args->count);
    call->arg_count = args->count;
    call->arg_vectors = ARENA_ARRAY(exec->arena, Vector, args->count);
    call->values = ARENA_ARRAY(exec->arena, Datum, args->count);
    call->fn = (Fn){.arena = call->arena,
                    .site = exec->arena,
                    .env = exec->options.env,
                    .function = call->function,
                    .collation = collation,
                    .result_type = expr->type,
                    .result_typmod = expr->typmod,
                    .arg_types = types,
                    .arg_count = args->count,
                    .variadic = variadic};
    return call;
}

void set_call_start(SetCall *call, const Batch *batch, uint32_t row)
{
    const Batch *input = batch ? batch : &exec__one_row;
    const uint16_t at = (uint16_t)row;
    ExprState *program = call->function ? call->args : call->single;
    Vector single;
    Vector *vectors = call->function ? call->arg_vectors : &single;
    arena_reset(call->arena);
    call->given = call->none = false;
    if (!call->values) call->values = ARENA_ARRAY(call->exec->arena, Datum, 1);
    if (expr_eval(program, &input, 1, (Selection){&at, 1}, vectors) == 0) expr_raise(program);
    const uint32_t count = call->function ? call->arg_count : 1;
    for (uint32_t i = 0; i < count; i++) {
        call->values[i] = vector_get(&vectors[i], row);
        if (call->values[i].null)
            call->none |= call->function && (call->function->flags & STRICT);
        else
            call->values[i].value = value_copy(call->arena, (Phys)vectors[i].phys,
                                               call->values[i].value);
    }
    call->set = (FnSet){.arena = call->arena,
                        .column_count = call->columns.count,
                        .column_types = call->columns.types,
                        .done = call->none};
}

/* A function that returns one row returns it always: NULLs where it has nothing to tell. */
static uint32_t one_row(SetCall *call, Vector *columns, Arena *arena, bool *done)
{
    const Datum null = {.null = true};
    *done = true;
    if (call->given) return 0;
    call->given = true;
    call->fn.arena = arena;
    call->fn.row = 0;
    if (!call->none && call->function->set(&call->fn, &call->set, call->values, columns, 1) == 1)
        return 1;
    for (uint32_t i = 0; i < call->columns.count; i++) vector_set(&columns[i], arena, 0, &null);
    return 1;
}

uint32_t set_call_next(SetCall *call, Vector *columns, Arena *arena, uint32_t rows_max, bool *done)
{
    task_check();
    if (!call->function) {
        const bool more = !call->given;
        call->given = *done = true;
        if (more) vector_set(&columns[0], arena, 0, &call->values[0]);
        return more;
    }
    if (!call->function->returns_set) return one_row(call, columns, arena, done);
    if (call->set.done) {
        *done = true;
        return 0;
    }
    call->fn.arena = arena;
    call->fn.row = 0;
    const uint32_t count = call->function->set(&call->fn, &call->set, call->values, columns,
                                               rows_max);
    *done = call->set.done;
    return count;
}

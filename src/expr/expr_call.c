/* SPDX-License-Identifier: Apache-2.0 */
/* expr_call.c - calls of functions: those with code in vectors, those that run elsewhere (SQL, PL/pgSQL, FnCalls.call),
 * the value functions (CURRENT_DATE, ...), which are nothing but calls of others, and exec params. */
#include "expr/expr_internal.h"

#include "base/bitset.h"
#include "base/oids.h"
#include "base/task.h"

void expr__call_site(ExprState *state, uint32_t site, const Vector *args, Selection selection,
                     Vector *result, Arena *arena)
{
    ExprSite *s = &state->sites[site];
    const ExprCall *call = state->program->calls[site];
    s->fn.arena = arena;
    s->fn.null = false;
    s->fn.row = selected(selection, 0);
    if (call->vector) {
        call->vector(&s->fn, args, selection, result);
        return;
    }
    const FnEnv *env = state->run.env;
    if (!env->calls || !env->calls->call)
        raise_error(SQLSTATE_UNDEFINED_FUNCTION, "function with OID %u cannot be called here",
                    call->oid);
    const FnCallee callee = {.function = call->oid,
                             .collation = call->collation,
                             .result_type = call->result_type,
                             .arg_types = call->arg_types,
                             .arg_count = call->arg_count};
    Datum *values = ARENA_ARRAY(state->temporary, Datum, call->arg_count);
    for (uint32_t at = 0; at < selection.count; at++) {
        const uint32_t row = selected(selection, at);
        bool any_null = false;
        task_check();
        s->fn.row = state->row = row;
        for (uint32_t i = 0; i < call->arg_count; i++) {
            values[i] = vector_get(&args[i], row);
            any_null |= values[i].null;
        }
        Datum value = {.null = true};
        if (!call->strict || !any_null)
            value = env->calls->call(env->calls_arg, &callee, values, arena);
        vector_set(result, arena, row, &value);
    }
}

void expr__run_call(ExprState *state, const ExprStep *step, Selection selection)
{
    Vector *args = state->sites[step->site].args;
    for (uint32_t i = 0; i < step->arg_count; i++) args[i] = *expr__arg(state, step, i);
    Vector *result = expr__result(state, step, selection);
    expr__call_site(state, step->site, args, selection, result, expr__result_arena(state, step));
}

Oid expr__element_type(const FnEnv *env, Oid array)
{
    const Type *type = type_get(env, array);
    if (!type->element)
        raise_error(SQLSTATE_DATATYPE_MISMATCH,
                    "cannot subscript type %s because it does not support subscripting",
                    type->name);
    return type->element;
}

/* ---- value functions ---- */

/* What each is: a function without arguments, then casts. A precision goes to `scale`. */
typedef struct ValueFunction {
    Oid source, source_type, cast, scale;
} ValueFunction;
enum {
    FN_NOW = 1299,
    FN_TIMESTAMPTZ_TO_DATE = 1178,
    FN_TIMESTAMPTZ_TO_TIMETZ = 1388,
    FN_TIMESTAMPTZ_TO_TIME = 2019,
    FN_TIMESTAMPTZ_TO_TIMESTAMP = 2027,
    FN_SCALE_TIMESTAMP = 1961,
    FN_SCALE_TIMESTAMPTZ = 1967,
    FN_SCALE_TIME = 1968,
    FN_SCALE_TIMETZ = 1969,
    FN_CURRENT_USER = 745,
    FN_SESSION_USER = 746,
    FN_CURRENT_DATABASE = 861,
    FN_CURRENT_SCHEMA = 1402,
};
static const ValueFunction value_functions[] = {
    [AST_VALUE_CURRENT_DATE] = {FN_NOW, OID_TIMESTAMPTZ, FN_TIMESTAMPTZ_TO_DATE, 0},
    [AST_VALUE_CURRENT_TIME] = {FN_NOW, OID_TIMESTAMPTZ, FN_TIMESTAMPTZ_TO_TIMETZ, FN_SCALE_TIMETZ},
    [AST_VALUE_CURRENT_TIMESTAMP] = {FN_NOW, OID_TIMESTAMPTZ, 0, FN_SCALE_TIMESTAMPTZ},
    [AST_VALUE_LOCALTIME] = {FN_NOW, OID_TIMESTAMPTZ, FN_TIMESTAMPTZ_TO_TIME, FN_SCALE_TIME},
    [AST_VALUE_LOCALTIMESTAMP] = {FN_NOW, OID_TIMESTAMPTZ, FN_TIMESTAMPTZ_TO_TIMESTAMP,
                                  FN_SCALE_TIMESTAMP},
    [AST_VALUE_CURRENT_ROLE] = {FN_CURRENT_USER, OID_NAME, 0, 0},
    [AST_VALUE_CURRENT_USER] = {FN_CURRENT_USER, OID_NAME, 0, 0},
    [AST_VALUE_USER] = {FN_CURRENT_USER, OID_NAME, 0, 0},
    [AST_VALUE_SESSION_USER] = {FN_SESSION_USER, OID_NAME, 0, 0},
    [AST_VALUE_CURRENT_CATALOG] = {FN_CURRENT_DATABASE, OID_NAME, 0, 0},
    [AST_VALUE_CURRENT_SCHEMA] = {FN_CURRENT_SCHEMA, OID_NAME, 0, 0},
};

static QExpr *call_expr(Arena *arena, Oid function, Oid type, QExpr *a, QExpr *b)
{
    QFuncCall *call = Q_NEW(arena, FuncCall);
    call->function = function;
    call->type = type;
    call->typmod = -1;
    call->args.items = ARENA_ARRAY(arena, QExpr *, 2);
    if (a) call->args.items[call->args.count++] = a;
    if (b) call->args.items[call->args.count++] = b;
    return &call->base;
}

uint32_t expr__compile_value_function(ExprCompiler *c, QExpr *expr)
{
    const QValueFunction *value = Q_AS(ValueFunction, expr);
    ASSERT(value->op < ARRAY_LEN(value_functions));
    const ValueFunction *facts = &value_functions[value->op];
    Arena *arena = expr__arena(c);
    QExpr *call = call_expr(arena, facts->source, facts->source_type, NULL, NULL);
    if (facts->cast) call = call_expr(arena, facts->cast, expr->type, call, NULL);
    if (facts->scale && value->precision >= 0) {
        QConst *precision = Q_NEW(arena, Const);
        precision->type = OID_INT4;
        precision->typmod = -1;
        precision->value.phys = PHYS_I32;
        precision->value.datum.value.i32 = value->precision;
        call = call_expr(arena, facts->scale, expr->type, call, &precision->base);
    }
    return expr__register(c, call);
}

/* ---- exec params ---- */

static void run_exec_param(ExprState *state, const ExprStep *step, Selection selection)
{
    const uint32_t number = (uint32_t)Q_AS(ExecParam, step->expr)->number;
    ExecParam *param = &state->run.exec_params[number];
    state->row = selected(selection, 0);
    if (!param->set) state->run.subplans->param(state->run.subplans->arg, number);
    ASSERT(param->set);
    Vector *result = expr__result(state, step, selection);
    vector_set(result, state->temporary, 0, &param->value);
}

uint32_t expr__compile_exec_param(ExprCompiler *c, QExpr *expr)
{
    return expr__batch_step(c, expr, run_exec_param);
}

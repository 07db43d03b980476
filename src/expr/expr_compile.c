/* SPDX-License-Identifier: Apache-2.0 */
/* expr_compile.c - trees to programs. One function a kind of expression, in the table below; a kind without one is
 * refused by name.
 *
 * Common parts: what was compiled is remembered by its tree, and found again as long as its block is open (registers
 * of a block that has ended hold too few rows). Volatile calls, and whatever hangs on the value of an enclosing CASE,
 * are never shared. */
#include "expr/expr_internal.h"

#include "base/array.h"
#include "base/hash.h"
#include "base/oids.h"
#include "base/task.h"
#include "catalog/catalog.h"

enum { SHARE_BUCKETS = 64, NO_ENTRY = UINT32_MAX };

typedef struct Shared {
    const QExpr *expr;
    uint32_t result;
    uint32_t bucket, below; /* the entry that this one hides in its bucket */
} Shared;

struct ExprCompiler {
    Arena *arena;
    const FnEnv *env;
    ARRAY_OF(ExprStep) steps;
    ARRAY_OF(ExprRegister) registers;
    ARRAY_OF(const ExprCall *) calls;
    ARRAY_OF(Shared) shared;
    uint32_t buckets[SHARE_BUCKETS];
    uint32_t share_floor; /* entries below may hang on another CASE's value */
    uint32_t holes[HOLE_COUNT];
    uint32_t volatile_calls, volatile_seen;
    bool has_subplans;
};

Arena *expr__arena(ExprCompiler *c)
{
    return c->arena;
}
const FnEnv *expr__env(const ExprCompiler *c)
{
    return c->env;
}
Phys expr__phys(const FnEnv *env, Oid type)
{
    return type_get(env, type)->phys;
}

/* ---- registers and steps ---- */

static uint32_t add_register(ExprCompiler *c, const ExprRegister *reg)
{
    array_push(&c->registers, *reg);
    return c->registers.count - 1;
}

uint32_t expr__constant(ExprCompiler *c, Oid type, const Datum *value)
{
    return add_register(c, &(ExprRegister){.type = type,
                                           .phys = (uint8_t)expr__phys(c->env, type),
                                           .source = SOURCE_CONST,
                                           .spread = SPREAD_RUN,
                                           .value = *value});
}

uint32_t expr__step(ExprCompiler *c, QExpr *expr, ExprStepRun run, bool total, const uint32_t *args,
                    uint32_t arg_count, const void *detail)
{
    uint8_t spread = SPREAD_RUN;
    for (uint32_t i = 0; i < arg_count; i++)
        spread = MIN(spread, c->registers.items[args[i]].spread);
    uint32_t result = add_register(c,
                                   &(ExprRegister){.type = expr->type,
                                                   .phys = (uint8_t)expr__phys(c->env, expr->type),
                                                   .source = SOURCE_STEP,
                                                   .spread = spread});
    const ExprStep step = {.run = run,
                           .total = total,
                           .result = result,
                           .next = c->steps.count + 1,
                           .arg_count = arg_count,
                           .args = arena_copy(c->arena, args, sizeof *args * arg_count),
                           .expr = expr,
                           .detail = detail};
    array_push(&c->steps, step);
    return c->steps.count - 1;
}

uint32_t expr__step_result(const ExprCompiler *c, uint32_t step)
{
    return c->steps.items[step].result;
}

uint32_t expr__site_step(ExprCompiler *c, QExpr *expr, ExprStepRun run, bool total,
                         const uint32_t *args, uint32_t arg_count, const ExprCall *call)
{
    uint32_t step = expr__step(c, expr, run, total, args, arg_count, call);
    c->steps.items[step].is_call = true;
    c->steps.items[step].site = c->calls.count;
    array_push(&c->calls, call);
    return c->steps.items[step].result;
}

uint32_t expr__last_step(const ExprCompiler *c)
{
    return c->steps.count - 1;
}

uint32_t expr__site_step_of(ExprCompiler *c, QExpr *expr, ExprStepRun run, const uint32_t *args,
                            uint32_t arg_count, const ExprCall *call, const void *detail)
{
    const uint32_t result = expr__site_step(c, expr, run, false, args, arg_count, call);
    c->steps.items[c->steps.count - 1].detail = detail;
    return result;
}

uint32_t expr__batch_step(ExprCompiler *c, QExpr *expr, ExprStepRun run)
{
    uint32_t step = expr__step(c, expr, run, false, NULL, 0, NULL);
    c->registers.items[c->steps.items[step].result].spread = SPREAD_BATCH;
    return c->steps.items[step].result;
}

uint32_t expr__subplan_step(ExprCompiler *c, QExpr *expr, ExprStepRun run, const uint32_t *args,
                            uint32_t arg_count, const void *detail)
{
    uint32_t step = expr__step(c, expr, run, false, args, arg_count, detail);
    if (Q_AS(SubPlanCall, expr)->test)
        c->registers.items[c->steps.items[step].result].spread = SPREAD_ROWS;
    c->has_subplans = true;
    c->volatile_seen++;
    return c->steps.items[step].result;
}

/* ---- blocks ---- */

void expr__blocks_begin(ExprCompiler *c, uint32_t step, uint32_t count)
{
    ASSERT(step == c->steps.count - 1);
    c->steps.items[step].blocks = ARENA_ARRAY(c->arena, ExprBlock, count);
    c->steps.items[step].block_count = count;
}

static void forget_shared(ExprCompiler *c, uint32_t count)
{
    while (c->shared.count > count) {
        Shared *gone = &array_pop(&c->shared);
        c->buckets[gone->bucket] = gone->below;
    }
}

static ExprBlock compile_block(ExprCompiler *c, QExpr *expr)
{
    uint32_t shared_count = c->shared.count, volatile_seen = c->volatile_seen;
    ExprBlock block = {.from = c->steps.count, .total = true};
    block.result = expr__register(c, expr);
    block.to = c->steps.count;
    for (uint32_t i = block.from; i < block.to; i++) block.total &= c->steps.items[i].total;
    block.total &= c->volatile_seen == volatile_seen;
    forget_shared(c, shared_count);
    return block;
}

void expr__block(ExprCompiler *c, uint32_t step, uint32_t number, QExpr *expr)
{
    ExprBlock block = compile_block(c, expr);
    ((ExprBlock *)c->steps.items[step].blocks)[number] = block;
    ExprRegister *result = &c->registers.items[c->steps.items[step].result];
    result->spread = MIN(result->spread, c->registers.items[block.result].spread);
    for (uint32_t i = block.from; i < block.to; i++) {
        uint8_t spread = c->registers.items[c->steps.items[i].result].spread;
        result->spread = MIN(result->spread, spread);
    }
}

void expr__blocks_end(ExprCompiler *c, uint32_t step)
{
    c->steps.items[step].next = c->steps.count;
}

/* ---- common parts ---- */

static uint32_t share_hash(const QExpr *expr)
{
    uint64_t hash = hash_combine(expr->kind, expr->type);
    if (expr->kind == Q_SLOT) {
        const QSlot *slot = Q_AS(Slot, expr);
        hash = hash_combine(hash, hash_u64(slot->input << 16 | (uint32_t)slot->column));
    } else if (expr->kind == Q_OP_CALL) {
        hash = hash_combine(hash, Q_AS(OpCall, expr)->function);
    } else if (expr->kind == Q_FUNC_CALL) {
        hash = hash_combine(hash, Q_AS(FuncCall, expr)->function);
    }
    return (uint32_t)hash % SHARE_BUCKETS;
}

static bool find_shared(ExprCompiler *c, const QExpr *expr, uint32_t *result)
{
    uint32_t at = c->buckets[share_hash(expr)];
    for (; at != NO_ENTRY && at >= c->share_floor; at = c->shared.items[at].below) {
        if (!query_equal(c->shared.items[at].expr, expr)) continue;
        *result = c->shared.items[at].result;
        return true;
    }
    return false;
}

static void share(ExprCompiler *c, const QExpr *expr, uint32_t result)
{
    uint32_t bucket = share_hash(expr);
    const Shared entry = {expr, result, bucket, c->buckets[bucket]};
    array_push(&c->shared, entry);
    c->buckets[bucket] = c->shared.count - 1;
}

ExprHidden expr__hole_enter(ExprCompiler *c, ExprHole hole, uint32_t value)
{
    ExprHidden hidden = {c->holes[hole], c->share_floor};
    c->holes[hole] = value;
    c->share_floor = c->shared.count;
    return hidden;
}

void expr__hole_leave(ExprCompiler *c, ExprHole hole, ExprHidden hidden)
{
    c->holes[hole] = hidden.value;
    c->share_floor = hidden.share_floor;
}

/* ---- leaves ---- */

static uint32_t compile_slot(ExprCompiler *c, QExpr *expr)
{
    const QSlot *slot = Q_AS(Slot, expr);
    if (slot->column < 0)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "system columns are not supported here");
    ASSERT(slot->input < EXPR_INPUTS_MAX && slot->column >= 0);
    return add_register(c, &(ExprRegister){.type = expr->type,
                                           .phys = (uint8_t)expr__phys(c->env, expr->type),
                                           .source = SOURCE_INPUT,
                                           .input = (uint8_t)slot->input,
                                           .column = (uint32_t)slot->column});
}

/* A column of a sub-plan's row, in the test of its call: one input more. */
static uint32_t compile_sub_output(ExprCompiler *c, QExpr *expr)
{
    const QSubOutput *output = Q_AS(SubOutput, expr);
    ASSERT(output->column >= 1);
    return add_register(c, &(ExprRegister){.type = expr->type,
                                           .phys = (uint8_t)expr__phys(c->env, expr->type),
                                           .source = SOURCE_INPUT,
                                           .input = EXPR_INPUT_SUBPLAN,
                                           .column = (uint32_t)output->column - 1});
}

static uint32_t compile_const(ExprCompiler *c, QExpr *expr)
{
    return expr__constant(c, expr->type, &Q_AS(Const, expr)->value.datum);
}

static uint32_t compile_param(ExprCompiler *c, QExpr *expr)
{
    return add_register(c, &(ExprRegister){.type = expr->type,
                                           .phys = (uint8_t)expr__phys(c->env, expr->type),
                                           .source = SOURCE_PARAM,
                                           .spread = SPREAD_RUN,
                                           .column = (uint32_t)Q_AS(Param, expr)->number});
}

static uint32_t compile_case_value(ExprCompiler *c, QExpr *expr)
{
    (void)expr;
    ASSERT(c->holes[HOLE_CASE_VALUE] != NO_ENTRY);
    return c->holes[HOLE_CASE_VALUE];
}

/* Element-wise casts compile their element's expression by itself: its only input is the element. So do the CHECKs of
 * domains with their value. */
static uint32_t compile_element(ExprCompiler *c, QExpr *expr)
{
    return add_register(c, &(ExprRegister){.type = expr->type,
                                           .phys = (uint8_t)expr__phys(c->env, expr->type),
                                           .source = SOURCE_INPUT});
}

static uint32_t compile_collate(ExprCompiler *c, QExpr *expr)
{
    return expr__register(c, Q_AS(Collate, expr)->arg);
}

/* ---- calls ---- */

/* A user's function of language internal is another name of a built-in one, which its source names: the constructors of
 * ranges are. The first of several will do, as they take their types from the call. */
static const BuiltinFunction *function_code(const FnEnv *env, Oid function)
{
    const BuiltinFunction *found = builtin_function(function);
    if (found || !env || !env->calls_arg) return found;
    const CatFunction *user = cat_function(env->calls_arg, function);
    if (!user || user->language != CAT_LANGUAGE_INTERNAL || user->kind != 'f') return NULL;
    for (uint32_t i = 0; i < builtins.functions_count; i++) {
        const BuiltinFunction *b = &builtins.functions[i];
        if (b->shape == FN_SHAPE_VECTOR && str_equal(str_from(b->source), user->source)) return b;
    }
    return NULL;
}

/* A call with its row-independent facts; the code is found in the tables of built-in objects, and anything else goes
 * through FnCalls.call. */
const ExprCall *expr__call(ExprCompiler *c, Oid function, Oid collation, const QExpr *result,
                           const Oid *arg_types, uint32_t arg_count)
{
    ExprCall *call = ARENA_NEW(c->arena, ExprCall);
    call->oid = function;
    call->function = function_code(c->env, function);
    call->collation = collation;
    call->result_type = result->type;
    call->typmod = result->typmod;
    call->arg_types = arena_copy(c->arena, arg_types, sizeof *arg_types * arg_count);
    call->arg_count = arg_count;
    call->strict = (expr__function_flags(c->env, function) & STRICT) != 0;
    if (!call->function) return call;
    switch ((FnShape)call->function->shape) {
    case FN_SHAPE_VECTOR:
    case FN_SHAPE_TYPE_INPUT:
    case FN_SHAPE_TYPE_OUTPUT:
    case FN_SHAPE_TYPE_RECEIVE:
    case FN_SHAPE_TYPE_SEND:
    case FN_SHAPE_TYPE_TYPMOD_IN:
    case FN_SHAPE_TYPE_TYPMOD_OUT: call->vector = call->function->vector; break;
    case FN_SHAPE_INTERNAL: call->vector = fn_refuse; break;
    case FN_SHAPE_SET:
    case FN_SHAPE_AGGREGATE:
    case FN_SHAPE_WINDOW:
    case FN_SHAPE_SQL: break; /* SQL bodies: by FnCalls.call; the others are refused before */
    }
    const FnVector refusal = collation ? NULL : expr__without_collation(function);
    if (refusal) call->vector = refusal;
    return call;
}

static uint32_t step_call(ExprCompiler *c, QExpr *expr, const QExprList *args, Oid function,
                          Oid collation, bool variadic, bool returns_set)
{
    if (returns_set)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "set-valued function called in context that cannot accept a set");
    if (args->count > FN_ARGS_MAX)
        raise_error(SQLSTATE_TOO_MANY_ARGUMENTS, "cannot pass more than %d arguments to a function",
                    FN_ARGS_MAX);
    uint32_t registers[FN_ARGS_MAX];
    Oid types[FN_ARGS_MAX];
    for (uint32_t i = 0; i < args->count; i++) {
        registers[i] = expr__register(c, args->items[i]);
        types[i] = args->items[i]->type;
    }
    ExprCall *call = (ExprCall *)expr__call(c, function, collation, expr, types, args->count);
    const QFuncCall *written = Q_IF(FuncCall, expr);
    call->variadic = variadic;
    call->unasked = written && written->form == Q_CALL_IDENTITY;
    const uint32_t flags = call->function ? call->function->flags : VOLATILE;
    bool total = call->vector && (flags & TOTAL) != 0 &&
                 (collation || !expr__without_collation(function));
    const bool gives_row = call->function && call->function->shape == FN_SHAPE_SET;
    const uint32_t result = gives_row ? expr__row_call_step(c, expr, registers, args->count, call)
                                      : expr__site_step(c, expr, expr__run_call, total, registers,
                                                        args->count, call);
    if (call->function ? (flags & (IMMUTABLE | STABLE)) == 0
                       : expr__is_volatile_call(expr, c->env)) {
        c->registers.items[result].spread = SPREAD_ROWS;
        c->volatile_calls++;
        c->volatile_seen++;
    }
    return result;
}

uint32_t expr__compile_func(ExprCompiler *c, QExpr *expr)
{
    const QFuncCall *call = Q_AS(FuncCall, expr);
    return step_call(c, expr, &call->args, call->function, call->input_collation, call->variadic,
                     call->returns_set);
}

uint32_t expr__compile_op(ExprCompiler *c, QExpr *expr)
{
    const QOpCall *call = Q_AS(OpCall, expr);
    return step_call(c, expr, &call->args, call->function, call->input_collation, false,
                     call->returns_set);
}

/* ---- the table ---- */

static const ExprCompile compilers[] = {
    [Q_CONST] = compile_const,
    [Q_PARAM] = compile_param,
    [Q_SLOT] = compile_slot,
    [Q_CASE_VALUE] = compile_case_value,
    [Q_ELEMENT_PARAM] = compile_element,
    [Q_DOMAIN_VALUE] = compile_element,
    [Q_COLLATE] = compile_collate,
    [Q_FUNC_CALL] = expr__compile_func,
    [Q_OP_CALL] = expr__compile_op,
    [Q_BOOL] = expr__compile_bool,
    [Q_NULL_TEST] = expr__compile_null_test,
    [Q_TRUTH] = expr__compile_truth,
    [Q_JSON_EXPR] = expr__compile_json,
    [Q_CASE] = expr__compile_case,
    [Q_COALESCE] = expr__compile_coalesce,
    [Q_NULL_IF] = expr__compile_null_if,
    [Q_DISTINCT_FROM] = expr__compile_distinct,
    [Q_MIN_MAX] = expr__compile_min_max,
    [Q_RELABEL] = expr__compile_relabel,
    [Q_COERCE_IO] = expr__compile_coerce_io,
    [Q_COERCE_DOMAIN] = expr__compile_domain,
    [Q_ARRAY_OP] = expr__compile_array_op,
    [Q_ARRAY] = expr__compile_array,
    [Q_COERCE_ARRAY] = expr__compile_coerce_array,
    [Q_SUBSCRIPT] = expr__compile_subscript,
    [Q_ROW] = expr__compile_row,
    [Q_FIELD_SELECT] = expr__compile_field_select,
    [Q_FIELD_STORE] = expr__compile_field_store,
    [Q_ROW_COMPARE] = expr__compile_row_compare,
    [Q_VALUE_FUNCTION] = expr__compile_value_function,
    [Q_SUB_OUTPUT] = compile_sub_output,
    [Q_EXEC_PARAM] = expr__compile_exec_param,
    [Q_SUB_PLAN_CALL] = expr__compile_subplan,
};

static bool is_shareable(const QExpr *expr)
{
    return expr->kind != Q_CONST && expr->kind != Q_CASE_VALUE && expr->kind != Q_ELEMENT_PARAM &&
           expr->kind != Q_DOMAIN_VALUE && expr->kind != Q_COLLATE;
}

uint32_t expr__register(ExprCompiler *c, QExpr *expr)
{
    task_check();
    if (expr->kind >= ARRAY_LEN(compilers) || !compilers[expr->kind])
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "expressions of kind %s are not supported",
                    query_kind_name(expr->kind));
    uint32_t result;
    const bool shareable = is_shareable(expr);
    if (shareable && find_shared(c, expr, &result)) return result;
    const uint32_t volatile_seen = c->volatile_seen;
    result = compilers[expr->kind](c, expr);
    if (shareable && c->volatile_seen == volatile_seen) share(c, expr, result);
    return result;
}

/* ---- whole programs ---- */

static void compiler_init(ExprCompiler *c, Arena *arena, const FnEnv *env)
{
    *c = (ExprCompiler){.arena = arena, .env = env};
    for (uint32_t i = 0; i < HOLE_COUNT; i++) c->holes[i] = NO_ENTRY;
    c->steps.arena = c->registers.arena = c->calls.arena = c->shared.arena = arena;
    for (uint32_t i = 0; i < SHARE_BUCKETS; i++) c->buckets[i] = NO_ENTRY;
}

static ExprProgram *program_of(ExprCompiler *c)
{
    ExprProgram *program = ARENA_NEW(c->arena, ExprProgram);
    *program = (ExprProgram){.env = c->env,
                             .steps = c->steps.items,
                             .step_count = c->steps.count,
                             .registers = c->registers.items,
                             .register_count = c->registers.count,
                             .calls = c->calls.items,
                             .call_count = c->calls.count,
                             .volatile_calls = c->volatile_calls,
                             .has_subplans = c->has_subplans};
    return program;
}

ExprProgram *expr_compile(Arena *arena, QExpr *const *exprs, uint32_t count, const FnEnv *env)
{
    ExprCompiler c;
    compiler_init(&c, arena, env);
    uint32_t *results = ARENA_ARRAY(arena, uint32_t, count);
    for (uint32_t i = 0; i < count; i++) results[i] = expr__register(&c, exprs[i]);
    ExprProgram *program = program_of(&c);
    program->results = results;
    program->result_count = count;
    return program;
}

typedef ARRAY_OF(ExprFilterItem) FilterItems;

static void add_conditions(ExprCompiler *c, FilterItems *items, QExpr *condition)
{
    task_check();
    const QBool *conjunction = Q_IF(Bool, condition);
    if (conjunction && conjunction->op == Q_BOOL_AND) {
        for (uint32_t i = 0; i < conjunction->args.count; i++)
            add_conditions(c, items, conjunction->args.items[i]);
        return;
    }
    ExprFilterItem item = {0};
    item.is_predicate = expr_predicate(condition, c->env, NULL, &item.predicate);
    if (item.is_predicate) {
        const QExpr *slot = expr__predicate_slot(condition);
        item.input = (uint8_t)Q_AS(Slot, slot)->input;
    } else {
        item.block = compile_block(c, condition);
    }
    array_push(items, item);
}

ExprProgram *expr_compile_filter(Arena *arena, QExpr *const *conditions, uint32_t count,
                                 const FnEnv *env)
{
    ExprCompiler c;
    FilterItems items = {.arena = arena};
    compiler_init(&c, arena, env);
    for (uint32_t i = 0; i < count; i++) add_conditions(&c, &items, conditions[i]);
    ExprProgram *program = program_of(&c);
    program->items = items.items;
    program->item_count = items.count;
    return program;
}

uint32_t expr_volatile_calls(const ExprProgram *program)
{
    return program->volatile_calls;
}
bool expr_has_subplans(const ExprProgram *program)
{
    return program->has_subplans;
}
Oid expr_result_type(const ExprProgram *program, uint32_t result)
{
    return program->registers[program->results[result]].type;
}
Phys expr_result_phys(const ExprProgram *program, uint32_t result)
{
    return (Phys)program->registers[program->results[result]].phys;
}

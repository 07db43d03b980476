/* SPDX-License-Identifier: Apache-2.0 */
/* expr_facts.c - what the planner asks of an expression: volatility, whether it can raise, whether NULLs go through it.
 * Functions answer by their declarations (base/fn.h). */
#include "expr/expr_internal.h"

#include "base/builtins.h"
#include "base/oids.h"
#include "base/task.h"
#include "catalog/catalog.h"

/* ---- volatility ---- */

uint32_t expr__function_flags(const FnEnv *env, Oid function)
{
    const BuiltinFunction *found = builtin_function(function);
    if (found) return found->flags;
    const CatFunction *user = env && env->calls_arg ? cat_function(env->calls_arg, function) : NULL;
    if (!user) return VOLATILE;
    return (user->volatility == 'i'   ? IMMUTABLE
            : user->volatility == 's' ? STABLE
                                      : VOLATILE) |
           (user->strict ? STRICT : 0) | (user->leakproof ? LEAKPROOF : 0);
}

/* The flags of whatever function this node itself calls; IMMUTABLE | TOTAL where it calls none, as nodes that are no
 * expressions do. */
static uint32_t own_flags(const QExpr *expr, const FnEnv *env)
{
    switch (expr->kind) {
    case Q_FUNC_CALL: return expr__function_flags(env, Q_AS(FuncCall, expr)->function);
    case Q_OP_CALL: return expr__function_flags(env, Q_AS(OpCall, expr)->function);
    case Q_ARRAY_OP: return expr__function_flags(env, Q_AS(ArrayOp, expr)->function);
    case Q_DISTINCT_FROM: return expr__function_flags(env, Q_AS(DistinctFrom, expr)->function);
    case Q_NULL_IF: return expr__function_flags(env, Q_AS(NullIf, expr)->function);
    case Q_AGGREGATE: return expr__function_flags(env, Q_AS(Aggregate, expr)->function);
    case Q_WINDOW_CALL: return expr__function_flags(env, Q_AS(WindowCall, expr)->function);
    case Q_ROW_COMPARE: {
        const QRowCompare *compare = Q_AS(RowCompare, expr);
        uint32_t flags = IMMUTABLE | TOTAL;
        for (uint32_t i = 0; i < compare->functions.count; i++)
            flags &= expr__function_flags(env, (Oid)compare->functions.items[i]);
        return flags;
    }
    case Q_VALUE_FUNCTION:
    case Q_COERCE_IO: /* settings may decide how a value is printed */ return STABLE;
    case Q_COERCE_DOMAIN: return STABLE;
    case Q_MIN_MAX: return IMMUTABLE;
    case Q_SUB_LINK:
    case Q_SUB_PLAN_CALL:
    case Q_CURRENT_OF: return STABLE;
    case Q_JSON_EXPR: return expr__json_flags(expr, env);
    default: return IMMUTABLE | TOTAL;
    }
}

static bool may_leak(void *arg, void *child)
{
    const QNode *node = child;
    task_check_stack();
    switch (node->kind) {
    case Q_FUNC_CALL:
    case Q_OP_CALL:
    case Q_ARRAY_OP:
    case Q_DISTINCT_FROM:
    case Q_NULL_IF:
        if (!(own_flags(child, arg) & LEAKPROOF)) return true;
        break;
    case Q_CONST:
    case Q_VAR:
    case Q_PARAM:
    case Q_EXEC_PARAM:
    case Q_BOOL:
    case Q_NULL_TEST:
    case Q_TRUTH:
    case Q_RELABEL:
    case Q_COLLATE:
    case Q_CASE:
    case Q_WHEN:
    case Q_CASE_VALUE:
    case Q_COALESCE:
    case Q_ARRAY:
    case Q_ROW: break;
    default: return true;
    }
    return query_walk(child, may_leak, arg);
}

bool expr_is_leakproof(const QExpr *expr, const FnEnv *env)
{
    return !may_leak((void *)env, (void *)expr);
}

bool expr__is_volatile_call(const QExpr *expr, const FnEnv *env)
{
    return (own_flags(expr, env) & (IMMUTABLE | STABLE)) == 0;
}

static bool visit_volatile(void *arg, void *child)
{
    task_check_stack();
    const QNode *node = child;
    return expr__is_volatile_call(child, arg) || query_walk(node, visit_volatile, arg);
}
bool expr_is_volatile(const QExpr *expr, const FnEnv *env)
{
    return visit_volatile((void *)env, (void *)expr);
}

bool expr__io_is_immutable(Oid from, Oid to)
{
    const BuiltinType *source = builtin_type(from), *target = builtin_type(to);
    const BuiltinFunction *output = source ? builtin_function(source->output) : NULL;
    const BuiltinFunction *input = target ? builtin_function(target->input) : NULL;
    return output && input && (output->flags & input->flags & IMMUTABLE) != 0;
}

/* text || any and any || text are as stable as the other value's output function: PostgreSQL, where they are functions
 * in SQL, sees through them. */
static bool concatenates_immutably(const QOpCall *call)
{
    enum { TEXT_ANY = 2003, ANY_TEXT = 2004 };
    if (call->function != TEXT_ANY && call->function != ANY_TEXT) return false;
    return expr__io_is_immutable(call->args.items[call->function == TEXT_ANY]->type, OID_TEXT);
}

static bool is_immutable_node(const QExpr *expr, const FnEnv *env)
{
    switch (expr->kind) {
    case Q_COERCE_DOMAIN: return true; /* ALTER DOMAIN checks what is stored */
    case Q_COERCE_IO: return expr__io_is_immutable(Q_AS(CoerceIo, expr)->arg->type, expr->type);
    case Q_OP_CALL:
        if (concatenates_immutably(Q_AS(OpCall, expr))) return true;
        break;
    default: break;
    }
    return (own_flags(expr, env) & IMMUTABLE) != 0;
}

static bool visit_mutable(void *arg, void *child)
{
    task_check_stack();
    return !is_immutable_node(child, arg) || query_walk(child, visit_mutable, arg);
}
bool expr_is_immutable(const QExpr *expr, const FnEnv *env)
{
    return !visit_mutable((void *)env, (void *)expr);
}

static bool visit_partial(void *arg, void *child)
{
    task_check_stack();
    const QNode *node = child;
    if ((own_flags(child, arg) & TOTAL) == 0) return true;
    if (node->kind == Q_ARRAY || node->kind == Q_SUBSCRIPT || node->kind == Q_COERCE_ARRAY ||
        node->kind == Q_ROW || node->kind == Q_FIELD_SELECT || node->kind == Q_FIELD_STORE)
        return true;
    return query_walk(node, visit_partial, arg);
}
bool expr_is_total(const QExpr *expr, const FnEnv *env)
{
    return !visit_partial((void *)env, (void *)expr);
}

/* ---- several tasks at once ---- */

typedef struct HazardWalk {
    const FnEnv *env;
    ExprHazard most;
} HazardWalk;

/* What is written in another room than `type` may look at the session, which is one task's at a time; so do bodies in
 * SQL. */
static ExprHazard function_hazard(const FnEnv *env, Oid function)
{
    const BuiltinFunction *found = builtin_function(function);
    if (!found) {
        const CatFunction *user = env && env->calls_arg ? cat_function(env->calls_arg, function)
                                                        : NULL;
        return !user || user->parallel == 'u' ? EXPR_PARALLEL_UNSAFE : EXPR_PARALLEL_RESTRICTED;
    }
    if (found->flags & PARALLEL_UNSAFE) return EXPR_PARALLEL_UNSAFE;
    if (found->flags & PARALLEL_RESTRICTED || !found->is_local || found->shape == FN_SHAPE_SQL)
        return EXPR_PARALLEL_RESTRICTED;
    return EXPR_PARALLEL_SAFE;
}

/* Are the type's values made text of, and read from text, without a look at catalogs? */
static bool text_is_local(Oid type)
{
    const BuiltinType *found = builtin_type(type);
    if (!found || found->kind == 'c' || type == OID_RECORD) return false;
    if (found->element != 0 && found->bytes < 0) return text_is_local(found->element);
    const BuiltinFunction *input = builtin_function(found->input),
                          *output = builtin_function(found->output);
    return input && output && input->is_local && output->is_local;
}

/* A call that gives text or JSON may make it of its arguments, whatever types they are of. */
static bool may_print(Oid result, const QExpr *arg)
{
    const bool prints = result == OID_TEXT || result == OID_CSTRING || result == OID_JSON ||
                        result == OID_JSONB;
    return prints && !text_is_local(arg->type);
}

static ExprHazard call_hazard(const FnEnv *env, const QFuncCall *call)
{
    for (uint32_t i = 0; i < call->args.count; i++)
        if (may_print(call->type, call->args.items[i])) return EXPR_PARALLEL_RESTRICTED;
    return function_hazard(env, call->function);
}

static ExprHazard aggregate_hazard(const FnEnv *env, const QAggregate *call)
{
    for (uint32_t i = 0; i < call->args.count; i++)
        if (may_print(call->type, call->args.items[i]->expr)) return EXPR_PARALLEL_RESTRICTED;
    return function_hazard(env, call->function);
}

static ExprHazard coerce_hazard(const QCoerceIo *coerce)
{
    return text_is_local(coerce->type) && text_is_local(coerce->arg->type)
               ? EXPR_PARALLEL_SAFE
               : EXPR_PARALLEL_RESTRICTED;
}

static ExprHazard own_hazard(const QNode *node, const FnEnv *env)
{
    switch (node->kind) {
    case Q_COERCE_IO: return coerce_hazard(Q_AS(CoerceIo, node));
    case Q_FUNC_CALL: return call_hazard(env, Q_AS(FuncCall, node));
    case Q_OP_CALL: return function_hazard(env, Q_AS(OpCall, node)->function);
    case Q_ARRAY_OP: return function_hazard(env, Q_AS(ArrayOp, node)->function);
    case Q_DISTINCT_FROM: return function_hazard(env, Q_AS(DistinctFrom, node)->function);
    case Q_NULL_IF: return function_hazard(env, Q_AS(NullIf, node)->function);
    case Q_AGGREGATE: return aggregate_hazard(env, Q_AS(Aggregate, node));
    case Q_WINDOW_CALL: return function_hazard(env, Q_AS(WindowCall, node)->function);
    case Q_ROW_COMPARE: {
        const QRowCompare *compare = Q_AS(RowCompare, node);
        ExprHazard most = EXPR_PARALLEL_SAFE;
        for (uint32_t i = 0; i < compare->functions.count; i++)
            most = MAX(most, function_hazard(env, (Oid)compare->functions.items[i]));
        return most;
    }
    case Q_VALUE_FUNCTION:
    case Q_COERCE_DOMAIN:
    case Q_SUB_PLAN_CALL:
    case Q_CURRENT_OF: return EXPR_PARALLEL_RESTRICTED;
    default: return EXPR_PARALLEL_SAFE;
    }
}

static bool visit_hazard(void *arg, void *child)
{
    HazardWalk *walk = arg;
    task_check_stack();
    walk->most = MAX(walk->most, own_hazard(child, walk->env));
    return walk->most == EXPR_PARALLEL_UNSAFE || query_walk(child, visit_hazard, arg);
}

ExprHazard expr_parallel_hazard(const QNode *node, const FnEnv *env)
{
    HazardWalk walk = {.env = env};
    (void)visit_hazard(&walk, (void *)node);
    return walk.most;
}

/* ---- strictness ---- */

static bool is_null_in(const QExpr *expr, uint32_t table, const FnEnv *env);

static bool any_null(const QExprList *args, uint32_t table, const FnEnv *env)
{
    for (uint32_t i = 0; i < args->count; i++)
        if (is_null_in(args->items[i], table, env)) return true;
    return false;
}

/* NULL, and nothing else, whenever the table's columns are all NULL. */
static bool is_null_in(const QExpr *expr, uint32_t table, const FnEnv *env)
{
    task_check_stack();
    switch (expr->kind) {
    case Q_VAR: {
        const QVar *var = Q_AS(Var, expr);
        return var->up == 0 && var->table == table && var->column > 0;
    }
    case Q_FUNC_CALL: {
        const QFuncCall *call = Q_AS(FuncCall, expr);
        return (expr__function_flags(env, call->function) & STRICT) && !call->returns_set &&
               any_null(&call->args, table, env);
    }
    case Q_OP_CALL: {
        const QOpCall *call = Q_AS(OpCall, expr);
        return (expr__function_flags(env, call->function) & STRICT) && !call->returns_set &&
               any_null(&call->args, table, env);
    }
    case Q_BOOL:
        return Q_AS(Bool, expr)->op == Q_BOOL_NOT &&
               is_null_in(Q_AS(Bool, expr)->args.items[0], table, env);
    case Q_RELABEL: return is_null_in(Q_AS(Relabel, expr)->arg, table, env);
    case Q_COERCE_IO: return is_null_in(Q_AS(CoerceIo, expr)->arg, table, env);
    case Q_COLLATE: return is_null_in(Q_AS(Collate, expr)->arg, table, env);
    default: return false;
    }
}

/* Conditions that are false where what they ask is NULL. */
static bool is_false_in(const QExpr *expr, uint32_t table, const FnEnv *env)
{
    const QArrayOp *op = Q_IF(ArrayOp, expr);
    const QNullTest *test = Q_IF(NullTest, expr);
    const QTruth *truth = Q_IF(Truth, expr);
    /* over an empty array it is false or true without a look at the left side: ANY alone is safe */
    if (op != NULL)
        return !op->all && (expr__function_flags(env, op->function) & STRICT) &&
               (is_null_in(op->left, table, env) || is_null_in(op->array, table, env));
    if (test != NULL) return test->negated && !test->row && is_null_in(test->arg, table, env);
    if (truth == NULL) return false;
    if (truth->test == Q_TRUTH_TRUE) return expr_is_strict_on(truth->arg, table, env);
    return (truth->test == Q_TRUTH_FALSE || truth->test == Q_TRUTH_NOT_UNKNOWN) &&
           is_null_in(truth->arg, table, env);
}

bool expr_is_strict_on(const QExpr *expr, uint32_t table, const FnEnv *env)
{
    task_check_stack();
    const QBool *logic = Q_IF(Bool, expr);
    const QConst *constant = Q_IF(Const, expr);
    if (constant) return constant->value.datum.null || !constant->value.datum.value.b;
    if (!logic) return is_false_in(expr, table, env) || is_null_in(expr, table, env);
    switch (logic->op) {
    case Q_BOOL_NOT: return is_null_in(expr, table, env);
    case Q_BOOL_AND:
        for (uint32_t i = 0; i < logic->args.count; i++)
            if (expr_is_strict_on(logic->args.items[i], table, env)) return true;
        return false;
    case Q_BOOL_OR:
        for (uint32_t i = 0; i < logic->args.count; i++)
            if (!expr_is_strict_on(logic->args.items[i], table, env)) return false;
        return true;
    }
    UNREACHABLE();
    return false;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* inline.c - a call of a function in SQL whose body is one expression over its arguments becomes that expression, by
 * PostgreSQL's rules ("Inlining of SQL functions" in its wiki, and what its EXPLAIN shows): the body may do no more
 * than the function was declared to (volatility, STRICT), and an argument that is volatile or dear is read once. Errors
 * of the expression then have no CONTEXT, as there. A call of an immutable function with constants stays one.
 *
 * In FROM the query of a function that gives a set, is not volatile and not STRICT becomes a sub-query, which may
 * dissolve in turn. */
#include "plan/plan_internal.h"

#include "base/builtins.h"
#include "base/oids.h"

enum { ARG_COST_MAX = 10 }; /* operators' costs of an argument that is read several times */

/* Functions being put in place, around each other: recursion ends in a call. */
typedef struct Active {
    const struct Active *outer;
    Oid function;
} Active;

typedef struct Inliner {
    Planner *planner;
    const Active *active;
    bool changed;
} Inliner;

static CatalogView *view_of(const Planner *planner)
{
    return planner->state->options->view;
}

/* ---- what an expression is made of ---- */

static const CatFunction *called(CatalogView *view, const QNode *node)
{
    if (node->kind == Q_FUNC_CALL) return cat_function(view, Q_AS(FuncCall, node)->function);
    if (node->kind == Q_OP_CALL) return cat_function(view, Q_AS(OpCall, node)->function);
    return NULL;
}

/* May it be something else than NULL where one of its parts is NULL? */
static bool has_lenient(void *view, void *child)
{
    const QNode *node = child;
    task_check_stack();
    switch (node->kind) {
    case Q_CONST:
    case Q_PARAM:
    case Q_RELABEL:
    case Q_COERCE_IO:
    case Q_COLLATE:
    case Q_FIELD_SELECT: break;
    case Q_BOOL:
        if (Q_AS(Bool, node)->op != Q_BOOL_NOT) return true;
        break;
    case Q_FUNC_CALL:
    case Q_OP_CALL: {
        const CatFunction *function = called(view, node);
        if (function == NULL || !function->strict) return true;
        break;
    }
    default: return true;
    }
    return query_walk(node, has_lenient, view);
}

typedef struct Cost {
    CatalogView *view;
    double total;
} Cost;

static bool add_cost(void *arg, void *child)
{
    Cost *cost = arg;
    const QNode *node = child;
    task_check_stack();
    const CatFunction *function = called(cost->view, node);
    if (function != NULL) cost->total += (double)function->cost;
    if (node->kind == Q_COERCE_IO) cost->total += 2;
    return node->kind == Q_SUB_LINK || cost->total > ARG_COST_MAX ||
           query_walk(node, add_cost, arg);
}

/* May it be computed twice? */
static bool is_cheap(Planner *planner, QExpr *expr)
{
    Cost cost = {.view = view_of(planner)};
    return !add_cost(&cost, expr) && !expr_is_volatile(expr, planner->state->options->env);
}

typedef struct Uses {
    uint32_t *counts; /* by argument */
    uint32_t arg_count;
} Uses;

static bool count_uses(void *arg, void *child)
{
    const Uses *uses = arg;
    task_check_stack();
    const QParam *param = Q_IF(Param, (QNode *)child);
    if (param != NULL && (uint32_t)param->number <= uses->arg_count)
        uses->counts[param->number - 1]++;
    return query_walk(child, count_uses, arg);
}

/* ---- may it stand in the call's place? ---- */

static bool args_fit(Planner *planner, const CatFunction *function, QExpr *body,
                     const QExprList *args)
{
    Uses uses = {ARENA_ARRAY(planner->state->temporary, uint32_t, args->count + 1), args->count};
    (void)count_uses(&uses, body);
    for (uint32_t i = 0; i < args->count; i++) {
        if (uses.counts[i] == 0 && function->strict) return false;
        if (uses.counts[i] > 1 && !is_cheap(planner, args->items[i])) return false;
    }
    return true;
}

static bool body_fits(Planner *planner, const CatFunction *function, QExpr *body)
{
    const FnEnv *env = planner->state->options->env;
    if (function->volatility == 'i' && !expr_is_immutable(body, env)) return false;
    if (function->volatility == 's' && expr_is_volatile(body, env)) return false;
    return !function->strict || !has_lenient(view_of(planner), body);
}

static bool all_constant(const QExprList *args)
{
    for (uint32_t i = 0; i < args->count; i++)
        if (args->items[i]->kind != Q_CONST) return false;
    return true;
}

static bool any_null(const QExprList *args)
{
    for (uint32_t i = 0; i < args->count; i++) {
        const QConst *constant = Q_IF(Const, args->items[i]);
        if (constant != NULL && constant->value.datum.null) return true;
    }
    return false;
}

/* ---- putting in place ---- */

typedef struct Arguments {
    Arena *arena;
    const QExprList *args;
    uint32_t depth; /* of queries between the argument's place in the call and its place now */
} Arguments;

static void *put_argument(void *arg, void *child)
{
    Arguments *a = arg;
    task_check_stack();
    const QParam *param = Q_IF(Param, (QNode *)child);
    if (param != NULL) {
        QExpr *value = query_copy(a->arena, a->args->items[param->number - 1]);
        if (a->depth > 0) plan__raise_levels(value, a->depth);
        return value;
    }
    const bool deeper = ((QNode *)child)->kind == Q_QUERY;
    a->depth += deeper;
    node_replace(&query_family, child, put_argument, arg);
    a->depth -= deeper;
    return child;
}

static QExpr *null_of(Arena *arena, const Planner *planner, const QExpr *expr)
{
    const Type *type = type_get(planner->state->options->env, expr->type);
    QExpr *made = plan__null(arena, expr->type, (Phys)type->phys);
    made->typmod = expr->typmod;
    made->collation = expr->collation;
    return made;
}

static void *inline_node(void *arg, void *child);

typedef struct Placing {
    Inliner *in;
    QExpr *body;
    const QExprList *args;
} Placing;

static void place_body(void *arg)
{
    Placing *placing = arg;
    Planner *planner = placing->in->planner;
    const PlanOptions *options = planner->state->options;
    Arguments arguments = {planner->state->arena, placing->args, 0};
    QExpr *body = put_argument(&arguments, placing->body);
    body = expr_fold(planner->state->arena, body, options->env, options->params,
                     options->param_count);
    placing->body = inline_node(placing->in, body);
}

static QExpr *put_in_place(Inliner *in, const CatFunction *function, QExpr *body,
                           const QExprList *args)
{
    const Active active = {in->active, function->oid};
    Placing placing = {in, body, args};
    Error *error;
    in->active = &active;
    if (!error_catch(place_body, &placing, in->planner->state->temporary, &error)) {
        error_context(error, "SQL function \"%.*s\" during inlining", STR_ARG(function->name));
        error_raise_again(error);
    }
    in->active = active.outer;
    in->changed = true;
    return placing.body;
}

static QExpr *replaced(Inliner *in, QExpr *expr, Oid oid, Oid collation, const QExprList *args)
{
    Planner *planner = in->planner;
    const PlanOptions *options = planner->state->options;
    Arena *arena = planner->state->arena;
    if (options->function_value == NULL || builtin_function(oid) != NULL) return NULL;
    const CatFunction *function = cat_function(options->view, oid);
    if (function == NULL || function->arg_count != args->count) return NULL;
    if (function->strict && any_null(args)) {
        in->changed = true;
        return null_of(arena, planner, expr);
    }
    if (function->volatility == 'i' && all_constant(args)) return NULL;
    if (collation != 0 && collation != COLLATION_DEFAULT) return NULL;
    for (const Active *active = in->active; active != NULL; active = active->outer)
        if (active->function == oid) return NULL;
    Oid *types = ARENA_ARRAY(planner->state->temporary, Oid, args->count);
    for (uint32_t i = 0; i < args->count; i++) types[i] = args->items[i]->type;
    const FnCallee callee = {.function = oid,
                             .collation = collation,
                             .result_type = expr->type,
                             .arg_types = types,
                             .arg_count = args->count};
    QExpr *body = options->function_value(options->function_arg, arena, &callee);
    if (body == NULL || body->type != expr->type || !body_fits(planner, function, body) ||
        !args_fit(planner, function, body, args))
        return NULL;
    return put_in_place(in, function, plan__collated(arena, body, expr->collation), args);
}

static void *inline_node(void *arg, void *child)
{
    Inliner *in = arg;
    QNode *node = child;
    QExpr *made = NULL;
    task_check_stack();
    if (node->kind == Q_QUERY) return node; /* another level's business */
    node_replace(&query_family, node, inline_node, arg);
    if (node->kind == Q_FUNC_CALL) {
        QFuncCall *call = Q_AS(FuncCall, node);
        if (!call->returns_set)
            made = replaced(in, &call->base, call->function, call->input_collation, &call->args);
    } else if (node->kind == Q_OP_CALL) {
        QOpCall *call = Q_AS(OpCall, node);
        if (!call->returns_set)
            made = replaced(in, &call->base, call->function, call->input_collation, &call->args);
    }
    return made != NULL ? (QNode *)made : node;
}

QExpr *plan__simplify(Planner *planner, Arena *arena, QExpr *expr, const Datum *params,
                      uint32_t param_count)
{
    const FnEnv *env = planner->state->options->env;
    Inliner in = {.planner = planner};
    expr = expr_fold(arena, expr, env, params, param_count);
    expr = inline_node(&in, expr);
    return in.changed ? expr_fold(arena, expr, env, params, param_count) : expr;
}

/* ---- in FROM ---- */

static bool columns_agree(const QQuery *body, const QTableFunction *function)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < body->targets.count; i++) {
        const QExpr *expr = body->targets.items[i]->expr;
        if (body->targets.items[i]->junk) continue;
        if (count == function->types.count || expr->type != (Oid)function->types.items[count] ||
            expr->collation != (Oid)function->collations.items[count])
            return false;
        count++;
    }
    return count == function->types.count;
}

static bool has_plain_args(Planner *planner, const QExprList *args)
{
    for (uint32_t i = 0; i < args->count; i++)
        if (plan__expr_has((QNode *)args->items[i], Q_SUB_LINK) ||
            expr_is_volatile(args->items[i], planner->state->options->env))
            return false;
    return true;
}

void plan__inline_table(Planner *planner, QTable *table)
{
    PlanState *state = planner->state;
    const PlanOptions *options = state->options;
    if (table->table != Q_RTE_FUNCTION || table->functions.count != 1 || table->ordinality ||
        options->function_rows == NULL || state->inlined == INLINED_TABLES_MAX)
        return;
    const QTableFunction *function = table->functions.items[0];
    const QFuncCall *call = Q_IF(FuncCall, function->call);
    if (call == NULL || !call->returns_set || builtin_function(call->function) != NULL) return;
    const CatFunction *known = cat_function(options->view, call->function);
    if (known == NULL || known->strict || known->volatility == 'v' ||
        known->arg_count != call->args.count || !has_plain_args(planner, &call->args) ||
        (call->input_collation != 0 && call->input_collation != COLLATION_DEFAULT))
        return;
    Oid *types = ARENA_ARRAY(state->temporary, Oid, call->args.count);
    for (uint32_t i = 0; i < call->args.count; i++) types[i] = call->args.items[i]->type;
    const FnCallee callee = {.function = call->function,
                             .collation = call->input_collation,
                             .result_type = call->base.type,
                             .arg_types = types,
                             .arg_count = call->args.count};
    QQuery *body = options->function_rows(options->function_arg, state->arena, &callee);
    if (body == NULL || !columns_agree(body, function)) return;
    Arguments arguments = {state->arena, &call->args, 0};
    table->query = put_argument(&arguments, body);
    table->table = Q_RTE_SUBQUERY;
    table->functions = (QTableFunctionList){0};
    state->inlined++;
}

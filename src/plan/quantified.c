/* SPDX-License-Identifier: Apache-2.0 */
/* quantified.c - x op ANY (SELECT y ...), x IN (SELECT y ...) and op ALL inside of expressions, put together out of
 * sub-queries that become joins or run once. ALL is NOT ANY of the operator's negator; then
 *
 *   x = ANY (Q)    is true where    EXISTS (Q AND y = x)
 *   x < ANY (Q)    is true where    x < (SELECT max(y) FROM Q), and so on
 *   either         is NULL where it is not true and       EXISTS (Q AND y IS NULL), or x is NULL and EXISTS (Q)
 *
 * What need not be told apart is not asked for: whether it is NULL or false where a row is left out by either, and
 * NULLs of what is never NULL. An equality whose rows are the same for every row outside stays: they are a hash table
 * (exec/subplan_table.c). */
#include "plan/decorrelate_internal.h"

#include "base/builtins.h"
#include "base/oids.h"

typedef struct Quantified {
    Planner *planner;
    QSubLink *link;
    const QExpr *test; /* of ANY: columns of the rows are SubOutputs */
    bool negated;      /* it was ALL */
    bool is_equality;
    bool with_max; /* the others: do the largest decide? */
} Quantified;

enum { LESS = 1, LESS_EQUAL, EQUAL, GREATER_EQUAL, GREATER };

static Arena *arena_of(const Quantified *q)
{
    return q->planner->state->arena;
}

/* ---- what is it? ---- */

/* Place of the operator in the order of the type `right`; 0: none. Its equality may belong to others too, as that of
 * text does to the order of bytes. */
static int strategy_of(CatalogView *view, Oid op, Oid right)
{
    return plan__strategy_beside(view, op, cat_type_less(view, right));
}

static bool is_output(const QExpr *expr)
{
    while (expr->kind == Q_RELABEL) expr = Q_AS(Relabel, expr)->arg;
    return expr->kind == Q_SUB_OUTPUT;
}

/* x op column, which neither raises nor gives anything but NULL for a NULL. */
static bool is_plain_test(const Quantified *q, const QExpr *test)
{
    const FnEnv *env = q->planner->state->options->env;
    const QOpCall *call = Q_IF(OpCall, test);
    const BuiltinFunction *function = call != NULL ? builtin_function(call->function) : NULL;
    return function != NULL && (function->flags & STRICT) && call->args.count == 2 &&
           is_output(call->args.items[1]) &&
           !plan__expr_has((QNode *)call->args.items[0], Q_SUB_OUTPUT) &&
           !plan__expr_has((QNode *)test, Q_SUB_LINK) && expr_is_total(test, env) &&
           !expr_is_volatile(test, env);
}

static QExpr *negated_test(const Quantified *q, const QExpr *test)
{
    CatalogView *view = q->planner->state->options->view;
    QOpCall *call = query_copy(arena_of(q), Q_AS(OpCall, test));
    const CatOperator *op = cat_operator(view, call->op);
    const CatOperator *other = op != NULL && op->negator != 0 ? cat_operator(view, op->negator)
                                                              : NULL;
    if (other == NULL || other->function == 0) return NULL;
    call->op = other->oid;
    call->function = other->function;
    return &call->base;
}

/* (a, b) = ANY: all of them are equalities. */
static bool are_equalities(const Quantified *q, const QExpr *test)
{
    CatalogView *view = q->planner->state->options->view;
    const QBool *all = Q_IF(Bool, test);
    task_check_stack();
    if (all == NULL)
        return is_plain_test(q, test) &&
               strategy_of(view, Q_AS(OpCall, test)->op, Q_AS(OpCall, test)->args.items[1]->type) ==
                   EQUAL;
    for (uint32_t i = 0; all->op == Q_BOOL_AND && i < all->args.count; i++)
        if (!are_equalities(q, all->args.items[i])) return false;
    return all->op == Q_BOOL_AND;
}

/* How deep quantified sub-queries stand in one another below `node`. */
typedef struct Nesting {
    uint32_t depth, deepest;
} Nesting;

static bool note_nesting(void *arg, void *child)
{
    Nesting *nesting = arg;
    const QNode *node = child;
    const QSubLink *link = Q_IF(SubLink, node);
    const bool quantified = link != NULL &&
                            (link->sublink == Q_SUBLINK_ANY || link->sublink == Q_SUBLINK_ALL);
    task_check_stack();
    nesting->depth += quantified;
    nesting->deepest = MAX(nesting->deepest, nesting->depth);
    (void)query_walk(node, note_nesting, arg);
    nesting->depth -= quantified;
    return false;
}

/* What is put together has up to three copies of the sub-query, each with copies of those inside. */
static bool is_too_deep(const QSubLink *link)
{
    enum { NESTING_MAX = 2 };
    Nesting nesting = {0};
    (void)note_nesting(&nesting, (QNode *)link->query);
    return nesting.deepest > NESTING_MAX;
}

static bool is_known(Quantified *q)
{
    CatalogView *view = q->planner->state->options->view;
    const QSubLink *link = q->link;
    q->test = link->test;
    q->negated = link->sublink == Q_SUBLINK_ALL;
    if ((link->sublink != Q_SUBLINK_ANY && !q->negated) || q->test == NULL) return false;
    if (is_too_deep(link)) return false;
    if (!q->negated && q->test->kind == Q_BOOL) return q->is_equality = are_equalities(q, q->test);
    if (!is_plain_test(q, q->test)) return false;
    if (q->negated) q->test = negated_test(q, q->test);
    const QOpCall *call = q->test != NULL ? Q_AS(OpCall, q->test) : NULL;
    const int strategy = call != NULL ? strategy_of(view, call->op, call->args.items[1]->type) : 0;
    q->is_equality = strategy == EQUAL;
    q->with_max = strategy == LESS || strategy == LESS_EQUAL;
    return strategy != 0;
}

/* The aggregate that finds the end of the type's order, as the operator has it; NULL: none does. */
static const BuiltinAggregate *end_aggregate(const Quantified *q, Oid type)
{
    CatalogView *view = q->planner->state->options->view;
    uint32_t count;
    const CatFunction **named = cat_functions_named(view, q->with_max ? STR("max") : STR("min"),
                                                    &count);
    const Oid order = q->with_max ? cat_type_greater(view, type) : cat_type_less(view, type);
    for (uint32_t i = 0; i < count; i++) {
        const BuiltinAggregate *aggregate = builtin_aggregate(named[i]->oid);
        if (aggregate != NULL && named[i]->arg_count == 1 && named[i]->args[0] == type &&
            named[i]->result == type && aggregate->sort_operator == order)
            return aggregate;
    }
    return NULL;
}

/* ---- parts ---- */

static QSubLink *exists(const Quantified *q, const QQuery *query)
{
    QSubLink *link = Q_NEW(arena_of(q), SubLink);
    link->type = OID_BOOL;
    link->typmod = -1;
    link->sublink = Q_SUBLINK_EXISTS;
    link->query = query_copy(arena_of(q), query);
    q->planner->query->has_sublinks = true;
    return link;
}

static QExpr *combined(const Quantified *q, QBoolOp op, QExpr *a, QExpr *b)
{
    QExprList both = {0};
    if (a == NULL || b == NULL) return a != NULL ? a : b;
    plan__list_add(arena_of(q), &both, a);
    plan__list_add(arena_of(q), &both, b);
    return plan__combine(arena_of(q), op, &both);
}

static QExpr *null_test(const Quantified *q, const QExpr *expr)
{
    QNullTest *test = Q_NEW(arena_of(q), NullTest);
    test->type = OID_BOOL;
    test->typmod = -1;
    test->arg = query_copy(arena_of(q), expr);
    return &test->base;
}

static QExpr *negation(const Quantified *q, QExpr *expr)
{
    QBool *not = Q_NEW(arena_of(q), Bool);
    not ->op = Q_BOOL_NOT;
    not ->type = OID_BOOL;
    not ->typmod = -1;
    plan__list_add(arena_of(q), &not ->args, expr);
    return &not ->base;
}

static void ask_too(const Quantified *q, QSubLink *link, QExpr *condition)
{
    QFrom *from = link->query->from;
    from->where = combined(q, Q_BOOL_AND, from->where, condition);
}

/* The test as a condition of the sub-query. */
static QExpr *test_inside(const Quantified *q)
{
    QExpr *test = query_copy(arena_of(q), q->test);
    plan__raise_levels(test, 1);
    return plan__put_targets(arena_of(q), test, &q->link->query->targets);
}

/* y, of a single test. */
static QExpr *value_inside(const Quantified *q)
{
    return query_copy(arena_of(q), Q_AS(OpCall, test_inside(q))->args.items[1]);
}

/* SELECT max(y) ... in place of SELECT y ... */
static QSubLink *end_of(const Quantified *q)
{
    Arena *arena = arena_of(q);
    const QExpr *value = value_inside(q);
    const BuiltinAggregate *facts = end_aggregate(q, value->type);
    if (facts == NULL) return NULL;
    QAggregate *aggregate = Q_NEW(arena, Aggregate);
    aggregate->function = facts->function;
    aggregate->kind_ = facts->kind;
    aggregate->state_type = facts->state;
    aggregate->type = value->type;
    aggregate->typmod = -1;
    aggregate->collation = value->collation;
    aggregate->input_collation = Q_AS(OpCall, q->test)->input_collation;
    QTarget *arg = Q_NEW(arena, Target);
    arg->expr = (QExpr *)value;
    arg->number = 1;
    aggregate->args.items = ARENA_ARRAY(arena, QTarget *, 1);
    aggregate->args.items[aggregate->args.count++] = arg;
    QSubLink *link = exists(q, q->link->query);
    QQuery *query = link->query;
    link->sublink = Q_SUBLINK_SCALAR;
    link->type = value->type;
    link->typmod = -1;
    link->collation = value->collation;
    query->targets.count = query->order_by.count = query->distinct.count = 0;
    query->has_aggregates = true;
    plan__add_target(q->planner, query, &aggregate->base, 0);
    return link;
}

/* ---- NULLs ---- */

static bool value_is_never_null(const Quantified *q, const QExpr *value)
{
    const QQuery *query = q->link->query;
    const QVar *var = Q_IF(Var, value);
    if (plan__is_never_null(q->planner, query, query->from, value)) return true;
    return var != NULL && var->up == 0 && query->from->where != NULL &&
           plan__refuses_null(q->planner, query->from->where, var);
}

/* ---- put together ---- */

typedef struct Parts {
    QSubLink *match, *null_inside, *any;
    const QExpr *outside; /* x, where that it is NULL matters */
} Parts;

/* False: what it takes is not known. */
static bool find_parts(const Quantified *q, Unknown unknown, const QFrom *base, Parts *parts)
{
    const QQuery *query = q->link->query;
    *parts = (Parts){0};
    parts->match = q->is_equality ? exists(q, query) : end_of(q);
    if (parts->match == NULL) return false;
    if (q->is_equality) ask_too(q, parts->match, test_inside(q));
    if (unknown == UNKNOWN_IS_FALSE) return true;
    if (q->test->kind == Q_BOOL) return false;
    const QExpr *x = Q_AS(OpCall, q->test)->args.items[0], *y = value_inside(q);
    if (!value_is_never_null(q, y)) {
        parts->null_inside = exists(q, query);
        ask_too(q, parts->null_inside, null_test(q, y));
    }
    if (plan__is_never_null(q->planner, q->planner->query, base, x)) return true;
    parts->any = exists(q, query);
    parts->outside = x;
    return true;
}

/* Of the parts' values. A NULL that counts is true AND NULL. */
static QExpr *put_together(const Quantified *q, Unknown unknown, const Parts *parts, QExpr *match,
                           QExpr *null_inside, QExpr *any)
{
    QExpr *open = null_inside;
    if (!q->is_equality) {
        QOpCall *call = query_copy(arena_of(q), Q_AS(OpCall, q->test));
        QTruth *truth = Q_NEW(arena_of(q), Truth);
        call->args.items[1] = match;
        truth->type = OID_BOOL;
        truth->typmod = -1;
        truth->arg = &call->base;
        truth->test = Q_TRUTH_TRUE;
        match = unknown == UNKNOWN_IS_FALSE ? &call->base : &truth->base;
    }
    if (parts->outside != NULL)
        open = combined(q, Q_BOOL_OR, open,
                        combined(q, Q_BOOL_AND, null_test(q, parts->outside), any));
    if (open != NULL && unknown == UNKNOWN_COUNTS)
        open = combined(q, Q_BOOL_AND, open, plan__null(arena_of(q), OID_BOOL, PHYS_BOOL));
    QExpr *value = combined(q, Q_BOOL_OR, match, open);
    return q->negated ? negation(q, value) : value;
}

/* Its sub-query as one whose conditions can be added to. */
static bool is_open(const QQuery *query)
{
    return plan__is_join(query, true) && !query->has_aggregates && query->limit == NULL &&
           !query->distinct_on;
}

QExpr *plan__quantified(Work *work, QSubLink *link, Unknown unknown)
{
    Quantified q = {.planner = work->planner, .link = link};
    Parts parts;
    Link match, null_inside, any;
    if (!is_open(link->query) || !plan__looks_outward((QNode *)link->query, 1) || !is_known(&q))
        return &link->base;
    if (q.negated) unknown = plan__unknown_below_not(unknown);
    if (!find_parts(&q, unknown, work->base, &parts) ||
        !plan__take_link(work, parts.match, &match) ||
        (parts.null_inside != NULL && !plan__take_link(work, parts.null_inside, &null_inside)) ||
        (parts.any != NULL && !plan__take_link(work, parts.any, &any)))
        return &link->base;
    QExpr *values[3] = {plan__join_link(work, &match)};
    if (parts.null_inside != NULL) values[1] = plan__join_link(work, &null_inside);
    if (parts.any != NULL) values[2] = plan__join_link(work, &any);
    return put_together(&q, unknown, &parts, values[0], values[1], values[2]);
}

/* ---- rows that are the same for every row outside ---- */

/* The sub-query as a table of one that adds to it. */
static QQuery *wrapped(Planner *planner, QQuery *sub)
{
    Arena *arena = planner->state->arena;
    QQuery *query = Q_NEW(arena, Query);
    QTableRef *ref = Q_NEW(arena, TableRef);
    plan__raise_levels_from(sub, 1, 1);
    query->command = Q_COMMAND_SELECT;
    plan__append_table(planner, query, plan__subquery_table(planner, sub, STR("quantified")));
    ref->table = 1;
    query->from = Q_NEW(arena, From);
    query->from->items.items = ARENA_ARRAY(arena, QJoinItem *, 1);
    query->from->items.items[query->from->items.count++] = &ref->base;
    const QExpr *value = sub->targets.items[0]->expr;
    plan__add_target(planner, query, &plan__column_of(planner, 1, 1, value)->base, 0);
    return query;
}

QExpr *plan__quantified_once(Planner *planner, QSubLink *link, Unknown unknown)
{
    Quantified q = {.planner = planner, .link = link};
    Parts parts;
    const FnEnv *env = planner->state->options->env;
    const QQuery *sub = link->query;
    if (!is_known(&q) || plan__looks_outward((QNode *)sub, 1) ||
        expr_is_volatile((const QExpr *)sub, env))
        return &link->base;
    if (q.is_equality) {
        if (!q.negated) return &link->base;
        QSubLink *any = query_copy(arena_of(&q), link);
        any->sublink = Q_SUBLINK_ANY;
        any->test = (QExpr *)q.test;
        return negation(&q, &any->base);
    }
    if (sub->targets.count != 1 || sub->locks.count > 0 || sub->has_modifying_cte ||
        end_aggregate(&q, value_inside(&q)->type) == NULL ||
        !expr_is_total((const QExpr *)sub, env))
        return &link->base;
    if (q.negated) unknown = plan__unknown_below_not(unknown);
    QSubLink own = *link;
    own.query = query_copy(arena_of(&q), sub);
    if (!is_open(sub)) own.query = wrapped(planner, own.query);
    q.link = &own;
    if (!find_parts(&q, unknown, planner->query->from, &parts)) return &link->base;
    return put_together(&q, unknown, &parts, &parts.match->base,
                        parts.null_inside != NULL ? &parts.null_inside->base : NULL,
                        parts.any != NULL ? &parts.any->base : NULL);
}

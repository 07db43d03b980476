/* SPDX-License-Identifier: Apache-2.0 */
/* sublink.c - EXISTS and IN at the top of WHERE become semi joins, NOT EXISTS and NOT IN anti joins. The sub-query's
 * tables join the level's range table, its conditions (correlated ones among them) the join's. */
#include "plan/plan_internal.h"

typedef struct Taken {
    QSubLink *link;
    bool negated;
} Taken;

/* EXISTS (...), x IN (...) or the negation of one. */
static bool looks_fit(QExpr *expr, Taken *taken)
{
    const QBool *not = Q_IF(Bool, expr);
    taken->negated = not != NULL && not ->op == Q_BOOL_NOT;
    taken->link = Q_IF(SubLink, taken->negated ? not ->args.items[0] : expr);
    if (taken->link == NULL) return false;
    if (taken->link->sublink == Q_SUBLINK_EXISTS) return true;
    return taken->link->sublink == Q_SUBLINK_ANY;
}

bool plan__is_join(const QQuery *query, bool exists)
{
    if (query->command != Q_COMMAND_SELECT || query->set_operation != NULL) return false;
    if (query->has_windows || plan__has_set_targets(query)) return false;
    if (query->group_by.count > 0 || query->grouping_sets.count > 0 || query->having != NULL)
        return false;
    if (query->ctes.count > 0 || query->locks.count > 0 || query->offset != NULL) return false;
    if (!exists && (query->distinct.count > 0 || query->limit != NULL)) return false;
    if (query->limit != NULL) {
        const QConst *count = Q_IF(Const, query->limit);
        if (count == NULL || count->value.datum.null || count->value.datum.value.i64 < 1)
            return false;
    }
    return query->from != NULL && query->from->items.count > 0;
}

/* Does anything in the sub-query's FROM (not its WHERE) look outward? Then it is left as it is. */
typedef struct OutwardWalk {
    uint32_t depth;
    uint32_t level; /* looks for references to this many levels out or more */
} OutwardWalk;

static bool looks_outward(void *arg, void *child)
{
    OutwardWalk *walk = arg;
    task_check_stack();
    const QNode *node = child;
    const QVar *var = Q_IF(Var, node);
    if (var != NULL) return var->up >= walk->depth + walk->level;
    const QTable *table = Q_IF(Table, node);
    if (table != NULL && table->table == Q_RTE_CTE && table->cte_up >= walk->depth + walk->level)
        return true;
    bool deeper = node->kind == Q_QUERY;
    walk->depth += deeper;
    bool found = query_walk(node, looks_outward, walk);
    walk->depth -= deeper;
    return found;
}

bool plan__looks_outward(const QNode *node, uint32_t level)
{
    OutwardWalk walk = {.level = level};
    if (node->kind == Q_QUERY) return query_walk(node, looks_outward, &walk);
    return looks_outward(&walk, (void *)node);
}

bool plan__from_is_closed(const QQuery *query)
{
    for (uint32_t i = 0; i < query->tables.count; i++) {
        if (plan__looks_outward((QNode *)query->tables.items[i], 1)) return false;
    }
    return query->from == NULL || !plan__outer_join_looks_beside(&query->from->base);
}

/* The test's SubOutputs become the sub-query's targets. */
typedef struct Outputs {
    Arena *arena;
    const QTargetList *targets;
} Outputs;

static void *put_target(void *arg, void *child)
{
    const Outputs *outputs = arg;
    task_check();
    const QSubOutput *output = Q_IF(SubOutput, (QNode *)child);
    if (output == NULL) {
        node_replace(&query_family, child, put_target, arg);
        return child;
    }
    return query_copy(outputs->arena, outputs->targets->items[output->column - 1]->expr);
}

QExpr *plan__put_targets(Arena *arena, QExpr *test, const QTargetList *targets)
{
    Outputs outputs = {.arena = arena, .targets = targets};
    return put_target(&outputs, test);
}

static bool targets_are_plain(Planner *planner, const QTargetList *targets)
{
    for (uint32_t i = 0; i < targets->count; i++) {
        if (plan__looks_outward((QNode *)targets->items[i], 1) ||
            plan__expr_has((QNode *)targets->items[i], Q_SUB_LINK) ||
            expr_is_volatile(targets->items[i]->expr, planner->state->options->env))
            return false;
    }
    return true;
}

static void append_tables(Planner *planner, const QQuery *sub)
{
    QTableList *tables = &planner->query->tables;
    uint32_t before = tables->count, count = before + sub->tables.count;
    QTable **items = ARENA_ARRAY(planner->state->arena, QTable *, count);
    if (before > 0) memcpy(items, tables->items, before * sizeof(*items));
    if (sub->tables.count > 0)
        memcpy(items + before, sub->tables.items, sub->tables.count * sizeof(*items));
    tables->items = items;
    tables->count = count;
    plan__register_tables(planner, before);
    for (uint32_t i = before; i < count; i++) plan__prepare_table(planner, items[i]);
}

/* ---- NOT IN ---- */

/* May an outer join in there put NULLs in place of the table's columns? */
static bool is_nulled(const JoinNode *node, uint32_t table)
{
    task_check_stack();
    if (!set_has(&node->tables, table)) return false;
    for (uint32_t i = 0; i < node->item_count; i++)
        if (is_nulled(node->items[i], table)) return true;
    if (node->kind != JOIN_NODE_JOIN) return false;
    if (node->join == Q_JOIN_FULL ||
        (node->join == Q_JOIN_LEFT && set_has(&node->right->tables, table)))
        return true;
    return is_nulled(node->left, table) || is_nulled(node->right, table);
}

static bool is_never_null(Planner *planner, const JoinNode *node, const QExpr *expr)
{
    if (expr->kind == Q_OP_CALL)
        return is_never_null(planner, node, Q_AS(OpCall, expr)->args.items[0]) &&
               is_never_null(planner, node, Q_AS(OpCall, expr)->args.items[1]);
    while (expr->kind == Q_RELABEL) expr = Q_AS(Relabel, expr)->arg;
    const QVar *var = Q_IF(Var, expr);
    const CatRelation *relation = var != NULL && var->up == 0 ? planner->relations[var->table - 1]
                                                              : NULL;
    return relation != NULL && var->column > 0 &&
           plan__is_never_null_column(relation, var->column) &&
           !is_nulled(node->left, var->table) && !is_nulled(node->right, var->table);
}

/* x NOT IN (SELECT y ...): true where no y equals x and no y is NULL, nor (unless there are no rows) x. The hash join
 * knows of NULLs on both sides, if x = y is all that it is asked. */
static bool is_null_aware(Planner *planner, const QSubLink *link)
{
    const QOpCall *call = Q_IF(OpCall, link->test);
    if (call == NULL || call->args.count != 2 || link->query->targets.count != 1) return false;
    const CatOperator *op = cat_operator(planner->state->options->view, call->op);
    const QExpr *x = call->args.items[0], *y = link->query->targets.items[0]->expr;
    const TableSet outer = plan__tables_of(x), inner = plan__tables_of(y);
    return op != NULL && op->hash && plan__hash_is_sure(x) && plan__hash_is_sure(y) &&
           !set_is_empty(outer) && !set_is_empty(inner) &&
           !plan__expr_has((QNode *)x, Q_SUB_OUTPUT) &&
           plan__expr_has((QNode *)call->args.items[1], Q_SUB_OUTPUT) &&
           !expr_is_volatile(x, planner->state->options->env) &&
           !plan__looks_outward((QNode *)link->query, 1);
}

/* ---- the join ---- */

static void add_condition(Planner *planner, JoinNode *node, Condition *condition)
{
    if (!condition->is_volatile && !set_is_empty(condition->tables) &&
        set_within(condition->tables, node->right->tables)) {
        plan__push_condition(planner, node->right, condition);
        return;
    }
    plan__conditions_add(&node->conditions, condition);
    /* A row of NULLs meets nothing by it; of NOT IN it would be a NULL among the values. */
    if (!node->null_aware) plan__reduce_below(planner, node->right, condition);
    if (node->join == Q_JOIN_SEMI) plan__reduce_below(planner, node->left, condition);
}

static void add_conditions(Planner *planner, JoinNode *node, const QExprList *exprs)
{
    for (uint32_t e = 0; e < exprs->count; e++) {
        QExprList conjuncts = {0};
        plan__split_conjunction(planner->state->temporary,
                                plan__prepare_expr(planner, exprs->items[e]), &conjuncts);
        for (uint32_t i = 0; i < conjuncts.count; i++)
            add_condition(planner, node, plan__condition(planner, conjuncts.items[i]));
    }
}

static JoinNode *semi_join(Planner *planner, JoinNode *tree, const Taken *taken)
{
    Arena *arena = planner->state->arena;
    QQuery *sub = taken->link->query;
    Planner inside = {.state = planner->state, .query = sub};
    plan__write_out(planner->state, sub);
    plan__flatten_joins(&inside);
    plan__shift_tables(sub, planner->query->tables.count);
    QExpr *where = sub->from->where;
    sub->from->where = NULL;
    if (where != NULL) {
        QQuery *holder = Q_NEW(arena, Query);
        holder->having = where;
        plan__raise_levels_from(holder, -1, 1);
        where = holder->having;
    }
    plan__raise_levels_from(sub, -1, 1);
    append_tables(planner, sub);

    /* What reads the sub-query's tables alone is its own WHERE still; so is all of it under NOT IN, which reads nothing
     * else (is_null_aware), and whose join is asked for one equality and no more. */
    const bool is_closed = taken->negated && taken->link->sublink == Q_SUBLINK_ANY;
    TableSet own = {0};
    for (uint32_t i = planner->query->tables.count - sub->tables.count;
         i < planner->query->tables.count; i++)
        set_add(&own, i + 1);
    QExprList conjuncts = {0}, inner = {0}, ready = {0};
    if (where != NULL) plan__split_conjunction(planner->state->temporary, where, &conjuncts);
    for (uint32_t i = 0; i < conjuncts.count; i++) {
        QExpr *expr = conjuncts.items[i];
        const TableSet tables = plan__tables_of(expr);
        const bool is_own = is_closed || (!set_is_empty(tables) && set_within(tables, own) &&
                                          !expr_is_volatile(expr, planner->state->options->env));
        plan__list_add(arena, is_own ? &inner : &ready, expr);
    }
    sub->from->where = plan__combine(arena, Q_BOOL_AND, &inner);
    plan__decorrelate_item(planner, &sub->from->base);

    JoinNode *node = ARENA_NEW(planner->state->temporary, JoinNode);
    node->kind = JOIN_NODE_JOIN;
    node->conditions.arena = planner->state->temporary;
    node->join = taken->negated ? Q_JOIN_ANTI : Q_JOIN_SEMI;
    node->left = tree;
    node->right = plan__node_of_from(planner, sub->from);
    node->tables = set_union(tree->tables, node->right->tables);
    const ConditionList lifted = plan__lift_conditions(planner, node->right);
    for (uint32_t i = 0; i < lifted.count; i++) add_condition(planner, node, lifted.items[i]);
    if (taken->link->sublink == Q_SUBLINK_ANY) {
        QExpr *test = plan__put_targets(arena, taken->link->test, &sub->targets);
        plan__list_add(arena, &ready, test);
        node->null_aware = taken->negated && !is_never_null(planner, node, test);
    }
    add_conditions(planner, node, &ready);
    plan__rise(planner, node);
    return node;
}

/* EXISTS of rows that do not look outward is one answer for all rows: an initplan does better than a join. */
static bool is_correlated(const QQuery *query)
{
    return plan__looks_outward((QNode *)query, 1);
}

/* What is so is left in `taken`. */
static bool fits(Planner *planner, QExpr *condition, Taken *taken)
{
    if (!looks_fit(condition, taken)) return false;
    const bool exists = taken->link->sublink == Q_SUBLINK_EXISTS;
    const QQuery *sub = taken->link->query;
    return plan__is_join(sub, exists) && !sub->has_aggregates && plan__from_is_closed(sub) &&
           (exists ? is_correlated(sub) : targets_are_plain(planner, &sub->targets)) &&
           planner->query->tables.count + sub->tables.count < PLAN_TABLES_MAX &&
           !(taken->link->test != NULL && plan__expr_has((QNode *)taken->link->test, Q_SUB_LINK)) &&
           (exists || !taken->negated || is_null_aware(planner, taken->link));
}

/* The condition with what runs once in place of op ANY or ALL; op ALL may become NOT IN. */
static QExpr *once(Planner *planner, QExpr *condition)
{
    QBool *not = Q_IF(Bool, condition);
    if (not != NULL && not ->op != Q_BOOL_NOT) return condition;
    QSubLink *link = Q_IF(SubLink, not != NULL ? not ->args.items[0] : condition);
    if (link == NULL) return condition;
    QExpr *other = plan__quantified_once(planner, link,
                                         not != NULL ? UNKNOWN_IS_TRUE : UNKNOWN_IS_FALSE);
    if (other == &link->base) return condition;
    if (not == NULL) return other;
    QBool *copy = Q_NEW(planner->state->arena, Bool);
    *copy = *not ;
    copy->args = (QExprList){0};
    plan__list_add(planner->state->arena, &copy->args, other);
    return &copy->base;
}

bool plan__becomes_join(Planner *planner, QExpr *condition)
{
    Taken taken;
    return fits(planner, once(planner, condition), &taken);
}

JoinNode *plan__unnest(Planner *planner, JoinNode *tree, QExprList *conditions)
{
    if (!planner->query->has_sublinks) return tree;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < conditions->count; i++) {
        Taken taken;
        QExpr *condition = once(planner, conditions->items[i]);
        if (fits(planner, condition, &taken)) {
            tree = semi_join(planner, tree, &taken);
        } else {
            conditions->items[kept++] = condition;
        }
    }
    conditions->count = kept;
    return tree;
}

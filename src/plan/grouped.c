/* SPDX-License-Identifier: Apache-2.0 */
/* grouped.c - sub-queries in HAVING and beside groups: the groups become a table of their level, and the sub-queries
 * stand in WHERE and in targets over a plain table, where they become joins (decorrelate.c, sublink.c):
 *
 *   SELECT k, (SELECT ... t.k ...) FROM t GROUP BY k HAVING count(*) > (SELECT ... t.k ...) AND max(y) IN (SELECT ...)
 *     =>  SELECT g.k, (SELECT ... g.k ...) FROM (SELECT k, count(*), max(y) FROM t GROUP BY k) g
 *         WHERE g.count > (SELECT ... g.k ...) AND g.max IN (SELECT ...)
 *
 * Columns of the table are the keys, the aggregates and GROUPINGs of the level wherever they stand, and the columns
 * that a primary key among the keys decides. */
#include "plan/decorrelate_internal.h"

typedef struct Groups {
    Planner *planner;
    QQuery *inner;
    uint32_t depth;
} Groups;

/* ---- is there something to gain? ---- */

/* A sub-query that hangs on the group, in no aggregate's arguments. */
static bool hangs_on_group(void *arg, void *child)
{
    task_check_stack();
    const QNode *node = child;
    const QAggregate *aggregate = Q_IF(Aggregate, node);
    if (node->kind == Q_QUERY || (aggregate != NULL && aggregate->up == 0)) return false;
    const QSubLink *link = Q_IF(SubLink, node);
    if (link != NULL && plan__looks_outward((QNode *)link->query, 1)) return true;
    return query_walk(node, hangs_on_group, arg);
}

static bool is_worth_it(Planner *planner)
{
    const QQuery *query = planner->query;
    QExprList conjuncts = {0};
    for (uint32_t i = 0; i < query->targets.count; i++)
        if (hangs_on_group(NULL, query->targets.items[i]->expr)) return true;
    if (query->having == NULL) return false;
    plan__split_conjunction(planner->state->temporary, query->having, &conjuncts);
    for (uint32_t i = 0; i < conjuncts.count; i++)
        if (hangs_on_group(NULL, conjuncts.items[i])) return true;
    return false;
}

static const QTarget *key_target(const QQuery *query, uint32_t key)
{
    for (uint32_t i = 0; i < query->targets.count; i++)
        if (query->targets.items[i]->reference == query->group_by.items[key]->reference)
            return query->targets.items[i];
    UNREACHABLE();
}

/* Sub-queries in keys, and constants that grouping sets tell apart from others like them, stay where they are. */
static bool may_separate(const QQuery *query)
{
    if (query->command != Q_COMMAND_SELECT || query->set_operation != NULL ||
        query->locks.count > 0 || !query->has_sublinks || query->from == NULL ||
        query->from->items.count == 0)
        return false;
    for (uint32_t i = 0; i < query->group_by.count; i++) {
        const QExpr *key = key_target(query, i)->expr;
        if (plan__expr_has((QNode *)key, Q_SUB_LINK) ||
            (query->grouping_sets.count > 0 && key->kind == Q_CONST))
            return false;
    }
    return query->group_by.count > 0;
}

/* ---- the groups' columns ---- */

/* The column that is this expression of the level; `add`: it becomes one. 0: there is none. */
static uint32_t column_for(const Groups *groups, const QExpr *expr, bool add)
{
    const QTargetList *targets = &groups->inner->targets;
    for (uint32_t i = 0; i < targets->count; i++)
        if (query_equal(targets->items[i]->expr, expr)) return i + 1;
    if (add)
        plan__add_target(groups->planner, groups->inner,
                         query_copy(groups->planner->state->arena, expr), 0);
    return add ? targets->count : 0;
}

static QExpr *column(const Groups *groups, uint32_t number)
{
    const QExpr *like = groups->inner->targets.items[number - 1]->expr;
    QVar *var = Q_NEW(groups->planner->state->arena, Var);
    var->table = 1;
    var->column = (int32_t)number;
    var->up = groups->depth;
    var->type = like->type;
    var->typmod = like->typmod;
    var->collation = like->collation;
    return &var->base;
}

/* Is the node's value made by the level of the groups, whole? */
static bool is_of_level(const Groups *groups, const QNode *node)
{
    switch (node->kind) {
    case Q_VAR: return Q_AS(Var, node)->up == groups->depth;
    case Q_AGGREGATE: return Q_AS(Aggregate, node)->up == groups->depth;
    case Q_GROUPING: return Q_AS(Grouping, node)->up == groups->depth;
    default: return false;
    }
}

static void *put_columns(void *arg, void *child)
{
    Groups *groups = arg;
    QNode *node = child;
    task_check();
    /* Expressions that are keys are found where the level itself has them, columns alone in its sub-queries too. */
    if (groups->depth == 0 && node->kind != Q_CONST) {
        const uint32_t found = column_for(groups, child, false);
        if (found > 0) return column(groups, found);
    }
    if (is_of_level(groups, node)) {
        QExpr *own = query_copy(groups->planner->state->arena, child);
        plan__lower_levels(own, groups->depth);
        return column(groups, column_for(groups, own, true));
    }
    const bool deeper = node->kind == Q_QUERY;
    groups->depth += deeper;
    node_replace(&query_family, node, put_columns, arg);
    groups->depth -= deeper;
    return node;
}

/* ---- the levels ---- */

/* HAVING without sub-queries stays with the groups; the others filter the table that they are. */
static QExpr *take_having(const Groups *groups, QExpr *having)
{
    Arena *arena = groups->planner->state->arena;
    QExprList conjuncts = {0}, kept = {0}, taken = {0};
    if (having != NULL) plan__split_conjunction(arena, having, &conjuncts);
    for (uint32_t i = 0; i < conjuncts.count; i++) {
        const bool has = plan__expr_has((QNode *)conjuncts.items[i], Q_SUB_LINK);
        plan__list_add(arena, has ? &taken : &kept, conjuncts.items[i]);
    }
    groups->inner->having = plan__combine(arena, Q_BOOL_AND, &kept);
    return plan__combine(arena, Q_BOOL_AND, &taken);
}

/* The level's WITH stays where it was, one level further out. */
static bool raise_ctes(void *arg, void *child)
{
    uint32_t *depth = arg;
    QTable *table = Q_IF(Table, (QNode *)child);
    const bool deeper = ((QNode *)child)->kind == Q_QUERY;
    task_check_stack();
    if (table != NULL && table->table == Q_RTE_CTE && table->cte_up >= *depth) table->cte_up++;
    *depth += deeper;
    (void)query_walk(child, raise_ctes, arg);
    *depth -= deeper;
    return false;
}

static QQuery *inner_of(Planner *planner)
{
    QQuery *query = planner->query;
    QQuery *inner = Q_NEW(planner->state->arena, Query);
    inner->command = Q_COMMAND_SELECT;
    inner->tables = query->tables;
    inner->from = query->from;
    inner->group_by = query->group_by;
    inner->grouping_sets = query->grouping_sets;
    inner->group_distinct = query->group_distinct;
    inner->grouping_keys = query->grouping_keys;
    inner->has_aggregates = query->has_aggregates;
    inner->has_sublinks = query->has_sublinks;
    return inner;
}

/* How many groups there are, about. */
static double count_groups(Planner *planner)
{
    const QQuery *query = planner->query;
    QExprList keys = {0};
    const double rows = plan__rows_of(planner, &query->from->base);
    for (uint32_t i = 0; i < query->group_by.count; i++)
        plan__list_add(planner->state->temporary, &keys, key_target(query, i)->expr);
    return plan__group_count(planner, &keys, rows);
}

static void replace_level(Planner *planner, Groups *groups)
{
    QQuery *query = planner->query;
    Arena *arena = planner->state->arena;
    QExpr *where = take_having(groups, query->having);
    for (uint32_t i = 0; i < query->group_by.count; i++) {
        const QTarget *key = key_target(query, i);
        plan__add_target(planner, groups->inner, query_copy(arena, key->expr), key->reference);
    }
    for (uint32_t i = 0; i < query->targets.count; i++)
        query->targets.items[i]->expr = put_columns(groups, query->targets.items[i]->expr);
    if (where != NULL) where = put_columns(groups, where);
    QTableRef *ref = Q_NEW(arena, TableRef);
    ref->table = 1;
    query->tables = (QTableList){0};
    query->from = Q_NEW(arena, From);
    query->from->where = where;
    query->from->items.items = ARENA_ARRAY(arena, QJoinItem *, 1);
    query->from->items.items[query->from->items.count++] = &ref->base;
    query->group_by = (QSortKeyList){0};
    query->grouping_sets = (QGroupingSetList){0};
    query->grouping_keys = (NodeI32s){0};
    query->having = NULL;
    query->has_aggregates = query->group_distinct = false;
}

void plan__separate_groups(Planner *planner)
{
    if (!may_separate(planner->query) || !is_worth_it(planner) || plan__runs_by_row(planner))
        return;
    Groups groups = {.planner = planner, .inner = inner_of(planner)};
    planner->group_rows = count_groups(planner);
    uint32_t depth = 0;
    replace_level(planner, &groups);
    (void)query_walk(groups.inner, raise_ctes, &depth);
    plan__append_table(planner, planner->query,
                       plan__subquery_table(planner, groups.inner, STR("groups")));
}

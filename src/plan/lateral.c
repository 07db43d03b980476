/* SPDX-License-Identifier: Apache-2.0 */
/* lateral.c - LATERAL sub-queries that give one row at most for each row beside them, a group or the first of several,
 * become joins as sub-queries inside of expressions do (decorrelate.c):
 *
 *   t, LATERAL (SELECT count(*) c, max(r.y) m FROM r WHERE r.k = t.k) x
 *     =>  t LEFT JOIN (SELECT count(*), max(y), k FROM r GROUP BY k) s ON s.k = t.k,  x.c being coalesce(s.count, 0)
 *   t, LATERAL (SELECT r.y FROM r WHERE r.k = t.k ORDER BY r.n LIMIT 1) x
 *     =>  t JOIN (SELECT DISTINCT ON (k) y, k FROM r ORDER BY k, n) s ON s.k = t.k
 *
 * What the sub-query gives is put in place of its columns wherever they stand, so no outer join above may put NULLs in
 * their place. */
#include "plan/decorrelate_internal.h"

/* ---- what it reads ---- */

typedef struct Outside {
    uint32_t depth;
    TableSet tables;
    bool further; /* levels further outside, too */
} Outside;

static bool add_outside(void *arg, void *child)
{
    Outside *outside = arg;
    const QNode *node = child;
    task_check_stack();
    const QVar *var = Q_IF(Var, node);
    if (var != NULL && var->up == outside->depth + 1) set_add(&outside->tables, var->table);
    outside->further |= var != NULL && var->up > outside->depth + 1;
    outside->depth += node->kind == Q_QUERY;
    (void)query_walk(node, add_outside, arg);
    outside->depth -= node->kind == Q_QUERY;
    return false;
}

static void add_tables(const QJoinItem *item, TableSet *tables)
{
    task_check_stack();
    if (item->kind == Q_TABLE_REF) {
        set_add(tables, Q_AS(TableRef, item)->table);
    } else if (item->kind == Q_FROM) {
        const QFrom *from = Q_AS(From, item);
        for (uint32_t i = 0; i < from->items.count; i++) add_tables(from->items.items[i], tables);
    } else if (item->kind == Q_JOIN) {
        add_tables(Q_AS(Join, item)->left, tables);
        add_tables(Q_AS(Join, item)->right, tables);
        if (Q_AS(Join, item)->table != 0) set_add(tables, Q_AS(Join, item)->table);
    }
}

/* ---- joined ---- */

static QFrom *from_of(Arena *arena, QJoinItem *const *items, uint32_t count)
{
    QFrom *from = Q_NEW(arena, From);
    from->items.items = arena_copy(arena, items, count * sizeof *items);
    from->items.count = count;
    return from;
}

/* Those of the conditions that read nothing but what is joined there. */
static QExpr *conditions_over(Planner *planner, const QExpr *where, TableSet tables)
{
    QExprList conjuncts = {0}, over = {0};
    if (where == NULL) return NULL;
    plan__split_conjunction(planner->state->temporary, (QExpr *)where, &conjuncts);
    for (uint32_t i = 0; i < conjuncts.count; i++)
        if (set_within(plan__tables_of(conjuncts.items[i]), tables) &&
            !plan__expr_has((QNode *)conjuncts.items[i], Q_SUB_LINK))
            plan__list_add(planner->state->arena, &over, conjuncts.items[i]);
    return plan__combine(planner->state->arena, Q_BOOL_AND, &over);
}

static QTargetList targets_of(Planner *planner, const QExprList *values)
{
    QQuery holder = {.kind = Q_QUERY};
    for (uint32_t i = 0; i < values->count; i++)
        plan__add_target(planner, &holder, values->items[i], 0);
    return holder.targets;
}

static double rows_asking(Planner *planner, const QFrom *base)
{
    const QQuery *query = planner->query;
    const double rows = plan__rows_of(planner, &base->base);
    const bool grouped = query->has_aggregates || query->group_by.count > 0 ||
                         query->grouping_sets.count > 0;
    return grouped || query->order_by.count > 0 ? rows : plan__limited_rows(query, rows);
}

/* The items joined to the sub-query; NULL: it stays. `inner`: rows without one of its rows are left out. */
static QJoinItem *joined(Planner *planner, QJoinItem *const *items, uint32_t count,
                         const QExpr *where, uint32_t number, bool inner)
{
    Arena *arena = planner->state->arena;
    QTable *table = planner->query->tables.items[number - 1];
    QQuery *sub = table->query;
    const LinkForm form = sub->has_aggregates ? LINK_GROUP : LINK_FIRST;
    Outside outside = {.depth = 0};
    TableSet beside = {0};
    Link taken;
    for (uint32_t i = 0; i < count; i++) add_tables(items[i], &beside);
    (void)query_walk(sub, add_outside, &outside);
    if (outside.further || set_is_empty(outside.tables) || !set_within(outside.tables, beside))
        return NULL;
    QFrom *base = from_of(arena, items, count), *bare = from_of(arena, items, count);
    base->where = conditions_over(planner, where, beside);
    Work work = {.planner = planner,
                 .base = base,
                 .tree = count == 1 ? items[0] : &bare->base,
                 .outer_rows = rows_asking(planner, base)};
    table->query = NULL;
    table->table = Q_RTE_RESULT;
    if (!plan__take_query(&work, sub, form, &taken)) {
        table->query = sub;
        table->table = Q_RTE_SUBQUERY;
        return NULL;
    }
    (void)plan__join_link(&work, &taken);
    if (form == LINK_FIRST && inner) Q_AS(Join, work.tree)->join = Q_JOIN_INNER;
    const QTargetList targets = targets_of(planner, &taken.values);
    plan__substitute(arena, planner->query, number, &targets);
    return work.tree;
}

/* ---- where they stand ---- */

/* The table that the item is, if it is such a sub-query; 0: it is none. */
static uint32_t lateral_table(Planner *planner, const QJoinItem *item)
{
    const QTableRef *ref = Q_IF(TableRef, item);
    const QTable *table = ref != NULL ? planner->query->tables.items[ref->table - 1] : NULL;
    if (table == NULL || table->table != Q_RTE_SUBQUERY || table->query == NULL || table->barrier)
        return 0;
    const bool one_row = table->query->has_aggregates || table->query->limit != NULL;
    return one_row && plan__looks_outward((QNode *)table->query, 1) ? ref->table : 0;
}

static bool is_true(const QExpr *on)
{
    const QConst *constant = on != NULL ? Q_IF(Const, on) : NULL;
    return on == NULL ||
           (constant != NULL && !constant->value.datum.null && constant->value.datum.value.b);
}

static QJoinItem *join_item(Planner *planner, QJoinItem *item);

static QJoinItem *join_join(Planner *planner, QJoin *join)
{
    const bool inner = join->join == Q_JOIN_INNER;
    if (!inner && join->join != Q_JOIN_LEFT) return &join->base;
    join->left = join_item(planner, join->left);
    if (inner) join->right = join_item(planner, join->right);
    const uint32_t number = lateral_table(planner, join->right);
    if (number == 0 || (!inner && !is_true(join->on))) return &join->base;
    QJoinItem *tree = joined(planner, &join->left, 1, NULL, number, inner);
    if (tree == NULL) return &join->base;
    if (join->on == NULL || !inner) return tree;
    QFrom *from = from_of(planner->state->arena, &tree, 1);
    from->where = join->on;
    return &from->base;
}

static void join_from(Planner *planner, QFrom *from)
{
    QJoinItemList *items = &from->items;
    for (uint32_t i = 0; i < items->count; i++) {
        items->items[i] = join_item(planner, items->items[i]);
        const uint32_t number = lateral_table(planner, items->items[i]);
        QJoinItem *tree = number != 0 && i > 0
                              ? joined(planner, items->items, i, from->where, number, true)
                              : NULL;
        if (tree == NULL) continue;
        QJoinItem **rest = ARENA_ARRAY(planner->state->arena, QJoinItem *, items->count - i);
        rest[0] = tree;
        memcpy(rest + 1, items->items + i + 1, (items->count - i - 1) * sizeof *rest);
        items->items = rest;
        items->count -= i;
        i = 0;
    }
}

static QJoinItem *join_item(Planner *planner, QJoinItem *item)
{
    task_check();
    if (item->kind == Q_JOIN) return join_join(planner, Q_AS(Join, item));
    if (item->kind == Q_FROM) join_from(planner, Q_AS(From, item));
    return item;
}

void plan__join_laterals(Planner *planner)
{
    QQuery *query = planner->query;
    bool any = false;
    for (uint32_t i = 0; i < query->tables.count; i++) any |= query->tables.items[i]->lateral;
    if (!any || query->command != Q_COMMAND_SELECT || query->set_operation != NULL ||
        planner->state->rechecks || query->from == NULL)
        return;
    join_from(planner, query->from);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* pullup.c - a sub-query in FROM that only joins and filters dissolves in its parent: its FROM takes the place of the
 * table that it was, its targets take the place of that table's columns. So conditions and join orders see through
 * views. */
#include "plan/plan_internal.h"

/* Its rows are those of its FROM that meet its WHERE, one by one. */
static bool only_joins(const QQuery *query)
{
    if (query->command != Q_COMMAND_SELECT || query->set_operation != NULL) return false;
    if (query->has_aggregates || query->has_windows || plan__has_set_targets(query)) return false;
    if (query->group_by.count > 0 || query->grouping_sets.count > 0 || query->having != NULL)
        return false;
    if (query->distinct.count > 0 || query->order_by.count > 0 || query->limit != NULL ||
        query->offset != NULL)
        return false;
    return query->ctes.count == 0 && !query->has_for_update;
}

static bool has_volatile_targets(Planner *planner, const QQuery *query)
{
    for (uint32_t i = 0; i < query->targets.count; i++)
        if (expr_is_volatile(query->targets.items[i]->expr, planner->state->options->env))
            return true;
    return false;
}

bool plan__is_simple(Planner *planner, const QQuery *query)
{
    if (!only_joins(query) || query->from == NULL || query->from->items.count == 0) return false;
    for (uint32_t i = 0; i < query->targets.count; i++)
        if (plan__expr_has((QNode *)query->targets.items[i], Q_SUB_LINK)) return false;
    return !has_volatile_targets(planner, query);
}

bool plan__locks_inside(Planner *planner, const QTable *table)
{
    return table->table == Q_RTE_SUBQUERY && table->query != NULL && !table->barrier &&
           only_joins(table->query) && !has_volatile_targets(planner, table->query);
}

/* Grouping sets tell keys apart by what they are: columns that turn into the same expression, or into constants, would
 * not be told apart any more. */
static bool has_plain_targets(const QQuery *query)
{
    for (uint32_t i = 0; i < query->targets.count; i++) {
        const QExpr *expr = query->targets.items[i]->expr;
        if (expr->kind != Q_VAR || Q_AS(Var, expr)->up > 0) return false;
        for (uint32_t j = 0; j < i; j++) {
            if (query_equal(query->targets.items[j]->expr, expr)) return false;
        }
    }
    return true;
}

bool plan__outer_join_looks_beside(const QJoinItem *item)
{
    task_check_stack();
    if (item->kind == Q_FROM) {
        const QFrom *from = Q_AS(From, item);
        for (uint32_t i = 0; i < from->items.count; i++)
            if (plan__outer_join_looks_beside(from->items.items[i])) return true;
        return false;
    }
    const QJoin *join = Q_IF(Join, item);
    if (join == NULL) return false;
    if (join->join != Q_JOIN_INNER && join->on != NULL &&
        plan__looks_outward((const QNode *)join->on, 1))
        return true;
    const bool left_null = join->join == Q_JOIN_RIGHT || join->join == Q_JOIN_FULL;
    const bool right_null = join->join == Q_JOIN_LEFT || join->join == Q_JOIN_FULL;
    if ((left_null && plan__looks_outward((const QNode *)join->left, 1)) ||
        (right_null && plan__looks_outward((const QNode *)join->right, 1)))
        return true;
    return plan__outer_join_looks_beside(join->left) || plan__outer_join_looks_beside(join->right);
}

/* The rows of a sub-query that dissolves are locked in its parent, when that locks the sub-query. */
static void take_locks(Arena *arena, QQuery *query, const QQuery *sub)
{
    const uint32_t before = query->locks.count, added = sub->locks.count;
    if (added == 0) return;
    QRowLock **items = ARENA_ARRAY(arena, QRowLock *, before + added);
    if (before) memcpy(items, query->locks.items, before * sizeof(*items));
    memcpy(items + before, sub->locks.items, added * sizeof(*items));
    query->locks = (QRowLockList){items, before + added};
}

static QFrom *dissolve(Planner *planner, uint32_t number)
{
    QQuery *query = planner->query;
    QTable *table = query->tables.items[number - 1];
    QQuery *sub = table->query;
    Arena *arena = planner->state->arena;
    plan__write_out(planner->state, sub);
    plan__shift_tables(sub, query->tables.count);
    plan__raise_levels_from(sub, -1, 1); /* the parent's level is its own now */
    uint32_t before = query->tables.count, added = sub->tables.count;
    QTable **tables = ARENA_ARRAY(arena, QTable *, before + added);
    memcpy(tables, query->tables.items, before * sizeof(QTable *));
    memcpy(tables + before, sub->tables.items, added * sizeof(QTable *));
    query->tables.items = tables;
    query->tables.count = before + added;
    query->has_sublinks |= sub->has_sublinks;
    take_locks(arena, query, sub);
    table->query = NULL;
    table->table = Q_RTE_RESULT;
    plan__substitute(arena, query, number, &sub->targets);
    return sub->from;
}

typedef struct PullUp {
    Planner *planner;
    bool
        waits; /* a sub-query would dissolve, were it not for an outer join that may put NULLs in place of its rows */
} PullUp;

/* What was dissolved stands in the query before its own items are looked at: their columns are put in place in all of
 * it. */
static void pull_up_item(PullUp *pull, QJoinItem **place, bool nullable)
{
    task_check();
    QJoinItem *item = *place;
    Planner *planner = pull->planner;
    QQuery *query = planner->query;
    if (item->kind == Q_JOIN) {
        QJoin *join = Q_AS(Join, item);
        bool left_null = join->join == Q_JOIN_RIGHT || join->join == Q_JOIN_FULL;
        bool right_null = join->join == Q_JOIN_LEFT || join->join == Q_JOIN_FULL;
        pull_up_item(pull, &join->left, nullable || left_null);
        pull_up_item(pull, &join->right, nullable || right_null);
        return;
    }
    if (item->kind == Q_FROM) {
        QFrom *from = Q_AS(From, item);
        for (uint32_t i = 0; i < from->items.count; i++)
            pull_up_item(pull, &from->items.items[i], nullable);
        return;
    }
    if (item->kind != Q_TABLE_REF) return;
    uint32_t number = Q_AS(TableRef, item)->table;
    QTable *table = query->tables.items[number - 1];
    plan__inline_table(planner, table);
    if (table->table != Q_RTE_SUBQUERY || table->query == NULL || table->barrier) return;
    if (!plan__is_simple(planner, table->query)) return;
    if (plan__outer_join_looks_beside(&table->query->from->base)) return;
    if (query->grouping_sets.count > 0 && !has_plain_targets(table->query)) return;
    if (query->tables.count + table->query->tables.count >= PLAN_TABLES_MAX) return;
    if (nullable) {
        pull->waits = true;
        return;
    }
    *place = &dissolve(planner, number)->base;
    pull_up_item(pull, place, nullable);
}

void plan__pull_up(Planner *planner)
{
    QQuery *query = planner->query;
    if (query->from == NULL || query->set_operation != NULL) return;
    QJoinItem *from = &query->from->base;
    PullUp pull = {.planner = planner};
    do {
        pull.waits = false;
        pull_up_item(&pull, &from, false);
    } while ((pull.waits || query->locks.count > 0) && plan__reduce_joins(planner));
}

/* SPDX-License-Identifier: Apache-2.0 */
/* pushdown.c - conditions on a sub-query's columns go into the sub-query, where they leave fewer rows to group, sort or
 * join: into WHERE where they decide whole groups, whole partitions or single rows alike, else into HAVING. Under a set
 * operation each of its members gets them. Not under LIMIT, which counts rows, nor past calls that are volatile or
 * return sets. */
#include "plan/plan_internal.h"

/* ---- may it? ---- */

static const QTarget *column(const QQuery *query, int32_t number)
{
    for (uint32_t i = 0; i < query->targets.count; i++)
        if (!query->targets.items[i]->junk && --number == 0) return query->targets.items[i];
    return NULL;
}

static bool has_reference(const QSortKeyList *keys, uint32_t reference)
{
    for (uint32_t i = 0; i < keys->count; i++)
        if (keys->items[i]->reference == reference) return true;
    return false;
}

static bool may_take_column(Planner *planner, const QQuery *query, int32_t number)
{
    const QTarget *target = column(query, number);
    if (target == NULL || plan__expr_has((QNode *)target->expr, Q_SUB_LINK) ||
        plan__expr_has((QNode *)target->expr, Q_WINDOW_CALL) ||
        expr_is_volatile(target->expr, planner->state->options->env))
        return false;
    /* Rows that are equal but not the same would no longer stand for each other. */
    if (target->reference != 0 && !plan__is_deterministic(planner, target->expr->collation))
        return false;
    if (query->distinct_on && !has_reference(&query->distinct, target->reference)) return false;
    for (uint32_t i = 0; i < query->windows.count; i++)
        if (!has_reference(&query->windows.items[i]->partition_by, target->reference)) return false;
    return true;
}

static bool may_take(Planner *planner, const QQuery *query, const QVar *const *vars,
                     uint32_t count);

static bool members_may_take(Planner *planner, const QQuery *query, const QJoinItem *item,
                             const QVar *const *vars, uint32_t count)
{
    task_check_stack();
    const QSetOperation *operation = Q_IF(SetOperation, item);
    if (operation != NULL)
        return operation->op != Q_SETOP_EXCEPT &&
               members_may_take(planner, query, operation->left, vars, count) &&
               members_may_take(planner, query, operation->right, vars, count);
    const QTable *table = query->tables.items[Q_AS(TableRef, item)->table - 1];
    if (table->table != Q_RTE_SUBQUERY || table->query == NULL) return false;
    for (uint32_t i = 0; i < count; i++) {
        const QTarget *target = column(table->query, vars[i]->column);
        if (target == NULL || target->expr->type != vars[i]->type ||
            !plan__is_deterministic(planner, vars[i]->collation) ||
            !plan__is_deterministic(planner, target->expr->collation))
            return false;
    }
    return may_take(planner, table->query, vars, count);
}

static bool may_take(Planner *planner, const QQuery *query, const QVar *const *vars, uint32_t count)
{
    if (query->command != Q_COMMAND_SELECT || query->limit != NULL || query->offset != NULL ||
        plan__has_set_targets(query))
        return false;
    if (query->set_operation != NULL)
        return members_may_take(planner, query, &query->set_operation->base, vars, count);
    if (query->from == NULL || query->from->items.count == 0) return false;
    for (uint32_t i = 0; i < count; i++)
        if (vars[i]->column <= 0 || !may_take_column(planner, query, vars[i]->column)) return false;
    return true;
}

/* ---- it does ---- */

static void add_condition(Arena *arena, QExpr **where, QExpr *expr)
{
    QExprList both = {0};
    if (*where != NULL) plan__list_add(arena, &both, *where);
    plan__list_add(arena, &both, expr);
    *where = plan__combine(arena, Q_BOOL_AND, &both);
}

static bool is_grouped(const QQuery *query)
{
    return query->has_aggregates || query->group_by.count > 0 || query->grouping_sets.count > 0 ||
           query->having != NULL;
}

/* Group keys alone: rows of a group pass or fail together. Grouping sets put NULLs in their place. */
static bool decides_groups(Planner *planner, const QQuery *query, QExpr *condition, uint32_t table)
{
    Planner inside = {.state = planner->state, .wanted = {.arena = planner->state->temporary}};
    plan__gather_vars(&inside, (QNode *)condition);
    if (query->grouping_sets.count > 0 || query->group_by.count == 0) return false;
    for (uint32_t i = 0; i < inside.wanted.count; i++) {
        const QVar *var = inside.wanted.items[i];
        const QTarget *target = var->table == table ? column(query, var->column) : NULL;
        if (target == NULL || !has_reference(&query->group_by, target->reference)) return false;
    }
    return true;
}

static void take(Planner *planner, QQuery *query, QExpr *condition, uint32_t table);

static void members_take(Planner *planner, QQuery *query, const QJoinItem *item, QExpr *condition,
                         uint32_t table)
{
    task_check_stack();
    const QSetOperation *operation = Q_IF(SetOperation, item);
    if (operation != NULL) {
        members_take(planner, query, operation->left, condition, table);
        members_take(planner, query, operation->right, condition, table);
        return;
    }
    take(planner, query->tables.items[Q_AS(TableRef, item)->table - 1]->query, condition, table);
}

static void take(Planner *planner, QQuery *query, QExpr *condition, uint32_t table)
{
    Arena *arena = planner->state->arena;
    if (query->set_operation != NULL) {
        members_take(planner, query, &query->set_operation->base, condition, table);
        return;
    }
    const bool to_having = is_grouped(query) && !decides_groups(planner, query, condition, table);
    QQuery *holder = Q_NEW(arena, Query);
    holder->having = query_copy(arena, condition);
    plan__substitute(arena, holder, table, &query->targets);
    add_condition(arena, to_having ? &query->having : &query->from->where, holder->having);
}

/* Columns of the table and constants: nothing that this level computes for it. */
static bool is_closed(Planner *planner, const Condition *condition, uint32_t table)
{
    TableSet own = {0};
    set_add(&own, table);
    return !condition->is_volatile && !set_is_empty(condition->tables) &&
           set_within(condition->tables, own) &&
           !plan__expr_has((QNode *)condition->expr, Q_SUB_PLAN_CALL) &&
           !plan__expr_has((QNode *)condition->expr, Q_EXEC_PARAM) &&
           !expr_is_volatile(condition->expr, planner->state->options->env);
}

ConditionList plan__push_into(Planner *planner, uint32_t table, const ConditionList *conditions)
{
    QTable *entry = planner->query->tables.items[table - 1];
    ConditionList left = {.arena = planner->state->temporary};
    for (uint32_t i = 0; i < conditions->count; i++) {
        Condition *condition = conditions->items[i];
        bool taken = false;
        const bool passes = !entry->barrier ||
                            expr_is_leakproof(condition->expr, planner->state->options->env);
        if (entry->query != NULL && passes && is_closed(planner, condition, table)) {
            Planner inside = {.state = planner->state,
                              .wanted = {.arena = planner->state->temporary}};
            plan__gather_vars(&inside, (QNode *)condition->expr);
            taken = may_take(planner, entry->query, (const QVar *const *)inside.wanted.items,
                             inside.wanted.count);
        }
        if (taken)
            take(planner, entry->query, condition->expr, table);
        else
            plan__conditions_add(&left, condition);
    }
    return left;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* sources.c - what stands in FROM beside the table that is changed, or under row locks. Rows of all of it travel with
 * the lines that they become part of, those of tables by their ids and all others with their values, so that a line of
 * which one row changed meanwhile can be looked at again with the others as they were (exec/recheck.h).
 *
 * Only what FROM itself names is found: sub-queries of WHERE become joins later. */
#include "plan/plan_internal.h"

enum { TID_TYPE = 27 };

static bool is_other(const Planner *planner, uint32_t table)
{
    const QQuery *query = planner->query;
    const QTable *entry = query->tables.items[table - 1];
    if (query->command != Q_COMMAND_SELECT && table == query->result_table) return false;
    return entry->table != Q_RTE_RESULT && entry->table != Q_RTE_JOIN;
}

static void gather_item(Planner *planner, const QJoinItem *item, bool nullable, SourceList *list)
{
    task_check_stack();
    if (item->kind == Q_FROM) {
        const QFrom *from = Q_AS(From, item);
        for (uint32_t i = 0; i < from->items.count; i++)
            gather_item(planner, from->items.items[i], nullable, list);
    } else if (item->kind == Q_JOIN) {
        const QJoin *join = Q_AS(Join, item);
        const bool left = join->join == Q_JOIN_RIGHT || join->join == Q_JOIN_FULL;
        const bool right = join->join == Q_JOIN_LEFT || join->join == Q_JOIN_FULL;
        gather_item(planner, join->left, nullable || left, list);
        gather_item(planner, join->right, nullable || right, list);
    } else if (item->kind == Q_TABLE_REF) {
        const uint32_t table = Q_AS(TableRef, item)->table;
        if (is_other(planner, table)) array_push(list, ((SourceTable){table, nullable}));
    }
}

void plan__find_sources(Planner *planner)
{
    const QQuery *query = planner->query;
    const bool wanted = query->command == Q_COMMAND_UPDATE || query->command == Q_COMMAND_DELETE ||
                        query->locks.count > 0;
    planner->sources.arena = planner->state->temporary;
    if (wanted && query->from) gather_item(planner, &query->from->base, false, &planner->sources);
}

bool plan__is_source(const Planner *planner, uint32_t table)
{
    for (uint32_t i = 0; i < planner->sources.count; i++)
        if (planner->sources.items[i].table == table) return true;
    return false;
}

static bool is_relation(const Planner *planner, uint32_t table)
{
    return planner->relations[table - 1] && !planner->query->tables.items[table - 1]->query;
}

static QVar *column_of(Planner *planner, uint32_t table, int32_t column)
{
    const QTable *entry = planner->query->tables.items[table - 1];
    QVar *var = Q_NEW(planner->state->arena, Var);
    var->table = table;
    var->column = column;
    var->type = column < 0 ? TID_TYPE : (Oid)entry->types.items[column - 1];
    var->typmod = column < 0 ? -1 : entry->typmods.items[column - 1];
    var->collation = column < 0 ? 0 : (Oid)entry->collations.items[column - 1];
    return var;
}

void plan__gather_sources(Planner *planner)
{
    for (uint32_t i = 0; i < planner->sources.count; i++) {
        const uint32_t table = planner->sources.items[i].table;
        const uint32_t columns = planner->query->tables.items[table - 1]->types.count;
        if (is_relation(planner, table))
            plan__gather_vars(planner, (QNode *)column_of(planner, table, -1));
        for (uint32_t c = 1; c <= columns && !is_relation(planner, table); c++)
            plan__gather_vars(planner, (QNode *)column_of(planner, table, (int32_t)c));
    }
}

static bool add_column(const Rel *child, const QVar *var, NodeI32s *columns)
{
    for (uint32_t i = 0; i < child->columns.count; i++) {
        const QVar *other = Q_IF(Var, child->columns.items[i]);
        if (!other || other->up > 0 || other->table != var->table || other->column != var->column)
            continue;
        columns->items[columns->count++] = (int32_t)i;
        return true;
    }
    return false;
}

PlanSourceList plan__sources(Planner *planner, const Rel *child)
{
    Arena *arena = planner->state->arena;
    PlanSourceList list = {.items = ARENA_ARRAY(arena, PlanSource *, planner->sources.count)};
    for (uint32_t i = 0; i < planner->sources.count; i++) {
        const SourceTable *from = &planner->sources.items[i];
        const uint32_t count = planner->query->tables.items[from->table - 1]->types.count;
        PlanSource *source = PLAN_NEW(arena, Source);
        source->table = planner->flat[from->table - 1];
        source->nullable = from->nullable;
        source->is_table = is_relation(planner, from->table);
        source->columns.items = ARENA_ARRAY(arena, int32_t, count + 1);
        bool found = true; /* a table may have been left out of the joins */
        if (source->is_table)
            found = add_column(child, column_of(planner, from->table, -1), &source->columns);
        for (uint32_t c = 1; c <= count && !source->is_table && found; c++)
            found = add_column(child, column_of(planner, from->table, (int32_t)c),
                               &source->columns);
        if (found) list.items[list.count++] = source;
    }
    return list;
}

/* ---- locks ---- */

static const QRowLock *lock_of(const QQuery *query, uint32_t table)
{
    for (uint32_t i = 0; i < query->locks.count; i++)
        if (query->locks.items[i]->table == table) return query->locks.items[i];
    return NULL;
}

/* The lock if it takes rows of the table itself, else one that takes rows inside of it; NULL: nothing to lock. */
static const QRowLock *lock_inside(Planner *planner, const QTable *table, const QRowLock *lock)
{
    task_check_stack();
    if (!plan__locks_inside(planner, table)) return lock;
    const QQuery *query = table->query;
    for (uint32_t i = 0; i < query->tables.count; i++) {
        const QTable *inner = query->tables.items[i];
        if (!inner->in_from || (inner->table != Q_RTE_RELATION && inner->table != Q_RTE_SUBQUERY))
            continue;
        const QRowLock *own = lock_of(query, i + 1);
        own = lock_inside(planner, inner, own ? own : lock);
        if (own) return own;
    }
    return NULL;
}

static const QRowLock *locked_of(Planner *planner, const TableSet *tables)
{
    const QQuery *query = planner->query;
    for (uint32_t i = 0; i < query->locks.count; i++) {
        const QRowLock *lock = query->locks.items[i];
        if (!set_has(tables, lock->table)) continue;
        lock = lock_inside(planner, query->tables.items[lock->table - 1], lock);
        if (lock) return lock;
    }
    return NULL;
}

void plan__check_locks(Planner *planner, const JoinNode *tree)
{
    const QQuery *query = planner->query;
    if (query->locks.count == 0 || tree == NULL) return;
    task_check_stack();
    for (uint32_t i = 0; i < tree->item_count; i++) plan__check_locks(planner, tree->items[i]);
    if (tree->kind != JOIN_NODE_JOIN) return;
    plan__check_locks(planner, tree->left);
    plan__check_locks(planner, tree->right);
    TableSet nullable = {0};
    if (tree->join != Q_JOIN_INNER) nullable = tree->right->tables;
    if (tree->join == Q_JOIN_FULL) nullable = tree->tables;
    const QRowLock *lock = locked_of(planner, &nullable);
    if (lock)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "%s cannot be applied to the nullable side of an outer join",
                    bind_lock_text(lock->strength));
}

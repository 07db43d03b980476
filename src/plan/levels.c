/* SPDX-License-Identifier: Apache-2.0 */
/* levels.c - moving trees between query levels: `up` of Vars, aggregates, groupings and CTE references counts queries
 * outward, so what moves inward or outward must have it changed where it points outside of the tree moved. */
#include "plan/plan_internal.h"

void plan__raise_levels(QExpr *expr, uint32_t by)
{
    bind_raise_levels(expr, (int32_t)by, 0);
}

void plan__lower_levels(QExpr *expr, uint32_t by)
{
    bind_raise_levels(expr, -(int32_t)by, by);
}

void plan__raise_levels_from(QQuery *query, int32_t by, uint32_t depth)
{
    bind_raise_levels_from(query, by, depth);
}

/* ---- tables renumbered, Vars replaced ---- */

typedef struct Substitute {
    Arena *arena;
    uint32_t depth, table;
    const QTargetList *targets;
} Substitute;

static QExpr *target_expr(const QTargetList *targets, int32_t column)
{
    uint32_t at = 0;
    for (uint32_t i = 0; i < targets->count; i++) {
        if (targets->items[i]->junk) continue;
        if (++at == (uint32_t)column) return targets->items[i]->expr;
    }
    UNREACHABLE();
}

static void *substitute(void *arg, void *child)
{
    Substitute *s = arg;
    task_check();
    QNode *node = child;
    const QVar *var = Q_IF(Var, node);
    if (var != NULL) {
        if (var->up != s->depth || var->table != s->table) return node;
        QExpr *value = query_copy(s->arena, target_expr(s->targets, var->column));
        plan__raise_levels(value, s->depth);
        return value;
    }
    bool deeper = node->kind == Q_QUERY;
    s->depth += deeper;
    node_replace(&query_family, node, substitute, arg);
    s->depth -= deeper;
    return node;
}

void plan__substitute(Arena *arena, QQuery *query, uint32_t table, const QTargetList *targets)
{
    Substitute s = {.arena = arena, .table = table, .targets = targets};
    node_replace(&query_family, query, substitute, &s);
}

typedef struct Shift {
    uint32_t depth, by;
} Shift;

static bool shift(void *arg, void *child)
{
    Shift *s = arg;
    task_check_stack();
    QNode *node = child;
    if (node->kind == Q_VAR && Q_AS(Var, node)->up == s->depth) Q_AS(Var, node)->table += s->by;
    if (s->depth == 0) {
        if (node->kind == Q_TABLE_REF) Q_AS(TableRef, node)->table += s->by;
        if (node->kind == Q_JOIN && Q_AS(Join, node)->table != 0) Q_AS(Join, node)->table += s->by;
        if (node->kind == Q_ROW_LOCK) Q_AS(RowLock, node)->table += s->by;
    }
    bool deeper = node->kind == Q_QUERY;
    s->depth += deeper;
    (void)query_walk(node, shift, s);
    s->depth -= deeper;
    return false;
}

void plan__shift_tables(QQuery *query, uint32_t by)
{
    Shift s = {.by = by};
    (void)query_walk(query, shift, &s);
}

typedef struct Renumber {
    uint32_t from, to;
} Renumber;

static bool renumber(void *arg, void *child)
{
    const Renumber *r = arg;
    task_check_stack();
    QVar *var = Q_IF(Var, (QNode *)child);
    if (var != NULL && var->up == 0 && var->table == r->from) var->table = r->to;
    return query_walk(child, renumber, arg);
}

QExpr *plan__renumbered(Arena *arena, const QExpr *expr, uint32_t from, uint32_t to)
{
    Renumber r = {from, to};
    QExpr *copy = query_copy(arena, expr);
    (void)renumber(&r, copy);
    return copy;
}

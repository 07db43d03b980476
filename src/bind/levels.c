/* SPDX-License-Identifier: Apache-2.0 */
/* levels.c - moving trees between query levels: `up` of Vars, aggregates, groupings and CTE references counts queries
 * outward, so what moves inward or outward must have it changed where it points outside of the tree moved. */
#include "bind/bind.h"

typedef struct Raise {
    uint32_t depth; /* references with `up` of at least this leave the tree */
    int32_t by;
} Raise;

static bool raise_level(void *arg, void *child)
{
    Raise *raise = arg;
    task_check_stack();
    QNode *node = child;
    uint32_t *up = NULL;
    switch (node->kind) {
    case Q_VAR: up = &Q_AS(Var, node)->up; break;
    case Q_AGGREGATE: up = &Q_AS(Aggregate, node)->up; break;
    case Q_GROUPING: up = &Q_AS(Grouping, node)->up; break;
    case Q_TABLE:
        if (Q_AS(Table, node)->table == Q_RTE_CTE && Q_AS(Table, node)->cte_up >= raise->depth)
            Q_AS(Table, node)->cte_up = (uint32_t)((int32_t)Q_AS(Table, node)->cte_up + raise->by);
        break;
    default: break;
    }
    if (up != NULL && *up >= raise->depth) *up = (uint32_t)((int32_t)*up + raise->by);
    bool deeper = node->kind == Q_QUERY;
    raise->depth += deeper;
    (void)query_walk(node, raise_level, raise);
    raise->depth -= deeper;
    return false;
}

void bind_raise_levels(QExpr *expr, int32_t by, uint32_t depth)
{
    if (by == 0) return;
    Raise raise = {.depth = depth, .by = by};
    (void)raise_level(&raise, expr);
}

void bind_raise_levels_from(QQuery *query, int32_t by, uint32_t depth)
{
    if (by == 0) return;
    Raise raise = {.depth = depth, .by = by};
    (void)query_walk(query, raise_level, &raise);
}

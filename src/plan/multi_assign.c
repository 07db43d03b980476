/* SPDX-License-Identifier: Apache-2.0 */
/* multi_assign.c - SET (a, b) = (SELECT x, y ...): each column gets a scalar sub-query of its own, SELECT s.x FROM
 * (SELECT x, y ...) s, which is then planned like any other. So the sub-query runs once a column: one that calls
 * volatile functions would show that, and is refused. */
#include "plan/plan_internal.h"

typedef struct Split {
    Planner *planner;
    const QTargetList *targets;
} Split;

static const QSubLink *multiple_of(const QTarget *target)
{
    const QSubLink *link = target->junk ? Q_IF(SubLink, target->expr) : NULL;
    return link != NULL && link->sublink == Q_SUBLINK_MULTI ? link : NULL;
}

static void add_i32(Arena *arena, NodeI32s *list, uint32_t room, int32_t value)
{
    if (list->items == NULL) list->items = ARENA_ARRAY(arena, int32_t, room);
    list->items[list->count++] = value;
}

/* The query as an entry of a range table. */
static QTable *as_table(Arena *arena, QQuery *query)
{
    const uint32_t room = query->targets.count;
    QTable *table = Q_NEW(arena, Table);
    table->table = Q_RTE_SUBQUERY;
    table->name = STR("s");
    table->in_from = true;
    table->query = query;
    table->names.items = ARENA_ARRAY(arena, Str, room);
    for (uint32_t i = 0; i < room; i++) {
        const QTarget *target = query->targets.items[i];
        if (target->junk) continue;
        table->names.items[table->names.count++] = target->name;
        add_i32(arena, &table->types, room, (int32_t)target->expr->type);
        add_i32(arena, &table->typmods, room, target->expr->typmod);
        add_i32(arena, &table->collations, room, (int32_t)target->expr->collation);
    }
    return table;
}

static QSubLink *column_query(Arena *arena, const QSubLink *link, const QSubOutput *output)
{
    QQuery *inner = query_copy(arena, link->query), *outer = Q_NEW(arena, Query);
    plan__raise_levels_from(inner, 1, 1);
    outer->command = Q_COMMAND_SELECT;
    outer->tables.items = ARENA_ARRAY(arena, QTable *, 1);
    outer->tables.items[outer->tables.count++] = as_table(arena, inner);
    QTableRef *ref = Q_NEW(arena, TableRef);
    ref->table = 1;
    outer->from = Q_NEW(arena, From);
    outer->from->items.items = ARENA_ARRAY(arena, QJoinItem *, 1);
    outer->from->items.items[outer->from->items.count++] = &ref->base;
    QVar *var = Q_NEW(arena, Var);
    var->table = 1;
    var->column = output->column;
    var->type = output->type;
    var->typmod = output->typmod;
    var->collation = output->collation;
    QTarget *target = Q_NEW(arena, Target);
    target->expr = &var->base;
    target->number = 1;
    outer->targets.items = ARENA_ARRAY(arena, QTarget *, 1);
    outer->targets.items[outer->targets.count++] = target;
    QSubLink *made = Q_NEW(arena, SubLink);
    made->sublink = Q_SUBLINK_SCALAR;
    made->location = link->location;
    made->type = output->type;
    made->typmod = output->typmod;
    made->collation = output->collation;
    made->query = outer;
    return made;
}

static void *put_query(void *arg, void *child)
{
    const Split *split = arg;
    task_check();
    QNode *node = child;
    const QSubOutput *output = Q_IF(SubOutput, node);
    for (uint32_t i = 0; output != NULL && i < split->targets->count; i++) {
        const QSubLink *link = multiple_of(split->targets->items[i]);
        if (link != NULL && link->id == output->id)
            return column_query(split->planner->state->arena, link, output);
    }
    if (node->kind != Q_QUERY) node_replace(&query_family, node, put_query, arg);
    return node;
}

static bool has_volatile(void *arg, void *child)
{
    task_check_stack();
    const QNode *node = child;
    if ((node->kind == Q_FUNC_CALL || node->kind == Q_OP_CALL) && expr_is_volatile(child, arg))
        return true;
    return query_walk(child, has_volatile, arg);
}

static void split_targets(Planner *planner, QTargetList *targets)
{
    Split split = {.planner = planner, .targets = targets};
    bool any = false;
    for (uint32_t i = 0; i < targets->count; i++) {
        const QSubLink *link = multiple_of(targets->items[i]);
        if (link == NULL) continue;
        any = true;
        if (has_volatile((void *)planner->state->options->env, link->query))
            raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                        "volatile functions in the source of a multiple-column UPDATE item are not "
                        "supported");
    }
    if (!any) return;
    QTargetList kept = {.items = ARENA_ARRAY(planner->state->arena, QTarget *, targets->count)};
    for (uint32_t i = 0; i < targets->count; i++) {
        QTarget *target = targets->items[i];
        if (multiple_of(target) != NULL) continue;
        target->expr = put_query(&split, target->expr);
        kept.items[kept.count++] = target;
    }
    *targets = kept;
}

void plan__split_assignments(Planner *planner)
{
    QQuery *query = planner->query;
    if (query->command == Q_COMMAND_SELECT) return;
    split_targets(planner, &query->targets);
    if (query->on_conflict != NULL) split_targets(planner, &query->on_conflict->set);
    for (uint32_t i = 0; i < query->merge_whens.count; i++)
        split_targets(planner, &query->merge_whens.items[i]->targets);
}

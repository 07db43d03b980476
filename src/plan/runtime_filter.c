/* SPDX-License-Identifier: Apache-2.0 */
/* runtime_filter.c - what a hash join knows of its inner keys, told to the scan that its outer keys come from: rows
 * without a chance do not leave their page. The filter is a Bloom filter (blocked: Putze, Sanders, Singler, WEA 2007)
 * made when the hash table is complete, before the outer side is asked for its first row. Whether it would keep out
 * enough is seen then, by how many keys there really are.
 *
 * A column is followed downward from the join's key as long as it is handed through, past operators that do nothing
 * with a row but drop it or put it beside others. */
#include "plan/plan_internal.h"

#include "base/oids.h"

/* Equal values of these have equal bytes. */
static bool is_filtered_type(Oid type)
{
    static const Oid types[] = {OID_INT2, OID_INT4,      OID_INT8,        OID_OID, OID_DATE,
                                OID_TEXT, OID_TIMESTAMP, OID_TIMESTAMPTZ, OID_UUID};
    for (uint32_t i = 0; i < ARRAY_LEN(types); i++)
        if (types[i] == type) return true;
    return false;
}

static const QSlot *slot_of(const QExpr *expr)
{
    return Q_IF(Slot, expr);
}

typedef struct Found {
    PlanTableScan *scan;
    int32_t column;
} Found;

static bool find_scan(PlanOp *op, int32_t column, Found *found);

/* A side of a join, if a row of it that finds no partner above may be left out below. */
static bool find_in_join(PlanJoinOp *join, const QSlot *slot, Found *found)
{
    const QJoinKind kind = join->join;
    const bool outer = kind == Q_JOIN_INNER || kind == Q_JOIN_LEFT || kind == Q_JOIN_SEMI ||
                       kind == Q_JOIN_ANTI;
    if (slot->input == 0) return outer && find_scan(join->outer, slot->column, found);
    const bool inner = kind == Q_JOIN_INNER || kind == Q_JOIN_RIGHT || kind == Q_JOIN_RIGHT_SEMI ||
                       kind == Q_JOIN_RIGHT_ANTI;
    return inner && find_scan(join->inner, slot->column, found);
}

static bool find_in_groups(PlanAggregate *aggregate, const QSlot *slot, Found *found)
{
    if (aggregate->sets.count > 0 || (uint32_t)slot->column >= aggregate->keys.count) return false;
    const QSlot *key = slot_of(aggregate->keys.items[slot->column]->expr);
    return key != NULL && find_scan(aggregate->child, key->column, found);
}

static bool find_scan(PlanOp *op, int32_t column, Found *found)
{
    task_check_stack();
    const QSlot *slot = (uint32_t)column < op->outputs.count
                            ? slot_of(op->outputs.items[column]->expr)
                            : NULL;
    if (slot == NULL) return false;
    switch (op->kind) {
    case PLAN_TABLE_SCAN:
        *found = (Found){PLAN_AS(TableScan, op), slot->column};
        return found->scan->base.columns.items[slot->column] > 0 && found->scan->sample == NULL;
    case PLAN_FILTER: return find_scan(PLAN_AS(Filter, op)->child, slot->column, found);
    case PLAN_PROJECT: return find_scan(PLAN_AS(Project, op)->child, slot->column, found);
    case PLAN_SUBQUERY_SCAN:
        return find_scan(PLAN_AS(SubqueryScan, op)->child, slot->column, found);
    case PLAN_AGGREGATE: return find_in_groups(PLAN_AS(Aggregate, op), slot, found);
    case PLAN_HASH_JOIN:
    case PLAN_MERGE_JOIN:
    case PLAN_NESTED_LOOP: return find_in_join((PlanJoinOp *)op, slot, found);
    default: return false;
    }
}

static void add_filter(Planner *planner, PlanRuntimeFilterList *list, uint32_t number,
                       int32_t column, double distinct)
{
    Arena *arena = planner->state->arena;
    PlanRuntimeFilter *filter = PLAN_NEW(arena, RuntimeFilter);
    PlanRuntimeFilter **items = ARENA_ARRAY(arena, PlanRuntimeFilter *, list->count + 1);
    if (list->count > 0) memcpy(items, list->items, list->count * sizeof *items);
    filter->number = number;
    filter->column = column;
    filter->distinct = distinct;
    items[list->count++] = filter;
    list->items = items;
}

static const double outer_rows_min = 2000; /* fewer are joined as fast as asked */

void plan__add_runtime_filters(Planner *planner, PlanHashJoin *join, const Path *path)
{
    const QJoinKind kind = join->base.join;
    if (kind != Q_JOIN_INNER && kind != Q_JOIN_SEMI && kind != Q_JOIN_RIGHT &&
        kind != Q_JOIN_RIGHT_SEMI && kind != Q_JOIN_RIGHT_ANTI)
        return;
    for (uint32_t i = 0; i < path->keys.count; i++) {
        const QSlot *slot = slot_of(join->outer_keys.items[i]);
        Found found;
        if (slot == NULL || !is_filtered_type(slot->type) ||
            !plan__is_deterministic(planner, path->keys.items[i]->collation) ||
            join->inner_keys.items[i]->type != slot->type ||
            !find_scan(join->base.outer, slot->column, &found) ||
            found.scan->base.base.rows < outer_rows_min)
            continue;
        const Condition *condition = path->keys.items[i];
        const bool straight = set_within(condition->left_tables, path->outer->tables);
        const QExpr *outer_key = straight ? condition->left : condition->right;
        const double distinct = plan__distinct(planner, outer_key, path->outer->rows);
        const uint32_t number = planner->state->filters++;
        add_filter(planner, &join->filters, number, (int32_t)i, distinct);
        add_filter(planner, &found.scan->filters, number, found.column, distinct);
    }
}

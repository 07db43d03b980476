/* SPDX-License-Identifier: Apache-2.0 */
/* cursor.c - what a cursor wants of its plan: may it go backward, and which rows of tables does it stand on.
 *
 * WHERE CURRENT OF names a row of a table by a cursor. Where the cursor's query locks rows, it is the row that it
 * locked of that table; else the query must be a scan of one table with nothing on it but a selection, and it is the
 * row that was scanned. In both cases the row's id travels behind the columns of the result, as ctid; which column it
 * is, the plan says (PlanPlan.row_ids). */
#include "plan/plan_internal.h"

enum { TID_TYPE = 27 };

static void add_row_id(Planner *planner, uint32_t table)
{
    Arena *arena = planner->state->arena;
    QQuery *query = planner->query;
    QVar *var = Q_NEW(arena, Var);
    var->table = table;
    var->column = -1;
    var->type = TID_TYPE;
    var->typmod = -1;
    QTarget *target = Q_NEW(arena, Target);
    target->expr = &var->base;
    target->name = STR("ctid");
    target->junk = true;
    QTarget **targets = ARENA_ARRAY(arena, QTarget *, query->targets.count + 1);
    if (query->targets.count > 0)
        memcpy(targets, query->targets.items, query->targets.count * sizeof(QTarget *));
    targets[query->targets.count++] = target;
    query->targets.items = targets;
    target->number = (int32_t)query->targets.count;
    PlanPlan *plan = planner->state->plan;
    PlanRowIdColumn *column = PLAN_NEW(arena, RowIdColumn);
    column->relation = query->tables.items[table - 1]->relation;
    column->column = (int32_t)query->targets.count - 1;
    plan->row_ids.items[plan->row_ids.count++] = column;
}

/* The table that is all of FROM; 0: there is none. */
static uint32_t only_table(const QQuery *query)
{
    const QJoinItem *item = query->from ? &query->from->base : NULL;
    while (item && item->kind == Q_FROM) {
        const QFrom *from = Q_AS(From, item);
        item = from->items.count == 1 ? from->items.items[0] : NULL;
    }
    const uint32_t table = item && item->kind == Q_TABLE_REF ? Q_AS(TableRef, item)->table : 0;
    return table && query->tables.items[table - 1]->table == Q_RTE_RELATION ? table : 0;
}

static bool is_selection(const QQuery *query)
{
    return !query->has_aggregates && !query->has_windows && !query->has_set_functions &&
           query->group_by.count == 0 && query->grouping_sets.count == 0 && !query->having &&
           query->distinct.count == 0;
}

bool plan__add_row_ids(Planner *planner)
{
    PlanState *state = planner->state;
    const QQuery *query = planner->query;
    if (!state->options->is_cursor || planner->outer || query->command != Q_COMMAND_SELECT ||
        query->set_operation)
        return false;
    state->plan->locks_rows = query->locks.count > 0;
    state->plan->row_ids.items = ARENA_ARRAY(state->arena, PlanRowIdColumn *,
                                             query->locks.count + 1);
    for (uint32_t i = 0; i < query->locks.count; i++) {
        const uint32_t table = query->locks.items[i]->table;
        if (query->tables.items[table - 1]->table == Q_RTE_RELATION) add_row_id(planner, table);
    }
    const uint32_t table = only_table(query);
    if (query->locks.count == 0 && table && is_selection(query)) add_row_id(planner, table);
    return state->plan->row_ids.count > 0;
}

/* ---- by the finished plan ---- */

/* The child of an operator that gives its child's rows, one by one and in their order; NULL: it is no such operator. */
static const PlanOp *passed_through(const PlanOp *op)
{
    switch (op->kind) {
    case PLAN_LIMIT: return PLAN_AS(Limit, op)->child;
    case PLAN_PROJECT: return PLAN_AS(Project, op)->child;
    case PLAN_FILTER: return PLAN_AS(Filter, op)->child;
    case PLAN_RESULT: return PLAN_AS(Result, op)->child;
    case PLAN_SUBQUERY_SCAN: return PLAN_AS(SubqueryScan, op)->child;
    default: return NULL;
    }
}

/* Rows that stand on no row of a table (a sort's, for one) have no row ids, whatever column holds one. */
void plan__check_row_ids(PlanPlan *plan)
{
    if (plan->locks_rows) return;
    const PlanOp *op = plan->root;
    for (const PlanOp *below; (below = passed_through(op)); op = below) task_check();
    const bool scans = op->kind == PLAN_TABLE_SCAN || op->kind == PLAN_INDEX_SCAN ||
                       op->kind == PLAN_ROW_ID_SCAN;
    if (!scans) plan->row_ids.count = 0;
}

static bool goes_backward(const PlanOp *op)
{
    task_check();
    switch (op->kind) {
    case PLAN_TABLE_SCAN: return !PLAN_AS(TableScan, op)->sample;
    case PLAN_INDEX_SCAN:
    case PLAN_ROW_ID_SCAN:
    case PLAN_FUNCTION_SCAN:
    case PLAN_TABLE_FUNCTION_SCAN:
    case PLAN_VALUES_SCAN:
    case PLAN_CTE_SCAN:
    case PLAN_MATERIALIZE:
    case PLAN_SORT: return true;
    case PLAN_APPEND: {
        const PlanAppend *append = PLAN_AS(Append, op);
        for (uint32_t i = 0; i < append->children.count; i++)
            if (!goes_backward(append->children.items[i])) return false;
        return true;
    }
    default: break;
    }
    const PlanOp *below = passed_through(op);
    return below && goes_backward(below);
}

bool plan_goes_backward(const PlanPlan *plan)
{
    return plan->command == Q_COMMAND_SELECT && !plan->locks_rows && goes_backward(plan->root);
}

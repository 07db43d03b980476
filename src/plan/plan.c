/* SPDX-License-Identifier: Apache-2.0 */
/* plan.c - a Query to a Plan: the order of the work, and what belongs to the plan as a whole. */
#include "plan/plan.h"

#include "plan/plan_internal.h"

Planner *plan__new_level(PlanState *state, Planner *outer, QQuery *query)
{
    Arena *temporary = state->temporary;
    Planner *planner = ARENA_NEW(temporary, Planner);
    planner->state = state;
    planner->outer = outer;
    planner->query = query;
    planner->outer_refs.arena = temporary;
    planner->wanted.arena = temporary;
    planner->loop_params.arena = temporary;
    planner->init_plans.arena = temporary;
    planner->ctes = ARENA_ARRAY(temporary, CtePlan, query->ctes.count);
    for (uint32_t i = 0; i < query->ctes.count; i++) planner->ctes[i].cte = query->ctes.items[i];
    return planner;
}

void plan__register_tables(Planner *planner, uint32_t from)
{
    PlanState *state = planner->state;
    QTableList *tables = &planner->query->tables;
    /* The members of a UNION are planned by themselves, and never in a set of tables. */
    if (tables->count >= PLAN_TABLES_MAX && planner->query->set_operation == NULL)
        raise_error(SQLSTATE_STATEMENT_TOO_COMPLEX, "too many range table entries");
    const CatRelation **relations = ARENA_ARRAY(state->temporary, const CatRelation *,
                                                tables->count);
    uint32_t *flat = ARENA_ARRAY(state->temporary, uint32_t, tables->count);
    for (uint32_t i = 0; i < from; i++) {
        relations[i] = planner->relations[i];
        flat[i] = planner->flat[i];
    }
    for (uint32_t i = from; i < tables->count; i++) {
        QTable *table = tables->items[i];
        array_push(&state->tables, table);
        flat[i] = state->tables.count;
        if (table->table != Q_RTE_RELATION) continue;
        relations[i] = cat_relation(state->options->view, table->relation);
        if (relations[i] == NULL)
            raise_error(SQLSTATE_UNDEFINED_TABLE, "could not open relation with OID %u",
                        table->relation);
    }
    planner->relations = relations;
    planner->flat = flat;
}

static PlanSortKeyList wanted_order(Planner *planner)
{
    const QQuery *query = planner->query;
    PlanSortKeyList order = {
        .items = ARENA_ARRAY(planner->state->temporary, PlanSortKey *, query->order_by.count)};
    for (uint32_t i = 0; i < query->order_by.count; i++) {
        const QSortKey *key = query->order_by.items[i];
        for (uint32_t j = 0; j < query->targets.count; j++) {
            QTarget *target = query->targets.items[j];
            if (target->reference == key->reference)
                order.items[order.count++] = plan__sort_key(planner, key, target->expr);
        }
    }
    return order;
}

/* Do the rows of the joins become the result's one by one? */
static bool keeps_order(const QQuery *query)
{
    return !query->has_aggregates && query->group_by.count == 0 &&
           query->grouping_sets.count == 0 && query->having == NULL && !query->has_windows &&
           query->distinct.count == 0 && !plan__has_set_targets(query);
}

/* ORDER BY over one table: an index may give the order and save the sort, the more so under a LIMIT. A merge join may
 * have it already. */
static Path *best_path(Planner *planner, JoinNode *tree, double tuple_fraction, bool *ordered)
{
    const QQuery *query = planner->query;
    Path *plain = plan__join_path(planner, tree);
    *ordered = false;
    if (tree == NULL || query->order_by.count == 0 || !keeps_order(query)) return plain;
    PlanSortKeyList order = wanted_order(planner);
    *ordered = plan__has_order(&plain->order, &order);
    if (*ordered || tree->kind != JOIN_NODE_TABLE) return plain;
    Path *in_order = plan__ordered_path(planner, tree->table, &tree->conditions, &order);
    if (in_order == NULL) return plain;
    double fraction = query->limit != NULL ? MIN(tuple_fraction, 0.1) : tuple_fraction;
    *ordered = in_order->total * fraction < plain->total + plan__sort_cost(plain->rows);
    return *ordered ? in_order : plain;
}

static Rel *plan_level(Planner *planner, double tuple_fraction, bool keep_junk)
{
    QQuery *query = planner->query;
    if (query->locks.count > 0) bind_check_lockable(query, query->locks.items[0]->strength);
    plan__split_assignments(planner);
    plan__write_out(planner->state, query);
    plan__pull_up(planner);
    const bool with_row_ids = plan__add_row_ids(planner);
    plan__find_sources(planner);
    plan__register_tables(planner, 0);
    plan__read_ends(planner);
    plan__separate_groups(planner);
    plan__decorrelate(planner);
    plan__prepare(planner);
    if (query->command != Q_COMMAND_SELECT) return plan__modify(planner);
    if (query->set_operation != NULL) return plan__set_operation(planner, keep_junk);
    JoinNode *tree = plan__join_tree(planner);
    plan__check_locks(planner, tree);
    plan__eliminate_joins(planner, tree);
    plan__gather_wanted(planner, tree);
    bool ordered;
    Path *path = best_path(planner, tree, tuple_fraction, &ordered);
    Rel *rel = plan__build(planner, path);
    rel->ordered = ordered;
    if (ordered) plan__keep_order(rel->op);
    return plan__upper(planner, rel, keep_junk || with_row_ids);
}

Rel *plan__level(Planner *planner, double tuple_fraction, bool keep_junk)
{
    task_check();
    Rel *rel = plan_level(planner, tuple_fraction, keep_junk);
    NodeI32s *init = &rel->op->init_plans;
    init->count = planner->init_plans.count;
    init->items = arena_copy(planner->state->arena, planner->init_plans.items,
                             init->count * sizeof(int32_t));
    return rel;
}

uint32_t plan__subplan(Planner *planner, QQuery *query, QSubLinkKind kind, double tuple_fraction,
                       Planner **level)
{
    PlanState *state = planner->state;
    PlanSubPlan *subplan = PLAN_NEW(state->arena, SubPlan);
    subplan->sublink = kind;
    *level = plan__new_level(state, planner, query);
    subplan->root = plan__level(*level, tuple_fraction, false)->op;
    array_push(&state->subplans, subplan);
    return state->subplans.count;
}

static void number_ops(PlanState *state)
{
    PlanPlan *plan = state->plan;
    plan->subplans.count = state->subplans.count;
    plan->subplans.items = arena_copy(state->arena, state->subplans.items,
                                      state->subplans.count * sizeof(PlanSubPlan *));
    plan->tables.count = state->tables.count;
    plan->tables.items = arena_copy(state->arena, state->tables.items,
                                    state->tables.count * sizeof(QTable *));
    plan->relations.items = ARENA_ARRAY(state->arena, int32_t, state->tables.count);
    for (uint32_t i = 0; i < state->tables.count; i++) {
        if (state->tables.items[i]->relation != 0)
            plan->relations.items[plan->relations.count++] =
                (int32_t)state->tables.items[i]->relation;
    }
}

static void result_columns(PlanState *state, const QQuery *query)
{
    const QTargetList *targets = query->command == Q_COMMAND_SELECT ? &query->targets
                                                                    : &query->returning;
    PlanPlan *plan = state->plan;
    plan->columns.items = ARENA_ARRAY(state->arena, QTarget *, targets->count);
    for (uint32_t i = 0; i < targets->count; i++) {
        if (targets->items[i]->junk) continue;
        plan->columns.items[plan->columns.count++] = query_copy(state->arena, targets->items[i]);
    }
}

static bool has_locks(void *arg, void *child)
{
    task_check_stack();
    const QQuery *query = Q_IF(Query, (QNode *)child);
    return (query != NULL && query->locks.count > 0) || query_walk(child, has_locks, arg);
}

PlanPlan *plan_query(Arena *arena, Arena *temporary, const QQuery *query,
                     const PlanOptions *options)
{
    PlanState state = {.arena = arena,
                       .temporary = temporary,
                       .options = options,
                       .subplans = {.arena = temporary},
                       .tables = {.arena = temporary},
                       .stats = {.arena = temporary},
                       .joints = {.arena = temporary}};
    PlanPlan *plan = PLAN_NEW(arena, Plan);
    state.plan = plan;
    plan->command = query->command;
    plan->has_returning = query->returning.count > 0;
    plan->modifies = query->command != Q_COMMAND_SELECT || query->has_modifying_cte;
    QQuery *own = query_copy(arena, query);
    const bool locks = has_locks(NULL, own);
    state.looks_once = !plan->modifies && !locks;
    state.rechecks = locks || query->has_modifying_cte ||
                     (query->command != Q_COMMAND_SELECT && query->command != Q_COMMAND_INSERT);
    state.may_be_parallel = plan__may_be_parallel(&state, query);
    Planner *planner = plan__new_level(&state, NULL, own);
    double fraction = options->tuple_fraction > 0 ? options->tuple_fraction : 1.0;
    plan->root = plan__level(planner, fraction, false)->op;
    ASSERT(planner->outer_refs.count == 0);
    plan->root = plan__force_worker(planner, plan->root);
    plan->param_count = state.params;
    plan->filter_count = state.filters;
    plan__check_row_ids(plan);
    result_columns(&state, own);
    number_ops(&state);
    return plan;
}

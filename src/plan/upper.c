/* SPDX-License-Identifier: Apache-2.0 */
/* upper.c - what stands on the joins: grouping, windows, set-returning targets, DISTINCT, ORDER BY, LIMIT, row locks;
 * and set operations. Each step wraps the Rel below it; what a step computed (an aggregate, a window call) is a column
 * that the steps above find by equality. */
#include "plan/plan_internal.h"

static const double group_cost = 0.006;

static QTarget *target_of(const QTargetList *targets, uint32_t reference)
{
    for (uint32_t i = 0; i < targets->count; i++) {
        if (targets->items[i]->reference == reference) return targets->items[i];
    }
    UNREACHABLE();
}

static PlanSortKeyList sort_keys(Planner *planner, const QSortKeyList *keys)
{
    PlanSortKeyList list = {
        .items = ARENA_ARRAY(planner->state->arena, PlanSortKey *, keys->count)};
    for (uint32_t i = 0; i < keys->count; i++) {
        const QSortKey *key = keys->items[i];
        list.items[list.count++] =
            plan__sort_key(planner, key, target_of(&planner->query->targets, key->reference)->expr);
    }
    return list;
}

PlanSortKeyList plan__keys_over(Planner *planner, const PlanSortKeyList *keys, const Rel *child)
{
    PlanSortKeyList list = {
        .items = ARENA_ARRAY(planner->state->arena, PlanSortKey *, keys->count)};
    for (uint32_t i = 0; i < keys->count; i++) {
        PlanSortKey *key = plan_copy(planner->state->arena, keys->items[i]);
        key->expr = plan__to_slots(planner, (QNode *)keys->items[i]->expr, child, NULL);
        list.items[list.count++] = key;
    }
    return list;
}

Rel *plan__sort(Planner *planner, Rel *child, const PlanSortKeyList *keys)
{
    PlanSort *op = PLAN_AS(Sort, plan__new_op(planner, PLAN_SORT, 0, 0, 0));
    op->child = child->op;
    op->keys = plan__keys_over(planner, keys, child);
    Rel *rel = plan__wrap(planner, child, &op->base, plan__sort_cost(child->op->rows),
                          child->op->rows);
    rel->op->startup_cost = rel->op->total_cost;
    return rel;
}

static Rel *sort_as_pays(Planner *planner, Rel *child, const PlanSortKeyList *keys)
{
    const Parallel parallel = plan__parallel(planner, child);
    bool may = plan__shared_sort_pays(planner, child, &parallel);
    const PlanSortKeyList slots = plan__keys_over(planner, keys, child);
    for (uint32_t i = 0; i < keys->count; i++) may &= slots.items[i]->expr->kind == Q_SLOT;
    return may ? plan__shared_sort(planner, child, keys, &parallel)
               : plan__sort(planner, child, keys);
}

/* ---- grouping ---- */

typedef struct Gather {
    Planner *planner;
    QExprList keys, aggregates, groupings;
} Gather;

static bool list_has(const QExprList *list, const QNode *node)
{
    for (uint32_t i = 0; i < list->count; i++) {
        if (query_equal(list->items[i], node)) return true;
    }
    return false;
}

/* Aggregates of the level; and Vars outside of them and in their direct arguments that are no keys, which depend on the
 * keys (a primary key is among them): they group as keys do. */
static bool gather_grouped(void *arg, void *child)
{
    Gather *gather = arg;
    task_check_stack();
    QNode *node = child;
    Arena *temporary = gather->planner->state->temporary;
    if (list_has(&gather->keys, node)) return false;
    if (node->kind == Q_AGGREGATE && Q_AS(Aggregate, node)->up == 0) {
        const QExprList *direct = &Q_AS(Aggregate, node)->direct;
        if (!list_has(&gather->aggregates, node))
            plan__list_add(temporary, &gather->aggregates, (QExpr *)node);
        for (uint32_t i = 0; i < direct->count; i++) (void)gather_grouped(gather, direct->items[i]);
        return false;
    }
    if (node->kind == Q_GROUPING) {
        if (!list_has(&gather->groupings, node))
            plan__list_add(temporary, &gather->groupings, (QExpr *)node);
        return false;
    }
    if (node->kind == Q_VAR) {
        plan__list_add(temporary, &gather->keys, (QExpr *)node);
        return false;
    }
    return query_walk(node, gather_grouped, arg);
}

static uint32_t equality_of(Planner *planner, const QExpr *expr)
{
    return cat_type_equality(planner->state->options->view, expr->type);
}

static PlanSortKey *group_key(Planner *planner, QExpr *expr)
{
    CatalogView *view = planner->state->options->view;
    const QQuery *query = planner->query;
    for (uint32_t i = 0; i < query->group_by.count; i++) {
        const QSortKey *key = query->group_by.items[i];
        if (query_equal(target_of(&query->targets, key->reference)->expr, expr))
            return plan__sort_key(planner, key, expr);
    }
    PlanSortKey *key = PLAN_NEW(planner->state->arena, SortKey);
    key->expr = expr;
    key->equality = equality_of(planner, expr);
    key->order = cat_type_less(view, expr->type);
    key->collation = expr->collation;
    return key;
}

/* `one_source`: the keys are computed for all rows by these expressions, and not in the arms of a set operation. */
static bool all_hashable(Planner *planner, const PlanSortKeyList *keys, bool one_source)
{
    for (uint32_t i = 0; i < keys->count; i++) {
        const CatOperator *op = cat_operator(planner->state->options->view,
                                             keys->items[i]->equality);
        if (op == NULL || !op->hash) return false;
        if (!(one_source && keys->items[i]->expr->kind == Q_ROW) &&
            !plan__hash_is_sure(keys->items[i]->expr))
            return false;
    }
    return true;
}

/* An aggregate's own arguments over the child's columns, its direct ones over the keys: they are of a group, not of a
 * row. */
static QAggregate *aggregate_over(Planner *planner, const QExpr *aggregate, const Rel *child,
                                  const Rel *row)
{
    QAggregate *copy = query_copy(planner->state->arena, aggregate);
    for (uint32_t i = 0; i < copy->args.count; i++)
        copy->args.items[i]->expr = plan__to_slots(planner, (QNode *)copy->args.items[i]->expr,
                                                   child, NULL);
    for (uint32_t i = 0; i < copy->direct.count; i++)
        copy->direct.items[i] = plan__to_slots(planner, (QNode *)copy->direct.items[i], row, NULL);
    copy->filter = plan__to_slots(planner, (QNode *)copy->filter, child, NULL);
    return copy;
}

static int32_t key_position(Planner *planner, const Gather *gather, uint32_t reference)
{
    const QExpr *expr = target_of(&planner->query->targets, reference)->expr;
    for (uint32_t i = 0; i < gather->keys.count; i++) {
        if (query_equal(gather->keys.items[i], expr)) return (int32_t)i;
    }
    UNREACHABLE();
}

/* ---- grouping sets: the cross product of what the clauses stand for ---- */

typedef struct Sets {
    ARRAY_OF(PlanGroupingSet *) list;
} Sets;

static PlanGroupingSet *set_of(Planner *planner, const Gather *gather, const int32_t *references,
                               uint32_t count)
{
    PlanGroupingSet *set = PLAN_NEW(planner->state->arena, GroupingSet);
    set->keys.items = ARENA_ARRAY(planner->state->arena, int32_t, MAX(count, 1));
    for (uint32_t i = 0; i < count; i++)
        set->keys.items[set->keys.count++] = key_position(planner, gather, (uint32_t)references[i]);
    return set;
}

static PlanGroupingSet *join_sets(Planner *planner, const PlanGroupingSet *a,
                                  const PlanGroupingSet *b)
{
    PlanGroupingSet *set = PLAN_NEW(planner->state->arena, GroupingSet);
    set->keys.items = ARENA_ARRAY(planner->state->arena, int32_t,
                                  a->keys.count + b->keys.count + 1);
    const PlanGroupingSet *both[2] = {a, b};
    for (uint32_t side = 0; side < 2; side++) {
        for (uint32_t i = 0; i < both[side]->keys.count; i++) {
            bool there = false;
            for (uint32_t j = 0; j < set->keys.count; j++)
                there |= set->keys.items[j] == both[side]->keys.items[i];
            if (!there) set->keys.items[set->keys.count++] = both[side]->keys.items[i];
        }
    }
    return set;
}

static void expand(Planner *planner, const Gather *gather, const QGroupingSet *clause, Sets *out);

static void expand_rollup(Planner *planner, const Gather *gather, const QGroupingSet *clause,
                          Sets *out)
{
    /* ROLLUP and CUBE hold their elements as sets, so that (a, b) counts as one. */
    uint32_t n = clause->sets.count;
    bool cube = clause->grouping == Q_GROUPING_CUBE;
    if (cube && n > 12) raise_error(SQLSTATE_TOO_MANY_COLUMNS, "CUBE is limited to 12 elements");
    uint32_t choices = cube ? 1u << n : n + 1;
    for (uint32_t choice = choices; choice-- > 0;) {
        PlanGroupingSet *set = set_of(planner, gather, NULL, 0);
        for (uint32_t i = 0; i < n; i++) {
            bool in = cube ? (choice >> (n - 1 - i)) & 1 : i < choice;
            if (!in) continue;
            const QGroupingSet *element = clause->sets.items[i];
            set = join_sets(planner, set,
                            set_of(planner, gather, element->references.items,
                                   element->references.count));
        }
        array_push(&out->list, set);
    }
}

static void expand(Planner *planner, const Gather *gather, const QGroupingSet *clause, Sets *out)
{
    task_check_stack();
    switch (clause->grouping) {
    case Q_GROUPING_EMPTY:
    case Q_GROUPING_SIMPLE:
        array_push(&out->list,
                   set_of(planner, gather, clause->references.items, clause->references.count));
        return;
    case Q_GROUPING_ROLLUP:
    case Q_GROUPING_CUBE: expand_rollup(planner, gather, clause, out); return;
    case Q_GROUPING_SETS:
        for (uint32_t i = 0; i < clause->sets.count; i++)
            expand(planner, gather, clause->sets.items[i], out);
        return;
    }
}

static bool have_same_keys(const PlanGroupingSet *a, const PlanGroupingSet *b)
{
    if (a->keys.count != b->keys.count) return false;
    for (uint32_t i = 0; i < a->keys.count; i++) {
        bool there = false;
        for (uint32_t j = 0; j < b->keys.count; j++) there |= a->keys.items[i] == b->keys.items[j];
        if (!there) return false;
    }
    return true;
}

/* GROUP BY DISTINCT: of sets with the same keys the first. */
static void drop_repeated(Sets *sets)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < sets->list.count; i++) {
        bool there = false;
        for (uint32_t j = 0; j < kept && !there; j++)
            there = have_same_keys(sets->list.items[j], sets->list.items[i]);
        if (!there) sets->list.items[kept++] = sets->list.items[i];
    }
    sets->list.count = kept;
}

static void grouping_sets(Planner *planner, const Gather *gather, PlanAggregate *op)
{
    const QQuery *query = planner->query;
    if (query->grouping_sets.count == 0) return;
    Sets sets = {.list = {.arena = planner->state->arena}};
    array_push(&sets.list, set_of(planner, gather, NULL, 0));
    for (uint32_t i = 0; i < query->grouping_sets.count; i++) {
        Sets clause = {.list = {.arena = planner->state->arena}};
        expand(planner, gather, query->grouping_sets.items[i], &clause);
        Sets product = {.list = {.arena = planner->state->arena}};
        for (uint32_t a = 0; a < sets.list.count; a++) {
            for (uint32_t b = 0; b < clause.list.count; b++)
                array_push(&product.list,
                           join_sets(planner, sets.list.items[a], clause.list.items[b]));
        }
        if (product.list.count > 4096)
            raise_error(SQLSTATE_STATEMENT_TOO_COMPLEX,
                        "too many grouping sets present (maximum 4096)");
        sets = product;
    }
    if (query->group_distinct) drop_repeated(&sets);
    op->sets.items = sets.list.items;
    op->sets.count = sets.list.count;
}

/* Keys and aggregates over what the input gives. `row`: as group_input has it. */
static void group_over(Planner *planner, PlanAggregate *op, const Gather *gather,
                       const PlanSortKeyList *keys, const Rel *row, const Rel *input)
{
    Arena *arena = planner->state->arena;
    op->keys = plan__keys_over(planner, keys, input);
    op->aggregates.items = ARENA_ARRAY(arena, QAggregate *, gather->aggregates.count);
    for (uint32_t i = 0; i < gather->aggregates.count; i++)
        op->aggregates.items[op->aggregates.count++] = aggregate_over(planner,
                                                                      gather->aggregates.items[i],
                                                                      input, row);
}

static bool can_split(Planner *planner, const PlanAggregate *op, const Gather *gather)
{
    if (op->strategy != PLAN_AGGREGATE_PLAIN && op->strategy != PLAN_AGGREGATE_HASHED) return false;
    for (uint32_t i = 0; i < gather->keys.count; i++)
        if (!plan__can_run(planner, (QNode *)gather->keys.items[i])) return false;
    for (uint32_t i = 0; i < gather->aggregates.count; i++)
        if (!plan__can_split(planner, Q_AS(Aggregate, gather->aggregates.items[i]))) return false;
    return true;
}

/* The input as it is, out of a Gather, or grouped before it: whatever costs least. `row`: keys, then aggregates. */
static Rel *group_input(Planner *planner, PlanAggregate *op, const Gather *gather,
                        const PlanSortKeyList *keys, const Rel *row, Rel *child)
{
    const Parallel appended = plan__shared_append(planner, child);
    const bool is_append = appended.workers > 0;
    const Parallel parallel = is_append ? appended : plan__parallel(planner, child);
    const double rows = child->op->rows, share = rows / MAX(parallel.divisor, 1);
    const double alone = child->op->total_cost + rows * group_cost;
    double apart = alone, split = alone;
    if (is_append && can_split(planner, op, gather))
        split = child->op->total_cost + share * group_cost +
                MIN(op->groups, share) * parallel.divisor * group_cost;
    if (parallel.workers > 0 && !is_append) {
        const double begin = plan__parallel_cost(&parallel, child) + parallel.setup;
        apart = begin + rows * (parallel.row + group_cost);
        if (can_split(planner, op, gather))
            split = begin + share * group_cost +
                    MIN(op->groups, share) * parallel.divisor * (parallel.row + group_cost);
    }
    const double limit = is_append ? alone : alone * PARALLEL_PAYS_FROM;
    if (split < limit && split <= apart) {
        group_over(planner, op, gather, keys, row, child);
        child = plan__split_groups(planner, op, row, child, &parallel);
        op->keys = plan__keys_over(planner, keys, child);
        op->split = PLAN_SPLIT_FINAL;
        return child;
    }
    if (apart < limit) {
        plan__share_rows(planner, child, &parallel);
        child = plan__gather(planner, child, &parallel, rows);
    }
    group_over(planner, op, gather, keys, row, child);
    return child;
}

static Rel *add_sets(Planner *planner, Rel *rel, const QExprList *exprs);

static Rel *group(Planner *planner, Rel *child)
{
    QQuery *query = planner->query;
    bool grouped = query->group_by.count > 0 || query->grouping_sets.count > 0 ||
                   query->has_aggregates || query->having != NULL;
    if (!grouped) return child;
    Arena *arena = planner->state->arena;
    Gather gather = {.planner = planner};
    for (uint32_t i = 0; i < query->group_by.count; i++) {
        QExpr *key = target_of(&query->targets, query->group_by.items[i]->reference)->expr;
        if (!list_has(&gather.keys, (QNode *)key))
            plan__list_add(planner->state->temporary, &gather.keys, key);
    }
    if (query->has_set_functions) child = add_sets(planner, child, &gather.keys);
    for (uint32_t i = 0; i < query->targets.count; i++)
        (void)gather_grouped(&gather, query->targets.items[i]->expr);
    if (query->having != NULL) (void)gather_grouped(&gather, query->having);

    PlanAggregate *op = PLAN_AS(Aggregate, plan__new_op(planner, PLAN_AGGREGATE, 0, 0, 0));
    Rel row = {0}; /* what outputs and HAVING see: keys, aggregates, groupings */
    PlanSortKeyList keys = {.items = ARENA_ARRAY(arena, PlanSortKey *, gather.keys.count)};
    for (uint32_t i = 0; i < gather.keys.count; i++) {
        keys.items[keys.count++] = group_key(planner, gather.keys.items[i]);
        plan__list_add(arena, &row.columns, gather.keys.items[i]);
    }
    double groups = keys.count > 0 ? plan__group_count(planner, &gather.keys, child->op->rows) : 1;
    op->strategy = keys.count == 0 ? PLAN_AGGREGATE_PLAIN : PLAN_AGGREGATE_HASHED;
    if (query->grouping_sets.count > 0) op->strategy = PLAN_AGGREGATE_MIXED;
    if (op->strategy == PLAN_AGGREGATE_HASHED && !all_hashable(planner, &keys, true)) {
        child = plan__sort(planner, child, &keys);
        op->strategy = PLAN_AGGREGATE_SORTED;
    }
    op->groups = groups;
    for (uint32_t i = 0; i < gather.aggregates.count; i++)
        plan__list_add(arena, &row.columns, gather.aggregates.items[i]);
    child = group_input(planner, op, &gather, &keys, &row, child);
    op->child = child->op;
    op->groupings.items = ARENA_ARRAY(arena, QGrouping *, gather.groupings.count);
    for (uint32_t i = 0; i < gather.groupings.count; i++) {
        QGrouping *grouping = query_copy(arena, gather.groupings.items[i]);
        for (uint32_t r = 0; r < grouping->refs.count;
             r++) /* the executor knows keys by position */
            grouping->refs.items[r] = key_position(planner, &gather,
                                                   (uint32_t)grouping->refs.items[r]);
        op->groupings.items[op->groupings.count++] = grouping;
        plan__list_add(arena, &row.columns, gather.groupings.items[i]);
    }
    grouping_sets(planner, &gather, op);

    Rel *rel = ARENA_NEW(planner->state->temporary, Rel);
    rel->op = &op->base;
    rel->op->startup_cost = child->op->total_cost + child->op->rows * group_cost;
    rel->op->total_cost = rel->op->startup_cost + groups * 0.01;
    rel->op->rows = groups * MAX(op->sets.count, 1);
    if (query->having != NULL) {
        /* Split only when keys are slots: a key may be a conjunction itself. */
        plan__split_conjunction(arena, plan__to_slots(planner, (QNode *)query->having, &row, NULL),
                                &rel->op->conditions);
        rel->op->rows = MAX(rel->op->rows / 3, 1);
    }
    plan__set_outputs(planner, rel, &row.columns, &row, NULL);
    return rel;
}

/* ---- windows ---- */

static bool gather_calls(void *arg, void *child)
{
    Gather *gather = arg;
    task_check_stack();
    QNode *node = child;
    if (node->kind == Q_WINDOW_CALL) {
        if (!list_has(&gather->aggregates, node))
            plan__list_add(gather->planner->state->temporary, &gather->aggregates, (QExpr *)node);
        return false;
    }
    return query_walk(node, gather_calls, arg);
}

/* The rows with the sets that windows are defined by: all of them before the first window sees a row. */
static Rel *add_window_sets(Planner *planner, Rel *child)
{
    const QQuery *query = planner->query;
    QExprList keys = {0};
    for (uint32_t i = 0; i < query->windows.count; i++) {
        const QWindow *window = query->windows.items[i];
        const QSortKeyList *lists[] = {&window->partition_by, &window->order_by};
        for (uint32_t k = 0; k < ARRAY_LEN(lists); k++)
            for (uint32_t j = 0; j < lists[k]->count; j++)
                plan__list_add(planner->state->temporary, &keys,
                               target_of(&query->targets, lists[k]->items[j]->reference)->expr);
    }
    return add_sets(planner, child, &keys);
}

static Rel *window(Planner *planner, Rel *child, uint32_t number, const QExprList *calls)
{
    Arena *arena = planner->state->arena;
    const QWindow *window = planner->query->windows.items[number - 1];
    PlanSortKeyList partition = sort_keys(planner, &window->partition_by);
    PlanSortKeyList order = sort_keys(planner, &window->order_by);
    PlanSortKeyList all = {
        .items = ARENA_ARRAY(arena, PlanSortKey *, partition.count + order.count + 1)};
    for (uint32_t i = 0; i < partition.count; i++) all.items[all.count++] = partition.items[i];
    for (uint32_t i = 0; i < order.count; i++) all.items[all.count++] = order.items[i];
    if (all.count > 0) child = sort_as_pays(planner, child, &all);

    PlanWindowAggregate *op = PLAN_AS(WindowAggregate,
                                      plan__new_op(planner, PLAN_WINDOW_AGGREGATE, 0, 0, 0));
    op->child = child->op;
    op->window = query_copy(arena, window);
    op->partition_by = plan__keys_over(planner, &partition, child);
    op->order_by = plan__keys_over(planner, &order, child);
    op->start_offset = plan__to_slots(planner, (QNode *)window->start_offset, child, NULL);
    op->end_offset = plan__to_slots(planner, (QNode *)window->end_offset, child, NULL);
    Rel row = {0};
    for (uint32_t i = 0; i < child->columns.count; i++)
        plan__list_add(arena, &row.columns, child->columns.items[i]);
    op->calls.items = ARENA_ARRAY(arena, QWindowCall *, calls->count);
    for (uint32_t i = 0; i < calls->count; i++) {
        if (Q_AS(WindowCall, calls->items[i])->window != number) continue;
        QWindowCall *call = query_copy(arena, calls->items[i]);
        for (uint32_t j = 0; j < call->args.count; j++)
            call->args.items[j] = plan__to_slots(planner, (QNode *)call->args.items[j], child,
                                                 NULL);
        call->filter = plan__to_slots(planner, (QNode *)call->filter, child, NULL);
        op->calls.items[op->calls.count++] = call;
        plan__list_add(arena, &row.columns, calls->items[i]);
    }
    Rel *rel = ARENA_NEW(planner->state->temporary, Rel);
    rel->op = &op->base;
    rel->op->startup_cost = child->op->startup_cost;
    rel->op->total_cost = child->op->total_cost + child->op->rows * group_cost;
    rel->op->rows = child->op->rows;
    plan__set_outputs(planner, rel, &row.columns, &row, NULL);
    return rel;
}

/* Functions that look at the order of rows alone: row_number, rank, dense_rank, percent_rank, cume_dist, ntile. */
static bool looks_at_frame(const QWindowCall *call)
{
    return call->function < 3100 || call->function > 3105;
}

static bool same_keys(const QSortKeyList *a, const QSortKeyList *b)
{
    if (a->count != b->count) return false;
    for (uint32_t i = 0; i < a->count; i++)
        if (!query_equal(a->items[i], b->items[i])) return false;
    return true;
}

/* The number of another window that is the same, its frame too; 0: none is. */
static uint32_t same_window(const QQuery *query, uint32_t number)
{
    const QWindow *window = query->windows.items[number - 1];
    for (uint32_t i = 1; i <= query->windows.count; i++) {
        const QWindow *other = query->windows.items[i - 1];
        if (i != number && other->frame == window->frame && other->start == window->start &&
            other->end == window->end && other->exclusion == window->exclusion &&
            same_keys(&other->partition_by, &window->partition_by) &&
            same_keys(&other->order_by, &window->order_by))
            return i;
    }
    return 0;
}

/* Where no call of a window looks at the frame, the cheapest one will do, as PostgreSQL has it: offsets are then not
 * even computed, and what is now another window again is one with it. */
static void simplify_frames(QQuery *query, const QExprList *calls)
{
    for (uint32_t number = 1; number <= query->windows.count; number++) {
        QWindow *window = query->windows.items[number - 1];
        bool used = false, looked_at = false;
        for (uint32_t i = 0; i < calls->count; i++) {
            const QWindowCall *call = Q_AS(WindowCall, calls->items[i]);
            used |= call->window == number;
            looked_at |= call->window == number && looks_at_frame(call);
        }
        if (!used || looked_at) continue;
        window->frame = AST_FRAME_ROWS;
        window->start = AST_BOUND_UNBOUNDED_PRECEDING;
        window->end = AST_BOUND_CURRENT_ROW;
        window->exclusion = AST_EXCLUDE_NONE;
        window->between = false;
        window->start_offset = window->end_offset = NULL;
        const uint32_t same = same_window(query, number);
        for (uint32_t i = 0; same && i < calls->count; i++) {
            QWindowCall *call = Q_AS(WindowCall, calls->items[i]);
            if (call->window == MAX(number, same)) call->window = MIN(number, same);
        }
    }
}

static Rel *windows(Planner *planner, Rel *child)
{
    QQuery *query = planner->query;
    Gather gather = {.planner = planner};
    for (uint32_t i = 0; i < query->targets.count; i++)
        (void)gather_calls(&gather, query->targets.items[i]->expr);
    simplify_frames(query, &gather.aggregates);
    if (query->has_set_functions) child = add_window_sets(planner, child);
    for (uint32_t number = 1; number <= query->windows.count; number++) {
        bool used = false;
        for (uint32_t i = 0; i < gather.aggregates.count; i++)
            used |= Q_AS(WindowCall, gather.aggregates.items[i])->window == number;
        if (used) child = window(planner, child, number, &gather.aggregates);
    }
    return child;
}

/* ---- targets, DISTINCT, ORDER BY, LIMIT ---- */

static QExprList target_exprs(Planner *planner, bool keep_junk)
{
    QExprList list = {0};
    const QTargetList *targets = &planner->query->targets;
    for (uint32_t i = 0; i < targets->count; i++) {
        if (keep_junk || !targets->items[i]->junk)
            plan__list_add(planner->state->arena, &list, targets->items[i]->expr);
    }
    return list;
}

static Rel *add_project(Planner *planner, Rel *child, const QExprList *columns, PlanKind kind)
{
    PlanOp *op = plan__new_op(planner, kind, 0, 0, 0);
    bool set = kind == PLAN_PROJECT_SET;
    if (set) {
        PLAN_AS(ProjectSet, op)->child = child->op;
    } else {
        PLAN_AS(Project, op)->child = child->op;
    }
    Rel *rel = plan__wrap(planner, child, op, child->op->rows * 0.001,
                          child->op->rows * (set ? 10 : 1));
    plan__set_outputs(planner, rel, columns, child, NULL);
    return rel;
}

/* Gathers calls of set-returning functions whose arguments contain none that is not computed yet. */
typedef struct SetWalk {
    Arena *arena;
    const QExprList *computed;
    QExprList found;
} SetWalk;

static bool returns_set(const QNode *node)
{
    return (node->kind == Q_FUNC_CALL && Q_AS(FuncCall, node)->returns_set) ||
           (node->kind == Q_OP_CALL && Q_AS(OpCall, node)->returns_set);
}

static bool is_listed(const QExprList *list, const QNode *node)
{
    for (uint32_t i = 0; i < list->count; i++)
        if (query_equal(list->items[i], node)) return true;
    return false;
}

static bool find_sets(void *arg, void *child)
{
    SetWalk *walk = arg;
    task_check_stack();
    QNode *node = child;
    if (is_listed(walk->computed, node)) return false;
    if (!returns_set(node)) return query_walk(node, find_sets, arg);
    const uint32_t before = walk->found.count;
    (void)query_walk(node, find_sets, arg);
    /* Inner ones first: this call comes with the next ProjectSet. */
    if (walk->found.count == before && !is_listed(&walk->found, node))
        plan__list_add(walk->arena, &walk->found, (QExpr *)node);
    return false;
}

/* The rows with the sets of `exprs` as further columns, by a ProjectSet a depth. */
static Rel *add_sets(Planner *planner, Rel *rel, const QExprList *exprs)
{
    Arena *arena = planner->state->arena;
    for (;;) {
        QExprList columns = {0};
        SetWalk walk = {.arena = arena, .computed = &rel->columns};
        for (uint32_t i = 0; i < exprs->count; i++) (void)find_sets(&walk, exprs->items[i]);
        if (walk.found.count == 0) return rel;
        for (uint32_t i = 0; i < rel->columns.count; i++)
            plan__list_add(arena, &columns, rel->columns.items[i]);
        for (uint32_t i = 0; i < walk.found.count; i++)
            plan__list_add(arena, &columns, walk.found.items[i]);
        rel = add_project(planner, rel, &columns, PLAN_PROJECT_SET);
    }
}

/* Sets as whole columns are one ProjectSet. Where they stand inside of expressions these are computed from the rows
 * with the sets added; so they are where all sets were grouped by. */
static Rel *project_sets(Planner *planner, Rel *rel, const QExprList *targets)
{
    bool plain = true, any = false;
    for (uint32_t i = 0; i < targets->count; i++) {
        SetWalk walk = {.arena = planner->state->arena, .computed = &rel->columns};
        const QNode *target = &targets->items[i]->base;
        if (is_listed(&rel->columns, target)) continue;
        const bool is_set = returns_set(target);
        if (is_set)
            (void)query_walk(target, find_sets, &walk);
        else
            (void)find_sets(&walk, targets->items[i]);
        plain &= walk.found.count == 0;
        any |= is_set || walk.found.count > 0;
    }
    if (any && plain) return add_project(planner, rel, targets, PLAN_PROJECT_SET);
    return plan__project(planner, add_sets(planner, rel, targets), targets);
}

/* May other outputs be computed where these are? Yes if these are only columns handed through: nothing is then computed
 * twice. Operators whose outputs come from several children alike, or decide equality, keep theirs. */
static bool outputs_are_plain(const PlanOp *op)
{
    switch (op->kind) {
    case PLAN_APPEND:
    case PLAN_SET_OP:
    case PLAN_RECURSIVE_UNION:
    case PLAN_UNIQUE:
    case PLAN_PROJECT_SET:
    case PLAN_MODIFY_TABLE:
    case PLAN_MATERIALIZE: return false;
    default: break;
    }
    for (uint32_t i = 0; i < op->outputs.count; i++) {
        if (op->outputs.items[i]->expr->kind != Q_SLOT) return false;
    }
    return true;
}

typedef struct Inline {
    Planner *planner;
    const PlanOp *op;
} Inline;

static void *inline_slot(void *arg, void *child)
{
    const Inline *work = arg;
    task_check();
    const QSlot *slot = Q_IF(Slot, (QNode *)child);
    if (slot != NULL)
        return query_copy(work->planner->state->arena, work->op->outputs.items[slot->column]->expr);
    node_replace(&query_family, child, inline_slot, arg);
    return child;
}

Rel *plan__project(Planner *planner, Rel *rel, const QExprList *columns)
{
    if (!outputs_are_plain(rel->op)) return add_project(planner, rel, columns, PLAN_PROJECT);
    Arena *arena = planner->state->arena;
    Inline work = {.planner = planner, .op = rel->op};
    QTargetList outputs = {.items = ARENA_ARRAY(arena, QTarget *, columns->count)};
    for (uint32_t i = 0; i < columns->count; i++) {
        QTarget *target = Q_NEW(arena, Target);
        target->expr = inline_slot(&work,
                                   plan__to_slots(planner, (QNode *)columns->items[i], rel, NULL));
        target->number = (int32_t)i + 1;
        outputs.items[outputs.count++] = target;
    }
    rel->op->outputs = outputs;
    rel->columns = *columns;
    rel->op->width = plan__width(planner, columns);
    return rel;
}

/* Several may leave out what they have seen, before it is left out of what they all have. */
static Rel *share_distinct(Planner *planner, PlanAggregate *op, const Rel *row,
                           const PlanSortKeyList *keys, Rel *child)
{
    const Parallel parallel = plan__parallel(planner, child);
    const double rows = child->op->rows, share = rows / MAX(parallel.divisor, 1);
    if (parallel.workers == 0 || planner->query->limit != NULL) return child;
    for (uint32_t i = 0; i < row->columns.count; i++)
        if (!plan__can_run(planner, (QNode *)row->columns.items[i])) return child;
    if (plan__parallel_cost(&parallel, child) + parallel.setup + share * group_cost +
            MIN(op->groups, share) * parallel.divisor * (parallel.row + group_cost) >=
        (child->op->total_cost + rows * group_cost) * PARALLEL_PAYS_FROM)
        return child;
    child = plan__split_groups(planner, op, row, child, &parallel);
    op->keys = plan__keys_over(planner, keys, child);
    op->split = PLAN_SPLIT_FINAL;
    return child;
}

static Rel *distinct(Planner *planner, Rel *child)
{
    QQuery *query = planner->query;
    if (query->distinct.count == 0) return child;
    PlanSortKeyList keys = sort_keys(planner, &query->distinct);
    if (!query->distinct_on && all_hashable(planner, &keys, true)) {
        PlanAggregate *op = PLAN_AS(Aggregate, plan__new_op(planner, PLAN_AGGREGATE, 0, 0, 0));
        op->child = child->op;
        op->strategy = PLAN_AGGREGATE_HASHED;
        op->keys = plan__keys_over(planner, &keys, child);
        QExprList exprs = {0};
        for (uint32_t i = 0; i < keys.count; i++)
            plan__list_add(planner->state->arena, &exprs, keys.items[i]->expr);
        Rel row = {.columns = exprs};
        op->groups = plan__group_count(planner, &exprs, child->op->rows);
        QExprList outputs = child->columns;
        child = share_distinct(planner, op, &row, &keys, child);
        op->child = child->op;
        Rel *rel = plan__wrap(planner, child, &op->base, child->op->rows * group_cost, op->groups);
        plan__set_outputs(planner, rel, &outputs, &row, NULL);
        return rel;
    }
    /* DISTINCT ON keeps the first of each group in ORDER BY's order, which begins with its keys. */
    PlanSortKeyList order = keys;
    if (query->distinct_on && query->order_by.count >= query->distinct.count)
        order = sort_keys(planner, &query->order_by);
    child = sort_as_pays(planner, child, &order);
    PlanUnique *op = PLAN_AS(Unique, plan__new_op(planner, PLAN_UNIQUE, 0, 0, 0));
    op->child = child->op;
    op->keys = plan__keys_over(planner, &keys, child);
    return plan__wrap(planner, child, &op->base, child->op->rows * 0.003,
                      MAX(child->op->rows / 10, 1));
}

static double constant_count(const QExpr *expr)
{
    const QConst *constant = Q_IF(Const, expr);
    return constant != NULL && !constant->value.datum.null ? (double)constant->value.datum.value.i64
                                                           : -1;
}

static Rel *limit(Planner *planner, Rel *child, const PlanSortKeyList *order)
{
    QQuery *query = planner->query;
    if (query->limit == NULL && query->offset == NULL) return child;
    PlanLimit *op = PLAN_AS(Limit, plan__new_op(planner, PLAN_LIMIT, 0, 0, 0));
    op->child = child->op;
    op->count = plan__to_slots(planner, (QNode *)query->limit, NULL, NULL);
    op->offset = plan__to_slots(planner, (QNode *)query->offset, NULL, NULL);
    op->with_ties = query->with_ties;
    if (query->with_ties) op->ties = plan__keys_over(planner, order, child);
    double count = constant_count(query->limit), offset = MAX(constant_count(query->offset), 0);
    double rows = count >= 0 ? MIN(count, child->op->rows) : MAX(child->op->rows / 10, 1);
    PlanProject *targets = PLAN_IF(Project, child->op);
    const bool passes_all = targets != NULL && targets->base.conditions.count == 0;
    PlanSort *top = PLAN_IF(Sort, passes_all ? targets->child : child->op);
    if (top != NULL && count >= 0 && !query->with_ties) top->limit = count + offset;
    Rel *rel = plan__wrap(planner, child, &op->base, 0, rows);
    double fraction = child->op->rows > 0 ? MIN((rows + offset) / child->op->rows, 1) : 1;
    rel->op->total_cost = child->op->startup_cost +
                          (child->op->total_cost - child->op->startup_cost) * fraction;
    return rel;
}

static Rel *lock_rows(Planner *planner, Rel *child)
{
    QQuery *query = planner->query;
    if (query->locks.count == 0) return child;
    Arena *arena = planner->state->arena;
    PlanLockRows *op = PLAN_AS(LockRows, plan__new_op(planner, PLAN_LOCK_ROWS, 0, 0, 0));
    op->child = child->op;
    op->row_id_slots.items = ARENA_ARRAY(arena, int32_t, query->locks.count);
    op->relations.items = ARENA_ARRAY(arena, int32_t, query->locks.count);
    op->locks.items = ARENA_ARRAY(arena, QRowLock *, query->locks.count);
    for (uint32_t i = 0; i < query->locks.count; i++) {
        const QRowLock *lock = query->locks.items[i];
        if (planner->relations[lock->table - 1] == NULL) continue;
        for (uint32_t j = 0; j < child->columns.count; j++) {
            const QVar *var = Q_IF(Var, child->columns.items[j]);
            if (var == NULL || var->table != lock->table || var->column != -1) continue;
            QRowLock *copy = query_copy(arena, lock);
            if (planner->state->plan->row_lock == Q_ROWLOCK_NONE)
                planner->state->plan->row_lock = lock->strength;
            copy->table = planner->flat[lock->table - 1];
            op->locks.items[op->locks.count++] = copy;
            op->row_id_slots.items[op->row_id_slots.count++] = (int32_t)j;
            op->relations.items[op->relations.count++] =
                (int32_t)planner->query->tables.items[lock->table - 1]->relation;
            break;
        }
    }
    op->sources = plan__sources(planner, child);
    return plan__wrap(planner, child, &op->base, child->op->rows * 0.05, child->op->rows);
}

/* How many rows LIMIT and OFFSET let pass at most, for certain; 0: it is not known. */
static double rows_wanted(const QQuery *query)
{
    const double count = constant_count(query->limit), offset = constant_count(query->offset);
    if (query->with_ties || count < 0 || (query->offset != NULL && offset < 0)) return 0;
    return count + MAX(offset, 0);
}

/* Rows that nothing above has to see one by one, nor in the order in which they stand: several may make them, and the
 * targets, and of a top N each its own. */
static Rel *share_among(Planner *planner, Rel *rel, const PlanSortKeyList *order)
{
    const QQuery *query = planner->query;
    const bool limited = query->limit != NULL || query->offset != NULL;
    if (query->distinct.count > 0 || query->has_windows || plan__has_set_targets(query) ||
        (limited && order->count == 0))
        return rel;
    const Parallel parallel = plan__parallel(planner, rel);
    if (parallel.workers == 0) return rel;
    QExprList targets = target_exprs(planner, true);
    for (uint32_t i = 0; i < targets.count; i++)
        if (!plan__can_run(planner, (QNode *)targets.items[i])) return rel;
    const double rows = rel->op->rows, top = limited ? rows_wanted(query) : 0;
    const double given = top > 0 ? MIN(rows, top * parallel.divisor) : rows;
    if (order->count > 0 && top == 0 && plan__shared_sort_pays(planner, rel, &parallel)) {
        rel = plan__shared_sort(planner, plan__project(planner, rel, &targets), order, &parallel);
        rel->ordered = true;
        return rel;
    }
    if (plan__parallel_cost(&parallel, rel) + parallel.setup + given * parallel.row >=
        rel->op->total_cost * PARALLEL_PAYS_FROM)
        return rel;
    rel = plan__project(planner, rel, &targets);
    plan__share_rows(planner, rel, &parallel);
    if (top > 0) {
        rel = plan__sort(planner, rel, order);
        PLAN_AS(Sort, rel->op)->limit = top;
        rel->op->rows = MIN(rel->op->rows, top);
    }
    return plan__gather(planner, rel, &parallel, given);
}

/* Every step is there and the outputs are the query's targets; the last one drops the junk. */
static Rel *finish(Planner *planner, Rel *rel, bool keep_junk)
{
    QExprList outputs = target_exprs(planner, keep_junk);
    bool same = outputs.count == rel->columns.count;
    for (uint32_t i = 0; same && i < outputs.count; i++)
        same = query_equal(outputs.items[i], rel->columns.items[i]);
    return same ? rel : plan__project(planner, rel, &outputs);
}

typedef struct Effort {
    Planner *planner;
    double cost; /* of the functions met so far, a simple operator being 1 */
    bool runs_plan;
} Effort;

static bool add_effort(void *arg, void *child)
{
    Effort *effort = arg;
    task_check_stack();
    const QNode *node = child;
    const QFuncCall *call = Q_IF(FuncCall, node);
    const QSubPlanCall *subplan = Q_IF(SubPlanCall, node);
    if (node->kind == Q_AGGREGATE || node->kind == Q_WINDOW_CALL) return false; /* made below */
    if (call != NULL) {
        const CatFunction *f = cat_function(effort->planner->state->options->view, call->function);
        effort->cost += f != NULL ? (double)f->cost : 1;
    }
    if (subplan != NULL) {
        const PlanState *state = effort->planner->state;
        const PlanSubPlan *plan = state->subplans.items[subplan->plan - 1];
        effort->runs_plan |= !plan->is_init && !subplan->hashed;
    }
    return effort->runs_plan || query_walk(child, add_effort, arg);
}

/* Dearer than ten simple operators? */
static bool is_dear(Planner *planner, const QExpr *expr)
{
    Effort effort = {.planner = planner};
    (void)add_effort(&effort, (void *)expr);
    return effort.runs_plan || effort.cost > 10;
}

static bool is_sorted_by(const Planner *planner, const QTarget *target)
{
    const QSortKeyList *order = &planner->query->order_by;
    for (uint32_t i = 0; i < order->count; i++)
        if (order->items[i]->reference == target->reference && target->reference > 0) return true;
    return false;
}

/* Is the target computed after the sort? Those with effects are, so that these come in the order of the result; those
 * that are dear where LIMIT leaves out rows. */
static bool is_late(Planner *planner, const QTarget *target)
{
    if (is_sorted_by(planner, target)) return false;
    if (expr_is_volatile(target->expr, planner->state->options->env)) return true;
    return planner->query->limit != NULL && is_dear(planner, target->expr);
}

/* Sorts what the targets are made of; those without effects are computed before. NULL: there are no others. */
static Rel *sort_before_targets(Planner *planner, Rel *rel, const PlanSortKeyList *order)
{
    const QTargetList *targets = &planner->query->targets;
    Arena *arena = planner->state->arena;
    QExprList columns = {0};
    for (uint32_t i = 0; i < targets->count; i++)
        if (!is_late(planner, targets->items[i]))
            plan__list_add(arena, &columns, targets->items[i]->expr);
    if (columns.count == targets->count) return NULL;
    for (uint32_t i = 0; i < rel->columns.count; i++)
        plan__list_add(arena, &columns, rel->columns.items[i]);
    return finish(planner, plan__sort(planner, plan__project(planner, rel, &columns), order), true);
}

Rel *plan__upper(Planner *planner, Rel *input, bool keep_junk)
{
    QQuery *query = planner->query;
    bool ordered_input = input->ordered;
    const PlanSortKeyList order = sort_keys(planner, &query->order_by);
    Rel *rel = windows(planner, group(planner, input));
    if (rel == input && !ordered_input) {
        rel = share_among(planner, rel, &order);
        ordered_input = rel->ordered;
    }
    /* Locks want the row ids, which are columns of the joins: locking comes before the targets throw them away. */
    if (query->locks.count > 0) {
        if (order.count > 0 && !ordered_input) rel = plan__sort(planner, rel, &order);
        rel = lock_rows(planner, rel);
        ordered_input = true;
    }
    /* DISTINCT tells rows apart by what is shown; only the keys of DISTINCT ON may be junk. */
    QExprList targets = target_exprs(planner, query->distinct.count == 0 || query->distinct_on);
    Rel *late = NULL;
    if (plan__has_set_targets(query)) {
        rel = project_sets(planner, rel, &targets);
    } else if (query->distinct.count == 0 && order.count > 0 && !ordered_input &&
               (late = sort_before_targets(planner, rel, &order)) != NULL) {
        rel = late;
        ordered_input = true;
    } else if (query->distinct.count > 0 || (order.count > 0 && !ordered_input)) {
        rel = plan__project(planner, rel, &targets);
    }
    rel = distinct(planner, rel);
    bool sorted = ordered_input ||
                  (query->distinct_on && query->order_by.count >= query->distinct.count);
    if (order.count > 0 && !sorted) rel = plan__sort(planner, rel, &order);
    if (order.count == 0 || sorted) {
        if (query->distinct.count == 0 && !plan__has_set_targets(query))
            rel = finish(planner, rel, true);
    }
    rel = limit(planner, rel, &order);
    return finish(planner, rel, keep_junk);
}

/* ---- set operations ---- */

static Rel *set_item(Planner *planner, QJoinItem *item);

static QExprList set_columns(Planner *planner, const QSetOperation *operation)
{
    QExprList columns = {0};
    for (uint32_t i = 0; i < operation->types.count; i++) {
        QVar *var = Q_NEW(planner->state->arena, Var);
        var->table = planner->set_table;
        var->column = (int32_t)i + 1;
        var->type = (Oid)operation->types.items[i];
        var->typmod = operation->typmods.items[i];
        var->collation = (Oid)operation->collations.items[i];
        plan__list_add(planner->state->arena, &columns, &var->base);
    }
    return columns;
}

static PlanSortKeyList set_keys(Planner *planner, const QSetOperation *operation, const Rel *rel)
{
    PlanSortKeyList keys = {
        .items = ARENA_ARRAY(planner->state->arena, PlanSortKey *, operation->groups.count)};
    for (uint32_t i = 0; i < operation->groups.count; i++)
        keys.items[keys.count++] = plan__sort_key(planner, operation->groups.items[i],
                                                  rel->columns.items[i]);
    return keys;
}

static Rel *deduplicate(Planner *planner, Rel *rel, const QSetOperation *operation)
{
    PlanSortKeyList keys = set_keys(planner, operation, rel);
    if (!all_hashable(planner, &keys, false)) {
        rel = plan__sort(planner, rel, &keys);
        PlanUnique *op = PLAN_AS(Unique, plan__new_op(planner, PLAN_UNIQUE, 0, 0, 0));
        op->child = rel->op;
        op->keys = plan__keys_over(planner, &keys, rel);
        return plan__wrap(planner, rel, &op->base, rel->op->rows * 0.003, rel->op->rows);
    }
    PlanAggregate *op = PLAN_AS(Aggregate, plan__new_op(planner, PLAN_AGGREGATE, 0, 0, 0));
    op->child = rel->op;
    op->strategy = PLAN_AGGREGATE_HASHED;
    op->keys = plan__keys_over(planner, &keys, rel);
    op->groups = rel->op->rows;
    return plan__wrap(planner, rel, &op->base, rel->op->rows * group_cost, rel->op->rows);
}

/* Casts of what several tasks give are theirs, so that a Gather may still be shared by all members. */
static Rel *cast_member(Planner *planner, Rel *rel, const QExprList *columns)
{
    bool below = plan__is_plain_gather(rel->op);
    for (uint32_t i = 0; i < columns->count; i++)
        below &= plan__can_run(planner, (QNode *)columns->items[i]);
    if (!below) return plan__project(planner, rel, columns);
    PlanGather *gather = PLAN_AS(Gather, rel->op);
    Rel child = {.op = gather->child, .columns = rel->columns};
    Rel *made = plan__project(planner, &child, columns);
    const double startup = rel->op->startup_cost, total = rel->op->total_cost;
    gather->child = made->op;
    rel = plan__wrap(planner, made, &gather->base, 0, rel->op->rows);
    rel->op->startup_cost = startup;
    rel->op->total_cost = total;
    return rel;
}

/* A member of `operation`, whose columns have the types that all members agree on. */
static Rel *set_member(Planner *planner, QJoinItem *item, const QSetOperation *operation)
{
    const PlanOptions *options = planner->state->options;
    const BindOptions casts = {.view = options->view, .env = options->env};
    Arena *arena = planner->state->arena;
    Rel *rel = set_item(planner, item);
    QExprList columns = {0};
    bool same = true;
    for (uint32_t i = 0; i < operation->types.count; i++) {
        QExpr *column = rel->columns.items[i];
        const Oid type = (Oid)operation->types.items[i];
        if (column->type != type) {
            column = bind_coerce(arena, column, type, -1, 'i', Q_CALL_IMPLICIT_CAST, &casts);
            same = false;
        }
        ASSERT(column != NULL); /* the binder found the way */
        plan__list_add(arena, &columns, column);
    }
    return same ? rel : cast_member(planner, rel, &columns);
}

/* UNION ALL of UNION ALLs is one Append, when they have the same types. */
static void add_members(Planner *planner, QJoinItem *item, const QSetOperation *top,
                        PlanAppend *append, double *rows, double *cost)
{
    task_check();
    QSetOperation *operation = Q_IF(SetOperation, item);
    if (operation != NULL && operation->op == Q_SETOP_UNION && operation->all == top->all &&
        memcmp(operation->types.items, top->types.items, top->types.count * sizeof(int32_t)) == 0) {
        add_members(planner, operation->left, top, append, rows, cost);
        add_members(planner, operation->right, top, append, rows, cost);
        return;
    }
    Rel *rel = set_member(planner, item, top);
    const uint32_t count = append->children.count;
    if ((count & (count - 1)) == 0) { /* full: there is room for 1, 2, 4, ... */
        PlanOp **children = ARENA_ARRAY(planner->state->arena, PlanOp *, count ? 2 * count : 1);
        if (count) memcpy(children, append->children.items, count * sizeof(PlanOp *));
        append->children.items = children;
    }
    append->children.items[append->children.count++] = rel->op;
    *rows += rel->op->rows;
    *cost += rel->op->total_cost;
}

static Rel *union_of(Planner *planner, QSetOperation *operation)
{
    PlanAppend *op = PLAN_AS(Append, plan__new_op(planner, PLAN_APPEND, 0, 0, 0));
    double rows = 0, cost = 0;
    add_members(planner, &operation->base, operation, op, &rows, &cost);
    Rel *rel = ARENA_NEW(planner->state->temporary, Rel);
    rel->op = &op->base;
    rel->op->rows = rows;
    rel->op->total_cost = cost + rows * 0.001;
    Rel row = {.columns = set_columns(planner, operation)};
    plan__set_outputs(planner, rel, &row.columns, &row, NULL);
    return operation->all ? rel : deduplicate(planner, rel, operation);
}

static Rel *intersect_or_except(Planner *planner, QSetOperation *operation)
{
    Rel *left = set_member(planner, operation->left, operation);
    Rel *right = set_member(planner, operation->right, operation);
    PlanSetOp *op = PLAN_AS(SetOp, plan__new_op(planner, PLAN_SET_OP, 0, 0, 0));
    op->left = left->op;
    op->right = right->op;
    op->op = operation->op;
    op->all = operation->all;
    Rel row = {.columns = set_columns(planner, operation)};
    PlanSortKeyList keys = set_keys(planner, operation, &row);
    op->hashed = all_hashable(planner, &keys, false);
    op->keys = plan__keys_over(planner, &keys, &row);
    Rel *rel = ARENA_NEW(planner->state->temporary, Rel);
    rel->op = &op->base;
    rel->op->rows = left->op->rows;
    rel->op->total_cost = left->op->total_cost + right->op->total_cost +
                          (left->op->rows + right->op->rows) * group_cost;
    plan__set_outputs(planner, rel, &row.columns, &row, NULL);
    return rel;
}

static Rel *set_item(Planner *planner, QJoinItem *item)
{
    task_check();
    const QTableRef *ref = Q_IF(TableRef, item);
    if (ref != NULL) {
        TableSet needs = {0};
        return plan__trim_item(planner, plan__plan_item(planner, ref->table, &needs));
    }
    QSetOperation *operation = Q_AS(SetOperation, item);
    return operation->op == Q_SETOP_UNION ? union_of(planner, operation)
                                          : intersect_or_except(planner, operation);
}

/* A recursive CTE's query is `first UNION [ALL] again`, where `again` reads the work table. */
static CtePlan *recursion_of(Planner *planner)
{
    if (planner->outer == NULL) return NULL;
    for (uint32_t i = 0; i < planner->outer->query->ctes.count; i++) {
        CtePlan *plan = &planner->outer->ctes[i];
        if (plan->cte->recursive && plan->subplan == 0 && plan->cte->query == planner->query)
            return plan;
    }
    return NULL;
}

static Rel *recursive_union(Planner *planner, const CtePlan *plan)
{
    QSetOperation *operation = planner->query->set_operation;
    Rel *first = set_member(planner, operation->left, operation);
    Rel *again = set_member(planner, operation->right, operation);
    PlanRecursiveUnion *op = PLAN_AS(RecursiveUnion,
                                     plan__new_op(planner, PLAN_RECURSIVE_UNION, 0, 0, 0));
    op->first = first->op;
    op->again = again->op;
    op->recursion = plan->recursion;
    Rel row = {.columns = set_columns(planner, operation)};
    if (!operation->all) {
        PlanSortKeyList keys = set_keys(planner, operation, &row);
        op->distinct_keys = plan__keys_over(planner, &keys, &row);
    }
    Rel *rel = ARENA_NEW(planner->state->temporary, Rel);
    rel->op = &op->base;
    rel->op->rows = first->op->rows + again->op->rows * 10;
    rel->op->total_cost = first->op->total_cost + again->op->total_cost * 10;
    plan__set_outputs(planner, rel, &row.columns, &row, NULL);
    return rel;
}

/* The table that the query's own targets (and ORDER BY) take their columns from: the leftmost leaf. */
static uint32_t leftmost(const QJoinItem *item)
{
    while (item->kind == Q_SET_OPERATION) item = Q_AS(SetOperation, item)->left;
    return Q_AS(TableRef, item)->table;
}

Rel *plan__set_operation(Planner *planner, bool keep_junk)
{
    QQuery *query = planner->query;
    planner->set_table = leftmost(&query->set_operation->base);
    const CtePlan *recursion = recursion_of(planner);
    Rel *rel = recursion != NULL ? recursive_union(planner, recursion)
                                 : set_item(planner, &query->set_operation->base);
    if (query->order_by.count > 0) {
        QExprList targets = target_exprs(planner, true);
        rel = plan__project(planner, rel, &targets);
        PlanSortKeyList order = sort_keys(planner, &query->order_by);
        rel = plan__sort(planner, rel, &order);
        rel = limit(planner, rel, &order);
    } else {
        rel = limit(planner, rel, &(PlanSortKeyList){0});
    }
    return finish(planner, rel, keep_junk);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* simplify.c - work that need not be done: min and max that stand at an end of an index are read there, tables that
 * an outer join would only look up, one row at most and none of their columns wanted, are not joined, and outer joins
 * of which only rows without a partner are wanted look for no more than whether there is one. */
#include "plan/plan_internal.h"

/* ---- min and max by an index ---- */

/*  SELECT max(x) FROM t WHERE p   =>   SELECT (SELECT x FROM t WHERE p AND x IS NOT NULL ORDER BY x DESC LIMIT 1)  */

static const QVar *end_column(Planner *planner, const QAggregate *aggregate, bool *max)
{
    const CatFunction *function = cat_function(planner->state->options->view, aggregate->function);
    if (function == NULL || function->oid >= 16384 || aggregate->args.count != 1 ||
        aggregate->filter != NULL || aggregate->up > 0)
        return NULL;
    *max = str_equal(function->name, STR("max"));
    if (!*max && !str_equal(function->name, STR("min"))) return NULL;
    const QExpr *arg = aggregate->args.items[0]->expr;
    while (arg->kind == Q_RELABEL) arg = Q_AS(Relabel, arg)->arg;
    const QVar *var = Q_IF(Var, arg);
    return var != NULL && var->up == 0 && var->column > 0 ? var : NULL;
}

/* Share of rows that pass the query's WHERE. */
static double passing(Planner *planner, const QQuery *query)
{
    QExprList conjuncts = {0};
    double share = 1;
    if (query->from->where != NULL)
        plan__split_conjunction(planner->state->temporary, query->from->where, &conjuncts);
    for (uint32_t i = 0; i < conjuncts.count; i++)
        share *= plan__selectivity(planner, conjuncts.items[i]);
    return share;
}

/* The index from whose end a row is found before a scan of the whole would be over. */
static const CatIndex *index_of(Planner *planner, const QVar *var, double share)
{
    const CatRelation *relation = planner->relations[var->table - 1];
    for (uint32_t i = 0; relation != NULL && i < relation->index_count; i++) {
        const CatIndex *index = relation->indexes[i];
        if (index->method == 403 && plan__may_use(planner, index) && index->predicate == NULL &&
            index->keys[0].column == var->column &&
            (var->collation == 0 || index->keys[0].collation == var->collation))
            return 0.8 + 0.2 / MAX(share, 1e-9) < plan__relation_rows(relation) * 0.006 + 1 ? index
                                                                                            : NULL;
    }
    return NULL;
}

typedef struct Ends {
    Planner *planner;
    double share;
    bool all; /* each aggregate stands at an end */
} Ends;

static bool look_at(void *arg, void *child)
{
    Ends *ends = arg;
    bool max;
    task_check_stack();
    const QAggregate *aggregate = Q_IF(Aggregate, (QNode *)child);
    if (aggregate == NULL) return query_walk(child, look_at, arg);
    const QVar *var = end_column(ends->planner, aggregate, &max);
    ends->all &= var != NULL && index_of(ends->planner, var, ends->share) != NULL;
    return !ends->all;
}

static QExpr *not_null(Arena *arena, const QVar *var)
{
    QNullTest *test = Q_NEW(arena, NullTest);
    test->type = 16;
    test->typmod = -1;
    test->negated = true;
    test->arg = query_copy(arena, &var->base);
    return &test->base;
}

static QSubLink *end_of(Planner *planner, const QAggregate *aggregate)
{
    Arena *arena = planner->state->arena;
    CatalogView *view = planner->state->options->view;
    bool max;
    const QVar *var = end_column(planner, aggregate, &max);
    QQuery *query = Q_NEW(arena, Query);
    query->tables.items = ARENA_ARRAY(arena, QTable *, planner->query->tables.count);
    for (uint32_t i = 0; i < planner->query->tables.count; i++)
        query->tables.items[query->tables.count++] = query_copy(arena,
                                                                planner->query->tables.items[i]);
    QExprList where = {0};
    query->from = query_copy(arena, planner->query->from);
    if (query->from->where != NULL) plan__list_add(arena, &where, query->from->where);
    if (!plan__is_never_null_column(planner->relations[var->table - 1], var->column))
        plan__list_add(arena, &where, not_null(arena, var));
    query->from->where = plan__combine(arena, Q_BOOL_AND, &where);
    /* what it reads of levels outside is one level further away */
    plan__raise_levels_from(query, 1, 1);

    QTarget *target = Q_NEW(arena, Target);
    target->expr = query_copy(arena, aggregate->args.items[0]->expr);
    target->number = 1;
    target->reference = 1;
    target->name = STR("end");
    query->targets.items = ARENA_ARRAY(arena, QTarget *, 1);
    query->targets.items[query->targets.count++] = target;
    QSortKey *key = Q_NEW(arena, SortKey);
    key->reference = 1;
    key->equality = cat_type_equality(view, target->expr->type);
    key->order = max ? cat_type_greater(view, target->expr->type)
                     : cat_type_less(view, target->expr->type);
    key->reverse = max;
    /* There are none; so that an index gives the order, they are said to be where it has them. */
    const uint32_t options = index_of(planner, var, 1)->keys[0].options;
    key->nulls_first = ((options & 2) != 0) != (((options & 1) != 0) != max);
    query->order_by.items = ARENA_ARRAY(arena, QSortKey *, 1);
    query->order_by.items[query->order_by.count++] = key;
    QConst *one = Q_NEW(arena, Const);
    one->type = 20;
    one->typmod = -1;
    one->value = (QueryValue){.datum = {.value.i64 = 1}, .phys = PHYS_I64};
    query->limit = &one->base;
    query->command = Q_COMMAND_SELECT;

    QSubLink *link = Q_NEW(arena, SubLink);
    link->query = query;
    link->sublink = Q_SUBLINK_SCALAR;
    link->type = aggregate->type;
    link->typmod = aggregate->typmod;
    link->collation = aggregate->collation;
    return link;
}

static void *put_end(void *arg, void *child)
{
    task_check();
    const QAggregate *aggregate = Q_IF(Aggregate, (QNode *)child);
    if (aggregate == NULL) {
        node_replace(&query_family, child, put_end, arg);
        return child;
    }
    return end_of(arg, aggregate);
}

void plan__read_ends(Planner *planner)
{
    QQuery *query = planner->query;
    if (query->command != Q_COMMAND_SELECT || !query->has_aggregates || query->has_windows ||
        query->group_by.count > 0 || query->grouping_sets.count > 0 || query->having != NULL ||
        query->set_operation != NULL || query->has_sublinks || query->locks.count > 0 ||
        plan__has_set_targets(query) || query->distinct.count > 0 || query->order_by.count > 0 ||
        query->limit != NULL || query->offset != NULL || query->ctes.count > 0 ||
        query->tables.count != 1 || query->from == NULL || query->from->items.count != 1 ||
        query->from->items.items[0]->kind != Q_TABLE_REF ||
        query->tables.items[0]->table != Q_RTE_RELATION || query->tables.items[0]->query != NULL ||
        query->tables.items[0]->sample != NULL ||
        !planner->state->options->settings->enable_indexscan ||
        (query->from->where != NULL &&
         expr_is_volatile(query->from->where, planner->state->options->env)))
        return;
    Ends ends = {.planner = planner, .share = passing(planner, query), .all = true};
    for (uint32_t i = 0; i < query->targets.count; i++)
        (void)look_at(&ends, query->targets.items[i]->expr);
    if (!ends.all) return;
    for (uint32_t i = 0; i < query->targets.count; i++)
        query->targets.items[i]->expr = put_end(planner, query->targets.items[i]->expr);
    query->has_aggregates = false;
    query->has_sublinks = true;
    query->from->items.count = 0;
    query->from->where = NULL;
}

/* ---- joins that change nothing ---- */

static bool reads(const QNode *node, uint32_t table)
{
    const TableSet tables = plan__tables_of((const QExpr *)node);
    return set_has(&tables, table);
}

static bool is_read(Planner *planner, const JoinNode *tree, uint32_t table)
{
    const QQuery *query = planner->query;
    Planner inside = {.state = planner->state,
                      .query = planner->query,
                      .relations = planner->relations,
                      .wanted = {.arena = planner->state->temporary}};
    plan__gather_wanted(&inside, tree);
    for (uint32_t i = 0; i < inside.wanted.count; i++)
        if (inside.wanted.items[i]->table == table) return true;
    /* LATERAL */
    for (uint32_t i = 0; i < query->tables.count; i++)
        if (query->tables.items[i]->table != Q_RTE_JOIN &&
            reads((QNode *)query->tables.items[i], table))
            return true;
    return false;
}

static bool has_volatile(const ConditionList *conditions)
{
    for (uint32_t i = 0; i < conditions->count; i++)
        if (conditions->items[i]->is_volatile) return true;
    return false;
}

/* Is the column NULL only where the join found no partner: does ON compare it? */
static bool is_compared(const ConditionList *on, const QVar *var)
{
    for (uint32_t i = 0; i < on->count; i++)
        if (on->items[i]->left != NULL &&
            (query_equal(on->items[i]->left, var) || query_equal(on->items[i]->right, var)))
            return true;
    return false;
}

/* a LEFT JOIN b ON a.x = b.y WHERE b.y IS NULL, nothing else wanted of b: those of a without a partner. */
static void find_anti(Planner *planner, const JoinNode *tree, JoinNode *group, JoinNode *join)
{
    for (uint32_t c = 0; c < group->conditions.count; c++) {
        Condition *condition = group->conditions.items[c];
        const QNullTest *test = Q_IF(NullTest, condition->expr);
        const QVar *var = test != NULL && !test->negated && !test->row ? Q_IF(Var, test->arg)
                                                                       : NULL;
        if (var == NULL || !set_has(&join->right->tables, var->table) ||
            !is_compared(&join->conditions, var) || has_volatile(&join->conditions))
            continue;
        const uint32_t on = join->conditions.count;
        join->conditions.count = 0; /* they do not count as readers, nor does the condition */
        group->conditions.items[c] = group->conditions.items[--group->conditions.count];
        bool read = false;
        for (uint32_t table = 1; table <= planner->query->tables.count && !read; table++)
            read = set_has(&join->right->tables, table) && is_read(planner, tree, table);
        join->conditions.count = on;
        if (!read) {
            join->join = Q_JOIN_ANTI;
            return;
        }
        group->conditions.items[group->conditions.count++] = group->conditions.items[c];
        group->conditions.items[c] = condition;
    }
}

static void eliminate(Planner *planner, const JoinNode *tree, JoinNode *node)
{
    task_check_stack();
    for (uint32_t i = 0; i < node->item_count; i++)
        if (node->items[i]->kind == JOIN_NODE_JOIN && node->items[i]->join == Q_JOIN_LEFT)
            find_anti(planner, tree, node, node->items[i]);
    while (node->kind == JOIN_NODE_JOIN && node->join == Q_JOIN_LEFT &&
           node->right->kind == JOIN_NODE_TABLE &&
           plan__key_covered(planner, &node->conditions, node->right->table) &&
           !has_volatile(&node->conditions) && !has_volatile(&node->right->conditions)) {
        const uint32_t conditions = node->conditions.count;
        node->conditions.count = 0; /* they do not count as readers */
        const bool read = is_read(planner, tree, node->right->table);
        node->conditions.count = conditions;
        if (read) break;
        *node = *node->left;
    }
    for (uint32_t i = 0; i < node->item_count; i++) eliminate(planner, tree, node->items[i]);
    if (node->kind != JOIN_NODE_JOIN) return;
    eliminate(planner, tree, node->left);
    eliminate(planner, tree, node->right);
}

void plan__eliminate_joins(Planner *planner, JoinNode *tree)
{
    if (tree != NULL && planner->query->command == Q_COMMAND_SELECT) eliminate(planner, tree, tree);
}

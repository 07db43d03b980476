/* SPDX-License-Identifier: Apache-2.0 */
/* decorrelate.c - sub-queries inside of expressions that hang on the row by equalities become joins, so that they run
 * once instead of once a row ("Unnesting Arbitrary Queries", BTW 2015; the domain of the dependent join is here the
 * groups of the sub-query itself, which equalities allow):
 *
 *   x < (SELECT f(agg(e)) FROM r WHERE r.k = t.k AND p)
 *     =>  t LEFT JOIN (SELECT agg(e), r.k FROM r WHERE p GROUP BY r.k) s ON s.k = t.k,    x < f(s.agg)
 *   ... OR EXISTS (SELECT ... FROM r WHERE r.k = t.k AND p)
 *     =>  t LEFT JOIN (SELECT r.k FROM r WHERE p GROUP BY r.k) s ON s.k = t.k,            ... OR s.k IS NOT NULL
 *   (SELECT r.v FROM r WHERE r.id = t.id AND p), r.id a unique key
 *     =>  t LEFT JOIN r ON r.id = t.id AND p,                                             r.v
 *
 * A row finds one group at most, so the join keeps the number of rows. Where it finds none the sub-query had no rows:
 * its aggregates are NULL and its counts 0. A condition that no NULL passes makes the join an inner one later
 * (join_tree.c).
 *
 * Only what cannot raise moves into the groups, since groups are computed that no row asks for (docs/traps.md F16); f
 * stays where it stood. Few rows beside a fitting index are answered row by row all the same: `pays`. */
#include "plan/plan_internal.h"

typedef struct Link {
    QSubLink *link;
    QQuery *sub;
    /* left = right of each correlation: which side is the sub-query's; the rest of its conditions */
    ARRAY_OF(QOpCall *) equalities;
    ARRAY_OF(uint32_t) inner_side;
    QExprList rest;
} Link;

typedef struct Work {
    Planner *planner;
    QJoinItem *tree;   /* the joins made so far, on top of what was there */
    double outer_rows; /* that will ask */
    bool limited;      /* fewer than the tree has: LIMIT stands above */
    bool changed;
} Work;

static const FnEnv *env_of(const Planner *planner)
{
    return planner->state->options->env;
}

/* ---- is it of a form that can be moved? ---- */

static bool has_outer_aggregate(void *arg, void *child)
{
    task_check_stack();
    const QAggregate *aggregate = Q_IF(Aggregate, (QNode *)child);
    if (aggregate != NULL && aggregate->up > 0) return true;
    if (((QNode *)child)->kind == Q_GROUPING) return true;
    return query_walk(child, has_outer_aggregate, arg);
}

/* One row, made of aggregates over what WHERE passes. */
static bool is_one_group(const QQuery *sub)
{
    if (!sub->has_aggregates || sub->targets.count != 1 || sub->order_by.count > 0 ||
        sub->distinct.count > 0 || sub->limit != NULL)
        return false;
    const QNode *value = (const QNode *)sub->targets.items[0]->expr;
    return !plan__expr_has(value, Q_SUB_LINK) && !has_outer_aggregate(NULL, (void *)value);
}

/* A plain column of the one table that there is. */
static bool is_one_column(const QQuery *sub)
{
    if (sub->has_aggregates || sub->targets.count != 1 || sub->order_by.count > 0 ||
        sub->distinct.count > 0 || sub->limit != NULL || sub->tables.count != 1)
        return false;
    const QVar *var = Q_IF(Var, sub->targets.items[0]->expr);
    return sub->tables.items[0]->table == Q_RTE_RELATION && sub->tables.items[0]->query == NULL &&
           sub->tables.items[0]->sample == NULL && sub->from->items.items[0]->kind == Q_TABLE_REF &&
           var != NULL && var->up == 0 && var->column > 0;
}

static bool may_fit(const QSubLink *link)
{
    const QQuery *sub = link->query;
    if (!plan__is_join(sub, link->sublink == Q_SUBLINK_EXISTS)) return false;
    switch (link->sublink) {
    case Q_SUBLINK_SCALAR: return is_one_group(sub) || is_one_column(sub);
    case Q_SUBLINK_EXISTS: return !sub->has_aggregates;
    case Q_SUBLINK_ALL:
    case Q_SUBLINK_ANY:
    case Q_SUBLINK_ROW_COMPARE:
    case Q_SUBLINK_MULTI:
    case Q_SUBLINK_ARRAY:
    case Q_SUBLINK_CTE: break;
    }
    return false;
}

/* Grouping by the key must put together just what the operator calls equal. */
static bool is_key_equality(CatalogView *view, Oid op, Oid type)
{
    uint32_t count, own_count;
    const Oid own = cat_type_equality(view, type);
    const CatOperator *operator= cat_operator(view, own);
    if (operator== NULL || !operator->hash) return false;
    const CatOperatorFamily *families = cat_operator_families(view, op, &count);
    const CatOperatorFamily *own_families = cat_operator_families(view, own, &own_count);
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t j = 0; j < own_count; j++) {
            if (families[i].family == own_families[j].family && families[i].strategy == 3 &&
                own_families[j].strategy == 3)
                return true;
        }
    }
    return false;
}

/* inner = outer, the sides wholly of the sub-query and wholly of this level: its inner side's number, or -1. */
static int correlation_side(Planner *planner, const QExpr *expr)
{
    CatalogView *view = planner->state->options->view;
    const QOpCall *call = Q_IF(OpCall, expr);
    const CatOperator *op = call != NULL ? cat_operator(view, call->op) : NULL;
    if (op == NULL || call->args.count != 2 || !op->hash ||
        !plan__hash_is_sure(call->args.items[0]) || !plan__hash_is_sure(call->args.items[1]) ||
        !plan__is_deterministic(planner, call->input_collation))
        return -1;
    for (int side = 0; side < 2; side++) {
        const QExpr *inner = call->args.items[side], *outer = call->args.items[1 - side];
        const TableSet tables = plan__tables_of(inner);
        if (set_is_empty(tables) || plan__looks_outward((QNode *)inner, 1) ||
            plan__expr_has((QNode *)inner, Q_SUB_LINK) || !expr_is_total(inner, env_of(planner)))
            continue;
        const TableSet others = plan__tables_of(outer);
        if (!set_is_empty(others) || !plan__looks_outward((QNode *)outer, 1) ||
            plan__looks_outward((QNode *)outer, 2) || plan__expr_has((QNode *)outer, Q_SUB_LINK) ||
            has_outer_aggregate(NULL, (void *)outer) || expr_is_volatile(outer, env_of(planner)) ||
            !expr_is_total(outer, env_of(planner)))
            continue;
        if (is_key_equality(view, call->op, inner->type) &&
            plan__is_deterministic(planner, inner->collation))
            return side;
    }
    return -1;
}

static bool tables_are_total(const QQuery *sub, const FnEnv *env)
{
    for (uint32_t i = 0; i < sub->tables.count; i++) {
        const QTable *table = sub->tables.items[i];
        if (table->functions.count > 0 || table->rows.count > 0 || table->json_table) return false;
        if (table->query != NULL && !expr_is_total((const QExpr *)table->query, env)) return false;
    }
    return true;
}

static bool visit_aggregate(void *arg, void *child)
{
    task_check_stack();
    const QAggregate *aggregate = Q_IF(Aggregate, (QNode *)child);
    if (aggregate == NULL) return query_walk(child, visit_aggregate, arg);
    /* Others may have a value for no rows that is known to themselves alone. */
    if (aggregate->function >= 16384 || aggregate->direct.count > 0) return true;
    /* A group is one for all rows outside: it has nothing of any of them. */
    if (plan__looks_outward((QNode *)aggregate, 1)) return true;
    for (uint32_t i = 0; i < aggregate->args.count; i++)
        if (!expr_is_total(aggregate->args.items[i]->expr, arg)) return true;
    return aggregate->filter != NULL && !expr_is_total(aggregate->filter, arg);
}

static bool aggregates_can_move(const QExpr *value, const FnEnv *env)
{
    return !visit_aggregate((void *)env, (void *)value);
}

/* Sorts the conditions into correlations and others; is what is left independent of the row? */
static bool take_apart(Planner *planner, Link *taken)
{
    const PlanOptions *options = planner->state->options;
    Arena *arena = planner->state->arena;
    QQuery *sub = taken->sub;
    QExprList conjuncts = {0};
    if (sub->from->where == NULL) return false;
    plan__split_conjunction(planner->state->temporary,
                            expr_fold(arena, query_copy(arena, sub->from->where), options->env,
                                      options->params, options->param_count),
                            &conjuncts);
    for (uint32_t i = 0; i < conjuncts.count; i++) {
        const int side = correlation_side(planner, conjuncts.items[i]);
        if (side < 0) {
            if (!expr_is_total(conjuncts.items[i], options->env)) return false;
            plan__list_add(arena, &taken->rest, conjuncts.items[i]);
            continue;
        }
        array_push(&taken->equalities, Q_AS(OpCall, conjuncts.items[i]));
        array_push(&taken->inner_side, (uint32_t)side);
    }
    if (taken->equalities.count == 0 || !tables_are_total(sub, options->env)) return false;
    QExpr *where = sub->from->where;
    sub->from->where = plan__combine(arena, Q_BOOL_AND, &taken->rest);
    const QExpr *value = sub->targets.count == 1 ? sub->targets.items[0]->expr : NULL;
    bool closed = !plan__looks_outward((QNode *)sub->from, 1) && plan__from_is_closed(sub) &&
                  expr_is_total((QExpr *)sub->from, options->env);
    if (taken->link->sublink == Q_SUBLINK_SCALAR && sub->has_aggregates)
        closed = closed && aggregates_can_move(value, options->env);
    sub->from->where = where;
    return closed && !expr_is_volatile((QExpr *)sub, options->env);
}

/* ---- does it pay? ---- */

static bool is_indexed(Planner *planner, const QQuery *sub, const QExpr *key, double *rows)
{
    while (key->kind == Q_RELABEL) key = Q_AS(Relabel, key)->arg;
    const QVar *var = Q_IF(Var, key);
    if (var == NULL || sub->tables.items[var->table - 1]->table != Q_RTE_RELATION) return false;
    const CatRelation *relation = cat_relation(planner->state->options->view,
                                               sub->tables.items[var->table - 1]->relation);
    for (uint32_t i = 0; relation != NULL && i < relation->index_count; i++) {
        const CatIndex *index = relation->indexes[i];
        if (index->method != 403 || !plan__may_use(planner, index) || index->predicate != NULL ||
            index->keys[0].column != var->column)
            continue;
        Planner *level = plan__new_level(planner->state, planner, (QQuery *)sub);
        level->relations = ARENA_ARRAY(planner->state->temporary, const CatRelation *,
                                       sub->tables.count);
        level->relations[var->table - 1] = relation;
        *rows = plan__relation_rows(relation) / MAX(plan__distinct(level, key, 1e12), 1);
        return true;
    }
    return false;
}

/* Row by row against all at once. Both are guesses: what counts is the number of rows that ask. */
static bool pays(const Work *work, const Link *taken)
{
    CatalogView *view = work->planner->state->options->view;
    double all = 0, hits = 0;
    for (uint32_t i = 0; i < taken->sub->tables.count; i++) {
        const QTable *table = taken->sub->tables.items[i];
        const CatRelation *relation = table->table == Q_RTE_RELATION
                                          ? cat_relation(view, table->relation)
                                          : NULL;
        if (table->table == Q_RTE_JOIN) continue;
        all += relation != NULL ? plan__relation_rows(relation) : 1000;
    }
    double one_call = 1 + all * 0.004;
    for (uint32_t i = 0; i < taken->equalities.count; i++) {
        const QOpCall *call = taken->equalities.items[i];
        if (is_indexed(work->planner, taken->sub, call->args.items[taken->inner_side.items[i]],
                       &hits))
            one_call = MIN(one_call, 1 + hits * 0.2);
    }
    return all * 0.01 < work->outer_rows * one_call;
}

/* ---- moving ---- */

static QVar *column_of(Planner *planner, uint32_t table, uint32_t column, const QExpr *like)
{
    QVar *var = Q_NEW(planner->state->arena, Var);
    var->table = table;
    var->column = (int32_t)column;
    var->type = like->type;
    var->typmod = like->typmod;
    var->collation = like->collation;
    return var;
}

/* What stood in the sub-query and looked outward, as an expression of this level. */
static QExpr *moved_out(Planner *planner, QExpr *expr)
{
    QQuery *holder = Q_NEW(planner->state->arena, Query);
    holder->having = expr;
    plan__raise_levels_from(holder, -1, 1);
    return holder->having;
}

static void add_target(Planner *planner, QQuery *sub, QExpr *expr, uint32_t reference)
{
    Arena *arena = planner->state->arena;
    QTarget *target = Q_NEW(arena, Target);
    QTarget **items = ARENA_ARRAY(arena, QTarget *, sub->targets.count + 1);
    if (sub->targets.count > 0)
        memcpy(items, sub->targets.items, sub->targets.count * sizeof *items);
    target->expr = expr;
    target->number = (int32_t)sub->targets.count + 1;
    target->reference = reference;
    target->name = str_format(arena, "c%d", target->number);
    items[sub->targets.count++] = target;
    sub->targets.items = items;
}

/* The aggregates of the value become the targets of the sub-query, and columns of its table in the value. */
typedef struct Values {
    Planner *planner;
    QQuery *sub;
    uint32_t table;
} Values;

static QExpr *or_zero(Planner *planner, QExpr *count)
{
    Arena *arena = planner->state->arena;
    QConst *zero = Q_NEW(arena, Const);
    QCoalesce *either = Q_NEW(arena, Coalesce);
    zero->type = either->type = count->type;
    zero->typmod = either->typmod = -1;
    zero->value.phys = PHYS_I64;
    plan__list_add(arena, &either->args, count);
    plan__list_add(arena, &either->args, &zero->base);
    return &either->base;
}

static bool is_count(Planner *planner, Oid function)
{
    const CatFunction *found = cat_function(planner->state->options->view, function);
    return found != NULL &&
           (str_equal(found->name, STR("count")) || str_equal(found->name, STR("regr_count")));
}

static void *put_column(void *arg, void *child)
{
    Values *values = arg;
    task_check();
    const QAggregate *aggregate = Q_IF(Aggregate, (QNode *)child);
    if (aggregate == NULL) {
        node_replace(&query_family, child, put_column, arg);
        return child;
    }
    uint32_t at = 0;
    while (at < values->sub->targets.count &&
           !query_equal(values->sub->targets.items[at]->expr, aggregate))
        at++;
    if (at == values->sub->targets.count) add_target(values->planner, values->sub, child, 0);
    QExpr *column = &column_of(values->planner, values->table, at + 1, child)->base;
    return is_count(values->planner, aggregate->function) ? or_zero(values->planner, column)
                                                          : column;
}

static void add_table(Planner *planner, QTable *table)
{
    QTableList *tables = &planner->query->tables;
    QTable **items = ARENA_ARRAY(planner->state->arena, QTable *, tables->count + 1);
    memcpy(items, tables->items, tables->count * sizeof *items);
    items[tables->count++] = table;
    tables->items = items;
    plan__register_tables(planner, tables->count - 1);
}

/* A table of this level made of the sub-query, whose targets are complete. */
static void add_subquery(Planner *planner, QQuery *sub)
{
    Arena *arena = planner->state->arena;
    QTable *table = Q_NEW(arena, Table);
    const uint32_t count = sub->targets.count;
    table->table = Q_RTE_SUBQUERY;
    table->query = sub;
    table->name = STR("unnested");
    table->in_from = true;
    table->names.items = ARENA_ARRAY(arena, Str, count);
    table->types.items = ARENA_ARRAY(arena, int32_t, count);
    table->typmods.items = ARENA_ARRAY(arena, int32_t, count);
    table->collations.items = ARENA_ARRAY(arena, int32_t, count);
    for (uint32_t i = 0; i < count; i++) {
        const QTarget *target = sub->targets.items[i];
        table->names.items[i] = target->name;
        table->types.items[i] = (int32_t)target->expr->type;
        table->typmods.items[i] = target->expr->typmod;
        table->collations.items[i] = (int32_t)target->expr->collation;
    }
    table->names.count = table->types.count = table->typmods.count = table->collations.count =
        count;
    add_table(planner, table);
}

static void join(Work *work, QExprList *on)
{
    Arena *arena = work->planner->state->arena;
    QTableRef *ref = Q_NEW(arena, TableRef);
    QJoin *node = Q_NEW(arena, Join);
    ref->table = work->planner->query->tables.count;
    node->join = Q_JOIN_LEFT;
    node->left = work->tree;
    node->right = &ref->base;
    node->on = plan__combine(arena, Q_BOOL_AND, on);
    work->tree = &node->base;
    work->changed = true;
}

/* The sub-query grouped by its keys; gives what stands for the sub-link. */
static QExpr *join_groups(Work *work, const Link *taken)
{
    Planner *planner = work->planner;
    Arena *arena = planner->state->arena;
    CatalogView *view = planner->state->options->view;
    QQuery *sub = taken->sub;
    const uint32_t table = planner->query->tables.count + 1;
    QExpr *value = NULL;
    QExprList on = {0};
    Values values = {.planner = planner, .sub = sub, .table = table};
    if (taken->link->sublink == Q_SUBLINK_SCALAR) value = sub->targets.items[0]->expr;
    sub->targets.count = 0;
    sub->distinct.count = sub->order_by.count = 0;
    sub->limit = NULL;
    sub->from->where = plan__combine(arena, Q_BOOL_AND, &taken->rest);
    for (uint32_t i = 0; i < taken->equalities.count; i++) /* a group of NULLs would meet nobody */
        plan__reduce_query(planner, sub, &taken->equalities.items[i]->base);
    if (value != NULL) value = put_column(&values, moved_out(planner, value));
    sub->group_by.items = ARENA_ARRAY(arena, QSortKey *, taken->equalities.count);
    for (uint32_t i = 0; i < taken->equalities.count; i++) {
        QOpCall *call = query_copy(arena, taken->equalities.items[i]);
        const uint32_t side = taken->inner_side.items[i];
        QExpr *key = call->args.items[side];
        QSortKey *group = Q_NEW(arena, SortKey);
        group->reference = i + 1;
        group->equality = cat_type_equality(view, key->type);
        group->order = cat_type_less(view, key->type);
        group->hashable = true;
        sub->group_by.items[sub->group_by.count++] = group;
        add_target(planner, sub, key, i + 1);
        QVar *column = column_of(planner, table, sub->targets.count, key);
        call->args.items[side] = &column->base;
        call->args.items[1 - side] = moved_out(planner, call->args.items[1 - side]);
        plan__list_add(arena, &on, &call->base);
        if (value != NULL) continue;
        QNullTest *found = Q_NEW(arena, NullTest);
        found->type = taken->link->type;
        found->typmod = -1;
        found->arg = query_copy(arena, &column->base);
        found->negated = true;
        value = &found->base;
    }
    add_subquery(planner, sub);
    join(work, &on);
    return value;
}

/* Do the equalities name all columns of a unique key of the only table? */
static bool finds_one_row(Planner *planner, const Link *taken)
{
    const CatRelation *relation = cat_relation(planner->state->options->view,
                                               taken->sub->tables.items[0]->relation);
    for (uint32_t i = 0; relation != NULL && i < relation->index_count; i++) {
        const CatIndex *index = relation->indexes[i];
        bool all = index->unique && plan__may_use(planner, index) && index->immediate &&
                   index->predicate == NULL;
        for (uint32_t k = 0; k < index->key_count && all; k++) {
            bool found = false;
            for (uint32_t e = 0; e < taken->equalities.count; e++) {
                const QExpr *side =
                    taken->equalities.items[e]->args.items[taken->inner_side.items[e]];
                while (side->kind == Q_RELABEL) side = Q_AS(Relabel, side)->arg;
                const QVar *var = Q_IF(Var, side);
                found |= var != NULL && var->column > 0 && var->column == index->keys[k].column;
            }
            all = found;
        }
        if (all) return true;
    }
    return false;
}

static QExpr *join_table(Work *work, const Link *taken)
{
    Planner *planner = work->planner;
    QQuery *sub = taken->sub;
    QExprList on = {0};
    for (uint32_t i = 0; i < taken->rest.count; i++)
        plan__list_add(planner->state->arena, &on, taken->rest.items[i]);
    for (uint32_t i = 0; i < taken->equalities.count; i++)
        plan__list_add(planner->state->arena, &on, &taken->equalities.items[i]->base);
    sub->from->where = plan__combine(planner->state->arena, Q_BOOL_AND, &on);
    plan__shift_tables(sub, planner->query->tables.count);
    on = (QExprList){0};
    plan__list_add(planner->state->arena, &on, moved_out(planner, sub->from->where));
    add_table(planner, sub->tables.items[0]);
    join(work, &on);
    return sub->targets.items[0]->expr;
}

static QExpr *replace_link(Work *work, QSubLink *link)
{
    Planner *planner = work->planner;
    Link taken = {.link = link,
                  .sub = link->query,
                  .equalities = {.arena = planner->state->temporary},
                  .inner_side = {.arena = planner->state->temporary}};
    if (!may_fit(link) || planner->query->tables.count + 2 >= PLAN_TABLES_MAX) return &link->base;
    Planner inside = {.state = planner->state, .query = link->query};
    plan__flatten_joins(&inside);
    if (!take_apart(planner, &taken)) return &link->base;
    if (link->sublink == Q_SUBLINK_SCALAR && !link->query->has_aggregates)
        return finds_one_row(planner, &taken) && (!work->limited || pays(work, &taken))
                   ? join_table(work, &taken)
                   : &link->base;
    return pays(work, &taken) ? join_groups(work, &taken) : &link->base;
}

static void *replace_links(void *arg, void *child)
{
    QNode *node = child;
    task_check();
    if (node->kind == Q_QUERY) return node;
    if (node->kind == Q_SUB_LINK) return replace_link(arg, Q_AS(SubLink, node));
    node_replace(&query_family, node, replace_links, arg);
    return node;
}

/* ---- where they stand ---- */

static double rows_of(Planner *planner, const QJoinItem *item)
{
    task_check_stack();
    double rows = 1;
    if (item->kind == Q_TABLE_REF) {
        const CatRelation *relation = planner->relations[Q_AS(TableRef, item)->table - 1];
        return relation != NULL ? plan__relation_rows(relation) : 1000;
    }
    if (item->kind == Q_JOIN)
        return MAX(rows_of(planner, Q_AS(Join, item)->left),
                   rows_of(planner, Q_AS(Join, item)->right));
    const QFrom *from = Q_AS(From, item);
    for (uint32_t i = 0; i < from->items.count; i++)
        rows = MAX(rows, rows_of(planner, from->items.items[i]));
    QExprList conjuncts = {0};
    if (from->where != NULL)
        plan__split_conjunction(planner->state->temporary, from->where, &conjuncts);
    for (uint32_t i = 0; i < conjuncts.count; i++) {
        const QVar *column = plan__only_column(planner, conjuncts.items[i]);
        if (column != NULL && column->up == 0)
            rows *= plan__selectivity(planner, conjuncts.items[i]);
    }
    return MAX(rows, 1);
}

/* EXISTS and IN that are the whole condition become semi joins (sublink.c). */
static bool is_join_already(const QExpr *expr)
{
    const QBool *not = Q_IF(Bool, expr);
    if (not != NULL && not ->op == Q_BOOL_NOT) expr = not ->args.items[0];
    const QSubLink *link = Q_IF(SubLink, expr);
    return link != NULL && (link->sublink == Q_SUBLINK_EXISTS || link->sublink == Q_SUBLINK_ANY);
}

static void decorrelate_where(Planner *planner, QFrom *from)
{
    Arena *arena = planner->state->arena;
    QExprList conjuncts = {0}, kept = {0}, above = {0};
    if (from->where == NULL || !plan__expr_has((QNode *)from->where, Q_SUB_LINK)) return;
    plan__split_conjunction(planner->state->temporary, from->where, &conjuncts);
    QFrom *below = Q_NEW(arena, From);
    *below = *from;
    for (uint32_t i = 0; i < conjuncts.count; i++) {
        QExpr *expr = conjuncts.items[i];
        const bool waits = plan__expr_has((QNode *)expr, Q_SUB_LINK) && !is_join_already(expr);
        plan__list_add(arena, waits ? &above : &kept, expr);
    }
    below->where = plan__combine(arena, Q_BOOL_AND, &kept);
    Work work = {.planner = planner,
                 .tree = &below->base,
                 .outer_rows = rows_of(planner, &below->base)};
    for (uint32_t i = 0; i < above.count; i++)
        above.items[i] = replace_links(&work, above.items[i]);
    if (!work.changed) return;
    from->items.items = ARENA_ARRAY(arena, QJoinItem *, 1);
    from->items.items[0] = work.tree;
    from->items.count = 1;
    from->where = plan__combine(arena, Q_BOOL_AND, &above);
}

void plan__decorrelate_item(Planner *planner, QJoinItem *item)
{
    task_check_stack();
    if (planner->runs_by_row) return;
    if (item->kind == Q_JOIN) {
        plan__decorrelate_item(planner, Q_AS(Join, item)->left);
        plan__decorrelate_item(planner, Q_AS(Join, item)->right);
    } else if (item->kind == Q_FROM) {
        QFrom *from = Q_AS(From, item);
        for (uint32_t i = 0; i < from->items.count; i++)
            plan__decorrelate_item(planner, from->items.items[i]);
        decorrelate_where(planner, from);
    }
}

/* Targets are asked of each row that is left, and no more than LIMIT wants. */
static void decorrelate_targets(Planner *planner)
{
    QQuery *query = planner->query;
    Arena *arena = planner->state->arena;
    if (query->has_aggregates || query->group_by.count > 0 || query->having != NULL ||
        query->grouping_sets.count > 0)
        return;
    Work work = {.planner = planner,
                 .tree = &query->from->base,
                 .outer_rows = rows_of(planner, &query->from->base)};
    const QConst *limit = Q_IF(Const, query->limit);
    work.limited = query->limit != NULL;
    if (work.limited)
        work.outer_rows = limit != NULL && !limit->value.datum.null
                              ? MIN(work.outer_rows, (double)limit->value.datum.value.i64)
                              : 1;
    for (uint32_t i = 0; i < query->targets.count; i++)
        query->targets.items[i]->expr = replace_links(&work, query->targets.items[i]->expr);
    if (!work.changed) return;
    QFrom *from = Q_NEW(arena, From);
    from->items.items = ARENA_ARRAY(arena, QJoinItem *, 1);
    from->items.items[0] = work.tree;
    from->items.count = 1;
    query->from = from;
}

void plan__decorrelate(Planner *planner)
{
    QQuery *query = planner->query;
    /* A level that itself runs once a row of an outer one asks few rows each time. */
    const bool by_rows = query->command == Q_COMMAND_INSERT || query->command == Q_COMMAND_MERGE;
    planner->runs_by_row = by_rows || query->locks.count > 0 ||
                           (planner->outer != NULL && plan__looks_outward((QNode *)query, 1));
    if (planner->runs_by_row || !query->has_sublinks || query->from == NULL ||
        query->from->items.count == 0 || query->set_operation != NULL)
        return;
    plan__decorrelate_item(planner, &query->from->base);
    decorrelate_targets(planner);
}

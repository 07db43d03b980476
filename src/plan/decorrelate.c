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
 *   (SELECT r.v FROM r WHERE r.k = t.k AND p ORDER BY r.n LIMIT 1)
 *     =>  t LEFT JOIN (SELECT DISTINCT ON (r.k) r.v, r.k FROM r WHERE p ORDER BY r.k, r.n) s ON s.k = t.k,        s.v
 *
 * A row finds one group at most, so the join keeps the number of rows. Where it finds none the sub-query had no rows:
 * its aggregates are NULL and its counts 0. A condition that no NULL passes makes the join an inner one later
 * (join_tree.c).
 *
 * What reads the row otherwise too is joined to the values that it reads first (domain.c), and hangs on the row by
 * equalities then. ANY and ALL are put together out of EXISTS and aggregates (quantified.c).
 *
 * Only what cannot raise moves into the groups, since groups are computed that no row asks for (docs/traps.md F16); f
 * stays where it stood. Few rows beside a fitting index are answered row by row all the same: `pays`. */
#include "plan/decorrelate_internal.h"

#include "base/oids.h"

/* A sub-link may be put together out of so many (quantified.c). */
enum { TABLES_ADDED_MAX = 8 };

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
    if (!plan__is_join(sub, false) || !sub->has_aggregates || sub->order_by.count > 0) return false;
    for (uint32_t i = 0; i < sub->targets.count; i++) {
        const QNode *value = (const QNode *)sub->targets.items[i]->expr;
        if (plan__expr_has(value, Q_SUB_LINK) || has_outer_aggregate(NULL, (void *)value))
            return false;
    }
    return true;
}

/* A plain column of the one table that there is. */
static bool is_one_column(const QQuery *sub)
{
    if (!plan__is_join(sub, false) || sub->has_aggregates || sub->targets.count != 1 ||
        sub->order_by.count > 0 || sub->tables.count != 1)
        return false;
    const QVar *var = Q_IF(Var, sub->targets.items[0]->expr);
    return sub->tables.items[0]->table == Q_RTE_RELATION && sub->tables.items[0]->query == NULL &&
           sub->tables.items[0]->sample == NULL && sub->from->items.items[0]->kind == Q_TABLE_REF &&
           var != NULL && var->up == 0 && var->column > 0;
}

/* ... LIMIT 1, and nothing of the row outside in what is given and sorted by. */
static bool is_first_row(Planner *planner, const QQuery *sub)
{
    const QConst *limit = Q_IF(Const, sub->limit);
    if (limit == NULL || !plan__is_join(sub, true) || sub->has_aggregates || sub->with_ties ||
        sub->distinct.count > 0 || limit->value.datum.value.i64 != 1)
        return false;
    for (uint32_t i = 0; i < sub->targets.count; i++) {
        const QExpr *expr = sub->targets.items[i]->expr;
        if (plan__looks_outward((QNode *)expr, 1) || !expr_is_total(expr, env_of(planner)))
            return false;
    }
    return true;
}

static bool may_fit(Planner *planner, const QQuery *sub, LinkForm form)
{
    switch (form) {
    case LINK_EXISTS: return plan__is_join(sub, true) && !sub->has_aggregates;
    case LINK_GROUP: return is_one_group(sub);
    case LINK_ONLY: return is_one_column(sub);
    case LINK_FIRST: return is_first_row(planner, sub);
    }
    UNREACHABLE();
}

/* Grouping by the key must put together just what the operator calls equal. */
static bool is_key_equality(CatalogView *view, Oid op, Oid type)
{
    enum { EQUAL = 3 };
    const Oid own = cat_type_equality(view, type);
    const CatOperator *operator= cat_operator(view, own);
    return operator!= NULL && operator->hash && plan__strategy_beside(view, op, own) == EQUAL;
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

/* ---- what cannot raise ---- */

typedef struct Hiding {
    Planner *planner;
    bool total;
} Hiding;

static bool is_named(const CatFunction *function, const char *const *names, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (str_equal(function->name, str_from(names[i]))) return true;
    return false;
}

static bool is_exact_number(Oid type)
{
    return type == OID_INT2 || type == OID_INT4 || type == OID_INT8 || type == OID_NUMERIC;
}

/* Values of these types are JSON without being read as such. */
static bool is_plain_for_json(Oid type)
{
    return type < 16384 && type != OID_JSON && type != OID_JSON_ARRAY && type != OID_RECORD &&
           type != OID_RECORD_ARRAY;
}

/* Aggregates that take whatever values there are, short of what no memory or no number of digits holds. Sums of floats
 * and intervals overflow, keys of objects must not be NULL, arrays in arrays must be of one size. */
static bool takes_all(Planner *planner, const QAggregate *aggregate)
{
    static const char *const of_any[] = {"count",      "min",
                                         "max",        "bool_and",
                                         "bool_or",    "every",
                                         "any_value",  "array_agg",
                                         "json_agg",   "string_agg",
                                         "regr_count", "json_agg_strict",
                                         "jsonb_agg",  "jsonb_agg_strict"};
    static const char *const of_numbers[] = {"sum",         "avg",      "stddev",  "stddev_pop",
                                             "stddev_samp", "variance", "var_pop", "var_samp",
                                             "bit_and",     "bit_or",   "bit_xor"};
    const CatFunction *found = cat_function(planner->state->options->view, aggregate->function);
    if (found == NULL || found->oid >= 16384 || aggregate->direct.count > 0) return false;
    if (found->arg_count == 0) return true; /* count(*) */
    if (is_named(found, of_numbers, ARRAY_LEN(of_numbers))) return is_exact_number(found->args[0]);
    if (found->args[0] == OID_ANYARRAY || found->args[0] == OID_RECORD) return false;
    if (str_starts(found->name, STR("jsonb_agg")) &&
        !is_plain_for_json(aggregate->args.items[0]->expr->type))
        return false;
    return is_named(found, of_any, ARRAY_LEN(of_any));
}

static bool visit_aggregate(void *arg, void *child)
{
    Planner *planner = arg;
    task_check_stack();
    const QAggregate *aggregate = Q_IF(Aggregate, (QNode *)child);
    if (aggregate == NULL) return query_walk(child, visit_aggregate, arg);
    if (!takes_all(planner, aggregate)) return true;
    for (uint32_t i = 0; i < aggregate->args.count; i++)
        if (!expr_is_total(aggregate->args.items[i]->expr, env_of(planner))) return true;
    return aggregate->filter != NULL && !expr_is_total(aggregate->filter, env_of(planner));
}

/* Sub-queries that give one value, whatever their rows are, and aggregates are no more than what they are made of. */
static void *hide_link(void *arg, void *child)
{
    Hiding *hiding = arg;
    QSubLink *link = Q_IF(SubLink, (QNode *)child);
    QAggregate *aggregate = Q_IF(Aggregate, (QNode *)child);
    task_check();
    if (aggregate != NULL && takes_all(hiding->planner, aggregate)) {
        hiding->total &= !visit_aggregate(hiding->planner, aggregate);
        return plan__null(hiding->planner->state->temporary, aggregate->type, PHYS_BOOL);
    }
    if (link == NULL) {
        node_replace(&query_family, child, hide_link, arg);
        return child;
    }
    const bool one_value = link->sublink == Q_SUBLINK_EXISTS || link->sublink == Q_SUBLINK_ANY ||
                           link->sublink == Q_SUBLINK_ALL ||
                           (link->sublink == Q_SUBLINK_SCALAR && is_one_group(link->query));
    hiding->total &= one_value && plan__is_total(hiding->planner, (QNode *)link->query) &&
                     (link->test == NULL || plan__is_total(hiding->planner, (QNode *)link->test));
    return plan__null(hiding->planner->state->temporary, link->type, PHYS_BOOL);
}

bool plan__is_total(Planner *planner, const QNode *node)
{
    Hiding hiding = {.planner = planner, .total = true};
    task_check_stack();
    if (!plan__expr_has(node, Q_SUB_LINK) && !plan__expr_has(node, Q_AGGREGATE))
        return expr_is_total((const QExpr *)node, env_of(planner));
    QNode *copy = query_copy(planner->state->temporary, node);
    copy = hide_link(&hiding, copy);
    return hiding.total && expr_is_total((const QExpr *)copy, env_of(planner));
}

bool plan__tables_are_total(Planner *planner, const QQuery *query)
{
    for (uint32_t i = 0; i < query->tables.count; i++) {
        const QTable *table = query->tables.items[i];
        if (table->functions.count > 0 || table->rows.count > 0 || table->json_table) return false;
        if (table->query != NULL && !plan__is_total(planner, (QNode *)table->query)) return false;
    }
    return true;
}

static bool aggregates_can_move(Planner *planner, const QExpr *value)
{
    return !visit_aggregate(planner, (void *)value);
}

/* A group is one for all rows outside: its aggregates have nothing of any of them. */
static bool aggregate_looks_outward(void *arg, void *child)
{
    task_check_stack();
    if (((QNode *)child)->kind == Q_AGGREGATE) return plan__looks_outward(child, 1);
    return query_walk(child, aggregate_looks_outward, arg);
}

static bool is_free(const Link *taken)
{
    for (uint32_t i = 0; i < taken->rest.count; i++)
        if (plan__looks_outward((QNode *)taken->rest.items[i], 1)) return false;
    for (uint32_t i = 0; i < taken->values.count; i++)
        if (aggregate_looks_outward(NULL, taken->values.items[i])) return false;
    return true;
}

/* Sorts the conditions into correlations and others; may what is left be computed for any row? */
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
            if (!plan__is_total(planner, (QNode *)conjuncts.items[i])) return false;
            plan__list_add(arena, &taken->rest, conjuncts.items[i]);
            continue;
        }
        array_push(&taken->equalities, Q_AS(OpCall, conjuncts.items[i]));
        array_push(&taken->inner_side, (uint32_t)side);
    }
    QExpr *where = sub->from->where;
    sub->from->where = NULL;
    const bool may_move = plan__tables_are_total(planner, sub) && plan__from_is_closed(sub) &&
                          !plan__looks_outward((QNode *)sub->from, 1) &&
                          expr_is_total((QExpr *)sub->from, options->env);
    sub->from->where = where;
    for (uint32_t i = 0; taken->form == LINK_GROUP && i < taken->values.count; i++)
        if (!aggregates_can_move(planner, taken->values.items[i])) return false;
    taken->is_free = is_free(taken);
    return may_move && !expr_is_volatile((QExpr *)sub, options->env);
}

/* ---- does it pay? ---- */

static const QExpr *key_of(const Link *taken, uint32_t equality)
{
    const QExpr *key =
        taken->equalities.items[equality]->args.items[taken->inner_side.items[equality]];
    while (key->kind == Q_RELABEL) key = Q_AS(Relabel, key)->arg;
    return key;
}

/* The table whose column the key is; NULL: it is none. */
static const CatRelation *relation_of(Planner *planner, const QQuery *sub, const QExpr *key)
{
    const QVar *var = Q_IF(Var, key);
    if (var == NULL || sub->tables.items[var->table - 1]->table != Q_RTE_RELATION) return NULL;
    return cat_relation(planner->state->options->view, sub->tables.items[var->table - 1]->relation);
}

/* Rows that an equality finds. */
static double hits_of(const Work *work, const Link *taken, uint32_t equality)
{
    Planner *planner = work->planner;
    const QExpr *key = key_of(taken, equality);
    const CatRelation *relation = relation_of(planner, taken->sub, key);
    if (relation == NULL) return 1000;
    Planner *level = plan__new_level(planner->state, planner, taken->sub);
    level->relations = ARENA_ARRAY(planner->state->temporary, const CatRelation *,
                                   taken->sub->tables.count);
    level->relations[Q_AS(Var, key)->table - 1] = relation;
    return plan__relation_rows(relation) / MAX(plan__distinct(level, key, 1e12), 1);
}

static bool is_indexed(Planner *planner, const QQuery *sub, const QExpr *key)
{
    const CatRelation *relation = relation_of(planner, sub, key);
    for (uint32_t i = 0; relation != NULL && i < relation->index_count; i++) {
        const CatIndex *index = relation->indexes[i];
        if (index->method == 403 && plan__may_use(planner, index) && index->predicate == NULL &&
            index->keys[0].column == Q_AS(Var, key)->column)
            return true;
    }
    return false;
}

static bool is_asked_for(const Link *taken, const CatIndex *index, uint32_t key)
{
    for (uint32_t i = 0; i < taken->equalities.count; i++) {
        const QVar *var = Q_IF(Var, key_of(taken, i));
        if (var != NULL && var->column > 0 && var->column == index->keys[key].column) return true;
    }
    return false;
}

/* The column of the only table that its rows are sorted by first; 0: they are not, or by something else. */
static int32_t first_sorted_by(const QQuery *sub)
{
    for (uint32_t i = 0; sub->order_by.count > 0 && i < sub->targets.count; i++) {
        const QVar *var = Q_IF(Var, sub->targets.items[i]->expr);
        if (sub->targets.items[i]->reference == sub->order_by.items[0]->reference)
            return var != NULL ? var->column : 0;
    }
    return 0;
}

/* Is the first row the first that an index finds? */
static bool is_first_of_index(const Work *work, const Link *taken)
{
    const QQuery *sub = taken->sub;
    const CatRelation *relation = sub->tables.count == 1 && taken->equalities.count > 0
                                      ? relation_of(work->planner, sub, key_of(taken, 0))
                                      : NULL;
    for (uint32_t i = 0; relation != NULL && i < relation->index_count; i++) {
        const CatIndex *index = relation->indexes[i];
        uint32_t asked = 0;
        if (index->method != 403 || !plan__may_use(work->planner, index) ||
            index->predicate != NULL)
            continue;
        while (asked < index->key_count && is_asked_for(taken, index, asked)) asked++;
        if (asked > 0 &&
            (sub->order_by.count == 0 ||
             (asked < index->key_count && index->keys[asked].column == first_sorted_by(sub))))
            return true;
    }
    return false;
}

/* What a join of the domain costs: the domain itself, and the pairs that meet by the equalities. */
static double cost_by_domain(const Work *work, const Link *taken, double all, double combinations)
{
    const double pair_cost = 0.012;
    double pairs = all;
    for (uint32_t i = 0; i < taken->equalities.count; i++)
        pairs = MIN(pairs, hits_of(work, taken, i));
    return all * 0.01 + work->outer_rows * 0.02 + combinations * MAX(pairs, 1) * pair_cost;
}

/* Row by row against all at once. Both are guesses: what counts is the number of rows that ask. */
static bool pays(const Work *work, const Link *taken)
{
    CatalogView *view = work->planner->state->options->view;
    double all = 0;
    uint32_t tables = 0;
    for (uint32_t i = 0; i < taken->sub->tables.count; i++) {
        const QTable *table = taken->sub->tables.items[i];
        const CatRelation *relation = table->table == Q_RTE_RELATION
                                          ? cat_relation(view, table->relation)
                                          : NULL;
        if (table->table == Q_RTE_JOIN) continue;
        all += relation != NULL ? plan__relation_rows(relation) : 1000;
        tables++;
    }
    double one_call = 1 + all * (tables > 1 ? 0.015 : 0.004);
    for (uint32_t i = 0; i < taken->equalities.count; i++)
        if (is_indexed(work->planner, taken->sub, key_of(taken, i)))
            one_call = MIN(one_call, 1 + hits_of(work, taken, i) * 0.2);
    if (taken->form == LINK_FIRST && is_first_of_index(work, taken)) one_call = 1;
    const double sort = taken->form == LINK_FIRST ? plan__sort_cost(all) : 0;
    if (taken->is_free) return all * 0.01 + sort < work->outer_rows * one_call;
    const double combinations = plan__group_count(work->planner, &taken->reads, work->outer_rows);
    return cost_by_domain(work, taken, all, combinations) + sort < combinations * one_call;
}

/* ---- moving ---- */

QVar *plan__column_of(Planner *planner, uint32_t table, uint32_t column, const QExpr *like)
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

void plan__add_target(Planner *planner, QQuery *sub, QExpr *expr, uint32_t reference)
{
    Arena *arena = planner->state->arena;
    QTarget *target = Q_NEW(arena, Target);
    QTarget **items = ARENA_ARRAY(arena, QTarget *, sub->targets.count + 1);
    if (sub->targets.count > 0)
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
    if (at == values->sub->targets.count) plan__add_target(values->planner, values->sub, child, 0);
    QExpr *column = &plan__column_of(values->planner, values->table, at + 1, child)->base;
    return is_count(values->planner, aggregate->function) ? or_zero(values->planner, column)
                                                          : column;
}

void plan__append_table(Planner *planner, QQuery *query, QTable *table)
{
    QTableList *tables = &query->tables;
    QTable **items = ARENA_ARRAY(planner->state->arena, QTable *, tables->count + 1);
    if (tables->count > 0) memcpy(items, tables->items, tables->count * sizeof *items);
    items[tables->count++] = table;
    tables->items = items;
    if (query == planner->query) plan__register_tables(planner, tables->count - 1);
}

QTable *plan__subquery_table(Planner *planner, QQuery *sub, Str name)
{
    Arena *arena = planner->state->arena;
    QTable *table = Q_NEW(arena, Table);
    const uint32_t count = sub->targets.count;
    table->table = Q_RTE_SUBQUERY;
    table->query = sub;
    table->name = name;
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
    return table;
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

QSortKey *plan__key_by(Planner *planner, const QExpr *expr, uint32_t reference)
{
    CatalogView *view = planner->state->options->view;
    QSortKey *key = Q_NEW(planner->state->arena, SortKey);
    key->reference = reference;
    key->equality = cat_type_equality(view, expr->type);
    key->order = cat_type_less(view, expr->type);
    key->hashable = true;
    return key;
}

static void add_key(Planner *planner, QSortKeyList *keys, QSortKey *key)
{
    QSortKey **items = ARENA_ARRAY(planner->state->arena, QSortKey *, keys->count + 1);
    if (keys->count > 0) memcpy(items, keys->items, keys->count * sizeof *items);
    items[keys->count++] = key;
    keys->items = items;
}

/* The keys as targets of the sub-query, which is to be the given table; what the join asks goes to `on`. */
static QSortKeyList add_keys(Planner *planner, const Link *taken, uint32_t table, QExprList *on)
{
    Arena *arena = planner->state->arena;
    QSortKeyList keys = {0};
    uint32_t reference = 0;
    for (uint32_t i = 0; i < taken->sub->targets.count; i++)
        reference = MAX(reference, taken->sub->targets.items[i]->reference);
    for (uint32_t i = 0; i < taken->equalities.count; i++) {
        QOpCall *call = query_copy(arena, taken->equalities.items[i]);
        const uint32_t side = taken->inner_side.items[i];
        QExpr *key = call->args.items[side];
        add_key(planner, &keys, plan__key_by(planner, key, ++reference));
        plan__add_target(planner, taken->sub, key, reference);
        call->args.items[side] =
            &plan__column_of(planner, table, taken->sub->targets.count, key)->base;
        call->args.items[1 - side] = moved_out(planner, call->args.items[1 - side]);
        plan__list_add(arena, on, &call->base);
    }
    return keys;
}

static QExpr *found_any(Planner *planner, const QExprList *on, uint32_t side)
{
    QNullTest *found = Q_NEW(planner->state->arena, NullTest);
    found->type = 16;
    found->typmod = -1;
    found->arg = query_copy(planner->state->arena, Q_AS(OpCall, on->items[0])->args.items[side]);
    found->negated = true;
    return &found->base;
}

/* The sub-query grouped by its keys. */
static void join_groups(Work *work, Link *taken)
{
    Planner *planner = work->planner;
    QQuery *sub = taken->sub;
    const uint32_t table = planner->query->tables.count + 1;
    QExprList on = {0};
    Values values = {.planner = planner, .sub = sub, .table = table};
    sub->targets.count = 0;
    sub->distinct.count = sub->order_by.count = 0;
    sub->limit = NULL;
    for (uint32_t i = 0; i < taken->equalities.count; i++) /* a group of NULLs would meet nobody */
        plan__reduce_query(planner, sub, &taken->equalities.items[i]->base);
    for (uint32_t i = 0; i < taken->values.count; i++)
        taken->values.items[i] = put_column(&values, moved_out(planner, taken->values.items[i]));
    sub->group_by = add_keys(planner, taken, table, &on);
    if (taken->form == LINK_EXISTS)
        plan__list_add(planner->state->arena, &taken->values,
                       found_any(planner, &on, taken->inner_side.items[0]));
    plan__append_table(planner, planner->query,
                       plan__subquery_table(planner, sub, STR("unnested")));
    join(work, &on);
}

/* The first row of each key: SELECT DISTINCT ON (keys) ... ORDER BY keys, what it was sorted by. */
static void join_first(Work *work, Link *taken)
{
    Planner *planner = work->planner;
    QQuery *sub = taken->sub;
    const uint32_t table = planner->query->tables.count + 1, count = sub->targets.count;
    QExprList on = {0};
    for (uint32_t i = 0; i < count; i++) sub->targets.items[i]->junk = false;
    sub->distinct = add_keys(planner, taken, table, &on);
    sub->distinct_on = true;
    sub->limit = NULL;
    QSortKeyList order = sub->distinct;
    for (uint32_t i = 0; i < sub->order_by.count; i++)
        add_key(planner, &order, sub->order_by.items[i]);
    sub->order_by = order;
    for (uint32_t i = 0, at = 0; i < count && at < taken->values.count; i++) {
        const QExpr *value = taken->values.items[at];
        if (sub->targets.items[i]->expr == value)
            taken->values.items[at++] = &plan__column_of(planner, table, i + 1, value)->base;
    }
    plan__append_table(planner, planner->query,
                       plan__subquery_table(planner, sub, STR("unnested")));
    join(work, &on);
}

/* As is_asked_for, by what the column's own type calls equal: a cast may take more values for one. */
static bool is_asked_as_it_is(Planner *planner, const Link *taken, int16_t column)
{
    for (uint32_t i = 0; i < taken->equalities.count; i++) {
        const QVar *var = Q_IF(Var, key_of(taken, i));
        if (var != NULL && var->column > 0 && var->column == column &&
            is_key_equality(planner->state->options->view, taken->equalities.items[i]->op,
                            var->type))
            return true;
    }
    return false;
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
        for (uint32_t k = 0; k < index->key_count && all; k++)
            all = is_asked_as_it_is(planner, taken, index->keys[k].column);
        if (all) return true;
    }
    return false;
}

static void join_table(Work *work, Link *taken)
{
    Planner *planner = work->planner;
    QQuery *sub = taken->sub;
    QExprList on = {0};
    for (uint32_t i = 0; i < taken->equalities.count; i++)
        plan__list_add(planner->state->arena, &taken->rest, &taken->equalities.items[i]->base);
    sub->from->where = plan__combine(planner->state->arena, Q_BOOL_AND, &taken->rest);
    plan__shift_tables(sub, planner->query->tables.count);
    plan__list_add(planner->state->arena, &on, moved_out(planner, sub->from->where));
    taken->values.items[0] = sub->targets.items[0]->expr;
    plan__append_table(planner, planner->query, sub->tables.items[0]);
    join(work, &on);
}

bool plan__take_query(const Work *work, QQuery *sub, LinkForm form, Link *taken)
{
    Planner *planner = work->planner;
    *taken = (Link){.form = form,
                    .sub = sub,
                    .equalities = {.arena = planner->state->temporary},
                    .inner_side = {.arena = planner->state->temporary}};
    const PlanOptions *options = planner->state->options;
    if (sub->limit != NULL)
        sub->limit = expr_fold(planner->state->arena, sub->limit, options->env, options->params,
                               options->param_count);
    if (!may_fit(planner, sub, form) ||
        planner->query->tables.count + TABLES_ADDED_MAX >= PLAN_TABLES_MAX)
        return false;
    Planner inside = {.state = planner->state, .query = sub};
    plan__flatten_joins(&inside);
    for (uint32_t i = 0; form != LINK_EXISTS && i < sub->targets.count; i++)
        if (!sub->targets.items[i]->junk)
            plan__list_add(planner->state->arena, &taken->values, sub->targets.items[i]->expr);
    if (!take_apart(planner, taken)) return false;
    if (form == LINK_ONLY)
        return taken->is_free && taken->equalities.count > 0 && finds_one_row(planner, taken) &&
               (!work->limited || pays(work, taken));
    if (taken->is_free && taken->equalities.count == 0) return false;
    return (taken->is_free || plan__find_domain(work, taken)) && pays(work, taken);
}

bool plan__take_link(const Work *work, QSubLink *link, Link *taken)
{
    if (link->sublink == Q_SUBLINK_EXISTS)
        return plan__take_query(work, link->query, LINK_EXISTS, taken);
    if (link->sublink != Q_SUBLINK_SCALAR) return false;
    const LinkForm form = link->query->has_aggregates  ? LINK_GROUP
                          : link->query->limit != NULL ? LINK_FIRST
                                                       : LINK_ONLY;
    return plan__take_query(work, link->query, form, taken);
}

QExpr *plan__join_link(Work *work, Link *taken)
{
    if (!taken->is_free) plan__to_domain(work, taken);
    if (taken->form == LINK_ONLY) {
        join_table(work, taken);
    } else {
        taken->sub->from->where = plan__combine(work->planner->state->arena, Q_BOOL_AND,
                                                &taken->rest);
        if (taken->form == LINK_FIRST)
            join_first(work, taken);
        else
            join_groups(work, taken);
    }
    return taken->values.items[0];
}

static QExpr *replace_link(Work *work, QSubLink *link, Unknown unknown)
{
    Link taken;
    if (link->sublink == Q_SUBLINK_ANY || link->sublink == Q_SUBLINK_ALL)
        return plan__quantified(work, link, unknown);
    return plan__take_link(work, link, &taken) ? plan__join_link(work, &taken) : &link->base;
}

/* ---- sub-links found, and what becomes of their NULLs ---- */

typedef struct Walk {
    Work *work;
    Unknown unknown;
} Walk;

static QExpr *replace_links(Work *work, QExpr *expr, Unknown unknown);

static void *replace_child(void *arg, void *child)
{
    const Walk *walk = arg;
    if (((QNode *)child)->kind != Q_WHEN) return replace_links(walk->work, child, walk->unknown);
    QWhen *when = child;
    when->condition = replace_links(walk->work, when->condition, UNKNOWN_IS_FALSE);
    when->result = replace_links(walk->work, when->result, walk->unknown);
    return when;
}

Unknown plan__unknown_below_not(Unknown unknown)
{
    if (unknown == UNKNOWN_COUNTS) return unknown;
    return unknown == UNKNOWN_IS_TRUE ? UNKNOWN_IS_FALSE : UNKNOWN_IS_TRUE;
}

/* What becomes of the arguments' NULLs, when that becomes of the expression's. */
static Unknown unknown_below(const QExpr *expr, Unknown unknown)
{
    const QBool *logic = Q_IF(Bool, expr);
    const QTruth *truth = Q_IF(Truth, expr);
    const QCase *choice = Q_IF(Case, expr);
    if (logic != NULL && logic->op != Q_BOOL_NOT) return unknown;
    if (logic != NULL) return plan__unknown_below_not(unknown);
    if (truth != NULL && (truth->test == Q_TRUTH_TRUE || truth->test == Q_TRUTH_NOT_TRUE))
        return UNKNOWN_IS_FALSE;
    if (truth != NULL && (truth->test == Q_TRUTH_FALSE || truth->test == Q_TRUTH_NOT_FALSE))
        return UNKNOWN_IS_TRUE;
    return choice != NULL && choice->arg == NULL ? unknown : UNKNOWN_COUNTS;
}

static QExpr *replace_links(Work *work, QExpr *expr, Unknown unknown)
{
    task_check();
    if (((QNode *)expr)->kind == Q_QUERY) return expr;
    if (expr->kind == Q_SUB_LINK) return replace_link(work, Q_AS(SubLink, expr), unknown);
    Walk walk = {work, unknown_below(expr, unknown)};
    node_replace(&query_family, expr, replace_child, &walk);
    return expr;
}

/* ---- where they stand ---- */

double plan__rows_of(Planner *planner, const QJoinItem *item)
{
    task_check_stack();
    double rows = 1;
    if (item->kind == Q_TABLE_REF) {
        const CatRelation *relation = planner->relations[Q_AS(TableRef, item)->table - 1];
        if (relation == NULL && planner->group_rows > 0) return planner->group_rows;
        return relation != NULL ? plan__relation_rows(relation) : 1000;
    }
    if (item->kind == Q_JOIN)
        return MAX(plan__rows_of(planner, Q_AS(Join, item)->left),
                   plan__rows_of(planner, Q_AS(Join, item)->right));
    const QFrom *from = Q_AS(From, item);
    for (uint32_t i = 0; i < from->items.count; i++)
        rows = MAX(rows, plan__rows_of(planner, from->items.items[i]));
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
        const bool waits = plan__expr_has((QNode *)expr, Q_SUB_LINK) &&
                           !plan__becomes_join(planner, expr);
        plan__list_add(arena, waits ? &above : &kept, expr);
    }
    below->where = plan__combine(arena, Q_BOOL_AND, &kept);
    Work work = {.planner = planner,
                 .base = below,
                 .tree = &below->base,
                 .outer_rows = plan__rows_of(planner, &below->base)};
    for (uint32_t i = 0; i < above.count; i++)
        above.items[i] = replace_links(&work, above.items[i], UNKNOWN_IS_FALSE);
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

/* Of groups, what aggregates are over is asked of each row. */
static void *replace_in_aggregates(void *arg, void *child)
{
    Work *work = arg;
    QAggregate *aggregate = Q_IF(Aggregate, (QNode *)child);
    task_check();
    if (((QNode *)child)->kind == Q_QUERY) return child;
    if (aggregate == NULL) {
        node_replace(&query_family, child, replace_in_aggregates, arg);
        return child;
    }
    for (uint32_t i = 0; aggregate->up == 0 && i < aggregate->args.count; i++)
        aggregate->args.items[i]->expr = replace_links(work, aggregate->args.items[i]->expr,
                                                       UNKNOWN_COUNTS);
    if (aggregate->up == 0 && aggregate->filter != NULL)
        aggregate->filter = replace_links(work, aggregate->filter, UNKNOWN_IS_FALSE);
    return child;
}

double plan__limited_rows(const QQuery *query, double rows)
{
    const QConst *limit = Q_IF(Const, query->limit);
    if (query->limit == NULL) return rows;
    return limit != NULL && !limit->value.datum.null
               ? MIN(rows, (double)limit->value.datum.value.i64)
               : 1;
}

/* Targets are asked of each row that is left. */
static void decorrelate_targets(Planner *planner)
{
    QQuery *query = planner->query;
    Arena *arena = planner->state->arena;
    const bool grouped = query->has_aggregates || query->group_by.count > 0 ||
                         query->having != NULL || query->grouping_sets.count > 0;
    Work work = {.planner = planner,
                 .base = query->from,
                 .tree = &query->from->base,
                 .outer_rows = plan__rows_of(planner, &query->from->base)};
    if (!grouped) {
        work.limited = query->limit != NULL;
        work.outer_rows = plan__limited_rows(query, work.outer_rows);
    }
    for (uint32_t i = 0; i < query->targets.count; i++) {
        QTarget *target = query->targets.items[i];
        target->expr = grouped ? replace_in_aggregates(&work, target->expr)
                               : replace_links(&work, target->expr, UNKNOWN_COUNTS);
    }
    if (query->having != NULL) query->having = replace_in_aggregates(&work, query->having);
    if (!work.changed) return;
    QFrom *from = Q_NEW(arena, From);
    from->items.items = ARENA_ARRAY(arena, QJoinItem *, 1);
    from->items.items[0] = work.tree;
    from->items.count = 1;
    query->from = from;
}

/* A level that itself runs once a row of an outer one asks few rows each time. */
bool plan__runs_by_row(const Planner *planner)
{
    const QQuery *query = planner->query;
    return query->command == Q_COMMAND_INSERT || query->command == Q_COMMAND_MERGE ||
           query->locks.count > 0 ||
           (planner->outer != NULL && plan__looks_outward((QNode *)query, 1));
}

void plan__decorrelate(Planner *planner)
{
    QQuery *query = planner->query;
    planner->runs_by_row = plan__runs_by_row(planner);
    if (!planner->runs_by_row) plan__join_laterals(planner);
    if (planner->runs_by_row || !query->has_sublinks || query->from == NULL ||
        query->from->items.count == 0 || query->set_operation != NULL)
        return;
    plan__decorrelate_item(planner, &query->from->base);
    decorrelate_targets(planner);
}

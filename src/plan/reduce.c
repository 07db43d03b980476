/* SPDX-License-Identifier: Apache-2.0 */
/* reduce.c - outer joins inside of a sub-query in FROM, which a condition outside makes less: LEFT to INNER, FULL to
 * LEFT or INNER. The sub-query could not dissolve since an outer join may put NULLs in place of its rows, or since it
 * stands in an EXISTS; but it only joins and filters, so that a row that the condition refuses may as well not come.
 *
 * The condition is looked at as one over the sub-query's own tables, whose numbers are raised above those of the query
 * around it (`offset`). Tables of an EXISTS have numbers far above all of these. */
#include "plan/plan_internal.h"

enum { INSIDE_OFFSET = 1 << 24 };

typedef struct Reduction {
    Planner *planner;
    const QQuery *query; /* the sub-query */
    const QExpr *condition;
    uint32_t offset;
    bool changed;
} Reduction;

static void reduce_table(Planner *planner, const QTable *entry, uint32_t number, uint32_t offset,
                         const QExpr *condition);

/* Does it refuse every row in which all columns of that side are NULL? */
static bool refuses_nulls(const Reduction *r, const QJoinItem *item)
{
    task_check_stack();
    if (item->kind == Q_JOIN)
        return refuses_nulls(r, Q_AS(Join, item)->left) ||
               refuses_nulls(r, Q_AS(Join, item)->right);
    if (item->kind == Q_FROM) {
        const QFrom *from = Q_AS(From, item);
        for (uint32_t i = 0; i < from->items.count; i++)
            if (refuses_nulls(r, from->items.items[i])) return true;
        return false;
    }
    return item->kind == Q_TABLE_REF &&
           expr_is_strict_on(r->condition, r->offset + Q_AS(TableRef, item)->table,
                             r->planner->state->options->env);
}

static void reduce_join(Reduction *r, QJoin *join)
{
    const QJoinKind before = join->join;
    const bool keeps_left = join->join == Q_JOIN_LEFT || join->join == Q_JOIN_FULL;
    const bool keeps_right = join->join == Q_JOIN_RIGHT || join->join == Q_JOIN_FULL;
    const bool left = keeps_left && !refuses_nulls(r, join->right);
    const bool right = keeps_right && !refuses_nulls(r, join->left);
    if (join->join == Q_JOIN_SEMI || join->join == Q_JOIN_ANTI) return;
    join->join = left && right ? Q_JOIN_FULL
                 : left        ? Q_JOIN_LEFT
                 : right       ? Q_JOIN_RIGHT
                               : Q_JOIN_INNER;
    r->changed |= join->join != before;
}

static void reduce_item(Reduction *r, QJoinItem *item)
{
    task_check_stack();
    if (item->kind == Q_FROM) {
        const QFrom *from = Q_AS(From, item);
        for (uint32_t i = 0; i < from->items.count; i++) reduce_item(r, from->items.items[i]);
        return;
    }
    if (item->kind == Q_TABLE_REF) {
        const uint32_t number = Q_AS(TableRef, item)->table;
        reduce_table(r->planner, r->query->tables.items[number - 1], r->offset + number,
                     r->offset + r->query->tables.count, r->condition);
        return;
    }
    QJoin *join = Q_IF(Join, item);
    if (join == NULL) return;
    reduce_join(r, join);
    if (join->join == Q_JOIN_INNER || join->join == Q_JOIN_LEFT) reduce_item(r, join->left);
    if (join->join == Q_JOIN_INNER || join->join == Q_JOIN_RIGHT) reduce_item(r, join->right);
}

static bool has_outer_join(const QQuery *query, const QJoinItem *item)
{
    task_check_stack();
    if (item->kind == Q_FROM) {
        const QFrom *from = Q_AS(From, item);
        for (uint32_t i = 0; i < from->items.count; i++)
            if (has_outer_join(query, from->items.items[i])) return true;
        return false;
    }
    if (item->kind == Q_TABLE_REF) {
        const QQuery *sub = query->tables.items[Q_AS(TableRef, item)->table - 1]->query;
        return sub != NULL && sub->from != NULL && has_outer_join(sub, &sub->from->base);
    }
    const QJoin *join = Q_IF(Join, item);
    return join != NULL && (join->join != Q_JOIN_INNER || has_outer_join(query, join->left) ||
                            has_outer_join(query, join->right));
}

typedef struct WholeRow {
    uint32_t table;
} WholeRow;

static bool is_whole_row(void *arg, void *child)
{
    task_check_stack();
    const QVar *var = Q_IF(Var, (QNode *)child);
    if (var != NULL) return var->table == ((const WholeRow *)arg)->table && var->column <= 0;
    return query_walk(child, is_whole_row, arg);
}

static bool reads_whole_row(const QExpr *condition, uint32_t table)
{
    WholeRow wanted = {table};
    return is_whole_row(&wanted, (void *)condition);
}

/* `number`: of the table in the condition. */
static void reduce_table(Planner *planner, const QTable *entry, uint32_t number, uint32_t offset,
                         const QExpr *condition)
{
    QQuery *query = entry->query;
    Arena *arena = planner->state->temporary;
    if (entry->table != Q_RTE_SUBQUERY || query == NULL || entry->barrier ||
        !plan__is_simple(planner, query) || !has_outer_join(query, &query->from->base) ||
        reads_whole_row(condition, number))
        return;
    Planner inside = {.state = planner->state, .query = query};
    plan__write_out(planner->state, query);
    plan__flatten_joins(&inside);
    QQuery *columns = Q_NEW(arena, Query), *holder = Q_NEW(arena, Query);
    columns->targets.items = ARENA_ARRAY(arena, QTarget *, query->targets.count);
    for (uint32_t i = 0; i < query->targets.count; i++)
        columns->targets.items[columns->targets.count++] = query_copy(arena,
                                                                      query->targets.items[i]);
    plan__shift_tables(columns, offset);
    holder->having = query_copy(arena, condition);
    plan__substitute(arena, holder, number, &columns->targets);
    Reduction r = {planner, query, holder->having, offset, false};
    reduce_item(&r, &query->from->base);
}

void plan__reduce_inside(Planner *planner, uint32_t table, const Condition *condition)
{
    const QTableList *tables = &planner->query->tables;
    reduce_table(planner, tables->items[table - 1], table, tables->count, condition->expr);
}

void plan__reduce_query(Planner *planner, QQuery *query, const QExpr *condition)
{
    Reduction r = {planner, query, condition, 0, false};
    reduce_item(&r, &query->from->base);
}

/* ---- by the query's own conditions ---- */

/* What an EXISTS asks of the rows outside and of its own, as conditions of a join of both. */
static QExpr *asked_within(Planner *planner, const QQuery *sub)
{
    Arena *arena = planner->state->temporary;
    QQuery *holder = Q_NEW(arena, Query);
    if (sub->from->where == NULL) return NULL;
    holder->having = query_copy(arena, sub->from->where);
    plan__shift_tables(holder, INSIDE_OFFSET);
    plan__raise_levels_from(holder, -1, 1);
    return holder->having;
}

/* A sub-link that becomes a semi join lets no row pass of which the join's conditions are NULL. */
static void add_conjunct(Planner *planner, QExpr *conjunct, QExprList *list)
{
    Arena *arena = planner->state->temporary;
    const QSubLink *link = Q_IF(SubLink, conjunct);
    if (expr_is_volatile(conjunct, planner->state->options->env)) return;
    if (link == NULL) {
        plan__list_add(arena, list, conjunct);
    } else if (link->sublink == Q_SUBLINK_ANY && link->test != NULL) {
        plan__list_add(arena, list, link->test);
    } else if (link->sublink == Q_SUBLINK_EXISTS && plan__becomes_join(planner, conjunct)) {
        QExpr *asked = asked_within(planner, link->query);
        if (asked != NULL) plan__split_conjunction(arena, asked, list);
    }
}

/* What a WHERE or ON asks that may make outer joins less. Where rows are locked, PostgreSQL's answer counts: beside
 * FALSE or NULL the rest decides nothing. */
static QExprList conjuncts_of(Planner *planner, const QExpr *where)
{
    const PlanOptions *options = planner->state->options;
    Arena *arena = planner->state->temporary;
    QExprList written = {0}, list = {0};
    if (where == NULL) return list;
    QExpr *copy = query_copy(arena, where);
    if (planner->query->locks.count > 0)
        copy = plan__simplify(planner, arena, copy, options->params, options->param_count);
    plan__split_conjunction(arena, copy, &written);
    for (uint32_t i = 0; i < written.count; i++)
        if (written.items[i]->kind == Q_CONST) return list;
    for (uint32_t i = 0; i < written.count; i++) add_conjunct(planner, written.items[i], &list);
    return list;
}

static void reduce_by(Reduction *r, const QExprList *conditions, QJoinItem *item)
{
    for (uint32_t i = 0; i < conditions->count; i++) {
        r->condition = conditions->items[i];
        if (r->condition->kind != Q_CONST) reduce_item(r, item);
    }
}

static void reduce_tree(Reduction *r, QJoinItem *item)
{
    task_check_stack();
    if (item->kind == Q_FROM) {
        const QFrom *from = Q_AS(From, item);
        const QExprList where = conjuncts_of(r->planner, from->where);
        for (uint32_t i = 0; i < from->items.count; i++) reduce_by(r, &where, from->items.items[i]);
        for (uint32_t i = 0; i < from->items.count; i++) reduce_tree(r, from->items.items[i]);
    }
    QJoin *join = Q_IF(Join, item);
    if (join == NULL) return;
    const QExprList on = conjuncts_of(r->planner, join->on);
    if (join->join == Q_JOIN_INNER || join->join == Q_JOIN_LEFT) reduce_by(r, &on, join->right);
    if (join->join == Q_JOIN_INNER || join->join == Q_JOIN_RIGHT) reduce_by(r, &on, join->left);
    reduce_tree(r, join->left);
    reduce_tree(r, join->right);
}

bool plan__reduce_joins(Planner *planner)
{
    Reduction r = {planner, planner->query, NULL, 0, false};
    plan__flatten_joins(planner);
    reduce_tree(&r, &planner->query->from->base);
    return r.changed;
}

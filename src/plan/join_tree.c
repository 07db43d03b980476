/* SPDX-License-Identifier: Apache-2.0 */
/* join_tree.c - FROM and WHERE as a tree of joins. Inner joins, however they were written, become groups whose members
 * may be joined in any order; outer joins stand between groups. Conditions sink to the lowest place that may decide
 * them: below an outer join only on the side that it keeps. An outer join under a condition that no null-extended row
 * passes is an inner join. */
#include "plan/plan_internal.h"

#include "base/oids.h"
#include "type/type.h"

void plan__conditions_add(ConditionList *list, Condition *condition)
{
    ASSERT(list->arena != NULL);
    array_push(list, condition);
}

/* ---- conditions ---- */

/* Of some types (bit, money) PostgreSQL has an order alone, and sorts to join; here all that have an order have a
 * hash. */
static bool is_joinable(Planner *planner, const CatOperator *op)
{
    if (op == NULL || op->hash) return op != NULL;
    const PlanOptions *options = planner->state->options;
    return op->merge && op->left == op->right &&
           cat_type_equality(options->view, op->left) == op->oid &&
           type_get(options->env, op->left)->hash != NULL;
}

bool plan__hash_is_sure(const QExpr *expr)
{
    for (const QRelabel *relabel; (relabel = Q_IF(Relabel, expr)) != NULL;) expr = relabel->arg;
    return expr->type != OID_RECORD && expr->type != OID_RECORD_ARRAY;
}

static void find_equality(Planner *planner, Condition *condition)
{
    const QOpCall *call = Q_IF(OpCall, condition->expr);
    if (call == NULL || call->args.count != 2) return;
    const CatOperator *op = cat_operator(planner->state->options->view, call->op);
    if (!is_joinable(planner, op) || !plan__hash_is_sure(call->args.items[0]) ||
        !plan__hash_is_sure(call->args.items[1]))
        return;
    TableSet left = plan__tables_of(call->args.items[0]);
    TableSet right = plan__tables_of(call->args.items[1]);
    if (set_is_empty(left) || set_is_empty(right) || set_overlaps(left, right)) return;
    condition->left = call->args.items[0];
    condition->right = call->args.items[1];
    condition->left_tables = left;
    condition->right_tables = right;
    condition->equality = call->op;
    condition->collation = call->input_collation;
}

Condition *plan__condition(Planner *planner, QExpr *expr)
{
    Condition *condition = ARENA_NEW(planner->state->temporary, Condition);
    condition->expr = expr;
    condition->tables = plan__tables_of(expr);
    condition->is_volatile = expr_is_volatile(expr, planner->state->options->env);
    condition->selectivity = plan__selectivity(planner, expr);
    condition->column = plan__only_column(planner, expr);
    find_equality(planner, condition);
    return condition;
}

/* ---- nodes ---- */

static JoinNode *new_node(Planner *planner, JoinNodeKind kind)
{
    JoinNode *node = ARENA_NEW(planner->state->temporary, JoinNode);
    node->kind = kind;
    node->conditions.arena = planner->state->temporary;
    return node;
}

/* Takes the conditions that read tables beside the node out of it: it was a LATERAL sub-query, or that of an EXISTS.
 * Those of a join stand above it already (plan__rise), or are its own. */
ConditionList plan__lift_conditions(Planner *planner, JoinNode *node)
{
    ConditionList lifted = {.arena = planner->state->temporary};
    uint32_t kept = 0;
    if (node->kind == JOIN_NODE_JOIN) return lifted;
    for (uint32_t i = 0; i < node->conditions.count; i++) {
        Condition *condition = node->conditions.items[i];
        if (set_within(condition->tables, node->tables))
            node->conditions.items[kept++] = condition;
        else
            plan__conditions_add(&lifted, condition);
    }
    node->conditions.count = kept;
    return lifted;
}

static void group_add(Planner *planner, JoinNode *group, JoinNode *item)
{
    group->tables = set_union(group->tables, item->tables);
    if (item->kind == JOIN_NODE_GROUP) {
        for (uint32_t i = 0; i < item->item_count; i++) group_add(planner, group, item->items[i]);
        for (uint32_t i = 0; i < item->conditions.count; i++)
            plan__push_condition(planner, group, item->conditions.items[i]);
        return;
    }
    const ConditionList lifted = plan__lift_conditions(planner, item);
    JoinNode **items = ARENA_ARRAY(planner->state->temporary, JoinNode *, group->item_count + 1);
    if (group->item_count > 0) memcpy(items, group->items, group->item_count * sizeof(JoinNode *));
    items[group->item_count++] = item;
    group->items = items;
    for (uint32_t i = 0; i < lifted.count; i++)
        plan__push_condition(planner, group, lifted.items[i]);
}

/* Beside FALSE or NULL the other conditions decide nothing, and make no outer join an inner one, whose rows could be
 * locked. */
static void keep_false(QExprList *conditions)
{
    for (uint32_t i = 0; i < conditions->count; i++) {
        const QConst *constant = Q_IF(Const, conditions->items[i]);
        if (constant == NULL || (!constant->value.datum.null && constant->value.datum.value.b))
            continue;
        conditions->items[0] = conditions->items[i];
        conditions->count = 1;
    }
}

static JoinNode *node_of(Planner *planner, QJoinItem *item);
/* The conjuncts of a WHERE or ON, ready; sub-links among them may become joins on top of the tree. */
static JoinNode *take_conditions(Planner *planner, JoinNode *tree, QExpr *where, bool may_unnest)
{
    if (where == NULL) return tree;
    Arena *temporary = planner->state->temporary;
    QExprList written = {0}, conjuncts = {0};
    plan__split_conjunction(temporary, where, &written);
    for (uint32_t i = 0; i < written.count; i++)
        plan__open_guard(planner, written.items[i], &conjuncts);
    if (may_unnest) tree = plan__unnest(planner, tree, &conjuncts);
    QExprList ready = {0}, split = {0};
    for (uint32_t i = 0; i < conjuncts.count; i++)
        plan__split_conjunction(temporary, plan__prepare_expr(planner, conjuncts.items[i]), &ready);
    for (uint32_t i = 0; i < ready.count; i++)
        plan__split_disjunction(planner, ready.items[i], &split);
    if (planner->query->locks.count) keep_false(&split);
    for (uint32_t i = 0; i < split.count; i++) {
        Condition *condition = plan__condition(planner, split.items[i]);
        plan__restrict_tables(planner, tree, condition);
        plan__push_condition(planner, tree, condition);
    }
    return tree;
}

JoinNode *plan__node_of_from(Planner *planner, QFrom *from)
{
    JoinNode *group = new_node(planner, JOIN_NODE_GROUP);
    for (uint32_t i = 0; i < from->items.count; i++)
        group_add(planner, group, node_of(planner, from->items.items[i]));
    JoinNode *tree = group->item_count == 1 && group->conditions.count == 0 ? group->items[0]
                                                                            : group;
    return take_conditions(planner, tree, from->where, true);
}

void plan__rise(Planner *planner, JoinNode *node)
{
    const ConditionList lifted = plan__lift_conditions(planner, node->left);
    for (uint32_t i = 0; i < lifted.count; i++)
        plan__push_condition(planner, node, lifted.items[i]);
}

static JoinNode *node_of_join(Planner *planner, QJoin *join)
{
    JoinNode *left = node_of(planner, join->left);
    JoinNode *right = node_of(planner, join->right);
    if (join->join == Q_JOIN_INNER) {
        JoinNode *group = new_node(planner, JOIN_NODE_GROUP);
        group_add(planner, group, left);
        group_add(planner, group, right);
        return take_conditions(planner, group, join->on, true);
    }
    JoinNode *node = new_node(planner, JOIN_NODE_JOIN);
    node->join = join->join;
    node->left = left;
    node->right = right;
    if (join->join == Q_JOIN_RIGHT) {
        node->join = Q_JOIN_LEFT;
        node->left = right;
        node->right = left;
    }
    node->tables = set_union(left->tables, right->tables);
    const ConditionList lifted = plan__lift_conditions(planner, node->right);
    for (uint32_t i = 0; i < lifted.count; i++)
        plan__conditions_add(&node->conditions, lifted.items[i]);
    QExprList written = {0}, conjuncts = {0};
    if (join->on != NULL)
        plan__split_conjunction(planner->state->temporary, plan__prepare_expr(planner, join->on),
                                &written);
    for (uint32_t i = 0; i < written.count; i++)
        plan__open_guard(planner, written.items[i], &conjuncts);
    for (uint32_t i = 0; i < conjuncts.count; i++) {
        Condition *condition = plan__condition(planner, conjuncts.items[i]);
        /* What reads only the null-giving side decides which of its rows take part at all. */
        bool sinks = node->join == Q_JOIN_LEFT && !condition->is_volatile &&
                     set_within(condition->tables, node->right->tables) &&
                     !set_is_empty(condition->tables);
        if (sinks) {
            plan__push_condition(planner, node->right, condition);
        } else {
            plan__conditions_add(&node->conditions, condition);
            if (node->join == Q_JOIN_LEFT) plan__reduce_below(planner, node->right, condition);
        }
    }
    plan__rise(planner, node);
    return node;
}

static JoinNode *node_of(Planner *planner, QJoinItem *item)
{
    task_check();
    if (item->kind == Q_FROM) return plan__node_of_from(planner, Q_AS(From, item));
    if (item->kind == Q_JOIN) return node_of_join(planner, Q_AS(Join, item));
    JoinNode *node = new_node(planner, JOIN_NODE_TABLE);
    node->table = Q_AS(TableRef, item)->table;
    set_add(&node->tables, node->table);
    return node;
}

/* ---- conditions sink ---- */

/* Does the condition refuse every row in which the tables' columns are all NULL? */
static bool refuses_nulls(Planner *planner, const Condition *condition, TableSet tables)
{
    const bool refuses_all = condition->expr->kind == Q_CONST; /* false or NULL */
    /* PostgreSQL refuses to lock the nullable side of a join under FALSE, too. */
    if (refuses_all && planner->query->locks.count) return false;
    for (uint32_t table = 1; table <= planner->query->tables.count; table++) {
        if (set_has(&tables, table) && (refuses_all || set_has(&condition->tables, table)) &&
            expr_is_strict_on(condition->expr, table, planner->state->options->env))
            return true;
    }
    return false;
}

/* LEFT becomes INNER, FULL becomes LEFT (of the side that stays), as the condition allows. */
static void reduce_outer(Planner *planner, JoinNode *node, const Condition *condition)
{
    if (node->join == Q_JOIN_FULL) {
        bool left = refuses_nulls(planner, condition, node->left->tables);
        bool right = refuses_nulls(planner, condition, node->right->tables);
        if (left && right) {
            node->join = Q_JOIN_INNER;
        } else if (left) {
            node->join = Q_JOIN_LEFT;
        } else if (right) {
            JoinNode *other = node->left;
            node->left = node->right;
            node->right = other;
            node->join = Q_JOIN_LEFT;
        }
        for (uint32_t i = 0; node->join == Q_JOIN_LEFT && i < node->conditions.count; i++)
            plan__reduce_below(planner, node->right, node->conditions.items[i]);
    } else if (node->join == Q_JOIN_LEFT &&
               refuses_nulls(planner, condition, node->right->tables)) {
        node->join = Q_JOIN_INNER;
    }
    if (node->join != Q_JOIN_INNER) return;
    JoinNode left = *node->left, right = *node->right;
    ConditionList on = node->conditions;
    *node = (JoinNode){.kind = JOIN_NODE_GROUP, .conditions.arena = planner->state->temporary};
    JoinNode *sides[2] = {ARENA_NEW(planner->state->temporary, JoinNode),
                          ARENA_NEW(planner->state->temporary, JoinNode)};
    *sides[0] = left;
    *sides[1] = right;
    group_add(planner, node, sides[0]);
    group_add(planner, node, sides[1]);
    for (uint32_t i = 0; i < on.count; i++) plan__push_condition(planner, node, on.items[i]);
}

void plan__reduce_below(Planner *planner, JoinNode *node, const Condition *condition)
{
    task_check_stack();
    if (condition->is_volatile) return;
    if (node->kind == JOIN_NODE_TABLE) plan__reduce_inside(planner, node->table, condition);
    if (node->kind == JOIN_NODE_JOIN) reduce_outer(planner, node, condition);
    if (node->kind == JOIN_NODE_JOIN && node->join != Q_JOIN_FULL)
        plan__reduce_below(planner, node->left, condition);
    for (uint32_t i = 0; node->kind == JOIN_NODE_GROUP && i < node->item_count; i++)
        plan__reduce_below(planner, node->items[i], condition);
}

/* A filter above a join that keeps it from sinking: a group of one. */
static void wrap(Planner *planner, JoinNode *node, Condition *condition)
{
    JoinNode *inside = ARENA_NEW(planner->state->temporary, JoinNode);
    *inside = *node;
    *node = (JoinNode){.kind = JOIN_NODE_GROUP, .tables = inside->tables};
    node->conditions.arena = planner->state->temporary;
    node->items = ARENA_ARRAY(planner->state->temporary, JoinNode *, 1);
    node->items[0] = inside;
    node->item_count = 1;
    plan__conditions_add(&node->conditions, condition);
}

void plan__push_condition(Planner *planner, JoinNode *node, Condition *condition)
{
    task_check_stack();
    plan__reduce_below(planner, node, condition);
    switch (node->kind) {
    case JOIN_NODE_TABLE: plan__conditions_add(&node->conditions, condition); return;
    case JOIN_NODE_GROUP:
        for (uint32_t i = 0; i < node->item_count; i++) {
            if (set_is_empty(condition->tables) || condition->is_volatile ||
                !set_within(condition->tables, node->items[i]->tables))
                continue;
            plan__push_condition(planner, node->items[i], condition);
            return;
        }
        plan__conditions_add(&node->conditions, condition);
        return;
    case JOIN_NODE_JOIN: break;
    }
    bool keeps_left = node->join != Q_JOIN_FULL;
    if (keeps_left && !condition->is_volatile && !set_is_empty(condition->tables) &&
        set_within(condition->tables, node->left->tables)) {
        plan__push_condition(planner, node->left, condition);
        return;
    }
    wrap(planner, node, condition);
}

JoinNode *plan__join_tree(Planner *planner)
{
    QQuery *query = planner->query;
    if (query->from == NULL) return NULL;
    if (query->from->items.count > 0) {
        JoinNode *tree = plan__node_of_from(planner, query->from);
        plan__derive(planner, tree);
        return tree;
    }
    JoinNode *empty = new_node(planner, JOIN_NODE_GROUP);
    return take_conditions(planner, empty, query->from->where, false);
}

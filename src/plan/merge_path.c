/* SPDX-License-Identifier: Apache-2.0 */
/* merge_path.c - joins of two sides in the order of their keys. A side has that order from an index, from a merge join
 * of its own, or it is sorted. */
#include "plan/plan_internal.h"

#include "base/oids.h"

/* Making the key and holding the row; sorting is told by plan__sort_cost. */
static const double merge_row_cost = 0.006;

static bool is_sister(Oid a, Oid b)
{
    static const Oid sisters[][3] = {{OID_INT2, OID_INT4, OID_INT8}, {OID_FLOAT4, OID_FLOAT8}};
    for (uint32_t i = 0; i < ARRAY_LEN(sisters); i++) {
        bool has_a = false, has_b = false;
        for (uint32_t j = 0; j < ARRAY_LEN(sisters[i]); j++) {
            has_a |= sisters[i][j] == a;
            has_b |= sisters[i][j] == b;
        }
        if (has_a && has_b) return true;
    }
    return false;
}

/* Does the order of the types' default class have just the rows together that the condition calls equal? */
static bool is_mergeable(Planner *planner, const Condition *condition)
{
    CatalogView *view = planner->state->options->view;
    const Oid left = condition->left->type, right = condition->right->type;
    const CatOperator *op = cat_operator(view, condition->equality);
    if (op == NULL || !op->merge || cat_type_less(view, left) == 0) return false;
    return is_sister(left, right) ||
           (left == right && cat_type_equality(view, left) == condition->equality);
}

static PlanSortKey *merge_key(Planner *planner, const Condition *condition, QExpr *expr)
{
    PlanSortKey *key = PLAN_NEW(planner->state->arena, SortKey);
    key->expr = expr;
    key->order = cat_type_less(planner->state->options->view, expr->type);
    key->equality = condition->equality;
    key->collation = condition->collation;
    return key;
}

void plan__merge_keys(Planner *planner, const Path *path, PlanSortKeyList *outer,
                      PlanSortKeyList *inner)
{
    const ConditionList *keys = &path->keys;
    outer->items = ARENA_ARRAY(planner->state->arena, PlanSortKey *, keys->count);
    inner->items = ARENA_ARRAY(planner->state->arena, PlanSortKey *, keys->count);
    for (uint32_t i = 0; i < keys->count; i++) {
        const Condition *key = keys->items[i];
        const bool straight = set_within(key->left_tables, path->outer->tables);
        outer->items[i] = merge_key(planner, key, straight ? key->left : key->right);
        inner->items[i] = merge_key(planner, key, straight ? key->right : key->left);
    }
    outer->count = inner->count = keys->count;
}

bool plan__has_order(const PlanSortKeyList *order, const PlanSortKeyList *wanted)
{
    if (order->count < wanted->count) return false;
    for (uint32_t i = 0; i < wanted->count; i++) {
        const PlanSortKey *have = order->items[i], *want = wanted->items[i];
        if (have->descending != want->descending || have->nulls_first != want->nulls_first ||
            have->collation != want->collation || have->order != want->order ||
            !query_equal(have->expr, want->expr))
            return false;
    }
    return true;
}

double plan__sort_cost(double rows)
{
    rows = MAX(rows, 2);
    return rows * 0.0125 * __builtin_log2(rows);
}

/* The side in the order of the keys; true: by a sort on top. */
static bool put_in_order(Planner *planner, JoinSide side, const PlanSortKeyList *keys, Path **path,
                         double *cost)
{
    *path = side.path;
    *cost = side.path->total;
    if (plan__has_order(&side.path->order, keys)) return false;
    *cost += plan__sort_cost(side.path->rows);
    if (side.node == NULL || side.node->kind != JOIN_NODE_TABLE) return true;
    Path *ordered = plan__ordered_path(planner, side.node->table, &side.node->conditions, keys);
    if (ordered == NULL || ordered->total >= *cost) return true;
    *path = ordered;
    *cost = ordered->total;
    return false;
}

Path *plan__merge_join(Planner *planner, Path *path, JoinSide outer, JoinSide inner)
{
    const Settings *settings = planner->state->options->settings;
    PlanSortKeyList outer_keys, inner_keys;
    double outer_cost, inner_cost;
    uint32_t kept = 0;
    if (!settings->enable_mergejoin) return NULL;
    for (uint32_t i = 0; i < path->keys.count; i++) {
        Condition *key = path->keys.items[i];
        if (is_mergeable(planner, key))
            path->keys.items[kept++] = key;
        else
            plan__conditions_add(&path->conditions, key);
    }
    path->keys.count = kept;
    if (kept == 0) return NULL;
    plan__merge_keys(planner, path, &outer_keys, &inner_keys);
    path->sort_outer = put_in_order(planner, outer, &outer_keys, &path->outer, &outer_cost);
    path->sort_inner = put_in_order(planner, inner, &inner_keys, &path->inner, &inner_cost);
    const double keyed = outer.path->rows * inner.path->rows *
                         plan__join_selectivity(planner, &path->keys);
    path->startup = (path->sort_outer ? outer_cost : path->outer->startup) +
                    (path->sort_inner ? inner_cost : path->inner->startup);
    path->total = outer_cost + inner_cost + (outer.path->rows + inner.path->rows) * merge_row_cost +
                  keyed * (JOIN_ROW_COST + JOIN_CONDITION_COST * path->conditions.count);
    const bool in_order = path->join == Q_JOIN_INNER || path->join == Q_JOIN_SEMI ||
                          path->join == Q_JOIN_ANTI;
    if (in_order) path->order = outer_keys;
    return path;
}

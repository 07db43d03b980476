/* SPDX-License-Identifier: Apache-2.0 */
/* disjunction.c - conditions with OR, made useful for joins: what all arms have in common is asked by itself (it
 * may be what joins the tables), and what each arm asks of one table alone is asked of that table's rows before
 * they are joined. */
#include "plan/plan_internal.h"

static bool list_holds(const QExprList *list, const QExpr *expr)
{
    for (uint32_t i = 0; i < list->count; i++) {
        if (query_equal(list->items[i], expr)) return true;
    }
    return false;
}

QExpr *plan__combine(Arena *arena, QBoolOp op, const QExprList *list)
{
    if (list->count == 0) return NULL;
    if (list->count == 1) return list->items[0];
    QBool *node = Q_NEW(arena, Bool);
    node->op = op;
    node->type = 16;
    node->typmod = -1;
    node->args = *list;
    return &node->base;
}

typedef struct Arms {
    QExprList *conjuncts; /* by arm */
    uint32_t count;
} Arms;

static Arms arms_of(Arena *arena, const QBool *either)
{
    Arms arms = {.conjuncts = ARENA_ARRAY(arena, QExprList, either->args.count),
                 .count = either->args.count};
    for (uint32_t i = 0; i < arms.count; i++)
        plan__split_conjunction(arena, either->args.items[i], &arms.conjuncts[i]);
    return arms;
}

/* Takes what all arms have into `common`; true: an arm is left without conditions of its own, so the OR is true. */
static bool take_common(Planner *planner, Arms *arms, QExprList *common)
{
    Arena *arena = planner->state->arena;
    bool empty = false;
    for (uint32_t i = 0; i < arms->conjuncts[0].count; i++) {
        QExpr *expr = arms->conjuncts[0].items[i];
        bool everywhere = !expr_is_volatile(expr, planner->state->options->env);
        for (uint32_t arm = 1; arm < arms->count && everywhere; arm++)
            everywhere = list_holds(&arms->conjuncts[arm], expr);
        if (everywhere && !list_holds(common, expr)) plan__list_add(arena, common, expr);
    }
    for (uint32_t arm = 0; arm < arms->count; arm++) {
        QExprList own = {0};
        for (uint32_t i = 0; i < arms->conjuncts[arm].count; i++) {
            if (!list_holds(common, arms->conjuncts[arm].items[i]))
                plan__list_add(arena, &own, arms->conjuncts[arm].items[i]);
        }
        arms->conjuncts[arm] = own;
        empty |= own.count == 0;
    }
    return empty;
}

void plan__split_disjunction(Planner *planner, QExpr *expr, QExprList *out)
{
    task_check_stack();
    Arena *arena = planner->state->arena;
    const QBool *either = Q_IF(Bool, expr);
    if (either == NULL || either->op != Q_BOOL_OR) {
        plan__list_add(planner->state->temporary, out, expr);
        return;
    }
    Arms arms = arms_of(arena, either);
    for (uint32_t i = 0; i < arms.count; i++) {
        if (arms.conjuncts[i].count > 0) continue;
        plan__list_add(planner->state->temporary, out, expr); /* a constant arm */
        return;
    }
    QExprList common = {0};
    const bool is_true = take_common(planner, &arms, &common);
    if (common.count == 0) {
        plan__list_add(planner->state->temporary, out, expr);
        return;
    }
    for (uint32_t i = 0; i < common.count; i++)
        plan__list_add(planner->state->temporary, out, common.items[i]);
    if (is_true) return;
    QExprList rest = {0};
    for (uint32_t i = 0; i < arms.count; i++)
        plan__list_add(arena, &rest, plan__combine(arena, Q_BOOL_AND, &arms.conjuncts[i]));
    plan__list_add(planner->state->temporary, out, plan__combine(arena, Q_BOOL_OR, &rest));
}

/* What the OR asks of `table` alone, if every arm asks something. */
static QExpr *restriction(Planner *planner, const Arms *arms, uint32_t table)
{
    Arena *arena = planner->state->arena;
    TableSet only = {0};
    set_add(&only, table);
    QExprList either = {0};
    for (uint32_t arm = 0; arm < arms->count; arm++) {
        QExprList both = {0};
        for (uint32_t i = 0; i < arms->conjuncts[arm].count; i++) {
            QExpr *expr = arms->conjuncts[arm].items[i];
            const TableSet tables = plan__tables_of(expr);
            if (!set_is_empty(tables) && set_within(tables, only) &&
                !plan__expr_has((QNode *)expr, Q_SUB_PLAN_CALL))
                plan__list_add(arena, &both, query_copy(arena, expr));
        }
        if (both.count == 0) return NULL;
        plan__list_add(arena, &either, plan__combine(arena, Q_BOOL_AND, &both));
    }
    return plan__combine(arena, Q_BOOL_OR, &either);
}

void plan__restrict_tables(Planner *planner, JoinNode *tree, Condition *condition)
{
    const QBool *either = Q_IF(Bool, condition->expr);
    if (either == NULL || either->op != Q_BOOL_OR || condition->is_volatile) return;
    const Arms arms = arms_of(planner->state->arena, either);
    for (uint32_t table = 1; table <= planner->query->tables.count; table++) {
        TableSet only = {0};
        set_add(&only, table);
        if (!set_has(&condition->tables, table) || set_within(condition->tables, only)) continue;
        QExpr *expr = restriction(planner, &arms, table);
        if (expr == NULL) continue;
        Condition *own = plan__condition(planner, expr);
        /* The joined rows have passed it: the whole asks the less of them. */
        if (own->selectivity > 0)
            condition->selectivity = MIN(condition->selectivity / own->selectivity, 1);
        plan__push_condition(planner, tree, own);
    }
}

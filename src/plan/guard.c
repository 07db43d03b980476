/* SPDX-License-Identifier: Apache-2.0 */
/* guard.c - conditions that stand behind others: CASE WHEN shown THEN asked ELSE false END.
 *
 * What a statement asks of the rows that it changes through a view with security_barrier is bound like this: only where
 * the view shows the row may it be asked, since its functions may tell what they are given. A part of it that tells
 * nothing (LEAKPROOF) may be asked of any row: it is taken out, and may then be found by an index. */
#include "plan/plan_internal.h"

#include "expr/expr.h"

static bool is_false(const QExpr *expr)
{
    const QConst *constant = expr != NULL ? Q_IF(Const, expr) : NULL;
    return constant != NULL && !constant->value.datum.null && !constant->value.datum.value.b;
}

static bool may_go_before(const Planner *planner, const QExpr *expr)
{
    const FnEnv *env = planner->state->options->env;
    return expr_is_leakproof(expr, env) && !expr_is_volatile(expr, env);
}

/* The condition stands in the statement by itself, too. */
static void add_missing(Arena *arena, QExprList *conjuncts, QExpr *condition)
{
    QExprList parts = {0};
    plan__split_conjunction(arena, condition, &parts);
    for (uint32_t i = 0; i < parts.count; i++) {
        bool there = false;
        for (uint32_t j = 0; j < conjuncts->count && !there; j++)
            there = query_equal(conjuncts->items[j], parts.items[i]);
        if (!there) plan__list_add(arena, conjuncts, parts.items[i]);
    }
}

void plan__open_guard(Planner *planner, QExpr *expr, QExprList *conjuncts)
{
    Arena *arena = planner->state->temporary;
    const QCase *guard = Q_IF(Case, expr);
    if (guard == NULL || guard->arg != NULL || guard->whens.count != 1 ||
        !is_false(guard->otherwise)) {
        plan__list_add(arena, conjuncts, expr);
        return;
    }
    QExprList written = {0}, asked = {0}, behind = {0};
    task_check_stack();
    plan__split_conjunction(arena, guard->whens.items[0]->result, &written);
    for (uint32_t i = 0; i < written.count; i++)
        plan__open_guard(planner, written.items[i], &asked);
    for (uint32_t i = 0; i < asked.count; i++)
        plan__list_add(arena, may_go_before(planner, asked.items[i]) ? conjuncts : &behind,
                       asked.items[i]);
    if (behind.count == 0) {
        add_missing(arena, conjuncts, guard->whens.items[0]->condition);
        return;
    }
    QCase *rest = query_copy(planner->state->arena, guard);
    rest->whens.items[0]->result = plan__combine(planner->state->arena, Q_BOOL_AND, &behind);
    plan__list_add(arena, conjuncts, &rest->base);
}

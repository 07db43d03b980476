/* SPDX-License-Identifier: Apache-2.0 */
/* expr_row.c - comparisons of rows, column by column: the first pair that differs decides; a NULL met before is
 * NULL. */
#include "expr/expr_internal.h"

#include "base/oids.h"

typedef struct RowCompare {
    TypeCall *calls;
    uint32_t columns;
    int16_t strategy;
} RowCompare;

static bool strategy_accepts(int16_t strategy, int order)
{
    switch (strategy) {
    case 1: return order < 0;
    case 2: return order <= 0;
    case 4: return order >= 0;
    case 5: return order > 0;
    default: return order == 0;
    }
}

static void run_row_compare(ExprState *state, const ExprStep *step, Selection selection)
{
    const RowCompare *facts = step->detail;
    Vector *result = expr__result(state, step, selection);
    for (uint32_t i = 0; i < selection.count; i++) {
        const uint32_t row = selected(selection, i);
        Datum answer = {0};
        int order = 0;
        state->row = row;
        for (uint32_t c = 0; c < facts->columns && order == 0 && !answer.null; c++) {
            TypeCall call = facts->calls[c];
            const Datum a = vector_get(expr__arg(state, step, c), row),
                        b = vector_get(expr__arg(state, step, facts->columns + c), row);
            call.env = state->run.env;
            call.arena = state->temporary;
            answer.null = a.null || b.null;
            if (!answer.null) order = type_compare(&call, &a.value, &b.value);
        }
        answer.value.b = strategy_accepts(facts->strategy, order);
        vector_set(result, expr__result_arena(state, step), row, &answer);
    }
}

uint32_t expr__compile_row_compare(ExprCompiler *c, QExpr *expr)
{
    const QRowCompare *compare = Q_AS(RowCompare, expr);
    const uint32_t columns = compare->left.count;
    RowCompare *facts = ARENA_NEW(expr__arena(c), RowCompare);
    uint32_t *args = ARENA_ARRAY(expr__arena(c), uint32_t, (size_t)columns * 2);
    facts->calls = ARENA_ARRAY(expr__arena(c), TypeCall, columns);
    facts->columns = columns;
    facts->strategy = (int16_t)compare->strategy;
    if (compare->strategy < 1 || compare->strategy > 5)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "row comparisons of this kind are not supported");
    for (uint32_t i = 0; i < columns; i++) {
        if (compare->left.items[i]->type != compare->right.items[i]->type)
            raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                        "comparing rows of different types is not supported");
        args[i] = expr__register(c, compare->left.items[i]);
        args[columns + i] = expr__register(c, compare->right.items[i]);
        facts->calls[i] = (TypeCall){.type = type_get(expr__env(c), compare->left.items[i]->type),
                                     .typmod = -1,
                                     .collation = i < compare->collations.count
                                                      ? (Oid)compare->collations.items[i]
                                                      : 0};
    }
    return expr__step_result(c,
                             expr__step(c, expr, run_row_compare, false, args, columns * 2, facts));
}

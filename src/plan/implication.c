/* SPDX-License-Identifier: Apache-2.0 */
/* implication.c - does what is known of a row prove a condition? Asked for partial indexes: those that serve a query,
 * and those that ON CONFLICT means.
 *
 * Proved is what the manual promises ("Partial Indexes"): the same condition, parts of ANDs, arms of ORs, IS NOT NULL
 * of what a strict operator was given, and comparisons of one btree family with constants: x < 1 proves x < 2.
 * What is known may be known to be true; what is NULL proves nothing. */
#include "plan/plan_internal.h"

#include "type/array.h"

enum { LESS = 1, LESS_EQUAL, EQUAL, GREATER_EQUAL, GREATER };

/* A comparison of one btree family: expr strategy constant. */
typedef struct Comparison {
    const QExpr *expr;
    const QConst *constant;
    Oid family, type; /* type: of the constant, as the operator takes it */
    int16_t strategy;
    Oid collation;
} Comparison;

/* Its `at`-th reading: an operator may belong to several families. */
static bool read_comparison(Planner *planner, const QExpr *expr, uint32_t at, Comparison *out)
{
    const QOpCall *call = Q_IF(OpCall, expr);
    if (call == NULL || call->args.count != 2) return false;
    const bool turned = call->args.items[0]->kind == Q_CONST;
    const QConst *constant = Q_IF(Const, call->args.items[turned ? 0 : 1]);
    uint32_t count;
    const CatOperatorFamily *families = cat_operator_families(planner->state->options->view,
                                                              call->op, &count);
    if (constant == NULL || constant->value.datum.null || at >= count) return false;
    const CatOperatorFamily *family = &families[at];
    *out = (Comparison){
        .expr = call->args.items[turned ? 1 : 0],
        .constant = constant,
        .family = family->family,
        .type = turned ? family->left : family->right,
        .strategy = (int16_t)(turned ? LESS + GREATER - family->strategy : family->strategy),
        .collation = call->input_collation,
    };
    return true;
}

/* Is a OP b true, by the family's operator? */
static bool holds(Planner *planner, const Comparison *a, int16_t strategy, const Comparison *b)
{
    Arena *temporary = planner->state->temporary;
    CatalogView *view = planner->state->options->view;
    const Oid op = cat_family_operator(view, a->family, a->type, b->type, strategy);
    const CatOperator *found = op != 0 ? cat_operator(view, op) : NULL;
    if (found == NULL || found->function == 0) return false;
    QOpCall *call = Q_NEW(temporary, OpCall);
    call->type = 16;
    call->typmod = -1;
    call->op = op;
    call->function = found->function;
    call->input_collation = a->collation;
    plan__list_add(temporary, &call->args, query_copy(temporary, a->constant));
    plan__list_add(temporary, &call->args, query_copy(temporary, b->constant));
    const PlanOptions *options = planner->state->options;
    const QConst *result = Q_IF(Const, expr_fold(temporary, &call->base, options->env, NULL, 0));
    return result != NULL && !result->value.datum.null && result->value.datum.value.b;
}

/* What must hold between the known constant and the wanted one; [known][wanted], 0: proves nothing. */
static const int16_t proofs[GREATER + 1][GREATER + 1] = {
    [LESS] = {[LESS] = LESS_EQUAL, [LESS_EQUAL] = LESS_EQUAL},
    [LESS_EQUAL] = {[LESS] = LESS, [LESS_EQUAL] = LESS_EQUAL},
    [EQUAL] = {[LESS] = LESS,
               [LESS_EQUAL] = LESS_EQUAL,
               [EQUAL] = EQUAL,
               [GREATER_EQUAL] = GREATER_EQUAL,
               [GREATER] = GREATER},
    [GREATER_EQUAL] = {[GREATER_EQUAL] = GREATER_EQUAL, [GREATER] = GREATER},
    [GREATER] = {[GREATER_EQUAL] = GREATER_EQUAL, [GREATER] = GREATER_EQUAL},
};

static bool proves_comparison(Planner *planner, const QExpr *known, const QExpr *wanted)
{
    Comparison a, b;
    for (uint32_t i = 0; read_comparison(planner, known, i, &a); i++) {
        for (uint32_t j = 0; read_comparison(planner, wanted, j, &b); j++) {
            if (a.family != b.family || a.collation != b.collation || !query_equal(a.expr, b.expr))
                continue;
            const int16_t strategy = proofs[a.strategy][b.strategy];
            if (strategy != 0 && holds(planner, &a, strategy, &b)) return true;
        }
    }
    return false;
}

static bool is_strict(Planner *planner, Oid function)
{
    const CatFunction *found = cat_function(planner->state->options->view, function);
    return found != NULL && found->strict;
}

/* ALL is true of an empty array, whatever is compared. */
static bool has_items(const QExpr *array)
{
    const QConst *constant = Q_IF(Const, array);
    ArrayView view;
    return constant != NULL && !constant->value.datum.null &&
           array_view(strview_str(&constant->value.datum.value.str), &view) && view.count > 0;
}

/* What is true was given no NULL here. */
static bool proves_not_null(Planner *planner, const QExpr *known, const QExpr *value)
{
    if (query_equal(known, value)) return true; /* a boolean */
    const QOpCall *call = Q_IF(OpCall, known);
    if (call != NULL && is_strict(planner, call->function)) {
        for (uint32_t i = 0; i < call->args.count; i++)
            if (query_equal(call->args.items[i], value)) return true;
    }
    const QArrayOp *in = Q_IF(ArrayOp, known);
    return in != NULL && is_strict(planner, in->function) && query_equal(in->left, value) &&
           (!in->all || has_items(in->array));
}

static bool proves(Planner *planner, const QExpr *known, const QExpr *wanted);

/* Every arm of an OR, each with what it says. */
static bool arms_prove(Planner *planner, const QBool *known, const QExpr *wanted)
{
    for (uint32_t i = 0; i < known->args.count; i++)
        if (!proves(planner, known->args.items[i], wanted)) return false;
    return true;
}

static bool proves(Planner *planner, const QExpr *known, const QExpr *wanted)
{
    task_check_stack();
    if (query_equal(known, wanted)) return true;
    const QBool *both = Q_IF(Bool, known);
    if (both != NULL && both->op == Q_BOOL_OR && arms_prove(planner, both, wanted)) return true;
    if (both != NULL && both->op == Q_BOOL_AND) return plan__proves(planner, &both->args, wanted);
    const QNullTest *test = Q_IF(NullTest, wanted);
    if (test != NULL && test->negated && !test->row && proves_not_null(planner, known, test->arg))
        return true;
    return proves_comparison(planner, known, wanted);
}

bool plan__proves(Planner *planner, const QExprList *known, const QExpr *wanted)
{
    task_check_stack();
    const QBool *parts = Q_IF(Bool, wanted);
    if (parts != NULL && parts->op != Q_BOOL_NOT) {
        const bool all = parts->op == Q_BOOL_AND;
        uint32_t proved = 0;
        for (uint32_t i = 0; i < parts->args.count; i++)
            proved += plan__proves(planner, known, parts->args.items[i]);
        if (all ? proved == parts->args.count : proved > 0) return true;
    }
    for (uint32_t i = 0; i < known->count; i++)
        if (proves(planner, known->items[i], wanted)) return true;
    return false;
}

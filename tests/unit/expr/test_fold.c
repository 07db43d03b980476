/* SPDX-License-Identifier: Apache-2.0 */
/* Folding: what becomes a constant, what raises at plan time, what is left alone (PostgreSQL's EXPLAIN of the same
 * expressions is the model); volatility, totality and strictness of expressions; conditions for scans. */
#include "expr/expr.h"

#include "q.h"

static QExpr *folded(QTest *t, QExpr *expr)
{
    return expr_fold(t->arena, expr, &t->env, NULL, 0);
}
static void assert_bool(QTest *t, QExpr *expr, int wanted) /* -1: NULL */
{
    const QConst *constant = Q_AS(Const, folded(t, expr));
    assert_int_equal(constant->value.datum.null, wanted < 0);
    if (wanted >= 0) assert_int_equal(constant->value.datum.value.b, wanted);
}
static void assert_int(QTest *t, QExpr *expr, int32_t wanted)
{
    const QConst *constant = Q_AS(Const, folded(t, expr));
    assert_false(constant->value.datum.null);
    assert_int_equal(constant->value.datum.value.i32, wanted);
}

typedef struct FoldCall {
    QTest *t;
    QExpr *expr;
} FoldCall;
static void fold_body(void *arg)
{
    FoldCall *call = arg;
    folded(call->t, call->expr);
}

static void calls_and_nulls(void **unused)
{
    (void)unused;
    QTest t;
    q_open(&t);
    QExpr *a = q_slot(&t, 0);
    assert_int(&t, q_op(&t, q_int(&t, 40), "+", q_int(&t, 2)), 42);
    assert_bool(&t, q_op(&t, a, "<", q_null(&t, OID_INT4)), -1);
    QOpCall *sum = Q_AS(OpCall,
                        folded(&t, q_op(&t, a, "+", q_op(&t, q_int(&t, 1), "+", q_int(&t, 1)))));
    assert_int_equal(Q_AS(Const, sum->args.items[1])->value.datum.value.i32, 2);
    assert_ptr_equal(folded(&t, a), a);
    QExpr *unchanged = q_op(&t, a, "+", q_int(&t, 1));
    assert_ptr_equal(folded(&t, unchanged), unchanged);
    FoldCall divide = {&t, q_op(&t, q_int(&t, 1), "/", q_int(&t, 0))};
    assert_raises(SQLSTATE_DIVISION_BY_ZERO, fold_body, &divide);
    /* random() stays. */
    assert_int_equal(folded(&t, q_call(&t, 1598, (QExprList){0}))->kind, Q_FUNC_CALL);
    q_close(&t);
}

static void logic_in_order(void **unused)
{
    (void)unused;
    QTest t;
    q_open(&t);
    QExpr *c = q_slot(&t, 2), *yes = q_bool(&t, true), *no = q_bool(&t, false);
    QExpr *bad = q_op(&t, q_op(&t, q_int(&t, 1), "/", q_int(&t, 0)), ">", q_int(&t, 0));
    assert_bool(&t, q_and(&t, no, bad), 0);
    assert_bool(&t, q_or(&t, yes, bad), 1);
    FoldCall wrong = {&t, q_and(&t, bad, no)};
    assert_raises(SQLSTATE_DIVISION_BY_ZERO, fold_body, &wrong);
    assert_ptr_equal(folded(&t, q_and(&t, yes, c)), c);
    assert_bool(&t, q_and(&t, c, no), 0);
    assert_bool(&t, q_and(&t, q_null(&t, OID_BOOL), q_null(&t, OID_BOOL)), -1);
    assert_bool(&t, q_not(&t, q_null(&t, OID_BOOL)), -1);
    const QBool *flat = Q_AS(Bool, folded(&t, q_and(&t, c, q_and(&t, q_is_null(&t, c, false), c))));
    assert_int_equal(flat->args.count, 3);
    q_close(&t);
}

static void not_goes_down(void **unused)
{
    (void)unused;
    QTest t;
    q_open(&t);
    QExpr *a = q_slot(&t, 0), *c = q_slot(&t, 2), *less = q_op(&t, a, "<", q_int(&t, 5));
    assert_true(query_equal(folded(&t, q_not(&t, less)), q_op(&t, a, ">=", q_int(&t, 5))));
    assert_ptr_equal(folded(&t, q_not(&t, q_not(&t, c))), c);
    QExpr *want = q_or(&t, q_op(&t, a, ">=", q_int(&t, 5)), q_not(&t, c));
    assert_true(query_equal(folded(&t, q_not(&t, q_and(&t, less, c))), want));
    assert_true(Q_AS(NullTest, folded(&t, q_not(&t, q_is_null(&t, a, false))))->negated);
    q_close(&t);
}

static void choices(void **unused)
{
    (void)unused;
    QTest t;
    q_open(&t);
    QExpr *a = q_slot(&t, 0), *bad = q_op(&t, q_int(&t, 1), "/", q_int(&t, 0));
    assert_int(&t, q_case(&t, NULL, q_bool(&t, false), bad, q_int(&t, 3)), 3);
    assert_int(&t, q_case(&t, NULL, q_bool(&t, true), q_int(&t, 4), bad), 4);
    QExpr *value = q_typed(Q_NEW(t.arena, CaseValue), OID_INT4);
    assert_int(&t, q_case(&t, q_int(&t, 1), q_op(&t, value, "=", q_int(&t, 1)), q_int(&t, 5), bad),
               5);
    QCoalesce *coalesce = Q_NEW(t.arena, Coalesce);
    coalesce->args = Q_LIST(&t, q_null(&t, OID_INT4), q_int(&t, 6), bad);
    assert_int(&t, q_typed(coalesce, OID_INT4), 6);
    coalesce->args = Q_LIST(&t, a, q_null(&t, OID_INT4));
    assert_ptr_equal(folded(&t, &coalesce->base), a);
    assert_bool(&t, q_is_null(&t, q_int(&t, 1), false), 0);
    QParam *param = Q_NEW(t.arena, Param);
    param->number = 1;
    const Datum seven = {.value.i32 = 7};
    QExpr *sum = q_op(&t, q_typed(param, OID_INT4), "+", q_int(&t, 1));
    const QConst *eight = Q_AS(Const, expr_fold(t.arena, sum, &t.env, &seven, 1));
    assert_int_equal(eight->value.datum.value.i32, 8);
    assert_ptr_equal(folded(&t, sum), sum);
    q_close(&t);
}

static QExpr *var(QTest *t, uint32_t table, int32_t column, Oid type)
{
    QVar *v = Q_NEW(t->arena, Var);
    v->table = table;
    v->column = column;
    return q_typed(v, type);
}

static void facts(void **unused)
{
    (void)unused;
    QTest t;
    q_open(&t);
    QExpr *x = var(&t, 1, 1, OID_INT4), *y = var(&t, 2, 1, OID_INT4), *one = q_int(&t, 1);
    QExpr *equal = q_op(&t, x, "=", y), *y_one = q_op(&t, y, "=", one);
    assert_true(expr_is_total(equal, &t.env));
    assert_false(expr_is_total(q_op(&t, q_op(&t, x, "/", y), "=", one), &t.env));
    assert_true(expr_is_strict_on(equal, 1, &t.env));
    assert_true(expr_is_strict_on(equal, 2, &t.env));
    assert_false(expr_is_strict_on(y_one, 1, &t.env));
    assert_false(expr_is_strict_on(q_or(&t, equal, q_is_null(&t, x, false)), 1, &t.env));
    assert_true(expr_is_strict_on(q_or(&t, equal, q_is_null(&t, x, true)), 1, &t.env));
    assert_true(expr_is_strict_on(q_and(&t, y_one, equal), 1, &t.env));
    assert_true(expr_is_strict_on(q_not(&t, equal), 1, &t.env));
    assert_false(expr_is_strict_on(q_not(&t, q_is_null(&t, x, true)), 1, &t.env));
    assert_false(expr_is_strict_on(q_case(&t, NULL, equal, x, NULL), 1, &t.env));
    q_close(&t);
}

static void predicates(void **unused)
{
    (void)unused;
    QTest t;
    q_open(&t);
    Predicate p;
    QExpr *a = q_slot(&t, 0), *d = q_slot(&t, 3), *five = q_int(&t, 5);
    assert_true(expr_predicate(q_op(&t, five, "<", a), &t.env, NULL, &p));
    assert_int_equal(p.op, PREDICATE_GT);
    assert_int_equal(p.low.i32, 5);
    assert_true(expr_predicate(q_op(&t, a, "<>", five), &t.env, NULL, &p));
    assert_int_equal(p.op, PREDICATE_NE);
    assert_false(expr_predicate(q_op(&t, a, "<", q_null(&t, OID_INT4)), &t.env, NULL, &p));
    assert_false(expr_predicate(q_op(&t, a, "<", a), &t.env, NULL, &p));
    /* Text: equality by bytes, but its order is the collation's. */
    assert_true(expr_predicate(q_op(&t, d, "=", q_text(&t, "x")), &t.env, NULL, &p));
    assert_int_equal(p.column, 3);
    assert_false(expr_predicate(q_op(&t, d, "<", q_text(&t, "x")), &t.env, NULL, &p));
    assert_true(expr_predicate(q_is_null(&t, d, true), &t.env, NULL, &p));
    assert_int_equal(p.op, PREDICATE_IS_NOT_NULL);
    q_close(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calls_and_nulls), cmocka_unit_test(logic_in_order),
        cmocka_unit_test(not_goes_down),   cmocka_unit_test(choices),
        cmocka_unit_test(facts),           cmocka_unit_test(predicates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

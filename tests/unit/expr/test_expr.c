/* SPDX-License-Identifier: Apache-2.0 */
/* Programs: each answer is compared with one worked out row by row here; errors keep their row (docs/traps.md F16);
 * what PostgreSQL does not evaluate is not evaluated. Every expression runs whole, over a selection, and one row at a
 * time. */
#include "expr/expr.h"

#include "q.h"

typedef Datum (*Want)(uint32_t row);

static Datum int_value(int32_t v)
{
    return (Datum){.value.i32 = v};
}
static Datum bool_value(bool v)
{
    return (Datum){.value.b = v};
}
static const Datum null_value = {.null = true};

static int32_t a_of(uint32_t row)
{
    return (int32_t)row - 500;
}
static bool b_null(uint32_t row)
{
    return row % 7 == 0;
}
static int32_t b_of(uint32_t row)
{
    return (int32_t)row % 10;
}
/* 1 true, 0 false, -1 NULL */
static int c_of(uint32_t row)
{
    return row % 3 == 0 ? 1 : row % 3 == 1 ? 0 : -1;
}
static Datum logic(int v)
{
    return v < 0 ? null_value : bool_value(v == 1);
}

static void assert_same(const Vector *v, uint32_t row, Datum want)
{
    Datum got = vector_get(v, row);
    assert_int_equal(got.null, want.null);
    if (want.null) return;
    if (v->phys == PHYS_BOOL)
        assert_int_equal(got.value.b, want.value.b);
    else
        assert_int_equal(got.value.i32, want.value.i32);
}

/* Whole batch, every fifth row, and single rows through expr_eval_row. */
static void check(QTest *t, QExpr *expr, Want want)
{
    ExprState *state = q_state(t, expr);
    Vector result;
    for (int round = 0; round < 2; round++) {
        assert_int_equal(expr_eval(state, t->inputs, 1, t->batch.selection, &result), ROWS);
        for (uint32_t row = 0; row < ROWS; row++) assert_same(&result, row, want(row));
        uint16_t rows[ROWS / 5];
        for (uint32_t i = 0; i < ROWS / 5; i++) rows[i] = (uint16_t)(i * 5 + 2);
        const Selection some = {rows, ROWS / 5};
        assert_int_equal(expr_eval(state, t->inputs, 1, some, &result), ROWS / 5);
        for (uint32_t i = 0; i < ROWS / 5; i++) assert_same(&result, rows[i], want(rows[i]));
    }
    for (uint32_t row = 0; row < 50; row++) {
        Datum columns[4], got;
        for (int i = 0; i < 4; i++) columns[i] = vector_get(&t->batch.columns[i], row);
        expr_eval_row(state, columns, &got);
        Vector one;
        vector_init_constant(&one, t->arena, expr->type, type_get(NULL, expr->type)->phys, &got);
        assert_same(&one, 0, want(row));
    }
}

static Datum want_sum(uint32_t row)
{
    return b_null(row) ? null_value : int_value(a_of(row) + b_of(row) * 3);
}
static Datum want_minus_one(uint32_t row)
{
    return int_value(a_of(row) < 0 ? -1 : a_of(row));
}
static Datum want_not_null(uint32_t row)
{
    return b_null(row) ? int_value(-7) : int_value(b_of(row));
}
static Datum want_null_if(uint32_t row)
{
    return b_null(row) || b_of(row) == 4 ? null_value : int_value(b_of(row));
}
static Datum want_distinct(uint32_t row)
{
    return bool_value(b_null(row) || b_of(row) != a_of(row));
}
static Datum want_greatest(uint32_t row)
{
    return int_value(b_null(row) || b_of(row) < a_of(row) ? a_of(row) : b_of(row));
}

static void arithmetic_and_choices(void **unused)
{
    (void)unused;
    QTest t;
    q_open(&t);
    QExpr *a = q_slot(&t, 0), *b = q_slot(&t, 1), *zero = q_int(&t, 0);
    check(&t, q_op(&t, a, "+", q_op(&t, b, "*", q_int(&t, 3))), want_sum);
    check(&t, q_case(&t, NULL, q_op(&t, a, "<", zero), q_int(&t, -1), a), want_minus_one);
    QCoalesce *coalesce = Q_NEW(t.arena, Coalesce);
    coalesce->args = Q_LIST(&t, b, q_int(&t, -7));
    check(&t, q_typed(coalesce, OID_INT4), want_not_null);
    const QOpCall *equal = Q_AS(OpCall, q_op(&t, b, "=", q_int(&t, 4)));
    QNullIf *null_if = Q_NEW(t.arena, NullIf);
    null_if->left = b;
    null_if->right = q_int(&t, 4);
    null_if->function = equal->function;
    check(&t, q_typed(null_if, OID_INT4), want_null_if);
    QDistinctFrom *distinct = Q_NEW(t.arena, DistinctFrom);
    distinct->left = b;
    distinct->right = a;
    distinct->function = equal->function;
    check(&t, q_typed(distinct, OID_BOOL), want_distinct);
    QMinMax *greatest = Q_NEW(t.arena, MinMax);
    greatest->args = Q_LIST(&t, b, a);
    greatest->greatest = true;
    check(&t, q_typed(greatest, OID_INT4), want_greatest);
    q_close(&t);
}

static int and3(int a, int b)
{
    return a == 0 || b == 0 ? 0 : a < 0 || b < 0 ? -1 : 1;
}
static int or3(int a, int b)
{
    return a == 1 || b == 1 ? 1 : a < 0 || b < 0 ? -1 : 0;
}
static int b_above_4(uint32_t row)
{
    return b_null(row) ? -1 : b_of(row) > 4;
}
static Datum want_and(uint32_t row)
{
    return logic(and3(c_of(row), b_above_4(row)));
}
static Datum want_or(uint32_t row)
{
    return logic(or3(b_above_4(row), c_of(row)));
}
static Datum want_not(uint32_t row)
{
    return c_of(row) < 0 ? null_value : bool_value(!c_of(row));
}
static Datum want_null_and(uint32_t row)
{
    return logic(and3(-1, c_of(row)));
}

static void three_valued_logic(void **unused)
{
    (void)unused;
    QTest t;
    q_open(&t);
    QExpr *b_above = q_op(&t, q_slot(&t, 1), ">", q_int(&t, 4)), *c = q_slot(&t, 2);
    check(&t, q_and(&t, c, b_above), want_and);
    check(&t, q_or(&t, b_above, c), want_or);
    check(&t, q_not(&t, c), want_not);
    check(&t, q_and(&t, q_null(&t, OID_BOOL), c), want_null_and);
    static const int wanted[6][3] = {{1, 0, 0}, {0, 1, 1}, {0, 1, 0},
                                     {1, 0, 1}, {0, 0, 1}, {1, 1, 0}};
    for (int test = 0; test < 6; test++) {
        QTruth *truth = Q_NEW(t.arena, Truth);
        truth->arg = c;
        truth->test = (QTruthTest)test;
        Vector result;
        ExprState *state = q_state(&t, q_typed(truth, OID_BOOL));
        expr_eval(state, t.inputs, 1, t.batch.selection, &result);
        for (uint32_t row = 0; row < ROWS; row++)
            assert_same(&result, row, bool_value(wanted[test][c_of(row) < 0 ? 2 : !c_of(row)]));
    }
    q_close(&t);
}

/* 100 / (a - k) raises in row 500 + k. */
static QExpr *q_divide(QTest *t, int32_t k)
{
    return q_op(t, q_int(t, 100), "/", q_op(t, q_slot(t, 0), "-", q_int(t, k)));
}

static void raise_pending(void *state)
{
    expr_raise(state);
}

static void errors_keep_their_row(void **unused)
{
    (void)unused;
    QTest t;
    q_open(&t);
    ExprState *state = q_state(&t, q_divide(&t, 0));
    Vector result;
    for (int round = 0; round < 2; round++) {
        assert_int_equal(expr_eval(state, t.inputs, 1, t.batch.selection, &result), 500);
        for (uint32_t row = 0; row < 500; row++)
            assert_same(&result, row, int_value(100 / a_of(row)));
        assert_true(expr_has_error(state));
        assert_raises(SQLSTATE_DIVISION_BY_ZERO, raise_pending, state);
        assert_int_equal(expr_eval(state, t.inputs, 1, (Selection){.count = 300}, &result), 300);
        assert_false(expr_has_error(state));
    }
    /* The smaller row wins, whichever expression it is in. */
    QExpr *both[] = {q_divide(&t, 7), q_divide(&t, 3)};
    Vector results[2];
    ExprRun run = q_run(&t);
    ExprState *two = expr_open(expr_compile(t.arena, both, 2, &t.env), &run);
    assert_int_equal(expr_eval(two, t.inputs, 1, t.batch.selection, results), 503);
    /* A constant part raises at the first selected row, and not at all when there is none. */
    ExprState *constant = q_state(&t, q_op(&t, q_slot(&t, 0), "+",
                                           q_op(&t, q_int(&t, 1), "/", q_int(&t, 0))));
    uint16_t rows[] = {5, 9};
    assert_int_equal(expr_eval(constant, t.inputs, 1, (Selection){rows, 2}, &result), 0);
    assert_raises(SQLSTATE_DIVISION_BY_ZERO, raise_pending, constant);
    assert_int_equal(expr_eval(constant, t.inputs, 1, (Selection){rows, 0}, &result), 0);
    assert_false(expr_has_error(constant));
    q_close(&t);
}

static Datum want_guarded(uint32_t row)
{
    return int_value(a_of(row) == 0 ? 0 : 100 / a_of(row));
}
static Datum want_guarded_and(uint32_t row)
{
    return bool_value(a_of(row) != 0 && 100 / a_of(row) > 3);
}

static void narrowing_shields(void **unused)
{
    (void)unused;
    QTest t;
    q_open(&t);
    QExpr *a = q_slot(&t, 0), *zero = q_int(&t, 0), *divide = q_divide(&t, 0);
    check(&t, q_case(&t, NULL, q_op(&t, a, "=", zero), zero, divide), want_guarded);
    check(&t, q_and(&t, q_op(&t, a, "<>", zero), q_op(&t, divide, ">", q_int(&t, 3))),
          want_guarded_and);
    /* A part computed behind a guard is not taken for one computed for every row. */
    QExpr *exprs[] = {q_case(&t, NULL, q_op(&t, a, "=", zero), zero, divide), divide};
    Vector results[2];
    ExprRun run = q_run(&t);
    ExprState *state = expr_open(expr_compile(t.arena, exprs, 2, &t.env), &run);
    assert_int_equal(expr_eval(state, t.inputs, 1, t.batch.selection, results), 500);
    /* An error within a branch cuts the rest off. */
    ExprState *inner = q_state(&t, q_case(&t, NULL, q_op(&t, a, ">", q_int(&t, 100)),
                                          q_divide(&t, 200), zero));
    assert_int_equal(expr_eval(inner, t.inputs, 1, t.batch.selection, results), 700);
    assert_raises(SQLSTATE_DIVISION_BY_ZERO, raise_pending, inner);
    q_close(&t);
}

static Datum want_case_value(uint32_t row)
{
    return int_value(b_null(row) ? 2 : b_of(row) == 4 ? 1 : 2);
}

static void case_with_a_value(void **unused)
{
    (void)unused;
    QTest t;
    q_open(&t);
    QExpr *value = q_typed(Q_NEW(t.arena, CaseValue), OID_INT4);
    QExpr *b = q_slot(&t, 1), *a = q_slot(&t, 0);
    check(&t, q_case(&t, b, q_op(&t, value, "=", q_int(&t, 4)), q_int(&t, 1), q_int(&t, 2)),
          want_case_value);
    /* Two of them, equal but for the value: a shared part must not be confused. */
    QExpr *exprs[] = {
        q_case(&t, b, q_op(&t, value, "=", q_int(&t, 4)), q_int(&t, 1), q_int(&t, 2)),
        q_case(&t, a, q_op(&t, value, "=", q_int(&t, 4)), q_int(&t, 1), q_int(&t, 2)),
    };
    Vector results[2];
    ExprRun run = q_run(&t);
    ExprState *state = expr_open(expr_compile(t.arena, exprs, 2, &t.env), &run);
    assert_int_equal(expr_eval(state, t.inputs, 1, t.batch.selection, results), ROWS);
    for (uint32_t row = 0; row < ROWS; row++) {
        assert_same(&results[0], row, want_case_value(row));
        assert_same(&results[1], row, int_value(a_of(row) == 4 ? 1 : 2));
    }
    q_close(&t);
}

static void filters(void **unused)
{
    (void)unused;
    QTest t;
    q_open(&t);
    QExpr *a = q_slot(&t, 0), *b = q_slot(&t, 1), *c = q_slot(&t, 2), *d = q_slot(&t, 3);
    QExpr *conditions[] = {
        q_op(&t, b, ">", q_int(&t, 4)),
        q_and(&t, q_op(&t, q_int(&t, 100), ">", a), c),
        q_op(&t, d, "<>", q_text(&t, "the text of row 9")),
        q_is_null(&t, b, true),
    };
    ExprRun run = q_run(&t);
    ExprState *state = expr_open(expr_compile_filter(t.arena, conditions, 4, &t.env), &run);
    uint16_t rows[ROWS];
    uint32_t count = expr_filter(state, t.inputs, 1, t.batch.selection, rows), at = 0;
    for (uint32_t row = 0; row < ROWS; row++) {
        const bool passes = b_above_4(row) == 1 && a_of(row) < 100 && c_of(row) == 1 && row != 9;
        Datum columns[4];
        for (int i = 0; i < 4; i++) columns[i] = vector_get(&t.batch.columns[i], row);
        assert_int_equal(expr_filter_row(state, columns), passes);
        if (passes) assert_int_equal(rows[at++], row);
    }
    assert_int_equal(at, count);
    /* An error ends the rows that pass; a condition before it shields. */
    QExpr *divide = q_op(&t, q_divide(&t, 0), "<", q_int(&t, 0));
    ExprState *failing = q_filter(&t, divide);
    assert_int_equal(expr_filter(failing, t.inputs, 1, t.batch.selection, rows), 100);
    assert_true(expr_has_error(failing));
    ExprState *shielded = q_filter(&t, q_and(&t, q_op(&t, a, "<", q_int(&t, 0)), divide));
    assert_int_equal(expr_filter(shielded, t.inputs, 1, t.batch.selection, rows), 100);
    assert_false(expr_has_error(shielded));
    q_close(&t);
}

static void texts_outlive_their_step(void **unused)
{
    (void)unused;
    QTest t;
    q_open(&t);
    QCoerceIo *cast = Q_NEW(t.arena, CoerceIo);
    cast->arg = q_slot(&t, 0);
    ExprState *state = q_state(&t, q_typed(cast, OID_TEXT));
    Vector result;
    for (int round = 0; round < 3; round++) {
        assert_int_equal(expr_eval(state, t.inputs, 1, t.batch.selection, &result), ROWS);
        for (uint32_t row = 0; row < ROWS; row++) {
            Datum got = vector_get(&result, row);
            Str want = str_format(t.arena, "%d", a_of(row));
            assert_true(str_equal(strview_str(&got.value.str), want));
        }
    }
    /* Back again; what is no number raises in its row. */
    QCoerceIo *back = Q_NEW(t.arena, CoerceIo);
    back->arg = q_case(&t, NULL, q_op(&t, q_slot(&t, 0), "=", q_int(&t, 40)), q_text(&t, "x"),
                       &cast->base);
    state = q_state(&t, q_typed(back, OID_INT4));
    assert_int_equal(expr_eval(state, t.inputs, 1, t.batch.selection, &result), 540);
    assert_raises(SQLSTATE_INVALID_TEXT_REPRESENTATION, raise_pending, state);
    q_close(&t);
}

static void params_and_volatile_calls(void **unused)
{
    (void)unused;
    QTest t;
    q_open(&t);
    QParam *param = Q_NEW(t.arena, Param);
    param->number = 1;
    QExpr *sum = q_op(&t, q_slot(&t, 0), "+",
                      q_op(&t, q_typed(param, OID_INT4), "*", q_int(&t, 2)));
    const Datum value = {.value.i32 = 21};
    ExprRun run = q_run(&t);
    run.params = &value;
    run.param_count = 1;
    ExprState *state = expr_open(expr_compile(t.arena, &sum, 1, &t.env), &run);
    Vector result;
    expr_eval(state, t.inputs, 1, t.batch.selection, &result);
    for (uint32_t row = 0; row < ROWS; row++) assert_same(&result, row, int_value(a_of(row) + 42));
    QExpr *random = q_call(&t, 1598, (QExprList){0});
    assert_true(expr_is_volatile(random, &t.env));
    assert_false(expr_is_volatile(sum, &t.env));
    assert_false(expr_is_immutable(random, &t.env));
    QExpr *pair[] = {random, random};
    const ExprProgram *program = expr_compile(t.arena, pair, 2, &t.env);
    assert_int_equal(expr_volatile_calls(program), 2);
    assert_false(expr_has_subplans(program));
    assert_int_equal(expr_result_type(program, 1), OID_FLOAT8);
    q_close(&t);
}

static QExpr *int_array(QTest *t, uint32_t count, const int32_t *items, bool with_null)
{
    QArray *array = Q_NEW(t->arena, Array);
    QExpr *exprs[16];
    for (uint32_t i = 0; i < count; i++) exprs[i] = q_int(t, items[i]);
    if (with_null) exprs[count++] = q_null(t, OID_INT4);
    array->items = q_list(t, count, exprs);
    array->element = OID_INT4;
    return q_typed(array, 1007);
}

static QExpr *array_op(QTest *t, QExpr *left, const char *op, QExpr *array, bool all)
{
    const QOpCall *sample = Q_AS(OpCall, q_op(t, q_int(t, 0), op, q_int(t, 0)));
    QArrayOp *call = Q_NEW(t->arena, ArrayOp);
    call->left = left;
    call->array = array;
    call->op = sample->op;
    call->function = sample->function;
    call->all = all;
    return q_typed(call, OID_BOOL);
}

/* 1, 0, -1: NULL */
static int in_list(uint32_t row, bool with_null)
{
    if (b_null(row)) return -1;
    const bool found = b_of(row) == 3 || b_of(row) == 8;
    return found ? 1 : with_null ? -1 : 0;
}

static void quantified_arrays(void **unused)
{
    (void)unused;
    QTest t;
    q_open(&t);
    static const int32_t items[] = {8, 3, 77};
    QExpr *b = q_slot(&t, 1);
    for (int mode = 0; mode < 8; mode++) {
        const bool with_null = mode & 1, folded = mode & 2, negated = mode & 4;
        QExpr *list = int_array(&t, 3, items, with_null);
        QExpr *expr = array_op(&t, b, negated ? "<>" : "=", list, negated);
        if (folded) expr = expr_fold(t.arena, expr, &t.env, NULL, 0);
        Vector result;
        ExprState *state = q_state(&t, expr);
        assert_int_equal(expr_eval(state, t.inputs, 1, t.batch.selection, &result), ROWS);
        for (uint32_t row = 0; row < ROWS; row++) {
            const int in = in_list(row, with_null);
            assert_same(&result, row, logic(in < 0 ? -1 : negated ? !in : in));
        }
    }
    /* Another operator, elements that hang on the row, and the empty array, which asks nothing of a NULL. */
    QArray *of_row = Q_NEW(t.arena, Array);
    of_row->items = Q_LIST(&t, q_slot(&t, 0), q_int(&t, 400));
    of_row->element = OID_INT4;
    ExprState *above = q_state(&t, array_op(&t, b, ">", q_typed(of_row, 1007), false));
    ExprState *none = q_state(&t, array_op(&t, b, "=", int_array(&t, 0, NULL, false), false));
    Vector result, empty;
    assert_int_equal(expr_eval(above, t.inputs, 1, t.batch.selection, &result), ROWS);
    assert_int_equal(expr_eval(none, t.inputs, 1, t.batch.selection, &empty), ROWS);
    for (uint32_t row = 0; row < ROWS; row++) {
        assert_same(&result, row, b_null(row) ? null_value : bool_value(b_of(row) > a_of(row)));
        assert_same(&empty, row, bool_value(false));
    }
    q_close(&t);
}

static void subscripts_and_element_casts(void **unused)
{
    (void)unused;
    QTest t;
    q_open(&t);
    static const int32_t items[] = {10, 20, 30};
    QSubscript *at = Q_NEW(t.arena, Subscript);
    at->arg = int_array(&t, 3, items, false);
    at->container = 1007;
    at->element = OID_INT4;
    at->upper = Q_LIST(&t, q_slot(&t, 1));
    Vector result;
    ExprState *state = q_state(&t, q_typed(at, OID_INT4));
    assert_int_equal(expr_eval(state, t.inputs, 1, t.batch.selection, &result), ROWS);
    for (uint32_t row = 0; row < ROWS; row++) {
        const bool inside = !b_null(row) && b_of(row) >= 1 && b_of(row) <= 3;
        assert_same(&result, row, inside ? int_value(b_of(row) * 10) : null_value);
    }
    /* (array::text[])[2:][1] is the text of the second. */
    QCoerceIo *element = Q_NEW(t.arena, CoerceIo);
    element->arg = q_typed(Q_NEW(t.arena, ElementParam), OID_INT4);
    QCoerceArray *cast = Q_NEW(t.arena, CoerceArray);
    cast->arg = at->arg;
    cast->element = q_typed(element, OID_TEXT);
    QSubscript *slice = Q_NEW(t.arena, Subscript);
    slice->arg = q_typed(cast, 1009);
    slice->container = 1009;
    slice->slice = true;
    slice->upper = Q_LIST(&t, q_typed(Q_NEW(t.arena, NoBound), OID_INT4));
    slice->lower = Q_LIST(&t, q_int(&t, 2));
    QSubscript *first = Q_NEW(t.arena, Subscript);
    first->arg = q_typed(slice, 1009);
    first->container = 1009;
    first->upper = Q_LIST(&t, q_int(&t, 1));
    state = q_state(&t, q_typed(first, OID_TEXT));
    assert_int_equal(expr_eval(state, t.inputs, 1, t.batch.selection, &result), ROWS);
    const Datum twenty = vector_get(&result, 7);
    assert_true(str_equal(strview_str(&twenty.value.str), STR("20")));
    q_close(&t);
}

static void rows_compare(void **unused)
{
    (void)unused;
    QTest t;
    q_open(&t);
    QRowCompare *compare = Q_NEW(t.arena, RowCompare);
    compare->left = Q_LIST(&t, q_slot(&t, 0), q_slot(&t, 1));
    compare->right = Q_LIST(&t, q_int(&t, 10), q_int(&t, 5));
    compare->strategy = 1;
    Vector result;
    ExprState *state = q_state(&t, q_typed(compare, OID_BOOL));
    assert_int_equal(expr_eval(state, t.inputs, 1, t.batch.selection, &result), ROWS);
    for (uint32_t row = 0; row < ROWS; row++) {
        if (a_of(row) == 10)
            assert_same(&result, row, b_null(row) ? null_value : bool_value(b_of(row) < 5));
        else
            assert_same(&result, row, bool_value(a_of(row) < 10));
    }
    q_close(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arithmetic_and_choices),
        cmocka_unit_test(three_valued_logic),
        cmocka_unit_test(errors_keep_their_row),
        cmocka_unit_test(narrowing_shields),
        cmocka_unit_test(case_with_a_value),
        cmocka_unit_test(filters),
        cmocka_unit_test(texts_outlive_their_step),
        cmocka_unit_test(params_and_volatile_calls),
        cmocka_unit_test(quantified_arrays),
        cmocka_unit_test(subscripts_and_element_casts),
        cmocka_unit_test(rows_compare),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

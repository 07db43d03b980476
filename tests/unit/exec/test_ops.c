/* SPDX-License-Identifier: Apache-2.0 */
/* Operators that need no table, on random small integers with NULLs, against models worked out by loops; every plan at
 * demands of 2048, 1, 2 and 7 rows. */
#include "exec/exec.h"

#include "exec/exec_internal.h"

#include "p.h"

/* ---- filter, project, limit ---- */

static PlanOp *p_filter(QTest *t, PlanOp *child, QExpr *condition)
{
    PlanFilter *plan = P_NEW(t, Filter);
    plan->child = child;
    plan->conditions = Q_LIST(t, condition);
    plan->outputs = p_all(t, child->outputs.count, 0);
    return &plan->base;
}

static void filter_and_project(void **unused)
{
    (void)unused;
    QTest t;
    q_open(&t);
    const Rows input = random_rows(&t, 1, 5000, 2, 100);
    Rows want = rows_make(&t, 1);
    for (uint32_t r = 0; r < input.count; r++)
        if (input.at[r][0] != NOTHING && input.at[r][0] > 50) {
            const int64_t sum = input.at[r][1] == NOTHING ? NOTHING
                                                          : input.at[r][0] + input.at[r][1];
            rows_add(&want, &sum);
        }
    PlanProject *project = P_NEW(&t, Project);
    project->child = p_filter(&t, p_values(&t, &input),
                              q_op(&t, p_int(&t, 0, 0), ">", q_int(&t, 50)));
    project->outputs = P_OUTPUTS(&t, q_op(&t, p_int(&t, 0, 0), "+", p_int(&t, 0, 1)));
    check_plan(&t, &project->base, want, false);
    q_close(&t);
}

static PlanOp *p_limit(QTest *t, PlanOp *child, int64_t count, int64_t offset)
{
    PlanLimit *plan = P_NEW(t, Limit);
    plan->child = child;
    if (count >= 0) plan->count = q_const(t, OID_INT8, (Datum){.value.i64 = count});
    if (offset != 0) plan->offset = q_const(t, OID_INT8, (Datum){.value.i64 = offset});
    plan->outputs = p_all(t, child->outputs.count, 0);
    return &plan->base;
}

static void limits(void **unused)
{
    (void)unused;
    QTest t;
    q_open(&t);
    const Rows input = random_rows(&t, 2, 3000, 2, 100);
    static const int64_t cases[][2] = {{0, 0},     {1, 0},     {5, 2999}, {2500, 100},
                                       {-1, 2990}, {10, 5000}, {4000, 0}};
    for (uint32_t i = 0; i < ARRAY_LEN(cases); i++) {
        Rows want = rows_make(&t, 2);
        for (int64_t r = cases[i][1];
             r < input.count && (cases[i][0] < 0 || r < cases[i][0] + cases[i][1]); r++)
            rows_add(&want, input.at[r]);
        check_plan(&t, p_limit(&t, p_values(&t, &input), cases[i][0], cases[i][1]), want, false);
    }
    q_close(&t);
}

typedef struct RunCall {
    QTest *t;
    Exec *exec;
} RunCall;
static void pull_one(void *arg)
{
    const Batch *batch;
    exec_next(((RunCall *)arg)->exec, 2048, &batch);
}

/* SELECT 10 / a FROM (VALUES (5), (2), (0), (1)): two rows, then the error; with LIMIT 2 no error at all (F16). */
static void errors_come_after_the_rows_before(void **unused)
{
    (void)unused;
    QTest t;
    q_open(&t);
    Rows input = rows_make(&t, 1);
    static const int64_t values[] = {5, 2, 0, 1};
    for (int i = 0; i < 4; i++) rows_add(&input, &values[i]);
    PlanProject *project = P_NEW(&t, Project);
    project->child = p_values(&t, &input);
    project->outputs = P_OUTPUTS(&t, q_op(&t, q_int(&t, 10), "/", p_int(&t, 0, 0)));
    const ExecOptions options = p_options(&t);
    for (uint32_t demand = 1; demand <= 2048; demand = demand * 3) {
        Exec *exec = exec_open(p_plan(&t, &project->base), &options);
        const Batch *batch;
        uint32_t got = 0;
        while (got < 2) {
            assert_true(exec_next(exec, demand, &batch));
            got += batch->selection.count;
        }
        assert_int_equal(got, 2);
        RunCall call = {&t, exec};
        assert_raises(SQLSTATE_DIVISION_BY_ZERO, pull_one, &call);
        exec_close(exec);
    }
    Rows want = rows_make(&t, 1);
    rows_add(&want, (int64_t[]){2});
    rows_add(&want, (int64_t[]){5});
    check_plan(&t, p_limit(&t, &project->base, 2, 0), want, false);
    q_close(&t);
}

/* ---- sort, unique ---- */

static int order_of(int64_t a, int64_t b, bool descending, bool nulls_first)
{
    if (a == b) return 0;
    if (a == NOTHING) return nulls_first ? -1 : 1;
    if (b == NOTHING) return nulls_first ? 1 : -1;
    return (a < b) == descending ? 1 : -1;
}

/* A stable insertion sort by the first `keys` columns. */
static Rows sorted_rows(QTest *t, const Rows *input, uint32_t keys, bool descending,
                        bool nulls_first)
{
    Rows rows = rows_make(t, input->columns);
    for (uint32_t r = 0; r < input->count; r++) {
        uint32_t at = rows.count;
        for (; at > 0; at--) {
            int order = 0;
            for (uint32_t k = 0; k < keys && order == 0; k++)
                order = order_of(rows.at[at - 1][k], input->at[r][k], descending, nulls_first);
            if (order <= 0) break;
        }
        memmove(rows.at[at + 1], rows.at[at], sizeof rows.at[0] * (rows.count - at));
        memcpy(rows.at[at], input->at[r], sizeof rows.at[0]);
        rows.count++;
    }
    return rows;
}

static PlanSort *p_sort(QTest *t, PlanOp *child, PlanSortKeyList keys)
{
    PlanSort *plan = P_NEW(t, Sort);
    plan->child = child;
    plan->keys = keys;
    plan->outputs = p_all(t, child->outputs.count, 0);
    return plan;
}

static void sorts(void **unused)
{
    (void)unused;
    QTest t;
    q_open(&t);
    const Rows input = random_rows(&t, 3, 5000, 3, 40);
    for (int mode = 0; mode < 4; mode++) {
        const bool descending = mode & 1, nulls_first = mode & 2;
        Rows one = sorted_rows(&t, &input, 1, descending, nulls_first);
        Rows two = sorted_rows(&t, &input, 2, descending, nulls_first);
        PlanOp *values = p_values(&t, &input);
        PlanSort *by_one = p_sort(&t, values, P_KEYS(&t, descending, nulls_first, p_int(&t, 0, 0)));
        PlanSort *by_two = p_sort(&t, values,
                                  P_KEYS(&t, descending, nulls_first, p_int(&t, 0, 0),
                                         p_int(&t, 0, 1)));
        check_plan(&t, &by_one->base, one, false);
        check_plan(&t, &by_two->base, two, false);
        by_one->limit = 10;
        by_two->limit = 10;
        one.count = two.count = 10;
        check_plan(&t, &by_one->base, one, false);
        check_plan(&t, &by_two->base, two, false);
    }
    q_close(&t);
}

static void ties_and_unique(void **unused)
{
    (void)unused;
    QTest t;
    q_open(&t);
    const Rows input = random_rows(&t, 4, 3000, 1, 30);
    const Rows sorted = sorted_rows(&t, &input, 1, false, false);
    PlanSort *sort = p_sort(&t, p_values(&t, &input), P_KEYS(&t, false, false, p_int(&t, 0, 0)));
    Rows want = rows_make(&t, 1);
    for (uint32_t r = 0; r < sorted.count && (r < 200 || sorted.at[r][0] == sorted.at[199][0]); r++)
        rows_add(&want, sorted.at[r]);
    PlanLimit *limit = (PlanLimit *)p_limit(&t, &sort->base, 200, 0);
    limit->with_ties = true;
    limit->ties = sort->keys;
    check_plan(&t, &limit->base, want, false);
    PlanUnique *unique = P_NEW(&t, Unique);
    unique->child = &sort->base;
    unique->keys = sort->keys;
    unique->outputs = sort->outputs;
    Rows distinct = rows_make(&t, 1);
    for (uint32_t r = 0; r < sorted.count; r++)
        if (r == 0 || sorted.at[r][0] != sorted.at[r - 1][0]) rows_add(&distinct, sorted.at[r]);
    check_plan(&t, &unique->base, distinct, false);
    q_close(&t);
}

/* ---- joins ---- */

static bool joins(const int64_t *outer, const int64_t *inner, bool extra)
{
    if (outer[0] == NOTHING || inner[0] == NOTHING || outer[0] != inner[0]) return false;
    return !extra || (outer[1] != NOTHING && inner[1] != NOTHING && outer[1] < inner[1]);
}

static Rows join_model(QTest *t, const Rows *outer, const Rows *inner, QJoinKind join, bool extra)
{
    const bool alone = join == Q_JOIN_SEMI || join == Q_JOIN_ANTI;
    const bool inner_alone = join == Q_JOIN_RIGHT_SEMI || join == Q_JOIN_RIGHT_ANTI;
    Rows rows = rows_make(t, alone || inner_alone ? 2 : 4);
    bool *inner_matched = ARENA_ARRAY(t->arena, bool, inner->count);
    for (uint32_t o = 0; o < outer->count; o++) {
        bool matched = false;
        for (uint32_t i = 0; i < inner->count; i++) {
            if (!joins(outer->at[o], inner->at[i], extra)) continue;
            matched = inner_matched[i] = true;
            if (!alone && !inner_alone)
                rows_add(&rows, (int64_t[]){outer->at[o][0], outer->at[o][1], inner->at[i][0],
                                            inner->at[i][1]});
        }
        if (alone && matched == (join == Q_JOIN_SEMI)) rows_add(&rows, outer->at[o]);
        if (!matched && (join == Q_JOIN_LEFT || join == Q_JOIN_FULL))
            rows_add(&rows, (int64_t[]){outer->at[o][0], outer->at[o][1], NOTHING, NOTHING});
    }
    for (uint32_t i = 0; i < inner->count; i++)
        if (!inner_matched[i] && (join == Q_JOIN_RIGHT || join == Q_JOIN_FULL))
            rows_add(&rows, (int64_t[]){NOTHING, NOTHING, inner->at[i][0], inner->at[i][1]});
    for (uint32_t i = 0; i < inner->count; i++)
        if (inner_alone && inner_matched[i] == (join == Q_JOIN_RIGHT_SEMI))
            rows_add(&rows, inner->at[i]);
    return rows;
}

static void check_joins(QTest *t, const Rows *outer, const Rows *inner)
{
    static const QJoinKind kinds[] = {Q_JOIN_INNER,      Q_JOIN_LEFT,      Q_JOIN_SEMI,
                                      Q_JOIN_ANTI,       Q_JOIN_RIGHT,     Q_JOIN_FULL,
                                      Q_JOIN_RIGHT_SEMI, Q_JOIN_RIGHT_ANTI};
    for (uint32_t k = 0; k < ARRAY_LEN(kinds); k++)
        for (int extra = 0; extra < 2; extra++) {
            const bool alone = kinds[k] == Q_JOIN_SEMI || kinds[k] == Q_JOIN_ANTI;
            const Rows want = join_model(t, outer, inner, kinds[k], extra);
            QExpr *less = q_op(t, p_int(t, 0, 1), "<", p_int(t, 1, 1));
            PlanHashJoin *hash = P_NEW(t, HashJoin);
            hash->outer = p_values(t, outer);
            hash->inner = p_values(t, inner);
            hash->join = kinds[k];
            hash->outer_keys = Q_LIST(t, p_int(t, 0, 0));
            hash->inner_keys = Q_LIST(t, p_int(t, 0, 0));
            if (extra) hash->join_conditions = Q_LIST(t, less);
            hash->outputs = p_all(t, k >= 6 ? 0 : 2, alone ? 0 : 2);
            check_plan(t, &hash->base.base, want, true);
            if (k >= 4) continue;
            PlanNestedLoop *loop = P_NEW(t, NestedLoop);
            QExpr *equal = q_op(t, p_int(t, 0, 0), "=", p_int(t, 1, 0));
            loop->outer = hash->outer;
            loop->inner = hash->inner;
            loop->join = kinds[k];
            loop->join_conditions = extra ? Q_LIST(t, equal, less) : Q_LIST(t, equal);
            loop->outputs = hash->outputs;
            check_plan(t, &loop->base.base, want, true);
        }
}

static void joins_of_all_kinds(void **unused)
{
    (void)unused;
    QTest t;
    q_open(&t);
    const Rows empty = rows_make(&t, 2);
    (void)empty;
    const Rows few = random_rows(&t, 5, 3, 2, 4), some = random_rows(&t, 6, 300, 2, 60),
               dense = random_rows(&t, 7, 150, 2, 5);
    check_joins(&t, &some, &dense);
    check_joins(&t, &dense, &few);
    check_joins(&t, &few, &some);
    q_close(&t);
}

/* The inner side hangs on the outer row: b > outer.a, by a param. */
static void loops_with_params(void **unused)
{
    (void)unused;
    QTest t;
    q_open(&t);
    const Rows outer = random_rows(&t, 8, 200, 2, 30), inner = random_rows(&t, 9, 100, 2, 30);
    Rows want = rows_make(&t, 4);
    for (uint32_t o = 0; o < outer.count; o++)
        for (uint32_t i = 0; i < inner.count; i++)
            if (outer.at[o][0] != NOTHING && inner.at[i][1] != NOTHING &&
                inner.at[i][1] > outer.at[o][0])
                rows_add(&want, (int64_t[]){outer.at[o][0], outer.at[o][1], inner.at[i][0],
                                            inner.at[i][1]});
    QExecParam *param = Q_NEW(t.arena, ExecParam);
    PlanNestedLoop *loop = P_NEW(&t, NestedLoop);
    loop->outer = p_values(&t, &outer);
    loop->inner = p_filter(&t, p_values(&t, &inner),
                           q_op(&t, p_int(&t, 0, 1), ">", q_typed(param, OID_INT4)));
    loop->set_params = (NodeI32s){(int32_t[]){0}, 1};
    loop->param_values = Q_LIST(&t, p_int(&t, 0, 0));
    loop->outputs = p_all(&t, 2, 2);
    for (uint32_t demand = 1; demand <= 2048; demand *= 4) {
        PlanPlan *plan = p_plan(&t, &loop->base.base);
        plan->param_count = 1;
        const ExecOptions options = p_options(&t);
        Rows got = rows_make(&t, 4);
        Exec *exec = exec_open(plan, &options);
        p_collect(exec, demand, &got);
        exec_close(exec);
        assert_rows(got, want); /* the order of the loops */
    }
    q_close(&t);
}

/* ---- sub-plans ---- */

/* b NOT IN (SELECT ...) and a IN (...), by a hash table and by running the sub-plan for each row; with NULLs on either
 * side, of one and of two columns. */
static QExpr *in_subplan(QTest *t, uint32_t columns, bool hashed)
{
    QSubPlanCall *call = Q_NEW(t->arena, SubPlanCall);
    QExpr *equal[2];
    for (uint32_t i = 0; i < columns; i++) {
        QSubOutput *output = Q_NEW(t->arena, SubOutput);
        output->column = (int32_t)i + 1;
        equal[i] = q_op(t, p_int(t, 0, i), "=", q_typed(output, OID_INT4));
    }
    call->sublink = Q_SUBLINK_ANY;
    call->plan = 1;
    call->hashed = hashed;
    call->test = columns == 1 ? equal[0] : q_and(t, equal[0], equal[1]);
    return q_typed(call, OID_BOOL);
}

static int64_t in_model(const int64_t *row, const Rows *inner, uint32_t columns)
{
    int64_t answer = 0;
    for (uint32_t r = 0; r < inner->count; r++) {
        int64_t equal = 1;
        for (uint32_t c = 0; c < columns && equal != 0; c++) {
            if (row[c] == NOTHING || inner->at[r][c] == NOTHING)
                equal = NOTHING;
            else if (row[c] != inner->at[r][c])
                equal = 0;
        }
        if (equal == 1) return 1;
        if (equal == NOTHING) answer = NOTHING;
    }
    return answer;
}

static void in_a_subplan(void **unused)
{
    (void)unused;
    QTest t;
    q_open(&t);
    const Rows outer = random_rows(&t, 20, 300, 2, 12);
    Rows some = random_rows(&t, 21, 9, 2, 12), full = rows_make(&t, 2);
    for (uint32_t r = 0; r < some.count; r++)
        if (some.at[r][0] != NOTHING && some.at[r][1] != NOTHING) rows_add(&full, some.at[r]);
    const Rows *inners[] = {&some, &full};
    for (uint32_t i = 0; i < 2; i++)
        for (uint32_t columns = 1; columns <= 2; columns++)
            for (int hashed = 0; hashed < 2; hashed++) {
                PlanProject *project = P_NEW(&t, Project);
                PlanSubPlan *subplan = P_NEW(&t, SubPlan);
                Rows want = rows_make(&t, 1), got = rows_make(&t, 1);
                project->child = p_values(&t, &outer);
                project->outputs = P_OUTPUTS(&t, in_subplan(&t, columns, hashed));
                subplan->root = p_values(&t, inners[i]);
                for (uint32_t r = 0; r < outer.count; r++) {
                    const int64_t in = in_model(outer.at[r], inners[i], columns);
                    rows_add(&want, &in);
                }
                PlanPlan *plan = p_plan(&t, &project->base);
                plan->subplans = (PlanSubPlanList){&subplan, 1};
                const ExecOptions options = p_options(&t);
                Exec *exec = exec_open(plan, &options);
                p_collect(exec, 100, &got);
                exec_close(exec);
                assert_rows(got, want);
            }
    q_close(&t);
}

static void figures(void **unused)
{
    (void)unused;
    QTest t;
    q_open(&t);
    const Rows input = random_rows(&t, 22, 500, 1, 10);
    PlanOp *values = p_values(&t, &input);
    PlanOp *filter = p_filter(&t, values, q_op(&t, p_int(&t, 0, 0), ">", q_int(&t, 2)));
    values->id = 1;
    filter->id = 2;
    ExecOptions options = p_options(&t);
    options.instrument = true;
    Rows got = rows_make(&t, 1);
    Exec *exec = exec_open(p_plan(&t, filter), &options);
    p_collect(exec, 64, &got);
    const ExecFigures *below = exec__figures(exec, 1), *above = exec__figures(exec, 2);
    assert_int_equal(below->rows, 500);
    assert_int_equal(above->rows, got.count);
    assert_int_equal(above->removed, 500 - got.count);
    assert_int_equal(above->loops, 1);
    assert_null(exec__figures(exec, 3));
    exec_close(exec);
    q_close(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(filter_and_project),
        cmocka_unit_test(limits),
        cmocka_unit_test(errors_come_after_the_rows_before),
        cmocka_unit_test(sorts),
        cmocka_unit_test(ties_and_unique),
        cmocka_unit_test(joins_of_all_kinds),
        cmocka_unit_test(loops_with_params),
        cmocka_unit_test(in_a_subplan),
        cmocka_unit_test(figures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

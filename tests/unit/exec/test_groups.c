/* SPDX-License-Identifier: Apache-2.0 */
/* Aggregates (plain, by groups, DISTINCT, FILTER, ORDER BY, grouping sets), set operations, CTEs and recursion, set-
 * returning functions: against models, at several demands. */
#include "exec/exec.h"

#include "p.h"

enum { COUNT_ANY = 2147, COUNT_STAR = 2803, SUM_INT4 = 2108, MAX_INT4 = 2116 };

static QAggregate *aggregate(QTest *t, Oid function, QExpr *arg)
{
    QAggregate *call = Q_NEW(t->arena, Aggregate);
    call->function = function;
    if (arg) call->args = P_OUTPUTS(t, arg);
    q_typed(call, builtin_function(function)->result);
    return call;
}

static PlanAggregate *group(QTest *t, PlanOp *child, PlanSortKeyList keys, uint32_t count,
                            QAggregate **calls)
{
    PlanAggregate *plan = P_NEW(t, Aggregate);
    QExpr *outputs[2 * COLUMNS_MAX];
    plan->child = child;
    plan->keys = keys;
    plan->strategy = keys.count > 0 ? PLAN_AGGREGATE_HASHED : PLAN_AGGREGATE_PLAIN;
    plan->aggregates = (QAggregateList){arena_copy(t->arena, calls, sizeof *calls * count), count};
    for (uint32_t i = 0; i < keys.count; i++) outputs[i] = p_int(t, 0, i);
    for (uint32_t i = 0; i < count; i++)
        outputs[keys.count + i] = p_slot(t, 0, keys.count + i, calls[i]->type);
    plan->outputs = p_targets(t, keys.count + count, outputs);
    return plan;
}

typedef struct Model {
    int64_t key, stars, count, sum, distinct, filtered, max;
    bool seen[256], any;
} Model;

/* count(*), count(b), sum(b), count(distinct b), count(*) filter (where b > 3), max(b) of the rows with this key. */
static void model_add(Model *model, int64_t b)
{
    model->stars++;
    if (b == NOTHING) return;
    model->count++;
    model->sum += b;
    model->filtered += b > 3;
    model->distinct += !model->seen[b + 128];
    model->seen[b + 128] = true;
    model->max = !model->any || b > model->max ? b : model->max;
    model->any = true;
}

static void add_model_row(Rows *rows, const Model *model, bool keyed)
{
    const int64_t values[] = {model->key,      model->stars,    model->any ? model->sum : NOTHING,
                              model->distinct, model->filtered, model->any ? model->max : NOTHING};
    rows_add(rows, keyed ? values : values + 1);
}

static void five_calls(QTest *t, QAggregate **calls)
{
    QExpr *b = p_int(t, 0, 1);
    calls[0] = aggregate(t, COUNT_STAR, NULL);
    calls[1] = aggregate(t, SUM_INT4, b);
    calls[2] = aggregate(t, COUNT_ANY, b);
    QSortKey *key = Q_NEW(t->arena, SortKey);
    key->reference = calls[2]->args.items[0]->reference = 1;
    calls[2]->distinct = (QSortKeyList){arena_copy(t->arena, &key, sizeof key), 1};
    calls[3] = aggregate(t, COUNT_STAR, NULL);
    calls[3]->filter = q_op(t, b, ">", q_int(t, 3));
    calls[4] = aggregate(t, MAX_INT4, b);
}

static void groups_in_the_order_they_come(void **unused)
{
    (void)unused;
    QTest t;
    q_open(&t);
    const Rows input = random_rows(&t, 11, 6000, 2, 90);
    Model *models = ARENA_ARRAY(t.arena, Model, 200);
    Model *all = ARENA_ARRAY(t.arena, Model, 1);
    uint32_t count = 0;
    for (uint32_t r = 0; r < input.count; r++) {
        uint32_t m = 0;
        while (m < count && models[m].key != input.at[r][0]) m++;
        if (m == count) models[count++].key = input.at[r][0];
        model_add(&models[m], input.at[r][1]);
        model_add(all, input.at[r][1]);
    }
    Rows want = rows_make(&t, 6), plain = rows_make(&t, 5);
    for (uint32_t m = 0; m < count; m++) add_model_row(&want, &models[m], true);
    add_model_row(&plain, all, false);
    QAggregate *calls[5];
    five_calls(&t, calls);
    PlanOp *values = p_values(&t, &input);
    check_plan(&t, &group(&t, values, P_KEYS(&t, false, false, p_int(&t, 0, 0)), 5, calls)->base,
               want, false);
    check_plan(&t, &group(&t, values, (PlanSortKeyList){0}, 5, calls)->base, plain, false);
    q_close(&t);
}

static void nothing_to_aggregate(void **unused)
{
    (void)unused;
    QTest t;
    q_open(&t);
    Rows input = rows_make(&t, 2), want = rows_make(&t, 5);
    rows_add(&input, (int64_t[]){1, 1});
    PlanFilter *none = P_NEW(&t, Filter);
    none->child = p_values(&t, &input);
    none->conditions = Q_LIST(&t, q_op(&t, p_int(&t, 0, 0), ">", q_int(&t, 5)));
    none->outputs = p_all(&t, 2, 0);
    QAggregate *calls[5];
    five_calls(&t, calls);
    rows_add(&want, (int64_t[]){0, NOTHING, 0, 0, NOTHING});
    check_plan(&t, &group(&t, &none->base, (PlanSortKeyList){0}, 5, calls)->base, want, false);
    Rows empty = rows_make(&t, 6);
    check_plan(&t,
               &group(&t, &none->base, P_KEYS(&t, false, false, p_int(&t, 0, 0)), 5, calls)->base,
               empty, false);
    q_close(&t);
}

static void grouping_sets(void **unused)
{
    (void)unused;
    QTest t;
    q_open(&t);
    Rows input = rows_make(&t, 2), want = rows_make(&t, 4);
    static const int64_t rows[][2] = {{1, 1}, {1, 2}, {2, 1}, {NOTHING, 1}, {1, 1}};
    for (int i = 0; i < 5; i++) rows_add(&input, rows[i]);
    QAggregate *calls[] = {aggregate(&t, COUNT_STAR, NULL)};
    PlanAggregate *plan = group(&t, p_values(&t, &input),
                                P_KEYS(&t, false, false, p_int(&t, 0, 0), p_int(&t, 0, 1)), 1,
                                calls);
    static int32_t keys[] = {0, 1};
    plan->sets = (PlanGroupingSetList){ARENA_ARRAY(t.arena, PlanGroupingSet *, 3), 3};
    for (int i = 0; i < 3; i++) plan->sets.items[i] = P_NEW(&t, GroupingSet);
    plan->sets.items[0]->keys = (NodeI32s){keys, 2};
    plan->sets.items[1]->keys = (NodeI32s){keys + 1, 1};
    QGrouping *grouping = Q_NEW(t.arena, Grouping);
    grouping->refs = (NodeI32s){keys, 2};
    plan->groupings = (QGroupingList){arena_copy(t.arena, &grouping, sizeof grouping), 1};
    plan->outputs = P_OUTPUTS(&t, p_int(&t, 0, 0), p_int(&t, 0, 1), p_slot(&t, 0, 2, OID_INT8),
                              p_int(&t, 0, 3));
    static const int64_t wanted[][4] = {{1, 1, 2, 0},
                                        {1, 2, 1, 0},
                                        {2, 1, 1, 0},
                                        {NOTHING, 1, 1, 0},
                                        {NOTHING, 1, 4, 2},
                                        {NOTHING, 2, 1, 2},
                                        {NOTHING, NOTHING, 5, 3}};
    for (int i = 0; i < 7; i++) rows_add(&want, wanted[i]);
    check_plan(&t, &plan->base, want, false);
    q_close(&t);
}

/* ---- set operations ---- */

static uint32_t times(const Rows *rows, int64_t value)
{
    uint32_t count = 0;
    for (uint32_t r = 0; r < rows->count; r++) count += rows->at[r][0] == value;
    return count;
}

static void set_operations(void **unused)
{
    (void)unused;
    QTest t;
    q_open(&t);
    const Rows left = random_rows(&t, 12, 200, 1, 40), right = random_rows(&t, 13, 150, 1, 60);
    for (int mode = 0; mode < 4; mode++) {
        const bool all = mode & 1, intersect = mode & 2;
        Rows want = rows_make(&t, 1);
        for (int64_t value = -50; value < 100; value++) {
            const int64_t v = value == 99 ? NOTHING : value;
            const uint32_t l = times(&left, v), r = times(&right, v);
            uint32_t n = intersect ? MIN(l, r) : l - MIN(l, r);
            if (!all) n = l > 0 && (r > 0) == intersect;
            while (n-- > 0) rows_add(&want, &v);
        }
        PlanSetOp *plan = P_NEW(&t, SetOp);
        plan->left = p_values(&t, &left);
        plan->right = p_values(&t, &right);
        plan->op = intersect ? Q_SETOP_INTERSECT : Q_SETOP_EXCEPT;
        plan->all = all;
        plan->outputs = p_all(&t, 1, 0);
        check_plan(&t, &plan->base, want, true);
    }
    q_close(&t);
}

/* ---- recursion, CTEs, functions ---- */

/* WITH RECURSIVE r(n) AS (VALUES (1) UNION [ALL] SELECT (n * 3) % 50 FROM r [WHERE n < 40]) SELECT n FROM r */
static void recursion(void **unused)
{
    (void)unused;
    QTest t;
    q_open(&t);
    Rows start = rows_make(&t, 1), want = rows_make(&t, 1), until = rows_make(&t, 1);
    rows_add(&start, (int64_t[]){1});
    bool seen[50] = {0};
    for (int64_t n = 1; !seen[n]; n = n * 3 % 50) {
        rows_add(&want, &n);
        seen[n] = true;
    }
    for (int64_t n = 1;; n = n * 3 % 50) {
        rows_add(&until, &n);
        if (n >= 40) break;
    }
    for (int distinct = 0; distinct < 2; distinct++) {
        PlanWorkTableScan *scan = P_NEW(&t, WorkTableScan);
        scan->recursion = 1;
        QExpr *n = p_int(&t, 0, 0);
        if (!distinct) scan->conditions = Q_LIST(&t, q_op(&t, n, "<", q_int(&t, 40)));
        scan->outputs = P_OUTPUTS(&t, q_op(&t, q_op(&t, n, "*", q_int(&t, 3)), "%", q_int(&t, 50)));
        PlanRecursiveUnion *plan = P_NEW(&t, RecursiveUnion);
        plan->first = p_values(&t, &start);
        plan->again = &scan->base;
        plan->recursion = 1;
        if (distinct) plan->distinct_keys = P_KEYS(&t, false, false, n);
        plan->outputs = p_all(&t, 1, 0);
        check_plan(&t, &plan->base, distinct ? want : until, false);
    }
    q_close(&t);
}

/* A CTE with two readers that go at their own pace, joined by a loop. */
static void shared_rows(void **unused)
{
    (void)unused;
    QTest t;
    q_open(&t);
    const Rows input = random_rows(&t, 14, 100, 1, 40);
    Rows want = rows_make(&t, 2);
    for (uint32_t o = 0; o < input.count; o++)
        for (uint32_t i = 0; i < input.count; i++)
            rows_add(&want, (int64_t[]){input.at[o][0], input.at[i][0]});
    PlanCteScan *scans[2];
    for (int i = 0; i < 2; i++) {
        scans[i] = P_NEW(&t, CteScan);
        scans[i]->cte_plan = 1;
        scans[i]->outputs = p_all(&t, 1, 0);
    }
    PlanNestedLoop *loop = P_NEW(&t, NestedLoop);
    loop->outer = &scans[0]->base;
    loop->inner = &scans[1]->base;
    loop->outputs = p_all(&t, 1, 1);
    PlanSubPlan *cte = P_NEW(&t, SubPlan);
    cte->root = p_values(&t, &input);
    for (uint32_t demand = 1; demand <= 2048; demand *= 7) {
        PlanPlan *plan = p_plan(&t, &loop->base.base);
        plan->subplans = (PlanSubPlanList){&cte, 1};
        const ExecOptions options = p_options(&t);
        Rows got = rows_make(&t, 2);
        Exec *exec = exec_open(plan, &options);
        p_collect(exec, demand, &got);
        exec_finish(exec);
        exec_close(exec);
        assert_rows(got, want);
    }
    q_close(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(groups_in_the_order_they_come),
        cmocka_unit_test(nothing_to_aggregate),
        cmocka_unit_test(grouping_sets),
        cmocka_unit_test(set_operations),
        cmocka_unit_test(recursion),
        cmocka_unit_test(shared_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

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

/* ---- windows ---- */

enum { RANK = 3101, IN_RANGE_INT4 = 4128 };

static QWindowCall *window_call(QTest *t, Oid function, QExpr *arg)
{
    QWindowCall *call = Q_NEW(t->arena, WindowCall);
    call->function = function;
    call->window = 1;
    if (arg) call->args = Q_LIST(t, arg);
    q_typed(call, builtin_function(function)->result);
    return call;
}

typedef struct Frame {
    uint32_t mode, start, end, exclusion;
    int64_t before, after;
} Frame;

/* Is row j in the frame of row i? Both are of one partition, which is [from, to). Groups count the distinct orders. */
static bool in_frame(const Rows *rows, const Frame *f, uint32_t i, uint32_t j)
{
    const int64_t oi = rows->at[i][1], oj = rows->at[j][1];
    int64_t distance = 0; /* of j behind i, in the mode's unit */
    if (f->mode == AST_FRAME_ROWS) {
        distance = (int64_t)j - i;
    } else if (f->mode == AST_FRAME_GROUPS) {
        const uint32_t low = MIN(i, j), high = MAX(i, j);
        for (uint32_t k = low; k < high; k++) distance += rows->at[k][1] != rows->at[k + 1][1];
        if (j < i) distance = -distance;
    } else if (oi == NOTHING || oj == NOTHING) {
        const bool unbounded = oi == oj || (j < i ? f->start : f->end) ==
                                               (j < i ? AST_BOUND_UNBOUNDED_PRECEDING
                                                      : AST_BOUND_UNBOUNDED_FOLLOWING);
        if (!unbounded) return false;
    } else {
        distance = oj - oi;
    }
    if (f->start == AST_BOUND_CURRENT_ROW && distance < 0) return false;
    if (f->start == AST_BOUND_PRECEDING && distance < -f->before) return false;
    if (f->end == AST_BOUND_CURRENT_ROW && distance > 0) return false;
    if (f->end == AST_BOUND_FOLLOWING && distance > f->after) return false;
    switch (f->exclusion) {
    case AST_EXCLUDE_CURRENT_ROW: return i != j;
    case AST_EXCLUDE_GROUP: return oi != oj;
    case AST_EXCLUDE_TIES: return i == j || oi != oj;
    default: return true;
    }
}

/* p, o, v, sum(v), count(*), rank() of each row. */
static Rows window_model(QTest *t, const Rows *rows, const Frame *f)
{
    Rows want = rows_make(t, 6);
    for (uint32_t i = 0; i < rows->count; i++) {
        int64_t sum = NOTHING, count = 0, rank = 1;
        for (uint32_t j = 0; j < rows->count; j++) {
            if (rows->at[j][0] != rows->at[i][0]) continue;
            if (!in_frame(rows, f, i, j)) continue;
            count++;
            if (rows->at[j][2] != NOTHING)
                sum = sum == NOTHING ? rows->at[j][2] : sum + rows->at[j][2];
        }
        /* rank counts the rows before the group of peers */
        for (uint32_t j = 0; j < i; j++)
            rank += rows->at[j][0] == rows->at[i][0] && rows->at[j][1] != rows->at[i][1];
        rows_add(&want,
                 (int64_t[]){rows->at[i][0], rows->at[i][1], rows->at[i][2], sum, count, rank});
    }
    return want;
}

static int by_partition_and_order(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;
    for (int k = 0; k < 2; k++) {
        if (x[k] == y[k]) continue;
        if (x[k] == NOTHING || y[k] == NOTHING) return x[k] == NOTHING ? 1 : -1;
        return x[k] < y[k] ? -1 : 1;
    }
    return 0;
}

static void windows(void **unused)
{
    (void)unused;
    QTest t;
    q_open(&t);
    static const Frame frames[] = {
        {AST_FRAME_RANGE, AST_BOUND_UNBOUNDED_PRECEDING, AST_BOUND_CURRENT_ROW, 0, 0, 0},
        {AST_FRAME_ROWS, AST_BOUND_PRECEDING, AST_BOUND_FOLLOWING, 0, 2, 1},
        {AST_FRAME_ROWS, AST_BOUND_PRECEDING, AST_BOUND_CURRENT_ROW, AST_EXCLUDE_CURRENT_ROW, 3, 0},
        {AST_FRAME_ROWS, AST_BOUND_CURRENT_ROW, AST_BOUND_UNBOUNDED_FOLLOWING, 0, 0, 0},
        {AST_FRAME_GROUPS, AST_BOUND_PRECEDING, AST_BOUND_FOLLOWING, 0, 1, 1},
        {AST_FRAME_GROUPS, AST_BOUND_PRECEDING, AST_BOUND_CURRENT_ROW, AST_EXCLUDE_TIES, 2, 0},
        {AST_FRAME_RANGE, AST_BOUND_UNBOUNDED_PRECEDING, AST_BOUND_UNBOUNDED_FOLLOWING,
         AST_EXCLUDE_GROUP, 0, 0},
        {AST_FRAME_RANGE, AST_BOUND_PRECEDING, AST_BOUND_FOLLOWING, 0, 3, 2},
    };
    Rows rows = random_rows(&t, 15, 600, 3, 12);
    qsort(rows.at, rows.count, sizeof *rows.at, by_partition_and_order);
    for (uint32_t f = 0; f < ARRAY_LEN(frames); f++) {
        const bool by_value = frames[f].mode == AST_FRAME_RANGE &&
                              frames[f].start == AST_BOUND_PRECEDING;
        if (by_value && !builtin_function(IN_RANGE_INT4)) continue;
        PlanWindowAggregate *plan = P_NEW(&t, WindowAggregate);
        QWindow *window = plan->window = Q_NEW(t.arena, Window);
        const Oid offset = by_value ? OID_INT4 : OID_INT8;
        plan->child = p_values(&t, &rows);
        window->frame = frames[f].mode;
        window->start = frames[f].start;
        window->end = frames[f].end;
        window->exclusion = frames[f].exclusion;
        window->in_range_asc = true;
        window->start_in_range = window->end_in_range = IN_RANGE_INT4;
        plan->start_offset = q_const(&t, offset, (Datum){.value.i64 = frames[f].before});
        plan->end_offset = q_const(&t, offset, (Datum){.value.i64 = frames[f].after});
        plan->partition_by = P_KEYS(&t, false, false, p_int(&t, 0, 0));
        plan->order_by = P_KEYS(&t, false, false, p_int(&t, 0, 1));
        QWindowCall *calls[] = {window_call(&t, SUM_INT4, p_int(&t, 0, 2)),
                                window_call(&t, COUNT_STAR, NULL), window_call(&t, RANK, NULL)};
        plan->calls = (QWindowCallList){arena_copy(t.arena, calls, sizeof calls), 3};
        plan->outputs = P_OUTPUTS(&t, p_int(&t, 0, 0), p_int(&t, 0, 1), p_int(&t, 0, 2),
                                  p_slot(&t, 0, 3, OID_INT8), p_slot(&t, 0, 4, OID_INT8),
                                  p_slot(&t, 0, 5, OID_INT8));
        check_plan(&t, &plan->base, window_model(&t, &rows, &frames[f]), false);
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
        cmocka_unit_test(windows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* p.h - hand-built plans over small integers, and their results as arrays. */
#pragma once

#include "exec/exec.h"
#include "unit/expr/q.h"

enum { COLUMNS_MAX = 6, RESULT_ROWS_MAX = 40000, NOTHING = INT32_MIN }; /* NOTHING: NULL */

typedef struct Rows {
    uint32_t count, columns;
    int64_t (*at)[COLUMNS_MAX];
} Rows;

static inline Rows rows_make(QTest *t, uint32_t columns)
{
    return (Rows){.columns = columns,
                  .at = arena_alloc(t->arena, sizeof(int64_t[RESULT_ROWS_MAX][COLUMNS_MAX]))};
}
static inline void rows_add(Rows *rows, const int64_t *values)
{
    assert_true(rows->count < RESULT_ROWS_MAX);
    memcpy(rows->at[rows->count++], values, sizeof(int64_t) * rows->columns);
}

/* One in eight NULL, the others in [-range / 3, 2 * range / 3). */
static inline Rows random_rows(QTest *t, uint64_t seed, uint32_t count, uint32_t columns,
                               uint32_t range)
{
    Rows rows = rows_make(t, columns);
    uint64_t state = seed;
    for (uint32_t r = 0; r < count; r++) {
        int64_t values[COLUMNS_MAX];
        for (uint32_t c = 0; c < columns; c++) {
            state = state * UINT64_C(6364136223846793005) + 1442695040888963407u;
            const uint32_t draw = (uint32_t)(state >> 33);
            values[c] = draw % 8 == 0 ? NOTHING : (int64_t)(draw / 8 % range) - (int64_t)range / 3;
        }
        rows_add(&rows, values);
    }
    return rows;
}

/* ---- nodes ---- */

#define P_NEW(t, Type) ((Plan##Type *)plan_new((t)->arena, Plan##Type##_KIND))

static inline QExpr *p_slot(QTest *t, uint32_t input, uint32_t column, Oid type)
{
    QSlot *slot = Q_NEW(t->arena, Slot);
    slot->input = input;
    slot->column = (int32_t)column;
    return q_typed(slot, type);
}
static inline QExpr *p_int(QTest *t, uint32_t input, uint32_t column)
{
    return p_slot(t, input, column, OID_INT4);
}
static inline QTargetList p_targets(QTest *t, uint32_t count, QExpr *const *exprs)
{
    QTargetList list = {ARENA_ARRAY(t->arena, QTarget *, count), count};
    for (uint32_t i = 0; i < count; i++) {
        list.items[i] = Q_NEW(t->arena, Target);
        list.items[i]->expr = exprs[i];
    }
    return list;
}
#define P_OUTPUTS(t, ...) \
    p_targets((t), sizeof((QExpr *[]){__VA_ARGS__}) / sizeof(QExpr *), (QExpr *[]){__VA_ARGS__})
/* `outer` columns of input 0 and then `inner` of input 1, all int4. */
static inline QTargetList p_all(QTest *t, uint32_t outer, uint32_t inner)
{
    QExpr *exprs[2 * COLUMNS_MAX];
    for (uint32_t i = 0; i < outer; i++) exprs[i] = p_int(t, 0, i);
    for (uint32_t i = 0; i < inner; i++) exprs[outer + i] = p_int(t, 1, i);
    return p_targets(t, outer + inner, exprs);
}
static inline PlanOp *p_values(QTest *t, const Rows *rows)
{
    PlanValuesScan *plan = P_NEW(t, ValuesScan);
    plan->value_rows = (QValuesRowList){ARENA_ARRAY(t->arena, QValuesRow *, rows->count),
                                        rows->count};
    for (uint32_t r = 0; r < rows->count; r++) {
        QValuesRow *row = plan->value_rows.items[r] = Q_NEW(t->arena, ValuesRow);
        row->items = (QExprList){ARENA_ARRAY(t->arena, QExpr *, rows->columns), rows->columns};
        for (uint32_t c = 0; c < rows->columns; c++)
            row->items.items[c] = rows->at[r][c] == NOTHING ? q_null(t, OID_INT4)
                                                            : q_int(t, (int32_t)rows->at[r][c]);
    }
    plan->outputs = p_all(t, rows->columns, 0);
    return &plan->base;
}
static inline PlanSortKeyList p_keys(QTest *t, uint32_t count, QExpr *const *exprs, bool descending,
                                     bool nulls_first)
{
    PlanSortKeyList keys = {ARENA_ARRAY(t->arena, PlanSortKey *, count), count};
    for (uint32_t i = 0; i < count; i++) {
        keys.items[i] = P_NEW(t, SortKey);
        keys.items[i]->expr = exprs[i];
        keys.items[i]->descending = descending;
        keys.items[i]->nulls_first = nulls_first;
    }
    return keys;
}
#define P_KEYS(t, descending, nulls_first, ...)                                               \
    p_keys((t), sizeof((QExpr *[]){__VA_ARGS__}) / sizeof(QExpr *), (QExpr *[]){__VA_ARGS__}, \
           (descending), (nulls_first))

static inline PlanPlan *p_plan(QTest *t, PlanOp *root)
{
    PlanPlan *plan = P_NEW(t, Plan);
    plan->root = root;
    plan->columns = root->outputs;
    return plan;
}

/* ---- running ---- */

static inline int64_t p_value(const Vector *v, uint32_t row)
{
    const Datum datum = vector_get(v, row);
    if (datum.null) return NOTHING;
    switch ((Phys)v->phys) {
    case PHYS_BOOL: return datum.value.b;
    case PHYS_I16: return datum.value.i16;
    case PHYS_I32: return datum.value.i32;
    case PHYS_I64: return datum.value.i64;
    case PHYS_DECIMAL: return datum.value.decimal.coefficient;
    case PHYS_F32:
    case PHYS_F64:
    case PHYS_FIXED16:
    case PHYS_STR:
    case PHYS_COUNT: break;
    }
    fail_msg("a result of an unexpected kind");
    return 0;
}

static inline ExecOptions p_options(QTest *t)
{
    return (ExecOptions){.env = &t->env, .settings = &settings_boot, .query = t->arena};
}
static inline void p_collect(Exec *exec, uint32_t demand, Rows *rows)
{
    const Batch *batch;
    while (exec_next(exec, demand, &batch)) {
        assert_true(batch->selection.count > 0 && batch->selection.count <= demand);
        for (uint32_t i = 0; i < batch->selection.count; i++) {
            const uint32_t row = batch->selection.rows ? batch->selection.rows[i] : i;
            int64_t values[COLUMNS_MAX];
            for (uint32_t c = 0; c < rows->columns; c++)
                values[c] = p_value(&batch->columns[c], row);
            rows_add(rows, values);
        }
    }
}
static inline void assert_rows(Rows got, Rows want);
/* The rows of a first run and, after a rewind, of a second, which must be the same. */
static inline Rows p_run(QTest *t, PlanOp *root, uint32_t demand)
{
    const ExecOptions options = p_options(t);
    Rows rows = rows_make(t, root->outputs.count), again = rows_make(t, root->outputs.count);
    Exec *exec = exec_open(p_plan(t, root), &options);
    p_collect(exec, demand, &rows);
    exec_rewind(exec);
    p_collect(exec, demand, &again);
    assert_int_equal(exec_processed(exec), 0);
    exec_close(exec);
    assert_rows(again, rows);
    return rows;
}

static inline int rows_order(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(int64_t[COLUMNS_MAX]));
}
static inline void rows_sort(Rows *rows)
{
    for (uint32_t i = 0; i < rows->count; i++)
        for (uint32_t c = rows->columns; c < COLUMNS_MAX; c++) rows->at[i][c] = 0;
    qsort(rows->at, rows->count, sizeof *rows->at, rows_order);
}
static inline void assert_rows(Rows got, Rows want)
{
    assert_int_equal(got.columns, want.columns);
    assert_int_equal(got.count, want.count);
    for (uint32_t i = 0; i < got.count; i++)
        for (uint32_t c = 0; c < got.columns; c++)
            if (got.at[i][c] != want.at[i][c])
                fail_msg("row %u column %u: got %lld, want %lld", i, c, (long long)got.at[i][c],
                         (long long)want.at[i][c]);
}
/* The plan's rows at several demands: those wanted, in that order or in any. */
static inline void check_plan(QTest *t, PlanOp *root, Rows want, bool any_order)
{
    static const uint32_t demands[] = {2048, 1, 2, 7};
    if (any_order) rows_sort(&want);
    for (uint32_t i = 0; i < ARRAY_LEN(demands); i++) {
        Rows got = p_run(t, root, demands[i]);
        if (any_order) rows_sort(&got);
        assert_rows(got, want);
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
/* exec_ops.c - operators over a million rows that stand in memory as a CTE: rows a second of each pipeline.
 *
 *     ninja -C build/release bench/exec_ops && build/release/bench/exec_ops
 *
 * The CTE is filled by the first run, which is not counted; its columns are a = 0, 1, 2, ..., b = a * 7919 % 1000000,
 * c = a % 1000. The best of five, in processor time. */
#include <stdio.h>
#include <time.h>

#include "base/account.h"
#include "base/builtins.h"
#include "base/oids.h"
#include "base/settings.h"
#include "base/task.h"
#include "exec/exec.h"

enum { ROWS = 1000000, ROUNDS = 5, COUNT_STAR = 2803, SUM_INT4 = 2108, GENERATE_SERIES = 1067 };

static Arena *arena;

static double now_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

#define NEW(Type) ((Plan##Type *)plan_new(arena, Plan##Type##_KIND))

static QExpr *typed(void *node, Oid type)
{
    QExpr *expr = node;
    expr->type = type;
    expr->typmod = -1;
    return expr;
}
static QExpr *slot(uint32_t input, int32_t column, Oid type)
{
    QSlot *s = Q_NEW(arena, Slot);
    s->input = input;
    s->column = column;
    return typed(s, type);
}
static QExpr *number(int32_t value)
{
    QConst *constant = Q_NEW(arena, Const);
    constant->value = (QueryValue){{.value.i32 = value}, PHYS_I32};
    return typed(constant, OID_INT4);
}
static QExprList list(uint32_t count, QExpr *const *items)
{
    return (QExprList){arena_copy(arena, items, sizeof *items * count), count};
}
static QExpr *operation(QExpr *left, const char *name, QExpr *right)
{
    uint32_t first, count = builtin_operators_named(str_from(name), &first);
    for (uint32_t i = first; i < first + count; i++) {
        const BuiltinOperator *op = &builtins.operators[builtins.operators_by_name[i]];
        if (op->left != left->type || op->right != right->type) continue;
        QOpCall *call = Q_NEW(arena, OpCall);
        call->op = op->oid;
        call->function = op->function;
        call->args = list(2, (QExpr *[]){left, right});
        return typed(call, op->result);
    }
    return NULL;
}
static QTargetList targets(uint32_t count, QExpr *const *exprs)
{
    QTargetList made = {ARENA_ARRAY(arena, QTarget *, count), count};
    for (uint32_t i = 0; i < count; i++) {
        made.items[i] = Q_NEW(arena, Target);
        made.items[i]->expr = exprs[i];
    }
    return made;
}

static PlanOp *source(void)
{
    PlanFunctionScan *scan = NEW(FunctionScan);
    QTableFunction *function = Q_NEW(arena, TableFunction);
    QFuncCall *series = Q_NEW(arena, FuncCall);
    static int32_t types[] = {OID_INT4};
    series->function = GENERATE_SERIES;
    series->returns_set = true;
    series->args = list(2, (QExpr *[]){number(0), number(ROWS - 1)});
    function->call = typed(series, OID_INT4);
    function->types = (NodeI32s){types, 1};
    scan->functions = (QTableFunctionList){arena_copy(arena, &function, sizeof function), 1};
    QExpr *a = slot(0, 0, OID_INT4);
    QExpr *wide = operation(operation(operation(a, "%", number(250000)), "*", number(7919)), "%",
                            number(ROWS));
    scan->outputs = targets(3, (QExpr *[]){a, wide, operation(a, "%", number(1000))});
    return &scan->base;
}

static PlanOp *cte(void)
{
    PlanCteScan *scan = NEW(CteScan);
    scan->cte_plan = 1;
    scan->outputs = targets(3, (QExpr *[]){slot(0, 0, OID_INT4), slot(0, 1, OID_INT4),
                                           slot(0, 2, OID_INT4)});
    return &scan->base;
}

static PlanOp *aggregate(PlanOp *child, bool grouped, int32_t key)
{
    PlanAggregate *plan = NEW(Aggregate);
    QAggregate *calls[2] = {Q_NEW(arena, Aggregate), Q_NEW(arena, Aggregate)};
    calls[0]->function = COUNT_STAR;
    calls[1]->function = SUM_INT4;
    calls[1]->args = targets(1, (QExpr *[]){slot(0, 1, OID_INT4)});
    typed(calls[0], OID_INT8);
    typed(calls[1], OID_INT8);
    plan->child = child;
    plan->aggregates = (QAggregateList){arena_copy(arena, calls, sizeof calls), 2};
    if (grouped) {
        PlanSortKey *by = NEW(SortKey);
        by->expr = slot(0, key, OID_INT4);
        plan->keys = (PlanSortKeyList){arena_copy(arena, &by, sizeof by), 1};
    }
    plan->outputs = targets(1, (QExpr *[]){slot(0, grouped ? 1 : 0, OID_INT8)});
    return &plan->base;
}

static PlanOp *filter(PlanOp *child, QExpr *condition)
{
    PlanFilter *plan = NEW(Filter);
    plan->child = child;
    plan->conditions = list(1, &condition);
    plan->outputs = child->outputs;
    return &plan->base;
}

static PlanOp *join(void)
{
    PlanHashJoin *plan = NEW(HashJoin);
    QExpr *key = slot(0, 1, OID_INT4), *inner = slot(0, 0, OID_INT4);
    plan->outer = cte();
    plan->inner = cte();
    plan->outer_keys = list(1, &key);
    plan->inner_keys = list(1, &inner);
    plan->outputs = targets(2, (QExpr *[]){slot(0, 0, OID_INT4), slot(1, 2, OID_INT4)});
    return &plan->base.base;
}

static PlanOp *sort(void)
{
    PlanSort *plan = NEW(Sort);
    PlanSortKey *by = NEW(SortKey);
    plan->child = cte();
    by->expr = slot(0, 1, OID_INT4);
    plan->keys = (PlanSortKeyList){arena_copy(arena, &by, sizeof by), 1};
    plan->outputs = plan->child->outputs;
    return &plan->base;
}

static uint64_t drain(Exec *exec)
{
    const Batch *batch;
    uint64_t rows = 0;
    while (exec_next(exec, BATCH_ROWS_MAX, &batch)) rows += batch->selection.count;
    return rows;
}

static void measure(const char *name, PlanOp *root, PlanSubPlan *shared)
{
    const FnEnv env = {.settings = &settings_boot, .stmt = arena};
    PlanPlan *plan = NEW(Plan);
    plan->root = root;
    plan->columns = root->outputs;
    plan->subplans = (PlanSubPlanList){&shared, 1};
    const ExecOptions options = {.env = &env, .settings = &settings_boot, .query = arena};
    Exec *exec = exec_open(plan, &options);
    uint64_t rows = drain(exec);
    double best = 1e9;
    for (int round = 0; round < ROUNDS; round++) {
        exec_rewind(exec);
        const double start = now_s();
        rows = drain(exec);
        const double spent = now_s() - start;
        best = spent < best ? spent : best;
    }
    exec_close(exec);
    printf("%-32s %8.1f M rows/s  (%llu rows given)\n", name, ROWS / best / 1e6,
           (unsigned long long)rows);
}

int main(void)
{
    static Task task;
    Account *account = account_new(NULL, "bench", ACCOUNT_UNLIMITED);
    if (task_init(&task, account, "bench") != OK) return 1;
    task_switch(&task);
    arena = arena_new(account, "bench");
    PlanSubPlan *shared = NEW(SubPlan);
    shared->root = source();
    QExpr *a = slot(0, 0, OID_INT4), *b = slot(0, 1, OID_INT4), *c = slot(0, 2, OID_INT4);
    measure("count(*), sum(b)", aggregate(cte(), false, 0), shared);
    measure("... where c < 500", aggregate(filter(cte(), operation(c, "<", number(500))), false, 0),
            shared);
    measure("... where a + b < 900000",
            aggregate(filter(cte(), operation(operation(a, "+", b), "<", number(900000))), false,
                      0),
            shared);
    measure("... group by c (1000)", aggregate(cte(), true, 2), shared);
    measure("... group by a (1000000)", aggregate(cte(), true, 0), shared);
    measure("join on b = a, build and probe", join(), shared);
    measure("order by b", sort(), shared);
    return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* item.c - what stands in FROM and is no stored table: sub-queries, functions, VALUES, CTEs. */
#include "plan/plan_internal.h"

static QVar *item_var(Planner *planner, uint32_t table, uint32_t column)
{
    const QTable *entry = planner->query->tables.items[table - 1];
    QVar *var = Q_NEW(planner->state->arena, Var);
    var->table = table;
    var->column = (int32_t)column;
    var->type = (Oid)entry->types.items[column - 1];
    var->typmod = entry->typmods.items[column - 1];
    var->collation = (Oid)entry->collations.items[column - 1];
    return var;
}

/* All columns of an entry. */
static QExprList item_columns(Planner *planner, uint32_t table)
{
    QExprList columns = {0};
    uint32_t count = planner->query->tables.items[table - 1]->types.count;
    for (uint32_t i = 1; i <= count; i++)
        plan__list_add(planner->state->arena, &columns, &item_var(planner, table, i)->base);
    return columns;
}

/* What a LATERAL sub-query reads of this level comes by params that a nested loop sets; of levels further out this
 * level reads it too, under the same number. */
static void take_lateral(Planner *planner, const Planner *level, TableSet *needs)
{
    for (uint32_t i = 0; i < level->outer_refs.count; i++) {
        OuterRef ref = level->outer_refs.items[i];
        if (ref.up > 1) {
            ref.up--;
            array_push(&planner->outer_refs, ref);
            continue;
        }
        if (ref.expr->kind != Q_VAR)
            raise_error(
                SQLSTATE_FEATURE_NOT_SUPPORTED,
                "aggregates of an outer query inside a LATERAL sub-query are not supported");
        LoopParam param = {.var = Q_AS(Var, ref.expr),
                           .param = ref.param,
                           .reader = planner->building};
        array_push(&planner->loop_params, param);
        plan__gather_vars(planner, (QNode *)ref.expr);
        set_add(needs, param.var->table);
    }
}

static Rel *subquery(Planner *planner, uint32_t table, TableSet *needs)
{
    QTable *entry = planner->query->tables.items[table - 1];
    Planner *level = plan__new_level(planner->state, planner, entry->query);
    Rel *rel = plan__level(level, 1.0, false);
    take_lateral(planner, level, needs);
    PlanSubqueryScan *scan = PLAN_AS(SubqueryScan,
                                     plan__new_op(planner, PLAN_SUBQUERY_SCAN, 0, 0, 0));
    scan->child = rel->op;
    scan->alias = entry->name;
    scan->table = planner->flat[table - 1];
    Rel named = {.op = rel->op, .columns = item_columns(planner, table)};
    return plan__wrap(planner, &named, &scan->base, rel->op->rows * 0.001, rel->op->rows);
}

Rel *plan__trim_item(Planner *planner, Rel *rel)
{
    const PlanSubqueryScan *scan = PLAN_IF(SubqueryScan, rel->op);
    if (scan == NULL || rel->op->conditions.count > 0) return rel;
    Rel *bare = ARENA_NEW(planner->state->temporary, Rel);
    bare->op = scan->child;
    bare->columns = rel->columns;
    return bare;
}

/* The values of functions and VALUES may read tables to their left. */
static void take_siblings(Planner *planner, const QNode *node, uint32_t table, TableSet *needs)
{
    TableSet tables = plan__tables_of((const QExpr *)node);
    plan__gather_vars(planner, node);
    (void)table;
    *needs = set_union(*needs, tables);
}

/* What `op` makes: all columns of the item. */
static Rel *whole(Planner *planner, uint32_t table, PlanOp *op)
{
    Rel *rel = ARENA_NEW(planner->state->temporary, Rel);
    const Rel row = {.columns = item_columns(planner, table)};
    rel->op = op;
    plan__set_outputs(planner, rel, &row.columns, &row, NULL);
    return rel;
}

static Rel *function(Planner *planner, uint32_t table, TableSet *needs)
{
    Arena *arena = planner->state->arena;
    QTable *entry = planner->query->tables.items[table - 1];
    double rows = 1;
    PlanFunctionScan *scan = PLAN_AS(FunctionScan,
                                     plan__new_op(planner, PLAN_FUNCTION_SCAN, 0, 0, 0));
    scan->functions.items = ARENA_ARRAY(arena, QTableFunction *, entry->functions.count);
    for (uint32_t i = 0; i < entry->functions.count; i++) {
        QTableFunction *function = query_copy(arena, entry->functions.items[i]);
        take_siblings(planner, (QNode *)function->call, table, needs);
        const QFuncCall *call = Q_IF(FuncCall, function->call);
        const CatFunction *known = call != NULL
                                       ? cat_function(planner->state->options->view, call->function)
                                       : NULL;
        if (known != NULL && known->returns_set) rows = MAX(rows, MAX(known->rows, 1));
        function->call = plan__to_slots(planner, (QNode *)function->call, NULL, NULL);
        scan->functions.items[scan->functions.count++] = function;
    }
    scan->ordinality = entry->ordinality;
    scan->alias = entry->name;
    scan->table = planner->flat[table - 1];
    scan->base.rows = rows;
    scan->base.total_cost = rows * 0.01;
    return whole(planner, table, &scan->base);
}

static Rel *json_table(Planner *planner, uint32_t table, TableSet *needs)
{
    enum { ROWS = 100 }; /* of a document, as PostgreSQL guesses */
    const QTable *entry = planner->query->tables.items[table - 1];
    PlanTableFunctionScan *scan = PLAN_AS(TableFunctionScan,
                                          plan__new_op(planner, PLAN_TABLE_FUNCTION_SCAN, 0,
                                                       ROWS * 0.01, ROWS));
    QJsonTable *call = query_copy(planner->state->arena, entry->json_table);
    take_siblings(planner, (QNode *)call, table, needs);
    call->document = plan__to_slots(planner, (QNode *)call->document, NULL, NULL);
    for (uint32_t i = 0; i < call->passing.count; i++)
        call->passing.items[i] = plan__to_slots(planner, (QNode *)call->passing.items[i], NULL,
                                                NULL);
    scan->call = call;
    scan->alias = entry->name;
    scan->table = planner->flat[table - 1];
    return whole(planner, table, &scan->base);
}

static Rel *values(Planner *planner, uint32_t table, TableSet *needs)
{
    Arena *arena = planner->state->arena;
    QTable *entry = planner->query->tables.items[table - 1];
    double rows = entry->rows.count;
    PlanValuesScan *scan = PLAN_AS(ValuesScan,
                                   plan__new_op(planner, PLAN_VALUES_SCAN, 0, rows * 0.01, rows));
    scan->value_rows.items = ARENA_ARRAY(arena, QValuesRow *, entry->rows.count);
    for (uint32_t i = 0; i < entry->rows.count; i++) {
        QValuesRow *row = query_copy(arena, entry->rows.items[i]);
        for (uint32_t j = 0; j < row->items.count; j++) {
            take_siblings(planner, (QNode *)row->items.items[j], table, needs);
            row->items.items[j] = plan__to_slots(planner, (QNode *)row->items.items[j], NULL, NULL);
        }
        scan->value_rows.items[scan->value_rows.count++] = row;
    }
    scan->alias = entry->name;
    scan->table = planner->flat[table - 1];
    return whole(planner, table, &scan->base);
}

static CtePlan *find_cte(Planner *planner, const QTable *entry)
{
    Planner *level = planner;
    for (uint32_t up = entry->cte_up; up > 0; up--) level = level->outer;
    for (uint32_t i = 0; i < level->query->ctes.count; i++) {
        if (str_equal(level->ctes[i].cte->name, entry->cte)) return &level->ctes[i];
    }
    UNREACHABLE();
}

static Rel *cte(Planner *planner, uint32_t table)
{
    QTable *entry = planner->query->tables.items[table - 1];
    CtePlan *plan = find_cte(planner, entry);
    Rel *rel = ARENA_NEW(planner->state->temporary, Rel);
    if (plan->subplan == 0) {
        PlanWorkTableScan *scan = PLAN_AS(WorkTableScan,
                                          plan__new_op(planner, PLAN_WORK_TABLE_SCAN, 0, 1, 100));
        scan->recursion = plan->recursion;
        scan->name = entry->cte;
        scan->alias = entry->name;
        scan->table = planner->flat[table - 1];
        rel->op = &scan->base;
        Planner *level = planner;
        for (uint32_t up = entry->cte_up; up > 0; up--, level = level->outer)
            level->reads_work_table = true;
    } else {
        PlanCteScan *scan = PLAN_AS(CteScan, plan__new_op(planner, PLAN_CTE_SCAN, 0,
                                                          plan->rows * 0.01, MAX(plan->rows, 1)));
        scan->cte_plan = (int32_t)plan->subplan;
        /* A level that reads the CTE from inside depends on what the CTE depends on. */
        for (uint32_t i = 0; i < plan->ref_count && entry->cte_up > 0; i++) {
            OuterRef ref = plan->refs[i];
            ref.up += entry->cte_up;
            array_push(&planner->outer_refs, ref);
        }
        scan->name = entry->cte;
        scan->alias = entry->name;
        scan->table = planner->flat[table - 1];
        rel->op = &scan->base;
    }
    Rel row = {.columns = item_columns(planner, table)};
    plan__set_outputs(planner, rel, &row.columns, &row, NULL);
    return rel;
}

Rel *plan__no_rows(Planner *planner, uint32_t table, const QExpr *never)
{
    Arena *arena = planner->state->arena;
    const QTable *entry = planner->query->tables.items[table - 1];
    Rel *rel = ARENA_NEW(planner->state->temporary, Rel);
    QExprList nulls = {0};
    for (uint32_t i = 0; i < entry->types.count; i++) {
        const Type *type = type_get(planner->state->options->env, (Oid)entry->types.items[i]);
        plan__list_add(arena, &nulls, plan__null(arena, type->oid, (Phys)type->phys));
    }
    rel->op = plan__new_op(planner, PLAN_RESULT, 0, 0.01, 1);
    plan__list_add(arena, &rel->op->conditions, query_copy(arena, never));
    plan__set_outputs(planner, rel, &nulls, NULL, NULL);
    rel->columns = item_columns(planner, table);
    return rel;
}

Rel *plan__plan_item(Planner *planner, uint32_t table, TableSet *needs)
{
    const QTable *entry = planner->query->tables.items[table - 1];
    planner->building = table;
    switch (entry->table) {
    case Q_RTE_SUBQUERY: return subquery(planner, table, needs);
    case Q_RTE_FUNCTION: return function(planner, table, needs);
    case Q_RTE_TABLE_FUNCTION: return json_table(planner, table, needs);
    case Q_RTE_VALUES: return values(planner, table, needs);
    case Q_RTE_CTE: return cte(planner, table);
    case Q_RTE_RELATION:
        if (entry->query != NULL) return subquery(planner, table, needs);
        break;
    case Q_RTE_RESULT:
    case Q_RTE_JOIN:
    case Q_RTE_NAMED_TUPLES:
    case Q_RTE_GROUP: break;
    }
    raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "this kind of FROM item is not supported");
}

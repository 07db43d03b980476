/* SPDX-License-Identifier: Apache-2.0 */
/* explain_expr.c - the expressions of a plan as SQL. */
#include "exec/explain_internal.h"

#include "bind/bind.h"

/* ---- children ---- */

PlanOp *explain__child(const PlanOp *op, uint32_t i)
{
    switch (op->kind) {
    case PLAN_RESULT: return i == 0 ? PLAN_AS(Result, op)->child : NULL;
    case PLAN_SUBQUERY_SCAN: return i == 0 ? PLAN_AS(SubqueryScan, op)->child : NULL;
    case PLAN_FILTER: return i == 0 ? PLAN_AS(Filter, op)->child : NULL;
    case PLAN_PROJECT: return i == 0 ? PLAN_AS(Project, op)->child : NULL;
    case PLAN_PROJECT_SET: return i == 0 ? PLAN_AS(ProjectSet, op)->child : NULL;
    case PLAN_SORT: return i == 0 ? PLAN_AS(Sort, op)->child : NULL;
    case PLAN_LIMIT: return i == 0 ? PLAN_AS(Limit, op)->child : NULL;
    case PLAN_UNIQUE: return i == 0 ? PLAN_AS(Unique, op)->child : NULL;
    case PLAN_MATERIALIZE: return i == 0 ? PLAN_AS(Materialize, op)->child : NULL;
    case PLAN_MEMOIZE: return i == 0 ? PLAN_AS(Memoize, op)->child : NULL;
    case PLAN_LOCK_ROWS: return i == 0 ? PLAN_AS(LockRows, op)->child : NULL;
    case PLAN_AGGREGATE: return i == 0 ? PLAN_AS(Aggregate, op)->child : NULL;
    case PLAN_WINDOW_AGGREGATE: return i == 0 ? PLAN_AS(WindowAggregate, op)->child : NULL;
    case PLAN_GATHER: return i == 0 ? PLAN_AS(Gather, op)->child : NULL;
    case PLAN_MODIFY_TABLE: return i == 0 ? PLAN_AS(ModifyTable, op)->child : NULL;
    case PLAN_NESTED_LOOP:
    case PLAN_HASH_JOIN:
    case PLAN_MERGE_JOIN: {
        const PlanJoinOp *join = (const PlanJoinOp *)op;
        return i == 0 ? join->outer : i == 1 ? join->inner : NULL;
    }
    case PLAN_SET_OP:
        return i == 0 ? PLAN_AS(SetOp, op)->left : i == 1 ? PLAN_AS(SetOp, op)->right : NULL;
    case PLAN_RECURSIVE_UNION:
        return i == 0   ? PLAN_AS(RecursiveUnion, op)->first
               : i == 1 ? PLAN_AS(RecursiveUnion, op)->again
                        : NULL;
    case PLAN_APPEND: {
        const PlanOpList *children = &PLAN_AS(Append, op)->children;
        return i < children->count ? children->items[i] : NULL;
    }
    case PLAN_MERGE_APPEND: {
        const PlanOpList *children = &PLAN_AS(MergeAppend, op)->children;
        return i < children->count ? children->items[i] : NULL;
    }
    default: return NULL;
    }
}

uint32_t explain__child_count(const PlanOp *op)
{
    uint32_t count = 0;
    while (explain__child(op, count) != NULL) count++;
    return count;
}

/* ---- names ---- */

/* The range-table entry that the operator reads; 0: none. */
static uint32_t table_of(const PlanOp *op)
{
    switch (op->kind) {
    case PLAN_TABLE_SCAN:
    case PLAN_INDEX_SCAN:
    case PLAN_BITMAP_SCAN:
    case PLAN_ROW_ID_SCAN: return ((const PlanScan *)op)->table;
    case PLAN_FUNCTION_SCAN: return PLAN_AS(FunctionScan, op)->table;
    case PLAN_VALUES_SCAN: return PLAN_AS(ValuesScan, op)->table;
    case PLAN_CTE_SCAN: return PLAN_AS(CteScan, op)->table;
    case PLAN_WORK_TABLE_SCAN: return PLAN_AS(WorkTableScan, op)->table;
    case PLAN_SUBQUERY_SCAN: return PLAN_AS(SubqueryScan, op)->table;
    case PLAN_TABLE_FUNCTION_SCAN: return PLAN_AS(TableFunctionScan, op)->table;
    case PLAN_MODIFY_TABLE: return PLAN_AS(ModifyTable, op)->table;
    default: return 0;
    }
}

static void mark_tables(const PlanOp *op, bool *used)
{
    task_check_stack();
    used[table_of(op)] = true;
    for (uint32_t i = 0; explain__child(op, i) != NULL; i++)
        mark_tables(explain__child(op, i), used);
}

void explain__name_tables(Explain *e)
{
    const QTableList *all = &e->plan->tables;
    bool *used = ARENA_ARRAY(e->arena, bool, all->count + 1);
    mark_tables(e->plan->root, used);
    for (uint32_t i = 0; i < e->plan->subplans.count; i++)
        mark_tables(e->plan->subplans.items[i]->root, used);
    QTable *nameless = Q_NEW(e->arena, Table);
    nameless->table = Q_RTE_JOIN;
    e->tables.items = ARENA_ARRAY(e->arena, QTable *, all->count);
    for (uint32_t i = 0; i < all->count; i++)
        e->tables.items[e->tables.count++] = used[i + 1] ? all->items[i] : nameless;
    e->names = query_table_names(e->options->view, e->arena, &e->tables);
    e->many = all->count > 1;
    e->prefix = e->many || e->options->verbose;
    e->part_prefix = e->prefix;
    e->params = ARENA_ARRAY(e->arena, Str, e->plan->param_count + 1);
}

/* ---- slots followed down ---- */

typedef struct Work {
    Explain *e;
    const PlanOp *op;
    const PlanOp *only; /* input 0 is this operator's row, whatever `op` is */
} Work;

static QExpr *written(Explain *e, const QExpr *like, Str text)
{
    QWritten *node = Q_NEW(e->arena, Written);
    node->type = like->type;
    node->typmod = like->typmod;
    node->collation = like->collation;
    node->text = text;
    return &node->base;
}

static QExpr *var_of(Explain *e, uint32_t table, int32_t column, const QExpr *like)
{
    QVar *var = Q_NEW(e->arena, Var);
    var->table = table;
    var->column = column;
    var->type = like->type;
    var->typmod = like->typmod;
    var->collation = like->collation;
    return &var->base;
}

/* A column of what `child` gives. */
static QExpr *output_of(Explain *e, const PlanOp *child, const QSlot *slot)
{
    if (NEVER(slot->column < 0 || (uint32_t)slot->column >= child->outputs.count))
        return written(e, &slot->base, STR("?"));
    QExpr *expr = explain__resolve(e, child, child->outputs.items[slot->column]->expr);
    if (expr->kind == Q_VAR || expr->kind == Q_CONST) return expr;
    Str text = explain__expr_text(e, expr, e->part_prefix);
    if (str_starts(text, STR("(")) && expr->kind == Q_WRITTEN) return expr;
    return written(e, &slot->base, str_format(e->arena, "(%.*s)", STR_ARG(text)));
}

/* The aggregates of both steps of a split grouping are over the row of the first. */
static QExpr *aggregate_value(Explain *e, const PlanAggregate *op, const QAggregate *aggregate)
{
    const PlanOp *child = op->child;
    while (op->split == PLAN_SPLIT_FINAL && child->kind != PLAN_AGGREGATE)
        child = explain__child(child, 0);
    if (op->split == PLAN_SPLIT_FINAL) child = PLAN_AS(Aggregate, child)->child;
    QAggregate bare = *aggregate;
    bare.direct.count = 0;
    QExpr *value = explain__resolve_over(e, child, &bare.base);
    QExprList *direct = &Q_AS(Aggregate, value)->direct; /* over the keys, not over the child */
    direct->items = ARENA_ARRAY(e->arena, QExpr *, aggregate->direct.count + 1);
    for (uint32_t i = 0; i < aggregate->direct.count; i++)
        direct->items[direct->count++] = explain__resolve(e, &op->base, aggregate->direct.items[i]);
    if (op->split != PLAN_SPLIT_PARTIAL) return value;
    Str text = explain__expr_text(e, value, e->many);
    return written(e, &aggregate->base, str_format(e->arena, "PARTIAL %.*s", STR_ARG(text)));
}

static QExpr *group_value(Explain *e, const PlanAggregate *op, const QSlot *slot)
{
    uint32_t at = (uint32_t)slot->column;
    if (at < op->keys.count) {
        QExpr *key = explain__resolve_over(e, op->child, op->keys.items[at]->expr);
        if (key->kind == Q_VAR || key->kind == Q_WRITTEN) return key;
        Str text = explain__expr_text(e, key, e->part_prefix);
        return written(e, &slot->base, str_format(e->arena, "(%.*s)", STR_ARG(text)));
    }
    at -= op->keys.count;
    if (at < op->aggregates.count) return aggregate_value(e, op, op->aggregates.items[at]);
    at -= op->aggregates.count;
    if (NEVER(at >= op->groupings.count)) return written(e, &slot->base, STR("?"));
    const QGrouping *grouping = op->groupings.items[at];
    StrBuilder text = str_builder(e->arena, 32);
    for (uint32_t i = 0; i < grouping->refs.count; i++) {
        const QExpr *key = op->keys.items[grouping->refs.items[i]]->expr;
        Str one = explain__expr_text(e, explain__resolve_over(e, op->child, key), e->part_prefix);
        str_add_format(&text, "%s%.*s", i > 0 ? ", " : "GROUPING(", STR_ARG(one));
    }
    str_add_char(&text, ')');
    return written(e, &slot->base, str_done(&text));
}

Str explain__window_name(Explain *e, const PlanWindowAggregate *op)
{
    if (op->window->name.data != NULL) return op->window->name;
    return str_format(e->arena, "w%u", op->calls.items[0]->window);
}

static QExpr *window_value(Explain *e, const PlanWindowAggregate *op, const QWindowCall *call)
{
    QWindow window = {.kind = Q_WINDOW, .name = explain__window_name(e, op)};
    QWindowList list = {.items = ARENA_ARRAY(e->arena, QWindow *, call->window)};
    for (; list.count < call->window; list.count++) list.items[list.count] = &window;
    const QExpr *over = explain__resolve_over(e, op->child, &call->base);
    StrBuilder text = str_builder(e->arena, 64);
    expr_deparse_over(&text, over, &e->tables, e->names, e->part_prefix, &list, &e->deparse);
    return written(e, &call->base, str_done(&text));
}

/* A column of the rows that are changed, as plan/modify.c lays them out. */
static QExpr *changed_value(Explain *e, const PlanModifyTable *op, const QSlot *slot)
{
    enum { SYSTEM_COLUMNS = 6 };
    const CatRelation *relation = cat_relation(e->options->view, op->relation);
    const int32_t columns = relation != NULL ? relation->column_count : 0;
    if (slot->input == 0) {
        /* Nothing but ON CONFLICT's conditions reads the child's row of an INSERT. */
        if (op->command != Q_COMMAND_INSERT) return output_of(e, op->child, slot);
        if (NEVER(slot->column >= columns)) return written(e, &slot->base, STR("?"));
        StrBuilder text = str_builder(e->arena, 32);
        str_add(&text, STR("excluded."));
        parse_quote_identifier(&text, relation->columns[slot->column].name);
        return written(e, &slot->base, str_done(&text));
    }
    int32_t column = slot->column;
    if (op->command == Q_COMMAND_MERGE && slot->input == 1) {
        const int32_t action = columns + SYSTEM_COLUMNS;
        if (column == action) return written(e, &slot->base, STR("MERGE_ACTION()"));
        if (column > action) column -= action + 1;
        if (column >= columns) column = columns - 1 - column;
    }
    QVar *var = Q_AS(Var, var_of(e, op->table, column < 0 ? column : column + 1, &slot->base));
    if (slot->input == 2 && op->command != Q_COMMAND_DELETE && !e->in_conflict)
        var->returning = Q_VAR_OLD;
    if (slot->input == 1 && (op->command == Q_COMMAND_DELETE ||
                             (op->command == Q_COMMAND_MERGE && slot->column < columns)))
        var->returning = Q_VAR_NEW;
    return &var->base;
}

static QExpr *slot_value(const Work *work, const QSlot *slot)
{
    Explain *e = work->e;
    const PlanOp *op = work->op;
    if (work->only != NULL) return output_of(e, work->only, slot);
    switch (op->kind) {
    case PLAN_TABLE_SCAN:
    case PLAN_INDEX_SCAN:
    case PLAN_BITMAP_SCAN:
    case PLAN_ROW_ID_SCAN: {
        const PlanScan *scan = (const PlanScan *)op;
        const bool is_id = (uint32_t)slot->column >= scan->columns.count;
        return var_of(e, scan->table, is_id ? -1 : scan->columns.items[slot->column], &slot->base);
    }
    case PLAN_FUNCTION_SCAN:
    case PLAN_TABLE_FUNCTION_SCAN:
    case PLAN_VALUES_SCAN:
    case PLAN_CTE_SCAN:
    case PLAN_WORK_TABLE_SCAN:
    case PLAN_SUBQUERY_SCAN: return var_of(e, table_of(op), slot->column + 1, &slot->base);
    case PLAN_AGGREGATE: return group_value(e, PLAN_AS(Aggregate, op), slot);
    case PLAN_WINDOW_AGGREGATE: {
        const PlanWindowAggregate *window = PLAN_AS(WindowAggregate, op);
        const uint32_t before = window->child->outputs.count;
        if ((uint32_t)slot->column < before) return output_of(e, window->child, slot);
        return window_value(e, window, window->calls.items[(uint32_t)slot->column - before]);
    }
    case PLAN_MODIFY_TABLE: return changed_value(e, PLAN_AS(ModifyTable, op), slot);
    case PLAN_APPEND:
    case PLAN_MERGE_APPEND:
    case PLAN_SET_OP:
    case PLAN_RECURSIVE_UNION: return output_of(e, explain__child(op, 0), slot);
    default: {
        const PlanOp *child = explain__child(op, slot->input);
        if (NEVER(child == NULL)) return written(e, &slot->base, STR("?"));
        return output_of(e, child, slot);
    }
    }
}

/* ---- sub-plans and params ---- */

typedef struct Outputs {
    Explain *e;
    Str plan;
} Outputs;

static void *name_output(void *arg, void *child)
{
    const Outputs *outputs = arg;
    task_check();
    QNode *node = child;
    if (node->kind == Q_SUB_OUTPUT) {
        const QSubOutput *output = Q_AS(SubOutput, node);
        return written(outputs->e, &output->base,
                       str_format(outputs->e->arena, "(%.*s).col%d", STR_ARG(outputs->plan),
                                  output->column));
    }
    node_replace(&query_family, node, name_output, arg);
    return node;
}

static QExpr *subplan_text(const Work *work, QSubPlanCall *call)
{
    Explain *e = work->e;
    const PlanSubPlan *plan = e->plan->subplans.items[call->plan - 1];
    for (uint32_t i = 0; i < call->set_params.count; i++)
        e->params[call->set_params.items[i]] = explain__expr_text(e, call->args.items[i], e->many);
    Str name = str_format(e->arena, "%s %d", plan->is_init ? "InitPlan" : "SubPlan", call->plan);
    if (plan->is_init && call->test == NULL)
        return written(e, &call->base, str_format(e->arena, "(%.*s).col1", STR_ARG(name)));
    Str test = {0};
    if (call->test != NULL) {
        Outputs outputs = {e, call->hashed ? str_format(e->arena, "hashed %.*s", STR_ARG(name))
                                           : name};
        test = explain__expr_text(e, name_output(&outputs, call->test), work->e->prefix);
    }
    switch (call->sublink) {
    case Q_SUBLINK_EXISTS: test = str_format(e->arena, "EXISTS(%.*s)", STR_ARG(name)); break;
    case Q_SUBLINK_ARRAY: test = str_format(e->arena, "ARRAY(%.*s)", STR_ARG(name)); break;
    case Q_SUBLINK_ANY: test = str_format(e->arena, "(ANY %.*s)", STR_ARG(test)); break;
    case Q_SUBLINK_ALL: test = str_format(e->arena, "(ALL %.*s)", STR_ARG(test)); break;
    case Q_SUBLINK_ROW_COMPARE: break;
    case Q_SUBLINK_SCALAR:
    case Q_SUBLINK_MULTI:
    case Q_SUBLINK_CTE: test = str_format(e->arena, "(%.*s)", STR_ARG(name)); break;
    }
    return written(e, &call->base, test);
}

static void *resolve_node(void *arg, void *child)
{
    const Work *work = arg;
    task_check();
    QNode *node = child;
    if (node->kind == Q_SLOT) return slot_value(work, Q_AS(Slot, node));
    if (node->kind == Q_EXEC_PARAM) {
        const QExecParam *param = Q_AS(ExecParam, node);
        Str text = work->e->params[param->number];
        if (text.data == NULL) text = str_format(work->e->arena, "$%d", param->number);
        return written(work->e, &param->base, text);
    }
    node_replace(&query_family, node, resolve_node, arg);
    if (node->kind == Q_SUB_PLAN_CALL) return subplan_text(work, Q_AS(SubPlanCall, node));
    return node;
}

QExpr *explain__resolve(Explain *e, const PlanOp *op, const QExpr *expr)
{
    task_check_stack();
    Work work = {.e = e, .op = op};
    return resolve_node(&work, query_copy(e->arena, expr));
}

QExpr *explain__resolve_over(Explain *e, const PlanOp *child, const QExpr *expr)
{
    task_check_stack();
    Work work = {.e = e, .only = child};
    return resolve_node(&work, query_copy(e->arena, expr));
}

Str explain__expr_text(Explain *e, const QExpr *resolved, bool prefix)
{
    StrBuilder text = str_builder(e->arena, 64);
    expr_deparse_over(&text, resolved, &e->tables, e->names, prefix && e->prefix, NULL,
                      &e->deparse);
    return str_done(&text);
}

Str explain__text(Explain *e, const PlanOp *op, const QExpr *expr, bool prefix)
{
    return explain__expr_text(e, explain__resolve(e, op, expr), prefix);
}

void explain__set_call_params(Explain *e, const PlanOp *op, const PlanOp *over,
                              const QSubPlanCall *call)
{
    for (uint32_t i = 0; i < call->set_params.count; i++) {
        const QExpr *value = over != NULL ? explain__resolve_over(e, over, call->args.items[i])
                                          : explain__resolve(e, op, call->args.items[i]);
        e->params[call->set_params.items[i]] = explain__expr_text(e, value, true);
    }
}

void explain__set_params(Explain *e, const PlanNestedLoop *loop)
{
    for (uint32_t i = 0; i < loop->set_params.count; i++) {
        const QExpr *value = explain__resolve_over(e, ((const PlanJoinOp *)loop)->outer,
                                                   loop->param_values.items[i]);
        e->params[loop->set_params.items[i]] = explain__expr_text(e, value, true);
    }
}

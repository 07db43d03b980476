/* SPDX-License-Identifier: Apache-2.0 */
/* build.c - paths become operators; expressions of the level become expressions over slots.
 *
 * A Rel's columns are what its operator gives. Slots replace, from the top of an expression down, whatever subtree
 * equals a column. A Var that no input gives is a reference to the outer side of a nested loop, or to an enclosing one:
 * it is read through an exec param that the loop sets. */
#include "plan/plan_internal.h"

PlanOp *plan__new_op(Planner *planner, PlanKind kind, double startup, double total, double rows)
{
    PlanOp *op = (PlanOp *)plan_new(planner->state->arena, kind);
    op->id = ++planner->state->ops;
    op->startup_cost = startup;
    op->total_cost = total;
    op->rows = rows;
    return op;
}

/* ---- slots ---- */

typedef struct SlotWork {
    Planner *planner;
    const Rel *inputs[2];
} SlotWork;

static bool same_var(const QVar *a, const QVar *b)
{
    return a->table == b->table && a->column == b->column && a->up == b->up &&
           a->returning == b->returning;
}

static int find_column(const Rel *rel, const QNode *node)
{
    if (rel == NULL) return -1;
    const QVar *var = Q_IF(Var, node);
    for (uint32_t i = 0; i < rel->columns.count; i++) {
        const QExpr *column = rel->columns.items[i];
        if (column->kind != node->kind) continue;
        if (var != NULL ? same_var(var, Q_AS(Var, column)) : query_equal(column, node))
            return (int)i;
    }
    return -1;
}

static bool is_expression(const QNode *node)
{
    switch (node->kind) {
    case Q_CONST:
    case Q_SLOT:
    case Q_TARGET:
    case Q_SORT_KEY:
    case Q_WHEN:
    case Q_TABLE_FUNCTION:
    case Q_JSON_TABLE_PATH:
    case Q_JSON_TABLE_COLUMN:
    case Q_VALUES_ROW:
    case Q_WINDOW:
    case Q_QUERY: return false;
    default: return true;
    }
}

static void *put_slot(void *arg, void *child)
{
    SlotWork *work = arg;
    task_check();
    QNode *node = child;
    if (is_expression(node)) {
        for (uint32_t input = 0; input < 2; input++) {
            int at = find_column(work->inputs[input], node);
            if (at < 0) continue;
            const QExpr *expr = (QExpr *)node;
            QSlot *slot = Q_NEW(work->planner->state->arena, Slot);
            slot->input = input;
            slot->column = at;
            slot->type = expr->type;
            slot->typmod = expr->typmod;
            slot->collation = expr->collation;
            return slot;
        }
    }
    if (node->kind == Q_VAR) {
        const QVar *var = Q_AS(Var, node);
        QExecParam *param = Q_NEW(work->planner->state->arena, ExecParam);
        param->number = (int32_t)plan__loop_param(work->planner, var);
        param->type = var->type;
        param->typmod = var->typmod;
        param->collation = var->collation;
        return param;
    }
    node_replace(&query_family, node, put_slot, arg);
    return node;
}

QExpr *plan__to_slots(Planner *planner, const QNode *expr, const Rel *outer, const Rel *inner)
{
    if (expr == NULL) return NULL;
    SlotWork work = {.planner = planner, .inputs = {outer, inner}};
    return put_slot(&work, query_copy(planner->state->arena, expr));
}

uint32_t plan__loop_param(Planner *planner, const QVar *var)
{
    for (uint32_t i = 0; i < planner->loop_params.count; i++) {
        const LoopParam *param = &planner->loop_params.items[i];
        if (param->reader == planner->building && same_var(param->var, var)) return param->param;
    }
    LoopParam param = {.var = query_copy(planner->state->temporary, var),
                       .param = ++planner->state->params,
                       .reader = planner->building};
    array_push(&planner->loop_params, param);
    return param.param;
}

/* ---- outputs ---- */

void plan__set_outputs(Planner *planner, Rel *rel, const QExprList *columns, const Rel *outer,
                       const Rel *inner)
{
    Arena *arena = planner->state->arena;
    PlanOp *op = rel->op;
    QExprList kept = {0};
    op->outputs.items = ARENA_ARRAY(arena, QTarget *, columns->count);
    op->outputs.count = columns->count;
    for (uint32_t i = 0; i < columns->count; i++) {
        QTarget *target = Q_NEW(arena, Target);
        target->expr = plan__to_slots(planner, (QNode *)columns->items[i], outer, inner);
        target->number = (int32_t)i + 1;
        op->outputs.items[i] = target;
        plan__list_add(arena, &kept, columns->items[i]);
    }
    rel->columns = kept;
    op->width = plan__width(planner, &kept);
}

static void set_conditions(Planner *planner, QExprList *to, const ConditionList *conditions,
                           const Rel *outer, const Rel *inner)
{
    for (uint32_t i = 0; i < conditions->count; i++)
        plan__list_add(planner->state->arena, to,
                       plan__to_slots(planner, (QNode *)conditions->items[i]->expr, outer, inner));
}

Rel *plan__wrap(Planner *planner, Rel *child, PlanOp *op, double cost, double rows)
{
    Rel *rel = ARENA_NEW(planner->state->temporary, Rel);
    rel->op = op;
    op->startup_cost = child->op->startup_cost;
    op->total_cost = child->op->total_cost + cost;
    op->rows = rows;
    plan__set_outputs(planner, rel, &child->columns, child, NULL);
    return rel;
}

PlanSortKey *plan__sort_key(Planner *planner, const QSortKey *key, QExpr *expr)
{
    PlanSortKey *sort = PLAN_NEW(planner->state->arena, SortKey);
    sort->expr = expr;
    sort->order = key->order;
    sort->equality = key->equality;
    sort->collation = expr->collation;
    sort->descending = key->reverse;
    sort->nulls_first = key->nulls_first;
    return sort;
}

/* ---- scans ---- */

/* Columns of a table that anything in the level wants, as Vars. */
static QExprList wanted_columns(Planner *planner, uint32_t table)
{
    QExprList columns = {0};
    for (uint32_t i = 0; i < planner->wanted.count; i++) {
        QVar *var = planner->wanted.items[i];
        if (var->table == table) plan__list_add(planner->state->arena, &columns, &var->base);
    }
    return columns;
}

/* What the scan reads: wanted columns, and those of its own conditions. The row that conditions and outputs see. */
static Rel scan_row(Planner *planner, PlanScan *scan, const Path *path, const QExprList *wanted)
{
    Rel row = {0};
    Arena *arena = planner->state->arena;
    for (uint32_t i = 0; i < wanted->count; i++)
        plan__list_add(arena, &row.columns, wanted->items[i]);
    Planner inside = {.state = planner->state, .wanted = {.arena = planner->state->temporary}};
    for (uint32_t i = 0; i < path->conditions.count; i++)
        plan__gather_vars(&inside, (QNode *)path->conditions.items[i]->expr);
    if (path->match != NULL) {
        for (uint32_t i = 0; i < path->match->used.count; i++)
            plan__gather_vars(&inside, (QNode *)path->match->used.items[i]->expr);
    }
    for (uint32_t i = 0; i < inside.wanted.count; i++) {
        QVar *var = inside.wanted.items[i];
        if (var->table == path->table && find_column(&row, (QNode *)var) < 0)
            plan__list_add(arena, &row.columns, &var->base);
    }
    scan->columns.items = ARENA_ARRAY(arena, int32_t, row.columns.count);
    for (uint32_t i = 0; i < row.columns.count; i++)
        scan->columns.items[i] = Q_AS(Var, row.columns.items[i])->column;
    scan->columns.count = row.columns.count;
    return row;
}

/* column OP constant: what the scan may apply to pages itself. Which of them it can is exec's to know; here: total
 * functions of one column and a value that is the same for all rows. */
static bool is_pushable(Planner *planner, const QExpr *expr)
{
    const FnEnv *env = planner->state->options->env;
    if (expr->kind == Q_NULL_TEST)
        return Q_AS(NullTest, expr)->arg->kind == Q_SLOT && !Q_AS(NullTest, expr)->row;
    const QOpCall *call = Q_IF(OpCall, expr);
    if (call == NULL || call->args.count != 2 || !expr_is_total(expr, env)) return false;
    const QNode *left = (QNode *)call->args.items[0], *right = (QNode *)call->args.items[1];
    bool value = right->kind == Q_CONST || right->kind == Q_PARAM || right->kind == Q_EXEC_PARAM;
    return left->kind == Q_SLOT && value;
}

static void fill_scan(Planner *planner, PlanScan *scan, const Path *path)
{
    const QTable *table = planner->query->tables.items[path->table - 1];
    scan->relation = table->relation;
    scan->table = planner->flat[path->table - 1];
    scan->alias = table->name;
    scan->lock_strength = 0;
}

static QSample *built_sample(Planner *planner, uint32_t table)
{
    const QSample *clause = planner->query->tables.items[table - 1]->sample;
    if (clause == NULL) return NULL;
    QSample *sample = query_copy(planner->state->arena, clause);
    for (uint32_t i = 0; i < sample->args.count; i++)
        sample->args.items[i] = plan__to_slots(planner, (QNode *)sample->args.items[i], NULL, NULL);
    sample->repeatable = plan__to_slots(planner, (QNode *)sample->repeatable, NULL, NULL);
    return sample;
}

static bool index_has_all(Planner *planner, const Path *path)
{
    ConditionList all = {.arena = planner->state->temporary};
    for (uint32_t i = 0; i < path->conditions.count; i++)
        plan__conditions_add(&all, path->conditions.items[i]);
    for (uint32_t i = 0; i < path->match->used.count; i++)
        plan__conditions_add(&all, path->match->used.items[i]);
    return plan__index_has_all(planner, path->table, path->match->index, &all);
}

/* The other side of ctid = ...; CURRENT OF is what the scan itself knows. */
static QExpr *row_id_value(QExpr *condition, uint32_t table)
{
    const QOpCall *call = Q_IF(OpCall, condition);
    if (call == NULL) return condition;
    const QVar *left = Q_IF(Var, call->args.items[0]);
    const bool first = left != NULL && left->table == table && left->column == -1;
    return call->args.items[first ? 1 : 0];
}

static Rel *build_scan(Planner *planner, Path *path)
{
    PlanKind kind = path->kind == PATH_TABLE_SCAN   ? PLAN_TABLE_SCAN
                    : path->kind == PATH_INDEX_SCAN ? PLAN_INDEX_SCAN
                                                    : PLAN_ROW_ID_SCAN;
    Rel *rel = ARENA_NEW(planner->state->temporary, Rel);
    rel->op = plan__new_op(planner, kind, path->startup, path->total, path->rows);
    PlanScan *scan = (PlanScan *)rel->op;
    fill_scan(planner, scan, path);
    QExprList wanted = wanted_columns(planner, path->table);
    Rel row = scan_row(planner, scan, path, &wanted);
    if (kind == PLAN_TABLE_SCAN) {
        PlanTableScan *table_scan = PLAN_AS(TableScan, rel->op);
        table_scan->sample = built_sample(planner, path->table);
        for (uint32_t i = 0; i < path->conditions.count; i++) {
            QExpr *expr = plan__to_slots(planner, (QNode *)path->conditions.items[i]->expr, &row,
                                         NULL);
            plan__list_add(planner->state->arena,
                           is_pushable(planner, expr) ? &table_scan->pushed : &rel->op->conditions,
                           expr);
        }
    } else {
        set_conditions(planner, &rel->op->conditions, &path->conditions, &row, NULL);
    }
    if (kind == PLAN_INDEX_SCAN) {
        PlanIndexScan *index = PLAN_AS(IndexScan, rel->op);
        index->index = path->match->index->oid;
        index->backward = path->backward;
        index->index_only = path->match->only && index_has_all(planner, path);
        index->keys = path->match->keys;
        for (uint32_t i = 0; i < index->keys.count; i++) {
            PlanIndexKey *key = index->keys.items[i];
            key->value = plan__to_slots(planner, (QNode *)key->value, NULL, NULL);
        }
        set_conditions(planner, &index->original, &path->match->used, &row, NULL);
    } else if (kind == PLAN_ROW_ID_SCAN) {
        QExpr *value = row_id_value(path->filters.items[0]->expr, path->table);
        plan__list_add(planner->state->arena, &PLAN_AS(RowIdScan, rel->op)->row_ids,
                       plan__to_slots(planner, (QNode *)value, NULL, NULL));
    }
    plan__set_outputs(planner, rel, &wanted, &row, NULL);
    return rel;
}

/* ---- joins ---- */

/* What its rows have to offer. */
static QExprList both_columns(Planner *planner, const Rel *outer, const Rel *inner, QJoinKind join)
{
    QExprList columns = {0};
    Arena *arena = planner->state->arena;
    const bool outer_alone = join == Q_JOIN_SEMI || join == Q_JOIN_ANTI;
    const bool inner_alone = join == Q_JOIN_RIGHT_SEMI || join == Q_JOIN_RIGHT_ANTI;
    for (uint32_t i = 0; !inner_alone && i < outer->columns.count; i++)
        plan__list_add(arena, &columns, outer->columns.items[i]);
    for (uint32_t i = 0; !outer_alone && i < inner->columns.count; i++)
        plan__list_add(arena, &columns, inner->columns.items[i]);
    return columns;
}

/* The loop sets what its inner tables read and its outer side has. */
static void take_loop_params(Planner *planner, PlanNestedLoop *loop, const Rel *outer,
                             TableSet inner)
{
    Arena *arena = planner->state->arena;
    loop->set_params.items = ARENA_ARRAY(arena, int32_t, planner->loop_params.count);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < planner->loop_params.count; i++) {
        LoopParam param = planner->loop_params.items[i];
        if (!set_has(&inner, param.reader) || find_column(outer, (QNode *)param.var) < 0) {
            planner->loop_params.items[kept++] = param;
            continue;
        }
        loop->set_params.items[loop->set_params.count++] = (int32_t)param.param;
        plan__list_add(arena, &loop->param_values,
                       plan__to_slots(planner, (QNode *)param.var, outer, NULL));
    }
    planner->loop_params.count = kept;
}

/* Keys of sister types (int2 and int4, float4 and float8) meet in the wider one: equal slots are compared then. */
static void widen_keys(Planner *planner, QExpr **left, QExpr **right)
{
    const FnEnv *env = planner->state->options->env;
    const BindOptions options = {.view = planner->state->options->view, .env = env};
    Arena *arena = planner->state->arena;
    if (type_get(env, (*left)->type)->phys == type_get(env, (*right)->type)->phys) return;
    QExpr *wider = bind_coerce(arena, *left, (*right)->type, -1, 'i', Q_CALL_IMPLICIT_CAST,
                               &options);
    if (wider) {
        *left = wider;
        return;
    }
    wider = bind_coerce(arena, *right, (*left)->type, -1, 'i', Q_CALL_IMPLICIT_CAST, &options);
    if (wider) *right = wider;
}

/* The operator, as outer = inner. */
static Oid straight_equality(Planner *planner, const Path *path, const Condition *key)
{
    const CatOperator *op = cat_operator(planner->state->options->view, key->equality);
    const bool straight = set_within(key->left_tables, path->outer->tables);
    return straight || op == NULL || op->commutator == 0 ? key->equality : op->commutator;
}

static void set_hash_keys(Planner *planner, PlanHashJoin *join, const Path *path, const Rel *outer,
                          const Rel *inner)
{
    Arena *arena = planner->state->arena;
    uint32_t count = path->keys.count;
    join->equality.items = ARENA_ARRAY(arena, int32_t, count);
    join->collations.items = ARENA_ARRAY(arena, int32_t, count);
    for (uint32_t i = 0; i < count; i++) {
        const Condition *key = path->keys.items[i];
        bool straight = set_within(key->left_tables, path->outer->tables);
        QExpr *left = key->left, *right = key->right;
        widen_keys(planner, &left, &right);
        plan__list_add(arena, &join->outer_keys,
                       plan__to_slots(planner, (QNode *)(straight ? left : right), outer, NULL));
        /* Keys of one side each: slots of input 0. */
        plan__list_add(arena, &join->inner_keys,
                       plan__to_slots(planner, (QNode *)(straight ? right : left), inner, NULL));
        join->equality.items[i] = (int32_t)straight_equality(planner, path, key);
        join->collations.items[i] = (int32_t)key->collation;
    }
    join->equality.count = count;
    join->collations.count = count;
}

/* Sorts the sides that have no order of their own. */
static void sort_sides(Planner *planner, const Path *path, Rel **outer, Rel **inner)
{
    PlanSortKeyList outer_keys, inner_keys;
    plan__merge_keys(planner, path, &outer_keys, &inner_keys);
    if (path->sort_outer) *outer = plan__sort(planner, *outer, &outer_keys);
    if (path->sort_inner) *inner = plan__sort(planner, *inner, &inner_keys);
}

static void set_merge_keys(Planner *planner, PlanMergeJoin *join, const Path *path,
                           const Rel *outer, const Rel *inner)
{
    plan__merge_keys(planner, path, &join->outer_keys, &join->inner_keys);
    for (uint32_t i = 0; i < path->keys.count; i++) {
        PlanSortKey *left = join->outer_keys.items[i], *right = join->inner_keys.items[i];
        const Condition *key = path->keys.items[i];
        left->equality = straight_equality(planner, path, key);
        widen_keys(planner, &left->expr, &right->expr);
        left->expr = plan__to_slots(planner, (QNode *)left->expr, outer, NULL);
        right->expr = plan__to_slots(planner, (QNode *)right->expr, inner, NULL);
    }
}

/* From so many outer rows on it pays to look them up together. */
static const double batched_rows_min = 8;

static PlanKind join_kind(const Path *path)
{
    return path->kind == PATH_NESTED_LOOP  ? PLAN_NESTED_LOOP
           : path->kind == PATH_MERGE_JOIN ? PLAN_MERGE_JOIN
                                           : PLAN_HASH_JOIN;
}

static Rel *build_join(Planner *planner, Path *path)
{
    Rel *outer = plan__build(planner, path->outer);
    Rel *inner = plan__build(planner, path->inner);
    bool loop = path->kind == PATH_NESTED_LOOP, merge = path->kind == PATH_MERGE_JOIN;
    Rel *rel = ARENA_NEW(planner->state->temporary, Rel);
    /* An inner side that reads exec params may differ from run to run; any other is kept after its first. */
    bool again = planner->loop_params.count > 0 || planner->outer_refs.count > 0 ||
                 planner->reads_work_table;
    if (loop && !again && inner->op->kind != PLAN_MATERIALIZE && path->outer->rows > 1) {
        PlanMaterialize *kept = PLAN_AS(Materialize,
                                        plan__new_op(planner, PLAN_MATERIALIZE, 0, 0, 0));
        kept->child = inner->op;
        inner = plan__wrap(planner, inner, &kept->base, inner->op->rows * 0.001, inner->op->rows);
    }
    if (merge) sort_sides(planner, path, &outer, &inner);
    rel->op = plan__new_op(planner, join_kind(path), path->startup, path->total, path->rows);
    PlanJoinOp *join = (PlanJoinOp *)rel->op;
    join->outer = outer->op;
    join->inner = inner->op;
    join->join = path->join;
    const bool by_index = path->inner->match != NULL && path->inner->match->unique;
    join->inner_unique = by_index || (path->inner->table != 0 &&
                                      plan__key_covered(planner, &path->keys, path->inner->table));
    if (loop) {
        PLAN_AS(NestedLoop, rel->op)->batched = planner->state->looks_once &&
                                                outer->op->rows >= batched_rows_min;
        take_loop_params(planner, PLAN_AS(NestedLoop, rel->op), outer, path->inner->tables);
    } else if (merge) {
        set_merge_keys(planner, PLAN_AS(MergeJoin, rel->op), path, outer, inner);
    } else {
        set_hash_keys(planner, PLAN_AS(HashJoin, rel->op), path, outer, inner);
        PLAN_AS(HashJoin, rel->op)->null_aware = path->null_aware;
        plan__add_runtime_filters(planner, PLAN_AS(HashJoin, rel->op), path);
    }
    set_conditions(planner, &join->join_conditions, &path->conditions, outer, inner);
    set_conditions(planner, &rel->op->conditions, &path->filters, outer, inner);
    QExprList columns = both_columns(planner, outer, inner, path->join);
    plan__set_outputs(planner, rel, &columns, outer, inner);
    return rel;
}

/* ---- the rest ---- */

/* Operators of FROM items: what they give is their own row, so they ask conditions on it themselves. */
static bool filters_itself(const PlanOp *op)
{
    switch (op->kind) {
    case PLAN_RESULT:
    case PLAN_SUBQUERY_SCAN:
    case PLAN_FUNCTION_SCAN:
    case PLAN_TABLE_FUNCTION_SCAN:
    case PLAN_VALUES_SCAN:
    case PLAN_CTE_SCAN:
    case PLAN_WORK_TABLE_SCAN: return true;
    default: return false;
    }
}

static Rel *build_filter(Planner *planner, Path *path)
{
    bool item = path->outer->kind == PATH_ITEM;
    Rel *child = item ? path->outer->rel : plan__build(planner, path->outer);
    if (filters_itself(child->op) && (item || child->op->kind == PLAN_RESULT)) {
        child->op->rows = path->rows;
        child->op->total_cost = path->total;
        set_conditions(planner, &child->op->conditions, &path->conditions, child, NULL);
        return child;
    }
    PlanFilter *filter = PLAN_AS(Filter, plan__new_op(planner, PLAN_FILTER, 0, 0, 0));
    filter->child = child->op;
    set_conditions(planner, &filter->base.conditions, &path->conditions, child, NULL);
    return plan__wrap(planner, child, &filter->base, path->total - path->outer->total, path->rows);
}

Rel *plan__build(Planner *planner, Path *path)
{
    task_check_stack();
    switch (path->kind) {
    case PATH_EMPTY_FROM: {
        Rel *rel = ARENA_NEW(planner->state->temporary, Rel);
        rel->op = plan__new_op(planner, PLAN_RESULT, 0, 0.01, 1);
        return rel;
    }
    case PATH_TABLE_SCAN:
    case PATH_INDEX_SCAN:
    case PATH_ROW_ID_SCAN: planner->building = path->table; return build_scan(planner, path);
    case PATH_ITEM:
        return plan__is_source(planner, path->table) ? path->rel
                                                     : plan__trim_item(planner, path->rel);
    case PATH_NESTED_LOOP:
    case PATH_HASH_JOIN:
    case PATH_MERGE_JOIN: return build_join(planner, path);
    case PATH_FILTER: return build_filter(planner, path);
    }
    UNREACHABLE();
}

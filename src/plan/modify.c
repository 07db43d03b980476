/* SPDX-License-Identifier: Apache-2.0 */
/* modify.c - INSERT, UPDATE, DELETE, MERGE: a SELECT of what is to be written, and ModifyTable on top.
 *
 * The child gives, for INSERT, the new row in the order of attnums; for UPDATE the row id, the new values of the
 * columns set, then what RETURNING wants of other tables; for DELETE the row id, then the same; for MERGE the row id
 * (NULL: no target row), then all that its actions want of the source. Row ids travel as ctid.
 *
 * What RETURNING and ON CONFLICT compute sees three rows: input 0 the child's, input 1 the row as written (NEW), input
 * 2 the row that was there (OLD); columns of rows 1 and 2 are attnum - 1, system columns their (negative) attnum.
 * EXCLUDED is the child's row of an INSERT. */
#include "plan/plan_internal.h"

#include "type/type.h"

enum { SYSTEM_COLUMNS = 6, TEXT_TYPE = 25 };

/* A dropped column has no type any more. */
static QExpr *null_of(Planner *planner, Oid type)
{
    const Type *known = type_get(planner->state->options->env, type != 0 ? type : 23);
    return plan__null(planner->state->arena, known->oid, (Phys)known->phys);
}

static QVar *row_id_var(Planner *planner, uint32_t table)
{
    QVar *var = Q_NEW(planner->state->arena, Var);
    var->table = table;
    var->column = -1;
    var->type = 27;
    var->typmod = -1;
    return var;
}

/* ---- expressions over the rows before and after ---- */

typedef struct RowWork {
    Planner *planner;
    uint32_t result, excluded;
    uint32_t plain;       /* input that an unqualified column of the result table means */
    bool merge_returning; /* it stands behind the system columns of input 1 */
    const CatRelation *relation;
} RowWork;

static QExpr *row_slot(const RowWork *work, uint32_t input, int32_t column, const QVar *like)
{
    QSlot *slot = Q_NEW(work->planner->state->arena, Slot);
    slot->input = input;
    slot->column = column > 0 ? column - 1 : column;
    slot->type = like->type;
    slot->typmod = like->typmod;
    slot->collation = like->collation;
    return &slot->base;
}

/* A column of the row that the target's name means in RETURNING of MERGE. */
static QExpr *merged_slot(const RowWork *work, int32_t column, const QVar *like)
{
    const int32_t columns = work->relation->column_count;
    const int32_t first = columns + SYSTEM_COLUMNS + 1;
    QSlot *slot = (QSlot *)row_slot(work, 1, 1, like);
    slot->column = column > 0 ? first + column - 1 : first + columns - 1 - column;
    return &slot->base;
}

static QExpr *column_slot(const RowWork *work, uint32_t input, int32_t column, const QVar *like)
{
    if (input == work->plain && work->merge_returning && like->returning == Q_VAR_DEFAULT)
        return merged_slot(work, column, like);
    return row_slot(work, input, column, like);
}

static QExpr *whole_row(const RowWork *work, uint32_t input, const QVar *var)
{
    Arena *arena = work->planner->state->arena;
    QRow *row = Q_NEW(arena, Row);
    row->type = var->type;
    row->typmod = -1;
    for (int16_t i = 0; i < work->relation->column_count; i++) {
        const CatColumn *column = &work->relation->columns[i];
        QVar like = {.type = column->type,
                     .typmod = column->typmod,
                     .collation = column->collation,
                     .returning = var->returning};
        plan__list_add(arena, &row->items,
                       column->dropped ? null_of(work->planner, 0)
                                       : column_slot(work, input, column->number, &like));
    }
    return &row->base;
}

static void *put_row(void *arg, void *child)
{
    const RowWork *work = arg;
    task_check();
    QNode *node = child;
    const QVar *var = Q_IF(Var, node);
    if (node->kind == Q_MERGE_ACTION) {
        const QVar like = {.type = TEXT_TYPE,
                           .typmod = -1,
                           .collation = Q_AS(MergeAction, node)->collation};
        return row_slot(work, 1, work->relation->column_count + SYSTEM_COLUMNS + 1, &like);
    }
    if (var == NULL) {
        node_replace(&query_family, node, put_row, arg);
        return node;
    }
    uint32_t input;
    if (work->excluded != 0 && var->table == work->excluded) {
        input = 0;
    } else if (var->table == work->result) {
        input = var->returning == Q_VAR_OLD ? 2 : var->returning == Q_VAR_NEW ? 1 : work->plain;
    } else {
        return node;
    }
    return var->column == 0 ? whole_row(work, input, var)
                            : column_slot(work, input, var->column, var);
}

static QExpr *over_rows(RowWork *work, const QExpr *expr, const Rel *child)
{
    if (expr == NULL) return NULL;
    QExpr *copy = query_copy(work->planner->state->arena, expr);
    copy = put_row(work, copy);
    return plan__to_slots(work->planner, (QNode *)copy, child, NULL);
}

/* Vars of other tables that RETURNING wants from the child. */
static bool gather_others(void *arg, void *child)
{
    RowWork *work = arg;
    task_check_stack();
    QVar *var = Q_IF(Var, (QNode *)child);
    if (var == NULL) return query_walk(child, gather_others, arg);
    if (var->table != work->result && var->table != work->excluded)
        plan__gather_vars(work->planner, (QNode *)var);
    return false;
}

static void add_other_vars(Planner *planner, QExprList *outputs, uint32_t from)
{
    for (uint32_t i = from; i < planner->wanted.count; i++)
        plan__list_add(planner->state->arena, outputs, &planner->wanted.items[i]->base);
}

/* ---- the child's columns ---- */

static QTarget *target_for(const QQuery *query, int32_t number)
{
    for (uint32_t i = 0; i < query->targets.count; i++) {
        QTarget *target = query->targets.items[i];
        if (!target->junk && target->number == number) return target;
    }
    return NULL;
}

static QExprList new_row(Planner *planner, const CatRelation *relation)
{
    QExprList row = {0};
    for (int16_t i = 0; i < relation->column_count; i++) {
        const CatColumn *column = &relation->columns[i];
        QTarget *target = column->dropped ? NULL : target_for(planner->query, column->number);
        plan__list_add(planner->state->arena, &row,
                       target != NULL ? target->expr
                                      : null_of(planner, column->dropped ? 0 : column->type));
    }
    return row;
}

static QExprList changed_row(Planner *planner, PlanModifyTable *op)
{
    Arena *arena = planner->state->arena;
    const QQuery *query = planner->query;
    QExprList row = {0};
    plan__list_add(arena, &row, &row_id_var(planner, query->result_table)->base);
    op->columns.items = ARENA_ARRAY(arena, int32_t, query->targets.count + 1);
    if (query->command != Q_COMMAND_UPDATE) return row;
    for (uint32_t i = 0; i < query->targets.count; i++) {
        const QTarget *target = query->targets.items[i];
        if (target->junk) continue;
        op->columns.items[op->columns.count++] = target->number;
        plan__list_add(arena, &row, target->expr);
    }
    return row;
}

static QOnConflict *on_conflict(RowWork *work, const Rel *child)
{
    Planner *planner = work->planner;
    const QOnConflict *conflict = planner->query->on_conflict;
    if (conflict == NULL || conflict->action == Q_CONFLICT_NONE) return NULL;
    plan__infer_arbiters(planner);
    QOnConflict *copy = query_copy(planner->state->arena, conflict);
    work->excluded = conflict->excluded;
    work->plain = 2;
    for (uint32_t i = 0; i < copy->set.count; i++)
        copy->set.items[i]->expr = over_rows(work, conflict->set.items[i]->expr, child);
    copy->where = over_rows(work, conflict->where, child);
    return copy;
}

/* ---- MERGE ---- */

/* The join's condition, to be asked again of a target row that changed meanwhile: the join takes its own apart. */
static QExpr *merge_condition(Planner *planner)
{
    const QJoin *join = Q_AS(Join, planner->query->from->items.items[0]);
    QExpr *copy = join->on ? query_copy(planner->state->arena, join->on) : NULL;
    return plan__prepare_expr(planner, copy);
}

static void gather_merge(RowWork *work, QExpr *condition)
{
    const QQuery *query = work->planner->query;
    if (condition) (void)gather_others(work, condition);
    if (query->merge_source) (void)gather_others(work, query->merge_source);
    for (uint32_t i = 0; i < query->merge_whens.count; i++) {
        QMergeWhen *when = query->merge_whens.items[i];
        if (when->condition) (void)gather_others(work, when->condition);
        for (uint32_t k = 0; k < when->targets.count; k++)
            (void)gather_others(work, when->targets.items[k]->expr);
    }
}

static void merge_actions(RowWork *work, PlanModifyTable *op, QExpr *condition, const Rel *child)
{
    Arena *arena = work->planner->state->arena;
    const QQuery *query = work->planner->query;
    work->plain = 2;
    op->merge_on = over_rows(work, condition, child);
    op->merge_source = over_rows(work, query->merge_source, child);
    op->merge_whens.items = ARENA_ARRAY(arena, QMergeWhen *, query->merge_whens.count + 1);
    for (uint32_t i = 0; i < query->merge_whens.count; i++) {
        QMergeWhen *when = query_copy(arena, query->merge_whens.items[i]);
        when->condition = over_rows(work, when->condition, child);
        for (uint32_t k = 0; k < when->targets.count; k++)
            when->targets.items[k]->expr = over_rows(work, when->targets.items[k]->expr, child);
        op->merge_whens.items[op->merge_whens.count++] = when;
    }
}

static void view_checks(RowWork *work, PlanModifyTable *op, const Rel *child)
{
    const QTargetList *checks = &work->planner->query->checks;
    work->excluded = 0;
    work->plain = 1;
    op->checks.items = ARENA_ARRAY(work->planner->state->arena, QTarget *, checks->count);
    for (uint32_t i = 0; i < checks->count; i++) {
        QTarget *check = query_copy(work->planner->state->arena, checks->items[i]);
        check->expr = over_rows(work, checks->items[i]->expr, child);
        op->checks.items[op->checks.count++] = check;
    }
}

static void returning(RowWork *work, PlanModifyTable *op, const Rel *child)
{
    Planner *planner = work->planner;
    const QTargetList *targets = &planner->query->returning;
    work->excluded = 0;
    work->plain = planner->query->command == Q_COMMAND_DELETE ? 2 : 1;
    work->merge_returning = planner->query->command == Q_COMMAND_MERGE;
    op->returning.items = ARENA_ARRAY(planner->state->arena, QTarget *, targets->count);
    for (uint32_t i = 0; i < targets->count; i++) {
        QTarget *target = query_copy(planner->state->arena, targets->items[i]);
        target->expr = over_rows(work, targets->items[i]->expr, child);
        op->returning.items[op->returning.count++] = target;
    }
}

Rel *plan__modify(Planner *planner)
{
    QQuery *query = planner->query;
    const bool merges = query->command == Q_COMMAND_MERGE;
    QExpr *condition = merges ? merge_condition(planner) : NULL;
    planner->state->plan->modifies = true;
    const CatRelation *relation = planner->relations[query->result_table - 1];
    RowWork work = {.planner = planner, .result = query->result_table, .relation = relation};
    PlanModifyTable *op = PLAN_AS(ModifyTable, plan__new_op(planner, PLAN_MODIFY_TABLE, 0, 0, 0));
    op->command = query->command;
    op->relation = relation->oid;
    op->table = planner->flat[query->result_table - 1];
    op->can_set_tag = query->can_set_tag;
    QExprList row = query->command == Q_COMMAND_INSERT ? new_row(planner, relation)
                                                       : changed_row(planner, op);

    JoinNode *tree = plan__join_tree(planner);
    uint32_t others = planner->wanted.count;
    for (uint32_t i = 0; i < query->returning.count; i++)
        (void)gather_others(&work, query->returning.items[i]->expr);
    if (merges) gather_merge(&work, condition);
    plan__gather_sources(planner);
    QExprList outputs = row;
    add_other_vars(planner, &outputs, others);
    for (uint32_t i = 0; i < row.count; i++) plan__gather_vars(planner, (QNode *)row.items[i]);
    plan__gather_wanted(planner, tree);

    Rel *child = plan__build(planner, plan__join_path(planner, tree));
    child = plan__project(planner, child, &outputs);
    op->child = child->op;
    op->row_id_slot = query->command == Q_COMMAND_INSERT ? -1 : 0;
    op->sources = plan__sources(planner, child);
    op->on_conflict = on_conflict(&work, child);
    if (merges) merge_actions(&work, op, condition, child);
    view_checks(&work, op, child);
    returning(&work, op, child);

    Rel *rel = ARENA_NEW(planner->state->temporary, Rel);
    rel->op = &op->base;
    rel->op->startup_cost = child->op->startup_cost;
    rel->op->total_cost = child->op->total_cost + child->op->rows * 0.05;
    rel->op->rows = child->op->rows;
    rel->op->outputs = op->returning;
    for (uint32_t i = 0; i < query->returning.count; i++)
        plan__list_add(planner->state->arena, &rel->columns, query->returning.items[i]->expr);
    return rel;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* statistics.c - what ANALYZE left in pg_statistic, read where an estimate wants it, and the share of a column's
 * values that passes a condition.
 *
 * Any condition over one column is estimated alike: it is run over the column's most common values, the bounds of
 * its histogram and NULL, each with the share of rows that it stands for. So ranges, LIKE, IN, functions of the
 * column and their combinations need no functions of their own; only equality with a value has a better answer
 * (the share of one value). */
#include "plan/plan_internal.h"

#include "type/array.h"
#include "type/type.h"

enum { KIND_MCV = 1, KIND_HISTOGRAM = 2, KIND_CORRELATION = 3, SLOTS = 5 };

/* ---- reading ---- */

static Datum *array_values(Planner *planner, const Datum *stored, const Type *type, uint32_t *count)
{
    ArrayView view;
    *count = 0;
    if (stored->null || !array_view(strview_str(&stored->value.str), &view)) return NULL;
    Datum *values = ARENA_ARRAY(planner->state->temporary, Datum, view.count);
    for (uint32_t i = 0; i < view.count; i++) values[i] = array_get(&view, type, i);
    *count = view.count;
    return values;
}

static void read_slot(Planner *planner, ColumnStats *stats, const Type *type, const Datum *row,
                      uint32_t slot)
{
    const Type *f32 = type_get(NULL, 700);
    uint32_t numbers, values;
    const Datum *shares = array_values(planner, &row[PG_STATISTIC_STANUMBERS1 + slot], f32,
                                       &numbers);
    const Datum *items = array_values(planner, &row[PG_STATISTIC_STAVALUES1 + slot], type, &values);
    switch (row[PG_STATISTIC_STAKIND1 + slot].value.i16) {
    case KIND_MCV:
        if (numbers != values) return;
        stats->common = items;
        stats->common_count = values;
        stats->shares = ARENA_ARRAY(planner->state->temporary, double, values);
        for (uint32_t i = 0; i < values; i++) {
            stats->shares[i] = (double)shares[i].value.f32;
            stats->common_share += stats->shares[i];
        }
        return;
    case KIND_HISTOGRAM:
        stats->bounds = items;
        stats->bound_count = values;
        return;
    case KIND_CORRELATION:
        if (numbers == 1) stats->correlation = (double)shares[0].value.f32;
        return;
    default: return;
    }
}

ColumnStats *plan__read_stats(Planner *planner, const Datum *row, Oid relation, Oid type)
{
    ColumnStats *stats = ARENA_NEW(planner->state->temporary, ColumnStats);
    stats->relation = relation;
    stats->type = type;
    if (row == NULL) return stats;
    stats->known = true;
    stats->null_share = (double)row[PG_STATISTIC_STANULLFRAC].value.f32;
    stats->width = row[PG_STATISTIC_STAWIDTH].value.i32;
    stats->distinct = (double)row[PG_STATISTIC_STADISTINCT].value.f32;
    const Type *own = type_get(planner->state->options->env, type);
    for (uint32_t i = 0; i < SLOTS; i++) read_slot(planner, stats, own, row, i);
    return stats;
}

const ColumnStats *plan__column_stats(Planner *planner, const QExpr *expr)
{
    const QVar *var = Q_IF(Var, expr);
    if (var == NULL) return plan__expression_stats(planner, expr);
    if (var->up != 0 || var->column <= 0) return NULL;
    const CatRelation *relation = planner->relations[var->table - 1];
    /* Without ANALYZE there is nothing to be found; catalogs are not analyzed. */
    if (relation == NULL || relation->rows < 0 || relation->oid < 16384) return NULL;
    PlanState *state = planner->state;
    for (uint32_t i = 0; i < state->stats.count; i++) {
        const ColumnStats *known = state->stats.items[i];
        if (known->relation == relation->oid && known->column == var->column)
            return known->known ? known : NULL;
    }
    const Datum *row = cat_column_statistics(state->options->view, relation->oid,
                                             (int16_t)var->column);
    ColumnStats *stats = plan__read_stats(planner, row, relation->oid,
                                          relation->columns[var->column - 1].type);
    stats->column = var->column;
    array_push(&state->stats, stats);
    return stats->known ? stats : NULL;
}

/* ---- the one column that a condition reads ---- */

typedef struct OnlyVar {
    const QVar *var;
    bool others;
} OnlyVar;

static bool find_var(void *arg, void *child)
{
    OnlyVar *only = arg;
    task_check_stack();
    const QNode *node = child;
    switch (node->kind) {
    case Q_VAR: {
        const QVar *var = Q_AS(Var, node);
        const bool same = only->var == NULL ||
                          (only->var->table == var->table && only->var->column == var->column);
        only->others |= !same || var->up != 0 || var->column <= 0;
        only->var = var;
        return only->others;
    }
    case Q_PARAM:
    case Q_EXEC_PARAM:
    case Q_SUB_PLAN_CALL:
    case Q_SUB_LINK:
    case Q_AGGREGATE:
    case Q_WINDOW_CALL: only->others = true; return true;
    default: return query_walk(child, find_var, arg);
    }
}

const QVar *plan__only_column(Planner *planner, const QExpr *expr)
{
    OnlyVar only = {0};
    (void)find_var(&only, (void *)expr);
    if (only.others || only.var == NULL) return NULL;
    return expr_is_immutable(expr, planner->state->options->env) ? only.var : NULL;
}

/* ---- a condition run over the values ---- */

static void *put_slot(void *arg, void *child)
{
    task_check();
    QNode *node = child;
    const QVar *var = Q_IF(Var, node);
    if (var == NULL) {
        node_replace(&query_family, node, put_slot, arg);
        return node;
    }
    QSlot *slot = Q_NEW((Arena *)arg, Slot);
    slot->type = var->type;
    slot->typmod = var->typmod;
    slot->collation = var->collation;
    return slot;
}

/* Common values, bounds, and NULL as the last row. */
static Batch values_batch(Planner *planner, const ColumnStats *stats, Vector *column)
{
    Arena *arena = planner->state->temporary;
    const Type *type = type_get(planner->state->options->env, stats->type);
    const uint32_t count = stats->common_count + stats->bound_count;
    vector_init_flat(column, arena, type->oid, type->phys, count + 1);
    for (uint32_t i = 0; i < stats->common_count; i++)
        vector_set(column, arena, i, &stats->common[i]);
    for (uint32_t i = 0; i < stats->bound_count; i++)
        vector_set(column, arena, stats->common_count + i, &stats->bounds[i]);
    const Datum null = {.null = true};
    vector_set(column, arena, count, &null);
    return (Batch){.columns = column,
                   .column_count = 1,
                   .row_count = count + 1,
                   .selection = {.count = count + 1},
                   .arena = arena};
}

bool plan__share_of_values(Planner *planner, const ColumnStats *stats, QExpr *const *conditions,
                           uint32_t count, double *share)
{
    Arena *arena = planner->state->temporary;
    const FnEnv *env = planner->state->options->env;
    const uint32_t values = stats->common_count + stats->bound_count;
    if (values == 0 || values >= BATCH_ROWS_MAX) return false;
    QExpr **exprs = ARENA_ARRAY(arena, QExpr *, count);
    for (uint32_t i = 0; i < count; i++)
        exprs[i] = put_slot(arena, query_copy(arena, conditions[i]));
    const ExprRun run = {.env = env, .query = arena};
    ExprState *state = expr_open(expr_compile_filter(arena, exprs, count, env), &run);
    Vector column;
    const Batch batch = values_batch(planner, stats, &column);
    const Batch *inputs[1] = {&batch};
    uint16_t *passed = ARENA_ARRAY(arena, uint16_t, values + 1);
    const uint32_t found = expr_filter(state, inputs, 1, batch.selection, passed);
    if (expr_has_error(state)) return false;
    const double rest = MAX(1 - stats->null_share - stats->common_share, 0);
    const double each = stats->bound_count > 0 ? rest / stats->bound_count : 0;
    double sum = 0;
    for (uint32_t i = 0; i < found; i++) {
        if (passed[i] == values)
            sum += stats->null_share;
        else
            sum += passed[i] < stats->common_count ? stats->shares[passed[i]] : each;
    }
    /* Between two bounds there may be values that pass. */
    *share = MIN(MAX(sum, each / 2), 1);
    return true;
}

double plan__share_of_value(Planner *planner, const ColumnStats *stats, const QExpr *value,
                            double rows)
{
    const QConst *constant = Q_IF(Const, value);
    const double distinct = plan__stats_distinct(stats, rows);
    const double rest = MAX(1 - stats->null_share - stats->common_share, 0);
    const double average = rest / MAX(distinct - stats->common_count, 1);
    if (constant == NULL) return (1 - stats->null_share) / MAX(distinct, 1);
    if (constant->value.datum.null) return 0;
    if (constant->type != stats->type) return average;
    const Type *type = type_get(planner->state->options->env, stats->type);
    if (type->compare == NULL) return average;
    const TypeCall call = {.type = type,
                           .env = planner->state->options->env,
                           .arena = planner->state->temporary,
                           .typmod = -1,
                           .collation = constant->collation};
    for (uint32_t i = 0; i < stats->common_count; i++) {
        if (type->compare(&call, &stats->common[i].value, &constant->value.datum.value) == 0)
            return stats->shares[i];
    }
    return average;
}

double plan__stats_distinct(const ColumnStats *stats, double rows)
{
    return stats->distinct < 0 ? -stats->distinct * rows : stats->distinct;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* estimate.c - how many rows, how wide. Where ANALYZE has been, by its statistics (statistics.c); elsewhere the
 * guesses are PostgreSQL's: an equality passes one row in the number of distinct values (of a unique column: of
 * rows; else 200), a comparison a third, a range half a percent. */
#include "plan/plan_internal.h"

#include "table/table.h"
#include "type/type.h"

enum { DISTINCT_DEFAULT = 200 };
static const double inequality_default = 1.0 / 3, range_default = 0.005, other_default = 0.5;

double plan__relation_rows(const CatRelation *relation)
{
    if (relation->table == NULL) return MAX(relation->rows, 1);
    double bound = (double)table_row_bound(relation->table);
    /* What ANALYZE counted, unless the table has grown much since. */
    double rows = relation->rows >= 0 ? MIN(bound, MAX(relation->rows, bound / 4)) : bound;
    return MAX(rows, 1);
}

bool plan__is_never_null_column(const CatRelation *relation, int32_t column)
{
    for (uint32_t i = 0; i < relation->constraint_count; i++) {
        const CatConstraint *c = &relation->constraints[i];
        if (c->type == 'n' && !c->validated && c->columns[0] == column) return false;
    }
    return relation->columns[column - 1].not_null;
}

double plan__table_rows(Planner *planner, uint32_t table)
{
    const CatRelation *relation = planner->relations[table - 1];
    return relation != NULL ? plan__relation_rows(relation) : 1000;
}

bool plan__may_use(const Planner *planner, const CatIndex *index)
{
    const uint64_t snapshot = planner->state->options->snapshot;
    return index->valid && (snapshot == 0 || index->usable_from <= snapshot);
}

/* Is the column alone a unique key? */
static bool is_unique_column(const CatRelation *relation, int32_t column)
{
    for (uint32_t i = 0; i < relation->index_count; i++) {
        const CatIndex *index = relation->indexes[i];
        if (index->unique && index->valid && index->key_count == 1 && index->predicate == NULL &&
            index->keys[0].column == column)
            return true;
    }
    return false;
}

static const QExpr *strip(const QExpr *expr)
{
    while (expr->kind == Q_RELABEL) expr = Q_AS(Relabel, expr)->arg;
    return expr;
}

/* ---- distinct values ---- */

static double distinct_of_var(Planner *planner, const QVar *var, double rows)
{
    const CatRelation *relation = var->up == 0 ? planner->relations[var->table - 1] : NULL;
    if (relation == NULL) return MIN(DISTINCT_DEFAULT, MAX(rows, 1));
    const double table_rows = MAX(plan__table_rows(planner, var->table), 1);
    if (is_unique_column(relation, var->column)) return table_rows;
    const ColumnStats *stats = plan__column_stats(planner, &var->base);
    if (stats != NULL && stats->distinct != 0)
        return MAX(plan__stats_distinct(stats, table_rows), 1);
    /* A column of a foreign key has about as many values as the table it points to has rows; of a key of several
     * columns, a share. */
    return MIN(MAX(table_rows / 10, DISTINCT_DEFAULT), MAX(rows, 1));
}

double plan__distinct(Planner *planner, const QExpr *expr, double rows)
{
    expr = strip(expr);
    if (expr->type == 16) return 2;
    if (expr->kind == Q_CONST || expr->kind == Q_PARAM || expr->kind == Q_EXEC_PARAM) return 1;
    const QVar *var = Q_IF(Var, expr);
    if (var != NULL) return distinct_of_var(planner, var, rows);
    const ColumnStats *stats = plan__expression_stats(planner, expr);
    if (stats != NULL && stats->distinct != 0)
        return MAX(plan__stats_distinct(stats, plan__table_rows(planner, plan__single_table(expr))),
                   1);
    /* A function of one column has no more values than the column. */
    const QVar *only = plan__only_column(planner, expr);
    const double most = only != NULL ? distinct_of_var(planner, only, rows) : rows;
    return MIN(MIN(DISTINCT_DEFAULT, MAX(most, 1)), MAX(rows, 1));
}

/* Does another key of the list determine this one: a unique column of the same table? */
static bool is_determined(Planner *planner, const QExprList *keys, uint32_t at)
{
    const QVar *var = Q_IF(Var, strip(keys->items[at]));
    if (var == NULL || var->up != 0) return false;
    const CatRelation *relation = planner->relations[var->table - 1];
    if (relation == NULL || is_unique_column(relation, var->column)) return false;
    for (uint32_t i = 0; i < keys->count; i++) {
        const QVar *other = Q_IF(Var, strip(keys->items[i]));
        if (i != at && other != NULL && other->up == 0 && other->table == var->table &&
            is_unique_column(relation, other->column))
            return true;
    }
    return false;
}

double plan__group_count(Planner *planner, const QExprList *keys, double rows)
{
    bool *done = ARENA_ARRAY(planner->state->temporary, bool, keys->count);
    double groups = keys->count > 1 ? plan__joint_groups(planner, keys, done) : 1;
    groups = MIN(groups, MAX(rows, 1));
    for (uint32_t i = 0; i < keys->count; i++) {
        if (!done[i] && !is_determined(planner, keys, i))
            groups *= MIN(plan__distinct(planner, keys->items[i], rows), MAX(rows, 1));
    }
    return MIN(groups, MAX(rows, 1));
}

bool plan__is_deterministic(Planner *planner, Oid collation)
{
    if (collation == 0) return true;
    const CatCollation *found = cat_collation(planner->state->options->view, collation);
    return found != NULL && found->deterministic;
}

/* ---- conditions ---- */

/* column = value, where the value is not of the column's table. */
static double equality_selectivity(Planner *planner, const QExpr *left, const QExpr *right)
{
    left = strip(left);
    right = strip(right);
    const QExpr *sides[2] = {left, right};
    for (uint32_t side = 0; side < 2; side++) {
        const TableSet others = plan__tables_of(sides[1 - side]);
        const ColumnStats *stats = plan__column_stats(planner, sides[side]);
        if (stats == NULL || !set_is_empty(others)) continue;
        return plan__share_of_value(planner, stats, sides[1 - side],
                                    plan__table_rows(planner, plan__single_table(sides[side])));
    }
    const double distinct = MAX(plan__distinct(planner, left, 1e12),
                                plan__distinct(planner, right, 1e12));
    return 1 / MAX(distinct, 1);
}

static double call_selectivity(Planner *planner, const QOpCall *call)
{
    const CatOperator *op = cat_operator(planner->state->options->view, call->op);
    if (op == NULL || call->args.count != 2) return other_default;
    const QExpr *left = call->args.items[0], *right = call->args.items[1];
    if (str_equal(op->name, STR("="))) return equality_selectivity(planner, left, right);
    if (str_equal(op->name, STR("<>"))) return 1 - equality_selectivity(planner, left, right);
    if (str_equal(op->name, STR("~~")) || str_equal(op->name, STR("~"))) return range_default;
    char first = op->name.bytes > 0 ? op->name.data[0] : ' ';
    return first == '<' || first == '>' ? inequality_default : other_default;
}

static bool is_equality(Planner *planner, const QExpr *expr)
{
    const QOpCall *call = Q_IF(OpCall, expr);
    if (call == NULL || call->args.count != 2) return false;
    const CatOperator *op = cat_operator(planner->state->options->view, call->op);
    return op != NULL && (str_equal(op->name, STR("=")) || str_equal(op->name, STR("<>")));
}

static double list_selectivity(Planner *planner, const QArrayOp *in)
{
    const QArray *array = Q_IF(Array, in->array);
    const double items = array != NULL ? array->items.count : 10;
    const double s = items / MAX(plan__distinct(planner, in->left, 1e12), 1);
    return MIN(in->all ? 1 - MIN(s, 1) : s, 1);
}

static double plain_selectivity(Planner *planner, const QExpr *expr)
{
    switch (expr->kind) {
    case Q_CONST: {
        const QConst *constant = Q_AS(Const, expr);
        return constant->value.datum.null || !constant->value.datum.value.b ? 0 : 1;
    }
    case Q_BOOL: {
        const QBool *bool_ = Q_AS(Bool, expr);
        if (bool_->op == Q_BOOL_NOT) return 1 - plan__selectivity(planner, bool_->args.items[0]);
        double s = bool_->op == Q_BOOL_AND ? 1 : 0;
        for (uint32_t i = 0; i < bool_->args.count; i++) {
            double one = plan__selectivity(planner, bool_->args.items[i]);
            s = bool_->op == Q_BOOL_AND ? s * one : s + one - s * one;
        }
        return s;
    }
    case Q_OP_CALL: return call_selectivity(planner, Q_AS(OpCall, expr));
    case Q_NULL_TEST: return Q_AS(NullTest, expr)->negated ? 1 - range_default : range_default;
    case Q_ARRAY_OP: return list_selectivity(planner, Q_AS(ArrayOp, expr));
    default: return other_default;
    }
}

double plan__selectivity(Planner *planner, const QExpr *expr)
{
    task_check_stack();
    const QVar *var = expr->kind == Q_CONST || is_equality(planner, expr)
                          ? NULL
                          : plan__only_column(planner, expr);
    double share;
    QExpr *one = (QExpr *)expr;
    const ColumnStats *stats = var != NULL ? plan__column_stats(planner, &var->base) : NULL;
    if (stats == NULL && expr->kind != Q_CONST && !is_equality(planner, expr))
        stats = plan__only_expression(planner, expr, &one);
    /* A list of single values is better summed when the values are many. */
    const bool sampled = stats != NULL && (expr->kind != Q_ARRAY_OP || stats->bound_count == 0);
    if (sampled && plan__share_of_values(planner, stats, &one, 1, &share)) return share;
    return plain_selectivity(planner, expr);
}

/* ---- conditions together ---- */

/* Those that read the same column as condition `at`, itself first; each counted once, at its first. */
static uint32_t of_same_column(const ConditionList *conditions, uint32_t at, QExpr **exprs)
{
    const QVar *var = conditions->items[at]->column;
    uint32_t count = 0;
    for (uint32_t i = 0; i < conditions->count; i++) {
        const QVar *other = conditions->items[i]->column;
        if (other == NULL || other->table != var->table || other->column != var->column) continue;
        if (i < at) return 0;
        exprs[count++] = conditions->items[i]->expr;
    }
    return count;
}

double plan__all_selectivity(Planner *planner, const ConditionList *conditions)
{
    if (conditions->count == 0) return 1;
    if (conditions->count == 1 && conditions->items[0]->column != NULL)
        return conditions->items[0]->selectivity;
    bool *done = ARENA_ARRAY(planner->state->temporary, bool, conditions->count);
    const double together = plan__joint_selectivity(planner, conditions, done);
    ConditionList rest = {.arena = planner->state->temporary};
    for (uint32_t i = 0; i < conditions->count; i++)
        if (!done[i]) plan__conditions_add(&rest, conditions->items[i]);
    return together * plan__independent_selectivity(planner, &rest);
}

double plan__independent_selectivity(Planner *planner, const ConditionList *conditions)
{
    double selectivity = 1;
    QExpr **exprs = ARENA_ARRAY(planner->state->temporary, QExpr *, conditions->count);
    for (uint32_t i = 0; i < conditions->count; i++) {
        const Condition *condition = conditions->items[i];
        const uint32_t same = condition->column != NULL ? of_same_column(conditions, i, exprs) : 1;
        const ColumnStats *stats = same > 1 ? plan__column_stats(planner, &condition->column->base)
                                            : NULL;
        double share = condition->selectivity;
        if (stats != NULL && plan__share_of_values(planner, stats, exprs, same, &share)) {
            selectivity *= share;
        } else if (same > 0 || condition->column == NULL) {
            selectivity *= condition->selectivity;
        } else if (plan__column_stats(planner, &condition->column->base) == NULL) {
            selectivity *= condition->selectivity;
        }
    }
    return selectivity;
}

/* ---- joins ---- */

/* Equates the condition a column of `table` with something else? Its attnum, or 0. */
static int32_t equated_column(const Condition *condition, uint32_t table)
{
    if (condition->left == NULL) return 0;
    const QExpr *sides[2] = {strip(condition->left), strip(condition->right)};
    for (uint32_t side = 0; side < 2; side++) {
        const QVar *var = Q_IF(Var, sides[side]);
        const TableSet *others = side == 0 ? &condition->right_tables : &condition->left_tables;
        if (var != NULL && var->table == table && var->up == 0 && !set_has(others, table))
            return var->column;
    }
    return 0;
}

/* All columns of the unique index equated: one row of the table for each row of the other side. */
static bool covers_key(const Planner *planner, const ConditionList *conditions, uint32_t table,
                       const CatIndex *index, bool *used)
{
    if (!index->unique || !plan__may_use(planner, index) || !index->immediate ||
        index->predicate != NULL)
        return false;
    for (uint32_t key = 0; key < index->key_count; key++) {
        bool found = false;
        for (uint32_t i = 0; i < conditions->count; i++) {
            if (index->keys[key].column == 0 ||
                equated_column(conditions->items[i], table) != index->keys[key].column)
                continue;
            found = true;
            used[i] = true;
        }
        if (!found) return false;
    }
    return true;
}

bool plan__key_covered(Planner *planner, const ConditionList *conditions, uint32_t table)
{
    const CatRelation *relation = planner->relations[table - 1];
    bool *used = ARENA_ARRAY(planner->state->temporary, bool, conditions->count);
    for (uint32_t i = 0; relation != NULL && i < relation->index_count; i++)
        if (covers_key(planner, conditions, table, relation->indexes[i], used)) return true;
    return false;
}

double plan__join_selectivity(Planner *planner, const ConditionList *conditions)
{
    double selectivity = 1, least = 1;
    for (uint32_t i = 0; i < conditions->count; i++)
        selectivity *= conditions->items[i]->selectivity;
    if (conditions->count < 2) return selectivity;
    /* Several conditions that together are a key pass as many rows as the key says, not the product of their shares. */
    for (uint32_t table = 1; table <= planner->query->tables.count; table++) {
        const CatRelation *relation = planner->relations[table - 1];
        for (uint32_t i = 0; relation != NULL && i < relation->index_count; i++) {
            bool *used = ARENA_ARRAY(planner->state->temporary, bool, conditions->count);
            if (!covers_key(planner, conditions, table, relation->indexes[i], used)) continue;
            double key = 1 / plan__table_rows(planner, table);
            for (uint32_t c = 0; c < conditions->count; c++)
                if (!used[c]) key *= conditions->items[c]->selectivity;
            least = least == 1 ? key : MIN(least, key);
        }
    }
    return least < 1 ? MAX(selectivity, least) : selectivity;
}

double plan__match_share(Planner *planner, const ConditionList *conditions, TableSet outer,
                         double inner_rows)
{
    double share = 1;
    for (uint32_t i = 0; i < conditions->count; i++) {
        const Condition *condition = conditions->items[i];
        if (condition->left == NULL) {
            share *= condition->selectivity > 0.5 ? 1 : 0.5;
            continue;
        }
        const bool straight = set_within(condition->left_tables, outer);
        const double mine = plan__distinct(planner, straight ? condition->left : condition->right,
                                           1e12);
        const double theirs = plan__distinct(planner, straight ? condition->right : condition->left,
                                             1e12);
        share *= MIN(1, MIN(theirs, MAX(inner_rows, 1)) / MAX(mine, 1));
    }
    return share;
}

/* ---- widths ---- */

int32_t plan__width(Planner *planner, const QExprList *columns)
{
    int32_t width = 0;
    for (uint32_t i = 0; i < columns->count; i++) {
        const QExpr *expr = columns->items[i];
        const Type *type = type_find(NULL, expr->type);
        const QVar *var = Q_IF(Var, expr);
        const bool known = var != NULL && var->table <= planner->query->tables.count;
        const ColumnStats *stats = known ? plan__column_stats(planner, expr) : NULL;
        if (type != NULL && type->bytes > 0)
            width += type->bytes;
        else
            width += stats != NULL && stats->width > 0 ? stats->width : 32;
    }
    return width;
}

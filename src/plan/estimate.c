/* SPDX-License-Identifier: Apache-2.0 */
/* estimate.c - how many rows, how wide. Without statistics the guesses are PostgreSQL's: an equality passes one row in
 * the number of distinct values (of a unique column: of rows; else 200), a comparison a third, a range half a
 * percent. */
#include "plan/plan_internal.h"

#include "table/table.h"
#include "type/type.h"

enum { DISTINCT_DEFAULT = 200 };
static const double inequality_default = 1.0 / 3, range_default = 0.005, other_default = 0.5;

double plan__table_rows(Planner *planner, uint32_t table)
{
    const CatRelation *relation = planner->relations[table - 1];
    if (relation == NULL) return 1000;
    if (relation->table == NULL) return MAX(relation->rows, 1);
    double bound = (double)table_row_bound(relation->table);
    /* What ANALYZE counted, unless the table has grown much since. */
    double rows = relation->rows >= 0 ? MIN(bound, MAX(relation->rows, bound / 4)) : bound;
    return MAX(rows, 1);
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

double plan__distinct(Planner *planner, const QExpr *expr, double rows)
{
    expr = strip(expr);
    if (expr->type == 16) return 2;
    if (expr->kind == Q_CONST || expr->kind == Q_PARAM || expr->kind == Q_EXEC_PARAM) return 1;
    const QVar *var = Q_IF(Var, expr);
    if (var != NULL && var->up == 0 && planner->relations[var->table - 1] != NULL) {
        const CatRelation *relation = planner->relations[var->table - 1];
        if (is_unique_column(relation, var->column))
            return MAX(plan__table_rows(planner, var->table), 1);
        /* A column of a foreign key has about as many values as the table it points to has rows; of a key of several
         * columns, a share. */
        return MIN(MAX(plan__table_rows(planner, var->table) / 10, DISTINCT_DEFAULT), MAX(rows, 1));
    }
    return MIN(DISTINCT_DEFAULT, MAX(rows, 1));
}

double plan__group_count(Planner *planner, const QExprList *keys, double rows)
{
    double groups = 1;
    for (uint32_t i = 0; i < keys->count; i++)
        groups *= plan__distinct(planner, keys->items[i], rows);
    return MIN(groups, MAX(rows, 1));
}

static double call_selectivity(Planner *planner, const QOpCall *call)
{
    const CatOperator *op = cat_operator(planner->state->options->view, call->op);
    if (op == NULL || call->args.count != 2) return other_default;
    if (str_equal(op->name, STR("="))) {
        const QExpr *left = call->args.items[0], *right = call->args.items[1];
        double distinct = MAX(plan__distinct(planner, left, 1e12),
                              plan__distinct(planner, right, 1e12));
        return 1 / MAX(distinct, 1);
    }
    if (str_equal(op->name, STR("<>"))) return 1 - range_default;
    if (str_equal(op->name, STR("~~")) || str_equal(op->name, STR("~"))) return range_default;
    char first = op->name.bytes > 0 ? op->name.data[0] : ' ';
    return first == '<' || first == '>' ? inequality_default : other_default;
}

double plan__selectivity(Planner *planner, const QExpr *expr)
{
    task_check_stack();
    double s;
    switch (expr->kind) {
    case Q_CONST: {
        const QConst *constant = Q_AS(Const, expr);
        return constant->value.datum.null || !constant->value.datum.value.b ? 0 : 1;
    }
    case Q_BOOL: {
        const QBool *bool_ = Q_AS(Bool, expr);
        if (bool_->op == Q_BOOL_NOT) return 1 - plan__selectivity(planner, bool_->args.items[0]);
        s = bool_->op == Q_BOOL_AND ? 1 : 0;
        for (uint32_t i = 0; i < bool_->args.count; i++) {
            double one = plan__selectivity(planner, bool_->args.items[i]);
            s = bool_->op == Q_BOOL_AND ? s * one : s + one - s * one;
        }
        return s;
    }
    case Q_OP_CALL: return call_selectivity(planner, Q_AS(OpCall, expr));
    case Q_NULL_TEST: return Q_AS(NullTest, expr)->negated ? 1 - range_default : range_default;
    case Q_ARRAY_OP: {
        const QArrayOp *in = Q_AS(ArrayOp, expr);
        const QArray *array = Q_IF(Array, in->array);
        uint32_t items = array != NULL ? array->items.count : 10;
        s = items / MAX(plan__distinct(planner, in->left, 1e12), 1);
        return MIN(in->all ? 1 - s : s, 1);
    }
    default: return other_default;
    }
}

int32_t plan__width(const QExprList *columns)
{
    int32_t width = 0;
    for (uint32_t i = 0; i < columns->count; i++) {
        const Type *type = type_find(NULL, columns->items[i]->type);
        width += type != NULL && type->bytes > 0 ? type->bytes : 32;
    }
    return width;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* relation.c - relations as those who write them use them: stored expressions, and the rules that a new row must
 * keep. */
#include "exec/relation.h"

#include "base/oids.h"
#include "base/str.h"
#include "base/task.h"

const CatRelation *exec__relation(Exec *exec, Oid oid)
{
    const CatRelation *relation = cat_relation(exec->options.view, oid);
    if (!relation) raise_error(SQLSTATE_INTERNAL_ERROR, "could not open relation with OID %u", oid);
    if (!relation->table)
        raise_error(SQLSTATE_WRONG_OBJECT_TYPE, "cannot open relation \"%.*s\"",
                    STR_ARG(relation->name));
    return relation;
}

/* ---- stored expressions ---- */

typedef struct RowWork {
    Arena *arena;
    const CatRelation *relation;
} RowWork;

static QExpr *null_constant(Arena *arena, Oid type, Phys phys)
{
    QConst *constant = Q_NEW(arena, Const);
    constant->type = type;
    constant->typmod = -1;
    constant->value = (QueryValue){.datum.null = true, .phys = (uint8_t)phys};
    return &constant->base;
}

QExpr *exec__column(Arena *arena, const CatRelation *relation, int16_t number)
{
    const CatColumn *column = &relation->columns[number - 1];
    task_check_stack();
    if (column->dropped) return null_constant(arena, OID_INT4, PHYS_I32);
    if (column->generated == 'v') return exec__stored(arena, relation, column->default_);
    QSlot *slot = Q_NEW(arena, Slot);
    slot->column = number - 1;
    slot->type = column->type;
    slot->typmod = column->typmod;
    slot->collation = column->collation;
    return &slot->base;
}

static QExpr *whole_row(const RowWork *work, const QVar *var)
{
    const uint32_t count = (uint32_t)work->relation->column_count;
    QRow *row = Q_NEW(work->arena, Row);
    row->type = var->type;
    row->typmod = var->typmod;
    row->items.items = ARENA_ARRAY(work->arena, QExpr *, count);
    for (uint32_t i = 0; i < count; i++)
        row->items.items[row->items.count++] = exec__column(work->arena, work->relation,
                                                            (int16_t)(i + 1));
    return &row->base;
}

static QExpr *table_oid(const RowWork *work)
{
    QConst *constant = Q_NEW(work->arena, Const);
    constant->type = OID_OID;
    constant->typmod = -1;
    constant->value = (QueryValue){.datum.value.u32 = work->relation->oid, .phys = PHYS_I32};
    return &constant->base;
}

static void *var_to_slot(void *arg, void *child)
{
    enum { COLUMN_TABLE_OID = -6 };
    const RowWork *work = arg;
    task_check_stack();
    const QVar *var = Q_IF(Var, child);
    if (!var) {
        node_replace(&query_family, child, var_to_slot, arg);
        return child;
    }
    if (var->column > 0) return exec__column(work->arena, work->relation, (int16_t)var->column);
    if (var->column == 0) return whole_row(work, var);
    if (var->column != COLUMN_TABLE_OID)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "system columns in stored expressions are not supported");
    return table_oid(work);
}

QExpr *exec_over_row(Arena *arena, const CatRelation *relation, QExpr *expr)
{
    RowWork work = {arena, relation};
    return var_to_slot(&work, expr);
}

QExpr *exec__stored(Arena *arena, const CatRelation *relation, const CatExpr *stored)
{
    void *node;
    if (!query_read(arena, stored->stored, &node))
        raise_error(SQLSTATE_INTERNAL_ERROR, "malformed node tree in the catalog");
    return exec_over_row(arena, relation, node);
}

typedef struct SystemSlots {
    Arena *arena;
    uint32_t columns;
} SystemSlots;

static void *place_system_slot(void *arg, void *child)
{
    const SystemSlots *work = arg;
    task_check_stack();
    QSlot *slot = Q_IF(Slot, child);
    if (!slot)
        node_replace(&query_family, child, place_system_slot, arg);
    else if (slot->column < 0)
        slot->column = (int32_t)work->columns - 1 - slot->column;
    return child;
}

QExpr *exec__system_slots(Arena *arena, const QExpr *expr, uint32_t columns)
{
    SystemSlots work = {arena, columns};
    return place_system_slot(&work, query_copy(arena, expr));
}

/* ---- rules ---- */

typedef struct CheckRule {
    const CatConstraint *constraint;
    ExprState *program;
} CheckRule;

struct RowRules {
    const CatRelation *relation;
    const Disclosure *disclosure;
    CheckRule *checks; /* by name */
    uint32_t check_count;
    ExprState *generated; /* one result a generated column; NULL: none */
    uint16_t *generated_columns;
    uint32_t generated_count;
    Datum *values;
    ExprState *virtual; /* one result a virtual column that is NOT NULL; NULL: none */
    uint16_t *virtual_columns;
    uint32_t virtual_count;
    Datum *virtual_values;
    bool any_not_null, rewriting;
};

static void open_generated(RowRules *rules, Exec *exec)
{
    const CatRelation *relation = rules->relation;
    QExpr **exprs = ARENA_ARRAY(exec->arena, QExpr *, (size_t)relation->column_count);
    rules->generated_columns = ARENA_ARRAY(exec->arena, uint16_t, (size_t)relation->column_count);
    for (int16_t i = 0; i < relation->column_count; i++) {
        const CatColumn *column = &relation->columns[i];
        rules->any_not_null |= column->not_null && !column->dropped;
        if (column->generated != 's' || column->dropped) continue;
        rules->generated_columns[rules->generated_count] = (uint16_t)i;
        exprs[rules->generated_count++] = exec__stored(exec->arena, relation, column->default_);
    }
    if (rules->generated_count > 0)
        rules->generated = exec__program(exec, exprs, rules->generated_count);
    rules->values = ARENA_ARRAY(exec->arena, Datum, rules->generated_count);
}

/* Virtual columns are nowhere in the row: those that may not be null are computed to be asked. */
static void open_virtual(RowRules *rules, Exec *exec)
{
    const CatRelation *relation = rules->relation;
    if (!relation->has_virtual) return;
    QExpr **exprs = ARENA_ARRAY(exec->arena, QExpr *, (size_t)relation->column_count);
    rules->virtual_columns = ARENA_ARRAY(exec->arena, uint16_t, (size_t)relation->column_count);
    for (int16_t i = 0; i < relation->column_count; i++) {
        const CatColumn *column = &relation->columns[i];
        if (column->generated != 'v' || column->dropped || !column->not_null) continue;
        rules->virtual_columns[rules->virtual_count] = (uint16_t)i;
        exprs[rules->virtual_count++] = exec__column(exec->arena, relation, column->number);
    }
    if (rules->virtual_count > 0) rules->virtual = exec__program(exec, exprs, rules->virtual_count);
    rules->virtual_values = ARENA_ARRAY(exec->arena, Datum, rules->virtual_count);
}

RowRules *row_rules_open(Exec *exec, const CatRelation *relation, const Disclosure *disclosure)
{
    RowRules *rules = ARENA_NEW(exec->arena, RowRules);
    rules->relation = relation;
    rules->disclosure = disclosure;
    rules->checks = ARENA_ARRAY(exec->arena, CheckRule, relation->constraint_count);
    for (uint32_t i = 0; i < relation->constraint_count; i++) {
        const CatConstraint *constraint = &relation->constraints[i];
        if (constraint->type != 'c' || !constraint->enforced) continue;
        QExpr *check = exec__stored(exec->arena, relation, constraint->check);
        uint32_t at = rules->check_count++;
        for (; at > 0 && str_compare(constraint->name, rules->checks[at - 1].constraint->name) < 0;
             at--)
            rules->checks[at] = rules->checks[at - 1];
        rules->checks[at] = (CheckRule){constraint, exec__program(exec, &check, 1)};
    }
    open_generated(rules, exec);
    open_virtual(rules, exec);
    return rules;
}

void row_rules_set_rewriting(RowRules *rules)
{
    rules->rewriting = true;
}

bool row_rules_have_generated(const RowRules *rules)
{
    return rules->generated != NULL;
}

void row_rules_generate(RowRules *rules, Datum *columns, Arena *arena)
{
    if (!rules->generated) return;
    expr_eval_row(rules->generated, columns, rules->values);
    for (uint32_t i = 0; i < rules->generated_count; i++) {
        const CatColumn *column = &rules->relation->columns[rules->generated_columns[i]];
        Datum value = rules->values[i];
        if (!value.null) value.value = value_copy(arena, column->phys, value.value);
        columns[rules->generated_columns[i]] = value;
    }
}

_Noreturn void exec__raise_holds_nulls(const CatRelation *relation, Str column)
{
    Error *error = error_begin(SQLSTATE_NOT_NULL_VIOLATION);
    error_message(error, "column \"%.*s\" of relation \"%.*s\" contains null values",
                  STR_ARG(column), STR_ARG(relation->name));
    error_object(error, relation->schema_name, relation->name, column, (Str){0}, (Str){0});
    error_raise(error);
}

_Noreturn void exec__raise_holds_violation(const CatRelation *relation,
                                           const CatConstraint *constraint)
{
    Error *error = error_begin(SQLSTATE_CHECK_VIOLATION);
    error_message(error, "check constraint \"%.*s\" of relation \"%.*s\" is violated by some row",
                  STR_ARG(constraint->name), STR_ARG(relation->name));
    error_object(error, relation->schema_name, relation->name, (Str){0}, (Str){0},
                 constraint->name);
    error_raise(error);
}

static _Noreturn void raise_not_null(RowRules *rules, const CatColumn *column, const Datum *columns,
                                     Arena *arena)
{
    const CatRelation *relation = rules->relation;
    if (rules->rewriting) exec__raise_holds_nulls(relation, column->name);
    Str row;
    const bool shown = disclose_row(rules->disclosure, arena, columns, &row);
    Error *error = error_begin(SQLSTATE_NOT_NULL_VIOLATION);
    error_message(error,
                  "null value in column \"%.*s\" of relation \"%.*s\" violates not-null constraint",
                  STR_ARG(column->name), STR_ARG(relation->name));
    if (shown) error_detail(error, "Failing row contains %.*s.", STR_ARG(row));
    error_object(error, relation->schema_name, relation->name, column->name, (Str){0}, (Str){0});
    error_raise(error);
}

static _Noreturn void raise_check(RowRules *rules, const CatConstraint *constraint,
                                  const Datum *columns, Arena *arena)
{
    const CatRelation *relation = rules->relation;
    if (rules->rewriting) exec__raise_holds_violation(relation, constraint);
    Str row;
    const bool shown = disclose_row(rules->disclosure, arena, columns, &row);
    Error *error = error_begin(SQLSTATE_CHECK_VIOLATION);
    error_message(error, "new row for relation \"%.*s\" violates check constraint \"%.*s\"",
                  STR_ARG(relation->name), STR_ARG(constraint->name));
    if (shown) error_detail(error, "Failing row contains %.*s.", STR_ARG(row));
    error_object(error, relation->schema_name, relation->name, (Str){0}, (Str){0},
                 constraint->name);
    error_raise(error);
}

bool row_rules_surely_pass(const RowRules *rules, const Vector *columns, Selection rows)
{
    if (rules->check_count > 0 || rules->virtual_count > 0) return false;
    for (int16_t i = 0; rules->any_not_null && i < rules->relation->column_count; i++) {
        const CatColumn *column = &rules->relation->columns[i];
        if (!column->not_null || column->dropped || !columns[i].nulls) continue;
        for (uint32_t r = 0; r < rows.count; r++)
            if (vector_is_null(&columns[i], sel_row(rows, r))) return false;
    }
    return true;
}

void row_rules_check(RowRules *rules, const Datum *columns, Arena *arena)
{
    for (int16_t i = 0; rules->any_not_null && i < rules->relation->column_count; i++) {
        const CatColumn *column = &rules->relation->columns[i];
        if (column->not_null && !column->dropped && columns[i].null && column->generated != 'v')
            raise_not_null(rules, column, columns, arena);
    }
    if (rules->virtual) expr_eval_row(rules->virtual, columns, rules->virtual_values);
    for (uint32_t i = 0; i < rules->virtual_count; i++)
        if (rules->virtual_values[i].null)
            raise_not_null(rules, &rules->relation->columns[rules->virtual_columns[i]], columns,
                           arena);
    for (uint32_t i = 0; i < rules->check_count; i++) {
        Datum passes;
        expr_eval_row(rules->checks[i].program, columns, &passes);
        if (!passes.null && !passes.value.b)
            raise_check(rules, rules->checks[i].constraint, columns, arena);
    }
}

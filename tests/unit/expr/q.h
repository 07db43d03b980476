/* SPDX-License-Identifier: Apache-2.0 */
/* q.h - hand-built expressions and batches for the tests of this room. */
#pragma once

#include "base/builtins.h"
#include "base/oids.h"
#include "base/settings.h"
#include "expr/expr.h"
#include "type/type.h"
#include "unit/unit.h"

typedef struct QTest {
    Unit unit;
    FnEnv env;
    Arena *arena;
    Batch batch; /* columns: a int4, b int4, c bool, d text */
    const Batch *inputs[1];
} QTest;

enum { ROWS = 1000 };
/* a = row - 500; b = row % 10, NULL where row % 7 == 0; c = by row % 3: true, false, NULL; d = text of row */
static inline void q_open(QTest *t)
{
    memset(t, 0, sizeof *t);
    unit_open(&t->unit);
    t->arena = t->unit.arena;
    t->env = (FnEnv){.settings = &settings_boot, .stmt = t->arena};
    static const Oid types[] = {OID_INT4, OID_INT4, OID_BOOL, OID_TEXT};
    t->batch = (Batch){.row_count = ROWS, .column_count = 4, .selection = {.count = ROWS}};
    t->batch.columns = ARENA_ARRAY(t->arena, Vector, 4);
    for (int i = 0; i < 4; i++)
        vector_init_flat(&t->batch.columns[i], t->arena, types[i], type_get(NULL, types[i])->phys,
                         ROWS);
    for (uint32_t row = 0; row < ROWS; row++) {
        const Datum values[] = {
            {.value.i32 = (int32_t)row - 500},
            {.value.i32 = (int32_t)row % 10, .null = row % 7 == 0},
            {.value.b = row % 3 == 0, .null = row % 3 == 2},
            {.value.str = strview(str_format(t->arena, "the text of row %u", row))},
        };
        for (int i = 0; i < 4; i++) vector_set(&t->batch.columns[i], t->arena, row, &values[i]);
    }
    t->inputs[0] = &t->batch;
}
static inline void q_close(QTest *t)
{
    unit_close(&t->unit);
}

static inline QExpr *q_typed(void *node, Oid type)
{
    QExpr *expr = node;
    expr->type = type;
    expr->typmod = -1;
    return expr;
}
static inline QExpr *q_slot(QTest *t, uint32_t column)
{
    QSlot *slot = Q_NEW(t->arena, Slot);
    slot->column = (int32_t)column;
    return q_typed(slot, t->batch.columns[column].type);
}
static inline QExpr *q_const(QTest *t, Oid type, Datum value)
{
    QConst *constant = Q_NEW(t->arena, Const);
    constant->value = (QueryValue){value, (uint8_t)type_get(NULL, type)->phys};
    return q_typed(constant, type);
}
static inline QExpr *q_int(QTest *t, int32_t value)
{
    return q_const(t, OID_INT4, (Datum){.value.i32 = value});
}
static inline QExpr *q_bool(QTest *t, bool value)
{
    return q_const(t, OID_BOOL, (Datum){.value.b = value});
}
static inline QExpr *q_text(QTest *t, const char *value)
{
    return q_const(t, OID_TEXT, (Datum){.value.str = strview(str_from(value))});
}
static inline QExpr *q_null(QTest *t, Oid type)
{
    return q_const(t, type, (Datum){.null = true});
}

static inline QExprList q_list(QTest *t, uint32_t count, QExpr *const *items)
{
    return (QExprList){arena_copy(t->arena, items, sizeof *items * count), count};
}
#define Q_LIST(t, ...) \
    q_list((t), sizeof((QExpr *[]){__VA_ARGS__}) / sizeof(QExpr *), (QExpr *[]){__VA_ARGS__})

/* An operator between two operands of one built-in type. */
static inline QExpr *q_op(QTest *t, QExpr *left, const char *name, QExpr *right)
{
    uint32_t first, count = builtin_operators_named(str_from(name), &first);
    for (uint32_t i = first; i < first + count; i++) {
        const BuiltinOperator *op = &builtins.operators[builtins.operators_by_name[i]];
        if (op->left != left->type || op->right != right->type) continue;
        QOpCall *call = Q_NEW(t->arena, OpCall);
        call->op = op->oid;
        call->function = op->function;
        call->args = Q_LIST(t, left, right);
        return q_typed(call, op->result);
    }
    fail_msg("no operator %s", name);
    return NULL;
}
static inline QExpr *q_call(QTest *t, Oid function, QExprList args)
{
    QFuncCall *call = Q_NEW(t->arena, FuncCall);
    call->function = function;
    call->args = args;
    return q_typed(call, builtin_function(function)->result);
}
static inline QExpr *q_logic(QTest *t, QBoolOp op, QExprList args)
{
    QBool *logic = Q_NEW(t->arena, Bool);
    logic->op = op;
    logic->args = args;
    return q_typed(logic, OID_BOOL);
}
static inline QExpr *q_and(QTest *t, QExpr *a, QExpr *b)
{
    return q_logic(t, Q_BOOL_AND, Q_LIST(t, a, b));
}
static inline QExpr *q_or(QTest *t, QExpr *a, QExpr *b)
{
    return q_logic(t, Q_BOOL_OR, Q_LIST(t, a, b));
}
static inline QExpr *q_not(QTest *t, QExpr *a)
{
    return q_logic(t, Q_BOOL_NOT, Q_LIST(t, a));
}
static inline QExpr *q_is_null(QTest *t, QExpr *arg, bool negated)
{
    QNullTest *test = Q_NEW(t->arena, NullTest);
    test->arg = arg;
    test->negated = negated;
    return q_typed(test, OID_BOOL);
}
/* CASE WHEN condition THEN result [ELSE otherwise] END */
static inline QExpr *q_case(QTest *t, QExpr *arg, QExpr *condition, QExpr *result, QExpr *otherwise)
{
    QCase *choice = Q_NEW(t->arena, Case);
    QWhen *when = Q_NEW(t->arena, When);
    when->condition = condition;
    when->result = result;
    choice->arg = arg;
    choice->whens = (QWhenList){ARENA_ARRAY(t->arena, QWhen *, 1), 1};
    choice->whens.items[0] = when;
    choice->otherwise = otherwise;
    return q_typed(choice, result->type);
}

static inline ExprRun q_run(QTest *t)
{
    return (ExprRun){.env = &t->env, .query = t->arena};
}
static inline ExprState *q_state(QTest *t, QExpr *expr)
{
    ExprRun run = q_run(t);
    return expr_open(expr_compile(t->arena, &expr, 1, &t->env), &run);
}
static inline ExprState *q_filter(QTest *t, QExpr *condition)
{
    ExprRun run = q_run(t);
    return expr_open(expr_compile_filter(t->arena, &condition, 1, &t->env), &run);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* expr_predicate.c - conditions so simple that they need no program: column OP constant on slots whose order, or at
 * least equality, is that of the type. Filters run them over the bare arrays, and scans over pages. */
#include "expr/expr_internal.h"

#include "base/oids.h"
#include "type/numeric.h"

static bool is_btree(Oid family)
{
    for (uint32_t i = 0; i < builtins.opfamilies_count; i++)
        if (builtins.opfamilies[i].oid == family)
            return strcmp(builtins.opfamilies[i].method, "btree") == 0;
    return false;
}

/* The btree strategy of an operator between two values of one type; 0: none. */
static int16_t btree_strategy(const BuiltinOperator *op)
{
    for (uint32_t i = 0; i < builtins.family_operators_count; i++) {
        const BuiltinFamilyOperator *member = &builtins.family_operators[i];
        if (member->operator!= op->oid || member->left != member->right) continue;
        if (member->strategy >= 1 && member->strategy <= 5 && is_btree(member->family))
            return member->strategy;
    }
    return 0;
}

/* What the operator asks of (slot, constant); false: nothing a predicate knows. */
static bool predicate_op(const BuiltinOperator *op, bool swapped, PredicateOp *out)
{
    static const uint8_t plain[] = {
        0, PREDICATE_LT, PREDICATE_LE, PREDICATE_EQ, PREDICATE_GE, PREDICATE_GT};
    static const uint8_t turned[] = {
        0, PREDICATE_GT, PREDICATE_GE, PREDICATE_EQ, PREDICATE_LE, PREDICATE_LT};
    int16_t strategy = btree_strategy(op);
    if (strategy > 0) {
        *out = (PredicateOp)(swapped ? turned : plain)[strategy];
        return true;
    }
    const BuiltinOperator *negator = op->negator ? builtin_operator(op->negator) : NULL;
    if (!negator || negator->left != op->left || negator->right != op->right) return false;
    if (btree_strategy(negator) != 3) return false;
    *out = PREDICATE_NE;
    return true;
}

/* Deterministic collations leave equality to the bytes. */
static bool is_bytewise_equal(Oid collation)
{
    return collation == 0 || collation == COLLATION_DEFAULT || collation == COLLATION_C ||
           collation == COLLATION_POSIX;
}

static bool is_by_slot(const Type *type, Oid collation, PredicateOp op)
{
    if (type->order_is_phys) return true;
    if (type->phys == PHYS_F32 || type->phys == PHYS_F64 || type->oid == OID_NUMERIC) return true;
    const bool equality = op == PREDICATE_EQ || op == PREDICATE_NE;
    if (type->oid == OID_TEXT || type->oid == OID_VARCHAR)
        return (equality && is_bytewise_equal(collation)) || collation == COLLATION_C ||
               collation == COLLATION_POSIX;
    return equality && (type->oid == OID_OID || type->kind == 'e');
}

bool expr__is_equality(Oid op)
{
    const BuiltinOperator *found = builtin_operator(op);
    return found && btree_strategy(found) == 3;
}

bool expr__slot_operator(const FnEnv *env, Oid oid, Oid collation, PredicateOp *what)
{
    const BuiltinOperator *op = builtin_operator(oid);
    if (!op || op->left != op->right || !predicate_op(op, false, what)) return false;
    const Type *type = type_find(env,
                                 op->left); /* NULL: a polymorphic operator, of enums or arrays */
    return type && is_by_slot(type, collation, *what);
}

static int compare_decimals(const Decimal *a, const Decimal *b)
{
    return decimal_compare(*a, *b);
}

static const QExpr *without_relabel(const QExpr *expr)
{
    while (expr->kind == Q_RELABEL) expr = Q_AS(Relabel, expr)->arg;
    return expr;
}

static bool constant_of(const QExpr *expr, const ExprRun *run, Datum *value)
{
    expr = without_relabel(expr);
    if (expr->kind == Q_CONST) {
        *value = Q_AS(Const, expr)->value.datum;
        return true;
    }
    if (!run) return false;
    if (expr->kind == Q_PARAM) {
        const uint32_t number = (uint32_t)Q_AS(Param, expr)->number;
        if (number == 0 || number > run->param_count) return false;
        *value = run->params[number - 1];
        return true;
    }
    if (expr->kind != Q_EXEC_PARAM) return false;
    const int32_t number = Q_AS(ExecParam, expr)->number;
    if (!run->exec_params[number].set) run->subplans->param(run->subplans->arg, (uint32_t)number);
    *value = run->exec_params[number].value;
    return true;
}

static bool of_null_test(const QNullTest *test, const FnEnv *env, Predicate *predicate)
{
    const QExpr *slot = without_relabel(test->arg);
    if (test->row || slot->kind != Q_SLOT) return false;
    *predicate = (Predicate){.column = (uint16_t)Q_AS(Slot, slot)->column,
                             .op = test->negated ? PREDICATE_IS_NOT_NULL : PREDICATE_IS_NULL,
                             .phys = (uint8_t)expr__phys(env, slot->type)};
    return true;
}

/* slot = ANY (array): NULLs in the array only make the answer NULL, which passes no more than false does. */
static bool of_array_op(const QArrayOp *op, const FnEnv *env, const ExprRun *run,
                        Predicate *predicate)
{
    const QExpr *slot = without_relabel(op->left);
    PredicateOp what;
    Datum array;
    bool any_null;
    uint32_t count;
    if (op->all || slot->kind != Q_SLOT || !run || !constant_of(op->array, run, &array) ||
        array.null)
        return false;
    if (!expr__slot_operator(env, op->op, op->input_collation, &what) || what != PREDICATE_EQ)
        return false;
    const Type *element = type_get(env, expr__element_type(env, op->array->type));
    const bool listable = element->phys <= PHYS_I64 || element->phys == PHYS_STR ||
                          element->phys == PHYS_FIXED16;
    if (!listable || expr__phys(env, slot->type) != element->phys) return false;
    const Value *values = expr__array_values(run->query, env, element->oid,
                                             strview_str(&array.value.str), &count, &any_null);
    if (count == 0) return false;
    *predicate = (Predicate){.column = (uint16_t)Q_AS(Slot, slot)->column,
                             .op = PREDICATE_IN,
                             .phys = (uint8_t)element->phys,
                             .list = values,
                             .list_count = count};
    return true;
}

bool expr_predicate(const QExpr *expr, const FnEnv *env, const ExprRun *run, Predicate *predicate)
{
    const QNullTest *test = Q_IF(NullTest, expr);
    if (test) return of_null_test(test, env, predicate);
    const QArrayOp *in = Q_IF(ArrayOp, expr);
    if (in) return of_array_op(in, env, run, predicate);
    const QOpCall *call = Q_IF(OpCall, expr);
    if (!call || call->args.count != 2) return false;
    const BuiltinOperator *op = builtin_operator(call->op);
    if (!op || op->left != op->right) return false;
    const bool swapped = without_relabel(call->args.items[0])->kind != Q_SLOT;
    const QExpr *slot = without_relabel(call->args.items[swapped ? 1 : 0]);
    PredicateOp what;
    Datum value;
    if (slot->kind != Q_SLOT || !predicate_op(op, swapped, &what)) return false;
    const Type *type = type_find(env, op->left);
    if (!type || !is_by_slot(type, call->input_collation, what)) return false;
    if (!constant_of(call->args.items[swapped ? 0 : 1], run, &value)) return false;
    if (value.null || expr__phys(env, slot->type) != type->phys) return false;
    *predicate = (Predicate){.column = (uint16_t)Q_AS(Slot, slot)->column,
                             .op = (uint8_t)what,
                             .phys = (uint8_t)type->phys,
                             .low = value.value,
                             .compare_big = type->phys == PHYS_DECIMAL ? compare_decimals : NULL};
    return true;
}

const QExpr *expr__predicate_slot(const QExpr *condition)
{
    const QNullTest *test = Q_IF(NullTest, condition);
    if (test) return without_relabel(test->arg);
    const QOpCall *call = Q_AS(OpCall, condition);
    const QExpr *left = without_relabel(call->args.items[0]);
    return left->kind == Q_SLOT ? left : without_relabel(call->args.items[1]);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* expr_fold.c - constant folding, in PostgreSQL's order: what it would not look at (behind a FALSE of an AND, behind
 * the value of a COALESCE, results of a WHEN that is never true) is not folded and so raises nothing, and what it folds
 * raises here, at plan time.
 *
 * A function a kind returns the folded node, the old one where nothing changed. NOT is pushed down through AND, OR,
 * comparisons and tests, so that the planner meets plain conditions. */
#include "expr/expr_internal.h"

#include "base/array.h"
#include "base/oids.h"
#include "base/task.h"

typedef struct Folder {
    Arena *arena;
    const FnEnv *env;
    const Datum *params;
    uint32_t param_count;
    const QExpr *case_value; /* a Const: what CaseValue means; NULL: not known */
} Folder;

static QExpr *fold(Folder *f, QExpr *expr);

/* ---- constants ---- */

static QExpr *make_const(Folder *f, const QExpr *as, const Datum *value)
{
    QConst *constant = Q_NEW(f->arena, Const);
    constant->location = as->location;
    constant->type = as->type;
    constant->typmod = as->typmod;
    constant->collation = as->collation;
    constant->value = (QueryValue){*value, (uint8_t)expr__phys(f->env, as->type)};
    return &constant->base;
}
static QExpr *make_null(Folder *f, const QExpr *as)
{
    return make_const(f, as, &(Datum){.null = true});
}
static QExpr *make_bool(Folder *f, const QExpr *as, bool value)
{
    return make_const(f, as, &(Datum){.value.b = value});
}

static bool is_const(const QExpr *expr)
{
    return expr->kind == Q_CONST;
}
static bool is_null(const QExpr *expr)
{
    return is_const(expr) && Q_AS(Const, expr)->value.datum.null;
}
static bool is_bool(const QExpr *expr, bool value)
{
    return is_const(expr) && !is_null(expr) && Q_AS(Const, expr)->value.datum.value.b == value;
}

static QExpr *evaluate(Folder *f, QExpr *expr)
{
    Datum value = expr_value(f->arena, expr, f->env);
    return make_const(f, expr, &value);
}

typedef struct Evaluation {
    Folder *folder;
    QExpr *expr;
} Evaluation;

static void evaluate_in_place(void *arg)
{
    Evaluation *evaluation = arg;
    evaluation->expr = evaluate(evaluation->folder, evaluation->expr);
}

/* A call of one that PostgreSQL wrote in SQL: with constants it is run as that, and not put in its place. */
static QExpr *evaluate_in_sql(Folder *f, QExpr *call, const char *name)
{
    Evaluation evaluation = {f, call};
    Error *error;
    if (!error_catch(evaluate_in_place, &evaluation, f->arena, &error)) {
        error_context(error, "SQL function \"%s\" statement 1", name);
        error_raise_again(error);
    }
    return evaluation.expr;
}

/* ---- any node: its children ---- */

static QNode *fold_children(Folder *f, QNode *node);

static QNode *fold_child(Folder *f, QNode *child)
{
    if (child->kind == Q_QUERY) return child; /* folded when it is planned */
    if (child->kind == Q_TARGET || child->kind == Q_WHEN) return fold_children(f, child);
    return &fold(f, (QExpr *)child)->base;
}

/* A copy of the node with folded children; the node itself when none changed. */
static QNode *fold_children(Folder *f, QNode *node)
{
    const NodeType *type = &query_family.types[node->kind];
    QNode *copy = NULL;
    for (uint32_t i = 0; i < type->child_count; i++) {
        const NodeField *field = &type->fields[i];
        if (field->family && field->family != &query_family) continue;
        if (field->type == NODE_FIELD_CHILD) {
            QNode *child = *(QNode **)((char *)node + field->offset);
            QNode *folded = child ? fold_child(f, child) : NULL;
            if (folded == child) continue;
            if (!copy) copy = arena_copy(f->arena, node, type->bytes);
            *(QNode **)((char *)copy + field->offset) = folded;
            continue;
        }
        const NodeList *list = (const NodeList *)((char *)node + field->offset);
        void **items = NULL;
        for (uint32_t item = 0; item < list->count; item++) {
            QNode *folded = fold_child(f, list->items[item]);
            if (folded == list->items[item]) continue;
            if (!items) items = arena_copy(f->arena, list->items, sizeof *items * list->count);
            items[item] = folded;
        }
        if (!items) continue;
        if (!copy) copy = arena_copy(f->arena, node, type->bytes);
        ((NodeList *)((char *)copy + field->offset))->items = items;
    }
    return copy ? copy : node;
}

static bool all_const(const QExprList *args)
{
    for (uint32_t i = 0; i < args->count; i++)
        if (!is_const(args->items[i])) return false;
    return true;
}
static bool any_null(const QExprList *args)
{
    for (uint32_t i = 0; i < args->count; i++)
        if (is_null(args->items[i])) return true;
    return false;
}

/* ---- calls ---- */

static QExpr *fold_call(Folder *f, QExpr *call, const QExprList *args, Oid function,
                        bool returns_set)
{
    const BuiltinFunction *found = builtin_function(function);
    if (!found || returns_set || found->returns_set) return call;
    if ((found->flags & STRICT) && any_null(args)) return make_null(f, call);
    if (!(found->flags & IMMUTABLE) || !all_const(args)) return call;
    if (found->shape == FN_SHAPE_INTERNAL || found->shape == FN_SHAPE_SQL) return call;
    return found->flags & IN_SQL ? evaluate_in_sql(f, call, found->name) : evaluate(f, call);
}

static QExpr *fold_func(Folder *f, QExpr *expr)
{
    QFuncCall *call = Q_AS(FuncCall, fold_children(f, &expr->base));
    return fold_call(f, &call->base, &call->args, call->function, call->returns_set);
}

static QExpr *fold_op(Folder *f, QExpr *expr)
{
    QOpCall *call = Q_AS(OpCall, fold_children(f, &expr->base));
    return fold_call(f, &call->base, &call->args, call->function, call->returns_set);
}

static QExpr *fold_pair(Folder *f, QExpr *expr, QExpr *left, QExpr *right, Oid function)
{
    const BuiltinFunction *found = builtin_function(function);
    if (!found || !(found->flags & IMMUTABLE) || !is_const(left) || !is_const(right)) return expr;
    return evaluate(f, expr);
}

static QExpr *fold_null_if(Folder *f, QExpr *expr)
{
    QNullIf *n = Q_AS(NullIf, fold_children(f, &expr->base));
    return fold_pair(f, &n->base, n->left, n->right, n->function);
}

static QExpr *fold_distinct(Folder *f, QExpr *expr)
{
    QDistinctFrom *d = Q_AS(DistinctFrom, fold_children(f, &expr->base));
    if (is_null(d->left) || is_null(d->right)) {
        QExpr *other = is_null(d->left) ? d->right : d->left;
        if (is_const(other)) return make_bool(f, &d->base, is_null(other) == d->negated);
        QNullTest *test = Q_NEW(f->arena, NullTest);
        test->location = d->location;
        test->type = OID_BOOL;
        test->typmod = -1;
        test->arg = other;
        test->negated = !d->negated;
        return &test->base;
    }
    return fold_pair(f, &d->base, d->left, d->right, d->function);
}

static QExpr *fold_array_op(Folder *f, QExpr *expr)
{
    QArrayOp *op = Q_AS(ArrayOp, fold_children(f, &expr->base));
    if (is_null(op->array)) return make_null(f, &op->base);
    return fold_pair(f, &op->base, op->left, op->array, op->function);
}

static QExpr *fold_row_compare(Folder *f, QExpr *expr)
{
    QRowCompare *compare = Q_AS(RowCompare, fold_children(f, &expr->base));
    const bool constant = all_const(&compare->left) && all_const(&compare->right);
    return constant && expr_is_immutable(&compare->base, f->env) ? evaluate(f, &compare->base)
                                                                 : &compare->base;
}

static QExpr *fold_constants(Folder *f, QExpr *expr)
{
    QExpr *folded = (QExpr *)fold_children(f, &expr->base);
    const QExprList *args = folded->kind == Q_MIN_MAX ? &Q_AS(MinMax, folded)->args
                                                      : &Q_AS(Array, folded)->items;
    return all_const(args) && expr_is_immutable(folded, f->env) ? evaluate(f, folded) : folded;
}

/* ---- AND, OR, NOT ---- */

typedef ARRAY_OF(QExpr *) Operands;

/* Adds the folded operands, those of nested junctions of the same kind among them; true when one decides it all. */
static bool add_operands(Folder *f, const QExprList *args, QBoolOp op, Operands *operands)
{
    task_check_stack();
    for (uint32_t i = 0; i < args->count; i++) {
        const QBool *nested = Q_IF(Bool, args->items[i]);
        if (nested && nested->op == op) {
            if (add_operands(f, &nested->args, op, operands)) return true;
            continue;
        }
        QExpr *operand = fold(f, args->items[i]);
        nested = Q_IF(Bool, operand);
        if (nested && nested->op == op) {
            for (uint32_t k = 0; k < nested->args.count; k++)
                array_push(operands, nested->args.items[k]);
            continue;
        }
        if (is_bool(operand, op == Q_BOOL_OR)) return true;
        if (is_bool(operand, op == Q_BOOL_AND)) continue;
        array_push(operands, operand);
    }
    return false;
}

static QExpr *make_junction(Folder *f, const QExpr *as, QBoolOp op, const QExprList *args)
{
    Operands operands = {.arena = f->arena};
    if (add_operands(f, args, op, &operands)) return make_bool(f, as, op == Q_BOOL_OR);
    if (operands.count == 0) return make_bool(f, as, op == Q_BOOL_AND);
    /* One NULL says as much as several. */
    uint32_t kept = 0, nulls = 0;
    for (uint32_t i = 0; i < operands.count; i++)
        if (!is_null(operands.items[i]) || nulls++ == 0) operands.items[kept++] = operands.items[i];
    if (kept == 1) return operands.items[0];
    QBool *junction = Q_NEW(f->arena, Bool);
    junction->location = as->location;
    junction->type = OID_BOOL;
    junction->typmod = -1;
    junction->op = op;
    junction->args = (QExprList){operands.items, kept};
    return &junction->base;
}

static QExpr *negate(Folder *f, QExpr *expr);

static QExpr *negate_junction(Folder *f, const QBool *junction)
{
    QExprList args = {ARENA_ARRAY(f->arena, QExpr *, junction->args.count), junction->args.count};
    for (uint32_t i = 0; i < args.count; i++) args.items[i] = negate(f, junction->args.items[i]);
    return make_junction(f, &junction->base, junction->op == Q_BOOL_AND ? Q_BOOL_OR : Q_BOOL_AND,
                         &args);
}

/* NOT of a folded or unfolded condition, pushed down where it can be; what comes back is not yet folded inside. */
static QExpr *negate(Folder *f, QExpr *expr)
{
    task_check_stack();
    switch (expr->kind) {
    case Q_CONST:
        return is_null(expr) ? make_null(f, expr)
                             : make_bool(f, expr, !Q_AS(Const, expr)->value.datum.value.b);
    case Q_BOOL: {
        const QBool *logic = Q_AS(Bool, expr);
        if (logic->op == Q_BOOL_NOT) return logic->args.items[0];
        return negate_junction(f, logic);
    }
    case Q_OP_CALL: {
        const BuiltinOperator *op = builtin_operator(Q_AS(OpCall, expr)->op);
        const BuiltinOperator *negator = op && op->negator ? builtin_operator(op->negator) : NULL;
        if (!negator) break;
        QOpCall *call = arena_copy(f->arena, expr, sizeof *call);
        call->op = negator->oid;
        call->function = negator->function;
        return &call->base;
    }
    case Q_ARRAY_OP: {
        const BuiltinOperator *op = builtin_operator(Q_AS(ArrayOp, expr)->op);
        const BuiltinOperator *negator = op && op->negator ? builtin_operator(op->negator) : NULL;
        if (!negator) break;
        QArrayOp *call = arena_copy(f->arena, expr, sizeof *call);
        call->op = negator->oid;
        call->function = negator->function;
        call->all = !call->all;
        return &call->base;
    }
    case Q_NULL_TEST: {
        QNullTest *test = arena_copy(f->arena, expr, sizeof *test);
        if (test->row) break; /* not each other's opposite */
        test->negated = !test->negated;
        return &test->base;
    }
    case Q_TRUTH: {
        QTruth *test = arena_copy(f->arena, expr, sizeof *test);
        test->test = (QTruthTest)(test->test ^ 1); /* pairs of opposites */
        return &test->base;
    }
    default: break;
    }
    QBool *not_ = Q_NEW(f->arena, Bool);
    not_->location = expr->location;
    not_->type = OID_BOOL;
    not_->typmod = -1;
    not_->op = Q_BOOL_NOT;
    not_->args = (QExprList){ARENA_ARRAY(f->arena, QExpr *, 1), 1};
    not_->args.items[0] = expr;
    return &not_->base;
}
static_assert((Q_TRUTH_TRUE ^ 1) == Q_TRUTH_NOT_TRUE && (Q_TRUTH_FALSE ^ 1) == Q_TRUTH_NOT_FALSE &&
                  (Q_TRUTH_UNKNOWN ^ 1) == Q_TRUTH_NOT_UNKNOWN,
              "tests of truth in pairs");

static QExpr *fold_bool(Folder *f, QExpr *expr)
{
    const QBool *logic = Q_AS(Bool, expr);
    if (logic->op != Q_BOOL_NOT) return make_junction(f, expr, logic->op, &logic->args);
    return negate(f, fold(f, logic->args.items[0]));
}

/* ---- tests ---- */

static QExpr *fold_null_test(Folder *f, QExpr *expr)
{
    QNullTest *test = Q_AS(NullTest, fold_children(f, &expr->base));
    if (test->row || !is_const(test->arg)) return &test->base;
    return make_bool(f, &test->base, is_null(test->arg) != test->negated);
}

static QExpr *fold_truth(Folder *f, QExpr *expr)
{
    QTruth *test = Q_AS(Truth, fold_children(f, &expr->base));
    return is_const(test->arg) ? evaluate(f, &test->base) : &test->base;
}

/* ---- CASE, COALESCE ---- */

static QExpr *fold_case_whens(Folder *f, QCase *choice)
{
    QWhenList whens = {ARENA_ARRAY(f->arena, QWhen *, choice->whens.count), 0};
    QExpr *otherwise = NULL;
    for (uint32_t i = 0; i < choice->whens.count && !otherwise; i++) {
        const QWhen *when = choice->whens.items[i];
        QExpr *condition = fold(f, when->condition);
        if (is_const(condition) && !is_bool(condition, true)) continue;
        QExpr *result = fold(f, when->result);
        if (is_const(condition)) {
            otherwise = result;
            break;
        }
        QWhen *copy = arena_copy(f->arena, when, sizeof *when);
        copy->condition = condition;
        copy->result = result;
        whens.items[whens.count++] = copy;
    }
    if (!otherwise)
        otherwise = choice->otherwise ? fold(f, choice->otherwise) : make_null(f, &choice->base);
    if (whens.count == 0) return otherwise;
    choice->whens = whens;
    choice->otherwise = otherwise;
    return &choice->base;
}

static QExpr *fold_case(Folder *f, QExpr *expr)
{
    QCase *choice = arena_copy(f->arena, expr, sizeof *choice);
    const QExpr *former = f->case_value;
    if (choice->arg) {
        choice->arg = fold(f, choice->arg);
        f->case_value = is_const(choice->arg) ? choice->arg : NULL;
        if (f->case_value) choice->arg = NULL;
    }
    QExpr *folded = fold_case_whens(f, choice);
    f->case_value = former;
    return folded;
}

static QExpr *fold_coalesce(Folder *f, QExpr *expr)
{
    QCoalesce *list = arena_copy(f->arena, expr, sizeof *list);
    Operands args = {.arena = f->arena};
    for (uint32_t i = 0; i < list->args.count; i++) {
        QExpr *arg = fold(f, list->args.items[i]);
        if (is_null(arg)) continue;
        array_push(&args, arg);
        if (is_const(arg)) break;
    }
    if (args.count == 0) return make_null(f, expr);
    if (args.count == 1) return args.items[0];
    list->args = (QExprList){args.items, args.count};
    return &list->base;
}

/* ---- casts ---- */

static QExpr *fold_relabel(Folder *f, QExpr *expr)
{
    QRelabel *cast = Q_AS(Relabel, fold_children(f, &expr->base));
    if (!is_const(cast->arg)) return &cast->base;
    return make_const(f, &cast->base, &Q_AS(Const, cast->arg)->value.datum);
}

static QExpr *fold_coerce_io(Folder *f, QExpr *expr)
{
    QCoerceIo *cast = Q_AS(CoerceIo, fold_children(f, &expr->base));
    if (!is_const(cast->arg)) return &cast->base;
    if (is_null(cast->arg)) return make_null(f, &cast->base);
    return expr__io_is_immutable(cast->arg->type, cast->type) ? evaluate(f, &cast->base)
                                                              : &cast->base;
}

static QExpr *fold_param(Folder *f, QExpr *expr)
{
    const uint32_t number = (uint32_t)Q_AS(Param, expr)->number;
    if (!f->params || number == 0 || number > f->param_count) return expr;
    return make_const(f, expr, &f->params[number - 1]);
}

static QExpr *fold_case_value(Folder *f, QExpr *expr)
{
    return f->case_value ? (QExpr *)f->case_value : expr;
}

/* Its own CaseValue is what it makes, not what a CASE around it compares. */
static QExpr *fold_json(Folder *f, QExpr *expr)
{
    const QExpr *outer = f->case_value;
    f->case_value = NULL;
    QExpr *folded = (QExpr *)fold_children(f, &expr->base);
    f->case_value = outer;
    return folded;
}

static QExpr *fold_collate(Folder *f, QExpr *expr)
{
    QCollate *collate = Q_AS(Collate, fold_children(f, &expr->base));
    if (!is_const(collate->arg)) return &collate->base;
    return make_const(f, &collate->base, &Q_AS(Const, collate->arg)->value.datum);
}

/* A field of a row that is written out is what is written there. */
static QExpr *fold_field_select(Folder *f, QExpr *expr)
{
    QFieldSelect *select = Q_AS(FieldSelect, fold_children(f, &expr->base));
    const QRow *row = Q_IF(Row, select->arg);
    const uint32_t at = (uint32_t)select->field - 1;
    if (row && at < row->items.count && row->items.items[at]->type == select->type &&
        row->items.items[at]->typmod == select->typmod)
        return row->items.items[at];
    return is_null(select->arg) ? make_null(f, &select->base) : &select->base;
}

/* ---- the table ---- */

typedef QExpr *(*FoldNode)(Folder *f, QExpr *expr);
static const FoldNode folders[] = {
    [Q_PARAM] = fold_param,
    [Q_FUNC_CALL] = fold_func,
    [Q_OP_CALL] = fold_op,
    [Q_BOOL] = fold_bool,
    [Q_NULL_TEST] = fold_null_test,
    [Q_TRUTH] = fold_truth,
    [Q_CASE] = fold_case,
    [Q_CASE_VALUE] = fold_case_value,
    [Q_COALESCE] = fold_coalesce,
    [Q_NULL_IF] = fold_null_if,
    [Q_DISTINCT_FROM] = fold_distinct,
    [Q_MIN_MAX] = fold_constants,
    [Q_ARRAY] = fold_constants,
    [Q_ARRAY_OP] = fold_array_op,
    [Q_ROW_COMPARE] = fold_row_compare,
    [Q_FIELD_SELECT] = fold_field_select,
    [Q_RELABEL] = fold_relabel,
    [Q_COERCE_IO] = fold_coerce_io,
    [Q_COLLATE] = fold_collate,
    [Q_JSON_EXPR] = fold_json,
};

static QExpr *fold(Folder *f, QExpr *expr)
{
    task_check();
    if (expr->kind < ARRAY_LEN(folders) && folders[expr->kind]) return folders[expr->kind](f, expr);
    return (QExpr *)fold_children(f, &expr->base);
}

QExpr *expr_fold(Arena *arena, QExpr *expr, const FnEnv *env, const Datum *params,
                 uint32_t param_count)
{
    Folder folder = {.arena = arena, .env = env, .params = params, .param_count = param_count};
    return fold(&folder, expr);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* collations.c - the collation of every expression, by SQL's derivation: COLLATE beats columns, columns beat defaults,
 * two that differ cancel each other (and fail where a collation is needed), two explicit ones are an error.
 *
 * Runs bottom-up over a query when it is complete; sub-queries have had their own turn. */
#include "bind/bind_internal.h"
#include "type/type.h"

typedef enum Strength {
    STRENGTH_NONE,
    STRENGTH_IMPLICIT,
    STRENGTH_CONFLICT,
    STRENGTH_EXPLICIT
} Strength;

typedef struct Derived {
    const Bind *bind;
    Oid collation;
    Strength strength;
    int32_t location;
} Derived;

static Derived derive(const Bind *bind, QExpr *expr);

static Str collation_name(const Bind *bind, Oid oid)
{
    const CatCollation *found = cat_collation(bind->view, oid);
    return found ? found->name : STR("?");
}

static void merge(Derived *into, Derived one)
{
    if (one.strength == STRENGTH_NONE || one.strength < into->strength) return;
    if (one.strength > into->strength) {
        into->collation = one.collation;
        into->strength = one.strength;
        into->location = one.location;
        return;
    }
    if (one.collation == into->collation) return;
    if (one.strength == STRENGTH_EXPLICIT)
        bind__raise(one.bind, COLLATION_MISMATCH, one.location,
                    "collation mismatch between explicit collations \"%.*s\" and \"%.*s\"",
                    STR_ARG(collation_name(one.bind, into->collation)),
                    STR_ARG(collation_name(one.bind, one.collation)));
    if (one.strength != STRENGTH_IMPLICIT) return;
    if (into->collation == COLLATION_DEFAULT) {
        into->collation = one.collation;
        into->location = one.location;
    } else if (one.collation != COLLATION_DEFAULT) {
        into->strength = STRENGTH_CONFLICT;
        into->collation = 0;
    }
}

static bool is_expr(const QNode *node)
{
    return node->kind >= Q_CONST && node->kind <= Q_SUB_PLAN_CALL;
}

static bool visit_child(void *arg, void *child)
{
    Derived *into = arg;
    QNode *node = child;
    if (node->kind == Q_QUERY) return false;
    if (is_expr(node))
        merge(into, derive(into->bind, (QExpr *)node));
    else
        query_walk(node, visit_child, arg);
    return false;
}

/* What functions and operators compare or work with. */
static uint32_t *input_collation(QExpr *expr)
{
    switch (expr->kind) {
    case Q_FUNC_CALL: return &Q_AS(FuncCall, expr)->input_collation;
    case Q_OP_CALL: return &Q_AS(OpCall, expr)->input_collation;
    case Q_ARRAY_OP: return &Q_AS(ArrayOp, expr)->input_collation;
    case Q_DISTINCT_FROM: return &Q_AS(DistinctFrom, expr)->input_collation;
    case Q_NULL_IF: return &Q_AS(NullIf, expr)->input_collation;
    case Q_MIN_MAX: return &Q_AS(MinMax, expr)->input_collation;
    case Q_AGGREGATE: return &Q_AS(Aggregate, expr)->input_collation;
    case Q_WINDOW_CALL: return &Q_AS(WindowCall, expr)->input_collation;
    default: return NULL;
    }
}

static void row_compare(const Bind *bind, QRowCompare *row)
{
    for (uint32_t i = 0; i < row->left.count; i++) {
        Derived pair = {.bind = bind, .location = NODE_NO_LOCATION};
        merge(&pair, derive(bind, row->left.items[i]));
        merge(&pair, derive(bind, row->right.items[i]));
        row->collations.items[i] = (int32_t)pair.collation;
    }
}

static Oid sublink_collation(const QSubLink *link)
{
    if (link->sublink != Q_SUBLINK_SCALAR && link->sublink != Q_SUBLINK_ARRAY) return 0;
    for (uint32_t i = 0; i < link->query->targets.count; i++)
        if (!link->query->targets.items[i]->junk)
            return link->query->targets.items[i]->expr->collation;
    return 0;
}

/* Of the parts; only those that lend their collation to the whole. */
static Derived derive_parts(const Bind *bind, QExpr *expr)
{
    Derived parts = {.bind = bind, .location = NODE_NO_LOCATION};
    Derived apart = parts;
    switch (expr->kind) {
    case Q_CASE: {
        QCase *node = Q_AS(Case, expr);
        if (node->arg) visit_child(&apart, node->arg);
        for (uint32_t i = 0; i < node->whens.count; i++) {
            apart = (Derived){.bind = bind, .location = NODE_NO_LOCATION};
            visit_child(&apart, node->whens.items[i]->condition);
            visit_child(&parts, node->whens.items[i]->result);
        }
        if (node->otherwise) visit_child(&parts, node->otherwise);
        return parts;
    }
    case Q_ROW: {
        QRow *row = Q_AS(Row, expr);
        for (uint32_t i = 0; i < row->items.count; i++) derive(bind, row->items.items[i]);
        return parts;
    }
    case Q_ROW_COMPARE: row_compare(bind, Q_AS(RowCompare, expr)); return parts;
    case Q_AGGREGATE: {
        QAggregate *node = Q_AS(Aggregate, expr);
        if (node->filter) derive(bind, node->filter);
        for (uint32_t i = 0; i < node->direct.count; i++)
            visit_child(&parts, node->direct.items[i]);
        for (uint32_t i = 0; i < node->args.count; i++)
            if (node->args.items[i]->junk) /* of its ORDER BY alone */
                derive(bind, node->args.items[i]->expr);
            else
                visit_child(&parts, node->args.items[i]->expr);
        return parts;
    }
    default: query_walk(expr, visit_child, &parts); return parts;
    }
}

static Derived leaf(const Bind *bind, const QExpr *expr, Oid collation)
{
    return (Derived){bind, collation, collation ? STRENGTH_IMPLICIT : STRENGTH_NONE,
                     bind__location(expr)};
}

static Derived derive(const Bind *bind, QExpr *expr)
{
    task_check();
    switch (expr->kind) {
    case Q_CONST:
    case Q_VAR:
    case Q_PARAM:
    case Q_CASE_VALUE:
    case Q_ELEMENT_PARAM:
    case Q_DOMAIN_VALUE:
    case Q_SUB_OUTPUT:
    case Q_SET_TO_DEFAULT: return leaf(bind, expr, expr->collation);
    case Q_COLLATE: {
        derive(bind, Q_AS(Collate, expr)->arg);
        return (Derived){bind, expr->collation, STRENGTH_EXPLICIT, expr->location};
    }
    case Q_FIELD_SELECT:
        derive(bind, Q_AS(FieldSelect, expr)->arg);
        return leaf(bind, expr, expr->collation);
    case Q_SUB_LINK: {
        QSubLink *link = Q_AS(SubLink, expr);
        if (link->test) derive(bind, link->test);
        expr->collation = sublink_collation(link);
        return leaf(bind, expr, expr->collation);
    }
    default: break;
    }
    Derived parts = derive_parts(bind, expr);
    uint32_t *input = input_collation(expr);
    if (input) *input = parts.collation;
    Oid own = bind__type_collation(bind, expr->type);
    expr->collation = 0;
    if (!own) return (Derived){.bind = bind, .location = NODE_NO_LOCATION};
    if (parts.strength == STRENGTH_NONE)
        parts = (Derived){bind, own, STRENGTH_IMPLICIT, bind__location(expr)};
    expr->collation = parts.collation;
    return parts;
}

void bind__collate(const Bind *bind, void *node)
{
    Derived alone = {.bind = bind, .location = NODE_NO_LOCATION};
    if (node) visit_child(&alone, node);
}

Oid bind__common_collation(const Bind *bind, QExpr *left, QExpr *right, bool may_differ)
{
    Derived parts = {.bind = bind, .location = NODE_NO_LOCATION};
    const Derived first = derive(bind, left), second = derive(bind, right);
    merge(&parts, first);
    merge(&parts, second);
    if (parts.strength != STRENGTH_CONFLICT || may_differ) return parts.collation;
    Error *error = error_begin(SQLSTATE_COLLATION_MISMATCH);
    error_message(error, "collation mismatch between implicit collations \"%.*s\" and \"%.*s\"",
                  STR_ARG(collation_name(bind, first.collation)),
                  STR_ARG(collation_name(bind, second.collation)));
    error_hint(error, "You can choose the collation by applying the COLLATE clause to one or both "
                      "expressions.");
    error_position(error, bind__position(bind, second.location));
    error_raise(error);
}

static bool visit_part(void *arg, void *child)
{
    const Bind *bind = arg;
    QNode *node = child;
    if (node->kind == Q_QUERY) return false;
    if (is_expr(node))
        derive(bind, (QExpr *)node);
    else
        query_walk(node, visit_part, arg);
    return false;
}

void bind__collate_query(const Bind *bind, QQuery *query)
{
    query_walk(query, visit_part, (void *)bind);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* sublinks.c - sub-queries in expressions, and comparisons of rows. */
#include "bind/bind_internal.h"

/* ---- rows */

enum { STRATEGY_LESS = 1, STRATEGY_EQUAL = 3, STRATEGY_NOT_EQUAL = 6, METHOD_BTREE = 403 };

/* What the operators mean in the btree families: a bit for each strategy that any of them has; <> as the negation of
 * =. */
static uint32_t strategies_of(const Bind *bind, Oid op)
{
    uint32_t bits = 0, count;
    const CatOperatorFamily *families = cat_operator_families(bind->view, op, &count);
    for (uint32_t i = 0; i < count; i++)
        if (families[i].method == METHOD_BTREE) bits |= 1U << families[i].strategy;
    if (bits) return bits;
    const CatOperator *found = cat_operator(bind->view, op);
    if (!found || !found->negator) return 0;
    families = cat_operator_families(bind->view, found->negator, &count);
    for (uint32_t i = 0; i < count; i++)
        if (families[i].method == METHOD_BTREE && families[i].strategy == STRATEGY_EQUAL)
            bits |= 1U << STRATEGY_NOT_EQUAL;
    return bits;
}

static QExpr *make_row_compare(const Bind *bind, QOpCall *const *calls, uint32_t count,
                               int32_t strategy)
{
    QRowCompare *made = Q_NEW(bind->arena, RowCompare);
    made->location = NODE_NO_LOCATION;
    made->type = OID_BOOL;
    made->typmod = -1;
    made->strategy = strategy;
    made->left = (QExprList){ARENA_ARRAY(bind->arena, QExpr *, count), count};
    made->right = (QExprList){ARENA_ARRAY(bind->arena, QExpr *, count), count};
    made->ops = (NodeI32s){ARENA_ARRAY(bind->arena, int32_t, count), count};
    made->functions = (NodeI32s){ARENA_ARRAY(bind->arena, int32_t, count), count};
    made->collations = (NodeI32s){ARENA_ARRAY(bind->arena, int32_t, count), count};
    for (uint32_t i = 0; i < count; i++) {
        made->left.items[i] = calls[i]->args.items[0];
        made->right.items[i] = calls[i]->args.items[1];
        made->ops.items[i] = (int32_t)calls[i]->op;
        made->functions.items[i] = (int32_t)calls[i]->function;
    }
    return &made->base;
}

QExpr *bind__row_compare(Level *level, NodeStrs schema, Str op, QExpr *const *left,
                         QExpr *const *right, uint32_t count, int32_t location)
{
    const Bind *bind = level->bind;
    if (count == 0)
        bind__raise(bind, FEATURE_NOT_SUPPORTED, location, "cannot compare rows of zero length");
    QOpCall **calls = ARENA_ARRAY(bind->arena, QOpCall *, count);
    QExpr **exprs = ARENA_ARRAY(bind->arena, QExpr *, count);
    uint32_t strategies = UINT32_MAX;
    for (uint32_t i = 0; i < count; i++) {
        exprs[i] = bind__operator(level, schema, op, left[i], right[i], location);
        calls[i] = Q_AS(OpCall, exprs[i]);
        if (calls[i]->type != OID_BOOL)
            bind__raise(bind, DATATYPE_MISMATCH, location,
                        "row comparison operator must yield type boolean, not type %.*s",
                        STR_ARG(bind__type_text(bind, calls[i]->type)));
        if (calls[i]->returns_set)
            bind__raise(bind, DATATYPE_MISMATCH, location,
                        "row comparison operator must not return a set");
        strategies &= strategies_of(bind, calls[i]->op);
    }
    if (count == 1) return exprs[0];
    if (!strategies) {
        Error *error = bind__error(bind, FEATURE_NOT_SUPPORTED, location);
        error_message(error, "could not determine interpretation of row comparison operator %.*s",
                      STR_ARG(op));
        error_raise(error_hint(
            error, "Row comparison operators must be associated with btree operator families."));
    }
    int32_t strategy = __builtin_ctz(strategies);
    if (strategy == STRATEGY_EQUAL) return bind__bool(bind, Q_BOOL_AND, exprs, count, location);
    if (strategy == STRATEGY_NOT_EQUAL) return bind__bool(bind, Q_BOOL_OR, exprs, count, location);
    return make_row_compare(bind, calls, count, strategy);
}

/* ---- sub-queries */

static QTarget *only_column(const Bind *bind, const QQuery *query, int32_t location)
{
    QTarget *found = NULL;
    for (uint32_t i = 0; i < query->targets.count; i++) {
        if (query->targets.items[i]->junk) continue;
        if (found)
            bind__raise(bind, SYNTAX_ERROR, location, "subquery must return only one column");
        found = query->targets.items[i];
    }
    if (!found) bind__raise(bind, SYNTAX_ERROR, location, "subquery must return only one column");
    return found;
}

static QExpr *link_scalar(const Bind *bind, QSubLink *link, int32_t location, bool array)
{
    QTarget *column = only_column(bind, link->query, location);
    link->type = column->expr->type;
    link->typmod = column->expr->typmod;
    if (!array) return &link->base;
    link->typmod = column->expr->typmod;
    Oid element = link->type;
    if (!bind__array_element(bind, element) || bind__is_vector(element))
        link->type = bind__array_type(bind, element);
    if (!link->type)
        bind__raise(bind, UNDEFINED_OBJECT, location,
                    "could not find array type for data type %.*s",
                    STR_ARG(bind__type_text(bind, element)));
    return &link->base;
}

/* left op ANY/ALL (query), (a, b) op (query): the test compares with what the query puts out. */
static QExpr *link_test(Level *level, QSubLink *link, const AstSublink *node)
{
    const Bind *bind = level->bind;
    QExpr *left = bind__expr_in(level, node->test);
    QRow *row = Q_IF(Row, left);
    QExpr **lefts = row && node->test->kind == AST_ROW_EXPR ? row->items.items : &left;
    uint32_t count = row && node->test->kind == AST_ROW_EXPR ? row->items.count : 1;
    ARRAY_OF(QExpr *) rights = {.arena = bind->arena};
    for (uint32_t i = 0; i < link->query->targets.count; i++) {
        QTarget *target = link->query->targets.items[i];
        if (target->junk) continue;
        QSubOutput *output = Q_NEW(bind->arena, SubOutput);
        output->location = NODE_NO_LOCATION;
        output->id = link->id;
        output->column = target->number;
        output->type = target->expr->type;
        output->typmod = target->expr->typmod;
        output->collation = target->expr->collation;
        array_push(&rights, &output->base);
    }
    if (rights.count > count)
        bind__raise(bind, SYNTAX_ERROR, node->location, "subquery has too many columns");
    if (rights.count < count)
        bind__raise(bind, SYNTAX_ERROR, node->location, "subquery has too few columns");
    Str op = node->op.data ? node->op : STR("=");
    link->test = bind__row_compare(level, node->schema, op, lefts, rights.items, count,
                                   node->location);
    link->type = OID_BOOL;
    link->typmod = -1;
    return &link->base;
}

static QSubLinkKind link_kind(const AstSublink *node)
{
    switch (node->sublink) {
    case AST_SUBLINK_EXISTS: return Q_SUBLINK_EXISTS;
    case AST_SUBLINK_SCALAR: return node->test ? Q_SUBLINK_ROW_COMPARE : Q_SUBLINK_SCALAR;
    case AST_SUBLINK_ARRAY: return Q_SUBLINK_ARRAY;
    case AST_SUBLINK_ANY:
    case AST_SUBLINK_IN: return Q_SUBLINK_ANY;
    case AST_SUBLINK_ALL: return Q_SUBLINK_ALL;
    }
    UNREACHABLE();
}

QExpr *bind__sublink(Level *level, const AstSublink *node)
{
    Bind *bind = level->bind;
    const PlaceFacts *place = bind__place(level->place);
    if (place->subquery)
        bind__raise(bind, FEATURE_NOT_SUPPORTED, node->location, "cannot use subquery in %s",
                    place->subquery);
    level->has_sublinks = true;
    QSubLink *link = Q_NEW(bind->arena, SubLink);
    link->location = node->location;
    link->sublink = link_kind(node);
    link->id = ++bind->sublink_count;
    link->type = OID_BOOL;
    link->typmod = -1;
    link->query = bind__query(level, node->select, bind, NULL, false, true);
    switch (link->sublink) {
    case Q_SUBLINK_EXISTS: return &link->base;
    case Q_SUBLINK_SCALAR: return link_scalar(bind, link, node->location, false);
    case Q_SUBLINK_ARRAY: return link_scalar(bind, link, node->location, true);
    default: return link_test(level, link, node);
    }
}

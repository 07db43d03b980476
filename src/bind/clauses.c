/* SPDX-License-Identifier: Apache-2.0 */
/* clauses.c - WHERE, LIMIT, ORDER BY, DISTINCT: what they say about the select list. */
#include "bind/bind_internal.h"

QExpr *bind__where(Level *level, const AstNode *node, Place place, const char *construct)
{
    if (!node) return NULL;
    return bind__coerce_boolean(level->bind, bind__expr(level, node, place), construct);
}

static bool visit_own_var(void *arg, void *child)
{
    (void)arg;
    QNode *node = child;
    task_check();
    if (node->kind == Q_VAR) return Q_AS(Var, node)->up == 0;
    if (node->kind == Q_QUERY) return false;
    return query_walk(node, visit_own_var, arg);
}

static int32_t own_var_location(QExpr *expr)
{
    return expr->kind == Q_VAR ? expr->location : bind__location(expr);
}

QExpr *bind__limit(Level *level, const AstNode *node, Place place, const char *construct,
                   bool with_ties)
{
    if (!node) return NULL;
    const Bind *bind = level->bind;
    QExpr *expr = bind__expr(level, node, place);
    expr = bind__coerce_named(bind, expr, OID_INT8, construct);
    if (visit_own_var(NULL, expr))
        bind__raise(bind, INVALID_COLUMN_REFERENCE, own_var_location(expr),
                    "argument of %s must not contain variables", construct);
    if (with_ties && node->kind == AST_NULL_CONST)
        bind__raise(bind, INVALID_ROW_COUNT_IN_LIMIT_CLAUSE, NODE_NO_LOCATION,
                    "row count cannot be null in FETCH FIRST ... WITH TIES clause");
    return expr;
}

/* ---- finding the target that an item of ORDER BY or GROUP BY means */

static QTarget *add_junk(Level *level, QTargetList *targets, QExpr *expr)
{
    const Bind *bind = level->bind;
    QTarget *target = bind__target(level, NULL, expr, level->place, (Str){0}, true);
    target->number = (int32_t)targets->count + 1;
    QTarget **items = ARENA_ARRAY(bind->arena, QTarget *, targets->count + 1);
    if (targets->count) memcpy(items, targets->items, targets->count * sizeof(*items));
    items[targets->count] = target;
    *targets = (QTargetList){items, targets->count + 1};
    return target;
}

/* ---- expressions with sub-queries, whose numbers differ wherever they are written */

typedef struct Numbers {
    ARRAY_OF(int32_t) seen;
} Numbers;

static int32_t number_anew(Numbers *numbers, int32_t id)
{
    uint32_t i = 0;
    while (i < numbers->seen.count && numbers->seen.items[i] != id) i++;
    if (i == numbers->seen.count) array_push(&numbers->seen, id);
    return (int32_t)i + 1;
}

static bool renumber(void *arg, void *child)
{
    QSubLink *link = Q_IF(SubLink, child);
    QSubOutput *output = Q_IF(SubOutput, child);
    if (link) link->id = number_anew(arg, link->id);
    if (output) output->id = number_anew(arg, output->id);
    return query_walk(child, renumber, arg);
}

static bool has_sublink(void *arg, void *child)
{
    const QNode *node = child;
    return node->kind == Q_SUB_LINK || query_walk(node, has_sublink, arg);
}

static QExpr *renumbered(const Bind *bind, const QExpr *expr)
{
    QExpr *copy = query_copy(bind->arena, expr);
    Numbers numbers = {.seen = {.arena = bind->arena}};
    renumber(&numbers, copy);
    return copy;
}

bool bind__is_same(const Bind *bind, const QExpr *a, const void *b)
{
    if (query_equal(a, b)) return true;
    if (a->kind != ((const QNode *)b)->kind || !has_sublink(NULL, (void *)(uintptr_t)a))
        return false;
    return query_equal(renumbered(bind, a), renumbered(bind, b));
}

/* By the expression alone (SQL:1999); a new hidden target when the list has none like it. */
QTarget *bind__find_target_sql99(Level *level, const AstNode *node, QTargetList *targets,
                                 Place place)
{
    QExpr *expr = bind__expr(level, node, place);
    for (uint32_t i = 0; i < targets->count; i++) {
        QExpr *have = targets->items[i]->expr;
        /* Implicit casts that resolution put on top do not count. */
        while (have->kind == Q_RELABEL && Q_AS(Relabel, have)->form == Q_CALL_IMPLICIT_CAST &&
               expr->kind != Q_RELABEL)
            have = Q_AS(Relabel, have)->arg;
        if (bind__is_same(level->bind, expr, have)) return targets->items[i];
    }
    return add_junk(level, targets, expr);
}

static const char *clause_name(Place place)
{
    return place == PLACE_GROUP_BY      ? "GROUP BY"
           : place == PLACE_ORDER_BY    ? "ORDER BY"
           : place == PLACE_DISTINCT_ON ? "DISTINCT ON"
                                        : "UNKNOWN";
}

static QTarget *by_name(Level *level, Str name, int32_t location, const QTargetList *targets,
                        Place place)
{
    const Bind *bind = level->bind;
    QTarget *found = NULL;
    /* GROUP BY prefers the tables' columns, as the standard of 1992 has it. */
    if (place == PLACE_GROUP_BY && bind__find_column(level, name, location, true)) return NULL;
    for (uint32_t i = 0; i < targets->count; i++) {
        QTarget *target = targets->items[i];
        if (target->junk || !target->name.data || !str_equal(target->name, name)) continue;
        if (found && !bind__is_same(bind, found->expr, target->expr))
            bind__raise(bind, AMBIGUOUS_COLUMN, location, "%s \"%.*s\" is ambiguous",
                        clause_name(place), STR_ARG(name));
        if (!found) found = target;
    }
    return found;
}

static QTarget *by_position(Level *level, int32_t position, int32_t location,
                            const QTargetList *targets, Place place)
{
    int32_t at = 0;
    for (uint32_t i = 0; i < targets->count; i++)
        if (!targets->items[i]->junk && ++at == position) return targets->items[i];
    bind__raise(level->bind, INVALID_COLUMN_REFERENCE, location,
                "%s position %d is not in select list", clause_name(place), position);
}

static bool is_constant(const AstNode *node)
{
    return node->kind == AST_FLOAT_CONST || node->kind == AST_STRING_CONST ||
           node->kind == AST_BIT_CONST || node->kind == AST_NULL_CONST ||
           node->kind == AST_BOOL_CONST;
}

QTarget *bind__find_target(Level *level, const AstNode *node, QTargetList *targets, Place place)
{
    const AstColumnRef *ref = AST_IF(ColumnRef, node);
    if (ref && ref->names.count == 1 && !ref->star) {
        QTarget *found = by_name(level, ref->names.items[0], ref->location, targets, place);
        if (found) return found;
    }
    const AstIntConst *number = AST_IF(IntConst, node);
    if (number) return by_position(level, number->value, node->location, targets, place);
    if (is_constant(node))
        bind__raise(level->bind, SYNTAX_ERROR, node->location, "non-integer constant in %s",
                    clause_name(place));
    return bind__find_target_sql99(level, node, targets, place);
}

/* ---- sort keys */

uint32_t bind__reference(QTarget *target, const QTargetList *targets)
{
    if (target->reference) return target->reference;
    uint32_t highest = 0;
    for (uint32_t i = 0; i < targets->count; i++)
        highest = MAX(highest, targets->items[i]->reference);
    target->reference = highest + 1;
    return target->reference;
}

QTarget *bind__target_by_reference(const QTargetList *targets, uint32_t reference)
{
    for (uint32_t i = 0; i < targets->count; i++)
        if (targets->items[i]->reference == reference) return targets->items[i];
    raise_error(SQLSTATE_INTERNAL_ERROR, "target %u not found in target list", reference);
}

static void push_key(const Bind *bind, QSortKeyList *keys, QSortKey *key)
{
    QSortKey **items = ARENA_ARRAY(bind->arena, QSortKey *, keys->count + 1);
    if (keys->count) memcpy(items, keys->items, keys->count * sizeof(*items));
    items[keys->count] = key;
    *keys = (QSortKeyList){items, keys->count + 1};
}

static QSortKey *key_of(const QSortKeyList *keys, uint32_t reference)
{
    for (uint32_t i = 0; reference && i < keys->count; i++)
        if (keys->items[i]->reference == reference) return keys->items[i];
    return NULL;
}

enum { METHOD_BTREE = 403, STRATEGY_LESS = 1, STRATEGY_EQUAL = 3, STRATEGY_GREATER = 5 };

static void using_operator(Level *level, const AstSortItem *item, Oid type, QSortKey *key)
{
    const Bind *bind = level->bind;
    Str name = item->operator.items[item->operator.count - 1];
    NodeStrs schema = {item->operator.items, item->operator.count - 1 };
    const CatOperator *op = bind__find_operator(bind, schema, name, type, type, false,
                                                item->location);
    uint32_t count;
    const CatOperatorFamily *families = cat_operator_families(bind->view, op->oid, &count);
    for (uint32_t i = 0; i < count; i++) {
        bool greater = families[i].strategy == STRATEGY_GREATER;
        if (families[i].method != METHOD_BTREE ||
            (!greater && families[i].strategy != STRATEGY_LESS))
            continue;
        key->order = op->oid;
        key->reverse = greater;
        key->equality = cat_family_operator(bind->view, families[i].family, families[i].left,
                                            families[i].right, STRATEGY_EQUAL);
        return;
    }
    Error *error = bind__error(bind, WRONG_OBJECT_TYPE, item->location);
    error_message(error, "operator %.*s is not a valid ordering operator", STR_ARG(name));
    error_raise(error_hint(
        error, "Ordering operators must be \"<\" or \">\" members of btree operator families."));
}

static void make_unknown_text(Level *level, QTarget *target)
{
    if (target->expr->type == OID_UNKNOWN)
        target->expr = bind__coerce_type(level->bind, target->expr, OID_TEXT, -1, 'i',
                                         Q_CALL_IMPLICIT_CAST, NODE_NO_LOCATION);
}

void bind__add_sort_key(Level *level, QTarget *target, QSortKeyList *keys, QTargetList *targets,
                        const AstSortItem *item, int32_t location)
{
    const Bind *bind = level->bind;
    make_unknown_text(level, target);
    QSortKey *key = Q_NEW(bind->arena, SortKey);
    if (item->order == AST_SORT_USING) {
        bind__sort_operators(bind, target->expr->type, false, false, key, location);
        using_operator(level, item, target->expr->type, key);
    } else {
        bind__sort_operators(bind, target->expr->type, true, false, key, location);
        key->reverse = item->order == AST_SORT_DESC;
        if (key->reverse)
            key->order = cat_type_greater(bind->view,
                                          bind__base_type(bind, target->expr->type, NULL));
    }
    key->nulls_first = item->nulls == AST_NULLS_DEFAULT ? key->reverse
                                                        : item->nulls == AST_NULLS_FIRST;
    const QSortKey *same = key_of(keys, target->reference);
    if (same && (same->order == key->order || same->equality == key->equality))
        return; /* twice tells nothing */
    key->reference = bind__reference(target, targets);
    push_key(bind, keys, key);
}

QSortKeyList bind__order_by(Level *level, const AstSortItemList *items, QTargetList *targets,
                            Place place, bool sql99)
{
    QSortKeyList keys = {0};
    for (uint32_t i = 0; i < items->count; i++) {
        const AstSortItem *item = items->items[i];
        QTarget *target = sql99 ? bind__find_target_sql99(level, item->expr, targets, place)
                                : bind__find_target(level, item->expr, targets, place);
        bind__add_sort_key(level, target, &keys, targets, item, bind__ast_location(item->expr));
    }
    return keys;
}

/* ---- grouping and distinctness: keys that need equality, ordered as ORDER BY orders them where it does */

static void add_group_key(Level *level, QTarget *target, QSortKeyList *keys, QTargetList *targets,
                          int32_t location)
{
    const Bind *bind = level->bind;
    make_unknown_text(level, target);
    if (key_of(keys, target->reference)) return;
    QSortKey *key = Q_NEW(bind->arena, SortKey);
    bind__sort_operators(bind, target->expr->type, false, true, key, location);
    key->reference = bind__reference(target, targets);
    push_key(bind, keys, key);
}

void bind__add_group_key(Level *level, QTarget *target, QSortKeyList *keys, QTargetList *targets,
                         const QSortKeyList *order, int32_t location)
{
    make_unknown_text(level, target);
    if (key_of(keys, target->reference)) return;
    const QSortKey *same = order ? key_of(order, target->reference) : NULL;
    if (same)
        push_key(level->bind, keys, query_copy(level->bind->arena, same));
    else
        add_group_key(level, target, keys, targets, location);
}

QSortKeyList bind__distinct(Level *level, QTargetList *targets, QSortKeyList order,
                            bool is_aggregate)
{
    const Bind *bind = level->bind;
    QSortKeyList keys = {0};
    for (uint32_t i = 0; i < order.count; i++) {
        QTarget *target = bind__target_by_reference(targets, order.items[i]->reference);
        if (target->junk)
            bind__raise(
                bind, INVALID_COLUMN_REFERENCE, bind__location(target->expr), "%s",
                is_aggregate
                    ? "in an aggregate with DISTINCT, ORDER BY expressions must appear in argument list"
                    : "for SELECT DISTINCT, ORDER BY expressions must appear in select list");
        push_key(bind, &keys, query_copy(bind->arena, order.items[i]));
    }
    for (uint32_t i = 0; i < targets->count; i++)
        if (!targets->items[i]->junk)
            add_group_key(level, targets->items[i], &keys, targets,
                          bind__location(targets->items[i]->expr));
    if (keys.count == 0)
        bind__raise(bind, SYNTAX_ERROR, NODE_NO_LOCATION, "%s",
                    is_aggregate ? "an aggregate with DISTINCT must have at least one argument"
                                 : "SELECT DISTINCT must have at least one column");
    return keys;
}

QSortKeyList bind__distinct_on(Level *level, const AstExprList *items, QTargetList *targets,
                               QSortKeyList order)
{
    const Bind *bind = level->bind;
    QSortKeyList keys = {0};
    ARRAY_OF(QTarget *) wanted = {.arena = bind->arena};
    for (uint32_t i = 0; i < items->count; i++) {
        QTarget *target = bind__find_target(level, items->items[i], targets, PLACE_DISTINCT_ON);
        bind__reference(target, targets);
        array_push(&wanted, target);
    }
    uint32_t at = 0;
    for (; at < order.count; at++) {
        bool is_wanted = false;
        for (uint32_t i = 0; i < wanted.count; i++)
            is_wanted |= wanted.items[i]->reference == order.items[at]->reference;
        if (!is_wanted) break;
        push_key(bind, &keys, query_copy(bind->arena, order.items[at]));
    }
    for (uint32_t i = 0; i < wanted.count; i++) {
        if (key_of(&keys, wanted.items[i]->reference)) continue;
        if (at < order.count)
            bind__raise(bind, INVALID_COLUMN_REFERENCE, bind__ast_location(items->items[i]),
                        "SELECT DISTINCT ON expressions must match initial ORDER BY expressions");
        add_group_key(level, wanted.items[i], &keys, targets,
                      bind__location(wanted.items[i]->expr));
    }
    return keys;
}

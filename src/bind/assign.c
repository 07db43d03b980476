/* SPDX-License-Identifier: Apache-2.0 */
/* assign.c - several assignments to parts of one column (SET a[1] = 1, a[2] = 2, or c.x = 1, c.y = 2) become one: each
 * is applied to what the one before it gives. */
#include "bind/bind_internal.h"

/* Where an assignment to a part takes the container from; NULL: the whole column is assigned. */
static QExpr **container_of(QExpr *expr)
{
    if (expr->kind == Q_COERCE_DOMAIN) return container_of(Q_AS(CoerceDomain, expr)->arg);
    if (expr->kind == Q_FIELD_STORE) return &Q_AS(FieldStore, expr)->arg;
    if (expr->kind == Q_SUBSCRIPT && Q_AS(Subscript, expr)->source)
        return &Q_AS(Subscript, expr)->arg;
    return NULL;
}

static QExpr *without_domain(QExpr *expr)
{
    return expr->kind == Q_COERCE_DOMAIN ? Q_AS(CoerceDomain, expr)->arg : expr;
}

static bool merge(const Bind *bind, QTarget *first, const QTarget *second)
{
    QExpr *expr = query_copy(bind->arena, second->expr);
    QExpr **container = container_of(expr);
    if (!container || !container_of(first->expr)) return false;
    *container = without_domain(first->expr);
    first->expr = expr;
    return true;
}

void bind__merge_assignments(const Bind *bind, QTargetList *targets)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < targets->count; i++) {
        QTarget *target = targets->items[i];
        bool merged = false;
        for (uint32_t k = 0; !target->junk && !merged && k < kept; k++)
            if (!targets->items[k]->junk && targets->items[k]->number == target->number)
                merged = merge(bind, targets->items[k], target);
        if (!merged) targets->items[kept++] = target;
    }
    targets->count = kept;
}

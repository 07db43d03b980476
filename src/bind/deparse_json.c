/* SPDX-License-Identifier: Apache-2.0 */
/* deparse_json.c - SQL/JSON's constructors written out, with RETURNING always, where they have it. */
#include "bind/deparse_internal.h"

#include "bind/json_ops.h"

static void add(Deparse *d, const char *text)
{
    str_add(d->out, str_from(text));
}

static void value(Deparse *d, const QExpr *expr)
{
    bind__deparse_expr(d, expr, false);
}

static void format(Deparse *d, const QJsonExpr *node)
{
    if (node->flags & JSON_FORMAT) add(d, " FORMAT JSON");
    if (node->flags & JSON_FORMAT_UTF8) add(d, " ENCODING UTF8");
}

/* Keys and values in turn, or values. */
static void arguments(Deparse *d, QExpr *const *args, uint32_t count, bool object)
{
    for (uint32_t i = 0; i < count; i++) {
        if (i) add(d, object && i % 2 ? " : " : ", ");
        value(d, args[i]);
    }
}

/* ABSENT is what arrays do unless told otherwise, NULL what objects do. */
static void options(Deparse *d, const QJsonExpr *node, bool object)
{
    const bool absent = (node->flags & JSON_ABSENT_ON_NULL) != 0;
    if (absent && object) add(d, " ABSENT ON NULL");
    if (!absent && !object) add(d, " NULL ON NULL");
    if (node->flags & JSON_UNIQUE_KEYS) add(d, " WITH UNIQUE KEYS");
}

static void returning(Deparse *d, const QJsonExpr *node)
{
    add(d, " RETURNING ");
    bind__deparse_type(d, node->type, node->typmod);
    if (node->flags & JSON_RETURNING_FORMAT) add(d, " FORMAT JSON");
    str_add_char(d->out, ')');
}

static void aggregate(Deparse *d, const QJsonExpr *node)
{
    const bool object = node->op == JSON_EXPR_OBJECT_AGG;
    const QExpr *call = node->args.items[0];
    const QAggregate *plain = Q_IF(Aggregate, call);
    const QWindowCall *window = Q_IF(WindowCall, call);
    if (!plain && !window) { /* of a plan, where it stands for what another step computed */
        value(d, call);
        return;
    }
    add(d, object ? "JSON_OBJECTAGG(" : "JSON_ARRAYAGG(");
    QExpr *args[2];
    for (uint32_t i = 0; i < 1U + object; i++)
        args[i] = plain ? plain->args.items[i]->expr : window->args.items[i];
    arguments(d, args, 1U + object, object);
    if (plain && plain->order_by.count) {
        add(d, " ORDER BY ");
        bind__deparse_sort(d, &plain->order_by, &plain->args, false);
    }
    options(d, node, object);
    returning(d, node);
    if (plain)
        bind__deparse_filter(d, plain->filter);
    else
        bind__deparse_over(d, window);
}

void bind__deparse_json(Deparse *d, const QJsonExpr *node)
{
    static const char *const words[] = {
        [JSON_EXPR_PARSE] = "JSON(",
        [JSON_EXPR_SCALAR] = "JSON_SCALAR(",
        [JSON_EXPR_SERIALIZE] = "JSON_SERIALIZE(",
        [JSON_EXPR_OBJECT] = "JSON_OBJECT(",
        [JSON_EXPR_ARRAY] = "JSON_ARRAY(",
        [JSON_EXPR_VALUE] = "",
    };
    const bool object = node->op == JSON_EXPR_OBJECT;
    if (node->op == JSON_EXPR_OBJECT_AGG || node->op == JSON_EXPR_ARRAY_AGG) {
        aggregate(d, node);
        return;
    }
    add(d, words[node->op]);
    arguments(d, node->args.items, JSON_ARG_COUNT(node), object);
    format(d, node);
    switch (node->op) {
    case JSON_EXPR_VALUE: return;
    case JSON_EXPR_OBJECT:
    case JSON_EXPR_ARRAY:
        if (JSON_ARG_COUNT(node)) options(d, node, object);
        returning(d, node);
        return;
    case JSON_EXPR_SERIALIZE: returning(d, node); return;
    default:
        if (node->flags & JSON_UNIQUE_KEYS) add(d, " WITH UNIQUE KEYS");
        str_add_char(d->out, ')');
        return;
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
/* deparse_json.c - SQL/JSON's constructors written out, with RETURNING always, where they have it. */
#include "bind/deparse_internal.h"

#include "base/oids.h"
#include "bind/json_ops.h"
#include "type/type.h"

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

/* ---- JSON_EXISTS, JSON_VALUE, JSON_QUERY */

/* A path that is a constant needs no type. */
void bind__deparse_json_path(Deparse *d, const QExpr *expr)
{
    const QConst *constant = Q_IF(Const, expr);
    if (!constant || constant->value.datum.null || expr->type != OID_JSONPATH) {
        value(d, expr);
        return;
    }
    const TypeCall call = {.type = type_get(d->env, OID_JSONPATH),
                           .env = d->env,
                           .arena = d->arena,
                           .typmod = -1};
    parse_quote_literal(d->out, type_print(&call, &constant->value.datum.value));
}

static void behavior(Deparse *d, const QJsonExpr *node, uint32_t shift, JsonOn standard,
                     uint32_t *next)
{
    static const char *const words[] = {
        [JSON_ON_NULL] = "NULL",
        [JSON_ON_ERROR] = "ERROR",
        [JSON_ON_TRUE] = "TRUE",
        [JSON_ON_FALSE] = "FALSE",
        [JSON_ON_UNKNOWN] = "UNKNOWN",
        [JSON_ON_EMPTY_ARRAY] = "EMPTY ARRAY",
        [JSON_ON_EMPTY_OBJECT] = "EMPTY OBJECT",
        [JSON_ON_DEFAULT] = "DEFAULT ",
    };
    const uint32_t on = node->flags >> shift & JSON_ON_MASK;
    if (on == JSON_ON_UNSAID || on == standard) return;
    str_add_char(d->out, ' ');
    add(d, words[on]);
    if (on == JSON_ON_DEFAULT) value(d, node->args.items[(*next)++]);
    add(d, shift == JSON_ON_EMPTY_SHIFT ? " ON EMPTY" : " ON ERROR");
}

void bind__deparse_json_clauses(Deparse *d, const QJsonExpr *node)
{
    const JsonOn standard = node->op == JSON_EXPR_EXISTS ? JSON_ON_FALSE : JSON_ON_NULL;
    uint32_t next = 2 + node->names.count;
    if (node->op == JSON_EXPR_QUERY) {
        add(d, node->flags & JSON_WRAP           ? " WITH UNCONDITIONAL WRAPPER"
               : node->flags & JSON_WRAP_SEVERAL ? " WITH CONDITIONAL WRAPPER"
                                                 : " WITHOUT WRAPPER");
        add(d, node->flags & JSON_OMIT_QUOTES ? " OMIT QUOTES" : " KEEP QUOTES");
    }
    behavior(d, node, JSON_ON_EMPTY_SHIFT, standard, &next);
    behavior(d, node, JSON_ON_ERROR_SHIFT, standard, &next);
}

static void function(Deparse *d, const QJsonExpr *node)
{
    const bool exists = node->op == JSON_EXPR_EXISTS;
    uint32_t next = 2;
    add(d, exists ? "JSON_EXISTS(" : node->op == JSON_EXPR_QUERY ? "JSON_QUERY(" : "JSON_VALUE(");
    value(d, node->args.items[0]);
    add(d, ", ");
    bind__deparse_json_path(d, node->args.items[1]);
    for (uint32_t i = 0; i < node->names.count; i++) {
        add(d, i ? ", " : " PASSING ");
        value(d, node->args.items[next++]);
        add(d, " AS ");
        bind__deparse_name(d, node->names.items[i]);
    }
    if (!exists) {
        add(d, " RETURNING ");
        bind__deparse_type(d, node->type, node->typmod);
    }
    bind__deparse_json_clauses(d, node);
    str_add_char(d->out, ')');
}

void bind__deparse_json(Deparse *d, const QJsonExpr *node)
{
    if (node->op >= JSON_EXPR_EXISTS) {
        function(d, node);
        return;
    }

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

/* SPDX-License-Identifier: Apache-2.0 */
/* json.c - SQL/JSON's constructs: syntax to JsonExpr, whose meaning stands in json_ops.h. */
#include "bind/bind_internal.h"
#include "bind/json_ops.h"

#include "base/oids.h"

/* What IS JSON can look into: text of any kind as text, bytes, json and jsonb as they are. */
static QExpr *json_text(const Bind *bind, QExpr *arg)
{
    Oid base = bind__base_type(bind, arg->type, NULL);
    if (base == OID_BYTEA || base == OID_JSON || base == OID_JSONB)
        return bind__coerce_type(bind, arg, base, -1, 'i', Q_CALL_IMPLICIT_CAST, arg->location);
    if (base != OID_UNKNOWN && bind__category(bind, base) != 'S') {
        Error *error = error_begin(SQLSTATE_DATATYPE_MISMATCH);
        error_raise(error_message(error, "cannot use type %.*s in IS JSON predicate",
                                  STR_ARG(bind__type_text(bind, arg->type))));
    }
    return bind__coerce_type(bind, arg, OID_TEXT, -1, 'i', Q_CALL_EXPLICIT_CAST, arg->location);
}

QExpr *bind__json_is(Level *level, const AstNode *node)
{
    static const uint32_t kinds[] = {
        [AST_JSON_TYPE_ANY] = JSON_IS_ANY,
        [AST_JSON_TYPE_OBJECT] = JSON_IS_OBJECT,
        [AST_JSON_TYPE_ARRAY] = JSON_IS_ARRAY,
        [AST_JSON_TYPE_SCALAR] = JSON_IS_SCALAR,
    };
    const Bind *bind = level->bind;
    const AstJsonIs *test = AST_AS(JsonIs, node);
    QJsonExpr *made = Q_NEW(bind->arena, JsonExpr);
    QExpr *arg = json_text(bind, bind__expr_in(level, test->arg));
    made->location = node->location;
    made->type = OID_BOOL;
    made->typmod = -1;
    made->args = bind__exprs(bind, &arg, 1);
    made->op = JSON_EXPR_IS;
    made->flags = kinds[test->type] | (test->unique ? JSON_IS_UNIQUE : 0);
    return &made->base;
}

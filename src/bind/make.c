/* SPDX-License-Identifier: Apache-2.0 */
/* make.c - small makers of expressions and lists. */
#include "bind/bind_internal.h"

QConst *bind__const(const Bind *bind, Oid type, int32_t typmod, Datum datum, int32_t location)
{
    QConst *node = Q_NEW(bind->arena, Const);
    node->location = location;
    node->type = type;
    node->typmod = typmod;
    node->collation = bind__type_collation(bind, type);
    node->value = (QueryValue){.datum = datum,
                               .phys = (uint8_t)(type == OID_UNKNOWN ? PHYS_STR
                                                                     : bind__phys(bind, type))};
    return node;
}

QExpr *bind__null(const Bind *bind, Oid type, int32_t typmod, Oid collation)
{
    QConst *node = bind__const(bind, type, typmod, (Datum){.null = true}, NODE_NO_LOCATION);
    node->collation = collation;
    return &node->base;
}

QExpr *bind__const_i32(const Bind *bind, int32_t value)
{
    return &bind__const(bind, OID_INT4, -1, (Datum){.value.i32 = value}, NODE_NO_LOCATION)->base;
}

QExpr *bind__const_bool(const Bind *bind, bool value, int32_t location)
{
    return &bind__const(bind, OID_BOOL, -1, (Datum){.value.b = value}, location)->base;
}

QExpr *bind__const_unknown(const Bind *bind, Str text, int32_t location)
{
    Datum datum = {.value.str = strview_copy(bind->arena, text), .null = text.data == NULL};
    QConst *node = bind__const(bind, OID_UNKNOWN, -1, datum, location);
    node->collation = 0;
    return &node->base;
}

QExpr *bind__var(const NsItem *item, const NsColumn *column, uint32_t up, Arena *arena,
                 int32_t location)
{
    QVar *var = Q_NEW(arena, Var);
    var->location = location;
    var->table = column->table;
    var->column = column->column;
    var->type = column->type;
    var->typmod = column->typmod;
    var->collation = column->collation;
    var->up = up;
    var->returning = item->returning;
    return &var->base;
}

QExpr *bind__bool(const Bind *bind, QBoolOp op, QExpr **args, uint32_t count, int32_t location)
{
    QBool *node = Q_NEW(bind->arena, Bool);
    node->location = location;
    node->type = OID_BOOL;
    node->typmod = -1;
    node->op = op;
    node->args = bind__exprs(bind, args, count);
    return &node->base;
}

QExprList bind__exprs(const Bind *bind, QExpr *const *items, uint32_t count)
{
    return (QExprList){count ? arena_copy(bind->arena, items, count * sizeof(*items)) : NULL,
                       count};
}

NodeI32s bind__i32s(const Bind *bind, const int32_t *items, uint32_t count)
{
    return (NodeI32s){count ? arena_copy(bind->arena, items, count * sizeof(*items)) : NULL, count};
}

NodeStrs bind__strs(const Bind *bind, const Str *items, uint32_t count)
{
    return (NodeStrs){count ? arena_copy(bind->arena, items, count * sizeof(*items)) : NULL, count};
}

bool bind__is_unknown_const(const QExpr *expr)
{
    return expr->kind == Q_CONST && expr->type == OID_UNKNOWN;
}

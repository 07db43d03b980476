/* SPDX-License-Identifier: Apache-2.0 */
/* foreign_pair.c - keys are compared as the referred column's type compares: a referring value is cast to it, as the
 * implicit cast does. The usual casts, those of integers, are done here and have a way back, by which an index over the
 * referring column can be asked; of others there may be several values for one. */
#include "exec/foreign_pair.h"

#include "base/oids.h"
#include "bind/bind.h"
#include "expr/expr.h"
#include "type/numeric.h"

static bool is_integer(Oid type)
{
    return type == OID_INT2 || type == OID_INT4 || type == OID_INT8;
}

static bool is_text(Oid type)
{
    return type == OID_TEXT || type == OID_VARCHAR;
}

ForeignPair foreign_pair(const CatColumn *child, const CatColumn *parent)
{
    const Oid from = child->type, to = parent->type;
    const PairKind kind = from == to || (is_text(from) && is_text(to)) ? PAIR_SAME
                          : is_integer(from) && is_integer(to)         ? PAIR_INTEGERS
                          : is_integer(from) && to == OID_NUMERIC      ? PAIR_NUMERIC
                                                                       : PAIR_CAST;
    return (ForeignPair){child, parent, kind};
}

static int64_t integer_of(Oid type, Value value)
{
    return type == OID_INT2 ? value.i16 : type == OID_INT4 ? value.i32 : value.i64;
}

/* False: it does not fit. */
static bool put_integer(Oid type, int64_t number, Datum *value)
{
    const int64_t most = type == OID_INT2 ? INT16_MAX : type == OID_INT4 ? INT32_MAX : INT64_MAX;
    if (number > most || number < -most - 1) return false;
    value->value = (Value){0};
    if (type == OID_INT2)
        value->value.i16 = (int16_t)number;
    else if (type == OID_INT4)
        value->value.i32 = (int32_t)number;
    else
        value->value.i64 = number;
    return true;
}

static Datum cast(const Exec *exec, Arena *arena, const CatColumn *from, const CatColumn *to,
                  int32_t typmod, char context, Datum value)
{
    const ExecOptions *options = &exec->options;
    const BindOptions bind = {.view = options->view,
                              .env = options->env,
                              .settings = options->settings};
    QConst *constant = Q_NEW(arena, Const);
    constant->base.base.location = NODE_NO_LOCATION;
    constant->base.type = from->type;
    constant->base.typmod = from->typmod;
    constant->base.collation = from->collation;
    constant->value = (QueryValue){.datum = value, .phys = (uint8_t)from->phys};
    QExpr *made = bind_coerce(arena, &constant->base, to->type, typmod, context,
                              Q_CALL_IMPLICIT_CAST, &bind);
    return expr_value(arena, made, options->env);
}

bool foreign_pair_to_parent(const ForeignPair *pair, const Exec *exec, Arena *arena, Datum *value)
{
    if (value->null) return true;
    switch (pair->kind) {
    case PAIR_SAME: return true;
    case PAIR_INTEGERS:
        return put_integer(pair->parent->type, integer_of(pair->child->type, value->value), value);
    case PAIR_NUMERIC:
        value->value.decimal = decimal_from_i64(arena, integer_of(pair->child->type, value->value));
        return true;
    case PAIR_CAST:
        *value = cast(exec, arena, pair->child, pair->parent, -1, 'i', *value);
        return true;
    }
    UNREACHABLE();
}

bool foreign_pair_to_child(const ForeignPair *pair, Arena *arena, Datum *value)
{
    ASSERT(pair->kind != PAIR_CAST);
    if (value->null || pair->kind == PAIR_SAME) return true;
    if (pair->kind == PAIR_INTEGERS)
        return put_integer(pair->child->type, integer_of(pair->parent->type, value->value), value);
    int64_t number;
    const Decimal decimal = value->value.decimal;
    return decimal_to_i64(arena, decimal, &number) &&
           decimal_compare(decimal_from_i64(arena, number), decimal) == 0 &&
           put_integer(pair->child->type, number, value);
}

Datum foreign_pair_assigned(const ForeignPair *pair, const Exec *exec, Arena *arena, Datum value)
{
    const CatColumn *child = pair->child, *parent = pair->parent;
    if (value.null || (child->type == parent->type && child->typmod == parent->typmod))
        return value;
    return cast(exec, arena, pair->parent, pair->child, pair->child->typmod, 'a', value);
}

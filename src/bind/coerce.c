/* SPDX-License-Identifier: Apache-2.0 */
/* coerce.c - conversions between types: which way there is, and making it, as PostgreSQL's manual has it in "Type
 * Conversion".
 *
 * Contexts, by how much the user asked for the conversion: 'i' implicit, 'a' assignment, 'e' explicit. A cast of
 * pg_cast serves its own context and those behind it. */
#include "bind/bind_internal.h"

static int context_rank(char context)
{
    return context == 'i' ? 0 : context == 'a' ? 1 : 2;
}

static CoercePath path_without_cast(const Bind *bind, Oid target, Oid source, char context,
                                    Oid *function)
{
    Oid to = bind__array_element(bind, target), from = bind__array_element(bind, source);
    if (bind__is_vector(target)) to = 0;
    if (to && to == from && bind__is_vector(source)) return PATH_RELABEL;
    if (to && from) {
        CoercePath path = bind__coerce_path(bind, to, from, context, function);
        *function = 0;
        return path == PATH_NONE ? PATH_NONE : PATH_ARRAY;
    }
    if (context_rank(context) >= 1 && bind__category(bind, target) == 'S') return PATH_IO;
    if (context == 'e' && bind__category(bind, source) == 'S') return PATH_IO;
    return PATH_NONE;
}

CoercePath bind__coerce_path(const Bind *bind, Oid target, Oid source, char context, Oid *function)
{
    *function = 0;
    task_check();
    target = bind__base_type(bind, target, NULL);
    source = bind__base_type(bind, source, NULL);
    if (target == source) return PATH_RELABEL;
    const CatCast *cast = cat_cast(bind->view, source, target);
    if (!cast) return path_without_cast(bind, target, source, context, function);
    if (context_rank(context) < context_rank(cast->context)) return PATH_NONE;
    if (cast->method == 'b') return PATH_RELABEL;
    if (cast->method == 'i') return PATH_IO;
    *function = cast->function;
    return PATH_FUNCTION;
}

static bool can_coerce_one(const Bind *bind, Oid from, Oid to, char context)
{
    Oid function;
    if (from == to || to == OID_ANY) return true;
    if (from == OID_UNKNOWN) return true;
    if (bind__coerce_path(bind, to, from, context, &function) != PATH_NONE) return true;
    if (from == OID_RECORD && bind__is_complex(bind, to)) return true;
    if (to == OID_RECORD && bind__is_complex(bind, from)) return true;
    if (to == OID_RECORD_ARRAY) {
        Oid element = bind__array_element(bind, from);
        return element && bind__is_complex(bind, element);
    }
    return false;
}

bool bind__can_coerce(const Bind *bind, uint32_t count, const Oid *from, const Oid *to,
                      char context)
{
    bool generic = false;
    for (uint32_t i = 0; i < count; i++) {
        if (bind__is_polymorphic(to[i]))
            generic = true;
        else if (!can_coerce_one(bind, from[i], to[i], context))
            return false;
    }
    return !generic || bind__check_polymorphic(bind, from, to, count);
}

/* ---- making it */

static QExpr *make_relabel(const Bind *bind, QExpr *arg, Oid type, int32_t typmod, QCallForm form,
                           int32_t location)
{
    if (arg->kind == Q_CONST) { /* a constant is relabelled itself */
        QConst *copy = query_copy(bind->arena, arg);
        copy->type = type;
        copy->typmod = typmod;
        copy->collation = bind__type_collation(bind, type);
        return &copy->base;
    }
    QRelabel *node = Q_NEW(bind->arena, Relabel);
    node->location = location;
    node->type = type;
    node->typmod = typmod;
    node->collation = bind__type_collation(bind, type);
    node->arg = arg;
    node->form = form;
    return &node->base;
}

/* The inner of two conversions that were asked for as one is not shown. */
static void hide(QExpr *expr)
{
    switch (expr->kind) {
    case Q_FUNC_CALL: Q_AS(FuncCall, expr)->form = Q_CALL_IMPLICIT_CAST; break;
    case Q_RELABEL: Q_AS(Relabel, expr)->form = Q_CALL_IMPLICIT_CAST; break;
    case Q_COERCE_IO: Q_AS(CoerceIo, expr)->form = Q_CALL_IMPLICIT_CAST; break;
    case Q_COERCE_ARRAY: Q_AS(CoerceArray, expr)->form = Q_CALL_IMPLICIT_CAST; break;
    case Q_COERCE_ROW: Q_AS(CoerceRow, expr)->form = Q_CALL_IMPLICIT_CAST; break;
    case Q_COERCE_DOMAIN: Q_AS(CoerceDomain, expr)->form = Q_CALL_IMPLICIT_CAST; break;
    default: break;
    }
}

static QExpr *call_cast_function(const Bind *bind, Oid function, QExpr *arg, Oid type,
                                 int32_t typmod, char context, QCallForm form, int32_t location)
{
    const CatFunction *found = cat_function(bind->view, function);
    if (!found)
        raise_error(SQLSTATE_INTERNAL_ERROR, "cache lookup failed for function %u", function);
    QExpr *args[3] = {arg, NULL, NULL};
    if (found->arg_count >= 2) args[1] = bind__const_i32(bind, typmod);
    if (found->arg_count >= 3) args[2] = bind__const_bool(bind, context == 'e', NODE_NO_LOCATION);
    QFuncCall *call = Q_NEW(bind->arena, FuncCall);
    call->location = location;
    call->type = type;
    /* A function that takes no length leaves the value to be cut by another. */
    call->typmod = found->arg_count >= 2 ? typmod : -1;
    call->collation = bind__type_collation(bind, type);
    call->function = function;
    call->args = bind__exprs(bind, args, found->arg_count);
    call->form = form;
    return &call->base;
}

static QExpr *make_io(const Bind *bind, QExpr *arg, Oid type, QCallForm form, int32_t location)
{
    QCoerceIo *node = Q_NEW(bind->arena, CoerceIo);
    node->location = location;
    node->type = type;
    node->typmod = -1;
    node->collation = bind__type_collation(bind, type);
    node->arg = arg;
    node->form = form;
    return &node->base;
}

static QExpr *make_array(const Bind *bind, QExpr *arg, Oid type, int32_t typmod, char context,
                         QCallForm form, int32_t location)
{
    int32_t from_typmod = arg->typmod;
    Oid from = bind__base_type(bind, arg->type, &from_typmod);
    QElementParam *element = Q_NEW(bind->arena, ElementParam);
    element->location = location;
    element->type = bind__array_element(bind, from);
    element->typmod = from_typmod;
    element->collation = bind__type_collation(bind, element->type);
    Oid to = bind__array_element(bind, bind__base_type(bind, type, NULL));
    QCoerceArray *node = Q_NEW(bind->arena, CoerceArray);
    node->location = location;
    node->type = type;
    node->typmod = typmod;
    node->collation = bind__type_collation(bind, type);
    node->arg = arg;
    node->element = bind__coerce(bind, &element->base, to, typmod, context, form, location);
    node->form = form;
    if (!node->element)
        raise_error(SQLSTATE_INTERNAL_ERROR, "failed to coerce array element type as expected");
    return &node->base;
}

/* The cast that gives a value of the type its length; 0: none. *array: it works on elements. */
static Oid length_function(const Bind *bind, Oid type, bool *array)
{
    Oid element = bind__array_element(bind, type);
    *array = element != 0;
    if (element) type = element;
    const CatCast *cast = cat_cast(bind->view, type, type);
    return cast ? cast->function : 0;
}

static QExpr *coerce_length(const Bind *bind, QExpr *expr, Oid type, int32_t typmod, char context,
                            QCallForm form, int32_t location, bool hide_input)
{
    if (expr->typmod == typmod) return expr;
    bool array;
    Oid function = typmod < 0 ? 0 : length_function(bind, type, &array);
    if (!function) /* only the label changes */
        return make_relabel(bind, expr, type, typmod, form, location);
    if (hide_input) hide(expr);
    if (array) return make_array(bind, expr, type, typmod, context, form, location);
    return call_cast_function(bind, function, expr, type, typmod, context, form, location);
}

static QExpr *make_domain(const Bind *bind, QExpr *arg, Oid base, int32_t base_typmod, Oid type,
                          char context, QCallForm form, int32_t location, bool hide_input)
{
    if (base == type) return arg;
    if (hide_input) hide(arg);
    if (base_typmod >= 0)
        arg = coerce_length(bind, arg, base, base_typmod, context, Q_CALL_IMPLICIT_CAST, location,
                            false);
    QCoerceDomain *node = Q_NEW(bind->arena, CoerceDomain);
    node->location = location;
    node->type = type;
    node->typmod = -1;
    node->collation = bind__type_collation(bind, type);
    node->arg = arg;
    node->form = form;
    return &node->base;
}

/* A literal becomes a constant of the type at once, by the type's input. */
static QExpr *coerce_literal(const Bind *bind, const QConst *literal, Oid target, int32_t typmod,
                             char context, QCallForm form, int32_t location)
{
    int32_t base_typmod = typmod;
    Oid base = bind__base_type(bind, target, &base_typmod);
    /* Only interval's fields decide how its text is read; other lengths are applied behind. */
    int32_t input_typmod = base == OID_INTERVAL ? base_typmod : -1;
    Datum datum = {.null = literal->value.datum.null};
    if (!datum.null)
        datum.value = bind__input(bind, base, input_typmod,
                                  strview_str(&literal->value.datum.value.str), literal->location);
    QConst *made = bind__const(bind, base, input_typmod, datum, literal->location);
    if (base == target) return &made->base;
    return make_domain(bind, &made->base, base, base_typmod, target, context, form, location,
                       false);
}

/* (row) to a named row type: column by column. */
static QExpr *coerce_record(const Bind *bind, QExpr *expr, Oid target, char context, QCallForm form,
                            int32_t location)
{
    int32_t typmod = -1;
    Oid base = bind__base_type(bind, target, &typmod);
    uint32_t count;
    const FnAttribute *attributes = bind__attributes(bind, base, typmod, &count);
    const QRow *row = Q_IF(Row, expr);
    Error *error = NULL;
    if (location < 0) location = bind__location(expr);
    if (!row) goto refused;
    QRow *made = query_copy(bind->arena, row);
    uint32_t at = 0;
    ARRAY_OF(QExpr *) items = {.arena = bind->arena};
    for (uint32_t i = 0; i < count; i++) {
        if (attributes[i].dropped) {
            array_push(&items, bind__null(bind, OID_INT4, -1, 0));
            continue;
        }
        if (at >= row->items.count) {
            error = error_detail(bind__error(bind, CANNOT_COERCE, location),
                                 "Input has too few columns.");
            goto refused;
        }
        QExpr *item = row->items.items[at++];
        QExpr *coerced = bind__coerce(bind, item, attributes[i].type, attributes[i].typmod, context,
                                      Q_CALL_IMPLICIT_CAST, NODE_NO_LOCATION);
        if (!coerced) {
            error = error_detail(bind__error(bind, CANNOT_COERCE, location),
                                 "Cannot cast type %.*s to %.*s in column %u.",
                                 STR_ARG(bind__type_text(bind, item->type)),
                                 STR_ARG(bind__type_text(bind, attributes[i].type)), at);
            goto refused;
        }
        array_push(&items, coerced);
    }
    if (at < row->items.count) {
        error = error_detail(bind__error(bind, CANNOT_COERCE, location),
                             "Input has too many columns.");
        goto refused;
    }
    made->items = BIND_LIST(bind, QExprList, items);
    made->type = base;
    made->typmod = -1;
    made->location = location;
    if (base == target) return &made->base;
    return make_domain(bind, &made->base, base, typmod, target, context, form, location, false);
refused:
    if (!error) error = bind__error(bind, CANNOT_COERCE, location);
    error_raise(error_message(error, "cannot cast type %.*s to %.*s",
                              STR_ARG(bind__type_text(bind, expr->type)),
                              STR_ARG(bind__type_text(bind, target))));
}

static QExpr *follow_path(const Bind *bind, QExpr *expr, CoercePath path, Oid function, Oid target,
                          int32_t typmod, char context, QCallForm form, int32_t location)
{
    int32_t base_typmod = typmod;
    Oid base = bind__base_type(bind, target, &base_typmod);
    if (path == PATH_RELABEL) {
        QExpr *made = make_domain(bind, expr, base, base_typmod, target, context, form, location,
                                  false);
        if (made != expr) return made;
        return make_relabel(bind, expr, target, -1, form, location);
    }
    QExpr *made;
    if (path == PATH_FUNCTION)
        made = call_cast_function(bind, function, expr, base, base_typmod, context, form, location);
    else if (path == PATH_IO)
        made = make_io(bind, expr, base, form, location);
    else
        made = make_array(bind, expr, base, base_typmod, context, form, location);
    if (target != base)
        made = make_domain(bind, made, base, base_typmod, target, context, form, location, true);
    return made;
}

static QExpr *coerce_collate(const Bind *bind, const QCollate *node, Oid target, int32_t typmod,
                             char context, QCallForm form, int32_t location)
{
    QExpr *arg = bind__coerce_type(bind, node->arg, target, typmod, context, form, location);
    Oid collation = bind__type_collation(bind, target);
    if (!collation) return arg; /* the new type has none: the clause is void */
    QCollate *made = query_copy(bind->arena, node);
    made->arg = arg;
    made->type = arg->type;
    made->typmod = arg->typmod;
    return &made->base;
}

static bool takes_all(Oid target)
{
    return target == OID_ANY || target == OID_ANYELEMENT || target == OID_ANYNONARRAY ||
           target == OID_ANYCOMPATIBLE || target == OID_ANYCOMPATIBLENONARRAY;
}

QExpr *bind__coerce_type(const Bind *bind, QExpr *expr, Oid target, int32_t typmod, char context,
                         QCallForm form, int32_t location)
{
    Oid source = expr->type, function;
    task_check();
    if (target == source || takes_all(target)) return expr;
    if (bind__is_polymorphic(target) && source != OID_UNKNOWN) {
        Oid base = bind__base_type(bind, source, NULL);
        return base == source ? expr
                              : make_relabel(bind, expr, base, -1, Q_CALL_IMPLICIT_CAST, location);
    }
    if (bind__is_unknown_const(expr))
        return coerce_literal(bind, Q_AS(Const, expr), target, typmod, context, form, location);
    if (expr->kind == Q_PARAM && source == OID_UNKNOWN) {
        QExpr *made = bind__param_coerced(bind, Q_AS(Param, expr), target, typmod, location);
        if (made) return made;
    }
    if (expr->kind == Q_COLLATE)
        return coerce_collate(bind, Q_AS(Collate, expr), target, typmod, context, form, location);
    CoercePath path = bind__coerce_path(bind, target, source, context, &function);
    if (path != PATH_NONE)
        return follow_path(bind, expr, path, function, target, typmod, context, form, location);
    if (source == OID_UNKNOWN) return make_io(bind, expr, target, form, location);
    if (source == OID_RECORD && bind__is_complex(bind, target))
        return coerce_record(bind, expr, target, context, form, location);
    if (target == OID_RECORD || target == OID_RECORD_ARRAY)
        return make_relabel(bind, expr, target, -1, form, location);
    raise_error(SQLSTATE_INTERNAL_ERROR, "failed to find conversion function from %.*s to %.*s",
                STR_ARG(bind__type_text(bind, source)), STR_ARG(bind__type_text(bind, target)));
}

QExpr *bind__coerce(const Bind *bind, QExpr *expr, Oid target, int32_t typmod, char context,
                    QCallForm form, int32_t location)
{
    Oid source = expr->type;
    if (!bind__can_coerce(bind, 1, &source, &target, context)) return NULL;
    /* COLLATE on top stays on top, so that it is not lost below a conversion. */
    QCollate *collate = NULL;
    while (expr->kind == Q_COLLATE && bind__type_collation(bind, target)) {
        if (!collate) collate = Q_AS(Collate, expr);
        expr = Q_AS(Collate, expr)->arg;
    }
    QExpr *made = bind__coerce_type(bind, expr, target, typmod, context, form, location);
    int32_t base_typmod = typmod;
    Oid base = bind__base_type(bind, target, &base_typmod);
    if (base == target) /* typmod -1: a length is forgotten */
        made = coerce_length(bind, made, target, typmod, context, form, location,
                             made != expr && made->kind != Q_CONST);
    if (!collate) return made;
    QCollate *over = query_copy(bind->arena, collate);
    over->arg = made;
    over->type = made->type;
    over->typmod = made->typmod;
    return &over->base;
}

/* ---- places that want a certain type */

QExpr *bind__coerce_named(const Bind *bind, QExpr *expr, Oid target, const char *construct)
{
    if (expr->type != target) {
        QExpr *made = bind__coerce(bind, expr, target, -1, 'a', Q_CALL_IMPLICIT_CAST,
                                   NODE_NO_LOCATION);
        if (!made)
            bind__raise(bind, DATATYPE_MISMATCH, bind__location(expr),
                        "argument of %s must be type %.*s, not type %.*s", construct,
                        STR_ARG(bind__type_text(bind, target)),
                        STR_ARG(bind__type_text(bind, expr->type)));
        expr = made;
    }
    if (bind__returns_set(expr))
        bind__raise(bind, DATATYPE_MISMATCH, bind__location(expr),
                    "argument of %s must not return a set", construct);
    return expr;
}

QExpr *bind__coerce_boolean(const Bind *bind, QExpr *expr, const char *construct)
{
    return bind__coerce_named(bind, expr, OID_BOOL, construct);
}

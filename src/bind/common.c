/* SPDX-License-Identifier: Apache-2.0 */
/* common.c - one type for several expressions (UNION, CASE, ARRAY, VALUES, ...), and what polymorphic arguments stand
 * for. */
#include "bind/bind_internal.h"

/* The choice among types alone; `at` gets the position of the one that decided, `bad` of one that does not fit (then
 * the result is 0). Unknown literals have no say. */
static Oid common_of(const Bind *bind, const Oid *types, uint32_t count, uint32_t *at,
                     uint32_t *bad)
{
    *at = 0;
    *bad = count;
    uint32_t same = 1;
    while (same < count && types[same] == types[0]) same++;
    if (same == count && types[0] != OID_UNKNOWN) return types[0];
    Oid chosen = bind__base_type(bind, types[0], NULL);
    for (uint32_t i = 1; i < count; i++) {
        Oid type = bind__base_type(bind, types[i], NULL);
        if (type == OID_UNKNOWN || type == chosen) continue;
        if (chosen == OID_UNKNOWN) {
            chosen = type;
            *at = i;
        } else if (bind__category(bind, type) != bind__category(bind, chosen)) {
            *bad = i;
            return 0;
        } else if (!bind__type(bind, chosen)->preferred &&
                   bind__can_coerce(bind, 1, &chosen, &type, 'i') &&
                   !bind__can_coerce(bind, 1, &type, &chosen, 'i')) {
            chosen = type;
            *at = i;
        }
    }
    return chosen == OID_UNKNOWN ? OID_TEXT : chosen;
}

Oid bind__common_type(const Bind *bind, QExpr *const *exprs, uint32_t count, const char *context,
                      QExpr **which)
{
    Oid *types = ARENA_ARRAY(bind->arena, Oid, count);
    for (uint32_t i = 0; i < count; i++) types[i] = exprs[i]->type;
    uint32_t at, bad;
    Oid chosen = common_of(bind, types, count, &at, &bad);
    if (chosen) {
        if (which) *which = exprs[at];
        return chosen;
    }
    if (!context) return 0;
    /* The two that clash: the best so far, and the one that does not fit. */
    Oid before = bind__base_type(bind, common_of(bind, types, bad, &at, &(uint32_t){0}), NULL);
    bind__raise(bind, DATATYPE_MISMATCH, bind__location(exprs[bad]),
                "%s types %.*s and %.*s cannot be matched", context,
                STR_ARG(bind__type_text(bind, before)),
                STR_ARG(bind__type_text(bind, bind__base_type(bind, types[bad], NULL))));
}

int32_t bind__common_typmod(QExpr *const *exprs, uint32_t count, Oid type)
{
    for (uint32_t i = 0; i < count; i++)
        if (exprs[i]->type != type || exprs[i]->typmod != exprs[0]->typmod) return -1;
    return count ? exprs[0]->typmod : -1;
}

QExpr *bind__coerce_common(const Bind *bind, QExpr *expr, Oid type, const char *context)
{
    if (expr->type == type) return expr;
    if (bind__can_coerce(bind, 1, &expr->type, &type, 'i'))
        return bind__coerce_type(bind, expr, type, -1, 'i', Q_CALL_IMPLICIT_CAST, NODE_NO_LOCATION);
    bind__raise(bind, CANNOT_COERCE, bind__location(expr), "%s could not convert type %.*s to %.*s",
                context, STR_ARG(bind__type_text(bind, expr->type)),
                STR_ARG(bind__type_text(bind, type)));
}

/* ---- polymorphic types */

typedef struct Poly {
    const Bind *bind;
    bool quiet; /* false instead of an error */
    Oid element, array, range, multirange;
    bool any_simple, any_compatible, nonarray, enumeration, compatible_nonarray;
    bool want_range, want_multirange;
    ARRAY_OF(Oid) compatible;
    Oid compatible_type, compatible_range, compatible_multirange;
} Poly;

#define POLY_FAIL(p, ...)                                                                 \
    do {                                                                                  \
        if ((p)->quiet) return false;                                                     \
        error_raise(error_message(error_begin(SQLSTATE_DATATYPE_MISMATCH), __VA_ARGS__)); \
    } while (0)

static bool unlike(Poly *p, const char *declared, Oid a, Oid b)
{
    if (p->quiet) return false;
    Error *error = error_begin(SQLSTATE_DATATYPE_MISMATCH);
    error_message(error, "arguments declared \"%s\" are not all alike", declared);
    error_raise(error_detail(error, "%.*s versus %.*s", STR_ARG(bind__type_text(p->bind, a)),
                             STR_ARG(bind__type_text(p->bind, b))));
}

static bool take_alike(Poly *p, Oid *slot, Oid actual, const char *declared)
{
    if (*slot && *slot != actual) return unlike(p, declared, *slot, actual);
    *slot = actual;
    return true;
}

static bool not_a(Poly *p, const char *declared, const char *what, Oid actual)
{
    POLY_FAIL(p, "argument declared %s is not %s but type %.*s", declared, what,
              STR_ARG(bind__type_text(p->bind, actual)));
}

static bool inconsistent(Poly *p, const char *a, const char *b, Oid x, Oid y)
{
    if (p->quiet) return false;
    Error *error = error_begin(SQLSTATE_DATATYPE_MISMATCH);
    error_message(error, "argument declared %s is not consistent with argument declared %s", a, b);
    error_raise(error_detail(error, "%.*s versus %.*s", STR_ARG(bind__type_text(p->bind, x)),
                             STR_ARG(bind__type_text(p->bind, y))));
}

static bool take_compatible(Poly *p, Oid declared, Oid actual)
{
    const Bind *bind = p->bind;
    p->any_compatible = true;
    if (declared == OID_ANYCOMPATIBLENONARRAY) p->compatible_nonarray = true;
    if (actual == OID_UNKNOWN) return true;
    if (declared == OID_ANYCOMPATIBLE || declared == OID_ANYCOMPATIBLENONARRAY) {
        array_push(&p->compatible, actual);
        return true;
    }
    Oid base = bind__base_type(bind, actual, NULL);
    if (declared == OID_ANYCOMPATIBLEARRAY) {
        Oid element = actual == declared ? OID_ANYCOMPATIBLE : bind__array_element(bind, base);
        if (!element) return not_a(p, "anycompatiblearray", "an array", base);
        array_push(&p->compatible, element);
        return true;
    }
    if (declared == OID_ANYCOMPATIBLEMULTIRANGE) {
        Oid range = bind__multirange_range(bind, base);
        if (!range) return not_a(p, "anycompatiblemultirange", "a multirange type", base);
        if (!take_alike(p, &p->compatible_multirange, base, "anycompatiblemultirange"))
            return false;
        if (!take_alike(p, &p->compatible_range, range, "anycompatiblerange")) return false;
        array_push(&p->compatible, bind__range_subtype(bind, range));
        return true;
    }
    Oid subtype = bind__range_subtype(bind, base);
    if (!subtype) return not_a(p, "anycompatiblerange", "a range type", base);
    if (!take_alike(p, &p->compatible_range, base, "anycompatiblerange")) return false;
    array_push(&p->compatible, subtype);
    return true;
}

static bool take_argument(Poly *p, Oid declared, Oid actual)
{
    if (bind__is_polymorphic_compatible(declared)) return take_compatible(p, declared, actual);
    if (!bind__is_polymorphic_simple(declared)) return true;
    p->any_simple = true;
    if (declared == OID_ANYNONARRAY) p->nonarray = true;
    if (declared == OID_ANYENUM) p->enumeration = true;
    if (declared == OID_ANYRANGE) p->want_range = true;
    if (declared == OID_ANYMULTIRANGE) p->want_multirange = true;
    if (actual == OID_UNKNOWN) return true;
    Oid base = bind__base_type(p->bind, actual, NULL);
    switch (declared) {
    case OID_ANYARRAY: return take_alike(p, &p->array, base, "anyarray");
    case OID_ANYRANGE: return take_alike(p, &p->range, base, "anyrange");
    case OID_ANYMULTIRANGE: return take_alike(p, &p->multirange, base, "anymultirange");
    default: return take_alike(p, &p->element, actual, "anyelement");
    }
}

static bool settle_array(Poly *p)
{
    if (!p->array || p->array == OID_ANYARRAY) return true;
    Oid element = bind__array_element(p->bind, p->array);
    if (!element) return not_a(p, "anyarray", "an array", p->array);
    if (!p->element)
        p->element = element;
    else if (p->element != element)
        return inconsistent(p, "anyarray", "anyelement", p->array, p->element);
    return true;
}

static bool settle_range(Poly *p)
{
    if (p->multirange) {
        Oid range = bind__multirange_range(p->bind, p->multirange);
        if (!range) return not_a(p, "anymultirange", "a multirange type", p->multirange);
        if (!p->range)
            p->range = range;
        else if (p->range != range)
            return inconsistent(p, "anymultirange", "anyrange", p->multirange, p->range);
    }
    if (!p->range) return true;
    if (!p->multirange) p->multirange = bind__type(p->bind, p->range)->multirange;
    Oid subtype = bind__range_subtype(p->bind, p->range);
    if (!subtype) return not_a(p, "anyrange", "a range type", p->range);
    if (!p->element)
        p->element = subtype;
    else if (p->element != subtype)
        return inconsistent(p, "anyrange", "anyelement", p->range, p->element);
    return true;
}

static bool settle_simple(Poly *p)
{
    if (!p->any_simple) return true;
    if (!settle_array(p) || !settle_range(p)) return false;
    if (!p->element && p->array == OID_ANYARRAY) p->element = OID_ANYELEMENT;
    if (!p->element) {
        if (p->quiet) return true; /* unknown literals fit anything */
        if (p->range || p->multirange) return true;
        POLY_FAIL(p, "could not determine polymorphic type because input has type unknown");
    }
    if (!p->quiet && p->want_range && !p->range)
        POLY_FAIL(p, "could not determine polymorphic type %s because input has type %s",
                  "anyrange", "unknown");
    if (!p->quiet && p->want_multirange && !p->multirange)
        POLY_FAIL(p, "could not determine polymorphic type %s because input has type %s",
                  "anymultirange", "unknown");
    Oid base = bind__base_type(p->bind, p->element, NULL);
    if (p->nonarray && bind__array_element(p->bind, base))
        POLY_FAIL(p, "type matched to anynonarray is an array type: %.*s",
                  STR_ARG(bind__type_text(p->bind, p->element)));
    if (p->enumeration && bind__type(p->bind, p->element)->kind != 'e' && p->element != OID_ANYENUM)
        POLY_FAIL(p, "type matched to anyenum is not an enum type: %.*s",
                  STR_ARG(bind__type_text(p->bind, p->element)));
    return true;
}

static bool settle_compatible(Poly *p)
{
    if (!p->any_compatible) return true;
    p->compatible_type = OID_TEXT;
    if (p->compatible.count) {
        uint32_t at, bad;
        p->compatible_type = common_of(p->bind, p->compatible.items, p->compatible.count, &at,
                                       &bad);
        if (!p->compatible_type)
            POLY_FAIL(p, "arguments of anycompatible family cannot be cast to a common type");
        for (uint32_t i = 0; i < p->compatible.count; i++) {
            const Oid from = p->compatible.items[i];
            if (from == p->compatible_type) continue; /* it may be anycompatible itself */
            if (!bind__can_coerce(p->bind, 1, &from, &p->compatible_type, 'i'))
                POLY_FAIL(p, "arguments of anycompatible family cannot be cast to a common type");
        }
    }
    if (p->compatible_range) {
        if (!p->compatible_multirange)
            p->compatible_multirange = bind__type(p->bind, p->compatible_range)->multirange;
        if (bind__range_subtype(p->bind, p->compatible_range) != p->compatible_type)
            POLY_FAIL(p, "anycompatiblerange type %.*s does not match anycompatible type %.*s",
                      STR_ARG(bind__type_text(p->bind, p->compatible_range)),
                      STR_ARG(bind__type_text(p->bind, p->compatible_type)));
    }
    if (p->compatible_nonarray && bind__array_element(p->bind, p->compatible_type))
        POLY_FAIL(p, "type matched to anycompatiblenonarray is an array type: %.*s",
                  STR_ARG(bind__type_text(p->bind, p->compatible_type)));
    return true;
}

static bool settle(Poly *p, const Oid *actual, const Oid *declared, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (!take_argument(p, declared[i], actual[i])) return false;
    return settle_simple(p) && settle_compatible(p);
}

bool bind__check_polymorphic(const Bind *bind, const Oid *actual, const Oid *declared,
                             uint32_t count)
{
    Poly p = {.bind = bind, .quiet = true, .compatible = {.arena = bind->arena}};
    return settle(&p, actual, declared, count);
}

static Oid array_of(const Poly *p, Oid element)
{
    Oid array = element == OID_ANYELEMENT      ? OID_ANYARRAY
                : element == OID_ANYCOMPATIBLE ? OID_ANYCOMPATIBLEARRAY
                                               : bind__array_type(p->bind, element);
    if (!array)
        raise_error(SQLSTATE_UNDEFINED_OBJECT, "could not find array type for data type %.*s",
                    STR_ARG(bind__type_text(p->bind, element)));
    return array;
}

static Oid meant_by(const Poly *p, Oid declared)
{
    switch (declared) {
    case OID_ANYELEMENT:
    case OID_ANYNONARRAY:
    case OID_ANYENUM: return p->element;
    case OID_ANYARRAY: return p->array ? p->array : array_of(p, p->element);
    case OID_ANYRANGE: return p->range;
    case OID_ANYMULTIRANGE: return p->multirange;
    case OID_ANYCOMPATIBLE:
    case OID_ANYCOMPATIBLENONARRAY: return p->compatible_type;
    case OID_ANYCOMPATIBLEARRAY: return array_of(p, p->compatible_type);
    case OID_ANYCOMPATIBLERANGE: return p->compatible_range;
    case OID_ANYCOMPATIBLEMULTIRANGE: return p->compatible_multirange;
    default: return declared;
    }
}

Oid bind__resolve_polymorphic(const Bind *bind, const Oid *actual, Oid *declared, uint32_t count,
                              Oid result, bool allow_poly)
{
    Poly p = {.bind = bind, .quiet = allow_poly, .compatible = {.arena = bind->arena}};
    bool any = false;
    settle(&p, actual, declared, count);
    for (uint32_t i = 0; i < count; i++) {
        if (!bind__is_polymorphic(declared[i])) continue;
        declared[i] = meant_by(&p, declared[i]);
        any = true;
    }
    /* Without an argument to tell (array_in), the result is what was declared. */
    return any && bind__is_polymorphic(result) ? meant_by(&p, result) : result;
}

void bind__coerce_args(const Bind *bind, QExpr **args, const Oid *actual, const Oid *declared,
                       uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (actual[i] != declared[i])
            args[i] = bind__coerce_type(bind, args[i], declared[i], -1, 'i', Q_CALL_IMPLICIT_CAST,
                                        NODE_NO_LOCATION);
}

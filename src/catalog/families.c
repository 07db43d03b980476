/* SPDX-License-Identifier: Apache-2.0 */
/* families.c - casts, operator classes and families: which operator sorts, which one tells equality, and what is
 * binary-coercible. */
#include "catalog/catalog_internal.h"

#include "base/oids.h"

/* Users' casts, few or none, are kept whole. */
typedef struct CatCasts {
    CatEntry entry;
    const CatCast *list;
    uint32_t count;
} CatCasts;

static CatEntry *load_casts(CatalogView *view, Arena *arena, const CatKey *key)
{
    ARRAY_OF(CatCast) list = {.arena = arena};
    (void)key;
    CatScan *scan = cat_scan_open(view, PG_CAST, CAT_INDEX_NONE, NULL, 0);
    for (CatRow row; cat_scan_next(scan, &row);) {
        const Datum *v = row.values;
        const CatCast cast = {.oid = v[PG_CAST_OID].value.u32,
                              .source = v[PG_CAST_CASTSOURCE].value.u32,
                              .target = v[PG_CAST_CASTTARGET].value.u32,
                              .function = v[PG_CAST_CASTFUNC].value.u32,
                              .context = (char)v[PG_CAST_CASTCONTEXT].value.i16,
                              .method = (char)v[PG_CAST_CASTMETHOD].value.i16};
        if (cast.oid >= OID_FIRST_UNPINNED) array_push(&list, cast);
    }
    cat_scan_close(scan);
    CatCasts *casts = ARENA_NEW(arena, CatCasts);
    casts->list = list.items;
    casts->count = list.count;
    return &casts->entry;
}

const CatCast *cat_cast(CatalogView *view, Oid source, Oid target)
{
    const BuiltinCast *b = builtin_cast(source, target);
    if (b) return &view->catalog->builtin.casts[b - builtins.casts];
    if (!view->db->tables[PG_CAST]) return NULL;
    const CatKey key = {view->db->oid, CLASS_PG_CAST | CAT_KEY_WHOLE, 0, {0}};
    const CatCasts *casts = (const CatCasts *)cat__entry(view, &key, load_casts);
    for (uint32_t i = 0; i < casts->count; i++)
        if (casts->list[i].source == source && casts->list[i].target == target)
            return &casts->list[i];
    return NULL;
}

bool cat__is_array(const CatType *type)
{
    /* record[] is the one whose category is another: it is a pseudo-type. */
    return type && (type->category == 'A' || type->oid == OID_RECORD_ARRAY) && type->element;
}

bool cat__binary_coercible(CatalogView *view, Oid source, Oid target)
{
    if (source == target || target == OID_ANY || target == OID_ANYELEMENT ||
        target == OID_ANYCOMPATIBLE)
        return true;
    const CatType *type = cat_type(view, source);
    if (!type) return false;
    while (type->kind == 'd') {
        if (type->base == target) return true;
        type = cat_type(view, type->base);
        if (!type) return false;
    }
    switch (target) {
    case OID_ANYARRAY:
    case OID_ANYCOMPATIBLEARRAY: return cat__is_array(type);
    case OID_ANYNONARRAY:
    case OID_ANYCOMPATIBLENONARRAY: return !cat__is_array(type);
    case OID_ANYENUM: return type->kind == 'e';
    case OID_ANYRANGE:
    case OID_ANYCOMPATIBLERANGE: return type->kind == 'r';
    case OID_ANYMULTIRANGE:
    case OID_ANYCOMPATIBLEMULTIRANGE: return type->kind == 'm';
    case OID_RECORD: return type->kind == 'c';
    default: break;
    }
    const CatCast *cast = cat_cast(view, type->oid, target);
    return cast && cast->method == 'b' && cast->context == 'i';
}

const CatOpclass *cat_opclass(CatalogView *view, Oid oid)
{
    return cat__builtin_opclass(&view->catalog->builtin, oid);
}

Oid cat_opclass_search(CatalogView *view, Oid method, CatName name)
{
    for (uint32_t i = 0; i < builtins.opclasses_count; i++) {
        const CatOpclass *c = &view->catalog->builtin.opclasses[i];
        if (c->method == method && str_equal(c->name, name.name) &&
            (!name.schema.bytes || str_equal(name.schema, STR("pg_catalog"))))
            return c->oid;
    }
    return 0;
}

bool cat_opclass_accepts(CatalogView *view, Oid opclass, Oid type)
{
    const CatOpclass *class_ = cat_opclass(view, opclass);
    return class_ && cat__binary_coercible(view, type, class_->type);
}

/* The type itself decides; else a class of a type it coerces to, a preferred type first, and no two that are not. */
const CatOpclass *cat_opclass_default(CatalogView *view, Oid method, Oid type)
{
    const CatType *of = cat_type(view, type);
    while (of && of->kind == 'd') of = cat_type(view, of->base);
    if (!of) return NULL;
    const CatOpclass *preferred = NULL, *other = NULL;
    uint32_t preferred_count = 0, other_count = 0;
    for (uint32_t i = 0; i < builtins.opclasses_count; i++) {
        const CatOpclass *c = &view->catalog->builtin.opclasses[i];
        if (c->method != method || !c->fallback) continue;
        if (c->type == of->oid) return c;
        if (!cat__binary_coercible(view, of->oid, c->type)) continue;
        const CatType *accepts = cat_type(view, c->type);
        if (accepts && accepts->preferred && accepts->category == of->category) {
            preferred = c;
            preferred_count++;
        } else {
            other = c;
            other_count++;
        }
    }
    return preferred_count == 1 ? preferred : !preferred_count && other_count == 1 ? other : NULL;
}

static int family_operator_order(const BuiltinFamilyOperator *a, Oid family, Oid left, Oid right,
                                 int16_t strategy)
{
    if (a->family != family) return a->family < family ? -1 : 1;
    if (a->left != left) return a->left < left ? -1 : 1;
    if (a->right != right) return a->right < right ? -1 : 1;
    return (a->strategy > strategy) - (a->strategy < strategy);
}

Oid cat_family_operator(CatalogView *view, Oid family, Oid left, Oid right, int16_t strategy)
{
    uint32_t low = 0, high = builtins.family_operators_count;
    (void)view;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        const BuiltinFamilyOperator *member = &builtins.family_operators[middle];
        const int order = family_operator_order(member, family, left, right, strategy);
        if (order == 0) return member->operator;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return 0;
}

const CatOperatorFamily *cat_operator_families(CatalogView *view, Oid op, uint32_t *count)
{
    const CatBuiltins *made = &view->catalog->builtin;
    uint32_t low = 0, high = made->operator_family_count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (made->operator_family_of[middle] < op)
            low = middle + 1;
        else
            high = middle;
    }
    for (*count = 0; low + *count < made->operator_family_count &&
                     made->operator_family_of[low + *count] == op;)
        ++*count;
    return made->operator_families + low;
}

/* ---- a type's own operators: an array, a row or a range compares when its parts do */

typedef enum TypeOperator { TYPE_LESS = 1, TYPE_EQUAL = 3, TYPE_GREATER = 5 } TypeOperator;

static Oid type_operator(CatalogView *view, Oid type, TypeOperator wanted);

static bool parts_have(CatalogView *view, const CatType *type, TypeOperator wanted)
{
    if (cat__is_array(type)) return type_operator(view, type->element, wanted) != 0;
    if (type->kind == 'r' || type->kind == 'm')
        return type_operator(view, type->range_subtype, wanted) != 0;
    if (type->kind != 'c') return true;
    const CatRelation *relation = cat_relation(view, type->relation);
    for (int16_t i = 0; relation && i < relation->column_count; i++) {
        const CatColumn *column = &relation->columns[i];
        if (!column->dropped && !type_operator(view, column->type, wanted)) return false;
    }
    return true;
}

static Oid class_operator(CatalogView *view, Oid method, Oid type, int16_t strategy)
{
    const CatOpclass *c = cat_opclass_default(view, method, type);
    return c ? cat_family_operator(view, c->family, c->type, c->type, strategy) : 0;
}

static Oid type_operator(CatalogView *view, Oid oid, TypeOperator wanted)
{
    task_check();
    const CatType *type = cat_type(view, oid);
    while (type && type->kind == 'd') type = cat_type(view, type->base);
    if (!type || !parts_have(view, type, wanted)) return 0;
    const Oid op = class_operator(view, METHOD_BTREE, type->oid, (int16_t)wanted);
    if (op || wanted != TYPE_EQUAL) return op;
    return class_operator(view, METHOD_HASH, type->oid, 1);
}

Oid cat_type_equality(CatalogView *view, Oid type)
{
    return type_operator(view, type, TYPE_EQUAL);
}

Oid cat_type_less(CatalogView *view, Oid type)
{
    return type_operator(view, type, TYPE_LESS);
}

Oid cat_type_greater(CatalogView *view, Oid type)
{
    return type_operator(view, type, TYPE_GREATER);
}

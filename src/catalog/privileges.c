/* SPDX-License-Identifier: Apache-2.0 */
/* privileges.c - who may do what: aclitem arrays, their defaults, and the checks with PostgreSQL's words.
 *
 * An object's owner and privileges are an entry of their own (CAT_KEY_ACL), apart from the object's: they are asked
 * also for objects whose other facts are built in. */
#include "catalog/catalog_internal.h"

#include "base/arith.h"
#include "base/oids.h"
#include "type/array.h"

typedef struct CatAcl {
    CatEntry entry;
    Oid owner;
    char kind; /* relkind */
    Str name;
    const AclItem *items;
    uint32_t count;
} CatAcl;

/* ---- aclitem arrays */

AclItem cat_acl_item(Bytes stored)
{
    if (NEVER(stored.bytes != 16)) return (AclItem){0};
    return (AclItem){load_le32(stored.data), load_le32(stored.data + 4), load_le32(stored.data + 8),
                     load_le32(stored.data + 12)};
}

static const Type *acl_item_type(void)
{
    static const Type plain = {.oid = OID_ACLITEM, .phys = PHYS_STR};
    const BuiltinType *builtin = builtin_type(OID_ACLITEM);
    return builtin && builtin->type ? builtin->type : &plain;
}

Datum cat_acl_build(Arena *arena, const AclItem *items, uint32_t count)
{
    Datum *values = ARENA_ARRAY(arena, Datum, count + 1);
    for (uint32_t i = 0; i < count; i++) {
        uint8_t *bytes = arena_alloc(arena, 16);
        store_le32(bytes, items[i].grantee);
        store_le32(bytes + 4, items[i].grantor);
        store_le32(bytes + 8, items[i].privileges);
        store_le32(bytes + 12, items[i].grantable);
        if (acl_item_type()->phys == PHYS_STR)
            values[i] = datum_str((Str){(const char *)bytes, 16});
        else
            memcpy(&values[i].value, bytes, 16);
    }
    return datum_str(array_build(arena, acl_item_type(), values, count));
}

uint32_t cat_acl_read(Arena *arena, Str stored, AclItem **items)
{
    ArrayView view;
    *items = NULL;
    if (!stored.data || !array_view(stored, &view)) return 0;
    *items = ARENA_ARRAY(arena, AclItem, view.count + 1);
    uint32_t count = 0;
    for (uint32_t i = 0; i < view.count; i++) {
        const Bytes bytes = array_element(&view, i);
        if (bytes.bytes == 16) (*items)[count++] = cat_acl_item(bytes);
    }
    return count;
}

uint32_t cat_privileges_of_class(Oid class_, char relkind)
{
    const CatClass *c = cat_class(class_);
    if (c && c->table == PG_CLASS && relkind == 'S') return PRIV_SELECT | PRIV_UPDATE | PRIV_USAGE;
    return c ? c->all : 0;
}

uint32_t cat_acl_default(Oid class_, char relkind, Oid owner, AclItem items[2])
{
    const CatClass *c = cat_class(class_);
    uint32_t count = 0;
    if (c->public_) items[count++] = (AclItem){0, owner, c->public_, 0};
    items[count++] = (AclItem){owner, owner, cat_privileges_of_class(class_, relkind), 0};
    return count;
}

/* ---- an object's privileges */

static CatEntry *load_acl(CatalogView *view, Arena *arena, const CatKey *key)
{
    const Oid class_ = key->class_ & ~(Oid)CAT_KEY_ACL;
    const CatClass *c = cat_class(class_);
    const Datum *row = cat__object_row(view, arena, (CatObject){class_, key->oid, 0});
    if (!row) return NULL;
    CatAcl *acl = ARENA_NEW(arena, CatAcl);
    acl->owner = c->owner == CAT_NO_COLUMN ? (Oid)ROLE_BOOTSTRAP : row[c->owner].value.u32;
    acl->kind = c->table == PG_CLASS ? (char)row[PG_CLASS_RELKIND].value.i16 : 0;
    AclItem *items = NULL;
    if (c->acl == CAT_NO_COLUMN) return &acl->entry;
    if (row[c->acl].null) {
        items = ARENA_ARRAY(arena, AclItem, 2);
        acl->count = cat_acl_default(class_, acl->kind, acl->owner, items);
    } else {
        acl->count = cat_acl_read(arena, datum_text(&row[c->acl]), &items);
    }
    acl->items = items;
    return &acl->entry;
}

static const CatAcl *acl_of(CatalogView *view, CatObject object)
{
    const CatClass *c = cat_class(object.class_);
    if (!c || !view->db->tables[c->table]) return NULL;
    const CatalogTableInfo *info = &catalog_tables[c->table];
    const CatKey key = {info->shared ? 0 : view->db->oid, info->oid | CAT_KEY_ACL, object.oid, {0}};
    return (const CatAcl *)cat__entry(view, &key, load_acl);
}

/* The privileges among `wanted` that the items give to the role, directly, through roles it inherits, or as PUBLIC. */
static uint32_t granted(CatalogView *view, Oid role, const AclItem *items, uint32_t count,
                        uint32_t wanted, bool grantable)
{
    uint32_t have = 0;
    for (uint32_t i = 0; i < count && have != wanted; i++) {
        const uint32_t gives = (grantable ? items[i].grantable : items[i].privileges) & wanted;
        if (!(gives & ~have)) continue;
        if (!items[i].grantee || cat__has_privileges_of(view, role, items[i].grantee))
            have |= gives;
    }
    return have;
}

uint32_t cat_acl_privileges(CatalogView *view, Oid role, Oid owner, const AclItem *items,
                            uint32_t count, uint32_t wanted, bool grantable)
{
    if (cat__is_superuser(view, role)) return wanted;
    if (grantable && cat__has_privileges_of(view, role, owner)) return wanted;
    return granted(view, role, items, count, wanted, grantable);
}

/* What the predefined roles give besides. */
static uint32_t predefined(CatalogView *view, Oid role, CatObject object, uint32_t missing)
{
    static const struct {
        Oid role, class_;
        uint32_t privileges;
    } gives[] = {
        {6181, CLASS_PG_CLASS, PRIV_SELECT},
        {6181, CLASS_PG_NAMESPACE, PRIV_USAGE},
        {6181, CLASS_PG_LARGEOBJECT, PRIV_SELECT},
        {6181, CLASS_PG_LARGEOBJECT_METADATA, PRIV_SELECT},
        {6182, CLASS_PG_CLASS, PRIV_INSERT | PRIV_UPDATE | PRIV_DELETE},
        {6182, CLASS_PG_NAMESPACE, PRIV_USAGE},
        {6182, CLASS_PG_LARGEOBJECT, PRIV_UPDATE},
        {6182, CLASS_PG_LARGEOBJECT_METADATA, PRIV_UPDATE},
        {6337, CLASS_PG_CLASS, PRIV_MAINTAIN},
    };
    uint32_t have = 0;
    for (size_t i = 0; i < ARRAY_LEN(gives); i++)
        if (gives[i].class_ == object.class_ && gives[i].privileges & missing &&
            cat__has_privileges_of(view, role, gives[i].role))
            have |= gives[i].privileges & missing;
    return have;
}

static uint32_t column_privileges(CatalogView *view, Oid role, CatObject object, uint32_t missing)
{
    const Datum keys[] = {datum_oid(object.oid), datum_i16((int16_t)object.sub)};
    const Datum *row = cat__row(view, PG_ATTRIBUTE_RELID_ATTNUM_INDEX, keys, 2, view->stmt, NULL);
    if (!row || row[PG_ATTRIBUTE_ATTACL].null) return 0;
    AclItem *items;
    const uint32_t count = cat_acl_read(view->stmt, datum_text(&row[PG_ATTRIBUTE_ATTACL]), &items);
    return granted(view, role, items, count, missing, false);
}

/* Nobody but a superuser writes to catalogs. */
static uint32_t without_catalog_writes(CatObject object, uint32_t wanted)
{
    const uint32_t writes = PRIV_INSERT | PRIV_UPDATE | PRIV_DELETE | PRIV_TRUNCATE | PRIV_USAGE;
    const bool is_catalog = object.class_ == CLASS_PG_CLASS &&
                            cat__table_of(object.oid) != CATALOG_TABLE_COUNT;
    return is_catalog ? wanted & ~writes : wanted;
}

/* An array is used as its elements are, a multirange as its range. */
static CatObject whose_privileges(CatalogView *view, CatObject object)
{
    const CatType *type = object.class_ == CLASS_PG_TYPE ? cat_type(view, object.oid) : NULL;
    if (cat__is_array(type)) type = cat_type(view, object.oid = type->element);
    if (type && type->kind == 'm') object.oid = type->range_subtype;
    return object;
}

uint32_t cat_privileges(CatalogView *view, Oid role, CatObject object, uint32_t wanted)
{
    if (cat__is_superuser(view, role)) return wanted;
    object = whose_privileges(view, object);
    const CatAcl *acl = acl_of(view, object);
    if (!acl) return 0;
    if (object.class_ == CLASS_PG_NAMESPACE && object.oid == cat__temporary(view))
        return wanted & (PRIV_USAGE | PRIV_CREATE);
    const uint32_t allowed = without_catalog_writes(object, wanted);
    uint32_t have = granted(view, role, acl->items, acl->count, allowed, false);
    if (have != allowed) have |= predefined(view, role, object, allowed & ~have);
    if (have != allowed && object.sub && object.class_ == CLASS_PG_CLASS)
        have |= column_privileges(view, role, object, allowed & ~have);
    return have;
}

uint32_t cat__grantable(CatalogView *view, Oid role, CatObject object, uint32_t wanted)
{
    const CatAcl *acl = wanted ? acl_of(view, object) : NULL;
    return acl ? cat_acl_privileges(view, role, acl->owner, acl->items, acl->count, wanted, true)
               : 0;
}

/* ---- checks */

/* As SQL writes the type, which of an array is its elements'. */
static _Noreturn void refuse_type(CatalogView *view, Oid oid, const char *what)
{
    const CatType *type = cat_type(view, oid);
    if (cat__is_array(type)) oid = type->element;
    raise_error(SQLSTATE_INSUFFICIENT_PRIVILEGE, "%s type %.*s", what,
                STR_ARG(cat_type_name(view, view->stmt, oid, -1)));
}

static _Noreturn void refuse(CatalogView *view, CatObject object, const char *what,
                             int32_t position)
{
    const CatClass *c = cat_class(object.class_);
    const Datum *row = c ? cat__object_row(view, view->stmt, object) : NULL;
    if (!row) raise_error(SQLSTATE_INTERNAL_ERROR, "cache lookup failed for object %u", object.oid);
    Error *error = error_begin(SQLSTATE_INSUFFICIENT_PRIVILEGE);
    error_message(error, "%s %s %.*s", what, cat__object_noun(c, row),
                  STR_ARG(cat__object_label(view, view->stmt, object, c, row)));
    error_position(error, position);
    error_raise(error);
}

void cat__check_privilege_at(CatalogView *view, CatObject object, uint32_t wanted, int32_t position)
{
    if (cat_privileges(view, view->role, object, wanted) != wanted)
        refuse(view, object, "permission denied for", position);
}

void cat_check_type_usage(CatalogView *view, Oid type)
{
    const CatObject object = {.class_ = CLASS_PG_TYPE, .oid = type};
    if (!cat_privileges(view, view->role, object, PRIV_USAGE))
        refuse_type(view, type, "permission denied for");
}

void cat_check_privilege(CatalogView *view, CatObject object, uint32_t wanted)
{
    cat__check_privilege_at(view, object, wanted, 0);
}

void cat_raise_denied(CatalogView *view, CatObject object)
{
    refuse(view, object, "permission denied for", 0);
}

bool cat_is_owner(CatalogView *view, Oid role, CatObject object)
{
    if (cat__is_superuser(view, role)) return true;
    const CatAcl *acl = acl_of(view, object);
    return acl && cat__has_privileges_of(view, role, acl->owner);
}

void cat_check_owner(CatalogView *view, CatObject object)
{
    if (cat_is_owner(view, view->role, object)) return;
    if (object.class_ == CLASS_PG_TYPE) refuse_type(view, object.oid, "must be owner of");
    refuse(view, object, "must be owner of", 0);
}

void cat_fn_check_execute(Fn *fn)
{
    const CatObject function = {.class_ = CLASS_PG_PROC, .oid = fn->function->oid};
    cat_check_privilege(fn_view(fn), function, PRIV_EXECUTE);
}

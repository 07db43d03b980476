/* SPDX-License-Identifier: Apache-2.0 */
/* depend.c - who needs whom: rows of pg_depend and pg_shdepend, written and taken away. What is built in (an OID below
 * OID_FIRST_UNPINNED) is needed by everything and has no rows. */
#include "catalog/catalog_internal.h"

bool cat__is_pinned(CatObject object)
{
    if (object.class_ == CLASS_PG_NAMESPACE && object.oid == NAMESPACE_PUBLIC) return false;
    if (object.class_ == CLASS_PG_DATABASE) return false;
    if (object.class_ == CLASS_PG_LARGEOBJECT) return false; /* whose OIDs users may choose */
    return object.oid < OID_FIRST_UNPINNED;
}

static bool is_shared_class(Oid class_)
{
    const CatalogTable table = cat__table_of(class_);
    return table != CATALOG_TABLE_COUNT && catalog_tables[table].shared;
}

bool cat_object_lock(CatalogView *view, CatObject object, LockMode mode)
{
    const LockTag tag = {.kind = LOCK_OBJECT,
                         .database = is_shared_class(object.class_) ? 0 : view->db->oid,
                         .a = object.class_,
                         .b = object.oid};
    LockOptions options = {.owner = LOCK_TRANSACTION, .wait = LOCK_WAIT};
    if (!view->options.locks || cat__is_pinned(object)) return true;
    if (view->options.lock_options) view->options.lock_options(view->options.owner, &options);
    CHECK(lock_take(view->options.locks, view->txn, &tag, mode, &options));
    return cat__object_row(view, view->stmt, object) != NULL;
}

static void add_shared(CatalogView *view, CatObject object, CatObject on, char type)
{
    if (on.class_ == CLASS_PG_AUTHID && !cat_object_lock(view, on, LOCK_ACCESS_SHARE))
        raise_error(SQLSTATE_UNDEFINED_OBJECT, "role %u was concurrently dropped", on.oid);
    Datum row[PG_SHDEPEND_COLUMNS] = {0};
    row[PG_SHDEPEND_DBID] = datum_oid(is_shared_class(object.class_) ? 0 : view->db->oid);
    row[PG_SHDEPEND_CLASSID] = datum_oid(object.class_);
    row[PG_SHDEPEND_OBJID] = datum_oid(object.oid);
    row[PG_SHDEPEND_OBJSUBID] = datum_i32(object.sub);
    row[PG_SHDEPEND_REFCLASSID] = datum_oid(on.class_);
    row[PG_SHDEPEND_REFOBJID] = datum_oid(on.oid);
    row[PG_SHDEPEND_DEPTYPE] = datum_char(type);
    (void)cat_insert(view, PG_SHDEPEND, row);
}

void cat_depend_add(CatalogView *view, CatObject object, CatObject on, char type)
{
    if (cat__is_pinned(on)) return;
    if (is_shared_class(on.class_)) {
        add_shared(view, object, on, type == 'n' ? 'a' : type);
        return;
    }
    Datum row[PG_DEPEND_COLUMNS] = {0};
    row[PG_DEPEND_CLASSID] = datum_oid(object.class_);
    row[PG_DEPEND_OBJID] = datum_oid(object.oid);
    row[PG_DEPEND_OBJSUBID] = datum_i32(object.sub);
    row[PG_DEPEND_REFCLASSID] = datum_oid(on.class_);
    row[PG_DEPEND_REFOBJID] = datum_oid(on.oid);
    row[PG_DEPEND_REFOBJSUBID] = datum_i32(on.sub);
    row[PG_DEPEND_DEPTYPE] = datum_char(type);
    (void)cat_insert(view, PG_DEPEND, row);
}

void cat_depend_owner(CatalogView *view, CatObject object, Oid owner)
{
    const CatObject role = {CLASS_PG_AUTHID, owner, 0};
    if (!cat__is_pinned(role)) add_shared(view, object, role, 'o');
}

static void remove_rows(CatalogView *view, CatalogTable table, CatalogIndex index,
                        const Datum *keys, uint32_t key_count)
{
    CatScan *scan = cat_scan_open(view, table, index, keys, key_count);
    for (CatRow row; cat_scan_next(scan, &row);) cat_delete(view, table, row.id);
    cat_scan_close(scan);
}

void cat_depend_remove(CatalogView *view, CatObject object)
{
    const Datum keys[] = {datum_oid(object.class_), datum_oid(object.oid), datum_i32(object.sub)};
    const uint32_t count = object.sub ? 3 : 2;
    remove_rows(view, PG_DEPEND, PG_DEPEND_DEPENDER_INDEX, keys, count);
    const Datum shared[] = {datum_oid(is_shared_class(object.class_) ? 0 : view->db->oid), keys[0],
                            keys[1], keys[2]};
    remove_rows(view, PG_SHDEPEND, PG_SHDEPEND_DEPENDER_INDEX, shared, count + 1);
}

void cat_depend_forget_role(CatalogView *view, CatObject object, Oid role, char type)
{
    const Datum keys[] = {datum_oid(is_shared_class(object.class_) ? 0 : view->db->oid),
                          datum_oid(object.class_), datum_oid(object.oid), datum_i32(object.sub)};
    CatScan *scan = cat_scan_open(view, PG_SHDEPEND, PG_SHDEPEND_DEPENDER_INDEX, keys, 4);
    for (CatRow row; cat_scan_next(scan, &row);)
        if (row.values[PG_SHDEPEND_REFOBJID].value.u32 == role &&
            (char)row.values[PG_SHDEPEND_DEPTYPE].value.i16 == type)
            cat_delete(view, PG_SHDEPEND, row.id);
    cat_scan_close(scan);
}

static bool is_on(const CatRow *row, CatObject on)
{
    return row->values[PG_DEPEND_REFCLASSID].value.u32 == on.class_ &&
           row->values[PG_DEPEND_REFOBJID].value.u32 == on.oid &&
           row->values[PG_DEPEND_REFOBJSUBID].value.i32 == on.sub;
}

void cat_depend_remove_between(CatalogView *view, CatObject object, CatObject on)
{
    const Datum keys[] = {datum_oid(object.class_), datum_oid(object.oid), datum_i32(object.sub)};
    CatScan *scan = cat_scan_open(view, PG_DEPEND, PG_DEPEND_DEPENDER_INDEX, keys, 3);
    for (CatRow row; cat_scan_next(scan, &row);)
        if (is_on(&row, on)) cat_delete(view, PG_DEPEND, row.id);
    cat_scan_close(scan);
}

Oid cat_identity_sequence(CatalogView *view, Oid relation, int16_t column)
{
    const Datum keys[] = {datum_oid(CLASS_PG_CLASS), datum_oid(relation), datum_i32(column)};
    CatScan *scan = cat_scan_open(view, PG_DEPEND, PG_DEPEND_REFERENCE_INDEX, keys, 3);
    Oid sequence = 0;
    for (CatRow row; !sequence && cat_scan_next(scan, &row);)
        if (row.values[PG_DEPEND_CLASSID].value.u32 == CLASS_PG_CLASS &&
            row.values[PG_DEPEND_DEPTYPE].value.i16 == 'i')
            sequence = row.values[PG_DEPEND_OBJID].value.u32;
    cat_scan_close(scan);
    return sequence;
}

/* Comments, labels and first privileges that go with an object. */
void cat_forget_object(CatalogView *view, CatObject object)
{
    cat_depend_remove(view, object);
    const Datum oid_class[] = {datum_oid(object.oid), datum_oid(object.class_),
                               datum_i32(object.sub)};
    const uint32_t count = object.sub ? 3 : 2;
    remove_rows(view, PG_SECLABEL, PG_SECLABEL_OBJECT_INDEX, oid_class, 2);
    remove_rows(view, PG_INIT_PRIVS, PG_INIT_PRIVS_O_C_O_INDEX, oid_class, count);
    if (is_shared_class(object.class_))
        remove_rows(view, PG_SHDESCRIPTION, PG_SHDESCRIPTION_O_C_INDEX, oid_class, 2);
    else
        remove_rows(view, PG_DESCRIPTION, PG_DESCRIPTION_O_C_O_INDEX, oid_class, count);
}

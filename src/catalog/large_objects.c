/* SPDX-License-Identifier: Apache-2.0 */
/* large_objects.c - large objects: rows of pg_largeobject, a page of 2,048 bytes each, and of pg_largeobject_metadata.
 *
 * Pages that were never written are not there and read as zeros, and so does what is missing at a page's end where
 * another page follows; the last page's end is the object's. */
#include "catalog/catalog_internal.h"

enum { LARGE_PAGE_BYTES = 2048 };

static CatObject object_of(Oid oid)
{
    return (CatObject){.class_ = CLASS_PG_LARGEOBJECT, .oid = oid};
}

bool cat_large_object_exists(CatalogView *view, Oid oid)
{
    const Datum key = datum_oid(oid);
    return cat_row_find(view, PG_LARGEOBJECT_METADATA_OID_INDEX, &key, 1, view->stmt) != NULL;
}

static _Noreturn void raise_taken(Oid oid)
{
    Error *error = error_begin(SQLSTATE_UNIQUE_VIOLATION);
    error_message(error, "duplicate key value violates unique constraint "
                         "\"pg_largeobject_metadata_oid_index\"");
    error_detail(error, "Key (oid)=(%u) already exists.", oid);
    error_object(error, STR("pg_catalog"), STR("pg_largeobject_metadata"), (Str){0}, (Str){0},
                 STR("pg_largeobject_metadata_oid_index"));
    error_raise(error);
}

Oid cat_large_object_create(CatalogView *view, Oid wanted)
{
    const Oid oid = wanted ? wanted : cat_new_oid(view, PG_LARGEOBJECT_METADATA);
    if (wanted && cat_large_object_exists(view, wanted)) raise_taken(wanted);
    Datum row[PG_LARGEOBJECT_METADATA_COLUMNS];
    row[PG_LARGEOBJECT_METADATA_OID] = datum_oid(oid);
    row[PG_LARGEOBJECT_METADATA_LOMOWNER] = datum_oid(view->role);
    row[PG_LARGEOBJECT_METADATA_LOMACL] = cat_new_acl(view, CLASS_PG_LARGEOBJECT, 0, view->role, 0);
    (void)cat_insert(view, PG_LARGEOBJECT_METADATA, row);
    cat_depend_on_acl(view, object_of(oid), view->role, &row[PG_LARGEOBJECT_METADATA_LOMACL]);
    cat_depend_owner(view, object_of(oid), view->role);
    return oid;
}

/* ---- pages ---- */

static CatScan *scan_pages(CatalogView *view, Oid oid)
{
    const Datum key = datum_oid(oid);
    return cat_scan_open(view, PG_LARGEOBJECT, PG_LARGEOBJECT_LOID_PN_INDEX, &key, 1);
}

static Str page_data(const CatRow *row)
{
    return strview_str(&row->values[PG_LARGEOBJECT_DATA].value.str);
}

/* False: the page is not there. Its data is copied to `arena`. */
static bool find_page(CatalogView *view, Oid oid, int32_t page, Arena *arena, RowId *id, Str *data)
{
    const Datum keys[2] = {datum_oid(oid), datum_i32(page)};
    CatScan *scan = cat_scan_open(view, PG_LARGEOBJECT, PG_LARGEOBJECT_LOID_PN_INDEX, keys, 2);
    CatRow row;
    const bool found = cat_scan_next(scan, &row);
    if (found) {
        *id = row.id;
        *data = str_copy(arena, page_data(&row));
    }
    cat_scan_close(scan);
    return found;
}

int64_t cat_large_object_size(CatalogView *view, Oid oid)
{
    int64_t size = 0;
    CatScan *scan = scan_pages(view, oid);
    for (CatRow row; cat_scan_next(scan, &row);) {
        task_check();
        const int64_t from = (int64_t)row.values[PG_LARGEOBJECT_PAGENO].value.i32 *
                             LARGE_PAGE_BYTES;
        size = MAX(size, from + (int64_t)page_data(&row).bytes);
    }
    cat_scan_close(scan);
    return size;
}

Str cat_large_object_read(CatalogView *view, Arena *arena, Oid oid, int64_t from, int64_t bytes)
{
    int64_t size = -1; /* not known yet: only holes and short pages ask for it */
    StrBuilder out = str_builder(arena, 0);
    Arena *pages = arena_new_child(arena, "page of a large object");
    for (int64_t at = from; at < from + bytes;) {
        RowId id;
        Str data = {0};
        task_check();
        arena_reset(pages);
        (void)find_page(view, oid, (int32_t)(at / LARGE_PAGE_BYTES), pages, &id, &data);
        const size_t begin = (size_t)(at % LARGE_PAGE_BYTES);
        const size_t wanted = (size_t)MIN((int64_t)(LARGE_PAGE_BYTES - begin), from + bytes - at);
        const Str part = str_slice(data, begin, begin + wanted);
        str_add(&out, part);
        at += (int64_t)part.bytes;
        if (part.bytes == wanted) continue;
        if (size < 0) size = cat_large_object_size(view, oid);
        const int64_t zeros = MIN((int64_t)(wanted - part.bytes), size - at);
        if (zeros <= 0) break;
        str_add_repeat(&out, 0, (size_t)zeros);
        at += zeros;
    }
    arena_drop(pages);
    return str_done(&out);
}

static void put_page(CatalogView *view, Oid oid, int32_t page, bool found, RowId id, Str data)
{
    Datum row[PG_LARGEOBJECT_COLUMNS];
    row[PG_LARGEOBJECT_LOID] = datum_oid(oid);
    row[PG_LARGEOBJECT_PAGENO] = datum_i32(page);
    row[PG_LARGEOBJECT_DATA] = datum_str(data);
    if (found)
        cat_update(view, PG_LARGEOBJECT, id, row);
    else
        (void)cat_insert(view, PG_LARGEOBJECT, row);
}

void cat_large_object_write(CatalogView *view, Oid oid, int64_t from, Str data)
{
    Arena *pages = arena_new_child(view->stmt, "page of a large object");
    for (size_t done = 0; done < data.bytes;) {
        task_check();
        arena_reset(pages);
        const int64_t at = from + (int64_t)done;
        const int32_t page = (int32_t)(at / LARGE_PAGE_BYTES);
        const size_t begin = (size_t)(at % LARGE_PAGE_BYTES);
        const size_t bytes = MIN(LARGE_PAGE_BYTES - begin, data.bytes - done);
        char whole[LARGE_PAGE_BYTES] = "";
        RowId id = {0};
        Str old = {0};
        const bool found = find_page(view, oid, page, pages, &id, &old);
        if (old.bytes) memcpy(whole, old.data, old.bytes);
        memcpy(whole + begin, data.data + done, bytes);
        put_page(view, oid, page, found, id, (Str){whole, MAX(old.bytes, begin + bytes)});
        done += bytes;
    }
    arena_drop(pages);
}

/* Deletes the pages from that number on; the last page's successor has a number that no int32_t holds. */
static void drop_pages(CatalogView *view, Oid oid, int64_t from)
{
    CatScan *scan = scan_pages(view, oid);
    for (CatRow row; cat_scan_next(scan, &row);) {
        task_check();
        if (row.values[PG_LARGEOBJECT_PAGENO].value.i32 >= from)
            cat_delete(view, PG_LARGEOBJECT, row.id);
    }
    cat_scan_close(scan);
}

/* The page where it ends then is there in any case: it says how long the object is. */
void cat_large_object_truncate(CatalogView *view, Oid oid, int64_t bytes)
{
    const int32_t page = (int32_t)(bytes / LARGE_PAGE_BYTES);
    char whole[LARGE_PAGE_BYTES] = "";
    RowId id = {0};
    Str old = {0};
    const bool found = find_page(view, oid, page, view->stmt, &id, &old);
    if (old.bytes) memcpy(whole, old.data, old.bytes);
    put_page(view, oid, page, found, id, (Str){whole, (size_t)(bytes % LARGE_PAGE_BYTES)});
    drop_pages(view, oid, (int64_t)page + 1);
}

static void drop_comments(CatalogView *view, Oid oid)
{
    const Datum keys[2] = {datum_oid(oid), datum_oid(CLASS_PG_LARGEOBJECT)};
    CatScan *scan = cat_scan_open(view, PG_DESCRIPTION, PG_DESCRIPTION_O_C_O_INDEX, keys, 2);
    for (CatRow row; cat_scan_next(scan, &row);) cat_delete(view, PG_DESCRIPTION, row.id);
    cat_scan_close(scan);
}

void cat_large_object_delete(CatalogView *view, Oid oid)
{
    const Datum key = datum_oid(oid);
    drop_pages(view, oid, 0);
    CatScan *scan = cat_scan_open(view, PG_LARGEOBJECT_METADATA, PG_LARGEOBJECT_METADATA_OID_INDEX,
                                  &key, 1);
    for (CatRow row; cat_scan_next(scan, &row);) cat_delete(view, PG_LARGEOBJECT_METADATA, row.id);
    cat_scan_close(scan);
    drop_comments(view, oid);
}

static void drop_one(CatalogView *view, CatObject object, void *arg)
{
    (void)arg;
    cat_large_object_delete(view, object.oid);
}

void cat_large_object_drop(CatalogView *view, Oid oid)
{
    const CatObject object = object_of(oid);
    cat_drop(view, &object, 1, false, drop_one, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* rows.c - rows of catalogs, read and written through the table room. Each scan has a snapshot of its own, the latest
 * when it opens, so that one may change what it reads; scans, snapshots and entries that a raise left open are closed
 * by cat_view_release. */
#include "catalog/catalog_internal.h"

#include "base/builtins.h"

enum { HITS_MAX = 32 };

struct CatScan {
    CatScan *next; /* open, or free */
    CatalogView *view;
    CatalogTable table;
    const CatalogTableInfo *info;
    Table *rows;
    Arena *arena; /* of the scan as a whole */
    Arena *row_arena;
    Snapshot snapshot;
    TableScan *table_scan;
    IndexScan *index_scan;
    IndexHit hits[HITS_MAX];
    uint32_t hit_count, hit_at;
    Batch batch;
    RowId *ids;
    uint32_t batch_at;
    Datum values[CATALOG_COLUMNS_MAX];
};

/* ---- keys */

static const Type *column_type(const CatalogColumn *column)
{
    const BuiltinType *builtin = builtin_type(column->type);
    return builtin ? builtin->type : NULL;
}

/* The normalised key of the first `count` columns of an index, from values in its order. */
static Bytes key_of(Arena *arena, CatalogIndex number, const Datum *values, uint32_t count,
                    bool *cut)
{
    const CatalogIndexInfo *index = &catalog_indexes[number];
    const CatalogColumn *columns = catalog_tables[index->table].columns;
    StrBuilder out = str_builder(arena, 64);
    *cut = false;
    for (uint32_t i = 0; i < count; i++) {
        const CatalogColumn *column = &columns[index->columns[i]];
        const TypeCall call = {.type = column_type(column),
                               .arena = arena,
                               .typmod = -1,
                               .collation = column->collation};
        if (!call.type)
            raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "index \"%s\" has a column without order",
                        index->name);
        *cut |= type_key(&call, &values[i], KEY_ASC, &out) == KEY_CUT;
    }
    const Str key = str_done(&out);
    return (Bytes){(const uint8_t *)key.data, key.bytes};
}

static IndexKey key_of_row(Arena *arena, CatalogIndex number, const Datum *row)
{
    const CatalogIndexInfo *index = &catalog_indexes[number];
    Datum values[CATALOG_INDEX_COLUMNS_MAX];
    bool null = false, cut;
    for (uint32_t i = 0; i < index->column_count; i++) {
        values[i] = row[index->columns[i]];
        null |= values[i].null;
    }
    const Bytes key = key_of(arena, number, values, index->column_count, &cut);
    return (IndexKey){.key = key, .inexact = cut, .never_equal = null};
}

/* For entries that cannot answer alone: the row's key again, from its key columns. */
static bool make_key(void *arg, const Datum *columns, Arena *arena, IndexKey *key)
{
    const CatalogIndexInfo *index = arg;
    bool cut, null = false;
    for (uint32_t i = 0; i < index->column_count; i++) null |= columns[i].null;
    const Bytes bytes = key_of(arena, (CatalogIndex)(index - catalog_indexes), columns,
                               index->column_count, &cut);
    *key = (IndexKey){.key = bytes, .inexact = cut, .never_equal = null};
    return true;
}

/* ---- scans */

static CatScan *scan_new(CatalogView *view)
{
    CatScan *scan = view->free_scans;
    if (scan) {
        view->free_scans = scan->next;
        return scan;
    }
    Arena *arena = arena_new_child(view->options.session, "catalog scan");
    Arena *row_arena = arena_new_child(view->options.session, "catalog row");
    scan = ARENA_NEW(view->options.session, CatScan);
    scan->arena = arena;
    scan->row_arena = row_arena;
    return scan;
}

static Projection whole_row(Arena *arena, uint32_t count)
{
    uint16_t *numbers = ARENA_ARRAY(arena, uint16_t, count);
    for (uint32_t i = 0; i < count; i++) numbers[i] = (uint16_t)i;
    return (Projection){numbers, count};
}

static void scan_table(CatScan *scan)
{
    const TableScanOptions options = {
        .projection = whole_row(scan->arena, scan->info->column_count),
        .first = {0},
        .last = {ROW_ID_MAX},
        .sample_fraction = 1,
    };
    scan->ids = arena_alloc_array(scan->arena, BATCH_ROWS_MAX, sizeof(RowId));
    scan->batch.arena = scan->row_arena;
    CHECK(table_scan_open(scan->rows, &scan->snapshot, &options, scan->arena, &scan->table_scan));
}

static void scan_index(CatScan *scan, CatalogIndex number, const Datum *keys, uint32_t key_count)
{
    const CatalogIndexInfo *index = &catalog_indexes[number];
    uint16_t *numbers = ARENA_ARRAY(scan->arena, uint16_t, index->column_count);
    for (uint32_t i = 0; i < index->column_count; i++) numbers[i] = index->columns[i];
    bool cut;
    const Bytes key = key_of(scan->arena, number, keys, key_count, &cut);
    const IndexRange range = {.low = key, .high = key};
    const IndexRecheck recheck = {.projection = {numbers, index->column_count},
                                  .make = make_key,
                                  .arg = (void *)index};
    CHECK(index_scan_open(scan->view->db->indexes[number], &scan->snapshot, &range, &recheck,
                          scan->arena, &scan->index_scan));
}

CatScan *cat_scan_open(CatalogView *view, CatalogTable table, CatalogIndex index, const Datum *keys,
                       uint32_t key_count)
{
    ASSERT(index == CAT_INDEX_NONE || catalog_indexes[index].table == table);
    ASSERT(key_count <= (index == CAT_INDEX_NONE ? 0 : catalog_indexes[index].column_count));
    if (!view->db->tables[table])
        raise_error(SQLSTATE_INTERNAL_ERROR, "catalog %s cannot be read without a database",
                    catalog_tables[table].name);
    CatScan *scan = scan_new(view);
    scan->next = view->scans; /* from here on cat_view_release closes it */
    view->scans = scan;
    scan->view = view;
    scan->table = table;
    scan->info = &catalog_tables[table];
    scan->rows = view->db->tables[table];
    scan->table_scan = NULL;
    scan->index_scan = NULL;
    scan->snapshot = (Snapshot){0};
    scan->hit_count = scan->hit_at = scan->batch_at = 0;
    scan->batch = (Batch){0};
    CHECK(txn_snapshot(view->txn, &scan->snapshot));
    if (index == CAT_INDEX_NONE)
        scan_table(scan);
    else
        scan_index(scan, index, keys, key_count);
    return scan;
}

static bool next_of_table(CatScan *scan, CatRow *row)
{
    if (scan->batch_at == scan->batch.selection.count) {
        const Status status = table_scan_next(scan->table_scan, BATCH_ROWS_MAX, &scan->batch,
                                              scan->ids);
        if (status == ST_END) return false;
        CHECK(status);
        scan->batch_at = 0;
        if (!scan->batch.selection.count) return next_of_table(scan, row);
    }
    const Selection *selection = &scan->batch.selection;
    const uint32_t at = selection->rows ? selection->rows[scan->batch_at] : scan->batch_at;
    scan->batch_at++;
    for (uint32_t i = 0; i < scan->info->column_count; i++)
        scan->values[i] = vector_get(&scan->batch.columns[i], at);
    *row = (CatRow){scan->ids[at], scan->values};
    return true;
}

static bool next_of_index(CatScan *scan, CatRow *row)
{
    for (;;) {
        if (scan->hit_at == scan->hit_count) {
            scan->hit_at = scan->hit_count = 0;
            const Status status = index_scan_next(scan->index_scan, scan->hits, HITS_MAX,
                                                  &scan->hit_count);
            if (status == ST_END) return false;
            CHECK(status);
            continue;
        }
        const RowId id = scan->hits[scan->hit_at++].row;
        uint16_t numbers[CATALOG_COLUMNS_MAX];
        const uint32_t count = scan->info->column_count;
        for (uint32_t i = 0; i < count; i++) numbers[i] = (uint16_t)i;
        arena_reset(scan->row_arena);
        const Status status = table_fetch(scan->rows, &scan->snapshot, id,
                                          (Projection){numbers, count}, scan->row_arena,
                                          scan->values);
        if (status == ST_NOT_FOUND) continue;
        CHECK(status);
        *row = (CatRow){id, scan->values};
        return true;
    }
}

bool cat_scan_next(CatScan *scan, CatRow *row)
{
    task_check();
    return scan->table_scan ? next_of_table(scan, row) : next_of_index(scan, row);
}

void cat_scan_close(CatScan *scan)
{
    CatalogView *view = scan->view;
    if (scan->table_scan) table_scan_close(scan->table_scan);
    if (scan->index_scan) index_scan_close(scan->index_scan);
    if (scan->snapshot.txn) txn_snapshot_release(&scan->snapshot);
    CatScan **at = &view->scans;
    while (*at != scan) at = &(*at)->next;
    *at = scan->next;
    arena_reset(scan->arena);
    arena_reset(scan->row_arena);
    scan->next = view->free_scans;
    view->free_scans = scan;
}

void cat__scan_free(CatalogView *view, CatScan *scan)
{
    view->free_scans = scan->next;
    arena_drop(scan->arena);
    arena_drop(scan->row_arena);
}

void cat__scans_close(CatalogView *view)
{
    while (view->scans) cat_scan_close(view->scans);
}

const Datum *cat__row(CatalogView *view, CatalogIndex index, const Datum *keys, uint32_t key_count,
                      Arena *arena, RowId *id)
{
    const CatalogTableInfo *info = &catalog_tables[catalog_indexes[index].table];
    CatScan *scan = cat_scan_open(view, catalog_indexes[index].table, index, keys, key_count);
    CatRow row;
    Datum *values = NULL;
    if (cat_scan_next(scan, &row)) {
        values = ARENA_ARRAY(arena, Datum, info->column_count);
        for (uint32_t i = 0; i < info->column_count; i++) {
            values[i].null = row.values[i].null;
            if (!values[i].null)
                values[i].value = value_copy(arena, (Phys)info->columns[i].phys,
                                             row.values[i].value);
        }
        if (id) *id = row.id;
    }
    cat_scan_close(scan);
    return values;
}

const Datum *cat_row_find(CatalogView *view, CatalogIndex index, const Datum *keys,
                          uint32_t key_count, Arena *arena)
{
    return cat__row(view, index, keys, key_count, arena, NULL);
}

/* ---- writing */

static RowWaitOptions wait_options(CatalogView *view)
{
    static const LockOptions plain = {.owner = LOCK_TRANSACTION, .wait = LOCK_WAIT};
    return (RowWaitOptions){view->options.locks, ROW_WAIT, &plain};
}

static void key_text(CatalogView *view, StrBuilder *out, CatalogIndex number, const Datum *row)
{
    const CatalogIndexInfo *index = &catalog_indexes[number];
    const CatalogColumn *columns = catalog_tables[index->table].columns;
    str_add_char(out, '(');
    for (uint32_t i = 0; i < index->column_count; i++) {
        if (i) str_add(out, STR(", "));
        str_add_zero_terminated(out, columns[index->columns[i]].name);
    }
    str_add(out, STR(")=("));
    for (uint32_t i = 0; i < index->column_count; i++) {
        const CatalogColumn *column = &columns[index->columns[i]];
        const TypeCall call = {.type = column_type(column), .arena = view->stmt, .typmod = -1};
        if (i) str_add(out, STR(", "));
        str_add(out, row[index->columns[i]].null
                         ? STR("null")
                         : type_print(&call, &row[index->columns[i]].value));
    }
    str_add_char(out, ')');
}

static _Noreturn void raise_duplicate(CatalogView *view, CatalogIndex number, const Datum *row)
{
    const CatalogIndexInfo *index = &catalog_indexes[number];
    StrBuilder key = str_builder(view->stmt, 64);
    key_text(view, &key, number, row);
    Error *error = error_begin(SQLSTATE_UNIQUE_VIOLATION);
    error_message(error, "duplicate key value violates unique constraint \"%s\"", index->name);
    error_detail(error, "Key %.*s already exists.", STR_ARG(str_peek(&key)));
    error_object(error, STR("pg_catalog"), str_from(catalog_tables[index->table].name), (Str){0},
                 (Str){0}, str_from(index->name));
    error_raise(error);
}

static void add_entry(CatalogView *view, CatalogIndex number, const Datum *row, RowId id)
{
    const IndexKey key = key_of_row(view->stmt, number, row);
    const UniqueCheck check = catalog_indexes[number].unique ? UNIQUE_NOW : UNIQUE_NONE;
    const RowWaitOptions wait = wait_options(view);
    IndexOutcome outcome;
    const Status status = index_insert(view->db->indexes[number], view->txn, &key, id, check, &wait,
                                       &outcome);
    if (status == ST_DUPLICATE) raise_duplicate(view, number, row);
    CHECK(status);
}

void cat__insert_rows(CatalogView *view, CatalogTable table, const Datum *rows, uint32_t count)
{
    const CatalogTableInfo *info = &catalog_tables[table];
    for (uint32_t from = 0; from < count; from += BATCH_ROWS_MAX) {
        const uint32_t n = MIN(count - from, (uint32_t)BATCH_ROWS_MAX);
        const ArenaMark mark = arena_mark(view->stmt);
        Batch batch = {.row_count = n,
                       .column_count = info->column_count,
                       .columns = ARENA_ARRAY(view->stmt, Vector, info->column_count),
                       .selection = {NULL, n},
                       .arena = view->stmt};
        RowId *ids = ARENA_ARRAY(view->stmt, RowId, n);
        for (uint32_t c = 0; c < info->column_count; c++) {
            vector_init_flat(&batch.columns[c], view->stmt, info->columns[c].type,
                             (Phys)info->columns[c].phys, n);
            for (uint32_t i = 0; i < n; i++)
                vector_set(&batch.columns[c], view->stmt, i,
                           &rows[(size_t)(from + i) * info->column_count + c]);
        }
        CHECK(table_insert(view->db->tables[table], view->txn, &batch, ids));
        for (uint32_t x = 0; x < info->index_count; x++)
            for (uint32_t i = 0; i < n; i++) {
                task_check();
                add_entry(view, (CatalogIndex)(info->first_index + x),
                          &rows[(size_t)(from + i) * info->column_count], ids[i]);
            }
        view->inserted = ids[n - 1];
        arena_rewind(view->stmt, mark);
    }
}

RowId cat_insert(CatalogView *view, CatalogTable table, const Datum *values)
{
    cat__note_row(view, table, values);
    cat__insert_rows(view, table, values, 1);
    return view->inserted;
}

/* The row as the latest snapshot has it, and that snapshot; it must be released. */
static Datum *row_to_change(CatalogView *view, CatalogTable table, RowId row, Snapshot *snapshot)
{
    const uint32_t count = catalog_tables[table].column_count;
    Datum *old = ARENA_ARRAY(view->stmt, Datum, count);
    CHECK(txn_snapshot(view->txn, snapshot));
    const Status status = table_fetch(view->db->tables[table], snapshot, row,
                                      whole_row(view->stmt, count), view->stmt, old);
    if (status == OK) return old;
    txn_snapshot_release(snapshot);
    if (status != ST_NOT_FOUND) raise_status(status);
    raise_error(SQLSTATE_INTERNAL_ERROR, "tuple concurrently deleted");
}

static void check_changed(Status status, const RowOutcome *outcome)
{
    if (status == OK) return;
    if (status != ST_CHANGED) raise_status(status);
    raise_error(SQLSTATE_INTERNAL_ERROR,
                outcome->fate == ROW_DELETED || outcome->fate == ROW_SELF_DELETED
                    ? "tuple concurrently deleted"
                    : "tuple concurrently updated");
}

static bool datum_same(Phys phys, const Datum *a, const Datum *b)
{
    if (a->null || b->null) return a->null == b->null;
    if (phys == PHYS_STR) return strview_equal(&a->value.str, &b->value.str);
    return memcmp(&a->value, &b->value, phys_bytes(phys)) == 0;
}

void cat_update(CatalogView *view, CatalogTable table, RowId row, const Datum *values)
{
    const CatalogTableInfo *info = &catalog_tables[table];
    Snapshot snapshot;
    const Datum *old = row_to_change(view, table, row, &snapshot);
    bool differs[CATALOG_COLUMNS_MAX];
    uint16_t numbers[CATALOG_COLUMNS_MAX];
    Datum changed[CATALOG_COLUMNS_MAX];
    uint32_t count = 0;
    for (uint32_t i = 0; i < info->column_count; i++) {
        differs[i] = !datum_same((Phys)info->columns[i].phys, &old[i], &values[i]);
        if (!differs[i]) continue;
        numbers[count] = (uint16_t)i;
        changed[count++] = values[i];
    }
    RowOutcome outcome = {0};
    const RowWaitOptions wait = wait_options(view);
    const Status status = count ? table_update(view->db->tables[table], view->txn, &snapshot, row,
                                               numbers, changed, count, false, &wait, &outcome)
                                : OK;
    txn_snapshot_release(&snapshot);
    check_changed(status, &outcome);
    cat__note_row(view, table, old);
    cat__note_row(view, table, values);
    for (uint32_t x = 0; x < info->index_count; x++) {
        const CatalogIndex number = (CatalogIndex)(info->first_index + x);
        const CatalogIndexInfo *index = &catalog_indexes[number];
        bool touched = false;
        for (uint32_t i = 0; i < index->column_count; i++) touched |= differs[index->columns[i]];
        if (!touched) continue;
        const IndexKey key = key_of_row(view->stmt, number, old);
        CHECK(index_mark(view->db->indexes[number], view->txn, &key, row));
        add_entry(view, number, values, row);
    }
}

void cat_delete(CatalogView *view, CatalogTable table, RowId row)
{
    const CatalogTableInfo *info = &catalog_tables[table];
    Snapshot snapshot;
    const Datum *old = row_to_change(view, table, row, &snapshot);
    RowOutcome outcome = {0};
    const RowWaitOptions wait = wait_options(view);
    const Status status = table_delete(view->db->tables[table], view->txn, &snapshot, row, &wait,
                                       &outcome);
    txn_snapshot_release(&snapshot);
    check_changed(status, &outcome);
    cat__note_row(view, table, old);
    for (uint32_t x = 0; x < info->index_count; x++) {
        const CatalogIndex number = (CatalogIndex)(info->first_index + x);
        const IndexKey key = key_of_row(view->stmt, number, old);
        CHECK(index_mark(view->db->indexes[number], view->txn, &key, row));
    }
}

/* ---- OIDs */

enum { OIDS_AT_ONCE = 8192 };

static bool take_oids(void *arg, int64_t *value, bool *called)
{
    Oid *first = arg;
    if (*value < OID_FIRST_UNPINNED || *value > UINT32_MAX - OIDS_AT_ONCE) *value = OID_FIRST_USER;
    *first = (Oid)*value;
    *value += OIDS_AT_ONCE;
    *called = true;
    return true;
}

static Oid next_oid(Catalog *catalog)
{
    for (;;) {
        mutex_lock(&catalog->lock);
        const bool have = catalog->oids_left > 0;
        const Oid oid = catalog->oid_next;
        if (have) {
            catalog->oid_next++;
            catalog->oids_left--;
        }
        mutex_unlock(&catalog->lock);
        if (have) return oid;
        Oid first;
        CHECK(sequence_change(catalog->store, cat__oid_cell(), take_oids, &first));
        mutex_lock(&catalog->lock);
        if (!catalog->oids_left) {
            catalog->oid_next = first;
            catalog->oids_left = OIDS_AT_ONCE;
        }
        mutex_unlock(&catalog->lock);
    }
}

static bool put_oid(void *arg, int64_t *value, bool *called)
{
    (void)arg;
    *called = true;
    *value = OID_FIRST_USER;
    return true;
}

/* What was made so far (system views) has OIDs that tell it from users' things. */
void cat__oids_to_users(Catalog *catalog)
{
    CHECK(sequence_change(catalog->store, cat__oid_cell(), put_oid, NULL));
    mutex_lock(&catalog->lock);
    catalog->oids_left = 0;
    mutex_unlock(&catalog->lock);
}

/* The index over a catalog's own OID alone. */
static CatalogIndex oid_index(const CatalogTableInfo *info)
{
    for (uint32_t x = 0; x < info->index_count; x++) {
        const CatalogIndexInfo *index = &catalog_indexes[info->first_index + x];
        if (index->unique && index->column_count == 1 && index->columns[0] == 0)
            return (CatalogIndex)(info->first_index + x);
    }
    return CAT_INDEX_NONE;
}

Oid cat_new_oid(CatalogView *view, CatalogTable table)
{
    const CatalogIndex index = oid_index(&catalog_tables[table]);
    for (;;) {
        task_check();
        const Oid oid = next_oid(view->catalog);
        if (index == CAT_INDEX_NONE) return oid;
        const Datum key = datum_oid(oid);
        CatScan *scan = cat_scan_open(view, table, index, &key, 1);
        CatRow row;
        const bool taken = cat_scan_next(scan, &row);
        cat_scan_close(scan);
        if (!taken) return oid;
    }
}

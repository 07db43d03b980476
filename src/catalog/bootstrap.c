/* SPDX-License-Identifier: Apache-2.0 */
/* bootstrap.c - a new cluster's catalogs: trees in the shared space and in that of template1, and the rows that
 * describe what is built in, in one transaction. The other databases are copies, made when the system views are there
 * too. */
#include "catalog/bootstrap_internal.h"

#include "base/oids.h"
#include "base/scope.h"
#include "store/space.h"
#include "type/array.h"

/* ---- rows */

BootRows boot__rows(Boot *boot, CatalogTable table)
{
    return (BootRows){.boot = boot,
                      .table = table,
                      .width = catalog_tables[table].column_count,
                      .values = {.arena = boot->arena}};
}

Datum *boot__row(BootRows *rows)
{
    array_reserve(&rows->values, rows->values.count + rows->width);
    Datum *row = &rows->values.items[rows->values.count];
    rows->values.count += rows->width;
    memset(row, 0, rows->width * sizeof *row);
    const CatalogColumn *columns = catalog_tables[rows->table].columns;
    for (uint32_t i = 0; i < rows->width; i++) row[i].null = !columns[i].not_null;
    return row;
}

void boot__rows_end(BootRows *rows)
{
    cat__insert_rows(rows->boot->view, rows->table, rows->values.items,
                     rows->values.count / rows->width);
}

Datum boot__text(Boot *boot, const char *text)
{
    (void)boot;
    return text ? datum_str(str_from(text)) : datum_null();
}

static Datum numbers(Boot *boot, Oid element, const void *values, size_t bytes, uint32_t count,
                     bool vector)
{
    const Type *type = builtin_type(element)->type;
    Datum *datums = ARENA_ARRAY(boot->arena, Datum, count + 1);
    for (uint32_t i = 0; i < count; i++)
        memcpy(&datums[i].value, (const char *)values + i * bytes, bytes);
    return datum_str(vector ? array_build_vector(boot->arena, type, datums, count)
                            : array_build(boot->arena, type, datums, count));
}

Datum boot__oids(Boot *boot, const Oid *oids, uint32_t count)
{
    return numbers(boot, OID_OID, oids, sizeof *oids, count, false);
}

Datum boot__oidvector(Boot *boot, const Oid *oids, uint32_t count)
{
    return numbers(boot, OID_OID, oids, sizeof *oids, count, true);
}

Datum boot__i16s(Boot *boot, const int16_t *values, uint32_t count)
{
    return numbers(boot, OID_INT2, values, sizeof *values, count, false);
}

Datum boot__int2vector(Boot *boot, const int16_t *values, uint32_t count)
{
    return numbers(boot, OID_INT2, values, sizeof *values, count, true);
}

void boot__init_privilege(BootRows *init, Oid class_, Oid oid, Datum acl)
{
    Datum *row = boot__row(init);
    row[PG_INIT_PRIVS_OBJOID] = datum_oid(oid);
    row[PG_INIT_PRIVS_CLASSOID] = datum_oid(class_);
    row[PG_INIT_PRIVS_PRIVTYPE] = datum_char('i');
    row[PG_INIT_PRIVS_INITPRIVS] = acl;
}

/* ---- trees */

static void create_table(Txn *txn, SpaceId space, CatalogTable number)
{
    const CatalogTableInfo *info = &catalog_tables[number];
    TableColumn columns[CATALOG_COLUMNS_MAX];
    for (uint32_t i = 0; i < info->column_count; i++)
        columns[i] = (TableColumn){
            .number = (uint16_t)i,
            .phys = info->columns[i].phys,
            .flags = info->columns[i].not_null ? COLUMN_NOT_NULL : 0,
            .missing = {.null = !info->columns[i].not_null},
        };
    TreeId id;
    CHECK(table_create(txn, info->shared ? SPACE_SHARED : space, columns, info->column_count,
                       TREE_CATALOG, &id));
    if (id.v != cat__table_tree(space, number).v)
        raise_error(SQLSTATE_INTERNAL_ERROR, "the space is not empty: catalog %s got tree %" PRIu64,
                    info->name, tree_number(id));
}

static void create_trees(Boot *boot, SpaceId space)
{
    Txn *txn = boot->view->txn;
    Store *store = boot->view->catalog->store;
    TreeId cell;
    CHECK(sequence_create(store, SPACE_SHARED, OID_FIRST_UNPINNED, &cell));
    ASSERT(cell.v == cat__oid_cell().v);
    CHECK(sequence_create(store, space, 0, &cell));
    for (uint32_t i = 0; i < CATALOG_TABLE_COUNT; i++) create_table(txn, space, (CatalogTable)i);
    for (uint32_t i = CAT_INDEX_NONE + 1; i < CATALOG_INDEX_COUNT; i++) {
        const bool shared = catalog_tables[catalog_indexes[i].table].shared;
        const IndexOptions options = {.unique = catalog_indexes[i].unique,
                                      .tree_flags = TREE_CATALOG};
        TreeId id;
        CHECK(index_create(txn, shared ? SPACE_SHARED : space, &options, &id));
        ASSERT(id.v == cat__index_tree(space, (CatalogIndex)i).v);
    }
}

/* ---- a session of one transaction */

typedef struct Single {
    Txns *txns;
    uint32_t slot;
    LockSession *locks;
    CatalogView *view;
    Arena *arena;
    Txn *txn;
} Single;

static void single_close(void *object)
{
    Single *single = object;
    if (single->view) cat_view_drop(single->view);
    if (single->txn) txn_abort(single->txn);
    if (single->locks) lock_session_close(single->locks);
    txn_session_close(single->txns, single->slot);
}

static Single *single_open(Scope *scope, Catalog *catalog, SpaceId space)
{
    Arena *arena = scope_arena(scope, catalog->account, "catalog bootstrap");
    Single *single = ARENA_NEW(arena, Single);
    single->arena = arena;
    single->txns = catalog->txns;
    CHECK(txn_session_open(catalog->txns, &single->slot));
    scope_add(scope, single_close, single);
    CHECK(lock_session_open(catalog->txns, single->slot, 1, &single->locks));
    single->view = cat_view_new(catalog,
                                &(CatalogViewOptions){.locks = single->locks, .session = arena});
    CHECK(txn_begin(catalog->txns, &(TxnOptions){.space = space, .session = single->slot},
                    &single->txn));
    cat_view_set_txn(single->view, single->txn, arena);
    return single;
}

static void single_commit(Single *single)
{
    cat_view_release(single->view);
    const CommitOptions options = {.sync = COMMIT_SYNC_LOCAL,
                                   .published = cat_view_commit,
                                   .published_arg = single->view};
    CHECK(txn_commit(single->txn, &options));
    single->txn = NULL;
    cat_view_set_txn(single->view, NULL, NULL);
}

void catalog_initialise(Catalog *catalog, const CatalogInitOptions *options)
{
    SCOPED(scope);
    SpaceId space;
    CHECK(space_create(catalog->store, &space));
    Single *single = single_open(scope, catalog, space);
    Boot boot = {single->view, single->arena, options};
    create_trees(&boot, space);
    single->view->db = cat__db(catalog, DATABASE_TEMPLATE1, space);
    boot__shared(&boot);
    boot__catalogs(&boot);
    boot__builtins(&boot);
    single_commit(single);
    catalog->initialised = true;
}

/* ---- what objects grant from the start, so that dumps know what has been changed since */

static void keep_privileges(Single *single, CatalogTable table, Oid class_, uint32_t acl)
{
    CatScan *scan = cat_scan_open(single->view, table, CAT_INDEX_NONE, NULL, 0);
    for (CatRow row; cat_scan_next(scan, &row);) {
        const Datum key[] = {row.values[0], datum_oid(class_), datum_i32(0)};
        if (row.values[acl].null ||
            cat__row(single->view, PG_INIT_PRIVS_O_C_O_INDEX, key, 3, single->arena, NULL))
            continue; /* catalogs have theirs already */
        const Datum kept[PG_INIT_PRIVS_COLUMNS] = {
            [PG_INIT_PRIVS_OBJOID] = row.values[0],
            [PG_INIT_PRIVS_CLASSOID] = datum_oid(class_),
            [PG_INIT_PRIVS_OBJSUBID] = datum_i32(0),
            [PG_INIT_PRIVS_PRIVTYPE] = datum_char('i'),
            [PG_INIT_PRIVS_INITPRIVS] = row.values[acl],
        };
        (void)cat_insert(single->view, PG_INIT_PRIVS, kept);
    }
    cat_scan_close(scan);
}

static void keep_all_privileges(Catalog *catalog)
{
    SCOPED(scope);
    Single *single = single_open(scope, catalog, SPACE_SHARED);
    const CatDatabase *template1 = cat_database(single->view, DATABASE_TEMPLATE1);
    const SpaceId space = template1->space;
    txn_abort(single->txn);
    single->txn = NULL;
    CHECK(txn_begin(catalog->txns, &(TxnOptions){.space = space, .session = single->slot},
                    &single->txn));
    cat_view_set_txn(single->view, single->txn, single->arena);
    cat_view_connect(single->view, DATABASE_TEMPLATE1, ROLE_BOOTSTRAP);
    keep_privileges(single, PG_CLASS, CLASS_PG_CLASS, PG_CLASS_RELACL);
    keep_privileges(single, PG_PROC, CLASS_PG_PROC, PG_PROC_PROACL);
    keep_privileges(single, PG_TYPE, CLASS_PG_TYPE, PG_TYPE_TYPACL);
    keep_privileges(single, PG_LANGUAGE, CLASS_PG_LANGUAGE, PG_LANGUAGE_LANACL);
    keep_privileges(single, PG_NAMESPACE, CLASS_PG_NAMESPACE, PG_NAMESPACE_NSPACL);
    single_commit(single);
}

/* ---- the databases that are copies */

static void add_copy(Single *single, const Datum *template1, Oid oid, const char *name,
                     bool is_template)
{
    Datum row[PG_DATABASE_COLUMNS];
    SpaceId space;
    memcpy(row, template1, sizeof row);
    CHECK(space_copy(single->view->catalog->store,
                     (SpaceId){(uint32_t)template1[PG_DATABASE_SPACE].value.i32}, &space));
    row[PG_DATABASE_OID] = datum_oid(oid);
    row[PG_DATABASE_DATNAME] = datum_str(str_from(name));
    row[PG_DATABASE_DATISTEMPLATE] = datum_bool(is_template);
    row[PG_DATABASE_DATALLOWCONN] = datum_bool(!is_template);
    row[PG_DATABASE_SPACE] = datum_i32((int32_t)space.v);
    if (is_template)
        row[PG_DATABASE_DATCOLLVERSION] = datum_null();
    else
        row[PG_DATABASE_DATACL] = datum_null();
    (void)cat_insert(single->view, PG_DATABASE, row);
}

static void describe_database(Single *single, Oid oid, const char *text)
{
    Datum row[PG_SHDESCRIPTION_COLUMNS] = {0};
    row[PG_SHDESCRIPTION_OBJOID] = datum_oid(oid);
    row[PG_SHDESCRIPTION_CLASSOID] = datum_oid(CLASS_PG_DATABASE);
    row[PG_SHDESCRIPTION_DESCRIPTION] = datum_str(str_from(text));
    (void)cat_insert(single->view, PG_SHDESCRIPTION, row);
}

void catalog_initialise_copies(Catalog *catalog)
{
    SCOPED(scope);
    keep_all_privileges(catalog);
    cat__oids_to_users(catalog);
    Single *single = single_open(scope, catalog, SPACE_SHARED);
    const Datum key = datum_oid(DATABASE_TEMPLATE1);
    const Datum *template1 = cat__row(single->view, PG_DATABASE_OID_INDEX, &key, 1, single->arena,
                                      NULL);
    if (!template1) raise_error(SQLSTATE_INTERNAL_ERROR, "database template1 is missing");
    add_copy(single, template1, DATABASE_TEMPLATE0, "template0", true);
    add_copy(single, template1, DATABASE_POSTGRES, "postgres", false);
    describe_database(single, DATABASE_TEMPLATE1, "what new databases are copies of");
    describe_database(single, DATABASE_TEMPLATE0, "as it was made, never changed");
    describe_database(single, DATABASE_POSTGRES, "where clients connect when they name no other");
    single_commit(single);
}

/* ---- at each start */

void catalog_drop_leftovers(Catalog *catalog)
{
    if (!catalog->initialised) return;
    SCOPED(scope);
    Single *single = single_open(scope, catalog, SPACE_SHARED);
    cat__drop_unnamed_spaces(single->view, single->arena);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* A new cluster's catalogs: every built-in thing has its row, every row its index entries, in every database; and they
 * are there after a restart. */
#include "server.h"

typedef struct Counts {
    uint32_t rows[CATALOG_TABLE_COUNT];
} Counts;

static uint32_t count_rows(Client *client, CatalogTable table)
{
    uint32_t count = 0;
    CatScan *scan = cat_scan_open(client->view, table, CAT_INDEX_NONE, NULL, 0);
    for (CatRow row; cat_scan_next(scan, &row);) count++;
    cat_scan_close(scan);
    return count;
}

/* Each index finds every row by its whole key, once. */
static void check_indexes(Client *client, CatalogTable table)
{
    const CatalogTableInfo *info = &catalog_tables[table];
    CatScan *all = cat_scan_open(client->view, table, CAT_INDEX_NONE, NULL, 0);
    for (CatRow row; cat_scan_next(all, &row);)
        for (uint32_t x = 0; x < info->index_count; x++) {
            const CatalogIndex number = (CatalogIndex)(info->first_index + x);
            const CatalogIndexInfo *index = &catalog_indexes[number];
            Datum keys[CATALOG_INDEX_COLUMNS_MAX];
            for (uint32_t i = 0; i < index->column_count; i++)
                keys[i] = row.values[index->columns[i]];
            uint32_t found = 0, same = 0;
            CatScan *scan = cat_scan_open(client->view, table, number, keys, index->column_count);
            for (CatRow hit; cat_scan_next(scan, &hit);) {
                found++;
                same += hit.id.v == row.id.v;
            }
            cat_scan_close(scan);
            CHECK_TRUE(same == 1);
            CHECK_TRUE(found == 1 || !index->unique);
        }
    cat_scan_close(all);
}

static void check_builtins(Client *client)
{
    CatalogView *view = client->view;
    CHECK_TRUE(count_rows(client, PG_TYPE) == builtins.types_count + 2 * CATALOG_TABLE_COUNT);
    CHECK_TRUE(count_rows(client, PG_PROC) == builtins.functions_count);
    CHECK_TRUE(count_rows(client, PG_OPERATOR) == builtins.operators_count);
    CHECK_TRUE(count_rows(client, PG_CAST) == builtins.casts_count);
    CHECK_TRUE(count_rows(client, PG_OPCLASS) == builtins.opclasses_count);
    CHECK_TRUE(count_rows(client, PG_AMOP) == builtins.family_operators_count);
    CHECK_TRUE(count_rows(client, PG_CLASS) == CATALOG_TABLE_COUNT + CATALOG_INDEX_COUNT - 1);
    CHECK_TRUE(count_rows(client, PG_INDEX) == CATALOG_INDEX_COUNT - 1);
    CHECK_TRUE(count_rows(client, PG_DATABASE) == 3);
    uint32_t count;
    const CatFunction **functions = cat_functions_named(view, STR("abs"), &count);
    CHECK_TRUE(count >= 5 && functions[0]->builtin != NULL);
    CHECK_TRUE(cat_namespace_named(view, STR("public")) == 2200);
    CHECK_STR(cat_namespace(view, 2200)->name, "public");
    CHECK_STR(cat_role(view, 10)->name, "postgres");
    CHECK_TRUE(cat_role(view, 10)->superuser);
    CHECK_TRUE(cat_role_named(view, STR("pg_monitor")) == 3373);
    CHECK_TRUE(cat_role(view, 9999) == NULL);
    const SearchPath *path = cat_search_path(view);
    CHECK_TRUE(path->count == 2 && path->schemas[0] == 11 && path->schemas[1] == 2200);
    CHECK_TRUE(path->create_in == 2200);
}

static void check_cluster(void *arg)
{
    Server *server = arg;
    Client client;
    client_open(&client, server);
    client_begin(&client);
    for (uint32_t i = 0; i < CATALOG_TABLE_COUNT; i++) {
        check_indexes(&client, (CatalogTable)i);
        client_end_statement(&client);
    }
    check_builtins(&client);
    client_commit(&client);
    client_close(&client);
}

static void catching(void (*body)(void *arg), void *arg)
{
    if (error_catch(body, arg, NULL, NULL)) return;
    const Error *e = error_current();
    (void)fprintf(stderr, "%.*s (%s:%d)\n", STR_ARG(e->message), e->file, e->line);
    assert_failed("raised", __FILE__, __LINE__);
}

static void new_cluster_main(void *arg)
{
    Server server;
    (void)arg;
    server_create();
    for (int i = 0; i < 2; i++) { /* as made, and after a restart */
        server_open(&server);
        catching(check_cluster, &server);
        cat_database_forget(server.catalog, 5);
        catching(check_cluster, &server);
        server_close(&server);
    }
}

static void test_new_cluster(void **state)
{
    (void)state;
    on_machine(test_seed(1), new_cluster_main, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_new_cluster)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

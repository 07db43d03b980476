/* SPDX-License-Identifier: Apache-2.0 */
/* First rows of the catalogs, as PostgreSQL 18 has them: the oracle gave the texts. Left out are columns of type
 * regproc, whose functions may not be built yet, and what tells of storage. */
#include "base/settings.h"
#include "server.h"

typedef struct RowCase {
    CatalogTable table;
    CatalogIndex index;
    Oid key;
    const char *expected; /* columns apart by |, NULL as ~ */
} RowCase;

static const RowCase row_cases[] = {
    {PG_TYPE, PG_TYPE_OID_INDEX, 16,
     "16|bool|11|10|1|true|b|B|true|true|,|0|0|1000|c|p|false|0|-1|0|0|~|~|~"},
    {PG_TYPE, PG_TYPE_OID_INDEX, 19,
     "19|name|11|10|64|false|b|S|false|true|,|0|18|1003|c|p|false|0|-1|0|950|~|~|~"},
    {PG_TYPE, PG_TYPE_OID_INDEX, 22,
     "22|int2vector|11|10|-1|false|b|A|false|true|,|0|21|1006|i|p|false|0|-1|0|0|~|~|~"},
    {PG_TYPE, PG_TYPE_OID_INDEX, 83,
     "83|pg_class|11|10|-1|false|c|C|false|true|,|1259|0|273|d|x|false|0|-1|0|0|~|~|~"},
    {PG_TYPE, PG_TYPE_OID_INDEX, 1000,
     "1000|_bool|11|10|-1|false|b|A|false|true|,|0|16|0|i|x|false|0|-1|0|0|~|~|~"},
    {PG_TYPE, PG_TYPE_OID_INDEX, 2205,
     "2205|regclass|11|10|4|true|b|N|false|true|,|0|0|2210|i|p|false|0|-1|0|0|~|~|~"},
    {PG_TYPE, PG_TYPE_OID_INDEX, 2249,
     "2249|record|11|10|-1|false|p|P|false|true|,|0|0|2287|d|x|false|0|-1|0|0|~|~|~"},
    {PG_INDEX, PG_INDEX_INDEXRELID_INDEX, 2663,
     "2663|1259|2|2|true|false|false|false|true|false|true|false|true|true|false|2 3|950 0"
     "|10028 1981|0 0|~|~"},
    {PG_INDEX, PG_INDEX_INDEXRELID_INDEX, 2659,
     "2659|1249|2|2|true|false|true|false|true|false|true|false|true|true|false|1 5|0 0|19"
     "81 1979|0 0|~|~"},
    {PG_CONSTRAINT, PG_CONSTRAINT_OID_INDEX, 10127,
     "10127|pg_class_relname_nsp_index|11|u|false|false|true|true|1259|0|2663|0|0| | | |tr"
     "ue|0|true|false|{2,3}|~|~|~|~|~|~|~"},
    {PG_NAMESPACE, PG_NAMESPACE_OID_INDEX, 11,
     "11|pg_catalog|10|{postgres=UC/postgres,=U/postgres}"},
    {PG_NAMESPACE, PG_NAMESPACE_OID_INDEX, 99, "99|pg_toast|10|~"},
    {PG_NAMESPACE, PG_NAMESPACE_OID_INDEX, 2200,
     "2200|public|6171|{pg_database_owner=UC/pg_database_owner,=U/pg_database_owner}"},
    {PG_AM, PG_AM_OID_INDEX, 2, "2|heap|t"},
    {PG_AM, PG_AM_OID_INDEX, 403, "403|btree|i"},
    {PG_LANGUAGE, PG_LANGUAGE_OID_INDEX, 12, "12|internal|10|false|false|0|0|2246|~"},
    {PG_LANGUAGE, PG_LANGUAGE_OID_INDEX, 14, "14|sql|10|false|true|0|0|2248|~"},
    {PG_OPERATOR, PG_OPERATOR_OID_INDEX, 91, "91|=|11|10|b|true|true|16|16|16|91|85"},
    {PG_OPERATOR, PG_OPERATOR_OID_INDEX, 96, "96|=|11|10|b|true|true|23|23|16|96|518"},
    {PG_AGGREGATE, PG_AGGREGATE_FNOID_INDEX, 2108, "n|0|false|false|r|r|0|20|0|1016|0|~|{0,0}"},
    {PG_PROC, PG_PROC_OID_INDEX, 1242,
     "1242|boolin|11|10|12|1|0|0|f|false|false|true|false|i|s|1|0|16|2275|~|~|~|~|~|~|~|~|"
     "~"},
    {PG_PROC, PG_PROC_OID_INDEX, 1574,
     "1574|nextval|11|10|12|1|0|0|f|false|false|true|false|v|u|1|0|20|2205|~|~|~|~|~|~|~|~"
     "|~"},
    {PG_PROC, PG_PROC_OID_INDEX, 1689,
     "1689|aclexplode|11|10|12|1|10|0|f|false|false|true|true|s|s|1|0|2249|1034|{1034,26,2"
     "6,25,16}|{i,o,o,o,o}|{acl,grantor,grantee,privilege_type,is_grantable}|~|~|~|~|~|~"},
    {PG_PROC, PG_PROC_OID_INDEX, 2079,
     "2079|pg_table_is_visible|11|10|12|10|0|0|f|false|false|true|false|s|s|1|0|16|26|~|~|"
     "~|~|~|~|~|~|~"},
    {PG_PROC, PG_PROC_OID_INDEX, 2108,
     "2108|sum|11|10|12|1|0|0|a|false|false|false|false|i|s|1|0|20|23|~|~|~|~|~|~|~|~|~"},
    {PG_OPCLASS, PG_OPCLASS_OID_INDEX, 1978, "1978|403|int4_ops|11|10|1976|23|true|0"},
    {PG_OPCLASS, PG_OPCLASS_OID_INDEX, 3126, "3126|403|text_ops|11|10|1994|25|true|0"},
    {PG_OPFAMILY, PG_OPFAMILY_OID_INDEX, 1976, "1976|403|integer_ops|11|10"},
    {PG_COLLATION, PG_COLLATION_OID_INDEX, 100, "100|default|11|10|d|true|-1|~|~|~|~|~"},
    {PG_COLLATION, PG_COLLATION_OID_INDEX, 811, "811|pg_c_utf8|11|10|b|true|6|~|~|C.UTF-8|~|1"},
    {PG_COLLATION, PG_COLLATION_OID_INDEX, 950, "950|C|11|10|c|true|-1|C|C|~|~|~"},
    {PG_AUTH_MEMBERS, PG_AUTH_MEMBERS_OID_INDEX, 10308, "10308|3374|3373|10|false|true|true"},
    {PG_AUTHID, PG_AUTHID_OID_INDEX, 10, "10|postgres|true|true|true|true|true|true|true|-1|~|~"},
    {PG_AUTHID, PG_AUTHID_OID_INDEX, 3373,
     "3373|pg_monitor|false|true|false|false|false|false|false|-1|~|~"},
    {PG_TABLESPACE, PG_TABLESPACE_OID_INDEX, 1664, "1664|pg_global|10|~|~"},
    {PG_CLASS, PG_CLASS_OID_INDEX, 1259,
     "1259|pg_class|11|83|0|10|2|0|true|false|p|r|34|0|false|false|false|false|false|true|"
     "n|false|0|{postgres=arwdDxtm/postgres,=r/postgres}|~|~"},
    {PG_CLASS, PG_CLASS_OID_INDEX, 1260,
     "1260|pg_authid|11|2842|0|10|2|1664|true|true|p|r|12|0|false|false|false|false|false|"
     "true|n|false|0|{postgres=arwdDxtm/postgres}|~|~"},
    {PG_CLASS, PG_CLASS_OID_INDEX, 2662,
     "2662|pg_class_oid_index|11|0|0|10|403|0|false|false|p|i|1|0|false|false|false|false|"
     "false|true|n|false|0|~|~|~"},
    {PG_ATTRIBUTE, PG_ATTRIBUTE_RELID_ATTNUM_INDEX, 1262,
     "1262|ctid|27|6|-1|-1|0|false|s|p||true|false|false|||false|true|0|0|~|~|~|~|~"},
    {PG_ATTRIBUTE, PG_ATTRIBUTE_RELID_ATTNUM_INDEX, 1262,
     "1262|oid|26|4|1|-1|0|true|i|p||true|false|false|||false|true|0|0|~|~|~|~|~"},
    {PG_ATTRIBUTE, PG_ATTRIBUTE_RELID_ATTNUM_INDEX, 1262,
     "1262|datname|19|64|2|-1|0|false|c|p||true|false|false|||false|true|0|950|~|~|~|~|~"},
    {PG_ATTRIBUTE, PG_ATTRIBUTE_RELID_ATTNUM_INDEX, 1262,
     "1262|datacl|1034|-1|18|-1|1|false|d|x||false|false|false|||false|true|0|0|~|~|~|~|~"},
    {PG_ATTRIBUTE, PG_ATTRIBUTE_RELID_ATTNUM_INDEX, 2663,
     "2663|relname|2275|-2|1|-1|0|false|c|p||false|false|false|||false|true|0|950|~|~|~|~|"
     "~"},
    {PG_ATTRIBUTE, PG_ATTRIBUTE_RELID_ATTNUM_INDEX, 2663,
     "2663|relnamespace|26|4|2|-1|0|true|i|p||false|false|false|||false|true|0|0|~|~|~|~|~"},
};

static bool is_left_out(const CatalogTableInfo *info, uint32_t column)
{
    static const char *const storage[] = {"relfilenode",   "relpages",     "reltuples",
                                          "relallvisible", "relallfrozen", "reltoastrelid",
                                          "relfrozenxid",  "relminmxid",   "prosrc"};
    const CatalogColumn *c = &info->columns[column];
    if (c->hidden || c->type == OID_REGPROC) return true;
    for (size_t i = 0; i < ARRAY_LEN(storage); i++)
        if (str_equal(str_from(storage[i]), str_from(c->name))) return true;
    return false;
}

static Str row_text(Client *client, CatalogTable table, const Datum *values)
{
    const CatalogTableInfo *info = &catalog_tables[table];
    const FnEnv env = {.settings = &settings_boot,
                       .calls = &client->calls,
                       .calls_arg = client->view,
                       .stmt = client->stmt};
    StrBuilder out = str_builder(client->stmt, 256);
    bool first = true;
    for (uint32_t i = 0; i < info->column_count; i++) {
        if (is_left_out(info, i)) continue;
        if (!first) str_add_char(&out, '|');
        first = false;
        const TypeCall call = {.type = builtin_type(info->columns[i].type)->type,
                               .env = &env,
                               .arena = client->stmt,
                               .typmod = -1};
        if (values[i].null)
            str_add_char(&out, '~');
        else if (info->columns[i].type == OID_BOOL)
            str_add(&out, values[i].value.b ? STR("true") : STR("false"));
        else if (!call.type || !call.type->print)
            str_add_char(&out, '?');
        else
            str_add(&out, type_print(&call, &values[i].value));
    }
    return str_done(&out);
}

/* One of the rows with the key reads so. */
static bool is_there(Client *client, const RowCase *expected, Str *last)
{
    const Datum key = {.value.u32 = expected->key};
    bool found = false;
    CatScan *scan = cat_scan_open(client->view, expected->table, expected->index, &key, 1);
    for (CatRow row; !found && cat_scan_next(scan, &row);) {
        *last = row_text(client, expected->table, row.values);
        found = str_equal(*last, str_from(expected->expected));
    }
    cat_scan_close(scan);
    return found;
}

static void rows_body(void *arg)
{
    Client client;
    uint32_t wrong = 0;
    client_open(&client, arg);
    client_begin(&client);
    for (size_t i = 0; i < ARRAY_LEN(row_cases); i++) {
        Str last = STR("no row");
        if (is_there(&client, &row_cases[i], &last)) continue;
        (void)fprintf(stderr, "%s %u\n  expected %s\n  got      %.*s\n",
                      catalog_tables[row_cases[i].table].name, row_cases[i].key,
                      row_cases[i].expected, STR_ARG(last));
        wrong++;
    }
    CHECK_TRUE(wrong == 0);
    client_commit(&client);
    client_close(&client);
}

static void rows_main(void *arg)
{
    Server server;
    (void)arg;
    server_create();
    server_open(&server);
    CHECK_TRUE(error_catch(rows_body, &server, NULL, NULL));
    server_close(&server);
}

static void test_first_rows(void **state)
{
    (void)state;
    on_machine(test_seed(1), rows_main, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_first_rows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

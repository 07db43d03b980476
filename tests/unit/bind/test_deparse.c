/* SPDX-License-Identifier: Apache-2.0 */
/* Queries written out again: the texts are the oracle's, of pg_get_viewdef over the same SELECT (without and with
 * pretty). */
#include "../unit.h"
#include "base/settings.h"
#include "bind/bind.h"

typedef struct Case {
    const char *sql, *plain, *pretty; /* pretty NULL: as plain */
} Case;

static const Case cases[] = {
#include "deparse_cases.h"
};

static void test_queries(void **state)
{
    (void)state;
    Unit unit;
    Catalog *catalog;
    unit_open(&unit);
    assert_true(catalog_new(unit.account, NULL, NULL, &catalog) == OK);
    CatalogView *view = cat_view_new(catalog, &(CatalogViewOptions){.session = unit.arena});
    cat_view_set_txn(view, NULL, unit.arena);
    FnEnv env = {.settings = &settings_boot, .stmt = unit.arena, .calls_arg = view};
    int failed = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int pretty = 0; pretty < 2; pretty++) {
            const char *expected = pretty && cases[i].pretty ? cases[i].pretty : cases[i].plain;
            BindOptions options = {.view = view, .env = &env, .sql = str_from(cases[i].sql)};
            DeparseOptions how = {.view = view, .env = &env, .pretty = pretty};
            ParseResult *parsed = parse_sql(unit.arena, options.sql, NULL);
            QQuery *query = bind_statement(unit.arena, parsed->statements[0].tree, &options);
            StrBuilder out = str_builder(unit.arena, 256);
            NodeStrs names = {ARENA_ARRAY(unit.arena, Str, query->targets.count + 1), 0};
            for (uint32_t j = 0; j < query->targets.count; j++)
                if (!query->targets.items[j]->junk)
                    names.items[names.count++] = query->targets.items[j]->name;
            query_deparse(&out, query, &names, &how);
            if (str_equal(str_peek(&out), str_from(expected))) continue;
            print_message("---- %s\nexpected:\n%s\ngot:\n%.*s\n", cases[i].sql, expected,
                          STR_ARG(str_peek(&out)));
            failed++;
        }
    cat_view_drop(view);
    catalog_release(catalog);
    unit_close(&unit);
    assert_int_equal(failed, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_queries)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

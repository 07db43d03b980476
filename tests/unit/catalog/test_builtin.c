/* SPDX-License-Identifier: Apache-2.0 */
/* What is built in, asked of a catalog that has no storage. Expected answers are PostgreSQL's. */
#include "catalog/catalog.h"

#include "base/oids.h"
#include "unit/unit.h"

typedef struct Fixture {
    Unit unit;
    Catalog *catalog;
    CatalogView *view;
} Fixture;

static void open_fixture(Fixture *f)
{
    unit_open(&f->unit);
    assert_true(catalog_new(f->unit.account, NULL, NULL, &f->catalog) == OK);
    f->view = cat_view_new(f->catalog, &(CatalogViewOptions){.session = f->unit.arena});
    cat_view_set_txn(f->view, NULL, f->unit.arena);
}

static void close_fixture(Fixture *f)
{
    cat_view_drop(f->view);
    catalog_release(f->catalog);
    unit_close(&f->unit);
}

#define assert_text(text, expected) \
    assert_string_equal(str_copy_zero(f.unit.arena, (text)), (expected))

static void test_types(void **state)
{
    Fixture f;
    (void)state;
    open_fixture(&f);
    for (uint32_t i = 0; i < builtins.types_count; i++) {
        const CatType *type = cat_type(f.view, builtins.types[i].oid);
        assert_non_null(type);
        assert_int_equal(cat_type_named(f.view, type->namespace_, type->name), type->oid);
    }
    const CatType *row = cat_type(f.view, 83);
    assert_text(row->name, "pg_class");
    assert_int_equal(row->relation, CLASS_PG_CLASS);
    assert_int_equal(row->kind, 'c');
    const CatType *rows = cat_type(f.view, row->array);
    assert_int_equal(rows->element, 83);
    assert_non_null(rows->type);
    assert_null(cat_type(f.view, 99999));
    assert_int_equal(cat_type_named(f.view, 11, STR("_pg_class")), row->array);
    close_fixture(&f);
}

static void test_type_names(void **state)
{
    Fixture f;
    (void)state;
    open_fixture(&f);
    static const struct {
        Oid type;
        int32_t typmod;
        bool given;
        const char *name;
    } names[] = {
        {OID_BOOL, 7, true, "boolean"},
        {OID_CHAR, -1, false, "\"char\""},
        {OID_BPCHAR, -1, false, "character"},
        {OID_BPCHAR, -1, true, "bpchar"},
        {OID_BPCHAR, 7, true, "character(3)"},
        {OID_VARCHAR, 7, true, "character varying(3)"},
        {OID_BIT, -1, true, "\"bit\""},
        {OID_TIMETZ, -1, true, "time with time zone"},
        {OID_TEXT, 7, true, "text(7)"},
        {OID_INT4_ARRAY, -1, false, "integer[]"},
        {OID_CHAR_ARRAY, -1, false, "\"char\"[]"},
        {OID_INT2VECTOR, -1, false, "int2vector"},
        {OID_ANY, -1, false, "\"any\""},
        {0, -1, false, "-"},
        {99999, -1, false, "\?\?\?"},
        {83, -1, false, "pg_class"},
    };
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        assert_text(cat_type_name_as(f.view, f.unit.arena, names[i].type, names[i].typmod,
                                     names[i].given),
                    names[i].name);
    assert_text(cat_type_name(f.view, f.unit.arena, OID_NUMERIC, 655366), "numeric(10,2)");
    close_fixture(&f);
}

static void test_functions_and_operators(void **state)
{
    Fixture f;
    (void)state;
    open_fixture(&f);
    uint32_t count;
    const CatFunction **functions = cat_functions_named(f.view, STR("abs"), &count);
    assert_true(count >= 5);
    for (uint32_t i = 0; i < count; i++) {
        assert_text(functions[i]->name, "abs");
        assert_ptr_equal(cat_function(f.view, functions[i]->oid), functions[i]);
    }
    const CatOperator **operators = cat_operators_named(f.view, STR("<="), &count);
    assert_true(count >= 3);
    assert_text(operators[0]->name, "<=");
    const CatOperator *equal = cat_operator(f.view, 96);
    assert_text(equal->name, "=");
    assert_int_equal(equal->function, 65);
    assert_int_equal(cat_cast(f.view, OID_INT4, OID_INT8)->function, 481);
    assert_null(cat_cast(f.view, OID_BOOL, OID_INT8));
    close_fixture(&f);
}

static void test_families(void **state)
{
    Fixture f;
    (void)state;
    open_fixture(&f);
    assert_int_equal(cat_type_equality(f.view, OID_INT4), 96);
    assert_int_equal(cat_type_less(f.view, OID_INT4), 97);
    assert_int_equal(cat_type_greater(f.view, OID_INT4), 521);
    assert_int_equal(cat_type_equality(f.view, OID_VARCHAR), 98); /* by way of text */
    assert_int_equal(cat_type_less(f.view, 114), 0);              /* json has no order */
    const CatOpclass *c = cat_opclass_default(f.view, 403, OID_VARCHAR);
    assert_int_equal(c->type, OID_TEXT);
    assert_ptr_equal(cat_opclass(f.view, c->oid), c);
    assert_int_equal(cat_opclass_search(f.view, 403, (CatName){.name = STR("int4_ops")}), 1978);
    assert_int_equal(cat_opclass_search(f.view, 403, (CatName){.name = STR("nix")}), 0);
    assert_int_equal(cat_family_operator(f.view, 1976, OID_INT4, OID_INT8, 3), 15);
    const CatOperatorFamily *families;
    uint32_t count;
    families = cat_operator_families(f.view, 96, &count);
    assert_int_equal(count, 2); /* btree and hash */
    assert_int_equal(families[0].strategy + families[1].strategy, 3 + 1);
    families = cat_operator_families(f.view, 518, &count); /* <> is in none */
    assert_int_equal(count, 0);
    close_fixture(&f);
}

static void test_view(void **state)
{
    Fixture f;
    (void)state;
    open_fixture(&f);
    int owner;
    f.view = cat_view_new(f.catalog,
                          &(CatalogViewOptions){.session = f.unit.arena, .owner = &owner});
    cat_view_set_txn(f.view, NULL, f.unit.arena);
    assert_ptr_equal(cat_view_catalog(f.view), f.catalog);
    assert_ptr_equal(cat_view_owner(f.view), &owner);
    assert_null(cat_view_txn(f.view));
    assert_null(cat_view_locks(f.view));
    assert_int_equal(cat_view_database(f.view), 0);
    assert_int_equal(cat_view_space(f.view).v, 0);
    assert_int_equal(cat_view_role(f.view), 10);
    cat_view_set_role(f.view, 20, 10);
    assert_int_equal(cat_view_role(f.view), 20);
    const FnEnv env = {.calls_arg = f.view};
    const Fn fn = {.env = &env};
    assert_ptr_equal(fn_view(&fn), f.view);
    close_fixture(&f);
}

static void test_catalogs_as_relations(void **state)
{
    Fixture f;
    (void)state;
    open_fixture(&f);
    const Oid oid = cat_relation_search(f.view, (CatName){.name = STR("pg_class")});
    assert_int_equal(oid, 1259);
    const CatRelation *r = cat_relation(f.view, oid);
    assert_int_equal(r->column_count, 34);
    assert_text(r->columns[1].name, "relname");
    assert_int_equal(r->columns[1].collation, COLLATION_C);
    assert_int_equal(r->index_count, 3);
    assert_text(cat_collation(f.view, COLLATION_C)->name, "C");
    assert_int_equal(cat_system_column(STR("ctid")), -1);
    assert_int_equal(cat_system_column(STR("oid")), 0);
    assert_int_equal(cat_collation_named(f.view, 11, STR("C")), COLLATION_C);
    assert_int_equal(cat_relation_search(f.view, (CatName){.schema = STR("nowhere"),
                                                           .name = STR("pg_class")}),
                     0);
    close_fixture(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_types),
        cmocka_unit_test(test_type_names),
        cmocka_unit_test(test_functions_and_operators),
        cmocka_unit_test(test_families),
        cmocka_unit_test(test_view),
        cmocka_unit_test(test_catalogs_as_relations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* What the other rooms call besides bind_statement: names of types, casts, stored trees. */
#include "../unit.h"
#include "base/oids.h"
#include "base/settings.h"
#include "bind/bind.h"

typedef struct Fixture {
    Unit unit;
    Catalog *catalog;
    FnEnv env;
    BindOptions options;
} Fixture;

static void open_fixture(Fixture *f)
{
    unit_open(&f->unit);
    assert_true(catalog_new(f->unit.account, NULL, NULL, &f->catalog) == OK);
    CatalogView *view = cat_view_new(f->catalog, &(CatalogViewOptions){.session = f->unit.arena});
    cat_view_set_txn(view, NULL, f->unit.arena);
    f->env = (FnEnv){.settings = &settings_boot, .stmt = f->unit.arena, .calls_arg = view};
    f->options = (BindOptions){.view = view, .env = &f->env};
}

static void close_fixture(Fixture *f)
{
    cat_view_drop(f->options.view);
    catalog_release(f->catalog);
    unit_close(&f->unit);
}

static void test_type_names(void **state)
{
    (void)state;
    Fixture f;
    open_fixture(&f);
    static const struct {
        const char *text;
        Oid type;
        int32_t typmod;
    } good[] = {
        {"int4", OID_INT4, -1},
        {"numeric(10,2)", OID_NUMERIC, (10 << 16 | 2) + 4},
        {"pg_catalog.int4[]", OID_INT4_ARRAY, -1},
        {"int[][3]", OID_INT4_ARRAY, -1},
        {"\"char\"", OID_CHAR, -1},
        {"bool", OID_BOOL, -1},
    };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        InputError err = {.arena = f.unit.arena};
        Oid type = 0;
        int32_t typmod = 0;
        if (!bind_type_parse(f.unit.arena, str_from(good[i].text), &f.options, &type, &typmod,
                             &err))
            fail_msg("%s: %.*s", good[i].text, STR_ARG(err.message));
        assert_int_equal(type, good[i].type);
        assert_int_equal(typmod, good[i].typmod);
    }
    static const struct {
        const char *text, *message;
        Sqlstate code;
    } bad[] = {
        {"nosuch", "type \"nosuch\" does not exist", SQLSTATE_UNDEFINED_OBJECT},
        {"nosuch.t", "schema \"nosuch\" does not exist", SQLSTATE_INVALID_SCHEMA_NAME},
        {"int4(3)", "type modifier is not allowed for type \"int4\"", SQLSTATE_SYNTAX_ERROR},
        {"int4 int4", "syntax error at or near \"int4\"", SQLSTATE_SYNTAX_ERROR},
        {"", "syntax error at end of input", SQLSTATE_SYNTAX_ERROR},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        InputError err = {.arena = f.unit.arena};
        Oid type;
        int32_t typmod;
        assert_false(
            bind_type_parse(f.unit.arena, str_from(bad[i].text), &f.options, &type, &typmod, &err));
        assert_int_equal(err.code, bad[i].code);
        assert_string_equal(str_copy_zero(f.unit.arena, err.message), bad[i].message);
    }
    close_fixture(&f);
}

static void test_one_type_name(void **state)
{
    (void)state;
    Fixture f;
    open_fixture(&f);
    Str names[] = {STR("pg_catalog"), STR("int8")};
    AstTypeName name = {.kind = AST_TYPE_NAME, .location = -1, .names = {names, 2}};
    int32_t typmod;
    assert_int_equal(bind_type_name(f.unit.arena, &name, &f.options, &typmod), OID_INT8);
    assert_int_equal(typmod, -1);
    close_fixture(&f);
}

static void test_coerce(void **state)
{
    (void)state;
    Fixture f;
    open_fixture(&f);
    Arena *arena = f.unit.arena;
    QParam *param = Q_NEW(arena, Param);
    param->type = OID_INT4;
    param->typmod = -1;
    QExpr *same = bind_coerce(arena, &param->base, OID_INT4, -1, 'i', Q_CALL_IMPLICIT_CAST,
                              &f.options);
    assert_ptr_equal(same, &param->base);
    QExpr *wide = bind_coerce(arena, &param->base, OID_INT8, -1, 'i', Q_CALL_IMPLICIT_CAST,
                              &f.options);
    assert_int_equal(wide->kind, Q_FUNC_CALL);
    assert_int_equal(wide->type, OID_INT8);
    /* int4 to text: by assignment through output, not implicitly; to bool only when asked for. */
    assert_null(
        bind_coerce(arena, &param->base, OID_TEXT, -1, 'i', Q_CALL_IMPLICIT_CAST, &f.options));
    QExpr *text = bind_coerce(arena, &param->base, OID_TEXT, -1, 'a', Q_CALL_IMPLICIT_CAST,
                              &f.options);
    assert_int_equal(text->kind, Q_COERCE_IO);
    assert_null(
        bind_coerce(arena, &param->base, OID_BOOL, -1, 'a', Q_CALL_IMPLICIT_CAST, &f.options));
    assert_non_null(
        bind_coerce(arena, &param->base, OID_BOOL, -1, 'e', Q_CALL_EXPLICIT_CAST, &f.options));
    close_fixture(&f);
}

static void load_broken(void *arg)
{
    bind_load(((Fixture *)arg)->unit.arena, STR("(const"));
}

static void test_stored(void **state)
{
    (void)state;
    Fixture f;
    open_fixture(&f);
    QConst *node = Q_NEW(f.unit.arena, Const);
    node->type = OID_INT4;
    node->value = (QueryValue){.datum = {.value.i32 = 7}, .phys = PHYS_I32};
    assert_true(
        query_equal(node, bind_load(f.unit.arena, bind_store(f.unit.arena, (QNode *)node))));
    assert_raises(SQLSTATE_INTERNAL_ERROR, load_broken, &f);
    close_fixture(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_type_names),
        cmocka_unit_test(test_one_type_name),
        cmocka_unit_test(test_coerce),
        cmocka_unit_test(test_stored),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

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
        {"", "invalid type name \"\"", SQLSTATE_SYNTAX_ERROR},
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

static const AstNode *parsed_expression(Fixture *f, const char *text)
{
    f->options.sql = str_format(f->unit.arena, "SELECT %s", text);
    ParseResult *parsed = parse_sql(f->unit.arena, f->options.sql, NULL);
    return AST_AS(Select, parsed->statements[0].tree)->targets.items[0]->expr;
}

typedef struct Try {
    Fixture *fixture;
    const char *text;
    BindUse use;
    Oid type;
    const char *what;
    QExpr *made;
} Try;

static void try_expression(void *arg)
{
    Try *t = arg;
    const CatRelation *relation = cat_relation(t->fixture->options.view, 1259);
    t->made = bind_expression(t->fixture->unit.arena, parsed_expression(t->fixture, t->text),
                              &t->fixture->options,
                              t->use == BIND_DOMAIN_CHECK || t->use == BIND_EXECUTE ? NULL
                                                                                    : relation,
                              t->use, t->type, -1, str_from(t->what));
}

/* Messages are the oracle's, of CREATE TABLE, ALTER TABLE, CREATE DOMAIN and EXECUTE. */
static void test_expressions(void **state)
{
    (void)state;
    Fixture f;
    open_fixture(&f);
    static const struct {
        const char *text;
        BindUse use;
        Oid type;
        const char *what, *message;
    } cases[] = {
        {"relpages > 1", BIND_CHECK, OID_BOOL, "CHECK", NULL},
        {"relpages", BIND_CHECK, OID_BOOL, "CHECK",
         "argument of CHECK must be type boolean, not type integer"},
        {"count(*) > 1", BIND_CHECK, OID_BOOL, "CHECK",
         "aggregate functions are not allowed in check constraints"},
        {"(select true)", BIND_CHECK, OID_BOOL, "CHECK", "cannot use subquery in check constraint"},
        {"1 + 1", BIND_DEFAULT, OID_INT8, "a", NULL},
        {"'a'::text", BIND_DEFAULT, OID_INT4, "a",
         "column \"a\" is of type integer but default expression is of type text"},
        {"relpages", BIND_DEFAULT, OID_INT4, "a",
         "cannot use column reference in DEFAULT expression"},
        {"row_number() over ()", BIND_INDEX, 0, "",
         "window functions are not allowed in index expressions"},
        {"generate_series(1, 2)", BIND_GENERATED, OID_INT4, "a",
         "set-returning functions are not allowed in column generation expressions"},
        {"value > 0", BIND_DOMAIN_CHECK, OID_BOOL, "CHECK", NULL},
        {"'1'", BIND_EXECUTE, OID_INT4, "parameter $1", NULL},
        {"true", BIND_EXECUTE, OID_INT2, "parameter $1",
         "parameter $1 of type boolean cannot be coerced to the expected type smallint"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Try t = {&f, cases[i].text, cases[i].use, cases[i].type, cases[i].what, NULL};
        Error *error = NULL;
        f.options.domain_value = cases[i].use == BIND_DOMAIN_CHECK ? OID_INT4 : 0;
        f.options.domain_typmod = -1;
        bool good = error_catch(try_expression, &t, f.unit.arena, &error);
        if (good != (cases[i].message == NULL)) fail_msg("%s", cases[i].text);
        if (good && cases[i].type) assert_int_equal(t.made->type, cases[i].type);
        if (!good)
            assert_string_equal(str_copy_zero(f.unit.arena, error->message), cases[i].message);
        error_clear();
    }
    close_fixture(&f);
}

typedef struct RoutineTry {
    Fixture *fixture;
    const char *sql;
    Oid found;
} RoutineTry;

static void try_routine(void *arg)
{
    RoutineTry *t = arg;
    ParseResult *parsed = parse_sql(t->fixture->unit.arena, str_from(t->sql), NULL);
    const AstDrop *drop = AST_AS(Drop, parsed->statements[0].tree);
    const AstObjectRef *ref = AST_AS(ObjectRef, drop->objects.items[0]);
    t->found = bind_routine(ref->routine, AST_OBJECT_FUNCTION, &t->fixture->options,
                            drop->if_exists);
}

static void test_routines(void **state)
{
    (void)state;
    Fixture f;
    open_fixture(&f);
    RoutineTry t = {&f, "drop function lower(text)", 0};
    try_routine(&t);
    assert_int_equal(t.found, 870);
    t.sql = "drop function pg_catalog.int4pl(int, int4)";
    try_routine(&t);
    assert_int_equal(t.found, 177);
    t.sql = "drop function if exists nosuch(int)";
    try_routine(&t);
    assert_int_equal(t.found, 0);
    t.sql = "drop function nosuch(int)";
    assert_raises(SQLSTATE_UNDEFINED_FUNCTION, try_routine, &t);
    t.sql = "drop function nosuch";
    assert_raises(SQLSTATE_UNDEFINED_FUNCTION, try_routine, &t);
    t.sql = "drop function abs";
    assert_raises(SQLSTATE_AMBIGUOUS_FUNCTION, try_routine, &t);
    close_fixture(&f);
}

static void test_slots(void **state)
{
    (void)state;
    Fixture f;
    open_fixture(&f);
    CatExpr expr = {.stored = STR("(bool :type 16 :typmod -1)"), .account = f.unit.account};
    const QNode *node = bind_stored(&expr);
    assert_int_equal(node->kind, Q_BOOL);
    assert_ptr_equal(bind_stored(&expr), node);
    expr.slot_release(atomic_load(&expr.slot));
    close_fixture(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_type_names),  cmocka_unit_test(test_one_type_name),
        cmocka_unit_test(test_coerce),      cmocka_unit_test(test_stored),
        cmocka_unit_test(test_expressions), cmocka_unit_test(test_routines),
        cmocka_unit_test(test_slots),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

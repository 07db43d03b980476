/* SPDX-License-Identifier: Apache-2.0 */
/* Query nodes as data: constants of every physical kind and whole trees are copied, compared, printed, and read back
 * equal; broken text is refused, not believed. */
#include "../unit.h"

#include "bind/query.h"

static Unit unit;

static int open_unit(void **state)
{
    (void)state;
    unit_open(&unit);
    return 0;
}

static int close_unit(void **state)
{
    (void)state;
    unit_close(&unit);
    return 0;
}

static QExpr *constant(Phys phys, Datum datum)
{
    QConst *node = Q_NEW(unit.arena, Const);
    node->type = 23;
    node->typmod = -1;
    node->value = (QueryValue){datum, (uint8_t)phys};
    return &node->base;
}

static Str printed(const void *node)
{
    StrBuilder out = str_builder(unit.arena, 64);
    query_print(&out, node);
    return str_done(&out);
}

static void check_round(const void *node)
{
    void *again = NULL;
    Str text = printed(node);
    assert_true(query_read(unit.arena, text, &again));
    assert_true(query_equal(node, again));
    assert_true(str_equal(text, printed(again)));
    assert_true(query_equal(node, query_copy(unit.arena, node)));
}

static Datum text_datum(const char *text, size_t bytes)
{
    return (Datum){.value.str = strview((Str){text, bytes})};
}

static void test_constants(void **state)
{
    (void)state;
    static const uint8_t big[] = {1, 2, 3, 0, 255, 17};
    struct {
        Phys phys;
        Datum datum;
        const char *text;
    } cases[] = {
        {PHYS_BOOL, {.value.b = true}, "BOOL:true"},
        {PHYS_BOOL, {.value.b = false}, "BOOL:false"},
        {PHYS_I16, {.value.i16 = INT16_MIN}, "I16:-32768"},
        {PHYS_I32, {.value.i32 = INT32_MIN}, "I32:-2147483648"},
        {PHYS_I64, {.value.i64 = INT64_MAX}, "I64:9223372036854775807"},
        {PHYS_F32, {.value.f32 = 1.5F}, "F32:0000c03f"},
        {PHYS_F64, {.value.f64 = -0.0}, "F64:0000000000000080"},
        {PHYS_STR, text_datum("", 0), "STR:"},
        {PHYS_STR, text_datum("a) \"\0b", 6), "STR:612920220062"},
        {PHYS_STR, text_datum("longer than what fits inside", 28), NULL},
        {PHYS_DECIMAL,
         {.value.decimal = {.kind = DECIMAL_SMALL, .scale = 2, .coefficient = -150}},
         "DECIMAL:-150/2"},
        {PHYS_DECIMAL,
         {.value.decimal = {.kind = DECIMAL_BIG, .bytes = sizeof big, .big = big}},
         "DECIMAL:big:01020300ff11"},
        {PHYS_FIXED16, {.value.interval = {.microseconds = 1, .days = 2, .months = 3}}, NULL},
        {PHYS_STR, {.null = true}, "null:STR"},
        {PHYS_I32, {.null = true}, "null:I32"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        QExpr *node = constant(cases[i].phys, cases[i].datum);
        check_round(node);
        size_t at;
        if (cases[i].text) assert_true(str_find(printed(node), str_from(cases[i].text), &at));
        for (size_t j = 0; j < i; j++)
            assert_false(query_equal(node, constant(cases[j].phys, cases[j].datum)));
    }
}

static void test_scale_is_part_of_a_constant(void **state)
{
    (void)state;
    Datum one = {.value.decimal = {.scale = 1, .coefficient = 10}};
    Datum two = {.value.decimal = {.scale = 2, .coefficient = 100}};
    assert_false(query_equal(constant(PHYS_DECIMAL, one), constant(PHYS_DECIMAL, two)));
}

static QQuery *sample_query(void)
{
    QQuery *query = Q_NEW(unit.arena, Query);
    QTable *table = Q_NEW(unit.arena, Table);
    QTarget *target = Q_NEW(unit.arena, Target);
    QVar *var = Q_NEW(unit.arena, Var);
    *var = (QVar){.kind = Q_VAR,
                  .location = 7,
                  .type = 25,
                  .typmod = -1,
                  .collation = 100,
                  .table = 1,
                  .column = -1};
    target->expr = &var->base;
    target->name = STR("a \"name\" \\ with\nall");
    query->targets = (QTargetList){arena_copy(unit.arena, &target, sizeof(target)), 1};
    table->table = Q_RTE_VALUES;
    table->name = STR("");
    table->names = (NodeStrs){arena_copy(unit.arena, (Str[]){STR("x"), STR("")}, 2 * sizeof(Str)),
                              2};
    table->types = (NodeI32s){arena_copy(unit.arena, (int32_t[]){-5, 25}, 8), 2};
    table->relation_kind = 'r';
    query->tables = (QTableList){arena_copy(unit.arena, &table, sizeof(table)), 1};
    query->command = Q_COMMAND_UPDATE;
    query->has_sublinks = true;
    return query;
}

static void test_trees(void **state)
{
    (void)state;
    QQuery *query = sample_query();
    check_round(query);
    check_round(Q_NEW(unit.arena, NoBound));
    void *none = query;
    assert_true(query_read(unit.arena, STR("null"), &none));
    assert_null(none);
}

static void test_unknown_text_is_refused(void **state)
{
    (void)state;
    static const char *const broken[] = {
        "",
        "(",
        "()",
        "(nothing)",
        "(var",
        "(var :table)",
        "(var :table x)",
        "(var :table -1)",
        "(var :no 1)",
        "(var :table 1) x",
        "(const :value I32:)",
        "(const :value I99:1)",
        "(const :value STR:1)",
        "(const :value STR:zz)",
        "(bool :op maybe)",
        "(row :names [\"a])",
        "(row :names [a])",
        "(row :items [(var])",
        "(const :value DECIMAL:1/19)",
        "(const :value F64:00)",
        "(case :whens (when))",
        "(row_compare :ops [1 2",
    };
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        void *node;
        if (query_read(unit.arena, str_from(broken[i]), &node)) fail_msg("read: %s", broken[i]);
    }
    /* Every prefix of a good text is broken too. */
    Str good = printed(sample_query());
    void *node;
    for (size_t end = 0; end < good.bytes; end++)
        assert_false(query_read(unit.arena, str_slice(good, 0, end), &node));
}

static void *negate(void *arg, void *child)
{
    QBool *negation = Q_NEW(unit.arena, Bool);
    negation->op = Q_BOOL_NOT;
    negation->args = (QExprList){arena_copy(unit.arena, &child, sizeof(child)), 1};
    ++*(int *)arg;
    return negation;
}

static void test_replace(void **state)
{
    (void)state;
    int count = 0;
    QCase *node = Q_NEW(unit.arena, Case);
    node->otherwise = constant(PHYS_I32, (Datum){.value.i32 = 1});
    QRow *row = Q_NEW(unit.arena, Row);
    QExpr *items[] = {node->otherwise, NULL, node->otherwise};
    row->items = (QExprList){items, 3};
    query_replace(node, negate, &count);
    query_replace(row, negate, &count);
    assert_int_equal(count, 3);
    assert_int_equal(node->otherwise->kind, Q_BOOL);
    assert_null(row->items.items[1]);
    assert_int_equal(row->items.items[2]->kind, Q_BOOL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_constants), cmocka_unit_test(test_scale_is_part_of_a_constant),
        cmocka_unit_test(test_trees),     cmocka_unit_test(test_unknown_text_is_refused),
        cmocka_unit_test(test_replace),
    };
    return cmocka_run_group_tests(tests, open_unit, close_unit);
}

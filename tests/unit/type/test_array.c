/* SPDX-License-Identifier: Apache-2.0 */
/* Stored arrays: what is built is read back; damage is refused. */
#include "type/array.h"

#include "base/oids.h"
#include "unit/unit.h"

static Datum text(const char *s)
{
    return (Datum){.value.str = strview(str_from(s)), .null = !s};
}

static void test_texts(void **state)
{
    Unit unit;
    (void)state;
    unit_open(&unit);
    const Type *type = type_find(NULL, OID_TEXT);
    const Datum values[] = {text("a"), text(NULL), text(""), text("longer than twelve bytes")};
    const Str stored = array_build(unit.arena, type, values, 4);
    ArrayView view;
    assert_true(array_view(stored, &view));
    assert_int_equal(view.element, OID_TEXT);
    assert_int_equal(view.count, 4);
    assert_int_equal(view.shape.lowers[0], 1);
    for (uint32_t i = 0; i < 4; i++) {
        const Datum got = array_get(&view, type, i);
        assert_int_equal(got.null, values[i].null);
        assert_true(got.null || strview_equal(&got.value.str, &values[i].value.str));
    }
    for (size_t cut = 0; cut < stored.bytes; cut++)
        assert_false(array_view(str_slice(stored, 0, cut), &view));
    unit_close(&unit);
}

static void test_fixed(void **state)
{
    Unit unit;
    (void)state;
    unit_open(&unit);
    const struct {
        Oid type;
        uint32_t width;
    } types[] = {{OID_CHAR, 1}, {OID_INT2, 2}, {OID_INT4, 4}, {OID_INT8, 8}, {OID_NUMERIC, 0}};
    for (size_t t = 0; t < ARRAY_LEN(types); t++) {
        const Type *type = type_find(NULL, types[t].type);
        Datum values[11];
        for (uint32_t i = 0; i < 11; i++) {
            const TypeCall call = {.type = type, .arena = unit.arena, .typmod = -1};
            const char digit[] = {(char)('0' + i % 10), 0};
            values[i] = (Datum){.null = i == 9};
            assert_true(type_parse(&call, str_from(digit), &values[i].value, NULL));
        }
        const ArrayShape shape = {2, {1, 11}, {-3, 0}, false};
        const Str stored = array_build_shaped(unit.arena, type, values, &shape);
        ArrayView view;
        assert_true(array_view(stored, &view));
        assert_int_equal(view.width, types[t].width);
        assert_int_equal(view.shape.lowers[0], -3);
        for (uint32_t i = 0; i < 11; i++) {
            const Datum got = array_get(&view, type, i);
            assert_int_equal(got.null, i == 9);
            if (i != 9) assert_memory_equal(&got.value, &values[i].value, sizeof got.value);
        }
        for (size_t cut = 0; cut < stored.bytes; cut++)
            assert_false(array_view(str_slice(stored, 0, cut), &view));
    }
    unit_close(&unit);
}

static void test_empty(void **state)
{
    Unit unit;
    (void)state;
    unit_open(&unit);
    ArrayView view;
    const Type *type = type_find(NULL, OID_INT4);
    assert_true(array_view(array_build(unit.arena, type, NULL, 0), &view));
    assert_int_equal(view.shape.dimensions, 0);
    assert_int_equal(view.count, 0);
    assert_true(array_view(array_build_vector(unit.arena, type, NULL, 0), &view));
    assert_int_equal(view.shape.dimensions, 1);
    assert_int_equal(view.shape.lowers[0], 0);
    unit_close(&unit);
}

static void build_huge(void *arg)
{
    Unit *unit = arg;
    const ArrayShape shape = {2, {1 << 20, 1 << 20}, {1, 1}, false};
    (void)array_build_shaped(unit->arena, type_find(NULL, OID_INT4), NULL, &shape);
}

static void test_limits(void **state)
{
    Unit unit;
    (void)state;
    unit_open(&unit);
    assert_raises(SQLSTATE_PROGRAM_LIMIT_EXCEEDED, build_huge, &unit);
    ArrayView view;
    const uint8_t seven[] = {7, 0, 0, 0, 23, 0, 0, 0};
    assert_false(array_view((Str){(const char *)seven, sizeof seven}, &view));
    const uint8_t unknown_bit[] = {0x40, 0, 0, 0, 23, 0, 0, 0};
    assert_false(array_view((Str){(const char *)unknown_bit, sizeof unknown_bit}, &view));
    unit_close(&unit);
}

/* Pairs of arrays: keys order as compare does, equal ones hash alike, and the wire gives the array back. */
static void test_order(void **state)
{
    static const char *const texts[] = {
        "{}",        "{NULL}",      "{1}",           "{1,2}",        "{1,NULL}", "{2}",
        "{{1},{2}}", "[0:1]={1,2}", "{{1,2},{3,4}}", "{{1},{NULL}}", "{-1}",     "{{1,2}}",
    };
    enum { COUNT = ARRAY_LEN(texts) };
    Unit unit;
    (void)state;
    unit_open(&unit);
    const TypeCall call = {type_find(NULL, OID_INT4_ARRAY), NULL, unit.arena, -1, 0};
    Value values[COUNT];
    Str keys[COUNT];
    for (size_t i = 0; i < COUNT; i++) {
        assert_true(type_parse(&call, str_from(texts[i]), &values[i], NULL));
        assert_true(str_equal(type_print(&call, &values[i]), str_from(texts[i])));
        StrBuilder key = str_builder(unit.arena, 64), wire = str_builder(unit.arena, 64);
        assert_int_equal(call.type->sort_key(&call, &values[i], &key), KEY_EXACT);
        keys[i] = str_done(&key);
        call.type->send(&call, &values[i], &wire);
        const Str sent = str_done(&wire);
        Value back;
        for (size_t cut = 0; cut < sent.bytes; cut++)
            assert_false(
                call.type->receive(&call, (Bytes){(const uint8_t *)sent.data, cut}, &back, NULL));
        assert_true(call.type->receive(&call, (Bytes){(const uint8_t *)sent.data, sent.bytes},
                                       &back, NULL));
        assert_true(type_equal(&call, &values[i], &back));
        assert_true(type_hash(&call, &values[i]) == type_hash(&call, &back));
    }
    for (size_t i = 0; i < COUNT; i++)
        for (size_t k = 0; k < COUNT; k++) {
            const int order = type_compare(&call, &values[i], &values[k]);
            assert_int_equal(str_compare(keys[i], keys[k]), order);
            assert_int_equal(type_equal(&call, &values[i], &values[k]), i == k);
            assert_true(i == k || !str_starts(keys[i], keys[k]));
        }
    unit_close(&unit);
}

/* Keys that are cut: shorter arrays stay below, and what differs behind the cut is not told apart. */
static void test_cut_keys(void **state)
{
    enum { MOST = 400 };
    Unit unit;
    (void)state;
    unit_open(&unit);
    const TypeCall call = {type_find(NULL, OID_INT4_ARRAY), NULL, unit.arena, -1, 0};
    Datum values[MOST];
    memset(values, 0, sizeof values);
    Str before = STR("");
    bool was_cut = false;
    for (uint32_t n = 1; n <= MOST; n++) {
        StrBuilder key = str_builder(unit.arena, 64);
        const Value value = {
            .str = strview(array_build(unit.arena, type_find(NULL, OID_INT4), values, n))};
        const bool cut = call.type->sort_key(&call, &value, &key) == KEY_CUT;
        const Str now = str_done(&key);
        assert_true(cut || !was_cut);
        assert_int_equal(str_compare(before, now), was_cut ? 0 : -1);
        assert_true(was_cut || n == 1 || !str_starts(now, before));
        before = now;
        was_cut = cut;
    }
    assert_true(was_cut);
    unit_close(&unit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_texts), cmocka_unit_test(test_fixed),
        cmocka_unit_test(test_empty), cmocka_unit_test(test_limits),
        cmocka_unit_test(test_order), cmocka_unit_test(test_cut_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

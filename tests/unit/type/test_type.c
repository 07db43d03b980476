/* SPDX-License-Identifier: Apache-2.0 */
/* What holds for every type: keys order as values do, equal values hash alike, every form of a value gives it back. */
#include "type/type.h"

#include "base/oids.h"
#include "base/settings.h"
#include "unit/unit.h"

enum { SAMPLES_MAX = 40 };

typedef struct Family {
    const char *name;
    Oid types[4];
    const char *texts[SAMPLES_MAX];
} Family;

static const Family families[] = {
    {"bool", {OID_BOOL}, {"f", "t"}},
    {"char", {OID_CHAR}, {"", "Z", "a", "b", "\\200", "\\377"}},
    {"integers",
     {OID_INT2, OID_INT4, OID_INT8},
     {"-32768", "-1", "0", "1", "2", "255", "256", "32767"}},
    {"int8",
     {OID_INT8},
     {"-9223372036854775808", "-2147483649", "-1", "0", "4294967296", "9223372036854775807"}},
    {"oid", {OID_OID}, {"0", "1", "2147483647", "2147483648", "4294967295"}},
    {"floats",
     {OID_FLOAT4, OID_FLOAT8},
     {"-Infinity", "-1e30", "-1.5", "-1e-30", "-0", "0", "1e-30", "1.5", "1e30", "Infinity",
      "NaN"}},
    {"numeric",
     {OID_NUMERIC},
     {"-Infinity",
      "-1e40",
      "-1000.5",
      "-100",
      "-99.99",
      "-1",
      "-0.1",
      "-1e-20",
      "0",
      "0.000",
      "1e-20",
      "0.1",
      "0.10",
      "0.99",
      "1",
      "1.0",
      "1.000000000000000000000000",
      "1.000000000000000000000001",
      "2",
      "9.9",
      "10",
      "10.1",
      "99",
      "100",
      "100.00",
      "999999999999999999",
      "1e18",
      "1000000000000000000",
      "1000000000000000001",
      "12345678901234567890.5",
      "1e40",
      "Infinity",
      "NaN"}},
    {"text",
     {OID_TEXT, OID_VARCHAR, OID_NAME},
     {"", "a", "aa", "ab", "abcdefghijklm", "abcdefghijkln", "b", "z ", "\xc3\xa9"}},
    {"bpchar", {OID_BPCHAR}, {"", " ", "a", "a  ", "ab", "b"}},
    {"bytea",
     {OID_BYTEA},
     {"", "\\x00", "\\x0000", "\\x0001", "\\x00ff", "\\x01", "\\xff", "\\xff00"}},
    {"oid", {OID_OID, OID_REGCLASS, OID_REGTYPE}, {"0", "1", "2147483648", "4294967295"}},
    {"xid8", {OID_XID8}, {"0", "1", "9223372036854775808", "18446744073709551615"}},
    {"tid", {OID_TID}, {"(0,0)", "(0,1)", "(1,0)", "(1,65535)", "(4294967295,1)"}},
    {"pg_lsn", {OID_PG_LSN}, {"0/0", "0/FFFFFFFF", "1/0", "FFFFFFFF/FFFFFFFF"}},
    {"date",
     {OID_DATE, OID_TIMESTAMP, OID_TIMESTAMPTZ},
     {"-infinity", "4714-11-24 BC", "0001-12-31 BC", "0001-01-01", "1999-12-31", "2000-01-01",
      "2000-01-02", "infinity"}},
    {"time", {OID_TIME}, {"00:00", "00:00:00.000001", "12:00", "24:00"}},
    {"timetz",
     {OID_TIMETZ},
     {"00:00+15", "12:00+02", "11:00+01", "10:00+00", "09:00-01", "12:00-08"}},
    {"interval",
     {OID_INTERVAL},
     {"-infinity", "-178000000 years", "-1 mon", "-30 days", "-720:00", "0", "1 us", "1 day",
      "24:00", "29 days", "1 mon", "30 days", "1 year", "178000000 years", "infinity"}},
    {"oidvector", {OID_OIDVECTOR}, {"", "1", "4294967295", "1 2", "1 3", "1 2 3"}},
};

typedef struct Fixture {
    Unit unit;
    Settings settings;
    FnEnv env;
} Fixture;

static void fixture_open(Fixture *f)
{
    unit_open(&f->unit);
    f->settings = settings_boot;
    f->env = (FnEnv){.settings = &f->settings, .stmt = f->unit.arena};
}

static TypeCall call_of(Fixture *f, Oid type)
{
    return (TypeCall){type_get(&f->env, type), &f->env, f->unit.arena, -1, 0};
}

static Value parsed(const TypeCall *call, const char *text)
{
    Value value;
    InputError err = {.arena = call->arena};
    memset(&value, 0, sizeof value);
    assert_true(type_parse(call, str_from(text), &value, &err));
    return value;
}

static Str key_of(const TypeCall *call, const Value *value, KeyOrder order)
{
    StrBuilder out = str_builder(call->arena, 32);
    const Datum datum = {.value = *value};
    assert_true(type_key(call, &datum, order, &out) == KEY_EXACT);
    return str_done(&out);
}

static int sign(int v)
{
    return (v > 0) - (v < 0);
}

static void check_pair(const TypeCall *call, const Value *a, const Value *b)
{
    const int order = sign(type_compare(call, a, b));
    const Str ascending[2] = {key_of(call, a, KEY_ASC), key_of(call, b, KEY_ASC)};
    const Str descending[2] = {key_of(call, a, KEY_DESC), key_of(call, b, KEY_DESC)};
    assert_int_equal(order, -sign(type_compare(call, b, a)));
    assert_int_equal(str_compare(ascending[0], ascending[1]), order);
    assert_int_equal(str_compare(descending[0], descending[1]), -order);
    assert_int_equal(type_equal(call, a, b), order == 0);
    if (order == 0) {
        assert_true(type_hash(call, a) == type_hash(call, b));
    } else {
        assert_false(str_starts(ascending[0], ascending[1]));
        assert_false(str_starts(ascending[1], ascending[0]));
    }
}

static void keys_order_as_values(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    for (size_t i = 0; i < ARRAY_LEN(families); i++) {
        for (int t = 0; t < 4 && families[i].types[t]; t++) {
            const TypeCall call = call_of(&f, families[i].types[t]);
            for (int m = 0; families[i].texts[m]; m++)
                for (int n = 0; families[i].texts[n]; n++) {
                    const Value a = parsed(&call, families[i].texts[m]),
                                b = parsed(&call, families[i].texts[n]);
                    check_pair(&call, &a, &b);
                    /* The samples stand in order. */
                    if (m < n) assert_true(type_compare(&call, &a, &b) <= 0);
                }
        }
    }
    unit_close(&f.unit);
}

static void nulls_stand_where_asked(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    const TypeCall call = call_of(&f, OID_INT4);
    const Datum null = {.null = true}, least = {.value.i32 = INT32_MIN},
                most = {.value.i32 = INT32_MAX};
    for (int order = 0; order < 4; order++) {
        StrBuilder keys[3];
        const Datum *const data[3] = {&null, &least, &most};
        for (int i = 0; i < 3; i++) {
            keys[i] = str_builder(f.unit.arena, 8);
            type_key(&call, data[i], (KeyOrder)order, &keys[i]);
        }
        const int wanted = order & KEY_NULLS_FIRST ? -1 : 1;
        assert_int_equal(str_compare(str_peek(&keys[0]), str_peek(&keys[1])), wanted);
        assert_int_equal(str_compare(str_peek(&keys[0]), str_peek(&keys[2])), wanted);
    }
    unit_close(&f.unit);
}

static void long_keys_are_cut(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    const TypeCall call = call_of(&f, OID_TEXT);
    for (size_t bytes = TYPE_KEY_BYTES_MAX - 1; bytes <= TYPE_KEY_BYTES_MAX + 1; bytes++) {
        StrBuilder text = str_builder(f.unit.arena, bytes), out = str_builder(f.unit.arena, bytes);
        str_add_repeat(&text, 'x', bytes);
        const Datum datum = {.value.str = strview(str_done(&text))};
        const KeyExactness how = type_key(&call, &datum, KEY_ASC, &out);
        assert_int_equal(how, bytes > TYPE_KEY_BYTES_MAX ? KEY_CUT : KEY_EXACT);
    }
    unit_close(&f.unit);
}

/* Out of its key; one without its end is refused. */
static void check_unkey(const TypeCall *call, const Value *value, KeyOrder order, Str text)
{
    const Str key = key_of(call, value, order);
    Bytes bytes = {(const uint8_t *)key.data, key.bytes}, cut = bytes;
    Datum again;
    assert_true(type_unkey(call->type->oid, order, call->arena, &bytes, &again));
    assert_int_equal(bytes.bytes, 0);
    assert_false(again.null);
    assert_true(str_equal(type_print(call, &again.value), text));
    for (cut.bytes = 0; cut.bytes < key.bytes; cut.bytes++) {
        Bytes part = cut;
        assert_false(type_unkey(call->type->oid, order, call->arena, &part, &again));
    }
}

static void check_forms(const TypeCall *call, const char *sample)
{
    const Value value = parsed(call, sample);
    Value again;
    const Str text = type_print(call, &value);
    const Value reread = parsed(call, str_copy_zero(call->arena, text));
    assert_true(type_equal(call, &value, &reread));
    assert_true(str_equal(type_print(call, &reread), text));

    StrBuilder stored = str_builder(call->arena, 16), wire = str_builder(call->arena, 16);
    type_store(call->type, &value, &stored);
    const Str bytes = str_peek(&stored);
    assert_true(type_load(call->type, (Bytes){(const uint8_t *)bytes.data, bytes.bytes}, &again));
    assert_true(str_equal(type_print(call, &again), text));

    if (type_can_unkey(call->type->oid)) {
        check_unkey(call, &value, KEY_ASC, text);
        check_unkey(call, &value, KEY_DESC, text);
    }

    InputError err = {.arena = call->arena};
    call->type->send(call, &value, &wire);
    const Str sent = str_peek(&wire);
    const bool received = call->type->receive(call, (Bytes){(const uint8_t *)sent.data, sent.bytes},
                                              &again, &err);
    const bool empty_list = call->type->oid == OID_OIDVECTOR && text.bytes == 0;
    assert_int_equal(received, !empty_list); /* an empty list is refused, as PostgreSQL does */
    if (received) assert_true(str_equal(type_print(call, &again), text));
}

static void every_form_gives_the_value_back(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    for (size_t i = 0; i < ARRAY_LEN(families); i++)
        for (int t = 0; t < 4 && families[i].types[t]; t++) {
            const TypeCall call = call_of(&f, families[i].types[t]);
            for (int m = 0; families[i].texts[m]; m++) check_forms(&call, families[i].texts[m]);
        }
    unit_close(&f.unit);
}

static void sister_types_hash_alike(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    const TypeCall int2 = call_of(&f, OID_INT2), int8 = call_of(&f, OID_INT8);
    const TypeCall float4 = call_of(&f, OID_FLOAT4), float8 = call_of(&f, OID_FLOAT8);
    const Value a = parsed(&int2, "-77"), b = parsed(&int8, "-77"), c = parsed(&float4, "1.5"),
                d = parsed(&float8, "1.5");
    assert_true(type_hash(&int2, &a) == type_hash(&int8, &b));
    assert_true(type_hash(&float4, &c) == type_hash(&float8, &d));
    unit_close(&f.unit);
}

static void broken_bytes_are_refused(void **state)
{
    (void)state;
    static const struct {
        Oid type;
        uint8_t bytes[4];
        uint8_t count;
    } broken[] = {
        {OID_INT4, {1, 2, 3}, 3},       {OID_BOOL, {0}, 0},
        {OID_CHAR, {1, 2}, 2},          {OID_NUMERIC, {0}, 1}, /* half a head */
        {OID_NUMERIC, {0, 0, 5, 0}, 4}, /* a zero byte on top of the coefficient */
        {OID_NUMERIC, {0, 0x40}, 2},    /* a negative zero */
        {OID_NUMERIC, {3, 0x80}, 2},    /* no such special value */
        {OID_NUMERIC, {0, 0x80, 1}, 3}, /* something behind NaN */
    };
    Fixture f;
    fixture_open(&f);
    for (size_t i = 0; i < ARRAY_LEN(broken); i++) {
        Value value;
        assert_false(type_load(type_get(&f.env, broken[i].type),
                               (Bytes){broken[i].bytes, broken[i].count}, &value));
    }
    unit_close(&f.unit);
}

/* A catalog of one relation. */
static bool find_name(void *arg, FnNameKind kind, Str text, Oid *oid, InputError *err)
{
    (void)arg;
    if (kind != FN_NAME_RELATION || !str_equal(text, STR("t")))
        return input_error(err, SQLSTATE_UNDEFINED_TABLE, "relation \"%.*s\" does not exist",
                           STR_ARG(text));
    *oid = 1234;
    return true;
}

static bool print_name(void *arg, FnNameKind kind, Oid oid, Arena *arena, Str *name)
{
    (void)arg;
    (void)arena;
    *name = STR("t");
    return kind == FN_NAME_RELATION && oid == 1234;
}

static void names_of_things_come_from_the_catalog(void **state)
{
    (void)state;
    Fixture f;
    static const FnCalls calls = {.name_find = find_name, .name_print = print_name};
    fixture_open(&f);
    TypeCall call = call_of(&f, OID_REGCLASS);
    Value value;
    InputError err = {.arena = f.unit.arena};
    assert_false(type_parse(&call, STR("t"), &value, &err)); /* no catalog yet */
    assert_true(err.code == SQLSTATE_FEATURE_NOT_SUPPORTED);
    f.env.calls = &calls;
    value = parsed(&call, "t");
    assert_int_equal(value.u32, 1234);
    assert_true(str_equal(type_print(&call, &value), STR("t")));
    value = parsed(&call, "4711");
    assert_true(str_equal(type_print(&call, &value), STR("4711")));
    err = (InputError){.arena = f.unit.arena};
    assert_false(type_parse(&call, STR("u"), &value, &err));
    assert_true(err.code == SQLSTATE_UNDEFINED_TABLE);
    unit_close(&f.unit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_of_things_come_from_the_catalog),
        cmocka_unit_test(keys_order_as_values),
        cmocka_unit_test(nulls_stand_where_asked),
        cmocka_unit_test(long_keys_are_cut),
        cmocka_unit_test(every_form_gives_the_value_back),
        cmocka_unit_test(sister_types_hash_alike),
        cmocka_unit_test(broken_bytes_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Hash tables made in parts and found in as one; stores of rows read as one. Against the values themselves. */
#include "exec/keytable.h"
#include "exec/rowstore.h"

#include "p.h"

enum { PART_ROWS = 9000, ABSENT = 1 << 20 };

typedef struct Keys {
    KeyColumn columns[2];
    Vector vectors[2];
    uint32_t count; /* columns */
    bool by_text;
} Keys;

static uint64_t next_draw(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + 1442695040888963407u;
    return *state >> 33;
}

/* The value of row r; NOTHING: NULL. */
static int64_t value_of(uint64_t seed, uint32_t row, uint32_t range)
{
    uint64_t state = seed + row * UINT64_C(0x9e3779b97f4a7c15);
    (void)next_draw(&state);
    const uint64_t draw = next_draw(&state);
    return draw % 17 == 0 ? NOTHING : (int64_t)(draw / 17 % range);
}

/* Rows [from, from + count) of the values, moved by `shift`. */
static void fill(QTest *t, Keys *keys, uint64_t seed, uint32_t range, uint32_t from, uint32_t count,
                 int64_t shift)
{
    for (uint32_t c = 0; c < keys->count; c++) {
        Vector *v = &keys->vectors[c];
        const Oid type = keys->columns[c].type;
        vector_init_flat(v, t->arena, type, type_get(NULL, type)->phys, BATCH_ROWS_MAX);
        for (uint32_t i = 0; i < count; i++) {
            const int64_t value = value_of(seed, from + i, range);
            Datum datum = {.null = value == NOTHING};
            if (type == OID_INT4)
                datum.value.i32 = (int32_t)(value + shift);
            else if (!datum.null)
                datum.value.str = strview(
                    str_format(t->arena, "a key that is long: %d", (int)(value + shift)));
            vector_set(v, t->arena, i, &datum);
        }
    }
}

static void add_part(QTest *t, Keys *keys, KeyTable *table, KeyTable *const *parts, uint32_t *added,
                     uint64_t seed, uint32_t range)
{
    uint8_t part_of[BATCH_ROWS_MAX];
    uint16_t rows[BATCH_ROWS_MAX];
    uint32_t groups[BATCH_ROWS_MAX];
    for (uint32_t from = 0; from < PART_ROWS; from += BATCH_ROWS_MAX) {
        const uint32_t count = MIN(PART_ROWS - from, (uint32_t)BATCH_ROWS_MAX);
        fill(t, keys, seed, range, from, count, 0);
        keys_parts(table, keys->vectors, (Selection){.count = count}, part_of);
        for (uint32_t p = 0; p < KEY_PARTS; p++) {
            uint32_t n = 0;
            for (uint32_t i = 0; i < count; i++)
                if (part_of[i] == p) rows[n++] = (uint16_t)i;
            if (n > 0) keys_add(parts[p], keys->vectors, (Selection){rows, n}, groups);
            *added += n;
        }
        for (uint32_t i = 0; i < count; i++)
            assert_int_equal(part_of[i] == KEY_PARTS, value_of(seed, from + i, range) == NOTHING);
    }
}

/* Same values have one group, others another, NULLs and what was not added none. */
static void check_found(QTest *t, Keys *keys, KeyTable *table, uint64_t seed, uint32_t range)
{
    uint32_t groups[BATCH_ROWS_MAX];
    uint32_t *group_of = ARENA_ARRAY(t->arena, uint32_t, range), distinct = 0;
    for (uint32_t from = 0; from < PART_ROWS; from += BATCH_ROWS_MAX) {
        const uint32_t count = MIN(PART_ROWS - from, (uint32_t)BATCH_ROWS_MAX);
        fill(t, keys, seed, range, from, count, 0);
        keys_find(table, keys->vectors, (Selection){.count = count}, groups);
        for (uint32_t i = 0; i < count; i++) {
            const int64_t value = value_of(seed, from + i, range);
            assert_int_equal(groups[i] == KEY_NONE, value == NOTHING);
            if (value == NOTHING) continue;
            if (group_of[value] == 0) distinct++;
            if (group_of[value] == 0) group_of[value] = groups[i] + 1;
            assert_int_equal(group_of[value], groups[i] + 1);
        }
        fill(t, keys, seed, range, from, count, ABSENT);
        keys_find(table, keys->vectors, (Selection){.count = count}, groups);
        for (uint32_t i = 0; i < count; i++) assert_int_equal(groups[i], KEY_NONE);
    }
    assert_int_equal(keys_count(table), distinct);
    for (uint32_t a = 0; a < range; a++)
        for (uint32_t b = 0; b < a && range < 300; b++)
            assert_true(group_of[a] == 0 || group_of[a] != group_of[b]);
}

static void check_keys(QTest *t, Keys *keys, uint64_t seed, uint32_t range)
{
    KeyTable *parts[KEY_PARTS];
    uint32_t bases[KEY_PARTS], base = 5, added = 0;
    KeyTable *table = keys_new(t->arena, &t->env, keys->columns, keys->count, false);
    for (uint32_t p = 0; p < KEY_PARTS; p++) parts[p] = keys_of_part(t->arena, table);
    add_part(t, keys, table, parts, &added, seed, range);
    for (uint32_t p = 0; p < KEY_PARTS; p++) {
        bases[p] = base;
        base += keys_count(parts[p]) + 1;
    }
    keys_unite(table, parts, bases);
    check_found(t, keys, table, seed, range);
    check_found(t, keys, keys_share(t->arena, table, &t->env), seed, range);
    keys_clear(table);
    assert_int_equal(keys_count(table), 0);
}

static void tables_in_parts(void **state)
{
    QTest t;
    (void)state;
    q_open(&t);
    Keys one = {.columns = {{OID_INT4, 0}}, .count = 1};
    Keys text = {.columns = {{OID_TEXT, COLLATION_C}}, .count = 1};
    Keys both = {.columns = {{OID_INT4, 0}, {OID_TEXT, COLLATION_C}}, .count = 2};
    const uint64_t seed = unit_seed();
    for (uint32_t range = 1; range <= 100000; range *= 10) {
        check_keys(&t, &one, seed, range);
        check_keys(&t, &text, seed, range);
        check_keys(&t, &both, seed, range);
    }
    q_close(&t);
}

static void stores_as_one(void **state)
{
    static const uint32_t counts[] = {0, 1, BATCH_ROWS_MAX, 5000, 0, 33};
    enum { STORES = sizeof counts / sizeof *counts };
    QTest t;
    (void)state;
    q_open(&t);
    const Oid types[] = {OID_INT4};
    const uint8_t physes[] = {PHYS_I32};
    const RowShape shape = {1, types, physes};
    RowStore *stores[STORES];
    uint32_t firsts[STORES];
    Vector v;
    vector_init_flat(&v, t.arena, OID_INT4, PHYS_I32, BATCH_ROWS_MAX);
    for (uint32_t s = 0; s < STORES; s++) {
        stores[s] = rows_new(t.arena, &shape);
        for (uint32_t r = 0; r < counts[s]; r++) {
            const Datum value = {.value.i32 = (int32_t)(s * 100000 + r), .null = r % 7 == 3};
            vector_set(&v, t.arena, 0, &value);
            rows_append(stores[s], &v, (Selection){.count = 1});
            if (v.nulls) memset(v.nulls, 0, 8);
        }
    }
    RowStore *all = rows_unite(t.arena, stores, STORES, firsts);
    for (uint32_t s = 0; s < STORES; s++) {
        assert_int_equal(firsts[s] % BATCH_ROWS_MAX, 0);
        for (uint32_t r = 0; r < counts[s]; r++) {
            const uint32_t number = firsts[s] + r;
            Vector got;
            assert_true(number < rows_count(all));
            rows_gather(all, &number, 1, &got, t.arena);
            const Datum value = vector_get(&got, 0);
            assert_int_equal(value.null, r % 7 == 3);
            if (!value.null) assert_int_equal(value.value.i32, s * 100000 + r);
        }
    }
    q_close(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_in_parts),
        cmocka_unit_test(stores_as_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

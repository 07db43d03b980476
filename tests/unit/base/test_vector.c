/* SPDX-License-Identifier: Apache-2.0 */
/* Vectors, and predicates against a loop that asks row by row: every comparison on every kind, form,
 * nulls and selection. */
#include "base/vector.h"

#include "base/bitset.h"
#include "base/hash.h"
#include "base/random.h"
#include "unit/fail_each.h"
#include "unit/unit.h"

enum { ROWS = 300, FILTER_WORDS = 64 };

/* ---- random values, few enough to meet ---- */

static const char *const words[] = {"",
                                    "a",
                                    "ab",
                                    "abc",
                                    "abcd",
                                    "abcde",
                                    "abcdefghijkl",
                                    "abcdefghijklm",
                                    "abcdefghijklmnop",
                                    "abcdefghijklmnoq",
                                    "b",
                                    "\xff",
                                    "abc\xff"};

static double random_float(Random *random)
{
    static const double values[] = {
        0.0, -0.0, 1, -1, 0.5, 1e30, -1e30, __builtin_nan(""), __builtin_inf(), -__builtin_inf()};
    return values[random_below(random, ARRAY_LEN(values))];
}

static Value random_value(Random *random, Phys phys)
{
    Value v = {.u64 = 0};
    memset(&v, 0, sizeof v);
    switch (phys) {
    case PHYS_BOOL: v.b = random_chance(random, 2); break;
    case PHYS_I16: v.i16 = (int16_t)(random_below(random, 20) * 3000 - 30000); break;
    case PHYS_I32: v.i32 = (int32_t)random_i64_between(random, -10, 10) * 200000000; break;
    case PHYS_I64: v.i64 = random_i64_between(random, -10, 10) * INT64_C(900000000000000000); break;
    case PHYS_F32: v.f32 = (float)random_float(random); break;
    case PHYS_F64: v.f64 = random_float(random); break;
    case PHYS_FIXED16:
        v.uuid.bytes[0] = (uint8_t)(random_below(random, 3) * 100);
        v.uuid.bytes[15] = (uint8_t)(random_below(random, 3) * 100);
        break;
    case PHYS_DECIMAL:
        v.decimal.kind = DECIMAL_SMALL;
        v.decimal.scale = (uint16_t)random_below(random, 3);
        v.decimal.coefficient = random_i64_between(random, -20, 20) * 10;
        break;
    case PHYS_STR: v.str = strview(str_from(words[random_below(random, ARRAY_LEN(words))])); break;
    case PHYS_COUNT: fail();
    }
    return v;
}

/* ---- the model ---- */

static int order_of(double a, double b)
{
    bool nan_a = a != a, nan_b = b != b;
    if (nan_a || nan_b) return nan_a - nan_b;
    return a < b ? -1 : a > b;
}

static int model_compare(Phys phys, const Value *a, const Value *b)
{
    static const int64_t tens[] = {1, 10, 100};
    int64_t x, y;
    switch (phys) {
    case PHYS_BOOL: return a->b - b->b;
    case PHYS_I16: return (a->i16 > b->i16) - (a->i16 < b->i16);
    case PHYS_I32: return (a->i32 > b->i32) - (a->i32 < b->i32);
    case PHYS_I64: return (a->i64 > b->i64) - (a->i64 < b->i64);
    case PHYS_F32: return order_of((double)a->f32, (double)b->f32);
    case PHYS_F64: return order_of(a->f64, b->f64);
    case PHYS_FIXED16: return memcmp(a, b, 16);
    case PHYS_DECIMAL:
        x = a->decimal.coefficient * tens[2 - a->decimal.scale];
        y = b->decimal.coefficient * tens[2 - b->decimal.scale];
        return (x > y) - (x < y);
    case PHYS_STR: return str_compare(strview_str(&a->str), strview_str(&b->str));
    case PHYS_COUNT: break;
    }
    fail();
    return 0;
}

static int64_t integer_of(Phys phys, const Value *v)
{
    return phys == PHYS_I16 ? v->i16 : phys == PHYS_I32 ? v->i32 : v->i64;
}

static bool model_passes(const Predicate *p, const Datum *d)
{
    Phys phys = (Phys)p->phys;
    if (p->op == PREDICATE_IS_NULL) return d->null;
    if (d->null) return false;
    int low = model_compare(phys, &d->value, &p->low),
        high = model_compare(phys, &d->value, &p->high);
    switch ((PredicateOp)p->op) {
    case PREDICATE_EQ: return low == 0;
    case PREDICATE_NE: return low != 0;
    case PREDICATE_LT: return low < 0;
    case PREDICATE_LE: return low <= 0;
    case PREDICATE_GT: return low > 0;
    case PREDICATE_GE: return low >= 0;
    case PREDICATE_BETWEEN: return low >= 0 && high <= 0;
    case PREDICATE_IN:
        for (uint32_t i = 0; i < p->list_count; i++)
            if (model_compare(phys, &d->value, &p->list[i]) == 0) return true;
        return false;
    case PREDICATE_HASH_FILTER:
        return predicate_hash_has(p->filter, p->filter_limit, value_hash(phys, d->value));
    case PREDICATE_MEMBER:
        for (uint32_t i = 0; i < p->filter_limit; i++)
            if (bits_get(p->filter, i) && p->low.i64 + (int64_t)i == integer_of(phys, &d->value))
                return true;
        return false;
    case PREDICATE_IS_NULL:
    case PREDICATE_IS_NOT_NULL: break;
    }
    return true;
}

/* ---- random columns ---- */

static void random_flat(Unit *unit, Random *random, Vector *v, Phys phys, uint32_t rows)
{
    bool nulls = random_chance(random, 2);
    vector_init_flat(v, unit->arena, 23, phys, rows);
    assert_int_equal((uintptr_t)v->data % 64, 0);
    for (uint32_t i = 0; i < rows; i++) {
        Datum d = {random_value(random, phys), nulls && random_chance(random, 4)};
        vector_set(v, unit->arena, i, &d);
    }
}

static void random_column(Unit *unit, Random *random, Vector *v, Phys phys, VectorForm form,
                          uint32_t rows)
{
    if (form == VECTOR_FLAT) {
        random_flat(unit, random, v, phys, rows);
    } else if (form == VECTOR_CONSTANT) {
        Datum d = {random_value(random, phys), random_chance(random, 4)};
        vector_init_constant(v, unit->arena, 23, phys, &d);
    } else {
        Vector values;
        uint32_t value_count = 1 +
                               (uint32_t)random_below(random, 400); /* fewer than rows, or more */
        random_flat(unit, random, &values, phys, value_count);
        uint16_t *indexes = arena_alloc_array(unit->arena, MAX(rows, 1u), sizeof *indexes);
        for (uint32_t i = 0; i < rows; i++)
            indexes[i] = (uint16_t)random_below(random, value_count);
        vector_init_dictionary(v, &values, indexes, value_count);
    }
}

static Selection random_selection(Unit *unit, Random *random, uint32_t rows)
{
    if (random_chance(random, 2)) return (Selection){.count = rows};
    uint16_t *list = arena_alloc_array(unit->arena, rows + 1, sizeof *list);
    Selection selection = {.rows = list};
    for (uint32_t i = 0; i < rows; i++)
        if (random_chance(random, 2)) list[selection.count++] = (uint16_t)i;
    return selection;
}

static void random_list(Unit *unit, Random *random, Predicate *p)
{
    Phys phys = (Phys)p->phys;
    p->list_count = (uint32_t)random_below(random, 15);
    Value *list = arena_alloc_array(unit->arena, p->list_count, sizeof *list);
    for (uint32_t i = 0; i < p->list_count; i++) {
        Value v = random_value(random, phys);
        uint32_t k = i;
        for (; k > 0 && model_compare(phys, &list[k - 1], &v) > 0; k--) list[k] = list[k - 1];
        list[k] = v;
    }
    p->list = list;
}

static void random_filter(Unit *unit, Random *random, Predicate *p)
{
    uint64_t *filter = arena_alloc_array_zero(unit->arena, FILTER_WORDS, sizeof *filter);
    for (int i = 0; i < 5; i++) {
        Value v = random_value(random, (Phys)p->phys);
        uint64_t hash = value_hash((Phys)p->phys, v);
        predicate_hash_add(filter, FILTER_WORDS - 1, hash);
        assert_true(predicate_hash_has(filter, FILTER_WORDS - 1, hash));
    }
    p->filter = filter;
    p->filter_limit = FILTER_WORDS - 1;
}

/* Some values, and the bits around; begins at either end of all integers, too. */
static void random_members(Unit *unit, Random *random, Predicate *p)
{
    uint64_t *bits = arena_alloc_array_zero(unit->arena, FILTER_WORDS, sizeof *bits);
    const Value near = random_value(random, (Phys)p->phys);
    p->filter = bits;
    p->filter_limit = 1 + (uint32_t)random_below(random, FILTER_WORDS * 64);
    p->low.i64 = integer_of((Phys)p->phys, &near) - (int64_t)random_below(random, p->filter_limit);
    if (random_chance(random, 4)) p->low.i64 = INT64_MIN;
    for (uint32_t i = 0; i < p->filter_limit; i++)
        if (random_chance(random, 2)) bits_set(bits, i);
}

static void check_predicate(Unit *unit, Random *random, Phys phys, PredicateOp op, VectorForm form)
{
    Vector column;
    uint16_t wanted[ROWS], got[ROWS + 16];
    uint32_t rows = (uint32_t)random_below(random, ROWS + 1), count = 0;
    Predicate p = {.op = op,
                   .phys = phys,
                   .low = random_value(random, phys),
                   .high = random_value(random, phys)};
    if (op == PREDICATE_IN) random_list(unit, random, &p);
    if (op == PREDICATE_HASH_FILTER) random_filter(unit, random, &p);
    if (op == PREDICATE_MEMBER) random_members(unit, random, &p);
    random_column(unit, random, &column, phys, form, rows);
    Selection in = random_selection(unit, random, rows);
    for (uint32_t i = 0; i < in.count; i++) {
        uint32_t row = in.rows ? in.rows[i] : i;
        Datum d = vector_get(&column, row);
        if (model_passes(&p, &d)) wanted[count++] = (uint16_t)row;
    }
    memset(got, 0x77, sizeof got);
    assert_int_equal(predicate_filter(&p, &column, in, got), count);
    assert_memory_equal(got, wanted, count * sizeof wanted[0]);
    for (uint32_t i = in.count; i < ARRAY_LEN(got); i++)
        assert_int_equal(got[i], 0x7777); /* (P1) */
    if (form == VECTOR_FLAT) {
        assert_int_equal(predicate_filter_array(&p, column.data, column.nulls, in, got), count);
        assert_memory_equal(got, wanted, count * sizeof wanted[0]);
    }
    if (in.rows) { /* in place */
        uint16_t *own = arena_copy(unit->arena, in.rows, in.count * sizeof *own);
        assert_int_equal(predicate_filter(&p, &column, (Selection){own, in.count}, own), count);
        assert_memory_equal(own, wanted, count * sizeof wanted[0]);
    }
}

static void test_predicates_against_model(void **state)
{
    Unit *unit = *state;
    Random random;
    random_seed(&random, unit_seed());
    for (int round = 0; round < 12; round++)
        for (Phys phys = PHYS_BOOL; phys < PHYS_COUNT; phys++)
            for (PredicateOp op = PREDICATE_EQ; op <= PREDICATE_MEMBER; op++)
                for (VectorForm form = VECTOR_FLAT; form <= VECTOR_DICTIONARY; form++) {
                    if (op == PREDICATE_MEMBER && (phys < PHYS_I16 || phys > PHYS_I64)) continue;
                    ArenaMark mark = arena_mark(unit->arena);
                    check_predicate(unit, &random, phys, op, form);
                    arena_rewind(unit->arena, mark);
                }
}

/* ---- decimals that base cannot order ---- */

static int compare_big(const Decimal *a, const Decimal *b)
{
    int64_t x = a->kind == DECIMAL_BIG ? (int64_t)a->big[0] : a->coefficient;
    int64_t y = b->kind == DECIMAL_BIG ? (int64_t)b->big[0] : b->coefficient;
    return (x > y) - (x < y);
}

static void test_big_decimals(void **state)
{
    Unit *unit = *state;
    static const uint8_t five[] = {5};
    Decimal data[] = {{.coefficient = 4},
                      {.kind = DECIMAL_BIG, .bytes = 1, .big = five},
                      {.coefficient = 5}};
    Predicate p = {.op = PREDICATE_EQ,
                   .phys = PHYS_DECIMAL,
                   .low.decimal = {.coefficient = 5},
                   .compare_big = compare_big};
    uint16_t out[3];
    assert_int_equal(predicate_filter_array(&p, data, NULL, (Selection){.count = 3}, out), 2);
    assert_true(out[0] == 1 && out[1] == 2);
    static uint64_t nothing[8];
    p = (Predicate){.op = PREDICATE_HASH_FILTER, .phys = PHYS_DECIMAL, .filter = nothing};
    assert_int_equal(predicate_filter_array(&p, data, NULL, (Selection){.count = 3}, out), 1);
    assert_int_equal(out[0], 1); /* nobody knows: it passes */
    Value big = value_copy(unit->arena, PHYS_DECIMAL, (Value){.decimal = data[1]});
    assert_ptr_not_equal(big.decimal.big, five);
    assert_true(value_hash(PHYS_DECIMAL, big) ==
                value_hash(PHYS_DECIMAL, (Value){.decimal = data[1]}));
}

static void test_hashes_of_equal_values(void **state)
{
    (void)state;
    assert_true(value_hash(PHYS_I16, (Value){.i16 = -5}) ==
                value_hash(PHYS_I64, (Value){.i64 = -5}));
    assert_true(value_hash(PHYS_I32, (Value){.i32 = -5}) ==
                value_hash(PHYS_I64, (Value){.i64 = -5}));
    assert_true(value_hash(PHYS_F32, (Value){.f32 = 0.5f}) ==
                value_hash(PHYS_F64, (Value){.f64 = 0.5}));
    assert_true(value_hash(PHYS_F64, (Value){.f64 = -0.0}) ==
                value_hash(PHYS_F64, (Value){.f64 = 0}));
    assert_true(value_hash(PHYS_F64, (Value){.f64 = -__builtin_nan("1")}) ==
                value_hash(PHYS_F64, (Value){.f64 = __builtin_nan("")}));
    Value a = {.decimal = {.scale = 2, .coefficient = 150}},
          b = {.decimal = {.scale = 1, .coefficient = 15}};
    assert_true(value_hash(PHYS_DECIMAL, a) == value_hash(PHYS_DECIMAL, b));
}

/* ---- views and vectors ---- */

static void test_views(void **state)
{
    Unit *unit = *state;
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        for (size_t k = 0; k < ARRAY_LEN(words); k++) {
            StrView a = strview(str_from(words[i])),
                    b = strview_copy(unit->arena, str_from(words[k]));
            assert_int_equal(strview_equal(&a, &b), i == k);
            int order = str_compare(str_from(words[i]), str_from(words[k]));
            assert_int_equal(strview_compare(&a, &b), order);
            assert_true(str_equal(strview_str(&b), str_from(words[k])));
            if (b.bytes <= STRVIEW_INLINE_MAX)
                assert_int_equal(memcmp(&a, &b, sizeof a) == 0, i == k);
        }
    StrView empty = strview((Str){0}), zero = strview(STR("\0")), two = strview(STR("\0\0"));
    assert_int_equal(strview_compare(&empty, &zero), -1);
    assert_int_equal(strview_compare(&two, &zero), 1);
}

static void test_flatten_and_get(void **state)
{
    Unit *unit = *state;
    Random random;
    random_seed(&random, unit_seed());
    for (int round = 0; round < 10; round++)
        for (Phys phys = PHYS_BOOL; phys < PHYS_COUNT; phys++)
            for (VectorForm form = VECTOR_FLAT; form <= VECTOR_DICTIONARY; form++) {
                Vector from, into;
                uint32_t rows = (uint32_t)random_below(&random, ROWS);
                random_column(unit, &random, &from, phys, form, rows);
                Selection selection = random_selection(unit, &random, rows);
                Arena *arena = arena_new(unit->account, "flat");
                vector_flatten(&into, arena, &from, selection);
                assert_true(into.form == VECTOR_FLAT && into.type == 23 && into.phys == phys);
                for (uint32_t i = 0; i < selection.count; i++) {
                    Datum a = vector_get(&into, i),
                          b = vector_get(&from, selection.rows ? selection.rows[i] : i);
                    assert_int_equal(a.null, b.null);
                    assert_int_equal(vector_is_null(&into, i), b.null);
                    if (!a.null) assert_int_equal(model_compare(phys, &a.value, &b.value), 0);
                    if (phys == PHYS_STR && a.value.str.bytes > STRVIEW_INLINE_MAX)
                        assert_ptr_not_equal(a.value.str.data, b.value.str.data);
                }
                arena_drop(arena);
            }
    static const uint32_t sizes[] = {1, 2, 4, 8, 4, 8, 16, 16, 16};
    for (Phys phys = PHYS_BOOL; phys < PHYS_COUNT; phys++)
        assert_int_equal(phys_bytes(phys), sizes[phys]);
    assert_string_equal(phys_name(PHYS_DECIMAL), "DECIMAL");
}

typedef struct Work {
    Arena *arena;
    Vector *from;
} Work;

static void flatten(void *arg)
{
    Work *work = arg;
    Vector into;
    vector_flatten(&into, work->arena, work->from, (Selection){.count = 100});
    vector_need_nulls(&into, work->arena);
}

static void workload(void *arg, bool failing)
{
    Unit *unit = arg;
    Datum d = {.value.str = strview(STR("a string too long for its slot"))};
    Vector from = {.phys = PHYS_STR, .form = VECTOR_CONSTANT, .data = &d.value};
    Work work = {.arena = arena_try_new(unit->account, "workload"), .from = &from};
    if (!work.arena) return;
    int raised = unit_raised(flatten, &work);
    assert_true(raised == 0 || (failing && raised == (int)SQLSTATE_OUT_OF_MEMORY));
    arena_drop(work.arena);
}

static void test_every_failure(void **state)
{
    assert_true(fail_each_allocation(workload, *state) > 4);
}

static Unit the_unit;

static int setup(void **state)
{
    unit_open(&the_unit);
    *state = &the_unit;
    return 0;
}

static int teardown(void **state)
{
    unit_close(*state);
    return 0;
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_predicates_against_model), TEST(test_big_decimals),
        TEST(test_hashes_of_equal_values),   TEST(test_views),
        TEST(test_flatten_and_get),          TEST(test_every_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

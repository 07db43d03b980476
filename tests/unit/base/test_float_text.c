/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers with a binary point as text. The shortest digits are judged by what defines them: they read back as the same
 * number (by libc), and no text with a digit less does. */
#include "base/float_text.h"

#include <math.h>

#include "base/arith.h"
#include "base/random.h"
#include "unit/unit.h"

static double f64_of(uint64_t bits)
{
    double v;
    memcpy(&v, &bits, sizeof v);
    return v;
}

static float f32_of(uint32_t bits)
{
    float v;
    memcpy(&v, &bits, sizeof v);
    return v;
}

static Str printed64(char *out, double v)
{
    return (Str){out, f64_print_shortest(out, v)};
}

static Str printed32(char *out, float v)
{
    return (Str){out, f32_print_shortest(out, v)};
}

static uint32_t digits_of(uint64_t number)
{
    uint32_t count = 1;
    for (; number >= 10; number /= 10) count++;
    return count;
}

/* The ends of the rounding interval do not count: a text exactly between two numbers may be read as either. */
static bool is_between(long double text, double v, double step)
{
    return fabsl(text - (long double)v) == (long double)step / 2;
}

static void check_f64(double v)
{
    char text[64], shorter[64];
    int32_t exponent;
    uint64_t digits = f64_shortest(v, &exponent);
    (void)snprintf(text, sizeof text, "%" PRIu64 "e%d", digits, exponent);
    assert_true(strtod(text, NULL) == fabs(v));
    assert_true(digits % 10 != 0);
    uint32_t count = digits_of(digits);
    if (count > 1) {
        (void)snprintf(shorter, sizeof shorter, "%.*e", (int)count - 2, fabs(v));
        double up = nextafter(fabs(v), (double)INFINITY) - fabs(v),
               down = fabs(v) - nextafter(fabs(v), 0);
        long double x = strtold(shorter, NULL);
        if (strtod(shorter, NULL) == fabs(v) && !is_between(x, fabs(v), up) &&
            !is_between(x, fabs(v), down))
            fail_msg("%s is longer than %s", text, shorter);
    }
    char out[FLOAT_TEXT_MAX];
    double back;
    Str shown = printed64(out, v);
    assert_true(shown.bytes <= FLOAT_TEXT_MAX);
    assert_int_equal(f64_read(shown, &back), FLOAT_READ_OK);
    assert_true(memcmp(&back, &v, sizeof v) == 0);
}

static void check_f32(float v)
{
    char text[64], shorter[64];
    int32_t exponent;
    uint32_t digits = f32_shortest(v, &exponent);
    (void)snprintf(text, sizeof text, "%ue%d", digits, exponent);
    assert_true(strtof(text, NULL) == fabsf(v));
    uint32_t count = digits_of(digits);
    if (count > 1) {
        (void)snprintf(shorter, sizeof shorter, "%.*e", (int)count - 2, (double)fabsf(v));
        float up = nextafterf(fabsf(v), INFINITY) - fabsf(v),
              down = fabsf(v) - nextafterf(fabsf(v), 0);
        long double x = strtold(shorter, NULL);
        if (strtof(shorter, NULL) == fabsf(v) && !is_between(x, (double)fabsf(v), (double)up) &&
            !is_between(x, (double)fabsf(v), (double)down))
            fail_msg("%s is longer than %s", text, shorter);
    }
    char out[FLOAT_TEXT_MAX];
    float back;
    assert_int_equal(f32_read(printed32(out, v), &back), FLOAT_READ_OK);
    assert_true(memcmp(&back, &v, sizeof v) == 0);
}

static void test_shortest_of_random_bits(void **state)
{
    (void)state;
    Random random;
    random_seed(&random, unit_seed());
    for (int round = 0; round < 100000; round++) {
        double v = f64_of(random_u64(&random));
        if (isfinite(v) && v != 0) check_f64(v);
        float f = f32_of((uint32_t)random_u64(&random));
        if (isfinite(f) && f != 0) check_f32(f);
        check_f64((double)random_i64_between(&random, 1, 1000000) / 1000);
    }
}

/* Where rounding intervals are odd: powers of two, their neighbours, subnormals, the largest. */
static void test_shortest_at_edges(void **state)
{
    (void)state;
    for (uint64_t exponent = 0; exponent < 2047; exponent++)
        for (int64_t step = -1; step <= 1; step++) {
            uint64_t bits = (exponent << 52) + (uint64_t)step;
            double v = f64_of(bits);
            if (isfinite(v) && v != 0) check_f64(v);
        }
    for (uint32_t exponent = 0; exponent < 255; exponent++)
        for (int32_t step = -1; step <= 1; step++) {
            float v = f32_of((exponent << 23) + (uint32_t)step);
            if (isfinite(v) && v != 0) check_f32(v);
        }
    for (int power = -30; power <= 30; power++) {
        check_f64(pow(10, power));
        check_f64(-pow(10, power));
        check_f32(powf(10, (float)power));
    }
}

static void test_printing(void **state)
{
    (void)state;
    static const struct {
        double v;
        const char *wide, *narrow;
    } cases[] = {{0.0, "0", "0"},
                 {-0.0, "-0", "-0"},
                 {(double)NAN, "NaN", "NaN"},
                 {(double)INFINITY, "Infinity", "Infinity"},
                 {-(double)INFINITY, "-Infinity", "-Infinity"},
                 {1, "1", "1"},
                 {-1.5, "-1.5", "-1.5"},
                 {100000, "100000", "100000"},
                 {1e6, "1000000", "1e+06"},
                 {1e14, "100000000000000", "1e+14"},
                 {1e15, "1e+15", "1e+15"},
                 {1.25e20, "1.25e+20", "1.25e+20"},
                 {0.0001220703125, "0.0001220703125", "0.00012207031"},
                 {0.00005, "5e-05", "5e-05"},
                 {5e-324, "5e-324", "0"},
                 {1.7976931348623157e308, "1.7976931348623157e+308", "Infinity"}};
    char out[FLOAT_TEXT_MAX];
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        assert_true(str_equal(printed64(out, cases[i].v), str_from(cases[i].wide)));
        assert_true(str_equal(printed32(out, (float)cases[i].v), str_from(cases[i].narrow)));
    }
    size_t bytes = f64_print_digits(out, 1.0 / 3, 3);
    assert_true(str_equal((Str){out, bytes}, STR("0.333")));
    bytes = f64_print_digits(out, -(double)INFINITY, 3);
    assert_true(str_equal((Str){out, bytes}, STR("-Infinity")));
}

static void check_read(Str text, FloatRead wide, double v, FloatRead narrow)
{
    double got = 0;
    float small = 0;
    FloatRead how = f64_read(text, &got);
    if (how != wide) fail_msg("%.*s: %d, wanted %d", STR_ARG(text), how, wide);
    if (wide == FLOAT_READ_OK && (isnan(v) ? !isnan(got) : got != v || signbit(got) != signbit(v)))
        fail_msg("%.*s: %.17g, wanted %.17g", STR_ARG(text), got, v);
    how = f32_read(text, &small);
    if (how != narrow) fail_msg("%.*s as float: %d, wanted %d", STR_ARG(text), how, narrow);
    if (narrow == FLOAT_READ_OK && !isnan(v)) assert_true(small == (float)v);
}

static void test_reading(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double v;
    } good[] = {{"0", 0},
                {"-0", -0.0},
                {"+1", 1},
                {".5", 0.5},
                {"5.", 5},
                {"1e3", 1000},
                {"1E+3", 1000},
                {"1e-3", 0.001},
                {"0x10", 16},
                {"-0x1p-2", -0.25},
                {"inf", (double)INFINITY},
                {"-Infinity", -(double)INFINITY},
                {"nAn", (double)NAN},
                {"12345678901234567890123", 12345678901234567890123.0},
                {"9007199254740993", 9007199254740992.0},
                {"1e22", 1e22},
                {"123456789e-30", 123456789e-30},
                {"1e0000000000000003", 1000}};
    for (size_t i = 0; i < ARRAY_LEN(good); i++)
        check_read(str_from(good[i].text), FLOAT_READ_OK, good[i].v, FLOAT_READ_OK);
    static const char *const bad[] = {"",       " ",       "x",     "1 ",    " 1",   "1x", "--1",
                                      "1e",     "1e+",     "1e+-1", "1e++1", ".",    "-",  "e5",
                                      "nan(1)", "infinit", "0x",    "\t1",   "1.2.3"};
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        check_read(str_from(bad[i]), FLOAT_READ_SYNTAX, 0, FLOAT_READ_SYNTAX);
    check_read((Str){"1\0002", 3}, FLOAT_READ_SYNTAX, 0, FLOAT_READ_SYNTAX);
    check_read(STR("1e40"), FLOAT_READ_OK, 1e40, FLOAT_READ_RANGE);
    check_read(STR("1e-60"), FLOAT_READ_OK, 1e-60, FLOAT_READ_RANGE);
    check_read(STR("1e400"), FLOAT_READ_RANGE, 0, FLOAT_READ_RANGE);
    check_read(STR("-1e-400"), FLOAT_READ_RANGE, 0, FLOAT_READ_RANGE);
    check_read(STR("4e-324"), FLOAT_READ_OK, 5e-324, FLOAT_READ_RANGE);
}

/* Longer than any buffer: cut without a change of the value. */
static void test_long_numbers(void **state)
{
    Unit *unit = *state;
    enum { LONG = 3000 };
    char *text = arena_alloc(unit->arena, LONG + 32);
    memset(text, '0', LONG);
    memcpy(text, "-0.", 3);
    memcpy(text + LONG - 100, "125", 3); /* -0.000...125000... */
    check_read((Str){text, LONG}, FLOAT_READ_RANGE, 0, FLOAT_READ_RANGE);
    memcpy(text + LONG, "e+2898", 6);
    check_read((Str){text, LONG + 6}, FLOAT_READ_OK, -1.25, FLOAT_READ_OK);
    /* One half of the last place of 1 above 1, and a digit far behind that decides. */
    int bytes = snprintf(text, LONG, "1.00000000000000011102230246251565404236316680908203125");
    check_read((Str){text, (size_t)bytes}, FLOAT_READ_OK, 1.0, FLOAT_READ_OK);
    memset(text + bytes, '0', LONG - (size_t)bytes);
    check_read((Str){text, LONG}, FLOAT_READ_OK, 1.0, FLOAT_READ_OK);
    text[LONG - 1] = '1';
    check_read((Str){text, LONG}, FLOAT_READ_OK, nextafter(1.0, 2.0), FLOAT_READ_OK);
    text[LONG - 1] = 'x';
    check_read((Str){text, LONG}, FLOAT_READ_SYNTAX, 0, FLOAT_READ_SYNTAX);
    text[LONG - 2] = 'e';
    check_read((Str){text, LONG}, FLOAT_READ_SYNTAX, 0, FLOAT_READ_SYNTAX);
}

/* Texts near numbers: accepted or refused as libc does, with its value. */
static void test_against_libc(void **state)
{
    (void)state;
    Random random;
    random_seed(&random, unit_seed());
    static const char letters[] = "0123456789.e-+";
    for (int round = 0; round < 200000; round++) {
        char text[24], *end;
        size_t bytes = 1 + random_below(&random, sizeof text - 1);
        for (size_t i = 0; i < bytes; i++)
            text[i] = letters[random_below(&random, sizeof letters - 1)];
        text[bytes] = 0;
        double wanted = strtod(text, &end), got;
        FloatRead how = f64_read((Str){text, bytes}, &got);
        bool out = fabs(wanted) == (double)INFINITY ||
                   (wanted == 0 && strpbrk(text, "123456789") < strchr(text, 'e') &&
                    strpbrk(text, "123456789"));
        if (*end || end == text)
            assert_int_equal(how, FLOAT_READ_SYNTAX);
        else if (!out)
            assert_true(how == FLOAT_READ_OK && got == wanted && signbit(got) == signbit(wanted));
        else
            assert_true(how == FLOAT_READ_RANGE);
    }
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
        TEST(test_shortest_of_random_bits),
        TEST(test_shortest_at_edges),
        TEST(test_printing),
        TEST(test_reading),
        TEST(test_long_numbers),
        TEST(test_against_libc),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

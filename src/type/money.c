/* SPDX-License-Identifier: Apache-2.0 */
/* money.c - amounts in hundredths of a unit, as 64-bit integers. They are read and written as the locale C has them: $,
 * a comma between thousands, a point, two digits. What a factor or divisor leaves over is rounded to the nearest even
 * hundredth for floating-point numbers and cut off for integers. */
#include "type/aggregate.h"

#include <math.h>

#include "base/hash.h"
#include "type/float.h"
#include "type/numeric.h"
#include "type/numeric_internal.h"
#include "type/type_internal.h"

enum { CENTS = 100, DIGITS_BEHIND = 2, GROUP_DIGITS = 3, AMOUNT_DIGITS_MAX = 20 };

_Noreturn static void out_of_range(void)
{
    raise_error(SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE, "money out of range");
}

/* ---- Text */

static void skip_space(Str *s)
{
    while (s->bytes && is_space(s->data[0])) *s = str_slice(*s, 1, s->bytes);
}

static bool take(Str *s, char c)
{
    if (!s->bytes || s->data[0] != c) return false;
    *s = str_slice(*s, 1, s->bytes);
    return true;
}

static void skip_symbol(Str *s)
{
    skip_space(s);
    (void)take(s, '$');
    skip_space(s);
}

/* Digits with commas anywhere and one point; the third digit behind it rounds, others are passed over. False: more than
 * 64 bits hold. */
static bool take_cents(Str *s, uint64_t *cents)
{
    bool point = false, fits = true;
    uint32_t behind = 0;
    for (*cents = 0; s->bytes; *s = str_slice(*s, 1, s->bytes)) {
        const char c = s->data[0];
        if (is_digit(c)) {
            const uint64_t digit = (uint64_t)(c - '0');
            if (behind < DIGITS_BEHIND)
                fits &= !mul_overflows(*cents, (uint64_t)10, cents) &&
                        !add_overflows(*cents, digit, cents);
            else if (behind == DIGITS_BEHIND)
                fits &= !add_overflows(*cents, (uint64_t)(digit >= 5), cents);
            behind += point;
        } else if (c == '.' && !point) {
            point = true;
        } else if (c != ',') {
            break;
        }
    }
    for (; behind < DIGITS_BEHIND; behind++) fits &= !mul_overflows(*cents, (uint64_t)10, cents);
    return fits;
}

static bool money_parse(const TypeCall *call, Str text, Value *value, InputError *err)
{
    Str s = text;
    uint64_t cents;
    (void)call;
    skip_symbol(&s);
    bool negative = take(&s, '-') || take(&s, '(');
    if (!negative) (void)take(&s, '+');
    skip_symbol(&s);
    const bool fits = take_cents(&s, &cents);
    for (; s.bytes; s = str_slice(s, 1, s.bytes)) {
        const char c = s.data[0];
        if (c == '-')
            negative = true;
        else if (!is_space(c) && c != ')' && c != '+' && c != '$')
            break;
    }
    const uint64_t most = negative ? UINT64_C(1) << 63 : (uint64_t)INT64_MAX;
    if (!fits || cents > most)
        return input_error(err, SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE,
                           "value \"%.*s\" is out of range for type money", STR_ARG(text));
    if (s.bytes) return type__bad_syntax(err, "money", text);
    value->i64 = (int64_t)(negative ? 0 - cents : cents);
    return true;
}

static uint64_t magnitude(int64_t v)
{
    return v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
}

static void money_print(const TypeCall *call, const Value *value, StrBuilder *out)
{
    const uint64_t cents = magnitude(value->i64);
    char digits[AMOUNT_DIGITS_MAX + 1];
    const int count = snprintf(digits, sizeof digits, "%" PRIu64, cents / CENTS);
    (void)call;
    str_add(out, value->i64 < 0 ? STR("-$") : STR("$"));
    for (int i = 0; i < count; i++) {
        if (i && (count - i) % GROUP_DIGITS == 0) str_add_char(out, ',');
        str_add_char(out, digits[i]);
    }
    str_add_format(out, ".%02u", (uint32_t)(cents % CENTS));
}

/* ---- The type */

static bool money_receive(const TypeCall *call, Bytes wire, Value *value, InputError *err)
{
    (void)call;
    if (!type__wire_expect(wire, sizeof value->i64, err)) return false;
    value->u64 = load_be64(wire.data);
    return true;
}

static void money_send(const TypeCall *call, const Value *value, StrBuilder *out)
{
    (void)call;
    wire_put_u64(out, value->u64);
}

static int money_compare(const TypeCall *call, const Value *a, const Value *b)
{
    (void)call;
    return (a->i64 > b->i64) - (a->i64 < b->i64);
}

static uint64_t money_hash(const TypeCall *call, const Value *value)
{
    (void)call;
    return hash_u64(value->u64);
}

static KeyExactness money_key(const TypeCall *call, const Value *value, StrBuilder *out)
{
    (void)call;
    key_put_i64(out, value->i64);
    return KEY_EXACT;
}

SQL_TYPE(790, "money", .phys = PHYS_I64, .category = 'N', .bytes = 8, .align = 'd', .storage = 'p',
         .by_value = true, .array = 791, .text = "amount of money with two digits behind the point",
         .order_is_phys = true, .parse = money_parse, .print = money_print,
         .receive = money_receive, .send = money_send, .compare = money_compare, .hash = money_hash,
         .sort_key = money_key)
SQL_TYPE_FUNCTION(886, "cash_in", money, (cstring), STABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(887, "cash_out", cstring, (money), STABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(2492, "cash_recv", money, (internal), IMMUTABLE | STRICT, RECEIVE, "")
SQL_TYPE_FUNCTION(2493, "cash_send", bytea, (money), IMMUTABLE | STRICT, SEND, "")

/* ---- Arithmetic */

static int64_t add(int64_t a, int64_t b)
{
    int64_t sum;
    if (add_overflows(a, b, &sum)) out_of_range();
    return sum;
}

static int64_t subtract(int64_t a, int64_t b)
{
    int64_t difference;
    if (sub_overflows(a, b, &difference)) out_of_range();
    return difference;
}

static int64_t times(int64_t a, int64_t factor)
{
    int64_t product;
    if (mul_overflows(a, factor, &product)) out_of_range();
    return product;
}

_Noreturn static void division_by_zero(void)
{
    raise_error(SQLSTATE_DIVISION_BY_ZERO, "division by zero");
}

static int64_t divided(int64_t a, int64_t divisor)
{
    if (divisor == 0) division_by_zero();
    if (divisor != -1) return a / divisor;
    if (a != INT64_MIN) return -a;
    /* PostgreSQL leaves this to the processor. */
    Error *error = error_begin(SQLSTATE_FLOATING_POINT_EXCEPTION);
    error_message(error, "floating-point exception");
    error_raise(
        error_detail(error,
                     "An invalid floating-point operation was signaled. This probably means an "
                     "out-of-range result or an invalid operation, such as division by zero."));
}

static int64_t of_double(double cents)
{
    const double whole = rint(cents);
    if (!(whole >= -0x1p63 && whole < 0x1p63)) out_of_range();
    return (int64_t)whole;
}

static int64_t times_double(int64_t a, double factor)
{
    return of_double(float_check((double)a * factor, isinf(factor), a == 0 || factor == 0));
}

static int64_t divided_by_double(int64_t a, double divisor)
{
    if (divisor == 0) division_by_zero();
    return of_double(float_check((double)a / divisor, false, a == 0 || isinf(divisor)));
}

static double ratio(int64_t a, int64_t b)
{
    if (b == 0) division_by_zero();
    return (double)a / (double)b;
}

SQL_EXPRESSION(894, "cash_pl", money, (money, money), IMMUTABLE | STRICT, ((void)fn, add(a, b)),
               "sum")
SQL_EXPRESSION(895, "cash_mi", money, (money, money), IMMUTABLE | STRICT, subtract(a, b),
               "difference")
SQL_EXPRESSION(846, "cash_mul_flt4", money, (money, float4), IMMUTABLE | STRICT,
               times_double(a, (double)b), "product, rounded")
SQL_EXPRESSION(847, "cash_div_flt4", money, (money, float4), IMMUTABLE | STRICT,
               divided_by_double(a, (double)b), "quotient, rounded")
SQL_EXPRESSION(848, "flt4_mul_cash", money, (float4, money), IMMUTABLE | STRICT,
               times_double(b, (double)a), "product, rounded")
SQL_EXPRESSION(896, "cash_mul_flt8", money, (money, float8), IMMUTABLE | STRICT, times_double(a, b),
               "product, rounded")
SQL_EXPRESSION(897, "cash_div_flt8", money, (money, float8), IMMUTABLE | STRICT,
               divided_by_double(a, b), "quotient, rounded")
SQL_EXPRESSION(919, "flt8_mul_cash", money, (float8, money), IMMUTABLE | STRICT, times_double(b, a),
               "product, rounded")
SQL_EXPRESSION(862, "int4_mul_cash", money, (int4, money), IMMUTABLE | STRICT, times(b, a),
               "product")
SQL_EXPRESSION(863, "int2_mul_cash", money, (int2, money), IMMUTABLE | STRICT, times(b, a),
               "product")
SQL_EXPRESSION(864, "cash_mul_int4", money, (money, int4), IMMUTABLE | STRICT, times(a, b),
               "product")
SQL_EXPRESSION(866, "cash_mul_int2", money, (money, int2), IMMUTABLE | STRICT, times(a, b),
               "product")
SQL_EXPRESSION(3344, "cash_mul_int8", money, (money, int8), IMMUTABLE | STRICT, times(a, b),
               "product")
SQL_EXPRESSION(3399, "int8_mul_cash", money, (int8, money), IMMUTABLE | STRICT, times(b, a),
               "product")
SQL_EXPRESSION(865, "cash_div_int4", money, (money, int4), IMMUTABLE | STRICT, divided(a, b),
               "quotient, cut toward zero")
SQL_EXPRESSION(867, "cash_div_int2", money, (money, int2), IMMUTABLE | STRICT, divided(a, b),
               "quotient, cut toward zero")
SQL_EXPRESSION(3345, "cash_div_int8", money, (money, int8), IMMUTABLE | STRICT, divided(a, b),
               "quotient, cut toward zero")
SQL_EXPRESSION(3822, "cash_div_cash", float8, (money, money), IMMUTABLE | STRICT, ratio(a, b),
               "quotient of two amounts")
SQL_OPERATOR(843, "*", money, float4, money, cash_mul_flt4, .commutator = 845)
SQL_OPERATOR(844, "/", money, float4, money, cash_div_flt4)
SQL_OPERATOR(845, "*", float4, money, money, flt4_mul_cash, .commutator = 843)
SQL_OPERATOR(906, "+", money, money, money, cash_pl, .commutator = 906)
SQL_OPERATOR(907, "-", money, money, money, cash_mi)
SQL_OPERATOR(908, "*", money, float8, money, cash_mul_flt8, .commutator = 916)
SQL_OPERATOR(909, "/", money, float8, money, cash_div_flt8)
SQL_OPERATOR(912, "*", money, int4, money, cash_mul_int4, .commutator = 917)
SQL_OPERATOR(913, "/", money, int4, money, cash_div_int4)
SQL_OPERATOR(914, "*", money, int2, money, cash_mul_int2, .commutator = 918)
SQL_OPERATOR(915, "/", money, int2, money, cash_div_int2)
SQL_OPERATOR(916, "*", float8, money, money, flt8_mul_cash, .commutator = 908)
SQL_OPERATOR(917, "*", int4, money, money, int4_mul_cash, .commutator = 912)
SQL_OPERATOR(918, "*", int2, money, money, int2_mul_cash, .commutator = 914)
SQL_OPERATOR(3346, "*", money, int8, money, cash_mul_int8, .commutator = 3349)
SQL_OPERATOR(3347, "/", money, int8, money, cash_div_int8)
SQL_OPERATOR(3349, "*", int8, money, money, int8_mul_cash, .commutator = 3346)
SQL_OPERATOR(3825, "/", money, money, float8, cash_div_cash)

/* ---- Order */

SQL_EXPRESSION(377, "cash_cmp", int4, (money, money), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               (a > b) - (a < b), "order of two values: -1, 0 or 1")
SQL_EXPRESSION(888, "cash_eq", bool, (money, money), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a == b,
               "equal")
SQL_EXPRESSION(889, "cash_ne", bool, (money, money), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a != b,
               "not equal")
SQL_EXPRESSION(890, "cash_lt", bool, (money, money), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a < b,
               "less than")
SQL_EXPRESSION(891, "cash_le", bool, (money, money), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a <= b,
               "less than or equal")
SQL_EXPRESSION(892, "cash_gt", bool, (money, money), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a > b,
               "greater than")
SQL_EXPRESSION(893, "cash_ge", bool, (money, money), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a >= b,
               "greater than or equal")
SQL_EXPRESSION(898, "cashlarger", money, (money, money), IMMUTABLE | STRICT | TOTAL, a > b ? a : b,
               "the larger of two amounts")
SQL_EXPRESSION(899, "cashsmaller", money, (money, money), IMMUTABLE | STRICT | TOTAL, a < b ? a : b,
               "the smaller of two amounts")
SQL_OPERATOR(900, "=", money, money, bool, cash_eq, .commutator = 900, .negator = 901,
             .merge = true, .restrict_by = "eqsel", .join_by = "eqjoinsel")
SQL_OPERATOR(901, "<>", money, money, bool, cash_ne, .commutator = 901, .negator = 900,
             .restrict_by = "neqsel", .join_by = "neqjoinsel")
SQL_OPERATOR(902, "<", money, money, bool, cash_lt, .commutator = 903, .negator = 905,
             .restrict_by = "scalarltsel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(903, ">", money, money, bool, cash_gt, .commutator = 902, .negator = 904,
             .restrict_by = "scalargtsel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(904, "<=", money, money, bool, cash_le, .commutator = 905, .negator = 903,
             .restrict_by = "scalarlesel", .join_by = "scalarlejoinsel")
SQL_OPERATOR(905, ">=", money, money, bool, cash_ge, .commutator = 904, .negator = 902,
             .restrict_by = "scalargesel", .join_by = "scalargejoinsel")
SQL_OPFAMILY(2099, btree, "money_ops")
SQL_OPCLASS(10047, btree, "money_ops", 2099, money, .fallback = true)
SQL_FAMILY_OPERATOR(2099, money, money, 1, 902)
SQL_FAMILY_OPERATOR(2099, money, money, 2, 904)
SQL_FAMILY_OPERATOR(2099, money, money, 3, 900)
SQL_FAMILY_OPERATOR(2099, money, money, 4, 905)
SQL_FAMILY_OPERATOR(2099, money, money, 5, 903)
SQL_FAMILY_FUNCTION(2099, money, money, 1, 377)
SQL_FAMILY_FUNCTION(2099, money, money, 4, 5051)

/* ---- Conversions */

static int64_t of_integer(int64_t units)
{
    int64_t cents;
    if (mul_overflows(units, (int64_t)CENTS, &cents))
        raise_error(SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE, "bigint out of range");
    return cents;
}

static int64_t of_numeric(Fn *fn, Decimal v)
{
    return numeric__to_int8(fn, decimal_multiply(fn->arena, v,
                                                 decimal_from_i64(fn->arena, (int64_t)CENTS)));
}

SQL_EXPRESSION(3811, "money", money, (int4), STABLE | STRICT, of_integer(a), "whole units")
SQL_EXPRESSION(3812, "money", money, (int8), STABLE | STRICT, of_integer(a), "whole units")
SQL_FUNCTION(3824, "money", money, (numeric), STABLE | STRICT, of_numeric,
             "rounded to two digits behind the point")
SQL_EXPRESSION(3823, "numeric", numeric, (money), STABLE | STRICT,
               decimal_from_i128(fn->arena, (i128)a, DIGITS_BEHIND), "the amount as a number")
SQL_CAST(10030, money, numeric, 3823, ASSIGNMENT)
SQL_CAST(10031, numeric, money, 3824, ASSIGNMENT)
SQL_CAST(10032, int4, money, 3811, ASSIGNMENT)
SQL_CAST(10033, int8, money, 3812, ASSIGNMENT)

/* ---- Words */

static const char *const small_words[] = {"zero",    "one",       "two",      "three",
                                          "four",    "five",      "six",      "seven",
                                          "eight",   "nine",      "ten",      "eleven",
                                          "twelve",  "thirteen",  "fourteen", "fifteen",
                                          "sixteen", "seventeen", "eighteen", "nineteen"};
static const char *const tens_words[] = {"",      "",      "twenty",  "thirty", "forty",
                                         "fifty", "sixty", "seventy", "eighty", "ninety"};

static void add_word(StrBuilder *out, const char *word)
{
    if (out->bytes && out->data[out->bytes - 1] != ' ') str_add_char(out, ' ');
    str_add(out, str_from(word));
}

/* Below 1000; "and" stands before a rest below twenty. */
static void add_number(StrBuilder *out, uint32_t n)
{
    const uint32_t rest = n % 100;
    if (n >= 100) {
        add_word(out, small_words[n / 100]);
        add_word(out, "hundred");
        if (rest == 0) return;
        if (rest < 20) add_word(out, "and");
    }
    if (rest < 20) {
        add_word(out, small_words[rest]);
        return;
    }
    add_word(out, tens_words[rest / 10]);
    if (rest % 10) add_word(out, small_words[rest % 10]);
}

static Str words(Fn *fn, int64_t amount)
{
    static const struct {
        uint64_t units;
        const char *name;
    } groups[] = {{UINT64_C(1000000000000000), "quadrillion "},
                  {UINT64_C(1000000000000), "trillion "},
                  {1000000000, "billion "},
                  {1000000, "million "},
                  {1000, "thousand "}};
    const uint64_t cents = magnitude(amount), units = cents / CENTS;
    StrBuilder out = str_builder(fn->arena, 128);
    if (amount < 0) str_add(&out, STR("minus"));
    for (size_t i = 0; i < ARRAY_LEN(groups); i++) {
        const uint32_t group = (uint32_t)(units / groups[i].units % 1000);
        if (group == 0) continue;
        add_number(&out, group);
        add_word(&out, groups[i].name);
    }
    if (units % 1000 || units == 0) add_number(&out, (uint32_t)(units % 1000));
    str_add(&out, units == 1 ? STR(" dollar and") : STR(" dollars and"));
    add_number(&out, (uint32_t)(cents % CENTS));
    str_add(&out, cents % CENTS == 1 ? STR(" cent") : STR(" cents"));
    const Str text = str_done(&out);
    ((char *)text.data)[0] = (char)(text.data[0] - 'a' + 'A');
    return text;
}
SQL_FUNCTION(935, "cash_words", text, (money), IMMUTABLE | STRICT, words, "the amount in words")

/* ---- Aggregates */

typedef struct MoneySum {
    int64_t sum, count;
} MoneySum;

static inline void sum_step(Fn *fn, MoneySum *s, int64_t v)
{
    (void)fn;
    s->sum = add(s->sum, v);
    s->count++;
}
static inline bool sum_step_back(Fn *fn, MoneySum *s, int64_t v)
{
    (void)fn;
    s->sum = subtract(s->sum, v);
    s->count--;
    return true;
}
AGGREGATE_UPDATE(money_sum, MoneySum, int64_t, sum_step)
AGGREGATE_REMOVE(money_sum, MoneySum, int64_t, sum_step_back)

static void money_sum_combine(Fn *fn, void *into, const void *from)
{
    MoneySum *s = into;
    const MoneySum *other = from;
    (void)fn;
    s->sum = add(s->sum, other->sum);
    s->count += other->count;
}

static Datum money_sum_finish(Fn *fn, const void *state, const Datum *direct)
{
    const MoneySum *s = state;
    (void)fn;
    (void)direct;
    return (Datum){.value.i64 = s->sum, .null = s->count == 0};
}

const Aggregate aggregate_sum_money = {.state_bytes = sizeof(MoneySum),
                                       .skips_nulls = true,
                                       .update = money_sum_update,
                                       .update_one = money_sum_update_one,
                                       .combine = money_sum_combine,
                                       .remove = money_sum_remove,
                                       .finish = money_sum_finish};
SQL_AGGREGATE(2112, "sum", money, (money), IMMUTABLE, aggregate_sum_money,
              "sum of all amounts that are not null", .transition = 894, .combine = 894,
              .moving_transition = 894, .moving_inverse = 895, .state = money,
              .moving_state = money)
SQL_AGGREGATE(2125, "max", money, (money), IMMUTABLE, aggregate_max_int8, "greatest amount",
              .transition = 898, .combine = 898, .sort_operator = 903, .state = money)
SQL_AGGREGATE(2141, "min", money, (money), IMMUTABLE, aggregate_min_int8, "least amount",
              .transition = 899, .combine = 899, .sort_operator = 902, .state = money)

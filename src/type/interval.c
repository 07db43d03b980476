/* SPDX-License-Identifier: Apache-2.0 */
/* interval.c - interval as a type: text, wire, order, keys, arithmetic, sum and avg. Months, days and microseconds are
 * kept apart; for order a month is 30 days and a day 24 hours. All three least or all three greatest: the
 * infinities. */
#include "type/interval.h"

#include <math.h>

#include "base/arith.h"
#include "base/hash.h"
#include "base/settings.h"
#include "type/aggregate.h"
#include "type/hash_pg.h"
#include "type/time.h"
#include "type/time_text.h"
#include "type/type_internal.h"

_Noreturn void interval_out_of_range(void)
{
    raise_error(SQLSTATE_DATETIME_FIELD_OVERFLOW, "interval out of range");
}

/* Microseconds in all; 128 bits hold them. */
static i128 interval_span(const Interval *v)
{
    return ((i128)v->months * DAYS_PER_MONTH + v->days) * USEC_PER_DAY + v->microseconds;
}

int interval_compare(Interval a, Interval b)
{
    const i128 x = interval_span(&a), y = interval_span(&b);
    return (x > y) - (x < y);
}

/* ---- Typmods */

static const struct {
    uint32_t range;
    const char *text;
} range_names[] = {
    {INTERVAL_YEAR, " year"},
    {INTERVAL_MONTH, " month"},
    {INTERVAL_DAY, " day"},
    {INTERVAL_HOUR, " hour"},
    {INTERVAL_MINUTE, " minute"},
    {INTERVAL_SECOND, " second"},
    {INTERVAL_YEAR | INTERVAL_MONTH, " year to month"},
    {INTERVAL_DAY | INTERVAL_HOUR, " day to hour"},
    {INTERVAL_DAY | INTERVAL_HOUR | INTERVAL_MINUTE, " day to minute"},
    {INTERVAL_DAY | INTERVAL_HOUR | INTERVAL_MINUTE | INTERVAL_SECOND, " day to second"},
    {INTERVAL_HOUR | INTERVAL_MINUTE, " hour to minute"},
    {INTERVAL_HOUR | INTERVAL_MINUTE | INTERVAL_SECOND, " hour to second"},
    {INTERVAL_MINUTE | INTERVAL_SECOND, " minute to second"},
};

static const char *range_name(uint32_t range)
{
    for (size_t i = 0; i < ARRAY_LEN(range_names); i++)
        if (range_names[i].range == range) return range_names[i].text;
    return NULL;
}

bool interval_fit(Interval *v, int32_t typmod, InputError *err)
{
    if (typmod < 0 || !interval_is_finite(v)) return true;
    const uint32_t range = interval_typmod_range(typmod),
                   precision = interval_typmod_precision(typmod);
    if (range != INTERVAL_RANGE_ALL) {
        if (!range_name(range))
            raise_error(SQLSTATE_INTERNAL_ERROR, "unrecognized interval typmod: %d", typmod);
        if (!(range & ~(uint32_t)(INTERVAL_YEAR | INTERVAL_MONTH))) v->days = 0;
        if (range == INTERVAL_YEAR) v->months = v->months / 12 * 12;
        if (!(range & (INTERVAL_HOUR | INTERVAL_MINUTE | INTERVAL_SECOND)))
            v->microseconds = 0;
        else if (!(range & (INTERVAL_MINUTE | INTERVAL_SECOND)))
            v->microseconds = v->microseconds / USEC_PER_HOUR * USEC_PER_HOUR;
        else if (!(range & INTERVAL_SECOND))
            v->microseconds = v->microseconds / USEC_PER_MINUTE * USEC_PER_MINUTE;
    }
    static_assert((int)INTERVAL_PRECISION_ALL >= (int)TIME_PRECISION_MAX, "all digits are kept");
    if (precision >= TIME_PRECISION_MAX) return true;
    const int64_t unit = (int64_t)u64_pow10(TIME_PRECISION_MAX - precision);
    int64_t t = v->microseconds;
    if (add_overflows(t, t >= 0 ? unit / 2 : -(unit / 2), &t))
        return input_error(err, SQLSTATE_DATETIME_FIELD_OVERFLOW, "interval out of range");
    v->microseconds = t / unit * unit;
    return true;
}

static bool interval_typmod(const Str *words, uint32_t count, int32_t *typmod, InputError *err)
{
    int64_t range, precision = INTERVAL_PRECISION_ALL;
    if (count < 1 || count > 2)
        return input_error(err, SQLSTATE_INVALID_PARAMETER_VALUE, "invalid INTERVAL type modifier");
    if (!str_to_i64(words[0], &range)) return type__bad_syntax(err, "integer", words[0]);
    if (count == 2 && !str_to_i64(words[1], &precision))
        return type__bad_syntax(err, "integer", words[1]);
    if (precision < 0)
        return input_error(err, SQLSTATE_INVALID_PARAMETER_VALUE,
                           "INTERVAL(%d) precision must not be negative", (int)precision);
    if (count == 2) precision = MIN(precision, (int64_t)TIME_PRECISION_MAX);
    *typmod = count == 1 && range == INTERVAL_RANGE_ALL
                  ? -1
                  : (int32_t)((range & 0x7fff) << 16 | precision);
    return true;
}

static void interval_typmod_print(int32_t typmod, StrBuilder *out)
{
    if (typmod < 0) return;
    const uint32_t range = interval_typmod_range(typmod);
    const char *name = range == INTERVAL_RANGE_ALL ? "" : range_name(range);
    if (!name)
        raise_error(SQLSTATE_INTERNAL_ERROR, "invalid INTERVAL typmod: 0x%x", (unsigned)typmod);
    str_add_zero_terminated(out, name);
    if (interval_typmod_precision(typmod) != INTERVAL_PRECISION_ALL)
        str_add_format(out, "(%u)", interval_typmod_precision(typmod));
}

/* ---- The type */

int32_t interval_style_of(const FnEnv *env)
{
    return env && env->settings ? (int32_t)env->settings->intervalstyle : INTERVAL_STYLE_POSTGRES;
}

static bool interval_parse(const TypeCall *call, Str text, Value *value, InputError *err)
{
    return interval_parse_text(text, call->typmod, interval_style_of(call->env), &value->interval,
                               err) &&
           interval_fit(&value->interval, call->typmod, err);
}

static void interval_print(const TypeCall *call, const Value *value, StrBuilder *out)
{
    interval_print_text(&value->interval, interval_style_of(call->env), out);
}

static bool interval_receive(const TypeCall *call, Bytes wire, Value *value, InputError *err)
{
    if (!type__wire_expect(wire, 16, err)) return false;
    value->interval = (Interval){(int64_t)load_be64(wire.data), (int32_t)load_be32(wire.data + 8),
                                 (int32_t)load_be32(wire.data + 12)};
    return interval_fit(&value->interval, call->typmod, err);
}

static void interval_send(const TypeCall *call, const Value *value, StrBuilder *out)
{
    (void)call;
    wire_put_u64(out, (uint64_t)value->interval.microseconds);
    wire_put_u32(out, (uint32_t)value->interval.days);
    wire_put_u32(out, (uint32_t)value->interval.months);
}

static int interval_compare_values(const TypeCall *call, const Value *a, const Value *b)
{
    (void)call;
    return interval_compare(a->interval, b->interval);
}

static uint64_t interval_hash_value(const TypeCall *call, const Value *value)
{
    const i128 span = interval_span(&value->interval);
    (void)call;
    return hash_combine(hash_u64((uint64_t)span), hash_u64((uint64_t)(span >> 64)));
}

static KeyExactness interval_key(const TypeCall *call, const Value *value, StrBuilder *out)
{
    const i128 span = interval_span(&value->interval);
    (void)call;
    key_put_i64(out, (int64_t)(span >> 64));
    key_put_u64(out, (uint64_t)span);
    return KEY_EXACT;
}

/* PostgreSQL hashes the low 64 bits of the span. */
static uint32_t fold(Interval v)
{
    return hash_pg_fold((int64_t)interval_span(&v));
}

/* ---- Arithmetic */

static Interval checked(bool overflow, Interval v)
{
    if (overflow || !interval_is_finite(&v)) interval_out_of_range();
    return v;
}

Interval interval_negate(Interval v)
{
    if (interval_is_infinity(&v)) return interval_minus_infinity();
    if (interval_is_minus_infinity(&v)) return interval_infinity();
    Interval r;
    const bool overflow = sub_overflows((int64_t)0, v.microseconds, &r.microseconds) ||
                          sub_overflows(0, v.days, &r.days) ||
                          sub_overflows(0, v.months, &r.months);
    return checked(overflow, r);
}

Interval interval_add(Interval a, Interval b)
{
    Interval r;
    if (!interval_is_finite(&a) || !interval_is_finite(&b)) {
        const Interval infinite = interval_is_finite(&a) ? b : a;
        if (!interval_is_finite(&a) && !interval_is_finite(&b) && interval_compare(a, b))
            interval_out_of_range();
        return infinite;
    }
    const bool overflow = add_overflows(a.microseconds, b.microseconds, &r.microseconds) ||
                          add_overflows(a.days, b.days, &r.days) ||
                          add_overflows(a.months, b.months, &r.months);
    return checked(overflow, r);
}

static Interval interval_subtract(Interval a, Interval b)
{
    Interval r;
    if (!interval_is_finite(&a) || !interval_is_finite(&b)) {
        if (interval_is_finite(&b)) return a;
        if (interval_is_finite(&a)) return interval_negate(b);
        if (!interval_compare(a, b)) interval_out_of_range();
        return a;
    }
    const bool overflow = sub_overflows(a.microseconds, b.microseconds, &r.microseconds) ||
                          sub_overflows(a.days, b.days, &r.days) ||
                          sub_overflows(a.months, b.months, &r.months);
    return checked(overflow, r);
}

/* To microseconds, as PostgreSQL rounds what remains of a product. */
static double round_remainder(double v)
{
    return rint(v * 1000000.0) / 1000000.0;
}

/* Before what is behind the point is taken for itself. */
static bool fits_int32(double v)
{
    return v >= INT32_MIN && v < 2147483648.0;
}

/* Cascades: what is left of months goes to days (30), what is left of days to time. */
static Interval scale(Interval v, double factor, bool divide)
{
    const double months = divide ? v.months / factor : v.months * factor;
    const double days = divide ? v.days / factor : v.days * factor;
    if (!fits_int32(months) || !fits_int32(days)) interval_out_of_range();
    Interval r = {.months = (int32_t)months, .days = (int32_t)days};
    const double month_days_left = round_remainder((months - r.months) * DAYS_PER_MONTH);
    double seconds = round_remainder(
        (days - r.days + month_days_left - (double)(int64_t)month_days_left) * SEC_PER_DAY);
    if (fabs(seconds) >= SEC_PER_DAY) {
        if (add_overflows(r.days, (int32_t)(seconds / SEC_PER_DAY), &r.days))
            interval_out_of_range();
        seconds -= (double)((int32_t)(seconds / SEC_PER_DAY)) * SEC_PER_DAY;
    }
    if (add_overflows(r.days, (int32_t)month_days_left, &r.days)) interval_out_of_range();
    const double microseconds = (divide ? (double)v.microseconds / factor
                                        : (double)v.microseconds * factor);
    const double time = rint(microseconds + seconds * (double)USEC_PER_SEC);
    if (isnan(time) || fabs(time) >= 9223372036854775808.0) interval_out_of_range();
    r.microseconds = (int64_t)time;
    return checked(false, r);
}

Interval interval_multiply(Interval v, double factor)
{
    if (isnan(factor)) interval_out_of_range();
    if (!interval_is_finite(&v)) {
        if (factor == 0) interval_out_of_range();
        return factor < 0 ? interval_negate(v) : v;
    }
    if (isinf(factor)) {
        const int sign = interval_compare(v, (Interval){0});
        if (sign == 0) interval_out_of_range();
        return (factor > 0) == (sign > 0) ? interval_infinity() : interval_minus_infinity();
    }
    return scale(v, factor, false);
}

static Interval interval_divide(Interval v, double divisor)
{
    if (divisor == 0) raise_error(SQLSTATE_DIVISION_BY_ZERO, "division by zero");
    if (isnan(divisor)) interval_out_of_range();
    if (!interval_is_finite(&v)) {
        if (isinf(divisor)) interval_out_of_range();
        return divisor < 0 ? interval_negate(v) : v;
    }
    return scale(v, divisor, true);
}

static Interval interval_fitted(Interval v, int32_t typmod)
{
    if (!interval_fit(&v, typmod, NULL)) interval_out_of_range();
    return v;
}

/* ---- justify_*: whole days out of hours, whole months out of days, all of one sign */

static void carry(int32_t *large, int64_t *small, int64_t unit)
{
    const int64_t whole = *small / unit;
    *small -= whole * unit;
    if (add_overflows((int64_t)*large, whole, &(int64_t){0}) || *large + whole > INT32_MAX ||
        *large + whole < INT32_MIN)
        interval_out_of_range();
    *large += (int32_t)whole;
}

static void same_sign(int32_t *large, int64_t *small, int64_t unit)
{
    if (*large > 0 && *small < 0) {
        *small += unit;
        --*large;
    } else if (*large < 0 && *small > 0) {
        *small -= unit;
        ++*large;
    }
}

static Interval justify_hours(Interval v)
{
    if (!interval_is_finite(&v)) return v;
    carry(&v.days, &v.microseconds, USEC_PER_DAY);
    same_sign(&v.days, &v.microseconds, USEC_PER_DAY);
    return v;
}

static Interval justify_days(Interval v)
{
    if (!interval_is_finite(&v)) return v;
    int64_t days = v.days;
    carry(&v.months, &days, DAYS_PER_MONTH);
    same_sign(&v.months, &days, DAYS_PER_MONTH);
    v.days = (int32_t)days;
    return v;
}

static Interval justify_interval(Interval v)
{
    if (!interval_is_finite(&v)) return v;
    /* Days to months first where both go one way, so that neither runs over. */
    int64_t days = v.days;
    if ((v.days > 0 && v.microseconds > 0) || (v.days < 0 && v.microseconds < 0)) {
        carry(&v.months, &days, DAYS_PER_MONTH);
        v.days = (int32_t)days;
    }
    carry(&v.days, &v.microseconds, USEC_PER_DAY);
    days = v.days;
    carry(&v.months, &days, DAYS_PER_MONTH);
    if (v.months > 0 && (days < 0 || (days == 0 && v.microseconds < 0))) {
        days += DAYS_PER_MONTH;
        v.months--;
    } else if (v.months < 0 && (days > 0 || (days == 0 && v.microseconds > 0))) {
        days -= DAYS_PER_MONTH;
        v.months++;
    }
    v.days = (int32_t)days;
    same_sign(&v.days, &v.microseconds, USEC_PER_DAY);
    return v;
}

SQL_TYPE(1186, "interval", .phys = PHYS_FIXED16, .category = 'T', .bytes = 16, .align = 'd',
         .storage = 'p', .preferred = true, .array = 1187, .text = "time between two moments",
         .parse = interval_parse, .print = interval_print, .receive = interval_receive,
         .send = interval_send, .typmod_parse = interval_typmod,
         .typmod_print = interval_typmod_print, .compare = interval_compare_values,
         .hash = interval_hash_value, .sort_key = interval_key)
SQL_TYPE_FUNCTION(1160, "interval_in", interval, (cstring, oid, int4), STABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(1161, "interval_out", cstring, (interval), STABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(2478, "interval_recv", interval, (internal, oid, int4), IMMUTABLE | STRICT,
                  RECEIVE, "")
SQL_TYPE_FUNCTION(2479, "interval_send", bytea, (interval), IMMUTABLE | STRICT, SEND, "")
SQL_TYPE_FUNCTION(2903, "intervaltypmodin", int4, (_cstring), IMMUTABLE | STRICT,
                  TYPMOD_IN interval, "")
SQL_TYPE_FUNCTION(2904, "intervaltypmodout", cstring, (int4), IMMUTABLE | STRICT,
                  TYPMOD_OUT interval, "")
SQL_EXPRESSION(1162, "interval_eq", bool, (interval, interval),
               IMMUTABLE | STRICT | LEAKPROOF | TOTAL, interval_compare(a, b) == 0, "equal")
SQL_EXPRESSION(1163, "interval_ne", bool, (interval, interval),
               IMMUTABLE | STRICT | LEAKPROOF | TOTAL, interval_compare(a, b) != 0, "not equal")
SQL_EXPRESSION(1164, "interval_lt", bool, (interval, interval),
               IMMUTABLE | STRICT | LEAKPROOF | TOTAL, interval_compare(a, b) < 0, "below")
SQL_EXPRESSION(1165, "interval_le", bool, (interval, interval),
               IMMUTABLE | STRICT | LEAKPROOF | TOTAL, interval_compare(a, b) <= 0,
               "below or equal")
SQL_EXPRESSION(1166, "interval_ge", bool, (interval, interval),
               IMMUTABLE | STRICT | LEAKPROOF | TOTAL, interval_compare(a, b) >= 0,
               "above or equal")
SQL_EXPRESSION(1167, "interval_gt", bool, (interval, interval),
               IMMUTABLE | STRICT | LEAKPROOF | TOTAL, interval_compare(a, b) > 0, "above")
SQL_EXPRESSION(1197, "interval_smaller", interval, (interval, interval), IMMUTABLE | STRICT | TOTAL,
               interval_compare(a, b) < 0 ? a : b, "the smaller of two values")
SQL_EXPRESSION(1198, "interval_larger", interval, (interval, interval), IMMUTABLE | STRICT | TOTAL,
               interval_compare(a, b) > 0 ? a : b, "the larger of two values")
SQL_EXPRESSION(1315, "interval_cmp", int4, (interval, interval),
               IMMUTABLE | STRICT | LEAKPROOF | TOTAL, interval_compare(a, b),
               "-1, 0 or 1: below, equal, above")
SQL_EXPRESSION(1697, "interval_hash", int4, (interval), IMMUTABLE | STRICT | TOTAL,
               (int32_t)hash_pg_u32(fold(a)), "hash")
SQL_EXPRESSION(3418, "interval_hash_extended", int8, (interval, int8), IMMUTABLE | STRICT | TOTAL,
               (int64_t)hash_pg_u32_extended(fold(a), (uint64_t)b), "64-bit hash with a seed")
SQL_EXPRESSION(1390, "isfinite", bool, (interval), IMMUTABLE | STRICT | TOTAL,
               interval_is_finite(&a), "neither infinity")
SQL_EXPRESSION(1200, "interval", interval, (interval, int4), IMMUTABLE | STRICT,
               interval_fitted(a, b), "cut to the fields and digits of the type")
SQL_FACTS(1200, .support = 3918)
SQL_EXPRESSION(1168, "interval_um", interval, (interval), IMMUTABLE | STRICT, interval_negate(a),
               "the interval backward")
SQL_EXPRESSION(1169, "interval_pl", interval, (interval, interval), IMMUTABLE | STRICT,
               interval_add(a, b), "sum")
SQL_EXPRESSION(1170, "interval_mi", interval, (interval, interval), IMMUTABLE | STRICT,
               interval_subtract(a, b), "difference")
SQL_EXPRESSION(1618, "interval_mul", interval, (interval, float8), IMMUTABLE | STRICT,
               interval_multiply(a, b), "so many times the interval")
SQL_EXPRESSION(1624, "mul_d_interval", interval, (float8, interval), IMMUTABLE | STRICT,
               interval_multiply(b, a), "so many times the interval")
SQL_EXPRESSION(1326, "interval_div", interval, (interval, float8), IMMUTABLE | STRICT,
               interval_divide(a, b), "that part of the interval")
SQL_EXPRESSION(1175, "justify_hours", interval, (interval), IMMUTABLE | STRICT, justify_hours(a),
               "24 hours as a day")
SQL_EXPRESSION(1295, "justify_days", interval, (interval), IMMUTABLE | STRICT, justify_days(a),
               "30 days as a month")
SQL_EXPRESSION(2711, "justify_interval", interval, (interval), IMMUTABLE | STRICT,
               justify_interval(a), "days and months out of hours and days, all of one sign")
SQL_OPERATOR(1330, "=", interval, interval, bool, interval_eq, .commutator = 1330, .negator = 1331,
             .hash = true, .merge = true, .restrict_by = "eqsel", .join_by = "eqjoinsel")
SQL_OPERATOR(1331, "<>", interval, interval, bool, interval_ne, .commutator = 1331, .negator = 1330,
             .restrict_by = "neqsel", .join_by = "neqjoinsel")
SQL_OPERATOR(1332, "<", interval, interval, bool, interval_lt, .commutator = 1334, .negator = 1335,
             .restrict_by = "scalarltsel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(1333, "<=", interval, interval, bool, interval_le, .commutator = 1335, .negator = 1334,
             .restrict_by = "scalarlesel", .join_by = "scalarlejoinsel")
SQL_OPERATOR(1334, ">", interval, interval, bool, interval_gt, .commutator = 1332, .negator = 1333,
             .restrict_by = "scalargtsel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(1335, ">=", interval, interval, bool, interval_ge, .commutator = 1333, .negator = 1332,
             .restrict_by = "scalargesel", .join_by = "scalargejoinsel")
SQL_OPERATOR(1336, "-", 0, interval, interval, interval_um)
SQL_OPERATOR(1337, "+", interval, interval, interval, interval_pl, .commutator = 1337)
SQL_OPERATOR(1338, "-", interval, interval, interval, interval_mi)
SQL_OPERATOR(1583, "*", interval, float8, interval, interval_mul, .commutator = 1584)
SQL_OPERATOR(1584, "*", float8, interval, interval, mul_d_interval, .commutator = 1583)
SQL_OPERATOR(1585, "/", interval, float8, interval, interval_div)
SQL_OPFAMILY(1982, btree, "interval_ops")
SQL_OPCLASS(10022, btree, "interval_ops", 1982, interval, .fallback = true)
SQL_FAMILY_OPERATOR(1982, interval, interval, 1, 1332)
SQL_FAMILY_OPERATOR(1982, interval, interval, 2, 1333)
SQL_FAMILY_OPERATOR(1982, interval, interval, 3, 1330)
SQL_FAMILY_OPERATOR(1982, interval, interval, 4, 1335)
SQL_FAMILY_OPERATOR(1982, interval, interval, 5, 1334)
SQL_FAMILY_FUNCTION(1982, interval, interval, 1, 1315)
SQL_FAMILY_FUNCTION(1982, interval, interval, 3, 4136)
SQL_OPFAMILY(1983, hash, "interval_ops")
SQL_OPCLASS(10023, hash, "interval_ops", 1983, interval, .fallback = true)
SQL_FAMILY_OPERATOR(1983, interval, interval, 1, 1330)
SQL_FAMILY_FUNCTION(1983, interval, interval, 1, 1697)
SQL_FAMILY_FUNCTION(1983, interval, interval, 2, 3418)
SQL_AGGREGATE(2144, "min", interval, (interval), IMMUTABLE, aggregate_min_any, "least value",
              .transition = 1197, .combine = 1197, .sort_operator = 1332, .state = interval)
SQL_AGGREGATE(2128, "max", interval, (interval), IMMUTABLE, aggregate_max_any, "greatest value",
              .transition = 1198, .combine = 1198, .sort_operator = 1334, .state = interval)

/* ---- sum and avg */

typedef struct IntervalSum {
    Interval sum;
    int64_t count, plus_count, minus_count; /* all values, and the infinite ones */
} IntervalSum;

static inline void interval_sum_step(Fn *fn, IntervalSum *s, Interval v)
{
    (void)fn;
    s->count++;
    if (interval_is_infinity(&v))
        s->plus_count++;
    else if (interval_is_minus_infinity(&v))
        s->minus_count++;
    else
        s->sum = interval_add(s->sum, v);
}
AGGREGATE_UPDATE(interval_sum, IntervalSum, Interval, interval_sum_step)

static inline bool interval_sum_back(Fn *fn, IntervalSum *s, Interval v)
{
    (void)fn;
    s->count--;
    if (interval_is_infinity(&v))
        s->plus_count--;
    else if (interval_is_minus_infinity(&v))
        s->minus_count--;
    else
        s->sum = interval_subtract(s->sum, v);
    return true;
}
AGGREGATE_REMOVE(interval_sum, IntervalSum, Interval, interval_sum_back)

static void interval_sum_combine(Fn *fn, void *into, const void *from)
{
    IntervalSum *s = into;
    const IntervalSum *other = from;
    (void)fn;
    s->sum = interval_add(s->sum, other->sum);
    s->count += other->count;
    s->plus_count += other->plus_count;
    s->minus_count += other->minus_count;
}

static bool interval_sum_infinite(const IntervalSum *s, Interval *result)
{
    if (s->plus_count && s->minus_count) interval_out_of_range();
    *result = s->plus_count ? interval_infinity() : interval_minus_infinity();
    return s->plus_count || s->minus_count;
}

static Datum interval_sum_finish(Fn *fn, const void *state, const Datum *direct)
{
    const IntervalSum *s = state;
    Interval infinite;
    (void)fn;
    (void)direct;
    if (!s->count) return datum_null();
    return (Datum){.value.interval = interval_sum_infinite(s, &infinite) ? infinite : s->sum};
}

static Datum interval_avg_finish(Fn *fn, const void *state, const Datum *direct)
{
    const IntervalSum *s = state;
    Interval infinite;
    (void)fn;
    (void)direct;
    if (!s->count) return datum_null();
    return (Datum){.value.interval = interval_sum_infinite(s, &infinite)
                                         ? infinite
                                         : interval_divide(s->sum, (double)s->count)};
}

#define INTERVAL_AGGREGATE(name, finisher)                                                \
    const Aggregate aggregate_##name##_interval = {.state_bytes = sizeof(IntervalSum),    \
                                                   .skips_nulls = true,                   \
                                                   .update = interval_sum_update,         \
                                                   .update_one = interval_sum_update_one, \
                                                   .combine = interval_sum_combine,       \
                                                   .remove = interval_sum_remove,         \
                                                   .finish = finisher};
INTERVAL_AGGREGATE(sum, interval_sum_finish)
INTERVAL_AGGREGATE(avg, interval_avg_finish)

SQL_AGGREGATE(2113, "sum", interval, (interval), IMMUTABLE, aggregate_sum_interval,
              "sum of all values that are not null", .transition = 1843, .final = 6326,
              .combine = 3325, .serial = 6324, .deserial = 6325, .moving_transition = 1843,
              .moving_inverse = 3549, .moving_final = 6326, .state = internal,
              .moving_state = internal, .state_bytes = 40, .moving_state_bytes = 40)
SQL_AGGREGATE(2106, "avg", interval, (interval), IMMUTABLE, aggregate_avg_interval,
              "mean of all values that are not null", .transition = 1843, .final = 1844,
              .combine = 3325, .serial = 6324, .deserial = 6325, .moving_transition = 1843,
              .moving_inverse = 3549, .moving_final = 1844, .state = internal,
              .moving_state = internal, .state_bytes = 40, .moving_state_bytes = 40)

/* ---- percentile_cont: between two intervals, as their difference is divided */

static Value cont_interval(const OrderedState *s, double percentile)
{
    Value low, high;
    const double part = aggregate_percentile_ends(s, percentile, &low, &high);
    if (part == 0) return low;
    const Interval difference = interval_subtract(high.interval, low.interval);
    return (Value){.interval = interval_add(low.interval, interval_multiply(difference, part))};
}
AGGREGATE_PERCENTILE(percentile_cont_interval, cont_interval)

SQL_AGGREGATE(3976, "percentile_cont", interval, (float8, interval), IMMUTABLE,
              aggregate_percentile_cont_interval,
              "the interval at a share of the ordered ones, between two of them if need be",
              .kind = 'o', .direct_count = 1, .transition = 3970, .final = 3977,
              .final_modify = 's', .moving_final_modify = 's', .state = internal)
SQL_AGGREGATE(3982, "percentile_cont", _interval, (_float8, interval), IMMUTABLE,
              aggregate_percentile_cont_interval_array,
              "the intervals at shares of the ordered ones, between two of them if need be",
              .kind = 'o', .direct_count = 1, .transition = 3970, .final = 3983,
              .final_modify = 's', .moving_final_modify = 's', .state = internal)

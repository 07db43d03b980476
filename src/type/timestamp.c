/* SPDX-License-Identifier: Apache-2.0 */
/* timestamp.c - timestamp and timestamp with time zone as types: text, wire, order, keys, conversions and arithmetic.
 * Microseconds since 2000-01-01, local or UTC; the least and the greatest int8 are the infinities. */
#include "type/time.h"

#include "base/arith.h"
#include "base/fn_aggregate.h"
#include "base/hash.h"
#include "type/hash_pg.h"
#include "type/time_text.h"
#include "type/type_internal.h"

_Noreturn void timestamp_out_of_range(void)
{
    raise_error(SQLSTATE_DATETIME_FIELD_OVERFLOW, "timestamp out of range");
}

static bool out_of_range(InputError *err, Str text)
{
    return input_error(err, SQLSTATE_DATETIME_FIELD_OVERFLOW, "timestamp out of range: \"%.*s\"",
                       STR_ARG(text));
}

/* What the text says as local time; the special moments too. False: *err is filled. */
static bool parse_local(const TypeCall *call, Str text, const char *type_name, Moment *moment,
                        int64_t *t, InputError *err)
{
    if (!moment_parse(call, text, type_name, false, moment, err)) return false;
    switch (moment->kind) {
    case MOMENT_INFINITY: *t = TIMESTAMP_INFINITY; return true;
    case MOMENT_MINUS_INFINITY: *t = TIMESTAMP_MINUS_INFINITY; return true;
    case MOMENT_EPOCH: *t = DATE_OF_UNIX_EPOCH * USEC_PER_DAY; return true;
    case MOMENT_FIELDS: break;
    }
    const int64_t date = date_of_civil(moment->civil.year, moment->civil.month, moment->civil.day);
    if (!date_in_range(date) || !timestamp_of(date, civil_time(&moment->civil), t))
        return out_of_range(err, text);
    return true;
}

/* A type's name has no other precision than 0 to 6; a call of the input function may. */
static bool round_to_typmod(int32_t typmod, int64_t *t, InputError *err)
{
    if (typmod != -1 && (typmod < 0 || typmod > 6) && timestamp_is_finite(*t))
        return input_error(err, SQLSTATE_INVALID_PARAMETER_VALUE,
                           "timestamp(%d) precision must be between 0 and 6", typmod);
    *t = time_round(*t, typmod);
    return true;
}

static bool timestamp_parse(const TypeCall *call, Str text, Value *value, InputError *err)
{
    Moment moment;
    int64_t t;
    if (!parse_local(call, text, "timestamp", &moment, &t, err)) return false;
    if (moment.kind == MOMENT_FIELDS) {
        if (!timestamp_in_range(t)) return out_of_range(err, text);
    }
    value->i64 = t;
    return round_to_typmod(call->typmod, &value->i64, err);
}

static bool timestamptz_parse(const TypeCall *call, Str text, Value *value, InputError *err)
{
    Moment moment;
    int64_t t;
    if (!parse_local(call, text, "timestamp with time zone", &moment, &t, err)) return false;
    if (moment.kind == MOMENT_FIELDS) {
        int32_t east = moment.zone_seconds;
        if (!moment.has_zone || moment.zone)
            east = time_zone_offset_local(moment.zone ? moment.zone : env_time_zone(call->env), t)
                       .seconds;
        if (sub_overflows(t, east * USEC_PER_SEC, &t) || !timestamp_in_range(t))
            return out_of_range(err, text);
    }
    value->i64 = t;
    return round_to_typmod(call->typmod, &value->i64, err);
}

static void timestamp_print(const TypeCall *call, const Value *value, StrBuilder *out)
{
    timestamp_print_text(call->env, value->i64, out);
}

static void timestamptz_print(const TypeCall *call, const Value *value, StrBuilder *out)
{
    timestamptz_print_text(call->env, value->i64, out);
}

static bool timestamp_receive(const TypeCall *call, Bytes wire, Value *value, InputError *err)
{
    if (!type__wire_expect(wire, 8, err)) return false;
    value->i64 = (int64_t)load_be64(wire.data);
    if (!timestamp_is_finite(value->i64)) return true;
    if (!timestamp_in_range(value->i64))
        return input_error(err, SQLSTATE_DATETIME_FIELD_OVERFLOW, "timestamp out of range");
    value->i64 = time_round(value->i64, call->typmod);
    return true;
}

static void timestamp_send(const TypeCall *call, const Value *value, StrBuilder *out)
{
    (void)call;
    wire_put_u64(out, value->u64);
}

static bool timestamp_typmod(const Str *words, uint32_t count, int32_t *typmod, InputError *err)
{
    return time_typmod_parse("TIMESTAMP", words, count, typmod, err);
}

static bool timestamptz_typmod(const Str *words, uint32_t count, int32_t *typmod, InputError *err)
{
    return time_typmod_parse("TIMESTAMP WITH TIME ZONE", words, count, typmod, err);
}

static void timestamp_typmod_print(int32_t typmod, StrBuilder *out)
{
    if (typmod >= 0) str_add_format(out, "(%d)", typmod);
    str_add(out, STR(" without time zone"));
}

static void timestamptz_typmod_print(int32_t typmod, StrBuilder *out)
{
    if (typmod >= 0) str_add_format(out, "(%d)", typmod);
    str_add(out, STR(" with time zone"));
}

static int timestamp_compare(const TypeCall *call, const Value *a, const Value *b)
{
    (void)call;
    return (a->i64 > b->i64) - (a->i64 < b->i64);
}

static uint64_t timestamp_hash_value(const TypeCall *call, const Value *value)
{
    (void)call;
    return hash_u64(value->u64);
}

static KeyExactness timestamp_key(const TypeCall *call, const Value *value, StrBuilder *out)
{
    (void)call;
    key_put_i64(out, value->i64);
    return KEY_EXACT;
}

static int64_t timestamp_round(int64_t t, int32_t typmod)
{
    if (timestamp_is_finite(t) && (typmod < -1 || typmod > TIME_PRECISION_MAX))
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE,
                    "timestamp(%d) precision must be between %d and %d", typmod, 0,
                    TIME_PRECISION_MAX);
    return timestamp_is_finite(t) ? time_round(t, typmod) : t;
}

/* ---- Across the types */

int64_t timestamp_of_utc(const TimeZone *zone, int64_t utc)
{
    if (!timestamp_is_finite(utc)) return utc;
    const int64_t local = utc + time_zone_offset(zone, utc).seconds * USEC_PER_SEC;
    if (!timestamp_in_range(local)) timestamp_out_of_range();
    return local;
}

int64_t utc_of_timestamp(const TimeZone *zone, int64_t local)
{
    if (!timestamp_is_finite(local)) return local;
    const int64_t utc = local - time_zone_offset_local(zone, local).seconds * USEC_PER_SEC;
    if (!timestamp_in_range(utc)) timestamp_out_of_range();
    return utc;
}

int64_t timestamp_of_date(int32_t date)
{
    if (!date_is_finite(date))
        return date == DATE_INFINITY ? TIMESTAMP_INFINITY : TIMESTAMP_MINUS_INFINITY;
    if (date >= TIMESTAMP_END / USEC_PER_DAY)
        raise_error(SQLSTATE_DATETIME_FIELD_OVERFLOW, "date out of range for timestamp");
    return date * USEC_PER_DAY;
}

int32_t date_of_timestamp(int64_t t)
{
    int64_t time;
    if (!timestamp_is_finite(t))
        return t == TIMESTAMP_INFINITY ? DATE_INFINITY : DATE_MINUS_INFINITY;
    return (int32_t)timestamp_date(t, &time);
}

int date_compare_timestamp(int32_t date, int64_t t)
{
    if (date_is_finite(date) && date >= TIMESTAMP_END / USEC_PER_DAY)
        return t == TIMESTAMP_INFINITY ? -1 : 1;
    const int64_t midnight = timestamp_of_date(date);
    return (midnight > t) - (midnight < t);
}

/* A local time as a moment, without an error where it is outside the range. */
static int64_t utc_for_comparison(const FnEnv *env, int64_t local)
{
    if (!timestamp_is_finite(local)) return local;
    return local - time_zone_offset_local(env_time_zone(env), local).seconds * USEC_PER_SEC;
}

int timestamp_compare_utc(const FnEnv *env, int64_t local, int64_t utc)
{
    const int64_t moment = utc_for_comparison(env, local);
    return (moment > utc) - (moment < utc);
}

int date_compare_utc(const FnEnv *env, int32_t date, int64_t utc)
{
    if (date_is_finite(date) && date >= TIMESTAMP_END / USEC_PER_DAY)
        return utc == TIMESTAMP_INFINITY ? -1 : 1;
    return timestamp_compare_utc(env, timestamp_of_date(date), utc);
}

/* ---- Arithmetic */

/* Months keep the day of the month where that is possible. */
static int64_t add_months(int64_t t, int32_t months)
{
    CivilTime civil;
    int64_t time, sum;
    civil_of_date(timestamp_date(t, &time), &civil);
    const int64_t month = civil.year * 12 + civil.month - 1 + months;
    const int64_t year = i64_div_floor(month, 12);
    const int32_t of_year = (int32_t)i64_mod_floor(month, 12) + 1;
    const int64_t date = date_of_civil(year, of_year, MIN(civil.day, month_days(year, of_year)));
    if (!date_in_range(date) || !timestamp_of(date, time, &sum)) timestamp_out_of_range();
    return sum;
}

static int64_t add_days(int64_t t, int32_t days)
{
    int64_t time, sum;
    const int64_t date = timestamp_date(t, &time) + days;
    if (!date_in_range(date) || !timestamp_of(date, time, &sum)) timestamp_out_of_range();
    return sum;
}

/* Infinities: a like one stays, an unlike one is an error. False: both are finite. */
static bool add_infinite(int64_t t, const Interval *v, int64_t *sum)
{
    if (interval_is_finite(v)) {
        *sum = t;
        return !timestamp_is_finite(t);
    }
    *sum = interval_is_infinity(v) ? TIMESTAMP_INFINITY : TIMESTAMP_MINUS_INFINITY;
    if (!timestamp_is_finite(t) && t != *sum) timestamp_out_of_range();
    return true;
}

int64_t timestamp_add_interval(int64_t t, Interval v)
{
    int64_t sum;
    if (add_infinite(t, &v, &sum)) return sum;
    if (v.months) t = add_months(t, v.months);
    if (v.days) t = add_days(t, v.days);
    if (add_overflows(t, v.microseconds, &sum) || !timestamp_in_range(sum))
        timestamp_out_of_range();
    return sum;
}

/* Months and days by the local clock, the rest by elapsed time. */
int64_t utc_add_interval(const TimeZone *zone, int64_t utc, Interval v)
{
    int64_t sum;
    if (add_infinite(utc, &v, &sum)) return sum;
    if (v.months) utc = utc_of_timestamp(zone, add_months(timestamp_of_utc(zone, utc), v.months));
    if (v.days) utc = utc_of_timestamp(zone, add_days(timestamp_of_utc(zone, utc), v.days));
    if (add_overflows(utc, v.microseconds, &sum) || !timestamp_in_range(sum))
        timestamp_out_of_range();
    return sum;
}

Interval timestamp_subtract(int64_t a, int64_t b)
{
    if (!timestamp_is_finite(a) || !timestamp_is_finite(b)) {
        if (a == b) interval_out_of_range();
        return a == TIMESTAMP_INFINITY || b == TIMESTAMP_MINUS_INFINITY ? interval_infinity()
                                                                        : interval_minus_infinity();
    }
    int64_t difference;
    if (sub_overflows(a, b, &difference)) interval_out_of_range();
    /* Days are whole 24 hours. */
    return (Interval){.microseconds = difference % USEC_PER_DAY,
                      .days = (int32_t)(difference / USEC_PER_DAY)};
}

static int64_t timestamp_of_date_time(int32_t date, int64_t time)
{
    const int64_t midnight = timestamp_of_date(date);
    if (!timestamp_is_finite(midnight)) return midnight;
    if (!timestamp_in_range(midnight + time)) timestamp_out_of_range();
    return midnight + time;
}

static int64_t utc_of_date_timetz(int32_t date, TimeTz v)
{
    const int64_t midnight = timestamp_of_date(date);
    if (!timestamp_is_finite(midnight)) return midnight;
    const int64_t utc = midnight + timetz_utc(v);
    if (!timestamp_in_range(utc)) timestamp_out_of_range();
    return utc;
}

#define LOCAL(utc) timestamp_of_utc(env_time_zone(fn->env), utc)
#define UTC(local) utc_of_timestamp(env_time_zone(fn->env), local)

static int64_t time_of_timestamp(Fn *fn, int64_t t)
{
    int64_t time;
    if (!timestamp_is_finite(t)) return FN_NULL(fn, 0);
    timestamp_date(t, &time);
    return time;
}

static int64_t time_of_utc(Fn *fn, int64_t utc)
{
    return time_of_timestamp(fn, LOCAL(utc));
}

static TimeTz timetz_of_utc(Fn *fn, int64_t utc)
{
    TimeTz v = {.microseconds = time_of_utc(fn, utc)};
    if (timestamp_is_finite(utc)) v.zone = -time_zone_offset(env_time_zone(fn->env), utc).seconds;
    return v;
}

SQL_TYPE(1114, "timestamp", .phys = PHYS_I64, .category = 'D', .bytes = 8, .align = 'd',
         .storage = 'p', .by_value = true, .array = 1115, .text = "date and time",
         .order_is_phys = true, .parse = timestamp_parse, .print = timestamp_print,
         .receive = timestamp_receive, .send = timestamp_send, .typmod_parse = timestamp_typmod,
         .typmod_print = timestamp_typmod_print, .compare = timestamp_compare,
         .hash = timestamp_hash_value, .sort_key = timestamp_key)
SQL_TYPE(1184, "timestamptz", .phys = PHYS_I64, .category = 'D', .bytes = 8, .align = 'd',
         .storage = 'p', .by_value = true, .preferred = true, .array = 1185,
         .text = "moment, shown in the zone of the session", .order_is_phys = true,
         .parse = timestamptz_parse, .print = timestamptz_print, .receive = timestamp_receive,
         .send = timestamp_send, .typmod_parse = timestamptz_typmod,
         .typmod_print = timestamptz_typmod_print, .compare = timestamp_compare,
         .hash = timestamp_hash_value, .sort_key = timestamp_key)
SQL_TYPE_FUNCTION(1150, "timestamptz_in", timestamptz, (cstring, oid, int4), STABLE | STRICT, INPUT,
                  "")
SQL_TYPE_FUNCTION(1151, "timestamptz_out", cstring, (timestamptz), STABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(1312, "timestamp_in", timestamp, (cstring, oid, int4), STABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(1313, "timestamp_out", cstring, (timestamp), STABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(2474, "timestamp_recv", timestamp, (internal, oid, int4), IMMUTABLE | STRICT,
                  RECEIVE, "")
SQL_TYPE_FUNCTION(2475, "timestamp_send", bytea, (timestamp), IMMUTABLE | STRICT, SEND, "")
SQL_TYPE_FUNCTION(2476, "timestamptz_recv", timestamptz, (internal, oid, int4), IMMUTABLE | STRICT,
                  RECEIVE, "")
SQL_TYPE_FUNCTION(2477, "timestamptz_send", bytea, (timestamptz), IMMUTABLE | STRICT, SEND, "")
SQL_TYPE_FUNCTION(2905, "timestamptypmodin", int4, (_cstring), IMMUTABLE | STRICT,
                  TYPMOD_IN timestamp, "")
SQL_TYPE_FUNCTION(2906, "timestamptypmodout", cstring, (int4), IMMUTABLE | STRICT,
                  TYPMOD_OUT timestamp, "")
SQL_TYPE_FUNCTION(2907, "timestamptztypmodin", int4, (_cstring), IMMUTABLE | STRICT,
                  TYPMOD_IN timestamptz, "")
SQL_TYPE_FUNCTION(2908, "timestamptztypmodout", cstring, (int4), IMMUTABLE | STRICT,
                  TYPMOD_OUT timestamptz, "")
SQL_EXPRESSION(2035, "timestamp_smaller", timestamp, (timestamp, timestamp),
               IMMUTABLE | STRICT | TOTAL, MIN(a, b), "the smaller of two values")
SQL_EXPRESSION(2036, "timestamp_larger", timestamp, (timestamp, timestamp),
               IMMUTABLE | STRICT | TOTAL, MAX(a, b), "the larger of two values")
SQL_EXPRESSION(2045, "timestamp_cmp", int4, (timestamp, timestamp),
               IMMUTABLE | STRICT | LEAKPROOF | TOTAL, (a > b) - (a < b),
               "-1, 0 or 1: below, equal, above")
SQL_EXPRESSION(2052, "timestamp_eq", bool, (timestamp, timestamp),
               IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a == b, "equal")
SQL_EXPRESSION(2053, "timestamp_ne", bool, (timestamp, timestamp),
               IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a != b, "not equal")
SQL_EXPRESSION(2054, "timestamp_lt", bool, (timestamp, timestamp),
               IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a < b, "below")
SQL_EXPRESSION(2055, "timestamp_le", bool, (timestamp, timestamp),
               IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a <= b, "below or equal")
SQL_EXPRESSION(2056, "timestamp_ge", bool, (timestamp, timestamp),
               IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a >= b, "above or equal")
SQL_EXPRESSION(2057, "timestamp_gt", bool, (timestamp, timestamp),
               IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a > b, "above")
SQL_EXPRESSION(1152, "timestamptz_eq", bool, (timestamptz, timestamptz),
               IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a == b, "equal")
SQL_EXPRESSION(1153, "timestamptz_ne", bool, (timestamptz, timestamptz),
               IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a != b, "not equal")
SQL_EXPRESSION(1154, "timestamptz_lt", bool, (timestamptz, timestamptz),
               IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a < b, "below")
SQL_EXPRESSION(1155, "timestamptz_le", bool, (timestamptz, timestamptz),
               IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a <= b, "below or equal")
SQL_EXPRESSION(1156, "timestamptz_ge", bool, (timestamptz, timestamptz),
               IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a >= b, "above or equal")
SQL_EXPRESSION(1157, "timestamptz_gt", bool, (timestamptz, timestamptz),
               IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a > b, "above")
SQL_EXPRESSION(1195, "timestamptz_smaller", timestamptz, (timestamptz, timestamptz),
               IMMUTABLE | STRICT | TOTAL, MIN(a, b), "the smaller of two values")
SQL_EXPRESSION(1196, "timestamptz_larger", timestamptz, (timestamptz, timestamptz),
               IMMUTABLE | STRICT | TOTAL, MAX(a, b), "the larger of two values")
SQL_EXPRESSION(1314, "timestamptz_cmp", int4, (timestamptz, timestamptz),
               IMMUTABLE | STRICT | LEAKPROOF | TOTAL, (a > b) - (a < b),
               "-1, 0 or 1: below, equal, above")
SQL_EXPRESSION(2338, "date_lt_timestamp", bool, (date, timestamp), IMMUTABLE | STRICT | TOTAL,
               date_compare_timestamp(a, b) < 0, "below")
SQL_EXPRESSION(2339, "date_le_timestamp", bool, (date, timestamp), IMMUTABLE | STRICT | TOTAL,
               date_compare_timestamp(a, b) <= 0, "below or equal")
SQL_EXPRESSION(2340, "date_eq_timestamp", bool, (date, timestamp), IMMUTABLE | STRICT | TOTAL,
               date_compare_timestamp(a, b) == 0, "equal")
SQL_EXPRESSION(2341, "date_gt_timestamp", bool, (date, timestamp), IMMUTABLE | STRICT | TOTAL,
               date_compare_timestamp(a, b) > 0, "above")
SQL_EXPRESSION(2342, "date_ge_timestamp", bool, (date, timestamp), IMMUTABLE | STRICT | TOTAL,
               date_compare_timestamp(a, b) >= 0, "above or equal")
SQL_EXPRESSION(2343, "date_ne_timestamp", bool, (date, timestamp), IMMUTABLE | STRICT | TOTAL,
               date_compare_timestamp(a, b) != 0, "not equal")
SQL_EXPRESSION(2344, "date_cmp_timestamp", int4, (date, timestamp), IMMUTABLE | STRICT | TOTAL,
               date_compare_timestamp(a, b), "-1, 0 or 1: below, equal, above")
SQL_EXPRESSION(2364, "timestamp_lt_date", bool, (timestamp, date), IMMUTABLE | STRICT | TOTAL,
               -date_compare_timestamp(b, a) < 0, "below")
SQL_EXPRESSION(2365, "timestamp_le_date", bool, (timestamp, date), IMMUTABLE | STRICT | TOTAL,
               -date_compare_timestamp(b, a) <= 0, "below or equal")
SQL_EXPRESSION(2366, "timestamp_eq_date", bool, (timestamp, date), IMMUTABLE | STRICT | TOTAL,
               -date_compare_timestamp(b, a) == 0, "equal")
SQL_EXPRESSION(2367, "timestamp_gt_date", bool, (timestamp, date), IMMUTABLE | STRICT | TOTAL,
               -date_compare_timestamp(b, a) > 0, "above")
SQL_EXPRESSION(2368, "timestamp_ge_date", bool, (timestamp, date), IMMUTABLE | STRICT | TOTAL,
               -date_compare_timestamp(b, a) >= 0, "above or equal")
SQL_EXPRESSION(2369, "timestamp_ne_date", bool, (timestamp, date), IMMUTABLE | STRICT | TOTAL,
               -date_compare_timestamp(b, a) != 0, "not equal")
SQL_EXPRESSION(2370, "timestamp_cmp_date", int4, (timestamp, date), IMMUTABLE | STRICT | TOTAL,
               -date_compare_timestamp(b, a), "-1, 0 or 1: below, equal, above")
SQL_EXPRESSION(2351, "date_lt_timestamptz", bool, (date, timestamptz), STABLE | STRICT | TOTAL,
               date_compare_utc(fn->env, a, b) < 0, "below")
SQL_EXPRESSION(2352, "date_le_timestamptz", bool, (date, timestamptz), STABLE | STRICT | TOTAL,
               date_compare_utc(fn->env, a, b) <= 0, "below or equal")
SQL_EXPRESSION(2353, "date_eq_timestamptz", bool, (date, timestamptz), STABLE | STRICT | TOTAL,
               date_compare_utc(fn->env, a, b) == 0, "equal")
SQL_EXPRESSION(2354, "date_gt_timestamptz", bool, (date, timestamptz), STABLE | STRICT | TOTAL,
               date_compare_utc(fn->env, a, b) > 0, "above")
SQL_EXPRESSION(2355, "date_ge_timestamptz", bool, (date, timestamptz), STABLE | STRICT | TOTAL,
               date_compare_utc(fn->env, a, b) >= 0, "above or equal")
SQL_EXPRESSION(2356, "date_ne_timestamptz", bool, (date, timestamptz), STABLE | STRICT | TOTAL,
               date_compare_utc(fn->env, a, b) != 0, "not equal")
SQL_EXPRESSION(2357, "date_cmp_timestamptz", int4, (date, timestamptz), STABLE | STRICT | TOTAL,
               date_compare_utc(fn->env, a, b), "-1, 0 or 1: below, equal, above")
SQL_EXPRESSION(2377, "timestamptz_lt_date", bool, (timestamptz, date), STABLE | STRICT | TOTAL,
               -date_compare_utc(fn->env, b, a) < 0, "below")
SQL_EXPRESSION(2378, "timestamptz_le_date", bool, (timestamptz, date), STABLE | STRICT | TOTAL,
               -date_compare_utc(fn->env, b, a) <= 0, "below or equal")
SQL_EXPRESSION(2379, "timestamptz_eq_date", bool, (timestamptz, date), STABLE | STRICT | TOTAL,
               -date_compare_utc(fn->env, b, a) == 0, "equal")
SQL_EXPRESSION(2380, "timestamptz_gt_date", bool, (timestamptz, date), STABLE | STRICT | TOTAL,
               -date_compare_utc(fn->env, b, a) > 0, "above")
SQL_EXPRESSION(2381, "timestamptz_ge_date", bool, (timestamptz, date), STABLE | STRICT | TOTAL,
               -date_compare_utc(fn->env, b, a) >= 0, "above or equal")
SQL_EXPRESSION(2382, "timestamptz_ne_date", bool, (timestamptz, date), STABLE | STRICT | TOTAL,
               -date_compare_utc(fn->env, b, a) != 0, "not equal")
SQL_EXPRESSION(2383, "timestamptz_cmp_date", int4, (timestamptz, date), STABLE | STRICT | TOTAL,
               -date_compare_utc(fn->env, b, a), "-1, 0 or 1: below, equal, above")
SQL_EXPRESSION(2520, "timestamp_lt_timestamptz", bool, (timestamp, timestamptz),
               STABLE | STRICT | TOTAL, timestamp_compare_utc(fn->env, a, b) < 0, "below")
SQL_EXPRESSION(2521, "timestamp_le_timestamptz", bool, (timestamp, timestamptz),
               STABLE | STRICT | TOTAL, timestamp_compare_utc(fn->env, a, b) <= 0, "below or equal")
SQL_EXPRESSION(2522, "timestamp_eq_timestamptz", bool, (timestamp, timestamptz),
               STABLE | STRICT | TOTAL, timestamp_compare_utc(fn->env, a, b) == 0, "equal")
SQL_EXPRESSION(2523, "timestamp_gt_timestamptz", bool, (timestamp, timestamptz),
               STABLE | STRICT | TOTAL, timestamp_compare_utc(fn->env, a, b) > 0, "above")
SQL_EXPRESSION(2524, "timestamp_ge_timestamptz", bool, (timestamp, timestamptz),
               STABLE | STRICT | TOTAL, timestamp_compare_utc(fn->env, a, b) >= 0, "above or equal")
SQL_EXPRESSION(2525, "timestamp_ne_timestamptz", bool, (timestamp, timestamptz),
               STABLE | STRICT | TOTAL, timestamp_compare_utc(fn->env, a, b) != 0, "not equal")
SQL_EXPRESSION(2526, "timestamp_cmp_timestamptz", int4, (timestamp, timestamptz),
               STABLE | STRICT | TOTAL, timestamp_compare_utc(fn->env, a, b),
               "-1, 0 or 1: below, equal, above")
SQL_EXPRESSION(2527, "timestamptz_lt_timestamp", bool, (timestamptz, timestamp),
               STABLE | STRICT | TOTAL, -timestamp_compare_utc(fn->env, b, a) < 0, "below")
SQL_EXPRESSION(2528, "timestamptz_le_timestamp", bool, (timestamptz, timestamp),
               STABLE | STRICT | TOTAL, -timestamp_compare_utc(fn->env, b, a) <= 0,
               "below or equal")
SQL_EXPRESSION(2529, "timestamptz_eq_timestamp", bool, (timestamptz, timestamp),
               STABLE | STRICT | TOTAL, -timestamp_compare_utc(fn->env, b, a) == 0, "equal")
SQL_EXPRESSION(2530, "timestamptz_gt_timestamp", bool, (timestamptz, timestamp),
               STABLE | STRICT | TOTAL, -timestamp_compare_utc(fn->env, b, a) > 0, "above")
SQL_EXPRESSION(2531, "timestamptz_ge_timestamp", bool, (timestamptz, timestamp),
               STABLE | STRICT | TOTAL, -timestamp_compare_utc(fn->env, b, a) >= 0,
               "above or equal")
SQL_EXPRESSION(2532, "timestamptz_ne_timestamp", bool, (timestamptz, timestamp),
               STABLE | STRICT | TOTAL, -timestamp_compare_utc(fn->env, b, a) != 0, "not equal")
SQL_EXPRESSION(2533, "timestamptz_cmp_timestamp", int4, (timestamptz, timestamp),
               STABLE | STRICT | TOTAL, -timestamp_compare_utc(fn->env, b, a),
               "-1, 0 or 1: below, equal, above")
SQL_EXPRESSION(2039, "timestamp_hash", int4, (timestamp), IMMUTABLE | STRICT | TOTAL,
               (int32_t)hash_pg_u32(hash_pg_fold(a)), "hash")
SQL_EXPRESSION(3411, "timestamp_hash_extended", int8, (timestamp, int8), IMMUTABLE | STRICT | TOTAL,
               (int64_t)hash_pg_u32_extended(hash_pg_fold(a), (uint64_t)b),
               "64-bit hash with a seed")
SQL_EXPRESSION(6425, "timestamptz_hash", int4, (timestamptz), IMMUTABLE | STRICT | TOTAL,
               (int32_t)hash_pg_u32(hash_pg_fold(a)), "hash")
SQL_EXPRESSION(6426, "timestamptz_hash_extended", int8, (timestamptz, int8),
               IMMUTABLE | STRICT | TOTAL,
               (int64_t)hash_pg_u32_extended(hash_pg_fold(a), (uint64_t)b),
               "64-bit hash with a seed")
SQL_EXPRESSION(1961, "timestamp", timestamp, (timestamp, int4), IMMUTABLE | STRICT,
               timestamp_round(a, b), "rounded to so many digits")
SQL_FACTS(1961, .support = 3917)
SQL_EXPRESSION(1967, "timestamptz", timestamptz, (timestamptz, int4), IMMUTABLE | STRICT,
               timestamp_round(a, b), "rounded to so many digits")
SQL_FACTS(1967, .support = 3917)
SQL_EXPRESSION(2048, "isfinite", bool, (timestamp), IMMUTABLE | STRICT | TOTAL,
               timestamp_is_finite(a), "neither infinity")
SQL_EXPRESSION(1389, "isfinite", bool, (timestamptz), IMMUTABLE | STRICT | TOTAL,
               timestamp_is_finite(a), "neither infinity")
SQL_EXPRESSION(2024, "timestamp", timestamp, (date), IMMUTABLE | STRICT, timestamp_of_date(a),
               "midnight of the day")
SQL_EXPRESSION(1174, "timestamptz", timestamptz, (date), STABLE | STRICT, UTC(timestamp_of_date(a)),
               "midnight of the day in the zone of the session")
SQL_EXPRESSION(2029, "date", date, (timestamp), IMMUTABLE | STRICT | TOTAL, date_of_timestamp(a),
               "day of the time")
SQL_EXPRESSION(1178, "date", date, (timestamptz), STABLE | STRICT, date_of_timestamp(LOCAL(a)),
               "day of the moment in the zone of the session")
SQL_EXPRESSION(2027, "timestamp", timestamp, (timestamptz), STABLE | STRICT, LOCAL(a),
               "local time of the moment")
SQL_EXPRESSION(2028, "timestamptz", timestamptz, (timestamp), STABLE | STRICT, UTC(a),
               "moment of the local time")
SQL_EXPRESSION(2025, "timestamp", timestamp, (date, time), IMMUTABLE | STRICT,
               timestamp_of_date_time(a, b), "date and time together")
SQL_EXPRESSION(1176, "timestamptz", timestamptz, (date, time), STABLE | STRICT,
               UTC(timestamp_of_date_time(a, b)),
               "date and time together, in the zone of the session")
SQL_EXPRESSION(1359, "timestamptz", timestamptz, (date, timetz), IMMUTABLE | STRICT,
               utc_of_date_timetz(a, b), "date and time together")
SQL_EXPRESSION(1272, "datetime_pl", timestamp, (date, time), IMMUTABLE | STRICT,
               timestamp_of_date_time(a, b), "date and time together")
SQL_EXPRESSION(1296, "timedate_pl", timestamp, (time, date), IMMUTABLE | IN_SQL | STRICT,
               timestamp_of_date_time(b, a), "date and time together")
SQL_EXPRESSION(1297, "datetimetz_pl", timestamptz, (date, timetz), IMMUTABLE | STRICT,
               utc_of_date_timetz(a, b), "date and time together")
SQL_EXPRESSION(1298, "timetzdate_pl", timestamptz, (timetz, date), IMMUTABLE | IN_SQL | STRICT,
               utc_of_date_timetz(b, a), "date and time together")
SQL_FUNCTION(1316, "time", time, (timestamp), IMMUTABLE | STRICT | NULLABLE, time_of_timestamp,
             "time of the day")
SQL_FUNCTION(2019, "time", time, (timestamptz), STABLE | STRICT | NULLABLE, time_of_utc,
             "time of the day in the zone of the session")
SQL_FUNCTION(1388, "timetz", timetz, (timestamptz), STABLE | STRICT | NULLABLE, timetz_of_utc,
             "time of the day with the zone of the session")
SQL_EXPRESSION(2031, "timestamp_mi", interval, (timestamp, timestamp), IMMUTABLE | STRICT,
               timestamp_subtract(a, b), "time from the second to the first")
SQL_EXPRESSION(1188, "timestamptz_mi", interval, (timestamptz, timestamptz), IMMUTABLE | STRICT,
               timestamp_subtract(a, b), "time from the second to the first")
SQL_EXPRESSION(2032, "timestamp_pl_interval", timestamp, (timestamp, interval), IMMUTABLE | STRICT,
               timestamp_add_interval(a, b), "so much later")
SQL_EXPRESSION(2033, "timestamp_mi_interval", timestamp, (timestamp, interval), IMMUTABLE | STRICT,
               timestamp_add_interval(a, interval_negate(b)), "so much earlier")
SQL_EXPRESSION(2548, "interval_pl_timestamp", timestamp, (interval, timestamp),
               IMMUTABLE | IN_SQL | STRICT, timestamp_add_interval(b, a), "so much later")
SQL_EXPRESSION(1189, "timestamptz_pl_interval", timestamptz, (timestamptz, interval),
               STABLE | STRICT, utc_add_interval(env_time_zone(fn->env), a, b),
               "so much later, months and days by the clock of the session's zone")
SQL_EXPRESSION(1190, "timestamptz_mi_interval", timestamptz, (timestamptz, interval),
               STABLE | STRICT, utc_add_interval(env_time_zone(fn->env), a, interval_negate(b)),
               "so much earlier, months and days by the clock of the session's zone")
SQL_EXPRESSION(2549, "interval_pl_timestamptz", timestamptz, (interval, timestamptz),
               STABLE | STRICT, utc_add_interval(env_time_zone(fn->env), b, a),
               "so much later, months and days by the clock of the session's zone")
SQL_EXPRESSION(2071, "date_pl_interval", timestamp, (date, interval), IMMUTABLE | STRICT,
               timestamp_add_interval(timestamp_of_date(a), b), "so much later")
SQL_EXPRESSION(2072, "date_mi_interval", timestamp, (date, interval), IMMUTABLE | STRICT,
               timestamp_add_interval(timestamp_of_date(a), interval_negate(b)), "so much earlier")
SQL_EXPRESSION(2546, "interval_pl_date", timestamp, (interval, date), IMMUTABLE | IN_SQL | STRICT,
               timestamp_add_interval(timestamp_of_date(b), a), "so much later")
SQL_EXPRESSION(6221, "date_add", timestamptz, (timestamptz, interval), STABLE | STRICT,
               utc_add_interval(env_time_zone(fn->env), a, b),
               "so much later, months and days by the clock of the session's zone")
SQL_EXPRESSION(6223, "date_subtract", timestamptz, (timestamptz, interval), STABLE | STRICT,
               utc_add_interval(env_time_zone(fn->env), a, interval_negate(b)),
               "so much earlier, months and days by the clock of the session's zone")

SQL_OPERATOR(1076, "+", date, interval, timestamp, date_pl_interval, .commutator = 2551)
SQL_OPERATOR(1077, "-", date, interval, timestamp, date_mi_interval)
SQL_OPERATOR(1320, "=", timestamptz, timestamptz, bool, timestamptz_eq, .commutator = 1320,
             .negator = 1321, .hash = true, .merge = true, .restrict_by = "eqsel",
             .join_by = "eqjoinsel")
SQL_OPERATOR(1321, "<>", timestamptz, timestamptz, bool, timestamptz_ne, .commutator = 1321,
             .negator = 1320, .restrict_by = "neqsel", .join_by = "neqjoinsel")
SQL_OPERATOR(1322, "<", timestamptz, timestamptz, bool, timestamptz_lt, .commutator = 1324,
             .negator = 1325, .restrict_by = "scalarltsel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(1323, "<=", timestamptz, timestamptz, bool, timestamptz_le, .commutator = 1325,
             .negator = 1324, .restrict_by = "scalarlesel", .join_by = "scalarlejoinsel")
SQL_OPERATOR(1324, ">", timestamptz, timestamptz, bool, timestamptz_gt, .commutator = 1322,
             .negator = 1323, .restrict_by = "scalargtsel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(1325, ">=", timestamptz, timestamptz, bool, timestamptz_ge, .commutator = 1323,
             .negator = 1322, .restrict_by = "scalargesel", .join_by = "scalargejoinsel")
SQL_OPERATOR(1327, "+", timestamptz, interval, timestamptz, timestamptz_pl_interval,
             .commutator = 2554)
SQL_OPERATOR(1328, "-", timestamptz, timestamptz, interval, timestamptz_mi)
SQL_OPERATOR(1329, "-", timestamptz, interval, timestamptz, timestamptz_mi_interval)
SQL_OPERATOR(1360, "+", date, time, timestamp, datetime_pl, .commutator = 1363)
SQL_OPERATOR(1361, "+", date, timetz, timestamptz, datetimetz_pl, .commutator = 1366)
SQL_OPERATOR(1363, "+", time, date, timestamp, timedate_pl, .commutator = 1360)
SQL_OPERATOR(1366, "+", timetz, date, timestamptz, timetzdate_pl, .commutator = 1361)
SQL_OPERATOR(2060, "=", timestamp, timestamp, bool, timestamp_eq, .commutator = 2060,
             .negator = 2061, .hash = true, .merge = true, .restrict_by = "eqsel",
             .join_by = "eqjoinsel")
SQL_OPERATOR(2061, "<>", timestamp, timestamp, bool, timestamp_ne, .commutator = 2061,
             .negator = 2060, .restrict_by = "neqsel", .join_by = "neqjoinsel")
SQL_OPERATOR(2062, "<", timestamp, timestamp, bool, timestamp_lt, .commutator = 2064,
             .negator = 2065, .restrict_by = "scalarltsel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(2063, "<=", timestamp, timestamp, bool, timestamp_le, .commutator = 2065,
             .negator = 2064, .restrict_by = "scalarlesel", .join_by = "scalarlejoinsel")
SQL_OPERATOR(2064, ">", timestamp, timestamp, bool, timestamp_gt, .commutator = 2062,
             .negator = 2063, .restrict_by = "scalargtsel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(2065, ">=", timestamp, timestamp, bool, timestamp_ge, .commutator = 2063,
             .negator = 2062, .restrict_by = "scalargesel", .join_by = "scalargejoinsel")
SQL_OPERATOR(2066, "+", timestamp, interval, timestamp, timestamp_pl_interval, .commutator = 2553)
SQL_OPERATOR(2067, "-", timestamp, timestamp, interval, timestamp_mi)
SQL_OPERATOR(2068, "-", timestamp, interval, timestamp, timestamp_mi_interval)
SQL_OPERATOR(2345, "<", date, timestamp, bool, date_lt_timestamp, .commutator = 2375,
             .negator = 2348, .restrict_by = "scalarltsel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(2346, "<=", date, timestamp, bool, date_le_timestamp, .commutator = 2374,
             .negator = 2349, .restrict_by = "scalarlesel", .join_by = "scalarlejoinsel")
SQL_OPERATOR(2347, "=", date, timestamp, bool, date_eq_timestamp, .commutator = 2373,
             .negator = 2350, .merge = true, .restrict_by = "eqsel", .join_by = "eqjoinsel")
SQL_OPERATOR(2348, ">=", date, timestamp, bool, date_ge_timestamp, .commutator = 2372,
             .negator = 2345, .restrict_by = "scalargesel", .join_by = "scalargejoinsel")
SQL_OPERATOR(2349, ">", date, timestamp, bool, date_gt_timestamp, .commutator = 2371,
             .negator = 2346, .restrict_by = "scalargtsel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(2350, "<>", date, timestamp, bool, date_ne_timestamp, .commutator = 2376,
             .negator = 2347, .restrict_by = "neqsel", .join_by = "neqjoinsel")
SQL_OPERATOR(2358, "<", date, timestamptz, bool, date_lt_timestamptz, .commutator = 2388,
             .negator = 2361, .restrict_by = "scalarltsel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(2359, "<=", date, timestamptz, bool, date_le_timestamptz, .commutator = 2387,
             .negator = 2362, .restrict_by = "scalarlesel", .join_by = "scalarlejoinsel")
SQL_OPERATOR(2360, "=", date, timestamptz, bool, date_eq_timestamptz, .commutator = 2386,
             .negator = 2363, .merge = true, .restrict_by = "eqsel", .join_by = "eqjoinsel")
SQL_OPERATOR(2361, ">=", date, timestamptz, bool, date_ge_timestamptz, .commutator = 2385,
             .negator = 2358, .restrict_by = "scalargesel", .join_by = "scalargejoinsel")
SQL_OPERATOR(2362, ">", date, timestamptz, bool, date_gt_timestamptz, .commutator = 2384,
             .negator = 2359, .restrict_by = "scalargtsel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(2363, "<>", date, timestamptz, bool, date_ne_timestamptz, .commutator = 2389,
             .negator = 2360, .restrict_by = "neqsel", .join_by = "neqjoinsel")
SQL_OPERATOR(2371, "<", timestamp, date, bool, timestamp_lt_date, .commutator = 2349,
             .negator = 2374, .restrict_by = "scalarltsel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(2372, "<=", timestamp, date, bool, timestamp_le_date, .commutator = 2348,
             .negator = 2375, .restrict_by = "scalarlesel", .join_by = "scalarlejoinsel")
SQL_OPERATOR(2373, "=", timestamp, date, bool, timestamp_eq_date, .commutator = 2347,
             .negator = 2376, .merge = true, .restrict_by = "eqsel", .join_by = "eqjoinsel")
SQL_OPERATOR(2374, ">=", timestamp, date, bool, timestamp_ge_date, .commutator = 2346,
             .negator = 2371, .restrict_by = "scalargesel", .join_by = "scalargejoinsel")
SQL_OPERATOR(2375, ">", timestamp, date, bool, timestamp_gt_date, .commutator = 2345,
             .negator = 2372, .restrict_by = "scalargtsel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(2376, "<>", timestamp, date, bool, timestamp_ne_date, .commutator = 2350,
             .negator = 2373, .restrict_by = "neqsel", .join_by = "neqjoinsel")
SQL_OPERATOR(2384, "<", timestamptz, date, bool, timestamptz_lt_date, .commutator = 2362,
             .negator = 2387, .restrict_by = "scalarltsel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(2385, "<=", timestamptz, date, bool, timestamptz_le_date, .commutator = 2361,
             .negator = 2388, .restrict_by = "scalarlesel", .join_by = "scalarlejoinsel")
SQL_OPERATOR(2386, "=", timestamptz, date, bool, timestamptz_eq_date, .commutator = 2360,
             .negator = 2389, .merge = true, .restrict_by = "eqsel", .join_by = "eqjoinsel")
SQL_OPERATOR(2387, ">=", timestamptz, date, bool, timestamptz_ge_date, .commutator = 2359,
             .negator = 2384, .restrict_by = "scalargesel", .join_by = "scalargejoinsel")
SQL_OPERATOR(2388, ">", timestamptz, date, bool, timestamptz_gt_date, .commutator = 2358,
             .negator = 2385, .restrict_by = "scalargtsel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(2389, "<>", timestamptz, date, bool, timestamptz_ne_date, .commutator = 2363,
             .negator = 2386, .restrict_by = "neqsel", .join_by = "neqjoinsel")
SQL_OPERATOR(2534, "<", timestamp, timestamptz, bool, timestamp_lt_timestamptz, .commutator = 2544,
             .negator = 2537, .restrict_by = "scalarltsel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(2535, "<=", timestamp, timestamptz, bool, timestamp_le_timestamptz, .commutator = 2543,
             .negator = 2538, .restrict_by = "scalarlesel", .join_by = "scalarlejoinsel")
SQL_OPERATOR(2536, "=", timestamp, timestamptz, bool, timestamp_eq_timestamptz, .commutator = 2542,
             .negator = 2539, .merge = true, .restrict_by = "eqsel", .join_by = "eqjoinsel")
SQL_OPERATOR(2537, ">=", timestamp, timestamptz, bool, timestamp_ge_timestamptz, .commutator = 2541,
             .negator = 2534, .restrict_by = "scalargesel", .join_by = "scalargejoinsel")
SQL_OPERATOR(2538, ">", timestamp, timestamptz, bool, timestamp_gt_timestamptz, .commutator = 2540,
             .negator = 2535, .restrict_by = "scalargtsel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(2539, "<>", timestamp, timestamptz, bool, timestamp_ne_timestamptz, .commutator = 2545,
             .negator = 2536, .restrict_by = "neqsel", .join_by = "neqjoinsel")
SQL_OPERATOR(2540, "<", timestamptz, timestamp, bool, timestamptz_lt_timestamp, .commutator = 2538,
             .negator = 2543, .restrict_by = "scalarltsel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(2541, "<=", timestamptz, timestamp, bool, timestamptz_le_timestamp, .commutator = 2537,
             .negator = 2544, .restrict_by = "scalarlesel", .join_by = "scalarlejoinsel")
SQL_OPERATOR(2542, "=", timestamptz, timestamp, bool, timestamptz_eq_timestamp, .commutator = 2536,
             .negator = 2545, .merge = true, .restrict_by = "eqsel", .join_by = "eqjoinsel")
SQL_OPERATOR(2543, ">=", timestamptz, timestamp, bool, timestamptz_ge_timestamp, .commutator = 2535,
             .negator = 2540, .restrict_by = "scalargesel", .join_by = "scalargejoinsel")
SQL_OPERATOR(2544, ">", timestamptz, timestamp, bool, timestamptz_gt_timestamp, .commutator = 2534,
             .negator = 2541, .restrict_by = "scalargtsel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(2545, "<>", timestamptz, timestamp, bool, timestamptz_ne_timestamp, .commutator = 2539,
             .negator = 2542, .restrict_by = "neqsel", .join_by = "neqjoinsel")
SQL_OPERATOR(2551, "+", interval, date, timestamp, interval_pl_date, .commutator = 1076)
SQL_OPERATOR(2553, "+", interval, timestamp, timestamp, interval_pl_timestamp, .commutator = 2066)
SQL_OPERATOR(2554, "+", interval, timestamptz, timestamptz, interval_pl_timestamptz,
             .commutator = 1327)
SQL_OPFAMILY(434, btree, "datetime_ops")
SQL_OPCLASS(3122, btree, "date_ops", 434, date, .fallback = true)
SQL_OPCLASS(3127, btree, "timestamptz_ops", 434, timestamptz, .fallback = true)
SQL_OPCLASS(3128, btree, "timestamp_ops", 434, timestamp, .fallback = true)
SQL_FAMILY_OPERATOR(434, date, date, 1, 1095)
SQL_FAMILY_OPERATOR(434, date, date, 2, 1096)
SQL_FAMILY_OPERATOR(434, date, date, 3, 1093)
SQL_FAMILY_OPERATOR(434, date, date, 4, 1098)
SQL_FAMILY_OPERATOR(434, date, date, 5, 1097)
SQL_FAMILY_OPERATOR(434, date, timestamp, 1, 2345)
SQL_FAMILY_OPERATOR(434, date, timestamp, 2, 2346)
SQL_FAMILY_OPERATOR(434, date, timestamp, 3, 2347)
SQL_FAMILY_OPERATOR(434, date, timestamp, 4, 2348)
SQL_FAMILY_OPERATOR(434, date, timestamp, 5, 2349)
SQL_FAMILY_OPERATOR(434, date, timestamptz, 1, 2358)
SQL_FAMILY_OPERATOR(434, date, timestamptz, 2, 2359)
SQL_FAMILY_OPERATOR(434, date, timestamptz, 3, 2360)
SQL_FAMILY_OPERATOR(434, date, timestamptz, 4, 2361)
SQL_FAMILY_OPERATOR(434, date, timestamptz, 5, 2362)
SQL_FAMILY_OPERATOR(434, timestamp, date, 1, 2371)
SQL_FAMILY_OPERATOR(434, timestamp, date, 2, 2372)
SQL_FAMILY_OPERATOR(434, timestamp, date, 3, 2373)
SQL_FAMILY_OPERATOR(434, timestamp, date, 4, 2374)
SQL_FAMILY_OPERATOR(434, timestamp, date, 5, 2375)
SQL_FAMILY_OPERATOR(434, timestamp, timestamp, 1, 2062)
SQL_FAMILY_OPERATOR(434, timestamp, timestamp, 2, 2063)
SQL_FAMILY_OPERATOR(434, timestamp, timestamp, 3, 2060)
SQL_FAMILY_OPERATOR(434, timestamp, timestamp, 4, 2065)
SQL_FAMILY_OPERATOR(434, timestamp, timestamp, 5, 2064)
SQL_FAMILY_OPERATOR(434, timestamp, timestamptz, 1, 2534)
SQL_FAMILY_OPERATOR(434, timestamp, timestamptz, 2, 2535)
SQL_FAMILY_OPERATOR(434, timestamp, timestamptz, 3, 2536)
SQL_FAMILY_OPERATOR(434, timestamp, timestamptz, 4, 2537)
SQL_FAMILY_OPERATOR(434, timestamp, timestamptz, 5, 2538)
SQL_FAMILY_OPERATOR(434, timestamptz, date, 1, 2384)
SQL_FAMILY_OPERATOR(434, timestamptz, date, 2, 2385)
SQL_FAMILY_OPERATOR(434, timestamptz, date, 3, 2386)
SQL_FAMILY_OPERATOR(434, timestamptz, date, 4, 2387)
SQL_FAMILY_OPERATOR(434, timestamptz, date, 5, 2388)
SQL_FAMILY_OPERATOR(434, timestamptz, timestamp, 1, 2540)
SQL_FAMILY_OPERATOR(434, timestamptz, timestamp, 2, 2541)
SQL_FAMILY_OPERATOR(434, timestamptz, timestamp, 3, 2542)
SQL_FAMILY_OPERATOR(434, timestamptz, timestamp, 4, 2543)
SQL_FAMILY_OPERATOR(434, timestamptz, timestamp, 5, 2544)
SQL_FAMILY_OPERATOR(434, timestamptz, timestamptz, 1, 1322)
SQL_FAMILY_OPERATOR(434, timestamptz, timestamptz, 2, 1323)
SQL_FAMILY_OPERATOR(434, timestamptz, timestamptz, 3, 1320)
SQL_FAMILY_OPERATOR(434, timestamptz, timestamptz, 4, 1325)
SQL_FAMILY_OPERATOR(434, timestamptz, timestamptz, 5, 1324)
SQL_FAMILY_FUNCTION(434, date, date, 1, 1092)
SQL_FAMILY_FUNCTION(434, date, date, 2, 3136)
SQL_FAMILY_FUNCTION(434, date, date, 4, 5051)
SQL_FAMILY_FUNCTION(434, date, date, 6, 6407)
SQL_FAMILY_FUNCTION(434, date, interval, 3, 4133)
SQL_FAMILY_FUNCTION(434, date, timestamp, 1, 2344)
SQL_FAMILY_FUNCTION(434, date, timestamptz, 1, 2357)
SQL_FAMILY_FUNCTION(434, timestamp, date, 1, 2370)
SQL_FAMILY_FUNCTION(434, timestamp, interval, 3, 4134)
SQL_FAMILY_FUNCTION(434, timestamp, timestamp, 1, 2045)
SQL_FAMILY_FUNCTION(434, timestamp, timestamp, 2, 3137)
SQL_FAMILY_FUNCTION(434, timestamp, timestamp, 4, 5051)
SQL_FAMILY_FUNCTION(434, timestamp, timestamp, 6, 6409)
SQL_FAMILY_FUNCTION(434, timestamp, timestamptz, 1, 2526)
SQL_FAMILY_FUNCTION(434, timestamptz, date, 1, 2383)
SQL_FAMILY_FUNCTION(434, timestamptz, interval, 3, 4135)
SQL_FAMILY_FUNCTION(434, timestamptz, timestamp, 1, 2533)
SQL_FAMILY_FUNCTION(434, timestamptz, timestamptz, 1, 1314)
SQL_FAMILY_FUNCTION(434, timestamptz, timestamptz, 2, 3137)
SQL_FAMILY_FUNCTION(434, timestamptz, timestamptz, 4, 5051)
SQL_FAMILY_FUNCTION(434, timestamptz, timestamptz, 6, 6409)
SQL_OPFAMILY(1999, hash, "timestamptz_ops")
SQL_OPCLASS(10040, hash, "timestamptz_ops", 1999, timestamptz, .fallback = true)
SQL_FAMILY_OPERATOR(1999, timestamptz, timestamptz, 1, 1320)
SQL_FAMILY_FUNCTION(1999, timestamptz, timestamptz, 1, 6425)
SQL_FAMILY_FUNCTION(1999, timestamptz, timestamptz, 2, 6426)
SQL_OPFAMILY(2040, hash, "timestamp_ops")
SQL_OPCLASS(10046, hash, "timestamp_ops", 2040, timestamp, .fallback = true)
SQL_FAMILY_OPERATOR(2040, timestamp, timestamp, 1, 2060)
SQL_FAMILY_FUNCTION(2040, timestamp, timestamp, 1, 2039)
SQL_FAMILY_FUNCTION(2040, timestamp, timestamp, 2, 3411)
SQL_CAST(10158, date, timestamp, 2024, IMPLICIT)
SQL_CAST(10159, date, timestamptz, 1174, IMPLICIT)
SQL_CAST(10160, time, interval, 1370, IMPLICIT)
SQL_CAST(10161, time, timetz, 2047, IMPLICIT)
SQL_CAST(10162, timestamp, date, 2029, ASSIGNMENT)
SQL_CAST(10163, timestamp, time, 1316, ASSIGNMENT)
SQL_CAST(10164, timestamp, timestamptz, 2028, IMPLICIT)
SQL_CAST(10165, timestamptz, date, 1178, ASSIGNMENT)
SQL_CAST(10166, timestamptz, time, 2019, ASSIGNMENT)
SQL_CAST(10167, timestamptz, timestamp, 2027, ASSIGNMENT)
SQL_CAST(10168, timestamptz, timetz, 1388, ASSIGNMENT)
SQL_CAST(10169, interval, time, 1419, ASSIGNMENT)
SQL_CAST(10170, timetz, time, 2046, ASSIGNMENT)
SQL_CAST(10212, time, time, 1968, IMPLICIT)
SQL_CAST(10213, timestamp, timestamp, 1961, IMPLICIT)
SQL_CAST(10214, timestamptz, timestamptz, 1967, IMPLICIT)
SQL_CAST(10215, interval, interval, 1200, IMPLICIT)
SQL_CAST(10216, timetz, timetz, 1969, IMPLICIT)
SQL_AGGREGATE(2142, "min", timestamp, (timestamp), IMMUTABLE, aggregate_min_int8, "least value",
              .transition = 2035, .combine = 2035, .sort_operator = 2062, .state = timestamp)
SQL_AGGREGATE(2126, "max", timestamp, (timestamp), IMMUTABLE, aggregate_max_int8, "greatest value",
              .transition = 2036, .combine = 2036, .sort_operator = 2064, .state = timestamp)
SQL_AGGREGATE(2143, "min", timestamptz, (timestamptz), IMMUTABLE, aggregate_min_int8, "least value",
              .transition = 1195, .combine = 1195, .sort_operator = 1322, .state = timestamptz)
SQL_AGGREGATE(2127, "max", timestamptz, (timestamptz), IMMUTABLE, aggregate_max_int8,
              "greatest value", .transition = 1196, .combine = 1196, .sort_operator = 1324,
              .state = timestamptz)

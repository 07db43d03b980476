/* SPDX-License-Identifier: Apache-2.0 */
/* time_of_day.c - time and time with time zone as types: text, wire, order, keys, arithmetic. Microseconds since
 * midnight, up to 24:00; a zone counts seconds west of Greenwich. */
#include "type/time.h"

#include <math.h>

#include "base/arith.h"
#include "base/fn_aggregate.h"
#include "base/hash.h"
#include "type/hash_pg.h"
#include "type/time_text.h"
#include "type/type_internal.h"

int64_t time_round(int64_t t, int32_t typmod)
{
    if (typmod < 0 || typmod >= TIME_PRECISION_MAX) return t;
    const int64_t unit = (int64_t)u64_pow10((uint32_t)(TIME_PRECISION_MAX - typmod));
    return t >= 0 ? (t + unit / 2) / unit * unit : -((unit / 2 - t) / unit * unit);
}

bool time_typmod_parse(const char *name, const Str *words, uint32_t count, int32_t *typmod,
                       InputError *err)
{
    int64_t precision;
    if (count != 1)
        return input_error(err, SQLSTATE_INVALID_PARAMETER_VALUE, "invalid type modifier");
    if (!str_to_i64(words[0], &precision)) return type__bad_syntax(err, "integer", words[0]);
    if (precision < 0)
        return input_error(err, SQLSTATE_INVALID_PARAMETER_VALUE,
                           "%.*s(%d)%s precision must not be negative", (int)strcspn(name, " "),
                           name, (int)precision, name + strcspn(name, " "));
    *typmod = (int32_t)MIN(precision, (int64_t)TIME_PRECISION_MAX);
    return true;
}

static bool time_typmod(const Str *words, uint32_t count, int32_t *typmod, InputError *err)
{
    return time_typmod_parse("TIME", words, count, typmod, err);
}

static bool timetz_typmod(const Str *words, uint32_t count, int32_t *typmod, InputError *err)
{
    return time_typmod_parse("TIME WITH TIME ZONE", words, count, typmod, err);
}

static void time_typmod_print(int32_t typmod, StrBuilder *out)
{
    if (typmod >= 0) str_add_format(out, "(%d)", typmod);
    str_add(out, STR(" without time zone"));
}

static void timetz_typmod_print(int32_t typmod, StrBuilder *out)
{
    if (typmod >= 0) str_add_format(out, "(%d)", typmod);
    str_add(out, STR(" with time zone"));
}

/* ---- time */

static bool time_parse(const TypeCall *call, Str text, Value *value, InputError *err)
{
    Moment moment;
    if (!moment_parse(call, text, "time", true, &moment, err)) return false;
    value->i64 = time_round(civil_time(&moment.civil), call->typmod);
    return true;
}

static void time_print(const TypeCall *call, const Value *value, StrBuilder *out)
{
    (void)call;
    time_print_text(value->i64, out);
}

static bool time_receive(const TypeCall *call, Bytes wire, Value *value, InputError *err)
{
    if (!type__wire_expect(wire, 8, err)) return false;
    value->i64 = (int64_t)load_be64(wire.data);
    if (value->i64 < 0 || value->i64 > USEC_PER_DAY)
        return input_error(err, SQLSTATE_DATETIME_FIELD_OVERFLOW, "time out of range");
    value->i64 = time_round(value->i64, call->typmod);
    return true;
}

static void time_send(const TypeCall *call, const Value *value, StrBuilder *out)
{
    (void)call;
    wire_put_u64(out, value->u64);
}

static int time_compare(const TypeCall *call, const Value *a, const Value *b)
{
    (void)call;
    return (a->i64 > b->i64) - (a->i64 < b->i64);
}

static uint64_t time_hash_value(const TypeCall *call, const Value *value)
{
    (void)call;
    return hash_u64(value->u64);
}

static KeyExactness time_key(const TypeCall *call, const Value *value, StrBuilder *out)
{
    (void)call;
    key_put_i64(out, value->i64);
    return KEY_EXACT;
}

static int64_t time_add_interval(Fn *fn, int64_t time, Interval v)
{
    (void)fn;
    if (!interval_is_finite(&v))
        raise_error(SQLSTATE_DATETIME_FIELD_OVERFLOW, "cannot add infinite interval to time");
    return i64_mod_floor(time + v.microseconds % USEC_PER_DAY, USEC_PER_DAY);
}

static int64_t time_subtract_interval(Fn *fn, int64_t time, Interval v)
{
    (void)fn;
    if (!interval_is_finite(&v))
        raise_error(SQLSTATE_DATETIME_FIELD_OVERFLOW,
                    "cannot subtract infinite interval from time");
    return i64_mod_floor(time - v.microseconds % USEC_PER_DAY, USEC_PER_DAY);
}

static int64_t time_of_interval(Interval v)
{
    if (!interval_is_finite(&v))
        raise_error(SQLSTATE_DATETIME_FIELD_OVERFLOW, "cannot convert infinite interval to time");
    return i64_mod_floor(v.microseconds, USEC_PER_DAY);
}

int64_t time_of_parts(int32_t hour, int32_t minute, double second)
{
    const bool good = hour >= 0 && minute >= 0 && minute <= 59 && second >= 0 && second <= 60 &&
                      (hour < 24 || (hour == 24 && minute == 0 && second == 0));
    if (!good && !isfinite(second))
        raise_error(SQLSTATE_DATETIME_FIELD_OVERFLOW, "time field value out of range: %d:%02d:%s",
                    hour, minute,
                    isnan(second) ? "NaN"
                    : second < 0  ? "-Infinity"
                                  : "Infinity");
    if (!good)
        raise_error(SQLSTATE_DATETIME_FIELD_OVERFLOW, "time field value out of range: %d:%02d:%02g",
                    hour, minute, second);
    return hour * USEC_PER_HOUR + minute * USEC_PER_MINUTE +
           (int64_t)rint(second * (double)USEC_PER_SEC);
}

SQL_TYPE(1083, "time", .phys = PHYS_I64, .category = 'D', .bytes = 8, .align = 'd', .storage = 'p',
         .by_value = true, .array = 1183, .text = "time of day", .order_is_phys = true,
         .parse = time_parse, .print = time_print, .receive = time_receive, .send = time_send,
         .typmod_parse = time_typmod, .typmod_print = time_typmod_print, .compare = time_compare,
         .hash = time_hash_value, .sort_key = time_key)
SQL_TYPE_FUNCTION(1143, "time_in", time, (cstring, oid, int4), STABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(1144, "time_out", cstring, (time), IMMUTABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(2470, "time_recv", time, (internal, oid, int4), IMMUTABLE | STRICT, RECEIVE, "")
SQL_TYPE_FUNCTION(2471, "time_send", bytea, (time), IMMUTABLE | STRICT, SEND, "")
SQL_TYPE_FUNCTION(2909, "timetypmodin", int4, (_cstring), IMMUTABLE | STRICT, TYPMOD_IN time, "")
SQL_TYPE_FUNCTION(2910, "timetypmodout", cstring, (int4), IMMUTABLE | STRICT, TYPMOD_OUT time, "")
SQL_EXPRESSION(1102, "time_lt", bool, (time, time), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a < b,
               "below")
SQL_EXPRESSION(1103, "time_le", bool, (time, time), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a <= b,
               "below or equal")
SQL_EXPRESSION(1104, "time_gt", bool, (time, time), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a > b,
               "above")
SQL_EXPRESSION(1105, "time_ge", bool, (time, time), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a >= b,
               "above or equal")
SQL_EXPRESSION(1106, "time_ne", bool, (time, time), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a != b,
               "not equal")
SQL_EXPRESSION(1107, "time_cmp", int4, (time, time), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               (a > b) - (a < b), "-1, 0 or 1: below, equal, above")
SQL_EXPRESSION(1145, "time_eq", bool, (time, time), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a == b,
               "equal")
SQL_EXPRESSION(1377, "time_larger", time, (time, time), IMMUTABLE | STRICT | TOTAL, MAX(a, b),
               "the larger of two values")
SQL_EXPRESSION(1378, "time_smaller", time, (time, time), IMMUTABLE | STRICT | TOTAL, MIN(a, b),
               "the smaller of two values")
SQL_OPERATOR(1108, "=", time, time, bool, time_eq, .commutator = 1108, .negator = 1109,
             .hash = true, .merge = true, .restrict_by = "eqsel", .join_by = "eqjoinsel")
SQL_OPERATOR(1109, "<>", time, time, bool, time_ne, .commutator = 1109, .negator = 1108,
             .restrict_by = "neqsel", .join_by = "neqjoinsel")
SQL_OPERATOR(1110, "<", time, time, bool, time_lt, .commutator = 1112, .negator = 1113,
             .restrict_by = "scalarltsel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(1111, "<=", time, time, bool, time_le, .commutator = 1113, .negator = 1112,
             .restrict_by = "scalarlesel", .join_by = "scalarlejoinsel")
SQL_OPERATOR(1112, ">", time, time, bool, time_gt, .commutator = 1110, .negator = 1111,
             .restrict_by = "scalargtsel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(1113, ">=", time, time, bool, time_ge, .commutator = 1111, .negator = 1110,
             .restrict_by = "scalargesel", .join_by = "scalargejoinsel")
SQL_OPERATOR(1399, "-", time, time, interval, time_mi_time)
SQL_EXPRESSION(1688, "time_hash", int4, (time), IMMUTABLE | STRICT | TOTAL,
               (int32_t)hash_pg_u32(hash_pg_fold(a)), "hash")
SQL_EXPRESSION(3409, "time_hash_extended", int8, (time, int8), IMMUTABLE | STRICT | TOTAL,
               (int64_t)hash_pg_u32_extended(hash_pg_fold(a), (uint64_t)b),
               "64-bit hash with a seed")
SQL_EXPRESSION(1968, "time", time, (time, int4), IMMUTABLE | STRICT | TOTAL, time_round(a, b),
               "rounded to so many digits")
SQL_FACTS(1968, .support = 3944)
SQL_FUNCTION(1747, "time_pl_interval", time, (time, interval), IMMUTABLE | STRICT,
             time_add_interval, "time so much later, around midnight")
SQL_FUNCTION(1748, "time_mi_interval", time, (time, interval), IMMUTABLE | STRICT,
             time_subtract_interval, "time so much earlier, around midnight")
SQL_EXPRESSION(1848, "interval_pl_time", time, (interval, time), IMMUTABLE | IN_SQL | STRICT,
               time_add_interval(fn, b, a), "time so much later, around midnight")
SQL_EXPRESSION(1690, "time_mi_time", interval, (time, time), IMMUTABLE | STRICT | TOTAL,
               ((Interval){.microseconds = a - b}), "time from the second to the first")
SQL_EXPRESSION(1370, "interval", interval, (time), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               ((Interval){.microseconds = a}), "the time as an interval since midnight")
SQL_EXPRESSION(1419, "time", time, (interval), IMMUTABLE | STRICT, time_of_interval(a),
               "the interval without whole days, as a time")
SQL_EXPRESSION(3847, "make_time", time, (int4, int4, float8), IMMUTABLE | STRICT,
               time_of_parts(a, b, c), "time of its parts")
SQL_FACTS(3847, .arguments = "hour int4, min int4, sec float8")
SQL_OPERATOR(1800, "+", time, interval, time, time_pl_interval, .commutator = 1849)
SQL_OPERATOR(1801, "-", time, interval, time, time_mi_interval)
SQL_OPERATOR(1849, "+", interval, time, time, interval_pl_time, .commutator = 1800)
SQL_OPFAMILY(1996, btree, "time_ops")
SQL_OPCLASS(10038, btree, "time_ops", 1996, time, .fallback = true)
SQL_FAMILY_OPERATOR(1996, time, time, 1, 1110)
SQL_FAMILY_OPERATOR(1996, time, time, 2, 1111)
SQL_FAMILY_OPERATOR(1996, time, time, 3, 1108)
SQL_FAMILY_OPERATOR(1996, time, time, 4, 1113)
SQL_FAMILY_OPERATOR(1996, time, time, 5, 1112)
SQL_FAMILY_FUNCTION(1996, time, interval, 3, 4137)
SQL_FAMILY_FUNCTION(1996, time, time, 1, 1107)
SQL_FAMILY_FUNCTION(1996, time, time, 4, 5051)
SQL_OPFAMILY(1997, hash, "time_ops")
SQL_OPCLASS(10039, hash, "time_ops", 1997, time, .fallback = true)
SQL_FAMILY_OPERATOR(1997, time, time, 1, 1108)
SQL_FAMILY_FUNCTION(1997, time, time, 1, 1688)
SQL_FAMILY_FUNCTION(1997, time, time, 2, 3409)
SQL_AGGREGATE(2139, "min", time, (time), IMMUTABLE, aggregate_min_int8, "least value",
              .transition = 1378, .combine = 1378, .sort_operator = 1110, .state = time)
SQL_AGGREGATE(2123, "max", time, (time), IMMUTABLE, aggregate_max_int8, "greatest value",
              .transition = 1377, .combine = 1377, .sort_operator = 1112, .state = time)

/* ---- time with time zone */

enum { ZONE_SECONDS_END = 16 * 3600 };

static bool timetz_parse(const TypeCall *call, Str text, Value *value, InputError *err)
{
    Moment moment;
    if (!moment_parse(call, text, "time with time zone", true, &moment, err)) return false;
    int32_t east = moment.zone_seconds;
    if (!moment.has_zone || moment.zone) {
        const TimeZone *zone = moment.zone ? moment.zone : env_time_zone(call->env);
        int64_t local;
        if (moment.has_date) {
            const int64_t date = date_of_civil(moment.civil.year, moment.civil.month,
                                               moment.civil.day);
            if (!timestamp_of(date, civil_time(&moment.civil), &local))
                return time_fault(err, FAULT_RANGE, "time with time zone", text, STR(""));
            east = time_zone_offset_local(zone, local).seconds;
        } else { /* on the day that it is */
            const int64_t now = call->env->transaction_time;
            int64_t time;
            const int64_t today = timestamp_date(now + time_zone_offset(zone, now).seconds *
                                                           USEC_PER_SEC,
                                                 &time);
            if (!timestamp_of(today, civil_time(&moment.civil), &local)) local = now;
            east = time_zone_offset_local(zone, local).seconds;
        }
    }
    const TimeTz v = {.microseconds = time_round(civil_time(&moment.civil), call->typmod),
                      .zone = -east};
    memset(value, 0, sizeof *value);
    memcpy(value, &v, sizeof v);
    return true;
}

static void timetz_print(const TypeCall *call, const Value *value, StrBuilder *out)
{
    const TimeTz v = value_timetz(value);
    (void)call;
    time_print_text(v.microseconds, out);
    zone_print_text(-v.zone, out);
}

static bool timetz_receive(const TypeCall *call, Bytes wire, Value *value, InputError *err)
{
    if (!type__wire_expect(wire, 12, err)) return false;
    TimeTz v = {.microseconds = (int64_t)load_be64(wire.data),
                .zone = (int32_t)load_be32(wire.data + 8)};
    if (v.microseconds < 0 || v.microseconds > USEC_PER_DAY)
        return input_error(err, SQLSTATE_DATETIME_FIELD_OVERFLOW, "time out of range");
    if (v.zone <= -ZONE_SECONDS_END || v.zone >= ZONE_SECONDS_END)
        return input_error(err, SQLSTATE_INVALID_TIME_ZONE_DISPLACEMENT_VALUE,
                           "time zone displacement out of range");
    v.microseconds = time_round(v.microseconds, call->typmod);
    memcpy(value, &v, sizeof v);
    return true;
}

static void timetz_send(const TypeCall *call, const Value *value, StrBuilder *out)
{
    const TimeTz v = value_timetz(value);
    (void)call;
    wire_put_u64(out, (uint64_t)v.microseconds);
    wire_put_u32(out, (uint32_t)v.zone);
}

/* By the moment, then by the zone, so that equal ones are the same. */
int timetz_compare(TimeTz a, TimeTz b)
{
    const int64_t x = timetz_utc(a), y = timetz_utc(b);
    if (x != y) return x < y ? -1 : 1;
    return (a.zone > b.zone) - (a.zone < b.zone);
}

static int timetz_compare_values(const TypeCall *call, const Value *a, const Value *b)
{
    (void)call;
    return timetz_compare(value_timetz(a), value_timetz(b));
}

static uint64_t timetz_hash_value(const TypeCall *call, const Value *value)
{
    const TimeTz v = value_timetz(value);
    (void)call;
    return hash_combine(hash_u64((uint64_t)v.microseconds), hash_u64((uint32_t)v.zone));
}

static KeyExactness timetz_key(const TypeCall *call, const Value *value, StrBuilder *out)
{
    const TimeTz v = value_timetz(value);
    (void)call;
    key_put_i64(out, timetz_utc(v));
    key_put_i32(out, v.zone);
    return KEY_EXACT;
}

static TimeTz timetz_add_interval(Fn *fn, TimeTz v, Interval interval)
{
    return (TimeTz){.microseconds = time_add_interval(fn, v.microseconds, interval),
                    .zone = v.zone};
}

static TimeTz timetz_subtract_interval(Fn *fn, TimeTz v, Interval interval)
{
    return (TimeTz){.microseconds = time_subtract_interval(fn, v.microseconds, interval),
                    .zone = v.zone};
}

/* In the zone of the session, as of today. */
TimeTz time_in_zone(const FnEnv *env, int64_t time)
{
    const TimeZone *zone = env_time_zone(env);
    const int64_t now = env->transaction_time;
    int64_t ignored, local;
    const int64_t today = timestamp_date(now + time_zone_offset(zone, now).seconds * USEC_PER_SEC,
                                         &ignored);
    if (!timestamp_of(today, time, &local)) local = now;
    return (TimeTz){.microseconds = time, .zone = -time_zone_offset_local(zone, local).seconds};
}

SQL_TYPE(1266, "timetz", .phys = PHYS_FIXED16, .category = 'D', .bytes = 12, .align = 'd',
         .storage = 'p', .array = 1270, .text = "time of day with its zone", .parse = timetz_parse,
         .print = timetz_print, .receive = timetz_receive, .send = timetz_send,
         .typmod_parse = timetz_typmod, .typmod_print = timetz_typmod_print,
         .compare = timetz_compare_values, .hash = timetz_hash_value, .sort_key = timetz_key)
SQL_TYPE_FUNCTION(1350, "timetz_in", timetz, (cstring, oid, int4), STABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(1351, "timetz_out", cstring, (timetz), IMMUTABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(2472, "timetz_recv", timetz, (internal, oid, int4), IMMUTABLE | STRICT, RECEIVE,
                  "")
SQL_TYPE_FUNCTION(2473, "timetz_send", bytea, (timetz), IMMUTABLE | STRICT, SEND, "")
SQL_TYPE_FUNCTION(2911, "timetztypmodin", int4, (_cstring), IMMUTABLE | STRICT, TYPMOD_IN timetz,
                  "")
SQL_TYPE_FUNCTION(2912, "timetztypmodout", cstring, (int4), IMMUTABLE | STRICT, TYPMOD_OUT timetz,
                  "")
SQL_EXPRESSION(1352, "timetz_eq", bool, (timetz, timetz), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               timetz_compare(a, b) == 0, "equal")
SQL_EXPRESSION(1353, "timetz_ne", bool, (timetz, timetz), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               timetz_compare(a, b) != 0, "not equal")
SQL_EXPRESSION(1354, "timetz_lt", bool, (timetz, timetz), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               timetz_compare(a, b) < 0, "below")
SQL_EXPRESSION(1355, "timetz_le", bool, (timetz, timetz), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               timetz_compare(a, b) <= 0, "below or equal")
SQL_EXPRESSION(1356, "timetz_ge", bool, (timetz, timetz), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               timetz_compare(a, b) >= 0, "above or equal")
SQL_EXPRESSION(1357, "timetz_gt", bool, (timetz, timetz), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               timetz_compare(a, b) > 0, "above")
SQL_EXPRESSION(1358, "timetz_cmp", int4, (timetz, timetz), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               timetz_compare(a, b), "-1, 0 or 1: below, equal, above")
SQL_EXPRESSION(1379, "timetz_larger", timetz, (timetz, timetz), IMMUTABLE | STRICT | TOTAL,
               timetz_compare(a, b) > 0 ? a : b, "the larger of two values")
SQL_EXPRESSION(1380, "timetz_smaller", timetz, (timetz, timetz), IMMUTABLE | STRICT | TOTAL,
               timetz_compare(a, b) < 0 ? a : b, "the smaller of two values")
SQL_OPERATOR(1550, "=", timetz, timetz, bool, timetz_eq, .commutator = 1550, .negator = 1551,
             .hash = true, .merge = true, .restrict_by = "eqsel", .join_by = "eqjoinsel")
SQL_OPERATOR(1551, "<>", timetz, timetz, bool, timetz_ne, .commutator = 1551, .negator = 1550,
             .restrict_by = "neqsel", .join_by = "neqjoinsel")
SQL_OPERATOR(1552, "<", timetz, timetz, bool, timetz_lt, .commutator = 1554, .negator = 1555,
             .restrict_by = "scalarltsel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(1553, "<=", timetz, timetz, bool, timetz_le, .commutator = 1555, .negator = 1554,
             .restrict_by = "scalarlesel", .join_by = "scalarlejoinsel")
SQL_OPERATOR(1554, ">", timetz, timetz, bool, timetz_gt, .commutator = 1552, .negator = 1553,
             .restrict_by = "scalargtsel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(1555, ">=", timetz, timetz, bool, timetz_ge, .commutator = 1553, .negator = 1552,
             .restrict_by = "scalargesel", .join_by = "scalargejoinsel")
SQL_EXPRESSION(1696, "timetz_hash", int4, (timetz), IMMUTABLE | STRICT | TOTAL,
               (int32_t)(hash_pg_u32(hash_pg_fold(a.microseconds)) ^ hash_pg_u32((uint32_t)a.zone)),
               "hash")
SQL_EXPRESSION(3410, "timetz_hash_extended", int8, (timetz, int8), IMMUTABLE | STRICT | TOTAL,
               (int64_t)(hash_pg_u32_extended(hash_pg_fold(a.microseconds), (uint64_t)b) ^
                         hash_pg_u32_extended((uint32_t)a.zone, (uint64_t)b)),
               "64-bit hash with a seed")
SQL_EXPRESSION(1969, "timetz", timetz, (timetz, int4), IMMUTABLE | STRICT | TOTAL,
               ((TimeTz){.microseconds = time_round(a.microseconds, b), .zone = a.zone}),
               "rounded to so many digits")
SQL_FACTS(1969, .support = 3944)
SQL_FUNCTION(1749, "timetz_pl_interval", timetz, (timetz, interval), IMMUTABLE | STRICT,
             timetz_add_interval, "time so much later, around midnight")
SQL_FUNCTION(1750, "timetz_mi_interval", timetz, (timetz, interval), IMMUTABLE | STRICT,
             timetz_subtract_interval, "time so much earlier, around midnight")
SQL_EXPRESSION(2547, "interval_pl_timetz", timetz, (interval, timetz), IMMUTABLE | IN_SQL | STRICT,
               timetz_add_interval(fn, b, a), "time so much later, around midnight")
SQL_EXPRESSION(2046, "time", time, (timetz), IMMUTABLE | STRICT | TOTAL, a.microseconds,
               "the time without its zone")
SQL_EXPRESSION(2047, "timetz", timetz, (time), STABLE | STRICT, time_in_zone(fn->env, a),
               "the time in the zone of the session")
SQL_OPERATOR(1802, "+", timetz, interval, timetz, timetz_pl_interval, .commutator = 2552)
SQL_OPERATOR(1803, "-", timetz, interval, timetz, timetz_mi_interval)
SQL_OPERATOR(2552, "+", interval, timetz, timetz, interval_pl_timetz, .commutator = 1802)
SQL_OPFAMILY(2000, btree, "timetz_ops")
SQL_OPCLASS(10041, btree, "timetz_ops", 2000, timetz, .fallback = true)
SQL_FAMILY_OPERATOR(2000, timetz, timetz, 1, 1552)
SQL_FAMILY_OPERATOR(2000, timetz, timetz, 2, 1553)
SQL_FAMILY_OPERATOR(2000, timetz, timetz, 3, 1550)
SQL_FAMILY_OPERATOR(2000, timetz, timetz, 4, 1555)
SQL_FAMILY_OPERATOR(2000, timetz, timetz, 5, 1554)
SQL_FAMILY_FUNCTION(2000, timetz, interval, 3, 4138)
SQL_FAMILY_FUNCTION(2000, timetz, timetz, 1, 1358)
SQL_FAMILY_FUNCTION(2000, timetz, timetz, 4, 5051)
SQL_OPFAMILY(2001, hash, "timetz_ops")
SQL_OPCLASS(10042, hash, "timetz_ops", 2001, timetz, .fallback = true)
SQL_FAMILY_OPERATOR(2001, timetz, timetz, 1, 1550)
SQL_FAMILY_FUNCTION(2001, timetz, timetz, 1, 1696)
SQL_FAMILY_FUNCTION(2001, timetz, timetz, 2, 3410)
SQL_AGGREGATE(2140, "min", timetz, (timetz), IMMUTABLE, aggregate_min_any, "least value",
              .transition = 1380, .combine = 1380, .sort_operator = 1552, .state = timetz)
SQL_AGGREGATE(2124, "max", timetz, (timetz), IMMUTABLE, aggregate_max_any, "greatest value",
              .transition = 1379, .combine = 1379, .sort_operator = 1554, .state = timetz)

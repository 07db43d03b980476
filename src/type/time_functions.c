/* SPDX-License-Identifier: Apache-2.0 */
/* time_functions.c - functions over the time types that are no arithmetic: now and its kin, making from parts, ages,
 * zones, OVERLAPS, series, bounds of window frames. */
#include "type/time.h"

#include <math.h>

#include "base/arith.h"
#include "base/builtins.h"
#include "base/oids.h"
#include "os/clock.h"
#include "type/float.h"
#include "type/time_text.h"
#include "type/type_internal.h"

/* ---- The present */

static int64_t clock_now(void)
{
    return os_wall_us() + DATE_OF_UNIX_EPOCH * USEC_PER_DAY;
}

/* Wed Jan 31 12:34:56.789012 2024 UTC */
static Str time_of_day_text(Fn *fn)
{
    FnEnv env = *fn->env;
    StrBuilder out = str_builder(fn->arena, 48), clock = str_builder(fn->arena, 48);
    const int64_t now = clock_now();
    const ZoneOffset offset = time_zone_offset(env_time_zone(&env), now);
    const int64_t local = now + offset.seconds * USEC_PER_SEC;
    env.date_style = DATE_STYLE_POSTGRES;
    env.date_order = DATE_ORDER_MDY;
    timestamp_print_text(&env, local - i64_mod_floor(local, USEC_PER_SEC), &clock);
    const Str text = str_done(&clock);
    /* The fraction stands behind the seconds, before the year, always with six digits. */
    enum { UP_TO_SECONDS = 19 };
    str_add(&out, str_slice(text, 0, UP_TO_SECONDS));
    str_add_format(&out, ".%06d", (int)i64_mod_floor(local, USEC_PER_SEC));
    str_add(&out, str_slice(text, UP_TO_SECONDS, text.bytes));
    str_add_char(&out, ' ');
    str_add(&out, offset.abbreviation);
    return str_done(&out);
}

SQL_EXPRESSION(1299, "now", timestamptz, (), STABLE | STRICT | TOTAL, fn->env->transaction_time,
               "start of the transaction")
SQL_EXPRESSION(2647, "transaction_timestamp", timestamptz, (), STABLE | STRICT | TOTAL,
               fn->env->transaction_time, "start of the transaction")
SQL_EXPRESSION(2648, "statement_timestamp", timestamptz, (), STABLE | STRICT | TOTAL,
               fn->env->statement_time, "start of the statement")
SQL_EXPRESSION(2649, "clock_timestamp", timestamptz, (), VOLATILE | STRICT | TOTAL, clock_now(),
               "the present moment")
SQL_FUNCTION(274, "timeofday", text, (), VOLATILE | STRICT, time_of_day_text,
             "the present moment as text")

/* ---- From parts */

static int64_t local_of_parts(int32_t year, int32_t month, int32_t day, int32_t hour,
                              int32_t minute, double second)
{
    int64_t t;
    const int32_t date = date_of_parts(year, month, day, year);
    if (!timestamp_of(date, time_of_parts(hour, minute, second), &t) || !timestamp_in_range(t))
        raise_error(SQLSTATE_DATETIME_FIELD_OVERFLOW,
                    "timestamp out of range: %d-%02d-%02d %d:%02d:%02g", year, month, day, hour,
                    minute, second);
    return t;
}

static int64_t choice_utc(const ZoneChoice *choice, int64_t local)
{
    if (choice->zone) return utc_of_timestamp(choice->zone, local);
    if (!timestamp_is_finite(local)) return local;
    const int64_t utc = local - choice->seconds * USEC_PER_SEC;
    if (!timestamp_in_range(utc)) timestamp_out_of_range();
    return utc;
}

static int64_t choice_local(const ZoneChoice *choice, int64_t utc)
{
    if (choice->zone) return timestamp_of_utc(choice->zone, utc);
    if (!timestamp_is_finite(utc)) return utc;
    const int64_t local = utc + choice->seconds * USEC_PER_SEC;
    if (!timestamp_in_range(local)) timestamp_out_of_range();
    return local;
}

static int64_t timestamp_make(Fn *fn, int32_t year, int32_t month, int32_t day, int32_t hour,
                              int32_t minute, double second)
{
    (void)fn;
    return local_of_parts(year, month, day, hour, minute, second);
}

static int64_t timestamptz_make(Fn *fn, int32_t year, int32_t month, int32_t day, int32_t hour,
                                int32_t minute, double second)
{
    return utc_of_timestamp(env_time_zone(fn->env),
                            local_of_parts(year, month, day, hour, minute, second));
}

/* A zone of make_timestamptz: with a sign in front an offset to the east, else a name or abbreviation. */
static ZoneChoice zone_choose_signed(Fn *fn, Str text)
{
    ZoneChoice choice = {0};
    if (text.bytes && is_digit(text.data[0])) {
        Error *error = error_begin(SQLSTATE_INVALID_PARAMETER_VALUE);
        error_message(error, "invalid input syntax for type numeric time zone: \"%.*s\"",
                      STR_ARG(text));
        error_raise(
            error_hint(error, "Numeric time zones must have \"-\" or \"+\" as first character."));
    }
    if (!text.bytes || (text.data[0] != '+' && text.data[0] != '-')) return zone_choose(fn, text);
    const Str behind = str_slice(text, 1, text.bytes);
    const bool no_hours = !behind.bytes || behind.data[0] == ':';
    const Str whole = no_hours ? str_format(fn->arena, "%c0%.*s", text.data[0], STR_ARG(behind))
                               : text;
    switch (time_parse_zone(whole, &choice.seconds)) {
    case FAULT_NONE: return choice;
    case FAULT_ZONE_RANGE:
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "numeric time zone \"%.*s\" out of range",
                    STR_ARG(text));
    default: return zone_choose(fn, text);
    }
}

static int64_t timestamptz_make_zone(Fn *fn, int32_t year, int32_t month, int32_t day, int32_t hour,
                                     int32_t minute, double second, Str zone)
{
    const int64_t local = local_of_parts(year, month, day, hour, minute, second);
    const ZoneChoice choice = zone_choose_signed(fn, zone);
    return choice_utc(&choice, local);
}

static Interval interval_make(Fn *fn, int32_t years, int32_t months, int32_t weeks, int32_t days,
                              int32_t hours, int32_t minutes, double seconds)
{
    (void)fn;
    Interval v;
    int64_t t;
    if (!isfinite(seconds)) interval_out_of_range();
    const double rounded = rint(seconds * 1000000.0);
    bool over = mul_overflows(years, 12, &v.months) || add_overflows(v.months, months, &v.months) ||
                mul_overflows(weeks, 7, &v.days) || add_overflows(v.days, days, &v.days);
    if (!over && isinf(rounded)) float_overflow();
    over = over || fabs(rounded) >= 9.2e18;
    if (!over)
        t = hours * USEC_PER_HOUR + minutes * USEC_PER_MINUTE,
        over = add_overflows(t, (int64_t)rounded, &v.microseconds);
    if (over || !interval_is_finite(&v)) interval_out_of_range();
    return v;
}

static int64_t timestamp_of_epoch(Fn *fn, double seconds)
{
    (void)fn;
    if (isnan(seconds)) raise_error(SQLSTATE_DATETIME_FIELD_OVERFLOW, "timestamp cannot be NaN");
    if (isinf(seconds)) return seconds > 0 ? TIMESTAMP_INFINITY : TIMESTAMP_MINUS_INFINITY;
    const double since = seconds + (double)DATE_OF_UNIX_EPOCH * SEC_PER_DAY;
    const double t = rint(since * 1000000.0);
    if (t < (double)TIMESTAMP_MIN || t >= (double)TIMESTAMP_END)
        raise_error(SQLSTATE_DATETIME_FIELD_OVERFLOW, "timestamp out of range: \"%g\"", seconds);
    return (int64_t)t;
}

SQL_FUNCTION(3461, "make_timestamp", timestamp, (int4, int4, int4, int4, int4, float8),
             IMMUTABLE | STRICT, timestamp_make, "date and time of their parts")
SQL_FACTS(3461, .arguments = "year int4, month int4, mday int4, hour int4, min int4, sec float8")
SQL_FUNCTION(3462, "make_timestamptz", timestamptz, (int4, int4, int4, int4, int4, float8),
             STABLE | STRICT, timestamptz_make, "moment of its parts in the zone of the session")
SQL_FACTS(3462, .arguments = "year int4, month int4, mday int4, hour int4, min int4, sec float8")
SQL_FUNCTION(3463, "make_timestamptz", timestamptz, (int4, int4, int4, int4, int4, float8, text),
             STABLE | STRICT, timestamptz_make_zone, "moment of its parts in a zone")
SQL_FACTS(
    3463,
    .arguments = "year int4, month int4, mday int4, hour int4, min int4, sec float8, timezone text")
SQL_FUNCTION(3464, "make_interval", interval, (int4, int4, int4, int4, int4, int4, float8),
             IMMUTABLE | STRICT, interval_make, "interval of its parts")
SQL_FACTS(
    3464,
    .arguments =
        "years int4 DEFAULT 0, months int4 DEFAULT 0, weeks int4 DEFAULT 0, days int4 DEFAULT 0, "
        "hours int4 DEFAULT 0, mins int4 DEFAULT 0, secs float8 DEFAULT 0.0")
SQL_FUNCTION(1158, "to_timestamp", timestamptz, (float8), IMMUTABLE | STRICT, timestamp_of_epoch,
             "moment of so many seconds since 1970")

/* ---- Ages: years, months and days as people count them */

static int64_t civil_days_in(const CivilTime *c)
{
    return month_days(c->year, c->month);
}

static Interval age_between(int64_t a, int64_t b)
{
    if (!timestamp_is_finite(a) || !timestamp_is_finite(b)) {
        if (a == b) interval_out_of_range();
        return a == TIMESTAMP_INFINITY || b == TIMESTAMP_MINUS_INFINITY ? interval_infinity()
                                                                        : interval_minus_infinity();
    }
    const bool negative = a < b;
    CivilTime later, earlier;
    civil_of_timestamp(negative ? b : a, &later);
    civil_of_timestamp(negative ? a : b, &earlier);
    int64_t time = civil_time(&later) - civil_time(&earlier);
    int64_t days = later.day - earlier.day;
    int64_t months = (later.year - earlier.year) * 12 + later.month - earlier.month;
    if (time < 0) time += USEC_PER_DAY, days--;
    /* A month is borrowed with the length of the earlier one. */
    while (days < 0) days += civil_days_in(&earlier), months--;
    Interval age = {time, (int32_t)days, (int32_t)months};
    return negative ? interval_negate(age) : age;
}

static Interval age_utc(Fn *fn, int64_t a, int64_t b)
{
    const TimeZone *zone = env_time_zone(fn->env);
    return age_between(timestamp_of_utc(zone, a), timestamp_of_utc(zone, b));
}

/* Midnight of today by the clock of the session. */
static int64_t today_midnight(const FnEnv *env)
{
    int64_t time;
    return timestamp_date(timestamp_of_utc(env_time_zone(env), env->transaction_time), &time) *
           USEC_PER_DAY;
}

SQL_EXPRESSION(2058, "age", interval, (timestamp, timestamp), IMMUTABLE | STRICT, age_between(a, b),
               "years, months and days from the second to the first")
SQL_FUNCTION(1199, "age", interval, (timestamptz, timestamptz), IMMUTABLE | STRICT, age_utc,
             "years, months and days from the second to the first")
SQL_EXPRESSION(2059, "age", interval, (timestamp), STABLE | STRICT,
               age_between(today_midnight(fn->env), a), "years, months and days until today")
SQL_EXPRESSION(1386, "age", interval, (timestamptz), STABLE | STRICT,
               age_between(today_midnight(fn->env), timestamp_of_utc(env_time_zone(fn->env), a)),
               "years, months and days until today")

/* ---- Zones */

ZoneChoice zone_choose(Fn *fn, Str name)
{
    ZoneOffset offset;
    const Str lower = str_lower_ascii(fn->arena, name);
    if (time_zone_abbreviation(env_time_zone(fn->env), lower, &offset))
        return (ZoneChoice){.seconds = offset.seconds};
    const TimeZone *zone = time_zone_find(fn->env->time_zones, fn->arena, name);
    if (!zone)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "time zone \"%.*s\" not recognized",
                    STR_ARG(name));
    return (ZoneChoice){.zone = zone};
}

static ZoneChoice zone_of_interval(Fn *fn, Interval v)
{
    if (v.months || v.days || !interval_is_finite(&v)) {
        StrBuilder text = str_builder(fn->arena, 32);
        interval_print_text(&v, interval_style_of(fn->env), &text);
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "interval time zone \"%.*s\" must %s",
                    STR_ARG(str_peek(&text)),
                    interval_is_finite(&v) ? "not include months or days" : "be finite");
    }
    return (ZoneChoice){.seconds = (int32_t)(v.microseconds / USEC_PER_SEC)};
}

static int64_t local_in_zone(Fn *fn, Str zone, int64_t utc)
{
    if (!timestamp_is_finite(utc)) return utc;
    const ZoneChoice choice = zone_choose(fn, zone);
    return choice_local(&choice, utc);
}

static int64_t local_in_offset(Fn *fn, Interval zone, int64_t utc)
{
    if (!timestamp_is_finite(utc)) return utc;
    const ZoneChoice choice = zone_of_interval(fn, zone);
    return choice_local(&choice, utc);
}

static int64_t utc_from_zone(Fn *fn, Str zone, int64_t local)
{
    if (!timestamp_is_finite(local)) return local;
    const ZoneChoice choice = zone_choose(fn, zone);
    return choice_utc(&choice, local);
}

static int64_t utc_from_offset(Fn *fn, Interval zone, int64_t local)
{
    if (!timestamp_is_finite(local)) return local;
    const ZoneChoice choice = zone_of_interval(fn, zone);
    return choice_utc(&choice, local);
}

/* A time of day in another zone, as of the start of the transaction. */
static TimeTz timetz_in(Fn *fn, const ZoneChoice *choice, TimeTz v)
{
    const int32_t east = choice->zone
                             ? time_zone_offset(choice->zone, fn->env->transaction_time).seconds
                             : choice->seconds;
    return (
        TimeTz){.microseconds = i64_mod_floor(timetz_utc(v) + east * USEC_PER_SEC, USEC_PER_DAY),
                .zone = -east};
}

static TimeTz timetz_in_zone(Fn *fn, Str zone, TimeTz v)
{
    const ZoneChoice choice = zone_choose(fn, zone);
    return timetz_in(fn, &choice, v);
}

static TimeTz timetz_in_offset(Fn *fn, Interval zone, TimeTz v)
{
    const ZoneChoice choice = zone_of_interval(fn, zone);
    return timetz_in(fn, &choice, v);
}

static TimeTz timetz_in_session(Fn *fn, TimeTz v)
{
    const ZoneChoice choice = {.zone = env_time_zone(fn->env)};
    return timetz_in(fn, &choice, v);
}

static int64_t utc_add_in_zone(Fn *fn, int64_t utc, Interval v, Str name)
{
    const ZoneChoice choice = zone_choose(fn, name);
    return utc_add_interval(choice.zone ? choice.zone : time_zone_fixed(fn->arena, choice.seconds),
                            utc, v);
}

SQL_FUNCTION(1159, "timezone", timestamp, (text, timestamptz), IMMUTABLE | STRICT, local_in_zone,
             "local time of the moment in a zone")
SQL_FUNCTION(1026, "timezone", timestamp, (interval, timestamptz), IMMUTABLE | STRICT,
             local_in_offset, "local time of the moment so far east")
SQL_FUNCTION(2069, "timezone", timestamptz, (text, timestamp), IMMUTABLE | STRICT, utc_from_zone,
             "moment of the local time in a zone")
SQL_FUNCTION(2070, "timezone", timestamptz, (interval, timestamp), IMMUTABLE | STRICT,
             utc_from_offset, "moment of the local time so far east")
SQL_FUNCTION(2037, "timezone", timetz, (text, timetz), STABLE | STRICT, timetz_in_zone,
             "the time in another zone")
SQL_FUNCTION(2038, "timezone", timetz, (interval, timetz), IMMUTABLE | STRICT, timetz_in_offset,
             "the time so far east")
SQL_EXPRESSION(6334, "timezone", timestamp, (timestamptz), STABLE | STRICT,
               timestamp_of_utc(env_time_zone(fn->env), a),
               "local time of the moment in the zone of the session")
SQL_EXPRESSION(6335, "timezone", timestamptz, (timestamp), STABLE | STRICT,
               utc_of_timestamp(env_time_zone(fn->env), a),
               "moment of the local time in the zone of the session")
SQL_FUNCTION(6336, "timezone", timetz, (timetz), STABLE | STRICT, timetz_in_session,
             "the time in the zone of the session")
SQL_FUNCTION(6222, "date_add", timestamptz, (timestamptz, interval, text), IMMUTABLE | STRICT,
             utc_add_in_zone, "so much later, months and days by the clock of a zone")
SQL_EXPRESSION(6273, "date_subtract", timestamptz, (timestamptz, interval, text),
               IMMUTABLE | STRICT, utc_add_in_zone(fn, a, interval_negate(b), c),
               "so much earlier, months and days by the clock of a zone")

/* ---- OVERLAPS: half-open periods, whose ends may come in either order and may be NULL */

typedef struct Period {
    Datum from, to;
    bool unknown; /* both ends are NULL */
} Period;

static int value_order(const TypeCall *call, const Datum *a, const Datum *b)
{
    return type_compare(call, &a->value, &b->value);
}

static Period period_of(const TypeCall *call, Datum from, Datum to)
{
    if (from.null || (!to.null && value_order(call, &from, &to) > 0))
        return (Period){to, from, to.null};
    return (Period){from, to, false};
}

static Datum truth(bool b)
{
    return (Datum){.value.b = b};
}

/* Three-valued: what is known decides where it can. */
static Datum overlap(const TypeCall *call, Datum from1, Datum to1, Datum from2, Datum to2)
{
    const Period a = period_of(call, from1, to1), b = period_of(call, from2, to2);
    const Datum unknown = {.null = true};
    if (a.unknown || b.unknown) return unknown;
    const int order = value_order(call, &a.from, &b.from);
    if (order == 0) return a.to.null || b.to.null ? unknown : truth(true);
    const Period *first = order < 0 ? &a : &b, *second = order < 0 ? &b : &a;
    if (first->to.null) return unknown;
    if (value_order(call, &second->from, &first->to) < 0) return truth(true);
    return second->to.null ? unknown : truth(false);
}

/* The end of a period: a value of its type, or an interval from the start. */
static Datum period_end(Fn *fn, const Datum *from, const Datum *end, Oid type, Oid end_type)
{
    if (end_type == type || from->null || end->null)
        return end_type == type ? *end : (Datum){.null = true};
    const Interval v = end->value.interval;
    Datum sum = {0};
    switch (type) {
    case OID_TIMESTAMP: sum.value.i64 = timestamp_add_interval(from->value.i64, v); break;
    case OID_TIMESTAMPTZ:
        sum.value.i64 = utc_add_interval(env_time_zone(fn->env), from->value.i64, v);
        break;
    default: /* time */
        if (!interval_is_finite(&v))
            raise_error(SQLSTATE_DATETIME_FIELD_OVERFLOW, "cannot add infinite interval to time");
        sum.value.i64 = i64_mod_floor(from->value.i64 + v.microseconds % USEC_PER_DAY,
                                      USEC_PER_DAY);
    }
    return sum;
}

static Datum overlaps(Fn *fn, const Datum *args)
{
    const Oid *declared = fn->function->args;
    const TypeCall call = type_call(fn, type_get(fn->env, declared[0]));
    const Datum end1 = period_end(fn, &args[0], &args[1], declared[0], declared[1]);
    const Datum end2 = period_end(fn, &args[2], &args[3], declared[0], declared[3]);
    return overlap(&call, args[0], end1, args[2], end2);
}

SQL_FUNCTION_DATUM(1271, "overlaps", bool, (timetz, timetz, timetz, timetz), IMMUTABLE, overlaps,
                   "have two periods a moment in common")
SQL_FUNCTION_DATUM(1304, "overlaps", bool, (timestamptz, timestamptz, timestamptz, timestamptz),
                   IMMUTABLE, overlaps, "have two periods a moment in common")
SQL_FUNCTION_DATUM(1305, "overlaps", bool, (timestamptz, interval, timestamptz, interval), STABLE,
                   overlaps, "have two periods a moment in common")
SQL_FUNCTION_DATUM(1306, "overlaps", bool, (timestamptz, timestamptz, timestamptz, interval),
                   STABLE, overlaps, "have two periods a moment in common")
SQL_FUNCTION_DATUM(1307, "overlaps", bool, (timestamptz, interval, timestamptz, timestamptz),
                   STABLE, overlaps, "have two periods a moment in common")
SQL_FUNCTION_DATUM(1308, "overlaps", bool, (time, time, time, time), IMMUTABLE, overlaps,
                   "have two periods a moment in common")
SQL_FUNCTION_DATUM(1309, "overlaps", bool, (time, interval, time, interval), IMMUTABLE | IN_SQL,
                   overlaps, "have two periods a moment in common")
SQL_FUNCTION_DATUM(1310, "overlaps", bool, (time, time, time, interval), IMMUTABLE | IN_SQL,
                   overlaps, "have two periods a moment in common")
SQL_FUNCTION_DATUM(1311, "overlaps", bool, (time, interval, time, time), IMMUTABLE | IN_SQL,
                   overlaps, "have two periods a moment in common")
SQL_FUNCTION_DATUM(2041, "overlaps", bool, (timestamp, timestamp, timestamp, timestamp), IMMUTABLE,
                   overlaps, "have two periods a moment in common")
SQL_FUNCTION_DATUM(2042, "overlaps", bool, (timestamp, interval, timestamp, interval),
                   IMMUTABLE | IN_SQL, overlaps, "have two periods a moment in common")
SQL_FUNCTION_DATUM(2043, "overlaps", bool, (timestamp, timestamp, timestamp, interval),
                   IMMUTABLE | IN_SQL, overlaps, "have two periods a moment in common")
SQL_FUNCTION_DATUM(2044, "overlaps", bool, (timestamp, interval, timestamp, timestamp),
                   IMMUTABLE | IN_SQL, overlaps, "have two periods a moment in common")

/* ---- Series */

typedef struct SeriesState {
    int64_t next, stop;
    Interval step;
    const TimeZone *zone; /* NULL: local times */
    bool down;
} SeriesState;

static SeriesState *series_start(FnSet *set, const Datum *args, const TimeZone *zone)
{
    SeriesState *s = ARENA_NEW(set->arena, SeriesState);
    *s = (SeriesState){args[0].value.i64, args[1].value.i64, args[2].value.interval, zone, false};
    const int direction = interval_compare(s->step, (Interval){0});
    if (direction == 0)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "step size cannot equal zero");
    if (!interval_is_finite(&s->step))
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "step size cannot be infinite");
    s->down = direction < 0;
    return s;
}

static bool series_next(FnSet *set, SeriesState *s, Datum *columns)
{
    set->state = s;
    if (s->down ? s->next < s->stop : s->next > s->stop) return false;
    columns[0] = (Datum){.value.i64 = s->next};
    s->next = s->zone ? utc_add_interval(s->zone, s->next, s->step)
                      : timestamp_add_interval(s->next, s->step);
    return true;
}

static bool series_timestamp(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    (void)fn;
    return series_next(set, set->state ? set->state : series_start(set, args, NULL), columns);
}

static bool series_timestamptz(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    const TimeZone *zone = env_time_zone(fn->env);
    if (!set->state && fn->function->arg_count == 4) {
        const ZoneChoice choice = zone_choose(fn, strview_str(&args[3].value.str));
        zone = choice.zone ? choice.zone : time_zone_fixed(set->arena, choice.seconds);
    }
    return series_next(set, set->state ? set->state : series_start(set, args, zone), columns);
}

SQL_FUNCTION_SET(938, "generate_series", timestamp, (timestamp, timestamp, interval),
                 IMMUTABLE | STRICT, series_timestamp, "times from one to another by steps")
SQL_FACTS(938, .support = 6354)
SQL_FUNCTION_SET(939, "generate_series", timestamptz, (timestamptz, timestamptz, interval),
                 STABLE | STRICT, series_timestamptz, "moments from one to another by steps")
SQL_FACTS(939, .support = 6354)
SQL_FUNCTION_SET(6274, "generate_series", timestamptz, (timestamptz, timestamptz, interval, text),
                 IMMUTABLE | STRICT, series_timestamptz,
                 "moments from one to another by steps, days by the clock of a zone")
SQL_FACTS(6274, .support = 6354)

/* ---- Bounds of window frames: is v at or below (above) base - (+) offset? */

static void check_offset(Interval offset)
{
    if (interval_compare(offset, (Interval){0}) < 0)
        raise_error(SQLSTATE_INVALID_PRECEDING_OR_FOLLOWING_SIZE,
                    "invalid preceding or following size in window function");
}

/* An infinite offset from an infinity of the same kind: every value is in range. */
static bool offset_is_everything(bool base_is_infinite, bool base_is_minus, Interval offset,
                                 bool subtract)
{
    return interval_is_infinity(&offset) && base_is_infinite && base_is_minus == !subtract;
}

static bool in_range_timestamp(Fn *fn, int64_t v, int64_t base, Interval offset, bool subtract,
                               bool less)
{
    (void)fn;
    check_offset(offset);
    if (offset_is_everything(!timestamp_is_finite(base), base == TIMESTAMP_MINUS_INFINITY, offset,
                             subtract))
        return true;
    const int64_t bound = timestamp_add_interval(base, subtract ? interval_negate(offset) : offset);
    return less ? v <= bound : v >= bound;
}

static bool in_range_timestamptz(Fn *fn, int64_t v, int64_t base, Interval offset, bool subtract,
                                 bool less)
{
    check_offset(offset);
    if (offset_is_everything(!timestamp_is_finite(base), base == TIMESTAMP_MINUS_INFINITY, offset,
                             subtract))
        return true;
    const int64_t bound = utc_add_interval(env_time_zone(fn->env), base,
                                           subtract ? interval_negate(offset) : offset);
    return less ? v <= bound : v >= bound;
}

static bool in_range_date(Fn *fn, int32_t v, int32_t base, Interval offset, bool subtract,
                          bool less)
{
    return in_range_timestamp(fn, timestamp_of_date(v), timestamp_of_date(base), offset, subtract,
                              less);
}

static bool in_range_interval(Fn *fn, Interval v, Interval base, Interval offset, bool subtract,
                              bool less)
{
    (void)fn;
    check_offset(offset);
    if (offset_is_everything(!interval_is_finite(&base), interval_is_minus_infinity(&base), offset,
                             subtract))
        return true;
    const Interval bound = interval_add(base, subtract ? interval_negate(offset) : offset);
    return less ? interval_compare(v, bound) <= 0 : interval_compare(v, bound) >= 0;
}

/* Of the offset of a time only the time counts, days and months do not. */
static void check_time_offset(Interval offset)
{
    check_offset((Interval){.microseconds = offset.microseconds});
}

/* Times do not go around midnight here. */
static bool in_range_time(Fn *fn, int64_t v, int64_t base, Interval offset, bool subtract,
                          bool less)
{
    (void)fn;
    check_time_offset(offset);
    int64_t bound;
    if (subtract)
        bound = base - offset.microseconds;
    else if (add_overflows(base, offset.microseconds, &bound))
        return less;
    return less ? v <= bound : v >= bound;
}

static bool in_range_timetz(Fn *fn, TimeTz v, TimeTz base, Interval offset, bool subtract,
                            bool less)
{
    (void)fn;
    check_time_offset(offset);
    TimeTz bound = base;
    if (subtract)
        bound.microseconds = base.microseconds - offset.microseconds;
    else if (add_overflows(base.microseconds, offset.microseconds, &bound.microseconds))
        return less;
    return less ? timetz_compare(v, bound) <= 0 : timetz_compare(v, bound) >= 0;
}

SQL_FUNCTION(4133, "in_range", bool, (date, date, interval, bool, bool), IMMUTABLE | STRICT,
             in_range_date, "is the value within the offset of the frame's base")
SQL_FUNCTION(4134, "in_range", bool, (timestamp, timestamp, interval, bool, bool),
             IMMUTABLE | STRICT, in_range_timestamp,
             "is the value within the offset of the frame's base")
SQL_FUNCTION(4135, "in_range", bool, (timestamptz, timestamptz, interval, bool, bool),
             STABLE | STRICT, in_range_timestamptz,
             "is the value within the offset of the frame's base")
SQL_FUNCTION(4136, "in_range", bool, (interval, interval, interval, bool, bool), IMMUTABLE | STRICT,
             in_range_interval, "is the value within the offset of the frame's base")
SQL_FUNCTION(4137, "in_range", bool, (time, time, interval, bool, bool), IMMUTABLE | STRICT,
             in_range_time, "is the value within the offset of the frame's base")
SQL_FUNCTION(4138, "in_range", bool, (timetz, timetz, interval, bool, bool), IMMUTABLE | STRICT,
             in_range_timetz, "is the value within the offset of the frame's base")

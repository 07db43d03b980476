/* SPDX-License-Identifier: Apache-2.0 */
/* time_extract.c - parts of dates, times and intervals: extract, date_part, date_trunc, date_bin.
 *
 * A part is computed once, as a decimal (extract's result); date_part is the same as a double. Which type has which
 * part is one table. */
#include "type/time.h"

#include <math.h>

#include "base/arith.h"
#include "base/oids.h"
#include "type/numeric.h"
#include "type/time_text.h"

typedef enum Part {
    PART_MICROSECOND,
    PART_MILLISECOND,
    PART_SECOND,
    PART_MINUTE,
    PART_HOUR,
    PART_DAY,
    PART_WEEK,
    PART_MONTH,
    PART_QUARTER,
    PART_YEAR,
    PART_DECADE,
    PART_CENTURY,
    PART_MILLENNIUM,
    PART_EPOCH,
    PART_JULIAN,
    PART_ISOYEAR,
    PART_DOW,
    PART_ISODOW,
    PART_DOY,
    PART_ZONE,
    PART_ZONE_HOUR,
    PART_ZONE_MINUTE,
    PART_NONE, /* known words that are no part of anything here */
} Part;

static const struct {
    const char *text;
    Part part;
} part_words[] = {
    {"us", PART_MICROSECOND},
    {"usec", PART_MICROSECOND},
    {"usecs", PART_MICROSECOND},
    {"usecond", PART_MICROSECOND},
    {"useconds", PART_MICROSECOND},
    {"microsecond", PART_MICROSECOND},
    {"microseconds", PART_MICROSECOND},
    {"microsecon", PART_MICROSECOND},
    {"ms", PART_MILLISECOND},
    {"msec", PART_MILLISECOND},
    {"msecs", PART_MILLISECOND},
    {"msecond", PART_MILLISECOND},
    {"mseconds", PART_MILLISECOND},
    {"millisecond", PART_MILLISECOND},
    {"milliseconds", PART_MILLISECOND},
    {"millisecon", PART_MILLISECOND},
    {"s", PART_SECOND},
    {"sec", PART_SECOND},
    {"secs", PART_SECOND},
    {"second", PART_SECOND},
    {"seconds", PART_SECOND},
    {"m", PART_MINUTE},
    {"min", PART_MINUTE},
    {"mins", PART_MINUTE},
    {"minute", PART_MINUTE},
    {"minutes", PART_MINUTE},
    {"h", PART_HOUR},
    {"hr", PART_HOUR},
    {"hrs", PART_HOUR},
    {"hour", PART_HOUR},
    {"hours", PART_HOUR},
    {"d", PART_DAY},
    {"day", PART_DAY},
    {"days", PART_DAY},
    {"w", PART_WEEK},
    {"week", PART_WEEK},
    {"weeks", PART_WEEK},
    {"mon", PART_MONTH},
    {"mons", PART_MONTH},
    {"month", PART_MONTH},
    {"months", PART_MONTH},
    {"qtr", PART_QUARTER},
    {"quarter", PART_QUARTER},
    {"y", PART_YEAR},
    {"yr", PART_YEAR},
    {"yrs", PART_YEAR},
    {"year", PART_YEAR},
    {"years", PART_YEAR},
    {"dec", PART_DECADE},
    {"decs", PART_DECADE},
    {"decade", PART_DECADE},
    {"decades", PART_DECADE},
    {"c", PART_CENTURY},
    {"cent", PART_CENTURY},
    {"century", PART_CENTURY},
    {"centuries", PART_CENTURY},
    {"mil", PART_MILLENNIUM},
    {"mils", PART_MILLENNIUM},
    {"millennia", PART_MILLENNIUM},
    {"millennium", PART_MILLENNIUM},
    {"epoch", PART_EPOCH},
    {"julian", PART_JULIAN},
    {"jd", PART_JULIAN},
    {"j", PART_JULIAN},
    {"isoyear", PART_ISOYEAR},
    {"dow", PART_DOW},
    {"isodow", PART_ISODOW},
    {"doy", PART_DOY},
    {"timezone", PART_ZONE},
    {"timezone_h", PART_ZONE_HOUR},
    {"timezone_hour", PART_ZONE_HOUR},
    {"timezone_m", PART_ZONE_MINUTE},
    {"timezone_minute", PART_ZONE_MINUTE},
    {"now", PART_NONE},
    {"today", PART_NONE},
    {"tomorrow", PART_NONE},
    {"yesterday", PART_NONE},
    {"infinity", PART_NONE},
};

/* A word longer than PostgreSQL's keywords is cut, as it cuts it. */
static bool part_find(Fn *fn, Str name, Part *part)
{
    enum { WORD_BYTES = 10 };
    const Str word = str_lower_ascii(fn->arena, name);
    for (size_t i = 0; i < ARRAY_LEN(part_words); i++) {
        const Str known = str_from(part_words[i].text);
        if (!str_equal(known, word) &&
            !(known.bytes >= WORD_BYTES && word.bytes >= WORD_BYTES &&
              str_equal(str_slice(known, 0, WORD_BYTES), str_slice(word, 0, WORD_BYTES)) &&
              !str_starts(known, STR("timezone"))))
            continue;
        *part = part_words[i].part;
        return true;
    }
    return false;
}

#define BIT(part) (1u << (part))
enum {
    PARTS_CLOCK = BIT(PART_MICROSECOND) | BIT(PART_MILLISECOND) | BIT(PART_SECOND) |
                  BIT(PART_MINUTE) | BIT(PART_HOUR),
    PARTS_SPAN = BIT(PART_DAY) | BIT(PART_WEEK) | BIT(PART_MONTH) | BIT(PART_QUARTER) |
                 BIT(PART_YEAR) | BIT(PART_DECADE) | BIT(PART_CENTURY) | BIT(PART_MILLENNIUM) |
                 BIT(PART_EPOCH),
    PARTS_DATE = PARTS_SPAN | BIT(PART_JULIAN) | BIT(PART_ISOYEAR) | BIT(PART_DOW) |
                 BIT(PART_ISODOW) | BIT(PART_DOY),
    PARTS_ZONE = BIT(PART_ZONE) | BIT(PART_ZONE_HOUR) | BIT(PART_ZONE_MINUTE),
    /* Those that grow for ever: infinite for infinity, where the others are NULL. */
    PARTS_MONOTONE = BIT(PART_YEAR) | BIT(PART_DECADE) | BIT(PART_CENTURY) | BIT(PART_MILLENNIUM) |
                     BIT(PART_EPOCH) | BIT(PART_JULIAN) | BIT(PART_ISOYEAR),
    PARTS_MONOTONE_INTERVAL = BIT(PART_HOUR) | BIT(PART_DAY) | BIT(PART_YEAR) | BIT(PART_DECADE) |
                              BIT(PART_CENTURY) | BIT(PART_MILLENNIUM) | BIT(PART_EPOCH),
    PARTS_OF_DATES_ALONE = BIT(PART_EPOCH) | BIT(PART_JULIAN) | BIT(PART_ISOYEAR) | BIT(PART_DOW) |
                           BIT(PART_ISODOW) | BIT(PART_DOY),
    PARTS_TRUNCATE = PARTS_CLOCK | (PARTS_SPAN & ~BIT(PART_EPOCH)),
};

_Noreturn static void part_refuse(Str name, const char *type_name, bool known)
{
    if (!known)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "unit \"%.*s\" not recognized for type %s",
                    STR_ARG(name), type_name);
    raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "unit \"%.*s\" not supported for type %s",
                STR_ARG(name), type_name);
}

static Part part_get(Fn *fn, Str name, const char *type_name, uint32_t allowed)
{
    Part part;
    const bool known = part_find(fn, name, &part);
    if (!known || !(BIT(part) & allowed))
        part_refuse(str_lower_ascii(fn->arena, name), type_name, known);
    return part;
}

/* ---- Parts of a clock, of a date */

static Decimal clock_part(int64_t time, Part part)
{
    const int64_t of_minute = time % USEC_PER_MINUTE;
    switch (part) {
    case PART_MICROSECOND: return decimal_small(of_minute, 0);
    case PART_MILLISECOND: return decimal_small(of_minute, 3);
    case PART_SECOND: return decimal_small(of_minute, 6);
    case PART_MINUTE: return decimal_small(time / USEC_PER_MINUTE % 60, 0);
    default: return decimal_small(time / USEC_PER_HOUR, 0);
    }
}

/* Years count from 1 AD and from 1 BC backward: there is no year, decade or century 0 but the decade around it. */
static int64_t year_group(int64_t year, int64_t size)
{
    return year > 0 ? (year + size - 1) / size : -((size - 1 - (year - 1)) / size);
}

static int64_t date_part_whole(int64_t date, Part part)
{
    CivilTime c;
    int64_t iso_year;
    civil_of_date(date, &c);
    switch (part) {
    case PART_DAY: return c.day;
    case PART_WEEK: return iso_week(date, &iso_year);
    case PART_MONTH: return c.month;
    case PART_QUARTER: return (c.month - 1) / 3 + 1;
    case PART_YEAR: return c.year > 0 ? c.year : c.year - 1;
    case PART_DECADE: return c.year >= 0 ? c.year / 10 : -((8 - (c.year - 1)) / 10);
    case PART_CENTURY: return year_group(c.year, 100);
    case PART_MILLENNIUM: return year_group(c.year, 1000);
    case PART_JULIAN: return date - DATE_OF_JULIAN_DAY_0;
    case PART_ISOYEAR: iso_week(date, &iso_year); return iso_year > 0 ? iso_year : iso_year - 1;
    case PART_DOW: return day_of_week(date);
    case PART_ISODOW: return (day_of_week(date) + 6) % 7 + 1;
    case PART_DOY: return day_of_year(date);
    default: return 0;
    }
}

static Decimal infinite_part(Fn *fn, Part part, uint32_t monotone, bool negative)
{
    if (!(BIT(part) & monotone)) return FN_NULL(fn, decimal_small(0, 0));
    return decimal_infinity(fn->arena, negative);
}

static Decimal epoch_part(Fn *fn, i128 microseconds)
{
    return decimal_from_i128(fn->arena, microseconds, 6);
}

/* ---- extract */

static Decimal extract_date(Fn *fn, Str name, int32_t date)
{
    const Part part = part_get(fn, name, "date", PARTS_DATE);
    if (!date_is_finite(date))
        return infinite_part(fn, part, PARTS_MONOTONE, date == DATE_MINUS_INFINITY);
    if (part == PART_EPOCH)
        return decimal_small(((int64_t)date - DATE_OF_UNIX_EPOCH) * SEC_PER_DAY, 0);
    return decimal_small(date_part_whole(date, part), 0);
}

/* `local`: the time by the clock of its zone; `utc`: for the epoch. */
static Decimal extract_fields(Fn *fn, Part part, int64_t local, int64_t utc)
{
    int64_t time;
    const int64_t date = timestamp_date(local, &time);
    if (BIT(part) & PARTS_CLOCK) return clock_part(time, part);
    if (part == PART_EPOCH)
        return epoch_part(fn, (i128)utc - (i128)DATE_OF_UNIX_EPOCH * USEC_PER_DAY);
    if (part == PART_JULIAN)
        return decimal_add(fn->arena, decimal_small(date - DATE_OF_JULIAN_DAY_0, 0),
                           decimal_divide(fn->arena, decimal_small(time, 0),
                                          decimal_small(USEC_PER_DAY, 0)));
    return decimal_small(date_part_whole(date, part), 0);
}

static Decimal extract_timestamp(Fn *fn, Str name, int64_t t)
{
    /* PostgreSQL looks at the value first: an infinite one has any part, as NULL. */
    const uint32_t allowed = PARTS_DATE | PARTS_CLOCK | (timestamp_is_finite(t) ? 0 : PARTS_ZONE);
    const Part part = part_get(fn, name, "timestamp without time zone", allowed);
    if (!timestamp_is_finite(t))
        return infinite_part(fn, part, PARTS_MONOTONE, t == TIMESTAMP_MINUS_INFINITY);
    return extract_fields(fn, part, t, t);
}

static int32_t zone_part(int32_t seconds_east, Part part)
{
    return part == PART_ZONE        ? seconds_east
           : part == PART_ZONE_HOUR ? seconds_east / SEC_PER_HOUR
                                    : seconds_east % SEC_PER_HOUR / SEC_PER_MINUTE;
}

static Decimal extract_timestamptz(Fn *fn, Str name, int64_t utc)
{
    const Part part = part_get(fn, name, "timestamp with time zone",
                               PARTS_DATE | PARTS_CLOCK | PARTS_ZONE);
    if (!timestamp_is_finite(utc))
        return infinite_part(fn, part, PARTS_MONOTONE, utc == TIMESTAMP_MINUS_INFINITY);
    const int32_t east = time_zone_offset(env_time_zone(fn->env), utc).seconds;
    if (BIT(part) & PARTS_ZONE) return decimal_small(zone_part(east, part), 0);
    return extract_fields(fn, part, utc + east * USEC_PER_SEC, utc);
}

static Decimal extract_time(Fn *fn, Str name, int64_t time)
{
    const Part part = part_get(fn, name, "time without time zone", PARTS_CLOCK | BIT(PART_EPOCH));
    return part == PART_EPOCH ? decimal_small(time, 6) : clock_part(time, part);
}

static Decimal extract_timetz(Fn *fn, Str name, TimeTz v)
{
    const Part part = part_get(fn, name, "time with time zone",
                               PARTS_CLOCK | BIT(PART_EPOCH) | PARTS_ZONE);
    if (part == PART_EPOCH) return decimal_small(timetz_utc(v), 6);
    if (BIT(part) & PARTS_ZONE) return decimal_small(zone_part(-v.zone, part), 0);
    return clock_part(v.microseconds, part);
}

static Decimal extract_interval(Fn *fn, Str name, Interval v)
{
    const Part part = part_get(fn, name, "interval", PARTS_CLOCK | PARTS_SPAN);
    if (!interval_is_finite(&v))
        return infinite_part(fn, part, PARTS_MONOTONE_INTERVAL, interval_is_minus_infinity(&v));
    if (BIT(part) & PARTS_CLOCK) return clock_part(v.microseconds, part);
    const int32_t years = v.months / 12, months = v.months % 12;
    switch (part) {
    case PART_DAY: return decimal_small(v.days, 0);
    case PART_WEEK: return decimal_small(v.days / 7, 0);
    case PART_MONTH: return decimal_small(months, 0);
    case PART_QUARTER: return decimal_small(v.months >= 0 ? months / 3 + 1 : -(-months / 3 + 1), 0);
    case PART_YEAR: return decimal_small(years, 0);
    case PART_DECADE: return decimal_small(years / 10, 0);
    case PART_CENTURY: return decimal_small(years / 100, 0);
    case PART_MILLENNIUM: return decimal_small(years / 1000, 0);
    default: break;
    }
    /* A year has 365.25 days here, and a month 30. */
    const i128 days = (i128)years * 36525 + (i128)(months * DAYS_PER_MONTH + (int64_t)v.days) * 100;
    return epoch_part(fn, days * (USEC_PER_DAY / 100) + v.microseconds);
}

SQL_FUNCTION(6199, "extract", numeric, (text, date), IMMUTABLE | STRICT | NULLABLE, extract_date,
             "part of a date")
SQL_FUNCTION(6202, "extract", numeric, (text, timestamp), IMMUTABLE | STRICT | NULLABLE,
             extract_timestamp, "part of a date and time")
SQL_FUNCTION(6203, "extract", numeric, (text, timestamptz), STABLE | STRICT | NULLABLE,
             extract_timestamptz, "part of a moment in the zone of the session")
SQL_FUNCTION(6200, "extract", numeric, (text, time), IMMUTABLE | STRICT, extract_time,
             "part of a time")
SQL_FUNCTION(6201, "extract", numeric, (text, timetz), IMMUTABLE | STRICT, extract_timetz,
             "part of a time")
SQL_FUNCTION(6204, "extract", numeric, (text, interval), IMMUTABLE | STRICT | NULLABLE,
             extract_interval, "part of an interval")

/* ---- date_part: the same as a double */

#define EXTRACT_timestamp extract_timestamp
#define EXTRACT_timestamptz extract_timestamptz
#define EXTRACT_time extract_time
#define EXTRACT_timetz_exact extract_timetz
#define EXTRACT_interval_exact extract_interval

#define DATE_PART(name, CType)                                     \
    static double date_part_##name(Fn *fn, Str part, CType v)      \
    {                                                              \
        const Decimal exact = EXTRACT_##name(fn, part, v);         \
        return fn->null ? 0 : decimal_to_double(fn->arena, exact); \
    }
DATE_PART(timestamp, int64_t)
DATE_PART(timestamptz, int64_t)
DATE_PART(time, int64_t)
DATE_PART(timetz_exact, TimeTz)
DATE_PART(interval_exact, Interval)

/* Epochs of these two are added up in doubles, in this order, which shows in the last digits. */
static double date_part_timetz(Fn *fn, Str name, TimeTz v)
{
    Part part;
    if (part_find(fn, name, &part) && part == PART_EPOCH)
        return (double)v.microseconds / 1000000.0 + v.zone;
    return date_part_timetz_exact(fn, name, v);
}

static double date_part_interval(Fn *fn, Str name, Interval v)
{
    Part part;
    if (!interval_is_finite(&v) || !part_find(fn, name, &part) || part != PART_EPOCH)
        return date_part_interval_exact(fn, name, v);
    double seconds = (double)v.microseconds / 1000000.0;
    const int32_t years = v.months / 12;
    seconds += 365.25 * SEC_PER_DAY * years;
    seconds += (double)DAYS_PER_MONTH * SEC_PER_DAY * (v.months % 12);
    return seconds + (double)SEC_PER_DAY * v.days;
}

SQL_FUNCTION(2021, "date_part", float8, (text, timestamp), IMMUTABLE | STRICT | NULLABLE,
             date_part_timestamp, "part of a date and time")
SQL_FUNCTION(1171, "date_part", float8, (text, timestamptz), STABLE | STRICT | NULLABLE,
             date_part_timestamptz, "part of a moment in the zone of the session")
SQL_FUNCTION(1385, "date_part", float8, (text, time), IMMUTABLE | STRICT, date_part_time,
             "part of a time")
SQL_FUNCTION(1273, "date_part", float8, (text, timetz), IMMUTABLE | STRICT, date_part_timetz,
             "part of a time")
SQL_FUNCTION(1172, "date_part", float8, (text, interval), IMMUTABLE | STRICT | NULLABLE,
             date_part_interval, "part of an interval")
/* Of a date, as of its midnight: so it has the parts of a clock too. */
SQL_EXPRESSION(1384, "date_part", float8, (text, date), IMMUTABLE | IN_SQL | STRICT | NULLABLE,
               date_part_timestamp(fn, a, timestamp_of_date(b)), "part of a date")

/* ---- date_trunc: words that name no unit of time are not known to it */

static Part unit_get(Fn *fn, Str name, const char *type_name)
{
    Part part;
    const Str lower = str_lower_ascii(fn->arena, name);
    const bool known = part_find(fn, name, &part) && !(BIT(part) & PARTS_OF_DATES_ALONE);
    if (!known || !(BIT(part) & PARTS_TRUNCATE)) part_refuse(lower, type_name, known);
    return part;
}

static int64_t first_year(int64_t year, int64_t size)
{
    return year > 0 ? (year + size - 1) / size * size - (size - 1)
                    : -((size - 1 - (year - 1)) / size) * size + 1;
}

/* The date that a part of a date begins with. */
static int64_t date_truncate(int64_t date, Part part)
{
    CivilTime c;
    civil_of_date(date, &c);
    switch (part) {
    case PART_WEEK: return date - (day_of_week(date) + 6) % 7;
    case PART_MONTH: return date_of_civil(c.year, c.month, 1);
    case PART_QUARTER: return date_of_civil(c.year, (c.month - 1) / 3 * 3 + 1, 1);
    case PART_YEAR: return date_of_civil(c.year, 1, 1);
    case PART_DECADE:
        return date_of_civil(c.year > 0 ? c.year / 10 * 10 : -((8 - (c.year - 1)) / 10) * 10, 1, 1);
    case PART_CENTURY: return date_of_civil(first_year(c.year, 100), 1, 1);
    case PART_MILLENNIUM: return date_of_civil(first_year(c.year, 1000), 1, 1);
    default: return date;
    }
}

static int64_t part_unit(Part part)
{
    switch (part) {
    case PART_MICROSECOND: return 1;
    case PART_MILLISECOND: return 1000;
    case PART_SECOND: return USEC_PER_SEC;
    case PART_MINUTE: return USEC_PER_MINUTE;
    case PART_HOUR: return USEC_PER_HOUR;
    default: return USEC_PER_DAY;
    }
}

static int64_t truncate_local(int64_t t, Part part)
{
    int64_t time, result;
    if (!timestamp_is_finite(t)) return t;
    const int64_t date = date_truncate(timestamp_date(t, &time), part);
    if (!timestamp_of(date, time - time % part_unit(part), &result) || !timestamp_in_range(result))
        timestamp_out_of_range();
    return result;
}

static int64_t trunc_timestamp(Fn *fn, Str name, int64_t t)
{
    return truncate_local(t, unit_get(fn, name, "timestamp without time zone"));
}

/* By the clock of the zone. Of an hour or less the offset stays, so that the hour that comes twice is told apart. */
static int64_t truncate_in_zone(int64_t utc, Part part, const TimeZone *zone)
{
    if (!timestamp_is_finite(utc)) return utc;
    const int64_t local = truncate_local(timestamp_of_utc(zone, utc), part);
    if (!(BIT(part) & PARTS_CLOCK)) return utc_of_timestamp(zone, local);
    return local - time_zone_offset(zone, utc).seconds * USEC_PER_SEC;
}

static int64_t trunc_timestamptz(Fn *fn, Str name, int64_t utc)
{
    const Part part = unit_get(fn, name, "timestamp with time zone");
    return truncate_in_zone(utc, part, env_time_zone(fn->env));
}

static int64_t trunc_timestamptz_zone(Fn *fn, Str name, int64_t utc, Str zone_name)
{
    const ZoneChoice choice = zone_choose(fn, zone_name);
    const TimeZone *zone = choice.zone ? choice.zone : time_zone_fixed(fn->arena, choice.seconds);
    return truncate_in_zone(utc, unit_get(fn, name, "timestamp with time zone"), zone);
}

static Interval trunc_interval(Fn *fn, Str name, Interval v)
{
    Part part;
    const Str lower = str_lower_ascii(fn->arena, name);
    if (part_find(fn, name, &part) && part == PART_WEEK) {
        Error *error = error_begin(SQLSTATE_FEATURE_NOT_SUPPORTED);
        error_message(error, "unit \"%.*s\" not supported for type interval", STR_ARG(lower));
        error_detail(error, "Months usually have fractional weeks.");
        error_raise(error);
    }
    part = unit_get(fn, name, "interval");
    if (!interval_is_finite(&v)) return v;
    static const int32_t months[] = {
        [PART_MONTH] = 1,    [PART_QUARTER] = 3,    [PART_YEAR] = 12,
        [PART_DECADE] = 120, [PART_CENTURY] = 1200, [PART_MILLENNIUM] = 12000};
    if (part >= PART_MONTH) return (Interval){.months = v.months / months[part] * months[part]};
    v.microseconds = part == PART_DAY ? 0 : v.microseconds / part_unit(part) * part_unit(part);
    return v;
}

SQL_FUNCTION(2020, "date_trunc", timestamp, (text, timestamp), IMMUTABLE | STRICT, trunc_timestamp,
             "where a part of the time begins")
SQL_FUNCTION(1217, "date_trunc", timestamptz, (text, timestamptz), STABLE | STRICT,
             trunc_timestamptz, "where a part of the moment begins in the zone of the session")
SQL_FUNCTION(1284, "date_trunc", timestamptz, (text, timestamptz, text), IMMUTABLE | STRICT,
             trunc_timestamptz_zone, "where a part of the moment begins in a zone")
SQL_FUNCTION(1218, "date_trunc", interval, (text, interval), IMMUTABLE | STRICT, trunc_interval,
             "the interval without what is smaller than a part")

/* ---- date_bin */

static int64_t timestamp_bin(Fn *fn, Interval stride, int64_t t, int64_t origin)
{
    (void)fn;
    if (!timestamp_is_finite(t)) return t;
    if (!timestamp_is_finite(origin))
        raise_error(SQLSTATE_DATETIME_FIELD_OVERFLOW, "origin out of range");
    if (!interval_is_finite(&stride))
        raise_error(SQLSTATE_DATETIME_FIELD_OVERFLOW,
                    "timestamps cannot be binned into infinite intervals");
    if (stride.months)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "timestamps cannot be binned into intervals containing months or years");
    int64_t width, bin, from_origin;
    if (mul_overflows((int64_t)stride.days, USEC_PER_DAY, &width) ||
        add_overflows(width, stride.microseconds, &width))
        interval_out_of_range();
    if (width <= 0)
        raise_error(SQLSTATE_DATETIME_FIELD_OVERFLOW, "stride must be greater than zero");
    if (sub_overflows(t, origin, &from_origin)) interval_out_of_range();
    bin = i64_div_floor(from_origin, width);
    if (mul_overflows(bin, width, &bin) || add_overflows(origin, bin, &bin) ||
        !timestamp_in_range(bin))
        timestamp_out_of_range();
    return bin;
}

SQL_FUNCTION(6177, "date_bin", timestamp, (interval, timestamp, timestamp), IMMUTABLE | STRICT,
             timestamp_bin, "start of the bin that the time is in")
SQL_FUNCTION(6178, "date_bin", timestamptz, (interval, timestamptz, timestamptz),
             IMMUTABLE | STRICT, timestamp_bin, "start of the bin that the moment is in")

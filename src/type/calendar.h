/* SPDX-License-Identifier: Apache-2.0 */
/* calendar.h - days, months and years of the proleptic Gregorian calendar, and the ranges of the time types.
 *
 * A date is days since 2000-01-01, a timestamp microseconds since 2000-01-01 00:00. Years are astronomical: 0 is 1
 * BC. */
#pragma once

#include "base/fn.h"

#define USEC_PER_SEC INT64_C(1000000)
#define USEC_PER_MINUTE INT64_C(60000000)
#define USEC_PER_HOUR INT64_C(3600000000)
#define USEC_PER_DAY INT64_C(86400000000)
enum {
    SEC_PER_MINUTE = 60,
    SEC_PER_HOUR = 3600,
    SEC_PER_DAY = 86400,
    DAYS_PER_MONTH = 30,
    MONTHS_PER_YEAR = 12
};

/* Days from 1970-01-01 to 2000-01-01, and from the start of the Julian day count. */
enum { DATE_OF_UNIX_EPOCH = -10957, DATE_OF_JULIAN_DAY_0 = -2451545 };
/* From 4714-11-24 BC to before 5874898-01-01, and before 294277-01-01. */
enum { DATE_MIN = DATE_OF_JULIAN_DAY_0, DATE_END = 2145031949 };
#define TIMESTAMP_MIN INT64_C(-211813488000000000)
#define TIMESTAMP_END INT64_C(9223371331200000000)

#define DATE_MINUS_INFINITY INT32_MIN
#define DATE_INFINITY INT32_MAX
#define TIMESTAMP_MINUS_INFINITY INT64_MIN
#define TIMESTAMP_INFINITY INT64_MAX

static inline bool date_is_finite(int32_t date)
{
    return date != DATE_MINUS_INFINITY && date != DATE_INFINITY;
}
static inline bool timestamp_is_finite(int64_t t)
{
    return t != TIMESTAMP_MINUS_INFINITY && t != TIMESTAMP_INFINITY;
}
static inline bool date_in_range(int64_t date)
{
    return date >= DATE_MIN && date < DATE_END;
}
static inline bool timestamp_in_range(int64_t t)
{
    return t >= TIMESTAMP_MIN && t < TIMESTAMP_END;
}

/* A moment taken apart. */
typedef struct CivilTime {
    int64_t year;
    int32_t month, day; /* from 1 */
    int32_t hour, minute, second, microsecond;
} CivilTime;

bool year_is_leap(int64_t year);
int32_t month_days(int64_t year, int32_t month);
/* Any year and day number; month 1 to 12. */
int64_t date_of_civil(int64_t year, int32_t month, int64_t day);
void civil_of_date(int64_t date, CivilTime *civil); /* year, month and day alone */
/* Splits a timestamp: whole days (rounded down) and microseconds of the day. */
int64_t timestamp_date(int64_t t, int64_t *time);
void civil_of_timestamp(int64_t t, CivilTime *civil);
void civil_set_time(CivilTime *civil, int64_t time); /* microseconds of a day, up to 24:00 */
int64_t civil_time(const CivilTime *civil);          /* microseconds of the day */
/* False: it does not fit 64 bits. */
bool timestamp_of(int64_t date, int64_t time, int64_t *t);
int32_t day_of_week(int64_t date); /* Sunday is 0 */
int32_t day_of_year(int64_t date);
/* ISO 8601 weeks: the Monday of a week, and week and year of a date. */
int64_t iso_week_monday(int64_t year, int32_t week);
int32_t iso_week(int64_t date, int64_t *year);

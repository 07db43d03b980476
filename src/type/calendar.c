/* SPDX-License-Identifier: Apache-2.0 */
/* calendar.c - days to year, month and day and back: Howard Hinnant's algorithms ("chrono-compatible low-level date
 * algorithms", 2013), which count years from March so that the leap day is the last of them, in eras of 400 years. */
#include "type/calendar.h"

#include "base/arith.h"

enum { DAYS_PER_ERA = 146097, DATE_OF_ERA_0 = -730425 /* 0000-03-01 */ };

bool year_is_leap(int64_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int32_t month_days(int64_t year, int32_t month)
{
    static const int8_t days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && year_is_leap(year) ? 29 : days[month - 1];
}

int64_t date_of_civil(int64_t year, int32_t month, int64_t day)
{
    const int64_t y = month <= 2 ? year - 1 : year;
    const int64_t era = i64_div_floor(y, 400), year_of_era = y - era * 400;
    const int64_t day_of_march_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5;
    const int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 +
                               day_of_march_year;
    return DATE_OF_ERA_0 + era * DAYS_PER_ERA + day_of_era + day - 1;
}

void civil_of_date(int64_t date, CivilTime *civil)
{
    const int64_t z = date - DATE_OF_ERA_0;
    const int64_t era = i64_div_floor(z, DAYS_PER_ERA);
    const int32_t day = (int32_t)(z - era * DAYS_PER_ERA);
    const int32_t year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
    const int32_t day_of_year = day - (365 * year + year / 4 - year / 100);
    const int32_t month = (5 * day_of_year + 2) / 153;
    civil->day = day_of_year - (153 * month + 2) / 5 + 1;
    civil->month = month < 10 ? month + 3 : month - 9;
    civil->year = year + era * 400 + (civil->month <= 2);
}

int64_t timestamp_date(int64_t t, int64_t *time)
{
    const int64_t date = i64_div_floor(t, USEC_PER_DAY);
    *time = t - date * USEC_PER_DAY;
    return date;
}

void civil_set_time(CivilTime *civil, int64_t time)
{
    civil->hour = (int32_t)(time / USEC_PER_HOUR);
    civil->minute = (int32_t)(time / USEC_PER_MINUTE % 60);
    civil->second = (int32_t)(time / USEC_PER_SEC % 60);
    civil->microsecond = (int32_t)(time % USEC_PER_SEC);
}

int64_t civil_time(const CivilTime *civil)
{
    return civil->hour * USEC_PER_HOUR + civil->minute * USEC_PER_MINUTE +
           civil->second * USEC_PER_SEC + civil->microsecond;
}

void civil_of_timestamp(int64_t t, CivilTime *civil)
{
    int64_t time;
    civil_of_date(timestamp_date(t, &time), civil);
    civil_set_time(civil, time);
}

bool timestamp_of(int64_t date, int64_t time, int64_t *t)
{
    return !mul_overflows(date, USEC_PER_DAY, t) && !add_overflows(*t, time, t);
}

int32_t day_of_week(int64_t date)
{
    return (int32_t)i64_mod_floor(date + 6, 7); /* 2000-01-01 was a Saturday */
}

int32_t day_of_year(int64_t date)
{
    CivilTime civil;
    civil_of_date(date, &civil);
    return (int32_t)(date - date_of_civil(civil.year, 1, 1)) + 1;
}

/* January 4th is in week 1. */
int64_t iso_week_monday(int64_t year, int32_t week)
{
    const int64_t fourth = date_of_civil(year, 1, 4);
    return fourth - (day_of_week(fourth) + 6) % 7 + (int64_t)(week - 1) * 7;
}

int32_t iso_week(int64_t date, int64_t *year)
{
    CivilTime civil;
    civil_of_date(date - (day_of_week(date) + 6) % 7 + 3, &civil); /* the Thursday of its week */
    *year = civil.year;
    return (int32_t)((date - iso_week_monday(civil.year, 1)) / 7) + 1;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* time.h - values of the time types: conversions between them, comparison across them, rounding to a typmod. All raise
 * what PostgreSQL raises. */
#pragma once

#include "type/calendar.h"
#include "type/interval.h"
#include "type/timezone.h"

enum { TIME_PRECISION_MAX = 6 };

/* Rounds to `typmod` digits after the second, halves away from zero; negative: no change. */
int64_t time_round(int64_t microseconds, int32_t typmod);
/* time(n), timestamp(n) and their kin. */
bool time_typmod_parse(const char *name, const Str *words, uint32_t count, int32_t *typmod,
                       InputError *err);

/* Of their parts, as make_date and make_time have them: a negative year is BC. Raise 22008, and name `shown_year`:
 * make_date counts the years before Christ from 0 there. */
int32_t date_of_parts(int32_t year, int32_t month, int32_t day, int32_t shown_year);
int64_t time_of_parts(int32_t hour, int32_t minute, double second);

_Noreturn void timestamp_out_of_range(void);
_Noreturn void date_out_of_range(void);

/* Local time of a moment, and the moment of a local time, in a zone. Infinities stay. Raise 22008. */
int64_t timestamp_of_utc(const TimeZone *zone, int64_t utc);
int64_t utc_of_timestamp(const TimeZone *zone, int64_t local);
int64_t timestamp_of_date(int32_t date); /* 00:00 of the day; raises 22008 */
int32_t date_of_timestamp(int64_t t);

int64_t timestamp_add_interval(int64_t t, Interval interval);
int64_t utc_add_interval(const TimeZone *zone, int64_t utc, Interval interval);
Interval timestamp_subtract(int64_t a, int64_t b);

/* Orders a date against a timestamp, and a local time against a moment, also where one is outside the other's range. */
int date_compare_timestamp(int32_t date, int64_t t);
int date_compare_utc(const FnEnv *env, int32_t date, int64_t utc);
int timestamp_compare_utc(const FnEnv *env, int64_t local, int64_t utc);
int timetz_compare(TimeTz a, TimeTz b);
TimeTz time_in_zone(const FnEnv *env, int64_t time); /* of today, in the session's */
static inline TimeTz value_timetz(const Value *value)
{
    TimeTz v;
    memcpy(&v, value, sizeof v);
    return v;
}
static inline int64_t timetz_utc(TimeTz v)
{
    return v.microseconds + v.zone * USEC_PER_SEC;
}

/* The zone that a function's argument names: a name, an abbreviation, a POSIX string. Raises 22023. `local` and
 * `moment` tell of the value that it is for: an abbreviation of the zone may mean another offset at another time. */
typedef struct ZoneChoice {
    const TimeZone *zone; /* NULL: `seconds` */
    int32_t seconds;      /* east of Greenwich */
} ZoneChoice;
ZoneChoice zone_choose(Fn *fn, Str name);

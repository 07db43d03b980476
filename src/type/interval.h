/* SPDX-License-Identifier: Apache-2.0 */
/* interval.h - what other time types need of intervals: their infinities, parts of a typmod, arithmetic. */
#pragma once

#include "type/calendar.h"
#include "type/type.h"

/* The setting IntervalStyle. */
enum {
    INTERVAL_STYLE_POSTGRES,
    INTERVAL_STYLE_POSTGRES_VERBOSE,
    INTERVAL_STYLE_SQL_STANDARD,
    INTERVAL_STYLE_ISO_8601,
};

/* A typmod is the range of fields << 16 | digits of a second, 65535 where they are not said. */
enum {
    INTERVAL_MONTH = 1 << 1,
    INTERVAL_YEAR = 1 << 2,
    INTERVAL_DAY = 1 << 3,
    INTERVAL_HOUR = 1 << 10,
    INTERVAL_MINUTE = 1 << 11,
    INTERVAL_SECOND = 1 << 12,
    INTERVAL_RANGE_ALL = 0x7fff,
    INTERVAL_PRECISION_ALL = 0xffff,
};
static inline uint32_t interval_typmod_range(int32_t typmod)
{
    return (uint32_t)typmod >> 16 & 0x7fff;
}
static inline uint32_t interval_typmod_precision(int32_t typmod)
{
    return (uint32_t)typmod & 0xffff;
}

static inline Interval interval_infinity(void)
{
    return (Interval){INT64_MAX, INT32_MAX, INT32_MAX};
}
static inline Interval interval_minus_infinity(void)
{
    return (Interval){INT64_MIN, INT32_MIN, INT32_MIN};
}
static inline bool interval_is_infinity(const Interval *v)
{
    return v->months == INT32_MAX && v->days == INT32_MAX && v->microseconds == INT64_MAX;
}
static inline bool interval_is_minus_infinity(const Interval *v)
{
    return v->months == INT32_MIN && v->days == INT32_MIN && v->microseconds == INT64_MIN;
}
static inline bool interval_is_finite(const Interval *v)
{
    return !interval_is_infinity(v) && !interval_is_minus_infinity(v);
}

/* -1, 0, 1; a month has 30 days and a day 24 hours. */
int interval_compare(Interval a, Interval b);
_Noreturn void interval_out_of_range(void);
Interval interval_negate(Interval v);
Interval interval_add(Interval a, Interval b);
Interval interval_multiply(Interval v, double factor);
/* Cuts and rounds to what a typmod keeps. */
bool interval_fit(Interval *v, int32_t typmod, InputError *err);

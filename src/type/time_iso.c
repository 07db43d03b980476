/* SPDX-License-Identifier: Apache-2.0 */
/* time_iso.c - the form in which servers and programs write dates and times, read without the general reader:
 * 2024-02-29, maybe with a time behind a blank or a T, a fraction, and an offset or a Z. Whatever is not exactly so, or
 * not in its range, is left to the general reader, which knows all forms and all errors. */
#include "type/time_text.h"

typedef struct Iso {
    const char *at, *end;
} Iso;

/* Exactly `count` digits. */
static bool take_digits(Iso *in, uint32_t count, int32_t *value)
{
    int32_t sum = 0;
    if (in->end - in->at < count) return false;
    for (uint32_t i = 0; i < count; i++) {
        const unsigned digit = (unsigned char)in->at[i] - (unsigned)'0';
        if (digit > 9) return false;
        sum = sum * 10 + (int32_t)digit;
    }
    in->at += count;
    *value = sum;
    return true;
}

static bool take(Iso *in, char c)
{
    if (in->at == in->end || *in->at != c) return false;
    in->at++;
    return true;
}

static bool read_date(Iso *in, CivilTime *civil)
{
    int32_t year;
    if (!take_digits(in, 4, &year) || !take(in, '-') || !take_digits(in, 2, &civil->month) ||
        !take(in, '-') || !take_digits(in, 2, &civil->day))
        return false;
    civil->year = year;
    return year >= 1 && civil->month >= 1 && civil->month <= 12 && civil->day >= 1 &&
           civil->day <= month_days(year, civil->month);
}

static bool read_time(Iso *in, CivilTime *civil)
{
    static const int32_t weights[] = {100000, 10000, 1000, 100, 10, 1};
    if (!take_digits(in, 2, &civil->hour) || !take(in, ':') ||
        !take_digits(in, 2, &civil->minute) || !take(in, ':') ||
        !take_digits(in, 2, &civil->second))
        return false;
    if (take(in, '.')) {
        int32_t digit;
        uint32_t count = 0;
        for (; count < ARRAY_LEN(weights) && take_digits(in, 1, &digit); count++)
            civil->microsecond += digit * weights[count];
        if (count == 0) return false;
    }
    return civil->hour <= 23 && civil->minute <= 59 && civil->second <= 59;
}

/* +01, +0530, -05:30, Z; without a zone all is read, too. */
static bool read_zone(Iso *in, Moment *moment)
{
    enum { HOURS_MAX = 14 };
    int32_t hours, minutes = 0;
    if (in->at == in->end) return true;
    moment->has_zone = true;
    if (take(in, 'Z')) return in->at == in->end;
    const bool west = *in->at == '-';
    if (!take(in, '-') && !take(in, '+')) return false;
    if (!take_digits(in, 2, &hours)) return false;
    if (in->at != in->end) {
        (void)take(in, ':');
        if (!take_digits(in, 2, &minutes)) return false;
    }
    moment->zone_seconds = (hours * 60 + minutes) * (west ? -60 : 60);
    return in->at == in->end && hours <= HOURS_MAX && minutes <= 59;
}

bool moment_parse_iso(Str text, Moment *moment)
{
    Iso in = {text.data, text.data + text.bytes};
    *moment = (Moment){.has_date = true};
    if (!read_date(&in, &moment->civil)) return false;
    if (in.at == in.end) return true;
    if (!take(&in, ' ') && !take(&in, 'T')) return false;
    moment->has_time = true;
    return read_time(&in, &moment->civil) && read_zone(&in, moment);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* time_print.c - dates and times as text, in the four styles of DateStyle. */
#include "type/time_text.h"

enum { ABBREVIATION_BYTES_MAX = 10 };

static const char *const month_names[12] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
static const char *const weekday_names[7] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};

/* Two digits without the cost of a format: dates are printed by the million. */
static void add_two(StrBuilder *out, int32_t v)
{
    char *at = str_add_space(out, 2);
    at[0] = (char)('0' + v / 10);
    at[1] = (char)('0' + v % 10);
}

static void add_year(StrBuilder *out, int64_t year)
{
    const int64_t shown = year > 0 ? year : 1 - year;
    if (shown < 10000) {
        add_two(out, (int32_t)(shown / 100));
        add_two(out, (int32_t)(shown % 100));
    } else {
        str_add_i64(out, shown);
    }
}

static void add_era(StrBuilder *out, int64_t year)
{
    if (year <= 0) str_add(out, STR(" BC"));
}

static void add_clock(StrBuilder *out, const CivilTime *c)
{
    add_two(out, c->hour);
    str_add_char(out, ':');
    add_two(out, c->minute);
    str_add_char(out, ':');
    add_two(out, c->second);
    if (!c->microsecond) return;
    char *fraction = str_add_space(out, 7);
    fraction[0] = '.';
    for (int32_t digit = 6, rest = c->microsecond; digit > 0; digit--, rest /= 10)
        fraction[digit] = (char)('0' + rest % 10);
    size_t zeros = 0;
    while (fraction[6 - zeros] == '0') zeros++;
    str_truncate(out, str_peek(out).bytes - zeros);
}

/* The date without its era. */
static void add_date(const FnEnv *env, const CivilTime *c, StrBuilder *out)
{
    const bool day_first = env->date_order == DATE_ORDER_DMY;
    char separator = '-';
    switch (env->date_style) {
    case DATE_STYLE_ISO:
        add_year(out, c->year);
        str_add_char(out, '-');
        add_two(out, c->month);
        str_add_char(out, '-');
        add_two(out, c->day);
        return;
    case DATE_STYLE_GERMAN:
        add_two(out, c->day);
        str_add_char(out, '.');
        add_two(out, c->month);
        str_add_char(out, '.');
        add_year(out, c->year);
        return;
    case DATE_STYLE_SQL: separator = '/'; break;
    case DATE_STYLE_POSTGRES: break;
    }
    add_two(out, day_first ? c->day : c->month);
    str_add_char(out, separator);
    add_two(out, day_first ? c->month : c->day);
    str_add_char(out, separator);
    add_year(out, c->year);
}

void date_print_text(const FnEnv *env, int32_t date, StrBuilder *out)
{
    CivilTime civil = {0};
    if (!date_is_finite(date)) {
        str_add(out, date == DATE_INFINITY ? STR("infinity") : STR("-infinity"));
        return;
    }
    civil_of_date(date, &civil);
    add_date(env, &civil, out);
    add_era(out, civil.year);
}

void zone_print_text(int32_t seconds_east, StrBuilder *out)
{
    const int32_t seconds = seconds_east < 0 ? -seconds_east : seconds_east;
    /* Shifts of more than a day are not named anywhere, but AT TIME ZONE takes an interval. */
    str_add_char(out, seconds_east < 0 ? '-' : '+');
    if (seconds < 100 * 3600)
        add_two(out, seconds / 3600);
    else
        str_add_i64(out, seconds / 3600);
    if (seconds % 3600) {
        str_add_char(out, ':');
        add_two(out, seconds / 60 % 60);
    }
    if (seconds % 60) {
        str_add_char(out, ':');
        add_two(out, seconds % 60);
    }
}

void time_print_text(int64_t time, StrBuilder *out)
{
    CivilTime civil = {0};
    civil_set_time(&civil, time);
    add_clock(out, &civil);
}

/* `offset` NULL: a timestamp without zone. */
static void add_timestamp(const FnEnv *env, int64_t local, const ZoneOffset *offset,
                          StrBuilder *out)
{
    CivilTime civil;
    civil_of_timestamp(local, &civil);
    if (env->date_style == DATE_STYLE_POSTGRES) {
        const char *month = month_names[civil.month - 1];
        int64_t time;
        str_add_zero_terminated(out, weekday_names[day_of_week(timestamp_date(local, &time))]);
        if (env->date_order == DATE_ORDER_DMY)
            str_add_format(out, " %02d %s ", civil.day, month);
        else
            str_add_format(out, " %s %02d ", month, civil.day);
        add_clock(out, &civil);
        str_add_char(out, ' ');
        add_year(out, civil.year);
    } else {
        add_date(env, &civil, out);
        str_add_char(out, ' ');
        add_clock(out, &civil);
    }
    if (offset && env->date_style == DATE_STYLE_ISO) {
        zone_print_text(offset->seconds, out);
    } else if (offset) {
        str_add_char(out, ' ');
        str_add(out, str_slice(offset->abbreviation, 0, ABBREVIATION_BYTES_MAX));
    }
    add_era(out, civil.year);
}

static bool add_infinity(int64_t t, StrBuilder *out)
{
    if (timestamp_is_finite(t)) return false;
    str_add(out, t == TIMESTAMP_INFINITY ? STR("infinity") : STR("-infinity"));
    return true;
}

void timestamp_print_text(const FnEnv *env, int64_t t, StrBuilder *out)
{
    if (!add_infinity(t, out)) add_timestamp(env, t, NULL, out);
}

void timestamptz_print_text(const FnEnv *env, int64_t t, StrBuilder *out)
{
    if (add_infinity(t, out)) return;
    const ZoneOffset offset = time_zone_offset(env_time_zone(env), t);
    add_timestamp(env, t + offset.seconds * USEC_PER_SEC, &offset, out);
}

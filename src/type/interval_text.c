/* SPDX-License-Identifier: Apache-2.0 */
/* interval_text.c - intervals as text. Read from the last piece to the first, so that a unit is known before its
 * number: "1 year 2 mons 3 days 04:05:06", SQL's "1-2 3 4:05:06", and ISO 8601's "P1Y2M3DT4H5M6S". Printed as
 * IntervalStyle asks. */
#include "type/interval.h"

#include <math.h>

#include "base/arith.h"
#include "type/float.h"
#include "type/time_text.h"
#include "type/type_internal.h"

typedef enum Unit {
    UNIT_NONE,
    UNIT_MICROSECOND,
    UNIT_MILLISECOND,
    UNIT_SECOND,
    UNIT_MINUTE,
    UNIT_HOUR,
    UNIT_DAY,
    UNIT_WEEK,
    UNIT_MONTH,
    UNIT_YEAR,
    UNIT_DECADE,
    UNIT_CENTURY,
    UNIT_MILLENNIUM,
    UNIT_COUNT,
    UNIT_AGO = UNIT_COUNT,
    UNIT_INFINITY,
    UNIT_MINUS_INFINITY,
} Unit;

static const struct UnitWord {
    const char *text;
    Unit unit;
} unit_words[] = {
    {"us", UNIT_MICROSECOND},
    {"usec", UNIT_MICROSECOND},
    {"usecs", UNIT_MICROSECOND},
    {"usecond", UNIT_MICROSECOND},
    {"useconds", UNIT_MICROSECOND},
    {"microsecond", UNIT_MICROSECOND},
    {"microseconds", UNIT_MICROSECOND},
    {"microsecon", UNIT_MICROSECOND},
    {"ms", UNIT_MILLISECOND},
    {"msec", UNIT_MILLISECOND},
    {"msecs", UNIT_MILLISECOND},
    {"msecond", UNIT_MILLISECOND},
    {"mseconds", UNIT_MILLISECOND},
    {"millisecond", UNIT_MILLISECOND},
    {"milliseconds", UNIT_MILLISECOND},
    {"millisecon", UNIT_MILLISECOND},
    {"s", UNIT_SECOND},
    {"sec", UNIT_SECOND},
    {"secs", UNIT_SECOND},
    {"second", UNIT_SECOND},
    {"seconds", UNIT_SECOND},
    {"m", UNIT_MINUTE},
    {"min", UNIT_MINUTE},
    {"mins", UNIT_MINUTE},
    {"minute", UNIT_MINUTE},
    {"minutes", UNIT_MINUTE},
    {"h", UNIT_HOUR},
    {"hr", UNIT_HOUR},
    {"hrs", UNIT_HOUR},
    {"hour", UNIT_HOUR},
    {"hours", UNIT_HOUR},
    {"d", UNIT_DAY},
    {"day", UNIT_DAY},
    {"days", UNIT_DAY},
    {"w", UNIT_WEEK},
    {"week", UNIT_WEEK},
    {"weeks", UNIT_WEEK},
    {"mon", UNIT_MONTH},
    {"mons", UNIT_MONTH},
    {"month", UNIT_MONTH},
    {"months", UNIT_MONTH},
    {"y", UNIT_YEAR},
    {"yr", UNIT_YEAR},
    {"yrs", UNIT_YEAR},
    {"year", UNIT_YEAR},
    {"years", UNIT_YEAR},
    {"dec", UNIT_DECADE},
    {"decs", UNIT_DECADE},
    {"decade", UNIT_DECADE},
    {"decades", UNIT_DECADE},
    {"c", UNIT_CENTURY},
    {"cent", UNIT_CENTURY},
    {"century", UNIT_CENTURY},
    {"centuries", UNIT_CENTURY},
    {"mil", UNIT_MILLENNIUM},
    {"mils", UNIT_MILLENNIUM},
    {"millennia", UNIT_MILLENNIUM},
    {"millennium", UNIT_MILLENNIUM},
    {"ago", UNIT_AGO},
    {"infinity", UNIT_INFINITY},
    {"+infinity", UNIT_INFINITY},
    {"-infinity", UNIT_MINUS_INFINITY},
};

static bool unit_find(Str text, Unit *unit)
{
    for (size_t i = 0; i < ARRAY_LEN(unit_words); i++) {
        if (!str_equal(text, str_from(unit_words[i].text))) continue;
        *unit = unit_words[i].unit;
        return true;
    }
    return false;
}

/* ---- Adding up. False: out of range */

typedef struct Total {
    int64_t microseconds, days, months, years; /* all but microseconds within 32 bits */
} Total;

static bool total_add(int64_t *sum, int64_t value, int64_t factor, int64_t most)
{
    int64_t product;
    if (mul_overflows(value, factor, &product) || add_overflows(*sum, product, sum)) return false;
    return *sum >= -most - 1 && *sum <= most;
}

static bool total_add_microseconds(Total *t, int64_t value, int64_t factor)
{
    return total_add(&t->microseconds, value, factor, INT64_MAX);
}

/* A part of a unit of `unit_us` microseconds; halves go toward zero, as PostgreSQL's do. */
static bool total_add_time_part(Total *t, double part, int64_t unit_us)
{
    double rest = part * (double)unit_us;
    int64_t whole = (int64_t)rest;
    rest -= (double)whole;
    whole += (rest > 0.5) - (rest < -0.5);
    return total_add_microseconds(t, whole, 1);
}

/* A part of so many days: whole days, the rest as time. */
static bool total_add_day_part(Total *t, double part, int32_t days)
{
    const double all = part * days;
    const int32_t whole = (int32_t)all;
    return total_add(&t->days, whole, 1, INT32_MAX) &&
           total_add_time_part(t, all - whole, USEC_PER_DAY);
}

static bool total_add_unit(Total *t, Unit unit, int64_t value, double part)
{
    static const int32_t years[UNIT_COUNT] = {
        [UNIT_YEAR] = 1, [UNIT_DECADE] = 10, [UNIT_CENTURY] = 100, [UNIT_MILLENNIUM] = 1000};
    static const int64_t time[UNIT_COUNT] = {[UNIT_MICROSECOND] = 1,
                                             [UNIT_MILLISECOND] = 1000,
                                             [UNIT_SECOND] = USEC_PER_SEC,
                                             [UNIT_MINUTE] = USEC_PER_MINUTE,
                                             [UNIT_HOUR] = USEC_PER_HOUR};
    if (time[unit])
        return total_add_microseconds(t, value, time[unit]) &&
               total_add_time_part(t, part, time[unit]);
    if (unit == UNIT_DAY || unit == UNIT_WEEK) {
        const int32_t days = unit == UNIT_WEEK ? 7 : 1;
        return total_add(&t->days, value, days, INT32_MAX) && total_add_day_part(t, part, days);
    }
    if (unit == UNIT_MONTH)
        return total_add(&t->months, value, 1, INT32_MAX) &&
               total_add_day_part(t, part, DAYS_PER_MONTH);
    return total_add(&t->years, value, years[unit], INT32_MAX) &&
           total_add(&t->months, (int64_t)rint(part * years[unit] * MONTHS_PER_YEAR), 1, INT32_MAX);
}

/* ---- PostgreSQL's and SQL's forms */

typedef struct IntervalReader {
    TimeField fields[TIME_FIELDS_MAX];
    uint32_t count;
    uint32_t range; /* INTERVAL_* of the typmod, 0: all */
    uint32_t seen;  /* a bit a Unit */
    bool ago, all_negative;
    Unit unit; /* of the number before (to the left) */
    Total total;
} IntervalReader;

/* The unit of a number without one. */
static Unit unit_of_range(uint32_t range)
{
    if (range == INTERVAL_YEAR) return UNIT_YEAR;
    if (range == INTERVAL_MONTH || range == (INTERVAL_YEAR | INTERVAL_MONTH)) return UNIT_MONTH;
    if (range == INTERVAL_DAY) return UNIT_DAY;
    if (range == INTERVAL_HOUR || range == (INTERVAL_DAY | INTERVAL_HOUR)) return UNIT_HOUR;
    if (range == INTERVAL_MINUTE || range == (INTERVAL_HOUR | INTERVAL_MINUTE) ||
        range == (INTERVAL_DAY | INTERVAL_HOUR | INTERVAL_MINUTE))
        return UNIT_MINUTE;
    return UNIT_SECOND;
}

static TimeFault mark_unit(IntervalReader *r, Unit unit)
{
    if (r->seen & 1u << unit) return FAULT_FORMAT;
    r->seen |= 1u << unit;
    return FAULT_NONE;
}

/* hh:mm[:ss[.f]]; mm:ss where the typmod is MINUTE TO SECOND. `outside`: what a value outside of its range is. */
static TimeFault read_interval_clock(IntervalReader *r, Str s, bool negative, TimeFault outside)
{
    int64_t part[3] = {0};
    int count = 0;
    size_t i = 0;
    int32_t fraction = 0;
    for (;;) {
        const size_t from = i;
        for (; i < s.bytes && is_digit(s.data[i]); i++)
            if (mul_overflows(part[count], (int64_t)10, &part[count]) ||
                add_overflows(part[count], (int64_t)(s.data[i] - '0'), &part[count]))
                return FAULT_INTERVAL;
        if (i == from && count == 0) return FAULT_FORMAT;
        count++;
        if (i >= s.bytes || s.data[i] != ':' || count == 3) break;
        i++;
    }
    if (i < s.bytes && !time_parse_fraction(str_slice(s, i, s.bytes), &fraction))
        return FAULT_FORMAT;
    const bool is_short = count == 2 &&
                          (i < s.bytes || r->range == (INTERVAL_MINUTE | INTERVAL_SECOND));
    const int64_t hours = is_short ? 0 : part[0], minutes = is_short ? part[0] : part[1];
    const int64_t seconds = is_short ? part[1] : part[2];
    if (minutes > 59 || seconds > 60) return outside;
    Total t = {0};
    if (!total_add_microseconds(&t, hours, USEC_PER_HOUR) ||
        !total_add_microseconds(&t, minutes, USEC_PER_MINUTE) ||
        !total_add_microseconds(&t, seconds, USEC_PER_SEC) ||
        !total_add_microseconds(&t, fraction, 1))
        return outside;
    if (!total_add_microseconds(&r->total, t.microseconds, negative ? -1 : 1)) return outside;
    r->unit = UNIT_DAY; /* SQL's days stand before it */
    const TimeFault fault = mark_unit(r, UNIT_HOUR);
    if (fault || mark_unit(r, UNIT_MINUTE)) return FAULT_FORMAT;
    return mark_unit(r, UNIT_SECOND);
}

/* A whole number with its sign; false: too large. */
static bool take_signed(Str *s, int64_t *value, bool *negative)
{
    size_t i = 0;
    uint64_t v = 0;
    *negative = s->bytes && s->data[0] == '-';
    if (s->bytes && (s->data[0] == '-' || s->data[0] == '+')) i++;
    for (; i < s->bytes && is_digit(s->data[i]); i++)
        if (mul_overflows(v, (uint64_t)10, &v) ||
            add_overflows(v, (uint64_t)(s->data[i] - '0'), &v))
            return false;
    *s = str_slice(*s, i, s->bytes);
    if (v > (uint64_t)INT64_MAX + *negative) return false;
    *value = *negative ? (int64_t)(0 - v) : (int64_t)v;
    return true;
}

static TimeFault read_interval_number(IntervalReader *r, Str s)
{
    int64_t value;
    bool negative;
    double part = 0;
    if (r->unit == UNIT_NONE) r->unit = unit_of_range(r->range);
    if (!take_signed(&s, &value, &negative)) return FAULT_INTERVAL;
    if (str_starts(s, STR("-"))) { /* SQL's years-months */
        int64_t months = 0;
        bool ignored;
        Str rest = str_slice(s, 1, s.bytes);
        if (rest.bytes && (!is_digit(rest.data[0]) || !take_signed(&rest, &months, &ignored)))
            return FAULT_FORMAT;
        if (months >= 12) return FAULT_INTERVAL;
        if (rest.bytes) return FAULT_FORMAT;
        if (mul_overflows(value, (int64_t)12, &value) ||
            add_overflows(value, negative ? -months : months, &value))
            return FAULT_INTERVAL;
        r->unit = UNIT_MONTH;
    } else if (str_starts(s, STR("."))) {
        for (size_t i = 1; i < s.bytes; i++)
            if (!is_digit(s.data[i])) return FAULT_FORMAT;
        if (s.bytes > 1 && !float8_parse(s, &part, NULL)) return FAULT_FORMAT;
        if (negative) part = -part;
    } else if (s.bytes) {
        return FAULT_FORMAT;
    }
    if (r->all_negative && value > 0) value = -value, part = -part;
    if (!total_add_unit(&r->total, r->unit, value, part)) return FAULT_INTERVAL;
    const TimeFault fault = mark_unit(r, r->unit);
    if (r->unit == UNIT_HOUR) r->unit = UNIT_DAY;
    return fault;
}

static TimeFault read_interval_field(IntervalReader *r, uint32_t i)
{
    const TimeField *field = &r->fields[i];
    size_t colon;
    switch (field->kind) {
    case FIELD_TIME: return read_interval_clock(r, field->text, r->all_negative, FAULT_INTERVAL);
    case FIELD_SIGNED:
        if (str_find_char(field->text, ':', &colon))
            return read_interval_clock(r, str_slice(field->text, 1, field->text.bytes),
                                       field->text.data[0] == '-', FAULT_FORMAT);
        return read_interval_number(r, field->text);
    case FIELD_NUMBER:
    case FIELD_DATE: return read_interval_number(r, field->text);
    case FIELD_WORD:
    case FIELD_SIGNED_WORD: break;
    }
    Unit unit;
    if (!unit_find(field->text, &unit)) return FAULT_FORMAT;
    if (unit == UNIT_AGO) {
        if (i + 1 != r->count || r->count == 1) return FAULT_FORMAT;
        r->ago = true;
        return FAULT_NONE;
    }
    if (unit > UNIT_COUNT) return FAULT_FORMAT;
    /* A unit needs its number before it. */
    if (i == 0 || r->fields[i - 1].kind == FIELD_WORD || r->fields[i - 1].kind == FIELD_SIGNED_WORD)
        return FAULT_FORMAT;
    r->unit = unit;
    return FAULT_NONE;
}

static TimeFault read_interval(IntervalReader *r, int32_t style)
{
    /* SQL: a minus before the first piece alone is that of all. */
    if (style == INTERVAL_STYLE_SQL_STANDARD && r->count && r->fields[0].kind == FIELD_SIGNED &&
        r->fields[0].text.data[0] == '-') {
        r->all_negative = true;
        for (uint32_t i = 1; i < r->count; i++)
            if (r->fields[i].kind == FIELD_SIGNED) r->all_negative = false;
    }
    for (uint32_t i = r->count; i > 0; i--) {
        const TimeFault fault = read_interval_field(r, i - 1);
        if (fault) return fault;
    }
    if (!r->seen) return FAULT_FORMAT;
    if (!r->ago) return FAULT_NONE;
    Total *t = &r->total;
    if (t->microseconds == INT64_MIN || t->days == INT32_MIN || t->months == INT32_MIN ||
        t->years == INT32_MIN)
        return FAULT_INTERVAL;
    *t = (Total){-t->microseconds, -t->days, -t->months, -t->years};
    return FAULT_NONE;
}

/* ---- ISO 8601 */

/* A number with minus and fraction; false: none. */
static bool take_decimal(Str *s, int64_t *whole, double *part)
{
    size_t i = 0;
    double value;
    if (i < s->bytes && s->data[i] == '-') i++;
    const size_t digits = i;
    while (i < s->bytes && (is_digit(s->data[i]) || s->data[i] == '.')) i++;
    if (i == digits || !float8_parse(str_slice(*s, 0, i), &value, NULL) || fabs(value) >= 1e15)
        return false;
    *whole = (int64_t)value;
    *part = value - (double)*whole;
    *s = str_slice(*s, i, s->bytes);
    return true;
}

/* How many digits the number at the head has before its point. */
static size_t whole_digits(Str s)
{
    const size_t from = s.bytes > 0 && s.data[0] == '-';
    size_t i = from;
    while (i < s.bytes && is_digit(s.data[i])) i++;
    return i - from;
}

static Unit iso_unit(char c, bool is_time)
{
    if (is_time)
        return c == 'H' ? UNIT_HOUR : c == 'M' ? UNIT_MINUTE : c == 'S' ? UNIT_SECOND : UNIT_NONE;
    return c == 'Y'   ? UNIT_YEAR
           : c == 'M' ? UNIT_MONTH
           : c == 'W' ? UNIT_WEEK
           : c == 'D' ? UNIT_DAY
                      : UNIT_NONE;
}

/* P0001-02-03, T04:05:06, and without separators: 20010203, 040506. `separator` is '-' or ':'. */
static TimeFault read_iso_alternative(Total *t, Str *s, bool is_time, int64_t first,
                                      double first_part)
{
    static const Unit date_units[3] = {UNIT_YEAR, UNIT_MONTH, UNIT_DAY};
    static const Unit time_units[3] = {UNIT_HOUR, UNIT_MINUTE, UNIT_SECOND};
    const Unit *units = is_time ? time_units : date_units;
    const char separator = is_time ? ':' : '-';
    int64_t value = first;
    double part = first_part;
    for (int i = 0; i < 3; i++) {
        if (!total_add_unit(t, units[i], value, part)) return FAULT_INTERVAL;
        if (!s->bytes || s->data[0] != separator) return FAULT_NONE;
        *s = str_slice(*s, 1, s->bytes);
        if (!take_decimal(s, &value, &part)) return FAULT_FORMAT;
    }
    return FAULT_FORMAT;
}

static TimeFault read_iso(Str s, Total *t)
{
    bool is_time = false, any = false;
    *t = (Total){0};
    if (s.bytes < 2 || s.data[0] != 'P') return FAULT_FORMAT;
    for (s = str_slice(s, 1, s.bytes); s.bytes;) {
        int64_t whole;
        double part;
        if (s.data[0] == 'T' && !is_time) {
            is_time = true;
            any = false; /* each half in either form */
            s = str_slice(s, 1, s.bytes);
            continue;
        }
        const size_t digits = whole_digits(s);
        if (!take_decimal(&s, &whole, &part)) return FAULT_FORMAT;
        const Unit unit = s.bytes ? iso_unit(s.data[0], is_time) : UNIT_NONE;
        if (unit != UNIT_NONE) {
            s = str_slice(s, 1, s.bytes);
            if (!total_add_unit(t, unit, whole, part)) return FAULT_INTERVAL;
            any = true;
            continue;
        }
        if (any) return FAULT_FORMAT;
        if (s.bytes && s.data[0] != 'T' && s.data[0] != (is_time ? ':' : '-')) return FAULT_FORMAT;
        TimeFault fault = FAULT_NONE;
        if (!is_time && digits == 8) { /* yyyymmdd */
            if (!total_add_unit(t, UNIT_YEAR, whole / 10000, 0) ||
                !total_add_unit(t, UNIT_MONTH, whole / 100 % 100, 0) ||
                !total_add_unit(t, UNIT_DAY, whole % 100, part))
                return FAULT_INTERVAL;
        } else if (is_time && digits == 6) { /* hhmmss; a fraction counts as microseconds */
            if (!total_add_unit(t, UNIT_HOUR, whole / 10000, 0) ||
                !total_add_unit(t, UNIT_MINUTE, whole / 100 % 100, 0) ||
                !total_add_unit(t, UNIT_SECOND, whole % 100, 0) ||
                !total_add_unit(t, UNIT_MICROSECOND, (int64_t)rint(part), 0))
                return FAULT_INTERVAL;
        } else {
            fault = read_iso_alternative(t, &s, is_time, whole, part);
        }
        if (fault) return fault;
        if (s.bytes && s.data[0] != 'T') return FAULT_FORMAT;
    }
    return FAULT_NONE;
}

bool interval_parse_text(Str text, int32_t typmod, int32_t style, Interval *interval,
                         InputError *err)
{
    char lower[TIME_TEXT_BYTES_MAX + 1];
    IntervalReader r = {.range = typmod >= 0 ? interval_typmod_range(typmod) : 0};
    if (r.range == INTERVAL_RANGE_ALL) r.range = 0;
    TimeFault fault = FAULT_FORMAT;
    if (time_fields(text, lower, r.fields, &r.count) && r.count) {
        Unit unit;
        if (r.count == 1 && unit_find(r.fields[0].text, &unit) && unit > UNIT_COUNT) {
            *interval = unit == UNIT_INFINITY ? interval_infinity() : interval_minus_infinity();
            return true;
        }
        fault = read_interval(&r, style);
    }
    if (fault == FAULT_FORMAT) {
        Total total;
        const TimeFault iso = read_iso(text, &total);
        if (iso != FAULT_FORMAT) {
            fault = iso;
            r.total = total;
        }
    }
    if (fault)
        return time_fault(err, fault == FAULT_RANGE ? FAULT_INTERVAL : fault, "interval", text,
                          STR(""));
    const int64_t months = r.total.years * MONTHS_PER_YEAR + r.total.months;
    *interval = (Interval){r.total.microseconds, (int32_t)r.total.days, (int32_t)months};
    if (months < INT32_MIN || months > INT32_MAX || !interval_is_finite(interval))
        return input_error(err, SQLSTATE_DATETIME_FIELD_OVERFLOW, "interval out of range");
    return true;
}

/* ---- Printing */

typedef struct IntervalParts {
    int64_t year, month, day, hour, minute, second, microsecond;
} IntervalParts;

static IntervalParts parts_of(const Interval *v)
{
    const int64_t t = v->microseconds;
    return (IntervalParts){v->months / 12,    v->months % 12,           v->days,
                           t / USEC_PER_HOUR, t / USEC_PER_MINUTE % 60, t / USEC_PER_SEC % 60,
                           t % USEC_PER_SEC};
}

static int64_t magnitude(int64_t v)
{
    return v < 0 ? -v : v;
}

/* 05 or 05.25: microseconds without their zeros at the end. */
static void add_seconds(StrBuilder *out, int64_t second, int64_t microsecond, bool two_digits)
{
    str_add_format(out, two_digits ? "%02lld" : "%lld", (long long)magnitude(second));
    if (!microsecond) return;
    str_add_format(out, ".%06lld", (long long)magnitude(microsecond));
    while (str_peek(out).data[out->bytes - 1] == '0') str_truncate(out, out->bytes - 1);
}

static void add_clock(StrBuilder *out, const IntervalParts *p)
{
    str_add_format(out, "%02lld:%02lld:", (long long)magnitude(p->hour),
                   (long long)magnitude(p->minute));
    add_seconds(out, p->second, p->microsecond, true);
}

static bool clock_is_negative(const IntervalParts *p)
{
    return p->hour < 0 || p->minute < 0 || p->second < 0 || p->microsecond < 0;
}

static bool clock_is_zero(const IntervalParts *p)
{
    return !p->hour && !p->minute && !p->second && !p->microsecond;
}

/* 1 year 2 mons -3 days +04:05:06: a plus where a minus went before. */
static void print_postgres(const IntervalParts *p, StrBuilder *out)
{
    const struct {
        int64_t value;
        const char *unit;
    } fields[] = {{p->year, "year"}, {p->month, "mon"}, {p->day, "day"}};
    bool any = false, negative = false;
    for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
        if (!fields[i].value) continue;
        str_add_format(out, "%s%s%lld %s%s", any ? " " : "",
                       negative && fields[i].value > 0 ? "+" : "", (long long)fields[i].value,
                       fields[i].unit, fields[i].value == 1 ? "" : "s");
        any = true;
        negative = fields[i].value < 0;
    }
    if (any && clock_is_zero(p)) return;
    const bool minus = clock_is_negative(p);
    str_add_format(out, "%s%s", any ? " " : "", minus ? "-" : negative ? "+" : "");
    add_clock(out, p);
}

/* @ 1 year 2 mons -3 days 4 hours ago: signs are those against the first. */
static void print_verbose(const IntervalParts *p, StrBuilder *out)
{
    const struct {
        int64_t value;
        const char *unit;
    } fields[] = {{p->year, "year"},
                  {p->month, "mon"},
                  {p->day, "day"},
                  {p->hour, "hour"},
                  {p->minute, "min"}};
    bool any = false, ago = false;
    str_add_char(out, '@');
    for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
        if (!fields[i].value) continue;
        if (!any) ago = fields[i].value < 0;
        const int64_t shown = ago ? -fields[i].value : fields[i].value;
        str_add_format(out, " %lld %s%s", (long long)shown, fields[i].unit, shown == 1 ? "" : "s");
        any = true;
    }
    if (p->second || p->microsecond) {
        const bool minus = p->second < 0 || p->microsecond < 0;
        if (!any) ago = minus;
        str_add(out, minus != ago ? STR(" -") : STR(" "));
        add_seconds(out, p->second, p->microsecond, false);
        str_add_format(out, " sec%s", magnitude(p->second) != 1 || p->microsecond ? "s" : "");
        any = true;
    }
    if (!any) str_add(out, STR(" 0"));
    if (ago) str_add(out, STR(" ago"));
}

/* 1-2 3 4:05:06; where it is no SQL interval, each part with its sign. */
static void print_sql(const IntervalParts *all, StrBuilder *out)
{
    IntervalParts p = *all;
    const bool negative = p.year < 0 || p.month < 0 || p.day < 0 || clock_is_negative(&p);
    const bool positive = p.year > 0 || p.month > 0 || p.day > 0 || p.hour > 0 || p.minute > 0 ||
                          p.second > 0 || p.microsecond > 0;
    const bool has_month = p.year || p.month, has_day = p.day != 0, has_time = !clock_is_zero(&p);
    const bool is_sql = !(negative && positive) && !(has_month && (has_day || has_time));
    if (negative && is_sql) str_add_char(out, '-');
    if (!negative && !positive) {
        str_add_char(out, '0');
    } else if (!is_sql) {
        str_add_format(out,
                       "%c%lld-%lld %c%lld %c%lld:%02lld:", p.year < 0 || p.month < 0 ? '-' : '+',
                       (long long)magnitude(p.year), (long long)magnitude(p.month),
                       p.day < 0 ? '-' : '+', (long long)magnitude(p.day),
                       clock_is_negative(&p) ? '-' : '+', (long long)magnitude(p.hour),
                       (long long)magnitude(p.minute));
        add_seconds(out, p.second, p.microsecond, true);
    } else if (has_month) {
        str_add_format(out, "%lld-%lld", (long long)magnitude(p.year),
                       (long long)magnitude(p.month));
    } else {
        if (has_day) str_add_format(out, "%lld ", (long long)magnitude(p.day));
        str_add_format(out, "%lld:%02lld:", (long long)magnitude(p.hour),
                       (long long)magnitude(p.minute));
        add_seconds(out, p.second, p.microsecond, true);
    }
}

static void print_iso(const IntervalParts *p, StrBuilder *out)
{
    const struct {
        int64_t value;
        char unit;
    } fields[] = {{p->year, 'Y'}, {p->month, 'M'}, {p->day, 'D'}};
    if (!p->year && !p->month && !p->day && clock_is_zero(p)) {
        str_add(out, STR("PT0S"));
        return;
    }
    str_add_char(out, 'P');
    for (size_t i = 0; i < ARRAY_LEN(fields); i++)
        if (fields[i].value)
            str_add_format(out, "%lld%c", (long long)fields[i].value, fields[i].unit);
    if (clock_is_zero(p)) return;
    str_add_char(out, 'T');
    if (p->hour) str_add_format(out, "%lldH", (long long)p->hour);
    if (p->minute) str_add_format(out, "%lldM", (long long)p->minute);
    if (!p->second && !p->microsecond) return;
    if (p->second < 0 || p->microsecond < 0) str_add_char(out, '-');
    add_seconds(out, p->second, p->microsecond, false);
    str_add_char(out, 'S');
}

void interval_print_text(const Interval *v, int32_t style, StrBuilder *out)
{
    if (!interval_is_finite(v)) {
        str_add(out, interval_is_infinity(v) ? STR("infinity") : STR("-infinity"));
        return;
    }
    const IntervalParts parts = parts_of(v);
    switch (style) {
    case INTERVAL_STYLE_POSTGRES_VERBOSE: print_verbose(&parts, out); break;
    case INTERVAL_STYLE_SQL_STANDARD: print_sql(&parts, out); break;
    case INTERVAL_STYLE_ISO_8601: print_iso(&parts, out); break;
    default: print_postgres(&parts, out); break;
    }
}

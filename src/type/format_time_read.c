/* SPDX-License-Identifier: Apache-2.0 */
/* format_time_read.c - to_timestamp and to_date: texts read by a template.
 *
 * Unless FX asks for exactness, spaces and separators of the template match one of the text or nothing, and spaces
 * before a field are passed over. A number takes as many characters as its field has places, but all its digits where
 * what follows in the template cannot be taken for a part of it. A text may end early: what is missing keeps its
 * default. */
#include "type/format_time.h"

#include "base/oids.h"
#include "base/task.h"
#include "base/utf8.h"
#include "type/time.h"
#include "type/timezone.h"
#include "type/type_internal.h"

/* What the fields said; 0 where nothing was said, but for `seen`. */
typedef struct Said {
    int32_t hour, minute, second, day_seconds, fraction; /* fraction in microseconds */
    int32_t milliseconds;
    int32_t weekday; /* Sunday 1 */
    int32_t day, day_of_year, month, year, century, week, week_of_month, julian;
    int32_t year_places;
    bool bc, afternoon, twelve_hours;
    int32_t zone_hours, zone_minutes, zone_sign;
    bool has_zone;
    ZoneOffset zone;
    char calendar; /* G or I, once a field asked for it */
} Said;

typedef struct TimeReader {
    Fn *fn;
    const TimeFormat *format;
    Str in;
    size_t at;
    uint32_t node; /* at work */
    bool standard; /* time_read_standard */
    Said said;
} TimeReader;

/* ---- Errors */

static _Noreturn void bad_value(const TimeReader *r, Str value, const char *detail,
                                const char *hint)
{
    Error *error = error_begin(SQLSTATE_INVALID_DATETIME_FORMAT);
    error_message(error, "invalid value \"%.*s\" for \"%.*s\"", STR_ARG(value),
                  STR_ARG(r->format->nodes.items[r->node].text));
    error_detail(error, "%s", detail);
    if (hint) error_hint(error, "%s", hint);
    error_raise(error);
}

static const char *const try_fill =
    "If your source string is not fixed-width, try using the \"FM\" modifier.";

static _Noreturn void format_error(const char *message, const char *hint)
{
    Error *error = error_begin(SQLSTATE_INVALID_DATETIME_FORMAT);
    error_message(error, "%s", message);
    if (hint) error_hint(error, "%s", hint);
    error_raise(error);
}

static _Noreturn void out_of_range(const TimeReader *r)
{
    raise_error(SQLSTATE_DATETIME_FIELD_OVERFLOW, "date/time field value out of range: \"%.*s\"",
                STR_ARG(r->in));
}

/* Fields may say a thing twice if they say the same. */
static void set(const TimeReader *r, int32_t *field, int32_t value)
{
    if (*field != 0 && *field != value) {
        Error *error = error_begin(SQLSTATE_INVALID_DATETIME_FORMAT);
        error_message(error, "conflicting values for \"%.*s\" field in formatting string",
                      STR_ARG(r->format->nodes.items[r->node].text));
        error_raise(
            error_detail(error,
                         "This value contradicts a previous setting for the same field type."));
    }
    *field = value;
}

/* ---- Numbers */

static char peek(const TimeReader *r)
{
    return r->at < r->in.bytes ? r->in.data[r->at] : 0;
}

static void skip_spaces(TimeReader *r)
{
    while (r->at < r->in.bytes && is_space(r->in.data[r->at])) r->at++;
}

/* Can a number at the node at work go on as long as there are digits? */
static bool ends_by_itself(const TimeReader *r)
{
    const TimeNode *node = &r->format->nodes.items[r->node];
    if (node->ordinal || r->node + 1 == r->format->nodes.count) return true;
    const TimeNode *next = node + 1;
    if (next->field < TIME_FIELD_COUNT) return !time_field_is_digits(next->field);
    return !(next->text.bytes == 1 && is_digit(next->text.data[0]));
}

/* A number at the cursor, within `bytes`; *end is where it ends, the start if there is none. */
static int64_t scan_number(const TimeReader *r, size_t bytes, size_t *end)
{
    size_t at = r->at;
    const size_t limit = MIN(r->at + bytes, r->in.bytes);
    int64_t value = 0;
    while (at < limit && is_space(r->in.data[at])) at++;
    const char sign = at < limit ? r->in.data[at] : 0;
    if (sign == '-' || sign == '+') at++;
    const size_t digits = at;
    for (; at < limit && is_digit(r->in.data[at]); at++)
        value = MIN(value * 10 + (r->in.data[at] - '0'), INT64_C(1) << 40);
    *end = at > digits ? at : r->at;
    return sign == '-' ? -value : value;
}

/* A number of `places`; gives how many characters it took. */
static uint32_t read_number(TimeReader *r, uint32_t places, int32_t *value)
{
    const TimeNode *node = &r->format->nodes.items[r->node];
    size_t end;
    skip_spaces(r);
    const Str rest = str_slice(r->in, r->at, r->in.bytes);
    const size_t width = utf8_offset(rest, places);
    const Str copy = str_slice(rest, 0, width);
    int64_t number;
    if (node->fill || ends_by_itself(r)) {
        number = scan_number(r, rest.bytes, &end);
    } else {
        if (copy.bytes < places) {
            Error *error = error_begin(SQLSTATE_INVALID_DATETIME_FORMAT);
            error_message(error, "source string too short for \"%.*s\" formatting field",
                          STR_ARG(node->text));
            error_detail(error, "Field requires %u characters, but only %zu remain.", places,
                         copy.bytes);
            error_raise(error_hint(error, "%s", try_fill));
        }
        number = scan_number(r, width, &end);
        if (end > r->at && end - r->at < places)
            bad_value(r, copy,
                      str_copy_zero(r->fn->arena,
                                    str_format(r->fn->arena,
                                               "Field requires %u characters, but only %zu could "
                                               "be parsed.",
                                               places, end - r->at)),
                      try_fill);
    }
    if (end == r->at) bad_value(r, copy, "Value must be an integer.", NULL);
    if (number < INT32_MIN || number > INT32_MAX) {
        Error *error = error_begin(SQLSTATE_DATETIME_FIELD_OVERFLOW);
        error_message(error, "value for \"%.*s\" in source string is out of range",
                      STR_ARG(node->text));
        error_raise(
            error_detail(error, "Value must be in the range %d to %d.", INT32_MIN, INT32_MAX));
    }
    const uint32_t taken = (uint32_t)(end - r->at);
    r->at = end;
    *value = (int32_t)number;
    return taken;
}

static void read_into(TimeReader *r, uint32_t places, int32_t *field)
{
    int32_t value;
    (void)read_number(r, places, &value);
    set(r, field, value);
}

/* A fraction of a second: its first digit is tenths. */
static void read_fraction(TimeReader *r, uint32_t places, uint32_t scale, int32_t *field)
{
    int32_t value;
    uint32_t taken = read_number(r, places, &value);
    set(r, field, value);
    for (; taken < scale; taken++) value *= 10;
    *field = value;
}

/* A year of fewer than four digits is the one nearest 2020. */
static void read_year(TimeReader *r, uint32_t places)
{
    int32_t year;
    const uint32_t taken = read_number(r, places, &year);
    set(r, &r->said.year, year);
    if (places < 4 && taken < 4)
        year += year < 70 ? 2000 : year < 100 ? 1900 : year < 520 ? 2000 : year < 1000 ? 1000 : 0;
    r->said.year = year;
    r->said.year_places = (int32_t)places;
}

static void read_grouped_year(TimeReader *r)
{
    size_t end, from = r->at;
    const int64_t thousands = scan_number(r, r->in.bytes, &end);
    const Str all = str_slice(r->in, from, r->in.bytes);
    const bool comma = end > from && end < r->in.bytes && r->in.data[end] == ',';
    if (comma) r->at = end + 1;
    const int64_t rest = comma ? scan_number(r, 3, &end) : 0;
    if (!comma || end == r->at)
        raise_error(SQLSTATE_INVALID_DATETIME_FORMAT, "invalid value \"%.*s\" for \"Y,YYY\"",
                    STR_ARG(all));
    r->at = end;
    if (thousands > 100000 || thousands < -100000)
        raise_error(SQLSTATE_DATETIME_FIELD_OVERFLOW,
                    "value for \"Y,YYY\" in source string is out of range");
    set(r, &r->said.year, (int32_t)(thousands * 1000 + rest));
    r->said.year_places = 4;
}

/* ---- Names */

/* The name that the text begins with, whatever its case: its place in the list. `bytes` 0: whole names. */
static int32_t read_name(TimeReader *r, const char *const *names, int32_t count, size_t bytes,
                         bool longest)
{
    int32_t found = -1;
    size_t found_bytes = 0;
    const Str rest = str_slice(r->in, r->at, r->in.bytes);
    for (int32_t i = 0; i < count; i++) {
        const Str whole = str_from(names[i]);
        const Str name = bytes ? str_slice(whole, 0, bytes) : whole;
        if (name.bytes <= found_bytes || rest.bytes < name.bytes) continue;
        if (!str_equal_ascii_nocase(str_slice(rest, 0, name.bytes), name)) continue;
        found = i;
        found_bytes = name.bytes;
        if (!longest) break;
    }
    if (found < 0) {
        size_t end = 0;
        while (end < rest.bytes && !is_space(rest.data[end])) end++;
        bad_value(r, str_slice(rest, 0, end),
                  "The given value did not match any of the allowed values for this field.", NULL);
    }
    r->at += found_bytes;
    return found;
}

static void read_zone_offset(TimeReader *r, bool minutes)
{
    const char c = peek(r);
    r->said.zone_sign = 1;
    if (c == '+' || c == '-' || c == ' ') {
        if (c == '-') r->said.zone_sign = -1;
        r->at++;
    }
    read_into(r, 2, &r->said.zone_hours);
    r->said.has_zone = true;
    if (minutes && peek(r) == ':') {
        r->at++;
        read_into(r, 2, &r->said.zone_minutes);
    }
}

/* A zone's abbreviation, or an offset. */
static void read_zone(TimeReader *r)
{
    size_t end = r->at;
    while (end < r->in.bytes &&
           ((r->in.data[end] | 0x20) >= 'a' && (r->in.data[end] | 0x20) <= 'z'))
        end++;
    const Str word = str_slice(r->in, r->at, end);
    if (!word.bytes) {
        read_zone_offset(r, true);
        return;
    }
    const Str lower = str_lower_ascii(r->fn->arena, word);
    if (!time_zone_abbreviation(env_time_zone(r->fn->env), lower, &r->said.zone))
        bad_value(r, str_slice(r->in, r->at, r->in.bytes),
                  "Time zone abbreviation is not recognized.", NULL);
    r->said.has_zone = true;
    r->said.zone_sign = 0;
    r->at = end;
}

/* ---- Fields */

static void read_clock(TimeReader *r, const TimeNode *node)
{
    static const char *const halves[] = {"AM", "PM"}, *const dotted[] = {"A.M.", "P.M."};
    Said *said = &r->said;
    switch (node->field) {
    case TIME_AM:
    case TIME_PM:
    case TIME_AM_DOTS:
    case TIME_PM_DOTS: {
        const bool dots = node->field == TIME_AM_DOTS || node->field == TIME_PM_DOTS;
        said->afternoon = read_name(r, dots ? dotted : halves, 2, 0, false) == 1;
        said->twelve_hours = true;
        return;
    }
    case TIME_HH:
    case TIME_HH12:
        read_into(r, 2, &said->hour);
        said->twelve_hours = true;
        return;
    case TIME_HH24: read_into(r, 2, &said->hour); return;
    case TIME_MI: read_into(r, 2, &said->minute); return;
    case TIME_SS: read_into(r, 2, &said->second); return;
    case TIME_MS: read_fraction(r, 3, 3, &said->milliseconds); return;
    case TIME_US: read_fraction(r, 6, 6, &said->fraction); return;
    case TIME_FF1:
    case TIME_FF2:
    case TIME_FF3:
    case TIME_FF4:
    case TIME_FF5:
    case TIME_FF6:
        read_fraction(r, (uint32_t)(node->field - TIME_FF1) + 1, 6, &said->fraction);
        return;
    case TIME_SSSS: read_into(r, 4, &said->day_seconds); return;
    case TIME_SSSSS: read_into(r, 5, &said->day_seconds); return;
    case TIME_TZ: read_zone(r); return;
    case TIME_OF: read_zone_offset(r, true); return;
    case TIME_TZH: read_zone_offset(r, false); return;
    case TIME_TZM:
        if (!said->zone_sign) said->zone_sign = 1;
        read_into(r, 2, &said->zone_minutes);
        said->has_zone = true;
        return;
    default: return; /* FX */
    }
}

static void read_weekday(TimeReader *r, bool iso)
{
    int32_t day;
    (void)read_number(r, 1, &day);
    if (iso) day = day + 1 > 7 ? 1 : day + 1;
    set(r, &r->said.weekday, day);
}

static void read_date(TimeReader *r, const TimeNode *node)
{
    static const char *const eras[] = {"AD", "BC"}, *const dotted[] = {"A.D.", "B.C."};
    Said *said = &r->said;
    int32_t ignored;
    switch (node->field) {
    case TIME_AD:
    case TIME_BC: said->bc = read_name(r, eras, 2, 0, false) == 1; return;
    case TIME_AD_DOTS:
    case TIME_BC_DOTS: said->bc = read_name(r, dotted, 2, 0, false) == 1; return;
    case TIME_MONTH: set(r, &said->month, read_name(r, time_month_names, 12, 0, false) + 1); return;
    case TIME_MON: set(r, &said->month, read_name(r, time_month_names, 12, 3, false) + 1); return;
    case TIME_RM: set(r, &said->month, read_name(r, time_romans, 12, 0, true) + 1); return;
    case TIME_DAY: set(r, &said->weekday, read_name(r, time_day_names, 7, 0, false) + 1); return;
    case TIME_DY: set(r, &said->weekday, read_name(r, time_day_names, 7, 3, false) + 1); return;
    case TIME_MM: read_into(r, 2, &said->month); return;
    case TIME_DD: read_into(r, 2, &said->day); return;
    case TIME_DDD:
    case TIME_IDDD: read_into(r, 3, &said->day_of_year); return;
    case TIME_D: read_weekday(r, false); return;
    case TIME_ID: read_weekday(r, true); return;
    case TIME_WW:
    case TIME_IW: read_into(r, 2, &said->week); return;
    case TIME_W: read_into(r, 1, &said->week_of_month); return;
    case TIME_Q: (void)read_number(r, 1, &ignored); return;
    case TIME_CC: read_into(r, 2, &said->century); return;
    case TIME_J: read_into(r, 1, &said->julian); return;
    case TIME_Y_YYY: read_grouped_year(r); return;
    case TIME_YYYY:
    case TIME_IYYY: read_year(r, 4); return;
    case TIME_YYY:
    case TIME_IYY: read_year(r, 3); return;
    case TIME_YY:
    case TIME_IY: read_year(r, 2); return;
    case TIME_Y:
    case TIME_I: read_year(r, 1); return;
    default: read_clock(r, node); return;
    }
}

static bool is_separator(char c)
{
    return c > 0x20 && c < 0x7f && !is_digit(c) && !((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* Passes over spaces that a separator stands behind, unless it may be the sign of a zone; gives their number. */
static int skip_to_separator(TimeReader *r)
{
    const TimeNode *node = &r->format->nodes.items[r->node], *next = node + 1;
    const bool last = r->node + 1 == r->format->nodes.count;
    size_t at = r->at;
    if (!last && (next->field == TIME_TZH || next->field == TIME_TZ || next->field == TIME_OF))
        return 0;
    while (at < r->in.bytes && is_space(r->in.data[at])) at++;
    if (at == r->in.bytes || !is_separator(r->in.data[at])) return 0;
    const int passed = (int)(at - r->at);
    r->at = at;
    return passed;
}

static void check_calendar(TimeReader *r, TimeFormatField field)
{
    const char calendar = time_field_date(field);
    if (calendar == '-') return;
    if (r->said.calendar && r->said.calendar != calendar)
        format_error(
            "invalid combination of date conventions",
            "Do not mix Gregorian and ISO week date conventions in a formatting template.");
    r->said.calendar = calendar;
}

/* ---- As the standard has it */

static void check_separators(const TimeFormat *format)
{
    for (uint32_t i = 0; i < format->nodes.count; i++) {
        const TimeNode *node = &format->nodes.items[i];
        if (node->field < TIME_FIELD_COUNT || node->quoted) continue;
        if (node->text.bytes != 1 || !strchr("-./,':; ", node->text.data[0]))
            raise_error(SQLSTATE_INVALID_DATETIME_FORMAT,
                        "invalid datetime format separator: \"%.*s\"", STR_ARG(node->text));
    }
}

static void read_by_standard(TimeReader *r)
{
    if (!r->format->nodes.count) return;
    check_separators(r->format);
    for (r->node = 0; r->node < r->format->nodes.count; r->node++) {
        const TimeNode *node = &r->format->nodes.items[r->node];
        task_check();
        if (node->field == TIME_FX) continue;
        if (r->at >= r->in.bytes)
            format_error("input string is too short for datetime format", NULL);
        if (node->field >= TIME_FIELD_COUNT) {
            if (!str_starts(str_slice(r->in, r->at, r->in.bytes), node->text))
                raise_error(SQLSTATE_INVALID_DATETIME_FORMAT, "unmatched format %s \"%.*s\"",
                            node->quoted ? "character" : "separator", STR_ARG(node->text));
            r->at += node->text.bytes;
            continue;
        }
        check_calendar(r, node->field);
        read_date(r, node);
        if (node->ordinal) r->at = MIN(r->at + 2, r->in.bytes);
    }
    skip_spaces(r);
    if (r->at < r->in.bytes)
        format_error("trailing characters remain in input string after datetime format", NULL);
}

/* ---- As to_timestamp has it */

static bool only_spaces_left(const TimeReader *r)
{
    size_t at = r->at;
    while (at < r->in.bytes && is_space(r->in.data[at])) at++;
    return at == r->in.bytes;
}

static bool takes_ordinal(TimeFormatField field)
{
    return time_field_is_digits(field) && field != TIME_TZH && field != TIME_TZM;
}

static void read_by_template(TimeReader *r)
{
    int extra = 0; /* characters passed over that the template did not ask for */
    bool exact = false;
    /* A field finds nothing where there are spaces alone; without a field in front all is as it was. */
    if (!r->format->exact && r->format->nodes.count &&
        r->format->nodes.items[0].field >= TIME_FIELD_COUNT && only_spaces_left(r))
        return;
    for (r->node = 0; r->node < r->format->nodes.count && r->at < r->in.bytes; r->node++) {
        const TimeNode *node = &r->format->nodes.items[r->node];
        task_check();
        if (node->field == TIME_FX) {
            exact = true;
            continue;
        }
        if (node->field >= TIME_FIELD_COUNT) {
            const bool blank = node->field != TIME_LITERAL;
            if (blank && !exact) extra += skip_to_separator(r);
            const char c = peek(r);
            if (!exact && !blank && extra > 0) {
                extra--; /* a space passed over was it */
            } else if (exact || !blank) {
                r->at = MIN(r->at + utf8_length(c), r->in.bytes);
            } else {
                extra--;
                if (is_space(c) || is_separator(c)) {
                    r->at++;
                    extra++;
                }
            }
            continue;
        }
        for (extra = 0; !exact && r->at < r->in.bytes && is_space(peek(r)); r->at++) extra++;
        check_calendar(r, node->field);
        read_date(r, node);
        extra = 0;
        if (node->ordinal && takes_ordinal(node->field)) r->at = MIN(r->at + 2, r->in.bytes);
        if (!exact && only_spaces_left(r)) return;
    }
}

/* ---- From what was said to a moment */

static int32_t century_year(const Said *s)
{
    const int32_t century = s->bc ? -s->century : s->century;
    if (!s->year && !s->year_places)
        return century >= 0 ? (century - 1) * 100 + 1 : century * 100 + 1;
    const int32_t year = s->year % 100;
    if (year == 0) return century * 100 + (century >= 0 ? 0 : 1);
    return century < 0 ? (century + 1) * 100 - year + 1 : (century - 1) * 100 + year;
}

static int64_t year_of(const Said *s)
{
    if (s->century && (!s->year || s->year_places <= 2)) return century_year(s);
    int64_t year = s->year;
    if (s->bc && year > 0) year = -year;
    return year < 0 ? year + 1 : year;
}

static void check_range(const TimeReader *r, const CivilTime *civil)
{
    const Said *s = &r->said;
    if (civil->month < 1 || civil->month > 12 || civil->day < 1 ||
        civil->day > (s->year || s->century ? month_days(civil->year, civil->month) : 31) ||
        civil->hour < 0 || civil->hour > 23 || civil->minute < 0 || civil->minute > 59 ||
        civil->second < 0 || civil->second > 59 || s->fraction < 0 || s->milliseconds < 0 ||
        s->milliseconds * INT64_C(1000) + s->fraction >= USEC_PER_SEC)
        out_of_range(r);
    if (s->zone_hours > 15 || s->zone_minutes > 59 || s->zone_hours < 0 || s->zone_minutes < 0)
        raise_error(SQLSTATE_INVALID_TIME_ZONE_DISPLACEMENT_VALUE,
                    "time zone displacement out of range: \"%.*s\"", STR_ARG(r->in));
}

/* The date, as days since 2000-01-01; *civil gets its parts, unchecked where they were said as such. */
static void date_said(const TimeReader *r, CivilTime *civil)
{
    const Said *s = &r->said;
    const bool iso = s->calendar == 'I';
    *civil = (CivilTime){.year = year_of(s), .month = 1, .day = 1};
    int32_t day_of_the_year = s->day_of_year;
    if (s->julian) civil_of_date((int64_t)s->julian + DATE_OF_JULIAN_DAY_0, civil);
    if (s->week && iso) {
        const int32_t weekday = s->weekday > 1 ? s->weekday - 2 : s->weekday == 1 ? 6 : 0;
        civil_of_date(iso_week_monday(civil->year, s->week) + weekday, civil);
    } else if (s->week) {
        day_of_the_year = (s->week - 1) * 7 + 1;
    }
    if (s->week_of_month) civil->day = (s->week_of_month - 1) * 7 + 1;
    if (s->day) civil->day = s->day;
    if (s->month) civil->month = s->month;
    if (!day_of_the_year || !(civil->month <= 1 || civil->day <= 1)) return;
    if (!civil->year && !s->bc)
        format_error("cannot calculate day of year without year information", NULL);
    if (iso) {
        civil_of_date(iso_week_monday(civil->year, 1) + day_of_the_year - 1, civil);
        return;
    }
    if (day_of_the_year < 1 || day_of_the_year > 365 + year_is_leap(civil->year)) out_of_range(r);
    CivilTime found;
    civil_of_date(date_of_civil(civil->year, 1, day_of_the_year), &found);
    if (civil->month <= 1) civil->month = found.month;
    if (civil->day <= 1) civil->day = found.day;
}

static void time_said(const TimeReader *r, CivilTime *civil)
{
    const Said *s = &r->said;
    civil->hour = s->hour ? s->hour : s->day_seconds / SEC_PER_HOUR;
    civil->minute = s->minute ? s->minute : s->day_seconds % SEC_PER_HOUR / SEC_PER_MINUTE;
    civil->second = s->second ? s->second : s->day_seconds % SEC_PER_MINUTE;
    if (s->twelve_hours) {
        if (civil->hour < 1 || civil->hour > 12) {
            Error *error = error_begin(SQLSTATE_INVALID_DATETIME_FORMAT);
            error_message(error, "hour \"%d\" is invalid for the 12-hour clock", civil->hour);
            error_raise(
                error_hint(error, "Use the 24-hour clock, or give an hour between 1 and 12."));
        }
        if (s->afternoon && civil->hour < 12)
            civil->hour += 12;
        else if (!s->afternoon && civil->hour == 12)
            civil->hour = 0;
    }
}

static TimeReader read_moment(Fn *fn, Str text, Str template, bool standard, CivilTime *civil,
                              int64_t *date)
{
    TimeReader r = {.fn = fn,
                    .format = time_format_at(fn, template),
                    .in = text,
                    .standard = standard};
    if (standard)
        read_by_standard(&r);
    else
        read_by_template(&r);
    date_said(&r, civil);
    time_said(&r, civil);
    check_range(&r, civil);
    *date = date_of_civil(civil->year, civil->month, civil->day);
    return r;
}

static int32_t zone_said(const Said *s)
{
    if (!s->zone_sign) return s->zone.seconds;
    return s->zone_sign * (s->zone_hours * SEC_PER_HOUR + s->zone_minutes * SEC_PER_MINUTE);
}

static int64_t to_timestamp(Fn *fn, Str text, Str template)
{
    CivilTime civil;
    int64_t date, local;
    const TimeReader r = read_moment(fn, text, template, false, &civil, &date);
    const Said *s = &r.said;
    const int64_t fraction = s->milliseconds * 1000 + s->fraction;
    if (!date_in_range(date) || !timestamp_of(date, civil_time(&civil) + fraction, &local))
        raise_error(SQLSTATE_DATETIME_FIELD_OVERFLOW, "timestamp out of range");
    if (!s->has_zone) {
        const int64_t utc = utc_of_timestamp(env_time_zone(fn->env), local);
        if (!timestamp_in_range(utc)) timestamp_out_of_range();
        return utc;
    }
    local -= zone_said(s) * USEC_PER_SEC;
    if (!timestamp_in_range(local)) timestamp_out_of_range();
    return local;
}

static int32_t to_date(Fn *fn, Str text, Str template)
{
    CivilTime civil;
    int64_t date;
    (void)read_moment(fn, text, template, false, &civil, &date);
    if (!date_in_range(date))
        raise_error(SQLSTATE_DATETIME_FIELD_OVERFLOW, "date out of range: \"%.*s\"", STR_ARG(text));
    return (int32_t)date;
}

/* ---- What a template is of */

enum { HAS_DATE = 1, HAS_TIME = 2, HAS_ZONE = 4 };

static uint32_t parts_of_field(TimeFormatField field)
{
    switch (field) {
    case TIME_AM:
    case TIME_PM:
    case TIME_AM_DOTS:
    case TIME_PM_DOTS:
    case TIME_HH:
    case TIME_HH12:
    case TIME_HH24:
    case TIME_MI:
    case TIME_SS:
    case TIME_MS:
    case TIME_US:
    case TIME_FF1:
    case TIME_FF2:
    case TIME_FF3:
    case TIME_FF4:
    case TIME_FF5:
    case TIME_FF6:
    case TIME_SSSS:
    case TIME_SSSSS: return HAS_TIME;
    case TIME_TZ:
    case TIME_TZH:
    case TIME_TZM:
    case TIME_OF: return HAS_ZONE;
    case TIME_FX: return 0;
    default: return field < TIME_FIELD_COUNT ? HAS_DATE : 0;
    }
}

static uint32_t parts_of(const TimeFormat *format, int32_t *precision)
{
    uint32_t parts = 0;
    *precision = -1;
    for (uint32_t i = 0; i < format->nodes.count; i++) {
        const TimeFormatField field = format->nodes.items[i].field;
        parts |= parts_of_field(field);
        if (field >= TIME_FF1 && field <= TIME_FF6) *precision = (int32_t)(field - TIME_FF1) + 1;
    }
    return parts;
}

static void read_timestamp(int64_t date, int64_t time, bool zoned, TimeRead *read)
{
    read->type = zoned ? OID_TIMESTAMPTZ : OID_TIMESTAMP;
    if (!date_in_range(date) || !timestamp_of(date, time, &read->value.i64))
        timestamp_out_of_range();
    if (!zoned) return;
    read->value.i64 -= read->seconds_east * USEC_PER_SEC;
    if (!timestamp_in_range(read->value.i64)) timestamp_out_of_range();
}

static void read_time(int64_t time, bool zoned, TimeRead *read)
{
    const TimeTz v = {.microseconds = time, .zone = -read->seconds_east};
    read->type = zoned ? OID_TIMETZ : OID_TIME;
    read->value.i64 = time;
    if (zoned) memcpy(&read->value, &v, sizeof v);
}

void time_read_standard(Fn *fn, Str text, Str template, TimeRead *read)
{
    CivilTime civil;
    int64_t date;
    int32_t precision;
    const TimeReader r = read_moment(fn, text, template, true, &civil, &date);
    const uint32_t parts = parts_of(r.format, &precision);
    const bool zoned = parts & HAS_ZONE;
    const int64_t time = time_round(civil_time(&civil) + r.said.milliseconds * 1000 +
                                        r.said.fraction,
                                    precision);
    *read = (TimeRead){.seconds_east = zoned ? zone_said(&r.said) : 0};
    if ((parts & HAS_DATE) && (parts & HAS_TIME)) {
        read_timestamp(date, time, zoned, read);
    } else if (parts & HAS_DATE) {
        if (zoned) format_error("datetime format is zoned but not timed", NULL);
        if (!date_in_range(date))
            raise_error(SQLSTATE_DATETIME_FIELD_OVERFLOW, "date out of range: \"%.*s\"",
                        STR_ARG(text));
        read->type = OID_DATE;
        read->value.i32 = (int32_t)date;
    } else if (parts & HAS_TIME) {
        read_time(time, zoned, read);
    } else {
        format_error("datetime format is not dated and not timed", NULL);
    }
}

SQL_FUNCTION(1778, "to_timestamp", timestamptz, (text, text), STABLE | STRICT, to_timestamp,
             "moment in a text by a template")
SQL_FUNCTION(1780, "to_date", date, (text, text), STABLE | STRICT, to_date,
             "date in a text by a template")

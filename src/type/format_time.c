/* SPDX-License-Identifier: Apache-2.0 */
/* format_time.c - templates of dates and times, and to_char by them. An interval is written field by field, each with
 * its sign; what needs a calendar is refused. */
#include "type/format_time.h"

#include "base/task.h"
#include "base/utf8.h"
#include "type/time.h"
#include "type/timezone.h"
#include "type/type_internal.h"

const char *const time_month_names[12] = {"January",   "February", "March",    "April",
                                          "May",       "June",     "July",     "August",
                                          "September", "October",  "November", "December"};
const char *const time_day_names[7] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                       "Thursday", "Friday", "Saturday"};
const char *const time_romans[12] = {"I",   "II",   "III", "IV", "V",  "VI",
                                     "VII", "VIII", "IX",  "X",  "XI", "XII"};

enum { NAME_WIDTH = 9, ROMAN_WIDTH = 4, SHORT_NAME_BYTES = 3 };

static const struct {
    const char *word;
    char date;
    bool digits;
} fields[TIME_FIELD_COUNT] = {
#define TIME_FIELD(NAME, word, date, digits) {word, date, digits},
    TIME_FIELDS(TIME_FIELD)
#undef TIME_FIELD
};

char time_field_date(TimeFormatField field)
{
    return field < TIME_FIELD_COUNT ? fields[field].date : '-';
}

bool time_field_is_digits(TimeFormatField field)
{
    return field < TIME_FIELD_COUNT && fields[field].digits;
}

/* ---- Templates */

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? c - 32 : c;
}

static bool may_be_title(TimeFormatField field)
{
    return field == TIME_DAY || field == TIME_DY || field == TIME_MONTH || field == TIME_MON;
}

/* Does the text begin with the word, in one of its spellings? */
static bool begins(Str rest, TimeFormatField field, TimeCase *letters)
{
    const Str word = str_from(fields[field].word);
    bool all_upper = true, all_lower = true, rest_lower = true;
    if (rest.bytes < word.bytes) return false;
    for (size_t i = 0; i < word.bytes; i++) {
        const char c = rest.data[i];
        if (upper(c) != word.data[i]) return false;
        const bool is_upper = c >= 'A' && c <= 'Z', is_lower = c >= 'a' && c <= 'z';
        all_upper &= !is_lower;
        all_lower &= !is_upper;
        if (i) rest_lower &= !is_upper;
    }
    *letters = all_upper ? TIME_UPPER : all_lower ? TIME_LOWER : TIME_TITLE;
    return all_upper || all_lower || (rest_lower && may_be_title(field));
}

static bool take(Str text, size_t *at, const char *upper_word, const char *lower_word, bool *lower)
{
    const Str rest = str_slice(text, *at, text.bytes);
    *lower = str_starts(rest, str_from(lower_word));
    if (!*lower && !str_starts(rest, str_from(upper_word))) return false;
    *at += strlen(upper_word);
    return true;
}

/* A field at *at, with what stands before and behind it; false: there is none, but a modifier may be passed. */
static bool take_field(Str text, size_t *at, TimeNode *node)
{
    bool lower;
    *node = (TimeNode){0};
    if (take(text, at, "FM", "fm", &lower))
        node->fill = true;
    else if (take(text, at, "TM", "tm", &lower))
        node->translated = true;
    const Str rest = str_slice(text, *at, text.bytes);
    for (int field = 0; field < TIME_FIELD_COUNT; field++) {
        if (!begins(rest, (TimeFormatField)field, &node->letters)) continue;
        node->field = (TimeFormatField)field;
        node->text = str_slice(rest, 0, strlen(fields[field].word));
        *at += node->text.bytes;
        if (take(text, at, "TH", "th", &lower))
            node->ordinal = lower ? 2 : 1;
        else
            (void)take(text, at, "SP", "sp", &lower);
        return true;
    }
    return false;
}

static void add_character(TimeFormat *format, Str text, size_t *at, bool quoted)
{
    const char c = text.data[*at];
    const size_t bytes = MIN((size_t)utf8_length(c), text.bytes - *at);
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c);
    TimeNode node = {.field = TIME_LITERAL,
                     .quoted = quoted,
                     .text = str_slice(text, *at, *at + bytes)};
    if (!quoted && is_space(c))
        node.field = TIME_SPACE;
    else if (!quoted && c > 0x20 && c < 0x7f && !letter)
        node.field = TIME_SEPARATOR;
    array_push(&format->nodes, node);
    *at += bytes;
}

TimeFormat time_format_of(Arena *arena, Str text)
{
    TimeFormat format = {.nodes.arena = arena};
    for (size_t at = 0; at < text.bytes;) {
        TimeNode node;
        task_check();
        if (take_field(text, &at, &node)) {
            if (node.field == TIME_FX) format.exact = true;
            array_push(&format.nodes, node);
        } else if (at < text.bytes && text.data[at] == '"') {
            for (at++; at < text.bytes && text.data[at] != '"';) {
                if (text.data[at] == '\\' && at + 1 < text.bytes) at++;
                add_character(&format, text, &at, true);
            }
            if (at < text.bytes) at++;
        } else if (at < text.bytes) {
            const bool quote = str_starts(str_slice(text, at, text.bytes), STR("\\\""));
            if (quote) at++;
            add_character(&format, text, &at, quote);
        }
    }
    return format;
}

typedef struct FormatSite {
    Str text;
    TimeFormat format;
} FormatSite;

const TimeFormat *time_format_at(Fn *fn, Str text)
{
    FormatSite *site = fn->state;
    if (site && site->text.data && str_equal(site->text, text)) return &site->format;
    if (!site) fn->state = site = ARENA_NEW(fn->site, FormatSite);
    const Str kept = str_copy(fn->site, text);
    site->format = time_format_of(fn->site, kept);
    site->text = kept;
    return &site->format;
}

/* ---- What is written */

typedef struct Parts {
    bool interval, zoned;
    int64_t year, hour;
    int32_t month, day, minute, second, microsecond, day_of_year, zone_seconds;
    int64_t date; /* days since 2000-01-01 */
    Str zone;
} Parts;

typedef struct TimeWriter {
    const Parts *p;
    StrBuilder *out;
} TimeWriter;

/* A number in so many places, one more for a sign; FM: in as few as it needs. */
static void put_places(TimeWriter *w, const TimeNode *node, int64_t value, int places)
{
    const size_t start = w->out->bytes;
    str_add_format(w->out, "%0*lld", node->fill ? 0 : places, (long long)value);
    if (!node->ordinal) return;
    static const char *const endings[] = {"TH", "ST", "ND", "RD"};
    const Str digits = str_slice(str_peek(w->out), start, w->out->bytes);
    const int last = digits.data[digits.bytes - 1] - '0';
    const bool teen = digits.bytes > 1 && digits.data[digits.bytes - 2] == '1';
    const Str ending = str_from(endings[!teen && last >= 1 && last <= 3 ? last : 0]);
    str_add(w->out, node->ordinal == 2 ? str_lower_ascii(w->out->arena, ending) : ending);
}

static void put(TimeWriter *w, const TimeNode *node, int64_t value, int places)
{
    put_places(w, node, value, value >= 0 ? places : places + 1);
}

static Str in_case(TimeWriter *w, const TimeNode *node, Str text)
{
    if (node->letters == TIME_UPPER) return str_upper_ascii(w->out->arena, text);
    return node->letters == TIME_LOWER ? str_lower_ascii(w->out->arena, text) : text;
}

static void put_name(TimeWriter *w, const TimeNode *node, const char *name, size_t bytes, int width)
{
    const Str text = in_case(w, node, str_slice(str_from(name), 0, bytes));
    str_add(w->out, text);
    if (!node->fill && !node->translated && text.bytes < (size_t)width)
        str_add_repeat(w->out, ' ', (size_t)width - text.bytes);
}

/* Years BC count from 1; an interval's years are what they are. */
static int64_t shown_year(const Parts *p, int64_t year)
{
    return p->interval || year > 0 ? year : 1 - year;
}

static void put_year(TimeWriter *w, const TimeNode *node, int64_t year, int places)
{
    static const int64_t powers[] = {1, 10, 100, 1000};
    const bool negative = shown_year(w->p, w->p->year) < 0;
    const int64_t shown = shown_year(w->p, year);
    put_places(w, node, places < 4 ? shown % powers[places] : shown,
               negative ? places + 1 : places);
}

static void put_year_grouped(TimeWriter *w, const TimeNode *node)
{
    const int64_t year = shown_year(w->p, w->p->year), thousands = year / 1000;
    TimeNode rest = *node;
    str_add_format(w->out, "%lld,", (long long)thousands);
    rest.fill = false;
    put_places(w, &rest, year - thousands * 1000, 3);
}

static void put_century(TimeWriter *w, const TimeNode *node)
{
    const int64_t year = w->p->year;
    const int64_t century = w->p->interval ? year / 100
                            : year > 0     ? (year - 1) / 100 + 1
                                           : year / 100 - 1;
    put(w, node, century, 2);
}

static void put_roman(TimeWriter *w, const TimeNode *node)
{
    const Parts *p = w->p;
    if (!p->month && !p->year) return;
    const int32_t month = p->month > 0   ? p->month - 1
                          : p->month < 0 ? 12 + p->month
                          : p->year >= 0 ? 11
                                         : 0;
    TimeNode plain = *node; /* TM has nothing to translate here */
    plain.translated = false;
    put_name(w, &plain, time_romans[month], strlen(time_romans[month]), ROMAN_WIDTH);
}

static void put_zone(TimeWriter *w, const TimeNode *node)
{
    const int32_t seconds = w->p->zone_seconds, size = seconds < 0 ? -seconds : seconds;
    const int32_t hours = size / SEC_PER_HOUR, minutes = size % SEC_PER_HOUR / SEC_PER_MINUTE;
    switch (node->field) {
    case TIME_TZ: str_add(w->out, in_case(w, node, w->p->zone)); return;
    case TIME_TZM: str_add_format(w->out, "%02d", minutes); return;
    default: break;
    }
    const bool of = node->field == TIME_OF;
    str_add_format(w->out, "%c%0*d", seconds < 0 ? '-' : '+', of && node->fill ? 0 : 2, hours);
    if (of && minutes) str_add_format(w->out, ":%02d", minutes);
}

static void put_era(TimeWriter *w, const TimeNode *node)
{
    const bool dots = node->field == TIME_AD_DOTS || node->field == TIME_BC_DOTS;
    const bool bc = w->p->year <= 0;
    str_add(w->out,
            in_case(w, node,
                    dots ? (bc ? STR("B.C.") : STR("A.D.")) : (bc ? STR("BC") : STR("AD"))));
}

static void put_half_day(TimeWriter *w, const TimeNode *node)
{
    const bool dots = node->field == TIME_AM_DOTS || node->field == TIME_PM_DOTS;
    const bool pm = w->p->hour % 24 >= 12;
    str_add(w->out,
            in_case(w, node,
                    dots ? (pm ? STR("P.M.") : STR("A.M.")) : (pm ? STR("PM") : STR("AM"))));
}

static void put_name_of_date(TimeWriter *w, const TimeNode *node)
{
    const bool month = node->field == TIME_MONTH || node->field == TIME_MON;
    const bool whole = node->field == TIME_MONTH || node->field == TIME_DAY;
    const char *name = month ? time_month_names[w->p->month - 1]
                             : time_day_names[day_of_week(w->p->date)];
    put_name(w, node, name, whole ? strlen(name) : SHORT_NAME_BYTES, whole ? NAME_WIDTH : 0);
}

/* Fields of the clock; false: the field is none. */
static bool put_clock(TimeWriter *w, const TimeNode *node)
{
    static const int32_t scales[] = {100000, 10000, 1000, 100, 10, 1};
    const Parts *p = w->p;
    const int64_t of_twelve = p->hour % 12 == 0 ? 12 : p->hour % 12;
    switch (node->field) {
    case TIME_HH:
    case TIME_HH12: put_places(w, node, of_twelve, p->hour >= 0 ? 2 : 3); return true;
    case TIME_HH24: put(w, node, p->hour, 2); return true;
    case TIME_MI: put(w, node, p->minute, 2); return true;
    case TIME_SS: put(w, node, p->second, 2); return true;
    case TIME_FF1:
    case TIME_FF2:
    case TIME_FF3:
    case TIME_FF4:
    case TIME_FF5:
    case TIME_FF6: {
        const int place = (int)(node->field - TIME_FF1);
        TimeNode full = *node;
        full.fill = false;
        put_places(w, &full, p->microsecond / scales[place], place + 1);
        return true;
    }
    case TIME_MS:
    case TIME_US: {
        TimeNode full = *node;
        full.fill = false;
        const bool ms = node->field == TIME_MS;
        put_places(w, &full, ms ? p->microsecond / 1000 : p->microsecond, ms ? 3 : 6);
        return true;
    }
    case TIME_SSSS:
    case TIME_SSSSS:
        put_places(w, node, p->hour * 3600 + p->minute * 60 + p->second, 0);
        return true;
    case TIME_AM:
    case TIME_AM_DOTS:
    case TIME_PM:
    case TIME_PM_DOTS: put_half_day(w, node); return true;
    default: return false;
    }
}

/* Fields of the ISO calendar of weeks. */
static bool put_iso(TimeWriter *w, const TimeNode *node)
{
    int64_t year;
    const Parts *p = w->p;
    if (time_field_date(node->field) != 'I') return false;
    const int32_t week = iso_week(p->date, &year);
    const int32_t weekday = day_of_week(p->date);
    switch (node->field) {
    case TIME_IYYY: put_year(w, node, year, 4); return true;
    case TIME_IYY: put_year(w, node, year, 3); return true;
    case TIME_IY: put_year(w, node, year, 2); return true;
    case TIME_I: put_year(w, node, year, 1); return true;
    case TIME_IW: put_places(w, node, week, 2); return true;
    case TIME_ID: put_places(w, node, weekday ? weekday : 7, 0); return true;
    default: break;
    }
    put_places(w, node, p->date - iso_week_monday(year, 1) + 1, 3);
    return true;
}

static void put_date(TimeWriter *w, const TimeNode *node)
{
    const Parts *p = w->p;
    switch (node->field) {
    case TIME_Y_YYY: put_year_grouped(w, node); return;
    case TIME_YYYY: put_year(w, node, p->year, 4); return;
    case TIME_YYY: put_year(w, node, p->year, 3); return;
    case TIME_YY: put_year(w, node, p->year, 2); return;
    case TIME_Y: put_year(w, node, p->year, 1); return;
    case TIME_CC: put_century(w, node); return;
    case TIME_MM: put(w, node, p->month, 2); return;
    case TIME_DDD: put(w, node, p->day_of_year, 3); return;
    case TIME_DD: put_places(w, node, p->day, 2); return;
    case TIME_D: put_places(w, node, day_of_week(p->date) + 1, 0); return;
    case TIME_WW: put_places(w, node, (p->day_of_year - 1) / 7 + 1, 2); return;
    case TIME_W: put_places(w, node, (p->day - 1) / 7 + 1, 0); return;
    case TIME_Q:
        if (p->month) put_places(w, node, (p->month - 1) / 3 + 1, 0);
        return;
    case TIME_J: put_places(w, node, p->date - DATE_OF_JULIAN_DAY_0, 0); return;
    case TIME_RM: put_roman(w, node); return;
    case TIME_TZ:
    case TIME_TZH:
    case TIME_TZM:
    case TIME_OF: put_zone(w, node); return;
    case TIME_AD:
    case TIME_AD_DOTS:
    case TIME_BC:
    case TIME_BC_DOTS: put_era(w, node); return;
    case TIME_MONTH:
    case TIME_MON:
    case TIME_DAY:
    case TIME_DY: put_name_of_date(w, node); return;
    default: return; /* FX writes nothing */
    }
}

static bool needs_calendar(TimeFormatField field)
{
    switch (field) {
    case TIME_AD:
    case TIME_AD_DOTS:
    case TIME_BC:
    case TIME_BC_DOTS:
    case TIME_MONTH:
    case TIME_MON:
    case TIME_DAY:
    case TIME_DY:
    case TIME_D:
    case TIME_ID:
    case TIME_TZ:
    case TIME_TZH:
    case TIME_TZM:
    case TIME_OF: return true;
    default: return false;
    }
}

static Str write_parts(Fn *fn, const Parts *p, Str template)
{
    const TimeFormat *format = time_format_at(fn, template);
    StrBuilder out = str_builder(fn->arena, template.bytes * 2 + 16);
    TimeWriter w = {.p = p, .out = &out};
    for (uint32_t i = 0; i < format->nodes.count; i++) {
        const TimeNode *node = &format->nodes.items[i];
        if (node->field >= TIME_FIELD_COUNT) {
            str_add(&out, node->text);
            continue;
        }
        if (p->interval && needs_calendar(node->field)) {
            Error *error = error_begin(SQLSTATE_INVALID_DATETIME_FORMAT);
            error_message(error, "invalid format specification for an interval value");
            error_raise(error_hint(error, "Intervals are not tied to specific calendar dates."));
        }
        if (!put_clock(&w, node) && !put_iso(&w, node)) put_date(&w, node);
    }
    return str_done(&out);
}

static Parts parts_of(int64_t local)
{
    CivilTime civil;
    int64_t time;
    Parts p = {.date = timestamp_date(local, &time)};
    civil_of_timestamp(local, &civil);
    p.year = civil.year;
    p.month = civil.month;
    p.day = civil.day;
    p.hour = civil.hour;
    p.minute = civil.minute;
    p.second = civil.second;
    p.microsecond = civil.microsecond;
    p.day_of_year = day_of_year(p.date);
    return p;
}

static Str timestamp_to_char(Fn *fn, int64_t t, Str template)
{
    if (!template.bytes || !timestamp_is_finite(t)) return FN_NULL(fn, STR(""));
    const Parts p = parts_of(t);
    return write_parts(fn, &p, template);
}

static Str timestamptz_to_char(Fn *fn, int64_t utc, Str template)
{
    if (!template.bytes || !timestamp_is_finite(utc)) return FN_NULL(fn, STR(""));
    const ZoneOffset offset = time_zone_offset(env_time_zone(fn->env), utc);
    Parts p = parts_of(utc + offset.seconds * USEC_PER_SEC);
    p.zone_seconds = offset.seconds;
    p.zone = offset.abbreviation;
    return write_parts(fn, &p, template);
}

static bool interval_is_endless(Interval v)
{
    return (v.months == INT32_MIN && v.days == INT32_MIN && v.microseconds == INT64_MIN) ||
           (v.months == INT32_MAX && v.days == INT32_MAX && v.microseconds == INT64_MAX);
}

static Str interval_to_char(Fn *fn, Interval v, Str template)
{
    if (!template.bytes || interval_is_endless(v)) return FN_NULL(fn, STR(""));
    const int64_t seconds = v.microseconds / USEC_PER_SEC;
    Parts p = {.interval = true,
               .year = v.months / MONTHS_PER_YEAR,
               .month = v.months % MONTHS_PER_YEAR,
               .day = v.days,
               .hour = seconds / SEC_PER_HOUR,
               .minute = (int32_t)(seconds % SEC_PER_HOUR / SEC_PER_MINUTE),
               .second = (int32_t)(seconds % SEC_PER_MINUTE),
               .microsecond = (int32_t)(v.microseconds % USEC_PER_SEC)};
    p.day_of_year = (int32_t)(((int64_t)v.months * DAYS_PER_MONTH + v.days) % INT32_MAX);
    /* Month 0 counts as the December before. */
    p.date = p.month > 0 ? date_of_civil(p.year, p.month, p.day)
                         : date_of_civil(p.year - 1, p.month + MONTHS_PER_YEAR, p.day);
    return write_parts(fn, &p, template);
}

SQL_FUNCTION(1768, "to_char", text, (interval, text), STABLE | STRICT | NULLABLE, interval_to_char,
             "interval by a template")
SQL_FUNCTION(1770, "to_char", text, (timestamptz, text), STABLE | STRICT | NULLABLE,
             timestamptz_to_char, "moment by a template, in the session's time zone")
SQL_FUNCTION(2049, "to_char", text, (timestamp, text), STABLE | STRICT | NULLABLE,
             timestamp_to_char, "date and time by a template")

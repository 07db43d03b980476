/* SPDX-License-Identifier: Apache-2.0 */
/* time_parse.c - what the pieces of a date and time mean (time_fields.c made them): by their form where that decides,
 * else by what has been read before and by DateStyle's order of day and month, as PostgreSQL's manual has it (appendix
 * B.1). */
#include "type/time_text.h"

#include "base/settings.h"
#include "type/type_internal.h"

/* What has been read. */
enum {
    HAS_YEAR = 1 << 0,
    HAS_MONTH = 1 << 1,
    HAS_DAY = 1 << 2,
    HAS_DATE = HAS_YEAR | HAS_MONTH | HAS_DAY,
    HAS_TIME = 1 << 3,
    HAS_ZONE = 1 << 4,
    HAS_DAY_OF_YEAR = 1 << 5,
    HAS_SPECIAL = 1 << 6,
    HAS_WEEKDAY = 1 << 7,
    HAS_MERIDIEM = 1 << 8,
    HAS_ERA = 1 << 9,
};
typedef enum Meridiem { MERIDIEM_NONE, MERIDIEM_AM, MERIDIEM_PM } Meridiem;

typedef struct Reader {
    const TypeCall *call;
    DateOrder order;
    TimeField fields[TIME_FIELDS_MAX];
    uint32_t field_count, at;
    uint32_t has;
    bool
        clock_is_over; /* of parts run together, which beside a date may be more than their places hold */
    bool time_only, month_is_text, year_is_short, before_christ, is_julian;
    Meridiem meridiem;
    char prefix; /* what stands before the next number: 'j' a Julian day, 't' a time; 0: nothing */
    int32_t day_of_year;
    Str zone_name; /* for its error */
    Moment *out;
} Reader;

/* ---- Words */

typedef enum WordKind {
    WORD_MONTH,
    WORD_WEEKDAY,
    WORD_MERIDIEM,
    WORD_ERA,
    WORD_SPECIAL,
    WORD_IGNORED,
    WORD_PREFIX,
} WordKind;
typedef enum Special {
    SPECIAL_NOW,
    SPECIAL_TODAY,
    SPECIAL_TOMORROW,
    SPECIAL_YESTERDAY,
    SPECIAL_EPOCH,
    SPECIAL_INFINITY,
    SPECIAL_MINUS_INFINITY,
    SPECIAL_ALLBALLS
} Special;

static const struct Word {
    const char *text;
    WordKind kind;
    int32_t value;
} words[] = {
    {"january", WORD_MONTH, 1},
    {"jan", WORD_MONTH, 1},
    {"february", WORD_MONTH, 2},
    {"feb", WORD_MONTH, 2},
    {"march", WORD_MONTH, 3},
    {"mar", WORD_MONTH, 3},
    {"april", WORD_MONTH, 4},
    {"apr", WORD_MONTH, 4},
    {"may", WORD_MONTH, 5},
    {"june", WORD_MONTH, 6},
    {"jun", WORD_MONTH, 6},
    {"july", WORD_MONTH, 7},
    {"jul", WORD_MONTH, 7},
    {"august", WORD_MONTH, 8},
    {"aug", WORD_MONTH, 8},
    {"september", WORD_MONTH, 9},
    {"sept", WORD_MONTH, 9},
    {"sep", WORD_MONTH, 9},
    {"october", WORD_MONTH, 10},
    {"oct", WORD_MONTH, 10},
    {"november", WORD_MONTH, 11},
    {"nov", WORD_MONTH, 11},
    {"december", WORD_MONTH, 12},
    {"dec", WORD_MONTH, 12},
    {"sunday", WORD_WEEKDAY, 0},
    {"sun", WORD_WEEKDAY, 0},
    {"monday", WORD_WEEKDAY, 1},
    {"mon", WORD_WEEKDAY, 1},
    {"tuesday", WORD_WEEKDAY, 2},
    {"tue", WORD_WEEKDAY, 2},
    {"tues", WORD_WEEKDAY, 2},
    {"wednesday", WORD_WEEKDAY, 3},
    {"wed", WORD_WEEKDAY, 3},
    {"weds", WORD_WEEKDAY, 3},
    {"thursday", WORD_WEEKDAY, 4},
    {"thu", WORD_WEEKDAY, 4},
    {"thur", WORD_WEEKDAY, 4},
    {"thurs", WORD_WEEKDAY, 4},
    {"friday", WORD_WEEKDAY, 5},
    {"fri", WORD_WEEKDAY, 5},
    {"saturday", WORD_WEEKDAY, 6},
    {"sat", WORD_WEEKDAY, 6},
    {"am", WORD_MERIDIEM, MERIDIEM_AM},
    {"pm", WORD_MERIDIEM, MERIDIEM_PM},
    {"ad", WORD_ERA, 0},
    {"bc", WORD_ERA, 1},
    {"now", WORD_SPECIAL, SPECIAL_NOW},
    {"today", WORD_SPECIAL, SPECIAL_TODAY},
    {"tomorrow", WORD_SPECIAL, SPECIAL_TOMORROW},
    {"yesterday", WORD_SPECIAL, SPECIAL_YESTERDAY},
    {"epoch", WORD_SPECIAL, SPECIAL_EPOCH},
    {"infinity", WORD_SPECIAL, SPECIAL_INFINITY},
    {"+infinity", WORD_SPECIAL, SPECIAL_INFINITY},
    {"-infinity", WORD_SPECIAL, SPECIAL_MINUS_INFINITY},
    {"allballs", WORD_SPECIAL, SPECIAL_ALLBALLS},
    {"at", WORD_IGNORED, 0},
    {"on", WORD_IGNORED, 0},
    {"t", WORD_PREFIX, 't'},
    {"j", WORD_PREFIX, 'j'},
    {"jd", WORD_PREFIX, 'j'},
    {"julian", WORD_PREFIX, 'j'},
};

static const struct Word *word_find(Str text)
{
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (str_equal(text, str_from(words[i].text))) return &words[i];
    return NULL;
}

bool time_word_is_known(Str text)
{
    return word_find(text) != NULL;
}

/* ---- Numbers */

/* Marks parts of the date or time as read; each may come once. */
static TimeFault mark(Reader *r, uint32_t parts)
{
    if (r->has & parts) return FAULT_FORMAT;
    r->has |= parts;
    return FAULT_NONE;
}

static int32_t digits_value(Str s)
{
    int64_t v = 0;
    for (size_t i = 0; i < s.bytes && is_digit(s.data[i]); i++)
        if (v < INT32_MAX) v = v * 10 + (s.data[i] - '0');
    return (int32_t)MIN(v, (int64_t)INT32_MAX);
}

/* Are the digits at the head more than 32 bits hold? */
static bool digits_are_over(Str s)
{
    int64_t v = 0;
    for (size_t i = 0; i < s.bytes && is_digit(s.data[i]); i++)
        if (v <= INT32_MAX) v = v * 10 + (s.data[i] - '0');
    return v > INT32_MAX;
}

static size_t digits_count(Str s)
{
    size_t n = 0;
    while (n < s.bytes && is_digit(s.data[n])) n++;
    return n;
}

/* 040506.789, 0405 */
static TimeFault read_clock_digits(Reader *r, Str s)
{
    CivilTime *c = &r->out->civil;
    const size_t n = digits_count(s);
    if (n < s.bytes && !time_parse_fraction(str_slice(s, n, s.bytes), &c->microsecond))
        return FAULT_FORMAT;
    if (r->has & HAS_TIME || (n != 6 && n != 4)) return FAULT_FORMAT;
    c->hour = digits_value(str_slice(s, 0, 2));
    c->minute = digits_value(str_slice(s, 2, 4));
    c->second = n == 6 ? digits_value(str_slice(s, 4, 6)) : 0;
    r->clock_is_over = c->minute > 59 || c->second > 60;
    return mark(r, HAS_TIME);
}

/* 20240131, 240131, or a clock's digits */
static TimeFault read_run_together(Reader *r, Str s)
{
    CivilTime *c = &r->out->civil;
    const size_t n = digits_count(s);
    if (n == s.bytes && (r->has & HAS_DATE) != HAS_DATE && n >= 6 &&
        !(r->time_only && !(r->has & HAS_DATE))) {
        c->day = digits_value(str_slice(s, n - 2, n));
        c->month = digits_value(str_slice(s, n - 4, n - 2));
        c->year = digits_value(str_slice(s, 0, n - 4));
        r->year_is_short = n - 4 <= 2;
        return mark(r, HAS_DATE);
    }
    return read_clock_digits(r, s);
}

static TimeFault read_year(Reader *r, Str s, int32_t value)
{
    r->out->civil.year = value;
    r->year_is_short = s.bytes <= 2;
    return mark(r, HAS_YEAR);
}

static TimeFault read_month(Reader *r, int32_t value)
{
    r->out->civil.month = value;
    return mark(r, HAS_MONTH);
}

static TimeFault read_day(Reader *r, int32_t value)
{
    r->out->civil.day = value;
    return mark(r, HAS_DAY);
}

/* Which part of the date a bare number is. */
static TimeFault read_date_number(Reader *r, Str s, int32_t value)
{
    const bool is_year = s.bytes >= 3 || r->order == DATE_ORDER_YMD;
    switch (r->has & HAS_DATE) {
    case 0:
        if (is_year) return read_year(r, s, value);
        return r->order == DATE_ORDER_DMY ? read_day(r, value) : read_month(r, value);
    case HAS_YEAR: return read_month(r, value);
    case HAS_MONTH:
        if (r->month_is_text && is_year) return read_year(r, s, value);
        return read_day(r, value);
    case HAS_YEAR | HAS_MONTH:
        if (r->month_is_text && s.bytes >= 3 &&
            r->year_is_short) { /* the first number was the day */
            r->out->civil.day = (int32_t)r->out->civil.year;
            r->out->civil.year = value;
            r->year_is_short = false;
            return mark(r, HAS_DAY);
        }
        return read_day(r, value);
    case HAS_DAY: return read_month(r, value);
    case HAS_MONTH | HAS_DAY: return read_year(r, s, value);
    case HAS_DATE: return read_run_together(r, s);
    default: return FAULT_FORMAT; /* year and day without a month */
    }
}

/* `alone`: a piece of its own, which may be parts run together. */
static TimeFault read_number(Reader *r, Str s, bool alone)
{
    const size_t n = digits_count(s);
    if (n == 0) return FAULT_FORMAT;
    if (r->time_only && r->has & HAS_TIME && !(r->has & HAS_DATE)) return FAULT_FORMAT;
    if (alone && n == s.bytes && n >= 6 && (r->has & HAS_DATE) != HAS_DATE)
        return read_run_together(r, s);
    if (n < s.bytes) {
        if (n > 2) {
            /* 2001.360: year and day of the year; else hhmmss.ffffff */
            if (n == 4 && s.bytes == 8 && !(r->has & (HAS_DATE | HAS_TIME))) {
                r->out->civil.year = digits_value(s);
                r->day_of_year = digits_value(str_slice(s, 5, 8));
                return mark(r, HAS_DATE | HAS_DAY_OF_YEAR);
            }
            return read_run_together(r, s);
        }
        if (r->time_only ||
            !time_parse_fraction(str_slice(s, n, s.bytes), &r->out->civil.microsecond))
            return FAULT_FORMAT;
    }
    if (digits_are_over(s)) return FAULT_RANGE;
    const int32_t value = digits_value(s);
    if (s.bytes == 3 && (r->has & HAS_DATE) == HAS_YEAR && value >= 1 && value <= 366) {
        r->day_of_year = value;
        return mark(r, HAS_MONTH | HAS_DAY | HAS_DAY_OF_YEAR);
    }
    if ((n == 4 || n == 6) && (r->has & HAS_DATE) == HAS_DATE) return read_run_together(r, s);
    return read_date_number(r, s, value);
}

static TimeFault read_julian(Reader *r, Str s)
{
    const size_t n = digits_count(s);
    CivilTime civil;
    if (!n) return FAULT_FORMAT;
    civil_of_date((int64_t)digits_value(s) + DATE_OF_JULIAN_DAY_0, &civil);
    if (digits_value(s) == INT32_MAX) return FAULT_RANGE;
    r->out->civil.year = civil.year;
    r->out->civil.month = civil.month;
    r->out->civil.day = civil.day;
    r->is_julian = true;
    if (n < s.bytes) { /* part of a day */
        int32_t fraction;
        if (!time_parse_fraction(str_slice(s, n, s.bytes), &fraction)) return FAULT_FORMAT;
        civil_set_time(&r->out->civil, fraction * (USEC_PER_DAY / USEC_PER_SEC));
        return mark(r, HAS_DATE | HAS_TIME);
    }
    return mark(r, HAS_DATE);
}

/* A number behind J or T. */
static TimeFault read_prefixed(Reader *r, Str s)
{
    const char prefix = r->prefix;
    r->prefix = 0;
    if (prefix == 'j') return read_julian(r, s);
    const TimeFault fault = read_clock_digits(r, s);
    const bool ends_with_point = s.bytes > 0 && s.data[s.bytes - 1] == '.';
    return fault && digits_are_over(s) && !ends_with_point ? FAULT_RANGE : fault;
}

/* ---- Pieces of several parts */

/* 2024-01-31, 1/31/2024, 31.1.2024, 31-Jan-2024, Jan-31-2024 */
static TimeFault read_date(Reader *r, Str s)
{
    Str parts[TIME_FIELDS_MAX];
    bool done[TIME_FIELDS_MAX] = {false};
    uint32_t count = 0;
    for (size_t i = 0; i < s.bytes;) {
        while (i < s.bytes && !is_digit(s.data[i]) && !(s.data[i] >= 'a' && s.data[i] <= 'z')) i++;
        const size_t from = i;
        const bool digits = i < s.bytes && is_digit(s.data[i]);
        while (i < s.bytes && (digits ? is_digit(s.data[i]) : s.data[i] >= 'a' && s.data[i] <= 'z'))
            i++;
        if (i == from) break;
        if (count == 3) return FAULT_FORMAT;
        parts[count++] = str_slice(s, from, i);
    }
    for (uint32_t i = 0; i < count; i++) { /* a month in letters first */
        if (is_digit(parts[i].data[0])) continue;
        const struct Word *word = word_find(parts[i]);
        if (!word || word->kind != WORD_MONTH || r->has & HAS_MONTH) return FAULT_FORMAT;
        r->month_is_text = true;
        r->out->civil.month = word->value;
        r->has |= HAS_MONTH;
        done[i] = true;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (done[i]) continue;
        if (digits_are_over(parts[i])) return FAULT_RANGE;
        if ((r->has & HAS_DATE) == HAS_DATE) return FAULT_FORMAT;
        const TimeFault fault = read_number(r, parts[i], false);
        if (fault) return fault;
    }
    return (r->has & HAS_DATE) == HAS_DATE ? FAULT_NONE : FAULT_FORMAT;
}

static TimeFault read_zone_name(Reader *r, Str name)
{
    TimeZones *zones = r->call->env ? r->call->env->time_zones : NULL;
    const TimeZone *zone = time_zone_find(zones, r->call->arena, name);
    r->zone_name = name;
    if (!zone) return FAULT_ZONE_NAME;
    r->out->zone = zone;
    return mark(r, HAS_ZONE);
}

/* A zone's name behind the date, or a time with its offset in one piece: 040506-08. */
static TimeFault read_later_date(Reader *r, Str s)
{
    if (!is_digit(s.data[0])) return read_zone_name(r, s);
    size_t dash;
    if (r->has & HAS_TIME || !str_find_char(s, '-', &dash)) return FAULT_FORMAT;
    TimeFault fault = time_parse_zone(str_slice(s, dash, s.bytes), &r->out->zone_seconds);
    if (!fault) fault = mark(r, HAS_ZONE);
    return fault ? fault : read_run_together(r, str_slice(s, 0, dash));
}

/* 24:00:00 is the last, and 23:59:60 is the same. */
static bool clock_is_over(const CivilTime *c)
{
    const bool last_minute = c->hour == 23 && c->minute == 59;
    return c->hour > 24 || (c->hour == 24 ? c->minute || c->second || c->microsecond
                                          : last_minute && c->second == 60 && c->microsecond);
}

static TimeFault read_time(Reader *r, Str s)
{
    TimeFault fault = time_parse_clock(s, &r->out->civil);
    if (!fault && !r->time_only && clock_is_over(&r->out->civil)) fault = FAULT_RANGE;
    if (r->prefix && r->prefix != 't') return FAULT_FORMAT;
    r->prefix = 0;
    return fault ? fault : mark(r, HAS_TIME);
}

static TimeFault read_signed(Reader *r, Str s)
{
    const TimeFault fault = time_parse_zone(s, &r->out->zone_seconds);
    if (fault) return fault;
    if (r->out->zone || r->has & HAS_ZONE) return FAULT_FORMAT;
    return mark(r, HAS_ZONE);
}

/* ---- Words */

static TimeFault read_special(Reader *r, Special special)
{
    const FnEnv *env = r->call->env;
    Moment *out = r->out;
    if (r->time_only && special != SPECIAL_NOW && special != SPECIAL_ALLBALLS) return FAULT_FORMAT;
    if (special == SPECIAL_ALLBALLS) {
        out->zone_seconds = 0;
        return mark(r, HAS_TIME | HAS_ZONE);
    }
    if (special == SPECIAL_EPOCH || special == SPECIAL_INFINITY ||
        special == SPECIAL_MINUS_INFINITY) {
        out->kind = special == SPECIAL_EPOCH      ? MOMENT_EPOCH
                    : special == SPECIAL_INFINITY ? MOMENT_INFINITY
                                                  : MOMENT_MINUS_INFINITY;
        return mark(r, HAS_DATE | HAS_TIME | HAS_SPECIAL);
    }
    const int64_t utc = env->transaction_time;
    const ZoneOffset offset = time_zone_offset(env_time_zone(env), utc);
    int64_t time, date = timestamp_date(utc + offset.seconds * USEC_PER_SEC, &time);
    if (special == SPECIAL_TOMORROW) date++;
    if (special == SPECIAL_YESTERDAY) date--;
    CivilTime civil = out->civil;
    civil_of_date(date, &civil);
    if (special == SPECIAL_NOW) {
        civil_set_time(&civil, time);
        out->zone_seconds = offset.seconds;
        out->civil = civil;
        return r->time_only ? mark(r, HAS_TIME | HAS_ZONE)
                            : mark(r, HAS_DATE | HAS_TIME | HAS_ZONE);
    }
    out->civil = civil;
    return mark(r, HAS_DATE);
}

static TimeFault read_month_word(Reader *r, int32_t month)
{
    CivilTime *c = &r->out->civil;
    /* A number read before as the month was the day: 8 January 1999. */
    if (r->has & HAS_MONTH && !r->month_is_text && !(r->has & HAS_DAY) && c->month >= 1 &&
        c->month <= 31) {
        c->day = c->month;
        r->has = (r->has & ~(uint32_t)HAS_MONTH) | HAS_DAY;
    }
    r->month_is_text = true;
    return read_month(r, month);
}

/* An abbreviation of a zone, maybe with "dst" behind it. */
static bool read_abbreviation(Reader *r, Str s, TimeFault *fault)
{
    ZoneOffset offset;
    if (!time_zone_abbreviation(env_time_zone(r->call->env), s, &offset)) return false;
    r->out->zone_seconds = offset.seconds;
    *fault = mark(r, HAS_ZONE);
    return true;
}

static TimeFault read_word(Reader *r, Str s)
{
    const struct Word *word = word_find(s);
    TimeFault fault;
    if (!(word && word->kind != WORD_PREFIX) && read_abbreviation(r, s, &fault)) return fault;
    if (!word) {
        if (str_equal(s, STR("dst")) && r->has & HAS_ZONE && !r->out->zone) {
            r->out->zone_seconds += 3600;
            return FAULT_NONE;
        }
        return read_zone_name(r, s) == FAULT_NONE ? FAULT_NONE : FAULT_FORMAT;
    }
    switch (word->kind) {
    case WORD_MONTH: return r->time_only ? FAULT_FORMAT : read_month_word(r, word->value);
    case WORD_WEEKDAY: return r->time_only ? FAULT_FORMAT : mark(r, HAS_WEEKDAY);
    case WORD_MERIDIEM: r->meridiem = (Meridiem)word->value; return mark(r, HAS_MERIDIEM);
    case WORD_ERA: r->before_christ = word->value != 0; return mark(r, HAS_ERA);
    case WORD_SPECIAL: return read_special(r, (Special)word->value);
    case WORD_IGNORED: return FAULT_NONE;
    case WORD_PREFIX:
        if (r->at + 1 >= r->field_count) return FAULT_FORMAT;
        if (word->value == 't' && !r->time_only && (r->has & HAS_DATE) != HAS_DATE)
            return FAULT_FORMAT;
        const FieldKind next = r->fields[r->at + 1].kind;
        if (next != FIELD_NUMBER && next != FIELD_TIME && next != FIELD_DATE) return FAULT_FORMAT;
        r->prefix = (char)word->value;
        return FAULT_NONE;
    }
    return FAULT_FORMAT;
}

/* Where a time alone is wanted, digits and a dash are a date only with more behind them: 040506-08 is a time. */
static bool is_lone_time(const Reader *r)
{
    const bool date_follows = r->at == 0 && r->field_count >= 2 &&
                              (r->fields[r->field_count - 1].kind == FIELD_DATE ||
                               r->fields[1].kind == FIELD_TIME);
    return r->time_only && !date_follows;
}

/* A date in one piece comes before a weekday, a time and what belongs to one. */
static bool may_begin_date(const Reader *r)
{
    return !(r->has & (HAS_TIME | HAS_WEEKDAY | HAS_MERIDIEM | HAS_ERA));
}

static TimeFault read_field(Reader *r, const TimeField *field)
{
    const Str s = field->text;
    switch (field->kind) {
    case FIELD_TIME: return read_time(r, s);
    case FIELD_SIGNED: return read_signed(r, s);
    case FIELD_WORD:
    case FIELD_SIGNED_WORD: return read_word(r, s);
    case FIELD_DATE:
        if (r->prefix == 'j' || r->prefix == 't') {
            /* J2451187-0800, T040506-08 */
            size_t dash;
            if (!str_find_char(s, '-', &dash)) return FAULT_FORMAT;
            const bool is_clock = r->prefix == 't';
            TimeFault fault = read_prefixed(r, str_slice(s, 0, dash));
            if (fault && is_clock && r->time_only) return FAULT_FORMAT;
            if (!fault) fault = time_parse_zone(str_slice(s, dash, s.bytes), &r->out->zone_seconds);
            return fault ? fault : mark(r, HAS_ZONE);
        }
        if ((r->has & (HAS_MONTH | HAS_DAY)) == (HAS_MONTH | HAS_DAY)) return read_later_date(r, s);
        if (is_lone_time(r) || (r->time_only && r->has & HAS_TIME)) return read_later_date(r, s);
        return may_begin_date(r) ? read_date(r, s) : FAULT_FORMAT;
    case FIELD_NUMBER:
        if (!r->time_only && !r->prefix && !(r->has & HAS_DATE) && digits_count(s) < s.bytes)
            return may_begin_date(r) ? read_date(r, s) : FAULT_FORMAT;
        if (r->prefix) return read_prefixed(r, s);
        if (r->time_only && !(r->has & (HAS_TIME | HAS_DATE))) return read_run_together(r, s);
        return read_number(r, s, true);
    }
    return FAULT_FORMAT;
}

/* ---- All of it together */

static TimeFault check_date(Reader *r)
{
    CivilTime *c = &r->out->civil;
    if (r->has & HAS_YEAR && !r->is_julian) {
        if (r->before_christ) {
            if (c->year <= 0) return FAULT_RANGE;
            c->year = 1 - c->year;
        } else if (r->year_is_short) {
            c->year += c->year < 70 ? 2000 : 1900;
        } else if (c->year <= 0) {
            return FAULT_RANGE;
        }
    }
    if (r->has & HAS_DAY_OF_YEAR) {
        const int64_t first = date_of_civil(c->year, 1, 1);
        if (r->day_of_year < 1 || r->day_of_year > 366) return FAULT_RANGE;
        civil_of_date(first + r->day_of_year - 1, c);
    }
    if (r->has & HAS_MONTH && (c->month < 1 || c->month > 12)) return FAULT_MONTH_DAY;
    if (r->has & HAS_DAY && (c->day < 1 || c->day > 31)) return FAULT_MONTH_DAY;
    if ((r->has & HAS_DATE) == HAS_DATE && c->day > month_days(c->year, c->month))
        return FAULT_RANGE;
    return FAULT_NONE;
}

static TimeFault check_time(Reader *r)
{
    CivilTime *c = &r->out->civil;
    if (r->meridiem != MERIDIEM_NONE && c->hour > 12) return FAULT_RANGE;
    if (r->meridiem == MERIDIEM_AM && c->hour == 12) c->hour = 0;
    if (r->meridiem == MERIDIEM_PM && c->hour != 12) c->hour += 12;
    return r->time_only && clock_is_over(c) ? FAULT_RANGE : FAULT_NONE;
}

static TimeFault read_all(Reader *r)
{
    TimeFault fault;
    for (r->at = 0; r->at < r->field_count; r->at++) {
        fault = read_field(r, &r->fields[r->at]);
        if (fault) return fault;
    }
    if (r->prefix) return FAULT_FORMAT;
    if (r->has & HAS_SPECIAL) return FAULT_NONE;
    fault = check_date(r);
    if (!fault) fault = check_time(r);
    if (fault) return fault;
    const bool whole_date = (r->has & HAS_DATE) == HAS_DATE;
    if (r->time_only && r->out->zone && !whole_date) { /* the offset must not depend on the day */
        if (!time_zone_is_fixed(r->out->zone, &r->out->zone_seconds)) return FAULT_FORMAT;
        r->out->zone = NULL;
    }
    if (r->time_only ? !(r->has & HAS_TIME) || ((r->has & HAS_DATE) && !whole_date) : !whole_date)
        return FAULT_FORMAT;
    return r->time_only && r->clock_is_over ? FAULT_RANGE : FAULT_NONE;
}

bool moment_parse(const TypeCall *call, Str text, const char *type_name, bool time_only,
                  Moment *moment, InputError *err)
{
    if (!time_only && moment_parse_iso(text, moment)) return true;
    char lower[TIME_TEXT_BYTES_MAX + 1];
    Reader r = {.call = call,
                .order = call->env ? call->env->date_order : DATE_ORDER_MDY,
                .time_only = time_only,
                .out = moment};
    *moment = (Moment){.civil = {.year = 2000, .month = 1, .day = 1}};
    TimeFault fault = FAULT_FORMAT;
    if (time_fields(text, lower, r.fields, &r.field_count) && r.field_count) fault = read_all(&r);
    if (fault) return time_fault(err, fault, type_name, text, r.zone_name);
    moment->has_date = (r.has & HAS_DATE) == HAS_DATE;
    moment->has_time = (r.has & HAS_TIME) != 0;
    moment->has_zone = (r.has & HAS_ZONE) != 0;
    return true;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* time_fields.c - the first step of reading a date, time or interval: the text in pieces by their characters, as
 * PostgreSQL's manual has it (appendix B.1); and the pieces whose form alone says what they are: clocks and zone
 * offsets. */
#include "type/time_text.h"

#include <math.h>

#include "type/float.h"
#include "type/type_internal.h"

static char lower_of(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 32) : c;
}

static bool is_alpha(char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static bool is_punctuation(char c)
{
    return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') ||
           (c >= '{' && c <= '~');
}

/* Digits first: a time, a date, or a number. Returns the end. */
static size_t scan_digits(Str s, size_t i, FieldKind *kind)
{
#define AT(k) ((k) < s.bytes ? s.data[k] : '\0')
    *kind = FIELD_NUMBER;
    while (is_digit(AT(i))) i++;
    if (AT(i) == ':') {
        *kind = FIELD_TIME;
        while (is_digit(AT(i)) || AT(i) == ':' || AT(i) == '.') i++;
        return i;
    }
    if (AT(i) != '-' && AT(i) != '/' && AT(i) != '.') return i;
    const char separator = AT(i);
    i++;
    if (is_digit(AT(i))) {
        *kind = separator == '.' ? FIELD_NUMBER : FIELD_DATE;
        while (is_digit(AT(i))) i++;
        if (AT(i) == separator) {
            *kind = FIELD_DATE;
            while (is_digit(AT(i)) || AT(i) == separator) i++;
        }
        return i;
    }
    *kind = FIELD_DATE;
    while ((is_digit(AT(i)) || is_alpha(AT(i)) || AT(i) == separator)) i++;
    return i;
}

/* What may stand right before digits: a month and the like, or a short unit of an interval (1d2h). Other letters with
 * digits behind them are the name of a zone. */
static bool may_precede_digits(Str word)
{
    size_t at;
    return time_word_is_known(word) ||
           (word.bytes == 1 && str_find_char(STR("dhmsy"), word.data[0], &at));
}

/* Letters first: a word; a date that begins with a month; or the name of a zone (Europe/Paris, EST5EDT). */
static size_t scan_letters(Str s, size_t from, FieldKind *kind)
{
    size_t i = from;
    *kind = FIELD_WORD;
    while (is_alpha(AT(i))) i++;
    bool is_date = AT(i) == '-' || AT(i) == '/' || AT(i) == '.';
    if ((AT(i) == '+' || is_digit(AT(i))) && !is_date) {
        char word[16];
        size_t n = 0;
        for (size_t k = from; k < i && n < sizeof word; k++) word[n++] = lower_of(s.data[k]);
        is_date = !may_precede_digits((Str){word, n});
    }
    if (!is_date) return i;
    *kind = FIELD_DATE;
    while (is_digit(AT(i)) || is_alpha(AT(i)) || AT(i) == '+' || AT(i) == '-' || AT(i) == '/' ||
           AT(i) == '_' || AT(i) == '.' || AT(i) == ':' || AT(i) == ',')
        i++;
    return i;
}

/* A sign first, maybe with space behind it. */
static bool scan_signed(Str s, size_t *at, FieldKind *kind, char *lower, size_t *used)
{
    size_t i = *at;
    lower[(*used)++] = s.data[i++];
    while (is_space(AT(i))) i++;
    if (is_digit(AT(i))) {
        *kind = FIELD_SIGNED;
        while (is_digit(AT(i)) || AT(i) == ':' || AT(i) == '.' || AT(i) == '-')
            lower[(*used)++] = s.data[i++];
    } else if (is_alpha(AT(i))) {
        *kind = FIELD_SIGNED_WORD;
        while (is_alpha(AT(i))) lower[(*used)++] = lower_of(s.data[i++]);
    } else {
        return false;
    }
    *at = i;
    return true;
}

bool time_fields(Str s, char *lower, TimeField *fields, uint32_t *count)
{
    *count = 0;
    if (s.bytes > TIME_TEXT_BYTES_MAX) return false;
    for (size_t i = 0, used = 0; i < s.bytes;) {
        const size_t from = i, start = used;
        FieldKind kind;
        if (is_space(s.data[i])) {
            i++;
            continue;
        }
        if (s.data[i] == '+' || s.data[i] == '-') {
            if (*count >= TIME_FIELDS_MAX || !scan_signed(s, &i, &kind, lower, &used)) return false;
            fields[(*count)++] = (TimeField){kind, {lower + start, used - start}};
            continue;
        }
        if (is_digit(s.data[i])) {
            i = scan_digits(s, i, &kind);
        } else if (s.data[i] == '.') {
            kind = FIELD_NUMBER;
            for (i++; is_digit(AT(i));) i++;
        } else if (is_alpha(s.data[i])) {
            i = scan_letters(s, i, &kind);
        } else if (is_punctuation(s.data[i])) {
            i++;
            continue;
        } else {
            return false;
        }
        if (*count >= TIME_FIELDS_MAX) return false;
        for (size_t k = from; k < i; k++) lower[used++] = lower_of(s.data[k]);
        fields[(*count)++] = (TimeField){kind, {lower + start, used - start}};
    }
#undef AT
    return true;
}

bool time_parse_fraction(Str text, int32_t *microseconds)
{
    int32_t value = 0;
    size_t i = 1;
    if (!text.bytes || text.data[0] != '.') return false;
    for (; i < text.bytes; i++)
        if (!is_digit(text.data[i])) return false;
    for (i = 1; i <= 6; i++) value = value * 10 + (i < text.bytes ? text.data[i] - '0' : 0);
    double exact;
    if (text.bytes > 7 && float8_parse(text, &exact, NULL)) value = (int32_t)rint(exact * 1000000);
    *microseconds = value;
    return true;
}

/* Digits at the front of *s. */
static bool take_digits(Str *s, int64_t *value)
{
    size_t i = 0;
    *value = 0;
    while (i < s->bytes && is_digit(s->data[i])) {
        if (*value < INT32_MAX) *value = *value * 10 + (s->data[i] - '0');
        i++;
    }
    *s = str_slice(*s, i, s->bytes);
    return i > 0;
}

TimeFault time_parse_clock(Str s, CivilTime *civil)
{
    int64_t hour, minute, second = 0;
    civil->microsecond = 0;
    if (!take_digits(&s, &hour) || !str_starts(s, STR(":"))) return FAULT_FORMAT;
    s = str_slice(s, 1, s.bytes);
    if (!take_digits(&s, &minute)) minute = 0;
    if (str_starts(s, STR(":"))) {
        s = str_slice(s, 1, s.bytes);
        if (!take_digits(&s, &second)) second = 0;
        if (s.bytes && !time_parse_fraction(s, &civil->microsecond)) return FAULT_FORMAT;
    } else if (s.bytes) { /* mm:ss.f */
        if (!time_parse_fraction(s, &civil->microsecond)) return FAULT_FORMAT;
        second = minute;
        minute = hour;
        hour = 0;
    }
    if (hour > INT32_MAX || minute > 59 || second > 60) return FAULT_RANGE;
    civil->hour = (int32_t)hour;
    civil->minute = (int32_t)minute;
    civil->second = (int32_t)second;
    return FAULT_NONE;
}

/* ":30" of a zone; a minus before the digits makes them out of range. */
static void take_zone_part(Str *s, int64_t *value)
{
    const bool negative = str_starts(*s, STR(":-"));
    *s = str_slice(*s, 1, s->bytes);
    if (negative && s->bytes > 1 && is_digit(s->data[1])) *s = str_slice(*s, 1, s->bytes);
    if (!take_digits(s, value)) *value = 0;
    if (negative) *value = -*value;
}

TimeFault time_parse_zone(Str s, int32_t *seconds_east)
{
    enum { HOURS_MAX = 15 };
    int64_t hours, minutes = 0, seconds = 0;
    const bool west = s.bytes && s.data[0] == '-';
    if (!s.bytes || (s.data[0] != '+' && s.data[0] != '-')) return FAULT_FORMAT;
    s = str_slice(s, 1, s.bytes);
    const size_t before = s.bytes;
    if (!take_digits(&s, &hours)) return FAULT_FORMAT;
    if (str_starts(s, STR(":"))) {
        take_zone_part(&s, &minutes);
        if (str_starts(s, STR(":"))) take_zone_part(&s, &seconds);
    } else if (!s.bytes && before > 2) {
        minutes = hours % 100;
        hours /= 100;
    }
    if (hours > HOURS_MAX || minutes < 0 || minutes > 59 || seconds < 0 || seconds > 59)
        return FAULT_ZONE_RANGE;
    if (s.bytes) return FAULT_FORMAT;
    *seconds_east = (int32_t)(hours * 3600 + minutes * 60 + seconds);
    if (west) *seconds_east = -*seconds_east;
    return FAULT_NONE;
}

bool time_fault(InputError *err, TimeFault fault, const char *type_name, Str text, Str zone)
{
    switch (fault) {
    case FAULT_NONE: break;
    case FAULT_RANGE:
        return input_error(err, SQLSTATE_DATETIME_FIELD_OVERFLOW,
                           "date/time field value out of range: \"%.*s\"", STR_ARG(text));
    case FAULT_MONTH_DAY:
        input_error(err, SQLSTATE_DATETIME_FIELD_OVERFLOW,
                    "date/time field value out of range: \"%.*s\"", STR_ARG(text));
        return input_error_hint(err, "Perhaps you need a different \"DateStyle\" setting.");
    case FAULT_INTERVAL:
        return input_error(err, SQLSTATE_INTERVAL_FIELD_OVERFLOW,
                           "interval field value out of range: \"%.*s\"", STR_ARG(text));
    case FAULT_ZONE_RANGE:
        return input_error(err, SQLSTATE_INVALID_TIME_ZONE_DISPLACEMENT_VALUE,
                           "time zone displacement out of range: \"%.*s\"", STR_ARG(text));
    case FAULT_ZONE_NAME:
        return input_error(err, SQLSTATE_INVALID_PARAMETER_VALUE,
                           "time zone \"%.*s\" not recognized", STR_ARG(zone));
    case FAULT_FORMAT: break;
    }
    return input_error(err, SQLSTATE_INVALID_DATETIME_FORMAT,
                       "invalid input syntax for type %s: \"%.*s\"", type_name, STR_ARG(text));
}

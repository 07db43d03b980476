/* SPDX-License-Identifier: Apache-2.0 */
/* format_time.h - templates of dates and times ('YYYY-MM-DD HH24:MI'), as to_char writes and to_timestamp reads by
 * them. */
#pragma once

#include "base/array.h"
#include "type/type.h"

/* The fields, with the word of the template, what of a date they tell (G Gregorian, I ISO week, - neither), and whether
 * they are written as digits. Of words that begin alike the longer stands first. */
#define TIME_FIELDS(X)             \
    X(AD_DOTS, "A.D.", '-', false) \
    X(AM_DOTS, "A.M.", '-', false) \
    X(AD, "AD", '-', false)        \
    X(AM, "AM", '-', false)        \
    X(BC_DOTS, "B.C.", '-', false) \
    X(BC, "BC", '-', false)        \
    X(CC, "CC", '-', true)         \
    X(DAY, "DAY", '-', false)      \
    X(DDD, "DDD", 'G', true)       \
    X(DD, "DD", 'G', true)         \
    X(DY, "DY", '-', false)        \
    X(D, "D", 'G', true)           \
    X(FF1, "FF1", '-', true)       \
    X(FF2, "FF2", '-', true)       \
    X(FF3, "FF3", '-', true)       \
    X(FF4, "FF4", '-', true)       \
    X(FF5, "FF5", '-', true)       \
    X(FF6, "FF6", '-', true)       \
    X(FX, "FX", '-', false)        \
    X(HH24, "HH24", '-', true)     \
    X(HH12, "HH12", '-', true)     \
    X(HH, "HH", '-', true)         \
    X(IDDD, "IDDD", 'I', true)     \
    X(ID, "ID", 'I', true)         \
    X(IW, "IW", 'I', true)         \
    X(IYYY, "IYYY", 'I', true)     \
    X(IYY, "IYY", 'I', true)       \
    X(IY, "IY", 'I', true)         \
    X(I, "I", 'I', true)           \
    X(J, "J", '-', true)           \
    X(MI, "MI", '-', true)         \
    X(MM, "MM", 'G', true)         \
    X(MONTH, "MONTH", 'G', false)  \
    X(MON, "MON", 'G', false)      \
    X(MS, "MS", '-', true)         \
    X(OF, "OF", '-', false)        \
    X(PM_DOTS, "P.M.", '-', false) \
    X(PM, "PM", '-', false)        \
    X(Q, "Q", '-', true)           \
    X(RM, "RM", 'G', false)        \
    X(SSSSS, "SSSSS", '-', true)   \
    X(SSSS, "SSSS", '-', true)     \
    X(SS, "SS", '-', true)         \
    X(TZH, "TZH", '-', false)      \
    X(TZM, "TZM", '-', true)       \
    X(TZ, "TZ", '-', false)        \
    X(US, "US", '-', true)         \
    X(WW, "WW", 'G', true)         \
    X(W, "W", 'G', true)           \
    X(Y_YYY, "Y,YYY", 'G', true)   \
    X(YYYY, "YYYY", 'G', true)     \
    X(YYY, "YYY", 'G', true)       \
    X(YY, "YY", 'G', true)         \
    X(Y, "Y", 'G', true)

typedef enum TimeFormatField {
#define TIME_FIELD(NAME, word, date, digits) TIME_##NAME,
    TIME_FIELDS(TIME_FIELD)
#undef TIME_FIELD
        TIME_FIELD_COUNT,
    TIME_SPACE = TIME_FIELD_COUNT, /* characters of the template that name no field */
    TIME_SEPARATOR,
    TIME_LITERAL,
} TimeFormatField;

typedef enum TimeCase { TIME_UPPER, TIME_TITLE, TIME_LOWER } TimeCase;

typedef struct TimeNode {
    TimeFormatField field;
    TimeCase letters;
    bool fill;       /* FM */
    bool translated; /* TM */
    bool quoted;     /* of what is no field: it stood in quotes */
    uint8_t ordinal; /* 1 TH, 2 th */
    Str text;        /* the word as written; of what is no field the character */
} TimeNode;

typedef struct TimeFormat {
    ARRAY_OF(TimeNode) nodes;
    bool exact; /* FX */
} TimeFormat;

/* Facts of the table above. */
char time_field_date(TimeFormatField field);
bool time_field_is_digits(TimeFormatField field);

/* The nodes of a template; every text is one. Texts point into it. */
TimeFormat time_format_of(Arena *arena, Str text);
/* The same, kept at the call site while the text is the same. */
const TimeFormat *time_format_at(Fn *fn, Str text);

/* Names in English, from January and from Sunday; roman numbers from I. */
extern const char *const time_month_names[12], *const time_day_names[7], *const time_romans[12];

/* A text read as the SQL standard has it: separators are those of the template, nothing is missing and nothing is left
 * over. The fields of the template decide what it is: a date, time, timetz, timestamp or timestamptz. Raises 22007,
 * 22008, 22009. */
typedef struct TimeRead {
    Oid type;
    Value value;
    int32_t seconds_east; /* of a timestamptz: the zone that was read */
} TimeRead;
void time_read_standard(Fn *fn, Str text, Str template, TimeRead *read);

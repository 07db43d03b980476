/* SPDX-License-Identifier: Apache-2.0 */
/* time_text.h - dates, times and intervals as text: read in all the forms that PostgreSQL reads, and printed as
 * DateStyle and IntervalStyle ask. */
#pragma once

#include "type/timezone.h"
#include "type/type.h"

typedef enum MomentKind {
    MOMENT_FIELDS,
    MOMENT_INFINITY,
    MOMENT_MINUS_INFINITY,
    MOMENT_EPOCH
} MomentKind;

/* What a text says of a date and a time. */
typedef struct Moment {
    MomentKind kind;
    bool has_date, has_time;
    CivilTime civil;      /* hour 24 and second 60 may occur, with zeros behind them */
    bool has_zone;        /* `zone_seconds` or `zone` was given */
    int32_t zone_seconds; /* east of Greenwich */
    const TimeZone *zone; /* a named one; NULL: zone_seconds */
} Moment;

/* `type_name` is for errors. A date is required; `time_only`: a time is, and numbers alone are times. */
bool moment_parse(const TypeCall *call, Str text, const char *type_name, bool time_only,
                  Moment *moment, InputError *err);

/* The usual form alone: 2024-02-29 12:30:00.5+01. False: it is another one, or not right; *moment is scratch. */
bool moment_parse_iso(Str text, Moment *moment);

bool interval_parse_text(Str text, int32_t typmod, int32_t interval_style, Interval *interval,
                         InputError *err);
int32_t interval_style_of(const FnEnv *env); /* the setting in force */
void interval_print_text(const Interval *interval, int32_t interval_style, StrBuilder *out);

/* Units and the like, shared by both parsers: what kind of field a piece of text is. */
typedef enum FieldKind {
    FIELD_NUMBER, /* digits, maybe with a fraction */
    FIELD_DATE,   /* pieces apart by - / . ; may be a zone's name */
    FIELD_TIME,   /* with a colon */
    FIELD_SIGNED, /* + or - and digits: a zone, a part of an interval */
    FIELD_WORD,
    FIELD_SIGNED_WORD, /* +infinity */
} FieldKind;
typedef struct TimeField {
    FieldKind kind;
    Str text; /* lower case */
} TimeField;
enum { TIME_FIELDS_MAX = 25, TIME_TEXT_BYTES_MAX = 511 };
/* Breaks a text into fields; `lower` has room for its bytes. False: it cannot be one of a time. */
bool time_fields(Str text, char *lower, TimeField *fields, uint32_t *count);

/* A month, a weekday and so on, in lower case. */
bool time_word_is_known(Str text);

typedef enum TimeFault {
    FAULT_NONE,
    FAULT_FORMAT,     /* 22007 invalid input syntax */
    FAULT_RANGE,      /* 22008 field value out of range */
    FAULT_MONTH_DAY,  /* the same, maybe because of DateStyle */
    FAULT_INTERVAL,   /* 22015 */
    FAULT_ZONE_RANGE, /* 22009 */
    FAULT_ZONE_NAME,  /* 22023 */
} TimeFault;
/* Always false. */
bool time_fault(InputError *err, TimeFault fault, const char *type_name, Str text, Str zone);

/* hh:mm[:ss[.ffffff]] of a clock; microseconds. */
TimeFault time_parse_clock(Str text, CivilTime *civil);
/* +hh[:mm[:ss]] or +hhmm; seconds east. */
TimeFault time_parse_zone(Str text, int32_t *seconds_east);
/* A fraction ".123" as microseconds, rounded. */
bool time_parse_fraction(Str text, int32_t *microseconds);

/* Printing: nothing before the text, styles of env. */
void date_print_text(const FnEnv *env, int32_t date, StrBuilder *out);
void timestamp_print_text(const FnEnv *env, int64_t t, StrBuilder *out);
void timestamptz_print_text(const FnEnv *env, int64_t t, StrBuilder *out);
void time_print_text(int64_t time, StrBuilder *out);
void zone_print_text(int32_t seconds_east, StrBuilder *out);

/* SPDX-License-Identifier: Apache-2.0 */
/* jsonpath_time.c - dates and times in paths: .datetime(), .date() and kin, and how their items compare.
 *
 * A text is read by templates: by the one that .datetime() names, else by the first of a list of ISO 8601's that fits.
 * Which type it becomes follows from the template's fields. A moment with a zone keeps the zone that it was written
 * with. Whether a type may become another where the zone of the session counts is the caller's to say: that is an
 * error which nothing hides, since the answer would depend on a setting. */
#include "type/jsonpath.h"

#include "base/oids.h"
#include "base/task.h"
#include "type/format_time.h"
#include "type/time.h"

/* ---- Names */

static const char *type_name(Oid type)
{
    switch (type) {
    case OID_DATE: return "date";
    case OID_TIME: return "time";
    case OID_TIMETZ: return "timetz";
    case OID_TIMESTAMP: return "timestamp";
    default: return "timestamptz";
    }
}

Str path_moment_type(const JsonMoment *m)
{
    switch (m->type) {
    case OID_DATE: return STR("date");
    case OID_TIME: return STR("time without time zone");
    case OID_TIMETZ: return STR("time with time zone");
    case OID_TIMESTAMP: return STR("timestamp without time zone");
    default: return STR("timestamp with time zone");
    }
}

/* ---- From one type to another */

static void needs_zones(bool zones, Oid from, Oid to)
{
    if (zones) return;
    Error *error = error_begin(SQLSTATE_FEATURE_NOT_SUPPORTED);
    error_message(error, "cannot convert value from %s to %s without time zone usage",
                  type_name(from), type_name(to));
    error_raise(error_hint(error, "Use *_tz() function for time zone support."));
}

static const TimeZone *zone_of(const Fn *fn)
{
    return env_time_zone(fn->env);
}

static int32_t date_of(int64_t local)
{
    int64_t time;
    return (int32_t)timestamp_date(local, &time);
}

static int64_t time_of(int64_t local)
{
    int64_t time;
    (void)timestamp_date(local, &time);
    return time;
}

static bool as_date(const Fn *fn, bool zones, JsonMoment *m)
{
    if (m->type == OID_TIMESTAMPTZ) {
        needs_zones(zones, m->type, OID_DATE);
        m->value.i64 = timestamp_of_utc(zone_of(fn), m->value.i64);
    } else if (m->type != OID_TIMESTAMP) {
        return false;
    }
    m->value.i32 = date_of(m->value.i64);
    return true;
}

static bool as_time(const Fn *fn, bool zones, JsonMoment *m)
{
    switch (m->type) {
    case OID_TIMETZ:
        needs_zones(zones, m->type, OID_TIME);
        m->value.i64 = value_timetz(&m->value).microseconds;
        return true;
    case OID_TIMESTAMPTZ:
        needs_zones(zones, m->type, OID_TIME);
        m->value.i64 = time_of(timestamp_of_utc(zone_of(fn), m->value.i64));
        return true;
    case OID_TIMESTAMP: m->value.i64 = time_of(m->value.i64); return true;
    default: return false;
    }
}

static bool as_timetz(Fn *fn, bool zones, JsonMoment *m)
{
    TimeTz v;
    switch (m->type) {
    case OID_TIME:
        needs_zones(zones, m->type, OID_TIMETZ);
        v = time_in_zone(fn->env, m->value.i64);
        break;
    case OID_TIMESTAMPTZ:
        v = (TimeTz){.microseconds = time_of(timestamp_of_utc(zone_of(fn), m->value.i64)),
                     .zone = -time_zone_offset(zone_of(fn), m->value.i64).seconds};
        break;
    default: return false;
    }
    memcpy(&m->value, &v, sizeof v);
    return true;
}

static bool as_timestamp(const Fn *fn, bool zones, JsonMoment *m)
{
    if (m->type == OID_TIMESTAMPTZ) {
        needs_zones(zones, m->type, OID_TIMESTAMP);
        m->value.i64 = timestamp_of_utc(zone_of(fn), m->value.i64);
        return true;
    }
    if (m->type != OID_DATE) return false;
    m->value.i64 = timestamp_of_date(m->value.i32);
    return true;
}

static bool as_timestamptz(const Fn *fn, bool zones, JsonMoment *m)
{
    if (m->type != OID_DATE && m->type != OID_TIMESTAMP) return false;
    needs_zones(zones, m->type, OID_TIMESTAMPTZ);
    if (m->type == OID_DATE) m->value.i64 = timestamp_of_date(m->value.i32);
    m->value.i64 = utc_of_timestamp(zone_of(fn), m->value.i64);
    m->seconds_east = time_zone_offset(zone_of(fn), m->value.i64).seconds;
    return true;
}

/* False: there is no way from its type to that one. Raises 0A000 where the way leads through the session's zone. */
static bool convert(Fn *fn, bool zones, Oid to, JsonMoment *m)
{
    bool good = true;
    if (m->type == to) return true;
    switch (to) {
    case OID_DATE: good = as_date(fn, zones, m); break;
    case OID_TIME: good = as_time(fn, zones, m); break;
    case OID_TIMETZ: good = as_timetz(fn, zones, m); break;
    case OID_TIMESTAMP: good = as_timestamp(fn, zones, m); break;
    default: good = as_timestamptz(fn, zones, m); break;
    }
    m->type = to;
    return good;
}

static void round_to(int32_t precision, JsonMoment *m)
{
    if (m->type == OID_DATE) return;
    if (m->type == OID_TIMETZ) {
        TimeTz v = value_timetz(&m->value);
        v.microseconds = time_round(v.microseconds, precision);
        memcpy(&m->value, &v, sizeof v);
        return;
    }
    m->value.i64 = time_round(m->value.i64, precision);
}

/* ---- Reading */

/* With a T or a space between date and time; which of them can fit is seen by a look at the text. */
static const char *const templates[] = {
    "yyyy-mm-dd",
    "HH24:MI:SS.USTZ",
    "HH24:MI:SSTZ",
    "HH24:MI:SS.US",
    "HH24:MI:SS",
    "yyyy-mm-dd HH24:MI:SS.USTZ",
    "yyyy-mm-dd HH24:MI:SSTZ",
    "yyyy-mm-dd HH24:MI:SS.US",
    "yyyy-mm-dd HH24:MI:SS",
    "yyyy-mm-dd\"T\"HH24:MI:SS.USTZ",
    "yyyy-mm-dd\"T\"HH24:MI:SSTZ",
    "yyyy-mm-dd\"T\"HH24:MI:SS.US",
    "yyyy-mm-dd\"T\"HH24:MI:SS",
};

static bool can_fit(Str text, Str template)
{
    static const char marks[] = ":.";
    size_t at;
    for (size_t i = 0; marks[i]; i++)
        if (str_find_char(text, marks[i], &at) != str_find_char(template, marks[i], &at))
            return false;
    return !str_find_char(template, '"', &at) || str_find_char(text, 'T', &at);
}

typedef struct Attempt {
    Fn *fn;
    Str text, template;
    JsonMoment *moment;
} Attempt;

static void attempt(void *arg)
{
    const Attempt *a = arg;
    TimeRead read;
    /* The site of templates is not the site of paths. */
    Fn inner = *a->fn;
    inner.state = NULL;
    inner.site = a->fn->arena;
    time_read_standard(&inner, a->text, a->template, &read);
    *a->moment = (JsonMoment){.type = read.type,
                              .value = read.value,
                              .seconds_east = read.seconds_east};
}

/* Errors of data are no more than that; whatever else happens is raised. */
static bool fits(Attempt *a)
{
    Error *error;
    if (error_catch(attempt, a, a->fn->arena, &error)) return true;
    if ((error->code & SQLSTATE_CLASS_MASK) != (SQLSTATE_DATA_EXCEPTION & SQLSTATE_CLASS_MASK))
        error_raise_again(error);
    error_clear();
    return false;
}

static bool read_iso(Fn *fn, Str text, JsonMoment *m)
{
    for (size_t i = 0; i < ARRAY_LEN(templates); i++) {
        Attempt a = {fn, text, str_from(templates[i]), m};
        if (can_fit(text, a.template) && fits(&a)) return true;
    }
    return false;
}

static Oid type_of_method(PathMethod method)
{
    switch (method) {
    case PATH_METHOD_DATE: return OID_DATE;
    case PATH_METHOD_TIME: return OID_TIME;
    case PATH_METHOD_TIME_TZ: return OID_TIMETZ;
    case PATH_METHOD_TIMESTAMP: return OID_TIMESTAMP;
    case PATH_METHOD_TIMESTAMP_TZ: return OID_TIMESTAMPTZ;
    default: return 0;
    }
}

static Str moment_text(Fn *fn, const JsonMoment *m)
{
    FnEnv env = *fn->env;
    Fn inner = *fn;
    const Datum value = {.value = m->value};
    inner.env = &env;
    if (m->type == OID_TIMESTAMPTZ) env.time_zone = time_zone_fixed(fn->arena, m->seconds_east);
    const JsonNode node = json_of_datum(&inner, m->type, &value);
    const Str text = json_string(&node);
    const char sign = text.bytes > 3 ? text.data[text.bytes - 3] : 0;
    if (m->type != OID_TIMETZ || (sign != '+' && sign != '-')) return text;
    return str_concat(fn->arena, text, STR(":00")); /* minutes in every zone */
}

JsonNode path_variable(Fn *fn, Oid type, const Datum *value)
{
    const Oid moments[] = {OID_DATE, OID_TIME, OID_TIMETZ, OID_TIMESTAMP, OID_TIMESTAMPTZ};
    bool is_moment = false;
    for (size_t i = 0; i < ARRAY_LEN(moments); i++) is_moment |= type == moments[i];
    if (value->null || !is_moment) return json_of_datum(fn, type, value);
    JsonMoment *m = ARENA_NEW(fn->arena, JsonMoment);
    *m = (JsonMoment){.type = type, .value = value->value};
    m->text = moment_text(fn, m);
    return (JsonNode){.kind = JSON_MOMENT, .moment = m};
}

static bool not_recognized(const PathNode *node, Str text, InputError *err)
{
    const bool any = node->method == PATH_METHOD_DATETIME;
    input_error(err, SQLSTATE_INVALID_ARGUMENT_FOR_SQL_JSON_DATETIME_FUNCTION,
                "%s format is not recognized: \"%.*s\"", path_method_name(node->method).data,
                STR_ARG(text));
    if (any)
        input_error_hint(err, "Use a datetime template argument to specify the input data format.");
    return false;
}

bool path_moment_read(Fn *fn, const PathNode *node, Str text, bool zones, JsonMoment *m,
                      InputError *err)
{
    const Oid type = type_of_method(node->method);
    if (node->text.data) {
        Attempt a = {fn, text, node->text, m};
        if (!err)
            attempt(&a);
        else if (!fits(&a))
            return false;
    } else if (!read_iso(fn, text, m) || (type && !convert(fn, zones, type, m))) {
        return not_recognized(node, text, err);
    }
    if (node->first != INT64_MIN) {
        if (node->first > INT32_MAX)
            return input_error(
                err, SQLSTATE_INVALID_ARGUMENT_FOR_SQL_JSON_DATETIME_FUNCTION,
                "time precision of jsonpath item method .%s() is out of range for type integer",
                path_method_name(node->method).data);
        round_to((int32_t)MIN(node->first, (int64_t)TIME_PRECISION_MAX), m);
    }
    m->text = moment_text(fn, m);
    return true;
}

/* ---- Comparing */

static bool is_time_of_day(Oid type)
{
    return type == OID_TIME || type == OID_TIMETZ;
}

bool path_moment_compare(Fn *fn, const JsonMoment *a, const JsonMoment *b, bool zones, int *order)
{
    JsonMoment x = *a, y = *b;
    if (is_time_of_day(x.type) != is_time_of_day(y.type)) return false;
    if (x.type == y.type) {
        const TypeCall call = {.type = type_get(NULL, x.type), .env = fn->env, .arena = fn->arena};
        *order = type_compare(&call, &x.value, &y.value);
        return true;
    }
    if (is_time_of_day(x.type)) {
        (void)convert(fn, zones, OID_TIMETZ, &x);
        (void)convert(fn, zones, OID_TIMETZ, &y);
        *order = timetz_compare(value_timetz(&x.value), value_timetz(&y.value));
        return true;
    }
    /* A date may be outside the range of the other type: it is compared as what it is. */
    const bool swapped = x.type > y.type;
    const JsonMoment *less = swapped ? &y : &x, *more = swapped ? &x : &y;
    if (more->type == OID_TIMESTAMPTZ) needs_zones(zones, less->type, more->type);
    if (less->type != OID_DATE)
        *order = timestamp_compare_utc(fn->env, less->value.i64, more->value.i64);
    else if (more->type == OID_TIMESTAMP)
        *order = date_compare_timestamp(less->value.i32, more->value.i64);
    else
        *order = date_compare_utc(fn->env, less->value.i32, more->value.i64);
    if (swapped) *order = -*order;
    return true;
}

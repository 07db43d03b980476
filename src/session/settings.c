/* SPDX-License-Identifier: Apache-2.0 */
/* settings.c - one setting: text to value and back, with PostgreSQL's units, rounding and words.
 *
 * Integers may be written as decimal, octal (010), hexadecimal (0x10) or with a fraction or exponent; a unit follows
 * after optional spaces. A value with a fraction is first rounded to the next smaller unit (1.3GB is 1331MB), then to
 * the setting's own. */
#include "session/settings.h"

#include <math.h>

#include "session/settings_internal.h"

enum { NUMBER_TEXT_BYTES_MAX = 400 };

const char *setting_source_text(SettingSource source)
{
    static const char *const texts[] = {
#define SETTING_SOURCE_TEXT(NAME, text) text,
        SETTING_SOURCES(SETTING_SOURCE_TEXT)
#undef SETTING_SOURCE_TEXT
    };
    return texts[source];
}

/* ---- which setting */

/* Names of former versions that PostgreSQL 18 still takes. */
static const char *const old_names[][2] = {
    {"sort_mem", "work_mem"},
    {"vacuum_mem", "maintenance_work_mem"},
    {"ssl_ecdh_curve", "ssl_groups"},
};

static int compare_folded(Str a, const char *b)
{
    for (size_t i = 0; i < a.bytes; i++) {
        int x = (uint8_t)a.data[i], y = (uint8_t)b[i];
        if (x >= 'A' && x <= 'Z') x += 'a' - 'A';
        if (y >= 'A' && y <= 'Z') y += 'a' - 'A';
        if (x != y) return x < y ? -1 : 1;
        if (y == 0) return 1; /* a zero byte inside `a` */
    }
    return b[a.bytes] == 0 ? 0 : -1;
}

static int find_current(Str name)
{
    int low = 0, high = SETTING_COUNT;
    while (low < high) {
        int middle = (low + high) / 2;
        int order = compare_folded(name, setting_metas[middle].name);
        if (order == 0) return middle;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return -1;
}

int setting_find(Str name)
{
    int found = find_current(name);
    for (size_t i = 0; found < 0 && i < ARRAY_LEN(old_names); i++)
        if (compare_folded(name, old_names[i][0]) == 0)
            found = find_current(str_from(old_names[i][1]));
    return found;
}

SettingValue setting_get(const Settings *settings, const SettingMeta *meta)
{
    const void *field = (const char *)settings + meta->offset;
    SettingValue value = {0};
    switch ((SettingType)meta->type) {
    case SETTING_BOOL: value.boolean = *(const bool *)field; break;
    case SETTING_INTEGER:
    case SETTING_ENUM: value.integer = *(const int32_t *)field; break;
    case SETTING_REAL: value.real = *(const double *)field; break;
    case SETTING_STRING: value.string = *(const Str *)field; break;
    }
    return value;
}

void setting_put(Settings *settings, const SettingMeta *meta, SettingValue value)
{
    void *field = (char *)settings + meta->offset;
    switch ((SettingType)meta->type) {
    case SETTING_BOOL: *(bool *)field = value.boolean; break;
    case SETTING_INTEGER:
    case SETTING_ENUM: *(int32_t *)field = value.integer; break;
    case SETTING_REAL: *(double *)field = value.real; break;
    case SETTING_STRING: *(Str *)field = value.string; break;
    }
}

bool setting_equal(const SettingMeta *meta, SettingValue a, SettingValue b)
{
    switch ((SettingType)meta->type) {
    case SETTING_BOOL: return a.boolean == b.boolean;
    case SETTING_INTEGER:
    case SETTING_ENUM: return a.integer == b.integer;
    case SETTING_REAL: return a.real == b.real;
    case SETTING_STRING: return str_equal(a.string, b.string);
    }
    UNREACHABLE();
}

static bool is_among(const char *name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(name, names[i]) == 0) return true;
    return false;
}

/* In the order in which PostgreSQL 18 tells them. */
static const char *const reported[] = {
    "in_hot_standby",
    "integer_datetimes",
    "TimeZone",
    "IntervalStyle",
    "search_path",
    "is_superuser",
    "application_name",
    "default_transaction_read_only",
    "scram_iterations",
    "DateStyle",
    "standard_conforming_strings",
    "session_authorization",
    "client_encoding",
    "server_version",
    "server_encoding",
};
static_assert(ARRAY_LEN(reported) == SETTINGS_REPORTED, "settings_internal.h counts them");

int settings__reported(uint32_t n)
{
    return setting_find(str_from(reported[n]));
}

bool setting_is_reported(const SettingMeta *meta)
{
    return is_among(meta->name, reported, ARRAY_LEN(reported));
}

bool setting_is_secret(const SettingMeta *meta)
{
    static const char *const secret[] = {
        "config_file",
        "data_directory",
        "dynamic_library_path",
        "external_pid_file",
        "hba_file",
        "ident_file",
        "krb_server_keyfile",
        "local_preload_libraries",
        "log_directory",
        "log_filename",
        "primary_conninfo",
        "session_preload_libraries",
        "shared_preload_libraries",
        "ssl_passphrase_command",
        "unix_socket_directories",
    };
    return is_among(meta->name, secret, ARRAY_LEN(secret));
}

static bool is_identifier(Str s)
{
    for (size_t i = 0; i < s.bytes; i++) {
        uint8_t c = (uint8_t)s.data[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
        bool other = (c >= '0' && c <= '9') || c == '$';
        if (!letter && !(other && i > 0)) return false;
    }
    return s.bytes > 0;
}

bool setting_check_custom_name(Str name, InputError *err)
{
    uint32_t parts = 0;
    bool good = true;
    for (Str rest = name;; parts++) {
        size_t dot = rest.bytes;
        bool more = str_find_char(rest, '.', &dot);
        good = good && is_identifier(str_slice(rest, 0, dot));
        if (!more) break;
        rest = str_slice(rest, dot + 1, rest.bytes);
    }
    if (parts == 0)
        return input_error(err, SQLSTATE_UNDEFINED_OBJECT,
                           "unrecognized configuration parameter \"%.*s\"", STR_ARG(name));
    if (good) return true;
    (void)input_error(err, SQLSTATE_INVALID_NAME, "invalid configuration parameter name \"%.*s\"",
                      STR_ARG(name));
    return input_error_detail(
        err, "Custom parameter names must be two or more simple identifiers separated by dots.");
}

/* ---- units */

typedef struct Unit {
    const char *name;
    double size; /* in bytes, or in microseconds */
} Unit;

/* From the largest down. */
static const Unit memory_units[] = {
    {"TB", 1024.0 * 1024 * 1024 * 1024},
    {"GB", 1024.0 * 1024 * 1024},
    {"MB", 1024.0 * 1024},
    {"kB", 1024},
    {"B", 1},
};
static const Unit time_units[] = {
    {"d", 86400e6}, {"h", 3600e6}, {"min", 60e6}, {"s", 1e6}, {"ms", 1e3}, {"us", 1},
};

typedef struct Units {
    const Unit *units;
    size_t count;
    double base;      /* size of the setting's own unit */
    const char *hint; /* what may be written */
} Units;

static bool units_of(const SettingMeta *meta, Units *units)
{
    if (meta->unit[0] == 0) return false;
    *units =
        (Units){memory_units, ARRAY_LEN(memory_units), 8192,
                "Valid units for this parameter are \"B\", \"kB\", \"MB\", \"GB\", and \"TB\"."};
    if (strcmp(meta->unit, "8kB") == 0) return true;
    for (int time = 0; time <= 1; time++) {
        for (size_t i = 0; i < units->count; i++) {
            units->base = units->units[i].size;
            if (strcmp(units->units[i].name, meta->unit) == 0) return true;
        }
        *units = (Units){
            time_units, ARRAY_LEN(time_units), 0,
            "Valid units for this parameter are \"us\", \"ms\", \"s\", \"min\", \"h\", and \"d\"."};
    }
    return !NEVER(true);
}

/* `number` of `unit` in the setting's own unit. */
static bool convert_to_base(const Units *units, Str unit, double *number)
{
    for (size_t i = 0; i < units->count; i++) {
        if (!str_equal(unit, str_from(units->units[i].name))) continue;
        *number *= units->units[i].size / units->base;
        if (i + 1 < units->count && *number != rint(*number)) {
            double smaller = units->units[i + 1].size / units->base;
            *number = rint(*number / smaller) * smaller;
        }
        return true;
    }
    return false;
}

/* ---- text to value */

static bool bad_value(const SettingMeta *meta, Str text, const char *hint, InputError *err)
{
    (void)input_error(err, SQLSTATE_INVALID_PARAMETER_VALUE,
                      "invalid value for parameter \"%s\": \"%.*s\"", meta->name, STR_ARG(text));
    return hint ? input_error_hint(err, "%s", hint) : false;
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* True and *number for `digits` at the start of `text`; *end is behind them. `whole`: hexadecimal and octal count. */
static bool scan_number(const char *text, bool whole, double *number, const char **end)
{
    char *number_end = NULL;
    if (whole) {
        *number = (double)strtoll(text, &number_end, 0);
        char next = *number_end;
        bool fits = fabs(*number) < 9e18;
        if (number_end > text && fits && next != '.' && next != 'e' && next != 'E') {
            *end = number_end;
            return true;
        }
    }
    *number = strtod(text, &number_end);
    *end = number_end;
    return number_end > text && !isnan(*number);
}

/* A number and perhaps a unit, in the setting's own unit. */
static bool parse_number(const SettingMeta *meta, Str text, double *number, InputError *err)
{
    char copy[NUMBER_TEXT_BYTES_MAX + 1];
    const char *at;
    if (text.bytes > NUMBER_TEXT_BYTES_MAX) return bad_value(meta, text, NULL, err);
    memcpy(copy, text.data ? text.data : "", text.bytes);
    copy[text.bytes] = 0;
    bool whole = meta->type == SETTING_INTEGER;
    if (!scan_number(copy, whole, number, &at)) return bad_value(meta, text, NULL, err);
    /* 1e400 is no number at all; a written "inf" is one, out of range. */
    bool digits = copy[strcspn(copy, "0123456789")] != 0;
    if (isinf(*number) && digits) return bad_value(meta, text, NULL, err);
    while (is_space(*at)) at++;
    size_t unit_bytes = 0;
    while (at[unit_bytes] && !is_space(at[unit_bytes])) unit_bytes++;
    Str unit = {at, unit_bytes};
    for (at += unit_bytes; is_space(*at); at++) {}
    Units units;
    if (unit.bytes == 0) return true;
    if (!units_of(meta, &units)) return bad_value(meta, text, NULL, err);
    if (*at == 0 && convert_to_base(&units, unit, number)) return true;
    return bad_value(meta, text, units.hint, err);
}

static bool in_range(const SettingMeta *meta, double number, InputError *err)
{
    if (number >= meta->least && number <= meta->most) return true;
    const char *space = meta->unit[0] ? " " : "", *unit = meta->unit;
    if (meta->type == SETTING_INTEGER)
        return input_error(
            err, SQLSTATE_INVALID_PARAMETER_VALUE,
            "%d%s%s is outside the valid range for parameter \"%s\" (%d%s%s .. %d%s%s)",
            (int)number, space, unit, meta->name, (int)meta->least, space, unit, (int)meta->most,
            space, unit);
    char text[32] = "Infinity";
    if (number < 0) memcpy(text, "-Infinity", sizeof "-Infinity");
    if (!isinf(number)) (void)snprintf(text, sizeof text, "%g", number);
    return input_error(err, SQLSTATE_INVALID_PARAMETER_VALUE,
                       "%s%s%s is outside the valid range for parameter \"%s\" (%g%s%s .. %g%s%s)",
                       text, space, unit, meta->name, meta->least, space, unit, meta->most, space,
                       unit);
}

static bool parse_integer(const SettingMeta *meta, Str text, SettingValue *value, InputError *err)
{
    double number;
    if (!parse_number(meta, text, &number, err)) return false;
    number = rint(number);
    if (number > INT32_MAX || number < INT32_MIN)
        return bad_value(meta, text, "Value exceeds integer range.", err);
    if (!in_range(meta, number, err)) return false;
    value->integer = (int32_t)number;
    return true;
}

static bool parse_real(const SettingMeta *meta, Str text, SettingValue *value, InputError *err)
{
    return parse_number(meta, text, &value->real, err) && in_range(meta, value->real, err);
}

static bool find_enum_value(const SettingMeta *meta, Str text, int32_t *position)
{
    for (int32_t i = 0; meta->values[i]; i++) {
        if (!str_equal_ascii_nocase(text, str_from(meta->values[i]))) continue;
        *position = i;
        return true;
    }
    return false;
}

/* Words that stand for a listed value without being listed. */
static bool find_enum_alias(const SettingMeta *meta, Str text, int32_t *position)
{
    static const char *const aliases[][2] = {{"true", "on"},     {"yes", "on"}, {"1", "on"},
                                             {"false", "off"},   {"no", "off"}, {"0", "off"},
                                             {"debug", "debug2"}};
    for (size_t i = 0; i < ARRAY_LEN(aliases); i++)
        if (str_equal_ascii_nocase(text, str_from(aliases[i][0])))
            return find_enum_value(meta, str_from(aliases[i][1]), position);
    return false;
}

static bool parse_enum(const SettingCheck *check, Str text, SettingValue *value, InputError *err)
{
    const SettingMeta *meta = check->meta;
    if (find_enum_value(meta, text, &value->integer) ||
        find_enum_alias(meta, text, &value->integer))
        return true;
    StrBuilder hint = str_builder(check->arena, 128);
    for (int i = 0; meta->values[i]; i++) {
        str_add_zero_terminated(&hint, i ? ", " : "Available values: ");
        str_add_zero_terminated(&hint, meta->values[i]);
    }
    str_add_char(&hint, '.');
    str_add_char(&hint, 0);
    return bad_value(meta, text, str_done(&hint).data, err);
}

bool setting_parse(const SettingCheck *check, Str text, SettingValue *value, InputError *err)
{
    const SettingMeta *meta = check->meta;
    bool good = true;
    switch ((SettingType)meta->type) {
    case SETTING_BOOL:
        good = str_to_bool(text, &value->boolean) ||
               input_error(err, SQLSTATE_INVALID_PARAMETER_VALUE,
                           "parameter \"%s\" requires a Boolean value", meta->name);
        break;
    case SETTING_INTEGER: good = parse_integer(meta, text, value, err); break;
    case SETTING_REAL: good = parse_real(meta, text, value, err); break;
    case SETTING_STRING: value->string = str_copy(check->arena, text); break;
    case SETTING_ENUM: good = parse_enum(check, text, value, err); break;
    }
    return good && settings__check_rules(check, value, err);
}

/* ---- value to text */

/* In the largest unit of which it is a whole number, else in the smallest. */
static const Unit *best_unit(const Units *units, double number, double *shown)
{
    for (size_t i = 0; i < units->count; i++) {
        double factor = units->units[i].size / units->base;
        *shown = number / factor;
        if (factor >= 1 ? fmod(number, factor) == 0 : fabs(rint(*shown) - *shown) <= 1e-8 * *shown)
            return &units->units[i];
    }
    return &units->units[units->count - 1];
}

static bool is_octal(const SettingMeta *meta)
{
    static const char *const modes[] = {"data_directory_mode", "log_file_mode",
                                        "unix_socket_permissions"};
    return is_among(meta->name, modes, ARRAY_LEN(modes));
}

static Str print_number(Arena *arena, const SettingMeta *meta, SettingValue value, bool with_units)
{
    bool whole = meta->type == SETTING_INTEGER;
    double number = whole ? value.integer : value.real;
    const char *unit = "";
    Units units;
    if (with_units && number > 0 && units_of(meta, &units))
        unit = best_unit(&units, number, &number)->name;
    if (is_octal(meta)) return str_format(arena, "%04o", (unsigned)value.integer);
    if (whole) return str_format(arena, "%lld%s", (long long)number, unit);
    return str_format(arena, "%g%s", number, unit);
}

Str setting_print(Arena *arena, const SettingMeta *meta, SettingValue value, bool units)
{
    switch ((SettingType)meta->type) {
    case SETTING_BOOL: return value.boolean ? STR("on") : STR("off");
    case SETTING_INTEGER:
    case SETTING_REAL: return print_number(arena, meta, value, units);
    case SETTING_STRING: return value.string;
    case SETTING_ENUM: return str_from(meta->values[value.integer]);
    }
    UNREACHABLE();
}

Str setting_show(Arena *arena, const Settings *settings, const SettingMeta *meta)
{
    return setting_print(arena, meta, setting_get(settings, meta), true);
}

/* ---- who may change it */

bool setting_check_context(const SettingMeta *meta, SettingSource source, bool superuser,
                           InputError *err)
{
    const char *problem = NULL;
    bool denied = false;
    switch ((SettingContext)meta->context) {
    case SETTING_CONTEXT_INTERNAL: problem = "cannot be changed"; break;
    case SETTING_CONTEXT_POSTMASTER:
        if (source > SETTING_FROM_COMMAND_LINE)
            problem = "cannot be changed without restarting the server";
        break;
    case SETTING_CONTEXT_SIGHUP:
        if (source > SETTING_FROM_COMMAND_LINE) problem = "cannot be changed now";
        break;
    case SETTING_CONTEXT_SUPERUSER_BACKEND:
        if (source > SETTING_FROM_CLIENT) problem = "cannot be set after connection start";
        denied = source == SETTING_FROM_CLIENT && !superuser;
        break;
    case SETTING_CONTEXT_BACKEND:
        if (source > SETTING_FROM_CLIENT) problem = "cannot be set after connection start";
        break;
    case SETTING_CONTEXT_SUPERUSER:
        denied = source > SETTING_FROM_COMMAND_LINE && !superuser;
        break;
    case SETTING_CONTEXT_USER: break;
    }
    if (problem)
        return input_error(err, SQLSTATE_CANT_CHANGE_RUNTIME_PARAM, "parameter \"%s\" %s",
                           meta->name, problem);
    if (denied)
        return input_error(err, SQLSTATE_INSUFFICIENT_PRIVILEGE,
                           "permission denied to set parameter \"%s\"", meta->name);
    return true;
}

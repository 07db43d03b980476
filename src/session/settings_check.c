/* SPDX-License-Identifier: Apache-2.0 */
/* settings_check.c - rules about values beyond type, range and list, that hold without a session: canonical forms
 * (DateStyle, client_encoding), lists of key words, multiples. Rules that ask the catalog are the session's own. */
#include "session/settings_internal.h"
#include "type/encoding.h"

/* ---- lists */

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* A quoted item from text[at], the opening quote; *end is behind the closing one. */
static bool split_quoted(Arena *arena, Str text, size_t at, Str *item, size_t *end)
{
    StrBuilder out = str_builder(arena, text.bytes - at);
    for (at++; at < text.bytes; at++) {
        if (text.data[at] == '"') {
            if (at + 1 == text.bytes || text.data[at + 1] != '"') break;
            at++;
        }
        str_add_char(&out, text.data[at]);
    }
    *item = str_done(&out);
    *end = at + 1;
    return at < text.bytes;
}

static bool split_plain(Arena *arena, Str text, size_t at, Str *item, size_t *end)
{
    size_t to = at;
    while (to < text.bytes && text.data[to] != ',' && !is_space(text.data[to])) to++;
    *item = str_lower_ascii(arena, str_slice(text, at, to));
    *end = to;
    return to > at;
}

bool setting_split_list(Arena *arena, Str text, Str **items, uint32_t *count)
{
    size_t at = 0;
    *count = 0;
    *items = ARENA_ARRAY(arena, Str, text.bytes / 2 + 1);
    while (at < text.bytes && is_space(text.data[at])) at++;
    if (at == text.bytes) return true;
    for (;;) {
        Str *item = &(*items)[*count];
        while (at < text.bytes && is_space(text.data[at])) at++;
        if (at == text.bytes) return false;
        if (!(text.data[at] == '"' ? split_quoted : split_plain)(arena, text, at, item, &at))
            return false;
        ++*count;
        while (at < text.bytes && is_space(text.data[at])) at++;
        if (at == text.bytes) return true;
        if (text.data[at++] != ',') return false;
    }
}

bool setting_is_list(const SettingMeta *meta, bool *quoted)
{
    *quoted = (meta->flags & SETTING_LIST_QUOTED) != 0;
    return (meta->flags & SETTING_LIST) != 0;
}

static bool bad_text(const SettingCheck *check, Str text, InputError *err)
{
    return input_error(err, SQLSTATE_INVALID_PARAMETER_VALUE,
                       "invalid value for parameter \"%s\": \"%.*s\"", check->meta->name,
                       STR_ARG(text));
}

static bool split_or_refuse(const SettingCheck *check, Str text, Str **items, uint32_t *count,
                            InputError *err)
{
    if (setting_split_list(check->arena, text, items, count)) return true;
    (void)bad_text(check, text, err);
    return input_error_detail(err, "List syntax is invalid.");
}

/* Every item must be one of `words` (apart by spaces); `complaint` is told with the one that is not. */
static bool check_words(const SettingCheck *check, const SettingValue *value, const char *words,
                        const char *complaint, InputError *err)
{
    Str *items;
    uint32_t count;
    if (!split_or_refuse(check, value->string, &items, &count, err)) return false;
    for (uint32_t i = 0; i < count; i++) {
        bool known = false;
        for (Str rest = str_from(words); rest.bytes && !known;) {
            size_t space = rest.bytes;
            (void)str_find_char(rest, ' ', &space);
            known = str_equal_ascii_nocase(items[i], str_slice(rest, 0, space));
            rest = str_slice(rest, space + 1, rest.bytes);
        }
        if (known) continue;
        (void)bad_text(check, value->string, err);
        return input_error_detail(err, "%s \"%.*s\".", complaint, STR_ARG(items[i]));
    }
    return true;
}

static bool check_log_destination(const SettingCheck *check, SettingValue *value, InputError *err)
{
    return check_words(check, value, "stderr csvlog jsonlog syslog", "Unrecognized key word:", err);
}

static bool check_createrole_self_grant(const SettingCheck *check, SettingValue *value,
                                        InputError *err)
{
    return check_words(check, value, "set inherit", "Unrecognized key word:", err);
}

static bool check_restrict_kind(const SettingCheck *check, SettingValue *value, InputError *err)
{
    return check_words(check, value, "view foreign-table", "Unrecognized key word:", err);
}

static bool check_debug_io_direct(const SettingCheck *check, SettingValue *value, InputError *err)
{
    return check_words(check, value, "data wal wal_init", "Invalid option", err);
}

static bool check_search_path(const SettingCheck *check, SettingValue *value, InputError *err)
{
    Str *items;
    uint32_t count;
    return split_or_refuse(check, value->string, &items, &count, err);
}

/* "on", "all", "off" and their kin stand alone. */
static bool check_log_connections(const SettingCheck *check, SettingValue *value, InputError *err)
{
    Str *items;
    uint32_t count;
    bool boolean;
    if (!split_or_refuse(check, value->string, &items, &count, err)) return false;
    if (count == 1 && str_to_bool(items[0], &boolean)) return true;
    for (uint32_t i = 0; i < count; i++) {
        if (!str_to_bool(items[i], &boolean)) continue;
        (void)bad_text(check, value->string, err);
        return input_error_detail(
            err, "Cannot specify log_connections option \"%.*s\" in a list with other options.",
            STR_ARG(items[i]));
    }
    return check_words(check, value, "receipt authentication authorization setup_durations all",
                       "Invalid option", err);
}

/* ---- DateStyle */

typedef struct StyleWord {
    const char *word;
    int style, order; /* -1: says nothing of it */
} StyleWord;

static const char *const style_names[] = {"ISO", "SQL", "Postgres", "German"};
static const char *const order_names[] = {"YMD", "DMY", "MDY"};

/* A word is known by its beginning where PostgreSQL knows it so. */
static bool find_style_word(Str word, int *style, int *order)
{
    static const StyleWord words[] = {
        {"iso", DATE_STYLE_ISO, -1}, {"sql", DATE_STYLE_SQL, -1}, {"german", DATE_STYLE_GERMAN, -1},
        {"ymd", -1, DATE_ORDER_YMD}, {"dmy", -1, DATE_ORDER_DMY}, {"mdy", -1, DATE_ORDER_MDY},
        {"us", -1, DATE_ORDER_MDY},
    };
    static const StyleWord beginnings[] = {
        {"postgres", DATE_STYLE_POSTGRES, -1},
        {"euro", -1, DATE_ORDER_DMY},
        {"noneuro", -1, DATE_ORDER_MDY},
    };
    const StyleWord *found = NULL;
    for (size_t i = 0; i < ARRAY_LEN(words) && !found; i++)
        if (str_equal_ascii_nocase(word, str_from(words[i].word))) found = &words[i];
    for (size_t i = 0; i < ARRAY_LEN(beginnings) && !found; i++) {
        Str begin = str_from(beginnings[i].word);
        if (str_equal_ascii_nocase(str_slice(word, 0, begin.bytes), begin)) found = &beginnings[i];
    }
    if (!found) return false;
    *style = found->style;
    *order = found->order;
    return true;
}

bool setting_parse_date_style(Str text, DateStyle *style, DateOrder *order)
{
    size_t comma;
    int found_style = -1, found_order = -1, nothing;
    if (!str_find_char(text, ',', &comma)) return false;
    Str first = str_slice(text, 0, comma),
        second = str_trim(str_slice(text, comma + 1, text.bytes), " ");
    if (!find_style_word(first, &found_style, &nothing) || found_style < 0) return false;
    if (!find_style_word(second, &nothing, &found_order) || found_order < 0) return false;
    *style = (DateStyle)found_style;
    *order = (DateOrder)found_order;
    return true;
}

static bool check_date_style(const SettingCheck *check, SettingValue *value, InputError *err)
{
    Str *items;
    uint32_t count;
    int style = -1, order = -1;
    bool conflict = false;
    DateStyle now_style = DATE_STYLE_ISO;
    DateOrder now_order = DATE_ORDER_MDY;
    (void)setting_parse_date_style(check->now->datestyle, &now_style, &now_order);
    if (!split_or_refuse(check, value->string, &items, &count, err)) return false;
    for (uint32_t i = 0; i < count; i++) {
        int item_style = -1, item_order = -1;
        if (str_equal_ascii_nocase(items[i], STR("default"))) {
            item_style = style < 0 ? DATE_STYLE_ISO : -1;
            item_order = order < 0 ? DATE_ORDER_MDY : -1;
        } else if (!find_style_word(items[i], &item_style, &item_order)) {
            (void)bad_text(check, value->string, err);
            return input_error_detail(err, "Unrecognized key word: \"%.*s\".", STR_ARG(items[i]));
        }
        conflict = conflict || (item_style >= 0 && style >= 0 && style != item_style) ||
                   (item_order >= 0 && order >= 0 && order != item_order);
        if (item_style >= 0) style = item_style;
        if (item_order >= 0) order = item_order;
    }
    if (conflict) {
        (void)bad_text(check, value->string, err);
        return input_error_detail(err, "Conflicting \"DateStyle\" specifications.");
    }
    if (order < 0 && style == DATE_STYLE_GERMAN) order = DATE_ORDER_DMY;
    value->string = str_format(check->arena, "%s, %s",
                               style_names[style < 0 ? (int)now_style : style],
                               order_names[order < 0 ? (int)now_order : order]);
    return true;
}

/* ---- client_encoding */

/* The text of a database is UTF-8, which has to be converted. */
static bool check_client_encoding(const SettingCheck *check, SettingValue *value, InputError *err)
{
    int32_t number;
    if (!encoding_find(value->string, &number)) return bad_text(check, value->string, err);
    if (!encoding_is_convertible(number)) {
        (void)input_error(err, SQLSTATE_FEATURE_NOT_SUPPORTED,
                          "invalid value for parameter \"%s\": \"%.*s\"", check->meta->name,
                          STR_ARG(value->string));
        return input_error_detail(err, "Conversion between %s and UTF8 is not supported.",
                                  encoding_name(number));
    }
    value->string = str_from(encoding_name(number));
    return true;
}

/* ---- single numbers and texts */

static bool bad_number(const SettingCheck *check, const SettingValue *value, InputError *err)
{
    return input_error(err, SQLSTATE_INVALID_PARAMETER_VALUE,
                       "invalid value for parameter \"%s\": %d", check->meta->name, value->integer);
}

static bool check_multiple_of_16(const SettingCheck *check, SettingValue *value, InputError *err)
{
    if (value->integer % 16 == 0) return true;
    (void)bad_number(check, value, err);
    return input_error_detail(err, "\"%s\" must be a multiple of 16.", check->meta->name);
}

static bool check_vacuum_buffers(const SettingCheck *check, SettingValue *value, InputError *err)
{
    if (value->integer == 0 || value->integer >= 128) return true;
    (void)bad_number(check, value, err);
    return input_error_detail(err, "\"%s\" must be 0 or between 128 kB and 16777216 kB.",
                              check->meta->name);
}

static bool check_io_max_concurrency(const SettingCheck *check, SettingValue *value,
                                     InputError *err)
{
    if (value->integer != 0) return true;
    (void)bad_number(check, value, err);
    return input_error_detail(err, "Only -1 or values bigger than 0 are valid.");
}

/* A task's stack is made as deep as this says; past some size a machine has no room for many. */
static bool check_max_stack_depth(const SettingCheck *check, SettingValue *value, InputError *err)
{
    if (value->integer <= SETTING_STACK_KILOBYTES_MAX) return true;
    (void)bad_number(check, value, err);
    (void)input_error_detail(err, "\"max_stack_depth\" must not exceed %dkB.",
                             SETTING_STACK_KILOBYTES_MAX);
    return input_error_hint(err, "Increase the platform's stack depth limit via \"ulimit -s\" or "
                                 "local equivalent.");
}

static bool check_default_with_oids(const SettingCheck *check, SettingValue *value, InputError *err)
{
    (void)check;
    return !value->boolean || input_error(err, SQLSTATE_FEATURE_NOT_SUPPORTED,
                                          "tables declared WITH OIDS are not supported");
}

static bool check_bonjour(const SettingCheck *check, SettingValue *value, InputError *err)
{
    (void)check;
    return !value->boolean || input_error(err, SQLSTATE_INVALID_PARAMETER_VALUE,
                                          "Bonjour is not supported by this build");
}

static bool check_recovery_target(const SettingCheck *check, SettingValue *value, InputError *err)
{
    if (value->string.bytes == 0 || str_equal(value->string, STR("immediate"))) return true;
    (void)bad_text(check, value->string, err);
    return input_error_detail(err, "The only allowed value is \"immediate\".");
}

/* Names shown in logs and process titles are printable ASCII; other bytes become \xNN. */
static bool clean_ascii(const SettingCheck *check, SettingValue *value, InputError *err)
{
    (void)err;
    StrBuilder out = str_builder(check->arena, value->string.bytes + 1);
    for (size_t i = 0; i < value->string.bytes; i++) {
        uint8_t c = (uint8_t)value->string.data[i];
        if (c >= 32 && c <= 126)
            str_add_char(&out, (char)c);
        else
            str_add_format(&out, "\\x%02x", c);
    }
    value->string = str_done(&out);
    return true;
}

static const SettingRule rules[] = {
    {"application_name", clean_ascii},
    {"bonjour", check_bonjour},
    {"client_encoding", check_client_encoding},
    {"cluster_name", clean_ascii},
    {"commit_timestamp_buffers", check_multiple_of_16},
    {"createrole_self_grant", check_createrole_self_grant},
    {"DateStyle", check_date_style},
    {"debug_io_direct", check_debug_io_direct},
    {"default_with_oids", check_default_with_oids},
    {"io_max_concurrency", check_io_max_concurrency},
    {"log_connections", check_log_connections},
    {"log_destination", check_log_destination},
    {"max_stack_depth", check_max_stack_depth},
    {"multixact_member_buffers", check_multiple_of_16},
    {"multixact_offset_buffers", check_multiple_of_16},
    {"notify_buffers", check_multiple_of_16},
    {"recovery_target", check_recovery_target},
    {"restrict_nonsystem_relation_kind", check_restrict_kind},
    {"search_path", check_search_path},
    {"serializable_buffers", check_multiple_of_16},
    {"subtransaction_buffers", check_multiple_of_16},
    {"transaction_buffers", check_multiple_of_16},
    {"vacuum_buffer_usage_limit", check_vacuum_buffers},
};

bool settings__apply_rules(const SettingRule *list, uint32_t count, const SettingCheck *check,
                           SettingValue *value, InputError *err)
{
    for (uint32_t i = 0; i < count; i++)
        if (strcmp(list[i].name, check->meta->name) == 0 && !list[i].check(check, value, err))
            return false;
    return true;
}

bool settings__check_rules(const SettingCheck *check, SettingValue *value, InputError *err)
{
    return settings__apply_rules(rules, ARRAY_LEN(rules), check, value, err);
}

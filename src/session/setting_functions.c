/* SPDX-License-Identifier: Apache-2.0 */
/* setting_functions.c - settings by functions: current_setting, set_config, and what pg_settings shows. */
#include "session/session_internal.h"

#include "base/builtins.h"
#include "base/oids.h"
#include "catalog/datums.h"
#include "type/array.h"

static Session *session_of(Fn *fn)
{
    return cat_view_owner(fn_view(fn));
}

bool session__sees_secrets(Session *session)
{
    enum { ROLE_READ_ALL_SETTINGS = 3374 };
    return cat_role_is_member(session->view, session->env.role, ROLE_READ_ALL_SETTINGS);
}

bool session__show(Session *session, Arena *arena, Str name, Str *text)
{
    const int setting = setting_find(name);
    if (setting >= 0 && setting_is_secret(&setting_metas[setting]) &&
        !session__sees_secrets(session)) {
        Error *error = error_begin(SQLSTATE_INSUFFICIENT_PRIVILEGE);
        error_message(error, "permission denied to examine \"%s\"", setting_metas[setting].name);
        error_detail(error,
                     "Only roles with privileges of the \"%s\" role may examine this parameter.",
                     "pg_read_all_settings");
        error_raise(error);
    }
    return settings_stack_show(session->settings, arena, name, text);
}

static _Noreturn void raise_unknown(Str name)
{
    raise_error(SQLSTATE_UNDEFINED_OBJECT, "unrecognized configuration parameter \"%.*s\"",
                STR_ARG(name));
}

static Str current_setting(Fn *fn, Str name)
{
    Str text;
    if (!session__show(session_of(fn), fn->arena, name, &text)) raise_unknown(name);
    return text;
}
SQL_FUNCTION(2077, "current_setting", text, (text), STABLE | STRICT, current_setting,
             "value of a setting")

static Str current_setting_or_null(Fn *fn, Str name, bool missing_ok)
{
    Str text;
    if (session__show(session_of(fn), fn->arena, name, &text)) return text;
    if (!missing_ok) raise_unknown(name);
    return FN_NULL(fn, (Str){0});
}
SQL_FUNCTION(3294, "current_setting", text, (text, bool), STABLE | STRICT | NULLABLE,
             current_setting_or_null, "value of a setting, or NULL where there is none")

static Datum set_config(Fn *fn, const Datum *args)
{
    Session *session = session_of(fn);
    if (args[0].null) raise_error(SQLSTATE_NULL_VALUE_NOT_ALLOWED, "SET requires parameter name");
    const Str name = strview_str(&args[0].value.str);
    const bool local = !args[2].null && args[2].value.b;
    const SettingChange change = {.source = SETTING_FROM_SESSION,
                                  .action = local ? SETTING_LOCAL : SETTING_SET,
                                  .superuser = session__is_superuser(session)};
    if (args[1].null)
        settings_stack_reset(session->settings, name, change);
    else
        session__set(session, fn->arena, name, strview_str(&args[1].value.str), change);
    session__env_settings(session);
    Str text;
    if (!settings_stack_show(session->settings, fn->arena, name, &text)) raise_unknown(name);
    return datum_str(text);
}
SQL_FUNCTION_DATUM(2078, "set_config", text, (text, text, bool), VOLATILE | PARALLEL_UNSAFE,
                   set_config, "sets a setting, and gives its new value")

/* ---- pg_settings */

/* Columns of pg_show_all_settings, from 0. */
enum {
    COLUMN_NAME,
    COLUMN_SETTING,
    COLUMN_UNIT,
    COLUMN_CATEGORY,
    COLUMN_SHORT,
    COLUMN_EXTRA,
    COLUMN_CONTEXT,
    COLUMN_TYPE,
    COLUMN_SOURCE,
    COLUMN_LEAST,
    COLUMN_MOST,
    COLUMN_VALUES,
    COLUMN_BOOT,
    COLUMN_RESET,
    COLUMN_FILE,
    COLUMN_LINE,
    COLUMN_RESTART,
};

typedef struct SettingSet {
    uint32_t at, custom_count;
    const CustomSetting *customs;
    bool secrets;
} SettingSet;

static Datum text_datum(const char *text)
{
    return datum_str(str_from(text));
}

static void fill_range(Fn *fn, const SettingMeta *meta, Datum *columns)
{
    if (meta->type == SETTING_INTEGER) {
        columns[COLUMN_LEAST] = datum_str(str_format(fn->arena, "%.0f", meta->least));
        columns[COLUMN_MOST] = datum_str(str_format(fn->arena, "%.0f", meta->most));
    } else if (meta->type == SETTING_REAL) {
        columns[COLUMN_LEAST] = datum_str(str_format(fn->arena, "%g", meta->least));
        columns[COLUMN_MOST] = datum_str(str_format(fn->arena, "%g", meta->most));
    }
    if (meta->type != SETTING_ENUM) return;
    uint32_t count = 0;
    while (meta->values[count]) count++;
    Datum *values = ARENA_ARRAY(fn->arena, Datum, count + 1);
    for (uint32_t i = 0; i < count; i++) values[i] = text_datum(meta->values[i]);
    columns[COLUMN_VALUES] = datum_str(
        array_build(fn->arena, builtin_type(OID_TEXT)->type, values, count));
}

static void fill_setting(Fn *fn, Session *session, uint32_t i, bool secrets, Datum *columns)
{
    static const char *const types[] = {[SETTING_BOOL] = "bool",
                                        [SETTING_INTEGER] = "integer",
                                        [SETTING_REAL] = "real",
                                        [SETTING_STRING] = "string",
                                        [SETTING_ENUM] = "enum"};
    static const char *const contexts[] = {
        [SETTING_CONTEXT_INTERNAL] = "internal",
        [SETTING_CONTEXT_POSTMASTER] = "postmaster",
        [SETTING_CONTEXT_SIGHUP] = "sighup",
        [SETTING_CONTEXT_SUPERUSER_BACKEND] = "superuser-backend",
        [SETTING_CONTEXT_BACKEND] = "backend",
        [SETTING_CONTEXT_SUPERUSER] = "superuser",
        [SETTING_CONTEXT_USER] = "user"};
    const SettingMeta *meta = &setting_metas[i];
    const Settings *now = session_settings(session);
    columns[COLUMN_NAME] = text_datum(meta->name);
    columns[COLUMN_SETTING] = datum_str(
        setting_print(fn->arena, meta, setting_get(now, meta), false));
    if (meta->unit[0]) columns[COLUMN_UNIT] = text_datum(meta->unit);
    columns[COLUMN_CATEGORY] = text_datum(meta->category);
    columns[COLUMN_SHORT] = text_datum(meta->text);
    columns[COLUMN_CONTEXT] = text_datum(contexts[meta->context]);
    columns[COLUMN_TYPE] = text_datum(types[meta->type]);
    columns[COLUMN_SOURCE] = text_datum(
        setting_source_text(settings_stack_source(session->settings, (int)i)));
    fill_range(fn, meta, columns);
    columns[COLUMN_BOOT] = text_datum(meta->boot);
    columns[COLUMN_RESET] = datum_str(
        setting_print(fn->arena, meta, settings_stack_reset_value(session->settings, (int)i),
                      false));
    columns[COLUMN_RESTART] = datum_bool(false);
    int line;
    const Str file = settings_stack_place(session->settings, (int)i, &line);
    if (!file.bytes || !secrets) return;
    columns[COLUMN_FILE] = datum_str(file);
    columns[COLUMN_LINE] = datum_i32(line);
}

static void fill_custom(const CustomSetting *custom, Datum *columns)
{
    columns[COLUMN_NAME] = datum_str(custom->name);
    columns[COLUMN_SETTING] = columns[COLUMN_RESET] = datum_str(custom->value);
    columns[COLUMN_CATEGORY] = text_datum("Customized Options");
    columns[COLUMN_CONTEXT] = text_datum("user");
    columns[COLUMN_TYPE] = text_datum("string");
    columns[COLUMN_SOURCE] = text_datum(setting_source_text(custom->source));
    columns[COLUMN_RESTART] = datum_bool(false);
}

static bool show_all_settings(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    Session *session = session_of(fn);
    SettingSet *s = set->state;
    (void)args;
    if (!s) {
        s = set->state = ARENA_NEW(set->arena, SettingSet);
        s->customs = settings_stack_customs(session->settings, set->arena, &s->custom_count);
        s->secrets = session__sees_secrets(session);
    }
    while (s->at < SETTING_COUNT) {
        const uint32_t i = s->at++;
        const SettingMeta *meta = &setting_metas[i];
        if (meta->flags & SETTING_HIDDEN || (setting_is_secret(meta) && !s->secrets)) continue;
        fill_setting(fn, session, i, s->secrets, columns);
        return true;
    }
    if (s->at == SETTING_COUNT + s->custom_count) return false;
    fill_custom(&s->customs[s->at++ - SETTING_COUNT], columns);
    return true;
}
SQL_FUNCTION_SET(2084, "pg_show_all_settings", record, (), STABLE | STRICT, show_all_settings,
                 "every setting with all that is known of it")
SQL_FACTS(2084,
          .arguments =
              "OUT name text, OUT setting text, OUT unit text, OUT category text, "
              "OUT short_desc text, OUT extra_desc text, OUT context text, OUT vartype text, "
              "OUT source text, OUT min_val text, OUT max_val text, OUT enumvals _text, "
              "OUT boot_val text, OUT reset_val text, OUT sourcefile text, OUT sourceline int4, "
              "OUT pending_restart bool")

static Str setting_flags(Fn *fn, Str name)
{
    static const struct {
        uint32_t flag;
        const char *text;
    } flags[] = {
        {SETTING_EXPLAIN, "EXPLAIN"},
        {SETTING_HIDDEN, "NO_SHOW_ALL"},
        {SETTING_NO_RESET, "NO_RESET"},
        {SETTING_NO_RESET_ALL, "NO_RESET_ALL"},
        {SETTING_NOT_IN_SAMPLE, "NOT_IN_SAMPLE"},
        {SETTING_RUNTIME_COMPUTED, "RUNTIME_COMPUTED"},
    };
    const int setting = setting_find(name);
    if (setting < 0) return FN_NULL(fn, (Str){0});
    Datum names[ARRAY_LEN(flags)];
    uint32_t count = 0;
    for (size_t i = 0; i < ARRAY_LEN(flags); i++)
        if (setting_metas[setting].flags & flags[i].flag)
            names[count++] = text_datum(flags[i].text);
    return array_build(fn->arena, builtin_type(OID_TEXT)->type, names, count);
}
SQL_FUNCTION(6240, "pg_settings_get_flags", _text, (text), STABLE | STRICT | NULLABLE,
             setting_flags, "what is special about a setting")

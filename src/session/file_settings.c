/* SPDX-License-Identifier: Apache-2.0 */
/* file_settings.c - pg_file_settings: what stands in the configuration files now, line by line, and whether a reload
 * would take it. */
#include "session/session_internal.h"

#include "base/settings_meta.h"
#include "catalog/datums.h"
#include "os/process.h"
#include "session/settings_file.h"

enum { FILE_NAME, FILE_LINE, FILE_SEQUENCE, FILE_SETTING, FILE_VALUE, FILE_APPLIED, FILE_ERROR };

typedef struct FileSettings {
    SettingsFile file;
    uint32_t at;
    bool wrong; /* something is: nothing would be taken */
} FileSettings;

static bool is_overridden(const FileSettings *f, uint32_t at)
{
    for (uint32_t i = at + 1; i < f->file.count; i++)
        if (str_equal_ascii_nocase(f->file.assignments[i].name, f->file.assignments[at].name))
            return true;
    return false;
}

static bool is_known(Str name)
{
    size_t dot;
    return setting_find(name) >= 0 || str_find_char(name, '.', &dot);
}

/* Could it be applied while the server runs? What it was started with may be said again. */
static bool is_good(Session *session, Arena *arena, const SettingAssignment *assignment)
{
    const int setting = setting_find(assignment->name);
    if (setting < 0) return true; /* of the form a.b */
    const SettingMeta *meta = &setting_metas[setting];
    const Settings *now = session_settings(session);
    const SettingCheck check = {.meta = meta, .now = now, .arena = arena};
    InputError error = {.arena = arena};
    SettingValue value;
    if (!setting_parse(&check, assignment->value, &value, &error)) return false;
    return meta->context != SETTING_CONTEXT_POSTMASTER ||
           str_equal(setting_print(arena, meta, value, false),
                     setting_print(arena, meta, setting_get(now, meta), false));
}

static FileSettings *read_files(Session *session, Arena *arena)
{
    FileSettings *f = ARENA_NEW(arena, FileSettings);
    const Settings *now = session_settings(session);
    f->file.arena = arena;
    (void)settings_file_read(&f->file,
                             setting_show(arena, now,
                                          &setting_metas[setting_find(STR("config_file"))]),
                             false);
    const Str folder = setting_show(arena, now,
                                    &setting_metas[setting_find(STR("data_directory"))]);
    (void)settings_file_read(&f->file,
                             str_format(arena, "%.*s/postgresql.auto.conf", STR_ARG(folder)), true);
    f->wrong = f->file.error_count > 0;
    for (uint32_t i = 0; i < f->file.count; i++) f->wrong |= !is_known(f->file.assignments[i].name);
    return f;
}

static void fill_assignment(Fn *fn, const FileSettings *f, uint32_t at, Datum *columns)
{
    const SettingAssignment *assignment = &f->file.assignments[at];
    const bool last = !is_overridden(f, at);
    const char *error = NULL;
    if (!is_known(assignment->name))
        error = "unrecognized configuration parameter";
    else if (!f->wrong && last && !is_good(cat_view_owner(fn_view(fn)), fn->arena, assignment))
        error = "setting could not be applied";
    columns[FILE_NAME] = datum_str(assignment->file);
    columns[FILE_LINE] = datum_i32(assignment->line);
    columns[FILE_SETTING] = datum_str(assignment->name);
    columns[FILE_VALUE] = datum_str(assignment->value);
    columns[FILE_APPLIED] = datum_bool(!f->wrong && last && error == NULL);
    if (error != NULL) columns[FILE_ERROR] = datum_str(str_from(error));
}

static bool list_file_settings(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    FileSettings *f = set->state;
    (void)args;
    if (f == NULL) {
        cat_fn_check_execute(fn);
        f = set->state = read_files(cat_view_owner(fn_view(fn)), set->arena);
    }
    const uint32_t at = f->at;
    if (at == f->file.count + f->file.error_count) return false;
    f->at++;
    if (at < f->file.count) {
        fill_assignment(fn, f, at, columns);
    } else {
        const SettingsFileError *error = &f->file.errors[at - f->file.count];
        columns[FILE_NAME] = datum_str(error->file);
        columns[FILE_LINE] = datum_i32(error->line);
        columns[FILE_APPLIED] = datum_bool(false);
        columns[FILE_ERROR] = datum_str(error->message);
    }
    columns[FILE_SEQUENCE] = datum_i32((int32_t)f->at);
    return true;
}
SQL_FUNCTION_SET(3329, "pg_show_all_file_settings", record, (), VOLATILE | STRICT,
                 list_file_settings, "what the configuration files say, and whether it holds")
SQL_FACTS(3329, .rows = 1000,
          .arguments = "OUT sourcefile text, OUT sourceline int4, OUT seqno int4, OUT name text, "
                       "OUT setting text, OUT applied bool, OUT error text")

/* ---- pg_config: where the program stands; what it was built with is not kept */

static bool list_config(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    static const char *const names[] = {
        "BINDIR",  "DOCDIR",     "HTMLDIR",    "INCLUDEDIR", "PKGINCLUDEDIR", "INCLUDEDIR-SERVER",
        "LIBDIR",  "PKGLIBDIR",  "LOCALEDIR",  "MANDIR",     "SHAREDIR",      "SYSCONFDIR",
        "PGXS",    "CONFIGURE",  "CC",         "CPPFLAGS",   "CFLAGS",        "CFLAGS_SL",
        "LDFLAGS", "LDFLAGS_EX", "LDFLAGS_SL", "LIBS",       "VERSION"};
    uint32_t *at = set->state;
    Str value = STR("not recorded"), program;
    (void)args;
    if (at == NULL) {
        cat_fn_check_execute(fn);
        at = set->state = ARENA_NEW(set->arena, uint32_t);
    }
    if (*at == ARRAY_LEN(names)) return false;
    const Str name = str_from(names[(*at)++]);
    if (str_equal(name, STR("BINDIR")) && os_executable_path(fn->arena, &program) == OK) {
        size_t end = program.bytes;
        while (end > 1 && program.data[end - 1] != '/') end--;
        value = str_slice(program, 0, end > 1 ? end - 1 : end);
    } else if (str_equal(name, STR("VERSION"))) {
        const Settings *now = session_settings(cat_view_owner(fn_view(fn)));
        const SettingMeta *version = &setting_metas[setting_find(STR("server_version"))];
        value = str_format(fn->arena, "PostgreSQL %.*s (Tusk)",
                           STR_ARG(setting_show(fn->arena, now, version)));
    }
    columns[0] = datum_str(name);
    columns[1] = datum_str(value);
    return true;
}
SQL_FUNCTION_SET(3400, "pg_config", record, (), STABLE | STRICT | PARALLEL_RESTRICTED, list_config,
                 "how the server was built and where it stands")
SQL_FACTS(3400, .rows = 23, .arguments = "OUT name text, OUT setting text")

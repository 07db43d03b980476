/* SPDX-License-Identifier: Apache-2.0 */
/* config.c - what a server runs with: postgresql.conf, postgresql.auto.conf over it, the command line over both. At the
 * start anything wrong is fatal; at a reload the old settings stay. */
#include "cli/cli.h"

#include "base/scope.h"
#include "session/settings_file.h"

typedef struct Reading {
    Arena *arena;
    const Config *config;
    ConfigComplaint complain;
    void *arg;
    bool reload, wrong;
    SettingAssignment *all;
    uint32_t count;
} Reading;

static void complain(Reading *r, Str text)
{
    r->wrong = true;
    r->complain(r->arg, SEVERITY_LOG, text);
}

static void complain_of_value(void *arg, const SettingAssignment *assignment, const InputError *err)
{
    Reading *r = arg;
    /* what waits for a restart is told of and makes nothing wrong */
    bool later = r->reload && err->code == SQLSTATE_CANT_CHANGE_RUNTIME_PARAM;
    Str text = err->message;
    if (assignment->file.bytes && err->code == SQLSTATE_UNDEFINED_OBJECT)
        text = str_format(r->arena, "%.*s in file \"%.*s\" line %d", STR_ARG(err->message),
                          STR_ARG(assignment->file), assignment->line);
    if (later)
        r->complain(r->arg, SEVERITY_LOG, text);
    else
        complain(r, text);
}

static void add(Reading *r, SettingAssignment assignment)
{
    r->all = arena_grow(r->arena, r->all, r->count * sizeof *r->all,
                        (r->count + 1) * sizeof *r->all);
    r->all[r->count++] = assignment;
}

static void read_file(Reading *r, Str path, bool optional)
{
    SettingsFile file = {.arena = r->arena};
    (void)settings_file_read(&file, path, optional);
    for (uint32_t i = 0; i < file.error_count; i++) {
        const SettingsFileError *e = &file.errors[i];
        complain(r, e->line ? str_format(r->arena, "%.*s in file \"%.*s\" line %d",
                                         STR_ARG(e->message), STR_ARG(e->file), e->line)
                            : e->message);
    }
    for (uint32_t i = 0; i < file.count; i++) add(r, file.assignments[i]);
}

static Str beside(Reading *r, const char *name)
{
    return str_format(r->arena, "%.*s/%s", STR_ARG(r->config->folder), name);
}

static Str named_on_command_line(const Reading *r, const char *name, Str fallback)
{
    Str value = fallback;
    for (uint32_t i = 0; i < r->config->command_line_count; i++)
        if (str_equal_ascii_nocase(r->config->command_line[i].name, str_from(name)))
            value = r->config->command_line[i].value;
    return value;
}

static bool is_named(const Reading *r, const char *name)
{
    for (uint32_t i = 0; i < r->count; i++)
        if (str_equal_ascii_nocase(r->all[i].name, str_from(name))) return true;
    return false;
}

/* Where the files are, when nobody says otherwise. */
static void add_places(Reading *r, Str config_file)
{
    add(r, (SettingAssignment){STR("config_file"), config_file, SETTING_FROM_COMMAND_LINE, {0}, 0});
    add(r, (SettingAssignment){
               STR("data_directory"), r->config->folder, SETTING_FROM_COMMAND_LINE, {0}, 0});
    if (!is_named(r, "hba_file"))
        add(r, (SettingAssignment){
                   STR("hba_file"), beside(r, "pg_hba.conf"), SETTING_FROM_COMMAND_LINE, {0}, 0});
    if (!is_named(r, "ident_file"))
        add(r,
            (SettingAssignment){
                STR("ident_file"), beside(r, "pg_ident.conf"), SETTING_FROM_COMMAND_LINE, {0}, 0});
}

ServerSettings *config_read(Account *account, const Config *config, const ServerSettings *former,
                            ConfigComplaint complain_, void *arg)
{
    SCOPED(scope);
    Reading r = {.arena = scope_arena(scope, account, "configuration"),
                 .config = config,
                 .complain = complain_,
                 .arg = arg,
                 .reload = former != NULL};
    Str config_file = named_on_command_line(&r, "config_file", beside(&r, "postgresql.conf"));
    read_file(&r, config_file, false);
    read_file(&r, beside(&r, "postgresql.auto.conf"), true);
    for (uint32_t i = 0; i < config->command_line_count; i++) add(&r, config->command_line[i]);
    add_places(&r, config_file);
    ServerSettings *settings = server_settings_new(account, r.all, r.count, former,
                                                   complain_of_value, &r);
    if (!r.wrong) return settings;
    server_settings_release(settings);
    complain_(
        arg, former ? SEVERITY_LOG : SEVERITY_FATAL,
        str_format(r.arena,
                   former ? "configuration file \"%.*s\" contains errors; no changes were applied"
                          : "configuration file \"%.*s\" contains errors",
                   STR_ARG(config_file)));
    return NULL;
}

/* ---- pg_hba.conf */

typedef struct AccessReading {
    Arena *arena;
    ConfigComplaint complain;
    void *arg;
} AccessReading;

static void complain_of_line(void *arg, const char *file, int line, Str message)
{
    AccessReading *r = arg;
    r->complain(r->arg, SEVERITY_LOG,
                str_format(r->arena, "%.*s (line %d of configuration file \"%s\")",
                           STR_ARG(message), line, file));
}

Access *config_read_access(Account *account, const ServerSettings *settings,
                           ConfigComplaint complain_, void *arg)
{
    SCOPED(scope);
    const Settings *values = server_settings_values(settings);
    AccessReading r = {scope_arena(scope, account, "access files"), complain_, arg};
    Access *access = access_read(account, str_copy_zero(r.arena, values->hba_file),
                                 str_copy_zero(r.arena, values->ident_file), complain_of_line, &r);
    if (!access)
        complain_(arg, SEVERITY_LOG,
                  str_format(r.arena, "could not load \"%.*s\"", STR_ARG(values->hba_file)));
    return access;
}

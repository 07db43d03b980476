/* SPDX-License-Identifier: Apache-2.0 */
/* samples.c - the configuration files of a new cluster. postgresql.conf is made of the table of settings itself: every
 * one under its category, commented out with its boot value, so that the file cannot fall behind the server. */
#include "cli/cli.h"

#include "session/settings_file.h"

/* A line may hold the value as it stands, or needs quotes. */
static Str written_value(Arena *arena, const SettingMeta *meta, SettingValue value)
{
    Str text = setting_print(arena, meta, value, true);
    bool plain = meta->type != SETTING_STRING && text.bytes > 0;
    for (size_t i = 0; i < text.bytes; i++) plain = plain && text.data[i] != ' ';
    return plain ? text : settings_file_quote(arena, text);
}

static const SettingAssignment *find_change(const SettingAssignment *changes, uint32_t count,
                                            const char *name)
{
    const SettingAssignment *found = NULL;
    for (uint32_t i = 0; i < count; i++)
        if (str_equal_ascii_nocase(changes[i].name, str_from(name))) found = &changes[i];
    return found;
}

static void add_setting(StrBuilder *out, const SettingMeta *meta, const SettingAssignment *change)
{
    Str value = change ? settings_file_quote(out->arena, change->value)
                       : written_value(out->arena, meta, setting_get(&settings_boot, meta));
    str_add_format(out, "%s%s = %.*s\t# %s%s\n", change ? "" : "#", meta->name, STR_ARG(value),
                   meta->text,
                   meta->context == SETTING_CONTEXT_POSTMASTER ? " (change requires restart)" : "");
}

static bool is_first_of_category(int setting)
{
    for (int i = 0; i < setting; i++)
        if (strcmp(setting_metas[i].category, setting_metas[setting].category) == 0 &&
            !(setting_metas[i].flags & SETTING_NOT_IN_SAMPLE))
            return false;
    return true;
}

Str sample_postgresql_conf(Arena *arena, const SettingAssignment *changes, uint32_t count)
{
    StrBuilder out = str_builder(arena, 32768);
    str_add_zero_terminated(
        &out,
        "# Configuration of a Tusk server, with PostgreSQL's settings.\n#\n"
        "# Lines are \"name = value\"; what stands behind # is a comment. A line that is commented out shows the\n"
        "# default. The server reads the file at its start and when it is told to reload (tusk ctl reload);\n"
        "# ALTER SYSTEM writes to postgresql.auto.conf, which comes after this file.\n");
    for (int first = 0; first < SETTING_COUNT; first++) {
        const char *category = setting_metas[first].category;
        if (setting_metas[first].flags & SETTING_NOT_IN_SAMPLE || !is_first_of_category(first))
            continue;
        str_add_format(&out, "\n# ---- %s ----\n\n", category);
        for (int i = first; i < SETTING_COUNT; i++) {
            const SettingMeta *meta = &setting_metas[i];
            bool hidden = (meta->flags & (SETTING_NOT_IN_SAMPLE | SETTING_HIDDEN)) != 0;
            if (!hidden && strcmp(meta->category, category) == 0)
                add_setting(&out, meta, find_change(changes, count, meta->name));
        }
    }
    return str_done(&out);
}

Str sample_hba_conf(Arena *arena, const char *local, const char *host)
{
    return str_format(
        arena,
        "# Who may connect, and how he proves who he is. The first line that fits a connection decides.\n#\n"
        "# local    databases  users  method  [options]             Unix sockets\n"
        "# host     databases  users  address method  [options]     TCP, encrypted or not\n"
        "# hostssl, hostnossl                                        TCP, encrypted only, or not encrypted only\n#\n"
        "# databases: all, sameuser, samerole, replication, names, @file\n"
        "# users:     all, names, +role (its members), @file\n"
        "# address:   address/bits, address mask, all\n"
        "# method:    trust, reject, scram-sha-256, md5, password, peer, cert\n\n"
        "# TYPE  DATABASE        USER            ADDRESS                 METHOD\n\n"
        "local   all             all                                     %s\n"
        "host    all             all             127.0.0.1/32            %s\n"
        "host    all             all             ::1/128                 %s\n"
        "local   replication     all                                     %s\n"
        "host    replication     all             127.0.0.1/32            %s\n"
        "host    replication     all             ::1/128                 %s\n",
        local, host, host, local, host, host);
}

Str sample_ident_conf(void)
{
    return STR(
        "# Which names of the system, or of certificates, may be which roles, for lines of pg_hba.conf with map=.\n"
        "#\n# MAPNAME       SYSTEM-USERNAME         DATABASE-USERNAME\n");
}

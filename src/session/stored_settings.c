/* SPDX-License-Identifier: Apache-2.0 */
/* stored_settings.c - settings kept in the catalog for roles and databases (pg_db_role_setting): taken over when a
 * session begins, and what ALTER ROLE and ALTER DATABASE ask of the settings engine before they keep one. */
#include "session/session_internal.h"

#include "base/log.h"
#include "catalog/datums.h"
#include "type/array.h"

static SettingChange stored_change(Session *session, SettingSource source)
{
    return (SettingChange){.source = source, .superuser = session__is_superuser(session)};
}

Str session_setting_check(Session *session, Arena *arena, Str name, const Str *text)
{
    SettingChange change = stored_change(session, SETTING_FROM_DATABASE);
    return settings_stack_check(session->settings, arena, name, text, change);
}

Str session_setting_current(Session *session, Arena *arena, Str name)
{
    Str text;
    if (!settings_stack_show(session->settings, arena, name, &text))
        raise_error(SQLSTATE_UNDEFINED_OBJECT, "unrecognized configuration parameter \"%.*s\"",
                    STR_ARG(name));
    return text;
}

bool session_setting_may_reset(Session *session, Str name)
{
    int setting = setting_find(name);
    InputError ignored = {.failed = true};
    return setting < 0 || setting_check_context(&setting_metas[setting], SETTING_FROM_DATABASE,
                                                session__is_superuser(session), &ignored);
}

/* ---- at the beginning of a session ---- */

typedef struct OneSetting {
    Session *session;
    Str name, value;
    SettingSource source;
} OneSetting;

static void apply_one(void *arg)
{
    const OneSetting *one = arg;
    /* They were checked when they were kept, by whoever might set them. */
    SettingChange change = {.source = one->source, .superuser = true};
    settings_stack_set(one->session->settings, one->name, one->value, change);
}

static void apply_row(Session *session, const Datum *items, SettingSource source)
{
    ArrayView view;
    if (items->null || !array_view(strview_str(&items->value.str), &view)) return;
    for (uint32_t i = 0; i < view.count; i++) {
        Bytes bytes = array_element(&view, i);
        Str item = {(const char *)bytes.data, bytes.bytes};
        size_t at;
        if (!str_find_char(item, '=', &at)) continue;
        OneSetting one = {.session = session,
                          .name = str_slice(item, 0, at),
                          .value = str_slice(item, at + 1, item.bytes),
                          .source = source};
        /* What this server does not take keeps nobody out. */
        if (!error_catch(apply_one, &one, NULL, NULL)) log_error(error_current());
    }
}

void session__stored_settings(Session *session, Oid database, Oid role)
{
    const struct {
        Oid database, role;
        SettingSource source;
    } rows[] = {{database, role, SETTING_FROM_DATABASE_USER},
                {0, role, SETTING_FROM_USER},
                {database, 0, SETTING_FROM_DATABASE},
                {0, 0, SETTING_FROM_GLOBAL}};
    for (uint32_t i = 0; i < ARRAY_LEN(rows); i++) {
        Datum keys[2] = {datum_oid(rows[i].database), datum_oid(rows[i].role)};
        CatScan *scan = cat_scan_open(session->view, PG_DB_ROLE_SETTING,
                                      PG_DB_ROLE_SETTING_DATABASEID_ROL_INDEX, keys, 2);
        CatRow row;
        if (cat_scan_next(scan, &row))
            apply_row(session, &row.values[PG_DB_ROLE_SETTING_SETCONFIG], rows[i].source);
        cat_scan_close(scan);
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
/* setting.c - ALTER ROLE ... SET, ALTER DATABASE ... SET: values kept in pg_db_role_setting, which a session takes over
 * when it begins; and those that a function brings along. */
#include "ddl/ddl_internal.h"

#include "type/array.h"

/* "name=value" of that name, in any letter case. */
static bool is_of(Str item, Str name)
{
    return item.bytes > name.bytes && item.data[name.bytes] == '=' &&
           str_equal_ascii_nocase(str_slice(item, 0, name.bytes), name);
}

typedef struct Kept {
    Str *items;
    uint32_t count;
} Kept;

static Kept read_items(Ddl *ddl, const Datum *stored, uint32_t room)
{
    Kept kept = {0};
    ArrayView view = {0};
    bool there = !stored->null && array_view(strview_str(&stored->value.str), &view);
    kept.items = ARENA_ARRAY(ddl->arena, Str, (there ? view.count : 0) + room);
    for (uint32_t i = 0; there && i < view.count; i++) {
        Bytes bytes = array_element(&view, i);
        kept.items[kept.count++] = str_copy(ddl->arena,
                                            (Str){(const char *)bytes.data, bytes.bytes});
    }
    return kept;
}

/* One setting in, replacing its former value, or out. */
static void change_item(Kept *kept, Str name, const Str *item)
{
    uint32_t left = 0;
    bool placed = false;
    for (uint32_t i = 0; i < kept->count; i++) {
        if (!is_of(kept->items[i], name)) {
            kept->items[left++] = kept->items[i];
        } else if (item != NULL && !placed) {
            kept->items[left++] = *item;
            placed = true;
        }
    }
    kept->count = left;
    if (item != NULL && !placed) kept->items[kept->count++] = *item;
}

static void change_items(Ddl *ddl, Kept *kept, const AstSetVariable *set)
{
    Str name = set->name, value;
    switch (set->set) {
    case AST_SET_RESET_ALL: {
        /* What this role may not set stays. */
        uint32_t left = 0;
        for (uint32_t i = 0; i < kept->count; i++) {
            size_t at = 0;
            (void)str_find_char(kept->items[i], '=', &at);
            if (!session_setting_may_reset(ddl->session, str_slice(kept->items[i], 0, at)))
                kept->items[left++] = kept->items[i];
        }
        kept->count = left;
        return;
    }
    case AST_SET_RESET:
    case AST_SET_DEFAULT:
        name = session_setting_check(ddl->session, ddl->arena, name, NULL);
        change_item(kept, name, NULL);
        return;
    case AST_SET_CURRENT: value = session_setting_current(ddl->session, ddl->arena, name); break;
    default: value = session_setting_text(ddl->call, set); break;
    }
    name = session_setting_check(ddl->session, ddl->arena, name, &value);
    Str item = str_format(ddl->arena, "%.*s=%.*s", STR_ARG(name), STR_ARG(value));
    change_item(kept, name, &item);
}

Datum ddl__changed_settings(Ddl *ddl, const Datum *stored, const AstSetVariable *set)
{
    Kept kept = read_items(ddl, stored, 1);
    change_items(ddl, &kept, set);
    return kept.count == 0 ? datum_null() : cat_text_array(ddl->arena, kept.items, kept.count);
}

void ddl__change_settings(Ddl *ddl, Oid database, Oid role, const AstSetVariable *set)
{
    Datum keys[2] = {datum_oid(database), datum_oid(role)};
    CatScan *scan = cat_scan_open(ddl->view, PG_DB_ROLE_SETTING,
                                  PG_DB_ROLE_SETTING_DATABASEID_ROL_INDEX, keys, 2);
    CatRow row;
    bool there = cat_scan_next(scan, &row);
    RowId id = row.id;
    Datum none = datum_null();
    Kept kept = read_items(ddl, there ? &row.values[PG_DB_ROLE_SETTING_SETCONFIG] : &none, 1);
    cat_scan_close(scan);
    change_items(ddl, &kept, set);
    Datum values[PG_DB_ROLE_SETTING_COLUMNS] = {keys[0], keys[1]};
    values[PG_DB_ROLE_SETTING_SETCONFIG] = cat_text_array(ddl->arena, kept.items, kept.count);
    if (there && kept.count == 0)
        cat_delete(ddl->view, PG_DB_ROLE_SETTING, id);
    else if (there)
        cat_update(ddl->view, PG_DB_ROLE_SETTING, id, values);
    else if (kept.count > 0)
        (void)cat_insert(ddl->view, PG_DB_ROLE_SETTING, values);
}

void ddl__forget_settings(Ddl *ddl, Oid database, Oid role)
{
    CatScan *scan = cat_scan_open(ddl->view, PG_DB_ROLE_SETTING, CAT_INDEX_NONE, NULL, 0);
    for (CatRow row; cat_scan_next(scan, &row);) {
        if ((database != 0 && row.values[PG_DB_ROLE_SETTING_SETDATABASE].value.u32 == database) ||
            (role != 0 && row.values[PG_DB_ROLE_SETTING_SETROLE].value.u32 == role))
            cat_delete(ddl->view, PG_DB_ROLE_SETTING, row.id);
    }
    cat_scan_close(scan);
}

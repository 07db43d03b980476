/* SPDX-License-Identifier: Apache-2.0 */
/* disclose.c - what an error may show of rows. Who may write a table need not be able to read it, and an error that
 * shows a row or a key would tell him of others'. */
#include "exec/disclose.h"

#include "base/bitset.h"
#include "base/utf8.h"
#include "type/type.h"

enum { CLASS_RELATION = 1259, SHOWN_BYTES_MAX = 64 };

static bool reads(const Disclosure *d, int32_t attnum)
{
    const Oid role = d->role ? d->role : cat_view_role(d->view);
    const CatObject object = {CLASS_RELATION, d->relation->oid, attnum};
    return cat_privileges(d->view, role, object, PRIV_SELECT) != 0;
}

bool disclose_columns(const Disclosure *disclosure, const int16_t *attnums, uint32_t count)
{
    if (reads(disclosure, 0)) return true;
    for (uint32_t i = 0; i < count; i++)
        if (attnums[i] == 0 || !reads(disclosure, attnums[i])) return false;
    return true;
}

static void show_value(const Disclosure *d, StrBuilder *out, Arena *arena, const CatColumn *column,
                       const Datum *value)
{
    if (column->generated == 'v') {
        str_add(out, STR("virtual"));
        return;
    }
    if (value->null) {
        str_add(out, STR("null"));
        return;
    }
    const TypeCall call = {.type = type_get(d->env, column->type),
                           .env = d->env,
                           .arena = arena,
                           .typmod = -1};
    const Str text = type_print(&call, &value->value);
    const Str shown = utf8_clip(text, SHOWN_BYTES_MAX);
    str_add(out, shown);
    if (shown.bytes < text.bytes) str_add(out, STR("..."));
}

bool disclose_row(const Disclosure *disclosure, Arena *arena, const Datum *columns, Str *shown)
{
    const CatRelation *relation = disclosure->relation;
    const bool all = reads(disclosure, 0);
    StrBuilder names = str_builder(arena, 64), values = str_builder(arena, 64);
    uint32_t count = 0;
    for (uint32_t i = 0; i < (uint32_t)relation->column_count; i++) {
        const CatColumn *column = &relation->columns[i];
        const bool written = disclosure->written && bits_get(disclosure->written, i);
        if (column->dropped || (!all && !written && !reads(disclosure, column->number))) continue;
        str_add(&names, count > 0 ? STR(", ") : STR("("));
        str_add(&names, column->name);
        str_add(&values, count++ > 0 ? STR(", ") : STR("("));
        show_value(disclosure, &values, arena, column, &columns[i]);
    }
    if (count == 0) return false;
    const Str named = str_done(&names), valued = str_done(&values);
    *shown = all ? str_format(arena, "%.*s)", STR_ARG(valued))
                 : str_format(arena, "%.*s) = %.*s)", STR_ARG(named), STR_ARG(valued));
    return true;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* relation_functions.c - of relations: whether row security counts, and their options as rows. */
#include "catalog/catalog_internal.h"

#include "base/oids.h"
#include "type/array.h"

/* For the current role: superusers, roles that bypass it, and owners unless forced are free of it. */
static bool security_is_active(Fn *fn, Oid relation)
{
    CatalogView *view = fn_view(fn);
    const CatRelation *r = cat_relation(view, relation);
    const CatRole *role = cat_role(view, fn->env->role);
    if (!r || !r->row_security || !role || role->superuser || role->bypass_rls) return false;
    return r->force_row_security || !cat__has_privileges_of(view, role->oid, r->owner);
}
SQL_FUNCTION(3298, "row_security_active", bool, (oid), STABLE | STRICT, security_is_active,
             "does row security of the table count for the current role")

static bool security_is_active_named(Fn *fn, Str name)
{
    InputError err = {.arena = fn->arena};
    Oid relation = 0;
    if (!cat_fn_calls()->name_find(fn_view(fn), FN_NAME_RELATION_TEXT, name, &relation, &err))
        input_error_raise(&err);
    return security_is_active(fn, relation);
}
SQL_FUNCTION(3299, "row_security_active", bool, (text), STABLE | STRICT, security_is_active_named,
             "does row security of the table, by its name, count for the current role")

/* ---- options: "name=value" texts */

typedef struct Options {
    const Str *texts;
    uint32_t count, at;
} Options;

static void refuse_nulls(const Datum *array)
{
    ArrayView view;
    if (!array_view(strview_str(&array->value.str), &view))
        raise_error(SQLSTATE_DATA_CORRUPTED, "a value is no stored array");
    for (uint32_t i = 0; i < view.count; i++)
        if (!array_element(&view, i).data)
            raise_error(SQLSTATE_NULL_VALUE_NOT_ALLOWED,
                        "null array element not allowed in this context");
}

static bool options_to_table(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    Options *o = set->state;
    (void)fn;
    if (!o) {
        refuse_nulls(&args[0]);
        o = set->state = ARENA_NEW(set->arena, Options);
        o->count = cat__text_array(set->arena, &args[0], &o->texts);
    }
    if (o->at == o->count) return false;
    const Str text = o->texts[o->at++];
    size_t at;
    const bool has_value = str_find_char(text, '=', &at);
    columns[0] = datum_str(has_value ? str_slice(text, 0, at) : text);
    columns[1] = has_value ? datum_str(str_slice(text, at + 1, text.bytes)) : datum_null();
    return true;
}
SQL_FUNCTION_SET(2289, "pg_options_to_table", record, (_text), STABLE | STRICT, options_to_table,
                 "options of an object as rows of name and value")
SQL_FACTS(2289, .rows = 3,
          .arguments = "options_array _text, OUT option_name text, OUT option_value text")

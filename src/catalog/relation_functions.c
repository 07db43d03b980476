/* SPDX-License-Identifier: Apache-2.0 */
/* relation_functions.c - what may be done to a relation: whether it can be written, whether its row security counts. */
#include "catalog/catalog_internal.h"

#include "base/oids.h"

/* Bits of pg_relation_is_updatable: one an event of rules. */
enum { CAN_UPDATE = 1 << 2, CAN_INSERT = 1 << 3, CAN_DELETE = 1 << 4 };

/* Events that an unconditional INSTEAD rule takes: ev_type 2 UPDATE, 3 INSERT, 4 DELETE. */
static int32_t events_of_rules(CatalogView *view, Oid relation)
{
    int32_t events = 0;
    const Datum key = datum_oid(relation);
    CatScan *scan = cat_scan_open(view, PG_REWRITE, PG_REWRITE_REL_RULENAME_INDEX, &key, 1);
    for (CatRow row; cat_scan_next(scan, &row);) {
        const int16_t event = row.values[PG_REWRITE_EV_TYPE].value.i16 - '0';
        if (row.values[PG_REWRITE_IS_INSTEAD].value.b && event >= 2 && event <= 4)
            events |= 1 << event;
    }
    cat_scan_close(scan);
    return events;
}

/* tgtype: 1 a row, 4 INSERT, 8 DELETE, 16 UPDATE, 64 INSTEAD. */
static int32_t events_of_triggers(CatalogView *view, Oid relation)
{
    enum { INSTEAD_OF_ROW = 65 };
    int32_t events = 0;
    const Datum key = datum_oid(relation);
    CatScan *scan = cat_scan_open(view, PG_TRIGGER, PG_TRIGGER_TGRELID_TGNAME_INDEX, &key, 1);
    for (CatRow row; cat_scan_next(scan, &row);) {
        const int16_t type = row.values[PG_TRIGGER_TGTYPE].value.i16;
        if ((type & INSTEAD_OF_ROW) != INSTEAD_OF_ROW) continue;
        if (type & 4) events |= CAN_INSERT;
        if (type & 8) events |= CAN_DELETE;
        if (type & 16) events |= CAN_UPDATE;
    }
    cat_scan_close(scan);
    return events;
}

/* A view is written through its rules and triggers; views that are plain enough to be written directly are for `bind`
 * to tell, and count as not updatable until it does. */
static int32_t relation_is_updatable(Fn *fn, Oid relation, bool with_triggers)
{
    CatalogView *view = fn_view(fn);
    const CatRelation *r = cat_relation(view, relation);
    if (!r) return 0;
    if (r->kind == 'r' || r->kind == 'p') return CAN_UPDATE | CAN_INSERT | CAN_DELETE;
    if (r->kind != 'v') return 0;
    return events_of_rules(view, relation) |
           (with_triggers ? events_of_triggers(view, relation) : 0);
}
SQL_FUNCTION(3842, "pg_relation_is_updatable", int4, (regclass, bool), STABLE | STRICT,
             relation_is_updatable, "which of UPDATE, INSERT and DELETE a relation takes, as bits")
SQL_FACTS(3842, .cost = 10)

static bool column_is_updatable(Fn *fn, Oid relation, int16_t column, bool with_triggers)
{
    const int32_t both = CAN_UPDATE | CAN_DELETE;
    return column > 0 && (relation_is_updatable(fn, relation, with_triggers) & both) == both;
}
SQL_FUNCTION(3843, "pg_column_is_updatable", bool, (regclass, int2, bool), STABLE | STRICT,
             column_is_updatable, "can the column be updated")
SQL_FACTS(3843, .cost = 10)

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
    if (!cat_fn_calls()->name_find(fn_view(fn), FN_NAME_RELATION, name, &relation, &err))
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

static bool options_to_table(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    Options *o = set->state;
    (void)fn;
    if (!o) {
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

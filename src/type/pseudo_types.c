/* SPDX-License-Identifier: Apache-2.0 */
/* pseudo_types.c - types of arguments and results that no value has, and types whose values only the server makes: text
 * is refused as input, and mostly as output. Arrays, enums, ranges and records have their pseudo-types with their
 * families. */
#include "type/type_internal.h"

#include "base/oids.h"

bool type__refuse_text(const TypeCall *call, Str text, Value *value, InputError *err)
{
    (void)text;
    (void)value;
    return input_error(err, SQLSTATE_FEATURE_NOT_SUPPORTED, "cannot accept a value of type %s",
                       call->type->name);
}

bool type__refuse_wire(const TypeCall *call, Bytes wire, Value *value, InputError *err)
{
    (void)wire;
    return type__refuse_text(call, STR(""), value, err);
}

static void pseudo_print(const TypeCall *call, const Value *value, StrBuilder *out)
{
    (void)value;
    (void)out;
    raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "cannot display a value of type %s",
                call->type->name);
}

bool type__is_never_shown(const Type *type)
{
    static const Oid shown[] = {OID_ANYENUM, OID_ANYRANGE, OID_ANYMULTIRANGE,
                                OID_ANYCOMPATIBLERANGE, OID_ANYCOMPATIBLEMULTIRANGE};
    for (size_t i = 0; i < ARRAY_LEN(shown); i++)
        if (type->oid == shown[i]) return false;
    return type->print == pseudo_print && type->kind == 'p';
}

/* An expression tree is text for clients. */
static void tree_print(const TypeCall *call, const Value *value, StrBuilder *out)
{
    (void)call;
    str_add(out, strview_str(&value->str));
}

SQL_TYPE(2276, "any", .phys = PHYS_STR, .category = 'P', .bytes = 4, .align = 'i', .storage = 'p',
         .kind = 'p', .by_value = true, .text = "any type", .parse = type__refuse_text,
         .print = pseudo_print)
SQL_TYPE(2283, "anyelement", .phys = PHYS_STR, .category = 'P', .bytes = 4, .align = 'i',
         .storage = 'p', .kind = 'p', .by_value = true, .text = "any type, the same everywhere",
         .parse = type__refuse_text, .print = pseudo_print)
SQL_TYPE(2776, "anynonarray", .phys = PHYS_STR, .category = 'P', .bytes = 4, .align = 'i',
         .storage = 'p', .kind = 'p', .by_value = true,
         .text = "any type but arrays, the same everywhere", .parse = type__refuse_text,
         .print = pseudo_print)
SQL_TYPE(5077, "anycompatible", .phys = PHYS_STR, .category = 'P', .bytes = 4, .align = 'i',
         .storage = 'p', .kind = 'p', .by_value = true, .text = "any types with a common one",
         .parse = type__refuse_text, .print = pseudo_print)
SQL_TYPE(5079, "anycompatiblenonarray", .phys = PHYS_STR, .category = 'P', .bytes = 4, .align = 'i',
         .storage = 'p', .kind = 'p', .by_value = true,
         .text = "any types but arrays with a common one", .parse = type__refuse_text,
         .print = pseudo_print)
SQL_TYPE(2279, "trigger", .phys = PHYS_STR, .category = 'P', .bytes = 4, .align = 'i',
         .storage = 'p', .kind = 'p', .by_value = true, .text = "result of a trigger function",
         .parse = type__refuse_text, .print = pseudo_print)
SQL_TYPE(3838, "event_trigger", .phys = PHYS_STR, .category = 'P', .bytes = 4, .align = 'i',
         .storage = 'p', .kind = 'p', .by_value = true,
         .text = "result of an event trigger function", .parse = type__refuse_text,
         .print = pseudo_print)
SQL_TYPE(2281, "internal", .phys = PHYS_I64, .category = 'P', .bytes = 8, .align = 'd',
         .storage = 'p', .kind = 'p', .by_value = true, .text = "something inside the server",
         .parse = type__refuse_text, .print = pseudo_print)
SQL_TYPE(2280, "language_handler", .phys = PHYS_I64, .category = 'P', .bytes = 4, .align = 'i',
         .storage = 'p', .kind = 'p', .by_value = true, .text = "result of a language's handler",
         .parse = type__refuse_text, .print = pseudo_print)
SQL_TYPE(3115, "fdw_handler", .phys = PHYS_I64, .category = 'P', .bytes = 4, .align = 'i',
         .storage = 'p', .kind = 'p', .by_value = true,
         .text = "result of a foreign data wrapper's handler", .parse = type__refuse_text,
         .print = pseudo_print)
SQL_TYPE(325, "index_am_handler", .phys = PHYS_I64, .category = 'P', .bytes = 4, .align = 'i',
         .storage = 'p', .kind = 'p', .by_value = true,
         .text = "result of an index access method's handler", .parse = type__refuse_text,
         .print = pseudo_print)
SQL_TYPE(269, "table_am_handler", .phys = PHYS_I64, .category = 'P', .bytes = 4, .align = 'i',
         .storage = 'p', .kind = 'p', .by_value = true,
         .text = "result of a table access method's handler", .parse = type__refuse_text,
         .print = pseudo_print)
SQL_TYPE(3310, "tsm_handler", .phys = PHYS_I64, .category = 'P', .bytes = 4, .align = 'i',
         .storage = 'p', .kind = 'p', .by_value = true,
         .text = "result of a sampling method's handler", .parse = type__refuse_text,
         .print = pseudo_print)
SQL_TYPE(32, "pg_ddl_command", .phys = PHYS_I64, .category = 'P', .bytes = 8, .align = 'd',
         .storage = 'p', .kind = 'p', .by_value = true, .text = "a DDL command inside the server",
         .parse = type__refuse_text, .print = pseudo_print, .receive = type__refuse_wire,
         .send = pseudo_print)
SQL_TYPE(194, "pg_node_tree", .phys = PHYS_STR, .category = 'Z', .bytes = -1, .align = 'i',
         .storage = 'x', .collation = 100, .text = "expression tree as the catalogs keep it",
         .parse = type__refuse_text, .print = tree_print, .receive = type__refuse_wire,
         .send = tree_print)
SQL_TYPE(5080, "anycompatiblerange", .phys = PHYS_STR, .category = 'P', .bytes = -1, .align = 'd',
         .storage = 'x', .kind = 'p', .text = "range over a type that others can be converted to",
         .parse = type__refuse_text, .print = pseudo_print)
SQL_TYPE(4538, "anycompatiblemultirange", .phys = PHYS_STR, .category = 'P', .bytes = -1,
         .align = 'd', .storage = 'x', .kind = 'p',
         .text = "multirange over a type that others can be converted to",
         .parse = type__refuse_text, .print = pseudo_print)
SQL_TYPE(3831, "anyrange", .phys = PHYS_STR, .category = 'P', .bytes = -1, .align = 'd',
         .storage = 'x', .kind = 'p', .text = "any range", .parse = type__refuse_text,
         .print = pseudo_print)
SQL_TYPE(4537, "anymultirange", .phys = PHYS_STR, .category = 'P', .bytes = -1, .align = 'd',
         .storage = 'x', .kind = 'p', .text = "any multirange", .parse = type__refuse_text,
         .print = pseudo_print)
SQL_TYPE(3500, "anyenum", .phys = PHYS_I32, .category = 'P', .bytes = 4, .align = 'i',
         .storage = 'p', .kind = 'p', .by_value = true, .text = "any enum",
         .parse = type__refuse_text, .print = pseudo_print)
SQL_TYPE_FUNCTION(3504, "anyenum_in", anyenum, (cstring), IMMUTABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(3505, "anyenum_out", cstring, (anyenum), STABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(4226, "anycompatiblemultirange_in", anycompatiblemultirange, (cstring, oid, int4),
                  STABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(4227, "anycompatiblemultirange_out", cstring, (anycompatiblemultirange),
                  STABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(5094, "anycompatiblerange_in", anycompatiblerange, (cstring, oid, int4),
                  STABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(5095, "anycompatiblerange_out", cstring, (anycompatiblerange), STABLE | STRICT,
                  OUTPUT, "")
SQL_TYPE_FUNCTION(86, "pg_ddl_command_in", pg_ddl_command, (cstring), IMMUTABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(87, "pg_ddl_command_out", cstring, (pg_ddl_command), IMMUTABLE | STRICT, OUTPUT,
                  "")
SQL_TYPE_FUNCTION(88, "pg_ddl_command_recv", pg_ddl_command, (internal), IMMUTABLE | STRICT,
                  RECEIVE, "")
SQL_TYPE_FUNCTION(90, "pg_ddl_command_send", bytea, (pg_ddl_command), IMMUTABLE | STRICT, SEND, "")
SQL_TYPE_FUNCTION(195, "pg_node_tree_in", pg_node_tree, (cstring), IMMUTABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(196, "pg_node_tree_out", cstring, (pg_node_tree), IMMUTABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(197, "pg_node_tree_recv", pg_node_tree, (internal), STABLE | STRICT, RECEIVE, "")
SQL_TYPE_FUNCTION(198, "pg_node_tree_send", bytea, (pg_node_tree), STABLE | STRICT, SEND, "")
SQL_TYPE_FUNCTION(267, "table_am_handler_in", table_am_handler, (cstring), IMMUTABLE, INPUT, "")
SQL_TYPE_FUNCTION(268, "table_am_handler_out", cstring, (table_am_handler), IMMUTABLE | STRICT,
                  OUTPUT, "")
SQL_TYPE_FUNCTION(326, "index_am_handler_in", index_am_handler, (cstring), IMMUTABLE, INPUT, "")
SQL_TYPE_FUNCTION(327, "index_am_handler_out", cstring, (index_am_handler), IMMUTABLE | STRICT,
                  OUTPUT, "")
SQL_TYPE_FUNCTION(2294, "any_in", any, (cstring), IMMUTABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(2295, "any_out", cstring, (any), IMMUTABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(2300, "trigger_in", trigger, (cstring), IMMUTABLE, INPUT, "")
SQL_TYPE_FUNCTION(2301, "trigger_out", cstring, (trigger), IMMUTABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(2302, "language_handler_in", language_handler, (cstring), IMMUTABLE, INPUT, "")
SQL_TYPE_FUNCTION(2303, "language_handler_out", cstring, (language_handler), IMMUTABLE | STRICT,
                  OUTPUT, "")
SQL_TYPE_FUNCTION(2304, "internal_in", internal, (cstring), IMMUTABLE, INPUT, "")
SQL_TYPE_FUNCTION(2305, "internal_out", cstring, (internal), IMMUTABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(2312, "anyelement_in", anyelement, (cstring), IMMUTABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(2313, "anyelement_out", cstring, (anyelement), IMMUTABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(2777, "anynonarray_in", anynonarray, (cstring), IMMUTABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(2778, "anynonarray_out", cstring, (anynonarray), IMMUTABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(3116, "fdw_handler_in", fdw_handler, (cstring), IMMUTABLE, INPUT, "")
SQL_TYPE_FUNCTION(3117, "fdw_handler_out", cstring, (fdw_handler), IMMUTABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(3311, "tsm_handler_in", tsm_handler, (cstring), IMMUTABLE, INPUT, "")
SQL_TYPE_FUNCTION(3312, "tsm_handler_out", cstring, (tsm_handler), IMMUTABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(3594, "event_trigger_in", event_trigger, (cstring), IMMUTABLE, INPUT, "")
SQL_TYPE_FUNCTION(3595, "event_trigger_out", cstring, (event_trigger), IMMUTABLE | STRICT, OUTPUT,
                  "")
SQL_TYPE_FUNCTION(5086, "anycompatible_in", anycompatible, (cstring), IMMUTABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(5087, "anycompatible_out", cstring, (anycompatible), IMMUTABLE | STRICT, OUTPUT,
                  "")
SQL_TYPE_FUNCTION(5092, "anycompatiblenonarray_in", anycompatiblenonarray, (cstring),
                  IMMUTABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(5093, "anycompatiblenonarray_out", cstring, (anycompatiblenonarray),
                  IMMUTABLE | STRICT, OUTPUT, "")
SQL_CAST(10151, pg_node_tree, text, BINARY, IMPLICIT)

SQL_FUNCTION_DATUM(2398, "shell_in", void, (cstring), IMMUTABLE, shell_accept, "refuses")
static Datum shell_accept(Fn *fn, const Datum *args)
{
    (void)fn;
    (void)args;
    raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "cannot accept a value of a shell type");
}
SQL_FUNCTION_DATUM(2399, "shell_out", cstring, (void), IMMUTABLE | STRICT, shell_display, "refuses")
static Datum shell_display(Fn *fn, const Datum *args)
{
    (void)fn;
    (void)args;
    raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "cannot display a value of a shell type");
}

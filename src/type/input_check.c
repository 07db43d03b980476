/* SPDX-License-Identifier: Apache-2.0 */
/* input_check.c - whether a text would be taken as a value of a type, without raising for bad input. */
#include "type/type.h"

/* False and *err filled: it would not. */
static bool would_take(Fn *fn, Str text, Str type_name, InputError *err)
{
    const FnEnv *env = fn->env;
    InputError name_error = {.arena = fn->arena};
    TypeCall call = {.env = env, .arena = fn->arena, .typmod = -1};
    Value value;
    Oid oid;
    if (!env->calls || !env->calls->type_parse_name)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "names of types are not known here");
    if (!env->calls->type_parse_name(env->calls_arg, type_name, &oid, &call.typmod, &name_error))
        input_error_raise(&name_error);
    call.type = type_get(env, oid);
    if (type_parse(&call, text, &value, err)) return true;
    if (err->insisted) input_error_raise(err);
    return false;
}

static bool is_valid(Fn *fn, Str text, Str type_name)
{
    InputError err = {.arena = fn->arena};
    return would_take(fn, text, type_name, &err);
}

SQL_FUNCTION(6210, "pg_input_is_valid", bool, (text, text), STABLE | STRICT, is_valid,
             "whether a text is good input of a type")

static Datum text_or_null(Str text)
{
    return (Datum){.null = text.bytes == 0, .value.str = strview(text)};
}

static bool error_info(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    InputError err = {.arena = fn->arena};
    char code[6];
    (void)set;
    if (would_take(fn, strview_str(&args[0].value.str), strview_str(&args[1].value.str), &err))
        return false;
    sqlstate_print(err.code, code);
    columns[0] = text_or_null(err.message);
    columns[1] = text_or_null(err.detail);
    columns[2] = text_or_null(err.hint);
    columns[3] = text_or_null(str_copy(fn->arena, str_from(code)));
    return true;
}
SQL_FUNCTION_ROW(6211, "pg_input_error_info", record, (text, text), STABLE | STRICT, error_info,
                 "why a text is no good input of a type; NULLs when it is")
SQL_FACTS(6211, .arguments = "value text, type_name text, OUT message text, OUT detail text, "
                             "OUT hint text, OUT sql_error_code text")

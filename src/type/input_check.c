/* SPDX-License-Identifier: Apache-2.0 */
/* input_check.c - whether a text would be taken as a value of a type, without raising for bad input. */
#include "type/type.h"

static bool input_is_valid(Fn *fn, Str text, Str type_name)
{
    const FnEnv *env = fn->env;
    InputError err = {.arena = fn->arena};
    TypeCall call = {.env = env, .arena = fn->arena, .typmod = -1};
    Value value;
    Oid oid;
    if (!env->calls || !env->calls->type_parse_name)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "names of types are not known here");
    if (!env->calls->type_parse_name(env->calls_arg, type_name, &oid, &call.typmod, &err))
        input_error_raise(&err);
    call.type = type_get(env, oid);
    return type_parse(&call, text, &value, NULL);
}

SQL_FUNCTION(6210, "pg_input_is_valid", bool, (text, text), STABLE | STRICT, input_is_valid,
             "whether a text is good input of a type")

/* SPDX-License-Identifier: Apache-2.0 */
/* general_functions.c - functions of no type: how many of any arguments are NULL, and which Unicode is known. */
#include "type/array_type.h"

#include <unicode/uchar.h>

#include "base/task.h"

/* Of the arguments, or of the elements of an array that VARIADIC names. False: that array is NULL. */
static bool count_nulls(Fn *fn, const Datum *args, int32_t *nulls, int32_t *others)
{
    *nulls = *others = 0;
    if (!fn->variadic) {
        for (uint32_t i = 0; i < fn->arg_count; i++) *nulls += args[i].null;
        *others = (int32_t)fn->arg_count - *nulls;
        return true;
    }
    if (args[0].null) return false;
    const ArrayView view = array_view_or_raise(strview_str(&args[0].value.str));
    for (uint32_t i = 0; i < view.count; i++) {
        task_check();
        *nulls += !array_element(&view, i).data;
    }
    *others = (int32_t)view.count - *nulls;
    return true;
}

static Datum num_nulls(Fn *fn, const Datum *args)
{
    int32_t nulls, others;
    const bool known = count_nulls(fn, args, &nulls, &others);
    return (Datum){.value.i32 = nulls, .null = !known};
}
SQL_FUNCTION_DATUM(438, "num_nulls", int4, (any), IMMUTABLE | VARIADIC_LAST, num_nulls,
                   "how many arguments are NULL")
SQL_FACTS(438, .arguments = "VARIADIC any")

static Datum num_nonnulls(Fn *fn, const Datum *args)
{
    int32_t nulls, others;
    const bool known = count_nulls(fn, args, &nulls, &others);
    return (Datum){.value.i32 = others, .null = !known};
}
SQL_FUNCTION_DATUM(440, "num_nonnulls", int4, (any), IMMUTABLE | VARIADIC_LAST, num_nonnulls,
                   "how many arguments are not NULL")
SQL_FACTS(440, .arguments = "VARIADIC any")

/* All of Unicode comes from ICU here, so that both functions tell one number. */
SQL_EXPRESSION(4549, "unicode_version", text, (), IMMUTABLE | STRICT,
               ((void)fn, STR(U_UNICODE_VERSION)), "version of Unicode that texts follow")
SQL_EXPRESSION(6099, "icu_unicode_version", text, (), IMMUTABLE | STRICT,
               ((void)fn, STR(U_UNICODE_VERSION)), "version of Unicode that ICU follows")

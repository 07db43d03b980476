/* SPDX-License-Identifier: Apache-2.0 */
/* option.c - options of statements (name = value) found by name, each at most once. */
#include "ddl/ddl_internal.h"

_Noreturn void ddl__refuse_twice(const Ddl *ddl, const AstOption *option)
{
    Error *error = error_begin(SQLSTATE_SYNTAX_ERROR);
    error_message(error, "conflicting or redundant options");
    error_raise(error_position(error, ddl__position(ddl, option)));
}

static _Noreturn void refuse_unknown(const Ddl *ddl, const DdlOptionNames *known,
                                     const AstOption *option)
{
    Error *error = error_begin(SQLSTATE_SYNTAX_ERROR);
    error_message(error, "%s \"%.*s\" not recognized", known->what, STR_ARG(option->name));
    if (!known->unplaced) error_position(error, ddl__position(ddl, option));
    error_raise(error);
}

void ddl__options_find(const Ddl *ddl, const AstOptionList *list, const DdlOptionNames *known,
                       const AstOption **found)
{
    memset(found, 0, known->count * sizeof(*found));
    for (uint32_t i = 0; i < list->count; i++) {
        const AstOption *option = list->items[i];
        uint32_t at = 0;
        while (at < known->count && !str_equal(option->name, str_from(known->names[at]))) at++;
        if (at == known->count) refuse_unknown(ddl, known, option);
        if (found[at] != NULL) ddl__refuse_twice(ddl, option);
        found[at] = option;
    }
}

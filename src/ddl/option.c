/* SPDX-License-Identifier: Apache-2.0 */
/* option.c - options of statements (name = value) found by name, each at most once. */
#include "ddl/ddl_internal.h"

void ddl__options_find(Ddl *ddl, const AstOptionList *list, const char *const *names,
                       uint32_t count, const AstOption **found)
{
    memset(found, 0, count * sizeof(*found));
    for (uint32_t i = 0; i < list->count; i++) {
        const AstOption *option = list->items[i];
        uint32_t at = 0;
        while (at < count && !str_equal(option->name, str_from(names[at]))) at++;
        bool known = at < count;
        if (known && found[at] == NULL) {
            found[at] = option;
            continue;
        }
        Error *error = error_begin(SQLSTATE_SYNTAX_ERROR);
        if (known)
            error_message(error, "conflicting or redundant options");
        else
            error_message(error, "option \"%.*s\" not recognized", STR_ARG(option->name));
        error_position(error, ddl__position(ddl, option));
        error_raise(error);
    }
}

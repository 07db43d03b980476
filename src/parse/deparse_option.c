/* SPDX-License-Identifier: Apache-2.0 */
/* deparse_option.c - lists of options in the ways that SQL writes them. */
#include "parse/deparse_internal.h"

#include "base/arith.h"

/* A value as def_arg takes it: a constant, a type, an operator's name. */
static void definition_value(StrBuilder *out, const AstNode *value)
{
    if (value->kind == AST_NAME) {
        NodeStrs parts = AST_AS(Name, value)->parts;
        deparse__operator(out, (NodeStrs){parts.items, parts.count - 1},
                          parts.items[parts.count - 1]);
    } else {
        deparse__node(out, value);
    }
}

void deparse__definition_item(StrBuilder *out, const AstOption *option)
{
    if (deparse__has(option->space)) {
        parse_quote_identifier(out, option->space);
        deparse__text(out, ".");
    }
    parse_quote_identifier(out, option->name);
    if (!option->value) return;
    deparse__text(out, " = ");
    definition_value(out, option->value);
}

/* Where the name may be no key word, as it stands. */
static void identifier_item(StrBuilder *out, const AstOption *option)
{
    deparse__quoted_if(out, option->name, parse_keyword_category(option->name, NULL) != 0);
    deparse__text(out, " = ");
    definition_value(out, option->value);
}

static void utility_item(StrBuilder *out, const AstOption *option)
{
    parse_quote_identifier(out, option->name);
    deparse__with(out, " ", option->value);
}

static void generic_item(StrBuilder *out, const AstOption *option)
{
    deparse__if(out, option->action == AST_OPTION_SET, "SET ");
    deparse__if(out, option->action == AST_OPTION_ADD, "ADD ");
    deparse__if(out, option->action == AST_OPTION_DROP, "DROP ");
    parse_quote_identifier(out, option->name);
    deparse__with(out, " ", option->value);
}

static void options(StrBuilder *out, const char *prefix, const AstOptionList *list,
                    void (*item)(StrBuilder *out, const AstOption *option))
{
    if (list->count == 0) return;
    deparse__text(out, prefix);
    deparse__text(out, "(");
    for (uint32_t i = 0; i < list->count; i++) {
        if (i) deparse__text(out, ", ");
        item(out, list->items[i]);
    }
    deparse__text(out, ")");
}

void deparse__definition(StrBuilder *out, const char *prefix, const AstOptionList *list)
{
    options(out, prefix, list, deparse__definition_item);
}

void deparse__identifier_definition(StrBuilder *out, const char *prefix, const AstOptionList *list)
{
    options(out, prefix, list, identifier_item);
}

void deparse__utility_options(StrBuilder *out, const char *prefix, const AstOptionList *list)
{
    options(out, prefix, list, utility_item);
}

void deparse__generic_options(StrBuilder *out, const AstOptionList *list)
{
    options(out, " OPTIONS ", list, generic_item);
}

const AstOption *deparse__find_option(const AstOptionList *list, const char *name)
{
    for (uint32_t i = 0; i < list->count; i++)
        if (str_equal(list->items[i]->name, str_from(name))) return list->items[i];
    return NULL;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* option.c - options of statements (name = value) found by name, each at most once, their values read with
 * PostgreSQL's words for what does not fit. */
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

Str ddl__option_text(Ddl *ddl, const AstOption *option)
{
    const AstNode *value = option->value;
    if (value == NULL)
        raise_error(SQLSTATE_SYNTAX_ERROR, "%.*s requires a parameter", STR_ARG(option->name));
    switch (value->kind) {
    case AST_STRING_CONST: return AST_AS(StringConst, value)->value;
    case AST_INT_CONST: return str_format(ddl->arena, "%d", AST_AS(IntConst, value)->value);
    case AST_FLOAT_CONST: return AST_AS(FloatConst, value)->text;
    case AST_BOOL_CONST: return AST_AS(BoolConst, value)->value ? STR("true") : STR("false");
    case AST_NAME: {
        const NodeStrs *parts = &AST_AS(Name, value)->parts;
        StrBuilder out = str_builder(ddl->arena, 32);
        for (uint32_t i = 0; i < parts->count; i++) {
            if (i > 0) str_add_char(&out, '.');
            str_add(&out, parts->items[i]);
        }
        return str_done(&out);
    }
    default: {
        StrBuilder out = str_builder(ddl->arena, 32);
        parse_deparse(&out, value);
        return str_done(&out);
    }
    }
}

bool ddl__option_bool(const AstOption *option)
{
    static const struct {
        const char *word;
        bool value;
    } words[] = {{"true", true}, {"false", false}, {"on", true}, {"off", false}};
    const AstNode *value = option->value;
    if (value == NULL) return true;
    if (value->kind == AST_BOOL_CONST) return AST_AS(BoolConst, value)->value;
    const AstIntConst *number = AST_IF(IntConst, value);
    if (number != NULL && (number->value == 0 || number->value == 1)) return number->value;
    const AstStringConst *text = AST_IF(StringConst, value);
    for (uint32_t i = 0; text != NULL && i < ARRAY_LEN(words); i++) {
        if (str_equal_ascii_nocase(text->value, str_from(words[i].word))) return words[i].value;
    }
    raise_error(SQLSTATE_SYNTAX_ERROR, "%.*s requires a Boolean value", STR_ARG(option->name));
}

int32_t ddl__option_int(const AstOption *option)
{
    const AstIntConst *number = AST_IF(IntConst, option->value);
    if (number == NULL)
        raise_error(SQLSTATE_SYNTAX_ERROR, "%.*s requires an integer value", STR_ARG(option->name));
    return number->value;
}

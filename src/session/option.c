/* SPDX-License-Identifier: Apache-2.0 */
/* option.c - values of options of utility statements (name value), with PostgreSQL's words for what does not fit. */
#include "session/utility.h"

Str option_text(Arena *arena, const AstOption *option)
{
    const AstNode *value = option->value;
    if (value == NULL)
        raise_error(SQLSTATE_SYNTAX_ERROR, "%.*s requires a parameter", STR_ARG(option->name));
    switch (value->kind) {
    case AST_STRING_CONST: return AST_AS(StringConst, value)->value;
    case AST_INT_CONST: return str_format(arena, "%d", AST_AS(IntConst, value)->value);
    case AST_FLOAT_CONST: return AST_AS(FloatConst, value)->text;
    case AST_BOOL_CONST: return AST_AS(BoolConst, value)->value ? STR("true") : STR("false");
    case AST_NAME: {
        const NodeStrs *parts = &AST_AS(Name, value)->parts;
        StrBuilder out = str_builder(arena, 32);
        for (uint32_t i = 0; i < parts->count; i++) {
            if (i > 0) str_add_char(&out, '.');
            str_add(&out, parts->items[i]);
        }
        return str_done(&out);
    }
    default: {
        StrBuilder out = str_builder(arena, 32);
        parse_deparse(&out, value);
        return str_done(&out);
    }
    }
}

bool option_is_bool(const AstOption *option, bool *truth)
{
    static const struct {
        const char *word;
        bool value;
    } words[] = {{"true", true}, {"false", false}, {"on", true}, {"off", false}};
    const AstNode *value = option->value;
    *truth = true;
    if (value == NULL) return true;
    if (value->kind == AST_BOOL_CONST) {
        *truth = AST_AS(BoolConst, value)->value;
        return true;
    }
    const AstIntConst *number = AST_IF(IntConst, value);
    if (number != NULL) {
        *truth = number->value != 0;
        return number->value == 0 || number->value == 1;
    }
    const AstStringConst *text = AST_IF(StringConst, value);
    const AstName *name = AST_IF(Name, value);
    const Str word = text != NULL                             ? text->value
                     : name != NULL && name->parts.count == 1 ? name->parts.items[0]
                                                              : (Str){0};
    for (uint32_t i = 0; i < ARRAY_LEN(words); i++) {
        if (!str_equal_ascii_nocase(word, str_from(words[i].word))) continue;
        *truth = words[i].value;
        return true;
    }
    return false;
}

bool option_bool(const AstOption *option)
{
    bool truth;
    if (option_is_bool(option, &truth)) return truth;
    raise_error(SQLSTATE_SYNTAX_ERROR, "%.*s requires a Boolean value", STR_ARG(option->name));
}

int32_t option_int(const AstOption *option)
{
    const AstIntConst *number = AST_IF(IntConst, option->value);
    if (number == NULL)
        raise_error(SQLSTATE_SYNTAX_ERROR, "%.*s requires an integer value", STR_ARG(option->name));
    return number->value;
}

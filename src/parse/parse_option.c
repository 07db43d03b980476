/* SPDX-License-Identifier: Apache-2.0 */
/* parse_option.c - lists of options in all the ways that SQL writes them. */
#include "parse/parse_internal.h"

AstOption *parse__option(Parser *p, Str name, void *value, uint32_t location)
{
    AstOption *option = NEW(p, Option, location);
    option->name = name;
    option->value = value;
    return option;
}

static AstNode *string_node(Parser *p, Str text, uint32_t location)
{
    AstStringConst *string = NEW(p, StringConst, location);
    string->value = text;
    return &string->base;
}

static bool starts_number(const Parser *p)
{
    return parse__is(p, TOKEN_INTEGER) || parse__is(p, TOKEN_FLOAT);
}

/* + or - that begins a number, where it could also be an operator's name. */
static bool starts_signed_number(Parser *p)
{
    if (starts_number(p)) return true;
    if (!parse__is(p, '+') && !parse__is(p, '-')) return false;
    uint16_t next = parse__peek_type(p, 1);
    return next == TOKEN_INTEGER || next == TOKEN_FLOAT;
}

static bool is_reserved(const Token *tok)
{
    return parse__is_keyword(tok) && !parse__is_non_reserved_word(tok);
}

AstNode *parse__def_arg(Parser *p)
{
    uint32_t start = p->tok->start;
    if (parse__is(p, TOKEN_STRING)) return string_node(p, parse__string(p), start);
    if (is_reserved(p->tok) || parse__is(p, KW_NONE)) return string_node(p, parse__label(p), start);
    if (starts_signed_number(p)) return parse__numeric_only(p);
    bool qualified = parse__is(p, KW_OPERATOR) && parse__peek_type(p, 1) == '(';
    if (!qualified && !parse__is_operator(p->tok)) return &parse__func_type(p)->base;
    AstName *name = NEW(p, Name, start);
    if (qualified) {
        parse__next(p);
        parse__next(p);
        name->parts = parse__any_operator(p);
        parse__expect(p, ')');
    } else {
        name->parts = parse__names_of_one(p, parse__operator(p));
    }
    return &name->base;
}

static AstOption *definition_item(Parser *p)
{
    uint32_t start = p->tok->start;
    Str name = parse__label(p);
    return parse__option(p, name, parse__accept(p, '=') ? parse__def_arg(p) : NULL, start);
}

void parse__definition(Parser *p, AstOptionList *list)
{
    uint32_t mark = parse__mark(p);
    parse__expect(p, '(');
    do parse__push(p, definition_item(p));
    while (parse__accept(p, ','));
    parse__expect(p, ')');
    TAKE(p, mark, list);
}

static AstOption *reloption(Parser *p)
{
    AstOption *option = NEW(p, Option, p->tok->start);
    option->name = parse__label(p);
    if (parse__accept(p, '.')) {
        option->space = option->name;
        option->name = parse__label(p);
    }
    if (parse__accept(p, '=')) option->value = parse__def_arg(p);
    return option;
}

void parse__reloptions(Parser *p, AstOptionList *list)
{
    uint32_t mark = parse__mark(p);
    parse__expect(p, '(');
    do parse__push(p, reloption(p));
    while (parse__accept(p, ','));
    parse__expect(p, ')');
    TAKE(p, mark, list);
}

AstNode *parse__boolean_or_string(Parser *p)
{
    uint32_t start = p->tok->start;
    if (starts_number(p) || parse__is(p, '+') || parse__is(p, '-')) return parse__numeric_only(p);
    if (parse__is(p, KW_TRUE) || parse__is(p, KW_FALSE) || parse__is(p, KW_ON))
        return string_node(p, parse__label(p), start);
    return string_node(p, parse__word_or_string(p), start);
}

static bool starts_boolean_or_string(const Parser *p)
{
    return starts_number(p) || parse__is(p, '+') || parse__is(p, '-') || parse__is(p, KW_TRUE) ||
           parse__is(p, KW_FALSE) || parse__is(p, KW_ON) || parse__is(p, TOKEN_STRING) ||
           parse__is_non_reserved_word(p->tok);
}

static AstOption *utility_option(Parser *p)
{
    uint32_t start = p->tok->start;
    Str name;
    if (parse__accept(p, KW_ANALYZE) || parse__accept(p, KW_ANALYSE)) {
        name = STR("analyze");
    } else if (parse__is(p, KW_FORMAT)) { /* also before JSON, where it is no name */
        name = STR("format");
        parse__next(p);
    } else {
        name = parse__non_reserved_word(p);
    }
    return parse__option(p, name, starts_boolean_or_string(p) ? parse__boolean_or_string(p) : NULL,
                         start);
}

void parse__utility_options(Parser *p, AstOptionList *list)
{
    uint32_t mark = parse__mark(p);
    parse__expect(p, '(');
    do parse__push(p, utility_option(p));
    while (parse__accept(p, ','));
    parse__expect(p, ')');
    TAKE(p, mark, list);
}

/* COPY's options in parentheses: also *, DEFAULT and lists. */

static AstNode *copy_option_list(Parser *p)
{
    AstNodeGroup *group = NEW(p, NodeGroup, p->tok->start);
    uint32_t mark = parse__mark(p);
    parse__expect(p, '(');
    do {
        uint32_t start = p->tok->start;
        bool word = parse__is(p, KW_TRUE) || parse__is(p, KW_FALSE) || parse__is(p, KW_ON);
        parse__push(p, string_node(p, word ? parse__label(p) : parse__word_or_string(p), start));
    } while (parse__accept(p, ','));
    parse__expect(p, ')');
    TAKE(p, mark, &group->items);
    return &group->base;
}

static AstNode *copy_option_value(Parser *p)
{
    uint32_t start = p->tok->start;
    if (parse__is(p, '(')) return copy_option_list(p);
    if (parse__accept(p, '*')) return &NEW(p, Star, start)->base;
    if (parse__accept(p, KW_DEFAULT)) return string_node(p, STR("default"), start);
    return starts_boolean_or_string(p) ? parse__boolean_or_string(p) : NULL;
}

void parse__copy_options(Parser *p, AstOptionList *list)
{
    uint32_t mark = parse__mark(p);
    parse__expect(p, '(');
    do {
        uint32_t start = p->tok->start;
        Str name = parse__label(p);
        parse__push(p, parse__option(p, name, copy_option_value(p), start));
    } while (parse__accept(p, ','));
    parse__expect(p, ')');
    TAKE(p, mark, list);
}

/* Options of foreign data. */

static AstOption *generic_option(Parser *p, bool alter)
{
    AstOption *option = NEW(p, Option, p->tok->start);
    if (alter && parse__peek_type(p, 1) != TOKEN_STRING) {
        if (parse__is(p, KW_SET)) option->action = AST_OPTION_SET;
        if (parse__is(p, KW_ADD)) option->action = AST_OPTION_ADD;
        if (parse__is(p, KW_DROP)) option->action = AST_OPTION_DROP;
        if (option->action != AST_OPTION_UNSPEC) parse__next(p);
    }
    option->name = parse__label(p);
    if (option->action == AST_OPTION_DROP) return option;
    uint32_t start = p->tok->start;
    option->value = string_node(p, parse__string(p), start);
    return option;
}

void parse__generic_options(Parser *p, AstOptionList *list, bool alter)
{
    if (!parse__is(p, KW_OPTIONS)) return;
    parse__next(p);
    uint32_t mark = parse__mark(p);
    parse__expect(p, '(');
    do parse__push(p, generic_option(p, alter));
    while (parse__accept(p, ','));
    parse__expect(p, ')');
    TAKE(p, mark, list);
}

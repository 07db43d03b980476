/* SPDX-License-Identifier: Apache-2.0 */
/* parse_name.c - names, lists of names, relations by name, operators by name, roles, and which key words may be
 * names. */
#include "parse/parse_internal.h"

/* ---- what a token may be ---- */

static const Keyword *keyword_of(const Token *tok)
{
    ASSERT(tok->type >= KEYWORD_FIRST && tok->type < KEYWORD_LAST_PLUS_1);
    return &parse__keywords[tok->type - KEYWORD_FIRST];
}

bool parse__is_col_id(const Token *tok)
{
    if (tok->type == TOKEN_IDENTIFIER) return true;
    if (!parse__is_keyword(tok) || tok->bound) return false;
    uint8_t category = keyword_of(tok)->category;
    return category == KEYWORD_UNRESERVED || category == KEYWORD_COLUMN_NAME;
}

bool parse__is_type_function_name(const Token *tok)
{
    if (tok->type == TOKEN_IDENTIFIER) return true;
    if (!parse__is_keyword(tok) || tok->bound) return false;
    uint8_t category = keyword_of(tok)->category;
    return category == KEYWORD_UNRESERVED || category == KEYWORD_TYPE_FUNCTION_NAME;
}

bool parse__is_non_reserved_word(const Token *tok)
{
    return tok->type == TOKEN_IDENTIFIER ||
           (parse__is_keyword(tok) && !tok->bound && keyword_of(tok)->category != KEYWORD_RESERVED);
}

bool parse__is_label(const Token *tok)
{
    return tok->type == TOKEN_IDENTIFIER || (parse__is_keyword(tok) && !tok->bound);
}

bool parse__is_bare_label(const Token *tok)
{
    return tok->type == TOKEN_IDENTIFIER ||
           (parse__is_keyword(tok) && !tok->bound && keyword_of(tok)->bare_label);
}

bool parse_keyword_at(uint32_t at, Str *word)
{
    if (at >= KEYWORD_COUNT) return false;
    *word = (Str){parse__keywords[at].word, parse__keywords[at].bytes};
    return true;
}

char parse_keyword_category(Str word, bool *bare_label)
{
    static const char letters[] = {
        [KEYWORD_UNRESERVED] = 'U',
        [KEYWORD_COLUMN_NAME] = 'C',
        [KEYWORD_TYPE_FUNCTION_NAME] = 'T',
        [KEYWORD_RESERVED] = 'R',
    };
    uint32_t number = parse__keyword_find(word.data, word.bytes);
    if (number == 0) return 0;
    const Keyword *keyword = &parse__keywords[number - KEYWORD_FIRST];
    if (memcmp(keyword->word, word.data, word.bytes) != 0) return 0;
    if (bare_label) *bare_label = keyword->bare_label;
    return letters[keyword->category];
}

Str parse__token_name_slow(Parser *p, const Token *tok)
{
    if (tok->type != TOKEN_IDENTIFIER) {
        const Keyword *keyword = keyword_of(tok);
        return (Str){keyword->word, keyword->bytes};
    }
    char *folded = parse__alloc(p, tok->text.bytes);
    for (size_t i = 0; i < tok->text.bytes; i++) {
        char c = tok->text.data[i];
        folded[i] = c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
    }
    return (Str){folded, tok->text.bytes};
}

/* ---- one name ---- */

static Str take_name(Parser *p)
{
    Str name = parse__token_name(p, p->tok);
    parse__next(p);
    return name;
}

Str parse__name(Parser *p)
{
    if (!parse__is_col_id(p->tok)) parse__syntax_error(p);
    return take_name(p);
}

Str parse__label(Parser *p)
{
    if (!parse__is_label(p->tok)) parse__syntax_error(p);
    return take_name(p);
}

Str parse__non_reserved_word(Parser *p)
{
    if (!parse__is_non_reserved_word(p->tok)) parse__syntax_error(p);
    return take_name(p);
}

Str parse__type_function_name(Parser *p)
{
    if (!parse__is_type_function_name(p->tok)) parse__syntax_error(p);
    return take_name(p);
}

Str parse__string(Parser *p)
{
    if (!parse__is(p, TOKEN_STRING)) parse__syntax_error(p);
    Str text = p->tok->text;
    parse__next(p);
    return text;
}

Str parse__word_or_string(Parser *p)
{
    return parse__is(p, TOKEN_STRING) ? parse__string(p) : parse__non_reserved_word(p);
}

int32_t parse__integer(Parser *p)
{
    if (!parse__is(p, TOKEN_INTEGER)) parse__syntax_error(p);
    int32_t number = p->tok->number;
    parse__next(p);
    return number;
}

int32_t parse__signed_integer(Parser *p)
{
    bool negative = parse__accept(p, '-');
    if (!negative) parse__accept(p, '+');
    int32_t number = parse__integer(p);
    return negative ? -number : number;
}

AstExpr *parse__numeric_only(Parser *p)
{
    uint32_t start = p->tok->start;
    bool negative = parse__accept(p, '-');
    if (!negative) parse__accept(p, '+');
    if (parse__is(p, TOKEN_FLOAT)) {
        AstFloatConst *number = NEW(p, FloatConst, start);
        number->text = negative ? str_concat(p->arena, STR("-"), p->tok->text) : p->tok->text;
        parse__next(p);
        return &number->base;
    }
    int32_t value = parse__integer(p);
    AstIntConst *number = NEW(p, IntConst, start);
    number->value = negative ? -value : value;
    return &number->base;
}

/* ---- lists of names ---- */

/* .label .label ..., pushed on the stack of names. */
static void push_attributes(Parser *p)
{
    while (parse__accept(p, '.')) parse__push_name(p, parse__label(p));
}

NodeStrs parse__dotted_from(Parser *p, Str first)
{
    if (!parse__is(p, '.') && !parse__is(p, TOKEN_LEFT_BRACKET))
        return parse__names_of_one(p, first);
    uint32_t mark = parse__mark_names(p);
    parse__push_name(p, first);
    while (parse__is(p, '.')) {
        if (parse__peek_type(p, 1) == '*') break;
        parse__next(p);
        parse__push_name(p, parse__label(p));
    }
    if (parse__is(p, '.') || parse__is(p, TOKEN_LEFT_BRACKET)) {
        /* The grammar takes stars and subscripts here, and is sorry once it has read them. */
        AstNodeList parts;
        parse__indirection_parts(p, &parts);
        parse__syntax_error(p);
    }
    return parse__take_names(p, mark);
}

NodeStrs parse__any_name(Parser *p)
{
    Str first = parse__name(p);
    if (!parse__is(p, '.')) return parse__names_of_one(p, first);
    uint32_t mark = parse__mark_names(p);
    parse__push_name(p, first);
    push_attributes(p);
    return parse__take_names(p, mark);
}

NodeStrs parse__function_name(Parser *p)
{
    uint16_t next = parse__peek_type(p, 1);
    if (next == '.' || next == TOKEN_LEFT_BRACKET) {
        /* A type-function word cannot be qualified; what stops the parser is then the word itself only if it is
         * reserved. */
        if (parse__is_type_function_name(p->tok) && !parse__is_col_id(p->tok)) parse__next(p);
        Str first = parse__name(p);
        return parse__dotted_from(p, first);
    }
    if (!parse__is_type_function_name(p->tok) && parse__is_col_id(p->tok)) {
        parse__next(p);
        parse__syntax_error(p);
    }
    return parse__names_of_one(p, parse__type_function_name(p));
}

NodeStrs parse__name_list(Parser *p)
{
    uint32_t mark = parse__mark_names(p);
    do parse__push_name(p, parse__name(p));
    while (parse__accept(p, ','));
    return parse__take_names(p, mark);
}

NodeStrs parse__column_list(Parser *p)
{
    parse__expect(p, '(');
    NodeStrs names = parse__name_list(p);
    parse__expect(p, ')');
    return names;
}

NodeStrs parse__optional_column_list(Parser *p)
{
    return parse__is(p, '(') ? parse__column_list(p) : (NodeStrs){0};
}

/* ---- relations ---- */

static Str join_names(Parser *p, NodeStrs names)
{
    StrBuilder out = str_builder(p->arena, 64);
    for (uint32_t i = 0; i < names.count; i++) {
        if (i) str_add_char(&out, '.');
        str_add(&out, names.items[i]);
    }
    return str_done(&out);
}

AstRangeVar *parse__range_var_from(Parser *p, NodeStrs names, uint32_t location)
{
    AstRangeVar *relation = NEW(p, RangeVar, location);
    if (names.count > 3)
        parse__error(p, SQLSTATE_SYNTAX_ERROR, (int32_t)location,
                     "improper qualified name (too many dotted names): %.*s",
                     STR_ARG(join_names(p, names)));
    relation->name = names.items[names.count - 1];
    if (names.count > 1) relation->schema = names.items[names.count - 2];
    if (names.count > 2) relation->catalog = names.items[0];
    return relation;
}

AstRangeVar *parse__qualified_name(Parser *p)
{
    uint32_t start = p->tok->start;
    Str name = parse__name(p);
    if (parse__is(p, '.') || parse__is(p, TOKEN_LEFT_BRACKET))
        return parse__range_var_from(p, parse__dotted_from(p, name), start);
    AstRangeVar *relation = NEW(p, RangeVar, start);
    relation->name = name;
    return relation;
}

void parse__qualified_name_list(Parser *p, AstRangeVarList *list)
{
    uint32_t mark = parse__mark(p);
    do parse__push(p, parse__qualified_name(p));
    while (parse__accept(p, ','));
    TAKE(p, mark, list);
}

AstRangeVar *parse__relation_expr(Parser *p)
{
    if (parse__accept(p, KW_ONLY)) {
        bool parens = parse__accept(p, '(');
        AstRangeVar *relation = parse__qualified_name(p);
        if (parens) parse__expect(p, ')');
        relation->only = true;
        return relation;
    }
    AstRangeVar *relation = parse__qualified_name(p);
    parse__accept(p, '*');
    return relation;
}

void parse__relation_expr_list(Parser *p, AstRangeVarList *list)
{
    uint32_t mark = parse__mark(p);
    do parse__push(p, parse__relation_expr(p));
    while (parse__accept(p, ','));
    TAKE(p, mark, list);
}

/* ---- operators ---- */

bool parse__is_operator(const Token *tok)
{
    switch (tok->type) {
    case TOKEN_OPERATOR:
    case TOKEN_CARET:
    case TOKEN_LESS_EQUAL:
    case TOKEN_GREATER_EQUAL:
    case TOKEN_NOT_EQUAL:
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
    case '<':
    case '>':
    case '=': return true;
    default: return false;
    }
}

Str parse__operator(Parser *p)
{
    if (!parse__is_operator(p->tok)) parse__syntax_error(p);
    Str name = p->tok->text;
    parse__next(p);
    return name;
}

NodeStrs parse__any_operator(Parser *p)
{
    uint32_t mark = parse__mark_names(p);
    while (parse__is_col_id(p->tok)) {
        parse__push_name(p, parse__name(p));
        parse__expect(p, '.');
    }
    parse__push_name(p, parse__operator(p));
    return parse__take_names(p, mark);
}

/* ---- roles ---- */

static AstRoleKind role_kind(const Parser *p, Str name)
{
    if (p->tok->type == KW_CURRENT_ROLE) return AST_ROLE_CURRENT_ROLE;
    if (p->tok->type == KW_CURRENT_USER) return AST_ROLE_CURRENT_USER;
    if (p->tok->type == KW_SESSION_USER) return AST_ROLE_SESSION_USER;
    return str_equal(name, STR("public")) ? AST_ROLE_PUBLIC : AST_ROLE_NAME;
}

static bool is_role_word(const Token *tok)
{
    return tok->type == KW_CURRENT_ROLE || tok->type == KW_CURRENT_USER ||
           tok->type == KW_SESSION_USER;
}

AstRoleSpec *parse__role_spec(Parser *p)
{
    if (!parse__is_non_reserved_word(p->tok) && !is_role_word(p->tok)) parse__syntax_error(p);
    AstRoleSpec *role = NEW(p, RoleSpec, p->tok->start);
    Str name = parse__token_name(p, p->tok);
    role->role = role_kind(p, name);
    if (role->role == AST_ROLE_NAME) {
        role->name = name;
        if (str_equal(name, STR("none")))
            parse__error(p, SQLSTATE_RESERVED_NAME, role->location, "role name \"%s\" is reserved",
                         "none");
    }
    parse__next(p);
    return role;
}

Str parse__role_name(Parser *p, const AstRoleSpec *role, uint16_t word)
{
    switch (role->role) {
    case AST_ROLE_NAME: return role->name;
    case AST_ROLE_PUBLIC:
        parse__error(p, SQLSTATE_RESERVED_NAME, role->location, "role name \"%s\" is reserved",
                     "public");
    case AST_ROLE_CURRENT_ROLE:
    case AST_ROLE_CURRENT_USER:
    case AST_ROLE_SESSION_USER:
        parse__error(p, SQLSTATE_RESERVED_NAME, role->location,
                     "%s cannot be used as a role name here",
                     word == KW_CURRENT_ROLE   ? "CURRENT_ROLE"
                     : word == KW_CURRENT_USER ? "CURRENT_USER"
                                               : "SESSION_USER");
    }
    UNREACHABLE();
}

Str parse__role_id(Parser *p)
{
    uint16_t word = p->tok->type;
    return parse__role_name(p, parse__role_spec(p), word);
}

void parse__role_list(Parser *p, AstRoleSpecList *list)
{
    uint32_t mark = parse__mark(p);
    do parse__push(p, parse__role_spec(p));
    while (parse__accept(p, ','));
    TAKE(p, mark, list);
}

/* ---- small clauses ---- */

AstDropBehavior parse__drop_behavior(Parser *p)
{
    if (parse__accept(p, KW_CASCADE)) return AST_DROP_CASCADE;
    if (parse__accept(p, KW_RESTRICT)) return AST_DROP_RESTRICT;
    return AST_DROP_DEFAULT;
}

bool parse__if_exists(Parser *p)
{
    if (!parse__is(p, KW_IF)) return false;
    if (parse__peek_type(p, 1) != KW_EXISTS) return false;
    parse__next(p);
    parse__next(p);
    return true;
}

bool parse__if_exists_only(Parser *p)
{
    if (!parse__accept(p, KW_IF)) return false;
    parse__expect(p, KW_EXISTS);
    return true;
}

bool parse__if_not_exists_only(Parser *p)
{
    if (!parse__accept(p, KW_IF)) return false;
    parse__expect(p, KW_NOT);
    parse__expect(p, KW_EXISTS);
    return true;
}

bool parse__if_not_exists(Parser *p)
{
    if (!parse__is(p, KW_IF) || parse__peek_type(p, 1) != KW_NOT) return false;
    parse__next(p);
    parse__expect2(p, KW_NOT, KW_EXISTS);
    return true;
}

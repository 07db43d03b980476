/* SPDX-License-Identifier: Apache-2.0 */
/* parse_internal.h - what the files of the parser share: tokens, the Parser, and the helpers that every statement is
 * written with.
 *
 * Idea: recursive descent with one current token (*p->tok) and up to LOOKAHEAD_MAX tokens behind it, never going back.
 * A function parse__x(p) begins at its first token and ends behind its last. Errors must appear at the token where
 * PostgreSQL's LALR parser would stop, that is, the first at which no statement can go on: so look at p->tok, and look
 * further ahead only to choose between two ways that are both possible at p->tok->
 *
 *     case KW_CLOSE: CLOSE {ALL | name}
 *         AstClosePortal *close = NEW(p, ClosePortal, p->tok->start);
 *         parse__next(p);
 *         if (!parse__accept(p, KW_ALL)) close->name = parse__name(p);
 *         return &close->base;
 *
 * Lists are collected on a stack and copied to their final size:
 *
 *     uint32_t mark = parse__mark(p);
 *     do parse__push(p, parse__expr(p)); while (parse__accept(p, ','));
 *     TAKE(p, mark, &node->args);
 */
#pragma once

#include "base/arena.h"
#include "base/base.h"
#include "base/error.h"
#include "base/task.h"
#include "parse/ast.h"
#include "parse/keywords.h"
#include "parse/parse.h"

/* ---- tokens ---- */

/* A token's type is the character itself for one of ,()[].;:+-*\/%^<>=, a KW_ number for a key word, or one of these.
 * Characters are below KEYWORD_FIRST but for [ ] and ^, which therefore have names. */
typedef enum TokenType {
    TOKEN_END,      /* of the text */
    TOKEN_BROKEN,   /* a lexical error ahead: raised when it becomes the current token */
    TOKEN_STRING,   /* text: the value, of any kind of string literal */
    TOKEN_BITS,     /* text: what stands in B'' */
    TOKEN_HEX_BITS, /* X'' */
    TOKEN_INTEGER,  /* number: fits an int4 */
    TOKEN_FLOAT,    /* text: as written */
    TOKEN_PARAM,    /* number */
    TOKEN_OPERATOR, /* text: any operator that has no type of its own */
    TOKEN_CAST,     /* :: */
    TOKEN_DOTS,     /* .. */
    TOKEN_ASSIGN,   /* := */
    TOKEN_ARROW,    /* => */
    TOKEN_LESS_EQUAL,
    TOKEN_GREATER_EQUAL,
    TOKEN_NOT_EQUAL, /* <> or != */
    TOKEN_LEFT_BRACKET,
    TOKEN_RIGHT_BRACKET,
    TOKEN_CARET,
    TOKEN_STRAY,                          /* a character that begins nothing */
    TOKEN_IDENTIFIER = KEYWORD_FIRST - 1, /* text: folded, truncated */
} TokenType;

typedef struct Token {
    uint16_t type;
    bool
        fold; /* a word with capitals: of an identifier `text` is still as written; see parse__token_name */
    bool
        bound; /* NOT, NULLS, WITH, WITHOUT, FORMAT that belong to the next word; only of the current token */
    bool quoted;         /* "identifier" */
    uint8_t attend;      /* ATTEND_ bits: parse__next has more to do than to move on */
    uint32_t start, end; /* bytes in the source */
    union {
        Str text;
        int32_t number;
    };
} Token;

static_assert(sizeof(Token) == 32, "two tokens a cache line");

/* What a token asks for when it becomes the current one (the copies of TOKEN_END behind it: to go back to that). */
enum {
    ATTEND_SCAN_AGAIN = 1, /* a lexical error, or a notice to send */
    ATTEND_BIND = 2,       /* a word that may be bound to the next one */
    ATTEND_SCAN_ON = 4,    /* only just enough tokens ahead */
    ATTEND_READ_ON =
        8, /* nothing; but PostgreSQL's scanner has read the token behind this one too */
};

enum { LOOKAHEAD_MAX = 4, SCRATCH_INLINE = 64, SCRATCH_NAMES_INLINE = 16 };
/* Tokens scanned at once. */
enum { TOKENS_MAX = 64 };

/* Zero bytes behind the text. */
enum { PARSE_PADDING = 16 };

typedef struct Parser {
    /* lexer */
    const char *at, *end;          /* what is not yet scanned */
    Str sql;                       /* a copy of the caller's, with PARSE_PADDING */
    bool quiet;                    /* scanning ahead: errors make a TOKEN_BROKEN, notices wait */
    bool has_notice;               /* a quiet scan had something to tell */
    const char *signs, *signs_end; /* a run of + and - in which each is a token of its own */
    uint32_t counted_bytes, counted_characters; /* how far positions have been counted */
    const ParseOptions *options;
    /* tokens */
    Token *
        tok; /* the current one, in `tokens`, where the one before it and LOOKAHEAD_MAX behind it stand too */
    Token
        *scanned; /* behind the last one scanned, or the last copy of the one that ends the text */
    /* memory */
    Arena *arena;
    char *block, *block_end; /* memory for nodes */
    size_t block_bytes;
    void **nodes; /* stack of list items being collected */
    uint32_t node_count, node_capacity;
    Str *names; /* the same for names */
    uint32_t name_count, name_capacity;
    void *nodes_inline[SCRATCH_INLINE];
    Str names_inline[SCRATCH_NAMES_INLINE];
    alignas(sizeof(Token)) Token tokens[TOKENS_MAX];
} Parser;

/* lexer.c: scans one token. */
void parse__scan(Parser *p, Token *tok);
/* Scans tokens from `tok` until `end`, or until one of TOKEN_END or TOKEN_BROKEN, which it gives; else `end`. */
Token *parse__scan_ahead(Parser *p, Token *tok, Token *end);
/* The number of the key word `text` (any case), or 0. */
uint32_t parse__keyword_find(const char *text, size_t bytes);

/* ---- moving ---- */

/* The current token asks for more than moving on to it: scans on, raises the lexical error it may be, ... */
void parse__attend(Parser *p);
/* Makes the next token the current one; pointers to tokens are void then. */
static inline void parse__next(Parser *p)
{
    p->tok++;
    if (UNLIKELY(p->tok->attend)) parse__attend(p);
}
/* Where the token before the current one ended. */
static inline uint32_t parse__last_end(const Parser *p)
{
    return p->tok[-1].end;
}
/* The n-th token behind the current one, n from 1 to LOOKAHEAD_MAX. */
static inline const Token *parse__peek(const Parser *p, uint32_t n)
{
    ASSERT(n >= 1 && n <= LOOKAHEAD_MAX);
    return p->tok + n;
}
static inline uint16_t parse__peek_type(const Parser *p, uint32_t n)
{
    return parse__peek(p, n)->type;
}
static inline bool parse__is(const Parser *p, uint32_t type)
{
    return p->tok->type == type;
}
/* False for a word bound to the next one (Token.bound) too: where that is meant, parse__is and parse__next do it. */
static inline bool parse__accept(Parser *p, uint32_t type)
{
    if (p->tok->type != type || UNLIKELY(p->tok->bound)) return false;
    parse__next(p);
    return true;
}
/* Both or nothing: only where a lone `first` is possible as well. */
bool parse__accept2(Parser *p, uint32_t first, uint32_t second);
/* Passes a token of this type or raises the syntax error. */
void parse__expect(Parser *p, uint32_t type);
void parse__expect2(Parser *p, uint32_t first, uint32_t second);

/* ---- errors ---- */

/* syntax error at or near "x", or at end of input: the current token fits nothing. */
_Noreturn void parse__syntax_error(Parser *p);
/* An error begun with error_begin and its message, at a byte offset (negative: none). */
_Noreturn void parse__raise_at(Parser *p, Error *error, int32_t offset);
/* ERROR: 42601 (or code) with a message at a byte offset. */
_Noreturn void parse__error(Parser *p, Sqlstate code, int32_t offset, const char *format, ...)
    PRINTF_LIKE(4, 5);
/* A message followed by ` at or near "text of the token"`, as the lexer's own errors are. */
_Noreturn void parse__error_near(Parser *p, Sqlstate code, const Token *tok, const char *message);

/* The position in characters, for notices: counts on from the last one asked for. */
int32_t parse__position(Parser *p, uint32_t offset);
/* A warning (01000) at a byte offset, for whoever takes notices. */
void parse__warn(Parser *p, uint32_t offset, Str message);

/* ---- memory and lists ---- */

enum { NODE_ALIGNMENT = 8 };
/* Memory that lives as long as the tree. */
void *parse__alloc_slow(Parser *p, size_t bytes);
static inline void *parse__alloc(Parser *p, size_t bytes)
{
    bytes = ALIGN_UP(bytes, (size_t)NODE_ALIGNMENT);
    if (UNLIKELY((size_t)(p->block_end - p->block) < bytes)) return parse__alloc_slow(p, bytes);
    void *memory = p->block;
    p->block += bytes;
    return memory;
}
/* Always inline: the size is then a constant, and zeroing a few stores. */
static inline __attribute__((always_inline)) AstNode *parse__new(Parser *p, AstKind kind,
                                                                 size_t bytes, uint32_t location)
{
    AstNode *node = memset(parse__alloc(p, bytes), 0, bytes);
    node->kind = kind;
    node->location = (int32_t)location;
    return node;
}
/* A zeroed node with its location, a byte offset: NEW(p, ColumnRef, start). */
#define NEW(p, Type, location) \
    ((Ast##Type *)parse__new((p), Ast##Type##_KIND, sizeof(Ast##Type), (location)))

static inline uint32_t parse__mark(const Parser *p)
{
    return p->node_count;
}
void parse__push_slow(Parser *p, void *node);
static inline void parse__push(Parser *p, void *node)
{
    if (LIKELY(p->node_count < p->node_capacity))
        p->nodes[p->node_count++] = node;
    else
        parse__push_slow(p, node);
}
/* The items pushed since `mark`, in memory of the tree; *count tells how many. */
void *parse__take(Parser *p, uint32_t mark, uint32_t *count);
#define TAKE(p, mark, list) ((list)->items = parse__take((p), (mark), &(list)->count))
/* A list of one node. */
#define LIST_OF_ONE(p, list, node) \
    ((list)->items = parse__list_of_one((p), (node)), (list)->count = 1)
void *parse__list_of_one(Parser *p, void *node);

static inline uint32_t parse__mark_names(const Parser *p)
{
    return p->name_count;
}
void parse__push_name_slow(Parser *p, Str name);
static inline void parse__push_name(Parser *p, Str name)
{
    if (LIKELY(p->name_count < p->name_capacity))
        p->names[p->name_count++] = name;
    else
        parse__push_name_slow(p, name);
}
NodeStrs parse__take_names(Parser *p, uint32_t mark);
NodeStrs parse__names_of_one(Parser *p, Str name);
/* {pg_catalog, name} */
NodeStrs parse__system_name(Parser *p, Str name);

/* ---- names ---- */

/* What a token of the current kind may be. A key word's category decides. */
bool parse__is_col_id(
    const Token *tok); /* column, table, ... names: identifier, unreserved, column-name words */
bool parse__is_type_function_name(
    const Token *tok); /* identifier, unreserved, type-function words */
bool parse__is_non_reserved_word(const Token *tok); /* any but reserved */
bool parse__is_label(const Token *tok);      /* identifier or any key word: behind AS or a dot */
bool parse__is_bare_label(const Token *tok); /* a label without AS */
static inline bool parse__is_keyword(const Token *tok)
{
    return tok->type >= KEYWORD_FIRST;
}
/* The name that a token stands for (it must be an identifier or a key word). */
Str parse__token_name_slow(Parser *p, const Token *tok);
static inline Str parse__token_name(Parser *p, const Token *tok)
{
    if (LIKELY(tok->type == TOKEN_IDENTIFIER && !tok->fold)) return tok->text;
    return parse__token_name_slow(p, tok);
}

/* Each takes one token of its kind or raises the syntax error. */
Str parse__name(Parser *p);  /* ColId */
Str parse__label(Parser *p); /* ColLabel */
Str parse__non_reserved_word(Parser *p);
Str parse__type_function_name(Parser *p);
Str parse__string(Parser *p);      /* a string literal */
int32_t parse__integer(Parser *p); /* an integer literal, without sign */
int32_t parse__signed_integer(Parser *p);
/* {+|-} number: IntConst or FloatConst, negated in place. */
AstExpr *parse__numeric_only(Parser *p);
/* NonReservedWord or string literal. */
Str parse__word_or_string(Parser *p);

/* a.b.c: any number of parts. */
NodeStrs parse__any_name(Parser *p);
/* first.b.c, the first part read already; a star or subscript among them is a syntax error behind them. */
NodeStrs parse__dotted_from(Parser *p, Str first);
/* name, name, ... */
NodeStrs parse__name_list(Parser *p);
/* (name, name, ...) or nothing. */
NodeStrs parse__optional_column_list(Parser *p);
NodeStrs parse__column_list(Parser *p); /* in parentheses, must be there */
/* A qualified name of at most three parts; "improper qualified name (too many dotted names)" beyond. */
AstRangeVar *parse__qualified_name(Parser *p);
/* RangeVar from name parts already read. */
AstRangeVar *parse__range_var_from(Parser *p, NodeStrs names, uint32_t location);
/* name, ONLY name, ONLY (name), name *: no alias. */
AstRangeVar *parse__relation_expr(Parser *p);
void parse__relation_expr_list(Parser *p, AstRangeVarList *list);
void parse__qualified_name_list(Parser *p, AstRangeVarList *list);
/* A function's name: like any_name, but a single part may be a type-function word and not a column-name word. */
NodeStrs parse__function_name(Parser *p);
/* An operator, not qualified: its text. `math`: + - * / % ^ < > = <= >= <> count as well. */
bool parse__is_operator(const Token *tok);
Str parse__operator(Parser *p); /* all_Op */
/* [schema .] operator */
NodeStrs parse__any_operator(Parser *p);
AstRoleSpec *parse__role_spec(Parser *p);
/* A role that must be a name: CURRENT_USER and its kin are refused (42939 reserved_name). */
Str parse__role_id(Parser *p);
void parse__role_list(Parser *p, AstRoleSpecList *list);
AstDropBehavior parse__drop_behavior(Parser *p);
/* IF EXISTS / IF NOT EXISTS, or nothing. */
bool parse__if_exists(Parser *p);
/* IF EXISTS where no name can stand, or nothing. */
bool parse__if_exists_only(Parser *p);
bool parse__if_not_exists(Parser *p);
bool parse__if_not_exists_only(Parser *p);

/* ---- options ---- */

AstOption *parse__option(Parser *p, Str name, void *value, uint32_t location);
/* ( label [= value], ... ): definition of DefineStmt, WITH of CREATE ... ; def_arg as value. */
void parse__definition(Parser *p, AstOptionList *list);
/* The same with namespaces (toast.x): storage parameters. */
void parse__reloptions(Parser *p, AstOptionList *list);
/* ( name [value], ... ) without =, of EXPLAIN, VACUUM, REINDEX, ... */
void parse__utility_options(Parser *p, AstOptionList *list);
/* def_arg: a type name, reserved word, operator, number, string or NONE. */
AstNode *parse__def_arg(Parser *p);
/* TRUE, FALSE, ON, a word or string; a number too: opt_boolean_or_string / NumericOnly. */
AstNode *parse__boolean_or_string(Parser *p);
/* COPY ... ( name value, ... ). */
void parse__copy_options(Parser *p, AstOptionList *list);
/* OPTIONS (name 'value', ...) of foreign data, or nothing; `alter` allows SET, ADD and DROP. */
void parse__generic_options(Parser *p, AstOptionList *list, bool alter);

/* ---- expressions and types (parse_expr*.c, parse_type.c) ---- */

AstExpr *parse__expr(Parser *p); /* a_expr */
AstExpr *parse__b_expr(
    Parser *p); /* b_expr: no AND, OR, NOT, IS NULL, IN, LIKE, BETWEEN at the top */
AstExpr *parse__c_expr(Parser *p); /* an operand */
/* An operand that begins with an identifier. */
AstExpr *parse__identifier_operand(Parser *p);
void parse__expr_list(Parser *p, AstExprList *list);
/* An item of a SELECT list: SELECT a AND FROM t labels a. */
AstExpr *parse__target_expr(Parser *p);
/* Where the text of an expression begins: its location is that of its operator. */
int32_t parse__leftmost(const AstExpr *expr);
/* The first argument of SUBSTRING: SIMILAR without TO ends it. */
AstExpr *parse__substring_expr(Parser *p);
/* Goes on with an a_expr whose first operand has been read. */
AstExpr *parse__expr_from(Parser *p, AstExpr *left);
/* What stands in parentheses, and they: a query, or one expression, or several if `list`. */
typedef struct Paren {
    AstSelectBase *select;
    AstExprList items; /* when select is NULL: at least one */
    uint32_t location; /* of the parenthesis */
} Paren;
void parse__paren(Parser *p, Paren *paren, bool list);
/* An expression, or (then *select is not NULL) a query that is not in parentheses as a whole. */
AstExpr *parse__expr_or_select(Parser *p, AstSelectBase **select);
/* (select), in any number of parentheses. */
AstSelectBase *parse__select_with_parens(Parser *p);
/* ROW (...) or (a, b, ...), or any other thing that begins with a parenthesis. */
AstRowExpr *parse__row(Parser *p);
/* The same as a list of FieldAccess and Subscript. */
void parse__indirection_parts(Parser *p, AstNodeList *parts);
/* .name, .*, [subscript] ... behind an operand, if any. */
AstExpr *parse__indirection(Parser *p, AstExpr *arg);
/* pg_catalog.name as SQL's own syntax calls it; arguments that are NULL are left out. */
AstFuncCall *parse__system_call(Parser *p, Str name, uint32_t location);
void parse__call_args(Parser *p, AstFuncCall *call, uint32_t count, AstExpr *const *args);
/* NFC and its kin as a string constant. */
AstExpr *parse__normal_form(Parser *p);
/* WITH UNIQUE [KEYS], WITHOUT UNIQUE [KEYS], or nothing. */
bool parse__unique_keys(Parser *p);
/* expr, name := expr or name => expr. */
AstExpr *parse__func_arg(Parser *p);
/* name (args), as CALL and EXECUTE FUNCTION's kin take it. */
AstFuncCall *parse__func_application(Parser *p);
/* At the parenthesis of a call. */
typedef struct CallShape {
    bool modifiers;    /* the arguments could be a type's modifiers */
    uint32_t order_at; /* where ORDER BY stands, if there is one */
} CallShape;
AstFuncCall *parse__function_call(Parser *p, NodeStrs names, uint32_t start, CallShape *shape);
/* WITHIN GROUP, FILTER and OVER behind a call. */
AstExpr *parse__call_tail(Parser *p, AstFuncCall *call);
AstExpr *parse__optional_filter(Parser *p);
AstWindowDef *parse__optional_over(Parser *p);
AstWindowDef *parse__window_specification(Parser *p);
/* What SQL gives a syntax of its own: CAST(...), CURRENT_DATE, ...; NULL: nothing of that is here. */
AstExpr *parse__special_function(Parser *p);
/* parse_xml.c and parse_json.c: at their words, a parenthesis behind them. */
AstExpr *parse__xml_concat(Parser *p);
AstExpr *parse__xml_element(Parser *p);
AstExpr *parse__xml_exists(Parser *p);
AstExpr *parse__xml_forest(Parser *p);
AstExpr *parse__xml_parse(Parser *p);
AstExpr *parse__xml_pi(Parser *p);
AstExpr *parse__xml_root(Parser *p);
AstExpr *parse__xml_serialize(Parser *p);
AstXmlTable *parse__xml_table(Parser *p);
AstExpr *parse__json_parse(Parser *p);
AstExpr *parse__json_scalar(Parser *p);
AstExpr *parse__json_serialize(Parser *p);
AstExpr *parse__json_object(Parser *p);
AstExpr *parse__json_array(Parser *p);
AstExpr *parse__json_object_agg(Parser *p);
AstExpr *parse__json_array_agg(Parser *p);
/* JSON_EXISTS, JSON_VALUE, JSON_QUERY */
AstExpr *parse__json_function(Parser *p);
AstJsonTable *parse__json_table(Parser *p);
AstTypeName *parse__simple_type(Parser *p); /* neither SETOF nor an array */
AstTypeName *parse__type_name(Parser *p);   /* Typename */
AstTypeName *parse__func_type(Parser *p);   /* Typename, or name%TYPE, SETOF too */
/* Is here one of the types that SQL spells with words of its own? `literal`: one that a string follows, or must
 * follow. */
bool parse__starts_sql_type(Parser *p, bool literal);
AstTypeName *parse__sql_type(Parser *p, bool literal);
/* YEAR TO MONTH and the like, or nothing. */
void parse__interval_fields(Parser *p, AstTypeName *type);
void parse__type_list(Parser *p, AstTypeNameList *list);
/* COLLATE name, or nothing. */
NodeStrs parse__optional_collate(Parser *p);
/* ORDER BY list, or nothing. */
void parse__optional_order_by(Parser *p, AstSortItemList *list);
/* The tail of an index element and of a sort item. */
AstSortOrder parse__sort_order(Parser *p);
AstNullsOrder parse__nulls_order(Parser *p);

/* ---- queries and data changes (parse_select.c, parse_from.c, parse_dml.c) ---- */

/* WITH ... SELECT, VALUES, TABLE or a set operation; not in parentheses / in any number of them. */
AstSelectBase *parse__select_no_parens(Parser *p);
AstSelectBase *parse__select_stmt(Parser *p);
/* Goes on behind a query in parentheses with what may follow: set operations, ORDER BY, LIMIT, FOR. */
AstSelectBase *parse__select_from(Parser *p, AstSelectBase *select);
/* Does a query begin here, other than with a parenthesis; may one in parentheses go on here? */
bool parse__starts_select(Parser *p);
bool parse__continues_select(const Parser *p);
AstWith *parse__with(Parser *p);
AstSelectBase *parse__select_behind_with(Parser *p, AstWith *with);
AstTarget *parse__target(Parser *p);
/* Can a SELECT's list end before this token? */
bool parse__ends_target_list(const Token *tok);
void parse__target_list(Parser *p, AstTargetList *list);
/* FROM, WHERE, GROUP BY, HAVING, WINDOW. */
void parse__select_clauses(Parser *p, AstSelect *select);
AstFromItem *parse__table_ref(Parser *p);
void parse__from_list(Parser *p, AstFromItemList *list);
/* A function without FILTER, WITHIN GROUP and OVER. */
AstExpr *parse__windowless_function(Parser *p);
AstColumnTarget *parse__column_target(Parser *p);
/* One element of an index, and what it shares with partition keys and ON CONFLICT: (a, b), each a column, function or
 * (expr). */
AstIndexElement *parse__index_element(Parser *p);
/* A column of an element, rather than a function's name. */
bool parse__is_plain_column(Parser *p);
void parse__index_elements(Parser *p, AstIndexElementList *list);
/* SELECT, INSERT, UPDATE, DELETE, MERGE: what PREPARE, COPY and CTEs take. */
AstStmt *parse__preparable(Parser *p);
/* The same behind its WITH, which may be NULL. */
AstStmt *parse__preparable_behind_with(Parser *p, AstWith *with);
/* WHERE expr, or nothing. */
AstExpr *parse__optional_where(Parser *p);
/* [AS] name [(columns)], or nothing. */
AstAlias *parse__optional_alias(Parser *p);

/* PL/pgSQL's modes: an expression with FROM and so on behind it, and an assignment to a name of so many parts. */
AstSelect *parse__plpgsql_expression(Parser *p);
AstNode *parse__plpgsql_assign(Parser *p, uint32_t name_parts);

/* ---- statements (parse_statement.c and the files of each topic) ---- */

/* One statement; NULL at a semicolon or the end. */
AstStmt *parse__statement(Parser *p);
/* These begin at their first key word. */
AstStmt *parse__transaction(Parser *p);
AstStmt *parse__prepare(Parser *p);
AstStmt *parse__execute(Parser *p);
AstStmt *parse__deallocate(Parser *p);
AstStmt *parse__declare(Parser *p);
AstStmt *parse__fetch(Parser *p); /* FETCH and MOVE */
AstStmt *parse__close(Parser *p);
AstStmt *parse__explain(Parser *p);
AstStmt *parse__copy(Parser *p);
AstStmt *parse__show(Parser *p);
AstStmt *parse__reset_statement(Parser *p);
AstStmt *parse__set(Parser *p); /* SET ... */
AstSetVariable *parse__set_rest(
    Parser *
        p); /* what stands behind SET [LOCAL], also in ALTER ROLE ... SET, CREATE FUNCTION ... SET */
AstSetVariable *parse__reset(Parser *p); /* RESET ... */

/* CREATE ..., ALTER ..., DROP ... and the other definitions. Each begins at its first key word. */
AstStmt *parse__create(Parser *p);
AstStmt *parse__alter(Parser *p);
AstStmt *parse__drop(Parser *p);
AstStmt *parse__comment(Parser *p);
AstStmt *parse__security_label(Parser *p);
AstStmt *parse__grant(Parser *p);           /* GRANT and REVOKE */
AstStmt *parse__grant_in_schema(Parser *p); /* of privileges alone, an element of CREATE SCHEMA */
AstStmt *parse__import(Parser *p);          /* IMPORT FOREIGN SCHEMA */
AstStmt *parse__reassign(Parser *p);        /* REASSIGN OWNED */
AstStmt *parse__truncate(Parser *p);
AstStmt *parse__lock(Parser *p);
AstStmt *parse__vacuum(Parser *p); /* VACUUM and ANALYZE */
AstStmt *parse__cluster(Parser *p);
AstStmt *parse__reindex(Parser *p);
AstStmt *parse__refresh(Parser *p); /* REFRESH MATERIALIZED VIEW */
AstStmt *parse__call(Parser *p);
AstStmt *parse__do(Parser *p);
AstStmt *parse__listen(Parser *p);
AstStmt *parse__unlisten(Parser *p);
AstStmt *parse__notify(Parser *p);
AstStmt *parse__load(Parser *p);
AstStmt *parse__checkpoint(Parser *p);
AstStmt *parse__discard(Parser *p);
AstStmt *parse__set_constraints(Parser *p); /* behind SET, at CONSTRAINTS */
/* What EXPLAIN may hold of CREATE: CREATE TABLE AS, CREATE MATERIALIZED VIEW. */
AstStmt *parse__create_table_as(Parser *p);
/* The columns of a function's column definition list, of a composite type too: name type [COLLATE]. */
AstColumnDef *parse__column_def(Parser *p);
/* INTO's target: [TEMP ...] [TABLE] name. */
AstRangeVar *parse__into_target(Parser *p);

/* ---- phrases: the key words by which a statement or its object is known ---- */

/* A row of a table of phrases begins with this. `uses` are bits of the table's own. */
typedef struct Phrase {
    uint16_t words[3]; /* 0 behind the last */
    uint16_t uses;
} Phrase;
/* Passes the words of the row, among `count` rows of `row_bytes` that have all bits of `needed`, whose phrase stands
 * here, and returns the row: the longest phrase. Raises the syntax error at the first word that no phrase goes on
 * with. */
const void *parse__phrase(Parser *p, const void *rows, size_t row_bytes, uint32_t count,
                          uint32_t needed);
#define PHRASE(p, rows, needed) \
    parse__phrase((p), (rows), sizeof((rows)[0]), ARRAY_LEN(rows), (needed))

/* ---- objects by name, of any kind (parse_object.c) ---- */

/* How an object of a kind is named. */
typedef enum NameForm {
    FORM_ANY_NAME,
    FORM_NAME,
    FORM_TYPE,
    FORM_AGGREGATE,
    FORM_ROUTINE,
    FORM_OPERATOR,
    FORM_ON_TABLE,   /* name ON table */
    FORM_CONSTRAINT, /* name ON [DOMAIN] any_name */
    FORM_OPERATOR_CLASS,
    FORM_CAST,
    FORM_TRANSFORM,
    FORM_LARGE_OBJECT,
} NameForm;
/* The object behind the words of its kind. */
AstObjectRef *parse__object_ref(Parser *p, AstObjectType object, NameForm form);
/* Words of a kind that ALTER EXTENSION ADD and DROP take, and the object. */
AstObjectRef *parse__extension_member(Parser *p);
/* name [(parameters)] */
AstRoutineRef *parse__routine_ref(Parser *p);
/* name (parameters), (*), ORDER BY among them */
AstRoutineRef *parse__aggregate_ref(Parser *p);
/* The same, the name read already. */
AstRoutineRef *parse__aggregate_params(Parser *p, NodeStrs names, uint32_t start);
/* operator (left, right) */
AstOperatorRef *parse__operator_ref(Parser *p);
/* The types of an operator's operands; at the parenthesis. */
void parse__operator_types(Parser *p, AstOperatorRef *ref);
/* (source AS target) */
void parse__cast_types(Parser *p, AstTypeName **source, AstTypeName **target);

/* ---- parts of definitions ---- */

/* A string or truth value as a node. */
AstNode *parse__string_const(Parser *p, Str text, uint32_t location);
AstNode *parse__bool_const(Parser *p, bool value, uint32_t location);
AstNode *parse__name_node(Parser *p, NodeStrs parts, uint32_t location);
/* FUNCTION or PROCEDURE, whichever. */
void parse__function_word(Parser *p);
/* NOT, NULLS, WITH or WITHOUT where the word behind does not bind it (NOT IN, NULLS FIRST, WITH TIME, ...). */
static inline bool parse__is_free(const Parser *p, uint32_t type)
{
    return p->tok->type == type && !p->tok->bound;
}
/* Passes a WITH that says nothing, whatever word it is bound to. */
static inline void parse__optional_with(Parser *p)
{
    if (parse__is(p, KW_WITH)) parse__next(p);
}
/* WITH (definition), or nothing. */
void parse__optional_definition(Parser *p, AstOptionList *list);
/* WITH [NO] DATA, or nothing; tells of NO. */
bool parse__optional_no_data(Parser *p);
/* USING method / TABLESPACE name, or nothing (then the data of the Str is NULL). */
Str parse__optional_method(Parser *p);
Str parse__optional_tablespace(Parser *p);
/* Names with dots in a list: each a Name. */
void parse__any_name_list(Parser *p, AstNameList *list);
/* FOR role, of a user mapping (USER is the current one), and SERVER name. */
AstRoleSpec *parse__mapped_user(Parser *p);
Str parse__mapped_server(Parser *p);

/* parse_constraint.c */

/* Column, constraint or (`like`) LIKE of CREATE TABLE. `typed`: columns have no types (OF, PARTITION OF). */
AstColumnDef *parse__table_column(Parser *p, bool typed);
bool parse__starts_constraint(Parser *p);
AstConstraint *parse__table_constraint(Parser *p);
AstConstraint *parse__domain_constraint(Parser *p);
/* Constraints and COLLATE behind a column's or domain's type. */
void parse__column_constraints(Parser *p, AstConstraintList *list, NodeStrs *collation);
enum {
    ATTRIBUTE_DEFERRABLE = 1 << 0,
    ATTRIBUTE_NOT_DEFERRABLE = 1 << 1,
    ATTRIBUTE_DEFERRED = 1 << 2,
    ATTRIBUTE_IMMEDIATE = 1 << 3,
    ATTRIBUTE_NOT_VALID = 1 << 4,
    ATTRIBUTE_NO_INHERIT = 1 << 5,
    ATTRIBUTE_NOT_ENFORCED = 1 << 6,
    ATTRIBUTE_ENFORCED = 1 << 7,
};
/* Any number of attributes: a set of the bits above; *location is that of the first. */
uint32_t parse__attribute_set(Parser *p, uint32_t *location);
/* Puts such a set into the constraint; raises if an attribute is not among the allowed. `name` is that of its kind. */
void parse__apply_attributes(Parser *p, AstConstraint *constraint, const char *name, uint32_t set,
                             uint32_t location, uint32_t allowed);
/* NULLS [NOT] DISTINCT, or nothing; tells of NOT. */
bool parse__nulls_not_distinct(Parser *p);
AstPartitionBound *parse__partition_bound(Parser *p);

/* Options of sequences, any number; `count_min` must be there. */
bool parse__starts_sequence_option(Parser *p);
AstOption *parse__sequence_option(Parser *p);
void parse__sequence_options(Parser *p, AstOptionList *list);
/* ALWAYS or BY DEFAULT (true). */
bool parse__generated_when(Parser *p);
void parse__paren_sequence_options(Parser *p, AstOptionList *list); /* in parentheses, or nothing */

/* parse_function.c: attributes of functions, at least one. `create`: those of CREATE too. */
AstFuncParam *parse__func_param(Parser *p);

/* ---- CREATE: each is called behind the words of its phrase ---- */

typedef struct Create {
    uint32_t start; /* of the statement */
    const Phrase *phrase;
    bool replace;
    bool element; /* of CREATE SCHEMA */
    bool as_only; /* of CREATE TABLE only CREATE TABLE AS */
    AstPersistence persistence;
} Create;
typedef AstStmt *CreateParser(Parser *p, const Create *create);
CreateParser parse__create_table, parse__create_foreign_table, parse__create_materialized_view;
CreateParser parse__create_index, parse__create_view, parse__create_recursive_view,
    parse__create_sequence, parse__create_statistics, parse__create_rule, parse__create_trigger,
    parse__create_constraint_trigger, parse__create_event_trigger, parse__create_policy;
CreateParser parse__create_function, parse__create_procedure;
CreateParser parse__create_aggregate, parse__create_operator, parse__create_type,
    parse__create_collation, parse__create_text_search, parse__create_domain,
    parse__create_operator_class, parse__create_operator_family, parse__create_cast,
    parse__create_transform, parse__create_conversion, parse__create_language,
    parse__create_access_method, parse__create_assertion;
CreateParser parse__create_database, parse__create_schema, parse__create_tablespace,
    parse__create_extension, parse__create_foreign_data_wrapper, parse__create_server,
    parse__create_user_mapping;
CreateParser parse__create_publication, parse__create_subscription;
CreateParser parse__create_role;
/* One element of CREATE SCHEMA; NULL: none begins here. */
AstStmt *parse__schema_element(Parser *p);

/* ---- ALTER: each is called behind the words of its phrase ---- */

typedef struct Alter {
    uint32_t start;
    AstObjectType object;
    AstObjectRef *ref; /* the object, when the phrase's row says how it is named */
} Alter;
typedef AstStmt *AlterParser(Parser *p, const Alter *alter);
/* Behind the words: they read the name too. */
AlterParser parse__alter_relation, parse__alter_policy, parse__alter_role, parse__alter_group,
    parse__alter_user_mapping, parse__alter_default_privileges, parse__alter_system,
    parse__alter_statistics, parse__alter_part;
/* Behind the name, at an action that is no RENAME, OWNER TO, SET SCHEMA or DEPENDS. */
AlterParser parse__alter_collation, parse__alter_database, parse__alter_domain,
    parse__alter_event_trigger, parse__alter_extension, parse__alter_foreign_data_wrapper,
    parse__alter_function, parse__alter_operator, parse__alter_operator_family,
    parse__alter_publication, parse__alter_server, parse__alter_subscription,
    parse__alter_tablespace, parse__alter_ts_configuration, parse__alter_ts_dictionary;
/* What most kinds share; the bits of `actions` say which of them this one has. ALTER_SET: it has other actions that
 * begin with SET. NULL: none begins here. */
enum { ALTER_RENAME = 1, ALTER_OWNER = 2, ALTER_SCHEMA = 4, ALTER_DEPENDS = 8, ALTER_SET = 16 };
AstStmt *parse__alter_named(Parser *p, const Alter *alter, uint32_t actions);
/* TO name, of a thing (rule, trigger, policy) that hangs on a relation. */
AstStmt *parse__rename_part(Parser *p, const Alter *alter, AstRangeVar *relation, Str part,
                            bool if_exists);
/* SET (options) of ALTER TYPE. */
AstStmt *parse__alter_type_options(Parser *p, const Alter *alter);
/* One action of ALTER TABLE, INDEX, SEQUENCE, VIEW and so on. */
AstAlterCommand *parse__alter_command(Parser *p);
AstAlterCommand *parse__attach_partition(Parser *p, bool index); /* at ATTACH */
AstAlterCommand *parse__detach_partition(Parser *p);             /* at DETACH */

/* ---- parts of SET, for ALTER DATABASE, ALTER ROLE, ALTER SYSTEM ---- */

/* a.b.c as one text. */
Str parse__variable_name(Parser *p);
/* name { TO | = } { values | DEFAULT }: no more of SET. */
AstSetVariable *parse__set_generic(Parser *p);
/* SET ... or RESET ...; NULL: none begins here. */
AstSetVariable *parse__optional_set_reset(Parser *p);
/* The name of a role just read from `word`; raises for PUBLIC and the words that stand for a role. */
Str parse__role_name(Parser *p, const AstRoleSpec *role, uint16_t word);

/* SPDX-License-Identifier: Apache-2.0 */
/* parse.h - SQL text to syntax tree, and nothing more: no name is looked up, no catalog asked.
 *
 * Errors are raised as PostgreSQL's raw parser words them, with the position in characters: 42601 (syntax) and those of
 * literals (22P06, 22025, 42622 as a notice, ...). Nesting too deep for the stack raises 54001. The tree is accepted or
 * the statement fails as a whole: of several statements in one text none is returned when one is wrong. */
#pragma once

#include "base/arena.h"
#include "base/base.h"
#include "base/error.h"
#include "parse/ast.h"

enum { PARSE_BYTES_MAX = 0x3fffffff, IDENTIFIER_BYTES_MAX = 63 };

typedef enum ParseMode {
    PARSE_STATEMENTS,         /* any number of statements between semicolons */
    PARSE_TYPE_NAME,          /* one type name: AstTypeName */
    PARSE_PLPGSQL_EXPRESSION, /* what may stand behind SELECT: AstSelect */
    PARSE_PLPGSQL_ASSIGN1, /* name := expression, the name of so many dotted parts (or $n): AstAssign */
    PARSE_PLPGSQL_ASSIGN2,
    PARSE_PLPGSQL_ASSIGN3,
} ParseMode;

typedef enum BackslashQuote {
    BACKSLASH_QUOTE_OFF,
    BACKSLASH_QUOTE_ON,
    BACKSLASH_QUOTE_SAFE_ENCODING
} BackslashQuote;

/* All zero is what a PostgreSQL server does by default, but for backslash_quote = off, which only a session's setting
 * decides; parse_options_default() gives the defaults of every setting. */
typedef struct ParseOptions {
    ParseMode mode;
    bool nonstandard_strings;   /* standard_conforming_strings = off */
    bool escape_string_warning; /* looked at when nonstandard_strings */
    BackslashQuote backslash_quote;
    /* Takes notices (identifier truncated) and warnings (escapes in plain strings); must not raise. NULL: they are
     * dropped. The Error lives until the call returns. */
    void (*notice)(void *arg, const Error *notice);
    void *notice_arg;
} ParseOptions;

/* One statement and where it stands in the text: bytes, from its first token to its last, the semicolon not counted. */
typedef struct ParsedStatement {
    AstNode *tree;
    uint32_t offset, bytes;
} ParsedStatement;

typedef struct ParseResult {
    Str sql;
    ParsedStatement *statements; /* empty ones (between semicolons) are not here */
    uint32_t count;
} ParseResult;

ParseOptions parse_options_default(void);

/* Everything is allocated in `arena`: names and plain literals of the tree are slices of a copy of `sql` there. `sql`
 * must be valid UTF-8; the result's is the caller's. `options` NULL: the defaults. Locations in the tree are byte
 * offsets. Time is linear in the text. */
ParseResult *parse_sql(Arena *arena, Str sql, const ParseOptions *options);

/* The position that a client counts, in characters from 1, of a byte offset in `sql`; 0 for a negative offset. */
int32_t parse_position(Str sql, int32_t offset);

/* Is `word` a key word, in lower case; its category as pg_get_keywords() gives it (U, C, T or R), or 0. */
char parse_keyword_category(Str word, bool *bare_label);
/* All of them, in order, counted from 0; false: there are no more. */
bool parse_keyword_at(uint32_t at, Str *word);

/* SQL text of a statement, expression or type name: parsing it gives an equal tree. Appends to `out`. */
void parse_deparse(StrBuilder *out, const AstNode *node);
/* Appends an identifier, in double quotes where it needs them. */
void parse_quote_identifier(StrBuilder *out, Str name);
/* Appends a string literal in single quotes, with E where backslashes stand in it. */
void parse_quote_literal(StrBuilder *out, Str text);

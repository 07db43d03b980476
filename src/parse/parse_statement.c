/* SPDX-License-Identifier: Apache-2.0 */
/* parse_statement.c - which function parses a statement: a table by its first key word. */
#include "parse/parse_internal.h"

typedef AstStmt *(*StatementParser)(Parser *p);

#define ROW(word) [KW_##word - KEYWORD_FIRST]

static const StatementParser statements[KEYWORD_COUNT] = {
    /* transactions, settings, statements about statements and cursors */
    ROW(ABORT) = parse__transaction, ROW(BEGIN) = parse__transaction, ROW(CLOSE) = parse__close,
    ROW(COMMIT) = parse__transaction, ROW(COPY) = parse__copy, ROW(DEALLOCATE) = parse__deallocate,
    ROW(DECLARE) = parse__declare, ROW(END) = parse__transaction, ROW(EXECUTE) = parse__execute,
    ROW(EXPLAIN) = parse__explain, ROW(FETCH) = parse__fetch, ROW(MOVE) = parse__fetch,
    ROW(PREPARE) = parse__prepare, ROW(RELEASE) = parse__transaction,
    ROW(RESET) = parse__reset_statement, ROW(ROLLBACK) = parse__transaction,
    ROW(SAVEPOINT) = parse__transaction, ROW(SET) = parse__set, ROW(SHOW) = parse__show,
    ROW(START) = parse__transaction,
    /* queries and data changes */
    ROW(DELETE) = parse__preparable, ROW(INSERT) = parse__preparable,
    ROW(MERGE) = parse__preparable, ROW(SELECT) = parse__preparable, ROW(TABLE) = parse__preparable,
    ROW(UPDATE) = parse__preparable, ROW(VALUES) = parse__preparable, ROW(WITH) = parse__preparable,
    /* definitions and utilities */
};

AstStmt *parse__statement(Parser *p)
{
    if (parse__is(p, ';') || parse__is(p, TOKEN_END)) return NULL;
    if (parse__is(p, '(')) return parse__preparable(p);
    if (!parse__is_keyword(&p->tok)) parse__syntax_error(p);
    StatementParser parser = statements[p->tok.type - KEYWORD_FIRST];
    if (!parser) parse__syntax_error(p);
    return parser(p);
}

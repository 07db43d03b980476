/* SPDX-License-Identifier: Apache-2.0 */
/* parse_statement.c - which function parses a statement: a table by its first key word. */
#include "parse/parse_internal.h"

typedef AstStmt *(*StatementParser)(Parser *p);

#define ROW(word) [KW_##word - KEYWORD_FIRST]

static const StatementParser statements[KEYWORD_COUNT] = {
    /* transactions, settings, statements about statements and cursors */
    ROW(ABORT) = parse__transaction,
    ROW(BEGIN) = parse__transaction,
    ROW(CLOSE) = parse__close,
    ROW(COMMIT) = parse__transaction,
    ROW(COPY) = parse__copy,
    ROW(DEALLOCATE) = parse__deallocate,
    ROW(DECLARE) = parse__declare,
    ROW(END) = parse__transaction,
    ROW(EXECUTE) = parse__execute,
    ROW(EXPLAIN) = parse__explain,
    ROW(FETCH) = parse__fetch,
    ROW(MOVE) = parse__fetch,
    ROW(PREPARE) = parse__prepare,
    ROW(RELEASE) = parse__transaction,
    ROW(RESET) = parse__reset_statement,
    ROW(ROLLBACK) = parse__transaction,
    ROW(SAVEPOINT) = parse__transaction,
    ROW(SET) = parse__set,
    ROW(SHOW) = parse__show,
    ROW(START) = parse__transaction,
    /* queries and data changes */
    ROW(DELETE) = parse__preparable,
    ROW(INSERT) = parse__preparable,
    ROW(MERGE) = parse__preparable,
    ROW(SELECT) = parse__preparable,
    ROW(TABLE) = parse__preparable,
    ROW(UPDATE) = parse__preparable,
    ROW(VALUES) = parse__preparable,
    ROW(WITH) = parse__preparable,
    /* definitions and utilities */
    ROW(ALTER) = parse__alter,
    ROW(ANALYSE) = parse__vacuum,
    ROW(ANALYZE) = parse__vacuum,
    ROW(CALL) = parse__call,
    ROW(CHECKPOINT) = parse__checkpoint,
    ROW(CLUSTER) = parse__cluster,
    ROW(COMMENT) = parse__comment,
    ROW(CREATE) = parse__create,
    ROW(DISCARD) = parse__discard,
    ROW(DO) = parse__do,
    ROW(DROP) = parse__drop,
    ROW(GRANT) = parse__grant,
    ROW(IMPORT) = parse__import,
    ROW(LISTEN) = parse__listen,
    ROW(LOAD) = parse__load,
    ROW(LOCK) = parse__lock,
    ROW(NOTIFY) = parse__notify,
    ROW(REASSIGN) = parse__reassign,
    ROW(REFRESH) = parse__refresh,
    ROW(REINDEX) = parse__reindex,
    ROW(REVOKE) = parse__grant,
    ROW(SECURITY) = parse__security_label,
    ROW(TRUNCATE) = parse__truncate,
    ROW(UNLISTEN) = parse__unlisten,
    ROW(VACUUM) = parse__vacuum,
};

AstStmt *parse__statement(Parser *p)
{
    if (parse__is(p, ';') || parse__is(p, TOKEN_END)) return NULL;
    if (parse__is(p, '(')) return parse__preparable(p);
    if (!parse__is_keyword(p->tok)) parse__syntax_error(p);
    StatementParser parser = statements[p->tok->type - KEYWORD_FIRST];
    if (!parser) parse__syntax_error(p);
    return parser(p);
}

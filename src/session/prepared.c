/* SPDX-License-Identifier: Apache-2.0 */
/* prepared.c - PREPARE, EXECUTE, DEALLOCATE: statements by name, as SQL has them. */
#include "session/session_internal.h"

#include "expr/expr.h"

void session__prepare(UtilityCall *call)
{
    const AstPrepare *prepare = AST_AS(Prepare, call->tree);
    Session *session = call->session;
    if (map_find(&session->statements, &prepare->name) != NULL)
        raise_error(SQLSTATE_DUPLICATE_PREPARED_STATEMENT,
                    "prepared statement \"%.*s\" already exists", STR_ARG(prepare->name));
    BindOptions options = session_bind_options(session, call->sql, NULL);
    Oid *types = ARENA_ARRAY(call->arena, Oid, prepare->types.count);
    for (uint32_t i = 0; i < prepare->types.count; i++) {
        int32_t typmod;
        types[i] = bind_type_name(call->arena, prepare->types.items[i], &options, &typmod);
    }
    Statement *statement = session__statement_of(session, prepare->name, call->sql, prepare->query,
                                                 types, prepare->types.count);
    statement->text = str_copy(statement->arena, call->statement);
    statement->from_sql = true;
    session__statement_bind(session, statement);
    Statement **slot = map_put(&session->statements, &statement->name, NULL);
    *slot = statement;
}

/* The arguments of EXECUTE, as the statement's parameters. */
Datum *session__execute_args(UtilityCall *call, const AstExecute *execute,
                             const Statement *statement, Arena *arena)
{
    Session *session = call->session;
    if (execute->args.count != statement->param_count) {
        Error *error = error_begin(SQLSTATE_SYNTAX_ERROR);
        error_message(error, "wrong number of parameters for prepared statement \"%.*s\"",
                      STR_ARG(execute->name));
        error_detail(error, "Expected %u parameters but got %u.", statement->param_count,
                     execute->args.count);
        error_raise(error);
    }
    Datum *values = ARENA_ARRAY(arena, Datum, statement->param_count);
    BindOptions options = session_bind_options(session, call->sql, NULL);
    for (uint32_t i = 0; i < statement->param_count; i++) {
        QExpr *expr = bind_expression(call->arena, execute->args.items[i], &options, NULL,
                                      BIND_EXECUTE, statement->params[i], -1,
                                      str_format(call->arena, "parameter $%u", i + 1));
        values[i] = expr_value(arena, expr, &session->env);
    }
    return values;
}

QQuery *session_prepared_query(UtilityCall *call, const AstExecute *execute, const Datum **params,
                               uint32_t *param_count)
{
    Session *session = call->session;
    Statement *statement = session__statement_get(session, execute->name);
    session__statement_bind(session, statement);
    if (statement->query == NULL || statement->query->command != Q_COMMAND_SELECT)
        raise_error(SQLSTATE_WRONG_OBJECT_TYPE, "prepared statement is not a SELECT");
    *params = session__execute_args(call, execute, statement, call->arena);
    *param_count = statement->param_count;
    return query_copy(call->arena, statement->query);
}

void session__execute(UtilityCall *call)
{
    const AstExecute *execute = AST_AS(Execute, call->tree);
    Session *session = call->session;
    Statement *statement = session__statement_get(session, execute->name);
    if (statement->utility != NULL)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "EXECUTE of a prepared utility statement is not supported");
    session__statement_bind(session, statement);
    Portal *portal = session__portal_new(session, STR("<execute>"), statement);
    portal->param_count = statement->param_count;
    portal->params = session__execute_args(call, execute, statement, portal->arena);
    portal->columns = statement->columns;
    portal->column_count = statement->column_count;
    Str tag;
    (void)session__portal_run(session, portal, call->rows_max, call->sink, &tag);
    call->tag = str_copy(call->arena, tag);
    session__portal_close(session, portal);
}

void session__execute_describe(UtilityCall *call, Description *description)
{
    const AstExecute *execute = AST_AS(Execute, call->tree);
    Statement *statement = session__statement_get(call->session, execute->name);
    if (statement->utility != NULL) return;
    session__statement_bind(call->session, statement);
    description->columns = statement->columns;
    description->column_count = statement->column_count;
    description->returns_rows = statement->column_count > 0 ||
                                statement->query->command == Q_COMMAND_SELECT;
}

void session__deallocate(UtilityCall *call)
{
    const AstDeallocate *deallocate = AST_AS(Deallocate, call->tree);
    if (deallocate->name.data == NULL) {
        session__statements_clear(call->session);
        return;
    }
    (void)session__statement_get(call->session, deallocate->name);
    session_close_statement(call->session, deallocate->name);
}

const char *session__deallocate_tag(const AstNode *tree)
{
    return AST_AS(Deallocate, tree)->name.data != NULL ? "DEALLOCATE" : "DEALLOCATE ALL";
}

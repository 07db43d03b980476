/* SPDX-License-Identifier: Apache-2.0 */
/* cursor.c - DECLARE, FETCH, MOVE, CLOSE, and PREPARE, EXECUTE, DEALLOCATE.
 *
 * A cursor is a portal. One that may go backward (SCROLL) or outlives its transaction (WITH HOLD) reads through a row
 * store, filled only as far as was asked for; the others read straight from their plan and go forward only. */
#include "session/session_internal.h"

#include "expr/expr.h"
#include "session/row_store.h"

/* ---- DECLARE and CLOSE ---- */

void session__declare(UtilityCall *call)
{
    const AstDeclareCursor *declare = AST_AS(DeclareCursor, call->tree);
    Session *session = call->session;
    if (!declare->hold) session_need_block(session, "DECLARE CURSOR");
    if (declare->scroll && declare->no_scroll)
        raise_error(SQLSTATE_INVALID_CURSOR_DEFINITION, "cannot specify both %s and %s", "SCROLL",
                    "NO SCROLL");
    if (session__portal_find(session, declare->name) != NULL)
        raise_error(SQLSTATE_DUPLICATE_CURSOR, "cursor \"%.*s\" already exists",
                    STR_ARG(declare->name));
    Statement *statement = session__statement_of(session, STR(""), call->sql, declare->query,
                                                 call->param_types, call->param_count);
    statement->fixed_params = true;
    statement->text = str_copy(statement->arena, call->statement);
    Portal *portal = session__portal_new(session, declare->name, statement);
    session__statement_let_go(statement);
    portal->param_count = call->param_count;
    portal->params = arena_copy(portal->arena, call->params, call->param_count * sizeof(Datum));
    session__statement_bind(session, statement);
    if (statement->query->command != Q_COMMAND_SELECT)
        raise_error(SQLSTATE_INVALID_CURSOR_DEFINITION,
                    "DECLARE CURSOR must not contain data-modifying statements in WITH");
    if (declare->hold && statement->query->locks.count > 0) {
        Error *error = error_begin(SQLSTATE_FEATURE_NOT_SUPPORTED);
        error_message(error, "DECLARE CURSOR WITH HOLD ... %s is not supported", "FOR UPDATE");
        error_detail(error, "Holdable cursors must be READ ONLY.");
        error_raise(error);
    }
    portal->is_cursor = true;
    portal->with_hold = declare->hold;
    portal->scroll = declare->scroll;
    portal->binary = declare->binary;
    portal->column_count = statement->column_count;
    portal->columns = arena_copy(portal->arena, statement->columns,
                                 statement->column_count * sizeof(ResultColumn));
    for (uint32_t i = 0; i < portal->column_count; i++) portal->columns[i].format = declare->binary;
    session__portal_start(session, portal);
    if (declare->hold || declare->scroll)
        portal->store = row_store_new(session->account, portal->plan);
}

void session__declare_describe(UtilityCall *call, Description *description)
{
    (void)description;
    if (call->infer == NULL) return;
    const BindOptions options = session_call_options(call);
    (void)bind_statement(call->arena, AST_AS(DeclareCursor, call->tree)->query, &options);
}

void session__close(UtilityCall *call)
{
    const AstClosePortal *close = AST_AS(ClosePortal, call->tree);
    Session *session = call->session;
    if (close->name.data != NULL) {
        session__portal_close(session, session__portal_get(session, close->name, true));
        return;
    }
    for (Portal *portal = session->portals, *next; portal != NULL; portal = next) {
        next = portal->next;
        if (portal->is_cursor) session__portal_close(session, portal);
    }
}

const char *session__close_tag(const AstNode *tree)
{
    return AST_AS(ClosePortal, tree)->name.data != NULL ? "CLOSE CURSOR" : "CLOSE CURSOR ALL";
}

/* ---- FETCH and MOVE ---- */

typedef struct FetchPlan {
    bool forward;
    uint64_t skip_to; /* absolute position to stand at first; UINT64_MAX: where it is */
    uint64_t rows;    /* then so many rows, in that direction */
    bool again;       /* the current row once more */
} FetchPlan;

static _Noreturn void only_forward(void)
{
    Error *error = error_begin(SQLSTATE_OBJECT_NOT_IN_PREREQUISITE_STATE);
    error_message(error, "cursor can only scan forward");
    error_hint(error, "Declare it with SCROLL option to enable backward scan.");
    error_raise(error);
}

static void give(Session *session, Portal *portal, const Batch *batch, const ResultSink *sink)
{
    if (sink != NULL) sink->rows(sink->arg, &session->env, portal->columns, batch);
}

/* One row of the store by number, where it exists; the position moves there, or past the end. */
static uint64_t go_to(Session *session, Portal *portal, int64_t row, const ResultSink *sink)
{
    RowStore *store = portal->store;
    if (row > 0 && portal->exec != NULL) row_store_fill(store, portal->exec, (uint64_t)row);
    if (row < 1) {
        portal->position = 0;
        return 0;
    }
    if ((uint64_t)row > row_store_count(store)) {
        portal->position = row_store_count(store) + 1;
        return 0;
    }
    portal->position = (uint64_t)row;
    give(session, portal, row_store_row(store, (uint64_t)row), sink);
    return 1;
}

static uint64_t step(Session *session, Portal *portal, uint64_t rows, bool forward,
                     const ResultSink *sink)
{
    uint64_t given = 0;
    while (given < rows) {
        task_check();
        if (!forward && portal->position == 0) break;
        uint64_t got = go_to(session, portal,
                             forward ? (int64_t)portal->position + 1
                                     : (int64_t)portal->position - 1,
                             sink);
        if (got == 0) break;
        given++;
    }
    return given;
}

static uint64_t fetch_stored(Session *session, Portal *portal, const AstFetch *fetch,
                             const ResultSink *sink)
{
    bool all = fetch->count == INT64_MAX;
    int64_t count = fetch->count;
    switch (fetch->direction) {
    case AST_FETCH_FORWARD:
    case AST_FETCH_BACKWARD: {
        bool forward = (fetch->direction == AST_FETCH_FORWARD) == (count >= 0);
        if (count == 0) return go_to(session, portal, (int64_t)portal->position, sink);
        uint64_t rows = all ? UINT64_MAX : count < 0 ? 0 - (uint64_t)count : (uint64_t)count;
        return step(session, portal, rows, forward, sink);
    }
    case AST_FETCH_ABSOLUTE:
        if (count < 0) {
            if (portal->exec != NULL) row_store_fill(portal->store, portal->exec, UINT64_MAX);
            count = (int64_t)row_store_count(portal->store) + 1 + count;
        }
        return go_to(session, portal, count, sink);
    case AST_FETCH_RELATIVE: return go_to(session, portal, (int64_t)portal->position + count, sink);
    }
    UNREACHABLE();
}

static void drop_rows(void *arg, const FnEnv *env, const ResultColumn *columns, const Batch *batch)
{
    (void)arg;
    (void)env;
    (void)columns;
    (void)batch;
}

static uint64_t fetch_forward(Session *session, Portal *portal, const AstFetch *fetch,
                              const ResultSink *sink)
{
    ResultSink drop = {.rows = drop_rows};
    if (sink == NULL) sink = &drop;
    uint64_t rows = (uint64_t)fetch->count, before = portal->position;
    Str tag;
    switch (fetch->direction) {
    case AST_FETCH_FORWARD: break;
    case AST_FETCH_BACKWARD: only_forward();
    case AST_FETCH_RELATIVE:
    case AST_FETCH_ABSOLUTE: {
        int64_t to = fetch->direction == AST_FETCH_ABSOLUTE ? fetch->count
                                                            : (int64_t)before + fetch->count;
        if (to <= (int64_t)before) only_forward();
        if ((uint64_t)to > before + 1)
            (void)session__portal_run(session, portal, (uint64_t)to - before - 1, &drop, &tag);
        rows = 1;
        before = portal->position;
        break;
    }
    }
    if (fetch->count <= 0) only_forward();
    if (portal->state == PORTAL_DONE) return 0;
    (void)session__portal_run(session, portal, fetch->count == INT64_MAX ? 0 : rows, sink, &tag);
    return portal->position - before;
}

void session__fetch(UtilityCall *call)
{
    const AstFetch *fetch = AST_AS(Fetch, call->tree);
    Session *session = call->session;
    Portal *portal = session__portal_get(session, fetch->name, true);
    const ResultSink *sink = fetch->move ? NULL : call->sink;
    uint64_t rows = portal->store != NULL ? fetch_stored(session, portal, fetch, sink)
                                          : fetch_forward(session, portal, fetch, sink);
    call->tag = str_format(call->arena, "%s %" PRIu64, fetch->move ? "MOVE" : "FETCH", rows);
}

void session__fetch_describe(UtilityCall *call, Description *description)
{
    const AstFetch *fetch = AST_AS(Fetch, call->tree);
    if (fetch->move) return;
    Portal *portal = session__portal_find(call->session, fetch->name);
    if (portal == NULL) return;
    description->returns_rows = true;
    description->columns = portal->columns;
    description->column_count = portal->column_count;
}

const char *session__fetch_tag(const AstNode *tree)
{
    return AST_AS(Fetch, tree)->move ? "MOVE" : "FETCH";
}

/* ---- PREPARE, EXECUTE, DEALLOCATE ---- */

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

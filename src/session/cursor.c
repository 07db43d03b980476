/* SPDX-License-Identifier: Apache-2.0 */
/* cursor.c - DECLARE, FETCH, MOVE, CLOSE, WHERE CURRENT OF.
 *
 * A cursor is a portal. One that was declared to go backward (SCROLL) or outlives its transaction (WITH HOLD) reads
 * through a row store, filled only as far as was asked for. The others read straight from their plan; those that may go
 * backward all the same get a store when they first do, from a second run of the plan under the same snapshot. That
 * gives the same rows, unless the query has effects or tells the time: then there is a store from the start. */
#include "session/session_internal.h"

#include "expr/expr.h"
#include "exec/kept_rows.h"

/* ---- DECLARE and CLOSE ---- */

static _Noreturn void raise_both(const char *one, const char *other)
{
    raise_error(SQLSTATE_INVALID_CURSOR_DEFINITION, "cannot specify both %s and %s", one, other);
}

/* Which kinds of cursors have a query that locks rows? */
static void check_locks(const AstDeclareCursor *declare, const QQuery *query)
{
    const char *clause = bind_lock_text(query->locks.items[0]->strength);
    Error *error;
    if (declare->hold) {
        error = error_begin(SQLSTATE_FEATURE_NOT_SUPPORTED);
        error_message(error, "DECLARE CURSOR WITH HOLD ... %s is not supported", clause);
        error_detail(error, "Holdable cursors must be READ ONLY.");
    } else if (declare->scroll) {
        error = error_begin(SQLSTATE_FEATURE_NOT_SUPPORTED);
        error_message(error, "DECLARE SCROLL CURSOR ... %s is not supported", clause);
        error_detail(error, "Scrollable cursors must be READ ONLY.");
    } else if (declare->insensitive) {
        error = error_begin(SQLSTATE_INVALID_CURSOR_DEFINITION);
        error_message(error, "DECLARE INSENSITIVE CURSOR ... %s is not valid", clause);
        error_detail(error, "Insensitive cursors must be READ ONLY.");
    } else {
        return;
    }
    error_raise(error);
}

void session__declare(UtilityCall *call)
{
    const AstDeclareCursor *declare = AST_AS(DeclareCursor, call->tree);
    Session *session = call->session;
    if (!declare->hold) session_need_block(session, "DECLARE CURSOR");
    if (declare->scroll && declare->no_scroll) raise_both("SCROLL", "NO SCROLL");
    if (declare->insensitive && declare->asensitive) raise_both("ASENSITIVE", "INSENSITIVE");
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
    if (statement->query->has_modifying_cte)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "DECLARE CURSOR must not contain data-modifying statements in WITH");
    if (statement->query->locks.count > 0) check_locks(declare, statement->query);
    portal->is_cursor = statement->is_cursor = true;
    portal->with_hold = declare->hold;
    portal->binary = declare->binary;
    portal->column_count = statement->column_count;
    portal->columns = arena_copy(portal->arena, statement->columns,
                                 statement->column_count * sizeof(ResultColumn));
    for (uint32_t i = 0; i < portal->column_count; i++) portal->columns[i].format = declare->binary;
    session__portal_start(session, portal);
    const bool by_plan = !declare->no_scroll && plan_goes_backward(portal->plan);
    portal->scroll = declare->scroll || by_plan;
    const bool varies = by_plan && expr_is_volatile((const QExpr *)statement->query, &session->env);
    if (declare->hold || declare->scroll || varies)
        portal->store = kept_rows_new(session->account, portal->exec);
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

static _Noreturn void only_forward(Portal *portal)
{
    portal->state = PORTAL_FAILED;
    Error *error = error_begin(SQLSTATE_OBJECT_NOT_IN_PREREQUISITE_STATE);
    error_message(error, "cursor can only scan forward");
    error_hint(error, "Declare it with SCROLL option to enable backward scan.");
    error_raise(error);
}

/* From here on its rows are found by number. */
static void go_backward(Session *session, Portal *portal)
{
    if (!portal->scroll) only_forward(portal);
    if (portal->store == NULL) session__portal_keep(session, portal);
}

/* 0: before the first row; one more than there are rows: behind the last. */
static uint64_t place_of(const Portal *portal)
{
    return portal->position + (portal->store == NULL && portal->state == PORTAL_DONE);
}

static bool is_on_row(const Portal *portal)
{
    if (portal->position == 0) return false;
    return portal->store != NULL ? portal->position <= kept_rows_count(portal->store)
                                 : portal->state != PORTAL_DONE;
}

static void give(Session *session, Portal *portal, const Batch *batch, const ResultSink *sink)
{
    Batch visible = *batch;
    session__portal_stands_on(portal, batch);
    visible.column_count = portal->column_count;
    if (sink != NULL) sink->rows(sink->arg, &session->env, portal->columns, &visible);
}

static void drop_rows(void *arg, const FnEnv *env, const ResultColumn *columns, const Batch *batch)
{
    (void)arg;
    (void)env;
    (void)columns;
    (void)batch;
}

static uint64_t step_forward(Session *session, Portal *portal, uint64_t rows,
                             const ResultSink *sink)
{
    const ResultSink drop = {.rows = drop_rows};
    Str tag;
    if (portal->store == NULL) {
        const uint64_t before = portal->position;
        if (portal->state == PORTAL_DONE || rows == 0) return 0;
        (void)session__portal_run(session, portal, rows == UINT64_MAX ? 0 : rows,
                                  sink != NULL ? sink : &drop, &tag);
        return portal->position - before;
    }
    uint64_t given = 0;
    while (given < rows) {
        task_check();
        const uint32_t most = (uint32_t)MIN(rows - given, BATCH_ROWS_MAX);
        session__portal_fill(session, portal, portal->position + most);
        const uint64_t count = kept_rows_count(portal->store);
        if (portal->position >= count) {
            portal->position = count + 1;
            break;
        }
        const Batch *batch = kept_rows_from(portal->store, portal->position + 1, most);
        give(session, portal, batch, sink);
        portal->position += batch->selection.count;
        given += batch->selection.count;
    }
    return given;
}

static uint64_t step_backward(Session *session, Portal *portal, uint64_t rows,
                              const ResultSink *sink)
{
    uint64_t given = 0;
    go_backward(session, portal);
    while (given < rows && portal->position > 0) {
        task_check();
        if (--portal->position == 0) break;
        give(session, portal, kept_rows_from(portal->store, portal->position, 1), sink);
        given++;
    }
    return given;
}

/* The row that it stands on, once more. */
static uint64_t give_again(Session *session, Portal *portal, const ResultSink *sink)
{
    if (!is_on_row(portal)) return 0;
    if (sink == NULL) return 1;
    go_backward(session, portal);
    give(session, portal, kept_rows_from(portal->store, portal->position, 1), sink);
    return 1;
}

/* The row of that number, counted from 1; of an end if there is none. */
static uint64_t go_to(Session *session, Portal *portal, int64_t row, const ResultSink *sink)
{
    const uint64_t place = place_of(portal), to = row < 0 ? 0 : (uint64_t)row;
    if (to == 0 && place == 0) return 0;
    if (to > place) {
        (void)step_forward(session, portal, to - place - 1, NULL);
        return step_forward(session, portal, 1, sink);
    }
    go_backward(session, portal);
    portal->position = to;
    if (to == 0 || to > kept_rows_count(portal->store)) return 0;
    give(session, portal, kept_rows_from(portal->store, to, 1), sink);
    return 1;
}

static uint64_t fetch_rows(Session *session, Portal *portal, const AstFetch *fetch,
                           const ResultSink *sink)
{
    const int64_t count = fetch->count;
    switch (fetch->direction) {
    case AST_FETCH_FORWARD:
    case AST_FETCH_BACKWARD: {
        const bool forward = (fetch->direction == AST_FETCH_FORWARD) == (count >= 0);
        const uint64_t rows = count == INT64_MAX ? UINT64_MAX
                              : count < 0        ? 0 - (uint64_t)count
                                                 : (uint64_t)count;
        if (rows == 0) return give_again(session, portal, sink);
        return forward ? step_forward(session, portal, rows, sink)
                       : step_backward(session, portal, rows, sink);
    }
    case AST_FETCH_ABSOLUTE:
        if (count >= 0) return go_to(session, portal, count, sink);
        go_backward(session, portal);
        session__portal_fill(session, portal, UINT64_MAX);
        portal->position = kept_rows_count(portal->store) + 1;
        return go_to(session, portal, (int64_t)portal->position + MAX(count, -INT64_MAX), sink);
    case AST_FETCH_RELATIVE:
        if (count == 0) return give_again(session, portal, sink);
        if (count < 0) {
            (void)step_backward(session, portal, 0 - (uint64_t)count - 1, NULL);
            return step_backward(session, portal, 1, sink);
        }
        (void)step_forward(session, portal, (uint64_t)count - 1, NULL);
        return step_forward(session, portal, 1, sink);
    }
    UNREACHABLE();
}

void session__fetch(UtilityCall *call)
{
    const AstFetch *fetch = AST_AS(Fetch, call->tree);
    Session *session = call->session;
    Portal *portal = session__portal_get(session, fetch->name, true);
    session__portal_runnable(portal);
    const uint64_t rows = fetch_rows(session, portal, fetch, fetch->move ? NULL : call->sink);
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

/* ---- WHERE CURRENT OF ---- */

/* Which of its columns is the id of the row of that relation? */
static uint32_t row_id_column(const Portal *portal, const CatRelation *relation)
{
    const PlanRowIdColumnList *ids = &portal->plan->row_ids;
    uint32_t found = UINT32_MAX;
    for (uint32_t i = 0; i < ids->count; i++) {
        if (ids->items[i]->relation != relation->oid) continue;
        if (found != UINT32_MAX)
            raise_error(
                SQLSTATE_INVALID_CURSOR_STATE,
                "cursor \"%.*s\" has multiple FOR UPDATE/SHARE references to table \"%.*s\"",
                STR_ARG(portal->name), STR_ARG(relation->name));
        found = i;
    }
    if (found != UINT32_MAX) return found;
    if (portal->plan->locks_rows)
        raise_error(SQLSTATE_INVALID_CURSOR_STATE,
                    "cursor \"%.*s\" does not have a FOR UPDATE/SHARE reference to table \"%.*s\"",
                    STR_ARG(portal->name), STR_ARG(relation->name));
    raise_error(SQLSTATE_INVALID_CURSOR_STATE,
                "cursor \"%.*s\" is not a simply updatable scan of table \"%.*s\"",
                STR_ARG(portal->name), STR_ARG(relation->name));
}

bool session__current_of(void *session, Str cursor, const CatRelation *relation, uint64_t *tid)
{
    const Portal *portal = session__portal_get(session, cursor, true);
    if (portal->plan == NULL || portal->plan->command != Q_COMMAND_SELECT)
        raise_error(SQLSTATE_INVALID_CURSOR_STATE, "cursor \"%.*s\" is not a SELECT query",
                    STR_ARG(cursor));
    if (portal->exec == NULL)
        raise_error(SQLSTATE_INVALID_CURSOR_STATE,
                    "cursor \"%.*s\" is held from a previous transaction", STR_ARG(cursor));
    const uint32_t column = row_id_column(portal, relation);
    if (!is_on_row(portal))
        raise_error(SQLSTATE_INVALID_CURSOR_STATE, "cursor \"%.*s\" is not positioned on a row",
                    STR_ARG(cursor));
    *tid = portal->row_ids[column].value.u64;
    return !portal->row_ids[column].null;
}

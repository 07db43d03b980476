/* SPDX-License-Identifier: Apache-2.0 */
/* portal.c - portals: a statement with its parameters, being run. The extended protocol's, and SQL's cursors.
 *
 * A portal pulls batches of its plan and hands them to a sink. A row limit that cuts a batch leaves the rest of it with
 * the portal. Cursors that go backward, or outlive their transaction, keep the rows that they gave (kept_rows.h). */
#include "session/session_internal.h"

#include "exec/kept_rows.h"

Portal *session__portal_find(Session *session, Str name)
{
    for (Portal *portal = session->portals; portal != NULL; portal = portal->next) {
        if (str_equal(portal->name, name)) return portal;
    }
    return NULL;
}

Portal *session__portal_get(Session *session, Str name, bool cursor)
{
    Portal *portal = session__portal_find(session, name);
    if (portal == NULL)
        raise_error(SQLSTATE_INVALID_CURSOR_NAME, "%s \"%.*s\" does not exist",
                    cursor ? "cursor" : "portal", STR_ARG(name));
    return portal;
}

Portal *session__portal_new(Session *session, Str name, Statement *statement)
{
    Arena *arena = arena_new_child(session->arena, "portal");
    Portal *portal = ARENA_NEW(arena, Portal);
    portal->arena = arena;
    portal->name = str_copy(arena, name);
    portal->statement = statement;
    session__statement_enter(statement);
    portal->level = session->savepoints != NULL ? session->savepoints->number : 0;
    portal->created_us = session->message_us;
    portal->next = session->portals;
    session->portals = portal;
    return portal;
}

static void stop_run(Portal *portal)
{
    if (portal->run != NULL) {
        exec_close_kept(portal->run->exec);
        portal->run->in_use = false;
    } else if (portal->exec != NULL) {
        exec_close(portal->exec);
    }
    portal->run = NULL;
    portal->exec = NULL;
    portal->batch = NULL;
    if (portal->has_snapshot) txn_snapshot_release(&portal->snapshot);
    portal->has_snapshot = false;
}

void session__portal_close(Session *session, Portal *portal)
{
    for (Portal **at = &session->portals; *at != NULL; at = &(*at)->next) {
        if (*at != portal) continue;
        *at = portal->next;
        break;
    }
    stop_run(portal);
    if (portal->store != NULL) kept_rows_drop(portal->store);
    session__statement_leave(portal->statement);
    arena_drop(portal->arena);
}

void session__portals_end(Session *session, bool commit)
{
    for (Portal *portal = session->portals, *next; portal != NULL; portal = next) {
        next = portal->next;
        bool stored_before = portal->store != NULL && portal->exec == NULL && portal->with_hold;
        if (stored_before) continue;
        if (commit && portal->with_hold && portal->state != PORTAL_FAILED) {
            session__portal_fill(session, portal, UINT64_MAX);
            stop_run(portal);
        } else {
            session__portal_close(session, portal);
        }
    }
}

static bool is_in_use(const Portal *portal, Oid relation)
{
    if (portal->exec == NULL || portal->plan == NULL) return false;
    if (portal->state == PORTAL_DONE && !portal->is_cursor) return false;
    for (uint32_t i = 0; i < portal->plan->relations.count; i++)
        if ((Oid)portal->plan->relations.items[i] == relation) return true;
    return false;
}

void session_forbid_in_use(Session *session, const CatRelation *relation, const char *what)
{
    for (const Portal *portal = session->portals; portal != NULL; portal = portal->next)
        if (is_in_use(portal, relation->oid))
            raise_error(
                SQLSTATE_OBJECT_IN_USE,
                "cannot %s \"%.*s\" because it is being used by active queries in this session",
                what, STR_ARG(relation->name));
    if (session->deferred != NULL && exec_deferred_waits(session->deferred, relation->oid))
        raise_error(SQLSTATE_OBJECT_IN_USE,
                    "cannot %s \"%.*s\" because it has pending trigger events", what,
                    STR_ARG(relation->name));
}

void session__portals_rollback_to(Session *session, uint32_t level)
{
    for (Portal *portal = session->portals, *next; portal != NULL; portal = next) {
        next = portal->next;
        if (portal->level >= level) session__portal_close(session, portal);
    }
}

/* ---- running ---- */

/* Is more than SELECT wanted of a table that is not temporary? Row locks are. */
static bool writes_kept_table(Session *session, const PlanPlan *plan)
{
    for (uint32_t i = 0; i < plan->tables.count; i++) {
        const QTable *table = plan->tables.items[i];
        if (table->relation == 0 || !(table->permissions & ~(uint32_t)PRIV_SELECT)) continue;
        const CatRelation *relation = cat_relation(session->view, table->relation);
        if (relation == NULL || relation->persistence != 't') return true;
    }
    return false;
}

void session__forbid_writes(Session *session, const PlanPlan *plan)
{
    static const char *const names[] = {[Q_COMMAND_INSERT] = "INSERT",
                                        [Q_COMMAND_UPDATE] = "UPDATE",
                                        [Q_COMMAND_DELETE] = "DELETE",
                                        [Q_COMMAND_MERGE] = "MERGE"};
    if (!session->read_only || !writes_kept_table(session, plan)) return;
    Error *error = error_begin(SQLSTATE_READ_ONLY_SQL_TRANSACTION);
    if (plan->command != Q_COMMAND_SELECT)
        error_message(error, "cannot execute %s in a read-only transaction", names[plan->command]);
    else if (plan->row_lock == Q_ROWLOCK_NONE)
        error_message(error, "cannot execute SELECT in a read-only transaction");
    else
        error_message(error, "cannot execute SELECT %s in a read-only transaction",
                      bind_lock_text(plan->row_lock));
    error_raise(error);
}

/* Are the relations of the plan those that the statement holds? Then they stay as they are as long as it does. */
static bool holds_relations(Session *session, const Statement *statement)
{
    const PlanPlan *plan = statement->generic;
    for (uint32_t i = 0; i < plan->relations.count; i++) {
        const CatRelation *relation = cat_relation(session->view, (Oid)plan->relations.items[i]);
        bool held = false;
        for (uint32_t k = 0; k < statement->entry_count && relation != NULL; k++)
            held |= statement->entries[k] == &relation->entry;
        if (!held) return false;
    }
    return true;
}

/* Tried once, when the generic plan has shown that it is used. Sessions with very many statements keep the executions
 * of the first ones alone: each takes some kilobytes. */
static KeptRun *kept_run(Session *session, Statement *statement, const ExecOptions *options)
{
    enum { KEPT_RUNS_MAX = 16, GENERIC_RUNS_BEFORE = 2 };
    if (statement->run_was_tried || statement->generic_plans < GENERIC_RUNS_BEFORE)
        return statement->run;
    statement->run_was_tried = true;
    if (session->kept_runs == KEPT_RUNS_MAX || !holds_relations(session, statement)) return NULL;
    ExecOptions own = *options;
    own.query = arena_new_child(statement->planned, "kept execution");
    ExecKept *exec = exec_keep(statement->generic, &own);
    if (exec == NULL) {
        arena_drop(own.query);
        return NULL;
    }
    statement->run = ARENA_NEW(statement->planned, KeptRun);
    statement->run->exec = exec;
    statement->run->count = &session->kept_runs;
    session->kept_runs++;
    return statement->run;
}

static Exec *open_exec(Session *session, Portal *portal, const ExecOptions *options)
{
    Statement *statement = portal->statement;
    if (portal->plan != statement->generic || portal->is_cursor)
        return exec_open(portal->plan, options);
    KeptRun *run = kept_run(session, statement, options);
    if (run == NULL || run->in_use) return exec_open(portal->plan, options);
    Exec *exec = exec_open_kept(run->exec, options);
    portal->run = run;
    run->in_use = true;
    return exec;
}

void session__portal_plan(Session *session, Portal *portal)
{
    Statement *statement = portal->statement;
    portal->planned = session__statement_plan(session, statement, portal->arena, portal->params);
    portal->planned_query = statement->query;
}

void session__portal_start(Session *session, Portal *portal)
{
    SCOPED(scope);
    session__statement_bind(session, portal->statement);
    /* Bound anew, its query is another one (the old one stays as long as there are portals). */
    if (portal->planned == NULL || portal->planned_query != portal->statement->query)
        session__portal_plan(session, portal);
    portal->plan = portal->planned;
    session__forbid_writes(session, portal->plan);
    const Snapshot *snapshot = session_statement_snapshot(session, scope);
    CHECK(txn_snapshot_copy(&portal->snapshot, snapshot));
    portal->has_snapshot = true;
    ExecOptions options = session_exec_options(session, &portal->snapshot, portal->arena);
    options.params = portal->params;
    options.param_count = portal->param_count;
    options.workers = NULL; /* until it is known that it will run to its end */
    portal->exec = open_exec(session, portal, &options);
    portal->row_ids = ARENA_ARRAY(portal->arena, Datum, portal->plan->row_ids.count);
    portal->state = PORTAL_RUNNING;
}

/* Hands on what fits of the portal's batch; returns how many rows. */
static uint64_t give_rows(Session *session, Portal *portal, uint64_t rows_max,
                          const ResultSink *sink)
{
    Batch part = *portal->batch;
    uint32_t left = part.selection.count - portal->batch_at;
    uint32_t count = rows_max != 0 && rows_max < left ? (uint32_t)rows_max : left;
    uint16_t all[BATCH_ROWS_MAX];
    if (part.selection.rows != NULL) {
        part.selection.rows += portal->batch_at;
    } else if (portal->batch_at > 0) {
        for (uint32_t i = 0; i < count; i++) all[i] = (uint16_t)(portal->batch_at + i);
        part.selection.rows = all;
    }
    part.selection.count = count;
    session__portal_stands_on(portal, &part);
    part.column_count = portal->column_count;
    if (portal->column_count > 0 || portal->plan->command == Q_COMMAND_SELECT)
        sink->rows(sink->arg, &session->env, portal->columns, &part);
    portal->batch_at += count;
    if (portal->batch_at == portal->batch->selection.count) portal->batch = NULL;
    return count;
}

void session__portal_stands_on(Portal *portal, const Batch *batch)
{
    const PlanRowIdColumnList *columns = &portal->plan->row_ids;
    const uint32_t last = batch->selection.count - 1;
    const uint32_t row = batch->selection.rows ? batch->selection.rows[last] : last;
    for (uint32_t i = 0; i < columns->count; i++)
        portal->row_ids[i] = vector_get(&batch->columns[columns->items[i]->column], row);
}

void session__portal_fill(Session *session, Portal *portal, uint64_t rows)
{
    if (portal->exec == NULL) return; /* a held cursor has all of them */
    const PortalState before = portal->state;
    if (portal->has_snapshot) CHECK(txn_snapshot_check(&portal->snapshot));
    if (portal->has_snapshot) session->active_snapshot = &portal->snapshot;
    portal->state = PORTAL_FAILED; /* until it is known to have gone well */
    kept_rows_fill(portal->store, portal->exec, rows);
    portal->state = before;
}

void session__portal_keep(Session *session, Portal *portal)
{
    const bool at_end = portal->state == PORTAL_DONE;
    portal->store = kept_rows_new(session->account, portal->exec);
    portal->batch = NULL;
    exec_rewind(portal->exec);
    session__portal_fill(session, portal, at_end ? UINT64_MAX : portal->position);
    if (at_end) portal->position = kept_rows_count(portal->store) + 1;
    portal->state = PORTAL_RUNNING;
}

static Str tag_of(Portal *portal, uint64_t rows, Arena *arena)
{
    static const char *const words[] = {[Q_COMMAND_SELECT] = "SELECT ",
                                        [Q_COMMAND_INSERT] = "INSERT 0 ",
                                        [Q_COMMAND_UPDATE] = "UPDATE ",
                                        [Q_COMMAND_DELETE] = "DELETE ",
                                        [Q_COMMAND_MERGE] = "MERGE "};
    QCommand command = portal->plan->command;
    ASSERT(command != Q_COMMAND_UTILITY);
    StrBuilder tag = str_builder(arena, 32);
    str_add_zero_terminated(&tag, words[command]);
    str_add_u64(&tag, command == Q_COMMAND_SELECT ? rows : exec_processed(portal->exec));
    return str_done(&tag);
}

void session__portal_runnable(const Portal *portal)
{
    if (portal->state == PORTAL_FAILED)
        raise_error(SQLSTATE_OBJECT_NOT_IN_PREREQUISITE_STATE, "portal \"%.*s\" cannot be run",
                    STR_ARG(portal->name));
    if (portal->has_snapshot) CHECK(txn_snapshot_check(&portal->snapshot));
}

bool session__portal_run(Session *session, Portal *portal, uint64_t rows_max,
                         const ResultSink *sink, Str *tag)
{
    session__portal_runnable(portal);
    if (portal->state == PORTAL_DONE) {
        *tag = STR("SELECT 0");
        return true;
    }
    if (portal->state == PORTAL_READY) session__portal_start(session, portal);
    if (rows_max == 0 && !portal->is_cursor && session->isolation != ISOLATION_SERIALIZABLE)
        exec_allow_workers(portal->exec, engine_workers(session->engine));
    PortalState before = portal->state;
    if (portal->has_snapshot) session->active_snapshot = &portal->snapshot;
    portal->state = PORTAL_FAILED; /* until it is known to have gone well */
    /* A statement that changes rows is run to its end before the first of its rows is given, as PostgreSQL does: a row
     * limit must not leave it half done. */
    if (portal->plan->modifies && portal->store == NULL && portal->column_count > 0) {
        portal->store = kept_rows_new(session->account, portal->exec);
        kept_rows_fill(portal->store, portal->exec, UINT64_MAX);
        exec_finish(portal->exec);
    }
    uint64_t given = 0;
    bool more = true;
    while (rows_max == 0 || given < rows_max) {
        task_check();
        if (portal->batch == NULL) {
            uint64_t want = rows_max == 0 ? BATCH_ROWS_MAX : MIN(rows_max - given, BATCH_ROWS_MAX);
            more = portal->store != NULL
                       ? kept_rows_next(portal->store, (uint32_t)want, &portal->batch)
                       : exec_next(portal->exec, (uint32_t)want, &portal->batch);
            portal->batch_at = 0;
            if (!more) break;
            if (portal->batch->selection.count == 0) {
                portal->batch = NULL;
                continue;
            }
        }
        given += give_rows(session, portal, rows_max == 0 ? 0 : rows_max - given, sink);
    }
    portal->position += given;
    portal->state = before;
    if (more) return false;
    if (portal->store == NULL) exec_finish(portal->exec);
    *tag = tag_of(portal, given, portal->arena);
    portal->state = PORTAL_DONE;
    return true;
}

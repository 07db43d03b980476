/* SPDX-License-Identifier: Apache-2.0 */
/* block.c - the transaction block: BEGIN to COMMIT as the client sees it, over the transactions of `txn`.
 *
 * Idea: four states (session_internal.h) and no more. A failed block has undone its work at once and holds no lock, but
 * for what stands before its newest savepoint, to which ROLLBACK TO may still go back. A savepoint is a position in the
 * undo chains and in the lock journal (docs/design.md section 3), so it needs no transaction of its own. */
#include "session/session_internal.h"

#include "os/clock.h"
#include "txn/ssi.h"

static void block_check(const Session *session)
{
    switch (session->state) {
    case BLOCK_NONE:
        ASSERT(session->txn == NULL);
        ASSERT(session->savepoints == NULL);
        break;
    case BLOCK_IMPLICIT:
    case BLOCK_EXPLICIT: ASSERT(session->txn != NULL); break;
    case BLOCK_FAILED: ASSERT(session->txn == NULL || session->savepoints != NULL); break;
    }
}

bool session_is_in_block(const Session *session)
{
    return session->state == BLOCK_EXPLICIT || session->state == BLOCK_FAILED;
}

bool session_is_alone(const Session *session)
{
    return !session_is_in_block(session) && !session->one_of_many && !session->in_function;
}

void session_forbid_block(Session *session, const char *what)
{
    if (session_is_in_block(session) || session->one_of_many)
        raise_error(SQLSTATE_ACTIVE_SQL_TRANSACTION, "%s cannot run inside a transaction block",
                    what);
    if (session->in_function)
        raise_error(SQLSTATE_ACTIVE_SQL_TRANSACTION, "%s cannot be executed from a function", what);
}

void session_need_block(Session *session, const char *what)
{
    if (!session_is_in_block(session))
        raise_error(SQLSTATE_NO_ACTIVE_SQL_TRANSACTION, "%s can only be used in transaction blocks",
                    what);
}

/* What SHOW transaction_isolation and its like say. Most transactions are as the one before was. */
static void publish_modes(Session *session)
{
    const Settings *settings = session_settings(session);
    if (settings->transaction_isolation != (int32_t)session->isolation)
        settings_stack_override(session->settings, setting_find(STR("transaction_isolation")),
                                (SettingValue){.integer = (int32_t)session->isolation});
    if (settings->transaction_read_only != session->read_only)
        settings_stack_override(session->settings, setting_find(STR("transaction_read_only")),
                                (SettingValue){.boolean = session->read_only});
    if (settings->transaction_deferrable != session->deferrable)
        settings_stack_override(session->settings, setting_find(STR("transaction_deferrable")),
                                (SettingValue){.boolean = session->deferrable});
}

void session__block_start(Session *session)
{
    block_check(session);
    if (session->state != BLOCK_NONE) return;
    const Settings *settings = session_settings(session);
    session->isolation = (Isolation)settings->default_transaction_isolation;
    session->read_only = settings->default_transaction_read_only;
    session->deferrable = settings->default_transaction_deferrable;
    TxnOptions options = {.space = cat_view_space(session->view),
                          .session = session->slot,
                          .serializable = session->isolation == ISOLATION_SERIALIZABLE,
                          .read_only = session->read_only,
                          .deferrable = session->deferrable};
    CHECK(txn_begin(engine_txns(session->engine), &options, &session->txn));
    session->state = BLOCK_IMPLICIT;
    session->transactions++;
    session->first_query_run = false;
    session->env.transaction_time = session->env.statement_time;
    session__activity_transaction(session);
    session->deferred = exec_deferred_new(session->txn_arena);
    session->counted = session_settings(session)->track_counts
                           ? exec_figures_new(session->txn_arena)
                           : NULL;
    settings_stack_enter(session->settings);
    cat_view_set_txn(session->view, session->txn, session->message);
    publish_modes(session);
    block_check(session);
}

/* Back to `level` of the settings: 0 outside of a transaction, 1 in it, one more for each savepoint. */
static void leave_settings(Session *session, uint32_t level, bool keep)
{
    while (settings_stack_level(session->settings) > level)
        settings_stack_leave(session->settings, keep);
}

static void release_snapshot(Session *session)
{
    if (session->has_snapshot) txn_snapshot_release(&session->snapshot);
    session->has_snapshot = false;
    for (; session->exported != NULL; session->exported = session->exported->next)
        txn_snapshot_release(&session->exported->snapshot);
}

/* After the transaction of `txn` is gone, one way or the other. */
static void forget_transaction(Session *session)
{
    session->txn = NULL;
    session->large_objects = NULL;
    session->savepoints = NULL;
    session->savepoint_count = 0;
    session->deferred = NULL;
    session->counted = NULL;
    cat_view_set_txn(session->view, NULL, session->message);
    arena_reset(session->txn_arena);
}

/* What the transaction did to tables goes to what is kept for good. */
static void count_rows(Session *session, bool committed)
{
    table_counts_add(engine__table_counts(session->engine), session->connected, session->counted,
                     committed, session->env.statement_time);
    session->counted = NULL;
}

static void roll_back(Session *session, bool soon)
{
    notify_abort(session);
    session__portals_end(session, false);
    release_snapshot(session);
    cat_view_release(session->view);
    if (session->txn != NULL) {
        cat_view_abort(session->view);
        (soon ? txn_abort_soon : txn_abort)(session->txn);
        atomic_fetch_add_explicit(&session->figures->rollbacks, 1, memory_order_relaxed);
        count_rows(session, false);
    }
    leave_settings(session, 0, false);
    forget_transaction(session);
}

typedef struct CommitWork {
    Session *session;
    bool committed;
} CommitWork;

static void commit_body(void *arg)
{
    CommitWork *work = arg;
    Session *session = work->session;
    const Snapshot *own = session->has_snapshot ? &session->snapshot : NULL;
    ExecOptions options = session_exec_options(session, own, session->message);
    exec_deferred_run(session->deferred, &options);
    session__portals_end(session, true);
    session__on_commit(session);
    release_snapshot(session);
    cat_view_release(session->view);
    notify_prepare(session);
    const Settings *settings = session_settings(session);
    CommitOptions commit = {.sync = settings->synchronous_commit == SETTING_SYNCHRONOUS_COMMIT_OFF
                                        ? COMMIT_SYNC_OFF
                                        : COMMIT_SYNC_LOCAL,
                            .delay_us = settings->fsync ? (uint32_t)settings->commit_delay : 0,
                            .siblings = (uint32_t)settings->commit_siblings,
                            .published = cat_view_commit,
                            .published_arg = session->view};
    task_self()->interrupts_held++;
    Status status = txn_commit(session->txn, &commit);
    task_self()->interrupts_held--;
    CHECK(status);
    session->txn = NULL;
    atomic_fetch_add_explicit(&session->figures->commits, 1, memory_order_relaxed);
    work->committed = true;
}

static void commit(Session *session)
{
    CommitWork work = {.session = session};
    Error *error = NULL;
    if (!error_catch(commit_body, &work, session->message, &error)) {
        if (!work.committed) {
            roll_back(session, false);
            session->state = BLOCK_NONE;
        }
        error_raise_again(error);
    }
    cat_view_commit(session->view);
    count_rows(session, true);
    notify_commit(session);
    lock_release_transaction(session->locks);
    cat_view_drop_spaces(session->view);
    leave_settings(session, 0, true);
    forget_transaction(session);
}

/* The transaction has written nothing and taken no snapshot yet, so it may begin again as another kind. */
static void restart_as(Session *session)
{
    TxnOptions options = {.space = cat_view_space(session->view),
                          .session = session->slot,
                          .serializable = session->isolation == ISOLATION_SERIALIZABLE,
                          .read_only = session->read_only,
                          .deferrable = session->deferrable};
    if (session->first_query_run || txn_xid(session->txn).v != 0 || session->savepoints != NULL)
        return;
    cat_view_release(session->view);
    cat_view_set_txn(session->view, NULL, session->message);
    txn_abort(session->txn);
    session->txn = NULL;
    Status status = txn_begin(engine_txns(session->engine), &options, &session->txn);
    if (status != OK) session->state = BLOCK_NONE;
    CHECK(status);
    cat_view_set_txn(session->view, session->txn, session->message);
}

void session__block_end(Session *session, bool commit_it, bool chain)
{
    block_check(session);
    Isolation isolation = session->isolation;
    bool read_only = session->read_only, deferrable = session->deferrable;
    if (session->state == BLOCK_FAILED || !commit_it) {
        roll_back(session, false);
    } else {
        commit(session);
    }
    session->state = BLOCK_NONE;
    session__env_settings(session);
    if (!chain) return;
    session__block_start(session);
    session->state = BLOCK_EXPLICIT;
    session->isolation = isolation;
    session->read_only = read_only;
    session->deferrable = deferrable;
    restart_as(session);
    publish_modes(session);
}

void session_next_transaction(Session *session)
{
    ASSERT(session->state == BLOCK_IMPLICIT);
    session_next_command(session);
    session__block_end(session, true, false);
    session__block_start(session);
}

void session_retry_transaction(Session *session)
{
    ASSERT(session->state == BLOCK_IMPLICIT);
    session__block_end(session, false, false);
    session__block_start(session);
}

void session__block_end_implicit(Session *session)
{
    if (session->state == BLOCK_IMPLICIT) session__block_end(session, true, false);
}

void session__block_error(Session *session, const Error *error)
{
    const bool soon = error->code == SQLSTATE_QUERY_CANCELED;
    block_check(session);
    switch (session->state) {
    case BLOCK_NONE: return;
    case BLOCK_IMPLICIT:
        roll_back(session, soon);
        session->state = BLOCK_NONE;
        break;
    case BLOCK_EXPLICIT:
    case BLOCK_FAILED:
        session->state = BLOCK_FAILED;
        if (session->savepoints == NULL) {
            if (session->txn == NULL) break;
            session->failed_xid = txn_xid(session->txn);
            roll_back(session, soon);
            break;
        }
        /* The work since the newest savepoint goes now, with its locks; the rest waits for ROLLBACK TO. */
        session__portals_rollback_to(session, session->savepoints->number);
        session__large_objects_end(session, session->savepoints->number);
        cat_view_release(session->view);
        if (txn_rollback_to(session->txn, &session->savepoints->at) != OK) {
            session->savepoints = NULL;
            roll_back(session, soon);
            break;
        }
        cat_view_savepoint_rolled_back(session->view, &session->savepoints->at);
        exec_deferred_rollback_to(session->deferred, &session->savepoints->at,
                                  session->savepoints->deferred_modes);
        notify_rollback_to(session, session->savepoints->notify_count);
        break;
    }
    session__env_settings(session);
    block_check(session);
}

/* ---- savepoints ---- */

static SavepointLevel *savepoint_get(Session *session, Str name)
{
    for (SavepointLevel *level = session->savepoints; level != NULL; level = level->outer) {
        if (str_equal(level->name, name)) return level;
    }
    raise_error(SQLSTATE_INVALID_SAVEPOINT_SPECIFICATION, "savepoint \"%.*s\" does not exist",
                STR_ARG(name));
}

static void define_savepoint(Session *session, Str name)
{
    session_need_block(session, "SAVEPOINT");
    SavepointLevel *level = ARENA_NEW(session->txn_arena, SavepointLevel);
    level->name = str_copy(session->txn_arena, name);
    level->at = txn_savepoint(session->txn);
    level->deferred_modes = exec_deferred_modes(session->deferred);
    level->notify_count = notify_count(session);
    level->number = ++session->savepoint_count;
    level->read_only = session->read_only;
    level->outer = session->savepoints;
    session->savepoints = level;
    settings_stack_enter(session->settings);
    level->settings_level = settings_stack_level(session->settings);
}

/* READ ONLY set behind a savepoint holds until its end, whichever that is. */
static void restore_read_only(Session *session, const SavepointLevel *level)
{
    session->read_only = level->read_only;
    publish_modes(session);
}

static void release_savepoint(Session *session, Str name)
{
    session_need_block(session, "RELEASE SAVEPOINT");
    SavepointLevel *level = savepoint_get(session, name);
    leave_settings(session, level->settings_level - 1, true);
    session->savepoints = level->outer;
    restore_read_only(session, level);
}

static void roll_back_to(Session *session, Str name)
{
    session_need_block(session, "ROLLBACK TO SAVEPOINT");
    SavepointLevel *level = savepoint_get(session, name);
    session__portals_rollback_to(session, level->number);
    session__large_objects_end(session, level->number);
    cat_view_release(session->view);
    CHECK(txn_rollback_to(session->txn, &level->at));
    lock_release_to(session->locks, level->at.lock_count);
    cat_view_savepoint_rolled_back(session->view, &level->at);
    exec_deferred_rollback_to(session->deferred, &level->at, level->deferred_modes);
    notify_rollback_to(session, level->notify_count);
    leave_settings(session, level->settings_level - 1, false);
    settings_stack_enter(session->settings);
    session->savepoints = level; /* it stays */
    if (session->has_snapshot) txn_snapshot_refresh_own(session->txn, &session->snapshot);
    session->state = BLOCK_EXPLICIT;
    restore_read_only(session, level);
    session__env_settings(session);
}

/* ---- statements ---- */

static void warn(Session *session, Sqlstate code, const char *message)
{
    Error *error = error_begin(code);
    error_severity(error, SEVERITY_WARNING);
    error_message(error, "%s", message);
    session_notice(session, error);
}

static void begin(UtilityCall *call, const AstTransaction *statement)
{
    Session *session = call->session;
    if (session->state == BLOCK_EXPLICIT) {
        warn(session, SQLSTATE_ACTIVE_SQL_TRANSACTION,
             "there is already a transaction in progress");
    } else {
        session->state = BLOCK_EXPLICIT;
    }
    session__set_transaction(session, &statement->modes, false);
}

static void end(UtilityCall *call, const AstTransaction *statement, bool commit_it)
{
    Session *session = call->session;
    if (!session_is_in_block(session)) {
        if (statement->chain)
            raise_error(SQLSTATE_NO_ACTIVE_SQL_TRANSACTION,
                        "%s AND CHAIN can only be used in transaction blocks",
                        commit_it ? "COMMIT" : "ROLLBACK");
        warn(session, SQLSTATE_NO_ACTIVE_SQL_TRANSACTION, "there is no transaction in progress");
    }
    bool rolled_back = session->state == BLOCK_FAILED || !commit_it;
    session__block_end(session, commit_it, statement->chain);
    call->tag = rolled_back ? STR("ROLLBACK") : STR("COMMIT");
}

/* What a prepared transaction keeps of the session that made it; behind it stands what the catalog wants kept. */
typedef struct PreparedExtra {
    Oid owner, database;
} PreparedExtra;

void session__prepared_owner(Bytes extra, Oid *owner, Oid *database)
{
    PreparedExtra kept = {0};
    if (extra.bytes >= sizeof kept) memcpy(&kept, extra.data, sizeof kept);
    *owner = kept.owner;
    *database = kept.database;
}

static Bytes prepared_extra(Session *session)
{
    const PreparedExtra extra = {session->env.role, session->env.database};
    const Bytes kept = cat_view_prepare(session->view, session->message);
    uint8_t *bytes = ARENA_ARRAY(session->message, uint8_t, sizeof extra + kept.bytes);
    memcpy(bytes, &extra, sizeof extra);
    if (kept.bytes > 0) memcpy(bytes + sizeof extra, kept.data, kept.bytes);
    return (Bytes){bytes, sizeof extra + kept.bytes};
}

/* What only this session could bring to its end. */
static void forbid_bound_to_session(Session *session)
{
    if (notify_count(session) > 0)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "cannot PREPARE a transaction that has executed "
                    "LISTEN, UNLISTEN, or NOTIFY");
    for (const Portal *portal = session->portals; portal != NULL; portal = portal->next)
        if (portal->with_hold && portal->exec != NULL)
            raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                        "cannot PREPARE a transaction that has created a cursor WITH HOLD");
    if (session->exported != NULL)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "cannot PREPARE a transaction that has exported snapshots");
}

typedef struct PrepareWork {
    Session *session;
    Str name;
} PrepareWork;

static void prepare_body(void *arg)
{
    const PrepareWork *work = arg;
    Session *session = work->session;
    const Snapshot *own = session->has_snapshot ? &session->snapshot : NULL;
    ExecOptions options = session_exec_options(session, own, session->message);
    exec_deferred_run(session->deferred, &options);
    forbid_bound_to_session(session);
    if (session_settings(session)->max_prepared_transactions == 0) {
        Error *error = error_begin(SQLSTATE_OBJECT_NOT_IN_PREREQUISITE_STATE);
        error_message(error, "prepared transactions are disabled");
        error_hint(error, "Set \"max_prepared_transactions\" to a nonzero value.");
        error_raise(error);
    }
    const Bytes extra = prepared_extra(session);
    session__portals_end(session, true);
    release_snapshot(session);
    cat_view_release(session->view);
    const Status status = txn_prepare(session->txn, work->name, extra);
    if (status == ST_EXISTS)
        raise_error(SQLSTATE_DUPLICATE_OBJECT, "transaction identifier \"%.*s\" is already in use",
                    STR_ARG(work->name));
    CHECK(status);
}

static void prepare(UtilityCall *call, const AstTransaction *statement)
{
    Session *session = call->session;
    if (!session_is_in_block(session)) {
        warn(session, SQLSTATE_NO_ACTIVE_SQL_TRANSACTION, "there is no transaction in progress");
        call->tag = STR("ROLLBACK");
        return;
    }
    if (session->state == BLOCK_FAILED) {
        session__block_end(session, false, false);
        call->tag = STR("ROLLBACK");
        return;
    }
    PrepareWork work = {session, statement->name};
    Error *error = NULL;
    if (!error_catch(prepare_body, &work, session->message, &error)) {
        roll_back(session, false); /* as COMMIT does: the block has ended */
        session->state = BLOCK_NONE;
        error_raise_again(error);
    }
    cat_view_prepared(session->view);
    leave_settings(session, 0, true);
    forget_transaction(session);
    session->state = BLOCK_NONE;
}

typedef struct EndPrepared {
    Session *session;
    bool commit_it, superuser;
} EndPrepared;

static Status check_prepared(void *arg, Bytes extra)
{
    const EndPrepared *end = arg;
    Oid owner, database;
    session__prepared_owner(extra, &owner, &database);
    if (!end->superuser && owner != end->session->env.role) {
        const Status status = error_note(ST_INVALID, SQLSTATE_INSUFFICIENT_PRIVILEGE,
                                         "permission denied to finish prepared transaction");
        error_hint(error_current(), "Must be superuser or the user that prepared the transaction.");
        return status;
    }
    if (database != end->session->env.database) {
        const Status status = error_note(ST_INVALID, SQLSTATE_FEATURE_NOT_SUPPORTED,
                                         "prepared transaction belongs to another database");
        error_hint(error_current(), "Connect to the database where the transaction was prepared to "
                                    "finish it.");
        return status;
    }
    return OK;
}

static void prepared_ended(void *arg, Bytes extra)
{
    const EndPrepared *end = arg;
    const size_t own = MIN(extra.bytes, sizeof(PreparedExtra));
    cat_prepared_end(engine_catalog(end->session->engine),
                     (Bytes){extra.data + own, extra.bytes - own}, end->commit_it);
}

static void end_prepared(UtilityCall *call, const AstTransaction *statement, bool commit_it)
{
    Session *session = call->session;
    session_forbid_block(session, commit_it ? "COMMIT PREPARED" : "ROLLBACK PREPARED");
    Txns *txns = engine_txns(session->engine);
    EndPrepared work = {session, commit_it, cat_role_in_force(session->view)->superuser};
    const PreparedEnd end = {check_prepared, prepared_ended, &work};
    const Status status = commit_it ? txn_commit_prepared(txns, statement->name, &end)
                                    : txn_abort_prepared(txns, statement->name, &end);
    if (status == ST_NOT_FOUND)
        raise_error(SQLSTATE_UNDEFINED_OBJECT,
                    "prepared transaction with identifier \"%.*s\" does not exist",
                    STR_ARG(statement->name));
    CHECK(status);
}

void session__transaction(UtilityCall *call)
{
    const AstTransaction *statement = AST_AS(Transaction, call->tree);
    Session *session = call->session;
    switch (statement->transaction) {
    case AST_TRANSACTION_BEGIN:
    case AST_TRANSACTION_START: begin(call, statement); return;
    case AST_TRANSACTION_COMMIT: end(call, statement, true); return;
    case AST_TRANSACTION_ROLLBACK: end(call, statement, false); return;
    case AST_TRANSACTION_SAVEPOINT: define_savepoint(session, statement->name); return;
    case AST_TRANSACTION_RELEASE: release_savepoint(session, statement->name); return;
    case AST_TRANSACTION_ROLLBACK_TO: roll_back_to(session, statement->name); return;
    case AST_TRANSACTION_PREPARE: prepare(call, statement); return;
    case AST_TRANSACTION_COMMIT_PREPARED: end_prepared(call, statement, true); return;
    case AST_TRANSACTION_ROLLBACK_PREPARED: end_prepared(call, statement, false); return;
    }
    UNREACHABLE();
}

/* ---- SET TRANSACTION ---- */

static Isolation isolation_from(Str name)
{
    const SettingMeta *meta = &setting_metas[setting_find(STR("transaction_isolation"))];
    for (int i = 0; meta->values[i] != NULL; i++) {
        if (str_equal_ascii_nocase(name, str_from(meta->values[i]))) return (Isolation)i;
    }
    Error *error = error_begin(SQLSTATE_INVALID_PARAMETER_VALUE);
    error_message(error, "invalid value for parameter \"transaction_isolation\": \"%.*s\"",
                  STR_ARG(name));
    error_hint(error, "Available values: serializable, repeatable read, read committed, read "
                      "uncommitted.");
    error_raise(error);
}

static bool mode_bool(const AstNode *value)
{
    const AstIntConst *number = AST_IF(IntConst, value);
    const AstBoolConst *word = AST_IF(BoolConst, value);
    return number != NULL ? number->value != 0 : word != NULL && word->value;
}

static void set_isolation(Session *session, const AstOption *mode)
{
    const Isolation isolation = isolation_from(AST_AS(StringConst, mode->value)->value);
    if (isolation == session->isolation) return;
    if (session->first_query_run)
        raise_error(SQLSTATE_ACTIVE_SQL_TRANSACTION,
                    "SET TRANSACTION ISOLATION LEVEL must be called before any query");
    if (session->savepoints != NULL)
        raise_error(SQLSTATE_ACTIVE_SQL_TRANSACTION,
                    "SET TRANSACTION ISOLATION LEVEL must not be called in a subtransaction");
    session->isolation = isolation;
}

static void set_read_only(Session *session, bool read_only)
{
    if (!read_only && session->read_only && session->savepoints != NULL)
        raise_error(SQLSTATE_ACTIVE_SQL_TRANSACTION,
                    "cannot set transaction read-write mode inside a read-only transaction");
    if (!read_only && session->read_only && session->first_query_run)
        raise_error(SQLSTATE_ACTIVE_SQL_TRANSACTION,
                    "transaction read-write mode must be set before any query");
    session->read_only = read_only;
}

static void set_deferrable(Session *session, bool deferrable)
{
    if (session->savepoints != NULL)
        raise_error(SQLSTATE_ACTIVE_SQL_TRANSACTION,
                    "SET TRANSACTION [NOT] DEFERRABLE cannot be called within a subtransaction");
    if (session->first_query_run)
        raise_error(SQLSTATE_ACTIVE_SQL_TRANSACTION,
                    "SET TRANSACTION [NOT] DEFERRABLE must be called before any query");
    session->deferrable = deferrable;
}

static void set_default_mode(Session *session, const AstOption *mode)
{
    const Str name = str_concat(session->message, STR("default_"), mode->name);
    const AstStringConst *text = AST_IF(StringConst, mode->value);
    const Str value = text != NULL ? text->value : mode_bool(mode->value) ? STR("on") : STR("off");
    settings_stack_set(session->settings, name, value,
                       (SettingChange){.source = SETTING_FROM_SESSION});
}

void session__set_transaction(Session *session, const AstOptionList *modes, bool of_session)
{
    for (uint32_t i = 0; i < modes->count; i++) {
        const AstOption *mode = modes->items[i];
        if (of_session)
            set_default_mode(session, mode);
        else if (str_equal(mode->name, STR("transaction_isolation")))
            set_isolation(session, mode);
        else if (str_equal(mode->name, STR("transaction_read_only")))
            set_read_only(session, mode_bool(mode->value));
        else
            set_deferrable(session, mode_bool(mode->value));
    }
    if (of_session || modes->count == 0) return;
    restart_as(session);
    publish_modes(session);
}

/* ---- snapshots ---- */

static void release_statement_snapshot(void *snapshot)
{
    txn_snapshot_release(snapshot);
}

const Snapshot *session_latest_snapshot(Session *session, Scope *scope)
{
    session->first_query_run = true;
    Snapshot *snapshot = ARENA_NEW(session->message, Snapshot);
    CHECK(txn_snapshot(session->txn, snapshot));
    scope_add(scope, release_statement_snapshot, snapshot);
    return snapshot;
}

const Snapshot *session_statement_snapshot(Session *session, Scope *scope)
{
    if (session__is_read_committed(session)) return session_latest_snapshot(session, scope);
    session->first_query_run = true;
    if (!session->has_snapshot) {
        bool safe = session->isolation == ISOLATION_SERIALIZABLE && session->read_only &&
                    session->deferrable;
        CHECK(safe ? ssi_safe_snapshot(session->txn, &session->snapshot)
                   : txn_snapshot(session->txn, &session->snapshot));
        session->has_snapshot = true;
    }
    CHECK(txn_snapshot_check(&session->snapshot));
    txn_snapshot_refresh_own(session->txn, &session->snapshot);
    return &session->snapshot;
}

void session__import_snapshot(UtilityCall *call, Str id)
{
    Session *session = call->session;
    session_need_block(session, "SET TRANSACTION SNAPSHOT");
    if (session->first_query_run)
        raise_error(SQLSTATE_ACTIVE_SQL_TRANSACTION,
                    "SET TRANSACTION SNAPSHOT must be called before any query");
    if (session__is_read_committed(session))
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "a snapshot-importing transaction must have isolation level SERIALIZABLE or "
                    "REPEATABLE READ");
    Status status = txn_snapshot_import(session->txn, id, &session->snapshot);
    if (status == ST_NOT_FOUND)
        raise_error(SQLSTATE_UNDEFINED_OBJECT, "snapshot \"%.*s\" does not exist", STR_ARG(id));
    if (status == ST_INVALID)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "invalid snapshot identifier: \"%.*s\"",
                    STR_ARG(id));
    CHECK(status);
    session->has_snapshot = true;
}

Str session__export_snapshot(Session *session, Arena *arena)
{
    Str text;
    if (session->savepoint_count)
        raise_error(SQLSTATE_ACTIVE_SQL_TRANSACTION,
                    "cannot export a snapshot from a subtransaction");
    Snapshot *snapshot = &session->snapshot;
    if (!session->has_snapshot) {
        ExportedSnapshot *made = ARENA_NEW(session->txn_arena, ExportedSnapshot);
        CHECK(txn_snapshot(session->txn, &made->snapshot));
        made->next = session->exported;
        session->exported = made;
        snapshot = &made->snapshot;
    }
    CHECK(txn_snapshot_export(snapshot, arena, &text));
    return text;
}

bool session_in_savepoint(const Session *session)
{
    return session->savepoints != NULL;
}

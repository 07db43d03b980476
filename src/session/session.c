/* SPDX-License-Identifier: Apache-2.0 */
/* session.c - opening and closing a session, and what others ask of it. */
#include "session/session.h"

#include "session/session_internal.h"
#include "type/collation.h"

/* What a half-open session has to give back, in reverse order. */
static void release_session(void *arg)
{
    Session *session = arg;
    engine__leave(session);
    if (session->txn != NULL) { /* whoever may not log in is told so inside of it */
        cat_view_release(session->view);
        txn_abort(session->txn);
    }
    if (session->env.collations != NULL) collations_release(session->env.collations);
    if (session->view != NULL) cat_view_drop(session->view);
    if (session->settings != NULL) settings_stack_drop(session->settings);
    if (session->locks != NULL) lock_session_close(session->locks);
    if (session->slot != UINT32_MAX) txn_session_close(engine_txns(session->engine), session->slot);
    arena_drop(session->arena);
}

static _Noreturn void refuse_login(Sqlstate code, const char *what, Str name, const char *why)
{
    Error *error = error_begin(code);
    error_severity(error, SEVERITY_FATAL);
    error_message(error, "%s \"%.*s\" %s", what, STR_ARG(name), why);
    error_raise(error);
}

static const CatDatabase *find_database(Session *session, const SessionOptions *options,
                                        const char *why)
{
    Oid oid = cat_database_named(session->view, options->database);
    const CatDatabase *database = oid != 0 ? cat_database(session->view, oid) : NULL;
    if (database != NULL) return database;
    Error *error = error_begin(SQLSTATE_INVALID_CATALOG_NAME);
    error_severity(error, SEVERITY_FATAL);
    error_message(error, "database \"%.*s\" does not exist", STR_ARG(options->database));
    if (why != NULL) error_detail(error, "%s", why);
    error_raise(error);
}

/* Before the session is counted (own 0), and again when it is (own 1): others may have come meanwhile. */
static void check_role_limit(const Session *session, const CatRole *role, Str name, int32_t own)
{
    if (role->connection_limit < 0 || role->superuser) return;
    const int64_t others = (int64_t)engine__count_of_role(session->engine, role->oid) - own;
    if (others < role->connection_limit) return;
    Error *error = error_begin(SQLSTATE_TOO_MANY_CONNECTIONS);
    error_severity(error, SEVERITY_FATAL);
    error_message(error, "too many connections for role \"%.*s\"", STR_ARG(name));
    error_raise(error);
}

/* The database by name, found again under its lock, and this session counted among those in it (databases.c). */
static const CatDatabase *enter_database(Session *session, const SessionOptions *options,
                                         const CatRole *role)
{
    Oid oid = find_database(session, options, NULL)->oid;
    cat_lock_database(session->view, oid, LOCK_ROW_EXCLUSIVE);
    cat_view_release(session->view);
    const char *gone = "It seems to have just been dropped or renamed.";
    const CatDatabase *database = find_database(session, options, gone);
    if (database->oid != oid) (void)find_database(session, &(SessionOptions){0}, gone);
    if (options->authenticated && !database->allow_connections)
        refuse_login(SQLSTATE_OBJECT_NOT_IN_PREREQUISITE_STATE, "database", options->database,
                     "is not currently accepting connections");
    engine__enter(session, oid);
    if (options->authenticated) check_role_limit(session, role, options->user, 1);
    if (options->authenticated && database->connection_limit >= 0 && !role->superuser &&
        session_count_in(session->engine, oid, NULL) > (uint32_t)database->connection_limit) {
        Error *error = error_begin(SQLSTATE_TOO_MANY_CONNECTIONS);
        error_severity(error, SEVERITY_FATAL);
        error_message(error, "too many connections for database \"%.*s\"",
                      STR_ARG(options->database));
        error_raise(error);
    }
    return database;
}

/* Database and role by name, as they are now. */
static void connect_to(Session *session, const SessionOptions *options)
{
    Engine *engine = session->engine;
    TxnOptions txn_options = {.space = SPACE_SHARED, .session = session->slot};
    CHECK(txn_begin(engine_txns(engine), &txn_options, &session->txn));
    session->state = BLOCK_IMPLICIT;
    cat_view_set_txn(session->view, session->txn, session->message);
    Oid role_oid = cat_role_named(session->view, options->user);
    const CatRole *role = role_oid != 0 ? cat_role(session->view, role_oid) : NULL;
    if (role == NULL)
        refuse_login(SQLSTATE_INVALID_AUTHORIZATION_SPECIFICATION, "role", options->user,
                     "does not exist");
    if (options->authenticated && !role->login)
        refuse_login(SQLSTATE_INVALID_AUTHORIZATION_SPECIFICATION, "role", options->user,
                     "is not permitted to log in");
    if (options->authenticated) check_role_limit(session, role, options->user, 0);
    /* Before others see the session. */
    session->authenticated_role = role_oid;
    session->maintenance.active = options->maintenance;
    session->superuser = role->superuser;
    const CatDatabase *database = enter_database(session, options, role);
    Oid database_oid = database->oid;
    const Str letters = database->provider == 'c' ? database->ctype : database->locale;
    session->env.ascii_letters = str_equal(letters, STR("C")) || str_equal(letters, STR("POSIX"));
    cat_view_connect(session->view, database_oid, role_oid);
    CatObject object = {.class_ = 1262, .oid = database_oid};
    if (options->authenticated && !cat_privileges(session->view, role_oid, object, PRIV_CONNECT)) {
        Error *error = error_begin(SQLSTATE_INSUFFICIENT_PRIVILEGE);
        error_severity(error, SEVERITY_FATAL);
        error_message(error, "permission denied for database \"%.*s\"", STR_ARG(options->database));
        error_detail(error, "User does not have CONNECT privilege.");
        error_raise(error);
    }
    SettingValue super = {.boolean = session->superuser};
    settings_stack_override(session->settings, setting_find(STR("is_superuser")), super);
    SettingValue name = {.string = session->user};
    settings_stack_override(session->settings, setting_find(STR("session_authorization")), name);
    session->env.role = role_oid;
    session->env.session_role = role_oid;
    session__stored_settings(session, database_oid, role_oid);
    session->finds_temporary = cat_temporary_left(session->view) != 0;
    cat_view_release(session->view);
    txn_abort(session->txn);
    cat_view_set_txn(session->view, NULL, session->message);
    session->txn = NULL;
    session->state = BLOCK_NONE;
}

static void apply_options(Session *session, const SessionOptions *options)
{
    SettingChange change = {.source = SETTING_FROM_CLIENT, .superuser = session->superuser};
    for (uint32_t i = 0; i < options->option_count; i++)
        settings_stack_set(session->settings, options->options[2 * i], options->options[2 * i + 1],
                           change);
    if (options->application_name.bytes > 0)
        settings_stack_set(session->settings, STR("application_name"), options->application_name,
                           change);
}

static void copy_address(Session *session, const ClientAddress *from)
{
    ClientAddress *to = &session->address;
    *to = *from;
    to->host = str_copy(session->arena, from->host);
    to->server_host = str_copy(session->arena, from->server_host);
    to->tls_version = str_copy(session->arena, from->tls_version);
    to->tls_cipher = str_copy(session->arena, from->tls_cipher);
    to->client_dn = str_copy(session->arena, from->client_dn);
    to->client_serial = str_copy(session->arena, from->client_serial);
    to->issuer_dn = str_copy(session->arena, from->issuer_dn);
}

Session *session_open(const SessionOptions *options)
{
    SCOPED(scope);
    Arena *arena = arena_new(options->account, "session");
    Session *session = ARENA_NEW(arena, Session);
    session->arena = arena;
    session->slot = UINT32_MAX;
    session->engine = options->engine;
    session->account = options->account;
    scope_add(scope, release_session, session);
    session->txn_arena = arena_new_child(arena, "transaction");
    session->message = arena_new_child(arena, "message");
    session->process = options->process;
    session->sink = *options->sink;
    session->user = str_copy(arena, options->user);
    session->database = str_copy(arena, options->database);
    session->system_user = str_copy(arena, options->system_user);
    copy_address(session, &options->address);
    map_init_str(&session->roles, arena, sizeof(Oid));
    map_init_str(&session->statements, arena, sizeof(Statement *));

    Txns *txns = engine_txns(session->engine);
    CHECK(txn_session_open(txns, &session->slot));
    CHECK(lock_session_open(txns, session->slot, options->process, &session->locks));
    session->settings = settings_stack_new(options->account, options->settings,
                                           session__setting_rules, session__setting_rule_count,
                                           session);
    CatalogViewOptions view = {.locks = session->locks,
                               .session = arena,
                               .slot = session->slot,
                               .owner = session,
                               .notice = session_notice,
                               .calls = &session->calls,
                               .lock_options = session__lock_options};
    session->view = cat_view_new(engine_catalog(session->engine), &view);
    session__env_init(session);
    session__activity_init(session);
    connect_to(session, options);
    apply_options(session, options);
    if (session->finds_temporary) session__drop_temporary(session);
    session__env_message(session);
    scope_forget(scope, session);
    return session;
}

void session_close(Session *session)
{
    session_wake(session);
    if (session->state != BLOCK_NONE) {
        session->savepoints = NULL;
        session->state = session->txn != NULL ? BLOCK_EXPLICIT : BLOCK_FAILED;
        session__block_end(session, false, false);
    }
    while (session->portals != NULL) session__portal_close(session, session->portals);
    session__statements_clear(session);
    session__functions_clear(session);
    notify_forget(session);
    session__drop_temporary(session);
    release_session(session);
}

SessionBlock session_block(const Session *session)
{
    switch (session->state) {
    case BLOCK_NONE:
    case BLOCK_IMPLICIT: return SESSION_IDLE;
    case BLOCK_EXPLICIT: return SESSION_IN_BLOCK;
    case BLOCK_FAILED: return SESSION_FAILED;
    }
    UNREACHABLE();
}

bool session_is_fresh(const Session *session)
{
    return session->state == BLOCK_EXPLICIT && !session->first_query_run &&
           (!session->txn || txn_xid(session->txn).v == 0);
}

const Settings *session_settings(const Session *session)
{
    return settings_stack_values(session->settings);
}

const FnEnv *session_env(Session *session)
{
    return &session->env;
}

Engine *session_engine(Session *session)
{
    return session->engine;
}

CatalogView *session_view(Session *session)
{
    return session->view;
}

void session_next_command(Session *session)
{
    cat_view_next_command(session->view);
}

void session_report_settings(Session *session)
{
    settings_stack_report(session->settings, session->sink.parameter_status, session->sink.arg);
}

void session_begin(Session *session)
{
    session->query = (Str){0};
}

const char *session_display(const Session *session)
{
    return session->tag ? session->tag : activity_state_text(session__activity_resting(session));
}

void session_rest(Session *session)
{
    session->query = (Str){0};
    session->tag = NULL;
    session__activity_rest(session);
    if (session->txn != NULL) txn_rest(session->txn);
}

void session_wake(Session *session)
{
    if (session->txn != NULL) txn_wake(session->txn);
}

Str session_query(const Session *session)
{
    return session->query;
}

SessionTransaction session_transaction(const Session *session)
{
    const bool open = session->txn != NULL;
    /* A message that nothing has been done for yet: PostgreSQL's transaction has begun. */
    const bool begins = session->state == BLOCK_NONE && session->query.data && !session->tag;
    return (SessionTransaction){.slot = session->slot,
                                .local = open     ? session->transactions
                                         : begins ? session->transactions + 1
                                                  : 0,
                                .xid = open                             ? txn_xid(session->txn).v
                                       : session->state == BLOCK_FAILED ? session->failed_xid.v
                                                                        : 0};
}

void session_reload(Session *session, ServerSettings *settings)
{
    settings_stack_reload(session->settings, settings);
}

/* ---- the table of utilities ---- */

const Utility *utility_find(const Engine *engine, AstKind kind)
{
    uint32_t count;
    const UtilityTable *const *tables = engine__utilities(engine, &count);
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t j = 0; j < tables[i]->count; j++) {
            if (tables[i]->entries[j].kind == kind) return &tables[i]->entries[j];
        }
    }
    return NULL;
}

const char *utility_tag(const Utility *utility, const AstNode *tree)
{
    return utility->tag != NULL ? utility->tag : utility->tag_of(tree);
}

/* ---- rows of text ---- */

struct TextRows {
    UtilityCall *call;
    const ResultColumn *columns;
    Batch batch;
    uint64_t count;
};

ResultColumn session_text_column(const char *name)
{
    return (ResultColumn){.name = str_from(name), .type = 25, .typmod = -1, .type_bytes = -1};
}

static void start_batch(TextRows *rows)
{
    rows->batch.row_count = 0;
    arena_reset(rows->batch.arena);
    for (uint32_t i = 0; i < rows->batch.column_count; i++) {
        Oid type = rows->columns[i].type;
        vector_init_flat(&rows->batch.columns[i], rows->batch.arena, type,
                         type_get(session_env(rows->call->session), type)->phys, BATCH_ROWS_MAX);
    }
}

TextRows *session_rows_begin(UtilityCall *call, const ResultColumn *columns, uint32_t count)
{
    TextRows *rows = ARENA_NEW(call->arena, TextRows);
    rows->call = call;
    rows->columns = arena_copy(call->arena, columns, count * sizeof(*columns));
    rows->batch.column_count = count;
    rows->batch.columns = ARENA_ARRAY(call->arena, Vector, count);
    rows->batch.arena = arena_new_child(call->arena, "rows of a command");
    start_batch(rows);
    return rows;
}

static void send_batch(TextRows *rows)
{
    if (rows->batch.row_count == 0) return;
    rows->batch.selection = (Selection){.count = rows->batch.row_count};
    const ResultSink *sink = rows->call->sink;
    sink->rows(sink->arg, session_env(rows->call->session), rows->columns, &rows->batch);
    start_batch(rows);
}

void session_rows_add(TextRows *rows, const Datum *values)
{
    for (uint32_t i = 0; i < rows->batch.column_count; i++) {
        Vector *column = &rows->batch.columns[i];
        Datum copy = values[i];
        if (!copy.null) copy.value = value_copy(rows->batch.arena, (Phys)column->phys, copy.value);
        vector_set(column, rows->batch.arena, rows->batch.row_count, &copy);
    }
    rows->count++;
    if (++rows->batch.row_count == BATCH_ROWS_MAX) send_batch(rows);
}

uint64_t session_rows_end(TextRows *rows)
{
    send_batch(rows);
    return rows->count;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* engine.c - opening and closing what lies below the sessions, and the background tasks that belong to nobody else:
 * purge and rollback. (The store has its own: log writer, cleaner, checkpointer.)
 *
 * The order of opening is the order of recovery: the transaction room sees the log's records while the store redoes
 * them, then rolls back losers that changed catalogs, and only then is the catalog read. */
#include "session/engine.h"

#include "base/array.h"
#include "base/log.h"
#include "os/clock.h"
#include "os/os.h"
#include "os/process.h"
#include "session/session_internal.h"
#include "table/upkeep.h"

/* Slots of transactions for background tasks and look-ups besides the connections'. */
enum { ENGINE_TASKS_MAX = 16 };

struct Engine {
    Account *account;
    Arena *arena;
    const UtilityTable *const *utilities;
    uint32_t utility_count;
    StoreUpper upper;
    Txns *txns;
    Store *store;
    Catalog *catalog;
    Notifier *notifier;
    TempSpace *temp;
    bool txns_recovered;
    Task *purge, *rollback;
    ExecWorkers workers;
    Databases databases;
    TableCounts *table_counts;
};

Databases *engine__databases(Engine *engine)
{
    return &engine->databases;
}

TableCounts *engine__table_counts(Engine *engine)
{
    return engine->table_counts;
}

Arena *engine__arena(Engine *engine)
{
    return engine->arena;
}

Catalog *engine_catalog(Engine *engine)
{
    return engine->catalog;
}

Store *engine_store(Engine *engine)
{
    return engine->store;
}

Txns *engine_txns(Engine *engine)
{
    return engine->txns;
}

ExecWorkers *engine_workers(Engine *engine)
{
    return &engine->workers;
}

TempSpace *engine_temp(Engine *engine)
{
    return engine->temp;
}

Notifier *engine__notifier(const Engine *engine)
{
    return engine->notifier;
}

const UtilityTable *const *engine__utilities(const Engine *engine, uint32_t *count)
{
    *count = engine->utility_count;
    return engine->utilities;
}

/* ---- background ---- */

uint32_t engine_process(EngineProcess which)
{
    return (uint32_t)os_process_id() + 1 + (uint32_t)which;
}

static void purge_main(void *arg)
{
    Engine *engine = arg;
    Status status = table_purge_run(engine->txns, engine->store);
    if (status != OK && status != ST_CANCELLED) store_fail(engine->store, status);
}

static void rollback_main(void *arg)
{
    Engine *engine = arg;
    Status status = txns_rollback_run(engine->txns);
    if (status != OK && status != ST_CANCELLED) store_fail(engine->store, status);
}

static void start_background(Engine *engine)
{
    TaskOptions purge = {.name = "purge", .account = engine->account};
    CHECK(os_task_start(&purge, purge_main, engine, &engine->purge));
    TaskOptions rollback = {.name = "rollback", .account = engine->account};
    CHECK(os_task_start(&rollback, rollback_main, engine, &engine->rollback));
}

static void stop_task(Task **task)
{
    if (*task == NULL) return;
    os_task_interrupt(*task, TASK_TERMINATE);
    os_task_join(*task);
    *task = NULL;
}

/* ---- opening ---- */

/* As many segments stay for reuse as the 200 MB between checkpoints fill: a new one is filled with zeros first. */
enum { LOG_KEEP_SEGMENTS = 14 };

static DeviceLocalOptions device_options(const EngineOptions *options)
{
    return (DeviceLocalOptions){.dir = options->data_directory,
                                .direct = true,
                                .log_keep_segments = LOG_KEEP_SEGMENTS};
}

static bool close_parts(Engine *engine, bool checkpoint)
{
    stop_task(&engine->purge);
    stop_task(&engine->rollback);
    if (engine->catalog != NULL) catalog_release(engine->catalog);
    Status status = OK;
    if (engine->store != NULL) status = store_close(engine->store, checkpoint);
    if (engine->txns != NULL) txns_release(engine->txns);
    if (engine->notifier != NULL) notifier_release(engine->notifier);
    if (engine->table_counts != NULL) table_counts_release(engine->table_counts);
    if (engine->temp != NULL) os_temp_space_close(engine->temp);
    arena_drop(engine->arena);
    return status == OK;
}

static void close_half_open(void *engine)
{
    (void)close_parts(engine, false);
}

/* max_wal_size, but what a start has to redo stays below 200 MB whatever it says. */
static uint64_t checkpoint_wal_bytes(const Settings *settings)
{
    return MIN((uint64_t)settings->max_wal_size << 20, UINT64_C(200) << 20);
}

static uint32_t checkpoint_spread(const Settings *settings)
{
    return MAX((uint32_t)(settings->checkpoint_completion_target * 100), 1u);
}

/* At 0 MB an old snapshot is cancelled as soon as there is a page of undo that it keeps. */
static uint64_t undo_bytes_max(const Settings *settings)
{
    return settings->max_undo_size < 0 ? 0 : MAX((uint64_t)settings->max_undo_size << 20, 1u);
}

void engine_reload(Engine *engine, const Settings *settings)
{
    store_set_checkpoints(engine->store, (uint32_t)settings->checkpoint_timeout,
                          checkpoint_wal_bytes(settings), checkpoint_spread(settings));
    store_set_undo_max(engine->store, undo_bytes_max(settings));
}

static StoreOptions store_options(const EngineOptions *options)
{
    const Settings *settings = options->settings;
    /* shared_buffers and wal_buffers count blocks of 8 kB; -1: a 32nd of the pool, between 64 kB and 16 MB */
    uint64_t pool_bytes = (uint64_t)settings->shared_buffers * 8192;
    uint64_t log_bytes = settings->wal_buffers > 0
                             ? (uint64_t)settings->wal_buffers * 8192
                             : MIN(MAX(pool_bytes / 32, 64u << 10), 16u << 20);
    return (StoreOptions){.pool = {.frames = MAX(pool_bytes / PAGE_BYTES, 64),
                                   .huge_pages = settings->huge_pages != SETTING_HUGE_PAGES_OFF,
                                   .redo_bytes_max = checkpoint_wal_bytes(settings)},
                          .wal_buffer_bytes = (uint32_t)log_bytes,
                          .checkpoint_seconds = options->background
                                                    ? (uint32_t)settings->checkpoint_timeout
                                                    : 0,
                          .checkpoint_wal_bytes = checkpoint_wal_bytes(settings),
                          .checkpoint_spread_percent = checkpoint_spread(settings),
                          .undo_bytes_max = undo_bytes_max(settings),
                          .background = options->background,
                          .on_failure = options->on_failure,
                          .on_failure_arg = options->on_failure_arg};
}

Engine *engine_open(Account *account, const EngineOptions *options)
{
    SCOPED(scope);
    Arena *arena = arena_new(account, "engine");
    Engine *engine = ARENA_NEW(arena, Engine);
    engine->account = account;
    engine->arena = arena;
    engine->utilities = options->utilities;
    engine->utility_count = options->utility_count;
    engine__databases_init(&engine->databases);
    scope_add(scope, close_half_open, engine);
    engine->notifier = notifier_new(account, arena);
    CHECK(table_counts_new(account, &engine->table_counts));

    const Settings *settings = options->settings;
    TxnsOptions txns = {.sessions_max = (uint32_t)settings->max_connections + ENGINE_TASKS_MAX,
                        .prepared_max = (uint32_t)settings->max_prepared_transactions};
    CHECK(txns_new(account, &txns, &engine->txns));
    txns_fill_upper(engine->txns, &engine->upper);
    table_fill_upper(&engine->upper);

    DeviceLocalOptions device_local = device_options(options);
    Device *device;
    CHECK(device_local_open(account, &device_local, &device));
    StoreOptions store = store_options(options);
    CHECK(store_open(account, device, &store, &engine->upper, &engine->store));
    const Str temp = str_format(arena, "%s/base/pgsql_tmp", options->data_directory);
    CHECK(os_temp_space_open(account, temp.data, "base/pgsql_tmp", 0, &engine->temp));
    CHECK(txns_recover(engine->txns, engine->store, table_undo_apply, NULL));
    CHECK(catalog_new(account, engine->store, engine->txns, &engine->catalog));
    catalog_drop_leftovers(engine->catalog);
    if (options->background) start_background(engine);
    scope_forget(scope, engine);
    return engine;
}

bool engine_close(Engine *engine, bool checkpoint)
{
    return close_parts(engine, checkpoint);
}

/* ---- a new cluster ---- */

static void close_engine(void *engine)
{
    (void)engine_close(engine, false);
}

/* Results of the script go nowhere; a notice would be a mistake in it. */
static void drop_columns(void *arg, const ResultColumn *columns, uint32_t count)
{
    (void)arg;
    (void)columns;
    (void)count;
}

static void drop_rows(void *arg, const FnEnv *env, const ResultColumn *columns, const Batch *batch)
{
    (void)arg;
    (void)env;
    (void)columns;
    (void)batch;
}

static void drop_tag(void *arg, Str tag)
{
    (void)arg;
    (void)tag;
}

static void drop_empty(void *arg)
{
    (void)arg;
}

static void log_notice(void *arg, const Error *notice)
{
    (void)arg;
    log_error(notice);
}

static void close_session(void *session)
{
    session_close(session);
}

static void create_views(Engine *engine, const CatalogInitOptions *init, ServerSettings *server)
{
    SCOPED(scope);
    static const ResultSink sink = {.describe = drop_columns,
                                    .rows = drop_rows,
                                    .complete = drop_tag,
                                    .empty = drop_empty,
                                    .notice = log_notice};
    static const Str settings[] = {{"allow_system_table_mods", 23}, {"on", 2}};
    SessionOptions options = {.engine = engine,
                              .account = engine->account,
                              .options = settings,
                              .option_count = 1,
                              .user = init->superuser,
                              .database = STR("template1"),
                              .settings = server,
                              .sink = &sink};
    Session *session = session_open(&options);
    scope_add(scope, close_session, session);
    for (const char *const *statement = catalog_view_statements; *statement != NULL; statement++)
        session_run(session, str_from(*statement));
}

void engine_create(Account *account, const EngineOptions *options, const CatalogInitOptions *init,
                   ServerSettings *server)
{
    SCOPED(scope);
    DeviceLocalOptions device = device_options(options);
    uint64_t system_id;
    os_random_bytes(&system_id, sizeof(system_id));
    CHECK(store_create(account, &device, system_id));
    Engine *engine = engine_open(account, options);
    scope_add(scope, close_engine, engine);
    catalog_initialise(engine->catalog, init);
    create_views(engine, init, server);
    catalog_initialise_copies(engine->catalog);
    scope_forget(scope, engine);
    if (!engine_close(engine, true)) raise_status(ST_IO);
}

/* ---- roles, before there is a session ---- */

typedef struct RoleLookup {
    Engine *engine;
    uint32_t slot;
    LockSession *locks;
    CatalogView *view;
    Txn *txn;
} RoleLookup;

static void release_lookup(void *arg)
{
    RoleLookup *lookup = arg;
    if (lookup->view != NULL) cat_view_release(lookup->view);
    if (lookup->txn != NULL) txn_abort(lookup->txn);
    if (lookup->view != NULL) cat_view_drop(lookup->view);
    if (lookup->locks != NULL) lock_session_close(lookup->locks);
    if (lookup->slot != UINT32_MAX) txn_session_close(lookup->engine->txns, lookup->slot);
}

/* A view of the shared catalogs for one question. */
static void begin_lookup(RoleLookup *lookup, Arena *arena)
{
    Engine *engine = lookup->engine;
    CHECK(txn_session_open(engine->txns, &lookup->slot));
    CHECK(lock_session_open(engine->txns, lookup->slot, 0, &lookup->locks));
    CatalogViewOptions options = {.locks = lookup->locks, .session = arena, .slot = lookup->slot};
    lookup->view = cat_view_new(engine->catalog, &options);
    TxnOptions txn = {.space = SPACE_SHARED, .session = lookup->slot};
    CHECK(txn_begin(engine->txns, &txn, &lookup->txn));
    cat_view_set_txn(lookup->view, lookup->txn, arena);
}

/* Microseconds between the epochs of the system (1970) and of SQL (2000). */
static const int64_t sql_epoch_us = INT64_C(946684800000000);

int64_t session_clock(void)
{
    return os_wall_us() - sql_epoch_us;
}

bool engine__session_names(Engine *engine, Arena *arena, Oid database, Str *name, Str *user)
{
    enum { ROLE_FIRST = 10 };
    SCOPED(scope);
    RoleLookup lookup = {.engine = engine, .slot = UINT32_MAX};
    scope_add(scope, release_lookup, &lookup);
    begin_lookup(&lookup, arena);
    const CatDatabase *found = cat_database(lookup.view, database);
    const CatRole *role = cat_role(lookup.view, ROLE_FIRST);
    if (found == NULL || role == NULL || !found->allow_connections) return false;
    *name = str_copy(arena, found->name);
    *user = str_copy(arena, role->name);
    return true;
}

bool session_role_find(Engine *engine, Arena *arena, Str name, SessionRole *role)
{
    SCOPED(scope);
    RoleLookup lookup = {.engine = engine, .slot = UINT32_MAX};
    scope_add(scope, release_lookup, &lookup);
    begin_lookup(&lookup, arena);
    Oid oid = cat_role_named(lookup.view, name);
    const CatRole *found = oid != 0 ? cat_role(lookup.view, oid) : NULL;
    if (found == NULL) return false;
    bool expired = found->has_valid_until && found->valid_until < os_wall_us() - sql_epoch_us;
    *role = (SessionRole){.oid = oid,
                          .login = found->login,
                          .superuser = found->superuser,
                          .replication = found->replication,
                          .connection_limit = found->connection_limit,
                          .expired = expired,
                          .password = str_copy(arena, found->password)};
    return true;
}

EngineNames engine__names(Engine *engine, Arena *arena)
{
    SCOPED(scope);
    EngineNames names = {0};
    RoleLookup lookup = {.engine = engine, .slot = UINT32_MAX};
    scope_add(scope, release_lookup, &lookup);
    begin_lookup(&lookup, arena);
    const CatRole *superuser = cat_role(lookup.view, ROLE_OF_INITDB);
    if (superuser == NULL)
        raise_error(SQLSTATE_UNDEFINED_OBJECT, "role with OID %d does not exist", ROLE_OF_INITDB);
    names.superuser = str_copy(arena, superuser->name);
    ARRAY_OF(Str) found = {.arena = arena};
    CatScan *scan = cat_scan_open(lookup.view, PG_DATABASE, CAT_INDEX_NONE, NULL, 0);
    for (CatRow row; cat_scan_next(scan, &row);)
        if (row.values[PG_DATABASE_DATALLOWCONN].value.b)
            array_push(&found,
                       str_copy(arena, strview_str(&row.values[PG_DATABASE_DATNAME].value.str)));
    cat_scan_close(scan);
    names.databases = found.items;
    names.database_count = found.count;
    return names;
}

bool session_role_is_member(Engine *engine, Oid role, Str of)
{
    SCOPED(scope);
    RoleLookup lookup = {.engine = engine, .slot = UINT32_MAX};
    Arena *arena = scope_arena(scope, engine->account,
                               "role look-up"); /* the view's, so it goes after it */
    scope_add(scope, release_lookup, &lookup);
    begin_lookup(&lookup, arena);
    Oid group = cat_role_named(lookup.view, of);
    return group != 0 && cat_role_is_member(lookup.view, role, group);
}

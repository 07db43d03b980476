/* SPDX-License-Identifier: Apache-2.0 */
#include "server.h"

#include "store/store.h"

enum { TEST_SYSTEM_ID = 4711, SESSIONS = 16 };

static DeviceLocalOptions device_options(void)
{
    return (DeviceLocalOptions){.dir = TEST_DIR,
                                .segment_pages = 4096,
                                .log_segment_bytes = 1 << 20,
                                .log_keep_segments = 2};
}

static void rollback_main(void *arg)
{
    Server *server = arg;
    must_give(ST_CANCELLED, txns_rollback_run(server->txns));
}

void server_open_idle(Server *server)
{
    const DeviceLocalOptions device_local = device_options();
    const StoreOptions options = {.pool = {.frames = 2048, .redo_bytes_max = 16 << 20},
                                  .wal_buffer_bytes = 1 << 20,
                                  .checkpoint_seconds = 60,
                                  .checkpoint_wal_bytes = 32 << 20,
                                  .background = true};
    const TxnsOptions txns_options = {.sessions_max = SESSIONS, .ring_bits = 10, .prepared_max = 4};
    StoreUpper upper = {0};
    Device *device;
    *server = (Server){0};
    must_be_ok(device_local_open(task_self()->account, &device_local, &device));
    must_be_ok(txns_new(task_self()->account, &txns_options, &server->txns));
    txns_fill_upper(server->txns, &upper);
    table_fill_upper(&upper);
    must_be_ok(store_open(task_self()->account, device, &options, &upper, &server->store));
    must_be_ok(txns_recover(server->txns, server->store, table_undo_apply, NULL));
    must_be_ok(catalog_new(task_self()->account, server->store, server->txns, &server->catalog));
}

void server_start(Server *server)
{
    server->rollback = start_task("rollback", rollback_main, server);
}

void server_open(Server *server)
{
    server_open_idle(server);
    server_start(server);
}

void server_close(Server *server)
{
    catalog_release(server->catalog);
    os_task_interrupt(server->rollback, TASK_TERMINATE);
    os_task_join(server->rollback);
    must_be_ok(store_close(server->store, true));
    txns_release(server->txns);
}

static void initialise(void *arg)
{
    Server *server = arg;
    catalog_initialise(server->catalog, &(CatalogInitOptions){.superuser = STR("postgres")});
    catalog_initialise_copies(server->catalog);
}

void server_create(void)
{
    const DeviceLocalOptions device = device_options();
    Server server;
    must_be_ok(os_dir_make(TEST_DIR));
    must_be_ok(os_dir_sync("/"));
    must_be_ok(store_create(task_self()->account, &device, TEST_SYSTEM_ID));
    server_open(&server);
    if (!error_catch(initialise, &server, NULL, NULL)) {
        const Error *e = error_current();
        (void)fprintf(stderr, "%.*s (%s:%d)\n", STR_ARG(e->message), e->file, e->line);
        assert_failed("catalog_initialise", __FILE__, __LINE__);
    }
    server_close(&server);
}

/* Plain names alone: the whole syntax is bind's. */
static bool parse_type_name(void *arg, Str text, Oid *type, int32_t *typmod, InputError *err)
{
    *type = cat_type_search(arg, (CatName){.name = text});
    *typmod = -1;
    return *type || input_error(err, SQLSTATE_UNDEFINED_OBJECT, "type \"%.*s\" does not exist",
                                STR_ARG(text));
}

void client_open(Client *client, Server *server)
{
    *client = (Client){.server = server, .space = SPACE_SHARED};
    client->calls = *cat_fn_calls();
    client->calls.type_parse_name = parse_type_name;
    client->arena = arena_new(task_self()->account, "client");
    client->stmt = arena_new_child(client->arena, "statement");
    must_be_ok(txn_session_open(server->txns, &client->slot));
    must_be_ok(lock_session_open(server->txns, client->slot, client->slot + 1, &client->locks));
    client->view = cat_view_new(server->catalog, &(CatalogViewOptions){.locks = client->locks,
                                                                       .session = client->arena,
                                                                       .slot = client->slot,
                                                                       .calls = &client->calls});
    client_begin(client);
    const Oid database = cat_database_named(client->view, STR("postgres"));
    CHECK_TRUE(database == 5);
    cat_view_connect(client->view, database, cat_role_named(client->view, STR("postgres")));
    client->space = cat_view_space(client->view);
    client_commit(client);
}

void client_close(Client *client)
{
    if (client->txn) client_abort(client);
    cat_view_drop(client->view);
    lock_session_close(client->locks);
    txn_session_close(client->server->txns, client->slot);
    arena_drop(client->arena);
}

void client_begin(Client *client)
{
    const TxnOptions options = {.space = client->space, .session = client->slot};
    must_be_ok(txn_begin(client->server->txns, &options, &client->txn));
    cat_view_set_txn(client->view, client->txn, client->stmt);
}

void client_end_statement(Client *client)
{
    cat_view_release(client->view);
    arena_reset(client->stmt);
}

void client_commit(Client *client)
{
    client_end_statement(client);
    const CommitOptions options = {.sync = COMMIT_SYNC_LOCAL,
                                   .published = cat_view_commit,
                                   .published_arg = client->view};
    must_be_ok(txn_commit(client->txn, &options));
    client->txn = NULL;
}

void client_abort(Client *client)
{
    cat_view_abort(client->view);
    arena_reset(client->stmt);
    txn_abort(client->txn);
    client->txn = NULL;
}

void on_machine(uint64_t seed, void (*main)(void *arg), void *arg)
{
    Sim *sim = new_sim(seed);
    const SimEnd end = sim_run(sim, main, arg);
    if (end != SIM_DONE)
        fail_msg("seed %llu ended with %d: %s", (unsigned long long)seed, (int)end,
                 sim_report(sim));
    sim_release(sim);
}
